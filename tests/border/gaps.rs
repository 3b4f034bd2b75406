//! What mutants once survived: places where a test was missing, each with what the documents say.

use emvqr::crossborder::{Rewrite, Supplement};
use emvqr::khqr::{Clock, Khqr};
use emvqr::value::{Guid, GuidShape};
use emvqr::{Encode, ErrorKind, Jpqr, Mpm, Payload, Severity};

use crate::common::{BASE, payload, with, without};

const KH: &[(&str, &str)] = &[
    ("00", "01"),
    ("01", "11"),
    ("29", "0009coin@devb"),
    ("52", "5999"),
    ("53", "116"),
    ("58", "KH"),
    ("59", "Coin"),
    ("60", "Phnom Penh"),
];

/// UnionPay's account is for codes in riel; of a code without a currency that is EMVCo's finding alone.
#[test]
fn unionpay_without_a_currency() {
    let account = "0123456789012345678901234567890";
    let found = |objects: &[(&str, &str)]| {
        let text = payload(&with(objects, "15", account));
        let payload = Payload::parse(&text).unwrap();
        let found = payload.violations_at::<Khqr<'_>>(Clock::UNKNOWN);
        found.iter().map(|found| found.rule().id()).collect::<Vec<_>>()
    };
    assert_eq!(found(KH), Vec::<&str>::new());
    assert_eq!(found(&without(KH, "53")), ["emv.53.missing"]);
    assert_eq!(found(&crate::common::replace(KH, "53", "840")), ["khqr.15.currency"]);
}

/// What is missing has no length, and is missed where the CRC begins, or where its template ends.
#[test]
fn what_is_missing_has_a_place_and_no_length() {
    for id in ["52", "53", "58", "59", "60"] {
        let text = payload(&without(BASE, id));
        let payload = Payload::parse(&text).unwrap();
        let found = payload.view::<Mpm<'_>>().unwrap_err();
        assert_eq!((found.offset(), found.length()), (text.len() - 8, 0), "{found}");
        assert_eq!(found.path(), id);
    }
    let text = payload(&with(BASE, "64", "0002JA"));
    let payload = Payload::parse(&text).unwrap();
    let found = payload.view::<Mpm<'_>>().unwrap_err();
    assert_eq!((found.path().to_string().as_str(), found.offset(), found.length()), ("64-01", text.len() - 8, 0));
}

#[test]
fn shapes_of_identifiers() {
    for (guid, is_domain) in
        [("com.a", true), ("com.example", true), ("com..x", false), ("com.a.", false), (".com.a", false)]
    {
        assert_eq!(Guid::new(guid).shape() == GuidShape::ReverseDomain, is_domain, "{guid}");
    }
}

/// A template that ends inside JPQR's identifier is not JPQR's.
#[test]
fn a_cut_identifier_is_none() {
    for value in ["0019jp.or", "0009jp.or.pay", "0018jp.or.paymentsjapa"] {
        let text = payload(&with(&without(BASE, "29"), "26", value));
        let payload = Payload::parse(&text).unwrap();
        assert!(!Jpqr::recognises(&payload), "{value}");
        assert_eq!(Jpqr::read(&payload).store_id(), None);
    }
}

/// A buffer that is too small: how many bytes are needed, in the kind and as the length.
#[test]
fn a_small_buffer_is_told_its_size() {
    let objects = BASE.iter().map(|(id, value)| (id.parse().unwrap(), *value)).collect::<Vec<_>>();
    let run = emvqr::encode::RootRun(objects);
    let needed = run.encoded_len().unwrap();
    for size in [0, 1, needed - 1] {
        let mut buffer = vec![0; size];
        let error = run.encode_to_slice(&mut buffer).unwrap_err();
        assert_eq!((error.kind(), error.length()), (ErrorKind::BufferTooSmall { needed }, needed));
    }
    assert_eq!(run.encode_to_slice(&mut vec![0; needed]).unwrap().len(), needed);
}

/// A name or a city that is not there has to be supplied as one that is not in Latin letters.
#[test]
fn an_absent_name_or_city_is_a_missing_supplement() {
    let missing = |objects: &[(&str, &str)]| {
        let text = payload(objects);
        let khqr = Khqr::read(&Payload::parse(&text).unwrap());
        Rewrite::to_jpqr(&khqr, &Supplement::default()).missing().iter().collect::<Vec<_>>()
    };
    let always = ["store_id", "postal_code", "merchant_name_ja"];
    assert_eq!(missing(KH), always);
    assert_eq!(missing(&without(KH, "59")), [&always[..], &["merchant_name_latin"]].concat());
    assert_eq!(missing(&without(KH, "60")), [&always[..], &["merchant_city_latin"]].concat());
}

/// Findings at one place come in the order of the checklist: EMVCo's before the scheme's own.
#[test]
fn what_is_missing_at_one_place_is_in_order() {
    let text = payload(&[("00", "01"), ("01", "12"), ("29", "0009coin@devb"), ("52", "5999"), ("58", "KH")]);
    let payload = Payload::parse(&text).unwrap();
    let found = payload.violations_at::<Khqr<'_>>(Clock::UNKNOWN);
    let errors = found.iter().filter(|found| found.severity() == Severity::Error);
    let missing: Vec<_> = errors.map(|found| found.rule().id()).filter(|id| id.contains("missing")).collect();
    let own = missing.iter().position(|id| id.starts_with("khqr.")).unwrap();
    assert!(missing[..own].iter().all(|id| id.starts_with("emv.")), "{missing:?}");
    assert!(missing.contains(&"emv.53.missing") && missing.contains(&"khqr.54.missing"), "{missing:?}");
    let mut again = found.clone();
    again.reverse();
    again.sort_by_key(emvqr::Violation::order);
    let ids = |found: &[emvqr::Violation]| found.iter().map(|found| found.rule().id()).collect::<Vec<_>>();
    assert_eq!(ids(&again), ids(&found), "the order is a property of the findings");
}
