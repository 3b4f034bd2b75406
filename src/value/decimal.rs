//! Amounts and percentages: digits with at most one `.`, held by value.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::InvalidValue;
use crate::characters::fill;
use crate::digits::{Digits, read};

const INVALID_PERCENTAGE: InvalidValue =
    InvalidValue::new("percentage", "1 to 5 characters: digits with at most one '.'");

const INVALID_SIZE: InvalidValue = InvalidValue::new("amount", "one above zero that fits 13 characters");

const INVALID_AMOUNT: InvalidValue = InvalidValue::new("amount", "1 to 13 characters: digits with at most one '.'");

/// The text of a decimal number of at most `N` characters.
#[derive(Clone, Copy)]
struct Decimal<const N: usize> {
    text: [u8; N],
    length: u8,
}

impl<const N: usize> Decimal<N> {
    #[inline]
    fn new(text: &[u8]) -> Option<Self> {
        let mut decimal = Self { text: [b'0'; N], length: u8::try_from(text.len()).ok()? };
        let (place, _) = decimal.text.split_at_mut_checked(text.len())?;
        fill(place, text);
        is_decimal(text).then_some(decimal)
    }

    fn as_bytes(&self) -> &[u8] {
        self.text.get(..self.length.into()).unwrap_or_default()
    }

    fn as_str(&self) -> &str {
        // Only ASCII gets in.
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The digits before the `.` and those after it.
    fn parts(&self) -> (&[u8], &[u8]) {
        let text = self.as_bytes();
        let point = text.iter().position(|byte| *byte == b'.').and_then(|point| text.split_at_checked(point));
        match point {
            Some((whole, [_, part @ ..])) => (whole, part),
            _ => (text, b""),
        }
    }

    fn minor_units(&self, decimals: u8) -> Option<u64> {
        let (whole, part) = self.parts();
        let (part, excess) = part.split_at_checked(usize::from(decimals)).unwrap_or((part, b""));
        if !is_zero(excess) {
            return None;
        }
        let missing = usize::from(decimals).saturating_sub(part.len());
        read(whole.iter().chain(part).copied().chain(core::iter::repeat_n(b'0', missing)))
    }

    /// What two texts of one number have in common: how many digits the whole part has, these, and those of the fraction.
    fn number(&self) -> (usize, &[u8], &[u8]) {
        let (whole, part) = self.parts();
        let zeros = |digits: &mut dyn Iterator<Item = &u8>| digits.take_while(|digit| **digit == b'0').count();
        let whole = whole.get(zeros(&mut whole.iter())..).unwrap_or_default();
        let end = part.len().saturating_sub(zeros(&mut part.iter().rev()));
        (whole.len(), whole, part.get(..end).unwrap_or_default())
    }
}

macro_rules! decimal {
    ($name:ident, $max:literal, $invalid:expr) => {
        impl $name {
            /// The most characters, the `.` included.
            pub const MAX_LENGTH: usize = $max;

            /// Reads the text of a value.
            ///
            /// # Errors
            ///
            /// The text is empty or too long, has a character other than digits and one `.`, or has no digit.
            pub fn new(text: &str) -> Result<Self, InvalidValue> {
                Decimal::new(text.as_bytes()).map(Self).ok_or($invalid)
            }

            /// The text as read.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            pub(crate) fn as_bytes(&self) -> &[u8] {
                self.0.as_bytes()
            }
        }

        impl FromStr for $name {
            type Err = InvalidValue;

            fn from_str(text: &str) -> Result<Self, InvalidValue> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, InvalidValue> {
                Self::new(text)
            }
        }

        /// By the number: `1.5` and `01.50` are equal.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.number() == other.0.number()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        /// By the number.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.0.number().cmp(&other.0.number())
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.number().hash(state);
            }
        }

        /// By the number: not equal to what is not a number.
        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                Self::new(other).is_ok_and(|other| *self == other)
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }

        $crate::serialize::as_displayed!($name);
    };
}

/// An amount of money: Transaction Amount, 54, or Convenience Fee Fixed, 56, as its text (MPM 1.1, 4.7.4, 4.7.7).
///
/// # Syntax
///
/// 1 to 13 characters, digits with at most one `.`; the `.` may come last (`98.`). At least one digit. No sign, no
/// space, no group separator, no exponent. A `.` that comes first (`.50`) and leading zeros (`0023.72`) are read: the
/// specification leaves them open.
///
/// Zero is an amount here; that 54 and 56 may not be zero is a rule.
///
/// Amounts compare by the number, and keep their text.
///
/// ```
/// use emvqr::value::Amount;
///
/// let amount: Amount = "98.730".parse()?;
/// assert_eq!(amount, Amount::from_minor(9_873, 2)?);
/// assert_eq!(amount.as_str(), "98.730");
/// assert_eq!(amount.minor_units(2), Some(9_873));
/// assert_eq!(amount.minor_units(1), None); // 987.3 is not a whole number
/// # Ok::<(), emvqr::value::InvalidValue>(())
/// ```
#[derive(Clone, Copy)]
pub struct Amount(Decimal<13>);

decimal!(Amount, 13, INVALID_AMOUNT);

impl Amount {
    /// The amount of `units` of the smallest denomination in a currency with `decimals` decimals: 1050 is `10.50` with 2,
    /// and `1050` with 0.
    ///
    /// # Errors
    ///
    /// It is zero, which no amount in a payload may be, or needs more than 13 characters.
    pub fn from_minor(units: u64, decimals: u8) -> Result<Self, InvalidValue> {
        // At least one digit comes before the '.'.
        let digits = Digits::of(units, usize::from(decimals).saturating_add(1));
        let digits = digits.as_str();
        let whole = digits.len().saturating_sub(decimals.into());
        let (whole, part) = digits.split_at_checked(whole).unwrap_or_default();
        let point = if decimals > 0 { "." } else { "" };
        let mut text = [0; Self::MAX_LENGTH];
        for (place, byte) in text.iter_mut().zip(whole.bytes().chain(point.bytes()).chain(part.bytes())) {
            *place = byte;
        }
        let written = text.get(..digits.len().saturating_add(point.len())).filter(|_| units > 0);
        written.and_then(Decimal::new).map(Self).ok_or(INVALID_SIZE)
    }

    /// How many digits follow the `.`, 0 to 12.
    #[must_use]
    pub fn decimals(self) -> u8 {
        u8::try_from(self.0.parts().1.len()).unwrap_or(u8::MAX)
    }

    /// Whether all digits are zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        is_zero(self.as_bytes())
    }

    /// The amount in units of the smallest denomination, if the currency has `decimals` of them: exact, or `None` if a
    /// digit other than zero would be cut off, or the number does not fit.
    #[must_use]
    pub fn minor_units(self, decimals: u8) -> Option<u64> {
        self.0.minor_units(decimals)
    }
}

#[cfg(feature = "rust_decimal")]
impl From<Amount> for rust_decimal::Decimal {
    /// Exact, trailing zeros included: 13 digits always fit.
    fn from(amount: Amount) -> Self {
        let scale = amount.decimals();
        let units = amount.minor_units(scale).and_then(|units| i64::try_from(units).ok()).unwrap_or(i64::MAX);
        Self::new(units, u32::from(scale))
    }
}

/// Convenience Fee Percentage, 57, as its text: 1 to 5 characters, digits with at most one `.` (MPM 1.1, 4.7.8).
///
/// That it lies between 00.01 and 99.99 is a rule; see [`is_in_range`](Self::is_in_range). Percentages compare by the
/// number, and keep their text.
#[derive(Clone, Copy)]
pub struct Percentage(Decimal<5>);

decimal!(Percentage, 5, INVALID_PERCENTAGE);

impl Percentage {
    /// The percentage in ten-thousandths of a percent, 0 to 999,990,000: exact for all five characters.
    #[must_use]
    pub fn ten_thousandths(self) -> u64 {
        // Five characters have at most four decimals.
        self.0.minor_units(4).unwrap_or_default()
    }

    /// Whether the percentage lies between 00.01 and 99.99, both included.
    #[must_use]
    pub fn is_in_range(self) -> bool {
        (100..=999_900).contains(&self.ten_thousandths())
    }
}

/// Digits with at most one `.`, and at least one digit.
#[inline]
pub(crate) fn is_decimal(text: &[u8]) -> bool {
    let whole = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match text.get(whole..) {
        Some([]) => whole > 0,
        Some([b'.', part @ ..]) => text.len() > 1 && part.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Whether the decimals of an amount's text beyond the first `places` are all zero. `None` for an amount without such decimals,
/// and for other texts.
pub(crate) fn are_excess_decimals_zero(text: &[u8], places: u8) -> Option<bool> {
    let decimals = text.iter().rev().position(|byte| *byte == b'.')?;
    let excess = decimals.checked_sub(usize::from(places)).filter(|excess| *excess > 0)?;
    let (_, excess) = text.split_at_checked(text.len().saturating_sub(excess))?;
    (text.len() <= Amount::MAX_LENGTH && is_decimal(text)).then(|| is_zero(excess))
}

/// Whether no digit of a decimal text is other than zero.
#[inline]
pub(crate) fn is_zero(text: &[u8]) -> bool {
    text.iter().all(|byte| matches!(byte, b'0' | b'.'))
}
