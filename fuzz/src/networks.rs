//! The laws of networks and masks.

use emvqr::Clock;
use emvqr::crossborder::{Intent, Policy};
use emvqr::mask::{anonymise, anonymise_text, class_of, masked};
use emvqr::network::{Kind, NetworkCode, rules};
use emvqr::{Code, Mpm, Payload, Severity, network, tlv};

use crate::naive::networks::accounts;
use crate::naive::{self, Text};
use crate::text;

/// Any key.
const KEY: &[u8; 16] = b"key of 16 bytes!";

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
    let copy = anonymise_text(text, KEY);
    assert_eq!(copy.chars().count(), text.chars().count(), "{text:?} {copy:?}");
    let Ok(payload) = Payload::parse(text) else { return };
    let shown = payload.masked().to_string();
    assert_eq!(shown.len(), text.len());
    assert!(naive::strict(shown.as_bytes()).is_ok(), "{text:?} {shown:?}");
    for (before, after) in payload.leaves().zip(tlv::leaves(&shown).flatten()) {
        assert_eq!((before.path(), before.offset()), (after.path(), after.offset()));
        let class = class_of(&payload, &before);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let domain = before.value().rfind('@').map_or(0, |at| letters(&before.value()[at..]));
        // Headers and identifiers of a run of data objects stay; what else does is judged by `masks`.
        let is_run = before.objects().next().is_some_and(|first| first.is_ok());
        if class.is_personal() && !is_run {
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
        let preferred = [account.network()];
        let policy = Policy::default().prefer(&preferred);
        let Some(intent) = Intent::of(payload, policy) else { continue };
        if let Some(payee) = intent.payee.filter(|payee| payee.network() != "jpqr") {
            assert_eq!(payee.network(), account.network().id());
            assert_eq!(payload.find(payee.path()).map(|object| object.value()), Some(payee.account()));
            let parts = payee.institution().into_iter().chain(payee.sub_account());
            assert!(parts.map(str::len).all(|length| length > 0));
        }
        let blocks = intent.blocks(Clock::at_millis(0), policy);
        assert!(intent.payee.is_some() || !blocks.is_empty(), "nobody is paid by {payload}");
    }
    // The same answer in each door.
    let code = Code::of(payload);
    let payee = code.payee().copied();
    let intent = Intent::of(payload, Policy::default());
    assert_eq!(intent.as_ref().and_then(|intent| intent.payee), payee.filter(|_| intent.is_some()), "{payload}");
    assert_eq!(network::Reading::of(payload, &[]).payee().copied(), payee, "{payload}");
    // Of several national ones nobody is chosen.
    let mut national: Vec<_> = network::networks(payload).filter(|network| network.kind() == Kind::National).collect();
    national.dedup();
    assert!(national.len() < 2 || payee.is_none(), "{payload}");
}

/// A network excuses what EMVCo refuses; only that two accounts or keys are one too many is refused on top.
fn profile(payload: &Payload<'_>) {
    let errors = |findings: Vec<emvqr::Violation>| {
        let errors = findings.into_iter().filter(|found| found.severity() == Severity::Error);
        errors.map(|found| (found.rule().id(), found.path(), found.offset())).collect::<Vec<_>>()
    };
    let base = errors(payload.validate::<Mpm<'_>>(()).into_violations());
    for error in errors(payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations()) {
        let own = [rules::AMBIGUOUS_PAYEE.id(), rules::ONE_OF.id()];
        assert!(own.contains(&error.0) || base.contains(&error), "{error:?}");
    }
}

fn anonymised(payload: &Payload<'_>) {
    let made = anonymise(payload, KEY).expect("lengths stay");
    let other = made.as_payload();
    let leaves = |text| tlv::leaves(text).flatten().map(|leaf| (leaf.path(), leaf.offset())).collect::<Vec<_>>();
    assert_eq!(leaves(payload.as_str()), leaves(made.as_str()));
    let ids =
        |payload: &Payload<'_>| network::accounts(payload).map(|account| account.network().id()).collect::<Vec<_>>();
    assert_eq!(ids(payload), ids(&other), "{:?} {:?}", payload.as_str(), made.as_str());
    let findings = |payload: &Payload<'_>| {
        let findings = Code::validate(payload, Clock::UNKNOWN).into_violations();
        // A value that another reader sees twice, once inside another value, need not stay equal.
        findings
            .iter()
            .filter(|found| found.rule().id() != "emv.length.ambiguous")
            .map(|found| (found.rule().id(), found.path(), found.offset(), found.length()))
            .collect::<Vec<_>>()
    };
    assert_eq!(findings(payload), findings(&other), "{:?} {:?}", payload.as_str(), made.as_str());
}
