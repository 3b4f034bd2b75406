//! Kinds of networks.

use core::fmt;

/// The kind of a network, which says whose account is paid if a code has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A country's own, or that of several countries.
    National,
    /// An operator's wallet.
    Wallet,
    /// Cards.
    Card,
    /// The template says who the merchant is, for whoever pays by another account of the code: SGQR, QRIS.
    Identity,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::National => "national",
            Self::Wallet => "wallet",
            Self::Card => "card",
            Self::Identity => "identity",
        })
    }
}
