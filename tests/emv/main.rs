//! Level 2: the rules of the base profile, profiles of other crates, and one text for one payee.

#[path = "../collected/mod.rs"]
mod collected;
#[path = "../common/mod.rs"]
mod common;

mod ambiguity;
mod profile;
mod rules;
mod vectors;
