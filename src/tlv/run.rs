//! Runs of data objects, read laxly, and the leaves of a text.

use core::fmt;

use super::cursor::Cursor;
use super::object::{DataObject, Source};
use crate::error::Error;
use crate::tag::{Path, Tag};

impl<'a> DataObject<'a> {
    /// The value read as a run of data objects, laxly: see [`read`].
    ///
    /// Beyond [`Path::MAX_DEPTH`] the run ends at once with [`ErrorKind::TooDeep`](crate::ErrorKind::TooDeep).
    #[must_use]
    pub fn objects(&self) -> DataObjects<'a> {
        DataObjects { cursor: self.cursor(), ended: false }
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
    Leaves { levels: [Some(read(text)), None, None] }
}

/// The leaves of a root object in wire order: itself, if it is not opened.
pub(crate) fn leaves_of(object: DataObject<'_>) -> impl Iterator<Item = DataObject<'_>> {
    let is_opened = is_template(object.path()) && object.objects().all(|inner| inner.is_ok());
    let inside = is_opened.then(|| Leaves { levels: [Some(object.objects()), None, None] });
    let whole = if is_opened { None } else { Some(object) };
    whole.into_iter().chain(inside.into_iter().flatten().flatten())
}

/// The leaves of a text in wire order: see [`leaves`].
#[derive(Clone, Debug)]
pub struct Leaves<'a> {
    /// The runs being read: the root, a template in it, a template in that.
    levels: [Option<DataObjects<'a>>; 3],
}

impl<'a> Iterator for Leaves<'a> {
    type Item = Result<DataObject<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let depth = self.levels.iter().rposition(Option::is_some)?;
            let level = self.levels.get_mut(depth)?;
            let Some(item) = level.as_mut()?.next() else {
                *level = None;
                continue;
            };
            match (item, self.levels.get_mut(depth.saturating_add(1))) {
                (Ok(object), Some(inner)) if is_template(object.path()) && object.objects().all(|o| o.is_ok()) => {
                    *inner = Some(object.objects());
                }
                (item, _) => return Some(item),
            }
        }
    }
}

impl core::iter::FusedIterator for Leaves<'_> {}

/// Whether EMVCo defines the object at `path` as a template: 26-51, 62, 62-50 to 62-99, 64, 80-99.
#[must_use]
pub fn is_template(path: Path) -> bool {
    let mut tags = path.tags().map(Tag::get);
    matches!(
        (tags.next(), tags.next(), tags.next()),
        (Some(26..=51 | 62 | 64 | 80..=99), None, _) | (Some(62), Some(50..=99), None)
    )
}
