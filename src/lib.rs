#![doc = include_str!("lib.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
// No panic, by lint: what could panic does not get in, or says in place why it cannot.
#![cfg_attr(
    not(test),
    warn(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::panic_in_result_fn,
        clippy::string_slice,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable,
        clippy::unwrap_in_result,
        clippy::unwrap_used
    )
)]
#![warn(
    clippy::alloc_instead_of_core,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::std_instead_of_core
)]

#[cfg(feature = "alloc")]
extern crate alloc;

mod advice;
mod calendar;
mod characters;
mod clock;
mod code;
pub mod crc;
pub mod crossborder;
#[cfg(feature = "diagnose")]
pub mod diagnose;
pub mod dictionary;
mod digits;
pub mod display;
pub mod edit;
pub mod elqr;
pub mod encode;
pub mod error;
pub mod guide;
mod invalid;
pub mod iso;
pub mod jpqr;
pub mod khqr;
pub mod mask;
pub mod mpm;
pub mod network;
mod path;
mod payee;
pub mod payload;
pub mod profile;
pub mod rule;
#[cfg(feature = "serde")]
mod serde;
mod serialize;
pub mod tag;
pub mod tlv;
pub mod value;

pub use advice::Advice;
pub use clock::Clock;
pub use code::{Code, Scheme};
pub use encode::{BuildError, Encode};
pub use error::{Error, ErrorKind};
pub use jpqr::Jpqr;
pub use khqr::Khqr;
pub use mpm::Mpm;
pub use path::Path;
pub use payee::Payee;
pub use payload::Payload;
#[cfg(feature = "alloc")]
pub use payload::PayloadBuf;
#[cfg(feature = "alloc")]
pub use profile::Validation;
pub use profile::{Profile, ReadError};
pub use rule::{Rule, Severity, Violation};
pub use tag::{Tag, TagSet};

/// The README's snippets, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
