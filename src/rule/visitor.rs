//! Who receives the findings of a check.

use core::fmt;
use core::ops::ControlFlow;

use super::{Severity, Violation};

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
