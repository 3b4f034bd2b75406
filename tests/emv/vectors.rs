//! Payloads of forty networks: each line gets its stated verdict on the wire, and each leaf of the wire-valid ones is
//! listed in order.

use emvqr::{ErrorKind, Mpm, Payload};
use serde_json::Value;

use crate::lines::{bytes, collected, committed};

/// The vectors' words for a fault on the wire.
fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Utf8 => "not utf-8",
        ErrorKind::HeaderTruncated => "truncated header",
        ErrorKind::IdNotDigits => "bad id",
        ErrorKind::LengthNotDigits => "bad length",
        ErrorKind::LengthZero => "zero length",
        ErrorKind::ValueOverrun { .. } => "value overruns",
        ErrorKind::NotFirst => "00 not first",
        ErrorKind::NotLast => "63 not last",
        ErrorKind::Duplicate => "duplicate id",
        ErrorKind::CrcFormat => "crc not 4 hex digits",
        ErrorKind::CrcMismatch { .. } => "crc mismatch",
        _ => "none of the wire",
    }
}

/// The leaves of a run, by a reader that shares nothing with the library: characters in a vector.
fn naive_leaves(text: &[char], prefix: &str, out: &mut Vec<(String, String)>) {
    for (id, value) in naive_run(text).expect("a run") {
        let path = if prefix.is_empty() { id.clone() } else { format!("{prefix}-{id}") };
        let number: u8 = id.parse().unwrap();
        let template = match prefix {
            "" => matches!(number, 26..=51 | 62 | 64 | 80..=99),
            "62" => number >= 50,
            _ => false,
        };
        if template && naive_run(&value).is_some() {
            naive_leaves(&value, &path, out);
        } else {
            out.push((path, value.into_iter().collect()));
        }
    }
}

fn naive_run(text: &[char]) -> Option<Vec<(String, Vec<char>)>> {
    let mut objects = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let header = text.get(at..at + 4)?;
        if !header.iter().all(char::is_ascii_digit) {
            return None;
        }
        let length: usize = header[2..].iter().collect::<String>().parse().unwrap();
        let value = text.get(at + 4..at + 4 + length)?;
        if value.is_empty() {
            return None;
        }
        objects.push((header[..2].iter().collect(), value.to_vec()));
        at += 4 + length;
    }
    Some(objects)
}

fn wire_verdicts(lines: &[Value]) {
    for line in lines {
        let bytes = bytes(line);
        let id = &line["id"];
        match (Payload::parse_bytes(&bytes), line["wire"].as_str().unwrap()) {
            (Ok(payload), "valid") => {
                let mut expected = Vec::new();
                naive_leaves(&payload.as_str().chars().collect::<Vec<_>>(), "", &mut expected);
                let leaves: Vec<_> =
                    payload.leaves().map(|leaf| (leaf.path().to_string(), leaf.value().to_owned())).collect();
                assert_eq!(leaves, expected, "{id}");
            }
            (Err(error), "invalid") => {
                // A bare store id and an empty one are no payload either way; the vectors name another fault for them.
                let composed_of_nothing = line["profile"] == "jpqr-store-id-template" || bytes.is_empty();
                if !composed_of_nothing {
                    assert_eq!(reason(error.kind()), line["wire_reason"].as_str().unwrap(), "{id}: {error}");
                }
            }
            (result, verdict) => panic!("{id}: {verdict} expected, {result:?}"),
        }
    }
}

mod wire {
    use super::*;

    #[test]
    fn committed_verdicts() {
        wire_verdicts(&committed("khqr.ndjson"));
        wire_verdicts(&committed("jpqr.ndjson"));
    }

    #[test]
    #[ignore = "needs EMVQR_VECTORS"]
    fn collected_verdicts() {
        wire_verdicts(&collected("khqr.ndjson"));
        wire_verdicts(&collected("jpqr.ndjson"));
        wire_verdicts(&collected("emvco.ndjson"));
    }
}

/// The findings of a small independent checker are among ours.
#[test]
#[ignore = "needs EMVQR_VECTORS"]
fn emvco_deviations() {
    let lines = collected("emvco.ndjson");
    for line in lines.iter().filter(|line| line["wire"] == "valid") {
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        let findings = payload.validate::<Mpm>(()).into_violations();
        let found =
            |rule: &str, path: &str| findings.iter().any(|found| found.rule().id() == rule && found.path() == path);
        for deviation in line["emv_deviations"].as_array().into_iter().flatten() {
            let deviation = deviation.as_str().unwrap();
            let words: Vec<&str> = deviation.split([' ', ':']).collect();
            let seen = match *words.as_slice() {
                ["missing", "mandatory", tags] => tags.split(',').all(|tag| found(&format!("emv.{tag}.missing"), tag)),
                ["no", "merchant", ..] => found("emv.02-51.missing", ""),
                ["template", tag, "is", "not", "TLV"] => found("emv.template.format", tag),
                ["template", tag, "has", "no", "GUID", _] => found("emv.guid.missing", &format!("{tag}-00")),
                ["template", tag, "GUID", "longer", ..] => found("emv.guid.length", &format!("{tag}-00")),
                ["template", _, "", "GUID", "is", "not", "the", "first", ..] => true,
                ["00", "is", ..] => found("emv.00.value", "00"),
                ["01", "value", ..] => found("emv.01.value", "01"),
                [tag @ ("52" | "53"), "not", "numeric"] | [tag @ "52", "length", ..] => {
                    found(&format!("emv.{tag}.format"), tag)
                }
                ["54", "amount", "is", "zero"] => found("emv.54.zero", "54"),
                ["56", "present", ..] => found("emv.56.unexpected", "56"),
                ["57", "present", ..] => found("emv.57.unexpected", "57"),
                ["RFU", "root", "id", tags] => tags.split(',').all(|tag| found("emv.rfu.object", tag)),
                ["64-03", ..] => found("emv.rfu.object", "64-03"),
                ["62-00", "present", ..] => found("emv.rfu.object", "62-00"),
                [path, "longer", "than", _] => found("emv.text.length", path),
                [path, "has", "a", "character", "outside", "ANS"] => found("emv.text.charset", path),
                ["CRC", "hex", ..] => found("emv.63.case", "63"),
                ["payload", "is", ..] => found("emv.size", ""),
                _ => panic!("a deviation that this test does not know: {deviation}"),
            };
            assert!(seen, "{}: {deviation}, found {findings:?}", line["id"]);
        }
    }
}
