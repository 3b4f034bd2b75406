//! Who is paid, and what makes that ambiguous by a code of Cambodia or of Japan. Knows no table of networks, so that a firmware
//! that judges KHQR does not carry it.

pub(crate) mod bakong;
mod marks;
pub(crate) mod other_readers;
pub(crate) mod store_id;

use core::fmt;

use bakong::BakongAccount;
use store_id::StoreId;

use crate::path::Path;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::value::{Amount, InvalidValue};

/// Who is paid: all of what says where the money goes. Two payees are equal if all parts are, wherever in a code they stand.
///
/// ```
/// use emvqr::{Clock, Code};
///
/// let text = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
/// let code = Code::parse(text, Clock::UNKNOWN)?;
/// let payee = code.payee().unwrap();
/// assert_eq!((payee.network(), payee.institution()), ("vn.napas", Some("970403")));
/// assert_eq!(payee.account(), "9704031101234567");
/// # Ok::<(), emvqr::ReadError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Payee<'a> {
    network: &'static str,
    institution: Option<&'a str>,
    account: Account<'a>,
    sub_account: Option<&'a str>,
    /// Of networks with several kinds of keys the place of the key in the row, and the type that the code names.
    kind: (usize, Option<&'a str>),
    path: Path,
}

/// What names an account.
#[derive(Clone, Copy)]
enum Account<'a> {
    /// A value of the text.
    Text(&'a str),
    /// The four levels, which stand apart in the text.
    Store(StoreId),
}

impl<'a> Payee<'a> {
    pub(crate) const fn new(network: &'static str, account: &'a str, path: Path) -> Self {
        Self { network, institution: None, account: Account::Text(account), sub_account: None, kind: (0, None), path }
    }

    pub(crate) const fn with_institution(self, institution: Option<&'a str>) -> Self {
        Self { institution, ..self }
    }

    pub(crate) const fn with_kind(self, place: usize, kind: Option<&'a str>) -> Self {
        Self { kind: (place, kind), ..self }
    }

    /// The Bakong account of a template, and the customer or the merchant behind it.
    pub(crate) fn of_khqr(template: Tag, account: &'a str, sub_account: Option<&'a str>) -> Self {
        let path = Path::of(template).join(Tag::GLOBALLY_UNIQUE_IDENTIFIER).unwrap_or(Path::of(template));
        Self { sub_account, ..Self::new(KHQR, account, path) }
    }

    /// A store of Japan, and the template that names it.
    pub(crate) const fn of_jpqr(store_id: StoreId, template: Tag) -> Self {
        let (institution, account, sub_account) = (None, Account::Store(store_id), None);
        Self { network: JPQR, institution, account, sub_account, kind: (0, None), path: Path::of(template) }
    }

    /// The id of the network in [`network::TABLE`](crate::network::TABLE): `khqr`, `vn.napas`.
    #[must_use]
    pub const fn network(&self) -> &'static str {
        self.network
    }

    /// The institution that holds the account, where the network writes one: the bank identification number of `VietQR`, the
    /// clearing code of FPS, the BIC of QR Ph.
    #[must_use]
    pub const fn institution(&self) -> Option<&'a str> {
        self.institution
    }

    /// What names the payee: a Bakong account id, the 29 characters of a store id, another network's own key.
    #[must_use]
    pub fn account(&self) -> &str {
        match &self.account {
            Account::Text(account) => account,
            Account::Store(store_id) => store_id.as_str(),
        }
    }

    /// KHQR: who is credited behind the Bakong account, the customer (29-01) or the merchant (30-01) of its bank.
    #[must_use]
    pub const fn sub_account(&self) -> Option<&'a str> {
        self.sub_account
    }

    /// The data object with the [account](Self::account); of a store its template.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The store id of a store of Japan.
    pub(crate) const fn store_id(&self) -> Option<StoreId> {
        match self.account {
            Account::Store(store_id) => Some(store_id),
            Account::Text(_) => None,
        }
    }
}

impl PartialEq for Payee<'_> {
    fn eq(&self, other: &Self) -> bool {
        let parts = |payee: &Self| (payee.network, payee.institution, payee.sub_account, payee.kind);
        parts(self) == parts(other) && self.account() == other.account()
    }
}

impl Eq for Payee<'_> {}

impl core::hash::Hash for Payee<'_> {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        (self.network, self.institution, self.account(), self.sub_account).hash(state);
    }
}

/// The account, with the institution before it and what stands behind it, `/` between.
impl fmt::Display for Payee<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(institution) = self.institution {
            write!(f, "{institution}/")?;
        }
        f.write_str(self.account())?;
        self.sub_account.map_or(Ok(()), |sub_account| write!(f, "/{sub_account}"))
    }
}

crate::display::debug!(Payee<'_>: |payee| "Payee({}, {})", payee.network, payee.path);

#[cfg(feature = "serde")]
impl ::serde::Serialize for Payee<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut payee = serializer.serialize_struct("Payee", 5)?;
        payee.serialize_field("network", self.network)?;
        payee.serialize_field("institution", &self.institution)?;
        payee.serialize_field("account", self.account())?;
        payee.serialize_field("sub_account", &self.sub_account)?;
        payee.serialize_field("path", &self.path)?;
        payee.end()
    }
}

/// The ids of the networks with profiles of their own.
pub(crate) const KHQR: &str = "khqr";
pub(crate) const JPQR: &str = "jpqr";

/// What a text says of Cambodia's and Japan's schemes: whose code it is, and who is paid.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The account template by which KHQR recognises the code.
    pub(crate) khqr: Option<(Tag, bakong::AccountValues<'a>)>,
    /// Whether JPQR recognises it.
    pub(crate) is_jpqr: bool,
    /// Whether it is not certain who is paid.
    pub(crate) is_ambiguous: bool,
}

impl<'a> Reading<'a> {
    pub(crate) fn of(payload: &Payload<'a>) -> Self {
        let khqr = bakong::recognised_account(payload);
        let is_jpqr = !store_id::templates(payload).is_empty();
        let is_beyond = khqr.is_some() && payload.highest_byte() >= bakong::FIRST_BEYOND_BMP;
        let is_ambiguous = is_beyond || ambiguity(payload).is_some() || is_read_otherwise(payload);
        Self { khqr, is_jpqr, is_ambiguous }
    }

    /// The payee of a code that KHQR recognises.
    pub(crate) fn bakong(&self) -> Option<Payee<'a>> {
        let (template, ([account, sub_account, _], repeated)) = self.khqr?;
        let account = BakongAccount::parse(account?)?;
        let payee = Payee::of_khqr(template, account.as_str(), sub_account);
        (!self.is_ambiguous && repeated.is_empty()).then_some(payee)
    }

    /// The payee of a code that JPQR recognises.
    pub(crate) fn store(&self, payload: &Payload<'a>) -> Option<Payee<'a>> {
        if !self.is_jpqr || self.is_ambiguous {
            return None;
        }
        store_id::certain_store(payload).map(|(store_id, tag)| Payee::of_jpqr(store_id, tag))
    }
}

/// Why it is not certain who is paid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ambiguity {
    /// KHQR and JPQR both recognise the code: whoever reads it under one of them pays somebody else.
    Schemes,
    /// Two JPQR templates do not name the same store. One of them may be the value of a card network's ID: a public reader
    /// takes the first template with the GUID from 02 on.
    Stores,
    /// A Bakong account in 29, and another one in 30.
    Accounts,
}

/// What makes it ambiguous who is paid, whatever the country. One template alone cannot.
#[cold]
#[inline(never)]
pub(crate) fn ambiguity(payload: &Payload<'_>) -> Option<Ambiguity> {
    let hidden = store_id::hidden_templates(payload);
    if hidden.is_empty() && !payload.tags().intersection(TagSet::ACCOUNT_TEMPLATES).has_several() {
        return None;
    }
    let stores = store_id::templates(payload).union(hidden);
    let is_khqr = bakong::recognised_account(payload).is_some();
    if is_khqr && !stores.is_empty() {
        Some(Ambiguity::Schemes)
    } else if store_id::are_several(payload, stores) {
        Some(Ambiguity::Stores)
    } else if bakong::has_both_templates(payload) && (is_khqr || bakong::has_two_accounts(payload)) {
        Some(Ambiguity::Accounts)
    } else {
        None
    }
}

/// Whether a reader who counts lengths in another unit would pay something else, and nobody pays by the profile that only warns
/// of it.
fn is_read_otherwise(payload: &Payload<'_>) -> bool {
    let is_error = |other: other_readers::OtherObject| {
        !other.is_money_in_clusters() || bakong::recognised_account(payload).is_none()
    };
    other_readers::find(payload).is_some_and(is_error)
}

/// 54, if all readers find it and it is certain whom it is for. `Ok(None)` if it is absent.
pub(crate) fn certain_amount(payload: &Payload<'_>) -> Result<Option<Amount>, InvalidValue> {
    if is_read_otherwise(payload) {
        return Err(InvalidValue::AMBIGUOUS_AMOUNT);
    }
    let Some(object) = payload.get(Tag::TRANSACTION_AMOUNT) else { return Ok(None) };
    if ambiguity(payload).is_some() {
        Err(InvalidValue::AMBIGUOUS_AMOUNT)
    } else {
        Amount::new(object.value()).map(Some)
    }
}

/// Whether a reader who counts lengths in another unit may pay somebody else, or both schemes recognise the payload, or it
/// names two stores: then no view names a payee.
pub(crate) fn has_two_readings(payload: &Payload<'_>) -> bool {
    other_readers::find(payload).is_some() || has_two_schemes_or_stores(payload)
}

fn has_two_schemes_or_stores(payload: &Payload<'_>) -> bool {
    matches!(ambiguity(payload), Some(Ambiguity::Schemes | Ambiguity::Stores))
}
