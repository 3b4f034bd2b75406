//! Data object 63: absent, short, or computed in another way.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Hint, HintKind, Remedy, root, shape};
use crate::crc;
use crate::error::ErrorKind;
use crate::tag::Tag;

/// ID and length of the CRC.
const HEADER: &str = "6304";
const CRC: crate::path::Path = root(Tag::CRC);

/// Whether the last bytes are `6304` and the CRC of all before the digits.
pub(super) fn fits(bytes: &[u8]) -> bool {
    let Some((covered, digits)) = bytes.split_last_chunk::<4>() else { return false };
    covered.ends_with(HEADER.as_bytes()) && crc::parse_digits(*digits) == Some(crc::checksum(covered))
}

/// The text up to the value of 63, with the right digits.
fn sealed(covered: &str) -> (String, String) {
    let digits = format!("{:04X}", crc::checksum(covered.as_bytes()));
    let text = format!("{covered}{digits}");
    (digits, text)
}

pub(super) fn hint(text: &str) -> Option<Hint> {
    let (objects, fault) = shape(text);
    match fault.map(|fault| (fault.kind(), fault.path(), fault.offset())) {
        None => {
            let last = objects.last()?;
            if last.tag() != Tag::CRC {
                return absent(text, &objects);
            }
            let (header, value) = (last.offset(), last.value());
            let covered = text.get(..header)?;
            let has_digits = value.bytes().all(|byte| byte.is_ascii_hexdigit());
            match value.len() {
                0..4 if has_digits => short(covered, value, header),
                4 if has_digits => method(text),
                _ => form(covered, value, header),
            }
        }
        // A value of no length, or of fewer characters than are announced, at the end of the text.
        Some((ErrorKind::LengthZero | ErrorKind::ValueOverrun { .. }, path, at)) if path == CRC => {
            let digits = text.get(at.checked_add(4)?..)?;
            if digits.len() < 4 { short(text.get(..at)?, digits, at) } else { None }
        }
        _ => None,
    }
}

/// All can be read, and there is no 63.
fn absent(text: &str, objects: &[crate::tlv::DataObject<'_>]) -> Option<Hint> {
    let has_one = objects.iter().any(|object| object.tag() == Tag::CRC);
    // A length may have taken it in.
    if has_one || fits(text.as_bytes()) || !text.starts_with("0002") {
        return None;
    }
    let (digits, whole) = sealed(&format!("{text}{HEADER}"));
    let message =
        format!("there is no CRC: data object 63 is missing; with the CRC of this text it would be {HEADER}{digits}");
    let hint = Hint::new(HintKind::CrcAbsent, CRC, text.len()..text.len(), message);
    let hint = hint.masked("there is no CRC: data object 63 is missing");
    Some(if crate::Payload::parse(&whole).is_ok() { hint.with(Remedy::Text(whole)) } else { hint })
}

/// 63 at byte `header` with fewer than four digits, behind a text that can be read.
fn short(before: &str, found: &str, header: usize) -> Option<Hint> {
    let (digits, whole) = sealed(&format!("{before}{HEADER}"));
    crate::Payload::parse(&whole).ok()?;
    let start = header.checked_add(4)?;
    let place = start..start.checked_add(found.len())?;
    let (kind, message, masked) = if found.is_empty() {
        let message = "the CRC is missing: 63 has no digits";
        (HintKind::CrcEmpty, format!("{message}; the CRC of this text is {digits}"), message.into())
    } else {
        let zeros = digits.trim_start_matches('0');
        let lost = if zeros.eq_ignore_ascii_case(found) {
            " (a leading zero was dropped)"
        } else if digits.get(..found.len()).is_some_and(|start| start.eq_ignore_ascii_case(found)) {
            " (the text was cut)"
        } else {
            ""
        };
        let count = found.chars().count();
        let message = format!("63 has {count} of its 4 digits");
        let masked = format!("{message}{lost}");
        (HintKind::CrcShort, format!("{message}; the CRC of this text is {digits}{lost}"), masked)
    };
    Some(Hint::new(kind, CRC, place, message).masked(masked).with(Remedy::Text(whole)))
}

/// 63 at byte `header` with something else than four hexadecimal digits.
fn form(before: &str, found: &str, header: usize) -> Option<Hint> {
    let (digits, whole) = sealed(&format!("{before}{HEADER}"));
    crate::Payload::parse(&whole).ok()?;
    let start = header.checked_add(4)?;
    let right = u32::from_str_radix(&digits, 16).ok()?;
    let how = match found.parse::<u32>() {
        Ok(number) if number == right => "; it is written in decimal digits",
        _ if found.to_ascii_uppercase().trim_start_matches("0X") == digits => "; it is written with 0x in front",
        _ if found.chars().all(|c| matches!(c, 'X' | 'x' | '?' | '*' | '0')) => "; it was never filled in",
        _ => "",
    };
    let masked = format!("63 is not four hexadecimal digits{how}");
    let message = format!("{masked}; the CRC of this text is {digits}");
    let place = start..start.checked_add(found.len())?;
    Some(Hint::new(HintKind::CrcForm, CRC, place, message).masked(masked).with(Remedy::Text(whole)))
}

/// A mismatch that another way of computing explains.
fn method(text: &str) -> Option<Hint> {
    let (covered, found) = text.as_bytes().split_last_chunk::<4>()?;
    let found = crc::parse_digits(*found)?;
    let right = crc::checksum(covered);
    let covered = text.get(..covered.len())?;
    if found == right {
        return None;
    }
    let without_header = covered.strip_suffix(HEADER)?;
    let words = of_same_text(covered, without_header, found).map(|(_, words)| *words);
    let words = words.or_else(|| of_other_text(covered, found))?;
    let end = text.len();
    let message = format!("the CRC {found:04X} is one {words}; the right one is {right:04X}");
    let whole = format!("{covered}{right:04X}");
    let hint = Hint::new(HintKind::CrcMethod, CRC, end.saturating_sub(4)..end, message);
    let hint = hint.masked(format!("the CRC is one {words}"));
    Some(if crate::Payload::parse(&whole).is_ok() { hint.with(Remedy::Text(whole)) } else { hint })
}

/// A way to compute a CRC that EMVCo's is not: of the text up to the digits, and of the text up to 63.
type Method = fn(&str, &str) -> u16;

/// Another algorithm, or another part of the text.
const METHODS: &[(Method, &str)] = &[
    (|_, without_header| crc::checksum(without_header.as_bytes()), "of the text without 6304, which it must cover"),
    (|covered, _| other(&::crc::CRC_16_XMODEM, covered), "that starts from 0000 instead of FFFF"),
    (
        |_, without_header| other(&::crc::CRC_16_XMODEM, without_header),
        "that starts from 0000 instead of FFFF, of the text without 6304",
    ),
    (|_, _| 0, "that was filled in, not computed"),
    (|covered, _| crc::checksum(covered.as_bytes()).swap_bytes(), "with its two bytes exchanged"),
    (|covered, _| !crc::checksum(covered.as_bytes()), "with all bits inverted"),
    (|covered, _| other(&::crc::CRC_16_MCRF4XX, covered), "of the reflected kind (CRC-16/MCRF4XX or KERMIT)"),
    (|covered, _| other(&::crc::CRC_16_KERMIT, covered), "of the reflected kind (CRC-16/MCRF4XX or KERMIT)"),
    (|covered, _| other(&::crc::CRC_16_SPI_FUJITSU, covered), "that starts from 1D0F instead of FFFF"),
    (|covered, _| other(&::crc::CRC_16_MODBUS, covered), "of another polynomial (CRC-16/MODBUS or ARC)"),
    (|covered, _| other(&::crc::CRC_16_ARC, covered), "of another polynomial (CRC-16/MODBUS or ARC)"),
    (
        |covered, _| crc::checksum(format!("{covered}0000").as_bytes()),
        "of the text with 0000 for its digits, which it must not cover",
    ),
];

/// The method by which the CRC of a text was computed.
fn of_same_text(covered: &str, without_header: &str, found: u16) -> Option<&'static (Method, &'static str)> {
    METHODS.iter().find(|(method, _)| method(covered, without_header) == found)
}

/// The CRC of another text, computed as the wrong one of a text up to its digits was.
pub(crate) fn same_method(covered: &str, found: u16, other: &str) -> Option<u16> {
    let (method, _) = of_same_text(covered, covered.strip_suffix(HEADER)?, found)?;
    Some(method(other, other.strip_suffix(HEADER)?))
}

/// The text in another encoding or form.
fn of_other_text(covered: &str, found: u16) -> Option<&'static str> {
    use unicode_normalization::UnicodeNormalization as _;

    let is = |bytes: &[u8]| found == crc::checksum(bytes);
    let text = |changed: String| is(changed.as_bytes());
    let units = || covered.encode_utf16();
    if text(covered.to_lowercase()) || text(covered.to_uppercase()) {
        return Some("of the text in other letters, all small or all capital");
    }
    if text(covered.chars().filter(|c| !c.is_whitespace()).collect()) {
        return Some("of the text without its blanks");
    }
    if text(format!("{covered}\n")) || text(format!("{covered}\r\n")) {
        return Some("of the text and a line break");
    }
    if text(covered.strip_suffix("04")?.into()) {
        return Some("of the text up to 63, without the length 04, which it must cover");
    }
    let low_bytes: Vec<u8> = units().map(u16::to_le_bytes).map(|[low, _]| low).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    if !covered.is_ascii() && is(&low_bytes) {
        return Some(if covered.chars().all(|c| u32::from(c) < 256) {
            "of the text in ISO 8859-1 (Latin-1), it must be that of the UTF-8 bytes"
        } else {
            "of the low bytes of the UTF-16 units, it must be that of the UTF-8 bytes"
        });
    }
    if is(&big) || is(&little) {
        return Some("of the text in UTF-16, it must be that of the UTF-8 bytes");
    }
    if text(covered.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect()) {
        return Some("of the text with question marks for what is not ASCII, it must be that of the UTF-8 bytes");
    }
    if text(covered.nfd().collect()) || text(covered.nfc().collect()) {
        return Some("of the text in another Unicode form (NFD or NFC)");
    }
    None
}

/// A CRC of another kind.
fn other(algorithm: &'static ::crc::Algorithm<u16>, text: &str) -> u16 {
    ::crc::Crc::<u16>::new(algorithm).checksum(text.as_bytes())
}

/// A sound run of data objects from 00 to 63 whose CRC is of another text.
pub(super) fn changed_later(text: &str) -> Option<Hint> {
    let (covered, found) = text.as_bytes().split_last_chunk::<4>()?;
    if !covered.ends_with(HEADER.as_bytes()) || crc::parse_digits(*found)? == crc::checksum(covered) {
        return None;
    }
    let place = covered.len()..text.len();
    let message =
        "the text was changed after its CRC was computed, or was not read rightly: it is not what its writer made";
    Some(Hint::new(HintKind::ChangedLater, CRC, place, message))
}
