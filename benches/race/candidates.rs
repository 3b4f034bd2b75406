//! What is compared: one function per crate and job, never inlined, called through a pointer.

use std::cell::RefCell;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};

use brcode::Data;
use crc::{CRC_16_IBM_3740, Crc, Table};
use crc_fast::CrcAlgorithm;
use emvqr::encode::{Encode, RootRun};
use emvqr::rule::Each;
use emvqr::{Mpm, Payload, Profile, Tag};
use promptparse::TlvTag;
use qris::node::Nodes;

/// A text, and the tags that each encoder starts from.
#[derive(Default)]
pub(crate) struct Input {
    pub(crate) text: &'static str,
    objects: Vec<(Tag, &'static str)>,
    promptparse_flat: Vec<TlvTag>,
    promptparse_nested: Vec<TlvTag>,
    brcode: Vec<(usize, Data)>,
    /// In a cell, as this crate writes the CRC into its tags.
    qris: RefCell<Option<Nodes>>,
}

/// One way to do a job.
pub(crate) struct Candidate {
    pub(crate) name: &'static str,
    /// The job. The result only keeps it from being optimised away.
    pub(crate) run: fn(&Input) -> u64,
    /// Whether the job can be done on this input, and is done right.
    pub(crate) accepts: fn(&Input) -> bool,
}

/// What a candidate makes of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Accepts,
    Rejects,
    Panics,
}

impl Input {
    /// For jobs that read.
    pub(crate) fn raw(text: &'static str) -> Self {
        Self { text, ..Self::default() }
    }

    /// For all jobs. Peers that cannot read the text have no tags to write.
    pub(crate) fn payload(text: &'static str) -> Self {
        let objects = Payload::parse(text).map(|payload| {
            payload.iter().map(|object| (object.tag(), object.value())).filter(|(tag, _)| *tag != Tag::CRC).collect()
        });
        let nested = quietly(|| promptparse::parse(text, true, true)).flatten();
        Self {
            text,
            objects: objects.unwrap_or_default(),
            promptparse_flat: without_crc(quietly(|| promptparse::decode(text)).and_then(Result::ok)),
            promptparse_nested: without_crc(nested.map(|code| code.get_tags().to_vec())),
            brcode: brcode::from_str(text).into_iter().filter(|(tag, _)| *tag != 63).collect(),
            qris: RefCell::new(quietly(|| Nodes::from_str(text).ok()).flatten()),
        }
    }
}

impl Candidate {
    pub(crate) fn outcome(&self, input: &Input) -> Outcome {
        match quietly(|| (self.accepts)(input)) {
            Some(true) => Outcome::Accepts,
            Some(false) => Outcome::Rejects,
            None => Outcome::Panics,
        }
    }
}

/// `None` if `job` panics. The message is up to the panic hook.
fn quietly<T>(job: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(job)).ok()
}

fn without_crc(tags: Option<Vec<TlvTag>>) -> Vec<TlvTag> {
    tags.unwrap_or_default().into_iter().filter(|tag| tag.id != "63").collect()
}

/// The text up to the CRC's digits, and these.
fn split_crc(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.len().checked_sub(4)?)
}

// CRC.

pub(crate) static EMVQR_CRC: Candidate =
    Candidate { name: "emvqr::crc::checksum", run: emvqr_crc, accepts: |input| crc_is_right(emvqr_crc, input) };
pub(crate) static CRC_PEERS: [&Candidate; 3] = [
    &Candidate { name: "crc 3.4.0 Table<1>", run: crc_table_1, accepts: |input| crc_is_right(crc_table_1, input) },
    &Candidate { name: "crc 3.4.0 Table<16>", run: crc_table_16, accepts: |input| crc_is_right(crc_table_16, input) },
    &Candidate { name: "crc-fast 1.10.0", run: crc_fast, accepts: |input| crc_is_right(crc_fast, input) },
];

static TABLE_1: Crc<u16, Table<1>> = Crc::<u16, Table<1>>::new(&CRC_16_IBM_3740);
static TABLE_16: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_IBM_3740);

fn crc_is_right(run: fn(&Input) -> u64, input: &Input) -> bool {
    run(input) == crc_table_1(input)
}

#[inline(never)]
fn emvqr_crc(input: &Input) -> u64 {
    emvqr::crc::checksum(input.text.as_bytes()).into()
}

#[inline(never)]
fn crc_table_1(input: &Input) -> u64 {
    TABLE_1.checksum(input.text.as_bytes()).into()
}

#[inline(never)]
fn crc_table_16(input: &Input) -> u64 {
    TABLE_16.checksum(input.text.as_bytes()).into()
}

#[inline(never)]
fn crc_fast(input: &Input) -> u64 {
    crc_fast::checksum(CrcAlgorithm::Crc16Ibm3740, input.text.as_bytes())
}

// Decoding.

/// A candidate whose function returns 0 for what it rejects.
macro_rules! decoder {
    ($name:literal, $run:ident) => {
        Candidate { name: $name, run: $run, accepts: |input| $run(input) != 0 }
    };
}

pub(crate) static EMVQR_PARSE: Candidate = decoder!("emvqr Payload::parse", emvqr_parse);
pub(crate) static EMVQR_LEAVES: Candidate = decoder!("emvqr Payload::parse, leaves", emvqr_leaves);
// Codes that break a rule are read all the same, so both accept what is a payload.
pub(crate) static EMVQR_VIEW: Candidate =
    Candidate { name: "emvqr Payload::parse, view::<Mpm>", run: emvqr_view, accepts: |input| emvqr_parse(input) != 0 };
pub(crate) static EMVQR_LIST: Candidate = decoder!("emvqr Payload::parse, Mpm::check", emvqr_list);

pub(crate) static PROMPTPARSE_NESTED: Candidate =
    decoder!("promptparse 1.2.0 parse(strict, sub-tags)", promptparse_nested);
pub(crate) static PROMPTPARSE_FLAT: Candidate = decoder!("promptparse 1.2.0 parse(strict, flat)", promptparse_flat);
pub(crate) static BRCODE: Candidate = decoder!("brcode 1.4.2 from_str, crc16_ccitt", brcode);
pub(crate) static QRIS: Candidate = decoder!("qris 0.1.1 from_str, verify", qris);

/// All that decode.
pub(crate) static DECODERS: [&Candidate; 4] = [&PROMPTPARSE_NESTED, &PROMPTPARSE_FLAT, &BRCODE, &QRIS];
/// Those that open templates.
pub(crate) static DEEP_DECODERS: [&Candidate; 3] = [&PROMPTPARSE_NESTED, &BRCODE, &QRIS];

/// Whether the payload breaks none of the base rules.
pub(crate) fn conforms(input: &Input) -> bool {
    emvqr_view(input) != 0
}

#[inline(never)]
fn emvqr_parse(input: &Input) -> u64 {
    let payload = Payload::parse(input.text);
    black_box(&payload).is_ok().into()
}

#[inline(never)]
fn emvqr_leaves(input: &Input) -> u64 {
    let Ok(payload) = Payload::parse(input.text) else { return 0 };
    black_box(&payload).leaves().fold(0, |bytes, leaf| bytes + leaf.value_bytes().len() as u64)
}

#[inline(never)]
fn emvqr_view(input: &Input) -> u64 {
    let Ok(payload) = Payload::parse(input.text) else { return 0 };
    let view = payload.view::<Mpm>(());
    black_box(&view).is_ok().into()
}

/// One more than the findings.
#[inline(never)]
fn emvqr_list(input: &Input) -> u64 {
    let Ok(payload) = Payload::parse(input.text) else { return 0 };
    let mut findings = 1;
    let mut visitor = Each(|_| {
        findings += 1;
        ControlFlow::Continue(())
    });
    let _ = Mpm::check(&payload, (), &mut visitor);
    findings
}

#[inline(never)]
fn promptparse_nested(input: &Input) -> u64 {
    black_box(&promptparse::parse(input.text, true, true)).is_some().into()
}

#[inline(never)]
fn promptparse_flat(input: &Input) -> u64 {
    black_box(&promptparse::parse(input.text, true, false)).is_some().into()
}

#[inline(never)]
fn brcode(input: &Input) -> u64 {
    let tags = brcode::from_str(input.text);
    let valid = split_crc(input.text).is_some_and(|(covered, digits)| brcode::crc16_ccitt(covered) == digits);
    (!black_box(&tags).is_empty() && valid).into()
}

#[inline(never)]
fn qris(input: &Input) -> u64 {
    let Ok(nodes) = Nodes::from_str(input.text) else { return 0 };
    black_box(&nodes).verify().into()
}

// Encoding.

/// A candidate around a function that hands its text on. Right is what gives the input back.
macro_rules! encoder {
    ($name:literal, $encode:ident) => {
        Candidate {
            name: $name,
            run: |input| $encode(input, |text| black_box(text).len() as u64),
            accepts: |input| $encode(input, |text| text == input.text),
        }
    };
}

pub(crate) static EMVQR_ENCODE: Candidate = encoder!("emvqr encode_to_slice", emvqr_encode);
pub(crate) static ENCODERS: [&Candidate; 4] = [
    &encoder!("promptparse 1.2.0 encode(sub-tags), with_crc_tag", promptparse_encode_nested),
    &encoder!("promptparse 1.2.0 encode(flat), with_crc_tag", promptparse_encode_flat),
    &encoder!("brcode 1.4.2 to_string, crc16_ccitt", brcode_encode),
    &encoder!("qris 0.1.1 rewrite_crc16, dumps", qris_encode),
];

thread_local! {
    /// The caller's buffer.
    static BUFFER: RefCell<[u8; 1024]> = const { RefCell::new([0; 1024]) };
}

fn emvqr_encode<T: Default>(input: &Input, done: impl FnOnce(&str) -> T) -> T {
    BUFFER.with_borrow_mut(|buffer| {
        RootRun(input.objects.iter().copied()).encode_to_slice(buffer).map(done).unwrap_or_default()
    })
}

fn promptparse_encode_nested<T>(input: &Input, done: impl FnOnce(&str) -> T) -> T {
    done(&promptparse::with_crc_tag(&promptparse::encode(&input.promptparse_nested), "63", true))
}

fn promptparse_encode_flat<T>(input: &Input, done: impl FnOnce(&str) -> T) -> T {
    done(&promptparse::with_crc_tag(&promptparse::encode(&input.promptparse_flat), "63", true))
}

fn brcode_encode<T>(input: &Input, done: impl FnOnce(&str) -> T) -> T {
    let mut text = brcode::to_string(&input.brcode);
    text.push_str("6304");
    text.push_str(&brcode::crc16_ccitt(&text));
    done(&text)
}

fn qris_encode<T: Default>(input: &Input, done: impl FnOnce(&str) -> T) -> T {
    let mut nodes = input.qris.borrow_mut();
    let Some(nodes) = nodes.as_mut() else { return T::default() };
    nodes.rewrite_crc16();
    done(&nodes.dumps())
}
