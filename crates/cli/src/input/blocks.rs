//! Files in blocks of whole lines, answered by several threads, in order.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{Answer, Lines, Tally};
use crate::failure::{Failure, failed};

/// Bytes of a block, from which on it takes no further line.
const BLOCK: usize = 64 * 1024;

/// Lines one behind the other.
struct Block {
    /// Its place among the blocks.
    place: u64,
    /// The number of its first line.
    first: u64,
    bytes: Vec<u8>,
    /// Where each line ends.
    ends: Vec<usize>,
}

/// The answers of a block.
struct Answered<T> {
    place: u64,
    text: Vec<u8>,
    tally: T,
}

/// What cannot be read or written.
pub(super) enum Trouble {
    Input(io::Error),
    Output(io::Error),
}

impl Trouble {
    pub(super) fn in_file(self, name: &str) -> Failure {
        match self {
            Self::Input(error) => failed(name)(error),
            Self::Output(error) => failed("standard output")(error),
        }
    }
}

/// Answers each line, and gives what was counted.
///
/// No more than two blocks for each thread are under way at a time, so memory does not grow with the input.
pub(super) fn answer<T: Tally>(
    input: impl Read + Send,
    jobs: usize,
    answer: &impl Answer<T>,
    out: &mut dyn Write,
) -> Result<T, Trouble> {
    let under_way = jobs.saturating_mul(2);
    let (give_leave, leave) = sync_channel::<()>(under_way);
    let (give_block, blocks) = sync_channel::<Block>(under_way);
    let (give_answers, answers) = sync_channel::<io::Result<Answered<T>>>(under_way);
    let blocks = Mutex::new(blocks);
    for _ in 0..under_way {
        let _ = give_leave.send(());
    }
    thread::scope(|scope| {
        let read = scope.spawn(move || read_blocks(input, &leave, &give_block));
        for _ in 0..jobs {
            let (blocks, give_answers) = (&blocks, give_answers.clone());
            scope.spawn(move || {
                // Another thread of this kind cannot panic while it holds the lock.
                let next = || blocks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                while let Ok(block) = next() {
                    if give_answers.send(answer_block(&block, answer)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(give_answers);
        let written = write_in_order(&answers, &give_leave, out);
        // Whoever waits for leave or to be heard gives up.
        drop((give_leave, answers));
        let read = read.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let tally = written.map_err(Trouble::Output)?;
        read.map_err(Trouble::Input)?;
        Ok(tally)
    })
}

fn read_blocks(input: impl Read, leave: &Receiver<()>, give: &SyncSender<Block>) -> io::Result<()> {
    let mut lines = Lines::new(input);
    let (mut place, mut first) = (0, 1);
    loop {
        let mut block = Block { place, first, bytes: Vec::with_capacity(BLOCK + 1024), ends: Vec::new() };
        let end = loop {
            match lines.next_line() {
                Ok(Some(line)) => {
                    block.bytes.extend_from_slice(line);
                    block.ends.push(block.bytes.len());
                }
                Ok(None) => break Some(Ok(())),
                // What was read before is answered.
                Err(error) => break Some(Err(error)),
            }
            if block.bytes.len() >= BLOCK {
                break None;
            }
        };
        place += 1;
        first += block.ends.len() as u64;
        // As many blocks as have leave fit into the channel, so that this does not wait.
        if !block.ends.is_empty() && (leave.recv().is_err() || give.send(block).is_err()) {
            return Ok(());
        }
        if let Some(end) = end {
            return end;
        }
    }
}

fn answer_block<T: Tally>(block: &Block, answer: &impl Answer<T>) -> io::Result<Answered<T>> {
    let mut answered = Answered { place: block.place, text: Vec::with_capacity(4 * BLOCK), tally: T::default() };
    let mut start = 0;
    for (number, end) in (block.first..).zip(&block.ends) {
        answer(&mut answered.text, number, &block.bytes[start..*end], &mut answered.tally)?;
        start = *end;
    }
    Ok(answered)
}

fn write_in_order<T: Tally>(
    answers: &Receiver<io::Result<Answered<T>>>,
    give_leave: &SyncSender<()>,
    out: &mut dyn Write,
) -> io::Result<T> {
    let (mut next, mut tally) = (0, T::default());
    let mut waiting = BTreeMap::new();
    for answered in answers {
        let answered = answered?;
        waiting.insert(answered.place, answered);
        while let Some(answered) = waiting.remove(&next) {
            out.write_all(&answered.text)?;
            tally.merge(answered.tally);
            next += 1;
            // Nobody waits for it any more if all has been read.
            let _ = give_leave.try_send(());
        }
    }
    Ok(tally)
}
