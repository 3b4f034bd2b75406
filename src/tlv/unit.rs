//! The units in which writers count lengths, and texts that fit more than one of them.

use core::fmt;

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
    /// Grapheme clusters, as code in Swift and Elixir does: a letter with its marks is one.
    Clusters,
}

impl fmt::Display for LengthUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
            Self::Utf16 => "UTF-16 units",
            Self::Clusters => "grapheme clusters",
        })
    }
}

/// Whether a text is a run of data objects that ends with 63, if lengths count bytes.
fn fits_in_bytes(text: &str) -> bool {
    let (mut place, mut last) = (0_usize, None);
    while place < text.len() {
        let read = text
            .as_bytes()
            .get(place..)
            .and_then(<[u8]>::first_chunk)
            .and_then(|digits| header(*digits))
            .filter(|(_, length)| *length > 0);
        let Some((tag, length)) = read else { return false };
        place = place.wrapping_add(4).wrapping_add(length.into());
        last = Some(tag);
    }
    place == text.len() && last == Some(Tag::CRC)
}

/// Whether a text is a run of data objects that ends with 63, if lengths count units, of which a character has as many as its first
/// byte tells.
fn fits_in_units(text: &str, units: impl Fn(u8) -> usize) -> bool {
    let mut bytes = text.bytes();
    let mut last = None;
    while let Some(id) = bytes.next() {
        let (Some(ones), Some(c), Some(d)) = (bytes.next(), bytes.next(), bytes.next()) else { return false };
        let read = header([id, ones, c, d]).filter(|(_, length)| *length > 0);
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
        LengthUnit::Characters => fits_in_units(text, |_| 1),
        LengthUnit::Bytes => fits_in_bytes(text),
        LengthUnit::Utf16 => fits_in_units(text, |c| if c >= 0xF0 { 2 } else { 1 }),
        LengthUnit::Clusters => false,
    };
    let units = [LengthUnit::Characters, LengthUnit::Bytes, LengthUnit::Utf16];
    units.into_iter().find(|unit| text.starts_with("00") && fits(unit))
}
