//! A code of whichever scheme.

use core::fmt;

use crate::clock::Clock;
use crate::jpqr::{self, Jpqr};
use crate::khqr::{self, Khqr};
use crate::mpm::{self, Mpm, getters};
use crate::network::{self, Network, NetworkCode, Networks, Reading};
use crate::path::Path;
use crate::payee::{self, Payee};
use crate::payload::Payload;
#[cfg(feature = "alloc")]
use crate::profile::Validation;
use crate::profile::{Profile, ReadError};
use crate::rule::{FirstError, Visitor};
use crate::value::{Amount, Currency, Guid, InvalidValue};

/// A payload read under the scheme that recognises it.
///
/// ```
/// use emvqr::{Clock, Code};
///
/// let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// match Code::parse(text, Clock::UNKNOWN)? {
///     Code::Khqr(code) => assert_eq!(code.bakong_account().unwrap().bank(), "devb"),
///     Code::Jpqr(code) => println!("{:?}", code.store_id()),
///     Code::Other(code) => println!("{:?}", code.merchant_name()),
///     _ => {}
/// }
/// # Ok::<(), emvqr::ReadError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Code<'a> {
    /// Cambodia.
    Khqr(Khqr<'a>),
    /// Japan.
    Jpqr(Jpqr<'a>),
    /// The networks of [`network::TABLE`](crate::network::TABLE).
    Network(NetworkCode<'a>),
    /// No network that is known, or a payload that KHQR and JPQR both recognise, which the rules of EMVCo's base profile report:
    /// who is paid is ambiguous then.
    Other(Mpm<'a>),
}

impl<'a> Code<'a> {
    /// Reads what is there, whether or not it conforms.
    #[must_use]
    pub fn of(payload: &Payload<'a>) -> Self {
        Self::of_reading(payload, &Reading::of(payload, &[]))
    }

    fn of_reading(payload: &Payload<'a>, reading: &Reading<'a>) -> Self {
        let (payee, doubts) = (reading.payee().copied(), &reading.base.doubts);
        match (reading.base.is_khqr(), reading.base.is_jpqr()) {
            (true, false) => Self::Khqr(Khqr::of_payee(payload, payee, doubts)),
            (false, true) => Self::Jpqr(Jpqr::of_payee(payload, payee, doubts)),
            (false, false) if reading.is_known => Self::Network(NetworkCode::of_reading(payload, reading)),
            _ => Self::Other(Mpm::of(payload)),
        }
    }

    /// Reads what is there, and reports every broken rule of the scheme to the visitor.
    fn read_checked(payload: &Payload<'a>, clock: Clock, visitor: &mut dyn Visitor) -> Self {
        let base = payee::Reading::of(payload);
        let _ = match (base.is_khqr(), base.is_jpqr()) {
            (true, false) => khqr::check_with(payload, &base.doubts, clock, visitor),
            (false, true) => jpqr::check_with(payload, &base.doubts, visitor),
            (true, true) => mpm::check_with(payload, &base.doubts, visitor),
            // Of a code without a network that is known these are EMVCo's rules.
            (false, false) => {
                return Self::of_reading(payload, &network::check_base(payload, base, clock, visitor).0);
            }
        };
        Self::of_reading(payload, &Reading::of_base(payload, base, &[], &mut |_, _| {}).0)
    }

    /// Reads a text and checks it under the scheme that recognises it.
    ///
    /// # Errors
    ///
    /// The text is not a payload, or breaks a rule of its scheme: the first finding of severity error.
    pub fn parse(text: &'a str, clock: Clock) -> Result<Self, ReadError> {
        let mut first = FirstError::default();
        let code = Self::read_checked(&Payload::parse(text)?, clock, &mut first);
        match first.get() {
            None => Ok(code),
            Some(violation) => Err(violation.into()),
        }
    }

    /// Reads a payload and checks it under the scheme that recognises it, and keeps the reading and all findings.
    ///
    /// ```
    /// use emvqr::{Clock, Code, Payload};
    ///
    /// let text = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
    /// let validation = Code::validate(&Payload::parse(text)?, Clock::UNKNOWN);
    /// assert!(validation.is_valid() && validation.violations().is_empty());
    /// assert_eq!(validation.code().scheme().to_string(), "vn.napas");
    /// # Ok::<(), emvqr::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn validate(payload: &Payload<'a>, clock: Clock) -> Validation<Self> {
        Validation::collect(|findings| Self::read_checked(payload, clock, findings))
    }

    /// The scheme; of a code of several networks the one that is paid, or else the first.
    #[must_use]
    pub fn scheme(&self) -> Scheme<'a> {
        match self {
            Self::Khqr(_) => Scheme::Khqr,
            Self::Jpqr(_) => Scheme::Jpqr,
            Self::Network(code) => {
                code.network().or_else(|| code.networks().next()).map_or(Scheme::None, Scheme::Network)
            }
            Self::Other(code) => {
                let guid = code.merchant_account_information().find_map(|account| account.guid());
                guid.map_or(Scheme::None, Scheme::Guid)
            }
        }
    }

    /// Who is paid. `None` if that is ambiguous, if several networks could be paid, and if no account names somebody.
    #[must_use]
    pub const fn payee(&self) -> Option<&Payee<'a>> {
        match self {
            Self::Khqr(code) => code.payee(),
            Self::Jpqr(code) => code.payee(),
            Self::Network(code) => code.payee(),
            Self::Other(_) => None,
        }
    }

    /// The networks whose accounts the code holds, each once, in the order of the text.
    pub fn networks(&self) -> Networks<'_, 'a> {
        network::networks(self.payload())
    }

    /// The [name](Profile::NAME) of the profile: `khqr`, `jpqr`, `network` or `emv`.
    #[must_use]
    pub const fn profile(&self) -> &'static str {
        match self {
            Self::Khqr(_) => Khqr::NAME,
            Self::Jpqr(_) => Jpqr::NAME,
            Self::Network(_) => NetworkCode::NAME,
            Self::Other(_) => Mpm::NAME,
        }
    }

    /// The name of the data object at `path` in the words of the scheme: see [`Profile::object_name`].
    #[must_use]
    pub fn object_name(&self, path: Path) -> Option<&'static str> {
        match self {
            Self::Khqr(code) => code.object_name(path),
            Self::Jpqr(code) => code.object_name(path),
            Self::Network(code) => code.object_name(path),
            Self::Other(code) => code.object_name(path),
        }
    }

    /// The reading under EMVCo's base profile.
    #[must_use]
    pub const fn base(&self) -> &Mpm<'a> {
        match self {
            Self::Khqr(code) => code.base(),
            Self::Jpqr(code) => code.base(),
            Self::Network(code) => code.base(),
            Self::Other(code) => code,
        }
    }

    getters!();

    /// 54, Transaction Amount, in the [currency](Self::currency), tips and fees excluded. `Ok(None)` if it is absent: the
    /// payer enters it.
    ///
    /// # Errors
    ///
    /// 54 is there and is not an amount, or it is ambiguous who is paid, or how much, which no conformant code has.
    pub fn amount(&self) -> Result<Option<Amount>, InvalidValue> {
        match self {
            Self::Khqr(code) => code.amount(),
            Self::Jpqr(code) => code.amount(),
            Self::Network(code) => code.amount(),
            Self::Other(code) => code.transaction_amount(),
        }
    }

    /// 54 in the smallest unit that the scheme writes: whole riel for KHQR, though ISO 4217 gives the riel two decimals.
    /// `Ok(None)` if it is absent: the payer enters it.
    ///
    /// # Errors
    ///
    /// As [`amount`](Self::amount); or the amount is not one of its currency, or the currency is not known.
    pub fn amount_minor(&self) -> Result<Option<u64>, InvalidValue> {
        match self {
            Self::Khqr(code) => code.amount_minor(),
            Self::Jpqr(code) => code.amount_minor(),
            Self::Network(code) => code.amount_minor(),
            Self::Other(_) => {
                let Some(amount) = self.amount()? else { return Ok(None) };
                let decimals = self.currency()?.and_then(Currency::exponent);
                decimals.and_then(|decimals| amount.minor_units(decimals)).map(Some).ok_or(InvalidValue::MINOR_UNITS)
            }
        }
    }

    /// When the code may no longer be paid, in milliseconds since 1970. `Ok(None)` if it does not expire, or does not say.
    ///
    /// # Errors
    ///
    /// The object is there and is not a time.
    pub fn expires_at_ms(&self) -> Result<Option<u64>, InvalidValue> {
        match self {
            Self::Khqr(code) => code.expires_at_ms(),
            Self::Network(code) => code.expires_at_ms(),
            Self::Jpqr(_) | Self::Other(_) => Ok(None),
        }
    }
}

/// The scheme that a code belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme<'a> {
    /// Cambodia.
    Khqr,
    /// Japan.
    Jpqr,
    /// A network of [`network::TABLE`](crate::network::TABLE).
    Network(&'static Network),
    /// Another network, by its globally unique identifier.
    Guid(Guid<'a>),
    /// None: no template has an identifier. The accounts, if any, are those of card networks.
    None,
}

impl fmt::Display for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Khqr => f.pad("khqr"),
            Self::Jpqr => f.pad("jpqr"),
            Self::Network(network) => f.pad(network.id()),
            Self::Guid(guid) => f.pad(guid.as_str()),
            Self::None => f.pad("none"),
        }
    }
}

impl fmt::Debug for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Khqr => f.write_str("Khqr"),
            Self::Jpqr => f.write_str("Jpqr"),
            Self::Network(network) => write!(f, "Network({})", network.id()),
            Self::Guid(guid) => f.debug_tuple("Guid").field(guid).finish(),
            Self::None => f.write_str("None"),
        }
    }
}

crate::serialize::as_displayed!(Scheme<'_>);
