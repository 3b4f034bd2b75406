//! What becomes of every leaf of the source of a rewriting, and where every leaf of the result comes from.

use core::fmt;

use super::blocks::Blocks;
use super::map::{self, Action, Row, To};
use super::rewrite::{Rewrite, Target, is_latin};
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

crate::serialize::as_displayed!(Origin, Outcome);

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

    /// How a leaf that means the same on the other side gets there, or why it does not, where that is not the row's reason.
    fn copied(&self, facts: &Facts, object: &DataObject<'a>) -> Result<Outcome, Option<&'static str>> {
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
                let kept = supplied.is_none() && facts.has_japanese_name;
                let is_language = object.tag() == language_template::LANGUAGE_PREFERENCE;
                let changed = is_language && object.value() != Language::JA.as_str();
                if kept { Ok(if changed { Outcome::Changed } else { Outcome::Copied }) } else { Err(supplied) }
            }
            _ => Ok(Outcome::Copied),
        }
    }
}

/// The leaf's path, what became of it, where it went and why: never its value.
#[cfg(feature = "serde")]
impl ::serde::Serialize for Leaf<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut leaf = serializer.serialize_struct("Leaf", 4)?;
        leaf.serialize_field("path", &self.object.path())?;
        leaf.serialize_field("action", &self.outcome)?;
        leaf.serialize_field("to", &self.to)?;
        leaf.serialize_field("why", self.why)?;
        leaf.end()
    }
}
