//! Writing a conformant payload from typed values.

use core::fmt;

use super::Mpm;
use crate::encode::{BuildError, Checked, Model, TemplateBuf};
use crate::tag::Tag;
use crate::value::{Amount, CountryCode, Currency, Mcc, Percentage, PointOfInitiation, Tip, TipIndicator};

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
/// [`Mpm`] would refuse: the rules are checked on the values before a byte is written. Holds the values by reference,
/// some 1,700 bytes, and allocates nothing.
///
/// ```
/// use emvqr::encode::TemplateBuf;
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
pub struct Builder<'a> {
    model: Model<'a>,
    /// What is held by value, and stands in the model only when it is written.
    codes: Codes,
}

#[derive(Clone, Copy)]
struct Codes {
    point_of_initiation_method: Option<PointOfInitiation>,
    merchant_category_code: Option<Mcc>,
    transaction_currency: Option<Currency>,
    transaction_amount: Option<Amount>,
    tip_indicator: Option<TipIndicator>,
    convenience_fee_fixed: Option<Amount>,
    convenience_fee_percentage: Option<Percentage>,
    country_code: Option<CountryCode>,
}

impl<'a> Builder<'a> {
    /// A payload with what every payload must have.
    #[must_use]
    pub fn new(required: &Required<'a>) -> Self {
        let (account, value) = required.merchant_account_information;
        let builder = Self {
            model: Model::new(),
            codes: Codes {
                point_of_initiation_method: None,
                merchant_category_code: Some(required.merchant_category_code),
                transaction_currency: Some(required.transaction_currency),
                transaction_amount: None,
                tip_indicator: None,
                convenience_fee_fixed: None,
                convenience_fee_percentage: None,
                country_code: Some(required.country_code),
            },
        };
        builder
            .object(account, value)
            .object(Tag::MERCHANT_NAME, required.merchant_name)
            .object(Tag::MERCHANT_CITY, required.merchant_city)
    }

    /// 01, Point of Initiation Method.
    #[must_use]
    pub fn point_of_initiation_method(mut self, method: PointOfInitiation) -> Self {
        self.codes.point_of_initiation_method = Some(method);
        self
    }

    /// 54, Transaction Amount, without tips and fees.
    #[must_use]
    pub fn transaction_amount(mut self, amount: Amount) -> Self {
        self.codes.transaction_amount = Some(amount);
        self
    }

    /// 55 with 56 or 57: the tip or fee on top of the amount.
    #[must_use]
    pub fn tip(mut self, tip: Tip) -> Self {
        let (indicator, fixed, percentage) = match tip {
            Tip::Prompt => (TipIndicator::PROMPT, None, None),
            Tip::FixedFee(fee) => (TipIndicator::FIXED_FEE, Some(fee), None),
            Tip::PercentageFee(fee) => (TipIndicator::PERCENTAGE_FEE, None, Some(fee)),
        };
        self = self.object(Tag::CONVENIENCE_FEE_FIXED, "").object(Tag::CONVENIENCE_FEE_PERCENTAGE, "");
        self.codes.tip_indicator = Some(indicator);
        self.codes.convenience_fee_fixed = fixed;
        self.codes.convenience_fee_percentage = percentage;
        self
    }

    /// 61, Postal Code, 1 to 10 characters.
    #[must_use]
    pub fn postal_code(self, postal_code: &'a str) -> Self {
        self.object(Tag::POSTAL_CODE, postal_code)
    }

    /// 62, Additional Data Field Template; its IDs are named in [`tag::additional_data`](crate::tag::additional_data).
    #[must_use]
    pub fn additional_data(self, template: &'a TemplateBuf) -> Self {
        self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, template.as_str())
    }

    /// 64, Merchant Information - Language Template; its IDs are named in
    /// [`tag::language_template`](crate::tag::language_template).
    #[must_use]
    pub fn language_information(self, template: &'a TemplateBuf) -> Self {
        self.object(Tag::LANGUAGE_TEMPLATE, template.as_str())
    }

    /// Any root object, in place of what was set for its ID before; the empty value takes it out again.
    ///
    /// 63 is refused when it comes to writing: the CRC is computed.
    #[must_use]
    pub fn object(mut self, tag: Tag, value: &'a str) -> Self {
        match tag {
            Tag::POINT_OF_INITIATION_METHOD => self.codes.point_of_initiation_method = None,
            Tag::MERCHANT_CATEGORY_CODE => self.codes.merchant_category_code = None,
            Tag::TRANSACTION_CURRENCY => self.codes.transaction_currency = None,
            Tag::TRANSACTION_AMOUNT => self.codes.transaction_amount = None,
            Tag::TIP_OR_CONVENIENCE_INDICATOR => self.codes.tip_indicator = None,
            Tag::CONVENIENCE_FEE_FIXED => self.codes.convenience_fee_fixed = None,
            Tag::CONVENIENCE_FEE_PERCENTAGE => self.codes.convenience_fee_percentage = None,
            Tag::COUNTRY_CODE => self.codes.country_code = None,
            _ => {}
        }
        self.model.set(tag, value);
        self
    }

    /// How many bytes the payload takes.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        Ok(self.checked()?.encoded_len())
    }

    /// Writes the payload into a buffer, and gives back the text.
    ///
    /// # Errors
    ///
    /// A value of more than 99 characters, a 63, the first broken rule of severity error, a buffer that is too small.
    /// Nothing is written then.
    pub fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        Ok(self.checked()?.encode_to_slice(buffer)?)
    }

    /// Writes the payload into a [`fmt::Write`].
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), before anything is written; or [`ErrorKind::Sink`](crate::ErrorKind::Sink) where the
    /// writer fails.
    pub fn write_to(&self, writer: &mut impl fmt::Write) -> Result<(), BuildError> {
        Ok(self.checked()?.write_to(writer)?)
    }

    /// The payload, held by itself.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    #[cfg(feature = "alloc")]
    pub fn build(&self) -> Result<crate::PayloadBuf, BuildError> {
        Ok(self.checked()?.build()?)
    }

    /// The payload as a `String`.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    #[cfg(feature = "alloc")]
    pub fn to_string(&self) -> Result<alloc::string::String, BuildError> {
        Ok(self.checked()?.to_string()?)
    }

    fn checked(&self) -> Result<Checked<'_>, BuildError> {
        let mut model = self.model.clone();
        if model.get(Tag::PAYLOAD_FORMAT_INDICATOR).is_none() {
            model.set(Tag::PAYLOAD_FORMAT_INDICATOR, "01");
        }
        let codes = &self.codes;
        let codes = [
            (Tag::POINT_OF_INITIATION_METHOD, codes.point_of_initiation_method.as_ref().map(PointOfInitiation::as_str)),
            (Tag::MERCHANT_CATEGORY_CODE, codes.merchant_category_code.as_ref().map(Mcc::as_str)),
            (Tag::TRANSACTION_CURRENCY, codes.transaction_currency.as_ref().map(Currency::as_str)),
            (Tag::TRANSACTION_AMOUNT, codes.transaction_amount.as_ref().map(Amount::as_str)),
            (Tag::TIP_OR_CONVENIENCE_INDICATOR, codes.tip_indicator.as_ref().map(TipIndicator::as_str)),
            (Tag::CONVENIENCE_FEE_FIXED, codes.convenience_fee_fixed.as_ref().map(Amount::as_str)),
            (Tag::CONVENIENCE_FEE_PERCENTAGE, codes.convenience_fee_percentage.as_ref().map(Percentage::as_str)),
            (Tag::COUNTRY_CODE, codes.country_code.as_ref().map(CountryCode::as_str)),
        ];
        for (tag, code) in codes {
            if let Some(code) = code {
                model.set(tag, code);
            }
        }
        model.checked::<Mpm<'_>>(())
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}
