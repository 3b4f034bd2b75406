//! Exact JSON: what is written, what is read back, and what an error says.

use crate::common::{BASE, payload, sealed, with};
use emvqr::jpqr::Jpqr;
use emvqr::mpm::rules;
use emvqr::tlv::{self, Template};
use emvqr::{Error, Mpm, Path, Payload, PayloadBuf, Severity, Tag, Violation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The payload of the crate page.
const KHQR: &str = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";

/// The JSON of a value, with the keys in the order in which they are written.
#[track_caller]
fn assert_json(value: &impl Serialize, expected: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), expected);
}

/// A line of JSON from one that is laid out for reading.
fn on_one_line(json: &Value) -> String {
    serde_json::to_string(json).unwrap()
}

#[test]
fn payload_is_written_as_its_text() {
    let expected = format!("\"{KHQR}\"");
    let payload = Payload::parse(KHQR).unwrap();
    assert_json(&payload, &expected);
    assert_json(&payload.to_buf(), &expected);
    let text = crate::common::payload(&[("00", "01"), ("59", "\"東京\"")]);
    assert_json(&Payload::parse(&text).unwrap(), &format!("\"{}\"", text.replace('"', "\\\"")));
}

#[test]
fn payload_is_read_back_without_a_copy() {
    let json = format!("\"{KHQR}\"");
    let payload: Payload<'_> = serde_json::from_str(&json).unwrap();
    assert_eq!(payload.as_str(), KHQR);
    assert!(core::ptr::eq(payload.as_str(), json.get(1..json.len() - 1).unwrap()));
    let kept: PayloadBuf = serde_json::from_str(&json).unwrap();
    assert_eq!(kept.as_payload(), payload);
    // From a reader and from a value nothing can be borrowed; the owned payload is read all the same.
    let kept: PayloadBuf = serde_json::from_reader(json.as_bytes()).unwrap();
    assert_eq!(kept.as_str(), KHQR);
    let kept: PayloadBuf = serde_json::from_value(Value::from(KHQR)).unwrap();
    assert_eq!(kept.as_str(), KHQR);
}

#[test]
fn payload_stands_in_structs() {
    #[derive(Deserialize, Serialize)]
    struct Order<'a> {
        #[serde(borrow)]
        code: Payload<'a>,
        kept: PayloadBuf,
    }
    let json = on_one_line(&json!({"code": KHQR, "kept": KHQR}));
    let order: Order<'_> = serde_json::from_str(&json).unwrap();
    assert_eq!(order.code.to_buf(), order.kept);
    assert_json(&order, &json);
}

/// A payload with a character that JSON must escape, and its JSON.
fn escaped() -> (String, String) {
    let text = payload(&[("00", "01"), ("59", "Secret \"Shop\"")]);
    let json = serde_json::to_string(&text).unwrap();
    assert!(json.contains("\\\""));
    (text, json)
}

#[test]
fn text_that_json_escapes_is_read_by_the_owned_payload() {
    let (text, json) = escaped();
    let kept: PayloadBuf = serde_json::from_str(&json).unwrap();
    assert_eq!(kept.as_str(), text);
}

#[test]
fn borrowing_payload_says_that_it_would_have_to_borrow() {
    let (_, json) = escaped();
    let error = serde_json::from_str::<Payload<'_>>(&json).unwrap_err().to_string();
    assert!(error.contains("borrow"), "{error}");
}

/// Errors end up in logs, and merchant and account ids must not.
#[test]
fn error_of_a_text_that_cannot_be_borrowed_does_not_show_it() {
    let (_, json) = escaped();
    let error = serde_json::from_str::<Payload<'_>>(&json).unwrap_err().to_string();
    assert!(!error.contains("Secret") && !error.contains("0002"), "{error}");
    let error = Payload::deserialize(Value::from(KHQR)).unwrap_err().to_string();
    assert!(!error.contains("john_smith"), "{error}");
}

#[test]
fn error_of_a_text_that_is_no_payload_is_the_reader_s() {
    let cases = [
        (KHQR.replace("E80F", "E80E"), "crc mismatch: computed E80F, found E80E, in data object 63 at byte 88"),
        (String::new(), "payload format indicator is not the first data object, in data object 00 at byte 0"),
        ("000201590xABC".to_owned(), "length is not two digits, in data object 59 at byte 6"),
    ];
    for (text, message) in cases {
        assert_eq!(Payload::parse(&text).unwrap_err().to_string(), message);
        let json = format!("\"{text}\"");
        let borrowed = serde_json::from_str::<Payload<'_>>(&json).unwrap_err().to_string();
        let owned = serde_json::from_str::<PayloadBuf>(&json).unwrap_err().to_string();
        let taken = serde_json::from_value::<PayloadBuf>(Value::from(text)).unwrap_err().to_string();
        for error in [borrowed, owned, taken] {
            assert!(error.starts_with(message), "{error}");
            assert!(!error.contains("john_smith"), "{error}");
        }
    }
}

#[test]
fn other_json_than_a_string_is_refused() {
    for json in ["1", "null", "[]", "{}", "true"] {
        let error = serde_json::from_str::<Payload<'_>>(json).unwrap_err().to_string();
        assert!(error.contains("the borrowed text of a payload"), "{error}");
        let error = serde_json::from_str::<PayloadBuf>(json).unwrap_err().to_string();
        assert!(error.contains("the text of a payload"), "{error}");
    }
}

#[test]
fn view_of_every_object_is_written_under_the_specification_s_names() {
    let text = payload(&[
        ("00", "01"),
        ("01", "12"),
        ("02", "4000123456789012"),
        ("15", "31230156"),
        ("26", "0011com.example0106shop-7"),
        ("39", "03f92874"),
        ("52", "5812"),
        ("53", "116"),
        ("54", "10000."),
        ("55", "02"),
        ("56", "1.50"),
        ("57", "3.5"),
        ("58", "KH"),
        ("59", "Noodle \"Bar\""),
        ("60", "Phnom Penh"),
        ("61", "12000"),
        ("62", "0101A0201B0301C0401D0501E0601F0701G0803***0902EA1001T110340050200011com.example0101x"),
        ("64", "0002km0107ភ្នំពេញ0202東京"),
        ("70", "future"),
        ("80", "0011com.example0101y"),
        ("81", "raw"),
    ]);
    let crc = text.get(text.len() - 4..).unwrap();
    let expected = on_one_line(&json!({
        "payload_format_indicator": "01",
        "point_of_initiation_method": "12",
        "merchant_account_information": [
            {"path": "02", "owner": "Visa", "value": "4000123456789012"},
            {"path": "15", "owner": "UnionPay", "value": "31230156"},
            {
                "path": "26",
                "guid": "com.example",
                "objects": [{"path": "26-00", "value": "com.example"}, {"path": "26-01", "value": "shop-7"}],
            },
            {"path": "39", "value": "03f92874"},
        ],
        "merchant_category_code": "5812",
        "transaction_currency": "116",
        "transaction_amount": "10000.",
        "tip_or_convenience_indicator": "02",
        "convenience_fee_fixed": "1.50",
        "convenience_fee_percentage": "3.5",
        "country_code": "KH",
        "merchant_name": "Noodle \"Bar\"",
        "merchant_city": "Phnom Penh",
        "postal_code": "12000",
        "additional_data": {
            "bill_number": "A",
            "mobile_number": "B",
            "store_label": "C",
            "loyalty_number": "D",
            "reference_label": "E",
            "customer_label": "F",
            "terminal_label": "G",
            "purpose_of_transaction": "***",
            "additional_consumer_data_request": "AE",
            "merchant_tax_id": "T",
            "merchant_channel": "400",
            "payment_system_templates": [
                {
                    "path": "62-50",
                    "guid": "com.example",
                    "objects": [{"path": "62-50-00", "value": "com.example"}, {"path": "62-50-01", "value": "x"}],
                },
            ],
        },
        "language_information": {"language_preference": "km", "merchant_name": "ភ្នំពេញ", "merchant_city": "東京"},
        "unreserved_templates": [
            {
                "path": "80",
                "guid": "com.example",
                "objects": [{"path": "80-00", "value": "com.example"}, {"path": "80-01", "value": "y"}],
            },
            {"path": "81", "value": "raw"},
        ],
        "crc": crc,
    }));
    let payload = Payload::parse(&text).unwrap();
    assert_json(&Mpm::of(&payload), &expected);
}

/// An amount or fee that cannot be read stands as it is: left out, it would say that the payer enters it.
#[test]
fn amounts_that_cannot_be_read_are_not_left_out() {
    let text = payload(&[("00", "01"), ("54", "1,5"), ("55", "2"), ("56", "x"), ("57", "1.2.3")]);
    let crc = text.get(text.len() - 4..).unwrap();
    let read = Payload::parse(&text).unwrap();
    let expected = on_one_line(&json!({
        "payload_format_indicator": "01",
        "transaction_amount": "1,5",
        "tip_or_convenience_indicator": "2",
        "convenience_fee_fixed": "x",
        "convenience_fee_percentage": "1.2.3",
        "crc": crc,
    }));
    assert_json(&Mpm::of(&read), &expected);
    // A fraction of a yen is an amount, and no number of yen.
    let text = payload(&[("00", "01"), ("53", "392"), ("54", "1500.5")]);
    let crc = text.get(text.len() - 4..).unwrap();
    let read = Payload::parse(&text).unwrap();
    let expected = on_one_line(&json!({
        "payload_format_indicator": "01",
        "transaction_currency": "392",
        "transaction_amount": "1500.5",
        "crc": crc,
    }));
    assert_json(&Jpqr::of(&read), &expected);
    let text = payload(&[("00", "01"), ("53", "392"), ("54", "1500.0")]);
    let read = serde_json::to_value(Jpqr::of(&Payload::parse(&text).unwrap())).unwrap();
    assert_eq!((&read["transaction_amount"], &read["amount_in_yen"]), (&json!("1500.0"), &json!(1500)));
}

#[test]
fn view_leaves_out_what_is_absent_and_writes_what_is_of_another_form_as_it_is() {
    let text = payload(&[("00", "01")]);
    let read = |text: &str| serde_json::to_string(&Mpm::of(&Payload::parse(text).unwrap())).unwrap();
    let crc = |text: &str| text.get(text.len() - 4..).unwrap().to_owned();
    assert_eq!(read(&text), format!(r#"{{"payload_format_indicator":"01","crc":"{}"}}"#, crc(&text)));
    // A currency of letters, a 62 that is no run of data objects.
    let text = payload(&[("00", "02"), ("01", "x"), ("53", "MMK"), ("62", "***"), ("64", "0003km")]);
    assert_eq!(
        read(&text),
        format!(
            r#"{{"payload_format_indicator":"02","point_of_initiation_method":"x","transaction_currency":"MMK","crc":"{}"}}"#,
            crc(&text)
        )
    );
    // Leading zeros of the CRC are written.
    let text = (0..5_000)
        .map(|n| payload(&[("00", "01"), ("62", &format!("{n:04}"))]))
        .find(|text| crc(text).starts_with("00"));
    let text = text.unwrap();
    assert!(read(&text).ends_with(&format!(r#""crc":"{}"}}"#, crc(&text))));
}

#[test]
fn violation_is_written_with_rule_weight_and_place() {
    let objects = with(BASE, "54", "0.00");
    let text = payload(&objects);
    let payload = Payload::parse(&text).unwrap();
    let findings = payload.validate::<Mpm<'_>>(()).into_violations();
    let offset = text.find("54040.00").unwrap() + 4;
    let expected = format!(
        r#"{{"rule":"emv.54.zero","severity":"error","path":"54","offset":{offset},"length":4,"message":"the transaction amount is zero"}}"#
    );
    assert_json(&findings, &format!("[{expected}]"));

    // With the numbers that its sentence needs.
    let long = "A name of more than 25 letters";
    let text = crate::common::payload(&crate::common::replace(BASE, "59", long));
    let payload = Payload::parse(&text).unwrap();
    let offset = text.find(long).unwrap() + 25;
    let expected = format!(
        r#"{{"rule":"emv.text.length","severity":"error","path":"59","offset":{offset},"length":5,"message":"the value is longer than its data object may be: 30 characters, at most 25"}}"#
    );
    assert_json(&payload.validate::<Mpm<'_>>(()).into_violations(), &format!("[{expected}]"));

    let violation = Violation::new(rules::AMOUNT_ZERO, Path::ROOT, 7, 0);
    let softened = violation.with_severity(Severity::Warning).with_code(42);
    assert_json(
        &softened,
        r#"{"rule":"emv.54.zero","severity":"warning","path":"","offset":7,"length":0,"message":"the transaction amount is zero","code":42}"#,
    );
}

#[test]
fn error_is_written_with_kind_and_place() {
    let error: Error = Payload::parse(&KHQR.replace("E80F", "E80E")).unwrap_err();
    assert_json(
        &error,
        r#"{"kind":"crc_mismatch","path":"63","offset":88,"length":4,"message":"crc mismatch: computed E80F, found E80E, in data object 63 at byte 88"}"#,
    );
    let error = Payload::parse_bytes(b"0002\xFF").unwrap_err();
    assert_json(&error, r#"{"kind":"utf8","path":"","offset":4,"length":1,"message":"not UTF-8 at byte 4"}"#);
}

#[test]
fn tags_paths_and_data_objects_are_written_as_they_are_displayed() {
    assert_json(&Tag::CRC, r#""63""#);
    assert_json(&Tag::PAYLOAD_FORMAT_INDICATOR, r#""00""#);
    assert_json(&"62-50-01".parse::<Path>().unwrap(), r#""62-50-01""#);
    assert_json(&Path::ROOT, r#""""#);
    assert_json(&Severity::Error, r#""error""#);
    let text = sealed("0002015902é\"");
    let name = tlv::read(&text).nth(1).unwrap().unwrap();
    assert_json(&name, r#"{"path":"59","value":"é\""}"#);
    let inner = Template::parse("0001g").unwrap().get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).unwrap();
    assert_json(&inner, r#"{"path":"00","value":"g"}"#);
}
