//! What a stranger types first.

#![cfg(feature = "alloc")]
#![expect(clippy::unwrap_used, reason = "tests")]

use emvqr::Clock;
use emvqr::Encode;
use emvqr::crossborder::{Intent, Policy, Reason};
use emvqr::encode::BuildError;
use emvqr::khqr::{self, Khqr, Lifetime};
use emvqr::tlv::DataObject;
use emvqr::value::{Amount, Currency};
use emvqr::{
    Advice, Code, ErrorKind, Jpqr, Mpm, Path, Payload, PayloadBuf, Profile, ReadError, Scheme, Severity, Tag, crc, jpqr,
};

const KH: &str = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
const JP: &str = "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600000104060000015204581253033925802\
                  JP5909TEST SHOP6005TOKYO6107106003264150002JA0105テスト商店630487E2";

const NOW: u64 = 1_750_000_000_000;

/// The text with its CRC written anew.
fn sealed(covered: &str) -> String {
    let covered = format!("{covered}6304");
    format!("{covered}{:04X}", crc::checksum(covered.as_bytes()))
}

/// What two objects that are the same have in common.
fn shown(object: Option<DataObject<'_>>) -> Option<(usize, &str)> {
    object.map(|object| (object.offset(), object.raw()))
}

#[test]
fn a_text_is_read_and_checked_in_one_go() {
    assert_eq!(Khqr::parse(KH, Clock::UNKNOWN).unwrap().bakong_account().unwrap().as_str(), "john_smith@devb");
    assert_eq!(Jpqr::parse(JP, ()).unwrap().name(), Some("TEST SHOP"));
    assert_eq!(Mpm::parse(JP, ()).unwrap().merchant_city(), Some("TOKYO"));

    let cut = &KH[..KH.len() - 1];
    let Err(ReadError::Wire(error)) = Khqr::parse(cut, Clock::UNKNOWN) else { panic!("the last character is missing") };
    assert_eq!(error.kind(), Payload::parse(cut).unwrap_err().kind());
    let Err(ReadError::Rule(violation)) = Khqr::parse(JP, Clock::UNKNOWN) else { panic!("not a KHQR code") };
    assert_eq!(Some(violation), Payload::parse(JP).unwrap().view::<Khqr<'_>>(Clock::UNKNOWN).err());
    let Err(error) = Jpqr::parse(KH, ()) else { panic!("not a JPQR code") };
    let ReadError::Rule(violation) = error else { panic!("on the wire it is valid") };
    assert_eq!(error.to_string(), violation.to_string());
}

#[test]
fn a_code_is_of_the_scheme_that_recognises_it() {
    let khqr = Payload::parse(KH).unwrap();
    let jpqr = Payload::parse(JP).unwrap();
    assert!(matches!(Code::of(&khqr), Code::Khqr(_)));
    assert!(matches!(Code::of(&jpqr), Code::Jpqr(_)));
    assert_eq!((Code::of(&khqr).profile(), Code::of(&jpqr).profile()), ("khqr", "jpqr"));
    assert_eq!(Code::of(&jpqr).base().merchant_name(), Some("TEST SHOP"));
    assert_eq!(Code::of(&khqr).payload(), &khqr);

    // A Thai code has the templates of Cambodia, too, and is not one.
    let thai =
        sealed("00020101021129370016A000000677010111011300668123456785204599953037645802TH5910JOHN SMITH6007BANGKOK");
    assert!(matches!(Code::parse(&thai, Clock::UNKNOWN), Ok(Code::Network(_))));
    // A code of both is a code of neither, and an error.
    let both = sealed(&format!("{}29190015john_smith@devb", &JP[..JP.len() - 8]).replace("5802JP", "5802KH"));
    let both = Payload::parse(&both).unwrap();
    assert!(matches!(Code::of(&both), Code::Other(_)));
    assert!(Code::parse(both.as_str(), Clock::UNKNOWN).is_err());
    assert_eq!(Code::validate(&both, Clock::UNKNOWN).violations(), both.validate::<Mpm<'_>>(()).into_violations());

    // The time counts for Cambodia.
    let text = khqr::Builder::individual("a@b", "Name")
        .amount("5".parse().unwrap(), Currency::KHR, Lifetime::minutes(NOW, 10))
        .build()
        .unwrap();
    assert!(Code::parse(text.as_str(), Clock::at_millis(NOW + 600_000)).is_ok());
    let Err(ReadError::Rule(late)) = Code::parse(text.as_str(), Clock::at_millis(NOW + 600_001)) else {
        panic!("expired")
    };
    assert_eq!(late.rule(), khqr::rules::EXPIRED);
    let code = Code::validate(&text.as_payload(), Clock::at_millis(NOW + 600_001)).into_violations();
    assert!(code.contains(&late), "{code:?}");
    assert!(matches!(Code::parse("", Clock::UNKNOWN), Err(ReadError::Wire(_))));
}

#[test]
fn objects_are_found_by_the_text_of_their_path() {
    let payload = Payload::parse(KH).unwrap();
    assert_eq!(payload.find("29-00").unwrap().value(), "john_smith@devb");
    assert_eq!(payload.find("59").map(|object| object.value()), Some("John Smith"));
    assert_eq!(shown(payload.find(Tag::MERCHANT_NAME)), shown(payload.get(Tag::MERCHANT_NAME)));
    for none in ["", "29-01", "2", "29-", "x", "29-00-00", "62"] {
        assert_eq!(shown(payload.find(none)), None, "{none}");
    }
}

#[test]
fn a_payload_is_iterated_by_reference_and_so_is_one_that_holds_its_text() {
    let payload = Payload::parse(KH).unwrap();
    let mut tags = Vec::new();
    for object in &payload {
        tags.push(object.tag().get());
    }
    assert_eq!(tags, [0, 1, 29, 52, 53, 58, 59, 60, 63]);
    let kept = payload.to_buf();
    let of = |payload: &Payload<'_>| payload.iter().map(|object| object.raw().to_owned()).collect::<Vec<_>>();
    assert_eq!((&kept).into_iter().map(|object| object.raw().to_owned()).collect::<Vec<_>>(), of(&payload));
    assert_eq!(kept.iter().count(), tags.len());
    assert_eq!(kept.tags(), payload.tags());
    assert_eq!(shown(kept.get(Tag::MERCHANT_NAME)), shown(payload.get(Tag::MERCHANT_NAME)));
    assert_eq!(shown(kept.find("29-00")), shown(payload.find("29-00")));
    assert_eq!(shown(kept.find("30-00")), None);
}

#[test]
fn a_builder_gives_a_payload_that_holds_its_text() {
    let builder = khqr::Builder::merchant("coffee@devb", "123456", "Dev Bank", "ហាងកាហ្វេ")
        .amount(Amount::from_minor(150, 2).unwrap(), Currency::USD, Lifetime::minutes(NOW, 10))
        .bill_number("INV-7");
    let built: PayloadBuf = builder.build().unwrap();
    assert_eq!(built.as_str(), builder.encode_to_string().unwrap());
    let code = Khqr::parse(built.as_str(), Clock::at_millis(NOW)).unwrap();
    assert_eq!(code.amount_minor(), Ok(Some(150)));
    assert_eq!(code.created_at_ms().unwrap(), Some(NOW));
    assert_eq!(code.expires_at_ms().unwrap(), Some(NOW + 600_000));
    assert!(khqr::Builder::individual("nobody", "Name").build().is_err());
}

#[test]
fn the_amount_in_the_smallest_unit_is_that_of_the_scheme() {
    // ISO 4217 gives the riel two decimals; KHQR writes none.
    let of = |currency: Currency, amount: &str| {
        let lifetime = Lifetime::minutes(NOW, 10);
        let built =
            khqr::Builder::individual("a@b", "Name").amount(amount.parse().unwrap(), currency, lifetime).build();
        Khqr::of(&built.unwrap().as_payload()).amount_minor()
    };
    assert_eq!(of(Currency::KHR, "5000"), Ok(Some(5_000)));
    assert_eq!(of(Currency::USD, "12.5"), Ok(Some(1_250)));
    assert_eq!(of(Currency::USD, "12"), Ok(Some(1_200)));
    assert_eq!(Khqr::parse(KH, Clock::UNKNOWN).unwrap().amount_minor(), Ok(None));
    assert_eq!(Jpqr::parse(JP, ()).unwrap().amount_minor(), Ok(None));
    let yen = JP[..JP.len() - 8].replace("5802JP", "540412345802JP");
    let yen = sealed(&yen.replacen("010211", "010212", 1));
    assert_eq!(Jpqr::parse(&yen, ()).unwrap().amount_minor(), Ok(Some(1_234)));
}

#[test]
fn an_intent_is_handed_out_if_nothing_blocks_it() {
    let (clock, policy) = (Clock::at_millis(NOW), Policy::default());
    let payload = Payload::parse(JP).unwrap();
    let intent = Intent::payable(&payload, clock, policy).unwrap();
    assert_eq!(intent.payee, Intent::of(&payload, Policy::default()).unwrap().payee);

    let denied =
        Intent::payable(&Payload::parse(KH).unwrap(), clock, Policy::default().deny_individual(true)).unwrap_err();
    assert_eq!(denied.iter().map(|block| block.reason).collect::<Vec<_>>(), [Reason::Individual]);
    assert_eq!(denied.to_string(), denied.iter().next().unwrap().to_string());
    let _: &dyn std::error::Error = &denied;

    let both = sealed(&format!("{}29190015john_smith@devb", &JP[..JP.len() - 8]).replace("5802JP", "5802KH"));
    let both = Intent::payable(&Payload::parse(&both).unwrap(), clock, policy).unwrap_err();
    assert_eq!(both.iter().map(|block| block.reason).collect::<Vec<_>>(), [Reason::AmbiguousPayee]);
    let other = sealed("00020126150011com.example5204599953039785802FR5904NAME6005PARIS");
    let other = Intent::payable(&Payload::parse(&other).unwrap(), clock, policy).unwrap_err();
    assert_eq!(other.to_string(), "unknown-scheme: the code is of no network that is known here");
}

/// KHQR only warns of it in a static code, as its own apps, which pay it; what is only warned of does not block.
#[test]
fn an_expiry_of_a_static_code_that_cannot_be_read_does_not_block() {
    let text = sealed(&format!("{}9924001317500000000000103123", &KH[..KH.len() - 8]));
    let payload = Payload::parse(&text).unwrap();
    let intent = Intent::of(&payload, Policy::default()).unwrap();
    assert!(intent.expires_at_ms.is_err());
    assert!(Intent::payable(&payload, Clock::at_millis(NOW), Policy::default()).is_ok());
}

/// RFC 1321, A.5.
#[cfg(feature = "md5")]
#[test]
fn an_md5_is_shown_in_lower_case_hexadecimal() {
    for (text, digest) in [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ] {
        assert_eq!(khqr::md5(text).to_string(), digest);
        assert_eq!(khqr::md5(text).to_bytes()[0], u8::from_str_radix(&digest[..2], 16).unwrap());
    }
    let code = Khqr::parse(KH, Clock::UNKNOWN).unwrap();
    assert_eq!(code.md5(), khqr::md5(KH));
}

#[test]
fn a_wire_error_keeps_its_kind() {
    let Err(ReadError::Wire(error)) = Mpm::parse("x", ()) else { panic!("not a payload") };
    assert_ne!(error.kind(), ErrorKind::Utf8);
}

fn path(text: &str) -> Path {
    text.parse().unwrap()
}

#[test]
fn a_refusal_says_what_the_payer_can_do() {
    let wire = |text: &str| Payload::parse(text).unwrap_err().advice(text);
    assert_eq!(wire(&KH.replace("E80F", "E80E")), Some(Advice::ScanAgain));
    assert_eq!(wire(&KH[..40]), Some(Advice::ScanAgain));
    assert_eq!(wire("https://example.com/"), Some(Advice::NotAPaymentCode));
    assert_eq!(wire(""), Some(Advice::NotAPaymentCode));
    // A sound code with something before or after it, or cut wherever it may be.
    for text in [
        format!(" {KH}"),
        format!("{KH} "),
        format!("{KH}\n"),
        format!("https://example.com/?q={KH}"),
        format!("{KH}{KH}"),
    ] {
        assert_eq!(wire(&text), Some(Advice::ScanAgain), "{text:?}");
    }
    for end in 6..KH.len() {
        assert_eq!(wire(&KH[..end]), Some(Advice::ScanAgain), "{end}");
    }
    // 59 twice, each with a value of its own.
    let twice = sealed(&format!("{}5904Mary", &KH[..KH.len() - 8]));
    assert_eq!(wire(&twice), Some(Advice::AskForNewCode));
    let too_small = Payload::parse(KH).unwrap().edit(&[]).encode_checked_to_slice::<Mpm<'_>>((), &mut []).unwrap_err();
    let BuildError::Encode(too_small) = too_small else { panic!("{too_small}") };
    assert_eq!(too_small.advice(""), None);

    let first = |payload: &Payload<'_>, clock| {
        let findings = Code::validate(payload, clock).into_violations();
        findings.iter().find(|finding| finding.severity() == Severity::Error).and_then(emvqr::Violation::advice)
    };
    let timed = khqr::Builder::individual("a@b", "Name")
        .amount("5".parse().unwrap(), Currency::KHR, Lifetime::minutes(NOW, 10))
        .build()
        .unwrap();
    assert_eq!(first(&timed.as_payload(), Clock::at_millis(NOW + 600_001)), Some(Advice::Expired));
    let both = sealed(&format!("{}29190015john_smith@devb", &JP[..JP.len() - 8]).replace("5802JP", "5802KH"));
    assert_eq!(first(&Payload::parse(&both).unwrap(), Clock::UNKNOWN), Some(Advice::UncertainPayee));
    let no_name = sealed(&KH[..KH.len() - 8].replace("5910John Smith", ""));
    assert_eq!(first(&Payload::parse(&no_name).unwrap(), Clock::UNKNOWN), Some(Advice::AskForNewCode));

    // With a warning it can be paid.
    let letters = sealed(&JP[..JP.len() - 8].replace("61071060032", "6107ABCDEFG"));
    let letters = Payload::parse(&letters).unwrap().validate::<Jpqr<'_>>(()).into_violations();
    let [warning] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((warning.rule(), warning.advice()), (jpqr::rules::POSTAL_CODE_DIGITS, None));

    assert_eq!(Reason::TipOrFee.advice(), Advice::NotPayableAbroad);
    assert_eq!(Reason::AmbiguousPayee.advice(), Advice::UncertainPayee);
    assert_eq!(Advice::AskForNewCode.to_string(), "ask-for-new-code");
}

#[test]
fn a_code_says_its_scheme() {
    let scheme = |text: &str| Code::of(&Payload::parse(text).unwrap()).scheme().to_string();
    assert_eq!(scheme(KH), "khqr");
    assert_eq!(scheme(JP), "jpqr");
    let thai =
        sealed("00020101021129370016A000000677010111011300668123456785204599953037645802TH5910JOHN SMITH6007BANGKOK");
    let payload = Payload::parse(&thai).unwrap();
    assert_eq!(Code::of(&payload).scheme(), Scheme::Network(emvqr::network::by_id("th.transfer").unwrap()));
    // Visa's primitive ID alone has no identifier.
    let card = sealed("000201010211021640001234567890125204599953038405802US5904Name6004City");
    assert_eq!(Code::of(&Payload::parse(&card).unwrap()).scheme(), Scheme::None);

    let blocks = Intent::payable(&Payload::parse(&card).unwrap(), Clock::UNKNOWN, Policy::default()).unwrap_err();
    let blocks: Vec<_> = blocks.iter().map(|block| (block.path, block.reason)).collect();
    assert_eq!(blocks, [(Path::ROOT, Reason::UnknownScheme)]);
}

#[test]
fn objects_have_the_names_that_their_scheme_gives_them() {
    let khqr = Payload::parse(KH).unwrap();
    let khqr = Code::of(&khqr);
    assert_eq!(khqr.object_name(path("29-00")), Some("Bakong Account ID"));
    assert_eq!(khqr.object_name(path("99-01")), Some("Expiration Time"));
    assert_eq!(khqr.object_name(path("59")), Some("Merchant Name"));
    assert_eq!(khqr.base().object_name(path("29-00")), Some("Globally Unique Identifier"));

    // Any of 26 to 51 may hold the store.
    let elsewhere = sealed(&JP[..JP.len() - 8].replacen("01021126", "01021131", 1));
    let elsewhere = Payload::parse(&elsewhere).unwrap();
    let jpqr = Code::of(&elsewhere);
    assert!(matches!(jpqr, Code::Jpqr(_)));
    assert_eq!(jpqr.object_name(path("31-02")), Some("Management Level 2"));
    assert_eq!(jpqr.object_name(path("26-02")), None);
    assert_eq!(jpqr.object_name(path("90")), Path::of(Tag::new(90).unwrap()).name());
}

#[test]
fn a_payload_is_judged_and_read_in_one_go() {
    let letters = sealed(&JP[..JP.len() - 8].replace("61071060032", "6107ABCDEFG"));
    let payload = Payload::parse(&letters).unwrap();
    let read = payload.validate::<Jpqr<'_>>(());
    assert!(read.is_valid());
    assert_eq!((read.errors().count(), read.warnings().count()), (0, 1));
    assert_eq!(read.code().city(), Some("TOKYO"));

    let read = payload.validate::<Khqr<'_>>(Clock::UNKNOWN);
    assert!(!read.is_valid());
    let all = payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations();
    assert_eq!(read.errors().count() + read.warnings().count(), all.len());
}

#[test]
fn a_builder_says_what_a_reader_would_be_warned_of() {
    let usual = jpqr::Required {
        store_id: jpqr::StoreId::from_numbers(1, 1, 1, 1).unwrap(),
        merchant_category_code: "5812".parse().unwrap(),
        name: "TEST SHOP",
        city: "TOKYO",
        postal_code: "1060032",
        alternate_name: "テスト商店",
    };
    let warnings = |required: &jpqr::Required<'_>| {
        let built = jpqr::Builder::new(required).build()?;
        Ok::<_, BuildError>(built.as_payload().validate::<Jpqr<'_>>(()).into_violations())
    };
    assert_eq!(warnings(&usual).unwrap(), []);
    let warnings_of_letters = warnings(&jpqr::Required { postal_code: "ABCDEFG", ..usual }).unwrap();
    let [warning] = warnings_of_letters.as_slice() else { panic!("{warnings_of_letters:?}") };
    assert_eq!((warning.rule(), warning.severity()), (jpqr::rules::POSTAL_CODE_DIGITS, Severity::Warning));
    assert!(warnings(&jpqr::Required { name: "", ..usual }).is_err());
}

#[test]
fn a_code_that_has_expired_is_not_written() {
    let code = khqr::Builder::individual("a@b", "Name").amount(
        "5".parse().unwrap(),
        Currency::KHR,
        Lifetime::minutes(NOW, 10),
    );
    assert!(code.clone().at(Clock::at_millis(NOW + 600_000)).build().is_ok());
    let error = code.at(Clock::at_millis(NOW + 600_001)).build().unwrap_err();
    assert!(
        matches!(error, BuildError::Rule(late) if late.rule() == khqr::rules::EXPIRED && late.code() == Some(46)),
        "{error}"
    );
}

#[test]
fn the_number_of_the_whole_code_is_of_no_object() {
    let concerned =
        |path: Path| khqr::NUMBERS.iter().filter(|row| row.concerns(path)).map(|row| row.number).collect::<Vec<_>>();
    assert_eq!(concerned(Path::ROOT), [5]);
    assert_eq!(concerned(path("59")), [2, 7]);
    assert_eq!(concerned(path("29-02")), [31, 33]);
    assert_eq!(concerned(path("30-02")), [31, 33]);
    assert_eq!(concerned(path("30-01")), [30, 35]);
    assert_eq!(concerned(path("26-01")), [0; 0]);
}

/// A profile tells its codes by the trait as by its own function.
#[test]
fn profiles_recognise_their_codes() {
    fn recognised<'a, P: Profile<'a>>(text: &'a str) -> bool {
        P::recognises(&Payload::parse(text).unwrap())
    }

    assert!(recognised::<Khqr<'_>>(KH) && !recognised::<Khqr<'_>>(JP));
    assert!(recognised::<Jpqr<'_>>(JP) && !recognised::<Jpqr<'_>>(KH));
    assert!(recognised::<Mpm<'_>>(KH) && recognised::<Mpm<'_>>(JP));
}
