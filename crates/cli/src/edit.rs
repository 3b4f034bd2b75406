//! `emvqr edit`: some objects of payloads changed, every other byte as it was.

use std::io::Write;

use clap::Args;
use emvqr::edit::Change;
use emvqr::{Clock, Code, ErrorKind, Path, Payload, PayloadBuf, Severity, crc};
use emvqr_answer::forms;

use crate::clock;
use crate::failure::Failure;
use crate::input::{Payloads, SomeBad};
use crate::output::shown;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    #[command(flatten)]
    payloads: Payloads,
    /// Give the object at this path, or with this name, this value: 62-01=INV-7, name=COFFEE
    #[arg(long, value_name = "PATH=VALUE|NAME=VALUE", value_parser = assignment)]
    set: Vec<(Path, String)>,
    /// Remove the object at this path, or with this name
    #[arg(long, value_name = "PATH|NAME", value_parser = place)]
    remove: Vec<Path>,
    /// Times of a KHQR code for one payment: made now (99-00), and to be paid within this time (99-01): 10m
    #[arg(long, value_name = "TIME", value_parser = emvqr_answer::span)]
    expires_in: Option<u64>,
    /// Repair a payload whose only fault is its CRC, or that has none
    #[arg(long)]
    fix_crc: bool,
    /// Print the result also if it breaks rules that the payload did not break
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    clock: clock::Clock,
}

const EXAMPLES: &str = "\
Examples:
  emvqr edit 'PAYLOAD' --set name='JANE SMITH' --set 62-01=INV-7
  emvqr edit 'PAYLOAD' --set method=12 --set amount=1500 --expires-in 10m
  emvqr edit --fix-crc --file codes.txt

Names: method, merchant_category_code, currency, amount, country, name, city, postal_code, bill_number, mobile_number, store_label,
loyalty_number, reference_label, customer_label, terminal_label, purpose_of_transaction, language, alternate_name, alternate_city.

Only the owner of a code may change it, and a payer's app may refuse a changed code: a static code made dynamic is a
pattern of swindlers.

Exit status: 0 all were written, 1 some change cannot be made or would break the code, 2 the command line or a file is unusable.";

fn place(text: &str) -> Result<Path, String> {
    forms::place(text).map_err(|error| error.to_string())
}

fn assignment(text: &str) -> Result<(Path, String), String> {
    let (path, value) = text.split_once('=').ok_or("expected PATH=VALUE or NAME=VALUE")?;
    Ok((place(path)?, value.to_owned()))
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let now_ms = options.clock.millis();
    let answer =
        |out: &mut dyn Write, number: u64, payload: &[u8], SomeBad(some_bad): &mut SomeBad| match std::str::from_utf8(
            payload,
        )
        .map_err(|error| error.to_string())
        .and_then(|text| edited(options, text, now_ms))
        {
            Ok(text) => {
                say_secrets(&text);
                writeln!(out, "{}", shown(&text))
            }
            Err(error) => {
                *some_bad = true;
                eprintln!("emvqr: payload {number}: {error}");
                Ok(())
            }
        };
    let SomeBad(some_bad) = options.payloads.answer_each(answer, |_, _| Ok(()))?;
    Ok(!some_bad)
}

/// Says that a code to be used holds what is never shown.
pub(crate) fn say_secrets(text: &str) {
    let Some(hidden) = emvqr::mask::without_secrets(text) else { return };
    hidden.secrets(&mut |path| {
        eprintln!("note: {path} holds an Aadhaar number, which is in the result: keep it to yourself");
    });
}

fn edited(options: &Options, text: &str, now_ms: u64) -> Result<String, String> {
    let clock = Clock::at_millis(now_ms);
    let (payload, is_repaired) = match Payload::parse(text) {
        Ok(payload) => (payload.to_buf(), false),
        Err(error) if options.fix_crc => {
            let is_of_crc =
                matches!(error.kind(), ErrorKind::CrcMismatch { .. } | ErrorKind::CrcFormat | ErrorKind::NotLast);
            let repaired = is_of_crc.then(|| with_crc(text)).flatten();
            (repaired.ok_or_else(|| format!("{error}; the CRC is not its only fault"))?, true)
        }
        Err(error) => return Err(error.to_string()),
    };
    let times = options.expires_in.map(|span| [now_ms.to_string(), now_ms.saturating_add(span).to_string()]);
    let mut changes: Vec<Change<'_>> = options.set.iter().map(|(path, value)| Change::set(*path, value)).collect();
    changes.extend(options.remove.iter().copied().map(Change::remove));
    if let Some([created, expires]) = &times {
        changes.extend([Change::set("99-00", created), Change::set("99-01", expires)]);
    }
    let after =
        payload.edit(&changes).build_unchecked().map_err(|error| format!("the change cannot be made: {error}"))?;
    let (payload, after) = (payload.as_payload(), after.as_payload());
    // What the scheme of the payload says of both: a change that takes it out of its scheme breaks it.
    let code = Code::of(&payload);
    let before = if is_repaired { Vec::new() } else { errors(&code, &payload, clock) };
    let broken = errors(&code, &after, clock);
    say("before", if is_repaired { &[] } else { &before });
    say("after", &broken);
    let is_new = |error: &&String| !before.contains(error);
    match broken.iter().find(is_new) {
        Some(error) if !options.anyway && !is_repaired => {
            Err(format!("the result would break the code: {error}{} (--anyway prints it)", advice(&code, &after)))
        }
        _ => Ok(after.as_str().to_owned()),
    }
}

/// The text with the right CRC in place of a wrong one, or of none.
fn with_crc(text: &str) -> Option<PayloadBuf> {
    let covered = match text.rfind("6304") {
        Some(place) if place + 8 == text.len() => &text[..place],
        _ => text,
    };
    let covered = format!("{covered}6304");
    PayloadBuf::parse(format!("{covered}{:04X}", crc::checksum(covered.as_bytes()))).ok()
}

/// Advice about what a code for one payment needs, if it is missing.
fn advice(code: &Code<'_>, after: &Payload<'_>) -> &'static str {
    let is_dynamic = after.tags().contains(emvqr::Tag::TRANSACTION_AMOUNT);
    let has_times = after.find("99").is_some();
    match code {
        Code::Khqr(_) if is_dynamic && !has_times => {
            "; a KHQR code with an amount needs 01=12, 54, and the times 99-00 and 99-01 (--expires-in 10m)"
        }
        _ => "",
    }
}

/// The errors of a payload under the profile of a code: sentence, object and rule.
fn errors(code: &Code<'_>, payload: &Payload<'_>, clock: Clock) -> Vec<String> {
    let findings = match code {
        Code::Khqr(_) => payload.validate::<emvqr::Khqr<'_>>(clock).into_violations(),
        Code::Jpqr(_) => payload.validate::<emvqr::Jpqr<'_>>(()).into_violations(),
        Code::Network(_) => payload.validate::<emvqr::network::NetworkCode<'_>>(clock).into_violations(),
        _ => payload.validate::<emvqr::Mpm<'_>>(()).into_violations(),
    };
    let errors = findings.into_iter().filter(|finding| finding.severity() == Severity::Error);
    errors
        .map(|error| format!("{}, in data object {} [{}]", error.message(), error.path(), error.rule().id()))
        .collect()
}

fn say(when: &str, errors: &[String]) {
    match errors {
        [] => eprintln!("{when}: valid"),
        errors => errors.iter().for_each(|error| eprintln!("{when}: {error}")),
    }
}
