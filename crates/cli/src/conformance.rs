//! `emvqr conformance`: a reader in any language, held to the vectors of the kit.

mod judge;
mod reader;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

use crate::failure::{Failure, failed};
use crate::output::{self, shown};
use judge::{Outcome, judge};
use reader::{Reader, Silence};

#[derive(Args)]
#[command(after_long_help = "\
Examples:
  emvqr conformance --reader 'python3 conformance/adapters/emvqr.py'
  emvqr conformance --reader './my-reader --stdin' --only one-payee --report report.md

conformance/README.md has the protocol, one line of JSON for each question and each answer, and what is judged.

Exit status: 0 the reader is right wherever it must and should be, 1 it is not, 2 the command line, the kit or the reader cannot be
used.")]
pub(crate) struct Options {
    /// Command that starts the reader
    #[arg(long, value_name = "COMMAND")]
    reader: String,
    /// One class of vectors
    #[arg(long, value_name = "CLASS")]
    only: Option<String>,
    /// Every result, as Markdown (.md) or JSON (.json)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Milliseconds for an answer; a reader that takes longer is killed, and started again
    #[arg(long, value_name = "MS", default_value_t = 2000, value_parser = clap::value_parser!(u64).range(1..=600_000))]
    timeout: u64,
    /// Folder of the kit
    #[arg(long, value_name = "DIR", default_value = "conformance")]
    kit: PathBuf,
}

const CLASSES: [&str; 9] = ["wire", "emvco", "khqr", "jpqr", "bill", "sound", "border", "one-payee", "hostile"];

/// Failing cases that are shown of each class.
const SHOWN: usize = 5;

struct Case {
    vector: Value,
    result: Result,
}

enum Result {
    Judged(Outcome),
    Silent(Silence),
}

impl Case {
    fn text(&self, key: &str) -> &str {
        self.vector[key].as_str().unwrap_or_default()
    }

    /// The word of its result, in the reports.
    fn word(&self) -> &'static str {
        match &self.result {
            Result::Judged(Outcome::Passed) => "pass",
            Result::Judged(Outcome::Failed(_)) => "fail",
            Result::Judged(Outcome::NotJudged) => "not judged",
            Result::Silent(Silence::Hung) => "hang",
            Result::Silent(_) => "crash",
        }
    }

    fn why(&self) -> String {
        match &self.result {
            Result::Judged(Outcome::Failed(faults)) => faults.join("; "),
            Result::Judged(_) => String::new(),
            Result::Silent(silence) => silence.words().to_owned(),
        }
    }

    fn is_wrong(&self) -> bool {
        !matches!(&self.result, Result::Judged(Outcome::Passed | Outcome::NotJudged))
    }

    /// `true` if it counts: what is unconfirmed is only listed.
    fn counts(&self) -> bool {
        self.text("severity") != "unconfirmed"
    }
}

pub(crate) fn run(options: &Options) -> std::result::Result<bool, Failure> {
    let vectors = vectors(options)?;
    let progress = output::steps(vectors.len());
    let started = Instant::now();
    let mut reader = Reader::new(options.reader.clone(), Duration::from_millis(options.timeout));
    let mut cases = Vec::with_capacity(vectors.len());
    for (number, vector) in (1_u64..).zip(vectors) {
        let mut question = json!({ "id": number });
        for key in ["payload", "payload_hex", "now"] {
            if let Some(value) = vector.get(key) {
                question[key] = value.clone();
            }
        }
        let answer = reader.ask(&question).map_err(failed(&options.reader))?;
        let result = match answer {
            Ok(answer) => Result::Judged(judge(&vector, &answer)),
            Err(silence) => Result::Silent(silence),
        };
        cases.push(Case { vector, result });
        progress.inc(1);
    }
    progress.finish_and_clear();
    let is_judged = |case: &Case| matches!(&case.result, Result::Judged(Outcome::Passed | Outcome::Failed(_)));
    if !cases.iter().any(is_judged) {
        let why = "the command gives no answer that can be judged: see conformance/README.md";
        return Err(failed(&options.reader)(std::io::Error::other(why)));
    }
    let seconds = started.elapsed().as_secs_f64();
    if let Some(path) = &options.report {
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let report = if is_json { as_json(&cases) } else { as_text(&cases, seconds, usize::MAX) };
        fs::write(path, report).map_err(failed(&path.display().to_string()))?;
    }
    output::print(as_text(&cases, seconds, SHOWN).as_bytes())?;
    Ok(!cases.iter().any(|case| case.is_wrong() && case.counts()))
}

/// The vectors of the kit, or of one class.
fn vectors(options: &Options) -> std::result::Result<Vec<Value>, Failure> {
    let unusable = |path: &Path, why: String| failed(&path.display().to_string())(std::io::Error::other(why));
    let mut vectors = Vec::new();
    for class in CLASSES.into_iter().filter(|class| options.only.as_deref().is_none_or(|only| only == *class)) {
        let path = options.kit.join("vectors").join(format!("{class}.ndjson"));
        let text = fs::read_to_string(&path).map_err(failed(&path.display().to_string()))?;
        for line in text.lines() {
            let vector: Value = serde_json::from_str(line).map_err(|error| unusable(&path, error.to_string()))?;
            vectors.push(vector);
        }
    }
    if vectors.is_empty() {
        return Err(unusable(&options.kit, format!("no such class; the classes are {}", CLASSES.join(", "))));
    }
    Ok(vectors)
}

fn as_json(cases: &[Case]) -> String {
    let line = |case: &Case| {
        json!({
            "id": case.text("id"), "class": case.text("class"), "severity": case.text("severity"), "result": case.word(),
            "why": case.why(), "source": case.text("source"), "harm": case.text("harm"),
        })
    };
    let mut report = serde_json::to_string_pretty(&cases.iter().map(line).collect::<Vec<_>>()).unwrap_or_default();
    report.push('\n');
    report
}

/// A table by class, and the first wrong cases of each.
fn as_text(cases: &[Case], seconds: f64, most: usize) -> String {
    let mut classes: BTreeMap<usize, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        let place = CLASSES.iter().position(|class| *class == case.text("class")).unwrap_or(CLASSES.len());
        classes.entry(place).or_default().push(case);
    }
    let count = |cases: &[&Case], is: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| is(case)).count();
    let row = |name: &str, cases: &[&Case]| {
        let words = ["pass", "fail", "hang", "crash", "not judged"];
        let counts = words.map(|word| count(cases, &|case| case.counts() && case.word() == word).to_string());
        let severity = |severity: &str| count(cases, &|case| case.is_wrong() && case.text("severity") == severity);
        format!(
            "| {name} | {} | {} | {} | {} |\n",
            counts.join(" | "),
            count(cases, &|case| !case.counts()),
            severity("must"),
            severity("should")
        )
    };
    let mut text = String::from(
        "| class | pass | fail | hang | crash | not judged | unconfirmed | wrong: must | wrong: should |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (place, cases) in &classes {
        text.push_str(&row(CLASSES.get(*place).copied().unwrap_or("other"), cases));
    }
    text.push_str(&row("all", &cases.iter().collect::<Vec<_>>()));
    let _ = writeln!(text, "\n{} vectors in {seconds:.1} s", cases.len());
    for cases in classes.values() {
        // What is unconfirmed is in the report, not on the terminal.
        let is_told = |case: &&&Case| case.is_wrong() && (case.counts() || most == usize::MAX);
        let wrong: Vec<_> = cases.iter().filter(is_told).collect();
        for case in wrong.iter().take(most) {
            let (id, severity, harm) = (case.text("id"), case.text("severity"), case.text("harm"));
            let _ = writeln!(text, "\n- `{id}` ({severity}): {}", shown(&case.why()));
            let _ = writeln!(text, "  {harm}; {}", case.text("source"));
        }
        if wrong.len() > most {
            let _ = writeln!(text, "\n  and {} more of {}", wrong.len() - most, cases[0].text("class"));
        }
    }
    text
}
