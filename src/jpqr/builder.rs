//! Writing a conformant JPQR code from typed values.

use core::fmt;

use super::{Jpqr, StoreId, USUAL};
use crate::digits::Digits;
use crate::encode::{BuildError, Checked, Model, TemplateBuf};
use crate::error::{Error, ErrorKind};
use crate::tag::{Path, Tag, language_template};
use crate::value::{CountryCode, Currency, Language, Mcc, PointOfInitiation};

/// What every JPQR code must have.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the mandatory objects; a new one would be a new format")]
pub struct Required<'a> {
    /// 26-01 to 26-04.
    pub store_id: StoreId,
    /// 52.
    pub merchant_category_code: Mcc,
    /// 59, 1 to 25 characters, in Latin letters.
    pub merchant_name: &'a str,
    /// 60, 1 to 15 characters, in Latin letters.
    pub merchant_city: &'a str,
    /// 61, 1 to 10 characters; seven digits in all public codes.
    pub postal_code: &'a str,
    /// 64-01, 1 to 25 characters: the name in Japanese.
    pub local_name: &'a str,
}

impl fmt::Debug for Required<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Required(..)")
    }
}

/// Builds a JPQR code: 00 first, the other objects by ID, 63 last; the yen, Japan, and `JA` are written by itself.
///
/// The same values always give the same text, and no text that [`Payload::parse`](crate::Payload::parse) or a view under
/// [`Jpqr`] would refuse: the rules are checked on the values before a byte is written. Holds the values by reference,
/// some 1,700 bytes, and allocates nothing.
///
/// ```
/// use emvqr::encode::TemplateBuf;
/// use emvqr::jpqr::{Builder, Jpqr, Required, StoreId};
/// use emvqr::value::Mcc;
/// use emvqr::{Payload, Tag};
///
/// let mut network = TemplateBuf::new();
/// network.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, "com.example")?.push(Tag::try_from(1)?, "shop-7")?;
///
/// let required = Required {
///     store_id: StoreId::new(["0000000000001", "0001", "000001", "000001"])?,
///     merchant_category_code: Mcc::RESTAURANTS,
///     merchant_name: "YAMADA SOBA",
///     merchant_city: "CHIYODA-KU",
///     postal_code: "1000001",
///     local_name: "山田そば𠮷店",
/// };
/// let text = Builder::dynamic_code(&required, 1_500).network(Tag::try_from(27)?, network.as_str()).to_string()?;
/// let payload = Payload::parse(&text)?;
/// let code = payload.view::<Jpqr>()?;
/// assert_eq!(code.amount_in_yen()?, Some(1_500));
/// assert_eq!(code.local_name(), Some("山田そば𠮷店"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Builder<'a> {
    model: Model<'a>,
    method: PointOfInitiation,
    amount_in_yen: Option<u64>,
    store_id: StoreId,
    store_template: Tag,
    merchant_category_code: Mcc,
    local_name: &'a str,
}

impl<'a> Builder<'a> {
    /// A code for any number of payments, whose amount the payer enters: what hangs in the store.
    #[must_use]
    pub fn static_code(required: &Required<'a>) -> Self {
        let mut model = Model::new();
        model
            .set(Tag::MERCHANT_NAME, required.merchant_name)
            .set(Tag::MERCHANT_CITY, required.merchant_city)
            .set(Tag::POSTAL_CODE, required.postal_code);
        Self {
            model,
            method: PointOfInitiation::STATIC,
            amount_in_yen: None,
            store_id: required.store_id,
            store_template: USUAL,
            merchant_category_code: required.merchant_category_code,
            local_name: required.local_name,
        }
    }

    /// A code for one payment of this amount.
    #[must_use]
    pub fn dynamic_code(required: &Required<'a>, amount_in_yen: u64) -> Self {
        Self { method: PointOfInitiation::DYNAMIC, amount_in_yen: Some(amount_in_yen), ..Self::static_code(required) }
    }

    /// A further network beside JPQR: ID 02 to 25 with its value, or 26 to 51 with the content of the template. One for each ID:
    /// the last one stays.
    #[must_use]
    pub fn network(self, tag: Tag, value: &'a str) -> Self {
        self.object(tag, value)
    }

    /// The ID of the template with the store id, in place of 26, which another network may need.
    ///
    /// Some readers look under 26 only.
    #[must_use]
    pub const fn store_template(mut self, tag: Tag) -> Self {
        self.store_template = tag;
        self
    }

    /// 62, Additional Data Field Template; its IDs are named in [`tag::additional_data`](crate::tag::additional_data).
    #[must_use]
    pub fn additional_data(self, template: &'a TemplateBuf) -> Self {
        self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, template.as_str())
    }

    /// Any root object, in place of what was set for its ID before; the empty value takes it out again.
    ///
    /// The template of the store id and 63 are refused when it comes to writing: nobody else is to be paid, and the CRC is
    /// computed.
    #[must_use]
    pub fn object(mut self, tag: Tag, value: &'a str) -> Self {
        self.model.set(tag, value);
        self
    }

    /// How many bytes the code takes.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        self.checked(|checked| Ok(checked.encoded_len()))
    }

    /// Writes the code into a buffer, and gives back the text.
    ///
    /// # Errors
    ///
    /// A value of more than 99 characters, the template of the store id or 63 given as an object, the first broken rule of
    /// severity error, a buffer that is too small. Nothing is written then.
    pub fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        self.checked(|checked| checked.encode_to_slice(buffer))
    }

    /// Writes the code into a [`fmt::Write`].
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), before anything is written; or [`ErrorKind::Sink`] where the writer
    /// fails.
    pub fn write_to(&self, writer: &mut impl fmt::Write) -> Result<(), BuildError> {
        self.checked(|checked| checked.write_to(writer))
    }

    /// The payload, held by itself.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    #[cfg(feature = "alloc")]
    pub fn build(&self) -> Result<crate::PayloadBuf, BuildError> {
        self.checked(|checked: &Checked<'_>| checked.build())
    }

    /// The code as a `String`.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    #[cfg(feature = "alloc")]
    pub fn to_string(&self) -> Result<alloc::string::String, BuildError> {
        self.checked(|checked: &Checked<'_>| checked.to_string())
    }

    fn checked<R>(&self, write: impl FnOnce(&Checked<'_>) -> Result<R, Error>) -> Result<R, BuildError> {
        if let Some(other) = self.model.get(self.store_template) {
            return Err(Error::new(ErrorKind::Duplicate, self.store_template.into(), 0, other.len()).into());
        }
        let store = self.store_id.to_template();
        let local = local_information(self.local_name)?;
        let amount = self.amount_in_yen.map(|yen| Digits::of(yen, 1));
        let mut model = self.model.clone();
        let own = [
            (Tag::PAYLOAD_FORMAT_INDICATOR, "01"),
            (Tag::POINT_OF_INITIATION_METHOD, self.method.as_str()),
            (self.store_template, store.as_str()),
            (Tag::MERCHANT_CATEGORY_CODE, self.merchant_category_code.as_str()),
            (Tag::TRANSACTION_CURRENCY, Currency::JPY.as_str()),
            (Tag::TRANSACTION_AMOUNT, amount.as_ref().map_or("", Digits::as_str)),
            (Tag::COUNTRY_CODE, CountryCode::JP.as_str()),
            (Tag::LANGUAGE_TEMPLATE, local.as_str()),
        ];
        for (tag, value) in own {
            // What was given as an object is kept.
            if model.get(tag).is_none() {
                model.set(tag, value);
            }
        }
        Ok(write(&model.checked::<Jpqr<'_>>(())?)?)
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}

/// The value of 64.
fn local_information(name: &str) -> Result<TemplateBuf, Error> {
    let mut template = TemplateBuf::new();
    let tag = language_template::MERCHANT_NAME;
    template.push(language_template::LANGUAGE_PREFERENCE, Language::JA.as_str())?;
    // That a name is missing is a rule.
    if !name.is_empty() {
        let path = Path::of(Tag::LANGUAGE_TEMPLATE).join(tag);
        let in_payload = |error: Error| Error::new(error.kind(), path.unwrap_or_default(), 0, name.len());
        template.push(tag, name).map_err(in_payload)?;
    }
    Ok(template)
}
