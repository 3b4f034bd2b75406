//! Why a text is refused: kind, place and exact words of each error, and which of several comes first.

use std::collections::BTreeSet;

use crate::common::{BASE, MULTI_BYTE, crc, multi_byte_base, payload, position, replace, run, sealed, with, without};
use emvqr::tlv::{self, Template};
use emvqr::{Error, ErrorKind, Path, Payload, Tag};

#[track_caller]
fn path(text: &str) -> Path {
    text.parse().unwrap()
}

/// Kind, path, offset, length and words of an error.
#[track_caller]
fn is(error: Error, kind: ErrorKind, at: &str, (offset, length): (usize, usize), words: &str) {
    assert_eq!(error.to_string(), words);
    assert_eq!(error.kind(), kind);
    assert_eq!(error.path(), path(at));
    assert_eq!((error.offset(), error.length()), (offset, length));
    assert_eq!(format!("{error:?}"), format!("Error({words})"));
}

/// Both doors refuse the text with the same error.
#[track_caller]
fn refused(text: &str, kind: ErrorKind, at: &str, place: (usize, usize), words: &str) {
    let error = Payload::parse(text).unwrap_err();
    is(error, kind, at, place, words);
    assert_eq!(Payload::parse_bytes(text.as_bytes()).unwrap_err(), error);
    assert_eq!(Payload::try_from(text).unwrap_err(), error);
    assert_eq!(Payload::try_from(text.as_bytes()).unwrap_err(), error);
}

#[track_caller]
fn bytes_refused(bytes: &[u8], place: (usize, usize), words: &str) {
    is(Payload::parse_bytes(bytes).unwrap_err(), ErrorKind::Utf8, "", place, words);
}

#[track_caller]
fn template_refused(value: &str, kind: ErrorKind, at: &str, place: (usize, usize), words: &str) {
    is(Template::parse(value).unwrap_err(), kind, at, place, words);
}

/// Opens the object at `object` of a payload that is valid on the wire.
#[track_caller]
fn nested_refused(text: &str, object: &str, kind: ErrorKind, at: &str, place: (usize, usize), words: &str) {
    let payload = Payload::parse(text).unwrap();
    is(payload.find(path(object)).unwrap().template().unwrap_err(), kind, at, place, words);
}

/// What the text is refused with.
#[track_caller]
fn kind(text: &str) -> &'static str {
    Payload::parse(text).unwrap_err().kind().name()
}

#[test]
fn the_composer_of_these_tests_knows_the_published_checks() {
    assert_eq!(crc(b"123456789"), 0x29B1);
    assert_eq!(crc(b""), 0xFFFF);
    let khqr = [
        ("00", "01"),
        ("01", "11"),
        ("29", "0015john_smith@devb"),
        ("52", "5999"),
        ("53", "116"),
        ("58", "KH"),
        ("59", "John Smith"),
        ("60", "PHNOM PENH"),
    ];
    let expected = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304";
    let text = payload(&khqr);
    assert_eq!(text, format!("{expected}E80F"));
    assert_eq!(Payload::parse(&text).unwrap().crc(), 0xE80F);
    for text in [payload(BASE), payload(&multi_byte_base())] {
        assert_eq!(Payload::parse(&text).unwrap().as_str(), text);
    }
}

#[test]
fn bytes_that_are_no_utf8_are_named_by_the_first_of_them() {
    let words = |at| format!("not UTF-8 at byte {at}");
    bytes_refused(b"\xFF", (0, 1), &words(0));
    bytes_refused(b"000201\xFF63041234", (6, 1), &words(6));
    // A character of three bytes that ends after two, within the text and at its end.
    bytes_refused(b"0002015902A\xE1\x9EB", (11, 2), &words(11));
    bytes_refused(b"0002015901\xE1\x9E", (10, 2), &words(10));
    // An overlong form, a surrogate, a number beyond Unicode, a lone continuation byte.
    bytes_refused(b"0002015901\xC0\x80", (10, 1), &words(10));
    bytes_refused(b"0002015901\xED\xA0\x80", (10, 1), &words(10));
    bytes_refused(b"0002015901\xF4\x90\x80\x80", (10, 1), &words(10));
    bytes_refused(b"0002015901\x80", (10, 1), &words(10));
    // After text of several bytes: two letters, three bytes each.
    bytes_refused(b"0002015903\xE1\x9E\x80\xE1\x9E\x81\xFF", (16, 1), &words(16));
}

#[test]
fn a_header_cut_short_is_named_by_what_is_left() {
    for (rest, length) in [("6", 1), ("63", 2), ("630", 3), ("é", 2), ("5é", 3), ("ក", 3)] {
        let words = "header of a data object is cut short at byte 6";
        refused(&format!("000201{rest}"), ErrorKind::HeaderTruncated, "", (6, length), words);
    }
    refused("0", ErrorKind::HeaderTruncated, "", (0, 1), "header of a data object is cut short at byte 0");
    let words = "header of a data object is cut short at byte 16";
    refused("0002015902កខ630", ErrorKind::HeaderTruncated, "", (16, 3), words);
}

#[test]
fn an_id_that_is_not_two_digits_is_named_by_its_header() {
    // The length is that of four whole characters.
    let headers =
        [("5x01", 4), ("x501", 4), ("+101", 4), (" 101", 4), ("-101", 4), ("1 01", 4), ("é101", 5), ("５９01", 8)];
    for (header, length) in headers {
        let words = "ID is not two digits at byte 6";
        refused(&sealed(&format!("000201{header}A")), ErrorKind::IdNotDigits, "", (6, length), words);
    }
    refused("hello", ErrorKind::IdNotDigits, "", (0, 4), "ID is not two digits at byte 0");
    // Two characters are all that is left.
    refused("000201ក្", ErrorKind::IdNotDigits, "", (6, 6), "ID is not two digits at byte 6");
    refused("0002015902កខ///A", ErrorKind::IdNotDigits, "", (16, 4), "ID is not two digits at byte 16");
    // The characters right before and behind the digits, in both places.
    for id in ["/0", "0/", ":0", "0:"] {
        let text = format!("000201{id}01A");
        refused(&text, ErrorKind::IdNotDigits, "", (6, 4), "ID is not two digits at byte 6");
    }
}

#[test]
fn a_length_that_is_not_two_digits_is_named_by_its_object() {
    for (length, bytes) in
        [("+1", 4), (" 1", 4), ("-1", 4), ("1 ", 4), ("0x", 4), ("1.", 4), ("/1", 4), ("1:", 4), ("é1", 5), ("１２", 8)]
    {
        let words = "length is not two digits, in data object 59 at byte 6";
        refused(&sealed(&format!("00020159{length}A")), ErrorKind::LengthNotDigits, "59", (6, bytes), words);
    }
}

#[test]
fn a_length_of_zero_is_named_by_its_object() {
    let words = "length is zero, in data object 62 at byte 6";
    refused(&sealed("0002016200"), ErrorKind::LengthZero, "62", (6, 4), words);
    refused("0000", ErrorKind::LengthZero, "00", (0, 4), "length is zero, in data object 00 at byte 0");
    let words = "length is zero, in data object 60 at byte 16";
    refused(&sealed("0002015902កខ6000"), ErrorKind::LengthZero, "60", (16, 4), words);
}

#[test]
fn a_length_that_overruns_says_how_many_characters_are_left() {
    let overrun = |length, available| ErrorKind::ValueOverrun { length, available };
    let words = "value overruns: length 10, 3 characters left, in data object 59 at byte 6";
    refused("0002015910abc", overrun(10, 3), "59", (6, 4), words);
    let words = "value overruns: length 05, 2 characters left, in data object 59 at byte 6";
    refused("0002015905កខ", overrun(5, 2), "59", (6, 4), words);
    let words = "value overruns: length 01, 0 characters left, in data object 59 at byte 6";
    refused("0002015901", overrun(1, 0), "59", (6, 4), words);
    let words = format!("value overruns: length 99, 98 characters left, in data object 60 at byte {}", 10 + 2 * 4);
    refused(&format!("0002015902𠮷🦀6099{}", "é".repeat(98)), overrun(99, 98), "60", (18, 4), &words);
    // A length one too long takes the first digit of what follows, and the fault shows at the end.
    let words = "length is not two digits, in data object 30 at byte 14";
    refused("0002015904abc6304ABCD", ErrorKind::LengthNotDigits, "30", (14, 4), words);
}

#[test]
fn an_indicator_that_is_not_first_is_named_by_the_object_that_is() {
    let words = "payload format indicator is not the first data object, in data object 00 at byte 0";
    refused(&payload(&without(BASE, "00")), ErrorKind::NotFirst, "00", (0, 6), words);
    // It is there, in second place.
    refused(&payload(&[("59", "កខ"), ("00", "01")]), ErrorKind::NotFirst, "00", (0, 10), words);
    refused(&payload(&[]), ErrorKind::NotFirst, "00", (0, 8), words);
    refused("", ErrorKind::NotFirst, "00", (0, 0), words);
}

#[test]
fn a_crc_that_is_not_last_is_named_by_its_place_or_by_the_end() {
    let words = |at| format!("crc is not the last data object, in data object 63 at byte {at}");
    let text = payload(&[("00", "01"), ("59", "កខ")]) + &run(&[("60", "abc")]);
    refused(&text, ErrorKind::NotLast, "63", (16, 8), &words(16));
    let words = |at| format!("crc is missing, in data object 63 at byte {at}");
    let text = run(&[("00", "01"), ("59", "កខ")]);
    refused(&text, ErrorKind::NotLast, "63", (16, 0), &words(16));
    refused("000201", ErrorKind::NotLast, "63", (6, 0), &words(6));
    // Four hexadecimal digits at the end are no CRC where 6304 belongs to a value.
    refused("000201590863041234", ErrorKind::NotLast, "63", (18, 0), &words(18));
}

#[test]
fn an_id_that_occurs_twice_is_named_by_its_second_place() {
    let words = |tag, at| format!("ID occurs twice, in data object {tag} at byte {at}");
    let text = payload(&[("00", "01"), ("59", "ក"), ("60", "A"), ("59", "កខ")]);
    refused(&text, ErrorKind::Duplicate, "59", (18, 10), &words("59", 18));
    let text = payload(&[("00", "01"), ("00", "01")]);
    refused(&text, ErrorKind::Duplicate, "00", (6, 6), &words("00", 6));
    // The first second place in wire order, not the lowest ID.
    let text = payload(&[("00", "01"), ("10", "A"), ("70", "A"), ("70", "B"), ("10", "B")]);
    refused(&text, ErrorKind::Duplicate, "70", (16, 5), &words("70", 16));
    let text = payload(&[("00", "01"), ("63", "A")]);
    refused(&text, ErrorKind::Duplicate, "63", (11, 8), &words("63", 11));
    // Inside a template it is for the rules, not for the reader.
    assert!(Payload::parse(&payload(&with(BASE, "62", "0101A0101B"))).is_ok());
}

#[test]
fn a_crc_of_another_form_is_named_by_its_value() {
    let start = run(&[("00", "01"), ("59", "កខ")]);
    let words = "crc is not four hexadecimal digits, in data object 63 at byte 20";
    for (crc, length) in [
        ("04ZZZZ", 4),
        ("04+123", 4),
        ("04 123", 4),
        ("0412G4", 4),
        ("04@123", 4),
        ("04:123", 4),
        ("04`123", 4),
        ("04g123", 4),
        ("04/123", 4),
        ("03123", 3),
        ("0512345", 5),
        ("08ABCD1234", 8),
        ("0861046304", 8),
        ("04éAB1", 5),
        ("02éé", 4),
        ("04１２３４", 12),
    ] {
        refused(&format!("{start}63{crc}"), ErrorKind::CrcFormat, "63", (20, length), words);
    }
    // The right number with too few or too many digits.
    let right = payload(&[("00", "01")]);
    let digits = &right[right.len() - 4..];
    for text in [format!("0002016305{digits}0"), format!("00020163050{digits}"), format!("0002016303{}", &digits[1..])]
    {
        assert_eq!(kind(&text), "crc_format", "{text}");
    }
}

#[test]
fn a_crc_of_another_value_says_both_numbers_and_where() {
    for base in [BASE.to_vec(), multi_byte_base()] {
        let text = payload(&base);
        let at = text.len() - 4;
        let computed = crc(&text.as_bytes()[..at]);
        for change in [1, 0x10, 0x8000, 0xFFFF] {
            let found = computed ^ change;
            let text = format!("{}{found:04X}", &text[..at]);
            let words =
                format!("crc mismatch: computed {computed:04X}, found {found:04X}, in data object 63 at byte {at}");
            refused(&text, ErrorKind::CrcMismatch { computed, found }, "63", (at, 4), &words);
            // The digits are told in upper case also where they stand in lower case.
            let text = format!("{}{found:04x}", &text[..at]);
            refused(&text, ErrorKind::CrcMismatch { computed, found }, "63", (at, 4), &words);
        }
    }
}

#[test]
fn both_numbers_of_a_crc_are_told_with_leading_zeros() {
    // A payload whose CRC starts with a zero.
    let text = (0..1000)
        .map(|number| payload(&replace(BASE, "59", &format!("Shop {number}"))))
        .find(|text| text.as_bytes()[text.len() - 4] == b'0')
        .unwrap();
    assert!(Payload::parse(&text).is_ok());
    let (covered, digits) = text.split_at(text.len() - 4);
    let at = covered.len();
    // The sum with the bits of 0001 turned keeps the zero in front.
    let computed = crc(covered.as_bytes());
    let found = computed ^ 1;
    let words = format!("crc mismatch: computed {digits}, found {found:04X}, in data object 63 at byte {at}");
    assert!(words.contains("computed 0") && words.contains("found 0"));
    refused(&format!("{covered}{found:04X}"), ErrorKind::CrcMismatch { computed, found }, "63", (at, 4), &words);
}

#[test]
fn a_crc_is_read_in_either_case_and_in_both() {
    let text = (0..1000)
        .map(|number| payload(&replace(BASE, "59", &format!("Shop {number}"))))
        .find(|text| text.bytes().rev().take(4).filter(u8::is_ascii_alphabetic).count() >= 2)
        .unwrap();
    let (covered, upper) = text.split_at(text.len() - 4);
    let letter = upper.find(|digit: char| digit.is_ascii_alphabetic()).unwrap();
    let mixed = format!("{}{}", upper[..=letter].to_ascii_lowercase(), &upper[letter + 1..]);
    assert_ne!(mixed, upper.to_ascii_lowercase());
    let strict = Payload::parse(&text).unwrap();
    for digits in [upper.to_ascii_lowercase(), mixed] {
        let text = format!("{covered}{digits}");
        let payload = Payload::parse(&text).unwrap();
        assert_eq!(payload.as_str(), text, "kept as it stands");
        assert_eq!(payload.crc(), crc(covered.as_bytes()));
        assert_ne!(payload, strict);
        assert!(payload.is_same_code(&strict));
    }
}

#[test]
fn faults_of_a_template_are_placed_in_the_whole_text() {
    let overrun = |length, available| ErrorKind::ValueOverrun { length, available };
    for base in [BASE.to_vec(), multi_byte_base()] {
        let text = payload(&with(&base, "62", "0103***0820abc"));
        let at = position(&text, "0820abc");
        let words = format!("value overruns: length 20, 3 characters left, in data object 62-08 at byte {at}");
        nested_refused(&text, "62", overrun(20, 3), "62-08", (at, 4), &words);

        let text = payload(&with(&base, "62", "0102éé08 3abc"));
        let at = position(&text, "08 3abc");
        let words = format!("length is not two digits, in data object 62-08 at byte {at}");
        nested_refused(&text, "62", ErrorKind::LengthNotDigits, "62-08", (at, 4), &words);

        let text = payload(&with(&base, "62", "0102éé0800"));
        let at = position(&text, "0800");
        let words = format!("length is zero, in data object 62-08 at byte {at}");
        nested_refused(&text, "62", ErrorKind::LengthZero, "62-08", (at, 4), &words);

        let text = payload(&with(&base, "62", "0102éé#801A"));
        let at = position(&text, "#801A");
        let words = format!("ID is not two digits, in data object 62 at byte {at}");
        nested_refused(&text, "62", ErrorKind::IdNotDigits, "62", (at, 4), &words);

        let text = payload(&with(&base, "64", "0002km08"));
        let at = position(&text, "0002km08") + 6;
        let words = format!("header of a data object is cut short, in data object 64 at byte {at}");
        nested_refused(&text, "64", ErrorKind::HeaderTruncated, "64", (at, 2), &words);

        // A value may not run on into what follows its template.
        let text = payload(&with(&with(&base, "62", "0105abc"), "80", "0011com.example"));
        let at = position(&text, "0105abc");
        let words = format!("value overruns: length 05, 3 characters left, in data object 62-01 at byte {at}");
        nested_refused(&text, "62", overrun(5, 3), "62-01", (at, 4), &words);
    }
}

#[test]
fn faults_of_a_template_in_a_template_are_placed_in_the_whole_text() {
    for base in [BASE.to_vec(), multi_byte_base()] {
        let text = payload(&with(&base, "62", "0101é50190011com.example01é1"));
        let at = position(&text, "01é1");
        let words = format!("length is not two digits, in data object 62-50-01 at byte {at}");
        nested_refused(&text, "62-50", ErrorKind::LengthNotDigits, "62-50-01", (at, 5), &words);
    }
}

/// A value that holds an object in an object, `depth` times.
fn nested(depth: usize) -> String {
    (1..depth).fold("x".to_owned(), |value, _| run(&[("90", &value)]))
}

#[test]
fn a_template_can_be_opened_down_to_the_deepest_path_and_no_further() {
    for base in [BASE.to_vec(), multi_byte_base()] {
        let value = nested(Path::MAX_DEPTH);
        let text = payload(&with(&base, "80", &value));
        let payload = Payload::parse(&text).unwrap();
        let mut at = position(&text, &value);
        let mut object = payload.get(Tag::new(80).unwrap()).unwrap();
        for depth in 1..Path::MAX_DEPTH {
            assert_eq!((object.path().depth(), object.value_offset()), (depth, at));
            object = object.template().unwrap().get(Tag::new(90).unwrap()).unwrap();
            at += 4;
        }
        assert_eq!(object.value(), "x");
        let words = format!("template nests too deep, in data object 80-90-90-90-90-90-90 at byte {at}");
        is(object.template().unwrap_err(), ErrorKind::TooDeep, "80-90-90-90-90-90-90", (at, 1), &words);
        let found: Vec<_> = object.objects().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].unwrap_err().kind(), ErrorKind::TooDeep);
    }
    // Well-formed objects below the deepest path are not opened either.
    let text = payload(&with(BASE, "80", &nested(Path::MAX_DEPTH + 2)));
    let at = position(&text, "90059001x");
    let deepest = path("80-90-90-90-90-90-90");
    let words = format!("template nests too deep, in data object {deepest} at byte {at}");
    nested_refused(&text, "80-90-90-90-90-90-90", ErrorKind::TooDeep, &deepest.to_string(), (at, 9), &words);
}

#[test]
fn a_bare_template_counts_places_from_its_own_start() {
    let overrun = |length, available| ErrorKind::ValueOverrun { length, available };
    template_refused("001", ErrorKind::HeaderTruncated, "", (0, 3), "header of a data object is cut short at byte 0");
    template_refused("0002éé#101A", ErrorKind::IdNotDigits, "", (8, 4), "ID is not two digits at byte 8");
    let words = "length is not two digits, in data object 01 at byte 8";
    template_refused("0002éé01+1A", ErrorKind::LengthNotDigits, "01", (8, 4), words);
    template_refused("0002éé0100", ErrorKind::LengthZero, "01", (8, 4), "length is zero, in data object 01 at byte 8");
    let words = "value overruns: length 03, 2 characters left, in data object 01 at byte 8";
    template_refused("0002éé0103éé", overrun(3, 2), "01", (8, 4), words);
    // What no template of a payload could hold, before anything else: 100 characters, and the fault is the last.
    template_refused(
        &"é".repeat(100),
        ErrorKind::ValueTooLong,
        "",
        (198, 2),
        "value is longer than 99 characters at byte 198",
    );
    template_refused(
        &"9".repeat(101),
        ErrorKind::ValueTooLong,
        "",
        (99, 2),
        "value is longer than 99 characters at byte 99",
    );
    let longest = format!("0095{}", "é".repeat(95));
    assert_eq!(Template::parse(&longest).unwrap().get(Tag::new(0).unwrap()).unwrap().length(), 95);
}

#[test]
fn of_two_faults_the_one_of_the_lower_step_is_told() {
    // UTF-8 before shape.
    let error = Payload::parse_bytes(b"xx\xFF").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::Utf8, 2));

    // Shape in wire order, whatever the kinds.
    let faults = [("5x01A", "id_not_digits"), ("59x1A", "length_not_digits"), ("5900", "length_zero")];
    for (first, name) in faults {
        for (second, _) in faults {
            let error = Payload::parse(&sealed(&format!("000201{first}{second}"))).unwrap_err();
            assert_eq!((error.kind().name(), error.offset()), (name, 6));
        }
    }
    assert_eq!(kind("0002015x01A5999A"), "id_not_digits");
    assert_eq!(kind("0002015900630"), "length_zero");
    // In one header: the ID before its length, the length's form before its value.
    assert_eq!(kind("0002015xx1A"), "id_not_digits");
    assert_eq!(kind("000201x900"), "id_not_digits");
    assert_eq!(kind("00020159x9A"), "length_not_digits");

    // Shape before 00 first.
    assert_eq!(kind("5901A5900"), "length_zero");
    assert_eq!(kind("5901A63"), "header_truncated");
    // 00 first before 63 last.
    assert_eq!(kind("5901A"), "not_first");
    assert_eq!(kind(&(payload(&[("59", "A")]) + "000201")), "not_first");
    // 63 last before duplicates.
    assert_eq!(kind("0002015901A5901B"), "not_last");
    assert_eq!(kind(&(payload(&[("00", "01")]) + "6304ABCD5901A")), "not_last");
    // Duplicates before the form of the CRC.
    assert_eq!(kind("0002015901A5901B6304ZZZZ"), "duplicate");
    assert_eq!(kind("0002015901A5901B6303123"), "duplicate");
    // The form of the CRC before its value: what has another form has another value, too.
    assert_eq!(kind("0002016304ZZZZ"), "crc_format");
    assert_eq!(kind("0002016304 AAE"), "crc_format");
    // Duplicates before the value of the CRC.
    assert_eq!(kind("0002015901A5901B63040000"), "duplicate");
    // And 00 first before all that follow.
    assert_eq!(kind("5901A5901B6304ZZZZ"), "not_first");
}

/// All kinds, also those of writing.
const KINDS: [ErrorKind; 19] = [
    ErrorKind::Utf8,
    ErrorKind::HeaderTruncated,
    ErrorKind::IdNotDigits,
    ErrorKind::LengthNotDigits,
    ErrorKind::LengthZero,
    ErrorKind::ValueOverrun { length: 10, available: 3 },
    ErrorKind::NotFirst,
    ErrorKind::NotLast,
    ErrorKind::Duplicate,
    ErrorKind::CrcFormat,
    ErrorKind::CrcMismatch { computed: 1, found: 2 },
    ErrorKind::TooDeep,
    ErrorKind::ValueTooLong,
    ErrorKind::ValueEmpty,
    ErrorKind::Fixed,
    ErrorKind::ChangeConflict,
    ErrorKind::NotTemplate,
    ErrorKind::BufferTooSmall { needed: 100 },
    ErrorKind::Sink,
];

#[test]
fn names_of_kinds_are_unique_snake_case_words_that_ignore_details() {
    let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), KINDS.len());
    let words: BTreeSet<String> = KINDS.iter().map(ToString::to_string).collect();
    assert_eq!(words.len(), KINDS.len());
    for kind in KINDS {
        let name = kind.name();
        assert!(name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_')), "{name}");
        assert!(name.split('_').all(|word| !word.is_empty()), "{name}");
        // The name is the variant's, spelled otherwise.
        let variant: String = format!("{kind:?}").chars().take_while(|c| c.is_alphanumeric()).collect();
        assert_eq!(name.replace('_', ""), variant.to_ascii_lowercase());
    }
    assert_eq!(ErrorKind::CrcMismatch { computed: 7, found: 8 }.name(), "crc_mismatch");
    assert_eq!(ErrorKind::ValueOverrun { length: 1, available: 0 }.name(), "value_overrun");
}

#[test]
fn shape_is_what_the_five_kinds_of_the_run_are_about() {
    let shape: Vec<&str> = KINDS.iter().filter(|kind| kind.is_shape()).map(|kind| kind.name()).collect();
    let expected = ["header_truncated", "id_not_digits", "length_not_digits", "length_zero", "value_overrun"];
    assert_eq!(shape, expected);
}

#[test]
fn the_lax_door_gives_what_stands_before_the_fault_and_then_the_fault() {
    let text = "5901A5901B63040000000203x9";
    let run: Vec<_> = tlv::read(text).collect();
    assert_eq!(run.len(), 5);
    let values: Vec<&str> = run.iter().flatten().map(tlv::DataObject::value).collect();
    assert_eq!(values, ["A", "B", "0000", "03"], "order, duplicates and the CRC do not stop it");
    let words = "header of a data object is cut short at byte 24";
    is(run[4].unwrap_err(), ErrorKind::HeaderTruncated, "", (24, 2), words);
    assert_eq!(tlv::read("").count(), 0);
}

/// A payload with these letters in each value, so that text of it can be told from the words of an error.
fn telling() -> String {
    payload(&[("00", "qz"), ("29", "0007qz@bank0104qzid"), ("59", "qzរ"), MULTI_BYTE, ("62", "0104qzno"), ("60", "qz")])
}

#[test]
fn every_truncation_is_refused() {
    for text in [payload(BASE), payload(&multi_byte_base()), telling()] {
        for end in 0..text.len() {
            let bytes = &text.as_bytes()[..end];
            let error = Payload::parse_bytes(bytes).unwrap_err();
            assert!(error.offset() + error.length() <= end, "{error} in {end} bytes");
            match text.get(..end) {
                Some(text) => assert_eq!(Payload::parse(text).unwrap_err(), error),
                None => assert_eq!(error.kind(), ErrorKind::Utf8),
            }
        }
    }
}

#[test]
fn every_change_of_one_byte_is_refused_but_for_the_case_of_the_crc() {
    for text in [payload(BASE), payload(&multi_byte_base())] {
        for at in 0..text.len() {
            for byte in 0..=255_u8 {
                let mut bytes = text.clone().into_bytes();
                let before = core::mem::replace(&mut bytes[at], byte);
                let same = before == byte || (at >= text.len() - 4 && before.eq_ignore_ascii_case(&byte));
                assert_eq!(Payload::parse_bytes(&bytes).is_ok(), same, "{byte:02X} at {at} of {text}");
            }
        }
    }
}

#[test]
fn errors_never_hold_text_of_the_payload() {
    let text = telling();
    assert!(Payload::parse(&text).is_ok());
    let check = |error: Error| {
        let words = format!("{error} {error:?}");
        assert!(!words.contains("qz") && words.is_ascii(), "{words}");
    };
    for at in text.char_indices().map(|(at, _)| at) {
        check(Payload::parse(&text[..at]).unwrap_err());
        for change in ["qz", "0", "រ", "00", "99"] {
            if let Err(error) = Payload::parse(&format!("{}{change}{}", &text[..at], &text[at..])) {
                check(error);
            }
        }
    }
    for object in &Payload::parse(&text).unwrap() {
        if let Err(error) = object.template() {
            check(error);
        }
    }
}

#[test]
fn sixty_kilobytes_of_nines_are_refused() {
    let text = "9".repeat(60_000);
    // An object of 99 nines takes 103 bytes: 582 of them, and 54 bytes are left, 50 of them behind a header.
    let words = "value overruns: length 99, 50 characters left, in data object 99 at byte 59946";
    refused(&text, ErrorKind::ValueOverrun { length: 99, available: 50 }, "99", (59_946, 4), words);
    let text = "9".repeat(103 * 590);
    let words = "payload format indicator is not the first data object, in data object 00 at byte 0";
    refused(&text, ErrorKind::NotFirst, "00", (0, 103), words);
}

#[test]
fn the_longest_payload_is_read_and_a_longer_one_repeats_an_id() {
    let value = "🦀".repeat(99);
    let ids: Vec<String> = (0..100).filter(|id| *id != 63).map(|id| format!("{id:02}")).collect();
    let objects: Vec<_> = ids.iter().map(|id| (id.as_str(), value.as_str())).collect();
    let text = payload(&objects);
    assert_eq!(text.len(), Payload::MAX_LEN);
    let read = Payload::parse(&text).unwrap();
    assert_eq!(read.tags().len(), 100);
    for (position, id) in ids.iter().enumerate() {
        let object = read.get(id.parse().unwrap()).unwrap();
        assert_eq!((object.offset(), object.value()), (position * 400, value.as_str()));
    }

    for extra in [("98", "x"), ("98", value.as_str())] {
        let text = payload(&with(&objects, extra.0, extra.1));
        assert!(text.len() > Payload::MAX_LEN);
        let words = "ID occurs twice, in data object 98 at byte 39600";
        refused(&text, ErrorKind::Duplicate, "98", (39_600, 4 + extra.1.len()), words);
    }

    // Beyond 16 bits the place is still told right.
    let filler = [("00", value.as_str()), ("01", value.as_str())].repeat(100);
    let text = run(&filler) + "5900";
    assert_eq!(text.len(), 80_004);
    refused(&text, ErrorKind::LengthZero, "59", (80_000, 4), "length is zero, in data object 59 at byte 80000");
    let text = run(&filler);
    let words = "crc is missing, in data object 63 at byte 80000";
    refused(&text, ErrorKind::NotLast, "63", (80_000, 0), words);
}

#[test]
fn a_hundred_ids_are_told_apart() {
    // 00 first and 63 last; the rest from 99 down.
    let ids: Vec<String> = (1..100).rev().filter(|id| *id != 63).map(|id| format!("{id:02}")).collect();
    let mut objects = vec![("00", "00")];
    objects.extend(ids.iter().map(|id| (id.as_str(), id.as_str())));
    let text = payload(&objects);
    let payload = Payload::parse(&text).unwrap();
    assert_eq!(payload.tags().iter().map(Tag::get).collect::<Vec<_>>(), (0..100).collect::<Vec<u8>>());
    assert_eq!(payload.iter().count(), 100);
    for (position, (id, value)) in objects.iter().enumerate() {
        let object = payload.get(id.parse().unwrap()).unwrap();
        assert_eq!((object.value(), object.offset()), (*value, position * 6));
    }
    assert_eq!(payload.get(Tag::CRC).unwrap().end(), text.len());
}
