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
const CRC: crate::tag::Path = root(Tag::CRC);

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
            if objects.iter().filter(|object| object.tag() == Tag::CRC).count() > 1 {
                return None;
            }
            let (header, value) = (last.offset(), last.value());
            let covered = text.get(..header)?;
            if value.len() < 4 { short(covered, value, header) } else { method(text) }
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
    Some(if crate::Payload::parse(&whole).is_ok() { hint.with(Remedy::Text(whole)) } else { hint })
}

/// 63 at byte `header` with fewer than four digits, behind a text that can be read.
fn short(before: &str, found: &str, header: usize) -> Option<Hint> {
    let (digits, whole) = sealed(&format!("{before}{HEADER}"));
    crate::Payload::parse(&whole).ok()?;
    let start = header.checked_add(4)?;
    let place = start..start.checked_add(found.len())?;
    let (kind, message) = if found.is_empty() {
        (HintKind::CrcEmpty, format!("the CRC is missing: 63 has no digits; the CRC of this text is {digits}"))
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
        (HintKind::CrcShort, format!("63 has {count} of its 4 digits; the CRC of this text is {digits}{lost}"))
    };
    Some(Hint::new(kind, CRC, place, message).with(Remedy::Text(whole)))
}

/// A mismatch that another way of computing explains.
fn method(text: &str) -> Option<Hint> {
    let (covered, found) = text.as_bytes().split_last_chunk::<4>()?;
    let found = crc::parse_digits(*found)?;
    let right = crc::checksum(covered);
    let covered = text.get(..covered.len())?;
    let units = || covered.encode_utf16();
    let ascii = covered.is_ascii();
    let without_header = covered.strip_suffix(HEADER)?;
    let low_bytes: Vec<u8> = units()
        .map(|unit| {
            let [low, _] = unit.to_le_bytes();
            low
        })
        .collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let is_latin = covered.chars().all(|c| u32::from(c) < 256);
    let words = if found == right {
        return None;
    } else if found == crc::checksum(without_header.as_bytes()) {
        "of the text without 6304, which it must cover"
    } else if found == other(&::crc::CRC_16_XMODEM, covered.as_bytes()) {
        "that starts from 0000 instead of FFFF"
    } else if found == 0 {
        "that was filled in, not computed"
    } else if found == right.swap_bytes() {
        "with its two bytes exchanged"
    } else if found == !right {
        "with all bits inverted"
    } else if [&::crc::CRC_16_MCRF4XX, &::crc::CRC_16_KERMIT]
        .iter()
        .any(|kind| found == other(kind, covered.as_bytes()))
    {
        "of the reflected kind (CRC-16/MCRF4XX or KERMIT)"
    } else if !ascii && is_latin && found == crc::checksum(&low_bytes) {
        "of the text in ISO 8859-1 (Latin-1), it must be that of the UTF-8 bytes"
    } else if !ascii && found == crc::checksum(&low_bytes) {
        "of the low bytes of the UTF-16 units, it must be that of the UTF-8 bytes"
    } else if found == crc::checksum(&big) || found == crc::checksum(&little) {
        "of the text in UTF-16, it must be that of the UTF-8 bytes"
    } else {
        return None;
    };
    let end = text.len();
    let message = format!("the CRC {found:04X} is one {words}; the right one is {right:04X}");
    let whole = format!("{covered}{right:04X}");
    let hint = Hint::new(HintKind::CrcMethod, CRC, end.saturating_sub(4)..end, message);
    Some(if crate::Payload::parse(&whole).is_ok() { hint.with(Remedy::Text(whole)) } else { hint })
}

/// A CRC of another kind.
fn other(algorithm: &'static ::crc::Algorithm<u16>, bytes: &[u8]) -> u16 {
    ::crc::Crc::<u16>::new(algorithm).checksum(bytes)
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
