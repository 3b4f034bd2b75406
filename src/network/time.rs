//! Times as networks write them.

use crate::calendar::days_since_1970;

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
    let start = days_since_1970(year, month, day)?.checked_mul(DAY)?;
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
