//! The accounts of a code, and what is in them.

use core::fmt::{self, Write as _};
use core::iter::FusedIterator;

use super::class::Class;
use super::format::Format;
use super::row::{At, Confidence, Field, Network, Person, Presence, Recognition};
use super::table::{SHAPED, TABLE, of_guid, shaped};
use crate::characters::characters;
use crate::mask::of_field;
use crate::path::Path;
use crate::payee::store_id::StoreId;
use crate::payee::{JPQR, KHQR, Payee};
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::DataObject;

/// Root objects in which an account of some network can be.
const PLACES: TagSet = TagSet::ACCOUNTS.union(TagSet::UNRESERVED_TEMPLATES);

/// The accounts that a code holds, of the networks of [`TABLE`], in the order of the text.
///
/// Several accounts of several networks in one code are normal: the payer's app pays the one that it knows. Two accounts of
/// one network are both given, too. Whether it is certain who is paid is a question of rules.
///
/// ```
/// let text = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
/// let payload = emvqr::Payload::parse(text)?;
/// let account = emvqr::network::accounts(&payload).next().unwrap();
/// assert_eq!(account.network().id(), "vn.napas");
/// assert_eq!(account.payee().unwrap().path().to_string(), "38-01-01");
/// # Ok::<(), emvqr::Error>(())
/// ```
pub fn accounts<'p, 'a>(payload: &'p Payload<'a>) -> Accounts<'p, 'a> {
    accounts_in(payload, TABLE)
}

/// The accounts of the networks of another table.
pub fn accounts_in<'p, 'a>(payload: &'p Payload<'a>, table: &'static [Network]) -> Accounts<'p, 'a> {
    Accounts { payload, left: payload.tags().intersection(PLACES), table }
}

/// The accounts of a code: see [`accounts`].
#[derive(Clone, Debug)]
#[must_use = "an iterator does nothing until it is asked for items"]
pub struct Accounts<'p, 'a> {
    payload: &'p Payload<'a>,
    /// The root objects that are left.
    left: TagSet,
    table: &'static [Network],
}

impl<'a> Accounts<'_, 'a> {
    /// The first in the text of the objects that are left: by ID in nearly all codes, which have them in that order.
    fn next_object(&mut self) -> Option<DataObject<'a>> {
        let mut tags = self.left.iter();
        let mut first = tags.next()?;
        for tag in tags {
            first = if self.payload.starts_after(first, self.payload.start(tag)) { tag } else { first };
        }
        self.left = self.left.difference(TagSet::EMPTY.with(first));
        self.payload.get(first)
    }
}

impl<'p, 'a> Iterator for Accounts<'p, 'a> {
    type Item = NetworkAccount<'p, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // Most codes have one, so that the second call has nothing to do.
        while !self.left.is_empty() {
            let object = self.next_object()?;
            if let Some(network) = recognise(self.payload, &object, self.table) {
                return Some(NetworkAccount { payload: self.payload, network, object });
            }
        }
        None
    }
}

impl FusedIterator for Accounts<'_, '_> {}

/// The network that a text seems to be of, though it cannot be read: the one whose identifier comes first in it. A guess.
///
/// ```
/// let text = "00020101021126580014br.gov.bcb.pix0136123e4567";
/// assert_eq!(emvqr::network::guess(text).unwrap().id(), "br.pix");
/// ```
#[must_use]
pub fn guess(text: &str) -> Option<&'static Network> {
    let text = text.as_bytes();
    let is_at = |start: &usize, guid: &[u8]| {
        let part = text.get(*start..).and_then(|rest| rest.get(..guid.len()));
        part.is_some_and(|part| part.eq_ignore_ascii_case(guid))
    };
    let place = |guid: &str| (0..text.len()).find(|start| is_at(start, guid.as_bytes()));
    let guids = |row: &'static Network| match row.recognition {
        Recognition::Guid(guids) => guids,
        Recognition::Shape(..) => &[],
    };
    let by_guid = TABLE.iter().filter_map(|row| Some((guids(row).iter().filter_map(|guid| place(guid)).min()?, row)));
    let first = by_guid.min_by_key(|(place, _)| *place).map(|(_, row)| row);
    first.or_else(|| {
        let is_khqr = text.contains(&b'@') && (place("5802KH").is_some() || place("5303116").is_some());
        is_khqr.then(|| super::table::by_id("khqr"))?
    })
}

/// The account that a root object of a code is.
pub(crate) fn account_in<'p, 'a>(payload: &'p Payload<'a>, object: DataObject<'a>) -> Option<NetworkAccount<'p, 'a>> {
    if !PLACES.contains(object.tag()) {
        return None;
    }
    Some(NetworkAccount { payload, network: recognise(payload, &object, TABLE)?, object })
}

/// The network of a root object: by its identifier, or else by its shape.
fn recognise(payload: &Payload<'_>, object: &DataObject<'_>, table: &'static [Network]) -> Option<&'static Network> {
    let tag = object.tag();
    let is_own = core::ptr::eq(table, TABLE);
    if !TagSet::PRIMITIVE_ACCOUNTS.contains(tag)
        && let Some(guid) = object.guid_bytes()
    {
        let has_guid = |row: &&Network| match row.recognition {
            Recognition::Guid(guids) => guids.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(guid)),
            Recognition::Shape(..) => false,
        };
        let row = if is_own { of_guid(guid) } else { table.iter().find(has_guid) };
        if let Some(row) = row.filter(|row| row.allowed.contains(tag)) {
            return Some(row);
        }
    }
    let is_shaped =
        |row: &&Network| row.shape().is_some_and(|shape| shape.roots.contains(tag) && (shape.is_one)(payload, object));
    if is_own {
        if SHAPED.contains(tag) { shaped().find(is_shaped) } else { None }
    } else {
        table.iter().find(is_shaped)
    }
}

/// An account of a network in a code.
#[derive(Clone, Copy)]
pub struct NetworkAccount<'p, 'a> {
    pub(super) payload: &'p Payload<'a>,
    pub(super) network: &'static Network,
    pub(super) object: DataObject<'a>,
}

impl<'p, 'a> NetworkAccount<'p, 'a> {
    /// Whose account it is.
    #[must_use]
    pub const fn network(&self) -> &'static Network {
        self.network
    }

    /// The root object that holds it.
    #[must_use]
    pub const fn object(&self) -> DataObject<'a> {
        self.object
    }

    /// The payload around.
    #[must_use]
    pub const fn payload(&self) -> &'p Payload<'a> {
        self.payload
    }

    /// Who is paid by it. `None` if the account has none of the keys that its network uses, if an ID on the way occurs twice or
    /// a template cannot be opened, since readers may then find another, and if the table does not know where the key is.
    /// Whether it is certain who is paid by the code, a [`Reading`](super::Reading) says.
    #[must_use]
    pub fn payee(&self) -> Option<Payee<'a>> {
        let value = |at: At| self.payload.find(self.at(at)?.path()).map(|object| object.value());
        match self.network.id {
            JPQR => Some(Payee::of_jpqr(StoreId::from_template(self.object.value()).ok()?, self.object.tag())),
            KHQR => Some(Payee::of_khqr(self.object.tag(), value(At::Template(&[0]))?, value(At::Template(&[1])))),
            id => {
                let (place, key) =
                    self.network.keys.iter().enumerate().find_map(|(place, at)| Some((place, self.at(*at)?)))?;
                let key = self.payload.find(key.path())?;
                let institution = self.network.institution.and_then(value);
                // An account without the institution that holds it is nobody's.
                if institution.is_none() && self.missing().any(|field| Some(field.at) == self.network.institution) {
                    return None;
                }
                let payee = Payee::new(id, key.value(), key.path()).with_institution(institution);
                Some(payee.with_kind(place, self.network.key_type.and_then(value)))
            }
        }
    }

    /// Whether the account is a person's. `None` if the code does not tell.
    #[must_use]
    pub fn is_person(&self) -> Option<bool> {
        let category = self.payload.get(Tag::MERCHANT_CATEGORY_CODE).map(|object| object.value());
        match self.network.person {
            Person::Yes => Some(true),
            Person::No => Some(false),
            // Peer to peer, and money transfers to persons.
            _ if matches!(category, Some("6016")) => Some(true),
            Person::Unknown => None,
            Person::By(_, rule) => rule(self.payload, &self.object),
        }
    }

    /// Whether the code is for one payment: 01 is 12, or all codes of the network are.
    #[must_use]
    pub fn is_one_time(&self) -> bool {
        let method = self.payload.get(Tag::POINT_OF_INITIATION_METHOD);
        self.network.is_one_time || method.is_some_and(|method| method.value() == "12")
    }

    /// The data object that names a document with the amount, which is not in the code then.
    #[must_use]
    pub fn amount_from(&self) -> Option<DataObject<'a>> {
        self.at(self.network.document?)
    }

    /// The data object that says when the code may no longer be paid, by the network's own field.
    #[must_use]
    pub fn expiry(&self) -> Option<DataObject<'a>> {
        self.at(self.network.expiry?.at)
    }

    /// When the code may no longer be paid, by the network's own field, in milliseconds since 1970. `Ok(None)` if it does not
    /// say, or says that it does not expire.
    ///
    /// # Errors
    ///
    /// The field is there and is not a time: its path.
    pub fn expires_at_ms(&self) -> Result<Option<u64>, Path> {
        let Some(expiry) = self.network.expiry else { return Ok(None) };
        let Some(object) = self.at(expiry.at) else { return Ok(None) };
        match (expiry.read)(object.value()) {
            Some(0) => Ok(None),
            Some(time) => Ok(Some(time)),
            None => Err(object.path()),
        }
    }

    /// The values of the network's fields that the code has, in the order of the table.
    pub fn fields(&self) -> impl Iterator<Item = FieldValue<'a>> + use<'_, 'p, 'a> {
        let is_told = self.is_told_merchant();
        self.network.fields.iter().filter_map(move |field| {
            let is_merchants = is_told && self.network.keys.contains(&field.at);
            Some(FieldValue { field, object: self.at(field.at)?, is_merchants })
        })
    }

    /// Whether a field is the key of a payee of whom the code says that it is a merchant, in a network whose keys are public then.
    pub(crate) fn is_merchants(&self, field: &Field) -> bool {
        self.network.keys.contains(&field.at) && self.is_told_merchant()
    }

    fn is_told_merchant(&self) -> bool {
        self.network.has_public_keys && self.is_person() == Some(false)
    }

    /// The fields that the network demands and the code does not have.
    pub fn missing(&self) -> impl Iterator<Item = &'static Field> + use<'_, 'p, 'a> {
        let has_one = self.network.fields.iter().any(|field| field.presence == Presence::OneOf && self.has(field));
        let mut is_first = true;
        self.network.fields.iter().filter(move |field| match field.presence {
            Presence::Mandatory => self.is_about(field) && !self.has(field),
            Presence::OneOf => !has_one && core::mem::take(&mut is_first),
            _ => false,
        })
    }

    fn has(&self, field: &Field) -> bool {
        self.at(field.at).is_some()
    }

    /// Whether a field is one of this root object.
    pub(crate) fn is_about(&self, field: &Field) -> bool {
        match field.at {
            At::TemplateIn(root, _) => self.object.tag().get() == root,
            _ => true,
        }
    }

    /// The data object at a place that is counted from the account.
    #[must_use]
    pub fn at(&self, at: At) -> Option<DataObject<'a>> {
        at.find(self.payload, &self.object)
    }
}

/// Without values.
impl fmt::Debug for NetworkAccount<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NetworkAccount({}, {})", self.network.id, self.object.path())
    }
}

/// A field of a network, and the data object with its value.
#[derive(Clone, Copy)]
pub struct FieldValue<'a> {
    field: &'static Field,
    object: DataObject<'a>,
    /// Whether it is the key of a payee of whom the code says that it is a merchant.
    is_merchants: bool,
}

/// Why a value is not what its network says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misfit {
    /// It has fewer or more characters than it may have.
    Length {
        /// Characters of the value.
        length: u8,
        /// The least that it may have.
        least: u8,
        /// The most that it may have.
        most: u8,
    },
    /// It consists of something else.
    Format(Format),
    /// It is not a telephone number in a form that a [`Builder`](super::Builder) takes.
    Phone,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { length, least, most } if least == most => write!(f, "{length} characters instead of {most}"),
            Self::Length { length, least, most } => write!(f, "{length} characters instead of {least} to {most}"),
            Self::Format(format) => write!(f, "not of the format {format}"),
            Self::Phone => f.write_str("not a telephone number: digits without spaces and hyphens, as dialled at home, with + and the country, or in the network's own form"),
        }
    }
}

/// Why a value is not what its network writes.
pub(crate) fn misfit(field: &Field, value: &str) -> Option<Misfit> {
    let Field { format, least, most, .. } = *field;
    let length = u8::try_from(characters(value.as_bytes())).unwrap_or(u8::MAX);
    if !(least..=most).contains(&length) {
        return Some(Misfit::Length { length, least, most });
    }
    if format.fits(value) { None } else { Some(Misfit::Format(format)) }
}

impl<'a> FieldValue<'a> {
    /// The field.
    #[must_use]
    pub const fn field(&self) -> &'static Field {
        self.field
    }

    /// The data object.
    #[must_use]
    pub const fn object(&self) -> DataObject<'a> {
        self.object
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> &'a str {
        self.object.value()
    }

    /// How personal it is: as the table says if it has the field's format, else [`Class::Text`]. Keys of several kinds (Pix) are
    /// what they look like, keys of payees that the code calls merchants are clear where their network publishes them, and
    /// numbers shaped like a card's are accounts.
    #[must_use]
    pub fn class(&self) -> Class {
        of_field(self.field, self.value(), self.is_merchants)
    }

    /// Whether it is what the network says.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn fit(&self) -> Result<(), Misfit> {
        misfit(self.field, self.value()).map_or(Ok(()), Err)
    }

    /// Whether what is known of the field is sure enough for a finding.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.field.confidence < Confidence::D
    }

    /// The text of a value that is hexadecimal UTF-16 (Thailand's 81). `None` for other formats.
    #[must_use]
    pub fn hex_text(&self) -> Option<HexText<'a>> {
        let is_text = self.field.format == Format::HexText && Format::HexText.fits(self.value());
        is_text.then_some(HexText(self.value()))
    }

    /// The parts of Taiwan's FISC string: version, country (three digits), secure code and acquirers. `None` for other formats.
    #[must_use]
    pub fn fisc_parts(&self) -> Option<[(&'static str, &'a str); 4]> {
        if self.field.format != Format::Fisc || !Format::Fisc.fits(self.value()) {
            return None;
        }
        let (version, rest) = self.value().split_at_checked(2)?;
        let (country, rest) = rest.split_at_checked(3)?;
        let (code, acquirers) = rest.split_at_checked(12)?;
        Some([("version", version), ("country", country), ("secure code", code), ("acquirers", acquirers)])
    }
}

/// Without the value.
impl fmt::Debug for FieldValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldValue({}, {})", self.field.key, self.object.path())
    }
}

/// UTF-16 text in hexadecimal digits, high byte first. `Display` gives the text; what is not text is U+FFFD.
#[derive(Clone, Copy)]
pub struct HexText<'a>(&'a str);

impl fmt::Display for HexText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = self.0.as_bytes().chunks(4).map(|digits| {
            let digits = core::str::from_utf8(digits).unwrap_or_default();
            u16::from_str_radix(digits, 16).unwrap_or(0xFFFD)
        });
        let mut text = char::decode_utf16(units);
        text.try_for_each(|c| f.write_char(c.unwrap_or('\u{fffd}')))
    }
}

impl fmt::Debug for HexText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HexText({} digits)", self.0.len())
    }
}
