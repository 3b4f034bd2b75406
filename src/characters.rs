//! Characters: how many there are, where they end, and which are of the common character set.

/// Where a text is plain, 0x20 to 0x7E, so that characters are bytes and any value has the common character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// All bytes before this place are. More than any length if the whole text is.
    pub(crate) until: usize,
    /// All bytes from this place on are.
    pub(crate) from: usize,
}

impl Plain {
    pub(crate) const ALL: Self = Self { until: usize::MAX, from: 0 };

    #[inline]
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if is_plain(bytes) { Self::ALL } else { Self::look(bytes) }
    }

    /// Eight bytes at a time; what is left over of the text counts as not plain.
    #[cold]
    fn look(bytes: &[u8]) -> Self {
        let (mut until, mut behind) = (0_usize, 0_usize);
        for chunk in bytes.as_chunks().0 {
            let others = others(*chunk);
            if others != 0 {
                until = until.wrapping_add(others.trailing_zeros() as usize / 8);
                break;
            }
            until = until.wrapping_add(8);
        }
        for chunk in bytes.as_rchunks().1.iter().rev() {
            let others = others(*chunk);
            if others != 0 {
                behind = behind.wrapping_add(others.leading_zeros() as usize / 8);
                break;
            }
            behind = behind.wrapping_add(8);
        }
        Self { until, from: bytes.len().wrapping_sub(behind) }
    }

    /// Whether the whole text is.
    #[inline]
    pub(crate) fn is_all(self) -> bool {
        self.until == usize::MAX
    }

    /// Whether the text from `start` to `end` is known to be.
    #[inline]
    pub(crate) fn covers(self, start: usize, end: usize) -> bool {
        end <= self.until || start >= self.from
    }

    /// The bytes of the text that are perhaps not.
    pub(crate) fn mixed(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.until..self.from).unwrap_or_default()
    }
}

/// The highest bit of each byte that is not plain; perhaps also of a byte behind one.
#[inline]
fn others(chunk: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let word = u64::from_le_bytes(chunk);
    // Above 0x7F; 0x7F and one more; less than 0x20 and 0x20 less. Only such bytes carry into the next one.
    (word | word.wrapping_add(ONES) | word.wrapping_sub(ONES << 5)) & ONES << 7
}

/// How many bytes the first `count` characters of any kind take, more than there are if there are fewer characters:
/// counts the bytes that start a character, eight at a time.
///
/// Kept out of the loops that walk plain text.
#[cold]
#[inline(never)]
pub(crate) fn measure(bytes: &[u8], mut count: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut taken = 0_usize;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        // A byte 10xxxxxx goes on with a character; every other byte starts one.
        let starting = (!(word >> 7) | word >> 6) & ONES;
        // How many start up to each byte, itself included: 0 to 8, in that byte.
        let started = starting.wrapping_mul(ONES);
        let total = usize::from(started.to_le_bytes()[7]);
        if total > count {
            // The character after the last one starts at the first byte up to which more than `count` start. That many
            // are at most 7 here, and 0x7F less `count` more lift just those bytes above 0x7F.
            let beyond = started.wrapping_add(ONES.wrapping_mul(0x7F_u64.wrapping_sub(count as u64))) & ONES << 7;
            return taken.wrapping_add(beyond.trailing_zeros() as usize / 8);
        }
        count = count.wrapping_sub(total);
        taken = taken.wrapping_add(8);
    }
    for byte in rest {
        if byte & 0xC0 != 0x80 {
            if count == 0 {
                return taken;
            }
            count = count.wrapping_sub(1);
        }
        taken = taken.wrapping_add(1);
    }
    if count == 0 { taken } else { usize::MAX }
}

/// Number of characters of a text in UTF-8. Values are short and mostly ASCII, which is seen at once.
#[inline]
pub(crate) fn characters(bytes: &[u8]) -> usize {
    // The last chunk covers what does not fill one.
    let any = if let Some(last) = bytes.last_chunk() {
        let (chunks, _) = bytes.as_chunks();
        chunks.iter().fold(u64::from_ne_bytes(*last), |any, chunk| any | u64::from_ne_bytes(*chunk))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk()) {
        u64::from(u32::from_ne_bytes(*first) | u32::from_ne_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<2>(), bytes.last_chunk()) {
        u64::from(u16::from_ne_bytes(*first) | u16::from_ne_bytes(*last))
    } else {
        return bytes.len();
    };
    if any & 0x8080_8080_8080_8080 == 0 { bytes.len() } else { starting(bytes) }
}

#[inline(never)]
fn starting(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Whether it is a Latin accent or a voicing mark of kana. Most pairs with the letter before have a character of their own;
/// to know which needs Unicode's tables, so this can only be a warning.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{3099}' | '\u{309A}')
}

/// Copies bytes to a place of the same length. In code for small size `copy_from_slice` could panic, as far as the linker sees.
#[inline]
pub(crate) fn fill(place: &mut [u8], bytes: &[u8]) {
    for (place, byte) in place.iter_mut().zip(bytes) {
        *place = *byte;
    }
}

/// Whether a text has an ASCII character.
pub(crate) fn has(text: &str, ascii: u8) -> bool {
    text.bytes().any(|byte| byte == ascii)
}

/// Whether all of `bytes` is 0x20 to 0x7E.
///
/// A function of its own, in which the loops reliably become vector code.
#[inline(never)]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<32>() else { return is_short_plain(bytes) };
    // What the whole chunks leave over is in the last 32 bytes: looking at some twice is cheaper than at each
    // alone. The largest distance from 0x20 is kept by place, without early exit, so that a chunk is two vectors.
    let mut farthest = last.map(|byte| byte.wrapping_sub(0x20));
    for chunk in bytes.as_chunks::<32>().0 {
        for (farthest, byte) in farthest.iter_mut().zip(chunk) {
            *farthest = byte.wrapping_sub(0x20).max(*farthest);
        }
    }
    farthest.iter().all(|distance| *distance <= 0x7E - 0x20)
}

/// The same of less than 32 bytes.
#[inline(never)]
fn is_short_plain(bytes: &[u8]) -> bool {
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().fold(others(*last), |any, chunk| any | others(*chunk)) == 0,
        None => bytes.iter().all(|byte| matches!(byte, 0x20..=0x7E)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters of one to four bytes, and runs of ASCII longer than a word before, between and behind them.
    const TEXTS: [&str; 6] = [
        "",
        "ASCII alone, longer than a word",
        "é",
        "ភ្នំពេញ and 東京 and 😀😀😀 and",
        "漢字かな交じり文",
        "12345678é\u{7f}2345678",
    ];

    #[test]
    fn measure_counts_characters() {
        for text in TEXTS {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (count, end) in ends.enumerate() {
                assert_eq!(measure(text.as_bytes(), count), end, "{count} of {text}");
            }
            assert!(measure(text.as_bytes(), text.chars().count().wrapping_add(1)) > text.len());
        }
    }

    #[test]
    fn plain_covers_plain_text_alone() {
        for text in TEXTS {
            let plain = Plain::of(text.as_bytes());
            assert_eq!(plain.is_all(), text.bytes().all(|byte| matches!(byte, 0x20..=0x7E)), "{text}");
            for (at, byte) in text.bytes().enumerate() {
                let is_plain = matches!(byte, 0x20..=0x7E);
                assert!(is_plain || !plain.covers(at, at.wrapping_add(1)), "{at} of {text}");
            }
        }
    }
}
