//! Decimal digits, read and written.

/// Whether all four bytes are digits.
#[inline]
pub(crate) const fn are_digits(bytes: [u8; 4]) -> bool {
    // The XOR leaves 0 to 9 of a digit, and the sum carries into the high half of any byte above 9.
    let digits = u32::from_le_bytes(bytes) ^ 0x3030_3030;
    (digits | digits.wrapping_add(0x0606_0606)) & 0xF0F0_F0F0 == 0
}

/// The numbers that the first two and the last two of four digits write.
#[inline]
pub(crate) const fn pairs(digits: [u8; 4]) -> [u8; 2] {
    // Ten times each digit and the next one: what the pairs write is in the second and fourth byte, at most 99.
    let digits = u32::from_le_bytes(digits) ^ 0x3030_3030;
    let [_, first, _, second] = digits.wrapping_mul(0x0A01).to_le_bytes();
    [first, second]
}

/// The number that four digits write. What they are is for [`are_digits`] to say.
#[inline]
pub(crate) fn four_digits(digits: [u8; 4]) -> u16 {
    let [hundreds, rest] = pairs(digits);
    // Each is at most 99.
    u16::from(hundreds).wrapping_mul(100).wrapping_add(u16::from(rest))
}

/// The number that two digits write.
#[inline]
pub(crate) const fn pair([tens, ones]: [u8; 2]) -> Option<u8> {
    let digits = [tens, ones, b'0', b'0'];
    let [number, _] = pairs(digits);
    if are_digits(digits) { Some(number) } else { None }
}

/// The number that eight digits write.
#[inline]
pub(crate) const fn eight_digits(digits: [u8; 8]) -> Option<u64> {
    // As above: neighbours are joined to pairs, these to fours, and these to eight.
    let digits = u64::from_le_bytes(digits) ^ 0x3030_3030_3030_3030;
    if (digits | digits.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0 != 0 {
        return None;
    }
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    Some(fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xFFFF_FFFF)
}

/// The digits of a number below 100.
#[inline]
#[expect(clippy::indexing_slicing, reason = "masked to the length of the array")]
pub(crate) const fn two_digits(number: u8) -> [u8; 2] {
    /// By number; a division would take three times as long.
    const DIGITS: [[u8; 2]; 128] = {
        let mut digits = [*b"00"; 128];
        let mut number = 0_u8;
        while number < 100 {
            digits[number as usize] = [b'0' + number / 10, b'0' + number % 10];
            number += 1;
        }
        digits
    };
    DIGITS[(number & 127) as usize]
}

/// Whether all of a text is digits.
#[inline]
pub(crate) fn is_digits(text: impl AsRef<[u8]>) -> bool {
    text.as_ref().iter().all(u8::is_ascii_digit)
}

/// The number that digits write, however many. `None` for other characters, and for more than fits.
pub(crate) fn read(digits: impl IntoIterator<Item = u8>) -> Option<u64> {
    digits.into_iter().try_fold(0_u64, |number, digit| match digit {
        b'0'..=b'9' => number.checked_mul(10)?.checked_add(digit.wrapping_sub(b'0').into()),
        _ => None,
    })
}

/// The last `N` decimal digits of a number.
pub(crate) const fn last_digits<const N: usize>(mut number: u64) -> [u8; N] {
    let mut digits = [b'0'; N];
    let mut rest: &mut [u8] = &mut digits;
    while number > 0
        && let Some((last, before)) = rest.split_last_mut()
    {
        *last = b'0'.wrapping_add((number % 10) as u8);
        number /= 10;
        rest = before;
    }
    digits
}

/// The text of a number.
#[derive(Clone, Copy)]
pub(crate) struct Digits {
    digits: [u8; 20],
    start: usize,
}

impl Digits {
    /// A number in decimal, with zeros in front up to `width` digits.
    pub(crate) fn of(number: u64, width: usize) -> Self {
        let needed = number.checked_ilog10().map_or(0, |log| log.saturating_add(1) as usize);
        let (mut digits, mut left) = ([b'0'; 20], number);
        for pair in digits.as_chunks_mut().0.iter_mut().rev() {
            if left == 0 {
                break;
            }
            *pair = two_digits((left % 100) as u8);
            left /= 100;
        }
        Self { digits, start: 20_usize.saturating_sub(needed.max(width)) }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.digits.get(self.start..).unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        self.digits.get(self.start..).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default()
    }
}
