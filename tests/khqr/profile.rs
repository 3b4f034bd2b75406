//! The KHQR profile: each rule broken with its place and number, what real codes do, and what the official toolkit does
//! otherwise.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use core::ops::ControlFlow;
use std::collections::BTreeSet;

use crate::common::{Object, has, payload, position, replace, run, sealed, with, without};
use emvqr::Clock;
use emvqr::Encode;
use emvqr::encode::RootRun;
use emvqr::khqr::{AccountKind, BakongAccount, Expiry, Khqr, Meaning, NUMBERS, rules};
use emvqr::mpm::rules as emv;

use emvqr::rule::{Each, FirstError, Visitor};
use emvqr::tlv::LengthUnit;
use emvqr::value::{Currency, Language, Mcc, PointOfInitiation};
use emvqr::{ErrorKind, Mpm, Payload, Profile, Rule, Severity, Tag, Violation, tlv};
use proptest::prelude::*;

const E: Severity = Severity::Error;
const W: Severity = Severity::Warning;

/// An unreserved template that breaks no rule, with text of two and three bytes a character: none beyond U+FFFF.
const MULTI_BYTE: Object<'static> = ("85", "0011com.example0109ហាង吉野家ｶﾞé");

/// When the dynamic codes here were made, and until when they are good.
const CREATED: u64 = 1_750_000_000_000;
const EXPIRES: u64 = 1_750_000_600_000;
/// Both in 99.
const TIMES: &str = "0013175000000000001131750000600000";
/// A millisecond before [`EXPIRES`].
const EARLIER_TIMES: &str = "0013175000000000001131750000599999";

/// A static code of an individual.
const STATIC: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("29", "0009user@bank"),
    ("52", "5999"),
    ("53", "116"),
    ("58", "KH"),
    ("59", "Example Shop"),
    ("60", "Phnom Penh"),
];

/// A code of a corporate merchant for one payment in riel.
const DYNAMIC: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "12"),
    ("30", "0009khqr@bank01061234560208Dev Bank"),
    ("52", "5999"),
    ("53", "116"),
    ("54", "500"),
    ("58", "KH"),
    ("59", "Example Shop"),
    ("60", "Phnom Penh"),
    ("99", TIMES),
];

#[derive(Clone, Copy, Debug)]
enum Base {
    Static,
    Dynamic,
}
use Base::{Dynamic, Static};

impl Base {
    fn objects(self) -> &'static [Object<'static>] {
        match self {
            Static => STATIC,
            Dynamic => DYNAMIC,
        }
    }
}

/// Changed objects in their place or at the end; an empty value takes the object out.
type Changes = &'static [Object<'static>];

fn changed<'a>(base: &[Object<'a>], changes: &[Object<'a>]) -> Vec<Object<'a>> {
    let mut objects = base.to_vec();
    for (id, value) in changes {
        objects = match (*value, has(&objects, id)) {
            ("", _) => without(&objects, id),
            (value, true) => replace(&objects, id, value),
            (value, false) => with(&objects, id, value),
        };
    }
    objects
}

/// The text in plain ASCII, and behind text of several bytes a character.
fn texts(base: Base, changes: Changes) -> [String; 2] {
    let objects = changed(base.objects(), changes);
    let mut behind = objects.clone();
    behind.insert(1, MULTI_BYTE);
    [payload(&objects), payload(&behind)]
}

#[track_caller]
fn parsed(text: &str) -> Payload<'_> {
    Payload::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// All findings at this time.
#[track_caller]
fn findings_at(text: &str, clock: Clock) -> Vec<Violation> {
    parsed(text).validate::<Khqr<'_>>(clock).into_violations()
}

/// The findings at the last moment of [`EXPIRES`].
#[track_caller]
fn findings(text: &str) -> Vec<Violation> {
    findings_at(text, Clock::at_millis(EXPIRES))
}

/// A finding as text: `W khqr.15.length 15 43`.
fn shown(found: &Violation) -> String {
    let severity = if found.severity() == E { "E" } else { "W" };
    let code = found.code().map(|code| format!(" {code}")).unwrap_or_default();
    format!("{severity} {} {}{code}", found.rule().id(), found.path())
}

#[track_caller]
fn listed(text: &str) -> Vec<String> {
    findings(text).iter().map(shown).collect()
}

#[track_caller]
fn listed_of(base: Base, changes: Changes) -> Vec<String> {
    let [text, behind] = texts(base, changes);
    let listed = listed(&text);
    assert_eq!(listed, self::listed(&behind), "{behind}");
    listed
}

#[track_caller]
fn errors_of(base: &[Object<'_>], changes: &[Object<'_>]) -> Vec<&'static str> {
    let text = payload(&changed(base, changes));
    findings(&text).iter().filter(|found| found.severity() == E).map(|found| found.rule().id()).collect()
}

/// Rule, severity, path, number, mark, text.
type Row = (&'static Rule, Severity, &'static str, Option<u16>, &'static str, Base, Changes);

/// Texts that break one rule, where that can be; see [`accompanied`].
#[rustfmt::skip]
static BROKEN: &[Row] = &[
    // Presence, at the start of 63.
    (rules::ACCOUNT_MISSING, E, "", Some(5), "[]6304####", Static, &[("29", ""), ("26", "0011com.example")]),
    (rules::ACCOUNT_MISSING, E, "", Some(5), "[]6304####", Static, &[("29", ""), ("02", "4000123412341234")]),
    (rules::ACCOUNT_MISSING, E, "", Some(5), "[]6304####", Dynamic, &[("30", ""), ("31", "0011com.example")]),
    (rules::AMOUNT_MISSING, E, "54", Some(47), "[]6304####", Dynamic, &[("54", "")]),
    (rules::EXPIRY_MISSING, E, "99", Some(45), "[]6304####", Dynamic, &[("99", "")]),
    (rules::EXPIRY_MISSING, E, "99", Some(45), "[]6304####", Dynamic, &[("99", ""), ("01", "11")]),
    (rules::EXPIRY_MISSING, E, "99", Some(45), "[]6304####", Dynamic, &[("99", ""), ("01", "")]),
    (rules::EXPIRY_MISSING, E, "99-01", Some(45), "991700131750000000000[]", Dynamic, &[("99", "00131750000000000")]),

    // 15.
    (rules::UNION_PAY_LENGTH, W, "15", Some(43), "15321974011600520446ACLB10002312081[X]", Static, &[("15", "1974011600520446ACLB10002312081X")]),
    (rules::UNION_PAY_LENGTH, W, "15", Some(43), "15331974011600520446ACLB10002312081[XY]", Static, &[("15", "1974011600520446ACLB10002312081XY")]),
    (rules::UNION_PAY_CURRENCY, W, "15", Some(44), "1531[1974011600520446ACLB10002312081]", Static, &[("15", "1974011600520446ACLB10002312081"), ("53", "840")]),
    (rules::UNION_PAY_CURRENCY, W, "15", Some(44), "1531[1974011600520446ACLB10002312081]", Static, &[("53", "840"), ("15", "1974011600520446ACLB10002312081")]),

    // 29 and 30.
    (rules::ACCOUNT_ID_MISSING, E, "29-00", Some(1), "29050101A[]", Static, &[("29", "0101A")]),
    (rules::ACCOUNT_ID_MISSING, E, "30-00", Some(1), "302201061234560208Dev Bank[]", Dynamic, &[("30", "01061234560208Dev Bank")]),
    (rules::ACCOUNT_ID_LENGTH, E, "29-00", Some(6), "0033user@bank01234567890123456789012[3]", Static, &[("29", "0033user@bank012345678901234567890123")]),
    (rules::ACCOUNT_ID_CHARSET, E, "29-00", None, "0009us[é]r@bank", Static, &[("29", "0009usér@bank")]),
    (rules::ACCOUNT_ID_CHARSET, E, "30-00", None, "0008khqr[＠]b@n", Dynamic, &[("30", "0008khqr＠b@n01061234560208Dev Bank")]),
    (rules::ACCOUNT_ID_BLANK, W, "29-00", None, "0010[user@bank ]", Static, &[("29", "0010user@bank ")]),
    (rules::ACCOUNT_ID_BLANK, W, "29-00", None, "0010[ user@bank]", Static, &[("29", "0010 user@bank")]),
    (rules::ACCOUNT_ID_BLANK, W, "30-00", None, "0010[kh qr@bank]", Dynamic, &[("30", "0010kh qr@bank01061234560208Dev Bank")]),
    (rules::ACCOUNT_FORMAT, E, "29-00", Some(3), "0008[userbank]", Static, &[("29", "0008userbank")]),
    (rules::ACCOUNT_FORMAT, E, "30-00", Some(3), "0008[khqrbank]", Dynamic, &[("30", "0008khqrbank01061234560208Dev Bank")]),
    (rules::ACCOUNT_FORMAT, E, "29-00", None, "0001[@]", Static, &[("29", "0001@")]),
    (rules::ACCOUNT_FORMAT, E, "29-00", None, "0005[@bank]", Static, &[("29", "0005@bank")]),
    (rules::ACCOUNT_FORMAT, E, "29-00", None, "0005[user@]", Static, &[("29", "0005user@")]),
    (rules::ACCOUNT_FORMAT, E, "29-00", None, "0005[a@b@c]", Static, &[("29", "0005a@b@c")]),
    (rules::ACCOUNT_FORMAT, E, "29-00", None, "0004[a@@c]", Static, &[("29", "0004a@@c")]),
    (rules::ACCOUNT_AMBIGUOUS, E, "30", None, "[30350009khqr@bank01061234560208Dev Bank]", Static, &[("30", "0009khqr@bank01061234560208Dev Bank")]),
    (rules::ACCOUNT_AMBIGUOUS, E, "30", None, "[30350009khqr@bank01061234560208Dev Bank]", Dynamic, &[("29", "0009user@bank")]),
    (rules::ACCOUNT_INFORMATION_LENGTH, E, "29-01", Some(35), "013312345678901234567890123456789012[3]", Static, &[("29", "0009user@bank0133123456789012345678901234567890123")]),
    (rules::ACCOUNT_INFORMATION_LENGTH, E, "29-01", Some(35), "0134é2345678901234567890123456789012[éé]", Static, &[("29", "0009user@bank0134é2345678901234567890123456789012éé")]),
    // The toolkit reads 30 as 29, so its number for a merchant id, 32, never comes.
    (rules::ACCOUNT_INFORMATION_LENGTH, E, "30-01", Some(35), "013312345678901234567890123456789012[3]", Dynamic, &[("30", "0009khqr@bank01331234567890123456789012345678901230208Dev Bank")]),
    (rules::ACQUIRING_BANK_LENGTH, E, "29-02", Some(33), "023312345678901234567890123456789012[3]", Static, &[("29", "0009user@bank0233123456789012345678901234567890123")]),
    (rules::ACQUIRING_BANK_LENGTH, E, "30-02", Some(33), "0234កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡ[អក]", Dynamic, &[("30", "0009khqr@bank01061234560234កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអក")]),
    (rules::MERCHANT_ID_MISSING, W, "30-01", Some(30), "30250009khqr@bank0208Dev Bank[]", Dynamic, &[("30", "0009khqr@bank0208Dev Bank")]),
    (rules::ACQUIRING_BANK_MISSING, W, "30-02", Some(31), "30230009khqr@bank0106123456[]", Dynamic, &[("30", "0009khqr@bank0106123456")]),

    // 53, 54, 58.
    (rules::CURRENCY_VALUE, E, "53", Some(28), "5303[392]", Static, &[("53", "392")]),
    (rules::CURRENCY_VALUE, E, "53", Some(28), "5303[764]", Dynamic, &[("53", "764")]),
    (rules::AMOUNT_DECIMALS, E, "54", Some(4), "5403[1.5]", Dynamic, &[("54", "1.5")]),
    (rules::AMOUNT_DECIMALS, E, "54", Some(4), "5413[9999999999.99]", Dynamic, &[("54", "9999999999.99")]),
    (rules::AMOUNT_ZEROS, W, "54", None, "5405[500.0]", Dynamic, &[("54", "500.0")]),
    (rules::AMOUNT_ZEROS, W, "54", None, "5406[500.00]", Dynamic, &[("54", "500.00")]),
    (rules::COUNTRY_VALUE, E, "58", None, "5802[VN]", Static, &[("58", "VN")]),
    (rules::COUNTRY_VALUE, E, "58", None, "5802[JP]", Dynamic, &[("58", "JP")]),

    // Text that the official toolkits count otherwise.
    (rules::TEXT_BEYOND_BMP, E, "62-68-01", None, "ab[😀]c", Static, &[("62", "68230011com.example0104ab😀c")]),
    (rules::TEXT_BEYOND_BMP, E, "64-01", None, "0102[𠮷]x", Static, &[("64", "0002ja0102𠮷x")]),
    (rules::TEXT_BEYOND_BMP, E, "81-01", None, "0102x[\u{10FFFF}]", Static, &[("81", "0011com.example0102x\u{10FFFF}")]),

    // Templates that are no run of data objects.
    (rules::SUB_EMPTY, E, "29-02", Some(31), "0200[]5204", Static, &[("29", "0009user@bank0200")]),
    (rules::SUB_EMPTY, E, "29-01", None, "0100[]0204", Static, &[("29", "0009user@bank01000204Bank")]),
    (rules::SUB_EMPTY, E, "29-00", Some(1), "0000[]5204", Static, &[("29", "0000")]),
    (rules::SUB_EMPTY, E, "30-02", Some(31), "0200[]5204", Dynamic, &[("30", "0009khqr@bank01061234560200")]),
    (rules::SUB_EMPTY, E, "62-01", Some(10), "62040100[]6304", Static, &[("62", "0100")]),
    (rules::SUB_EMPTY, E, "62-02", Some(34), "62040200[]6304", Static, &[("62", "0200")]),
    (rules::SUB_EMPTY, E, "62-03", Some(11), "62040300[]6304", Static, &[("62", "0300")]),
    (rules::SUB_EMPTY, E, "62-07", Some(12), "62040700[]6304", Static, &[("62", "0700")]),
    (rules::SUB_EMPTY, E, "62-08", Some(42), "62040800[]6304", Static, &[("62", "0800")]),
    (rules::SUB_EMPTY, E, "62-05", None, "62040500[]6304", Static, &[("62", "0500")]),
    (rules::SUB_EMPTY, E, "64-00", Some(38), "0000[]0101X", Static, &[("64", "00000101X")]),
    (rules::SUB_EMPTY, E, "64-01", Some(39), "0100[]6304", Static, &[("64", "0002km0100")]),
    (rules::SUB_EMPTY, E, "64-02", Some(41), "0200[]6304", Static, &[("64", "0002km0101X0200")]),
    (rules::SUB_LENGTH, E, "29-00", Some(6), "0033user@bank01234567890123456789012[3]", Static, &[("29", "0033user@bank012345678901234567890123x")]),
    (rules::SUB_LENGTH, E, "29-01", Some(35), "013312345678901234567890123456789012[3]", Static, &[("29", "0009user@bank0133123456789012345678901234567890123x")]),
    (rules::SUB_LENGTH, E, "30-02", Some(33), "0234é2345678901234567890123456789012[éé]", Dynamic, &[("30", "0009khqr@bank01061234560234é2345678901234567890123456789012ééx")]),
    (rules::SUB_LENGTH, E, "62-01", Some(10), "01261234567890123456789012345[6]", Static, &[("62", "012612345678901234567890123456x")]),
    (rules::SUB_LENGTH, E, "62-08", Some(42), "08261234567890123456789012345[6]", Static, &[("62", "082612345678901234567890123456x")]),
    (rules::SUB_LENGTH, E, "64-00", Some(38), "0003kh[m]", Static, &[("64", "0003khm0101Xx")]),
    (rules::SUB_LENGTH, E, "64-01", Some(40), "01261234567890123456789012345[6]", Static, &[("64", "0002km012612345678901234567890123456x")]),
    (rules::SUB_LENGTH, E, "64-02", Some(41), "0216123456789012345[6]", Static, &[("64", "0002km0101X02161234567890123456x")]),
    (rules::SUB_MISSING, E, "29-00", Some(1), "0104ACCTx[]5204", Static, &[("29", "0104ACCTx")]),
    (rules::SUB_MISSING, E, "30-00", Some(1), "3003***[]5204", Dynamic, &[("30", "***")]),
    (rules::SUB_MISSING, E, "64-00", Some(37), "64060101Xx[]6304", Static, &[("64", "0101Xx")]),
    (rules::SUB_MISSING, E, "64-01", Some(39), "64070002kmx[]6304", Static, &[("64", "0002kmx")]),

    // 99.
    (rules::CREATION_MISSING, W, "99-00", None, "01131750000600000[]", Dynamic, &[("99", "01131750000600000")]),
    (rules::CREATION_FORMAT, W, "99-00", None, "0013[abcdefghijklm]", Dynamic, &[("99", "0013abcdefghijklm01131750000600000")]),
    (rules::CREATION_FORMAT, W, "99-00", None, "0010[1750000000]", Dynamic, &[("99", "0010175000000001131750000600000")]),
    (rules::CREATION_FORMAT, W, "99-00", None, "0013[17500000000AB]", Static, &[("99", "001317500000000AB01131750000600000")]),
    (rules::EXPIRY_FORMAT, E, "99-01", Some(45), "0113[abcdefghijklm]", Dynamic, &[("99", "001317500000000000113abcdefghijklm")]),
    (rules::EXPIRY_FORMAT, E, "99-01", Some(45), "0113[0000000000000]", Dynamic, &[("99", "0013175000000000001130000000000000")]),
    (rules::EXPIRY_FORMAT, E, "99-01", Some(49), "0110[1750000600]", Dynamic, &[("99", "0013175000000000001101750000600")]),
    (rules::EXPIRY_FORMAT, E, "99-01", Some(49), "0114[17500006000000]", Dynamic, &[("99", "00131750000000000011417500006000000")]),
    // 13 digits of another script.
    (rules::EXPIRY_FORMAT, E, "99-01", Some(45), "0113[１７５００００６０００００]", Dynamic, &[("99", "001317500000000000113１７５００００６０００００")]),
    (rules::EXPIRY_FORMAT, E, "99-01", Some(49), "0113[+750000600000]", Dynamic, &[("99", "001317500000000000113+750000600000")]),
    (rules::EXPIRY_FORMAT, W, "99-01", Some(49), "0110[1750000600]", Static, &[("99", "0013175000000000001101750000600")]),
    (rules::EXPIRY_BEFORE_CREATION, E, "99-01", Some(50), "0113[1899999999999]", Dynamic, &[("99", "0013190000000000001131899999999999")]),
    (rules::EXPIRY_BEFORE_CREATION, W, "99-01", Some(50), "0113[1899999999999]", Static, &[("99", "0013190000000000001131899999999999")]),
    (rules::EXPIRED, E, "99-01", Some(46), "0113[1750000599999]", Dynamic, &[("99", EARLIER_TIMES)]),
    (rules::EXPIRED, E, "99-01", Some(46), "0113[1750000599999]", Dynamic, &[("99", EARLIER_TIMES), ("01", "11")]),
    (rules::EXPIRED, E, "99-01", Some(46), "0113[1750000599999]", Dynamic, &[("99", EARLIER_TIMES), ("01", "")]),
    (rules::EXPIRED, W, "99-01", Some(46), "0113[1750000599999]", Static, &[("99", EARLIER_TIMES)]),
    (rules::EXPIRED, W, "99-01", Some(46), "0113[1750000599999]", Static, &[("99", EARLIER_TIMES), ("01", "")]),
];

/// Texts next to a breach that break no rule at all.
#[rustfmt::skip]
static LEGAL: &[(&Rule, Base, Changes)] = &[
    (rules::ACCOUNT_MISSING, Static, &[]),
    (rules::ACCOUNT_MISSING, Dynamic, &[]),
    (rules::ACCOUNT_MISSING, Static, &[("29", ""), ("30", "0009khqr@bank01061234560208Dev Bank")]),
    (rules::AMOUNT_MISSING, Dynamic, &[("54", "1")]),
    (rules::AMOUNT_MISSING, Static, &[("01", "")]),
    (rules::EXPIRY_MISSING, Static, &[]),
    (rules::EXPIRY_MISSING, Static, &[("99", TIMES)]),
    // Static codes of the toolkit before 1.0.18, and of banks.
    (rules::EXPIRY_MISSING, Static, &[("99", "00131750000000000")]),
    (rules::EXPIRY_MISSING, Static, &[("99", "001317500000000000203abc")]),
    (rules::UNION_PAY_LENGTH, Static, &[("15", "1974011600520446ACLB10002312081")]),
    (rules::UNION_PAY_CURRENCY, Static, &[("15", "1974011600520446ACLB10002312081"), ("53", "116")]),
    (rules::ACCOUNT_FORMAT, Static, &[("29", "0003a@b")]),
    (rules::ACCOUNT_FORMAT, Static, &[("29", "0032user@bank01234567890123456789012")]),
    (rules::ACCOUNT_ID_MISSING, Static, &[("29", "0101A0009user@bank")]),
    (rules::ACCOUNT_ID_LENGTH, Static, &[("29", "0032user@bank01234567890123456789012")]),
    (rules::ACCOUNT_ID_CHARSET, Static, &[("29", "0015user~!#$%&@bank")]),
    (rules::ACCOUNT_ID_BLANK, Static, &[("29", "0009user@bank0204 A B")]),
    (rules::TEXT_BEYOND_BMP, Static, &[("64", "0002ja0102\u{FFFD}吉")]),
    (rules::CREATION_MISSING, Dynamic, &[("99", "0113175000060000000131750000000000")]),
    (rules::ACCOUNT_AMBIGUOUS, Static, &[("30", "0009khqr@bank01061234560208Dev Bank"), ("29", "")]),
    (rules::ACCOUNT_AMBIGUOUS, Static, &[("28", "0011com.example")]),
    (rules::ACCOUNT_INFORMATION_LENGTH, Static, &[("29", "0009user@bank013212345678901234567890123456789012")]),
    (rules::ACCOUNT_INFORMATION_LENGTH, Static, &[("29", "0009user@bank0132កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡ")]),
    (rules::ACCOUNT_INFORMATION_LENGTH, Dynamic, &[("30", "0009khqr@bank0132123456789012345678901234567890120208Dev Bank")]),
    (rules::ACQUIRING_BANK_LENGTH, Static, &[("29", "0009user@bank023212345678901234567890123456789012")]),
    (rules::MERCHANT_ID_MISSING, Static, &[("29", "0009user@bank0204Bank")]),
    (rules::MERCHANT_ID_MISSING, Dynamic, &[("30", "0208Dev Bank010110009khqr@bank")]),
    (rules::ACQUIRING_BANK_MISSING, Static, &[("29", "0009user@bank0101A")]),
    (rules::CURRENCY_VALUE, Static, &[("53", "840")]),
    (rules::CURRENCY_VALUE, Dynamic, &[("53", "840"), ("54", "1")]),
    (rules::AMOUNT_DECIMALS, Dynamic, &[("54", "1.50"), ("53", "840")]),
    (rules::AMOUNT_DECIMALS, Dynamic, &[("53", "840"), ("54", "0.01")]),
    (rules::AMOUNT_DECIMALS, Dynamic, &[("54", "9999999999999")]),
    (rules::AMOUNT_ZEROS, Dynamic, &[("54", "500")]),
    (rules::AMOUNT_ZEROS, Dynamic, &[("54", "500.")]),
    (rules::AMOUNT_ZEROS, Dynamic, &[("54", "500.0"), ("53", "840")]),
    (rules::AMOUNT_ZEROS, Dynamic, &[("54", "500.00"), ("53", "840")]),
    (rules::COUNTRY_VALUE, Static, &[("58", "KH")]),
    (rules::SUB_EMPTY, Static, &[("29", "0009user@bank0201x")]),
    (rules::SUB_LENGTH, Static, &[("62", "01251234567890123456789012345")]),
    (rules::SUB_LENGTH, Static, &[("64", "0002km012512345678901234567890123450215123456789012345")]),
    (rules::SUB_MISSING, Static, &[("64", "0101X0002km")]),
    (rules::CREATION_FORMAT, Dynamic, &[("99", "0013000000000000101131750000600000")]),
    (rules::EXPIRY_FORMAT, Dynamic, &[("99", "0013175000000000001139999999999999")]),
    (rules::EXPIRY_BEFORE_CREATION, Dynamic, &[("99", "0013175000060000001131750000600000")]),
    // Creation in the future is nobody's fault: clocks differ.
    (rules::EXPIRY_BEFORE_CREATION, Dynamic, &[("99", "0013190000000000001131900000600000")]),
    (rules::EXPIRED, Dynamic, &[("99", TIMES)]),
    // The order of objects means nothing.
    (rules::EXPIRED, Dynamic, &[("99", "0113175000060000000131750000000000")]),
];

/// What is always found with a rule, before it.
fn accompanied(rule: &Rule) -> &'static [&'static Rule] {
    if rule.id().starts_with("khqr.sub.") { &[emv::TEMPLATE_FORMAT] } else { &[] }
}

#[test]
fn bases_break_no_rule() {
    for base in [Static, Dynamic] {
        assert_eq!(listed_of(base, &[]), [""; 0]);
        for text in texts(base, &[]) {
            assert!(parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).is_ok());
            assert!(Khqr::recognises(&parsed(&text)));
        }
    }
    assert_eq!(Khqr::NAME, "khqr");
}

#[test]
fn each_breach_is_found_alone_in_its_place_and_with_its_number() {
    for (rule, severity, path, code, mark, base, changes) in BROKEN {
        for text in texts(*base, changes) {
            let found = findings(&text);
            let expected: Vec<&Rule> = accompanied(rule).iter().chain([rule]).copied().collect();
            assert_eq!(found.iter().map(Violation::rule).collect::<Vec<_>>(), expected, "{text}");
            let found = found.last().unwrap();
            assert_eq!((found.path().to_string(), found.code()), ((*path).to_owned(), *code), "{}: {text}", rule.id());
            assert_eq!((found.offset(), found.length()), crate::common::locate(&text, mark), "{}: {text}", rule.id());
            assert_eq!(found.severity(), *severity, "{}: {text}", rule.id());
            // Only what concerns the times depends on the rest of the code.
            assert!(rule.severity() == *severity || rule.id().starts_with("khqr.99."), "{}", rule.id());
        }
    }
}

#[test]
fn places_lie_in_the_text_and_between_characters() {
    for (_, _, _, _, _, base, changes) in BROKEN {
        for text in texts(*base, changes) {
            for found in findings_at(&text, Clock::at_millis(u64::MAX)) {
                assert!(text.get(found.offset()..found.offset() + found.length()).is_some(), "{found}: {text}");
            }
        }
    }
}

#[test]
fn legal_neighbours_break_no_rule() {
    for (rule, base, changes) in LEGAL {
        assert_eq!(listed_of(*base, changes), [""; 0], "next to {}: {changes:?}", rule.id());
    }
}

#[test]
fn every_rule_has_a_breach_and_a_legal_neighbour() {
    let all: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(all.len(), rules::ALL.len(), "two rules have the same id");
    assert_eq!(BROKEN.iter().map(|row| row.0.id()).collect::<BTreeSet<_>>(), all);
    assert_eq!(LEGAL.iter().map(|row| row.0.id()).collect::<BTreeSet<_>>(), all);
}

#[test]
fn rules_name_their_profile_their_source_and_one_sentence() {
    let emvco: BTreeSet<&str> = emv::ALL.iter().map(|rule| rule.id()).collect();
    for rule in rules::ALL {
        assert!(rule.id().starts_with("khqr.") && !emvco.contains(rule.id()), "{}", rule.id());
        assert!(rule.id().bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-')), "{}", rule.id());
        assert!(!rule.summary().is_empty() && !rule.summary().ends_with('.'), "{}", rule.id());
        assert!(!rule.source().is_empty(), "{}", rule.id());
    }
}

#[test]
fn only_errors_refuse_a_view() {
    for (_, severity, _, _, _, base, changes) in BROKEN {
        for text in texts(*base, changes) {
            let all = findings_at(&text, Clock::at_millis(EXPIRES));
            let first = all.into_iter().find(|found| found.severity() == E);
            assert_eq!(parsed(&text).view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).err(), first, "{text}");
            assert_eq!(first.is_some(), *severity == E, "{text}");
        }
    }
}

/// EMVCo's findings as KHQR weighs and numbers them: all findings, base, changes.
#[rustfmt::skip]
static UNDER_KHQR: &[(&[&str], Base, Changes)] = &[
    (&["E emv.52.missing 52 25"], Static, &[("52", "")]),
    (&["E emv.53.missing 53 9"], Dynamic, &[("53", "")]),
    (&["E emv.58.missing 58 26"], Static, &[("58", "")]),
    (&["E emv.59.missing 59 2"], Dynamic, &[("59", "")]),
    (&["E emv.60.missing 60 27"], Static, &[("60", "")]),
    (&["E emv.02-51.missing ", "E khqr.29-30.missing  5"], Static, &[("29", "")]),

    (&["E emv.00.value 00"], Static, &[("00", "02")]),
    (&["E emv.00.value 00"], Static, &[("00", "1")]),
    (&["E emv.00.value 00 16"], Static, &[("00", "001")]),
    (&["E emv.01.value 01 48"], Static, &[("01", "13")]),
    (&["E emv.01.value 01 48"], Static, &[("01", "1")]),
    (&["E emv.01.value 01 17"], Static, &[("01", "011")]),
    (&["E emv.52.format 52 18"], Static, &[("52", "05999")]),
    (&["E emv.52.format 52 51"], Static, &[("52", "599A")]),
    (&["E emv.52.format 52 51"], Static, &[("52", "５９９９")]),
    (&["E emv.52.format 52"], Static, &[("52", "599")]),
    (&["E emv.53.format 53 19"], Static, &[("53", "0116")]),
    (&["E emv.53.format 53 28"], Static, &[("53", "KHR")]),
    (&["E emv.53.format 53 28"], Static, &[("53", "84")]),
    (&["E emv.53.unassigned 53 28", "E khqr.53.value 53 28"], Static, &[("53", "000")]),
    (&["E emv.54.length 54 4"], Dynamic, &[("54", "10000000000000")]),
    (&["E emv.54.format 54 4"], Dynamic, &[("54", "-5")]),
    (&["E emv.54.format 54 4"], Dynamic, &[("54", "1.2.3")]),
    (&["E emv.54.zero 54"], Dynamic, &[("54", "0")]),
    (&["W emv.54.unusual 54"], Dynamic, &[("54", "007")]),
    // ISO 4217 gives the riel two decimals, KHQR none.
    (&["E khqr.54.decimals 54 4"], Dynamic, &[("54", "1.234"), ("53", "840")]),
    (&["E khqr.54.decimals 54 4"], Dynamic, &[("54", "1.234")]),
    (&["W khqr.54.zeros 54"], Dynamic, &[("54", "1.500"), ("53", "840")]),
    (&["E emv.58.format 58 20", "E khqr.58.value 58"], Static, &[("58", "CAMB")]),
    (&["E emv.58.format 58", "E khqr.58.value 58"], Static, &[("58", "KHM")]),
    (&["E emv.58.format 58", "E khqr.58.value 58"], Static, &[("58", "K")]),
    (&["W emv.58.case 58"], Static, &[("58", "kh")]),
    (&["E emv.text.length 59 7"], Static, &[("59", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 60 21"], Static, &[("60", "ABCDEFGHIJKLMNOP")]),

    (&["E khqr.account.missing 29-00 1"], Static, &[("29", "0101A")]),
    (&["E khqr.account.missing 30-00 1"], Dynamic, &[("30", "0101A0201B")]),
    (&["E khqr.account.length 29-00 6"], Static, &[("29", "0033user@bank012345678901234567890123")]),
    (&["E khqr.account.charset 29-00"], Static, &[("29", "0009usér@bank")]),
    (&["E emv.guid.missing 26-00"], Static, &[("26", "0101A")]),
    (&["E emv.26-51.duplicate 29-01"], Static, &[("29", "0009user@bank0101A0101A")]),
    (&["W khqr.99.creation-missing 99-00"], Dynamic, &[("99", "01131750000600000")]),
    (&["E emv.guid.missing 98-00"], Dynamic, &[("98", "01131750000600000")]),
    (&["E emv.template.duplicate 99-01"], Dynamic, &[("99", "011317500006000000013175000000000001131750000600000")]),

    // Text that is not ASCII.
    (&["W emv.text.charset 59"], Static, &[("59", "文山")]),
    (&["W emv.text.charset 60"], Static, &[("60", "ភ្នំ金")]),
    (&["W emv.text.charset 62-01"], Static, &[("62", "0101文")]),
    (&["W emv.text.charset 62-08"], Static, &[("62", "0801é")]),
    // Khmer is what KHQR is for, with its zero-width spaces.
    (&[], Static, &[("59", "ហាង\u{200B}កាហ្វេ 24")]),
    (&[], Static, &[("60", "ភ្នំពេញ"), ("62", "0101ក0801៛")]),
    (&["E emv.text.charset 62-10"], Static, &[("62", "1001ក")]),
    (&["E emv.text.charset 61"], Static, &[("61", "ក")]),
    (&["E emv.text.charset 02"], Static, &[("02", "ក")]),

    // Control characters are errors in any script; what turns text round warns.
    (&["E emv.text.charset 59"], Static, &[("59", "ហាង\u{1B}[2J")]),
    (&["E emv.text.charset 60"], Static, &[("60", "ភ្នំ\u{85}")]),
    (&["E emv.text.charset 62-07"], Static, &[("62", "0702ក\u{7F}")]),
    (&["W emv.text.invisible 59"], Static, &[("59", "ហាង\u{202E}x")]),
    (&["W emv.text.control 62-08"], Static, &[("62", "0802ក\u{2028}")]),
    (&["W emv.text.blank 59"], Static, &[("59", "   ")]),
    (&["W emv.text.charset 59", "W emv.text.blank 59"], Static, &[("59", "\u{200B}\u{3000}")]),

    // Lengths inside 62 and 64.
    (&["E emv.text.length 62-01 10"], Static, &[("62", "0126ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 62-02 34"], Static, &[("62", "0226ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 62-03 11"], Static, &[("62", "0326ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 62-07 12"], Static, &[("62", "0726ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 62-08 42"], Static, &[("62", "0826ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 62-04"], Static, &[("62", "0426ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.64-00.format 64-00 38"], Static, &[("64", "0003khm0101A")]),
    (&["E emv.text.length 64-01 40"], Static, &[("64", "0002km0126ABCDEFGHIJKLMNOPQRSTUVWXYZ")]),
    (&["E emv.text.length 64-02 41"], Static, &[("64", "0002km0101A0216ABCDEFGHIJKLMNOP")]),
    (&["E emv.64-00.missing 64-00 37"], Static, &[("64", "0101A")]),
    (&["E emv.64-01.missing 64-01 39"], Static, &[("64", "0002km")]),
    (&["E emv.64-01.missing 64-01 39"], Static, &[("64", "0002km0201A")]),
    (&["E emv.64-00.missing 64-00 37"], Static, &[("64", "0101A0201A")]),
    (&["W emv.64-00.missing 64-00 37", "W emv.64-01.missing 64-01 39"], Static, &[("64", "0207ភ្នំពេញ")]),
    (&["E emv.64-00.missing 64-00 37", "E emv.64-01.missing 64-01 39", "W emv.rfu.object 64-03"], Static, &[("64", "0301A")]),
];

#[test]
fn findings_of_emvco_have_the_weight_and_the_number_that_khqr_gives_them() {
    for (expected, base, changes) in UNDER_KHQR {
        assert_eq!(listed_of(*base, changes), *expected, "{changes:?}");
    }
}

/// The documentation's table of numbers, against all findings of the tables above.
#[test]
fn the_table_of_numbers_holds_what_is_found() {
    let documented: BTreeSet<(u16, &str)> =
        NUMBERS.iter().flat_map(|row| row.rules.iter().map(|rule| (row.number, rule.id()))).collect();
    let mut found = BTreeSet::new();
    for (base, changes) in BROKEN.iter().map(|row| (row.5, row.6)).chain(UNDER_KHQR.iter().map(|row| (row.1, row.2))) {
        for text in texts(base, changes) {
            found.extend(findings(&text).iter().filter_map(|found| Some((found.code()?, found.rule().id()))));
        }
    }
    // The texts above have no object of 62 and 64 that is broken in each of all ways.
    let is_sub = |(_, rule): &(u16, &str)| rule.starts_with("khqr.sub.");
    let left_out: Vec<_> = documented.difference(&found).filter(|row| !is_sub(row)).collect();
    assert!(left_out.is_empty(), "{left_out:?}");
    let undocumented: Vec<_> = found.difference(&documented).collect();
    assert!(undocumented.is_empty(), "{undocumented:?}");
}

#[test]
fn an_identifier_is_never_one_of_emvco_and_no_finding() {
    for (base, expected) in [(Static, vec!["29-00"]), (Dynamic, vec!["30-00", "99-00"])] {
        let text = payload(base.objects());
        assert_eq!(findings_at(&text, Clock::UNKNOWN), []);
        let found = parsed(&text).validate::<Mpm<'_>>(()).into_violations();
        assert!(found.iter().all(|found| found.rule() == emv::GUID_SHAPE && found.severity() == W), "{found:?}");
        assert_eq!(found.iter().map(|found| found.path().to_string()).collect::<Vec<_>>(), expected);
    }
    // Whatever stands there, no finding speaks of identifiers.
    let long = "x".repeat(33);
    for value in ["0101A", "0001é", "0003a@b", &format!("0033{long}"), "0002\u{1B}x"] {
        for id in ["29", "30", "99"] {
            let found = listed(&payload(&changed(STATIC, &[(id, value)])));
            assert!(!found.iter().any(|found| found.contains("emv.guid")), "{id} {value}: {found:?}");
        }
    }
    // What KHQR keeps of EMVCo is as heavy elsewhere.
    let text = payload(&replace(STATIC, "59", "ហាង"));
    assert_eq!(parsed(&text).view::<Mpm<'_>>(()).err().unwrap().rule(), emv::TEXT_CHARSET);
    assert!(parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).is_ok());
}

// Khmer text.

#[test]
fn khmer_names_are_read_as_they_stand() {
    // The central bank's examples of lengths: 8 and 7 characters in 22 and 21 bytes, 9 and 6, and 64 with 29.
    for (name, city, name_length, city_length) in
        [("ចន ស្មីន", "ភ្នំពេញ", 8, 7), ("ហាងកាហ្វេ", "សៀមរាប", 9, 6), ("文山", "金边", 2, 2)]
    {
        let text = payload(&changed(STATIC, &[("59", name), ("60", city)]));
        assert!(text.contains(&format!("59{name_length:02}{name}60{city_length:02}{city}6304")), "{text}");
        let code = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
        assert_eq!((code.name(), code.city()), (Some(name), Some(city)));
        let objects = code.payload().iter().filter(|object| object.tag() != Tag::CRC);
        let again =
            RootRun(objects.map(|object| (object.tag(), object.value())).collect::<Vec<_>>()).encode_to_string();
        assert_eq!(again.unwrap(), text);
        // Khmer is what KHQR is for; another script is no error.
        let is_khmer = name.starts_with(|c| ('\u{1780}'..='\u{17FF}').contains(&c));
        let expected: &[&str] = if is_khmer { &[] } else { &["W emv.text.charset 59", "W emv.text.charset 60"] };
        assert_eq!(listed(&text), expected);
    }
    let text = payload(&with(STATIC, "64", "0002km0108ចន ស្មីន0207ភ្នំពេញ"));
    assert!(text.contains("64290002km"), "{text}");
    let code = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
    let local = code.base().language_information().unwrap();
    assert_eq!(local.language_preference(), Ok(Some(Language::KM)));
    assert_eq!((local.merchant_name(), local.merchant_city()), (Some("ចន ស្មីន"), Some("ភ្នំពេញ")));
    assert_eq!(listed(&text), [""; 0], "64 is where such text belongs");
}

/// The official toolkit's own texts, with the CRC that it wrote.
#[test]
fn khmer_texts_of_the_toolkit_conform() {
    for text in [
        "00020101021129140010khmer@devb5204599953031165802KH5908ចន ស្មីន6007ភ្នំពេញ6304F527",
        "00020101021129140010khmer@devb5204599953031165802KH5909ហាងកាហ្វេ6006សៀមរាប6304B5D0",
        "00020101021129140010khmer@devb5204599953031165802KH5910John Smith6010Phnom Penh64290002km0108ចន ស្មីន0207ភ្នំពេញ6304ED58",
        "00020101021129140010khmer@devb5204599953031165802KH5902文山6002金边6304902A",
        "00020101021129140010khmer@devb5204599953031165802KH5925កម្ពុជាកម្ពុជាកម្ពុជាកម្ព6007ភ្នំពេញ6304D711",
    ] {
        let code = parsed(text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
        assert_eq!(code.bakong_account().unwrap().as_str(), "khmer@devb");
    }
}

#[test]
fn name_of_25_characters_is_taken_and_of_26_refused_where_it_ends() {
    const NAME: &str = "កម្ពុជាកម្ពុជាកម្ពុជាកម្ព";
    assert_eq!((NAME.chars().count(), NAME.len()), (25, 75));
    let longer = format!("{NAME}ុ");
    for base in [STATIC.to_vec(), with(STATIC, "62", "0105ចន ស្"), replace(STATIC, "29", "0009user@bank0203ហាង")]
    {
        let fits = payload(&replace(&base, "59", NAME));
        assert!(parsed(&fits).view::<Khqr<'_>>(Clock::UNKNOWN).is_ok(), "{fits}");
        let text = payload(&replace(&base, "59", &longer));
        let error = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap_err();
        assert_eq!((error.rule(), error.path().to_string().as_str()), (emv::TEXT_LENGTH, "59"));
        // Right behind the 75 bytes of the 25 characters; the sign that is too much has three.
        let start = position(&text, &format!("5926{NAME}")) + 4;
        assert_eq!((error.offset(), error.length(), error.code()), (start + 75, 3, Some(7)));
        assert_eq!(&text[error.offset()..][..error.length()], "ុ");
    }
    let text = payload(&replace(STATIC, "60", "ភ្នំពេញភ្នំពេញភ្"));
    let error = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap_err();
    assert_eq!((error.rule(), error.code(), error.length()), (emv::TEXT_LENGTH, Some(21), 3));
}

// What banks write.

/// That the text has no finding of severity error and keeps its objects, each reachable by its path.
#[track_caller]
fn assert_kept<'t>(text: &'t str, values: &[(&str, &str)]) -> Khqr<'t> {
    let payload = parsed(text);
    let found = findings(text);
    assert!(found.iter().all(|found| found.severity() == W), "{found:?}");
    for (path, value) in values {
        let found = payload.find(*path).map(|object| object.value());
        assert_eq!(found, Some(*value), "{path} of {text}");
    }
    let objects: Vec<_> = payload.iter().map(|object| (object.tag(), object.value())).collect();
    assert_eq!(RootRun(objects[..objects.len() - 1].iter().copied()).encode_to_string().unwrap(), text);
    assert!(Khqr::recognises(&payload));
    payload.view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).unwrap()
}

#[test]
fn account_of_a_bank_beside_the_remittance_is_kept() {
    let account = "0015wallet@examplec0109001234567020812345678";
    let extra = "0006abcP2P01120123456789AB02090012345670309007654321";
    let text = payload(&changed(STATIC, &[("29", account), ("40", &format!("{extra}0404Dual")), ("52", "0000")]));
    let code = assert_kept(
        &text,
        &[
            ("40-00", "abcP2P"),
            ("40-01", "0123456789AB"),
            ("40-02", "001234567"),
            ("40-03", "007654321"),
            ("40-04", "Dual"),
        ],
    );
    assert_eq!(code.meaning(), Some(Meaning::Remittance));
    assert_eq!(code.account_information(), Some("001234567"));
    assert_eq!(code.acquiring_bank(), Some("12345678"));
    assert_eq!(code.merchant_category_code(), Ok(Some(Mcc::NONE)));
    let networks: Vec<_> = code.base().merchant_account_information().map(|a| a.object().tag().get()).collect();
    assert_eq!(networks, [29, 40]);
    let account = code.base().account_by_guid("ABCp2p").unwrap();
    assert_eq!(account.get("04".parse().unwrap()).unwrap().value(), "Dual");
}

#[test]
fn second_account_in_39_and_a_language_in_capitals_are_kept() {
    for extra in ["000901234567801014", "00042CCY010201"] {
        let changes =
            [("39", extra), ("52", "2000"), ("64", "0002KM0109ហាងកាហ្វេ"), ("29", "0009user@bank0109012345678")];
        let text = payload(&changed(STATIC, &changes));
        let code = assert_kept(&text, &[("39", extra), ("64-00", "KM"), ("64-01", "ហាងកាហ្វេ")]);
        let language = code.language().unwrap().unwrap();
        assert!(language.is_same(Language::KM) && language != Language::KM, "the case is kept");
        assert!(!findings(&text).iter().any(|found| found.path().to_string().starts_with("64")), "{text}");
        assert!(!findings(&text).iter().any(|found| found.rule() == emv::LANGUAGE_UNASSIGNED));
    }
}

#[test]
fn card_networks_and_a_payment_service_beside_the_merchant_are_kept() {
    let service = "0011PAYSERV@EXA0105123450205987650504abcd";
    let labels = format!("0105INV-768{:02}{service}", service.len());
    let changes = [
        ("02", "4000123412341234"),
        ("04", "5100123412341234"),
        ("01", "11"),
        ("30", "0009khqr@bank01151234567890123450208Dev Bank0503xyz"),
        ("54", ""),
        ("62", labels.as_str()),
        ("99", "00130A1B2C3D4E5F66808ABCD1234"),
    ];
    let text = payload(&changed(DYNAMIC, &changes));
    let code = assert_kept(
        &text,
        &[
            ("02", "4000123412341234"),
            ("04", "5100123412341234"),
            ("30-05", "xyz"),
            ("62-01", "INV-7"),
            ("62-68-00", "PAYSERV@EXA"),
            ("62-68-05", "abcd"),
            ("99-00", "0A1B2C3D4E5F6"),
            ("99-68", "ABCD1234"),
        ],
    );
    let networks: Vec<_> = code.base().merchant_account_information().map(|a| a.object().tag().get()).collect();
    assert_eq!(networks, [2, 4, 30]);
    assert_eq!((code.meaning(), code.merchant_id()), (Some(Meaning::Corporate), Some("123456789012345")));
    assert!(code.created_at_ms().is_err(), "the bank's number is no time");
    assert_eq!(code.expiry(EXPIRES), Expiry::None);
    let data = code.additional_data().unwrap();
    assert_eq!(data.payment_system_templates().next().unwrap().guid().unwrap().as_str(), "PAYSERV@EXA");
    // A dynamic one, too, once it has an amount and an expiry.
    let dynamic = changed(
        DYNAMIC,
        &[
            ("62", labels.as_str()),
            ("99", "00130A1B2C3D4E5F6011317500006000006808ABCD1234"),
            ("02", "4000123412341234"),
        ],
    );
    let text = payload(&dynamic);
    let code = assert_kept(&text, &[("99-68", "ABCD1234"), ("99-00", "0A1B2C3D4E5F6")]);
    assert_eq!(code.expiry(EXPIRES), Expiry::ValidUntil(EXPIRES));
}

/// A creation time that is not a time is worth a word also if the code has no expiration time.
#[test]
fn number_in_place_of_the_creation_time_is_only_warned_about() {
    for (base, times) in [(STATIC, "00130A1B2C3D4E5F6"), (DYNAMIC, "00130A1B2C3D4E5F601131750000600000")] {
        let text = payload(&changed(base, &[("99", times)]));
        let found = listed(&text);
        assert!(found.contains(&"W khqr.99.creation-format 99-00".to_owned()), "{found:?}");
        assert!(found.iter().all(|found| found.starts_with("W ")), "{found:?}");
    }
}

// Detection.

#[test]
fn recognises_an_at_sign_in_the_account_and_the_country_or_a_currency() {
    let recognised =
        |base: &[Object<'_>], changes: &[Object<'_>]| Khqr::recognises(&parsed(&payload(&changed(base, changes))));
    for base in [STATIC, DYNAMIC] {
        assert!(recognised(base, &[]));
        // The country, or the riel; the dollar only in a code without a country.
        assert!(recognised(base, &[("58", "VN")]));
        assert!(!recognised(base, &[("58", "VN"), ("53", "840")]));
        assert!(recognised(base, &[("58", ""), ("53", "840")]));
        assert!(recognised(base, &[("58", "kh"), ("53", "764")]));
        assert!(recognised(base, &[("58", "")]));
        assert!(recognised(base, &[("53", "764")]));
        assert!(recognised(base, &[("53", "")]));
        assert!(!recognised(base, &[("53", "764"), ("58", "TH")]));
        assert!(!recognised(base, &[("53", ""), ("58", "")]));
        // Not conformant, and recognised all the same.
        assert!(recognised(base, &[("59", ""), ("52", "x"), ("00", "02")]));
    }
    assert!(recognised(STATIC, &[("29", "0001@")]));
    assert!(recognised(STATIC, &[("29", ""), ("30", "0003a@b")]));
    assert!(recognised(STATIC, &[("29", "0011com.example"), ("30", "0003a@b")]));
    assert!(!recognised(STATIC, &[("29", "0011com.example")]));
    assert!(!recognised(STATIC, &[("29", "")]));
    assert!(!recognised(STATIC, &[("29", "user@bank")]), "no template, no account");
}

#[test]
fn at_signs_elsewhere_make_no_khqr() {
    let elsewhere = [
        ("29", "0011com.example0109user@bank0209user@bank"),
        ("26", "0009user@bank"),
        ("31", "0009user@bank"),
        ("28", "0009user@bank"),
        ("59", "user@bank"),
        ("60", "user@bank"),
        ("62", "0109user@bank50130009user@bank"),
        ("64", "0002km0109user@bank"),
        ("80", "0009user@bank"),
    ];
    let text = payload(&changed(STATIC, &elsewhere));
    assert!(text.contains("5802KH") && text.contains("5303116"));
    assert!(!Khqr::recognises(&parsed(&text)), "{text}");
}

#[test]
fn thai_code_with_29_and_30_is_no_khqr() {
    let thai = [
        ("00", "01"),
        ("01", "11"),
        ("29", "0016A00000067701011101130066812345678"),
        ("30", "0016A00000067701011201150105500000000010206REF001"),
        ("53", "764"),
        ("58", "TH"),
        ("59", "SHOP@MARKET"),
        ("60", "BANGKOK"),
    ];
    let text = payload(&thai);
    assert!(!Khqr::recognises(&parsed(&text)));
    // Nor where a terminal abroad writes another country and currency.
    assert!(!Khqr::recognises(&parsed(&payload(&changed(&thai, &[("53", "116"), ("58", "KH")])))));
    assert!(parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).is_err());
}

// Fields.

#[test]
fn fields_are_read_as_typed_values() {
    let all = [
        ("15", "1974011600520446ACLB10002312081"),
        ("53", "840"),
        ("54", "12.50"),
        ("62", "0105INV-702080123456703040001070301A0805Lunch"),
        ("64", "0002km0103ហាង0202ក្"),
    ];
    let text = payload(&changed(DYNAMIC, &all));
    let payload = parsed(&text);
    let code = payload.view::<Khqr<'_>>(Clock::at_millis(CREATED)).unwrap();
    assert_eq!(code.payload(), &payload);
    assert_eq!(code.account_kind(), Some(AccountKind::Merchant));
    let account = code.bakong_account().unwrap();
    assert_eq!((account.as_str(), account.user(), account.bank()), ("khqr@bank", "khqr", "bank"));
    assert_eq!((account.to_string().as_str(), format!("{account:>10}").as_str()), ("khqr@bank", " khqr@bank"));
    assert_eq!((code.merchant_id(), code.acquiring_bank()), (Some("123456"), Some("Dev Bank")));
    assert_eq!(code.account_information(), None, "the merchant id is none");
    assert_eq!(code.union_pay_account(), Some("1974011600520446ACLB10002312081"));
    assert_eq!(code.method(), Ok(Some(PointOfInitiation::DYNAMIC)));
    assert_eq!(code.merchant_category_code(), Ok(Some(Mcc::MISCELLANEOUS_RETAIL)));
    assert_eq!((code.currency(), code.decimals()), (Ok(Some(Currency::USD)), Some(2)));
    assert_eq!(code.amount().unwrap().unwrap().minor_units(2), Some(1250));
    assert_eq!(code.country().unwrap().unwrap().as_str(), "KH");
    assert_eq!((code.name(), code.city()), (Some("Example Shop"), Some("Phnom Penh")));
    assert_eq!((code.created_at_ms(), code.expires_at_ms()), (Ok(Some(CREATED)), Ok(Some(EXPIRES))));
    let data = code.additional_data().unwrap();
    assert_eq!((data.bill_number(), data.mobile_number()), (Some("INV-7"), Some("01234567")));
    assert_eq!((data.store_label(), data.terminal_label()), (Some("0001"), Some("01A")));
    assert_eq!(data.purpose_of_transaction(), Some("Lunch"));

    let crc = &text[text.len() - 4..];
    let expected = [
        ("merchant_type", "30"),
        ("bakong_account_id", "khqr@bank"),
        ("merchant_id", "123456"),
        ("acquiring_bank", "Dev Bank"),
        ("bill_number", "INV-7"),
        ("mobile_number", "01234567"),
        ("store_label", "0001"),
        ("terminal_label", "01A"),
        ("purpose_of_transaction", "Lunch"),
        ("language_preference", "km"),
        ("merchant_name_alternate_language", "ហាង"),
        ("merchant_city_alternate_language", "ក្"),
        ("creation_timestamp", "1750000000000"),
        ("expiration_timestamp", "1750000600000"),
        ("payload_format_indicator", "01"),
        ("point_of_initiation_method", "12"),
        ("union_pay_merchant", "1974011600520446ACLB10002312081"),
        ("merchant_category_code", "5999"),
        ("transaction_currency", "840"),
        ("transaction_amount", "12.50"),
        ("country_code", "KH"),
        ("merchant_name", "Example Shop"),
        ("merchant_city", "Phnom Penh"),
        ("crc", crc),
    ];
    assert_eq!(code.fields().collect::<Vec<_>>(), expected);
}

#[test]
fn account_means_solo_remittance_or_corporate() {
    let meaning =
        |base: &[Object<'_>], changes: &[Object<'_>]| Khqr::of(&parsed(&payload(&changed(base, changes)))).meaning();
    assert_eq!(meaning(STATIC, &[]), Some(Meaning::Solo));
    assert_eq!(meaning(STATIC, &[("29", "0009user@bank0204Bank")]), Some(Meaning::Solo));
    assert_eq!(meaning(STATIC, &[("29", "0009user@bank0109012345678")]), Some(Meaning::Remittance));
    assert_eq!(meaning(DYNAMIC, &[]), Some(Meaning::Corporate));
    assert_eq!(meaning(STATIC, &[("29", "")]), None);
    assert_eq!(meaning(DYNAMIC, &[("30", "0106123456")]), None, "an account without an id means nobody");
}

#[test]
fn riel_has_no_decimals_here_and_two_for_iso() {
    let text = payload(DYNAMIC);
    let code = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
    assert_eq!((code.decimals(), code.currency().unwrap().unwrap().exponent()), (Some(0), Some(2)));
    assert_eq!(code.amount().unwrap().unwrap().minor_units(0), Some(500));
    let text = payload(&replace(DYNAMIC, "53", "392"));
    assert_eq!(Khqr::of(&parsed(&text)).decimals(), None);
}

#[test]
fn account_id_is_one_at_sign_with_text_around() {
    for text in ["", "@", "@@", "a@", "@a", " @a", "a@ ", "a", "a@b@c", "a@@b", "@a@b"] {
        assert_eq!(BakongAccount::parse(text), None, "{text:?}");
    }
    for (text, user, bank) in [("a@b", "a", "b"), ("a b@c", "a b", "c"), ("ក@ខ", "ក", "ខ"), ("😀@b", "😀", "b")]
    {
        let account = BakongAccount::parse(text).unwrap();
        assert_eq!((account.as_str(), account.user(), account.bank()), (text, user, bank));
        assert!(!format!("{account:?}").contains(text), "Debug shows the account");
    }
}

/// RFC 1321's digest of the whole text, computed with another tool.
#[test]
fn md5_is_that_of_the_whole_text() {
    let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let digest = Khqr::of(&parsed(text)).md5();
    assert_eq!(digest.to_string(), "897544ccf3ae6f4b6acf8b3712c2168e");
}

// Expiry.

#[test]
fn expiry_is_none_valid_expired_or_malformed() {
    let expiry = |times: &str, now: u64| Khqr::of(&parsed(&payload(&changed(DYNAMIC, &[("99", times)])))).expiry(now);
    assert_eq!(expiry("", 0), Expiry::None);
    assert_eq!(expiry("00131750000000000", EXPIRES), Expiry::None);
    assert_eq!(expiry(TIMES, 0), Expiry::ValidUntil(EXPIRES));
    assert_eq!(expiry(TIMES, EXPIRES - 1), Expiry::ValidUntil(EXPIRES));
    assert_eq!(expiry(TIMES, EXPIRES), Expiry::ValidUntil(EXPIRES), "the time itself is still within");
    assert_eq!(expiry(TIMES, EXPIRES + 1), Expiry::Expired(EXPIRES));
    assert_eq!(expiry(TIMES, u64::MAX), Expiry::Expired(EXPIRES));
    // The creation time decides nothing.
    assert_eq!(expiry("0013190000000000001131750000600000", EXPIRES), Expiry::ValidUntil(EXPIRES));
    assert_eq!(expiry("00031x101131750000600000", EXPIRES), Expiry::ValidUntil(EXPIRES));
    assert_eq!(expiry("01139999999999999", 9_999_999_999_999), Expiry::ValidUntil(9_999_999_999_999));
    assert_eq!(expiry("01130000000000001", 2), Expiry::Expired(1));
    for malformed in [
        "1750000600",
        "17500006000000",
        "175000060000",
        "0000000000000",
        "abcdefghijklm",
        "+750000600000",
        " 750000600000",
        "1.75000060e12",
        "0x19752a5e7c0",
        "-175000060000",
        "១៧៥០០០០៦០០០០០",
    ] {
        let times = format!("01{:02}{malformed}", malformed.chars().count());
        assert_eq!(expiry(&times, 0), Expiry::Malformed, "{malformed:?}");
    }
}

#[test]
fn expiry_that_cannot_be_told_is_not_told_as_valid() {
    // Twice, so that two readers may see two times; and in a 99 that is no template.
    for times in ["0113175000060000001131900000000000", "01131750000600000x", "1750000600000"] {
        let text = payload(&changed(DYNAMIC, &[("99", times)]));
        let code = Khqr::of(&parsed(&text));
        assert_eq!(code.expiry(0), Expiry::Malformed, "{times}");
        assert!(code.expires_at_ms().is_err());
        assert!(parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).is_err());
    }
}

#[test]
fn clock_decides_only_about_what_has_expired() {
    let text = payload(DYNAMIC);
    let code = |clock| parsed(&text).view::<Khqr<'_>>(clock).err().map(|error| error.rule());
    assert_eq!(Clock::at_seconds(EXPIRES / 1_000), Clock::at_millis(EXPIRES));
    assert_eq!(code(Clock::UNKNOWN), None);
    assert_eq!(code(Clock::at_millis(0)), None);
    assert_eq!(code(Clock::at_millis(CREATED - 1)), None, "clocks differ");
    assert_eq!(code(Clock::at_millis(EXPIRES)), None);
    assert_eq!(code(Clock::at_millis(EXPIRES + 1)), Some(rules::EXPIRED));
    assert_eq!(code(Clock::at_millis(u64::MAX)), Some(rules::EXPIRED));
    assert!(parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).is_ok(), "without a clock nothing expires");
}

/// 01 and 54 in all their combinations, the objects in any order: an expiry that has passed refuses the code where
/// either says that it is for one payment.
#[test]
fn expired_code_is_refused_where_it_is_for_one_payment() {
    for initiation in ["", "11", "12"] {
        for amount in ["", "500"] {
            let is_bound = initiation == "12" || amount == "500";
            let changes = [("01", initiation), ("54", amount), ("99", EARLIER_TIMES)];
            let mut objects = changed(DYNAMIC, &changes);
            for _ in 1..objects.len() {
                objects[1..].rotate_left(1);
                let text = payload(&objects);
                let found = findings(&text);
                let expired = found.iter().find(|found| found.rule() == rules::EXPIRED).unwrap();
                assert_eq!(expired.severity(), if is_bound { E } else { W }, "{text}");
                let error = parsed(&text).view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).err();
                assert_eq!(error.is_some(), is_bound, "{text}");
                // The value is the same, whatever it means.
                assert_eq!(Khqr::of(&parsed(&text)).expiry(EXPIRES), Expiry::Expired(EXPIRES - 1));
            }
        }
    }
}

// Who is paid.

/// That nothing tells who is paid, and that the code is refused.
#[track_caller]
fn assert_payee_unknown(text: &str, rule: &Rule) {
    let payload = parsed(text);
    let error = payload.view::<Khqr<'_>>(Clock::UNKNOWN).unwrap_err();
    assert_eq!(error.rule(), rule, "{text}");
    let code = Khqr::of(&payload);
    assert_eq!(code.bakong_account(), None, "{text}");
    assert_eq!(code.account_information(), None, "{text}");
    assert_eq!(code.merchant_id(), None, "{text}");
    assert_eq!(code.acquiring_bank(), None, "{text}");
    let payee = ["bakong_account_id", "account_information", "merchant_id", "acquiring_bank"];
    assert!(!code.fields().any(|(name, _)| payee.contains(&name)), "{text}");
    assert!(Khqr::recognises(&payload));
}

#[test]
fn both_accounts_tell_nobody() {
    let merchant = "0009khqr@bank01061234560208Dev Bank";
    for objects in [
        with(STATIC, "30", merchant),
        with(DYNAMIC, "29", "0009user@bank0101A0201B"),
        // The same payee twice is still two.
        with(STATIC, "30", "0009user@bank"),
        // Also where one of them is broken.
        with(&replace(STATIC, "29", "0009user@bank0101A0201B"), "30", "0001@"),
    ] {
        let text = payload(&objects);
        assert_payee_unknown(&text, rules::ACCOUNT_AMBIGUOUS);
        let code = parsed(&text);
        let code = Khqr::of(&code);
        assert_eq!((code.account_kind(), code.meaning()), (None, None));
        assert!(!code.fields().any(|(name, _)| name == "merchant_type"));
    }
}

#[test]
fn an_id_twice_in_the_account_tells_nobody() {
    for account in [
        "0009user@bank0009else@bank",
        "0009user@bank0009user@bank",
        "0009user@bank0101A0101B",
        "0009user@bank0101A0201B0201C",
        // Of an ID that KHQR does not know, too.
        "0009user@bank0101A0201B7701x7701y",
    ] {
        assert_payee_unknown(&payload(&replace(STATIC, "29", account)), emv::ACCOUNT_AMBIGUOUS);
        assert_payee_unknown(&payload(&replace(DYNAMIC, "30", account)), emv::ACCOUNT_AMBIGUOUS);
    }
}

/// That account information is there twice must not make the code one of a solo merchant.
#[test]
fn meaning_of_an_ambiguous_account_is_unknown() {
    for account in ["0009user@bank0101A0101B", "0009user@bank0009else@bank0101A", "0009user@bank0101Ax", "x"] {
        for (base, tag) in [(STATIC, "29"), (DYNAMIC, "30")] {
            let text = payload(&replace(base, tag, account));
            assert_eq!(Khqr::of(&parsed(&text)).meaning(), None, "{text}");
        }
    }
}

#[test]
fn account_of_another_network_beside_leaves_the_payee_clear() {
    let text = payload(&changed(STATIC, &[("26", "0011com.example"), ("15", "12345678"), ("31", "0009else@bank")]));
    let code = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
    assert_eq!(code.bakong_account().unwrap().as_str(), "user@bank");
}

// Where we differ from the official toolkit: one test for each row of the table in `khqr::rules`.

#[test]
fn differs_amount_that_is_none() {
    for amount in ["abc", "NaN", "1,000", " 5", "1e+21", "Infinity", "a.b"] {
        for currency in ["116", "840"] {
            assert_eq!(errors_of(DYNAMIC, &[("54", amount), ("53", currency)]), ["emv.54.format"], "{amount:?}");
        }
    }
}

#[test]
fn differs_amount_with_decimals_that_the_currency_has_not() {
    for (currency, amount) in [("116", "1.5"), ("116", "100.5"), ("840", "1.234"), ("840", "0.001")] {
        assert_eq!(errors_of(DYNAMIC, &[("54", amount), ("53", currency)]), ["khqr.54.decimals"], "{amount}");
    }
    for (currency, amount) in [("116", "50000.0"), ("116", "1.00"), ("840", "1.500"), ("840", "100.0000")] {
        let text = payload(&changed(DYNAMIC, &[("54", amount), ("53", currency)]));
        let found = findings(&text);
        assert!(found.iter().any(|found| found.rule() == rules::AMOUNT_ZEROS && found.severity() == W), "{text}");
        assert!(parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).is_ok(), "{text}");
    }
}

#[test]
fn differs_amount_of_zero() {
    for amount in ["0", "0.00", "000", "."] {
        let expected = if amount == "." { "emv.54.format" } else { "emv.54.zero" };
        assert_eq!(errors_of(DYNAMIC, &[("54", amount), ("53", "840")]), [expected], "{amount}");
    }
}

#[test]
fn differs_account_id_without_a_bank() {
    for account in ["0001@", "0005a@b@c"] {
        assert_eq!(errors_of(STATIC, &[("29", account)]), ["khqr.account.format"]);
    }
}

#[test]
fn differs_both_accounts() {
    assert_eq!(errors_of(STATIC, &[("30", "0009khqr@bank010110201B")]), ["khqr.account.ambiguous"]);
}

#[test]
fn differs_object_twice() {
    for (id, value) in [("58", "VN"), ("59", "Other"), ("52", "0000"), ("60", "Siem Reap")] {
        // Adjacent, where the toolkit stops, and apart.
        for objects in [with(STATIC, id, value), {
            let mut objects = STATIC.to_vec();
            let place = objects.iter().position(|object| object.0 == id).unwrap();
            objects.insert(place, (id, value));
            objects
        }] {
            let error = Payload::parse(&payload(&objects)).err().unwrap();
            assert_eq!((error.kind(), error.path().to_string().as_str()), (ErrorKind::Duplicate, id));
        }
    }
    assert_eq!(errors_of(STATIC, &[("29", "0009user@bank0101A0101B")]), ["emv.26-51.duplicate"]);
    assert_eq!(errors_of(STATIC, &[("62", "0101A0101B")]), ["emv.template.duplicate"]);
    assert_eq!(errors_of(STATIC, &[("64", "0002km0101A0101B")]), ["emv.template.duplicate"]);
}

#[test]
fn differs_another_country() {
    for country in ["VN", "TH", "JP", "US"] {
        assert_eq!(errors_of(STATIC, &[("58", country)]), ["khqr.58.value"]);
    }
    assert_eq!(errors_of(STATIC, &[("58", "KHM")]), ["emv.58.format", "khqr.58.value"]);
}

#[test]
fn differs_category_of_fewer_digits() {
    for category in ["1", "12", "599"] {
        assert_eq!(errors_of(STATIC, &[("52", category)]), ["emv.52.format"]);
    }
}

#[test]
fn differs_format_indicator_and_language_of_one_letter() {
    assert_eq!(errors_of(STATIC, &[("00", "02")]), ["emv.00.value"]);
    assert_eq!(errors_of(STATIC, &[("00", "1")]), ["emv.00.value"]);
    assert_eq!(errors_of(STATIC, &[("64", "0001k0101A")]), ["emv.64-00.format"]);
}

#[test]
fn differs_expiry_of_a_static_code_with_an_amount_in_any_order() {
    let mut objects = changed(DYNAMIC, &[("01", "11"), ("99", EARLIER_TIMES)]);
    // 99 before 01.
    let times = objects.pop().unwrap();
    objects.insert(1, times);
    let text = payload(&objects);
    assert!(position(&text, "9934") < position(&text, "010211"));
    assert_eq!(parsed(&text).view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).unwrap_err().rule(), rules::EXPIRED);
    let text = payload(&replace(&objects, "01", "12"));
    assert_eq!(parsed(&text).view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).unwrap_err().rule(), rules::EXPIRED);
}

#[test]
fn differs_merchant_without_id_or_bank() {
    let expected = ["W khqr.30-01.missing 30-01 30", "W khqr.30-02.missing 30-02 31"];
    assert_eq!(listed_of(Dynamic, &[("30", "0009khqr@bank")]), expected);
    assert_eq!(errors_of(DYNAMIC, &[("30", "0009khqr@bank")]), [""; 0]);
}

#[test]
fn differs_expiry_in_another_notation() {
    for expiry in ["1.75000060e12", "0x19752a5e7c0"] {
        let times = format!("0013175000000000001{:02}{expiry}", expiry.len());
        assert_eq!(errors_of(DYNAMIC, &[("99", &times)]), ["khqr.99.expiry-format"]);
    }
}

/// Only times are compared: what another form means is unknown, and it has its own finding.
#[test]
fn a_creation_time_of_another_form_is_compared_with_nothing() {
    for created in ["17500000000001", "01750000600001", "1750000600000.5", "1e13", "0x1ffffffffffff", "Infinity"] {
        let times = run(&[("00", created), ("01", "1750000600000")]);
        let found = findings(&payload(&replace(DYNAMIC, "99", &times)));
        let ids: Vec<_> = found.iter().map(|found| (found.severity(), found.rule().id())).collect();
        assert_eq!(ids, [(W, "khqr.99.creation-format")], "{created}");
    }
    for (created, is_later) in [("1750000600001", true), ("1750000600000", false)] {
        let times = run(&[("00", created), ("01", "1750000600000")]);
        let found = findings(&payload(&replace(DYNAMIC, "99", &times)));
        let early: Vec<_> = found.iter().map(shown).collect();
        let expected: &[&str] = if is_later { &["E khqr.99.expiry-before-creation 99-01 50"] } else { &[] };
        assert_eq!(early, expected, "{created}");
    }
}

#[test]
fn differs_template_that_is_no_run() {
    // Each of these makes the toolkit loop, or cuts the value silently.
    for (base, id, value) in [
        (STATIC, "29", "0009user@bank01"),
        (STATIC, "29", "0009user@bank01XX1"),
        (STATIC, "29", "0009user@bank01-4a"),
        (STATIC, "29", "0009user@bank01+2ab"),
        (STATIC, "29", "0009user@bank019912"),
        (DYNAMIC, "30", "0009khqr@bank0"),
        (STATIC, "62", "0101A0"),
        (STATIC, "62", "01XXA"),
        (STATIC, "62", "01-4"),
        (STATIC, "64", "0002km0101A0"),
        (DYNAMIC, "99", "00131750000000000011317500006000000"),
    ] {
        let text = payload(&changed(base, &[(id, value)]));
        let error = parsed(&text).view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).unwrap_err();
        assert_eq!((error.rule(), error.path().to_string().as_str()), (emv::TEMPLATE_FORMAT, id), "{text}");
    }
}

#[test]
fn differs_lengths_in_characters() {
    // The toolkit's own text: eight UTF-16 units, seven characters.
    let theirs = "00020101021129140010khmer@devb5204599953031165802KH5908កាហ្វេ😀6010Phnom Penh6304C8A3";
    assert!(Payload::parse(theirs).is_err());
    assert_eq!(tlv::length_unit(theirs), Some(LengthUnit::Utf16));
    // Ours is refused by the toolkit: so we refuse it, too.
    let ours = payload(&replace(STATIC, "59", "កាហ្វេ😀"));
    assert!(ours.contains("5907កាហ្វេ😀"));
    let error = parsed(&ours).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap_err();
    assert_eq!((error.rule(), error.offset()), (rules::TEXT_BEYOND_BMP, position(&ours, "😀")));
    assert!(error.message().to_string().ends_with(": U+1F600"));
}

#[test]
fn differs_crc_in_lower_case() {
    let text = (0..100).map(|number| payload(&replace(STATIC, "59", &format!("Shop {number}"))));
    let text = text.into_iter().find(|text| text[text.len() - 4..].bytes().any(|digit| digit.is_ascii_alphabetic()));
    let mut text = text.unwrap();
    let crc = text.split_off(text.len() - 4);
    text += &crc.to_ascii_lowercase();
    assert_eq!(listed(&text), ["W emv.63.case 63"]);
}

#[test]
fn differs_language_in_capitals() {
    for language in ["KM", "km", "Km"] {
        assert_eq!(listed(&payload(&with(STATIC, "64", &format!("0002{language}0103ហាង")))), [""; 0]);
    }
}

// Broken templates.

#[test]
fn what_can_be_made_out_of_a_broken_template_is_said() {
    let broken = |id: &str, value: &str| listed(&payload(&changed(STATIC, &[(id, value)])));
    // A length of 00 is an empty value, and what stands behind is read on.
    assert_eq!(
        broken("29", "000001000200039x"),
        ["E emv.template.format 29", "E khqr.sub.empty 29-00 1", "E khqr.sub.empty 29-01", "E khqr.sub.empty 29-02 31"]
    );
    // An overrun is cut at the template's end.
    assert_eq!(broken("29", "0099userbank"), ["E emv.template.format 29", "E khqr.account.format 29-00 3"]);
    assert_eq!(broken("29", "0099user@bank"), ["E emv.template.format 29"]);
    assert_eq!(
        broken("62", "019912345678901234567890123456"),
        ["E emv.template.format 62", "E khqr.sub.length 62-01 10"]
    );
    // What is no header ends it.
    assert_eq!(broken("29", "x0009user@bank"), ["E emv.template.format 29", "E khqr.sub.missing 29-00 1"]);
    assert_eq!(
        broken("64", "***"),
        ["E emv.template.format 64", "E khqr.sub.missing 64-00 37", "E khqr.sub.missing 64-01 39"]
    );
    assert_eq!(broken("62", "***"), ["E emv.template.format 62"]);
    // Templates that KHQR does not know are EMVCo's.
    for id in ["26", "40", "51", "80", "98"] {
        assert_eq!(broken(id, "0100"), [format!("E emv.template.format {id}")]);
    }
}

#[test]
fn what_a_broken_template_may_hold_is_no_fault() {
    // Behind values that are longer than a label, but not than they may be: a bank's own template in 62.
    let service = format!("6840{}", run(&[("00", "com.example"), ("01", "ABCDEFGHIJKLMNOPQRSTU")]));
    let text = payload(&with(STATIC, "62", &format!("{service}x")));
    assert_eq!(listed(&text), ["E emv.template.format 62"]);
    // The times have 13 digits, whatever 64 allows at the same IDs.
    let text = payload(&changed(DYNAMIC, &[("99", &format!("{TIMES}x"))]));
    assert_eq!(listed(&text), ["E emv.template.format 99"]);
    let text = payload(&changed(DYNAMIC, &[("99", &format!("{TIMES}0220ABCDEFGHIJKLMNOPQRSTx"))]));
    assert_eq!(listed(&text), ["E emv.template.format 99"]);
    // What is missing of a time has the number of a time.
    let text = payload(&changed(DYNAMIC, &[("99", "001317500000000000100")]));
    let numbers: Vec<_> = findings(&text).iter().filter_map(Violation::code).collect();
    assert!(numbers.iter().all(|number| *number == 45), "{numbers:?}");
}

#[test]
fn times_in_a_broken_99_are_judged() {
    let broken = |base, times: &str| listed(&payload(&changed(base, &[("99", times)])));
    assert!(broken(DYNAMIC, &format!("{EARLIER_TIMES}x")).contains(&"E khqr.99.expired 99-01 46".to_owned()));
    assert_eq!(broken(DYNAMIC, "1750000000000")[..1], ["E emv.template.format 99"]);
    assert!(broken(DYNAMIC, "1750000000000").contains(&"E khqr.99.expiry-missing 99-01 45".to_owned()));
    assert!(broken(DYNAMIC, "***").contains(&"E khqr.99.expiry-missing 99-01 45".to_owned()));
    assert!(broken(DYNAMIC, "01201750000600000").iter().all(|found| !found.contains("45")));
}

/// The bounds of one object of a template that KHQR defines, from the official toolkit's tables: characters, the number
/// for more, the number for none.
fn bounds(template: &str, sub: u8) -> Option<(usize, Option<u16>, Option<u16>)> {
    Some(match (template, sub) {
        ("29" | "30", 0) => (32, Some(6), Some(1)),
        ("29" | "30", 1) => (32, Some(35), None),
        ("29" | "30", 2) => (32, Some(33), Some(31)),
        ("62", 1) => (25, Some(10), Some(10)),
        ("62", 2) => (25, Some(34), Some(34)),
        ("62", 3) => (25, Some(11), Some(11)),
        ("62", 7) => (25, Some(12), Some(12)),
        ("62", 8) => (25, Some(42), Some(42)),
        ("64", 0) => (2, Some(38), Some(38)),
        ("64", 1) => (25, Some(40), Some(39)),
        ("64", 2) => (15, Some(41), Some(41)),
        _ => return None,
    })
}

/// The objects of a template as far as they can be made out: ID, characters.
fn lax(value: &str) -> Vec<(u8, usize)> {
    let text: Vec<char> = value.chars().collect();
    let mut rest = text.as_slice();
    let mut objects = Vec::new();
    while let [a, b, c, d, behind @ ..] = rest {
        let [Some(a), Some(b), Some(c), Some(d)] = [a, b, c, d].map(|digit| digit.to_digit(10)) else { break };
        let length = usize::try_from(c * 10 + d).unwrap().min(behind.len());
        objects.push((u8::try_from(a * 10 + b).unwrap(), length));
        rest = &behind[length..];
    }
    objects
}

/// The inside of a template, often a broken one.
fn inside() -> impl Strategy<Value = String> {
    let digits = proptest::char::range('0', '9');
    let id = prop_oneof![8 => 0..=3_u8, 2 => 7..=8_u8, 1 => 50..=70_u8, 1 => 0..=99_u8];
    let length = prop_oneof![3 => Just(None), 1 => (0..=99_usize).prop_map(Some), 1 => Just(Some(0))];
    let text = prop::collection::vec(
        prop_oneof![4 => digits, 2 => Just('@'), 2 => Just('a'), 1 => Just('ក'), 1 => Just('😀')],
        0..=40,
    );
    let object = (id, length, text).prop_map(|(id, length, text)| {
        let length = length.unwrap_or(text.len());
        format!("{id:02}{length:02}{}", String::from_iter(text))
    });
    let tail = prop_oneof![3 => Just(""), 1 => Just("0"), 1 => Just("01-4"), 1 => Just("01+2ab"), 1 => Just("010"), 1 => Just("ខ្ម")];
    (prop::collection::vec(object, 0..=4), tail).prop_map(|(objects, tail)| {
        let text: String = objects.concat().chars().chain(tail.chars()).take(99).collect();
        if text.is_empty() { "x".to_owned() } else { text }
    })
}

/// A rank by the order that findings are to have: presence by ID, objects by ID, the whole; EMVCo's first.
fn rank(found: &Violation) -> (u8, u8, (bool, bool)) {
    // An object itself before its inside.
    let own = (found.path().depth() > 1, found.rule().id().starts_with("khqr."));
    let root = found.path().root().map(Tag::get);
    match (found.rule().id(), root) {
        ("emv.02-51.missing", _) => (0, 2, own),
        ("khqr.29-30.missing", _) => (0, 29, own),
        (_, None) => (2, 0, own),
        (id, Some(root)) if id.ends_with("missing") && found.path().depth() == 1 => (0, root, own),
        (_, Some(root)) => (1, root, own),
    }
}

proptest! {
    /// Each object of a broken template is judged by its bounds, behind EMVCo's error, and a sound template is not.
    #[test]
    fn broken_templates_are_walked_as_far_as_they_go(
        template in prop::sample::select(vec!["29", "30", "62", "64"]),
        value in inside(),
    ) {
        let base = without(STATIC, "29");
        let base = if matches!(template, "29" | "30") { base } else { with(&base, "29", "0009user@bank") };
        let text = payload(&with(&base, template, &value));
        let found = findings(&text);
        let of_sub: Vec<_> = found.iter().filter(|found| found.rule().id().starts_with("khqr.sub.")).map(shown).collect();
        let is_run = parsed(&text).get(template.parse().unwrap()).unwrap().template().is_ok();
        let format = found.iter().position(|found| found.rule() == emv::TEMPLATE_FORMAT && found.path().depth() == 1);
        prop_assert_eq!(format.is_none(), is_run);
        if is_run {
            prop_assert_eq!(of_sub, Vec::<String>::new());
            return Ok(());
        }
        let first = found.iter().position(|found| found.rule().id().starts_with("khqr.sub."));
        prop_assert!(first.is_none_or(|first| first > format.unwrap()));
        let number = |number: Option<u16>| number.map(|number| format!(" {number}")).unwrap_or_default();
        let mut expected = Vec::new();
        let objects = lax(&value);
        for (sub, length) in &objects {
            let path = format!("{template}-{sub:02}");
            match (bounds(template, *sub), *length) {
                (bounds, 0) => {
                    let code = bounds.and_then(|(_, _, code)| code);
                    expected.push(format!("E khqr.sub.empty {path}{}", number(code)));
                }
                (Some((limit, code, _)), length) if length > limit => {
                    expected.push(format!("E khqr.sub.length {path}{}", number(code)));
                }
                _ => {}
            }
        }
        let demanded: &[(u8, u16)] = match template {
            "29" | "30" => &[(0, 1)],
            "64" => &[(0, 37), (1, 39)],
            _ => &[],
        };
        for (sub, code) in demanded.iter().filter(|(sub, _)| !objects.iter().any(|(other, _)| other == sub)) {
            expected.push(format!("E khqr.sub.missing {template}-{sub:02} {code}"));
        }
        prop_assert_eq!(of_sub, expected, "{}", text);
    }

    /// Whatever stands in the templates, the check ends, places lie in the text, and fail-fast is the first error.
    #[test]
    fn hostile_insides_are_answered(
        insides in [inside(), inside(), inside(), inside(), inside()],
        amount in prop::bool::ANY,
        initiation in prop::sample::select(vec!["11", "12", "13"]),
        now in prop_oneof![Just(0), Just(EXPIRES), any::<u64>()],
    ) {
        let mut objects = vec![("00", "01"), ("01", initiation), ("52", "5999"), ("53", "116"), ("58", "KH"), ("59", "x"), ("60", "y")];
        objects.extend(["29", "30", "62", "64", "99"].into_iter().zip(insides.iter().map(String::as_str)));
        if amount {
            objects.push(("54", "500"));
        }
        let text = payload(&objects);
        for clock in [Clock::UNKNOWN, Clock::at_millis(now)] {
            let found = findings_at(&text, clock);
            prop_assert!(found.is_sorted_by_key(rank), "{:?}", found);
            for violation in &found {
                prop_assert!(text.get(violation.offset()..violation.offset() + violation.length()).is_some(), "{}", violation);
            }
            let first = found.into_iter().find(|found| found.severity() == E);
            prop_assert_eq!(parsed(&text).view::<Khqr<'_>>(clock).err(), first);
        }
        let payload = parsed(&text);
        let code = Khqr::of(&payload);
        prop_assert_eq!((code.bakong_account(), code.acquiring_bank(), code.account_kind()), (None, None, None));
        let _ = (code.expiry(now), code.fields().count(), Khqr::recognises(&payload));
    }
}

// Order.

/// One object broken in its own way, for each ID that KHQR has rules of; text before the others, wire order scrambled.
const FAULTY: [Object<'static>; 14] = [
    ("99", "0104abcd"),
    ("79", "x"),
    ("64", "0003khm0126ABCDEFGHIJKLMNOPQRSTUVWXYZ0216ABCDEFGHIJKLMNOP"),
    ("30", "0101A"),
    ("62", "0126ABCDEFGHIJKLMNOPQRSTUVWXYZ0200"),
    ("60", "ភ្នំពេញភ្នំពេញភ្"),
    ("58", "VN"),
    ("54", "1.5000"),
    ("53", "392"),
    ("52", "12"),
    ("29", "0005plain0133123456789012345678901234567890123"),
    ("15", "1974011600520446ACLB10002312081X"),
    ("26", "0101A"),
    ("01", "12"),
];

#[test]
fn findings_come_presence_first_then_by_tag_emvco_before_khqr() {
    let mut objects = vec![("00", "02")];
    objects.extend(FAULTY);
    let expected = [
        "E emv.59.missing 59 2",
        "E emv.00.value 00",
        "W khqr.15.length 15 43",
        "W khqr.15.currency 15 44",
        "E emv.guid.missing 26-00",
        "E khqr.account.format 29-00 3",
        "E khqr.account.information-length 29-01 35",
        "E khqr.account.ambiguous 30",
        "E khqr.account.missing 30-00 1",
        "W khqr.30-02.missing 30-02 31",
        "E emv.52.format 52",
        "E khqr.53.value 53 28",
        "W emv.54.decimals 54",
        "E khqr.58.value 58",
        "E emv.text.length 60 21",
        "E emv.template.format 62",
        "E khqr.sub.length 62-01 10",
        "E khqr.sub.empty 62-02 34",
        "E emv.64-00.format 64-00 38",
        "E emv.text.length 64-01 40",
        "E emv.text.length 64-02 41",
        "W emv.rfu.object 79",
        "W khqr.99.creation-missing 99-00",
        "E khqr.99.expiry-format 99-01 45",
    ];
    for _ in 0..FAULTY.len() {
        objects[1..].rotate_left(1);
        assert_eq!(listed(&payload(&objects)), expected);
    }
}

#[test]
fn what_is_missing_comes_in_the_order_of_ids() {
    let all = [
        "E emv.02-51.missing ",
        "E khqr.29-30.missing  5",
        "E emv.52.missing 52 25",
        "E emv.53.missing 53 9",
        "E khqr.54.missing 54 47",
        "E emv.58.missing 58 26",
        "E emv.59.missing 59 2",
        "E emv.60.missing 60 27",
        "E khqr.99.expiry-missing 99 45",
    ];
    assert_eq!(listed(&payload(&[("00", "01"), ("01", "12")])), all);
    let text = payload(&[("00", "01"), ("01", "12"), ("55", "02"), ("31", "0101A"), ("64", "0101A")]);
    let mut expected = all[1..].to_vec();
    expected.insert(4, "E emv.56.missing 56");
    expected.extend(["E emv.guid.missing 31-00", "E emv.64-00.missing 64-00 37"]);
    assert_eq!(listed(&text), expected);
    assert_eq!(listed(&payload(&[("00", "01")])).len(), all.len() - 2, "nothing is demanded of a static code");
}

#[test]
fn the_whole_payload_comes_last() {
    let filler = format!("0011com.example0180{}", "x".repeat(80));
    let fillers = [("80", filler.as_str()), ("81", &filler), ("82", &filler), ("83", &filler), ("84", &filler)];
    let text = payload(&changed(&changed(DYNAMIC, &fillers), &[("99", EARLIER_TIMES)]));
    assert_eq!(listed(&text), ["E khqr.99.expired 99-01 46", "W emv.size "]);
}

/// All combinations of sound and broken objects: the list is ordered, fail-fast is its first error, and a visitor that
/// breaks off has seen its start.
#[test]
fn fail_fast_answers_the_first_error_of_the_list() {
    for mask in 0..1_u32 << FAULTY.len() {
        let faults: Vec<Object<'_>> =
            FAULTY.into_iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, fault)| fault).collect();
        let mut objects = changed(if mask.is_multiple_of(3) { DYNAMIC } else { STATIC }, &faults);
        let turns = usize::try_from(mask).unwrap() % (objects.len() - 1);
        objects[1..].rotate_left(turns);
        let text = payload(&objects);
        let payload = parsed(&text);
        let clock = if mask.is_multiple_of(2) { Clock::at_millis(EXPIRES + 1) } else { Clock::UNKNOWN };
        let all = payload.validate::<Khqr<'_>>(clock).into_violations();
        assert!(all.is_sorted_by_key(rank), "{all:?}");
        let first = all.iter().copied().find(|found| found.severity() == E);
        let mut visitor = FirstError::default();
        let flow = Khqr::check(&payload, clock, &mut visitor);
        assert_eq!(visitor.get(), first, "{text}");
        assert!(flow.is_continue(), "a later finding may stand before");
        assert_eq!(payload.view::<Khqr<'_>>(clock).err(), first);
        if mask % 64 != 63 {
            continue;
        }
        for wanted in 1..=all.len() {
            let mut seen = Vec::new();
            let mut visitor = Each(|found| {
                seen.push(found);
                if seen.len() == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert!(Khqr::check(&payload, clock, &mut visitor).is_break());
            assert_eq!(seen.len(), wanted);
            assert!(seen.iter().all(|found| all.contains(found)));
        }
    }
}

/// A bank's rules on top of KHQR: no UnionPay account.
struct Bank;

static NO_UNION_PAY: Rule =
    Rule::new("bank.15.unexpected", Severity::Error, "our contract", "a UnionPay account is present");

impl<'a> Profile<'a> for Bank {
    type Context = Clock;

    const NAME: &'static str = "bank";

    fn recognises(payload: &Payload<'a>) -> bool {
        Khqr::recognises(payload)
    }

    fn check(objects: &Payload<'_>, clock: Clock, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        Khqr::check(objects, clock, visitor)?;
        match objects.get("15".parse().unwrap()) {
            Some(object) => visitor.report(Violation::of_object(&NO_UNION_PAY, &object)),
            None => ControlFlow::Continue(()),
        }
    }

    fn of(_: &Payload<'a>) -> Self {
        Self
    }
}

#[test]
fn profile_on_top_of_khqr_keeps_the_order() {
    let text = payload(&changed(DYNAMIC, &[("15", "x"), ("99", ""), ("54", ""), ("52", "")]));
    let found = parsed(&text).validate::<Bank>(Clock::UNKNOWN).into_violations();
    let ids: Vec<_> = found.iter().map(|found| found.rule().id()).filter(|id| *id != "emv.guid.shape").collect();
    assert_eq!(ids, ["emv.52.missing", "khqr.54.missing", "khqr.99.expiry-missing", "bank.15.unexpected"]);
}

#[test]
fn an_expiry_that_is_too_early_and_over_is_told_as_both() {
    let text = payload(&replace(DYNAMIC, "99", "0013175000000000001131749999999999"));
    let found: Vec<_> = findings(&text).iter().map(shown).collect();
    assert_eq!(found, ["E khqr.99.expiry-before-creation 99-01 50", "E khqr.99.expired 99-01 46"]);
}

#[test]
fn a_language_of_one_letter_has_no_number_since_the_toolkit_takes_it() {
    assert_eq!(listed_of(Static, &[("64", "0001k0101X")]), ["E emv.64-00.format 64-00"]);
    assert_eq!(listed_of(Static, &[("64", "0002k10101X")]), ["E emv.64-00.format 64-00"]);
    assert_eq!(listed_of(Static, &[("64", "0003khm0101X")]), ["E emv.64-00.format 64-00 38"]);
}

#[test]
fn findings_are_told_in_one_sentence_with_path_place_and_id() {
    let text = payload(&replace(DYNAMIC, "99", EARLIER_TIMES));
    let at = position(&text, "1750000599999");
    let error = parsed(&text).view::<Khqr<'_>>(Clock::at_millis(EXPIRES)).unwrap_err();
    assert_eq!(error.to_string(), format!("the code has expired, in data object 99-01 at byte {at} [khqr.99.expired]"));
    let text = sealed(&run(&changed(STATIC, &[("29", ""), ("02", "4000123412341234")])));
    let at = text.len() - 8;
    let error = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "neither an individual account (29) nor a merchant account (30) is present at byte {at} [khqr.29-30.missing]"
        )
    );
}

#[test]
fn debug_shows_no_text() {
    let text = payload(&changed(STATIC, &[("29", "0011secret@bank0106secret0206secret"), ("59", "secret")]));
    let code = parsed(&text).view::<Khqr<'_>>(Clock::UNKNOWN).unwrap();
    let shown = format!("{code:?} {:?} {:?}", code.bakong_account(), code.base());
    assert!(!shown.contains("secret"), "{shown}");
}

/// The last character that the toolkit counts as one.
#[test]
fn characters_at_the_edge_of_the_basic_plane() {
    let beyond = |name: &str| errors_of(STATIC, &[("59", name)]).contains(&"khqr.text.beyond-bmp");
    assert!(!beyond("a\u{FFFF}") && beyond("a\u{10000}"));
}

/// A visitor that wants errors gets all of them, also behind a template that cannot be read, and nothing else.
#[test]
fn errors_alone_are_all_errors() {
    struct Errors(Vec<Violation>);

    impl Visitor for Errors {
        fn wants_warnings(&self) -> bool {
            false
        }

        fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
            self.0.push(violation);
            ControlFlow::Continue(())
        }
    }

    let changes: &[&[Object<'_>]] = &[
        &[("29", "0011john@devb\u{1}")],
        &[("29", "0000015abcde")],
        &[("29", "0033john_smith_with_a_very_long_name@devb99")],
        &[("29", "01020")],
        &[("29", "0009john@devb01"), ("53", "999")],
        &[("62", "0100"), ("64", "0002km")],
        &[("29", "0005abcde0100"), ("52", "x"), ("99", "00")],
        &[("30", "0009john@devb"), ("29", "0009john@devb"), ("58", "TH")],
    ];
    for base in [STATIC, DYNAMIC] {
        for change in changes {
            let text = payload(&changed(base, change));
            let payload = parsed(&text);
            let clock = Clock::at_millis(EXPIRES + 1);
            let mut expected: Vec<_> = payload.validate::<Khqr<'_>>(clock).into_violations();
            expected.retain(|found| found.severity() == E);
            assert!(!expected.is_empty(), "{text}");
            let mut errors = Errors(Vec::new());
            let _ = <Khqr<'_> as Profile<'_>>::check(&payload, clock, &mut errors);
            errors.0.sort_by_key(Violation::order);
            let places = |found: &[Violation]| found.iter().map(shown).collect::<Vec<_>>();
            assert_eq!(places(&errors.0), places(&expected), "{text}");
        }
    }
    let broken = payload(&changed(STATIC, &[("29", "0000015abcde")]));
    let mut errors = Errors(Vec::new());
    let _ = <Khqr<'_> as Profile<'_>>::check(&parsed(&broken), Clock::UNKNOWN, &mut errors);
    assert!(errors.0.iter().any(|found| found.rule().id() == "khqr.sub.empty"), "{:?}", errors.0);
}
