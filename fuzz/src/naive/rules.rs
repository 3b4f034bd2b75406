//! EMVCo's rules once more: all errors except those that need a register of ISO, and the warnings that are decided by
//! IDs, digits, case or a short list of characters.

use super::payees::{self, find};
use super::report::{ERROR, Finding, Report, WARNING};
use super::{Object, Text};

/// Rules of the library that are not here.
pub const ELSEWHERE: [&str; 8] = [
    // The law of its own compares it.
    "emv.length.ambiguous",
    "emv.53.unassigned",
    "emv.58.unassigned",
    "emv.64-00.unassigned",
    "emv.54.decimals",
    "emv.56.decimals",
    "emv.guid.shape",
    "emv.text.decomposed",
];

/// What a payload with these root objects breaks, sorted.
#[must_use]
pub fn findings(text: &Text, objects: &[Object]) -> Vec<Finding> {
    let mut check = Check { text, root: objects, report: Report::default() };
    check.presence();
    for object in objects {
        check.root_object(object);
    }
    check.payee();
    if text.len() > 512 {
        check.report.add(WARNING, "emv.size", &[], 0);
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
        payees::value(self.root, id)
    }

    /// Who is paid, where that is not certain.
    fn payee(&mut self) {
        let (text, root) = (self.text, self.root);
        if payees::is_of_two(text, root) {
            self.report.add(ERROR, "emv.ambiguous-scheme", &[], 0);
        } else if payees::has_two_stores(text, root) || payees::has_two_accounts(text, root) {
            self.report.add(ERROR, "emv.ambiguous-payee", &[], 0);
        }
    }

    fn at_value(&mut self, rule: &'static str, object: &Object) {
        self.report.at_value(ERROR, rule, object);
    }

    fn at_object(&mut self, rule: &'static str, object: &Object) {
        self.report.at_object(ERROR, rule, object);
    }

    fn presence(&mut self) {
        let crc = find(self.root, 63).expect("a payload has a CRC").offset;
        if !self.root.iter().any(|object| (2..=51).contains(&object.id())) {
            self.report.add(ERROR, "emv.02-51.missing", &[], crc);
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
                self.report.add(ERROR, rule, &[id], crc);
            }
        }
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
                    self.report.at_value(WARNING, "emv.58.case", object);
                }
            }
            59 => {
                self.ans(object, 25);
                self.blank(object);
            }
            60 => self.ans(object, 15),
            61 => self.ans(object, 10),
            62 => self.additional_data(object),
            63 if value.chars().any(|c| c.is_ascii_lowercase()) => self.report.at_value(WARNING, "emv.63.case", object),
            64 => self.language(object),
            65..=79 => self.report.at_object(WARNING, "emv.rfu.object", object),
            80..=99 => self.identified(object, "emv.template.duplicate"),
            _ => {}
        }
    }

    fn primitive_account(&mut self, object: &Object) {
        self.ans(object, 99);
        if matches!(object.id(), 6..=8 | 17..=25) {
            self.report.at_object(WARNING, "emv.02-25.reserved", object);
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
            self.report.at_value(WARNING, unusual, object);
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
                _ => self.report.at_object(WARNING, "emv.rfu.object", &object),
            }
        }
    }

    /// 64.
    fn language(&mut self, template: &Object) {
        let Some(objects) = self.open(template, "emv.template.duplicate") else { return };
        for (id, rule) in [(0, "emv.64-00.missing"), (1, "emv.64-01.missing")] {
            if find(&objects, id).is_none() {
                self.report.missing_in(ERROR, rule, template, id);
            }
        }
        for object in &objects {
            match object.id() {
                0 if !is_two_letters(&object.value) => self.at_value("emv.64-00.format", object),
                1 => {
                    self.at_most(object, 25, "emv.text.length");
                    self.blank(object);
                    self.local(object);
                }
                2 => {
                    self.at_most(object, 15, "emv.text.length");
                    self.local(object);
                }
                3..=99 => self.report.at_object(WARNING, "emv.rfu.object", object),
                _ => {}
            }
        }
    }

    /// What is no text, and what shows nothing, apart.
    fn local(&mut self, object: &Object) {
        let is_meant = |c| (is_control(c) || turns_or_breaks(c)) && !hides(c);
        self.report.at_character(WARNING, "emv.text.control", object, is_meant);
        self.report.at_character(WARNING, "emv.text.invisible", object, hides);
    }

    /// What is no text, or turns it round.
    fn control(&mut self, object: &Object) {
        let is_meant = |c| is_control(c) || turns_or_breaks(c);
        self.report.at_character(WARNING, "emv.text.control", object, is_meant);
    }

    /// Templates whose owner is named by 00: 26-51, 62-50 to 62-99, 80-99.
    fn identified(&mut self, template: &Object, duplicate: &'static str) {
        let Some(objects) = self.open(template, duplicate) else { return };
        match find(&objects, 0) {
            None => self.report.missing_in(ERROR, "emv.guid.missing", template, 0),
            Some(guid) => {
                self.at_most(guid, 32, "emv.guid.length");
                self.charset(guid, "emv.guid.charset");
            }
        }
        for object in objects.iter().filter(|object| object.id() != 0) {
            self.control(object);
        }
    }

    /// The objects of a template, the first of each ID; `None` if it is not one.
    fn open(&mut self, template: &Object, duplicate: &'static str) -> Option<Vec<Object>> {
        let (objects, fault) = template.run(self.text);
        if let Some(fault) = fault {
            self.report.add(ERROR, "emv.template.format", &template.path, fault.offset);
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
        self.charset(object, "emv.text.charset");
        if [59, 60, 62].contains(&object.path[0]) {
            self.report.at_character(WARNING, "emv.text.invisible", object, hides);
        }
    }

    /// The place is the first control character, or else the first one that is not in the common character set.
    fn charset(&mut self, object: &Object, rule: &'static str) {
        let control = object.value.char_indices().find(|(_, c)| is_control(*c));
        let foreign = object.value.char_indices().find(|(_, c)| !is_common(*c));
        if let Some((byte, _)) = control.or(foreign) {
            self.report.add(ERROR, rule, &object.path, object.value_offset + byte);
        }
    }

    /// A name that nobody sees.
    fn blank(&mut self, object: &Object) {
        if is_invisible(&object.value) {
            self.report.at_value(WARNING, "emv.text.blank", object);
        }
    }

    fn at_most(&mut self, object: &Object, characters: usize, rule: &'static str) {
        self.report.at_excess(ERROR, rule, object, characters);
    }
}

/// Exactly so many digits 0-9.
#[must_use]
pub fn is_digits(value: &str, count: usize) -> bool {
    value.chars().count() == count && value.chars().all(|c| c.is_ascii_digit())
}

fn is_two_letters(value: &str) -> bool {
    value.chars().count() == 2 && value.chars().all(|c| c.is_ascii_alphabetic())
}

/// Digits with at most one decimal mark, and at least one digit.
#[must_use]
pub fn is_decimal(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let marks = value.chars().filter(|c| *c == '.').count();
    digits >= 1 && marks <= 1 && digits + marks == value.chars().count()
}

/// A control character: C0, DEL or C1.
#[must_use]
pub fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}')
}

/// The common character set: SP to ~.
fn is_common(c: char) -> bool {
    (' '..='~').contains(&c)
}

/// Whether nobody sees any of it.
#[must_use]
pub fn is_invisible(value: &str) -> bool {
    value.chars().all(|c| c.is_whitespace() || shows_nothing(c))
}

/// No blank, and yet nothing to see.
fn shows_nothing(c: char) -> bool {
    // Those of Unicode's default ignorable code points that a reader may meet, the Braille blank, and controls.
    let alone = "\u{AD}\u{34F}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{2800}\u{3164}\u{FFA0}";
    alone.contains(c)
        || matches!(c, '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}')
        || matches!(c, '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}')
        || is_control(c)
        || turns_or_breaks(c)
}

/// What shows nothing by itself and turns text round or hides in it.
#[must_use]
pub fn hides(c: char) -> bool {
    let number = u32::from(c);
    [0x200E, 0x200F, 0x2060, 0xFEFF].contains(&number)
        || (0x202A..=0x202E).contains(&number)
        || (0x2066..=0x2069).contains(&number)
        || (0xE0000..=0xE007F).contains(&number)
}

/// A character of direction, or one that ends a line.
#[must_use]
pub fn turns_or_breaks(c: char) -> bool {
    matches!(c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{206F}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}
