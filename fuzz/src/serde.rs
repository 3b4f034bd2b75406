//! The law of what is serialized.

use emvqr::Clock;
use emvqr::crossborder::{Intent, Policy};
use emvqr::khqr::Khqr;
use emvqr::{Mpm, Payload, PayloadBuf};
use serde_json::Value;

use crate::naive::other_readers::decides;
use crate::naive::{self, Object, Text, rules};
use crate::text;

/// A payload is its text in every format, and is read back from exactly the texts that are payloads; a view holds what a
/// plain reading finds at the path that its key is documented to come from, and nothing for what is absent.
///
/// An input is JSON, the bytes of a format that does not describe itself, and the text of payloads.
pub fn serde(data: &[u8]) {
    hostile(data);
    for text in text::variants(data) {
        written(&text);
        if let (Ok(payload), Ok(objects)) = (Payload::parse(&text), naive::strict(text.as_bytes())) {
            views(&payload, &objects);
            findings(&payload, &objects);
        }
    }
}

/// What is read is a text of the format, and that text is a payload.
fn hostile(data: &[u8]) {
    let owned: Option<String> = serde_json::from_slice(data).ok();
    same(serde_json::from_slice::<PayloadBuf>(data), owned.as_deref());
    let lent: Option<&str> = serde_json::from_slice(data).ok();
    same(serde_json::from_slice::<Payload<'_>>(data).map(|payload| payload.to_buf()), lent);
    let lent: Option<&str> = postcard::from_bytes(data).ok();
    same(postcard::from_bytes::<PayloadBuf>(data), lent);
    same(postcard::from_bytes::<Payload<'_>>(data).map(|payload| payload.to_buf()), lent);
}

fn same<E: std::fmt::Debug>(found: Result<PayloadBuf, E>, text: Option<&str>) {
    let expected = text.filter(|text| naive::strict(text.as_bytes()).is_ok());
    assert_eq!(found.ok().as_ref().map(PayloadBuf::as_str), expected);
}

/// Both formats write the text, and give it back.
fn written(text: &str) {
    let json = serde_json::to_vec(text).expect("a text");
    let packed = postcard::to_stdvec(text).expect("a text");
    hostile(&json);
    hostile(&packed);
    if let Ok(payload) = Payload::parse(text) {
        assert_eq!(serde_json::to_vec(&payload).expect("a payload"), json);
        assert_eq!(postcard::to_stdvec(&payload).expect("a payload"), packed);
        assert_eq!(postcard::from_bytes::<Payload<'_>>(&packed).as_ref(), Ok(&payload));
    }
}

/// The keys of plain texts, and where they are from.
const MPM: [(&str, &[u8]); 4] =
    [("payload_format_indicator", &[0]), ("merchant_name", &[59]), ("merchant_city", &[60]), ("postal_code", &[61])];
/// Values that are written as the text has them, also if they cannot be read.
const READINGS: [(&str, &[u8]); 4] = [
    ("transaction_amount", &[54]),
    ("tip_or_convenience_indicator", &[55]),
    ("convenience_fee_fixed", &[56]),
    ("convenience_fee_percentage", &[57]),
];
/// The keys of the official toolkit.
const KHQR: [(&str, &[u8]); 21] = [
    ("bill_number", &[62, 1]),
    ("mobile_number", &[62, 2]),
    ("store_label", &[62, 3]),
    ("terminal_label", &[62, 7]),
    ("purpose_of_transaction", &[62, 8]),
    ("language_preference", &[64, 0]),
    ("merchant_name_alternate_language", &[64, 1]),
    ("merchant_city_alternate_language", &[64, 2]),
    ("creation_timestamp", &[99, 0]),
    ("expiration_timestamp", &[99, 1]),
    ("payload_format_indicator", &[0]),
    ("point_of_initiation_method", &[1]),
    ("union_pay_merchant", &[15]),
    ("merchant_category_code", &[52]),
    ("transaction_currency", &[53]),
    ("transaction_amount", &[54]),
    ("country_code", &[58]),
    ("merchant_name", &[59]),
    ("merchant_city", &[60]),
    ("crc", &[63]),
    ("merchant_id", &[30, 1]),
];
const INTENT: [(&str, &[u8]); 3] = [("name", &[59]), ("city", &[60]), ("postal_code", &[61])];

fn views(payload: &Payload<'_>, objects: &[Object]) {
    let text = Text::new(payload.as_str());
    let at = |path: &[u8]| plainly(&text, objects, path);
    let mpm = serde_json::to_value(Mpm::of(payload)).expect("a view");
    for (key, path) in MPM.into_iter().chain(READINGS) {
        assert_eq!(mpm.get(key).and_then(Value::as_str), at(path).as_deref(), "{key} of {payload}");
    }
    if let Ok(code) = payload.view::<Khqr<'_>>(Clock::UNKNOWN) {
        let khqr = serde_json::to_value(&code).expect("a view");
        for (key, path) in KHQR {
            assert_eq!(khqr.get(key).and_then(Value::as_str), at(path).as_deref(), "{key} of {payload}");
        }
    }
    let Some(intent) = Intent::of(payload, Policy::default()) else { return };
    let intent = serde_json::to_value(&intent).expect("an intent");
    for (key, path) in INTENT {
        assert_eq!(intent[key].as_str(), at(path).as_deref(), "{key} of {payload}");
    }
    // A text with what may never be shown is not.
    let text = payload.without_secrets().is_none().then(|| payload.as_str());
    assert_eq!(intent["payload"].as_str(), text);
    // What is said to be absent is.
    let is_elsewhere =
        !intent["amount_from"].is_null() || intent["payee"].is_null() || !decides(payload.as_str()).is_empty();
    assert!(
        is_elsewhere
            || !intent["amount"].is_null()
            || at(&[54]).is_none_or(|amount| emvqr::value::Amount::new(&amount).is_err())
    );
}

/// The value at a path, if it is there once.
fn plainly(text: &Text, objects: &[Object], path: &[u8]) -> Option<String> {
    let (id, inside) = path.split_first()?;
    let mut found = objects.iter().filter(|object| object.id() == *id);
    let object = found.next().filter(|_| found.next().is_none())?;
    if inside.is_empty() {
        return Some(object.value.clone());
    }
    match object.run(text) {
        (objects, None) => plainly(text, &objects, inside),
        _ => None,
    }
}

/// Findings say in JSON what they are.
fn findings(payload: &Payload<'_>, objects: &[Object]) {
    let json = serde_json::to_value(payload.validate::<Mpm<'_>>(()).into_violations()).expect("findings");
    let text = |found: &Value, key: &str| found[key].as_str().expect("a text").to_owned();
    let mut found: Vec<_> = json.as_array().expect("a list").iter().collect();
    found.retain(|found| !rules::ELSEWHERE.contains(&text(found, "rule").as_str()));
    let mut found: Vec<_> = found
        .into_iter()
        .map(|found| {
            let offset = usize::try_from(found["offset"].as_u64().expect("a number")).expect("a place");
            let length = usize::try_from(found["length"].as_u64().expect("a number")).expect("a length");
            assert!(payload.as_str().get(offset..offset + length).is_some(), "{found}");
            (text(found, "rule"), text(found, "severity"), text(found, "path"), offset)
        })
        .collect();
    found.sort();
    let expected = rules::findings(&Text::new(payload.as_str()), objects);
    let expected = expected.into_iter().filter(|found| !rules::ELSEWHERE.contains(&found.rule));
    let expected: Vec<_> =
        expected.map(|found| (found.rule.to_owned(), found.severity.to_owned(), found.path, found.offset)).collect();
    assert_eq!(found, expected, "{payload}");
}
