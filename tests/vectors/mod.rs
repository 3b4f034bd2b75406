//! Payloads with verdicts, one JSON object a line. What was composed for this project is in this folder; all that was
//! collected is in the folder that `EMVQR_VECTORS` names, and is not part of this repository. A check is a test on each:
//! `cargo test --workspace -- --include-ignored` runs both, as `.ci/run` does if that folder is there.

#![allow(dead_code, unused_macros, unused_imports, reason = "not every binary uses all of it")]

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The lines of a file of this folder.
#[track_caller]
pub(crate) fn committed(file: &str) -> Vec<Value> {
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let tests = [package.join("tests"), package.join("../../tests")];
    lines(&tests.into_iter().map(|tests| tests.join("vectors").join(file)).find(|path| path.exists()).unwrap())
}

/// The lines of a file of the collection.
#[track_caller]
pub(crate) fn collected(file: &str) -> Vec<Value> {
    let folder = std::env::var_os("EMVQR_VECTORS").expect("EMVQR_VECTORS names the folder of the collected payloads");
    lines(&PathBuf::from(folder).join(file))
}

#[track_caller]
fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > 30, "{} lines of {}", lines.len(), path.display());
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

/// Two tests of each check, which takes the lines of a file: on what is committed, and on all that is collected.
macro_rules! on_vectors {
    ($($test:ident: $check:ident($file:literal)),+ $(,)?) => {
        mod committed {
            $(#[test]
            fn $test() {
                super::$check(&$crate::lines::committed($file));
            })+
        }

        mod collected {
            $(#[test]
            #[ignore = "needs EMVQR_VECTORS"]
            fn $test() {
                super::$check(&$crate::lines::collected($file));
            })+
        }
    };
}
pub(crate) use on_vectors;
