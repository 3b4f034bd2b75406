//! Templates that are not a run of data objects, read laxly to say what is wrong with them.

use core::ops::ControlFlow;

use super::{ACCOUNT_INFORMATION, ACCOUNT_LIMIT, ACQUIRING_BANK, BAKONG_ACCOUNT, INDIVIDUAL, MERCHANT, rules};
use crate::network::bakong::separator;
use crate::rule::{Reporter, Rule, Slow, Violation};
use crate::tag::{Path, Tag, TagSet, language_template};
use crate::tlv::{self, DataObject};

/// An object of a template that may be broken.
#[derive(Clone, Copy)]
pub(crate) struct Sub<'a> {
    pub(crate) path: Path,
    pub(crate) value: &'a str,
    pub(crate) offset: usize,
}

impl Sub<'_> {
    pub(super) fn violation(&self, rule: &'static Rule) -> Violation {
        Violation::new(rule, self.path, self.offset, self.value.len())
    }
}

/// The objects of a template as far as they can be made out: a length of 00 is an empty value, and a value that overruns
/// is cut at the template's end. Only for saying what is wrong: a template that needs it is an error already.
pub(crate) fn subs<'a>(object: &DataObject<'a>) -> impl Iterator<Item = Sub<'a>> + use<'a> {
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

/// What can still be said of the inside of a template that is not a run of data objects. EMVCo's finding about it comes
/// before this.
#[cold]
pub(super) fn broken_template(object: &DataObject<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    let mut seen = TagSet::EMPTY;
    for sub in subs(object) {
        let Some(tag) = sub.path.tag() else { continue };
        seen = seen.with(tag);
        let limit = match (object.tag(), tag) {
            (INDIVIDUAL | MERCHANT, BAKONG_ACCOUNT | ACCOUNT_INFORMATION | ACQUIRING_BANK) => ACCOUNT_LIMIT,
            // Those that the official toolkit knows.
            (Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, _) if matches!(tag.get(), 1..=3 | 7 | 8) => 25,
            (Tag::LANGUAGE_TEMPLATE, language_template::LANGUAGE_PREFERENCE) => 2,
            (Tag::LANGUAGE_TEMPLATE, language_template::MERCHANT_NAME) => 25,
            (Tag::LANGUAGE_TEMPLATE, language_template::MERCHANT_CITY) => 15,
            _ => u8::MAX,
        };
        if sub.value.is_empty() {
            reporter.report(sub.violation(rules::SUB_EMPTY))?;
        } else if sub.value.chars().count() > usize::from(limit) {
            reporter.report(Violation::too_long(rules::SUB_LENGTH, sub.path, sub.value, sub.offset, limit))?;
        } else if tag == BAKONG_ACCOUNT
            && matches!(object.tag(), INDIVIDUAL | MERCHANT)
            && separator(sub.value.as_bytes()).is_none()
        {
            reporter.report(sub.violation(rules::ACCOUNT_FORMAT))?;
        }
    }
    let demanded: &[Tag] = match object.tag() {
        INDIVIDUAL | MERCHANT => &[BAKONG_ACCOUNT],
        Tag::LANGUAGE_TEMPLATE => &[language_template::LANGUAGE_PREFERENCE, language_template::MERCHANT_NAME],
        _ => &[],
    };
    for tag in demanded.iter().filter(|tag| !seen.contains(**tag)) {
        let path = object.path().join(*tag).unwrap_or(object.path());
        reporter.report(Violation::new(rules::SUB_MISSING, path, object.end(), 0))?;
    }
    ControlFlow::Continue(())
}
