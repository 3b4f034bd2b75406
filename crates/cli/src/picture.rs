//! QR symbols into and out of pictures.

mod read;
mod write;

pub(crate) use read::{read, read_bytes};
pub(crate) use write::{Drawing, Symbol};
