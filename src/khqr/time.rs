//! The times of 99, in milliseconds since 1970.

use core::cmp::Ordering;

use crate::characters::cut;
use crate::digits::{eight_digits, is_digits};

/// Milliseconds since 1970 in 13 digits, above zero.
#[inline]
pub(crate) fn time(value: &[u8]) -> Option<u64> {
    // The first eight digits, and the last eight, of which five are not among the first.
    let digits: &[u8; 13] = value.try_into().ok()?;
    let first = eight_digits(*digits.first_chunk()?)?;
    let last = eight_digits(*digits.last_chunk()?)? % 100_000;
    let time = first.wrapping_mul(100_000).wrapping_add(last);
    (time > 0).then_some(time)
}

/// Whether a creation time of any form is later than an expiration time, as the official toolkit compares the two: it
/// reads numbers with blanks around, of radix 10 with a sign, a fraction and an exponent, of radix 16, 8 and 2 with a prefix.
/// What is not a number is not later.
pub(super) fn is_later(creation: &str, expires: u64) -> bool {
    let creation = creation.trim_matches(|c: char| c.is_whitespace() && c != '\u{85}' || c == '\u{FEFF}');
    match creation.as_bytes() {
        [b'0', b'x' | b'X', digits @ ..] => is_above(digits, 16, expires),
        [b'0', b'o' | b'O', digits @ ..] => is_above(digits, 8, expires),
        [b'0', b'b' | b'B', digits @ ..] => is_above(digits, 2, expires),
        b"Infinity" | b"+Infinity" => true,
        _ => Number::read(creation).is_some_and(|created| created.is_above(expires)),
    }
}

/// Whether digits of a radix write more than a number.
fn is_above(digits: &[u8], radix: u32, number: u64) -> bool {
    // Of a radix that is not a constant, `to_digit` could panic as far as the linker sees.
    let digits = digits.iter().map(|digit| char::from(*digit).to_digit(36).filter(|digit| *digit < radix));
    let value = digits
        .map(|digit| digit.map(u64::from))
        .try_fold(0_u64, |value, digit| Some(value.saturating_mul(radix.into()).saturating_add(digit?)));
    value.is_some_and(|value| value > number)
}

/// A decimal number above zero: `0.digits * 10^magnitude`, the first digit not zero.
struct Number<'a> {
    whole: &'a str,
    fraction: &'a str,
    magnitude: i64,
}

impl<'a> Number<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let text = text.strip_prefix('+').unwrap_or(text);
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            None => (text, 0),
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
        };
        let (whole, fraction) = cut(mantissa, b'.').unwrap_or((mantissa, ""));
        let is_number = is_digits(whole) && is_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
        let (whole, leading) = (whole.trim_start_matches('0'), fraction.len());
        let (fraction, zeros) = if whole.is_empty() {
            let significant = fraction.trim_start_matches('0');
            (significant, leading.saturating_sub(significant.len()))
        } else {
            (fraction, 0)
        };
        if !is_number || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        let point = i64::try_from(whole.len()).ok()?.checked_sub(i64::try_from(zeros).ok()?)?;
        Some(Self { whole, fraction, magnitude: exponent.saturating_add(point) })
    }

    fn is_above(&self, number: u64) -> bool {
        let digits = number.checked_ilog10().map_or(0, |log| i64::from(log).saturating_add(1));
        match self.magnitude.cmp(&digits) {
            Ordering::Equal => {
                let mut place = u32::try_from(digits).unwrap_or_default();
                let mut other = core::iter::from_fn(|| {
                    place = place.checked_sub(1)?;
                    u8::try_from(number.checked_div(10_u64.checked_pow(place)?)? % 10).ok()
                });
                let own = self.whole.bytes().chain(self.fraction.bytes()).map(|digit| digit.wrapping_sub(b'0'));
                own.map(|digit| digit.cmp(&other.next().unwrap_or_default())).find(|order| order.is_ne())
                    == Some(Ordering::Greater)
            }
            order => order.is_gt(),
        }
    }
}

fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !is_digits(digits) {
        return None;
    }
    // Beyond so many digits a number is as large or small as they come.
    let limit = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(text.parse().unwrap_or(limit))
}

#[cfg(test)]
mod tests {
    use super::is_later;

    /// What JavaScript says of `Number(creation) > 1750000600000`.
    #[test]
    fn later_as_the_toolkit_compares() {
        for creation in [
            "1750000600001",
            "17500000000001",
            "1750000600000.1",
            " 1750000600001 ",
            "+1750000600001",
            "01750000600001",
            "1.750000600001e12",
            "1e50000000000",
            "2E12",
            "175000060000100e-2",
            "0.0002e17",
            "99999999999999999999999999",
            "0x1ffffffffffff",
            "0X197742A03C1",
            "0o777777777777777",
            "Infinity",
            "12345678e1234",
        ] {
            assert!(is_later(creation, 1_750_000_600_000), "{creation}");
        }
        for creation in [
            "1750000600000",
            "1750000599999",
            "1750000600000.0",
            "",
            "0",
            "00000",
            "abc",
            "-17500000000001",
            "1.75e12",
            "1750000600000e0",
            "1e-99999999999999999999",
            "17500e0000000",
            "1_750_000_600_001",
            "12:00",
            ".",
            "e5",
            "1e",
            "5555555555555e",
            "1750000599999.9",
            "0x",
            "0x1g",
            "+0x1ffffffffffff",
            "inf",
            "0x197742A03C0",
            "0b1",
            "0e123",
        ] {
            assert!(!is_later(creation, 1_750_000_600_000), "{creation}");
        }
    }
}
