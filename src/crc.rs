//! CRC-16/IBM-3740, the checksum of data object 63 (MPM 1.1, 4.7.3; ISO/IEC 13239).
//!
//! Polynomial 1021, initial value FFFF, no reflection, no final XOR. The catalogue's check value, the checksum of
//! `123456789`, is 29B1.
//!
//! [`checksum`] is the fast form for text that lies in memory, [`Running`] the form for text that comes in pieces.
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
//! that stand 4, 11 and 16 places further on. No table, no multiplication, no branch.
//!
//! **One step** takes 32 elements, `H` (the first 16) and `L` (the last 16), to 16. Write `s` for "one place further
//! on, off the end". Dropping the elements of `H` in turn, each has by then received what the earlier ones sent:
//! the sums are `T = H + s^4 T + s^11 T`, which the series `T = (1 + s^4 + s^8 + s^11 + s^12) H` solves, because
//! `(s^4 + s^11)` to the powers 2 and 3 is `s^8` and `s^12` (all beyond `s^15` falls off the end, `s^15` itself comes
//! twice), and to the power 4 nothing. `1 + s^4 + s^8 + s^12` is `(1 + s^4)(1 + s^8)`. `L` then receives `T` from 16
//! places before, `T` from 11 places before (`T` moved 5 places back) and `T` from 4 places before (moved 12 back).
//!
//! **The steps**: elements of 32 bits take each further 64 bytes of the message into a state of 64 bytes, which the
//! registers of a processor can hold; elements of 16, 8, 4, 2 and 1 bits then halve the state to 32, 16, 8, 4 and 2
//! bytes. Those last two are the message's own remainder; a step with `L = 0` multiplies it by `x^16`.
//!
//! **The start**: bytes of zero in front of a message do not change a remainder, so the first part is padded in front
//! to 64 bytes. The initial value FFFF is the same as XORing FFFF into the first two bytes. Where the first part is
//! shorter than that, two bytes in front of it do the same: 84CF, the two bytes whose own checksum from zero is FFFF.
//!
//! As the first eight bytes of an element stay together down to elements of 8 bits, words are loaded little-endian,
//! where "further on" is a shift to the left, and turned round once at the end.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::inline_always,
    reason = "the sizes and moves of the fold are constants, so the compiler sees every bound once all is in one place"
)]

use core::fmt;

/// Bytes of a block: 16 elements of 32 bits.
const BLOCK: usize = 64;

/// One step on two integers of 16 elements each, the first element in the highest bits.
macro_rules! step_bits {
    ($high:expr, $low:expr, element: $bits:literal) => {{
        let high = $high;
        let t = high ^ (high >> (4 * $bits));
        let t = t ^ (t >> (8 * $bits));
        let t = t ^ (high >> (11 * $bits));
        $low ^ t ^ (t << (5 * $bits)) ^ (t << (12 * $bits))
    }};
}
/// The CRC-16/IBM-3740 of `bytes`.
///
/// Right for every length. Takes about 330 instructions for 200 bytes, and 52 for each further 64 bytes.
///
/// ```
/// assert_eq!(emvqr::crc::checksum(b"123456789"), 0x29B1);
/// assert_eq!(emvqr::crc::checksum(b""), 0xFFFF);
/// ```
#[must_use]
pub fn checksum(bytes: &[u8]) -> u16 {
    let (head, blocks) = bytes.as_rchunks::<BLOCK>();
    let state = blocks.iter().fold(first_block(head), |state, block| step(state, words(block)));
    let state: [u64; 4] = halve(&state);
    let state: [u64; 2] = halve(&state);
    // From here on an element is smaller than a byte, so the bits must stand in the order of the message.
    let [high, low] = state.map(u64::swap_bytes);
    let state = step_bits!(high, low, element: 4);
    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    {
        let state = step_bits!((state >> 32) as u32, state as u32, element: 2);
        let state = step_bits!((state >> 16) as u16, state as u16, element: 1);
        step_bits!(state, 0, element: 1)
    }
}

/// One step on two runs of 16 elements each, held in `N` words: an element has `4 * N` bits.
#[inline(always)]
fn step<const N: usize>(high: [u64; N], low: [u64; N]) -> [u64; N] {
    let bits = 4 * N;
    let t = xor(high, further_on(high, 4 * bits));
    let t = xor(t, further_on(t, 8 * bits));
    let t = xor(t, further_on(high, 11 * bits));
    xor(xor(low, t), xor(back(t, 5 * bits), back(t, 12 * bits)))
}

/// One step on the two halves of a state.
#[inline(always)]
fn halve<const N: usize, const HALF: usize>(state: &[u64; N]) -> [u64; HALF] {
    const { assert!(N == 2 * HALF) };
    let (mut high, mut low) = ([0; HALF], [0; HALF]);
    high.copy_from_slice(&state[..HALF]);
    low.copy_from_slice(&state[HALF..]);
    step(high, low)
}

/// Moves a run of little-endian words `bits` towards its end; what leaves it is dropped.
#[inline(always)]
fn further_on<const N: usize>(run: [u64; N], bits: usize) -> [u64; N] {
    let (skip, shift) = (bits / 64, bits % 64);
    let mut moved = [0; N];
    for i in skip..N {
        moved[i] = run[i - skip] << shift;
        if shift > 0 && i > skip {
            moved[i] |= run[i - skip - 1] >> (64 - shift);
        }
    }
    moved
}

/// Moves a run of little-endian words `bits` towards its start; what leaves it is dropped.
#[inline(always)]
fn back<const N: usize>(run: [u64; N], bits: usize) -> [u64; N] {
    let (skip, shift) = (bits / 64, bits % 64);
    let mut moved = [0; N];
    for i in skip..N {
        moved[i - skip] = run[i] >> shift;
        if shift > 0 && i + 1 < N {
            moved[i - skip] |= run[i + 1] << (64 - shift);
        }
    }
    moved
}

#[inline(always)]
fn xor<const N: usize>(a: [u64; N], b: [u64; N]) -> [u64; N] {
    let mut sum = a;
    for i in 0..N {
        sum[i] ^= b[i];
    }
    sum
}

#[inline(always)]
fn words(block: &[u8; BLOCK]) -> [u64; 8] {
    let mut words = [0; 8];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    words
}

/// The first part of the message, shorter than a block, with the initial value and with zeros in front.
#[inline(always)]
fn first_block(head: &[u8]) -> [u64; 8] {
    let mut block = [0; BLOCK];
    let (front, place) = block.split_at_mut(BLOCK - head.len());
    place.copy_from_slice(head);
    match (front, place) {
        (_, [first, second, ..]) => {
            *first ^= 0xFF;
            *second ^= 0xFF;
        }
        ([.., first, second], _) => [*first, *second] = [0x84, 0xCF],
        _ => {}
    }
    words(&block)
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

/// The number behind four hexadecimal digits of either case, or nothing for any other characters.
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
