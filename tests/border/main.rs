//! Where the schemes meet: intents, the map, rewriting, and that sound codes of either get no findings.

#[path = "../common/mod.rs"]
mod common;
#[path = "../counting/mod.rs"]
mod counting;
#[path = "../vectors/mod.rs"]
mod lines;

mod gaps;
mod laws;
mod map;
mod sound_samples;
mod vectors;
