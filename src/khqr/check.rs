//! The check: EMVCo's rules as KHQR keeps them, then its own.

use core::ops::ControlFlow;

use super::broken::{broken_template, found};
use super::time::time;
use super::{
    ACCOUNT_INFORMATION, ACCOUNT_LIMIT, ACQUIRING_BANK, BAKONG_ACCOUNT, CREATION, EXPIRATION, INDIVIDUAL, MERCHANT,
    TIMESTAMPS, UNION_PAY, numbers, rules,
};
use crate::clock::Clock;
use crate::digits::is_digits;
use crate::display;
use crate::mpm;
use crate::path::Path;
use crate::payee::bakong::{self, decimals, has_both_templates, separator};
use crate::payee::{Ambiguity, Doubts};
use crate::payload::Payload;
use crate::rule::{Detail, FilterMap, Probe, Reporter, Rule, Severity, Slow, To, Violation, Visitor, demand, limit};
use crate::tag::{Tag, TagSet, language_template};
use crate::tlv::{self, DataObject, LengthUnit, pieces};
use crate::value::are_excess_decimals_zero;

/// Kept out of `view`, as the base profile's.
#[inline(never)]
pub(super) fn check<const WARNINGS: bool>(
    payload: &Payload<'_>,
    doubts: &Doubts,
    clock: Clock,
    visitor: &mut dyn Visitor,
) -> ControlFlow<()> {
    let mut broken = TagSet::EMPTY;
    let mut numbered = FilterMap::new(visitor, |found| Some(numbers::stamp(payload, found)));
    let mut base = FilterMap::new(&mut numbered, |found: Violation| {
        if found.rule() == mpm::rules::TEMPLATE_FORMAT && found.path().depth() == 1 {
            broken = broken.union(found.path().root().into_iter().collect());
        }
        judge_base(payload, doubts, found)
    });
    mpm::check(payload, doubts, &mut To::<WARNINGS>(&mut base))?;
    let reporter = &mut To::<WARNINGS>(&mut numbered);
    presence(payload, reporter)?;
    if WARNINGS && let Some(object) = payload.get(UNION_PAY) {
        union_pay(payload, &object, reporter)?;
    }
    for tag in [INDIVIDUAL, MERCHANT] {
        if let Some(object) = payload.get(tag)
            && !is_clean_account::<WARNINGS>(&object)
        {
            account(object, &mut reporter.rarely())?;
        }
    }
    if has_both_templates(payload)
        && let Some(object) = payload.get(MERCHANT)
    {
        reporter.report_object(rules::ACCOUNT_AMBIGUOUS, &object)?;
    }
    let mut places = None;
    if let Some(object) = payload.get(Tag::TRANSACTION_CURRENCY) {
        places = decimals(object.value_bytes());
        // Other forms are EMVCo's finding.
        let other = places.is_none() && object.length() == 3 && is_digits(object.value());
        demand(!other, rules::CURRENCY_VALUE, &object, reporter)?;
    }
    if let Some(object) = payload.get(Tag::TRANSACTION_AMOUNT)
        && let Some(places) = places
        && let Some(rule) = fraction(&object, places)
    {
        reporter.report_value(rule, &object)?;
    }
    if let Some(object) = payload.get(Tag::COUNTRY_CODE) {
        let is_cambodia = matches!(object.value_bytes(), [b'K' | b'k', b'H' | b'h']);
        demand(is_cambodia, rules::COUNTRY_VALUE, &object, reporter)?;
    }
    if let Some(object) = payload.get(TIMESTAMPS)
        && !are_clean_times(&object, clock)
    {
        timestamps(payload, object, clock, &mut reporter.rarely())?;
    }
    for tag in broken.intersection(WALKED_LAXLY) {
        if let Some(object) = payload.get(tag) {
            broken_template(&object, &mut reporter.rarely())?;
        }
    }
    let highest = payload.highest_byte();
    if highest >= bakong::FIRST_BEYOND_BMP || WARNINGS && highest > 0x7F {
        characters(payload, &mut reporter.rarely())
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
fn is_bound(payload: &Payload<'_>) -> bool {
    payload.tags().contains(Tag::TRANSACTION_AMOUNT) || is_dynamic(payload)
}

fn is_dynamic(payload: &Payload<'_>) -> bool {
    payload.get(Tag::POINT_OF_INITIATION_METHOD).is_some_and(|object| object.value_bytes() == b"12")
}

/// A finding of the base profile as KHQR weighs and words it; `None` for what KHQR prescribes, and for what it says
/// itself.
fn judge_base(payload: &Payload<'_>, doubts: &Doubts, violation: Violation) -> Option<Violation> {
    let mut tags = violation.path().tags().map(Tag::get);
    let path = (tags.next(), tags.next());
    let is = |other: &Rule| violation.rule() == other;
    match path {
        // EMVCo has identifiers in place of the account id and the time.
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
        (Some(29 | 30), Some(1 | 2)) => {
            // A control character is an error here, which is reported apart.
            let is_told = matches!(violation.detail(), Detail::Character(c) if c.is_control());
            return Some(violation).filter(|_| !is_told);
        }
        (Some(54), None) if is(mpm::rules::AMOUNT_DECIMALS) => {
            let places = payload.get(Tag::TRANSACTION_CURRENCY).and_then(|currency| decimals(currency.value_bytes()));
            let amount = payload.get(Tag::TRANSACTION_AMOUNT);
            let is_told = amount.zip(places).is_some_and(|(amount, places)| fraction(&amount, places).is_some());
            return Some(violation).filter(|_| !is_told);
        }
        _ => {}
    }
    if is(mpm::rules::AMBIGUOUS_PAYEE) && doubts.ambiguity() == Some(Ambiguity::Accounts) {
        return None;
    }
    // No reader of KHQR counts clusters; another account is an error even so.
    let is_money = matches!(path, (Some(53..=57), None));
    let is_of_clusters = is_money && violation.detail() == Detail::Unit(LengthUnit::Clusters);
    let is_control = matches!(violation.detail(), Detail::Character(c) if c.is_control());
    let is_foreign_text = is(mpm::rules::TEXT_CHARSET) && !is_control && is_text(violation.path());
    if is_foreign_text && payload.find(violation.path()).is_some_and(|object| object.value().chars().all(is_khmer)) {
        return None;
    }
    let lighter = is_foreign_text
        || is_of_clusters && is(mpm::rules::LENGTH_AMBIGUOUS)
        || (is(mpm::rules::LANGUAGE_MISSING) || is(mpm::rules::LANGUAGE_NAME_MISSING))
            && payload.get(Tag::LANGUAGE_TEMPLATE).is_some_and(|object| holds_only_the_city(&object));
    Some(if lighter { violation.with_severity(Severity::Warning) } else { violation })
}

/// The texts that KHQR writes in any script: 59, 60, 62-01 to 62-08.
fn is_text(path: Path) -> bool {
    let [root, sub, ..] = path.ids();
    match path.depth() {
        1 => matches!(root, 59 | 60),
        2 => root == 62 && matches!(sub, 1..=8),
        _ => false,
    }
}

fn holds_only_the_city(object: &DataObject<'_>) -> bool {
    object.template().is_ok_and(|template| {
        template.tags().contains(language_template::MERCHANT_CITY)
            && !template.tags().contains(language_template::LANGUAGE_PREFERENCE)
            && !template.tags().contains(language_template::MERCHANT_NAME)
    })
}

/// What KHQR demands and is not there.
fn presence<R: Reporter>(payload: &Payload<'_>, reporter: &mut R) -> ControlFlow<()> {
    let tags = payload.tags();
    if !tags.contains(INDIVIDUAL) && !tags.contains(MERCHANT) {
        let found = Violation::missing(rules::ACCOUNT_MISSING, INDIVIDUAL, Path::ROOT, payload.crc_offset());
        reporter.report(found)?;
    }
    let has_amount = tags.contains(Tag::TRANSACTION_AMOUNT);
    if has_amount && tags.contains(TIMESTAMPS) {
        return ControlFlow::Continue(());
    }
    let is_dynamic = is_dynamic(payload);
    if is_dynamic && !has_amount {
        reporter.report(Violation::missing(
            rules::AMOUNT_MISSING,
            Tag::TRANSACTION_AMOUNT,
            Tag::TRANSACTION_AMOUNT.into(),
            payload.crc_offset(),
        ))?;
    }
    if (is_dynamic || has_amount) && !tags.contains(TIMESTAMPS) {
        reporter.report(Violation::missing(
            rules::EXPIRY_MISSING,
            TIMESTAMPS,
            TIMESTAMPS.into(),
            payload.crc_offset(),
        ))?;
    }
    ControlFlow::Continue(())
}

/// Whether an account template is as nearly all are: in order and without a finding.
#[inline]
fn is_clean_account<const WARNINGS: bool>(object: &DataObject<'_>) -> bool {
    let demanded = if WARNINGS && object.tag() == MERCHANT { 3 } else { 1 };
    let Some(mut subs) = object.in_order(demanded) else { return false };
    while let Some(sub) = subs.next() {
        if account_object(&sub, &mut Probe::<WARNINGS>).is_break() {
            return false;
        }
    }
    subs.is_at_end()
}

/// Whether 99 holds a creation and an expiration time, in this order and in 13 digits, and has not expired.
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

/// 15. Both rules can only warn.
fn union_pay<R: Reporter>(payload: &Payload<'_>, object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    if object.length() > 31 {
        reporter.report(Violation::of_excess(rules::UNION_PAY_LENGTH, object, 31))?;
    }
    let riel = payload.get(Tag::TRANSACTION_CURRENCY).is_none_or(|currency| currency.value_bytes() == b"116");
    demand(riel, rules::UNION_PAY_CURRENCY, object, reporter)
}

/// The rule that the decimals of an amount break, of which KHQR has so many `places`.
fn fraction(object: &DataObject<'_>, places: u8) -> Option<&'static Rule> {
    let are_zero = are_excess_decimals_zero(object.value_bytes(), places)?;
    Some(if are_zero { rules::AMOUNT_ZEROS } else { rules::AMOUNT_DECIMALS })
}

/// 29 and 30, if they are sound.
#[cold]
#[inline(never)]
fn account(object: DataObject<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    let Ok(template) = object.template() else { return ControlFlow::Continue(()) };
    template.by_tag().try_for_each(|sub| account_object(&sub, reporter))?;
    if object.tag() == MERCHANT {
        for (tag, rule) in
            [(ACCOUNT_INFORMATION, rules::MERCHANT_ID_MISSING), (ACQUIRING_BANK, rules::ACQUIRING_BANK_MISSING)]
        {
            if template.get(tag).is_none() {
                let path = object.path().join(tag).unwrap_or(object.path());
                reporter.report(Violation::new(rule, path, object.end(), 0))?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// An object in 29 or 30.
#[inline]
fn account_object<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    match object.tag() {
        BAKONG_ACCOUNT => {
            if separator(object.value_bytes()).is_none() {
                reporter.report_value(rules::ACCOUNT_FORMAT, object)?;
            }
            let has_blank = R::WARNINGS && object.value_bytes().iter().any(u8::is_ascii_whitespace);
            demand(!has_blank, rules::ACCOUNT_ID_BLANK, object, reporter)
        }
        ACCOUNT_INFORMATION => {
            limit(object, ACCOUNT_LIMIT, rules::ACCOUNT_INFORMATION_LENGTH, reporter)?;
            account_text(object, reporter)
        }
        ACQUIRING_BANK => {
            limit(object, ACCOUNT_LIMIT, rules::ACQUIRING_BANK_LENGTH, reporter)?;
            account_text(object, reporter)
        }
        _ => ControlFlow::Continue(()),
    }
}

/// Who is paid behind the account: no control characters, which other readers cut at or drop, and something to see.
#[inline]
fn account_text<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    if !object.is_plain() {
        readable(object, reporter)?;
    }
    if R::WARNINGS { mpm::visible(object, reporter) } else { ControlFlow::Continue(()) }
}

#[cold]
#[inline(never)]
fn readable<R: Reporter>(object: &DataObject<'_>, reporter: &mut R) -> ControlFlow<()> {
    if !object.value().contains(char::is_control) {
        return ControlFlow::Continue(());
    }
    reporter.report(Violation::of_character(mpm::rules::TEXT_CHARSET, object, char::is_control))
}

/// 99.
#[inline(never)]
fn timestamps(payload: &Payload<'_>, object: DataObject<'_>, clock: Clock, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    // Where the code names no amount and is not for one payment, nothing hangs on its times.
    let is_bound = is_bound(payload);
    let severity = if is_bound { Severity::Error } else { Severity::Warning };
    let mut times = [None; 2];
    for sub in pieces(&object) {
        match sub.path.tag() {
            // Of an ID that occurs twice the first is looked at, as everywhere.
            Some(CREATION) => _ = times[0].get_or_insert(sub),
            Some(EXPIRATION) => _ = times[1].get_or_insert(sub),
            _ => {}
        }
    }
    let [creation, expiration] = times;
    if let Some(creation) = creation.filter(|sub| time(sub.value.as_bytes()).is_none()) {
        reporter.report(found(&creation, rules::CREATION_FORMAT))?;
    }
    let Some(expiration) = expiration.filter(|sub| !sub.value.is_empty()) else {
        if !is_bound {
            // Static codes of old toolkits hold a creation time alone.
            return ControlFlow::Continue(());
        }
        let path = object.path().join(EXPIRATION).unwrap_or(object.path());
        return reporter.report(Violation::new(rules::EXPIRY_MISSING, path, object.end(), 0));
    };
    let fault = |rule| found(&expiration, rule).with_severity(severity);
    let Some(expires) = time(expiration.value.as_bytes()) else {
        return reporter.report(fault(rules::EXPIRY_FORMAT));
    };
    if creation.and_then(|creation| time(creation.value.as_bytes())).is_some_and(|created| created > expires) {
        reporter.report(fault(rules::EXPIRY_BEFORE_CREATION))?;
    }
    if clock.millis().is_some_and(|now| expires < now) {
        reporter.report(fault(rules::EXPIRED))?;
    }
    ControlFlow::Continue(())
}

/// What the official toolkit reads differently, and what turns text round: rules about characters beyond ASCII.
#[cold]
#[inline(never)]
fn characters(payload: &Payload<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    if payload.highest_byte() >= bakong::FIRST_BEYOND_BMP {
        for leaf in payload.tags().iter().filter_map(|tag| payload.get(tag)).flat_map(tlv::leaves_of) {
            if leaf.value().contains(is_beyond_bmp) {
                reporter.report(Violation::of_character(rules::TEXT_BEYOND_BMP, &leaf, is_beyond_bmp))?;
            }
        }
    }
    let names = [Tag::MERCHANT_NAME, Tag::MERCHANT_CITY].into_iter().filter_map(|tag| payload.get(tag));
    let additional = payload.get(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE).and_then(|object| object.template().ok());
    let labels = additional.into_iter().flat_map(|template| template.by_tag());
    for text in names.chain(labels).filter(|object| is_text(object.path())) {
        let is_hidden = |c: char| display::is_unsafe_to_show(c) && !c.is_control() && !display::is_invisible(c);
        if !text.is_plain() && text.value().contains(is_hidden) {
            reporter.report(Violation::of_character(mpm::rules::TEXT_CONTROL, &text, is_hidden))?;
        }
    }
    ControlFlow::Continue(())
}

/// Whether a character is one of Khmer text: ASCII, Khmer letters and symbols, zero-width spaces and joiners, or is reported by a rule
/// of its own.
fn is_khmer(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}' | '\u{200B}'..='\u{200D}')
        || display::is_unsafe_to_show(c)
        || display::is_invisible(c)
}

fn is_beyond_bmp(c: char) -> bool {
    c > '\u{FFFF}'
}
