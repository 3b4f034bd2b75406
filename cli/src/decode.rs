//! `emvqr decode`: what payloads say, whether they are valid, and what is wrong where.

mod human;
mod json;
mod verdict;

use clap::{Args, ValueEnum};

use crate::clock::Clock;
use crate::failure::Failure;
use crate::input::{MAX_LINE, Payloads};
use crate::output;
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
    /// Print one JSON object per payload, one line each
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  emvqr decode '00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F'
  emvqr decode --json --file codes.txt
  emvqr decode --profile emv --now 1760000000000 < codes.txt

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
    let styled = output::is_styled();
    options.payloads.answer_each(|out, line, payload| {
        let verdict = if payload.len() > MAX_LINE { Verdict::too_long(judge) } else { Verdict::of(payload, judge) };
        if options.json {
            json::write(out, line, &verdict)?;
        } else {
            human::write(out, line, &verdict, styled)?;
        }
        Ok(verdict.valid())
    })
}
