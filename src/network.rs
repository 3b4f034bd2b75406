//! Whose accounts a code holds.
//!
//! The identifier in sub-object 00 of an account names its network, whatever the ID of the root object (Guidance 4.3): 29 and
//! 30 are Thai and Cambodian, 38 is Vietnamese and Lao, 26 is everybody's. [`TABLE`] knows the networks, their fields, how
//! sure each fact is, and what of a value is personal; [`accounts`] finds the accounts of a code, without allocation. Nothing
//! here is a rule: [`Corridor`](crate::corridor::Corridor) makes findings of it.
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
pub(crate) mod bakong;
mod class;
mod person;
mod row;
mod shape;
pub(crate) mod store_id;
mod table;
mod time;

pub(crate) use account::is_card_shaped;
pub use account::{Accounts, FieldValue, HexText, Misfit, NetworkAccount, accounts, accounts_in, guess, sole_account};
pub use class::{Class, Masked};
pub use row::{At, Confidence, Field, Format, Network, Person, Presence, Recognition};
pub(crate) use table::ROWS;
pub use table::{Markdown, TABLE, by_id};

use crate::payload::Payload;
use crate::tag::{Tag, TagSet};

/// `02` to `25`: accounts of card networks, as bare values.
pub(crate) const PRIMITIVE_ACCOUNTS: TagSet = TagSet::range(Tag::of_digits(2), Tag::of_digits(25));
/// `26` to `51`: accounts of any network, as templates with a GUID.
pub(crate) const ACCOUNT_TEMPLATES: TagSet = TagSet::range(Tag::of_digits(26), Tag::of_digits(51));

/// Why it is not certain who is paid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ambiguity {
    /// KHQR and JPQR both recognise the code: whoever reads it under one of them pays somebody else.
    Schemes,
    /// Two JPQR templates do not name the same store. One of them may be the value of a card network's ID: a public reader
    /// takes the first template with the GUID from 02 on.
    Stores,
    /// A Bakong account in 29, and another one in 30.
    Accounts,
}

/// What makes it ambiguous who is paid, whatever the country. One template alone cannot.
#[cold]
#[inline(never)]
pub(crate) fn ambiguity(payload: &Payload<'_>) -> Option<Ambiguity> {
    let hidden = store_id::hidden_templates(payload);
    if hidden.is_empty() && !payload.tags().intersection(ACCOUNT_TEMPLATES).has_several() {
        return None;
    }
    let stores = store_id::templates(payload).union(hidden);
    let is_khqr = bakong::recognised_account(payload).is_some();
    if is_khqr && !stores.is_empty() {
        Some(Ambiguity::Schemes)
    } else if store_id::are_several(payload, stores) {
        Some(Ambiguity::Stores)
    } else if bakong::has_both_templates(payload) && (is_khqr || bakong::has_two_accounts(payload)) {
        Some(Ambiguity::Accounts)
    } else {
        None
    }
}

/// Whether a reader who counts lengths in another unit may pay somebody else, or both schemes recognise the payload, or it
/// names two stores: then no view names a payee.
pub(crate) fn has_two_readings(payload: &Payload<'_>) -> bool {
    payload.has_ambiguous_lengths() || matches!(ambiguity(payload), Some(Ambiguity::Schemes | Ambiguity::Stores))
}
