//! `emvqr anonymise`: codes of the same structure for bug reports.

use std::io::Write;

use clap::Args;
use emvqr::mask::anonymise_text;

use crate::failure::{Failure, failed};
use crate::input::{MAX_LINE, Payloads, SomeBad};
use crate::output::shown;

#[derive(Args)]
#[command(after_long_help = "\
Examples:
  emvqr anonymise 'PAYLOAD'
  emvqr anonymise --file codes.txt > report.txt

Lengths, scripts, punctuation and findings stay, and so do the names of merchants that the code calls so. Equal values of one run
become equal ones. Each run draws a key of its own and forgets it, so that nobody can take the values back; with --seed the key is
known, and whoever knows the seed can try values. Read the result before you send it: of a text that cannot be read, what is
personal can only be guessed.

Exit status: 0 all were replaced, 1 some line is not UTF-8 or is too long, 2 the command line or a file is unusable.")]
pub(crate) struct Options {
    #[command(flatten)]
    payloads: Payloads,
    /// The same replacements in each run with this number, instead of those of a key that is drawn: for tests
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// The key of the run.
fn key(seed: Option<u64>) -> Result<[u8; 16], Failure> {
    let mut key = [0; 16];
    match seed {
        Some(seed) => key[..8].copy_from_slice(&seed.to_le_bytes()),
        None => {
            getrandom::fill(&mut key).map_err(|error| failed("the operating system's random numbers")(error.into()))?;
        }
    }
    Ok(key)
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let key = key(options.seed)?;
    let answer =
        |out: &mut dyn Write, line: u64, payload: &[u8], SomeBad(some_bad): &mut SomeBad| match std::str::from_utf8(
            payload,
        ) {
            Ok(text) if text.len() <= MAX_LINE => writeln!(out, "{}", shown(&anonymise_text(text, &key))),
            _ => {
                *some_bad = true;
                eprintln!("emvqr: line {line} is not UTF-8, or is longer than {MAX_LINE} bytes");
                Ok(())
            }
        };
    let SomeBad(some_bad) = options.payloads.answer_each(answer, |_, _| Ok(()))?;
    Ok(!some_bad)
}
