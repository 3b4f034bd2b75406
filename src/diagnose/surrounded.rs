//! What stands around a valid payload.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::ops::Range;

use super::{Hint, HintKind, Reader, Remedy, is_invisible};
use crate::elqr::Bill;
use crate::path::Path;
use crate::tag::Tag;

/// The most places that are tried as the start of a payload.
const MAX_STARTS: usize = 12;

/// The first part of a text that is a payload.
pub(super) fn inside(text: &str, reader: &mut Reader) -> Option<Range<usize>> {
    // The format indicator is 01, but nothing that can be read is refused for another.
    let first = text.starts_with("00").then_some(0);
    let starts = text.match_indices("0002").map(|(start, _)| start).filter(|start| Some(*start) != first);
    first.into_iter().chain(starts).take(MAX_STARTS).find_map(|start| {
        let rest = text.get(start..)?;
        let mut objects = crate::tlv::read(rest).map_while(Result::ok);
        let crc = objects.find(|object| object.tag() == Tag::CRC)?;
        let end = start.checked_add(crc.end())?;
        reader.reads(text.get(start..end)?).then_some(start..end)
    })
}

/// The payload or bill form in a text that is neither.
pub(super) fn hint(text: &str, reader: &mut Reader) -> Option<Hint> {
    let Some(valid) = inside(text, reader) else { return bill(text) };
    between(text, valid)
}

/// The bill form between characters that are not digits: it has none but digits.
pub(super) fn bill(text: &str) -> Option<Hint> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_hexdigit())?.checked_add(1)?;
    let is_all = start == 0 && end == text.len();
    Bill::read(text.get(start..end)?).filter(|_| !is_all)?;
    between(text, start..end)
}

fn between(text: &str, valid: Range<usize>) -> Option<Hint> {
    let (before, after) = (text.get(..valid.start)?, text.get(valid.end..)?);
    Some(describe(before.as_bytes(), after.as_bytes(), valid))
}

/// The payload in a text whose other bytes are not UTF-8: a mark of UTF-16, a NUL or the like around it.
pub(super) fn not_utf8(bytes: &[u8], reader: &mut Reader) -> Option<Hint> {
    let mut start = 0_usize;
    for chunk in bytes.utf8_chunks().take(MAX_STARTS) {
        let text = chunk.valid();
        if let Some(found) = inside(text, reader) {
            let valid = start.checked_add(found.start)?..start.checked_add(found.end)?;
            return Some(describe(bytes.get(..valid.start)?, bytes.get(valid.end..)?, valid));
        }
        start = start.checked_add(text.len())?.checked_add(chunk.invalid().len())?;
    }
    None
}

fn describe(before: &[u8], after: &[u8], valid: Range<usize>) -> Hint {
    let Range { start, end } = valid;
    let range = format!("from byte {start} to byte {end} the text is valid");
    let second = after.starts_with(b"0002");
    let place = if before.is_empty() { end..end.saturating_add(after.len()) } else { 0..start };
    let first =
        format!("{} the payload, which begins at byte {start}", verb(&what(before), "comes before", "come before"));
    let last = verb(&what(after), "follows", "follow");
    let message = match (before.is_empty(), after.is_empty(), second) {
        (true, _, true) => format!("a second payload begins at byte {end}, behind a complete first one; {range}"),
        (true, ..) => format!("{last} the payload, after the CRC; {range}"),
        (false, true, _) => format!("{first}; {range}"),
        (false, false, true) => format!("{first}, and a second payload follows; {range}"),
        (false, false, false) => format!("{first}, and {last} the CRC; {range}"),
    };
    let kind = if before.is_empty() && second { HintKind::SecondPayload } else { HintKind::Surrounded };
    Hint::new(kind, Path::ROOT, place, message).with(Remedy::Range(start..end))
}

/// A subject and its verb.
fn verb(subject: &str, singular: &str, plural: &str) -> String {
    let is_plural = ["s", "s,", "s)"].iter().any(|end| subject.ends_with(end));
    format!("{subject} {}", if is_plural { plural } else { singular })
}

/// Words for what surrounds a payload.
fn what(bytes: &[u8]) -> String {
    let text = core::str::from_utf8(bytes).unwrap_or("?");
    let symbology = text.strip_prefix(']').is_some_and(|rest| {
        let mut rest = rest.chars();
        rest.next().is_some_and(|c| c.is_ascii_alphabetic())
            && rest.next().is_some_and(|c| c.is_ascii_alphanumeric())
            && rest.next().is_none()
    });
    let all = |is: fn(char) -> bool| !text.is_empty() && text.chars().all(is);
    let one = match text {
        "\u{feff}" => "a byte order mark (EF BB BF)",
        "\n" => "a line feed",
        "\r" => "a carriage return",
        "\r\n" => "a line break (CR LF)",
        "\t" => "a tab",
        " " => "a blank",
        "\0" => "a NUL character",
        "\u{2}" => "a control character (STX)",
        "\u{3}" => "a control character (ETX)",
        "\u{a0}" => "a no-break blank (U+00A0)",
        "\"" | "'" | "`" => "a quote",
        _ if symbology => "the symbology identifier of a scanner",
        _ if all(|c| matches!(c, '\n' | '\r')) => "line breaks",
        _ if all(char::is_whitespace) => "blanks",
        _ if all(char::is_control) => "control characters",
        _ if all(|c| matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '«' | '»' | '「' | '」')) => "quotes",
        _ if all(is_invisible) => "invisible characters",
        _ if text.contains("://") => "a link",
        _ => "",
    };
    if !one.is_empty() {
        return one.to_string();
    }
    let controls = text.chars().filter(|c| c.is_control()).count();
    let mark = if text.starts_with('\u{feff}') { ", the first of them a byte order mark (EF BB BF)," } else { "" };
    let count = if text == "?" { bytes.len() } else { text.chars().count() };
    match (count, controls) {
        (1, _) => "1 character".to_string(),
        (_, 0) => format!("{count} characters{mark}"),
        (_, _) => format!("{count} characters{mark} ({controls} of them control characters)"),
    }
}
