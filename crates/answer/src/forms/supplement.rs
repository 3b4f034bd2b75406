//! Supplements of a switch.

use emvqr::crossborder::Supplement;
use emvqr::jpqr::StoreId;
use emvqr::value::{Amount, Currency, Mcc};

use super::{Form, FormError};

/// The keys of a supplement.
pub const SUPPLEMENT: [&str; 14] = [
    "store_id",
    "postal_code",
    "alternate_name",
    "name",
    "city",
    "merchant_category_code",
    "bakong_account",
    "merchant_id",
    "acquiring_bank",
    "currency",
    "amount",
    "created_ms",
    "expires_at_ms",
    "consent_mobile",
];

/// Names of the first edition, and the present ones.
const SYNONYMS: [(&str, &str); 4] = [
    ("merchant_name_ja", "alternate_name"),
    ("merchant_name_latin", "name"),
    ("merchant_city_latin", "city"),
    ("expires_ms", "expires_at_ms"),
];

/// The values of a supplement, checked once, so that each payload can borrow them.
#[derive(Clone, Debug, Default)]
pub struct Given {
    postal_code: Option<String>,
    alternate_name: Option<String>,
    name: Option<String>,
    city: Option<String>,
    bakong_account: Option<String>,
    merchant_id: Option<String>,
    acquiring_bank: Option<String>,
    amount: Option<Amount>,
    store_id: Option<StoreId>,
    merchant_category_code: Option<Mcc>,
    currency: Option<Currency>,
    created_ms: Option<u64>,
    expires_at_ms: Option<u64>,
    consent_mobile: bool,
}

impl Given {
    /// Reads a supplement: [`SUPPLEMENT`] lists the keys, which are all optional.
    ///
    /// # Errors
    ///
    /// A key that is unknown or given twice, a text that is not of the form of its key, and an amount without its currency.
    pub fn read<'f>(entries: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, FormError> {
        let present = |key: &'f str| SYNONYMS.iter().find(|(old, _)| *old == key).map_or(key, |(_, name)| *name);
        let entries = entries.into_iter().map(|(key, text)| (present(key), text));
        let form = Form::read(entries, &SUPPLEMENT, &[])?;
        let owned = |key| form.get(key).map(str::to_owned);
        let store_id: Option<StoreId> = form.parsed("store_id")?;
        if store_id.is_some_and(|store_id| !store_id.is_numeric()) {
            return Err(FormError::Invalid("store_id", "expected 29 digits".into()));
        }
        let number = |key| form.parsed::<u64>(key);
        // As text or as a number: 116 is the riel either way.
        let padded = form.get("currency").map(|code| format!("{code:0>3}"));
        let currency =
            padded.map(|code| code.parse().map_err(|_| FormError::Invalid("currency", "expected three digits".into())));
        let given = Self {
            postal_code: owned("postal_code"),
            alternate_name: owned("alternate_name"),
            name: owned("name"),
            city: owned("city"),
            bakong_account: owned("bakong_account"),
            merchant_id: owned("merchant_id"),
            acquiring_bank: owned("acquiring_bank"),
            amount: form.parsed("amount")?,
            store_id,
            merchant_category_code: form.parsed("merchant_category_code")?,
            currency: currency.transpose()?,
            created_ms: number("created_ms")?,
            expires_at_ms: number("expires_at_ms")?,
            consent_mobile: form.truth("consent_mobile")?,
        };
        if given.amount.is_some() && given.currency.is_none() {
            return Err(FormError::Invalid("amount", "an amount needs its currency".into()));
        }
        Ok(given)
    }

    /// The supplement.
    #[must_use]
    pub fn supplement(&self) -> Supplement<'_> {
        Supplement {
            store_id: self.store_id,
            postal_code: self.postal_code.as_deref(),
            alternate_name: self.alternate_name.as_deref(),
            name: self.name.as_deref(),
            city: self.city.as_deref(),
            merchant_category_code: self.merchant_category_code,
            bakong_account: self.bakong_account.as_deref(),
            merchant_id: self.merchant_id.as_deref(),
            acquiring_bank: self.acquiring_bank.as_deref(),
            currency: self.currency,
            amount: self.amount,
            created_ms: self.created_ms,
            expires_at_ms: self.expires_at_ms,
            consent_mobile: self.consent_mobile,
        }
    }
}
