//! JPQR: its rules, store id and builder, and what another library gets wrong.

#[path = "../collected/mod.rs"]
mod collected;
#[path = "../common/mod.rs"]
mod common;
#[path = "../support/mod.rs"]
mod support;

mod go_emv_code;
mod profile;
mod vectors;
