//! KHQR payloads with the verdicts of the official JavaScript toolkit 1.0.20.

use emvqr::Clock;
use emvqr::Encode;
use emvqr::khqr::{Builder, Khqr, Lifetime};
use emvqr::value::{Amount, Currency, Language, Mcc};
use emvqr::{ErrorKind, Payload};
use serde_json::Value;

use crate::lines::on_vectors;

on_vectors! {
    accepts_and_rejects_what_is_stated: accepts_and_rejects_what_is_stated("khqr.ndjson"),
    the_official_number_is_among_the_findings: the_official_number_is_among_the_findings("khqr.ndjson"),
    the_fields_are_those_of_the_toolkit: the_fields_are_those_of_the_toolkit("khqr.ndjson"),
    the_md5_is_that_of_the_toolkit: the_md5_is_that_of_the_toolkit("khqr.ndjson"),
    what_hangs_the_toolkit_is_answered: what_hangs_the_toolkit_is_answered("khqr.ndjson"),
    the_builder_writes_what_the_generator_writes: the_builder_writes_what_the_generator_writes("khqr.ndjson"),
}

fn clock(line: &Value) -> Clock {
    Clock::at_millis(line["now_ms"].as_u64().unwrap())
}

fn accepts_and_rejects_what_is_stated(lines: &[Value]) {
    for line in lines {
        let text = line["payload"].as_str().unwrap();
        let verdict = Payload::parse(text).map(|payload| payload.view::<Khqr<'_>>(clock(line)).map(|_| ()));
        let accepted = matches!(verdict, Ok(Ok(())));
        match line["expect"].as_str().unwrap() {
            "accept" => assert!(accepted, "{}: {} but {verdict:?}", line["id"], line["why"]),
            "reject" => assert!(!accepted, "{}: {}", line["id"], line["why"]),
            _ => {}
        }
    }
}

/// Faults for which the toolkit has a number that is not among ours, with the reason.
const OTHER_NUMBERS: &[(&str, &str)] = &[];

fn the_official_number_is_among_the_findings(lines: &[Value]) {
    let mut compared = 0;
    for line in lines.iter().filter(|line| line["wire"] == "valid" && line["expect"] == "reject") {
        let Some(code) = line["official_code"].as_u64() else { continue };
        let id = line["id"].as_str().unwrap();
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        let findings = payload.validate::<Khqr<'_>>(clock(line)).into_violations();
        let found = findings.iter().any(|finding| finding.code().map(u64::from) == Some(code));
        match OTHER_NUMBERS.iter().find(|(other, _)| *other == id) {
            None => assert!(found, "{id}: {code}, {}; found {findings:?}", line["why"]),
            Some((_, reason)) => assert!(!found, "{id} is no exception any more: {reason}"),
        }
        compared += 1;
    }
    assert!(compared > lines.len() / 5, "{compared}");
}

fn the_fields_are_those_of_the_toolkit(lines: &[Value]) {
    for line in lines.iter().filter(|line| line["expect"] == "accept") {
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        let ours = serde_json::to_value(Khqr::of(&payload)).unwrap();
        let theirs = line["fields"].as_object().unwrap();
        let names: Vec<String> = theirs.keys().map(|name| snake(name)).collect();
        for (name, value) in names.iter().zip(theirs.values()) {
            assert_eq!(ours[name], *value, "{}: {name}", line["id"]);
        }
        for name in ours.as_object().unwrap().keys() {
            assert!(names.contains(name), "{}: {name} is not among the toolkit's fields", line["id"]);
        }
    }
}

/// The toolkit's name of a field in our style.
fn snake(name: &str) -> String {
    let name = name.replace("ID", "Id").replace("pointof", "pointOf");
    name.chars().fold(String::new(), |mut snake, c| {
        if c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
        snake
    })
}

fn the_md5_is_that_of_the_toolkit(lines: &[Value]) {
    for line in lines.iter().filter(|line| line["wire"] == "valid") {
        let Some(md5) = line["md5"].as_str() else { continue };
        let payload = Payload::parse(line["payload"].as_str().unwrap()).unwrap();
        assert_eq!(Khqr::of(&payload).md5().to_string(), md5, "{}", line["id"]);
    }
}

fn what_hangs_the_toolkit_is_answered(lines: &[Value]) {
    let mut hangs = 0;
    for line in lines.iter().filter(|line| line["official_hang"] == true) {
        hangs += 1;
        match Payload::parse(line["payload"].as_str().unwrap()) {
            Err(error) => assert_ne!(error.kind(), ErrorKind::Sink),
            Ok(payload) => {
                let error = payload.view::<Khqr<'_>>(clock(line)).unwrap_err();
                assert_eq!(error.rule().id(), "emv.template.format", "{}", line["id"]);
            }
        }
    }
    assert!(hangs > 0);
}

/// Writes a value of the toolkit's input as JavaScript makes text of it.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() == 0.0) => {
            format!("{:.0}", number.as_f64().unwrap())
        }
        Value::Bool(flag) => i32::from(*flag).to_string(),
        other => other.to_string(),
    }
}

fn the_builder_writes_what_the_generator_writes(lines: &[Value]) {
    let mut built = 0;
    for line in lines.iter().filter(|line| !line["input"].is_null()) {
        let input = &line["input"];
        let args: Vec<String> = input["args"].as_array().unwrap().iter().map(text).collect();
        let options = input["args"].as_array().unwrap().last().unwrap();
        let option =
            |name: &str| options.get(name).filter(|value| !value.is_null()).map(text).filter(|t| !t.is_empty());
        let (bank, information) = (option("acquiringBank"), option("accountInformation"));
        let mut builder = if input["kind"] == "individual" {
            Builder::individual(&args[0], &args[1])
                .account_information(information.as_deref().unwrap_or_default())
                .acquiring_bank(bank.as_deref().unwrap_or_default())
        } else {
            Builder::merchant(&args[0], &args[3], &args[4], &args[1])
        };
        if !args[2].is_empty() && args[2] != "null" {
            builder = builder.city(&args[2]);
        }
        let money = options
            .get("currency")
            .and_then(Value::as_u64)
            .map_or(Currency::KHR, |code| Currency::new(u16::try_from(code).unwrap()).unwrap());
        builder = builder.currency(money);
        if let Some(code) = option("merchantCategoryCode") {
            builder = builder.merchant_category_code(code.parse::<Mcc>().unwrap());
        }
        let amount = option("amount");
        if let Some(amount) = amount.as_deref().and_then(|amount| Amount::new(amount).ok()).filter(|a| !a.is_zero()) {
            // The generator writes its own clock, which the vectors replaced by `now_ms`.
            let expires_at_ms = option("expirationTimestamp").unwrap().parse().unwrap();
            let lifetime = Lifetime { created_ms: line["now_ms"].as_u64().unwrap(), expires_at_ms };
            builder = builder.amount(amount, money, lifetime);
        }
        let upi = option("upiMerchantAccount");
        builder = builder.union_pay_account(upi.as_deref().unwrap_or_default());
        let labels = ["billNumber", "mobileNumber", "storeLabel", "terminalLabel", "purposeOfTransaction"].map(&option);
        let [bill, mobile, store, terminal, purpose] =
            labels.each_ref().map(|label| label.as_deref().unwrap_or_default());
        builder = builder
            .bill_number(bill)
            .mobile_number(mobile)
            .store_label(store)
            .terminal_label(terminal)
            .purpose_of_transaction(purpose);
        let names = ["merchantNameAlternateLanguage", "merchantCityAlternateLanguage"].map(&option);
        if let Some(language) = option("languagePreference") {
            let language: Language = language.parse().unwrap();
            builder = builder.alternate_name(language, names[0].as_deref().unwrap_or_default());
        }
        if let Some(city) = &names[1] {
            builder = builder.alternate_city(city);
        }
        match builder.encode_to_string() {
            Ok(text) => assert_eq!(text, line["payload"].as_str().unwrap(), "{}: {}", line["id"], line["why"]),
            Err(error) => panic!("{}: {}: {error}", line["id"], line["why"]),
        }
        built += 1;
    }
    assert!(built > lines.len() / 5, "{built}");
}
