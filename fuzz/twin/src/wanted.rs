//! Differences that are wanted, each with its reason.

use crate::plain::{Answer, Answers, Fault, Form, Values};

/// A question about which the versions may differ: the form, if it is one, and all answers of the baseline.
pub(crate) struct Asked<'a> {
    pub(crate) form: Option<&'a Form>,
    pub(crate) then: &'a Answers,
}

/// A kind of difference: its name, and whether the answers of the baseline and of the current version differ so.
pub(crate) type Wanted = (&'static str, fn(&Asked<'_>, &Answer, &Answer) -> bool);

pub(crate) const WANTED: [Wanted; 8] = [
    ("place of a shape fault in a template", place_in_template),
    ("first of two shape faults", first_in_text),
    ("small buffer before a rule", small_buffer_first),
    ("local name that is not written", unwritten_name),
    ("ID given twice", given_twice),
    ("store template out of place", store_out_of_place),
    ("creation time of another form", creation_time),
    ("length of a misplaced object", length_of_misplaced),
];

/// The refusal in an answer.
fn refused(answer: &Answer) -> Option<&Fault> {
    match answer {
        Answer::Built(Err(fault)) => Some(fault),
        _ => None,
    }
}

/// The refusals of both, if each is a fault of a value or an ID.
fn shapes<'a>(then: &'a Answer, now: &'a Answer) -> Option<(&'a Fault, &'a Fault)> {
    let is_shape = |fault: &&Fault| {
        ["ValueTooLong", "ValueEmpty", "Duplicate", "Fixed", "NotFirst"].contains(&fault.what.as_str())
    };
    refused(then).filter(is_shape).zip(refused(now).filter(is_shape))
}

/// The baseline finds these faults before it lays the text out: their offset is 0, or counted in the template.
fn is_unplaced(then: &Fault) -> bool {
    then.path.contains('-') || then.offset == 0
}

fn root(fault: &Fault) -> Option<u8> {
    fault.path.get(..2)?.parse().ok()
}

/// Offsets count bytes of the text that would be written, also inside of templates.
fn place_in_template(_: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    shapes(then, now).is_some_and(|(then, now)| {
        is_unplaced(then) && then.offset <= now.offset && *now == Fault { offset: now.offset, ..then.clone() }
    })
}

/// The fault that comes first in the text is reported; the baseline looks at templates before other objects.
fn first_in_text(_: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    shapes(then, now).is_some_and(|(then, now)| is_unplaced(then) && root(now) < root(then))
}

/// The text is checked in the buffer to which it is written, so a buffer that is too small is found before a broken rule.
fn small_buffer_first(_: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    refused(then).is_some_and(|then| then.number.is_some())
        && refused(now).is_some_and(|now| now.what.starts_with("BufferTooSmall"))
}

/// A name that is not written, since the language template is given as an object, is not checked.
fn unwritten_name(asked: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    let Some(Form { values: Values::Jpqr(form), .. }) = asked.form else { return false };
    let is_of_name = |fault: &Fault| fault.what == "ValueTooLong" && root(fault) == Some(64);
    form.further.iter().any(|(id, value)| *id == 64 && !value.is_empty())
        && refused(then).is_some_and(is_of_name)
        && !refused(now).is_some_and(is_of_name)
}

/// An object whose ID the form has already is refused; in the baseline the last one replaces the others.
fn given_twice(asked: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    let (given, store) = match asked.form.map(|form| &form.values) {
        Some(Values::Jpqr(form)) => (&form.further, form.store_template),
        Some(Values::Mpm(form)) => (&form.further, None),
        _ => return false,
    };
    let is_given = |fault: &Fault| given.iter().map(|(id, _)| *id).chain(store).any(|id| Some(id) == root(fault));
    // The builder's own name, city or postal code is looked at even if it would be replaced.
    let is_own = |fault: &Fault| matches!(root(fault), Some(59..=61));
    refused(now).is_some_and(|now| is_given(now) && (now.what == "Duplicate" || is_own(now)))
        && refused(then).is_none_or(|then| then.what != "Duplicate")
}

/// A store template that is not one of 26 to 51 is written after 01 and refused; in the baseline it is in the order of IDs.
fn store_out_of_place(asked: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    let Some(Form { values: Values::Jpqr(form), .. }) = asked.form else { return false };
    form.store_template.is_some_and(|id| !(26..=51).contains(&id)) && refused(then).is_some() && refused(now).is_some()
}

/// A creation time that is not 13 digits is compared with nothing; the baseline compares it as JavaScript does.
fn creation_time(asked: &Asked<'_>, _: &Answer, _: &Answer) -> bool {
    asked.then.0.iter().any(|(_, _, answer)| {
        let Answer::Faults(faults) = answer else { return false };
        let has = |rule: &str| faults.iter().any(|fault| fault.what == rule);
        has("khqr.99.creation-format") && has("khqr.99.expiry-before-creation")
    })
}

/// An object that cannot be written where it stands is reported with its length, as in a builder; the baseline says 0.
fn length_of_misplaced(asked: &Asked<'_>, then: &Answer, now: &Answer) -> bool {
    let is_run = matches!(asked.form, Some(Form { values: Values::Run(_), .. }));
    is_run
        && shapes(then, now)
            .is_some_and(|(then, now)| then.length == 0 && *now == Fault { length: now.length, ..then.clone() })
}
