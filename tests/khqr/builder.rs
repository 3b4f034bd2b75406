//! Writing KHQR codes: what the official generator writes where it writes a sound one, and an error where it does not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::common::{Object, payload, run};
use crate::support::{ans, text};
use emvqr::Clock;
use emvqr::Encode;
use emvqr::encode::BuildError;
use emvqr::khqr::{AccountKind, BakongAccount, Builder, Expiry, Khqr, Lifetime, Meaning, amount_text, rules};
use emvqr::mpm::rules as emv;
use emvqr::value::{Amount, Currency, Language, Mcc, PointOfInitiation};
use emvqr::{ErrorKind, Mpm, Payload, Rule, Severity, Violation};
use proptest::prelude::*;

const LIFETIME: Lifetime = Lifetime { created_ms: 1_750_000_000_000, expires_at_ms: 1_750_000_600_000 };
const TIMES: &str = "0013175000000000001131750000600000";

/// What [`Builder::individual`] takes, and what is set besides.
#[derive(Clone, Copy)]
struct Individual<'a> {
    bakong_account: &'a str,
    account_information: Option<&'a str>,
    acquiring_bank: Option<&'a str>,
}

#[derive(Clone, Copy)]
#[expect(clippy::struct_field_names, reason = "the name of the object")]
struct Merchant<'a> {
    bakong_account: &'a str,
    merchant_id: &'a str,
    acquiring_bank: &'a str,
}

fn individual<'a>(account: &Individual<'a>, name: &'a str) -> Builder<'a> {
    let builder = Builder::individual(account.bakong_account, name);
    builder
        .account_information(account.account_information.unwrap_or_default())
        .acquiring_bank(account.acquiring_bank.unwrap_or_default())
}

fn merchant<'a>(account: &Merchant<'a>, name: &'a str) -> Builder<'a> {
    Builder::merchant(account.bakong_account, account.merchant_id, account.acquiring_bank, name)
}

const ACCOUNT: Individual<'static> =
    Individual { bakong_account: "user@bank", account_information: None, acquiring_bank: None };
const MERCHANT: Merchant<'static> =
    Merchant { bakong_account: "khqr@bank", merchant_id: "123456", acquiring_bank: "Dev Bank" };

fn an_individual() -> Builder<'static> {
    individual(&ACCOUNT, "Example Shop")
}

fn a_merchant() -> Builder<'static> {
    merchant(&MERCHANT, "Example Shop")
}

fn amount(text: &str) -> Amount {
    Amount::new(text).unwrap()
}

/// What a buffer holds where nothing was written.
const UNTOUCHED: u8 = 0xA5;

/// Writes through every door, twice, and gives the text or the error on which all agree.
#[track_caller]
fn built(builder: &Builder<'_>) -> Result<String, BuildError> {
    let result = builder.encode_to_string();
    assert_eq!(builder.clone().encode_to_string(), result, "the same values give the same");
    match &result {
        Ok(text) => {
            let mut buffer = vec![UNTOUCHED; text.len() + 3];
            assert_eq!(builder.encode_to_slice(&mut buffer), Ok(text.as_str()));
            assert_eq!(buffer[text.len()..], [UNTOUCHED; 3]);
            let mut small = vec![UNTOUCHED; text.len() - 1];
            let error = builder.encode_to_slice(&mut small).unwrap_err();
            assert_eq!(kind(error), Some(ErrorKind::BufferTooSmall { needed: text.len() }));
        }
        Err(error) => {
            let mut buffer = [UNTOUCHED; 1_600];
            assert_eq!(builder.encode_to_slice(&mut buffer), Err(*error));
            let written = buffer.iter().take_while(|byte| **byte == 0).count();
            assert!(written > 0 && buffer[written..].iter().all(|byte| *byte == UNTOUCHED), "not overwritten");
        }
    }
    result
}

fn kind(error: BuildError) -> Option<ErrorKind> {
    if let BuildError::Encode(error) = error { Some(error.kind()) } else { None }
}

/// That the builder writes the objects, and what it writes is read back.
#[track_caller]
fn assert_builds(builder: &Builder<'_>, objects: &[Object<'_>]) {
    let text = built(builder).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(text, payload(objects));
    Payload::parse(&text).unwrap().view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
}

/// That a rule speaks against the values.
#[track_caller]
fn assert_refused(builder: &Builder<'_>, rule: &Rule, path: &str, code: Option<u16>) {
    match built(builder) {
        Err(BuildError::Rule(violation)) => {
            assert_eq!((violation.rule(), violation.path().to_string().as_str()), (rule, path));
            assert_eq!((violation.severity(), violation.code()), (Severity::Error, code));
        }
        other => panic!("{other:?}"),
    }
}

/// That the values make no payload.
#[track_caller]
fn assert_unwritable(builder: &Builder<'_>, kind: ErrorKind, path: &str) {
    match built(builder) {
        Err(BuildError::Encode(error)) => {
            assert_eq!((error.kind(), error.path().to_string().as_str()), (kind, path));
        }
        other => panic!("{other:?}"),
    }
}

/// A static code of an individual with another object.
#[track_caller]
fn individual_with<'a>(id: &'a str, value: &'a str) -> Vec<Object<'a>> {
    let mut objects = vec![
        ("00", "01"),
        ("01", "11"),
        ("29", "0009user@bank"),
        ("52", "5999"),
        ("53", "116"),
        ("58", "KH"),
        ("59", "Example Shop"),
        ("60", "Phnom Penh"),
    ];
    objects.retain(|object| object.0 != id);
    objects.push((id, value));
    objects.sort_unstable();
    objects
}

/// The toolkit's first example, with the CRC that it prints.
#[test]
fn example_of_the_toolkit_is_written() {
    let account = Individual { bakong_account: "john_smith@devb", ..ACCOUNT };
    let text = built(&individual(&account, "John Smith").city("PHNOM PENH")).unwrap();
    assert_eq!(text, "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F");
}

/// The toolkit's texts with Khmer letters, with the CRCs that it wrote, but for the 01 that these have not.
#[test]
fn khmer_texts_are_written_with_lengths_in_characters() {
    let account = Individual { bakong_account: "khmer@devb", ..ACCOUNT };
    let builder = individual(&account, "ចន ស្មីន").city("ភ្នំពេញ");
    let text = built(&builder).unwrap();
    assert!(text.contains("29140010khmer@devb5204599953031165802KH5908ចន ស្មីន6007ភ្នំពេញ6304"), "{text}");
    let builder = individual(&account, "John Smith").alternate_name(Language::KM, "ចន ស្មីន").alternate_city("ភ្នំពេញ");
    let text = built(&builder).unwrap();
    assert!(text.contains("5910John Smith6010Phnom Penh64290002km0108ចន ស្មីន0207ភ្នំពេញ6304"), "{text}");
}

#[test]
fn static_code_of_an_individual_has_the_defaults_of_the_generator() {
    assert_builds(&an_individual(), &individual_with("60", "Phnom Penh"));
}

#[test]
fn every_kind_of_code_is_written_in_the_order_of_ids() {
    let all = |builder: Builder<'static>| {
        // Set in another order than they are written.
        builder
            .purpose_of_transaction("Lunch")
            .terminal_label("01A")
            .store_label("0001")
            .mobile_number("012345678")
            .bill_number("INV-7")
            .alternate_city("ភ្នំពេញ")
            .alternate_name(Language::KM, "ហាង")
            .union_pay_account("1974011600520446ACLB10002312081")
            .merchant_category_code(Mcc::RESTAURANTS)
            .city("Siem Reap")
    };
    let labels = "0105INV-7020901234567803040001070301A0805Lunch";
    let language = "0002km0103ហាង0207ភ្នំពេញ";
    let account = "0009user@bank01090123456780204Bank";
    let full = Individual { account_information: Some("012345678"), acquiring_bank: Some("Bank"), ..ACCOUNT };
    for dynamic in [false, true] {
        for (id, value, builder) in [
            ("29", account, individual(&full, "Example Shop")),
            ("30", "0009khqr@bank01061234560208Dev Bank", a_merchant()),
        ] {
            let mut objects = vec![("00", "01"), ("01", if dynamic { "12" } else { "11" })];
            objects.extend([("15", "1974011600520446ACLB10002312081"), (id, value), ("52", "5812"), ("53", "116")]);
            objects.extend(dynamic.then_some(("54", "500")));
            objects.extend([("58", "KH"), ("59", "Example Shop"), ("60", "Siem Reap"), ("62", labels)]);
            objects.push(("64", language));
            objects.extend(dynamic.then_some(("99", TIMES)));
            let builder = all(builder);
            let builder = if dynamic { builder.amount(amount("500"), Currency::KHR, LIFETIME) } else { builder };
            assert_builds(&builder, &objects);
        }
    }
}

#[test]
fn labels_are_set_again_and_taken_out() {
    let builder = an_individual().bill_number("A").bill_number("B").store_label("S").store_label("");
    assert_builds(&builder, &individual_with("62", "0101B"));
    assert_builds(&builder.bill_number(""), &individual_with("60", "Phnom Penh"));
    assert_builds(&an_individual().union_pay_account("X").union_pay_account(""), &individual_with("60", "Phnom Penh"));
}

#[test]
fn city_in_another_language_may_stand_alone() {
    let builder = an_individual().alternate_city("ភ្នំពេញ");
    assert_builds(&builder, &individual_with("64", "0207ភ្នំពេញ"));
    let builder = an_individual().alternate_name(Language::KM, "");
    assert_refused(&builder, emv::LANGUAGE_NAME_MISSING, "64-01", Some(39));
    assert_refused(&builder.alternate_city("ភ្នំពេញ"), emv::LANGUAGE_NAME_MISSING, "64-01", Some(39));
}

// Lengths.

#[test]
fn template_of_more_than_99_characters_is_an_error() {
    // 32, 32 and 32 characters and three headers are 108.
    let id = "user@bank01234567890123456789012";
    let long = "12345678901234567890123456789012";
    assert_eq!((id.len(), long.len()), (32, 32));
    let account = Individual { bakong_account: id, account_information: Some(long), acquiring_bank: Some(long) };
    assert_unwritable(&individual(&account, "x"), ErrorKind::ValueTooLong, "29");
    let account = Merchant { bakong_account: id, merchant_id: long, acquiring_bank: long };
    assert_unwritable(&merchant(&account, "x"), ErrorKind::ValueTooLong, "30");
    // 36, 36 and 27 are 99, and one more is too much.
    let account = Merchant { bakong_account: id, merchant_id: long, acquiring_bank: &long[..23] };
    assert!(built(&merchant(&account, "x")).unwrap().contains("3099"));
    let account = Merchant { acquiring_bank: &long[..24], ..account };
    assert_unwritable(&merchant(&account, "x"), ErrorKind::ValueTooLong, "30");

    // Three labels of 25 characters and their headers are 87, a fourth of 25 makes 116, and five 145.
    let label = "1234567890123456789012345";
    let three = an_individual().bill_number(label).mobile_number(label).store_label(label);
    assert_builds(&three, &individual_with("62", &run(&[("01", label), ("02", label), ("03", label)])));
    let fits = three.clone().terminal_label(&label[..8]);
    assert_builds(
        &fits,
        &individual_with("62", &run(&[("01", label), ("02", label), ("03", label), ("07", &label[..8])])),
    );
    assert_unwritable(&three.clone().terminal_label(&label[..9]), ErrorKind::ValueTooLong, "62");
    assert_unwritable(&three.terminal_label(label).purpose_of_transaction(label), ErrorKind::ValueTooLong, "62");
}

#[test]
fn characters_beyond_the_bmp_are_not_written() {
    // The official toolkits count each as two: no length is right for all readers.
    for text in ["កាហ្វេ😀", "𠮷野家", "\u{10000}"] {
        assert_refused(&individual(&ACCOUNT, text), rules::TEXT_BEYOND_BMP, "59", None);
        assert_refused(&an_individual().city(text), rules::TEXT_BEYOND_BMP, "60", None);
        assert_refused(&an_individual().bill_number(text), rules::TEXT_BEYOND_BMP, "62-01", None);
        assert_refused(&an_individual().purpose_of_transaction(text), rules::TEXT_BEYOND_BMP, "62-08", None);
        let named = an_individual().alternate_name(Language::KM, text);
        assert_refused(&named, rules::TEXT_BEYOND_BMP, "64-01", None);
        assert_refused(
            &named.alternate_name(Language::KM, "x").alternate_city(text),
            rules::TEXT_BEYOND_BMP,
            "64-02",
            None,
        );
    }
    let name = "\u{FFFD}".repeat(25);
    assert_builds(&individual(&ACCOUNT, &name), &individual_with("59", &name));
}

/// What a reader is only warned of, since codes are printed, and what nobody should print.
#[test]
fn what_readers_take_differently_is_not_written() {
    for account in ["user@bank ", " user@bank", "us er@bank"] {
        let account = Individual { bakong_account: account, ..ACCOUNT };
        assert_refused(&individual(&account, "x"), rules::ACCOUNT_ID_BLANK, "29-00", None);
    }
    for name in [" ", "   ", "\u{200B}", "\u{3000}\u{A0}"] {
        assert_refused(&individual(&ACCOUNT, name), emv::TEXT_BLANK, "59", None);
    }
    let (invisible, control) = (emv::TEXT_INVISIBLE, emv::TEXT_CONTROL);
    for (hidden, rule) in
        [("x\u{202E}y", invisible), ("x\u{2028}", control), ("\u{FEFF}x", invisible), ("x\u{2060}", invisible)]
    {
        assert_refused(&individual(&ACCOUNT, hidden), rule, "59", None);
        assert_refused(&an_individual().city(hidden), rule, "60", None);
        assert_refused(&an_individual().store_label(hidden), rule, "62-03", None);
        let named = an_individual().alternate_name(Language::KM, hidden);
        assert_refused(&named, rule, "64-01", None);
    }
    for control in ["x\u{1B}[2J", "x\n", "\u{7F}", "ហាង\u{85}"] {
        assert_refused(&individual(&ACCOUNT, control), emv::TEXT_CHARSET, "59", None);
        assert_refused(&an_individual().terminal_label(control), emv::TEXT_CHARSET, "62-07", None);
    }
    // Khmer needs its zero-width spaces.
    let name = "ហាង\u{200B}កាហ្វេ";
    assert_builds(&individual(&ACCOUNT, name), &individual_with("59", name));
}

#[test]
fn values_that_are_too_long_or_empty_are_refused() {
    let long = "user@bank012345678901234567890123";
    assert_eq!(long.len(), 33);
    let of = |account: Individual<'static>| individual(&account, "x");
    assert_refused(&of(Individual { bakong_account: long, ..ACCOUNT }), rules::ACCOUNT_ID_LENGTH, "29-00", Some(6));
    let account = Individual { account_information: Some(long), ..ACCOUNT };
    assert_refused(&of(account), rules::ACCOUNT_INFORMATION_LENGTH, "29-01", Some(35));
    let account = Individual { acquiring_bank: Some(long), ..ACCOUNT };
    assert_refused(&of(account), rules::ACQUIRING_BANK_LENGTH, "29-02", Some(33));
    for account in ["userbank", "@", "a@b@c", "@bank", "user@", " @ "] {
        let code = (!account.contains('@')).then_some(3);
        assert_refused(&of(Individual { bakong_account: account, ..ACCOUNT }), rules::ACCOUNT_FORMAT, "29-00", code);
    }
    assert_unwritable(&of(Individual { bakong_account: "", ..ACCOUNT }), ErrorKind::ValueEmpty, "29-00");
    let of = |account: Merchant<'static>| merchant(&account, "x");
    assert_refused(
        &of(Merchant { merchant_id: long, ..MERCHANT }),
        rules::ACCOUNT_INFORMATION_LENGTH,
        "30-01",
        Some(35),
    );
    assert_unwritable(&of(Merchant { merchant_id: "", ..MERCHANT }), ErrorKind::ValueEmpty, "30-01");
    assert_unwritable(&of(Merchant { acquiring_bank: "", ..MERCHANT }), ErrorKind::ValueEmpty, "30-02");

    assert_refused(&individual(&ACCOUNT, ""), emv::NAME_MISSING, "59", Some(2));
    assert_refused(&individual(&ACCOUNT, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), emv::TEXT_LENGTH, "59", Some(7));
    assert_refused(&an_individual().city(""), emv::CITY_MISSING, "60", Some(27));
    assert_refused(&an_individual().city("ABCDEFGHIJKLMNOP"), emv::TEXT_LENGTH, "60", Some(21));
    let label = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    assert_refused(&an_individual().bill_number(label), emv::TEXT_LENGTH, "62-01", Some(10));
    assert_refused(&an_individual().mobile_number(label), emv::TEXT_LENGTH, "62-02", Some(34));
    assert_refused(&an_individual().store_label(label), emv::TEXT_LENGTH, "62-03", Some(11));
    assert_refused(&an_individual().terminal_label(label), emv::TEXT_LENGTH, "62-07", Some(12));
    assert_refused(&an_individual().purpose_of_transaction(label), emv::TEXT_LENGTH, "62-08", Some(42));
    let builder = an_individual().alternate_name(Language::KM, label);
    assert_refused(&builder, emv::TEXT_LENGTH, "64-01", Some(40));
    let builder = an_individual().alternate_city("ABCDEFGHIJKLMNOP");
    assert_refused(&builder, emv::TEXT_LENGTH, "64-02", Some(41));
    let unknown: Language = "xx".parse().unwrap();
    let builder = an_individual().alternate_name(unknown, "x");
    assert!(matches!(built(&builder), Err(BuildError::Rule(v)) if v.rule() == emv::LANGUAGE_UNASSIGNED));
    assert_unwritable(&individual(&ACCOUNT, &"x".repeat(100)), ErrorKind::ValueTooLong, "59");
}

#[test]
fn place_of_a_refusal_is_that_in_the_text() {
    let Err(BuildError::Rule(violation)) = built(&individual(&ACCOUNT, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) else {
        panic!("not refused");
    };
    let text = payload(&individual_with("59", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
    let first = Payload::parse(&text).unwrap().view::<Khqr<'_>>(Clock::UNKNOWN).unwrap_err();
    assert_eq!(violation, first);
    assert_eq!(&text[violation.offset()..][..violation.length()], "Z");
}

// Amounts.

/// What the official generator writes, from the table of its amounts: input, text in riel, text in dollars.
const AMOUNTS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("500", Some("500"), Some("500")),
    ("500.00", Some("500"), Some("500.00")),
    ("500.0", Some("500"), Some("500.00")),
    ("1.5", None, Some("1.50")),
    ("100", Some("100"), Some("100")),
    ("100.5", None, Some("100.50")),
    ("1.234", None, None),
    ("0.001", None, None),
    ("1.", Some("1"), Some("1.00")),
    ("01.5", None, Some("1.50")),
    // Riel lose the zeros in front, dollars keep them without a mark.
    ("007", Some("7"), Some("007")),
    ("0070", Some("70"), Some("0070")),
    ("0000000000500", Some("500"), Some("0000000000500")),
    ("007.00", Some("7"), Some("7.00")),
    ("00.10", None, Some("0.10")),
    ("000000000.50", None, Some("0.50")),
    (".5", None, Some("0.50")),
    // More than two decimals of a dollar, zeros or not.
    ("1.000", Some("1"), None),
    ("500.000", Some("500"), None),
    ("1.500", None, None),
    (".500", None, None),
    ("99999999999.", Some("99999999999"), None),
    ("9999999999999", Some("9999999999999"), Some("9999999999999")),
    ("9999999999.99", None, Some("9999999999.99")),
    // 14 characters with two decimals.
    ("99999999999.9", None, None),
    ("0", None, None),
    ("0.00", None, None),
    ("00", None, None),
];

#[test]
fn amounts_are_written_as_the_generator_does() {
    for (input, riel, dollars) in AMOUNTS {
        for (currency, expected) in [(Currency::KHR, riel), (Currency::USD, dollars)] {
            let text = amount_text(amount(input), currency).ok();
            assert_eq!(text.as_ref().map(Amount::as_str), *expected, "{input} {currency}");
        }
    }
    assert_eq!(amount_text(amount(".5"), Currency::USD).unwrap().as_str(), "0.50");
    assert!(amount_text(amount("99999999999."), Currency::USD).is_err());
}

#[test]
fn amounts_that_the_currency_cannot_have_are_not_built() {
    for (input, riel, dollars) in AMOUNTS {
        for (currency, expected) in [(Currency::KHR, riel), (Currency::USD, dollars)] {
            let builder = a_merchant().amount(amount(input), currency, LIFETIME);
            match (built(&builder), expected) {
                (Ok(text), Some(expected)) => {
                    let payload = Payload::parse(&text).unwrap();
                    let code = payload.view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
                    assert_eq!(
                        code.amount().unwrap().as_ref().map(Amount::as_str),
                        Some(*expected),
                        "{input} {currency}"
                    );
                }
                (Err(_), None) => {}
                (built, expected) => panic!("{input} {currency}: {built:?}, not {expected:?}"),
            }
        }
    }
    let dollars = a_merchant().currency(Currency::USD);
    assert!(built(&dollars.amount(amount("99999999999."), Currency::USD, LIFETIME)).is_err());
}

#[test]
fn fraction_of_a_riel_or_of_a_cent_is_refused_by_its_rule() {
    let builder = a_merchant().amount(amount("1.5"), Currency::KHR, LIFETIME);
    assert_refused(&builder, rules::AMOUNT_DECIMALS, "54", Some(4));
    let builder = a_merchant().amount(amount("1.234"), Currency::USD, LIFETIME);
    assert_refused(&builder, rules::AMOUNT_DECIMALS, "54", Some(4));
    for zero in ["0", "0.00"] {
        assert_refused(&a_merchant().amount(amount(zero), Currency::KHR, LIFETIME), emv::AMOUNT_ZERO, "54", None);
    }
    // What is no amount cannot be given.
    for none in ["NaN", "abc", "1,000", " 5", "1e21", "-5", "Infinity", "", "10000000000000"] {
        assert!(Amount::new(none).is_err(), "{none:?}");
    }
}

#[test]
fn other_currencies_are_refused() {
    let baht = Currency::THB;
    assert_refused(&an_individual().currency(baht), rules::CURRENCY_VALUE, "53", Some(28));
    let builder = a_merchant().amount(amount("5"), Currency::JPY, LIFETIME);
    assert_refused(&builder, rules::CURRENCY_VALUE, "53", Some(28));
}

#[test]
fn union_pay_account_is_written_first_of_the_accounts() {
    let account = "1974011600520446ACLB10002312081";
    assert_builds(&an_individual().union_pay_account(account), &individual_with("15", account));
}

/// The generator's error 44.
#[test]
fn union_pay_account_in_dollars_is_refused_as_by_the_generator() {
    let builder = an_individual().union_pay_account("1974011600520446ACLB10002312081");
    assert!(built(&builder.currency(Currency::USD)).is_err());
}

#[test]
fn lifetime_is_two_times_of_13_digits_in_order() {
    let of = |created_ms, expires_at_ms| {
        a_merchant().amount(amount("5"), Currency::KHR, Lifetime { created_ms, expires_at_ms })
    };
    let now = 1_750_000_000_000;
    for (created, expires) in [(now, now), (now, now + 1), (1_000_000_000_000, 9_999_999_999_999)] {
        let text = built(&of(created, expires)).unwrap();
        assert!(text.contains(&format!("99340013{created}0113{expires}6304")), "{text}");
        let payload = Payload::parse(&text).unwrap();
        let code = payload.view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
        assert_eq!((code.created_at_ms(), code.expires_at_ms()), (Ok(Some(created)), Ok(Some(expires))));
        assert_eq!(code.expiry(expires), Expiry::ValidUntil(expires));
    }
    assert_refused(&of(now, now - 1), rules::EXPIRY_BEFORE_CREATION, "99-01", Some(50));
    assert_refused(&of(now, 999_999_999_999), rules::EXPIRY_FORMAT, "99-01", Some(49));
    assert_refused(&of(now, 10_000_000_000_000), rules::EXPIRY_FORMAT, "99-01", Some(49));
    assert_refused(&of(now, u64::MAX), rules::EXPIRY_FORMAT, "99-01", Some(49));
    // A reader is only warned of these.
    assert_refused(&of(999_999_999_999, now), rules::CREATION_FORMAT, "99-00", None);
    assert_refused(&of(10_000_000_000_000, now), rules::CREATION_FORMAT, "99-00", None);
    assert_refused(&of(now, 0), rules::EXPIRY_FORMAT, "99-01", Some(45));
    // What has passed long ago is built: the builder knows no time.
    let text = built(&of(1_000_000_000_000, 1_000_000_000_001)).unwrap();
    assert!(Payload::parse(&text).unwrap().view::<Khqr<'_>>(Clock::at_millis(now)).is_err());
}

#[test]
fn debug_shows_no_value() {
    let account =
        Individual { bakong_account: "secret@bank", account_information: Some("secret"), acquiring_bank: None };
    let corporate = Merchant { bakong_account: "secret@bank", merchant_id: "secret", acquiring_bank: "secret" };
    let builder = individual(&account, "secret").bill_number("secret");
    let refused = built(&builder.clone().city(""));
    let shown = format!("{builder:?} {refused:?} {:?}", merchant(&corporate, "secret"));
    assert!(!shown.contains("secret"), "{shown}");
}

// Laws.

/// Values for a builder, owned.
#[derive(Clone, Debug)]
struct Values {
    is_merchant: bool,
    account: String,
    information: Option<String>,
    bank: Option<String>,
    name: String,
    city: Option<String>,
    category: u16,
    currency: u16,
    amount: Option<(String, u64, u64)>,
    union_pay: String,
    labels: [String; 5],
    language: Option<(String, String)>,
    local_city: String,
}

impl Values {
    fn with<R>(&self, run: impl FnOnce(&Builder<'_>) -> R) -> R {
        let (information, bank) = (self.information.as_deref(), self.bank.as_deref());
        let mut builder = if self.is_merchant {
            let account = Merchant {
                bakong_account: &self.account,
                merchant_id: information.unwrap_or("1"),
                acquiring_bank: bank.unwrap_or("Bank"),
            };
            merchant(&account, &self.name)
        } else {
            let account =
                Individual { bakong_account: &self.account, account_information: information, acquiring_bank: bank };
            individual(&account, &self.name)
        };
        builder = builder
            .merchant_category_code(Mcc::new(self.category).unwrap())
            .currency(Currency::new(self.currency).unwrap())
            .union_pay_account(&self.union_pay)
            .bill_number(&self.labels[0])
            .mobile_number(&self.labels[1])
            .store_label(&self.labels[2])
            .terminal_label(&self.labels[3])
            .purpose_of_transaction(&self.labels[4])
            .alternate_city(&self.local_city);
        if let Some(city) = &self.city {
            builder = builder.city(city);
        }
        if let Some((amount, created_ms, expires_at_ms)) = &self.amount {
            let lifetime = Lifetime { created_ms: *created_ms, expires_at_ms: *expires_at_ms };
            builder = builder.amount(Amount::new(amount).unwrap(), Currency::new(self.currency).unwrap(), lifetime);
        }
        if let Some((language, name)) = &self.language {
            builder = builder.alternate_name(language.parse().unwrap(), name);
        }
        run(&builder)
    }
}

/// Mostly a value that fits, and now and then any.
fn fitting(most: usize) -> impl Strategy<Value = String> {
    prop_oneof![6 => ans(most), 2 => text(most), 1 => text(most + 2), 1 => Just(String::new())]
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![6 => Just(String::new()), 3 => ans(12), 1 => fitting(25)]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 1_000_000_000_000..=9_999_999_999_999_u64, 1 => any::<u64>(), 1 => Just(0)]
}

fn values() -> impl Strategy<Value = Values> {
    let account = prop_oneof![8 => "[a-z_]{1,9}@[a-z]{4}", 1 => fitting(32)];
    let who = (any::<bool>(), account, prop::option::of(fitting(32)), prop::option::of(fitting(32)));
    let where_ = (fitting(25), prop::option::of(fitting(15)), 0..=9999_u16);
    let currency = prop_oneof![6 => Just(116_u16), 4 => Just(840), 1 => 0..=999_u16];
    let amount = prop_oneof![4 => "[1-9][0-9]{0,9}", 3 => "[0-9]{1,9}\\.[0-9]{1,2}", 1 => "[0-9]{1,9}\\.[0-9]{0,3}"];
    let amount = prop::option::of((amount, time(), time()));
    let union_pay = prop_oneof![6 => Just(String::new()), 1 => fitting(31)];
    let language = prop::option::of((prop::sample::select(vec!["km", "KM", "zh", "ja", "xx"]), fitting(25)));
    let language = language.prop_map(|language| language.map(|(language, name)| (language.to_owned(), name)));
    let labels = [label(), label(), label(), label(), label()];
    (who, where_, currency, amount, union_pay, labels, language, label()).prop_map(
        |(who, where_, currency, amount, union_pay, labels, language, local_city)| Values {
            is_merchant: who.0,
            account: who.1,
            // An individual without one gives the empty text.
            information: who.2.filter(|text| who.0 || !text.is_empty()),
            bank: who.3.filter(|text| who.0 || !text.is_empty()),
            name: where_.0,
            city: where_.1,
            category: where_.2,
            currency,
            // Mostly in order.
            amount: amount.map(|(amount, a, b)| {
                (amount, if a % 8 == 0 { a } else { a.min(b) }, if a % 8 == 0 { b } else { a.max(b) })
            }),
            union_pay,
            labels,
            language,
            local_city,
        },
    )
}

/// What an empty value stands for.
fn given(value: &str) -> Option<&str> {
    Some(value).filter(|value| !value.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    /// What is built parses, satisfies the profile, and has the fields that it was given; what is not built breaks a
    /// rule or does not fit.
    #[test]
    fn what_is_built_reads_back(values in values()) {
        let text = match values.with(built) {
            Ok(text) => text,
            Err(BuildError::Rule(violation)) => {
                prop_assert_eq!(violation.severity(), Severity::Error);
                return Ok(());
            }
            Err(error) => {
                let kind = kind(error).unwrap();
                prop_assert!(matches!(kind, ErrorKind::ValueTooLong | ErrorKind::ValueEmpty), "{}", error);
                return Ok(());
            }
        };
        let payload = Payload::parse(&text).unwrap();
        let code = payload.view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
        prop_assert!(Khqr::recognises(&payload));
        prop_assert!(payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations().iter().map(Violation::severity).all(|severity| severity == Severity::Warning));
        let ids: Vec<u8> = payload.iter().map(|object| object.tag().get()).filter(|id| *id != 63).collect();
        prop_assert!(ids.is_sorted(), "{:?}", ids);

        prop_assert_eq!(code.bakong_account().map(BakongAccount::as_str), Some(values.account.as_str()));
        if values.is_merchant {
            prop_assert_eq!((code.account_kind(), code.meaning()), (Some(AccountKind::Merchant), Some(Meaning::Corporate)));
            prop_assert_eq!(code.merchant_id(), Some(values.information.as_deref().unwrap_or("1")));
            prop_assert_eq!(code.acquiring_bank(), Some(values.bank.as_deref().unwrap_or("Bank")));
        } else {
            let meaning = if values.information.is_some() { Meaning::Remittance } else { Meaning::Solo };
            prop_assert_eq!((code.account_kind(), code.meaning()), (Some(AccountKind::Individual), Some(meaning)));
            prop_assert_eq!(code.account_information(), values.information.as_deref());
            prop_assert_eq!(code.acquiring_bank(), values.bank.as_deref());
        }
        prop_assert_eq!(code.name(), Some(values.name.as_str()));
        prop_assert_eq!(code.city(), Some(values.city.as_deref().unwrap_or("Phnom Penh")));
        prop_assert_eq!(code.merchant_category_code().unwrap().map(Mcc::get), Some(values.category));
        prop_assert_eq!(code.currency().unwrap().map(Currency::get), Some(values.currency));
        prop_assert_eq!(code.country().unwrap().map(|country| country.to_string()), Some("KH".to_owned()));
        prop_assert_eq!(code.union_pay_account(), given(&values.union_pay));
        let data = code.additional_data();
        let labels = data.map(|data| [data.bill_number(), data.mobile_number(), data.store_label(), data.terminal_label(), data.purpose_of_transaction()]);
        prop_assert_eq!(labels.unwrap_or_default(), values.labels.each_ref().map(|label| given(label)));
        let names = (code.language().unwrap(), code.alternate_name(), code.alternate_city());
        let language = values.language.as_ref();
        let expected = (
            language.map(|(language, _)| language.parse().unwrap()),
            language.and_then(|(_, name)| given(name)),
            given(&values.local_city),
        );
        prop_assert_eq!(names, expected);

        let method = if values.amount.is_some() { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC };
        prop_assert_eq!(code.method(), Ok(Some(method)));
        match &values.amount {
            None => {
                prop_assert_eq!(code.amount(), Ok(None));
                prop_assert_eq!(code.expiry(0), Expiry::None);
            }
            Some((amount, _, expires)) => {
                let decimals = if values.currency == 116 { 0 } else { 2 };
                let units = Amount::new(amount).unwrap().minor_units(decimals);
                prop_assert!(units.is_some());
                prop_assert_eq!(code.amount().unwrap().and_then(|amount| amount.minor_units(decimals)), units);
                prop_assert_eq!(code.expiry(*expires), Expiry::ValidUntil(*expires));
            }
        }
        // The base profile reads the same.
        prop_assert_eq!(Mpm::of(&payload).merchant_name(), code.name());
    }

    /// An amount as the generator writes it is the same amount, in the decimals of its currency.
    #[test]
    fn amount_text_keeps_the_amount(text in "[0-9]{0,11}\\.?[0-9]{0,3}", dollars in any::<bool>()) {
        let Ok(amount) = Amount::new(&text) else { return Ok(()) };
        let (currency, decimals) = if dollars { (Currency::USD, 2) } else { (Currency::KHR, 0) };
        match amount_text(amount, currency) {
            Ok(written) => {
                prop_assert!(!written.is_zero());
                prop_assert_eq!(written.minor_units(decimals), amount.minor_units(decimals));
                prop_assert!(written.minor_units(decimals).is_some());
                prop_assert!([0, decimals].contains(&written.decimals()));
                let again = amount_text(written, currency).unwrap();
                prop_assert_eq!(again.as_str(), written.as_str());
            }
            Err(_) => prop_assert!(
                amount.is_zero() || amount.minor_units(decimals).is_none_or(|units| units >= 1_000_000_000_000)
                    || amount.decimals() > decimals || text.len() > 10
            ),
        }
    }
}
