//! Differences that are wanted, each with its reason.

use crate::plain::{Answer, Answers, Form};

/// A question about which the versions may differ: the form, if it is one, and all answers of the baseline.
#[allow(dead_code, reason = "read as soon as a difference is wanted")]
pub(crate) struct Asked<'a> {
    pub(crate) form: Option<&'a Form>,
    pub(crate) then: &'a Answers,
}

/// A kind of difference: its name, and whether the answers of the baseline and of the current version differ so.
pub(crate) type Wanted = (&'static str, fn(&Asked<'_>, &Answer, &Answer) -> bool);

pub(crate) const WANTED: [Wanted; 0] = [];
