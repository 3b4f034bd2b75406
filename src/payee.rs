//! Who is paid, and what makes that ambiguous by a code of Cambodia or of Japan. Knows no table of networks, so that a firmware
//! that judges KHQR does not carry it.

pub(crate) mod bakong;
mod marks;
pub(crate) mod other_readers;
pub(crate) mod store_id;

use core::fmt;

use bakong::{BakongAccount, RecognisedAccount};
#[cfg(feature = "alloc")]
pub(crate) use marks::{is_mark as is_cluster_mark, is_prepended};
use other_readers::OtherObject;
use store_id::StoreId;

use crate::path::Path;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::DataObject;
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

/// Why it is not certain who is paid, or how much. Read once by each door, for the rules and for the view.
#[derive(Clone, Copy)]
pub(crate) struct Doubts {
    ambiguity: Option<Ambiguity>,
    /// What only a reader who counts lengths in another unit finds.
    other: Option<OtherObject>,
    /// Whether a character lies beyond U+FFFF, which the readers of KHQR count as two.
    is_beyond_bmp: bool,
}

impl Doubts {
    #[inline]
    pub(crate) fn of(payload: &Payload<'_>) -> Self {
        Self {
            ambiguity: ambiguity(payload),
            other: other_readers::find(payload),
            is_beyond_bmp: payload.highest_byte() >= bakong::FIRST_BEYOND_BMP,
        }
    }

    pub(crate) const fn ambiguity(&self) -> Option<Ambiguity> {
        self.ambiguity
    }

    pub(crate) const fn other(&self) -> Option<OtherObject> {
        self.other
    }

    /// Whether there is one by EMVCo's rules, which JPQR keeps.
    pub(crate) const fn is_any(&self) -> bool {
        self.ambiguity.is_some() || self.other.is_some()
    }

    /// Whether there is one by KHQR's rules: no reader of KHQR counts clusters, but all count a character beyond U+FFFF as two.
    pub(crate) fn is_any_in_khqr(&self) -> bool {
        let is_read_otherwise = self.other.is_some_and(|other| !other.is_money_in_clusters());
        self.ambiguity.is_some() || is_read_otherwise || self.is_beyond_bmp
    }

    /// The payee of a code that KHQR recognises by an account. `None` if it is not certain.
    pub(crate) fn bakong<'a>(&self, khqr: Option<RecognisedAccount<'a>>) -> Option<Payee<'a>> {
        let (template, ([account, sub_account, _], repeated)) = khqr.filter(|_| !self.is_any_in_khqr())?;
        let account = BakongAccount::parse(account?).filter(|_| repeated.is_empty())?;
        Some(Payee::of_khqr(template, account.as_str(), sub_account))
    }

    /// The payee of a code that JPQR recognises by templates: the store of the first in the text. `None` if it is not certain.
    pub(crate) fn store<'a>(&self, payload: &Payload<'a>, stores: TagSet) -> Option<Payee<'a>> {
        let stores = if self.is_any() { TagSet::EMPTY } else { stores };
        let first = stores.iter().filter_map(|tag| payload.get(tag)).min_by_key(DataObject::offset)?;
        Some(Payee::of_jpqr(StoreId::of_object(&first)?, first.tag()))
    }
}

/// What a text says of Cambodia's and Japan's schemes: whose code it is, and who is paid.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The account by which KHQR recognises the code.
    pub(crate) khqr: Option<RecognisedAccount<'a>>,
    /// The templates by which JPQR recognises it.
    pub(crate) stores: TagSet,
    pub(crate) doubts: Doubts,
}

crate::display::debug!(Reading<'_>: |reading| "Reading({}, {})", reading.is_khqr(), reading.is_jpqr());

impl<'a> Reading<'a> {
    pub(crate) fn of(payload: &Payload<'a>) -> Self {
        Self {
            khqr: bakong::recognised_account(payload),
            stores: store_id::templates(payload),
            doubts: Doubts::of(payload),
        }
    }

    pub(crate) const fn is_khqr(&self) -> bool {
        self.khqr.is_some()
    }

    pub(crate) fn is_jpqr(&self) -> bool {
        !self.stores.is_empty()
    }

    /// Whether, by the rules of the scheme that recognises the code, it is not certain who is paid, or how much.
    pub(crate) fn is_ambiguous(&self) -> bool {
        if self.is_khqr() { self.doubts.is_any_in_khqr() } else { self.doubts.is_any() }
    }

    pub(crate) fn bakong(&self) -> Option<Payee<'a>> {
        self.doubts.bakong(self.khqr)
    }

    pub(crate) fn store(&self, payload: &Payload<'a>) -> Option<Payee<'a>> {
        self.doubts.store(payload, self.stores)
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

/// What makes it ambiguous who is paid, whatever the country. One account alone cannot.
#[inline]
fn ambiguity(payload: &Payload<'_>) -> Option<Ambiguity> {
    if payload.tags().intersection(TagSet::ACCOUNTS).has_several() { ambiguity_of_several(payload) } else { None }
}

#[inline(never)]
fn ambiguity_of_several(payload: &Payload<'_>) -> Option<Ambiguity> {
    let may_be_japanese = |object: DataObject<'_>| match object.tag() {
        tag if TagSet::ACCOUNT_TEMPLATES.contains(tag) => store_id::may_have_guid(&object),
        _ => store_id::may_hide_guid(&object),
    };
    let mut accounts = payload.tags().intersection(TagSet::ACCOUNTS).iter().filter_map(|tag| payload.get(tag));
    if !bakong::has_both_templates(payload) && !accounts.any(may_be_japanese) {
        return None;
    }
    let stores = store_id::templates(payload).union(store_id::hidden_templates(payload));
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

/// 54, if all readers find it and it is certain whom it is for. `Ok(None)` if it is absent.
pub(crate) fn certain_amount(payload: &Payload<'_>, is_ambiguous: bool) -> Result<Option<Amount>, InvalidValue> {
    if is_ambiguous {
        return Err(InvalidValue::AMBIGUOUS_AMOUNT);
    }
    payload.get(Tag::TRANSACTION_AMOUNT).map(|object| Amount::new(object.value())).transpose()
}
