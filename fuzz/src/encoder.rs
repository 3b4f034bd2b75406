//! What holds for everything that writes payloads.

use std::fmt;

use emvqr::mpm::Builder;
use emvqr::{BuildError, Error, ErrorKind, Tag, edit::Edit, encode};

use crate::text::sealed;

/// Bytes of the CRC object.
const CRC: usize = 8;

/// What a buffer holds before it is written to.
const UNTOUCHED: u8 = 0xA5;

/// The doors that every encoder has.
pub(crate) trait Encoder {
    fn encoded_len(&self) -> Result<usize, BuildError>;
    fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError>;
    fn write_to(&self, writer: impl fmt::Write) -> Result<(), BuildError>;
    fn to_string(&self) -> Result<String, BuildError>;
}

/// Root objects in order.
pub(crate) struct Objects<'a>(pub(crate) &'a [(Tag, &'a str)]);

impl Encoder for Objects<'_> {
    fn encoded_len(&self) -> Result<usize, BuildError> {
        Ok(encode::encoded_len(self.0.iter().copied())?)
    }

    fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        Ok(encode::encode_to_slice(self.0.iter().copied(), buffer)?)
    }

    fn write_to(&self, mut writer: impl fmt::Write) -> Result<(), BuildError> {
        Ok(encode::write_to(self.0.iter().copied(), &mut writer)?)
    }

    fn to_string(&self) -> Result<String, BuildError> {
        Ok(encode::to_string(self.0.iter().copied())?)
    }
}

impl Encoder for Edit<'_> {
    fn encoded_len(&self) -> Result<usize, BuildError> {
        Ok(Edit::encoded_len(self)?)
    }

    fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        Ok(Edit::encode_to_slice(self, buffer)?)
    }

    fn write_to(&self, mut writer: impl fmt::Write) -> Result<(), BuildError> {
        Ok(Edit::write_to(self, &mut writer)?)
    }

    fn to_string(&self) -> Result<String, BuildError> {
        Ok(Edit::to_string(self)?)
    }
}

impl Encoder for Builder<'_> {
    fn encoded_len(&self) -> Result<usize, BuildError> {
        Builder::encoded_len(self)
    }

    fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        Builder::encode_to_slice(self, buffer)
    }

    fn write_to(&self, mut writer: impl fmt::Write) -> Result<(), BuildError> {
        Builder::write_to(self, &mut writer)
    }

    fn to_string(&self) -> Result<String, BuildError> {
        Builder::to_string(self)
    }
}

/// Writes through every door, and asserts that all give the same text or the same error.
pub(crate) fn encode_every_way(encoder: &impl Encoder) -> Result<String, BuildError> {
    match Encoder::to_string(encoder) {
        Ok(text) => {
            assert_eq!(encoder.encoded_len(), Ok(text.len()));
            assert_eq!(sealed(&text[..text.len() - CRC]), text, "the CRC is right and in upper case");
            into_slices(encoder, &text);
            into_streams(encoder, &text);
            Ok(text)
        }
        Err(error) => {
            assert_eq!(encoder.encoded_len(), Err(error));
            refuses(encoder, error);
            Err(error)
        }
    }
}

/// A buffer of the right size, a larger one whose rest stays, and one that lacks a byte and stays as it was.
fn into_slices(encoder: &impl Encoder, text: &str) {
    let needed = text.len();
    let mut buffer = vec![UNTOUCHED; needed + 1];
    assert_eq!(encoder.encode_to_slice(&mut buffer[..needed]), Ok(text));
    assert_eq!(buffer[needed], UNTOUCHED);

    buffer.fill(UNTOUCHED);
    assert_eq!(encoder.encode_to_slice(&mut buffer), Ok(text));
    assert_eq!(buffer[needed], UNTOUCHED, "only what is needed is written");

    buffer.fill(UNTOUCHED);
    let error = encoder.encode_to_slice(&mut buffer[..needed - 1]).expect_err("a byte is lacking");
    assert_eq!(kind(error), Some(ErrorKind::BufferTooSmall { needed }));
    assert_untouched(&buffer);
}

/// A writer that takes all, and one that fails before the end.
fn into_streams(encoder: &impl Encoder, text: &str) {
    let mut all = Writer { text: String::new(), room: text.len() };
    assert_eq!(encoder.write_to(&mut all), Ok(()));
    assert_eq!(all.text, text);

    let mut short = Writer { text: String::new(), room: text.len() - 1 };
    let error = encoder.write_to(&mut short).expect_err("the writer fails");
    assert_eq!(kind(error), Some(ErrorKind::Sink));
    assert!(text.starts_with(&short.text));
}

/// The same error everywhere, before anything is written.
fn refuses(encoder: &impl Encoder, error: BuildError) {
    let mut buffer = [UNTOUCHED; 64];
    assert_eq!(encoder.encode_to_slice(&mut buffer), Err(error));
    assert_untouched(&buffer);
    let mut writer = Writer { text: String::new(), room: usize::MAX };
    assert_eq!(encoder.write_to(&mut writer), Err(error));
    assert_eq!(writer.text, "");
}

fn assert_untouched(buffer: &[u8]) {
    assert!(buffer.iter().all(|byte| *byte == UNTOUCHED), "the buffer was written to before an error");
}

fn kind(error: BuildError) -> Option<ErrorKind> {
    match error {
        BuildError::Encode(error) => Some(Error::kind(&error)),
        _ => None,
    }
}

/// Takes `room` bytes and then fails.
struct Writer {
    text: String,
    room: usize,
}

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.room = self.room.checked_sub(text.len()).ok_or(fmt::Error)?;
        self.text += text;
        Ok(())
    }
}
