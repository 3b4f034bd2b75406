//! Replays the committed seeds through their laws, without a fuzzer.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use emvqr_fuzz::{LAWS, Law};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    files.sort();
    files
}

fn replay(name: &str) {
    let (_, law): (_, Law) = LAWS.into_iter().find(|(target, _)| *target == name).expect("a target");
    let seeds = files(&folder("seeds").join(name));
    assert!(!seeds.is_empty(), "{name} has no seeds");
    let is_broken = |seed: &PathBuf| {
        let data = fs::read(seed).expect("a readable seed");
        catch_unwind(|| law(&data)).is_err()
    };
    let broken: Vec<_> = seeds.into_iter().filter(is_broken).collect();
    assert!(broken.is_empty(), "the law is broken by {broken:#?}");
    law(b"");
}

#[test]
fn crc() {
    replay("crc");
}

/// Every code with every marker in every place, under each damage once.
#[test]
fn masks() {
    replay("masks");
    let law = |data: [u8; 8]| emvqr_fuzz::masks(&data);
    for (code, place, marker) in
        (0..16).flat_map(|code| (0..40).flat_map(move |place| (0..5).map(move |marker| (code, place, marker))))
    {
        law([code, place, marker, 0, 0, 0, 0, 1]);
        let damage = (code + place + marker) % 18;
        law([code, place, marker, damage, place.wrapping_mul(7), 0, code, 2]);
    }
}

#[test]
fn parse() {
    replay("parse");
}

#[test]
fn builder() {
    replay("builder");
}

#[test]
fn edit() {
    replay("edit");
}

#[test]
fn differential() {
    replay("differential");
}

#[test]
fn crossborder() {
    replay("crossborder");
}

#[test]
fn khqr() {
    replay("khqr");
}

/// A new target needs its law in the list, its folder of seeds and its test above.
#[test]
fn every_target_is_listed() {
    let mut listed: Vec<_> = LAWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    listed.sort();
    let stem = |path: &PathBuf| path.file_stem().expect("a file").to_string_lossy().into_owned();
    assert_eq!(files(&folder("fuzz_targets")).iter().map(stem).collect::<Vec<_>>(), listed);
    assert_eq!(files(&folder("seeds")).iter().map(stem).collect::<Vec<_>>(), listed);
}

#[test]
fn jpqr() {
    replay("jpqr");
}

#[test]
fn diagnosis() {
    replay("diagnosis");
}

#[test]
fn networks() {
    replay("networks");
}

#[test]
fn network_builder() {
    replay("network_builder");
}

#[test]
fn serde() {
    replay("serde");
}

#[test]
fn checked_run() {
    replay("checked_run");
}

#[test]
fn ambiguity() {
    replay("ambiguity");
}
