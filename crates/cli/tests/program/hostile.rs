//! The program on inputs that nobody meant for it: whatever the arguments and files hold, it answers each payload once, says
//! the same on the wire as a plain reader, shows no raw control character, and ends with one of its three statuses.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::common::crc;
use crate::lines::{bytes, committed};
use crate::run::{Answer, run};

/// Payloads, sound and broken, that were composed for this project.
static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let files = ["khqr.ndjson", "jpqr.ndjson", "field.ndjson"];
    let lines = files.into_iter().flat_map(committed);
    lines.map(|line| bytes(&line)).filter(|text| !text.iter().any(|byte| b"\r\n".contains(byte))).collect()
});

/// What a change puts in.
const PIECES: &[&[u8]] = &[
    b"",
    b"0",
    b"99",
    b"6304",
    b"\x1b[31m",
    b"\xe2\x80\xae",
    b"\xe2\x80\xa8",
    b"\xff",
    b"\0",
    b"\t",
    b"--",
    b"0002",
    b"\xf0\xa0\xae\xb7",
    b"=1+1",
    b"\"",
    b",",
    b"%00",
    b"\xef\xbb\xbf",
];

/// A payload with a few pieces in the place of some bytes, and perhaps a right CRC behind it.
fn payloads() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<Index>(), 0..3_usize, select(PIECES));
    (any::<Index>(), prop::collection::vec(change, 0..4), any::<bool>()).prop_map(|(seed, changes, is_sealed)| {
        let mut text = seed.get(&SEEDS).clone();
        for (place, length, piece) in changes {
            let start = place.index(text.len() + 1);
            let end = (start + length).min(text.len());
            text.splice(start..end, piece.iter().copied());
        }
        if is_sealed && text.len() > 8 {
            text.truncate(text.len() - 4);
            let digits = format!("{:04X}", crc(&text));
            text.extend(digits.bytes());
        }
        text
    })
}

/// Whether the bytes are a wire-valid payload (MPM 1.1, 4.3, 4.6, 4.7.3), read plainly.
fn is_payload(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let characters: Vec<char> = text.chars().collect();
    let (mut rest, mut ids) = (characters.as_slice(), Vec::new());
    while !rest.is_empty() {
        let Some((header, behind)) = rest.split_at_checked(4) else { return false };
        let digits: Vec<_> = header.iter().map(|c| c.to_digit(10)).collect();
        let [Some(a), Some(b), Some(c), Some(d)] = digits[..] else { return false };
        let Some((value, behind)) = behind.split_at_checked(usize::try_from(10 * c + d).unwrap()) else { return false };
        if value.is_empty() || ids.contains(&(10 * a + b)) {
            return false;
        }
        ids.push(10 * a + b);
        rest = behind;
    }
    let found = text.get(text.len().saturating_sub(4)..).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    let computed = format!("{:04X}", crc(&bytes[..bytes.len().saturating_sub(4)]));
    ids.first() == Some(&0)
        && ids.last() == Some(&63)
        && text.get(..text.len() - 4).is_some_and(|covered| covered.ends_with("6304"))
        && found.is_some_and(|digits| digits.to_ascii_uppercase() == computed)
}

#[track_caller]
fn sound(answer: &Answer) {
    assert!((0..=2).contains(&answer.status), "{}", answer.stderr);
    assert!(!answer.stderr.contains("panicked"), "{}", answer.stderr);
    // JSON holds the text as it is, but for what ends a line.
    let is_json = answer.stdout.starts_with('{');
    let is_turning = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}') && !is_json;
    let raw = answer.stdout.chars().find(|c| c.is_control() && *c != '\n' || is_turning(*c));
    assert_eq!(raw, None, "{:?}", answer.stdout);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn decoding(payloads in prop::collection::vec(payloads(), 1..6), profile in select(vec!["auto", "emv", "khqr", "jpqr"]), mask: bool) {
        let lines: Vec<_> = payloads.iter().filter(|text| !text.is_empty()).collect();
        let input = lines.iter().fold(Vec::new(), |mut input, line| {
            input.extend(line.iter());
            input.push(b'\n');
            input
        });
        let mut options = vec!["--profile", profile, "--now", "1750000000000"];
        options.extend(mask.then_some("--mask"));
        let shown = run("decode", &options, &input);
        sound(&shown);
        options.push("--json");
        let answer = run("decode", &options, &input);
        sound(&answer);
        prop_assert_eq!(answer.status, shown.status);
        let answers = answer.json();
        prop_assert_eq!(answers.len(), lines.len());
        for (answer, line) in answers.iter().zip(&lines) {
            prop_assert_eq!(&answer["wire"], is_payload(line), "{}: {:?}", answer, String::from_utf8_lossy(line));
            prop_assert!(answer["valid"] != true || answer["wire"] == true || answer["profile"] == "jpqr-bill" || answer["profile"] == "jpqr");
        }
        let all_valid = answers.iter().all(|answer| answer["valid"] == true);
        prop_assert_eq!(answer.status, i32::from(!all_valid));
    }

    #[test]
    fn other_commands(payload in payloads(), command in select(vec!["cross-border", "anonymise", "edit"]), more in select(PIECES)) {
        let more = String::from_utf8_lossy(more).replace('\0', "");
        let options: Vec<&str> = match command {
            "edit" => vec!["--set", "59=X", "--set", &more],
            "cross-border" => vec!["--to", "jpqr", "--json"],
            _ => vec![],
        };
        let mut input = payload.clone();
        input.push(b'\n');
        let mut answer = run(command, &options, &input);
        // What these two write is a payload, whatever is in it.
        let written = if command == "cross-border" { String::new() } else { std::mem::take(&mut answer.stdout) };
        sound(&answer);
        if command == "cross-border" && !payload.is_empty() {
            let answers = answer.json();
            prop_assert_eq!(answers.len(), 1);
            // Nothing is written of what is not a payload.
            let is_written = answers[0]["rewrite"]["payload"].is_string();
            prop_assert!(!is_written || is_payload(&payload));
        }
        if command == "anonymise" && is_payload(&payload) {
            prop_assert!(is_payload(written.trim_end_matches('\n').as_bytes()), "{}", written);
        }
    }
}

/// A supplement of the wrong types, and one that is no JSON.
#[test]
fn supplements_that_are_none() {
    let path = std::env::temp_dir().join(format!("emvqr-supplement-{}.json", std::process::id()));
    for text in [
        "",
        "[]",
        "{\"amount\": {}}",
        "{\"store_id\": 1e999}",
        "{\"amount\": \"1\", \"amount\": \"2\"}",
        "\u{0}",
        "{\"currency\":\"\u{202e}\"}",
    ] {
        std::fs::write(&path, text).unwrap();
        let payload = String::from_utf8(SEEDS[0].clone()).unwrap();
        let answer =
            run("cross-border", &["--to", "jpqr", "--supplement", path.to_str().unwrap(), "--json", &payload], b"");
        sound(&answer);
        assert!(answer.json().iter().all(|answer: &Value| answer["rewrite"]["payload"].is_null()), "{text}");
    }
    std::fs::remove_file(path).unwrap();
}
