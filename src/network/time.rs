//! Times as networks write them.

/// `YYYYMMDD`, the last moment of that day, or `YYYYMMDDHHMMSS`, in Singapore (8 hours before UTC), in milliseconds since 1970.
/// Zero for zeros, which mean that the code does not expire. `None` if the text is no time.
pub(super) fn singapore_time(text: &str) -> Option<u64> {
    const HOUR: u64 = 3_600_000;
    const DAY: u64 = 24 * HOUR;
    if !matches!(text.len(), 8 | 14) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if text.bytes().all(|byte| byte == b'0') {
        return Some(0);
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let start = days(year, month, day)?.checked_mul(DAY)?;
    let within = if text.len() == 8 {
        DAY.checked_sub(1)?
    } else {
        let (hour, minute, second) = (number(8, 10)?, number(10, 12)?, number(12, 14)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        hour.checked_mul(60)?.checked_add(minute)?.checked_mul(60)?.checked_add(second)?.checked_mul(1000)?
    };
    start.checked_add(within)?.checked_sub(8 * HOUR)
}

/// Days from 1970 to a date of the Gregorian calendar. `None` if it is not one from 1970 on.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let lengths = [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let before = usize::try_from(month.checked_sub(1)?).ok()?;
    if day == 0 || day > *lengths.get(before)? || year < 1970 {
        return None;
    }
    let leaps = |year: u64| (year / 4).saturating_sub(year / 100).saturating_add(year / 400);
    let last = year.checked_sub(1)?;
    let years = year.checked_sub(1970)?.checked_mul(365)?.checked_add(leaps(last).checked_sub(leaps(1969))?)?;
    let months: u64 = lengths.get(..before)?.iter().sum();
    years.checked_add(months)?.checked_add(day)?.checked_sub(1)
}
