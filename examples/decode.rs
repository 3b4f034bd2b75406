//! Decodes one payload: its data objects, the level it reaches, and every finding.
//!
//! `cargo run --example decode -- 'PAYLOAD'`; the program `emvqr` in `cli/` does it for whole files, and in JSON.

use std::process::ExitCode;

use emvqr::display::Escaped;
use emvqr::khqr::{Clock, Khqr};
use emvqr::{Jpqr, Mpm, Payload, Profile, Severity, tlv};

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
    let (profile, findings) = match (Khqr::recognises(&payload), Jpqr::recognises(&payload)) {
        (true, false) => (Khqr::NAME, payload.violations_at::<Khqr<'_>>(Clock::UNKNOWN)),
        (false, true) => (Jpqr::NAME, payload.violations_at::<Jpqr<'_>>(())),
        _ => (Mpm::NAME, payload.violations_at::<Mpm<'_>>(())),
    };
    for finding in &findings {
        println!("{}: {finding}", finding.severity());
    }
    let valid = findings.iter().all(|finding| finding.severity() != Severity::Error);
    println!("{} ({profile})", if valid { "valid" } else { "readable, but breaks rules" });
    if valid { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
