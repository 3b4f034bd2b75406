//! Formats of fields.

use core::fmt;

/// The format of a field's value, in the words of the networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Digits.
    N,
    /// Letters.
    A,
    /// Letters and digits.
    An,
    /// Letters and digits, or `***` for none.
    AnOrNone,
    /// Characters from 0x20 to 0x7E.
    Ans,
    /// Characters of any script.
    S,
    /// Hexadecimal digits.
    Hex,
    /// UTF-16 text, high byte first, in hexadecimal digits.
    HexText,
    /// `V1`, a country of three digits, a code of twelve characters, and a list of acquirers: Taiwan's FISC string.
    Fisc,
    /// Data objects.
    Template,
}

impl Format {
    /// Whether a value is of the format.
    #[must_use]
    pub fn fits(self, value: &str) -> bool {
        let all = |is: fn(&u8) -> bool| value.bytes().all(|byte| is(&byte));
        match self {
            Self::N => all(u8::is_ascii_digit),
            Self::A => all(u8::is_ascii_alphabetic),
            Self::An => all(u8::is_ascii_alphanumeric),
            Self::AnOrNone => value == "***" || Self::An.fits(value),
            Self::Ans => all(|byte| matches!(byte, b' '..=b'~')),
            Self::S => true,
            Self::Hex => all(u8::is_ascii_hexdigit),
            Self::HexText => all(u8::is_ascii_hexdigit) && value.len().is_multiple_of(4),
            Self::Fisc => {
                value.starts_with("V1") && value.bytes().skip(2).take(3).filter(u8::is_ascii_digit).count() == 3
            }
            Self::Template => crate::tlv::read(value).all(|object| object.is_ok()),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::N => "n",
            Self::A => "a",
            Self::An => "an",
            Self::AnOrNone => "an, or ***",
            Self::Ans => "ans",
            Self::S => "s",
            Self::Hex => "hex",
            Self::HexText => "hex text",
            Self::Fisc => "FISC string",
            Self::Template => "template",
        })
    }
}
