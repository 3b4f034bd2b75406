//! The bill form of JPQR (eL-QR) once more, from its table: 255 digits, every object at its place.

use std::collections::BTreeSet;

use super::{Object, Text, crc, lax};

/// The objects in their order, with the lengths of their values.
const ROOT: [(u8, usize); 7] = [(0, 2), (1, 2), (27, 96), (54, 11), (62, 26), (80, 85), (63, 5)];
/// The objects of 27.
const ACCOUNT: [(u8, usize); 2] = [(0, 5), (1, 83)];

/// A day as year, month, day.
pub type Day = (u16, u8, u8);

/// Whether the text is a bill that conforms and can be paid on that day.
#[must_use]
pub fn verdict(text: &str, today: Option<Day>) -> bool {
    rules(text, today).is_empty()
}

/// The ids of the rules that the text breaks. All of them are errors.
#[must_use]
pub fn rules(text: &str, today: Option<Day>) -> BTreeSet<&'static str> {
    let mut broken = BTreeSet::new();
    let whole = Text::new(text);
    if whole.len() != 255 {
        broken.insert("jpqr-bill.length");
    }
    let (objects, fault) = lax(&whole);
    if fault.is_some() {
        broken.insert("jpqr-bill.format");
    }
    layout(&objects, &ROOT, &mut broken);
    if let Some(account) = find(&objects, 27) {
        let (inside, fault) = account.run(&whole);
        if fault.is_some() {
            broken.insert("jpqr-bill.format");
        }
        layout(&inside, &ACCOUNT, &mut broken);
        if find(&inside, 0).is_some_and(|body| body.value != "13800") {
            broken.insert("jpqr-bill.27-00.value");
        }
        amount(find(&objects, 54), find(&inside, 1), &mut broken);
    }
    if find(&objects, 0).is_some_and(|version| version.value != "01") {
        broken.insert("jpqr-bill.00.value");
    }
    if find(&objects, 1).is_some_and(|method| method.value != "12") {
        broken.insert("jpqr-bill.01.value");
    }
    if let Some(additional) = find(&objects, 62) {
        dates(&additional.value, today, &mut broken);
    }
    if let Some(object) = find(&objects, 63) {
        checksum(text, object, &mut broken);
    }
    broken
}

fn find(objects: &[Object], id: u8) -> Option<&Object> {
    objects.iter().find(|object| object.id() == id)
}

fn is_digits(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_digit())
}

/// Whether the objects are those of the table, in its order, with digits of the right number.
fn layout(objects: &[Object], table: &[(u8, usize)], broken: &mut BTreeSet<&'static str>) {
    for (id, length) in table {
        let Some(object) = find(objects, *id) else {
            broken.insert("jpqr-bill.object.missing");
            continue;
        };
        // The form of the CRC is a rule of its own.
        if *id == 63 {
            continue;
        }
        if object.length() != *length {
            broken.insert("jpqr-bill.value.length");
        }
        if !is_digits(&object.value) {
            broken.insert("jpqr-bill.value.digits");
        }
    }
    // What stands in the table, once each and in its order, may lack something, but has nothing else.
    let mut expected = table.iter();
    for object in objects {
        if !expected.any(|(id, _)| *id == object.id()) {
            broken.insert("jpqr-bill.object.unexpected");
        }
    }
}

/// 54 is not zero, and is the amount that stands in 27-01 behind two check digits and the account of eleven.
fn amount(amount: Option<&Object>, data: Option<&Object>, broken: &mut BTreeSet<&'static str>) {
    let Some(amount) = amount else { return };
    if amount.value.chars().all(|c| c == '0') {
        broken.insert("jpqr-bill.54.zero");
    }
    if let Some(data) = data {
        let inside: String = data.value.chars().skip(13).take(11).collect();
        if inside != amount.value {
            broken.insert("jpqr-bill.54.differs");
        }
    }
}

/// 62: levy year 4, tax year 4, period 2, due date 8, last payment date 8.
fn dates(value: &str, today: Option<Day>, broken: &mut BTreeSet<&'static str>) {
    if value.chars().count() != 26 || !is_digits(value) {
        return;
    }
    let due = day(&value[10..18]);
    let last = day(&value[18..26]);
    if due.is_none() || last.is_none() {
        broken.insert("jpqr-bill.62.date");
    }
    if let (Some(today), Some(last)) = (today, last)
        && today > last
    {
        broken.insert("jpqr-bill.62.expired");
    }
}

/// Eight digits as a day of the calendar.
fn day(digits: &str) -> Option<Day> {
    let year: u16 = digits[..4].parse().ok()?;
    let month: u8 = digits[4..6].parse().ok()?;
    let day: u8 = digits[6..].parse().ok()?;
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return None,
    };
    (1..=days).contains(&day).then_some((year, month, day))
}

/// 63: the CRC of everything before its value, in five decimal digits.
fn checksum(text: &str, object: &Object, broken: &mut BTreeSet<&'static str>) {
    if object.length() != 5 || !is_digits(&object.value) {
        broken.insert("jpqr-bill.63.format");
    } else if object.value != format!("{:05}", crc(&text.as_bytes()[..object.value_offset])) {
        broken.insert("jpqr-bill.63.mismatch");
    }
}
