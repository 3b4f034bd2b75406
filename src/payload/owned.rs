//! The payload that holds its text itself.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::Payload;
use crate::error::Error;
use crate::path::Path;
use crate::tag::{Tag, TagSet};
use crate::tlv::{DataObject, Index, Iter};

/// A wire-valid payload that holds its text itself: what a [`Payload`] borrows, without reading it again.
///
/// ```
/// use emvqr::{Payload, PayloadBuf};
///
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// let kept: PayloadBuf = Payload::parse(text)?.to_buf();
/// assert_eq!(kept.as_payload().as_str(), text);
/// # Ok::<(), emvqr::Error>(())
/// ```
#[derive(Clone)]
pub struct PayloadBuf {
    text: String,
    index: Index,
}

impl PayloadBuf {
    /// Reads a payload and keeps its text.
    ///
    /// # Errors
    ///
    /// As [`Payload::parse`]; the text is dropped then.
    pub fn parse(text: String) -> Result<Self, Error> {
        let index = Payload::parse(&text)?.index;
        Ok(Self { text, index })
    }

    /// The payload.
    #[must_use]
    pub fn as_payload(&self) -> Payload<'_> {
        Payload { text: &self.text, index: self.index.clone() }
    }

    /// The root object with this ID.
    #[must_use]
    pub fn get(&self, tag: Tag) -> Option<DataObject<'_>> {
        self.index.get(&self.text, tag)
    }

    /// The object at this path: see [`Payload::find`].
    #[must_use]
    pub fn find(&self, path: impl TryInto<Path>) -> Option<DataObject<'_>> {
        self.as_payload().find(path)
    }

    /// The IDs of the root objects.
    #[must_use]
    pub const fn tags(&self) -> TagSet {
        self.index.tags
    }

    /// The root objects in wire order.
    pub fn iter(&self) -> Iter<'_> {
        self.index.objects(&self.text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Gives the text back.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }
}

impl Payload<'_> {
    /// Copies the text into a payload of its own.
    #[must_use]
    pub fn to_buf(&self) -> PayloadBuf {
        PayloadBuf { text: self.text.to_owned(), index: self.index.clone() }
    }
}

impl<'a> IntoIterator for &'a PayloadBuf {
    type Item = DataObject<'a>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl fmt::Display for PayloadBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for PayloadBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.as_payload(), f)
    }
}

impl PartialEq for PayloadBuf {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PayloadBuf {}

impl core::hash::Hash for PayloadBuf {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl AsRef<str> for PayloadBuf {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl FromStr for PayloadBuf {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Payload::parse(text)?.to_buf())
    }
}

impl TryFrom<String> for PayloadBuf {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl From<Payload<'_>> for PayloadBuf {
    fn from(payload: Payload<'_>) -> Self {
        payload.to_buf()
    }
}
