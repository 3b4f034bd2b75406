//! The error of a text that is not what a type holds.

/// A text is not what a type holds.
///
/// Names the value and the form that was expected, and never the text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{what}: expected {expected}")]
pub struct InvalidValue {
    what: &'static str,
    expected: &'static str,
}

crate::display::debug!(InvalidValue: |value| "InvalidValue({value})");

impl InvalidValue {
    /// A time in milliseconds, which several networks write.
    pub(crate) const TIME: Self = Self::new("time", "13 digits, milliseconds since 1970, once");

    /// An amount that has more decimals than its currency, or whose currency is not known.
    pub(crate) const MINOR_UNITS: Self = Self::new("amount", "one that its currency can have");

    /// An amount of a text that readers cut in two ways, or of two payees.
    pub(crate) const AMBIGUOUS_AMOUNT: Self =
        Self::new("amount", "one payee, whoever reads and in whichever unit lengths count");

    pub(crate) const fn new(what: &'static str, expected: &'static str) -> Self {
        Self { what, expected }
    }

    /// What was to be read: `amount`.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        self.what
    }

    /// The form that was expected, in words.
    #[must_use]
    pub const fn form(&self) -> &'static str {
        self.expected
    }
}
