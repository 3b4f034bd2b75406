//! A text that is no payload, by what the payload says that a repair makes of it.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::masked;
use super::walk::Shape;
use crate::payload::Payload;

/// A text that is no payload, with masked what is personal by the payload that it seems to have been: one that diagnosis found.
///
/// Shows no character that the masked payload does not show, in the order of the payload: what was put in, and what cannot be
/// found in the payload, is masked, and so are the digits of the CRC.
///
/// ```
/// use emvqr::{Payload, mask::masked_as};
///
/// let payload = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
/// let text = payload.replace('@', "%40");
/// let shown = masked_as(&text, &Payload::parse(payload)?);
/// assert!(shown.contains("5303116") && !shown.contains("john"));
/// assert_eq!(shown.len(), text.len());
/// # Ok::<(), emvqr::Error>(())
/// ```
#[must_use]
pub fn masked_as(text: &str, repaired: &Payload<'_>) -> String {
    let shown: Vec<(char, char)> = repaired.as_str().chars().zip(repaired.masked().to_string().chars()).collect();
    let is_shown = |place: usize| {
        let is_crc = shown.len().saturating_sub(place) <= 4;
        shown.get(place).is_some_and(|(c, shown)| c == shown && !is_crc)
    };
    // What the places of the text itself forbid stays masked, if they mean something.
    let own = match Shape::of(text) {
        Shape::Sound(_) => masked(text).to_string(),
        Shape::Derailed => text.to_string(),
    };
    let places = places(text, repaired.as_str());
    let characters = text.chars().zip(own.chars()).zip(places);
    characters
        .map(|((c, own), place)| {
            let is_shown = c == own && place.is_some_and(is_shown);
            if is_shown { c } else { crate::network::star(c) }
        })
        .collect()
}

/// The most pairs of characters that are compared.
const MAX_PAIRS: usize = 1 << 21;

/// For each character of a text the place of the same one in a repaired text, by a longest common subsequence; all `None` if
/// the texts are too long for that.
pub(super) fn places(text: &str, repaired: &str) -> Vec<Option<usize>> {
    let (a, b): (Vec<char>, Vec<char>) = (text.chars().collect(), repaired.chars().collect());
    if let Some(start) = text.find(repaired) {
        let before = text.get(..start).unwrap_or_default().chars().count();
        return (0..a.len()).map(|place| place.checked_sub(before).filter(|place| *place < b.len())).collect();
    }
    let mut places = alloc::vec![None; a.len()];
    // Beginning and end are mostly equal.
    let equal = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let behind = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let behind = behind.min(a.len().min(b.len()).saturating_sub(equal));
    let (to_a, to_b) = (a.len().saturating_sub(behind), b.len().saturating_sub(behind));
    for (place, found) in places.iter_mut().enumerate() {
        *found = match place {
            _ if place < equal => Some(place),
            _ if place >= to_a => Some(place.saturating_sub(to_a).saturating_add(to_b)),
            _ => None,
        };
    }
    let (a, b) = (a.get(equal..to_a).unwrap_or_default(), b.get(equal..to_b).unwrap_or_default());
    if a.len().saturating_mul(b.len()) > MAX_PAIRS {
        return places;
    }
    // Row by row from the end: the length of the longest common subsequence of what is left of both.
    let width = b.len().saturating_add(1);
    let mut lengths = alloc::vec![0_u16; width.saturating_mul(a.len().saturating_add(1))];
    let at = |i: usize, j: usize| i.saturating_mul(width).saturating_add(j);
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let of = |i, j| lengths.get(at(i, j)).copied().unwrap_or_default();
            let (below, right) = (of(i.saturating_add(1), j), of(i, j.saturating_add(1)));
            let both = of(i.saturating_add(1), j.saturating_add(1)).saturating_add(1);
            let longest = if a.get(i) == b.get(j) { both } else { below.max(right) };
            if let Some(length) = lengths.get_mut(at(i, j)) {
                *length = longest;
            }
        }
    }
    let (mut i, mut j) = (0_usize, 0_usize);
    while i < a.len() && j < b.len() {
        let of = |i, j| lengths.get(at(i, j)).copied().unwrap_or_default();
        if a.get(i) == b.get(j) {
            if let Some(found) = places.get_mut(equal.saturating_add(i)) {
                *found = Some(equal.saturating_add(j));
            }
            (i, j) = (i.saturating_add(1), j.saturating_add(1));
        } else if of(i.saturating_add(1), j) >= of(i, j.saturating_add(1)) {
            i = i.saturating_add(1);
        } else {
            j = j.saturating_add(1);
        }
    }
    places
}
