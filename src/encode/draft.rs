//! Payloads that are not written yet.

use core::fmt;

use super::{Encode, Output, Sink, Source, build, header, perform, value_length};
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
    const ABSENT: Self = Self(Held::Text(""));

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
    values: [Value<'a>; 100],
    tags: TagSet,
}

impl<'a> Draft<'a> {
    /// No object at all.
    #[must_use]
    pub const fn new() -> Self {
        Self { values: [Value::ABSENT; 100], tags: TagSet::EMPTY }
    }

    /// Gives an object its value, in place of what it had; the empty value takes it out.
    #[inline]
    pub fn set(&mut self, tag: Tag, value: impl Into<Value<'a>>) -> &mut Self {
        let value = value.into();
        self.tags = if value.as_str().is_empty() { self.tags.difference(tag.into()) } else { self.tags.with(tag) };
        if let Some(place) = self.values.get_mut(usize::from(tag.get())) {
            *place = value;
        }
        self
    }

    /// The value of an object. `None` if it is absent.
    #[must_use]
    pub fn get(&self, tag: Tag) -> Option<&str> {
        if self.tags.contains(tag) { self.values.get(usize::from(tag.get())).map(Value::as_str) } else { None }
    }

    /// The objects by ID.
    fn objects(&self) -> impl Iterator<Item = (Tag, &str)> + Clone {
        self.tags.filter_map(|tag| Some((tag, self.get(tag)?)))
    }

    /// Lays the objects out, 00 first, the others by ID, 63 last, and checks them under a profile.
    ///
    /// # Errors
    ///
    /// A value of more than 99 characters, a value for 63, 00 missing; then the first broken rule of severity error, or of
    /// those that only warn a reader but are [refused in writing](crate::Rule::is_refused_in_writing).
    pub fn seal<'s, P: Profile<'s>>(&'s self, context: P::Context) -> Result<Sealed<'s>, BuildError> {
        let sealed = Sealed::lay_out(self)?;
        let mut first = FirstRefused::default();
        let _ = P::check(&sealed, context, &mut first);
        match first.get() {
            None => Ok(sealed),
            Some(violation) => Err(violation.into()),
        }
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
    draft: &'s Draft<'s>,
    /// By ID: the lengths in characters, and where the headers will be.
    lengths: [u8; 100],
    starts: [u16; 100],
    bytes: usize,
    characters: usize,
}

impl<'s> Sealed<'s> {
    fn lay_out(draft: &'s Draft<'s>) -> Result<Self, Error> {
        // The CRC's eight characters are counted from the start.
        let mut sealed = Self { draft, lengths: [0; 100], starts: [0; 100], bytes: 0, characters: 8 };
        for (tag, value) in draft.objects() {
            if tag == Tag::CRC {
                return Err(Error::new(ErrorKind::Fixed, Path::of(tag), sealed.bytes, value.len()));
            }
            let length = value_length(value, Path::of(tag), sealed.bytes)?;
            let place = usize::from(tag.get());
            if let (Some(own), Some(start)) = (sealed.lengths.get_mut(place), sealed.starts.get_mut(place)) {
                *own = length;
                // 99 objects of 400 bytes fit.
                *start = u16::try_from(sealed.bytes).unwrap_or(u16::MAX);
            }
            sealed.bytes = sealed.bytes.saturating_add(4).saturating_add(value.len());
            sealed.characters = sealed.characters.saturating_add(4).saturating_add(usize::from(length));
        }
        if draft.tags.contains(Tag::PAYLOAD_FORMAT_INDICATOR) {
            Ok(sealed)
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

    fn length(&self, tag: Tag) -> u8 {
        self.lengths.get(usize::from(tag.get())).copied().unwrap_or_default()
    }

    fn start(&self, tag: Tag) -> usize {
        self.starts.get(usize::from(tag.get())).copied().unwrap_or_default().into()
    }

    const fn text_len(&self) -> usize {
        self.bytes.saturating_add(8)
    }

    /// The bytes of these objects and of the CRC, whose digits decide nothing.
    fn bytes_of(&self, objects: impl Iterator<Item = (Tag, &'s str)>) -> impl Iterator<Item = u8> {
        let bytes = objects.flat_map(|(tag, value)| header(tag, self.length(tag)).into_iter().chain(value.bytes()));
        bytes.chain(*b"63040000")
    }
}

impl fmt::Debug for Sealed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes, {:?})", self.text_len(), self.draft.tags)
    }
}

impl<'s> RootObjects<'s> for Sealed<'s> {
    fn tags(&self) -> TagSet {
        self.draft.tags.with(Tag::CRC)
    }

    fn get(&self, tag: Tag) -> Option<DataObject<'s>> {
        Some(DataObject::of_draft(tag, self.draft.get(tag)?, self.length(tag), self.start(tag)))
    }

    fn crc_offset(&self) -> usize {
        self.bytes
    }

    fn characters(&self) -> usize {
        self.characters
    }

    fn has_ambiguous_lengths(&self) -> bool {
        self.characters != self.text_len() && tlv::are_ambiguous(self, self.highest_byte())
    }

    fn highest_byte(&self) -> u8 {
        // The text is ASCII if it has as many characters as bytes.
        if self.characters == self.text_len() {
            return b'~';
        }
        self.draft.objects().flat_map(|(_, value)| value.bytes()).fold(b'~', u8::max)
    }
}

/// The text that will be written.
impl tlv::Bytes for Sealed<'_> {
    fn len(&self) -> usize {
        self.text_len()
    }

    fn first_cut(&self) -> usize {
        let mut others = self.draft.objects().filter(|(tag, value)| value.len() != usize::from(self.length(*tag)));
        others.next().map_or(0, |(tag, _)| self.start(tag))
    }

    fn header_at(&self, place: usize) -> Option<[u8; 4]> {
        let (object, _) = self.draft.objects().filter(|(tag, _)| self.start(*tag) <= place).last()?;
        let rest = self.draft.objects().skip_while(|(tag, _)| *tag < object);
        let mut bytes = self.bytes_of(rest).skip(place.checked_sub(self.start(object))?);
        Some([bytes.next()?, bytes.next()?, bytes.next()?, bytes.next()?])
    }

    fn all(&self) -> impl Iterator<Item = u8> {
        self.bytes_of(self.draft.objects())
    }
}

impl Source for Sealed<'_> {
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        for (tag, value) in self.draft.objects() {
            sink.object(tag, self.length(tag), value)?;
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
