//! Level 2: the rules of the base profile, profiles of other crates, and one text for one payee.

#[path = "../common/mod.rs"]
mod common;
#[path = "../vectors/mod.rs"]
mod lines;

mod ambiguity;
mod profile;
mod rules;
mod vectors;
