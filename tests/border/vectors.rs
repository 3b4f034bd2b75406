//! Every KHQR and JPQR payload that its profile accepts has an intent, and is rewritten as a code that the other
//! profile accepts, or blocked for a stated reason.

use std::collections::{BTreeMap, BTreeSet};

use emvqr::Clock;
use emvqr::crossborder::write::RewriteError;
use emvqr::crossborder::{Intent, Policy, Rewrite, Supplement};
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::value::{Amount, Currency};
use emvqr::{Payload, Scheme};
use serde_json::Value;

use crate::lines::on_vectors;

on_vectors! {
    khqr_codes: become_jpqr_codes("khqr.ndjson"),
    jpqr_codes: become_khqr_codes("jpqr.ndjson"),
    field_cases: have_an_intent_if_a_scheme_knows_them("field.ndjson"),
    refused_khqr_codes: refused_is_blocked("khqr.ndjson"),
    refused_jpqr_codes: refused_is_blocked("jpqr.ndjson"),
}

/// Everything that a switch can be asked for, valid until a minute after the clock.
fn supplement(now_ms: u64, currency: Currency) -> Supplement<'static> {
    Supplement {
        store_id: Some("99999999999990001000002000003".parse().unwrap()),
        postal_code: Some("1500001"),
        alternate_name: Some("ヌードルバー"),
        name: Some("NOODLE BAR"),
        city: Some("PHNOM PENH"),
        bakong_account: Some("settle@sath"),
        acquiring_bank: Some("Sathapana"),
        currency: Some(currency),
        amount: Some(Amount::new("1500").unwrap()),
        created_ms: Some(now_ms),
        expires_at_ms: Some(now_ms + 60_000),
        ..Supplement::default()
    }
}

#[derive(Default)]
struct Counts {
    rewritten: usize,
    /// By reason; a payload counts for each of its reasons.
    blocked: BTreeMap<&'static str, usize>,
    blocked_payloads: usize,
    broken: Vec<String>,
}

impl Counts {
    fn take(&mut self, id: &Value, report: Rewrite<'_, '_>, accepts: impl Fn(&Payload<'_>) -> Result<(), String>) {
        let leaves = report.intent().payload.leaves().count();
        assert_eq!(report.leaves().count(), leaves, "{id}");
        let reasons: BTreeSet<_> = report.blocks().iter().map(|block| block.reason.name()).collect();
        match report.write(&mut [0; 4096]) {
            Ok(rewritten) => {
                assert!(reasons.is_empty(), "{id}");
                let result = Payload::parse(rewritten.text).unwrap();
                if let Err(finding) = accepts(&result) {
                    self.broken.push(format!("{id}: {finding}"));
                }
                assert_eq!(rewritten.origins().count(), result.leaves().count(), "{id}");
                self.rewritten += 1;
            }
            Err(RewriteError::Blocked(_)) => {
                assert!(!reasons.is_empty());
                self.blocked_payloads += 1;
                for reason in reasons {
                    *self.blocked.entry(reason).or_default() += 1;
                }
            }
            Err(error) => self.broken.push(format!("{id}: {error}")),
        }
    }

    #[track_caller]
    fn state(&self, what: &str, all: usize) {
        eprintln!("{what}: {all} accepted, {} rewritten, blocked {:?}", self.rewritten, self.blocked);
        assert!(self.broken.is_empty(), "{:#?}", self.broken);
        assert_eq!(self.rewritten + self.blocked_payloads, all);
    }
}

fn become_jpqr_codes(lines: &[Value]) {
    let (mut counts, mut all) = (Counts::default(), 0);
    for line in lines.iter().filter(|line| line["wire"] == "valid") {
        let id = &line["id"];
        let now_ms = line["now_ms"].as_u64().unwrap();
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        let Ok(code) = payload.view::<Khqr<'_>>(Clock::at_millis(now_ms)) else { continue };
        all += 1;
        let intent = Intent::of(&payload, Policy::default()).unwrap_or_else(|| panic!("{id} has no intent"));
        assert_eq!(intent.scheme, Scheme::Khqr);
        assert!(intent.payee.is_some(), "{id}");
        let report = Rewrite::to_jpqr(&code, &supplement(now_ms, Currency::JPY))
            .at(Clock::at_millis(now_ms))
            .under(Policy::default());
        counts
            .take(id, report, |result| result.view::<Jpqr<'_>>(()).map(|_| ()).map_err(|finding| finding.to_string()));
    }
    assert!(all > lines.len() / 4, "{all}");
    counts.state("khqr to jpqr", all);
}

fn become_khqr_codes(lines: &[Value]) {
    const NOW: u64 = 1_750_000_000_000;
    let (mut counts, mut all) = (Counts::default(), 0);
    for line in lines.iter().filter(|line| line["wire"] == "valid") {
        let id = &line["id"];
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        let Ok(code) = payload.view::<Jpqr<'_>>(()) else { continue };
        all += 1;
        // Also with the GUID in upper case, which only warns.
        assert!(Jpqr::recognises(&payload), "{id}");
        let intent = Intent::of(&payload, Policy::default()).unwrap_or_else(|| panic!("{id} has no intent"));
        assert_eq!(intent.payee.as_ref(), code.payee(), "{id}");
        assert_eq!(intent.scheme, Scheme::Jpqr);
        assert!(intent.payee.is_some(), "{id}");
        let report =
            Rewrite::to_khqr(&code, &supplement(NOW, Currency::KHR)).at(Clock::at_millis(NOW)).under(Policy::default());
        counts.take(id, report, |result| {
            result.view::<Khqr<'_>>(Clock::at_millis(NOW)).map(|_| ()).map_err(|finding| finding.to_string())
        });
    }
    assert!(all > lines.len() / 5, "{all}");
    counts.state("jpqr to khqr", all);
}

/// The cases from the field: whose code it is, and whether it can be paid.
fn have_an_intent_if_a_scheme_knows_them(lines: &[Value]) {
    let mut seen = BTreeMap::<String, usize>::new();
    for line in lines {
        let (id, expect) = (&line["id"], &line["expect"]);
        let Some(payload) = line["payload"].as_str().and_then(|text| Payload::parse(text).ok()) else { continue };
        let Some(profile) = expect["profile"].as_str() else { continue };
        let intent = Intent::of(&payload, Policy::default());
        let scheme = intent.as_ref().map(|intent| intent.scheme.to_string());
        // Another network is not one of the two.
        let scheme = scheme.filter(|scheme| ["khqr", "jpqr"].contains(&scheme.as_str()));
        let known = ["khqr", "jpqr"].contains(&profile).then(|| profile.to_owned());
        assert_eq!(scheme, known, "{id}");
        if let Some(intent) = intent.filter(|_| expect["valid"] == true) {
            let blocks = intent.blocks(Clock::at_millis(1_760_000_000_000), Policy::default());
            assert!(intent.payee.is_some() && blocks.is_empty(), "{id}: {blocks:?}");
        }
        *seen.entry(profile.to_owned()).or_default() += 1;
    }
    assert!(seen["jpqr"] > 0 && seen["emv"] > 0, "{seen:?}");
}

/// What is on the wire but does not conform never panics, and is never rewritten.
fn refused_is_blocked(lines: &[Value]) {
    for line in lines.iter().filter(|line| line["wire"] == "valid") {
        let now = Clock::at_millis(line["now_ms"].as_u64().unwrap_or(1_750_000_000_000));
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        let [yen, riel] = [Currency::JPY, Currency::KHR].map(|currency| supplement(1_750_000_000_000, currency));
        let mut buffer = [0; 4096];
        if payload.view::<Khqr<'_>>(now).is_err() {
            let report = Rewrite::to_jpqr(&Khqr::of(&payload), &yen).at(now).under(Policy::default());
            assert!(matches!(report.write(&mut buffer), Err(RewriteError::Blocked(_))), "{}", line["id"]);
        }
        if payload.view::<Jpqr<'_>>(()).is_err() {
            let report = Rewrite::to_khqr(&Jpqr::of(&payload), &riel).at(now).under(Policy::default());
            assert!(matches!(report.write(&mut buffer), Err(RewriteError::Blocked(_))), "{}", line["id"]);
        }
    }
}
