//! The clock, which stays outside: time is an argument.

/// The time at which a code is checked.
///
/// There is no default: whoever has no clock says so, and nothing expires then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    now_ms: Option<u64>,
}

impl Clock {
    /// No time is known: expiry is not checked.
    pub const UNKNOWN: Self = Self { now_ms: None };

    /// A time in milliseconds since 1970, as KHQR writes them. Today's have 13 digits.
    #[must_use]
    pub const fn at_millis(now_ms: u64) -> Self {
        Self { now_ms: Some(now_ms) }
    }

    /// A time in seconds since 1970. Today's have 10 digits.
    #[must_use]
    pub const fn at_seconds(now_s: u64) -> Self {
        Self::at_millis(now_s.saturating_mul(1_000))
    }

    /// The time in milliseconds since 1970; `None` if it is not known.
    #[must_use]
    pub const fn millis(self) -> Option<u64> {
        self.now_ms
    }
}
