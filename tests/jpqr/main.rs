//! JPQR: its rules, store id and builder, and what another library gets wrong.

#[path = "../common/mod.rs"]
mod common;
#[path = "../vectors/mod.rs"]
mod lines;
#[path = "../support/mod.rs"]
mod support;

mod go_emv_code;
mod profile;
mod vectors;
