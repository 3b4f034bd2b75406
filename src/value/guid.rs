//! Globally unique identifiers, and what they look like.

use core::fmt;

/// Globally Unique Identifier: sub-object 00 of an account or unreserved template, 1 to 32 characters (MPM 1.1, 4.7.11).
///
/// It names the network, whatever the ID of the template (Guidance 4.3). Any text can be held: many networks write
/// something of no [shape](GuidShape) that the specification knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Guid<'a>(&'a str);

/// What a [`Guid`] looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GuidShape {
    /// An application identifier: a registered provider's ten hexadecimal digits, from A or D, and up to 22 more.
    Aid,
    /// A UUID without hyphens: 32 hexadecimal digits.
    Uuid,
    /// A reverse domain name, its first label a top-level domain: `jp.or.paymentsjapan`.
    ReverseDomain,
    /// Anything else.
    Other,
}

impl<'a> Guid<'a> {
    /// The most characters that the specification allows.
    pub const MAX_LENGTH: usize = 32;

    /// Holds any text.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text as read.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether both are equal, ASCII case aside: the specification has no rule, and networks write both.
    #[must_use]
    pub fn is_same(self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other)
    }

    /// What the text looks like.
    ///
    /// If hexadecimal digits could be both, an AID starts with A or D, the categories of registered providers (ISO/IEC
    /// 7816-5), unless it has the 32 digits of a UUID.
    #[must_use]
    pub fn shape(self) -> GuidShape {
        GuidShape::of(self.0.as_bytes())
    }
}

impl GuidShape {
    /// What the bytes of a value look like.
    pub(crate) fn of(text: &[u8]) -> Self {
        match (text.len(), text.first()) {
            (32, _) if has_no(NOT_HEX, text) => Self::Uuid,
            (10..=30, Some(b'A' | b'D' | b'a' | b'd')) if text.len().is_multiple_of(2) && has_no(NOT_HEX, text) => {
                Self::Aid
            }
            _ if is_reverse_domain(text) => Self::ReverseDomain,
            _ => Self::Other,
        }
    }
}

const NOT_HEX: u8 = 1;
const NOT_DOMAIN: u8 = 2;
const DOT: u8 = 4;

/// Whether no byte is of a class.
#[inline]
fn has_no(class: u8, text: &[u8]) -> bool {
    text.iter().fold(0, |classes, byte| classes | class_of(*byte)) & class == 0
}

/// What a byte cannot be part of.
#[expect(clippy::indexing_slicing, reason = "every byte has its place")]
#[inline]
fn class_of(byte: u8) -> u8 {
    const CLASSES: [u8; 256] = {
        let mut classes = [NOT_HEX | NOT_DOMAIN; 256];
        let mut byte = 0_u8;
        while byte < 0x80 {
            let class = &mut classes[byte as usize];
            if byte.is_ascii_hexdigit() {
                *class &= !NOT_HEX;
            }
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                *class &= !NOT_DOMAIN;
            }
            if byte == b'.' {
                *class |= DOT;
            }
            byte += 1;
        }
        classes
    };
    CLASSES[usize::from(byte)]
}

/// Whether labels with `.` between them, none of them empty, start with a top-level domain and go on.
fn is_reverse_domain(text: &[u8]) -> bool {
    /// Top-level domains of more than two letters under which networks name themselves.
    const GENERIC: [&str; 16] = [
        "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "coop", "app", "bank", "pay", "shop", "asia",
        "money",
    ];
    /// The first label and its `.` are in these.
    const TOP: usize = 6;
    let Some(end) = text.get(..TOP).unwrap_or(text).iter().position(|byte| *byte == b'.') else { return false };
    let Some((top, rest)) = text.split_at_checked(end) else { return false };
    let is_top = match top {
        [a, b] => a.is_ascii_alphabetic() && b.is_ascii_alphabetic(),
        _ => GENERIC.iter().any(|generic| generic.as_bytes().eq_ignore_ascii_case(top)),
    };
    // A dot at the end, and two in a row, are labels without a letter.
    let (mut classes, mut twice, mut before) = (0, 0, 0);
    for byte in rest {
        let class = class_of(*byte);
        classes |= class;
        twice |= class & before;
        before = class;
    }
    is_top && classes & NOT_DOMAIN == 0 && (twice | before) & DOT == 0
}

impl<'a> From<&'a str> for Guid<'a> {
    fn from(text: &'a str) -> Self {
        Self(text)
    }
}

/// The case counts: see [`is_same`](Guid::is_same).
impl PartialEq<str> for Guid<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Guid<'_> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for Guid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl fmt::Debug for Guid<'_> {
    /// KHQR writes an account id here, so the text is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Guid({:?}, {} characters)", self.shape(), self.0.chars().count())
    }
}

crate::serialize::as_displayed!(Guid<'_>);
