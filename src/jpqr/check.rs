//! The check: EMVCo's rules and JPQR's own in one order.

use core::ops::ControlFlow;

use super::store_id::{LEVELS, StoreId};
use super::{GUID, USUAL, has_several_stores, rules, store_templates};
use crate::mpm::{self, Mpm};
use crate::profile::{Objects, Place, check_on, missing};
use crate::rule::{Rule, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet, language_template};
use crate::tlv::{DataObject, Template};
use crate::value::Language;

pub(super) fn check<'a, O: Objects<'a>, V: Visitor>(objects: &O, visitor: &mut V) -> ControlFlow<()> {
    let templates = store_templates(objects);
    let (missing, concerned) = (absent::<O, V>(objects, templates), templates.union(values::<V>()));
    let mut told = TagSet::EMPTY;
    // Of its own stores the scheme says which template names another one.
    let base = |found: Violation| {
        let is_own = found.rule() == mpm::rules::AMBIGUOUS_PAYEE && has_several_stores(objects);
        Some(found).filter(|_| !is_own)
    };
    check_on::<Mpm<'a>, O, V>(objects, (), visitor, base, missing, concerned, |place, visitor| match place {
        Place::Presence(tag) => presence(objects, tag, visitor),
        Place::Object(tag) => {
            if !told.contains(tag) {
                store_itself(objects, templates, tag, visitor)?;
            }
            root_object(objects, tag, visitor)
        }
        Place::Itself(tag) => {
            told = told.with(tag);
            store_itself(objects, templates, tag, visitor)
        }
        Place::Whole => ControlFlow::Continue(()),
    })
}

/// What should be there and is not.
#[inline]
fn absent<'a, O: Objects<'a>, V: Visitor>(objects: &O, templates: TagSet) -> TagSet {
    const DEMANDED: TagSet = TagSet::EMPTY.with(Tag::POSTAL_CODE).with(Tag::LANGUAGE_TEMPLATE);
    let mut expected = DEMANDED;
    if V::WARNINGS {
        expected = expected.with(Tag::POINT_OF_INITIATION_METHOD);
        if is_method(objects, b"12") {
            expected = expected.with(Tag::TRANSACTION_AMOUNT);
        }
    }
    let absent = expected.difference(objects.tags());
    if templates.is_empty() { absent.with(USUAL) } else { absent }
}

fn presence<'a, O: Objects<'a>, V: Visitor>(objects: &O, tag: Tag, visitor: &mut V) -> ControlFlow<()> {
    let (rule, path) = match tag {
        USUAL => (rules::TEMPLATE_MISSING, Path::ROOT),
        Tag::POINT_OF_INITIATION_METHOD => (rules::INITIATION_MISSING, tag.into()),
        Tag::TRANSACTION_AMOUNT => (rules::AMOUNT_MISSING, tag.into()),
        Tag::POSTAL_CODE => (rules::POSTAL_CODE_MISSING, tag.into()),
        _ => (rules::LANGUAGE_TEMPLATE_MISSING, tag.into()),
    };
    visitor.report(missing(objects, rule, path))
}

/// The objects other than accounts that JPQR has rules about.
const fn values<V: Visitor>() -> TagSet {
    let demanded = TagSet::EMPTY.with(Tag::TRANSACTION_CURRENCY).with(Tag::COUNTRY_CODE).with(Tag::LANGUAGE_TEMPLATE);
    if V::WARNINGS { demanded.with(Tag::TRANSACTION_AMOUNT).with(Tag::POSTAL_CODE) } else { demanded }
}

fn is_method<'a, O: Objects<'a>>(objects: &O, method: &[u8]) -> bool {
    objects.get(Tag::POINT_OF_INITIATION_METHOD).is_some_and(|object| object.value_bytes() == method)
}

/// A root object.
#[inline]
fn root_object<'a, O: Objects<'a>, V: Visitor>(objects: &O, tag: Tag, visitor: &mut V) -> ControlFlow<()> {
    let Some(object) = objects.get(tag) else { return ControlFlow::Continue(()) };
    let value = object.value_bytes();
    let demand = |holds: bool, rule: &'static Rule, visitor: &mut V| {
        if holds { ControlFlow::Continue(()) } else { visitor.report(Violation::of_value(rule, &object)) }
    };
    match tag {
        Tag::TRANSACTION_CURRENCY => demand(value == b"392", rules::CURRENCY_VALUE, visitor),
        Tag::TRANSACTION_AMOUNT if V::WARNINGS => demand(!is_method(objects, b"11"), rules::AMOUNT_IN_STATIC, visitor),
        Tag::COUNTRY_CODE => demand(value == b"JP", rules::COUNTRY_VALUE, visitor),
        Tag::POSTAL_CODE => {
            let seven_digits = value.len() == 7 && value.iter().all(u8::is_ascii_digit);
            demand(seven_digits, rules::POSTAL_CODE_DIGITS, visitor)
        }
        Tag::LANGUAGE_TEMPLATE => local_information(&object, visitor),
        _ => store_template(&object, visitor),
    }
}

/// A template with the identifier of JPQR itself, of those that have it.
#[inline]
fn store_itself<'a, O: Objects<'a>, V: Visitor>(
    objects: &O,
    templates: TagSet,
    tag: Tag,
    visitor: &mut V,
) -> ControlFlow<()> {
    match templates.first() {
        Some(first) if templates.contains(tag) && tag != first => store_beside(objects, first, tag, visitor),
        Some(first) if V::WARNINGS && tag == first && tag != USUAL => match objects.get(tag) {
            Some(object) => visitor.report(Violation::of_object(rules::TEMPLATE_POSITION, &object)),
            None => ControlFlow::Continue(()),
        },
        _ => ControlFlow::Continue(()),
    }
}

/// A template beside the first one.
#[cold]
fn store_beside<'a, O: Objects<'a>, V: Visitor>(objects: &O, first: Tag, tag: Tag, visitor: &mut V) -> ControlFlow<()> {
    let (Some(first), Some(object)) = (objects.get(first), objects.get(tag)) else {
        return ControlFlow::Continue(());
    };
    let is_same = StoreId::of_object(&first).is_some_and(|id| StoreId::of_object(&object) == Some(id));
    let rule = if is_same { rules::TEMPLATE_REPEATED } else { rules::PAYEE_AMBIGUOUS };
    visitor.report(Violation::of_object(rule, &object))
}

/// The inside of such a template.
fn store_template<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    if StoreId::of_usual(object.value_bytes()).is_some() {
        return ControlFlow::Continue(());
    }
    match object.template() {
        Ok(template) => store_levels(&template, visitor),
        // EMVCo's rules say what keeps it shut.
        Err(_) => ControlFlow::Continue(()),
    }
}

/// The content of a template with the identifier of JPQR.
pub(super) fn store_levels<V: Visitor>(template: &Template<'_>, visitor: &mut V) -> ControlFlow<()> {
    for (tag, _) in LEVELS {
        if !template.tags().contains(tag) {
            let path = template.path().join(tag).unwrap_or(template.path());
            visitor.report(Violation::new(rules::LEVEL_MISSING, path, template.end(), 0))?;
        }
    }
    for object in template.by_tag() {
        if let Some((_, length)) = LEVELS.into_iter().find(|(tag, _)| *tag == object.tag()) {
            level(&object, length, visitor)?;
        } else if V::WARNINGS && object.tag() != Tag::GLOBALLY_UNIQUE_IDENTIFIER {
            visitor.report(Violation::of_object(rules::TEMPLATE_OBJECT, &object))?;
        } else if V::WARNINGS && object.value() != GUID {
            visitor.report(Violation::of_value(rules::GUID_CASE, &object))?;
        }
    }
    ControlFlow::Continue(())
}

fn level<V: Visitor>(object: &DataObject<'_>, length: usize, visitor: &mut V) -> ControlFlow<()> {
    let value = object.value_bytes();
    if object.length() != length {
        visitor.report(Violation::of_value(rules::LEVEL_LENGTH, object))?;
    }
    if !value.is_ascii() {
        visitor.report(Violation::of_value(rules::LEVEL_CHARSET, object))
    } else if V::WARNINGS && !value.iter().all(u8::is_ascii_digit) {
        visitor.report(Violation::of_value(rules::LEVEL_DIGITS, object))
    } else {
        ControlFlow::Continue(())
    }
}

/// 64.
fn local_information<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
    if is_usual(object) {
        return ControlFlow::Continue(());
    }
    // EMVCo's rules say what keeps it shut.
    let Ok(template) = object.template() else { return ControlFlow::Continue(()) };
    if let Some(object) = template.get(language_template::LANGUAGE_PREFERENCE) {
        match object.value_bytes() {
            b"JA" => {}
            value if Language::from_bytes(value).is_ok_and(|language| language.is_same(Language::JA)) => {
                visitor.report(Violation::of_value(rules::LANGUAGE_CASE, &object))?;
            }
            _ => visitor.report(Violation::of_value(rules::LANGUAGE_VALUE, &object))?,
        }
    }
    match template.get(language_template::MERCHANT_CITY) {
        Some(object) => visitor.report(Violation::of_object(rules::LOCAL_CITY_UNEXPECTED, &object)),
        None => ControlFlow::Continue(()),
    }
}

/// Whether 64 is as in all public codes: `JA`, then the name, which ends it. Any other 64 must be walked.
#[inline]
fn is_usual(object: &DataObject<'_>) -> bool {
    match object.value_bytes() {
        [b'0', b'0', b'0', b'2', b'J', b'A', b'0', b'1', tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] => {
            let length = tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'));
            length > 0 && object.length() == usize::from(length).wrapping_add(10)
        }
        _ => false,
    }
}
