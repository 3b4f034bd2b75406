//! Writing the other scheme's code, and where each leaf of it comes from.

#![expect(
    clippy::large_enum_variant,
    clippy::result_large_err,
    reason = "an error names all that blocks or is missing, in place: nothing is allocated"
)]

use core::fmt;

use super::blocks::Blocks;
use super::report::{Origin, Outcome};
use super::rewrite::{Facts, Rewrite, Target};
use super::supplement::{Missing, Supplement};
use crate::digits::is_digits;
use crate::encode::{BuildError, Encode, TemplateBuf, write_to_slice};
use crate::error::Error;
use crate::jpqr::{self, Required, StoreId};
use crate::khqr::{self, Lifetime};
use crate::path::Path;
use crate::payee::bakong;
use crate::payload::Payload;
use crate::rule::{Severity, Violation};
use crate::tag::{Tag, TagSet, language_template};
use crate::tlv::{self, DataObject};
use crate::value::{Currency, Language, Mcc, PointOfInitiation};

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
                blocks.iter().try_for_each(|block| write!(f, " {} ({})", block.reason, block.path))
            }
            Self::Missing(missing) => missing.fmt(f),
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

impl<'a, 's> Rewrite<'a, 's> {
    /// Writes the other scheme's code into a buffer.
    ///
    /// # Errors
    ///
    /// What blocks the code; all supplements that are missing; supplements that break a rule of the other scheme, among them
    /// a quote that has expired; a buffer that is too small. What was written is then zero, as
    /// [`Encode::encode_to_slice`] says.
    pub fn write<'b>(self, buffer: &'b mut [u8]) -> Result<Rewritten<'a, 's, 'b>, RewriteError> {
        let facts = self.facts();
        if !facts.blocks.is_empty() {
            return Err(RewriteError::Blocked(facts.blocks));
        }
        let missing = self.missing_by(facts.needs_amount, facts.has_japanese_name);
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
        let mut kept = Kept::default();
        kept.fill(&self, &facts)?;
        let text = match (self.target, self.supplement.store_id) {
            (Target::Jpqr, Some(store_id)) => self.write_jpqr(store_id, &kept, &facts, buffer)?,
            (Target::Jpqr, None) => return Err(RewriteError::Missing(missing)),
            (Target::Khqr { .. }, _) => self.write_khqr(&kept, &facts, buffer)?,
        };
        Ok(Rewritten { text, report: self })
    }

    fn write_jpqr<'b>(
        &self,
        store_id: StoreId,
        kept: &Kept<'a>,
        facts: &Facts,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BuildError> {
        let given = &self.supplement;
        let required = Required {
            store_id,
            merchant_category_code: kept.category(given),
            name: kept.name.or(given.name).unwrap_or_default(),
            city: kept.city.or(given.city).unwrap_or_default(),
            postal_code: given.postal_code.unwrap_or_default(),
            alternate_name: given.alternate_name.or(self.intent.alternate_name()).unwrap_or_default(),
        };
        let mut builder = jpqr::Builder::new(&required).additional_data(&kept.additional).method(kept.method);
        if let Some(amount) = given.amount.filter(|_| facts.needs_amount) {
            builder = builder.quoted(amount);
        }
        let demand = |payload: &Payload<'_>| {
            // A reader is only warned of these: all public codes hold them, but no source demands it.
            let is_postal_code = |code: &str| code.len() == 7 && is_digits(code);
            for (tag, holds, rule) in [
                (jpqr::USUAL, store_id.is_numeric(), jpqr::rules::LEVEL_DIGITS),
                (Tag::POSTAL_CODE, given.postal_code.is_some_and(is_postal_code), jpqr::rules::POSTAL_CODE_DIGITS),
            ] {
                if let Some(object) = payload.get(tag).filter(|_| !holds) {
                    return Err(Violation::of_value(rule, &object).with_severity(Severity::Error));
                }
            }
            Ok(())
        };
        write_to_slice(buffer, |output| builder.write(output, demand))
    }

    fn write_khqr<'b>(&self, kept: &Kept<'a>, facts: &Facts, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        let given = &self.supplement;
        let store = self.intent.payee.and_then(|payee| payee.store_id());
        let mut builder = khqr::Builder::merchant(
            given.bakong_account.unwrap_or_default(),
            given.merchant_id.or(store.as_ref().map(StoreId::as_str)).unwrap_or_default(),
            given.acquiring_bank.unwrap_or_default(),
            kept.name.unwrap_or_default(),
        )
        .city(kept.city.unwrap_or_default())
        .merchant_category_code(kept.category(given))
        .currency(given.currency.unwrap_or(Currency::KHR))
        .at(self.clock);
        if kept.method.is_none() {
            builder = builder.silent();
        }
        if let Some(amount) = given.amount.filter(|_| facts.needs_amount) {
            let lifetime = Lifetime {
                created_ms: given.created_ms.unwrap_or_default(),
                expires_at_ms: given.expires_at_ms.unwrap_or_default(),
            };
            builder = builder.amount(amount, given.currency.unwrap_or(Currency::KHR), lifetime);
        }
        if let Ok(template) = kept.additional.template() {
            builder = template.iter().fold(builder, |builder, label| builder.label(label.tag(), label.value()));
        }
        if let Ok(template) = kept.language.template()
            && let Some(language) = template.get(language_template::LANGUAGE_PREFERENCE)
            && let Some(name) = template.get(language_template::MERCHANT_NAME)
            && let Ok(language) = Language::from_bytes(language.value_bytes())
        {
            builder = builder.alternate_name(language, name.value());
        }
        builder.encode_to_slice(buffer)
    }
}

/// What is in the result as it is in the source.
#[derive(Default)]
struct Kept<'a> {
    method: Option<PointOfInitiation>,
    category: Option<&'a str>,
    name: Option<&'a str>,
    city: Option<&'a str>,
    additional: TemplateBuf,
    language: TemplateBuf,
}

impl<'a> Kept<'a> {
    /// The objects of which something can stay.
    const ROOTS: TagSet = TagSet::EMPTY
        .with(Tag::POINT_OF_INITIATION_METHOD)
        .with(Tag::MERCHANT_CATEGORY_CODE)
        .with(Tag::MERCHANT_NAME)
        .with(Tag::MERCHANT_CITY)
        .with(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)
        .with(Tag::LANGUAGE_TEMPLATE);

    fn fill(&mut self, rewrite: &Rewrite<'a, '_>, facts: &Facts) -> Result<(), Error> {
        let objects = rewrite.intent.payload.iter().filter(|object| Self::ROOTS.contains(object.tag()));
        for object in objects.flat_map(tlv::leaves_of) {
            let leaf = rewrite.leaf(facts, object);
            if leaf.is_none_or(|leaf| leaf.outcome != Outcome::Copied) {
                continue;
            }
            let (tag, value) = (object.tag(), object.value());
            match object.path().root() {
                Some(Tag::POINT_OF_INITIATION_METHOD) => {
                    self.method = PointOfInitiation::from_bytes(object.value_bytes()).ok();
                }
                Some(Tag::MERCHANT_CATEGORY_CODE) => self.category = Some(value),
                Some(Tag::MERCHANT_NAME) => self.name = Some(value),
                Some(Tag::MERCHANT_CITY) => self.city = Some(value),
                Some(root @ Tag::ADDITIONAL_DATA_FIELD_TEMPLATE) => self.additional.push_inside(root, tag, value)?,
                Some(root @ Tag::LANGUAGE_TEMPLATE) => self.language.push_inside(root, tag, value)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn category(&self, given: &Supplement<'_>) -> Mcc {
        let own = || Mcc::from_bytes(self.category?.as_bytes()).ok();
        given.merchant_category_code.or_else(own).unwrap_or(Mcc::NONE)
    }
}

/// A rewritten code and its account.
#[derive(Clone)]
#[non_exhaustive]
pub struct Rewritten<'a, 's, 'b> {
    /// The code, which parses and satisfies the other profile.
    pub text: &'b str,
    /// What became of each leaf of the source.
    pub report: Rewrite<'a, 's>,
}

crate::display::debug!(Rewritten<'_, '_, '_>: |rewritten| "Rewritten({} bytes)", rewritten.text.len());

impl<'b> Rewritten<'_, '_, 'b> {
    /// Every leaf of the result, in wire order, and where it comes from.
    pub fn origins(&self) -> impl Iterator<Item = (DataObject<'b>, Origin)> + Clone + '_ {
        // Nothing blocks a code that was written.
        let facts = self.report.facts_unblocked();
        tlv::leaves(self.text).map_while(Result::ok).map(move |object| (object, self.origin(&facts, &object)))
    }

    fn origin(&self, facts: &Facts, object: &DataObject<'_>) -> Origin {
        let path = object.path();
        let to_jpqr = self.report.is_to_jpqr();
        let is = |root, tag| path.root() == Some(root) && object.tag() == tag;
        let fixed = matches!(object.path().root(), Some(Tag::PAYLOAD_FORMAT_INDICATOR | Tag::COUNTRY_CODE | Tag::CRC))
            || to_jpqr
                && (path == Path::of(Tag::TRANSACTION_CURRENCY) || is(jpqr::USUAL, Tag::GLOBALLY_UNIQUE_IDENTIFIER));
        if fixed {
            return Origin::Fixed;
        }
        let mut leaves = self.report.intent.payload.leaves().filter_map(|leaf| self.report.leaf(facts, leaf));
        match leaves.find(|leaf| leaf.to == Some(path)).map(|leaf| leaf.outcome) {
            Some(Outcome::Copied) => Origin::Copied,
            Some(Outcome::Changed) => Origin::Changed,
            _ if path == Path::of(Tag::POINT_OF_INITIATION_METHOD) => Origin::Fixed,
            _ if to_jpqr && is(Tag::LANGUAGE_TEMPLATE, language_template::LANGUAGE_PREFERENCE) => Origin::Fixed,
            _ => Origin::Supplied,
        }
    }
}

/// The text, the report, and every leaf of the text by its path and its origin, in wire order.
#[cfg(feature = "serde")]
impl ::serde::Serialize for Rewritten<'_, '_, '_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        struct Placed(Path, Origin);

        impl ::serde::Serialize for Placed {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut placed = serializer.serialize_struct("Placed", 2)?;
                placed.serialize_field("path", &self.0)?;
                placed.serialize_field("from", &self.1)?;
                placed.end()
            }
        }

        let mut rewritten = serializer.serialize_struct("Rewritten", 3)?;
        rewritten.serialize_field("payload", self.text)?;
        rewritten.serialize_field("report", &self.report)?;
        let origins = self.origins().map(|(object, origin)| Placed(object.path(), origin));
        rewritten.serialize_field("origins", &crate::serialize::Sequence(origins))?;
        rewritten.end()
    }
}
