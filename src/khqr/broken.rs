//! Templates that are no run of data objects, read laxly to say what is wrong with them.

use core::ops::ControlFlow;

use super::check::{account_id, report};
use super::numbers::sub_code;
use super::{ACCOUNT_INFORMATION, ACCOUNT_LIMIT, ACQUIRING_BANK, BAKONG_ACCOUNT, INDIVIDUAL, MERCHANT, rules};
use crate::network::bakong::separator;
use crate::rule::{Rule, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet, language_template};
use crate::tlv::{self, DataObject};

/// An object of a template that may be broken.
#[derive(Clone, Copy)]
pub(super) struct Sub<'a> {
    pub(super) path: Path,
    pub(super) value: &'a str,
    pub(super) offset: usize,
}

impl Sub<'_> {
    pub(super) fn violation(&self, rule: &'static Rule) -> Violation {
        Violation::new(rule, self.path, self.offset, self.value.len())
    }
}

impl<'a> From<&DataObject<'a>> for Sub<'a> {
    fn from(object: &DataObject<'a>) -> Self {
        Self { path: object.path(), value: object.value(), offset: object.value_offset() }
    }
}

/// The objects of a template as far as they can be made out: a length of 00 is an empty value, and a value that overruns
/// is cut at the template's end. Only for saying what is wrong: a template that needs it is an error already.
pub(super) fn subs<'a>(object: &DataObject<'a>) -> impl Iterator<Item = Sub<'a>> + use<'a> {
    let (parent, plain) = (object.path(), object.is_plain());
    let (mut offset, mut rest) = (object.value_offset(), object.value());
    core::iter::from_fn(move || {
        let (tag, length) = tlv::header(*rest.as_bytes().first_chunk()?)?;
        let content = rest.get(4..)?;
        let length = usize::from(length);
        let end = if plain { length } else { content.char_indices().nth(length).map_or(content.len(), |(end, _)| end) };
        let end = end.min(content.len());
        let (value, next) = content.split_at_checked(end)?;
        let sub = Sub { path: parent.join(tag)?, value, offset: offset.saturating_add(4) };
        offset = sub.offset.saturating_add(value.len());
        rest = next;
        Some(sub)
    })
}

/// What can still be said of the inside of a template that is no run of data objects. EMVCo's finding about it stands
/// before this.
#[cold]
pub(super) fn broken_template<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    let mut seen = TagSet::EMPTY;
    for sub in subs(object) {
        let Some(tag) = sub.path.tag() else { continue };
        seen = seen.with(tag);
        let (limit, code, code_if_empty) = match (object.tag(), tag) {
            (INDIVIDUAL | MERCHANT, BAKONG_ACCOUNT) => (ACCOUNT_LIMIT, Some(6), Some(1)),
            (INDIVIDUAL | MERCHANT, ACCOUNT_INFORMATION) => (ACCOUNT_LIMIT, Some(35), None),
            (INDIVIDUAL | MERCHANT, ACQUIRING_BANK) => (ACCOUNT_LIMIT, Some(33), Some(31)),
            (Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, _) if sub_code(sub.path).is_some() => {
                (25, sub_code(sub.path), sub_code(sub.path))
            }
            (Tag::LANGUAGE_TEMPLATE, language_template::LANGUAGE_PREFERENCE) => {
                (2, sub_code(sub.path), sub_code(sub.path))
            }
            (Tag::LANGUAGE_TEMPLATE, language_template::MERCHANT_NAME) => (25, sub_code(sub.path), Some(39)),
            (Tag::LANGUAGE_TEMPLATE, language_template::MERCHANT_CITY) => (15, sub_code(sub.path), sub_code(sub.path)),
            _ => (u8::MAX, None, None),
        };
        if sub.value.is_empty() {
            report(sub.violation(rules::SUB_EMPTY), code_if_empty, visitor)?;
        } else if sub.value.chars().count() > usize::from(limit) {
            report(Violation::too_long(rules::SUB_LENGTH, sub.path, sub.value, sub.offset, limit), code, visitor)?;
        } else if tag == BAKONG_ACCOUNT
            && matches!(object.tag(), INDIVIDUAL | MERCHANT)
            && separator(sub.value.as_bytes()).is_none()
        {
            account_id(&sub, visitor)?;
        }
    }
    let demanded: &[(Tag, u16)] = match object.tag() {
        INDIVIDUAL | MERCHANT => &[(BAKONG_ACCOUNT, 1)],
        Tag::LANGUAGE_TEMPLATE => {
            &[(language_template::LANGUAGE_PREFERENCE, 37), (language_template::MERCHANT_NAME, 39)]
        }
        _ => &[],
    };
    for (tag, code) in demanded.iter().filter(|(tag, _)| !seen.contains(*tag)) {
        let path = object.path().join(*tag).unwrap_or(object.path());
        report(Violation::new(rules::SUB_MISSING, path, object.end(), 0), Some(*code), visitor)?;
    }
    ControlFlow::Continue(())
}
