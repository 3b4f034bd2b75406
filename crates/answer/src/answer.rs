//! Answers about one text.

use emvqr::crossborder::Block;
use emvqr::diagnose::{Hint, Remedy};
use emvqr::display::Utf16Offsets;
use emvqr::{Path, Violation};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::VERSION;
use crate::fields::{Fields, SdkFields};
use crate::summary::Summary;
use crate::verdict::{Fault, Level, Verdict};

/// Keys that a caller adds to an answer: the line, an id.
pub trait Extra {
    /// Writes them.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// None.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing in it")]
pub struct NoExtra;

impl Extra for NoExtra {
    fn entries<M: SerializeMap>(&self, _: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

/// The unit of `offset` and `length`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a further unit is a further version")]
pub enum Units {
    /// Bytes of UTF-8.
    #[default]
    Bytes,
    /// Units of UTF-16, as JavaScript counts.
    Utf16,
}

/// The small answer: verdict, findings, payee and summary.
#[derive(Clone, Copy, Debug)]
#[must_use = "it is nothing until it is serialized"]
pub struct Short<'v, 'a, E = NoExtra> {
    verdict: &'v Verdict<'a>,
    extra: E,
    units: Units,
}

impl<'v, 'a> Short<'v, 'a> {
    /// The answer about a text.
    pub const fn of(verdict: &'v Verdict<'a>) -> Self {
        Self { verdict, extra: NoExtra, units: Units::Bytes }
    }
}

impl<'v, 'a, E> Short<'v, 'a, E> {
    /// With keys of the caller.
    pub fn with<F: Extra>(self, extra: F) -> Short<'v, 'a, F> {
        Short { verdict: self.verdict, extra, units: self.units }
    }

    /// With places in other units.
    pub const fn units(mut self, units: Units) -> Self {
        self.units = units;
        self
    }
}

impl<E: Extra> Serialize for Short<'_, '_, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let places = Places::of(self.verdict, self.units);
        head(&mut map, self.verdict, &self.extra, &places)?;
        map.end()
    }
}

/// The whole answer: the small one, and notes, hints, objects and fields.
#[derive(Clone, Copy, Debug)]
#[must_use = "it is nothing until it is serialized"]
pub struct Full<'v, 'a, E = NoExtra> {
    short: Short<'v, 'a, E>,
    has_sdk_fields: bool,
}

impl<'v, 'a> Full<'v, 'a> {
    /// The answer about a text that was judged [in full](Verdict::in_full).
    pub const fn of(verdict: &'v Verdict<'a>) -> Self {
        Self { short: Short::of(verdict), has_sdk_fields: false }
    }
}

impl<'v, 'a, E> Full<'v, 'a, E> {
    /// With keys of the caller.
    pub fn with<F: Extra>(self, extra: F) -> Full<'v, 'a, F> {
        Full { short: self.short.with(extra), has_sdk_fields: self.has_sdk_fields }
    }

    /// With places in other units.
    pub const fn units(mut self, units: Units) -> Self {
        self.short.units = units;
        self
    }

    /// With the fields of the official KHQR toolkits, under `sdk_fields`.
    pub const fn sdk_fields(mut self, has_sdk_fields: bool) -> Self {
        self.has_sdk_fields = has_sdk_fields;
        self
    }
}

impl<E: Extra> Serialize for Full<'_, '_, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Short { verdict, extra, units } = &self.short;
        let mut map = serializer.serialize_map(None)?;
        let places = Places::of(verdict, *units);
        head(&mut map, verdict, extra, &places)?;
        map.serialize_entry("notes", &List(|| verdict.notes().iter().map(Note)))?;
        let hints = || verdict.hints().map(|(hint, level)| Told { hint, level, verdict, places: &places });
        map.serialize_entry("hints", &List(hints))?;
        map.serialize_entry("objects", &List(|| verdict.leaves().map(|leaf| (leaf.path(), leaf.value()))))?;
        map.serialize_entry("fields", &Fields(verdict))?;
        if let Some(code) = verdict.code().filter(|_| self.has_sdk_fields) {
            map.serialize_entry("sdk_fields", &SdkFields(code.payload()))?;
        }
        map.serialize_entry("payload", verdict.text())?;
        if let Some(md5) = verdict.md5() {
            map.serialize_entry("md5", &format_args!("{md5}"))?;
        }
        map.end()
    }
}

/// The keys of the small answer.
fn head<M: SerializeMap>(
    map: &mut M,
    verdict: &Verdict<'_>,
    extra: &impl Extra,
    places: &Places,
) -> Result<(), M::Error> {
    map.serialize_entry("version", &VERSION)?;
    extra.entries(map)?;
    map.serialize_entry("valid", &verdict.is_valid())?;
    map.serialize_entry("wire", &verdict.is_wire())?;
    map.serialize_entry("level", verdict.level().name())?;
    map.serialize_entry("profile", verdict.profile())?;
    map.serialize_entry("networks", &List(|| verdict.networks().iter().map(|network| network.id())))?;
    if verdict.is_guess() {
        map.serialize_entry("guess", &true)?;
    }
    map.serialize_entry("payee", &verdict.payee())?;
    map.serialize_entry("summary", &Summary::of(verdict))?;
    if let Some(path) = verdict.amount_from() {
        map.serialize_entry("amount_from", &path)?;
    }
    if !verdict.redacted().is_empty() {
        map.serialize_entry("redacted", verdict.redacted())?;
    }
    map.serialize_entry("error", &verdict.fault().map(|fault| Error { fault, places }))?;
    map.serialize_entry("advice", &verdict.advice())?;
    map.serialize_entry(
        "violations",
        &List(|| verdict.violations().iter().map(|found| Finding { found, verdict, places })),
    )
}

/// Places in the unit that is wanted.
struct Places(Option<Utf16Offsets>);

impl Places {
    fn of(verdict: &Verdict<'_>, units: Units) -> Self {
        Self((units == Units::Utf16).then(|| Utf16Offsets::of(verdict.text())))
    }

    /// A place and a length in bytes in that unit.
    fn of_range(&self, offset: usize, length: usize) -> (usize, usize) {
        let Self(Some(places)) = self else { return (offset, length) };
        let start = places.get(offset);
        (start, places.get(offset.saturating_add(length)).saturating_sub(start))
    }
}

/// A sequence that is made as it is written.
struct List<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// Path, offset and length.
fn place<M: SerializeMap>(map: &mut M, path: Path, (offset, length): (usize, usize)) -> Result<(), M::Error> {
    map.serialize_entry("path", &path)?;
    map.serialize_entry("offset", &offset)?;
    map.serialize_entry("length", &length)
}

struct Error<'v> {
    fault: &'v Fault,
    places: &'v Places,
}

impl Serialize for Error<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { fault, places } = self;
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("kind", fault.kind())?;
        place(&mut map, fault.path(), places.of_range(fault.offset(), fault.length()))?;
        map.serialize_entry("message", fault.message())?;
        map.end()
    }
}

struct Note<'v>(&'v Block);

impl Serialize for Note<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(block) = self;
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("reason", &block.reason)?;
        map.serialize_entry("path", &block.path)?;
        map.serialize_entry("message", block.message())?;
        map.end()
    }
}

struct Told<'v, 'a> {
    hint: &'v Hint,
    level: Option<Level>,
    verdict: &'v Verdict<'a>,
    places: &'v Places,
}

impl Serialize for Told<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { hint, level, verdict, places } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", hint.kind().name())?;
        place(&mut map, hint.path(), places.of_range(hint.offset(), hint.length()))?;
        map.serialize_entry("message", verdict.hint_message(hint))?;
        if let Some(level) = level {
            map.serialize_entry("level", level.name())?;
        }
        match hint.remedy() {
            // The texts that are found would show what is masked.
            Some(Remedy::Text(text)) if !verdict.is_masked() => map.serialize_entry("valid_text", text)?,
            Some(Remedy::Range(range)) => {
                let (start, length) = places.of_range(range.start, range.len());
                map.serialize_entry("valid_range", &(start, start.saturating_add(length)))?;
            }
            Some(Remedy::Length(length)) => map.serialize_entry("right_length", length)?,
            _ => {}
        }
        map.end()
    }
}

struct Finding<'v, 'a> {
    found: &'v Violation,
    verdict: &'v Verdict<'a>,
    places: &'v Places,
}

impl Serialize for Finding<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { found, verdict, places } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", found.rule().id())?;
        map.serialize_entry("severity", &found.severity())?;
        place(&mut map, found.path(), places.of_range(found.offset(), found.length()))?;
        map.serialize_entry("message", &verdict.message(found))?;
        if let Some(code) = found.code() {
            map.serialize_entry("sdk_code", &code)?;
        }
        map.end()
    }
}
