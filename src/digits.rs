//! Decimal digits, read and written.

/// Whether all four bytes are digits.
#[inline(always)]
pub(crate) const fn are_digits(bytes: [u8; 4]) -> bool {
    // The XOR leaves 0 to 9 of a digit, and the sum carries into the high half of any byte above 9.
    let digits = u32::from_le_bytes(bytes) ^ 0x3030_3030;
    (digits | digits.wrapping_add(0x0606_0606)) & 0xF0F0_F0F0 == 0
}

/// The numbers that the first two and the last two of four digits write.
#[inline(always)]
pub(crate) const fn pairs(digits: [u8; 4]) -> [u8; 2] {
    // Ten times each digit and the next one: what the pairs write stands in the second and fourth byte, at most 99.
    let digits = u32::from_le_bytes(digits) ^ 0x3030_3030;
    let [_, first, _, second] = digits.wrapping_mul(0x0A01).to_le_bytes();
    [first, second]
}

/// A number in decimal, with zeros in front up to `width` digits.
pub(crate) fn decimal(number: u64, width: usize, buffer: &mut [u8; 20]) -> &str {
    let mut left = number;
    let mut unused = buffer.len();
    for (position, place) in buffer.iter_mut().enumerate().rev() {
        if left == 0 && unused.saturating_add(width) <= 20 {
            break;
        }
        *place = b'0'.wrapping_add((left % 10) as u8);
        left /= 10;
        unused = position;
    }
    buffer.get(unused..).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default()
}

/// Whether all of a text is digits.
pub(crate) fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
