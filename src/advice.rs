//! What a person who pays can do about a code that is refused.

use core::fmt;

/// What the person who pays can do about a code that is refused: for an app to say in its own words and language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Advice {
    /// Scan again: the text was not read completely or correctly.
    ScanAgain,
    /// Scan another code: this one is not for payments at a merchant.
    NotAPaymentCode,
    /// Ask the merchant for a new code: the time of this one has passed.
    Expired,
    /// Do not pay: it is not certain who would be paid.
    UncertainPayee,
    /// Ask the merchant for another code: this one is faulty.
    AskForNewCode,
    /// Pay with an app of the code's own country: this code cannot be paid across the border.
    NotPayableAbroad,
}

impl Advice {
    /// The name in lower case, with hyphens: `scan-again`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ScanAgain => "scan-again",
            Self::NotAPaymentCode => "not-a-payment-code",
            Self::Expired => "expired",
            Self::UncertainPayee => "uncertain-payee",
            Self::AskForNewCode => "ask-for-new-code",
            Self::NotPayableAbroad => "not-payable-abroad",
        }
    }
}

crate::serialize::as_displayed!(Advice);

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
