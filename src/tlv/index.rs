//! Where the root objects of a payload are.

use super::cursor::Cursor;
use super::object::{DataObject, Source};
use super::run::Iter;
use crate::characters::{Plain, measure};
use crate::digits::pairs;
use crate::path::Path;
use crate::tag::{Tag, TagSet};

/// Where each ID of the root is. The values are cut out of the text when they are asked for, which is much cheaper
/// than filling a struct of them: most are never looked at.
#[derive(Clone)]
pub(crate) struct Index {
    /// By ID: where the value starts; 0, where none can start, for an ID that does not occur. 16 bits suffice: a run
    /// without a repeated ID has at most 40,000 bytes.
    values: [u16; 100],
    pub(crate) tags: TagSet,
    pub(crate) plain: Plain,
}

impl Index {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self { values: [0; 100], tags: TagSet::EMPTY, plain: Plain::ALL }
    }

    /// Walks the root, and says whether it is a run of data objects without a repeated ID.
    ///
    /// In place: an index is too large to be moved about.
    #[inline]
    pub(crate) fn fill(&mut self, text: &str) -> bool {
        self.plain = Plain::of(text.as_bytes());
        let source = Source { text, base: 0, plain: self.plain };
        let mut cursor = Cursor::new(source, text.as_bytes(), text.len(), Path::ROOT);
        while let Some(object) = cursor.next() {
            match self.values.get_mut(usize::from(object.tag.get())) {
                #[expect(clippy::cast_possible_truncation, reason = "see the field: a longer run repeats an ID")]
                Some(place @ 0) => *place = object.start as u16,
                _ => return false,
            }
            self.tags.insert(object.tag);
        }
        cursor.left.is_empty()
    }

    /// Walks the root of any text up to its first fault. Of several objects with one ID the first counts; objects too far for a
    /// place of 16 bits do not.
    pub(crate) fn fill_up_to_fault(&mut self, text: &str) {
        self.plain = Plain::of(text.as_bytes());
        let source = Source { text, base: 0, plain: self.plain };
        let mut cursor = Cursor::new(source, text.as_bytes(), text.len(), Path::ROOT);
        while let Some(object) = cursor.next() {
            let Ok(start) = u16::try_from(object.start) else { break };
            if let Some(place @ 0) = self.values.get_mut(usize::from(object.tag.get())) {
                *place = start;
            }
            self.tags.insert(object.tag);
        }
    }

    /// Notes where a value starts in a text that is being written. `false` if its ID was there before.
    #[inline]
    pub(crate) fn put(&mut self, tag: Tag, start: usize) -> bool {
        let place = self.values.get_mut(usize::from(tag.get())).filter(|place| **place == 0);
        let is_new = place.is_some();
        if let Some(place) = place {
            #[expect(clippy::cast_possible_truncation, reason = "see the field: a longer run repeats an ID")]
            let start = start as u16;
            *place = start;
        }
        self.tags.insert(tag);
        is_new
    }

    /// Notes where the CRC starts, of which a place may have been noted before.
    pub(crate) fn put_crc(&mut self, start: usize) {
        self.values[63] = 0;
        self.put(Tag::CRC, start);
    }

    /// Whether the last object of a text of that many `bytes` is 63, with four of them.
    #[inline]
    pub(crate) fn ends_with_crc(&self, bytes: usize) -> bool {
        usize::from(self.values[63]).wrapping_add(4) == bytes
    }

    /// Where the value with this ID starts; 0 for an ID that does not occur.
    pub(crate) fn start(&self, tag: Tag) -> usize {
        self.values.get(usize::from(tag.get())).copied().unwrap_or_default().into()
    }

    /// Where the header of the object starts that holds the byte at `place`.
    pub(crate) fn header_before(&self, place: usize) -> usize {
        let starts = self.tags.iter().filter_map(|tag| self.values.get(usize::from(tag.get())));
        let header = starts.map(|start| usize::from(*start).wrapping_sub(4)).filter(|header| *header <= place).max();
        header.unwrap_or_default()
    }

    /// The bytes of a text that are perhaps not plain.
    pub(crate) fn mixed<'a>(&self, text: &'a str) -> &'a [u8] {
        self.plain.mixed(text.as_bytes())
    }

    /// The objects in wire order.
    pub(crate) fn objects<'a>(&self, text: &'a str) -> Iter<'a> {
        let source = Source { text, base: 0, plain: self.plain };
        Iter::of(Cursor::new(source, text.as_bytes(), text.len(), Path::ROOT))
    }

    #[inline]
    pub(crate) fn get<'a>(&self, text: &'a str, tag: Tag) -> Option<DataObject<'a>> {
        let start = usize::from(*self.values.get(usize::from(tag.get()))?);
        // The length's two digits are in front of the value; for an ID that does not occur there is nothing in front.
        let (before, left) = text.as_bytes().split_at_checked(start)?;
        let [.., tens, ones] = *before else { return None };
        let [length, _] = pairs([tens, ones, b'0', b'0']);
        let count = usize::from(length);
        let value = if self.plain.covers(start, start.wrapping_add(count)) {
            left.get(..count)?
        } else {
            left.get(..measure(left, count))?
        };
        let source = Source { text, base: 0, plain: self.plain };
        Some(DataObject { source, start, value, parent: Path::ROOT, tag, length })
    }
}
