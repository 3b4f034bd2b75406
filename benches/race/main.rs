//! emvqr beside other crates, on one corpus in one run: see README.md.

#![allow(clippy::cast_precision_loss, reason = "figures for people to read")]

mod allocations;
mod candidates;
mod race;

use std::env;
use std::hint::black_box;
use std::panic;
use std::process::ExitCode;

use candidates::{Candidate, Input, Outcome};
use race::{Race, Timing};

const CORPUS: &str = include_str!("../corpus.txt");
const CRC_SIZES: [usize; 6] = [64, 128, 200, 300, 512, 4096];
const SAMPLES: usize = 101;
const QUICK_SAMPLES: usize = 11;

/// Candidates that are compared with one of ours, on some of the inputs.
struct Section {
    title: &'static str,
    ours: &'static Candidate,
    peers: &'static [&'static Candidate],
    /// The inputs in question. A peer is compared on those of them that it accepts.
    picks: Vec<usize>,
}

/// A line of a section's table: jobs by their numbers in the race.
struct Row {
    name: &'static str,
    payloads: usize,
    peer: Option<usize>,
    ours: usize,
}

fn main() -> ExitCode {
    let mut samples = SAMPLES;
    for argument in env::args().skip(1) {
        match argument.as_str() {
            // Cargo's own, under `cargo bench`.
            "--bench" => {}
            "--quick" | "--test" => samples = QUICK_SAMPLES,
            _ => {
                eprintln!("usage: race [--quick]");
                return ExitCode::from(2);
            }
        }
    }
    let inputs = silently(inputs);
    let mut race = Race::new(&inputs);
    let sections = sections(&inputs);
    let tables: Vec<Vec<Row>> = silently(|| {
        print_acceptance(&sections, &inputs);
        sections.iter().map(|section| rows(section, &inputs, &mut race)).collect()
    });

    race.run(samples);
    println!("\nns per call, median and 10th percentile (p10) of {samples} samples, {} jobs in turns.", race.jobs());
    println!("GB/s and ratios are of the p10. Both crates of a line had the same payloads in the same orders.");
    let mut title = "";
    for (section, rows) in sections.iter().zip(&tables) {
        if section.title != title {
            print_heading(section.title);
        }
        title = section.title;
        for row in rows {
            print_row(row, &race);
        }
    }
    silently(|| print_allocations(&sections, &inputs));
    ExitCode::SUCCESS
}

/// Some peers panic on some texts. That is counted, and needs no message.
fn silently<T>(job: impl FnOnce() -> T) -> T {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let result = job();
    panic::set_hook(hook);
    result
}

/// The corpus, and texts for the CRC.
fn inputs() -> Vec<Input> {
    let printable: String = CORPUS.chars().filter(|c| matches!(c, ' '..='~')).collect();
    let printable: &'static str = printable.leak();
    let raw = CRC_SIZES.iter().filter_map(|size| printable.get(..*size)).map(Input::raw);
    CORPUS.lines().map(Input::payload).chain(raw).collect()
}

fn sections(inputs: &[Input]) -> Vec<Section> {
    let payloads = CORPUS.lines().count();
    let all: Vec<usize> = (0..payloads).collect();
    let conforming: Vec<usize> = all.iter().copied().filter(|pick| candidates::conforms(&inputs[*pick])).collect();
    let crc = (payloads..inputs.len()).map(|pick| Section {
        title: "CRC-16/IBM-3740",
        ours: &candidates::EMVQR_CRC,
        peers: &candidates::CRC_PEERS,
        picks: vec![pick],
    });
    let decode =
        |title, ours, picks: &[usize]| Section { title, ours, peers: &candidates::DECODERS, picks: picks.to_vec() };
    let others = [
        decode("decode and check the CRC, no field rules", &candidates::EMVQR_PARSE, &all),
        Section {
            title: "the same, and every template opened",
            ours: &candidates::EMVQR_LEAVES,
            peers: &candidates::DEEP_DECODERS,
            picks: all.clone(),
        },
        decode("decode, and all rules up to the first error (the peers know no rules)", &candidates::EMVQR_VIEW, &all),
        decode("the same, on the payloads that conform", &candidates::EMVQR_VIEW, &conforming),
        decode("decode, and all findings of all rules (the peers know no rules)", &candidates::EMVQR_LIST, &all),
        decode("the same, on the payloads that conform", &candidates::EMVQR_LIST, &conforming),
        Section {
            title: "encode from tags that are there, with the CRC",
            ours: &candidates::EMVQR_ENCODE,
            peers: &candidates::ENCODERS,
            picks: all.clone(),
        },
    ];
    crc.chain(others).collect()
}

/// The inputs that a candidate accepts.
fn accepted(candidate: &Candidate, picks: &[usize], inputs: &[Input]) -> Vec<usize> {
    picks.iter().copied().filter(|pick| candidate.outcome(&inputs[*pick]) == Outcome::Accepts).collect()
}

/// Enters a section's candidates: ours beside each peer on what the peer accepts, and before them ours on all.
fn rows(section: &Section, inputs: &[Input], race: &mut Race<'_>) -> Vec<Row> {
    let picks = accepted(section.ours, &section.picks, inputs);
    let mut rows = Vec::new();
    if picks.len() > 1 {
        rows.push(Row {
            name: section.ours.name,
            payloads: picks.len(),
            peer: None,
            ours: race.enter(section.ours, &picks),
        });
    }
    for peer in section.peers {
        let picks = accepted(peer, &picks, inputs);
        if !picks.is_empty() {
            let (peer_job, ours) = (race.enter(peer, &picks), race.enter(section.ours, &picks));
            rows.push(Row { name: peer.name, payloads: picks.len(), peer: Some(peer_job), ours });
        }
    }
    rows
}

/// The candidates and their inputs, each once.
fn entries(sections: &[Section]) -> Vec<(&'static Candidate, &[usize])> {
    let mut entries: Vec<(&Candidate, &[usize])> = Vec::new();
    for section in sections.iter().filter(|section| section.picks.len() > 1) {
        for candidate in std::iter::once(&section.ours).chain(section.peers) {
            if entries.iter().all(|(known, _)| known.name != candidate.name) {
                entries.push((candidate, &section.picks));
            }
        }
    }
    entries
}

fn print_acceptance(sections: &[Section], inputs: &[Input]) {
    let payloads = CORPUS.lines().count();
    let conforming = inputs.iter().take(payloads).filter(|input| candidates::conforms(input)).count();
    println!("{payloads} payloads, {conforming} of them conform to EMVCo's rules.");
    println!("Encoders accept what they write as it was, byte for byte.\n");
    println!("{:<52} {:>8} {:>8} {:>8}", "", "accepts", "rejects", "panics");
    for (candidate, picks) in entries(sections) {
        let outcomes: Vec<Outcome> = picks.iter().map(|pick| candidate.outcome(&inputs[*pick])).collect();
        let count = |outcome| outcomes.iter().filter(|found| **found == outcome).count();
        let [accepts, rejects, panics] = [Outcome::Accepts, Outcome::Rejects, Outcome::Panics].map(count);
        println!("{:<52} {accepts:>8} {rejects:>8} {panics:>8}", candidate.name);
    }
}

fn print_heading(title: &str) {
    println!("\n{title}");
    println!(
        "{:<52} {:>8} {:>6}  {:>8} {:>8} {:>6}  {:>8} {:>8} {:>6}  {:>9} {:>9}",
        "", "payloads", "bytes", "median", "p10", "GB/s", "emvqr", "p10", "GB/s", "ours/peer", "peer/ours"
    );
}

fn print_row(row: &Row, race: &Race<'_>) {
    let bytes = race.bytes(row.ours);
    let columns = |Timing { median, p10 }| format!("{median:>8.1} {p10:>8.1} {:>6.2}", bytes / p10);
    let ours = race.timing(row.ours);
    let (peer, ratios) = match row.peer.map(|peer| race.timing(peer)) {
        None => (format!("{:24}", ""), String::new()),
        Some(peer) => (columns(peer), format!("{:>9.4} {:>8.2}x", ours.p10 / peer.p10, peer.p10 / ours.p10)),
    };
    let line = format!("{:<52} {:>8} {bytes:>6.1}  {peer}  {}  {ratios}", row.name, row.payloads, columns(ours));
    println!("{}", line.trim_end());
}

/// A pass without the clock, after the race.
fn print_allocations(sections: &[Section], inputs: &[Input]) {
    println!("\nallocations per call, on the payloads that each accepts");
    println!("{:<52} {:>8} {:>8} {:>8}", "", "payloads", "calls", "bytes");
    for (candidate, picks) in entries(sections) {
        let picks = accepted(candidate, picks, inputs);
        if picks.is_empty() {
            continue;
        }
        let found = allocations::count(|| {
            for pick in &picks {
                black_box((candidate.run)(black_box(&inputs[*pick])));
            }
        });
        let per_call = |total: u64| total as f64 / picks.len() as f64;
        let (calls, bytes) = (per_call(found.calls), per_call(found.bytes));
        println!("{:<52} {:>8} {calls:>8.1} {bytes:>8.0}", candidate.name, picks.len());
    }
}
