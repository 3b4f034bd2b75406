//! Writing the other scheme's code: explicit, lossy, and accounted for.

#![expect(
    clippy::large_enum_variant,
    clippy::result_large_err,
    reason = "an error names all that blocks or is missing, in place: nothing is allocated"
)]

use core::fmt;

use super::blocks::{Block, Blocks, Policy};
use super::intent::PayeeKey;
use super::references::Field;
use super::report::{Leaf, Origin, Outcome, Report, Target};
use super::supplement::{Missing, Supplement};
use crate::digits::{Digits, is_digits};
use crate::encode::{BuildError, Model, TemplateBuf};
use crate::error::Error;
use crate::jpqr::{self, Jpqr, StoreId};
use crate::khqr::{self, Clock, Khqr};
use crate::network::bakong;
use crate::profile::Objects;
use crate::rule::{Severity, Violation};
use crate::tag::{Path, Tag, language_template};
use crate::tlv::{self, DataObject};
use crate::value::{Amount, CountryCode, Currency, Language, PointOfInitiation};

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
        let is_postal_code = |code: &str| code.len() == 7 && is_digits(code);
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
                timestamps.push(id, Digits::of(time.unwrap_or_default(), 1).as_str())?;
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
