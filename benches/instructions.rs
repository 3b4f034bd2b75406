//! Runs one job over the corpus, for counting its instructions: see `benches/instructions.sh`.
//!
//! Instruction counts are what decisions rest on: a shared machine's clock is noisy, and they are not.

use std::hint::black_box;

use emvqr::crossborder::{Intent, Policy, Report, Supplement};
use emvqr::jpqr::Jpqr;
use emvqr::khqr::{Clock, Khqr};
use emvqr::rule::Each;
use emvqr::value::{Amount, Currency};
use emvqr::{Mpm, Payload, Profile, Tag, encode};

const CORPUS: &str = include_str!("corpus.txt");
/// Passes over the corpus; the count is divided by them.
const PASSES: usize = 20;

/// The measured call. The profiler collects in here alone.
#[inline(never)]
fn measured<T, R>(job: impl Fn(T) -> R, input: T) -> R {
    job(black_box(input))
}

fn run<T: Copy, R>(inputs: &[T], job: impl Fn(T) -> R + Copy) {
    for _ in 0..PASSES {
        for input in inputs {
            black_box(measured(job, *input));
        }
    }
    println!("calls {}", PASSES * inputs.len());
}

/// What an encoder is given: the root objects without the CRC.
fn root_objects(text: &str) -> Vec<(Tag, &str)> {
    let payload = Payload::parse(text).unwrap();
    payload.iter().filter(|object| object.tag() != Tag::CRC).map(|object| (object.tag(), object.value())).collect()
}

/// What a switch supplies, for both directions.
fn supplement() -> Supplement<'static> {
    Supplement {
        store_id: Some("00000000000010001000001000001".parse().unwrap()),
        postal_code: Some("1066143"),
        merchant_name_ja: Some("テスト商店"),
        merchant_name_latin: Some("TEST SHOP"),
        merchant_city_latin: Some("PHNOM PENH"),
        bakong_account: Some("settle@devb"),
        acquiring_bank: Some("Dev Bank"),
        currency: Some(Currency::KHR),
        amount: Some(Amount::new("1500").unwrap()),
        created_ms: Some(1_750_000_000_000),
        expires_ms: Some(1_750_000_300_000),
        ..Supplement::default()
    }
}

fn main() {
    let all: Vec<&str> = CORPUS.lines().collect();
    let conformant: Vec<&str> =
        all.iter().copied().filter(|text| Payload::parse(text).unwrap().view::<Mpm>().is_ok()).collect();
    let crc = vec![&CORPUS.as_bytes()[..200]; all.len()];
    match std::env::args().nth(1).as_deref() {
        Some("crc") => run(&crc, |bytes: &[u8]| emvqr::crc::checksum(bytes)),
        Some("parse") => run(&all, |text: &str| Payload::parse(text).is_ok()),
        Some("check") => run(&conformant, |text: &str| Payload::parse(text).map(|p| p.view::<Mpm>().is_ok())),
        Some("list") => run(&conformant, |text: &str| {
            let mut findings = 0_u32;
            let payload = Payload::parse(text).unwrap();
            let _ = Mpm::check(
                &payload,
                (),
                &mut Each(|_| {
                    findings += 1;
                    core::ops::ControlFlow::Continue(())
                }),
            );
            findings
        }),
        Some("encode") => {
            let objects: Vec<Vec<(Tag, &str)>> = all.iter().map(|text| root_objects(text)).collect();
            let inputs: Vec<&[(Tag, &str)]> = objects.iter().map(Vec::as_slice).collect();
            run(&inputs, |objects: &[(Tag, &str)]| {
                let mut buffer = [0; 512];
                encode::encode_to_slice(objects.iter().copied(), &mut buffer).map(str::len)
            });
        }
        // Reading the whole intent of a payload that is parsed already, both schemes.
        Some("intent") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let inputs: Vec<&Payload<'_>> = payloads.iter().filter(|payload| Intent::read(payload).is_some()).collect();
            let khqr = inputs.iter().filter(|payload| Khqr::recognises(payload)).count();
            println!("{khqr} KHQR, {} JPQR", inputs.len() - khqr);
            run(&inputs, |payload: &Payload<'_>| Intent::read(payload));
        }
        // From a parsed payload to the other scheme's text, what is not blocked.
        Some("rewrite") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let given = supplement();
            let report = |payload: &Payload<'static>| {
                if Jpqr::recognises(payload) {
                    Report::to_khqr(&Jpqr::read(payload), &given, Clock::NONE, Policy::default())
                } else {
                    Report::to_jpqr(&Khqr::read(payload), &given, Clock::NONE, Policy::default())
                }
            };
            let rewrite = |payload: &Payload<'static>| {
                let mut buffer = [0; 512];
                report(payload).write(&mut buffer).ok().map(|rewritten| rewritten.text.len())
            };
            let is_one = |payload: &&Payload<'static>| Intent::read(payload).is_some() && rewrite(payload).is_some();
            let inputs: Vec<&Payload<'static>> = payloads.iter().filter(is_one).collect();
            run(&inputs, rewrite);
        }
        // Under `cargo test --benches` and `cargo bench`: nothing to count.
        _ => println!("{} payloads, {} conformant; see benches/instructions.sh", all.len(), conformant.len()),
    }
}
