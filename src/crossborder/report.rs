//! What becomes of every leaf of the source of a rewriting, and where every leaf of the result comes from.

use core::fmt;

use crate::path::Path;
use crate::tlv::DataObject;

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
#[derive(Clone, Copy)]
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

crate::display::debug!(Leaf<'_>: |leaf| "Leaf({} {:?} {:?})", leaf.object.path(), leaf.outcome, leaf.to);

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
