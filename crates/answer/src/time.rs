//! Times as people write them.

/// Milliseconds since 1970 as RFC 3339 in UTC. `None` beyond the year 9999.
#[must_use]
pub fn rfc3339(millis: u64) -> Option<String> {
    Some(jiff::Timestamp::from_millisecond(i64::try_from(millis).ok()?).ok()?.to_string())
}

/// A time: milliseconds since 1970, 13 digits, or RFC 3339 with any offset.
///
/// ```
/// use emvqr_answer::moment;
///
/// assert_eq!(moment("2025-06-15T22:06:40+07:00"), Ok(1_750_000_000_000));
/// assert!(moment("1750000000").unwrap_err().contains("seconds"));
/// ```
///
/// # Errors
///
/// A sentence: the text is neither, or milliseconds that are not 13 digits: ten would be seconds, sixteen microseconds.
pub fn moment(text: &str) -> Result<u64, String> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.trim_start_matches('0').len() {
            0..=12 => Err(format!("{text} looks like seconds: give milliseconds since 1970, 13 digits today")),
            13 => text.parse().map_err(|_| format!("{text} is no time")),
            _ => Err(format!("{text} is finer than milliseconds: give milliseconds since 1970, 13 digits today")),
        };
    }
    let timestamp: jiff::Timestamp = text.parse().map_err(|_| {
        format!("{text:?} is neither milliseconds since 1970 nor RFC 3339 such as 2025-06-15T22:06:40+07:00")
    })?;
    u64::try_from(timestamp.as_millisecond()).map_err(|_| format!("{text:?} is before 1970"))
}

/// A span of time in milliseconds: `10m`, `90s`, `1h 30m`.
///
/// ```
/// use emvqr_answer::span;
///
/// assert_eq!(span("10m"), Ok(600_000));
/// assert!(span("10").is_err() && span("-5m").is_err());
/// ```
///
/// # Errors
///
/// A sentence: the text is no span of time, or one that is not positive.
pub fn span(text: &str) -> Result<u64, String> {
    let span = text.parse::<jiff::SignedDuration>().ok().and_then(|span| u64::try_from(span.as_millis()).ok());
    span.filter(|millis| *millis > 0).ok_or_else(|| format!("{text:?} is no span of time such as 10m, 90s or 1h 30m"))
}
