//! The typed reading of a JPQR code.

use super::StoreId;
use crate::mpm::{Account, Mpm, certain_amount, getters};
use crate::payee::{Doubts, Payee, store_id};
use crate::payload::Payload;
use crate::profile::ReadError;
use crate::value::{Currency, InvalidValue, PointOfInitiation};

const INVALID_YEN: InvalidValue = InvalidValue::new("amount in yen", "whole yen, and the yen as the currency");

/// A payload read as a JPQR code.
///
/// Getters cut values out of the text and check nothing, as those of [`Mpm`]; to be sure that the payload conforms, get
/// it from [`Payload::view`]. What JPQR leaves to EMVCo is read through [`base`](Self::base).
#[derive(Clone, Debug)]
pub struct Jpqr<'a> {
    base: Mpm<'a>,
    payee: Option<Payee<'a>>,
    /// Whether it is not certain who is paid, or how much.
    is_ambiguous: bool,
}

impl<'a> Jpqr<'a> {
    /// Reads a text and checks it.
    ///
    /// # Errors
    ///
    /// The text is not a payload, or breaks a rule: the first finding of severity error.
    pub fn parse(text: &'a str, (): ()) -> Result<Self, ReadError> {
        Ok(Payload::parse(text)?.view(())?)
    }

    /// The view of a code in which `payee` is paid.
    pub(crate) fn of_payee(payload: &Payload<'a>, payee: Option<Payee<'a>>, doubts: &Doubts) -> Self {
        Self { base: Mpm::of(payload), payee, is_ambiguous: doubts.is_any() }
    }

    /// The reading under the EMVCo base profile: other networks, and what the scheme has no name for.
    #[must_use]
    pub const fn base(&self) -> &Mpm<'a> {
        &self.base
    }

    getters!();
    certain_amount!();

    const fn is_ambiguous(&self) -> bool {
        self.is_ambiguous
    }

    /// Whether 01 says that the code is for one payment; a code without 01 is for any number of them.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.method() == Ok(Some(PointOfInitiation::DYNAMIC))
    }

    /// Who is paid: the store of the template with JPQR's [`GUID`](super::GUID), whichever of 26-51 it is.
    ///
    /// `None` if no template has it, a level is missing or of another form, or it is ambiguous: a sub-object twice, two such
    /// templates that do not name the same store, a KHQR account beside it, or other objects in the code for readers who
    /// count lengths in another unit.
    #[must_use]
    pub fn store_id(&self) -> Option<StoreId> {
        self.payee.and_then(|payee| payee.store_id())
    }

    /// Who is paid: the [store](Self::store_id). `None` if that is ambiguous.
    #[must_use]
    pub const fn payee(&self) -> Option<&Payee<'a>> {
        self.payee.as_ref()
    }

    /// The other networks in the code, 02-51, by ID.
    pub fn other_networks(&self) -> impl Iterator<Item = Account<'a>> + Clone {
        let templates = store_id::templates(self.payload());
        self.base.merchant_account_information().filter(move |account| !templates.contains(account.object().tag()))
    }

    /// 54 in yen. `Ok(None)` if it is absent: the payer enters it.
    ///
    /// # Errors
    ///
    /// As [`amount`](Self::amount); or the amount is not whole yen, or the currency is not the yen, which no conformant code has.
    pub fn amount_minor(&self) -> Result<Option<u64>, InvalidValue> {
        let Some(amount) = self.amount()? else { return Ok(None) };
        let is_yen = self.currency() == Ok(Some(Currency::JPY));
        amount.minor_units(0).filter(|_| is_yen).map(Some).ok_or(INVALID_YEN)
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Jpqr<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        let base = self.base();
        crate::serialize::entries!(map, base: payload_format_indicator);
        crate::serialize::readings!(map, base: point_of_initiation_method = POINT_OF_INITIATION_METHOD);
        crate::serialize::entries!(map, self: store_id);
        if self.other_networks().next().is_some() {
            map.serialize_entry("other_networks", &crate::serialize::Sequence(self.other_networks()))?;
        }
        crate::serialize::readings!(
            map, base: merchant_category_code = MERCHANT_CATEGORY_CODE, transaction_currency = TRANSACTION_CURRENCY,
            transaction_amount = TRANSACTION_AMOUNT,
        );
        // What is not whole yen has no number of yen.
        if let Ok(Some(yen)) = self.amount_minor() {
            map.serialize_entry("amount_in_yen", &yen)?;
        }
        crate::serialize::readings!(map, base: country_code = COUNTRY_CODE);
        crate::serialize::entries!(map, base: merchant_name, merchant_city, postal_code, additional_data, language_information);
        crate::serialize::readings!(
            map, base: tip_or_convenience_indicator = TIP_OR_CONVENIENCE_INDICATOR,
            convenience_fee_fixed = CONVENIENCE_FEE_FIXED, convenience_fee_percentage = CONVENIENCE_FEE_PERCENTAGE,
        );
        if base.unreserved_templates().next().is_some() {
            map.serialize_entry("unreserved_templates", &crate::serialize::Sequence(base.unreserved_templates()))?;
        }
        map.serialize_entry("crc", &format_args!("{:04X}", base.crc()))?;
        map.end()
    }
}
