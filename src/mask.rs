//! What of a code must not be seen by others: masked for a log or a screen, or replaced for a bug report.
//!
//! [`Payload::masked`] shows a payload with stars for what is personal; [`anonymise`] makes a code of the same structure with
//! other values. Both ask [`network`] what the values of an account are; of an account of a network that is
//! not known, all but the identifier counts as personal.
//!
//! ```
//! let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
//! let payload = emvqr::Payload::parse(text)?;
//! assert!(payload.masked().to_string().contains("0015**********@devb"));
//! # Ok::<(), emvqr::Error>(())
//! ```

#[cfg(feature = "alloc")]
mod anonymise;

use core::fmt;
use core::ops::Range;

#[cfg(feature = "alloc")]
pub use anonymise::{anonymise, anonymise_text};

use crate::characters::has;
use crate::crc;
use crate::network::{self, NetworkAccount, is_card_shaped};
pub use crate::network::{Class, Masked};
use crate::path::Path;
use crate::payee::store_id::is_hidden_template;
use crate::payload::Payload;
use crate::tag::Tag;
use crate::tlv::{self, DataObject};

/// How personal the value of a data object is, in a payload.
///
/// `leaf` is one of the payload's [leaves](Payload::leaves). Personal are what an account says of a person, the name of a payee
/// of whom the code does not say that it is a merchant (59, 64-01), mobile number (62-02), loyalty number, customer label
/// (62-04, 62-06), a tax id (62-10), a 62 or such a 64 that cannot be opened, and any number shaped like a card's.
#[must_use]
pub fn class_of(payload: &Payload<'_>, leaf: &DataObject<'_>) -> Class {
    let (path, value) = (leaf.path(), leaf.value());
    let ids = path.ids();
    let ids = ids.get(..path.depth()).unwrap_or_default();
    // A store id in the place of a card number is a store id, whatever a network has there.
    if matches!(ids, [2..=25]) && is_hidden_template(leaf) {
        return Class::Clear;
    }
    let in_accounts = |account: NetworkAccount<'_, '_>| {
        // An identifier inside a field is one all the same.
        let is_guid = leaf.tag() == Tag::GLOBALLY_UNIQUE_IDENTIFIER;
        let is_about = |field: Path| field == path || (!is_guid && field.contains(path));
        let fields = account.fields().filter(|field| is_about(field.object().path()));
        // The innermost field that holds it.
        fields.max_by_key(|field| field.object().path().depth()).map(|field| field.class())
    };
    if let Some(class) = network::accounts(payload).find_map(in_accounts) {
        return class;
    }
    match ids {
        // A template that cannot be opened holds what its objects may hold.
        [59 | 64] | [64, 1] if is_persons(payload) => Class::Text,
        // The account of a code like KHQR's of another country; the identifier of a network that is known stays.
        [26..=51, 0] if has(value, b'@') && !is_account(payload, path) => Class::Alias,
        [_, 0] => Class::Clear,
        [26..=51, ..] | [2..=25] => Class::Account,
        [62, 2] => Class::Phone,
        [62] | [62, 4 | 6] => Class::Text,
        [62, 10] => Class::NationalId,
        [62 | 80..=98, ..] if is_card_shaped(value) => Class::Account,
        _ => Class::Clear,
    }
}

/// Whether a root object holds an account of a network that is known.
fn is_account(payload: &Payload<'_>, path: Path) -> bool {
    network::accounts(payload).any(|account| Some(account.object().tag()) == path.root())
}

/// Whether a payee is a person, or may be one.
fn is_persons(payload: &Payload<'_>) -> bool {
    let category = payload.get(Tag::MERCHANT_CATEGORY_CODE).map(|object| object.value());
    let mut accounts = network::accounts(payload);
    matches!(category, Some("0000" | "6016")) || accounts.any(|account| account.is_person() != Some(false))
}

/// The personal values of a text that is not a payload: nothing is known but places, so more is personal, and all that is behind
/// a fault of shape.
fn class_in_broken(path: Path, value: &str) -> Class {
    match path.ids().get(..path.depth()).unwrap_or_default() {
        [2..=25 | 59 | 62 | 64] | [64, 1] | [62, 4 | 6 | 10] => Class::Text,
        [26..=51, 0] if has(value, b'@') => Class::Alias,
        [62, 2] => Class::Phone,
        [26..=51, 0] => Class::Clear,
        [26..=51, ..] => Class::Account,
        _ if is_card_shaped(value) => Class::Account,
        _ => Class::Clear,
    }
}

/// A text with what is personal masked: see [`Payload::masked`] and [`masked`].
#[derive(Clone)]
pub struct MaskedText<'p, 'a> {
    text: &'a str,
    payload: Option<&'p Payload<'a>>,
    /// Whether nothing is masked but what may never be shown.
    only_secrets: bool,
}

/// Any text with what may be personal masked, as far as it can be told: of a text that is not a payload more than of one that
/// is, and all of a text that has no data objects.
///
/// ```
/// use emvqr::mask::masked;
///
/// assert_eq!(masked("upi://pay?pa=someone@bank").to_string(), "*************************");
/// assert_eq!(masked("0002015904MARY").to_string(), "0002015904****");
/// ```
#[must_use]
pub fn masked(text: &str) -> MaskedText<'_, '_> {
    MaskedText { text, payload: None, only_secrets: false }
}

impl<'a> Payload<'a> {
    /// The payload with what is personal masked by stars, as many characters and bytes as it has, for a log or a bug report.
    ///
    /// The CRC is that of the masked text, so that it says nothing of what is masked.
    #[must_use]
    pub fn masked(&self) -> MaskedText<'_, 'a> {
        MaskedText { text: self.as_str(), payload: Some(self), only_secrets: false }
    }
}

impl<'a> Payload<'a> {
    /// The payload with nothing masked but what may never be shown, not even to the payer: [`Class::Secret`]. `None` if it holds no
    /// such value, as nearly all codes.
    #[must_use]
    pub fn without_secrets(&self) -> Option<MaskedText<'_, 'a>> {
        let masked = MaskedText { text: self.as_str(), payload: Some(self), only_secrets: true };
        let has_one = masked.personal().next().is_some();
        has_one.then_some(masked)
    }
}

impl MaskedText<'_, '_> {
    /// Each personal value: its bytes in the text and its class.
    fn personal(&self) -> impl Iterator<Item = (Range<usize>, Class)> + '_ {
        let class = |leaf: &DataObject<'_>| match self.payload {
            Some(payload) => class_of(payload, leaf),
            None => class_in_broken(leaf.path(), leaf.value()),
        };
        let leaves = tlv::leaves(self.text).map(move |leaf| match leaf {
            Ok(leaf) => (leaf.value_offset()..leaf.end(), class(&leaf)),
            Err(fault) => (fault.offset()..self.text.len(), Class::Secret),
        });
        leaves.filter(|(_, class)| if self.only_secrets { *class == Class::Secret } else { class.is_personal() })
    }

    /// The masked text, without the digits of the CRC of a payload.
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        let digits = if self.payload.is_some() { 4 } else { 0 };
        let end = self.text.len().saturating_sub(digits);
        let piece = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let mut place = 0;
        for (range, class) in self.personal() {
            out.write_str(piece(place..range.start))?;
            place = range.end;
            write!(out, "{}", Masked(piece(range), class))?;
        }
        out.write_str(piece(place..end))
    }
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
