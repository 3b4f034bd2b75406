//! Whose accounts a code holds.
//!
//! The identifier in sub-object 00 of an account names its network, whatever the ID of the root object (Guidance 4.3): 29 and
//! 30 are Thai and Cambodian, 38 is Vietnamese and Lao, 26 is everybody's. [`TABLE`] knows the networks, their fields, how
//! sure each fact is, and what of a value is personal; [`accounts`] finds the accounts of a code, without allocation. Nothing
//! here is a rule: [`NetworkCode`] makes findings of it; a [`Reading`] says who is paid.
//!
//! ```
//! let text = "00020101021229370016A0000006770101110113006600000000053037645802TH6304";
//! let text = format!("{text}{:04X}", emvqr::crc::checksum(text.as_bytes()));
//! let payload = emvqr::Payload::parse(&text)?;
//! for account in emvqr::network::accounts(&payload) {
//!     assert_eq!(account.network().name(), "Thai QR, PromptPay credit transfer");
//!     for value in account.fields() {
//!         assert_eq!((value.field().name(), value.fit()), ("Mobile number", Ok(())));
//!     }
//! }
//! # Ok::<(), emvqr::Error>(())
//! ```

mod account;
mod builder;
mod class;
mod code;
mod format;
mod kind;
mod person;
mod reading;
mod row;
pub mod rules;
mod shape;
mod table;
mod time;
mod writing;

pub use account::{Accounts, FieldValue, HexText, Misfit, NetworkAccount, accounts, accounts_in, guess};
pub(crate) use account::{account_in, misfit};
pub use builder::{Builder, FieldError};
pub(crate) use class::star;
pub use class::{Class, Masked};
pub(crate) use code::check_base;
pub use code::{NetworkCode, field_rules};
pub use format::Format;
pub use kind::Kind;
pub use reading::{Networks, Reading, networks};
pub use row::{At, Confidence, Field, Network, Person, Presence, Recognition};
pub use table::{Markdown, TABLE, by_id};
pub(crate) use table::{bit, is_identifier};
