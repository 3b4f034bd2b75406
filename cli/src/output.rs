//! Standard output, the progress beside it, and answers that stay on one line.

use std::io::{self, BufWriter, IsTerminal, LineWriter, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

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

/// Whether answers have colours: on a terminal whose owner does not object.
pub(crate) fn is_styled() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
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

/// Escapes what some readers of lines take for the end of one; JSON itself lets it stand in a string. The controls
/// below U+0020 are escaped already.
pub(crate) fn on_one_line(json: &str) -> String {
    let mut line = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => line.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            c => line.push(c),
        }
    }
    line
}
