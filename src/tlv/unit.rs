//! The units in which writers count lengths, and texts that fit more than one of them.

use super::header;
use crate::tag::Tag;

/// What a writer may have counted as the length of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LengthUnit {
    /// Unicode scalar values, as the specification says.
    Characters,
    /// Bytes of UTF-8, as several ports do.
    Bytes,
    /// UTF-16 units, as JavaScript and Java code does: other than characters only beyond U+FFFF.
    Utf16,
}

impl LengthUnit {
    /// Whether a text, given by its bytes, is a run of data objects from 00 to 63 if lengths count this unit.
    fn fits(self, mut bytes: impl Iterator<Item = u8>) -> bool {
        let mut last = None;
        while let Some(id) = bytes.next() {
            let (Some(ones), Some(c), Some(d)) = (bytes.next(), bytes.next(), bytes.next()) else { return false };
            let Some((tag, length @ 1..)) = header([id, ones, c, d]) else { return false };
            let is_in_place = last.is_some() || tag == Tag::PAYLOAD_FORMAT_INDICATOR;
            if !is_in_place || self.skip(&mut bytes, length.into()).is_none() {
                return false;
            }
            last = Some(tag);
        }
        last == Some(Tag::CRC)
    }

    /// Takes `length` units, which must not end inside a character.
    fn skip(self, bytes: &mut impl Iterator<Item = u8>, mut length: usize) -> Option<()> {
        if self == Self::Bytes {
            return bytes.nth(length.checked_sub(1)?).map(|_| ());
        }
        while length > 0 {
            let (units, further) = match bytes.next()? {
                0..0xC0 => (1, 0),
                0xC0..0xE0 => (1, 1),
                0xE0..0xF0 => (1, 2),
                0xF0.. => (if self == Self::Utf16 { 2 } else { 1 }, 3),
            };
            length = length.checked_sub(units)?;
            for _ in 0..further {
                bytes.next()?;
            }
        }
        Some(())
    }
}

/// Whether a wire-valid text, given by its bytes, is also a run of data objects from 00 to 63, and another one, if its
/// lengths count bytes or UTF-16 units. So only if it has other characters than ASCII.
pub(crate) fn are_ambiguous(bytes: impl Iterator<Item = u8> + Clone) -> bool {
    let highest = bytes.clone().fold(0, u8::max);
    highest >= 0x80 && LengthUnit::Bytes.fits(bytes.clone()) || highest >= 0xF0 && LengthUnit::Utf16.fits(bytes)
}

/// The unit that the lengths of `text` were counted in: the first of characters, bytes and UTF-16 units under which it
/// is a run of data objects from 00 to 63; `None` if there is none.
///
/// A diagnosis for texts that [`Payload::parse`](crate::Payload::parse) refuses; reading is always by characters. Only the
/// root is looked at, so a text whose writer counted bytes may fit by characters, too, with other objects in it.
///
/// ```
/// use emvqr::tlv::{LengthUnit, length_unit};
///
/// // The name has 8 characters, 10 bytes.
/// assert_eq!(length_unit("0002015910Caffè Tè63040000"), Some(LengthUnit::Bytes));
/// assert_eq!(length_unit("0002015908Caffè Tè63040000"), Some(LengthUnit::Characters));
/// ```
#[must_use]
pub fn length_unit(text: &str) -> Option<LengthUnit> {
    [LengthUnit::Characters, LengthUnit::Bytes, LengthUnit::Utf16].into_iter().find(|unit| unit.fits(text.bytes()))
}
