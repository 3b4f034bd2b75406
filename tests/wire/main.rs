//! Level 1, without any scheme: text, lengths, CRC, errors, values, and writing and editing what was read.

#[path = "../common/mod.rs"]
mod common;
#[cfg(feature = "alloc")]
#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "alloc")]
mod build;
mod crc;
#[cfg(feature = "alloc")]
mod debug;
#[cfg(feature = "alloc")]
mod display;
#[cfg(feature = "alloc")]
mod edit;
mod errors;
mod lengths;
mod numbers;
#[cfg(feature = "alloc")]
mod roundtrip;
#[cfg(feature = "alloc")]
mod serde;
#[cfg(feature = "alloc")]
mod traits;
mod values;
