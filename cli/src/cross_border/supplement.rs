//! What a switch supplies, from a JSON file.

use std::fmt;
use std::io::{self, Error, ErrorKind};
use std::path::Path;

use emvqr::crossborder::Supplement;
use emvqr::jpqr::StoreId;
use emvqr::value::{Amount, Currency, Mcc};
use serde::de::{self, Deserialize, Deserializer};
use serde_json::{Map, Value};

/// The file's values, checked once, so that a supplement can be made of them for each payload.
#[derive(Default)]
pub(crate) struct Given {
    texts: Map<String, Value>,
    store_id: Option<StoreId>,
    merchant_category_code: Option<Mcc>,
    currency: Option<Currency>,
    created_ms: Option<u64>,
    expires_at_ms: Option<u64>,
    consent_mobile: bool,
}

/// Keys whose values are taken as they are.
const TEXTS: [&str; 7] =
    ["postal_code", "alternate_name", "name", "city", "bakong_account", "merchant_id", "acquiring_bank"];

/// Names of the first edition, and the present ones.
const SYNONYMS: [(&str, &str); 4] = [
    ("merchant_name_ja", "alternate_name"),
    ("merchant_name_latin", "name"),
    ("merchant_city_latin", "city"),
    ("expires_ms", "expires_at_ms"),
];

/// The entries of a JSON object, in which a key may occur twice.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidData, message.into())
}

impl Given {
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let file = std::fs::read_to_string(path)?;
        let Entries(object) = serde_json::from_str(&file).map_err(|error| invalid(error.to_string()))?;
        let mut given = Self::default();
        let mut seen = Vec::new();
        for (key, value) in object {
            let key = SYNONYMS.iter().find(|(old, _)| *old == key).map_or(key, |(_, name)| (*name).to_owned());
            if seen.contains(&key) {
                return Err(invalid(format!("{key} is given twice")));
            }
            seen.push(key.clone());
            if value.is_null() {
                continue;
            }
            let text = || value.as_str().ok_or_else(|| invalid(format!("{key} is not a string")));
            let number = || value.as_u64().ok_or_else(|| invalid(format!("{key} is not a whole number")));
            let of = |error: emvqr::value::InvalidValue| invalid(format!("{key}: expected {}", error.form()));
            match key.as_str() {
                "store_id" => {
                    let store_id: StoreId = text()?.parse().map_err(of)?;
                    if !store_id.is_numeric() {
                        return Err(invalid("store_id: expected 29 digits"));
                    }
                    given.store_id = Some(store_id);
                }
                "merchant_category_code" => given.merchant_category_code = Some(text()?.parse().map_err(of)?),
                // As text or as a number: 116 is the riel either way.
                "currency" => {
                    let code =
                        value.as_u64().map_or_else(|| text().map(str::to_owned), |code| Ok(format!("{code:03}")));
                    given.currency = Some(code?.parse().map_err(of)?);
                }
                "amount" => {
                    Amount::new(text()?).map_err(of)?;
                    given.texts.insert(key, value);
                }
                "created_ms" => given.created_ms = Some(number()?),
                "expires_at_ms" => given.expires_at_ms = Some(number()?),
                "consent_mobile" => {
                    given.consent_mobile =
                        value.as_bool().ok_or_else(|| invalid("consent_mobile is neither true nor false"))?;
                }
                name if TEXTS.contains(&name) => {
                    text()?;
                    given.texts.insert(key, value);
                }
                _ => return Err(invalid(format!("{key} is no supplement"))),
            }
        }
        if given.texts.contains_key("amount") && given.currency.is_none() {
            return Err(invalid("an amount needs its currency"));
        }
        Ok(given)
    }

    pub(crate) fn consent_mobile(&self) -> bool {
        self.consent_mobile
    }

    pub(crate) fn supplement(&self) -> Supplement<'_> {
        let text = |name: &str| self.texts.get(name).and_then(Value::as_str);
        Supplement {
            store_id: self.store_id,
            postal_code: text("postal_code"),
            alternate_name: text("alternate_name"),
            name: text("name"),
            city: text("city"),
            merchant_category_code: self.merchant_category_code,
            bakong_account: text("bakong_account"),
            merchant_id: text("merchant_id"),
            acquiring_bank: text("acquiring_bank"),
            currency: self.currency,
            amount: text("amount").and_then(|amount| Amount::new(amount).ok()),
            created_ms: self.created_ms,
            expires_at_ms: self.expires_at_ms,
            consent_mobile: self.consent_mobile,
        }
    }
}
