//! Templates that are not a run of data objects, read laxly to say what is wrong with them.

use core::ops::ControlFlow;

use super::{ACCOUNT_INFORMATION, ACCOUNT_LIMIT, ACQUIRING_BANK, BAKONG_ACCOUNT, INDIVIDUAL, MERCHANT, rules};
use crate::payee::bakong::separator;
use crate::rule::{Reporter, Rule, Slow, Violation};
use crate::tag::{Tag, TagSet, language_template};
use crate::tlv::{DataObject, Piece, pieces};

/// A finding about the value of an object.
pub(super) fn found(piece: &Piece<'_>, rule: &'static Rule) -> Violation {
    Violation::new(rule, piece.path, piece.offset, piece.value.len())
}

/// What can still be said of the inside of a template that is not a run of data objects. EMVCo's finding about it comes
/// before this.
#[cold]
pub(super) fn broken_template(object: &DataObject<'_>, reporter: &mut Slow<'_>) -> ControlFlow<()> {
    let mut seen = TagSet::EMPTY;
    for sub in pieces(object) {
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
            reporter.report(found(&sub, rules::SUB_EMPTY))?;
        } else if sub.value.chars().count() > usize::from(limit) {
            reporter.report(Violation::too_long(rules::SUB_LENGTH, sub.path, sub.value, sub.offset, limit))?;
        } else if tag == BAKONG_ACCOUNT
            && matches!(object.tag(), INDIVIDUAL | MERCHANT)
            && separator(sub.value.as_bytes()).is_none()
        {
            reporter.report(found(&sub, rules::ACCOUNT_FORMAT))?;
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
