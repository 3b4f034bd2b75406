//! What the Go library mercari/go-emv-code gets wrong (it was run on such inputs): each gets an exact error here, or
//! survives the round trip. One test for each item, B1 to B16.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use crate::common::{Object, payload, replace, run, sealed, with, without};
use emvqr::Encode;
use emvqr::edit::Change;
use emvqr::elqr::{self, Bill, LevyData, PaymentData};
use emvqr::encode::RootRun;
use emvqr::encode::TemplateBuf;
use emvqr::jpqr::{Builder, Jpqr, Required, StoreId};
use emvqr::value::Mcc;
use emvqr::{BuildError, Error, ErrorKind, Mpm, Payload, Severity, Tag};

const STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
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
    ("64", "0002JA0104山田そば"),
];

#[track_caller]
fn fault(text: &str) -> Error {
    Payload::parse(text).unwrap_err()
}

/// Rule and path of the first error.
#[track_caller]
fn refused(objects: &[Object<'_>]) -> (&'static str, String) {
    let text = payload(objects);
    let found = Payload::parse(&text).unwrap().view::<Jpqr>(()).unwrap_err();
    (found.rule().id(), found.path().to_string())
}

/// Rules of the warnings of a code that conforms.
#[track_caller]
fn warned(objects: &[Object<'_>]) -> Vec<&'static str> {
    let text = payload(objects);
    let payload = Payload::parse(&text).unwrap();
    let found = payload.validate::<Jpqr>(()).into_violations();
    assert!(found.iter().all(|found| found.severity() == Severity::Warning), "{found:?}");
    found.iter().map(|found| found.rule().id()).collect()
}

/// Every way of writing what was read gives the same text.
#[track_caller]
fn survives(text: &str) {
    let payload = Payload::parse(text).unwrap();
    assert_eq!(payload.to_string(), text);
    let objects = payload.iter().filter(|object| object.tag() != Tag::CRC);
    let objects: Vec<(Tag, &str)> = objects.map(|object| (object.tag(), object.value())).collect();
    assert_eq!(RootRun(objects).encode_to_string().unwrap(), text);
    let same = [Change::set(Tag::MERCHANT_NAME, payload.get(Tag::MERCHANT_NAME).unwrap().value())];
    assert_eq!(payload.edit(&same).build_unchecked().unwrap().as_str(), text);
}

fn required() -> Required<'static> {
    Required {
        store_id: StoreId::from_template(STORE).unwrap(),
        merchant_category_code: Mcc::RESTAURANTS,
        name: "YAMADA SOBA",
        city: "CHIYODA-KU",
        postal_code: "1000001",
        alternate_name: "山田そば",
    }
}

#[test]
fn b1_negative_lengths_crash_it() {
    let text = sealed("00020153-1392");
    let error = fault(&text);
    assert_eq!((error.kind(), error.path().to_string(), error.offset()), (ErrorKind::LengthNotDigits, "53".into(), 6));
    let inside = replace(CODE, "26", "0019jp.or.paymentsjapan01-10000000000001");
    assert_eq!(refused(&inside), ("emv.template.format", "26".into()));
    assert_eq!(refused(&replace(CODE, "64", "0002JA01-1山田")), ("emv.template.format", "64".into()));
}

#[test]
fn b2_three_or_five_templates_cannot_be_written_again() {
    for count in [1, 2, 3, 4, 5, 6] {
        let ids: Vec<String> = (27..27 + count).chain(80..80 + count).map(|id| id.to_string()).collect();
        let mut objects = CODE.to_vec();
        objects.extend(ids.iter().map(|id| (id.as_str(), "0011com.example")));
        assert_eq!(warned(&objects), [""; 0]);
        survives(&payload(&objects));
    }
}

#[test]
fn b3_a_sign_passes_as_a_length() {
    let text = payload(CODE).replace("5204", "52+4");
    assert_eq!(fault(&text).kind(), ErrorKind::LengthNotDigits);
}

/// A name under which the CRC of the code is 0000.
fn with_crc_zero() -> String {
    let names = (0_u32..).map(|number| format!("SHOP {number}"));
    names.map(|name| payload(&replace(CODE, "59", &name))).find(|text| text.ends_with("63040000")).unwrap()
}

#[test]
fn b4_any_text_passes_as_the_crc_0000() {
    let text = with_crc_zero();
    assert!(Payload::parse(&text).unwrap().view::<Jpqr>(()).is_ok());
    for digits in ["zzzz", "    ", "+000", "０000", "00.0"] {
        let text = text.replace("63040000", &format!("6304{digits}"));
        assert_eq!(fault(&text).kind(), ErrorKind::CrcFormat, "{digits}");
    }
    let short = text.replace("63040000", "6304０00");
    assert_eq!(fault(&short).kind(), ErrorKind::ValueOverrun { length: 4, available: 3 });
}

#[test]
fn b5_a_crc_in_lower_case_is_a_warning() {
    let names = (0_u32..).map(|number| format!("SHOP {number}"));
    let has_letters = |text: &String| text[text.len() - 4..].bytes().any(|byte| byte.is_ascii_alphabetic());
    let text = names.map(|name| payload(&replace(CODE, "59", &name))).find(has_letters).unwrap();
    let lower = format!("{}{}", &text[..text.len() - 4], text[text.len() - 4..].to_lowercase());
    let payload = Payload::parse(&lower).unwrap();
    let found: Vec<_> = payload.validate::<Jpqr>(()).into_violations().iter().map(|found| found.rule().id()).collect();
    assert_eq!(found, ["emv.63.case"]);
}

#[test]
fn b6_strays_are_ignored() {
    // One character before the CRC makes a header of "x630".
    let text = sealed(&(run(CODE) + "x"));
    assert_eq!(fault(&text).kind(), ErrorKind::IdNotDigits);
    let text = sealed(&(run(CODE) + "7"));
    assert!(matches!(fault(&text).kind(), ErrorKind::ValueOverrun { .. }));
    let store = format!("{STORE}9");
    assert_eq!(refused(&replace(CODE, "26", &store)), ("emv.template.format", "26".into()));
    assert_eq!(refused(&with(CODE, "62", "0103A-1x")), ("emv.template.format", "62".into()));
}

#[test]
fn b7_the_last_of_two_wins() {
    for (id, value) in CODE {
        let text = payload(&with(CODE, id, value));
        let error = fault(&text);
        assert_eq!((error.kind(), error.path().to_string()), (ErrorKind::Duplicate, (*id).into()));
        assert_eq!(error.offset(), run(CODE).len());
    }
    let level = "0019jp.or.paymentsjapan0113000000000000102040001030600000104060000010406000002";
    assert_eq!(refused(&replace(CODE, "26", level)), ("emv.26-51.duplicate", "26-04".into()));
    assert_eq!(refused(&with(CODE, "62", "0103A-10103A-2")), ("emv.template.duplicate", "62-01".into()));
}

#[test]
fn b8_an_overrun_is_blamed_on_another_object() {
    let text = sealed(&run(CODE).replace("5911YAMADA", "5999YAMADA"));
    let error = fault(&text);
    assert!(matches!(error.kind(), ErrorKind::ValueOverrun { length: 99, .. }));
    assert_eq!((error.path().to_string(), error.offset()), ("59".into(), text.find("5999").unwrap()));
}

#[test]
fn b9_unknown_objects_are_dropped() {
    let objects = with(&with(CODE, "65", "future"), "79", "未来");
    let objects = replace(&objects, "64", "0002JA0104山田そば0302ab9903未来語");
    assert_eq!(warned(&objects), ["emv.rfu.object"; 4]);
    survives(&payload(&objects));
    let text = payload(&objects);
    let changes = [Change::set("64-01", "𠮷野家")];
    let edited = Payload::parse(&text).unwrap().edit(&changes).build_unchecked().unwrap().into_string();
    assert_eq!(edited, payload(&replace(&objects, "64", "0002JA0103𠮷野家0302ab9903未来語")));
}

#[test]
fn b10_card_networks_are_taken_for_templates() {
    let mut objects = CODE.to_vec();
    objects.insert(2, ("04", "MASTER1234567890"));
    assert_eq!(warned(&objects), [""; 0]);
    objects.insert(2, ("15", "52545254525452545254525452545254"));
    assert_eq!(warned(&objects), [""; 0]);
    let text = payload(&objects);
    let code = Payload::parse(&text).unwrap().view::<Jpqr>(()).unwrap();
    let owners: Vec<_> = code.other_networks().filter_map(|network| network.owner()).collect();
    assert_eq!(owners, ["Mastercard", "UnionPay"]);
}

#[test]
fn b11_the_template_passes_under_any_id_and_twice() {
    for id in ["02", "13", "25"] {
        assert_eq!(refused(&with(&without(CODE, "26"), id, STORE)), ("jpqr.26-51.missing", String::new()));
    }
    let other = STORE.replace("0406000001", "0406000002");
    assert_eq!(refused(&with(CODE, "27", &other)), ("jpqr.26-51.ambiguous", "27".into()));
    assert_eq!(warned(&with(CODE, "27", STORE)), ["jpqr.26-51.repeated"]);
}

#[test]
fn b12_values_are_not_checked() {
    let first = |id: &'static str, value: &str| {
        let objects =
            if crate::common::has(CODE, id) { replace(CODE, id, value) } else { [CODE, &[(id, value)]].concat() };
        let text = payload(&objects);
        let found = Payload::parse(&text).unwrap().validate::<Jpqr>(()).into_violations();
        let mut ids = found.iter().map(|found| found.rule().id());
        ids.find(|id| *id != "jpqr.54.static").unwrap()
    };
    assert_eq!(first("52", "58A2"), "emv.52.format");
    assert_eq!(first("52", "581"), "emv.52.format");
    assert_eq!(first("54", "abc"), "emv.54.format");
    assert_eq!(first("54", "0"), "emv.54.zero");
    assert_eq!(first("54", "98.50"), "jpqr.54.decimals");
    assert_eq!(first("54", "98.00"), "jpqr.54.zeros");
    assert_eq!(first("54", "12345678901234"), "emv.54.length");
    assert_eq!(first("55", "02"), "emv.56.missing");
    assert_eq!(first("56", "100"), "emv.56.unexpected");
    assert_eq!(first("57", "5"), "emv.57.unexpected");
    assert_eq!(first("61", "12345678901"), "emv.text.length");
    assert_eq!(first("61", "106-614"), "jpqr.61.digits");
    assert_eq!(first("62", "not TLV"), "emv.template.format");
    assert_eq!(first("59", "山田そば"), "emv.text.charset");
    assert_eq!(first("60", "TOKYO\n"), "emv.text.charset");
    assert_eq!(first("26", &STORE.replace("02040001", "0204000A")), "jpqr.level.digits");
    assert_eq!(first("64", "0002JA0103そ\u{7}ば"), "emv.text.control");
    assert_eq!(first("64", "0002JA0104そは\u{3099}!"), "emv.text.decomposed");
}

/// The yen has no decimals: a fraction is an error in every spelling, and zeros are a warning. Each is told once.
#[test]
fn b12_fractions_of_a_yen_pass() {
    let dynamic = replace(CODE, "01", "12");
    let found = |objects: &[Object<'_>]| {
        let text = payload(objects);
        let payload = Payload::parse(&text).unwrap();
        let value = payload.get(Tag::TRANSACTION_AMOUNT).unwrap();
        let found = payload.validate::<Jpqr>(()).into_violations();
        // That an amount starts with its mark or a needless zero is another matter.
        let found = found.into_iter().filter(|found| found.rule().id() != "emv.54.unusual");
        let found: Vec<_> = found.collect();
        for found in found.iter().filter(|found| found.rule().id().starts_with("jpqr.54")) {
            assert_eq!(
                (found.path(), found.offset(), found.length()),
                (value.path(), value.value_offset(), value.length())
            );
        }
        found.iter().map(|found| (found.rule().id(), found.severity())).collect::<Vec<_>>()
    };
    let of = |amount| found(&with(&dynamic, "54", amount));
    for amount in ["1500.5", "0.5", ".5", "00000000.0001", "1500.50", "1.00000000001", "98.73", "0001.1"] {
        assert_eq!(of(amount), [("jpqr.54.decimals", Severity::Error)], "{amount}");
    }
    for amount in ["1500.0", "1500.00", "1.00000000000", "01.0"] {
        assert_eq!(of(amount), [("jpqr.54.zeros", Severity::Warning)], "{amount}");
    }
    for amount in ["1500", "1500.", "9999999999999"] {
        assert_eq!(of(amount), [], "{amount}");
    }
    let zero = of("0.0");
    assert!(
        zero.contains(&("emv.54.zero", Severity::Error)) && !zero.contains(&("emv.54.decimals", Severity::Warning))
    );
    // What is no amount is EMVCo's matter.
    let long = [("emv.54.length", Severity::Error), ("emv.54.decimals", Severity::Warning)];
    assert_eq!(of("12345678901.5555"), long);
    assert_eq!(of("1.5.5"), [("emv.54.format", Severity::Error)]);
    // Of whatever currency it is said to be.
    let dollars = found(&with(&replace(&dynamic, "53", "840"), "54", "1.50"));
    assert_eq!(dollars, [("jpqr.53.value", Severity::Error), ("jpqr.54.decimals", Severity::Error)]);
}

/// What is there and cannot be read is not absent: who is told that would ask the payer for any sum, or add no fee.
#[test]
fn b13_what_cannot_be_read_is_not_absent() {
    let text = payload(CODE);
    let code = Mpm::of(&Payload::parse(&text).unwrap());
    assert_eq!(code.transaction_amount(), Ok(None));
    assert_eq!((code.tip_or_convenience_indicator(), code.tip()), (Ok(None), Ok(None)));
    assert_eq!((code.convenience_fee_fixed(), code.convenience_fee_percentage()), (Ok(None), Ok(None)));
    let text = payload(&[CODE, &[("54", "1,5"), ("55", "2"), ("56", "x"), ("57", "1.2.3")]].concat());
    let code = Mpm::of(&Payload::parse(&text).unwrap());
    assert!(code.transaction_amount().is_err());
    assert!(code.tip_or_convenience_indicator().is_err() && code.tip().is_err());
    assert!(code.convenience_fee_fixed().is_err() && code.convenience_fee_percentage().is_err());
    // Of a tip each part alone: the fee without its indicator, the indicator without its fee, both fees, another indicator.
    let tips: [&[Object<'_>]; 9] = [
        &[("56", "100")],
        &[("57", "5")],
        &[("55", "02")],
        &[("55", "03")],
        &[("55", "02"), ("57", "5")],
        &[("55", "03"), ("56", "100")],
        &[("55", "02"), ("56", "100"), ("57", "5")],
        &[("55", "01"), ("56", "100")],
        &[("55", "04")],
    ];
    for tip in tips {
        let text = payload(&[CODE, tip].concat());
        assert!(Mpm::of(&Payload::parse(&text).unwrap()).tip().is_err(), "{tip:?}");
    }
    // JPQR's own: an amount, but none in yen.
    for (currency, amount) in [("392", "1500.5"), ("840", "1500"), ("abc", "1500"), ("392", "abc")] {
        let text = payload(&with(&replace(CODE, "53", currency), "54", amount));
        assert!(Jpqr::of(&Payload::parse(&text).unwrap()).amount_minor().is_err(), "{currency} {amount}");
    }
    let text = payload(&with(&without(CODE, "53"), "54", "1500"));
    assert!(Jpqr::of(&Payload::parse(&text).unwrap()).amount_minor().is_err());
}

#[test]
fn b13_an_empty_amount_reads_as_present() {
    let error = fault(&sealed(&(run(CODE) + "5400")));
    assert_eq!((error.kind(), error.path().to_string()), (ErrorKind::LengthZero, "54".into()));
}

#[test]
fn b14_shift_jis_is_accepted() {
    // そば in Shift_JIS, its length in bytes, and a CRC over those bytes.
    let mut bytes = run(&without(CODE, "64")).into_bytes();
    bytes.extend_from_slice(b"64140002JA0104\x82\xBB\x82\xCE6304");
    let crc = crate::common::crc(&bytes);
    bytes.extend_from_slice(format!("{crc:04X}").as_bytes());
    let error = Payload::parse_bytes(&bytes).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::Utf8, run(&without(CODE, "64")).len() + 14));
}

#[test]
fn b15_it_writes_what_nobody_can_read() {
    let name = "A".repeat(120);
    let error = Builder::new(&Required { name: &name, ..required() }).encode_to_string().unwrap_err();
    let BuildError::Encode(error) = error else { panic!("{error}") };
    assert_eq!((error.kind(), error.path().to_string()), (ErrorKind::ValueTooLong, "59".into()));
    let error = Builder::new(&Required { city: "", ..required() }).encode_to_string().unwrap_err();
    let BuildError::Rule(found) = error else { panic!("{error}") };
    assert_eq!(found.rule().id(), "emv.60.missing");
    // A length inside a template is counted, or the value is no template and refused.
    let mut network = TemplateBuf::new();
    network.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, "com.example").unwrap().push("05".parse().unwrap(), "店").unwrap();
    assert_eq!(network.as_str(), "0011com.example0501店");
    let wrong = "0011com.example0503店";
    let further = [("27".parse().unwrap(), wrong)];
    let error = Builder::new(&required()).objects(&further).encode_to_string().unwrap_err();
    let BuildError::Rule(found) = error else { panic!("{error}") };
    assert_eq!((found.rule().id(), found.path().to_string()), ("emv.template.format", "27".into()));
}

#[test]
fn b16_no_consumer_codes_and_no_bills() {
    // The consumer-presented mode is another format, and is told apart at once.
    let error = fault("hQVDUFYwMWETTwegAAAAVVVVUAhQcm9kdWN0MQ==");
    assert_eq!((error.kind(), error.offset()), (ErrorKind::IdNotDigits, 0));
    assert_eq!(fault("hQVKUFFSMQ==").kind(), ErrorKind::IdNotDigits);
    let levy = LevyData { due_date: "20260601", last_payment_date: "20260731", ..LevyData::ZERO };
    let payment = PaymentData { amount: "00000000001", ..PaymentData::ZERO };
    let text = elqr::Builder::new(payment, 1, levy).encode_to_string().unwrap();
    assert!(Payload::parse(&text).is_err());
    assert!(Bill::recognises(&text));
    assert_eq!(Bill::parse(&text, None).unwrap().amount_in_yen(), Ok(Some(1)));
}
