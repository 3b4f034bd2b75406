//! Templates, with look-up by ID.

use core::fmt;

use super::cursor::Cursor;
use super::object::{DataObject, Source};
use super::run::Iter;
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::tag::{Tag, TagSet, Tags};

/// The content of a template: a well-formed run of data objects, with look-up by ID.
///
/// ```
/// use emvqr::{Tag, tlv::Template};
///
/// let template = Template::parse("0016A00000067701011101130066812223333")?;
/// assert_eq!(template.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).unwrap().value(), "A000000677010111");
/// # Ok::<(), emvqr::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Template<'a> {
    /// Nothing of it has been read.
    cursor: Cursor<'a>,
    /// Whether each ID is greater than the one before, as most writers number, so that none occurs twice.
    ascending: bool,
}

impl<'a> Template<'a> {
    /// Reads the bare value of a template that is not in a payload. Offsets and paths count from it.
    ///
    /// # Errors
    ///
    /// The first fault of shape; [`ErrorKind::ValueEmpty`] for no text at all; [`ErrorKind::ValueTooLong`] for more than 99
    /// characters, which no template can hold.
    pub fn parse(value: &'a str) -> Result<Self, Error> {
        if value.is_empty() {
            return Err(Error::new(ErrorKind::ValueEmpty, Path::ROOT, 0, 0));
        }
        if let Some((excess, _)) = value.char_indices().nth(99) {
            let length = value.len().saturating_sub(excess);
            return Err(Error::new(ErrorKind::ValueTooLong, Path::ROOT, excess, length));
        }
        Self::of(Cursor::new(Source::new(value), value.as_bytes(), value.len(), Path::ROOT))
    }

    /// Walks a template once. No index is kept: a template has a handful of objects, and the first is asked for most.
    fn of(cursor: Cursor<'a>) -> Result<Self, Error> {
        let mut walk = cursor;
        let (mut ascending, mut least) = (true, 0);
        while let Some(object) = walk.next() {
            ascending &= object.tag.get() >= least;
            least = object.tag.get().wrapping_add(1);
        }
        if walk.left.is_empty() { Ok(Self { cursor, ascending }) } else { Err(walk.fault()) }
    }

    /// The object with this ID, the first in wire order if it is [repeated](Self::repeated).
    #[must_use]
    pub fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        let mut cursor = self.cursor;
        loop {
            let object = cursor.next()?;
            if object.tag == tag {
                return Some(object);
            }
            if self.ascending && object.tag > tag {
                return None;
            }
        }
    }

    /// The object with this ID, unless it is [repeated](Self::repeated): for values that must not be ambiguous.
    #[must_use]
    pub fn sole(&self, tag: Tag) -> Option<DataObject<'a>> {
        if self.repeated().contains(tag) { None } else { self.get(tag) }
    }

    /// The IDs that occur.
    #[must_use]
    pub fn tags(&self) -> TagSet {
        self.iter().map(|object| object.tag).collect()
    }

    /// The IDs that occur more than once, against MPM 1.1, 4.3.1.2. Who is paid is then ambiguous.
    #[must_use]
    #[inline]
    pub fn repeated(&self) -> TagSet {
        if self.ascending { TagSet::EMPTY } else { self.look_for_repeated() }
    }

    #[cold]
    fn look_for_repeated(&self) -> TagSet {
        let mut seen = TagSet::EMPTY;
        self.iter().map(|object| object.tag).filter(|tag| seen.insert(*tag)).collect()
    }

    /// The objects in wire order.
    pub const fn iter(&self) -> Iter<'a> {
        Iter::of(self.cursor)
    }

    /// The first object of each ID, by ID, which is the order of findings.
    #[inline]
    #[must_use]
    pub fn by_tag(&self) -> ByTag<'a> {
        let left = if self.ascending { TagSet::EMPTY } else { self.tags() };
        ByTag { template: *self, left: left.iter() }
    }

    /// The path of the template; [`Path::ROOT`] for one that is not in a payload.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.cursor.parent
    }

    /// The byte after the template's last object in the caller's text.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.cursor.source.base.wrapping_add(self.cursor.end)
    }

    /// The content as it is in the text.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.cursor.text()
    }
}

impl<'a> IntoIterator for &Template<'a> {
    type Item = DataObject<'a>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl fmt::Debug for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.cursor.source.base.wrapping_add(self.cursor.place());
        write!(f, "Template({} at byte {start}, {:?})", self.path(), self.tags())
    }
}

/// The objects of a template by ID: see [`Template::by_tag`].
#[derive(Clone, Debug)]
pub struct ByTag<'a> {
    /// Where it ascends, of what is still to come.
    template: Template<'a>,
    /// Where it does not: the IDs that are still to come.
    left: Tags,
}

impl<'a> Iterator for ByTag<'a> {
    type Item = DataObject<'a>;

    fn next(&mut self) -> Option<DataObject<'a>> {
        if self.template.ascending { self.template.cursor.next() } else { self.template.get(self.left.next()?) }
    }
}

/// The objects of a template in the usual order: see [`DataObject::in_order`].
pub(crate) struct InOrder<'a> {
    cursor: Cursor<'a>,
    /// The least ID that may follow; below `demanded`, the only one.
    least: u8,
    demanded: u8,
}

impl<'a> InOrder<'a> {
    /// The next object. `None` at the end, and if the value is not such a template.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<DataObject<'a>> {
        let Self { mut cursor, least, demanded } = *self;
        let object = cursor.next()?;
        let id = object.tag.get();
        if id == least || (id > least && least >= demanded) {
            *self = Self { cursor, least: id.wrapping_add(1), demanded };
            Some(object)
        } else {
            None
        }
    }

    /// Whether the value is such a template to its end.
    #[inline(always)]
    pub(crate) fn is_whole(&self) -> bool {
        let mut rest = Self { ..*self };
        while rest.next().is_some() {}
        rest.is_at_end()
    }

    /// Whether the value is such a template, and all of it has been read.
    #[inline(always)]
    pub(crate) fn is_at_end(&self) -> bool {
        self.cursor.left.is_empty() && self.least >= self.demanded
    }
}

impl<'a> DataObject<'a> {
    /// The value read as a template: a run of data objects with look-up by ID.
    ///
    /// # Errors
    ///
    /// The first fault of shape, with its path and its place in the caller's text; or [`ErrorKind::TooDeep`].
    /// An ID that occurs twice is no fault here: see [`Template::repeated`].
    pub fn template(&self) -> Result<Template<'a>, Error> {
        let cursor = self.cursor();
        if cursor.is_too_deep() { Err(cursor.fault()) } else { Template::of(cursor) }
    }

    /// The value read, in one pass, as a template whose IDs ascend and leave out none below `demanded`, as nearly all
    /// are written. For rules that expect to find nothing.
    #[inline(always)]
    pub(crate) fn in_order(&self, demanded: u8) -> Option<InOrder<'a>> {
        let cursor = self.cursor();
        if cursor.is_too_deep() { None } else { Some(InOrder { cursor, least: 0, demanded }) }
    }

    /// The values of the template's objects 00 to `N` less one, each the first of its ID, and the IDs that it repeats: in
    /// one pass if the IDs ascend. `None` if the value is not a template.
    #[inline]
    pub(crate) fn values<const N: usize>(&self) -> Option<([Option<&'a str>; N], TagSet)> {
        let mut objects = self.in_order(0)?;
        let mut values = [None; N];
        while let Some(object) = objects.next() {
            if let Some(place) = values.get_mut(usize::from(object.tag.get())) {
                *place = Some(object.value());
            }
        }
        if objects.is_at_end() { Some((values, TagSet::EMPTY)) } else { self.values_in_any_order() }
    }

    #[cold]
    #[inline(never)]
    fn values_in_any_order<const N: usize>(&self) -> Option<([Option<&'a str>; N], TagSet)> {
        let template = self.template().ok()?;
        let mut values = [None; N];
        for (tag, place) in TagSet::ALL.iter().zip(&mut values) {
            *place = template.get(tag).map(|object| object.value());
        }
        Some((values, template.repeated()))
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::*;

    #[test]
    fn by_tag_gives_the_first_of_each_id() {
        let found = |text| -> Option<alloc::vec::Vec<(u8, usize)>> {
            let template = Template::parse(text).ok()?;
            Some(template.by_tag().map(|object| (object.tag().get(), object.offset())).collect())
        };
        assert_eq!(found("0001a0101b0301c"), Some(alloc::vec![(0, 0), (1, 5), (3, 10)]));
        assert_eq!(found("0301a0001b0301c0101d"), Some(alloc::vec![(0, 5), (1, 15), (3, 0)]));
        assert_eq!(found("0301a0301b"), Some(alloc::vec![(3, 0)]));
    }
}
