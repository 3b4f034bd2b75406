//! Networks: whose accounts a code holds, what is in them, what of it is personal, and the rules of each.

#[path = "../collected/mod.rs"]
mod collected;
#[path = "../common/mod.rs"]
mod common;

mod docs;
mod mask;
mod samples;
mod table;
mod vectors;
