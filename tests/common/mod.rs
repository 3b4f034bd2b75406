//! What the tests share: a composer that uses nothing of the crate, and a conformant payload to change.

#![allow(dead_code, reason = "each test file uses a part of it")]

use core::fmt::Write;

/// ID and value of a data object.
pub(crate) type Object<'a> = (&'a str, &'a str);

/// A payload that breaks no rule, without its CRC.
pub(crate) const BASE: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("29", "0011com.example0108ACCT0001"),
    ("52", "5812"),
    ("53", "840"),
    ("58", "KH"),
    ("59", "Example Shop"),
    ("60", "Phnom Penh"),
];

/// An unreserved template that breaks no rule, with text of two, three and four bytes a character.
pub(crate) const MULTI_BYTE: Object<'static> = ("85", "0011com.example0109ហាង𠮷野家ｶﾞé");

/// CRC-16/IBM-3740, bit by bit (MPM 1.1, 4.7.3: polynomial 1021, start FFFF, nothing reflected).
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    let mut register = 0xFFFF_u16;
    for byte in bytes {
        register ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            let carry = register & 0x8000 != 0;
            register <<= 1;
            if carry {
                register ^= 0x1021;
            }
        }
    }
    register
}

/// A run of data objects: ID, count of characters in two digits, value.
#[track_caller]
pub(crate) fn run(objects: &[Object<'_>]) -> String {
    let mut text = String::new();
    for (id, value) in objects {
        let count = value.chars().count();
        assert!((1..=99).contains(&count), "{id} cannot hold {count} characters");
        write!(text, "{id}{count:02}{value}").unwrap();
    }
    text
}

/// A text and its CRC.
pub(crate) fn sealed(text: &str) -> String {
    let covered = format!("{text}6304");
    let crc = crc(covered.as_bytes());
    format!("{covered}{crc:04X}")
}

/// A payload of these objects and the CRC.
#[track_caller]
pub(crate) fn payload(objects: &[Object<'_>]) -> String {
    sealed(&run(objects))
}

/// The objects and one more, at the end.
pub(crate) fn with<'a>(objects: &[Object<'a>], id: &'a str, value: &'a str) -> Vec<Object<'a>> {
    let mut changed = objects.to_vec();
    changed.push((id, value));
    changed
}

/// The objects without this one.
#[track_caller]
pub(crate) fn without<'a>(objects: &[Object<'a>], id: &str) -> Vec<Object<'a>> {
    assert!(has(objects, id), "no {id}");
    objects.iter().copied().filter(|object| object.0 != id).collect()
}

/// The objects with another value of this one, in its place.
#[track_caller]
pub(crate) fn replace<'a>(objects: &[Object<'a>], id: &'a str, value: &'a str) -> Vec<Object<'a>> {
    assert!(has(objects, id), "no {id}");
    objects.iter().map(|object| if object.0 == id { (id, value) } else { *object }).collect()
}

/// Whether the object is there.
pub(crate) fn has(objects: &[Object<'_>], id: &str) -> bool {
    objects.iter().any(|object| object.0 == id)
}

/// Where the only occurrence of `needle` starts.
#[track_caller]
pub(crate) fn position(text: &str, needle: &str) -> usize {
    let mut found = text.match_indices(needle).map(|(at, _)| at);
    let first = found.next().unwrap_or_else(|| panic!("no {needle:?} in {text:?}"));
    assert_eq!(found.next(), None, "{needle:?} twice in {text:?}");
    first
}

/// The base with [`MULTI_BYTE`] right after 00, so that everything else stands behind text that is not ASCII.
pub(crate) fn multi_byte_base() -> Vec<Object<'static>> {
    let mut objects = BASE.to_vec();
    objects.insert(1, MULTI_BYTE);
    objects
}

/// Where the bracketed part of the mark stands: offset and length. The mark occurs once in the text, `#` is any byte.
#[track_caller]
pub(crate) fn locate(text: &str, mark: &str) -> (usize, usize) {
    let open = mark.find('[').unwrap();
    let length = mark.find(']').unwrap() - open - 1;
    let needle: Vec<u8> = mark.bytes().filter(|byte| !b"[]".contains(byte)).collect();
    let fits = |window: &[u8]| window.iter().zip(&needle).all(|(byte, wanted)| *wanted == b'#' || byte == wanted);
    let found: Vec<usize> =
        text.as_bytes().windows(needle.len()).enumerate().filter(|(_, w)| fits(w)).map(|(at, _)| at).collect();
    assert_eq!(found.len(), 1, "{mark:?} is to stand once in {text:?}");
    (found[0] + open, length)
}

/// The code of a bill, eL-QR: 255 digits, 63 of five.
pub(crate) fn bill() -> String {
    let tail = "0".repeat(71);
    let covered = format!(
        "000201010212279600051380001833800000000000000000395002138000127000008200000202401010104348778284044000040000\
         000054110000003950062262024202400202405312024071080{:02}{tail}6305",
        tail.len()
    );
    format!("{covered}{:05}", crc(covered.as_bytes()))
}
