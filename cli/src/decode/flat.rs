//! Answers for spreadsheets: one row per payload.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use emvqr::display::Escaped;
use emvqr::value::{Currency, PointOfInitiation};
use emvqr::{Mpm, Severity};

use super::Place;
use super::verdict::{Fields, Verdict};

const COLUMNS: &[&str] = &[
    "line",
    "level",
    "scheme",
    "payee",
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
    let code = verdict.fields.base();
    let shown = |value: Option<&str>| value.map(|value| Escaped(value).to_string()).unwrap_or_default();
    let payee = verdict.payee.as_ref().map(|payee| payee.key.to_string());
    let country = code.and_then(Mpm::country_code).map(|country| country.to_string());
    let currency = code.and_then(Mpm::transaction_currency).and_then(Currency::alphabetic);
    let amount = code.and_then(|code| code.transaction_amount().ok().flatten());
    let method = match code.and_then(Mpm::point_of_initiation_method) {
        Some(PointOfInitiation::STATIC) => "static",
        Some(PointOfInitiation::DYNAMIC) => "dynamic",
        _ => "",
    };
    let expires = match &verdict.fields {
        Fields::Khqr(code) => code.expiration_time_ms().ok().flatten(),
        _ => None,
    };
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
        verdict.profile.to_owned(),
        shown(payee.as_deref()),
        shown(code.and_then(Mpm::merchant_name)),
        shown(code.and_then(Mpm::merchant_city)),
        country.unwrap_or_default(),
        currency.unwrap_or_default().to_owned(),
        amount.map(|amount| amount.to_string()).unwrap_or_default(),
        method.to_owned(),
        expires.map(|expires| expires.to_string()).unwrap_or_default(),
        first_error,
        rules.join(" "),
    ];
    let others = place.row.into_iter().flatten().map(|(_, cell)| cell.clone());
    let cells: Vec<String> = cells.into_iter().chain(others).map(harmless).collect();
    write_row(out, &cells)
}
