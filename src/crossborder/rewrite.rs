//! The plan of a rewriting: what blocks it, what is missing, and what becomes of every leaf.

use super::blocks::{Blocks, Policy};
use super::intent::Intent;
use super::map::{self, Action, Row, To};
use super::report::{Leaf, Outcome};
use super::supplement::{Missing, Supplement};
use crate::characters::is_plain;
use crate::clock::Clock;
use crate::code::Scheme;
use crate::jpqr::Jpqr;
use crate::khqr::Khqr;
use crate::path::Path;
use crate::payee::Reading;
use crate::tag::{Tag, additional_data, language_template};
use crate::tlv::DataObject;
use crate::value::{Language, PointOfInitiation};

/// The rewriting of a code as one of the other scheme: explicit, lossy, and accounted for.
///
/// A plan until it is [written](Self::write): what [blocks](Self::blocks) it, which supplements are [missing](Self::missing),
/// and what becomes of every [leaf](Self::leaves) of the source, also if nothing can be written.
///
/// ```
/// use emvqr::Payload;
/// use emvqr::crossborder::{Rewrite, Supplement};
/// use emvqr::Clock;
/// use emvqr::khqr::Khqr;
///
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// let supplement = Supplement {
///     store_id: Some("00000000000010001000001000001".parse()?),
///     postal_code: Some("1066143"),
///     alternate_name: Some("ジョン・スミス"),
///     ..Supplement::default()
/// };
/// let code = Khqr::of(&Payload::parse(text)?);
/// let rewrite = Rewrite::to_jpqr(&code, &supplement).at(Clock::at_millis(1_750_000_000_000));
/// assert!(rewrite.blocks().is_empty() && rewrite.missing().is_empty());
/// let mut buffer = [0; 512];
/// let rewritten = rewrite.write(&mut buffer)?;
/// assert!(rewritten.text.contains("5802JP5910John Smith"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "it is not written yet"]
pub struct Rewrite<'a, 's> {
    pub(super) intent: Intent<'a>,
    pub(super) supplement: Supplement<'s>,
    pub(super) target: Target,
    policy: Policy<'s>,
    pub(super) clock: Clock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Jpqr,
    /// The store template of the source, which [`TAG_MAP`](super::TAG_MAP) knows as 26.
    Khqr {
        store: Option<Tag>,
    },
}

impl Target {
    fn to_khqr(intent: &Intent<'_>) -> Self {
        Self::Khqr { store: intent.payee.and_then(|payee| payee.path().root()) }
    }
}

impl<'a, 's> Rewrite<'a, 's> {
    /// A KHQR code as a JPQR code.
    pub fn to_jpqr(source: &Khqr<'a>, supplement: &Supplement<'s>) -> Self {
        let intent = Intent::of_khqr(source.payload(), Reading::of(source.payload()));
        Self::new(intent, Target::Jpqr, supplement)
    }

    /// A JPQR code as a KHQR code.
    pub fn to_khqr(source: &Jpqr<'a>, supplement: &Supplement<'s>) -> Self {
        let intent = Intent::of_jpqr(source.payload(), Reading::of(source.payload()));
        let target = Target::to_khqr(&intent);
        Self::new(intent, target, supplement)
    }

    /// The code of an intent as one of the other scheme. `None` if it is neither KHQR's nor JPQR's.
    #[must_use]
    pub fn of(intent: &Intent<'a>, supplement: &Supplement<'s>) -> Option<Self> {
        let target = match intent.scheme {
            Scheme::Khqr => Target::Jpqr,
            Scheme::Jpqr => Target::to_khqr(intent),
            _ => return None,
        };
        Some(Self::new(intent.clone(), target, supplement))
    }

    fn new(intent: Intent<'a>, target: Target, supplement: &Supplement<'s>) -> Self {
        Self { intent, supplement: *supplement, target, policy: Policy::default(), clock: Clock::UNKNOWN }
    }

    /// The time of rewriting, which decides what has expired: the source, or the quote. Without it nothing has.
    pub const fn at(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// What the caller does not want to be paid, beyond what cannot be.
    pub const fn under(mut self, policy: Policy<'s>) -> Self {
        self.policy = policy;
        self
    }

    /// What keeps the source from being rewritten.
    pub fn blocks(&self) -> Blocks {
        self.intent.blocks(self.clock, self.policy)
    }

    /// The source's intent.
    #[must_use]
    pub const fn intent(&self) -> &Intent<'a> {
        &self.intent
    }

    /// Every leaf of the source exactly once, in wire order, and what becomes of it.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf<'a>> + '_ {
        let facts = self.facts();
        self.intent.payload.leaves().filter_map(move |object| self.leaf(&facts, object))
    }

    pub(super) fn facts(&self) -> Facts {
        Facts { blocks: self.blocks(), ..self.facts_unblocked() }
    }

    /// The facts of a code that nothing blocks.
    pub(super) fn facts_unblocked(&self) -> Facts {
        Facts {
            blocks: Blocks::default(),
            needs_amount: self.needs_amount(),
            has_japanese_name: self.has_japanese_name(),
        }
    }

    pub(super) fn is_to_jpqr(&self) -> bool {
        self.target == Target::Jpqr
    }

    fn needs_amount(&self) -> bool {
        let dynamic = self.intent.method().is_some_and(|method| method == PointOfInitiation::DYNAMIC);
        self.intent.payload.tags().contains(Tag::TRANSACTION_AMOUNT) || dynamic && !self.is_to_jpqr()
    }

    fn has_japanese_name(&self) -> bool {
        let japanese = self.intent.language().is_some_and(|language| language.is_same(Language::JA));
        japanese && self.intent.alternate_name().is_some()
    }

    /// The supplements that are needed and absent.
    pub fn missing(&self) -> Missing {
        self.missing_by(self.needs_amount(), self.has_japanese_name())
    }

    pub(super) fn missing_by(&self, needs_amount: bool, has_japanese_name: bool) -> Missing {
        let given = &self.supplement;
        let latin = |name: Option<&str>| name.is_some_and(is_latin);
        let mut missing = Missing::default();
        if self.is_to_jpqr() {
            missing.demand(given.store_id.is_none(), "store_id");
            missing.demand(given.postal_code.is_none(), "postal_code");
            missing.demand(given.alternate_name.is_none() && !has_japanese_name, "alternate_name");
            missing.demand(given.name.is_none() && !latin(self.intent.name()), "name");
            missing.demand(given.city.is_none() && !latin(self.intent.city()), "city");
            missing.demand(given.amount.is_none() && needs_amount, "amount");
        } else {
            missing.demand(given.bakong_account.is_none(), "bakong_account");
            missing.demand(given.acquiring_bank.is_none(), "acquiring_bank");
            missing.demand(given.currency.is_none(), "currency");
            missing.demand(given.amount.is_none() && needs_amount, "amount");
            missing.demand(given.created_ms.is_none() && needs_amount, "created_ms");
            missing.demand(given.expires_at_ms.is_none() && needs_amount, "expires_at_ms");
        }
        missing
    }
}

/// What the answer for each leaf depends on, worked out once.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) blocks: Blocks,
    /// Whether the result has an amount: if the source has one, and if KHQR demands one of a dynamic code.
    pub(super) needs_amount: bool,
    pub(super) has_japanese_name: bool,
}

impl Facts {
    /// Whether the result is for one payment though the source's 01 says something else.
    fn makes_dynamic(&self, method: &DataObject<'_>) -> bool {
        self.needs_amount && method.value() != PointOfInitiation::DYNAMIC.as_str()
    }
}

impl<'a> Rewrite<'a, '_> {
    /// The row of [`TAG_MAP`](super::TAG_MAP) that a leaf of the source falls in.
    fn row(&self, path: Path) -> Option<&'static Row> {
        let (root, sub) = (path.root()?, path.sub());
        let root = match (self.target, root.get()) {
            (Target::Khqr { store }, _) if store == Some(root) => 26,
            (Target::Khqr { .. }, 26..=51) => 27,
            (_, id) => id,
        };
        map::row(root, sub.map(Tag::get))
    }

    pub(super) fn leaf(&self, facts: &Facts, object: DataObject<'a>) -> Option<Leaf<'a>> {
        let path = object.path();
        // Every path has its row: the map is proved complete.
        let row = self.row(path)?;
        let leaf = |outcome, to| Some(Leaf { object, outcome, to, why: row.reason });
        if facts.blocks.concern(path) {
            return leaf(Outcome::Blocked, None);
        }
        let direction = if self.is_to_jpqr() { row.to_jpqr } else { row.to_khqr };
        match (direction.action, direction.to) {
            (Action::Copy, To::Same) => match self.copied(facts, &object) {
                // An amount is written for one payment: a code that expires must not become one that is paid again and again.
                Ok(_) if path == Path::of(Tag::POINT_OF_INITIATION_METHOD) && facts.makes_dynamic(&object) => {
                    Some(Leaf {
                        object,
                        outcome: Outcome::Changed,
                        to: Some(path),
                        why: "a code with an amount is written for one payment",
                    })
                }
                Ok(outcome) => leaf(outcome, Some(path)),
                Err(why) => Some(Leaf { object, outcome: Outcome::Lost, to: None, why: why.unwrap_or(row.reason) }),
            },
            (Action::Change, To::Same) => leaf(Outcome::Changed, Some(path)),
            // The one such row is the store id, and a supplied merchant id wins.
            (Action::Change, To::Path(to)) if self.supplement.merchant_id.is_none() => leaf(Outcome::Changed, Some(to)),
            _ => leaf(Outcome::Lost, None),
        }
    }

    /// How a leaf that means the same on the other side gets there, or why it does not, if that is not the row's reason.
    fn copied(&self, facts: &Facts, object: &DataObject<'a>) -> Result<Outcome, Option<&'static str>> {
        const SUPPLIED: &str = "what is supplied stands in its place";
        const PLANE: &str = "KHQR holds no character beyond U+FFFF";
        const SCRIPT: &str = "JPQR holds Latin letters alone here";
        let (given, to_jpqr) = (&self.supplement, self.is_to_jpqr());
        let latin = |supplied: Option<&str>| {
            if !to_jpqr || is_latin(object.value()) {
                Ok(Outcome::Copied)
            } else {
                supplied.map(|_| Outcome::Changed).ok_or(Some(SCRIPT))
            }
        };
        match object.path().root().ok_or(None)? {
            Tag::MERCHANT_CATEGORY_CODE if given.merchant_category_code.is_some() => Err(Some(SUPPLIED)),
            Tag::MERCHANT_NAME => latin(given.name),
            Tag::MERCHANT_CITY => latin(given.city),
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE
                if object.tag() == additional_data::MOBILE_NUMBER && !given.consent_mobile =>
            {
                Err(None)
            }
            // A language without its name says nothing.
            Tag::LANGUAGE_TEMPLATE if !to_jpqr && self.intent.alternate_name().is_some_and(is_beyond_bmp) => {
                Err(Some(PLANE))
            }
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE if !to_jpqr && is_beyond_bmp(object.value()) => Err(Some(PLANE)),
            // KHQR's labels may be of any script; what JPQR cannot hold stays in the intent.
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE if to_jpqr && !is_latin(object.value()) => Err(Some(SCRIPT)),
            Tag::LANGUAGE_TEMPLATE if to_jpqr => {
                let supplied = given.alternate_name.map(|_| SUPPLIED);
                let kept = supplied.is_none() && facts.has_japanese_name;
                let is_language = object.tag() == language_template::LANGUAGE_PREFERENCE;
                let changed = is_language && object.value() != Language::JA.as_str();
                if kept { Ok(if changed { Outcome::Changed } else { Outcome::Copied }) } else { Err(supplied) }
            }
            _ => Ok(Outcome::Copied),
        }
    }
}

fn is_beyond_bmp(text: &str) -> bool {
    text.contains(|c| c > '\u{FFFF}')
}

/// Whether a text is of the common character set, as JPQR's names in Latin letters must be.
fn is_latin(text: &str) -> bool {
    is_plain(text.as_bytes())
}

/// Every leaf of the source, in wire order.
#[cfg(feature = "serde")]
impl ::serde::Serialize for Rewrite<'_, '_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.leaves())
    }
}
