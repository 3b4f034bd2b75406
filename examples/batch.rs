//! Checks the codes of standard input, one on each line, and says what is wrong with each.
//!
//! `cargo run --example batch < codes.txt`

use std::io::BufRead;

use emvqr::Clock;
use emvqr::{Code, Payload};

fn main() -> std::io::Result<()> {
    for (number, line) in (1..).zip(std::io::stdin().lock().lines()) {
        let line = line?;
        match Payload::parse(&line) {
            Err(error) => println!("{number}: unreadable: {error}"),
            Ok(payload) => {
                for finding in Code::validate(&payload, Clock::UNKNOWN).violations() {
                    println!("{number}: {}: {finding}", finding.severity());
                }
            }
        }
    }
    Ok(())
}
