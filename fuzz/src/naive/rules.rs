//! EMVCo's rules once more: all errors except those that need a register of ISO, and the warnings that are decided by
//! IDs, digits or case.

use super::{Object, Text, written};

/// Rules of the library that are not here.
pub const ELSEWHERE: [&str; 8] = [
    "emv.53.unassigned",
    "emv.58.unassigned",
    "emv.64-00.unassigned",
    "emv.54.decimals",
    "emv.56.decimals",
    "emv.guid.shape",
    "emv.text.decomposed",
    "emv.text.control",
];

/// The id of a broken rule, the path and the byte.
pub type Finding = (&'static str, String, usize);

/// What a payload with these root objects breaks, sorted.
#[must_use]
pub fn findings(text: &Text, objects: &[Object]) -> Vec<Finding> {
    let mut check = Check { text, root: objects, findings: Vec::new() };
    check.presence();
    for object in objects {
        check.root_object(object);
    }
    check.payee();
    if text.len() > 512 {
        check.findings.push(("emv.size", String::new(), 0));
    }
    check.findings.sort();
    check.findings
}

struct Check<'t> {
    text: &'t Text,
    root: &'t [Object],
    findings: Vec<Finding>,
}

impl Check<'_> {
    fn value_of(&self, id: u8) -> Option<&str> {
        find(self.root, id).map(|object| object.value.as_str())
    }

    /// Whose payee a code of Cambodia or Japan names, where that is not certain.
    fn payee(&mut self) {
        let accounts: Vec<&Object> = self.root.iter().filter(|object| (26..=51).contains(&object.id())).collect();
        let is_of_cambodia = self.value_of(58) == Some("KH") || ["116", "840"].map(Some).contains(&self.value_of(53));
        let is_khqr = is_of_cambodia
            && accounts.iter().filter(|account| [29, 30].contains(&account.id())).any(|account| {
                let (objects, fault) = account.run(self.text);
                fault.is_none() && find(&objects, 0).is_some_and(|id| id.value.contains('@'))
            });
        let guid = |account: &Object| find(&account.run(self.text).0, 0).map(|guid| guid.value.clone());
        let is_jpqr = accounts.iter().any(|account| guid(account).as_deref() == Some(emvqr::jpqr::GUID));
        let has_both = find(self.root, 29).is_some() && find(self.root, 30).is_some();
        let stores: Vec<_> = accounts
            .iter()
            .filter(|account| guid(account).is_some_and(|guid| guid.eq_ignore_ascii_case(emvqr::jpqr::GUID)))
            .map(|account| self.store(account))
            .collect();
        let is_one = stores.iter().all(|store| store.is_some() && *store == stores[0]) || stores.len() == 1;
        let is_asked =
            self.value_of(58) == Some("JP") || accounts.iter().any(|account| [29, 30].contains(&account.id()));
        let rule = match (is_khqr, is_jpqr) {
            _ if !is_asked || accounts.len() < 2 => return,
            (true, true) => "emv.ambiguous-scheme",
            (true, false) if has_both => "emv.ambiguous-payee",
            (false, true) if !is_one => "emv.ambiguous-payee",
            _ => return,
        };
        self.findings.push((rule, String::new(), 0));
    }

    /// The store id of a template: four levels of ASCII, in a template that repeats nothing.
    fn store(&self, template: &Object) -> Option<String> {
        let (objects, fault) = template.run(self.text);
        let repeats = |object: &Object| objects.iter().filter(|other| other.id() == object.id()).count() > 1;
        if fault.is_some() || objects.iter().any(repeats) {
            return None;
        }
        let levels = [(1, 13), (2, 4), (3, 6), (4, 6)].map(|(id, length)| {
            find(&objects, id).filter(|level| level.value.is_ascii() && level.value.len() == length)
        });
        levels.into_iter().map(|level| level.map(|level| level.value.as_str())).collect()
    }

    fn at_value(&mut self, rule: &'static str, object: &Object) {
        self.findings.push((rule, written(&object.path), object.value_offset));
    }

    fn at_object(&mut self, rule: &'static str, object: &Object) {
        self.findings.push((rule, written(&object.path), object.offset));
    }

    fn presence(&mut self) {
        let crc = find(self.root, 63).expect("a payload has a CRC").offset;
        let mut missing = Vec::new();
        if !self.root.iter().any(|object| (2..=51).contains(&object.id())) {
            missing.push(("emv.02-51.missing", String::new(), crc));
        }
        let tip = self.value_of(55);
        let mandatory = [
            (52, "emv.52.missing", true),
            (53, "emv.53.missing", true),
            (56, "emv.56.missing", tip == Some("02")),
            (57, "emv.57.missing", tip == Some("03")),
            (58, "emv.58.missing", true),
            (59, "emv.59.missing", true),
            (60, "emv.60.missing", true),
        ];
        for (id, rule, due) in mandatory {
            if due && find(self.root, id).is_none() {
                missing.push((rule, written(&[id]), crc));
            }
        }
        self.findings.extend(missing);
    }

    fn root_object(&mut self, object: &Object) {
        let value = object.value.as_str();
        let tip = self.value_of(55).map(ToOwned::to_owned);
        match object.id() {
            0 if value != "01" => self.at_value("emv.00.value", object),
            1 if !["11", "12"].contains(&value) => self.at_value("emv.01.value", object),
            2..=25 => self.primitive_account(object),
            26..=51 => self.identified(object, "emv.26-51.duplicate"),
            52 if !is_digits(value, 4) => self.at_value("emv.52.format", object),
            53 if !is_digits(value, 3) => self.at_value("emv.53.format", object),
            54 => {
                self.amount(object, ["emv.54.length", "emv.54.format", "emv.54.zero", "emv.54.unusual"]);
            }
            55 if !["01", "02", "03"].contains(&value) => self.at_value("emv.55.value", object),
            56 => {
                if tip.as_deref() != Some("02") {
                    self.at_object("emv.56.unexpected", object);
                }
                self.amount(object, ["emv.56.length", "emv.56.format", "emv.56.zero", "emv.56.unusual"]);
            }
            57 => {
                if tip.as_deref() != Some("03") {
                    self.at_object("emv.57.unexpected", object);
                }
                self.percentage(object);
            }
            58 => {
                if !is_two_letters(value) {
                    self.at_value("emv.58.format", object);
                } else if value.chars().any(|c| c.is_ascii_lowercase()) {
                    self.at_value("emv.58.case", object);
                }
            }
            59 => self.ans(object, 25),
            60 => self.ans(object, 15),
            61 => self.ans(object, 10),
            62 => self.additional_data(object),
            63 if value.chars().any(|c| c.is_ascii_lowercase()) => self.at_value("emv.63.case", object),
            64 => self.language(object),
            65..=79 => self.at_object("emv.rfu.object", object),
            80..=99 => self.identified(object, "emv.template.duplicate"),
            _ => {}
        }
    }

    fn primitive_account(&mut self, object: &Object) {
        self.ans(object, 99);
        if matches!(object.id(), 6..=8 | 17..=25) {
            self.at_object("emv.02-25.reserved", object);
        }
    }

    /// 54 and 56.
    fn amount(&mut self, object: &Object, [length, format, zero, unusual]: [&'static str; 4]) {
        self.at_most(object, 13, length);
        if !is_decimal(&object.value) {
            self.at_value(format, object);
            return;
        }
        if !object.value.contains(|c: char| ('1'..='9').contains(&c)) {
            self.at_value(zero, object);
        }
        let second_is_digit = object.value.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        if object.value.starts_with('.') || (object.value.starts_with('0') && second_is_digit) {
            self.at_value(unusual, object);
        }
    }

    /// 57: from 00.01 to 99.99 percent.
    fn percentage(&mut self, object: &Object) {
        self.at_most(object, 5, "emv.57.length");
        if !is_decimal(&object.value) {
            self.at_value("emv.57.format", object);
        } else if object.length() <= 5 {
            // Five characters have at most four decimals.
            let (whole, decimals) = object.value.split_once('.').unwrap_or((&object.value, ""));
            let units: u32 = format!("{whole}{decimals:0<4}").parse().expect("at most nine digits");
            if !(100..=999_900).contains(&units) {
                self.at_value("emv.57.range", object);
            }
        }
    }

    /// 62.
    fn additional_data(&mut self, template: &Object) {
        for object in self.open(template, "emv.template.duplicate").unwrap_or_default() {
            match object.id() {
                1..=8 => self.ans(&object, 25),
                9 => {
                    let letters: Vec<char> = object.value.chars().collect();
                    let once = |c: &char| letters.iter().filter(|other| *other == c).count() == 1;
                    if !letters.iter().all(|c| "AME".contains(*c) && once(c)) {
                        self.at_value("emv.62-09.value", &object);
                    }
                }
                10 => self.ans(&object, 20),
                11 => {
                    let listed = match object.value.chars().collect::<Vec<_>>()[..] {
                        [media, location, presence] => {
                            ('0'..='7').contains(&media)
                                && ('0'..='3').contains(&location)
                                && ('0'..='3').contains(&presence)
                        }
                        _ => false,
                    };
                    if !listed {
                        self.at_value("emv.62-11.value", &object);
                    }
                }
                50..=99 => self.identified(&object, "emv.template.duplicate"),
                _ => self.at_object("emv.rfu.object", &object),
            }
        }
    }

    /// 64.
    fn language(&mut self, template: &Object) {
        let Some(objects) = self.open(template, "emv.template.duplicate") else { return };
        for (id, rule) in [(0, "emv.64-00.missing"), (1, "emv.64-01.missing")] {
            if find(&objects, id).is_none() {
                self.findings.push((rule, written(&[64, id]), template.end()));
            }
        }
        for object in &objects {
            match object.id() {
                0 if !is_two_letters(&object.value) => self.at_value("emv.64-00.format", object),
                1 => self.at_most(object, 25, "emv.text.length"),
                2 => self.at_most(object, 15, "emv.text.length"),
                3..=99 => self.at_object("emv.rfu.object", object),
                _ => {}
            }
        }
    }

    /// Templates whose owner is named by 00: 26-51, 62-50 to 62-99, 80-99.
    fn identified(&mut self, template: &Object, duplicate: &'static str) {
        let Some(objects) = self.open(template, duplicate) else { return };
        match find(&objects, 0) {
            None => {
                let path = [template.path.as_slice(), &[0]].concat();
                self.findings.push(("emv.guid.missing", written(&path), template.end()));
            }
            Some(guid) => {
                self.at_most(guid, 32, "emv.guid.length");
                if !is_ans(&guid.value) {
                    self.at_value("emv.guid.charset", guid);
                }
            }
        }
    }

    /// The objects of a template, the first of each ID; nothing where it is none.
    fn open(&mut self, template: &Object, duplicate: &'static str) -> Option<Vec<Object>> {
        let (objects, fault) = template.run(self.text);
        if let Some(fault) = fault {
            self.findings.push(("emv.template.format", written(&template.path), fault.offset));
            return None;
        }
        let mut first_of_each: Vec<Object> = Vec::new();
        for object in &objects {
            let before =
                objects.iter().filter(|other| other.id() == object.id() && other.offset < object.offset).count();
            match before {
                0 => first_of_each.push(object.clone()),
                1 => self.at_object(duplicate, object),
                _ => {}
            }
        }
        Some(first_of_each)
    }

    fn ans(&mut self, object: &Object, characters: usize) {
        self.at_most(object, characters, "emv.text.length");
        if !is_ans(&object.value) {
            self.at_value("emv.text.charset", object);
        }
    }

    /// The place is the first character too many.
    fn at_most(&mut self, object: &Object, characters: usize, rule: &'static str) {
        if let Some((byte, _)) = object.value.char_indices().nth(characters) {
            self.findings.push((rule, written(&object.path), object.value_offset + byte));
        }
    }
}

fn find(objects: &[Object], id: u8) -> Option<&Object> {
    objects.iter().find(|object| object.id() == id)
}

fn is_digits(value: &str, count: usize) -> bool {
    value.chars().count() == count && value.chars().all(|c| c.is_ascii_digit())
}

fn is_two_letters(value: &str) -> bool {
    value.chars().count() == 2 && value.chars().all(|c| c.is_ascii_alphabetic())
}

/// Digits with at most one decimal mark, and at least one digit.
fn is_decimal(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let marks = value.chars().filter(|c| *c == '.').count();
    digits >= 1 && marks <= 1 && digits + marks == value.chars().count()
}

/// The common character set: SP to ~.
fn is_ans(value: &str) -> bool {
    value.chars().all(|c| (' '..='~').contains(&c))
}
