//! Why a code is refused, in words for the person who holds it.
//!
//! [`Payload::parse`] says what is wrong and where; [`diagnose`] says what seems to have happened: a byte
//! order mark in front, percent signs of a link, a CRC without its leading zero, a length that counts bytes. It explains.
//! It repairs nothing, and nothing in this crate pays by what it finds: a text that had to be changed to be read is not the
//! text that the merchant showed.
//!
//! A hint that rests on a changed text is given only if that text is a payload with a right CRC, so a hint is seldom wrong.
//!
//! ```
//! use emvqr::diagnose::{HintKind, Remedy, diagnose};
//!
//! let scanned = "]Q100020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
//! let hints = diagnose(scanned);
//! assert_eq!(hints[0].kind(), HintKind::Surrounded);
//! assert_eq!(hints[0].remedy(), Some(&Remedy::Range(3..95)));
//! ```

mod changed;
mod crc;
mod foreign;
mod length;
mod near;
mod surrounded;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

pub(crate) use crc::same_method;

use crate::elqr::Bill;
use crate::error::Error;
use crate::path::Path;
use crate::payload::Payload;
use crate::tag::Tag;

/// From how many bytes on a text is only looked at for what it is and what surrounds it.
pub const MAX_LEN: usize = 4096;

/// The most texts that are read as payloads for one diagnosis.
pub const MAX_READS: u16 = 200;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal,)+) => {
        /// What a [`Hint`] is about. [`name`](Self::name) is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum HintKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl HintKind {
            /// All kinds, in the order in which they are looked for.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// A stable name in lower case, with hyphens: `crc-short`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }
    };
}

kinds! {
    /// The text is a link, or another URI.
    Link = "link",
    /// The text is a consumer-presented code, which a customer shows and a merchant scans.
    ConsumerPresented = "consumer-presented",
    /// The text is for a bank transfer in a format of its own: EPC, SPD, ST00012, a Thai bill.
    BankText = "bank-text",
    /// The text is the code on a Thai transfer slip, which proves a payment that has been made.
    Slip = "slip",
    /// The text is JSON.
    Json = "json",
    /// The text is digits and nothing else.
    Digits = "digits",
    /// The text is something else that does not begin as a payload does.
    OtherText = "other-text",
    /// Something stands in front of a valid payload, behind it, or both. Remedy: the range that is valid.
    Surrounded = "surrounded",
    /// A second payload follows a valid one. Remedy: the range of the first.
    SecondPayload = "second-payload",
    /// The bytes are not UTF-8, and the CRC says what encoding they are in.
    Encoding = "encoding",
    /// The text was percent-encoded, as in a link.
    PercentEncoded = "percent-encoded",
    /// The text was encoded as a form, with `+` for a blank.
    FormEncoded = "form-encoded",
    /// Characters were written as HTML entities.
    HtmlEscaped = "html-escaped",
    /// Characters were written as escapes with a backslash.
    BackslashEscaped = "backslash-escaped",
    /// Line breaks were put in.
    LineBreaks = "line-breaks",
    /// Blanks, or invisible characters, were put in.
    Blanks = "blanks",
    /// Blanks became no-break blanks.
    NoBreakBlanks = "no-break-blanks",
    /// Quotes or hyphens became typographic ones.
    Typographic = "typographic",
    /// Letters became small.
    LowerCased = "lower-cased",
    /// Letters became capital.
    UpperCased = "upper-cased",
    /// Letters were taken apart into letter and mark (NFD).
    Decomposed = "decomposed",
    /// Letters and marks were put together (NFC).
    Composed = "composed",
    /// Digits or letters became full-width ones.
    FullWidth = "full-width",
    /// UTF-8 was read in another encoding and written again.
    Misread = "misread",
    /// Characters that could not be decoded were replaced by U+FFFD.
    Replaced = "replaced",
    /// There is no data object 63. Remedy: the text with it.
    CrcAbsent = "crc-absent",
    /// 63 has no digits. Remedy: the text with them.
    CrcEmpty = "crc-empty",
    /// 63 has fewer than four digits. Remedy: the text with all of them.
    CrcShort = "crc-short",
    /// The value of 63 is not four hexadecimal digits. Remedy: the text with them.
    CrcForm = "crc-form",
    /// The CRC was computed in another way than EMVCo says.
    CrcMethod = "crc-method",
    /// The text was changed after its CRC was computed.
    ChangedLater = "changed-later",
    /// The text ends early.
    CutOff = "cut-off",
    /// The lengths count bytes or UTF-16 units.
    LengthUnit = "length-unit",
    /// A length is wrong. Remedy: the length with which all can be read.
    Length = "length",
    /// A length has one digit, or three.
    LengthDigits = "length-digits",
    /// The value of a template cannot be read as data objects.
    Template = "template",
    /// A code that looks Cambodian has no Bakong account.
    NoBakongAccount = "no-bakong-account",
    /// A code that looks Japanese has no JPQR store id.
    NoStoreId = "no-store-id",
    /// The mobile number of a KHQR code is not digits alone, which some apps are said to refuse.
    MobileNumber = "mobile-number",
}

impl HintKind {
    /// Whether the text is not a merchant-presented code at all.
    #[must_use]
    pub const fn is_foreign(self) -> bool {
        matches!(
            self,
            Self::Link
                | Self::ConsumerPresented
                | Self::BankText
                | Self::Slip
                | Self::Json
                | Self::Digits
                | Self::OtherText
        )
    }
}

/// What would be valid instead.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// The bytes of the caller's text that are a payload.
    Range(Range<usize>),
    /// A text that is a payload.
    Text(String),
    /// The length of the data object in question, 1 to 99 characters, with which the whole run of objects can be read. The CRC
    /// would have to be computed anew.
    Length(u8),
}

/// Without the text, which would end up in logs.
impl fmt::Debug for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(range) => write!(f, "Range({range:?})"),
            Self::Text(text) => write!(f, "Text({} bytes)", text.len()),
            Self::Length(length) => write!(f, "Length({length})"),
        }
    }
}

/// Something that seems to have happened to a text. `Display` gives the sentence, which holds no text of the payload other
/// than a CRC and single characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    kind: HintKind,
    path: Path,
    offset: usize,
    length: usize,
    message: Cow<'static, str>,
    /// The sentence without the CRC, if the other has it.
    masked: Option<Cow<'static, str>>,
    remedy: Option<Remedy>,
}

impl Hint {
    fn new(kind: HintKind, path: Path, place: Range<usize>, message: impl Into<Cow<'static, str>>) -> Self {
        let length = place.end.saturating_sub(place.start);
        Self { kind, path, offset: place.start, length, message: message.into(), masked: None, remedy: None }
    }

    fn with(self, remedy: Remedy) -> Self {
        Self { remedy: Some(remedy), ..self }
    }

    /// The same hint with a sentence for those who may not know the CRC.
    fn masked(self, message: impl Into<Cow<'static, str>>) -> Self {
        Self { masked: Some(message.into()), ..self }
    }

    /// What it is about.
    #[must_use]
    pub const fn kind(&self) -> HintKind {
        self.kind
    }

    /// The data object concerned; [`Path::ROOT`] if it is the text as a whole.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The place in the caller's text, in bytes.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// How many bytes from [`offset`](Self::offset) are concerned; 0 if something is missing there.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The sentence without a CRC, for a text of which something is [masked](crate::mask): the CRC would give the masked digits
    /// back.
    #[must_use]
    pub fn masked_message(&self) -> &str {
        self.masked.as_deref().unwrap_or(&self.message)
    }

    /// What would be valid instead, if that is known.
    #[must_use]
    pub const fn remedy(&self) -> Option<&Remedy> {
        self.remedy.as_ref()
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.message)
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Hint {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut hint = serializer.serialize_struct("Hint", 6)?;
        hint.serialize_field("kind", self.kind.name())?;
        hint.serialize_field("path", &self.path)?;
        hint.serialize_field("offset", &self.offset)?;
        hint.serialize_field("length", &self.length)?;
        hint.serialize_field("message", &*self.message)?;
        match &self.remedy {
            None => {}
            Some(Remedy::Range(range)) => hint.serialize_field("valid_range", &(range.start, range.end))?,
            Some(Remedy::Text(text)) => hint.serialize_field("valid_text", text)?,
            Some(Remedy::Length(length)) => hint.serialize_field("right_length", length)?,
        }
        hint.end()
    }
}

/// Says what seems to have happened to a text: the likeliest first. Empty for a sound code, and for what it cannot explain.
///
/// Texts of more than [`MAX_LEN`] bytes are only looked at for what they are and what surrounds them. No more than
/// [`MAX_READS`] texts are read for one diagnosis, so it takes some milliseconds at most for texts as they are scanned.
///
/// ```
/// use emvqr::diagnose::{HintKind, diagnose};
///
/// let hints = diagnose("upi://pay?pa=shop@bank");
/// assert_eq!(hints[0].kind(), HintKind::Link);
/// assert_eq!(hints[0].to_string(), "not an EMVCo merchant code: a UPI link");
/// ```
#[must_use]
pub fn diagnose(text: impl AsRef<[u8]>) -> Vec<Hint> {
    let bytes = text.as_ref();
    let mut reader = Reader::default();
    let Ok(text) = core::str::from_utf8(bytes) else {
        let mut hints: Vec<_> = foreign::of_bytes(bytes).into_iter().collect();
        hints.extend(surrounded::not_utf8(bytes, &mut reader));
        if hints.is_empty() && bytes.len() <= MAX_LEN {
            hints.extend(changed::encoding(bytes, &mut reader));
        }
        return hints;
    };
    if let Ok(payload) = Payload::parse(text) {
        let mut hints = near::hints(&payload.iter().collect::<Vec<_>>());
        hints.extend(length::templates(&payload));
        return hints;
    }
    // A bill is read by position, whatever follows it.
    if Bill::read(text).is_some() {
        return surrounded::bill(text).into_iter().collect();
    }
    let inside = surrounded::hint(text, &mut reader);
    if let Some(hint) = inside {
        return alloc::vec![hint];
    }
    let foreign = foreign::hint(text);
    if text.len() > MAX_LEN {
        return foreign.into_iter().collect();
    }
    if let Some(hint) = changed::hint(text, &mut reader) {
        return alloc::vec![hint];
    }
    if let Some(hint) = foreign {
        return alloc::vec![hint];
    }
    // The case of letters explains a wrong CRC, and nothing else.
    let crc = crc::hint(text).or_else(|| changed::other_case(text));
    let mut hints: Vec<_> = crc.into_iter().collect();
    let lost = changed::lost(text);
    // Lengths fit no text of which something is lost.
    let length = if lost.is_some() { None } else { length::hint(text) };
    hints.extend(lost.into_iter().chain(length));
    hints.extend(near::hints(&shape(text).0));
    if hints.is_empty() {
        hints.extend(crc::changed_later(text));
    }
    hints
}

/// Reads texts, so many and no more.
struct Reader {
    left: u16,
}

impl Default for Reader {
    fn default() -> Self {
        Self { left: MAX_READS }
    }
}

impl Reader {
    /// The payload of a text, as long as there are reads left.
    fn read<'a>(&mut self, text: &'a str) -> Option<Payload<'a>> {
        self.left = self.left.checked_sub(1)?;
        Payload::parse(text).ok()
    }

    /// Whether a text is a payload.
    fn reads(&mut self, text: &str) -> bool {
        self.read(text).is_some()
    }
}

/// The path of a root object.
const fn root(tag: Tag) -> Path {
    Path::of(tag)
}

/// The first fault of shape of a text, and the root objects before it.
fn shape(text: &str) -> (Vec<crate::tlv::DataObject<'_>>, Option<Error>) {
    let mut objects = Vec::new();
    let mut fault = None;
    for object in crate::tlv::read(text) {
        match object {
            Ok(object) => objects.push(object),
            Err(error) => fault = Some(error),
        }
    }
    (objects, fault)
}

/// Whether a character shows nothing and is put into texts by editors and messengers.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
