//! Cases from public reports of people who write or use such codes: what the program must say of each.

use std::ffi::{OsStr, OsString};

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::lines::{bytes, committed};
use crate::run::run;

const NOW: &str = "1760000000000";

/// Cases that are answered otherwise on purpose, and why. Each is checked to be one still.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "b2-emoji",
        "characters beyond U+FFFF are an error under KHQR: its toolkits count UTF-16 units, so who is paid could depend on the reader",
    ),
    ("b2-promptpay-bill", "a code of a network is held to the network's own rules, and is valid"),
    ("b2-paynow-expired", "PayNow's own time has passed, and the code has an amount"),
];

/// What is not as expected.
fn faults(case: &Value) -> Vec<String> {
    let expect = &case["expect"];
    // Every expectation is one that is looked at here.
    for key in expect.as_object().unwrap().keys() {
        let known =
            ["valid", "profile", "error", "path", "offset", "rules", "no_rules", "say", "not_say", "json_say", "cmd"];
        assert!(known.contains(&key.as_str()), "{}: {key}", case["id"]);
    }
    let payload = argument(bytes(case));
    let profile = OsStr::new(case["profile"].as_str().unwrap_or("auto"));
    let options = [OsStr::new("--now"), OsStr::new(NOW), OsStr::new("--profile"), profile];
    let decode = |more: &[&OsStr]| run("decode", &[&options[..], more].concat(), b"");
    let json = decode(&["--json".as_ref(), "--".as_ref(), &payload]);
    let answer = &json.json()[0];
    let shown = decode(&["--".as_ref(), &payload]).stdout;

    let mut faults = Vec::new();
    let mut must = |holds: bool, what: &str, found: &Value| {
        if !holds {
            faults.push(format!("{what}: expected {}, found {found}", expect[what]));
        }
    };
    for key in ["valid", "profile"] {
        must(expect[key].is_null() || expect[key] == answer[key], key, &answer[key]);
    }
    let kinds = expect["error"].as_array();
    must(kinds.is_none_or(|kinds| kinds.contains(&answer["error"]["kind"])), "error", &answer["error"]);
    for key in ["path", "offset"] {
        must(expect[key].is_null() || expect[key] == answer["error"][key], key, &answer["error"]);
    }
    let has = |rule: &Value, path: &Value| {
        let violations = answer["violations"].as_array().unwrap();
        violations.iter().any(|violation| violation["rule"] == *rule && violation["path"] == *path)
    };
    let mut rules = expect["rules"].as_array().into_iter().flatten();
    must(rules.all(|rule| has(&rule[0], &rule[1])), "rules", &answer["violations"]);
    let no_rules = expect["no_rules"].as_array().into_iter().flatten();
    let mut no_rules = no_rules.map(|rule| rule.as_str().unwrap().split_once('@').unwrap());
    must(!no_rules.any(|(rule, path)| has(&rule.into(), &path.into())), "no_rules", &answer["violations"]);
    let lines = Value::from(said(&shown));
    let finds = |key: &str, text: &str| expect[key].as_str().map(|pattern| regex(pattern).is_match(text));
    must(finds("say", lines.as_str().unwrap()) != Some(false), "say", &lines);
    must(finds("not_say", lines.as_str().unwrap()) != Some(true), "not_say", &lines);
    must(finds("json_say", &json.stdout) != Some(false), "json_say", answer);
    faults
}

/// The lines that are no excerpt of the payload.
fn said(shown: &str) -> String {
    let starts = ["payload", "error", "warning", "note", "hint", "= "];
    let lines = shown.lines().filter(|line| starts.iter().any(|start| line.trim_start().starts_with(start)));
    lines.collect::<Vec<_>>().join("\n")
}

fn regex(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).build().unwrap()
}

#[cfg(unix)]
fn argument(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn argument(bytes: Vec<u8>) -> OsString {
    String::from_utf8(bytes).expect("only Unix has arguments that are not UTF-8").into()
}

#[test]
fn each_case_is_answered_as_it_should_be() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for case in &committed("field.ndjson") {
        seen += 1;
        let id = case["id"].as_str().unwrap();
        let faults = faults(case);
        match EXCEPTIONS.iter().find(|(exception, _)| *exception == id) {
            Some((_, reason)) => assert!(!faults.is_empty(), "{id} is no exception any more: {reason}"),
            None => wrong.extend(faults.iter().map(|fault| format!("{id}: {fault}"))),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen >= 77, "{seen}");
}
