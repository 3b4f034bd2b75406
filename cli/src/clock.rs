//! The clock: an option, or the system's.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

#[derive(Args)]
pub(crate) struct Clock {
    /// Clock for expiry, in milliseconds since 1970 [default: the system clock]
    #[arg(long, value_name = "MS", value_parser = milliseconds)]
    now: Option<u64>,
}

impl Clock {
    /// Milliseconds since 1970.
    pub(crate) fn millis(&self) -> u64 {
        self.now.unwrap_or_else(system_millis)
    }
}

/// The system clock, in milliseconds since 1970.
pub(crate) fn system_millis() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
}

/// Milliseconds since 1970. Seconds would be a time in 1970, at which nothing has expired; microseconds one at which all has.
fn milliseconds(text: &str) -> Result<u64, String> {
    let now: u64 = text.parse().map_err(|error| format!("{error}"))?;
    if now < 1_000_000_000_000 {
        return Err(format!("{now} looks like seconds: give milliseconds since 1970, 13 digits today"));
    }
    if now >= 10_000_000_000_000 {
        return Err(format!("{now} is finer than milliseconds: give milliseconds since 1970, 13 digits today"));
    }
    Ok(now)
}

/// Milliseconds since 1970, or a date and time in RFC 3339.
pub(crate) fn moment(text: &str) -> Result<u64, String> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return milliseconds(text);
    }
    let timestamp: jiff::Timestamp =
        text.parse().map_err(|_| format!("{text:?} is neither milliseconds since 1970 nor RFC 3339"))?;
    u64::try_from(timestamp.as_millisecond()).map_err(|_| format!("{text:?} is before 1970"))
}

/// A time in milliseconds since 1970 as a date.
pub(crate) fn date(milliseconds: &str) -> Option<String> {
    let milliseconds: i64 = milliseconds.parse().ok()?;
    Some(jiff::Timestamp::from_millisecond(milliseconds).ok()?.to_string())
}
