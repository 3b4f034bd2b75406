//! Writing a conformant payload from typed values.

use core::fmt;

use super::Mpm;
use crate::encode::{BuildError, Encode, Layout, Output, TemplateBuf, build, refused, write_checked};
use crate::error::Error;
use crate::tag::Tag;
use crate::value::{Amount, CountryCode, Currency, Mcc, PointOfInitiation, Tip, TipIndicator};

/// What every payload must have (MPM 1.1, 4.2.1.1).
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the specification's mandatory objects; a new one would be a new format")]
pub struct Required<'a> {
    /// One of 02-51, Merchant Account Information: the ID, and the bare value (02-25) or the content of the template
    /// (26-51), such as that of a [`TemplateBuf`]. Further accounts: [`Builder::objects`].
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
/// The same values always give the same text. No text is written that [`Payload::parse`](crate::Payload::parse) or a view
/// under [`Mpm`] would refuse: it is checked before it is given out. Holds texts by reference and allocates nothing.
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
/// let code = Payload::parse(text)?.view::<Mpm>(())?;
/// assert_eq!(code.additional_data().unwrap().bill_number(), Some("INV-7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    required: Required<'a>,
    method: Option<PointOfInitiation>,
    amount: Option<Amount>,
    tip: Option<Tip>,
    postal_code: &'a str,
    additional_data: &'a str,
    language_information: &'a str,
    further: &'a [(Tag, &'a str)],
}

impl<'a> Builder<'a> {
    /// A payload with what every payload must have.
    pub const fn new(required: &Required<'a>) -> Self {
        Self {
            required: *required,
            method: None,
            amount: None,
            tip: None,
            postal_code: "",
            additional_data: "",
            language_information: "",
            further: &[],
        }
    }

    /// 01, Point of Initiation Method.
    pub const fn point_of_initiation_method(mut self, method: PointOfInitiation) -> Self {
        self.method = Some(method);
        self
    }

    /// 54, Transaction Amount, without tips and fees.
    pub const fn transaction_amount(mut self, amount: Amount) -> Self {
        self.amount = Some(amount);
        self
    }

    /// 55 with 56 or 57: the tip or fee on top of the amount.
    pub const fn tip(mut self, tip: Tip) -> Self {
        self.tip = Some(tip);
        self
    }

    /// 61, Postal Code, 1 to 10 characters.
    pub const fn postal_code(mut self, postal_code: &'a str) -> Self {
        self.postal_code = postal_code;
        self
    }

    /// 62, Additional Data Field Template; its IDs are named in [`tag::additional_data`](crate::tag::additional_data).
    pub fn additional_data(mut self, template: &'a TemplateBuf) -> Self {
        self.additional_data = template.as_str();
        self
    }

    /// 64, Merchant Information - Language Template; its IDs are named in
    /// [`tag::language_template`](crate::tag::language_template).
    pub fn language_information(mut self, template: &'a TemplateBuf) -> Self {
        self.language_information = template.as_str();
        self
    }

    /// Further root objects, such as a second account: IDs and values. An object with an empty value is not written.
    ///
    /// An ID that occurs twice, or that the builder writes itself, is an error ([`Duplicate`](crate::ErrorKind::Duplicate)).
    pub const fn objects(mut self, objects: &'a [(Tag, &'a str)]) -> Self {
        self.further = objects;
        self
    }

    build!(BuildError);

    /// The objects by ID.
    fn lay(&self, layout: &mut Layout<'_, '_>) -> Result<(), Error> {
        let required = &self.required;
        let (account, account_value) = required.merchant_account_information;
        layout.object(Tag::PAYLOAD_FORMAT_INDICATOR, b"01")?;
        if let Some(method) = &self.method {
            layout.object(Tag::POINT_OF_INITIATION_METHOD, method.as_bytes())?;
        }
        layout.object(account, account_value.as_bytes())?;
        layout.object(Tag::MERCHANT_CATEGORY_CODE, required.merchant_category_code.as_bytes())?;
        layout.object(Tag::TRANSACTION_CURRENCY, required.transaction_currency.as_bytes())?;
        if let Some(amount) = &self.amount {
            layout.object(Tag::TRANSACTION_AMOUNT, amount.as_bytes())?;
        }
        if let Some(tip) = &self.tip {
            let (indicator, fee, percentage) = match tip {
                Tip::Prompt => (TipIndicator::PROMPT, b"" as &[u8], b"" as &[u8]),
                Tip::FixedFee(fee) => (TipIndicator::FIXED_FEE, fee.as_bytes(), b"" as &[u8]),
                Tip::PercentageFee(percentage) => (TipIndicator::PERCENTAGE_FEE, b"" as &[u8], percentage.as_bytes()),
            };
            layout.object(Tag::TIP_OR_CONVENIENCE_INDICATOR, indicator.as_bytes())?;
            layout.object(Tag::CONVENIENCE_FEE_FIXED, fee)?;
            layout.object(Tag::CONVENIENCE_FEE_PERCENTAGE, percentage)?;
        }
        layout.object(Tag::COUNTRY_CODE, required.country_code.as_bytes())?;
        layout.object(Tag::MERCHANT_NAME, required.merchant_name.as_bytes())?;
        layout.object(Tag::MERCHANT_CITY, required.merchant_city.as_bytes())?;
        layout.object(Tag::POSTAL_CODE, self.postal_code.as_bytes())?;
        layout.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, self.additional_data.as_bytes())?;
        layout.object(Tag::LANGUAGE_TEMPLATE, self.language_information.as_bytes())
    }
}

/// An error is a value of more than 99 characters, an ID that occurs twice, a 63, the first broken rule of severity error, or
/// that the buffer is too small.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), BuildError> {
        write_checked(output, self.further, |layout| self.lay(layout), |payload| refused::<Mpm<'_>>(payload, ()))
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}
