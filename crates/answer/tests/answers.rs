//! Answers about composed codes, and the list of their keys.
//!
//! `golden.ndjson` holds texts that were composed outside this crate, with what follows from how each was composed: who is paid, and
//! what is wrong.

use std::collections::BTreeSet;

use emvqr::crossborder::Supplement;
use emvqr::{Clock, network};
use emvqr_answer::forms::{self, FormError, Given};
use emvqr_answer::{
    Border, BorderQuestion, Full, NoExtra, ProfileChoice, Question, Short, Summary, Target, Units, Verdict, moment,
    rfc3339, to_line,
};
use serde::Serialize;
use serde_json::{Value, json};

const NOW: u64 = 1_750_000_000_000;

struct Case {
    id: String,
    text: Vec<u8>,
    expect: Value,
}

fn cases() -> Vec<Case> {
    let lines = include_str!("golden.ndjson").lines();
    let cases = lines.map(|line| {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = match (case["payload"].as_str(), case["payload_hex"].as_str()) {
            (Some(text), _) => text.as_bytes().to_vec(),
            (None, hex) => {
                let hex = hex.unwrap();
                let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
                (0..hex.len()).step_by(2).map(byte).collect()
            }
        };
        Case { id: case["id"].as_str().unwrap().to_owned(), text, expect: case["expect"].clone() }
    });
    cases.collect()
}

fn json_of(answer: &impl Serialize) -> Value {
    serde_json::from_str(&to_line(answer)).unwrap()
}

#[test]
fn each_composed_code_is_answered_as_it_was_composed() {
    let cases = cases();
    assert!(cases.len() >= 40, "{}", cases.len());
    for Case { id, text, expect } in cases {
        let verdict = Verdict::in_full(&text, Question::at_millis(NOW));
        let (answer, short) =
            verdict.show(false, |verdict| (json_of(&Full::of(verdict)), json_of(&Short::of(verdict))));
        let list = |of: &str, key: &str| -> Value {
            answer[of].as_array().unwrap().iter().map(|found| found[key].clone()).collect()
        };
        for (key, expected) in expect.as_object().unwrap() {
            let found = match key.as_str() {
                "rules" => list("violations", "rule"),
                "notes" => list("notes", "reason"),
                "hints" => list("hints", "kind"),
                "hint_level" => answer["hints"][0]["level"].clone(),
                "hints_some" => json!(!answer["hints"].as_array().unwrap().is_empty()),
                "rules_some" => {
                    assert!(list("violations", "rule").as_array().unwrap().contains(expected), "{id}: {answer}");
                    continue;
                }
                "sdk_codes" => json!(list("violations", "sdk_code").as_array().unwrap().iter().any(Value::is_number)),
                "error_kind" => answer["error"]["kind"].clone(),
                "error" if !expected.is_null() => {
                    json!([answer["error"]["kind"], answer["error"]["path"], answer["error"]["offset"]])
                }
                "summary" => {
                    let keys = expected.as_object().unwrap().keys();
                    keys.map(|key| (key.clone(), answer["summary"][key].clone()))
                        .collect::<serde_json::Map<_, _>>()
                        .into()
                }
                key => answer.get(key).cloned().unwrap_or_default(),
            };
            assert_eq!(&found, expected, "{id}: {key}");
        }
        // Valid is the last level, and the small answer is the first part of the whole one.
        assert_eq!(answer["valid"], json!(answer["level"] == "valid"), "{id}");
        for (key, value) in short.as_object().unwrap() {
            assert_eq!(&answer[key], value, "{id}");
        }
    }
}

/// Keys with dots, `[]` for the elements of a list.
fn keys_of(value: &Value, at: &str, keys: &mut BTreeSet<String>) {
    match value {
        // The names below these are EMVCo's, or the caller's.
        Value::Object(object) if !matches!(at, "fields" | "sdk_fields" | "intent.references") => {
            for (key, value) in object {
                let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                keys.insert(path.clone());
                keys_of(value, &path, keys);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys_of(value, &format!("{at}[]"), keys)),
        _ => {}
    }
}

/// The keys of a table of the page: those of its first column.
fn documented(heading: &str) -> BTreeSet<String> {
    let page = concat!("\n", include_str!("../src/keys.md"));
    let section = page.split("\n# ").find(|section| section.starts_with(heading)).unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    rows.map(str::to_owned).collect()
}

#[test]
fn the_page_has_the_keys_of_all_answers_and_no_other() {
    let mut keys = BTreeSet::new();
    for case in cases() {
        let verdict = Verdict::in_full(&case.text, Question::at_millis(NOW));
        keys_of(&json_of(&Full::of(&verdict).sdk_fields(true)), "", &mut keys);
    }
    // Keys that the program adds, and those that need a rare fault.
    let added = ["line", "id", "source", "source.file", "source.code", "source.corners", "row", "redacted"];
    let rare = ["hints[].right_length", "hints[].valid_range"];
    keys.extend(added.into_iter().chain(rare).map(str::to_owned));
    let documented = documented("Answers of `decode`");
    assert_eq!(keys.difference(&documented).collect::<Vec<_>>(), [] as [&String; 0], "not on the page");
    assert_eq!(documented.difference(&keys).collect::<Vec<_>>(), [] as [&String; 0], "on the page alone");

    let mut keys = BTreeSet::new();
    for (text, to) in borders() {
        let question = BorderQuestion { to, ..question() };
        keys_of(&json_of(&Border::of(text.as_bytes(), &question).with(NoExtra)), "", &mut keys);
    }
    keys.extend(["line", "redacted"].map(str::to_owned));
    let documented = self::documented("Answers of `cross-border`");
    assert_eq!(keys.difference(&documented).collect::<Vec<_>>(), [] as [&String; 0], "not on the page");
    assert_eq!(documented.difference(&keys).collect::<Vec<_>>(), [] as [&String; 0], "on the page alone");
}

fn question() -> BorderQuestion<'static> {
    BorderQuestion {
        to: None,
        supplement: Supplement {
            bakong_account: Some("jpqr@bank"),
            acquiring_bank: Some("Some Bank"),
            currency: Some("116".parse().unwrap()),
            ..Supplement::default()
        },
        deny_individual: false,
        network: None,
        clock: Clock::at_millis(NOW),
    }
}

fn text_of(id: &str) -> String {
    let case = cases().into_iter().find(|case| case.id == id).unwrap();
    String::from_utf8(case.text).unwrap()
}

fn borders() -> Vec<(String, Option<Target>)> {
    let to = [None, Some(Target::Khqr), Some(Target::Jpqr)];
    let ids =
        ["khqr-static", "khqr-dynamic", "jpqr-static", "promptpay", "two-national", "both-schemes", "bill", "empty"];
    ids.iter().flat_map(|id| to.map(|to| (text_of(id), to))).collect()
}

#[test]
fn intents_and_rewritten_codes_are_told() {
    let of = |id: &str, to| {
        let text = text_of(id);
        let border = Border::of(text.as_bytes(), &BorderQuestion { to, ..question() });
        (border.is_good(), json_of(&border.with(NoExtra)))
    };
    let (is_good, answer) = of("jpqr-static", Some(Target::Khqr));
    assert!(is_good, "{answer}");
    let payee = json!({"network": "jpqr", "institution": null, "account": "00000000000010001000001000001", "sub_account": null, "path": "26"});
    assert_eq!(answer["intent"]["payee"], payee);
    let rewritten = answer["rewrite"]["payload"].as_str().unwrap();
    assert!(rewritten.contains("30") && rewritten.contains("0009jpqr@bank"), "{rewritten}");
    // Every leaf of the source once, in its order.
    let paths: Vec<_> =
        answer["rewrite"]["report"].as_array().unwrap().iter().map(|leaf| leaf["path"].clone()).collect();
    let leaves = [
        "00", "01", "26-00", "26-01", "26-02", "26-03", "26-04", "52", "53", "58", "59", "60", "61", "64-00", "64-01",
        "63",
    ];
    let mut sorted = paths.clone();
    sorted.sort_by_key(ToString::to_string);
    let mut expected: Vec<Value> = leaves.iter().map(|leaf| json!(leaf)).collect();
    expected.sort_by_key(ToString::to_string);
    assert_eq!(sorted, expected);
    let (is_good, answer) = of("khqr-static", Some(Target::Jpqr));
    assert!(!is_good);
    for name in ["store_id", "postal_code", "alternate_name"] {
        assert!(answer["rewrite"]["missing"].as_array().unwrap().contains(&json!(name)), "{answer}");
    }
    let (is_good, answer) = of("two-national", None);
    assert_eq!(
        (is_good, &answer["intent"], &answer["blocked"][0]["reason"]),
        (false, &Value::Null, &json!("several-networks"))
    );
    let (_, answer) = of("bill", None);
    assert_eq!((&answer["source"], &answer["blocked"][0]["reason"]), (&json!("jpqr-bill"), &json!("bill-form")));
}

#[test]
fn places_can_be_counted_in_units_of_utf_16() {
    let text = text_of("khqr-khmer").replacen("5802KH", "5802K1", 1);
    let verdict = Verdict::of(text.as_bytes(), Question::at_millis(NOW));
    let bytes = json_of(&Short::of(&verdict))["error"]["offset"].as_u64().unwrap();
    let units = json_of(&Short::of(&verdict).units(Units::Utf16))["error"]["offset"].as_u64().unwrap();
    let before = &text[..usize::try_from(bytes).unwrap()];
    assert_eq!(usize::try_from(units).unwrap(), before.encode_utf16().count());
    assert!(units < bytes);
}

#[test]
fn what_is_masked_is_in_no_answer() {
    let text = text_of("khqr-customer");
    let verdict = Verdict::in_full(text.as_bytes(), Question::at_millis(NOW));
    let line = verdict.show(true, |verdict| to_line(&Full::of(verdict)));
    assert!(!line.contains("012345678") && !line.contains("\"md5\""), "{line}");
    assert!(line.contains("\"payee\":{\"network\":\"khqr\""), "{line}");
}

#[test]
fn a_chosen_network_and_a_chosen_profile_count() {
    let text = text_of("two-national");
    let chosen = Question { network: network::by_id("vn.napas"), ..Question::at_millis(NOW) };
    let verdict = Verdict::of(text.as_bytes(), chosen);
    assert_eq!(verdict.payee().unwrap().network(), "vn.napas");
    for (name, profile) in
        [("auto", "network"), ("emv", "emv"), ("network", "network"), ("khqr", "khqr"), ("jpqr", "jpqr")]
    {
        let choice: ProfileChoice = name.parse().unwrap();
        assert_eq!(choice.to_string(), name);
        let verdict = Verdict::of(text.as_bytes(), Question { profile: choice, ..Question::at_millis(NOW) });
        assert_eq!(verdict.profile(), profile);
    }
    assert!("none".parse::<ProfileChoice>().is_err());
}

#[test]
fn forms_refuse_what_they_do_not_know() {
    let code = [("account", "coffee@devb"), ("currency", "khr"), ("name", "COFFEE")];
    let text = forms::khqr(code, NOW).unwrap();
    let verdict = Verdict::of(text.as_bytes(), Question::at_millis(NOW));
    let summary = Summary::of(&verdict);
    assert!(verdict.is_valid());
    assert_eq!((summary.account, summary.currency.as_deref()), (Some("coffee@devb"), Some("KHR")));
    let refused = |more: &[(&str, &str)]| forms::khqr([&code[..], more].concat(), NOW).unwrap_err().to_string();
    assert_eq!(refused(&[("name", "TEA")]), "name is given twice");
    assert_eq!(refused(&[("nane", "TEA")]), "nane is no field; did you mean name?");
    assert_eq!(refused(&[("colour", "red")]), "colour is no field");
    assert_eq!(
        refused(&[("amount", "1,50")]),
        "amount: 1,50: expected 1 to 13 characters: digits with at most one '.'"
    );
    assert_eq!(refused(&[("expires_at_ms", "1750000600000")]), "amount is needed");
    assert!(matches!(forms::khqr([("account", "a@b")], NOW), Err(FormError::Missing("name"))));
    // Ten minutes, if nothing else is said.
    let text = forms::khqr([&code[..], &[("amount", "8000")]].concat(), NOW).unwrap();
    assert!(text.contains("00131750000000000") && text.contains("01131750000600000"), "{text}");

    let entries = [("currency", "116"), ("amount", "5000"), ("consent_mobile", "true")];
    let given = Given::read(entries).unwrap();
    assert_eq!(given.supplement().amount.unwrap().to_string(), "5000");
    assert!(given.supplement().consent_mobile);
    assert!(Given::read([("expires_ms", "1"), ("expires_at_ms", "2")]).unwrap_err().to_string().contains("twice"));
    assert!(Given::read([("amount", "5")]).unwrap_err().to_string().contains("needs its currency"));
}

#[test]
fn times_are_milliseconds_or_rfc_3339() {
    assert_eq!(moment("1750000000000"), Ok(NOW));
    assert_eq!(moment("2025-06-15T15:06:40Z"), Ok(NOW));
    assert_eq!(moment("2025-06-16T00:06:40+09:00"), Ok(NOW));
    for wrong in ["", "1750000000", "1750000000000000", "yesterday", "2025-06-15", "1960-01-01T00:00:00Z", "-1"] {
        assert!(moment(wrong).is_err(), "{wrong}");
    }
    assert_eq!(rfc3339(NOW).as_deref(), Some("2025-06-15T15:06:40Z"));
    assert_eq!(rfc3339(u64::MAX), None);
}
