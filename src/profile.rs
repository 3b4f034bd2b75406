//! How a profile, the rules and the reading of one scheme, plugs in.

use core::ops::ControlFlow;

use crate::payload::Payload;
use crate::rule::{FirstError, Violation, Visitor};
use crate::tag::{Path, Tag, TagSet};
use crate::tlv::DataObject;

/// Root objects by ID: what rules are checked on.
///
/// A [`Payload`] is one, and so is the model of a builder before a single byte is written, so that no rule exists twice.
pub trait Objects<'a> {
    /// The IDs that are there. A model counts 63 as there, though its value is not known yet.
    fn tags(&self) -> TagSet;

    /// The object with this ID. A model has no 63 to give.
    fn get(&self, tag: Tag) -> Option<DataObject<'a>>;

    /// Where 63 starts, in bytes: the place of findings about what is missing.
    fn crc_offset(&self) -> usize;

    /// How many characters the text has, the CRC included.
    fn characters(&self) -> usize;
}

impl<'a> Objects<'a> for Payload<'a> {
    #[inline]
    fn tags(&self) -> TagSet {
        self.tags()
    }

    #[inline]
    fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        self.get(tag)
    }

    #[inline]
    fn crc_offset(&self) -> usize {
        // A wire-valid payload ends with the eight characters of its CRC.
        self.as_str().len().saturating_sub(8)
    }

    #[inline]
    fn characters(&self) -> usize {
        if self.is_plain() { self.as_str().len() } else { self.as_str().chars().count() }
    }
}

/// The rules and the typed reading of one scheme.
///
/// Open to other crates: what `Mpm` and the national profiles use beyond the public items are short cuts for speed. A
/// profile is usually a small struct around a [`Payload`], whose getters cut values out of the text.
///
/// ```
/// use core::ops::ControlFlow;
/// use emvqr::profile::{Objects, Profile};
/// use emvqr::rule::{Rule, Severity, Violation, Visitor};
/// use emvqr::{Payload, Tag};
///
/// /// Codes in euro.
/// struct Euro<'a>(Payload<'a>);
///
/// static CURRENCY: Rule = Rule::new("euro.53.value", Severity::Error, "our contract, 3", "the currency is not the euro");
///
/// impl<'a> Profile<'a> for Euro<'a> {
///     type Context = ();
///     const NAME: &'static str = "euro";
///
///     fn recognises(payload: &Payload<'a>) -> bool {
///         payload.get(Tag::TRANSACTION_CURRENCY).is_some_and(|object| object.value() == "978")
///     }
///
///     fn check<O: Objects<'a>, V: Visitor>(objects: &O, (): (), visitor: &mut V) -> ControlFlow<()> {
///         emvqr::Mpm::check(objects, (), visitor)?;
///         match objects.get(Tag::TRANSACTION_CURRENCY) {
///             Some(object) if object.value() != "978" => visitor.report(Violation::of_value(&CURRENCY, &object)),
///             _ => ControlFlow::Continue(()),
///         }
///     }
///
///     fn read(payload: &Payload<'a>) -> Self {
///         Self(payload.clone())
///     }
/// }
/// ```
pub trait Profile<'a>: Sized {
    /// What the rules need to know from outside: the time, say. `()` for most.
    type Context: Copy + Default;

    /// A short name in lower case, as the ids of the rules start with.
    const NAME: &'static str;

    /// Whether the payload is of this scheme, conformant or not.
    fn recognises(payload: &Payload<'a>) -> bool;

    /// Reports every broken rule to the visitor: presence of root objects by ID, then root objects by ID, the inside of
    /// each template right after it.
    ///
    /// # Errors
    ///
    /// `Break` as soon as the visitor breaks off.
    fn check<O: Objects<'a>, V: Visitor>(objects: &O, context: Self::Context, visitor: &mut V) -> ControlFlow<()>;

    /// Reads what is there, whether or not it conforms.
    fn read(payload: &Payload<'a>) -> Self;
}

impl<'a> Payload<'a> {
    /// Checks the payload under a profile in its default context, and reads it.
    ///
    /// ```
    /// use emvqr::{Mpm, Payload};
    ///
    /// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    /// let code = Payload::parse(text)?.view::<Mpm>()?;
    /// assert_eq!(code.merchant_city(), Some("PHNOM PENH"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first finding of severity error.
    #[inline]
    pub fn view<P: Profile<'a>>(&self) -> Result<P, Violation> {
        self.view_at(P::Context::default())
    }

    /// Checks the payload under a profile in a given context, and reads it.
    ///
    /// # Errors
    ///
    /// The first finding of severity error.
    #[inline]
    pub fn view_at<P: Profile<'a>>(&self, context: P::Context) -> Result<P, Violation> {
        let mut first = FirstError::default();
        let _ = P::check(self, context, &mut first);
        match first.get() {
            None => Ok(P::read(self)),
            Some(violation) => Err(violation),
        }
    }

    /// All findings under a profile, warnings too, in order.
    ///
    /// Without allocation: call [`Profile::check`] with a visitor such as [`Each`](crate::rule::Each).
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn violations<P: Profile<'a>>(&self, context: P::Context) -> alloc::vec::Vec<Violation> {
        let mut findings = alloc::vec::Vec::new();
        let _ = P::check(self, context, &mut findings);
        findings
    }
}

/// Where a finding stands in the order of findings: presence of root objects by ID, then root objects by ID, each with its
/// inside, then the payload as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "the order of findings is fixed")]
pub enum Place {
    /// That a root object is there. Of several of which one must be there, the lowest ID.
    Presence(Tag),
    /// A root object, or something inside it.
    Object(Tag),
    /// The payload as a whole.
    Whole,
    /// Asked of a scheme only, see [`check_on`]: a root object itself, without its inside.
    Itself(Tag),
}

impl Place {
    /// The place of a finding. That a root object is missing is told by its rule: the id ends with `missing`.
    #[must_use]
    pub fn of(violation: &Violation) -> Self {
        let path = violation.path();
        let missing = violation.rule().id().ends_with("missing");
        match path.root() {
            Some(tag) if missing && path.depth() == 1 => Self::Presence(tag),
            Some(tag) => Self::Object(tag),
            // The accounts, 02 to 51, of which no one in particular is missing.
            None if missing => Self::Presence(Tag::of_digits(2)),
            None => Self::Whole,
        }
    }
}

/// Checks a base profile's rules and a scheme's own, all findings in one order.
///
/// For a scheme that builds on another profile: `base` may change or drop each finding of the base profile `P`, and `own`
/// is called once for each place that may concern the scheme, in order: the presence of each ID of `expected`, then each
/// root object of `concerned`. At one place the base profile's findings come first. As long as the base profile finds nothing, nothing
/// is held back or compared, so a payload that conforms costs no more than both checks.
///
/// A finding about an object itself stands before all about its inside. So where the base profile has one about the inside,
/// `own` is first called with [`Place::Itself`]: what it says then of the object itself it does not say again.
///
/// # Errors
///
/// `Break` as soon as the visitor breaks off.
pub fn check_on<'a, P: Profile<'a>, O: Objects<'a>, V: Visitor>(
    objects: &O,
    context: P::Context,
    visitor: &mut V,
    base: impl FnMut(Violation) -> Option<Violation>,
    expected: TagSet,
    concerned: TagSet,
    own: impl FnMut(Place, &mut V) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let present = objects.tags().intersection(concerned);
    let mut both = Both { visitor, base, own, expected, present, begun: None };
    P::check(objects, context, &mut both)?;
    both.own_rest()
}

/// The visitor of [`check_on`]: lets the scheme catch up before it passes on a finding of the base profile.
struct Both<'v, V, B, F> {
    visitor: &'v mut V,
    base: B,
    own: F,
    /// Where the scheme has not looked yet: first whether these are there, then into these.
    expected: TagSet,
    present: TagSet,
    /// The object itself that it has looked at last, apart from the inside.
    begun: Option<Tag>,
}

impl<V, B, F: FnMut(Place, &mut V) -> ControlFlow<()>> Both<'_, V, B, F> {
    #[inline]
    fn own_before(&mut self, end: Place) -> ControlFlow<()> {
        while let Some(tag) = self.expected.first().filter(|tag| Place::Presence(*tag) < end) {
            self.expected = self.expected.difference(tag.into());
            (self.own)(Place::Presence(tag), self.visitor)?;
        }
        while let Some(tag) = self.present.first().filter(|tag| Place::Object(*tag) < end) {
            self.present = self.present.difference(tag.into());
            (self.own)(Place::Object(tag), self.visitor)?;
        }
        ControlFlow::Continue(())
    }

    /// What is left after the base profile.
    #[inline]
    fn own_rest(&mut self) -> ControlFlow<()> {
        for tag in core::mem::take(&mut self.expected) {
            (self.own)(Place::Presence(tag), self.visitor)?;
        }
        for tag in core::mem::take(&mut self.present) {
            (self.own)(Place::Object(tag), self.visitor)?;
        }
        ControlFlow::Continue(())
    }
}

impl<V, B, F> Visitor for Both<'_, V, B, F>
where
    V: Visitor,
    B: FnMut(Violation) -> Option<Violation>,
    F: FnMut(Place, &mut V) -> ControlFlow<()>,
{
    const WARNINGS: bool = V::WARNINGS;

    #[cold]
    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.own_before(Place::of(&violation))?;
        let path = violation.path();
        if path.depth() > 1 && self.begun != path.root() {
            self.begun = path.root();
            if let Some(tag) = self.begun.filter(|tag| self.present.contains(*tag)) {
                (self.own)(Place::Itself(tag), self.visitor)?;
            }
        }
        match (self.base)(violation) {
            Some(violation) => self.visitor.report(violation),
            None => ControlFlow::Continue(()),
        }
    }
}

/// The finding that something is missing: at the start of 63, with length 0.
#[cold]
pub fn missing<'a, O: Objects<'a>>(objects: &O, rule: &'static crate::rule::Rule, path: Path) -> Violation {
    Violation::new(rule, path, objects.crc_offset(), 0)
}
