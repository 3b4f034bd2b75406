//! Writing: every door writes the same text, refuses before the first byte, and never writes what the reader refuses.

use core::fmt;

use crate::common::{crc, payload, run, sealed};
use crate::support::{ans, borrowed, path, root_id, root_objects, tag, tagged, template, text};
use emvqr::Encode;
use emvqr::encode::RootRun;
use emvqr::encode::{BuildError, TemplateBuf};
use emvqr::mpm::{Builder, Required, rules};
use emvqr::value::{Amount, CountryCode, Currency, Mcc, Percentage, PointOfInitiation, Tip, TipIndicator};
use emvqr::{Error, ErrorKind, Mpm, Path, Payload, Rule, Tag, Violation};
use proptest::prelude::*;

/// A writer that takes so many bytes and then fails.
struct Limited {
    left: usize,
    text: String,
}

impl Limited {
    fn to(left: usize) -> Self {
        Self { left, text: String::new() }
    }
}

impl fmt::Write for Limited {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.left = self.left.checked_sub(text.len()).ok_or(fmt::Error)?;
        self.text.push_str(text);
        Ok(())
    }
}

/// What a buffer holds where nothing was written.
const UNTOUCHED: u8 = 0xA5;

/// That all doors of [`encode`] write this text.
#[track_caller]
fn assert_encodes(objects: &[(&str, &str)], text: &str) {
    let objects = tagged(objects);
    let objects = || objects.iter().copied();
    assert_eq!(RootRun(objects()).encode_to_string().unwrap(), text);
    assert_eq!(RootRun(objects()).encoded_len().unwrap(), text.len());
    let mut written = String::new();
    RootRun(objects()).write_to(&mut written).unwrap();
    assert_eq!(written, text);
    assert_fills_slice(text, |buffer| RootRun(objects()).encode_to_slice(buffer));
    assert_fails_with_its_sink(text, |writer| RootRun(objects()).write_to(writer));
    Payload::parse(text).unwrap();
}

/// That `encode` fills a buffer that is large enough, and says of a smaller one what is needed.
#[track_caller]
fn assert_fills_slice(text: &str, encode: impl Fn(&mut [u8]) -> Result<&str, Error>) {
    let needed = text.len();
    for spare in [0, 1, 100] {
        let mut buffer = vec![UNTOUCHED; needed + spare];
        assert_eq!(encode(&mut buffer), Ok(text));
        let (written, rest) = buffer.split_at(needed);
        assert_eq!(written, text.as_bytes());
        assert!(rest.iter().all(|byte| *byte == UNTOUCHED), "wrote behind the text");
    }
    for size in [needed - 1, needed - 4, needed / 2, 1, 0] {
        let mut buffer = vec![UNTOUCHED; size];
        let error = encode(&mut buffer).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed });
        assert_eq!((error.path(), error.offset()), (Path::ROOT, 0));
    }
}

/// That `write` answers with [`ErrorKind::Sink`] wherever the sink fails, and has written a start of the text by then.
#[track_caller]
fn assert_fails_with_its_sink(text: &str, write: impl Fn(&mut Limited) -> Result<(), Error>) {
    for left in 0..text.len() {
        let mut writer = Limited::to(left);
        let error = write(&mut writer).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Sink);
        assert_eq!(error.path(), Path::ROOT);
        assert!(text.starts_with(&writer.text));
    }
    let mut writer = Limited::to(text.len());
    write(&mut writer).unwrap();
    assert_eq!(writer.text, text);
}

/// That all doors of [`encode`] refuse the objects in the same way before they write.
#[track_caller]
fn assert_refuses(objects: &[(&str, &str)], kind: ErrorKind, at: &str, offset: usize) {
    let objects = tagged(objects);
    let objects = || objects.iter().copied();
    let error = RootRun(objects()).encoded_len().unwrap_err();
    assert_eq!((error.kind(), error.path(), error.offset()), (kind, path(at), offset), "{error}");
    assert_eq!(RootRun(objects()).encode_to_string(), Err(error));
    assert_eq!(RootRun(objects()).encode_to_slice(&mut [UNTOUCHED; 4_096]), Err(error));
    // A buffer without room does not hide what is wrong.
    assert_eq!(RootRun(objects()).encode_to_slice(&mut []), Err(error));
    let mut writer = Limited::to(usize::MAX);
    assert_eq!(RootRun(objects()).write_to(&mut writer), Err(error));
    assert_eq!(writer.text, "");
}

#[test]
fn wire_level_text_is_composed_as_by_hand() {
    // The payload of the crate page, its CRC included.
    assert_encodes(
        &[
            ("00", "01"),
            ("01", "11"),
            ("29", "0015john_smith@devb"),
            ("52", "5999"),
            ("53", "116"),
            ("58", "KH"),
            ("59", "John Smith"),
            ("60", "PHNOM PENH"),
        ],
        "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F",
    );
    // No rule is asked: nothing but a format that nobody knows, in an order of its own.
    assert_encodes(&[("00", "02")], &sealed("000202"));
    assert_encodes(&[("00", "x"), ("99", "z"), ("01", "y")], &sealed("0001x9901z0101y"));
}

#[test]
fn lengths_are_written_in_characters() {
    // Nine characters of three bytes each, two of them marks that stand on the one before.
    let city = "ភ្នំពេញ៕ៗ";
    assert_eq!((city.chars().count(), city.len()), (9, 27));
    assert_encodes(&[("00", "01"), ("60", city)], &sealed(&format!("0002016009{city}")));
    assert_encodes(&[("00", "01"), ("59", "東京の寿司")], &sealed("0002015905東京の寿司"));
    assert_encodes(&[("00", "01"), ("59", "é𠮷😀")], &sealed("0002015903é𠮷😀"));
    // A letter and a mark are two characters, also where they look like one.
    assert_encodes(&[("00", "01"), ("59", "e\u{301}")], &sealed("0002015902e\u{301}"));
}

#[test]
fn value_of_99_characters_is_written_and_one_of_100_is_not() {
    for c in ["x", "é", "ញ", "𠮷"] {
        let (whole, over) = (c.repeat(99), c.repeat(100));
        assert_encodes(&[("00", "01"), ("59", &whole)], &sealed(&format!("0002015999{whole}")));
        assert_refuses(&[("00", "01"), ("59", &over)], ErrorKind::ValueTooLong, "59", 6);
    }
}

#[test]
fn wire_level_refusals_say_where_the_object_would_start() {
    assert_refuses(&[], ErrorKind::NotFirst, "00", 0);
    assert_refuses(&[("01", "11")], ErrorKind::NotFirst, "01", 0);
    assert_refuses(&[("01", "11"), ("00", "01")], ErrorKind::NotFirst, "01", 0);
    assert_refuses(&[("63", "0000")], ErrorKind::NotFirst, "63", 0);
    assert_refuses(&[("00", "01"), ("63", "0000")], ErrorKind::Fixed, "63", 6);
    assert_refuses(&[("00", "01"), ("63", "0000"), ("59", "x")], ErrorKind::Fixed, "63", 6);
    assert_refuses(&[("00", "01"), ("00", "01")], ErrorKind::Duplicate, "00", 6);
    assert_refuses(&[("00", "01"), ("59", "ab"), ("60", "c"), ("59", "d")], ErrorKind::Duplicate, "59", 17);
    assert_refuses(&[("00", "")], ErrorKind::ValueEmpty, "00", 0);
    assert_refuses(&[("00", "01"), ("59", ""), ("59", "x")], ErrorKind::ValueEmpty, "59", 6);
    // Offsets count bytes: 4 of the header and 6 of two characters.
    assert_refuses(&[("00", "01"), ("60", "東京"), ("59", "")], ErrorKind::ValueEmpty, "59", 16);
    assert_refuses(&[("00", "01"), ("60", "東京"), ("00", "01")], ErrorKind::Duplicate, "00", 16);
    // The first fault in the order given.
    assert_refuses(&[("00", "01"), ("60", ""), ("63", "x")], ErrorKind::ValueEmpty, "60", 6);
    assert_refuses(&[("00", "01"), ("63", "x"), ("60", "")], ErrorKind::Fixed, "63", 6);
}

#[test]
fn texts_of_refusals_name_object_and_place_but_no_text() {
    let refused = |objects: &[(&str, &str)]| RootRun(tagged(objects)).encode_to_string().unwrap_err().to_string();
    assert_eq!(
        refused(&[("59", "secret")]),
        "payload format indicator is not the first data object, in data object 59 at byte 0"
    );
    assert_eq!(refused(&[("00", "01"), ("63", "E80F")]), "data object is fixed, in data object 63 at byte 6");
    assert_eq!(refused(&[("00", "01"), ("00", "01")]), "ID occurs twice, in data object 00 at byte 6");
    assert_eq!(refused(&[("00", "01"), ("59", "")]), "value is empty, in data object 59 at byte 6");
    assert_eq!(
        RootRun(tagged(&[("00", "01")])).encode_to_slice(&mut [0; 13]).unwrap_err().to_string(),
        "buffer too small: 14 bytes needed at byte 0"
    );
    assert_eq!(
        RootRun(tagged(&[("00", "01")])).write_to(&mut Limited::to(3)).unwrap_err().to_string(),
        "sink failed at byte 0"
    );
}

#[test]
fn template_holds_what_was_pushed_in_that_order() {
    let mut template = TemplateBuf::new();
    assert!(template.is_empty());
    assert_eq!(template.as_str(), "");
    template.push(tag(1), "shop-7").unwrap().push(tag(0), "com.example").unwrap().push(tag(99), "ភ្នំពេញ").unwrap();
    assert!(!template.is_empty());
    assert_eq!(template.as_str(), "0106shop-70011com.example9907ភ្នំពេញ");
    assert_eq!(AsRef::<str>::as_ref(&template), template.as_str());
    let read = template.template().unwrap();
    assert_eq!(read.get(tag(0)).unwrap().value(), "com.example");
    assert_eq!(read.iter().map(|object| object.tag().get()).collect::<Vec<_>>(), [1, 0, 99]);
    assert_eq!(template.clone().as_str(), template.as_str());
    let shown = format!("{template:?}");
    assert!(!shown.contains("shop") && !shown.contains("com"), "{shown}");
}

#[test]
fn template_may_hold_templates() {
    let mut inner = TemplateBuf::new();
    inner.push(tag(0), "com.example").unwrap().push(tag(1), "x").unwrap();
    let mut outer = TemplateBuf::new();
    outer.push(tag(1), "INV-7").unwrap().push(tag(50), inner.as_str()).unwrap();
    assert_eq!(outer.as_str(), "0105INV-750200011com.example0101x");
    let text = payload(&[("00", "01"), ("62", outer.as_str())]);
    assert_eq!(Payload::parse(&text).unwrap().find(path("62-50-01")).unwrap().value(), "x");
}

#[test]
fn template_takes_99_characters_and_not_100() {
    for c in ["x", "é", "ញ", "𠮷"] {
        // 4 + 11 characters, then 4 + 80.
        let mut template = TemplateBuf::new();
        template.push(tag(0), "com.example").unwrap();
        let before = template.as_str().to_owned();
        let (fits, over) = (c.repeat(80), c.repeat(81));

        let error = template.push(tag(1), &over).unwrap_err();
        assert_eq!((error.kind(), error.path(), error.offset()), (ErrorKind::ValueTooLong, path("01"), 15));
        assert_eq!(template.as_str(), before, "a refused object leaves the template as it was");
        template.push(tag(1), &fits).unwrap();
        assert_eq!(template.as_str(), format!("{before}0180{fits}"));
        assert_eq!(template.as_str().chars().count(), 99);
        // Full: not even the least object fits.
        assert_eq!(template.push(tag(2), "y").unwrap_err().kind(), ErrorKind::ValueTooLong);
        assert_eq!(template.as_str().chars().count(), 99);

        assert_encodes(
            &[("00", "01"), ("26", template.as_str())],
            &sealed(&format!("00020126990011com.example0180{fits}")),
        );
    }
}

#[test]
fn template_refusals_are_exact_and_change_nothing() {
    let refused = |template: &mut TemplateBuf, id, value: &str| {
        let before = template.as_str().to_owned();
        let error = template.push(tag(id), value).unwrap_err();
        assert_eq!(template.as_str(), before);
        (error.kind(), error.path(), error.offset())
    };
    let mut template = TemplateBuf::new();
    assert_eq!(refused(&mut template, 0, ""), (ErrorKind::ValueEmpty, path("00"), 0));
    assert_eq!(refused(&mut template, 0, &"x".repeat(96)), (ErrorKind::ValueTooLong, path("00"), 0));
    assert_eq!(refused(&mut template, 0, &"x".repeat(100)), (ErrorKind::ValueTooLong, path("00"), 0));
    template.push(tag(7), "東京").unwrap();
    assert_eq!(refused(&mut template, 7, "x"), (ErrorKind::Duplicate, path("07"), 10));
    assert_eq!(refused(&mut template, 8, ""), (ErrorKind::ValueEmpty, path("08"), 10));
    // What was refused does not count as there.
    template.push(tag(8), "x").unwrap();
    assert_eq!(template.as_str(), "0702東京0801x");
}

/// The account of the builder tests, content of 26.
const ACCOUNT: &str = "0011com.example0106shop-7";

fn required<'a>() -> Required<'a> {
    Required {
        merchant_account_information: (tag(26), ACCOUNT),
        merchant_category_code: Mcc::RESTAURANTS,
        transaction_currency: Currency::THB,
        country_code: CountryCode::TH,
        merchant_name: "NOODLE BAR",
        merchant_city: "BANGKOK",
    }
}

fn builder<'a>() -> Builder<'a> {
    Builder::new(&required())
}

/// What the builder writes of the required objects, in pieces between which the optional ones stand.
const START: &str = "000201";
const FIRST: &str = "26250011com.example0106shop-7520458125303764";
const LAST: &str = "5802TH5910NOODLE BAR6007BANGKOK";

/// That all doors of the builder write this text.
#[track_caller]
fn assert_builds(builder: &Builder<'_>, covered: &str) {
    let text = sealed(covered);
    assert_eq!(builder.encode_to_string().unwrap(), text);
    let encode_error = |error: BuildError| match error {
        BuildError::Encode(error) => error,
        error => panic!("{error}"),
    };
    assert_fills_slice(&text, |buffer| builder.encode_to_slice(buffer).map_err(encode_error));
    // The same again, and from a copy.
    assert_eq!(builder.encode_to_string().unwrap(), text);
    assert_eq!(builder.clone().encode_to_string().unwrap(), text);
    Payload::parse(&text).unwrap().view::<Mpm<'_>>(()).unwrap();
}

/// That all doors of the builder refuse in the same way, and leave zeros where they wrote.
#[track_caller]
fn refusal(builder: &Builder<'_>) -> BuildError {
    let error = builder.encode_to_string().unwrap_err();
    let mut buffer = [UNTOUCHED; 4_096];
    assert_eq!(builder.encode_to_slice(&mut buffer), Err(error));
    let written = buffer.iter().take_while(|byte| **byte == 0).count();
    assert!(written > 0 && buffer[written..].iter().all(|byte| *byte == UNTOUCHED));
    // A fault of a value or a length comes before a buffer that is too small, a broken rule after it.
    let into_nothing = builder.encode_to_slice(&mut []).unwrap_err();
    match error {
        BuildError::Encode(_) => assert_eq!(into_nothing, error),
        _ => assert!(into_nothing.to_string().starts_with("buffer too small"), "{into_nothing}"),
    }
    error
}

#[test]
fn builder_writes_the_required_objects_by_id() {
    assert_builds(&builder(), &format!("{START}{FIRST}{LAST}"));
}

#[test]
fn builder_takes_a_bare_account() {
    let required = Required { merchant_account_information: (tag(2), "4000123456789012"), ..required() };
    assert_builds(&Builder::new(&required), &format!("{START}02164000123456789012520458125303764{LAST}"));
}

#[test]
fn builder_writes_every_object_in_its_place() {
    let mut additional = TemplateBuf::new();
    additional.push(tag(1), "INV-7").unwrap().push(tag(9), "ME").unwrap().push(tag(11), "400").unwrap();
    let mut language = TemplateBuf::new();
    language.push(tag(0), "km").unwrap().push(tag(1), "ហាងគុយទាវ").unwrap().push(tag(2), "東京").unwrap();
    // Those of the caller in any order.
    let further = [(tag(85), "0011com.example0103xyz"), (tag(99), ""), (tag(4), "5555444433332222")];
    let builder = builder()
        .objects(&further)
        .language_information(&language)
        .additional_data(&additional)
        .postal_code("10110")
        .tip(Tip::FixedFee(Amount::new("1.25").unwrap()))
        .transaction_amount(Amount::new("98.50").unwrap())
        .point_of_initiation_method(PointOfInitiation::DYNAMIC);
    assert_builds(
        &builder,
        "000201010212041655554444333322222625\
         0011com.example0106shop-7520458125303764540598.505502025604\
         1.255802TH5910NOODLE BAR6007BANGKOK610510110\
         62220105INV-70902ME1103400\
         64250002km0109ហាងគុយទាវ0202東京\
         85220011com.example0103xyz",
    );
}

#[test]
fn builder_writes_each_kind_of_tip_with_its_fee_alone() {
    let fixed = Tip::FixedFee(Amount::new("5").unwrap());
    let percentage = Tip::PercentageFee(Percentage::new("3.5").unwrap());
    let around = |tip: &str| format!("{START}{FIRST}{tip}{LAST}");
    assert_builds(&builder().tip(Tip::Prompt), &around("550201"));
    assert_builds(&builder().tip(fixed), &around("55020256015"));
    assert_builds(&builder().tip(percentage), &around("55020357033.5"));
    // The last one stands, and leaves no fee of the one before.
    assert_builds(&builder().tip(fixed).tip(percentage), &around("55020357033.5"));
    assert_builds(&builder().tip(percentage).tip(fixed), &around("55020256015"));
    assert_builds(&builder().tip(fixed).tip(Tip::Prompt), &around("550201"));
}

#[test]
fn builder_does_not_depend_on_the_order_of_calls() {
    let amount = Amount::new("7").unwrap();
    let dynamic = PointOfInitiation::DYNAMIC;
    let a = builder().transaction_amount(amount).postal_code("1").point_of_initiation_method(dynamic).tip(Tip::Prompt);
    let b = builder().tip(Tip::Prompt).point_of_initiation_method(dynamic).postal_code("1").transaction_amount(amount);
    assert_eq!(a.encode_to_string().unwrap(), b.encode_to_string().unwrap());
}

#[test]
fn builder_takes_the_last_value_of_a_setter() {
    let amount = |text| Amount::new(text).unwrap();
    let twice = builder().transaction_amount(amount("1")).transaction_amount(amount("22"));
    assert_builds(&twice, &format!("{START}{FIRST}540222{LAST}"));
    assert_builds(&builder().postal_code("1").postal_code(""), &format!("{START}{FIRST}{LAST}"));
    let others = [(tag(4), "5555444433332222")];
    assert_builds(&builder().objects(&others).objects(&[]), &format!("{START}{FIRST}{LAST}"));
}

/// One object for each ID: nothing that the caller gave is silently left out, and no account takes the place of another.
#[test]
fn an_id_that_is_given_twice_is_an_error() {
    let duplicate = |builder: &Builder<'_>| match refusal(builder) {
        BuildError::Encode(error) => (error.kind(), error.path().to_string(), error.offset()),
        error => panic!("{error}"),
    };
    let twice = [(tag(30), ACCOUNT), (tag(30), ACCOUNT)];
    assert_eq!(duplicate(&builder().objects(&twice)), (ErrorKind::Duplicate, "30".into(), 6 + 29 + 29));
    for (id, place) in [(0, 6), (26, 6 + 29), (52, 6 + 29 + 8), (59, START.len() + FIRST.len() + 6 + 14)] {
        let own = [(tag(id), "5812")];
        assert_eq!(duplicate(&builder().objects(&own)), (ErrorKind::Duplicate, format!("{id:02}"), place));
    }
    let tip = [(tag(56), "1")];
    let with_tip = builder().tip(Tip::FixedFee(Amount::new("5").unwrap()));
    assert_eq!(duplicate(&with_tip.objects(&tip)).1, "56");
    // The account in the place of an object of another kind.
    let misplaced = Required { merchant_account_information: (tag(52), "5812"), ..required() };
    assert_eq!(duplicate(&Builder::new(&misplaced)), (ErrorKind::Duplicate, "52".into(), 14));
}

#[test]
fn builder_takes_templates_of_99_characters() {
    let value = "ញ".repeat(80);
    let account = format!("0011com.example0180{value}");
    let required = Required { merchant_account_information: (tag(51), &account), ..required() };
    assert_builds(&Builder::new(&required), &format!("{START}5199{account}520458125303764{LAST}"));

    let over = format!("0011com.example0181{value}ញ");
    let error = refusal(&Builder::new(&Required { merchant_account_information: (tag(51), &over), ..required }));
    let BuildError::Encode(error) = error else { panic!("{error}") };
    assert_eq!((error.kind(), error.path(), error.offset()), (ErrorKind::ValueTooLong, path("51"), 6));
}

#[test]
fn builder_computes_63_and_takes_none() {
    let own = [(Tag::CRC, "E80F")];
    let error = refusal(&builder().objects(&own));
    let BuildError::Encode(error) = error else { panic!("{error}") };
    // Behind 60, where the CRC would stand.
    let offset = START.len() + FIRST.len() + LAST.len();
    assert_eq!((error.kind(), error.path(), error.offset()), (ErrorKind::Fixed, path("63"), offset));
}

#[test]
fn what_is_required_cannot_be_empty() {
    let rule = |builder: &Builder<'_>| match refusal(builder) {
        BuildError::Rule(violation) => violation.rule(),
        error => panic!("{error}"),
    };
    assert_eq!(rule(&Builder::new(&Required { merchant_name: "", ..required() })), rules::NAME_MISSING);
    assert_eq!(rule(&Builder::new(&Required { merchant_city: "", ..required() })), rules::CITY_MISSING);
    let no_account = Required { merchant_account_information: (tag(26), ""), ..required() };
    assert_eq!(rule(&Builder::new(&no_account)), rules::ACCOUNT_MISSING);
}

/// One object that breaks a rule: the checked door must say of it what a check of the written text says.
#[test]
fn a_checked_run_breaks_off_at_the_rule_and_place_of_its_text() {
    let khmer = "0011com.example0107ភ្នំពេញ";
    let cases: &[(u8, &str, &Rule, &str)] = &[
        (0, "02", rules::FORMAT_INDICATOR_VALUE, "00"),
        (1, "13", rules::INITIATION_VALUE, "01"),
        (5, "\u{e9}", rules::TEXT_CHARSET, "05"),
        (26, "0101A", rules::GUID_MISSING, "26-00"),
        (26, "0011com.example0102A", rules::TEMPLATE_FORMAT, "26"),
        (29, "0011com.example0101A0101B", rules::ACCOUNT_AMBIGUOUS, "29-01"),
        (52, "581A", rules::MCC_FORMAT, "52"),
        (53, "001", rules::CURRENCY_UNASSIGNED, "53"),
        (54, "0", rules::AMOUNT_ZERO, "54"),
        (54, "1,5", rules::AMOUNT_FORMAT, "54"),
        (54, "12345678901234", rules::AMOUNT_LENGTH, "54"),
        (55, "04", rules::TIP_VALUE, "55"),
        (55, "02", rules::FEE_MISSING, "56"),
        (56, "1", rules::FEE_UNEXPECTED, "56"),
        (58, "QQ", rules::COUNTRY_UNASSIGNED, "58"),
        (59, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", rules::TEXT_LENGTH, "59"),
        (60, "ភ្នំពេញ", rules::TEXT_CHARSET, "60"),
        (61, "12345678901", rules::TEXT_LENGTH, "61"),
        (62, "0126ABCDEFGHIJKLMNOPQRSTUVWXYZ", rules::TEXT_LENGTH, "62-01"),
        (62, "50050101A", rules::GUID_MISSING, "62-50-00"),
        (64, "0102東京", rules::LANGUAGE_MISSING, "64-00"),
        (64, "0002km0126𠮷ABCDEFGHIJKLMNOPQRSTUVWXY", rules::TEXT_LENGTH, "64-01"),
        (99, "0101A", rules::GUID_MISSING, "99-00"),
    ];
    for (id, value, rule, at) in cases {
        // Once with text of several bytes a character in front of it, so that bytes and characters differ.
        for in_front in [None, Some(khmer)] {
            let mut objects = vec![
                (0, "01"),
                (26, ACCOUNT),
                (52, "5812"),
                (53, "764"),
                (58, "TH"),
                (59, "NOODLE BAR"),
                (60, "BANGKOK"),
            ];
            objects.extend(in_front.filter(|_| *id > 27).map(|khmer| (27, khmer)));
            objects.retain(|(other, _)| other != id);
            objects.push((*id, *value));
            objects.sort_unstable();
            let run = RootRun(objects.iter().map(|(id, value)| (tag(*id), *value)));
            let text = run.encode_to_string().unwrap();
            let expected = Payload::parse(&text).unwrap().view::<Mpm<'_>>(()).unwrap_err();
            assert_eq!((expected.rule(), expected.path()), (*rule, path(at)));
            assert_eq!(run.build_checked::<Mpm<'_>>(()), Err(BuildError::Rule(expected)), "{id}");
        }
    }
}

#[test]
fn texts_of_build_errors_are_those_of_their_causes() {
    let error = refusal(&builder().transaction_amount(Amount::new("0").unwrap()));
    // No byte is named: the text is not given out.
    assert_eq!(error.to_string(), "the transaction amount is zero, in data object 54 [emv.54.zero]");
    assert_eq!(
        refusal(&Builder::new(&Required { merchant_name: "Caffè Caffè Caffè Caffè Caffè", ..required() })).to_string(),
        "the value is longer than its data object may be: 29 characters, at most 25, in data object 59 [emv.text.length]"
    );
    assert_eq!(
        builder().encode_to_slice(&mut []).unwrap_err().to_string(),
        format!("buffer too small: {} bytes needed", START.len() + FIRST.len() + LAST.len() + 8)
    );
}

/// The door of builders of other crates: objects in the order in which they come, a profile, every kind of output.
#[test]
fn a_checked_run_is_written_by_every_door() {
    let objects = [
        (tag(0), "01"),
        (tag(1), "12"),
        (tag(26), ACCOUNT),
        (tag(59), "NOODLE BAR"),
        (tag(52), "5812"),
        (tag(53), "764"),
        (tag(58), "TH"),
        (tag(60), "BANGKOK"),
    ];
    let text = sealed(&format!("{START}010212{}5910NOODLE BAR5204581253037645802TH6007BANGKOK", &FIRST[..29]));
    let run = RootRun(objects);
    assert_eq!(run.build_checked::<Mpm<'_>>(()).unwrap().as_str(), text);
    let encode_error = |error: BuildError| match error {
        BuildError::Encode(error) => error,
        error => panic!("{error}"),
    };
    assert_fills_slice(&text, |buffer| run.encode_checked_to_slice::<Mpm<'_>>((), buffer).map_err(encode_error));
}

#[test]
fn a_checked_run_that_makes_no_payload_is_refused() {
    let refused = |objects: &[(Tag, &str)]| match RootRun(objects.iter().copied()).build_checked::<Mpm<'_>>(()) {
        Err(BuildError::Encode(error)) => {
            // As without a profile.
            assert_eq!(RootRun(objects.iter().copied()).encode_to_string(), Err(error));
            (error.kind(), error.path(), error.offset())
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&[]), (ErrorKind::NotFirst, path("00"), 0));
    assert_eq!(refused(&[(tag(59), "x")]), (ErrorKind::NotFirst, path("59"), 0));
    assert_eq!(refused(&[(tag(0), "01"), (tag(63), "0000")]), (ErrorKind::Fixed, path("63"), 6));
    assert_eq!(refused(&[(tag(0), "01"), (tag(59), "")]), (ErrorKind::ValueEmpty, path("59"), 6));
    assert_eq!(refused(&[(tag(0), "01"), (tag(59), "x"), (tag(59), "x")]), (ErrorKind::Duplicate, path("59"), 11));
    let over = "x".repeat(100);
    assert_eq!(refused(&[(tag(0), "01"), (tag(59), &over)]), (ErrorKind::ValueTooLong, path("59"), 6));
}

#[test]
fn debug_of_builder_and_required_tells_no_text() {
    let shown = format!("{:?} {:?}", builder(), required());
    assert!(!shown.contains("NOODLE") && !shown.contains("com.example") && !shown.contains("BANGKOK"), "{shown}");
}

/// Countries and currencies that ISO assigns.
const COUNTRIES: [CountryCode; 3] = [CountryCode::KH, CountryCode::JP, CountryCode::TH];
const CURRENCIES: [Currency; 5] = [Currency::KHR, Currency::JPY, Currency::THB, Currency::USD, Currency::BRL];

/// What a builder is given, held by the test.
#[derive(Clone, Debug)]
struct Given {
    account: (u8, String),
    mcc: u16,
    currency: Currency,
    country: CountryCode,
    name: String,
    city: String,
    dynamic: Option<bool>,
    amount: Option<String>,
    tip: Option<String>,
    percentage: bool,
    postal_code: Option<String>,
    bill: Option<String>,
    local: Option<(String, String)>,
}

/// A text of which something can be seen, without the characters that no builder writes.
fn shown(most: usize) -> impl Strategy<Value = String> {
    text(most).prop_map(|text| {
        let shown: String = text.chars().filter(|c| !emvqr::display::is_unsafe_to_show(*c)).collect();
        if shown.contains(|c: char| c.is_alphanumeric()) { shown } else { "ហ".to_owned() }
    })
}

prop_compose! {
    fn given()(
        account in (26..=51_u8, text(60)),
        mcc in 0..=9_999_u16,
        currency in prop::sample::select(CURRENCIES.to_vec()),
        country in prop::sample::select(COUNTRIES.to_vec()),
        (name, city) in (ans(25), ans(15)),
        dynamic in any::<Option<bool>>(),
        amount in prop::option::of("[1-9][0-9]{0,8}(\\.[0-9]{0,3})?"),
        (tip, percentage) in (prop::option::of("[1-9][0-9]?(\\.[0-9]{0,2})?"), any::<bool>()),
        postal_code in prop::option::of(ans(10)),
        bill in prop::option::of(ans(25)),
        local in prop::option::of((shown(25), shown(15))),
    ) -> Given {
        Given { account, mcc, currency, country, name, city, dynamic, amount, tip, percentage, postal_code, bill, local }
    }
}

proptest! {
    /// Build, then read: the same values, and no error.
    #[test]
    fn what_was_built_reads_as_the_same_values(given in given()) {
        let mut account = TemplateBuf::new();
        account.push(tag(0), "com.example").unwrap().push(tag(1), &given.account.1).unwrap();
        let mut additional = TemplateBuf::new();
        let mut language = TemplateBuf::new();
        let mut builder = Builder::new(&Required {
            merchant_account_information: (tag(given.account.0), account.as_str()),
            merchant_category_code: Mcc::new(given.mcc).unwrap(),
            transaction_currency: given.currency,
            country_code: given.country,
            merchant_name: &given.name,
            merchant_city: &given.city,
        });
        let method = given.dynamic.map(|yes| if yes { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC });
        if let Some(method) = method {
            builder = builder.point_of_initiation_method(method);
        }
        let amount = given.amount.as_deref().map(|amount| Amount::new(amount).unwrap());
        if let Some(amount) = amount {
            builder = builder.transaction_amount(amount);
        }
        let tip = given.tip.as_deref().map(|fee| {
            if given.percentage {
                Tip::PercentageFee(Percentage::new(fee).unwrap())
            } else {
                Tip::FixedFee(Amount::new(fee).unwrap())
            }
        });
        if let Some(tip) = tip {
            builder = builder.tip(tip);
        }
        if let Some(postal_code) = &given.postal_code {
            builder = builder.postal_code(postal_code);
        }
        if let Some(bill) = &given.bill {
            additional.push(tag(1), bill).unwrap();
            builder = builder.additional_data(&additional);
        }
        if let Some((name, city)) = &given.local {
            language.push(tag(0), "ja").unwrap().push(tag(1), name).unwrap().push(tag(2), city).unwrap();
            builder = builder.language_information(&language);
        }

        // By chance a text may fit bytes or UTF-16 units, too: then it is not written.
        let written = builder.encode_to_string();
        if let Err(BuildError::Rule(found)) = &written {
            // Nor is what a network's own value hides, or a name that nobody sees.
            let hides = given.account.1.contains(emvqr::display::is_unsafe_to_show);
            let is_blank = given.name.trim().is_empty() || given.local.is_some();
            prop_assert!(
                found.rule() == rules::LENGTH_AMBIGUOUS
                    || hides && found.rule() == rules::TEXT_CONTROL
                    || is_blank && found.rule() == rules::TEXT_BLANK,
                "{}", found
            );
            return Ok(());
        }
        let text = written.unwrap();
        let mut buffer = vec![0; text.len()];
        prop_assert_eq!(builder.encode_to_slice(&mut buffer).unwrap(), &text);

        let payload = Payload::parse(&text).unwrap();
        prop_assert_eq!(payload.crc(), crc(&text.as_bytes()[..text.len() - 4]));
        let code = payload.view::<Mpm<'_>>(()).unwrap();
        prop_assert_eq!(code.payload_format_indicator(), Some("01"));
        prop_assert_eq!(code.point_of_initiation_method(), Ok(method));
        let read = code.account_by_guid("COM.EXAMPLE").unwrap();
        prop_assert_eq!(read.object().tag().get(), given.account.0);
        prop_assert_eq!(read.get(tag(1)).unwrap().value(), &given.account.1);
        prop_assert_eq!(code.merchant_category_code().unwrap().unwrap().get(), given.mcc);
        prop_assert_eq!(code.transaction_currency(), Ok(Some(given.currency)));
        prop_assert_eq!(code.transaction_amount(), Ok(amount));
        prop_assert_eq!(code.tip(), Ok(tip));
        prop_assert_eq!(code.country_code(), Ok(Some(given.country)));
        prop_assert_eq!(code.merchant_name(), Some(given.name.as_str()));
        prop_assert_eq!(code.merchant_city(), Some(given.city.as_str()));
        prop_assert_eq!(code.postal_code(), given.postal_code.as_deref());
        prop_assert_eq!(code.additional_data().and_then(|data| data.bill_number()), given.bill.as_deref());
        let local = code.language_information();
        let local = local.map(|local| (local.merchant_name().unwrap().to_owned(), local.merchant_city().unwrap().to_owned()));
        prop_assert_eq!(local, given.local);
        // By ID, and nothing besides.
        let ids: Vec<u8> = payload.iter().map(|object| object.tag().get()).filter(|id| *id != 63).collect();
        prop_assert!(ids.is_sorted());
    }

    /// Whatever is put in: the checked door writes exactly what conforms, and otherwise says what a check of the text says.
    #[test]
    fn a_checked_run_agrees_with_a_check_of_the_text(
        objects in prop::collection::vec((prop_oneof![root_id(), 0..=99_u8], prop_oneof![template(true), text(30), ans(4)]), 0..4),
        amount in prop::option::of("[0-9.]{1,14}"),
        indicator in prop::option::of("0[0-4]"),
    ) {
        let mut model: Vec<(u8, &str)> = vec![
            (0, "01"), (26, ACCOUNT), (52, "5812"), (53, "764"), (58, "TH"), (59, "NOODLE BAR"), (60, "BANGKOK"),
        ];
        let more = amount.iter().map(|text| (54, text)).chain(indicator.iter().map(|text| (55, text)));
        for (id, value) in objects.iter().map(|(id, value)| (*id, value)).chain(more).filter(|(id, _)| *id != 63) {
            model.retain(|(other, _)| *other != id);
            model.push((id, value));
        }
        model.sort_unstable();
        let run = RootRun(model.iter().map(|(id, value)| (tag(*id), *value)));
        let text = run.encode_to_string().unwrap();
        let payload = Payload::parse(&text).unwrap();
        let refusals = payload.validate::<Mpm<'_>>(()).into_violations().into_iter();
        let refusal = refusals.filter(|found| found.severity() == emvqr::Severity::Error || found.rule().is_refused_in_writing());
        match (run.build_checked::<Mpm<'_>>(()), refusal.min_by_key(Violation::order)) {
            (Ok(built), None) => prop_assert_eq!(built.as_str(), text),
            (Err(BuildError::Rule(found)), Some(expected)) => {
                prop_assert_eq!((found.rule(), found.path(), found.offset()), (expected.rule(), expected.path(), expected.offset()));
            }
            (built, refusal) => prop_assert!(false, "{:?} against {:?} of {}", built, refusal, text),
        }
    }

    #[test]
    fn all_writers_of_the_wire_level_agree(objects in root_objects(true)) {
        let objects = borrowed(&objects);
        let text = sealed(&run(&objects));
        let tagged = tagged(&objects);
        prop_assert_eq!(RootRun(tagged.iter().copied()).encoded_len().unwrap(), text.len());
        prop_assert_eq!(RootRun(tagged.iter().copied()).encode_to_string().unwrap(), text.clone());
        let mut written = String::new();
        RootRun(tagged.iter().copied()).write_to(&mut written).unwrap();
        prop_assert_eq!(&written, &text);
        let mut buffer = vec![UNTOUCHED; text.len() + 1];
        prop_assert_eq!(RootRun(tagged.iter().copied()).encode_to_slice(&mut buffer).unwrap(), &text);
        prop_assert_eq!(buffer.last(), Some(&UNTOUCHED));
        let mut buffer = vec![UNTOUCHED; text.len() - 1];
        let error = RootRun(tagged.iter().copied()).encode_to_slice(&mut buffer).unwrap_err();
        prop_assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed: text.len() });
    }

    /// Pushing objects one by one gives the run of those that fit, and refuses exactly the others.
    #[test]
    fn template_takes_exactly_what_fits(objects in prop::collection::vec((0..=9_u8, text(40)), 0..8)) {
        let mut template = TemplateBuf::new();
        let mut expected = String::new();
        let mut seen = Vec::new();
        for (id, value) in &objects {
            let object = run(&[(&format!("{id:02}"), value)]);
            let characters = expected.chars().count() + object.chars().count();
            let pushed = template.push(tag(*id), value).map(drop).map_err(|error| (error.kind(), error.offset()));
            if seen.contains(id) {
                prop_assert_eq!(pushed, Err((ErrorKind::Duplicate, expected.len())));
            } else if characters > 99 {
                prop_assert_eq!(pushed, Err((ErrorKind::ValueTooLong, expected.len())));
            } else {
                prop_assert_eq!(pushed, Ok(()));
                seen.push(*id);
                expected += &object;
            }
            prop_assert_eq!(template.as_str(), &expected);
        }
    }
}

/// The two sides of [`BuildError`] come from their causes.
#[test]
fn build_errors_come_from_their_causes() {
    let error = RootRun([]).encoded_len().unwrap_err();
    assert_eq!(BuildError::from(error), BuildError::Encode(error));
    let violation = Violation::new(rules::AMOUNT_ZERO, path("54"), 7, 1);
    assert_eq!(BuildError::from(violation), BuildError::Rule(violation));
    // The fee's indicator is the specification's.
    assert_eq!(TipIndicator::FIXED_FEE.as_str(), "02");
}
