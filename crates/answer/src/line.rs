//! JSON on one line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// An answer as JSON, without a line end in it: characters outside ASCII that some readers take for one are escaped.
///
/// # Panics
///
/// If the `Serialize` implementation fails, which those of this crate do not.
#[must_use]
pub fn to_line(answer: &impl Serialize) -> String {
    let mut line = Vec::with_capacity(4096);
    let written = answer.serialize(&mut Serializer::with_formatter(&mut line, OneLine));
    written.expect("an answer has string keys, and a vector takes all bytes");
    String::from_utf8(line).expect("JSON is UTF-8")
}

/// Escapes what some readers of lines take for the end of one, though JSON allows it in a string. The controls below U+0020
/// are escaped already.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().fold(0, u8::max) < 0x7F {
            return out.write_all(fragment.as_bytes());
        }
        let is_end = |c: char| matches!(c, '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}');
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_end(*c)) {
            let (before, after) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        out.write_all(rest.as_bytes())
    }
}
