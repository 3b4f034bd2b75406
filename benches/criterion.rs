//! Throughput of each job, in bytes, on the corpus and at fixed lengths: `cargo bench -p emvqr-benches --bench criterion`.
//!
//! On a shared machine compare within one run. For decisions count instructions: `benches/instructions.sh`.

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use emvqr::Clock;
use emvqr::Encode;
use emvqr::crossborder::{Intent, Policy};
use emvqr::edit::Change;
use emvqr::encode::RootRun;
use emvqr::khqr::{Builder, Khqr, Lifetime};
use emvqr::rule::Each;
use emvqr::value::{Amount, Currency, Language};
use emvqr::{Jpqr, Mpm, Path, Payload, Profile, Tag, crc};

use supplement::{rewrite, supplement};

mod supplement;

const CORPUS: &str = include_str!("corpus.txt");

static TABLE_1: ::crc::Crc<u16, ::crc::Table<1>> = ::crc::Crc::<u16, ::crc::Table<1>>::new(&::crc::CRC_16_IBM_3740);
static TABLE_16: ::crc::Crc<u16, ::crc::Table<16>> = ::crc::Crc::<u16, ::crc::Table<16>>::new(&::crc::CRC_16_IBM_3740);

fn checksums(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("crc");
    for length in [64, 128, 200, 300, 512, 4096] {
        let bytes = &CORPUS.as_bytes()[..length];
        group.throughput(Throughput::Bytes(length as u64));
        group.bench_with_input(BenchmarkId::new("fold", length), bytes, |bencher, bytes| {
            bencher.iter(|| crc::checksum(black_box(bytes)));
        });
        group.bench_with_input(BenchmarkId::new("crc Table<1>", length), bytes, |bencher, bytes| {
            bencher.iter(|| TABLE_1.checksum(black_box(bytes)));
        });
        group.bench_with_input(BenchmarkId::new("crc Table<16>", length), bytes, |bencher, bytes| {
            bencher.iter(|| TABLE_16.checksum(black_box(bytes)));
        });
    }
    group.finish();
}

fn payloads(criterion: &mut Criterion) {
    let texts: Vec<&str> = CORPUS.lines().collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let parsed: Vec<Payload<'_>> = texts.iter().map(|text| Payload::parse(text).unwrap()).collect();
    let objects: Vec<Vec<(Tag, &str)>> = parsed
        .iter()
        .map(|payload| payload.iter().filter(|o| o.tag() != Tag::CRC).map(|o| (o.tag(), o.value())).collect())
        .collect();

    let mut group = criterion.benchmark_group("corpus");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| texts.iter().filter(|text| Payload::parse(black_box(text)).is_ok()).count());
    });
    group.bench_function("parse and check", |bencher| {
        let check =
            |text: &&str| Payload::parse(black_box(text)).is_ok_and(|payload| payload.view::<Mpm<'_>>(()).is_ok());
        bencher.iter(|| texts.iter().copied().filter(check).count());
    });
    group.bench_function("parse and list all findings", |bencher| {
        bencher.iter(|| {
            let mut findings = 0_usize;
            for text in &texts {
                let payload = Payload::parse(black_box(text)).unwrap();
                let _ = Mpm::check(
                    &payload,
                    (),
                    &mut Each(|_| {
                        findings += 1;
                        ControlFlow::Continue(())
                    }),
                );
            }
            findings
        });
    });
    group.bench_function("encode", |bencher| {
        let mut buffer = [0; 512];
        bencher.iter(|| {
            for objects in &objects {
                black_box(RootRun(black_box(objects).iter().copied()).encode_to_slice(&mut buffer).unwrap());
            }
        });
    });
    group.bench_function("edit", |bencher| {
        let mut buffer = [0; 512];
        let changes = [Change::set(Path::of(Tag::TRANSACTION_AMOUNT), "1500")];
        bencher.iter(|| {
            for payload in &parsed {
                black_box(payload.edit(black_box(&changes)).encode_checked_to_slice::<Mpm<'_>>((), &mut buffer).ok());
            }
        });
    });
    group.finish();
}

/// The KHQR codes of the corpus that conform, under KHQR's rules and under EMVCo's alone; and one code built.
fn khqr(criterion: &mut Criterion) {
    let is_khqr = |payload: Payload<'_>| Khqr::recognises(&payload) && payload.view::<Khqr<'_>>(Clock::UNKNOWN).is_ok();
    let texts: Vec<&str> = CORPUS.lines().filter(|text| Payload::parse(text).is_ok_and(is_khqr)).collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();

    let mut group = criterion.benchmark_group("khqr");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse and check", |bencher| {
        let check = |text: &&str| {
            Payload::parse(black_box(text)).is_ok_and(|payload| payload.view::<Khqr<'_>>(Clock::UNKNOWN).is_ok())
        };
        bencher.iter(|| texts.iter().copied().filter(check).count());
    });
    group.bench_function("parse and check EMVCo's rules alone", |bencher| {
        let check =
            |text: &&str| Payload::parse(black_box(text)).is_ok_and(|payload| payload.view::<Mpm<'_>>(()).is_ok());
        bencher.iter(|| texts.iter().copied().filter(check).count());
    });

    let builder = Builder::merchant("coffee@devb", "123456", "Dev Bank", "Coffee Shop")
        .amount(Amount::new("5000").unwrap(), Currency::KHR, Lifetime::minutes(1_750_000_000_000, 10))
        .bill_number("INV-2025-0001")
        .store_label("Riverside")
        .terminal_label("POS-1")
        .alternate_name(Language::KM, "ហាងកាហ្វេ");
    group.throughput(Throughput::Bytes(builder.encode_to_string().unwrap().len() as u64));
    group.bench_function("build", |bencher| {
        let mut buffer = [0; 512];
        bencher.iter(|| black_box(&builder).encode_to_slice(&mut buffer).unwrap().len());
    });
    group.finish();
}

/// The same payloads under EMVCo and under JPQR.
fn jpqr(criterion: &mut Criterion) {
    let conforms = |text: &&str| {
        let payload = Payload::parse(text).unwrap();
        payload.view::<Mpm<'_>>(()).is_ok() && payload.view::<Jpqr<'_>>(()).is_ok()
    };
    let texts: Vec<&str> = CORPUS.lines().filter(conforms).collect();
    let mut group = criterion.benchmark_group("jpqr");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("parse and check, EMVCo", |bencher| {
        let check =
            |text: &&str| Payload::parse(black_box(text)).is_ok_and(|payload| payload.view::<Mpm<'_>>(()).is_ok());
        bencher.iter(|| texts.iter().copied().filter(check).count());
    });
    group.bench_function("parse and check, JPQR", |bencher| {
        let check =
            |text: &&str| Payload::parse(black_box(text)).is_ok_and(|payload| payload.view::<Jpqr<'_>>(()).is_ok());
        bencher.iter(|| texts.iter().copied().filter(check).count());
    });
    group.finish();
}

/// From a payload to its intent, and to the other scheme's code.
fn crossborder(criterion: &mut Criterion) {
    let given = supplement();
    let payloads: Vec<Payload<'_>> = CORPUS.lines().map(|text| Payload::parse(text).unwrap()).collect();
    let is_one =
        |payload: &&Payload<'_>| Intent::of(payload, Policy::default()).is_some() && rewrite(payload, &given) > 0;
    let payloads: Vec<&Payload<'_>> = payloads.iter().filter(is_one).collect();
    let mut group = criterion.benchmark_group("cross-border");
    group.throughput(Throughput::Bytes(payloads.iter().map(|payload| payload.as_str().len() as u64).sum()));
    group.bench_function("intent", |bencher| {
        bencher.iter(|| {
            payloads.iter().filter(|payload| Intent::of(black_box(payload), Policy::default()).is_some()).count()
        });
    });
    group.bench_function("rewrite", |bencher| {
        bencher.iter(|| payloads.iter().map(|payload| rewrite(black_box(payload), &given)).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, checksums, payloads, khqr, jpqr, crossborder);
criterion_main!(benches);
