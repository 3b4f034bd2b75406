//! The CRC is CRC-16/IBM-3740 for every message.
//!
//! The checksum is affine over GF(2): that of the sum of two messages of one length is the sum of their checksums and
//! that of the zero message. So a function of this kind that agrees with the reference on the zero message and on
//! every message of a single bit agrees on all messages of that length. That ours is of this kind shows in its code: it
//! consists of XORs and moves by constant distances. The test below is thus a proof for each length up to 520.

use crc::{CRC_16_IBM_3740, Crc};
use emvqr::crc::{Running, checksum, digits, parse_digits};

const REFERENCE: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

#[test]
fn the_catalogue_check_value() {
    assert_eq!(checksum(b"123456789"), 0x29B1);
    assert_eq!(checksum(b""), 0xFFFF);
}

#[test]
fn every_message_of_up_to_520_bytes() {
    for length in 0..=520 {
        let mut message = vec![0_u8; length];
        assert_eq!(checksum(&message), REFERENCE.checksum(&message), "{length} zero bytes");
        for bit in 0..8 * length {
            message[bit / 8] ^= 0x80 >> (bit % 8);
            assert_eq!(checksum(&message), REFERENCE.checksum(&message), "{length} bytes, bit {bit}");
            message[bit / 8] = 0;
        }
    }
}

/// Bytes that look random: a small generator, so that a failure repeats.
fn noise(length: usize, mut seed: u64) -> Vec<u8> {
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed.to_le_bytes()[3]
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn long_messages() {
    for length in (0..1100).chain([4095, 4096, 4097, 39_608, 65_535, 65_536]) {
        let message = noise(length, 1 + length as u64);
        assert_eq!(checksum(&message), REFERENCE.checksum(&message), "{length} bytes");
    }
}

#[test]
fn the_running_form_at_any_split() {
    let message = noise(300, 7);
    for first in 0..=message.len() {
        for second in [first, (first + 1).min(300), (first + 130).min(300), 300] {
            let mut running = Running::new();
            running.update(&message[..first]);
            running.update(&message[first..second]);
            running.update(&message[second..]);
            assert_eq!(running.finish(), checksum(&message), "split at {first} and {second}");
        }
    }
}

#[test]
fn four_digits_for_every_value() {
    for crc in 0..=u16::MAX {
        let written = digits(crc);
        assert_eq!(std::str::from_utf8(&written), Ok(format!("{crc:04X}").as_str()));
        assert_eq!(parse_digits(written), Some(crc));
        assert_eq!(parse_digits(written.map(|digit| digit.to_ascii_lowercase())), Some(crc));
    }
    for other in *b"/:@G`g +" {
        assert_eq!(parse_digits([b'0', other, b'0', b'0']), None);
    }
}
