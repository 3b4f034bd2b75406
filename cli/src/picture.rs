//! QR symbols into and out of pictures.

mod read;
mod write;

pub(crate) use read::{Found, read};
pub(crate) use write::{Drawing, Symbol};
