//! Writing a conformant payload from typed values.

use core::fmt;

use super::Mpm;
use crate::encode::{BuildError, Draft, Encode, Output, TemplateBuf, Value, build};
#[cfg(feature = "alloc")]
use crate::rule::Violation;
use crate::tag::Tag;
use crate::value::{Amount, CountryCode, Currency, Mcc, PointOfInitiation, Tip, TipIndicator};

/// What every payload must have (MPM 1.1, 4.2.1.1).
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the specification's mandatory objects; a new one would be a new format")]
pub struct Required<'a> {
    /// One of 02-51, Merchant Account Information: the ID, and the bare value (02-25) or the content of the template
    /// (26-51), such as that of a [`TemplateBuf`]. Further accounts: [`Builder::object`].
    pub merchant_account_information: (Tag, &'a str),
    /// 52.
    pub merchant_category_code: Mcc,
    /// 53.
    pub transaction_currency: Currency,
    /// 58.
    pub country_code: CountryCode,
    /// 59, 1 to 25 characters.
    pub merchant_name: &'a str,
    /// 60, 1 to 15 characters.
    pub merchant_city: &'a str,
}

impl fmt::Debug for Required<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Required(..)")
    }
}

/// Builds a payload of the EMVCo base profile: 00 first, the other objects by ID, 63 last.
///
/// The same values always give the same text, and no text that [`Payload::parse`](crate::Payload::parse) or a view under
/// [`Mpm`] would refuse: the rules are checked on the values before a byte is written. Holds texts by reference, some 2,400
/// bytes, and allocates nothing.
///
/// ```
/// use emvqr::encode::{Encode, TemplateBuf};
/// use emvqr::mpm::{Builder, Required};
/// use emvqr::value::{Amount, CountryCode, Currency, Mcc, PointOfInitiation};
/// use emvqr::{Mpm, Payload, Tag, tag::additional_data};
///
/// let mut account = TemplateBuf::new();
/// account.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, "com.example")?.push(Tag::try_from(1)?, "shop-7")?;
/// let mut additional = TemplateBuf::new();
/// additional.push(additional_data::BILL_NUMBER, "INV-7")?;
///
/// let builder = Builder::new(&Required {
///     merchant_account_information: (Tag::try_from(26)?, account.as_str()),
///     merchant_category_code: Mcc::RESTAURANTS,
///     transaction_currency: Currency::THB,
///     country_code: CountryCode::TH,
///     merchant_name: "NOODLE BAR",
///     merchant_city: "BANGKOK",
/// })
/// .point_of_initiation_method(PointOfInitiation::DYNAMIC)
/// .transaction_amount(Amount::new("98.50")?)
/// .additional_data(&additional);
///
/// let mut buffer = [0; 256];
/// let text = builder.encode_to_slice(&mut buffer)?;
/// let code = Payload::parse(text)?.view::<Mpm>()?;
/// assert_eq!(code.additional_data().unwrap().bill_number(), Some("INV-7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    draft: Draft<'a>,
}

impl<'a> Builder<'a> {
    /// A payload with what every payload must have.
    pub fn new(required: &Required<'a>) -> Self {
        let (account, value) = required.merchant_account_information;
        let mut draft = Draft::new();
        draft
            .set(Tag::PAYLOAD_FORMAT_INDICATOR, "01")
            .set(account, value)
            .set(Tag::MERCHANT_CATEGORY_CODE, required.merchant_category_code)
            .set(Tag::TRANSACTION_CURRENCY, required.transaction_currency)
            .set(Tag::COUNTRY_CODE, required.country_code)
            .set(Tag::MERCHANT_NAME, required.merchant_name)
            .set(Tag::MERCHANT_CITY, required.merchant_city);
        Self { draft }
    }

    /// 01, Point of Initiation Method.
    pub fn point_of_initiation_method(self, method: PointOfInitiation) -> Self {
        self.object(Tag::POINT_OF_INITIATION_METHOD, method)
    }

    /// 54, Transaction Amount, without tips and fees.
    pub fn transaction_amount(self, amount: Amount) -> Self {
        self.object(Tag::TRANSACTION_AMOUNT, amount)
    }

    /// 55 with 56 or 57: the tip or fee on top of the amount.
    pub fn tip(self, tip: Tip) -> Self {
        let builder = self.object(Tag::CONVENIENCE_FEE_FIXED, "").object(Tag::CONVENIENCE_FEE_PERCENTAGE, "");
        let indicator = Tag::TIP_OR_CONVENIENCE_INDICATOR;
        match tip {
            Tip::Prompt => builder.object(indicator, TipIndicator::PROMPT),
            Tip::FixedFee(fee) => {
                builder.object(indicator, TipIndicator::FIXED_FEE).object(Tag::CONVENIENCE_FEE_FIXED, fee)
            }
            Tip::PercentageFee(fee) => {
                builder.object(indicator, TipIndicator::PERCENTAGE_FEE).object(Tag::CONVENIENCE_FEE_PERCENTAGE, fee)
            }
        }
    }

    /// 61, Postal Code, 1 to 10 characters.
    pub fn postal_code(self, postal_code: &'a str) -> Self {
        self.object(Tag::POSTAL_CODE, postal_code)
    }

    /// 62, Additional Data Field Template; its IDs are named in [`tag::additional_data`](crate::tag::additional_data).
    pub fn additional_data(self, template: &'a TemplateBuf) -> Self {
        self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, template.as_str())
    }

    /// 64, Merchant Information - Language Template; its IDs are named in
    /// [`tag::language_template`](crate::tag::language_template).
    pub fn language_information(self, template: &'a TemplateBuf) -> Self {
        self.object(Tag::LANGUAGE_TEMPLATE, template.as_str())
    }

    /// Any root object, in place of what was set for its ID before; the empty value takes it out again.
    ///
    /// 63 is refused when it comes to writing: the CRC is computed. Without a value for 00 it is 01.
    pub fn object(mut self, tag: Tag, value: impl Into<Value<'a>>) -> Self {
        self.draft.set(tag, value);
        if self.draft.get(Tag::PAYLOAD_FORMAT_INDICATOR).is_none() {
            self.draft.set(Tag::PAYLOAD_FORMAT_INDICATOR, "01");
        }
        self
    }

    build!(BuildError);

    /// What a reader would be warned of.
    ///
    /// # Errors
    ///
    /// What keeps the payload from being written.
    #[cfg(feature = "alloc")]
    pub fn warnings(&self) -> Result<alloc::vec::Vec<Violation>, BuildError> {
        Ok(self.draft.seal::<Mpm<'_>>(())?.violations::<Mpm<'_>>(()))
    }
}

/// An error is a value of more than 99 characters, a 63, the first broken rule of severity error, or that the buffer is too
/// small.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: Output<'_>) -> Result<usize, BuildError> {
        Ok(self.draft.seal::<Mpm<'_>>(())?.encode(output)?)
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}
