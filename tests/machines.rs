//! A little of everything, for machines of another byte order or word size: this file runs under Miri, which is slow.
//!
//! Payloads and verdicts are those that were composed for this project; no file is read.

#[path = "common/mod.rs"]
mod common;

use emvqr::Clock;
use emvqr::crossborder::{Intent, Policy};
use emvqr::elqr::Bill;
use emvqr::khqr::{Builder, Lifetime};
use emvqr::value::{Amount, Currency};
use emvqr::{Code, Jpqr, Khqr, Mpm, Payload, Profile, crc, network};
use serde_json::Value;

/// Every so manieth line of a file of `tests/vectors`.
fn lines(text: &'static str, step: usize) -> impl Iterator<Item = Value> {
    // Miri takes some hundred times as long.
    let step = if cfg!(miri) { 3 * step } else { step };
    text.lines().step_by(step).map(|line| serde_json::from_str(line).unwrap())
}

fn accepts<'a, P: Profile<'a>>(payload: &Payload<'a>, context: P::Context) -> bool {
    let found = payload.validate::<P>(context).into_violations();
    let has_error = found.iter().any(|found| found.severity() == emvqr::Severity::Error);
    assert_eq!(payload.view::<P>(context).is_err(), has_error);
    !has_error
}

#[test]
fn khqr_codes_have_the_verdict_of_the_toolkit() {
    let mut judged = 0;
    for line in lines(include_str!("vectors/khqr.ndjson"), 8) {
        let text = line["payload"].as_str().unwrap();
        let clock = Clock::at_millis(line["now_ms"].as_u64().unwrap());
        let payload = Payload::parse(text);
        assert_eq!(payload.is_ok(), line["wire"] == "valid", "{text}");
        let accepted = payload.as_ref().is_ok_and(|payload| accepts::<Khqr<'_>>(payload, clock));
        match line["expect"].as_str().unwrap() {
            "accept" => assert!(accepted, "{text}"),
            "reject" => assert!(!accepted, "{text}"),
            _ => {}
        }
        if let Ok(payload) = payload {
            let _ = accepts::<Mpm<'_>>(&payload, ());
            assert!(payload.leaves().all(|leaf| text.get(leaf.value_offset()..leaf.end()) == Some(leaf.value())));
            if accepted {
                let intent = Intent::of(&payload, Policy::default()).unwrap();
                assert!(intent.payee.is_some());
                assert!(intent.blocks(clock, Policy::default()).iter().all(|block| block.rule.is_none()), "{text}");
                assert!(network::accounts(&payload).any(|account| account.network().id() == "khqr"));
            }
        }
        judged += 1;
    }
    assert!(judged >= 12, "{judged}");
}

#[test]
fn jpqr_codes_have_their_verdicts() {
    let mut judged = 0;
    for line in lines(include_str!("vectors/jpqr.ndjson"), 2).filter(|line| line["profile"] == "jpqr-mpm") {
        let Some(text) = line["payload"].as_str() else { continue };
        let accepted = Payload::parse(text).is_ok_and(|payload| accepts::<Jpqr<'_>>(&payload, ()));
        match line["expect"].as_str().unwrap() {
            "accept" => assert!(accepted, "{text}"),
            "reject" => assert!(!accepted, "{text}"),
            _ => {}
        }
        judged += 1;
    }
    assert!(judged >= 3, "{judged}");
}

#[test]
fn the_crc_is_that_of_a_loop_over_bits() {
    let bytes: Vec<u8> = (0..300_u32).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect();
    for length in (0..40).chain([127, 128, 129, 255, 256, 300]) {
        assert_eq!(crc::checksum(&bytes[..length]), common::crc(&bytes[..length]), "{length}");
    }
    let mut running = crc::Running::new();
    bytes.chunks(13).for_each(|part| running.update(part));
    assert_eq!(running.finish(), common::crc(&bytes));
}

#[test]
fn what_is_written_is_read() {
    let now = 1_750_000_000_000;
    let code = Builder::merchant("coffee@devb", "123456", "Dev Bank", "ហាងកាហ្វេ")
        .amount(Amount::from_minor(150, 2).unwrap(), Currency::USD, Lifetime::minutes(now, 10))
        .build()
        .unwrap();
    assert!(accepts::<Khqr<'_>>(&code.as_payload(), Clock::at_millis(now)));
    assert_eq!(Code::parse(code.as_str(), Clock::at_millis(now)).unwrap().scheme().to_string(), "khqr");
    let change = [emvqr::edit::Change::set("62-01", "INV-7")];
    let edited = code.edit(&change).build_unchecked().unwrap();
    assert_eq!(edited.find("62-01").map(|object| object.value()), Some("INV-7"));
    assert!(Bill::parse(include_str!("vectors/bill.txt").trim_end(), None).is_ok());
}
