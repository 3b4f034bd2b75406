//! Permission to show a value: the one place that decides.
//!
//! A value is shown only if a table calls its place not personal, and if it has the format of that place; everything else is
//! masked. So an unknown template, a field that holds something else than it should and a root object that nobody defined are
//! personal without being listed.

use super::card::{holds_card, is_card};
use crate::characters::{characters, has};
use crate::digits::is_digits;
use crate::network::{self, At, Class, Field, Format, Network, NetworkAccount, TABLE};
use crate::path::Path;
use crate::payee::store_id::is_hidden_template;
use crate::payload::Payload;
use crate::tag::Tag;
use crate::tlv::{self, DataObject};
use crate::value::{Guid, GuidShape, is_decimal};

/// The class of a value in a network's field: as the table says if it has the field's format, else text.
///
/// `is_merchants`: it is the key of a payee of whom the code says that it is a merchant, in a network whose keys are public
/// then.
pub(crate) fn of_field(field: &Field, value: &str, is_merchants: bool) -> Class {
    let class = match field.class {
        Class::Secret => return Class::Secret,
        _ if network::misfit(field, value).is_some() => return Class::Text,
        Class::NationalId if has(value, b'@') => Class::Email,
        Class::NationalId if value.starts_with('+') => Class::Phone,
        // A random key, a UUID with hyphens.
        Class::NationalId if value.len() == 36 && has(value, b'-') => Class::Clear,
        Class::Phone if is_merchants && value.starts_with('+') => Class::Phone,
        Class::Phone | Class::Account | Class::NationalId if is_merchants && !has(value, b'@') => Class::Clear,
        class => class,
    };
    // Digits of this very length are what the field is for.
    let is_for_digits = match field.format {
        Format::N => true,
        Format::An => field.least == field.most,
        // The tax number of a company.
        _ => is_merchants && field.class == Class::NationalId && is_digits(value.as_bytes()),
    };
    if class == Class::Clear && !is_for_digits { unless_card(value) } else { class }
}

/// Clear, but for a card number.
fn unless_card(value: &str) -> Class {
    if is_card(value) {
        Class::Account
    } else if holds_card(value) {
        Class::Text
    } else {
        Class::Clear
    }
}

/// Root objects and sub-objects that a scheme or a network defines beside its account, all of them clear: the network's id, the
/// path, the format, the least and the most characters.
const BESIDE: &[(&str, &[u8], Format, u8, u8)] =
    &[("khqr", &[99, 0], Format::N, 13, 13), ("khqr", &[99, 1], Format::N, 13, 13)];

/// Facts about a code as a whole, found once.
pub(super) struct Known<'p, 'a> {
    payload: &'p Payload<'a>,
    /// A bit for each row of the table with an account in the code.
    networks: u64,
    /// `true` if a table says that the payee is a merchant.
    is_merchants: bool,
    is_cambodian: bool,
}

impl<'p, 'a> Known<'p, 'a> {
    /// Looks at the root objects of a payload, or of a text up to its fault.
    pub(super) fn of(payload: &'p Payload<'a>) -> Self {
        let category = payload.get(Tag::MERCHANT_CATEGORY_CODE).map(|object| object.value());
        let is_persons_category = matches!(category, Some("0000" | "6016"));
        let (mut networks, mut are_merchants) = (0_u64, !is_persons_category);
        for object in tlv::read(payload.as_str()).map_while(Result::ok) {
            if let Some(account) = network::account_in(payload, object) {
                networks |= network::bit(account.network());
                are_merchants &= account.is_person() == Some(false);
            }
        }
        let country = payload.get(Tag::COUNTRY_CODE);
        let is_cambodian = country.is_some_and(|country| country.value().eq_ignore_ascii_case("KH"));
        Self { payload, networks, is_merchants: are_merchants && networks != 0, is_cambodian }
    }

    /// The account that a root object is.
    pub(super) fn account(&self, object: DataObject<'a>) -> Option<NetworkAccount<'p, 'a>> {
        network::account_in(self.payload, object)
    }

    fn rows(&self) -> impl Iterator<Item = &'static Network> + use<> {
        let networks = self.networks;
        TABLE.iter().filter(move |row| networks & network::bit(row) != 0)
    }

    /// The field of a network at a path, whether its key is a merchant's, and whether it lies in the account.
    pub(super) fn field(&self, account: Option<&NetworkAccount<'_, '_>>, path: Path) -> Option<(&'static Field, bool)> {
        let ids = path.ids();
        let [root, inner @ ..] = ids.get(..path.depth())? else { return None };
        let is_own = |field: &&Field| match field.at {
            At::Template(at) => at == inner,
            At::TemplateIn(of, at) => of == *root && at == inner,
            At::Root(_) => false,
        };
        let own = account.and_then(|account| {
            let field = account.network().field_table().iter().find(is_own)?;
            Some((field, account.is_merchants(field)))
        });
        let is_at_root = |field: &&Field| matches!(field.at, At::Root(at) if ids.get(..path.depth()) == Some(at));
        own.or_else(|| {
            let field = self.rows().find_map(|row| row.field_table().iter().find(is_at_root))?;
            Some((field, false))
        })
    }

    /// The class of a value: of a leaf, or of a data object inside one.
    pub(super) fn class(&self, account: Option<&NetworkAccount<'_, '_>>, object: &DataObject<'_>) -> Class {
        let (path, value) = (object.path(), object.value());
        let all = path.ids();
        let ids = all.get(..path.depth()).unwrap_or_default();
        // A store id in the place of a card number is a store id, whatever a network has there.
        if matches!(ids, [2..=25]) && is_hidden_template(object) {
            return if is_store(object) { Class::Clear } else { Class::Text };
        }
        if let Some((field, is_merchants)) = self.field(account, path) {
            return of_field(field, value, is_merchants);
        }
        let clear_if = |is_of_format: bool| if is_of_format { Class::Clear } else { Class::Text };
        let is_digits_of = |lengths: &[usize]| lengths.contains(&value.len()) && is_digits(value.as_bytes());
        let is_letters_of = |length| value.len() == length && value.bytes().all(|byte| byte.is_ascii_alphabetic());
        let beside =
            |(id, at, ..): &&(&str, &[u8], Format, u8, u8)| *at == ids && self.rows().any(|row| row.id() == *id);
        if let Some((_, _, format, least, most)) = BESIDE.iter().find(beside) {
            let length = u8::try_from(characters(value.as_bytes())).unwrap_or(u8::MAX);
            return clear_if((*least..=*most).contains(&length) && format.fits(value));
        }
        match ids {
            [0 | 1 | 55] => clear_if(is_digits_of(&[2])),
            [52] => clear_if(is_digits_of(&[4])),
            // Some write letters.
            [53] => clear_if(is_digits_of(&[3]) || is_letters_of(3)),
            [54 | 56 | 57] => clear_if(value.len() <= 13 && is_decimal(value.as_bytes())),
            [58] | [64, 0] => clear_if(is_letters_of(2)),
            [59 | 60] | [64, 1 | 2] => self.name(value),
            [61] if self.is_merchants => clear_if(is_postal_code(value)),
            // Fixed words, which rules look at.
            [62, 9] => clear_if(value.len() <= 3 && value.bytes().all(|byte| matches!(byte, b'A' | b'M' | b'E'))),
            [62, 11] => clear_if(is_digits_of(&[3])),
            [root @ (26..=51 | 80..=99), 0] => self.identifier(account, *root, value),
            [62, 50..=99, 0] => self.identifier(None, 62, value),
            [2..=25] | [26..=51, _] => Class::Account,
            [62, 2] => Class::Phone,
            [62, 10] => Class::NationalId,
            _ if is_card(value) => Class::Account,
            _ => Class::Text,
        }
    }

    /// A name or a place of the payee. Of a person's the first letter may be shown.
    fn name(&self, value: &str) -> Class {
        match is_name(value) {
            false => unless_clear(unless_card(value)),
            true if self.is_merchants => unless_card(value),
            true => Class::Name,
        }
    }

    /// The identifier in an account, or in another template.
    fn identifier(&self, account: Option<&NetworkAccount<'_, '_>>, root: u8, value: &str) -> Class {
        if network::is_identifier(value) {
            return Class::Clear;
        }
        // A network that is known by the shape of its identifier.
        let is_guid = |account: &&NetworkAccount<'_, '_>| account.object().guid_bytes() == Some(value.as_bytes());
        if account.filter(is_guid).is_some_and(|account| account.network().has_shaped_identifier()) {
            return unless_card(value);
        }
        // Cambodia's accounts are no identifiers; people write a name there, as `ly.sokha`.
        let is_account =
            self.is_cambodian && matches!(root, 29 | 30) && value.bytes().position(|byte| byte == b'.') == Some(2);
        if has(value, b'@') {
            Class::Alias
        } else if !is_account && Guid::new(value).shape() != GuidShape::Other {
            unless_card(value)
        } else {
            unless_clear(unless_card(value))
        }
    }
}

/// Text instead of clear.
const fn unless_clear(class: Class) -> Class {
    if class.is_personal() { class } else { Class::Text }
}

/// Whether the value of a card network's ID is a store id of JPQR and nothing else.
fn is_store(object: &DataObject<'_>) -> bool {
    let mut objects = object.objects();
    objects.all(|inner| {
        inner.is_ok_and(|inner| match inner.tag().get() {
            0 => crate::payee::store_id::is_guid(inner.value_bytes()),
            1..=4 => is_digits(inner.value_bytes()),
            _ => false,
        })
    })
}

/// Digits in a row that a name or a place does not have: a telephone number has.
const MANY_DIGITS: usize = 7;

/// Whether a text can be a name or a place: it has no `@` and no long number.
fn is_name(value: &str) -> bool {
    !has(value, b'@') && !has_number(value, MANY_DIGITS)
}

/// Whether so many digits stand in a row, single spaces, hyphens, dots and brackets between them aside.
pub(super) fn has_number(value: &str, many: usize) -> bool {
    let (mut count, mut separators) = (0_usize, 0_usize);
    value.chars().any(|c| {
        if c.is_numeric() {
            count = count.saturating_add(1);
            separators = 0;
        } else if matches!(c, ' ' | '-' | '.' | '(' | ')' | '/') && separators < 2 {
            separators = separators.saturating_add(1);
        } else {
            count = 0;
        }
        count >= many
    })
}

fn is_postal_code(value: &str) -> bool {
    value.len() <= 10
        && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'))
        && !has_number(value, MANY_DIGITS.saturating_add(1))
}
