//! Writing a bill code.

use core::fmt;

use super::{Bill, FURTHER_DATA, INSTITUTION_TEMPLATE, LENGTH, LOCAL_TAX, LevyData, PAYMENT_DATA, PaymentData, rules};
use crate::characters::fill;
use crate::crc;
use crate::digits::{Digits, is_digits};
use crate::encode::{BuildError, Encode, Output, header};
use crate::path::Path;
use crate::rule::Violation;
use crate::tag::Tag;

/// Builds a bill code of 255 digits, CRC included.
///
/// The same values always give the same text, and no text that [`Bill::parse`] would refuse before its last day of payment.
/// Check digits are the caller's: how they are made is not public.
#[derive(Clone, Copy)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    institution: &'a str,
    payment: PaymentData<'a>,
    amount: u64,
    levy: LevyData<'a>,
    further_data: &'a str,
}

impl<'a> Builder<'a> {
    /// A bill of the local tax bodies over an amount in yen, below 100,000,000,000, without further data.
    pub const fn new(payment: PaymentData<'a>, amount_in_yen: u64, levy: LevyData<'a>) -> Self {
        const NONE: &str = match core::str::from_utf8(&[b'0'; 85]) {
            Ok(zeros) => zeros,
            Err(_) => "",
        };
        Self { institution: LOCAL_TAX, payment, amount: amount_in_yen, levy, further_data: NONE }
    }

    /// 27-00, in place of [`LOCAL_TAX`]: 5 digits.
    pub const fn institution(mut self, institution: &'a str) -> Self {
        self.institution = institution;
        self
    }

    /// 80, in place of zeros: 85 digits.
    pub const fn further_data(mut self, further_data: &'a str) -> Self {
        self.further_data = further_data;
        self
    }

    fn write(&self) -> Result<[u8; LENGTH], BuildError> {
        let amount = Digits::of(self.amount, 11);
        let mut text = Text { bytes: [0; LENGTH], end: 0 };
        text.value(Tag::PAYLOAD_FORMAT_INDICATOR.into(), 2, ["01"], [2])?;
        text.value(Tag::POINT_OF_INITIATION_METHOD.into(), 2, ["12"], [2])?;
        let template = Path::of(INSTITUTION_TEMPLATE);
        text.value(template, 96, [], [])?;
        let inside = |tag| template.join(tag).unwrap_or(template);
        text.value(inside(Tag::GLOBALLY_UNIQUE_IDENTIFIER), 5, [self.institution], [5])?;
        let widths = PaymentData::ZERO.entries().map(|(_, zeros)| zeros.len());
        text.value(inside(PAYMENT_DATA), 83, self.payment.entries().map(|(_, value)| value), widths)?;
        text.value(Tag::TRANSACTION_AMOUNT.into(), 11, [amount.as_str()], [11])?;
        let widths = LevyData::ZERO.entries().map(|(_, zeros)| zeros.len());
        let levy = self.levy.entries().map(|(_, value)| value);
        text.value(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE.into(), 26, levy, widths)?;
        text.value(FURTHER_DATA.into(), 85, [self.further_data], [85])?;
        text.value(Tag::CRC.into(), 5, [], [])?;
        let crc = crc::checksum(text.bytes.get(..text.end).unwrap_or_default());
        text.put(Digits::of(crc.into(), 5).as_str().as_bytes());
        let written = core::str::from_utf8(&text.bytes).unwrap_or_default();
        Bill::parse(written, None)?;
        Ok(text.bytes)
    }
}

/// An error is the first value that does not have its digits, any other broken rule of severity error, or a buffer of fewer
/// than 255 bytes.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), BuildError> {
        output.put(&self.write()?);
        Ok(output.fits()?)
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}

/// The text so far.
struct Text {
    bytes: [u8; LENGTH],
    end: usize,
}

impl Text {
    /// Writes a header, and the parts of the value, each of which must have its width.
    fn value<const N: usize>(
        &mut self,
        path: Path,
        length: u8,
        parts: [&str; N],
        widths: [usize; N],
    ) -> Result<(), Violation> {
        self.put(&header(path.tag().unwrap_or(Tag::CRC), length));
        let start = self.end;
        for (part, width) in parts.into_iter().zip(widths) {
            if part.len() != width {
                return Err(Violation::new(rules::VALUE_LENGTH, path, self.end, part.len()));
            }
            if !is_digits(part) {
                return Err(Violation::new(rules::VALUE_DIGITS, path, start, usize::from(length)));
            }
            self.put(part.as_bytes());
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) {
        let rest = self.bytes.get_mut(self.end..);
        if let Some((place, _)) = rest.and_then(|rest| rest.split_at_mut_checked(bytes.len())) {
            fill(place, bytes);
            self.end = self.end.saturating_add(bytes.len());
        }
    }
}
