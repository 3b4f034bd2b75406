//! The wire-valid payload, borrowed and owned.

#[cfg(feature = "alloc")]
mod owned;

use core::fmt;

#[cfg(feature = "alloc")]
pub use owned::PayloadBuf;

use crate::crc;
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::tag::{Tag, TagSet};
use crate::tlv::{self, DataObject, Index, Iter, Leaves};

/// The text of a payload that is valid on the wire (level 1), and where its data objects are.
///
/// What that means: the text is a run of data objects that covers it exactly, 00 is the first and 63 the last, no ID
/// occurs twice in the root, and 63 is the CRC of everything before its value, in four hexadecimal digits of either
/// case. Nothing more: codes with a missing merchant name or an unknown format are payloads, and are readable. Rules of
/// the higher levels are checked by [`view`](Self::view).
///
/// Borrows the text and allocates nothing; some 240 bytes, so pass it by reference. `Debug` prints no text of it,
/// `Display` and [`as_str`](Self::as_str) do. Payloads are equal when their texts are; see
/// [`is_same_code`](Self::is_same_code).
#[derive(Clone)]
pub struct Payload<'a> {
    text: &'a str,
    index: Index,
}

impl<'a> Payload<'a> {
    /// The most bytes that a wire-valid text can have: 99 objects of 99 characters of four bytes, and the CRC.
    pub const MAX_LEN: usize = 99 * (4 + 4 * 99) + 8;

    /// Reads a payload.
    ///
    /// # Errors
    ///
    /// The first of: a fault of shape in wire order; 00 not first; 63 not last; an ID that occurs twice; a CRC that is
    /// not four hexadecimal digits; a CRC of another value. See [`ErrorKind`].
    ///
    /// ```
    /// let payload = emvqr::Payload::parse(
    ///     "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F",
    /// )?;
    /// assert_eq!(payload.get(emvqr::Tag::MERCHANT_NAME).unwrap().value(), "John Smith");
    /// # Ok::<(), emvqr::Error>(())
    /// ```
    #[inline]
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        let mut payload = Self { text, index: Index::new() };
        payload.read()?;
        Ok(payload)
    }

    /// Fills the index, and checks what makes a run of data objects a payload.
    ///
    /// Apart from `parse`, so that a payload, which is large, is built in its place and not moved there.
    #[inline(never)]
    fn read(&mut self) -> Result<(), Error> {
        let bytes = self.text.as_bytes();
        match bytes.split_last_chunk::<4>() {
            Some((covered, digits))
                if self.index.fill(self.text) && self.index.ends_with_crc(bytes.len()) && bytes.starts_with(b"00") =>
            {
                let computed = crc::checksum(covered);
                if *digits == crc::digits(computed) { Ok(()) } else { check_digits(computed, *digits, covered.len()) }
            }
            _ => Err(fault(self.text)),
        }
    }

    /// The root objects of any text up to its first fault, of several with one ID the first: for those who look at texts that
    /// are no payloads.
    pub(crate) fn lax(text: &'a str) -> Self {
        let mut payload = Self { text, index: Index::new() };
        payload.index.fill_up_to_fault(text);
        payload
    }

    /// A payload that is being written: its index is filled, then it is given its [text](Self::written).
    pub(crate) const fn unwritten() -> Self {
        Self { text: "", index: Index::new() }
    }

    pub(crate) const fn index(&mut self) -> &mut Index {
        &mut self.index
    }

    /// Gives it the text that its index is of.
    pub(crate) fn written(&mut self, text: &'a str) {
        self.index.plain = crate::characters::Plain::of(text.as_bytes());
        self.text = text;
    }

    /// Reads a payload from bytes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Utf8`] before anything else, then as [`parse`](Self::parse).
    pub fn parse_bytes(bytes: &'a [u8]) -> Result<Self, Error> {
        match core::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let valid = error.valid_up_to();
                let length = error.error_len().unwrap_or(bytes.len().saturating_sub(valid));
                Err(Error::new(ErrorKind::Utf8, Path::ROOT, valid, length))
            }
        }
    }

    /// The text as read.
    #[must_use]
    #[inline]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// The root object with this ID.
    #[must_use]
    #[inline]
    pub fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        self.index.get(self.text, tag)
    }

    /// The object at this path, the templates on the way opened whatever their ID.
    ///
    /// `None` if an object on the way is missing, is not a run of data objects, or repeats an ID of the path, and for a text
    /// that is not a path.
    ///
    /// ```
    /// # let payload = emvqr::Payload::parse(
    /// #     "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F",
    /// # )?;
    /// assert_eq!(payload.find("29-00").unwrap().value(), "john_smith@devb");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn find(&self, path: impl TryInto<Path>) -> Option<DataObject<'a>> {
        self.find_path(path.try_into().ok()?)
    }

    fn find_path(&self, path: Path) -> Option<DataObject<'a>> {
        let mut tags = path.tags();
        let root = self.get(tags.next()?)?;
        tags.try_fold(root, |object, tag| object.template().ok()?.sole(tag))
    }

    /// The IDs of the root objects.
    #[must_use]
    #[inline]
    pub const fn tags(&self) -> TagSet {
        self.index.tags
    }

    /// The root objects in wire order.
    pub fn iter(&self) -> Iter<'a> {
        self.index.objects(self.text)
    }

    /// The leaves in wire order, EMVCo's templates opened: see [`tlv::leaves`].
    pub fn leaves(&self) -> impl Iterator<Item = DataObject<'a>> + Clone + use<'a> {
        Leaves::from(self.index.objects(self.text)).objects()
    }

    /// The CRC that the payload carries, which is also the computed one.
    #[must_use]
    pub fn crc(&self) -> u16 {
        self.text.as_bytes().last_chunk::<4>().and_then(|digits| crc::parse_digits(*digits)).unwrap_or_default()
    }

    /// Whether both are the same code: equal texts, the case of the CRC's digits aside.
    #[must_use]
    pub fn is_same_code(&self, other: &Payload<'_>) -> bool {
        let covered = |text: &'_ str| text.len().saturating_sub(4);
        // Where the covered bytes are equal, so are the CRCs.
        self.text.as_bytes().get(..covered(self.text)) == other.text.as_bytes().get(..covered(other.text))
    }

    /// Where 63 starts, in bytes: the place of findings about what is missing.
    #[inline]
    pub(crate) const fn crc_offset(&self) -> usize {
        // A wire-valid payload ends with the eight characters of its CRC.
        self.text.len().saturating_sub(8)
    }

    /// How many characters the text has, the CRC included.
    #[inline]
    pub(crate) fn characters(&self) -> usize {
        if self.is_plain() { self.text.len() } else { self.text.chars().count() }
    }

    /// The highest byte of the text.
    #[inline]
    pub(crate) fn highest_byte(&self) -> u8 {
        if self.is_plain() {
            return b'~';
        }
        self.index.mixed(self.text).iter().copied().fold(0, u8::max)
    }

    /// The bytes that are perhaps not plain, and where they start.
    pub(crate) fn mixed(&self) -> (usize, &'a [u8]) {
        (self.index.plain.until, self.index.mixed(self.text))
    }

    /// Where the value of a root object starts.
    pub(crate) fn start(&self, tag: Tag) -> usize {
        self.index.start(tag)
    }

    /// Whether the value of a root object starts after `place`.
    pub(crate) fn starts_after(&self, tag: Tag, place: usize) -> bool {
        self.index.start(tag) > place
    }

    /// Where the header of the root object at `place` starts.
    pub(crate) fn header_before(&self, place: usize) -> usize {
        self.index.header_before(place)
    }

    /// Whether every character is one of 0x20 to 0x7E, the specification's ans (MPM 1.1, 1.4.1).
    #[must_use]
    #[inline]
    pub fn is_plain(&self) -> bool {
        self.index.plain.is_all()
    }
}

impl<'a> IntoIterator for &Payload<'a> {
    type Item = DataObject<'a>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// By its text.
impl PartialEq<str> for Payload<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Payload<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

impl fmt::Debug for Payload<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payload({} bytes, {:?})", self.text.len(), self.tags())
    }
}

impl PartialEq for Payload<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Payload<'_> {}

impl core::hash::Hash for Payload<'_> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl AsRef<str> for Payload<'_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl<'a> TryFrom<&'a str> for Payload<'a> {
    type Error = Error;

    fn try_from(text: &'a str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

impl<'a> TryFrom<&'a [u8]> for Payload<'a> {
    type Error = Error;

    fn try_from(bytes: &'a [u8]) -> Result<Self, Error> {
        Self::parse_bytes(bytes)
    }
}

/// What keeps a text from being a payload before its CRC is looked at, in the order of precedence.
#[cold]
fn fault(text: &str) -> Error {
    if let Some(shape) = tlv::read(text).find_map(Result::err) {
        return shape;
    }
    let objects = || tlv::read(text).map_while(Result::ok);
    let fault = |kind, object: Option<DataObject<'_>>, tag, missing| {
        let (path, offset, length) =
            object.map_or((Path::of(tag), missing, 0), |object| (Path::of(tag), object.offset(), object.raw().len()));
        Error::new(kind, path, offset, length)
    };
    if !text.starts_with("00") {
        return fault(ErrorKind::NotFirst, objects().next(), Tag::PAYLOAD_FORMAT_INDICATOR, 0);
    }
    let last = objects().last().filter(|last| last.tag() == Tag::CRC);
    let Some(crc) = last else {
        let crc = objects().filter(|object| object.tag() == Tag::CRC).last();
        return fault(ErrorKind::NotLast, crc, Tag::CRC, text.len());
    };
    let mut seen = TagSet::EMPTY;
    if let Some(second) = objects().find(|object| seen.insert(object.tag())) {
        return fault(ErrorKind::Duplicate, Some(second), second.tag(), text.len());
    }
    Error::new(ErrorKind::CrcFormat, Path::of(Tag::CRC), crc.value_offset(), crc.value_bytes().len())
}

/// What is wrong with the digits, which are not those of the computed CRC, unless they are so in lower case.
#[cold]
fn check_digits(computed: u16, digits: [u8; 4], offset: usize) -> Result<(), Error> {
    let fault = |kind| Err(Error::new(kind, Path::of(Tag::CRC), offset, 4));
    match crc::parse_digits(digits) {
        None => fault(ErrorKind::CrcFormat),
        Some(found) if found != computed => fault(ErrorKind::CrcMismatch { computed, found }),
        Some(_) => Ok(()),
    }
}
