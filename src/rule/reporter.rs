//! The machinery by which the rules of this crate report: compiled with and without warnings.

#![expect(clippy::inline_always, reason = "an object that is handed over has to be stored, even if there is no fault")]

use core::ops::ControlFlow;

use super::{Rule, Severity, Violation, Visitor};
use crate::path::Path;
use crate::tlv::DataObject;

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
