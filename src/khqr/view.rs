//! The typed reading of a payload under the KHQR profile.

use super::{
    ACCOUNT_INFORMATION, ACQUIRING_BANK, BAKONG_ACCOUNT, CREATION, EXPIRATION, INDIVIDUAL, MERCHANT, TIMESTAMPS,
    UNION_PAY, time,
};
use crate::clock::Clock;
use crate::mpm::{Mpm, certain_amount, getters};
use crate::payee::bakong::{self, BakongAccount};
use crate::payee::{Doubts, Payee};
use crate::payload::Payload;
use crate::profile::ReadError;
use crate::tag::{Tag, additional_data, language_template};
use crate::tlv::Template;
use crate::value::InvalidValue;

/// A payload read as KHQR.
///
/// Getters cut values out of the text and check nothing, except that an ambiguous payee is `None`. What banks add of their
/// own (39, 40, 62-68, a third object in 99) is reachable through [`base`](Self::base) and [`Payload::find`].
#[derive(Clone, Debug)]
pub struct Khqr<'a> {
    base: Mpm<'a>,
    payee: Option<Payee<'a>>,
    /// Whether it is not certain who is paid, or how much.
    is_ambiguous: bool,
}

/// Which account template a code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AccountKind {
    /// 29: an individual, a solo merchant or a remittance.
    Individual,
    /// 30: a corporate merchant.
    Merchant,
}

/// Who is paid through the account (KHQR Content Guideline, FAQ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Meaning {
    /// 29 without account information: the Bakong account is the payee's own.
    Solo,
    /// 29 with account information: the Bakong account is the institution's, the information names its customer.
    Remittance,
    /// 30: the Bakong account is the institution's, the merchant id names the merchant.
    Corporate,
}

/// How long a code may be paid. Times are in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expiry {
    /// The code names no expiration time.
    None,
    /// It may be paid up to and including this time.
    ValidUntil(u64),
    /// Its time has passed.
    Expired(u64),
    /// The expiration time is not 13 digits above zero.
    Malformed,
}

impl<'a> Khqr<'a> {
    /// Reads a text and checks it.
    ///
    /// # Errors
    ///
    /// The text is not a payload, or breaks a rule: the first finding of severity error.
    pub fn parse(text: &'a str, clock: Clock) -> Result<Self, ReadError> {
        Ok(Payload::parse(text)?.view(clock)?)
    }

    /// The view of a code in which `payee` is paid.
    pub(crate) fn of_payee(payload: &Payload<'a>, payee: Option<Payee<'a>>, doubts: &Doubts) -> Self {
        Self { base: Mpm::of(payload), payee, is_ambiguous: doubts.is_any_in_khqr() }
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

    /// The account template's kind. `None` if there is no such template, or both: who is paid is ambiguous then.
    #[must_use]
    pub fn account_kind(&self) -> Option<AccountKind> {
        let tags = self.payload().tags();
        match (tags.contains(INDIVIDUAL), tags.contains(MERCHANT)) {
            (true, false) => Some(AccountKind::Individual),
            (false, true) => Some(AccountKind::Merchant),
            _ => None,
        }
    }

    /// The account template. `None` if the payee is ambiguous: both templates, an ID that occurs twice, another scheme's
    /// payee in the code, or other objects in it for readers who count lengths in another unit.
    fn account_template(&self) -> Option<Template<'a>> {
        let template = match self.account_kind().filter(|_| !self.is_ambiguous)? {
            AccountKind::Individual => INDIVIDUAL,
            AccountKind::Merchant => MERCHANT,
        };
        let template = self.payload().get(template)?.template().ok()?;
        template.repeated().is_empty().then_some(template)
    }

    fn account_value(&self, tag: Tag) -> Option<&'a str> {
        self.account_template()?.get(tag).map(|object| object.value())
    }

    /// 29-00 or 30-00, the Bakong account id, if it is of the form `user@bank`.
    #[must_use]
    pub fn bakong_account(&self) -> Option<BakongAccount<'a>> {
        BakongAccount::parse(self.account_value(BAKONG_ACCOUNT)?)
    }

    /// Who is paid: the [account](Self::bakong_account), with the [customer](Self::account_information) or the
    /// [merchant](Self::merchant_id) behind it. `None` if that is ambiguous, and if KHQR does not recognise the code.
    #[must_use]
    pub const fn payee(&self) -> Option<&Payee<'a>> {
        self.payee.as_ref()
    }

    /// Who is paid through the account.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        Some(match self.account_kind()? {
            // Without an account id, or with an ambiguous one, the account means nobody.
            _ if self.account_value(BAKONG_ACCOUNT).is_none() => return None,
            AccountKind::Merchant => Meaning::Corporate,
            AccountKind::Individual if self.account_value(ACCOUNT_INFORMATION).is_some() => Meaning::Remittance,
            AccountKind::Individual => Meaning::Solo,
        })
    }

    /// 29-01: account number or phone number of the institution's customer.
    #[must_use]
    pub fn account_information(&self) -> Option<&'a str> {
        (self.account_kind()? == AccountKind::Individual).then(|| self.account_value(ACCOUNT_INFORMATION))?
    }

    /// 30-01: merchant id or merchant account number.
    #[must_use]
    pub fn merchant_id(&self) -> Option<&'a str> {
        (self.account_kind()? == AccountKind::Merchant).then(|| self.account_value(ACCOUNT_INFORMATION))?
    }

    /// 29-02 or 30-02: the name of the acquiring bank.
    #[must_use]
    pub fn acquiring_bank(&self) -> Option<&'a str> {
        self.account_value(ACQUIRING_BANK)
    }

    /// 15: the UnionPay merchant account. Its inner layout is not public.
    #[must_use]
    pub fn union_pay_account(&self) -> Option<&'a str> {
        self.payload().get(UNION_PAY).map(|object| object.value())
    }

    /// The decimals of an amount as KHQR writes it: none for the riel, though ISO 4217 gives it two, and two for the
    /// dollar. `None` for other currencies.
    #[must_use]
    pub fn decimals(&self) -> Option<u8> {
        bakong::decimals(self.payload().get(Tag::TRANSACTION_CURRENCY)?.value_bytes())
    }

    /// 54 in the smallest unit that KHQR writes: whole riel, or cents. `Ok(None)` if it is absent: the payer enters it.
    ///
    /// # Errors
    ///
    /// As [`amount`](Self::amount); or the amount is not one of its currency, or the currency not one of KHQR's, which no
    /// conformant code has.
    pub fn amount_minor(&self) -> Result<Option<u64>, InvalidValue> {
        let Some(amount) = self.amount()? else { return Ok(None) };
        let minor = self.decimals().and_then(|decimals| amount.minor_units(decimals));
        minor.map(Some).ok_or(InvalidValue::MINOR_UNITS)
    }

    /// The time in 99 with this ID. `Ok(None)` if it is absent.
    fn timestamp(&self, tag: Tag) -> Result<Option<u64>, InvalidValue> {
        let Some(times) = self.payload().get(TIMESTAMPS) else { return Ok(None) };
        let template = times.template().map_err(|_| InvalidValue::TIME)?;
        let Some(object) = template.get(tag) else { return Ok(None) };
        let is_sole = !template.repeated().contains(tag);
        time(object.value_bytes()).filter(|_| is_sole).map(Some).ok_or(InvalidValue::TIME)
    }

    /// 99-00: when the code was made, in milliseconds since 1970. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// It is not 13 digits, as some banks write other text there; it occurs twice; or 99 is not a run of data objects.
    pub fn created_at_ms(&self) -> Result<Option<u64>, InvalidValue> {
        self.timestamp(CREATION)
    }

    /// 99-01: until when it may be paid, in milliseconds since 1970. `Ok(None)` if it is absent.
    ///
    /// # Errors
    ///
    /// It is not 13 digits above zero, it occurs twice, or 99 is not a run of data objects.
    pub fn expires_at_ms(&self) -> Result<Option<u64>, InvalidValue> {
        self.timestamp(EXPIRATION)
    }

    /// Whether the code may still be paid at `now_ms`, in milliseconds since 1970: the time itself is still within.
    ///
    /// [`Malformed`](Expiry::Malformed) if 99 cannot be read, or holds two expiration times, or one that is not a time.
    ///
    /// Whether an expiry binds is for the rules: a static code without an amount is only warned about.
    #[must_use]
    pub fn expiry(&self, now_ms: u64) -> Expiry {
        match self.expires_at_ms() {
            Ok(None) => Expiry::None,
            Err(_) => Expiry::Malformed,
            Ok(Some(until)) if until < now_ms => Expiry::Expired(until),
            Ok(Some(until)) => Expiry::ValidUntil(until),
        }
    }

    /// The [MD5](super::md5) of the text as read: the key under which Bakong's API knows a transaction.
    #[cfg(feature = "md5")]
    #[must_use]
    pub fn md5(&self) -> super::Md5 {
        super::md5(self.payload().as_str())
    }

    /// The fields that the official toolkits decode, in their order, as they are in the text.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &'a str)> {
        let root = |tag| self.payload().get(tag).map(|object| object.value());
        let additional = self.additional_data();
        let label = |tag| additional.and_then(|data| data.template().get(tag)).map(|object| object.value());
        let language = self.base.language_information();
        let local = |tag| language.and_then(|data| data.template().get(tag)).map(|object| object.value());
        let times = self.payload().get(TIMESTAMPS).and_then(|times| times.template().ok());
        let time = |tag| times.and_then(|times| times.sole(tag)).map(|object| object.value());
        let kind = self.account_kind().map(|kind| match kind {
            AccountKind::Individual => "29",
            AccountKind::Merchant => "30",
        });
        [
            ("merchant_type", kind),
            ("bakong_account_id", self.account_value(BAKONG_ACCOUNT)),
            ("account_information", self.account_information()),
            ("merchant_id", self.merchant_id()),
            ("acquiring_bank", self.acquiring_bank()),
            ("bill_number", label(additional_data::BILL_NUMBER)),
            ("mobile_number", label(additional_data::MOBILE_NUMBER)),
            ("store_label", label(additional_data::STORE_LABEL)),
            ("terminal_label", label(additional_data::TERMINAL_LABEL)),
            ("purpose_of_transaction", label(additional_data::PURPOSE_OF_TRANSACTION)),
            ("language_preference", local(language_template::LANGUAGE_PREFERENCE)),
            ("merchant_name_alternate_language", local(language_template::MERCHANT_NAME)),
            ("merchant_city_alternate_language", local(language_template::MERCHANT_CITY)),
            ("creation_timestamp", time(CREATION)),
            ("expiration_timestamp", time(EXPIRATION)),
            ("payload_format_indicator", root(Tag::PAYLOAD_FORMAT_INDICATOR)),
            ("point_of_initiation_method", root(Tag::POINT_OF_INITIATION_METHOD)),
            ("union_pay_merchant", self.union_pay_account()),
            ("merchant_category_code", root(Tag::MERCHANT_CATEGORY_CODE)),
            ("transaction_currency", root(Tag::TRANSACTION_CURRENCY)),
            ("transaction_amount", root(Tag::TRANSACTION_AMOUNT)),
            ("country_code", root(Tag::COUNTRY_CODE)),
            ("merchant_name", root(Tag::MERCHANT_NAME)),
            ("merchant_city", root(Tag::MERCHANT_CITY)),
            ("crc", root(Tag::CRC)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

/// The fields of the official toolkits, as they are in the text.
#[cfg(feature = "serde")]
impl ::serde::Serialize for Khqr<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields())
    }
}
