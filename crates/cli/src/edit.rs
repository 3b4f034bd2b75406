//! `emvqr edit`: some objects of a payload changed, every other byte as it was.

use clap::Args;
use emvqr::Clock;
use emvqr::edit::Change;
use emvqr::{Code, Encode, Path, Payload, Severity};

use crate::clock;
use crate::failure::Failure;
use crate::output;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    /// The payload
    payload: String,
    /// Give the object at this path this value: 01=12, 62-01=INV-7
    #[arg(long, value_name = "PATH=VALUE", value_parser = assignment)]
    set: Vec<(Path, String)>,
    /// Remove the object at this path
    #[arg(long, value_name = "PATH")]
    remove: Vec<Path>,
    /// Print the result also if it breaks rules that the payload did not break
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    clock: clock::Clock,
}

const EXAMPLES: &str = "\
Examples:
  emvqr edit 'PAYLOAD' --set 62-01=INV-7
  emvqr edit 'PAYLOAD' --set 01=12 --set 54=1500 --remove 62-02

Only the owner of a code may change it, and a payer's app may refuse a changed code: a static code made dynamic is a
pattern of swindlers.

Exit status: 0 written, 1 the change cannot be made or would break the code, 2 the command line is unusable.";

fn assignment(text: &str) -> Result<(Path, String), String> {
    let (path, value) = text.split_once('=').ok_or("expected PATH=VALUE")?;
    Ok((path.parse().map_err(|error| format!("{error}"))?, value.to_owned()))
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let clock = Clock::at_millis(options.clock.millis());
    output::print_code(edited(options, clock))
}

fn edited(options: &Options, clock: Clock) -> Result<String, String> {
    let payload = Payload::parse(&options.payload).map_err(|error| error.to_string())?;
    let set = options.set.iter().map(|(path, value)| Change::set(*path, value));
    let changes: Vec<Change<'_>> = set.chain(options.remove.iter().copied().map(Change::remove)).collect();
    let text = payload
        .edit(&changes)
        .and_then(|edit| edit.encode_to_string())
        .map_err(|error| format!("the change cannot be made: {error}"))?;
    let after = Payload::parse(&text).map_err(|error| error.to_string())?;
    // What the scheme of the payload says of both: a change that takes it out of its scheme breaks it.
    let before = errors(&Code::of(&payload), &payload, clock);
    let broken = errors(&Code::of(&payload), &after, clock);
    say("before", &before);
    say("after", &broken);
    let is_new = |error: &&String| !before.contains(error);
    match broken.iter().find(is_new) {
        Some(error) if !options.anyway => Err(format!("the result would break the code: {error} (--anyway prints it)")),
        _ => Ok(text),
    }
}

/// The errors of a payload under the profile of a code: sentence, object and rule.
fn errors(code: &Code<'_>, payload: &Payload<'_>, clock: Clock) -> Vec<String> {
    let findings = match code {
        Code::Khqr(_) => payload.violations_at::<emvqr::Khqr<'_>>(clock),
        Code::Jpqr(_) => payload.violations::<emvqr::Jpqr<'_>>(),
        _ => payload.violations::<emvqr::Mpm<'_>>(),
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
