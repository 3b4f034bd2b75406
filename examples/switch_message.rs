//! Turns a Japanese code into what a Cambodian app sends to the switch: the intent in JSON.
//!
//! `cargo run --example switch_message`

use emvqr::Clock;
use emvqr::Payload;
use emvqr::crossborder::{Intent, Policy};

const CODE: &str = "00020101021126680019jp.or.paymentsjapan011300000000000010204000103060000010406000001\
                    5204581253033925802JP5909TEST SHOP6005TOKYO6107106003264150002JA0105テスト商店630487E2";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let payload = Payload::parse(CODE)?;
    // Refuses what must not be paid: expired, ambiguous, with a tip, broken.
    let intent = Intent::payable(&payload, Clock::UNKNOWN, Policy::default())?;
    println!("{}", serde_json::to_string_pretty(&intent)?);
    Ok(())
}
