//! The typed reading of a payload under the base profile.

use super::Mpm;
use crate::dictionary;
use crate::payee;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet, additional_data, language_template};
use crate::tlv::{DataObject, Template};
use crate::value::{
    Amount, ConsumerDataRequest, CountryCode, Currency, Guid, InvalidValue, Language, Mcc, MerchantChannel, PROMPT,
    Percentage, PointOfInitiation, Tip, TipIndicator,
};

const INVALID_TIP: InvalidValue = InvalidValue::new("tip", "55 with the one of 56 and 57 that it asks for");

impl<'a> Mpm<'a> {
    /// The payload.
    #[must_use]
    pub const fn payload(&self) -> &Payload<'a> {
        &self.payload
    }

    fn value(&self, tag: Tag) -> Option<&'a str> {
        self.payload.get(tag).map(|object| object.value())
    }

    /// 00, Payload Format Indicator: `01` in every conformant payload.
    #[must_use]
    pub fn payload_format_indicator(&self) -> Option<&'a str> {
        self.value(Tag::PAYLOAD_FORMAT_INDICATOR)
    }

    /// 01, Point of Initiation Method. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 01 is there and is not two digits, which no conformant code has.
    pub fn point_of_initiation_method(&self) -> Result<Option<PointOfInitiation>, InvalidValue> {
        self.value(Tag::POINT_OF_INITIATION_METHOD).map(str::parse).transpose()
    }

    /// 02-51, Merchant Account Information, by ID: every network through which the merchant can be paid.
    pub fn merchant_account_information(&self) -> impl Iterator<Item = Account<'a>> + Clone {
        let accounts = self.payload.tags().intersection(TagSet::ACCOUNTS);
        accounts.iter().filter_map(|tag| self.payload.get(tag)).map(Account)
    }

    /// The account template with this GUID, ASCII case aside, whatever its ID (Guidance 4.3). `None` if two have it:
    /// who is paid is then ambiguous.
    #[must_use]
    pub fn account_by_guid(&self, guid: &str) -> Option<Account<'a>> {
        let mut accounts = self
            .merchant_account_information()
            .filter(|account| account.guid().is_some_and(|found| found.is_same(guid)));
        let account = accounts.next()?;
        if accounts.next().is_some() { None } else { Some(account) }
    }

    /// 52, Merchant Category Code. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 52 is there and is not four digits, which no conformant code has.
    pub fn merchant_category_code(&self) -> Result<Option<Mcc>, InvalidValue> {
        self.value(Tag::MERCHANT_CATEGORY_CODE).map(str::parse).transpose()
    }

    /// 53, Transaction Currency. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 53 is there and is not three digits, which no conformant code has.
    pub fn transaction_currency(&self) -> Result<Option<Currency>, InvalidValue> {
        self.value(Tag::TRANSACTION_CURRENCY).map(|digits| Currency::from_bytes(digits.as_bytes())).transpose()
    }

    /// 54, Transaction Amount, tips and fees excluded. `Ok(None)` if it is absent: the payer enters it.
    ///
    /// # Errors
    ///
    /// 54 is there and is not an amount, or readers who count lengths in another unit would pay something else, which no
    /// conformant code has.
    pub fn transaction_amount(&self) -> Result<Option<Amount>, InvalidValue> {
        payee::certain_amount(&self.payload, payee::Doubts::of(&self.payload).is_any())
    }

    /// 55, Tip or Convenience Indicator. `Ok(None)` if it is absent: nothing comes on top of the amount.
    ///
    /// # Errors
    ///
    /// 55 is there and is not two digits, which no conformant code has.
    pub fn tip_or_convenience_indicator(&self) -> Result<Option<TipIndicator>, InvalidValue> {
        self.value(Tag::TIP_OR_CONVENIENCE_INDICATOR).map(str::parse).transpose()
    }

    /// 56, Value of Convenience Fee Fixed. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 56 is there and is not an amount, which no conformant code has.
    pub fn convenience_fee_fixed(&self) -> Result<Option<Amount>, InvalidValue> {
        self.value(Tag::CONVENIENCE_FEE_FIXED).map(Amount::new).transpose()
    }

    /// 57, Value of Convenience Fee Percentage. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 57 is there and is not a percentage, which no conformant code has.
    pub fn convenience_fee_percentage(&self) -> Result<Option<Percentage>, InvalidValue> {
        self.value(Tag::CONVENIENCE_FEE_PERCENTAGE).map(Percentage::new).transpose()
    }

    /// What comes on top of the amount: 55 with the object that it asks for. `Ok(None)` if 55 to 57 are absent.
    ///
    /// # Errors
    ///
    /// 55, 56 or 57 is not what it should be, or one of them is without the other, which no conformant code has.
    pub fn tip(&self) -> Result<Option<Tip>, InvalidValue> {
        let indicator = self.tip_or_convenience_indicator()?;
        match (indicator, self.convenience_fee_fixed()?, self.convenience_fee_percentage()?) {
            (None, None, None) => Ok(None),
            (Some(TipIndicator::PROMPT), None, None) => Ok(Some(Tip::Prompt)),
            (Some(TipIndicator::FIXED_FEE), Some(fee), None) => Ok(Some(Tip::FixedFee(fee))),
            (Some(TipIndicator::PERCENTAGE_FEE), None, Some(fee)) => Ok(Some(Tip::PercentageFee(fee))),
            _ => Err(INVALID_TIP),
        }
    }

    /// 58, Country Code. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 58 is there and is not two letters, which no conformant code has.
    pub fn country_code(&self) -> Result<Option<CountryCode>, InvalidValue> {
        self.value(Tag::COUNTRY_CODE).map(str::parse).transpose()
    }

    /// 59, Merchant Name. Show it through [`display`](crate::display).
    #[must_use]
    pub fn merchant_name(&self) -> Option<&'a str> {
        self.value(Tag::MERCHANT_NAME)
    }

    /// 60, Merchant City.
    #[must_use]
    pub fn merchant_city(&self) -> Option<&'a str> {
        self.value(Tag::MERCHANT_CITY)
    }

    /// 61, Postal Code.
    #[must_use]
    pub fn postal_code(&self) -> Option<&'a str> {
        self.value(Tag::POSTAL_CODE)
    }

    /// 62, Additional Data Field Template. `None` if it is absent or is not a run of data objects.
    #[must_use]
    pub fn additional_data(&self) -> Option<AdditionalData<'a>> {
        self.payload.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)?.template().ok().map(AdditionalData)
    }

    /// 63, CRC.
    #[must_use]
    pub fn crc(&self) -> u16 {
        self.payload.crc()
    }

    /// 64, Merchant Information - Language Template. `None` if it is absent or is not a run of data objects.
    #[must_use]
    pub fn language_information(&self) -> Option<LanguageInformation<'a>> {
        self.payload.get(Tag::LANGUAGE_TEMPLATE)?.template().ok().map(LanguageInformation)
    }

    /// 80-99, Unreserved Templates, by ID.
    pub fn unreserved_templates(&self) -> impl Iterator<Item = Account<'a>> + Clone {
        let templates = self.payload.tags().intersection(TagSet::UNRESERVED_TEMPLATES);
        templates.iter().filter_map(|tag| self.payload.get(tag)).map(Account)
    }
}

/// The getters that all readings have, by the names of one object everywhere: see [`Code`](crate::Code).
macro_rules! getters {
    () => {
        /// The payload.
        #[must_use]
        pub const fn payload(&self) -> &$crate::Payload<'a> {
            self.base().payload()
        }

        /// 01, Point of Initiation Method. `Ok(None)` if it is absent.
        ///
        /// # Errors
        ///
        /// 01 is there and is not two digits, which no conformant code has.
        pub fn method(&self) -> Result<Option<$crate::value::PointOfInitiation>, $crate::value::InvalidValue> {
            self.base().point_of_initiation_method()
        }

        /// 52, Merchant Category Code. `Ok(None)` if it is absent.
        ///
        /// # Errors
        ///
        /// 52 is there and is not four digits, which no conformant code has.
        pub fn merchant_category_code(&self) -> Result<Option<$crate::value::Mcc>, $crate::value::InvalidValue> {
            self.base().merchant_category_code()
        }

        /// 53, Transaction Currency. `Ok(None)` if it is absent.
        ///
        /// # Errors
        ///
        /// 53 is there and is not three digits, which no conformant code has.
        pub fn currency(&self) -> Result<Option<$crate::value::Currency>, $crate::value::InvalidValue> {
            self.base().transaction_currency()
        }

        /// What comes on top of the amount: 55 with the object that it asks for. `Ok(None)` if 55 to 57 are absent.
        ///
        /// # Errors
        ///
        /// 55, 56 or 57 is not what it should be, or one of them is without the other, which no conformant code has.
        pub fn tip(&self) -> Result<Option<$crate::value::Tip>, $crate::value::InvalidValue> {
            self.base().tip()
        }

        /// 58, Country Code. `Ok(None)` if it is absent.
        ///
        /// # Errors
        ///
        /// 58 is there and is not two letters, which no conformant code has.
        pub fn country(&self) -> Result<Option<$crate::value::CountryCode>, $crate::value::InvalidValue> {
            self.base().country_code()
        }

        /// 59, Merchant Name. Show it through [`display`](crate::display).
        #[must_use]
        pub fn name(&self) -> Option<&'a str> {
            self.base().merchant_name()
        }

        /// 60, Merchant City. Show it through [`display`](crate::display).
        #[must_use]
        pub fn city(&self) -> Option<&'a str> {
            self.base().merchant_city()
        }

        /// 61, Postal Code.
        #[must_use]
        pub fn postal_code(&self) -> Option<&'a str> {
            self.base().postal_code()
        }

        /// 62, Additional Data Field Template. `None` if it is absent or is not a run of data objects.
        #[must_use]
        pub fn additional_data(&self) -> Option<$crate::mpm::AdditionalData<'a>> {
            self.base().additional_data()
        }

        /// 64-00, the language of [`alternate_name`](Self::alternate_name). `Ok(None)` if it is absent.
        ///
        /// # Errors
        ///
        /// 64-00 is there and is not two letters, which no conformant code has.
        pub fn language(&self) -> Result<Option<$crate::value::Language>, $crate::value::InvalidValue> {
            self.base().language_information().map_or(Ok(None), |language| language.language_preference())
        }

        /// 64-01, Merchant Name in the alternate language. Show it through [`display`](crate::display).
        #[must_use]
        pub fn alternate_name(&self) -> Option<&'a str> {
            self.base().language_information()?.merchant_name()
        }

        /// 64-02, Merchant City in the alternate language. Where it is absent, show 60.
        #[must_use]
        pub fn alternate_city(&self) -> Option<&'a str> {
            self.base().language_information()?.merchant_city()
        }
    };
}
pub(crate) use getters;

/// The amount of a reading that knows whether it is certain who is paid.
macro_rules! certain_amount {
    () => {
        /// 54, Transaction Amount, in the [currency](Self::currency), tips and fees excluded. `Ok(None)` if it is absent: the
        /// payer enters it.
        ///
        /// # Errors
        ///
        /// 54 is there and is not an amount, or it is ambiguous who is paid, or how much, which no conformant code has.
        pub fn amount(&self) -> Result<Option<$crate::value::Amount>, $crate::value::InvalidValue> {
            $crate::payee::certain_amount(self.payload(), self.is_ambiguous())
        }
    };
}
pub(crate) use certain_amount;

/// An object that belongs to a network or provider: 02-51, 62-50 to 62-99, 80-99.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a>(DataObject<'a>);

impl<'a> Account<'a> {
    /// The data object.
    #[must_use]
    pub const fn object(&self) -> DataObject<'a> {
        self.0
    }

    /// The network that owns the ID of a primitive account, 02-25 (MPM 1.1, Table 4.1). `None` for templates: their
    /// [`guid`](Self::guid) names the network.
    #[must_use]
    pub fn owner(&self) -> Option<&'static str> {
        let is_primitive = TagSet::PRIMITIVE_ACCOUNTS.contains(self.0.tag()) && self.0.path().depth() == 1;
        dictionary::find(dictionary::OBJECTS, self.0.path()).filter(|_| is_primitive).map(|entry| entry.owner)
    }

    /// The content of a template. `None` for a primitive account, and for a value that is not a run of data objects.
    #[must_use]
    pub fn template(&self) -> Option<Template<'a>> {
        if self.owner().is_some() { None } else { self.0.template().ok() }
    }

    /// The globally unique identifier of a template. `None` if it is missing or occurs twice.
    #[must_use]
    pub fn guid(&self) -> Option<Guid<'a>> {
        self.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).map(|object| Guid::new(object.value()))
    }

    /// The sub-object with this ID. `None` if it occurs twice: who is paid is ambiguous then.
    #[must_use]
    pub fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        let template = self.template()?;
        if template.repeated().contains(tag) { None } else { template.get(tag) }
    }
}

/// 62, Additional Data Field Template (MPM 1.1, 4.8).
#[derive(Clone, Copy, Debug)]
pub struct AdditionalData<'a>(Template<'a>);

macro_rules! values {
    ($($(#[$doc:meta])* $name:ident = $module:ident::$tag:ident;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> Option<&'a str> {
                self.0.get($module::$tag).map(|object| object.value())
            }
        )*
    };
}

impl<'a> AdditionalData<'a> {
    /// The template.
    #[must_use]
    pub const fn template(&self) -> &Template<'a> {
        &self.0
    }

    values! {
        /// 62-01, Bill Number. [`PROMPT`] asks the payer for it, as in the seven values that follow.
        bill_number = additional_data::BILL_NUMBER;
        /// 62-02, Mobile Number.
        mobile_number = additional_data::MOBILE_NUMBER;
        /// 62-03, Store Label.
        store_label = additional_data::STORE_LABEL;
        /// 62-04, Loyalty Number.
        loyalty_number = additional_data::LOYALTY_NUMBER;
        /// 62-05, Reference Label.
        reference_label = additional_data::REFERENCE_LABEL;
        /// 62-06, Customer Label.
        customer_label = additional_data::CUSTOMER_LABEL;
        /// 62-07, Terminal Label.
        terminal_label = additional_data::TERMINAL_LABEL;
        /// 62-08, Purpose of Transaction.
        purpose_of_transaction = additional_data::PURPOSE_OF_TRANSACTION;
        /// 62-10, Merchant Tax ID.
        merchant_tax_id = additional_data::MERCHANT_TAX_ID;
    }

    /// 62-09, Additional Consumer Data Request.
    #[must_use]
    pub fn additional_consumer_data_request(&self) -> Option<ConsumerDataRequest> {
        self.0.get(additional_data::ADDITIONAL_CONSUMER_DATA_REQUEST)?.value().parse().ok()
    }

    /// 62-11, Merchant Channel.
    #[must_use]
    pub fn merchant_channel(&self) -> Option<MerchantChannel> {
        self.0.get(additional_data::MERCHANT_CHANNEL)?.value().parse().ok()
    }

    /// The objects of 62-01 to 62-08 that ask the payer for their value.
    pub fn prompts(&self) -> impl Iterator<Item = DataObject<'a>> {
        let asked = |object: &DataObject<'_>| matches!(object.tag().get(), 1..=8) && object.value() == PROMPT;
        self.0.iter().filter(asked)
    }

    /// 62-50 to 62-99, Payment System Specific Templates, by ID.
    pub fn payment_system_templates(&self) -> impl Iterator<Item = Account<'a>> + Clone {
        let templates = self.0.tags().intersection(TagSet::ADDITIONAL_TEMPLATES);
        templates.iter().filter_map(|tag| self.0.get(tag)).map(Account)
    }
}

/// 64, Merchant Information - Language Template (MPM 1.1, 4.9).
#[derive(Clone, Copy, Debug)]
pub struct LanguageInformation<'a>(Template<'a>);

impl<'a> LanguageInformation<'a> {
    /// The template.
    #[must_use]
    pub const fn template(&self) -> &Template<'a> {
        &self.0
    }

    /// 64-00, Language Preference. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// 64-00 is there and is not two letters, which no conformant code has.
    pub fn language_preference(&self) -> Result<Option<Language>, InvalidValue> {
        self.0.get(language_template::LANGUAGE_PREFERENCE).map(|object| object.value().parse()).transpose()
    }

    values! {
        /// 64-01, Merchant Name in the alternate language.
        merchant_name = language_template::MERCHANT_NAME;
        /// 64-02, Merchant City in the alternate language. Where it is absent, show 60.
        merchant_city = language_template::MERCHANT_CITY;
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Mpm<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        crate::serialize::entries!(map, self: payload_format_indicator);
        crate::serialize::readings!(map, self: point_of_initiation_method = POINT_OF_INITIATION_METHOD);
        if self.merchant_account_information().next().is_some() {
            map.serialize_entry(
                "merchant_account_information",
                &crate::serialize::Sequence(self.merchant_account_information()),
            )?;
        }
        crate::serialize::readings!(
            map, self: merchant_category_code = MERCHANT_CATEGORY_CODE, transaction_currency = TRANSACTION_CURRENCY,
            transaction_amount = TRANSACTION_AMOUNT, tip_or_convenience_indicator = TIP_OR_CONVENIENCE_INDICATOR,
            convenience_fee_fixed = CONVENIENCE_FEE_FIXED, convenience_fee_percentage = CONVENIENCE_FEE_PERCENTAGE,
        );
        crate::serialize::readings!(map, self: country_code = COUNTRY_CODE);
        crate::serialize::entries!(
            map, self: merchant_name, merchant_city, postal_code, additional_data, language_information,
        );
        if self.unreserved_templates().next().is_some() {
            map.serialize_entry("unreserved_templates", &crate::serialize::Sequence(self.unreserved_templates()))?;
        }
        map.serialize_entry("crc", &format_args!("{:04X}", self.crc()))?;
        map.end()
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Account<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", &self.object().path())?;
        crate::serialize::entries!(map, self: owner, guid);
        match self.template() {
            Some(template) => map.serialize_entry("objects", &crate::serialize::Sequence(template.iter()))?,
            None => map.serialize_entry("value", self.object().value())?,
        }
        map.end()
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for AdditionalData<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        crate::serialize::entries!(
            map, self: bill_number, mobile_number, store_label, loyalty_number, reference_label, customer_label,
            terminal_label, purpose_of_transaction, additional_consumer_data_request, merchant_tax_id, merchant_channel,
        );
        if self.payment_system_templates().next().is_some() {
            map.serialize_entry(
                "payment_system_templates",
                &crate::serialize::Sequence(self.payment_system_templates()),
            )?;
        }
        map.end()
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for LanguageInformation<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        // As it is in the text if it is no language.
        if let Some(language) = self.template().get(language_template::LANGUAGE_PREFERENCE) {
            map.serialize_entry("language_preference", language.value())?;
        }
        crate::serialize::entries!(map, self: merchant_name, merchant_city);
        map.end()
    }
}
