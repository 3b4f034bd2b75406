//! Writing a conformant JPQR code from typed values.

use core::fmt;

use super::{Jpqr, StoreId, USUAL};
use crate::digits::Digits;
use crate::encode::{BuildError, Draft, Encode, Output, Sealed, TemplateBuf, Value, build};
use crate::error::{Error, ErrorKind};
#[cfg(feature = "alloc")]
use crate::rule::Violation;
use crate::tag::{Tag, language_template};
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
/// [`Jpqr`] would refuse: the rules are checked on the values before a byte is written. Holds texts by reference, some 2,400
/// bytes, and allocates nothing.
///
/// ```
/// use emvqr::encode::{Encode, TemplateBuf};
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
/// let text = Builder::dynamic_code(&required, 1_500).network(Tag::try_from(27)?, network.as_str()).encode_to_string()?;
/// let payload = Payload::parse(&text)?;
/// let code = payload.view::<Jpqr>()?;
/// assert_eq!(code.amount_in_yen()?, Some(1_500));
/// assert_eq!(code.local_name(), Some("山田そば𠮷店"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    draft: Draft<'a>,
    store_id: StoreId,
    store_template: Tag,
    local_name: &'a str,
}

impl<'a> Builder<'a> {
    /// A code for any number of payments, whose amount the payer enters: what hangs in the store.
    pub fn static_code(required: &Required<'a>) -> Self {
        let mut draft = Draft::new();
        draft
            .set(Tag::PAYLOAD_FORMAT_INDICATOR, "01")
            .set(Tag::POINT_OF_INITIATION_METHOD, PointOfInitiation::STATIC)
            .set(Tag::MERCHANT_CATEGORY_CODE, required.merchant_category_code)
            .set(Tag::TRANSACTION_CURRENCY, Currency::JPY)
            .set(Tag::COUNTRY_CODE, CountryCode::JP)
            .set(Tag::MERCHANT_NAME, required.merchant_name)
            .set(Tag::MERCHANT_CITY, required.merchant_city)
            .set(Tag::POSTAL_CODE, required.postal_code);
        Self { draft, store_id: required.store_id, store_template: USUAL, local_name: required.local_name }
    }

    /// A code for one payment of this amount.
    pub fn dynamic_code(required: &Required<'a>, amount_in_yen: u64) -> Self {
        let mut builder = Self::static_code(required);
        builder.set(Tag::POINT_OF_INITIATION_METHOD, PointOfInitiation::DYNAMIC);
        builder.set(Tag::TRANSACTION_AMOUNT, Value::of_code(Digits::of(amount_in_yen, 1).as_str()));
        builder
    }

    /// A further network beside JPQR: ID 02 to 25 with its value, or 26 to 51 with the content of the template. One for each ID:
    /// the last one stays.
    pub fn network(self, tag: Tag, value: &'a str) -> Self {
        self.object(tag, value)
    }

    /// The ID of the template with the store id, in place of 26, which another network may need.
    ///
    /// Some readers look under 26 only.
    pub const fn store_template(mut self, tag: Tag) -> Self {
        self.store_template = tag;
        self
    }

    /// 62, Additional Data Field Template; its IDs are named in [`tag::additional_data`](crate::tag::additional_data).
    pub fn additional_data(self, template: &'a TemplateBuf) -> Self {
        self.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, template.as_str())
    }

    /// Any root object, in place of what was set for its ID before; the empty value takes it out again.
    ///
    /// The template of the store id and 63 are refused when it comes to writing: nobody else is to be paid, and the CRC is
    /// computed.
    pub fn object(mut self, tag: Tag, value: impl Into<Value<'a>>) -> Self {
        self.set(tag, value);
        self
    }

    /// [`object`](Self::object), in place: a builder is large to be moved about.
    pub(crate) fn set(&mut self, tag: Tag, value: impl Into<Value<'a>>) {
        self.draft.set(tag, value);
    }

    build!(BuildError);

    /// What a reader would be warned of.
    ///
    /// # Errors
    ///
    /// What keeps the code from being written.
    #[cfg(feature = "alloc")]
    pub fn warnings(&self) -> Result<alloc::vec::Vec<Violation>, BuildError> {
        self.sealed(|sealed| Ok(sealed.violations::<Jpqr<'_>>(())))
    }

    pub(crate) fn sealed<R>(&self, write: impl FnOnce(&Sealed<'_>) -> Result<R, BuildError>) -> Result<R, BuildError> {
        if let Some(other) = self.draft.get(self.store_template) {
            return Err(Error::new(ErrorKind::Duplicate, self.store_template.into(), 0, other.len()).into());
        }
        let store = self.store_id.to_template();
        // That a name is missing is a rule.
        let local = [
            (language_template::LANGUAGE_PREFERENCE, Language::JA.as_str()),
            (language_template::MERCHANT_NAME, self.local_name),
        ];
        let mut language = TemplateBuf::new();
        let is_given = |(_, value): &(Tag, &str)| !value.is_empty();
        language.extend_inside(Tag::LANGUAGE_TEMPLATE, local.into_iter().filter(is_given))?;
        let mut draft = self.draft.clone();
        draft.set(self.store_template, store.as_str());
        // What was given as an object is kept.
        if draft.get(Tag::LANGUAGE_TEMPLATE).is_none() {
            draft.set(Tag::LANGUAGE_TEMPLATE, language.as_str());
        }
        let mut sealed = Sealed::new();
        sealed.seal::<Jpqr<'_>>(&draft, ())?;
        write(&sealed)
    }
}

/// An error is a value of more than 99 characters, the template of the store id or a 63 given as an object, the first broken
/// rule of severity error, or that the buffer is too small.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: Output<'_>) -> Result<usize, BuildError> {
        self.sealed(|sealed| Ok(sealed.encode(output)?))
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}
