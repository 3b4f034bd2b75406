//! Rules, findings, and who receives them.

mod reporter;
mod violation;
mod visitor;

use core::fmt;

use crate::advice::Advice;

pub(crate) use reporter::{Probe, Reporter, Slow, To, demand, limit};
pub use violation::{Detail, Order, Violation};
pub(crate) use visitor::FirstRefused;
pub use visitor::{Each, FilterMap, FirstError, Visitor};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "whether a payload conforms is decided by one of the two")]
pub enum Severity {
    /// The payload conforms all the same: a recommendation, or a point that the sources leave open.
    Warning,
    /// The payload does not conform.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

crate::serialize::as_displayed!(Severity);

/// One requirement on payloads: a constant of the profile that it belongs to.
///
/// Rules are equal when their ids are.
#[derive(Clone, Copy)]
pub struct Rule {
    id: &'static str,
    number: u16,
    severity: Severity,
    refused: bool,
    advice: Advice,
    source: &'static str,
    summary: &'static str,
}

crate::display::debug!(Rule: |rule| "Rule({})", rule.id);

impl Rule {
    /// A rule of a profile. `id` is `scheme.object.fault`, `source` the section that demands it, `summary` one sentence
    /// without a full stop that says what is wrong, and says nothing of the payload's text. Both are empty in a program that
    /// is compiled with `--cfg emvqr_no_texts`, for flash: there a rule is its [number](Self::number).
    #[must_use]
    pub const fn new(id: &'static str, severity: Severity, source: &'static str, summary: &'static str) -> Self {
        let (source, summary) = if cfg!(emvqr_no_texts) { ("", "") } else { (source, summary) };
        Self { id, number: 0, severity, refused: false, advice: Advice::AskForNewCode, source, summary }
    }

    /// The same rule, which no builder breaks even if a reader is only warned.
    #[must_use]
    pub const fn refused_in_writing(mut self) -> Self {
        self.refused = true;
        self
    }

    /// The same rule with another advice for the person who pays than to ask for a new code.
    #[must_use]
    pub const fn advising(mut self, advice: Advice) -> Self {
        self.advice = advice;
        self
    }

    /// The same rule with a [number](Self::number). A crate of its own takes numbers from 10,000 on.
    #[must_use]
    pub const fn numbered(mut self, number: u16) -> Self {
        self.number = number;
        self
    }

    /// A rule about the time of a code.
    pub(crate) const fn expires(self) -> Self {
        self.advising(Advice::Expired)
    }

    /// A rule without which it is not certain who is paid.
    pub(crate) const fn protects_payee(self) -> Self {
        self.advising(Advice::UncertainPayee)
    }

    /// What the person who pays can do about a code that breaks the rule.
    #[must_use]
    pub const fn advice(&self) -> Advice {
        self.advice
    }

    /// The stable id: `emv.54.format`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The stable number, for languages to which a text is a burden: see the [list](crate::guide::numbers). Zero if the rule has
    /// none.
    #[must_use]
    pub const fn number(&self) -> u16 {
        self.number
    }

    /// How much a finding weighs, unless a profile says otherwise: see [`Violation::severity`].
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Whether no builder breaks the rule, even if a reader is only warned.
    #[must_use]
    pub const fn is_refused_in_writing(&self) -> bool {
        self.refused
    }

    /// The section of the document that demands it.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// What is wrong if the rule is broken.
    #[must_use]
    pub const fn summary(&self) -> &'static str {
        self.summary
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// Makes the constants of a profile's rules, each documented by its own sentence, severity and source, and the list of
/// them all.
macro_rules! rules {
    ($list:ident: $($name:ident = $number:literal $severity:ident $(and $more:ident)* $id:literal, $source:literal, $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`, ", stringify!($number), " (", stringify!($severity $(and $more)*), "): ", $summary, " (", $source, ").")]
            pub const $name: &$crate::rule::Rule = &$crate::rule::Rule::new(
                $id,
                $crate::rule::Severity::$severity,
                $source,
                $summary,
            )
            .numbered($number)$(.$more())*;
        )*

        /// All rules of this module, in the order of the specification's checklist.
        ///
        /// | number | id | severity | rule | source |
        /// |---|---|---|---|---|
        $(#[doc = concat!("| ", stringify!($number), " | `", $id, "` | ", stringify!($severity) $(, " and ", stringify!($more))*, " | ", $summary, " | ", $source, " |")])*
        pub const $list: &[&$crate::rule::Rule] = &[$($name),*];
    };
}
pub(crate) use rules;
