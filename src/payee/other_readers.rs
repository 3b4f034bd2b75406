//! Readers that count lengths in another unit, and what they would pay that this crate does not.
//!
//! The official toolkits count UTF-16 units, several ports bytes, readers in Swift and Elixir grapheme clusters; and a real
//! reader keeps what it has read up to its first fault. So a text is read again in each unit in which it is cut differently,
//! and is ambiguous if that reading has an account, an amount, a currency or a fee that ours does not have.

mod clusters;
mod run;

use super::marks::{Conjuncts, is_mark, is_prepended};
use crate::digits::{is_digits, pairs};
use crate::payload::Payload;
use crate::tag::{Tag, TagSet, ids};
use crate::tlv::{DataObject, LengthUnit, header};
use crate::value::{is_decimal, is_zero};
use clusters::{first_joint, joined};
use run::{InBytes, InClusters, InUnits, Run};

/// An object that decides who is paid, or how much, and that only another reader finds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct OtherObject {
    /// The unit in which that reader counts.
    pub(crate) unit: LengthUnit,
    /// The ID that the object has in the root of its reading.
    pub(crate) tag: Tag,
    /// Where its value starts, in bytes of our text.
    pub(crate) offset: usize,
    /// The bytes that its value begins to take.
    pub(crate) length: usize,
}

impl OtherObject {
    /// The same place in whole characters: bytes may begin and end inside one.
    fn in_characters(self, text: &str) -> Self {
        let end = self.offset.saturating_add(self.length);
        let is_inside = |place: &usize| !text.is_char_boundary(*place);
        let start =
            self.offset.saturating_sub((0..4).find(|back| !is_inside(&self.offset.saturating_sub(*back))).unwrap_or(0));
        let end = end.saturating_add((0..4).find(|on| !is_inside(&end.saturating_add(*on))).unwrap_or(0));
        Self { offset: start, length: end.saturating_sub(start), ..self }
    }

    /// Whether it is an amount, a currency or a fee that clusters alone see. No reader of KHQR is known that counts them.
    pub(crate) fn is_money_in_clusters(&self) -> bool {
        self.unit == LengthUnit::Clusters && (53..=57).contains(&self.tag.get())
    }
}

/// The first object that only another reader finds; one that is more than [money in
/// clusters](OtherObject::is_money_in_clusters), if there is one.
#[inline]
pub(crate) fn find(payload: &Payload<'_>) -> Option<OtherObject> {
    // In ASCII all units are the same.
    if payload.is_plain() { None } else { look(payload).map(|found| found.in_characters(payload.as_str())) }
}

#[cold]
#[inline(never)]
fn look(payload: &Payload<'_>) -> Option<OtherObject> {
    let text = payload.as_str();
    let (place, mixed) = payload.mixed();
    let first = place.saturating_add(mixed.iter().position(|byte| *byte >= 0x80)?);
    let start = header_before(text.as_bytes(), first);
    let odd = odd_templates(payload, start);
    let bytes = |at, end| InBytes { text: text.as_bytes(), at, end };
    if let Some(found) = compare(payload, Some(start), odd, bytes) {
        return Some(found);
    }
    if mixed.iter().fold(0, |highest, byte| highest.max(*byte)) >= 0xF0 {
        let units = |at: usize, end: usize| {
            let left = text.get(at..end).unwrap_or_default().encode_utf16().count();
            InUnits { text, at, is_half: false, left }
        };
        if let Some(found) = compare(payload, Some(start), odd, units) {
            return Some(found);
        }
    }
    if cfg!(emvqr_no_clusters) {
        return None;
    }
    let joint = first.saturating_add(first_joint(mixed.get(first.saturating_sub(place)..)?)?);
    in_clusters(payload, (start, joint), mixed, odd)
}

/// The three readings in clusters. What comes before the object with the first joint is read alike.
#[inline(never)]
fn in_clusters(
    payload: &Payload<'_>,
    (start, joint): (usize, usize),
    mixed: &[u8],
    odd: TagSet,
) -> Option<OtherObject> {
    let text = payload.as_str();
    let object_at = |start: usize| {
        let (tag, _) = header(*text.as_bytes().get(start..)?.first_chunk()?)?;
        payload.get(tag)
    };
    let object = object_at(start).filter(|object| joint < object.end());
    let object = object.or_else(|| object_at(payload.header_before(joint)))?;
    let is_decisive = DECISIVE.contains(object.tag());
    let is_new = differing(mixed);
    let editions = [Conjuncts::None, Conjuncts::Some, Conjuncts::All].into_iter().zip(joined(object.value()));
    let mut money = None;
    for ((conjuncts, joined), _) in editions.zip(is_new).filter(|(_, is_new)| *is_new) {
        let clusters = |at, end| InClusters { text, at, end, conjuncts };
        // The value takes as many clusters more as characters of it were joined: its inside need not be read again.
        let place = match object.value().chars().next() {
            // The header's last digit is none by itself.
            Some(first) if is_mark(first) => None,
            _ if is_decisive => Some(object.offset()),
            // The next header's first digit belongs to the value.
            _ if object.value().chars().next_back().is_some_and(is_prepended) => {
                clusters(object.end().saturating_add(1), text.len()).after(joined)
            }
            _ => clusters(object.end(), text.len()).after(joined),
        };
        match compare(payload, place, odd, clusters) {
            Some(found) if found.is_money_in_clusters() => money = money.or(Some(found)),
            Some(found) => return Some(found),
            None => {}
        }
    }
    money
}

/// Whether a text may be cut otherwise by each edition than by the one before: a linker of that edition is in it.
fn differing(text: &[u8]) -> [bool; 3] {
    let (mut some, mut all) = (false, false);
    for bytes in text.windows(3) {
        // U+0900 to U+0D4D; the later ones by their blocks.
        some |= matches!(bytes, [0xE0, 0xA4..=0xB5, 0x8D]);
        all |= matches!(bytes, [0xE1 | 0xEA | 0xF0.., ..]);
    }
    [true, some, some || all]
}

/// The root objects that say who is paid, or how much.
const DECISIVE: TagSet = TagSet::ACCOUNT_TEMPLATES.union(ids(53, 57)).with(Tag::of_digits(99));

/// Where the header of the root object at `place` starts; all before is ASCII.
fn header_before(text: &[u8], place: usize) -> usize {
    let mut at = 0_usize;
    while let Some(digits) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let [_, length] = pairs(*digits);
        let end = at.saturating_add(4).saturating_add(length.into());
        if end > place {
            break;
        }
        at = end;
    }
    at
}

/// Our account templates that are not ASCII.
fn odd_templates(payload: &Payload<'_>, start: usize) -> TagSet {
    let is_odd = |tag: &Tag| {
        payload.starts_after(*tag, start) && payload.get(*tag).is_some_and(|object| !object.value_bytes().is_ascii())
    };
    payload.tags().intersection(TagSet::ACCOUNT_TEMPLATES).iter().filter(is_odd).collect()
}

/// Compares the root from `start` on, and the inside of each of our account templates that is cut differently.
fn compare<R: Run>(
    payload: &Payload<'_>,
    start: Option<usize>,
    odd: TagSet,
    run: impl Fn(usize, usize) -> R,
) -> Option<OtherObject> {
    let root = start.and_then(|start| decisive(payload, start, run(start, payload.as_str().len())));
    let money = match root {
        Some(found) if !found.is_money_in_clusters() => return Some(found),
        money => money,
    };
    for object in odd.iter().filter_map(|tag| payload.get(tag)) {
        if let Some((offset, length)) = account(Some(object), run(object.value_offset(), object.end())) {
            return Some(OtherObject { unit: R::UNIT, tag: object.tag(), offset, length });
        }
    }
    money
}

/// The first object of a reading of the root that decides who is paid or how much, and that we do not have; money in clusters
/// after all others.
fn decisive<R: Run>(payload: &Payload<'_>, start: usize, mut run: R) -> Option<OtherObject> {
    let (mut money, mut fee, mut has_tip) = (None, None, false);
    while let Some((tag, value)) = run.object() {
        let Some(tag) = tag else { continue };
        let ours = payload.get(tag);
        let whole = value.span();
        let found = |(offset, length)| Some(OtherObject { unit: R::UNIT, tag, offset, length });
        let hit = match tag.get() {
            26..=51 => account(ours, value.clone()).and_then(found),
            53..=57 | 99 => {
                has_tip |= tag == Tag::TIP_OR_CONVENIENCE_INDICATOR;
                let is_known = ours.is_some_and(|ours| value.is_same(ours.value()));
                if is_known || !decides(ours, tag, &value) { None } else { found(whole) }
            }
            _ => None,
        };
        match hit {
            Some(hit) if matches!(tag.get(), 56 | 57) => fee = fee.or(Some(hit)),
            Some(hit) if hit.is_money_in_clusters() => money = money.or(Some(hit)),
            Some(hit) => return Some(hit),
            None => {}
        }
    }
    // What stands before is read alike.
    let tip = Tag::TIP_OR_CONVENIENCE_INDICATOR;
    money.or(fee.filter(|_| has_tip || payload.tags().contains(tip) && !payload.starts_after(tip, start)))
}

/// Whether a value of 53 to 57 or 99 has the form by which a reader takes it.
fn decides<R: Run>(ours: Option<DataObject<'_>>, tag: Tag, value: &R) -> bool {
    let whole = || value.bytes().unwrap_or_default();
    match tag {
        Tag::TRANSACTION_CURRENCY => whole().len() == 3 && is_digits(whole()),
        Tag::TIP_OR_CONVENIENCE_INDICATOR => matches!(whole(), b"01" | b"02" | b"03"),
        Tag::TRANSACTION_AMOUNT | Tag::CONVENIENCE_FEE_FIXED | Tag::CONVENIENCE_FEE_PERCENTAGE => {
            is_amount(value.amount())
        }
        // 99, with the expiration time of KHQR.
        _ => {
            let mut inside = value.clone();
            core::iter::from_fn(|| inside.object()).any(|(tag, value)| {
                let time = value.bytes().unwrap_or_default();
                tag == Some(Tag::of_digits(1)) && time.len() == 13 && is_digits(time) && !has_same(ours, &value)
            })
        }
    }
}

/// Whether our 99 has this expiration time.
fn has_same<R: Run>(ours: Option<DataObject<'_>>, time: &R) -> bool {
    let mut objects = ours.into_iter().flat_map(|ours| ours.objects().map_while(Result::ok));
    objects.any(|object| object.tag() == Tag::of_digits(1) && time.is_same(object.value()))
}

/// Whether it is an amount that somebody could be made to pay: above zero, below 1,000,000,000.
fn is_amount(text: &[u8]) -> bool {
    let whole = text.iter().take_while(|byte| byte.is_ascii_digit());
    let significant = whole.skip_while(|byte| **byte == b'0').count();
    is_decimal(text) && !is_zero(text) && significant <= 9
}

/// A sub-object of an account that `ours` does not have, if the inside of the account has an identifier.
fn account<R: Run>(ours: Option<DataObject<'_>>, mut inside: R) -> Option<(usize, usize)> {
    let (mut has_identifier, mut new) = (false, None);
    while let Some((tag, value)) = inside.object() {
        let Some(tag) = tag else { continue };
        has_identifier |= tag == Tag::GLOBALLY_UNIQUE_IDENTIFIER && value.bytes().is_some_and(is_identifier);
        // What is empty pays nobody.
        if new.is_none() && value.span().1 > 0 && !has(ours, tag, &value) {
            new = Some(value.span());
        }
    }
    new.filter(|_| has_identifier)
}

/// Whether an account has a sub-object, or one that the other unit only ends earlier or later.
fn has<R: Run>(ours: Option<DataObject<'_>>, tag: Tag, value: &R) -> bool {
    let objects = ours.into_iter().flat_map(|ours| ours.objects().map_while(Result::ok));
    objects.filter(|object| object.tag() == tag).any(|object| {
        value.is_same(object.value()) || !object.value_bytes().is_ascii() && value.is_begun_by(object.value())
    })
}

/// Whether it is of the form of an identifier: `user@bank`, a domain, 8 to 32 hexadecimal digits with a letter, 28 digits,
/// `NCHL` and more.
fn is_identifier(value: &[u8]) -> bool {
    let has_letter = || value.iter().any(u8::is_ascii_alphabetic);
    let has_inner_at = || matches!(value, [_, inner @ .., _] if inner.contains(&b'@'));
    let is_label =
        |label: &[u8]| !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    has_inner_at() && value.iter().all(u8::is_ascii_graphic)
        || value.contains(&b'.') && has_letter() && value.split(|byte| *byte == b'.').all(is_label)
        || (8..=32).contains(&value.len()) && value.iter().all(u8::is_ascii_hexdigit) && has_letter()
        || value.len() == 28 && is_digits(value)
        || value.starts_with(b"NCHL")
}
