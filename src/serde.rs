//! A payload is its text, and reading it back checks it again. Views, findings and values are written only: they are
//! answers, not stores.

use core::fmt;

use serde::de::{self, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, SerializeStruct};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::crossborder::{
    Block, Blocks, Intent, Kind, Leaf, Missing, Origin, Outcome, Payee, PayeeKey, Reason, References, Rewrite,
    Rewritten,
};
use crate::elqr::{Bill, Date, LevyData, PaymentData};
use crate::jpqr::StoreId;
use crate::khqr::Khqr;
use crate::mpm::{Account, AdditionalData, LanguageInformation};
use crate::tlv::DataObject;
use crate::value::{
    Amount, ConsumerDataRequest, CountryCode, Currency, Guid, Language, Mcc, MerchantChannel, Percentage,
    PointOfInitiation, TipIndicator,
};
use crate::{Error, Jpqr, Mpm, Path, Payload, Scheme, Severity, Tag, Violation};

impl Serialize for Payload<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Borrows, so it works where the format can lend its text; [`PayloadBuf`](crate::PayloadBuf) always works.
impl<'de: 'a, 'a> Deserialize<'de> for Payload<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowed;

        impl<'de> Visitor<'de> for Borrowed {
            type Value = Payload<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the borrowed text of a payload")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Payload::parse(text).map_err(E::custom)
            }

            /// The message that serde would make holds the text.
            fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
                Err(E::custom("expected the borrowed text of a payload"))
            }
        }

        deserializer.deserialize_str(Borrowed)
    }
}

#[cfg(feature = "alloc")]
impl Serialize for crate::PayloadBuf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "alloc")]
impl<'de> Deserialize<'de> for crate::PayloadBuf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Owned;

        impl Visitor<'_> for Owned {
            type Value = crate::PayloadBuf;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the text of a payload")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_string<E: de::Error>(self, text: alloc::string::String) -> Result<Self::Value, E> {
                crate::PayloadBuf::parse(text).map_err(E::custom)
            }
        }

        deserializer.deserialize_string(Owned)
    }
}

/// Types whose `Display` is how they are written.
macro_rules! displayed {
    ($($name:ty),*) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        })*
    };
}

displayed!(Tag, Path, Severity);
displayed!(Kind, Origin, Outcome, Reason, Scheme<'_>, PayeeKey<'_>);
displayed!(Mcc, Currency, CountryCode, Language, PointOfInitiation, TipIndicator, MerchantChannel);
displayed!(Amount, Percentage, Guid<'_>);
displayed!(StoreId, Date);

impl Serialize for ConsumerDataRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut error = serializer.serialize_struct("Error", 5)?;
        error.serialize_field("kind", self.kind().name())?;
        error.serialize_field("path", &self.path())?;
        error.serialize_field("offset", &self.offset())?;
        error.serialize_field("length", &self.length())?;
        error.serialize_field("message", &format_args!("{self}"))?;
        error.end()
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut violation = serializer.serialize_struct("Violation", 7)?;
        violation.serialize_field("rule", self.rule().id())?;
        violation.serialize_field("severity", &self.severity())?;
        violation.serialize_field("path", &self.path())?;
        violation.serialize_field("offset", &self.offset())?;
        violation.serialize_field("length", &self.length())?;
        violation.serialize_field("message", &format_args!("{}", self.message()))?;
        match self.code() {
            Some(code) => violation.serialize_field("code", &code)?,
            None => violation.skip_field("code")?,
        }
        violation.end()
    }
}

/// As its path and value.
impl Serialize for DataObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("DataObject", 2)?;
        object.serialize_field("path", &self.path())?;
        object.serialize_field("value", self.value())?;
        object.end()
    }
}

/// A run of objects, written as a sequence.
struct Sequence<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Sequence<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        for item in self.0.clone() {
            sequence.serialize_element(&item)?;
        }
        sequence.end()
    }
}

/// Writes what is there, and leaves out what is not.
macro_rules! entries {
    ($map:ident, $view:ident: $($name:ident),* $(,)?) => {
        $(if let Some(value) = $view.$name() {
            $map.serialize_entry(stringify!($name), &value)?;
        })*
    };
}

/// Writes what is there, as it is in the text if it cannot be read, and leaves out what is not.
macro_rules! readings {
    ($map:ident, $view:ident: $($name:ident = $tag:ident),* $(,)?) => {
        $(match ($view.$name(), $view.payload().get(Tag::$tag)) {
            (Ok(Some(value)), _) => $map.serialize_entry(stringify!($name), &value)?,
            (Err(_), Some(object)) => $map.serialize_entry(stringify!($name), object.value())?,
            _ => {}
        })*
    };
}

impl Serialize for Mpm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries!(map, self: payload_format_indicator, point_of_initiation_method);
        if self.merchant_account_information().next().is_some() {
            map.serialize_entry("merchant_account_information", &Sequence(self.merchant_account_information()))?;
        }
        entries!(map, self: merchant_category_code, transaction_currency);
        readings!(
            map, self: transaction_amount = TRANSACTION_AMOUNT, tip_or_convenience_indicator = TIP_OR_CONVENIENCE_INDICATOR,
            convenience_fee_fixed = CONVENIENCE_FEE_FIXED, convenience_fee_percentage = CONVENIENCE_FEE_PERCENTAGE,
        );
        entries!(
            map, self: country_code, merchant_name, merchant_city, postal_code, additional_data, language_information,
        );
        if self.unreserved_templates().next().is_some() {
            map.serialize_entry("unreserved_templates", &Sequence(self.unreserved_templates()))?;
        }
        map.serialize_entry("crc", &format_args!("{:04X}", self.crc()))?;
        map.end()
    }
}

/// The fields of the official toolkits, as they are in the text.
impl Serialize for Khqr<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields())
    }
}

impl Serialize for Account<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("path", &self.object().path())?;
        entries!(map, self: owner, guid);
        match self.template() {
            Some(template) => map.serialize_entry("objects", &Sequence(template.iter()))?,
            None => map.serialize_entry("value", self.object().value())?,
        }
        map.end()
    }
}

impl Serialize for AdditionalData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries!(
            map, self: bill_number, mobile_number, store_label, loyalty_number, reference_label, customer_label,
            terminal_label, purpose_of_transaction, additional_consumer_data_request, merchant_tax_id, merchant_channel,
        );
        if self.payment_system_templates().next().is_some() {
            map.serialize_entry("payment_system_templates", &Sequence(self.payment_system_templates()))?;
        }
        map.end()
    }
}

impl Serialize for LanguageInformation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries!(map, self: language_preference, merchant_name, merchant_city);
        map.end()
    }
}

impl Serialize for Jpqr<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries!(map, self: payload_format_indicator, point_of_initiation_method, store_id);
        if self.other_networks().next().is_some() {
            map.serialize_entry("other_networks", &Sequence(self.other_networks()))?;
        }
        entries!(map, self: merchant_category_code, transaction_currency);
        readings!(map, self: transaction_amount = TRANSACTION_AMOUNT);
        // What is not whole yen has no number of yen.
        if let Ok(Some(yen)) = self.amount_in_yen() {
            map.serialize_entry("amount_in_yen", &yen)?;
        }
        entries!(
            map, self: country_code, merchant_name, merchant_city, postal_code, additional_data, language_preference,
            local_name, local_city,
        );
        let base = self.base();
        readings!(
            map, base: tip_or_convenience_indicator = TIP_OR_CONVENIENCE_INDICATOR,
            convenience_fee_fixed = CONVENIENCE_FEE_FIXED, convenience_fee_percentage = CONVENIENCE_FEE_PERCENTAGE,
        );
        if self.unreserved_templates().next().is_some() {
            map.serialize_entry("unreserved_templates", &Sequence(self.unreserved_templates()))?;
        }
        map.serialize_entry("crc", &format_args!("{:04X}", self.crc()))?;
        map.end()
    }
}

impl Serialize for Bill<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        entries!(map, self: institution, payment_data);
        // What cannot be read has no number and no day; the text of 62 is there.
        if let Ok(Some(yen)) = self.amount_in_yen() {
            map.serialize_entry("amount_in_yen", &yen)?;
        }
        entries!(map, self: levy_data);
        for (key, date) in [("due_date", self.due_date()), ("last_payment_date", self.last_payment_date())] {
            if let Ok(Some(date)) = date {
                map.serialize_entry(key, &date)?;
            }
        }
        entries!(map, self: further_data);
        if let Some(crc) = self.crc() {
            map.serialize_entry("crc", &format_args!("{crc:05}"))?;
        }
        map.end()
    }
}

/// Values by position, under their names.
macro_rules! positions {
    ($($name:ty),*) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.entries())
            }
        })*
    };
}

positions!(PaymentData<'_>, LevyData<'_>);

impl Serialize for Intent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct LocalName<'a>(Option<Language>, &'a str);

        impl Serialize for LocalName<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut name = serializer.serialize_struct("LocalName", 2)?;
                name.serialize_field("language", &self.0)?;
                name.serialize_field("name", self.1)?;
                name.end()
            }
        }

        let mut intent = serializer.serialize_struct("Intent", 21)?;
        intent.serialize_field("scheme", &self.scheme)?;
        intent.serialize_field("country", &self.country())?;
        intent.serialize_field("kind", &self.kind)?;
        intent.serialize_field("payee", &self.payee)?;
        intent.serialize_field("name", &self.name())?;
        intent.serialize_field("city", &self.city())?;
        let local = self.local_name().map(|name| LocalName(self.language(), name));
        intent.serialize_field("local_name", &local)?;
        intent.serialize_field("postal_code", &self.postal_code())?;
        intent.serialize_field("merchant_category_code", &self.merchant_category_code())?;
        intent.serialize_field("category", &self.category())?;
        intent.serialize_field("currency", &self.currency())?;
        let currency_code = self.currency().and_then(Currency::alphabetic);
        intent.serialize_field("currency_code", &currency_code)?;
        let method = match self.method() {
            Some(PointOfInitiation::STATIC) => Some("static"),
            Some(PointOfInitiation::DYNAMIC) => Some("dynamic"),
            _ => None,
        };
        intent.serialize_field("method", &method)?;
        // What cannot be read is not there, and blocks.
        intent.serialize_field("amount", &self.amount().ok().flatten())?;
        intent.serialize_field("decimals", &self.decimals)?;
        intent.serialize_field("iso_exponent", &self.iso_exponent())?;
        intent.serialize_field("references", &self.references())?;
        intent.serialize_field("prompts", &Sequence(self.references().prompts()))?;
        intent.serialize_field("expires_ms", &self.expires_ms.ok().flatten())?;
        intent.serialize_field("payload", self.payload.as_str())?;
        #[cfg(feature = "md5")]
        if self.scheme == Scheme::Khqr {
            let md5 = crate::khqr::md5(self.payload.as_str());
            intent.serialize_field("md5", &format_args!("{md5}"))?;
            return intent.end();
        }
        intent.serialize_field("md5", &None::<&str>)?;
        intent.end()
    }
}

impl Serialize for Payee<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut payee = serializer.serialize_struct("Payee", 3)?;
        payee.serialize_field("key", &self.key.map(|key| key.value))?;
        payee.serialize_field("merchant_id", &self.merchant_id.map(|id| id.value))?;
        payee.serialize_field("acquirer", &self.acquirer.map(|acquirer| acquirer.value))?;
        payee.end()
    }
}

/// By name, prompts and the mobile number aside.
impl Serialize for References<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, field)| (name, field.value)))
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut block = serializer.serialize_struct("Block", 4)?;
        block.serialize_field("path", &self.path)?;
        block.serialize_field("reason", &self.reason)?;
        block.serialize_field("rule", &self.rule.map(crate::Rule::id))?;
        block.serialize_field("message", self.message())?;
        block.end()
    }
}

impl Serialize for Blocks {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Sequence(self.iter()).serialize(serializer)
    }
}

impl Serialize for Missing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Sequence(self.iter()).serialize(serializer)
    }
}

/// The leaf's path, what became of it, where it went and why: never its value.
impl Serialize for Leaf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut leaf = serializer.serialize_struct("Leaf", 4)?;
        leaf.serialize_field("path", &self.object.path())?;
        leaf.serialize_field("action", &self.outcome)?;
        leaf.serialize_field("to", &self.to)?;
        leaf.serialize_field("why", self.why)?;
        leaf.end()
    }
}

/// The text, the report, and every leaf of the text by its path and its origin, in wire order.
impl Serialize for Rewritten<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Placed(Path, Origin);

        impl Serialize for Placed {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut placed = serializer.serialize_struct("Placed", 2)?;
                placed.serialize_field("path", &self.0)?;
                placed.serialize_field("from", &self.1)?;
                placed.end()
            }
        }

        let mut rewritten = serializer.serialize_struct("Rewritten", 3)?;
        rewritten.serialize_field("payload", self.text)?;
        rewritten.serialize_field("report", &self.report)?;
        let origins = self.origins().map(|(object, origin)| Placed(object.path(), origin));
        rewritten.serialize_field("origins", &Sequence(origins))?;
        rewritten.end()
    }
}

/// Every leaf of the source, in wire order.
impl Serialize for Rewrite<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.leaves())
    }
}
