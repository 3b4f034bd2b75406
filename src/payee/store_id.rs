//! Japan's accounts: the template with the unified store identification code.

use core::fmt;
use core::str::FromStr;

use crate::characters::fill;
use crate::digits::{Digits, eight_digits, is_digits};
use crate::encode::TemplateBuf;
use crate::invalid::InvalidValue;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::{DataObject, Template};

const INVALID_LEVELS: [InvalidValue; 4] = [
    InvalidValue::new("management level 1 of the store id", "13 printable characters"),
    InvalidValue::new("management level 2 of the store id", "4 printable characters"),
    InvalidValue::new("management level 3 of the store id", "6 printable characters"),
    InvalidValue::new("management level 4 of the store id", "6 printable characters"),
];

const INVALID: InvalidValue =
    InvalidValue::new("store id", "29 printable characters: management levels of 13, 4, 6 and 6");

/// The identifier in sub-object 00 of the template with the store id.
pub const GUID: &str = "jp.or.paymentsjapan";

/// The templates of 26 to 51 with JPQR's [`GUID`] in any ASCII case: what recognises a code as JPQR.
#[inline]
pub(crate) fn templates(payload: &Payload<'_>) -> TagSet {
    let is_one = |tag: &Tag| payload.get(*tag).is_some_and(|object| has_guid(&object));
    payload.tags().intersection(TagSet::ACCOUNT_TEMPLATES).iter().filter(is_one).collect()
}

/// The values of card networks' IDs, 02 to 25, that are templates with JPQR's [`GUID`].
#[inline]
pub(super) fn hidden_templates(payload: &Payload<'_>) -> TagSet {
    let is_one = |tag: &Tag| payload.get(*tag).is_some_and(|object| is_hidden_template(&object));
    payload.tags().intersection(TagSet::PRIMITIVE_ACCOUNTS).iter().filter(is_one).collect()
}

/// Whether the value of a card network's ID is a template with JPQR's [`GUID`].
#[inline]
pub(crate) fn is_hidden_template(object: &DataObject<'_>) -> bool {
    may_hide_guid(object) && holds_guid(object)
}

/// Whether any 00 is JPQR's identifier: no rule keeps a bare value from having two, of which readers take either.
#[cold]
#[inline(never)]
fn holds_guid(object: &DataObject<'_>) -> bool {
    let mut objects = object.objects().map_while(Result::ok);
    objects.any(|object| object.tag() == Tag::GLOBALLY_UNIQUE_IDENTIFIER && is_guid(object.value_bytes()))
}

/// Whether the value of a card network's ID is long enough for a template with JPQR's [`GUID`], and has a `.`, as no card
/// number does.
#[inline]
pub(crate) fn may_hide_guid(object: &DataObject<'_>) -> bool {
    let value = object.value_bytes();
    value.len() > GUID.len() && value.contains(&b'.')
}

/// Whether two of the templates do not name the same store.
pub(crate) fn are_several(payload: &Payload<'_>, templates: TagSet) -> bool {
    let mut stores = templates.iter().map(|tag| StoreId::of_object(&payload.get(tag)?));
    stores.next().is_some_and(|first| stores.any(|other| other.is_none() || other != first))
}

/// Whether a template has JPQR's identifier, wherever it is in it; also if the template is broken behind it, since
/// then it is JPQR's broken template.
#[inline]
fn has_guid(template: &DataObject<'_>) -> bool {
    may_have_guid(template)
        && match template.value_bytes() {
            [b'0', b'0', _, _, rest @ ..] => rest.first_chunk::<{ GUID.len() }>().is_some_and(|guid| is_guid(guid)),
            _ => guid_elsewhere(template),
        }
}

/// Whether the start of a template does not show that its identifier is another one: it comes first in nearly all
/// templates, JPQR's or not, and JPQR's has 19 characters.
#[inline]
pub(crate) fn may_have_guid(template: &DataObject<'_>) -> bool {
    template.value_bytes().first_chunk().is_none_or(|header| header == b"0019" || !header.starts_with(b"00"))
}

#[cold]
#[inline(never)]
fn guid_elsewhere(template: &DataObject<'_>) -> bool {
    let guid = template.first_inside(Tag::GLOBALLY_UNIQUE_IDENTIFIER);
    guid.is_some_and(|guid| is_guid(guid.value_bytes()))
}

/// Whether it is JPQR's identifier in any case.
pub(crate) fn is_guid(value: &[u8]) -> bool {
    value == GUID.as_bytes() || value.eq_ignore_ascii_case(GUID.as_bytes())
}

/// The sub-objects of the template, and how many characters each has.
pub(crate) const LEVELS: [(Tag, usize); 4] =
    [(Tag::of_digits(1), 13), (Tag::of_digits(2), 4), (Tag::of_digits(3), 6), (Tag::of_digits(4), 6)];

/// The unified store identification code (統一店舗識別コード): who is paid, under one name for all operators.
///
/// Four management levels (管理レベル1 to 4) of 13, 4, 6 and 6 characters. What each means is not public. All public
/// codes have digits; no source demands it, so any ASCII character can be held, and other characters than digits are a
/// warning of the [profile](crate::Jpqr). No check digit is applied.
///
/// `Display` and `FromStr` are the key of 29 characters that payment switches look up;
/// [`from_template`](Self::from_template) and [`to_template`](Self::to_template) are the value of the template in the code.
/// Ordered by level 1, then 2, 3 and 4. `Debug` prints nothing of it.
///
/// ```
/// use emvqr::jpqr::StoreId;
///
/// let id = StoreId::from_template("0019jp.or.paymentsjapan011300000000000010204000103060000010406000001")?;
/// assert_eq!(id.to_string(), "00000000000010001000001000001");
/// assert_eq!(id, "00000000000010001000001000001");
/// assert_eq!(id.levels(), ["0000000000001", "0001", "000001", "000001"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoreId([u8; Self::LENGTH]);

impl StoreId {
    /// Characters of the key.
    pub const LENGTH: usize = 29;

    /// Characters of the template's value.
    pub const TEMPLATE_LENGTH: usize = 68;

    /// The store of four management levels.
    ///
    /// # Errors
    ///
    /// The first level that does not have its 13, 4, 6 or 6 printable ASCII characters; the error names it.
    pub fn new(levels: [&str; 4]) -> Result<Self, InvalidValue> {
        let mut key = [0; Self::LENGTH];
        let mut rest = key.as_mut_slice();
        for ((level, (_, length)), fault) in levels.into_iter().zip(LEVELS).zip(INVALID_LEVELS) {
            let (place, behind) = rest.split_at_mut_checked(length).ok_or(fault)?;
            if level.len() != length || !level.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                return Err(fault);
            }
            fill(place, level.as_bytes());
            rest = behind;
        }
        Ok(Self(key))
    }

    /// The store of four management levels that are numbers, written with zeros in front.
    ///
    /// ```
    /// use emvqr::jpqr::StoreId;
    ///
    /// assert_eq!(StoreId::from_numbers(1000, 1, 1, 1)?.as_str(), "00000000010000001000001000001");
    /// assert!(StoreId::from_numbers(1000, 10_000, 1, 1).unwrap_err().to_string().starts_with("management level 2"));
    /// # Ok::<(), emvqr::value::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first number of more than 13, 4, 6 or 6 digits.
    pub fn from_numbers(level_1: u64, level_2: u16, level_3: u32, level_4: u32) -> Result<Self, InvalidValue> {
        let [(_, first), (_, second), (_, third), (_, fourth)] = LEVELS;
        Self::new([
            Digits::of(level_1, first).as_str(),
            Digits::of(level_2.into(), second).as_str(),
            Digits::of(level_3.into(), third).as_str(),
            Digits::of(level_4.into(), fourth).as_str(),
        ])
    }

    /// The store of a template. `None` if an object is repeated, or a level is missing or of another form.
    pub(crate) fn of_template(template: &Template<'_>) -> Option<Self> {
        if !template.repeated().is_empty() {
            return None;
        }
        let [a, b, c, d] = LEVELS.map(|(tag, _)| template.get(tag).map(|object| object.value()));
        Self::new([a?, b?, c?, d?]).ok()
    }

    pub(crate) fn of_object(object: &DataObject<'_>) -> Option<Self> {
        if let Some(store_id) = Self::of_usual(object.value_bytes()) {
            return Some(store_id);
        }
        Self::of_template(&object.template().ok()?)
    }

    /// Whether a template is as all public codes have it: the GUID in lower case, then levels 1 to 4 of digits. Any other one
    /// must be walked.
    #[inline]
    pub(crate) fn is_usual(value: &[u8]) -> bool {
        Self::usual_levels(value).is_some()
    }

    /// What follows the header of level 1 in such a template: digits, those of the headers among them.
    #[inline]
    fn usual_levels(value: &[u8]) -> Option<&[u8; 41]> {
        let levels: &[u8; 41] = value.strip_prefix(b"0019jp.or.paymentsjapan0113")?.try_into().ok()?;
        let [second, third, fourth] = [13, 21, 31].map(|at| levels.get(at..).and_then(<[u8]>::first_chunk));
        let has_headers = second == Some(b"0204") && third == Some(b"0306") && fourth == Some(b"0406");
        let chunks = levels.as_chunks().0.iter().chain(levels.last_chunk());
        let is_usual = has_headers && chunks.into_iter().all(|digits| eight_digits(*digits).is_some());
        is_usual.then_some(levels)
    }

    #[inline]
    fn of_usual(value: &[u8]) -> Option<Self> {
        let (first, rest) = Self::usual_levels(value)?.split_first_chunk::<13>()?;
        let (_, rest) = rest.split_first_chunk::<4>()?;
        let (second, rest) = rest.split_first_chunk::<4>()?;
        let (_, rest) = rest.split_first_chunk::<4>()?;
        let (third, rest) = rest.split_first_chunk::<6>()?;
        let (_, fourth) = rest.split_first_chunk::<4>()?;
        let mut key = [0; Self::LENGTH];
        let (place, rest) = key.split_first_chunk_mut()?;
        *place = *first;
        let (place, rest) = rest.split_first_chunk_mut()?;
        *place = *second;
        let (place, rest) = rest.split_first_chunk_mut()?;
        *place = *third;
        fill(rest, fourth);
        Some(Self(key))
    }

    /// The key: the levels one behind the other.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII gets in.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Management levels 1 to 4.
    #[must_use]
    pub fn levels(&self) -> [&str; 4] {
        let mut rest = self.as_str();
        LEVELS.map(|(_, length)| {
            let (level, behind) = rest.split_at_checked(length).unwrap_or_default();
            rest = behind;
            level
        })
    }

    /// Whether all characters are digits, as in every public code.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        is_digits(self.0)
    }

    /// The value of the template, its objects by ID.
    pub(crate) fn template(&self) -> [u8; Self::TEMPLATE_LENGTH] {
        let mut value = *b"0019jp.or.paymentsjapan0113             0204    0306      0406      ";
        let mut key = self.0.as_slice();
        for (start, length) in [(27, 13), (44, 4), (52, 6), (62, 6)] {
            let (level, behind) = key.split_at_checked(length).unwrap_or_default();
            fill(value.get_mut(start..).unwrap_or_default(), level);
            key = behind;
        }
        value
    }

    /// The value of the template, 68 characters, its objects by ID.
    #[must_use]
    pub fn to_template(&self) -> TemplateBuf {
        let mut template = TemplateBuf::new();
        // 68 characters fit.
        let _ = template.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, GUID);
        for ((tag, _), level) in LEVELS.into_iter().zip(self.levels()) {
            let _ = template.push(tag, level);
        }
        template
    }
}

/// Reads the key of 29 characters.
impl FromStr for StoreId {
    type Err = InvalidValue;

    fn from_str(key: &str) -> Result<Self, InvalidValue> {
        let mut rest = key;
        let levels = LEVELS.map(|(_, length)| {
            let (level, behind) = rest.split_at_checked(length).unwrap_or_default();
            rest = behind;
            level
        });
        if rest.is_empty() { Self::new(levels) } else { Err(INVALID) }
    }
}

impl TryFrom<&str> for StoreId {
    type Error = InvalidValue;

    fn try_from(key: &str) -> Result<Self, InvalidValue> {
        key.parse()
    }
}

impl PartialEq<str> for StoreId {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for StoreId {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for StoreId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for StoreId {
    /// Who is paid, so the text is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreId(..)")
    }
}

crate::serialize::as_displayed!(StoreId);
