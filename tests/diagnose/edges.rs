//! Where one hint ends and another begins: limits, and texts that are nearly of a kind and must not be called so.

use emvqr::diagnose::{Hint, HintKind, MAX_LEN, Remedy, diagnose};

use crate::common::{crc, payload, replace, run, sealed, with};
use crate::{BASE, OBJECTS, found, only, sound};

fn kinds(text: impl AsRef<[u8]>) -> Vec<HintKind> {
    diagnose(text).iter().map(Hint::kind).collect()
}

/// A payload of exactly so many bytes: names in 80 to 99, and after them IDs that are reserved.
fn of_bytes(bytes: usize) -> String {
    let mut text = run(BASE);
    let mut left = bytes - text.len() - 8;
    let mut ids = (65..=99).chain(2..=25);
    while left > 0 {
        // What is left must be enough for an object.
        let length = if left > 103 && left < 108 { 50 } else { (left - 4).min(99) };
        text.push_str(&run(&[(&format!("{:02}", ids.next().unwrap()), &"x".repeat(length))]));
        left -= length + 4;
    }
    let text = sealed(&text);
    assert_eq!(text.len(), bytes);
    text
}

/// The text with another last digit of the CRC.
fn changed(text: &str) -> String {
    let (covered, last) = text.split_at(text.len() - 1);
    format!("{covered}{}", if last == "7" { '5' } else { '7' })
}

#[test]
fn texts_are_explained_up_to_a_length() {
    assert_eq!(kinds(changed(&of_bytes(MAX_LEN))), [HintKind::ChangedLater]);
    assert_eq!(kinds(changed(&of_bytes(MAX_LEN + 1))), []);
    // And bytes that are not UTF-8: here ISO 8859-1.
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    let name = |text: String| sealed(&text[..text.len() - 8].replacen("Shop", "Shöp", 1));
    assert_eq!(kinds(latin(&name(of_bytes(MAX_LEN - 10)))), [HintKind::Encoding]);
    assert_eq!(kinds(latin(&name(of_bytes(MAX_LEN + 10)))), []);
}

/// Lengths are looked for in texts of up to 1,000 characters.
#[test]
fn wrong_lengths_are_looked_for_up_to_a_length() {
    let wrong = |bytes| sealed(&of_bytes(bytes)[..bytes - 8].replacen("5303702", "5305702", 1));
    assert_eq!(only(wrong(1_000)).kind(), HintKind::Length);
    assert!(kinds(wrong(1_001)).iter().all(|kind| *kind != HintKind::Length));
}

/// Four lengths may be wrong, and no more.
#[test]
fn several_wrong_lengths_up_to_four() {
    let lost = |count: usize| {
        let mut text = run(BASE);
        for (header, wrong) in
            [("5204", "5205"), ("5303", "5304"), ("5802", "5803"), ("5912", "5913"), ("6010", "6011")]
                .into_iter()
                .take(count)
        {
            text = text.replacen(header, wrong, 1);
        }
        sealed(&text)
    };
    let hint = only(lost(4));
    assert_eq!(hint.kind(), HintKind::Length);
    assert!(hint.message().contains("52, 53, 58 and 59") && hint.message().contains("lost"), "{hint}");
    assert!(diagnose(lost(5)).iter().all(|hint| hint.kind() != HintKind::Length));
    // Values that have grown, and some that grew among some that shrank.
    let longer = run(BASE).replacen("5912Example", "5912Big Example", 1).replacen("Singapore2", "Singapore 02", 1);
    let hint = only(sealed(&longer));
    assert!(hint.message().contains("59 and 60") && hint.message().contains("longer"), "{hint}");
    let mixed = run(BASE).replacen("5912Example", "5912Big Example", 1).replacen("Singapore2", "Singapor", 1);
    let hint = only(sealed(&mixed));
    assert!(hint.message().contains("59 and 60") && hint.message().contains("changed"), "{hint}");
}

#[test]
fn lengths_of_other_digits_are_named_with_their_limit() {
    let one = only(sealed(&run(BASE).replacen("5303702", "533702", 1)));
    assert!(one.message().contains("one digit (3)") && !one.message().contains("at most"), "{one}");
    let three = only(sealed(&run(BASE).replacen("5912", "59012", 1)));
    assert!(three.message().contains("three digits (012)") && !three.message().contains("at most"), "{three}");
    for (length, has_limit) in [(99, false), (100, true)] {
        let long = format!("{}85{length:03}{}", run(BASE), "z".repeat(length));
        let hint = only(sealed(&long));
        assert_eq!(hint.kind(), HintKind::LengthDigits);
        assert_eq!(hint.message().contains("at most 99"), has_limit, "{hint}");
    }
}

/// One length counts bytes, the others characters.
#[test]
fn one_length_in_bytes() {
    let text = run(&replace(&replace(BASE, "59", "Café"), "60", "Nîmes"));
    let hint = only(sealed(&text.replacen("5904", "5905", 1)));
    assert_eq!((hint.kind(), hint.remedy()), (HintKind::Length, Some(&Remedy::Length(4))));
    assert!(hint.message().contains("(it counts bytes)"), "{hint}");
    let hint = only(sealed(&text.replacen("5904", "5906", 1)));
    assert!(!hint.message().contains("counts bytes"), "{hint}");
    // All ASCII: bytes and characters are the same.
    let hint = only(sealed(&run(BASE).replacen("5912", "5913", 1)));
    assert!(!hint.message().contains("counts bytes"), "{hint}");
}

/// What occurs twice, or has no value, is no wrong length.
#[test]
fn twice_and_empty_objects_are_what_they_are() {
    for at in 1..BASE.len() {
        let mut objects = BASE.to_vec();
        objects.insert(at + 1, objects[at]);
        let twice = payload(&objects);
        assert!(diagnose(&twice).iter().all(|hint| hint.kind() != HintKind::Length), "{twice}");
        let (id, value) = BASE[at];
        let there = run(&[(id, value)]);
        let empty = sealed(&run(BASE).replacen(&there, &format!("{id}00"), 1));
        assert!(diagnose(&empty).iter().all(|hint| hint.kind() != HintKind::Length), "{empty}");
    }
}

/// A payload is no other text, however unusual its values are.
#[test]
fn a_wrong_crc_is_no_wrong_length() {
    for (id, value) in [("52", "581"), ("53", "70"), ("58", "S"), ("01", "x"), ("61", "-"), ("55", "1")] {
        let objects = if id == "61" || id == "55" { with(BASE, id, value) } else { replace(BASE, id, value) };
        assert_eq!(kinds(changed(&payload(&objects))), [HintKind::ChangedLater], "{id}");
    }
}

#[test]
fn two_escapes_are_both_named() {
    let percent = |text: &str| text.replace('%', "%25").replace('"', "%22").replace(' ', "%20").replace('&', "%26");
    let html = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let hint = found(percent(&html(&sound())), HintKind::PercentEncoded, &sound());
    assert!(hint.message().contains(", and ") && !hint.message().contains("twice"), "{hint}");
    let hint = found(percent(&percent(&sound())), HintKind::PercentEncoded, &sound());
    assert!(!hint.message().contains(", and ") && hint.message().contains(", twice;"), "{hint}");
    let hint = found(percent(&sound()), HintKind::PercentEncoded, &sound());
    assert!(!hint.message().contains(", and ") && !hint.message().contains("twice"), "{hint}");
}

/// Letters of one case alone are a sign; a country in small letters among others is not, nor an `@` beside an account.
#[test]
fn letters_of_another_case_need_a_sign() {
    let mixed = changed(&payload(&replace(BASE, "58", "sg")));
    assert!(!kinds(&mixed).contains(&HintKind::LowerCased));
    let no_letters = changed(&payload(&[("00", "01"), ("52", "5812"), ("58", "11"), ("59", "1")]));
    assert!(!kinds(&no_letters).contains(&HintKind::LowerCased));
    let capitals = |account: &str| {
        let text = payload(&replace(BASE, "29", account)).to_uppercase();
        kinds(changed(&text)).contains(&HintKind::UpperCased)
    };
    assert!(capitals("0009SHOP@DEVB"));
    assert!(!capitals("0011COM.EXAMPLE0109SHOP@DEVB"));
    assert!(!capitals("0011COM.EXAMPLE0104SHOP"));
}

/// A writer of QR codes took pairs of UTF-8 bytes for `Shift_JIS`, and wrote them as Kanji; the rest was read as ISO 8859-1. Of
/// カフェ the pairs E3 82 and E3 83 are 繧 and 繝, and AB, 95, A7 are left.
#[test]
fn kanji_segments_are_named() {
    let sound = payload(&replace(OBJECTS, "59", "カフェ"));
    let text = sound.replace("カフェ", "繧«繝\u{95}繧§");
    // With Khmer that was read rightly, and without any.
    let hint = found(&text, HintKind::Misread, &sound);
    assert!(hint.message().contains("Kanji"), "{hint}");
    let sound = payload(&replace(BASE, "59", "カフェ"));
    found(sound.replace("カフェ", "繧«繝\u{95}繧§"), HintKind::Misread, &sound);
}

#[test]
fn blanks_and_digits_of_other_forms() {
    let wide: String = sound()
        .chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
            c => c,
        })
        .collect();
    found(wide, HintKind::FullWidth, &sound());
    // A blank in front of each group, too.
    let characters: Vec<char> = sound().chars().collect();
    let groups: Vec<String> = characters.chunks(8).map(|group| group.iter().collect()).collect();
    found(groups.join(" "), HintKind::Blanks, &sound());
}

#[test]
fn two_crcs_and_crcs_of_other_lengths() {
    let bare = run(BASE);
    let crc_of = |text: &str| crc(text.as_bytes());
    // What is not hexadecimal is of another form, however short; what is too short says how much there is.
    assert_eq!(kinds(format!("{bare}6303WXY")), [HintKind::CrcForm]);
    assert_eq!(kinds(format!("{bare}6303ABC")), [HintKind::CrcShort]);
    // A length that takes in more than there is.
    let long = format!("{bare}6305{:04X}", crc_of(&format!("{bare}6304")));
    assert!(!kinds(&long).contains(&HintKind::CrcShort), "{:?}", diagnose(&long));
    // Two of them.
    let inner = sealed(&bare);
    assert!(!kinds(format!("{inner}6303ABC")).is_empty());
}

#[test]
fn crcs_of_other_texts() {
    let method = |text: &str, of: &[u8]| {
        let hint = only(format!("{}{:04X}", &text[..text.len() - 4], crc(of)));
        assert_eq!((hint.kind(), hint.remedy()), (HintKind::CrcMethod, Some(&Remedy::Text(text.into()))), "{hint}");
        hint.message().to_owned()
    };
    let covered = |text: &str| text[..text.len() - 4].to_owned();
    let text = sound();
    assert!(method(&text, covered(&text).replace(' ', "").as_bytes()).contains("blanks"));
    let low = |text: &str| -> Vec<u8> { covered(text).encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect() };
    let latin = payload(&replace(BASE, "59", "Caf\u{ff}"));
    assert!(method(&latin, &low(&latin)).contains("8859-1"));
    let beyond = payload(&replace(BASE, "59", "Caf\u{100}"));
    assert!(method(&beyond, &low(&beyond)).contains("low bytes"));
    // é of one character, or of two.
    let (composed, decomposed) = (payload(&replace(BASE, "59", "Café")), payload(&replace(BASE, "59", "Cafe\u{301}")));
    let other = |text: &str, from: &str, to: &str| covered(text).replacen(from, to, 1);
    assert!(method(&composed, other(&composed, "Café", "Cafe\u{301}").as_bytes()).contains("NFD"));
    assert!(method(&decomposed, other(&decomposed, "Cafe\u{301}", "Café").as_bytes()).contains("NFC"));
}

#[test]
fn what_is_nearly_a_slip() {
    let slip = "004100060000010103014022000111222233344ABCD125102TH910417DF";
    assert!(kinds(slip).contains(&HintKind::Slip));
    for other in [
        slip.replacen("0041", "0141", 1),
        slip.replacen("0006000001", "0006000002", 1),
        slip.replacen("5102TH", "5102KH", 1),
    ] {
        assert!(!kinds(&other).contains(&HintKind::Slip), "{other}");
    }
}

#[test]
fn what_is_nearly_a_code_of_a_scheme() {
    let code = |account: &str, currency: &str, country: &str| {
        let account = run(&[("00", account)]);
        kinds(payload(&replace(&replace(&replace(BASE, "29", &account), "53", currency), "58", country)))
    };
    assert_eq!(code("com.example", "116", "KH"), [HintKind::NoBakongAccount]);
    assert_eq!(code("com.example", "840", "kh"), [HintKind::NoBakongAccount]);
    assert_eq!(code("com.example", "764", "KH"), []);
    assert_eq!(code("com.example", "840", "SG"), []);
    // Three bytes that are put in, left out or exchanged, or its main word among others.
    for near in [
        "jp.or.paymentsjapn",
        "jp.or.paymentjapn",
        "jp.or.paymntjapn",
        "com.paymentsjapan.of.another",
        "jp.or.payments.japan",
    ] {
        assert_eq!(code(near, "392", "JP"), [HintKind::NoStoreId], "{near}");
    }
    assert_eq!(code("jp.or.pamntjpn", "392", "JP"), []);
    assert_eq!(code("jp.or", "392", "JP"), []);
    let levels =
        run(&[("00", "com.example"), ("01", "9999999999999"), ("02", "0001"), ("03", "000001"), ("04", "000001")]);
    let with_levels = |country| kinds(payload(&replace(&replace(BASE, "29", &levels), "58", country)));
    assert_eq!(with_levels("JP"), [HintKind::NoStoreId]);
    assert_eq!(with_levels("SG"), []);
}

/// An invented bill, as `tests/elqr` writes it: objects one behind the other, and the CRC in five decimal digits.
#[test]
fn a_bill_among_other_characters() {
    let payment = "12000000000420000001230021380001270000034000000000000000000421234560130010420000000";
    let further = "0".repeat(85);
    let covered =
        format!("00020101021227960005138000183{payment}5411000000123006226202620260120260601202607318085{further}6305");
    let bill = format!("{covered}{:05}", crc(covered.as_bytes()));
    assert_eq!(diagnose(&bill), []);
    for (before, after, word) in [("\n", "", "line feed"), ("", "\r\n", "line break"), ("\"", "\"", "quote")] {
        let hint = found(format!("{before}{bill}{after}"), HintKind::Surrounded, &bill);
        assert!(hint.message().contains(word), "{hint}");
    }
}

#[test]
fn what_surrounds_a_payload_is_counted() {
    let sound = sound();
    let around = |before: &[u8], after: &[u8]| {
        let hint = found([before, sound.as_bytes(), after].concat(), HintKind::Surrounded, &sound);
        hint.message().to_owned()
    };
    // Bytes that are no character count by themselves.
    assert!(around(b"\xff\xfe\xfd", b"").contains("3 characters"));
    assert!(around("ééé".as_bytes(), b"").contains("3 characters"));
    assert!(around(b"?", b"").contains("1 character"));
    assert!(around("\u{3000}\u{2003}".as_bytes(), b"").contains("blanks"));
}

#[test]
fn debug_of_a_remedy_says_how_much() {
    assert_eq!(format!("{:?}", Remedy::Range(3..70)), "Range(3..70)");
    assert_eq!(format!("{:?}", Remedy::Text("abcdé".into())), "Text(6 bytes)");
    assert_eq!(format!("{:?}", Remedy::Length(7)), "Length(7)");
}
