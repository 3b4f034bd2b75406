//! Days of the calendar.

use core::fmt;
use core::str::FromStr;

use crate::calendar::{days_in, days_of};
use crate::digits::{are_digits, four_digits, pairs};
use crate::invalid::InvalidValue;

pub(super) const INVALID_DATE: InvalidValue =
    InvalidValue::new("date", "eight digits that write a day of the calendar");

/// A day of the calendar. `Display` is `2024-05-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of eight digits, `YYYYMMDD`. `None` if the calendar has no such day.
    #[must_use]
    pub fn from_digits(digits: &str) -> Option<Self> {
        let ([year, rest], []) = digits.as_bytes().as_chunks() else { return None };
        if !are_digits(*year) || !are_digits(*rest) {
            return None;
        }
        let (year, [month, day]) = (four_digits(*year), pairs(*rest));
        let days = days_in(year.into(), month.into());
        if year > 0 && (1..=days).contains(&day.into()) { Some(Self { year, month, day }) } else { None }
    }

    /// The day in Japan (UTC+9) at a time in milliseconds since 1970; the last day of the year 9999 if it is later.
    #[must_use]
    pub fn in_japan_at_millis(now_ms: u64) -> Self {
        let mut days = now_ms.saturating_add(9 * 3_600_000) / 86_400_000;
        let mut year = 1970;
        loop {
            let length = days_of(year.into());
            if days < length {
                break;
            }
            days = days.saturating_sub(length);
            if year == 9999 {
                return Self { year, month: 12, day: 31 };
            }
            year = year.saturating_add(1);
        }
        let mut month = 1_u8;
        while days >= days_in(year.into(), month.into()) {
            days = days.saturating_sub(days_in(year.into(), month.into()));
            month = month.saturating_add(1);
        }
        // At most 30.
        Self { year, month, day: u8::try_from(days).unwrap_or_default().saturating_add(1) }
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

/// Reads eight digits, `YYYYMMDD`.
impl FromStr for Date {
    type Err = InvalidValue;

    fn from_str(digits: &str) -> Result<Self, InvalidValue> {
        Self::from_digits(digits).ok_or(INVALID_DATE)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

crate::serialize::as_displayed!(Date);
