//! Places that text is written to.

use core::fmt;

use crate::characters::fill;
use crate::crc;
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::tag::Tag;

/// Bytes of the CRC object.
const CRC: usize = 8;

/// The objects of a payload, in the order of writing, without the CRC.
pub(crate) trait Source {
    /// Writes the objects, and finds what is wrong with them. Two calls write the same.
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error>;
}

/// Writes the objects and the CRC: in one pass, after which the CRC is the [fast one](crc::checksum) over the finished text.
pub(crate) fn write(source: &impl Source, output: &mut Output<'_>) -> Result<(), Error> {
    source.emit(output)?;
    output.seal()
}

/// Writes the objects and the CRC in two passes, of which the first finds what is wrong, and the second has the CRC running
/// along.
pub(crate) fn write_to(source: &impl Source, writer: &mut dyn fmt::Write) -> Result<(), Error> {
    source.emit(&mut Output::new(&mut []))?;
    let mut stream = Stream { writer, crc: crc::Running::new(), at: 0 };
    source.emit(&mut stream)?;
    stream.seal()
}

/// The methods that need no buffer, for sources of which no rule is checked.
macro_rules! stream {
    () => {
        /// Number of bytes of the text, CRC included.
        ///
        /// # Errors
        ///
        /// What keeps the text from being written.
        pub fn encoded_len(&self) -> Result<usize, Error> {
            $crate::encode::encoded_len(self)
        }

        /// Writes the text into a [`fmt::Write`].
        ///
        /// # Errors
        ///
        /// What keeps the text from being written, before anything is; or [`ErrorKind::Sink`] if the writer fails.
        pub fn write_to(&self, writer: &mut dyn fmt::Write) -> Result<(), Error> {
            $crate::encode::write_to(self, writer)
        }
    };
}
pub(crate) use stream;

/// Number of bytes that [`write`] writes.
pub(crate) fn encoded_len(source: &impl Source) -> Result<usize, Error> {
    let mut nowhere = Output::new(&mut []);
    source.emit(&mut nowhere)?;
    Ok(nowhere.at.saturating_add(CRC))
}

/// A consumer of text.
pub(crate) trait Sink {
    /// Bytes so far.
    fn place(&self) -> usize;

    fn text(&mut self, text: &str) -> Result<(), Full>;

    /// Writes a data object. `length` is the length of the value in characters, `value` is UTF-8.
    fn object(&mut self, tag: Tag, length: u8, value: &[u8]) -> Result<(), Full>;
}

/// The writer takes no more.
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

/// A buffer that is filled from its start; what it has no room for is only counted.
pub struct Output<'b> {
    buffer: &'b mut [u8],
    pub(crate) at: usize,
}

impl fmt::Debug for Output<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Output({} bytes)", self.at)
    }
}

impl<'b> Output<'b> {
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

    #[inline]
    pub(crate) fn object(&mut self, tag: Tag, length: u8, value: &[u8]) {
        // Values are in memory, so the sum does not overflow.
        let end = self.at.wrapping_add(4).wrapping_add(value.len());
        if let Some((place, rest)) = self.buffer.get_mut(self.at..end).and_then(<[u8]>::split_first_chunk_mut) {
            *place = header(tag, length);
            rest.copy_from_slice(value);
        }
        self.at = end;
    }

    /// Fills in a header that was left out.
    #[inline]
    pub(super) fn put_at(&mut self, start: usize, digits: [u8; 4]) {
        if let Some((place, _)) = self.buffer.get_mut(start..).and_then(<[u8]>::split_first_chunk_mut) {
            *place = digits;
        }
    }

    /// Closes a payload with its CRC.
    pub(super) fn seal(&mut self) -> Result<(), Error> {
        self.put(&header(Tag::CRC, 4));
        let digits = crc::digits(crc::checksum(self.buffer.get(..self.at).unwrap_or_default()));
        self.put(&digits);
        self.fits()
    }

    /// Checks that the buffer has room for what was written.
    pub(crate) fn fits(&self) -> Result<(), Error> {
        if self.at <= self.buffer.len() { Ok(()) } else { Err(too_small(self.at)) }
    }

    /// The text so far, if it is whole.
    pub(crate) fn text(&self) -> &str {
        self.buffer.get(..self.at).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// The text for as long as the buffer is borrowed. Safe Rust validates it once more than [`text`](Self::text), since no
    /// borrow lasts that long while the buffer may still have to be cleared.
    pub(super) fn into_text(self) -> &'b str {
        self.buffer.get(..self.at).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Overwrites what was written with zeros.
    pub(super) fn clear(self) {
        // In code for small size `fill` could panic, as far as the linker sees.
        self.buffer.iter_mut().take(self.at).for_each(|byte| *byte = 0);
    }
}

#[cold]
fn too_small(needed: usize) -> Error {
    Error::new(ErrorKind::BufferTooSmall { needed }, Path::ROOT, 0, needed)
}

impl Sink for Output<'_> {
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
    fn object(&mut self, tag: Tag, length: u8, value: &[u8]) -> Result<(), Full> {
        self.object(tag, length, value);
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
    fn seal(mut self) -> Result<(), Error> {
        self.bytes(&header(Tag::CRC, 4))?;
        let digits = crc::digits(self.crc.clone().finish());
        Ok(self.bytes(&digits)?)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.text(core::str::from_utf8(bytes).map_err(|_| Full)?)
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

    fn object(&mut self, tag: Tag, length: u8, value: &[u8]) -> Result<(), Full> {
        self.bytes(&header(tag, length))?;
        self.bytes(value)
    }
}
