//! Answers for spreadsheets: one row per payload.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use emvqr::Severity;
use emvqr::display::Escaped;

use super::Place;
use super::summary::Summary;
use super::verdict::Verdict;

const COLUMNS: &[&str] = &[
    "line",
    "level",
    "scheme",
    "network",
    "account",
    "institution",
    "sub_account",
    "name",
    "city",
    "country",
    "currency",
    "amount",
    "method",
    "expires",
    "first_error",
    "rules",
];

/// The header: the columns of this program, and those that travel.
pub(crate) fn write_header(out: &mut dyn Write, others: &[&str]) -> io::Result<()> {
    write_row(out, &[COLUMNS, others].concat())
}

fn write_row(out: &mut dyn Write, cells: &[impl AsRef<[u8]>]) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).buffer_capacity(1024).from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

/// A spreadsheet takes text that starts so for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

pub(crate) fn write(out: &mut dyn Write, place: Place<'_>, verdict: &Verdict<'_>) -> io::Result<()> {
    let Summary {
        scheme,
        network,
        account,
        institution,
        sub_account,
        name,
        city,
        country,
        currency,
        amount,
        method,
        expires,
    } = Summary::of(verdict);
    let shown = |value: Option<String>| value.map(|value| Escaped(&value).to_string()).unwrap_or_default();
    let first_error = verdict.violations.iter().find(|violation| violation.severity() == Severity::Error);
    let first_error = match (&verdict.fault, first_error) {
        (Some(fault), _) => fault.message.clone(),
        (None, Some(violation)) => violation.to_string(),
        (None, None) => String::new(),
    };
    let rules: Vec<&str> = verdict.violations.iter().map(|violation| violation.rule().id()).collect();
    let cells = [
        place.line.to_string(),
        verdict.level().name().to_owned(),
        scheme.unwrap_or(verdict.profile).to_owned(),
        network.unwrap_or_default().to_owned(),
        shown(account),
        shown(institution),
        shown(sub_account),
        shown(name),
        shown(city),
        country.unwrap_or_default(),
        currency.unwrap_or_default(),
        amount.unwrap_or_default(),
        method.unwrap_or_default().to_owned(),
        expires.unwrap_or_default(),
        first_error,
        rules.join(" "),
    ];
    let others = place.row.into_iter().flatten().map(|(_, cell)| cell.clone());
    let cells: Vec<String> = cells.into_iter().chain(others).map(harmless).collect();
    write_row(out, &cells)
}
