//! The EMVCo base profile: MPM 1.1, merchant-presented mode.

use core::ops::ControlFlow;

use crate::payee::Doubts;
use crate::payload::Payload;
use crate::profile::{Profile, ReadError};
use crate::rule::{To, Visitor};

mod builder;
mod check;
pub mod rules;
mod view;

pub use builder::{Builder, Required};
pub(crate) use check::{check, visible};
pub use view::{Account, AdditionalData, LanguageInformation};
pub(crate) use view::{certain_amount, getters};

/// A payload read under EMVCo's own rules, which every scheme builds on.
///
/// Getters cut values out of the text and check no rule: what is absent is `None`, and a typed value of another form is an
/// error. To be sure that the payload conforms, get it from [`Payload::view`].
#[derive(Clone, Debug)]
pub struct Mpm<'a> {
    payload: Payload<'a>,
}

impl<'a> Mpm<'a> {
    /// Reads a text and checks it.
    ///
    /// # Errors
    ///
    /// The text is not a payload, or breaks a rule: the first finding of severity error.
    pub fn parse(text: &'a str, (): ()) -> Result<Self, ReadError> {
        Ok(Payload::parse(text)?.view(())?)
    }

    /// Every wire-valid payload can be read as one of the base profile.
    #[must_use]
    pub const fn recognises(_: &Payload<'a>) -> bool {
        true
    }

    /// Reads what is there, whether or not it conforms.
    #[must_use]
    #[inline]
    pub fn of(payload: &Payload<'a>) -> Self {
        Self { payload: payload.clone() }
    }
}

/// The rules, for whoever has read already who is paid.
#[inline]
pub(crate) fn check_with(payload: &Payload<'_>, doubts: &Doubts, visitor: &mut dyn Visitor) -> ControlFlow<()> {
    // On a small target the rules are compiled once: a visitor drops the warnings that it does not want.
    if cfg!(feature = "small") || visitor.wants_warnings() {
        check(payload, doubts, &mut To::<true>(visitor))
    } else {
        check(payload, doubts, &mut To::<false>(visitor))
    }
}

impl<'a> Profile<'a> for Mpm<'a> {
    type Context = ();

    const NAME: &'static str = "emv";

    fn recognises(payload: &Payload<'a>) -> bool {
        Self::recognises(payload)
    }

    fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        check_with(payload, &Doubts::of(payload), visitor)
    }

    #[inline]
    fn of(payload: &Payload<'a>) -> Self {
        Self::of(payload)
    }
}
