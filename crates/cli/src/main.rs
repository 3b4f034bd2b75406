//! The program `emvqr`: decodes, encodes and maps the text of payment QR codes.
//!
//! Exit status: 0 all payloads are valid (or the work is done), 1 some payload is not, 2 the command line or a file is
//! unusable. Standard output carries the answers; progress and messages go to standard error.

mod anonymise;
mod clock;
mod completions;
mod conformance;
mod cross_border;
mod decode;
mod draw;
mod edit;
mod encode;
mod failure;
mod input;
mod output;
mod picture;
mod tables;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Decode, encode and map the text of payment QR codes: EMVCo MPM, KHQR, JPQR, eL-QR
#[derive(Parser)]
#[command(name = "emvqr", version, about, propagate_version = true, after_long_help = EXAMPLES)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  emvqr decode '00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F'
  emvqr decode --json --file codes.txt
  emvqr encode khqr --account coffee@devb --currency KHR --name 'COFFEE SHOP' --amount 8000
  emvqr edit 'PAYLOAD' --set 62-01=INV-7
  emvqr draw 'PAYLOAD' --out code.png
  emvqr scan photo.jpg | emvqr decode
  emvqr cross-border --file codes.txt
  emvqr help encode emv

Exit status: 0 all valid (or done), 1 some payload is not, 2 the command line or a file is unusable.";

#[derive(Subcommand)]
enum Command {
    /// Decode payloads: what they say, whether they are valid, and what is wrong where
    Decode(decode::Options),
    /// Build a payload from options
    Encode(Box<encode::Options>),
    /// Change some objects of a payload, and keep every other byte
    Edit(edit::Options),
    /// Read KHQR and JPQR codes as payment intents, and rewrite one as the other
    CrossBorder(cross_border::Options),
    /// Replace what is personal in payloads, for a bug report
    Anonymise(anonymise::Options),
    /// Draw payloads as QR codes
    Draw(draw::Options),
    /// Print the texts of the QR codes of pictures
    Scan(draw::Scan),
    /// Hold a reader of payment codes, in any language, to the vectors of the conformance kit
    Conformance(conformance::Options),
    /// Print the rules of the profiles
    Rules(tables::Rules),
    /// Print the networks that are known, and their fields
    Networks(tables::Networks),
    /// Print what becomes of each data object across the border
    Map(tables::Map),
    /// Print the manual page
    Man(completions::Manual),
    /// Print the completions of a shell
    Completions(completions::Options),
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let done = encode::run_rows(&arguments).unwrap_or_else(|| run(&Program::parse_from(arguments).command));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads has read enough.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("emvqr: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<bool, Failure> {
    match command {
        Command::Decode(options) => decode::run(options),
        Command::Encode(options) => encode::run(options),
        Command::Edit(options) => edit::run(options),
        Command::Draw(options) => draw::draw(options),
        Command::Scan(options) => draw::scan(options),
        Command::Conformance(options) => conformance::run(options),
        Command::Rules(options) => tables::rules(options),
        Command::Networks(options) => tables::networks(options),
        Command::Anonymise(options) => anonymise::run(options),
        Command::Map(options) => tables::map(options),
        Command::CrossBorder(options) => cross_border::run(options),
        Command::Man(options) => completions::manual(options),
        Command::Completions(options) => completions::run(options),
    }
}
