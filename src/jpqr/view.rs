//! The typed reading of a JPQR code.

use super::{StoreId, store, store_templates};
use crate::Mpm;
use crate::mpm::{Account, AdditionalData};
use crate::payload::Payload;
use crate::value::{Amount, CountryCode, Currency, Language, Mcc, PointOfInitiation};

/// A payload read as a JPQR code.
///
/// Getters cut values out of the text and judge nothing, as those of [`Mpm`]; to be sure that the payload conforms, get
/// it from [`Payload::view`]. What JPQR leaves to EMVCo is read through [`base`](Self::base).
#[derive(Clone, Debug)]
pub struct Jpqr<'a> {
    base: Mpm<'a>,
}

impl<'a> Jpqr<'a> {
    pub(super) const fn of(base: Mpm<'a>) -> Self {
        Self { base }
    }

    /// The payload under EMVCo's base profile.
    #[must_use]
    pub const fn base(&self) -> &Mpm<'a> {
        &self.base
    }

    /// The payload.
    #[must_use]
    pub const fn payload(&self) -> &Payload<'a> {
        self.base.payload()
    }

    /// 00, Payload Format Indicator: `01` in every conformant payload.
    #[must_use]
    pub fn payload_format_indicator(&self) -> Option<&'a str> {
        self.base.payload_format_indicator()
    }

    /// 01, Point of Initiation Method.
    #[must_use]
    pub fn point_of_initiation_method(&self) -> Option<PointOfInitiation> {
        self.base.point_of_initiation_method()
    }

    /// Whether 01 says that the code is for one payment; a code without 01 is for any number of them.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.point_of_initiation_method() == Some(PointOfInitiation::DYNAMIC)
    }

    /// Who is paid: the store of the template with JPQR's [`GUID`](super::GUID), whichever of 26-51 it is.
    ///
    /// Nothing where no template has it, where a level is missing or of another form, and where it is ambiguous: a
    /// sub-object twice, or two such templates that do not name the same store.
    #[must_use]
    pub fn store_id(&self) -> Option<StoreId> {
        store(self.payload()).map(|(store_id, _)| store_id)
    }

    /// The other networks in the code, 02-51, by ID.
    pub fn other_networks(&self) -> impl Iterator<Item = Account<'a>> + Clone {
        let templates = store_templates(self.payload());
        self.base.merchant_account_information().filter(move |account| !templates.contains(account.object().tag()))
    }

    /// 52, Merchant Category Code.
    #[must_use]
    pub fn merchant_category_code(&self) -> Option<Mcc> {
        self.base.merchant_category_code()
    }

    /// 53, Transaction Currency: the yen in every conformant code.
    #[must_use]
    pub fn transaction_currency(&self) -> Option<Currency> {
        self.base.transaction_currency()
    }

    /// 54, Transaction Amount. Where it is absent the payer enters it.
    #[must_use]
    pub fn transaction_amount(&self) -> Option<Amount<'a>> {
        self.base.transaction_amount()
    }

    /// 54 in yen. Nothing where it is absent, is not a whole number, or the currency is another one.
    #[must_use]
    pub fn amount_in_yen(&self) -> Option<u64> {
        self.transaction_currency().filter(|currency| *currency == Currency::JPY)?;
        self.transaction_amount()?.minor_units(0)
    }

    /// 58, Country Code: Japan in every conformant code.
    #[must_use]
    pub fn country_code(&self) -> Option<CountryCode> {
        self.base.country_code()
    }

    /// 59, Merchant Name, in Latin letters. Show it through [`display`](crate::display).
    #[must_use]
    pub fn merchant_name(&self) -> Option<&'a str> {
        self.base.merchant_name()
    }

    /// 60, Merchant City, in Latin letters.
    #[must_use]
    pub fn merchant_city(&self) -> Option<&'a str> {
        self.base.merchant_city()
    }

    /// 61, Postal Code.
    #[must_use]
    pub fn postal_code(&self) -> Option<&'a str> {
        self.base.postal_code()
    }

    /// 62, Additional Data Field Template.
    #[must_use]
    pub fn additional_data(&self) -> Option<AdditionalData<'a>> {
        self.base.additional_data()
    }

    /// 64-00, Language Preference: of [`local_name`](Self::local_name).
    #[must_use]
    pub fn language_preference(&self) -> Option<Language> {
        self.base.language_information()?.language_preference()
    }

    /// 64-01, Merchant Name in Japanese. Show it through [`display`](crate::display).
    #[must_use]
    pub fn local_name(&self) -> Option<&'a str> {
        self.base.language_information()?.merchant_name()
    }

    /// 64-02, Merchant City in Japanese, which no conformant code has.
    #[must_use]
    pub fn local_city(&self) -> Option<&'a str> {
        self.base.language_information()?.merchant_city()
    }

    /// 80-99, Unreserved Templates, by ID.
    pub fn unreserved_templates(&self) -> impl Iterator<Item = Account<'a>> + Clone {
        self.base.unreserved_templates()
    }

    /// 63, CRC.
    #[must_use]
    pub fn crc(&self) -> u16 {
        self.base.crc()
    }
}
