//! The laws of networks and masks.

use emvqr::Clock;
use emvqr::corridor::{AMBIGUOUS_PAYEE, Corridor};
use emvqr::crossborder::{Intent, Policy};
use emvqr::mask::{anonymise, anonymise_text, class_of, masked};
use emvqr::{Code, Mpm, Payload, Severity, network, tlv};

use crate::naive::networks::accounts;
use crate::naive::{self, Text};
use crate::text;

/// Accounts are those of a plain reader; masks hide what is personal and keep places; an anonymised code gets the same findings.
pub fn networks(data: &[u8]) {
    for text in text::variants(data) {
        masks(&text);
        if let Ok(payload) = Payload::parse(&text) {
            recognition(&payload);
            profile(&payload);
            anonymised(&payload);
        }
    }
}

fn masks(text: &str) {
    let shown = masked(text).to_string();
    assert_eq!((shown.len(), shown.chars().count()), (text.len(), text.chars().count()));
    assert_eq!(anonymise_text(text).chars().count(), text.chars().count());
    let Ok(payload) = Payload::parse(text) else { return };
    let shown = payload.masked().to_string();
    assert_eq!(shown.len(), text.len());
    assert!(naive::strict(shown.as_bytes()).is_ok(), "{text:?} {shown:?}");
    for (before, after) in payload.leaves().zip(tlv::leaves(&shown).flatten()) {
        assert_eq!((before.path(), before.offset()), (after.path(), after.offset()));
        let class = class_of(&payload, &before);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let domain = before.value().rfind('@').map_or(0, |at| letters(&before.value()[at..]));
        if class.is_personal() {
            assert!(letters(after.value()) <= 4 + domain, "{class:?} {:?}", after.value());
        }
    }
}

fn recognition(payload: &Payload<'_>) {
    let text = Text::new(payload.as_str());
    let root = naive::strict(payload.as_str().as_bytes()).expect("read by the library");
    let found: Vec<_> =
        network::accounts(payload).map(|account| (account.network().id(), account.object().tag().get())).collect();
    assert_eq!(found, accounts(&text, &root), "{:?}", payload.as_str());
    for account in network::accounts(payload) {
        for field in account.fields() {
            let (start, end) = (field.object().value_offset(), field.object().end());
            assert_eq!(&payload.as_str()[start..end], field.value());
        }
        let intent = Intent::of_account(&account);
        if let Some(key) = intent.payee.key.filter(|_| !["khqr", "jpqr"].contains(&account.network().id())) {
            assert_eq!(payload.find(key.path).map(|object| object.value()), Some(key.value.to_string().as_str()));
        }
        let _ = intent.blocks(Clock::at_millis(0), Policy::default());
    }
    if let Some(account) = network::sole_account(payload) {
        let others = accounts(&text, &root);
        let of_it = others.iter().filter(|(id, _)| *id == account.network().id()).count();
        let identities = others.iter().filter(|(id, _)| ["id.qris", "sg.sgqr"].contains(id)).count();
        assert!(of_it + identities >= others.len());
    }
}

/// A network excuses what EMVCo refuses; only that two accounts are one too many is refused on top.
fn profile(payload: &Payload<'_>) {
    let errors = |findings: Vec<emvqr::Violation>| {
        let errors = findings.into_iter().filter(|found| found.severity() == Severity::Error);
        errors.map(|found| (found.rule().id(), found.path(), found.offset())).collect::<Vec<_>>()
    };
    let base = errors(payload.violations::<Mpm<'_>>());
    for error in errors(payload.violations::<Corridor<'_>>()) {
        assert!(error.0 == AMBIGUOUS_PAYEE.id() || base.contains(&error), "{error:?}");
    }
}

fn anonymised(payload: &Payload<'_>) {
    let made = anonymise(payload).expect("lengths stay");
    let other = made.as_payload();
    let leaves = |text| tlv::leaves(text).flatten().map(|leaf| (leaf.path(), leaf.offset())).collect::<Vec<_>>();
    assert_eq!(leaves(payload.as_str()), leaves(made.as_str()));
    let ids =
        |payload: &Payload<'_>| network::accounts(payload).map(|account| account.network().id()).collect::<Vec<_>>();
    assert_eq!(ids(payload), ids(&other), "{:?} {:?}", payload.as_str(), made.as_str());
    let findings = |payload: &Payload<'_>| {
        let findings = Code::read(payload).violations(Clock::UNKNOWN);
        findings
            .iter()
            .map(|found| (found.rule().id(), found.path(), found.offset(), found.length()))
            .collect::<Vec<_>>()
    };
    assert_eq!(findings(payload), findings(&other), "{:?} {:?}", payload.as_str(), made.as_str());
}
