//! A data object.

use core::fmt;

use crate::characters::{Plain, is_plain};
use crate::path::Path;
use crate::tag::Tag;

/// Bytes of a header: two digits of ID and two of length.
pub(super) const HEADER: usize = 4;

/// The text that data objects are read from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    /// Where `text` starts in the caller's text.
    pub(super) base: usize,
    pub(super) plain: Plain,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, base: 0, plain: Plain::of(text.as_bytes()) }
    }
}

/// A data object of some text, with its place in it.
///
/// Holds no copy of the text; the value is cut when it is asked for. `Debug` prints the place, never the value.
#[derive(Clone, Copy)]
pub struct DataObject<'a> {
    pub(super) source: Source<'a>,
    /// The value's first byte in the source.
    pub(super) start: usize,
    pub(super) value: &'a [u8],
    pub(super) parent: Path,
    pub(super) tag: Tag,
    pub(super) length: u8,
}

impl<'a> DataObject<'a> {
    /// The ID.
    #[must_use]
    #[inline]
    pub const fn tag(&self) -> Tag {
        self.tag
    }

    /// The IDs of the templates around, then the object's own.
    #[must_use]
    #[inline]
    pub fn path(&self) -> Path {
        // A run is only opened if its objects still have a path.
        self.parent.join(self.tag).unwrap_or(self.parent)
    }

    /// The length of the value in characters, 1 to 99.
    #[must_use]
    #[inline]
    pub const fn length(&self) -> usize {
        self.length as usize
    }

    /// The header's first byte in the caller's text.
    #[must_use]
    #[inline]
    pub const fn offset(&self) -> usize {
        self.value_offset().wrapping_sub(HEADER)
    }

    /// The value's first byte in the caller's text.
    #[must_use]
    #[inline]
    pub const fn value_offset(&self) -> usize {
        self.source.base.wrapping_add(self.start)
    }

    /// The first byte after the value in the caller's text.
    #[must_use]
    #[inline]
    pub const fn end(&self) -> usize {
        self.value_offset().wrapping_add(self.value.len())
    }

    /// The value as it is in the text.
    #[must_use]
    #[inline]
    pub fn value(&self) -> &'a str {
        // Both ends are ends of characters, which is how the object was found.
        self.source.text.get(self.start..self.source_end()).unwrap_or_default()
    }

    /// The bytes of the value.
    #[must_use]
    #[inline]
    pub const fn value_bytes(&self) -> &'a [u8] {
        self.value
    }

    /// Header and value as they are in the text.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        self.source.text.get(self.start.wrapping_sub(HEADER)..self.source_end()).unwrap_or_default()
    }

    /// The byte after the value in the source.
    #[inline]
    pub(super) const fn source_end(&self) -> usize {
        self.start.wrapping_add(self.value.len())
    }

    /// Whether every character of the value is one of 0x20 to 0x7E, the specification's ans (MPM 1.1, 1.4.1).
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.source.plain.covers(self.start, self.source_end()) || is_plain(self.value)
    }
}

impl fmt::Debug for DataObject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataObject({} at byte {}, {} characters)", self.path(), self.offset(), self.length)
    }
}

/// As its path and value.
#[cfg(feature = "serde")]
impl ::serde::Serialize for DataObject<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut object = serializer.serialize_struct("DataObject", 2)?;
        object.serialize_field("path", &self.path())?;
        object.serialize_field("value", self.value())?;
        object.end()
    }
}
