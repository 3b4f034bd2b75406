//! The clock: an option, or the system's.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

#[derive(Args)]
pub(crate) struct Clock {
    /// Clock for expiry: milliseconds since 1970, or RFC 3339 such as 2025-06-15T22:06:40+07:00 [default: the system clock]
    #[arg(long, value_name = "TIME", value_parser = emvqr_answer::moment)]
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
