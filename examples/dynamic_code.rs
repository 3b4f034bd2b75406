//! Builds a KHQR code for one payment of 1.50 dollars within ten minutes.
//!
//! `cargo run --example dynamic_code`

use std::time::{SystemTime, UNIX_EPOCH};

use emvqr::khqr::{Builder, Lifetime};
use emvqr::value::{Amount, Currency};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let payload = Builder::merchant("coffee@devb", "123456", "Dev Bank", "ហាងកាហ្វេ")
        .city("Siem Reap")
        .amount(Amount::from_minor(150, 2)?, Currency::USD, Lifetime::minutes(now, 10))
        .bill_number("INV-7")
        .build()?;
    println!("{payload}");
    Ok(())
}
