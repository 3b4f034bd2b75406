//! The neutral payment intent: what a payer's app and a switch need of a code.

use core::fmt;
use core::ops::ControlFlow;

use crate::Mpm;
use crate::jpqr::{Jpqr, StoreId};
use crate::khqr::{BakongAccount, Clock, Khqr};
use crate::network::bakong::{self, AccountValues};
use crate::network::{self, has_two_readings, store_id};
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::{Rule, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet, additional_data, language_template};
use crate::tlv::{DataObject, Template};
use crate::value::{Amount, CountryCode, Currency, Guid, InvalidValue, Language, Mcc, PROMPT, PointOfInitiation};
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

/// The merchant's references, 62-01 to 62-08. One that occurs twice is not there.
#[derive(Clone, Copy)]
pub struct References<'a> {
    template: Option<Template<'a>>,
}

impl<'a> References<'a> {
    const NAMES: [&'static str; 8] = [
        "bill_number",
        "mobile_number",
        "store_label",
        "loyalty_number",
        "reference_label",
        "customer_label",
        "terminal_label",
        "purpose_of_transaction",
    ];

    fn labels(&self) -> impl Iterator<Item = (&'static str, DataObject<'a>)> + Clone + use<'a> {
        let repeated = self.template.map(|template| template.repeated()).unwrap_or_default();
        let objects = self.template.into_iter().flat_map(|template| template.by_tag());
        objects.filter(move |object| !repeated.contains(object.tag())).filter_map(|object| {
            let place = object.tag().get().checked_sub(additional_data::BILL_NUMBER.get())?;
            Some((*Self::NAMES.get(usize::from(place))?, object))
        })
    }

    /// The values by the specification's names, prompts aside. The mobile number is personal data and not among them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Field<&'a str>)> + use<'a> {
        self.labels()
            .filter(|(_, object)| object.tag() != additional_data::MOBILE_NUMBER && object.value() != PROMPT)
            .map(|(name, object)| (name, Field::new(object.value(), object.path())))
    }

    /// 62-02, Mobile Number: only to be passed on with consent.
    #[must_use]
    pub fn mobile_number(&self) -> Option<Field<&'a str>> {
        let object = self.template?.sole(additional_data::MOBILE_NUMBER)?;
        (object.value() != PROMPT).then(|| Field::new(object.value(), object.path()))
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
/// Holds what a scheme says in its own way: who is paid, how its amounts are written, until when. What all schemes take
/// over from EMVCo is cut out of the text when it is asked for, as in the views; an object that occurs twice in a template is
/// not there.
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
/// assert_eq!((intent.decimals, intent.iso_exponent()), (Some(0), Some(2))); // a factor of 100 is at stake
/// assert_eq!(intent.category(), None); // 5999 is KHQR's default, and says nothing
/// assert!(intent.blocks(Clock::UNKNOWN, Policy::default()).is_empty());
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
    pub expires_ms: Result<Option<Field<u64>>, InvalidValue>,
}

/// A profile whose codes can be read as an intent. Another crate can give its own profile one: it starts from
/// [`Intent::base`].
pub trait ReadIntent<'a>: Profile<'a> {
    /// The intent of a code.
    fn intent(&self) -> Intent<'a>;
}

impl<'a> Intent<'a> {
    /// The intent of a code that KHQR or JPQR recognises. Nothing for others, and nothing where both do.
    #[must_use]
    pub fn read(payload: &Payload<'a>) -> Option<Self> {
        match (bakong::recognised_account(payload), Jpqr::recognises(payload)) {
            (Some(account), false) => Some(Self::of_khqr(payload, Some(account))),
            (None, true) => Some(Self::of_jpqr(payload)),
            _ => None,
        }
    }

    /// The intent of any code of which the network with this identifier is to be paid. Nothing where the code has not got
    /// it, or twice. The payee's key is the network's sub-object 01, which most of them use for it.
    #[must_use]
    pub fn of_network(code: &Mpm<'a>, guid: &str) -> Option<Self> {
        let account = code.account_by_guid(guid)?;
        let mut intent = Self::base(code, Scheme::Network(account.guid()?));
        // What is ambiguous is not there.
        let payload = code.payload();
        let is_certain = network::ambiguity(payload).is_none() && !payload.has_ambiguous_lengths();
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
        // An ambiguous payee is none.
        if let Some((template, ([account, merchant_id, acquirer], TagSet::EMPTY))) = account
            && (is_merchant || !payload.tags().contains(bakong::MERCHANT))
            && !has_two_readings(payload)
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
        let path = inside(khqr::TIMESTAMPS, khqr::EXPIRATION);
        intent.expires_ms = match payload.get(khqr::TIMESTAMPS).map(|times| times.values()) {
            None | Some(Some(([_, None], _))) => Ok(None),
            Some(Some(([_, Some(expires)], repeated))) if !repeated.contains(khqr::EXPIRATION) => {
                let time = khqr::time(expires.as_bytes()).ok_or(InvalidValue::TIME);
                time.map(|time| Some(Field::new(time, path)))
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

    fn text(&self, tag: Tag) -> Option<Field<&'a str>> {
        Some(Field::new(self.payload.get(tag)?.value(), tag.into()))
    }

    fn parsed<T: core::str::FromStr>(&self, tag: Tag) -> Option<Field<T>> {
        Some(Field::new(self.payload.get(tag)?.value().parse().ok()?, tag.into()))
    }

    /// 64-00 and 64-01.
    fn local(&self, tag: Tag) -> Option<Field<&'a str>> {
        let ([language, name], repeated) = self.payload.get(Tag::LANGUAGE_TEMPLATE)?.values()?;
        let value = if tag == language_template::LANGUAGE_PREFERENCE { language } else { name };
        let path = inside(Tag::LANGUAGE_TEMPLATE, tag);
        value.filter(|_| !repeated.contains(tag)).map(|value| Field::new(value, path))
    }

    /// 58, the payee's country. `None` if it is absent or is not two letters.
    #[must_use]
    pub fn country(&self) -> Option<Field<CountryCode>> {
        self.parsed(Tag::COUNTRY_CODE)
    }

    /// 01, static or dynamic. `None` if it is absent or is not two digits.
    #[must_use]
    pub fn method(&self) -> Option<Field<PointOfInitiation>> {
        self.parsed(Tag::POINT_OF_INITIATION_METHOD)
    }

    /// 59, the merchant's name, in Latin letters or what the code has.
    #[must_use]
    pub fn name(&self) -> Option<Field<&'a str>> {
        self.text(Tag::MERCHANT_NAME)
    }

    /// 60, the city.
    #[must_use]
    pub fn city(&self) -> Option<Field<&'a str>> {
        self.text(Tag::MERCHANT_CITY)
    }

    /// 64-00, the language of the [local name](Self::local_name). `None` if it is absent, is not two letters, or occurs twice.
    #[must_use]
    pub fn language(&self) -> Option<Field<Language>> {
        let Field { value, path } = self.local(language_template::LANGUAGE_PREFERENCE)?;
        Some(Field::new(value.parse().ok()?, path))
    }

    /// 64-01, the merchant's name in that language. `None` if it is absent or occurs twice.
    #[must_use]
    pub fn local_name(&self) -> Option<Field<&'a str>> {
        self.local(language_template::MERCHANT_NAME)
    }

    /// 61, the postal code.
    #[must_use]
    pub fn postal_code(&self) -> Option<Field<&'a str>> {
        self.text(Tag::POSTAL_CODE)
    }

    /// 52, the merchant category code as it is; see [`category`](Self::category). `None` if it is absent or is not four
    /// digits.
    #[must_use]
    pub fn merchant_category_code(&self) -> Option<Field<Mcc>> {
        self.parsed(Tag::MERCHANT_CATEGORY_CODE)
    }

    /// 53, the merchant's currency. `None` if it is absent or is not three digits.
    #[must_use]
    pub fn currency(&self) -> Option<Field<Currency>> {
        let Field { value, path } = self.text(Tag::TRANSACTION_CURRENCY)?;
        Some(Field::new(Currency::from_bytes(value.as_bytes()).ok()?, path))
    }

    /// ISO 4217's decimals of the currency. The riel has two, which KHQR does not write: see [`decimals`](Self::decimals).
    #[must_use]
    pub fn iso_exponent(&self) -> Option<u8> {
        self.currency()?.value.exponent()
    }

    /// 54, the amount in the merchant's currency. `Ok(None)` if it is absent: the payer is asked for it, with
    /// [`decimals`](Self::decimals).
    ///
    /// # Errors
    ///
    /// 54 is there and is not an amount, which no conformant code has.
    pub fn amount(&self) -> Result<Option<Field<Amount>>, InvalidValue> {
        let field = self.text(Tag::TRANSACTION_AMOUNT);
        field.map(|field| Amount::new(field.value).map(|amount| Field::new(amount, field.path))).transpose()
    }

    /// 62, bill number and other references.
    #[must_use]
    pub fn references(&self) -> References<'a> {
        let object = self.payload.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE);
        References { template: object.and_then(|object| object.template().ok()) }
    }

    /// The merchant's category, where the code says one: KHQR's default 5999, and 0000, do not.
    #[must_use]
    pub fn category(&self) -> Option<Mcc> {
        let code = self.merchant_category_code()?.value;
        let is_default = self.scheme == Scheme::Khqr && code == Mcc::MISCELLANEOUS_RETAIL;
        if is_default || code == Mcc::NONE { None } else { Some(code) }
    }

    /// What keeps the code from being paid across the border, at a time: findings of severity error under its own profile
    /// (another network's code is held to EMVCo's rules), tips and fees, and an individual's account where the policy
    /// denies it.
    #[must_use]
    pub fn blocks(&self, clock: Clock, policy: Policy) -> Blocks {
        match self.scheme {
            Scheme::Khqr => self.blocks_under::<Khqr<'a>>(clock, policy),
            Scheme::Jpqr => self.blocks_under::<Jpqr<'a>>((), policy),
            Scheme::Network(_) => self.blocks_under::<Mpm<'a>>((), policy),
        }
    }

    /// The same where the code's own profile is another one, of another crate.
    #[must_use]
    pub fn blocks_under<P: Profile<'a>>(&self, context: P::Context, policy: Policy) -> Blocks {
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
        let _ = P::check(payload, context, &mut blocks);
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

    /// What is wrong where no rule says it better.
    const fn sentence(self) -> &'static str {
        match self {
            Self::Expired => "the code has expired",
            Self::Invalid => "the code breaks a rule of its scheme",
            Self::TipOrFee => "the code asks for a tip or a fee, which would be paid wrongly",
            Self::Currency => "the currency is not one of the code's scheme",
            Self::AmbiguousPayee => "it is ambiguous who is paid",
            Self::Individual => "the code pays an individual or a solo merchant, which is denied",
            Self::BillForm => "the code is that of a bill, not a merchant's",
        }
    }

    fn of(violation: &Violation) -> Self {
        let is = |rules: &[&Rule]| rules.contains(&violation.rule());
        if is(&[khqr::rules::EXPIRED]) {
            Self::Expired
        } else if is(&[khqr::rules::CURRENCY_VALUE, jpqr::rules::CURRENCY_VALUE]) {
            Self::Currency
        } else if is(&[
            khqr::rules::ACCOUNT_AMBIGUOUS,
            jpqr::rules::PAYEE_AMBIGUOUS,
            mpm::rules::ACCOUNT_AMBIGUOUS,
            mpm::rules::AMBIGUOUS_PAYEE,
            mpm::rules::AMBIGUOUS_SCHEME,
            mpm::rules::LENGTH_AMBIGUOUS,
            khqr::rules::TEXT_BEYOND_BMP,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Block {
    /// The data object; the root for the code as a whole.
    pub path: Path,
    /// The reason.
    pub reason: Reason,
    /// The rule that is broken, if one is.
    pub rule: Option<&'static Rule>,
}

impl Block {
    /// A block that no rule gives.
    pub(super) const fn new(path: Path, reason: Reason) -> Self {
        Self { path, reason, rule: None }
    }

    /// What is wrong, in a sentence.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        match self.rule {
            Some(rule) => rule.summary(),
            None => self.reason.sentence(),
        }
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reason, self.message())?;
        if self.path == Path::ROOT { Ok(()) } else { write!(f, ", in data object {}", self.path) }
    }
}

/// What keeps a code from being paid: each path and reason once, those that no rule of a scheme gives first.
///
/// Held in place. Of more than 16 those are kept that say more than that a rule is broken, then the first ones.
#[derive(Clone, Copy, Default)]
pub struct Blocks {
    blocks: [Option<Block>; 16],
    /// The root objects of those that are not kept.
    beyond: TagSet,
}

impl Blocks {
    /// Whether nothing keeps the code from being paid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The reasons.
    pub fn iter(&self) -> impl Iterator<Item = Block> + Clone + '_ {
        self.blocks.iter().map_while(|block| *block)
    }

    /// Whether an object is concerned, or a template around it.
    pub(super) fn concern(&self, path: Path) -> bool {
        let concerns = |block: Block| block.path != Path::ROOT && block.path.contains(path);
        self.iter().any(concerns) || path.root().is_some_and(|root| self.beyond.contains(root))
    }

    fn add(&mut self, block: Block) {
        if self.iter().any(|known| (known.path, known.reason) == (block.path, block.reason)) {
            return;
        }
        let Self { blocks, beyond } = self;
        let free = blocks.iter().position(Option::is_none);
        // A reason that says more than that a rule is broken takes the place of one that does not.
        let is_invalid = |place: &Option<Block>| place.is_some_and(|block| block.reason == Reason::Invalid);
        let weaker = || blocks.iter().rposition(is_invalid).filter(|_| block.reason != Reason::Invalid);
        let place = free.or_else(weaker).and_then(|place| blocks.get_mut(place));
        let left_out = match place {
            Some(place) => place.replace(block),
            None => Some(block),
        };
        if let Some(root) = left_out.and_then(|block| block.path.root()) {
            *beyond = beyond.with(root);
        }
    }
}

impl Visitor for Blocks {
    const WARNINGS: bool = false;

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        let rule = Some(violation.rule());
        self.add(Block { rule, ..Block::new(violation.path(), Reason::of(&violation)) });
        ControlFlow::Continue(())
    }
}

impl fmt::Debug for Blocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
