//! Writing first, then checking what was written.

use super::{BuildError, Output, header, value_length};
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::{FirstRefused, Violation};
use crate::tag::{Tag, TagSet};
use crate::tlv::Index;

/// A place in a buffer at which root objects are written in the order in which they come, 00 first.
///
/// Notes where each object is, so that what was written is not walked again.
pub(crate) struct Layout<'l, 'b> {
    output: &'l mut Output<'b>,
    index: &'l mut Index,
    /// Objects that the caller of a builder adds to its own; each is written before the first object with a higher ID.
    further: &'l [(Tag, &'l str)],
    /// The IDs of `further` that are not written yet.
    pending: TagSet,
}

impl Layout<'_, '_> {
    /// Writes an object, unless its value is empty: the specification knows no empty value, so it counts as absent.
    #[inline]
    pub(crate) fn object(&mut self, tag: Tag, value: &[u8]) -> Result<(), Error> {
        if value.is_empty() { Ok(()) } else { self.mandatory(tag, value) }
    }

    /// Writes an object. An empty value is an error.
    #[inline]
    pub(crate) fn mandatory(&mut self, tag: Tag, value: &[u8]) -> Result<(), Error> {
        if !self.further.is_empty() {
            self.further_before(Some(tag))?;
        }
        self.write(tag, value)
    }

    #[inline]
    fn write(&mut self, tag: Tag, value: &[u8]) -> Result<(), Error> {
        let start = self.output.at;
        if !self.can_begin(tag, start) {
            return Err(misplaced(tag, start, value.len()));
        }
        let length = value_length(value, tag.into(), start)?;
        self.output.object(tag, length, value);
        Ok(())
    }

    /// Writes a template with these objects; an empty list writes no template. An empty value inside it is an error.
    #[inline]
    pub(crate) fn template<'v, I: IntoIterator<Item = (Tag, &'v [u8])>>(
        &mut self,
        tag: Tag,
        objects: I,
    ) -> Result<(), Error> {
        if !self.further.is_empty() {
            self.further_before(Some(tag))?;
        }
        let start = self.output.at;
        // Its header is filled in when its length is known.
        self.output.at = start.saturating_add(4);
        let mut characters = 0_u8;
        for (sub, value) in objects {
            characters = self.inside(tag, sub, value, characters)?;
        }
        if characters == 0 {
            self.output.at = start;
            return Ok(());
        }
        if !self.can_begin(tag, start) {
            return Err(misplaced(tag, start, self.output.at.saturating_sub(start.saturating_add(4))));
        }
        self.output.put_at(start, header(tag, characters));
        Ok(())
    }

    /// Writes an object of a template that has so many characters `before`, and returns how many it has then.
    #[inline(never)]
    fn inside(&mut self, tag: Tag, sub: Tag, value: &[u8], before: u8) -> Result<u8, Error> {
        let path = Path::of(tag).join(sub).unwrap_or(tag.into());
        let length = value_length(value, path, self.output.at)?;
        let characters = before.saturating_add(4).saturating_add(length);
        if characters > 99 {
            // Values that fit by themselves are too long together.
            return Err(Error::new(ErrorKind::ValueTooLong, tag.into(), self.output.at, value.len()));
        }
        self.output.object(sub, length, value);
        Ok(characters)
    }

    /// Writes the further objects with lower IDs than `end`, or all.
    #[inline(never)]
    fn further_before(&mut self, end: Option<Tag>) -> Result<(), Error> {
        while let Some(next) = self.pending.first().filter(|next| end.is_none_or(|end| *next < end)) {
            self.pending = self.pending.difference(next.into());
            for (_, value) in self.further.iter().filter(|(tag, value)| *tag == next && !value.is_empty()) {
                self.write(next, value.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Notes that an object starts here. `false` if it cannot: 00 is the first, and none comes twice.
    #[inline]
    fn can_begin(&mut self, tag: Tag, start: usize) -> bool {
        self.index.put(tag, start.wrapping_add(4)) && (start > 0 || tag == Tag::PAYLOAD_FORMAT_INDICATOR)
    }
}

#[cold]
fn misplaced(tag: Tag, start: usize, length: usize) -> Error {
    let kind = match tag {
        _ if start == 0 => ErrorKind::NotFirst,
        Tag::CRC => ErrorKind::Fixed,
        _ => ErrorKind::Duplicate,
    };
    Error::new(kind, tag.into(), start, length)
}

/// Writes what `lay` lays out, the `further` objects between them by ID, and the CRC; then has the payload checked, whose
/// objects are where they were written: no second walk, no second CRC.
#[inline]
pub(crate) fn write_checked(
    output: &mut Output<'_>,
    further: &[(Tag, &str)],
    lay: impl FnOnce(&mut Layout<'_, '_>) -> Result<(), Error>,
    check: impl FnOnce(&Payload<'_>) -> Result<(), Violation>,
) -> Result<(), BuildError> {
    let mut payload = Payload::unwritten();
    let pending = further.iter().map(|(tag, _)| *tag).collect();
    let mut layout = Layout { output, index: payload.index(), further, pending };
    // Some place until the real one is known: nobody else writes it.
    layout.index.put_crc(4);
    lay(&mut layout)?;
    if !layout.pending.is_empty() {
        layout.further_before(None)?;
    }
    let end = layout.output.at;
    if end == 0 {
        return Err(misplaced(Tag::PAYLOAD_FORMAT_INDICATOR, 0, 0).into());
    }
    layout.index.put_crc(end.wrapping_add(4));
    output.seal()?;
    payload.written(output.text());
    Ok(check(&payload)?)
}

/// The first finding of a profile that keeps a payload from being written.
#[inline]
pub(crate) fn refused<'a, P: Profile<'a>>(payload: &Payload<'_>, context: P::Context) -> Result<(), Violation> {
    let mut first = FirstRefused::default();
    let _ = P::check(payload, context, &mut first);
    first.get().map_or(Ok(()), Err)
}
