//! The numbers of the official toolkit.

use super::rules;
use crate::digits::is_digits;
use crate::mpm;
use crate::profile::Objects;
use crate::rule::{Rule, Severity, Violation};
use crate::tag::{Path, Tag};

/// Gives a finding of the base profile, as it is judged under KHQR, the number of the toolkit.
pub(super) fn stamp<'a, O: Objects<'a>>(objects: &O, violation: Violation) -> Violation {
    let mut tags = violation.path().tags().map(Tag::get);
    let path = (tags.next(), tags.next());
    let rule = violation.rule();
    let is = |other: &Rule| rule == other;
    let length = violation.path().root().and_then(|tag| objects.get(tag)).map_or(0, |object| object.length());
    let is_missing = rule.id().ends_with(".missing");
    let code = match path {
        (Some(29 | 30), Some(0)) if is(rules::ACCOUNT_ID_MISSING) => 1,
        (Some(29 | 30), Some(0)) if is(rules::ACCOUNT_ID_LENGTH) => 6,
        (Some(52), _) if is_missing => 25,
        (Some(53), _) if is_missing => 9,
        (Some(58), _) if is_missing => 26,
        (Some(59), _) if is_missing => 2,
        (Some(60), _) if is_missing => 27,
        (Some(64), Some(0)) if is_missing => 37,
        (Some(64), Some(1)) if is_missing => 39,
        (Some(0), None) if length > 2 => 16,
        (Some(1), None) => {
            if length > 2 {
                17
            } else {
                48
            }
        }
        (Some(52), None) if length > 4 => 18,
        (Some(52), None) if objects.get(Tag::MERCHANT_CATEGORY_CODE).is_some_and(|mcc| !is_digits(mcc.value())) => 51,
        (Some(53), None) => {
            if length > 3 {
                19
            } else {
                28
            }
        }
        (Some(54), None) if violation.severity() == Severity::Error && !is(mpm::rules::AMOUNT_ZERO) => 4,
        (Some(58), None) if length > 3 => 20,
        (Some(59), None) if is(mpm::rules::TEXT_LENGTH) => 7,
        (Some(60), None) if is(mpm::rules::TEXT_LENGTH) => 21,
        // The toolkit takes a language of one letter.
        (Some(64), Some(0)) if is(mpm::rules::LANGUAGE_FORMAT) && violation.length() < 3 => return violation,
        (Some(62 | 64), Some(_)) if is(mpm::rules::TEXT_LENGTH) || is(mpm::rules::LANGUAGE_FORMAT) => {
            match sub_code(violation.path()) {
                Some(code) => code,
                None => return violation,
            }
        }
        _ => return violation,
    };
    violation.with_code(code)
}

/// The number for a sub-object of 62 or 64 that is empty or too long.
pub(super) fn sub_code(path: Path) -> Option<u16> {
    let mut tags = path.tags().map(Tag::get);
    Some(match (tags.next()?, tags.next()?) {
        (62, 1) => 10,
        (62, 2) => 34,
        (62, 3) => 11,
        (62, 7) => 12,
        (62, 8) => 42,
        (64, 0) => 38,
        (64, 1) => 40,
        (64, 2) => 41,
        _ => return None,
    })
}
