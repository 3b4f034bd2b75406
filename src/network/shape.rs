//! Networks that have no identifier: what their accounts look like.

use crate::payee::bakong;
use crate::payload::Payload;
use crate::tag::Tag;
use crate::tlv::DataObject;

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

pub(super) fn is_nchl(payload: &Payload<'_>, object: &DataObject<'_>) -> bool {
    let is_uuid = |guid: &[u8]| guid.len() == 32 && guid.iter().all(u8::is_ascii_hexdigit);
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
    // A character takes at most four bytes.
    (31..=4 * 31).contains(&value.len()) && value.chars().count() == 31
}

/// `CO.COM.*.LLA`.
pub(super) fn is_breb(_: &Payload<'_>, object: &DataObject<'_>) -> bool {
    object.guid_bytes().is_some_and(|guid| {
        let start = guid.first_chunk::<7>().is_some_and(|start| start.eq_ignore_ascii_case(b"CO.COM."));
        let end = guid.last_chunk::<4>().is_some_and(|end| end.eq_ignore_ascii_case(b".LLA"));
        start && end && guid.len() > 11
    })
}
