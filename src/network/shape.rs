//! Networks that have no identifier: what their accounts look like.

use super::row::At;
use crate::payee::bakong;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::DataObject;

/// The shape of an account without a known identifier.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// The root objects in which it can be.
    pub(crate) roots: TagSet,
    pub(crate) words: &'static str,
    pub(crate) is_one: fn(&Payload<'_>, &DataObject<'_>) -> bool,
}

fn is_of(payload: &Payload<'_>, country: &str) -> bool {
    payload.get(Tag::COUNTRY_CODE).is_some_and(|object| object.value().eq_ignore_ascii_case(country))
}

/// A template by which KHQR recognises a code.
pub(super) fn is_bakong(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    bakong::is_account(payload, object.tag())
}

/// Identifiers of Indonesia's national repository.
pub(super) const QRIS_REPOSITORIES: &[&str] = &["ID.CO.QRIS.WWW", "ID.OR.GPNQR.WWW"];

/// `ID.*.WWW` or `COM.*.WWW`, beside the national repository in 51 or in a code of Indonesia.
pub(super) fn is_qris_acquirer(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let is_pattern = |guid: &[u8]| {
        let starts = |start: &[u8]| guid.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
        let name = guid.len().saturating_sub(if starts(b"ID.") { 3 } else { 4 }).saturating_sub(4);
        let end = guid.last_chunk::<4>().is_some_and(|end| end.eq_ignore_ascii_case(b".WWW"));
        (starts(b"ID.") || starts(b"COM.")) && end && name > 0
    };
    let is_repository = |object: DataObject<'_>| {
        let is_one = |guid: &[u8]| QRIS_REPOSITORIES.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(guid));
        object.guid_bytes().is_some_and(is_one)
    };
    object.guid_bytes().is_some_and(is_pattern)
        && (is_of(payload, "ID") || payload.get(Tag::of_digits(51)).is_some_and(is_repository))
}

/// What a writer without the repository's identifier writes in 51: `ID` and 13 digits in 02.
pub(super) fn is_qris_identity(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let is_merchant_id = |id: &str| {
        let digits = id.strip_prefix("ID").unwrap_or_default();
        digits.len() == 13 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_of(payload, "ID") && At::Template(&[2]).find(payload, object).is_some_and(|id| is_merchant_id(id.value()))
}

/// Banks write identifiers of their own: 32 hexadecimal digits, then a BIC and an IBAN.
pub(super) fn is_raast(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let value = |ids| At::Template(ids).find(payload, object).map_or("", |object| object.value());
    let is_bic = |bic: &str| bic.len() == 8 && bic.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_iban = |iban: &str| iban.len() == 24 && iban.bytes().all(|byte| byte.is_ascii_alphanumeric());
    object.guid_bytes().is_some_and(is_uuid)
        && is_bic(value(&[1]))
        && is_iban(value(&[2]))
        && value(&[2]).starts_with("PK")
        && is_of(payload, "PK")
}

/// A recurring payment (Pix Automático) without an account beside it.
pub(super) fn is_pix_recurrence(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let is_pix =
        |object: &DataObject<'_>| object.guid_bytes().is_some_and(|guid| guid.eq_ignore_ascii_case(b"br.gov.bcb.pix"));
    let accounts = payload.tags().intersection(TagSet::ACCOUNT_TEMPLATES);
    is_pix(object) && !accounts.iter().filter_map(|tag| payload.get(tag)).any(|account| is_pix(&account))
}

/// The value has no data objects: a key in hexadecimal, or in base64.
pub(super) fn is_yape(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let value = object.value_bytes();
    let is_key = match value.len() {
        32 => value.iter().all(u8::is_ascii_hexdigit),
        44 => value.iter().all(is_base64),
        _ => false,
    };
    let is_in_soles = payload.get(Tag::TRANSACTION_CURRENCY).is_some_and(|currency| currency.value() == "604");
    is_key && is_in_soles && is_of(payload, "PE")
}

fn is_uuid(guid: &[u8]) -> bool {
    guid.len() == 32 && guid.iter().all(u8::is_ascii_hexdigit)
}

pub(super) fn is_nchl(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let beside = payload.get(Tag::of_digits(27));
    object.guid_bytes().is_some_and(|id| id.starts_with(b"NCHL"))
        && beside.is_some_and(|beside| beside.guid_bytes().is_some_and(is_uuid))
}

pub(super) fn is_lankaqr(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let is_block = |id: &[u8]| id.len() == 28 && id.iter().all(u8::is_ascii_digit);
    object.guid_bytes().is_some_and(is_block) && is_of(payload, "LK")
}

pub(super) fn is_unionpay(_: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let value = object.value();
    // A character takes at most four bytes. NIBSS of Nigeria fills the place with asterisks.
    (31..=4 * 31).contains(&value.len()) && value.chars().count() == 31 && !value.starts_with("**")
}

/// `CO.COM.*.LLA`.
pub(super) fn is_breb(_: &Payload<'_>, object: &DataObject<'_>) -> bool {
    object.guid_bytes().is_some_and(|guid| {
        let start = guid.first_chunk::<7>().is_some_and(|start| start.eq_ignore_ascii_case(b"CO.COM."));
        let end = guid.last_chunk::<4>().is_some_and(|end| end.eq_ignore_ascii_case(b".LLA"));
        start && end && guid.len() > 11
    })
}
