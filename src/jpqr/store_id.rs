//! The unified store identification code.

use core::fmt;
use core::ops::ControlFlow;
use core::str::FromStr;

use super::check::store_levels;
use super::{is_guid, rules};
use crate::encode::TemplateBuf;
use crate::mpm::rules as base;
use crate::rule::{FirstError, Violation, Visitor};
use crate::tag::{Path, Tag};
use crate::tlv::{DataObject, Template};
use crate::value::InvalidValue;

/// The sub-objects of the template, and how many characters each has.
pub(super) const LEVELS: [(Tag, usize); 4] =
    [(Tag::of_digits(1), 13), (Tag::of_digits(2), 4), (Tag::of_digits(3), 6), (Tag::of_digits(4), 6)];

/// The unified store identification code (統一店舗識別コード): who is paid, under one name for all operators.
///
/// Four management levels (管理レベル1 to 4) of 13, 4, 6 and 6 characters. What each stands for is not public. All public
/// codes have digits; no source demands it, so any ASCII character can be held, and other characters than digits are a
/// warning of the [profile](super::Jpqr). No check digit is applied.
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
/// assert_eq!(id, "00000000000010001000001000001".parse()?);
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
    /// A level that has not its 13, 4, 6 or 6 ASCII characters.
    pub fn new(levels: [&str; 4]) -> Result<Self, InvalidValue> {
        Self::join(levels).ok_or(InvalidValue::STORE_ID)
    }

    /// Reads the bare value of the template, which starts `0019jp.or.paymentsjapan` in most codes. The order of its
    /// objects is free.
    ///
    /// # Errors
    ///
    /// The first broken rule of severity error, as [`Jpqr`](super::Jpqr) finds it in a whole code: no run of data objects, another
    /// identifier, a level twice, missing, too short or too long. Paths and offsets count from the value.
    pub fn from_template(value: &str) -> Result<Self, Violation> {
        if value.is_empty() {
            return Err(Violation::new(rules::TEMPLATE_MISSING, Path::ROOT, 0, 0));
        }
        let template = Template::parse(value)
            .map_err(|fault| Violation::new(base::TEMPLATE_FORMAT, Path::ROOT, fault.offset(), fault.length()))?;
        let mut first = FirstError::default();
        let _ = check_template(&template, &mut first);
        let missing = || Violation::new(rules::LEVEL_MISSING, Path::ROOT, template.end(), 0);
        first.get().map_or_else(|| Self::of_template(&template).ok_or_else(missing), Err)
    }

    /// The store of a template. Nothing where an object is repeated, and where a level is missing or of another form.
    pub(super) fn of_template(template: &Template<'_>) -> Option<Self> {
        if !template.repeated().is_empty() {
            return None;
        }
        let [a, b, c, d] = LEVELS.map(|(tag, _)| template.get(tag).map(|object| object.value()));
        Self::join([a?, b?, c?, d?])
    }

    pub(super) fn of_object(object: &DataObject<'_>) -> Option<Self> {
        if let Some(store_id) = Self::of_usual(object.value_bytes()) {
            return Some(store_id);
        }
        Self::of_template(&object.template().ok()?)
    }

    /// The store of a template as all public codes have it: the GUID in lower case, then levels 1 to 4 of digits. Nothing
    /// for any other template, which must be walked.
    #[inline]
    pub(super) fn of_usual(value: &[u8]) -> Option<Self> {
        let value: &[u8; Self::TEMPLATE_LENGTH] = value.try_into().ok()?;
        let (levels, rest) = value.strip_prefix(b"0019jp.or.paymentsjapan0113")?.split_first_chunk::<13>()?;
        let (b"0204", rest) = rest.split_first_chunk::<4>()? else { return None };
        let (second, rest) = rest.split_first_chunk::<4>()?;
        let (b"0306", rest) = rest.split_first_chunk::<4>()? else { return None };
        let (third, rest) = rest.split_first_chunk::<6>()?;
        let (b"0406", fourth) = rest.split_first_chunk::<4>()? else { return None };
        let mut key = [0; Self::LENGTH];
        let (place, rest) = key.split_first_chunk_mut()?;
        *place = *levels;
        let (place, rest) = rest.split_first_chunk_mut()?;
        *place = *second;
        let (place, rest) = rest.split_first_chunk_mut()?;
        *place = *third;
        rest.copy_from_slice(fourth);
        // Without early exit, so that the loop becomes vector code.
        let farthest = key.iter().fold(0, |farthest, digit| digit.wrapping_sub(b'0').max(farthest));
        if farthest <= 9 { Some(Self(key)) } else { None }
    }

    fn join(levels: [&str; 4]) -> Option<Self> {
        let mut key = [0; Self::LENGTH];
        let mut rest = key.as_mut_slice();
        for (level, (_, length)) in levels.into_iter().zip(LEVELS) {
            let (place, behind) = rest.split_at_mut_checked(length)?;
            if level.len() != length || !level.is_ascii() {
                return None;
            }
            place.copy_from_slice(level.as_bytes());
            rest = behind;
        }
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
        self.0.iter().all(u8::is_ascii_digit)
    }

    /// The value of the template, 68 characters, its objects by ID.
    #[must_use]
    pub fn to_template(&self) -> TemplateBuf {
        let mut template = TemplateBuf::new();
        // 68 characters fit.
        let _ = template.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, super::GUID);
        for ((tag, _), level) in LEVELS.into_iter().zip(self.levels()) {
            let _ = template.push(tag, level);
        }
        template
    }
}

/// The rules of a template that stands in no payload.
fn check_template<V: Visitor>(template: &Template<'_>, visitor: &mut V) -> ControlFlow<()> {
    if !template.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).is_some_and(|guid| is_guid(guid.value_bytes())) {
        visitor.report(Violation::new(rules::TEMPLATE_MISSING, Path::ROOT, template.end(), 0))?;
    }
    for tag in template.repeated() {
        if let Some(second) = template.iter().filter(|object| object.tag() == tag).nth(1) {
            visitor.report(Violation::of_object(base::ACCOUNT_AMBIGUOUS, &second))?;
        }
    }
    store_levels(template, visitor)
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
        if rest.is_empty() { Self::new(levels) } else { Err(InvalidValue::STORE_ID) }
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
