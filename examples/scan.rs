//! Shows what a scanned code says to the person who pays.
//!
//! `cargo run --example scan -- 'PAYLOAD'`

use emvqr::Clock;
use emvqr::display::Escaped;
use emvqr::{Code, ReadError};

fn main() -> Result<(), ReadError> {
    let text = std::env::args().nth(1).unwrap_or_default();
    // Who has a clock gives its time: `Clock::at_millis`.
    let code = Code::parse(&text, Clock::UNKNOWN)?;
    println!("{} code, {}", code.scheme(), Escaped(code.city().unwrap_or_default()));
    println!("name:   {}", Escaped(code.name().unwrap_or_default()));
    let currency = code.currency().ok().flatten().and_then(emvqr::value::Currency::alphabetic);
    match code.base().transaction_amount() {
        Ok(Some(amount)) => println!("amount: {amount} {}", currency.unwrap_or_default()),
        Ok(None) => println!("amount: to be entered, in {}", currency.unwrap_or_default()),
        Err(error) => println!("amount: {error}"),
    }
    Ok(())
}
