//! Changes, tables, statistics and rows.

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
    for unusable in [&[KHQR, "--set", "59"] as &[&str], &[KHQR, "--remove", "5"], &[]] {
        assert_eq!(run("edit", unusable, b"").status, 2, "{unusable:?}");
    }
}

#[test]
fn the_tables_hold_every_rule_and_every_row() {
    let table = run("rules", &[""; 0], b"").stdout;
    let rules: Vec<Value> = serde_json::from_str(&run("rules", &["--json"], b"").stdout).unwrap();
    let known = [emvqr::mpm::rules::ALL, emvqr::khqr::rules::ALL, emvqr::jpqr::rules::ALL, emvqr::elqr::rules::ALL];
    let known: Vec<_> = known.concat();
    assert_eq!((table.lines().count(), rules.len()), (known.len() + 2, known.len()));
    for (rule, found) in known.iter().zip(&rules) {
        assert_eq!(found["rule"], rule.id());
        assert!(table.contains(&format!("| `{}` | {} | {} |", rule.id(), rule.severity(), rule.summary())), "{rule:?}");
    }
    let khqr = run("rules", &["--profile", "khqr", "--json"], b"").stdout;
    let khqr: Vec<Value> = serde_json::from_str(&khqr).unwrap();
    assert!(khqr.len() == emvqr::khqr::rules::ALL.len() && khqr.iter().all(|rule| rule["profile"] == "khqr"));

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
    assert_eq!(rows[0], "line,level,scheme,payee,name,city,country,currency,amount,method,expires,first_error,rules");
    assert_eq!((rows.len(), rows[5]), (6, ""));
    assert!(rows[1].starts_with("1,") && rows[1].contains(",12.50,"), "{}", rows[1]);
    assert!(rows[2].contains(",\"'=SUM(A1),\"\"x\"\"\",'@here,"), "{}", rows[2]);
    assert!(rows[3].starts_with("3,unreadable,emv,,"), "{}", rows[3]);
    assert!(rows[4].starts_with("4,valid,khqr,john_smith@devb,John Smith,PHNOM PENH,KH,KHR,,static,,,"), "{}", rows[4]);
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
