//! The account of a rewriting: what becomes of every leaf of the source.

use core::fmt;

use super::blocks::{Blocks, Policy};
use super::intent::{Intent, ReadIntent};
use super::map::{self, Action, Row, To};
use super::references::Field;
use super::supplement::{Missing, Supplement};
use crate::characters::is_plain;
use crate::jpqr::Jpqr;
use crate::khqr::{Clock, Khqr};
use crate::payload::Payload;
use crate::tag::{Path, Tag, additional_data, language_template};
use crate::tlv::DataObject;
use crate::value::{Language, PointOfInitiation};

/// What became of a leaf of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It is in the result as it was.
    Copied,
    /// It is in the result in another form.
    Changed,
    /// It is not in the result.
    Lost,
    /// It keeps the code from being rewritten.
    Blocked,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Copied => "copied",
            Self::Changed => "changed",
            Self::Lost => "lost",
            Self::Blocked => "blocked",
        })
    }
}

/// Where a leaf of the result comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// A leaf of the source, as it is.
    Copied,
    /// One or more leaves of the source, in another form.
    Changed,
    /// The supplement.
    Supplied,
    /// The scheme: it is the same in all its codes, or computed.
    Fixed,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Copied => "copied",
            Self::Changed => "changed",
            Self::Supplied => "supplied",
            Self::Fixed => "fixed",
        })
    }
}

/// A leaf of the source, and what became of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Leaf<'a> {
    /// The leaf.
    pub object: DataObject<'a>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it is in the result.
    pub to: Option<Path>,
    /// Why, from [`TAG_MAP`](super::TAG_MAP).
    pub why: &'static str,
}

/// The account of a rewriting: every leaf of the source exactly once, in wire order, and what became of it.
///
/// There is one, too, where nothing can be written.
#[derive(Clone, Debug)]
pub struct Report<'a, 's> {
    pub(super) intent: Intent<'a>,
    pub(super) supplement: Supplement<'s>,
    pub(super) target: Target,
    pub(super) blocks: Blocks,
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

impl<'a, 's> Report<'a, 's> {
    /// The account of rewriting a KHQR code as a JPQR code.
    #[must_use]
    pub fn to_jpqr(source: &Khqr<'a>, supplement: &Supplement<'s>, clock: Clock, policy: Policy) -> Self {
        Self::new(source.intent(), Target::Jpqr, supplement, clock, policy)
    }

    /// The account of rewriting a JPQR code as a KHQR code.
    #[must_use]
    pub fn to_khqr(source: &Jpqr<'a>, supplement: &Supplement<'s>, clock: Clock, policy: Policy) -> Self {
        let intent = source.intent();
        let store = intent.payee.key.and_then(|key| key.path.root());
        Self::new(intent, Target::Khqr { store }, supplement, clock, policy)
    }

    fn new(intent: Intent<'a>, target: Target, supplement: &Supplement<'s>, clock: Clock, policy: Policy) -> Self {
        let blocks = intent.blocks(clock, policy);
        Self { intent, supplement: *supplement, target, blocks, clock }
    }

    /// What keeps the source from being rewritten.
    #[must_use]
    pub const fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// The source's intent.
    #[must_use]
    pub const fn intent(&self) -> &Intent<'a> {
        &self.intent
    }

    const fn payload(&self) -> &Payload<'a> {
        &self.intent.payload
    }

    pub(super) fn is_to_jpqr(&self) -> bool {
        self.target == Target::Jpqr
    }

    /// Whether the result has an amount: where the source has one, and where KHQR demands one of a dynamic code.
    pub(super) fn needs_amount(&self) -> bool {
        let dynamic = self.intent.method().is_some_and(|method| method.value == PointOfInitiation::DYNAMIC);
        self.payload().tags().contains(Tag::TRANSACTION_AMOUNT) || dynamic && !self.is_to_jpqr()
    }

    /// Whether the result is for one payment where the source's 01 says something else.
    fn makes_dynamic(&self, method: &DataObject<'_>) -> bool {
        self.needs_amount() && method.value() != PointOfInitiation::DYNAMIC.as_str()
    }

    fn has_japanese_name(&self) -> bool {
        let japanese = self.intent.language().is_some_and(|language| language.value.is_same(Language::JA));
        japanese && self.intent.local_name().is_some()
    }

    /// The supplements that are needed and absent.
    #[must_use]
    pub fn missing(&self) -> Missing {
        let given = &self.supplement;
        let latin = |field: Option<Field<&str>>| field.is_some_and(|field| is_latin(field.value));
        let mut missing = Missing::default();
        if self.is_to_jpqr() {
            missing.demand(given.store_id.is_none(), "store_id");
            missing.demand(given.postal_code.is_none(), "postal_code");
            missing.demand(given.merchant_name_ja.is_none() && !self.has_japanese_name(), "merchant_name_ja");
            missing.demand(given.merchant_name_latin.is_none() && !latin(self.intent.name()), "merchant_name_latin");
            missing.demand(given.merchant_city_latin.is_none() && !latin(self.intent.city()), "merchant_city_latin");
            missing.demand(given.amount.is_none() && self.needs_amount(), "amount");
        } else {
            missing.demand(given.bakong_account.is_none(), "bakong_account");
            missing.demand(given.acquiring_bank.is_none(), "acquiring_bank");
            missing.demand(given.currency.is_none(), "currency");
            missing.demand(given.amount.is_none() && self.needs_amount(), "amount");
            missing.demand(given.created_ms.is_none() && self.needs_amount(), "created_ms");
            missing.demand(given.expires_ms.is_none() && self.needs_amount(), "expires_ms");
        }
        missing
    }

    /// The row of [`TAG_MAP`](super::TAG_MAP) that a leaf of the source falls in.
    fn row(&self, path: Path) -> Option<&'static Row> {
        let mut tags = path.tags();
        let (root, sub) = (tags.next()?, tags.next());
        let root = match (self.target, root.get()) {
            (Target::Khqr { store }, _) if store == Some(root) => 26,
            (Target::Khqr { .. }, 26..=51) => 27,
            (_, id) => id,
        };
        map::row(root, sub.map(Tag::get))
    }

    /// Every leaf of the source, in wire order, and what became of it.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf<'a>> + '_ {
        self.payload().leaves().filter_map(|object| self.leaf(object))
    }

    fn leaf(&self, object: DataObject<'a>) -> Option<Leaf<'a>> {
        let path = object.path();
        // Every path has its row: the map is proved complete.
        let row = self.row(path)?;
        let leaf = |outcome, to| Some(Leaf { object, outcome, to, why: row.reason });
        if self.blocks.concern(path) {
            return leaf(Outcome::Blocked, None);
        }
        let direction = if self.is_to_jpqr() { row.to_jpqr } else { row.to_khqr };
        match (direction.action, direction.to) {
            (Action::Copy, To::Same) => match self.copied(&object) {
                // An amount is written for one payment: a code that expires must not become one that is paid again and again.
                Ok(_) if path == Path::of(Tag::POINT_OF_INITIATION_METHOD) && self.makes_dynamic(&object) => {
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
            (Action::Change, To::Path(to)) if self.supplement.merchant_id.is_none() => {
                leaf(Outcome::Changed, to.parse().ok())
            }
            _ => leaf(Outcome::Lost, None),
        }
    }

    /// How a leaf that means the same on the other side gets there, or why it does not, where that is not the row's reason.
    fn copied(&self, object: &DataObject<'a>) -> Result<Outcome, Option<&'static str>> {
        const SUPPLIED: &str = "what is supplied stands in its place";
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
            Tag::MERCHANT_NAME => latin(given.merchant_name_latin),
            Tag::MERCHANT_CITY => latin(given.merchant_city_latin),
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE
                if object.tag() == additional_data::MOBILE_NUMBER && !given.consent_mobile =>
            {
                Err(None)
            }
            // KHQR's labels may be of any script; what JPQR cannot hold stays in the intent.
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE if to_jpqr && !is_latin(object.value()) => Err(Some(SCRIPT)),
            Tag::LANGUAGE_TEMPLATE if to_jpqr => {
                let supplied = given.merchant_name_ja.map(|_| SUPPLIED);
                let kept = supplied.is_none() && self.has_japanese_name();
                let is_language = object.tag() == language_template::LANGUAGE_PREFERENCE;
                let changed = is_language && object.value() != Language::JA.as_str();
                if kept { Ok(if changed { Outcome::Changed } else { Outcome::Copied }) } else { Err(supplied) }
            }
            _ => Ok(Outcome::Copied),
        }
    }
}

/// Whether a text is of the common character set, as JPQR's names in Latin letters must be.
fn is_latin(text: &str) -> bool {
    is_plain(text.as_bytes())
}
