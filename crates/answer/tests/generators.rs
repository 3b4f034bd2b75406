//! Codes of public generators, built again from the same values.
//!
//! `generators.ndjson` holds what 40 packages of three registries wrote for invented values. `differs` says what the package
//! does otherwise, where it does.

use emvqr::{Path, Payload, Tag};
use emvqr_answer::forms;
use serde_json::Value;

#[test]
fn what_public_generators_write_is_built() {
    let mut differences = Vec::new();
    for line in include_str!("generators.ndjson").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let found = difference(&case);
        if found.as_deref() != case["differs"].as_str() {
            differences.push(format!(
                "{} {}: {found:?} instead of {}\n{}",
                case["generator"], case["network"], case["differs"], case["payload"]
            ));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// How the code that is built differs from that of the generator.
fn difference(case: &Value) -> Option<String> {
    let texts = |key: &str| -> Vec<(String, String)> {
        let object = case[key].as_object().unwrap();
        object.iter().map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned())).collect()
    };
    let fields: Vec<String> = texts("fields").iter().map(|(key, value)| format!("{key}={value}")).collect();
    let form: Vec<(String, String)> = texts("form")
        .into_iter()
        .map(|(key, value)| match (key.as_str(), value.as_str()) {
            ("method", "11") => (key, "static".to_owned()),
            ("method", "12") => (key, "dynamic".to_owned()),
            _ => (key, value),
        })
        .collect();
    let entries = form.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let entries = entries.chain(fields.iter().map(|field| ("field", field.as_str())));
    let objects: Vec<(Tag, String)> =
        texts("objects").into_iter().map(|(id, value)| (id.parse().unwrap(), value)).collect();
    let objects: Vec<(Tag, &str)> = objects.iter().map(|(tag, value)| (*tag, value.as_str())).collect();
    let built = match forms::network(case["network"].as_str().unwrap(), entries, &objects) {
        Ok(built) => built,
        Err(error) => return Some(format!("refused: {error}")),
    };
    let written = case["payload"].as_str().unwrap();
    if built == written {
        return None;
    }
    let leaves = |text: &str| -> Vec<(Path, String)> {
        let payload = Payload::parse(text).unwrap();
        let leaves = payload.leaves().filter(|leaf| leaf.tag() != Tag::CRC);
        leaves.map(|leaf| (leaf.path(), leaf.value().to_owned())).collect()
    };
    let (mut ours, mut theirs) = (leaves(&built), leaves(written));
    ours.sort();
    theirs.sort();
    if ours == theirs {
        let is_lower = built.eq_ignore_ascii_case(written);
        return Some(if is_lower { "CRC in lower case" } else { "order of the objects" }.to_owned());
    }
    let absent = |of: &[(Path, String)], from: &[(Path, String)]| -> Vec<String> {
        of.iter().filter(|leaf| !from.contains(leaf)).map(|(path, value)| format!("{path} {value}")).collect()
    };
    Some(format!("{} instead of {}", absent(&ours, &theirs).join(", "), absent(&theirs, &ours).join(", ")))
}
