//! The check: EMVCo's rules and JPQR's own in one order.

use core::ops::ControlFlow;

use super::store_id::{LEVELS, StoreId};
use super::{GUID, rules, store_templates};
use crate::Mpm;
use crate::profile::{Objects, Profile, missing};
use crate::rule::{Rule, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet, language_template};
use crate::tlv::{DataObject, Template};
use crate::value::Language;

/// Where a finding stands in the order of findings: presence of root objects by ID, then root objects by ID, then the
/// payload as a whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u8);

impl Place {
    const FIRST: Self = Self(0);
    const END: Self = Self(u8::MAX);

    const fn presence(tag: Tag) -> Self {
        Self(tag.get())
    }

    const fn object(tag: Tag) -> Self {
        Self(tag.get().wrapping_add(100))
    }

    fn of(violation: &Violation, crc_offset: usize) -> Self {
        // What is missing from the root, and nothing else, is found where 63 starts.
        let is_presence = violation.path().depth() <= 1 && violation.length() == 0 && violation.offset() == crc_offset;
        match violation.path().root() {
            Some(tag) if is_presence => Self::presence(tag),
            Some(tag) => Self::object(tag),
            // No account at all: 02 is the first that could be there.
            None if is_presence => Self(2),
            None => Self::END,
        }
    }
}

pub(super) fn check<'a, O: Objects<'a>, V: Visitor>(objects: &O, visitor: &mut V) -> ControlFlow<()> {
    let own = Own { objects, templates: store_templates(objects), next: Place::FIRST };
    let mut merged = Merged { own, visitor };
    Mpm::check(objects, (), &mut merged)?;
    merged.own.until(Place::END, merged.visitor)
}

/// Takes EMVCo's findings, and puts JPQR's own between them where they belong. Where EMVCo finds nothing it is never
/// called, so the order costs nothing.
struct Merged<'o, 'v, O, V> {
    own: Own<'o, O>,
    visitor: &'v mut V,
}

impl<'a, O: Objects<'a>, V: Visitor> Visitor for Merged<'_, '_, O, V> {
    const WARNINGS: bool = V::WARNINGS;

    #[cold]
    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.own.until(Place::of(&violation, self.own.objects.crc_offset()), self.visitor)?;
        self.visitor.report(violation)
    }
}

/// JPQR's own rules, of which those before `next` have been checked.
struct Own<'o, O> {
    objects: &'o O,
    templates: TagSet,
    next: Place,
}

impl<'a, O: Objects<'a>> Own<'_, O> {
    /// Checks on, up to the place `end`.
    fn until<V: Visitor>(&mut self, end: Place, visitor: &mut V) -> ControlFlow<()> {
        let start = self.next;
        self.next = start.max(end);
        let due = |place: Place| start <= place && place < end;
        self.presence(due, visitor)?;
        let mut first = None;
        for tag in self.templates {
            if let Some(object) = self.objects.get(tag) {
                if due(Place::object(tag)) {
                    store_template(&object, first, visitor)?;
                }
                first = first.or(Some(object));
            }
        }
        self.values(due, visitor)?;
        if due(Place::object(Tag::LANGUAGE_TEMPLATE))
            && let Some(object) = self.objects.get(Tag::LANGUAGE_TEMPLATE)
        {
            local_information(&object, visitor)?;
        }
        ControlFlow::Continue(())
    }

    /// What must be there, by ID.
    fn presence<V: Visitor>(&self, due: impl Fn(Place) -> bool, visitor: &mut V) -> ControlFlow<()> {
        let tags = self.objects.tags();
        let mut demand = |holds: bool, tag: Tag, rule: &'static Rule, path: Path| {
            if holds || !due(Place::presence(tag)) {
                ControlFlow::Continue(())
            } else {
                visitor.report(missing(self.objects, rule, path))
            }
        };
        if V::WARNINGS {
            let tag = Tag::POINT_OF_INITIATION_METHOD;
            demand(tags.contains(tag), tag, rules::INITIATION_MISSING, tag.into())?;
        }
        demand(!self.templates.is_empty(), super::USUAL, rules::TEMPLATE_MISSING, Path::ROOT)?;
        if V::WARNINGS && self.is(Tag::POINT_OF_INITIATION_METHOD, b"12") {
            let tag = Tag::TRANSACTION_AMOUNT;
            demand(tags.contains(tag), tag, rules::AMOUNT_MISSING, tag.into())?;
        }
        for (tag, rule) in
            [(Tag::POSTAL_CODE, rules::POSTAL_CODE_MISSING), (Tag::LANGUAGE_TEMPLATE, rules::LANGUAGE_TEMPLATE_MISSING)]
        {
            demand(tags.contains(tag), tag, rule, tag.into())?;
        }
        ControlFlow::Continue(())
    }

    /// 53 to 61.
    fn values<V: Visitor>(&self, due: impl Fn(Place) -> bool, visitor: &mut V) -> ControlFlow<()> {
        let mut demand = |tag: Tag, rule: &'static Rule, holds: fn(&[u8]) -> bool| match self.objects.get(tag) {
            Some(object) if !holds(object.value_bytes()) && due(Place::object(tag)) => {
                visitor.report(Violation::of_value(rule, &object))
            }
            _ => ControlFlow::Continue(()),
        };
        demand(Tag::TRANSACTION_CURRENCY, rules::CURRENCY_VALUE, |value| value == b"392")?;
        if V::WARNINGS && self.is(Tag::POINT_OF_INITIATION_METHOD, b"11") {
            demand(Tag::TRANSACTION_AMOUNT, rules::AMOUNT_IN_STATIC, |_| false)?;
        }
        demand(Tag::COUNTRY_CODE, rules::COUNTRY_VALUE, |value| value == b"JP")?;
        if V::WARNINGS {
            let is_postal_code = |value: &[u8]| value.len() == 7 && value.iter().all(u8::is_ascii_digit);
            demand(Tag::POSTAL_CODE, rules::POSTAL_CODE_DIGITS, is_postal_code)?;
        }
        ControlFlow::Continue(())
    }

    fn is(&self, tag: Tag, value: &[u8]) -> bool {
        self.objects.get(tag).is_some_and(|object| object.value_bytes() == value)
    }
}

/// A template with the identifier of JPQR, `first` being the first one of them if it is another one.
fn store_template<'a, V: Visitor>(
    object: &DataObject<'a>,
    first: Option<DataObject<'a>>,
    visitor: &mut V,
) -> ControlFlow<()> {
    if let Some(first) = first {
        let is_same = StoreId::of_object(&first).is_some_and(|id| StoreId::of_object(object) == Some(id));
        let rule = if is_same { rules::TEMPLATE_REPEATED } else { rules::PAYEE_AMBIGUOUS };
        visitor.report(Violation::of_object(rule, object))?;
    }
    if V::WARNINGS && object.tag() != super::USUAL && first.is_none() {
        visitor.report(Violation::of_object(rules::TEMPLATE_POSITION, object))?;
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
    if !crate::tlv::is_plain(value) {
        visitor.report(Violation::of_value(rules::LEVEL_CHARSET, object))
    } else if V::WARNINGS && !value.iter().all(u8::is_ascii_digit) {
        visitor.report(Violation::of_value(rules::LEVEL_DIGITS, object))
    } else {
        ControlFlow::Continue(())
    }
}

/// 64.
fn local_information<V: Visitor>(object: &DataObject<'_>, visitor: &mut V) -> ControlFlow<()> {
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
