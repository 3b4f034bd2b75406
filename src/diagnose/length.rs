//! Lengths that do not fit their values.

use alloc::format;
use alloc::vec::Vec;
use core::ops::Range;

use super::{Hint, HintKind, Remedy, crc, root, shape};
use crate::error::ErrorKind;
use crate::payload::Payload;
use crate::tag::{Path, Tag, TagSet};
use crate::tlv::{DataObject, LengthUnit, header, is_template, length_unit};

/// Characters of a header.
const HEADER: usize = 4;

/// The most objects in front of a fault that are tried.
const MAX_OBJECTS: usize = 40;

pub(super) fn hint(text: &str) -> Option<Hint> {
    let (objects, fault) = shape(text);
    if let Some(unit @ (LengthUnit::Bytes | LengthUnit::Utf16)) = length_unit(text) {
        return Some(unit_hint(unit, &objects));
    }
    let has_crc = objects.last().is_some_and(|last| last.tag() == Tag::CRC);
    if fault.is_none() && has_crc {
        return None;
    }
    let run = Run::new(text, true);
    // An object without a value is what it is: nothing is wrong with other lengths.
    if fault.is_some_and(|fault| fault.kind() == ErrorKind::LengthZero && run.is_good_behind(fault.offset())) {
        return None;
    }
    match run.wrong_length() {
        Some(wrong) => Some(wrong.hint(root(wrong.tag), 0, Some(crc::fits(text.as_bytes())))),
        None => cut_off(text, &objects, fault),
    }
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
    let run = Run::new(object.value(), false);
    if let Some(wrong) = run.wrong_length()
        && let Some(path) = object.path().join(wrong.tag)
    {
        return Some(wrong.hint(path, object.value_offset(), None));
    }
    let (path, at, last) = (object.path(), fault.offset(), before.last()?);
    let message =
        format!("{path} cannot be read as data objects: the fault is at byte {at}, behind {last}, which can be read");
    Some(Hint::new(HintKind::Template, path, at..at.saturating_add(fault.length()), message))
}

/// The characters of a run of data objects, and from which of them on the rest can be read.
struct Run<'t> {
    text: &'t str,
    /// Where each character begins, and where the last ends.
    starts: Vec<usize>,
    /// Whether what begins with each character is a run to the end.
    good: Vec<bool>,
    is_root: bool,
}

/// A length with which the whole run can be read.
struct WrongLength<'t> {
    tag: Tag,
    /// The header.
    place: Range<usize>,
    /// The digits as they are.
    found: &'t str,
    right: usize,
    /// The value that it would have.
    value: &'t str,
}

impl<'t> Run<'t> {
    fn new(text: &'t str, is_root: bool) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
        starts.push(text.len());
        let mut run = Self { text, good: alloc::vec![false; starts.len()], starts, is_root };
        for start in (0..run.count()).rev() {
            let good = run
                .header(start)
                .is_some_and(|(tag, length)| run.is_good(tag, start.saturating_add(HEADER).saturating_add(length)));
            if let Some(place) = run.good.get_mut(start) {
                *place = good;
            }
        }
        run
    }

    /// Characters of the text.
    fn count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The text from one character to another.
    fn slice(&self, range: Range<usize>) -> Option<&'t str> {
        self.text.get(*self.starts.get(range.start)?..*self.starts.get(range.end)?)
    }

    /// The header at a character.
    fn header(&self, start: usize) -> Option<(Tag, usize)> {
        let digits = self.slice(start..start.checked_add(HEADER)?)?;
        let (tag, length) = header(digits.as_bytes().try_into().ok()?)?;
        (length > 0).then_some((tag, length.into()))
    }

    /// Whether the rest can be read if the object `tag` ends at a character.
    fn is_good(&self, tag: Tag, end: usize) -> bool {
        if end == self.count() {
            !self.is_root || tag == Tag::CRC
        } else {
            self.good.get(end).copied().unwrap_or(false)
        }
    }

    /// Whether no ID from a character on repeats one of `seen`.
    fn is_new(&self, mut seen: TagSet, mut start: usize) -> bool {
        while let Some((tag, length)) = self.header(start) {
            if seen.insert(tag) {
                return false;
            }
            start = start.saturating_add(HEADER).saturating_add(length);
        }
        true
    }

    /// Whether the rest can be read behind a header at this byte.
    fn is_good_behind(&self, byte: usize) -> bool {
        let start = self.starts.binary_search(&byte).unwrap_or(usize::MAX);
        self.good.get(start.saturating_add(HEADER)).copied().unwrap_or(false)
    }

    /// The object whose other length makes everything readable: of several the one that gives the likeliest code, then the
    /// last, then the shortest.
    fn wrong_length(&self) -> Option<WrongLength<'t>> {
        let mut objects = Vec::new();
        let (mut seen, mut start, mut score) = (TagSet::EMPTY, 0_usize, 0_i32);
        loop {
            let id = self.slice(start..start.saturating_add(2)).and_then(|id| id.parse::<Tag>().ok());
            let Some(tag) = id else { break };
            objects.push((tag, start, seen, score));
            seen.insert(tag);
            let Some((_, length)) = self.header(start) else { break };
            let value = start.saturating_add(HEADER);
            let Some(text) = self.slice(value..value.saturating_add(length)) else { break };
            score = score.saturating_add(self.likelihood(tag, text));
            start = value.saturating_add(length);
        }
        let mut best: Option<(i32, WrongLength<'t>)> = None;
        for (tag, start, seen, before) in objects.into_iter().rev().take(MAX_OBJECTS) {
            for (end, wrong) in self.other_lengths(tag, start, seen) {
                let own = self.likelihood(tag, wrong.value);
                let score = before.saturating_add(own).saturating_add(self.likelihoods(end));
                if best.as_ref().is_none_or(|(least, _)| score > *least) {
                    best = Some((score, wrong));
                }
            }
        }
        best.map(|(_, wrong)| wrong)
    }

    /// The sum for the objects from a character on.
    fn likelihoods(&self, mut start: usize) -> i32 {
        let mut sum = 0_i32;
        while let Some((tag, length)) = self.header(start) {
            let value = start.saturating_add(HEADER);
            start = value.saturating_add(length);
            sum = sum.saturating_add(self.likelihood(tag, self.slice(value..start).unwrap_or_default()));
        }
        sum
    }

    /// How much a value looks like one of its object: positive, zero or negative.
    fn likelihood(&self, tag: Tag, value: &str) -> i32 {
        if !self.is_root {
            return 0;
        }
        let digits = |count| value.len() == count && value.bytes().all(|byte| byte.is_ascii_digit());
        let is_likely = match tag.get() {
            0 => value == "01" || value == "02",
            1 | 55 => digits(2),
            26..=51 | 62 | 64 => crate::tlv::read(value).all(|object| object.is_ok()),
            52 => digits(4),
            53 => digits(3),
            54 | 56 | 57 => value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'),
            58 => value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()),
            63 => value.len() == 4,
            61 => return 1,
            2..=25 => return 0,
            59 | 60 => true,
            _ => return -1,
        };
        if is_likely { 2 } else { -2 }
    }

    /// Other lengths of the object at a character with which the rest can be read, and where it would end.
    fn other_lengths(
        &self,
        tag: Tag,
        start: usize,
        mut seen: TagSet,
    ) -> impl Iterator<Item = (usize, WrongLength<'t>)> {
        seen.insert(tag);
        let written = move |digits: usize| {
            let from = start.saturating_add(2);
            let text = self.slice(from..from.saturating_add(digits))?;
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
        };
        let [one, three] = [1, 3].map(|digits| written(digits).map(|length| (digits, length)));
        // The likeliest fault of a length that is not two digits is that it is one.
        let is_one = written(2).is_none();
        let lengths = one.filter(|_| is_one).into_iter().chain((1..=99).map(|length| (2, length)));
        let lengths = lengths.chain(three).chain(one.filter(|_| !is_one));
        lengths.filter_map(move |(digits, length): (usize, usize)| {
            let value = start.saturating_add(2).saturating_add(digits);
            let end = value.saturating_add(length);
            // The CRC has four digits whatever its header says.
            let is_crc = self.is_root && tag == Tag::CRC && length != 4;
            let is_same = digits == 2 && self.header(start).is_some_and(|(_, found)| found == length);
            if is_crc
                || is_same
                || length == 0
                || end > self.count()
                || !self.is_good(tag, end)
                || !self.is_new(seen, end)
            {
                return None;
            }
            let wrong = WrongLength {
                tag,
                place: *self.starts.get(start)?..*self.starts.get(value)?,
                found: self.slice(start.saturating_add(2)..value)?,
                right: length,
                value: self.slice(value..end)?,
            };
            Some((end, wrong))
        })
    }
}

impl WrongLength<'_> {
    /// In words. `is_written`: whether the CRC says that the text is as it was written, or not; `None` if it says nothing.
    fn hint(&self, path: Path, base: usize, is_written: Option<bool>) -> Hint {
        let Self { found, right, .. } = self;
        let place = self.place.start.saturating_add(base)..self.place.end.saturating_add(base);
        if found.len() != 2 {
            let digits = if found.len() == 1 { "one digit" } else { "three digits" };
            let limit = if *right > 99 { "; a value has at most 99 characters" } else { "" };
            let message = format!("the length of {path} has {digits} ({found}), and a length is always two{limit}");
            return Hint::new(HintKind::LengthDigits, path, place, message);
        }
        let unit = match found.parse::<usize>() {
            Ok(found) if found == self.value.len() && found != *right => " (it counts bytes)",
            _ => "",
        };
        let message = match is_written {
            Some(true) => format!(
                "the CRC is right, so the text is as its writer made it, but the length of {path} is wrong: it is {found}, and with {right:02} everything can be read{unit}"
            ),
            Some(false) => format!(
                "the length of {path} is {found}, but its value seems to have {right} characters{unit}; as the CRC is not right, the text was changed after it was written"
            ),
            None => format!("the length of {path} is {found}, but everything can be read with {right:02}{unit}"),
        };
        let hint = Hint::new(HintKind::Length, path, place, message);
        match u8::try_from(*right) {
            Ok(right) => hint.with(Remedy::Length(right)),
            Err(_) => hint,
        }
    }
}
