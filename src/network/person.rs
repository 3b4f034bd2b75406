//! Whether an account is a person's, where the code tells.

use super::row::At;
use crate::characters::has;
use crate::payee::bakong;
use crate::payload::Payload;
use crate::tag::Tag;
use crate::tlv::DataObject;

/// The value of an object in the account's template.
fn value<'a>(payload: &Payload<'a>, account: &DataObject<'a>, ids: &'static [u8]) -> Option<&'a str> {
    At::Template(ids).find(payload, account).map(|object| object.value())
}

fn category<'a>(payload: &Payload<'a>) -> Option<&'a str> {
    payload.get(Tag::MERCHANT_CATEGORY_CODE).map(|object| object.value())
}

/// 29 is for individuals and solo merchants, 30 for merchants.
pub(super) fn is_bakong_person(_: &Payload<'_>, account: &DataObject<'_>) -> Option<bool> {
    if account.tag() == bakong::MERCHANT { Some(false) } else { None }
}

/// A transfer to a phone, a national id, a wallet or an account: a person's, unless the code has a merchant's category.
pub(super) fn is_usually(payload: &Payload<'_>, _: &DataObject<'_>) -> Option<bool> {
    match category(payload) {
        None | Some("0000") => Some(true),
        Some(_) => None,
    }
}

/// `QRPUSH` is a purchase; a transfer goes to an account or a card, which may be a shop's.
pub(super) fn is_napas_person(payload: &Payload<'_>, account: &DataObject<'_>) -> Option<bool> {
    if value(payload, account, &[2]) == Some("QRPUSH") { Some(false) } else { is_usually(payload, account) }
}

/// 001 is a transfer, 002 a merchant.
pub(super) fn is_lao_person(payload: &Payload<'_>, account: &DataObject<'_>) -> Option<bool> {
    match value(payload, account, &[2]) {
        Some("001") => Some(true),
        Some("002") => Some(false),
        _ => None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "all rules about persons have one type")]
pub(super) fn is_duitnow_person(payload: &Payload<'_>, _: &DataObject<'_>) -> Option<bool> {
    Some(category(payload) == Some("0000"))
}

/// Proxy type 0 is a mobile number, 2 a company's number.
pub(super) fn is_paynow_person(payload: &Payload<'_>, account: &DataObject<'_>) -> Option<bool> {
    match value(payload, account, &[1]) {
        Some("0") => Some(true),
        Some("2") => Some(false),
        _ => None,
    }
}

/// A mobile number or an e-mail address; an FPS id may be anybody's.
pub(super) fn is_fps_person(payload: &Payload<'_>, account: &DataObject<'_>) -> Option<bool> {
    (value(payload, account, &[3]).is_some() || value(payload, account, &[4]).is_some()).then_some(true)
}

/// A CPF of 11 digits, a phone or an e-mail address is a person's key, a CNPJ of 14 digits a company's; a random key or a
/// URL may be anybody's.
pub(super) fn is_pix_person(payload: &Payload<'_>, account: &DataObject<'_>) -> Option<bool> {
    let key = value(payload, account, &[1])?;
    let is_digits = key.bytes().all(|byte| byte.is_ascii_digit());
    match key.len() {
        11 if is_digits => Some(true),
        14 if is_digits => Some(false),
        _ if key.as_bytes().first() == Some(&b'+') || has(key, b'@') => Some(true),
        _ => None,
    }
}
