//! What of a code must not be shown, and how it is shown instead.

use core::fmt;

use crate::characters::characters;

/// How personal a value is, and so what of it may be shown: in a log, in a bug report, on a screen that others see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Class {
    /// Not personal: an id in a registry of merchants, terminals or banks. All of it.
    Clear,
    /// The phone number of a person or sole trader. Up to three digits at its end.
    Phone,
    /// A national id, or a tax id that may be a person's. Up to three digits at its end.
    NationalId,
    /// A bank account, an IBAN, or a number shaped like a card's. Up to four digits at its end.
    Account,
    /// An e-mail address. The first character, and what comes from the `@` on.
    Email,
    /// An alias that may be a person's name or phone number: `name@bank`. What comes from the `@` on.
    Alias,
    /// A wallet's id that is built from a phone number. Up to three digits at its end.
    Wallet,
    /// The name or the place of a payee who may be a person. The first letter.
    Name,
    /// Text or a reference that people write. Nothing.
    Text,
    /// A number that may be neither shown nor kept: India's Aadhaar. Nothing, and an `X` for each digit says so.
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
            Self::Name => 'H',
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
            // Of a short value no more than a third, and no letters, which could be a name's.
            let count = most.min(characters(value.as_bytes()) / 3);
            (0, value.bytes().rev().take(count).take_while(u8::is_ascii_digit).count())
        };
        let first = || value.chars().next().filter(|c| c.is_alphabetic()).map_or(0, char::len_utf8);
        match self {
            Self::Clear => (value.len(), 0),
            Self::Text | Self::Secret => (0, 0),
            Self::Name => (first(), 0),
            Self::Account => last(4),
            Self::Email => domain(value).map_or((0, 0), |domain| (first(), domain)),
            Self::Alias => domain(value).map_or((0, 0), |domain| (0, domain)),
            Self::Phone | Self::NationalId | Self::Wallet => last(3),
        }
    }
}

#[cfg(feature = "alloc")]
impl Class {
    /// The bytes of a value that are replaced in a copy: not the bank of an alias, the domain of an address and the country of an
    /// IBAN.
    pub(crate) fn kept(self, value: &str) -> (usize, usize) {
        match self {
            Self::Alias | Self::Email => (0, value.len().saturating_sub(domain(value).unwrap_or(0))),
            Self::Account if is_iban(value.as_bytes()) => (2, value.len()),
            _ => (0, value.len()),
        }
    }
}

/// Whether it has the form of an IBAN: a country, two check digits, 11 to 30 letters and digits.
#[cfg(feature = "alloc")]
fn is_iban(value: &[u8]) -> bool {
    let [a, b, check @ ..] = value else { return false };
    (13..=32).contains(&check.len())
        && a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && check.iter().take(2).all(u8::is_ascii_digit)
        && check.iter().all(u8::is_ascii_alphanumeric)
}

/// Bytes of what comes from the last `@` on, if that is the name of a bank or a domain: with a letter, and with no long number.
fn domain(value: &str) -> Option<usize> {
    let at = value.bytes().rposition(|byte| byte == b'@')?;
    let domain = value.get(at.checked_add(1)?..)?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let is_name = domain.bytes().all(is_part) && domain.bytes().any(|byte| byte.is_ascii_alphabetic());
    let has_number = domain.as_bytes().windows(4).any(|digits| digits.iter().all(u8::is_ascii_digit));
    (is_name && !has_number).then(|| domain.len().saturating_add(1))
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
/// assert_eq!(Masked("John Smith", Class::Name).to_string(), "J*********");
/// assert_eq!(Masked("000201", Class::Secret).to_string(), "XXXXXX");
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
            let is_secret = *class == Class::Secret && c.is_ascii_digit();
            fmt::Write::write_char(
                f,
                if is_shown {
                    c
                } else if is_secret {
                    'X'
                } else {
                    star(c)
                },
            )
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
pub(crate) const fn star(c: char) -> char {
    match c.len_utf8() {
        1 => '*',
        2 => '\u{d7}',
        3 => '\u{ff0a}',
        _ => '\u{1f7b6}',
    }
}
