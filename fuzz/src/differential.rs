//! The library against the naive reader and the naive rules.

use std::ops::ControlFlow;

use emvqr::Clock;
use emvqr::elqr::{Bill, Date};
use emvqr::khqr::Khqr;
use emvqr::rule::{Violation, Visitor};
use emvqr::tlv::DataObject;
use emvqr::{Error, ErrorKind, Jpqr, Mpm, Payload, Profile, tlv};

use crate::naive::other_readers::{Hit, decides};
use crate::naive::report::Finding;
use crate::naive::{self, Fault, Object, Text, bill, jpqr, khqr, payees, rules};
use crate::text;

/// Accept or refuse, the error, the objects and the findings are those of the naive reader.
pub fn differential(data: &[u8]) {
    same_strict(data);
    for text in text::variants(data) {
        same_lax(&text);
        same_bill(&text);
        same_strict(text.as_bytes());
        let unit = tlv::length_unit(&text).map(|unit| format!("{unit:?}"));
        assert_eq!(unit.as_deref(), naive::length_unit(&text), "length unit of {text:?}");
    }
}

fn same_strict(bytes: &[u8]) {
    match (Payload::parse_bytes(bytes), naive::strict(bytes)) {
        (Ok(payload), Ok(expected)) => {
            let text = Text::new(payload.as_str());
            same_objects(&text, payload.iter(), &expected);
            same_findings(&payload, &text, &expected);
        }
        (Err(error), Err(expected)) => same_fault(error, &expected),
        (found, expected) => panic!("{found:?} where the naive reader says {expected:?}"),
    }
}

/// The objects before the first fault of shape, and the fault.
fn same_lax(text: &str) {
    let naive_text = Text::new(text);
    let (expected, fault) = naive::lax(&naive_text);
    same_objects(&naive_text, tlv::read(text).map_while(Result::ok), &expected);
    same_end(tlv::read(text).last(), fault.as_ref());
}

fn same_objects<'a>(text: &Text, found: impl Iterator<Item = DataObject<'a>>, expected: &[Object]) {
    let found: Vec<_> = found.collect();
    assert_eq!(found.len(), expected.len(), "how many objects");
    for (object, expected) in found.iter().zip(expected) {
        assert_eq!(object.path().to_string(), naive::written(&expected.path));
        assert_eq!((object.offset(), object.value_offset()), (expected.offset, expected.value_offset));
        assert_eq!((object.end(), object.length()), (expected.end(), expected.length()));
        assert_eq!(object.value(), expected.value);
        same_inside(text, object, expected);
    }
}

/// The value as a template, to any depth that a path can name.
fn same_inside(text: &Text, object: &DataObject<'_>, expected: &Object) {
    if expected.path.len() == emvqr::Path::MAX_DEPTH {
        assert_eq!(object.template().map(|_| ()).map_err(|error| error.kind()), Err(ErrorKind::TooDeep));
        return;
    }
    let (inside, fault) = expected.run(text);
    same_objects(text, object.objects().map_while(Result::ok), &inside);
    same_end(object.objects().last(), fault.as_ref());
    match (object.template(), fault) {
        (Ok(template), None) => assert_eq!(template.iter().count(), inside.len()),
        (Err(error), Some(fault)) => same_fault(error, &fault),
        (found, expected) => panic!("{found:?} where the naive reader says {expected:?}"),
    }
}

fn same_end(last: Option<Result<DataObject<'_>, Error>>, expected: Option<&Fault>) {
    match (last, expected) {
        (Some(Err(error)), Some(fault)) => same_fault(error, fault),
        (Some(Ok(_)) | None, None) => {}
        (found, expected) => panic!("the run ends with {found:?}, the naive one with {expected:?}"),
    }
}

fn same_fault(error: Error, expected: &Fault) {
    let numbers = match error.kind() {
        ErrorKind::ValueOverrun { length, available } => Some((u16::from(length), u16::from(available))),
        ErrorKind::CrcMismatch { computed, found } => Some((computed, found)),
        _ => None,
    };
    let kind = error.kind().name();
    let found = Fault { kind, path: error.path().to_string(), offset: error.offset(), numbers };
    assert_eq!(&found, expected);
}

/// Times around those that occur in the seeds.
const CLOCKS: [Option<u64>; 3] = [None, Some(1_750_000_000_000), Some(9_999_999_999_999)];

fn same_findings(payload: &Payload<'_>, text: &Text, objects: &[Object]) {
    same_under::<Mpm<'_>>(payload, (), rules::findings(text, objects));
    same_under::<Jpqr<'_>>(payload, (), jpqr::findings(text, objects));
    for now in CLOCKS {
        let clock = now.map_or(Clock::UNKNOWN, Clock::at_millis);
        same_under::<Khqr<'_>>(payload, clock, khqr::findings(text, objects, now));
    }
    assert_eq!(Khqr::recognises(payload), payees::is_khqr(text, objects), "KHQR: {payload}");
    assert_eq!(Jpqr::recognises(payload), payees::is_jpqr(text, objects), "JPQR: {payload}");
    same_payees(payload, text, objects, &decides(payload.as_str()));
}

/// All findings, the errors for who asks for no more, and the verdict.
fn same_under<'a, P: Profile<'a>>(payload: &Payload<'a>, context: P::Context, expected: Vec<Finding>) {
    let mut expected = judged(expected);
    let found = listed(&payload.validate::<P>(context).into_violations());
    assert_eq!(found, expected, "{} of {payload}", P::NAME);
    let mut errors = Errors(Vec::new());
    let _ = P::check(payload, context, &mut errors);
    expected.retain(|finding| finding.severity == "error");
    assert_eq!(listed(&errors.0), expected, "errors alone, {} of {payload}", P::NAME);
    let is_elsewhere = |found: Violation| rules::ELSEWHERE.contains(&found.rule().id());
    match payload.view::<P>(context) {
        Ok(_) => assert!(expected.is_empty(), "{} takes {payload}", P::NAME),
        Err(found) => assert!(!expected.is_empty() || is_elsewhere(found), "{} refuses {payload}", P::NAME),
    }
}

/// Asks for errors, goes on after each, and keeps whatever comes.
struct Errors(Vec<Violation>);

impl Visitor for Errors {
    fn wants_warnings(&self) -> bool {
        false
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.0.push(violation);
        ControlFlow::Continue(())
    }
}

/// Nobody is named who is not certain.
fn same_payees(payload: &Payload<'_>, text: &Text, objects: &[Object], hits: &[Hit]) {
    let is_of_two = payees::is_of_two(text, objects);
    let store = payees::jpqr_templates(text, objects).first().and_then(|template| payees::store(text, template));
    let are_two = payees::has_two_stores(text, objects) || payees::has_two_accounts(text, objects);
    let is_certain = hits.is_empty() && !is_of_two && !are_two;
    let found = Jpqr::of(payload).store_id().map(|store| store.levels().map(ToOwned::to_owned));
    assert_eq!(found, store.filter(|_| is_certain), "store of {payload}");
    let beyond_bmp = text.has_pairs();
    let is_certain =
        hits.iter().all(Hit::is_warning_under_khqr) && !is_of_two && !payees::has_two_stores(text, objects);
    let is_uncertain = !is_certain || beyond_bmp || payees::has_both(objects);
    if is_uncertain {
        assert!(Khqr::of(payload).bakong_account().is_none(), "account of {payload}");
    }
}

fn listed(violations: &[Violation]) -> Vec<Finding> {
    let mut found = judged(violations.iter().map(finding).collect());
    found.sort();
    found
}

fn finding(violation: &Violation) -> Finding {
    Finding {
        rule: violation.rule().id(),
        severity: if violation.severity() == emvqr::Severity::Error { "error" } else { "warning" },
        path: violation.path().to_string(),
        offset: violation.offset(),
    }
}

fn judged(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.retain(|finding| !rules::ELSEWHERE.contains(&finding.rule));
    findings
}

/// What is wrong with a bill, on three days and if none is given.
fn same_bill(text: &str) {
    for day in [None, Some("20240710"), Some("20240711"), Some("20991231")] {
        let today = day.and_then(Date::from_digits);
        let expected = bill::findings(text, today.map(|day| (day.year(), day.month(), day.day())));
        let found = Bill::parse(text, today).err();
        assert_eq!(found.is_some(), !expected.is_empty(), "bill {text} on {day:?}");
        assert!(found.is_none_or(|found| expected.contains(&finding(&found))), "{found:?} of the bill {text}");
        if let Some(bill) = Bill::read(text) {
            assert_eq!(listed(&bill.violations(today)), expected, "bill {text} on {day:?}");
        }
    }
}
