//! Decodes one payload: its data objects, the level it reaches, and every finding.
//!
//! `cargo run --example decode -- 'PAYLOAD'`; the program `emvqr` in `crates/cli/` does it for whole files, and in JSON.

use std::process::ExitCode;

use emvqr::Clock;
use emvqr::display::Escaped;
use emvqr::{Code, Payload, tlv};

fn main() -> ExitCode {
    let Some(text) = std::env::args().nth(1) else {
        eprintln!("usage: decode PAYLOAD");
        return ExitCode::from(2);
    };
    // Also of a broken text, up to its fault.
    for leaf in tlv::leaves(&text).map_while(Result::ok) {
        let path = leaf.path();
        println!("{:<9}{}  ({})", path.to_string(), Escaped(leaf.value()), path.name().unwrap_or("-"));
    }
    let payload = match Payload::parse(&text) {
        Ok(payload) => payload,
        Err(error) => {
            println!("unreadable: {error}");
            return ExitCode::from(1);
        }
    };
    // The clock decides whether a KHQR code has expired; this one leaves that open.
    let validation = Code::validate(&payload, Clock::UNKNOWN);
    for finding in validation.violations() {
        println!("{}: {finding}", finding.severity());
    }
    let valid = validation.is_valid();
    println!("{} ({})", if valid { "valid" } else { "readable, but breaks rules" }, validation.code().profile());
    if valid { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
