//! A code of the same structure with other values.

use alloc::format;
use alloc::string::String;

use super::{Class, class_in_broken, class_of, is_account};
use crate::characters::is_mark;
use crate::crc;
use crate::dictionary;
use crate::elqr::Bill;
use crate::error::Error;
use crate::network::{self, FieldValue, Format};
use crate::path::Path;
use crate::payee::other_readers;
use crate::payload::{Payload, PayloadBuf};
use crate::tag::Tag;
use crate::tlv::{self, DataObject, is_template, pieces};

/// A code of the same structure as a payload, whose personal values are replaced: for a bug report.
///
/// Lengths, scripts, punctuation and findings stay, `emv.length.ambiguous` in nearly all codes; equal values become equal ones. Letters become letters and digits digits
/// of the same script, by a fixed rule, so two codes can be compared; nothing keeps somebody who knows the rule and a few
/// likely values from trying them, so what must stay secret should not be published even so. The CRC is right.
///
/// # Errors
///
/// No payload is known for which it fails, since all lengths stay: what is made is read once more before it is handed out.
///
/// ```
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// let code = emvqr::mask::anonymise(&emvqr::Payload::parse(text)?)?;
/// assert!(!code.as_str().contains("john") && code.as_str().contains("@devb52045999"));
/// # Ok::<(), emvqr::Error>(())
/// ```
pub fn anonymise(payload: &Payload<'_>) -> Result<PayloadBuf, Error> {
    // Digits are headers in another reading of the text, which there may be or not: then they stay. A CRC in lower case is one
    // only if it has a letter.
    let reading = other_readers::find(payload);
    let has_small = has_small_letter(payload.as_str());
    let mut made = PayloadBuf::parse(replaced(payload, KINDS, 0))?;
    for attempt in 1..ATTEMPTS {
        let is_like = other_readers::find(&made.as_payload()) == reading;
        if is_like && has_small_letter(made.as_str()) == has_small {
            break;
        }
        let kinds = if is_like { KINDS } else { KINDS.get(1..).unwrap_or_default() };
        made = PayloadBuf::parse(replaced(payload, kinds, attempt))?;
    }
    Ok(made)
}

/// The most codes that are made until one has the findings of the original.
const ATTEMPTS: u64 = 32;

/// Whether the CRC has a letter in lower case.
fn has_small_letter(text: &str) -> bool {
    text.bytes().rev().take(4).any(|byte| byte.is_ascii_lowercase())
}

/// The text of a payload with personal values replaced, and its CRC.
fn replaced(payload: &Payload<'_>, kinds: &[Kind], salt: u64) -> String {
    let text = payload.as_str();
    let mut made = String::with_capacity(text.len());
    let mut place = 0;
    for leaf in payload.leaves() {
        let class = class_of(payload, &leaf);
        if !class.is_personal() {
            continue;
        }
        made.push_str(text.get(place..leaf.value_offset()).unwrap_or_default());
        place = leaf.end();
        if is_field_with_objects(payload, leaf.path()) {
            let mut from = leaf.value_offset();
            for object in leaf.objects().map_while(Result::ok) {
                made.push_str(text.get(from..object.value_offset()).unwrap_or_default());
                from = object.end();
                let class = class_of(payload, &object);
                if class.is_personal() {
                    replace(object.value(), class, kinds, salt, &mut made);
                } else {
                    made.push_str(object.value());
                }
            }
            // Behind a fault anything can be personal; a header stays one.
            replace_rest(text.get(from..leaf.end()).unwrap_or_default(), kinds, salt, &mut made);
        } else if is_template(leaf.path()) {
            replace_broken(payload, &leaf, kinds_in(payload, &leaf, kinds), salt, &mut made);
        } else {
            replace(leaf.value(), class, kinds_in(payload, &leaf, kinds), salt, &mut made);
        }
    }
    made.push_str(text.get(place..text.len().saturating_sub(4)).unwrap_or_default());
    // A CRC in lower case stays so.
    let is_lower = has_small_letter(text);
    let digits = crc::digits(crc::checksum(made.as_bytes()));
    let digits = digits.map(|byte| if is_lower { byte.to_ascii_lowercase() } else { byte });
    made.push_str(core::str::from_utf8(&digits).unwrap_or_default());
    made
}

/// Whether a path is that of a network's field that consists of data objects.
fn is_field_with_objects(payload: &Payload<'_>, path: Path) -> bool {
    let is_it = |field: FieldValue<'_>| field.field().format() == Format::Template && field.object().path() == path;
    network::accounts(payload).any(|account| account.fields().any(is_it))
}

/// The same of any text: of one that is not a payload what may be personal is replaced as far as it can be told, and all
/// letters and digits behind a fault of shape, but for its header. A CRC that was right is right again.
///
/// ```
/// let made = emvqr::mask::anonymise_text("0002015910MARY SMITH6x");
/// assert!(made.starts_with("0002015910") && made.ends_with("6x") && !made.contains("MARY"));
/// ```
#[must_use]
pub fn anonymise_text(text: &str) -> String {
    if let Ok(made) = Payload::parse(text).and_then(|payload| anonymise(&payload)) {
        return made.into_string();
    }
    if let Some(made) = bill(text) {
        return made;
    }
    // The digits of a CRC at the end, right or wrong.
    let (covered, digits) = match text.len().checked_sub(4).and_then(|at| text.split_at_checked(at)) {
        Some((covered, digits)) if covered.ends_with("6304") => (covered, digits),
        _ => (text, ""),
    };
    let is_right = digits.as_bytes().first_chunk().and_then(|digits| crc::parse_digits(*digits))
        == Some(crc::checksum(covered.as_bytes()));
    let header = if digits.is_empty() { "" } else { "6304" };
    let end = covered.len().saturating_sub(header.len());
    let (mut made, mut place) = (String::with_capacity(text.len()), 0_usize);
    let piece = |from: usize, to: usize| text.get(from..to.min(end)).unwrap_or_default();
    for leaf in tlv::leaves(text) {
        let (class, start, upto) = match leaf {
            Ok(leaf) => (class_in_broken(leaf.path(), leaf.value()), leaf.value_offset(), leaf.end()),
            Err(fault) => (Class::Secret, fault.offset().saturating_add(fault.length()), end),
        };
        if class.is_personal() && start < end {
            made.push_str(piece(place, start));
            replace(piece(start, upto), class, KINDS, 0, &mut made);
            place = upto;
        }
    }
    made.push_str(piece(place, end));
    made.push_str(header);
    if is_right {
        let digits = crc::digits(crc::checksum(made.as_bytes()));
        made.push_str(core::str::from_utf8(&digits).unwrap_or_default());
    } else {
        made.push_str(digits);
    }
    made
}

/// The code of a bill, whose account, case and confirmation numbers are replaced: what its rules look at stays.
fn bill(text: &str) -> Option<String> {
    const PERSONAL: [&str; 3] = ["account_number", "case_key", "confirmation_number"];
    let payment = Bill::read(text)?.payment_data()?;
    let leaf = tlv::leaves(text).flatten().find(|leaf| leaf.path() == PAYMENT_DATA)?;
    let mut made = String::from(text.get(..leaf.value_offset())?);
    for (name, digits) in payment.entries() {
        if PERSONAL.contains(&name) {
            replace(digits, Class::Secret, KINDS, 0, &mut made);
        } else {
            made.push_str(digits);
        }
    }
    let (covered, digits) = text.split_at_checked(text.len().checked_sub(CRC_DIGITS)?)?;
    made.push_str(covered.get(leaf.end()..)?);
    // Five decimal digits.
    let is_right = digits.parse() == Ok(crc::checksum(covered.as_bytes()));
    let digits = if is_right { format!("{:05}", crc::checksum(made.as_bytes())) } else { digits.into() };
    made.push_str(&digits);
    Some(made)
}

/// 27-01 of a bill.
const PAYMENT_DATA: Path = dictionary::path(Tag::of_digits(27), Tag::new(1));
/// Digits of an ID and a length.
const HEADER: usize = 4;
/// Digits of a bill's CRC.
const CRC_DIGITS: usize = 5;

/// A template that cannot be opened: what can be made out of it is replaced, and headers stay, so that its fault stays what it is.
fn replace_broken(payload: &Payload<'_>, leaf: &DataObject<'_>, kinds: &[Kind], salt: u64, made: &mut String) {
    let value = leaf.value();
    // Behind the fault anything can be personal.
    let fault = leaf.objects().map_while(Result::ok).last().map_or(leaf.value_offset(), |last| last.end());
    let mut place = 0;
    for sub in pieces(leaf) {
        let start = sub.offset.saturating_sub(leaf.value_offset());
        made.push_str(value.get(place..start).unwrap_or_default());
        let is_guid = sub.path.tag() == Some(Tag::GLOBALLY_UNIQUE_IDENTIFIER) && is_account(payload, leaf.path());
        match class_in_broken(sub.path, sub.value) {
            _ if sub.offset > fault => replace(sub.value, Class::Account, kinds, salt, made),
            _ if is_guid => made.push_str(sub.value),
            _ if is_field_with_objects(payload, sub.path) => {
                let mut from = 0;
                for object in tlv::read(sub.value).map_while(Result::ok) {
                    made.push_str(sub.value.get(from..object.value_offset()).unwrap_or_default());
                    from = object.end();
                    replace(object.value(), Class::Account, kinds, salt, made);
                }
                replace_rest(sub.value.get(from..).unwrap_or_default(), kinds, salt, made);
            }
            Class::Clear => made.push_str(sub.value),
            class => replace(sub.value, class, kinds, salt, made),
        }
        place = start.saturating_add(sub.value.len());
    }
    replace_rest(value.get(place..).unwrap_or_default(), kinds, salt, made);
}

/// What is left of a template, which does not begin with a header: its digits are the ID and the length, as far as there are some.
fn replace_rest(rest: &str, kinds: &[Kind], salt: u64, made: &mut String) {
    let digits = rest.bytes().take(HEADER).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = rest.split_at_checked(digits).unwrap_or((rest, ""));
    made.push_str(digits);
    replace(rest, Class::Account, kinds, salt, made);
}

/// The first and the last of letters or digits, of which each may take the place of another.
type Kind = (char, char);

/// The kinds of characters of a leaf: of a network's field of hexadecimal digits these alone.
fn kinds_in<'k>(payload: &Payload<'_>, leaf: &DataObject<'_>, kinds: &'k [Kind]) -> &'k [Kind] {
    let is_it = |field: FieldValue<'_>| {
        matches!(field.field().format(), Format::Hex | Format::HexText)
            && field.fit().is_ok()
            && field.object().path() == leaf.path()
    };
    let is_hex = network::accounts(payload).any(|account| account.fields().any(is_it));
    if is_hex { HEXADECIMAL.get(KINDS.len().saturating_sub(kinds.len())..).unwrap_or_default() } else { kinds }
}

/// Hexadecimal digits.
const HEXADECIMAL: &[Kind] = &[('0', '9'), ('a', 'f'), ('A', 'F')];

/// Digits, and letters of the scripts of names.
const KINDS: &[Kind] = &[
    ('0', '9'),
    ('a', 'z'),
    ('A', 'Z'),
    // Khmer, Thai and Burmese consonants, hiragana, katakana, half-width katakana, ideographs, Hangul.
    ('\u{1780}', '\u{17a2}'),
    ('\u{e01}', '\u{e2e}'),
    ('\u{1000}', '\u{1020}'),
    ('\u{3042}', '\u{3093}'),
    ('\u{30a2}', '\u{30f3}'),
    ('\u{ff71}', '\u{ff9d}'),
    ('\u{4e00}', '\u{9fa5}'),
    ('\u{ac00}', '\u{d7a3}'),
];

fn replace(value: &str, class: Class, kinds: &[Kind], salt: u64, made: &mut String) {
    // The bank of an alias and the domain of an address name no person.
    let end = match class {
        Class::Alias | Class::Email => value.rfind('@').unwrap_or(value.len()),
        _ => value.len(),
    };
    let (personal, kept) = value.split_at_checked(end).unwrap_or((value, ""));
    let mut state = seed(personal).wrapping_add(salt);
    let next = personal.chars().skip(1).map(Some).chain([None]);
    for (c, next) in personal.chars().zip(next) {
        state = step(state);
        // A letter and its mark stay together, so that what could be one character still could.
        let is_marked = next.is_some_and(is_mark);
        made.push(if is_marked { c } else { other(c, state, kinds) });
    }
    made.push_str(kept);
}

/// Another character of the same kind and length, or the same if it is of no kind.
fn other(c: char, state: u64, kinds: &[Kind]) -> char {
    let Some((first, last)) = kinds.iter().find(|(first, last)| (*first..=*last).contains(&c)) else { return c };
    let (first, last, at) = (u64::from(u32::from(*first)), u64::from(u32::from(*last)), u64::from(u32::from(c)));
    let count = last.saturating_sub(first).saturating_add(1);
    // Moved by one place at least, so that no character stays.
    let moved = (state >> 33).checked_rem(count.saturating_sub(1)).unwrap_or_default().saturating_add(1);
    let place = at.saturating_sub(first).saturating_add(moved).checked_rem(count).unwrap_or_default();
    u32::try_from(first.saturating_add(place)).ok().and_then(char::from_u32).unwrap_or(c)
}

/// Where the series of a value starts: FNV-1a, so that equal values become equal ones.
fn seed(value: &str) -> u64 {
    value.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The next number of a series: Knuth's MMIX generator.
const fn step(state: u64) -> u64 {
    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407)
}
