//! The root objects of a payload that is not written yet.

use core::fmt;

use super::{Sink, Source, header, source_to_fmt, source_to_slice, value_length};
use crate::error::{Error, ErrorKind};
use crate::profile::{Objects, Profile};
use crate::rule::{FirstRefused, Violation};
use crate::tag::{Path, Tag, TagSet};
use crate::tlv::{self, DataObject};

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

/// Values of root objects by ID, 63 excepted: what a builder of any profile fills and then has [checked](Self::checked).
///
/// Borrows the values, some 1,600 bytes. An empty value counts as absent, since the specification knows no empty value.
#[derive(Clone)]
pub struct Model<'a> {
    values: [&'a str; 100],
}

impl<'a> Model<'a> {
    /// No object at all.
    #[must_use]
    pub const fn new() -> Self {
        Self { values: [""; 100] }
    }

    /// Gives an object its value, in place of what it had; the empty value takes it out.
    #[inline]
    pub fn set(&mut self, tag: Tag, value: &'a str) -> &mut Self {
        if let Some(place) = self.values.get_mut(usize::from(tag.get())) {
            *place = value;
        }
        self
    }

    /// The value of an object.
    #[must_use]
    pub fn get(&self, tag: Tag) -> Option<&'a str> {
        self.values.get(usize::from(tag.get())).copied().filter(|value| !value.is_empty())
    }

    /// Lays the objects out, 00 first, the others by ID, 63 last, and checks them under a profile.
    ///
    /// # Errors
    ///
    /// A value of more than 99 characters, a value for 63, 00 missing; then the first broken rule of severity error, or of
    /// those that only warn a reader but are [refused in writing](crate::Rule::is_refused_in_writing).
    pub fn checked<P: Profile<'a>>(&self, context: P::Context) -> Result<Checked<'a>, BuildError> {
        let model = Checked::lay_out(self)?;
        let mut first = FirstRefused::default();
        let _ = P::check(&model, context, &mut first);
        match first.get() {
            None => Ok(model),
            Some(violation) => Err(violation.into()),
        }
    }
}

impl Default for Model<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Model<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Model(..)")
    }
}

/// Root objects that make a payload and satisfy a profile, ready to be written: see [`Model::checked`].
#[derive(Clone)]
pub struct Checked<'a> {
    values: [&'a str; 100],
    /// By ID: the lengths in characters, and where the headers will stand.
    lengths: [u8; 100],
    starts: [u16; 100],
    tags: TagSet,
    bytes: usize,
    characters: usize,
}

impl<'a> Checked<'a> {
    fn lay_out(model: &Model<'a>) -> Result<Self, Error> {
        let (lengths, starts) = ([0; 100], [0; 100]);
        // The CRC's eight characters are counted from the start.
        let mut laid = Self { values: model.values, lengths, starts, tags: Tag::CRC.into(), bytes: 0, characters: 8 };
        let places = laid.values.iter().zip(&mut laid.lengths).zip(&mut laid.starts);
        for (((value, length), start), tag) in places.zip(TagSet::ALL) {
            if value.is_empty() {
                continue;
            }
            if tag == Tag::CRC {
                return Err(Error::new(ErrorKind::Fixed, Path::of(tag), laid.bytes, value.len()));
            }
            *length = value_length(value, Path::of(tag), laid.bytes)?;
            // 99 objects of 400 bytes fit.
            *start = u16::try_from(laid.bytes).unwrap_or(u16::MAX);
            laid.bytes = laid.bytes.saturating_add(4).saturating_add(value.len());
            laid.characters = laid.characters.saturating_add(4).saturating_add(usize::from(*length));
            laid.tags = laid.tags.with(tag);
        }
        if !laid.tags.contains(Tag::PAYLOAD_FORMAT_INDICATOR) {
            return Err(Error::new(ErrorKind::NotFirst, Path::of(Tag::PAYLOAD_FORMAT_INDICATOR), 0, 0));
        }
        Ok(laid)
    }

    /// How many bytes the payload takes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        self.bytes.saturating_add(super::CRC)
    }

    /// Writes the payload into a buffer, and gives back the text.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BufferTooSmall`]; nothing is written then.
    pub fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, Error> {
        source_to_slice(self, buffer)
    }

    /// Writes the payload into a [`fmt::Write`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Sink`] where the writer fails.
    pub fn write_to(&self, writer: &mut impl fmt::Write) -> Result<(), Error> {
        source_to_fmt(self, writer)
    }

    /// The payload, held by itself.
    ///
    /// # Errors
    ///
    /// None: what could be wrong was found before. It is a `Result` as for every encoder.
    #[cfg(feature = "alloc")]
    pub fn build(&self) -> Result<crate::PayloadBuf, Error> {
        super::source_to_buf(self)
    }

    /// The payload as a `String`.
    ///
    /// # Errors
    ///
    /// None: what could be wrong was found before. It is a `Result` as for every encoder.
    #[cfg(feature = "alloc")]
    pub fn to_string(&self) -> Result<alloc::string::String, Error> {
        super::source_to_string(self)
    }
}

impl fmt::Debug for Checked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Checked({} bytes, {:?})", self.encoded_len(), self.tags)
    }
}

impl<'a> Objects<'a> for Checked<'a> {
    fn tags(&self) -> TagSet {
        self.tags
    }

    fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        let place = usize::from(tag.get());
        let value = self.values.get(place).filter(|value| !value.is_empty())?;
        let start = usize::from(*self.starts.get(place)?);
        Some(DataObject::of_model(tag, value, *self.lengths.get(place)?, start))
    }

    fn crc_offset(&self) -> usize {
        self.bytes
    }

    fn characters(&self) -> usize {
        self.characters
    }

    fn has_ambiguous_lengths(&self) -> bool {
        self.characters != self.encoded_len() && tlv::are_ambiguous(self, self.highest_byte())
    }

    fn highest_byte(&self) -> u8 {
        // The text is ASCII if it has as many characters as bytes.
        let values = if self.characters == self.encoded_len() { [].iter() } else { self.values.iter() };
        values.flat_map(|value| value.bytes()).fold(b'~', u8::max)
    }
}

/// The text that will be written.
impl tlv::Bytes for Checked<'_> {
    fn len(&self) -> usize {
        self.encoded_len()
    }

    fn first_cut(&self) -> usize {
        let lengths = self.values.iter().zip(&self.lengths);
        let places = lengths.zip(&self.starts).filter(|((value, length), _)| value.len() != usize::from(**length));
        places.map(|(_, start)| usize::from(*start)).next().unwrap_or_default()
    }

    fn header_at(&self, place: usize) -> Option<[u8; 4]> {
        let starts =
            |tag: &Tag| self.starts.get(usize::from(tag.get())).is_some_and(|start| usize::from(*start) <= place);
        let object = self.objects().filter(starts).last()?;
        let start = usize::from(*self.starts.get(usize::from(object.get()))?);
        let mut bytes = self.bytes_of(self.objects().skip_while(|tag| *tag < object)).skip(place.checked_sub(start)?);
        Some([bytes.next()?, bytes.next()?, bytes.next()?, bytes.next()?])
    }

    fn all(&self) -> impl Iterator<Item = u8> {
        self.bytes_of(self.objects())
    }
}

impl Checked<'_> {
    /// The IDs in the order of writing, without the CRC.
    fn objects(&self) -> TagSet {
        self.tags.difference(Tag::CRC.into())
    }

    /// The bytes of these objects and of the CRC, whose digits decide nothing.
    fn bytes_of(&self, objects: impl Iterator<Item = Tag>) -> impl Iterator<Item = u8> {
        let bytes = objects.flat_map(|tag| {
            let place = usize::from(tag.get());
            let (value, length) = (self.values.get(place), self.lengths.get(place));
            header(tag, length.copied().unwrap_or_default())
                .into_iter()
                .chain(value.copied().unwrap_or_default().bytes())
        });
        bytes.chain(*b"63040000")
    }
}

impl Source for Checked<'_> {
    fn covered_len(&self) -> Result<usize, Error> {
        Ok(self.bytes)
    }

    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        for ((value, length), tag) in self.values.iter().zip(&self.lengths).zip(TagSet::ALL) {
            if *length > 0 {
                sink.object(tag, *length, value)?;
            }
        }
        Ok(())
    }
}
