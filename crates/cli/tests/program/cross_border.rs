//! `emvqr cross-border`: its table, its answers in JSON, and its exit status.

use std::ffi::OsStr;

use crate::common::{self, Object, payload, replace, run, with};
use crate::run::{self, Answer};
use emvqr::Clock;
use emvqr::Payload;
use emvqr::crossborder::TAG_MAP;
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use serde_json::{Value, json};

const STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
const STORE_KEY: &str = "00000000000010001000001000001";
const NOW: u64 = 1_750_000_000_000;

const JPQR: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("26", STORE),
    ("52", "5812"),
    ("53", "392"),
    ("58", "JP"),
    ("59", "TEST SHOP"),
    ("60", "TOKYO"),
    ("61", "1066143"),
    ("62", "0102B10203M-10703***"),
    ("64", "0002JA0105テスト商店"),
];

const KHQR: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("29", "0008sok@devb"),
    ("52", "5999"),
    ("53", "116"),
    ("58", "KH"),
    ("59", "ហាងគុយទាវ"),
    ("60", "Phnom Penh"),
];

fn cross_border(arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Answer {
    run::run("cross-border", arguments, input)
}

/// Status and answer for one payload, at the time [`NOW`].
fn answer(options: &[&str], payload: &str) -> (i32, Value) {
    let now = NOW.to_string();
    let answer = cross_border(&[&["--json", "--now", &now], options, &[payload]].concat(), b"");
    let mut lines = answer.json();
    assert_eq!(lines.len(), 1, "{}", answer.stderr);
    (answer.status, lines.remove(0))
}

/// A file for the program to read.
fn file(name: &str, content: &str) -> String {
    run::file(&format!("cross-border-{name}"), content.as_bytes()).into_os_string().into_string().unwrap()
}

/// Every key of the contract.
fn supplement(name: &str) -> String {
    file(
        name,
        &json!({
            "store_id": "99999999999990001000002000003", "postal_code": "1500001", "alternate_name": "ヌードルバー",
            "name": "NOODLE BAR", "city": "PHNOM PENH", "merchant_category_code": "5814",
            "bakong_account": "settle@sath", "merchant_id": "SW-77", "acquiring_bank": "Sathapana", "currency": "116",
            "amount": "1500", "created_ms": NOW, "expires_at_ms": NOW + 60_000, "consent_mobile": true,
        })
        .to_string(),
    )
}

/// What can be needed, without what may be left out, of a quote in this currency.
fn plain_supplement(name: &str, currency: &str) -> String {
    file(
        name,
        &json!({
            "store_id": "99999999999990001000002000003", "postal_code": "1500001", "alternate_name": "ヌードルバー",
            "name": "NOODLE BAR", "bakong_account": "settle@sath", "acquiring_bank": "Sathapana",
            "currency": currency,
        })
        .to_string(),
    )
}

#[test]
fn the_table_has_every_row_and_reads_nothing() {
    let answer = cross_border(&["--table"], b"no payload");
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""));
    assert_eq!(answer.stdout.lines().count(), TAG_MAP.len() + 2);
    assert!(answer.stdout.lines().all(|line| line.starts_with('|') && line.ends_with('|')));
    for row in TAG_MAP {
        assert!(answer.stdout.contains(row.reason));
    }
}

#[test]
fn an_intent_has_the_keys_of_the_contract() {
    let (status, line) = answer(&[], &payload(JPQR));
    assert_eq!(status, 0);
    assert_eq!(line["line"], 1);
    assert_eq!(line["source"], "jpqr");
    assert_eq!(line["blocked"], json!([]));
    assert!(line.get("rewrite").is_none());
    let expected = json!({
        "scheme": "jpqr", "country": "JP", "kind": "merchant",
        "payee": {"network": "jpqr", "institution": null, "account": STORE_KEY, "sub_account": null, "path": "26"},
        "name": "TEST SHOP", "city": "TOKYO", "alternate_name": {"language": "JA", "name": "テスト商店"},
        "postal_code": "1066143", "merchant_category_code": "5812", "currency": "392", "currency_code": "JPY",
        "method": "static", "amount": null, "decimals": 0, "iso_exponent": 0, "references": {"bill_number": "B1"},
        "prompts": ["62-07"], "expires_at_ms": null, "payload": payload(JPQR), "md5": null,
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(line["intent"][key], *value, "{key}");
        assert!(line["intent"].get(key).is_some(), "{key}");
    }
    let (status, line) = answer(&[], &payload(KHQR));
    assert_eq!((status, line["source"].as_str()), (0, Some("khqr")));
    assert_eq!(line["intent"]["kind"], "individual");
    assert_eq!(line["intent"]["payee"]["account"], "sok@devb");
    assert_eq!((&line["intent"]["decimals"], &line["intent"]["iso_exponent"]), (&json!(0), &json!(2)));
    assert_eq!(line["intent"]["alternate_name"], Value::Null);
    assert_eq!(line["intent"]["payload"], payload(KHQR));
    // The example of the specification; its MD5 by md5sum.
    let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let (_, line) = answer(&[], text);
    assert_eq!(line["intent"]["md5"], "897544ccf3ae6f4b6acf8b3712c2168e");
}

#[test]
fn one_line_for_each_payload_from_wherever_it_comes() {
    let lines = format!("{}\n{}\nnonsense\n", payload(JPQR), payload(KHQR));
    let streamed = cross_border(&["--json"], lines.as_bytes());
    let path = file("lines", &lines);
    let from_file = cross_border(&["--json", "--file", &path], b"");
    let arguments = cross_border(&["--json", &payload(JPQR), &payload(KHQR), "nonsense"], b"");
    for answer in [&streamed, &from_file, &arguments] {
        assert_eq!(answer.status, 1);
        let answers = answer.json();
        assert_eq!(answers.iter().map(|line| line["line"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(answers[2]["source"], Value::Null);
        assert_eq!(answers[2]["intent"], Value::Null);
        assert_eq!(answers[2]["blocked"], json!([]));
    }
    assert_eq!(streamed.stdout, arguments.stdout);
    // What ends a line for some readers does not end one here.
    let odd = payload(&replace(KHQR, "59", "A\u{2028}B\u{85}C"));
    assert_eq!(cross_border(&["--json", &odd], b"").stdout.lines().count(), 1);
    assert!(!cross_border(&["--json", &odd], b"").stdout.contains(['\u{2028}', '\u{85}']));
}

#[test]
fn the_status_is_that_of_the_contract() {
    let (good, other) = (payload(JPQR), payload(common::BASE));
    let tipped = payload(&with(JPQR, "55", "01"));
    let cases: [(&[&str], i32); 10] = [
        (&[&good], 0),
        (&["--json", &good], 0),
        (&[&good, "nonsense"], 1),
        (&[&other], 1),
        (&[&tipped], 1),
        (&["--to", "khqr", &good], 1),
        (&["--supplement", "no such file", &good], 2),
        (&["--to", "emv", &good], 2),
        (&["--now", "soon", &good], 2),
        (&["--now", "1750000000", &good], 2),
    ];
    for (arguments, status) in cases {
        let answer = cross_border(arguments, b"");
        assert_eq!(answer.status, status, "{arguments:?}: {}", answer.stderr);
    }
    // Seconds are not taken for the year 1970.
    let seconds = cross_border(&["--now", "999999999999", &good], b"");
    assert!(seconds.status == 2 && seconds.stderr.contains("milliseconds"), "{}", seconds.stderr);
    let microseconds = cross_border(&["--now", "1750000000000000", &good], b"");
    assert!(microseconds.status == 2 && microseconds.stderr.contains("milliseconds"), "{}", microseconds.stderr);
    assert_eq!(cross_border(&["--now", "1000000000000", &good], b"").status, 0);
    for broken in
        ["[]", "{", r#"{"store_id": "1"}"#, r#"{"no_such": 1}"#, r#"{"amount": 5}"#, r#"{"consent_mobile": 1}"#]
    {
        let path = file("broken", broken);
        assert_eq!(cross_border(&["--supplement", &path, &good], b"").status, 2, "{broken}");
    }
}

#[test]
fn phase_1_a_japanese_code_becomes_a_cambodian_one() {
    let given = plain_supplement("phase-1", "116");
    let (status, line) = answer(&["--to", "khqr", "--supplement", &given], &payload(JPQR));
    assert_eq!(status, 0, "{line}");
    let rewrite = &line["rewrite"];
    let result = Payload::parse(rewrite["payload"].as_str().unwrap()).unwrap();
    result.view::<Khqr<'_>>(Clock::at_millis(NOW)).unwrap();
    assert_eq!(result.find("30-01").unwrap().value(), STORE_KEY);
    assert_eq!(rewrite["missing"], json!([]));
    assert_accounts(&line, &payload(JPQR));
    let leaf = |path: &str| {
        let report = rewrite["report"].as_array().unwrap();
        report
            .iter()
            .find(|leaf| leaf["path"] == path)
            .map(|leaf| (leaf["action"].clone(), leaf["to"].clone()))
            .unwrap()
    };
    assert_eq!(leaf("59"), (json!("copied"), json!("59")));
    assert_eq!(leaf("26-01"), (json!("changed"), json!("30-01")));
    assert_eq!(leaf("61"), (json!("lost"), json!(null)));
    assert_eq!(leaf("62-02"), (json!("lost"), json!(null)));
    // A supplied merchant id wins, and consent lets the mobile number travel.
    let all = supplement("phase-1-all");
    let (status, line) = answer(&["--to", "khqr", "--supplement", &all], &payload(&replace(JPQR, "01", "12")));
    assert_eq!(status, 0, "{line}");
    let result = Payload::parse(line["rewrite"]["payload"].as_str().unwrap()).unwrap();
    assert_eq!(result.find("30-01").unwrap().value(), "SW-77");
    assert_eq!(result.find("62-02").unwrap().value(), "M-1");
    assert_eq!(result.find("52").unwrap().value(), "5814");
}

/// Every leaf of the source and of the result exactly once, in wire order, in the words of the contract.
#[track_caller]
fn assert_accounts(line: &Value, source: &str) {
    let paths = |text: &str| -> Vec<String> {
        Payload::parse(text).unwrap().leaves().map(|leaf| leaf.path().to_string()).collect()
    };
    let column = |list: &Value, key: &str| -> Vec<String> {
        list.as_array().unwrap().iter().map(|leaf| leaf[key].as_str().unwrap().to_owned()).collect()
    };
    let rewrite = &line["rewrite"];
    assert_eq!(column(&rewrite["report"], "path"), paths(source));
    for action in column(&rewrite["report"], "action") {
        assert!(["copied", "changed", "lost", "blocked"].contains(&action.as_str()));
    }
    assert!(column(&rewrite["report"], "why").iter().all(|why| !why.is_empty()));
    if let Some(result) = rewrite["payload"].as_str() {
        assert_eq!(column(&rewrite["origins"], "path"), paths(result));
        for from in column(&rewrite["origins"], "from") {
            assert!(["copied", "changed", "supplied", "fixed"].contains(&from.as_str()));
        }
        let first = &rewrite["origins"][0];
        assert_eq!((first["path"].as_str(), first["from"].as_str()), (Some("00"), Some("fixed")));
        let last = rewrite["origins"].as_array().unwrap().iter().find(|leaf| leaf["path"] == "63").unwrap();
        assert_eq!(last["from"], "fixed");
    }
}

#[test]
fn phase_2_a_cambodian_code_becomes_a_japanese_one() {
    let given = plain_supplement("phase-2", "392");
    let (status, line) = answer(&["--to", "jpqr", "--supplement", &given], &payload(KHQR));
    assert_eq!(status, 0, "{line}");
    let result = Payload::parse(line["rewrite"]["payload"].as_str().unwrap()).unwrap();
    result.view::<Jpqr<'_>>(()).unwrap();
    assert_accounts(&line, &payload(KHQR));
    assert_eq!(result.find("59").unwrap().value(), "NOODLE BAR");
    assert_eq!(result.find("64-01").unwrap().value(), "ヌードルバー");
}

/// A code that expires becomes one for one payment, in the currency of the other scheme or not at all.
#[test]
fn a_quote_is_for_one_payment_in_the_other_currency() {
    let times = run(&[("00", "1749999999000"), ("01", "1750000000000")]);
    let mut objects = with(KHQR, "54", "40000");
    objects.push(("99", &times));
    let text = payload(&objects);
    let given = |currency: &str| {
        file(
            &format!("quote-{currency}"),
            &json!({
                "store_id": "99999999999990001000002000003", "postal_code": "1500001", "alternate_name": "ヌードルバー",
                "name": "NOODLE BAR", "amount": "12.00", "currency": currency,
            })
            .to_string(),
        )
    };
    let (status, line) = answer(&["--to", "jpqr", "--supplement", &given("392")], &text);
    assert_eq!(status, 0, "{line}");
    let result = Payload::parse(line["rewrite"]["payload"].as_str().unwrap()).unwrap();
    assert_eq!(result.find("54").unwrap().value(), "12");
    assert_eq!(result.find("01").unwrap().value(), "12");
    assert_accounts(&line, &text);
    let report = line["rewrite"]["report"].as_array().unwrap();
    let method = report.iter().find(|leaf| leaf["path"] == "01").unwrap();
    assert_eq!((&method["action"], &method["to"]), (&json!("changed"), &json!("01")));
    let origins = line["rewrite"]["origins"].as_array().unwrap();
    let method = origins.iter().find(|leaf| leaf["path"] == "01").unwrap();
    assert_eq!(method["from"], "changed");
    // 12.00 dollars are not 12 yen.
    let (status, line) = answer(&["--to", "jpqr", "--supplement", &given("840")], &text);
    assert_eq!((status, &line["rewrite"]["payload"]), (1, &Value::Null));
    assert_eq!(line["rewrite"]["missing"], json!([]));
    assert_accounts(&line, &text);
}

/// Nothing is missing and nothing blocks: without a word nobody would know what is wrong.
#[test]
fn a_quote_in_another_currency_is_told() {
    let given = plain_supplement("dollars", "840");
    let (status, line) = answer(&["--to", "jpqr", "--supplement", &given], &payload(KHQR));
    assert_eq!((status, &line["rewrite"]["payload"]), (1, &Value::Null));
    assert!(line["rewrite"]["error"].as_str().is_some_and(|error| error.contains("840")), "{line}");
}

/// A supplement that could be a mistake is refused.
#[test]
fn supplements_are_strict() {
    let all = supplement("strict-all");
    let (status, line) = answer(&["--to", "khqr", "--supplement", &all], &payload(JPQR));
    assert_eq!((status, &line["rewrite"]["payload"]), (1, &Value::Null));
    assert!(line["rewrite"]["error"].as_str().is_some_and(|error| error.contains("asks for none")), "{line}");
    for (content, words) in [
        (r#"{"amount": "5"}"#, "an amount needs its currency"),
        (r#"{"city": "A", "city": "B"}"#, "city is given twice"),
        (r#"{"name": "A", "merchant_name_latin": "A"}"#, "name is given twice"),
        (r#"{"expires_at_ms": 1, "expires_ms": null}"#, "expires_at_ms is given twice"),
        (r#"{"town": "A"}"#, "town is no field"),
        ("[]", "expected a JSON object"),
    ] {
        let path = file("strict", content);
        let refused = cross_border(&["--to", "khqr", "--supplement", &path, &payload(JPQR)], b"");
        assert_eq!(refused.status, 2, "{content}");
        assert!(refused.stderr.contains(words), "{content}: {}", refused.stderr);
    }
    // The names of the first edition are known.
    let old = r#"{"store_id": "99999999999990001000002000003", "postal_code": "1500001", "merchant_name_ja": "ヌードルバー",
        "merchant_name_latin": "NOODLE BAR", "merchant_city_latin": "TOKYO"}"#;
    assert_eq!(answer(&["--to", "jpqr", "--supplement", &file("old", old)], &payload(KHQR)).0, 0);
}

#[test]
fn a_code_with_the_guid_in_capitals_is_jpqr() {
    let capitals = STORE.to_ascii_uppercase();
    let (status, line) = answer(&[], &payload(&replace(JPQR, "26", &capitals)));
    assert_eq!((status, &line["source"], &line["blocked"]), (0, &json!("jpqr"), &json!([])), "{line}");
    assert_eq!(line["intent"]["payee"]["account"], STORE_KEY);
    let (status, line) = answer(&[], &payload(&with(KHQR, "26", &capitals)));
    assert_eq!((status, &line["intent"], &line["source"]), (1, &Value::Null, &Value::Null));
    assert_eq!(line["blocked"][0]["rule"], "emv.ambiguous-scheme");
}

/// A text that pays another account where lengths are counted in UTF-16 units.
#[test]
fn a_text_of_two_readings_has_no_payee() {
    let text = "00020101021129160012shop@devbank5204599953031165802KH5924😀😀😀😀😀😀😀😀😀😀😀😀29080004a@bc\
                6010PHNOM PENH63042355";
    let (status, line) = answer(&["--to", "jpqr"], text);
    assert_eq!((status, &line["source"]), (1, &json!("khqr")));
    assert_eq!(line["intent"]["payee"], Value::Null);
    assert_eq!(line["rewrite"]["payload"], Value::Null);
    let blocks = line["blocked"].as_array().unwrap();
    let block = blocks.iter().find(|block| block["rule"] == "emv.length.ambiguous").unwrap();
    assert_eq!((&block["path"], &block["reason"]), (&json!("29"), &json!("ambiguous-payee")));
}

#[test]
fn missing_supplements_are_named_all_at_once() {
    let (status, line) = answer(&["--to", "jpqr"], &payload(KHQR));
    assert_eq!(status, 1);
    let rewrite = &line["rewrite"];
    assert_eq!(rewrite["payload"], Value::Null);
    assert_eq!(rewrite["missing"], json!(["store_id", "postal_code", "alternate_name", "name"]));
    assert_eq!(rewrite["origins"], json!([]));
    assert_accounts(&line, &payload(KHQR));
    let (status, line) = answer(&["--to", "khqr"], &payload(&with(JPQR, "54", "1500")));
    assert_eq!(status, 1);
    let expected = json!(["bakong_account", "acquiring_bank", "currency", "amount", "created_ms", "expires_at_ms"]);
    assert_eq!(line["rewrite"]["missing"], expected);
}

/// Path, reason and rule of each block, which also says what is wrong.
#[track_caller]
fn blocks(line: &Value) -> Vec<Value> {
    let blocks = line["blocked"].as_array().unwrap();
    assert!(blocks.iter().all(|block| block["message"].as_str().is_some_and(|message| !message.is_empty())));
    blocks.iter().map(|block| json!([block["path"], block["reason"], block["rule"]])).collect()
}

#[test]
fn blocked_codes_have_an_intent_and_their_reasons() {
    let tipped = payload(&with(JPQR, "55", "01"));
    let given = plain_supplement("blocked", "116");
    let (status, line) = answer(&["--to", "khqr", "--supplement", &given], &tipped);
    assert_eq!(status, 1);
    assert_eq!(blocks(&line), [json!(["55", "tip-or-fee", null])]);
    assert_eq!(line["intent"]["name"], "TEST SHOP");
    assert_eq!(line["rewrite"]["payload"], Value::Null);
    assert_accounts(&line, &tipped);
    let (status, line) = answer(&[], &payload(&replace(JPQR, "53", "840")));
    assert_eq!((status, blocks(&line)), (1, vec![json!(["53", "currency", "jpqr.53.value"])]));
    // Both schemes in one code.
    let (status, line) = answer(&[], &payload(&with(KHQR, "26", STORE)));
    assert_eq!((status, &line["intent"], &line["source"]), (1, &Value::Null, &Value::Null));
    assert_eq!(blocks(&line), [json!(["", "ambiguous-payee", "emv.ambiguous-scheme"])]);
}

#[test]
fn individuals_are_blocked_where_they_are_denied() {
    let (status, line) = answer(&["--deny-individual"], &payload(KHQR));
    assert_eq!(status, 1);
    assert_eq!(blocks(&line), [json!(["29", "individual", null])]);
    assert_eq!(answer(&[], &payload(KHQR)).0, 0);
    assert_eq!(answer(&["--deny-individual"], &payload(JPQR)).0, 0);
}

#[test]
fn the_clock_is_an_option() {
    let times = run(&[("00", "1749999999000"), ("01", "1750000000000")]);
    let mut objects = with(&replace(KHQR, "01", "12"), "54", "40000");
    objects.push(("99", &times));
    let bound = payload(&objects);
    let (status, line) = answer(&[], &bound);
    assert_eq!((status, &line["intent"]["expires_at_ms"]), (0, &json!(NOW)), "{line}");
    let late = cross_border(&["--json", "--now", "1750000000001", &bound], b"");
    assert_eq!(late.status, 1);
    assert_eq!(blocks(&late.json()[0]), [json!(["99-01", "expired", "khqr.99.expired"])]);
    // Without the option it is the system's, which is later.
    assert_eq!(cross_border(&["--json", &bound], b"").json()[0]["blocked"][0]["reason"], "expired");
}

#[test]
fn a_bill_is_blocked() {
    let bill = common::bill();
    assert!(emvqr::elqr::Bill::recognises(&bill), "{bill}");
    let (status, line) = answer(&["--to", "khqr"], &bill);
    assert_eq!(status, 1);
    assert_eq!((&line["intent"], line["blocked"][0]["reason"].as_str()), (&Value::Null, Some("bill-form")), "{line}");
    assert_eq!(line.get("rewrite"), Some(&Value::Null));
}

/// What JPQR's sources leave open is no reason to write it.
#[test]
fn what_is_supplied_must_be_as_in_all_public_codes() {
    let times = run(&[("00", "1749999999000"), ("01", "1750000000000")]);
    let mut objects = with(&replace(KHQR, "01", "12"), "54", "40000");
    objects.push(("99", &times));
    let text = payload(&objects);
    let given = |name: &str, key: &str, value: Value| {
        let mut given = json!({
            "store_id": "99999999999990001000002000003", "postal_code": "1500001", "alternate_name": "ヌードルバー",
            "name": "NOODLE BAR", "amount": "1500", "currency": "392",
        });
        given[key] = value;
        file(name, &given.to_string())
    };
    for (key, value, path) in
        [("postal_code", "12000", "61"), ("postal_code", "100-0001", "61"), ("amount", "40.5", "54")]
    {
        let (status, line) = answer(&["--to", "jpqr", "--supplement", &given("odd", key, json!(value))], &text);
        assert_eq!((status, &line["rewrite"]["payload"]), (1, &Value::Null), "{value}");
        let error = line["rewrite"]["error"].as_str().unwrap();
        assert!(error.contains(&format!("in data object {path} [")) && !error.contains("at byte"), "{error}");
    }
    for (value, yen) in [("40", "40"), ("40.00", "40"), ("0040", "40"), ("40.", "40")] {
        let (_, line) = answer(&["--to", "jpqr", "--supplement", &given("yen", "amount", json!(value))], &text);
        let result = Payload::parse(line["rewrite"]["payload"].as_str().unwrap()).unwrap();
        assert_eq!(result.find("54").unwrap().value(), yen);
    }
    // 29 digits; and a currency as text or number.
    let letters = given("letters", "store_id", json!("ABCDEFGHIJKLM0001000002000003"));
    assert_eq!(cross_border(&["--supplement", &letters, &text], b"").status, 2);
    let number = file("number", r#"{"bakong_account":"settle@sath","acquiring_bank":"Sathapana","currency":116}"#);
    let (status, line) = answer(&["--to", "khqr", "--supplement", &number], &payload(JPQR));
    assert_eq!(status, 0, "{line}");
}

#[test]
fn a_broken_payload_has_no_intent() {
    let good = payload(JPQR);
    let broken = format!("{}0000", &good[..good.len() - 4]);
    let (status, line) = answer(&["--to", "khqr"], &broken);
    assert_eq!((status, &line["source"], &line["intent"]), (1, &Value::Null, &Value::Null));
    assert_eq!((line.get("rewrite"), &line["blocked"]), (Some(&Value::Null), &json!([])));
    assert_eq!(answer(&[], &broken).1.get("rewrite"), None, "only where it is asked for");
}

#[test]
fn a_person_reads_what_is_shown_and_what_is_sent() {
    let answer = cross_border(&["--to", "khqr", &payload(&with(JPQR, "55", "01"))], b"");
    for part in ["TEST SHOP", "テスト商店", "JPY", "tip-or-fee", "26-01", STORE_KEY] {
        assert!(answer.stdout.contains(part), "{part} in {}", answer.stdout);
    }
    assert!(answer.stdout.contains("not rewritten: blocked"), "{}", answer.stdout);
    // A block says its rule and its sentence.
    let answer = cross_border(&[payload(&with(JPQR, "54", "1500.5"))], b"");
    assert!(answer.stdout.contains("jpqr.54.decimals"), "{}", answer.stdout);
    assert!(!answer.stdout.contains("asks for an amount"), "{}", answer.stdout);
    // Nothing is asked for where an amount stands that cannot be read, nor in an unknown currency.
    for (id, value) in [("54", "1,5"), ("53", "abc"), ("53", "000")] {
        let objects = if id == "54" { with(JPQR, id, value) } else { replace(JPQR, id, value) };
        let answer = cross_border(&[payload(&objects)], b"");
        assert!(!answer.stdout.contains("asks for an amount"), "{}", answer.stdout);
    }
    assert!(cross_border(&[payload(JPQR)], b"").stdout.contains("asks for an amount in JPY"));
    // Nothing raw on a terminal.
    let odd = payload(&replace(KHQR, "59", "A\u{202E}B\u{1B}[31m"));
    assert!(!cross_border(&[odd], b"").stdout.contains(['\u{202E}', '\u{1B}']));
}
