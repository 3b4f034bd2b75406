//! What seems to have happened to a text: each fault is made here, by other means than the library's, and must be named.

#[path = "../common/mod.rs"]
mod common;
mod edges;
#[path = "../vectors/mod.rs"]
mod lines;
mod systematic;

use std::fmt::Write;

use common::{Object, payload, replace, run, sealed};
use emvqr::Payload;
use emvqr::diagnose::{Hint, HintKind, MAX_LEN, Remedy, diagnose};

/// A code with everything that gets changed on the way: an account, an ampersand, quotes, a plus, blanks, marks, Khmer.
const OBJECTS: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("29", "0015sok.cafe+1@devb"),
    ("52", "5812"),
    ("53", "116"),
    ("58", "KH"),
    ("59", "Sok's \"Café\" & Bar <1>"),
    ("60", "Phnom Penh"),
    ("64", "0002km0109ហាងកាហ្វេ"),
];

/// A code of no scheme that is known here.
const BASE: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("29", "0011com.example0108ACCT0001"),
    ("52", "5812"),
    ("53", "702"),
    ("58", "SG"),
    ("59", "Example Shop"),
    ("60", "Singapore2"),
];

fn sound() -> String {
    payload(OBJECTS)
}

#[track_caller]
fn only(text: impl AsRef<[u8]>) -> Hint {
    let hints = diagnose(text);
    assert_eq!(hints.len(), 1, "{hints:#?}");
    hints.into_iter().next().unwrap()
}

/// The kind, and the payload that the hint found.
#[track_caller]
fn found(text: impl AsRef<[u8]>, kind: HintKind, original: &str) -> Hint {
    let hint = only(text.as_ref());
    assert_eq!(hint.kind(), kind, "{hint}");
    match hint.remedy() {
        Some(Remedy::Range(range)) => assert_eq!(&text.as_ref()[range.clone()], original.as_bytes()),
        Some(Remedy::Text(text)) => assert_eq!(text, original),
        other => panic!("{other:?}"),
    }
    hint
}

#[test]
fn a_sound_code_has_no_hint() {
    for text in [sound(), payload(BASE)] {
        assert!(Payload::parse(&text).is_ok());
        assert_eq!(diagnose(&text), []);
    }
    let bill = "000201010212";
    assert!(!diagnose(bill).is_empty());
}

#[test]
fn other_texts_are_named() {
    for (text, kind, word) in [
        ("upi://pay?pa=a@b", HintKind::Link, "UPI"),
        ("UPI://PAY?pa=a@b", HintKind::Link, "UPI"),
        ("TWQRP://x", HintKind::Link, "TWQR"),
        ("https://qr.alipay.com/fkx0", HintKind::Link, "Alipay"),
        ("https://example.com/0002", HintKind::Link, "URL"),
        ("HTTP://EXAMPLE.COM", HintKind::Link, "URL"),
        ("wxp://f2f0abc", HintKind::Link, "Weixin"),
        ("someapp+pay://x", HintKind::Link, "URI"),
        ("geo:11.55,104.92", HintKind::Link, "URI"),
        ("SMSTO:+85512345678:hello", HintKind::Link, "URI"),
        ("note: bring cash", HintKind::OtherText, "00"),
        ("name@bank", HintKind::OtherText, "00"),
        ("<qr/>", HintKind::OtherText, "00"),
        ("hQVDUFYwMWEaTwegAAAAVVVVVw8SNFZ4kBI0WNGRIgESNF8=", HintKind::ConsumerPresented, "consumer"),
        ("hQVKUFFSMDFhGk8=", HintKind::ConsumerPresented, "JPQR"),
        ("3-123456789012345678", HintKind::ConsumerPresented, "ZeroPay"),
        ("134567890123456789", HintKind::ConsumerPresented, "Weixin"),
        ("281234567890123456", HintKind::ConsumerPresented, "Alipay"),
        ("4901234567894", HintKind::Digits, "digits"),
        ("BCD\n002\n1\nSCT", HintKind::BankText, "EPC"),
        ("SPD*1.0*ACC:CZ00", HintKind::BankText, "Czech"),
        ("ST00012|Name=X", HintKind::BankText, "Russian"),
        ("|099400016550100\rREF1", HintKind::BankText, "Thai"),
        // The slip of the documentation of public readers (constructed data).
        ("004100060000010103014022000111222233344ABCD125102TH910417DF", HintKind::Slip, "slip"),
        ("{\"phone\":\"x\"}", HintKind::Json, "JSON"),
        ("hello world", HintKind::OtherText, "00"),
    ] {
        let hint = only(text);
        assert_eq!(hint.kind(), kind, "{text}: {hint}");
        assert!(hint.kind().is_foreign() && hint.message().contains(word), "{text}: {hint}");
        assert!(hint.message().starts_with("not an EMVCo merchant code"), "{hint}");
        assert_eq!((hint.offset(), hint.length(), hint.remedy()), (0, text.len(), None));
    }
    assert_eq!(only(b"\x85\x05CPV01\xff\xfe").kind(), HintKind::ConsumerPresented);
    assert_eq!(diagnose(""), []);
}

#[test]
fn what_surrounds_a_payload_is_named() {
    let sound = sound();
    let length = sound.len();
    for (before, after, word) in [
        ("\u{feff}", "", "byte order mark"),
        (" ", "", "blank"),
        ("\n\n", "", "line breaks come before"),
        ("", "\r\n", "line break (CR LF) follows"),
        ("", "\0", "NUL"),
        ("", "\t", "tab"),
        ("]Q1", "", "symbology identifier"),
        ("\u{2}", "\u{3}", "STX"),
        ("\"", "\"", "quote"),
        ("https://pay.example/q?d=", "", "link"),
        ("QR: ", "", "4 characters"),
        ("{\"qr\":\"", "\"}", "7 characters"),
        ("\u{200e}", "", "invisible"),
    ] {
        let text = format!("{before}{sound}{after}");
        let hint = found(&text, HintKind::Surrounded, &sound);
        assert_eq!(hint.remedy(), Some(&Remedy::Range(before.len()..before.len() + length)));
        assert!(hint.message().contains(word), "{word}: {hint}");
    }
    let twice = format!("{sound}{sound}");
    let hint = found(&twice, HintKind::SecondPayload, &sound);
    assert!(hint.message().contains(&format!("a second payload begins at byte {length}")), "{hint}");
    // Not UTF-8 around it: as a mark of UTF-16 cut off.
    let marked = [b"\xff\xfe", sound.as_bytes()].concat();
    found(marked, HintKind::Surrounded, &sound);
    // A long text is looked at for this, too.
    let long = format!("{}{sound}", " ".repeat(2 * MAX_LEN));
    found(long, HintKind::Surrounded, &sound);
}

fn escaped(text: &str, escape: impl Fn(&mut String, char) -> bool) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if !escape(&mut out, c) {
            out.push(c);
        }
    }
    out
}

fn percent(text: &str, kept: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte) {
            out.push(byte.into());
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}

#[test]
fn what_was_escaped_is_named() {
    let sound = sound();
    found(percent(&sound, "._-"), HintKind::PercentEncoded, &sound);
    let twice = found(percent(&percent(&sound, "."), "."), HintKind::PercentEncoded, &sound);
    assert!(twice.message().contains("twice"), "{twice}");
    // A form writes a blank as +, and + as %2B.
    let form = percent(&sound, ".@ ").replace(' ', "+");
    found(form, HintKind::FormEncoded, &sound);
    let no_plus = payload(&replace(OBJECTS, "29", "0008a-b@devb"));
    found(no_plus.replace(' ', "+"), HintKind::FormEncoded, &no_plus);

    let html = escaped(&sound, |out, c| match c {
        '&' => {
            out.push_str("&amp;");
            true
        }
        '\'' => {
            out.push_str("&#39;");
            true
        }
        '"' => {
            out.push_str("&quot;");
            true
        }
        '<' => {
            out.push_str("&lt;");
            true
        }
        '>' => {
            out.push_str("&#x3E;");
            true
        }
        _ => false,
    });
    found(html, HintKind::HtmlEscaped, &sound);
    let json = escaped(&sound, |out, c| {
        if matches!(c, '"' | '/') {
            write!(out, "\\{c}").unwrap();
        } else if !c.is_ascii() {
            write!(out, "\\u{:04x}", u32::from(c)).unwrap();
        }
        matches!(c, '"' | '/') || !c.is_ascii()
    });
    found(json, HintKind::BackslashEscaped, &sound);
    let bytes = escaped(&sound, |out, c| {
        if !c.is_ascii() {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer).bytes().for_each(|byte| write!(out, "\\x{byte:02x}").unwrap());
        }
        !c.is_ascii()
    });
    found(bytes, HintKind::BackslashEscaped, &sound);
    // In a link, percent-encoded.
    let link = format!("https://pay.example/q?d={}&x=1", percent(&sound, "._-"));
    found(link, HintKind::PercentEncoded, &sound);
}

#[test]
fn blanks_and_breaks_are_named() {
    let sound = sound();
    let characters: Vec<char> = sound.chars().collect();
    let lines = |end: &str, width: usize| {
        let lines: Vec<String> = characters.chunks(width).map(|line| line.iter().collect()).collect();
        lines.join(end)
    };
    found(lines("\n", 30), HintKind::LineBreaks, &sound);
    found(lines("\r\n", 64), HintKind::LineBreaks, &sound);
    found(lines("\n    ", 40), HintKind::LineBreaks, &sound);
    found(lines("\u{200b}", 20), HintKind::Blanks, &sound);
    found(sound.replace(' ', "\n"), HintKind::LineBreaks, &sound);
    found(sound.replace(' ', "\t"), HintKind::LineBreaks, &sound);
    found(sound.replace(' ', "  "), HintKind::Blanks, &sound);
    found(sound.replace(' ', "\u{a0}"), HintKind::NoBreakBlanks, &sound);
    let without = payload(BASE).replace("Example Shop", "ExampleShops").replace("Phnom Penh", "PhnomPenhs");
    let without = sealed(&without[..without.len() - 8]);
    let grouped: Vec<String> =
        without.as_bytes().chunks(4).map(|four| String::from_utf8(four.to_vec()).unwrap()).collect();
    found(grouped.join(" "), HintKind::Blanks, &without);
    // Two things at once.
    let both = format!("{}\n", sound.replace(' ', "\u{a0}"));
    assert!(found(both, HintKind::NoBreakBlanks, &sound).offset() > 0);
}

#[test]
fn letters_and_digits_of_another_form_are_named() {
    let sound = sound();
    let typographic = sound.replace('\'', "\u{2019}").replacen('"', "\u{201c}", 1).replacen('"', "\u{201d}", 1);
    found(typographic, HintKind::Typographic, &sound);
    found(sound.replace('é', "e\u{301}"), HintKind::Decomposed, &sound);
    let decomposed = payload(&replace(OBJECTS, "59", "Cafe\u{301}"));
    found(decomposed.replace("e\u{301}", "é"), HintKind::Composed, &decomposed);
    let wide = escaped(&sound, |out, c| {
        let wide = c.is_ascii_digit().then(|| char::from_u32(0xFF10 + u32::from(c) - u32::from('0')).unwrap());
        wide.inspect(|wide| out.push(*wide)).is_some()
    });
    found(wide, HintKind::FullWidth, &sound);
    let khmer = escaped(&payload(BASE), |out, c| {
        let digit = c.is_ascii_digit().then(|| char::from_u32(0x17E0 + u32::from(c) - u32::from('0')).unwrap());
        digit.inspect(|digit| out.push(*digit)).is_some()
    });
    found(khmer, HintKind::FullWidth, &payload(BASE));
    let capital = payload(&[
        ("00", "01"),
        ("26", "0011COM.EXAMPLE"),
        ("52", "5812"),
        ("53", "840"),
        ("58", "US"),
        ("59", "SHOP"),
        ("60", "TOWN"),
    ]);
    found(capital.to_ascii_lowercase(), HintKind::LowerCased, &capital);
    let small = payload(&[
        ("00", "01"),
        ("26", "0011com.example"),
        ("52", "5812"),
        ("53", "840"),
        ("58", "US"),
        ("59", "SHOP"),
        ("60", "TOWN"),
    ]);
    found(small.to_ascii_uppercase(), HintKind::UpperCased, &small);
    // What was capital of this one cannot be known.
    let hint = only(sound.to_lowercase());
    assert_eq!((hint.kind(), hint.path().to_string().as_str(), hint.remedy()), (HintKind::LowerCased, "58", None));
}

#[test]
fn a_wrong_encoding_is_named() {
    let sound = sound();
    let latin: String = sound.bytes().map(char::from).collect();
    assert!(found(latin, HintKind::Misread, &sound).message().contains("8859-1"));
    // Each name in UTF-8, and what Python 3 reads of it in another encoding.
    for (name, read, word) in [
        ("ร้านค้า", "à¸£à¹‰à¸²à¸™à¸„à¹‰à¸²", "CP1252"),
        ("咖啡店", "å’–å•¡åº—", "CP1252"),
        ("吉川珈琲 カフェ", "蜷牙ｷ晉処逅ｲ 繧ｫ繝輔ぉ", "Shift_JIS"),
        ("ហាង", "·û†·û∂·ûÑ", "Mac OS Roman"),
        ("ร้านค้า", "α╕úα╣ëα╕▓α╕Öα╕äα╣ëα╕▓", "CP437"),
        ("Café Đại", "Caf├® ─Éß║íi", "CP850"),
    ] {
        let sound = payload(&replace(BASE, "59", name));
        let hint = found(sound.replace(name, read), HintKind::Misread, &sound);
        assert!(hint.message().contains(word), "{hint}");
    }
    let replaced = diagnose(sound.replace('é', "\u{fffd}"));
    assert_eq!(replaced[0].kind(), HintKind::Replaced);
    assert_eq!(replaced[0].offset(), sound.find('é').unwrap());
    // Of Khmer in CP1252 bytes are lost.
    let lost: String = sound.bytes().filter(|byte| !(0x80..0xa0).contains(byte)).map(char::from).collect();
    assert_eq!(diagnose(lost)[0].kind(), HintKind::Misread);
}

#[test]
fn bytes_that_are_not_utf8_are_named_by_their_encoding() {
    // CRC of the bytes as they are.
    let covered = [b"000201010211260800040000520400005303986580".as_slice(), b"2BR5904Jo\xe3o6006BRASIL6304"].concat();
    let bytes = [covered.as_slice(), format!("{:04X}", common::crc(&covered)).as_bytes()].concat();
    let hint = only(&bytes);
    assert_eq!((hint.kind(), hint.offset(), hint.remedy()), (HintKind::Encoding, 51, None));
    assert!(hint.message().contains("E3 at 51") && hint.message().contains("8859-1"), "{hint}");
    // CRC of the UTF-8 text, which a reader wrote out in Shift_JIS: 吉川 is 8B 67 90 EC.
    let sound = payload(&replace(BASE, "59", "吉川"));
    let at = sound.find("吉川").unwrap();
    let bytes = [&sound.as_bytes()[..at], b"\x8b\x67\x90\xec", &sound.as_bytes()[at + 6..]].concat();
    let hint = found(bytes, HintKind::Encoding, &sound);
    assert!(hint.message().contains("Shift_JIS"), "{hint}");
    let wide: Vec<u8> = sound.encode_utf16().flat_map(u16::to_le_bytes).collect();
    if std::str::from_utf8(&wide).is_err() {
        found(wide, HintKind::Encoding, &sound);
    }
}

#[test]
fn a_crc_that_is_not_whole_is_named() {
    // A CRC with a zero in front.
    let sound = (0..10_000)
        .map(|n| payload(&replace(BASE, "59", &format!("Shop {n}"))))
        .find(|text| text[text.len() - 4..].starts_with('0'))
        .unwrap();
    let (covered, digits) = sound.split_at(sound.len() - 4);
    let short = format!("{covered}{}", &digits[1..]);
    let hint = found(&short, HintKind::CrcShort, &sound);
    assert!(
        hint.message().contains(digits)
            && hint.message().contains("3 of its 4 digits")
            && hint.message().contains("leading zero"),
        "{hint}"
    );
    assert_eq!((hint.path().to_string().as_str(), hint.offset(), hint.length()), ("63", covered.len(), 3));
    // A length that fits the digits that are left.
    let fitted = format!("{}03{}", &covered[..covered.len() - 2], &digits[1..]);
    found(&fitted, HintKind::CrcShort, &sound);
    let cut = only(&sound[..sound.len() - 1]);
    assert!(cut.message().contains("cut"), "{cut}");
    let hint = found(covered, HintKind::CrcEmpty, &sound);
    assert!(hint.message().contains(digits), "{hint}");
    let hint = found(&covered[..covered.len() - 4], HintKind::CrcAbsent, &sound);
    assert!(hint.message().contains(&format!("6304{digits}")), "{hint}");
}

#[test]
fn a_crc_of_another_kind_is_named() {
    let covered = format!("{}6304", run(&replace(OBJECTS, "60", "Phnom Penh")));
    let sound = sealed(&run(OBJECTS));
    let with = |crc: u16| format!("{covered}{crc:04X}");
    let bare = covered.strip_suffix("6304").unwrap();
    let right = common::crc(covered.as_bytes());
    let low: Vec<u8> = covered.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect();
    let wide: Vec<u8> = covered.encode_utf16().flat_map(u16::to_be_bytes).collect();
    // A start of 0000 is the same as the CRC of the text with its first two bytes inverted.
    let mut inverted = covered.clone().into_bytes();
    inverted[..2].iter_mut().for_each(|byte| *byte ^= 0xFF);
    for (crc, word) in [
        (common::crc(bare.as_bytes()), "without 6304"),
        (common::crc(&inverted), "0000"),
        (right.swap_bytes(), "exchanged"),
        (common::crc(&low), "low bytes"),
        (common::crc(&wide), "UTF-16"),
        (0, "filled in"),
    ] {
        let hint = found(with(crc), HintKind::CrcMethod, &sound);
        assert!(hint.message().contains(word) && hint.message().contains(&format!("{right:04X}")), "{word}: {hint}");
    }
    let latin = replace(BASE, "59", "Café");
    let covered = format!("{}6304", run(&latin));
    let bytes: Vec<u8> = covered.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let hint = only(format!("{covered}{:04X}", common::crc(&bytes)));
    assert!(hint.message().contains("8859-1"), "{hint}");
    let covered = format!("{}6304", run(OBJECTS));
    let lower = common::crc(covered.to_lowercase().as_bytes());
    assert!(only(with(lower)).message().contains("all small"));
    let ending = common::crc(format!("{covered}\n").as_bytes());
    assert!(only(with(ending)).message().contains("line break"));
    // Not four hexadecimal digits.
    let bare = covered.strip_suffix("6304").unwrap();
    for (value, word) in [
        (format!("6305{right:05}"), "in decimal digits"),
        (format!("63060x{right:04X}"), "0x"),
        ("6304XXXX".into(), "never"),
    ] {
        let hint = found(format!("{bare}{value}"), HintKind::CrcForm, &sealed(bare));
        assert!(hint.message().contains(word) && hint.message().contains(&format!("{right:04X}")), "{hint}");
    }
    // Any other digits.
    let hint = only(with(right ^ 0x0100));
    assert_eq!(hint.kind(), HintKind::ChangedLater);
}

#[test]
fn a_wrong_length_is_named() {
    for (id, header, wrong) in [
        ("59", "5912", "5911"),
        ("59", "5912", "5914"),
        ("60", "6010", "6012"),
        ("29", "2927", "2925"),
        ("53", "5303", "5304"),
        ("58", "5802", "5803"),
    ] {
        let text = run(BASE).replacen(header, wrong, 1);
        let at = text.find(wrong).unwrap();
        let right: u8 = header[2..].parse().unwrap();
        for (text, word) in [(sealed(&text), "the CRC is right"), (format!("{text}6304ABCD"), "changed")] {
            let hint = only(&text);
            assert_eq!(
                (hint.kind(), hint.path().to_string().as_str(), hint.offset()),
                (HintKind::Length, id, at),
                "{text}: {hint}"
            );
            assert_eq!(hint.remedy(), Some(&Remedy::Length(right)), "{text}: {hint}");
            assert!(hint.message().contains(word), "{hint}");
        }
    }
    let one = sealed(&run(BASE).replacen("5303702", "533702", 1));
    let hint = only(&one);
    assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::LengthDigits, "53"), "{hint}");
    // A length in characters of a value in another unit.
    let sound = run(&replace(BASE, "59", "Café"));
    let bytes = sealed(&sound.replace("5904", "5905"));
    let hint = only(&bytes);
    assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::LengthUnit, "59"));
    assert!(hint.message().contains("bytes"));
    let units = sealed(&run(&replace(BASE, "59", "Cafe 𠮷")).replace("5906", "5907"));
    assert!(only(&units).message().contains("UTF-16"));
    // Cut by a field.
    let cut = &sound[..sound.len() - 5];
    assert_eq!(only(cut).kind(), HintKind::CutOff);
}

#[test]
fn several_wrong_lengths_are_named_together() {
    // Blanks that were lost from name and city.
    let sound = payload(&replace(&replace(BASE, "59", "Example Shop One"), "60", "Siem Reap"));
    let hint = only(sound.replace(' ', ""));
    assert_eq!((hint.kind(), hint.path().to_string().as_str(), hint.remedy()), (HintKind::Length, "59", None));
    assert!(hint.message().contains("59 and 60") && hint.message().contains("lost"), "{hint}");
    // Another number of digits, and a value that seems to be empty.
    for (header, wrong) in [("5303", "53003"), ("5204", "52004"), ("5802", "582")] {
        let hint = only(sealed(&run(BASE).replacen(header, wrong, 1)));
        assert_eq!((hint.kind(), &*hint.path().to_string()), (HintKind::LengthDigits, &header[..2]), "{hint}");
    }
}

#[test]
fn letters_of_another_case_and_question_marks_are_named() {
    let hint = only(sound().to_uppercase());
    assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::UpperCased, "29-00"));
    let marked = payload(&replace(BASE, "59", "Café")).replace('é', "?");
    let hint = only(&marked);
    assert_eq!((hint.kind(), hint.offset()), (HintKind::Replaced, marked.find('?').unwrap()));
    // Grouped, with blanks of its own in between.
    let characters: Vec<char> = sound().chars().collect();
    let groups: Vec<String> = characters.chunks(20).map(|group| group.iter().collect()).collect();
    found(groups.join(" "), HintKind::Blanks, &sound());
    found(sound().replace(' ', "\u{2009}"), HintKind::NoBreakBlanks, &sound());
}

#[test]
fn a_template_that_cannot_be_opened_is_named() {
    let wrong = payload(&with_inner("0105AB-7"));
    let hint = only(&wrong);
    assert_eq!(
        (hint.kind(), hint.path().to_string().as_str(), hint.remedy()),
        (HintKind::Length, "62-01", Some(&Remedy::Length(4)))
    );
    let cut = payload(&with_inner("0104AB-7X"));
    let hint = only(&cut);
    assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::Length, "62-01"), "{hint}");
    let cut = payload(&with_inner("0104AB-705"));
    let hint = only(&cut);
    assert!(matches!(hint.kind(), HintKind::Length | HintKind::Template) && hint.path().root().unwrap().get() == 62);
}

fn with_inner(value: &str) -> Vec<Object<'_>> {
    let mut objects: Vec<Object<'_>> = OBJECTS.iter().copied().filter(|object| object.0 != "64").collect();
    objects.push(("62", value));
    objects
}

#[test]
fn a_code_that_is_nearly_one_of_a_scheme_is_told() {
    let cambodian = |account: &str| payload(&replace(&replace(&replace(BASE, "29", account), "53", "116"), "58", "KH"));
    for (account, words) in [
        ("0017kh.gov.nbc.bakong0109shop@devb", "an account is in 29-01"),
        ("0016A0000006770101110109shop@devb", "PromptPay"),
        ("0109shop@devb", "no data object 00"),
        ("0008ACCT0001", "no account"),
    ] {
        let hint = only(cambodian(account));
        assert_eq!(hint.kind(), HintKind::NoBakongAccount);
        assert!(hint.message().contains(words) && hint.message().contains("KHQR"), "{hint}");
    }
    assert_eq!(diagnose(cambodian("0009shop@devb")), []);
    let japanese = |guid: &str| {
        let template = format!("{}011300000000000010204000103060000010406000001", run(&[("00", guid)]));
        let objects = [
            ("00", "01"),
            ("01", "11"),
            ("26", template.as_str()),
            ("52", "5812"),
            ("53", "392"),
            ("58", "JP"),
            ("59", "SHOP"),
            ("60", "TOKYO"),
        ];
        payload(&objects)
    };
    assert_eq!(diagnose(japanese("jp.or.paymentsjapan")), []);
    assert_eq!(diagnose(japanese("JP.OR.PaymentsJapan")), []);
    for guid in ["jp.or.paymentjapan", "jp.co.paymentsjapan", "org.paymentsjapan", "com.example"] {
        let hint = only(japanese(guid));
        assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::NoStoreId, "26-00"), "{guid}");
        assert!(hint.message().contains("jp.or.paymentsjapan"), "{hint}");
    }
}

#[test]
fn a_mobile_number_with_a_plus_is_named() {
    let with = |number: &str| {
        let value = run(&[("02", number)]);
        let mut objects = OBJECTS.to_vec();
        objects.insert(8, ("62", value.as_str()));
        payload(&objects)
    };
    let hint = only(with("+855 12 345 678"));
    assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::MobileNumber, "62-02"));
    assert!(hint.message().contains("unconfirmed"), "{hint}");
    assert_eq!(diagnose(with("012345678")), []);
    assert_eq!(diagnose(with("***")), []);
}

#[test]
fn neither_words_nor_debug_hold_the_text() {
    let text = format!("]Q1{}", sound().replace(' ', "%20"));
    for hint in diagnose(&text) {
        let shown = format!("{hint} {hint:?}");
        assert!(!shown.contains("sok.cafe") && !shown.contains("Phnom"), "{shown}");
    }
}

#[test]
fn names_are_stable_words() {
    let mut names: Vec<&str> = HintKind::ALL.iter().map(|kind| kind.name()).collect();
    assert!(
        names
            .iter()
            .all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'))
    );
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn what_surrounds_a_payload_is_named_exactly() {
    let sound = sound();
    for (before, after, words) in [
        ("\n", "", "a line feed"),
        ("\r", "", "a carriage return"),
        ("", "\r\r\n", "line breaks"),
        (" ", "", "a blank"),
        ("  \t", "", "blanks"),
        ("", "\u{3}", "ETX"),
        ("\u{a0}", "", "no-break blank"),
        ("", "`", "a quote"),
        ("", "'", "a quote"),
        ("«", "", "quotes"),
        ("", "\u{1}\u{4}", "control characters follow"),
        ("]C1", "", "symbology"),
        ("]Q12", "", "4 characters"),
        ("?", "", "1 character"),
        ("ab\u{1}", "", "3 characters (1 of them control characters)"),
        ("\u{feff}ab", "", "the first of them a byte order mark"),
    ] {
        let hint = found(format!("{before}{sound}{after}"), HintKind::Surrounded, &sound);
        assert!(hint.message().contains(words), "{words}: {hint}");
    }
}

#[test]
fn digits_and_links_of_others_at_their_edges() {
    for (text, kind) in [
        ("8000880123456789", HintKind::ConsumerPresented),
        ("2810060123456789", HintKind::ConsumerPresented),
        ("800088012345678", HintKind::Digits),
        ("9000880123456789", HintKind::Digits),
        ("100000000000000000", HintKind::ConsumerPresented),
        ("160000000000000000", HintKind::Digits),
        ("2400000000000000", HintKind::Digits),
        ("3000000000000000", HintKind::ConsumerPresented),
        ("|0994000165501\rREF1", HintKind::BankText),
        ("4x:abc", HintKind::OtherText),
        ("ab_c:abc", HintKind::OtherText),
        ("abc:", HintKind::OtherText),
        ("abc: d", HintKind::OtherText),
    ] {
        let kinds: Vec<_> = diagnose(text).iter().map(Hint::kind).collect();
        assert_eq!(kinds, [kind], "{text}");
    }
    for text in ["|09940001655\rREF1", "|0994000165501REF1"] {
        assert!(diagnose(text).iter().all(|hint| hint.kind() != HintKind::BankText), "{text}");
    }
    // What may be the beginning of a payload is not called another text.
    for text in ["00abc", "x0002x", "٠٠٠٢٠١ abc"] {
        assert!(diagnose(text).iter().all(|hint| hint.kind() != HintKind::OtherText), "{text}");
    }
}

/// A CRC in another notation, or of another method of the two that are named together.
#[test]
fn a_crc_in_another_notation_is_told_apart() {
    let bare = run(OBJECTS);
    let covered = format!("{bare}6304");
    let right = common::crc(covered.as_bytes());
    let words = |text: String| diagnose(text).first().unwrap().message().to_owned();
    assert!(words(format!("{bare}6305{right:05}")).contains("in decimal digits"));
    let wrong = words(format!("{bare}6305{:05}", right ^ 1));
    assert!(!wrong.contains("in decimal digits") && wrong.contains("not four hexadecimal digits"), "{wrong}");
    let wrong = words(format!("{bare}63060x{:04X}", right ^ 1));
    assert!(!wrong.contains("0x in front"), "{wrong}");
    assert!(words(format!("{bare}6304????")).contains("never filled in"));
    assert!(!words(format!("{bare}6304WXYZ")).contains("never filled in"));
    // The two of the reflected kind, bit by bit.
    let reflected = |start: u16, polynomial: u16| {
        covered.bytes().fold(start, |mut crc, byte| {
            crc ^= u16::from(byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ polynomial } else { crc >> 1 };
            }
            crc
        })
    };
    for (crc, word) in [
        (reflected(0xFFFF, 0x8408), "reflected"),
        (reflected(0, 0x8408), "reflected"),
        (reflected(0xFFFF, 0xA001), "another polynomial"),
        (reflected(0, 0xA001), "another polynomial"),
        (!right, "inverted"),
    ] {
        let hint = found(format!("{covered}{crc:04X}"), HintKind::CrcMethod, &sealed(&bare));
        assert!(hint.message().contains(word), "{word}: {hint}");
    }
}

/// Escapes of a source text: each of them has to be taken back for the CRC to be right.
#[test]
fn every_escape_is_taken_back() {
    for (character, escape) in [
        ('\n', "\\n"),
        ('\r', "\\r"),
        ('\t', "\\t"),
        ('/', "\\/"),
        ('\'', "\\'"),
        ('é', "\\u00e9"),
        ('é', "\\xc3\\xa9"),
    ] {
        let name = format!("Bar{character}One \"X\"");
        let sound = payload(&replace(BASE, "59", &name));
        let escaped = sound.replace(character, escape).replace('"', "\\\"");
        found(escaped, HintKind::BackslashEscaped, &sound);
    }
}

/// What stands in the place of an account, in words.
#[test]
fn what_is_no_account_is_named() {
    let code =
        |id: &str| payload(&replace(&replace(&replace(BASE, "29", &run(&[("00", id)])), "58", "KH"), "53", "116"));
    for (id, word) in [
        ("A0000000041010", "application identifier"),
        ("123e4567e12b12d1a456426655440000", "UUID"),
        ("com.example", "globally unique identifier"),
        ("shop", "no account"),
    ] {
        let hints = diagnose(code(id));
        assert!(hints.iter().any(|hint| hint.message().contains(word)), "{word}: {hints:?}");
    }
}

/// A length that is not digits is told, and not shown.
#[test]
fn a_length_of_other_characters_is_not_shown() {
    for other in ["\u{2028}3", "0\u{202e}", "é4", "xy"] {
        let broken = sealed(&run(BASE).replacen("5303702", &format!("53{other}702"), 1));
        let hint = &diagnose(&broken)[0];
        assert_eq!((hint.kind(), hint.path().to_string().as_str()), (HintKind::Length, "53"), "{hint}");
        assert_eq!(hint.remedy(), Some(&Remedy::Length(3)), "{hint}");
        assert!(hint.message().contains("not two digits") && !hint.message().contains(other), "{hint}");
    }
}
