//! The numbers of rules and kinds of errors: as documented, each given once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use emvqr::{ErrorKind, elqr, jpqr, khqr, mpm, network};

const PAGE: &str = include_str!("../../src/guide/numbers.md");
const HEAD: &str = "| number | kind or rule |\n|---|---|\n";

/// The page shows the table of the library. A number that was given stays what it is: a new rule gets a new number, and that of
/// a rule that goes is not given again. `NUMBERS=1 cargo test --test wire numbers` writes the page anew.
#[test]
fn numbers_are_those_of_the_page() {
    let rules = [mpm::rules::ALL, khqr::rules::ALL, jpqr::rules::ALL, elqr::rules::ALL, network::rules::ALL];
    let kinds = ErrorKind::ALL.iter().map(|kind| (kind.number(), kind.name()));
    let rules = rules.into_iter().flatten().map(|rule| (rule.number(), rule.id()));
    // Those about single fields of networks share one.
    let field = network::field_rules().next().unwrap();
    assert!(network::field_rules().all(|rule| rule.number() == field.number()));
    let rules = rules.chain([(field.number(), "network.<network>.<field>")]);
    let mut table = BTreeMap::new();
    for (number, name) in kinds.chain(rules) {
        assert!((1..10_000).contains(&number), "{name}");
        assert_eq!(table.insert(number, name), None, "{number} is given twice");
    }
    let (text, _) = PAGE.split_once(HEAD).expect("a table");
    let mut page = format!("{text}{HEAD}");
    for (number, name) in table {
        writeln!(page, "| {number} | `{name}` |").unwrap();
    }
    if std::env::var_os("NUMBERS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/numbers.md"), &page).unwrap();
    } else {
        assert_eq!(PAGE, page, "the page shows another table");
    }
}
