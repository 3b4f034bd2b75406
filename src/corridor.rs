//! The profile of whatever networks a code holds accounts of.
//!
//! [`Corridor`] applies EMVCo's rules, except those that the code's networks are known to break, and the networks' own formats,
//! as warnings. Codes of Cambodia and Japan have profiles of their own, [`Khqr`](crate::Khqr) and [`Jpqr`](crate::Jpqr), which
//! say more.

use core::ops::ControlFlow;

use crate::mpm::Mpm;
use crate::mpm::rules::GUID_SHAPE;
use crate::network::{self, Confidence, Misfit, Network, TABLE};
use crate::path::Path;
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::{Detail, FilterMap, Rule, Severity, Violation, Visitor};

/// A payload under the rules of the networks whose accounts it holds.
///
/// Its findings are those of [`Mpm`] but for what is excused, and warnings with ids such as
/// `network.th.transfer.mobile_number`. What is known with confidence D alone gives no finding.
///
/// ```
/// use emvqr::corridor::Corridor;
/// use emvqr::{Mpm, Payload};
///
/// // VietQR leaves out 52, 59 and 60.
/// let text = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
/// let payload = Payload::parse(text)?;
/// assert_eq!(payload.violations::<Mpm<'_>>().len(), 3);
/// assert!(payload.violations::<Corridor<'_>>().is_empty());
/// # Ok::<(), emvqr::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Corridor<'a> {
    base: Mpm<'a>,
}

/// `corridor.ambiguous-payee` (Error): the code has two accounts of one network, so who is paid is ambiguous.
pub const AMBIGUOUS_PAYEE: &Rule = &Rule::new(
    "corridor.ambiguous-payee",
    Severity::Error,
    "an ambiguous payee is not paid",
    "the code has two accounts of one network, so who is paid is ambiguous",
)
.numbered(501)
.protects_payee();

/// Another account of the same network than one before it.
fn second_account(payload: &Payload<'_>) -> Option<Violation> {
    network::accounts(payload).enumerate().find_map(|(place, account)| {
        let payee = account.payee()?;
        let mut before = network::accounts(payload).take(place).filter(|other| other.network() == account.network());
        let is_other = before.any(|other| other.payee().is_some_and(|other| other.value() != payee.value()));
        is_other.then(|| Violation::of_value(AMBIGUOUS_PAYEE, &payee))
    })
}

/// Whether one of the networks of a code is known to break the rule of a finding.
fn is_excused(payload: &Payload<'_>, violation: &Violation) -> bool {
    let breaks = |network: &Network| {
        network.excuses.iter().any(|(rule, root)| {
            let is_there = root.is_none_or(|root| violation.path().root().is_some_and(|tag| tag.get() == root));
            *rule == violation.rule() && is_there
        })
    };
    network::accounts(payload).any(|account| {
        // An identifier that is known need not look like one.
        let is_its_guid = violation.rule() == GUID_SHAPE && violation.path().root() == Some(account.object().tag());
        is_its_guid || breaks(account.network())
    })
}

/// The most fields of the table.
const MOST: usize = 256;

/// A rule for each field of the table, in its order.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
static RULES: [Rule; MOST] = {
    const fn rule(id: &'static str) -> Rule {
        Rule::new(id, Severity::Warning, "the network's own format", "the value is not what its network writes there")
    }
    let mut rules = [rule("network.none"); MOST];
    let (mut networks, mut place): (&[Network], usize) = (network::ROWS, 0);
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
fn rule_of(id: &'static str) -> Option<&'static Rule> {
    let fields = TABLE.iter().flat_map(Network::field_table);
    let place = fields.into_iter().position(|field| field.rule() == id)?;
    RULES.get(place)
}

impl<'a> Corridor<'a> {
    /// The reading under EMVCo's base profile.
    #[must_use]
    pub const fn base(&self) -> &Mpm<'a> {
        &self.base
    }

    /// The payload.
    #[must_use]
    pub const fn payload(&self) -> &Payload<'a> {
        self.base.payload()
    }
}

impl<'a> Profile<'a> for Corridor<'a> {
    type Context = ();

    const NAME: &'static str = "corridor";

    /// Whether the code holds an account of a network that is known.
    fn recognises(payload: &Payload<'a>) -> bool {
        network::accounts(payload).next().is_some()
    }

    fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        let kept = |violation: Violation| (!is_excused(payload, &violation)).then_some(violation);
        Mpm::check(payload, (), &mut FilterMap::new(visitor, kept))?;
        if let Some(second) = second_account(payload) {
            visitor.visit(second)?;
        }
        if !visitor.wants_warnings() {
            return ControlFlow::Continue(());
        }
        for account in network::accounts(payload) {
            let misfits = account.fields().filter(|field| field.is_sure() && field.fit().is_err());
            for field in misfits {
                if let Some(rule) = rule_of(field.field().rule()) {
                    let found = Violation::of_value(rule, &field.object());
                    let found = match field.fit() {
                        Err(Misfit::Length { length, most, .. }) if length > most => {
                            found.with_detail(Detail::Length { length, limit: most })
                        }
                        _ => found,
                    };
                    visitor.visit(found)?;
                }
            }
            let missing = account.missing().filter(|field| field.confidence() < Confidence::D);
            for field in missing {
                if let Some(rule) = rule_of(field.rule()) {
                    visitor.visit(Violation::new(rule, Path::of(account.object().tag()), account.object().end(), 0))?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn read(payload: &Payload<'a>) -> Self {
        Self { base: Mpm::read(payload) }
    }
}
