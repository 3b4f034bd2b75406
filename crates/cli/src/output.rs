//! Standard output, the progress beside it, and answers that stay on one line.

use std::io::{self, BufWriter, IsTerminal, LineWriter, Write};
use std::path::Path;

use emvqr::display::Escaped;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::failure::{Failure, failed};

/// Where answers go.
pub(crate) type Output = Box<dyn Write>;

/// Standard output. On a terminal the answers scroll above the bar.
pub(crate) fn beside(progress: &ProgressBar) -> Output {
    let stdout = io::stdout();
    if stdout.is_terminal() {
        Box::new(LineWriter::new(Above { progress: progress.clone(), out: stdout.lock() }))
    } else {
        Box::new(BufWriter::new(stdout.lock()))
    }
}

/// Prints all of it.
pub(crate) fn print(content: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(content).and_then(|()| out.flush()).map_err(failed("standard output"))
}

/// A code for standard output: as it is, but on a terminal without characters that could rewrite it.
pub(crate) fn shown(code: &str) -> String {
    if io::stdout().is_terminal() { Escaped(code).to_string() } else { code.to_owned() }
}

/// The same of a content that need not be UTF-8.
pub(crate) fn shown_bytes(content: Vec<u8>) -> Vec<u8> {
    if io::stdout().is_terminal() { shown(&String::from_utf8_lossy(&content)).into_bytes() } else { content }
}

/// How answers look to a person.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// Whether they have colours: on a terminal whose owner does not object.
    pub(crate) styled: bool,
    /// Characters of the payload that are shown on either side of what a finding is about.
    pub(crate) context: usize,
}

impl Look {
    pub(crate) fn of_stdout() -> Self {
        let is_terminal = io::stdout().is_terminal();
        let styled = is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let columns = console::Term::stdout().size_checked().filter(|_| is_terminal).map(|(_, columns)| columns);
        // Beside the excerpt there are six columns in front, and a label of up to some thirty behind the mark.
        let context = columns.map_or(40, |columns| (usize::from(columns).saturating_sub(16) / 2).clamp(12, 40));
        Self { styled, context }
    }
}

/// A bar on standard error that counts the bytes of a file, if a person watches it.
pub(crate) fn progress(path: &Path) -> ProgressBar {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}");
    ProgressBar::new(size).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A bar on standard error that counts steps, if a person watches it.
pub(crate) fn steps(count: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    ProgressBar::new(count).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
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

/// Writes an answer in JSON, on one line.
pub(crate) fn write_json(out: &mut dyn Write, answer: &impl Serialize) -> io::Result<()> {
    let mut line = emvqr_answer::to_line(answer);
    line.push('\n');
    out.write_all(line.as_bytes())
}
