//! The numbers of rules and kinds of errors: as documented, each given once.

use std::collections::BTreeSet;

use emvqr::{ErrorKind, corridor, elqr, jpqr, khqr, mpm};

const PAGE: &str = include_str!("../../src/guide/numbers.md");

#[rustfmt::skip]
const KINDS: [ErrorKind; 19] = [
    ErrorKind::Utf8, ErrorKind::HeaderTruncated, ErrorKind::IdNotDigits, ErrorKind::LengthNotDigits, ErrorKind::LengthZero,
    ErrorKind::ValueOverrun { length: 1, available: 0 }, ErrorKind::NotFirst, ErrorKind::NotLast, ErrorKind::Duplicate,
    ErrorKind::CrcFormat, ErrorKind::CrcMismatch { computed: 0, found: 1 }, ErrorKind::TooDeep, ErrorKind::ValueTooLong,
    ErrorKind::ValueEmpty, ErrorKind::Fixed, ErrorKind::ChangeConflict, ErrorKind::NotTemplate,
    ErrorKind::BufferTooSmall { needed: 1 }, ErrorKind::Sink,
];

/// A number that is in the page stays what it is: a new rule gets a new number, and that of a rule that goes is not given
/// again.
#[test]
fn numbers_are_those_of_the_page() {
    let rules = [mpm::rules::ALL, khqr::rules::ALL, jpqr::rules::ALL, elqr::rules::ALL, &[corridor::AMBIGUOUS_PAYEE]];
    let kinds = KINDS.iter().map(|kind| (kind.number(), kind.name()));
    let rules = rules.into_iter().flatten().map(|rule| (rule.number(), rule.id()));
    let lines: Vec<String> = kinds.chain(rules).map(|(number, name)| format!("| {number} | `{name}` |")).collect();
    let found: Vec<&str> =
        PAGE.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| number")).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (
        lines.iter().filter(|line| !found.contains(&line.as_str())).collect(),
        found.iter().filter(|line| !lines.iter().any(|other| other == **line)).collect(),
    );
    assert!(new.is_empty() && gone.is_empty(), "not in the page: {new:#?}, not in the library: {gone:#?}");
    let number = |line: &str| line.split(' ').nth(1).unwrap().parse::<u16>().unwrap();
    let numbers: BTreeSet<u16> = lines.iter().map(|line| number(line)).collect();
    assert_eq!(numbers.len(), lines.len(), "each is given once");
    assert!(numbers.iter().all(|number| (1..10_000).contains(number)));
}
