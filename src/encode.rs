//! Writing payloads.
//!
//! | to write | use |
//! |---|---|
//! | a conformant payload from typed values | [`mpm::Builder`](crate::mpm::Builder), [`khqr::Builder`](crate::khqr::Builder), [`jpqr::Builder`](crate::jpqr::Builder) |
//! | a payload that satisfies a profile of your own | [`RootRun::build_checked`], [`RootRun::encode_checked_to_slice`] |
//! | a payload with some objects changed and all others kept | [`Edit`](crate::edit::Edit) |
//! | any root objects in any order: wire-valid (level 1), no rule checked | [`RootRun`] |
//! | the value of a template | [`TemplateBuf`] |
//!
//! All of them but the last implement [`Encode`].

mod layout;
mod root_run;
mod sink;
mod template_buf;

use core::fmt;

pub(crate) use layout::{Layout, refused, write_checked};
pub use root_run::RootRun;
pub use sink::Output;
pub(crate) use sink::{Full, Sink, Source, encoded_len, header, stream, write, write_to};
pub use template_buf::TemplateBuf;

use crate::characters::characters;
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::rule::Violation;

/// A value that can be written as the text of a payload or of a bill, CRC included.
///
/// Sealed: only types of this crate implement it. Builders of other crates write through
/// [`RootRun::encode_checked_to_slice`].
///
/// ```
/// use emvqr::encode::{Encode, RootRun};
/// use emvqr::Tag;
///
/// let objects = RootRun([(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (Tag::MERCHANT_CITY, "ភ្នំពេញ")]);
/// let mut buffer = [0; 64];
/// assert!(objects.encode_to_slice(&mut buffer)?.starts_with("0002016007ភ្នំពេញ6304"));
/// # Ok::<(), emvqr::Error>(())
/// ```
pub trait Encode {
    /// The reason for which nothing is written.
    type Error: From<Error> + Into<BuildError> + Copy;

    /// Writes the text. The type of `output` has no public constructor, which seals the trait.
    #[doc(hidden)]
    fn encode(&self, output: &mut Output<'_>) -> Result<(), Self::Error>;

    /// Writes the text into a buffer, and returns it.
    ///
    /// # Errors
    ///
    /// In this order: a fault of a value or a length; [`ErrorKind::BufferTooSmall`], which names the bytes that are needed;
    /// the first broken rule, if rules are checked. Every byte that was written is then zero, so that a refused code is not
    /// drawn by mistake.
    fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, Self::Error> {
        write_to_slice(buffer, |output| self.encode(output))
    }

    /// The text as a `String`.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), whose buffer is large enough.
    #[cfg(feature = "alloc")]
    fn encode_to_string(&self) -> Result<alloc::string::String, Self::Error> {
        write_to_string(|output| self.encode(output))
    }
}

/// Writes into a buffer; on an error, every byte that was written is zero.
pub(crate) fn write_to_slice<E>(
    buffer: &mut [u8],
    write: impl FnOnce(&mut Output<'_>) -> Result<(), E>,
) -> Result<&str, E> {
    let mut output = Output::new(buffer);
    match write(&mut output) {
        Ok(()) => Ok(output.into_text()),
        Err(error) => {
            output.clear();
            Err(error)
        }
    }
}

/// Writes into a `String`.
#[cfg(feature = "alloc")]
pub(crate) fn write_to_string<E: Into<BuildError> + Copy>(
    write: impl Fn(&mut Output<'_>) -> Result<(), E>,
) -> Result<alloc::string::String, E> {
    // Into no buffer at all: the error names the bytes that are needed.
    let needed = match write(&mut Output::new(&mut [])).map_err(|error| (error, error.into())) {
        Ok(()) => 0,
        Err((error, BuildError::Encode(fault))) => match fault.kind() {
            ErrorKind::BufferTooSmall { needed } => needed,
            _ => return Err(error),
        },
        Err((error, BuildError::Rule(_))) => return Err(error),
    };
    let mut bytes = alloc::vec![0; needed];
    write(&mut Output::new(&mut bytes))?;
    // Only whole texts are written.
    Ok(alloc::string::String::from_utf8(bytes).unwrap_or_default())
}

/// The reason for which a builder does not write.
///
/// `Display` names the data object, but no place in the text, which is not given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The values make no payload, or the buffer is too small.
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

/// The method that gives what is written as an owned payload.
macro_rules! build {
    ($error:ty) => {
        /// The payload, owned.
        ///
        /// # Errors
        ///
        /// As [`encode_to_string`]($crate::Encode::encode_to_string).
        #[cfg(feature = "alloc")]
        pub fn build(&self) -> Result<$crate::PayloadBuf, $error> {
            let text = $crate::encode::Encode::encode_to_string(self)?;
            $crate::PayloadBuf::parse(text).map_err(<$error>::from)
        }
    };
}
pub(crate) use build;

/// The length of a value in characters, if a data object can hold it. `value` is UTF-8.
#[inline]
pub(crate) fn value_length(value: &[u8], path: Path, offset: usize) -> Result<u8, Error> {
    match u8::try_from(characters(value)) {
        Ok(length @ 1..=99) => Ok(length),
        length => Err(bad_length(length == Ok(0), value, path, offset)),
    }
}

#[cold]
#[inline(never)]
fn bad_length(empty: bool, value: &[u8], path: Path, offset: usize) -> Error {
    let kind = if empty { ErrorKind::ValueEmpty } else { ErrorKind::ValueTooLong };
    Error::new(kind, path, offset, value.len())
}
