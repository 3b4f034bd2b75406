//! A sound code is told nothing: samples of each scheme under its own rules, and the findings that remain, each with the
//! reason.

use std::collections::BTreeSet;

use emvqr::Clock;
use emvqr::khqr::Khqr;
use emvqr::{Jpqr, Payload, Severity, Violation};
use serde_json::Value;

use crate::lines::{collected, committed};

/// The sound ones.
fn samples(mut all: Vec<Value>) -> Vec<Value> {
    all.retain(|sample| sample["wire"] == "valid" && sample["expect"] == "accept");
    all
}

/// A finding that a sound code may get, and why it is no noise.
type Remark = (&'static str, &'static str);

const ON_KHQR: &[Remark] = &[
    ("emv.text.charset", "EMVCo wants ASCII in 59, 60 and 62: other countries' apps may not show Khmer there"),
    ("emv.64-00.missing", "a 64 that holds a city alone, which the JavaScript toolkit alone writes"),
    ("emv.64-01.missing", "the same"),
    ("khqr.15.length", "99 characters of UnionPay account, of which the iOS toolkit takes 31"),
    ("khqr.99.creation-format", "a bank's own number in place of the creation time"),
    ("khqr.99.creation-missing", "a time of expiry without one of creation, from a port's tests"),
    ("khqr.99.expired", "a static code whose time has passed, which every toolkit takes"),
];

const ON_JPQR: &[Remark] = &[
    ("emv.54.unusual", "an amount with zeros in front, composed for just that"),
    ("jpqr.01.missing", "01 is absent: one of two public readers demands it"),
    ("jpqr.26-51.position", "the store stands in 27, where one of two public readers does not look"),
];

#[track_caller]
fn only_remarks(findings: &[Violation], remarks: &[Remark], sample: &Value, seen: &mut BTreeSet<&'static str>) {
    for found in findings {
        let is_remark = remarks.iter().any(|(rule, _)| *rule == found.rule().id());
        assert!(is_remark && found.severity() == Severity::Warning, "{}: {found}", sample["id"]);
        seen.insert(found.rule().id());
    }
}

fn all(remarks: &[Remark]) -> BTreeSet<&'static str> {
    remarks.iter().map(|(rule, _)| *rule).collect()
}

/// The remarks that the samples get. Most get none.
fn on_khqr(lines: Vec<Value>) -> BTreeSet<&'static str> {
    let samples = samples(lines);
    let (mut seen, mut silent) = (BTreeSet::new(), 0);
    for sample in &samples {
        let payload = Payload::parse(sample["payload"].as_str().unwrap()).unwrap();
        let found =
            payload.validate::<Khqr<'_>>(Clock::at_millis(sample["now_ms"].as_u64().unwrap())).into_violations();
        silent += usize::from(found.is_empty());
        only_remarks(&found, ON_KHQR, sample, &mut seen);
    }
    assert!(samples.len() >= 70 && silent * 10 >= samples.len() * 8, "{silent} of {}", samples.len());
    seen
}

fn on_jpqr(lines: Vec<Value>) -> BTreeSet<&'static str> {
    let mut samples = samples(lines);
    samples.retain(|sample| sample["profile"] == "jpqr-mpm");
    assert!(samples.len() >= 10, "{}", samples.len());
    let mut seen = BTreeSet::new();
    for sample in &samples {
        let payload = Payload::parse(sample["payload"].as_str().unwrap()).unwrap();
        only_remarks(&payload.validate::<Jpqr<'_>>(()).into_violations(), ON_JPQR, sample, &mut seen);
    }
    seen
}

#[test]
fn committed_samples() {
    on_khqr(committed("khqr.ndjson"));
    on_jpqr(committed("jpqr.ndjson"));
}

/// Each remark is one that some sample gets.
#[test]
#[ignore = "needs EMVQR_VECTORS"]
fn collected_samples() {
    assert_eq!(on_khqr(collected("khqr.ndjson")), all(ON_KHQR));
    assert_eq!(on_jpqr(collected("jpqr.ndjson")), all(ON_JPQR));
}
