//! Runs of data objects, as readers in other units cut them.

use super::clusters::{are_separate, cluster};
use crate::digits::are_digits;
use crate::payee::marks::{Conjuncts, is_mark};
use crate::tag::Tag;
use crate::tlv::{LengthUnit, header};

/// A run of data objects, as another reader cuts it.
pub(super) trait Run: Clone {
    const UNIT: LengthUnit;

    /// The next object: its ID, if it is one, and its value as a run. `None` at the reader's first fault.
    fn object(&mut self) -> Option<(Option<Tag>, Self)>;

    /// Place and number of the bytes of all that is left.
    fn span(&self) -> (usize, usize);

    /// All that is left, if it does not begin or end inside a character.
    fn bytes(&self) -> Option<&[u8]>;

    /// What a reader takes as an amount of all that is left.
    fn amount(&self) -> &[u8] {
        self.bytes().unwrap_or_default()
    }

    /// Whether what is left is this text.
    fn is_same(&self, text: &str) -> bool {
        self.bytes() == Some(text.as_bytes())
    }

    /// Whether one of what is left and this text begins the other.
    fn is_begun_by(&self, text: &str) -> bool {
        let bytes = self.bytes().unwrap_or_default();
        bytes.iter().zip(text.as_bytes()).all(|(a, b)| a == b)
    }
}

/// Lengths count bytes.
#[derive(Clone)]
pub(super) struct InBytes<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
    pub(super) end: usize,
}

impl Run for InBytes<'_> {
    const UNIT: LengthUnit = LengthUnit::Bytes;

    #[inline]
    fn object(&mut self) -> Option<(Option<Tag>, Self)> {
        let (tag, length) = header(*self.text.get(self.at..self.end)?.first_chunk()?)?;
        let at = self.at.saturating_add(4);
        let end = at.saturating_add(length.into());
        if end > self.end {
            return None;
        }
        self.at = end;
        Some((Some(tag), Self { text: self.text, at, end }))
    }

    fn span(&self) -> (usize, usize) {
        (self.at, self.end.saturating_sub(self.at))
    }

    fn bytes(&self) -> Option<&[u8]> {
        self.text.get(self.at..self.end)
    }
}

/// Lengths count grapheme clusters.
#[derive(Clone)]
pub(super) struct InClusters<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) conjuncts: Conjuncts,
}

impl InClusters<'_> {
    /// The place after so many clusters, if there are so many.
    pub(super) fn after(&self, count: usize) -> Option<usize> {
        let text = self.text.as_bytes().get(..self.end)?;
        let (mut at, mut left) = (self.at, count);
        while left > 0 {
            let rest = text.get(at..)?;
            if left >= 7 && rest.first_chunk().is_some_and(|chunk| are_separate(*chunk)) {
                // The last of the eight may be one with what follows.
                (at, left) = (at.saturating_add(7), left.saturating_sub(7));
                continue;
            }
            at = match rest {
                [b' '..=b'~', 0..0x80, ..] | [b' '..=b'~'] => at.saturating_add(1),
                _ => at.saturating_add(cluster(self.text.get(at..self.end)?, self.conjuncts)?),
            };
            left = left.saturating_sub(1);
        }
        Some(at)
    }
}

impl Run for InClusters<'_> {
    const UNIT: LengthUnit = LengthUnit::Clusters;

    fn object(&mut self) -> Option<(Option<Tag>, Self)> {
        let rest = self.text.get(self.at..self.end)?;
        let (tag, length) = header(*rest.as_bytes().first_chunk()?)?;
        // The last digit is one by itself.
        if rest.as_bytes().get(4).is_some_and(|byte| *byte >= 0x80) && rest.chars().nth(4).is_some_and(is_mark) {
            return None;
        }
        let at = self.at.saturating_add(4);
        self.at = Self { at, ..*self }.after(length.into())?;
        Some((Some(tag), Self { at, end: self.at, ..*self }))
    }

    fn span(&self) -> (usize, usize) {
        (self.at, self.end.saturating_sub(self.at))
    }

    fn bytes(&self) -> Option<&[u8]> {
        self.text.as_bytes().get(self.at..self.end)
    }
}

/// Lengths count UTF-16 units, read as JavaScript does: any two units are an ID, `parseInt` makes the length, the last value
/// may be cut.
#[derive(Clone)]
pub(super) struct InUnits<'t> {
    pub(super) text: &'t str,
    /// The character of the next unit.
    pub(super) at: usize,
    /// Whether the next unit is the second half of that character.
    pub(super) is_half: bool,
    /// Units that are left.
    pub(super) left: usize,
}

impl InUnits<'_> {
    fn unit(&mut self) -> Option<u16> {
        self.left = self.left.checked_sub(1)?;
        let c = self.text.get(self.at..)?.chars().next()?;
        let mut units = [0; 2];
        let unit = match c.encode_utf16(&mut units) {
            [unit] | [_, unit] if self.is_half || c <= '\u{ffff}' => *unit,
            [unit, _] => {
                self.is_half = true;
                return Some(*unit);
            }
            _ => return None,
        };
        self.is_half = false;
        self.at = self.at.saturating_add(c.len_utf8());
        Some(unit)
    }

    fn units(&self) -> impl Iterator<Item = u16> {
        let mut run = self.clone();
        core::iter::from_fn(move || run.unit())
    }

    /// Where all that is left ends, and whether that is inside a character.
    fn end(&self) -> (usize, bool) {
        let mut run = self.clone();
        while run.unit().is_some() {}
        (run.at, run.is_half)
    }
}

impl Run for InUnits<'_> {
    const UNIT: LengthUnit = LengthUnit::Utf16;

    fn object(&mut self) -> Option<(Option<Tag>, Self)> {
        let id = [self.unit(), self.unit()];
        let length = parse_int([self.unit(), self.unit()])?;
        let value = Self { left: self.left.min(length.into()), ..*self };
        for _ in 0..value.left {
            self.unit();
        }
        let tag = match id.map(|unit| unit.and_then(|unit| u8::try_from(unit).ok())) {
            [Some(tens), Some(ones)] if are_digits([tens, ones, b'0', b'0']) => header([tens, ones, b'0', b'0']),
            _ => None,
        };
        Some((tag.map(|(tag, _)| tag), value))
    }

    fn span(&self) -> (usize, usize) {
        (self.at, self.end().0.saturating_sub(self.at))
    }

    fn bytes(&self) -> Option<&[u8]> {
        let (end, is_cut) = self.end();
        if self.is_half || is_cut { None } else { self.text.as_bytes().get(self.at..end) }
    }

    /// As `parseFloat` takes it: what a value begins with, behind space and a sign.
    fn amount(&self) -> &[u8] {
        let text = self.text.get(self.at..self.end().0).filter(|_| !self.is_half).unwrap_or_default();
        let text = text.trim_start_matches(is_space);
        let text = text.strip_prefix('+').unwrap_or(text).as_bytes();
        let whole = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let part = match text.get(whole..) {
            Some([b'.', rest @ ..]) => rest.iter().take_while(|byte| byte.is_ascii_digit()).count().saturating_add(1),
            _ => 0,
        };
        text.get(..whole.saturating_add(part)).unwrap_or_default()
    }

    fn is_same(&self, text: &str) -> bool {
        self.units().eq(text.encode_utf16())
    }

    fn is_begun_by(&self, text: &str) -> bool {
        self.units().zip(text.encode_utf16()).all(|(a, b)| a == b)
    }
}

/// The number that `parseInt` makes of up to two units. `None` for what is not a number, and for one below zero.
fn parse_int([first, second]: [Option<u16>; 2]) -> Option<u8> {
    let as_char = |unit: u16| char::from_u32(unit.into()).unwrap_or('\u{fffd}');
    let digit = |unit: Option<u16>| {
        let digit = u8::try_from(unit?).ok().filter(u8::is_ascii_digit)?;
        Some(digit.wrapping_sub(b'0'))
    };
    match (first.map(as_char), second.map(as_char)) {
        // The start of a hexadecimal number.
        (Some('0'), Some('x' | 'X')) => None,
        (Some('-'), _) => digit(second).filter(|digit| *digit == 0),
        (Some(sign), _) if sign == '+' || is_space(sign) => digit(second),
        _ => {
            let tens = digit(first)?;
            Some(digit(second).map_or(tens, |ones| tens.wrapping_mul(10).wrapping_add(ones)))
        }
    }
}

/// Space as JavaScript has it.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}' || c == '\u{feff}'
}
