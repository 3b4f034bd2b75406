//! Reading loses nothing: what was read comes out byte for byte, whatever its order and whatever nobody knows in it.

use std::collections::HashSet;

use crate::common::{BASE, crc, multi_byte_base, payload, run, sealed, with};
use crate::support::{borrowed, root_objects, tagged};
use emvqr::Encode;
use emvqr::encode::RootRun;
use emvqr::{ErrorKind, Path, Payload, PayloadBuf, Tag, tlv};
use proptest::prelude::*;

/// The payload of the crate page.
const KHQR: &str = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";

/// A text and what each way of giving it back gives.
#[track_caller]
fn assert_lossless(text: &str) {
    let payload = Payload::parse(text).unwrap();
    assert_eq!(payload.as_str(), text);
    assert_eq!(payload.to_string(), text);
    assert_eq!(AsRef::<str>::as_ref(&payload), text);
    assert_eq!(payload.iter().map(|object| object.raw()).collect::<String>(), text);
    assert_eq!(Payload::parse_bytes(text.as_bytes()).unwrap(), payload);
    assert_eq!(tlv::read(text).map(|object| object.unwrap().raw()).collect::<String>(), text);

    // The objects stand one behind the other, each found under its ID.
    let mut end = 0;
    for object in &payload {
        assert_eq!(object.offset(), end);
        assert_eq!(object.value_offset(), end + 4);
        assert_eq!(object.length(), object.value().chars().count());
        assert_eq!(object.value().as_bytes(), object.value_bytes());
        assert_eq!(object.raw(), format!("{}{:02}{}", object.tag(), object.length(), object.value()));
        assert_eq!(payload.get(object.tag()).unwrap().offset(), object.offset());
        assert_eq!(payload.find(Path::of(object.tag())).unwrap().value(), object.value());
        end = object.end();
    }
    assert_eq!(end, text.len());

    // Encoding writes the CRC in upper case and everything else as it was.
    let objects = payload.iter().filter(|object| object.tag() != Tag::CRC);
    let objects: Vec<(Tag, &str)> = objects.map(|object| (object.tag(), object.value())).collect();
    let (covered, digits) = text.split_at(text.len() - 4);
    let expected = format!("{covered}{}", digits.to_ascii_uppercase());
    assert_eq!(RootRun(objects).encode_to_string().unwrap(), expected);
    assert_eq!(payload.edit(&[]).build_unchecked().unwrap().as_str(), expected);

    assert_buf_is(&payload.to_buf(), text);
    assert_buf_is(&PayloadBuf::parse(text.to_owned()).unwrap(), text);
    assert_buf_is(&text.parse().unwrap(), text);
    assert_buf_is(&text.to_owned().try_into().unwrap(), text);
    assert_buf_is(&payload.clone().into(), text);
}

#[track_caller]
fn assert_buf_is(kept: &PayloadBuf, text: &str) {
    let payload = Payload::parse(text).unwrap();
    assert_eq!(kept.as_payload(), payload);
    assert_eq!(*kept, payload.to_buf());
    assert_eq!(kept.as_str(), text);
    assert_eq!(kept.to_string(), text);
    assert_eq!(AsRef::<str>::as_ref(kept), text);
    assert_eq!(kept.clone().into_string(), text);
    // The index was kept with the text, not made for the borrowed text only.
    let kept = kept.as_payload();
    assert_eq!(kept.tags(), payload.tags());
    assert_eq!(kept.crc(), payload.crc());
    assert_eq!(kept.is_plain(), payload.is_plain());
    for object in &payload {
        assert_eq!(kept.get(object.tag()).unwrap().raw(), object.raw());
    }
}

/// A payload's text with the CRC in lower case; some letters stand in it.
#[track_caller]
fn in_lower_case(text: &str) -> String {
    let (covered, digits) = text.split_at(text.len() - 4);
    let lower = format!("{covered}{}", digits.to_ascii_lowercase());
    assert_ne!(lower, text, "the CRC has no letter");
    lower
}

#[test]
fn payload_of_the_crate_page_is_given_back() {
    assert_lossless(KHQR);
}

#[test]
fn least_payload_is_given_back() {
    assert_lossless(&payload(&[("00", "x")]));
}

#[test]
fn text_of_several_bytes_a_character_is_given_back() {
    assert_lossless(&payload(&multi_byte_base()));
    assert_lossless(&payload(&[("00", "𠮷"), ("59", "ភ្នំពេញ"), ("60", "東京\u{2028}\u{202E}"), ("02", "é")]));
}

#[test]
fn order_of_the_root_is_kept_whatever_it_is() {
    let objects = ["85", "60", "01", "62", "29", "59", "64", "58", "53", "52", "02"];
    for turn in 0..objects.len() {
        let mut shuffled = objects;
        shuffled.rotate_left(turn);
        let mut objects = vec![("00", "01")];
        objects.extend(shuffled.map(|id| (id, if id == "29" { "0104ABCD0003xyz" } else { "v" })));
        let text = payload(&objects);
        assert_lossless(&text);
        let read = Payload::parse(&text).unwrap();
        let ids: Vec<String> = read.iter().map(|object| object.tag().to_string()).collect();
        assert_eq!(ids[0], "00");
        assert_eq!(ids[1..12], shuffled);
        assert_eq!(ids[12..], ["63"]);
    }
}

#[test]
fn all_hundred_ids_are_kept_from_the_highest_down() {
    let ids: Vec<String> = (1..=99).rev().filter(|id| *id != 63).map(|id: u8| format!("{id:02}")).collect();
    let mut objects = vec![("00", "01")];
    objects.extend(ids.iter().map(|id| (id.as_str(), id.as_str())));
    assert_lossless(&payload(&objects));
}

#[test]
fn longest_payload_is_given_back() {
    let value = "𠮷".repeat(99);
    let ids: Vec<String> = (0..=99).filter(|id| *id != 63).map(|id: u8| format!("{id:02}")).collect();
    let objects: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), value.as_str())).collect();
    let text = payload(&objects);
    // 99 objects of 4 + 99 * 4 bytes, and the CRC.
    assert_eq!(text.len(), 39_608);
    assert_eq!(Payload::MAX_LEN, 39_608);
    assert_lossless(&text);
}

#[test]
fn objects_reserved_for_future_use_are_kept() {
    let objects = with(&with(&with(BASE, "65", "future"), "79", "0002xy"), "62", "12031230003xyz");
    assert_lossless(&payload(&objects));
    assert_lossless(&payload(&with(BASE, "17", "reserved")));
}

#[test]
fn templates_out_of_order_and_with_repeated_ids_are_kept() {
    assert_lossless(&payload(&[
        ("00", "01"),
        ("26", "9901Z0102AB0011com.example0102CD"),
        ("62", "5008020xyz0701T0101B"),
    ]));
}

#[test]
fn templates_that_are_no_run_of_data_objects_are_kept() {
    for value in ["03f92874015c5c6e81301afca0f637ae", "0", "000", "0000", "0002a", "00+1a", "＋１００１", "***"] {
        assert_lossless(&payload(&[("00", "01"), ("39", value), ("62", value), ("64", value), ("99", value)]));
    }
}

#[test]
fn objects_behind_a_63_inside_a_template_are_kept() {
    assert_lossless(&payload(&[("00", "01"), ("62", "6304ABCD0101A"), ("80", "6304AAAA")]));
}

#[test]
fn crc_in_lower_case_is_kept_by_reading_and_raised_by_encoding() {
    let lower = in_lower_case(KHQR);
    assert!(lower.ends_with("6304e80f"));
    assert_lossless(&lower);
    let payload = Payload::parse(&lower).unwrap();
    assert_eq!(payload.crc(), 0xE80F);
    assert_eq!(payload.edit(&[]).build_unchecked().unwrap().as_str(), KHQR);
    // Mixed case is read, too.
    assert_lossless(&KHQR.replace("6304E80F", "6304E80f"));
    assert_lossless(&KHQR.replace("6304E80F", "6304e80F"));
}

#[test]
fn leading_zeros_of_the_crc_are_kept() {
    // Counting up until the CRC starts with zeros: two in 256 do.
    let found = (0..5_000).map(|n| payload(&[("00", "01"), ("62", &format!("{n:04}"))])).find(|text| {
        let digits = text.get(text.len() - 4..).unwrap();
        digits.starts_with("00")
    });
    let text = found.unwrap();
    assert_lossless(&text);
    assert!(Payload::parse(&text).unwrap().crc() < 0x0100);
}

#[test]
fn same_code_ignores_the_case_of_the_crc_and_nothing_else() {
    let lower = in_lower_case(KHQR);
    let (a, b) = (Payload::parse(KHQR).unwrap(), Payload::parse(&lower).unwrap());
    assert!(a.is_same_code(&b) && b.is_same_code(&a) && a.is_same_code(&a));
    assert_ne!(a, b);
    assert_ne!(a.to_buf(), b.to_buf());

    // The same name in another case, the same objects in another order, one object more or less.
    let others = [
        payload(&[("00", "01"), ("59", "ABC"), ("60", "x")]),
        payload(&[("00", "01"), ("59", "abc"), ("60", "x")]),
        payload(&[("00", "01"), ("60", "x"), ("59", "ABC")]),
        payload(&[("00", "01"), ("59", "ABC")]),
        payload(&[("00", "01"), ("59", "ABC"), ("60", "x"), ("61", "1")]),
        payload(&[("00", "01"), ("59", "ABC"), ("60", "y")]),
    ];
    for (i, one) in others.iter().enumerate() {
        for (j, other) in others.iter().enumerate() {
            let (one, other) = (Payload::parse(one).unwrap(), Payload::parse(other).unwrap());
            assert_eq!(one.is_same_code(&other), i == j);
            assert_eq!(one == other, i == j);
        }
    }
}

#[test]
fn equal_payloads_hash_alike_and_debug_tells_no_text() {
    let buffers: HashSet<PayloadBuf> = [KHQR, KHQR, &in_lower_case(KHQR)].map(|text| text.parse().unwrap()).into();
    assert_eq!(buffers.len(), 2);
    let payloads: HashSet<Payload<'_>> = buffers.iter().map(PayloadBuf::as_payload).collect();
    assert_eq!(payloads.len(), 2);
    for shown in buffers.iter().map(|kept| format!("{kept:?} {:?}", kept.as_payload())) {
        assert!(!shown.contains("john") && !shown.contains("Smith") && !shown.contains("PHNOM"), "{shown}");
    }
}

#[test]
fn owned_payload_refuses_what_reading_refuses() {
    let wrong = KHQR.replace("E80F", "E80E");
    let expected = Payload::parse(&wrong).unwrap_err();
    assert_eq!(expected.kind(), ErrorKind::CrcMismatch { computed: 0xE80F, found: 0xE80E });
    assert_eq!(PayloadBuf::parse(wrong.clone()).unwrap_err(), expected);
    assert_eq!(wrong.parse::<PayloadBuf>().unwrap_err(), expected);
    assert_eq!(PayloadBuf::try_from(wrong).unwrap_err(), expected);
}

proptest! {
    #[test]
    fn any_wire_valid_text_is_given_back(objects in root_objects(true), lower in any::<bool>()) {
        let objects = borrowed(&objects);
        let text = payload(&objects);
        let text = if lower {
            let (covered, digits) = text.split_at(text.len() - 4);
            format!("{covered}{}", digits.to_ascii_lowercase())
        } else {
            text
        };
        assert_lossless(&text);
    }

    #[test]
    fn encoding_composes_as_by_hand(objects in root_objects(true)) {
        let objects = borrowed(&objects);
        let text = RootRun(tagged(&objects)).encode_to_string().unwrap();
        prop_assert_eq!(&text, &sealed(&run(&objects)));
        prop_assert_eq!(Payload::parse(&text).unwrap().crc(), crc(&text.as_bytes()[..text.len() - 4]));
    }

    /// The headers of opened templates and the leaves make up the whole text.
    #[test]
    fn leaves_cover_the_text_in_order(objects in root_objects(true)) {
        let text = payload(&borrowed(&objects));
        let payload = Payload::parse(&text).unwrap();
        let mut at = 0;
        for leaf in payload.leaves() {
            // Between two leaves stand headers only.
            let headers = text.get(at..leaf.offset()).unwrap();
            prop_assert!(headers.len() % 4 == 0 && headers.bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(text.get(leaf.offset()..leaf.end()), Some(leaf.raw()));
            at = leaf.end();
        }
        prop_assert_eq!(at, text.len());
    }
}
