//! `emvqr encode`: payment QR text from options.

mod emv;
mod jpqr;
mod khqr;

use clap::{Args, Subcommand};
use emvqr::Tag;
use emvqr::value::Currency;

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

Exit status: 0 written, 1 the values make no conformant payload, 2 the command line is unusable.";

#[derive(Subcommand)]
enum Scheme {
    /// A code of the EMVCo base profile
    Emv(emv::Options),
    /// A KHQR code, Cambodia
    Khqr(khqr::Options),
    /// A JPQR code, Japan
    Jpqr(jpqr::Options),
    /// The code of a Japanese local-tax bill (eL-QR)
    Elqr(jpqr::BillOptions),
}

#[derive(Args)]
struct Money {
    /// Currency, three letters or three digits
    #[arg(long, value_parser = currency)]
    currency: Currency,
    /// Amount in the currency; none: the payer enters it
    #[arg(long)]
    amount: Option<String>,
}

fn assignment(text: &str) -> Result<(Tag, String), String> {
    let (id, value) = text.split_once('=').ok_or("expected ID=VALUE")?;
    let tag: Tag = id.parse().map_err(|error| format!("{error}"))?;
    Ok((tag, value.to_owned()))
}

fn currency(text: &str) -> Result<Currency, String> {
    let by_letters = Currency::from_alphabetic(&text.to_ascii_uppercase());
    by_letters.map_or_else(|| text.parse().map_err(|error| format!("{error}")), Ok)
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    output::print_code(match &options.scheme {
        Scheme::Emv(options) => emv::build(options),
        Scheme::Khqr(options) => khqr::build(options),
        Scheme::Jpqr(options) => jpqr::build(options),
        Scheme::Elqr(options) => jpqr::build_bill(options),
    })
}
