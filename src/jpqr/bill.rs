//! The bill form: eL-QR, the code on Japan's local-tax payment slips.
//!
//! It looks like a payload and is none: 63 has length 05 and holds the CRC as five decimal digits, so that the whole
//! code is 255 digits, what a QR code of version 5-L or 6-M holds in numeric mode. 52, 53, 58, 59 and 60 are missing, 27-00 is
//! no GUID, and 62 and 80 are no templates. So it has its own reader, which [`Bill::recognises`] says when to ask.
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
//! that follow it. How the check digits are made is not public: they are carried and not judged.
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
//! | the check digits are right | not public | nothing: carried, not judged |
//!
//! ```
//! use emvqr::jpqr::bill::{Bill, Builder, Date, LevyData, PaymentData};
//!
//! let payment = PaymentData {
//!     amount: "00000012300",
//!     tax_item: "127",
//!     case_key: "00000000000000000042",
//!     ..PaymentData::ZERO
//! };
//! let levy = LevyData { levy_year: "2026", tax_year: "2026", period: "01", due_date: "20260601", last_payment_date: "20260731" };
//! let text = Builder::new(payment, 12_300, levy).to_string()?;
//! assert_eq!(text.len(), 255);
//!
//! assert!(Bill::recognises(&text));
//! let today = Date::from_digits("20260705");
//! let bill = Bill::parse(&text, today)?;
//! assert_eq!(bill.amount_in_yen(), Some(12_300));
//! let too_late = Bill::parse(&text, Date::from_digits("20260801")).unwrap_err();
//! assert_eq!(too_late.rule().id(), "jpqr-bill.62.expired");
//! assert_eq!(bill.due_date().unwrap().to_string(), "2026-06-01");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod builder;
pub mod rules;

use core::fmt;
use core::ops::ControlFlow;

pub use builder::Builder;

use crate::crc;
use crate::rule::{FirstError, Rule, Violation, Visitor};
use crate::tag::{Path, Tag};
use crate::tlv::{self, DataObject};

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

/// The root objects in order, and how many characters their values have. 27 holds `TEMPLATE`.
const ROOT: [(Tag, usize); 7] = [
    (Tag::PAYLOAD_FORMAT_INDICATOR, 2),
    (Tag::POINT_OF_INITIATION_METHOD, 2),
    (INSTITUTION_TEMPLATE, 96),
    (Tag::TRANSACTION_AMOUNT, 11),
    (Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, LevyData::LENGTH),
    (FURTHER_DATA, 85),
    (Tag::CRC, 5),
];
const TEMPLATE: [(Tag, usize); 2] = [(Tag::GLOBALLY_UNIQUE_IDENTIFIER, 5), (PAYMENT_DATA, PaymentData::LENGTH)];

/// Values of fixed width that stand one behind the other in one data object.
macro_rules! positions {
    (
        $(#[$doc:meta])* $name:ident, $count:literal, $length:literal:
        $($(#[$field_doc:meta])* $field:ident = $zeros:literal;)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[expect(clippy::exhaustive_structs, reason = "a layout of fixed positions; another one would be another form")]
        pub struct $name<'a> {
            $($(#[$field_doc])* #[doc = ""] #[doc = concat!("As many digits as `", $zeros, "`.")] pub $field: &'a str,)*
        }

        impl<'a> $name<'a> {
            /// Zeros everywhere.
            pub const ZERO: Self = Self { $($field: $zeros),* };

            /// Characters of all values together.
            pub const LENGTH: usize = $length;

            /// Names and values in the order of positions.
            #[must_use]
            pub const fn entries(&self) -> [(&'static str, &'a str); $count] {
                [$((stringify!($field), self.$field)),*]
            }

            /// Cuts a value of exactly [`LENGTH`](Self::LENGTH) digits; nothing where it is another one.
            #[must_use]
            pub fn from_digits(value: &'a str) -> Option<Self> {
                if value.len() != Self::LENGTH || !is_digits(value) {
                    return None;
                }
                let mut rest = value;
                let mut cut = |length: usize| {
                    let (first, behind) = rest.split_at_checked(length)?;
                    rest = behind;
                    Some(first)
                };
                Some(Self { $($field: cut($zeros.len())?),* })
            }
        }

        const _: () = assert!(0 $(+ $zeros.len())* == $length);

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

positions! {
    /// 27-01: what Pay-easy, the network of banks, needs to take the payment (MPN data).
    PaymentData, 15, 83:
    /// Check digits. How they are made is not public.
    check_digits = "00";
    /// Account number.
    account_number = "00000000000";
    /// Amount in yen.
    amount = "00000000000";
    /// Who bears the fee.
    fee_bearer = "0";
    /// Institution number.
    institution = "00000";
    /// Stamp duty.
    stamp_duty = "0";
    /// Tax item (税目).
    tax_item = "000";
    /// Reserved.
    reserved = "00000";
    /// The second check digits. How they are made is not public.
    second_check_digits = "00";
    /// Case key: which claim is paid.
    case_key = "00000000000000000000";
    /// Confirmation number.
    confirmation_number = "000000";
    /// Fixed: 0 in public codes.
    fixed = "0";
    /// Joint tax office.
    joint_tax_office = "00000";
    /// Tax office.
    tax_office = "000";
    /// Reserved.
    further_reserved = "0000000";
}

positions! {
    /// 62 (付加情報1): for which year and period the tax is, and until when it can be paid.
    LevyData, 5, 26:
    /// Year of levy.
    levy_year = "0000";
    /// Tax year.
    tax_year = "0000";
    /// Code of the period.
    period = "00";
    /// Due date, `YYYYMMDD`.
    due_date = "00000000";
    /// Last day on which the code can be paid, `YYYYMMDD`.
    last_payment_date = "00000000";
}

/// A day of the calendar. `Display` is `2024-05-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day of eight digits, `YYYYMMDD`. Nothing where the calendar has no such day.
    #[must_use]
    pub fn from_digits(digits: &str) -> Option<Self> {
        let digits: &[u8; 8] = digits.as_bytes().try_into().ok()?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let [a, b, c, d, month_tens, month, day_tens, day] = digits.map(|digit| digit.wrapping_sub(b'0'));
        let year = [a, b, c, d].into_iter().fold(0_u16, |n, digit| n.wrapping_mul(10).wrapping_add(digit.into()));
        let pair = |tens: u8, ones: u8| tens.wrapping_mul(10).wrapping_add(ones);
        let (month, day) = (pair(month_tens, month), pair(day_tens, day));
        let days = days_in(year, month);
        if year > 0 && (1..=days).contains(&day) { Some(Self { year, month, day }) } else { None }
    }

    /// The day in Japan (UTC+9) at a time in milliseconds since 1970. `None` after the year 9999.
    #[must_use]
    pub fn in_japan_at_millis(now_ms: u64) -> Option<Self> {
        let mut days = now_ms.checked_add(9 * 3_600_000)? / 86_400_000;
        let mut year = 1970;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            if days < length {
                break;
            }
            days = days.saturating_sub(length);
            year = if year < 9999 { year.saturating_add(1) } else { return None };
        }
        let mut month = 1;
        while days >= u64::from(days_in(year, month)) {
            days = days.saturating_sub(days_in(year, month).into());
            month = month.saturating_add(1);
        }
        Some(Self { year, month, day: u8::try_from(days).ok()?.saturating_add(1) })
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// How many days a month has; 0 for what is not a month.
fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text of a bill code.
///
/// From [`parse`](Self::parse) it conforms; from [`read`](Self::read) it is only recognised, and what is of another form
/// reads as nothing. Borrows the text and allocates nothing. `Debug` prints no text of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bill<'a> {
    text: &'a str,
}

impl<'a> Bill<'a> {
    /// The rules' ids start with it.
    pub const NAME: &'static str = "jpqr-bill";

    /// Whether the text is meant as a bill code: it starts as one does, up to the payment data in 27-01.
    ///
    /// Ask before a text that is no [`Payload`](crate::Payload) is called broken.
    #[must_use]
    pub fn recognises(text: &str) -> bool {
        let institution = text
            .strip_prefix("00020101021227960005")
            .and_then(|rest| rest.split_at_checked(5))
            .filter(|(_, behind)| behind.starts_with("0183"));
        institution.is_some_and(|(digits, _)| is_digits(digits))
    }

    /// Reads a bill code strictly, to be paid `today`. Without a day the last day of payment is not judged.
    ///
    /// # Errors
    ///
    /// The first finding of severity error.
    pub fn parse(text: &'a str, today: Option<Date>) -> Result<Self, Violation> {
        let mut first = FirstError::default();
        let bill = Self { text };
        let _ = bill.check(today, &mut first);
        first.get().map_or(Ok(bill), Err)
    }

    /// Reads a text that is [recognised](Self::recognises), whatever is wrong with it.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        Self::recognises(text).then_some(Self { text })
    }

    /// All findings, warnings too, in [order](Violation::order), for who would pay `today`.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn violations(&self, today: Option<Date>) -> alloc::vec::Vec<Violation> {
        let mut findings = alloc::vec::Vec::new();
        let _ = self.check(today, &mut findings);
        findings.sort_by_key(Violation::order);
        findings
    }

    /// Reports every broken rule to the visitor, in any order. Without a day the last day of payment is not judged.
    ///
    /// # Errors
    ///
    /// `Break` as soon as the visitor breaks off.
    pub fn check<V: Visitor>(&self, today: Option<Date>, visitor: &mut V) -> ControlFlow<()> {
        self.length(visitor)?;
        let mut run = tlv::read(self.text);
        if self.run(&mut run, &ROOT, Path::ROOT, visitor)? {
            surplus(&mut run, visitor)?;
        }
        match (self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE), self.last_payment_date(), today) {
            (Some(object), Some(last), Some(today)) if today > last => {
                visitor.report(Violation::of_value(rules::EXPIRED, &object))
            }
            _ => ControlFlow::Continue(()),
        }
    }

    fn length<V: Visitor>(&self, visitor: &mut V) -> ControlFlow<()> {
        let excess = self.text.char_indices().nth(LENGTH).map_or(self.text.len(), |(excess, _)| excess);
        if excess == self.text.len() && tlv::characters(self.text) == LENGTH {
            return ControlFlow::Continue(());
        }
        let length = self.text.len().saturating_sub(excess);
        visitor.report(Violation::new(rules::LENGTH, Path::ROOT, excess, length))
    }

    /// A run that must be these objects in this order. Whether it was, as far as they go.
    fn run<V: Visitor>(
        &self,
        run: &mut tlv::DataObjects<'a>,
        form: &[(Tag, usize)],
        parent: Path,
        visitor: &mut V,
    ) -> ControlFlow<(), bool> {
        for (tag, length) in form {
            let path = parent.join(*tag).unwrap_or(parent);
            let object = match run.next() {
                Some(Ok(object)) if object.tag() == *tag => object,
                Some(Ok(object)) => {
                    visitor.report(Violation::of_object(rules::OBJECT_UNEXPECTED, &object))?;
                    return ControlFlow::Continue(false);
                }
                Some(Err(fault)) => {
                    visitor.report(Violation::new(rules::FORMAT, fault.path(), fault.offset(), fault.length()))?;
                    return ControlFlow::Continue(false);
                }
                None => {
                    let tag = path.root().unwrap_or(*tag);
                    visitor.report(Violation::missing(rules::OBJECT_MISSING, tag, path, run.offset()))?;
                    return ControlFlow::Continue(false);
                }
            };
            if path == Path::of(Tag::CRC) {
                self.crc_value(&object, visitor)?;
                continue;
            }
            if object.length() != *length {
                visitor.report(Violation::of_value(rules::VALUE_LENGTH, &object))?;
            }
            if path == Path::of(INSTITUTION_TEMPLATE) {
                let mut inside = object.objects();
                if self.run(&mut inside, &TEMPLATE, path, visitor)? {
                    surplus(&mut inside, visitor)?;
                }
            } else {
                self.value(&object, visitor)?;
            }
        }
        ControlFlow::Continue(true)
    }

    /// A value other than the CRC.
    fn value<V: Visitor>(&self, object: &DataObject<'a>, visitor: &mut V) -> ControlFlow<()> {
        let value = object.value();
        if !is_digits(value) {
            return visitor.report(Violation::of_value(rules::VALUE_DIGITS, object));
        }
        let mut demand = |holds: bool, rule: &'static Rule| {
            if holds { ControlFlow::Continue(()) } else { visitor.report(Violation::of_value(rule, object)) }
        };
        let mut tags = object.path().tags().map(Tag::get);
        match (tags.next(), tags.next()) {
            (Some(0), None) => demand(value == "01", rules::FORMAT_INDICATOR_VALUE),
            (Some(1), None) => demand(value == "12", rules::INITIATION_VALUE),
            (Some(27), Some(0)) => demand(value == LOCAL_TAX, rules::INSTITUTION_VALUE),
            (Some(54), None) => {
                demand(value.bytes().any(|digit| digit != b'0'), rules::AMOUNT_ZERO)?;
                let repeated = self.payment_data().map(|payment| payment.amount);
                demand(repeated.is_none_or(|repeated| repeated == value), rules::AMOUNT_DIFFERS)
            }
            (Some(62), None) => {
                let levy = LevyData::from_digits(value);
                let dates = levy.map(|levy| [levy.due_date, levy.last_payment_date]);
                let are_days = |dates: [&str; 2]| dates.into_iter().all(|date| Date::from_digits(date).is_some());
                demand(dates.is_none_or(are_days), rules::DATE)
            }
            _ => ControlFlow::Continue(()),
        }
    }

    /// 63.
    fn crc_value<V: Visitor>(&self, object: &DataObject<'a>, visitor: &mut V) -> ControlFlow<()> {
        let covered = self.text.as_bytes().get(..object.value_offset()).unwrap_or_default();
        match read_crc(object.value_bytes()) {
            None => visitor.report(Violation::of_value(rules::CRC_FORMAT, object)),
            Some(found) if found != crc::checksum(covered) => {
                visitor.report(Violation::of_value(rules::CRC_MISMATCH, object))
            }
            Some(_) => ControlFlow::Continue(()),
        }
    }

    /// The text as read.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    fn object(&self, tag: Tag) -> Option<DataObject<'a>> {
        tlv::read(self.text).map_while(Result::ok).find(|object| object.tag() == tag)
    }

    /// A value of the right length, of digits only.
    fn digits(&self, tag: Tag) -> Option<&'a str> {
        let (_, length) = ROOT.into_iter().find(|(own, _)| *own == tag)?;
        let value = self.object(tag)?.value();
        if value.len() == length && is_digits(value) { Some(value) } else { None }
    }

    fn inside(&self, tag: Tag) -> Option<&'a str> {
        let mut objects = self.object(INSTITUTION_TEMPLATE)?.objects().map_while(Result::ok);
        objects.find(|object| object.tag() == tag).map(|object| object.value())
    }

    /// 27-00, the institution number: [`LOCAL_TAX`] in public codes.
    #[must_use]
    pub fn institution(&self) -> Option<&'a str> {
        self.inside(Tag::GLOBALLY_UNIQUE_IDENTIFIER).filter(|value| value.len() == 5 && is_digits(value))
    }

    /// 27-01, the payment data.
    #[must_use]
    pub fn payment_data(&self) -> Option<PaymentData<'a>> {
        PaymentData::from_digits(self.inside(PAYMENT_DATA)?)
    }

    /// The tax item (税目) of the payment data.
    #[must_use]
    pub fn tax_item(&self) -> Option<&'a str> {
        self.payment_data().map(|payment| payment.tax_item)
    }

    /// 54, the amount in yen.
    #[must_use]
    pub fn amount_in_yen(&self) -> Option<u64> {
        let digits = self.digits(Tag::TRANSACTION_AMOUNT)?;
        let next = |yen: u64, digit: u8| yen.checked_mul(10)?.checked_add(digit.wrapping_sub(b'0').into());
        digits.bytes().try_fold(0, next)
    }

    /// 62, year, period and dates.
    #[must_use]
    pub fn levy_data(&self) -> Option<LevyData<'a>> {
        LevyData::from_digits(self.digits(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)?)
    }

    /// The due date. Nothing where the calendar has no such day.
    #[must_use]
    pub fn due_date(&self) -> Option<Date> {
        Date::from_digits(self.levy_data()?.due_date)
    }

    /// The last day on which the code can be paid. Nothing where the calendar has no such day.
    #[must_use]
    pub fn last_payment_date(&self) -> Option<Date> {
        Date::from_digits(self.levy_data()?.last_payment_date)
    }

    /// 80, further data (付加情報2).
    #[must_use]
    pub fn further_data(&self) -> Option<&'a str> {
        self.digits(FURTHER_DATA)
    }

    /// 63, the CRC as the code has it.
    #[must_use]
    pub fn crc(&self) -> Option<u16> {
        read_crc(self.object(Tag::CRC)?.value_bytes())
    }

    /// A builder with all values of this code: the builder of a conformant code writes the same text.
    #[must_use]
    pub fn to_builder(&self) -> Option<Builder<'a>> {
        let builder = Builder::new(self.payment_data()?, self.amount_in_yen()?, self.levy_data()?);
        Some(builder.institution(self.institution()?).further_data(self.further_data()?))
    }
}

impl fmt::Display for Bill<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

impl fmt::Debug for Bill<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bill({} bytes)", self.text.len())
    }
}

/// What the bill form calls the data object at `path`.
#[must_use]
pub fn name(path: Path) -> Option<&'static str> {
    let mut tags = path.tags().map(Tag::get);
    Some(match (tags.next()?, tags.next(), tags.next()) {
        (27, None, _) => "Institution and Payment Data",
        (27, Some(0), None) => "Institution Number",
        (27, Some(1), None) => "Payment Data",
        (54, None, _) => "Amount in Yen",
        (62, None, _) => "Levy Data",
        (80, None, _) => "Further Data",
        (63, None, _) => "CRC in Decimal",
        (0 | 1, None, _) => return path.name(),
        _ => return None,
    })
}

/// What follows the last object of the form.
fn surplus<V: Visitor>(run: &mut tlv::DataObjects<'_>, visitor: &mut V) -> ControlFlow<()> {
    match run.next() {
        None => ControlFlow::Continue(()),
        Some(Ok(object)) => visitor.report(Violation::of_object(rules::OBJECT_UNEXPECTED, &object)),
        Some(Err(fault)) => visitor.report(Violation::new(rules::FORMAT, fault.path(), fault.offset(), fault.length())),
    }
}

/// The CRC of five decimal digits. Nothing for other characters, and above 65535.
fn read_crc(digits: &[u8]) -> Option<u16> {
    let digits: &[u8; 5] = digits.try_into().ok()?;
    digits.iter().try_fold(0_u16, |crc, digit| {
        let digit = if digit.is_ascii_digit() { digit.wrapping_sub(b'0') } else { return None };
        crc.checked_mul(10)?.checked_add(digit.into())
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
