//! Judgement of an answer, by the rules in `conformance/README.md`, by their numbers.

use serde_json::{Map, Value};

/// The outcome of a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    /// Keys in which the answer differs, with both values.
    Failed(Vec<String>),
    NotJudged,
}

/// An answer against what a vector expects.
pub(crate) fn judge(vector: &Value, answer: &Map<String, Value>) -> Outcome {
    let nothing = Map::new();
    let expect = vector["expect"].as_object().unwrap_or(&nothing);
    let is = |key: &str, value: bool| answer.get(key) == Some(&Value::Bool(value));
    let is_refused = is("readable", false) || is("valid", false);
    let has = |key: &str| answer.get(key).is_some_and(|value| !value.is_null());
    let is_read = is("readable", true) || (!answer.contains_key("readable") && (has("payee") || has("amount")));
    let may_refuse = vector["may_refuse"] == true;
    // An answer in time is all that is asked for.
    if expect.is_empty() {
        return Outcome::Passed;
    }
    if answer.keys().all(|key| key == "id") {
        return Outcome::NotJudged;
    }
    // 1
    if may_refuse && is_refused {
        return Outcome::Passed;
    }
    let is_nobody = |value: Option<&Value>| value.is_some_and(Value::is_null);
    let may_name_nobody =
        may_refuse && expect.get("payee").is_some_and(Value::is_object) && is_nobody(answer.get("payee"));
    let mut judged = Judged::default();
    // 2, 3
    match expect.get("readable") {
        Some(Value::Bool(false)) if is_refused => judged.hold("readable", None),
        Some(Value::Bool(false)) if is_read => judged.hold("readable", Some("takes it".into())),
        Some(Value::Bool(true)) if is_read || answer.contains_key("readable") || is_refused => {
            judged.hold("readable", is("readable", false).then(|| "refuses it".into()));
        }
        _ => {}
    }
    // 4
    match expect.get("valid") {
        Some(Value::Bool(false)) if is_refused => judged.hold("valid", None),
        Some(Value::Bool(false)) if is("valid", true) => judged.hold("valid", Some("calls it valid".into())),
        Some(Value::Bool(true)) if is_refused => judged.hold("valid", Some("refuses it".into())),
        Some(Value::Bool(true)) if answer.contains_key("valid") => judged.hold("valid", None),
        _ => {}
    }
    // 5
    match (expect.get("payee"), answer.get("payee")) {
        (Some(Value::Null), _) if is_refused => judged.hold("payee", None),
        (Some(Value::Null), Some(found)) => {
            judged.hold("payee", (!found.is_null()).then(|| format!("names {found}")));
        }
        (Some(Value::Object(_)), _) if may_name_nobody => judged.hold("payee", None),
        (Some(Value::Object(wanted)), Some(found)) => judged.hold("payee", other_payee(wanted, found)),
        _ => {}
    }
    // 6
    match (expect.get("amount"), answer.get("amount")) {
        _ if may_name_nobody => {}
        (Some(Value::Null), _) if is_refused => judged.hold("amount", None),
        (Some(wanted), Some(found)) => {
            let is_same = match (wanted.as_str(), found.as_str()) {
                (Some(wanted), Some(found)) => number(wanted).is_some_and(|wanted| number(found) == Some(wanted)),
                _ => wanted.is_null() && found.is_null(),
            };
            judged.hold("amount", (!is_same).then(|| format!("{found} instead of {wanted}")));
        }
        _ => {}
    }
    // 7
    for key in ["scheme", "currency", "name", "expires"] {
        let (Some(wanted), Some(found)) = (expect.get(key), answer.get(key)) else { continue };
        let is_unknown_network = key == "scheme" && wanted == "network" && found == "emvco";
        if is_unknown_network || (may_name_nobody && key == "currency") {
            continue;
        }
        judged.hold(key, (wanted != found).then(|| format!("{found} instead of {wanted}")));
    }
    // 8
    judged.outcome()
}

#[derive(Default)]
struct Judged {
    any: bool,
    faults: Vec<String>,
}

impl Judged {
    fn hold(&mut self, key: &str, fault: Option<String>) {
        self.any = true;
        self.faults.extend(fault.map(|fault| format!("{key}: {fault}")));
    }

    fn outcome(self) -> Outcome {
        match self {
            Self { any: false, .. } => Outcome::NotJudged,
            Self { faults, .. } if faults.is_empty() => Outcome::Passed,
            Self { faults, .. } => Outcome::Failed(faults),
        }
    }
}

/// In which of the parts that both sides give the payees differ.
fn other_payee(wanted: &Map<String, Value>, found: &Value) -> Option<String> {
    let Some(found) = found.as_object() else { return Some("names nobody".into()) };
    let differs = |(key, wanted): (&String, &Value)| {
        let found = found.get(key).or_else(|| (key == "account").then_some(&Value::Null))?;
        (found != wanted).then(|| format!("{key} {found} instead of {wanted}"))
    };
    let faults: Vec<String> = wanted.iter().filter_map(differs).collect();
    (!faults.is_empty()).then(|| faults.join("; "))
}

/// Digits before and after the point, without zeros that say nothing. `None` if the text is no decimal number.
fn number(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && is_digits(whole) && is_digits(fraction))
        .then(|| (whole.trim_start_matches('0'), fraction.trim_end_matches('0')))
}
