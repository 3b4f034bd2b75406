//! Paying across the border between Cambodia and Japan.
//!
//! The two countries link their schemes: in phase 1 a Bakong app pays by scanning a JPQR code, live since July 2025; in
//! phase 2 a Japanese wallet scans a KHQR code, announced. Publicly nobody rewrites one code into the other: the wallet
//! reads the foreign code, and a switch moves a message. So both profiles map to one neutral [`Intent`]; writing the other
//! scheme's code is an explicit, lossy step, a [`Rewrite`], whose report hides nothing.
//!
//! No official mapping, message format or routing table is public. [`TAG_MAP`] is a reading of public documents, and each
//! of its rows says how sure it is.
//!
//! # The map
//! [`TAG_MAP`], as `emvqr cross-border --table` prints it:
//!
#![doc = include_str!("crossborder/map.md")]

use crate::elqr::Bill;
use crate::path::Path;

pub mod blocks;
pub mod intent;
pub mod map;
pub mod references;
pub mod report;
pub mod rewrite;
pub mod supplement;
pub mod write;

pub use blocks::{Block, Blocks, Policy, Reason};
pub use intent::Intent;
pub use map::TAG_MAP;
pub use rewrite::Rewrite;
pub use supplement::Supplement;

/// What blocks a text that is not a payload: the code of a Japanese local-tax bill, which looks like one.
#[must_use]
pub fn bill_form(text: &str) -> Option<Block> {
    Bill::recognises(text).then(|| Block::new(Path::ROOT, Reason::BillForm))
}
