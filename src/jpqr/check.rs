//! The check: EMVCo's rules, then JPQR's own.

use core::ops::ControlFlow;

use super::{GUID, USUAL, rules};
use crate::digits::{is_digits, pair};
use crate::mpm;
use crate::path::Path;
use crate::payee::Doubts;
use crate::payee::store_id::{self, LEVELS, StoreId, is_guid};
use crate::payload::Payload;
use crate::rule::{Each, FilterMap, Reporter, Rule, Severity, Slow, To, Violation, Visitor, demand};
use crate::tag::{Tag, TagSet, language_template};
use crate::tlv::{DataObject, Template};
use crate::value::{Language, are_excess_decimals_zero};

pub(super) fn check<const WARNINGS: bool>(
    payload: &Payload<'_>,
    doubts: &Doubts,
    visitor: &mut dyn Visitor,
) -> ControlFlow<()> {
    let templates = store_id::templates(payload);
    let mut base = FilterMap::new(&mut *visitor, |found: Violation| {
        let rule = found.rule();
        // Of its stores and of the decimals of a yen JPQR says itself what there is to say.
        let is_told = rule == mpm::rules::AMBIGUOUS_PAYEE && store_id::are_several(payload, templates)
            || rule == mpm::rules::AMOUNT_DECIMALS
                && payload.get(Tag::TRANSACTION_AMOUNT).is_some_and(|amount| fraction(&amount).is_some());
        let is_told = is_told || rule == mpm::rules::TEXT_CONTROL && is_level(found.path(), templates);
        Some(found).filter(|_| !is_told)
    });
    mpm::check(payload, doubts, &mut To::<WARNINGS>(&mut base))?;
    let reporter = &mut To::<WARNINGS>(visitor);
    presence(payload, templates, reporter)?;
    stores(payload, templates, reporter)?;
    if let Some(object) = payload.get(Tag::TRANSACTION_CURRENCY) {
        demand(object.value_bytes() == b"392", rules::CURRENCY_VALUE, &object, reporter)?;
    }
    if let Some(object) = payload.get(Tag::TRANSACTION_AMOUNT) {
        amount(payload, &object, reporter)?;
    }
    if let Some(object) = payload.get(Tag::COUNTRY_CODE) {
        demand(object.value_bytes() == b"JP", rules::COUNTRY_VALUE, &object, reporter)?;
    }
    if WARNINGS && let Some(object) = payload.get(Tag::POSTAL_CODE) {
        let value = object.value_bytes();
        let seven_digits = value.len() == 7 && is_digits(value);
        demand(seven_digits, rules::POSTAL_CODE_DIGITS, &object, reporter)?;
    }
    match payload.get(Tag::LANGUAGE_TEMPLATE) {
        Some(object) if !is_usual(&object) => local_information(&object, &mut reporter.rarely()),
        _ => ControlFlow::Continue(()),
    }
}

/// Whether it is a management level, of which JPQR says itself that it is not printable.
fn is_level(path: Path, templates: TagSet) -> bool {
    path.root().is_some_and(|root| templates.contains(root))
        && path.sub().is_some_and(|sub| LEVELS.iter().any(|(level, _)| *level == sub))
}

/// What should be there and is not.
fn presence<R: Reporter>(payload: &Payload<'_>, templates: TagSet, reporter: &mut R) -> ControlFlow<()> {
    let tags = payload.tags();
    if templates.is_empty() {
        let offset = payload.crc_offset();
        reporter.report(Violation::missing(rules::TEMPLATE_MISSING, USUAL, Path::ROOT, offset))?;
    }
    for (tag, rule) in [
        (Tag::POINT_OF_INITIATION_METHOD, rules::INITIATION_MISSING),
        (Tag::POSTAL_CODE, rules::POSTAL_CODE_MISSING),
        (Tag::LANGUAGE_TEMPLATE, rules::LANGUAGE_TEMPLATE_MISSING),
    ] {
        if (R::WARNINGS || rule.severity() == Severity::Error) && !tags.contains(tag) {
            reporter.report(Violation::missing(rule, tag, tag.into(), payload.crc_offset()))?;
        }
    }
    if R::WARNINGS && is_method(payload, b"12") && !tags.contains(Tag::TRANSACTION_AMOUNT) {
        reporter.report(Violation::missing(
            rules::AMOUNT_MISSING,
            Tag::TRANSACTION_AMOUNT,
            Tag::TRANSACTION_AMOUNT.into(),
            payload.crc_offset(),
        ))?;
    }
    ControlFlow::Continue(())
}

fn is_method(payload: &Payload<'_>, method: &[u8]) -> bool {
    payload.get(Tag::POINT_OF_INITIATION_METHOD).is_some_and(|object| object.value_bytes() == method)
}

/// 54.
fn amount<R: Reporter>(payload: &Payload<'_>, object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    if R::WARNINGS {
        demand(!is_method(payload, b"11"), rules::AMOUNT_IN_STATIC, object, reporter)?;
    }
    match fraction(object) {
        Some(rule) => reporter.report_value(rule, object),
        None => ControlFlow::Continue(()),
    }
}

/// The rule that the decimals of an amount break: the yen has none.
fn fraction(object: &DataObject<'_>) -> Option<&'static Rule> {
    let are_zero = are_excess_decimals_zero(object.value_bytes(), 0)?;
    Some(if are_zero { rules::AMOUNT_ZEROS } else { rules::AMOUNT_DECIMALS })
}

/// The templates with JPQR's identifier.
fn stores<R: Reporter>(payload: &Payload<'_>, templates: TagSet, reporter: &mut R) -> ControlFlow<()> {
    let mut first = None;
    for object in templates.iter().filter_map(|tag| payload.get(tag)) {
        match first {
            None => {
                if R::WARNINGS && object.tag() != USUAL {
                    reporter.report_object(rules::TEMPLATE_POSITION, &object)?;
                }
                first = Some(object);
            }
            Some(first) => {
                let store_id = StoreId::of_object(&object);
                let is_same = store_id.is_some() && store_id == StoreId::of_object(&first);
                let rule = if is_same { rules::TEMPLATE_REPEATED } else { rules::PAYEE_AMBIGUOUS };
                reporter.report_object(rule, &object)?;
            }
        }
        if !StoreId::is_usual(object.value_bytes())
            // EMVCo's rules say what keeps it shut.
            && let Ok(template) = object.template()
            && let Some(mut slow) = reporter.slow()
        {
            store_levels(&template, &mut slow)?;
        }
    }
    ControlFlow::Continue(())
}

/// The content of a template with the identifier of JPQR.
fn store_levels(template: &Template<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    for (tag, _) in LEVELS {
        if !template.tags().contains(tag) {
            let path = template.path().join(tag).unwrap_or(template.path());
            reporter.report(Violation::new(rules::LEVEL_MISSING, path, template.end(), 0))?;
        }
    }
    for object in template.by_tag() {
        if let Some((_, length)) = LEVELS.into_iter().find(|(tag, _)| *tag == object.tag()) {
            level(&object, length, reporter)?;
        } else if object.tag() != Tag::GLOBALLY_UNIQUE_IDENTIFIER {
            reporter.report_object(rules::TEMPLATE_OBJECT, &object)?;
        } else if object.value() != GUID {
            reporter.report_value(rules::GUID_CASE, &object)?;
        }
    }
    ControlFlow::Continue(())
}

fn level(object: &DataObject<'_>, length: usize, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    let value = object.value_bytes();
    if object.length() != length {
        reporter.report_value(rules::LEVEL_LENGTH, object)?;
    }
    if !object.is_plain() {
        reporter.report_value(rules::LEVEL_CHARSET, object)
    } else if !is_digits(value) {
        reporter.report_value(rules::LEVEL_DIGITS, object)
    } else {
        ControlFlow::Continue(())
    }
}

/// 64.
fn local_information(object: &DataObject<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    // EMVCo's rules say what keeps it shut.
    let Ok(template) = object.template() else { return ControlFlow::Continue(()) };
    if let Some(object) = template.get(language_template::LANGUAGE_PREFERENCE) {
        match object.value_bytes() {
            b"JA" => {}
            value if Language::from_bytes(value).is_ok_and(|language| language.is_same(Language::JA)) => {
                reporter.report_value(rules::LANGUAGE_CASE, &object)?;
            }
            _ => reporter.report_value(rules::LANGUAGE_VALUE, &object)?,
        }
    }
    match template.get(language_template::MERCHANT_CITY) {
        Some(object) => reporter.report_object(rules::LOCAL_CITY_UNEXPECTED, &object),
        None => ControlFlow::Continue(()),
    }
}

/// Whether 64 is as in all public codes: `JA`, then the name, which ends it. Any other 64 must be walked.
#[inline]
fn is_usual(object: &DataObject<'_>) -> bool {
    match object.value_bytes() {
        [b'0', b'0', b'0', b'2', b'J', b'A', b'0', b'1', tens, ones, ..] => pair([*tens, *ones])
            .is_some_and(|length| length > 0 && object.length() == usize::from(length).wrapping_add(10)),
        _ => false,
    }
}

impl StoreId {
    /// Reads the bare value of the template, which starts `0019jp.or.paymentsjapan` in most codes. The order of its
    /// objects is free.
    ///
    /// # Errors
    ///
    /// The first broken rule of severity error, as [`Jpqr`](super::Jpqr) finds it in a whole code: not a run of data
    /// objects, another identifier, a level twice, missing, too short or too long. Paths and offsets count from the value.
    pub fn from_template(value: &str) -> Result<Self, Violation> {
        if value.is_empty() {
            return Err(Violation::new(rules::TEMPLATE_MISSING, Path::ROOT, 0, 0));
        }
        let template = Template::parse(value)
            .map_err(|fault| Violation::of_shape(mpm::rules::TEMPLATE_FORMAT, Path::ROOT, &fault))?;
        // In a bare template the order of findings is that of the check.
        let mut first = None;
        let mut keep = Each(|found: Violation| {
            if found.severity() == Severity::Warning {
                return ControlFlow::Continue(());
            }
            first = Some(found);
            ControlFlow::Break(())
        });
        let _ = check_template(&template, &mut To::<false>(&mut keep).rarely());
        let missing = || Violation::new(rules::LEVEL_MISSING, Path::ROOT, template.end(), 0);
        first.map_or_else(|| Self::of_template(&template).ok_or_else(missing), Err)
    }
}

/// The rules of a template that is not in a payload.
fn check_template(template: &Template<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    if !template.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).is_some_and(|guid| is_guid(guid.value_bytes())) {
        reporter.report(Violation::new(rules::TEMPLATE_MISSING, Path::ROOT, template.end(), 0))?;
    }
    for tag in template.repeated() {
        if let Some(second) = template.iter().filter(|object| object.tag() == tag).nth(1) {
            reporter.report_object(mpm::rules::ACCOUNT_AMBIGUOUS, &second)?;
        }
    }
    store_levels(template, reporter)
}
