//! Answers of `emvqr` about a payment code, as JSON: the answers of the program, for whoever embeds them elsewhere.
//!
//! [`Verdict::of`] judges a text; [`Short`] and [`Full`] are its answers, [`Border`] is that about paying across the border.
//! Each is `Serialize`, and [`to_line`] writes it as one line of JSON. [`forms`] reads what users fill in: supplements, and
//! the values of a new code.
//!
//! ```
//! use emvqr_answer::{Question, Short, Verdict, to_line};
//!
//! let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
//! let verdict = Verdict::of(text.as_bytes(), Question::at_millis(1_750_000_000_000));
//! assert!(verdict.is_valid());
//! let line = to_line(&Short::of(&verdict));
//! assert!(line.starts_with(r#"{"version":1,"valid":true,"wire":true,"level":"valid","profile":"khqr""#));
//! ```
//!
#![doc = include_str!("keys.md")]
#![forbid(unsafe_code)]

mod answer;
mod border;
mod fields;
pub mod forms;
mod line;
mod question;
mod summary;
mod time;
mod verdict;

pub use answer::{Extra, Full, NoExtra, Short, Units};
pub use border::{Border, BorderQuestion, Target, Written};
pub use fields::SdkFields;
pub use line::to_line;
pub use question::{ProfileChoice, Question};
pub use summary::Summary;
pub use time::{moment, rfc3339, span};
pub use verdict::{Fault, Level, Verdict};

/// Version of the keys: from 1 on none is renamed.
pub const VERSION: u32 = 1;

/// Maximum number of bytes of a text that is judged. A longer one has the error `too_long`.
pub const MAX_LEN: usize = 64 * 1024;
