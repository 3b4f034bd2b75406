//! The JPQR profile: each rule broken alone, with its place, and its closest legal neighbours; the order of findings;
//! view, store id and builder; and the laws between them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]
#![allow(clippy::arithmetic_side_effects, reason = "tests")]

use std::collections::{BTreeSet, HashSet};

use crate::common::{Object, has, payload, replace, run, with, without};
use crate::support::{tag, template};
use emvqr::Encode;
use emvqr::encode::TemplateBuf;
use emvqr::jpqr::{Builder, GUID, Jpqr, Required, StoreId, rules};
use emvqr::tag::additional_data;
use emvqr::value::{Language, Mcc, PointOfInitiation};
use emvqr::{BuildError, ErrorKind, Mpm, Path, Payload, Severity, Tag, Violation};
use proptest::collection::vec;
use proptest::prelude::*;

const STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
const OTHER_STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000002";
const KEY: &str = "00000000000010001000001000001";

/// A JPQR code that breaks no rule, without its CRC.
const CODE: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("26", STORE),
    ("52", "5812"),
    ("53", "392"),
    ("58", "JP"),
    ("59", "YAMADA SOBA"),
    ("60", "CHIYODA-KU"),
    ("61", "1000001"),
    ("64", "0002JA0106山田そば𠮷店"),
];

/// The code with these values in place or at the end; an empty value takes the object out.
#[track_caller]
fn code(changes: &[Object<'static>]) -> String {
    let objects = changes.iter().fold(CODE.to_vec(), |objects, (id, value)| match (*value, has(&objects, id)) {
        ("", _) => without(&objects, id),
        (value, true) => replace(&objects, id, value),
        (value, false) => with(&objects, id, value),
    });
    payload(&objects)
}

fn findings(text: &str) -> Vec<Violation> {
    Payload::parse(text).unwrap().validate::<Jpqr>(()).into_violations()
}

/// Rule, severity, path, the bytes concerned between what stands around them, and how the code is changed.
type Row = (&'static str, Severity, &'static str, &'static str, &'static [Object<'static>]);

const E: Severity = Severity::Error;
const W: Severity = Severity::Warning;

#[rustfmt::skip]
static BROKEN: &[Row] = &[
    // Presence: at the start of 63.
    ("jpqr.01.missing", W, "01", "[]6304", &[("01", "")]),
    ("jpqr.26-51.missing", E, "", "[]6304", &[("26", "0011com.example")]),
    ("jpqr.26-51.missing", E, "", "[]6304", &[("26", "0019jp.co.paymentsjapan")]),
    ("jpqr.26-51.missing", E, "", "[]6304", &[("26", "0020jp.or.paymentsjapan2")]),
    // Under an ID of a card network it is a bare value.
    ("jpqr.26-51.missing", E, "", "[]6304", &[("26", ""), ("13", STORE)]),
    ("jpqr.54.missing", W, "54", "[]6304", &[("01", "12")]),
    ("jpqr.61.missing", E, "61", "[]6304", &[("61", "")]),
    ("jpqr.64.missing", E, "64", "[]6304", &[("64", "")]),

    // The template.
    ("jpqr.26-51.position", W, "30", "[3068{26}]63", &[("26", "0011com.example"), ("30", STORE)]),
    ("jpqr.26-51.ambiguous", E, "27", "[2768{other}]63", &[("27", OTHER_STORE)]),
    ("jpqr.26-51.repeated", W, "27", "[2768{26}]63", &[("27", STORE)]),
    ("jpqr.template.object", W, "26-05", "000001[0501x]5204", &[("26", "0019jp.or.paymentsjapan0113000000000000102040001030600000104060000010501x")]),
    ("jpqr.guid.case", W, "26-00", "0019[JP.or.paymentsjapan]0113", &[("26", "0019JP.or.paymentsjapan011300000000000010204000103060000010406000001")]),
    ("jpqr.level.missing", E, "26-01", "06000001[]5204", &[("26", "0019jp.or.paymentsjapan0204000103060000010406000001")]),
    ("jpqr.level.missing", E, "26-04", "06000001[]5204", &[("26", "0019jp.or.paymentsjapan01130000000000001020400010306000001")]),
    ("jpqr.level.length", E, "26-01", "0112[000000000001]0204", &[("26", "0019jp.or.paymentsjapan01120000000000010204000103060000010406000001")]),
    ("jpqr.level.length", E, "26-03", "0307[0000001]0406", &[("26", "0019jp.or.paymentsjapan0113000000000000102040001030700000010406000001")]),
    ("jpqr.level.charset", E, "26-02", "0204[０００１]0306", &[("26", "0019jp.or.paymentsjapan011300000000000010204０００１03060000010406000001")]),
    ("jpqr.level.digits", W, "26-02", "0204[000/]0306", &[("26", "0019jp.or.paymentsjapan011300000000000010204000/03060000010406000001")]),
    ("jpqr.level.digits", W, "26-04", "0406[A00001]5204", &[("26", "0019jp.or.paymentsjapan011300000000000010204000103060000010406A00001")]),

    // Values.
    ("jpqr.53.value", E, "53", "5303[840]58", &[("53", "840")]),
    ("jpqr.54.decimals", E, "54", "5406[1500.5]63", &[("54", "1500.5"), ("01", "12")]),
    ("jpqr.54.decimals", E, "54", "5408[0.000001]63", &[("54", "0.000001"), ("01", "12")]),
    ("jpqr.54.zeros", W, "54", "5406[1500.0]63", &[("54", "1500.0"), ("01", "12")]),
    ("jpqr.54.zeros", W, "54", "5404[1.00]63", &[("54", "1.00"), ("01", "12")]),
    ("jpqr.54.static", W, "54", "5403[500]63", &[("54", "500")]),
    ("jpqr.58.value", E, "58", "5802[KH]59", &[("58", "KH")]),
    ("jpqr.61.digits", W, "61", "6108[100-0001]64", &[("61", "100-0001")]),
    ("jpqr.61.digits", W, "61", "6106[100001]64", &[("61", "100001")]),
    ("jpqr.64-00.value", E, "64-00", "0002[EN]01", &[("64", "0002EN0104Soba")]),
    ("jpqr.64-00.case", W, "64-00", "0002[ja]01", &[("64", "0002ja0102そば")]),
    ("jpqr.64-00.case", W, "64-00", "0002[jA]63", &[("64", "0102そば0002jA")]),
    ("jpqr.64-02.unexpected", E, "64-02", "そば[0203千代田]63", &[("64", "0002JA0102そば0203千代田")]),
    ("jpqr.64-02.unexpected", E, "64-02", "JA[0203千代田]01", &[("64", "0002JA0203千代田0102そば")]),
];

/// What is to say of a template itself stands before what EMVCo says of its inside.
#[test]
fn a_template_itself_comes_before_its_inside() {
    let twice = format!("{OTHER_STORE}0406000003");
    let text = payload(&with(CODE, "27", &twice));
    let found: Vec<_> = findings(&text).iter().map(|found| format!("{} {}", found.rule().id(), found.path())).collect();
    assert_eq!(found[..2], ["jpqr.26-51.ambiguous 27", "emv.26-51.duplicate 27-04"], "{found:?}");
    assert_eq!(found.iter().filter(|found| found.starts_with("jpqr.26-51.ambiguous")).count(), 1);
    let first = Payload::parse(&text).unwrap().view::<Jpqr>(()).unwrap_err();
    assert_eq!(first.rule().id(), "jpqr.26-51.ambiguous");
}

/// Each breaks that rule and no other, where the table says.
#[test]
fn broken_rules() {
    for (rule, severity, path, mark, changes) in BROKEN {
        let text = code(changes);
        let found = findings(&text);
        let [found] = found.as_slice() else { panic!("{rule} {changes:?}: {found:?}") };
        assert_eq!((found.rule().id(), found.severity(), found.path().to_string().as_str()), (*rule, *severity, *path));
        let mark = mark.replace("{26}", STORE).replace("{other}", OTHER_STORE);
        let (before, rest) = mark.split_once('[').unwrap();
        let (concerned, after) = rest.split_once(']').unwrap();
        assert_eq!(&text[found.offset()..found.offset() + found.length()], concerned, "{rule}");
        assert!(text[..found.offset()].ends_with(before), "{rule}: {text:?} at {}", found.offset());
        assert!(text[found.offset() + found.length()..].starts_with(after), "{rule}");
        let first = Payload::parse(&text).unwrap().view::<Jpqr>(()).err();
        assert_eq!(first, (*severity == E).then_some(*found));
    }
    let tested: BTreeSet<_> = BROKEN.iter().map(|(rule, ..)| *rule).collect();
    let all: BTreeSet<_> = rules::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(tested, all);
}

/// The rules that warn are those whose source is inferred or unconfirmed.
#[test]
fn only_sure_sources_make_errors() {
    for rule in rules::ALL {
        let unsure = rule.source().contains("(I)") || rule.source().contains("(U)");
        assert_eq!(unsure, rule.severity() == W, "{}", rule.id());
        assert!(unsure || ["(S)", "(2S)", "(P)"].iter().any(|mark| rule.source().contains(mark)), "{}", rule.id());
    }
}

#[test]
fn legal_neighbours() {
    #[rustfmt::skip]
    let legal: &[&[Object<'static>]] = &[
        &[],
        &[("01", "12"), ("54", "500")],
        &[("01", "12"), ("54", "500.")],
        // No reader may take a card network's value for a template, also in front of 26.
        &[("04", "MASTER1234567890")],
        &[("15", "0011com.exam")],
        &[("27", "0011com.example0103abc")],
        // The order inside a template is free.
        &[("26", "0406000001030600000102040001011300000000000010019jp.or.paymentsjapan")],
        &[("64", "0102そば0002JA")],
        // Half-width kana: the voicing mark is a character of its own.
        &[("64", "0002JA0108ｺｰﾋｰｶﾞﾃﾞ")],
        &[("64", "0002JA0125𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷")],
        &[("62", "0103***")],
        &[("80", "0011com.example")],
    ];
    for changes in legal {
        let text = code(changes);
        assert_eq!(findings(&text), [], "{changes:?}");
        assert_eq!(Payload::parse(&text).unwrap().view::<Jpqr>(()).unwrap().store_id().unwrap().as_str(), KEY);
    }
}

/// A broken template that starts with the identifier is the store's broken template, and not a missing one.
#[test]
fn a_broken_template_is_reported_once() {
    let text = code(&[("26", "0019jp.or.paymentsjapan01130000000000001020")]);
    let found = findings(&text);
    assert_eq!(found.iter().map(|found| found.rule().id()).collect::<Vec<_>>(), ["emv.template.format"]);
    let payload = Payload::parse(&text).unwrap();
    assert!(Jpqr::recognises(&payload));
    assert_eq!(Jpqr::of(&payload).store_id(), None);
}

/// Presence by ID, then objects by ID, EMVCo's findings first at one place: whatever the order in the text.
#[test]
fn order_of_findings() {
    let objects: Vec<_> = [
        ("00", "01"),
        ("80", "0101x"),
        ("64", "0002en0203abc"),
        ("58", "jp"),
        ("59", "山田"),
        ("54", "0"),
        ("53", "999"),
        ("27", OTHER_STORE),
        ("26", "0019jp.or.paymentsjapan01011020400010306000001"),
    ]
    .to_vec();
    let text = payload(&objects);
    let found: Vec<_> = findings(&text).iter().map(|found| format!("{} {}", found.rule().id(), found.path())).collect();
    #[rustfmt::skip]
    assert_eq!(found, [
        "jpqr.01.missing 01", "emv.52.missing 52", "emv.60.missing 60", "jpqr.61.missing 61",
        "jpqr.level.missing 26-04", "jpqr.level.length 26-01", "jpqr.26-51.ambiguous 27",
        "jpqr.53.value 53", "emv.54.zero 54", "emv.58.case 58", "jpqr.58.value 58", "emv.text.charset 59",
        "emv.64-01.missing 64-01", "jpqr.64-00.value 64-00", "jpqr.64-02.unexpected 64-02", "emv.guid.missing 80-00",
    ]);
}

#[test]
fn recognised_by_the_identifier_in_any_case() {
    let recognises = |changes: &[Object<'static>]| Jpqr::recognises(&Payload::parse(&code(changes)).unwrap());
    assert!(recognises(&[]));
    assert!(recognises(&[("26", "0011com.example"), ("51", "0019jp.or.paymentsjapan")]));
    assert!(recognises(&[("26", "0101x0019jp.or.paymentsjapan")]));
    assert!(recognises(&[("53", "840"), ("58", "KH")]));
    assert!(recognises(&[("26", "0019JP.OR.PAYMENTSJAPAN")]));
    assert!(!recognises(&[("26", ""), ("25", STORE)]));
    assert!(!recognises(&[("26", "0011com.example"), ("80", STORE)]));
}

#[test]
fn view() {
    let text = code(&[
        ("01", "12"),
        ("26", "0011com.example"),
        ("30", STORE),
        ("54", "1500."),
        ("13", "3530111333300000"),
        ("62", "0103A-1"),
    ]);
    let payload = Payload::parse(&text).unwrap();
    let code = payload.view::<Jpqr>(()).unwrap();
    assert_eq!(code.payload(), &payload);
    assert_eq!(code.base().payload_format_indicator(), Some("01"));
    assert_eq!(code.method(), Ok(Some(PointOfInitiation::DYNAMIC)));
    assert!(code.is_dynamic());
    assert_eq!(code.store_id().unwrap().as_str(), KEY);
    let networks: Vec<_> = code.other_networks().map(|network| network.object().tag().get()).collect();
    assert_eq!(networks, [13, 26]);
    assert_eq!(code.merchant_category_code(), Ok(Some(Mcc::RESTAURANTS)));
    assert_eq!(code.amount().unwrap().unwrap().as_str(), "1500.");
    assert_eq!(code.amount_minor(), Ok(Some(1500)));
    assert_eq!(code.name(), Some("YAMADA SOBA"));
    assert_eq!(code.city(), Some("CHIYODA-KU"));
    assert_eq!(code.postal_code(), Some("1000001"));
    assert_eq!(code.additional_data().unwrap().bill_number(), Some("A-1"));
    assert_eq!(code.language(), Ok(Some(Language::JA)));
    assert_eq!(code.alternate_name(), Some("山田そば𠮷店"));
    assert_eq!(code.alternate_city(), None);
    assert_eq!(code.base().unreserved_templates().count(), 0);
    assert_eq!(code.base().crc(), payload.crc());
    // No text of the payload.
    let debug = format!("{code:?} {:?} {:?}", code.store_id(), Builder::new(&required()));
    assert!(!debug.contains("0000001") && !debug.contains("山田") && !debug.contains("YAMADA"), "{debug}");
}

#[test]
fn an_ambiguous_payee_is_none() {
    let store_id = |changes: &[Object<'static>]| {
        let text = code(changes);
        Jpqr::of(&Payload::parse(&text).unwrap()).store_id().map(|id| id.to_string())
    };
    assert_eq!(store_id(&[("27", STORE)]).as_deref(), Some(KEY));
    assert_eq!(store_id(&[("27", OTHER_STORE)]), None);
    // A second template that cannot be read may name anybody.
    assert_eq!(store_id(&[("27", "0019jp.or.paymentsjapan")]), None);
    assert_eq!(store_id(&[("27", "0019JP.OR.PAYMENTSJAPAN011300000000000010204000103060000010406000002")]), None);
    assert_eq!(
        store_id(&[("26", "0019jp.or.paymentsjapan01130000000000001020400010306000001040600000104060000 1")]),
        None
    );
    assert_eq!(store_id(&[("26", "0011com.example")]), None);
}

#[test]
fn store_ids() {
    let id: StoreId = KEY.parse().unwrap();
    assert_eq!(id, StoreId::from_template(STORE).unwrap());
    assert_eq!(id, StoreId::new(["0000000000001", "0001", "000001", "000001"]).unwrap());
    assert_eq!((id.to_string().as_str(), id.as_str()), (KEY, KEY));
    assert_eq!(id.to_template().as_str(), STORE);
    assert_eq!(STORE.len(), StoreId::TEMPLATE_LENGTH);
    assert!(id.is_numeric());
    assert_eq!(format!("{id:?}"), "StoreId(..)");
    let other = StoreId::from_template(OTHER_STORE).unwrap();
    assert!(id < other);
    assert_eq!(HashSet::from([id, other, id]).len(), 2);
    assert!(!"0000000000001000100000100000A".parse::<StoreId>().unwrap().is_numeric());

    for key in ["", &KEY[1..], "000000000000010001000001000001", "000000000000100010000010000é"] {
        assert!(key.parse::<StoreId>().is_err(), "{key:?}");
    }
    #[rustfmt::skip]
    let broken = [
        ("", "jpqr.26-51.missing", "", 0),
        ("foobarbaz", "emv.template.format", "", 0),
        ("0011com.example", "jpqr.26-51.missing", "", 15),
        ("0019jp.or.paymentsjapan", "jpqr.level.missing", "01", 23),
        ("0019jp.or.paymentsjapan01130000000000009020300703060000020406000003", "jpqr.level.length", "02", 44),
        ("0019jp.or.paymentsjapan0113000000000000102040000030600000104060000010406000001", "emv.26-51.duplicate", "04", 68),
        (&"0".repeat(100), "emv.template.format", "", 99),
    ];
    for (value, rule, path, offset) in broken {
        let found = StoreId::from_template(value).unwrap_err();
        assert_eq!((found.rule().id(), found.path().to_string().as_str(), found.offset()), (rule, path, offset));
    }
}

fn required() -> Required<'static> {
    Required {
        store_id: KEY.parse().unwrap(),
        merchant_category_code: Mcc::RESTAURANTS,
        name: "YAMADA SOBA",
        city: "CHIYODA-KU",
        postal_code: "1000001",
        alternate_name: "山田そば𠮷店",
    }
}

#[test]
fn builds_static_and_dynamic_codes() {
    assert_eq!(Builder::new(&required()).encode_to_string().unwrap(), code(&[]));
    let mut additional = TemplateBuf::new();
    additional.push(additional_data::BILL_NUMBER, "A-1").unwrap();
    let networks = [(tag(13), "3530111333300000"), (tag(26), "0011com.example")];
    let dynamic =
        Builder::new(&required()).amount(1500).objects(&networks).store_template(tag(27)).additional_data(&additional);
    #[rustfmt::skip]
    let expected = payload(&[
        ("00", "01"), ("01", "12"), ("13", "3530111333300000"), ("26", "0011com.example"), ("27", STORE),
        ("52", "5812"), ("53", "392"), ("54", "1500"), ("58", "JP"), ("59", "YAMADA SOBA"), ("60", "CHIYODA-KU"),
        ("61", "1000001"), ("62", "0103A-1"), ("64", "0002JA0106山田そば𠮷店"),
    ]);
    assert_eq!(dynamic.encode_to_string().unwrap(), expected);
    let mut buffer = [0; 512];
    assert_eq!(dynamic.encode_to_slice(&mut buffer), Ok(expected.as_str()));
    let short = dynamic.encode_to_slice(&mut buffer[..100]).unwrap_err();
    assert!(
        matches!(short, BuildError::Encode(error) if error.kind() == ErrorKind::BufferTooSmall { needed: expected.len() })
    );
}

#[test]
fn refuses_what_the_reader_would_refuse() {
    let with_object = |id, value| Builder::new(&required()).objects(&[(id, value)]).encode_to_string();
    let rule = |builder: Builder<'_>| match builder.encode_to_string() {
        Err(BuildError::Rule(found)) => found.rule().id(),
        other => panic!("{other:?}"),
    };
    let with = |change: fn(&mut Required<'static>)| {
        let mut required = required();
        change(&mut required);
        Builder::new(&required)
    };
    assert_eq!(rule(with(|required| required.name = "")), "emv.59.missing");
    assert_eq!(rule(with(|required| required.name = "山田")), "emv.text.charset");
    assert_eq!(rule(with(|required| required.name = "ABCDEFGHIJKLMNOPQRSTUVWXYZ")), "emv.text.length");
    assert_eq!(rule(with(|required| required.city = "")), "emv.60.missing");
    assert_eq!(rule(with(|required| required.postal_code = "")), "jpqr.61.missing");
    assert_eq!(rule(with(|required| required.alternate_name = "")), "emv.64-01.missing");
    assert_eq!(
        rule(with(|required| required.alternate_name = "あいうえおかきくけこさしすせそたちつてとなにぬねのは")),
        "emv.text.length"
    );
    assert_eq!(rule(Builder::new(&required()).amount(0)), "emv.54.zero");
    assert_eq!(rule(Builder::new(&required()).amount(10_000_000_000_000)), "emv.54.length");
    for (value, rule) in [(OTHER_STORE, "jpqr.26-51.ambiguous"), ("not a template", "emv.template.format")] {
        let refused = with_object(tag(27), value);
        assert!(matches!(refused, Err(BuildError::Rule(found)) if found.rule().id() == rule), "{refused:?}");
    }
    assert_eq!(rule(Builder::new(&required()).store_template(tag(13))), "jpqr.26-51.missing");

    let error = |refused: Result<String, BuildError>| match refused {
        Err(BuildError::Encode(error)) => (error.kind(), error.path().to_string()),
        other => panic!("{other:?}"),
    };
    // Nobody else is paid in place of the store, not even by the same template; nor in another currency.
    assert_eq!(error(with_object(tag(26), STORE)), (ErrorKind::Duplicate, "26".into()));
    assert_eq!(error(with_object(Tag::TRANSACTION_CURRENCY, "840")), (ErrorKind::Duplicate, "53".into()));
    assert_eq!(error(with_object(Tag::COUNTRY_CODE, "KH")), (ErrorKind::Duplicate, "58".into()));
    assert_eq!(error(with_object(Tag::LANGUAGE_TEMPLATE, "0002JA")), (ErrorKind::Duplicate, "64".into()));
    assert_eq!(error(with_object(Tag::CRC, "0000")), (ErrorKind::Fixed, "63".into()));
    let name = "店".repeat(100);
    let long = Required { alternate_name: &name, ..required() };
    assert_eq!(error(Builder::new(&long).encode_to_string()), (ErrorKind::ValueTooLong, "64-01".into()));
    let mut buffer = [0xA5; 64];
    assert!(Builder::new(&long).encode_to_slice(&mut buffer).is_err());
    assert_eq!(buffer, [0; 64]);
}

/// Kanji, kana of both widths with voicing marks, Latin, characters beyond U+FFFF.
fn japanese(most: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => proptest::char::range('一', '龥'),
        3 => proptest::char::range('ぁ', 'ヺ'),
        3 => proptest::char::range('ｦ', 'ﾟ'),
        2 => proptest::char::range('𠀀', '𪛖'),
        1 => proptest::char::range(' ', '~'),
        1 => prop::sample::select(vec!['々', 'ー', '・', '〒', '髙', '﨑', '😀']),
    ];
    vec(character, 1..=most).prop_map(String::from_iter)
}

/// Root objects that look like JPQR's, right and wrong.
fn root_objects() -> impl Strategy<Value = Vec<(String, String)>> {
    let level = |digits: &'static str| prop_oneof![8 => Just(digits.to_owned()), 1 => "[0-9]{1,14}", 1 => japanese(6)];
    let guid = prop_oneof![
        8 => Just(GUID.to_owned()),
        1 => Just(GUID.to_uppercase()),
        1 => Just("com.example".to_owned()),
    ];
    let levels = (guid, level("0000000000001"), level("0001"), level("000001"), level("000001"));
    let order = Just(vec![0_u8, 1, 2, 3, 4]).prop_shuffle();
    let store = (levels, prop_oneof![4 => Just(vec![0, 1, 2, 3, 4]), 2 => order, 1 => vec(0..6_u8, 0..6)]).prop_map(
        |((guid, a, b, c, d), order)| {
            let values = [guid, a, b, c, d, "x".to_owned()];
            let objects: Vec<_> = order.into_iter().map(|id| (id, values[usize::from(id)].clone())).collect();
            crate::support::render(&objects)
        },
    );
    let fits = |value: &String| (1..=99).contains(&value.chars().count());
    let store = store.prop_filter("a template", fits);
    let language = prop_oneof![8 => Just("JA"), 1 => Just("ja"), 1 => Just("EN"), 1 => Just("JAP")];
    let local = (language, japanese(26), any::<bool>()).prop_map(|(language, name, city)| {
        let mut objects = vec![(0, language.to_owned()), (1, name)];
        objects.extend(city.then(|| (2, "千代田".to_owned())));
        crate::support::render(&objects)
    });
    let wrong = |right: &'static str, wrong: &'static [&'static str]| {
        prop_oneof![8 => Just(right), 1 => prop::sample::select(wrong)].prop_map(str::to_owned)
    };
    let some = |id: &'static str, value: BoxedStrategy<String>| {
        prop::option::weighted(0.9, value).prop_map(move |value| value.map(|value| (id.to_owned(), value)))
    };
    let objects = (
        some("01", wrong("11", &["12", "13"]).boxed()),
        some("26", store.clone().boxed()),
        prop::option::weighted(0.2, store.prop_map(|value| ("27".to_owned(), value))),
        prop::option::weighted(0.2, template(true).prop_map(|value| ("30".to_owned(), value))),
        some("52", wrong("5812", &["581", "58A2"]).boxed()),
        some("53", wrong("392", &["840", "JPY"]).boxed()),
        prop::option::of(wrong("500", &["0", "1.5", "x"]).prop_map(|value| ("54".to_owned(), value))),
        some("58", wrong("JP", &["jp", "KH", "JPN"]).boxed()),
        some("59", prop_oneof![4 => crate::support::ans(26), 1 => japanese(5)].boxed()),
        (some("60", crate::support::ans(16).boxed()), some("61", wrong("1000001", &["100-0001", "1"]).boxed())),
        some("64", prop_oneof![8 => local, 1 => japanese(20)].boxed()),
    );
    objects
        .prop_map(|(a, b, c, d, e, f, g, h, i, (j, k), l)| {
            [a, b, c, d, e, f, g, h, i, j, k, l].into_iter().flatten().collect::<Vec<_>>()
        })
        .prop_shuffle()
        .prop_map(|mut objects| {
            objects.insert(0, ("00".to_owned(), "01".to_owned()));
            objects
        })
}

proptest! {
    /// EMVCo's findings are all there and unchanged, the order is kept, and fail-fast gives its first error.
    #[test]
    fn findings_in_order(objects in root_objects()) {
        let text = payload(&crate::support::borrowed(&objects));
        let payload = Payload::parse(&text).unwrap();
        let found = payload.validate::<Jpqr>(()).into_violations();
        let base: Vec<_> = found.iter().filter(|found| found.rule().id().starts_with("emv.")).copied().collect();
        // What the base profile says of an ambiguous payee the scheme says better.
        let is_better = found.iter().any(|found| found.rule().id() == "jpqr.26-51.ambiguous");
        // And of the decimals of a yen.
        let is_fraction = found.iter().any(|found| ["jpqr.54.decimals", "jpqr.54.zeros"].contains(&found.rule().id()));
        let mut expected = payload.validate::<Mpm>(()).into_violations();
        expected.retain(|found| !(is_better && found.rule().id() == "emv.ambiguous-payee"));
        expected.retain(|found| !(is_fraction && found.rule().id() == "emv.54.decimals"));
        prop_assert_eq!(base, expected);
        prop_assert!(found.is_sorted_by_key(Violation::order), "{:?}", found);
        let first = found.iter().find(|found| found.severity() == E).copied();
        prop_assert_eq!(payload.view::<Jpqr>(()).err(), first);
        for (position, finding) in found.iter().enumerate() {
            prop_assert!(!found[..position].contains(finding), "{finding:?} twice");
            prop_assert!(text.get(finding.offset()..finding.offset() + finding.length()).is_some());
        }
    }

    /// A code that conforms names its store; a store that is named is that of the template, read by other means.
    #[test]
    fn the_store_is_certain(objects in root_objects()) {
        let text = payload(&crate::support::borrowed(&objects));
        let payload = Payload::parse(&text).unwrap();
        let store_id = Jpqr::of(&payload).store_id();
        let is_ambiguous = |found: &Violation| found.rule() == emvqr::mpm::rules::LENGTH_AMBIGUOUS;
        if payload.validate::<Mpm<'_>>(()).into_violations().iter().any(is_ambiguous) {
            prop_assert_eq!(store_id, None);
            return Ok(());
        }
        if payload.view::<Jpqr>(()).is_ok() {
            prop_assert!(store_id.is_some());
        }
        let stores: Vec<_> = objects
            .iter()
            .filter(|(id, _)| (26..=51).contains(&id.parse::<u8>().unwrap()))
            .filter_map(|(_, value)| crate::support::read_run(value))
            .filter(|objects| objects.iter().find(|(id, _)| *id == 0).is_some_and(|(_, guid)| guid.to_lowercase() == GUID))
            .collect();
        let key = |objects: &Vec<(u8, String)>| {
            let level = |id, length| {
                let mut all = objects.iter().filter(|(other, _)| *other == id).map(|(_, value)| value);
                let level = all.next().filter(|level| level.len() == length && level.bytes().all(|b| (0x20..0x7F).contains(&b)));
                if all.next().is_none() { level.cloned() } else { None }
            };
            let ids: HashSet<_> = objects.iter().map(|(id, _)| id).collect();
            let key = level(1, 13)? + &level(2, 4)? + &level(3, 6)? + &level(4, 6)?;
            (ids.len() == objects.len()).then_some(key)
        };
        let keys: HashSet<_> = stores.iter().map(key).collect();
        let expected = if keys.len() == 1 { keys.into_iter().next().unwrap() } else { None };
        prop_assert_eq!(store_id.map(|id| id.to_string()), expected);
    }

    /// Build, parse, check, read: the same values, the same text, and nothing that the reader refuses.
    #[test]
    fn built_codes_read_back(
        levels in ("[0-9]{13}", "[0-9]{4}", "[0-9]{6}", "[0-9A-Z]{6}"),
        names in (crate::support::ans(27), crate::support::ans(17), "[0-9]{7}|[ -~]{1,11}", japanese(27)),
        amount in prop::option::of(0..20_000_000_000_000_u64),
        position in prop_oneof![3 => Just(26_u8), 1 => 20..60_u8],
    ) {
        let store_id = StoreId::new([&levels.0, &levels.1, &levels.2, &levels.3]).unwrap();
        prop_assert_eq!(StoreId::from_template(store_id.to_template().as_str()), Ok(store_id));
        prop_assert_eq!(store_id.to_string().parse(), Ok(store_id));
        let required = Required {
            store_id,
            merchant_category_code: Mcc::new(5812).unwrap(),
            name: &names.0,
            city: &names.1,
            postal_code: &names.2,
            alternate_name: &names.3,
        };
        let builder = match amount {
            Some(yen) => Builder::new(&required).amount(yen),
            None => Builder::new(&required),
        };
        let built = builder.store_template(tag(position)).encode_to_string();
        let limits = [(&names.0, 25), (&names.1, 15), (&names.2, 10), (&names.3, 25)];
        let fits = limits.iter().all(|(text, most)| text.chars().count() <= *most)
            // A merchant has a name that can be seen, in either script.
            && [&names.0, &names.3].iter().all(|name| !name.trim().is_empty())
            && amount.is_none_or(|yen| (1..10_000_000_000_000).contains(&yen))
            && (26..=51).contains(&position);
        prop_assert_eq!(built.is_ok(), fits, "{:?}", built);
        let Ok(text) = built else { return Ok(()) };
        let payload = Payload::parse(&text).unwrap();
        let code = payload.view::<Jpqr>(()).unwrap();
        prop_assert_eq!(code.store_id(), Some(store_id));
        prop_assert_eq!(code.name(), Some(names.0.as_str()));
        prop_assert_eq!(code.city(), Some(names.1.as_str()));
        prop_assert_eq!(code.postal_code(), Some(names.2.as_str()));
        prop_assert_eq!(code.alternate_name(), Some(names.3.as_str()));
        prop_assert_eq!(code.amount_minor(), Ok(amount));
        prop_assert_eq!(code.is_dynamic(), amount.is_some());
        // Written once more by a composer that shares nothing with the crate.
        let template = run(&[("00", GUID), ("01", &levels.0), ("02", &levels.1), ("03", &levels.2), ("04", &levels.3)]);
        let local = run(&[("00", "JA"), ("01", &names.3)]);
        let (position, amount) = (format!("{position:02}"), amount.map(|yen| yen.to_string()));
        let mut objects: Vec<Object<'_>> = vec![("00", "01"), ("01", if amount.is_some() { "12" } else { "11" })];
        objects.extend([(position.as_str(), template.as_str()), ("52", "5812"), ("53", "392")]);
        objects.extend(amount.as_deref().map(|amount| ("54", amount)));
        objects.extend([("58", "JP"), ("59", names.0.as_str()), ("60", &names.1), ("61", &names.2), ("64", &local)]);
        prop_assert_eq!(text, crate::common::payload(&objects));
    }
}

/// The path of an object that is asked for by hand is that of the table.
#[test]
fn levels_by_path() {
    let text = code(&[]);
    let payload = Payload::parse(&text).unwrap();
    let level = |path: &str| payload.find(path.parse::<Path>().unwrap()).unwrap().value();
    assert_eq!(["26-01", "26-02", "26-03", "26-04"].map(level), Jpqr::of(&payload).store_id().unwrap().levels());
}

#[test]
fn names_and_the_local_city() {
    let text = code(&[("64", "0002JA0105山田そば店0203東京都"), ("62", "50150011com.example")]);
    let payload = Payload::parse(&text).unwrap();
    let code = Jpqr::of(&payload);
    assert_eq!((code.alternate_name(), code.alternate_city()), (Some("山田そば店"), Some("東京都")));
    let name = |path: &str| emvqr::Profile::object_name(&code, path.parse::<Path>().unwrap());
    // The store template is known by its identifier; deeper than it nothing has a name of JPQR's.
    assert_eq!(name("26-01"), Some("Management Level 1"));
    assert_eq!(name("59"), "59".parse::<Path>().unwrap().name());
    assert_eq!(name("26-01-02"), "26-01-02".parse::<Path>().unwrap().name());
    assert_eq!(name("62-50-00"), "62-50-00".parse::<Path>().unwrap().name());
}

/// A management level that cannot be shown is an error of JPQR's own; another object of the template is EMVCo's.
#[test]
fn controls_in_the_store_template() {
    fn found(store: &'static str) -> Vec<String> {
        let text = code(&[("26", store)]);
        let payload = Payload::parse(&text).unwrap();
        let found = payload.validate::<Jpqr>(()).into_violations();
        found.iter().map(|found| format!("{} {}", found.rule().id(), found.path())).collect()
    }

    let level = found("0019jp.or.paymentsjapan0113000000000000\u{202e}0204000103060000010406000001");
    assert!(level.contains(&"jpqr.level.charset 26-01".to_owned()), "{level:?}");
    assert!(!level.contains(&"emv.text.control 26-01".to_owned()), "{level:?}");
    let other = found("0019jp.or.paymentsjapan0113000000000000102040001030600000104060000010502a\u{202e}");
    assert!(other.contains(&"emv.text.control 26-05".to_owned()), "{other:?}");
}
