//! The neutral payment intent: what a payer's app and a switch need of a code.

use core::fmt;

use super::blocks::{Block, Blocks, Collector, Policy, Reason};
use super::references::{Field, References};
use crate::clock::Clock;
use crate::corridor::Corridor;
use crate::jpqr::{Jpqr, StoreId};
use crate::khqr::{self, BakongAccount, Khqr};
use crate::network::{self, NetworkAccount};
use crate::path::Path;
use crate::payee::bakong::{self, AccountValues};
use crate::payee::{self, store_id};
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::Violation;
use crate::tag::{Tag, TagSet, language_template};
use crate::value::{Amount, CountryCode, Currency, InvalidValue, Language, Mcc, PointOfInitiation};
use crate::{Mpm, Scheme};

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

/// The key by which a switch finds the payee.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PayeeKey<'a> {
    /// A KHQR account id; the part after `@` names the member to credit.
    Account(BakongAccount<'a>),
    /// A JPQR store id.
    Store(StoreId),
    /// Another network's own reference.
    Reference(&'a str),
}

impl fmt::Display for PayeeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(account) => f.pad(account.as_str()),
            Self::Store(store) => f.pad(store.as_str()),
            Self::Reference(reference) => f.pad(reference),
        }
    }
}

impl fmt::Debug for PayeeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Account(_) => "Account(..)",
            Self::Store(_) => "Store(..)",
            Self::Reference(_) => "Reference(..)",
        })
    }
}

crate::serialize::as_displayed!(Kind, PayeeKey<'_>);

/// Who is paid, as far as the code says. What is ambiguous is not there.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "filled by whoever gives a profile an intent")]
pub struct Payee<'a> {
    /// The key; of a JPQR store the path is that of its template.
    pub key: Option<Field<PayeeKey<'a>>>,
    /// KHQR: the merchant id.
    pub merchant_id: Option<Field<&'a str>>,
    /// KHQR: the acquiring bank.
    pub acquirer: Option<Field<&'a str>>,
}

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
/// assert_eq!(intent.payee.key.unwrap().value.to_string(), "john_smith@devb");
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
    /// How a switch finds the payee.
    pub payee: Payee<'a>,
    /// The decimals that the scheme writes in the [currency](Self::currency).
    pub decimals: Option<u8>,
    /// Until when the code may be paid, in milliseconds since 1970. `Ok(None)` if it never expires, an error if it says so in
    /// a way that cannot be read, which no conformant code does.
    pub expires_ms: Result<Option<u64>, InvalidValue>,
}

/// A profile whose codes can be read as an intent. Another crate can give its own profile one: it starts from
/// [`Intent::base`].
pub trait ReadIntent<'a>: Profile<'a> {
    /// The intent of a code.
    fn intent(&self) -> Intent<'a>;

    /// The reason that a finding of severity error is for not paying.
    #[must_use]
    fn reason(violation: &Violation) -> Reason {
        Reason::of(violation)
    }
}

impl<'a> Intent<'a> {
    /// The intent of a code that may be paid: it is of one network that is known, or the policy prefers one of several, and nothing
    /// [blocks](Self::blocks) it.
    ///
    /// This is where to start. [`read`](Self::read) gives an intent of codes that must not be paid, too.
    ///
    /// # Errors
    ///
    /// What blocks it: [`Reason::UnknownScheme`] if no network is known, [`Reason::SeveralNetworks`] if several are and the policy
    /// prefers none of them, [`Reason::AmbiguousPayee`] if KHQR and JPQR both recognise it, else what
    /// [`blocks`](Self::blocks) says.
    #[expect(clippy::result_large_err, reason = "returned by value, so that nothing is allocated")]
    pub fn payable(payload: &Payload<'a>, clock: Clock, policy: Policy) -> Result<Self, Blocks> {
        if let Some(block) = super::two_schemes(payload) {
            return Err(block.into());
        }
        let preferred = || {
            let account = |id: &&str| network::accounts(payload).find(|account| account.network().id() == *id);
            policy.preferred.iter().find_map(account).map(|account| Self::of_account(&account))
        };
        let Some(intent) = Self::read(payload).or_else(preferred) else {
            let is_known = network::accounts(payload).next().is_some();
            let reason = if is_known { Reason::SeveralNetworks } else { Reason::UnknownScheme };
            return Err(Block::new(Path::ROOT, reason).into());
        };
        let blocks = intent.blocks(clock, policy);
        if blocks.is_empty() { Ok(intent) } else { Err(blocks) }
    }

    /// The intent of a code of one network, whether or not it may be paid: KHQR or JPQR recognises it, or it has one
    /// [`sole_account`](network::sole_account). `None` for others; for a code of several networks choose one of its
    /// [accounts](network::accounts) and ask [`of_account`](Self::of_account).
    #[must_use]
    pub fn read(payload: &Payload<'a>) -> Option<Self> {
        match (bakong::recognised_account(payload), Jpqr::recognises(payload)) {
            (Some(account), false) => Some(Self::of_khqr(payload, Some(account))),
            (None, true) => Some(Self::of_jpqr(payload)),
            (None, false) => network::sole_account(payload).map(|account| Self::of_account(&account)),
            (Some(_), true) => None,
        }
    }

    /// The intent of a code of which this account is to be paid. The payee is not named if the code has another account of the
    /// same network, or can be read in two ways. Decimals are those of ISO 4217.
    #[must_use]
    pub fn of_account(account: &NetworkAccount<'_, 'a>) -> Self {
        let payload = account.payload();
        match account.network().id() {
            "khqr" => return Self::of_khqr(payload, bakong::recognised_account(payload)),
            "jpqr" => return Self::of_jpqr(payload),
            _ => {}
        }
        let mut intent = Self::of(payload, Scheme::Known(account.network()));
        intent.decimals = intent.iso_exponent();
        if account.is_person() == Some(true) {
            intent.kind = Kind::Individual;
        }
        // Of two templates of one network one may hold what is no payee, as India's do.
        let payees = network::accounts(payload).filter(|other| other.network() == account.network());
        let mut payees = payees.filter_map(|account| account.payee());
        let payee = payees.next().filter(|first| payees.all(|other| other.value() == first.value()));
        let is_certain = payee::ambiguity(payload).is_none() && payee::other_readers::find(payload).is_none();
        let key = payee.filter(|_| is_certain);
        intent.payee.key = key.map(|key| Field::new(PayeeKey::Reference(key.value()), key.path()));
        intent.expires_ms = account.expires_ms().map_err(|_| InvalidValue::TIME);
        intent
    }

    /// The intent of any code of which the network with this identifier is to be paid. `None` if the code does not have
    /// it, or twice. The payee's key is the network's sub-object 01, which most of them use for it.
    #[must_use]
    pub fn of_network(code: &Mpm<'a>, guid: &str) -> Option<Self> {
        let account = code.account_by_guid(guid)?;
        let mut intent = Self::base(code, Scheme::Network(account.guid()?));
        // What is ambiguous is not there.
        let payload = code.payload();
        let is_certain = payee::ambiguity(payload).is_none() && payee::other_readers::find(payload).is_none();
        let key = account.get(Tag::of_digits(1)).filter(|_| is_certain);
        intent.payee.key = key.map(|key| Field::new(PayeeKey::Reference(key.value()), key.path()));
        Some(intent)
    }

    /// The intent of a code of any scheme, but for who is paid and until when. Decimals are those of ISO 4217.
    #[must_use]
    pub fn base(code: &Mpm<'a>, scheme: Scheme<'a>) -> Self {
        let mut intent = Self::of(code.payload(), scheme);
        intent.decimals = intent.iso_exponent();
        intent
    }

    fn of(payload: &Payload<'a>, scheme: Scheme<'a>) -> Self {
        Self {
            payload: payload.clone(),
            scheme,
            kind: Kind::Merchant,
            payee: Payee::default(),
            decimals: None,
            expires_ms: Ok(None),
        }
    }

    fn of_khqr(payload: &Payload<'a>, account: Option<(Tag, AccountValues<'a>)>) -> Self {
        let mut intent = Self::of(payload, Scheme::Khqr);
        let is_merchant = !payload.tags().contains(bakong::INDIVIDUAL);
        if !is_merchant {
            intent.kind = Kind::Individual;
        }
        // An ambiguous payee is not named.
        if let Some((template, ([account, merchant_id, acquirer], TagSet::EMPTY))) = account
            && (is_merchant || !payload.tags().contains(bakong::MERCHANT))
            && !bakong::has_two_readings(payload)
        {
            let path = |id| inside(template, Tag::of_digits(id));
            let account = account.and_then(BakongAccount::parse);
            intent.payee = Payee {
                key: account.map(|account| Field::new(PayeeKey::Account(account), path(0))),
                merchant_id: merchant_id.filter(|_| is_merchant).map(|id| Field::new(id, path(1))),
                acquirer: acquirer.map(|bank| Field::new(bank, path(2))),
            };
        }
        let currency = payload.get(Tag::TRANSACTION_CURRENCY);
        intent.decimals = currency.and_then(|currency| bakong::decimals(currency.value_bytes()));
        intent.expires_ms = match payload.get(khqr::TIMESTAMPS).map(|times| times.values()) {
            None | Some(Some(([_, None], _))) => Ok(None),
            Some(Some(([_, Some(expires)], repeated))) if !repeated.contains(khqr::EXPIRATION) => {
                khqr::time(expires.as_bytes()).map(Some).ok_or(InvalidValue::TIME)
            }
            Some(_) => Err(InvalidValue::TIME),
        };
        intent
    }

    fn of_jpqr(payload: &Payload<'a>) -> Self {
        let mut intent = Self::of(payload, Scheme::Jpqr);
        let store = store_id::store(payload);
        intent.payee.key = store.map(|(store_id, tag)| Field::new(PayeeKey::Store(store_id), Path::of(tag)));
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

    /// 64-00, the language of the [local name](Self::local_name). `None` if it is absent, is not two letters, or occurs twice.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        self.local(language_template::LANGUAGE_PREFERENCE)?.parse().ok()
    }

    /// 64-01, the merchant's name in that language. `None` if it is absent or occurs twice.
    #[must_use]
    pub fn local_name(&self) -> Option<&'a str> {
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
    /// [`decimals`](Self::decimals).
    ///
    /// # Errors
    ///
    /// 54 is there and is not an amount, which no conformant code has.
    pub fn amount(&self) -> Result<Option<Amount>, InvalidValue> {
        self.text(Tag::TRANSACTION_AMOUNT).map(Amount::new).transpose()
    }

    /// 62, bill number and other references.
    #[must_use]
    pub fn references(&self) -> References<'a> {
        let object = self.payload.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE);
        References::new(object.and_then(|object| object.template().ok()))
    }

    /// The merchant's category, if the code names one: KHQR's default 5999, and 0000, do not.
    #[must_use]
    pub fn category(&self) -> Option<Mcc> {
        let code = self.merchant_category_code()?;
        let is_default = self.scheme == Scheme::Khqr && code == Mcc::MISCELLANEOUS_RETAIL;
        if is_default || code == Mcc::NONE { None } else { Some(code) }
    }

    /// What keeps the code from being paid across the border, at a time: findings of severity error under its own profile
    /// ([`Corridor`] for a network that is known, EMVCo's rules for others), an expiry that its network writes, tips and fees, and an individual's account if the policy
    /// denies it.
    pub fn blocks(&self, clock: Clock, policy: Policy) -> Blocks {
        match self.scheme {
            Scheme::Khqr => self.blocks_by::<Khqr<'a>>(clock, policy, Reason::of),
            Scheme::Jpqr => self.blocks_by::<Jpqr<'a>>((), policy, Reason::of),
            Scheme::Known(network) => {
                let mut blocks = self.blocks_by::<Corridor<'a>>((), policy, Reason::of);
                let account = network::accounts(&self.payload).find(|account| account.network() == network);
                let place = account.and_then(|account| account.expiry()).map_or(Path::ROOT, |object| object.path());
                match self.expires_ms {
                    Err(_) => blocks.add(Block::new(place, Reason::Invalid)),
                    Ok(Some(time)) if clock.millis().is_some_and(|now| now > time) => {
                        blocks.add(Block::new(place, Reason::Expired));
                    }
                    Ok(_) => {}
                }
                blocks
            }
            Scheme::Network(_) | Scheme::Emv => self.blocks_by::<Mpm<'a>>((), policy, Reason::of),
        }
    }

    /// The same if the code's own profile is another one, of another crate.
    pub fn blocks_under<P: ReadIntent<'a>>(&self, context: P::Context, policy: Policy) -> Blocks {
        self.blocks_by::<P>(context, policy, P::reason)
    }

    fn blocks_by<P: Profile<'a>>(
        &self,
        context: P::Context,
        policy: Policy,
        reason: fn(&Violation) -> Reason,
    ) -> Blocks {
        let mut blocks = Blocks::default();
        let payload = &self.payload;
        let money = [Tag::TIP_OR_CONVENIENCE_INDICATOR, Tag::CONVENIENCE_FEE_FIXED, Tag::CONVENIENCE_FEE_PERCENTAGE];
        for tag in money.into_iter().filter(|tag| payload.tags().contains(*tag)) {
            blocks.add(Block::new(Path::of(tag), Reason::TipOrFee));
        }
        if policy.deny_individual && self.kind == Kind::Individual {
            let path = self.payee.key.and_then(|key| key.path.root()).map_or(Path::ROOT, Path::of);
            blocks.add(Block::new(path, Reason::Individual));
        }
        let _ = P::check(payload, context, &mut Collector { blocks: &mut blocks, reason });
        // Also of a static code, whose profile only warns of it: nobody can say whether it may still be paid.
        let is_known = matches!(self.scheme, Scheme::Known(_));
        if !is_known && self.expires_ms.is_err() && !blocks.concern(inside(khqr::TIMESTAMPS, khqr::EXPIRATION)) {
            let rule = Some(khqr::rules::EXPIRY_FORMAT);
            blocks.add(Block { rule, ..Block::new(inside(khqr::TIMESTAMPS, khqr::EXPIRATION), Reason::Invalid) });
        }
        blocks
    }
}

impl<'a> ReadIntent<'a> for Khqr<'a> {
    fn intent(&self) -> Intent<'a> {
        let payload = self.payload();
        let account = |tag| Some((tag, payload.get(tag)?.values()?));
        Intent::of_khqr(payload, account(bakong::INDIVIDUAL).or_else(|| account(bakong::MERCHANT)))
    }
}

impl<'a> ReadIntent<'a> for Jpqr<'a> {
    fn intent(&self) -> Intent<'a> {
        Intent::of_jpqr(self.payload())
    }
}

/// The path of an object in a template of the root.
fn inside(root: Tag, tag: Tag) -> Path {
    // Two of the seven IDs that a path can have.
    Path::of(root).join(tag).unwrap_or(Path::of(root))
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Intent<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        struct LocalName<'a>(Option<Language>, &'a str);

        impl ::serde::Serialize for LocalName<'_> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
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
        intent.serialize_field("prompts", &crate::serialize::Sequence(self.references().prompts()))?;
        intent.serialize_field("expires_ms", &self.expires_ms.ok().flatten())?;
        intent.serialize_field("payload", self.payload.as_str())?;
        #[cfg(feature = "md5")]
        if self.scheme == Scheme::Khqr {
            let md5 = khqr::md5(self.payload.as_str());
            intent.serialize_field("md5", &format_args!("{md5}"))?;
            return intent.end();
        }
        intent.serialize_field("md5", &None::<&str>)?;
        intent.end()
    }
}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Payee<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut payee = serializer.serialize_struct("Payee", 3)?;
        payee.serialize_field("key", &self.key.map(|key| key.value))?;
        payee.serialize_field("merchant_id", &self.merchant_id.map(|id| id.value))?;
        payee.serialize_field("acquirer", &self.acquirer.map(|acquirer| acquirer.value))?;
        payee.end()
    }
}
