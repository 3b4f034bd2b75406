//! Texts to read: those that are stored in the repository, and changed ones.

use std::fs;
use std::path::Path;

use crate::rng::Rng;

/// Characters that readers and rules treat differently.
const ALPHABETS: [&str; 7] = [
    "0123456789",
    "ABC xyz@.-",
    "ភ្នំពេញហាង",
    "吉田屋カフェｶﾞ",
    "😀𠮷e\u{301}é",
    "\u{0}\n\u{7F}\u{A0}",
    "\u{200B}\u{202E}\u{3000} ",
];
const VALUES: [&str; 18] = [
    "01",
    "02",
    "11",
    "12",
    "116",
    "840",
    "392",
    "KH",
    "JP",
    "0",
    "1",
    "10.5",
    "***",
    "jp.or.paymentsjapan",
    "km",
    "JA",
    "0013175060119270113175061119",
    "9999999999999",
];
/// Root IDs with a meaning, and some of templates.
const IDS: [&str; 24] = [
    "00", "01", "02", "15", "26", "27", "29", "30", "31", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60",
    "61", "62", "64", "80", "99",
];

/// A text with where it is from.
pub(crate) type Sourced = (String, Vec<u8>);

/// All texts of the repository: those that lists of payloads hold, and those of fuzzing.
pub(crate) fn stored() -> [Vec<Sourced>; 2] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    let folders = [Some(root.join("fuzz/seeds")), std::env::var_os("TWIN_INPUTS").map(Into::into)];
    folders.iter().flatten().for_each(|folder| walk(folder, &mut files));
    let files = files.into_iter().map(|file| (file.display().to_string(), read(&file))).collect();
    let mut texts = Vec::new();
    let mut listed = vec![root.join("benches/corpus.txt")];
    walk(&root.join("tests/vectors"), &mut listed);
    if let Some(folder) = std::env::var_os("EMVQR_VECTORS") {
        walk(Path::new(&folder), &mut listed);
    }
    for file in listed {
        let is = |end| file.extension().is_some_and(|extension| extension == end);
        for (number, line) in read(&file).split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty())
        {
            let text = if is("ndjson") { of_json(line) } else { is("txt").then(|| line.to_vec()) };
            texts.extend(text.map(|text| (format!("{}:{}", file.display(), number + 1), text)));
        }
    }
    [texts, files]
}

/// The payload of a line, which is in hexadecimal digits if it is not UTF-8.
fn of_json(line: &[u8]) -> Option<Vec<u8>> {
    let line: serde_json::Value = serde_json::from_slice(line).expect("a line of JSON");
    if let Some(digits) = line["payload_hex"].as_str() {
        let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits");
        return Some((0..digits.len()).step_by(2).map(byte).collect());
    }
    line["payload"].as_str().map(|text| text.as_bytes().to_vec())
}

fn read(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// All files of a folder, by name.
fn walk(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// The first line of an input with a right CRC, after a format indicator.
pub(crate) fn completed(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let line = text.lines().next().unwrap_or_default();
    let covered = covered(line);
    sealed(&if covered.starts_with("00") { covered.to_owned() } else { format!("000201{covered}") })
}

/// The text without its CRC object.
fn covered(text: &str) -> &str {
    text.rfind("6304").filter(|at| text.len() - at <= 8).map_or(text, |at| &text[..at])
}

/// The text and its CRC object.
fn sealed(text: &str) -> String {
    let text = format!("{text}6304");
    let step = |crc: u16, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 };
    let crc = text.bytes().fold(0xFFFF, |crc, byte| (0..8).fold(crc ^ u16::from(byte) << 8, step));
    format!("{text}{crc:04X}")
}

/// A changed text, in three of four cases with a right CRC.
pub(crate) fn changed(rng: &mut Rng, text: &[u8]) -> Vec<u8> {
    if rng.one_in(4) {
        let mut bytes = text.to_vec();
        for _ in 0..=rng.below(3) {
            let (at, other) = (rng.below(bytes.len()), u8::try_from(rng.below(256)).expect("a byte"));
            match rng.below(5) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, b'0' + other % 10),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = other),
            }
        }
        return bytes;
    }
    let text = String::from_utf8_lossy(text);
    let mut objects = cut(covered(&text));
    for _ in 0..=rng.below(3) {
        change(rng, &mut objects, 0);
    }
    if !rng.one_in(8) {
        // A payload, mostly: no ID twice in the root, no empty value, the format indicator first.
        let mut seen = std::collections::BTreeSet::new();
        objects.retain(|(id, value)| !value.is_empty() && id != "63" && seen.insert(id.clone()));
        objects.sort_by_key(|(id, _)| id != "00");
    }
    sealed(&joined(&objects)).into_bytes()
}

/// IDs and values of a run of objects, of whatever form it is.
fn cut(text: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = text.chars().collect();
    let (mut objects, mut rest) = (Vec::new(), chars.as_slice());
    while rest.len() > 4 {
        let length: usize = rest[2..4].iter().collect::<String>().parse().unwrap_or(1);
        let end = 4 + length.clamp(1, rest.len() - 4);
        objects.push((rest[..2].iter().collect(), rest[4..end].iter().collect()));
        rest = &rest[end..];
    }
    objects
}

fn joined(objects: &[(String, String)]) -> String {
    let object = |(id, value): &(String, String)| format!("{id}{:02}{value}", value.chars().count().min(99));
    objects.iter().map(object).collect::<Vec<_>>().concat()
}

/// One change of a run of objects, or of one that is inside it.
fn change(rng: &mut Rng, objects: &mut Vec<(String, String)>, depth: usize) {
    let at = rng.below(objects.len());
    let other = rng.below(objects.len());
    let Some((id, value)) = objects.get_mut(at) else { return };
    match rng.below(10) {
        0 => objects.insert(at, (rng.choose(&IDS).to_owned(), rng.choose(&VALUES).to_owned())),
        1 => drop(objects.remove(at)),
        2 => objects.insert(other, objects[at].clone()),
        3 => objects.swap(at, other),
        4 => rng.choose(&IDS).clone_into(id),
        5 => rng.choose(&VALUES).clone_into(value),
        6 => *value = replaced(rng, value, "0123456789"),
        7 if value.len() > 8 => {
            // The length of an object in a template, mostly.
            let near = rng.below(value.len().min(24));
            let digits = format!("{:02}", rng.below(30));
            if value.is_char_boundary(near) && value.is_char_boundary(near + 2) {
                value.replace_range(near..near + 2, &digits);
            }
        }
        8 if depth < 2 => {
            let mut inside = cut(value);
            change(rng, &mut inside, depth + 1);
            *value = joined(&inside);
        }
        _ => {
            let alphabet = rng.choose(&ALPHABETS);
            *value = replaced(rng, value, alphabet);
        }
    }
}

/// The value with some characters of an alphabet in place of its own.
fn replaced(rng: &mut Rng, value: &str, alphabet: &str) -> String {
    let every = 1 + rng.below(8);
    value.chars().map(|c| if rng.one_in(every) { character(rng, alphabet) } else { c }).collect()
}

fn character(rng: &mut Rng, alphabet: &str) -> char {
    alphabet.chars().nth(rng.below(alphabet.chars().count())).expect("an alphabet has characters")
}

/// A text for a form, mostly a sound one.
pub(crate) fn word(rng: &mut Rng) -> String {
    match rng.below(16) {
        0 => String::new(),
        1 => rng.choose(&[" ", "   ", "\u{3000}", "***"]).to_owned(),
        2 => rng.choose(&["x", "é", "ភ", "𠮷"]).repeat(90 + rng.below(12)),
        3 => rng.choose(&["x", "ភ"]).repeat(20 + rng.below(30)),
        4 | 5 => {
            let alphabet = rng.choose(&ALPHABETS);
            (0..=rng.below(16)).map(|_| character(rng, alphabet)).collect()
        }
        6 => rng.choose(&VALUES).to_owned(),
        _ => rng
            .choose(&["Cafe 7", "Phnom Penh", "NOODLE BAR", "a@b", "Tokyo", "INV-1", "85512345678", "1234"])
            .to_owned(),
    }
}
