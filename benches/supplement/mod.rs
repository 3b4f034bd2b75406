//! What the rewriting of the corpus needs, in both directions.

use emvqr::Clock;
use emvqr::crossborder::{Policy, Rewrite, Supplement};
use emvqr::khqr::Khqr;
use emvqr::value::{Amount, Currency};
use emvqr::{Jpqr, Payload};

/// What a switch supplies.
pub(crate) fn supplement() -> Supplement<'static> {
    Supplement {
        store_id: Some("00000000000010001000001000001".parse().unwrap()),
        postal_code: Some("1066143"),
        alternate_name: Some("テスト商店"),
        name: Some("TEST SHOP"),
        city: Some("PHNOM PENH"),
        bakong_account: Some("settle@devb"),
        acquiring_bank: Some("Dev Bank"),
        currency: Some(Currency::KHR),
        amount: Some(Amount::new("1500").unwrap()),
        created_ms: Some(1_750_000_000_000),
        expires_at_ms: Some(1_750_000_300_000),
        ..Supplement::default()
    }
}

/// The other scheme's code of a payload that one of them recognises, by its length; 0 for one that is not rewritten.
pub(crate) fn rewrite(payload: &Payload<'_>, given: &Supplement<'_>) -> usize {
    let (clock, policy) = (Clock::UNKNOWN, Policy::default());
    let in_yen = Supplement { currency: Some(Currency::JPY), ..*given };
    let report = if Jpqr::recognises(payload) {
        Rewrite::to_khqr(&Jpqr::of(payload), given).at(clock).under(policy)
    } else {
        Rewrite::to_jpqr(&Khqr::of(payload), &in_yen).at(clock).under(policy)
    };
    let mut buffer = [0; 512];
    report.write(&mut buffer).map_or(0, |rewritten| rewritten.text.len())
}
