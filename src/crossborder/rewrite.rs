//! Writing the other scheme's code: explicit, lossy, and accounted for.

#![expect(
    clippy::large_enum_variant,
    clippy::result_large_err,
    reason = "an error names all that blocks or is missing, in place: nothing is allocated"
)]

use core::fmt;

use super::intent::{Block, Blocks, Field, Intent, PayeeKey, Policy, ReadIntent};
use super::map::{self, Action, Row, To};
use crate::encode::{BuildError, Model, TemplateBuf};
use crate::error::Error;
use crate::jpqr::{self, Jpqr, StoreId};
use crate::khqr::{self, Clock, Khqr};
use crate::network::bakong;
use crate::payload::Payload;
use crate::profile::Objects;
use crate::rule::{Severity, Violation};
use crate::tag::{Path, Tag, additional_data, language_template};
use crate::tlv::{self, DataObject};
use crate::value::{Amount, CountryCode, Currency, Language, Mcc, PointOfInitiation};

/// What only a switch or a registry can give. What is needed and absent is an error that names all of it at once.
#[derive(Clone, Copy, Default)]
#[expect(clippy::exhaustive_structs, reason = "made with `..Default::default()`")]
pub struct Supplement<'s> {
    /// For JPQR: the store id under which the switch registers the merchant.
    pub store_id: Option<StoreId>,
    /// For JPQR: the postal code, seven digits.
    pub postal_code: Option<&'s str>,
    /// For JPQR: the merchant's name in Japanese, 1 to 25 characters.
    pub merchant_name_ja: Option<&'s str>,
    /// For JPQR, where the code's name is not in Latin letters: one that is, 1 to 25 characters.
    pub merchant_name_latin: Option<&'s str>,
    /// For JPQR, where the code's city is not in Latin letters: one that is, 1 to 15 characters.
    pub merchant_city_latin: Option<&'s str>,
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
    /// For KHQR, where there is an amount: when the quote was made, in milliseconds since 1970.
    pub created_ms: Option<u64>,
    /// For KHQR, where there is an amount: when the quote expires, in milliseconds since 1970.
    pub expires_ms: Option<u64>,
    /// Whether the mobile number of 62-02, personal data, may travel.
    pub consent_mobile: bool,
}

impl fmt::Debug for Supplement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Supplement(..)")
    }
}

/// Names of supplements that are needed and absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    names: [Option<&'static str>; 8],
}

impl Missing {
    /// The names, as the fields of [`Supplement`] are called.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        self.names.iter().map_while(|name| *name)
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    fn demand(&mut self, needed: bool, name: &'static str) {
        if needed && let Some(place) = self.names.iter_mut().find(|place| place.is_none()) {
            *place = Some(name);
        }
    }
}

/// Why a code is not rewritten.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum RewriteError {
    /// It must not be paid across the border.
    Blocked(Blocks),
    /// Supplements are missing: all of them.
    Missing(Missing),
    /// The quote is in a currency that the other scheme does not write.
    Currency(Currency),
    /// The supplements make no code of the other scheme, or the buffer is too small.
    Build(BuildError),
}

impl fmt::Display for RewriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked(blocks) => {
                f.write_str("the code must not be paid across the border:")?;
                blocks.iter().try_for_each(|Block { path, reason, .. }| write!(f, " {reason} ({path})"))
            }
            Self::Missing(missing) => {
                f.write_str("supplements are missing:")?;
                missing.iter().try_for_each(|name| write!(f, " {name}"))
            }
            Self::Currency(currency) => {
                let name = currency.alphabetic().unwrap_or("not assigned");
                write!(f, "the quote is in the currency {currency} ({name}), which the other scheme does not write")
            }
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for RewriteError {}

impl From<BuildError> for RewriteError {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<Error> for RewriteError {
    fn from(error: Error) -> Self {
        Self::Build(error.into())
    }
}

/// What became of a leaf of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It stands in the result as it is.
    Copied,
    /// It stands in the result in another form.
    Changed,
    /// It does not stand in the result.
    Lost,
    /// It keeps the code from being rewritten.
    Blocked,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Copied => "copied",
            Self::Changed => "changed",
            Self::Lost => "lost",
            Self::Blocked => "blocked",
        })
    }
}

/// Where a leaf of the result comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// A leaf of the source, as it is.
    Copied,
    /// One or more leaves of the source, in another form.
    Changed,
    /// The supplement.
    Supplied,
    /// The scheme: it is the same in all its codes, or computed.
    Fixed,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Copied => "copied",
            Self::Changed => "changed",
            Self::Supplied => "supplied",
            Self::Fixed => "fixed",
        })
    }
}

/// A leaf of the source, and what became of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Leaf<'a> {
    /// The leaf.
    pub object: DataObject<'a>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it stands in the result.
    pub to: Option<Path>,
    /// Why, from [`TAG_MAP`](super::TAG_MAP).
    pub why: &'static str,
}

/// The account of a rewriting: every leaf of the source exactly once, in wire order, and what became of it.
///
/// There is one, too, where nothing can be written.
#[derive(Clone, Debug)]
pub struct Report<'a, 's> {
    intent: Intent<'a>,
    supplement: Supplement<'s>,
    target: Target,
    blocks: Blocks,
    clock: Clock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Jpqr,
    /// The store template of the source, which [`TAG_MAP`](super::TAG_MAP) knows as 26.
    Khqr {
        store: Option<Tag>,
    },
}

/// A rewritten code and its account.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rewritten<'a, 's, 'b> {
    /// The code, which parses and satisfies the other profile.
    pub text: &'b str,
    /// What became of each leaf of the source.
    pub report: Report<'a, 's>,
}

/// Rewrites a KHQR code as a JPQR code into a buffer.
///
/// # Errors
///
/// What blocks the code at this time; all supplements that are missing; supplements that break a rule of JPQR; a buffer
/// that is too small.
pub fn to_jpqr<'a, 's, 'b>(
    source: &Khqr<'a>,
    supplement: &Supplement<'s>,
    clock: Clock,
    policy: Policy,
    buffer: &'b mut [u8],
) -> Result<Rewritten<'a, 's, 'b>, RewriteError> {
    Report::to_jpqr(source, supplement, clock, policy).write(buffer)
}

/// Rewrites a JPQR code as a KHQR code into a buffer.
///
/// # Errors
///
/// What blocks the code; all supplements that are missing; supplements that break a rule of KHQR, among them a quote that
/// has expired at this time; a buffer that is too small.
pub fn to_khqr<'a, 's, 'b>(
    source: &Jpqr<'a>,
    supplement: &Supplement<'s>,
    clock: Clock,
    policy: Policy,
    buffer: &'b mut [u8],
) -> Result<Rewritten<'a, 's, 'b>, RewriteError> {
    Report::to_khqr(source, supplement, clock, policy).write(buffer)
}

/// 26, where the store id of a JPQR code is written.
const STORE: Tag = Tag::of_digits(26);
/// 30, the account template of a KHQR code that is written.
const MERCHANT: Tag = Tag::of_digits(30);
const TIMESTAMPS: Tag = Tag::of_digits(99);

impl<'a, 's> Report<'a, 's> {
    /// The account of rewriting a KHQR code as a JPQR code.
    #[must_use]
    pub fn to_jpqr(source: &Khqr<'a>, supplement: &Supplement<'s>, clock: Clock, policy: Policy) -> Self {
        Self::new(source.intent(), Target::Jpqr, supplement, clock, policy)
    }

    /// The account of rewriting a JPQR code as a KHQR code.
    #[must_use]
    pub fn to_khqr(source: &Jpqr<'a>, supplement: &Supplement<'s>, clock: Clock, policy: Policy) -> Self {
        let intent = source.intent();
        let store = intent.payee.key.and_then(|key| key.path.root());
        Self::new(intent, Target::Khqr { store }, supplement, clock, policy)
    }

    fn new(intent: Intent<'a>, target: Target, supplement: &Supplement<'s>, clock: Clock, policy: Policy) -> Self {
        let blocks = intent.blocks(clock, policy);
        Self { intent, supplement: *supplement, target, blocks, clock }
    }

    /// What keeps the source from being rewritten.
    #[must_use]
    pub const fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// The source's intent.
    #[must_use]
    pub const fn intent(&self) -> &Intent<'a> {
        &self.intent
    }

    const fn payload(&self) -> &Payload<'a> {
        &self.intent.payload
    }

    fn is_to_jpqr(&self) -> bool {
        self.target == Target::Jpqr
    }

    /// Whether the result has an amount: where the source has one, and where KHQR demands one of a dynamic code.
    fn needs_amount(&self) -> bool {
        let dynamic = self.intent.method().is_some_and(|method| method.value == PointOfInitiation::DYNAMIC);
        self.payload().tags().contains(Tag::TRANSACTION_AMOUNT) || dynamic && !self.is_to_jpqr()
    }

    /// Whether the result is for one payment where the source's 01 says something else.
    fn makes_dynamic(&self, method: &DataObject<'_>) -> bool {
        self.needs_amount() && method.value() != PointOfInitiation::DYNAMIC.as_str()
    }

    fn has_japanese_name(&self) -> bool {
        let japanese = self.intent.language().is_some_and(|language| language.value.is_same(Language::JA));
        japanese && self.intent.local_name().is_some()
    }

    /// The supplements that are needed and absent.
    #[must_use]
    pub fn missing(&self) -> Missing {
        let given = &self.supplement;
        let latin = |field: Option<Field<&str>>| field.is_some_and(|field| is_latin(field.value));
        let mut missing = Missing::default();
        if self.is_to_jpqr() {
            missing.demand(given.store_id.is_none(), "store_id");
            missing.demand(given.postal_code.is_none(), "postal_code");
            missing.demand(given.merchant_name_ja.is_none() && !self.has_japanese_name(), "merchant_name_ja");
            missing.demand(given.merchant_name_latin.is_none() && !latin(self.intent.name()), "merchant_name_latin");
            missing.demand(given.merchant_city_latin.is_none() && !latin(self.intent.city()), "merchant_city_latin");
            missing.demand(given.amount.is_none() && self.needs_amount(), "amount");
        } else {
            missing.demand(given.bakong_account.is_none(), "bakong_account");
            missing.demand(given.acquiring_bank.is_none(), "acquiring_bank");
            missing.demand(given.currency.is_none(), "currency");
            missing.demand(given.amount.is_none() && self.needs_amount(), "amount");
            missing.demand(given.created_ms.is_none() && self.needs_amount(), "created_ms");
            missing.demand(given.expires_ms.is_none() && self.needs_amount(), "expires_ms");
        }
        missing
    }

    /// The row of [`TAG_MAP`](super::TAG_MAP) that a leaf of the source falls in.
    fn row(&self, path: Path) -> Option<&'static Row> {
        let mut tags = path.tags();
        let (root, sub) = (tags.next()?, tags.next());
        let root = match (self.target, root.get()) {
            (Target::Khqr { store }, _) if store == Some(root) => 26,
            (Target::Khqr { .. }, 26..=51) => 27,
            (_, id) => id,
        };
        map::row(root, sub.map(Tag::get))
    }

    /// Every leaf of the source, in wire order, and what became of it.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf<'a>> + '_ {
        self.payload().leaves().filter_map(|object| self.leaf(object))
    }

    fn leaf(&self, object: DataObject<'a>) -> Option<Leaf<'a>> {
        let path = object.path();
        // Every path has its row: the map is proved complete.
        let row = self.row(path)?;
        let leaf = |outcome, to| Some(Leaf { object, outcome, to, why: row.reason });
        if self.blocks.concern(path) {
            return leaf(Outcome::Blocked, None);
        }
        let direction = if self.is_to_jpqr() { row.to_jpqr } else { row.to_khqr };
        match (direction.action, direction.to) {
            (Action::Copy, To::Same) => match self.copied(&object) {
                // An amount is written for one payment: a code that expires must not become one that is paid again and again.
                Ok(_) if path == Path::of(Tag::POINT_OF_INITIATION_METHOD) && self.makes_dynamic(&object) => {
                    Some(Leaf {
                        object,
                        outcome: Outcome::Changed,
                        to: Some(path),
                        why: "a code with an amount is written for one payment",
                    })
                }
                Ok(outcome) => leaf(outcome, Some(path)),
                Err(why) => Some(Leaf { object, outcome: Outcome::Lost, to: None, why: why.unwrap_or(row.reason) }),
            },
            (Action::Change, To::Same) => leaf(Outcome::Changed, Some(path)),
            // The one such row is the store id, and a supplied merchant id wins.
            (Action::Change, To::Path(to)) if self.supplement.merchant_id.is_none() => {
                leaf(Outcome::Changed, to.parse().ok())
            }
            _ => leaf(Outcome::Lost, None),
        }
    }

    /// How a leaf that means the same on the other side gets there, or why it does not, where that is not the row's reason.
    fn copied(&self, object: &DataObject<'a>) -> Result<Outcome, Option<&'static str>> {
        const SUPPLIED: &str = "what is supplied stands in its place";
        const SCRIPT: &str = "JPQR holds Latin letters alone here";
        let (given, to_jpqr) = (&self.supplement, self.is_to_jpqr());
        let latin = |supplied: Option<&str>| {
            if !to_jpqr || is_latin(object.value()) {
                Ok(Outcome::Copied)
            } else {
                supplied.map(|_| Outcome::Changed).ok_or(Some(SCRIPT))
            }
        };
        match object.path().root().ok_or(None)? {
            Tag::MERCHANT_CATEGORY_CODE if given.merchant_category_code.is_some() => Err(Some(SUPPLIED)),
            Tag::MERCHANT_NAME => latin(given.merchant_name_latin),
            Tag::MERCHANT_CITY => latin(given.merchant_city_latin),
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE
                if object.tag() == additional_data::MOBILE_NUMBER && !given.consent_mobile =>
            {
                Err(None)
            }
            // KHQR's labels may be of any script; what JPQR cannot hold stays in the intent.
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE if to_jpqr && !is_latin(object.value()) => Err(Some(SCRIPT)),
            Tag::LANGUAGE_TEMPLATE if to_jpqr => {
                let supplied = given.merchant_name_ja.map(|_| SUPPLIED);
                let kept = supplied.is_none() && self.has_japanese_name();
                let is_language = object.tag() == language_template::LANGUAGE_PREFERENCE;
                let changed = is_language && object.value() != Language::JA.as_str();
                if kept { Ok(if changed { Outcome::Changed } else { Outcome::Copied }) } else { Err(supplied) }
            }
            _ => Ok(Outcome::Copied),
        }
    }

    /// Writes the other scheme's code into a buffer.
    ///
    /// # Errors
    ///
    /// As [`to_jpqr`](super::to_jpqr) and [`to_khqr`](super::to_khqr).
    pub fn write<'b>(self, buffer: &'b mut [u8]) -> Result<Rewritten<'a, 's, 'b>, RewriteError> {
        let missing = self.missing();
        if !self.blocks.is_empty() {
            return Err(RewriteError::Blocked(self.blocks));
        }
        if !missing.is_empty() {
            return Err(RewriteError::Missing(missing));
        }
        let is_written: fn(&Currency) -> bool = match self.target {
            Target::Jpqr => |currency| *currency == Currency::JPY,
            Target::Khqr { .. } => |currency| bakong::decimals(currency.as_str().as_bytes()).is_some(),
        };
        if let Some(currency) = self.supplement.currency.filter(|currency| !is_written(currency)) {
            return Err(RewriteError::Currency(currency));
        }
        let text = if self.is_to_jpqr() { self.write_jpqr(buffer) } else { self.write_khqr(buffer) }?;
        Ok(Rewritten { text, report: self })
    }

    /// What is copied as it is: root values, and the content of the template `tag`.
    fn copied_values(&self, tag: Tag) -> Result<TemplateBuf, Error> {
        let mut template = TemplateBuf::new();
        for Leaf { object, .. } in self.leaves().filter(|leaf| leaf.outcome == Outcome::Copied) {
            if object.path().root() == Some(tag) {
                template.push(object.tag(), object.value()).map_err(|error| error.inside(tag))?;
            }
        }
        Ok(template)
    }

    fn copied_roots(&self) -> Model<'a> {
        let mut model = Model::new();
        for Leaf { object, .. } in self.leaves().filter(|leaf| leaf.outcome == Outcome::Copied) {
            if object.path().depth() == 1 {
                model.set(object.tag(), object.value());
            }
        }
        model
    }

    fn write_jpqr<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, RewriteError> {
        let given = &self.supplement;
        let additional = self.copied_values(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)?;
        let store = given.store_id.map(|store| store.to_template()).unwrap_or_default();
        let (currency, country, preference) = (Currency::JPY, CountryCode::JP, Language::JA);
        let dynamic = PointOfInitiation::DYNAMIC;
        let name = given.merchant_name_ja.or(self.intent.local_name().map(|name| name.value)).unwrap_or_default();
        let mut language = TemplateBuf::new();
        for (tag, value) in
            [(language_template::LANGUAGE_PREFERENCE, preference.as_str()), (language_template::MERCHANT_NAME, name)]
        {
            language.push(tag, value).map_err(|error| error.inside(Tag::LANGUAGE_TEMPLATE))?;
        }
        let amount = given.amount.filter(|_| self.needs_amount());
        let yen = amount.and_then(|amount| Amount::from_minor(amount.minor_units(0)?, 0).ok());
        // What is not a sum in yen is left as it is, and found by the rules.
        let amount = yen.or(amount);
        let mut model: Model<'_> = self.copied_roots();
        if self.needs_amount() {
            model.set(Tag::POINT_OF_INITIATION_METHOD, dynamic.as_str());
        }
        model
            .set(STORE, store.as_str())
            .set(Tag::TRANSACTION_CURRENCY, currency.as_str())
            .set(Tag::TRANSACTION_AMOUNT, amount.as_ref().map_or("", Amount::as_str))
            .set(Tag::COUNTRY_CODE, country.as_str())
            .set(Tag::POSTAL_CODE, given.postal_code.unwrap_or_default())
            .set(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, additional.as_str())
            .set(Tag::LANGUAGE_TEMPLATE, language.as_str());
        for (tag, latin) in
            [(Tag::MERCHANT_NAME, given.merchant_name_latin), (Tag::MERCHANT_CITY, given.merchant_city_latin)]
        {
            if model.get(tag).is_none() {
                model.set(tag, latin.unwrap_or_default());
            }
        }
        if let Some(code) = &given.merchant_category_code {
            model.set(Tag::MERCHANT_CATEGORY_CODE, code.as_str());
        }
        let checked = model.checked::<Jpqr<'_>>(())?;
        // A reader is only warned of these: all public codes hold them, but no source demands it.
        let is_numeric = given.store_id.is_some_and(|store| store.is_numeric());
        let is_postal_code = |code: &str| code.len() == 7 && code.bytes().all(|byte| byte.is_ascii_digit());
        for (tag, holds, rule) in [
            (STORE, is_numeric, jpqr::rules::LEVEL_DIGITS),
            (Tag::POSTAL_CODE, given.postal_code.is_some_and(is_postal_code), jpqr::rules::POSTAL_CODE_DIGITS),
        ] {
            if let Some(object) = checked.get(tag).filter(|_| !holds) {
                return Err(BuildError::from(Violation::of_value(rule, &object).with_severity(Severity::Error)).into());
            }
        }
        Ok(checked.encode_to_slice(buffer)?)
    }

    fn write_khqr<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, RewriteError> {
        let given = &self.supplement;
        let additional = self.copied_values(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)?;
        let language = self.copied_values(Tag::LANGUAGE_TEMPLATE)?;
        let store = match self.intent.payee.key {
            Some(Field { value: PayeeKey::Store(store), .. }) => Some(store),
            _ => None,
        };
        let merchant_id = given.merchant_id.or(store.as_ref().map(StoreId::as_str));
        let mut account = TemplateBuf::new();
        for (id, value) in [(0, given.bakong_account), (1, merchant_id), (2, given.acquiring_bank)] {
            let pushed = account.push(Tag::of_digits(id), value.unwrap_or_default());
            pushed.map_err(|error| error.inside(MERCHANT))?;
        }
        let mut timestamps = TemplateBuf::new();
        if self.needs_amount() {
            for (id, time) in [(khqr::CREATION, given.created_ms), (khqr::EXPIRATION, given.expires_ms)] {
                timestamps.push(id, khqr::Decimal::of(time.unwrap_or_default()).as_str())?;
            }
        }
        let (currency, country) = (given.currency.unwrap_or(Currency::KHR), CountryCode::KH);
        let dynamic = PointOfInitiation::DYNAMIC;
        let amount = given.amount.filter(|_| self.needs_amount());
        // As KHQR writes it. What the currency cannot have is left as it is, and found by the rules.
        let amount = amount.map(|amount| khqr::amount_text(amount, currency).unwrap_or(amount));
        let mut model: Model<'_> = self.copied_roots();
        if self.needs_amount() {
            model.set(Tag::POINT_OF_INITIATION_METHOD, dynamic.as_str());
        }
        model
            .set(MERCHANT, account.as_str())
            .set(Tag::TRANSACTION_CURRENCY, currency.as_str())
            .set(Tag::TRANSACTION_AMOUNT, amount.as_ref().map_or("", Amount::as_str))
            .set(Tag::COUNTRY_CODE, country.as_str())
            .set(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, additional.as_str())
            .set(Tag::LANGUAGE_TEMPLATE, language.as_str())
            .set(TIMESTAMPS, timestamps.as_str());
        if let Some(code) = &given.merchant_category_code {
            model.set(Tag::MERCHANT_CATEGORY_CODE, code.as_str());
        }
        let checked = model.checked::<Khqr<'_>>(self.clock)?;
        Ok(checked.encode_to_slice(buffer)?)
    }
}

impl<'b> Rewritten<'_, '_, 'b> {
    /// Every leaf of the result, in wire order, and where it comes from.
    pub fn origins(&self) -> impl Iterator<Item = (DataObject<'b>, Origin)> + Clone + '_ {
        tlv::leaves(self.text).map_while(Result::ok).map(|object| (object, self.origin(&object)))
    }

    fn origin(&self, object: &DataObject<'_>) -> Origin {
        let path = object.path();
        let to_jpqr = self.report.is_to_jpqr();
        let is = |root, tag| path.root() == Some(root) && object.tag() == tag;
        let fixed = matches!(object.path().root(), Some(Tag::PAYLOAD_FORMAT_INDICATOR | Tag::COUNTRY_CODE | Tag::CRC))
            || to_jpqr && (path == Path::of(Tag::TRANSACTION_CURRENCY) || is(STORE, Tag::GLOBALLY_UNIQUE_IDENTIFIER));
        if fixed {
            return Origin::Fixed;
        }
        match self.report.leaves().find(|leaf| leaf.to == Some(path)).map(|leaf| leaf.outcome) {
            Some(Outcome::Copied) => Origin::Copied,
            Some(Outcome::Changed) => Origin::Changed,
            _ if path == Path::of(Tag::POINT_OF_INITIATION_METHOD) => Origin::Fixed,
            _ if to_jpqr && is(Tag::LANGUAGE_TEMPLATE, language_template::LANGUAGE_PREFERENCE) => Origin::Fixed,
            _ => Origin::Supplied,
        }
    }
}

/// Whether a text is of the common character set, as JPQR's names in Latin letters must be.
fn is_latin(text: &str) -> bool {
    tlv::is_plain(text.as_bytes())
}
