//! A program that asks one question after the other: `--json-lines`.

use serde_json::{Value, json};

use crate::common::{BASE, payload};
use crate::run::{first_line, run};

const CLOCK: [&str; 3] = ["--json-lines", "--now", "1750000000000"];

fn answers(input: &[u8]) -> Vec<Value> {
    let answer = run("decode", &CLOCK, input);
    assert_eq!(answer.stderr, "");
    answer.json()
}

#[test]
fn each_request_has_one_answer_with_its_id() {
    let good = payload(BASE);
    let hex = good.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let requests = [
        json!({"id": 7, "payload": good}),
        json!({"id": {"a": ["x"]}, "payload_hex": hex}),
        json!({"payload": good, "profile": "jpqr"}),
        json!({"id": "hex", "payload_hex": "ff00"}),
        json!({"id": null, "payload": "0002"}),
    ];
    let input = requests.iter().fold(String::new(), |input, request| input + &format!("{request}\n"));
    let lines = answers(input.as_bytes());
    let told: Vec<_> = lines.iter().map(|line| json!([line["id"], line["valid"], line["error"]["kind"]])).collect();
    assert_eq!(
        told,
        [
            json!([7, true, null]),
            json!([{"a": ["x"]}, true, null]),
            json!([null, false, null]),
            json!(["hex", false, "utf8"]),
            json!([null, false, "value_overrun"]),
        ]
    );
    assert_eq!(lines[2]["profile"], "jpqr");
    assert!(lines.iter().all(|line| line.get("line").is_none()));
}

#[test]
fn the_clock_of_a_request_counts() {
    let text = "00020101021229180014coffee@devbank5204599953031165405100005802KH5906COFFEE6010Phnom Penh9934001317500000000000113175000060000063041234";
    let crc = crate::common::crc(&text.as_bytes()[..text.len() - 4]);
    let text = format!("{}{crc:04X}", &text[..text.len() - 4]);
    let at = |now: Value| {
        let line = &answers(format!("{}\n", json!({"id": 1, "payload": text, "now": now})).as_bytes())[0];
        line["violations"].as_array().unwrap().iter().any(|found| found["rule"] == "khqr.99.expired")
    };
    // 99-01 is 1750000600000.
    assert!(!at(json!(1_750_000_600_000_u64)) && at(json!(1_750_000_600_001_u64)));
    // The same moment in Phnom Penh, and a second later.
    assert!(!at(json!("2025-06-15T22:16:40+07:00")) && at(json!("2025-06-15T22:16:41+07:00")));
}

#[test]
fn what_is_no_request_is_one_invalid_answer() {
    let good = payload(BASE);
    let twice = format!("{{\"payload\": \"{good}\", \"payload_hex\": \"30\"}}");
    let lines = [
        "",
        "[]",
        "nonsense",
        "{}",
        r#"{"id": 1, "payload": 5}"#,
        r#"{"id": 1, "payload": "x", "now": "yesterday"}"#,
        r#"{"id": 1, "payload": "x", "now": 1750000000}"#,
        r#"{"id": 1, "payload": "x", "profile": "none"}"#,
        r#"{"id": 1, "payload_hex": "0"}"#,
        r#"{"id": 1, "payload": "x", "profil": "emv"}"#,
        &twice,
    ];
    let answers = answers(format!("{}\n", lines.join("\n")).as_bytes());
    assert_eq!(answers.len(), lines.len());
    for (line, answer) in lines.iter().zip(&answers) {
        assert_eq!(answer["error"]["kind"], "bad_request", "{line}");
        assert_eq!(answer["valid"], false);
        assert!(answer.as_object().unwrap().contains_key("id") && answer["id"].is_null(), "{line}");
    }
    // Bytes that are not UTF-8, and a line that is too long.
    let long = format!("{{\"id\": 1, \"payload\": \"{}\"}}", "0".repeat(70_000));
    let kinds: Vec<_> = [&b"\xff\xfe"[..], long.as_bytes()]
        .into_iter()
        .map(|line| super::coprocess::answers(&[line, b"\n"].concat())[0]["error"]["kind"].clone())
        .collect();
    assert_eq!(kinds, ["bad_request", "too_long"]);
}

/// A client that waits for an answer before it sends on gets it, also if it has sent a part of its next line.
#[test]
fn no_answer_waits_for_input() {
    let request = json!({"id": 1, "payload": payload(BASE)}).to_string();
    for input in [
        format!("{request}\n"),
        format!("{request}\n{{\"id\": 2, "),
        format!("{request}\n\n"),
        "\n".into(),
        "rubbish\n{".into(),
    ] {
        let answer: Value = serde_json::from_str(&first_line("decode", &CLOCK, input.as_bytes())).unwrap();
        assert_eq!(answer["id"], if input.starts_with('{') { json!(1) } else { Value::Null }, "{input:?}");
    }
    let first = first_line("decode", &["--json"], format!("{}\n0002", payload(BASE)).as_bytes());
    assert!(first.starts_with("{\"version\":1,\"line\":1,\"valid\":true"), "{first}");
}
