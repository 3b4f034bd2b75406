//! Payloads that are not written yet.

use core::fmt;

use super::{Encode, Output, Sink, Source, build, header, perform, value_length};
use crate::characters::Plain;
use crate::error::{Error, ErrorKind};
use crate::profile::{Profile, RootObjects};
use crate::rule::{FirstRefused, Violation};
use crate::tag::{Path, Tag, TagSet};
use crate::tlv::{self, DataObject};
use crate::value;

/// Why a builder does not write.
///
/// `Display` names the data object, and no place in the text, which does not exist yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The values make no payload, or the buffer or sink does not take it.
    Encode(Error),
    /// The payload would break a rule. Offsets count bytes of the text that would be written.
    Rule(Violation),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.write_unplaced(f),
            Self::Rule(violation) => {
                violation.write_unplaced(f)?;
                write!(f, " [{}]", violation.rule().id())
            }
        }
    }
}

impl core::error::Error for BuildError {}

impl From<Error> for BuildError {
    fn from(error: Error) -> Self {
        Self::Encode(error)
    }
}

impl From<Violation> for BuildError {
    fn from(violation: Violation) -> Self {
        Self::Rule(violation)
    }
}

/// A value in a draft: borrowed, or one of the codes of [`value`](crate::value), which the draft holds itself.
#[derive(Clone, Copy)]
pub struct Value<'a>(Held<'a>);

#[derive(Clone, Copy)]
enum Held<'a> {
    Text(&'a str),
    /// ASCII in the first bytes of an array.
    Code([u8; 20], u8),
}

impl Value<'_> {
    const fn is_empty(&self) -> bool {
        match &self.0 {
            Held::Text(text) => text.is_empty(),
            Held::Code(_, length) => *length == 0,
        }
    }

    fn as_str(&self) -> &str {
        match &self.0 {
            Held::Text(text) => text,
            Held::Code(bytes, length) => {
                bytes.get(..usize::from(*length)).and_then(|code| core::str::from_utf8(code).ok()).unwrap_or_default()
            }
        }
    }

    /// Holds a text of at most 20 bytes itself.
    pub(crate) fn of_code(text: &str) -> Self {
        let mut bytes = [0; 20];
        for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        Self(Held::Code(bytes, u8::try_from(text.len()).unwrap_or_default()))
    }
}

/// The text is not shown: it can be an account id.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({} bytes)", self.as_str().len())
    }
}

impl<'a, T: AsRef<str> + ?Sized> From<&'a T> for Value<'a> {
    fn from(text: &'a T) -> Self {
        Self(Held::Text(text.as_ref()))
    }
}

macro_rules! from_codes {
    ($($name:ident),*) => {
        $(impl From<value::$name> for Value<'_> {
            fn from(code: value::$name) -> Self {
                Self::of_code(code.as_str())
            }
        })*
    };
}

from_codes!(Amount, CountryCode, Currency, Language, Mcc, Percentage, PointOfInitiation, TipIndicator);

/// Values of root objects by ID, 63 excepted: what a builder of any profile fills and then has [checked](Self::seal).
///
/// Some 2,400 bytes, without allocation. An empty value counts as absent, since the specification knows no empty value.
///
/// ```
/// use emvqr::encode::{Draft, Encode};
/// use emvqr::value::{CountryCode, Currency, Mcc};
/// use emvqr::{Mpm, Tag};
///
/// let mut draft = Draft::new();
/// draft
///     .set(Tag::PAYLOAD_FORMAT_INDICATOR, "01")
///     .set(Tag::try_from(26)?, "0011com.example0106shop-7")
///     .set(Tag::MERCHANT_CATEGORY_CODE, Mcc::RESTAURANTS)
///     .set(Tag::TRANSACTION_CURRENCY, Currency::THB)
///     .set(Tag::COUNTRY_CODE, CountryCode::TH)
///     .set(Tag::MERCHANT_NAME, "NOODLE BAR")
///     .set(Tag::MERCHANT_CITY, "BANGKOK");
/// let text = draft.seal::<Mpm>(())?.encode_to_string()?;
/// assert!(text.contains("5910NOODLE BAR"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Draft<'a> {
    values: [Option<Value<'a>>; 100],
    tags: TagSet,
}

impl<'a> Draft<'a> {
    /// No object at all.
    #[must_use]
    pub const fn new() -> Self {
        Self { values: [None; 100], tags: TagSet::EMPTY }
    }

    /// Gives an object its value, in place of what it had; the empty value takes it out.
    #[inline]
    pub fn set(&mut self, tag: Tag, value: impl Into<Value<'a>>) -> &mut Self {
        let value = value.into();
        self.tags = if value.is_empty() { self.tags.difference(tag.into()) } else { self.tags.with(tag) };
        if let Some(place) = self.values.get_mut(usize::from(tag.get())) {
            *place = Some(value);
        }
        self
    }

    /// The value of an object. `None` if it is absent.
    #[must_use]
    pub fn get(&self, tag: Tag) -> Option<&str> {
        if self.tags.contains(tag) {
            self.values.get(usize::from(tag.get()))?.as_ref().map(Value::as_str)
        } else {
            None
        }
    }

    /// Lays the objects out, 00 first, the others by ID, 63 last, and checks them under a profile.
    ///
    /// # Errors
    ///
    /// A value of more than 99 characters, a value for 63, 00 missing; then the first broken rule of severity error, or of
    /// those that only warn a reader but are [refused in writing](crate::Rule::is_refused_in_writing).
    pub fn seal<'s, P: Profile<'s>>(&'s self, context: P::Context) -> Result<Sealed<'s>, BuildError> {
        let mut sealed = Sealed::new();
        sealed.seal::<P>(self, context)?;
        Ok(sealed)
    }
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Draft<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Draft({:?})", self.tags)
    }
}

/// A draft that makes a payload and satisfies a profile, ready to be written: see [`Draft::seal`].
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Sealed<'s> {
    /// By ID.
    objects: [Option<Placed<'s>>; 100],
    /// Without 63.
    tags: TagSet,
    /// Without the CRC object.
    bytes: usize,
    characters: usize,
    /// The highest byte of the text, if it is not ASCII.
    highest: u8,
}

/// A value, its length in characters, and where its header will be.
#[derive(Clone, Copy)]
struct Placed<'s> {
    value: &'s str,
    length: u8,
    start: u16,
    is_plain: bool,
}

impl<'s> Sealed<'s> {
    /// Of no draft yet.
    pub(crate) const fn new() -> Self {
        // The CRC's eight characters are counted from the start.
        Self { objects: [None; 100], tags: TagSet::EMPTY, bytes: 0, characters: 8, highest: b'~' }
    }

    /// [`Draft::seal`], in place: it is too large to be moved about.
    pub(crate) fn seal<P: Profile<'s>>(&mut self, draft: &'s Draft<'s>, context: P::Context) -> Result<(), BuildError> {
        self.lay_out(draft)?;
        let mut first = FirstRefused::default();
        let _ = P::check(self, context, &mut first);
        first.get().map_or(Ok(()), |violation| Err(violation.into()))
    }

    fn lay_out(&mut self, draft: &'s Draft<'s>) -> Result<(), Error> {
        self.tags = draft.tags;
        for tag in draft.tags {
            let value = draft.get(tag).unwrap_or_default();
            if tag == Tag::CRC {
                return Err(Error::new(ErrorKind::Fixed, Path::of(tag), self.bytes, value.len()));
            }
            let is_plain = Plain::of(value.as_bytes()).is_all();
            let length = value_length(value, Path::of(tag), self.bytes)?;
            if let Some(place) = self.objects.get_mut(usize::from(tag.get())) {
                // 99 objects of 400 bytes fit.
                let start = u16::try_from(self.bytes).unwrap_or(u16::MAX);
                *place = Some(Placed { value, length, start, is_plain });
            }
            if value.len() > usize::from(length) {
                self.highest = value.bytes().fold(self.highest, u8::max);
            }
            self.bytes = self.bytes.saturating_add(4).saturating_add(value.len());
            self.characters = self.characters.saturating_add(4).saturating_add(usize::from(length));
        }
        if draft.tags.contains(Tag::PAYLOAD_FORMAT_INDICATOR) {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::NotFirst, Path::of(Tag::PAYLOAD_FORMAT_INDICATOR), 0, 0))
        }
    }

    build!(Error);

    /// All findings under a profile about what is to be written, warnings too, in [order](Violation::order). Offsets count
    /// bytes of the text that will be written.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn violations<P: Profile<'s>>(&self, context: P::Context) -> alloc::vec::Vec<Violation> {
        crate::profile::violations::<P>(self, context)
    }

    fn placed(&self, tag: Tag) -> Option<Placed<'s>> {
        self.objects.get(usize::from(tag.get())).copied().flatten()
    }

    /// All objects that are there, in the order of writing.
    fn all_placed(&self) -> impl Iterator<Item = (Tag, Placed<'s>)> + '_ {
        self.tags.iter().filter_map(|tag| Some((tag, self.placed(tag)?)))
    }

    /// Where the first object that is not ASCII would end if its length counted bytes.
    fn first_cut(&self) -> usize {
        let other = self.all_placed().find(|(_, object)| object.value.len() > usize::from(object.length));
        other.map_or(0, |(_, object)| usize::from(object.start).saturating_add(4).saturating_add(object.length.into()))
    }

    const fn text_len(&self) -> usize {
        self.bytes.saturating_add(8)
    }
}

impl fmt::Debug for Sealed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes, {:?})", self.text_len(), self.tags)
    }
}

impl<'s> RootObjects<'s> for Sealed<'s> {
    fn tags(&self) -> TagSet {
        self.tags.with(Tag::CRC)
    }

    fn get(&self, tag: Tag) -> Option<DataObject<'s>> {
        let Placed { value, length, start, is_plain } = self.placed(tag)?;
        let plain = if is_plain { Plain::ALL } else { Plain::of(value.as_bytes()) };
        Some(DataObject::of_draft(tag, value, length, start.into(), plain))
    }

    fn crc_offset(&self) -> usize {
        self.bytes
    }

    fn characters(&self) -> usize {
        self.characters
    }

    fn has_ambiguous_lengths(&self) -> bool {
        self.highest >= 0x80 && tlv::are_ambiguous(self, self.highest, self.first_cut())
    }

    fn highest_byte(&self) -> u8 {
        self.highest
    }
}

/// The text that will be written.
impl tlv::Bytes for Sealed<'_> {
    fn len(&self) -> usize {
        self.text_len()
    }

    fn header_at(&self, place: usize) -> Option<[u8; 4]> {
        let start = u16::try_from(self.bytes).unwrap_or(u16::MAX);
        let last = Placed { value: "0000", length: 4, start, is_plain: true };
        let mut objects = self.all_placed().chain([(Tag::CRC, last)]).filter(|(_, Placed { value, start, .. })| {
            place < usize::from(*start).saturating_add(4).saturating_add(value.len())
        });
        let (first, second) = (objects.next()?, objects.next());
        let at = place.saturating_sub(first.1.start.into());
        if let Some(digits) = at.checked_sub(4).and_then(|at| first.1.value.as_bytes().get(at..)?.first_chunk()) {
            return Some(*digits);
        }
        let bytes = |(tag, Placed { value, length, .. })| header(tag, length).into_iter().chain(value.bytes());
        let mut bytes = [Some(first), second].into_iter().flatten().flat_map(bytes).skip(at);
        Some([bytes.next()?, bytes.next()?, bytes.next()?, bytes.next()?])
    }

    fn all(&self) -> impl Iterator<Item = u8> {
        let objects = self
            .all_placed()
            .flat_map(|(tag, Placed { value, length, .. })| header(tag, length).into_iter().chain(value.bytes()));
        objects.chain(*b"63040000")
    }
}

impl Source for Sealed<'_> {
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        for (tag, Placed { value, length, .. }) in self.all_placed() {
            sink.object(tag, length, value)?;
        }
        Ok(())
    }
}

impl Encode for Sealed<'_> {
    type Error = Error;

    fn encode(&self, output: Output<'_>) -> Result<usize, Error> {
        perform(self, output)
    }
}
