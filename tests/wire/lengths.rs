//! Lengths count characters, which are Unicode scalar values: neither bytes nor UTF-16 units (MPM 1.1, 4.4.1.1).

use crate::common::{BASE, Object, payload, position, run, sealed, with};
use emvqr::tlv::{self, LengthUnit, Template, length_unit};
use emvqr::{ErrorKind, Payload, Tag};

/// Texts, and how many characters they have, counted by hand.
const TEXTS: &[(&str, usize)] = &[
    ("Shop", 4),
    ("Bogotá", 6),
    ("BRASÍLIA", 8),
    // Khmer: vowel signs and the coeng are characters of their own.
    ("ហាង", 3),
    ("ខ្មែរ", 5),
    ("ភ្នំពេញ", 7),
    // With the zero-width space between words.
    ("ហាង\u{200B}កាហ្វេ", 10),
    ("日本橋", 3),
    ("カフェ", 3),
    // Half-width kana: the voicing mark is a character of its own.
    ("ｶﾞ", 2),
    ("ﾊﾟﾝﾔ", 4),
    // A voiced kana in one character, and in two.
    ("が", 1),
    ("か\u{3099}", 2),
    // Beyond the Basic Multilingual Plane: one character, two UTF-16 units, four bytes.
    ("\u{20BB7}野家", 3),
    ("🦀", 1),
    // Five characters that show as one.
    ("👨\u{200D}👩\u{200D}👧", 5),
    ("🇰🇭", 2),
];

/// A run whose lengths are counted by someone else.
fn counted(objects: &[Object<'_>], count: impl Fn(&str) -> usize) -> String {
    let written = |(id, value): &Object<'_>| format!("{id}{:02}{value}", count(value));
    objects.iter().map(written).collect::<Vec<_>>().concat()
}

fn utf16(value: &str) -> usize {
    value.encode_utf16().count()
}

#[test]
fn values_come_back_exactly_with_their_places_in_bytes() {
    for (text, characters) in TEXTS {
        let objects = [("00", "01"), ("59", *text), ("60", "City"), ("61", *text)];
        let payload = payload(&objects);
        let read = Payload::parse(&payload).unwrap();
        let mut at = 0;
        for (id, value) in objects {
            let object = read.get(id.parse().unwrap()).unwrap();
            assert_eq!(object.value(), value);
            assert_eq!(object.value_bytes(), value.as_bytes());
            assert_eq!((object.offset(), object.value_offset()), (at, at + 4), "{text:?}");
            at += 4 + value.len();
            assert_eq!(object.end(), at);
            assert_eq!(object.raw(), &payload[object.offset()..at]);
        }
        let name = read.get(Tag::MERCHANT_NAME).unwrap();
        assert_eq!(name.length(), *characters, "{text:?}");
        assert!(name.raw().starts_with(&format!("59{characters:02}")));
    }
}

#[test]
fn values_in_templates_come_back_exactly_with_their_places_in_the_whole_text() {
    for (text, characters) in TEXTS {
        let inner = run(&[("00", "ja"), ("01", text), ("02", "City"), ("03", text)]);
        let payload = payload(&with(&with(BASE, "64", &inner), "65", text));
        let read = Payload::parse(&payload).unwrap();
        let object = read.get(Tag::LANGUAGE_TEMPLATE).unwrap();
        assert_eq!(object.length(), 4 + 2 + 4 + characters + 4 + 4 + 4 + characters);
        let template = object.template().unwrap();
        assert_eq!(template.as_str(), inner);
        let start = position(&payload, &inner);
        assert_eq!(template.end(), start + inner.len());
        let found: Vec<_> = template.iter().map(|object| (object.value_offset(), object.value())).collect();
        let first = start + 4;
        let second = first + 2 + 4;
        let third = second + text.len() + 4;
        let fourth = third + 4 + 4;
        assert_eq!(found, [(first, "ja"), (second, *text), (third, "City"), (fourth, *text)]);
        // The bare value reads the same, its places from its own start.
        let bare = Template::parse(&inner).unwrap();
        let found: Vec<_> = bare.iter().map(|object| (object.value_offset() + start, object.value())).collect();
        assert_eq!(found, [(first, "ja"), (second, *text), (third, "City"), (fourth, *text)]);
    }
}

#[test]
fn lengths_in_bytes_are_refused_and_named() {
    for (text, characters) in TEXTS {
        let objects = [("00", "01"), ("59", *text), ("60", "Takeo")];
        let written = sealed(&counted(&objects, str::len));
        if text.len() == *characters {
            assert!(Payload::parse(&written).is_ok());
            assert_eq!(length_unit(&written), Some(LengthUnit::Characters));
            continue;
        }
        assert!(Payload::parse(&written).unwrap_err().kind().is_shape(), "{written}");
        assert_eq!(length_unit(&written), Some(LengthUnit::Bytes), "{written}");
        assert_eq!(length_unit(&payload(&objects)), Some(LengthUnit::Characters), "{text}");
    }
}

#[test]
fn lengths_in_utf16_units_are_refused_and_named_where_they_differ() {
    let mut differing = 0;
    for (text, characters) in TEXTS {
        let objects = [("00", "01"), ("59", *text), ("60", "Takeo")];
        let written = sealed(&counted(&objects, utf16));
        if utf16(text) == *characters {
            assert_eq!(Payload::parse(&written).unwrap().get(Tag::MERCHANT_NAME).unwrap().value(), *text);
            assert_eq!(length_unit(&written), Some(LengthUnit::Characters));
        } else {
            differing += 1;
            assert!(Payload::parse(&written).unwrap_err().kind().is_shape(), "{written}");
            assert_eq!(length_unit(&written), Some(LengthUnit::Utf16), "{written}");
        }
    }
    assert_eq!(differing, 4);
}

#[test]
fn a_unit_is_named_only_for_a_run_from_00_to_63() {
    assert_eq!(length_unit(""), None);
    assert_eq!(length_unit("000201"), None);
    assert_eq!(length_unit("5901A63040000"), None);
    assert_eq!(length_unit("000201630400005901A"), None);
    assert_eq!(length_unit("0002015903Aé63040000x"), None);
    // In bytes the value would end within its character.
    assert_eq!(length_unit("0002015902ក63040000"), None);
    // Whether the CRC is right is another question.
    assert_eq!(length_unit("00020163040000"), Some(LengthUnit::Characters));
    assert_eq!(length_unit("0002015903Aé63040000"), Some(LengthUnit::Bytes));
    // Where several fit it is characters: here 59 has four characters, twelve bytes, and may well swallow 60.
    assert_eq!(length_unit("0002015912ﾊﾟﾝﾔ6004City63040000"), Some(LengthUnit::Characters));
}

#[test]
fn a_value_of_99_characters_of_four_bytes_is_read() {
    let value = "\u{20BB7}".repeat(99);
    let text = payload(&with(&with(BASE, "80", &value), "81", "x"));
    let read = Payload::parse(&text).unwrap();
    let object = read.get(Tag::new(80).unwrap()).unwrap();
    assert_eq!((object.length(), object.value()), (99, value.as_str()));
    assert_eq!(object.end() - object.value_offset(), 396);
    assert_eq!(read.get(Tag::new(81).unwrap()).unwrap().offset(), object.end());
    // One character fewer than announced.
    let text = format!("0002018099{}", "\u{20BB7}".repeat(98));
    let error = Payload::parse(&text).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ValueOverrun { length: 99, available: 98 });
}

/// `RootObjects` of a run by a reader that shares nothing with the crate: characters in a vector.
fn oracle(text: &str) -> Vec<(String, usize, String)> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let piece = |range: core::ops::Range<usize>| characters[range].iter().map(|(_, c)| *c).collect::<String>();
    let mut objects = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let length: usize = piece(at + 2..at + 4).parse().unwrap();
        objects.push((piece(at..at + 2), characters[at].0, piece(at + 4..at + 4 + length)));
        at += 4 + length;
    }
    objects
}

#[track_caller]
fn agrees_with_the_oracle(text: &str) {
    let payload = Payload::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let expected = oracle(text);
    let by_order: Vec<_> =
        payload.iter().map(|object| (object.tag().to_string(), object.offset(), object.value().to_owned())).collect();
    assert_eq!(by_order, expected, "{text}");
    let by_tag: Vec<_> = expected
        .iter()
        .map(|(id, ..)| payload.get(id.parse().unwrap()).unwrap())
        .map(|object| (object.tag().to_string(), object.offset(), object.value().to_owned()))
        .collect();
    assert_eq!(by_tag, expected, "{text}");
    let lax: Vec<_> =
        tlv::read(text).flatten().map(|o| (o.tag().to_string(), o.offset(), o.value().to_owned())).collect();
    assert_eq!(lax, expected, "{text}");
}

#[test]
fn characters_are_counted_at_every_place_of_a_chunk_of_eight_bytes() {
    for character in ["é", "ក", "𠮷"] {
        for before in 0..=24 {
            for after in 0..=24 {
                let value = format!("{}{character}{}", &"x".repeat(before), &"y".repeat(after));
                agrees_with_the_oracle(&payload(&[("00", "01"), ("59", &value), ("60", "City"), ("61", "é")]));
                // Nothing but ASCII behind, and nothing but ASCII before.
                agrees_with_the_oracle(&payload(&[("00", "01"), ("59", &value), ("60", "City")]));
                agrees_with_the_oracle(&payload(&[("00", "01"), ("60", "City"), ("59", &value)]));
            }
        }
    }
}

#[test]
fn runs_of_wide_characters_are_counted_at_every_place_of_a_chunk_of_eight_bytes() {
    for character in ["é", "ក", "𠮷"] {
        for before in 0..=24 {
            for wide in 1..=33 {
                let value = format!("{}{}", "x".repeat(before), character.repeat(wide));
                agrees_with_the_oracle(&payload(&[("00", "01"), ("59", &value), ("60", &value), ("61", "City")]));
            }
        }
    }
}

#[test]
fn control_characters_are_characters_of_one_byte() {
    // Neither 0x20 to 0x7E nor beyond ASCII.
    for character in ["\0", "\u{1F}", "\u{7F}"] {
        for before in 0..=24 {
            let value = format!("{}{character}", "x".repeat(before));
            agrees_with_the_oracle(&payload(&[("00", "01"), ("59", &value), ("60", "City")]));
            agrees_with_the_oracle(&payload(&[("00", "01"), ("59", &value), ("60", "កខ"), ("61", "City")]));
        }
    }
}

#[test]
fn every_length_is_taken_literally_next_to_wide_characters() {
    for length in 1..=99 {
        for value in ["x".repeat(length), "é".repeat(length), "𠮷".repeat(length)] {
            for neighbour in ["City", "ក", "🦀"] {
                agrees_with_the_oracle(&payload(&[("00", "01"), ("60", neighbour), ("59", &value), ("61", neighbour)]));
            }
        }
    }
}

#[test]
fn a_text_is_plain_when_all_of_it_is_from_space_to_tilde() {
    for (value, plain) in [(" ~", true), ("x", true), ("é", false), ("\u{1F}", false), ("\u{7F}", false)] {
        for before in 0..=40 {
            let value = format!("{}{value}", "x".repeat(before));
            let text = payload(&[("00", "01"), ("59", &value)]);
            assert_eq!(Payload::parse(&text).unwrap().is_plain(), plain, "{text:?}");
        }
    }
}
