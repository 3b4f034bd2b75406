//! The law of the checksum.

use ::crc::{CRC_16_IBM_3740, Crc};
use emvqr::crc::{Running, checksum, digits, parse_digits};

use crate::naive;

static CATALOGUE: Crc<u16> = Crc::<u16>::new(&CRC_16_IBM_3740);

/// Bytes of an input that say how the message is cut.
const CUTS: usize = 4;

/// One-shot, running, catalogue and bitwise CRC are one; digits go there and back.
///
/// The first four bytes say how the running form gets the rest, and stand for digits once.
pub fn crc(data: &[u8]) {
    let (cuts, message) = data.split_at(data.len().min(CUTS));
    let expected = naive::crc(message);
    assert_eq!(checksum(message), expected, "one-shot against bit by bit");
    assert_eq!(CATALOGUE.checksum(message), expected, "catalogue against bit by bit");
    assert_eq!(running(cuts, message), expected, "running against bit by bit");
    // From another place in memory, of another length.
    for skipped in cuts.iter().map(|cut| usize::from(*cut)).filter(|skipped| *skipped < message.len()) {
        let rest = &message[skipped..];
        assert_eq!(checksum(rest), CATALOGUE.checksum(rest), "after {skipped} bytes");
    }
    round_trip(expected);
    if let Ok(digits) = cuts.try_into() {
        any_digits(digits);
    }
}

/// The running form over pieces whose lengths are `cuts`, again and again; a piece may be empty.
fn running(cuts: &[u8], message: &[u8]) -> u16 {
    let mut running = Running::new();
    let mut rest = message;
    for cut in cuts.iter().cycle().take(message.len()) {
        let (piece, after) = rest.split_at(rest.len().min(usize::from(*cut)));
        running.update(piece);
        rest = after;
    }
    running.update(rest);
    running.finish()
}

fn round_trip(crc: u16) {
    let upper = format!("{crc:04X}");
    assert_eq!(digits(crc), upper.as_bytes());
    assert_eq!(parse_digits(digits(crc)), Some(crc));
    let lower = upper.to_ascii_lowercase().into_bytes();
    assert_eq!(lower.try_into().ok().and_then(parse_digits), Some(crc), "lower case");
}

/// Four bytes of any kind: digits exactly where the standard library sees four, signs aside.
fn any_digits(bytes: [u8; 4]) {
    let text = std::str::from_utf8(&bytes).ok().filter(|text| text.chars().all(|c| c.is_ascii_hexdigit()));
    let expected = text.map(|text| u16::from_str_radix(text, 16).expect("four hexadecimal digits"));
    assert_eq!(parse_digits(bytes), expected);
}
