//! Lines of input, of which none can take more memory than [`MAX_LINE`], and answers that stay on one line.

use std::io::{self, BufRead, BufReader, Read};

/// The most bytes of a line that are looked at: some more than a payload can have.
pub(crate) const MAX_LINE: usize = 64 * 1024;

/// A clock in milliseconds since 1970. Seconds would be a time in 1970, at which nothing has expired.
pub(crate) fn milliseconds(text: &str) -> Result<u64, String> {
    let now: u64 = text.parse().map_err(|error| format!("{error}"))?;
    if now < 1_000_000_000_000 {
        return Err(format!("{now} looks like seconds: give milliseconds since 1970, 13 digits today"));
    }
    Ok(now)
}

/// Lines without their ends: one LF, and one CR before it.
pub(crate) struct Lines<R> {
    input: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(1 << 16, input), line: Vec::new() }
    }

    /// Whether the next line must be waited for: what has been answered should be seen by then.
    pub(crate) fn is_drained(&self) -> bool {
        self.input.buffer().is_empty()
    }

    /// The next line. Of one that is too long, more than [`MAX_LINE`] bytes are given; the rest is skipped.
    pub(crate) fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
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
