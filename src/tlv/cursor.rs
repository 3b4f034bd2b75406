//! The walk of a run of data objects.

use super::object::{DataObject, HEADER, Source};
use crate::characters::{Plain, measure};
use crate::digits::{are_digits, pair, pairs};
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::tag::Tag;

/// A place in a run that is being walked. What is left of the run shrinks from the front, so that the comparisons which
/// check a length also check the cut, and nothing needs to be compared twice.
///
/// ```text
/// left    | plain | characters of any kind | plain |
/// mixed           |<------------------------------>|   a value that leaves at least so many bytes is plain
/// plain                                    |<----->|   once no more than so many are left, all of them are plain
/// ```
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) source: Source<'a>,
    /// The path of the template that the run is the value of.
    pub(super) parent: Path,
    pub(super) left: &'a [u8],
    /// Where the run ends in the source.
    pub(super) end: usize,
    /// What is left is plain but for its last `mixed` bytes.
    mixed: usize,
    /// The last `plain` bytes are plain again.
    plain: usize,
}

impl<'a> Cursor<'a> {
    #[inline]
    pub(super) const fn new(source: Source<'a>, left: &'a [u8], end: usize, parent: Path) -> Self {
        let Plain { until, from } = source.plain;
        Self { source, parent, left, end, mixed: end.saturating_sub(until), plain: end.saturating_sub(from) }
    }

    /// Whether its objects would have no path.
    #[inline]
    pub(super) const fn is_too_deep(&self) -> bool {
        self.parent.depth() >= Path::MAX_DEPTH
    }

    /// Where what is left begins in the source.
    #[inline]
    pub(super) const fn place(&self) -> usize {
        self.end.wrapping_sub(self.left.len())
    }

    /// What is left.
    pub(super) fn text(&self) -> &'a str {
        self.source.text.get(self.place()..self.end).unwrap_or_default()
    }

    /// Takes the next object. Leaves all as it is at the end, and if there is no object.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<DataObject<'a>> {
        let (digits, left) = self.left.split_first_chunk::<HEADER>()?;
        let (tag, length @ 1..) = header(*digits)? else { return None };
        let mut cursor = Self { left, ..*self };
        let object = cursor.take(tag, length)?;
        *self = cursor;
        Some(object)
    }

    /// Takes `length` characters as the value of an object, or `None` if fewer are left.
    #[inline(always)]
    fn take(&mut self, tag: Tag, length: u8) -> Option<DataObject<'a>> {
        let start = self.place();
        let count = usize::from(length);
        let (value, left) = match self.left.split_at_checked(count) {
            Some((value, left)) if left.len() >= self.mixed => (value, left),
            _ if self.left.len() <= self.plain => {
                // From here on all is plain.
                self.mixed = 0;
                self.left.split_at_checked(count)?
            }
            _ => self.left.split_at_checked(measure(self.left, count))?,
        };
        self.left = left;
        Some(DataObject { source: self.source, start, value, parent: self.parent, tag, length })
    }

    /// Says what keeps it from going on.
    #[cold]
    #[inline(never)]
    pub(super) fn fault(self) -> Error {
        let (at, rest) = (self.source.base.wrapping_add(self.place()), self.text());
        if self.is_too_deep() {
            return Error::new(ErrorKind::TooDeep, self.parent, at, rest.len());
        }
        // The header in whole characters, so that a caret under it does not cut one.
        let length = rest.char_indices().nth(HEADER).map_or(rest.len(), |(end, _)| end);
        let fault = |kind, path| Error::new(kind, path, at, length);
        let Some([id @ .., tens, ones]) = rest.as_bytes().first_chunk::<HEADER>() else {
            return fault(ErrorKind::HeaderTruncated, self.parent);
        };
        let Some(path) = pair(*id).and_then(|id| self.parent.join(Tag::of_digits(id))) else {
            return fault(ErrorKind::IdNotDigits, self.parent);
        };
        let Some(length) = pair([*tens, *ones]) else {
            return fault(ErrorKind::LengthNotDigits, path);
        };
        if length == 0 {
            return fault(ErrorKind::LengthZero, path);
        }
        // The header is ASCII, so it is four characters; fewer than `length`, at most 99, are left after it.
        let available = rest.chars().skip(HEADER).take(usize::from(length)).fold(0_u8, |n, _| n.saturating_add(1));
        fault(ErrorKind::ValueOverrun { length, available }, path)
    }
}

/// The ID and length that a header writes, or `None` if it is not four digits.
#[inline(always)]
pub(crate) fn header(digits: [u8; HEADER]) -> Option<(Tag, u8)> {
    if !are_digits(digits) {
        return None;
    }
    let [id, length] = pairs(digits);
    Some((Tag::of_digits(id), length))
}
