//! The value of a template in the making.

use core::fmt;

use super::{Output, value_length};
use crate::characters::characters;
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::tag::{Tag, TagSet};
use crate::tlv::Template;

/// The value of a template in the making, some 400 bytes, without allocation.
///
/// Objects are in the order in which they are pushed; the specification allows any (MPM 1.1, 4.6.1).
///
/// ```
/// use emvqr::{Tag, encode::TemplateBuf};
///
/// let mut account = TemplateBuf::new();
/// account.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, "com.example")?.push(Tag::try_from(1)?, "shop-7")?;
/// assert_eq!(account.as_str(), "0011com.example0106shop-7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TemplateBuf {
    bytes: [u8; Self::CAPACITY],
    length: usize,
    characters: usize,
    tags: TagSet,
}

impl TemplateBuf {
    /// Bytes that 99 characters can take.
    pub(crate) const CAPACITY: usize = 99 * 4;

    /// A template without objects, which no payload can hold yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { bytes: [0; Self::CAPACITY], length: 0, characters: 0, tags: TagSet::EMPTY }
    }

    /// Adds an object behind the others. The value may itself be a template.
    ///
    /// # Errors
    ///
    /// A value without characters or with more than 99, an ID that is there already, or a template that would have more
    /// than 99 characters. The template is then as before. The path is the object's own ID.
    pub fn push(&mut self, tag: Tag, value: &str) -> Result<&mut Self, Error> {
        let fault = |kind| Error::new(kind, Path::of(tag), self.length, value.len());
        let length = value_length(value.as_bytes(), Path::of(tag), self.length)?;
        if self.tags.contains(tag) {
            return Err(fault(ErrorKind::Duplicate));
        }
        let characters = self.characters.saturating_add(4).saturating_add(usize::from(length));
        let place = self.bytes.get_mut(self.length..).filter(|_| characters <= 99);
        let mut output = Output::new(place.ok_or_else(|| fault(ErrorKind::ValueTooLong))?);
        output.object(tag, length, value.as_bytes());
        self.length = self.length.saturating_add(output.at);
        self.characters = characters;
        self.tags.insert(tag);
        Ok(self)
    }

    /// Adds an object of the template `tag` of the root; the path of an error leads from the root.
    pub(crate) fn push_inside(&mut self, tag: Tag, sub: Tag, value: &str) -> Result<(), Error> {
        self.push(sub, value).map(|_| ()).map_err(|error| {
            // Values that fit by themselves are too long together.
            let is_full = error.kind() == ErrorKind::ValueTooLong && characters(value.as_bytes()) <= 99;
            if is_full { Error::new(error.kind(), tag.into(), 0, value.len()) } else { error.inside(tag) }
        })
    }

    /// The text so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only whole texts are pushed.
        self.bytes.get(..self.length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The objects so far.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ValueEmpty`] if nothing was pushed.
    pub fn template(&self) -> Result<Template<'_>, Error> {
        Template::parse(self.as_str())
    }

    /// Whether nothing was pushed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

impl Default for TemplateBuf {
    fn default() -> Self {
        Self::new()
    }
}

impl AsRef<str> for TemplateBuf {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for TemplateBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TemplateBuf({} characters, {:?})", self.characters, self.tags)
    }
}
