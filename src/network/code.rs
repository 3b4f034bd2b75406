//! The profile of whatever networks a code holds accounts of.

use core::ops::ControlFlow;

use super::account::{FieldValue, Misfit, NetworkAccount, accounts};
use super::kind::Kind;
use super::reading::{Networks, Reading, Seen};
use super::row::{Confidence, Field, Network, Presence};
use super::rules::{COUNTRY, CURRENCY, EXPIRED, NO_PAYEE};
use super::table::{ROWS, TABLE};
use crate::clock::Clock;
use crate::mpm::rules::GUID_SHAPE;
use crate::mpm::{self, Mpm, certain_amount, getters};
use crate::path::Path;
use crate::payee::{self, Doubts, Payee};
use crate::payload::Payload;
use crate::profile::{Profile, ReadError};
use crate::rule::{Detail, FilterMap, Rule, Severity, Violation, Visitor};
use crate::tag::Tag;
use crate::value::{Currency, InvalidValue};

/// A payload under the rules of the networks whose accounts it holds.
///
/// Its findings are those of [`Mpm`] but for what its networks are known to break, those of [`rules`](super::rules), and warnings about
/// fields with ids such as `network.th.transfer.mobile_number`. What is known with confidence D alone gives no finding. Codes of
/// Cambodia and Japan have profiles of their own, [`Khqr`](crate::Khqr) and [`Jpqr`](crate::Jpqr), which say more.
///
/// ```
/// use emvqr::network::NetworkCode;
/// use emvqr::{Clock, Mpm, Payload};
///
/// // VietQR leaves out 52, 59 and 60.
/// let text = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
/// let payload = Payload::parse(text)?;
/// assert_eq!(payload.validate::<Mpm<'_>>(()).into_violations().len(), 3);
/// assert!(payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations().is_empty());
/// # Ok::<(), emvqr::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct NetworkCode<'a> {
    base: Mpm<'a>,
    reading: Reading<'a>,
}

/// Whether one of the networks of a code is known to break the rule of a finding.
fn is_excused(seen: &Seen, violation: &Violation) -> bool {
    let breaks = |network: &Network| {
        network.excuses.iter().any(|(rule, root)| {
            let is_there = root.is_none_or(|root| violation.path().root().is_some_and(|tag| tag.get() == root));
            *rule == violation.rule() && is_there
        })
    };
    // An identifier that is known need not look like one.
    let is_known = |root: Tag| violation.rule() == GUID_SHAPE && seen.accounts().contains(root);
    violation.path().root().is_some_and(is_known) || seen.networks().any(breaks)
}

/// The most fields of the table.
const MOST: usize = 256;

/// A rule for each field of the table, in its order.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
static RULES: [Rule; MOST] = {
    const fn rule(id: &'static str) -> Rule {
        let summary = "the value is not what its network writes there";
        Rule::new(id, Severity::Warning, "the network's own format", summary).numbered(504)
    }
    let mut rules = [rule("network.none"); MOST];
    let (mut networks, mut place): (&[Network], usize) = (ROWS, 0);
    while let [row, rest @ ..] = networks {
        let mut fields = row.field_table();
        while let [field, others @ ..] = fields {
            rules[place] = rule(field.rule());
            place = place.wrapping_add(1);
            fields = others;
        }
        networks = rest;
    }
    rules
};

/// The rule about a field.
pub(super) fn rule_of(id: &'static str) -> Option<&'static Rule> {
    let fields = TABLE.iter().flat_map(Network::field_table);
    let place = fields.into_iter().position(|field| field.rule() == id)?;
    RULES.get(place)
}

/// The rules about the fields of the networks, in the order of the table.
pub fn field_rules() -> impl Iterator<Item = &'static Rule> {
    let count = TABLE.iter().map(|network| network.field_table().len()).sum();
    RULES.iter().take(count)
}

/// Whether a value is one of a list of entries of so many characters with blanks between, or not of their form at all; ASCII case
/// aside.
fn is_listed(list: Option<&str>, width: usize, value: &str) -> bool {
    let Some(list) = list.filter(|list| is_alike(list.as_bytes().get(..width), value.as_bytes())) else { return true };
    let entry = |place: usize| {
        let start = place.checked_mul(width.checked_add(1)?)?;
        list.get(start..start.checked_add(width)?)
    };
    (0..).map_while(entry).any(|entry| entry.eq_ignore_ascii_case(value))
}

/// Whether two texts are as long and have digits in the same places.
fn is_alike(entry: Option<&[u8]>, value: &[u8]) -> bool {
    let is_same = |entry: &[u8]| {
        let mut both = entry.iter().zip(value);
        entry.len() == value.len() && both.all(|(a, b)| a.is_ascii_digit() == b.is_ascii_digit())
    };
    entry.is_some_and(is_same)
}

impl<'a> NetworkCode<'a> {
    /// Reads a text and checks it.
    ///
    /// # Errors
    ///
    /// The text is not a payload, or breaks a rule: the first finding of severity error.
    pub fn parse(text: &'a str, clock: Clock) -> Result<Self, ReadError> {
        Ok(Payload::parse(text)?.view(clock)?)
    }

    pub(crate) fn of_reading(payload: &Payload<'a>, reading: &Reading<'a>) -> Self {
        Self { base: Mpm::of(payload), reading: *reading }
    }

    /// The reading under EMVCo's base profile.
    #[must_use]
    pub const fn base(&self) -> &Mpm<'a> {
        &self.base
    }

    getters!();
    certain_amount!();

    fn is_ambiguous(&self) -> bool {
        self.reading.base.is_ambiguous()
    }

    /// 54 in the smallest unit of its currency, by ISO 4217. `Ok(None)` if it is absent, or elsewhere.
    ///
    /// # Errors
    ///
    /// As [`amount`](Self::amount); or the amount is not one of its currency, or the currency is not known, which no conformant
    /// code has.
    pub fn amount_minor(&self) -> Result<Option<u64>, InvalidValue> {
        let Some(amount) = self.amount()? else { return Ok(None) };
        let decimals = self.currency()?.and_then(Currency::exponent);
        decimals.and_then(|decimals| amount.minor_units(decimals)).map(Some).ok_or(InvalidValue::MINOR_UNITS)
    }

    /// When the code may no longer be paid, by its network's own field, in milliseconds since 1970. `Ok(None)` if it does not
    /// expire, or does not say.
    ///
    /// # Errors
    ///
    /// The field is there and is not a time.
    pub fn expires_at_ms(&self) -> Result<Option<u64>, InvalidValue> {
        let account = self.reading.account(self.payload());
        account.map_or(Ok(None), |account| account.expires_at_ms().map_err(|_| InvalidValue::TIME))
    }

    /// The networks whose accounts the code holds, each once, in the order of the text.
    pub fn networks(&self) -> Networks<'_, 'a> {
        super::networks(self.payload())
    }

    /// The network that is paid. `None` if there are several, of which one has to be chosen.
    #[must_use]
    pub fn network(&self) -> Option<&'static Network> {
        self.reading.network()
    }

    /// Who is paid. `None` if that is ambiguous, if several networks are there, and if the account names nobody.
    #[must_use]
    pub const fn payee(&self) -> Option<&Payee<'a>> {
        self.reading.payee()
    }
}

/// What an account says that its network, the rest of the code or the time contradicts.
fn check_account(account: &NetworkAccount<'_, '_>, clock: Clock, visitor: &mut dyn Visitor) -> ControlFlow<()> {
    let (network, payload) = (account.network(), account.payload());
    if let (Some(now), Ok(Some(time))) = (clock.millis(), account.expires_at_ms())
        && now > time
        && let Some(expiry) = account.expiry()
    {
        let is_once = account.is_one_time() || payload.tags().contains(Tag::TRANSACTION_AMOUNT);
        let severity = if is_once { Severity::Error } else { Severity::Warning };
        visitor.report(Violation::of_value(EXPIRED, &expiry).with_severity(severity))?;
    }
    if !visitor.wants_warnings() {
        return ControlFlow::Continue(());
    }
    for field in account.fields().filter(FieldValue::is_sure) {
        // Digits that are no time: the 13th month.
        let is_no_time = account.expires_at_ms() == Err(field.object().path());
        let misfit = field.fit().err();
        let Some(rule) = rule_of(field.field().rule()).filter(|_| misfit.is_some() || is_no_time) else { continue };
        let found = Violation::of_value(rule, &field.object());
        visitor.visit(match misfit {
            Some(Misfit::Length { length, most, .. }) if length > most => {
                found.with_detail(Detail::Length { length, limit: most })
            }
            _ => found,
        })?;
    }
    let place = account.object();
    let mut is_told = false;
    // That one of several is missing is told as the payee that is missing.
    let is_sure = |field: &&Field| field.presence() != Presence::OneOf && field.confidence() < Confidence::D;
    for field in account.missing().filter(is_sure) {
        if let Some(rule) = rule_of(field.rule()) {
            is_told = true;
            visitor.visit(Violation::new(rule, Path::of(place.tag()), place.end(), 0))?;
        }
    }
    // Another account of the same network may name the payee.
    let names_payee = |other: NetworkAccount<'_, '_>| other.network() == network && other.payee().is_some();
    let has_key = network.kind() != Kind::Identity && !network.keys.is_empty();
    if has_key && !is_told && account.payee().is_none() && !accounts(payload).any(names_payee) {
        visitor.visit(Violation::of_object(NO_PAYEE, &place))?;
    }
    if network.kind() != Kind::National || network.confidence() == Confidence::D {
        return ControlFlow::Continue(());
    }
    let expected = [
        (Tag::COUNTRY_CODE, network.country(), 2, COUNTRY),
        (Tag::TRANSACTION_CURRENCY, network.currency(), 3, CURRENCY),
    ];
    for (tag, list, width, rule) in expected {
        if let Some(object) = payload.get(tag)
            && !is_listed(list, width, object.value())
        {
            visitor.visit(Violation::of_value(rule, &object))?;
        }
    }
    ControlFlow::Continue(())
}

/// The rules, for whoever has read already whether the code is of Cambodia or Japan; whose code it is.
pub(crate) fn check_base<'a>(
    payload: &Payload<'a>,
    base: payee::Reading<'a>,
    clock: Clock,
    visitor: &mut dyn Visitor,
) -> (Reading<'a>, ControlFlow<()>) {
    let mut flow = ControlFlow::Continue(());
    let (reading, seen) = Reading::of_base(payload, base, &[], &mut |rule, object| {
        if flow.is_continue() {
            flow = visitor.visit(Violation::of_value(rule, object));
        }
    });
    if flow.is_continue() {
        flow = check_seen(payload, &base.doubts, &seen, clock, visitor);
    }
    (reading, flow)
}

fn check_seen(
    payload: &Payload<'_>,
    doubts: &Doubts,
    seen: &Seen,
    clock: Clock,
    visitor: &mut dyn Visitor,
) -> ControlFlow<()> {
    let kept = |violation: Violation| (!is_excused(seen, &violation)).then_some(violation);
    mpm::check_with(payload, doubts, &mut FilterMap::new(visitor, kept))?;
    seen.each(payload).try_for_each(|account| check_account(&account, clock, visitor))
}

impl<'a> Profile<'a> for NetworkCode<'a> {
    /// Whether an account has expired depends on the time.
    type Context = Clock;

    const NAME: &'static str = "network";

    /// Whether the code holds an account of a network that is known.
    fn recognises(payload: &Payload<'a>) -> bool {
        accounts(payload).next().is_some()
    }

    fn check(payload: &Payload<'_>, clock: Clock, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        check_base(payload, payee::Reading::of(payload), clock, visitor).1
    }

    fn read_checked(payload: &Payload<'a>, clock: Clock, visitor: &mut dyn Visitor) -> Self {
        let (reading, _) = check_base(payload, payee::Reading::of(payload), clock, visitor);
        Self::of_reading(payload, &reading)
    }

    fn of(payload: &Payload<'a>) -> Self {
        Self::of_reading(payload, &Reading::of(payload, &[]))
    }

    /// The names of the networks' accounts and fields; EMVCo's for other objects.
    fn object_name(&self, path: Path) -> Option<&'static str> {
        let name = |account: NetworkAccount<'_, 'a>| {
            if account.object().path() == path {
                return Some(account.network().name());
            }
            account.fields().find(|field| field.object().path() == path).map(|field| field.field().name())
        };
        accounts(self.payload()).find_map(name).or_else(|| path.name())
    }
}
