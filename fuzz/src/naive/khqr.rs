//! KHQR's rules once more: EMVCo's as KHQR keeps them, then its own.

use super::payees::{self, find, value};
use super::report::{ERROR, Finding, Report, WARNING};
use super::rules::{self, hides, is_control, is_decimal, is_digits, is_invisible, turns_or_breaks};
use super::{Object, Text, leaves, pieces};

/// The templates that KHQR's own toolkits read.
const TEMPLATES: [u8; 5] = [29, 30, 62, 64, 99];

/// What a payload with these root objects breaks under KHQR, sorted. The clock is in milliseconds since 1970.
///
/// The rules of [`rules::ELSEWHERE`] are not here either.
#[must_use]
pub fn findings(text: &Text, root: &[Object], clock: Option<u64>) -> Vec<Finding> {
    let mut check = Check { text, root, report: Report::default() };
    for finding in rules::findings(text, root) {
        if let Some(finding) = check.changed(finding) {
            check.report.findings.push(finding);
        }
    }
    check.presence();
    for object in root {
        check.root_object(object);
    }
    for id in TEMPLATES {
        if let Some(template) = find(root, id) {
            match payees::sound(text, template) {
                Some(objects) => check.sound_template(template, &objects),
                None => check.broken_template(template),
            }
        }
    }
    check.times(clock);
    check.beyond_bmp();
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

    /// Whether the code asks for an amount, or says that it is for one payment.
    fn is_dynamic(&self) -> bool {
        self.value_of(1) == Some("12") || find(self.root, 54).is_some()
    }

    /// A finding of EMVCo's rules as KHQR has it.
    fn changed(&self, mut finding: Finding) -> Option<Finding> {
        let is_account = ["29-00", "30-00"].contains(&finding.path.as_str());
        let is_behind_account = ["29-01", "29-02", "30-01", "30-02"].contains(&finding.path.as_str());
        let is_creation = finding.path == "99-00";
        match finding.rule {
            "emv.text.charset" if is_national(&finding.path) && !self.is_control_at(finding.offset) => {
                if self.is_khmer(&finding.path) {
                    return None;
                }
                finding.severity = WARNING;
            }
            "emv.64-00.missing" | "emv.64-01.missing" if self.has_city_alone() => finding.severity = WARNING,
            "emv.guid.missing" if is_account => finding.rule = "khqr.account.missing",
            "emv.guid.length" if is_account => finding.rule = "khqr.account.length",
            "emv.guid.charset" if is_account => finding.rule = "khqr.account.charset",
            "emv.guid.missing" if is_creation => {
                finding.rule = "khqr.99.creation-missing";
                finding.severity = WARNING;
            }
            "emv.guid.length" | "emv.guid.charset" if is_creation => return None,
            "emv.text.control" if is_behind_account && self.is_control_at(finding.offset) => return None,
            "emv.ambiguous-payee" if payees::has_both(self.root) && !payees::has_two_stores(self.text, self.root) => {
                return None;
            }
            _ => {}
        }
        Some(finding)
    }

    /// Whether every character of a value is ASCII, Khmer, a zero-width space or joiner, or has a finding of its own.
    fn is_khmer(&self, path: &str) -> bool {
        let ids: Vec<u8> = path.split('-').map(|id| id.parse().expect("two digits")).collect();
        let root = find(self.root, ids[0]).expect("a finding is about an object");
        let inside;
        let object = match ids.get(1) {
            None => root,
            Some(id) => {
                inside = root.run(self.text).0;
                find(&inside, *id).expect("a finding is about an object")
            }
        };
        let is_one = |c: char| {
            matches!(c, ' '..='~' | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}' | '\u{200B}'..='\u{200D}')
                || is_control(c)
                || turns_or_breaks(c)
                || hides(c)
        };
        object.value.chars().all(is_one)
    }

    fn is_control_at(&self, byte: usize) -> bool {
        let position = self.text.bytes.iter().position(|at| *at == byte).expect("a finding is at a character");
        is_control(self.text.chars[position])
    }

    /// Whether 64 holds 02, but neither 00 nor 01.
    fn has_city_alone(&self) -> bool {
        let objects = find(self.root, 64).and_then(|template| payees::sound(self.text, template)).unwrap_or_default();
        find(&objects, 2).is_some() && find(&objects, 0).is_none() && find(&objects, 1).is_none()
    }

    fn presence(&mut self) {
        let crc = find(self.root, 63).expect("a payload has a CRC").offset;
        if find(self.root, 29).is_none() && find(self.root, 30).is_none() {
            self.report.add(ERROR, "khqr.29-30.missing", &[], crc);
        }
        if self.value_of(1) == Some("12") && find(self.root, 54).is_none() {
            self.report.add(ERROR, "khqr.54.missing", &[54], crc);
        }
        if find(self.root, 99).is_none() && self.is_dynamic() {
            self.report.add(ERROR, "khqr.99.expiry-missing", &[99], crc);
        }
    }

    fn root_object(&mut self, object: &Object) {
        let value = object.value.as_str();
        match object.id() {
            15 => {
                self.report.at_excess(WARNING, "khqr.15.length", object, 31);
                if self.value_of(53).is_some_and(|currency| currency != "116") {
                    self.report.at_value(WARNING, "khqr.15.currency", object);
                }
            }
            30 if payees::has_both(self.root) => self.report.at_object(ERROR, "khqr.account.ambiguous", object),
            53 if is_digits(value, 3) && !["116", "840"].contains(&value) => {
                self.report.at_value(ERROR, "khqr.53.value", object);
            }
            54 => self.amount(object),
            58 if !value.eq_ignore_ascii_case("KH") => self.report.at_value(ERROR, "khqr.58.value", object),
            59 | 60 => self.direction(object),
            _ => {}
        }
    }

    /// The riel has no decimals here, the dollar two.
    fn amount(&mut self, object: &Object) {
        let decimals = match self.value_of(53) {
            Some("116") => 0,
            Some("840") => 2,
            _ => return,
        };
        if !is_decimal(&object.value) || object.length() > 13 {
            return;
        }
        let (_, written) = object.value.split_once('.').unwrap_or((&object.value, ""));
        let excess: String = written.chars().skip(decimals).collect();
        if excess.chars().any(|c| c != '0') {
            self.report.at_value(ERROR, "khqr.54.decimals", object);
        } else if !excess.is_empty() {
            self.report.at_value(WARNING, "khqr.54.zeros", object);
        }
    }

    /// What turns or breaks the line that a payer reads.
    fn direction(&mut self, object: &Object) {
        let is_meant = |c| turns_or_breaks(c) && !hides(c);
        self.report.at_character(WARNING, "emv.text.control", object, is_meant);
    }

    fn sound_template(&mut self, template: &Object, objects: &[Object]) {
        let id = template.id();
        if [29, 30].contains(&id) {
            if let Some(account) = find(objects, 0) {
                self.account_format(account);
                if account.value.chars().any(is_blank) {
                    self.report.at_value(WARNING, "khqr.account.blank", account);
                }
            }
            if let Some(information) = find(objects, 1) {
                self.report.at_excess(ERROR, "khqr.account.information-length", information, 32);
            }
            if let Some(bank) = find(objects, 2) {
                self.report.at_excess(ERROR, "khqr.account.bank-length", bank, 32);
            }
        }
        if [29, 30].contains(&id) {
            for object in [1, 2].into_iter().filter_map(|id| find(objects, id)) {
                self.report.at_character(ERROR, "emv.text.charset", object, is_control);
                if is_invisible(&object.value) {
                    self.report.at_value(WARNING, "emv.text.blank", object);
                }
            }
        }
        if id == 30 {
            for (id, rule) in [(1, "khqr.30-01.missing"), (2, "khqr.30-02.missing")] {
                if find(objects, id).is_none() {
                    self.report.missing_in(WARNING, rule, template, id);
                }
            }
        }
        if id == 62 {
            for id in 1..=8 {
                if let Some(object) = find(objects, id) {
                    self.direction(object);
                }
            }
        }
    }

    /// Exactly one "@", with something on both sides.
    fn account_format(&mut self, account: &Object) {
        let is_account = match account.value.split('@').collect::<Vec<_>>()[..] {
            [name, bank] => !name.chars().all(is_blank) && !bank.chars().all(is_blank),
            _ => false,
        };
        if !is_account {
            self.report.at_value(ERROR, "khqr.account.format", account);
        }
    }

    fn broken_template(&mut self, template: &Object) {
        let id = template.id();
        let pieces = pieces(self.text, template);
        for object in &pieces {
            if object.value.is_empty() {
                self.report.at_value(ERROR, "khqr.sub.empty", object);
            }
            let limit = match (id, object.id()) {
                (29 | 30, 0..=2) => Some(32),
                (62, 1 | 2 | 3 | 7 | 8) | (64, 1) => Some(25),
                (64, 0) => Some(2),
                (64, 2) => Some(15),
                _ => None,
            };
            if let Some(limit) = limit {
                self.report.at_excess(ERROR, "khqr.sub.length", object, limit);
            }
            let is_account = [29, 30].contains(&id) && object.id() == 0;
            if is_account && (1..=32).contains(&object.length()) {
                self.account_format(object);
            }
        }
        let mandatory: &[u8] = match id {
            29 | 30 => &[0],
            64 => &[0, 1],
            _ => &[],
        };
        for sub in mandatory {
            if !pieces.iter().any(|piece| piece.id() == *sub) {
                self.report.missing_in(ERROR, "khqr.sub.missing", template, *sub);
            }
        }
    }

    /// 99: when the code was made, and until when it may be paid.
    fn times(&mut self, clock: Option<u64>) {
        let Some(template) = find(self.root, 99) else { return };
        let pieces = pieces(self.text, template);
        let first = |id: u8| pieces.iter().find(|piece| piece.id() == id);
        let creation = first(0);
        if let Some(creation) = creation
            && time(&creation.value).is_none()
        {
            self.report.at_value(WARNING, "khqr.99.creation-format", creation);
        }
        let is_dynamic = self.is_dynamic();
        let Some(expiry) = first(1).filter(|piece| !piece.value.is_empty()) else {
            if is_dynamic {
                self.report.missing_in(ERROR, "khqr.99.expiry-missing", template, 1);
            }
            return;
        };
        let severity = if is_dynamic { ERROR } else { WARNING };
        let Some(expires) = time(&expiry.value) else {
            self.report.at_value(severity, "khqr.99.expiry-format", expiry);
            return;
        };
        if creation.and_then(|creation| time(&creation.value)).is_some_and(|created| created > expires) {
            self.report.at_value(severity, "khqr.99.expiry-before-creation", expiry);
        }
        if clock.is_some_and(|now| expires < now) {
            self.report.at_value(severity, "khqr.99.expired", expiry);
        }
    }

    /// Characters that KHQR's own toolkits count as two.
    fn beyond_bmp(&mut self) {
        for leaf in leaves(self.text, self.root) {
            if let Some((byte, _)) = leaf.value.char_indices().find(|(_, c)| *c > '\u{FFFF}') {
                self.report.add(ERROR, "khqr.text.beyond-bmp", &leaf.path, leaf.value_offset + byte);
            }
        }
    }
}

/// Where the letters of the country may stand.
fn is_national(path: &str) -> bool {
    ["59", "60", "62-01", "62-02", "62-03", "62-04", "62-05", "62-06", "62-07", "62-08"].contains(&path)
}

/// Space, tab, line feed, carriage return, form feed.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Thirteen digits above zero.
fn time(value: &str) -> Option<u64> {
    if !is_digits(value, 13) {
        return None;
    }
    value.parse().ok().filter(|time| *time > 0)
}
