//! `emvqr encode`: payment QR text from options.

mod emv;
mod jpqr;
mod khqr;
mod network;
mod rows;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use emvqr::Clock;
use emvqr::elqr::Bill;
use emvqr::{Code, Payload, Tag};
use emvqr_answer::forms::FormError;

use crate::draw::{self, Place, Style};
use crate::failure::Failure;
use crate::output;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    #[command(subcommand)]
    scheme: Scheme,
}

const EXAMPLES: &str = "\
Examples:
  emvqr encode emv --account 26=0011com.example0106shop-7 --mcc 5812 --currency THB --country TH \\
      --name 'NOODLE BAR' --city BANGKOK --amount 98.50 --bill-number INV-7
  emvqr encode khqr --account coffee@devb --currency KHR --name 'ហាងកាហ្វេ' --amount 8000
  emvqr encode jpqr --store-id 00000000000010001000001000001 --mcc 5812 --name 'YAMADA SOBA' \\
      --city CHIYODA-KU --postal-code 1000001 --local-name '山田そば' --amount 1500

  emvqr encode network th.transfer --field mobile_number=0812345678 --amount 10.00
  emvqr encode khqr --account coffee@devb --currency KHR --name COFFEE --out coffee.png
  emvqr encode khqr --csv shops.csv --currency KHR --out shop.png

What is odd about a code, though allowed, is said on standard error.

Exit status: 0 written, 1 the values make no conformant payload, 2 the command line is unusable.";

#[derive(Subcommand)]
enum Scheme {
    /// A code of the EMVCo base profile
    Emv(Made<emv::Options>),
    /// A code of another network that is known, of Thailand, Vietnam, Singapore and others
    Network(Made<network::Options>),
    /// A KHQR code, Cambodia
    Khqr(Made<khqr::Options>),
    /// A JPQR code, Japan
    Jpqr(Made<jpqr::Options>),
    /// The code of a Japanese local-tax bill (eL-QR)
    Elqr(Made<jpqr::BillOptions>),
}

/// What a code is made of, and what becomes of it.
#[derive(Args)]
struct Made<T: Args> {
    #[command(flatten)]
    content: T,
    #[command(flatten)]
    output: Output,
}

#[derive(Args)]
#[command(next_help_heading = "What becomes of it")]
struct Output {
    /// One code for each row of a CSV file, whose columns are named as the options; other options count for all rows
    #[arg(long, value_name = "PATH")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    style: Style,
}

impl Scheme {
    fn output(&self) -> &Output {
        match self {
            Self::Emv(made) => &made.output,
            Self::Network(made) => &made.output,
            Self::Khqr(made) => &made.output,
            Self::Jpqr(made) => &made.output,
            Self::Elqr(made) => &made.output,
        }
    }

    fn build(&self) -> Result<String, FormError> {
        match self {
            Self::Emv(made) => emv::build(&made.content),
            Self::Network(made) => network::build(&made.content),
            Self::Khqr(made) => khqr::build(&made.content),
            Self::Jpqr(made) => jpqr::build(&made.content),
            Self::Elqr(made) => jpqr::build_bill(&made.content),
        }
    }
}

#[derive(Args)]
struct Money {
    /// Currency, three letters or three digits
    #[arg(long)]
    currency: String,
    /// Amount in the currency; none: the payer enters it
    #[arg(long)]
    amount: Option<String>,
}

fn assignment(text: &str) -> Result<(Tag, String), String> {
    let (id, value) = text.split_once('=').ok_or("expected ID=VALUE")?;
    let tag: Tag = id.parse().map_err(|error| format!("{error}"))?;
    Ok((tag, value.to_owned()))
}

/// The options that are given, as a form.
fn given<'o>(entries: &[(&'o str, Option<&'o String>)]) -> impl Iterator<Item = (&'o str, &'o str)> {
    entries.iter().filter_map(|(key, text)| Some((*key, text.as_ref()?.as_str())))
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let made = options.scheme.build();
    if let Ok(text) = &made {
        say_warnings(text, "");
    }
    let drawn = match made {
        Ok(text) => drawn(&text, options.scheme.output(), None)?,
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = &drawn {
        eprintln!("emvqr: {error}");
    }
    Ok(drawn.is_ok())
}

/// The codes of a CSV file, if the command line of `encode` names one: it has fewer options than one code needs.
pub(crate) fn run_rows(arguments: &[OsString]) -> Option<Result<bool, Failure>> {
    let is_encode = arguments.get(1).is_some_and(|command| command == "encode");
    let is_csv = |argument: &OsString| argument == "--csv" || argument.to_string_lossy().starts_with("--csv=");
    let at = arguments.iter().position(is_csv).filter(|_| is_encode)?;
    // Unknown options, `--help` and the like end the program here.
    rows::command().get_matches_from(arguments);
    let mut given = arguments.to_vec();
    let named = given.remove(at);
    let path = match named.to_string_lossy().split_once('=') {
        Some((_, path)) => PathBuf::from(path),
        None => PathBuf::from(given.remove(at)),
    };
    Some(rows::encode(&given, &path))
}

/// Draws a code, or prints its text. Why that is not done, inside.
fn drawn(text: &str, output: &Output, number: Option<u64>) -> Result<Result<(), String>, Failure> {
    if output.place.is_some() {
        return draw::draw_one(text, &output.place, &output.style, number);
    }
    output::print(format!("{}\n", output::shown(text)).as_bytes())?;
    Ok(Ok(()))
}

/// What is odd about a code that was made.
fn say_warnings(text: &str, prefix: &str) {
    let findings = match (Payload::parse(text), Bill::read(text)) {
        (Ok(payload), _) => Code::validate(&payload, Clock::UNKNOWN).into_violations(),
        (_, Some(bill)) => bill.violations(None),
        _ => Vec::new(),
    };
    for finding in findings {
        eprintln!("emvqr: {prefix}warning: {finding}");
    }
}
