//! Paths of data objects.

use core::fmt;
use core::str::FromStr;

use crate::digits::pair;
use crate::invalid::InvalidValue;
use crate::tag::{INVALID_ID, Tag};

const INVALID: InvalidValue = InvalidValue::new("path", "at most seven IDs of two digits with '-' between them");

/// The way to a data object: the IDs of the templates around it, then its own (`62`, `62-08`, `62-50-01`).
///
/// Ordered as the objects are numbered: `62`, `62-01`, `62-50`, `62-50-01`, `63`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(
    /// Seven IDs from the highest byte down, zeros behind the last one, and their number in the lowest byte: so paths
    /// compare as numbers.
    u64,
);

impl Path {
    /// The deepest path that can be written down. EMVCo's own tables reach 3, and 4 is the deepest seen in the field.
    pub const MAX_DEPTH: usize = 7;

    /// The path of the payload itself: no ID. Displayed as nothing.
    pub const ROOT: Self = Self(0);

    /// The path of a root object.
    #[must_use]
    #[inline]
    pub const fn of(tag: Tag) -> Self {
        Self((tag.get() as u64) << 56 | 1)
    }

    /// The path of `tag` inside the object at this path, or `None` beyond [`MAX_DEPTH`](Self::MAX_DEPTH).
    #[must_use]
    #[inline]
    pub const fn join(self, tag: Tag) -> Option<Self> {
        let depth = self.0 & 0xFF;
        if self.depth() >= Self::MAX_DEPTH {
            return None;
        }
        let place = 56_u64.wrapping_sub(depth.wrapping_mul(8));
        Some(Self((self.0 | (tag.get() as u64) << place).wrapping_add(1)))
    }

    /// The path of the template around; `None` for the root itself.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        let depth = self.0 & 0xFF;
        if depth == 0 {
            return None;
        }
        let place = 64_u64.wrapping_sub(depth.wrapping_mul(8));
        Some(Self((self.0 & !(0xFF << place)).wrapping_sub(1)))
    }

    /// How many IDs the path has, 0 to [`MAX_DEPTH`](Self::MAX_DEPTH).
    #[must_use]
    #[inline]
    pub const fn depth(self) -> usize {
        (self.0 & 0xFF) as usize
    }

    /// The object's own ID; `None` for the root itself.
    #[must_use]
    #[inline]
    pub const fn tag(self) -> Option<Tag> {
        let behind = 64_u64.wrapping_sub((self.0 & 0xFF).wrapping_mul(8));
        if self.depth() == 0 { None } else { Some(Tag::of_digits((self.0 >> behind & 0xFF) as u8)) }
    }

    /// The ID of the root object that the path leads through; `None` for the root itself.
    #[must_use]
    #[inline]
    pub const fn root(self) -> Option<Tag> {
        let [root, ..] = self.0.to_be_bytes();
        if self.depth() == 0 { None } else { Some(Tag::of_digits(root)) }
    }

    /// The IDs as numbers, 0 behind the last one; the last byte is how many there are.
    #[inline]
    pub(crate) const fn ids(self) -> [u8; 8] {
        self.0.to_be_bytes()
    }

    /// The ID directly inside the root object; `None` if the path is no deeper than that.
    #[inline]
    pub(crate) const fn sub(self) -> Option<Tag> {
        let [_, sub, ..] = self.ids();
        if self.depth() < 2 { None } else { Some(Tag::of_digits(sub)) }
    }

    /// The IDs from the root object inwards.
    pub fn tags(self) -> impl DoubleEndedIterator<Item = Tag> + ExactSizeIterator {
        self.0.to_be_bytes().into_iter().take(self.depth()).map(Tag::of_digits)
    }

    /// Whether `self` is `other`, or a template around it.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        let behind = 64_u64.wrapping_sub((self.0 & 0xFF).wrapping_mul(8));
        self.depth() <= other.depth() && (self.depth() == 0 || (self.0 ^ other.0) >> behind == 0)
    }
}

impl From<Tag> for Path {
    fn from(tag: Tag) -> Self {
        Self::of(tag)
    }
}

impl TryFrom<&str> for Path {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        text.parse()
    }
}

/// By its text: `62-01`.
impl PartialEq<str> for Path {
    fn eq(&self, other: &str) -> bool {
        other.parse() == Ok(*self)
    }
}

impl PartialEq<&str> for Path {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl Path {
    /// The digits with hyphens, in as much of the buffer as they take.
    fn write_into(self, buffer: &mut [u8; 3 * Self::MAX_DEPTH]) -> &str {
        let mut length = 0_usize;
        for (place, tag) in buffer.chunks_exact_mut(3).zip(self.tags()) {
            let [tens, ones] = tag.digits();
            if let [first, second, hyphen] = place {
                (*first, *second, *hyphen) = (tens, ones, b'-');
            }
            length = length.saturating_add(3);
        }
        let text = buffer.get(..length.saturating_sub(1)).unwrap_or_default();
        core::str::from_utf8(text).unwrap_or_default()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.write_into(&mut [0; 3 * Self::MAX_DEPTH]))
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Path {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.write_into(&mut [0; 3 * Self::MAX_DEPTH]))
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Path {
    type Err = InvalidValue;

    /// Reads two-digit IDs with `-` between them; the empty text is [`Path::ROOT`].
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        if text.is_empty() {
            return Ok(Self::ROOT);
        }
        let mut ids = text.as_bytes().split(|byte| *byte == b'-');
        ids.try_fold(Self::ROOT, |path, id| {
            let digits = id.try_into().ok().and_then(pair).ok_or(INVALID_ID)?;
            path.join(Tag::of_digits(digits)).ok_or(INVALID)
        })
    }
}
