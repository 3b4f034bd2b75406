//! Questions about a text.

use std::fmt;
use std::str::FromStr;

use emvqr::network::Network;

/// The rules to hold a text to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a further profile is a further version")]
pub enum ProfileChoice {
    /// Those of the scheme that recognises it, else EMVCo's.
    #[default]
    Auto,
    /// EMVCo's base profile.
    Emv,
    /// Those of the networks whose accounts it holds.
    Network,
    /// Cambodia's.
    Khqr,
    /// Japan's.
    Jpqr,
}

impl ProfileChoice {
    const NAMES: [(&str, Self); 5] = [
        ("auto", Self::Auto),
        ("emv", Self::Emv),
        ("network", Self::Network),
        ("khqr", Self::Khqr),
        ("jpqr", Self::Jpqr),
    ];
}

impl fmt::Display for ProfileChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(_, choice)| choice == self).map(|(name, _)| *name);
        f.pad(name.unwrap_or_default())
    }
}

impl FromStr for ProfileChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let choice = Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice);
        choice.ok_or_else(|| format!("{name:?} is not auto, emv, network, khqr or jpqr"))
    }
}

/// A question: all that decides about a text, apart from the text itself.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers fill it in")]
pub struct Question {
    /// The rules to hold it to.
    pub profile: ProfileChoice,
    /// The network that is paid, of a code with several.
    pub network: Option<&'static Network>,
    /// The clock, in milliseconds since 1970.
    pub now_ms: u64,
}

impl Question {
    /// The scheme's own rules at a time, in milliseconds since 1970.
    #[must_use]
    pub const fn at_millis(now_ms: u64) -> Self {
        Self { profile: ProfileChoice::Auto, network: None, now_ms }
    }
}
