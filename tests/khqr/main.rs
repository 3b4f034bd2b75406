//! KHQR: its rules, its builder, and the official toolkit's verdicts.

#[path = "../common/mod.rs"]
mod common;
#[path = "../vectors/mod.rs"]
mod lines;
#[path = "../support/mod.rs"]
mod support;

mod builder;
mod profile;
mod vectors;
