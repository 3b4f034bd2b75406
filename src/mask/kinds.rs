//! Letters and digits, and which of them may take each other's place: characters of as many bytes and UTF-16 units that join
//! their neighbours into grapheme clusters in the same way, of the same script where it is known.

use crate::payee::{is_cluster_mark, is_prepended};

/// The first and the last of characters that replace those of a kind. All of them exist, are letters or digits, and are no marks.
pub(super) type Targets = (u32, u32);

/// Hexadecimal digits.
pub(super) const HEXADECIMAL: [Targets; 3] = [(0x30, 0x39), (0x61, 0x66), (0x41, 0x46)];

/// Characters that may replace a character. `None` for one that is neither a letter nor a digit: marks, punctuation, symbols, spaces.
pub(super) fn targets(c: char) -> Option<Targets> {
    let code = u32::from(c);
    match c {
        '0'..='9' => return Some((0x30, 0x39)),
        'a'..='z' => return Some((0x61, 0x7A)),
        'A'..='Z' => return Some((0x41, 0x5A)),
        _ if c.is_ascii() || !c.is_alphanumeric() || is_cluster_mark(c) || is_prepended(c) => return None,
        _ => {}
    }
    // Those of older scripts of Asia stand in tens, too.
    if let Some(zero) = ZEROS.iter().find(|zero| (**zero..=zero.wrapping_add(9)).contains(&code)) {
        return Some((*zero, zero.wrapping_add(9)));
    }
    let script = SCRIPTS.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
    Some(script.map_or_else(|| any_of(c), |(_, _, targets)| *targets))
}

/// For a script that is not listed: Cyrillic, ideographs, and ideographs beyond U+FFFF.
const fn any_of(c: char) -> Targets {
    match c.len_utf8() {
        2 => (0x430, 0x44F),
        3 => (0x4E00, 0x9FA5),
        _ => (0x2_0000, 0x2_A6D6),
    }
}

/// Zeros of decimal digits: Arabic, Persian, Indic, Thai, Lao, Tibetan, Burmese, Khmer, Mongolian, full-width.
const ZEROS: [u32; 20] = [
    0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040,
    0x1090, 0x17E0, 0x1810, 0xFF10,
];

/// The first and the last letter of a part of a script, and what replaces them. Consonants that can stand in conjuncts stay
/// consonants.
#[rustfmt::skip]
const SCRIPTS: &[(u32, u32, Targets)] = &[
    // Latin with accents.
    (0xC0, 0xDE, (0xD8, 0xDE)), (0xDF, 0xFF, (0xF8, 0xFF)), (0x100, 0x24F, (0x100, 0x17F)),
    (0x1E00, 0x1EFF, (0x1EA0, 0x1EF9)),
    // Greek, Cyrillic, Armenian, Hebrew, Arabic.
    (0x391, 0x3A9, (0x391, 0x3A1)), (0x3B1, 0x3C9, (0x3B1, 0x3C9)), (0x370, 0x3FF, (0x3B1, 0x3C9)),
    (0x410, 0x42F, (0x410, 0x42F)), (0x430, 0x44F, (0x430, 0x44F)), (0x561, 0x586, (0x561, 0x586)),
    (0x5D0, 0x5EA, (0x5D0, 0x5EA)), (0x620, 0x6D3, (0x628, 0x63A)),
    // Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala: vowels, consonants.
    (0x904, 0x914, (0x905, 0x914)), (0x915, 0x97F, (0x915, 0x939)), (0x985, 0x994, (0x985, 0x98B)),
    (0x995, 0x9F1, (0x995, 0x9A8)), (0xA05, 0xA14, (0xA05, 0xA0A)), (0xA15, 0xA74, (0xA15, 0xA28)),
    (0xA85, 0xA94, (0xA85, 0xA8B)), (0xA95, 0xAF9, (0xA95, 0xAA8)), (0xB05, 0xB14, (0xB05, 0xB0B)),
    (0xB15, 0xB71, (0xB15, 0xB28)), (0xB83, 0xB94, (0xB85, 0xB8A)), (0xB95, 0xBB9, (0xBAE, 0xBB9)),
    (0xC05, 0xC14, (0xC05, 0xC0B)), (0xC15, 0xC5A, (0xC15, 0xC28)), (0xC85, 0xC94, (0xC85, 0xC8B)),
    (0xC95, 0xCDE, (0xC95, 0xCA8)), (0xD05, 0xD14, (0xD05, 0xD0B)), (0xD15, 0xD3A, (0xD15, 0xD3A)),
    (0xD85, 0xD96, (0xD85, 0xD96)), (0xD9A, 0xDC6, (0xD9A, 0xDB1)),
    // Thai, Lao, Tibetan, Burmese, Georgian, Ethiopic, Khmer, Mongolian.
    (0xE01, 0xE46, (0xE01, 0xE2E)), (0xE81, 0xEC6, (0xE99, 0xE9F)), (0xF40, 0xF6C, (0xF49, 0xF6C)),
    (0x1000, 0x102A, (0x1000, 0x102A)), (0x10D0, 0x10FA, (0x10D0, 0x10F0)), (0x1200, 0x135A, (0x1200, 0x1248)),
    (0x1780, 0x17B3, (0x1780, 0x17B3)), (0x1820, 0x1878, (0x1820, 0x1842)),
    // Kana, ideographs, Hangul, full-width Latin, half-width katakana.
    (0x3041, 0x309F, (0x3042, 0x3093)), (0x30A1, 0x30FF, (0x30A2, 0x30F3)), (0x3400, 0x4DB5, (0x3400, 0x4DB5)),
    (0x4E00, 0x9FFF, (0x4E00, 0x9FA5)), (0xAC00, 0xD7A3, (0xAC00, 0xD7A3)), (0xFF21, 0xFF3A, (0xFF21, 0xFF3A)),
    (0xFF41, 0xFF5A, (0xFF41, 0xFF5A)), (0xFF66, 0xFF9D, (0xFF71, 0xFF9D)),
];

#[cfg(test)]
mod tests {
    use super::{HEXADECIMAL, SCRIPTS, ZEROS, any_of, targets};

    #[test]
    fn what_replaces_a_letter_is_one_and_as_long() {
        for code in 0..=u32::from(char::MAX) {
            let Some((c, (first, last))) = char::from_u32(code).and_then(|c| Some((c, targets(c)?))) else { continue };
            for target in [first, u32::midpoint(first, last), last] {
                let target = char::from_u32(target).unwrap();
                assert_eq!((target.len_utf8(), target.len_utf16()), (c.len_utf8(), c.len_utf16()), "{c:?} {target:?}");
            }
        }
        let all = SCRIPTS.iter().map(|(_, _, targets)| *targets).chain(ZEROS.map(|zero| (zero, zero + 9)));
        for (first, last) in all.chain(['é', '丁', '𠀀'].map(any_of)).chain(HEXADECIMAL) {
            for target in first..=last {
                let target = char::from_u32(target).unwrap();
                assert!(target.is_alphanumeric() && targets(target).is_some(), "{target:?}");
            }
        }
    }

    #[test]
    fn letters_and_digits_of_all_scripts_have_a_kind() {
        for c in "a Z 5 é ễ ß И ж Ω ש ع क র සි ස ສ ວ ก เ ใ ะ ក ឱ မ ば カ ー ｶ 語 한 Ａ ７ ៣ ๓ ໓ ٣ ½ ² 𠮷 𝒜 Ꮳ".chars()
        {
            let is_mark = crate::payee::is_cluster_mark(c);
            assert_eq!(targets(c).is_some(), c.is_alphanumeric() && !is_mark, "{c}");
        }
        assert_eq!((targets('-'), targets('\u{e31}'), targets('@')), (None, None, None));
    }
}
