//! What holds for everything that writes payloads.

use std::fmt;

use emvqr::{BuildError, Encode, Error, ErrorKind};

use crate::text::sealed;

/// Bytes of the CRC object.
const CRC: usize = 8;

/// What a buffer holds before it is written to.
const UNTOUCHED: u8 = 0xA5;

/// Writes in every way, and asserts that all give the same text or the same error.
pub(crate) fn encode_every_way<E: Encode<Error: Into<BuildError>>>(encoder: &E) -> Result<String, BuildError> {
    let result = encoder.encode_to_string().map_err(Into::into);
    assert_eq!(encoder.encoded_len().map_err(Into::into), result.as_ref().map(String::len).map_err(|error| *error));
    match &result {
        Ok(text) => {
            assert_eq!(sealed(&text[..text.len() - CRC]), *text, "the CRC is right and in upper case");
            into_slices(encoder, text);
            into_streams(encoder, text);
        }
        Err(error) => refuses(encoder, *error),
    }
    result
}

/// A buffer of the right size, a larger one whose rest stays, and one that lacks a byte.
fn into_slices<E: Encode<Error: Into<BuildError>>>(encoder: &E, text: &str) {
    let needed = text.len();
    let mut buffer = vec![UNTOUCHED; needed + 1];
    assert_eq!(encoder.encode_to_slice(&mut buffer[..needed]).map_err(Into::into), Ok::<_, BuildError>(text));
    assert_eq!(buffer[needed], UNTOUCHED);

    buffer.fill(UNTOUCHED);
    assert_eq!(encoder.encode_to_slice(&mut buffer).map_err(Into::into), Ok::<_, BuildError>(text));
    assert_eq!(buffer[needed], UNTOUCHED, "only what is needed is written");

    let error = encoder.encode_to_slice(&mut buffer[..needed - 1]).map_err(Into::into).expect_err("a byte is lacking");
    assert_eq!(kind(error), Some(ErrorKind::BufferTooSmall { needed }));
    assert_eq!(buffer[needed], UNTOUCHED);
}

/// A writer that takes all, and one that fails before the end.
fn into_streams<E: Encode<Error: Into<BuildError>>>(encoder: &E, text: &str) {
    let mut all = Writer { text: String::new(), room: text.len() };
    assert_eq!(encoder.write_to(&mut all).map_err(Into::into), Ok::<_, BuildError>(()));
    assert_eq!(all.text, text);

    let mut short = Writer { text: String::new(), room: text.len() - 1 };
    let error = encoder.write_to(&mut short).map_err(Into::into).expect_err("the writer fails");
    assert_eq!(kind(error), Some(ErrorKind::Sink));
    assert!(text.starts_with(&short.text));
}

/// The same error everywhere; a writer gets nothing.
fn refuses<E: Encode<Error: Into<BuildError>>>(encoder: &E, error: BuildError) {
    let mut buffer = [UNTOUCHED; 64];
    assert_eq!(encoder.encode_to_slice(&mut buffer).map_err(Into::into), Err(error));
    let mut writer = Writer { text: String::new(), room: usize::MAX };
    assert_eq!(encoder.write_to(&mut writer).map_err(Into::into), Err(error));
    assert_eq!(writer.text, "");
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
