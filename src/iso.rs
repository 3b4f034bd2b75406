//! Code tables that the specification refers to: ISO 4217 currencies, ISO 3166-1 countries,
//! ISO 639-1 languages and ISO 18245 merchant categories.
//!
//! The tables are plain constants. Names are the usual short English ones; they are there to be
//! shown to people, are no part of the standards' wording, and say nothing about the status of a
//! territory.
//!
//! ```
//! use emvqr::iso;
//!
//! let riel = iso::currency(116).map(|record| (record.alphabetic, record.exponent));
//! assert_eq!(riel, Some(("KHR", Some(2))));
//! assert_eq!(iso::country("kh").map(|record| record.name), Some("Cambodia"));
//! assert_eq!(iso::language("km").map(|record| record.name), Some("Khmer"));
//! assert_eq!(iso::category(5812).map(|record| record.name), Some("Restaurants"));
//! ```

mod categories;
mod countries;
mod currencies;
mod languages;

pub use categories::{CATEGORIES, CategoryRecord};
pub use countries::{COUNTRIES, CountryRecord};
pub use currencies::{CURRENCIES, CurrencyRecord};
pub use languages::{LANGUAGES, LanguageRecord};

/// The currency with this numeric code.
#[must_use]
pub fn currency(numeric: u16) -> Option<&'static CurrencyRecord> {
    let at = CURRENCIES.binary_search_by_key(&numeric, |record| record.numeric).ok()?;
    CURRENCIES.get(at)
}

/// The currency with this alphabetic code, which must be upper-case.
#[must_use]
pub fn currency_by_alphabetic(code: &str) -> Option<&'static CurrencyRecord> {
    CURRENCIES.iter().find(|record| record.alphabetic == code)
}

/// The country with this alpha-2 code, in either case.
#[must_use]
pub fn country(alpha2: &str) -> Option<&'static CountryRecord> {
    let at = COUNTRIES.binary_search_by_key(&pair_key(alpha2), |record| pair_key(record.alpha2)).ok()?;
    COUNTRIES.get(at)
}

/// The language with this two-letter code, in either case.
#[must_use]
pub fn language(alpha2: &str) -> Option<&'static LanguageRecord> {
    let at = LANGUAGES.binary_search_by_key(&pair_key(alpha2), |record| pair_key(record.alpha2)).ok()?;
    LANGUAGES.get(at)
}

/// The merchant category with this code, if it is one of [`CATEGORIES`].
#[must_use]
pub fn category(code: u16) -> Option<&'static CategoryRecord> {
    let at = CATEGORIES.binary_search_by_key(&code, |record| record.code).ok()?;
    CATEGORIES.get(at)
}

/// Whether [`currency`] finds this numeric code, in constant time.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "the index is masked to the length of the array")]
#[inline]
pub(crate) const fn is_currency(numeric: u16) -> bool {
    if numeric >= 1024 {
        return false;
    }
    let word = CURRENCY_BITS[((numeric >> 6) & 15) as usize];
    word.wrapping_shr((numeric & 63) as u32) & 1 == 1
}

/// Whether [`country`] finds this code, in constant time.
#[must_use]
#[inline]
pub(crate) const fn is_country(code: [u8; 2]) -> bool {
    has_pair(&COUNTRY_BITS, code)
}

/// Whether [`language`] finds this code, in constant time.
#[must_use]
#[inline]
pub(crate) const fn is_language(code: [u8; 2]) -> bool {
    has_pair(&LANGUAGE_BITS, code)
}

/// A two-letter code as a number that sorts like the code and ignores ASCII case. Zero, which no
/// code has, for text of any other length.
const fn pair_key(code: &str) -> u16 {
    match *code.as_bytes() {
        [first, second] => u16::from_be_bytes([first.to_ascii_lowercase(), second.to_ascii_lowercase()]),
        _ => 0,
    }
}

/// One bit for each pair of letters: the word is chosen by the first letter, the bit by the second,
/// each by its low five bits (1 to 26 in both cases of a letter).
type PairBits = [u32; 32];

#[expect(clippy::indexing_slicing, reason = "the index is masked to the length of the array")]
const fn has_pair(bits: &PairBits, [first, second]: [u8; 2]) -> bool {
    first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && bits[(first & 31) as usize].wrapping_shr((second & 31) as u32) & 1 == 1
}

static CURRENCY_BITS: [u64; 16] = currency_bits();
static COUNTRY_BITS: PairBits = country_bits();
static LANGUAGE_BITS: PairBits = language_bits();

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time: a fault is a compile error")]
const fn currency_bits() -> [u64; 16] {
    let mut bits = [0; 16];
    let mut rows = CURRENCIES;
    while let [record, rest @ ..] = rows {
        bits[(record.numeric >> 6) as usize] |= 1 << (record.numeric & 63);
        rows = rest;
    }
    bits
}

const fn country_bits() -> PairBits {
    let mut bits = [0; 32];
    let mut rows = COUNTRIES;
    while let [record, rest @ ..] = rows {
        set_pair(&mut bits, record.alpha2);
        rows = rest;
    }
    bits
}

const fn language_bits() -> PairBits {
    let mut bits = [0; 32];
    let mut rows = LANGUAGES;
    while let [record, rest @ ..] = rows {
        set_pair(&mut bits, record.alpha2);
        rows = rest;
    }
    bits
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time: a fault is a compile error")]
const fn set_pair(bits: &mut PairBits, code: &str) {
    let [first, second] = pair_key(code).to_be_bytes();
    bits[(first & 31) as usize] |= 1 << (second & 31);
}

// Each table is in strictly ascending order, hence without duplicates, and its codes are well formed.
const _: () = {
    let mut rows = CURRENCIES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < record.numeric && record.numeric <= 999);
        assert!(matches!(record.alphabetic.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z']));
        last = record.numeric;
        rows = rest;
    }
};

const _: () = {
    let mut rows = COUNTRIES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < pair_key(record.alpha2));
        assert!(matches!(record.alpha2.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z']));
        last = pair_key(record.alpha2);
        rows = rest;
    }
};

const _: () = {
    let mut rows = LANGUAGES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < pair_key(record.alpha2));
        assert!(matches!(record.alpha2.as_bytes(), [b'a'..=b'z', b'a'..=b'z']));
        last = pair_key(record.alpha2);
        rows = rest;
    }
};

const _: () = {
    let mut rows = CATEGORIES;
    let mut last = 0;
    while let [record, rest @ ..] = rows {
        assert!(last < record.code && record.code <= 9999);
        last = record.code;
        rows = rest;
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currency_bits_hold_the_table() {
        for numeric in 0..=u16::MAX {
            let listed = CURRENCIES.iter().any(|record| record.numeric == numeric);
            assert_eq!(is_currency(numeric), listed, "{numeric}");
            assert_eq!(currency(numeric).is_some(), listed, "{numeric}");
        }
    }

    #[test]
    fn pair_bits_hold_the_tables() {
        for pair in 0..=u16::MAX {
            let code = pair.to_be_bytes();
            let country_listed = COUNTRIES.iter().any(|record| record.alpha2.as_bytes().eq_ignore_ascii_case(&code));
            let language_listed = LANGUAGES.iter().any(|record| record.alpha2.as_bytes().eq_ignore_ascii_case(&code));
            assert_eq!(is_country(code), country_listed, "{code:?}");
            assert_eq!(is_language(code), language_listed, "{code:?}");
            if let Ok(text) = core::str::from_utf8(&code) {
                assert_eq!(country(text).is_some(), country_listed, "{text:?}");
                assert_eq!(language(text).is_some(), language_listed, "{text:?}");
            }
        }
    }

    #[test]
    fn alphabetic_codes_are_unique() {
        for record in CURRENCIES {
            assert_eq!(currency_by_alphabetic(record.alphabetic), Some(record));
        }
    }
}
