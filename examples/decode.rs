//! Decodes one payload: its data objects, the level it reaches, and every finding.
//!
//! `cargo run --example decode -- 'PAYLOAD'`; the program `emvqr` in `cli/` does it for whole files, and in JSON.

use std::process::ExitCode;

use emvqr::Clock;
use emvqr::display::Escaped;
use emvqr::{Code, Payload, Severity, tlv};

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
    let code = Code::of(&payload);
    let findings = code.violations(Clock::UNKNOWN);
    for finding in &findings {
        println!("{}: {finding}", finding.severity());
    }
    let valid = findings.iter().all(|finding| finding.severity() != Severity::Error);
    println!("{} ({})", if valid { "valid" } else { "readable, but breaks rules" }, code.profile());
    if valid { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
