//! `emvqr conformance`: readers of a few letters, judged.

#![cfg(unix)]

use crate::run::{self, Answer, run};

const KIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance");

fn conformance(reader: &str, more: &[&str]) -> Answer {
    run("conformance", &[&["--kit", KIT, "--reader", reader], more].concat(), b"")
}

/// A reader that answers every question with these keys.
fn always(keys: &str) -> String {
    format!(r#"sed -u 's/^{{"id":\([0-9]*\).*/{{"id":\1,{keys}}}/'"#)
}

#[test]
fn a_reader_that_takes_everything_is_found_out() {
    let report = run::file("conformance.json", b"");
    let path = report.to_str().unwrap();
    let answer = conformance(&always(r#""readable":true,"valid":true"#), &["--only", "wire", "--report", path]);
    assert_eq!(answer.status, 1, "{}", answer.stderr);
    let cases: serde_json::Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    let result =
        |id: &str| cases.as_array().unwrap().iter().find(|case| case["id"] == id).map(|case| case["result"].clone());
    assert_eq!(result("wire-khqr-crc-digit-1").unwrap(), "fail");
    assert!(answer.stdout.contains("takes it") && answer.stdout.contains("| wire |"), "{}", answer.stdout);
    // One that takes nothing fails the sound codes.
    let refuses = always(r#""readable":false"#);
    assert_eq!(conformance(&refuses, &["--only", "sound"]).status, 1);
    // One that pays one shop whatever it reads.
    let payee = always(r#""readable":true,"payee":{"account":"shop@bank"},"amount":"1.00""#);
    let answer = conformance(&payee, &["--only", "one-payee"]);
    assert!(answer.status == 1 && answer.stdout.contains(r#""shop@bank" instead of"#), "{}", answer.stdout);
    // One that calls every payee uncertain is right where that is allowed.
    let nobody = conformance(&always(r#""payee":null"#), &["--only", "one-payee"]);
    assert!(nobody.stdout.lines().count() < answer.stdout.lines().count());
}

#[test]
fn what_cannot_be_judged_is_an_unusable_reader() {
    for reader in ["cat", "false", "sleep 9", "echo x", "no-such-program"] {
        let answer = conformance(reader, &["--only", "bill", "--timeout", "50"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{reader}");
        assert!(answer.stderr.contains("no answer that can be judged"), "{}", answer.stderr);
    }
    assert_eq!(conformance("cat", &["--only", "nonsense"]).status, 2);
    assert_eq!(run("conformance", &["--kit", "no-such-folder", "--reader", "cat"], b"").status, 2);
}
