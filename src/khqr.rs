//! The KHQR profile: the payment codes of Cambodia (National Bank of Cambodia, Bakong).
//!
//! The facts are a reading of the central bank's public documents and of its official toolkits; where those are silent
//! or differ, [`rules`] says what was chosen.
//!
//! ```
//! use emvqr::Payload;
//! use emvqr::khqr::{Clock, Khqr, Meaning};
//!
//! let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
//! let code = Payload::parse(text)?.view_at::<Khqr>(Clock::at(1_750_000_000_000))?;
//! let account = code.bakong_account().unwrap();
//! assert_eq!((account.user(), account.bank()), ("john_smith", "devb"));
//! assert_eq!(code.meaning(), Some(Meaning::Solo));
//! assert_eq!(code.decimals(), Some(0)); // KHQR writes whole riel, whatever ISO 4217 says
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::ops::ControlFlow;

use crate::mpm::{self, Mpm, Probe};
use crate::payload::Payload;
use crate::profile::{Objects, Place, Profile, check_on, missing};
use crate::rule::{Rule, Severity, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet, additional_data, language_template};
use crate::tlv::DataObject;
use crate::value::{self, Amount};

mod builder;
pub mod rules;
mod view;

pub(crate) use builder::demand_creation;
pub use builder::{Builder, Individual, Lifetime, Merchant, amount_text};
pub use view::{AccountKind, BakongAccount, Expiry, Khqr, Meaning};

/// 15: the UnionPay account.
const UNION_PAY: Tag = Tag::of_digits(15);
/// 29: the account of an individual, a solo merchant or a remittance.
pub(crate) const INDIVIDUAL: Tag = Tag::of_digits(29);
/// 30: the account of a corporate merchant.
pub(crate) const MERCHANT: Tag = Tag::of_digits(30);
/// 99: the times of creation and expiration.
pub(crate) const TIMESTAMPS: Tag = Tag::of_digits(99);
const BAKONG_ACCOUNT: Tag = Tag::of_digits(0);
/// 29-01, and the merchant id in 30-01.
const ACCOUNT_INFORMATION: Tag = Tag::of_digits(1);
const ACQUIRING_BANK: Tag = Tag::of_digits(2);
const CREATION: Tag = Tag::of_digits(0);
pub(crate) const EXPIRATION: Tag = Tag::of_digits(1);

/// Characters of a Bakong account id, account information, merchant id and acquiring bank at most.
const ACCOUNT_LIMIT: usize = 32;

/// The time at which a code is judged: in milliseconds since 1970, or not known, so that nothing expires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    now_ms: Option<u64>,
}

impl Clock {
    /// No time: expiry is not judged.
    pub const NONE: Self = Self { now_ms: None };

    /// A time in milliseconds since 1970.
    #[must_use]
    pub const fn at(now_ms: u64) -> Self {
        Self { now_ms: Some(now_ms) }
    }
}

impl<'a> Profile<'a> for Khqr<'a> {
    type Context = Clock;

    const NAME: &'static str = "khqr";

    /// An `@` in 29-00 or 30-00, and the country Cambodia or a currency of KHQR. The templates alone make no KHQR: Thai
    /// codes have them, too.
    fn recognises(payload: &Payload<'a>) -> bool {
        recognised_account(payload).is_some()
    }

    fn check<O: Objects<'a>, V: Visitor>(objects: &O, clock: Clock, visitor: &mut V) -> ControlFlow<()> {
        check(objects, clock, visitor)
    }

    fn read(payload: &Payload<'a>) -> Self {
        Self::of(payload)
    }
}

/// Objects 00 to 02 of an account template, and the IDs that it repeats.
pub(crate) type AccountValues<'a> = ([Option<&'a str>; 3], TagSet);

/// The template by which a code is [recognised](Profile::recognises) as KHQR: 29, or else 30.
#[inline]
pub(crate) fn recognised_account<'a, O: Objects<'a>>(objects: &O) -> Option<(Tag, AccountValues<'a>)> {
    let value = |tag| objects.get(tag).map(|object| object.value_bytes());
    let is_of_cambodia = value(Tag::COUNTRY_CODE) == Some(b"KH")
        || value(Tag::TRANSACTION_CURRENCY).is_some_and(|currency| decimals(currency).is_some());
    let account = |tag| {
        let values: AccountValues<'_> = objects.get(tag)?.values()?;
        let ([id, ..], _) = values;
        id?.as_bytes().contains(&b'@').then_some((tag, values))
    };
    if is_of_cambodia { account(INDIVIDUAL).or_else(|| account(MERCHANT)) } else { None }
}

pub(crate) fn has_both_accounts<'a, O: Objects<'a>>(objects: &O) -> bool {
    objects.tags().contains(INDIVIDUAL) && objects.tags().contains(MERCHANT)
}

/// Kept out of `view`, as the base profile's.
#[inline(never)]
fn check<'a, O: Objects<'a>, V: Visitor>(objects: &O, clock: Clock, visitor: &mut V) -> ControlFlow<()> {
    // Of its own accounts the scheme says which two they are.
    let is_own = |violation: &Violation| violation.rule() == mpm::rules::AMBIGUOUS_PAYEE && has_both_accounts(objects);
    let base = |violation| Some(violation).filter(|found| !is_own(found)).map(|found| judge_base(objects, found));
    let (absent, concerned) = (absent(objects), concerned::<V>());
    let mut is_told = false;
    check_on::<Mpm<'a>, O, V>(objects, (), visitor, base, absent, concerned, |place, visitor| match place {
        Place::Presence(tag) => presence(objects, tag, visitor),
        Place::Object(tag) => root_object(objects, tag, clock, is_told, visitor),
        Place::Itself(MERCHANT) => {
            is_told = true;
            ambiguous(objects, visitor)
        }
        Place::Itself(_) | Place::Whole => ControlFlow::Continue(()),
    })
}

/// Whether the code is for one payment, or names an amount: then its expiry decides.
fn is_bound<'a, O: Objects<'a>>(objects: &O) -> bool {
    objects.tags().contains(Tag::TRANSACTION_AMOUNT) || is_dynamic(objects)
}

fn is_dynamic<'a, O: Objects<'a>>(objects: &O) -> bool {
    objects.get(Tag::POINT_OF_INITIATION_METHOD).is_some_and(|object| object.value_bytes() == b"12")
}

/// Gives a finding of the base profile the weight and the number that it has under KHQR.
fn judge_base<'a, O: Objects<'a>>(objects: &O, violation: Violation) -> Violation {
    let mut tags = violation.path().tags().map(Tag::get);
    let path = (tags.next(), tags.next());
    let rule = violation.rule();
    let is = |other: &Rule| rule == other;
    let lighter = is(mpm::rules::TEXT_CHARSET) && matches!(path, (Some(59 | 60), None) | (Some(62), Some(1..=8)))
        || is(mpm::rules::GUID_MISSING) && path.0 == Some(99)
        || (is(mpm::rules::LANGUAGE_MISSING) || is(mpm::rules::LANGUAGE_NAME_MISSING))
            && objects.get(Tag::LANGUAGE_TEMPLATE).is_some_and(|object| holds_only_the_city(&object));
    let violation = if lighter { violation.with_severity(Severity::Warning) } else { violation };
    let length = violation.path().root().and_then(|tag| objects.get(tag)).map_or(0, |object| object.length());
    let is_missing = rule.id().ends_with(".missing");
    let code = match path {
        (Some(29 | 30), Some(0)) if is_missing => 1,
        (Some(29 | 30), Some(0)) if is(mpm::rules::GUID_LENGTH) => 6,
        (Some(52), _) if is_missing => 25,
        (Some(53), _) if is_missing => 9,
        (Some(58), _) if is_missing => 26,
        (Some(59), _) if is_missing => 2,
        (Some(60), _) if is_missing => 27,
        (Some(64), Some(0)) if is_missing => 37,
        (Some(64), Some(1)) if is_missing => 39,
        (Some(0), None) if length > 2 => 16,
        (Some(1), None) => {
            if length > 2 {
                17
            } else {
                48
            }
        }
        (Some(52), None) if length > 4 => 18,
        (Some(52), None) if objects.get(Tag::MERCHANT_CATEGORY_CODE).is_some_and(|mcc| !is_digits(mcc.value())) => 51,
        (Some(53), None) => {
            if length > 3 {
                19
            } else {
                28
            }
        }
        (Some(54), None) if violation.severity() == Severity::Error && !is(mpm::rules::AMOUNT_ZERO) => 4,
        (Some(58), None) if length > 3 => 20,
        (Some(59), None) if is(mpm::rules::TEXT_LENGTH) => 7,
        (Some(60), None) if is(mpm::rules::TEXT_LENGTH) => 21,
        // The toolkit takes a language of one letter.
        (Some(64), Some(0)) if is(mpm::rules::LANGUAGE_FORMAT) && violation.length() < 3 => return violation,
        (Some(62 | 64), Some(_)) if is(mpm::rules::TEXT_LENGTH) || is(mpm::rules::LANGUAGE_FORMAT) => {
            match sub_code(violation.path()) {
                Some(code) => code,
                None => return violation,
            }
        }
        _ => return violation,
    };
    violation.with_code(code)
}

/// The number for a sub-object of 62 or 64 that is empty or too long.
fn sub_code(path: Path) -> Option<u16> {
    let mut tags = path.tags().map(Tag::get);
    Some(match (tags.next()?, tags.next()?) {
        (62, 1) => 10,
        (62, 2) => 34,
        (62, 3) => 11,
        (62, 7) => 12,
        (62, 8) => 42,
        (64, 0) => 38,
        (64, 1) => 40,
        (64, 2) => 41,
        _ => return None,
    })
}

fn holds_only_the_city(object: &DataObject<'_>) -> bool {
    object.template().is_ok_and(|template| {
        template.tags().contains(language_template::MERCHANT_CITY)
            && !template.tags().contains(language_template::LANGUAGE_PREFERENCE)
            && !template.tags().contains(language_template::MERCHANT_NAME)
    })
}

/// What KHQR demands and is not there.
fn absent<'a, O: Objects<'a>>(objects: &O) -> TagSet {
    let tags = objects.tags();
    let mut expected = TagSet::EMPTY;
    if !tags.contains(MERCHANT) {
        expected = expected.with(INDIVIDUAL);
    }
    if is_dynamic(objects) {
        expected = expected.with(Tag::TRANSACTION_AMOUNT).with(TIMESTAMPS);
    } else if tags.contains(Tag::TRANSACTION_AMOUNT) {
        expected = expected.with(TIMESTAMPS);
    }
    expected.difference(tags)
}

/// The root objects that KHQR has rules about. Of 62 and 64 it only says more about what EMVCo calls broken.
const fn concerned<V: Visitor>() -> TagSet {
    const ERRORS: TagSet = TagSet::EMPTY
        .with(INDIVIDUAL)
        .with(MERCHANT)
        .with(Tag::TRANSACTION_CURRENCY)
        .with(Tag::TRANSACTION_AMOUNT)
        .with(Tag::COUNTRY_CODE)
        .with(TIMESTAMPS);
    if V::WARNINGS {
        ERRORS.with(UNION_PAY).with(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE).with(Tag::LANGUAGE_TEMPLATE)
    } else {
        ERRORS
    }
}

fn presence<'a, O: Objects<'a>, V: Visitor>(objects: &O, tag: Tag, visitor: &mut V) -> ControlFlow<()> {
    let (rule, path, code) = match tag {
        INDIVIDUAL => (rules::ACCOUNT_MISSING, Path::ROOT, 5),
        Tag::TRANSACTION_AMOUNT => (rules::AMOUNT_MISSING, Path::of(tag), 47),
        _ => (rules::EXPIRY_MISSING, Path::of(tag), 45),
    };
    visitor.report(missing(objects, rule, path).with_code(code))
}

/// 30 itself.
#[cold]
fn ambiguous<'a, O: Objects<'a>, V: Visitor>(objects: &O, visitor: &mut V) -> ControlFlow<()> {
    match objects.get(MERCHANT).filter(|_| has_both_accounts(objects)) {
        Some(object) => report(Violation::of_object(rules::ACCOUNT_AMBIGUOUS, &object), None, visitor),
        None => ControlFlow::Continue(()),
    }
}

/// KHQR's own rules of a root object. Whether 30 is ambiguous may be told already.
#[inline]
fn root_object<'a, O: Objects<'a>, V: Visitor>(
    objects: &O,
    tag: Tag,
    clock: Clock,
    is_told: bool,
    visitor: &mut V,
) -> ControlFlow<()> {
    let Some(object) = objects.get(tag) else { return ControlFlow::Continue(()) };
    match tag {
        UNION_PAY => union_pay(objects, &object, visitor),
        INDIVIDUAL | MERCHANT if is_clean_account::<O, V>(objects, &object) => ControlFlow::Continue(()),
        INDIVIDUAL | MERCHANT => account(objects, object, is_told, visitor),
        Tag::TRANSACTION_CURRENCY => {
            // Other forms are EMVCo's finding.
            let other = decimals(object.value_bytes()).is_none() && object.length() == 3 && is_digits(object.value());
            report_if(other, rules::CURRENCY_VALUE, &object, Some(28), visitor)
        }
        Tag::TRANSACTION_AMOUNT => amount(objects, &object, visitor),
        Tag::COUNTRY_CODE => {
            let other = !matches!(object.value_bytes(), [b'K' | b'k', b'H' | b'h']);
            report_if(other, rules::COUNTRY_VALUE, &object, None, visitor)
        }
        Tag::ADDITIONAL_DATA_FIELD_TEMPLATE | Tag::LANGUAGE_TEMPLATE => match object.template() {
            Ok(_) => ControlFlow::Continue(()),
            Err(_) => broken_template(&object, visitor),
        },
        _ if are_clean_times(&object, clock) => ControlFlow::Continue(()),
        _ => timestamps(objects, object, clock, visitor),
    }
}

/// Whether an account template is as nearly all are: in order, and nothing to report about it.
#[inline]
fn is_clean_account<'a, O: Objects<'a>, V: Visitor>(objects: &O, object: &DataObject<'a>) -> bool {
    let is_merchant = object.tag() == MERCHANT;
    let demanded = if V::WARNINGS && is_merchant { 3 } else { 1 };
    let Some(mut subs) = object.ascending(demanded) else { return false };
    while let Some(sub) = subs.next() {
        if account_object(&sub, &mut Probe::<V>::default()).is_break() {
            return false;
        }
    }
    subs.is_at_end() && !(is_merchant && objects.tags().contains(INDIVIDUAL))
}

/// Whether 99 holds a creation and an expiration time, in this order and in 13 digits, between which the clock stands.
#[inline]
fn are_clean_times(object: &DataObject<'_>, clock: Clock) -> bool {
    let Some(mut subs) = object.ascending(2) else { return false };
    let mut time = || subs.next().and_then(|sub| time(sub.value_bytes()));
    let (created @ Some(_), Some(expires)) = (time(), time()) else { return false };
    lifetime(created, expires, clock) == (false, false) && subs.is_whole()
}

/// Whether a code expires before it is created, and whether it has expired.
fn lifetime(created: Option<u64>, expires: u64, clock: Clock) -> (bool, bool) {
    (created.is_some_and(|created| expires < created), clock.now_ms.is_some_and(|now| expires < now))
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
fn report<V: Visitor>(violation: Violation, code: Option<u16>, visitor: &mut V) -> ControlFlow<()> {
    visitor.report(match code {
        Some(code) => violation.with_code(code),
        None => violation,
    })
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The decimals that KHQR writes for a currency: none for the riel, two for the dollar; nothing for others.
pub(crate) const fn decimals(currency: &[u8]) -> Option<u8> {
    match currency {
        b"116" => Some(0),
        b"840" => Some(2),
        _ => None,
    }
}

/// 15. Both rules can only warn.
fn union_pay<'a, O: Objects<'a>, V: Visitor>(objects: &O, object: &DataObject<'a>, visitor: &mut V) -> ControlFlow<()> {
    if !V::WARNINGS {
        return ControlFlow::Continue(());
    }
    if object.length() > 31 {
        report(Violation::of_excess(rules::UNION_PAY_LENGTH, object, 31), Some(43), visitor)?;
    }
    let riel = objects.get(Tag::TRANSACTION_CURRENCY).is_none_or(|currency| currency.value_bytes() == b"116");
    report_if(!riel, rules::UNION_PAY_CURRENCY, object, Some(44), visitor)
}

/// 54.
#[inline]
fn amount<'a, O: Objects<'a>, V: Visitor>(objects: &O, object: &DataObject<'a>, visitor: &mut V) -> ControlFlow<()> {
    if object.value_bytes().contains(&b'.') { fraction(objects, *object, visitor) } else { ControlFlow::Continue(()) }
}

/// 54 with a decimal mark.
fn fraction<'a, O: Objects<'a>, V: Visitor>(objects: &O, object: DataObject<'a>, visitor: &mut V) -> ControlFlow<()> {
    let currency = objects.get(Tag::TRANSACTION_CURRENCY);
    let (Ok(amount), Some(decimals)) =
        (Amount::new(object.value()), currency.and_then(|object| decimals(object.value_bytes())))
    else {
        return ControlFlow::Continue(());
    };
    if amount.decimals() <= decimals {
        return ControlFlow::Continue(());
    }
    if amount.minor_units(decimals).is_some() {
        report(Violation::of_value(rules::AMOUNT_ZEROS, &object), None, visitor)
    } else {
        report(Violation::of_value(rules::AMOUNT_DECIMALS, &object), Some(4), visitor)
    }
}

/// 29 and 30.
#[cold]
#[inline(never)]
fn account<'a, O: Objects<'a>, V: Visitor>(
    objects: &O,
    object: DataObject<'a>,
    is_told: bool,
    visitor: &mut V,
) -> ControlFlow<()> {
    if object.tag() == MERCHANT && !is_told {
        ambiguous(objects, visitor)?;
    }
    if V::WARNINGS && object.template().is_err() {
        return broken_template(&object, visitor);
    }
    let mut tags = TagSet::EMPTY;
    for sub in object.objects().map_while(Result::ok) {
        // Of an ID that occurs twice the first is looked at, as everywhere.
        if tags.contains(sub.tag()) {
            continue;
        }
        tags = tags.with(sub.tag());
        account_object(&sub, visitor)?;
    }
    if V::WARNINGS && object.tag() == MERCHANT {
        for (tag, rule, code) in
            [(ACCOUNT_INFORMATION, rules::MERCHANT_ID_MISSING, 30), (ACQUIRING_BANK, rules::ACQUIRING_BANK_MISSING, 31)]
        {
            if !tags.contains(tag) {
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
    let limit = |rule, code, visitor: &mut V| match object.length() {
        0..=ACCOUNT_LIMIT => ControlFlow::Continue(()),
        _ => report(Violation::of_excess(rule, object, ACCOUNT_LIMIT), Some(code), visitor),
    };
    match object.tag() {
        BAKONG_ACCOUNT if view::separator(object.value_bytes()).is_none() => account_id(&Sub::from(object), visitor),
        ACCOUNT_INFORMATION => limit(rules::ACCOUNT_INFORMATION_LENGTH, 35, visitor),
        ACQUIRING_BANK => limit(rules::ACQUIRING_BANK_LENGTH, 33, visitor),
        _ => ControlFlow::Continue(()),
    }
}

/// 29-00 and 30-00 of another form than `user@bank`.
fn account_id<V: Visitor>(id: &Sub<'_>, visitor: &mut V) -> ControlFlow<()> {
    let code = if id.value.contains('@') { None } else { Some(3) };
    report(Violation::new(rules::ACCOUNT_FORMAT, id.path, id.offset, id.value.len()), code, visitor)
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
    if V::WARNINGS && object.template().is_err() {
        broken_template(&object, visitor)?;
    }
    let [creation, expiration] = times;
    let created = creation.and_then(|sub| time(sub.value.as_bytes()));
    if let (Some(creation), None) = (creation, created) {
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
    let (is_backwards, is_over) = lifetime(created, expires, clock);
    if is_backwards {
        report(fault(rules::EXPIRY_BEFORE_CREATION), Some(50), visitor)?;
    }
    if is_over {
        report(fault(rules::EXPIRED), Some(46), visitor)?;
    }
    ControlFlow::Continue(())
}

/// Milliseconds since 1970 in 13 digits, above zero.
#[inline]
pub(crate) fn time(value: &[u8]) -> Option<u64> {
    // The first eight digits, and the last eight, of which five are not among the first.
    let digits: &[u8; 13] = value.try_into().ok()?;
    let first = eight_digits(*digits.first_chunk()?)?;
    let last = eight_digits(*digits.last_chunk()?)? % 100_000;
    let time = first.wrapping_mul(100_000).wrapping_add(last);
    (time > 0).then_some(time)
}

/// The number that eight digits write.
#[inline]
const fn eight_digits(digits: [u8; 8]) -> Option<u64> {
    // As `tlv::are_digits` and `tlv::pairs`: neighbours are joined to pairs, these to fours, and these to eight.
    let digits = u64::from_le_bytes(digits) ^ 0x3030_3030_3030_3030;
    if (digits | digits.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 != 0 {
        return None;
    }
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xFFFF_FFFF)
}

/// An object of a template that may be broken.
#[derive(Clone, Copy)]
struct Sub<'a> {
    path: Path,
    value: &'a str,
    offset: usize,
}

impl Sub<'_> {
    fn violation(&self, rule: &'static Rule) -> Violation {
        Violation::new(rule, self.path, self.offset, self.value.len())
    }
}

impl<'a> From<&DataObject<'a>> for Sub<'a> {
    fn from(object: &DataObject<'a>) -> Self {
        Self { path: object.path(), value: object.value(), offset: object.value_offset() }
    }
}

/// The objects of a template as far as they can be made out: a length of 00 is an empty value, and a value that overruns
/// is cut at the template's end. Only for saying what is wrong: a template that needs it is an error already.
fn subs<'a>(object: &DataObject<'a>) -> impl Iterator<Item = Sub<'a>> + use<'a> {
    let (parent, plain) = (object.path(), object.is_plain());
    let (mut offset, mut rest) = (object.value_offset(), object.value());
    core::iter::from_fn(move || {
        let [a, b, c, d] = *rest.as_bytes().first_chunk::<4>()?;
        if ![a, b, c, d].iter().all(u8::is_ascii_digit) {
            return None;
        }
        let number =
            |tens: u8, ones: u8| tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'));
        let content = rest.get(4..)?;
        let length = usize::from(number(c, d));
        let end = if plain { length } else { content.char_indices().nth(length).map_or(content.len(), |(end, _)| end) };
        let end = end.min(content.len());
        let (value, next) = content.split_at_checked(end)?;
        let sub = Sub { path: parent.join(Tag::of_digits(number(a, b)))?, value, offset: offset.saturating_add(4) };
        offset = sub.offset.saturating_add(value.len());
        rest = next;
        Some(sub)
    })
}

/// What can still be said of the inside of a template that is no run of data objects. EMVCo's finding about it stands
/// before this.
#[cold]
fn broken_template<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    let mut seen = TagSet::EMPTY;
    for sub in subs(object) {
        let Some(tag) = sub.path.tag() else { continue };
        seen = seen.with(tag);
        let (limit, code, code_if_empty) = match (object.tag(), tag) {
            (INDIVIDUAL | MERCHANT, BAKONG_ACCOUNT) => (ACCOUNT_LIMIT, Some(6), Some(1)),
            (INDIVIDUAL | MERCHANT, ACCOUNT_INFORMATION) => (ACCOUNT_LIMIT, Some(35), None),
            (INDIVIDUAL | MERCHANT, ACQUIRING_BANK) => (ACCOUNT_LIMIT, Some(33), Some(31)),
            (Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, _) if sub_code(sub.path).is_some() => {
                (25, sub_code(sub.path), sub_code(sub.path))
            }
            (Tag::LANGUAGE_TEMPLATE, language_template::LANGUAGE_PREFERENCE) => {
                (2, sub_code(sub.path), sub_code(sub.path))
            }
            (Tag::LANGUAGE_TEMPLATE, language_template::MERCHANT_NAME) => (25, sub_code(sub.path), Some(39)),
            (Tag::LANGUAGE_TEMPLATE, language_template::MERCHANT_CITY) => (15, sub_code(sub.path), sub_code(sub.path)),
            _ => (usize::MAX, None, None),
        };
        if sub.value.is_empty() {
            report(sub.violation(rules::SUB_EMPTY), code_if_empty, visitor)?;
        } else if let Some((excess, _)) = sub.value.char_indices().nth(limit) {
            let (offset, length) = (sub.offset.saturating_add(excess), sub.value.len().saturating_sub(excess));
            report(Violation::new(rules::SUB_LENGTH, sub.path, offset, length), code, visitor)?;
        } else if tag == BAKONG_ACCOUNT
            && matches!(object.tag(), INDIVIDUAL | MERCHANT)
            && view::separator(sub.value.as_bytes()).is_none()
        {
            account_id(&sub, visitor)?;
        }
    }
    let demanded: &[(Tag, u16)] = match object.tag() {
        INDIVIDUAL | MERCHANT => &[(BAKONG_ACCOUNT, 1)],
        Tag::LANGUAGE_TEMPLATE => {
            &[(language_template::LANGUAGE_PREFERENCE, 37), (language_template::MERCHANT_NAME, 39)]
        }
        _ => &[],
    };
    for (tag, code) in demanded.iter().filter(|(tag, _)| !seen.contains(*tag)) {
        let path = object.path().join(*tag).unwrap_or(object.path());
        report(Violation::new(rules::SUB_MISSING, path, object.end(), 0), Some(*code), visitor)?;
    }
    ControlFlow::Continue(())
}
