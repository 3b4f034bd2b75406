//! Networks: whose accounts a code holds, what is in them, what of it is personal, and the rules of each.

#[path = "../common/mod.rs"]
mod common;
#[path = "../vectors/mod.rs"]
mod lines;

mod accounts;
mod builder;
mod docs;
mod mask;
mod rows;
mod samples;
mod table;
mod vectors;
