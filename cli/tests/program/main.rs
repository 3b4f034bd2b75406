//! The program, run as its users run it.

#[path = "../../../tests/collected/mod.rs"]
mod collected;
#[path = "../../../tests/common/mod.rs"]
mod common;
mod cross_border;
mod decode;
mod encode;
mod field;
mod program;
mod run;
mod tools;
