//! The values of data objects, IDs and paths: what is read, what is refused, and what is written.

use core::fmt::{Debug, Display};
use core::str::FromStr;

use emvqr::value::{
    Amount, ConsumerDataRequest, CountryCode, Currency, Guid, GuidShape, InvalidValue, Language, Mcc, MerchantChannel,
    PROMPT, Percentage, PointOfInitiation, TipIndicator,
};
use emvqr::{Path, Tag, TagSet};

/// Each text is read and written back as it stands.
#[track_caller]
fn kept<T: FromStr<Err = InvalidValue> + Display + Debug>(texts: &[&str]) {
    for text in texts {
        let value: T = text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(value.to_string(), *text);
    }
}

/// Each text is refused with the same words, which name what it was to be and do not repeat it.
#[track_caller]
fn refused<T: FromStr<Err = InvalidValue> + Debug>(what: &str, form: &str, texts: &[&str]) {
    for text in texts {
        let error = text.parse::<T>().expect_err(text);
        assert_eq!((error.what(), error.form()), (what, form), "{text:?}");
        assert_eq!(error.to_string(), format!("{what}: expected {form}"));
    }
}

/// Decimal texts by the grammar of 54, 56 and 57 that are no longer than five characters.
const DECIMALS: &[&str] =
    &["0", "5", "98", "98.", "98.7", "98.73", "0.5", ".5", ".50", "00.01", "0023", "99999", "0.", "9999.", ".0001"];

const NO_DECIMALS: &[&str] = &[
    "", ".", "..", "1..", "1.2.3", "98,7", "3 7", " 5", "5 ", "+5", "-5", "1e5", "0x1", "5%", "$5", "1'0", "1_0", "٣",
    "５", "5\n", "\0", "é", "/", ":", "NaN", "inf",
];

#[test]
fn amounts_are_digits_with_at_most_one_decimal_mark() {
    for text in DECIMALS.iter().chain(&["1234567890123", "123456789.123", "123456789012.", ".123456789012"]) {
        let amount = Amount::new(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(amount.as_str(), *text);
        assert_eq!(amount.to_string(), *text);
        assert_eq!(Amount::try_from(*text).unwrap(), amount);
    }
    for text in NO_DECIMALS.iter().chain(&["3 705", "98,73", "12345678901234", "1234567890.123", "0000000000000."]) {
        let error = Amount::new(text).expect_err(text);
        assert_eq!(error.to_string(), "amount: expected 1 to 13 characters: digits with at most one '.'");
    }
    assert_eq!(Amount::MAX_LENGTH, 13);
}

#[test]
fn minor_units_are_exact_or_nothing() {
    for (text, decimals, units) in [
        ("98.73", 2, Some(9873)),
        ("98.73", 3, Some(98_730)),
        ("98.73", 1, None),
        ("98.73", 0, None),
        ("98", 0, Some(98)),
        ("98.", 0, Some(98)),
        ("98.", 2, Some(9800)),
        ("98", 3, Some(98_000)),
        (".5", 1, Some(5)),
        (".50", 1, Some(5)),
        (".05", 1, None),
        ("0023.72", 2, Some(2372)),
        ("0", 0, Some(0)),
        ("0.00", 0, Some(0)),
        // Zeros beyond the decimals say nothing; any other digit would be lost.
        ("1.500", 1, Some(15)),
        ("1.500", 0, None),
        ("1.000", 0, Some(1)),
        ("1.0000000001", 2, None),
        ("1.0000000000", 2, Some(100)),
        ("9999999999999", 0, Some(9_999_999_999_999)),
        ("9999999999999", 6, Some(9_999_999_999_999_000_000)),
        // 2^64 - 1 is 18446744073709551615.
        ("1844674407370", 7, Some(18_446_744_073_700_000_000)),
        ("1844674407371", 7, None),
        ("9999999999999", 7, None),
        ("18.4467440737", 18, Some(18_446_744_073_700_000_000)),
        ("18.4467440738", 18, None),
        ("1", 19, Some(10_000_000_000_000_000_000)),
        ("1", 20, None),
        ("2", 19, None),
        ("1", 255, None),
        ("0", 255, Some(0)),
        (".000000000001", 12, Some(1)),
        (".000000000001", 11, None),
    ] {
        assert_eq!(Amount::new(text).unwrap().minor_units(decimals), units, "{text} with {decimals}");
    }
}

#[test]
fn decimals_are_the_digits_behind_the_mark() {
    for (text, decimals) in [("98", 0), ("98.", 0), ("98.7", 1), ("98.730", 3), (".5", 1), (".123456789012", 12)] {
        assert_eq!(Amount::new(text).unwrap().decimals(), decimals, "{text}");
    }
}

#[test]
fn zero_is_an_amount_of_zeros_only() {
    for text in ["0", "0.", ".0", "000", "0.00", "0000000000000"] {
        assert!(Amount::new(text).unwrap().is_zero(), "{text}");
    }
    for text in ["1", "0.01", ".1", "10", "0000000000001", "0.00000000001"] {
        assert!(!Amount::new(text).unwrap().is_zero(), "{text}");
    }
}

#[test]
fn amounts_are_written_from_minor_units() {
    for (units, decimals, text) in [
        (1050, 2, Some("10.50")),
        (1050, 0, Some("1050")),
        (5, 2, Some("0.05")),
        (5, 0, Some("5")),
        (50, 1, Some("5.0")),
        (100, 2, Some("1.00")),
        (1005, 3, Some("1.005")),
        (1, 11, Some("0.00000000001")),
        (1, 12, None),
        (9_999_999_999_999, 0, Some("9999999999999")),
        (10_000_000_000_000, 0, None),
        (999_999_999_999, 2, Some("9999999999.99")),
        (1_000_000_000_000, 2, None),
        (0, 0, None),
        (0, 2, None),
        (1, 255, None),
        (u64::MAX, 0, None),
        (u64::MAX, 18, None),
    ] {
        let written = Amount::from_minor(units, decimals);
        assert_eq!(written.as_ref().ok().map(Amount::as_str), text, "{units} with {decimals}");
        if let Err(error) = written {
            assert_eq!(error.to_string(), "amount: expected one above zero that fits 13 characters");
        }
    }
}

#[test]
fn what_is_written_from_minor_units_reads_as_the_same() {
    let powers = (0..20).map(|exponent| 10_u64.pow(exponent));
    let units: Vec<u64> = powers.flat_map(|power| [power - 1, power, power.saturating_add(1), power / 7 * 3]).collect();
    for decimals in 0..=20_u8 {
        for units in units.iter().copied() {
            // Independent: whole part and rest by division.
            let unit = 10_u128.pow(u32::from(decimals));
            let (whole, rest) = (u128::from(units) / unit, u128::from(units) % unit);
            let expected = match usize::from(decimals) {
                0 => whole.to_string(),
                width => format!("{whole}.{rest:0width$}"),
            };
            let written = Amount::from_minor(units, decimals);
            if units == 0 || expected.len() > 13 {
                assert!(written.is_err(), "{units} with {decimals}: {written:?}");
            } else {
                let amount = written.unwrap();
                assert_eq!(amount.as_str(), expected);
                assert_eq!(amount.minor_units(decimals), Some(units));
                assert_eq!(amount.decimals(), decimals);
                assert_eq!(Amount::new(&expected).unwrap(), amount);
            }
        }
    }
}

/// Each row is one number, and the rows are in ascending order.
#[test]
fn amounts_compare_by_the_number() {
    const ROWS: &[&[&str]] = &[
        &["0", "0.", ".0", "00.000"],
        &[".001", "0.0010"],
        &["0.5", ".5", "00.50"],
        &["1", "1.", "01.00"],
        &["1.05"],
        &["1.5", "1.50"],
        &["9", "9.0"],
        &["10", "010"],
        &["99.9"],
        &["100"],
        &["9999999999999"],
    ];
    let hash = |amount: Amount| {
        let mut state = std::hash::DefaultHasher::new();
        std::hash::Hash::hash(&amount, &mut state);
        std::hash::Hasher::finish(&state)
    };
    let amounts = ROWS.iter().enumerate().flat_map(|(row, texts)| texts.iter().map(move |text| (row, *text)));
    let amounts: Vec<(usize, Amount)> = amounts.map(|(row, text)| (row, text.parse().unwrap())).collect();
    for (row, amount) in &amounts {
        for (other_row, other) in &amounts {
            assert_eq!(amount.cmp(other), row.cmp(other_row), "{amount} and {other}");
            assert_eq!(amount == other, row == other_row, "{amount} and {other}");
            assert!(row != other_row || hash(*amount) == hash(*other), "{amount} and {other}");
        }
    }
    let percentage = |text: &str| text.parse::<Percentage>().unwrap();
    assert!(percentage("5.0") == percentage("05") && percentage("5.01") > percentage("5"));
}

#[test]
fn a_currency_is_read_by_its_letters_too() {
    for (letters, digits) in [("KHR", "116"), ("JPY", "392"), ("USD", "840")] {
        assert_eq!(letters.parse::<Currency>().unwrap(), digits.parse::<Currency>().unwrap());
        // A payload holds digits.
        assert!(Currency::from_bytes(letters.as_bytes()).is_err());
    }
    assert!(Currency::KHR == *"116" && Currency::try_from("EUR").unwrap() == "978");
}

#[test]
fn percentages_are_decimal_texts_of_five_characters_at_most() {
    for text in DECIMALS {
        let percentage = Percentage::new(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!((percentage.as_str(), percentage.to_string()), (*text, (*text).to_owned()));
    }
    for text in NO_DECIMALS.iter().chain(&["10.001", "000.01", "100000"]) {
        let error = Percentage::new(text).expect_err(text);
        assert_eq!(error.to_string(), "percentage: expected 1 to 5 characters: digits with at most one '.'");
    }
    assert_eq!(Percentage::MAX_LENGTH, 5);
}

#[test]
fn percentages_range_from_a_hundredth_to_less_than_a_hundred() {
    for (text, ten_thousandths, in_range) in [
        ("00.01", 100, true),
        ("0.01", 100, true),
        (".01", 100, true),
        ("99.99", 999_900, true),
        ("5", 50_000, true),
        ("5.", 50_000, true),
        ("1.005", 10_050, true),
        ("0", 0, false),
        ("00.00", 0, false),
        ("0.009", 90, false),
        (".0099", 99, false),
        (".0001", 1, false),
        ("100", 1_000_000, false),
        ("100.0", 1_000_000, false),
        ("99999", 999_990_000, false),
    ] {
        let percentage = Percentage::new(text).unwrap();
        assert_eq!((percentage.ten_thousandths(), percentage.is_in_range()), (ten_thousandths, in_range), "{text}");
    }
}

#[test]
fn currencies_are_three_digits() {
    kept::<Currency>(&["000", "008", "116", "392", "840", "999"]);
    let others = ["", "84", "0840", "XYZ", "usd", "+84", " 84", "84 ", "8.4", "８４０", "84é"];
    refused::<Currency>("currency", "three digits, or three letters of ISO 4217", &others);
    for (code, number, letters, exponent) in [
        (Currency::KHR, 116, Some("KHR"), Some(2)),
        (Currency::JPY, 392, Some("JPY"), Some(0)),
        (Currency::USD, 840, Some("USD"), Some(2)),
        (Currency::VND, 704, Some("VND"), Some(0)),
        (Currency::new(414).unwrap(), 414, Some("KWD"), Some(3)),
        // Gold has no decimals of its own, and 000 is not assigned.
        (Currency::new(959).unwrap(), 959, Some("XAU"), None),
        (Currency::new(0).unwrap(), 0, None, None),
    ] {
        assert_eq!((code.get(), code.alphabetic(), code.exponent()), (number, letters, exponent));
        assert_eq!(code.to_string(), format!("{number:03}"));
        assert_eq!(code.name().is_some(), letters.is_some());
        if let Some(letters) = letters {
            assert_eq!(Currency::from_alphabetic(letters), Some(code));
        }
    }
    assert_eq!(Currency::new(1000), None);
    assert_eq!(Currency::from_alphabetic("ZZZ"), None);
    assert_eq!(Currency::from_bytes(b"840").unwrap(), Currency::USD);
    for number in 0..=999 {
        let code = Currency::new(number).unwrap();
        assert_eq!((code.as_str(), code.get()), (format!("{number:03}").as_str(), number));
    }
    assert_eq!(format!("[{:>5}|{:<5}]", Currency::KHR, Currency::JPY), "[  116|392  ]");
}

#[test]
fn merchant_category_codes_are_four_digits() {
    kept::<Mcc>(&["0000", "0742", "5812", "9999"]);
    refused::<Mcc>("merchant category code", "four digits", &["", "581", "05812", "581A", "+581", " 581", "５８１２"]);
    assert_eq!((Mcc::NONE.as_str(), Mcc::RESTAURANTS.get()), ("0000", 5812));
    assert_eq!(Mcc::new(10_000), None);
    for number in 0..=9999 {
        let code = Mcc::new(number).unwrap();
        assert_eq!((code.as_str(), code.get()), (format!("{number:04}").as_str(), number));
    }
    assert!(Mcc::RESTAURANTS.name().is_some());
    assert_eq!(Mcc::NONE.name(), None);
}

#[test]
fn country_codes_are_two_letters_with_their_case() {
    kept::<CountryCode>(&["KH", "JP", "kh", "Kh", "ZZ"]);
    refused::<CountryCode>("country code", "two letters", &["", "K", "KHM", "K1", "K ", "é", "ＫＨ"]);
    assert_eq!(CountryCode::KH.name(), Some("Cambodia"));
    assert_eq!("jp".parse::<CountryCode>().unwrap().name(), Some("Japan"));
    assert_eq!("ZZ".parse::<CountryCode>().unwrap().name(), None);
    assert_ne!("kh".parse::<CountryCode>().unwrap(), CountryCode::KH);
}

#[test]
fn languages_are_two_letters_and_the_same_in_either_case() {
    kept::<Language>(&["km", "JA", "ZH", "xx"]);
    refused::<Language>("language preference", "two letters", &["", "k", "khm", "k1", "é", "-k"]);
    let upper: Language = "KM".parse().unwrap();
    assert!(upper.is_same(Language::KM) && upper != Language::KM);
    assert!(!Language::JA.is_same(Language::KM));
    assert_eq!((upper.name(), Language::JA.name()), (Some("Khmer"), Some("Japanese")));
    assert_eq!("xx".parse::<Language>().unwrap().name(), None);
}

#[test]
fn points_of_initiation_are_two_digits_known_or_not() {
    kept::<PointOfInitiation>(&["11", "12", "13", "00"]);
    refused::<PointOfInitiation>(
        "point of initiation method",
        "two digits",
        &["", "1", "011", "1x", "+1", " 1", "１１"],
    );
    assert_eq!("11".parse(), Ok(PointOfInitiation::STATIC));
    assert_eq!("12".parse(), Ok(PointOfInitiation::DYNAMIC));
}

#[test]
fn tip_indicators_are_two_digits_known_or_not() {
    kept::<TipIndicator>(&["01", "02", "03", "99"]);
    refused::<TipIndicator>("tip or convenience indicator", "two digits", &["", "1", "001", "0x", "-1"]);
    assert_eq!("01".parse(), Ok(TipIndicator::PROMPT));
    assert_eq!("02".parse(), Ok(TipIndicator::FIXED_FEE));
    assert_eq!("03".parse(), Ok(TipIndicator::PERCENTAGE_FEE));
}

#[test]
fn merchant_channels_are_three_characters_listed_or_not() {
    kept::<MerchantChannel>(&["400", "000", "733", "8zz", "***", " ~!"]);
    refused::<MerchantChannel>(
        "merchant channel",
        "three printable characters",
        &["", "40", "4000", "40\n", "4\u{7F}0", "4é", "é00"],
    );
    // Media 0 to 7, location 0 to 3, presence 0 to 3 (Tables 4.5 to 4.7).
    for byte in 0x20..=0x7E_u8 {
        let at = |position: usize| {
            let mut code = *b"000";
            code[position] = byte;
            MerchantChannel::from_bytes(&code).unwrap()
        };
        assert_eq!(at(0).media().is_some(), (b'0'..=b'7').contains(&byte));
        assert_eq!(at(1).location().is_some(), (b'0'..=b'3').contains(&byte));
        assert_eq!(at(2).presence().is_some(), (b'0'..=b'3').contains(&byte));
        assert_eq!(at(0).is_listed(), (b'0'..=b'7').contains(&byte));
        assert_eq!(at(1).is_listed(), (b'0'..=b'3').contains(&byte));
        assert_eq!(at(2).is_listed(), (b'0'..=b'3').contains(&byte));
    }
    // The examples of Annex B.8.
    for (code, media, location, presence) in [
        ("400", "screen: merchant", "at the merchant", "attended"),
        ("002", "print: merchant sticker", "at the merchant", "semi-attended"),
        ("401", "screen: merchant", "at the merchant", "unattended"),
        ("610", "screen: app", "not at the merchant", "attended"),
        ("521", "screen: website", "remote commerce", "unattended"),
        ("111", "print: bill or invoice", "not at the merchant", "unattended"),
        ("211", "print: magazine or poster", "not at the merchant", "unattended"),
    ] {
        let code: MerchantChannel = code.parse().unwrap();
        assert!(code.is_listed());
        assert!(code.media().unwrap().starts_with(media), "{code}");
        assert!(code.location().unwrap().starts_with(location), "{code}");
        assert_eq!(code.presence(), Some(presence), "{code}");
    }
    assert_eq!((MerchantChannel::SHOP_SCREEN.as_str(), MerchantChannel::SHOP_STICKER.as_str()), ("400", "000"));
}

#[test]
fn consumer_data_requests_are_a_choice_of_three_letters() {
    for (text, flags, written) in [
        ("A", (true, false, false), "A"),
        ("M", (false, true, false), "M"),
        ("E", (false, false, true), "E"),
        ("MA", (true, true, false), "AM"),
        ("EA", (true, false, true), "AE"),
        ("EM", (false, true, true), "ME"),
        ("AME", (true, true, true), "AME"),
        ("EMA", (true, true, true), "AME"),
        ("MEA", (true, true, true), "AME"),
    ] {
        let request: ConsumerDataRequest = text.parse().unwrap();
        assert_eq!((request.address, request.mobile_number, request.email_address), flags, "{text}");
        assert_eq!(request.as_str(), written);
        assert_eq!(written.parse(), Ok(request));
    }
    let others = ["", "a", "AA", "AMA", "AMEA", "B", "A ", "A,M", "***", "é", "Ａ"];
    refused::<ConsumerDataRequest>(
        "consumer data request",
        "one to three of the letters A, M and E, each once",
        &others,
    );
    assert_eq!(ConsumerDataRequest::default().as_str(), "");
}

/// Shapes and the identifiers that have them, from sections 3 and 7 of the notes on the specification.
#[test]
fn guids_have_one_of_three_shapes_or_another() {
    for (shape, texts) in [
        (
            GuidShape::Aid,
            // RID alone, and with up to eleven bytes of PIX, of which the longest has the length of a UUID.
            &["D840000000", "A000000004", "A000000677010111", "a0000000041010", "A00000000410101010101010101010"][..],
        ),
        (GuidShape::Uuid, &["0123456789abcdef0123456789ABCDEF", "A0000000041010101010101010101010"]),
        (
            GuidShape::ReverseDomain,
            &["com.merchant.name", "br.gov.bcb.pix", "BR.GOV.BCB.PIX", "com.p2pqrpay", "jp.or.paymentsjapan", "sg.x-1"],
        ),
        (
            GuidShape::Other,
            &[
                "",
                "user@bank",
                "fonepay.com",
                "TallyPay",
                "20123456789",
                "com",
                "com.",
                ".com",
                "com..name",
                "com.mer chant",
                "com.naïve",
                "https://example.com",
                "A00000000",
                // An odd number of digits is no number of bytes.
                "A0000000041",
                "B000000004",
                "0123456789abcdef0123456789ABCDEG",
                "01234567-89ab-cdef-0123-456789abcdef",
                "1234567890123456789012345678",
            ],
        ),
    ] {
        for text in texts {
            let guid = Guid::new(text);
            assert_eq!(guid.shape(), shape, "{text}");
            assert_eq!((guid.as_str(), guid.to_string()), (*text, (*text).to_owned()));
        }
    }
    assert_eq!(Guid::MAX_LENGTH, 32);
}

#[test]
fn guids_are_the_same_in_either_case_of_ascii() {
    assert!(Guid::new("br.gov.bcb.pix").is_same("BR.GOV.BCB.PIX"));
    assert!(!Guid::new("br.gov.bcb.pix").is_same("br.gov.bcb.pi"));
    assert!(!Guid::new("é").is_same("É"), "only ASCII has cases here");
    assert_ne!(Guid::new("com.grab"), Guid::new("COM.GRAB"));
}

#[test]
fn guids_are_not_shown_by_debug() {
    let shown = format!("{:?}", Guid::new("john_smith@ភ្ន"));
    assert_eq!(shown, "Guid(Other, 14 characters)");
}

#[test]
fn the_prompt_is_three_asterisks() {
    assert_eq!(PROMPT, "***");
}

fn tag(id: u8) -> Tag {
    Tag::new(id).unwrap()
}

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

#[test]
fn tags_are_two_digits() {
    for id in 0..=99 {
        let text = format!("{id:02}");
        let tag = tag(id);
        assert_eq!((tag.get(), tag.to_string(), format!("{tag:?}")), (id, text.clone(), text.clone()));
        assert_eq!(tag.digits(), text.as_bytes());
        assert_eq!(text.parse(), Ok(tag));
        assert_eq!(Tag::try_from(id), Ok(tag));
    }
    for id in 100..=255 {
        assert_eq!(Tag::new(id), None);
        assert_eq!(Tag::try_from(id).unwrap_err().to_string(), "ID: expected two digits");
    }
    refused::<Tag>("ID", "two digits", &["", "0", "000", "+1", " 1", "1 ", "-1", "0x", "é", "１", "/0", "0:"]);
    assert!(tag(9) < tag(10));
    assert_eq!(Tag::CRC.get(), 63);
    assert_eq!(Tag::GLOBALLY_UNIQUE_IDENTIFIER.get(), 0);
}

#[test]
fn sets_of_tags_follow_the_laws_of_sets() {
    let samples = [
        vec![],
        vec![0],
        vec![63],
        vec![64],
        vec![99],
        vec![0, 63, 64, 99],
        (0..=99).collect(),
        (26..=51).collect(),
        (0..=99).step_by(3).collect(),
        (62..=65).collect::<Vec<u8>>(),
    ];
    let set = |ids: &[u8]| ids.iter().map(|id| tag(*id)).collect::<TagSet>();
    let ids = |set: TagSet| set.iter().map(Tag::get).collect::<Vec<u8>>();
    let filtered = |holds: &dyn Fn(&u8) -> bool| (0..=99).filter(holds).collect::<Vec<u8>>();
    for a in &samples {
        let left = set(a);
        assert_eq!((ids(left), left.len(), left.is_empty()), (a.clone(), a.len(), a.is_empty()));
        for id in 0..=99 {
            assert_eq!(left.contains(tag(id)), a.contains(&id));
            assert_eq!(ids(left.with(tag(id))), filtered(&|other| a.contains(other) || *other == id));
        }
        for b in &samples {
            let right = set(b);
            assert_eq!(ids(left.union(right)), filtered(&|id| a.contains(id) || b.contains(id)));
            assert_eq!(ids(left.intersection(right)), filtered(&|id| a.contains(id) && b.contains(id)));
            assert_eq!(ids(left.difference(right)), filtered(&|id| a.contains(id) && !b.contains(id)));
            assert_eq!(left == right, a == b);
        }
    }
    assert_eq!(TagSet::default(), TagSet::EMPTY);
}

#[test]
fn ranges_of_tags_hold_both_ends() {
    for (first, last) in [(0, 0), (0, 99), (26, 51), (63, 64), (99, 99), (64, 64)] {
        let range = TagSet::range(tag(first), tag(last));
        assert_eq!(range.iter().map(Tag::get).collect::<Vec<u8>>(), (first..=last).collect::<Vec<u8>>());
    }
    assert!(TagSet::range(tag(2), tag(1)).is_empty());
    assert_eq!(format!("{:?}", TagSet::range(tag(0), tag(2))), "{00, 01, 02}");
}

#[test]
fn paths_are_ids_with_hyphens_between_them() {
    for text in ["", "00", "62", "62-08", "62-50-01", "99-99-99-99-99-99-99", "00-00-00-00-00-00-00"] {
        assert_eq!((path(text).to_string(), format!("{:?}", path(text))), (text.to_owned(), text.to_owned()));
    }
    let others = ["6", "062", "62-", "-62", "62--01", "62-1", "62.01", "62 01", "62-+1", "-", "6é", "62-01-"];
    refused::<Path>("ID", "two digits", &others);
    refused::<Path>("path", "at most seven IDs of two digits with '-' between them", &["01-02-03-04-05-06-07-08"]);
    assert_eq!(path(""), Path::ROOT);
    assert_eq!(Path::default(), Path::ROOT);
    assert_eq!(Path::from(Tag::CRC), path("63"));
}

#[test]
fn paths_join_to_the_greatest_depth_and_part_again() {
    let mut way = vec![Path::ROOT];
    for id in [0, 99, 1, 0, 63, 64, 7] {
        let last = *way.last().unwrap();
        let next = last.join(tag(id)).unwrap();
        assert_eq!((next.depth(), next.tag(), next.parent()), (way.len(), Some(tag(id)), Some(last)));
        way.push(next);
    }
    let deepest = *way.last().unwrap();
    assert_eq!(deepest.to_string(), "00-99-01-00-63-64-07");
    assert_eq!((Path::MAX_DEPTH, deepest.depth()), (7, 7));
    assert_eq!(deepest.join(tag(0)), None);
    assert_eq!(deepest.root(), Some(tag(0)));
    assert_eq!(deepest.tags().map(Tag::get).collect::<Vec<_>>(), [0, 99, 1, 0, 63, 64, 7]);
    assert_eq!(deepest.tags().rev().map(Tag::get).collect::<Vec<_>>(), [7, 64, 63, 0, 1, 99, 0]);
    assert_eq!(deepest.tags().len(), 7);
    assert_eq!(Path::of(tag(62)), Path::ROOT.join(tag(62)).unwrap());
    assert_eq!((Path::ROOT.parent(), Path::ROOT.tag(), Path::ROOT.root(), Path::ROOT.depth()), (None, None, None, 0));
}

#[test]
fn paths_are_ordered_as_their_objects_are_numbered() {
    let ordered = [
        "", "00", "00-00", "00-01", "01", "62", "62-00", "62-00-00", "62-01", "62-50", "62-50-01", "62-51", "63", "99",
    ];
    for (first, a) in ordered.iter().enumerate() {
        for (second, b) in ordered.iter().enumerate() {
            assert_eq!(path(a).cmp(&path(b)), first.cmp(&second), "{a} and {b}");
        }
    }
}

#[test]
fn a_path_contains_itself_and_what_stands_inside() {
    for (outer, inner, contains) in [
        ("62", "62", true),
        ("62", "62-08", true),
        ("62", "62-50-01", true),
        ("62-50", "62-50-01", true),
        ("", "62", true),
        ("", "", true),
        ("62-08", "62", false),
        ("62", "63", false),
        ("62", "", false),
        ("62-05", "62-50", false),
        ("00", "00-00", true),
        ("00-00", "00", false),
        ("62-00", "62-00-00", true),
    ] {
        assert_eq!(path(outer).contains(path(inner)), contains, "{outer:?} and {inner:?}");
    }
}

#[test]
fn paths_have_the_names_of_the_specification() {
    for (text, name) in [
        ("00", Some("Payload Format Indicator")),
        ("01", Some("Point of Initiation Method")),
        ("52", Some("Merchant Category Code")),
        ("53", Some("Transaction Currency")),
        ("54", Some("Transaction Amount")),
        ("55", Some("Tip or Convenience Indicator")),
        ("58", Some("Country Code")),
        ("59", Some("Merchant Name")),
        ("60", Some("Merchant City")),
        ("61", Some("Postal Code")),
        ("62", Some("Additional Data Field Template")),
        ("63", Some("CRC")),
        ("64", Some("Merchant Information - Language Template")),
        ("65", Some("RFU for EMVCo")),
        ("79", Some("RFU for EMVCo")),
        ("29-00", Some("Globally Unique Identifier")),
        ("80-00", Some("Globally Unique Identifier")),
        ("62-50-00", Some("Globally Unique Identifier")),
        ("62-01", Some("Bill Number")),
        ("62-05", Some("Reference Label")),
        ("62-09", Some("Additional Consumer Data Request")),
        ("62-10", Some("Merchant Tax ID")),
        ("62-11", Some("Merchant Channel")),
        ("62-12", Some("RFU for EMVCo")),
        ("64-00", Some("Language Preference")),
        // The owner of the template knows.
        ("29-01", None),
        ("80-01", None),
        ("62-50-01", None),
        ("02-00", None),
        ("59-01", None),
        ("64-00-00", None),
        ("", None),
    ] {
        assert_eq!(path(text).name(), name, "{text}");
    }
    for id in 0..=99 {
        assert!(Path::of(tag(id)).name().is_some(), "{id}");
    }
}
