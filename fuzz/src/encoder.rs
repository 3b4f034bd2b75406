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
    match &result {
        Ok(text) => {
            assert_eq!(sealed(&text[..text.len() - CRC]), *text, "the CRC is right and in upper case");
            into_slices(encoder, text);
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

/// Writes without a buffer: the same text or the same error, a writer that fails before the end, and nothing if there is an
/// error.
pub(crate) fn stream_every_way(
    result: &Result<String, BuildError>,
    encoded_len: Result<usize, Error>,
    write: impl Fn(&mut dyn fmt::Write) -> Result<(), Error>,
) {
    assert_eq!(encoded_len.map_err(BuildError::from), result.as_ref().map(String::len).map_err(|error| *error));
    let mut all = Writer { text: String::new(), room: usize::MAX };
    let written = write(&mut all).map_err(BuildError::from);
    assert_eq!(
        (written, all.text),
        (result.as_ref().map(|_| ()).map_err(|error| *error), result.clone().unwrap_or_default())
    );
    if let Ok(text) = result {
        let mut short = Writer { text: String::new(), room: text.len() - 1 };
        assert_eq!(write(&mut short).map_err(|error| error.kind()), Err(ErrorKind::Sink));
        assert!(text.starts_with(&short.text));
    }
}

/// The same error everywhere, and zeros where something was written.
fn refuses<E: Encode<Error: Into<BuildError>>>(encoder: &E, error: BuildError) {
    let mut buffer = vec![UNTOUCHED; 45_000];
    assert_eq!(encoder.encode_to_slice(&mut buffer).map_err(Into::into), Err(error));
    let zeros = buffer.iter().take_while(|byte| **byte == 0).count();
    assert!(buffer[zeros..].iter().all(|byte| *byte == UNTOUCHED), "nothing of a refused text is left");
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
