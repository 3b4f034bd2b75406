//! Rules, findings, and who receives them.

#![expect(clippy::inline_always, reason = "an object that is handed over must lie in memory, even where all is well")]

use core::fmt;
use core::ops::ControlFlow;

use crate::tag::Path;
use crate::tlv::DataObject;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "whether a payload conforms is decided by one of the two")]
pub enum Severity {
    /// The payload conforms all the same: a recommendation, or a point that the sources leave open.
    Warning,
    /// The payload does not conform.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One requirement on payloads: a constant of the profile that it belongs to.
///
/// Rules are equal when their ids are.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    id: &'static str,
    severity: Severity,
    source: &'static str,
    summary: &'static str,
}

impl Rule {
    /// A rule of a profile. `id` is `scheme.object.fault`, `source` the section that demands it, `summary` one sentence
    /// without a full stop that says what is wrong, and says nothing of the payload's text.
    #[must_use]
    pub const fn new(id: &'static str, severity: Severity, source: &'static str, summary: &'static str) -> Self {
        Self { id, severity, source, summary }
    }

    /// The stable id: `emv.54.format`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// How much a finding weighs, unless a profile says otherwise: see [`Violation::severity`].
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The section of the document that demands it.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// What is wrong where the rule is broken.
    #[must_use]
    pub const fn summary(&self) -> &'static str {
        self.summary
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

/// A finding: the rule that is broken, and where.
///
/// Never holds text of the payload. `Display` gives the sentence, the path, the place and the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    rule: &'static Rule,
    severity: Severity,
    path: Path,
    offset: usize,
    length: usize,
    code: Option<u16>,
}

impl Violation {
    /// A finding about `length` bytes from `offset` of the caller's text.
    #[must_use]
    pub const fn new(rule: &'static Rule, path: Path, offset: usize, length: usize) -> Self {
        Self { rule, severity: rule.severity, path, offset, length, code: None }
    }

    /// [`new`](Self::new), out of the way where all is well. The constructors below hand it numbers, never an object,
    /// which would have to lie in memory from the start.
    #[cold]
    #[inline(never)]
    const fn found(rule: &'static Rule, path: Path, offset: usize, length: usize) -> Self {
        Self::new(rule, path, offset, length)
    }

    /// A finding about the value of `object`.
    #[must_use]
    #[inline(always)]
    pub fn of_value(rule: &'static Rule, object: &DataObject<'_>) -> Self {
        let offset = object.value_offset();
        Self::found(rule, object.path(), offset, object.end().wrapping_sub(offset))
    }

    /// A finding about `object` as a whole: that it is there.
    #[must_use]
    #[inline(always)]
    pub fn of_object(rule: &'static Rule, object: &DataObject<'_>) -> Self {
        let offset = object.offset();
        Self::found(rule, object.path(), offset, object.end().wrapping_sub(offset))
    }

    /// A finding about the characters of `object` beyond the first `limit`.
    #[must_use]
    #[inline(always)]
    pub fn of_excess(rule: &'static Rule, object: &DataObject<'_>, limit: usize) -> Self {
        let excess = excess(object.value(), limit);
        Self::found(rule, object.path(), object.end().wrapping_sub(excess), excess)
    }

    /// The same finding with another weight, for a profile that judges a rule of another one.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding with the number that an official toolkit gives it.
    #[must_use]
    pub const fn with_code(mut self, code: u16) -> Self {
        self.code = Some(code);
        self
    }

    /// The rule that is broken.
    #[must_use]
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// How much the finding weighs under the profile that was checked.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The data object concerned; [`Path::ROOT`] for the payload as a whole.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The place in the caller's text, in bytes from its start. For what is missing: the start of 63, or the end of the
    /// template that should hold it.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// How many bytes from [`offset`](Self::offset) are concerned; 0 where something is missing, and for the payload as a
    /// whole.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The number that the scheme's official toolkit gives this fault, if it has one.
    #[must_use]
    pub const fn code(&self) -> Option<u16> {
        self.code
    }
}

/// The bytes of `value` beyond its first `limit` characters.
#[cold]
#[inline(never)]
fn excess(value: &str, limit: usize) -> usize {
    value.chars().skip(limit).map(char::len_utf8).fold(0, usize::wrapping_add)
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule.summary)?;
        if self.path != Path::ROOT {
            write!(f, ", in data object {}", self.path)?;
        }
        write!(f, " at byte {} [{}]", self.offset, self.rule.id)
    }
}

impl core::error::Error for Violation {}

/// Who receives the findings of a check.
///
/// A profile's check function reports through [`report`](Self::report) and goes on until the visitor breaks off.
pub trait Visitor {
    /// Whether findings of severity [`Warning`](Severity::Warning) are wanted. Where they are not, the rules that can
    /// only warn are not even compiled in.
    const WARNINGS: bool;

    /// Takes a finding; `Break` ends the check.
    fn visit(&mut self, violation: Violation) -> ControlFlow<()>;

    /// Passes on a finding, unless it is a warning and none are wanted.
    #[cold]
    fn report(&mut self, violation: Violation) -> ControlFlow<()> {
        if Self::WARNINGS || violation.severity == Severity::Error {
            self.visit(violation)
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// Keeps the first error and stops there: whether a payload conforms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstError(Option<Violation>);

impl FirstError {
    /// The finding, if there was one.
    #[must_use]
    pub const fn get(&self) -> Option<Violation> {
        self.0
    }
}

impl Visitor for FirstError {
    const WARNINGS: bool = false;

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.0 = Some(violation);
        ControlFlow::Break(())
    }
}

/// Hands every finding, warnings too, to a function.
#[expect(clippy::exhaustive_structs, reason = "made by naming its one field")]
pub struct Each<F>(
    /// Called once for each finding; `Break` ends the check.
    pub F,
);

impl<F: FnMut(Violation) -> ControlFlow<()>> Visitor for Each<F> {
    const WARNINGS: bool = true;

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
    const WARNINGS: bool = true;

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.push(violation);
        ControlFlow::Continue(())
    }
}

/// Makes the constants of a profile's rules, each documented by its own sentence, severity and source, and the list of
/// them all.
macro_rules! rules {
    ($list:ident: $($name:ident = $severity:ident $id:literal, $source:literal, $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "` (", stringify!($severity), "): ", $summary, " (", $source, ").")]
            pub const $name: &$crate::rule::Rule = &$crate::rule::Rule::new(
                $id,
                $crate::rule::Severity::$severity,
                $source,
                $summary,
            );
        )*

        /// All rules of this module, in the order of the specification's checklist.
        ///
        /// | id | severity | rule | source |
        /// |---|---|---|---|
        $(#[doc = concat!("| `", $id, "` | ", stringify!($severity), " | ", $summary, " | ", $source, " |")])*
        pub const $list: &[&$crate::rule::Rule] = &[$($name),*];
    };
}
pub(crate) use rules;
