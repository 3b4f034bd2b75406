//! Code tables against independent crates in both directions, and spot values of the standards.

use emvqr::iso;
use iso_currency::Currency;
use isolang::Language;

/// A code on which a peer crate and the tables differ on purpose, and why. Every entry is checked
/// to be a difference still.
type Difference = (&'static str, &'static str);

const CURRENCY_DIFFERENCES: &[Difference] = &[];
const COUNTRY_DIFFERENCES: &[Difference] = &[];
const LANGUAGE_DIFFERENCES: &[Difference] = &[];

/// Codes outside the active list of ISO 4217 that the table keeps.
const WITHDRAWN_CURRENCIES: &[&str] = &["BGN", "CUC", "HRK", "SLL", "ZWL"];

/// Codes that `iso_currency` takes for superseded and ISO 4217 lists as active.
const ACTIVE_ALTHOUGH_SUPERSEDED_THERE: &[Difference] = &[("VES", "ISO 4217 lists 926 VED and 928 VES side by side")];

/// Every pair of the given letters.
fn pairs(letters: core::ops::RangeInclusive<char>) -> impl Iterator<Item = String> {
    letters.clone().flat_map(move |first| letters.clone().map(move |second| String::from_iter([first, second])))
}

fn excused(differences: &[Difference], code: &str) -> bool {
    differences.iter().any(|(listed, _)| *listed == code)
}

/// Fails unless the two sides differ exactly on the listed codes.
fn compare<T: Copy + PartialEq + core::fmt::Debug>(code: &str, ours: T, theirs: T, differences: &[Difference]) {
    if excused(differences, code) {
        assert_ne!(ours, theirs, "{code} is no difference any more");
    } else {
        assert_eq!(ours, theirs, "{code}");
    }
}

#[test]
fn currencies_agree_with_iso_currency_by_alphabetic_code() {
    let mut found = 0;
    for pair in pairs('A'..='Z') {
        for third in 'A'..='Z' {
            let code = format!("{pair}{third}");
            let ours =
                iso::currency_by_alphabetic(&code).map(|record| (record.numeric, record.exponent.map(u16::from)));
            let theirs = Currency::from_code(&code).map(|currency| (currency.numeric(), currency.exponent()));
            found += usize::from(ours.is_some());
            compare(&code, ours, theirs, CURRENCY_DIFFERENCES);
        }
    }
    assert_eq!(found, iso::CURRENCIES.len());
}

#[test]
fn currencies_agree_with_iso_currency_by_numeric_code() {
    for numeric in 0..=9999 {
        let ours = iso::currency(numeric).map(|record| record.alphabetic);
        let theirs = Currency::from_numeric(numeric).map(|currency| currency.code());
        let code = ours.or(theirs).unwrap_or_default();
        compare(code, ours, theirs, CURRENCY_DIFFERENCES);
    }
}

#[test]
fn withdrawn_currencies_are_the_superseded_ones() {
    for record in iso::CURRENCIES {
        let withdrawn = WITHDRAWN_CURRENCIES.contains(&record.alphabetic);
        let superseded =
            Currency::from_code(record.alphabetic).is_some_and(|currency| currency.is_superseded().is_some());
        compare(record.alphabetic, withdrawn, superseded, ACTIVE_ALTHOUGH_SUPERSEDED_THERE);
    }
    for code in WITHDRAWN_CURRENCIES {
        assert!(iso::currency_by_alphabetic(code).is_some(), "{code}");
    }
}

#[test]
fn countries_agree_with_rust_iso3166() {
    assert_eq!(iso::COUNTRIES.len(), 249);
    for code in pairs('A'..='Z') {
        let ours = iso::country(&code).map(|record| record.alpha2);
        let theirs = rust_iso3166::from_alpha2(&code).map(|country| country.alpha2);
        compare(&code, ours, theirs, COUNTRY_DIFFERENCES);
    }
    for country in rust_iso3166::ALL {
        let found = iso::country(country.alpha2).is_some();
        assert!(found || excused(COUNTRY_DIFFERENCES, country.alpha2), "{}", country.alpha2);
    }
}

#[test]
fn languages_agree_with_isolang() {
    assert_eq!(iso::LANGUAGES.len(), 184);
    for code in pairs('a'..='z') {
        let ours = iso::language(&code).map(|record| record.alpha2);
        let theirs = Language::from_639_1(&code).and_then(|language| language.to_639_1());
        compare(&code, ours, theirs, LANGUAGE_DIFFERENCES);
    }
}

#[test]
fn differences_name_codes_and_reasons() {
    let lists = [CURRENCY_DIFFERENCES, COUNTRY_DIFFERENCES, LANGUAGE_DIFFERENCES, ACTIVE_ALTHOUGH_SUPERSEDED_THERE];
    for (code, reason) in lists.concat() {
        assert!(matches!(code.len(), 2 | 3) && !reason.is_empty(), "{code}");
    }
    for (code, _) in ACTIVE_ALTHOUGH_SUPERSEDED_THERE {
        assert!(iso::currency_by_alphabetic(code).is_some(), "{code}");
    }
}

#[test]
fn spot_currencies() {
    let known = [
        (116, "KHR", Some(2)),
        (156, "CNY", Some(2)),
        (344, "HKD", Some(2)),
        (356, "INR", Some(2)),
        (360, "IDR", Some(2)),
        (392, "JPY", Some(0)),
        (410, "KRW", Some(0)),
        (414, "KWD", Some(3)),
        (532, "XCG", Some(2)),
        (702, "SGD", Some(2)),
        (704, "VND", Some(0)),
        (764, "THB", Some(2)),
        (788, "TND", Some(3)),
        (840, "USD", Some(2)),
        (924, "ZWG", Some(2)),
        (925, "SLE", Some(2)),
        (926, "VED", Some(2)),
        (928, "VES", Some(2)),
        (959, "XAU", None),
        (978, "EUR", Some(2)),
        (986, "BRL", Some(2)),
        (990, "CLF", Some(4)),
        (999, "XXX", None),
    ];
    for (numeric, alphabetic, exponent) in known {
        let record = iso::currency(numeric);
        assert_eq!(record.map(|found| (found.alphabetic, found.exponent)), Some((alphabetic, exponent)));
        assert_eq!(iso::currency_by_alphabetic(alphabetic), record);
    }
}

#[test]
fn absent_codes() {
    for numeric in [0, 1, 123, 840 + 1024, 998, 1000, u16::MAX] {
        assert_eq!(iso::currency(numeric), None, "{numeric}");
    }
    for code in ["", "US", "usd", "Usd", "USD ", "ANG", "DEM"] {
        assert_eq!(iso::currency_by_alphabetic(code), None, "{code:?}");
    }
    for code in ["", "K", "ZZ", "XK", "EU", "UK", "KHM", "K1", "\0\0", "é"] {
        assert_eq!(iso::country(code), None, "{code:?}");
    }
    for code in ["", "e", "xx", "iw", "eng", "e1", "\0\0", "é"] {
        assert_eq!(iso::language(code), None, "{code:?}");
    }
    for code in [0, 1, 9999, 10_000, u16::MAX] {
        assert_eq!(iso::category(code), None, "{code}");
    }
}

#[test]
fn letters_match_in_either_case() {
    for code in ["KH", "kh", "Kh", "kH"] {
        assert_eq!(iso::country(code).map(|record| record.alpha2), Some("KH"), "{code}");
    }
    for code in ["KM", "km", "Km", "kM"] {
        assert_eq!(iso::language(code).map(|record| record.alpha2), Some("km"), "{code}");
    }
}

#[test]
fn spot_categories() {
    let known = [
        (742, "Veterinary care"),
        (4121, "Taxis"),
        (5411, "Supermarkets and grocers"),
        (5812, "Restaurants"),
        (5999, "Other speciality shops"),
        (8062, "Hospitals"),
        (9402, "Postal services"),
    ];
    for (code, name) in known {
        assert_eq!(iso::category(code).map(|record| record.name), Some(name));
    }
    for record in iso::CATEGORIES {
        assert_eq!(iso::category(record.code), Some(record));
    }
}

#[test]
fn names_are_filled_and_tidy() {
    let names = (iso::CURRENCIES.iter().map(|record| record.name))
        .chain(iso::COUNTRIES.iter().map(|record| record.name))
        .chain(iso::LANGUAGES.iter().map(|record| record.name))
        .chain(iso::CATEGORIES.iter().map(|record| record.name));
    for name in names {
        assert!(!name.is_empty() && name.trim() == name, "{name:?}");
    }
}
