//! What a rewriting needs and no code holds.

use core::fmt;

use crate::jpqr::StoreId;
use crate::value::{Amount, Currency, Mcc};

/// What only a switch or a registry can give. What is needed and absent is an error that names all of it at once.
#[derive(Clone, Copy, Default)]
#[expect(clippy::exhaustive_structs, reason = "made with `..Default::default()`")]
pub struct Supplement<'s> {
    /// For JPQR: the store id under which the switch registers the merchant.
    pub store_id: Option<StoreId>,
    /// For JPQR: the postal code, seven digits.
    pub postal_code: Option<&'s str>,
    /// For JPQR: the merchant's name in Japanese, 1 to 25 characters.
    pub alternate_name: Option<&'s str>,
    /// For JPQR, if the code's name is not in Latin letters: one that is, 1 to 25 characters.
    pub name: Option<&'s str>,
    /// For JPQR, if the code's city is not in Latin letters: one that is, 1 to 15 characters.
    pub city: Option<&'s str>,
    /// A category code in place of the code's own.
    pub merchant_category_code: Option<Mcc>,
    /// For KHQR: the settlement account of the sponsoring bank, `user@bank`.
    pub bakong_account: Option<&'s str>,
    /// For KHQR: the merchant id; without one, the JPQR store id takes its place.
    pub merchant_id: Option<&'s str>,
    /// For KHQR: the acquiring bank.
    pub acquiring_bank: Option<&'s str>,
    /// The currency of the quote. For KHQR, which needs it, riel or dollar; for JPQR, if it is given at all, the yen.
    pub currency: Option<Currency>,
    /// If the code has an amount: the quote in the other code's currency.
    pub amount: Option<Amount>,
    /// For KHQR, if there is an amount: when the quote was made, in milliseconds since 1970.
    pub created_ms: Option<u64>,
    /// For KHQR, if there is an amount: when the quote expires, in milliseconds since 1970.
    pub expires_at_ms: Option<u64>,
    /// Whether the mobile number of 62-02, personal data, may travel.
    pub consent_mobile: bool,
}

impl fmt::Debug for Supplement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Supplement(..)")
    }
}

/// Names of supplements that are needed and absent. `Display` is one sentence.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct Missing {
    names: [Option<&'static str>; 8],
}

crate::display::debug!(Missing: |missing| "Missing({missing})");

impl Missing {
    /// The names, as the fields of [`Supplement`] are called.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.names.iter().map_while(|name| *name)
    }

    /// Whether none is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Adds a name if its supplement is needed.
    pub(super) fn demand(&mut self, needed: bool, name: &'static str) {
        if needed && let Some(place) = self.names.iter_mut().find(|place| place.is_none()) {
            *place = Some(name);
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("supplements are missing:")?;
        self.iter().try_for_each(|name| write!(f, " {name}"))
    }
}

impl core::error::Error for Missing {}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Missing {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::serialize::Sequence(self.iter()).serialize(serializer)
    }
}
