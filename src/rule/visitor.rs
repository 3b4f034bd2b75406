//! Who receives the findings of a check.

#![expect(clippy::inline_always, reason = "an object that is handed over has to be stored, even if there is no fault")]

use core::fmt;
use core::ops::ControlFlow;

use super::{Rule, Severity, Violation};
use crate::tag::Path;
use crate::tlv::DataObject;

/// Who receives the findings of a check.
///
/// A profile's check function reports through [`report`](Self::report) and goes on until the visitor breaks off.
pub trait Visitor {
    /// Whether findings of severity [`Warning`](Severity::Warning) are wanted. If they are not, a payload is checked by
    /// code in which the rules that can only warn are left out.
    fn wants_warnings(&self) -> bool;

    /// Takes a finding; `Break` ends the check.
    fn visit(&mut self, violation: Violation) -> ControlFlow<()>;

    /// Passes on a finding, unless it is a warning and none are wanted.
    #[cold]
    fn report(&mut self, violation: Violation) -> ControlFlow<()> {
        if violation.severity() == Severity::Error || self.wants_warnings() {
            self.visit(violation)
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// Where the rules of this crate report to.
///
/// What is passed by every payload is compiled for errors alone and for everything; what is reached only if there is
/// something to report is compiled once, for [`Slow`].
pub(crate) trait Reporter {
    /// Whether rules that can only warn are compiled in.
    const WARNINGS: bool;

    /// What breaks off at the first finding that this might report.
    type Probe: Reporter + Default;

    fn report(&mut self, violation: Violation) -> ControlFlow<()>;

    /// Reports about `length` bytes: by numbers, so that nothing is put together before.
    fn report_at(&mut self, rule: &'static Rule, path: Path, offset: usize, length: usize) -> ControlFlow<()>;

    /// Reports about the value of an object.
    #[inline(always)]
    fn report_value(&mut self, rule: &'static Rule, object: &DataObject<'_>) -> ControlFlow<()> {
        let offset = object.value_offset();
        self.report_at(rule, object.path(), offset, object.end().wrapping_sub(offset))
    }

    /// Reports about an object as a whole.
    #[inline(always)]
    fn report_object(&mut self, rule: &'static Rule, object: &DataObject<'_>) -> ControlFlow<()> {
        let offset = object.offset();
        self.report_at(rule, object.path(), offset, object.end().wrapping_sub(offset))
    }

    /// Where to report to by the rarer way; `None` if nothing is reported at all.
    fn slow(&mut self) -> Option<Slow<'_>>;
}

/// Reports to a visitor.
pub(crate) struct To<'v, const WARNINGS: bool>(pub(crate) &'v mut dyn Visitor);

impl<const WARNINGS: bool> To<'_, WARNINGS> {
    #[inline]
    pub(crate) fn rarely(&mut self) -> Slow<'_> {
        Slow { visitor: self.0, warnings: WARNINGS }
    }
}

impl<const WARNINGS: bool> Reporter for To<'_, WARNINGS> {
    const WARNINGS: bool = WARNINGS;

    type Probe = Probe<WARNINGS>;

    #[cold]
    fn report(&mut self, violation: Violation) -> ControlFlow<()> {
        self.0.report(violation)
    }

    #[cold]
    #[inline(never)]
    fn report_at(&mut self, rule: &'static Rule, path: Path, offset: usize, length: usize) -> ControlFlow<()> {
        self.0.report(Violation::new(rule, path, offset, length))
    }

    #[inline]
    fn slow(&mut self) -> Option<Slow<'_>> {
        Some(self.rarely())
    }
}

/// Reports to a visitor, and leaves out what can only warn at run time.
pub(crate) struct Slow<'v> {
    visitor: &'v mut dyn Visitor,
    warnings: bool,
}

impl Reporter for Slow<'_> {
    const WARNINGS: bool = true;

    type Probe = Probe<true>;

    fn report(&mut self, violation: Violation) -> ControlFlow<()> {
        if self.warnings || violation.severity() == Severity::Error {
            self.visitor.report(violation)
        } else {
            ControlFlow::Continue(())
        }
    }

    #[cold]
    #[inline(never)]
    fn report_at(&mut self, rule: &'static Rule, path: Path, offset: usize, length: usize) -> ControlFlow<()> {
        self.report(Violation::new(rule, path, offset, length))
    }

    fn slow(&mut self) -> Option<Slow<'_>> {
        Some(Slow { visitor: self.visitor, warnings: self.warnings })
    }
}

/// Breaks off at the first finding. Whether it counts is for the visitor to say, to which it is then reported.
#[derive(Default)]
pub(crate) struct Probe<const WARNINGS: bool>;

impl<const WARNINGS: bool> Reporter for Probe<WARNINGS> {
    const WARNINGS: bool = WARNINGS;

    type Probe = Self;

    fn report(&mut self, _: Violation) -> ControlFlow<()> {
        ControlFlow::Break(())
    }

    fn report_at(&mut self, _: &'static Rule, _: Path, _: usize, _: usize) -> ControlFlow<()> {
        ControlFlow::Break(())
    }

    fn slow(&mut self) -> Option<Slow<'_>> {
        None
    }
}

/// Reports a value for which `holds` is false.
#[inline(always)]
pub(crate) fn demand<R: Reporter>(
    holds: bool,
    rule: &'static Rule,
    object: &DataObject<'_>,
    reporter: &mut R,
) -> ControlFlow<()> {
    if holds { ControlFlow::Continue(()) } else { reporter.report_value(rule, object) }
}

/// Reports the characters of a value beyond the first `most`.
#[inline(always)]
pub(crate) fn limit<R: Reporter>(
    object: &DataObject<'_>,
    most: u8,
    rule: &'static Rule,
    reporter: &mut R,
) -> ControlFlow<()> {
    if object.length() <= usize::from(most) {
        ControlFlow::Continue(())
    } else {
        reporter.report(Violation::of_excess(rule, object, most))
    }
}

/// Keeps the first error in the [order](Violation::order) of findings: whether a payload conforms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstError(Option<Violation>);

impl FirstError {
    /// The finding, if there was one.
    #[must_use]
    pub const fn get(&self) -> Option<Violation> {
        self.0
    }

    /// Keeps a finding if it comes before the one that is kept.
    fn offer(&mut self, violation: Violation) {
        if self.0.is_none_or(|first| violation.order() < first.order()) {
            self.0 = Some(violation);
        }
    }
}

impl Visitor for FirstError {
    fn wants_warnings(&self) -> bool {
        false
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.offer(violation);
        ControlFlow::Continue(())
    }
}

/// Keeps the first finding that a builder must not write.
#[derive(Default)]
pub(crate) struct FirstRefused(FirstError);

impl FirstRefused {
    pub(crate) const fn get(&self) -> Option<Violation> {
        self.0.get()
    }
}

impl Visitor for FirstRefused {
    fn wants_warnings(&self) -> bool {
        true
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        if violation.severity() == Severity::Error || violation.rule().is_refused_in_writing() {
            self.0.offer(violation.with_severity(Severity::Error));
        }
        ControlFlow::Continue(())
    }
}

/// Lets a function change or drop findings on their way to a visitor: how a profile weighs the findings of another one
/// that it builds on.
///
/// The function sees every finding that is reported. A visitor that wants errors alone gets those that are errors after
/// the function; rules that can only warn are not checked for it at all.
pub struct FilterMap<'v, F> {
    visitor: &'v mut dyn Visitor,
    map: F,
}

impl<'v, F: FnMut(Violation) -> Option<Violation>> FilterMap<'v, F> {
    /// Hands to `visitor` what `map` makes of each finding.
    pub const fn new(visitor: &'v mut dyn Visitor, map: F) -> Self {
        Self { visitor, map }
    }
}

impl<F: FnMut(Violation) -> Option<Violation>> Visitor for FilterMap<'_, F> {
    fn wants_warnings(&self) -> bool {
        self.visitor.wants_warnings()
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        match (self.map)(violation) {
            Some(violation) => self.visitor.report(violation),
            None => ControlFlow::Continue(()),
        }
    }

    #[cold]
    fn report(&mut self, violation: Violation) -> ControlFlow<()> {
        self.visit(violation)
    }
}

impl<F> fmt::Debug for FilterMap<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FilterMap")
    }
}

/// Hands every finding, warnings too, to a function.
#[expect(clippy::exhaustive_structs, reason = "made by naming its one field")]
pub struct Each<F>(
    /// Called once for each finding; `Break` ends the check.
    pub F,
);

impl<F: FnMut(Violation) -> ControlFlow<()>> Visitor for Each<F> {
    fn wants_warnings(&self) -> bool {
        true
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        (self.0)(violation)
    }
}

impl<F> fmt::Debug for Each<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Each")
    }
}

#[cfg(feature = "alloc")]
impl Visitor for alloc::vec::Vec<Violation> {
    fn wants_warnings(&self) -> bool {
        true
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.push(violation);
        ControlFlow::Continue(())
    }
}
