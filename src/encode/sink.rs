//! Where text goes.

use core::fmt;

use crate::characters::fill;
use crate::crc;
use crate::error::{Error, ErrorKind};
use crate::tag::{Path, Tag};

/// Bytes of the CRC object.
const CRC: usize = 8;

/// Where an encoder writes to: for the methods of [`Encode`](super::Encode).
#[derive(Debug)]
pub struct Output<'o>(Kind<'o>);

enum Kind<'o> {
    Length,
    Slice(&'o mut [u8]),
    Writer(&'o mut dyn fmt::Write),
    #[cfg(feature = "alloc")]
    Vec(&'o mut alloc::vec::Vec<u8>),
}

impl fmt::Debug for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

impl<'o> Output<'o> {
    pub(super) const fn length() -> Self {
        Self(Kind::Length)
    }

    pub(super) const fn slice(buffer: &'o mut [u8]) -> Self {
        Self(Kind::Slice(buffer))
    }

    pub(super) const fn writer(writer: &'o mut dyn fmt::Write) -> Self {
        Self(Kind::Writer(writer))
    }

    #[cfg(feature = "alloc")]
    pub(super) const fn vec(bytes: &'o mut alloc::vec::Vec<u8>) -> Self {
        Self(Kind::Vec(bytes))
    }

    /// Writes a text that is finished.
    pub(crate) fn finished(self, text: &str) -> Result<usize, Error> {
        match self.0 {
            Kind::Length => {}
            Kind::Slice(buffer) => {
                let (place, _) = buffer.split_at_mut_checked(text.len()).ok_or_else(|| too_small(text.len()))?;
                fill(place, text.as_bytes());
            }
            Kind::Writer(writer) => writer.write_str(text).map_err(|_| Full)?,
            #[cfg(feature = "alloc")]
            Kind::Vec(bytes) => bytes.extend_from_slice(text.as_bytes()),
        }
        Ok(text.len())
    }
}

/// The objects of a payload, in the order of writing, without the CRC.
pub(crate) trait Source {
    /// Writes the objects, and finds what is wrong with them. Two calls write the same.
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error>;
}

/// Writes the objects and the CRC, and says how many bytes that takes.
///
/// Into a slice in one pass, after which the CRC is the [fast one](crate::crc::checksum) over the finished text; into a
/// [`fmt::Write`] in two, of which the first finds what is wrong, and with the CRC running along.
pub(crate) fn perform(source: &impl Source, output: Output<'_>) -> Result<usize, Error> {
    match output.0 {
        Kind::Length => {
            let mut nowhere = Slice::new(&mut []);
            source.emit(&mut nowhere)?;
            Ok(nowhere.at.saturating_add(CRC))
        }
        Kind::Slice(buffer) => {
            let mut slice = Slice::new(buffer);
            source.emit(&mut slice)?;
            slice.seal()
        }
        Kind::Writer(writer) => {
            source.emit(&mut Slice::new(&mut []))?;
            let mut stream = Stream { writer, crc: crc::Running::new(), at: 0 };
            source.emit(&mut stream)?;
            stream.seal()
        }
        #[cfg(feature = "alloc")]
        Kind::Vec(bytes) => {
            let mut nowhere = Slice::new(&mut []);
            source.emit(&mut nowhere)?;
            bytes.resize(nowhere.at.saturating_add(CRC), 0);
            let mut slice = Slice::new(bytes);
            source.emit(&mut slice)?;
            slice.seal()
        }
    }
}

#[cold]
fn too_small(needed: usize) -> Error {
    Error::new(ErrorKind::BufferTooSmall { needed }, Path::ROOT, 0, needed)
}

/// Takes text and says how far it has come.
pub(crate) trait Sink {
    /// Bytes so far.
    fn place(&self) -> usize;

    fn text(&mut self, text: &str) -> Result<(), Full>;

    /// Writes a data object. `length` is the length of the value in characters.
    fn object(&mut self, tag: Tag, length: u8, value: &str) -> Result<(), Full>;
}

/// The sink takes no more.
#[derive(Debug)]
pub(crate) struct Full;

impl From<Full> for Error {
    #[cold]
    fn from(_: Full) -> Self {
        Self::new(ErrorKind::Sink, Path::ROOT, 0, 0)
    }
}

#[inline]
pub(crate) fn header(tag: Tag, length: u8) -> [u8; 4] {
    let ([a, b], [c, d]) = (tag.digits(), Tag::of_digits(length).digits());
    [a, b, c, d]
}

/// Fills a slice as far as it reaches, and counts on behind it.
pub(crate) struct Slice<'b> {
    buffer: &'b mut [u8],
    pub(crate) at: usize,
}

impl<'b> Slice<'b> {
    pub(crate) const fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, at: 0 }
    }

    #[inline]
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        let end = self.at.saturating_add(bytes.len());
        if let Some((place, _)) = self.buffer.get_mut(self.at..).and_then(|rest| rest.split_at_mut_checked(bytes.len()))
        {
            fill(place, bytes);
        }
        self.at = end;
    }

    /// Closes a payload with its CRC.
    fn seal(mut self) -> Result<usize, Error> {
        self.put(&header(Tag::CRC, 4));
        let needed = self.at.saturating_add(4);
        let covered = self.buffer.get(..self.at).unwrap_or_default();
        let digits = crc::digits(crc::checksum(covered));
        self.put(&digits);
        if needed <= self.buffer.len() { Ok(needed) } else { Err(too_small(needed)) }
    }
}

impl Sink for Slice<'_> {
    #[inline]
    fn place(&self) -> usize {
        self.at
    }

    #[inline]
    fn text(&mut self, text: &str) -> Result<(), Full> {
        self.put(text.as_bytes());
        Ok(())
    }

    #[inline]
    fn object(&mut self, tag: Tag, length: u8, value: &str) -> Result<(), Full> {
        // Of values that are in memory, so it is no more than that has place for.
        let end = self.at.wrapping_add(4).wrapping_add(value.len());
        if let Some((place, rest)) = self.buffer.get_mut(self.at..end).and_then(<[u8]>::split_first_chunk_mut) {
            *place = header(tag, length);
            rest.copy_from_slice(value.as_bytes());
        }
        self.at = end;
        Ok(())
    }
}

/// Passes text on, its CRC running along.
struct Stream<'w> {
    writer: &'w mut dyn fmt::Write,
    crc: crc::Running,
    at: usize,
}

impl Stream<'_> {
    fn seal(mut self) -> Result<usize, Error> {
        self.digits(header(Tag::CRC, 4))?;
        let digits = crc::digits(self.crc.clone().finish());
        self.digits(digits)?;
        Ok(self.at)
    }

    fn digits(&mut self, digits: [u8; 4]) -> Result<(), Full> {
        self.text(core::str::from_utf8(&digits).map_err(|_| Full)?)
    }
}

impl Sink for Stream<'_> {
    fn place(&self) -> usize {
        self.at
    }

    fn text(&mut self, text: &str) -> Result<(), Full> {
        self.crc.update(text.as_bytes());
        self.at = self.at.saturating_add(text.len());
        self.writer.write_str(text).map_err(|_| Full)
    }

    fn object(&mut self, tag: Tag, length: u8, value: &str) -> Result<(), Full> {
        self.digits(header(tag, length))?;
        self.text(value)
    }
}
