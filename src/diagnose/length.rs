//! Lengths that do not fit their values.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::{Hint, HintKind, Remedy, crc, root, shape};
use crate::error::ErrorKind;
use crate::path::Path;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::{DataObject, LengthUnit, is_template, length_unit};

/// Characters of a header.
const HEADER: usize = 4;

/// The most characters of a text in which wrong lengths are looked for.
const MAX_CHARACTERS: usize = 1000;

/// The most lengths that may be wrong: with more of them nothing is explained.
const MAX_WRONG: usize = 4;

pub(super) fn hint(text: &str) -> Option<Hint> {
    let (objects, fault) = shape(text);
    if let Some(unit @ (LengthUnit::Bytes | LengthUnit::Utf16)) = length_unit(text) {
        return Some(unit_hint(unit, &objects));
    }
    let has_crc = objects.last().is_some_and(|last| last.tag() == Tag::CRC);
    let is_whole = fault.is_none() && has_crc;
    let is_duplicate = is_whole && has_twice(&objects);
    if is_whole && !is_duplicate {
        return None;
    }
    let wrong = Run { text, is_root: true }.wrong_lengths();
    let hint = wrong_hint(&wrong, None, 0, Some(crc::fits(text.as_bytes())));
    // What occurs twice, or has no value, is what it is, unless its length has another number of digits.
    let is_plain = is_duplicate || fault.is_some_and(|fault| fault.kind() == ErrorKind::LengthZero);
    let is_told = |hint: &Hint| !is_plain || hint.kind() == HintKind::LengthDigits || wrong_by_one(&wrong);
    hint.filter(is_told).or_else(|| cut_off(text, &objects, fault))
}

fn has_twice(objects: &[DataObject<'_>]) -> bool {
    let mut seen = TagSet::EMPTY;
    objects.iter().any(|object| seen.insert(object.tag()))
}

/// Whether one length is a little too long or too short, which shifts what follows.
fn wrong_by_one(wrong: &[WrongLength<'_>]) -> bool {
    matches!(wrong, [one] if one.found.parse::<usize>().is_ok_and(|found| found.abs_diff(one.right) <= 2 && found > 0 && one.right > 0))
}

fn unit_hint(unit: LengthUnit, objects: &[DataObject<'_>]) -> Hint {
    // In front of the first value that is not ASCII all units are the same.
    let first = objects.iter().find(|object| !object.value().is_ascii()).or(objects.last());
    let (path, place) =
        first.map_or((Path::ROOT, 0..0), |object| (object.path(), object.offset()..object.value_offset()));
    let message = match unit {
        LengthUnit::Bytes => {
            "the lengths count bytes; EMVCo counts characters, and all lengths fit when they count bytes"
        }
        _ => {
            "the lengths count UTF-16 units, as JavaScript and Java do; EMVCo counts characters, and all lengths fit when they count UTF-16 units"
        }
    };
    Hint::new(HintKind::LengthUnit, path, place, message)
}

/// A text that stops inside an object, with no CRC at its end.
fn cut_off(text: &str, objects: &[DataObject<'_>], fault: Option<crate::Error>) -> Option<Hint> {
    let fault = fault?;
    let is_at_end = match fault.kind() {
        ErrorKind::HeaderTruncated => true,
        // A length that takes in a CRC is not a text that was cut.
        ErrorKind::ValueOverrun { .. } => {
            fault.path() != root(Tag::CRC) && !text.as_bytes().iter().rev().skip(4).take(4).rev().eq(b"6304")
        }
        _ => false,
    };
    if !is_at_end || objects.len() < 2 || !text.starts_with("0002") {
        return None;
    }
    let end = text.len();
    let message = format!(
        "the text ends early, after {end} bytes and without a CRC: it was cut, perhaps by a field that is too short"
    );
    Some(Hint::new(HintKind::CutOff, fault.path(), end..end, message))
}

/// What stands in the templates that cannot be opened.
pub(super) fn templates(payload: &Payload<'_>) -> Vec<Hint> {
    payload.iter().filter(|object| is_template(object.path())).filter_map(|object| template(&object)).collect()
}

fn template(object: &DataObject<'_>) -> Option<Hint> {
    let mut before = Vec::new();
    let mut fault = None;
    for inner in object.objects() {
        match inner {
            Ok(inner) => before.push(inner.path()),
            Err(error) => fault = Some(error),
        }
    }
    let fault = fault?;
    // Some networks write plain text here: then there is nothing to explain.
    let is_run = !before.is_empty() || matches!(object.tag().get(), 62 | 64) || object.value().starts_with("00");
    if !is_run {
        return None;
    }
    let wrong = Run { text: object.value(), is_root: false }.wrong_lengths();
    if let [one] = wrong.as_slice()
        && let Some(hint) = wrong_hint(core::slice::from_ref(one), Some(object.tag()), object.value_offset(), None)
    {
        return Some(hint);
    }
    let (path, at, last) = (object.path(), fault.offset(), before.last()?);
    let message =
        format!("{path} cannot be read as data objects: the fault is at byte {at}, behind {last}, which can be read");
    Some(Hint::new(HintKind::Template, path, at..at.saturating_add(fault.length()), message))
}

/// A text that should be a run of data objects.
struct Run<'t> {
    text: &'t str,
    is_root: bool,
}

/// An object whose length is not that of its value, if all is to be read.
struct WrongLength<'t> {
    tag: Tag,
    /// The header.
    place: Range<usize>,
    /// The digits as they are.
    found: &'t str,
    /// Characters that the value would have.
    right: usize,
    /// The value.
    value: &'t str,
}

/// The best way to read a run from a character to its end.
#[derive(Clone, Copy)]
struct Way {
    /// The less, the likelier.
    cost: i32,
    /// Digits of the length of the first object, and characters of its value.
    digits: usize,
    length: usize,
    /// Where the next object begins.
    next: usize,
}

impl<'t> Run<'t> {
    /// The objects whose lengths are wrong, on the likeliest way to read the whole run: with few wrong lengths, little wrong, and
    /// values that look like those of their objects. Empty if there is no such way.
    fn wrong_lengths(&self) -> Vec<WrongLength<'t>> {
        let mut starts: Vec<usize> = self.text.char_indices().map(|(start, _)| start).collect();
        starts.push(self.text.len());
        let count = starts.len().saturating_sub(1);
        if count > MAX_CHARACTERS {
            return Vec::new();
        }
        let slice = |range: Range<usize>| self.text.get(*starts.get(range.start)?..*starts.get(range.end)?);
        let mut ways: Vec<Option<Way>> = alloc::vec![None; starts.len()];
        for start in (0..count).rev() {
            let Some(tag) = slice(start..start.saturating_add(2)).and_then(|id| id.parse::<Tag>().ok()) else {
                continue;
            };
            let found = slice(start.saturating_add(2)..start.saturating_add(HEADER)).and_then(number);
            let mut best: Option<Way> = None;
            for (digits, length) in lengths(found, |digits| {
                let from = start.saturating_add(2);
                slice(from..from.saturating_add(digits)).and_then(number)
            }) {
                let value = start.saturating_add(2).saturating_add(digits);
                let next = value.saturating_add(length);
                let Some(text) = slice(value..next) else { continue };
                let rest = match ways.get(next).copied().flatten() {
                    _ if next == count => 0,
                    Some(way) => way.cost,
                    None => continue,
                };
                let is_end = next == count;
                // A run ends with its CRC, whose digits are four whatever its length says; nothing is behind it.
                let is_crc = tag == Tag::CRC;
                if self.is_root && (is_end != is_crc || is_crc && length != 4) {
                    continue;
                }
                let is_same = digits == 2 && found == Some(length);
                let change = match (is_same, found) {
                    (true, _) => 0,
                    (false, Some(found)) if digits == 2 => 12_i32.saturating_add(distance(found, length)),
                    (false, _) if digits == 2 => 20,
                    _ => 14,
                };
                let cost = rest.saturating_add(change).saturating_sub(self.likelihood(tag, text).saturating_mul(4));
                if best.is_none_or(|best| cost < best.cost) {
                    best = Some(Way { cost, digits, length, next });
                }
            }
            if let Some(place) = ways.get_mut(start) {
                *place = best;
            }
        }
        let mut wrong = Vec::new();
        let (mut start, mut seen) = (0, TagSet::EMPTY);
        while start < count {
            let way = ways.get(start).copied().flatten();
            let object = way.and_then(|way| {
                let value = start.saturating_add(2).saturating_add(way.digits);
                let found = slice(start.saturating_add(2)..value)?;
                let tag = slice(start..start.saturating_add(2))?.parse().ok()?;
                let place = *starts.get(start)?..*starts.get(value)?;
                Some((way, WrongLength { tag, place, found, right: way.length, value: slice(value..way.next)? }))
            });
            let Some((way, object)) = object.filter(|(_, object)| !seen.insert(object.tag)) else { return Vec::new() };
            if way.digits != 2 || number(object.found) != Some(way.length) {
                wrong.push(object);
            }
            start = way.next;
        }
        if wrong.len() > MAX_WRONG { Vec::new() } else { wrong }
    }

    /// How much a value looks like one of its object: positive or negative, and 0 inside a template.
    fn likelihood(&self, tag: Tag, value: &str) -> i32 {
        if !self.is_root {
            return 0;
        }
        let digits = |count| value.len() == count && number(value).is_some();
        let is_likely = match tag.get() {
            0 | 1 | 55 => digits(2),
            26..=51 | 62 | 64 => crate::tlv::read(value).all(|object| object.is_ok()),
            52 => digits(4),
            53 => digits(3),
            58 => value.len() == 2,
            59..=61 => true,
            _ => return -1,
        };
        if is_likely { 2 } else { -2 }
    }
}

/// The number that ASCII digits are.
fn number(digits: &str) -> Option<usize> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn distance(found: usize, length: usize) -> i32 {
    i32::try_from(found.abs_diff(length)).unwrap_or(i32::MAX)
}

/// The lengths that an object may have: with how many digits it is written, and how many characters that is. The likeliest
/// first. None is 0.
fn lengths(found: Option<usize>, written: impl Fn(usize) -> Option<usize>) -> impl Iterator<Item = (usize, usize)> {
    let same = found.map(|length| (2, length));
    let [one, three] = [1, 3].map(|digits| written(digits).map(|length| (digits, length)));
    let others = (1..=99).filter(move |length| found != Some(*length)).map(|length| (2, length));
    same.into_iter().chain(one).chain(three).filter(|(_, length)| *length > 0).chain(others)
}

/// What to say of wrong lengths. `is_written`: whether the CRC says that the text is as it was written, or not; `None` if it says
/// nothing.
fn wrong_hint(wrong: &[WrongLength<'_>], template: Option<Tag>, base: usize, is_written: Option<bool>) -> Option<Hint> {
    let (first, others) = wrong.split_first()?;
    let path = |tag: Tag| template.map_or(Some(root(tag)), |template| root(template).join(tag));
    let at = path(first.tag)?;
    let place = first.place.start.saturating_add(base)..first.place.end.saturating_add(base);
    let WrongLength { found, right, value, .. } = first;
    // What is not digits is not shown: it can be any character.
    let has_digits = number(found).is_some();
    if others.is_empty() && has_digits && found.len() != 2 {
        let digits = if found.len() == 1 { "one digit" } else { "three digits" };
        let limit = if *right > 99 { "; a value has at most 99 characters" } else { "" };
        let message = format!("the length of {at} has {digits} ({found}), and a length is always two{limit}");
        return Some(Hint::new(HintKind::LengthDigits, at, place, message));
    }
    if !others.is_empty() {
        let longer = wrong.iter().filter(|one| number(one.found).is_some_and(|found| one.right > found)).count();
        let what = match longer {
            0 => "characters seem to be lost from their values",
            all if all == wrong.len() => "their values seem to be longer than they were written",
            _ => "the text was changed, or was not read rightly",
        };
        let mut message = format!("the lengths of {at}");
        for (other, left) in others.iter().zip((0..others.len()).rev()) {
            message.push_str(if left == 0 { " and " } else { ", " });
            message.extend(other.tag.digits().map(char::from));
        }
        let message = format!("{message} do not fit their values: {what}");
        return Some(Hint::new(HintKind::Length, at, place, message));
    }
    let is_bytes = number(found) == Some(value.len()) && number(found) != Some(*right);
    let unit = if is_bytes { " (it counts bytes)" } else { "" };
    let found = if has_digits { *found } else { "not two digits" };
    let message = match is_written {
        Some(true) => format!(
            "the CRC is right, so the text is as its writer made it, but the length of {at} is wrong: it is {found}, and with {right:02} everything can be read{unit}"
        ),
        Some(false) => format!(
            "the length of {at} is {found}, but its value seems to have {right} characters{unit}; as the CRC is not right, the text was changed after it was written"
        ),
        None => format!("the length of {at} is {found}, but everything can be read with {right:02}{unit}"),
    };
    let hint = Hint::new(HintKind::Length, at, place, message);
    Some(match u8::try_from(*right) {
        Ok(right @ 1..) => hint.with(Remedy::Length(right)),
        _ => hint,
    })
}
