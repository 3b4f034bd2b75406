//! The parts of a text that are personal.

use core::ops::Range;

use super::permission::Known;
use crate::dictionary;
use crate::elqr::Bill;
use crate::error::ErrorKind;
use crate::network::{self, Class, Field, Format, NetworkAccount};
use crate::path::Path;
use crate::payee::store_id::is_hidden_template;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::{self, DataObject, leaves_of};

/// A personal part of a text.
#[derive(Clone)]
#[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "masks need less than copies"))]
pub(super) struct Part {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    pub(super) class: Class,
    /// The object that holds it.
    pub(super) path: Path,
    /// `true` for a run of data objects with a fault, headers included.
    pub(super) is_rest: bool,
    /// `true` if its letters are hexadecimal digits.
    pub(super) is_hex: bool,
}

/// How far the data objects of a text can be trusted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// From 00 up to 63, or to the end of a text without 63. The place behind: where the digits of the CRC start.
    Sound(usize),
    /// A length is wrong somewhere, so no value need be what its place says.
    Derailed,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let mut objects = tlv::read(text);
        let is_first = |object: &DataObject<'_>| {
            object.tag() == Tag::PAYLOAD_FORMAT_INDICATOR && matches!(object.value_bytes(), [b'0'..=b'9', b'0'..=b'9'])
        };
        if !objects.next().is_some_and(|first| first.is_ok_and(|first| is_first(&first))) {
            return Self::Derailed;
        }
        for object in objects {
            match object {
                Ok(object) if object.tag() == Tag::CRC => return Self::Sound(object.value_offset()),
                Ok(_) => {}
                // A CRC with too few digits at the end.
                Err(fault)
                    if fault.path() == Path::of(Tag::CRC)
                        && matches!(fault.kind(), ErrorKind::LengthZero | ErrorKind::ValueOverrun { .. }) =>
                {
                    return Self::Sound(fault.offset().saturating_add(HEADER).min(text.len()));
                }
                Err(_) => return Self::Derailed,
            }
        }
        Self::Sound(text.len())
    }
}

/// Bytes of a header.
const HEADER: usize = 4;

/// Goes through the personal parts of a text in their order, the digits of its CRC and what follows them aside. The place up to
/// which it went.
pub(super) fn walk(text: &str, payload: Option<&Payload<'_>>, each: &mut dyn FnMut(Part)) -> usize {
    match payload {
        Some(payload) => {
            sound(payload, each);
            text.len().saturating_sub(HEADER)
        }
        None => bill(text, each).unwrap_or_else(|| match Shape::of(text) {
            Shape::Sound(end) => {
                sound(&Payload::lax(text.get(..end).unwrap_or(text)), each);
                end
            }
            Shape::Derailed => derailed(text, each),
        }),
    }
}

/// The code of a bill of Japanese local tax, which is read by position: the numbers of its payer, what is of no known form, and what
/// follows a fault. `None` for another text, and for a bill whose numbers cannot be found.
fn bill(text: &str, each: &mut dyn FnMut(Part)) -> Option<usize> {
    let payment = Bill::read(text)?.payment_data()?;
    let end = text.len().checked_sub(BILL_CRC_DIGITS)?;
    let mut part = |range: Range<usize>, path| {
        let range = range.start.min(end)..range.end.min(end);
        each(Part { range, class: Class::Text, path, is_rest: false, is_hex: false });
    };
    for leaf in tlv::leaves(text) {
        let leaf = match leaf {
            Ok(leaf) => leaf,
            Err(fault) => {
                part(fault.offset()..end, fault.path());
                break;
            }
        };
        let path = leaf.path();
        if path == PAYMENT_DATA {
            let mut start = leaf.value_offset();
            for (name, digits) in payment.entries() {
                let behind = start.saturating_add(digits.len());
                if PERSONAL_IN_BILLS.contains(&name) {
                    part(start..behind, path);
                }
                start = behind;
            }
        } else if !CLEAR_IN_BILLS.contains(&path) || !leaf.value_bytes().iter().all(u8::is_ascii_digit) {
            part(leaf.value_offset()..leaf.end(), path);
        }
    }
    Some(end)
}

/// The entries of a bill's payment data that are a person's.
pub(super) const PERSONAL_IN_BILLS: [&str; 3] = ["account_number", "case_key", "confirmation_number"];
/// 27-01 of a bill.
pub(super) const PAYMENT_DATA: Path = dictionary::path(Tag::of_digits(27), Tag::new(1));
/// Form, institution, amount and dates.
const CLEAR_IN_BILLS: [Path; 5] = [
    Path::of(Tag::of_digits(0)),
    Path::of(Tag::of_digits(1)),
    dictionary::path(Tag::of_digits(27), Tag::new(0)),
    Path::of(Tag::of_digits(54)),
    Path::of(Tag::of_digits(62)),
];
/// Digits of a bill's CRC.
pub(super) const BILL_CRC_DIGITS: usize = 5;

/// The parts of a run of data objects, each by what the code says of it.
fn sound(payload: &Payload<'_>, each: &mut dyn FnMut(Part)) {
    let known = Known::of(payload);
    for object in tlv::read(payload.as_str()).map_while(Result::ok).filter(|object| object.tag() != Tag::CRC) {
        let account = known.account(object);
        for leaf in leaves_of(object) {
            // Some networks define objects without data objects in them, which EMVCo's rules call broken.
            let is_broken = is_broken(&leaf);
            if is_broken && known.field(account.as_ref(), leaf.path()).is_some() {
                value(&known, account.as_ref(), &leaf, &mut |part| each(Part { is_rest: true, ..part }));
            } else if is_broken {
                let whole = broken(&leaf, account.as_ref());
                let mut start = whole.range.start;
                // Of a field that consists of data objects the headers stay, too, and an identifier wherever it is.
                let is_run = |inner: &DataObject<'_>| {
                    let field = known.field(account.as_ref(), inner.path());
                    field.is_some_and(|(field, _)| field.format() == Format::Template)
                };
                for inner in leaf.objects().map_while(Result::ok).filter(|inner| inner.offset() >= whole.range.start) {
                    let is_guid =
                        inner.tag() == Tag::GLOBALLY_UNIQUE_IDENTIFIER && network::is_identifier(inner.value());
                    if is_guid || is_run(&inner) {
                        each(Part { range: start..inner.offset(), ..whole.clone() });
                        start = inner.end();
                    }
                    if is_run(&inner) {
                        each(Part { range: inner.value_offset()..inner.end(), ..whole.clone() });
                    }
                }
                each(Part { range: start..leaf.end(), ..whole });
            } else {
                value(&known, account.as_ref(), &leaf, each);
            }
        }
    }
}

/// Whether a leaf should have been opened.
fn is_broken(leaf: &DataObject<'_>) -> bool {
    tlv::is_template(leaf.path()) && leaf.objects().any(|inner| inner.is_err())
}

/// All of a template that cannot be opened but an identifier that is known.
fn broken(leaf: &DataObject<'_>, account: Option<&NetworkAccount<'_, '_>>) -> Part {
    let is_shaped = account.is_some_and(|account| account.network().has_shaped_identifier());
    let is_its = |value: &[u8]| is_shaped && leaf.guid_bytes() == Some(value);
    let is_guid = |inner: &DataObject<'_>| {
        inner.tag().get() == 0 && (network::is_identifier(inner.value()) || is_its(inner.value_bytes()))
    };
    let guid = leaf.objects().next().and_then(Result::ok).filter(is_guid);
    let start = guid.map_or(leaf.value_offset(), |guid| guid.end());
    // What it may hold cannot be cut out.
    let has_secret = |account: &NetworkAccount<'_, '_>| {
        account.network().field_table().iter().any(|field| field.class() == Class::Secret && account.is_about(field))
    };
    let class = if account.is_some_and(has_secret) { Class::Secret } else { Class::Text };
    Part { range: start..leaf.end(), class, path: leaf.path(), is_rest: true, is_hex: false }
}

/// A leaf; of a network's field that consists of data objects each of these.
fn value(
    known: &Known<'_, '_>,
    account: Option<&NetworkAccount<'_, '_>>,
    leaf: &DataObject<'_>,
    each: &mut dyn FnMut(Part),
) {
    let field = known.field(account, leaf.path()).map(|(field, _)| field);
    let format = field.map(Field::format);
    if format == Some(Format::Template) {
        let mut end = leaf.value_offset();
        for inner in leaf.objects().map_while(Result::ok) {
            value(known, account, &inner, each);
            end = inner.end();
        }
        if end < leaf.end() {
            let range = end..leaf.end();
            each(Part { range, class: Class::Text, path: leaf.path(), is_rest: true, is_hex: false });
        }
        return;
    }
    let class = known.class(account, leaf);
    if class.is_personal() && matches!(leaf.path().ids(), [2..=25, .., 1]) && is_hidden_template(leaf) {
        // It is not a card's number, but readers find a store in it: they still do.
        let mut end = leaf.value_offset();
        for inner in leaf.objects().map_while(Result::ok) {
            if inner.tag() != Tag::GLOBALLY_UNIQUE_IDENTIFIER || !network::is_identifier(inner.value()) {
                let range = inner.value_offset()..inner.end();
                each(Part { range, class, path: leaf.path(), is_rest: false, is_hex: false });
            }
            end = inner.end();
        }
        if end < leaf.end() {
            each(Part { range: end..leaf.end(), class, path: leaf.path(), is_rest: true, is_hex: false });
        }
        return;
    }
    if class.is_personal() {
        let is_hex = matches!(format, Some(Format::Hex | Format::HexText)) || is_key(leaf.value_bytes());
        each(Part { range: leaf.value_offset()..leaf.end(), class, path: leaf.path(), is_rest: false, is_hex });
    }
}

/// Whether a value is a key in hexadecimal digits, by which a network may be recognised.
fn is_key(value: &[u8]) -> bool {
    value.len() >= 32 && value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-')
}

/// Of a text with a wrong length: headers in the order of their IDs, the few values of a fixed form, and identifiers that are
/// known, are all that is not personal; from an ID on that is out of order everything is.
fn derailed(text: &str, each: &mut dyn FnMut(Part)) -> usize {
    let is_payload = text.starts_with("00");
    let (mut end, mut before) = (0, None);
    for object in tlv::read(text).map_while(Result::ok) {
        if !is_payload || before >= Some(object.tag()) {
            break;
        }
        before = Some(object.tag());
        end = object.end();
        let value = object.value_bytes();
        let is_digits = value.iter().all(u8::is_ascii_digit);
        let is_fixed = match object.tag().get() {
            0 | 1 => value.len() == 2 && is_digits,
            52 => value.len() == 4 && is_digits,
            53 => value.len() == 3 && is_digits,
            58 => value.len() == 2 && value.iter().all(u8::is_ascii_alphabetic),
            _ => false,
        };
        if is_fixed {
            continue;
        }
        for leaf in leaves_of(object) {
            let is_guid = leaf.path().depth() == 2 && leaf.tag() == Tag::GLOBALLY_UNIQUE_IDENTIFIER;
            if leaf.path().depth() == 1 && TagSet::ACCOUNT_TEMPLATES.contains(leaf.tag()) {
                each(broken(&leaf, None));
            } else if !is_guid || !network::is_identifier(leaf.value()) {
                let range = leaf.value_offset()..leaf.end();
                each(Part { range, class: Class::Text, path: leaf.path(), is_rest: false, is_hex: false });
            }
        }
    }
    end
}
