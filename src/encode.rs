//! Writing payloads: length first, then bytes.
//!
//! Everything that is written goes through two passes. The first checks and counts, so that no error can come after a
//! byte has been handed over; the second writes, and closes with the CRC. Into a slice and into a `String` the CRC is
//! the [fast one](crate::crc::checksum) over the finished text; into a [`fmt::Write`] it runs along.
//!
//! | door | for |
//! |---|---|
//! | [`mpm::Builder`](crate::mpm::Builder) | a conformant payload from typed values |
//! | [`Model`] | a payload that satisfies a profile of your own |
//! | [`Edit`](crate::edit::Edit) | a payload with some objects changed and all others kept |
//! | [`encode_to_slice`], [`write_to`], [`to_string`] | any root objects in any order: wire-valid (level 1), no rule checked |
//! | [`TemplateBuf`] | the value of a template |

mod model;

use core::fmt;

pub use model::{BuildError, Checked, Model};

use crate::characters::characters;
use crate::crc;
use crate::error::{Error, ErrorKind};
use crate::tag::{Path, Tag, TagSet};
use crate::tlv::Template;

/// Bytes of the CRC object.
const CRC: usize = 8;

/// Where the second pass goes, and what the first one counts.
pub(crate) trait Sink {
    fn header(&mut self, header: [u8; 4]) -> Result<(), Full>;
    fn text(&mut self, text: &str) -> Result<(), Full>;

    /// Writes a data object. `length` is the length of the value in characters.
    fn object(&mut self, tag: Tag, length: u8, value: &str) -> Result<(), Full> {
        self.header(header(tag, length))?;
        self.text(value)
    }
}

/// The sink takes no more. What else can be wrong is found in the first pass.
#[derive(Debug)]
pub(crate) struct Full;

impl From<Full> for Error {
    #[cold]
    fn from(_: Full) -> Self {
        Self::new(ErrorKind::Sink, Path::ROOT, 0, 0)
    }
}

pub(crate) fn header(tag: Tag, length: u8) -> [u8; 4] {
    let ([a, b], [c, d]) = (tag.digits(), Tag::of_digits(length).digits());
    [a, b, c, d]
}

/// The objects of a payload, in the order of writing, without the CRC.
///
/// What is wrong must be found before, so that writing twice gives the same twice and fails only with the sink.
pub(crate) trait Source {
    /// The first pass: finds what is wrong, and counts the bytes without the CRC.
    fn covered_len(&self) -> Result<usize, Error>;

    /// The second pass.
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error>;
}

/// Counts bytes and characters.
#[derive(Default)]
pub(crate) struct Count {
    pub(crate) bytes: usize,
    pub(crate) characters: usize,
}

impl Sink for Count {
    fn header(&mut self, header: [u8; 4]) -> Result<(), Full> {
        self.bytes = self.bytes.saturating_add(header.len());
        self.characters = self.characters.saturating_add(header.len());
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Full> {
        self.bytes = self.bytes.saturating_add(text.len());
        self.characters = self.characters.saturating_add(characters(text));
        Ok(())
    }
}

/// Fills a slice.
struct Slice<'b> {
    rest: &'b mut [u8],
}

impl Slice<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), Full> {
        let (place, rest) = core::mem::take(&mut self.rest).split_at_mut_checked(bytes.len()).ok_or(Full)?;
        place.copy_from_slice(bytes);
        self.rest = rest;
        Ok(())
    }
}

impl Sink for Slice<'_> {
    fn header(&mut self, header: [u8; 4]) -> Result<(), Full> {
        self.put(&header)
    }

    fn text(&mut self, text: &str) -> Result<(), Full> {
        self.put(text.as_bytes())
    }
}

/// Passes text on, its CRC running along.
struct Stream<'w, W> {
    writer: &'w mut W,
    crc: crc::Running,
}

impl<W: fmt::Write> Sink for Stream<'_, W> {
    fn header(&mut self, header: [u8; 4]) -> Result<(), Full> {
        // Digits only.
        self.text(core::str::from_utf8(&header).map_err(|_| Full)?)
    }

    fn text(&mut self, text: &str) -> Result<(), Full> {
        self.crc.update(text.as_bytes());
        self.writer.write_str(text).map_err(|_| Full)
    }
}

pub(crate) fn source_len(source: &impl Source) -> Result<usize, Error> {
    Ok(source.covered_len()?.saturating_add(CRC))
}

pub(crate) fn source_to_slice<'b>(source: &impl Source, buffer: &'b mut [u8]) -> Result<&'b str, Error> {
    let needed = source_len(source)?;
    let Some(place) = buffer.get_mut(..needed) else {
        return Err(Error::new(ErrorKind::BufferTooSmall { needed }, Path::ROOT, 0, needed));
    };
    let (covered, digits) = place.split_last_chunk_mut::<4>().ok_or(Full)?;
    let mut sink = Slice { rest: covered };
    source.emit(&mut sink)?;
    sink.header(header(Tag::CRC, 4))?;
    *digits = crc::digits(crc::checksum(covered));
    // Only whole texts were copied.
    Ok(core::str::from_utf8(place).map_err(|_| Full)?)
}

pub(crate) fn source_to_fmt(source: &impl Source, writer: &mut impl fmt::Write) -> Result<(), Error> {
    source.covered_len()?;
    let mut sink = Stream { writer, crc: crc::Running::new() };
    source.emit(&mut sink)?;
    sink.header(header(Tag::CRC, 4))?;
    let digits = crc::digits(sink.crc.finish());
    sink.writer.write_str(core::str::from_utf8(&digits).map_err(|_| Full)?).map_err(|_| Full)?;
    Ok(())
}

#[cfg(feature = "alloc")]
pub(crate) fn source_to_string(source: &impl Source) -> Result<alloc::string::String, Error> {
    let mut bytes = alloc::vec![0; source_len(source)?];
    source_to_slice(source, &mut bytes)?;
    Ok(alloc::string::String::from_utf8(bytes).map_err(|_| Full)?)
}

/// Writes a payload whose values were checked, and reads it.
#[cfg(feature = "alloc")]
pub(crate) fn source_to_buf(source: &impl Source) -> Result<crate::PayloadBuf, Error> {
    crate::PayloadBuf::parse(source_to_string(source)?)
}

/// The length of a value in characters, if a data object can hold it.
#[inline]
pub(crate) fn value_length(value: &str, path: Path, offset: usize) -> Result<u8, Error> {
    match u8::try_from(characters(value)) {
        Ok(length @ 1..=99) => Ok(length),
        length => Err(bad_length(length == Ok(0), value, path, offset)),
    }
}

#[cold]
#[inline(never)]
fn bad_length(empty: bool, value: &str, path: Path, offset: usize) -> Error {
    let kind = if empty { ErrorKind::ValueEmpty } else { ErrorKind::ValueTooLong };
    Error::new(kind, path, offset, value.len())
}

/// Root objects that the caller gives in order.
struct Given<I>(I);

impl<'a, I: Iterator<Item = (Tag, &'a str)> + Clone> Source for Given<I> {
    fn covered_len(&self) -> Result<usize, Error> {
        let mut seen = TagSet::EMPTY;
        let mut offset = 0_usize;
        for (tag, value) in self.0.clone() {
            let fault = |kind| Err(Error::new(kind, Path::of(tag), offset, 0));
            if seen.is_empty() && tag != Tag::PAYLOAD_FORMAT_INDICATOR {
                return fault(ErrorKind::NotFirst);
            }
            if tag == Tag::CRC {
                return fault(ErrorKind::Fixed);
            }
            if seen.insert(tag) {
                return fault(ErrorKind::Duplicate);
            }
            value_length(value, Path::of(tag), offset)?;
            offset = offset.saturating_add(4).saturating_add(value.len());
        }
        if seen.is_empty() {
            return Err(Error::new(ErrorKind::NotFirst, Path::of(Tag::PAYLOAD_FORMAT_INDICATOR), 0, 0));
        }
        Ok(offset)
    }

    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        for (tag, value) in self.0.clone() {
            sink.object(tag, value_length(value, Path::of(tag), 0)?, value)?;
        }
        Ok(())
    }
}

/// How many bytes the payload of these root objects takes, the CRC included.
///
/// # Errors
///
/// As [`encode_to_slice`], the buffer aside.
pub fn encoded_len<'a, I>(objects: I) -> Result<usize, Error>
where
    I: IntoIterator<Item = (Tag, &'a str), IntoIter: Clone>,
{
    source_len(&Given(objects.into_iter()))
}

/// Writes root objects in the order given, and the CRC, into a buffer, and gives back the text.
///
/// The text is wire-valid (level 1); no rule of the higher levels is checked.
///
/// ```
/// use emvqr::{Tag, encode};
///
/// let mut buffer = [0; 64];
/// let objects = [(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (Tag::MERCHANT_CITY, "ភ្នំពេញ")];
/// let text = encode::encode_to_slice(objects, &mut buffer)?;
/// assert!(text.starts_with("0002016007ភ្នំពេញ6304"));
/// # Ok::<(), emvqr::Error>(())
/// ```
///
/// # Errors
///
/// 00 not first, an ID twice, 63 among the objects, a value without characters or with more than 99, a buffer that is
/// too small. The offset counts bytes of the text that would be written. Nothing is written then.
pub fn encode_to_slice<'a, 'b, I>(objects: I, buffer: &'b mut [u8]) -> Result<&'b str, Error>
where
    I: IntoIterator<Item = (Tag, &'a str), IntoIter: Clone>,
{
    source_to_slice(&Given(objects.into_iter()), buffer)
}

/// As [`encode_to_slice`], into a [`fmt::Write`].
///
/// # Errors
///
/// As [`encode_to_slice`], before anything is written; or [`ErrorKind::Sink`] where the writer fails.
pub fn write_to<'a, I>(objects: I, writer: &mut impl fmt::Write) -> Result<(), Error>
where
    I: IntoIterator<Item = (Tag, &'a str), IntoIter: Clone>,
{
    source_to_fmt(&Given(objects.into_iter()), writer)
}

/// As [`encode_to_slice`], into a `String`.
///
/// # Errors
///
/// As [`encode_to_slice`], the buffer aside.
#[cfg(feature = "alloc")]
pub fn to_string<'a, I>(objects: I) -> Result<alloc::string::String, Error>
where
    I: IntoIterator<Item = (Tag, &'a str), IntoIter: Clone>,
{
    source_to_string(&Given(objects.into_iter()))
}

/// The value of a template in the making, held in place: some 400 bytes, no allocation.
///
/// Objects are in the order in which they are pushed; the specification allows any (MPM 1.1, 4.6.1).
///
/// ```
/// use emvqr::{Tag, encode::TemplateBuf};
///
/// let mut account = TemplateBuf::new();
/// account.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, "com.example")?.push(Tag::try_from(1)?, "shop-7")?;
/// assert_eq!(account.as_str(), "0011com.example0106shop-7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TemplateBuf {
    bytes: [u8; Self::CAPACITY],
    length: usize,
    characters: usize,
    tags: TagSet,
}

impl TemplateBuf {
    /// Bytes that 99 characters can take.
    const CAPACITY: usize = 99 * 4;

    /// A template without objects, which no payload can hold yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0, characters: 0, tags: TagSet::EMPTY }
    }

    /// Adds an object behind the others. The value may itself be a template.
    ///
    /// # Errors
    ///
    /// A value without characters or with more than 99, an ID that is there already, or a template that would have more
    /// than 99 characters. The template is then as before. The path is the object's own ID.
    pub fn push(&mut self, tag: Tag, value: &str) -> Result<&mut Self, Error> {
        let fault = |kind| Error::new(kind, Path::of(tag), self.length, value.len());
        let length = value_length(value, Path::of(tag), self.length)?;
        if self.tags.contains(tag) {
            return Err(fault(ErrorKind::Duplicate));
        }
        let characters = self.characters.saturating_add(4).saturating_add(usize::from(length));
        let place = self.bytes.get_mut(self.length..).filter(|_| characters <= 99);
        let written = place.and_then(|rest| {
            let mut sink = Slice { rest };
            sink.object(tag, length, value).ok()
        });
        written.ok_or_else(|| fault(ErrorKind::ValueTooLong))?;
        self.length = self.length.saturating_add(4).saturating_add(value.len());
        self.characters = characters;
        self.tags.insert(tag);
        Ok(self)
    }

    /// The text so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only whole texts are pushed.
        self.bytes.get(..self.length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The objects so far.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ValueEmpty`] where nothing was pushed.
    pub fn template(&self) -> Result<Template<'_>, Error> {
        Template::parse(self.as_str())
    }

    /// Whether nothing was pushed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

impl Default for TemplateBuf {
    fn default() -> Self {
        Self::new()
    }
}

impl AsRef<str> for TemplateBuf {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for TemplateBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TemplateBuf({} characters, {:?})", self.characters, self.tags)
    }
}
