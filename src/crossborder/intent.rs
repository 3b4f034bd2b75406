//! The neutral payment intent: what a payer's app and a switch need of a code.

use core::fmt;
use core::ops::ControlFlow;

use crate::Mpm;
use crate::jpqr::{Jpqr, StoreId};
use crate::khqr::{AccountKind, BakongAccount, Clock, Khqr};
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::{Violation, Visitor};
use crate::tag::{Path, Tag, additional_data, language_template};
use crate::tlv::{DataObject, Template};
use crate::value::{Amount, CountryCode, Currency, Guid, Language, Mcc, PROMPT, PointOfInitiation};
use crate::{jpqr, khqr, mpm};

/// A value, and the data object that it came from.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a value and its path")]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// The data object.
    pub path: Path,
}

impl<T> Field<T> {
    /// A value read from the object at `path`.
    #[must_use]
    pub const fn new(value: T, path: Path) -> Self {
        Self { value, path }
    }
}

/// Shows where the value came from, never the value.
impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.path)
    }
}

fn text<'a>(object: &DataObject<'a>) -> Field<&'a str> {
    Field::new(object.value(), object.path())
}

fn parsed<T: core::str::FromStr>(object: &DataObject<'_>) -> Option<Field<T>> {
    Some(Field::new(object.value().parse().ok()?, object.path()))
}

/// The scheme that a code belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme<'a> {
    /// Cambodia.
    Khqr,
    /// Japan.
    Jpqr,
    /// Another network, by its globally unique identifier.
    Network(Guid<'a>),
}

impl fmt::Display for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Khqr => f.pad("khqr"),
            Self::Jpqr => f.pad("jpqr"),
            Self::Network(guid) => f.pad(guid.as_str()),
        }
    }
}

impl fmt::Debug for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Khqr => f.write_str("Khqr"),
            Self::Jpqr => f.write_str("Jpqr"),
            Self::Network(guid) => f.debug_tuple("Network").field(guid).finish(),
        }
    }
}

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

/// The merchant's references, 62-01 to 62-08.
#[derive(Clone, Copy)]
pub struct References<'a> {
    template: Option<Template<'a>>,
}

impl<'a> References<'a> {
    const NAMES: [(Tag, &'static str); 8] = [
        (additional_data::BILL_NUMBER, "bill_number"),
        (additional_data::MOBILE_NUMBER, "mobile_number"),
        (additional_data::STORE_LABEL, "store_label"),
        (additional_data::LOYALTY_NUMBER, "loyalty_number"),
        (additional_data::REFERENCE_LABEL, "reference_label"),
        (additional_data::CUSTOMER_LABEL, "customer_label"),
        (additional_data::TERMINAL_LABEL, "terminal_label"),
        (additional_data::PURPOSE_OF_TRANSACTION, "purpose_of_transaction"),
    ];

    fn labels(&self) -> impl Iterator<Item = (&'static str, DataObject<'a>)> + Clone + use<'a> {
        let template = self.template;
        Self::NAMES.into_iter().filter_map(move |(tag, name)| Some((name, template?.get(tag)?)))
    }

    /// The values by the specification's names, prompts aside. The mobile number is personal data and not among them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Field<&'a str>)> + use<'a> {
        self.labels()
            .filter(|(_, object)| object.tag() != additional_data::MOBILE_NUMBER && object.value() != PROMPT)
            .map(|(name, object)| (name, text(&object)))
    }

    /// 62-02, Mobile Number: only to be passed on with consent.
    #[must_use]
    pub fn mobile_number(&self) -> Option<Field<&'a str>> {
        let object = self.template?.get(additional_data::MOBILE_NUMBER)?;
        (object.value() != PROMPT).then(|| text(&object))
    }

    /// The objects that ask the payer for their value.
    pub fn prompts(&self) -> impl Iterator<Item = Path> + Clone + use<'a> {
        self.labels().filter(|(_, object)| object.value() == PROMPT).map(|(_, object)| object.path())
    }
}

impl fmt::Debug for References<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.labels().map(|(name, _)| name)).finish()
    }
}

/// What a payer's app and a switch need of a code, read from whichever scheme without copying.
///
/// ```
/// use emvqr::Payload;
/// use emvqr::crossborder::{Intent, Policy};
/// use emvqr::khqr::Clock;
///
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// let payload = Payload::parse(text)?;
/// let intent = Intent::read(&payload).unwrap();
/// assert_eq!(intent.payee.key.unwrap().value.to_string(), "john_smith@devb");
/// assert_eq!((intent.decimals, intent.iso_exponent), (Some(0), Some(2))); // a factor of 100 is at stake
/// assert_eq!(intent.category(), None); // 5999 is KHQR's default, and says nothing
/// assert!(intent.blocks(Clock::NONE, Policy::default()).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Intent<'a> {
    /// The code as read: to be kept, since a KHQR code's MD5 is its key in Bakong's API.
    pub payload: Payload<'a>,
    /// The payee's scheme.
    pub scheme: Scheme<'a>,
    /// The payee's country: with the scheme, the corridor.
    pub country: Option<Field<CountryCode>>,
    /// Static or dynamic.
    pub method: Option<Field<PointOfInitiation>>,
    /// Who is paid.
    pub kind: Kind,
    /// How a switch finds the payee.
    pub payee: Payee<'a>,
    /// The merchant's name, in Latin letters or what the code has.
    pub name: Option<Field<&'a str>>,
    /// The city.
    pub city: Option<Field<&'a str>>,
    /// The language of the local name.
    pub language: Option<Field<Language>>,
    /// The merchant's name in that language.
    pub local_name: Option<Field<&'a str>>,
    /// The postal code.
    pub postal_code: Option<Field<&'a str>>,
    /// The merchant category code as it stands; see [`category`](Self::category).
    pub merchant_category_code: Option<Field<Mcc>>,
    /// The merchant's currency.
    pub currency: Option<Field<Currency>>,
    /// The amount in the merchant's currency. Without one, the payer is asked for it, with [`decimals`](Self::decimals).
    pub amount: Option<Field<Amount<'a>>>,
    /// The decimals that the scheme writes in this currency.
    pub decimals: Option<u8>,
    /// ISO 4217's decimals of this currency.
    pub iso_exponent: Option<u8>,
    /// Bill number and other references.
    pub references: References<'a>,
    /// Until when the code may be paid, in milliseconds since 1970.
    pub expires_ms: Option<Field<u64>>,
}

/// A profile whose codes can be read as an intent. Another crate can give its own profile one: it fills [`Intent::base`].
pub trait ReadIntent<'a>: Profile<'a> {
    /// The intent of a code.
    fn intent(&self) -> Intent<'a>;
}

impl<'a> Intent<'a> {
    /// The intent of a code that KHQR or JPQR recognises. Nothing for others, and nothing where both do.
    #[must_use]
    pub fn read(payload: &Payload<'a>) -> Option<Self> {
        match (Khqr::recognises(payload), Jpqr::recognises(payload)) {
            (true, false) => Some(Khqr::read(payload).intent()),
            (false, true) => Some(Jpqr::read(payload).intent()),
            _ => None,
        }
    }

    /// The intent of any code of which the network with this identifier is to be paid. Nothing where the code has not got
    /// it, or twice. The payee's key is the network's sub-object 01, which most of them use for it.
    #[must_use]
    pub fn of_network(code: &Mpm<'a>, guid: &str) -> Option<Self> {
        let account = code.account_by_guid(guid)?;
        let mut intent = Self::base(code, Scheme::Network(account.guid()?));
        let key = account.get(Tag::of_digits(1));
        intent.payee.key = key.map(|key| Field::new(PayeeKey::Reference(key.value()), key.path()));
        Some(intent)
    }

    /// What is read alike in all schemes: everything except the payee and what a scheme says of its own. Decimals are those
    /// of ISO 4217.
    #[must_use]
    pub fn base(code: &Mpm<'a>, scheme: Scheme<'a>) -> Self {
        let payload = code.payload();
        let template = |tag| payload.get(tag).and_then(|object| object.template().ok());
        let language = template(Tag::LANGUAGE_TEMPLATE);
        let local = |tag| language.and_then(|template| template.get(tag));
        let currency = payload.get(Tag::TRANSACTION_CURRENCY).and_then(|object| parsed::<Currency>(&object));
        let iso_exponent = currency.and_then(|currency| currency.value.exponent());
        let amount = payload.get(Tag::TRANSACTION_AMOUNT);
        Self {
            payload: payload.clone(),
            scheme,
            country: payload.get(Tag::COUNTRY_CODE).and_then(|object| parsed(&object)),
            method: payload.get(Tag::POINT_OF_INITIATION_METHOD).and_then(|object| parsed(&object)),
            kind: Kind::Merchant,
            payee: Payee::default(),
            name: payload.get(Tag::MERCHANT_NAME).map(|object| text(&object)),
            city: payload.get(Tag::MERCHANT_CITY).map(|object| text(&object)),
            language: local(language_template::LANGUAGE_PREFERENCE).and_then(|object| parsed(&object)),
            local_name: local(language_template::MERCHANT_NAME).map(|object| text(&object)),
            postal_code: payload.get(Tag::POSTAL_CODE).map(|object| text(&object)),
            merchant_category_code: payload.get(Tag::MERCHANT_CATEGORY_CODE).and_then(|object| parsed(&object)),
            currency,
            amount: amount.and_then(|object| Some(Field::new(Amount::new(object.value()).ok()?, object.path()))),
            decimals: iso_exponent,
            iso_exponent,
            references: References { template: template(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE) },
            expires_ms: None,
        }
    }

    /// The merchant's category, where the code says one: KHQR's default 5999, and 0000, do not.
    #[must_use]
    pub fn category(&self) -> Option<Mcc> {
        let code = self.merchant_category_code?.value;
        let is_default = self.scheme == Scheme::Khqr && code == Mcc::MISCELLANEOUS_RETAIL;
        if is_default || code == Mcc::NONE { None } else { Some(code) }
    }

    /// What keeps the code from being paid across the border, at a time: findings of severity error under its own profile
    /// (another network's code is held to EMVCo's rules), tips and fees, and an individual's account where the policy
    /// denies it.
    #[must_use]
    pub fn blocks(&self, clock: Clock, policy: Policy) -> Blocks {
        let mut blocks = Blocks::default();
        let payload = &self.payload;
        let money = [Tag::TIP_OR_CONVENIENCE_INDICATOR, Tag::CONVENIENCE_FEE_FIXED, Tag::CONVENIENCE_FEE_PERCENTAGE];
        for tag in money.into_iter().filter(|tag| payload.tags().contains(*tag)) {
            blocks.add(Block { path: Path::of(tag), reason: Reason::TipOrFee });
        }
        if policy.deny_individual && self.kind == Kind::Individual {
            let path = self.payee.key.and_then(|key| key.path.root()).map_or(Path::ROOT, Path::of);
            blocks.add(Block { path, reason: Reason::Individual });
        }
        let _ = match self.scheme {
            Scheme::Khqr => Khqr::check(payload, clock, &mut blocks),
            Scheme::Jpqr => Jpqr::check(payload, (), &mut blocks),
            Scheme::Network(_) => Mpm::check(payload, (), &mut blocks),
        };
        blocks
    }
}

impl<'a> ReadIntent<'a> for Khqr<'a> {
    fn intent(&self) -> Intent<'a> {
        let mut intent = Intent::base(self.base(), Scheme::Khqr);
        let template = self.account_template();
        let object = |id| template?.get(Tag::of_digits(id));
        let is_merchant = self.account_kind() == Some(AccountKind::Merchant);
        intent.kind = if is_merchant { Kind::Merchant } else { Kind::Individual };
        intent.payee = Payee {
            key: object(0).and_then(|object| {
                Some(Field::new(PayeeKey::Account(BakongAccount::parse(object.value())?), object.path()))
            }),
            merchant_id: object(1).filter(|_| is_merchant).map(|object| text(&object)),
            acquirer: object(2).map(|object| text(&object)),
        };
        intent.decimals = self.decimals();
        intent.expires_ms = self.expiration();
        intent
    }
}

impl<'a> ReadIntent<'a> for Jpqr<'a> {
    fn intent(&self) -> Intent<'a> {
        let mut intent = Intent::base(self.base(), Scheme::Jpqr);
        intent.payee.key = self
            .store_id()
            .zip(jpqr::store_templates(self.payload()).next())
            .map(|(store, tag)| Field::new(PayeeKey::Store(store), Path::of(tag)));
        intent
    }
}

/// What a caller does not want to be paid, beyond what cannot be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a switch, off by default")]
pub struct Policy {
    /// Blocks accounts under KHQR's tag 29.
    pub deny_individual: bool,
}

/// Why a code must not be paid across the border.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Its time has passed.
    Expired,
    /// It breaks a rule of its scheme.
    Invalid,
    /// It asks for a tip or a fee, which would be paid wrongly.
    TipOrFee,
    /// Its currency is none of its scheme.
    Currency,
    /// Who is paid is ambiguous.
    AmbiguousPayee,
    /// It pays an individual or solo merchant, and the caller denies those.
    Individual,
    /// It is a bill, not a merchant's code.
    BillForm,
}

impl Reason {
    /// The name in lower case, with hyphens: `tip-or-fee`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::TipOrFee => "tip-or-fee",
            Self::Currency => "currency",
            Self::AmbiguousPayee => "ambiguous-payee",
            Self::Individual => "individual",
            Self::BillForm => "bill-form",
        }
    }

    fn of(violation: &Violation) -> Self {
        let is = |rules: &[&crate::Rule]| rules.contains(&violation.rule());
        if is(&[khqr::rules::EXPIRED]) {
            Self::Expired
        } else if is(&[khqr::rules::CURRENCY_VALUE, jpqr::rules::CURRENCY_VALUE]) {
            Self::Currency
        } else if is(&[
            khqr::rules::ACCOUNT_AMBIGUOUS,
            jpqr::rules::PAYEE_AMBIGUOUS,
            mpm::rules::ACCOUNT_AMBIGUOUS,
            mpm::rules::AMBIGUOUS_SCHEME,
        ]) {
            Self::AmbiguousPayee
        } else {
            Self::Invalid
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A reason, and the data object that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a reason and its path")]
pub struct Block {
    /// The data object; the root for the code as a whole.
    pub path: Path,
    /// The reason.
    pub reason: Reason,
}

/// What keeps a code from being paid: each path and reason once, those that no rule of a scheme gives first.
///
/// Held in place. Of more than 16 the first 16 are kept: one is enough.
#[derive(Clone, Copy, Default)]
pub struct Blocks {
    blocks: [Option<Block>; 16],
}

impl Blocks {
    /// Whether nothing keeps the code from being paid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The reasons.
    pub fn iter(&self) -> impl Iterator<Item = Block> + Clone + '_ {
        self.blocks.iter().copied().flatten()
    }

    fn add(&mut self, block: Block) {
        if self.iter().all(|known| known != block)
            && let Some(place) = self.blocks.iter_mut().find(|place| place.is_none())
        {
            *place = Some(block);
        }
    }
}

impl Visitor for Blocks {
    const WARNINGS: bool = false;

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.add(Block { path: violation.path(), reason: Reason::of(&violation) });
        ControlFlow::Continue(())
    }
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
