//! Texts that deceive a known reader, and honest ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;
use crate::naive;

fn seed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/ambiguity").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Names of seeds with this start.
fn seeds(start: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/ambiguity");
    let entries = fs::read_dir(folder).expect("a folder of seeds");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"));
    names.filter(|name| name.starts_with(start)).collect()
}

fn units_and_ids(text: &str) -> BTreeSet<(Unit, u8)> {
    decides(text).into_iter().map(|hit| (hit.unit, hit.id)).collect()
}

#[test]
fn attacks_are_hit() {
    let attacks = seeds("attack-");
    assert!(attacks.len() >= 10);
    for name in attacks {
        let text = seed(&name);
        assert!(naive::strict(text.as_bytes()).is_ok(), "{name} is wire-valid");
        assert!(!decides(&text).is_empty(), "{name}");
        assert!(!deceived(&text).is_empty(), "{name}");
    }
}

#[test]
fn unit_and_object_are_named() {
    let expected: [(&str, &[(Unit, u8)]); 5] = [
        ("attack-utf16-stops-store", &[(Unit::Utf16, 26)]),
        ("attack-utf16-amount", &[(Unit::Utf16, 54)]),
        ("attack-bytes-stops-khqr", &[(Unit::Bytes, 29)]),
        ("attack-plain-amount", &[(Unit::PlainClusters, 54)]),
        ("attack-today-amount", &[(Unit::Clusters, 54)]),
    ];
    for (name, expected) in expected {
        assert_eq!(units_and_ids(&seed(name)), expected.iter().copied().collect(), "{name}");
    }
}

#[test]
fn offset_is_that_of_the_hidden_header() {
    let text = seed("attack-utf16-amount");
    let hit = &decides(&text)[0];
    assert_eq!(&text[hit.offset..hit.offset + 9], "54049500x");
    assert!(!hit.only_clusters && !hit.is_warning_under_khqr());
    let hit = &decides(&seed("attack-today-amount"))[0];
    assert!(hit.only_clusters && hit.is_warning_under_khqr());
}

#[test]
fn honest_texts_are_not_hit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts: Vec<String> =
        fs::read_to_string(root.join("benches/corpus.txt")).expect("a corpus").lines().map(str::to_owned).collect();
    for file in ["field", "jpqr", "khqr"] {
        let vectors = fs::read_to_string(root.join(format!("tests/vectors/{file}.ndjson"))).expect("vectors");
        for line in vectors.lines() {
            let vector: serde_json::Value = serde_json::from_str(line).expect("JSON");
            texts.extend(vector["payload"].as_str().map(str::to_owned));
        }
    }
    texts.extend(seeds("honest-").iter().map(|name| seed(name)));
    // A code whose lengths count bytes is not readable at all.
    texts.retain(|text| !text.is_ascii() && naive::strict(text.as_bytes()).is_ok());
    for text in &texts {
        let hits = decides(text);
        assert!(hits.is_empty(), "{hits:?} in {text}");
        law(text, false);
    }
    assert!(texts.len() > 100, "{} honest texts", texts.len());
}

#[test]
fn editions_of_clusters() {
    let counts = |text: &str| Unit::ALL.map(|unit| unit.count(text));
    assert_eq!(counts("\u{915}\u{94D}\u{937}"), [9, 3, 2, 1, 1], "Devanagari");
    assert_eq!(counts("\u{1781}\u{17D2}\u{1798}"), [9, 3, 2, 2, 1], "Khmer");
    assert_eq!(counts("\u{1000}\u{1039}\u{1000}"), [9, 3, 2, 2, 1], "Burmese");
    assert_eq!(counts("\u{FF76}\u{FF9E}\u{FF9E}"), [9, 3, 1, 1, 1], "voiced kana");
    assert_eq!(counts("\u{1F1F0}\u{1F1ED}\u{1F1EF}"), [12, 6, 2, 2, 2], "a flag and a half");
    assert_eq!(counts("\u{1100}\u{1161}\u{11A8}"), [9, 3, 1, 1, 1], "jamo");
    assert_eq!(counts("\u{1F468}\u{200D}\u{1F469}"), [11, 5, 1, 1, 1], "a family");
}

#[test]
fn lengths_as_javascript_has_them() {
    let lengths = ["04", "4x", " 4", "+4", "4", "-0", "-4", "x4", "", "\u{FEFF}4", "\u{FFFD}4"];
    let expected = [Some(4), Some(4), Some(4), Some(4), Some(4), Some(0), None, None, None, Some(4), None];
    assert_eq!(lengths.map(parse_int), expected);
}

/// An empty sub-object from the digits of a description, and a name that swallows the header of the same times.
#[test]
fn what_pays_nobody_else_is_not_hit() {
    let texts = [
        "00020101021226570014br.gov.bcb.pix0111279703986440220👨\u{200D}🍳 👍🏽 ☕️ 4259736534520459995303986540731824325802BR5911Bakery Shop6005🇰🇭 👍🏽61067600596304B19A",
        "0002015802KH6009Siem Reap29340014426183103@acbk01129639821550915914ដារាសំណាងស្មីន520459995303116010212993400131792710923272011317927115232725406961.526304383C",
    ];
    for text in texts {
        assert!(decides(text).is_empty(), "{text}");
        law(text, false);
    }
}

#[test]
fn forms_of_identifiers() {
    for text in ["a@b", "a@b@c", "jp.or.paymentsjapan", "com.x", "A000000677010111", "NCHL0001", &"1".repeat(28)] {
        assert!(is_identifier(text), "{text}");
    }
    for text in ["", "@b", "a@", "a b@c", "12.50", "a..b", "12345678", "ABCDEF1", "km", &"1".repeat(27)] {
        assert!(!is_identifier(text), "{text}");
    }
}

#[test]
fn forms_of_amounts() {
    let payable = |unit, value: &str| amount(unit, value).is_some_and(|amount| is_payable(&amount));
    for value in ["1", "0.01", ".5", "5.", "999999999.99", "0000000000001"] {
        assert!(payable(Unit::Bytes, value), "{value}");
    }
    for value in ["", ".", "0", "0.00", "1000000000", "1.2.3", "9500x", "-1"] {
        assert!(!payable(Unit::Bytes, value), "{value}");
    }
    assert!(payable(Unit::Utf16, "9500x") && !payable(Unit::Utf16, "x9500"));
    assert!(payable(Unit::Utf16, " +9500") && !payable(Unit::Bytes, " 9500"));
}
