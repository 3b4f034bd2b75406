//! A code of the same structure with other values.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::hash::Hasher as _;
use core::ops::ControlFlow;

use siphasher::sip::SipHasher24;

use super::Class;
use super::kinds::{HEXADECIMAL, targets};
use super::walk::{BILL_CRC_DIGITS, PAYMENT_DATA, PERSONAL_IN_BILLS, Part, Shape, walk};
use crate::clock::Clock;
use crate::crc;
#[cfg(feature = "diagnose")]
use crate::diagnose::same_method;
use crate::elqr::Bill;
use crate::error::{Error, ErrorKind};
use crate::jpqr::Jpqr;
use crate::khqr::Khqr;
use crate::mpm::{Mpm, rules::LENGTH_AMBIGUOUS};
use crate::network::NetworkCode;
use crate::payee::other_readers;
use crate::payload::{Payload, PayloadBuf};
use crate::profile::Profile as _;
use crate::rule::{Each, Violation};
use crate::tlv;

/// A code of the same structure as a payload, whose personal values are replaced: for a bug report.
///
/// Numbers of characters, bytes, UTF-16 units and grapheme clusters, scripts, punctuation and findings stay,
/// `emv.length.ambiguous` in nearly all codes. Each letter and digit of what is not [`Class::Clear`] becomes another one of the
/// same script; inner headers, banks of aliases and identifiers stay. The CRC is right.
///
/// The replacements come from a pseudo-random function (SipHash-2-4) of the value, the place in it and `key`: equal values become
/// equal ones under one key, and whoever does not know the key learns nothing of a value from its replacement, whatever other pairs
/// they know. So draw the key from the operating system for each run, and forget it.
///
/// # Errors
///
/// No payload is known for which it fails, since all lengths stay: what is made is read once more before it is handed out.
///
/// ```
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// # let drawn = [7; 16];
/// let code = emvqr::mask::anonymise(&emvqr::Payload::parse(text)?, &drawn)?;
/// assert!(!code.as_str().contains("john") && code.as_str().contains("@devb52045999"));
/// # Ok::<(), emvqr::Error>(())
/// ```
pub fn anonymise(payload: &Payload<'_>, key: &[u8; 16]) -> Result<PayloadBuf, Error> {
    let reading = other_readers::find(payload);
    let has_small = has_small_letter(payload.as_str());
    let findings = findings(payload);
    let mut made = PayloadBuf::parse(replaced(payload, Way { key, attempt: 0, keeps_headers: false }))?;
    for attempt in 1..ATTEMPTS {
        let is_like = other_readers::find(&made.as_payload()) == reading;
        // A CRC in lower case is one only if it has a letter.
        let is_same = has_small_letter(made.as_str()) == has_small && self::findings(&made.as_payload()) == findings;
        if is_like && is_same {
            break;
        }
        // Short numbers may be headers in another reading of the text: then they stay.
        let keeps_headers = !is_like && reading.is_some();
        made = PayloadBuf::parse(replaced(payload, Way { key, attempt, keeps_headers }))?;
    }
    Ok(made)
}

/// The findings under the scheme: rule, and place.
fn findings(payload: &Payload<'_>) -> Vec<(&'static str, usize, usize)> {
    let mut found = Vec::new();
    let mut visitor = Each(|violation: Violation| {
        // Whether other readers find something else is compared by itself.
        if violation.rule() != LENGTH_AMBIGUOUS {
            found.push((violation.rule().id(), violation.offset(), violation.length()));
        }
        ControlFlow::Continue(())
    });
    let _ = match (Khqr::recognises(payload), Jpqr::recognises(payload)) {
        (true, false) => Khqr::check(payload, Clock::UNKNOWN, &mut visitor),
        (false, true) => Jpqr::check(payload, (), &mut visitor),
        (true, true) => Mpm::check(payload, (), &mut visitor),
        (false, false) => NetworkCode::check(payload, Clock::UNKNOWN, &mut visitor),
    };
    found
}

/// The most codes that are made until one has the findings of the original.
const ATTEMPTS: u64 = 128;

/// How values are replaced.
#[derive(Clone, Copy)]
struct Way<'k> {
    key: &'k [u8; 16],
    attempt: u64,
    /// `true` if numbers of up to eight digits stay.
    keeps_headers: bool,
}

/// Whether the CRC has a letter in lower case.
fn has_small_letter(text: &str) -> bool {
    text.bytes().rev().take(4).any(|byte| byte.is_ascii_lowercase())
}

/// The text of a payload with personal values replaced, and its CRC.
fn replaced(payload: &Payload<'_>, way: Way<'_>) -> String {
    let text = payload.as_str();
    let (mut made, _) = replaced_parts(text, Some(payload), way);
    // A CRC in lower case stays so.
    let is_lower = has_small_letter(text);
    let digits = crc::digits(crc::checksum(made.as_bytes()));
    let digits = digits.map(|byte| if is_lower { byte.to_ascii_lowercase() } else { byte });
    made.push_str(core::str::from_utf8(&digits).unwrap_or_default());
    made
}

/// A text up to its CRC, or to where its data objects end, with personal values replaced; and how much of it that is.
fn replaced_parts(text: &str, payload: Option<&Payload<'_>>, way: Way<'_>) -> (String, usize) {
    let (mut made, mut place) = (String::with_capacity(text.len()), 0);
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let end = walk(text, payload, &mut |Part { range, class, is_rest, is_hex, .. }| {
        made.push_str(piece(place, range.start));
        place = range.end;
        let value = piece(range.start, range.end);
        if is_rest { replace_run(value, is_hex, way, &mut made) } else { replace(value, class, is_hex, way, &mut made) }
    });
    made.push_str(piece(place, end));
    (made, end)
}

/// The same of any text. Of one that is not a payload, what may be personal is replaced by what its places tell, and all letters
/// and digits after a fault of shape, but for its header. With the feature `diagnose` a text that a repair makes a payload is
/// replaced by what that one permits, with the damage put back: a byte order mark, a link around the code, a second copy,
/// escapes. A CRC that was right is right again, one that was computed in another way is so again.
///
/// ```
/// # let drawn = [7; 16];
/// let made = emvqr::mask::anonymise_text("0002015910MARY SMITH6x", &drawn);
/// assert!(made.starts_with("0002015910") && !made.contains("MARY"));
/// ```
#[must_use]
pub fn anonymise_text(text: &str, key: &[u8; 16]) -> String {
    anonymised(text, Way { key, attempt: 0, keeps_headers: false }, MAX_COPIES)
}

/// The most payloads that are looked for in one text.
const MAX_COPIES: u8 = 4;

fn anonymised(text: &str, way: Way<'_>, copies: u8) -> String {
    if let Ok(made) = Payload::parse(text).and_then(|payload| anonymise(&payload, way.key)) {
        return made.into_string();
    }
    if let Some(made) = bill(text, way) {
        return made;
    }
    #[cfg(feature = "diagnose")]
    if let Some(made) = copies.checked_sub(1).and_then(|copies| repaired(text, way, copies)) {
        return made;
    }
    let _ = copies;
    (0..ATTEMPTS)
        .map(|attempt| broken(text, Way { attempt, ..way }))
        .find_map(|(made, is_like)| is_like.then_some(made))
        .unwrap_or_else(|| broken(text, way).0)
}

/// A text that is not a payload, by what its places tell; and whether its CRC is to the text what it was.
fn broken(text: &str, way: Way<'_>) -> (String, bool) {
    let (mut made, end) = replaced_parts(text, None, way);
    let digits = text.get(end..).unwrap_or_default();
    if Shape::of(text) == Shape::Derailed {
        // In a text whose lengths are wrong the digits may be a part of a value.
        let is_right = digits.len() >= CRC.len() && ends_with_crc(text);
        let kept = if is_right { digits.len().saturating_sub(CRC.len()) } else { digits.len() };
        let (rest, seal) = digits.split_at_checked(kept).unwrap_or((digits, ""));
        replace_fault(rest, way, &mut made);
        if !seal.is_empty() {
            made.push_str(seal.get(..4).unwrap_or_default());
            let digits = crc::digits(crc::checksum(made.as_bytes()));
            made.push_str(core::str::from_utf8(&digits).unwrap_or_default());
        }
        return (made, true);
    }
    let (covered, is_crc) = (text.get(..end).unwrap_or_default(), digits.len() <= 4);
    let right = |covered: &str| crc::checksum(covered.as_bytes());
    let found = digits.as_bytes().first_chunk().and_then(|digits| crc::parse_digits(*digits)).filter(|_| is_crc);
    let is_lower = digits.bytes().any(|byte| byte.is_ascii_lowercase());
    let write = |made: &mut String, sum: u16, length: usize| {
        let digits = crc::digits(sum).map(|byte| if is_lower { byte.to_ascii_lowercase() } else { byte });
        made.push_str(core::str::from_utf8(&digits).unwrap_or_default().get(..length).unwrap_or_default());
    };
    match found {
        Some(found) if found == right(covered) => {
            let sum = right(&made);
            write(&mut made, sum, 4);
            (made, true)
        }
        Some(found) => {
            let sum = right(&made);
            let other = same_method(covered, found, &made).unwrap_or_else(|| {
                let mut digits = String::new();
                replace(&format!("{found:04X}"), Class::Text, true, way, &mut digits);
                u16::from_str_radix(&digits, 16).unwrap_or(!sum)
            });
            write(&mut made, other, 4);
            (made, other != sum)
        }
        // Digits that were cut off, at the end or at the start.
        None if is_crc && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            let before = format!("{:04X}", right(covered));
            let after = right(&made);
            if before.starts_with(&digits.to_ascii_uppercase()) {
                write(&mut made, after, digits.len());
                (made, true)
            } else if before.trim_start_matches('0').eq_ignore_ascii_case(digits) {
                let after = format!("{after:04X}");
                let after = after.trim_start_matches('0');
                made.push_str(after);
                (made, after.len() == digits.len())
            } else {
                replace(digits, Class::Text, true, way, &mut made);
                (made, true)
            }
        }
        None => {
            replace(digits, Class::Text, false, way, &mut made);
            (made, true)
        }
    }
}

/// ID, length and digits of a CRC.
const CRC: &str = "63040000";

/// Whether a text ends with its CRC.
fn ends_with_crc(text: &str) -> bool {
    let digits = text.as_bytes().split_last_chunk().map(|(covered, digits)| (covered, crc::parse_digits(*digits)));
    digits.is_some_and(|(covered, sum)| covered.ends_with(b"6304") && sum == Some(crc::checksum(covered)))
}

/// A text that a repair makes a payload: repaired, replaced, and damaged again.
#[cfg(feature = "diagnose")]
fn repaired(text: &str, way: Way<'_>, copies: u8) -> Option<String> {
    use crate::diagnose::{HintKind, Remedy, diagnose};

    let hints = diagnose(text);
    let hint = hints.first()?;
    let is_of_crc = matches!(
        hint.kind(),
        HintKind::CrcAbsent | HintKind::CrcEmpty | HintKind::CrcShort | HintKind::CrcForm | HintKind::CrcMethod
    );
    match hint.remedy()? {
        Remedy::Range(range) => {
            let (before, rest) = text.split_at_checked(range.start)?;
            let (inside, after) = rest.split_at_checked(range.len())?;
            let mut made = around(before, way);
            made.push_str(&anonymised(inside, way, copies));
            // What is left may be another copy.
            if after.contains("0002") {
                made.push_str(&anonymised(after, way, copies));
            } else {
                made.push_str(&around(after, way));
            }
            Some(made)
        }
        Remedy::Text(payload) if !is_of_crc => {
            let payload = Payload::parse(payload).ok()?;
            let made = anonymise(&payload, way.key).ok()?;
            Some(damaged(text, payload.as_str(), made.as_str(), way))
        }
        _ => None,
    }
}

/// Text around a code: a mark, the scheme and host of a link and the prefix of a scanner stay; letters and digits of the
/// rest are replaced.
#[cfg(feature = "diagnose")]
fn around(text: &str, way: Way<'_>) -> String {
    let kept = match text.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find(['/', '?', '#']).unwrap_or(0);
            scheme.len().saturating_add(3).saturating_add(host)
        }
        // ]Q1 and its like.
        None if text.starts_with(']') && text.len() == 3 => 3,
        None => 0,
    };
    let (kept, rest) = text.split_at_checked(kept).unwrap_or(("", text));
    let mut made = String::from(kept);
    replace(rest, Class::Text, false, way, &mut made);
    made
}

/// A text with the characters of its repaired form replaced by those of another payload of the same structure. What the repair
/// took away or changed stays where the payloads are equal there, such as the escape of an `@`; else its letters and digits are
/// replaced.
#[cfg(feature = "diagnose")]
fn damaged(text: &str, repaired: &str, made: &str, way: Way<'_>) -> String {
    let places = super::repaired::places(text, repaired);
    let (before, after): (Vec<char>, Vec<char>) = (repaired.chars().collect(), made.chars().collect());
    let mut written = String::with_capacity(text.len());
    let mut odd = String::new();
    let mut last = 0_usize;
    let flush = |odd: &mut String, written: &mut String, from: usize, to: usize| {
        let is_same = before.get(from..to) == after.get(from..to) && from < to;
        if is_same {
            written.push_str(odd);
        } else {
            replace(odd, Class::Text, false, way, written);
        }
        odd.clear();
    };
    for (c, place) in text.chars().zip(places) {
        match place {
            Some(place) => {
                flush(&mut odd, &mut written, last, place);
                written.push(after.get(place).copied().unwrap_or(c));
                last = place.saturating_add(1);
            }
            None => odd.push(c),
        }
    }
    flush(&mut odd, &mut written, last, before.len());
    written
}

/// The code of a bill, whose account, case and confirmation numbers are replaced: what its rules look at stays.
fn bill(text: &str, way: Way<'_>) -> Option<String> {
    let payment = Bill::read(text)?.payment_data()?;
    let leaf = tlv::leaves(text).flatten().find(|leaf| leaf.path() == PAYMENT_DATA)?;
    let mut made = String::from(text.get(..leaf.value_offset())?);
    for (name, digits) in payment.entries() {
        if PERSONAL_IN_BILLS.contains(&name) {
            replace(digits, Class::Text, false, way, &mut made);
        } else {
            made.push_str(digits);
        }
    }
    let (covered, digits) = text.split_at_checked(text.len().checked_sub(BILL_CRC_DIGITS)?)?;
    made.push_str(covered.get(leaf.end()..)?);
    // Five decimal digits.
    let is_right = digits.parse() == Ok(crc::checksum(covered.as_bytes()));
    let digits = if is_right { format!("{:05}", crc::checksum(made.as_bytes())) } else { digits.into() };
    made.push_str(&digits);
    Some(made)
}

/// Digits of an ID and a length.
const HEADER: usize = 4;

/// A template that cannot be opened: what can be made out of it is replaced, and headers stay, so that its fault stays what it is.
fn replace_run(run: &str, is_hex: bool, way: Way<'_>, made: &mut String) {
    let mut rest = run;
    while let Some((header, value)) = rest.split_at_checked(HEADER).filter(|(header, _)| is_header(header)) {
        made.push_str(header);
        let length = header.get(2..).and_then(|digits| digits.parse().ok()).unwrap_or_default();
        let end = value.char_indices().nth(length).map_or(value.len(), |(end, _)| end);
        let (value, next) = value.split_at_checked(end).unwrap_or((value, ""));
        replace(value, if value.contains('@') { Class::Alias } else { Class::Text }, is_hex, way, made);
        rest = next;
    }
    // Digits that begin a header stay, as many as there are.
    let digits = rest.bytes().take(HEADER).take_while(u8::is_ascii_digit).count();
    let (digits, rest) = rest.split_at_checked(digits).unwrap_or(("", rest));
    made.push_str(digits);
    replace(rest, Class::Text, is_hex, way, made);
}

fn is_header(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Text after a fault of shape in the root: its header stays if it is one.
fn replace_fault(rest: &str, way: Way<'_>, made: &mut String) {
    let fault = tlv::read(rest).next().and_then(Result::err).map(|fault| fault.kind());
    let is_one = matches!(fault, Some(ErrorKind::LengthZero | ErrorKind::ValueOverrun { .. }));
    let (header, rest) = rest.split_at_checked(if is_one { HEADER } else { 0 }).unwrap_or(("", rest));
    made.push_str(header);
    replace(rest, Class::Text, false, way, made);
}

fn replace(value: &str, class: Class, is_hex: bool, way: Way<'_>, made: &mut String) {
    // Zeros name nobody: those at the start of a number stay, since rules look at them.
    let is_number = class == Class::Text && value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let zeros = value.bytes().take_while(|byte| is_number && matches!(byte, b'0' | b'.')).count();
    let (zeros, value) = value.split_at_checked(zeros).unwrap_or(("", value));
    made.push_str(zeros);
    if value.is_empty() {
        return;
    }
    // The bank of an alias and the domain of an address name no person; the country of an IBAN is no secret.
    let (start, end) = class.kept(value);
    let personal = value.get(start..end).unwrap_or(value);
    let mut hasher = SipHasher24::new_with_key(way.key);
    hasher.write(&way.attempt.to_le_bytes());
    hasher.write(personal.as_bytes());
    // No text ends so.
    hasher.write(&[0xFF]);
    made.push_str(value.get(..start).unwrap_or_default());
    let numbers = if way.keeps_headers { short_numbers(personal) } else { Vec::new() };
    for (place, (at, c)) in (0_u64..).zip(personal.char_indices()) {
        let mut hasher = hasher;
        hasher.write(&place.to_le_bytes());
        hasher.write(&u32::from(c).to_le_bytes());
        let is_kept = numbers.iter().any(|number: &core::ops::Range<usize>| number.contains(&at));
        made.push(if is_kept { c } else { other(c, hasher.finish(), is_hex) });
    }
    made.push_str(value.get(end..).unwrap_or_default());
}

/// Runs of up to eight digits, which may be two headers.
fn short_numbers(text: &str) -> Vec<core::ops::Range<usize>> {
    const TWO_HEADERS: usize = 8;
    let mut numbers: Vec<core::ops::Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match numbers.last_mut() {
            Some(number) if number.end == at => number.end = at.saturating_add(1),
            _ => numbers.push(at..at.saturating_add(1)),
        }
    }
    numbers.retain(|number| number.len() <= TWO_HEADERS);
    numbers
}

/// Another character of the same kind and length, or the same if it is no letter and no digit.
fn other(c: char, drawn: u64, is_hex: bool) -> char {
    let code = u32::from(c);
    let is_in = |(first, last): &(u32, u32)| (*first..=*last).contains(&code);
    let hexadecimal = HEXADECIMAL.into_iter().find(is_in).filter(|_| is_hex);
    let Some((first, last)) = hexadecimal.or_else(|| targets(c)) else { return c };
    let count = u64::from(last.saturating_sub(first)).saturating_add(1);
    // One of the others, so that no character stays.
    let (from, count) = if is_in(&(first, last)) {
        (u64::from(code.saturating_sub(first)).saturating_add(1), count.saturating_sub(1))
    } else {
        (0, count)
    };
    let place = from.saturating_add(drawn.checked_rem(count).unwrap_or_default());
    let size = u64::from(last.saturating_sub(first)).saturating_add(1);
    let place = place.checked_rem(size).and_then(|place| u32::try_from(place).ok()).unwrap_or_default();
    char::from_u32(first.saturating_add(place)).unwrap_or(c)
}

/// Which other method makes a CRC, only diagnosis knows.
#[cfg(not(feature = "diagnose"))]
const fn same_method(_: &str, _: u16, _: &str) -> Option<u16> {
    None
}
