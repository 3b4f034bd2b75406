//! Reading and checking a bill code.

use core::fmt;
use core::ops::ControlFlow;

use super::date::INVALID_DATE;
use super::{
    Builder, Date, FURTHER_DATA, INSTITUTION_TEMPLATE, LENGTH, LOCAL_TAX, LevyData, PAYMENT_DATA, PaymentData, rules,
};
use crate::characters::characters;
use crate::crc;
use crate::dictionary;
use crate::digits::{is_digits, read};
use crate::invalid::InvalidValue;
use crate::path::Path;
use crate::rule::{FirstError, Rule, Violation, Visitor};
use crate::tag::Tag;
use crate::tlv::{self, DataObject};

const INVALID_AMOUNT: InvalidValue = InvalidValue::new("amount in yen", "the digits of the bill's form");

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

    /// Reads a bill code strictly, to be paid `today`. Without a day the last day of payment is not checked.
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

    /// Reports every broken rule to the visitor, in any order. Without a day the last day of payment is not checked.
    ///
    /// # Errors
    ///
    /// `Break` as soon as the visitor breaks off.
    pub fn check(&self, today: Option<Date>, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        self.length(visitor)?;
        let mut run = tlv::read(self.text);
        if self.run(&mut run, &ROOT, Path::ROOT, visitor)? {
            surplus(&mut run, visitor)?;
        }
        match (self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE), self.last_payment_date(), today) {
            (Some(object), Ok(Some(last)), Some(today)) if today > last => {
                visitor.report(Violation::of_value(rules::EXPIRED, &object))
            }
            _ => ControlFlow::Continue(()),
        }
    }

    fn length(&self, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        let excess = self.text.char_indices().nth(LENGTH).map_or(self.text.len(), |(excess, _)| excess);
        if excess == self.text.len() && characters(self.text.as_bytes()) == LENGTH {
            return ControlFlow::Continue(());
        }
        let length = self.text.len().saturating_sub(excess);
        visitor.report(Violation::new(rules::LENGTH, Path::ROOT, excess, length))
    }

    /// A run that must be these objects in this order. Whether it was, as far as they go.
    fn run(
        &self,
        run: &mut tlv::DataObjects<'a>,
        form: &[(Tag, usize)],
        parent: Path,
        visitor: &mut dyn Visitor,
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
    fn value(&self, object: &DataObject<'a>, visitor: &mut dyn Visitor) -> ControlFlow<()> {
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
    fn crc_value(&self, object: &DataObject<'a>, visitor: &mut dyn Visitor) -> ControlFlow<()> {
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
        self.inside(Tag::GLOBALLY_UNIQUE_IDENTIFIER)
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

    /// 54, the amount in yen. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 54 is there and is not the digits of the form, which no conformant bill has.
    pub fn amount_in_yen(&self) -> Result<Option<u64>, InvalidValue> {
        if self.object(Tag::TRANSACTION_AMOUNT).is_none() {
            return Ok(None);
        }
        let digits = self.digits(Tag::TRANSACTION_AMOUNT).ok_or(INVALID_AMOUNT)?;
        read(digits.bytes()).map(Some).ok_or(INVALID_AMOUNT)
    }

    /// 62, year, period and dates.
    #[must_use]
    pub fn levy_data(&self) -> Option<LevyData<'a>> {
        LevyData::from_digits(self.digits(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)?)
    }

    /// The due date. `Ok(None)` if 62 is absent.
    ///
    /// # Errors
    ///
    /// 62 is not the digits of the form, or the calendar has no such day; no conformant bill has either.
    pub fn due_date(&self) -> Result<Option<Date>, InvalidValue> {
        self.date(|levy| levy.due_date)
    }

    /// The last day on which the code can be paid. `Ok(None)` if 62 is absent.
    ///
    /// # Errors
    ///
    /// As [`due_date`](Self::due_date).
    pub fn last_payment_date(&self) -> Result<Option<Date>, InvalidValue> {
        self.date(|levy| levy.last_payment_date)
    }

    fn date(&self, digits: impl FnOnce(LevyData<'a>) -> &'a str) -> Result<Option<Date>, InvalidValue> {
        if self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE).is_none() {
            return Ok(None);
        }
        let date = self.levy_data().and_then(|levy| Date::from_digits(digits(levy)));
        date.map(Some).ok_or(INVALID_DATE)
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
        let builder = Builder::new(self.payment_data()?, self.amount_in_yen().ok()??, self.levy_data()?);
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
    dictionary::find(OBJECTS, path).map(|entry| entry.name)
}

crate::dictionary::objects! {
    /// The data objects of the bill form.
    OBJECTS:
    [00-00] "Payload Format Indicator" payload_format_indicator N 2 "EMVCo";
    [01-01] "Point of Initiation Method" point_of_initiation_method N 2 "EMVCo";
    [27-27] "Institution and Payment Data" institution_template Template 96 "eL-QR";
    [27-27][00-00] "Institution Number" institution N 5 "eL-QR";
    [27-27][01-01] "Payment Data" payment_data N 83 "eL-QR";
    [54-54] "Amount in Yen" amount_in_yen N 11 "eL-QR";
    [62-62] "Levy Data" levy_data N 26 "eL-QR";
    [63-63] "CRC in Decimal" crc N 5 "eL-QR";
    [80-80] "Further Data" further_data N 85 "eL-QR";
}

/// What follows the last object of the form.
fn surplus(run: &mut tlv::DataObjects<'_>, visitor: &mut dyn Visitor) -> ControlFlow<()> {
    match run.next() {
        None => ControlFlow::Continue(()),
        Some(Ok(object)) => visitor.report(Violation::of_object(rules::OBJECT_UNEXPECTED, &object)),
        Some(Err(fault)) => visitor.report(Violation::new(rules::FORMAT, fault.path(), fault.offset(), fault.length())),
    }
}

/// The CRC of five decimal digits. `None` for other characters, and above 65535.
fn read_crc(digits: &[u8]) -> Option<u16> {
    let digits: [u8; 5] = digits.try_into().ok()?;
    read(digits)?.try_into().ok()
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Bill<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        crate::serialize::entries!(map, self: institution, payment_data);
        // What cannot be read has no number and no day; the text of 62 is there.
        if let Ok(Some(yen)) = self.amount_in_yen() {
            map.serialize_entry("amount_in_yen", &yen)?;
        }
        crate::serialize::entries!(map, self: levy_data);
        for (key, date) in [("due_date", self.due_date()), ("last_payment_date", self.last_payment_date())] {
            if let Ok(Some(date)) = date {
                map.serialize_entry(key, &date)?;
            }
        }
        crate::serialize::entries!(map, self: further_data);
        if let Some(crc) = self.crc() {
            map.serialize_entry("crc", &format_args!("{crc:05}"))?;
        }
        map.end()
    }
}
