//! The times of 99, in milliseconds since 1970.

use crate::digits::eight_digits;

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
