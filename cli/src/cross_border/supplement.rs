//! What a switch supplies, from a JSON file.

use std::io::{self, Error, ErrorKind};
use std::path::Path;

use emvqr::crossborder::Supplement;
use emvqr::jpqr::StoreId;
use emvqr::value::{Amount, Currency, Mcc};
use serde_json::{Map, Value};

/// The file's values, checked once, so that a supplement can be made of them for each payload.
#[derive(Default)]
pub(crate) struct Given {
    texts: Map<String, Value>,
    store_id: Option<StoreId>,
    merchant_category_code: Option<Mcc>,
    currency: Option<Currency>,
    created_ms: Option<u64>,
    expires_ms: Option<u64>,
    consent_mobile: bool,
}

/// Keys whose values are taken as they are.
const TEXTS: [&str; 7] = [
    "postal_code",
    "merchant_name_ja",
    "merchant_name_latin",
    "merchant_city_latin",
    "bakong_account",
    "merchant_id",
    "acquiring_bank",
];

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidData, message.into())
}

impl Given {
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let file = std::fs::read_to_string(path)?;
        let Value::Object(object) = serde_json::from_str(&file).map_err(|error| invalid(error.to_string()))? else {
            return Err(invalid("not a JSON object"));
        };
        let mut given = Self::default();
        for (key, value) in object.into_iter().filter(|(_, value)| !value.is_null()) {
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
                "expires_ms" => given.expires_ms = Some(number()?),
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
            merchant_name_ja: text("merchant_name_ja"),
            merchant_name_latin: text("merchant_name_latin"),
            merchant_city_latin: text("merchant_city_latin"),
            merchant_category_code: self.merchant_category_code,
            bakong_account: text("bakong_account"),
            merchant_id: text("merchant_id"),
            acquiring_bank: text("acquiring_bank"),
            currency: self.currency,
            amount: text("amount").and_then(|amount| Amount::new(amount).ok()),
            created_ms: self.created_ms,
            expires_ms: self.expires_ms,
            consent_mobile: self.consent_mobile,
        }
    }
}
