//! Codes that are nearly those of a scheme.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Hint, HintKind};
use crate::path::Path;
use crate::payee::bakong::{BakongAccount, INDIVIDUAL, MERCHANT};
use crate::payee::store_id::{GUID, LEVELS, is_guid};
use crate::tag::{Tag, TagSet};
use crate::tlv::DataObject;
use crate::value::{Guid, GuidShape, PROMPT};

/// What public generators write into 29-00 instead of an account.
const NOT_ACCOUNTS: &[(&str, &str)] = &[
    ("kh.gov.nbc.bakong", "kh.gov.nbc.bakong, which is not KHQR's"),
    ("kh.gov.bakong", "kh.gov.bakong, which is not KHQR's"),
    ("kh.gov.nbc", "kh.gov.nbc, which is not KHQR's"),
    ("bakong", "the word bakong"),
    ("a000000677010111", "the identifier of Thai PromptPay"),
    ("a000000677010112", "the identifier of Thai bill payment"),
    ("khqr", "the word khqr"),
];

pub(super) fn hints(objects: &[DataObject<'_>]) -> Vec<Hint> {
    let value = |tag| objects.iter().find(|object| object.tag() == tag).map(DataObject::value);
    let country = value(Tag::COUNTRY_CODE).unwrap_or_default();
    let accounts: Vec<_> = objects.iter().filter(|object| TagSet::ACCOUNT_TEMPLATES.contains(object.tag())).collect();
    let has_store = accounts.iter().any(|account| guid(account).is_some_and(|guid| is_guid(guid.value_bytes())));
    if has_store {
        return Vec::new();
    }
    let currency = value(Tag::TRANSACTION_CURRENCY).unwrap_or_default();
    let mut hints = Vec::new();
    if country.eq_ignore_ascii_case("KH") && matches!(currency, "116" | "840") {
        hints.extend(no_account(&accounts));
    }
    hints.extend(mobile_number(objects, &accounts));
    let is_japanese = country.eq_ignore_ascii_case("JP");
    hints.extend(accounts.iter().find_map(|account| no_store(account, is_japanese)));
    hints
}

/// The object 00 of a template.
fn guid<'a>(template: &DataObject<'a>) -> Option<DataObject<'a>> {
    template.first_inside(Tag::GLOBALLY_UNIQUE_IDENTIFIER)
}

fn inside<'a>(template: &DataObject<'a>) -> impl Iterator<Item = DataObject<'a>> + use<'a> {
    template.objects().map_while(Result::ok)
}

fn no_account(accounts: &[&DataObject<'_>]) -> Option<Hint> {
    let khqr: Vec<_> = accounts.iter().filter(|object| [INDIVIDUAL, MERCHANT].contains(&object.tag())).collect();
    let firsts: Vec<_> = khqr.iter().filter_map(|template| guid(template)).collect();
    if accounts.is_empty() || firsts.iter().any(|first| first.value().contains('@')) {
        return None;
    }
    let found = match (firsts.first(), khqr.first()) {
        (Some(first), _) => format!("{} holds {}", first.path(), what(first.value())),
        (None, Some(template)) => format!("{} has no data object 00", template.path()),
        (None, None) => String::from("it has neither 29 nor 30"),
    };
    let elsewhere = accounts.iter().find_map(|template| {
        let is_account = |object: &DataObject<'_>| BakongAccount::parse(object.value()).is_some();
        inside(template).find(is_account).or_else(|| Some(**template).filter(is_account))
    });
    let elsewhere = elsewhere.map(|object| format!("; an account is in {}", object.path())).unwrap_or_default();
    let at = firsts
        .first()
        .or(khqr.first().map(|template| &***template))
        .or(accounts.first().map(|template| &**template))?;
    let message = format!(
        "no KHQR code, though 58 is KH: {found}, and KHQR has the Bakong account (user@bank) in 29-00 or 30-00{elsewhere}"
    );
    Some(Hint::new(HintKind::NoBakongAccount, at.path(), at.value_offset()..at.end(), message))
}

/// One public report, not confirmed.
fn mobile_number(objects: &[DataObject<'_>], accounts: &[&DataObject<'_>]) -> Option<Hint> {
    let is_khqr = accounts.iter().filter_map(|template| guid(template)).any(|first| first.value().contains('@'));
    let additional = objects.iter().find(|object| object.tag() == Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)?;
    let number = inside(additional).find(|object| object.tag().get() == 2)?;
    let is_usual = |value: &str| value == PROMPT || value.bytes().all(|byte| byte.is_ascii_digit());
    if !is_khqr || is_usual(number.value()) {
        return None;
    }
    let message = "the mobile number in 62-02 is not digits alone: bank apps are said to refuse a KHQR code for a plus sign or blanks in it (one report, unconfirmed)";
    Some(Hint::new(HintKind::MobileNumber, number.path(), number.value_offset()..number.end(), message))
}

fn what(value: &str) -> &'static str {
    if let Some((_, words)) = NOT_ACCOUNTS.iter().find(|(known, _)| value.eq_ignore_ascii_case(known)) {
        return words;
    }
    match Guid::new(value).shape() {
        GuidShape::Aid => "an application identifier",
        GuidShape::Uuid => "a UUID",
        GuidShape::ReverseDomain => "a globally unique identifier",
        _ => "no account",
    }
}

fn no_store(template: &DataObject<'_>, is_japanese: bool) -> Option<Hint> {
    let first = guid(template)?;
    let hint = |message| Some(Hint::new(HintKind::NoStoreId, first.path(), first.value_offset()..first.end(), message));
    let lower = first.value().to_ascii_lowercase();
    let is_near = lower.contains("paymentsjapan") || distance(&lower, GUID) <= 3;
    if is_near {
        return hint(format!("no JPQR code: {} is nearly JPQR's identifier {GUID}, but not the same", first.path()));
    }
    let mut rest = inside(template).skip(1).map(|object| (object.tag(), object.value().len()));
    let has_levels = LEVELS.iter().all(|(tag, length)| rest.next() == Some((*tag, *length)));
    if is_japanese && has_levels {
        let path: Path = template.path();
        return hint(format!(
            "no JPQR code: {path} has the levels of a JPQR store id, but {} is not {GUID}",
            first.path()
        ));
    }
    None
}

/// How many bytes have to be put in, taken out or exchanged to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, x) in (1_usize..).zip(a.bytes()) {
        let mut diagonal = line.saturating_sub(1);
        let mut left = line;
        let mut next = alloc::vec![line];
        for (y, above) in b.bytes().zip(row.iter().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(x != y));
            left = changed.min(left.saturating_add(1)).min(above.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}
