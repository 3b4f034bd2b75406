//! Pages to read; there is no code in them.

#[doc = include_str!("guide/house.md")]
pub mod house {}

#[doc = include_str!("guide/json.md")]
pub mod json {}
