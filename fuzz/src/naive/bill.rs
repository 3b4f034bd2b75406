//! The bill form of JPQR (eL-QR) once more, from its table: 255 digits, every object at its place.

use super::report::{ERROR, Finding, Report};
use super::{Fault, Object, Text, crc, lax};

/// The objects in their order, with the lengths of their values.
const ROOT: [(u8, usize); 7] = [(0, 2), (1, 2), (27, 96), (54, 11), (62, 26), (80, 85), (63, 5)];
/// The objects of 27.
const ACCOUNT: [(u8, usize); 2] = [(0, 5), (1, 83)];

/// A day as year, month, day.
pub type Day = (u16, u8, u8);

/// Everything that is wrong with the text as a bill that is paid on that day. All of it is an error.
///
/// The form is compared object by object; behind the first that is not the expected one nothing more is said of the run.
#[must_use]
pub fn findings(text: &str, today: Option<Day>) -> Vec<Finding> {
    let whole = Text::new(text);
    let mut report = Report::default();
    if whole.len() != 255 {
        let excess = text.char_indices().nth(255).map_or(text.len(), |(byte, _)| byte);
        report.add(ERROR, "jpqr-bill.length", &[], excess);
    }
    let (objects, fault) = lax(&whole);
    let levy = objects.iter().find(|object| object.id() == 62);
    if let (Some(levy), Some(today)) = (levy, today)
        && days(levy).is_some_and(|[_, last]| last.is_some_and(|last| today > last))
    {
        report.at_value(ERROR, "jpqr-bill.62.expired", levy);
    }
    let places = in_place(&objects, fault, &ROOT, &[], text.len(), &mut report);
    let account = objects.iter().find(|object| object.id() == 27).map(|account| (account, account.run(&whole)));
    let data = account.as_ref().and_then(|(_, (inside, _))| inside.iter().find(|object| object.id() == 1));
    for (object, (id, length)) in objects.iter().zip(ROOT).take(places) {
        if id == 63 {
            checksum(text, object, &mut report);
            continue;
        }
        if object.length() != length {
            report.at_value(ERROR, "jpqr-bill.value.length", object);
        }
        if let (27, Some((_, (inside, fault)))) = (id, account.clone()) {
            let places = in_place(&inside, fault, &ACCOUNT, &[27], object.end(), &mut report);
            for (object, (_, length)) in inside.iter().zip(ACCOUNT).take(places) {
                if object.length() != length {
                    report.at_value(ERROR, "jpqr-bill.value.length", object);
                }
                value(object, None, &mut report);
            }
        } else {
            value(object, data, &mut report);
        }
    }
    report.sorted()
}

/// How many objects are those of the table; of the first that is not it is said what is wrong.
fn in_place(
    objects: &[Object],
    fault: Option<Fault>,
    table: &[(u8, usize)],
    parent: &[u8],
    end: usize,
    report: &mut Report,
) -> usize {
    let places = objects.iter().zip(table).take_while(|(object, (id, _))| object.id() == *id).count();
    match (objects.get(places), fault, table.get(places)) {
        (Some(object), _, _) => report.at_object(ERROR, "jpqr-bill.object.unexpected", object),
        (None, Some(fault), _) => {
            let path: Vec<u8> = fault.path.split('-').filter_map(|id| id.parse().ok()).collect();
            report.add(ERROR, "jpqr-bill.format", &path, fault.offset);
        }
        (None, None, Some((id, _))) => {
            report.add(ERROR, "jpqr-bill.object.missing", &[parent, &[*id]].concat(), end);
        }
        (None, None, None) => {}
    }
    places
}

fn is_digits(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_digit())
}

/// What the form says of a value, and of the amount beside the payment data.
fn value(object: &Object, data: Option<&Object>, report: &mut Report) {
    let value = object.value.as_str();
    if !is_digits(value) {
        return report.at_value(ERROR, "jpqr-bill.value.digits", object);
    }
    let mut demand = |holds: bool, rule| {
        if !holds {
            report.at_value(ERROR, rule, object);
        }
    };
    match object.path.as_slice() {
        [0] => demand(value == "01", "jpqr-bill.00.value"),
        [1] => demand(value == "12", "jpqr-bill.01.value"),
        [27, 0] => demand(value == "13800", "jpqr-bill.27-00.value"),
        [54] => {
            demand(value.contains(|digit| digit != '0'), "jpqr-bill.54.zero");
            // Behind two check digits and the account of eleven.
            let data = data.filter(|data| data.length() == 83 && is_digits(&data.value));
            demand(data.is_none_or(|data| &data.value[13..24] == value), "jpqr-bill.54.differs");
        }
        [62] => demand(days(object).is_none_or(|days| days.iter().all(Option::is_some)), "jpqr-bill.62.date"),
        _ => {}
    }
}

/// The due date and the last payment date, behind levy year 4, tax year 4 and period 2.
fn days(levy: &Object) -> Option<[Option<Day>; 2]> {
    let value = levy.value.as_str();
    (value.chars().count() == 26 && is_digits(value)).then(|| [day(&value[10..18]), day(&value[18..])])
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
fn checksum(text: &str, object: &Object, report: &mut Report) {
    let number = Some(&object.value).filter(|value| value.len() == 5 && is_digits(value));
    match number.and_then(|digits| digits.parse::<u16>().ok()) {
        None => report.at_value(ERROR, "jpqr-bill.63.format", object),
        Some(number) if number != crc(&text.as_bytes()[..object.value_offset]) => {
            report.at_value(ERROR, "jpqr-bill.63.mismatch", object);
        }
        Some(_) => {}
    }
}
