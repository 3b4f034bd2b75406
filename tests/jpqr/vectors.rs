//! The JPQR profile: each payload gets its stated verdict, with the finding that its reason names.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]

use emvqr::elqr::Bill;
use emvqr::jpqr::{Jpqr, StoreId};
use emvqr::{ErrorKind, Mpm, Payload, Profile, Severity, Violation};
use serde_json::Value;

use crate::lines::{bytes, on_vectors};

on_vectors! {
    verdicts: verdicts("jpqr.ndjson"),
    fields: fields("jpqr.ndjson"),
}

/// What is said of a payload that is not accepted.
enum Answer {
    Fault(ErrorKind),
    Findings(Vec<Violation>),
}

/// Rules, with the path where more than one object can break them, and kinds of faults that say what a reason says.
#[rustfmt::skip]
const REASONS: &[(&str, &[&str])] = &[
    // On the wire.
    ("crc_mismatch", &["crc_mismatch"]),
    ("crc_missing", &["not_last"]),
    ("crc_length", &["crc_format"]),
    ("crc_not_uppercase", &["emv.63.case"]),
    ("not_utf8", &["utf8"]),
    ("tlv_truncated_header", &["header_truncated"]),
    ("tlv_value_overrun", &["value_overrun"]),
    ("tlv_bad_length", &["length_not_digits"]),
    ("tlv_zero_length", &["length_zero"]),
    ("zero_length", &["length_zero"]),
    ("tlv_bad_id", &["id_not_digits", "emv.template.format"]),
    // A byte-order mark stands where the ID of 00 should.
    ("payload_format_indicator_not_first", &["not_first", "id_not_digits"]),
    ("duplicate_id_53", &["duplicate"]),
    ("duplicate_id_58", &["duplicate"]),
    ("duplicate_id_54", &["duplicate"]),
    ("duplicate_id_26", &["duplicate"]),
    ("duplicate_id_64", &["duplicate"]),
    // EMVCo's.
    ("payload_format_indicator_value", &["emv.00.value"]),
    ("point_of_initiation_method", &["emv.01.value"]),
    ("merchant_account_information_missing", &["emv.02-51.missing"]),
    ("mai_guid_missing", &["emv.guid.missing 26-00"]),
    ("merchant_category_code_missing", &["emv.52.missing"]),
    ("merchant_category_code_format", &["emv.52.format"]),
    ("transaction_currency_missing", &["emv.53.missing"]),
    ("amount_zero", &["emv.54.zero"]),
    ("amount_format", &["emv.54.format"]),
    ("amount_yen_decimals", &["jpqr.54.decimals", "jpqr.54.zeros"]),
    ("convenience_fee_fixed_missing", &["emv.56.missing"]),
    ("convenience_fee_fixed_unexpected", &["emv.56.unexpected"]),
    ("convenience_fee_percentage_missing", &["emv.57.missing"]),
    ("convenience_fee_percentage_unexpected", &["emv.57.unexpected"]),
    ("convenience_fee_percentage_range", &["emv.57.range"]),
    ("merchant_name_missing", &["emv.59.missing"]),
    ("merchant_name_too_long", &["emv.text.length 59"]),
    ("merchant_name_charset", &["emv.text.charset 59"]),
    ("merchant_city_missing", &["emv.60.missing"]),
    ("merchant_city_too_long", &["emv.text.length 60"]),
    ("additional_data_value_too_long", &["emv.text.length 62-01"]),
    ("additional_data_truncated_header", &["emv.template.format 62"]),
    ("additional_data_duplicate", &["emv.template.duplicate 62-05"]),
    ("additional_consumer_data_request", &["emv.62-09.value"]),
    ("additional_data_charset", &["emv.text.charset 62-01"]),
    ("additional_data_template_guid_missing", &["emv.guid.missing 62-50-00"]),
    ("unreserved_guid_missing", &["emv.guid.missing 80-00"]),
    ("unreserved_guid_too_long", &["emv.guid.length 80-00"]),
    ("language_template_value_overrun", &["emv.template.format 64"]),
    ("language_template_truncated_header", &["emv.template.format 64"]),
    // In one vector the text in place of the template has control characters that its length does not count.
    ("language_template_bad_id", &["emv.template.format 64", "length_not_digits"]),
    ("language_template_rfu_object", &["emv.rfu.object 64-03"]),
    ("language_merchant_name_too_long", &["emv.text.length 64-01"]),
    ("language_merchant_name_not_precomposed", &["emv.text.decomposed 64-01"]),
    // JPQR's own.
    // One vector without the template has a wrong CRC, too.
    ("jpqr_template_missing", &["jpqr.26-51.missing", "jpqr.guid.case 26-00", "crc_mismatch"]),
    ("jpqr_template_duplicate", &["jpqr.26-51.ambiguous 27"]),
    ("jpqr_template_extra_object", &["jpqr.template.object 26-05"]),
    ("jpqr_duplicate_level", &["emv.26-51.duplicate 26-04"]),
    ("jpqr_level1_missing", &["jpqr.level.missing 26-01"]),
    ("jpqr_level4_missing", &["jpqr.level.missing 26-04"]),
    ("jpqr_level1_length", &["jpqr.level.length 26-01"]),
    ("jpqr_level2_length", &["jpqr.level.length 26-02"]),
    ("jpqr_level3_length", &["jpqr.level.length 26-03"]),
    ("jpqr_level4_length", &["jpqr.level.length 26-04"]),
    ("jpqr_level2_not_numeric", &["jpqr.level.digits 26-02"]),
    ("transaction_currency_not_392", &["jpqr.53.value"]),
    ("country_code_not_JP", &["jpqr.58.value"]),
    ("postal_code_not_7_digits", &["jpqr.61.digits"]),
    ("language_preference_not_JA", &["jpqr.64-00.value", "jpqr.64-00.case"]),
    // The bill form's.
    ("elqr_crc_mismatch", &["jpqr-bill.63.mismatch"]),
    ("elqr_crc_format", &["jpqr-bill.63.format"]),
    ("elqr_length", &["jpqr-bill.length"]),
    ("elqr_amount_digits", &["jpqr-bill.value.digits 54"]),
];

impl Answer {
    /// Whether this is what the vectors' reason says. Several reasons are several words for one fault.
    fn is_for(&self, reason: &str) -> bool {
        reason.split(" / ").map(|reason| reason.replace(' ', "_")).any(|reason| {
            let Some((_, names)) = REASONS.iter().find(|(name, _)| *name == reason) else { return false };
            names.iter().any(|name| match self {
                Self::Fault(kind) => kind.name() == *name,
                Self::Findings(findings) => {
                    let (rule, path) = name.split_once(' ').unwrap_or((name, ""));
                    // Of a bare store id, paths count from the template.
                    let is_at = |found: String| path.is_empty() || found == path || format!("26-{found}") == path;
                    let matches = |found: &Violation| found.rule().id() == rule && is_at(found.path().to_string());
                    findings.iter().any(matches)
                }
            })
        })
    }
}

fn payload_answer<'a, P: Profile<'a, Context = ()>>(bytes: &'a [u8]) -> Result<P, Answer> {
    let payload = Payload::parse_bytes(bytes).map_err(|error| Answer::Fault(error.kind()))?;
    let findings = payload.validate::<P>(()).into_violations();
    let is_error = |found: &&Violation| found.severity() == Severity::Error;
    let first = findings.iter().find(is_error).copied();
    assert_eq!(payload.view::<P>(()).err(), first, "fail-fast reports the first error");
    if findings.iter().any(|found| found.severity() == Severity::Error) {
        Err(Answer::Findings(findings))
    } else {
        Ok(P::of(&payload))
    }
}

fn findings_of(bytes: &[u8]) -> Answer {
    match Payload::parse_bytes(bytes) {
        Ok(payload) => Answer::Findings(payload.validate::<Jpqr>(()).into_violations()),
        Err(error) => Answer::Fault(error.kind()),
    }
}

fn answer(line: &Value, bytes: &[u8]) -> Result<(), Answer> {
    let text = || std::str::from_utf8(bytes).unwrap();
    match line["profile"].as_str().unwrap() {
        "jpqr-mpm" => payload_answer::<Jpqr>(bytes).map(|_| ()),
        "emvco-mpm" => payload_answer::<Mpm>(bytes).map(|_| ()),
        "jpqr-store-id-template" => {
            StoreId::from_template(text()).map(|_| ()).map_err(|found| Answer::Findings(vec![found]))
        }
        "jpqr-bill-elqr" => {
            assert!(Bill::recognises(text()));
            Bill::parse(text(), None)
                .map(|_| ())
                .map_err(|_| Answer::Findings(Bill::read(text()).unwrap().violations(None)))
        }
        profile => panic!("{profile}"),
    }
}

fn verdicts(lines: &[Value]) {
    let mut wrong = Vec::new();
    for line in lines {
        let bytes = bytes(line);
        let (expected, reason) = (line["expect"].as_str().unwrap(), line["reason"].as_str());
        let fits = match (expected, answer(line, &bytes)) {
            ("accept", Ok(())) => true,
            ("reject", Err(answer)) => answer.is_for(reason.unwrap()),
            // Where strictness is a choice, the point is found all the same.
            ("any", _) => findings_of(&bytes).is_for(reason.unwrap()),
            _ => false,
        };
        if !fits {
            wrong.push(format!("{} {expected} {reason:?}: {}", line["id"], line["why"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

/// The values that the vectors state are those that are read.
fn fields(lines: &[Value]) {
    let mut seen = 0;
    for line in lines.iter().filter(|line| line["profile"] == "jpqr-mpm" && line["expect"] == "accept") {
        let (text, fields) = (line["payload"].as_str().unwrap(), &line["fields"]);
        let payload = Payload::parse(text).unwrap();
        assert!(Jpqr::recognises(&payload), "{}", line["id"]);
        let code = payload.view::<Jpqr>(()).unwrap();
        let value = |tag: &str| fields[tag].as_str();
        let string = |value: Option<&str>| value.map(str::to_owned);
        assert_eq!(code.method().unwrap().map(|code| code.to_string()), string(value("01")));
        assert_eq!(code.merchant_category_code().unwrap().unwrap().to_string(), value("52").unwrap());
        assert_eq!(code.currency().unwrap().unwrap().to_string(), value("53").unwrap());
        assert_eq!(code.amount().unwrap().map(|amount| amount.to_string()), string(value("54")));
        let yen = value("54").map(|amount| amount.trim_end_matches('.').parse().unwrap());
        assert_eq!(code.amount_minor(), Ok(yen));
        assert_eq!(code.country().unwrap().unwrap().to_string(), value("58").unwrap());
        assert_eq!(code.name(), value("59"));
        assert_eq!(code.city(), value("60"));
        assert_eq!(code.postal_code(), value("61"));
        assert_eq!(code.alternate_name(), fields["64"]["01"].as_str());
        assert_eq!(code.language().unwrap().unwrap().to_string(), fields["64"]["00"].as_str().unwrap());
        let bill_number = code.additional_data().and_then(|additional| additional.bill_number());
        assert_eq!(bill_number, fields["62"]["01"].as_str());

        let is_store = |template: &&Value| template["00"] == "jp.or.paymentsjapan";
        let store = fields.as_object().unwrap().values().find(is_store).unwrap();
        let levels = ["01", "02", "03", "04"].map(|level| store[level].as_str().unwrap());
        assert_eq!(code.store_id().unwrap().levels(), levels);
        assert_eq!(code.store_id().unwrap().to_string(), levels.concat());
        let others = code.other_networks().map(|network| network.object().tag().to_string());
        let expected = fields.as_object().unwrap().iter().filter(|(tag, value)| {
            (2..=51).contains(&tag.parse::<u8>().unwrap()) && value["00"] != "jp.or.paymentsjapan"
        });
        let mut expected: Vec<_> = expected.map(|(tag, _)| tag.clone()).collect();
        expected.sort();
        assert_eq!(others.collect::<Vec<_>>(), expected);
        seen += 1;
    }
    assert!(seen > lines.len() / 6, "{seen}");
}
