//! The program, run as its users run it.

#[path = "../../../../tests/common/mod.rs"]
mod common;
mod conformance;
mod coprocess;
mod cross_border;
mod decode;
mod encode;
mod field;
mod hostile;
#[path = "../../../../tests/vectors/mod.rs"]
mod lines;
mod program;
mod run;
mod tools;
