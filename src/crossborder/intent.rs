//! The neutral payment intent: what a payer's app and a switch need of a code.

use core::fmt;
use core::ops::ControlFlow;

use super::blocks::{Block, Blocks, Collector, Policy, Reason};
use super::references::References;
use crate::clock::Clock;
use crate::code::Scheme;
use crate::jpqr;
use crate::khqr;
use crate::mpm;
use crate::network::{self, NetworkAccount, Reading};
use crate::path::Path;
use crate::payee::{self, Ambiguity, JPQR, KHQR, Payee, bakong};
use crate::payload::Payload;
use crate::tag::{Tag, language_template};
use crate::value::{Amount, CountryCode, Currency, InvalidValue, Language, Mcc, PointOfInitiation};

/// Who is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A merchant.
    Merchant,
    /// A KHQR account under tag 29: an individual or a solo merchant; the code does not tell which.
    Individual,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Merchant => "merchant",
            Self::Individual => "individual",
        })
    }
}

crate::serialize::as_displayed!(Kind);

/// What a payer's app and a switch need of a code, read from whichever scheme without copying.
///
/// Holds what a scheme says in its own way: who is paid, how its amounts are written, until when. What all schemes take
/// over from EMVCo is cut out of the text when it is asked for, as in the views; an object that occurs twice in a template is
/// not there.
///
/// ```
/// use emvqr::Payload;
/// use emvqr::crossborder::{Intent, Policy};
/// use emvqr::Clock;
///
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// let payload = Payload::parse(text)?;
/// let intent = Intent::payable(&payload, Clock::UNKNOWN, Policy::default())?;
/// assert_eq!(intent.payee.unwrap().account(), "john_smith@devb");
/// assert_eq!((intent.decimals, intent.iso_exponent()), (Some(0), Some(2))); // a factor of 100 is at stake
/// assert_eq!(intent.category(), None); // 5999 is KHQR's default, and says nothing
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Intent<'a> {
    /// The code as read: to be kept, since a KHQR code's MD5 is its key in Bakong's API.
    pub payload: Payload<'a>,
    /// The payee's scheme: with the [country](Self::country), the corridor.
    pub scheme: Scheme<'a>,
    /// Who is paid.
    pub kind: Kind,
    /// Who is paid. `None` if that is ambiguous, or the code does not say.
    pub payee: Option<Payee<'a>>,
    /// The object that names the document with the amount: 26-25 of Pix. What 54 says has no meaning then.
    pub amount_from: Option<Path>,
    /// The decimals that the scheme writes in the [currency](Self::currency).
    pub decimals: Option<u8>,
    /// Until when the code may be paid, in milliseconds since 1970. `Ok(None)` if it never expires, an error if it says so in
    /// a way that cannot be read, which no conformant code does.
    pub expires_at_ms: Result<Option<u64>, InvalidValue>,
    reading: payee::Reading<'a>,
    /// Whether 62-02 is among the references.
    shows_mobile_number: bool,
}

impl<'a> Intent<'a> {
    /// The intent of a code that may be paid: nothing [blocks](Self::blocks) it.
    ///
    /// This is where to start. [`of`](Self::of) gives an intent of codes that must not be paid, too.
    ///
    /// # Errors
    ///
    /// What blocks it: [`Reason::UnknownScheme`] if no network is known, [`Reason::SeveralNetworks`] if several could be paid and
    /// the policy prefers none of them, [`Reason::AmbiguousPayee`] if KHQR and JPQR both recognise it, else what
    /// [`blocks`](Self::blocks) says.
    #[expect(clippy::result_large_err, reason = "returned by value, so that nothing is allocated")]
    pub fn payable(payload: &Payload<'a>, clock: Clock, policy: Policy<'_>) -> Result<Self, Blocks> {
        let reading = Reading::of(payload, policy.preferred);
        if reading.base.doubts.ambiguity() == Some(Ambiguity::Schemes) {
            let rule = Some(mpm::rules::AMBIGUOUS_SCHEME);
            return Err(Block { rule, ..Block::new(Path::ROOT, Reason::AmbiguousPayee) }.into());
        }
        let Some(intent) = Self::of_reading(payload, &reading) else {
            let reason = match (reading.is_several(), reading.is_known) {
                (true, _) => Reason::SeveralNetworks,
                (false, true) => Reason::NoPayee,
                (false, false) => Reason::UnknownScheme,
            };
            return Err(Block::new(Path::ROOT, reason).into());
        };
        let blocks = intent.blocks(clock, policy);
        if blocks.is_empty() { Ok(intent) } else { Err(blocks) }
    }

    /// The intent of a code of one network, whether or not it may be paid. `None` for a code of no network that is known, for one
    /// of several of which the policy prefers none, and for one that KHQR and JPQR both recognise.
    #[must_use]
    pub fn of(payload: &Payload<'a>, policy: Policy<'_>) -> Option<Self> {
        Self::of_reading(payload, &Reading::of(payload, policy.preferred))
    }

    fn of_reading(payload: &Payload<'a>, reading: &Reading<'a>) -> Option<Self> {
        let is_both = reading.base.is_khqr() && reading.base.is_jpqr();
        let account = reading.account(payload).filter(|_| !is_both)?;
        let mut intent = match account.network().id() {
            KHQR => Self::of_khqr(payload, reading.base),
            JPQR => Self::of_jpqr(payload, reading.base),
            _ => Self::of_account(&account, reading.base),
        };
        intent.payee = reading.payee().copied();
        Some(intent)
    }

    fn of_account(account: &NetworkAccount<'_, 'a>, base: payee::Reading<'a>) -> Self {
        let mut intent = Self::new(account.payload(), base, Scheme::Network(account.network()));
        intent.amount_from = account.amount_from().map(|object| object.path());
        intent.decimals = intent.iso_exponent();
        if account.is_person() == Some(true) {
            intent.kind = Kind::Individual;
        }
        intent.expires_at_ms = account.expires_at_ms().map_err(|_| InvalidValue::TIME);
        intent
    }

    fn new(payload: &Payload<'a>, reading: payee::Reading<'a>, scheme: Scheme<'a>) -> Self {
        Self {
            payload: payload.clone(),
            scheme,
            kind: Kind::Merchant,
            payee: None,
            amount_from: None,
            decimals: None,
            expires_at_ms: Ok(None),
            reading,
            shows_mobile_number: false,
        }
    }

    /// A payload as KHQR reads it, whether or not KHQR recognises it.
    pub(super) fn of_khqr(payload: &Payload<'a>, reading: payee::Reading<'a>) -> Self {
        let mut intent = Self::new(payload, reading, Scheme::Khqr);
        intent.payee = reading.bakong();
        if payload.tags().contains(bakong::INDIVIDUAL) {
            intent.kind = Kind::Individual;
        }
        let currency = payload.get(Tag::TRANSACTION_CURRENCY);
        intent.decimals = currency.and_then(|currency| bakong::decimals(currency.value_bytes()));
        intent.expires_at_ms = match payload.get(khqr::TIMESTAMPS).map(|times| times.values()) {
            None | Some(Some(([_, None], _))) => Ok(None),
            Some(Some(([_, Some(expires)], repeated))) if !repeated.contains(khqr::EXPIRATION) => {
                khqr::time(expires.as_bytes()).map(Some).ok_or(InvalidValue::TIME)
            }
            Some(_) => Err(InvalidValue::TIME),
        };
        intent
    }

    pub(super) fn of_jpqr(payload: &Payload<'a>, reading: payee::Reading<'a>) -> Self {
        let mut intent = Self::new(payload, reading, Scheme::Jpqr);
        intent.payee = reading.store(payload);
        intent.decimals = intent.iso_exponent();
        intent
    }

    fn text(&self, tag: Tag) -> Option<&'a str> {
        self.payload.get(tag).map(|object| object.value())
    }

    fn parsed<T: core::str::FromStr>(&self, tag: Tag) -> Option<T> {
        self.text(tag)?.parse().ok()
    }

    /// 64-00 and 64-01.
    fn local(&self, tag: Tag) -> Option<&'a str> {
        let ([language, name], repeated) = self.payload.get(Tag::LANGUAGE_TEMPLATE)?.values()?;
        let value = if tag == language_template::LANGUAGE_PREFERENCE { language } else { name };
        value.filter(|_| !repeated.contains(tag))
    }

    /// 58, the payee's country. `None` if it is absent or is not two letters.
    #[must_use]
    pub fn country(&self) -> Option<CountryCode> {
        self.parsed(Tag::COUNTRY_CODE)
    }

    /// 01, static or dynamic. `None` if it is absent or is not two digits.
    #[must_use]
    pub fn method(&self) -> Option<PointOfInitiation> {
        self.parsed(Tag::POINT_OF_INITIATION_METHOD)
    }

    /// 59, the merchant's name, in Latin letters or what the code has.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        self.text(Tag::MERCHANT_NAME)
    }

    /// 60, the city.
    #[must_use]
    pub fn city(&self) -> Option<&'a str> {
        self.text(Tag::MERCHANT_CITY)
    }

    /// 64-00, the language of the [alternate name](Self::alternate_name). `None` if it is absent, is not two letters, or occurs twice.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.local(language_template::LANGUAGE_PREFERENCE)?.parse().ok()
    }

    /// 64-01, the merchant's name in that language. `None` if it is absent or occurs twice.
    #[must_use]
    pub fn alternate_name(&self) -> Option<&'a str> {
        self.local(language_template::MERCHANT_NAME)
    }

    /// 61, the postal code.
    #[must_use]
    pub fn postal_code(&self) -> Option<&'a str> {
        self.text(Tag::POSTAL_CODE)
    }

    /// 52, the merchant category code as it is; see [`category`](Self::category). `None` if it is absent or is not four
    /// digits.
    #[must_use]
    pub fn merchant_category_code(&self) -> Option<Mcc> {
        self.parsed(Tag::MERCHANT_CATEGORY_CODE)
    }

    /// 53, the merchant's currency. `None` if it is absent or is not three digits.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        Currency::from_bytes(self.text(Tag::TRANSACTION_CURRENCY)?.as_bytes()).ok()
    }

    /// ISO 4217's decimals of the currency. The riel has two, which KHQR does not write: see [`decimals`](Self::decimals).
    #[must_use]
    pub fn iso_exponent(&self) -> Option<u8> {
        self.currency()?.exponent()
    }

    /// 54, the amount in the merchant's currency. `Ok(None)` if it is absent: the payer is asked for it, with
    /// [`decimals`](Self::decimals); or it is [elsewhere](Self::amount_from).
    ///
    /// # Errors
    ///
    /// 54 is there and is not an amount, or readers who count lengths in another unit would pay something else, which no
    /// conformant code has.
    pub fn amount(&self) -> Result<Option<Amount>, InvalidValue> {
        if self.amount_from.is_some() {
            return Ok(None);
        }
        let is_ambiguous = match self.scheme {
            Scheme::Khqr => self.reading.doubts.is_any_in_khqr(),
            Scheme::Jpqr => self.reading.doubts.is_any(),
            _ => self.reading.is_ambiguous(),
        };
        payee::certain_amount(&self.payload, is_ambiguous)
    }

    /// 62, bill number and other references.
    #[must_use]
    pub fn references(&self) -> References<'a> {
        let object = self.payload.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE);
        let has_prompts = self.network().is_none_or(|network| network.has_prompts);
        References::new(object.and_then(|object| object.template().ok()), has_prompts, self.shows_mobile_number)
    }

    /// The merchant's category, if the code names one: KHQR's default 5999, and 0000, do not.
    #[must_use]
    pub fn category(&self) -> Option<Mcc> {
        let code = self.merchant_category_code()?;
        let is_default = self.scheme == Scheme::Khqr && code == Mcc::MISCELLANEOUS_RETAIL;
        if is_default || code == Mcc::NONE { None } else { Some(code) }
    }

    /// The same intent, with 62-02 among the [references](Self::references) if the payer consents.
    #[must_use]
    pub const fn consent_mobile(mut self, consent: bool) -> Self {
        self.shows_mobile_number = consent;
        self
    }

    /// What keeps the code from being paid across the border, at a time: findings of severity error under the profile of its
    /// scheme, an account that names nobody, tips and fees, and an individual's account if the policy denies it.
    pub fn blocks(&self, clock: Clock, policy: Policy<'_>) -> Blocks {
        let mut blocks = Blocks::default();
        let payload = &self.payload;
        let money = [Tag::TIP_OR_CONVENIENCE_INDICATOR, Tag::CONVENIENCE_FEE_FIXED, Tag::CONVENIENCE_FEE_PERCENTAGE];
        for tag in money.into_iter().filter(|tag| payload.tags().contains(*tag)) {
            blocks.add(Block::new(Path::of(tag), Reason::TipOrFee));
        }
        if policy.deny_individual && self.kind == Kind::Individual {
            let path = self.payee.and_then(|payee| payee.path().root()).map_or(Path::ROOT, Path::of);
            blocks.add(Block::new(path, Reason::Individual));
        }
        let mut findings = Collector { blocks: &mut blocks, reason: Reason::of };
        let _ = match self.scheme {
            Scheme::Khqr => khqr::check_with(payload, &self.reading.doubts, clock, &mut findings),
            Scheme::Jpqr => jpqr::check_with(payload, &self.reading.doubts, &mut findings),
            _ => {
                // Whichever network is chosen, a Khmer code that has expired has expired.
                let _ = match (self.reading.is_khqr(), self.reading.is_jpqr()) {
                    (true, false) => khqr::check_with(payload, &self.reading.doubts, clock, &mut findings),
                    (false, true) => jpqr::check_with(payload, &self.reading.doubts, &mut findings),
                    _ => ControlFlow::Continue(()),
                };
                network::check_base(payload, self.reading, clock, &mut findings).1
            }
        };
        // What makes a payee ambiguous, or an account unreadable, is an error of the profile.
        if self.payee.is_none() {
            let account = network::accounts(payload).find(|account| Some(account.network()) == self.network());
            let path = account.map_or(Path::ROOT, |account| account.object().path());
            let is_about = |block: Block| block.reason == Reason::AmbiguousPayee || block.path.root() == path.root();
            if !blocks.iter().any(is_about) {
                blocks.add(Block::new(path, Reason::NoPayee));
            }
        }
        blocks
    }

    /// The network that is paid.
    fn network(&self) -> Option<&'static network::Network> {
        match self.scheme {
            Scheme::Khqr => network::by_id(KHQR),
            Scheme::Jpqr => network::by_id(JPQR),
            Scheme::Network(network) => Some(network),
            Scheme::Guid(_) | Scheme::None => None,
        }
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Intent<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        struct AlternateName<'a>(Option<Language>, &'a str);

        impl ::serde::Serialize for AlternateName<'_> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut name = serializer.serialize_struct("AlternateName", 2)?;
                name.serialize_field("language", &self.0)?;
                name.serialize_field("name", self.1)?;
                name.end()
            }
        }

        let mut intent = serializer.serialize_struct("Intent", 22)?;
        intent.serialize_field("scheme", &self.scheme)?;
        intent.serialize_field("country", &self.country())?;
        intent.serialize_field("kind", &self.kind)?;
        intent.serialize_field("payee", &self.payee)?;
        intent.serialize_field("name", &self.name())?;
        intent.serialize_field("city", &self.city())?;
        let alternate = self.alternate_name().map(|name| AlternateName(self.language(), name));
        intent.serialize_field("alternate_name", &alternate)?;
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
        intent.serialize_field("amount_from", &self.amount_from)?;
        intent.serialize_field("decimals", &self.decimals)?;
        intent.serialize_field("iso_exponent", &self.iso_exponent())?;
        intent.serialize_field("references", &self.references())?;
        intent.serialize_field("prompts", &crate::serialize::Sequence(self.references().prompts()))?;
        intent.serialize_field("expires_at_ms", &self.expires_at_ms.ok().flatten())?;
        // A text with what may never be shown stays here.
        let is_shown = self.payload.without_secrets().is_none();
        intent.serialize_field("payload", &is_shown.then(|| self.payload.as_str()))?;
        #[cfg(feature = "md5")]
        if self.scheme == Scheme::Khqr && is_shown {
            let md5 = khqr::md5(self.payload.as_str());
            intent.serialize_field("md5", &format_args!("{md5}"))?;
            return intent.end();
        }
        intent.serialize_field("md5", &None::<&str>)?;
        intent.end()
    }
}
