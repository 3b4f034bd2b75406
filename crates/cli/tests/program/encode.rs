//! `emvqr encode`: what is written conforms, and what is not written is explained.

use emvqr::Clock;
use emvqr::elqr::Bill;
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::{Mpm, Payload};

use crate::common;
use crate::run::{self, Answer, run};

fn encode(arguments: &[&str]) -> Answer {
    run("encode", arguments, b"")
}

/// The one line that is written.
#[track_caller]
fn written(arguments: &[&str]) -> String {
    let answer = encode(arguments);
    // What is odd about a name in Khmer is said, and no more.
    let is_odd = |line: &str| line.starts_with("emvqr: warning: ") && line.contains("[emv.text.charset]");
    assert!(answer.status == 0 && answer.stderr.lines().all(is_odd), "{}", answer.stderr);
    let line = answer.stdout.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'));
    line.to_owned()
}

const EMV: &[&str] = &[
    "emv",
    "--account",
    "26=0011com.example0106shop-7",
    "--mcc",
    "5812",
    "--currency",
    "thb",
    "--country",
    "TH",
    "--name",
    "NOODLE BAR",
    "--city",
    "BANGKOK",
];
const KHQR: &[&str] = &["khqr", "--account", "coffee@devb", "--currency", "KHR", "--name", "ហាងកាហ្វេ"];
const JPQR: &[&str] = &[
    "jpqr",
    "--store-id",
    "00000000000010001000001000001",
    "--mcc",
    "5812",
    "--name",
    "YAMADA SOBA",
    "--city",
    "CHIYODA-KU",
    "--postal-code",
    "1000001",
    "--local-name",
    "山田そば",
];

#[test]
fn each_scheme_writes_what_conforms_to_it() {
    let text = written(&[EMV, &["--amount", "98.50", "--bill-number", "INV-7"]].concat());
    let expected = common::payload(&[
        ("00", "01"),
        ("01", "11"),
        ("26", "0011com.example0106shop-7"),
        ("52", "5812"),
        ("53", "764"),
        ("54", "98.50"),
        ("58", "TH"),
        ("59", "NOODLE BAR"),
        ("60", "BANGKOK"),
        ("62", "0105INV-7"),
    ]);
    assert_eq!(text, expected);
    Payload::parse(&text).unwrap().view::<Mpm<'_>>(()).unwrap();

    let (created, expires) = ("1750000000000", "1750000600000");
    let text = written(&[KHQR, &["--amount", "8000", "--created", created, "--expires", expires]].concat());
    let payload = Payload::parse(&text).unwrap();
    let code = payload.view::<Khqr<'_>>(Clock::at_millis(1_750_000_300_000)).unwrap();
    assert_eq!((code.name(), code.expires_at_ms()), (Some("ហាងកាហ្វេ"), Ok(Some(1_750_000_600_000))));

    let text = written(&[JPQR, &["--amount", "1500"]].concat());
    let payload = Payload::parse(&text).unwrap();
    let code = payload.view::<Jpqr<'_>>(()).unwrap();
    assert_eq!(code.store_id().unwrap().as_str(), "00000000000010001000001000001");
    assert_eq!((code.alternate_name(), code.amount_minor()), (Some("山田そば"), Ok(Some(1_500))));
}

#[test]
fn a_bill_is_written_as_it_was_read() {
    let bill = common::bill();
    let read = Bill::read(&bill).unwrap();
    let object = |id: &str| {
        let leaves = emvqr::tlv::leaves(read.as_str()).map(Result::unwrap);
        leaves.into_iter().find(|leaf| leaf.path() == id).unwrap().value()
    };
    let (payment, amount, levy) = (object("27-01"), object("54"), object("62"));
    let text = written(&["elqr", "--payment-data", payment, "--amount", amount, "--levy-data", levy]);
    assert!(Bill::recognises(&text), "{text}");
    for id in ["27-01", "62"] {
        let leaves = emvqr::tlv::leaves(&text).map(Result::unwrap);
        assert_eq!(leaves.into_iter().find(|leaf| leaf.path() == id).unwrap().value(), object(id));
    }
}

#[test]
fn values_that_do_not_conform_are_explained() {
    let long = "A name of more than twenty-five characters";
    let mut arguments = KHQR.to_vec();
    *arguments.last_mut().unwrap() = long;
    let answer = encode(&arguments);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
    assert!(answer.stderr.starts_with("emvqr: ") && answer.stderr.contains("59"), "{}", answer.stderr);
    // What is no amount, no country and no account at all is the command line's.
    for (option, value) in [("--currency", "XX"), ("--mcc", "12"), ("--no-such", "1")] {
        assert_eq!(encode(&[EMV, &[option, value]].concat()).status, 2, "{option}");
    }
}

#[test]
fn each_row_of_a_table_makes_a_code() {
    let rows = "account,name,city,amount,mcc\n\
        coffee@devb,COFFEE,Phnom Penh,8000,5812\n\
        tea@devb,A NAME THAT IS MUCH TOO LONG FOR A CODE,Siem Reap,,5812\n\
        tea@devb,\"TEA, AND MORE\",,,\n\
        tea@devb,TEA,,,58x2\n\
        nobody,TEA,,,\n\
        tea@devb,,,,\n";
    let path = run::file("encode-rows.csv", rows.as_bytes());
    let path = path.to_str().unwrap();
    let created = ["--created", "1750000000000", "--expires", "1750000600000"];
    let alone = ["khqr", "--account", "coffee@devb", "--name", "COFFEE", "--city", "Phnom Penh", "--mcc", "5812"];
    let alone = written(&[&alone[..], &["--amount", "8000", "--currency", "KHR"], &created[..]].concat());
    let answer = encode(&["khqr", "--csv", path, "--currency", "KHR"]);
    assert_eq!(answer.status, 1);
    let lines: Vec<&str> = answer.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", answer.stdout);
    // Up to the times, which are those of the clock.
    assert_eq!(lines[0].split("9934").next(), alone.split("9934").next());
    assert!(lines[1].contains("5913TEA, AND MORE6010Phnom Penh"), "{}", lines[1]);
    let said: Vec<&str> = answer.stderr.lines().collect();
    for (line, words) in said.iter().zip([
        &["row 2", "column name", "39 characters", "at most 25"][..],
        &["row 4", "column mcc", "58x2"],
        &["row 5", "column account", "user@bank"],
        &["row 6", "--name"],
    ]) {
        assert!(words.iter().all(|word| line.contains(word)), "{line}");
    }
    assert_eq!(said.len(), 4, "{said:?}");
    // Drawn, each with its row.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let out = folder.join("encode-rows.png");
    let drawn = encode(&["khqr", "--csv", path, "--currency", "KHR", "--out", out.to_str().unwrap()]);
    assert_eq!(drawn.stdout, "");
    let scanned = run("scan", &[folder.join("encode-rows-3.png")], b"");
    assert_eq!(scanned.stdout.trim_end(), lines[1]);
    // A table that cannot be used.
    let wrong = run::file("encode-wrong.csv", b"account,colour\na@b,red\n");
    let answer = encode(&["khqr", "--csv", wrong.to_str().unwrap(), "--currency", "KHR"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
    assert!(answer.stderr.contains("colour"), "{}", answer.stderr);
    assert_eq!(encode(&["khqr", "--csv", "no-such-file.csv"]).status, 2);
    assert_eq!(encode(&["khqr", "--csv", path, "--nonsense"]).status, 2);
}

#[test]
fn what_is_odd_about_a_code_is_said() {
    let answer = encode(&[
        "emv",
        "--account",
        "26=0011com.example",
        "--mcc",
        "5812",
        "--currency",
        "JPY",
        "--country",
        "JP",
        "--name",
        "X",
        "--city",
        "Y",
        "--amount",
        "1.25",
    ]);
    assert_eq!((answer.status, answer.stdout.lines().count()), (0, 1));
    assert!(answer.stderr.contains("warning") && answer.stderr.contains("[emv.54.decimals]"), "{}", answer.stderr);
}

/// What npm vietnam-qr-pay 1.5.1 and promptpay-js 1.0.7 write for the same values.
#[test]
fn a_code_of_a_network_is_built_from_its_fields() {
    let fields = ["--field", "bank_bin=970416", "--field", "account=123456789", "--field", "service_code=QRIBFTTA"];
    assert_eq!(
        written(&[&["network", "vn.napas"], &fields[..]].concat()),
        "00020101021138530010A0000007270123000697041601091234567890208QRIBFTTA53037045802VN6304DCE8"
    );
    assert_eq!(
        written(&["network", "th.transfer", "--field", "mobile_number=0812345678"]),
        "00020101021129370016A0000006770101110113006681234567853037645802TH6304823E"
    );
    let refused = |arguments: &[&str]| {
        let answer = encode(arguments);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""));
        answer.stderr
    };
    assert!(
        refused(&["network", "th.transfer", "--field", "phone=0812345678"])
            .contains("its fields are mobile_number, tax_id")
    );
    assert!(refused(&["network", "th.tranfer"]).contains("did you mean th.transfer?"));
    assert!(
        refused(&["network", "th.transfer", "--field", "mobile_number=081-234-5678"])
            .contains("without spaces and hyphens")
    );
}

#[test]
fn the_fields_of_a_network_can_be_columns() {
    let rows = "bank_bin,account,amount\n970403,0011012345678,18000\n97040,1,5\n";
    let path = run::file("network.csv", rows.as_bytes());
    let answer = encode(&["network", "vn.napas", "--csv", path.to_str().unwrap()]);
    assert_eq!(answer.stdout.lines().count(), 1);
    assert!(answer.stdout.contains("0006970403011300110123456785303704540518000"));
    assert!(answer.stderr.contains("row 2: column bank_bin: 5 characters instead of 6"), "{}", answer.stderr);
}
