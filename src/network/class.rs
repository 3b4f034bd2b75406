//! What of a code must not be shown, and how it is shown instead.

use core::fmt;

use crate::characters::characters;

/// How personal a value is, and so what of it may be shown: in a log, in a bug report, on a screen that others see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Not personal: an id in a registry of merchants, terminals or banks. All of it.
    Clear,
    /// The phone number of a person or sole trader. The last three characters.
    Phone,
    /// A national id, or a tax id that may be a person's. The last three characters.
    NationalId,
    /// A bank account, an IBAN, or a number shaped like a card's. The last four characters.
    Account,
    /// An e-mail address. The first character, and what comes from the `@` on.
    Email,
    /// An alias that may be a person's name or phone number: `name@bank`. What comes from the `@` on.
    Alias,
    /// A wallet's id that is built from a phone number. The last three characters.
    Wallet,
    /// Text or a reference that people write. Nothing.
    Text,
    /// A number that may be neither shown nor kept: India's Aadhaar. Nothing.
    Secret,
}

impl Class {
    /// The letter of the class, as in the tables of networks: `P`; `-` for what is not personal.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Clear => '-',
            Self::Phone => 'P',
            Self::NationalId => 'N',
            Self::Account => 'A',
            Self::Email => 'E',
            Self::Alias => 'V',
            Self::Wallet => 'W',
            Self::Text => 'T',
            Self::Secret => 'S',
        }
    }

    /// Whether values of the class are masked.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        !matches!(self, Self::Clear)
    }

    /// Bytes of `value` at its start and at its end that may be shown.
    fn shown(self, value: &str) -> (usize, usize) {
        let last = |most: usize| {
            // Of a short value no more than a third.
            let count = most.min(characters(value.as_bytes()) / 3);
            let start = value.char_indices().rev().nth(count.wrapping_sub(1)).map_or(value.len(), |(start, _)| start);
            (0, value.len().saturating_sub(start))
        };
        let domain = value.bytes().rposition(|byte| byte == b'@').map_or(0, |at| value.len().saturating_sub(at));
        match self {
            Self::Clear => (value.len(), 0),
            Self::Text | Self::Secret => (0, 0),
            Self::Account => last(4),
            Self::Email if domain > 0 => (value.chars().next().map_or(0, char::len_utf8), domain),
            Self::Alias if domain > 0 => (0, domain),
            _ => last(3),
        }
    }
}

/// A value with what is personal of it masked. `Display` writes as many characters and as many bytes as the value has, so
/// that places stay what they are.
///
/// ```
/// use emvqr::mask::{Class, Masked};
///
/// assert_eq!(Masked("0066812345678", Class::Phone).to_string(), "**********678");
/// assert_eq!(Masked("john_smith@devb", Class::Alias).to_string(), "**********@devb");
/// assert_eq!(Masked("someone@example.com", Class::Email).to_string(), "s******@example.com");
/// assert_eq!(Masked("000201", Class::Secret).to_string(), "******");
/// ```
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "made by naming its two fields")]
pub struct Masked<'a>(
    /// The value.
    pub &'a str,
    /// Its class.
    pub Class,
);

impl fmt::Display for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value, class) = self;
        let (first, last) = class.shown(value);
        let end = value.len().saturating_sub(last);
        value.char_indices().try_for_each(|(place, c)| {
            let is_shown = place < first || place >= end;
            fmt::Write::write_char(f, if is_shown { c } else { mask(c) })
        })
    }
}

/// Without the value.
impl fmt::Debug for Masked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masked({:?})", self.1)
    }
}

crate::serialize::as_displayed!(Masked<'_>);

/// A star of as many bytes as the character has.
const fn mask(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '\u{d7}',
        3 => '\u{ff0a}',
        _ => '\u{1f7b6}',
    }
}
