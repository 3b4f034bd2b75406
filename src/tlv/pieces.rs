//! Templates that are not a run of data objects, read as far as they can be made out.

use super::cursor::header;
use super::object::DataObject;
use crate::path::Path;

/// An object of a template that may be broken.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) path: Path,
    pub(crate) value: &'a str,
    /// The value's first byte in the caller's text.
    pub(crate) offset: usize,
}

/// The objects of a template as far as they can be made out: a length of 00 is an empty value, and a value that overruns
/// is cut at the template's end. Only for a template that is an error already.
pub(crate) fn pieces<'a>(object: &DataObject<'a>) -> impl Iterator<Item = Piece<'a>> + use<'a> {
    let (parent, plain) = (object.path(), object.is_plain());
    let (mut offset, mut rest) = (object.value_offset(), object.value());
    core::iter::from_fn(move || {
        let (tag, length) = header(*rest.as_bytes().first_chunk()?)?;
        let content = rest.get(4..)?;
        let length = usize::from(length);
        let end = if plain { length } else { content.char_indices().nth(length).map_or(content.len(), |(end, _)| end) };
        let end = end.min(content.len());
        let (value, next) = content.split_at_checked(end)?;
        let piece = Piece { path: parent.join(tag)?, value, offset: offset.saturating_add(4) };
        offset = piece.offset.saturating_add(value.len());
        rest = next;
        Some(piece)
    })
}
