//! Each fault of a kind made at every place of many sound codes: how often the right object is named.

use emvqr::diagnose::{Hint, HintKind, Remedy, diagnose};
use emvqr::{Payload, tlv};

use crate::common::sealed;
use crate::lines::committed;

/// Sound codes that were composed for this project, each of another make.
fn codes() -> Vec<String> {
    let mut codes = Vec::new();
    for (file, step) in [("khqr.ndjson", 4), ("jpqr.ndjson", 1)] {
        let lines = committed(file);
        let sound = lines.iter().filter(|line| line["wire"] == "valid" && line["expect"] == "accept");
        codes.extend(sound.step_by(step).map(|line| line["payload"].as_str().unwrap().to_owned()));
    }
    assert!(codes.len() > 25, "{}", codes.len());
    codes
}

/// Root objects but the CRC: ID, place of the header, characters, end.
fn objects(text: &str) -> Vec<(String, usize, usize, usize)> {
    let payload = Payload::parse(text).unwrap();
    let all = payload.iter().filter(|object| object.tag().get() != 63);
    all.map(|object| (object.tag().to_string(), object.offset(), object.length(), object.end())).collect()
}

/// The text with other digits in place of a length, and whether its writer made it so or it was changed afterwards.
fn with_length(text: &str, at: usize, digits: &str, is_written: bool) -> String {
    let changed = format!("{}{digits}{}", &text[..at + 2], &text[at + 4..]);
    if is_written { sealed(&changed[..changed.len() - 8]) } else { changed }
}

fn is_named(hints: &[Hint], kind: HintKind, id: &str, at: usize) -> bool {
    matches!(hints, [hint] if hint.kind() == kind && hint.path() == id && hint.offset() == at)
}

#[test]
fn wrong_lengths() {
    let (mut named, mut all) = (0, 0);
    for text in codes() {
        for (id, at, length, _) in objects(&text) {
            for wrong in
                [length.wrapping_sub(3), length.wrapping_sub(2), length.wrapping_sub(1), length + 1, length + 2]
            {
                if !(1..=99).contains(&wrong) {
                    continue;
                }
                for is_written in [true, false] {
                    let broken = with_length(&text, at, &format!("{wrong:02}"), is_written);
                    if Payload::parse(&broken).is_ok() || tlv::length_unit(&broken).is_some() {
                        continue;
                    }
                    all += 1;
                    let hints = diagnose(&broken);
                    // A header that is one by chance, with all of the rest as its value, leaves nothing to explain.
                    let Some(hint) = hints.first() else { continue };
                    let words = if is_written { "the CRC is right" } else { "as the CRC is not right" };
                    let has_remedy = hint.kind() == HintKind::Length && hint.remedy().is_some();
                    assert!(!has_remedy || hint.message().contains(words), "{hint} of {broken}");
                    let right = Some(Remedy::Length(u8::try_from(length).unwrap()));
                    named +=
                        usize::from(is_named(&hints, HintKind::Length, &id, at) && hint.remedy() == right.as_ref());
                }
            }
        }
    }
    eprintln!("{named} of {all} wrong lengths are named");
    assert!(all > 5_000 && named * 100 >= all * 99, "{named} of {all}");
}

#[test]
fn lengths_of_one_and_three_digits() {
    let (mut named, mut all) = (0, 0);
    for text in codes() {
        for (id, at, length, _) in objects(&text) {
            for digits in [format!("{length}"), format!("{length:03}")] {
                if digits.len() == 2 {
                    continue;
                }
                let broken = with_length(&text, at, &digits, true);
                all += 1;
                named += usize::from(
                    is_named(&diagnose(&broken), HintKind::LengthDigits, &id, at + 2)
                        || is_named(&diagnose(&broken), HintKind::LengthDigits, &id, at),
                );
            }
        }
    }
    eprintln!("{named} of {all} lengths of one or three digits are named");
    assert!(all > 1_000 && named * 100 >= all * 92, "{named} of {all}");
}

/// What is cut inside an object behind the second one is said to be cut, and where the CRC begins, that it is missing.
#[test]
fn every_beginning_of_a_code() {
    let (mut told, mut all) = (0, 0);
    for text in codes().iter().step_by(3) {
        let objects = objects(text);
        let (second, last) = (objects[1].3, text.len() - 8);
        for end in (second + 1..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let hints = diagnose(&text[..end]);
            let kinds: Vec<_> = hints.iter().map(Hint::kind).collect();
            let is_whole = objects.iter().any(|(.., object_end)| *object_end == end);
            let expected: &[HintKind] = match end {
                _ if end == last => &[HintKind::CrcAbsent],
                _ if end == last + 4 => &[HintKind::CrcEmpty],
                _ if end > last + 4 => &[HintKind::CrcShort, HintKind::CutOff],
                _ if is_whole => &[HintKind::CrcAbsent, HintKind::CutOff],
                _ => &[HintKind::CutOff],
            };
            assert!(!kinds.is_empty(), "{:?}", &text[..end]);
            all += 1;
            told += usize::from(expected.contains(&kinds[0]));
        }
    }
    eprintln!("{told} of {all} beginnings are explained as such");
    // The digits of an identifier can look like a CRC.
    assert!(all > 500 && told * 1_000 >= all * 990, "{told} of {all}");
}

/// A wrong length inside a template names the object inside it, where nothing else fits as well.
#[test]
fn wrong_lengths_in_templates() {
    let (mut named, mut all) = (0, 0);
    for text in codes() {
        let payload = Payload::parse(&text).unwrap();
        for leaf in payload.leaves().filter(|leaf| leaf.path().depth() == 2) {
            for wrong in [leaf.length() - 1, leaf.length() + 1, leaf.length() + 7] {
                if !(1..=99).contains(&wrong) {
                    continue;
                }
                let broken = with_length(&text, leaf.offset(), &format!("{wrong:02}"), true);
                let Ok(payload) = Payload::parse(&broken) else { continue };
                let template = payload.get(leaf.path().root().unwrap()).unwrap();
                if template.template().is_ok() {
                    continue;
                }
                all += 1;
                let path = leaf.path().to_string();
                named += usize::from(diagnose(&broken).iter().any(|hint| {
                    hint.path() == path.as_str()
                        && hint.offset() == leaf.offset()
                        && hint.remedy() == Some(&Remedy::Length(u8::try_from(leaf.length()).unwrap()))
                }));
            }
        }
    }
    eprintln!("{named} of {all} wrong lengths in templates are named");
    assert!(all > 1_000 && named * 100 >= all * 75, "{named} of {all}");
}
