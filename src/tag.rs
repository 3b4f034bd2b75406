//! IDs of data objects, sets of them, and paths through templates.

use core::fmt;
use core::str::FromStr;

use crate::digits::{pair, two_digits};
use crate::invalid::InvalidValue;

pub(crate) const INVALID_ID: InvalidValue = InvalidValue::new("ID", "two digits");

/// The ID of a data object: a number from 0 to 99, always written with two digits (MPM 1.1, 3.2).
///
/// What an ID means depends on the template around it: see [`Path::name`](crate::Path::name).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(u8);

macro_rules! tags {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        $($(#[$doc])* pub const $name: Tag = Tag::of_digits($id);)*
    };
}

impl Tag {
    tags! {
        /// 00 of the root.
        PAYLOAD_FORMAT_INDICATOR = 0;
        /// 00 of the templates 26-51, 62-50 to 62-99 and 80-99: the globally unique identifier of their owner.
        GLOBALLY_UNIQUE_IDENTIFIER = 0;
        /// 01 of the root.
        POINT_OF_INITIATION_METHOD = 1;
        /// 52 of the root.
        MERCHANT_CATEGORY_CODE = 52;
        /// 53 of the root.
        TRANSACTION_CURRENCY = 53;
        /// 54 of the root.
        TRANSACTION_AMOUNT = 54;
        /// 55 of the root.
        TIP_OR_CONVENIENCE_INDICATOR = 55;
        /// 56 of the root.
        CONVENIENCE_FEE_FIXED = 56;
        /// 57 of the root.
        CONVENIENCE_FEE_PERCENTAGE = 57;
        /// 58 of the root.
        COUNTRY_CODE = 58;
        /// 59 of the root.
        MERCHANT_NAME = 59;
        /// 60 of the root.
        MERCHANT_CITY = 60;
        /// 61 of the root.
        POSTAL_CODE = 61;
        /// 62 of the root.
        ADDITIONAL_DATA_FIELD_TEMPLATE = 62;
        /// 63 of the root.
        CRC = 63;
        /// 64 of the root.
        LANGUAGE_TEMPLATE = 64;
    }

    /// The ID `id`; `None` above 99.
    #[must_use]
    pub const fn new(id: u8) -> Option<Self> {
        if id <= 99 { Some(Self(id)) } else { None }
    }

    /// For numbers that are two decimal digits by construction.
    pub(crate) const fn of_digits(id: u8) -> Self {
        Self(id)
    }

    /// The number, 0 to 99.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The two digits.
    #[must_use]
    #[inline]
    pub const fn digits(self) -> [u8; 2] {
        two_digits(self.0)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<u8> for Tag {
    type Error = InvalidValue;

    fn try_from(id: u8) -> Result<Self, InvalidValue> {
        Self::new(id).ok_or(INVALID_ID)
    }
}

impl TryFrom<&str> for Tag {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        text.parse()
    }
}

impl FromStr for Tag {
    type Err = InvalidValue;

    /// Reads exactly two digits.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        text.as_bytes().try_into().ok().and_then(pair).map(Self).ok_or(INVALID_ID)
    }
}

crate::serialize::as_displayed!(Tag);

/// IDs inside the Additional Data Field Template, 62 (MPM 1.1, 4.8).
pub mod additional_data {
    use super::Tag;

    tags! {
        /// 62-01.
        BILL_NUMBER = 1;
        /// 62-02.
        MOBILE_NUMBER = 2;
        /// 62-03.
        STORE_LABEL = 3;
        /// 62-04.
        LOYALTY_NUMBER = 4;
        /// 62-05.
        REFERENCE_LABEL = 5;
        /// 62-06.
        CUSTOMER_LABEL = 6;
        /// 62-07.
        TERMINAL_LABEL = 7;
        /// 62-08.
        PURPOSE_OF_TRANSACTION = 8;
        /// 62-09.
        ADDITIONAL_CONSUMER_DATA_REQUEST = 9;
        /// 62-10, new in MPM 1.1.
        MERCHANT_TAX_ID = 10;
        /// 62-11, new in MPM 1.1.
        MERCHANT_CHANNEL = 11;
    }
}

/// IDs inside the Merchant Information - Language Template, 64 (MPM 1.1, 4.9).
pub mod language_template {
    use super::Tag;

    tags! {
        /// 64-00.
        LANGUAGE_PREFERENCE = 0;
        /// 64-01.
        MERCHANT_NAME = 1;
        /// 64-02.
        MERCHANT_CITY = 2;
    }
}

/// A set of IDs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TagSet([u64; 2]);

impl TagSet {
    /// No ID at all.
    pub const EMPTY: Self = Self([0, 0]);

    /// Every ID, 00 to 99.
    pub const ALL: Self = Self::range(Tag(0), Tag(99));

    /// All IDs from `first` to `last`, both included.
    #[must_use]
    pub const fn range(first: Tag, last: Tag) -> Self {
        let mut set = Self::EMPTY;
        let mut id = first.0;
        while id <= last.0 {
            set = set.with(Tag(id));
            id = id.wrapping_add(1);
        }
        set
    }

    /// This set and `tag`.
    #[must_use]
    pub const fn with(self, tag: Tag) -> Self {
        let [low, high] = self.0;
        let bit = 1 << (tag.0 & 63);
        if tag.0 < 64 { Self([low | bit, high]) } else { Self([low, high | bit]) }
    }

    /// The IDs of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a | c, b | d])
    }

    /// The IDs that are in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a & c, b & d])
    }

    /// The IDs of this set that are not in `other`.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a & !c, b & !d])
    }

    /// Whether `tag` is in the set.
    #[must_use]
    #[inline]
    pub const fn contains(self, tag: Tag) -> bool {
        let [low, high] = self.0;
        (if tag.0 < 64 { low } else { high }) >> (tag.0 & 63) & 1 == 1
    }

    /// Whether the set has no ID.
    #[must_use]
    #[inline]
    pub const fn is_empty(self) -> bool {
        let [low, high] = self.0;
        low | high == 0
    }

    /// Whether the set has more than one ID.
    #[inline]
    pub(crate) const fn has_several(self) -> bool {
        let [low, high] = self.0;
        // Without its lowest bit a word of one bit is empty.
        (low & low.wrapping_sub(1)) | (high & high.wrapping_sub(1)) != 0 || (low != 0 && high != 0)
    }

    /// How many IDs the set has, 0 to 100.
    #[must_use]
    pub const fn len(self) -> usize {
        let [low, high] = self.0;
        (low.count_ones() as usize).wrapping_add(high.count_ones() as usize)
    }

    /// Adds `tag`, and says whether it was there before.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "one bit chooses one of two words")]
    pub(crate) fn insert(&mut self, tag: Tag) -> bool {
        let bit = 1 << (tag.0 & 63);
        let word = &mut self.0[usize::from(tag.0) >> 6 & 1];
        let before = *word & bit != 0;
        *word |= bit;
        before
    }

    /// The lowest ID; `None` if the set is empty.
    #[must_use]
    pub fn first(self) -> Option<Tag> {
        self.iter().next()
    }

    /// The IDs in ascending order.
    #[inline]
    pub const fn iter(self) -> Tags {
        Tags(self.0)
    }
}

/// The IDs from `first` to `last`.
pub(crate) const fn ids(first: u8, last: u8) -> TagSet {
    TagSet::range(Tag::of_digits(first), Tag::of_digits(last))
}

impl IntoIterator for TagSet {
    type Item = Tag;
    type IntoIter = Tags;

    #[inline]
    fn into_iter(self) -> Tags {
        self.iter()
    }
}

/// The IDs of a set, in ascending order: see [`TagSet::iter`].
#[derive(Clone, Debug)]
#[must_use = "an iterator does nothing until it is asked for items"]
pub struct Tags([u64; 2]);

impl Iterator for Tags {
    type Item = Tag;

    #[inline]
    fn next(&mut self) -> Option<Tag> {
        let [low, high] = &mut self.0;
        // Two branches rather than a choice, so that a word which is known to be empty costs nothing.
        if *low != 0 {
            return Some(Tag(take_lowest(low)));
        }
        if *high != 0 {
            return Some(Tag(64 | take_lowest(high)));
        }
        None
    }
}

impl core::iter::FusedIterator for Tags {}

/// Clears the lowest bit that is set, and says which it was.
#[inline]
fn take_lowest(word: &mut u64) -> u8 {
    #[expect(clippy::cast_possible_truncation, reason = "at most 63")]
    let position = word.trailing_zeros() as u8;
    *word &= word.wrapping_sub(1);
    position
}

impl From<Tag> for TagSet {
    fn from(tag: Tag) -> Self {
        Self::EMPTY.with(tag)
    }
}

impl FromIterator<Tag> for TagSet {
    fn from_iter<I: IntoIterator<Item = Tag>>(tags: I) -> Self {
        tags.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for TagSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(*self).finish()
    }
}
