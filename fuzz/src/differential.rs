//! The library against the naive reader and the naive rules.

use emvqr::rule::Violation;
use emvqr::tlv::DataObject;
use emvqr::{Error, ErrorKind, Mpm, Payload, tlv};

use crate::naive::rules::{self, Finding};
use crate::naive::{self, Fault, Object, Text};
use crate::text;

/// Accept or refuse, the error, the objects and the findings are those of the naive reader.
pub fn differential(data: &[u8]) {
    same_strict(data);
    for text in text::variants(data) {
        same_lax(&text);
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

fn same_findings(payload: &Payload<'_>, text: &Text, objects: &[Object]) {
    let finding = |violation: &Violation| -> Finding {
        (violation.rule().id(), violation.path().to_string(), violation.offset())
    };
    let violations = payload.violations::<Mpm>();
    let mut found: Vec<_> = violations.iter().map(finding).collect();
    found.retain(|(rule, ..)| !rules::ELSEWHERE.contains(rule));
    found.sort();
    assert_eq!(found, rules::findings(text, objects), "findings of {payload}");
}
