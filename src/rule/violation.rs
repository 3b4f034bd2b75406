//! Findings, and their order.

#![expect(clippy::inline_always, reason = "an object that is handed over has to be stored, even if there is no fault")]

use core::fmt;

use super::{Rule, Severity};
use crate::advice::Advice;
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::tag::Tag;
use crate::tlv::{DataObject, LengthUnit};

/// The numbers behind a finding, if its sentence needs them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Detail {
    /// The sentence of the rule says all.
    None,
    /// The character that the value may not have.
    Character(char),
    /// The value is too long.
    Length {
        /// Characters of the value, 1 to 99.
        length: u8,
        /// The most characters that it may have.
        limit: u8,
    },
    /// The unit in which another reader counts lengths.
    Unit(LengthUnit),
    /// The value of a template is not a run of data objects.
    Shape {
        /// What is wrong.
        kind: ErrorKind,
        /// The object that it is wrong with, inside the template.
        path: Path,
    },
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Character(c) => write!(f, "U+{:04X}", u32::from(*c)),
            Self::Length { length, limit } => write!(f, "{length} characters, at most {limit}"),
            Self::Unit(unit) => write!(f, "{unit}"),
            Self::Shape { kind, path } => write!(f, "{kind}, in data object {path}"),
        }
    }
}

/// As `Display`, so that a character is shown by its number.
impl fmt::Debug for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Detail({self})")
    }
}

/// The place of a finding among others: presence of root objects by ID, then root objects by ID, each itself before its
/// inside, then the payload as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order(u16);

impl Order {
    const fn presence(tag: Tag) -> Self {
        Self(tag.get() as u16)
    }

    const fn of(path: Path) -> Self {
        match path.root() {
            Some(tag) => Self(0x100 | (tag.get() as u16) << 1 | (path.depth() > 1) as u16),
            None => Self(u16::MAX),
        }
    }
}

/// A finding: the rule that is broken, and where.
///
/// Never holds text of the payload, but for a single character that a value may not have. `Display` gives the sentence,
/// the path, the place and the id.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Violation {
    rule: &'static Rule,
    severity: Severity,
    path: Path,
    offset: usize,
    length: usize,
    order: Order,
    detail: Detail,
    code: Option<u16>,
}

impl Violation {
    /// A finding about `length` bytes from `offset` of the caller's text.
    #[must_use]
    pub const fn new(rule: &'static Rule, path: Path, offset: usize, length: usize) -> Self {
        let (severity, order) = (rule.severity, Order::of(path));
        Self { rule, severity, path, offset, length, order, detail: Detail::None, code: None }
    }

    /// A finding that a root object is missing: `tag`, or one of several of which `tag` is the first. `path` names the
    /// object, or is [`Path::ROOT`] for one of several. `offset` is where 63 starts.
    #[must_use]
    pub const fn missing(rule: &'static Rule, tag: Tag, path: Path, offset: usize) -> Self {
        let mut violation = Self::new(rule, path, offset, 0);
        violation.order = Order::presence(tag);
        violation
    }

    /// [`new`](Self::new), out of the way if all is well. The constructors below hand it numbers, never an object,
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
    pub fn of_excess(rule: &'static Rule, object: &DataObject<'_>, limit: u8) -> Self {
        let (value, end) = (object.value(), object.end());
        Self::too_long(rule, object.path(), value, end.wrapping_sub(value.len()), limit)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn too_long(rule: &'static Rule, path: Path, value: &str, offset: usize, limit: u8) -> Self {
        let excess = value.char_indices().nth(limit.into()).map_or(value.len(), |(excess, _)| excess);
        let length = u8::try_from(value.chars().count()).unwrap_or(u8::MAX);
        Self::new(rule, path, offset.saturating_add(excess), value.len().saturating_sub(excess))
            .with_detail(Detail::Length { length, limit })
    }

    /// A finding about the first character of `object` for which `is_meant` holds; about the whole value if no character is.
    #[must_use]
    #[inline(always)]
    pub fn of_character(rule: &'static Rule, object: &DataObject<'_>, is_meant: fn(char) -> bool) -> Self {
        Self::with_character(rule, object.path(), object.value(), object.value_offset(), is_meant)
    }

    #[cold]
    #[inline(never)]
    fn with_character(rule: &'static Rule, path: Path, value: &str, offset: usize, is_meant: fn(char) -> bool) -> Self {
        match value.char_indices().find(|(_, c)| is_meant(*c)) {
            None => Self::new(rule, path, offset, value.len()),
            Some((at, c)) => {
                Self::new(rule, path, offset.saturating_add(at), c.len_utf8()).with_detail(Detail::Character(c))
            }
        }
    }

    /// A finding that the value at `path` is not a run of data objects.
    #[must_use]
    pub const fn of_shape(rule: &'static Rule, path: Path, fault: &Error) -> Self {
        Self::new(rule, path, fault.offset(), fault.length())
            .with_detail(Detail::Shape { kind: fault.kind(), path: fault.path() })
    }

    /// The same finding with another weight, for a profile that weighs a rule of another one.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding under another rule with that rule's weight, for a profile that says better what a rule of another
    /// one is about.
    #[must_use]
    pub const fn with_rule(mut self, rule: &'static Rule) -> Self {
        self.rule = rule;
        self.severity = rule.severity;
        self
    }

    /// The same finding with the number that an official toolkit gives it.
    #[must_use]
    pub const fn with_code(mut self, code: u16) -> Self {
        self.code = Some(code);
        self
    }

    /// The same finding with the numbers that its sentence needs.
    #[must_use]
    pub const fn with_detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
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

    /// How many bytes from [`offset`](Self::offset) are concerned; 0 if something is missing, and for the payload as a
    /// whole.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The place of the finding among others.
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The numbers behind the finding.
    #[must_use]
    pub const fn detail(&self) -> Detail {
        self.detail
    }

    /// The number that the scheme's official toolkit gives this fault, if it has one.
    #[must_use]
    pub const fn code(&self) -> Option<u16> {
        self.code
    }

    /// What the person who pays can do about it; `None` for a warning, with which the code can be paid.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        (self.severity == Severity::Error).then_some(self.rule.advice)
    }

    /// What is wrong, with the numbers behind it: the sentence of the rule, then the detail if there is one.
    #[must_use]
    pub fn message(&self) -> impl fmt::Display + use<> {
        Message(self.rule.summary, self.detail)
    }

    /// The sentence and the object, for a text that is not written yet and has no places.
    pub(crate) fn write_unplaced(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message())?;
        if self.path == Path::ROOT { Ok(()) } else { write!(f, ", in data object {}", self.path) }
    }
}

struct Message(&'static str, Detail);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Detail::None => f.write_str(self.0),
            detail => write!(f, "{}: {detail}", self.0),
        }
    }
}

/// As `Display`, with the severity.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Violation({}: {self})", self.severity)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_unplaced(f)?;
        write!(f, " at byte {} [{}]", self.offset, self.rule.id)
    }
}

impl core::error::Error for Violation {}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Violation {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut violation = serializer.serialize_struct("Violation", 7)?;
        violation.serialize_field("rule", self.rule().id())?;
        violation.serialize_field("severity", &self.severity())?;
        violation.serialize_field("path", &self.path())?;
        violation.serialize_field("offset", &self.offset())?;
        violation.serialize_field("length", &self.length())?;
        violation.serialize_field("message", &format_args!("{}", self.message()))?;
        match self.code() {
            Some(code) => violation.serialize_field("code", &code)?,
            None => violation.skip_field("code")?,
        }
        violation.end()
    }
}
