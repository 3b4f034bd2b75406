//! `emvqr cross-border`: paying across the border between Cambodia and Japan, end to end: what the payer is shown, what
//! goes to the switch, and what is lost if the code is rewritten.

mod supplement;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use emvqr::Clock;
use emvqr::crossborder::Intent;
use emvqr::crossborder::map::Markdown;
use emvqr::display::Escaped;
use emvqr::network::Network;
use emvqr::value::Currency;
use emvqr_answer::forms::Given;
use emvqr_answer::{Border, BorderQuestion, Extra, Target, to_line};
use serde::ser::SerializeMap;

use crate::clock;
use crate::failure::{Failure, failed};
use crate::input::{Payloads, SomeBad};
use crate::output;
use crate::tables::network_of;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    #[command(flatten)]
    payloads: Payloads,
    /// Print the tag map as Markdown and stop
    #[arg(long)]
    table: bool,
    /// Also rewrite into this format
    #[arg(long, value_enum)]
    to: Option<Format>,
    /// JSON object with what a switch supplies
    #[arg(long, value_name = "FILE")]
    supplement: Option<PathBuf>,
    /// The network whose account is paid, of several: an id of `emvqr networks`
    #[arg(long, value_name = "ID", value_parser = network_of)]
    network: Option<&'static Network>,
    /// Block accounts of individuals: those under KHQR's tag 29, and those of which another network says so
    #[arg(long)]
    deny_individual: bool,
    #[command(flatten)]
    clock: clock::Clock,
    /// Print one JSON object per payload, one line each
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  emvqr cross-border 'PAYLOAD'                                   what a foreign wallet reads
  emvqr cross-border --to khqr --supplement switch.json 'PAYLOAD'
  emvqr cross-border --table                                     the tag map, as Markdown

Exit status: 0 every payload has an intent, is not blocked and was rewritten if that was asked for, 1 some payload is
not, 2 the command line or a file is unusable.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Khqr,
    Jpqr,
}

struct Line(u64);

impl Extra for Line {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("line", &self.0)
    }
}

fn write_human(out: &mut dyn Write, line: u64, answer: &Border<'_>) -> io::Result<()> {
    writeln!(out, "payload {line}: {}", answer.source().unwrap_or("no scheme"))?;
    if let Some(error) = answer.error() {
        writeln!(out, "  {error}")?;
    }
    if let Some(intent) = answer.intent() {
        write_intent(out, intent, answer.has_amount())?;
    }
    for block in answer.blocked() {
        write!(out, "  BLOCKED: {}, {}", block.reason, block.message())?;
        if block.path.depth() > 0 {
            write!(out, ", in data object {}", block.path)?;
        }
        match block.rule {
            Some(rule) => writeln!(out, " [{}]", rule.id())?,
            None => writeln!(out)?,
        }
    }
    if let Some(rewrite) = answer.rewrite() {
        match (rewrite.payload(), rewrite.error()) {
            (Some(payload), _) => writeln!(out, "  rewritten: {}", Escaped(payload))?,
            (None, Some(error)) => writeln!(out, "  not rewritten: {error}")?,
            (None, None) if answer.blocked().is_empty() => writeln!(out, "  not rewritten")?,
            (None, None) => writeln!(out, "  not rewritten: blocked")?,
        }
        if !rewrite.missing().is_empty() {
            writeln!(out, "  missing: {}", rewrite.missing().join(", "))?;
        }
        for leaf in rewrite.report() {
            let to = leaf.to.map_or_else(|| "-".to_owned(), |path| path.to_string());
            let path = leaf.object.path().to_string();
            writeln!(out, "    {path:<8} {:<7} to {to:<6} {}", leaf.outcome, leaf.why)?;
        }
        for (path, origin) in rewrite.origins() {
            writeln!(out, "    result {:<6} {origin}", path.to_string())?;
        }
    }
    writeln!(out)
}

fn write_intent(out: &mut dyn Write, intent: &Intent<'_>, has_amount: bool) -> io::Result<()> {
    writeln!(out, "  shown to the payer:")?;
    let shown = |text: Option<&str>| Escaped(text.unwrap_or_default()).to_string();
    let local = intent.alternate_name().map(|name| format!(" ({})", Escaped(name))).unwrap_or_default();
    let country = intent.country().map(|country| country.to_string()).unwrap_or_default();
    writeln!(out, "    {}{local}, {}, {country}", shown(intent.name()), shown(intent.city()))?;
    let currency = intent.currency().and_then(Currency::alphabetic);
    match (intent.amount().ok().flatten(), currency, intent.amount_from) {
        (Some(amount), Some(currency), _) => writeln!(out, "    {amount} {currency}")?,
        (Some(amount), None, _) => writeln!(out, "    {amount} of an unknown currency")?,
        (None, _, Some(path)) => writeln!(out, "    the amount is in the document behind {path}")?,
        (None, ..) if has_amount => writeln!(out, "    an amount that cannot be read")?,
        (None, Some(currency), None) if intent.decimals.is_some() => {
            writeln!(
                out,
                "    asks for an amount in {currency} with {} decimals",
                intent.decimals.unwrap_or_default()
            )?;
        }
        (None, ..) => writeln!(out, "    asks for nothing: the currency is unknown")?,
    }
    writeln!(out, "  to the switch:")?;
    writeln!(out, "    {}", Escaped(&to_line(intent)))
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    if options.table {
        output::print(Markdown.to_string().as_bytes())?;
        return Ok(true);
    }
    let given = match &options.supplement {
        Some(path) => supplement::read(path).map_err(failed(&path.display().to_string()))?,
        None => Given::default(),
    };
    let question = BorderQuestion {
        to: options.to.map(|to| match to {
            Format::Khqr => Target::Khqr,
            Format::Jpqr => Target::Jpqr,
        }),
        supplement: given.supplement(),
        deny_individual: options.deny_individual,
        network: options.network,
        clock: Clock::at_millis(options.clock.millis()),
    };
    let answer = |out: &mut dyn Write, line: u64, payload: &[u8], SomeBad(some_bad): &mut SomeBad| {
        let answer = Border::of(payload, &question);
        *some_bad |= !answer.is_good();
        if options.json { output::write_json(out, &answer.with(Line(line))) } else { write_human(out, line, &answer) }
    };
    let SomeBad(some_bad) = options.payloads.answer_each(answer, |_, _| Ok(()))?;
    Ok(!some_bad)
}
