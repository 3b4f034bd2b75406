//! Runs one job over the corpus, for counting its instructions: see `benches/instructions.sh`.
//!
//! Instruction counts are what decisions rest on: a shared machine's clock is noisy, and they are not.

use std::hint::black_box;

use emvqr::Clock;
use emvqr::crossborder::{Intent, Policy};
use emvqr::encode::RootRun;
use emvqr::khqr::{AccountKind, Builder, Khqr, Lifetime};
use emvqr::rule::Each;
use emvqr::{Code, Encode, Jpqr, Mpm, Payload, Profile, Tag, jpqr};

use supplement::{rewrite, supplement};

mod supplement;

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

/// A builder with the values of a code.
fn khqr_builder<'a>(code: &Khqr<'a>) -> Builder<'a> {
    let (account, name) = (code.bakong_account().unwrap().as_str(), code.name().unwrap());
    let mut builder = if code.account_kind() == Some(AccountKind::Merchant) {
        let (id, bank) = (code.merchant_id().unwrap(), code.acquiring_bank().unwrap());
        Builder::merchant(account, id, bank, name)
    } else {
        Builder::individual(account, name)
            .account_information(code.account_information().unwrap_or_default())
            .acquiring_bank(code.acquiring_bank().unwrap_or_default())
    };
    builder = builder
        .city(code.city().unwrap())
        .merchant_category_code(code.merchant_category_code().unwrap().unwrap())
        .currency(code.currency().unwrap().unwrap());
    if let Some(amount) = code.amount().unwrap() {
        let (created_ms, expires_at_ms) =
            (code.created_at_ms().unwrap().unwrap(), code.expires_at_ms().unwrap().unwrap());
        let currency = code.currency().unwrap().unwrap();
        builder = builder.amount(amount, currency, Lifetime { created_ms, expires_at_ms });
    }
    if let Some(data) = code.additional_data() {
        builder = builder
            .bill_number(data.bill_number().unwrap_or_default())
            .mobile_number(data.mobile_number().unwrap_or_default())
            .store_label(data.store_label().unwrap_or_default())
            .terminal_label(data.terminal_label().unwrap_or_default())
            .purpose_of_transaction(data.purpose_of_transaction().unwrap_or_default());
    }
    if let Some(data) = code.base().language_information() {
        if let (Ok(Some(language)), Some(name)) = (data.language_preference(), data.merchant_name()) {
            builder = builder.alternate_name(language, name);
        }
        builder = builder.alternate_city(data.merchant_city().unwrap_or_default());
    }
    builder
}

#[expect(clippy::too_many_lines, reason = "a list of jobs")]
fn main() {
    // Restricted to its ASCII texts, or to the others, where that is asked for.
    let only = std::env::args().nth(2);
    let is_wanted = |text: &&str| only.as_deref().is_none_or(|only| text.is_ascii() == (only == "ascii"));
    let all: Vec<&str> = CORPUS.lines().filter(is_wanted).collect();
    let conformant: Vec<&str> =
        all.iter().copied().filter(|text| Payload::parse(text).unwrap().view::<Mpm>(()).is_ok()).collect();
    let is_khqr = |payload: Payload<'_>| Khqr::recognises(&payload) && payload.view::<Khqr>(Clock::UNKNOWN).is_ok();
    let khqr: Vec<&str> = all.iter().copied().filter(|text| Payload::parse(text).is_ok_and(is_khqr)).collect();
    let jpqr: Vec<&str> = all
        .iter()
        .copied()
        .filter(|text| {
            let payload = Payload::parse(text).unwrap();
            payload.view::<Mpm>(()).is_ok() && payload.view::<Jpqr>(()).is_ok()
        })
        .collect();
    let crc = vec![&CORPUS.as_bytes()[..200]; all.len()];
    match std::env::args().nth(1).as_deref() {
        Some("crc") => run(&crc, |bytes: &[u8]| emvqr::crc::checksum(bytes)),
        Some("parse") => run(&all, |text: &str| Payload::parse(text).is_ok()),
        Some("leaves") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let inputs: Vec<&Payload<'_>> = payloads.iter().collect();
            run(&inputs, |payload: &Payload<'_>| payload.leaves().map(|leaf| leaf.length()).sum::<usize>());
        }
        Some("check") => run(&conformant, |text: &str| Payload::parse(text).map(|p| p.view::<Mpm>(()).is_ok())),
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
        // Codes of one network, without the parse: the accounts alone.
        Some("accounts") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let one = |payload: &&Payload<'_>| emvqr::network::accounts(payload).count() == 1;
            let inputs: Vec<&Payload<'_>> = payloads.iter().filter(one).collect();
            run(&inputs, |payload: &Payload<'_>| emvqr::network::accounts(payload).count());
        }
        Some("network") => run(&conformant, |text: &str| {
            Payload::parse(text).map(|p| p.view::<emvqr::network::NetworkCode>(Clock::UNKNOWN).is_ok())
        }),
        // Whichever scheme it is, and who is paid.
        Some("code") => run(&all, |text: &str| {
            Code::parse(text, Clock::UNKNOWN).is_ok_and(|code| black_box(code.payee()).is_some())
        }),
        // The same payloads under JPQR and under EMVCo: what the scheme's rules and its view cost on top.
        Some("jpqr") => run(&jpqr, |text: &str| {
            let code = Payload::parse(text).ok()?.view::<Jpqr>(()).ok()?;
            Some((code.store_id()?, code.alternate_name()?.len(), code.amount_minor().ok()?))
        }),
        Some("jpqr-check") => run(&jpqr, |text: &str| Payload::parse(text).map(|p| p.view::<Jpqr>(()).is_ok())),
        Some("jpqr-emv") => run(&jpqr, |text: &str| Payload::parse(text).map(|p| p.view::<Mpm>(()).is_ok())),
        Some("encode") => {
            let objects: Vec<Vec<(Tag, &str)>> = all.iter().map(|text| root_objects(text)).collect();
            let inputs: Vec<&[(Tag, &str)]> = objects.iter().map(Vec::as_slice).collect();
            run(&inputs, |objects: &[(Tag, &str)]| {
                let mut buffer = [0; 512];
                RootRun(objects.iter().copied()).encode_to_slice(&mut buffer).map(str::len)
            });
        }
        Some("khqr") => {
            run(&khqr, |text: &str| Payload::parse(text).map(|p| p.view::<Khqr>(Clock::UNKNOWN).is_ok()));
        }
        Some("khqr-emv") => run(&khqr, |text: &str| Payload::parse(text).map(|p| p.view::<Mpm>(()).is_ok())),
        Some("khqr-build") => {
            let builders: Vec<Builder<'_>> = khqr
                .iter()
                .map(|text| khqr_builder(&Payload::parse(text).unwrap().view(Clock::UNKNOWN).unwrap()))
                .collect();
            assert!(builders.iter().all(|builder| builder.encode_to_string().is_ok()));
            let inputs: Vec<&Builder<'_>> = builders.iter().collect();
            run(&inputs, |builder: &Builder<'_>| {
                let mut buffer = [0; 512];
                builder.encode_to_slice(&mut buffer).map(str::len)
            });
        }
        Some("jpqr-build") => {
            // The JPQR codes of the corpus, from their values.
            let codes: Vec<Jpqr<'_>> =
                jpqr.iter().map(|text| Payload::parse(text).unwrap().view::<Jpqr<'_>>(()).unwrap()).collect();
            let is_further = |tag: u8| tag == 62 || (2..=51).contains(&tag) && tag != 26;
            let further: Vec<Vec<(Tag, &str)>> = codes
                .iter()
                .map(|code| code.payload().iter().map(|object| (object.tag(), object.value())))
                .map(|objects| objects.filter(|(tag, _)| is_further(tag.get())).collect())
                .collect();
            let builders = codes.iter().zip(&further).filter_map(|(code, further)| {
                let required = jpqr::Required {
                    store_id: code.store_id()?,
                    merchant_category_code: code.merchant_category_code().ok()??,
                    name: code.name()?,
                    city: code.city()?,
                    postal_code: code.postal_code()?,
                    alternate_name: code.alternate_name()?,
                };
                let builder = match code.amount_minor().ok()? {
                    Some(amount) => jpqr::Builder::new(&required).amount(amount),
                    None => jpqr::Builder::new(&required),
                };
                Some(builder.objects(further)).filter(|builder| builder.encode_to_string().is_ok())
            });
            let builders: Vec<jpqr::Builder<'_>> = builders.collect();
            let inputs: Vec<&jpqr::Builder<'_>> = builders.iter().collect();
            run(&inputs, |builder: &jpqr::Builder<'_>| {
                let mut buffer = [0; 512];
                builder.encode_to_slice(&mut buffer).map(str::len)
            });
        }
        // Reading an intent from a payload that is parsed already, both schemes: whose scheme it is, who is paid, until when.
        Some("intent") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let inputs: Vec<&Payload<'_>> =
                payloads.iter().filter(|payload| Intent::of(payload, Policy::default()).is_some()).collect();
            let khqr = inputs.iter().filter(|payload| Khqr::recognises(payload)).count();
            println!("{khqr} KHQR, {} JPQR", inputs.len() - khqr);
            run(&inputs, |payload: &Payload<'_>| Intent::of(payload, Policy::default()));
        }
        // The same, and every field of it asked for once.
        Some("intent-fields") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let inputs: Vec<&Payload<'_>> =
                payloads.iter().filter(|payload| Intent::of(payload, Policy::default()).is_some()).collect();
            run(&inputs, |payload: &Payload<'_>| {
                let intent = Intent::of(payload, Policy::default())?;
                black_box((intent.country(), intent.method(), intent.merchant_category_code(), intent.currency()));
                black_box((intent.name(), intent.city(), intent.postal_code(), intent.amount().ok()));
                black_box((intent.language(), intent.alternate_name(), intent.iso_exponent()));
                let references = intent.references();
                let lengths: usize = references.iter().map(|(_, reference)| black_box(reference).value.len()).sum();
                black_box((lengths, references.prompts().count(), references.mobile_number()));
                Some(intent)
            });
        }
        // From a parsed payload to the other scheme's text, what is not blocked.
        Some("rewrite") => {
            let payloads: Vec<Payload<'_>> = all.iter().map(|text| Payload::parse(text).unwrap()).collect();
            let given = supplement();
            let is_one = |payload: &&Payload<'_>| {
                Intent::of(payload, Policy::default()).is_some() && rewrite(payload, &given) > 0
            };
            let inputs: Vec<&Payload<'_>> = payloads.iter().filter(is_one).collect();
            run(&inputs, |payload: &Payload<'_>| rewrite(payload, &given));
        }
        // Under `cargo test --benches` and `cargo bench`: nothing to count.
        _ => println!("{} payloads, {} conformant; see benches/instructions.sh", all.len(), conformant.len()),
    }
}
