//! Who is paid by a code of Cambodia or of Japan, and what makes that ambiguous. Knows no table of networks, so that a
//! firmware that judges KHQR does not carry it.

pub(crate) mod bakong;
mod marks;
pub(crate) mod other_readers;
pub(crate) mod store_id;

use crate::payload::Payload;
use crate::tag::TagSet;

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
    if hidden.is_empty() && !payload.tags().intersection(TagSet::ACCOUNT_TEMPLATES).has_several() {
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
    other_readers::find(payload).is_some() || matches!(ambiguity(payload), Some(Ambiguity::Schemes | Ambiguity::Stores))
}
