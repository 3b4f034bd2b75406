//! From the fuzzer's bytes to texts worth reading.
//!
//! A mutated payload almost never has a right CRC, and a mutated length cuts all objects behind it. So each input also
//! stands for texts in which the harness has put that right: the deep code is reached without a switch in the library.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use emvqr::Tag;

use crate::naive;

/// Characters of a header.
const HEADER: usize = 4;

/// The texts that an input stands for, each once.
pub(crate) fn variants(data: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(data).into_owned();
    let completed = completed(&text);
    let framed = if text.starts_with("00") { completed.clone() } else { format!("000201{text}") };
    let mut texts = vec![text.clone(), completed, self::completed(&framed), recut(&text)];
    texts.dedup();
    texts
}

/// The texts of an input that have a right CRC.
pub(crate) fn sealed_variants(text: &str) -> Vec<String> {
    let mut texts = vec![completed(text), recut(text)];
    texts.dedup();
    texts
}

/// The text with a right CRC behind it, in place of one that is there.
fn completed(text: &str) -> String {
    // A CRC that a mutation cut short goes, too.
    let covered = match text.rfind("6304") {
        Some(start) if text.len() - start <= 8 => &text[..start],
        _ => text,
    };
    sealed(covered)
}

/// The text and its CRC.
pub(crate) fn sealed(text: &str) -> String {
    let mut text = format!("{text}6304");
    let crc = naive::crc(text.as_bytes());
    write!(text, "{crc:04X}").expect("a String takes everything");
    text
}

/// The text read as if each header were one: IDs and lengths are made to fit, 00 comes first, repeated IDs of the root
/// go, and the CRC is right.
fn recut(text: &str) -> String {
    let mut payload = String::new();
    let mut seen = BTreeSet::from([63]);
    for (position, (id, value)) in objects(text).into_iter().enumerate() {
        if position == 0 && id != 0 {
            payload += "000201";
            seen.insert(0);
        }
        if seen.insert(id) {
            let value = if is_template(id) { recut_template(&value) } else { value };
            payload += &naive::data_object(id, &value);
        }
    }
    sealed(&payload)
}

fn is_template(id: u8) -> bool {
    let tag = Tag::new(id).expect("two digits");
    emvqr::tlv::is_template(tag.into())
}

/// The value of a template, its headers made to fit; some stay as they are, so that broken templates occur, too.
fn recut_template(value: &str) -> String {
    let run: String = objects(value).iter().map(|(id, value)| naive::data_object(*id, value)).collect();
    if run.is_empty() || value.ends_with('~') { value.to_owned() } else { run }
}

/// Cuts a text into IDs and values, whatever it is; fewer than five characters at its end are dropped.
pub(crate) fn objects(text: &str) -> Vec<(u8, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut rest = chars.as_slice();
    let mut objects = Vec::new();
    while rest.len() > HEADER {
        let (header, after) = rest.split_at(HEADER);
        let length = usize::from(number(&header[2..])).clamp(1, after.len());
        let (value, after) = after.split_at(length);
        objects.push((number(&header[..2]), value.iter().collect()));
        rest = after;
    }
    objects
}

/// The number that two characters write, or any other from 0 to 99 where they are no digits.
fn number(pair: &[char]) -> u8 {
    let number = pair.iter().fold(0, |n, c| (n * 10 + c.to_digit(10).unwrap_or(u32::from(*c))) % 100);
    u8::try_from(number).expect("below 100")
}
