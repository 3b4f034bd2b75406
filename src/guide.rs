//! Pages to read; there is no code in them.

#[doc = include_str!("guide/border.md")]
pub mod border {}

#[doc = include_str!("guide/embedded.md")]
pub mod embedded {}

#[doc = include_str!("guide/from_toolkit.md")]
pub mod from_toolkit {}

#[doc = include_str!("guide/hostile.md")]
pub mod hostile {}

#[doc = include_str!("guide/house.md")]
pub mod house {}

#[doc = include_str!("guide/jpqr.md")]
pub mod jpqr {}

#[doc = include_str!("guide/json.md")]
pub mod json {}

#[doc = include_str!("guide/khqr.md")]
pub mod khqr {}

#[doc = include_str!("guide/networks.md")]
pub mod networks {}

#[doc = include_str!("guide/numbers.md")]
pub mod numbers {}

#[doc = include_str!("guide/other_networks.md")]
pub mod other_networks {}

#[doc = include_str!("guide/picture.md")]
pub mod picture {}
