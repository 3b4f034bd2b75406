//! Writing a conformant JPQR code from typed values.

use core::fmt;

use super::{Jpqr, StoreId, USUAL};
use crate::digits::Digits;
use crate::encode::{BuildError, Encode, Layout, Output, TemplateBuf, build, refused, write_checked};
use crate::error::Error;
use crate::payload::Payload;
use crate::rule::Violation;
use crate::tag::{Tag, language_template};
use crate::value::{Amount, CountryCode, Currency, Language, Mcc, PointOfInitiation};

/// What every JPQR code must have.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the mandatory objects; a new one would be a new format")]
pub struct Required<'a> {
    /// 26-01 to 26-04.
    pub store_id: StoreId,
    /// 52.
    pub merchant_category_code: Mcc,
    /// 59, 1 to 25 characters, in Latin letters.
    pub name: &'a str,
    /// 60, 1 to 15 characters, in Latin letters.
    pub city: &'a str,
    /// 61, 1 to 10 characters; seven digits in all public codes.
    pub postal_code: &'a str,
    /// 64-01, 1 to 25 characters: the name in Japanese.
    pub alternate_name: &'a str,
}

impl fmt::Debug for Required<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Required(..)")
    }
}

/// Builds a JPQR code: 00 first, the other objects by ID, 63 last; the yen, Japan, and `JA` are written by itself.
///
/// The same values always give the same text. No text is written that [`Payload::parse`](crate::Payload::parse) or a view
/// under [`Jpqr`] would refuse: it is checked before it is given out. Holds texts by reference and allocates nothing.
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
///     name: "YAMADA SOBA",
///     city: "CHIYODA-KU",
///     postal_code: "1000001",
///     alternate_name: "山田そば𠮷店",
/// };
/// let further = [(Tag::try_from(27)?, network.as_str())];
/// let text = Builder::new(&required).amount(1_500).objects(&further).encode_to_string()?;
/// let payload = Payload::parse(&text)?;
/// let code = payload.view::<Jpqr>(())?;
/// assert_eq!(code.amount_minor()?, Some(1_500));
/// assert_eq!(code.alternate_name(), Some("山田そば𠮷店"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    required: Required<'a>,
    store_template: Tag,
    method: Option<PointOfInitiation>,
    amount: Option<Yen>,
    additional_data: &'a str,
    further: &'a [(Tag, &'a str)],
}

/// An amount, of which the rules find whether it is one in yen.
#[derive(Clone, Copy)]
enum Yen {
    Whole(u64),
    AsQuoted(Amount),
}

impl<'a> Builder<'a> {
    /// A code for any number of payments, whose amount the payer enters: what hangs in the store.
    pub const fn new(required: &Required<'a>) -> Self {
        Self {
            required: *required,
            store_template: USUAL,
            method: Some(PointOfInitiation::STATIC),
            amount: None,
            additional_data: "",
            further: &[],
        }
    }

    /// 54, whole yen: makes it a code for one payment of this amount.
    pub const fn amount(mut self, yen: u64) -> Self {
        self.method = Some(PointOfInitiation::DYNAMIC);
        self.amount = Some(Yen::Whole(yen));
        self
    }

    /// A code for one payment of an amount that somebody quoted.
    pub(crate) fn quoted(mut self, amount: Amount) -> Self {
        self.method = Some(PointOfInitiation::DYNAMIC);
        self.amount = Some(amount.minor_units(0).map_or(Yen::AsQuoted(amount), Yen::Whole));
        self
    }

    /// 01 as another code has it, or none.
    pub(crate) const fn method(mut self, method: Option<PointOfInitiation>) -> Self {
        self.method = method;
        self
    }

    /// The ID of the template with the store id, in place of 26, which another network may need.
    ///
    /// Some readers look under 26 only.
    pub const fn store_template(mut self, tag: Tag) -> Self {
        self.store_template = tag;
        self
    }

    /// 62, Additional Data Field Template; its IDs are named in [`tag::additional_data`](crate::tag::additional_data).
    pub fn additional_data(mut self, template: &'a TemplateBuf) -> Self {
        self.additional_data = template.as_str();
        self
    }

    /// Further root objects: IDs and values. A network beside JPQR has an ID of 02 to 25 with its value, or of 26 to 51 with
    /// the content of the template. An object with an empty value is not written.
    ///
    /// An ID that occurs twice, or that the builder writes itself, is an error ([`Duplicate`](crate::ErrorKind::Duplicate)).
    pub const fn objects(mut self, objects: &'a [(Tag, &'a str)]) -> Self {
        self.further = objects;
        self
    }

    build!(BuildError);

    /// Writes what satisfies a further demand, too.
    pub(crate) fn write(
        &self,
        output: &mut Output<'_>,
        demand: impl FnOnce(&Payload<'_>) -> Result<(), Violation>,
    ) -> Result<(), BuildError> {
        write_checked(
            output,
            self.further,
            |layout| self.lay(layout),
            |payload| {
                refused::<Jpqr<'_>>(payload, ())?;
                demand(payload)
            },
        )
    }

    /// The objects by ID.
    fn lay(&self, layout: &mut Layout<'_, '_>) -> Result<(), Error> {
        let required = &self.required;
        layout.object(Tag::PAYLOAD_FORMAT_INDICATOR, b"01")?;
        if let Some(method) = &self.method {
            layout.object(Tag::POINT_OF_INITIATION_METHOD, method.as_bytes())?;
        }
        layout.object(self.store_template, &required.store_id.template())?;
        layout.object(Tag::MERCHANT_CATEGORY_CODE, required.merchant_category_code.as_bytes())?;
        layout.object(Tag::TRANSACTION_CURRENCY, Currency::JPY.as_bytes())?;
        match &self.amount {
            Some(Yen::Whole(yen)) => layout.object(Tag::TRANSACTION_AMOUNT, Digits::of(*yen, 1).as_bytes())?,
            Some(Yen::AsQuoted(amount)) => layout.object(Tag::TRANSACTION_AMOUNT, amount.as_bytes())?,
            None => {}
        }
        layout.object(Tag::COUNTRY_CODE, CountryCode::JP.as_bytes())?;
        layout.object(Tag::MERCHANT_NAME, required.name.as_bytes())?;
        layout.object(Tag::MERCHANT_CITY, required.city.as_bytes())?;
        layout.object(Tag::POSTAL_CODE, required.postal_code.as_bytes())?;
        layout.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, self.additional_data.as_bytes())?;
        // That a name is missing is a rule.
        let local = [
            (language_template::LANGUAGE_PREFERENCE, Language::JA.as_bytes()),
            (language_template::MERCHANT_NAME, required.alternate_name.as_bytes()),
        ];
        layout.template(Tag::LANGUAGE_TEMPLATE, local.into_iter().filter(|(_, value)| !value.is_empty()))
    }
}

/// An error is a value of more than 99 characters, an ID that occurs twice, a 63, the first broken rule of severity error, or
/// that the buffer is too small.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), BuildError> {
        self.write(output, |_| Ok(()))
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}
