//! Runs of data objects, read laxly, and the leaves of a text.

use core::fmt;

use super::cursor::Cursor;
use super::object::{DataObject, Source};
use crate::digits::pair;
use crate::error::Error;
use crate::path::Path;
use crate::tag::{Tag, TagSet};

impl<'a> DataObject<'a> {
    /// The value read as a run of data objects, laxly: see [`read`].
    ///
    /// Beyond [`Path::MAX_DEPTH`] the run ends at once with [`ErrorKind::TooDeep`](crate::ErrorKind::TooDeep).
    #[must_use]
    pub fn objects(&self) -> DataObjects<'a> {
        DataObjects { cursor: self.cursor(), ended: false }
    }

    /// The first object with this ID in the value, read laxly.
    pub(crate) fn first_inside(&self, tag: Tag) -> Option<DataObject<'a>> {
        self.objects().map_while(Result::ok).find(|object| object.tag() == tag)
    }

    /// The value of the first 00 in the value, read laxly: the identifier of a template.
    pub(crate) fn guid_bytes(&self) -> Option<&'a [u8]> {
        // It comes first in nearly all templates.
        if let [b'0', b'0', tens @ b'0'..=b'3', ones @ b'0'..=b'9', rest @ ..] = self.value_bytes() {
            let length = usize::from(pair([*tens, *ones])?);
            if let Some(guid) = rest.get(..length)
                && guid.is_ascii()
            {
                return Some(guid);
            }
        }
        self.guid_behind_others()
    }

    #[cold]
    #[inline(never)]
    fn guid_behind_others(&self) -> Option<&'a [u8]> {
        self.first_inside(Tag::GLOBALLY_UNIQUE_IDENTIFIER).map(|guid| guid.value_bytes())
    }

    #[inline]
    pub(super) fn cursor(&self) -> Cursor<'a> {
        Cursor::new(self.source, self.value, self.source_end(), self.path())
    }
}

/// Reads `text` as a run of data objects, laxly.
///
/// Yields every data object up to the first fault of shape (an ID or length that is not two digits, a length of zero, a
/// value or header cut short), then that fault, then nothing. Faults other than shape do not stop it: a wrong CRC, an
/// ID that occurs twice, a first object other than 00.
///
/// ```
/// let mut run = emvqr::tlv::read("000201590xABC");
/// assert_eq!(run.next().unwrap().unwrap().value(), "01");
/// let fault = run.next().unwrap().unwrap_err();
/// assert_eq!(fault.to_string(), "length is not two digits, in data object 59 at byte 6");
/// assert!(run.next().is_none());
/// ```
#[must_use]
pub fn read(text: &str) -> DataObjects<'_> {
    DataObjects { cursor: Cursor::new(Source::new(text), text.as_bytes(), text.len(), Path::ROOT), ended: false }
}

/// The data objects of a run in wire order: see [`read`].
#[derive(Clone)]
pub struct DataObjects<'a> {
    pub(super) cursor: Cursor<'a>,
    pub(super) ended: bool,
}

impl DataObjects<'_> {
    /// The first byte that has not been read yet, in the caller's text.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.cursor.source.base.wrapping_add(self.cursor.place())
    }
}

impl<'a> Iterator for DataObjects<'a> {
    type Item = Result<DataObject<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended || self.cursor.left.is_empty() {
            return None;
        }
        if !self.cursor.is_too_deep()
            && let Some(object) = self.cursor.next()
        {
            return Some(Ok(object));
        }
        self.ended = true;
        Some(Err(self.cursor.fault()))
    }
}

impl core::iter::FusedIterator for DataObjects<'_> {}

impl fmt::Debug for DataObjects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataObjects({} at byte {})", self.cursor.parent, self.offset())
    }
}

/// The data objects of a run without a fault of shape, in wire order: see [`Payload::iter`](crate::Payload::iter) and
/// [`Template::iter`](super::Template::iter).
#[derive(Clone, Debug)]
#[must_use = "an iterator does nothing until it is asked for items"]
pub struct Iter<'a>(DataObjects<'a>);

impl<'a> Iter<'a> {
    pub(super) const fn of(cursor: Cursor<'a>) -> Self {
        Self(DataObjects { cursor, ended: false })
    }
}

impl<'a> From<Iter<'a>> for Leaves<'a> {
    fn from(iter: Iter<'a>) -> Self {
        Self::of(iter.0.cursor)
    }
}

impl<'a> Iterator for Iter<'a> {
    type Item = DataObject<'a>;

    fn next(&mut self) -> Option<DataObject<'a>> {
        self.0.cursor.next()
    }
}

impl core::iter::FusedIterator for Iter<'_> {}

/// The leaves of `text` in wire order, laxly: a template that EMVCo defines is opened when its value is a well-formed
/// run of data objects, and everything else is one leaf.
///
/// Templates are 26-51, 62, 64 and 80-99, and inside 62 also 62-50 to 62-99 (MPM 1.1, Table 3.6). Like [`read`] it ends
/// with the first fault of shape of the root.
///
/// ```
/// let leaves: Vec<_> = emvqr::tlv::leaves("62090105ABC12").flatten().map(|leaf| leaf.path().to_string()).collect();
/// assert_eq!(leaves, ["62-01"]);
/// ```
#[must_use]
pub fn leaves(text: &str) -> Leaves<'_> {
    Leaves::of(read(text).cursor)
}

/// The leaves of a root object in wire order: itself, if it is not opened.
pub(crate) fn leaves_of(object: DataObject<'_>) -> impl Iterator<Item = DataObject<'_>> {
    let inside = opened(&object).map(Leaves::of);
    let whole = if inside.is_some() { None } else { Some(object) };
    whole.into_iter().chain(inside.into_iter().flat_map(Leaves::objects))
}

/// What is inside a template that EMVCo defines. `None` if it is not one, or its value is not a run of data objects.
#[inline]
fn opened<'a>(object: &DataObject<'a>) -> Option<Cursor<'a>> {
    const ADDITIONAL: Path = Path::of(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE);
    let templates = match object.parent {
        Path::ROOT => TagSet::ROOT_TEMPLATES,
        ADDITIONAL => TagSet::ADDITIONAL_TEMPLATES,
        _ => return None,
    };
    if !templates.contains(object.tag) {
        return None;
    }
    let cursor = object.cursor();
    let mut walk = cursor;
    while walk.next().is_some() {}
    walk.left.is_empty().then_some(cursor)
}

/// The leaves of a text in wire order: see [`leaves`].
#[derive(Clone)]
pub struct Leaves<'a> {
    /// What is left of the root, of a template in it that is open, and of one in that.
    levels: [Cursor<'a>; 3],
    /// How many templates are open.
    depth: usize,
    ended: bool,
}

impl<'a> Leaves<'a> {
    const fn of(root: Cursor<'a>) -> Self {
        Self { levels: [root; 3], depth: 0, ended: false }
    }

    /// The leaves up to a fault, if there is one.
    pub(crate) fn objects(mut self) -> impl Iterator<Item = DataObject<'a>> + Clone + use<'a> {
        core::iter::from_fn(move || self.object())
    }

    #[inline]
    fn object(&mut self) -> Option<DataObject<'a>> {
        loop {
            let Some(object) = self.levels.get_mut(self.depth)?.next() else {
                // An open template is a run to its end.
                self.depth = self.depth.checked_sub(1)?;
                continue;
            };
            let inside = self.levels.get_mut(self.depth.wrapping_add(1)).zip(opened(&object));
            let Some((place, cursor)) = inside else { return Some(object) };
            *place = cursor;
            self.depth = self.depth.wrapping_add(1);
        }
    }
}

impl<'a> Iterator for Leaves<'a> {
    type Item = Result<DataObject<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if let Some(object) = self.object() {
            return Some(Ok(object));
        }
        self.ended = true;
        let [root, ..] = &self.levels;
        if root.left.is_empty() { None } else { Some(Err(root.fault())) }
    }
}

impl core::iter::FusedIterator for Leaves<'_> {}

impl fmt::Debug for Leaves<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [root, ..] = &self.levels;
        write!(f, "Leaves(at byte {})", root.source.base.wrapping_add(root.place()))
    }
}

/// Whether EMVCo defines the object at `path` as a template: 26-51, 62, 62-50 to 62-99, 64, 80-99.
#[must_use]
pub const fn is_template(path: Path) -> bool {
    match (path.depth(), path.root(), path.sub()) {
        (1, Some(root), _) => TagSet::ROOT_TEMPLATES.contains(root),
        (2, Some(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE), Some(sub)) => TagSet::ADDITIONAL_TEMPLATES.contains(sub),
        _ => false,
    }
}
