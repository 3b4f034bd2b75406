//! What is shown: text of a payload made safe, and nothing of it where nobody asked.

use core::fmt::Debug;

use crate::common::{BASE, MULTI_BYTE, payload, with};
use emvqr::display::{Escaped, is_unsafe_to_show};
use emvqr::tlv;
use emvqr::{Mpm, Payload, Tag};

/// Characters that can rewrite a terminal, turn text round, or break a line of a log.
const UNSAFE: &[core::ops::RangeInclusive<char>] = &[
    // C0 controls with ESC, LF and CR; DEL; C1 controls with NEL and CSI.
    '\u{0}'..='\u{1F}',
    '\u{7F}'..='\u{9F}',
    // Arabic letter mark; left-to-right and right-to-left marks; embeddings and overrides; isolates.
    '\u{61C}'..='\u{61C}',
    '\u{200E}'..='\u{200F}',
    '\u{202A}'..='\u{202E}',
    '\u{2066}'..='\u{2069}',
    // Line and paragraph separators.
    '\u{2028}'..='\u{2029}',
];

#[test]
fn controls_and_direction_marks_are_escaped() {
    for character in UNSAFE.iter().cloned().flatten() {
        assert!(is_unsafe_to_show(character));
        let shown = Escaped(&format!("a{character}b")).to_string();
        assert_eq!(shown, format!("a\\u{{{:X}}}b", u32::from(character)));
    }
}

#[test]
fn escapes_are_hexadecimal_numbers_in_braces() {
    for (text, shown) in [
        ("\u{1B}[31mred", r"\u{1B}[31mred"),
        ("\u{9B}2J", r"\u{9B}2J"),
        ("two\nlines\r\n", r"two\u{A}lines\u{D}\u{A}"),
        ("two\u{85}lines", r"two\u{85}lines"),
        ("two\u{2028}lines\u{2029}", r"two\u{2028}lines\u{2029}"),
        ("evil\u{202E}dnaxe", r"evil\u{202E}dnaxe"),
        ("\u{2066}a\u{2069}", r"\u{2066}a\u{2069}"),
        ("\0", r"\u{0}"),
        ("no\u{A0}break", r"no\u{A0}break"),
        ("", ""),
    ] {
        assert_eq!(Escaped(text).to_string(), shown);
    }
}

#[test]
fn text_that_harms_nobody_stays_as_it_is() {
    for text in [
        "Example Shop",
        " !\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~",
        "BRASÍLIA",
        // Khmer with zero-width spaces, and signs above and below.
        "ហាង\u{200B}កាហ្វេ\u{200B}ភ្នំពេញ",
        "日本橋 ｶﾞ ﾊﾟﾝ カフェ",
        "か\u{3099}",
        "\u{20BB7}野家",
        // Joiners belong to the spelling of several scripts, and to emoji.
        "👨\u{200D}👩\u{200D}👧",
        "می\u{200C}خواهم",
        "\u{3000}",
    ] {
        assert_eq!(Escaped(text).to_string(), text);
        assert!(!text.chars().any(is_unsafe_to_show));
    }
}

#[test]
fn nothing_that_is_shown_is_unsafe() {
    let everything: String = ('\0'..=char::MAX).collect();
    let shown = Escaped(&everything).to_string();
    assert!(!shown.chars().any(is_unsafe_to_show));
    for range in UNSAFE {
        assert!(!shown.contains(|c| range.contains(&c)), "{range:?}");
    }
}

#[test]
fn debug_of_escaped_text_is_its_size() {
    assert_eq!(format!("{:?}", Escaped("secrét")), "Escaped(7 bytes)");
}

/// A payload that is valid on the wire, each value of which is of letters that no other text of the crate has.
fn telling() -> String {
    payload(&[
        ("00", "qzaa"),
        ("01", "qzab"),
        ("15", "qzac"),
        ("29", "0007qz@bank0104qzid"),
        ("52", "qzad"),
        ("53", "qzae"),
        ("54", "qzaf"),
        ("58", "qz"),
        ("59", "qzរ"),
        ("60", "qzag"),
        ("62", "0104qzno0904qzap50180006qz.abc0104qzkn"),
        ("64", "0004qzah0104qzហា0904qzai"),
        ("70", "qzaj"),
        MULTI_BYTE,
    ])
}

/// Neither form of `Debug` shows any value.
#[track_caller]
fn tells_nothing(shown: &dyn Debug) {
    let text = telling();
    let payload = Payload::parse(&text).unwrap();
    let (line, lines) = (format!("{shown:?}"), format!("{shown:#?}"));
    assert!(!line.is_empty());
    let objects = payload.iter().chain(payload.leaves()).filter(|object| object.tag() != Tag::CRC);
    for value in objects.map(|object| object.value()).chain(["qz", "com.example"]) {
        assert!(!line.contains(value) && !lines.contains(value), "{value:?} in {line}");
    }
    assert!(line.is_ascii(), "{line}");
}

#[test]
fn the_letters_of_the_telling_payload_are_in_it() {
    let text = telling();
    assert_eq!(Payload::parse(&text).unwrap().leaves().filter(|leaf| leaf.value().contains("qz")).count(), 19);
}

#[test]
fn debug_of_a_payload_and_its_parts_shows_no_text() {
    let text = telling();
    let payload = Payload::parse(&text).unwrap();
    tells_nothing(&payload);
    tells_nothing(&payload.tags());
    tells_nothing(&tlv::read(&text));
    tells_nothing(&tlv::leaves(&text));
    for object in payload.iter().chain(payload.leaves()).filter(|object| object.tag() != Tag::CRC) {
        tells_nothing(&object);
        tells_nothing(&object.objects());
        match object.template() {
            Ok(template) => {
                tells_nothing(&template);
                tells_nothing(&template.by_tag());
            }
            Err(error) => tells_nothing(&error),
        }
    }
}

#[test]
fn debug_of_a_view_shows_no_text() {
    let text = telling();
    let code = Mpm::of(&Payload::parse(&text).unwrap());
    tells_nothing(&code);
    tells_nothing(&code.additional_data().unwrap());
    tells_nothing(&code.language_information().unwrap());
    let accounts: Vec<_> = code.merchant_account_information().collect();
    assert_eq!(accounts.len(), 2);
    tells_nothing(&accounts);
    tells_nothing(&accounts[1].guid().unwrap());
    tells_nothing(&code.unreserved_templates().collect::<Vec<_>>());
    tells_nothing(&code.additional_data().unwrap().payment_system_templates().collect::<Vec<_>>());
}

#[test]
fn findings_show_no_text_in_either_form() {
    let text = telling();
    let findings = Payload::parse(&text).unwrap().validate::<Mpm>(()).into_violations();
    assert!(findings.len() > 10, "{findings:?}");
    tells_nothing(&findings);
    for finding in findings {
        tells_nothing(&finding);
        assert!(!finding.to_string().contains("qz"), "{finding}");
    }
}

#[test]
fn display_and_as_str_of_a_payload_are_its_text() {
    for text in [payload(BASE), telling(), payload(&with(BASE, "80", "0011com.example"))] {
        let payload = Payload::parse(&text).unwrap();
        assert_eq!((payload.to_string(), payload.as_str(), payload.as_ref()), (text.clone(), &*text, &*text));
    }
}
