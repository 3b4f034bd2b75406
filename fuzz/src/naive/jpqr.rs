//! JPQR's rules once more: EMVCo's as JPQR keeps them, then its own.

use super::payees::{self, GUID, find, value};
use super::report::{ERROR, Finding, Report, WARNING};
use super::rules::{self, is_decimal, is_digits};
use super::{Object, Text};

/// The levels of a store, with their lengths.
const LEVELS: [(u8, usize); 4] = [(1, 13), (2, 4), (3, 6), (4, 6)];

/// What a payload with these root objects breaks under JPQR, sorted.
///
/// The rules of [`rules::ELSEWHERE`] are not here either.
#[must_use]
pub fn findings(text: &Text, root: &[Object]) -> Vec<Finding> {
    let mut check = Check { text, root, report: Report::default() };
    check.report.findings = rules::findings(text, root);
    let templates = payees::jpqr_templates(text, root);
    if payees::are_several(text, &templates) {
        // Said of the template that is too many.
        check.report.findings.retain(|finding| finding.rule != "emv.ambiguous-payee");
    }
    check.presence();
    check.templates();
    for object in root {
        check.root_object(object);
    }
    check.report.sorted()
}

struct Check<'t> {
    text: &'t Text,
    root: &'t [Object],
    report: Report,
}

impl Check<'_> {
    fn value_of(&self, id: u8) -> Option<&str> {
        value(self.root, id)
    }

    fn presence(&mut self) {
        let crc = find(self.root, 63).expect("a payload has a CRC").offset;
        if !payees::is_jpqr(self.text, self.root) {
            self.report.add(ERROR, "jpqr.26-51.missing", &[], crc);
        }
        let expected = [
            (1, "jpqr.01.missing", WARNING, true),
            (54, "jpqr.54.missing", WARNING, self.value_of(1) == Some("12")),
            (61, "jpqr.61.missing", ERROR, true),
            (64, "jpqr.64.missing", ERROR, true),
        ];
        for (id, rule, severity, due) in expected {
            if due && find(self.root, id).is_none() {
                self.report.add(severity, rule, &[id], crc);
            }
        }
    }

    fn templates(&mut self) {
        let templates = payees::jpqr_templates(self.text, self.root);
        for (position, template) in templates.iter().enumerate() {
            let is_same = payees::is_same_store(self.text, templates[0], template);
            match position {
                0 if template.id() == 26 => {}
                0 => self.report.at_object(WARNING, "jpqr.26-51.position", template),
                _ if is_same => self.report.at_object(WARNING, "jpqr.26-51.repeated", template),
                _ => self.report.at_object(ERROR, "jpqr.26-51.ambiguous", template),
            }
            if let Some(objects) = payees::sound(self.text, template) {
                self.template(template, &objects);
            }
        }
    }

    fn template(&mut self, template: &Object, objects: &[Object]) {
        for (id, length) in LEVELS {
            let Some(level) = find(objects, id) else {
                self.report.missing_in(ERROR, "jpqr.level.missing", template, id);
                continue;
            };
            if level.length() != length {
                self.report.at_value(ERROR, "jpqr.level.length", level);
            }
            let is_printable = level.value.chars().all(|c| (' '..='~').contains(&c));
            // Said as that, and not once more as what turns text round.
            let path = format!("{:02}-{id:02}", template.id());
            self.report.findings.retain(|found| found.rule != "emv.text.control" || found.path != path);
            if !is_printable {
                self.report.at_value(ERROR, "jpqr.level.charset", level);
            } else if !level.value.chars().all(|c| c.is_ascii_digit()) {
                self.report.at_value(WARNING, "jpqr.level.digits", level);
            }
        }
        for id in 5..=99 {
            if let Some(object) = find(objects, id) {
                self.report.at_object(WARNING, "jpqr.template.object", object);
            }
        }
        if let Some(guid) = find(objects, 0)
            && guid.value != GUID
        {
            self.report.at_value(WARNING, "jpqr.guid.case", guid);
        }
    }

    fn root_object(&mut self, object: &Object) {
        let value = object.value.as_str();
        match object.id() {
            53 if value != "392" => self.report.at_value(ERROR, "jpqr.53.value", object),
            54 => {
                if self.value_of(1) == Some("11") {
                    self.report.at_value(WARNING, "jpqr.54.static", object);
                }
                self.amount(object);
            }
            58 if value != "JP" => self.report.at_value(ERROR, "jpqr.58.value", object),
            61 if !is_digits(value, 7) => self.report.at_value(WARNING, "jpqr.61.digits", object),
            64 => self.language(object),
            _ => {}
        }
    }

    /// The yen has no decimals.
    fn amount(&mut self, object: &Object) {
        if !is_decimal(&object.value) || object.length() > 13 {
            return;
        }
        let (_, decimals) = object.value.split_once('.').unwrap_or((&object.value, ""));
        if decimals.chars().any(|c| c != '0') {
            self.report.at_value(ERROR, "jpqr.54.decimals", object);
        } else if !decimals.is_empty() {
            self.report.at_value(WARNING, "jpqr.54.zeros", object);
        }
    }

    fn language(&mut self, template: &Object) {
        let Some(objects) = payees::sound(self.text, template) else { return };
        if let Some(language) = find(&objects, 0) {
            if !language.value.eq_ignore_ascii_case("JA") {
                self.report.at_value(ERROR, "jpqr.64-00.value", language);
            } else if language.value != "JA" {
                self.report.at_value(WARNING, "jpqr.64-00.case", language);
            }
        }
        if let Some(city) = find(&objects, 2) {
            self.report.at_object(ERROR, "jpqr.64-02.unexpected", city);
        }
    }
}
