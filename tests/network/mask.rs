//! What is personal is masked or replaced.

use emvqr::mask::{self, Class, Masked, masked, masked_as, without_secrets};
use emvqr::{Clock, Code, Mpm, Payload, PayloadBuf, network, tlv};
use proptest::prelude::*;

use crate::common::{Object, payload, run, sealed, with};
use crate::lines::{collected, on_vectors};

/// Drawn once for these tests.
const KEY: &[u8; 16] = b"\x5c\x0b\xe1\x7f\x93\x28\x44\xd0\x6a\xb9\x12\x3e\xf7\x85\xc6\x51";

fn anonymise(payload: &Payload<'_>) -> Result<PayloadBuf, emvqr::Error> {
    mask::anonymise(payload, KEY)
}

fn anonymise_text(text: &str) -> String {
    mask::anonymise_text(text, KEY)
}

#[test]
fn each_class_shows_what_it_may() {
    for (value, class, shown) in [
        ("0066812345678", Class::Phone, "**********678"),
        ("1234567890123", Class::NationalId, "**********123"),
        ("PK36SCBL0000001123456702", Class::Account, "********************6702"),
        ("140000812345678", Class::Wallet, "************678"),
        ("someone@example.com", Class::Email, "s******@example.com"),
        ("someone", Class::Email, "*******"),
        ("0812345678@bank", Class::Alias, "**********@bank"),
        ("bank@0812345678", Class::Alias, "***************"),
        ("mary@smith jones", Class::Alias, "****************"),
        ("", Class::Name, ""),
        ("john_smith@devb", Class::Alias, "**********@devb"),
        ("an alias", Class::Alias, "********"),
        // No letters, which could be the end of a name.
        ("SOKHA CHAN", Class::Account, "**********"),
        ("MARY-123456", Class::Account, "********456"),
        ("John Smith", Class::Name, "J*********"),
        ("ហាង", Class::Name, "ហ\u{ff0a}\u{ff0a}"),
        ("7-Eleven", Class::Name, "********"),
        ("Thank you", Class::Text, "*********"),
        ("999941057058", Class::Secret, "XXXXXXXXXXXX"),
        ("MERCHANT-1", Class::Clear, "MERCHANT-1"),
        // Of a short value at most a third.
        ("12345", Class::Account, "****5"),
        ("12", Class::Phone, "**"),
        ("", Class::Text, ""),
        ("ហាង𠮷é", Class::Text, "\u{ff0a}\u{ff0a}\u{ff0a}\u{1f7b6}\u{d7}"),
    ] {
        let text = Masked(value, class).to_string();
        assert_eq!(text, shown, "{class:?}");
        assert_eq!((text.len(), text.chars().count()), (value.len(), value.chars().count()));
        assert!(value.is_empty() || !format!("{:?}", Masked(value, class)).contains(value));
    }
}

fn code(objects: &[Object<'_>], more: &[Object<'_>]) -> String {
    let mut all = vec![("00", "01"), ("01", "11")];
    all.extend(objects);
    all.extend([("52", "0000"), ("53", "356"), ("58", "IN"), ("59", "MARY SMITH"), ("60", "CITY")]);
    all.extend(more);
    payload(&all)
}

#[test]
fn a_payload_is_masked_by_its_networks() {
    let aadhaar = run(&[("00", "A000000524"), ("01", "999941057058")]);
    let vpa = run(&[("00", "A000000524"), ("01", "mary@bank")]);
    let unknown = run(&[("00", "com.example"), ("01", "MARY-123456")]);
    let additional = run(&[("01", "INV-7"), ("02", "012345678"), ("04", "LOYAL"), ("10", "1234567890")]);
    let text = code(&[("26", &vpa), ("28", &aadhaar), ("40", &unknown)], &[("62", &additional)]);
    let payload = Payload::parse(&text).unwrap();
    let shown = payload.masked().to_string();
    for gone in ["9999", "mary", "MARY", "SMITH", "12345678", "LOYAL"] {
        assert!(!shown.contains(gone), "{gone}: {shown}");
    }
    assert!(
        shown.contains("0109****@bank") && shown.contains("0112XXXXXXXXXXXX") && shown.contains("0105*****"),
        "{shown}"
    );
    assert!(shown.contains("com.example") && shown.contains("6004C***"), "{shown}");
    // The number that may never be shown is hidden where all else is.
    let hidden = payload.without_secrets().unwrap().to_string();
    assert!(
        hidden.contains("0112XXXXXXXXXXXX") && hidden.contains("mary@bank") && hidden.contains("MARY SMITH"),
        "{hidden}"
    );
    assert!(Payload::parse(&hidden).is_ok());
    let none = code(&[("26", &vpa)], &[]);
    assert!(Payload::parse(&none).unwrap().without_secrets().is_none());
    // It is a payload itself, whose CRC says nothing of what is masked.
    assert_eq!(shown.len(), text.len());
    assert!(Payload::parse(&shown).is_ok());
    assert!(!format!("{:?}", payload.masked()).contains("CITY"));
}

#[test]
fn a_merchant_keeps_its_name() {
    let store = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
    let japan = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("26", store),
        ("52", "5812"),
        ("53", "392"),
        ("58", "JP"),
        ("59", "YAMADA SOBA"),
        ("60", "CHIYODA-KU"),
        ("61", "1000001"),
        ("64", "0002JA0104山田そば"),
    ]);
    assert_eq!(Payload::parse(&japan).unwrap().masked().to_string(), japan);
    // An individual's KHQR code does not.
    let khqr = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let shown = Payload::parse(khqr).unwrap().masked().to_string();
    assert!(
        shown.starts_with("00020101021129190015**********@devb5204599953031165802KH5910J*********6010P*********6304"),
        "{shown}"
    );
    let merchant = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("30", "0009shop@devb0106123456"),
        ("52", "5999"),
        ("53", "116"),
        ("58", "KH"),
        ("59", "SHOP"),
        ("60", "CITY"),
    ]);
    let shown = Payload::parse(&merchant).unwrap().masked().to_string();
    assert!(shown.contains("****@devb") && shown.contains("0106123456") && shown.contains("5904SHOP"), "{shown}");
}

#[test]
fn an_account_of_a_code_like_khqr_of_another_country_is_masked() {
    let text = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("29", "0021tienda@wallet.example"),
        ("52", "5411"),
        ("53", "840"),
        ("58", "SV"),
        ("59", "TIENDA"),
        ("60", "SAN SALVADOR"),
    ]);
    let shown = Payload::parse(&text).unwrap().masked().to_string();
    assert!(shown.contains("0021******@wallet.example"), "{shown}");
    assert_like(&text);
}

#[test]
fn more_is_masked_of_a_text_that_cannot_be_read() {
    assert_eq!(masked("upi://pay?pa=a@b").to_string(), "****************");
    // A length that cannot be: nothing need be what its place says.
    let broken = "00020129190015john_smith@devb5303116570199910John Smith62130209012345678590x555 1234";
    assert_eq!(
        masked(broken).to_string(),
        format!("00020129190015{}53031165701*9910{}", "*".repeat(15), "*".repeat(39))
    );
    let known = "00020129370016A00000067701011101130066812345678 5802TH";
    assert_eq!(masked(known).to_string(), format!("00020129370016A0000006770101110113{}", "*".repeat(20)));
    // An ID out of order is a digit of something.
    assert_eq!(masked("000201530311601021266812345678").to_string(), format!("0002015303116{}", "*".repeat(17)));
    assert_eq!(masked("081234567").to_string(), "*********");
    assert_eq!(masked("").to_string(), "");
}

#[track_caller]
fn assert_like(text: &str) {
    let payload = Payload::parse(text).unwrap();
    let made = anonymise(&payload).unwrap();
    let other = made.as_payload();
    let leaves = |text| {
        tlv::leaves(text)
            .flatten()
            .map(|leaf| (leaf.path(), leaf.offset(), leaf.value().chars().count()))
            .collect::<Vec<_>>()
    };
    assert_eq!(leaves(text), leaves(made.as_str()), "{text}\n{}", made.as_str());
    let clock = Clock::at_millis(1_750_000_000_000);
    let findings = |payload: &Payload<'_>| {
        let all = [Code::validate(payload, clock).into_violations(), payload.validate::<Mpm<'_>>(()).into_violations()]
            .concat();
        all.iter().map(|found| (found.rule().id(), found.path(), found.offset(), found.length())).collect::<Vec<_>>()
    };
    assert_eq!(findings(&payload), findings(&other), "{text}\n{}", made.as_str());
    let networks =
        |payload: &Payload<'_>| network::accounts(payload).map(|account| account.network().id()).collect::<Vec<_>>();
    assert_eq!(networks(&payload), networks(&other));
    assert_eq!(anonymise(&payload).unwrap().as_str(), made.as_str());
}

#[test]
fn an_anonymised_code_keeps_structure_and_findings() {
    let khqr = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let made = anonymise(&Payload::parse(khqr).unwrap()).unwrap();
    let account = made.as_payload().find("29-00").unwrap().value().to_owned();
    assert!(
        account.ends_with("@devb") && account.chars().nth(4) == Some('_') && account != "john_smith@devb",
        "{account}"
    );
    assert!(account[..10].bytes().zip(b"john_smith").all(|(new, old)| new == b'_' || new != *old), "{account}");
    assert_like(khqr);
    // Scripts stay, and equal values become equal ones.
    let two = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("29", "0008a.b@devb01070123456"),
        ("52", "5999"),
        ("53", "116"),
        ("58", "KH"),
        ("59", "ហាងកាហ្វេ"),
        ("60", "X"),
        ("62", "02070123456"),
    ]);
    let made = anonymise(&Payload::parse(&two).unwrap()).unwrap();
    let find = |path: &str| made.as_payload().find(path).unwrap().value().to_owned();
    assert_eq!(find("29-01"), find("62-02"));
    assert!(find("59").chars().all(|c| ('\u{1780}'..='\u{17ff}').contains(&c)) && find("59") != "ហាងកាហ្វេ");
    assert_like(&two);
    // A CRC in lower case is a finding, and stays one.
    for name in 'a'..='z' {
        let text = payload(&[
            ("00", "01"),
            ("01", "11"),
            ("29", "0008a.b@devb"),
            ("53", "116"),
            ("58", "KH"),
            ("59", &name.to_string()),
            ("60", "X"),
        ]);
        assert_like(&format!("{}{}", &text[..text.len() - 4], text[text.len() - 4..].to_lowercase()));
    }
}

on_vectors! {
    khqr_codes: keep_structure_and_findings("khqr.ndjson"),
    jpqr_codes: keep_structure_and_findings("jpqr.ndjson"),
    field_cases: keep_structure_and_findings("field.ndjson"),
}

#[test]
#[ignore = "needs EMVQR_VECTORS"]
fn codes_of_many_networks() {
    keep_structure_and_findings(&collected("emvco.ndjson"));
}

fn keep_structure_and_findings(lines: &[serde_json::Value]) {
    let mut seen = 0;
    for line in lines {
        let Some(text) = line["payload"].as_str().filter(|text| Payload::parse(text).is_ok()) else { continue };
        assert_like(text);
        let payload = Payload::parse(text).unwrap();
        let shown = payload.masked().to_string();
        assert_eq!((shown.len(), Payload::parse(&shown).is_ok()), (text.len(), true), "{text}");
        seen += 1;
    }
    assert!(seen > lines.len() / 4, "{seen}");
}

proptest! {
    #[test]
    fn any_code_keeps_structure_and_findings(
        account in "[a-z0-9._@ \u{1780}-\u{17a2}A-Z]{1,30}",
        name in "[A-Za-z \u{e01}-\u{e2e}\u{4e00}-\u{4e20}é\u{301}]{1,25}",
        mobile in "[0-9+ -]{1,25}",
        guid in prop::sample::select(vec!["A000000677010111", "SG.PAYNOW", "br.gov.bcb.pix", "com.example", "A000000524"]),
        country in prop::sample::select(vec!["KH", "TH", "JP", "SG"]),
    ) {
        let template = run(&[("00", guid), ("01", &account)]);
        let bakong = run(&[("00", &account)]);
        let additional = run(&[("02", &mobile), ("04", &name)]);
        let objects = [("00", "01"), ("01", "11"), ("29", bakong.as_str()), ("26", &template), ("52", "5812"), ("53", "116"), ("58", country), ("59", &name), ("60", "CITY")];
        assert_like(&payload(&with(&objects, "62", &additional)));
    }
}

/// The class of the value at a path.
fn class_at(text: &str, path: &str) -> Class {
    let payload = Payload::parse(text).unwrap();
    let leaf = payload.leaves().find(|leaf| leaf.path() == path).unwrap();
    mask::class_of(&payload, &leaf)
}

#[test]
fn an_account_of_a_card_network_is_one_and_a_store_is_none() {
    let base = [("00", "01"), ("01", "11"), ("52", "5812"), ("58", "US"), ("59", "A"), ("60", "B")];
    let store = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
    assert_eq!(class_at(&payload(&with(&base, "04", "1234567890")), "04"), Class::Account);
    assert_eq!(class_at(&payload(&with(&base, "04", store)), "04"), Class::Clear);
    // Also where a network has a field of its own: India's 06.
    let upi = run(&[("00", "A000000524"), ("01", "shop@bank")]);
    for (value, class) in [("1234567890123456", Class::Account), ("1234567890", Class::Text), (store, Class::Clear)] {
        let code = with(&with(&base, "06", value), "26", &upi);
        assert_eq!(class_at(&payload(&code), "06"), class);
    }
    assert_eq!(class_at(&payload(&with(&base, "26", "0011com.example01041234")), "26-01"), Class::Account);
}

/// The identifier of a network that is known says nothing of a person, even with an `@` in it, or inside a personal field.
#[test]
fn identifiers_of_networks_are_clear() {
    let acquirer = run(&[("00", "ID.CO@BANK.WWW"), ("01", "936050360000000000"), ("02", "12345")]);
    let qris = run(&[("00", "ID.CO.QRIS.WWW"), ("02", "ID1078010748780"), ("03", "UME")]);
    let text = code(&[("26", &acquirer), ("51", &qris)], &[]).replace("5802IN", "5802ID").replace("5303356", "5303360");
    let text = sealed(&text[..text.len() - 8]);
    let payload = Payload::parse(&text).unwrap();
    assert!(network::accounts(&payload).any(|account| account.object().tag().get() == 26), "{text}");
    assert_eq!(class_at(&text, "26-00"), Class::Clear);
    // One that is not known beside it is somebody's.
    let text = code(&[("26", &acquirer), ("27", "0009shop@bank"), ("51", &qris)], &[]).replace("5802IN", "5802ID");
    let text = sealed(&text[..text.len() - 8].replace("5303356", "5303360"));
    assert_eq!((class_at(&text, "26-00"), class_at(&text, "27-00")), (Class::Clear, Class::Alias));
    let promptpay = run(&[("00", "A000000677010111"), ("01", "0066812345678")]);
    let message = run(&[("00", "A000000677010112"), ("01", "MARY")]);
    let text =
        code(&[("29", &promptpay)], &[("81", &message)]).replace("5802IN", "5802TH").replace("5303356", "5303764");
    let text = sealed(&text[..text.len() - 8]);
    assert_eq!((class_at(&text, "81-00"), class_at(&text, "81-01")), (Class::Clear, Class::Text));
}

/// Of a code with a broken template its identifier stays and what can be read of it is replaced; of one that is not known both
/// could be a person's.
#[test]
fn a_broken_template_of_a_known_network_keeps_its_identifier() {
    let broken = "0016A00000067701011101130066812345678xx12tail";
    let text =
        payload(&[("00", "01"), ("01", "11"), ("29", broken), ("52", "5812"), ("58", "TH"), ("59", "A"), ("60", "B")]);
    let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
    let value = made.as_payload().find("29").unwrap().value().to_owned();
    assert!(value.starts_with("0016A00000067701011101130") || value.starts_with("0016A0000006770101110113"), "{value}");
    assert!(!value.contains("0066812345678") && !value.contains("tail") && value.len() == broken.len(), "{value}");
    // Also one that looks like an address.
    let acquirer = "0014ID.CO@BANK.WWW0118936050360000000000xx12tail";
    let qris = run(&[("00", "ID.CO.QRIS.WWW"), ("02", "ID1078010748780"), ("03", "UME")]);
    let text = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("26", acquirer),
        ("51", &qris),
        ("52", "5812"),
        ("58", "ID"),
        ("59", "A"),
        ("60", "B"),
    ]);
    let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
    let value = made.as_payload().find("26").unwrap().value().to_owned();
    assert!(value.starts_with("0014ID.CO@BANK.WWW0118") && !value.contains("936050360000000000"), "{value}");
    let unknown = broken.replace("A000000677010111", "someone@bank.exa");
    let text = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("29", &unknown),
        ("52", "5812"),
        ("58", "TH"),
        ("59", "A"),
        ("60", "B"),
    ]);
    let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
    let value = made.as_payload().find("29").unwrap().value().to_owned();
    assert!(!value.contains("someone") && value.contains("@bank.exa"), "{value}");
}

/// Lengths of 00 and values that overrun, which KHQR's own readers read on over, stay what they are.
#[test]
fn what_can_be_made_out_of_a_broken_template_stays_so() {
    for broken in [
        "00000100020003x",
        "0009shop@bank0200010002x",
        "00000209john@bank0100",
        "0009mary@bank0100MARYSMITH",
        "0009mary@bank01é4MARY",
        "0009mary@bank0100020512345",
        "0009mary@bank0199JOHN-1234",
        "010000000209john@bank",
    ] {
        // Known as KHQR's by the other account.
        let merchant = "0009shop@aclb0106M-00010211ACLEDA Bank";
        let code = [("00", "01"), ("01", "11"), ("29", broken), ("30", merchant), ("52", "5812"), ("53", "116")];
        let text = payload(&[&code[..], &[("58", "KH"), ("59", "SHOP"), ("60", "CITY")]].concat());
        assert_like(&text);
        let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
        for personal in ["john", "mary", "JOHN", "MARY", "12345"] {
            assert!(!made.as_str().contains(personal), "{}", made.as_str());
        }
    }
    // Behind the fault there can be anything: here a mobile number in a bill number of 99 characters.
    let text = code(&[("26", "0011com.example")], &[("62", "0199INV 021201234567890505MARY!")]);
    assert_like(&text);
    let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
    let payload = Payload::parse(&text).unwrap();
    let shown = [made.as_str().to_owned(), payload.masked().to_string(), masked(&text[..text.len() - 9]).to_string()];
    for personal in ["INV", "0123456789", "MARY!"] {
        assert!(shown.iter().all(|shown| !shown.contains(personal)), "{shown:?}");
    }
}

/// Of a text that cannot be read.
#[test]
fn any_text_is_replaced_by_what_its_places_tell() {
    let template = run(&[("00", "com.example"), ("01", "SECRET")]);
    let card = run(&[("85", "4111111111111111")]);
    let broken = format!("000201{}{card}5303840{}", run(&[("26", &template)]), run(&[("59", "MARY"), ("59", "SMITH")]));
    let sealed = sealed(&broken);
    let made = anonymise_text(&sealed);
    assert_eq!(made.len(), sealed.len());
    assert!(made.contains("com.example") && made.contains("5303840"), "{made}");
    for text in ["SECRET", "4111111111111111", "MARY", "SMITH"] {
        assert!(!made.contains(text), "{text}: {made}");
    }
    // A CRC that was right is right again; a wrong one could be that of the original, and becomes another wrong one.
    let crc = |text: &str| format!("{:04X}", crate::common::crc(&text.as_bytes()[..text.len() - 4]));
    assert_eq!(made[made.len() - 4..], crc(&made));
    let wrong = format!("{}{}", &sealed[..sealed.len() - 4], if sealed.ends_with("1234") { "1235" } else { "1234" });
    let made = anonymise_text(&wrong);
    let digits = &made[made.len() - 4..];
    assert!(made[..made.len() - 4].ends_with("6304") && digits.bytes().all(|byte| byte.is_ascii_digit()), "{made}");
    assert!(digits != &wrong[wrong.len() - 4..] && digits != crc(&made), "{made}");
    // Without one nothing is made up.
    assert_eq!(anonymise_text(&broken).len(), broken.len());
}

/// All rules about a text that is a payload but for its CRC, or for an ID that occurs twice, are those of a payload.
#[test]
fn a_wrong_crc_takes_no_mask_off() {
    let account = run(&[("00", "br.gov.bcb.pix"), ("01", "12345678909")]);
    let base = [("00", "01"), ("26", account.as_str()), ("52", "0000"), ("53", "986"), ("58", "BR")];
    let additional = run(&[("05", "SECRETTXID")]);
    let text = payload(&with(&with(&base, "59", "MARIA"), "62", &additional));
    let covered = &text[..text.len() - 8];
    let right = &text[text.len() - 4..];
    let copies = [
        text.clone(),
        format!("{covered}63040000"),
        format!("{covered}6304{}", &right[1..]),
        format!("{covered}6304"),
        covered.to_owned(),
        format!("{text} "),
        format!("{covered}5905MARIA6304{right}"),
        format!("{covered}6304{right}0002015905MARIA"),
    ];
    for copy in copies {
        let shown = match Payload::parse(&copy) {
            Ok(payload) => payload.masked().to_string(),
            Err(_) => masked(&copy).to_string(),
        };
        assert_eq!((shown.len(), shown.chars().count()), (copy.len(), copy.chars().count()));
        let made = anonymise_text(&copy);
        assert_eq!(made.len(), copy.len(), "{made}");
        for shown in [&shown, &made] {
            assert!(shown.contains("br.gov.bcb.pix") && shown.contains("52040000"), "{shown}");
            for personal in ["12345678909", "SECRETTXID", "ECRET", "MARIA"] {
                assert!(!shown.contains(personal), "{shown}");
            }
        }
        assert!(copy == text || !shown.contains(right), "{shown}");
    }
}

/// What a repair finds says what of the text is personal.
#[test]
fn a_changed_text_is_masked_by_the_repaired_one() {
    let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let payload = Payload::parse(text).unwrap();
    for (changed, kept) in [
        (text.replace('@', "%40").replace(' ', "%20"), "5204599953031165802KH5910J"),
        (text.replace('@', "&#64;"), "5204599953031165802KH5910J"),
        (text.replace("5204", "52 04"), "599953031165802KH5910J"),
        (format!("https://pay.example/john_smith?q={text}&r=John Smith"), "5204599953031165802KH5910J"),
        (format!("\u{feff}{text}"), "5204599953031165802KH5910J"),
    ] {
        let shown = masked_as(&changed, &payload);
        assert_eq!((shown.len(), shown.chars().count()), (changed.len(), changed.chars().count()));
        assert!(shown.contains(kept), "{shown}");
        for personal in ["john", "smith", "ohn", "mith", "E80F", "pay.example", "HNOM"] {
            assert!(!shown.contains(personal), "{shown}");
        }
        // By its own places less is shown.
        assert!(!masked(&changed).to_string().contains("john"), "{changed}");
    }
}

/// Damage is put aside and back, so that what is said of it stays.
#[test]
fn damage_is_put_back() {
    use emvqr::diagnose::diagnose;

    let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let covered = &text[..text.len() - 4];
    // From 0000, of the text without 6304, and with its bytes exchanged; computed by hand with another library.
    for changed in [
        format!("\u{feff}{text}"),
        format!("https://pay.example/?{text}"),
        format!("https://pay.example/?q={text}&r=1"),
        format!("]Q1{text}\n"),
        format!("{text}{text}"),
        format!("{text} {text}"),
        format!("{covered}99F3"),
        format!("{covered}0FE8"),
        format!("{covered}0000"),
        format!("{covered}E8"),
        covered[..covered.len() - 4].to_owned(),
        text.replace('@', "%40").replace(' ', "%20"),
        text.replace('@', "&#64;"),
        text.replace("599953", "59995\n3"),
        text.replace("Smith", "Smi\u{200b}th"),
    ] {
        let made = anonymise_text(&changed);
        assert_eq!(made.chars().count(), changed.chars().count(), "{made}");
        let said = |text: &str| {
            let hints = diagnose(text);
            let said = hints.iter().map(|hint| (hint.kind(), hint.path(), hint.offset(), hint.length()));
            (
                said.collect::<Vec<_>>(),
                Payload::parse(text).map(|_| ()).map_err(|fault| (fault.kind().name(), fault.offset())),
            )
        };
        assert_eq!(said(&made), said(&changed), "{changed}\n{made}");
        for personal in ["john", "smith", "John", "Smith"] {
            assert!(!made.contains(personal), "{made}");
        }
    }
}

/// Each letter and digit of each script is replaced by another one as long, and nothing else is.
#[test]
fn all_scripts_are_replaced() {
    for name in [
        "ສົມພອນ ວົງສາ",
        "සුනිල් පෙරේරා",
        "রহিম উদ্দিন",
        "Иван Петров",
        "ចន ស្មីន",
        "สมชาย ใจดี",
        "Nguyễn Văn Á",
        "राम कुमार",
        "محمد علي ٣",
        "דוד כהן",
        "Γιώργος ςΩ",
        "Ｊｏｈｎ７",
        "မောင်မောင် ၁၂",
        "김철수 田中 𠮷田 ﾀﾅｶ",
        "លេខ ៥៥ ໕໖ ๗๘",
        "Ꮳꮃꭹ ᐃᓄᒃ",
    ] {
        let lao = "0016A0052662846625770108277104180203001030 6ABC123".replace(' ', "");
        let local = run(&[("00", "lo"), ("01", name)]);
        let text = payload(&[
            ("00", "01"),
            ("01", "11"),
            ("38", &lao),
            ("52", "0000"),
            ("53", "418"),
            ("58", "LA"),
            ("59", name),
            ("60", "X"),
            ("64", &local),
        ]);
        let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
        let other = made.as_payload().find("64-01").unwrap().value().to_owned();
        assert_eq!((other.len(), other.encode_utf16().count()), (name.len(), name.encode_utf16().count()));
        assert_eq!(made.as_payload().find("59").unwrap().value(), other, "equal values stay equal");
        for (before, after) in name.chars().zip(other.chars()) {
            // Vowel signs and accents stay with the letter before.
            let is_mark = before.is_alphabetic() && before == after && !before.is_ascii();
            assert!(is_mark || (before != after) == before.is_alphanumeric(), "{name} {other}");
        }
        assert!(!name.split(' ').any(|word| other.contains(word)), "{name} {other}");
        assert_like(&text);
    }
}

/// Not even those who know 1,000 values and their replacements of one run can take back another one: under each other key all pairs
/// are others, and a pair gives nothing of a value that differs in one digit.
#[test]
fn known_pairs_give_no_other_value() {
    let made = |key: &[u8; 16], phone: u64| {
        let account = run(&[("00", "A000000677010111"), ("01", &format!("00668{phone:08}"))]);
        let text = payload(&[("00", "01"), ("29", &account), ("53", "764"), ("58", "TH")]);
        let made = mask::anonymise(&Payload::parse(&text).unwrap(), key).unwrap();
        made.as_payload().find("29-01").unwrap().value().to_owned()
    };
    let mut other = *KEY;
    other[15] ^= 1;
    let (mut same, mut predicted) = ([0_u32; 13], 0_u32);
    for phone in (0..1_000).map(|number| number * 7_919) {
        let (first, next) = (made(KEY, phone), made(KEY, phone + 1));
        // Whoever shifts each digit as a known neighbour's was shifted.
        let digits = |text: &str| text.bytes().map(|byte| byte - b'0').collect::<Vec<_>>();
        let (value, guess_for) = (digits(&format!("00668{phone:08}")), digits(&format!("00668{:08}", phone + 1)));
        let shifted = digits(&first)
            .iter()
            .zip(&value)
            .zip(&guess_for)
            .map(|((made, value), next)| (made + 10 - value + next) % 10)
            .collect::<Vec<_>>();
        predicted += u32::from(shifted == digits(&next));
        let under_other = made(&other, phone);
        for (same, (a, b)) in same.iter_mut().zip(first.bytes().zip(under_other.bytes())) {
            *same += u32::from(a == b);
        }
        assert_eq!(first, made(KEY, phone));
    }
    assert_eq!(predicted, 0);
    // One of nine other digits by chance: 111 of 1,000, and five standard deviations.
    assert!(same.iter().all(|same| (60..=162).contains(same)), "{same:?}");
}

/// A number that is never shown is hidden wherever a fault puts it.
#[test]
fn aadhaar_is_never_shown() {
    let aadhaar = "234567890123";
    let text = "00020101021126300010A0000005240112someone@bank28300010A00000052401122345678901235204541153033565802IN5904SHOP6004CITY63046715";
    let covered = &text[..text.len() - 4];
    let swapped = text
        .replace("0010A00000052401122345", "0112234567890123xx0010")
        .replace("xx0010678901235204", "0010A0000005245204");
    for changed in [
        text.to_owned(),
        format!("{covered}0000"),
        format!("{covered}67"),
        covered.to_owned(),
        covered[..covered.len() - 4].to_owned(),
        format!("\u{feff}{text}"),
        format!("{text}{text}"),
        format!("{text}x"),
        text.replace("2830", "2831"),
        text.replace("2830", "2829"),
        text.replace("01122345", "01102345"),
        text.replace("01122345", "01132345"),
        text.replace("5904SHOP", "5904SHOP5904SHOP"),
        text.replace('@', "%40"),
        text.replace(aadhaar, "2345 6789 0123"),
        text.replace(aadhaar, "234567890\n123"),
        text.replace("2830", "2 830"),
        text.to_lowercase(),
        text.replace("A000000524", "A0000005 24"),
        format!("upi://pay?x={covered}"),
        swapped,
    ] {
        let hidden = without_secrets(&changed).unwrap_or_else(|| panic!("{changed}"));
        let shown = hidden.to_string();
        assert_eq!(shown.len(), changed.len());
        for number in [aadhaar, "2345 6789 0123", "34567890", "90123"] {
            assert!(!shown.contains(number), "{changed}\n{shown}");
        }
        let mut paths = Vec::new();
        hidden.secrets(&mut |path| paths.push(path.to_string()));
        assert!(!paths.is_empty() && paths.iter().all(|path| path.starts_with("28")), "{changed}: {paths:?}");
        let masked = masked(&changed).to_string();
        assert!(!masked.contains("34567890"), "{masked}");
    }
    // Of a sound code all else is shown.
    let shown = without_secrets(text).unwrap().to_string();
    assert_eq!(shown, text.replace(aadhaar, "XXXXXXXXXXXX"));
    assert!(without_secrets(&text.replace("A000000524", "A000000525")).is_none());
}

/// The replacement of a value depends on all of it, so that nobody can take it back by a list of shifts.
#[test]
fn equal_beginnings_become_different_ones() {
    let first = |name: &str| {
        let text = payload(&[
            ("00", "01"),
            ("01", "11"),
            ("29", "0008a.b@devb"),
            ("53", "116"),
            ("58", "KH"),
            ("59", name),
            ("60", "X"),
        ]);
        let made = anonymise(&Payload::parse(&text).unwrap()).unwrap();
        made.as_payload().find("59").unwrap().value().chars().next().unwrap()
    };
    let made: std::collections::BTreeSet<char> = ('a'..='z').map(|last| first(&format!("John{last}"))).collect();
    assert!(made.len() > 5 && !made.contains(&'J'), "{made:?}");
}
