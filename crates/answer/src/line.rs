//! JSON on one line.

use serde::Serialize;

/// An answer as JSON, without a line end in it: characters outside ASCII that some readers take for one are escaped.
///
/// # Panics
///
/// If the `Serialize` implementation fails, which those of this crate do not.
#[must_use]
pub fn to_line(answer: &impl Serialize) -> String {
    let mut line = Vec::with_capacity(4096);
    serde_json::to_writer(&mut line, answer).expect("an answer has string keys, and a vector takes all bytes");
    let line = String::from_utf8(line).expect("JSON is UTF-8");
    // Outside strings JSON is ASCII, and none of it is one of these.
    let has_end = line.bytes().fold(0, u8::max) >= 0x7F && line.contains(is_end);
    if has_end { escaped(&line) } else { line }
}

/// A character that some readers of lines take for the end of one, though JSON allows it in a string. The controls below U+0020 are escaped
/// already.
const fn is_end(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}')
}

fn escaped(line: &str) -> String {
    line.chars().fold(String::with_capacity(line.len()), |escaped, c| match c {
        c if is_end(c) => escaped + &format!("\\u{:04x}", u32::from(c)),
        c => escaped + c.encode_utf8(&mut [0; 4]),
    })
}
