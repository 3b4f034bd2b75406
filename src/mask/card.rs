//! Numbers shaped like a card's.

/// Digits of a card number (ISO/IEC 7812-1).
const LENGTHS: core::ops::RangeInclusive<usize> = 13..=19;

/// Whether a text is 13 to 19 digits of which the last is the check digit of ISO/IEC 7812-1 (Luhn).
pub(super) fn is_card(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && holds_card(text)
}

/// Whether such a number is in a text: a run of digits, also one in groups with a space or a hyphen between.
pub(super) fn holds_card(text: &str) -> bool {
    let (mut run, mut groups) = (Run::default(), Run::default());
    let mut separated = false;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                let digit = u32::from(byte.wrapping_sub(b'0'));
                run.add(digit);
                groups.add(digit);
                separated = false;
            }
            b' ' | b'-' if !separated && groups.count > 0 => {
                if run.is_card() {
                    return true;
                }
                run = Run::default();
                separated = true;
            }
            _ => {
                if run.is_card() || groups.is_card() {
                    return true;
                }
                (run, groups, separated) = (Run::default(), Run::default(), false);
            }
        }
    }
    run.is_card() || groups.is_card()
}

/// The check sum of a run of digits whose end is not known: with the last digit as it is, and with the last one doubled.
#[derive(Clone, Copy, Default)]
struct Run {
    count: usize,
    sum: u32,
    other: u32,
}

impl Run {
    fn add(&mut self, digit: u32) {
        let doubled = match digit.wrapping_mul(2) {
            large @ 10.. => large.wrapping_sub(9),
            small => small,
        };
        // The digits before swap their weights with each new one.
        (self.sum, self.other) = (self.other.wrapping_add(digit) % 10, self.sum.wrapping_add(doubled) % 10);
        self.count = self.count.saturating_add(1);
    }

    fn is_card(&self) -> bool {
        LENGTHS.contains(&self.count) && self.sum == 0
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::format;

    use super::{holds_card, is_card};

    /// Numbers that card networks publish for tests.
    #[test]
    fn numbers_for_tests_are_cards() {
        for number in ["4111111111111111", "4222222222222", "378282246310005", "6304000000000000", "0000000000000"] {
            assert!(is_card(number) && holds_card(number), "{number}");
            assert!(!is_card(&format!("x{number}")) && holds_card(&format!("x{number}-1 a")), "{number}");
        }
        for text in ["4111 1111 1111 1111", "card 4111-1111-1111-1111.", "12 4111111111111111"] {
            assert!(holds_card(text) && !is_card(text), "{text}");
        }
        for text in
            ["4111111111111112", "411111111111111x", "000000000000", "00000000000000000000", "4111  1111 11111111", ""]
        {
            assert!(!holds_card(text), "{text}");
        }
    }
}
