//! Root objects as a caller gives them.

use core::fmt;

#[cfg(feature = "alloc")]
use super::write_to_string;
use super::{
    BuildError, Encode, Output, Sink, Source, refused, stream, value_length, write, write_checked, write_to_slice,
};
use crate::error::{Error, ErrorKind};
use crate::path::Path;
#[cfg(feature = "alloc")]
use crate::payload::PayloadBuf;
use crate::profile::Profile;
use crate::tag::{Tag, TagSet};

/// Root objects in the order in which they are written, without the CRC: IDs and values.
///
/// As [`Encode`], the text is wire-valid (level 1) and no rule of the higher levels is checked;
/// [`build_checked`](Self::build_checked) and [`encode_checked_to_slice`](Self::encode_checked_to_slice) write what satisfies
/// a profile: the door for builders of other crates.
///
/// Refused are a first object other than 00, an ID that occurs twice, a 63, and a value that is empty or longer than 99
/// characters; offsets count bytes of the text that would be written.
///
/// ```
/// use emvqr::encode::{BuildError, RootRun};
/// use emvqr::{Mpm, Tag};
///
/// let mut objects = vec![
///     (Tag::PAYLOAD_FORMAT_INDICATOR, "01"),
///     (Tag::try_from(26)?, "0011com.example0106shop-7"),
///     (Tag::MERCHANT_CATEGORY_CODE, "5812"),
///     (Tag::TRANSACTION_CURRENCY, "764"),
///     (Tag::COUNTRY_CODE, "TH"),
///     (Tag::MERCHANT_NAME, "NOODLE BAR"),
/// ];
/// let refused = RootRun(objects.iter().copied()).build_checked::<Mpm>(()).unwrap_err();
/// assert!(matches!(refused, BuildError::Rule(found) if found.rule().id() == "emv.60.missing"));
/// objects.push((Tag::MERCHANT_CITY, "BANGKOK"));
/// assert!(RootRun(objects).build_checked::<Mpm>(())?.as_str().contains("5910NOODLE BAR"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "made by naming its one field")]
pub struct RootRun<I>(
    /// The objects.
    pub I,
);

impl<'a, I> RootRun<I>
where
    I: IntoIterator<Item = (Tag, &'a str)> + Clone,
{
    /// Writes the text into a buffer, and returns it, if the payload satisfies a profile.
    ///
    /// # Errors
    ///
    /// As [`Encode::encode_to_slice`]. A rule that only warns a reader, but is
    /// [refused in writing](crate::Rule::is_refused_in_writing), counts as broken.
    pub fn encode_checked_to_slice<'b, 'p, P: Profile<'p>>(
        &self,
        context: P::Context,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BuildError> {
        write_to_slice(buffer, |output| self.write_checked::<P>(context, output))
    }

    /// The payload, owned, if it satisfies a profile.
    ///
    /// # Errors
    ///
    /// As [`encode_checked_to_slice`](Self::encode_checked_to_slice).
    #[cfg(feature = "alloc")]
    pub fn build_checked<'p, P: Profile<'p>>(&self, context: P::Context) -> Result<PayloadBuf, BuildError> {
        let text = write_to_string(|output| self.write_checked::<P>(context, output))?;
        Ok(PayloadBuf::parse(text)?)
    }

    fn write_checked<'p, P: Profile<'p>>(
        &self,
        context: P::Context,
        output: &mut Output<'_>,
    ) -> Result<(), BuildError> {
        write_checked(
            output,
            &[],
            |layout| self.0.clone().into_iter().try_for_each(|(tag, value)| layout.mandatory(tag, value.as_bytes())),
            |payload| refused::<P>(payload, context),
        )
    }

    stream!();
}

impl<'a, I> Encode for RootRun<I>
where
    I: IntoIterator<Item = (Tag, &'a str)> + Clone,
{
    type Error = Error;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), Error> {
        write(self, output)
    }
}

impl<'a, I> Source for RootRun<I>
where
    I: IntoIterator<Item = (Tag, &'a str)> + Clone,
{
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        // 63 is written after them.
        let mut seen = TagSet::EMPTY.with(Tag::CRC);
        for (tag, value) in self.0.clone() {
            let fault = |kind| Err(Error::new(kind, Path::of(tag), sink.place(), value.len()));
            if sink.place() == 0 && tag != Tag::PAYLOAD_FORMAT_INDICATOR {
                return fault(ErrorKind::NotFirst);
            }
            if seen.insert(tag) {
                return fault(if tag == Tag::CRC { ErrorKind::Fixed } else { ErrorKind::Duplicate });
            }
            let length = value_length(value.as_bytes(), Path::of(tag), sink.place())?;
            sink.object(tag, length, value.as_bytes())?;
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
