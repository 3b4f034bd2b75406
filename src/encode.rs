//! Writing payloads.
//!
//! | to write | use |
//! |---|---|
//! | a conformant payload from typed values | [`mpm::Builder`](crate::mpm::Builder), [`khqr::Builder`](crate::khqr::Builder), [`jpqr::Builder`](crate::jpqr::Builder) |
//! | a payload that satisfies a profile of your own | [`Draft`] |
//! | a payload with some objects changed and all others kept | [`Edit`](crate::edit::Edit) |
//! | any root objects in any order: wire-valid (level 1), no rule checked | [`RootRun`] |
//! | the value of a template | [`TemplateBuf`] |
//!
//! All of them but the last implement [`Encode`].

mod draft;
mod sink;
mod template_buf;

use core::fmt;

pub use draft::{BuildError, Draft, Sealed, Value};
pub use sink::Output;
pub(crate) use sink::{Full, Sink, Slice, Source, header, perform};
pub use template_buf::TemplateBuf;

use crate::characters::characters;
use crate::error::{Error, ErrorKind};
use crate::tag::{Path, Tag, TagSet};

/// What can be written as the text of a payload, CRC included.
///
/// ```
/// use emvqr::encode::{Encode, RootRun};
/// use emvqr::Tag;
///
/// let objects = RootRun([(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (Tag::MERCHANT_CITY, "ភ្នំពេញ")]);
/// let mut buffer = [0; 64];
/// assert!(objects.encode_to_slice(&mut buffer)?.starts_with("0002016007ភ្នំពេញ6304"));
/// assert_eq!(objects.encoded_len()?, 39);
/// # Ok::<(), emvqr::Error>(())
/// ```
pub trait Encode {
    /// Why it is not written.
    type Error: From<Error>;

    /// Writes the text, and says how many bytes it takes.
    #[doc(hidden)]
    fn encode(&self, output: Output<'_>) -> Result<usize, Self::Error>;

    /// How many bytes the text takes, the CRC included.
    ///
    /// # Errors
    ///
    /// What keeps the text from being written.
    fn encoded_len(&self) -> Result<usize, Self::Error> {
        self.encode(Output::length())
    }

    /// Writes the text into a buffer, and gives it back.
    ///
    /// # Errors
    ///
    /// What keeps the text from being written, or [`ErrorKind::BufferTooSmall`], which names the bytes that are needed. What
    /// the buffer then holds is not specified.
    fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, Self::Error> {
        let length = self.encode(Output::slice(buffer))?;
        // Only whole texts are written.
        Ok(buffer.get(..length).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default())
    }

    /// Writes the text into a [`fmt::Write`].
    ///
    /// # Errors
    ///
    /// What keeps the text from being written, before anything is; or [`ErrorKind::Sink`] if the writer fails.
    fn write_to(&self, writer: &mut dyn fmt::Write) -> Result<(), Self::Error> {
        self.encode(Output::writer(writer)).map(|_| ())
    }

    /// The text as a `String`.
    ///
    /// # Errors
    ///
    /// What keeps the text from being written.
    #[cfg(feature = "alloc")]
    fn encode_to_string(&self) -> Result<alloc::string::String, Self::Error> {
        let mut bytes = alloc::vec::Vec::new();
        self.encode(Output::vec(&mut bytes))?;
        // Only whole texts are written.
        Ok(alloc::string::String::from_utf8(bytes).unwrap_or_default())
    }
}

/// Gives a writer the method that holds what it writes.
macro_rules! build {
    ($error:ty) => {
        /// The payload, owned.
        ///
        /// # Errors
        ///
        /// What keeps it from being written.
        #[cfg(feature = "alloc")]
        pub fn build(&self) -> Result<$crate::PayloadBuf, $error> {
            let text = $crate::encode::Encode::encode_to_string(self)?;
            $crate::PayloadBuf::parse(text).map_err(<$error>::from)
        }
    };
}
pub(crate) use build;

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

/// Root objects in the order in which they are to be written, without the CRC: IDs and values.
///
/// The text is wire-valid (level 1); no rule of the higher levels is checked. It is not written if 00 is not the first
/// object, an ID occurs twice, 63 is among the objects, or a value is empty or longer than 99 characters; the error's offset
/// counts bytes of the text that would be written.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "made by naming its one field")]
pub struct RootRun<I>(
    /// The objects.
    pub I,
);

impl<'a, I> Encode for RootRun<I>
where
    I: IntoIterator<Item = (Tag, &'a str)> + Clone,
{
    type Error = Error;

    fn encode(&self, output: Output<'_>) -> Result<usize, Error> {
        perform(self, output)
    }
}

impl<'a, I> Source for RootRun<I>
where
    I: IntoIterator<Item = (Tag, &'a str)> + Clone,
{
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        // 63 is written behind them.
        let mut seen = TagSet::EMPTY.with(Tag::CRC);
        for (tag, value) in self.0.clone() {
            let fault = |kind| Err(Error::new(kind, Path::of(tag), sink.place(), 0));
            if sink.place() == 0 && tag != Tag::PAYLOAD_FORMAT_INDICATOR {
                return fault(ErrorKind::NotFirst);
            }
            if seen.insert(tag) {
                return fault(if tag == Tag::CRC { ErrorKind::Fixed } else { ErrorKind::Duplicate });
            }
            let length = value_length(value, Path::of(tag), sink.place())?;
            sink.object(tag, length, value)?;
        }
        if sink.place() == 0 {
            return Err(Error::new(ErrorKind::NotFirst, Path::of(Tag::PAYLOAD_FORMAT_INDICATOR), 0, 0));
        }
        Ok(())
    }
}

/// Values can be account ids, so they are not shown.
impl<I> fmt::Debug for RootRun<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootRun(..)")
    }
}
