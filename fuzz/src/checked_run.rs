//! The law of root objects that are written under a profile of another crate.

use std::ops::ControlFlow;

use emvqr::encode::{BuildError, RootRun};
use emvqr::profile::Profile;
use emvqr::rule::{Rule, Severity, Violation, Visitor};
use emvqr::{ErrorKind, Mpm, Payload, Tag};

use crate::naive::{self, Text, rules};
use crate::text;

/// What is written is the naive writer's text, and satisfies the profile when it is read; what is refused is refused for the
/// first finding of a reader, at its place, and leaves nothing but zeros.
///
/// An input is a text, of which the root objects that can be made out are written in their order.
pub fn checked_run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let objects: Vec<(u8, String)> = text::objects(&text);
    let given: Vec<(Tag, &str)> = objects.iter().map(|(id, value)| (tag(*id), value.as_str())).collect();
    let run = RootRun(given.iter().copied());
    let mut buffer = vec![UNTOUCHED; 45_000];
    let written = run.encode_checked_to_slice::<Downstream>((), &mut buffer).map(str::to_owned);
    let built = run.build_checked::<Downstream>(()).map(|built| built.as_str().to_owned());
    assert_eq!(written, built, "both doors give the same");
    // Behind what was written, or behind the zeros of what is refused, nothing was touched.
    let touched = written.as_ref().map_or_else(|_| buffer.iter().take_while(|byte| **byte == 0).count(), String::len);
    assert!(buffer[touched..].iter().all(|byte| *byte == UNTOUCHED));
    let covered: String = objects.iter().map(|(id, value)| naive::data_object(*id, value)).collect();
    let is_shaped = objects.iter().all(|(id, value)| *id != 63 && (1..=99).contains(&value.chars().count()));
    let is_repeated = (0..objects.len()).any(|at| objects[..at].iter().any(|(id, _)| *id == objects[at].0));
    if !is_shaped || is_repeated || objects.first().is_none_or(|(id, _)| *id != 0) {
        let Err(BuildError::Encode(error)) = written else { panic!("{covered} is no payload") };
        let kinds = [
            ErrorKind::ValueTooLong,
            ErrorKind::ValueEmpty,
            ErrorKind::NotFirst,
            ErrorKind::Fixed,
            ErrorKind::Duplicate,
        ];
        assert!(kinds.contains(&error.kind()), "{error}");
        return;
    }
    let expected = text::sealed(&covered);
    let payload = Payload::parse(&expected).expect("a run of data objects with its CRC");
    let plain = naive::strict(expected.as_bytes()).expect("as read before");
    let naive = rules::findings(&Text::new(&expected), &plain);
    match written {
        Ok(text) => {
            assert_eq!(text, expected);
            assert!(payload.view::<Downstream>(()).is_ok());
            let error = naive.iter().find(|found| found.severity == "error" && !rules::ELSEWHERE.contains(&found.rule));
            assert_eq!(error, None, "{text}");
            assert!(payload.get(tag(53)).is_none_or(|currency| currency.value() == "978"));
        }
        Err(BuildError::Rule(found)) => {
            let all = payload.validate::<Downstream>(()).into_violations();
            let is_refused =
                |found: &&Violation| found.severity() == Severity::Error || found.rule().is_refused_in_writing();
            let first = all.iter().find(is_refused).map(|found| found.with_severity(Severity::Error));
            assert_eq!(first, Some(found), "{expected}");
            let is_there = |rule: &str| naive.iter().any(|other| other.rule == rule && other.offset == found.offset());
            let rule = found.rule().id();
            assert!(rule == EURO.id() || is_there(rule) || rules::ELSEWHERE.contains(&rule), "{found} of {expected}");
        }
        Err(error) => panic!("{error} of {expected}"),
    }
}

/// The content of a buffer before it is written to.
const UNTOUCHED: u8 = 0xA5;

fn tag(id: u8) -> Tag {
    Tag::new(id).expect("two digits")
}

static EURO: Rule = Rule::new("downstream.53", Severity::Error, "this law", "the currency is not the euro");

struct Downstream;

impl<'a> Profile<'a> for Downstream {
    type Context = ();

    const NAME: &'static str = "downstream";

    fn recognises(_: &Payload<'a>) -> bool {
        true
    }

    fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        if let Some(currency) = payload.get(tag(53)).filter(|currency| currency.value() != "978") {
            visitor.report(Violation::of_value(&EURO, &currency))?;
        }
        Mpm::check(payload, (), visitor)
    }

    fn of(_: &Payload<'a>) -> Self {
        Self
    }
}
