//! The check: EMVCo's rules as KHQR keeps them, then its own.

use core::ops::ControlFlow;

use super::broken::{Sub, broken_template, subs};
use super::time::{is_later, time};
use super::{
    ACCOUNT_INFORMATION, ACCOUNT_LIMIT, ACQUIRING_BANK, BAKONG_ACCOUNT, CREATION, Clock, EXPIRATION, INDIVIDUAL,
    MERCHANT, TIMESTAMPS, UNION_PAY, numbers, rules,
};
use crate::digits::is_digits;
use crate::display;
use crate::mpm::{self, Mpm, Probe};
use crate::network::bakong::{self, decimals, has_both_templates, separator};
use crate::network::{self, Ambiguity};
use crate::profile::{Objects, Profile, missing};
use crate::rule::{Detail, FilterMap, Rule, Severity, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet, language_template};
use crate::tlv::{self, DataObject};
use crate::value::{self, Amount};

/// Kept out of `view`, as the base profile's.
#[inline(never)]
pub(super) fn check<'a, O: Objects<'a>, V: Visitor>(objects: &O, clock: Clock, visitor: &mut V) -> ControlFlow<()> {
    let mut broken = TagSet::EMPTY;
    let mut base = FilterMap::new(visitor, |found: Violation| {
        if found.rule() == mpm::rules::TEMPLATE_FORMAT && found.path().depth() == 1 {
            broken = broken.union(found.path().root().into_iter().collect());
        }
        judge_base(objects, found).map(|found| numbers::stamp(objects, found))
    });
    Mpm::check(objects, (), &mut base)?;
    presence(objects, visitor)?;
    if V::WARNINGS
        && let Some(object) = objects.get(UNION_PAY)
    {
        union_pay(objects, &object, visitor)?;
    }
    for tag in [INDIVIDUAL, MERCHANT] {
        if let Some(object) = objects.get(tag)
            && !is_clean_account::<V>(&object)
        {
            account(object, visitor)?;
        }
    }
    if has_both_templates(objects)
        && let Some(object) = objects.get(MERCHANT)
    {
        visitor.report(Violation::of_object(rules::ACCOUNT_AMBIGUOUS, &object))?;
    }
    let mut places = None;
    if let Some(object) = objects.get(Tag::TRANSACTION_CURRENCY) {
        places = decimals(object.value_bytes());
        // Other forms are EMVCo's finding.
        let other = places.is_none() && object.length() == 3 && is_digits(object.value());
        report_if(other, rules::CURRENCY_VALUE, &object, Some(28), visitor)?;
    }
    if let Some(object) = objects.get(Tag::TRANSACTION_AMOUNT)
        && let Some(places) = places
        && let Some(rule) = fraction(&object, places)
    {
        let code = if rule == rules::AMOUNT_DECIMALS { Some(4) } else { None };
        report(Violation::of_value(rule, &object), code, visitor)?;
    }
    if let Some(object) = objects.get(Tag::COUNTRY_CODE) {
        let other = !matches!(object.value_bytes(), [b'K' | b'k', b'H' | b'h']);
        report_if(other, rules::COUNTRY_VALUE, &object, None, visitor)?;
    }
    if let Some(object) = objects.get(TIMESTAMPS)
        && !are_clean_times(&object, clock)
    {
        timestamps(objects, object, clock, visitor)?;
    }
    for tag in broken.intersection(WALKED_LAXLY) {
        if let Some(object) = objects.get(tag) {
            broken_template(&object, visitor)?;
        }
    }
    let highest = objects.highest_byte();
    if highest >= bakong::FIRST_BEYOND_BMP || V::WARNINGS && highest > 0x7F {
        characters(objects, visitor)
    } else {
        ControlFlow::Continue(())
    }
}

/// The templates of KHQR, of which more is said than that they are broken.
const WALKED_LAXLY: TagSet = TagSet::EMPTY
    .with(INDIVIDUAL)
    .with(MERCHANT)
    .with(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE)
    .with(Tag::LANGUAGE_TEMPLATE)
    .with(TIMESTAMPS);

/// Whether the code is for one payment, or names an amount: then its expiry decides.
fn is_bound<'a, O: Objects<'a>>(objects: &O) -> bool {
    objects.tags().contains(Tag::TRANSACTION_AMOUNT) || is_dynamic(objects)
}

fn is_dynamic<'a, O: Objects<'a>>(objects: &O) -> bool {
    objects.get(Tag::POINT_OF_INITIATION_METHOD).is_some_and(|object| object.value_bytes() == b"12")
}

/// A finding of the base profile as KHQR weighs and words it; `None` for what KHQR prescribes, and for what it says
/// itself.
fn judge_base<'a, O: Objects<'a>>(objects: &O, violation: Violation) -> Option<Violation> {
    let mut tags = violation.path().tags().map(Tag::get);
    let path = (tags.next(), tags.next());
    let is = |other: &Rule| violation.rule() == other;
    match path {
        // An account id and a time stand where EMVCo has identifiers.
        (Some(29 | 30), Some(0)) if is(mpm::rules::GUID_MISSING) => {
            return Some(violation.with_rule(rules::ACCOUNT_ID_MISSING));
        }
        (Some(29 | 30), Some(0)) if is(mpm::rules::GUID_LENGTH) => {
            return Some(violation.with_rule(rules::ACCOUNT_ID_LENGTH));
        }
        (Some(29 | 30), Some(0)) if is(mpm::rules::GUID_CHARSET) => {
            return Some(violation.with_rule(rules::ACCOUNT_ID_CHARSET));
        }
        (Some(99), Some(0)) if is(mpm::rules::GUID_MISSING) => {
            return Some(violation.with_rule(rules::CREATION_MISSING));
        }
        (Some(29 | 30 | 99), Some(0))
            if is(mpm::rules::GUID_SHAPE) || is(mpm::rules::GUID_LENGTH) || is(mpm::rules::GUID_CHARSET) =>
        {
            return None;
        }
        (Some(29 | 30), Some(1 | 2)) if is(mpm::rules::TEXT_CONTROL) => {
            // A control character is an error here, which is reported apart.
            let is_told = matches!(violation.detail(), Detail::Character(c) if c.is_control());
            return Some(violation).filter(|_| !is_told);
        }
        (Some(54), None) if is(mpm::rules::AMOUNT_DECIMALS) => {
            let places = objects.get(Tag::TRANSACTION_CURRENCY).and_then(|currency| decimals(currency.value_bytes()));
            let amount = objects.get(Tag::TRANSACTION_AMOUNT);
            let is_told = amount.zip(places).is_some_and(|(amount, places)| fraction(&amount, places).is_some());
            return Some(violation).filter(|_| !is_told);
        }
        _ => {}
    }
    if is(mpm::rules::AMBIGUOUS_PAYEE) && network::ambiguity(objects) == Some(Ambiguity::Accounts) {
        return None;
    }
    let is_control = matches!(violation.detail(), Detail::Character(c) if c.is_control());
    let is_foreign_text = is(mpm::rules::TEXT_CHARSET) && !is_control && is_text(violation.path());
    let lighter = is_foreign_text
        || (is(mpm::rules::LANGUAGE_MISSING) || is(mpm::rules::LANGUAGE_NAME_MISSING))
            && objects.get(Tag::LANGUAGE_TEMPLATE).is_some_and(|object| holds_only_the_city(&object));
    Some(if lighter { violation.with_severity(Severity::Warning) } else { violation })
}

/// The texts that KHQR writes in any script: 59, 60, 62-01 to 62-08.
fn is_text(path: Path) -> bool {
    let mut tags = path.tags().map(Tag::get);
    matches!((tags.next(), tags.next(), tags.next()), (Some(59 | 60), None, _) | (Some(62), Some(1..=8), None))
}

fn holds_only_the_city(object: &DataObject<'_>) -> bool {
    object.template().is_ok_and(|template| {
        template.tags().contains(language_template::MERCHANT_CITY)
            && !template.tags().contains(language_template::LANGUAGE_PREFERENCE)
            && !template.tags().contains(language_template::MERCHANT_NAME)
    })
}

/// What KHQR demands and is not there.
fn presence<'a, O: Objects<'a>, V: Visitor>(objects: &O, visitor: &mut V) -> ControlFlow<()> {
    let tags = objects.tags();
    if !tags.contains(INDIVIDUAL) && !tags.contains(MERCHANT) {
        let found = Violation::missing(rules::ACCOUNT_MISSING, INDIVIDUAL, Path::ROOT, objects.crc_offset());
        report(found, Some(5), visitor)?;
    }
    let has_amount = tags.contains(Tag::TRANSACTION_AMOUNT);
    if has_amount && tags.contains(TIMESTAMPS) {
        return ControlFlow::Continue(());
    }
    let is_dynamic = is_dynamic(objects);
    if is_dynamic && !has_amount {
        report(missing(objects, rules::AMOUNT_MISSING, Tag::TRANSACTION_AMOUNT), Some(47), visitor)?;
    }
    if (is_dynamic || has_amount) && !tags.contains(TIMESTAMPS) {
        report(missing(objects, rules::EXPIRY_MISSING, TIMESTAMPS), Some(45), visitor)?;
    }
    ControlFlow::Continue(())
}

/// Whether an account template is as nearly all are: in order, and nothing to report about it.
#[inline]
fn is_clean_account<V: Visitor>(object: &DataObject<'_>) -> bool {
    let demanded = if V::WARNINGS && object.tag() == MERCHANT { 3 } else { 1 };
    let Some(mut subs) = object.ascending(demanded) else { return false };
    while let Some(sub) = subs.next() {
        if account_object(&sub, &mut Probe::<V>::default()).is_break() {
            return false;
        }
    }
    subs.is_at_end()
}

/// Whether 99 holds a creation and an expiration time, in this order and in 13 digits, between which the clock stands.
#[inline]
fn are_clean_times(object: &DataObject<'_>, clock: Clock) -> bool {
    let times = || {
        let (b"0013", rest) = object.value_bytes().split_first_chunk()? else { return None };
        let (created, rest) = rest.split_first_chunk::<13>()?;
        let (b"0113", expires) = rest.split_first_chunk()? else { return None };
        Some((time(created)?, time(expires)?))
    };
    times().is_some_and(|(created, expires)| created <= expires && clock.millis().is_none_or(|now| now <= expires))
}

fn report_if<V: Visitor>(
    broken: bool,
    rule: &'static Rule,
    object: &DataObject<'_>,
    code: Option<u16>,
    visitor: &mut V,
) -> ControlFlow<()> {
    if broken { report(Violation::of_value(rule, object), code, visitor) } else { ControlFlow::Continue(()) }
}

#[cold]
pub(super) fn report<V: Visitor>(violation: Violation, code: Option<u16>, visitor: &mut V) -> ControlFlow<()> {
    visitor.report(match code {
        Some(code) => violation.with_code(code),
        None => violation,
    })
}

/// 15. Both rules can only warn.
fn union_pay<'a, O: Objects<'a>, V: Visitor>(objects: &O, object: &DataObject<'a>, visitor: &mut V) -> ControlFlow<()> {
    if object.length() > 31 {
        report(Violation::of_excess(rules::UNION_PAY_LENGTH, object, 31), Some(43), visitor)?;
    }
    let riel = objects.get(Tag::TRANSACTION_CURRENCY).is_none_or(|currency| currency.value_bytes() == b"116");
    report_if(!riel, rules::UNION_PAY_CURRENCY, object, Some(44), visitor)
}

/// The rule that the decimals of an amount break, of which KHQR has so many `places`.
fn fraction(object: &DataObject<'_>, places: u8) -> Option<&'static Rule> {
    if !object.value_bytes().contains(&b'.') {
        return None;
    }
    let amount = Amount::new(object.value()).ok().filter(|amount| amount.decimals() > places)?;
    Some(if amount.minor_units(places).is_some() { rules::AMOUNT_ZEROS } else { rules::AMOUNT_DECIMALS })
}

/// 29 and 30, if they are sound.
#[cold]
#[inline(never)]
fn account<V: Visitor>(object: DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    let Ok(template) = object.template() else { return ControlFlow::Continue(()) };
    template.by_tag().try_for_each(|sub| account_object(&sub, visitor))?;
    if V::WARNINGS && object.tag() == MERCHANT {
        for (tag, rule, code) in
            [(ACCOUNT_INFORMATION, rules::MERCHANT_ID_MISSING, 30), (ACQUIRING_BANK, rules::ACQUIRING_BANK_MISSING, 31)]
        {
            if template.get(tag).is_none() {
                let path = object.path().join(tag).unwrap_or(object.path());
                report(Violation::new(rule, path, object.end(), 0), Some(code), visitor)?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// An object in 29 or 30.
#[inline]
fn account_object<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    let limit = |rule, code, visitor: &mut V| {
        if object.length() <= usize::from(ACCOUNT_LIMIT) {
            ControlFlow::Continue(())
        } else {
            report(Violation::of_excess(rule, object, ACCOUNT_LIMIT), Some(code), visitor)
        }
    };
    match object.tag() {
        BAKONG_ACCOUNT => {
            if separator(object.value_bytes()).is_none() {
                account_id(&Sub::from(object), visitor)?;
            }
            let has_blank = V::WARNINGS && object.value_bytes().iter().any(u8::is_ascii_whitespace);
            report_if(has_blank, rules::ACCOUNT_ID_BLANK, object, None, visitor)
        }
        ACCOUNT_INFORMATION => {
            limit(rules::ACCOUNT_INFORMATION_LENGTH, 35, visitor)?;
            account_text(object, visitor)
        }
        ACQUIRING_BANK => {
            limit(rules::ACQUIRING_BANK_LENGTH, 33, visitor)?;
            account_text(object, visitor)
        }
        _ => ControlFlow::Continue(()),
    }
}

/// Who is paid behind the account: no control characters, which other readers cut at or drop, and something to see.
#[inline]
fn account_text<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    if !object.is_plain() {
        readable(object, visitor)?;
    }
    if V::WARNINGS { mpm::visible(object, visitor) } else { ControlFlow::Continue(()) }
}

#[cold]
#[inline(never)]
fn readable<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    if !object.value().contains(char::is_control) {
        return ControlFlow::Continue(());
    }
    visitor.report(Violation::of_character(mpm::rules::TEXT_CHARSET, object, char::is_control))
}

/// 29-00 and 30-00 of another form than `user@bank`.
pub(super) fn account_id<V: Visitor>(id: &Sub<'_>, visitor: &mut V) -> ControlFlow<()> {
    let code = if id.value.contains('@') { None } else { Some(3) };
    report(id.violation(rules::ACCOUNT_FORMAT), code, visitor)
}

/// 99.
#[inline(never)]
fn timestamps<'a, O: Objects<'a>, V: Visitor>(
    objects: &O,
    object: DataObject<'a>,
    clock: Clock,
    visitor: &mut V,
) -> ControlFlow<()> {
    // Where the code names no amount and is not for one payment, nothing hangs on its times.
    let is_bound = is_bound(objects);
    let severity = if is_bound { Severity::Error } else { Severity::Warning };
    if !V::WARNINGS && severity == Severity::Warning {
        return ControlFlow::Continue(());
    }
    let mut times = [None; 2];
    for sub in subs(&object) {
        match sub.path.tag() {
            // Of an ID that occurs twice the first is looked at, as everywhere.
            Some(CREATION) => _ = times[0].get_or_insert(sub),
            Some(EXPIRATION) => _ = times[1].get_or_insert(sub),
            _ => {}
        }
    }
    let [creation, expiration] = times;
    if let Some(creation) = creation.filter(|sub| time(sub.value.as_bytes()).is_none()) {
        visitor.report(creation.violation(rules::CREATION_FORMAT))?;
    }
    let Some(expiration) = expiration.filter(|sub| !sub.value.is_empty()) else {
        if !is_bound {
            // Static codes of old toolkits hold a creation time alone.
            return ControlFlow::Continue(());
        }
        let path = object.path().join(EXPIRATION).unwrap_or(object.path());
        let violation = Violation::new(rules::EXPIRY_MISSING, path, object.end(), 0);
        return report(violation, Some(45), visitor);
    };
    let fault = |rule| expiration.violation(rule).with_severity(severity);
    let Some(expires) = time(expiration.value.as_bytes()) else {
        // The toolkit reads a number; what is none, or zero, counts as missing.
        let number = expiration.value.trim().trim_start_matches(['+', '-']).as_bytes();
        let is_number = value::is_decimal(number) && !value::is_zero(number);
        return report(fault(rules::EXPIRY_FORMAT), Some(if is_number { 49 } else { 45 }), visitor);
    };
    if creation.is_some_and(|creation| is_later(creation.value, expires)) {
        report(fault(rules::EXPIRY_BEFORE_CREATION), Some(50), visitor)?;
    }
    if clock.millis().is_some_and(|now| expires < now) {
        report(fault(rules::EXPIRED), Some(46), visitor)?;
    }
    ControlFlow::Continue(())
}

/// What the official toolkit reads differently, and what turns text round: rules about characters beyond ASCII.
#[cold]
#[inline(never)]
fn characters<'a, O: Objects<'a>, V: Visitor>(objects: &O, visitor: &mut V) -> ControlFlow<()> {
    for leaf in objects.tags().filter_map(|tag| objects.get(tag)).flat_map(tlv::leaves_of) {
        if leaf.value().contains(is_beyond_bmp) {
            visitor.report(Violation::of_character(rules::TEXT_BEYOND_BMP, &leaf, is_beyond_bmp))?;
        }
    }
    if !V::WARNINGS {
        return ControlFlow::Continue(());
    }
    let names = [Tag::MERCHANT_NAME, Tag::MERCHANT_CITY].into_iter().filter_map(|tag| objects.get(tag));
    let additional = objects.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE).and_then(|object| object.template().ok());
    let labels = additional.into_iter().flat_map(|template| template.by_tag());
    for text in names.chain(labels).filter(|object| is_text(object.path())) {
        let is_hidden = |c| display::is_unsafe_to_show(c) && !c.is_control();
        if text.value().contains(is_hidden) {
            visitor.report(Violation::of_character(mpm::rules::TEXT_CONTROL, &text, is_hidden))?;
        }
    }
    ControlFlow::Continue(())
}

fn is_beyond_bmp(c: char) -> bool {
    c > '\u{FFFF}'
}
