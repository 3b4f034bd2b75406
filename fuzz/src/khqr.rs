//! The laws of the KHQR profile.

use std::collections::BTreeSet;

use arbitrary::{Arbitrary, Result as Drawn, Unstructured};
use emvqr::BuildError;
use emvqr::Clock;
use emvqr::khqr::{AccountKind, BakongAccount, Builder, Expiry, Khqr, Lifetime, Meaning, amount_text};
use emvqr::value::{Amount, Currency, Language, Mcc, PointOfInitiation};
use emvqr::{ErrorKind, Payload, Severity, Tag, Violation};

use crate::encoder::encode_every_way;
use crate::naive::other_readers::{Hit, decides};
use crate::naive::{self, Object, Text, payees};
use crate::parse::assert_mute;
use crate::text::sealed_variants;

/// Detection, findings and getters are those that the documents state, at any time; and what is built satisfies the
/// profile.
///
/// The first line of the input is a payload, which the harness completes; the second one is the time in decimal digits,
/// or any other text that chooses one. The whole input also stands for values of a builder.
pub fn khqr(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (text, time) = input.split_once('\n').unwrap_or((&input, ""));
    let now = time
        .trim_end()
        .parse()
        .unwrap_or_else(|_| time.bytes().fold(0, |now: u64, byte| now.rotate_left(8) ^ u64::from(byte)));
    for text in sealed_variants(text) {
        if let Ok(payload) = Payload::parse(&text) {
            read(&payload, now);
        }
    }
    if let Ok(values) = Values::arbitrary_take_rest(Unstructured::new(data)) {
        values.check();
    }
}

/// The root of a payload, read plainly.
struct Plain {
    text: Text,
    root: Vec<Object>,
}

impl Plain {
    fn of(payload: &Payload<'_>) -> Self {
        let root = naive::strict(payload.as_str().as_bytes()).expect("both readers take the same");
        Self { text: Text::new(payload.as_str()), root }
    }

    fn get(&self, id: u8) -> Option<&Object> {
        self.root.iter().find(|object| object.id() == id)
    }

    fn value(&self, id: u8) -> Option<&str> {
        self.get(id).map(|object| object.value.as_str())
    }

    /// The objects of a template that is a run of them.
    fn inside(&self, id: u8) -> Option<Vec<Object>> {
        let (objects, fault) = self.get(id)?.run(&self.text);
        fault.is_none().then_some(objects)
    }

    /// Whether one account template tells who is paid, to every reader.
    fn account(&self) -> Option<(AccountKind, Vec<Object>)> {
        let (text, root) = (&self.text, &self.root);
        let beyond_bmp = text.has_pairs();
        let is_of_two = payees::is_of_two(text, root) || payees::has_two_stores(text, root);
        if beyond_bmp || is_of_two || !decides(&text.to_string()).iter().all(Hit::is_warning_under_khqr) {
            return None;
        }
        let kind = match (self.get(29), self.get(30)) {
            (Some(_), None) => AccountKind::Individual,
            (None, Some(_)) => AccountKind::Merchant,
            _ => return None,
        };
        let objects = self.inside(if kind == AccountKind::Individual { 29 } else { 30 })?;
        let ids: BTreeSet<u8> = objects.iter().map(Object::id).collect();
        (ids.len() == objects.len()).then_some((kind, objects))
    }
}

fn value_in(objects: &[Object], id: u8) -> Option<&str> {
    objects.iter().find(|object| object.id() == id).map(|object| object.value.as_str())
}

fn read(payload: &Payload<'_>, now: u64) {
    let plain = Plain::of(payload);
    assert_eq!(Khqr::recognises(payload), payees::is_khqr(&plain.text, &plain.root));
    let unclocked = findings(payload, Clock::UNKNOWN);
    assert!(!unclocked.iter().any(is_expired), "without a clock nothing expires");
    for now in [0, now, u64::MAX] {
        let clocked = findings(payload, Clock::at_millis(now));
        let others: Vec<_> = clocked.iter().copied().filter(|found| !is_expired(found)).collect();
        assert_eq!(others, unclocked, "a clock decides about expiry alone");
        expiry(payload, &plain, now, clocked.iter().find(|found| is_expired(found)));
    }
    getters(&Khqr::of(payload), &plain);
}

fn is_expired(found: &Violation) -> bool {
    found.rule().id() == "khqr.99.expired"
}

/// All findings at a time, each in its place and in order; fail-fast is the first error.
fn findings(payload: &Payload<'_>, clock: Clock) -> Vec<Violation> {
    let text = payload.as_str();
    let all = payload.validate::<Khqr<'_>>(clock).into_violations();
    for (position, found) in all.iter().enumerate() {
        assert!(text.get(found.offset()..found.offset() + found.length()).is_some(), "{found} cuts {text:?}");
        assert!(found.to_string().is_ascii());
        assert_mute(found);
        assert!(found.code().is_none_or(|code| (1..=51).contains(&code)), "{found:?}");
        if found.rule().id().starts_with("khqr.sub.") {
            let is_format = |other: &Violation| {
                other.rule().id() == "emv.template.format" && Some(other.path()) == found.path().root().map(Into::into)
            };
            assert!(all[..position].iter().any(is_format), "{found:?} in a template that is sound");
        }
    }
    assert!(all.is_sorted_by_key(rank), "out of order: {all:?}");
    let first = all.iter().copied().find(|found| found.severity() == Severity::Error);
    match payload.view::<Khqr<'_>>(clock) {
        Ok(code) => {
            assert_eq!(first, None);
            conformant(&code);
        }
        Err(error) => assert_eq!(Some(error), first),
    }
    all
}

/// Presence by ID, then objects by ID, each before its inside, then the whole.
fn rank(found: &Violation) -> (u8, u8, bool) {
    let is_inside = found.path().depth() > 1;
    let root = found.path().root().map(Tag::get);
    match (found.rule().id(), root) {
        ("emv.02-51.missing", _) => (0, 2, false),
        ("khqr.29-30.missing", _) => (0, 29, false),
        (_, None) => (2, 0, false),
        (id, Some(root)) if id.ends_with("missing") && !is_inside => (0, root, false),
        (_, Some(root)) => (1, root, is_inside),
    }
}

/// Thirteen digits above zero.
fn time(text: &str) -> Option<u64> {
    let is_time = text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|time| is_time && *time > 0)
}

/// The time of expiry as a value, and the finding that it has passed.
fn expiry(payload: &Payload<'_>, plain: &Plain, now: u64, expired: Option<&Violation>) {
    let found = Khqr::of(payload).expiry(now);
    let times = plain.inside(99).map(|objects| {
        let times = objects.into_iter().filter(|object| object.id() == 1);
        times.map(|object| object.value).collect::<Vec<_>>()
    });
    let expected = match times.as_deref() {
        None if plain.get(99).is_none() => Expiry::None,
        Some([]) => Expiry::None,
        Some([text]) => match time(text) {
            None => Expiry::Malformed,
            Some(until) if now > until => Expiry::Expired(until),
            Some(until) => Expiry::ValidUntil(until),
        },
        _ => Expiry::Malformed,
    };
    assert_eq!(found, expected);
    if times.is_some_and(|times| times.len() == 1) {
        assert_eq!(expired.is_some(), matches!(found, Expiry::Expired(_)));
    }
    if let Some(expired) = expired {
        let is_bound = plain.value(1) == Some("12") || plain.get(54).is_some();
        assert_eq!(expired.severity() == Severity::Error, is_bound);
        assert_eq!((expired.code(), expired.path().to_string().as_str()), (Some(46), "99-01"));
    }
}

/// What getters must give where no rule of severity error is broken.
fn conformant(code: &Khqr<'_>) {
    let payload = code.payload();
    let account = code.bakong_account().expect("an account");
    assert_eq!(account.as_str(), format!("{}@{}", account.user(), account.bank()));
    assert!(!account.user().is_empty() && !account.bank().is_empty());
    assert_eq!(account.as_str().matches('@').count(), 1);
    assert!(code.meaning().is_some());
    let decimals = code.decimals().expect("riel or dollars");
    assert_eq!(decimals, if code.currency() == Ok(Some(Currency::KHR)) { 0 } else { 2 });
    assert!(code.country().unwrap().is_some_and(|country| country.as_str().eq_ignore_ascii_case("KH")));
    assert!(code.merchant_category_code().is_ok_and(|code| code.is_some()));
    assert!(code.name().is_some_and(|name| name.chars().count() <= 25));
    assert!(code.city().is_some_and(|city| city.chars().count() <= 15));
    let amount = code.amount().expect("an amount, or none");
    assert_eq!(amount.is_some(), payload.get(Tag::TRANSACTION_AMOUNT).is_some());
    assert!(amount.is_none_or(|amount| amount.minor_units(decimals).is_some_and(|units| units > 0)));
    if code.method() == Ok(Some(PointOfInitiation::DYNAMIC)) {
        assert!(amount.is_some());
    }
    if amount.is_some() {
        let expires = code.expires_at_ms().expect("a time").expect("an amount expires");
        // Banks write other text for the time of creation.
        assert!(code.created_at_ms().unwrap_or_default() <= Some(expires));
    }
    for account in [code.account_information(), code.merchant_id(), code.acquiring_bank()].into_iter().flatten() {
        assert!(account.chars().count() <= 32);
    }
}

/// Getters give what stands there, and nothing about a payee who is not clear.
fn getters(code: &Khqr<'_>, plain: &Plain) {
    assert_mute(code);
    let account = plain.account();
    let value = |id| account.as_ref().and_then(|(_, objects)| value_in(objects, id));
    let kind = account.as_ref().map(|(kind, _)| *kind);
    assert_eq!(
        code.meaning(),
        kind.filter(|_| value(0).is_some()).map(|kind| match kind {
            AccountKind::Individual if value(1).is_some() => Meaning::Remittance,
            AccountKind::Individual => Meaning::Solo,
            _ => Meaning::Corporate,
        })
    );
    let of = |wanted| if kind == Some(wanted) { value(1) } else { None };
    assert_eq!(code.account_information(), of(AccountKind::Individual));
    assert_eq!(code.merchant_id(), of(AccountKind::Merchant));
    assert_eq!(code.acquiring_bank(), value(2));
    match (code.bakong_account(), value(0)) {
        (Some(account), id) => {
            assert_eq!(Some(account.as_str()), id);
            assert_mute(&account);
        }
        (None, id) => assert!(
            id.is_none_or(|id| id.matches('@').count() != 1 || id.split('@').any(|part| part.trim().is_empty()))
        ),
    }
    assert_eq!(code.union_pay_account(), plain.value(15));
    assert_eq!((code.name(), code.city()), (plain.value(59), plain.value(60)));
    if let Ok(amount) = code.amount() {
        assert_eq!(amount.as_ref().map(Amount::as_str), plain.value(54));
    } else {
        // Where it is ambiguous who is paid, it is ambiguous how much.
        let is_ambiguous = code.payee().is_none() || !decides(&plain.text.to_string()).is_empty();
        assert!(plain.value(54).is_some() || is_ambiguous);
    }
    assert_eq!(code.base().payload(), code.payload());
    let fields: Vec<_> = code.fields().collect();
    let names: BTreeSet<_> = fields.iter().map(|(name, _)| name).collect();
    assert!(names.len() == fields.len() && fields.len() <= 25);
    let text = code.payload().as_str();
    assert!(fields.iter().all(|(_, value)| text.contains(value)), "{} fields", fields.len());
    let _ = (code.additional_data(), code.base().language_information(), code.created_at_ms());
}

/// Values for a builder.
#[derive(Arbitrary, Debug)]
struct Values {
    is_merchant: bool,
    account: Word,
    information: Option<Word>,
    bank: Option<Word>,
    name: Word,
    city: Option<Word>,
    category: u16,
    currency: Money,
    amount: Option<(Decimal, u64, u64)>,
    union_pay: Option<Word>,
    labels: [Option<Word>; 5],
    language: Option<Word>,
    local_city: Option<Word>,
}

impl Values {
    /// What is built satisfies the profile and has the values; what is not built breaks a rule or does not fit.
    fn check(&self) {
        let or_none = |word: &'_ Option<Word>| word.as_ref().map(|word| word.0.clone());
        let (information, bank) = (or_none(&self.information), or_none(&self.bank));
        let mut builder = if self.is_merchant {
            let (id, bank) = (information.as_deref().unwrap_or("1"), bank.as_deref().unwrap_or("Bank"));
            Builder::merchant(&self.account.0, id, bank, &self.name.0)
        } else {
            Builder::individual(&self.account.0, &self.name.0)
                .account_information(information.as_deref().unwrap_or_default())
                .acquiring_bank(bank.as_deref().unwrap_or_default())
        };
        let label = |position: usize| self.labels[position].as_ref().map_or("", |word| word.0.as_str());
        builder = builder
            .currency(self.currency.0)
            .merchant_category_code(Mcc::new(self.category % 10_000).expect("four digits"))
            .bill_number(label(0))
            .mobile_number(label(1))
            .store_label(label(2))
            .terminal_label(label(3))
            .purpose_of_transaction(label(4));
        if let Some(city) = &self.city {
            builder = builder.city(&city.0);
        }
        if let Some(account) = &self.union_pay {
            builder = builder.union_pay_account(&account.0);
        }
        if let Some(name) = &self.language {
            builder = builder.alternate_name(Language::KM, &name.0);
        }
        if let Some(city) = &self.local_city {
            builder = builder.alternate_city(&city.0);
        }
        let amount = self.amount.as_ref().and_then(|(amount, created_ms, expires_at_ms)| {
            let lifetime = Lifetime { created_ms: *created_ms, expires_at_ms: *expires_at_ms };
            Some((Amount::new(&amount.0).ok()?, lifetime))
        });
        if let Some((amount, lifetime)) = amount {
            builder = builder.amount(amount, self.currency.0, lifetime);
            written_amount(amount, self.currency.0);
        }
        assert_mute(&builder);
        match encode_every_way(&builder) {
            Ok(text) => self.reads_back(&text, amount),
            Err(BuildError::Rule(violation)) => assert_eq!(violation.severity(), Severity::Error),
            Err(BuildError::Encode(error)) => {
                assert!(matches!(error.kind(), ErrorKind::ValueEmpty | ErrorKind::ValueTooLong), "{error}");
            }
            Err(error) => panic!("an error of a new kind: {error}"),
        }
    }

    fn reads_back(&self, text: &str, amount: Option<(Amount, Lifetime)>) {
        let payload = Payload::parse(text).expect("what is built is wire-valid");
        assert!(Khqr::recognises(&payload));
        read(&payload, amount.map_or(0, |(_, lifetime)| lifetime.expires_at_ms));
        let code = payload.view::<Khqr<'_>>(Clock::UNKNOWN).expect("what is built conforms");
        assert_eq!(code.bakong_account().map(BakongAccount::as_str), Some(self.account.0.as_str()));
        assert_eq!(code.name(), Some(self.name.0.as_str()));
        assert_eq!(code.account_kind() == Some(AccountKind::Merchant), self.is_merchant);
        let decimals = code.decimals().expect("riel or dollars");
        let units = |amount: Amount| amount.minor_units(decimals);
        assert_eq!(code.amount().expect("an amount").and_then(units), amount.and_then(|(amount, _)| units(amount)));
        if let Some((_, lifetime)) = amount {
            assert_eq!(code.expiry(lifetime.expires_at_ms), Expiry::ValidUntil(lifetime.expires_at_ms));
        }
    }
}

/// An amount as the generator writes it is the same amount.
fn written_amount(amount: Amount, currency: Currency) {
    if let Ok(written) = amount_text(amount, currency) {
        assert_eq!(written.minor_units(12), amount.minor_units(12));
        assert_eq!(written.minor_units(3), amount.minor_units(3));
    }
}

/// A text that is mostly fit for where it stands.
#[derive(Debug)]
struct Word(String);

impl<'a> Arbitrary<'a> for Word {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        const WORDS: [&str; 8] =
            ["user@bank", "khqr@bank", "a@b@c", "@", "Example Shop", "ភ្នំពេញ", "កាហ្វេ😀", "012345678"];
        Ok(Self(match u.int_in_range(0..=7)? {
            0..=2 => "user@bank".to_owned(),
            3..=5 => (*u.choose(&WORDS)?).to_owned(),
            6 => u.choose(&["x", "é", "ភ", "𠮷"])?.repeat(u.int_in_range(0..=34)?),
            _ => u.arbitrary()?,
        }))
    }
}

/// Riel or dollars, mostly.
#[derive(Debug)]
struct Money(Currency);

impl<'a> Arbitrary<'a> for Money {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        Ok(Self(*u.choose(&[Currency::KHR, Currency::KHR, Currency::USD, Currency::USD, Currency::THB])?))
    }
}

/// Mostly an amount.
#[derive(Debug)]
struct Decimal(String);

impl<'a> Arbitrary<'a> for Decimal {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        let listed =
            *u.choose(&["1", "500", "500.00", "1.5", "0", "0.01", "5.", ".5", "99999999999.9", "9999999999.99"])?;
        if u.arbitrary()? {
            return Ok(Self(listed.to_owned()));
        }
        let length = u.int_in_range(0..=14)?;
        let digits: Drawn<String> =
            (0..length).map(|_| u.choose(b"0123456789.").map(|byte| char::from(*byte))).collect();
        digits.map(Self)
    }
}
