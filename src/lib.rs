#![doc = include_str!("../README.md")]
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod crc;
pub mod display;
pub mod edit;
pub mod encode;
pub mod error;
pub mod iso;
pub mod mpm;
pub mod payload;
pub mod profile;
pub mod rule;
#[cfg(feature = "serde")]
mod serde;
pub mod tag;
pub mod tlv;
pub mod value;

pub use error::{Error, ErrorKind};
pub use mpm::Mpm;
pub use payload::Payload;
#[cfg(feature = "alloc")]
pub use payload::PayloadBuf;
pub use profile::Profile;
pub use rule::{Rule, Severity, Violation};
pub use tag::{Path, Tag, TagSet};
