//! Changes, tables, statistics and rows.

use emvqr::{elqr, jpqr, khqr, mpm, network};
use serde_json::Value;

use crate::common::{BASE, payload, replace, sealed, with, without};
use crate::run::{self, run};

const KHQR: &str = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";

#[test]
fn an_edited_code_keeps_every_other_byte() {
    let answer = run("edit", &[KHQR, "--set", "62-01=INV-7", "--set", "59=Jane Smith"], b"");
    let covered = KHQR[..KHQR.len() - 8].replace("John", "Jane") + "62090105INV-7";
    assert_eq!((answer.status, answer.stdout), (0, sealed(&covered) + "\n"));
    assert_eq!(answer.stderr, "before: valid\nafter: valid\n");
    let removed = run("edit", &[KHQR, "--remove", "01"], b"");
    assert_eq!(removed.stdout, sealed(&KHQR[..KHQR.len() - 8].replacen("010211", "", 1)) + "\n");
}

#[test]
fn what_would_break_a_code_is_printed_only_anyway() {
    for change in [["--set", "58=JP"], ["--remove", "59"], ["--set", "54=0"]] {
        let answer = run("edit", &[&[KHQR], &change[..]].concat(), b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{change:?}");
        assert!(answer.stderr.contains("would break the code"), "{}", answer.stderr);
        let anyway = run("edit", &[&[KHQR, "--anyway"], &change[..]].concat(), b"");
        assert_eq!((anyway.status, anyway.stdout.lines().count()), (0, 1));
    }
    // A code that is broken already may stay so.
    let broken = payload(&without(BASE, "59"));
    assert_eq!(run("edit", &[broken.as_str(), "--set", "60=Kampot"], b"").status, 0);
    for wrong in [&[KHQR, "--set", "63=1234"] as &[&str], &["0002", "--remove", "01"], &[KHQR, "--set", "59="]] {
        let answer = run("edit", wrong, b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{wrong:?}");
    }
    for unusable in [&[KHQR, "--set", "59"] as &[&str], &[KHQR, "--remove", "5"], &[KHQR, "--set", "nmae=X"]] {
        assert_eq!(run("edit", unusable, b"").status, 2, "{unusable:?}");
    }
}

#[test]
fn objects_have_names_and_a_code_for_one_payment_has_times() {
    let named = run("edit", &[KHQR, "--set", "name=Jane Smith", "--set", "bill_number=INV-7"], b"");
    let path = run("edit", &[KHQR, "--set", "59=Jane Smith", "--set", "62-01=INV-7"], b"");
    assert_eq!((named.status, named.stdout), (0, path.stdout));
    let amount = ["--set", "method=12", "--set", "amount=8000", "--now", "1750000000000"];
    let refused = run("edit", &[&[KHQR], &amount[..]].concat(), b"");
    assert!(refused.status == 1 && refused.stderr.contains("--expires-in"), "{}", refused.stderr);
    let dynamic = run("edit", &[&[KHQR, "--expires-in", "10m"], &amount[..]].concat(), b"");
    assert_eq!(dynamic.status, 0, "{}", dynamic.stderr);
    assert!(
        dynamic.stdout.contains("540480005802KH")
            && dynamic.stdout.contains("993400131750000000000011317500006000006304")
    );
}

#[test]
fn many_codes_are_edited_and_a_wrong_crc_is_repaired() {
    let wrong = KHQR.replace("E80F", "E80E");
    let without = &KHQR[..KHQR.len() - 8];
    let cut = &KHQR[..40];
    let input = format!("{wrong}\n{without}\n{cut}\n{KHQR}\n");
    let answer = run("edit", &["--fix-crc"], input.as_bytes());
    assert_eq!((answer.status, answer.stdout), (1, format!("{KHQR}\n{KHQR}\n{KHQR}\n")));
    assert!(answer.stderr.contains("payload 3: "), "{}", answer.stderr);
    let refused = run("edit", &[wrong.as_str(), "--set", "60=Kampot"], b"");
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
}

#[test]
fn the_tables_hold_every_rule_and_every_row() {
    let table = run("rules", &[""; 0], b"").stdout;
    let rules: Vec<Value> = serde_json::from_str(&run("rules", &["--json"], b"").stdout).unwrap();
    let fields: Vec<_> = network::field_rules().collect();
    let known = [mpm::rules::ALL, khqr::rules::ALL, jpqr::rules::ALL, network::rules::ALL, &fields, elqr::rules::ALL];
    let known: Vec<_> = known.concat();
    assert_eq!((table.lines().count(), rules.len()), (known.len() + 2, known.len()));
    for (rule, found) in known.iter().zip(&rules) {
        assert_eq!(found["rule"], rule.id());
        assert!(table.contains(&format!("| `{}` | {} | {} |", rule.id(), rule.severity(), rule.summary())), "{rule:?}");
    }
    let listed = run("rules", &["--profile", "khqr", "--json"], b"").stdout;
    let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
    assert!(listed.len() == khqr::rules::ALL.len() && listed.iter().all(|rule| rule["profile"] == "khqr"));

    let map: Vec<Value> = serde_json::from_str(&run("map", &["--json"], b"").stdout).unwrap();
    assert_eq!(map.len(), emvqr::crossborder::TAG_MAP.len());
    assert_eq!(run("map", &[""; 0], b"").stdout, run("cross-border", &["--table"], b"").stdout);
}

/// Two valid, one with a warning, two that break a rule, one that is unreadable, in this order.
fn lines() -> String {
    let texts = [
        payload(BASE),
        payload(BASE),
        payload(&with(BASE, "70", "future")),
        payload(&without(BASE, "59")),
        payload(&without(BASE, "59")),
        "0002".to_owned(),
    ];
    texts.join("\n") + "\n"
}

#[test]
fn statistics_count_payloads_by_level_and_rule() {
    let path = run::file("tools-stats", lines().as_bytes());
    let from = ["--file", path.to_str().unwrap()];
    let answer = run("decode", &[&["--json", "--errors-only", "--stats", "--profile", "emv"], &from[..]].concat(), b"");
    let json = answer.json();
    // What is not valid, then the table.
    assert_eq!(json[..3].iter().map(|answer| answer["line"].as_u64()).collect::<Vec<_>>(), [Some(4), Some(5), Some(6)]);
    let rows = json[3]["stats"].as_array().unwrap();
    let row = |level: &str, rule: Value| {
        let row = rows.iter().find(|row| row["level"] == level && row["rule"] == rule);
        row.map(|row| (row["count"].as_u64().unwrap(), row["first_line"].as_u64().unwrap()))
    };
    assert_eq!(row("valid", Value::Null), Some((3, 1)));
    assert_eq!(row("valid", "emv.rfu.object".into()), Some((1, 3)));
    assert_eq!(row("breaks-emv", Value::Null), Some((2, 4)));
    assert_eq!(row("breaks-emv", "emv.59.missing".into()), Some((2, 4)));
    assert_eq!(
        row("unreadable", "header_truncated".into()).or(row("unreadable", "value_overrun".into())),
        Some((1, 6))
    );
    let table = run("decode", &[&["--errors-only", "--stats", "--profile", "emv"], &from[..]].concat(), b"").stdout;
    let line = table.lines().find(|line| line.contains("emv.59.missing") && line.starts_with("breaks-emv")).unwrap();
    assert_eq!(line.split_whitespace().skip(3).collect::<Vec<_>>(), ["error", "2", "4"]);
}

#[test]
fn rows_have_the_same_columns_and_no_formulas() {
    let named = payload(&replace(&replace(BASE, "59", "=SUM(A1),\"x\""), "60", "@here"));
    let input = format!("{}\n{named}\n0002\n{KHQR}\n", payload(&with(BASE, "54", "12.50")));
    let answer = run("decode", &["--format", "csv", "--now", "1750000000000"], input.as_bytes());
    let rows: Vec<&str> = answer.stdout.split("\r\n").collect();
    assert_eq!(
        rows[0],
        "line,level,scheme,network,account,institution,sub_account,name,city,country,currency,amount,method,expires,first_error,rules,hint"
    );
    assert_eq!((rows.len(), rows[5]), (6, ""));
    assert!(rows[1].starts_with("1,") && rows[1].contains(",12.50,"), "{}", rows[1]);
    assert!(rows[2].contains(",\"'=SUM(A1),\"\"x\"\"\",'@here,"), "{}", rows[2]);
    assert!(rows[3].starts_with("3,unreadable,,,"), "{}", rows[3]);
    assert!(
        rows[4].starts_with("4,valid,khqr,khqr,john_smith@devb,,,John Smith,PHNOM PENH,KH,KHR,,static,,,"),
        "{}",
        rows[4]
    );
    assert_eq!(answer.status, 1);
}

#[test]
fn a_drawn_code_is_scanned_again() {
    let khmer = payload(&with(BASE, "64", "0002km0107ភ្នំពេញ"));
    let long = payload(&with(BASE, "62", &format!("0125{}", "0123456789".repeat(2) + "01234")));
    for (number, text) in [KHQR, &khmer, &long].into_iter().enumerate() {
        for level in ["l", "m", "q", "h"] {
            let path = run::file(&format!("tools-draw-{number}-{level}.png"), b"");
            let path = path.to_str().unwrap();
            let drawn = run("draw", &[text, "--out", path, "--ecc", level, "--module", "4"], b"");
            assert_eq!((drawn.status, drawn.stderr.as_str()), (0, ""), "{text}");
            assert_eq!(run("scan", &[path], b"").stdout, format!("{text}\n"));
        }
    }
    let svg = run::file("tools-draw.svg", b"");
    assert_eq!(run("draw", &[KHQR, "--out", svg.to_str().unwrap()], b"").status, 0);
    assert!(std::fs::read_to_string(svg).unwrap().starts_with("<svg "));
}

#[test]
fn what_cannot_be_drawn_or_scanned_is_said() {
    let path = run::file("tools-none.png", b"");
    let path = path.to_str().unwrap();
    let broken = run("draw", &["0002", "--out", path], b"");
    assert_eq!(broken.status, 1);
    assert!(broken.stderr.contains("not a payload"), "{}", broken.stderr);
    assert_eq!(run("draw", &[KHQR, "--out", "code.gif"], b"").status, 2);
    assert_eq!(run("draw", &[KHQR], b"").status, 2);
    for content in [&b""[..], b"text", &[0x89, b'P', b'N', b'G', 1, 2, 3], &[0xFF, 0xD8, 0xFF, 0, 0]] {
        let path = run::file("tools-broken.png", content);
        let answer = run("scan", &[path.to_str().unwrap()], b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{content:?}");
        assert!(!answer.stderr.is_empty());
    }
    assert_eq!(run("scan", &[env!("CARGO_TARGET_TMPDIR")], b"").status, 2);
}

/// A table of shops with a code each.
fn table() -> String {
    let expiring = payload(&[
        ("00", "01"),
        ("01", "12"),
        ("29", "0009shop@devb"),
        ("52", "5812"),
        ("53", "840"),
        ("54", "1"),
        ("58", "KH"),
        ("59", "SHOP"),
        ("60", "Kampot"),
        ("99", "0013175000000000001131750000600000"),
    ]);
    format!(
        "\u{feff}id,qr,seen\n1,{KHQR},\n2,{expiring},1750000300000\n3,{expiring},2025-06-15T15:20:00Z\n4,,\n\"5,x\",0002,1750000300000\n6\n"
    )
}

#[test]
fn a_column_of_a_table_is_decoded() {
    let path = run::file("tools-table.csv", table().as_bytes());
    let path = path.to_str().unwrap();
    let arguments = ["--csv", path, "--column", "qr", "--now-column", "seen", "--now", "1750000000000"];
    let answer = run("decode", &[&arguments[..], &["--json"]].concat(), b"");
    assert_eq!(answer.status, 1, "{}", answer.stderr);
    let lines = answer.json();
    let valid: Vec<_> =
        lines.iter().map(|line| (line["line"].as_u64().unwrap(), line["valid"].as_bool().unwrap())).collect();
    // Its minute has ten: valid in the fifth of them, passed later.
    assert_eq!(valid, [(1, true), (2, true), (3, false), (4, false), (5, false), (6, false)]);
    assert_eq!(lines[2]["violations"][0]["rule"], "khqr.99.expired");
    assert_eq!(lines[4]["row"], serde_json::json!({"id": "5,x", "seen": "1750000300000"}));
    assert_eq!(lines[5]["row"], serde_json::json!({"id": "6", "seen": ""}));
    let rows = run("decode", &[&arguments[..], &["--format", "csv"]].concat(), b"").stdout;
    assert!(rows.lines().next().unwrap().ends_with(",rules,hint,id,seen"), "{rows}");
    assert!(rows.lines().nth(2).unwrap().ends_with(",2,1750000300000"), "{rows}");

    for (column, now, words) in [("code", "seen", "no column \"code\""), ("qr", "when", "no column \"when\"")] {
        let answer = run("decode", &["--csv", path, "--column", column, "--now-column", now], b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains(words) && answer.stderr.contains("id, qr, seen"), "{}", answer.stderr);
    }
    let wrong = run::file("tools-clock.csv", format!("qr,seen\n{KHQR},1750000000\n").as_bytes());
    let answer = run("decode", &["--csv", wrong.to_str().unwrap(), "--column", "qr", "--now-column", "seen"], b"");
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("line 2") && answer.stderr.contains("seconds"), "{}", answer.stderr);
}

#[test]
fn pictures_are_decoded() {
    let path = run::file("tools-image.png", b"");
    let path = path.to_str().unwrap();
    assert_eq!(run("draw", &[KHQR, "--out", path], b"").status, 0);
    // White, 1 x 1.
    let empty = run::file("tools-white.png", WHITE);
    let answer = run("decode", &["--json", "--image", path, empty.to_str().unwrap()], b"");
    let lines = answer.json();
    assert_eq!((answer.status, lines.len()), (1, 2), "{}", answer.stderr);
    assert_eq!(
        (&lines[0]["payload"], &lines[0]["valid"], &lines[0]["source"]["file"]),
        (&KHQR.into(), &true.into(), &path.into())
    );
    // The code begins behind four modules of eight pixels.
    let corner = &lines[0]["source"]["corners"][0];
    assert!(corner.as_array().unwrap().iter().all(|at| (30..=34).contains(&at.as_i64().unwrap())), "{corner}");
    assert_eq!((&lines[1]["valid"], &lines[1]["error"]["kind"]), (&false.into(), &"no_code".into()));
    let shown = run("decode", &["--image", path], b"").stdout;
    assert!(shown.starts_with("payload 1, ") && shown.contains("tools-image.png: valid (khqr)"), "{shown}");
    assert_eq!(run("decode", &["--image", "no-such.png"], b"").status, 2);
}

/// A PNG picture of one white pixel.
const WHITE: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49,
    0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00, 0xB1, 0x38, 0xF6, 0x14, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

#[test]
fn a_hint_is_given_to_people_and_programs() {
    let text = format!("]Q1{KHQR}");
    let answer = run("decode", &["--json", &text], b"");
    let hint = &answer.json()[0]["hints"][0];
    assert_eq!((&hint["kind"], &hint["valid_range"]), (&"surrounded".into(), &serde_json::json!([3, text.len()])));
    let shown = run("decode", &[&text], b"").stdout;
    assert!(shown.lines().any(|line| line.starts_with("hint: the symbology identifier")), "{shown}");
    let foreign = run("decode", &["upi://pay?pa=a@b"], b"");
    assert_eq!(foreign.stdout, "payload 1: unreadable (emv)\nerror: not an EMVCo merchant code: a UPI link\n\n");
}

#[test]
fn people_get_a_summary_first() {
    let timed = run(
        "encode",
        &[
            "khqr",
            "--account",
            "a@b",
            "--name",
            "ហាងកាហ្វេ",
            "--currency",
            "USD",
            "--amount",
            "1.50",
            "--created",
            "1750000000000",
            "--expires",
            "1750000600000",
        ],
        b"",
    );
    let text = timed.stdout.trim_end();
    let summary = |now: &str| {
        let shown = run("decode", &["--now", now, text], b"").stdout;
        shown
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("= "))
            .filter(|line| !line.starts_with("note"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        summary("1750000300000"),
        [
            "pays: ហាងកាហ្វេ, Phnom Penh (Cambodia)",
            "account: a@b (khqr, in 29-00)",
            "amount: 1.50 USD",
            "use: one payment",
            "until: 2025-06-15T15:16:40Z",
        ]
    );
    assert_eq!(summary("1750000600001")[4], "until: 2025-06-15T15:16:40Z, which has passed");
}

/// The pages of the package are those of the program: `emvqr man --out crates/cli/man` writes them anew.
#[test]
fn the_manual_is_that_of_the_program() {
    let page = run("man", &[""; 0], b"").stdout;
    assert!(page.contains(".TH emvqr 1") && page.contains("decode") && page.contains("anonymise"), "{page}");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    std::fs::create_dir_all(&folder).unwrap();
    assert_eq!(run("man", &["--out", folder.to_str().unwrap()], b"").status, 0);
    let kept = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
    let pages: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(pages.len() > 10);
    for page in pages {
        let read = |folder: &std::path::Path| std::fs::read_to_string(folder.join(&page)).unwrap();
        assert_eq!(read(&kept), read(&folder), "{page:?}");
    }
}

/// PromptPay, composed: a mobile number of zeros, no 52, 59 and 60, as its codes are.
fn thai() -> String {
    sealed("00020101021229370016A00000067701011101130066800000000530376454041.005802TH")
}

#[test]
fn networks_are_named_and_guessed() {
    let answer = run("decode", &["--json", &thai()], b"");
    let line = &answer.json()[0];
    assert_eq!((&line["networks"], &line["level"]), (&serde_json::json!(["th.transfer"]), &"valid".into()));
    assert_eq!(line["profile"], "network");
    let payee = serde_json::json!({
        "network": "th.transfer", "institution": null, "account": "0066800000000", "sub_account": null, "path": "29-01"
    });
    assert_eq!(line["payee"], payee);
    assert!(line.get("guess").is_none());
    let shown = run("decode", &[&thai()], b"").stdout;
    for part in [
        "Thai QR, PromptPay credit transfer",
        "payload 1: valid (th.transfer)",
        "01 Mobile number: 0066800000000",
        "= account: 0066800000000 (th.transfer, in 29-01)",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // The only account of the country is paid, whatever cards and wallets are beside it.
    let paynow = crate::common::run(&[("00", "SG.PAYNOW"), ("01", "2"), ("02", "000000000A"), ("03", "1")]);
    let nets = crate::common::run(&[("00", "SG.COM.NETS"), ("02", "11100000")]);
    let two = [("00", "01"), ("01", "11"), ("26", paynow.as_str()), ("27", &nets), ("52", "0000"), ("53", "702")];
    let two = payload(&[&two[..], &[("58", "SG"), ("59", "A"), ("60", "B")]].concat());
    let line = &run("decode", &["--json", &two], b"").json()[0];
    assert_eq!(line["networks"], serde_json::json!(["sg.paynow", "sg.nets"]));
    assert_eq!(line["payee"]["account"], "000000000A");
    assert!(run("decode", &[&two], b"").stdout.starts_with("payload 1: valid (sg.paynow, sg.nets)\n"));
    // Of two national ones nobody is chosen, until somebody chooses.
    let promptpay = crate::common::run(&[("00", "A000000677010111"), ("01", "0066800000000")]);
    let bill = crate::common::run(&[("00", "A000000677010112"), ("01", "000000000000077"), ("02", "1234")]);
    let two = [("00", "01"), ("01", "11"), ("29", promptpay.as_str()), ("30", &bill), ("53", "764"), ("58", "TH")];
    let two = payload(&two);
    let line = &run("decode", &["--json", &two], b"").json()[0];
    assert_eq!((&line["valid"], &line["payee"]), (&true.into(), &Value::Null));
    let line = &run("decode", &["--json", "--network", "th.bill", &two], b"").json()[0];
    assert_eq!(line["payee"]["account"], "000000000000077");
    let answer = run("cross-border", &["--json", "--network", "th.bill", &two], b"");
    assert_eq!((answer.status, &answer.json()[0]["intent"]["payee"]["network"]), (0, &"th.bill".into()));
    assert_eq!(run("decode", &["--network", "th.transfers", &two], b"").status, 2);
    let broken = &thai()[..50];
    let line = &run("decode", &["--json", broken], b"").json()[0];
    assert_eq!((&line["networks"], &line["guess"]), (&serde_json::json!(["th.transfer"]), &true.into()));
    assert!(run("decode", &[broken], b"").stdout.contains("perhaps th.transfer, which is a guess"));

    let answer = run("cross-border", &["--json", "--to", "khqr", &thai(), &two], b"");
    let lines = answer.json();
    assert_eq!(
        (&lines[0]["source"], &lines[0]["intent"]["scheme"], &lines[0]["intent"]["kind"]),
        (&"th.transfer".into(), &"th.transfer".into(), &"individual".into())
    );
    assert_eq!((&lines[0]["blocked"], &lines[0]["rewrite"]["payload"]), (&serde_json::json!([]), &Value::Null));
    assert_eq!((&lines[1]["intent"], &lines[1]["blocked"][0]["reason"]), (&Value::Null, &"several-networks".into()));
    assert_eq!(answer.status, 1);
    assert_eq!(run("cross-border", &[&thai()], b"").status, 0);
}

/// An Aadhaar number stays inside, in whichever answer.
#[test]
fn what_may_never_be_shown_is_redacted() {
    let text = "00020126270010A0000005240109test@bank28300010A00000052401129999410570585204549953033565802IN5901S6001C63040784";
    for command in ["decode", "cross-border"] {
        for format in [&["--json"][..], &[]] {
            let answer = run(command, &[format, &[text]].concat(), b"");
            assert!(!answer.stdout.contains("999941057058"), "{command}: {}", answer.stdout);
        }
        let line = run(command, &["--json", text], b"").json().remove(0);
        assert_eq!(line["redacted"], serde_json::json!(["28-01"]), "{command}: {line}");
    }
    assert_eq!(run("cross-border", &["--json", text], b"").json()[0]["intent"]["payload"], Value::Null);
    assert_eq!(run("decode", &["--json", KHQR], b"").json()[0].get("redacted"), None);
}

/// Reasons not to pay that are no fault of the code.
#[test]
fn notes_are_told_beside_the_verdict() {
    let notes = |text: &str| {
        let line = run("decode", &["--json", text], b"").json().remove(0);
        let notes = line["notes"].as_array().unwrap().iter();
        (line["valid"] == true, notes.map(|note| (note["reason"].clone(), note["path"].clone())).collect::<Vec<_>>())
    };
    let note = |reason: &str, path: &str| (Value::from(reason), Value::from(path));
    assert_eq!(notes(&thai()), (true, vec![note("individual", "29")]));
    assert_eq!(notes(KHQR), (true, vec![note("individual", "29")]));
    let store = crate::common::run(&[("00", "A000000775"), ("01", "SHOP1")]);
    let tipped = payload(&[("00", "01"), ("26", &store), ("53", "704"), ("55", "01"), ("58", "VN")]);
    assert_eq!(notes(&tipped), (true, vec![note("tip-or-fee", "55")]));
    let nobody = payload(&[("00", "01"), ("29", "0016A000000677010111"), ("53", "764"), ("58", "TH")]);
    assert_eq!(notes(&nobody).1.last(), Some(&note("no-payee", "29")));
    assert!(run("decode", &[&tipped], b"").stdout.contains("\nnote: the code asks for a tip or a fee"));
    let bill = include_str!("../../../../tests/vectors/bill.txt");
    assert_eq!(notes(bill.trim_end()).1, [note("bill-form", "")]);
}

#[test]
fn what_is_personal_is_masked_in_every_answer() {
    let wrong = format!("{}0000", &KHQR[..KHQR.len() - 4]);
    let cut = &KHQR[..60];
    let expired = run(
        "encode",
        &[
            "khqr",
            "--account",
            "john_smith@devb",
            "--name",
            "John Smith",
            "--mobile-number",
            "012345678",
            "--currency",
            "KHR",
            "--amount",
            "5",
            "--created",
            "1750000000000",
            "--expires",
            "1750000600000",
        ],
        b"",
    );
    let surrounded = format!("]Q1{KHQR}");
    for text in [KHQR, &wrong, cut, expired.stdout.trim_end(), "upi://pay?pa=john_smith@devb", &surrounded] {
        for format in ["text", "json", "csv"] {
            let clear = run("decode", &["--format", format, "--now", "1760000000000", text], b"");
            let answer = run("decode", &["--mask", "--format", format, "--now", "1760000000000", text], b"");
            assert_eq!(answer.status, clear.status);
            for gone in ["john", "John", "Smith", "12345678"] {
                assert!(!answer.stdout.contains(gone), "{gone} in {format} of {text}: {}", answer.stdout);
            }
            if format == "json" {
                let (masked, clear) = (&answer.json()[0], &clear.json()[0]);
                for key in ["valid", "wire", "level", "profile", "networks", "violations"] {
                    assert_eq!(masked[key], clear[key], "{key}");
                }
                for key in ["kind", "path", "offset", "length"] {
                    assert_eq!(masked["error"][key], clear["error"][key], "{key}");
                }
                // The right CRC would give the masked digits back.
                assert!(!masked.to_string().contains("E80F"), "{masked}");
                let paths = |line: &Value| {
                    line["objects"].as_array().unwrap().iter().map(|leaf| leaf[0].clone()).collect::<Vec<_>>()
                };
                assert_eq!(paths(masked), paths(clear));
            }
        }
    }
    let line = &run("decode", &["--mask", "--json", KHQR], b"").json()[0];
    assert_eq!(
        (&line["payee"]["account"], &line["fields"]["merchant_account_information"][0]["guid"]),
        (&"**********@devb".into(), &"**********@devb".into())
    );
    assert_eq!(line["md5"], Value::Null);
}

#[test]
fn an_anonymised_code_gets_the_same_answer() {
    let bad = payload(&without(&with(BASE, "62", "0209012345678"), "60"));
    let cut = &KHQR[..60];
    let answer = run("anonymise", &[KHQR, &bad, cut, "hello there 0002"], b"");
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let made: Vec<&str> = answer.stdout.lines().collect();
    for (text, made) in [KHQR, &bad, cut].into_iter().zip(&made) {
        assert_ne!(text, *made);
        let answers = run("decode", &["--json", text, made], b"").json();
        let known = |line: &Value| ["valid", "level", "profile", "networks", "violations"].map(|key| line[key].clone());
        assert_eq!(known(&answers[0]), known(&answers[1]));
        assert_eq!(
            (&answers[0]["error"]["kind"], &answers[0]["error"]["offset"]),
            (&answers[1]["error"]["kind"], &answers[1]["error"]["offset"])
        );
    }
    assert!(
        !answer.stdout.contains("john") && !answer.stdout.contains("12345678") && !answer.stdout.contains("hello"),
        "{}",
        answer.stdout
    );
    assert_eq!(run("anonymise", &[""; 0], b"\xff\n").status, 1);
}

/// The bill of the decode tests: the numbers of the payment data go, its amount and dates stay.
#[test]
fn an_anonymised_bill_is_the_same_bill() {
    let covered = format!(
        "0002010102122796000513800018312{}541100000012300622620262026012026060120260731{}{}6305",
        "000000000420000001230021380001270000034000000000000000000421234560130010420000000",
        "8085",
        "0".repeat(85),
    );
    let bill = format!("{covered}{:05}", crate::common::crc(covered.as_bytes()));
    let made = run("anonymise", &[&bill], b"").stdout;
    let made = made.trim_end();
    assert_ne!(made, bill);
    let answers = run("decode", &["--json", "--now", "1781481600000", &bill, made], b"").json();
    for key in ["valid", "profile", "violations"] {
        assert_eq!(answers[0][key], answers[1][key], "{key}");
    }
    assert_eq!(answers[1]["valid"], true);
    assert_eq!(answers[0]["fields"]["amount_in_yen"], answers[1]["fields"]["amount_in_yen"]);
    assert!(!made.contains("123456"), "{made}");
}

#[test]
fn the_table_of_networks_is_printed() {
    let table = run("networks", &[""; 0], b"").stdout;
    let rows: Vec<Value> = serde_json::from_str(&run("networks", &["--json"], b"").stdout).unwrap();
    assert_eq!(rows.len(), network::TABLE.len());
    for (row, network) in rows.iter().zip(network::TABLE) {
        assert_eq!(row["id"], network.id());
        assert!(table.contains(&format!("| `{}` | {} |", network.id(), network.name())));
        assert_eq!(row["fields"].as_array().unwrap().len(), network.field_table().len());
    }
}

#[test]
fn an_aadhaar_number_is_never_shown() {
    let aadhaar = crate::common::run(&[("00", "A000000524"), ("01", "999941057058")]);
    let text = payload(&[
        ("00", "01"),
        ("28", &aadhaar),
        ("52", "0000"),
        ("53", "356"),
        ("58", "IN"),
        ("59", "A"),
        ("60", "B"),
    ]);
    for format in ["text", "json", "csv"] {
        let answer = run("decode", &["--format", format, &text], b"");
        assert!(!answer.stdout.is_empty() && !answer.stdout.contains("999941057058"), "{}", answer.stdout);
    }
}

/// Big-endian, as in PNG.
fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let body = [kind, data].concat();
    let mut crc = u32::MAX;
    for byte in &body {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &(!crc).to_be_bytes()].concat()
}

#[test]
fn hostile_files_are_refused_before_they_cost_anything() {
    // 20,000 x 20,000 pixels, in a file of some hundred bytes.
    let side = 20_000_u32.to_be_bytes();
    let header = [&side[..], &side, &[8, 6, 0, 0, 0]].concat();
    let png = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"IDAT", &[0x78, 0x9C, 3, 0]),
        chunk(b"IEND", b""),
    ]
    .concat();
    let path = run::file("tools-huge.png", &png);
    for command in [&["scan"][..], &["decode", "--image"]] {
        let answer = run(command[0], &[&command[1..], &[path.to_str().unwrap()]].concat(), b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains("20000 x 20000 pixels"), "{}", answer.stderr);
    }
    // Ten megabytes in one line, and a payload behind it.
    let long = [vec![b'0'; 10 << 20], format!("\n{KHQR}\n").into_bytes()].concat();
    let path = run::file("tools-long.txt", &long);
    for more in [&["--file", path.to_str().unwrap()][..], &[]] {
        let answer = run("decode", &[&["--json"], more].concat(), if more.is_empty() { &long } else { b"" });
        let lines = answer.json();
        assert_eq!(
            (&lines[0]["error"]["kind"], &lines[1]["valid"], lines.len()),
            (&"too_long".into(), &true.into(), 2)
        );
    }
    // A folder, and a table that is one line of quotes.
    let folder = env!("CARGO_TARGET_TMPDIR");
    for arguments in [&["--file", folder][..], &["--csv", folder, "--column", "a"], &["--image", folder]] {
        let answer = run("decode", arguments, b"");
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{arguments:?}");
    }
    let quotes = run::file("tools-quotes.csv", &[b"qr\n".to_vec(), vec![b'"'; 1 << 20]].concat());
    assert!(run("decode", &["--csv", quotes.to_str().unwrap(), "--column", "qr"], b"").status > 0);
}

/// A pipe whose writer goes away in the middle of a line.
#[cfg(unix)]
#[test]
fn a_pipe_that_closes_is_a_file_that_ends() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("tools.fifo");
    let _ = std::fs::remove_file(&path);
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    let writer = std::thread::spawn({
        let path = path.clone();
        move || std::fs::write(path, format!("{KHQR}\n{}", &KHQR[..20])).unwrap()
    });
    let answer = run("decode", &["--json".as_ref(), "--file".as_ref(), path.as_os_str()], b"");
    writer.join().unwrap();
    let lines = answer.json();
    assert_eq!((lines.len(), &lines[0]["valid"], &lines[1]["valid"]), (2, &true.into(), &false.into()));
}

/// A reader that hands out `Shift_JIS`, as one does that meets Kanji segments.
#[test]
fn a_picture_in_another_encoding_is_read_by_its_crc() {
    use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

    let text = payload(&replace(BASE, "59", "吉川"));
    let at = text.find("吉川").unwrap();
    // 吉川 in Shift_JIS.
    let bytes = [&text.as_bytes()[..at], b"\x8b\x67\x90\xec", &text.as_bytes()[at + 6..]].concat();
    let segments = [QrSegment::make_bytes(&bytes)];
    let code =
        QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, Version::MAX, None, true).unwrap();
    let (scale, quiet) = (6, 4);
    let side = (code.size() + 2 * quiet) * scale;
    let pixels: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .map(|(x, y)| if code.get_module(x / scale - quiet, y / scale - quiet) { 0 } else { 255 })
        .collect();
    let mut picture = Vec::new();
    let side = u32::try_from(side).unwrap();
    let mut encoder = png::Encoder::new(&mut picture, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    let path = run::file("tools-kanji.png", &picture);
    let answer = run("scan", &[path.to_str().unwrap()], b"");
    assert_eq!(answer.stdout, format!("{text}\n"));
    assert!(answer.stderr.contains("Shift_JIS"), "{}", answer.stderr);
    let line = &run("decode", &["--json", "--image", path.to_str().unwrap()], b"").json()[0];
    assert_eq!((&line["wire"], &line["payload"]), (&true.into(), &text.as_str().into()));
}
