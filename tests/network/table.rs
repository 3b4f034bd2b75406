//! The table itself.

use std::collections::BTreeSet;

use emvqr::network::{self, Recognition, TABLE};

#[test]
fn ids_and_identifiers_are_unique_and_found() {
    let mut ids = BTreeSet::new();
    let mut guids = BTreeSet::new();
    for network in TABLE {
        assert!(ids.insert(network.id()), "{network}");
        assert_eq!(network::by_id(network.id()), Some(network));
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        assert!(network.id().chars().all(is_id), "{network}");
        if let Recognition::Guid(known) = network.recognition() {
            assert!(known.iter().all(|guid| guids.insert(guid.to_ascii_lowercase())), "{network}");
        }
        let mut keys = BTreeSet::new();
        for field in network.field_table() {
            assert!(keys.insert(field.key()), "{network} {}", field.key());
            assert_eq!(field.rule(), format!("network.{}.{}", network.id(), field.key()));
            let (least, most) = field.length();
            assert!((1..=most).contains(&least) && most <= 99, "{network} {}", field.key());
        }
    }
    assert!(TABLE.len() >= 37 + 2, "the networks of the sources, Cambodia and Japan: {}", TABLE.len());
    assert_eq!(network::by_id("xx.none"), None);
}
