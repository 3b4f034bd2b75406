//! The bill form: eL-QR, the code on Japan's local-tax payment slips.
//!
//! It looks like a payload, and is not one: 63 has length 05 and holds the CRC as five decimal digits, so that the whole
//! code is 255 digits, what a QR code of version 5-L or 6-M holds in numeric mode. 52, 53, 58, 59 and 60 are missing, 27-00 is
//! not a GUID, and 62 and 80 are not templates. So it has its own reader, which [`Bill::recognises`] says when to ask.
//!
//! | ID | length | content |
//! |---|---|---|
//! | 00 | 02 | `01` |
//! | 01 | 02 | `12` |
//! | 27-00 | 05 | institution number: `13800`, the local tax bodies |
//! | 27-01 | 83 | [`PaymentData`], by position |
//! | 54 | 11 | amount in yen, with zeros in front |
//! | 62 | 26 | [`LevyData`], by position (付加情報1) |
//! | 80 | 85 | further data, all zero in public codes (付加情報2) |
//! | 63 | 05 | CRC-16/IBM-3740 of all before the value, in decimal |
//!
//! The layout rests on one public program for payment terminals, which cites MPM guideline 3.0, and on two public codes
//! that follow it. How the check digits are made is not public: they are carried and not checked.
//!
//! | demand | sure | rule |
//! |---|---|---|
//! | 255 digits | S, two codes | [`LENGTH`](rules::LENGTH), [`VALUE_DIGITS`](rules::VALUE_DIGITS) |
//! | the objects above in this order, of these lengths | S, two codes | [`FORMAT`](rules::FORMAT), [`OBJECT_MISSING`](rules::OBJECT_MISSING), [`OBJECT_UNEXPECTED`](rules::OBJECT_UNEXPECTED), [`VALUE_LENGTH`](rules::VALUE_LENGTH) |
//! | 00 is 01, 01 is 12 | S, two codes | [`FORMAT_INDICATOR_VALUE`](rules::FORMAT_INDICATOR_VALUE), [`INITIATION_VALUE`](rules::INITIATION_VALUE) |
//! | 63 is the CRC in five decimal digits | S, two codes | [`CRC_FORMAT`](rules::CRC_FORMAT), [`CRC_MISMATCH`](rules::CRC_MISMATCH) |
//! | 27-00 is 13800, the local tax bodies; whether other issuers use the form is unconfirmed | S, two codes | [`INSTITUTION_VALUE`](rules::INSTITUTION_VALUE) |
//! | the amount is not zero | safety | [`AMOUNT_ZERO`](rules::AMOUNT_ZERO) |
//! | 27-01 repeats the amount | two codes, safety | [`AMOUNT_DIFFERS`](rules::AMOUNT_DIFFERS) |
//! | the dates are days of the calendar | S, two codes | [`DATE`](rules::DATE) |
//! | the last day of payment has not passed, if a day is given | S | [`EXPIRED`](rules::EXPIRED) |
//! | the check digits are right | not public | nothing: carried, not checked |
//!
//! ```
//! use emvqr::Encode;
//! use emvqr::elqr::{Bill, Builder, Date, LevyData, PaymentData};
//!
//! let payment = PaymentData {
//!     amount: "00000012300",
//!     tax_item: "127",
//!     case_key: "00000000000000000042",
//!     ..PaymentData::ZERO
//! };
//! let levy = LevyData { levy_year: "2026", tax_year: "2026", period: "01", due_date: "20260601", last_payment_date: "20260731" };
//! let text = Builder::new(payment, 12_300, levy).encode_to_string()?;
//! assert_eq!(text.len(), 255);
//!
//! assert!(Bill::recognises(&text));
//! let today = Date::from_digits("20260705");
//! let bill = Bill::parse(&text, today)?;
//! assert_eq!(bill.amount_in_yen()?, Some(12_300));
//! let too_late = Bill::parse(&text, Date::from_digits("20260801")).unwrap_err();
//! assert_eq!(too_late.rule().id(), "jpqr-bill.62.expired");
//! assert_eq!(bill.due_date()?.unwrap().to_string(), "2026-06-01");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bill;
mod builder;
mod data;
mod date;
pub mod rules;

pub use bill::{Bill, OBJECTS, name};
pub use builder::Builder;
pub use data::{LevyData, PaymentData};
pub use date::Date;

use crate::tag::Tag;

/// 27, the template of institution and payment data.
const INSTITUTION_TEMPLATE: Tag = Tag::of_digits(27);
/// 27-01.
const PAYMENT_DATA: Tag = Tag::of_digits(1);
/// 80.
const FURTHER_DATA: Tag = Tag::of_digits(80);

/// The institution number of the local tax bodies, 27-00.
pub const LOCAL_TAX: &str = "13800";

/// Characters of the whole code.
pub const LENGTH: usize = 255;
