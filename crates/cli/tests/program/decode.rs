//! `emvqr decode`: exit status, one answer for each payload, and nothing raw on a terminal.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::common::{self, BASE, multi_byte_base, payload, position, replace, run, with, without};
use crate::run::{self, Answer};
use serde_json::{Value, json};

fn decode(arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Answer {
    run::run("decode", arguments, input)
}

/// The answers to payloads as arguments.
fn answers(payloads: &[&str]) -> (i32, Vec<Value>) {
    let answer = decode(&[&["--json", "--profile", "emv"], payloads].concat(), b"");
    (answer.status, answer.json())
}

/// The answers to payloads on standard input.
fn streamed(input: &[u8]) -> (i32, Vec<Value>) {
    let answer = decode(&["--json", "--profile", "emv"], input);
    (answer.status, answer.json())
}

/// What is wrong on the wire: kind and offset.
fn fault(answer: &Value) -> (&str, u64) {
    (answer["error"]["kind"].as_str().unwrap_or("none"), answer["error"]["offset"].as_u64().unwrap_or(0))
}

/// A file for the program to read.
fn file(name: &str, content: &[u8]) -> PathBuf {
    run::file(&format!("decode-{name}"), content)
}

/// Whoever writes a line reads its answer, though more may follow.
#[test]
fn a_line_is_answered_before_the_next_one_comes() {
    let good = payload(BASE);
    let answer = run::first_line("decode", &["--json"], format!("{good}\n").as_bytes());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((&answer["line"], &answer["valid"]), (&json!(1), &json!(true)));
}

#[test]
fn a_broken_payload_is_held_to_the_profile_that_is_asked_for() {
    for (asked, profile) in [("auto", "emv"), ("emv", "emv"), ("khqr", "khqr"), ("jpqr", "jpqr")] {
        let answer = decode(&["--json", "--profile", asked, "nonsense"], b"");
        assert_eq!((answer.status, &answer.json()[0]["profile"]), (1, &json!(profile)));
    }
}

#[test]
fn a_bill_is_recognised_under_auto_and_jpqr_alone() {
    let bill = common::bill();
    for (asked, profile, is_one) in
        [("auto", "jpqr-bill", true), ("jpqr", "jpqr-bill", true), ("khqr", "khqr", false), ("emv", "emv", false)]
    {
        let answer = decode(&["--json", "--profile", asked, &bill], b"");
        let line = &answer.json()[0];
        assert_eq!((&line["profile"], line["error"].is_null()), (&json!(profile), is_one), "{line}");
    }
}

#[test]
fn status_is_0_where_all_are_valid_and_1_where_one_is_not() {
    let good = payload(BASE);
    let warned = payload(&with(BASE, "70", "future"));
    let broken_rule = payload(&without(BASE, "59"));
    let no_payload = good.replacen("000201", "000202", 1);
    let (status, lines) = answers(&[&good, &warned]);
    assert_eq!((status, lines.len()), (0, 2));
    for bad in [&broken_rule, &no_payload] {
        let (status, lines) = answers(&[&good, bad, &warned]);
        assert_eq!((status, lines.len()), (1, 3));
        let valid: Vec<_> = lines.iter().map(|line| line["valid"].as_bool().unwrap()).collect();
        assert_eq!(valid, [true, false, true]);
        let numbers: Vec<_> = lines.iter().map(|line| line["line"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [1, 2, 3]);
    }
    // The same without JSON.
    assert_eq!(decode(&[&good, &warned], b"").status, 0);
    assert_eq!(decode(&[&good, &no_payload], b"").status, 1);
}

#[test]
fn status_is_2_where_command_line_or_file_is_unusable() {
    let good = payload(BASE);
    let missing = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("no such file");
    let folder = env!("CARGO_TARGET_TMPDIR");
    let lines = file("both", good.as_bytes());
    let cases: [&[&OsStr]; 7] = [
        &["--file".as_ref(), missing.as_os_str()],
        &["--file".as_ref(), folder.as_ref()],
        &["--file".as_ref()],
        &["--no-such-option".as_ref()],
        &["--profile".as_ref(), "no-such-profile".as_ref(), good.as_ref()],
        &["--now".as_ref(), "soon".as_ref(), good.as_ref()],
        // One of the two.
        &["--file".as_ref(), lines.as_os_str(), good.as_ref()],
    ];
    for arguments in cases {
        let answer = decode(arguments, b"");
        assert_eq!(answer.status, 2, "{arguments:?}: {}", answer.stderr);
        assert_eq!(answer.stdout, "");
        assert!(!answer.stderr.is_empty());
    }
    // The file that cannot be read is named.
    let answer = decode(&["--file".as_ref(), missing.as_os_str()], b"");
    assert!(answer.stderr.contains("no such file"), "{}", answer.stderr);
    assert_eq!(decode(&["--help"], b"").status, 0);
}

#[test]
fn arguments_file_and_standard_input_get_the_same_answers() {
    let texts = [payload(BASE), payload(&multi_byte_base()), payload(&without(BASE, "60")), "0002".to_owned()];
    let lines = texts.each_ref().map(|text| format!("{text}\n")).concat();
    let (status, expected) = answers(&texts.each_ref().map(String::as_str));
    assert_eq!((status, expected.len()), (1, 4));
    assert_eq!(streamed(lines.as_bytes()), (1, expected.clone()));
    let path = file("lines", lines.as_bytes());
    let options = ["--json", "--profile", "emv", "--file"].map(OsStr::new);
    let answer = decode(&[&options[..], &[path.as_os_str()]].concat(), b"");
    assert_eq!((answer.status, answer.json()), (1, expected));
    // No progress where nobody watches.
    assert_eq!(answer.stderr, "");
}

/// Over many blocks, with lines that are too long among them: the same as on standard input, in the same order.
#[test]
fn threads_do_not_change_the_answers() {
    let good = payload(BASE);
    let long = "0".repeat(70_000);
    let mut lines = String::new();
    for number in 0..3_000 {
        let broken = format!("{}{number:04}", &good[..good.len() - 4]);
        let line = match number % 500 {
            7 => long.as_str(),
            8 => "",
            _ if number % 3 == 0 => &broken,
            _ => &good,
        };
        lines.push_str(line);
        lines.push_str(if number % 2 == 0 { "\n" } else { "\r\n" });
    }
    let path = file("threads", lines.as_bytes());
    let expected = decode(&["--json"], lines.as_bytes());
    assert_eq!((expected.status, expected.stdout.lines().count()), (1, 3_000));
    for jobs in ["1", "2", "7"] {
        let found = decode(&["--json", "--jobs", jobs, "--file", path.to_str().unwrap()], b"");
        assert_eq!(found.status, 1);
        assert!(found.stdout == expected.stdout, "{jobs} threads");
    }
    assert_eq!(decode(&["--jobs", "0", "--file", path.to_str().unwrap()], b"").status, 2);
}

#[test]
fn one_lf_and_one_cr_before_it_are_stripped_and_nothing_else() {
    let good = payload(BASE);
    let end = good.len() as u64;
    let none = ("none", 0);
    let empty = ("not_first", 0);
    let behind = ("header_truncated", end);
    let cases: [(String, &[(&str, u64)]); 12] = [
        (String::new(), &[]),
        ("\n".to_owned(), &[empty]),
        ("\r\n".to_owned(), &[empty]),
        ("\n\r\n\n".to_owned(), &[empty, empty, empty]),
        (good.clone(), &[none]),
        (format!("{good}\n"), &[none]),
        (format!("{good}\r\n{good}\n{good}"), &[none, none, none]),
        (format!("{good}\n\n{good}\r\n"), &[none, empty, none]),
        (format!("{good}\r\r\n{good}\n"), &[behind, none]),
        (format!("{good} \n{good}\t\n{good}"), &[behind, behind, none]),
        // A CR without LF is no end of a line.
        (format!("{good}\r"), &[behind]),
        (format!(" {good}\n{good}\r{good}\n"), &[("id_not_digits", 0), behind]),
    ];
    for (input, expected) in cases {
        let (status, lines) = streamed(input.as_bytes());
        // A CR in the middle leaves more than three characters behind: whatever stands there is no header either.
        let found: Vec<_> = lines
            .iter()
            .map(|line| match fault(line) {
                ("id_not_digits" | "length_not_digits", offset) if offset == end => behind,
                fault => fault,
            })
            .collect();
        assert_eq!(found, expected, "{input:?}");
        assert_eq!(status, i32::from(expected.iter().any(|fault| *fault != none)));
    }
}

#[test]
fn line_that_is_not_utf_8_is_one_invalid_payload() {
    let good = payload(BASE);
    let mut input = b"000201\xFF\xFE59\n".to_vec();
    input.extend(format!("{good}\n").bytes());
    input.extend(b"\xE1\x9E\n");
    input.extend(good.bytes());
    let (status, lines) = streamed(&input);
    assert_eq!((status, lines.len()), (1, 4));
    assert_eq!(
        lines[0]["error"],
        json!({"kind": "utf8", "path": "", "offset": 6, "length": 1, "message": "not UTF-8 at byte 6"})
    );
    assert_eq!((&lines[0]["valid"], &lines[0]["wire"]), (&json!(false), &json!(false)));
    // As far as it can be read.
    assert_eq!(lines[0]["objects"], json!([["00", "01"]]));
    assert_eq!(fault(&lines[2]), ("utf8", 0));
    assert_eq!((&lines[1]["valid"], &lines[3]["valid"]), (&json!(true), &json!(true)));
}

#[cfg(unix)]
#[test]
fn argument_that_is_not_utf_8_is_one_invalid_payload() {
    use std::os::unix::ffi::OsStrExt;

    let answer = decode(&[OsStr::new("--json"), OsStr::from_bytes(b"000201\xFF")], b"");
    assert_eq!(answer.status, 1);
    let lines = answer.json();
    assert_eq!((lines.len(), fault(&lines[0])), (1, ("utf8", 6)));
}

#[test]
fn line_over_64_kib_is_one_invalid_payload_and_the_next_one_is_read() {
    const MOST: usize = 64 * 1024;
    let good = payload(BASE);
    for (size, ending, too_long) in [
        (MOST, "\n", false),
        (MOST, "\r\n", false),
        (MOST + 1, "\n", true),
        (MOST + 1, "\r\n", true),
        (MOST + 2, "\n", true),
        (3 * MOST, "\r\n", true),
        (1_000_000, "\n", true),
    ] {
        // With the fault far behind, and as a payload that goes on for ever.
        for line in [good.clone() + &"x".repeat(size), "000201".repeat(size)] {
            let input = format!("{good}\n{}{ending}{good}{ending}", &line[..size]);
            let (status, lines) = streamed(input.as_bytes());
            assert_eq!((status, lines.len()), (1, 3), "{size}");
            assert_eq!((&lines[0]["valid"], &lines[2]["valid"]), (&json!(true), &json!(true)), "{size}");
            assert_eq!(lines[2]["line"], json!(3));
            assert_eq!((&lines[1]["valid"], &lines[1]["wire"]), (&json!(false), &json!(false)));
            assert_eq!(fault(&lines[1]).0 == "too_long", too_long, "{size}: {}", lines[1]["error"]);
        }
    }
    // As the last line without its end, and in front of nothing.
    let (status, lines) = streamed("x".repeat(MOST + 1).as_bytes());
    assert_eq!((status, lines.len(), fault(&lines[0]).0), (1, 1, "too_long"));
}

#[test]
fn answer_has_every_key_with_its_type() {
    let good = payload(BASE);
    let (_, lines) = answers(&[&good, &good.replacen("000201", "000202", 1), "", &payload(&without(BASE, "59"))]);
    for (line, number) in lines.iter().zip(1_u64..) {
        assert_eq!(line["line"], json!(number));
        assert!(line["valid"].is_boolean() && line["wire"].is_boolean(), "{line}");
        assert_eq!(line["profile"], json!("emv"));
        assert!(line["violations"].is_array() && line["objects"].is_array() && line["fields"].is_object(), "{line}");
        // Exactly one of the two says what is wrong on the wire.
        assert_eq!(line["wire"].as_bool().unwrap(), line["error"].is_null());
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        for key in ["line", "valid", "wire", "profile", "error", "violations", "objects", "fields"] {
            assert!(keys.contains(&key), "no {key}: {line}");
        }
        if let Some(error) = line["error"].as_object() {
            let keys: Vec<_> = error.keys().map(String::as_str).collect();
            assert_eq!(keys, ["kind", "path", "offset", "length", "message"]);
            assert_eq!(line["violations"], json!([]));
        }
    }
    assert_eq!(lines[2]["objects"], json!([]));
    assert_eq!(lines[3]["violations"][0]["rule"], json!("emv.59.missing"));
}

#[test]
fn composed_payload_gets_its_findings_objects_and_fields() {
    let objects = [
        ("00", "01"),
        ("01", "12"),
        ("29", "0011com.example0108ACCT0001"),
        ("39", "03f92874"),
        ("52", "5812"),
        ("53", "116"),
        ("54", "0.00"),
        ("58", "KH"),
        ("59", "Noodle Bar"),
        ("60", "Phnom Penh"),
        ("62", "50200011com.example0101x0105INV-70303***"),
        ("64", "0002km0107ភ្នំពេញ"),
        ("70", "0002xy"),
    ];
    let text = payload(&objects);
    let crc = &text[text.len() - 4..];
    let (status, lines) = answers(&[&text]);
    assert_eq!(status, 1);
    let line = &lines[0];
    assert_eq!((&line["valid"], &line["wire"], &line["error"]), (&json!(false), &json!(true), &json!(null)));
    let finding = |rule, severity, path, mark: &str, skip, length| {
        (rule, severity, path, (position(&text, mark) + skip) as u64, length)
    };
    let found: Vec<_> = line["violations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|violation| {
            assert!(!violation["message"].as_str().unwrap().is_empty());
            let text = |key: &str| violation[key].as_str().unwrap();
            (
                text("rule"),
                text("severity"),
                text("path"),
                violation["offset"].as_u64().unwrap(),
                violation["length"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            // The header that is none: four characters.
            finding("emv.template.format", "error", "39", "03f92874", 0, 4),
            finding("emv.54.zero", "error", "54", "54040.00", 4, 4),
            finding("emv.rfu.object", "warning", "70", "70060002xy", 0, 10),
        ]
    );
    assert_eq!(
        line["objects"],
        json!([
            ["00", "01"],
            ["01", "12"],
            ["29-00", "com.example"],
            ["29-01", "ACCT0001"],
            ["39", "03f92874"],
            ["52", "5812"],
            ["53", "116"],
            ["54", "0.00"],
            ["58", "KH"],
            ["59", "Noodle Bar"],
            ["60", "Phnom Penh"],
            ["62-50-00", "com.example"],
            ["62-50-01", "x"],
            ["62-01", "INV-7"],
            ["62-03", "***"],
            ["64-00", "km"],
            ["64-01", "ភ្នំពេញ"],
            // Reserved, and not a template that EMVCo defines.
            ["70", "0002xy"],
            ["63", crc],
        ])
    );
    // Read although it does not conform.
    let fields = &line["fields"];
    for (name, value) in [
        ("payload_format_indicator", "01"),
        ("point_of_initiation_method", "12"),
        ("merchant_category_code", "5812"),
        ("transaction_currency", "116"),
        ("transaction_amount", "0.00"),
        ("country_code", "KH"),
        ("merchant_name", "Noodle Bar"),
        ("merchant_city", "Phnom Penh"),
    ] {
        assert_eq!(fields[name], json!(value));
    }
    assert_eq!(fields["additional_data"]["bill_number"], json!("INV-7"));
    assert_eq!(fields["language_information"]["merchant_name"], json!("ភ្នំពេញ"));
    assert_eq!(fields["merchant_account_information"][0]["guid"], json!("com.example"));
}

#[test]
fn broken_payload_is_listed_up_to_its_fault() {
    let objects = run(&[("00", "01"), ("59", "東京"), ("62", "0105INV-7")]);
    let text = format!("{objects}6099x");
    let (status, lines) = answers(&[&text, "630400000002"]);
    assert_eq!(status, 1);
    let offset = objects.len();
    assert_eq!(
        lines[0]["error"],
        json!({
            "kind": "value_overrun",
            "path": "60",
            "offset": offset,
            "length": 4,
            "message": format!("value overruns: length 99, 1 characters left, in data object 60 at byte {offset}"),
        })
    );
    assert_eq!(lines[0]["objects"], json!([["00", "01"], ["59", "東京"], ["62-01", "INV-7"]]));
    assert_eq!(lines[0]["violations"], json!([]));
    assert_eq!(lines[1]["objects"], json!([["63", "0000"]]));
}

#[test]
fn line_separators_in_a_name_do_not_end_a_line_of_json() {
    let name = "A\u{2028}B\u{85}C\u{2029}D\nE\rF\u{B}G\u{C}H\u{1C}I\u{7F}";
    let text = payload(&replace(BASE, "59", name));
    let broken = format!("{}x", payload(&replace(BASE, "59", name)));
    // As arguments: on standard input the LF would end a line.
    let (status, lines) = answers(&[&text, &broken, &payload(BASE)]);
    assert_eq!((status, lines.len()), (1, 3));
    // Escaped, and nothing lost.
    for line in &lines[..2] {
        let shown = line["objects"].as_array().unwrap().iter().find(|leaf| leaf[0] == json!("59")).unwrap();
        assert_eq!(shown[1], json!(name));
    }
    assert_eq!(lines[0]["fields"]["merchant_name"], json!(name));
}

/// Text that would rewrite a terminal or turn a line round.
const HOSTILE: &str = "\u{1B}[31m\u{202E}evil\u{2066}\u{85}\u{2028}";

#[track_caller]
fn assert_harmless(shown: &str) {
    let raw = |c: char| {
        c != '\n'
            && (c.is_control()
                || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}'))
    };
    assert!(!shown.contains(raw), "{shown:?}");
}

#[test]
fn hostile_text_never_reaches_a_person_raw() {
    let whole = payload(&replace(BASE, "59", HOSTILE));
    let bill = format!("01{:02}{HOSTILE}", HOSTILE.chars().count());
    let template = payload(&with(BASE, "62", &bill));
    let no_template = payload(&replace(BASE, "29", HOSTILE));
    let account = payload(&with(BASE, "54", HOSTILE));
    let texts = [
        whole.clone(),
        template,
        no_template,
        account,
        // Right before and after the fault, and as the fault.
        format!("000201{HOSTILE}"),
        format!("{whole}{HOSTILE}"),
        HOSTILE.to_owned(),
        run(&[("00", "01"), ("63", "\u{1B}[3m")]),
    ];
    let answer = decode(&texts, b"");
    assert_eq!(answer.status, 1);
    assert_harmless(&answer.stdout);
    assert_harmless(&answer.stderr);
    assert!(answer.stdout.contains(r"\u{1B}[31m\u{202E}evil\u{2066}\u{85}\u{2028}"), "{}", answer.stdout);
    // Zero-width spaces, which Khmer needs, stay in the value.
    let khmer = "ភ្នំ\u{200B}ពេញ";
    let answer = decode(&[payload(&replace(BASE, "60", khmer))], b"");
    assert!(answer.stdout.contains(khmer), "{}", answer.stdout);
}

#[test]
fn person_gets_names_values_and_meanings() {
    let text = payload(&with(&with(BASE, "54", "98.50"), "62", "0105INV-70203***"));
    let answer = decode(&[&text], b"");
    assert_eq!(answer.status, 0);
    let shown = |parts: &[&str]| {
        let line = answer.stdout.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(line, "no line with {parts:?} in\n{}", answer.stdout);
    };
    shown(&["Payload Format Indicator", "01"]);
    shown(&["Point of Initiation Method", "11", "static"]);
    shown(&["Globally Unique Identifier", "com.example"]);
    shown(&["Merchant Category Code", "5812", "estaurants"]);
    shown(&["Transaction Currency", "840", "USD"]);
    shown(&["Transaction Amount", "98.50", "USD"]);
    shown(&["Country Code", "KH", "Cambodia"]);
    shown(&["Merchant Name", "Example Shop"]);
    shown(&["Bill Number", "INV-7"]);
    shown(&["Mobile Number", "***"]);
    assert!(!answer.stdout.contains('^'), "nothing is wrong");
}

/// How many columns a character takes on a terminal, for those that these tests show.
fn columns(c: char) -> usize {
    match c {
        // Kana and ideographs, full-width forms.
        '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{2FFFF}' => 2,
        _ => 1,
    }
}

/// The piece of the shown payload over the carets of the finding with this id.
#[track_caller]
fn over_carets(shown: &str, id: &str) -> String {
    let mut lines = shown.lines().skip_while(|line| !line.contains(&format!("[{id}]")));
    let title = lines.next().unwrap_or_else(|| panic!("no {id} in\n{shown}"));
    assert!(title.starts_with("error") || title.starts_with("warning"), "{title}");
    let source = lines.find(|line| line.trim_start().starts_with("1 |")).unwrap();
    let marks = lines.find(|line| line.contains('^')).unwrap();
    let start: usize = marks.chars().take_while(|c| *c != '^').map(columns).sum();
    let end = start + marks.chars().filter(|c| *c == '^').count();
    let mut at = 0;
    let mut piece = String::new();
    for c in source.chars() {
        if (start..end).contains(&at) {
            piece.push(c);
        }
        at += columns(c);
    }
    piece
}

#[test]
fn carets_stand_under_what_is_wrong() {
    let cases: [(&str, &str, &str, &str); 6] = [
        ("54", "0.00", "emv.54.zero", "0.00"),
        ("58", "QQ", "emv.58.unassigned", "QQ"),
        ("61", "12345678901", "emv.text.length", "1"),
        ("70", "future", "emv.rfu.object", "7006future"),
        ("55", "04", "emv.55.value", "04"),
        ("62", "0126ABCDEFGHIJKLMNOPQRSTUVWXYZ", "emv.text.length", "Z"),
    ];
    for (id, value, rule, expected) in cases {
        for base in [BASE.to_vec(), with(BASE, "50", "0011com.example0109東京の寿司屋ですね")] {
            let objects = if common::has(&base, id) { replace(&base, id, value) } else { with(&base, id, value) };
            let answer = decode(&["--profile", "emv", &payload(&objects)], b"");
            assert_eq!(over_carets(&answer.stdout, rule), expected, "{}", answer.stdout);
        }
    }
}

#[test]
fn caret_of_what_is_missing_stands_before_63() {
    let answer = decode(&["--profile", "emv", &payload(&without(BASE, "60"))], b"");
    assert_eq!(over_carets(&answer.stdout, "emv.60.missing"), "6", "{}", answer.stdout);
}

#[test]
fn carets_stand_under_characters_of_double_width() {
    let text = payload(&replace(BASE, "59", "東京の寿司屋"));
    let answer = decode(&["--profile", "emv", &text], b"");
    assert_eq!(over_carets(&answer.stdout, "emv.text.charset"), "東", "{}", answer.stdout);
    let text = payload(&replace(BASE, "59", "東京の寿司屋12345678901234567890百貨店"));
    let answer = decode(&["--profile", "emv", &text], b"");
    assert_eq!(over_carets(&answer.stdout, "emv.text.length"), "0百貨店", "{}", answer.stdout);
}

#[test]
fn carets_stand_under_a_fault_on_the_wire() {
    let good = payload(BASE);
    let wrong = format!("{}0000", &good[..good.len() - 4]);
    let answer = decode(&[&wrong], b"");
    assert_eq!(over_carets(&answer.stdout, "crc_mismatch"), "0000", "{}", answer.stdout);
    let answer = decode(&["000201590xABC"], b"");
    assert_eq!(over_carets(&answer.stdout, "length_not_digits"), "590x", "{}", answer.stdout);
    // Behind escaped text the carets move with what is shown.
    let answer = decode(&[format!("00020159{:02}{HOSTILE}x1", HOSTILE.chars().count())], b"");
    assert_eq!(over_carets(&answer.stdout, "header_truncated"), "x1", "{}", answer.stdout);
}

#[test]
fn person_gets_one_block_for_each_payload() {
    let good = payload(BASE);
    let bad = payload(&without(BASE, "60"));
    let answer = decode(&["--profile", "emv"], format!("{good}\n{bad}\n\n{good}").as_bytes());
    assert_eq!(answer.status, 1);
    let heads: Vec<_> = answer.stdout.lines().filter(|line| line.starts_with("payload ")).collect();
    assert_eq!(heads.len(), 4, "{}", answer.stdout);
    let level = |head: &str| head.split_once(": ").unwrap().1.rsplit_once(" (").unwrap().0.to_owned();
    let levels: Vec<_> = heads.iter().map(|head| level(head)).collect();
    assert_eq!(levels, ["valid", "readable, but breaks EMVCo's rules", "unreadable", "valid"]);
}

#[test]
fn japanese_codes_are_recognised() {
    let store = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
    let jpqr = [
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
    ];
    let code = payload(&jpqr);
    let covered = format!(
        "0002010102122796000513800018312{}541100000012300622620262026012026060120260731{}{}6305",
        "000000000420000001230021380001270000034000000000000000000421234560130010420000000",
        "8085",
        "0".repeat(85),
    );
    let bill = format!("{covered}{:05}", common::crc(covered.as_bytes()));
    let broken = format!("{covered}99999");
    let payloads = [code.as_str(), &bill, &broken];
    for profile in ["auto", "jpqr"] {
        // 15 June 2026, before the bill's last day.
        let options = ["--json", "--profile", profile, "--now", "1781481600000"];
        let answer = decode(&[options.as_slice(), payloads.as_slice()].concat(), b"");
        let lines = answer.json();
        let shown: Vec<_> =
            lines.iter().map(|line| json!([line["profile"], line["valid"], line["wire"], line["error"]])).collect();
        assert_eq!(shown[0], json!(["jpqr", true, true, null]));
        assert_eq!(shown[1], json!(["jpqr-bill", true, false, null]));
        assert_eq!(shown[2], json!(["jpqr-bill", false, false, null]));
        assert_eq!(lines[0]["payee"]["account"], json!("00000000000010001000001000001"));
        assert_eq!(lines[0]["fields"]["language_information"]["merchant_name"], json!("山田そば"));
        assert_eq!(lines[1]["fields"]["amount_in_yen"], json!(12300));
        assert_eq!(lines[1]["fields"]["due_date"], json!("2026-06-01"));
        assert_eq!(lines[1]["objects"][2], json!(["27-00", "13800"]));
        assert_eq!(lines[2]["violations"][0]["rule"], json!("jpqr-bill.63.format"));
    }
    // EMVCo's rules know no bills.
    let answer = decode(&["--json", "--profile", "emv", &bill], b"");
    assert_eq!(answer.json()[0]["error"]["kind"], json!("crc_format"));
    let answer = decode(&[bill.as_str()], b"");
    let shown = answer.stdout;
    assert!(shown.contains("12300 JPY") && shown.contains("due 2026-06-01"), "{shown}");
}
