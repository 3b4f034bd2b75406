//! What is found in a payload, and where.

use super::{Object, written};

/// The severity of what must not be.
pub const ERROR: &str = "error";
/// The severity of what should not be.
pub const WARNING: &str = "warning";

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// [`ERROR`] or [`WARNING`].
    pub severity: &'static str,
    /// The object concerned; empty for the payload as a whole.
    pub path: String,
    /// The first byte concerned.
    pub offset: usize,
}

/// Findings as they come.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All so far.
    pub findings: Vec<Finding>,
}

impl Report {
    /// At any place.
    pub fn add(&mut self, severity: &'static str, rule: &'static str, path: &[u8], offset: usize) {
        self.findings.push(Finding { rule, severity, path: written(path), offset });
    }

    /// At the first byte of a value.
    pub fn at_value(&mut self, severity: &'static str, rule: &'static str, object: &Object) {
        self.add(severity, rule, &object.path, object.value_offset);
    }

    /// At the first byte of a header.
    pub fn at_object(&mut self, severity: &'static str, rule: &'static str, object: &Object) {
        self.add(severity, rule, &object.path, object.offset);
    }

    /// At the first character too many, if there is one.
    pub fn at_excess(&mut self, severity: &'static str, rule: &'static str, object: &Object, limit: usize) {
        if let Some((byte, _)) = object.value.char_indices().nth(limit) {
            self.add(severity, rule, &object.path, object.value_offset + byte);
        }
    }

    /// At the first character that is meant, if there is one.
    pub fn at_character(
        &mut self,
        severity: &'static str,
        rule: &'static str,
        object: &Object,
        is_meant: fn(char) -> bool,
    ) {
        if let Some((byte, _)) = object.value.char_indices().find(|(_, c)| is_meant(*c)) {
            self.add(severity, rule, &object.path, object.value_offset + byte);
        }
    }

    /// Where an object of a template would stand: behind its last one.
    pub fn missing_in(&mut self, severity: &'static str, rule: &'static str, template: &Object, id: u8) {
        let path = [template.path.as_slice(), &[id]].concat();
        self.add(severity, rule, &path, template.end());
    }

    /// All findings, sorted.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Finding> {
        self.findings.sort();
        self.findings
    }
}
