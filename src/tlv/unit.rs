//! The units in which writers count lengths, and texts that fit more than one of them.

use super::cursor::header;
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

/// Whether a payload can be cut in another way if lengths count bytes or UTF-16 units. Its first header is the same in
/// every unit. `highest` is its highest byte; before the header at `first` all is ASCII, and so cut alike in every unit.
pub(crate) fn are_ambiguous(payload: &str, highest: u8, first: usize) -> bool {
    // An empty object counts, too: readers that count in another unit are no stricter in the rest.
    highest >= 0x80 && fits_in_bytes(payload, 0, first)
        || highest >= 0xF0 && fits_in_units(payload, 0, |c| if c >= 0xF0 { 2 } else { 1 })
}

/// Whether a text is a run of data objects of at least this length that ends with 63, if lengths count bytes.
fn fits_in_bytes(text: &str, minimum: u8, mut place: usize) -> bool {
    let mut last = None;
    while place < text.len() {
        let read = text
            .as_bytes()
            .get(place..)
            .and_then(<[u8]>::first_chunk)
            .and_then(|digits| header(*digits))
            .filter(|(_, length)| *length >= minimum);
        let Some((tag, length)) = read else { return false };
        place = place.wrapping_add(4).wrapping_add(length.into());
        last = Some(tag);
    }
    place == text.len() && last == Some(Tag::CRC)
}

/// Whether a text is a run of data objects of at least this length that ends with 63, if lengths count units, of which a character has as many as
/// its first byte tells.
fn fits_in_units(text: &str, minimum: u8, units: impl Fn(u8) -> usize) -> bool {
    let mut bytes = text.bytes();
    let mut last = None;
    while let Some(id) = bytes.next() {
        let (Some(ones), Some(c), Some(d)) = (bytes.next(), bytes.next(), bytes.next()) else { return false };
        let read = header([id, ones, c, d]).filter(|(_, length)| *length >= minimum);
        let Some((tag, length)) = read else { return false };
        let mut left = usize::from(length);
        while left > 0 {
            let Some(first) = bytes.next() else { return false };
            // A value does not end inside a character.
            let Some(less) = left.checked_sub(units(first)) else { return false };
            left = less;
            let further: u8 = match first {
                0..0xC0 => 0,
                0xC0..0xE0 => 1,
                0xE0..0xF0 => 2,
                0xF0.. => 3,
            };
            for _ in 0..further {
                bytes.next();
            }
        }
        last = Some(tag);
    }
    last == Some(Tag::CRC)
}

/// The unit that the lengths of `text` were counted in: the first of characters, bytes and UTF-16 units under which it
/// is a run of data objects from 00 to 63; `None` if no unit fits.
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
    let fits = |unit: &LengthUnit| match unit {
        LengthUnit::Characters => fits_in_units(text, 1, |_| 1),
        LengthUnit::Bytes => fits_in_bytes(text, 1, 0),
        LengthUnit::Utf16 => fits_in_units(text, 1, |c| if c >= 0xF0 { 2 } else { 1 }),
    };
    let units = [LengthUnit::Characters, LengthUnit::Bytes, LengthUnit::Utf16];
    units.into_iter().find(|unit| text.starts_with("00") && fits(unit))
}
