//! Runs the program.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde_json::Value;

/// What the program did.
pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Answer {
    /// The answers in JSON: one line each, whatever a reader takes for the end of a line.
    #[track_caller]
    pub(crate) fn json(&self) -> Vec<Value> {
        let ends_line =
            |c: char| matches!(c, '\u{B}' | '\u{C}' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        assert!(!self.stdout.contains(ends_line), "{:?}", self.stdout);
        assert!(self.stdout.is_empty() || self.stdout.ends_with('\n'));
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn program(command: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_emvqr"));
    program.arg(command);
    program
}

/// Runs a command of the program with arguments and standard input.
pub(crate) fn run(command: &str, arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Answer {
    let mut child = program(command)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = thread::scope(|scope| {
        // It may end without having read all of it.
        scope.spawn(move || stdin.write_all(input).is_ok());
        child.wait_with_output().unwrap()
    });
    Answer {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The first line of the answer to input that has not ended yet. Panics if none comes.
pub(crate) fn first_line(command: &str, arguments: &[&str], input: &[u8]) -> String {
    let mut child = program(command).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    stdin.flush().unwrap();
    let (sender, receiver) = mpsc::channel();
    let stdout = child.stdout.take().unwrap();
    thread::spawn(move || {
        let mut line = String::new();
        let _ = BufReader::new(stdout).read_line(&mut line);
        let _ = sender.send(line);
    });
    // Long enough for any machine: without the end of the input it would never come.
    let line = receiver.recv_timeout(Duration::from_secs(60));
    drop(stdin);
    child.wait().unwrap();
    line.expect("an answer while the input goes on")
}

/// A file for the program to read.
pub(crate) fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).unwrap();
    path
}
