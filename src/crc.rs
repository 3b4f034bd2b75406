//! CRC-16/IBM-3740, the checksum of data object 63 (MPM 1.1, 4.7.3; ISO/IEC 13239).
//!
//! Polynomial 1021, initial value FFFF, no reflection, no final XOR. The catalogue's check value, the checksum of
//! `123456789`, is 29B1.
//!
//! [`checksum`] is the fast form for text in one piece, [`Running`] the form for text that comes in pieces.
//!
//! # How the fast form works
//!
//! A message of `n` bits is a polynomial over GF(2) of degree below `n`, its first bit the highest power. The checksum
//! is the remainder of `message * x^16` by the generator `P = x^16 + x^12 + x^5 + 1`.
//!
//! Squaring is linear over GF(2) (the mixed terms come twice and cancel), so `P` squared `k` times still has four
//! terms. With `X = x^(2^k)` it reads `X^16 + X^12 + X^5 + 1`, and as it is a multiple of `P`,
//!
//! > `X^16 = X^12 + X^5 + 1` in every remainder by `P`.
//!
//! So cut the message into elements of `2^k` bits: an element may be dropped if it is XORed into the three elements
//! that are 4, 11 and 16 places further on. No table, no multiplication, few branches. Call `T` what an element has become
//! when it is dropped, the quotient:
//!
//! > `T[i] = m[i] + T[i - 4] + T[i - 11] + T[i - 16]`
//!
//! **Words**: with elements of 16 bits, four to a word, the quotient of a word is its XOR with the words 4 and 1 before, and
//! with four elements of the words 3 and 2 before. Only the last of these must wait for the word before: one XOR. At the end
//! the last 16 elements are not to be dropped: what they have sent each other is taken back.
//!
//! **Halves**: elements of 8 and of 4 bits then halve the 32 bytes that are left to 16 and 8. Write `H` for the first 16
//! elements, `L` for the last 16, and `s` for "one place further on, off the end". `T = H + s^4 T + s^11 T` is solved by
//! the series `T = (1 + s^4 + s^8 + s^11 + s^12) H`, because `(s^4 + s^11)` to the powers 2 and 3 is `s^8` and `s^12` (all
//! beyond `s^15` falls off the end, `s^15` itself comes twice), and 0 to the power 4. `1 + s^4 + s^8 + s^12` is
//! `(1 + s^4)(1 + s^8)`. `L` then receives `T` from 16 places before, `T` from 11 places before (`T` moved 5 places back)
//! and `T` from 4 places before (moved 12 back).
//!
//! **Bits**: the quotient of the last 64 bits is `m / p` with `p = 1 + s^4 + s^11 + s^16`. As `p^16 = 1` (all else falls off
//! the end), `1 / p = p^15 = p^8 p^4 p^2 p`, and each square has four terms again. Multiplying by `x^16` appends 16 zeros to
//! the message: they receive the last 16 bits of the quotient from 16, 11 and 4 places before.
//!
//! **The start**: zeros in front of a message do not change a remainder, so the part in front of the whole words becomes a
//! word with zeros in front. The initial value FFFF is the same as XORing FFFF into the first two bytes, or 84CF into the
//! two bytes in front of them: those whose own checksum from zero is FFFF.
//!
//! As the bytes of an element stay together down to elements of 8 bits, words are loaded little-endian, so that "further on"
//! is a shift to the left, and turned round once at the end.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::many_single_char_names,
    reason = "sizes and moves are constants, so that the compiler sees every bound; the names are those of the text above"
)]

use core::fmt;

/// By the number of bytes in front of the whole words: what represents the initial value in their word. Two bytes in front
/// of them; of seven bytes, which leave one, the first two themselves.
const INITIAL: [u64; 8] = {
    let mut initial = [0; 8];
    let mut bytes = 0;
    while bytes < 7 {
        initial[bytes] = 0xCF84 << (8 * (6 - bytes));
        bytes += 1;
    }
    initial[7] = 0xFFFF << 8;
    initial
};

/// The CRC-16/IBM-3740 of `bytes`.
///
/// Right for every length. Takes some 260 instructions for 200 bytes, and 8 for each further 8 bytes.
///
/// ```
/// assert_eq!(emvqr::crc::checksum(b"123456789"), 0x29B1);
/// assert_eq!(emvqr::crc::checksum(b""), 0xFFFF);
/// ```
#[must_use]
pub fn checksum(bytes: &[u8]) -> u16 {
    let (front, words) = bytes.as_rchunks::<8>();
    // Words of the quotient, the last one behind the others.
    let (mut a, mut b, mut c, mut d) = (0_u64, 0_u64, 0_u64, first_word(bytes, front) ^ INITIAL[front.len() % 8]);
    for word in words {
        let quotient = u64::from_le_bytes(*word) ^ a ^ (b >> 16 | c << 48) ^ d;
        (a, b, c, d) = (b, c, d, quotient);
    }
    let remainder = [a, b ^ a, c ^ b ^ a << 48, d ^ c ^ (a >> 16 | b << 48)];
    // Elements of 8 bits: two words to each half.
    let [high, low] = halve(remainder).map(u64::swap_bytes);
    // From here on an element is smaller than a byte, so the bits are in the order of the message.
    let t = high ^ high >> 16;
    let t = t ^ t >> 32 ^ high >> 44;
    let m = low ^ t ^ t << 20 ^ t << 48;
    let t = m ^ m >> 32;
    let t = t ^ t >> 16 ^ t >> 44;
    let t = t ^ t >> 8 ^ t >> 22 ^ t >> 32;
    let t = t ^ t >> 4 ^ t >> 11 ^ t >> 16;
    #[expect(clippy::cast_possible_truncation, reason = "the last 16 bits")]
    let last = t as u16;
    last ^ last << 5 ^ last << 12
}

/// The bytes in front of the whole words, as a word with zeros in front.
#[inline]
fn first_word(bytes: &[u8], front: &[u8]) -> u64 {
    match bytes.first_chunk() {
        // In two shifts, since there may be nothing in front.
        Some(chunk) => u64::from_le_bytes(*chunk) << (8 * (7 - front.len() % 8)) << 8,
        None => front.iter().fold(0, |word, byte| word >> 8 | u64::from(*byte) << 56),
    }
}

/// One step on two halves of 16 elements of 8 bits each.
#[inline]
fn halve([a, b, c, d]: [u64; 4]) -> [u64; 2] {
    // A half moved one or two words on or back, and the rest of the way.
    let (t0, t1) = (a, b ^ (b << 32 | a >> 32));
    let (t0, t1) = (t0 ^ a << 32, t1);
    let (t0, t1) = (t0, t1 ^ t0);
    let t1 = t1 ^ a << 24;
    // Five places back are 40 bits, twelve are 96.
    [c ^ t0 ^ (t0 >> 40 | t1 << 24) ^ t1 >> 32, d ^ t1 ^ t1 >> 40]
}

/// The catalogue's parameters, with one table.
static CATALOGUE: ::crc::Crc<u16> = ::crc::Crc::<u16>::new(&::crc::CRC_16_IBM_3740);

/// The CRC-16/IBM-3740 of text that comes in pieces.
///
/// Slower by the byte than [`checksum`], for writing into a sink that cannot be read back.
///
/// ```
/// use emvqr::crc::{Running, checksum};
///
/// let mut running = Running::new();
/// running.update(b"12345");
/// running.update(b"6789");
/// assert_eq!(running.finish(), checksum(b"123456789"));
/// ```
#[derive(Clone)]
pub struct Running(::crc::Digest<'static, u16>);

impl Running {
    /// The state before the first byte.
    #[must_use]
    pub fn new() -> Self {
        Self(CATALOGUE.digest())
    }

    /// Takes in the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The CRC of all bytes taken in.
    #[must_use]
    pub fn finish(self) -> u16 {
        self.0.finalize()
    }
}

impl Default for Running {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Running({:04X})", self.clone().finish())
    }
}

/// The four upper-case hexadecimal digits of a CRC (MPM 1.1, 4.7.3.2).
#[must_use]
#[inline]
pub const fn digits(crc: u16) -> [u8; 4] {
    // One digit to a byte, then the distance to its character: '0' for all, and seven more from A on.
    let spread = crc as u32;
    let spread = (spread | spread << 8) & 0x00FF_00FF;
    let spread = (spread | spread << 4) & 0x0F0F_0F0F;
    let letters = ((spread + 0x0606_0606) >> 4) & 0x0101_0101;
    (spread + 0x3030_3030 + letters * 7).to_be_bytes()
}

/// The number behind four hexadecimal digits of either case, or `None` for any other characters.
#[must_use]
pub fn parse_digits(digits: [u8; 4]) -> Option<u16> {
    digits.iter().try_fold(0, |crc: u16, digit| {
        let nibble = match digit {
            b'0'..=b'9' => digit - b'0',
            b'A'..=b'F' => digit - b'A' + 10,
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(crc << 4 | u16::from(nibble))
    })
}
