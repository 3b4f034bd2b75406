//! Decimal digits, read and written.

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
