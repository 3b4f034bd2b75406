//! Answers for spreadsheets: one row per payload.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use emvqr::Severity;
use emvqr::display::Escaped;
use emvqr_answer::{Summary, Verdict};

use super::Place;

/// The header: the columns of this program, and those that travel.
pub(crate) fn write_header(out: &mut dyn Write, others: &[&str]) -> io::Result<()> {
    write_row(out, &[&["line", "level"], &Summary::NAMES[..], &["first_error", "rules", "hint"], others].concat())
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
    let summary = Summary::of(verdict);
    let shown = |value: Option<&str>| value.map(|value| Escaped(value).to_string()).unwrap_or_default();
    let first_error = verdict.violations().iter().find(|violation| violation.severity() == Severity::Error);
    let first_error = match (verdict.fault(), first_error) {
        (Some(fault), _) => fault.message().to_owned(),
        (None, Some(violation)) if verdict.is_masked() => verdict.message(violation),
        (None, Some(violation)) => violation.to_string(),
        (None, None) => String::new(),
    };
    let rules: Vec<&str> = verdict.violations().iter().map(|violation| violation.rule().id()).collect();
    let hint =
        verdict.hints().next().map(|(hint, _)| Escaped(verdict.hint_message(hint)).to_string()).unwrap_or_default();
    let head = [place.line.to_string(), verdict.level().name().to_owned()];
    let tail = [first_error, rules.join(" "), hint];
    let cells = head.into_iter().chain(summary.values().map(shown)).chain(tail);
    let others = place.row.into_iter().flatten().map(|(_, cell)| cell.clone());
    let cells: Vec<String> = cells.chain(others).map(harmless).collect();
    write_row(out, &cells)
}
