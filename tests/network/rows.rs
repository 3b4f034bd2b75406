//! For each network a sound code, and one with a fault in one field: composed from the networks' documents alone.

use emvqr::{Clock, Code, Payload};
use serde_json::Value;

use crate::lines::committed;

fn rows() -> impl Iterator<Item = Value> {
    committed("networks.ndjson").into_iter()
}

#[test]
fn a_sound_code_of_each_network_is_valid_and_names_its_payee() {
    let mut faults = Vec::new();
    for row in rows().filter(|row| row["sound"] == true) {
        let payload = Payload::parse(row["payload"].as_str().unwrap()).unwrap();
        let validation = Code::validate(&payload, Clock::UNKNOWN);
        let of_networks = validation.violations().iter().filter(|found| found.rule().id().starts_with("network."));
        let found: Vec<_> = of_networks.map(|found| found.rule().id()).collect();
        let network = row["network"].as_str().unwrap();
        let is_known = validation.code().networks().any(|known| known.id() == network);
        if !validation.is_valid() || !found.is_empty() || !is_known {
            let errors: Vec<_> = validation.violations().iter().map(|found| found.rule().id()).collect();
            faults.push(format!("{}: known {is_known} {found:?} {errors:?}", row["id"]));
        }
        let payee = validation.code().payee();
        let part = |key: &str| row["payee"][key].as_str();
        let is_same = payee.map(|payee| (payee.account(), payee.institution()))
            == part("account").map(|account| (account, part("institution")));
        // What the documents leave open is not judged.
        if !is_same && row["payee"] != "open" {
            faults.push(format!("{}: {payee:?} instead of {}", row["id"], row["payee"]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_fault_of_a_field_is_found_in_its_place() {
    let mut faults = Vec::new();
    for row in rows().filter(|row| row["sound"] == false) {
        let payload = Payload::parse(row["payload"].as_str().unwrap()).unwrap();
        let validation = Code::validate(&payload, Clock::UNKNOWN);
        let place = row["wrong_field"].as_str().unwrap();
        let is_found = validation
            .violations()
            .iter()
            .any(|found| found.path() == place || found.path().parent().is_some_and(|parent| parent == place));
        if !is_found {
            let found: Vec<_> =
                validation.violations().iter().map(|found| format!("{} {}", found.path(), found.rule().id())).collect();
            faults.push(format!("{}: {place} {found:?} {}", row["id"], row["note"]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
