//! The bill form: each rule broken alone, reading and building, and that they are the reverse of each other.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]
#![allow(clippy::arithmetic_side_effects, reason = "tests")]

use std::collections::BTreeSet;

use emvqr::Encode;
use emvqr::elqr::{Bill, Builder, Date, LENGTH, LOCAL_TAX, LevyData, PaymentData, name, rules};
use emvqr::jpqr::Jpqr;
use emvqr::rule::FirstError;
use emvqr::{BuildError, ErrorKind, Path, Payload, Severity, Violation};
use proptest::prelude::*;

/// The parts of an invented bill: 27-00, 27-01, 54, 62, 80.
const PARTS: [&str; 5] = [
    "13800",
    "12000000000420000001230021380001270000034000000000000000000421234560130010420000000",
    "00000012300",
    "20262026012026060120260731",
    "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
];

/// A bill code, written plainly: the CRC in five decimal digits.
fn bill(parts: [&str; 5]) -> String {
    let [institution, payment, amount, levy, further] = parts;
    sealed(&format!(
        "000201010212279600{:02}{institution}01{:02}{payment}54{:02}{amount}62{:02}{levy}80{:02}{further}",
        institution.chars().count(),
        payment.chars().count(),
        amount.chars().count(),
        levy.chars().count(),
        further.chars().count(),
    ))
}

fn sealed(covered: &str) -> String {
    let covered = format!("{covered}6305");
    let crc = crate::common::crc(covered.as_bytes());
    format!("{covered}{crc:05}")
}

/// The invented bill with one piece of its text replaced, and another CRC.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    let text = bill(PARTS);
    let covered = &text[..text.len() - 9];
    assert_eq!(covered.matches(from).count(), 1, "{from}");
    sealed(&covered.replace(from, to))
}

fn findings(text: &str) -> Vec<(&'static str, String, usize, usize)> {
    let found = Bill::read(text).unwrap().violations(None);
    let place = |found: &Violation| (found.rule().id(), found.path().to_string(), found.offset(), found.length());
    assert_eq!(Bill::parse(text, None).err(), found.iter().find(|found| found.severity() == Severity::Error).copied());
    found.iter().map(place).collect()
}

#[test]
fn reads_by_position() {
    let text = bill(PARTS);
    assert_eq!((text.len(), LENGTH), (255, 255));
    assert!(text.bytes().all(|byte| byte.is_ascii_digit()));
    assert!(Bill::recognises(&text));
    assert_eq!(findings(&text), []);
    let bill = Bill::parse(&text, None).unwrap();
    assert_eq!(bill.as_str(), text);
    assert_eq!(bill.to_string(), text);
    assert_eq!(bill.institution(), Some(LOCAL_TAX));
    #[rustfmt::skip]
    assert_eq!(bill.payment_data().unwrap().entries(), [
        ("check_digits", "12"), ("account_number", "00000000042"), ("amount", "00000012300"), ("fee_bearer", "2"),
        ("institution", "13800"), ("stamp_duty", "0"), ("tax_item", "127"), ("reserved", "00000"),
        ("second_check_digits", "34"), ("case_key", "00000000000000000042"), ("confirmation_number", "123456"),
        ("fixed", "0"), ("joint_tax_office", "13001"), ("tax_office", "042"), ("further_reserved", "0000000"),
    ]);
    assert_eq!(bill.tax_item(), Some("127"));
    assert_eq!(bill.amount_in_yen(), Ok(Some(12_300)));
    #[rustfmt::skip]
    assert_eq!(bill.levy_data().unwrap().entries(), [
        ("levy_year", "2026"), ("tax_year", "2026"), ("period", "01"), ("due_date", "20260601"),
        ("last_payment_date", "20260731"),
    ]);
    assert_eq!(bill.due_date().unwrap(), Date::from_digits("20260601"));
    assert_eq!(bill.last_payment_date().unwrap().unwrap().to_string(), "2026-07-31");
    assert_eq!(bill.further_data(), Some(PARTS[4]));
    assert_eq!(bill.crc(), Some(crate::common::crc(&text.as_bytes()[..250])));
    assert_eq!(format!("{bill:?} {:?}", bill.payment_data().unwrap()), "Bill(255 bytes) PaymentData(..)");
}

#[test]
fn is_told_from_payloads() {
    let text = bill(PARTS);
    assert_eq!(Payload::parse(&text).unwrap_err().kind(), ErrorKind::CrcFormat);
    // What is broken is recognised all the same, so that its own fault is reported.
    for text in [&text[..254], &text[..60], &format!("{text}0"), &text.replace("5411", "5410")] {
        assert!(Bill::recognises(text));
    }
    // A payload whose template 27 has a GUID is none.
    for start in ["00020101021226960005138000183", "00020101021227960005A.BCD0183", "00020101021127960005138000183"] {
        assert!(!Bill::recognises(start), "{start}");
        assert!(Bill::read(start).is_none());
    }
    let code = crate::common::payload(&[("00", "01"), ("01", "12"), ("27", "0011com.example")]);
    assert!(!Bill::recognises(&code));
    // With the CRC of a payload it is wire-valid and still no JPQR code.
    let hexadecimal = crate::common::sealed(&text[..text.len() - 9]);
    let payload = Payload::parse(&hexadecimal).unwrap();
    assert!(!Jpqr::recognises(&payload));
    assert!(payload.view::<Jpqr>(()).is_err());
    let found = findings(&hexadecimal);
    let found: Vec<_> = found.iter().map(|(rule, path, ..)| (*rule, path.as_str())).collect();
    assert_eq!(found, [("jpqr-bill.63.format", "63"), ("jpqr-bill.length", "")]);
}

#[test]
fn broken_rules() {
    let mut tested = BTreeSet::new();
    let mut check = |text: &str, expected: &[(&'static str, &str, usize, usize)]| {
        let found = findings(text);
        let found: Vec<_> = found.iter().map(|(rule, path, at, length)| (*rule, path.as_str(), *at, *length)).collect();
        assert_eq!(found, expected);
        tested.extend(expected.iter().map(|(rule, ..)| *rule));
    };
    let text = bill(PARTS);
    check(&format!("{text}0"), &[("jpqr-bill.length", "", 255, 1), ("jpqr-bill.format", "", 255, 1)]);
    check(&text[..254], &[("jpqr-bill.format", "63", 246, 4), ("jpqr-bill.length", "", 254, 0)]);
    check(&text[..246], &[("jpqr-bill.object.missing", "63", 246, 0), ("jpqr-bill.length", "", 246, 0)]);
    check(&changed("5411000", "5511000"), &[("jpqr-bill.object.unexpected", "55", 112, 15)]);
    check(
        &changed("541100000012300", ""),
        &[("jpqr-bill.object.unexpected", "62", 112, 30), ("jpqr-bill.length", "", 240, 0)],
    );
    check(
        &changed("5411000000", "541000000"),
        &[
            ("jpqr-bill.value.length", "54", 116, 10),
            ("jpqr-bill.54.differs", "54", 116, 10),
            ("jpqr-bill.length", "", 254, 0),
        ],
    );
    check(&changed("00000012300622", "0000001230A622"), &[("jpqr-bill.value.digits", "54", 116, 11)]);
    check(&changed("8085000", "8085０００"), &[("jpqr-bill.value.digits", "80", 161, 91)]);
    check(&changed("0005138000183", "0005138990183"), &[("jpqr-bill.27-00.value", "27-00", 20, 5)]);
    check(&changed("00000012300622", "00000012400622"), &[("jpqr-bill.54.differs", "54", 116, 11)]);
    check(
        &changed("00000012300622", "00000000000622"),
        &[("jpqr-bill.54.zero", "54", 116, 11), ("jpqr-bill.54.differs", "54", 116, 11)],
    );
    // A day that June has not, a thirteenth month, no day at all; of the due date and of the last one.
    for (due, last) in [
        ("20260631", "20260731"),
        ("20261301", "20260731"),
        ("20260001", "20260731"),
        ("20260600", "20260731"),
        ("00000000", "20260731"),
        ("20260229", "20260731"),
        ("20260601", "20261331"),
        ("20260601", "20260732"),
        ("20260601", "00000000"),
    ] {
        let broken = changed("2026060120260731", &format!("{due}{last}"));
        check(&broken, &[("jpqr-bill.62.date", "62", 131, 26)]);
    }
    // Zero in both places is one fault.
    let nothing = PARTS[1].replace("00000012300", "00000000000");
    let nothing = bill([PARTS[0], &nothing, "00000000000", PARTS[3], PARTS[4]]);
    check(&nothing, &[("jpqr-bill.54.zero", "54", 116, 11)]);
    check(&text.replace(&text[250..], "65536"), &[("jpqr-bill.63.format", "63", 250, 5)]);
    check(&text.replace(&text[250..], "+1234"), &[("jpqr-bill.63.format", "63", 250, 5)]);
    let crc: u32 = text[250..].parse().unwrap();
    check(&text.replace(&text[250..], &format!("{:05}", crc ^ 1)), &[("jpqr-bill.63.mismatch", "63", 250, 5)]);

    // Unlike `read`, `parse` takes any text.
    let first = |text: &str| Bill::parse(text, None).unwrap_err().rule().id();
    assert_eq!(first(""), "jpqr-bill.object.missing");
    let start = |from: &str, to: &str| sealed(&text[..246].replacen(from, to, 1));
    assert_eq!(first(&start("000201", "000202")), "jpqr-bill.00.value");
    assert_eq!(first(&start("010212", "010211")), "jpqr-bill.01.value");
    // The last day has a test of its own.
    tested.extend(["jpqr-bill.00.value", "jpqr-bill.01.value", "jpqr-bill.62.expired"]);
    assert_eq!(tested, rules::ALL.iter().map(|rule| rule.id()).collect());
    assert!(rules::ALL.iter().all(|rule| rule.severity() == Severity::Error));
}

/// What another reader could pay otherwise, or not at all, is no bill to pay: each of these was a warning once.
#[test]
fn what_is_not_certain_is_not_paid() {
    for (text, rule) in [
        (changed("00000012300622", "00000012400622"), "jpqr-bill.54.differs"),
        (changed("00000012300622", "00000000000622"), "jpqr-bill.54.zero"),
        (changed("0005138000183", "0005138990183"), "jpqr-bill.27-00.value"),
        (changed("2026060120260731", "2026130120260731"), "jpqr-bill.62.date"),
    ] {
        let found = Bill::parse(&text, None).unwrap_err();
        assert_eq!((found.rule().id(), found.severity()), (rule, Severity::Error));
        assert_eq!(Bill::parse(&text, Date::from_digits("20260701")), Err(found));
        assert!(Bill::recognises(&text) && Bill::read(&text).is_some());
    }
}

/// The day itself is still within, the day after is not; who gives no day is told nothing.
#[test]
fn the_last_day_of_payment_is_judged_by_the_day_that_is_given() {
    let text = bill(PARTS);
    let bill = Bill::read(&text).unwrap();
    for day in ["20260101", "20260601", "20260602", "20260730", "20260731"] {
        let today = Date::from_digits(day);
        assert!(today.is_some() && Bill::parse(&text, today).is_ok(), "{day}");
        assert_eq!(bill.violations(today), [], "{day}");
    }
    for day in ["20260801", "20261231", "20270101", "99991231"] {
        let today = Date::from_digits(day);
        let found = Bill::parse(&text, today).unwrap_err();
        assert_eq!((found.rule().id(), found.severity()), ("jpqr-bill.62.expired", Severity::Error), "{day}");
        assert_eq!((found.path().to_string().as_str(), found.offset(), found.length()), ("62", 131, 26));
        assert_eq!(bill.violations(today), [found]);
        let mut first = FirstError::default();
        assert!(bill.check(today, &mut first).is_continue());
        assert_eq!(first.get(), Some(found));
    }
    assert_eq!(bill.violations(None), []);
    // A day that is none has not passed: that it is none is the fault.
    let broken = changed("20260731", "20260732");
    let found = Bill::read(&broken).unwrap().violations(Date::from_digits("99991231"));
    assert_eq!(found.iter().map(|found| found.rule().id()).collect::<Vec<_>>(), ["jpqr-bill.62.date"]);
    // By a clock: midnight in Japan after the last day is 15:00 UTC on it. 20,665 days from 1970 to 2026-07-31.
    let midnight = (20_665 * 24 + 15) * 3_600_000;
    assert!(Bill::parse(&text, Some(Date::in_japan_at_millis(midnight - 1))).is_ok());
    assert!(Bill::parse(&text, Some(Date::in_japan_at_millis(midnight))).is_err());
}

/// Days from 1970 to the day at whose 15:00 UTC the next one begins in Japan, counted by hand.
#[test]
fn days_begin_at_midnight_in_japan() {
    for (days, before, after) in [
        // The first of all, from 1970-01-01T00:00Z, 9:00 in Japan.
        (0, "1970-01-01", "1970-01-02"),
        // 30 years with 7 leap days, 58 days: 2000 has a leap day, though a hundred divides it.
        (30 * 365 + 7 + 58, "2000-02-28", "2000-02-29"),
        (30 * 365 + 7 + 59, "2000-02-29", "2000-03-01"),
        // 53 years with 13 leap days: 2023 has none.
        (53 * 365 + 13 + 58, "2023-02-28", "2023-03-01"),
        // 54 years with 13 leap days: 2024 has one, and 366 days.
        (54 * 365 + 13 + 58, "2024-02-28", "2024-02-29"),
        (54 * 365 + 13 + 59, "2024-02-29", "2024-03-01"),
        (54 * 365 + 13 + 365, "2024-12-31", "2025-01-01"),
        // 56 years with 14 leap days: the ends of months of 31 and 30 days, and of a year of 365.
        (56 * 365 + 14 + 30, "2026-01-31", "2026-02-01"),
        (56 * 365 + 14 + 119, "2026-04-30", "2026-05-01"),
        (56 * 365 + 14 + 211, "2026-07-31", "2026-08-01"),
        (56 * 365 + 14 + 364, "2026-12-31", "2027-01-01"),
        // 130 years with 32 leap days: 2100 has none.
        (130 * 365 + 32 + 58, "2100-02-28", "2100-03-01"),
    ] {
        let midnight = (days * 24 + 15) * 3_600_000;
        let day = |now_ms| Date::in_japan_at_millis(now_ms).to_string();
        assert_eq!((day(midnight - 1).as_str(), day(midnight).as_str()), (before, after));
        // It lasts 24 hours.
        assert_eq!(day(midnight + 86_399_999), after);
        assert_ne!(day(midnight + 86_400_000), after);
    }
    assert_eq!(Some(Date::in_japan_at_millis(0)), Date::from_digits("19700101"));
    // 253,402,300,800 seconds from 1970 to the year 10000 in UTC, nine hours less in Japan.
    let end = (253_402_300_800 - 9 * 3_600) * 1_000;
    // A time that is not one of milliseconds is late, not unknown: a bill expires then.
    for late in [end - 1, end, 1_717_167_600_000_000, u64::MAX] {
        assert_eq!(Some(Date::in_japan_at_millis(late)), Date::from_digits("99991231"), "{late}");
    }
}

/// An invented bill code in which the CRC has zeros in front.
#[test]
fn short_crcs_are_padded() {
    let levy = LevyData::from_digits(PARTS[3]).unwrap();
    let texts = (1..).map(|amount: u64| {
        let digits = format!("{amount:011}");
        let payment = PaymentData { amount: &digits, ..PaymentData::ZERO };
        Builder::new(payment, amount, levy).encode_to_string().unwrap()
    });
    let text = texts.into_iter().find(|text| text[250..].starts_with("00")).unwrap();
    assert!(Bill::parse(&text, None).is_ok());
    assert_eq!(text[250..], format!("{:05}", crate::common::crc(&text.as_bytes()[..250])));
}

#[test]
fn builder_refuses() {
    let payment = PaymentData::from_digits(PARTS[1]).unwrap();
    let levy = LevyData::from_digits(PARTS[3]).unwrap();
    let builder = Builder::new(payment, 12_300, levy);
    assert_eq!(builder.encode_to_string().unwrap(), bill(PARTS));
    let mut buffer = [0xA5; 256];
    assert_eq!(builder.encode_to_slice(&mut buffer), Ok(bill(PARTS).as_str()));
    assert_eq!(buffer[255], 0xA5);
    let mut buffer = [0xA5; 254];
    let error = builder.encode_to_slice(&mut buffer).unwrap_err();
    assert!(matches!(error, BuildError::Encode(error) if error.kind() == ErrorKind::BufferTooSmall { needed: 255 }));
    assert_eq!(buffer, [0; 254]);

    let refused = |builder: Builder<'_>| match builder.encode_to_string() {
        Err(BuildError::Rule(found)) => (found.rule().id(), found.path().to_string(), found.offset()),
        other => panic!("{other:?}"),
    };
    let value = "jpqr-bill.value.length";
    assert_eq!(refused(Builder::new(payment, 100_000_000_000, levy)), (value, "54".into(), 116));
    assert_eq!(refused(builder.institution("1380")), (value, "27-00".into(), 20));
    assert_eq!(refused(builder.further_data("")), (value, "80".into(), 161));
    let short = PaymentData { tax_item: "12", ..payment };
    assert_eq!(refused(Builder::new(short, 12_300, levy)), (value, "27-01".into(), 60));
    let letter = PaymentData { tax_item: "12A", ..payment };
    assert_eq!(refused(Builder::new(letter, 12_300, levy)), ("jpqr-bill.value.digits", "27-01".into(), 29));
    // As many bytes as digits, but fewer characters.
    let wide = LevyData { period: "é", ..levy };
    assert_eq!(refused(Builder::new(payment, 12_300, wide)), ("jpqr-bill.value.digits", "62".into(), 131));

    // What a reader refuses is not written.
    let refused = |builder: Builder<'_>| {
        let (rule, path, _) = refused(builder);
        (rule, path)
    };
    assert_eq!(refused(Builder::new(payment, 12_400, levy)), ("jpqr-bill.54.differs", "54".into()));
    let nothing = PaymentData { amount: "00000000000", ..payment };
    assert_eq!(refused(Builder::new(nothing, 0, levy)), ("jpqr-bill.54.zero", "54".into()));
    assert_eq!(refused(builder.institution("13899")), ("jpqr-bill.27-00.value", "27-00".into()));
    let thirteenth = LevyData { due_date: "20261301", ..levy };
    assert_eq!(refused(Builder::new(payment, 12_300, thirteenth)), ("jpqr-bill.62.date", "62".into()));
    // Its error names the object, and no place of a text that does not exist.
    let error = Builder::new(payment, 12_400, levy).encode_to_string().unwrap_err().to_string();
    assert!(error.ends_with("in data object 54 [jpqr-bill.54.differs]") && !error.contains("byte"), "{error}");
    // It knows no day: a bill of the past is written, and refused by whoever gives one.
    let past = LevyData { due_date: "20200101", last_payment_date: "20200131", ..levy };
    let text = Builder::new(payment, 12_300, past).encode_to_string().unwrap();
    assert!(Bill::parse(&text, Date::from_digits("20200201")).is_err());
}

#[test]
fn dates() {
    let date = Date::from_digits("20240229").unwrap();
    assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
    assert!(Date::from_digits("20231231") < Some(date));
    for digits in
        ["20230229", "19000229", "20240431", "20241301", "20240001", "20240100", "00000000", "2024022", "2024-2-9"]
    {
        assert_eq!(Date::from_digits(digits), None, "{digits}");
    }
    assert!(Date::from_digits("20000229").is_some());
}

#[test]
fn names_of_the_form() {
    let named = |path: &str| name(path.parse::<Path>().unwrap());
    assert_eq!(named("27-01"), Some("Payment Data"));
    assert_eq!(named("00"), Some("Payload Format Indicator"));
    assert_eq!((named("59"), named("27-02"), name(Path::ROOT)), (None, None, None));
}

/// A day that every calendar has.
fn day() -> impl Strategy<Value = String> {
    (1..=9999_u16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| format!("{year:04}{month:02}{day:02}"))
}

proptest! {
    /// What is built reads back as the same values, and what is read is built again as the same text.
    #[test]
    fn round_trip(
        payment in ("[0-9]{13}", "[0-9]{59}"), amount in 1..100_000_000_000_u64, levy in ("[0-9]{10}", day(), day()),
        further in "[0-9]{85}",
    ) {
        let institution = LOCAL_TAX.to_owned();
        let payment = format!("{}{amount:011}{}", payment.0, payment.1);
        let levy = format!("{}{}{}", levy.0, levy.1, levy.2);
        let payment_data = PaymentData::from_digits(&payment).unwrap();
        let levy_data = LevyData::from_digits(&levy).unwrap();
        let builder = Builder::new(payment_data, amount, levy_data).institution(&institution).further_data(&further);
        let text = builder.encode_to_string().unwrap();
        prop_assert_eq!(&text, &bill([&institution, &payment, &format!("{amount:011}"), &levy, &further]));
        prop_assert!(Bill::recognises(&text));
        prop_assert!(Payload::parse(&text).is_err());
        let read = Bill::parse(&text, None).unwrap();
        prop_assert_eq!(read.payment_data(), Some(payment_data));
        prop_assert_eq!(read.levy_data(), Some(levy_data));
        prop_assert_eq!(read.amount_in_yen(), Ok(Some(amount)));
        prop_assert_eq!(read.institution(), Some(institution.as_str()));
        prop_assert_eq!(read.further_data(), Some(further.as_str()));
        prop_assert_eq!(read.to_builder().unwrap().encode_to_string(), Ok(text.clone()));
        prop_assert_eq!(payment_data.entries().map(|(_, value)| value).concat(), payment);
    }

    /// One changed character is always found: the CRC covers all, and a value has nothing but digits.
    #[test]
    fn one_fault_is_found(at in 0..255_usize, to in prop_oneof![3 => proptest::char::range('0', '9'), 1 => any::<char>()]) {
        let text = bill(PARTS);
        let mut characters: Vec<char> = text.chars().collect();
        prop_assume!(characters[at] != to);
        characters[at] = to;
        let broken: String = characters.into_iter().collect();
        let found = Bill::parse(&broken, None).unwrap_err();
        prop_assert!(broken.get(found.offset()..found.offset() + found.length()).is_some());
        if Bill::recognises(&broken) {
            prop_assert!(!Bill::read(&broken).unwrap().violations(None).is_empty());
        }
    }

    /// Any text at all is judged without panic, and what is recognised has its getters.
    #[test]
    fn any_text(text in "(00020101021227960005[0-9]{5}0183)?.{0,300}") {
        let parsed = Bill::parse(&text, None);
        if let Some(bill) = Bill::read(&text) {
            prop_assert_eq!(parsed.err(), bill.violations(None).into_iter().find(|found| found.severity() == Severity::Error));
            let _ = (bill.institution(), bill.payment_data(), bill.amount_in_yen(), bill.levy_data(), bill.crc(), bill.to_builder());
        } else {
            prop_assert!(parsed.is_err());
        }
    }
}

/// What is there and cannot be read is not absent.
#[test]
fn an_unreadable_amount_or_day_is_an_error() {
    let [institution, payment, amount, levy, further] = PARTS;
    let amount = bill([institution, payment, &amount.replace("123", "12x"), levy, further]);
    assert_eq!(Bill::read(&amount).unwrap().amount_in_yen().unwrap_err().what(), "amount in yen");
    let days = levy.replace("20260601", "20261301").replace("20260731", "20260732");
    let days = bill([institution, payment, PARTS[2], &days, further]);
    let read = Bill::read(&days).unwrap();
    assert_eq!(read.due_date().unwrap_err().what(), "date");
    assert_eq!(read.last_payment_date().unwrap_err().what(), "date");
    assert_eq!(read.amount_in_yen(), Ok(Some(12_300)));
}

/// A value of another form reads as nothing, whether its length or its digits are another.
#[test]
fn values_of_another_form_read_as_nothing() {
    let with = |place: usize, value: &str| {
        let mut parts = PARTS;
        parts[place] = value;
        bill(parts)
    };
    for institution in ["1380", "138000", "1380x"] {
        // A text whose institution has another length is not even recognised, so it is only looked at.
        if let Some(bill) = Bill::read(&with(0, institution)) {
            assert_eq!(bill.institution(), None, "{institution}");
        }
    }
    let text = with(4, &PARTS[4].replace('0', "x"));
    assert_eq!(Bill::read(&text).unwrap().further_data(), None);
    let text = with(4, &PARTS[4][1..]);
    assert_eq!(Bill::read(&text).unwrap().further_data(), None);
    let text = with(3, &PARTS[3].replace('6', "x"));
    assert_eq!(Bill::read(&text).unwrap().levy_data(), None);
    assert!(Bill::read(&text).unwrap().due_date().is_err());
    for amount in ["0000001230", "0000001230x", "000000123000"] {
        assert!(Bill::read(&with(2, amount)).unwrap().amount_in_yen().is_err(), "{amount}");
    }
}

#[test]
fn days_of_the_calendar() {
    for day in ["00010101", "20261001", "20261031", "20241010", "19001231", "20000229", "99991231"] {
        let digits = Date::from_digits(day).unwrap();
        assert_eq!(digits.to_string(), format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
    }
    for none in [
        "00000101",
        "20261032",
        "20261131",
        "20261301",
        "20260001",
        "20261000",
        "19000229",
        "x0261001",
        "2026100x",
        "2026x001",
        "2026100",
        "202610011",
        "",
    ] {
        assert_eq!(Date::from_digits(none), None, "{none}");
    }
}
