//! Whose code it is, and who is paid.

use super::account::{Accounts, NetworkAccount, accounts};
use super::kind::Kind;
use super::row::{At, Network, Presence};
use super::rules::{AMBIGUOUS_PAYEE, ONE_OF};
use super::table::{COUNT, TABLE, place_of};
use crate::payee::{self, JPQR, KHQR, Payee};
use crate::payload::Payload;
use crate::rule::Rule;
use crate::tag::{Tag, TagSet};
use crate::tlv::DataObject;

/// Whose code it is, and who is paid: one answer for [`Code`](crate::Code), intents and whoever asks by itself.
///
/// Of the accounts of several networks that is paid which the caller prefers; else the only one of a national network; else,
/// if all accounts are known, the only one, which may just say who the merchant is if there is no other; else nobody, until
/// somebody chooses.
///
/// ```
/// use emvqr::network::{self, Reading};
///
/// let text = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
/// let payload = emvqr::Payload::parse(text)?;
/// let reading = Reading::of(&payload, &[]);
/// assert_eq!(reading.network(), network::by_id("vn.napas"));
/// assert_eq!(reading.payee().unwrap().to_string(), "970403/9704031101234567");
/// # Ok::<(), emvqr::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(crate) base: payee::Reading<'a>,
    /// The network that is paid, and the root object of its account.
    chosen: Option<(&'static Network, Tag)>,
    payee: Option<Payee<'a>>,
    is_several: bool,
    /// Whether a network is known that has an account.
    pub(crate) is_known: bool,
}

crate::display::debug!(Reading<'_>: |reading| "Reading({:?}, {:?})", reading.network(), reading.payee);

impl<'a> Reading<'a> {
    /// Reads whose code it is. `preferred` are networks in the order in which the caller would pay by them.
    #[must_use]
    pub fn of(payload: &Payload<'a>, preferred: &[&'static Network]) -> Self {
        Self::of_base(payload, payee::Reading::of(payload), preferred, &mut |_, _| {}).0
    }

    /// The same, with the accounts, and each that contradicts another one reported.
    pub(crate) fn of_base(
        payload: &Payload<'a>,
        base: payee::Reading<'a>,
        preferred: &[&'static Network],
        report: &mut dyn FnMut(&'static Rule, &DataObject<'_>),
    ) -> (Self, Seen) {
        let mut is_contradicted = false;
        let seen = Seen::of(payload, &mut |rule, object| {
            is_contradicted = true;
            report(rule, object);
        });
        let chosen = seen.chosen(payload, preferred);
        let id = chosen.map(|(network, _)| network.id());
        // Khmer codes are judged by KHQR's own rules, Japanese ones by JPQR's.
        let is_own = [Some(KHQR), Some(JPQR)].contains(&id);
        let is_repeated = |tag| payload.get(tag)?.template().ok().map(|template| !template.repeated().is_empty());
        let is_repeated = chosen.and_then(|(_, tag)| is_repeated(tag)) == Some(true);
        let is_ambiguous = base.is_ambiguous() || is_repeated || is_contradicted && !is_own;
        let payee = match id {
            Some(KHQR) => base.bakong(),
            Some(JPQR) => base.store(payload),
            _ => chosen.filter(|_| !is_ambiguous).and_then(|chosen| account(payload, chosen)?.payee()),
        };
        let is_several = chosen.is_none() && (seen.paid > 1 || seen.paid == 1 && !seen.is_all_known(payload));
        (Self { base, chosen, payee, is_several, is_known: !seen.accounts.is_empty() }, seen)
    }

    /// The network that is paid. `None` if none is known, and if several are of which none is preferred.
    #[must_use]
    pub fn network(&self) -> Option<&'static Network> {
        self.chosen.map(|(network, _)| network)
    }

    /// Who is paid. `None` if the code does not say, if that is ambiguous, and without a [network](Self::network).
    #[must_use]
    pub const fn payee(&self) -> Option<&Payee<'a>> {
        self.payee.as_ref()
    }

    /// Whether several networks could be paid, and somebody has to choose.
    pub(crate) const fn is_several(&self) -> bool {
        self.is_several
    }

    /// The account that is paid.
    #[must_use]
    pub fn account<'p>(&self, payload: &'p Payload<'a>) -> Option<NetworkAccount<'p, 'a>> {
        account(payload, self.chosen?)
    }
}

fn account<'p, 'a>(
    payload: &'p Payload<'a>,
    (network, tag): (&'static Network, Tag),
) -> Option<NetworkAccount<'p, 'a>> {
    Some(NetworkAccount { payload, network, object: payload.get(tag)? })
}

/// The networks of a code, as far as it is read.
pub(crate) struct Seen {
    /// For each row of the table the ID of its account, or zero.
    tags: [u8; COUNT],
    first: [Option<(&'static Network, Tag)>; 3],
    /// Networks: national ones, and all that are paid.
    national: usize,
    paid: usize,
    /// For each root object that is an account the row of its network.
    rows: [u8; 100],
    accounts: TagSet,
}

impl Default for Seen {
    fn default() -> Self {
        Self { tags: [0; COUNT], first: [None; 3], national: 0, paid: 0, rows: [0; 100], accounts: TagSet::EMPTY }
    }
}

impl Seen {
    /// Takes all accounts in, and reports each that contradicts another one of its network, or itself.
    pub(super) fn of(payload: &Payload<'_>, report: &mut dyn FnMut(&'static Rule, &DataObject<'_>)) -> Self {
        let mut seen = Self::default();
        for account in accounts(payload) {
            if let Some(other) = account.alternative() {
                report(ONE_OF, &other);
            }
            if let Some(other) = account.repeated() {
                report(AMBIGUOUS_PAYEE, &other);
            }
            if let Some(other) = seen.second(payload, &account) {
                report(AMBIGUOUS_PAYEE, &other);
            }
        }
        seen
    }

    /// The root objects with accounts.
    pub(super) const fn accounts(&self) -> TagSet {
        self.accounts
    }

    /// The accounts again.
    pub(super) fn each<'p, 'a>(&self, payload: &'p Payload<'a>) -> impl Iterator<Item = NetworkAccount<'p, 'a>> {
        self.accounts.iter().filter_map(|tag| {
            let row = self.rows.get(usize::from(tag.get()))?;
            account(payload, (TABLE.get(usize::from(*row))?, tag))
        })
    }

    /// The networks of the accounts.
    pub(super) fn networks(&self) -> impl Iterator<Item = &'static Network> {
        let rows = self.tags.iter().enumerate().filter(|(_, tag)| **tag > 0);
        rows.filter_map(|(row, _)| TABLE.get(row))
    }

    /// Takes an account in; the object that names another payee than an account of the same network before.
    fn second<'a>(&mut self, payload: &Payload<'a>, next: &NetworkAccount<'_, 'a>) -> Option<DataObject<'a>> {
        let (network, tag) = (next.network, next.object.tag());
        let row = place_of(network);
        self.accounts = self.accounts.with(tag);
        if let Some(place) = self.rows.get_mut(usize::from(tag.get())) {
            *place = u8::try_from(row).unwrap_or(u8::MAX);
        }
        let known = self.tags.get_mut(row)?;
        if let Some(before) = Tag::new(*known).filter(|tag| tag.get() > 0) {
            let payee = next.payee()?;
            match account(payload, (network, before)).and_then(|before| before.payee()) {
                // Of two templates of one network one may hold what is no payee, as India's do.
                None => *known = tag.get(),
                Some(other) => return (other != payee).then(|| payload.find(payee.path()))?,
            }
        } else {
            *known = tag.get();
            self.paid = self.paid.saturating_add(usize::from(network.kind != Kind::Identity));
            self.national = self.national.saturating_add(usize::from(network.kind == Kind::National));
        }
        let rank = match network.kind {
            Kind::National => 0,
            Kind::Wallet | Kind::Card => 1,
            Kind::Identity => 2,
        };
        let first = self.first.get_mut(rank)?;
        if first.is_none_or(|(first, _)| first == network) {
            *first = Some((network, tag));
        }
        None
    }

    /// Whether the networks of all accounts are known.
    fn is_all_known(&self, payload: &Payload<'_>) -> bool {
        payload.tags().intersection(TagSet::ACCOUNTS).difference(self.accounts).is_empty()
    }

    fn chosen(&self, payload: &Payload<'_>, preferred: &[&'static Network]) -> Option<(&'static Network, Tag)> {
        let tag = |network: &&'static Network| {
            let tag = Tag::new(*self.tags.get(place_of(network))?).filter(|tag| tag.get() > 0)?;
            Some((*network, tag))
        };
        let is_all_known = || self.is_all_known(payload);
        let identities = self.networks().filter(|network| network.kind == Kind::Identity).count();
        let [national, other, identity] = self.first;
        preferred.iter().find_map(tag).or_else(|| match (self.national, self.paid) {
            (1, _) => national,
            (0, 1) if is_all_known() => other,
            (0, 0) if is_all_known() && identities == 1 => identity,
            _ => None,
        })
    }
}

impl<'a> NetworkAccount<'_, 'a> {
    /// The second of two objects with one ID in a field of the account that names the payee. Of the account itself EMVCo's rules
    /// find them.
    fn repeated(&self) -> Option<DataObject<'a>> {
        let second = |at: &At| {
            let At::Template([field, id, ..]) = at else { return None };
            let field = self.object.objects().map_while(Result::ok).find(|object| object.tag().get() == *field)?;
            field.objects().map_while(Result::ok).filter(|object| object.tag().get() == *id).nth(1)
        };
        self.network.keys.iter().chain(&self.network.institution).find_map(second)
    }

    /// The second of two keys of which an account may have one.
    fn alternative(&self) -> Option<DataObject<'a>> {
        let fields = self.network.fields.iter().filter(|field| field.presence == Presence::OneOf);
        let mut present = fields.filter_map(|field| Some((field.name, self.at(field.at)?)));
        let (name, first) = present.next()?;
        let is_other = |(other, object): &(&str, DataObject<'_>)| *other != name || object.value() != first.value();
        present.find(is_other).map(|(_, object)| object)
    }
}

/// The networks of [`TABLE`](super::TABLE) whose accounts a code holds, each once, in the order of the text.
pub fn networks<'p, 'a>(payload: &'p Payload<'a>) -> Networks<'p, 'a> {
    Networks { accounts: accounts(payload), seen: 0 }
}

/// The networks whose accounts a code has, each once, in the order of the text.
#[derive(Clone, Debug)]
#[must_use = "an iterator does nothing until it is asked for items"]
pub struct Networks<'p, 'a> {
    accounts: Accounts<'p, 'a>,
    seen: u64,
}

const _: () = assert!(COUNT <= 64, "a network has no bit");

impl Iterator for Networks<'_, '_> {
    type Item = &'static Network;

    fn next(&mut self) -> Option<Self::Item> {
        let Self { accounts, seen } = self;
        let bit = |network| u32::try_from(place_of(network)).ok().and_then(|place| 1_u64.checked_shl(place));
        let mut new = accounts.filter_map(|account| Some((account.network, bit(account.network)?)));
        let (network, bit) = new.find(|(_, bit)| *seen & bit == 0)?;
        *seen |= bit;
        Some(network)
    }
}
