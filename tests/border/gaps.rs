//! What mutants once survived: places where a test was missing, each with what the documents say.

use emvqr::Clock;
use emvqr::crossborder::report::Outcome;
use emvqr::crossborder::{Policy, Rewrite, Supplement};
use emvqr::khqr::Khqr;
use emvqr::network::{self, Misfit};
use emvqr::tlv::Template;
#[cfg(feature = "rust_decimal")]
use emvqr::value::Amount;
use emvqr::value::{ConsumerDataRequest, Guid, GuidShape};
use emvqr::{Encode, ErrorKind, Jpqr, Mpm, Payload, Severity, Tag, TagSet};

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
        let found = payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations();
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
        let found = payload.view::<Mpm<'_>>(()).unwrap_err();
        assert_eq!((found.offset(), found.length()), (text.len() - 8, 0), "{found}");
        assert_eq!(found.path(), id);
    }
    let text = payload(&with(BASE, "64", "0002JA"));
    let payload = Payload::parse(&text).unwrap();
    let found = payload.view::<Mpm<'_>>(()).unwrap_err();
    assert_eq!((found.path().to_string().as_str(), found.offset(), found.length()), ("64-01", text.len() - 8, 0));
}

#[test]
fn shapes_of_identifiers() {
    for (guid, is_domain) in [
        ("com.a", true),
        ("com.example", true),
        ("kh.example", true),
        ("k1.example", false),
        ("1h.example", false),
        ("com..x", false),
        ("com.a.", false),
        (".com.a", false),
    ] {
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
        assert_eq!(Jpqr::of(&payload).store_id(), None);
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
        let khqr = Khqr::of(&Payload::parse(&text).unwrap());
        Rewrite::to_jpqr(&khqr, &Supplement::default()).missing().iter().collect::<Vec<_>>()
    };
    let always = ["store_id", "postal_code", "alternate_name"];
    assert_eq!(missing(KH), always);
    assert_eq!(missing(&without(KH, "59")), [&always[..], &["name"]].concat());
    assert_eq!(missing(&without(KH, "60")), [&always[..], &["city"]].concat());
}

/// Findings at one place come in the order of the checklist: EMVCo's before the scheme's own.
#[test]
fn what_is_missing_at_one_place_is_in_order() {
    let text = payload(&[("00", "01"), ("01", "12"), ("29", "0009coin@devb"), ("52", "5999"), ("58", "KH")]);
    let payload = Payload::parse(&text).unwrap();
    let found = payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations();
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

/// A name in Japanese that is supplied takes the place of one that the code has.
#[test]
fn a_supplied_name_takes_the_place_of_the_codes_own() {
    let text = payload(&with(KH, "64", "0002ja0104コイン店"));
    let source = Payload::parse(&text).unwrap();
    let outcome = |name| {
        let given = Supplement { alternate_name: name, ..Supplement::default() };
        let report = Rewrite::to_jpqr(&Khqr::of(&source), &given);
        report.leaves().find(|leaf| leaf.object.path() == "64-01").unwrap().outcome
    };
    assert_eq!(outcome(None), Outcome::Copied);
    assert_ne!(outcome(Some("コイン")), Outcome::Copied);
}

/// Each of 29 and 30 can be another network's: two templates are two accounts only if both hold one of KHQR.
#[test]
fn a_template_of_another_network_is_no_second_account() {
    let thai = [("53", "764"), ("58", "TH"), ("59", "Coin"), ("60", "Bangkok")];
    let ambiguous = |individual: &str, merchant: &str| {
        let objects = [&[("00", "01"), ("01", "11"), ("29", individual), ("30", merchant), ("52", "5999")], &thai[..]];
        let text = payload(&objects.concat());
        let found = Payload::parse(&text).unwrap().validate::<Mpm<'_>>(()).into_violations();
        found.iter().any(|found| found.rule().id() == "emv.ambiguous-payee")
    };
    let bill = "0016A000000677010112011312345678901230203REF";
    assert!(ambiguous("0009coin@devb", "0009shop@devb"));
    assert!(!ambiguous("0009coin@devb", bill));
    assert!(!ambiguous(bill, "0009shop@devb"));
}

/// Accounts come in the order of the text.
#[test]
fn accounts_come_as_in_the_text() {
    let text = payload(&[
        ("00", "01"),
        ("30", "0016A000000677010112011312345678901230203REF"),
        ("29", "0016A00000067701011101130066812345678"),
        ("58", "TH"),
    ]);
    let payload = Payload::parse(&text).unwrap();
    let tags: Vec<_> = network::accounts(&payload).map(|account| account.object().tag().get()).collect();
    assert_eq!(tags, [30, 29]);
}

#[test]
fn a_misfit_says_how_long() {
    let length = |least, most| Misfit::Length { length: 12, least, most }.to_string();
    assert_eq!(length(13, 13), "12 characters instead of 13");
    assert_eq!(length(13, 15), "12 characters instead of 13 to 15");
}

#[test]
fn a_request_for_data_is_one_from_either_door() {
    let request = ConsumerDataRequest::try_from("ME").unwrap();
    assert_eq!(request.as_str(), "ME");
    assert_eq!(Ok(request), "ME".parse());
    assert!(ConsumerDataRequest::try_from("MX").is_err());
}

/// Trailing zeros say how exact an amount is, and stay.
#[cfg(feature = "rust_decimal")]
#[test]
fn an_amount_is_a_decimal_of_the_same_text() {
    for text in ["1.50", "0.05", "13", "9999999999999", "99999999999.9"] {
        let amount = Amount::new(text).unwrap();
        assert_eq!(rust_decimal::Decimal::from(amount).to_string(), text);
    }
}

/// Stores that hide in the IDs of card networks are told apart, however many they are.
#[test]
fn two_hidden_stores_are_ambiguous() {
    let store = |last: &str| format!("0019jp.or.paymentsjapan01130000000000001020400010306000001040600000{last}");
    let is_ambiguous = |objects: &[(&str, &str)]| {
        let text = payload(objects);
        Payload::parse(&text)
            .unwrap()
            .validate::<Mpm<'_>>(())
            .into_violations()
            .iter()
            .any(|found| found.rule().id() == "emv.ambiguous-payee")
    };
    let (first, second) = (store("1"), store("2"));
    let base = without(BASE, "29");
    assert!(is_ambiguous(&with(&with(&base, "04", &first), "05", &second)));
    assert!(is_ambiguous(&with(&with(&with(&base, "04", &first), "05", &first), "06", &second)));
    assert!(!is_ambiguous(&with(&with(&base, "04", &first), "05", &first)));
    assert!(!is_ambiguous(&with(&base, "04", &first)));
}

/// An ID that is there twice is there.
#[test]
fn a_set_of_ids_has_each_once() {
    let (one, two) = (Tag::try_from(59).unwrap(), Tag::try_from(60).unwrap());
    let set: TagSet = [one, two, one].into_iter().collect();
    assert_eq!(set.iter().collect::<Vec<_>>(), [one, two]);
    // A template that repeats an ID three times has it.
    let value = "0011com.example0101a0101b0101c";
    let template = Template::parse(value).unwrap();
    assert!(template.tags().contains(Tag::try_from(1).unwrap()));
    assert!(template.repeated().contains(Tag::try_from(1).unwrap()));
}

/// Of 62 it is said that it is too long inside only if it cannot be opened, not if a template in it cannot.
#[test]
fn a_broken_template_inside_another_leaves_that_as_it_is() {
    let long = "x".repeat(26);
    let inner = crate::common::run(&[("01", long.as_str()), ("50", "0011com.exa")]);
    let text = payload(&with(KH, "62", &inner));
    let found = Payload::parse(&text).unwrap().validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations();
    let at = |path: &str| {
        found.iter().filter(|found| found.path() == path).map(|found| found.rule().id()).collect::<Vec<_>>()
    };
    assert_eq!(at("62-50"), ["emv.template.format"]);
    assert_eq!(at("62-01"), ["emv.text.length"]);
}

/// What tables show in words.
#[test]
fn rows_are_shown_by_their_names() {
    use emvqr::dictionary::Format;

    for (format, shown) in [(Format::N, "N"), (Format::Ans, "ans"), (Format::S, "S")] {
        assert_eq!(format.to_string(), shown);
    }
    let shown: Vec<_> = network::TABLE.iter().map(ToString::to_string).collect();
    assert!(shown.contains(&"id.qris".to_owned()) && shown.contains(&"khqr".to_owned()), "{shown:?}");
    let preferred = ["sg.paynow", "sg.nets"].map(|id| network::by_id(id).unwrap());
    let policy = Policy::default().prefer(&preferred);
    assert!(format!("{policy:?}").contains("Network(sg.paynow), Network(sg.nets)"), "{policy:?}");
}
