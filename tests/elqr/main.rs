//! eL-QR: the code on a bill of local tax in Japan.

#[path = "../common/mod.rs"]
mod common;

mod bill;
