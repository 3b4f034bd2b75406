//! What keeps a code from being paid across the border.

use core::fmt;
use core::ops::ControlFlow;

use crate::advice::Advice;
use crate::network::Network;
use crate::path::Path;
use crate::rule::{Rule, Violation, Visitor};
use crate::tag::TagSet;
use crate::{jpqr, khqr};

/// What a caller does not want to be paid, beyond what cannot be, and what it would rather pay.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy<'p> {
    /// Blocks accounts of individuals: those under KHQR's tag 29, and those of other networks of which the code says so.
    pub deny_individual: bool,
    /// Of a code with accounts of several networks the first of these that it has is paid.
    pub preferred: &'p [&'static Network],
}

crate::display::debug!(Policy<'_>: |policy| "Policy(deny_individual: {}, preferred: {:?})", policy.deny_individual, policy.preferred);

impl<'p> Policy<'p> {
    /// Whether accounts of individuals are blocked.
    #[must_use]
    pub const fn deny_individual(self, deny: bool) -> Self {
        Self { deny_individual: deny, ..self }
    }

    /// The networks of which the first is paid that a code has an account of: [`network::by_id`](crate::network::by_id) turns the
    /// ids of a configuration into networks.
    #[must_use]
    pub const fn prefer(self, networks: &'p [&'static Network]) -> Self {
        Self { preferred: networks, ..self }
    }
}

/// Why a code must not be paid across the border.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Its time has passed.
    Expired,
    /// It breaks a rule of its scheme.
    Invalid,
    /// It asks for a tip or a fee, which would be paid wrongly.
    TipOrFee,
    /// Its currency is not one of its scheme.
    Currency,
    /// Who is paid is ambiguous.
    AmbiguousPayee,
    /// It pays an individual or solo merchant, and the caller denies those.
    Individual,
    /// It is a bill, not a merchant's code.
    BillForm,
    /// It is of no network that is known here.
    UnknownScheme,
    /// It has accounts of several networks, and the caller has not chosen one.
    SeveralNetworks,
    /// Its account names nobody.
    NoPayee,
}

crate::display::debug!(Reason: |reason| "{reason}");

impl Reason {
    /// The name in lower case, with hyphens: `tip-or-fee`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::TipOrFee => "tip-or-fee",
            Self::Currency => "currency",
            Self::AmbiguousPayee => "ambiguous-payee",
            Self::Individual => "individual",
            Self::BillForm => "bill-form",
            Self::UnknownScheme => "unknown-scheme",
            Self::SeveralNetworks => "several-networks",
            Self::NoPayee => "no-payee",
        }
    }

    /// What is wrong if no rule says it better.
    const fn sentence(self) -> &'static str {
        match self {
            Self::Expired => "the code has expired",
            Self::Invalid => "the code breaks a rule of its scheme",
            Self::TipOrFee => "the code asks for a tip or a fee, which would be paid wrongly",
            Self::Currency => "the currency is not one of the code's scheme",
            Self::AmbiguousPayee => "it is ambiguous who is paid",
            Self::Individual => "the code pays an individual or a solo merchant",
            Self::BillForm => "the code is that of a bill, not a merchant's",
            Self::UnknownScheme => "the code is of no network that is known here",
            Self::SeveralNetworks => "the code has accounts of several networks, of which one must be chosen",
            Self::NoPayee => "the code does not say who is paid",
        }
    }

    /// The reason that a finding is, by its rule.
    #[must_use]
    pub fn of(violation: &Violation) -> Self {
        let rule = violation.rule();
        match rule.advice() {
            Advice::Expired => Self::Expired,
            Advice::UncertainPayee => Self::AmbiguousPayee,
            _ if [khqr::rules::CURRENCY_VALUE, jpqr::rules::CURRENCY_VALUE].contains(&rule) => Self::Currency,
            _ => Self::Invalid,
        }
    }

    /// What the person who pays can do about it.
    #[must_use]
    pub const fn advice(self) -> Advice {
        match self {
            Self::Expired => Advice::Expired,
            Self::Invalid | Self::NoPayee => Advice::AskForNewCode,
            Self::AmbiguousPayee => Advice::UncertainPayee,
            Self::BillForm => Advice::NotAPaymentCode,
            Self::TipOrFee | Self::Currency | Self::Individual | Self::UnknownScheme | Self::SeveralNetworks => {
                Advice::NotPayableAbroad
            }
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

crate::serialize::as_displayed!(Reason);

/// A reason, and the data object that gives it.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// The data object; the root for the code as a whole.
    pub path: Path,
    /// The reason.
    pub reason: Reason,
    /// The rule that is broken, if one is.
    pub rule: Option<&'static Rule>,
}

crate::display::debug!(Block: |block| "Block({block})");

impl Block {
    /// A block that no rule gives.
    pub(super) const fn new(path: Path, reason: Reason) -> Self {
        Self { path, reason, rule: None }
    }

    /// What is wrong, in a sentence.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        match self.rule {
            Some(rule) => rule.summary(),
            None => self.reason.sentence(),
        }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason, self.message())?;
        if self.path == Path::ROOT { Ok(()) } else { write!(f, ", in data object {}", self.path) }
    }
}

/// What keeps a code from being paid: each path and reason once, those that no rule of a scheme gives first.
///
/// Of more than 16 those are kept that say more than that a rule is broken, then the first ones.
#[derive(Clone, Copy, Default)]
#[must_use]
pub struct Blocks {
    blocks: [Option<Block>; 16],
    /// The root objects of those that are not kept.
    beyond: TagSet,
}

impl Blocks {
    /// Whether nothing keeps the code from being paid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The reasons.
    pub fn iter(&self) -> impl Iterator<Item = Block> + Clone + '_ {
        self.blocks.iter().map_while(|block| *block)
    }

    /// Whether an object is concerned, or a template around it.
    pub(super) fn concern(&self, path: Path) -> bool {
        let concerns = |block: Block| block.path != Path::ROOT && block.path.contains(path);
        self.iter().any(concerns) || path.root().is_some_and(|root| self.beyond.contains(root))
    }

    /// Adds a block, unless its path and reason are known.
    pub(super) fn add(&mut self, block: Block) {
        if self.iter().any(|known| (known.path, known.reason) == (block.path, block.reason)) {
            return;
        }
        let Self { blocks, beyond } = self;
        let free = blocks.iter().position(Option::is_none);
        // A reason that says more than that a rule is broken takes the place of one that does not.
        let is_invalid = |place: &Option<Block>| place.is_some_and(|block| block.reason == Reason::Invalid);
        let weaker = || blocks.iter().rposition(is_invalid).filter(|_| block.reason != Reason::Invalid);
        let place = free.or_else(weaker).and_then(|place| blocks.get_mut(place));
        let left_out = match place {
            Some(place) => place.replace(block),
            None => Some(block),
        };
        if let Some(root) = left_out.and_then(|block| block.path.root()) {
            *beyond = beyond.with(root);
        }
    }
}

/// Collects the findings of a profile, with the reason that each is.
pub(super) struct Collector<'b> {
    pub(super) blocks: &'b mut Blocks,
    pub(super) reason: fn(&Violation) -> Reason,
}

impl Visitor for Collector<'_> {
    fn wants_warnings(&self) -> bool {
        false
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        let rule = Some(violation.rule());
        self.blocks.add(Block { rule, ..Block::new(violation.path(), (self.reason)(&violation)) });
        ControlFlow::Continue(())
    }
}

/// One sentence for each, with `; ` between them.
impl fmt::Display for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, block) in self.iter().enumerate() {
            let separator = if place == 0 { "" } else { "; " };
            write!(f, "{separator}{block}")?;
        }
        Ok(())
    }
}

impl core::error::Error for Blocks {}

impl From<Block> for Blocks {
    fn from(block: Block) -> Self {
        let mut blocks = Self::default();
        blocks.add(block);
        blocks
    }
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blocks({self})")
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Block {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut block = serializer.serialize_struct("Block", 4)?;
        block.serialize_field("path", &self.path)?;
        block.serialize_field("reason", &self.reason)?;
        block.serialize_field("rule", &self.rule.map(Rule::id))?;
        block.serialize_field("message", self.message())?;
        block.end()
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Blocks {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::serialize::Sequence(self.iter()).serialize(serializer)
    }
}
