//! Decodes payment QR text: what it says, whether it is valid, and what is wrong where.
//!
//! `cargo run --example decode -- --help` lists the options. Exit status: 0 every payload valid under its profile,
//! 1 some payload invalid, 2 the command line or a file is unusable.

mod human;
mod input;
mod json;
mod verdict;

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, LineWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Parser, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use input::{Lines, MAX_LINE};
use verdict::Verdict;

/// Decode EMVCo merchant-presented payment QR text
#[derive(Parser)]
#[command(version, about)]
struct Options {
    /// Payloads to decode; none: one payload per line from standard input
    #[arg(value_name = "PAYLOAD")]
    payloads: Vec<std::ffi::OsString>,
    /// Decode one payload per line of this file
    #[arg(long, value_name = "PATH", conflicts_with = "payloads")]
    file: Option<PathBuf>,
    /// Rules to hold the payloads to; auto: those of the profile that recognises the payload, else emv
    #[arg(long, value_enum, default_value_t = ProfileName::Auto)]
    profile: ProfileName,
    /// Clock for expiry, in milliseconds since 1970 [default: the system clock]
    #[arg(long, value_name = "MS", value_parser = input::milliseconds)]
    now: Option<u64>,
    /// Print one JSON object per payload, one line each
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProfileName {
    Auto,
    Emv,
    Khqr,
    Jpqr,
}

/// What decides about a payload, apart from its text.
#[derive(Clone, Copy)]
struct Judge {
    profile: ProfileName,
    /// Milliseconds since 1970.
    now_ms: u64,
}

/// Prints one answer for each payload.
struct Printer<W> {
    out: W,
    judge: Judge,
    json: bool,
    styled: bool,
    line: u64,
    all_valid: bool,
}

impl<W: Write> Printer<W> {
    fn print(&mut self, payload: &[u8]) -> io::Result<()> {
        self.line += 1;
        let verdict =
            if payload.len() > MAX_LINE { Verdict::too_long(self.judge) } else { Verdict::of(payload, self.judge) };
        self.all_valid &= verdict.valid();
        if self.json {
            json::write(&mut self.out, self.line, &verdict)
        } else {
            human::write(&mut self.out, self.line, &verdict, self.styled)
        }
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads has read enough.
        Err(Failure { error, .. }) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure { what, error }) => {
            eprintln!("decode: {what}: {error}");
            ExitCode::from(2)
        }
    }
}

struct Failure {
    what: String,
    error: io::Error,
}

fn failed(what: &str) -> impl FnOnce(io::Error) -> Failure {
    let what = what.to_owned();
    move |error| Failure { what, error }
}

fn run(options: &Options) -> Result<bool, Failure> {
    let stdout = io::stdout();
    let styled = stdout.is_terminal();
    let clock = || {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
    };
    let progress = options.file.as_deref().map_or_else(ProgressBar::hidden, progress);
    // On a terminal the answers scroll above the bar.
    let out: Box<dyn Write> = if styled {
        Box::new(LineWriter::new(Above { progress: progress.clone(), out: stdout.lock() }))
    } else {
        Box::new(BufWriter::new(stdout.lock()))
    };
    let mut printer = Printer {
        out,
        judge: Judge { profile: options.profile, now_ms: options.now.unwrap_or_else(clock) },
        json: options.json,
        styled,
        line: 0,
        all_valid: true,
    };
    if let Some(path) = &options.file {
        let name = path.display().to_string();
        let file = File::open(path).map_err(failed(&name))?;
        print_lines(&mut printer, progress.wrap_read(file), &name)?;
        progress.finish_and_clear();
    } else if options.payloads.is_empty() {
        print_lines(&mut printer, io::stdin().lock(), "standard input")?;
    } else {
        for payload in &options.payloads {
            printer.print(payload.as_encoded_bytes()).map_err(failed("standard output"))?;
        }
    }
    printer.out.flush().map_err(failed("standard output"))?;
    Ok(printer.all_valid)
}

fn print_lines<W: Write>(printer: &mut Printer<W>, input: impl io::Read, what: &str) -> Result<(), Failure> {
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next_line().map_err(failed(what))? {
        printer.print(line).map_err(failed("standard output"))?;
        if lines.is_drained() {
            printer.out.flush().map_err(failed("standard output"))?;
        }
    }
    Ok(())
}

/// Takes the bar away while something is written, and puts it back below.
struct Above<W> {
    progress: ProgressBar,
    out: W,
}

impl<W: Write> Write for Above<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress.suspend(|| self.out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.progress.suspend(|| self.out.flush())
    }
}

/// A bar on standard error, where a person watches it.
fn progress(path: &Path) -> ProgressBar {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
