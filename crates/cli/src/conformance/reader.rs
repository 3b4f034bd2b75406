//! The reader under test: a process that is asked one question after the other.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use serde_json::{Map, Value};

/// The most bytes of an answer.
const MAX_LINE: u64 = 256 << 10;

/// Why there is no answer to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// None came in time: the process was killed.
    Hung,
    /// The process ended.
    Ended,
    /// The line is no JSON object, or it is longer than a line may be.
    NoObject,
    /// The answer is to another question.
    OtherId,
}

impl Silence {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Hung => "no answer in time",
            Self::Ended => "the reader ended",
            Self::NoObject => "no JSON object",
            Self::OtherId => "another id",
        }
    }
}

pub(crate) struct Reader {
    command: String,
    timeout: Duration,
    process: Option<Process>,
}

struct Process {
    child: Child,
    answers: Receiver<Vec<u8>>,
}

impl Reader {
    pub(crate) const fn new(command: String, timeout: Duration) -> Self {
        Self { command, timeout, process: None }
    }

    /// The answer to a question. After none, the process is started again for the next.
    pub(crate) fn ask(&mut self, question: &Value) -> io::Result<Result<Map<String, Value>, Silence>> {
        if self.process.is_none() {
            self.process = Some(Process::start(&self.command)?);
        }
        let answer = self.process.as_mut().map_or(Err(Silence::Ended), |process| process.ask(question, self.timeout));
        if answer.is_err() {
            self.stop();
        }
        Ok(answer)
    }

    fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended by itself.
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Process {
    fn start(command: &str) -> io::Result<Self> {
        let mut shell = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
        // The shell gives its place to the reader, so that it is the reader that is killed.
        let arguments =
            if cfg!(windows) { ["/C".into(), command.to_owned()] } else { ["-c".into(), format!("exec {command}")] };
        let mut child =
            shell.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (sender, answers) = mpsc::channel();
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || send_lines(output, &sender));
        }
        Ok(Self { child, answers })
    }

    fn ask(&mut self, question: &Value, timeout: Duration) -> Result<Map<String, Value>, Silence> {
        let input = self.child.stdin.as_mut().ok_or(Silence::Ended)?;
        let asked = writeln!(input, "{question}").and_then(|()| input.flush());
        asked.map_err(|_| Silence::Ended)?;
        let line = self.answers.recv_timeout(timeout).map_err(|error| match error {
            RecvTimeoutError::Timeout => Silence::Hung,
            RecvTimeoutError::Disconnected => Silence::Ended,
        })?;
        match serde_json::from_slice(&line) {
            Ok(Value::Object(answer)) if answer.get("id") == question.get("id") => Ok(answer),
            Ok(Value::Object(_)) => Err(Silence::OtherId),
            _ => Err(Silence::NoObject),
        }
    }
}

fn send_lines(output: ChildStdout, sender: &mpsc::Sender<Vec<u8>>) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        match output.by_ref().take(MAX_LINE).read_until(b'\n', &mut line) {
            Ok(1..) if sender.send(line).is_ok() => {}
            _ => return,
        }
    }
}
