//! Planted faults, which the comparison must find in the answers of the current version.

use crate::plain::{Answer, Answers, Fault};

/// The name of a comparison, and the part of its answers that is falsified.
pub(crate) const PLANTS: [&str; 43] = [
    "error.missing",
    "error.what",
    "error.path",
    "error.offset",
    "error.length",
    "error.detail",
    "findings.missing",
    "findings.what",
    "findings.number",
    "findings.severity",
    "findings.path",
    "findings.offset",
    "findings.length",
    "findings.code",
    "findings.detail",
    "view.missing",
    "view.what",
    "view.severity",
    "view.path",
    "view.offset",
    "view.length",
    "bill.missing",
    "bill.what",
    "bill.severity",
    "bill.offset",
    "bill.text",
    "built.written",
    "built.what",
    "built.number",
    "built.path",
    "built.offset",
    "built.length",
    "rewrite.text",
    "rewrite.written",
    "rewrite.what",
    "json.text",
    "intent.text",
    "scheme.text",
    "accounts.text",
    "mask.text",
    "objects.text",
    "diagnose.text",
    "template.missing",
];

/// Falsifies all answers that the plant is about.
pub(crate) fn plant(plant: &str, answers: &mut Answers) {
    let (name, part) = plant.split_once('.').expect("a comparison and a part");
    for (_, _, answer) in answers.0.iter_mut().filter(|(named, _, _)| *named == name) {
        match answer {
            Answer::Text(text) if part == "text" => text.push('!'),
            Answer::Built(Ok(text)) if part == "written" => text.push('!'),
            Answer::Faults(faults) if part == "missing" => drop(faults.pop()),
            Answer::Faults(faults) => faults.iter_mut().for_each(|fault| falsify(fault, part)),
            Answer::Built(Err(fault)) => falsify(fault, part),
            _ => {}
        }
    }
}

fn falsify(fault: &mut Fault, part: &str) {
    match part {
        "what" => fault.what.push('!'),
        "number" => fault.number = fault.number.map(|number| number + 1),
        "severity" => fault.severity.push('!'),
        "path" => fault.path.push('!'),
        "offset" => fault.offset += 1,
        "length" => fault.length += 1,
        "code" => fault.code = fault.code.map(|code| code + 1),
        "detail" => fault.detail.push('!'),
        _ => {}
    }
}
