//! Answers for programs: one JSON object per payload, one line each.

use std::io::{self, Write};

use emvqr::{Severity, Violation};
use serde_json::{Value, json};

use super::verdict::Verdict;
use crate::output;

pub(crate) fn write(out: &mut impl Write, line: u64, verdict: &Verdict<'_>) -> io::Result<()> {
    let error = verdict.fault.as_ref().map(|fault| {
        json!({
            "kind": fault.kind,
            "path": fault.path,
            "offset": fault.offset,
            "length": fault.length,
            "message": fault.message,
        })
    });
    let objects: Vec<Value> = verdict.leaves().map(|leaf| json!([leaf.path().to_string(), leaf.value()])).collect();
    let mut answer = json!({
        "line": line,
        "valid": verdict.valid(),
        "wire": verdict.wire(),
        "level": verdict.level().name(),
        "profile": verdict.profile,
        "networks": verdict.networks,
        "payee": verdict.payee.as_ref().map(|payee| {
            json!({ "network": payee.network, "key": payee.key, "path": payee.path })
        }),
        "error": error,
        "violations": verdict.violations.iter().map(violation).collect::<Vec<_>>(),
        "objects": objects,
        "fields": verdict.fields,
        "payload": verdict.text,
    });
    if let Some(md5) = &verdict.md5 {
        answer["md5"] = json!(md5);
    }
    writeln!(out, "{}", output::on_one_line(&answer.to_string()))
}

fn violation(violation: &Violation) -> Value {
    let mut object = json!({
        "rule": violation.rule().id(),
        "severity": match violation.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "path": violation.path().to_string(),
        "offset": violation.offset(),
        "length": violation.length(),
        "message": violation.message().to_string(),
    });
    if let Some(code) = violation.code() {
        object["sdk_code"] = json!(code);
    }
    object
}
