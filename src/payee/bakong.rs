//! Cambodia's accounts: the templates 29 and 30 with a Bakong account id.

use core::fmt;

use crate::invalid::InvalidValue;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};

const INVALID: InvalidValue = InvalidValue::new("Bakong account id", "user@bank");

/// 29: the account of an individual, a solo merchant or a remittance.
pub(crate) const INDIVIDUAL: Tag = Tag::of_digits(29);
/// 30: the account of a corporate merchant.
pub(crate) const MERCHANT: Tag = Tag::of_digits(30);

/// Objects 00 to 02 of an account template, and the IDs that it repeats.
pub(crate) type AccountValues<'a> = ([Option<&'a str>; 3], TagSet);

/// An account template, and what it holds.
pub(crate) type RecognisedAccount<'a> = (Tag, AccountValues<'a>);

/// The template by which a code is recognised as KHQR, 29 or else 30: its 00 has an `@`, and the code is of Cambodia, in
/// riel, or in dollars without a country. Dollars alone do not make a code Cambodian, and the templates alone do not: Thai
/// codes have them, too.
#[inline]
pub(crate) fn recognised_account<'a>(payload: &Payload<'a>) -> Option<RecognisedAccount<'a>> {
    if is_of_cambodia(payload) { account(payload, INDIVIDUAL).or_else(|| account(payload, MERCHANT)) } else { None }
}

/// Whether a template has the account of a code of Cambodia.
pub(crate) fn is_account(payload: &Payload<'_>, tag: Tag) -> bool {
    is_of_cambodia(payload) && account(payload, tag).is_some()
}

/// Whether a code with an account is of Cambodia.
#[inline]
fn is_of_cambodia(payload: &Payload<'_>) -> bool {
    let value = |tag| payload.get(tag).map(|object| object.value_bytes());
    match value(Tag::COUNTRY_CODE) {
        Some([b'K' | b'k', b'H' | b'h']) => true,
        Some(_) => value(Tag::TRANSACTION_CURRENCY) == Some(b"116"),
        None => matches!(value(Tag::TRANSACTION_CURRENCY), Some(b"116" | b"840")),
    }
}

/// The content of a template whose 00 has an `@`.
#[inline]
fn account<'a>(payload: &Payload<'a>, tag: Tag) -> Option<RecognisedAccount<'a>> {
    let values: AccountValues<'_> = payload.get(tag)?.values()?;
    let ([id, ..], _) = values;
    id?.bytes().any(|byte| byte == b'@').then_some((tag, values))
}

pub(crate) fn has_both_templates(payload: &Payload<'_>) -> bool {
    payload.tags().contains(INDIVIDUAL) && payload.tags().contains(MERCHANT)
}

pub(crate) fn has_two_accounts(payload: &Payload<'_>) -> bool {
    account(payload, INDIVIDUAL).is_some() && account(payload, MERCHANT).is_some()
}

/// The decimals that KHQR writes for a currency: none for the riel, two for the dollar; `None` for others.
pub(crate) const fn decimals(currency: &[u8]) -> Option<u8> {
    match currency {
        b"116" => Some(0),
        b"840" => Some(2),
        _ => None,
    }
}

/// The place of the `@` of an account id: there is one, with more than blanks on both sides.
#[inline]
pub(crate) fn separator(id: &[u8]) -> Option<usize> {
    let is_blank = |part: &[u8]| part.iter().all(u8::is_ascii_whitespace);
    let at = id.iter().position(|byte| *byte == b'@')?;
    let (user, bank) = id.split_at_checked(at)?;
    let (_, bank) = bank.split_first()?;
    (!is_blank(user) && !is_blank(bank) && !bank.contains(&b'@')).then_some(at)
}

/// The least byte with which UTF-8 starts a character beyond U+FFFF.
pub(crate) const FIRST_BEYOND_BMP: u8 = 0xF0;

/// A Bakong account id, `user@bank`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BakongAccount<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> BakongAccount<'a> {
    /// Reads an account id: one `@`, with text on both sides.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let at = separator(text.as_bytes())?;
        Some(Self { text, at })
    }

    /// The whole id.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// The part before `@`.
    #[must_use]
    pub fn user(self) -> &'a str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// The part after `@`, which names the member to credit.
    #[must_use]
    pub fn bank(self) -> &'a str {
        self.text.get(self.at.saturating_add(1)..).unwrap_or_default()
    }
}

impl<'a> TryFrom<&'a str> for BakongAccount<'a> {
    type Error = InvalidValue;

    fn try_from(text: &'a str) -> Result<Self, InvalidValue> {
        Self::parse(text).ok_or(INVALID)
    }
}

impl PartialEq<str> for BakongAccount<'_> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for BakongAccount<'_> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for BakongAccount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

impl fmt::Debug for BakongAccount<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BakongAccount({} bytes)", self.text.len())
    }
}
