//! KHQR: its rules, its builder, and the official toolkit's verdicts.

#[path = "../collected/mod.rs"]
mod collected;
#[path = "../common/mod.rs"]
mod common;
#[path = "../support/mod.rs"]
mod support;

mod builder;
mod profile;
mod vectors;
