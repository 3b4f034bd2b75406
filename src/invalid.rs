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
    pub(crate) const TAG: Self = Self::new("ID", "two digits");
    pub(crate) const PATH: Self = Self::new("path", "at most seven IDs of two digits with '-' between them");
    pub(crate) const STORE_ID: Self =
        Self::new("store id", "29 printable characters: management levels of 13, 4, 6 and 6");
    pub(crate) const LEVELS: [Self; 4] = [
        Self::new("management level 1 of the store id", "13 printable characters"),
        Self::new("management level 2 of the store id", "4 printable characters"),
        Self::new("management level 3 of the store id", "6 printable characters"),
        Self::new("management level 4 of the store id", "6 printable characters"),
    ];
    pub(crate) const BAKONG_ACCOUNT: Self = Self::new("Bakong account id", "user@bank");
    pub(crate) const AMOUNT: Self = Self::new("amount", "1 to 13 characters: digits with at most one '.'");
    pub(crate) const AMOUNT_SIZE: Self = Self::new("amount", "one above zero that fits 13 characters");
    pub(crate) const RIEL: Self = Self::new("amount in riel", "whole riel above zero");
    pub(crate) const DOLLARS: Self =
        Self::new("amount in dollars", "one above zero with at most two decimals, in 13 characters");
    pub(crate) const YEN: Self = Self::new("amount in yen", "whole yen, and the yen as the currency");
    pub(crate) const BILL_AMOUNT: Self = Self::new("amount in yen", "the digits of the bill's form");
    pub(crate) const DATE: Self = Self::new("date", "eight digits that write a day of the calendar");
    pub(crate) const TIME: Self = Self::new("time", "13 digits, milliseconds since 1970, once");
    pub(crate) const TIP: Self = Self::new("tip", "55 with the one of 56 and 57 that it asks for");
    pub(crate) const PERCENTAGE: Self = Self::new("percentage", "1 to 5 characters: digits with at most one '.'");

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
