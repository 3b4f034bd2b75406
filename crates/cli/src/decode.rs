//! `emvqr decode`: what payloads say, whether they are valid, and what is wrong where.

mod flat;
mod human;
mod json;
mod requests;
mod rows;
mod stats;
mod summary;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use emvqr::network::Network;
use emvqr_answer::{MAX_LEN, ProfileChoice, Question, Verdict};
use serde_json::Value;

use crate::clock::Clock;
use crate::draw::in_utf8;
use crate::failure::{Failure, failed};
use crate::input::{self, Payloads};
use crate::output::{self, Look};
use crate::picture;
use crate::tables::network_of;
use rows::{Row, Rows, Table};
use stats::Stats;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "options of a command line")]
pub(crate) struct Options {
    #[command(flatten)]
    payloads: Payloads,
    #[command(flatten)]
    table: Table,
    /// The QR codes of PNG or JPEG pictures, each decoded
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with_all = ["arguments", "file", "csv", "jobs"])]
    image: Vec<PathBuf>,
    /// Rules to hold the payloads to; auto: those of the scheme that is recognised, else emv
    #[arg(long, default_value_t = ProfileChoice::Auto, value_parser = profile())]
    profile: ProfileChoice,
    /// The network whose account counts, of several: an id of `emvqr networks`
    #[arg(long, value_name = "ID", value_parser = network_of)]
    network: Option<&'static Network>,
    #[command(flatten)]
    clock: Clock,
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as --format json: one JSON object per payload, one line each
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Each line of input is a JSON object, {"id": any, "payload": "..", "now": TIME, "profile": ".."}; all but the payload are optional,
    /// and `payload_hex` takes bytes; each answer is JSON and has the id of its question
    #[arg(long, conflicts_with_all = ["arguments", "csv", "image", "format"])]
    json_lines: bool,
    /// With --json: the 25 keys of the official KHQR toolkit, too, under `sdk_fields`
    #[arg(long)]
    sdk_fields: bool,
    /// Mask what is personal in every answer: accounts, phone numbers, names of persons, and whatever no table calls public;
    /// leave other columns of a CSV file out
    #[arg(long)]
    mask: bool,
    /// With --mask and --csv: a column that travels all the same
    #[arg(long, value_name = "NAME", requires_all = ["mask", "csv"])]
    keep: Vec<String>,
    /// Answer only what is not valid
    #[arg(long)]
    errors_only: bool,
    /// At the end a table of levels and broken rules, with how often and where first; with --json as a last object
    #[arg(long)]
    stats: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object per payload, one line each
    Json,
    /// One row per payload, for spreadsheets
    Csv,
}

/// A profile by its name.
fn profile() -> impl TypedValueParser<Value = ProfileChoice> {
    PossibleValuesParser::new(["auto", "emv", "network", "khqr", "jpqr"]).try_map(|name| name.parse::<ProfileChoice>())
}

const EXAMPLES: &str = "\
Examples:
  emvqr decode '00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F'
  emvqr decode --json --file codes.txt
  emvqr decode --profile emv --now 1760000000000 < codes.txt
  emvqr decode --errors-only --stats --file codes.txt
  emvqr decode --format csv --file codes.txt > codes.csv
  emvqr decode --csv shops.csv --column qr --now-column scanned_at --json
  emvqr decode --image photo.jpg

Exit status: 0 every payload is valid under its profile, 1 some payload is not, 2 the command line or a file is unusable.";

/// Where a payload is from, and what belongs to it.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Which of the payloads it is.
    line: u64,
    /// What a request calls it.
    id: Option<&'a Value>,
    source: Option<&'a Source>,
    row: Option<&'a Row>,
}

impl Place<'_> {
    fn of_line(line: u64) -> Self {
        Self { line, id: None, source: None, row: None }
    }
}

/// A QR code of a picture.
struct Source {
    file: String,
    /// Which of the codes of the picture.
    code: usize,
    /// Corners in pixels from the top left of the picture, in the symbol's own order from its top left; `None` if there is no code.
    corners: Option<[(i32, i32); 4]>,
}

/// How each payload is answered.
struct Answering<'o> {
    options: &'o Options,
    question: Question,
    format: Format,
    look: Look,
}

impl Answering<'_> {
    fn answer(
        &self,
        out: &mut dyn Write,
        place: Place<'_>,
        payload: &[u8],
        now_ms: Option<u64>,
        tally: &mut Tally,
    ) -> io::Result<()> {
        let question = Question { now_ms: now_ms.unwrap_or(self.question.now_ms), ..self.question };
        self.write(out, place, &Verdict::in_full(payload, question), tally)
    }

    /// Answers a line of standard input or of a file.
    fn answer_line(&self, out: &mut dyn Write, line: u64, payload: &[u8], tally: &mut Tally) -> io::Result<()> {
        let place = Place::of_line(line);
        if !self.options.json_lines {
            return self.answer(out, place, payload, None, tally);
        }
        // A request is longer than its payload.
        match requests::read(payload, self.question) {
            Ok(request) => {
                let verdict = Verdict::in_full(&request.payload, request.question);
                self.write(out, Place { id: Some(&request.id), ..place }, &verdict, tally)
            }
            Err(_) if payload.len() > MAX_LEN => {
                self.write(out, Place { id: Some(&Value::Null), ..place }, &Verdict::of(payload, self.question), tally)
            }
            Err(why) => {
                let verdict = Verdict::unread("bad_request", &why, self.question);
                self.write(out, Place { id: Some(&Value::Null), ..place }, &verdict, tally)
            }
        }
    }

    fn write(&self, out: &mut dyn Write, place: Place<'_>, verdict: &Verdict<'_>, tally: &mut Tally) -> io::Result<()> {
        tally.some_bad |= !verdict.is_valid();
        if self.options.stats {
            tally.stats.count(place.line, verdict);
        }
        if self.options.errors_only && verdict.is_valid() {
            return Ok(());
        }
        verdict.show(self.options.mask, |verdict| self.show(out, place, verdict))
    }

    fn show(&self, out: &mut dyn Write, place: Place<'_>, verdict: &Verdict<'_>) -> io::Result<()> {
        match self.format {
            Format::Text => human::write(out, place, verdict, self.look),
            Format::Json => json::write(out, place, verdict, self.options.sdk_fields),
            Format::Csv => flat::write(out, place, verdict),
        }
    }

    fn finish(&self, out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
        match self.format {
            _ if !self.options.stats => Ok(()),
            Format::Json => tally.stats.write_json(out),
            Format::Text | Format::Csv => tally.stats.write_table(out),
        }
    }

    fn header(&self, others: &[&str]) -> Result<(), Failure> {
        if self.format != Format::Csv {
            return Ok(());
        }
        let mut header = Vec::new();
        flat::write_header(&mut header, others).map_err(failed("standard output"))?;
        output::print(&header)
    }

    /// Answers the payloads of a CSV file.
    fn answer_rows(&self, mut rows: Rows) -> Result<Tally, Failure> {
        self.header(&rows.others().collect::<Vec<_>>())?;
        let mut tally = Tally::default();
        self.answer_all(&mut tally, |out, tally| {
            let mut line = 0;
            while let Some(cells) = rows.next()? {
                line += 1;
                let place = Place { row: Some(&cells.row), ..Place::of_line(line) };
                let answered = self.answer(out, place, &cells.payload, cells.now_ms, tally);
                answered.map_err(failed("standard output"))?;
            }
            Ok(())
        })?;
        Ok(tally)
    }

    /// Answers the codes of pictures.
    fn answer_pictures(&self, pictures: &[PathBuf]) -> Result<Tally, Failure> {
        self.header(&[])?;
        let mut tally = Tally::default();
        self.answer_all(&mut tally, |out, tally| {
            let mut line = 0;
            for path in pictures {
                let file = path.display().to_string();
                let found = picture::read(path).map_err(failed(&file))?;
                if found.is_empty() {
                    line += 1;
                    let source = Source { file: file.clone(), code: 0, corners: None };
                    let place = Place { source: Some(&source), ..Place::of_line(line) };
                    let verdict =
                        Verdict::unread("no_code", "the picture has no QR code that can be found", self.question);
                    self.write(out, place, &verdict, tally).map_err(failed("standard output"))?;
                }
                for (code, found) in (1..).zip(found) {
                    line += 1;
                    let source = Source { file: file.clone(), code, corners: Some(found.corners) };
                    let place = Place { source: Some(&source), ..Place::of_line(line) };
                    let answered = match found.content {
                        Ok(content) => {
                            let content = in_utf8(content, &source.file);
                            self.answer(out, place, &content, None, tally)
                        }
                        Err(why) => self.write(out, place, &Verdict::unread("no_code", &why, self.question), tally),
                    };
                    answered.map_err(failed("standard output"))?;
                }
            }
            Ok(())
        })?;
        Ok(tally)
    }

    fn answer_all(
        &self,
        tally: &mut Tally,
        each: impl FnOnce(&mut dyn Write, &mut Tally) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        let answered = each(&mut out, tally);
        // What was answered before a fault is seen.
        self.finish(&mut out, tally).and_then(|()| out.flush()).map_err(failed("standard output"))?;
        answered
    }
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    let answering = Answering {
        options,
        question: Question { profile: options.profile, network: options.network, now_ms: options.clock.millis() },
        format: if options.json || options.json_lines { Format::Json } else { options.format },
        look: Look::of_stdout(),
    };
    let tally = if let Some(rows) = options.table.open(options.mask.then_some(&options.keep))? {
        answering.answer_rows(rows)?
    } else if !options.image.is_empty() {
        answering.answer_pictures(&options.image)?
    } else {
        answering.header(&[])?;
        let answer = |out: &mut dyn Write, line: u64, payload: &[u8], tally: &mut Tally| {
            answering.answer_line(out, line, payload, tally)
        };
        options.payloads.answer_each(answer, |out, tally: &Tally| answering.finish(out, tally))?
    };
    Ok(!tally.some_bad)
}

/// What is counted of the answers.
#[derive(Default)]
struct Tally {
    some_bad: bool,
    stats: Stats,
}

impl input::Tally for Tally {
    fn merge(&mut self, other: Self) {
        self.some_bad |= other.some_bad;
        self.stats.merge(other.stats);
    }
}
