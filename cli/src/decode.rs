//! `emvqr decode`: what payloads say, whether they are valid, and what is wrong where.

mod flat;
mod human;
mod json;
mod stats;
mod verdict;

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::clock::Clock;
use crate::failure::{Failure, failed};
use crate::input::{self, MAX_LINE, Payloads};
use crate::output;
use stats::Stats;
use verdict::Verdict;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    #[command(flatten)]
    payloads: Payloads,
    /// Rules to hold the payloads to; auto: those of the profile that recognises the payload, else emv
    #[arg(long, value_enum, default_value_t = ProfileName::Auto)]
    profile: ProfileName,
    #[command(flatten)]
    clock: Clock,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json: one JSON object per payload, one line each
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Answer only what is not valid
    #[arg(long)]
    errors_only: bool,
    /// At the end a table of levels and broken rules, with how often and where first; with --json as a last object
    #[arg(long)]
    stats: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object per payload, one line each
    Json,
    /// One row per payload, for spreadsheets
    Csv,
}

const EXAMPLES: &str = "\
Examples:
  emvqr decode '00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F'
  emvqr decode --json --file codes.txt
  emvqr decode --profile emv --now 1760000000000 < codes.txt
  emvqr decode --errors-only --stats --file codes.txt
  emvqr decode --format csv --file codes.txt > codes.csv

Exit status: 0 every payload is valid under its profile, 1 some payload is not, 2 the command line or a file is unusable.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    Auto,
    Emv,
    Khqr,
    Jpqr,
}

/// What decides about a payload, apart from its text.
#[derive(Clone, Copy)]
struct Judge {
    profile: ProfileName,
    /// Milliseconds since 1970.
    now_ms: u64,
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let judge = Judge { profile: options.profile, now_ms: options.clock.millis() };
    let format = if options.json { Format::Json } else { options.format };
    let styled = output::is_styled();
    if format == Format::Csv {
        let mut header = Vec::new();
        flat::write_header(&mut header)
            .and_then(|()| std::io::stdout().write_all(&header))
            .map_err(failed("standard output"))?;
    }
    let answer = |out: &mut dyn Write, line: u64, payload: &[u8], tally: &mut Tally| {
        let verdict = if payload.len() > MAX_LINE { Verdict::too_long(judge) } else { Verdict::of(payload, judge) };
        tally.some_bad |= !verdict.valid();
        if options.stats {
            tally.stats.count(line, &verdict);
        }
        if options.errors_only && verdict.valid() {
            return Ok(());
        }
        match format {
            Format::Text => human::write(out, line, &verdict, styled),
            Format::Json => json::write(out, line, &verdict),
            Format::Csv => flat::write(out, line, &verdict),
        }
    };
    let tally = options.payloads.answer_each(answer, |out, tally: &Tally| match format {
        _ if !options.stats => Ok(()),
        Format::Json => tally.stats.write_json(out),
        Format::Text | Format::Csv => tally.stats.write_table(out),
    })?;
    Ok(!tally.some_bad)
}

/// What is counted of the answers.
#[derive(Default)]
struct Tally {
    some_bad: bool,
    stats: Stats,
}

impl input::Tally for Tally {
    fn merge(&mut self, other: Self) {
        self.some_bad |= other.some_bad;
        self.stats.merge(other.stats);
    }
}
