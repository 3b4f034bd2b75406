//! The collected payloads, which are not part of this repository: files of the folder that `EMVQR_VECTORS` names, one
//! JSON object a line. Tests that read them are ignored; `cargo test --workspace -- --include-ignored` runs them, as
//! `.ci/run` does if the folder is there.

#![allow(dead_code, reason = "not every binary with collected payloads uses all of it")]

use std::path::PathBuf;

use serde_json::Value;

/// The lines of a file.
#[track_caller]
pub(crate) fn collected(file: &str) -> Vec<Value> {
    let folder = std::env::var_os("EMVQR_VECTORS").expect("EMVQR_VECTORS names the folder of the collected payloads");
    let path = PathBuf::from(folder).join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty());
    lines
}

/// The payload's bytes: its text, or its hexadecimal digits if it is not UTF-8.
pub(crate) fn bytes(line: &Value) -> Vec<u8> {
    match line["payload_hex"].as_str() {
        Some(digits) => {
            (0..digits.len()).step_by(2).map(|i| u8::from_str_radix(&digits[i..i + 2], 16).unwrap()).collect()
        }
        None => line["payload"].as_str().unwrap().as_bytes().to_vec(),
    }
}
