//! The KHQR profile: the payment codes of Cambodia (National Bank of Cambodia, Bakong).
//!
//! The facts are a reading of the central bank's public documents and of its official toolkits; if those are silent
//! or differ, [`rules`] says what was chosen.
//!
//! ```
//! use emvqr::Payload;
//! use emvqr::Clock;
//! use emvqr::khqr::{Khqr, Meaning};
//!
//! let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
//! let code = Payload::parse(text)?.view::<Khqr>(Clock::at_millis(1_750_000_000_000))?;
//! let account = code.bakong_account().unwrap();
//! assert_eq!((account.user(), account.bank()), ("john_smith", "devb"));
//! assert_eq!(code.meaning(), Some(Meaning::Solo));
//! assert_eq!(code.decimals(), Some(0)); // KHQR writes whole riel, whatever ISO 4217 says
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use core::ops::ControlFlow;

use crate::clock::Clock;
use crate::dictionary;
use crate::path::Path;
use crate::payee::Doubts;
use crate::payee::bakong::{self, INDIVIDUAL, MERCHANT};
use crate::payload::Payload;
use crate::profile::Profile;
use crate::rule::Visitor;
use crate::tag::Tag;

pub(crate) mod broken;
mod builder;
mod check;
mod numbers;
mod objects;
pub mod rules;
mod time;
mod view;

pub use bakong::BakongAccount;
pub use builder::{Builder, Lifetime, amount_text};
pub use numbers::{NUMBERS, Number};
pub use objects::OBJECTS;
pub(crate) use time::time;
pub use view::{AccountKind, Expiry, Khqr, Meaning};

/// 15: the UnionPay account.
const UNION_PAY: Tag = Tag::of_digits(15);
/// 99: the times of creation and expiration.
pub(crate) const TIMESTAMPS: Tag = Tag::of_digits(99);
const BAKONG_ACCOUNT: Tag = Tag::of_digits(0);
/// 29-01, and the merchant id in 30-01.
const ACCOUNT_INFORMATION: Tag = Tag::of_digits(1);
const ACQUIRING_BANK: Tag = Tag::of_digits(2);
pub(crate) const CREATION: Tag = Tag::of_digits(0);
pub(crate) const EXPIRATION: Tag = Tag::of_digits(1);

/// Characters of a Bakong account id, account information, merchant id and acquiring bank at most.
const ACCOUNT_LIMIT: u8 = 32;

/// The MD5 of the text of a code, CRC included: the key under which Bakong's API knows a transaction.
///
/// ```
/// # #[cfg(feature = "md5")]
/// # fn main() {
/// assert_eq!(emvqr::khqr::md5("").to_string(), "d41d8cd98f00b204e9800998ecf8427e");
/// # }
/// # #[cfg(not(feature = "md5"))]
/// # fn main() {}
/// ```
#[cfg(feature = "md5")]
#[must_use]
pub fn md5(text: &str) -> Md5 {
    use ::md5::Digest;
    Md5(::md5::Md5::digest(text.as_bytes()).into())
}

/// An MD5 digest. `Display` writes 32 hexadecimal digits in lower case, as Bakong's API takes them.
#[cfg(feature = "md5")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Md5([u8; 16]);

#[cfg(feature = "md5")]
impl Md5 {
    /// The 16 bytes.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

#[cfg(feature = "md5")]
impl core::fmt::Display for Md5 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl<'a> Khqr<'a> {
    /// An `@` in 29-00 or 30-00, and one of: the country Cambodia, the riel, the dollar in a code without a country. Neither
    /// the templates alone, which Thai codes have, too, nor dollars alone make a code Cambodian.
    #[must_use]
    pub fn recognises(payload: &Payload<'a>) -> bool {
        bakong::recognised_account(payload).is_some()
    }

    /// Reads what is there, whether or not it conforms.
    #[must_use]
    #[inline]
    pub fn of(payload: &Payload<'a>) -> Self {
        Self::of_doubts(payload, &Doubts::of(payload))
    }

    fn of_doubts(payload: &Payload<'a>, doubts: &Doubts) -> Self {
        Self::of_payee(payload, doubts.bakong(bakong::recognised_account(payload)), doubts)
    }
}

/// The rules, for whoever has read already who is paid.
pub(crate) fn check_with(
    payload: &Payload<'_>,
    doubts: &Doubts,
    clock: Clock,
    visitor: &mut dyn Visitor,
) -> ControlFlow<()> {
    // On a small target the rules are compiled once: a visitor drops the warnings that it does not want.
    if cfg!(feature = "small") || visitor.wants_warnings() {
        check::check::<true>(payload, doubts, clock, visitor)
    } else {
        check::check::<false>(payload, doubts, clock, visitor)
    }
}

impl<'a> Profile<'a> for Khqr<'a> {
    type Context = Clock;

    const NAME: &'static str = "khqr";

    fn recognises(payload: &Payload<'a>) -> bool {
        Self::recognises(payload)
    }

    fn check(payload: &Payload<'_>, clock: Clock, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        check_with(payload, &Doubts::of(payload), clock, visitor)
    }

    #[inline]
    fn read_checked(payload: &Payload<'a>, clock: Clock, visitor: &mut dyn Visitor) -> Self {
        let doubts = Doubts::of(payload);
        let _ = check_with(payload, &doubts, clock, visitor);
        Self::of_doubts(payload, &doubts)
    }

    #[inline]
    fn of(payload: &Payload<'a>) -> Self {
        Self::of(payload)
    }

    fn object_name(&self, path: Path) -> Option<&'static str> {
        dictionary::find(OBJECTS, path).map_or_else(|| path.name(), |entry| Some(entry.name))
    }
}
