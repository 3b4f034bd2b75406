//! Payloads from arguments, a file or standard input, as lines of which none takes more memory than [`MAX_LINE`].

mod blocks;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread;

use clap::Args;
use indicatif::ProgressBar;

use crate::failure::{Failure, failed};
use crate::output::{self, Output};

/// The most bytes of a line that are looked at: some more than a payload can have.
pub(crate) const MAX_LINE: usize = emvqr_answer::MAX_LEN;

#[derive(Args)]
pub(crate) struct Payloads {
    /// Payloads; none: one payload per line from standard input
    #[arg(value_name = "PAYLOAD")]
    arguments: Vec<OsString>,
    /// One payload per line of this file
    #[arg(long, value_name = "PATH", conflicts_with = "arguments")]
    file: Option<PathBuf>,
    /// Threads for a file; answers come in the order of lines [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// What is counted of the answers, by each thread for itself.
pub(crate) trait Tally: Default + Send {
    /// Adds what another thread has counted.
    fn merge(&mut self, other: Self);
}

/// Answers the payload of a line, and counts it.
pub(crate) trait Answer<T>: Fn(&mut dyn Write, u64, &[u8], &mut T) -> io::Result<()> + Sync {}

impl<T, F: Fn(&mut dyn Write, u64, &[u8], &mut T) -> io::Result<()> + Sync> Answer<T> for F {}

/// Whether some payload was not good.
#[derive(Default)]
pub(crate) struct SomeBad(pub(crate) bool);

impl Tally for SomeBad {
    fn merge(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Payloads {
    /// Gives `answer` each payload with its number, and what it counts to `finish`. Answers of standard input are seen before
    /// the next line is waited for.
    pub(crate) fn answer_each<T: Tally>(
        &self,
        answer: impl Answer<T>,
        finish: impl FnOnce(&mut dyn Write, &T) -> io::Result<()>,
    ) -> Result<T, Failure> {
        let progress = self.file.as_deref().map_or_else(ProgressBar::hidden, output::progress);
        let mut out = output::beside(&progress);
        let (mut number, mut tally) = (0, T::default());
        let mut print = |out: &mut Output, payload: &[u8]| {
            number += 1;
            answer(out, number, payload, &mut tally).map_err(failed("standard output"))
        };
        if let Some(path) = &self.file {
            let file = File::open(path).map_err(failed(&path.display().to_string()))?;
            let jobs = self.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
            tally = blocks::answer(progress.wrap_read(file), jobs, &answer, &mut out)
                .map_err(|error| error.in_file(&path.display().to_string()))?;
            progress.finish_and_clear();
        } else if self.arguments.is_empty() {
            print_lines(&mut out, io::stdin().lock(), "standard input", print)?;
        } else {
            self.arguments.iter().try_for_each(|payload| print(&mut out, payload.as_encoded_bytes()))?;
        }
        finish(&mut out, &tally).and_then(|()| out.flush()).map_err(failed("standard output"))?;
        Ok(tally)
    }
}

fn print_lines(
    out: &mut Output,
    input: impl Read,
    what: &str,
    mut print: impl FnMut(&mut Output, &[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next_line().map_err(failed(what))? {
        print(out, line)?;
        if lines.is_drained() {
            out.flush().map_err(failed("standard output"))?;
        }
    }
    Ok(())
}

/// Lines without their ends: one LF, and one CR before it.
struct Lines<R> {
    input: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(1 << 16, input), line: Vec::new() }
    }

    /// Whether the next line, or the rest of it, must be waited for: what has been answered should be seen by then.
    fn is_drained(&self) -> bool {
        !self.input.buffer().contains(&b'\n')
    }

    /// The next line. Of one that is too long, more than [`MAX_LINE`] bytes are given; the rest is skipped.
    fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        // Two more than fit, for a CR, and for the byte that makes a line too long.
        const KEPT: usize = MAX_LINE + 2;
        self.line.clear();
        let mut any = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return Ok(any.then_some(&self.line));
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            let room = KEPT - self.line.len();
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            // A CR is stripped only if it stood right before the LF.
            let whole = part.len() <= room;
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() {
                if whole && self.line.last() == Some(&b'\r') {
                    self.line.pop();
                }
                return Ok(Some(&self.line));
            }
        }
    }
}
