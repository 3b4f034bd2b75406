//! How often what was wrong.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::output;
use emvqr_answer::Verdict;

/// Level, profile, rule or kind of error, severity.
type Key = (&'static str, &'static str, &'static str, &'static str);

/// How many payloads, and the line of the first.
#[derive(Clone, Copy)]
struct Count {
    payloads: u64,
    first: u64,
}

#[derive(Default)]
pub(crate) struct Stats {
    counts: BTreeMap<Key, Count>,
}

impl Stats {
    pub(crate) fn count(&mut self, line: u64, verdict: &Verdict<'_>) {
        let (level, profile) = (verdict.level().name(), verdict.profile());
        self.add((level, profile, "", ""), Count { payloads: 1, first: line });
        if let Some(fault) = verdict.fault() {
            self.add((level, profile, fault.kind(), "error"), Count { payloads: 1, first: line });
        }
        for (place, violation) in verdict.violations().iter().enumerate() {
            let is_same = |other: &emvqr::Violation| other.rule() == violation.rule();
            // Payloads are counted, not findings.
            if !verdict.violations()[..place].iter().any(is_same) {
                let severity = match violation.severity() {
                    emvqr::Severity::Error => "error",
                    emvqr::Severity::Warning => "warning",
                };
                self.add((level, profile, violation.rule().id(), severity), Count { payloads: 1, first: line });
            }
        }
    }

    fn add(&mut self, key: Key, count: Count) {
        let known = self.counts.entry(key).or_insert(Count { payloads: 0, first: count.first });
        known.payloads += count.payloads;
        known.first = known.first.min(count.first);
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (key, count) in other.counts {
            self.add(key, count);
        }
    }

    pub(crate) fn write_table(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{:<13} {:<9} {:<32} {:<8} {:>10} {:>10}",
            "level", "scheme", "rule", "severity", "count", "first line"
        )?;
        for ((level, profile, rule, severity), Count { payloads, first }) in &self.counts {
            let rule = if rule.is_empty() { "(all payloads)" } else { rule };
            writeln!(out, "{level:<13} {profile:<9} {rule:<32} {severity:<8} {payloads:>10} {first:>10}")?;
        }
        Ok(())
    }

    pub(crate) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let rows: Vec<Value> = self
            .counts
            .iter()
            .map(|((level, scheme, rule, severity), Count { payloads, first })| {
                let some = |text: &'static str| (!text.is_empty()).then_some(text);
                json!({
                    "level": level, "scheme": scheme, "rule": some(rule), "severity": some(severity),
                    "count": payloads, "first_line": first,
                })
            })
            .collect();
        output::write_json(out, &json!({ "stats": rows }))
    }
}
