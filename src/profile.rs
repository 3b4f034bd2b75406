//! How a profile, the rules and the reading of one scheme, plugs in.

use core::ops::ControlFlow;

use crate::error::Error;
use crate::path::Path;
use crate::payload::Payload;
#[cfg(feature = "alloc")]
use crate::rule::Severity;
use crate::rule::{FirstError, Violation, Visitor};

/// The rules and the typed reading of one scheme.
///
/// Open to other crates: what `Mpm` and the national profiles use beyond the public items are short cuts for speed. A
/// profile is usually a small struct around a [`Payload`], whose getters cut values out of the text.
///
/// ```
/// use core::ops::ControlFlow;
/// use emvqr::profile::Profile;
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
///     fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
///         emvqr::Mpm::check(payload, (), visitor)?;
///         match payload.get(Tag::TRANSACTION_CURRENCY) {
///             Some(object) if object.value() != "978" => visitor.report(Violation::of_value(&CURRENCY, &object)),
///             _ => ControlFlow::Continue(()),
///         }
///     }
///
///     fn of(payload: &Payload<'a>) -> Self {
///         Self(payload.clone())
///     }
/// }
/// ```
pub trait Profile<'a>: Sized {
    /// What the rules need to know from outside: the time, say. `()` for most.
    type Context: Copy;

    /// A short name in lower case, as the ids of the rules start with.
    const NAME: &'static str;

    /// Whether the payload is of this scheme, conformant or not.
    fn recognises(payload: &Payload<'a>) -> bool;

    /// Reports every broken rule to the visitor, in any order: a finding knows [its own](Violation::order).
    ///
    /// # Errors
    ///
    /// `Break` as soon as the visitor breaks off.
    fn check(payload: &Payload<'_>, context: Self::Context, visitor: &mut dyn Visitor) -> ControlFlow<()>;

    /// Reads what is there, whether or not it conforms.
    fn of(payload: &Payload<'a>) -> Self;

    /// Reports every broken rule and reads what is there: [`check`](Self::check) and [`of`](Self::of) in one, for profiles
    /// whose rules and reading need the same answer.
    fn read_checked(payload: &Payload<'a>, context: Self::Context, visitor: &mut dyn Visitor) -> Self {
        let _ = Self::check(payload, context, visitor);
        Self::of(payload)
    }

    /// Reads a text, and checks it.
    ///
    /// # Errors
    ///
    /// The text is not a payload, or breaks a rule: the first finding of severity error.
    fn parse(text: &'a str, context: Self::Context) -> Result<Self, ReadError> {
        Ok(Payload::parse(text)?.view(context)?)
    }

    /// The name of the data object at `path` in the words of the scheme; EMVCo's if the scheme does not give it a meaning of its
    /// own. `None` if neither does.
    fn object_name(&self, path: Path) -> Option<&'static str> {
        path.name()
    }
}

impl<'a> Payload<'a> {
    /// Checks the payload under a profile, and reads it.
    ///
    /// ```
    /// use emvqr::{Mpm, Payload};
    ///
    /// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    /// let code = Payload::parse(text)?.view::<Mpm>(())?;
    /// assert_eq!(code.merchant_city(), Some("PHNOM PENH"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first finding of severity error.
    #[inline]
    pub fn view<P: Profile<'a>>(&self, context: P::Context) -> Result<P, Violation> {
        let mut first = FirstError::default();
        let code = P::read_checked(self, context, &mut first);
        match first.get() {
            None => Ok(code),
            Some(violation) => Err(violation),
        }
    }

    /// Reads and checks the payload under a profile, and keeps both.
    ///
    /// ```
    /// # use emvqr::{Mpm, Payload};
    /// # let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    /// let validation = Payload::parse(text)?.validate::<Mpm>(());
    /// assert!(validation.is_valid());
    /// assert_eq!(validation.warnings().count(), 1); // an account id is not an identifier as EMVCo defines them
    /// assert_eq!(validation.code().merchant_name(), Some("John Smith"));
    /// # Ok::<(), emvqr::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn validate<P: Profile<'a>>(&self, context: P::Context) -> Validation<P> {
        Validation::collect(|findings| P::read_checked(self, context, findings))
    }
}

/// A payload read and checked under a profile, whether or not it conforms: see [`Payload::validate`].
#[cfg(feature = "alloc")]
#[derive(Clone, Debug)]
#[must_use = "it says whether the payload conforms"]
pub struct Validation<P> {
    code: P,
    violations: alloc::vec::Vec<Violation>,
}

#[cfg(feature = "alloc")]
impl<P> Validation<P> {
    pub(crate) fn collect(read: impl FnOnce(&mut alloc::vec::Vec<Violation>) -> P) -> Self {
        let mut violations = alloc::vec::Vec::new();
        let code = read(&mut violations);
        violations.sort_by_key(Violation::order);
        Self { code, violations }
    }

    /// The reading.
    pub const fn code(&self) -> &P {
        &self.code
    }

    /// All findings, in [order](Violation::order).
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The same, kept alone.
    #[must_use]
    pub fn into_violations(self) -> alloc::vec::Vec<Violation> {
        self.violations
    }

    /// The findings of severity error.
    pub fn errors(&self) -> impl Iterator<Item = &Violation> {
        self.violations.iter().filter(|violation| violation.severity() == Severity::Error)
    }

    /// The findings of severity warning.
    pub fn warnings(&self) -> impl Iterator<Item = &Violation> {
        self.violations.iter().filter(|violation| violation.severity() == Severity::Warning)
    }

    /// Whether the payload conforms: no finding is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors().next().is_none()
    }
}

/// Why a text is not a code that conforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum ReadError {
    /// The text is not a payload: it is not valid on the wire (level 1).
    Wire(#[from] Error),
    /// The payload breaks a rule: the first finding of severity error.
    Rule(#[from] Violation),
}
