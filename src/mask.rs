//! Personal values of a code: masked for a log or a screen, or replaced for a bug report.
//!
//! [`Payload::masked`] shows a payload with stars for what is personal; `anonymise` makes a code of the same structure with
//! other values. Both show by permission: IDs, lengths, values of a fixed form such as currencies and amounts, the name of a
//! payee whom the tables of [`network`](crate::network) call a merchant, identifiers, and fields that those tables call clear,
//! each only in the format of its place. All else is personal, and so is all behind a fault.
//!
//! | text | shown |
//! |---|---|
//! | a payload | what its networks permit |
//! | a text from 00 to 63 with a wrong CRC, a repeated ID or an absent 63 | the same, without the digits of its CRC |
//! | a text with a wrong length | headers, values of a fixed form, known identifiers |
//! | a text that a repair makes a payload | what the repaired payload permits: `masked_as` |
//! | any other text | nothing |
//!
//! ```
//! let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
//! let payload = emvqr::Payload::parse(text)?;
//! assert!(payload.masked().to_string().contains("0015**********@devb"));
//! # Ok::<(), emvqr::Error>(())
//! ```

#[cfg(feature = "alloc")]
mod anonymise;
mod card;
#[cfg(feature = "alloc")]
mod kinds;
mod permission;
#[cfg(feature = "alloc")]
mod repaired;
mod walk;

use core::fmt;
use core::ops::Range;

#[cfg(feature = "alloc")]
pub use anonymise::{anonymise, anonymise_text};
#[cfg(feature = "alloc")]
pub use repaired::masked_as;

use crate::crc;
use crate::dictionary;
pub use crate::network::{Class, Masked};
use crate::path::Path;
use crate::payload::Payload;
use crate::tag::Tag;
use crate::tlv::DataObject;
use permission::Known;
pub(crate) use permission::of_field;
use walk::{Part, Shape, walk};

/// How personal the value of a data object is, in a payload.
///
/// `leaf` is one of the payload's [leaves](Payload::leaves). [`Class::Clear`] only by permission: see the [module](self).
/// For one leaf; [`Payload::masked`] looks at the code once for all.
#[must_use]
pub fn class_of(payload: &Payload<'_>, leaf: &DataObject<'_>) -> Class {
    let account = leaf.path().root().and_then(|root| payload.get(root));
    let known = Known::of(payload);
    known.class(account.and_then(|object| known.account(object)).as_ref(), leaf)
}

/// A text with what is personal masked: see [`Payload::masked`], [`masked`] and [`without_secrets`].
#[derive(Clone)]
pub struct MaskedText<'p, 'a> {
    text: &'a str,
    payload: Option<&'p Payload<'a>>,
    /// `true` if only values that may never be shown are masked.
    only_secrets: bool,
}

/// Any text with what may be personal masked: see the table of the [module](self).
///
/// A text that a repair makes readable is better masked by [`masked_as`].
///
/// ```
/// use emvqr::mask::masked;
///
/// assert_eq!(masked("upi://pay?pa=someone@bank").to_string(), "*************************");
/// assert_eq!(masked("0002015904MARY").to_string(), "0002015904M***");
/// ```
#[must_use]
pub fn masked(text: &str) -> MaskedText<'_, '_> {
    MaskedText { text, payload: None, only_secrets: false }
}

/// Any text with nothing masked but what may never be shown, not even to the payer: [`Class::Secret`]. `None` if it has no such
/// value, as nearly all texts.
///
/// Of a text that cannot be read all long numbers count, if it has the identifier of a network with such values.
///
/// ```
/// let text = "0002012831" .to_owned() + "0010A0000005240113" + "23456789012345802IN";
/// let shown = emvqr::mask::without_secrets(&text).unwrap().to_string();
/// assert!(!shown.contains("234567890123") && shown.contains("A000000524"));
/// ```
#[must_use]
pub fn without_secrets(text: &str) -> Option<MaskedText<'_, '_>> {
    let masked = MaskedText { text, payload: None, only_secrets: true };
    masked.has_secrets().then_some(masked)
}

impl<'a> Payload<'a> {
    /// The payload with what is personal masked by stars, as many characters and bytes as it has, for a log or a bug report.
    ///
    /// The CRC is that of the masked text, so that it says nothing of what is masked.
    #[must_use]
    pub fn masked(&self) -> MaskedText<'_, 'a> {
        MaskedText { text: self.as_str(), payload: Some(self), only_secrets: false }
    }

    /// The payload with nothing masked but what may never be shown, not even to the payer: [`Class::Secret`]. `None` if it holds no
    /// such value, as nearly all codes.
    #[must_use]
    pub fn without_secrets(&self) -> Option<MaskedText<'_, 'a>> {
        let masked = MaskedText { text: self.as_str(), payload: Some(self), only_secrets: true };
        masked.has_secrets().then_some(masked)
    }
}

/// The identifier of the network whose codes may hold India's Aadhaar numbers.
const AADHAAR_NETWORK: &[u8] = b"A000000524";
/// Digits of a number that is hidden in a text that cannot be read: an Aadhaar number has 12, of which a wrong length may have
/// cut some off.
const LONG: usize = 9;

impl MaskedText<'_, '_> {
    /// The data objects whose values may never be shown. Of a text that cannot be read the place where they would be.
    pub fn secrets(&self, each: &mut dyn FnMut(Path)) {
        const USUAL: Path = dictionary::path(Tag::of_digits(28), Tag::new(1));
        let hides_numbers = self.hides_numbers();
        let (mut is_told, mut is_hidden) = (false, false);
        let end = walk(self.text, self.payload, &mut |part| {
            if part.class == Class::Secret {
                is_told |= part.path == USUAL;
                each(part.path);
            } else {
                is_hidden |= self.secret(&part, hides_numbers);
            }
        });
        is_hidden |= self.payload.is_none() && self.hidden_behind(end).next().is_some();
        if is_hidden && !is_told {
            each(USUAL);
        }
    }

    /// Whether a long number may be one that is never shown, wherever a fault has moved it.
    fn hides_numbers(&self) -> bool {
        self.payload.is_none() && names_aadhaar(self.text)
    }

    /// Whether a part may never be shown.
    fn secret(&self, part: &Part, hides_numbers: bool) -> bool {
        let piece = || self.text.get(part.range.clone()).unwrap_or_default();
        part.class == Class::Secret || hides_numbers && numbers(piece(), 0).next().is_some()
    }

    fn has_secrets(&self) -> bool {
        let mut has_one = false;
        self.secrets(&mut |_| has_one = true);
        has_one
    }

    /// The long numbers of a text that cannot be read, or of what follows its CRC.
    fn hidden_behind(&self, end: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let is_derailed = self.payload.is_none() && Shape::of(self.text) == Shape::Derailed;
        // The start of all payloads is no number.
        let start = match (is_derailed, self.text.starts_with("0002010102")) {
            (true, true) => 12,
            (true, false) => 0,
            (false, _) => end.saturating_add(4),
        };
        let rest = self.text.get(start..).filter(|_| self.payload.is_none() && names_aadhaar(self.text));
        numbers(rest.unwrap_or_default(), start)
    }

    /// The masked text, without the digits of the CRC of a payload.
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let piece = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let (mut place, mut written) = (0, Ok(()));
        let hides_numbers = self.hides_numbers();
        let end = walk(self.text, self.payload, &mut |part| {
            let is_secret = self.secret(&part, hides_numbers);
            if self.only_secrets && !is_secret || written.is_err() {
                return;
            }
            let class = if is_secret { Class::Secret } else { part.class };
            written = out.write_str(piece(place..part.range.start));
            place = part.range.end;
            written = written.and_then(|()| write!(out, "{}", Masked(piece(part.range), class)));
        });
        written?;
        if self.payload.is_some() {
            return out.write_str(piece(place..end));
        }
        if !self.only_secrets {
            out.write_str(piece(place..end))?;
            // The right digits of a CRC would tell of what is masked.
            return write!(out, "{}", Masked(piece(end..self.text.len()), Class::Text));
        }
        for number in self.hidden_behind(end) {
            let start = number.start.max(place);
            out.write_str(piece(place..start))?;
            place = number.end.max(place);
            piece(start..place)
                .chars()
                .try_for_each(|c| out.write_char(if c.is_numeric() { crossed(c) } else { c }))?;
        }
        out.write_str(piece(place..self.text.len()))
    }
}

/// An `X` instead of a digit. Of digits of other scripts a star of as many bytes.
fn crossed(c: char) -> char {
    if c.is_ascii() { 'X' } else { crate::network::star(c) }
}

/// Whether a text has the identifier of India's network, whatever stands between its letters, also full-width.
fn names_aadhaar(text: &str) -> bool {
    let mut matched = 0_usize;
    let plain = text.chars().map(|c| match u32::from(c) {
        // Full-width forms.
        code @ 0xFF01..=0xFF5E => char::from_u32(code.wrapping_sub(0xFEE0)).unwrap_or(c),
        _ => c,
    });
    plain.filter(|c| c.is_alphanumeric()).any(|c| {
        let is_next = AADHAAR_NETWORK.get(matched).is_some_and(|byte| c.eq_ignore_ascii_case(&char::from(*byte)));
        // Only its first character is an A.
        matched = if is_next { matched.saturating_add(1) } else { usize::from(c.eq_ignore_ascii_case(&'A')) };
        matched == AADHAAR_NETWORK.len()
    })
}

/// The long numbers of a text that starts at byte `base`: runs of digits of any script, with up to three characters that are no
/// letters between.
fn numbers(text: &str, base: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut left = text.char_indices().peekable();
    core::iter::from_fn(move || {
        loop {
            let (start, _) = left.find(|(_, c)| c.is_numeric())?;
            let (mut count, mut end, mut between) = (1_usize, start, 0_usize);
            while let Some((at, c)) = left.next_if(|(_, c)| c.is_numeric() || between < 3 && !c.is_alphabetic()) {
                if c.is_numeric() {
                    (count, end, between) = (count.saturating_add(1), at.saturating_add(c.len_utf8()), 0);
                } else {
                    between = between.saturating_add(1);
                }
            }
            if count >= LONG {
                return Some(base.saturating_add(start)..base.saturating_add(end));
            }
        }
    })
}

impl fmt::Display for MaskedText<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)?;
        if self.payload.is_none() {
            return Ok(());
        }
        let mut sum = Sum(crc::Running::new());
        self.write(&mut sum)?;
        let digits = crc::digits(sum.0.finish());
        f.write_str(core::str::from_utf8(&digits).unwrap_or_default())
    }
}

/// Without the text.
impl fmt::Debug for MaskedText<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaskedText({} bytes)", self.text.len())
    }
}

/// The CRC of what is written.
struct Sum(crc::Running);

impl fmt::Write for Sum {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
