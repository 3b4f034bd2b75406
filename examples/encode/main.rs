//! Builds payment QR text from options.
//!
//! ```text
//! cargo run --example encode -- emv --account 26=0011com.example0106shop-7 --mcc 5812 --currency THB --country TH \
//!     --name "NOODLE BAR" --city BANGKOK --amount 98.50 --bill-number INV-7
//! cargo run --example encode -- khqr --account coffee@devb --currency KHR --name "ហាងកាហ្វេ" --amount 8000
//! cargo run --example encode -- jpqr --store-id 00000000000010001000001000001 --mcc 5812 --name "YAMADA SOBA" \
//!     --city CHIYODA-KU --postal-code 1000001 --local-name "山田そば" --amount 1500
//! ```
//!
//! Exit status: 0 written, 1 the values make no conformant payload, 2 the command line is unusable.

mod emv;
mod jpqr;
mod khqr;

use std::process::ExitCode;

use clap::{Args, Parser};
use emvqr::Tag;
use emvqr::value::Currency;

/// Build EMVCo merchant-presented payment QR text
#[derive(Parser)]
#[command(version, about)]
enum Command {
    /// A code of the EMVCo base profile
    Emv(emv::Options),
    /// A KHQR code, Cambodia
    Khqr(khqr::Options),
    /// A JPQR code, Japan
    Jpqr(jpqr::Options),
    /// The code of a Japanese local-tax bill (eL-QR)
    JpqrBill(jpqr::BillOptions),
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

fn main() -> ExitCode {
    let text = match Command::parse() {
        Command::Emv(options) => emv::build(&options),
        Command::Khqr(options) => khqr::build(&options),
        Command::Jpqr(options) => jpqr::build(&options),
        Command::JpqrBill(options) => jpqr::build_bill(&options),
    };
    match text {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("encode: {error}");
            ExitCode::from(1)
        }
    }
}
