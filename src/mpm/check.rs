//! The check of the base profile's rules.

#![expect(
    clippy::inline_always,
    reason = "an object that is handed over must lie in memory, which costs more than most rules"
)]

use core::ops::ControlFlow;

use super::rules;
use crate::characters::is_mark;
use crate::dictionary::{most, path};
use crate::path::Path;
use crate::payee::{Ambiguity, Doubts};
use crate::payload::Payload;
use crate::rule::{Detail, Reporter, Rule, Slow, Violation, demand, limit};
use crate::tag::{Tag, TagSet, additional_data, ids, language_template};
use crate::tlv::{DataObject, InOrder, Template};
use crate::value::{self, Currency};
use crate::{display, iso};

/// IDs of primitive accounts that EMVCo keeps for itself (Table 4.1).
const RESERVED_ACCOUNTS: TagSet = ids(6, 8).union(ids(17, 25));
const MANDATORY: [(Tag, &Rule); 5] = [
    (Tag::MERCHANT_CATEGORY_CODE, rules::MCC_MISSING),
    (Tag::TRANSACTION_CURRENCY, rules::CURRENCY_MISSING),
    (Tag::COUNTRY_CODE, rules::COUNTRY_MISSING),
    (Tag::MERCHANT_NAME, rules::NAME_MISSING),
    (Tag::MERCHANT_CITY, rules::CITY_MISSING),
];

// The most characters of values.
const MOST_GUID: u8 = most(path(Tag::of_digits(26), Some(Tag::GLOBALLY_UNIQUE_IDENTIFIER)));
const MOST_AMOUNT: u8 = most(path(Tag::TRANSACTION_AMOUNT, None));
const MOST_PERCENTAGE: u8 = most(path(Tag::CONVENIENCE_FEE_PERCENTAGE, None));
const MOST_NAME: u8 = most(path(Tag::MERCHANT_NAME, None));
const MOST_CITY: u8 = most(path(Tag::MERCHANT_CITY, None));
const MOST_CODE: u8 = most(path(Tag::POSTAL_CODE, None));
const MOST_LABEL: u8 = most(path(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, Some(additional_data::BILL_NUMBER)));
const MOST_TAX_ID: u8 = most(path(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, Some(additional_data::MERCHANT_TAX_ID)));
const MOST_LOCAL_NAME: u8 = most(path(Tag::LANGUAGE_TEMPLATE, Some(language_template::MERCHANT_NAME)));
const MOST_LOCAL_CITY: u8 = most(path(Tag::LANGUAGE_TEMPLATE, Some(language_template::MERCHANT_CITY)));

/// Rules that can only warn.
macro_rules! warnings {
    ($reporter:ident: $($check:tt)*) => {
        if R::WARNINGS {
            $($check)*
        }
    };
}

/// Kept out of `view`, which then is small enough to become part of its caller: what that does not use of the payload
/// is not even copied.
#[inline(never)]
pub(crate) fn check<R: Reporter>(payload: &Payload<'_>, doubts: &Doubts, reporter: &mut R) -> ControlFlow<()> {
    let tags = payload.tags();
    let tip = payload.get(Tag::TIP_OR_CONVENIENCE_INDICATOR).map(|object| object.value_bytes());
    presence(payload, tip, reporter)?;

    if let Some(object) = payload.get(Tag::PAYLOAD_FORMAT_INDICATOR) {
        demand(object.value_bytes() == b"01", rules::FORMAT_INDICATOR_VALUE, &object, reporter)?;
    }
    if let Some(object) = payload.get(Tag::POINT_OF_INITIATION_METHOD) {
        demand(matches!(object.value_bytes(), b"11" | b"12"), rules::INITIATION_VALUE, &object, reporter)?;
    }
    for tag in tags.intersection(TagSet::PRIMITIVE_ACCOUNTS) {
        if let Some(object) = payload.get(tag) {
            charset(&object, rules::TEXT_CHARSET, reporter)?;
            warnings! { reporter:
                if RESERVED_ACCOUNTS.contains(tag) {
                    reporter.report_object(rules::ACCOUNT_RESERVED, &object)?;
                }
            }
        }
    }
    for tag in tags.intersection(TagSet::ACCOUNT_TEMPLATES) {
        if let Some(object) = payload.get(tag) {
            template::<IdentifiedTemplateRules, R>(&object, rules::ACCOUNT_AMBIGUOUS, reporter)?;
        }
    }
    if let Some(object) = payload.get(Tag::MERCHANT_CATEGORY_CODE) {
        demand(value::Mcc::from_bytes(object.value_bytes()).is_ok(), rules::MCC_FORMAT, &object, reporter)?;
    }
    let mut currency = None;
    if let Some(object) = payload.get(Tag::TRANSACTION_CURRENCY) {
        currency = Currency::number_of(object.value_bytes());
        match currency {
            None => reporter.report_value(rules::CURRENCY_FORMAT, &object)?,
            Some(number) => demand(iso::is_currency(number), rules::CURRENCY_UNASSIGNED, &object, reporter)?,
        }
    }
    money(payload, currency, tip, reporter)?;
    if let Some(object) = payload.get(Tag::COUNTRY_CODE) {
        match *object.value_bytes() {
            // An assigned code is two letters, so that these need no look of their own.
            [a, b] if iso::is_country([a, b]) || (a.is_ascii_alphabetic() && b.is_ascii_alphabetic()) => {
                demand(iso::is_country([a, b]), rules::COUNTRY_UNASSIGNED, &object, reporter)?;
                warnings! { reporter:
                    let upper = a.is_ascii_uppercase() && b.is_ascii_uppercase();
                    demand(upper, rules::COUNTRY_CASE, &object, reporter)?;
                }
            }
            _ => reporter.report_value(rules::COUNTRY_FORMAT, &object)?,
        }
    }
    for (tag, most) in [(Tag::MERCHANT_NAME, MOST_NAME), (Tag::MERCHANT_CITY, MOST_CITY), (Tag::POSTAL_CODE, MOST_CODE)]
    {
        if let Some(object) = payload.get(tag) {
            text(&object, most, reporter)?;
        }
    }
    warnings! { reporter:
        if let Some(object) = payload.get(Tag::MERCHANT_NAME) {
            visible(&object, reporter)?;
        }
    }
    if let Some(object) = payload.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE) {
        template::<AdditionalDataRules, R>(&object, rules::TEMPLATE_DUPLICATE, reporter)?;
    }
    warnings! { reporter:
        if let Some(object) = payload.get(Tag::CRC) {
            let lower = |digits| {
                // Of hexadecimal digits the letters have the bit 0x40, and of these the small ones the bit 0x20.
                let digits = u32::from_ne_bytes(digits);
                digits >> 1 & digits & 0x2020_2020 != 0
            };
            let upper = !object.value_bytes().first_chunk().copied().is_some_and(lower);
            demand(upper, rules::CRC_CASE, &object, reporter)?;
        }
    }
    if let Some(object) = payload.get(Tag::LANGUAGE_TEMPLATE) {
        template::<LanguageTemplateRules, R>(&object, rules::TEMPLATE_DUPLICATE, reporter)?;
    }
    warnings! { reporter:
        for object in tags.intersection(TagSet::RFU).iter().filter_map(|tag| payload.get(tag)) {
            reporter.report_object(rules::RFU_OBJECT, &object)?;
        }
    }
    for object in tags.intersection(TagSet::UNRESERVED_TEMPLATES).iter().filter_map(|tag| payload.get(tag)) {
        template::<IdentifiedTemplateRules, R>(&object, rules::TEMPLATE_DUPLICATE, reporter)?;
    }
    if let Some(ambiguity) = doubts.ambiguity() {
        let rule = match ambiguity {
            Ambiguity::Schemes => rules::AMBIGUOUS_SCHEME,
            Ambiguity::Stores | Ambiguity::Accounts => rules::AMBIGUOUS_PAYEE,
        };
        reporter.report_at(rule, Path::ROOT, 0, 0)?;
    }
    if let Some(other) = doubts.other() {
        let found = Violation::new(rules::LENGTH_AMBIGUOUS, other.tag.into(), other.offset, other.length);
        reporter.report(found.with_detail(Detail::Unit(other.unit)))?;
    }
    warnings! { reporter:
        // There are no more characters than bytes, of which eight are behind the start of the CRC.
        if payload.crc_offset() > 512 - 8 && payload.characters() > 512 {
            reporter.report_at(rules::SIZE, Path::ROOT, 0, 0)?;
        }
    }
    ControlFlow::Continue(())
}

/// What must be there, by ID.
fn presence<R: Reporter>(payload: &Payload<'_>, tip: Option<&[u8]>, reporter: &mut R) -> ControlFlow<()> {
    const COMPLETE: TagSet = ids(52, 53).union(ids(58, 60));
    let tags = payload.tags();
    if tags.intersection(TagSet::ACCOUNTS).is_empty() {
        reporter.report(Violation::missing(
            rules::ACCOUNT_MISSING,
            Tag::of_digits(2),
            Path::ROOT,
            payload.crc_offset(),
        ))?;
    }
    if COMPLETE.difference(tags).is_empty() && tip.is_none() {
        return ControlFlow::Continue(());
    }
    let fee = (Tag::CONVENIENCE_FEE_FIXED, rules::FEE_MISSING);
    let percentage = (Tag::CONVENIENCE_FEE_PERCENTAGE, rules::PERCENTAGE_MISSING);
    let due = match tip {
        Some(b"02") => Some(fee),
        Some(b"03") => Some(percentage),
        _ => None,
    };
    let [mcc, currency, country, name, city] = MANDATORY.map(Some);
    for (tag, rule) in [mcc, currency, due, country, name, city].into_iter().flatten() {
        if !tags.contains(tag) {
            reporter.report(Violation::missing(rule, tag, tag.into(), payload.crc_offset()))?;
        }
    }
    ControlFlow::Continue(())
}

/// 54 to 57.
fn money<R: Reporter>(
    payload: &Payload<'_>,
    currency: Option<u16>,
    tip: Option<&[u8]>,
    reporter: &mut R,
) -> ControlFlow<()> {
    const AMOUNT: AmountRules = AmountRules {
        length: rules::AMOUNT_LENGTH,
        format: rules::AMOUNT_FORMAT,
        zero: rules::AMOUNT_ZERO,
        unusual: rules::AMOUNT_UNUSUAL,
        decimals: rules::AMOUNT_DECIMALS,
    };
    const FEE: AmountRules = AmountRules {
        length: rules::FEE_LENGTH,
        format: rules::FEE_FORMAT,
        zero: rules::FEE_ZERO,
        unusual: rules::FEE_UNUSUAL,
        decimals: rules::FEE_DECIMALS,
    };
    if let Some(object) = payload.get(Tag::TRANSACTION_AMOUNT) {
        amount(&object, currency, &AMOUNT, reporter)?;
    }
    if let Some(object) = payload.get(Tag::TIP_OR_CONVENIENCE_INDICATOR) {
        demand(matches!(object.value_bytes(), b"01" | b"02" | b"03"), rules::TIP_VALUE, &object, reporter)?;
    }
    if let Some(object) = payload.get(Tag::CONVENIENCE_FEE_FIXED) {
        if tip != Some(b"02") {
            reporter.report_object(rules::FEE_UNEXPECTED, &object)?;
        }
        amount(&object, currency, &FEE, reporter)?;
    }
    if let Some(object) = payload.get(Tag::CONVENIENCE_FEE_PERCENTAGE) {
        if tip != Some(b"03") {
            reporter.report_object(rules::PERCENTAGE_UNEXPECTED, &object)?;
        }
        limit(&object, MOST_PERCENTAGE, rules::PERCENTAGE_LENGTH, reporter)?;
        if !value::is_decimal(object.value_bytes()) {
            reporter.report_value(rules::PERCENTAGE_FORMAT, &object)?;
        } else if let Ok(percentage) = value::Percentage::new(object.value()) {
            demand(percentage.is_in_range(), rules::PERCENTAGE_RANGE, &object, reporter)?;
        }
    }
    ControlFlow::Continue(())
}

struct AmountRules {
    length: &'static Rule,
    format: &'static Rule,
    zero: &'static Rule,
    unusual: &'static Rule,
    decimals: &'static Rule,
}

#[inline(always)]
fn amount<R: Reporter>(
    object: &DataObject<'_>,
    currency: Option<u16>,
    rules: &AmountRules,
    reporter: &mut R,
) -> ControlFlow<()> {
    let value = object.value_bytes();
    limit(object, MOST_AMOUNT, rules.length, reporter)?;
    if !value::is_decimal(value) {
        return reporter.report_value(rules.format, object);
    }
    demand(!value::is_zero(value), rules.zero, object, reporter)?;
    warnings! { reporter:
        let unusual = matches!(value, [b'.', ..] | [b'0', b'0'..=b'9', ..]);
        demand(!unusual, rules.unusual, object, reporter)?;
        let decimals = value.iter().rev().position(|byte| *byte == b'.').unwrap_or(0);
        if decimals > 0
            && let Some(exponent) = currency.and_then(iso::currency).and_then(|record| record.exponent)
        {
            demand(decimals <= usize::from(exponent), rules.decimals, object, reporter)?;
        }
    }
    ControlFlow::Continue(())
}

/// What is demanded inside a template.
trait TemplateRules {
    /// The IDs 00, 01 and so on that must be there, by the rules that report them missing.
    const MISSING: &'static [&'static Rule];

    /// The rules of one object.
    fn object<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()>;

    /// Whether an object is an identifier of no shape that EMVCo knows. Many are, so it is no reason to walk a template
    /// twice.
    #[inline(always)]
    fn has_odd_guid(_: &DataObject<'_>) -> bool {
        false
    }
}

/// Templates whose owner is named by a GUID: 26-51, 62-50 to 62-99, 80-99.
struct IdentifiedTemplateRules;

impl TemplateRules for IdentifiedTemplateRules {
    const MISSING: &'static [&'static Rule] = &[rules::GUID_MISSING];

    #[inline(always)]
    fn object<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
        if object.tag() != Tag::GLOBALLY_UNIQUE_IDENTIFIER {
            warnings! { reporter: legible(object, reporter)?; }
            return ControlFlow::Continue(());
        }
        limit(object, MOST_GUID, rules::GUID_LENGTH, reporter)?;
        charset(object, rules::GUID_CHARSET, reporter)
    }

    #[inline(always)]
    fn has_odd_guid(object: &DataObject<'_>) -> bool {
        object.tag() == Tag::GLOBALLY_UNIQUE_IDENTIFIER
            && value::GuidShape::of(object.value_bytes()) == value::GuidShape::Other
    }
}

/// 62.
struct AdditionalDataRules;

impl TemplateRules for AdditionalDataRules {
    const MISSING: &'static [&'static Rule] = &[];

    #[inline(always)]
    fn object<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
        match object.tag().get() {
            1..=8 => text(object, MOST_LABEL, reporter),
            9 => {
                let valid = object.value().parse::<value::ConsumerDataRequest>().is_ok();
                demand(valid, rules::CONSUMER_DATA_VALUE, object, reporter)
            }
            10 => text(object, MOST_TAX_ID, reporter),
            11 => {
                let channel = value::MerchantChannel::from_bytes(object.value_bytes());
                let listed = channel.is_ok_and(value::MerchantChannel::is_listed);
                demand(listed, rules::MERCHANT_CHANNEL_VALUE, object, reporter)
            }
            50.. => payment_system_template(*object, reporter),
            _ => reporter.report_object(rules::RFU_OBJECT, object),
        }
    }
}

/// 62-50 to 62-99.
#[inline(never)]
fn payment_system_template<R: Reporter>(object: DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    template::<IdentifiedTemplateRules, R>(&object, rules::TEMPLATE_DUPLICATE, reporter)
}

/// 64.
struct LanguageTemplateRules;

impl TemplateRules for LanguageTemplateRules {
    const MISSING: &'static [&'static Rule] = &[rules::LANGUAGE_MISSING, rules::LANGUAGE_NAME_MISSING];

    #[inline(always)]
    fn object<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
        match object.tag().get() {
            0 => match *object.value_bytes() {
                [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                    demand(iso::is_language([a, b]), rules::LANGUAGE_UNASSIGNED, object, reporter)
                }
                _ => reporter.report_value(rules::LANGUAGE_FORMAT, object),
            },
            1 => {
                string(object, MOST_LOCAL_NAME, reporter)?;
                warnings! { reporter: visible(object, reporter)?; }
                ControlFlow::Continue(())
            }
            2 => string(object, MOST_LOCAL_CITY, reporter),
            _ => reporter.report_object(rules::RFU_OBJECT, object),
        }
    }
}

/// The rules of a template and of what is in it.
///
/// Nearly every template is written in order and breaks none, so one pass first learns whether there is more to do.
#[inline(always)]
fn template<T: TemplateRules, R: Reporter>(
    object: &DataObject<'_>,
    duplicate: &'static Rule,
    reporter: &mut R,
) -> ControlFlow<()> {
    let mut has_odd_guid = false;
    if is_clean::<T, R>(object, &mut has_odd_guid) {
        return match object.in_order(0).filter(|_| has_odd_guid).and_then(|mut objects| objects.next()) {
            Some(first) => reporter.report_value(rules::GUID_SHAPE, &first),
            None => ControlFlow::Continue(()),
        };
    }
    let check = |object: &DataObject<'_>, slow: &mut Slow<'_>| {
        T::object(object, slow)?;
        demand(!T::has_odd_guid(object), rules::GUID_SHAPE, object, slow)
    };
    match reporter.slow() {
        Some(slow) => report_template(*object, duplicate, T::MISSING, check, slow),
        None => ControlFlow::Break(()),
    }
}

/// Whether there is certainly nothing to report about a template.
#[inline(always)]
fn is_clean<T: TemplateRules, R: Reporter>(object: &DataObject<'_>, has_odd_guid: &mut bool) -> bool {
    let Some(mut objects) = object.in_order(const { demanded(T::MISSING) }) else { return false };
    while let Some(object) = objects.next() {
        if T::object(&object, &mut R::Probe::default()).is_break() {
            return false;
        }
        *has_odd_guid |= R::WARNINGS && T::has_odd_guid(&object);
    }
    objects.is_at_end()
}

#[expect(clippy::cast_possible_truncation, reason = "two at most")]
const fn demanded(missing: &[&Rule]) -> u8 {
    missing.len() as u8
}

/// Reports the findings about a template, in their order: what keeps it shut, or the IDs that it repeats, the objects
/// that it lacks, and its objects by ID.
#[cold]
#[inline(never)]
fn report_template(
    object: DataObject<'_>,
    duplicate: &'static Rule,
    missing: &'static [&'static Rule],
    check: fn(&DataObject<'_>, &mut Slow<'_>) -> ControlFlow<()>,
    mut slow: Slow<'_>,
) -> ControlFlow<()> {
    let reporter = &mut slow;
    if let Some(mut objects) = object.in_order(demanded(missing)).filter(InOrder::is_whole) {
        // Only objects have findings, and they are in the order of these.
        while let Some(object) = objects.next() {
            check(&object, reporter)?;
        }
        return ControlFlow::Continue(());
    }
    let template = match object.template() {
        Ok(template) => template,
        Err(fault) => return reporter.report(Violation::of_shape(rules::TEMPLATE_FORMAT, object.path(), &fault)),
    };
    for tag in template.repeated() {
        if let Some(second) = template.iter().filter(|object| object.tag() == tag).nth(1) {
            reporter.report_object(duplicate, &second)?;
        }
    }
    for (tag, rule) in TagSet::ALL.iter().zip(missing) {
        if template.get(tag).is_none() {
            reporter.report(missing_in(&template, rule, tag))?;
        }
    }
    template.by_tag().try_for_each(|object| check(&object, reporter))
}

/// The finding that something is missing in a template: at its end.
#[cold]
fn missing_in(template: &Template<'_>, rule: &'static Rule, tag: Tag) -> Violation {
    Violation::new(rule, template.path().join(tag).unwrap_or(template.path()), template.end(), 0)
}

/// Reports a character outside the common character set: the first control character, which no profile lets pass, or else
/// the first one.
#[inline(always)]
fn charset<R: Reporter>(object: &DataObject<'_>, rule: &'static Rule, reporter: &mut R) -> ControlFlow<()> {
    if object.is_plain() {
        ControlFlow::Continue(())
    } else {
        reporter.report(Violation::of_character(rule, object, the_worst_of(object.value())))
    }
}

#[cold]
fn the_worst_of(value: &str) -> fn(char) -> bool {
    if value.contains(char::is_control) { char::is_control } else { |c| !matches!(c, ' '..='~') }
}

/// The rules of a value of format ans: its length and its characters.
#[inline(always)]
fn text<R: Reporter>(object: &DataObject<'_>, most: u8, reporter: &mut R) -> ControlFlow<()> {
    limit(object, most, rules::TEXT_LENGTH, reporter)?;
    charset(object, rules::TEXT_CHARSET, reporter)?;
    warnings! { reporter:
        if !object.is_plain() && object.path() != Path::of(Tag::POSTAL_CODE) {
            invisible(object, reporter)?;
        }
    }
    ControlFlow::Continue(())
}

/// Reports a character that shows nothing in what a payer reads.
#[inline(never)]
fn invisible<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    if object.value().contains(display::is_invisible) {
        reporter.report(Violation::of_character(rules::TEXT_INVISIBLE, object, display::is_invisible))?;
    }
    ControlFlow::Continue(())
}

/// What breaks a line or a terminal.
fn is_control(c: char) -> bool {
    display::is_unsafe_to_show(c) && !display::is_invisible(c)
}

/// The rules of a value of format S: its length, and what can only be a warning about its characters.
#[inline(always)]
fn string<R: Reporter>(object: &DataObject<'_>, most: u8, reporter: &mut R) -> ControlFlow<()> {
    limit(object, most, rules::TEXT_LENGTH, reporter)?;
    warnings! { reporter:
        if !object.is_plain() {
            let (mut decomposed, mut hidden) = (false, false);
            for c in object.value().chars() {
                decomposed |= is_mark(c);
                hidden |= is_control(c);
            }
            if decomposed {
                reporter.report(Violation::of_character(rules::TEXT_DECOMPOSED, object, is_mark))?;
            }
            if hidden {
                reporter.report(Violation::of_character(rules::TEXT_CONTROL, object, is_control))?;
            }
            invisible(object, reporter)?;
        }
    }
    ControlFlow::Continue(())
}

/// Reports a control or direction character in a value whose format its network defines.
#[inline(always)]
fn legible<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    let is_legible = object.is_plain() || !object.value().contains(display::is_unsafe_to_show);
    if is_legible {
        return ControlFlow::Continue(());
    }
    reporter.report(Violation::of_character(rules::TEXT_CONTROL, object, display::is_unsafe_to_show))
}

/// Reports a name of which nothing can be seen.
#[inline(always)]
pub(crate) fn visible<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    let starts_visibly = matches!(object.value_bytes(), [b'!'..=b'~', ..]);
    let is_blank = !starts_visibly && object.value().chars().all(display::is_blank);
    demand(!is_blank, rules::TEXT_BLANK, object, reporter)
}
