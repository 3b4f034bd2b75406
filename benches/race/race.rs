//! The clock: all jobs take turns, so that whatever slows the machine down slows all of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::candidates::{Candidate, Input};

/// A sample takes this long at least, and hardly ever twice as long.
const SAMPLE: Duration = Duration::from_micros(700);
/// Orders of the payloads, so that the branch predictor cannot learn one.
const ORDERS: usize = 16;
/// Calls in an order, at least: a single input is repeated.
const CALLS: usize = 64;
const SEED: u64 = 0x6304;

/// A candidate on the inputs that it is to be timed on.
struct Job<'a> {
    candidate: &'static Candidate,
    picks: Vec<usize>,
    orders: Vec<Vec<&'a Input>>,
    /// Orders in a sample.
    passes: usize,
    next: usize,
    samples: Vec<f64>,
}

impl Job<'_> {
    fn sample(&mut self) -> Duration {
        let run = black_box(self.candidate.run);
        let start = Instant::now();
        for pass in 0..self.passes {
            for input in &self.orders[(self.next + pass) % ORDERS] {
                black_box(run(black_box(input)));
            }
        }
        let elapsed = start.elapsed();
        self.next = (self.next + self.passes) % ORDERS;
        elapsed
    }

    fn calibrate(&mut self) {
        self.sample();
        while self.sample() < SAMPLE {
            self.passes *= 2;
        }
    }

    fn time(&mut self) {
        let elapsed = self.sample();
        let calls = self.passes * self.orders[0].len();
        self.samples.push(elapsed.as_secs_f64() * 1e9 / calls as f64);
    }
}

/// Nanoseconds per call.
#[derive(Clone, Copy)]
pub(crate) struct Timing {
    pub(crate) median: f64,
    /// The 10th percentile: the machine when its neighbours are quiet.
    pub(crate) p10: f64,
}

pub(crate) struct Race<'a> {
    inputs: &'a [Input],
    jobs: Vec<Job<'a>>,
}

impl<'a> Race<'a> {
    pub(crate) fn new(inputs: &'a [Input]) -> Self {
        Self { inputs, jobs: Vec::new() }
    }

    /// Enters a candidate on some of the inputs, unless it takes part on just these already, and gives its number.
    pub(crate) fn enter(&mut self, candidate: &'static Candidate, picks: &[usize]) -> usize {
        let known = self.jobs.iter().position(|job| job.candidate.name == candidate.name && job.picks == picks);
        known.unwrap_or_else(|| {
            let orders = orders(self.inputs, picks);
            let picks = picks.to_vec();
            self.jobs.push(Job { candidate, picks, orders, passes: 1, next: 0, samples: Vec::new() });
            self.jobs.len() - 1
        })
    }

    /// How many candidates take part, one counted as often as it has sets of inputs.
    pub(crate) fn jobs(&self) -> usize {
        self.jobs.len()
    }

    pub(crate) fn run(&mut self, samples: usize) {
        for job in &mut self.jobs {
            job.calibrate();
        }
        for _ in 0..samples {
            for job in &mut self.jobs {
                job.time();
            }
        }
        for job in &mut self.jobs {
            job.samples.sort_by(f64::total_cmp);
        }
    }

    /// After the race.
    pub(crate) fn timing(&self, job: usize) -> Timing {
        let samples = &self.jobs[job].samples;
        let percentile = |percent: usize| samples[(samples.len() - 1) * percent / 100];
        Timing { median: percentile(50), p10: percentile(10) }
    }

    /// Bytes per input, on average.
    pub(crate) fn bytes(&self, job: usize) -> f64 {
        let picks = &self.jobs[job].picks;
        picks.iter().map(|pick| self.inputs[*pick].text.len()).sum::<usize>() as f64 / picks.len() as f64
    }
}

/// The same ones for the same picks.
fn orders<'a>(inputs: &'a [Input], picks: &[usize]) -> Vec<Vec<&'a Input>> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let once: Vec<&Input> = picks.iter().map(|pick| &inputs[*pick]).collect();
    let order = once.repeat(CALLS.div_ceil(picks.len()));
    let shuffled = || {
        let mut order = order.clone();
        random.shuffle(&mut order);
        order
    };
    std::iter::repeat_with(shuffled).take(ORDERS).collect()
}
