//! What a stranger types first.

#![cfg(feature = "alloc")]
#![expect(clippy::unwrap_used, reason = "tests")]

use emvqr::Encode;
use emvqr::crossborder::{Intent, Policy, Reason};
use emvqr::khqr::{self, Clock, Khqr, Lifetime};
use emvqr::tlv::DataObject;
use emvqr::value::{Amount, Currency};
use emvqr::{Code, ErrorKind, Jpqr, Mpm, Payload, PayloadBuf, ReadError, Tag, crc};

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
    assert_eq!(Jpqr::parse(JP).unwrap().merchant_name(), Some("TEST SHOP"));
    assert_eq!(Mpm::parse(JP).unwrap().merchant_city(), Some("TOKYO"));

    let cut = &KH[..KH.len() - 1];
    let Err(ReadError::Wire(error)) = Khqr::parse(cut, Clock::UNKNOWN) else { panic!("the last character is missing") };
    assert_eq!(error.kind(), Payload::parse(cut).unwrap_err().kind());
    let Err(ReadError::Rule(violation)) = Khqr::parse(JP, Clock::UNKNOWN) else { panic!("not a KHQR code") };
    assert_eq!(Some(violation), Payload::parse(JP).unwrap().view_at::<Khqr<'_>>(Clock::UNKNOWN).err());
    let Err(error) = Jpqr::parse(KH) else { panic!("not a JPQR code") };
    let ReadError::Rule(violation) = error else { panic!("on the wire it is valid") };
    assert_eq!(error.to_string(), violation.to_string());
}

#[test]
fn a_code_is_of_the_scheme_that_recognises_it() {
    let khqr = Payload::parse(KH).unwrap();
    let jpqr = Payload::parse(JP).unwrap();
    assert!(matches!(Code::read(&khqr), Code::Khqr(_)));
    assert!(matches!(Code::read(&jpqr), Code::Jpqr(_)));
    assert_eq!((Code::read(&khqr).profile(), Code::read(&jpqr).profile()), ("khqr", "jpqr"));
    assert_eq!(Code::read(&jpqr).base().merchant_name(), Some("TEST SHOP"));
    assert_eq!(Code::read(&khqr).payload(), &khqr);

    // A Thai code has the templates of Cambodia, too, and is not one.
    let thai =
        sealed("00020101021129370016A000000677010111011300668123456785204599953037645802TH5910JOHN SMITH6007BANGKOK");
    assert!(matches!(Code::parse(&thai, Clock::UNKNOWN), Ok(Code::Other(_))));
    // A code of both is a code of neither, and an error.
    let both = sealed(&format!("{}29190015john_smith@devb", &JP[..JP.len() - 8]).replace("5802JP", "5802KH"));
    let both = Payload::parse(&both).unwrap();
    assert!(matches!(Code::read(&both), Code::Other(_)));
    assert!(Code::parse(both.as_str(), Clock::UNKNOWN).is_err());
    assert_eq!(Code::read(&both).violations(Clock::UNKNOWN), both.violations::<Mpm<'_>>());

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
    let code = Code::read(&text.as_payload()).violations(Clock::at_millis(NOW + 600_001));
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
    assert_eq!(code.amount_minor(), Some(150));
    assert_eq!(code.creation_time_ms().unwrap(), Some(NOW));
    assert_eq!(code.expiration_time_ms().unwrap(), Some(NOW + 600_000));
    assert!(khqr::Builder::individual("nobody", "Name").build().is_err());
}

#[test]
fn the_amount_in_the_smallest_unit_is_that_of_the_scheme() {
    // ISO 4217 gives the riel two decimals; KHQR writes none.
    let of = |currency: Currency, amount: &str| {
        let lifetime = Lifetime::minutes(NOW, 10);
        let built =
            khqr::Builder::individual("a@b", "Name").amount(amount.parse().unwrap(), currency, lifetime).build();
        Khqr::read(&built.unwrap().as_payload()).amount_minor()
    };
    assert_eq!(of(Currency::KHR, "5000"), Some(5_000));
    assert_eq!(of(Currency::USD, "12.5"), Some(1_250));
    assert_eq!(of(Currency::USD, "12"), Some(1_200));
    assert_eq!(Khqr::parse(KH, Clock::UNKNOWN).unwrap().amount_minor(), None);
    assert_eq!(Jpqr::parse(JP).unwrap().amount_minor(), None);
    let yen = JP[..JP.len() - 8].replace("5802JP", "540412345802JP");
    let yen = sealed(&yen.replacen("010211", "010212", 1));
    assert_eq!(Jpqr::parse(&yen).unwrap().amount_minor(), Some(1_234));
}

#[test]
fn an_intent_is_handed_out_if_nothing_blocks_it() {
    let (clock, policy) = (Clock::at_millis(NOW), Policy::default());
    let payload = Payload::parse(JP).unwrap();
    let intent = Intent::payable(&payload, clock, policy).unwrap();
    assert_eq!(intent.payee.key, Intent::read(&payload).unwrap().payee.key);

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
    assert_eq!(other.to_string(), "unknown-scheme: the code is neither KHQR nor JPQR");
}

/// KHQR only warns of it in a static code; whoever pays from abroad cannot know whether the code may still be paid.
#[test]
fn an_expiry_that_cannot_be_read_blocks() {
    let text = sealed(&format!("{}9924001317500000000000103123", &KH[..KH.len() - 8]));
    let payload = Payload::parse(&text).unwrap();
    let intent = Intent::read(&payload).unwrap();
    assert!(intent.expires_ms.is_err());
    let blocks = Intent::payable(&payload, Clock::at_millis(NOW), Policy::default()).unwrap_err();
    let shown: Vec<_> = blocks.iter().map(|block| (block.path.to_string(), block.reason)).collect();
    assert_eq!(shown, [("99-01".to_owned(), Reason::Invalid)]);
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
    let Err(ReadError::Wire(error)) = Mpm::parse("x") else { panic!("not a payload") };
    assert_ne!(error.kind(), ErrorKind::Utf8);
}
