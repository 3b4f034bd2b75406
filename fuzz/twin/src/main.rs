//! Asks two versions of the library the same, and reports every answer that differs: see `run`.

#![allow(
    clippy::duplicate_mod,
    reason = "the same questions are compiled for both versions, whose types are different"
)]

mod forms;
mod now;
mod plain;
mod plants;
mod rng;
mod texts;
mod then;
mod wanted;

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::process::ExitCode;

use plain::{Answer, Answers, Form};
use rng::Rng;
use wanted::WANTED;

/// Unwanted differences after which the comparison ends.
const ENOUGH: usize = 8;
/// Diagnosis is slow: it is asked about one text of so many.
const SLOW: usize = 16;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if_eq("--plants").is_some() {
        println!("{}", plants::PLANTS.join("\n"));
        return ExitCode::SUCCESS;
    }
    let mut number = |default| arguments.next().map_or(default, |text| text.parse().expect("a number"));
    let (cases, seed) = (number(20_000), number(1));
    let mut twin = Twin { plant: std::env::var("TWIN_PLANT").ok(), ..Twin::default() };
    let stored = texts::stored();
    for (source, bytes) in stored.iter().flatten() {
        twin.text(source, bytes);
        twin.text(&format!("{source}, completed"), texts::completed(bytes).as_bytes());
    }
    for case in 0..cases {
        let mut rng = Rng::new(seed, case);
        let source = format!("generated: fuzz/twin/run {} {seed}", case + 1);
        let listed = &stored[usize::from(rng.one_in(4))];
        let (_, bytes) = &listed[rng.below(listed.len())];
        twin.text(&source, &texts::changed(&mut rng, bytes));
        twin.form(&source, &forms::drawn(&mut rng));
    }
    twin.report()
}

#[derive(Default)]
struct Twin {
    plant: Option<String>,
    texts: usize,
    payloads: usize,
    forms: usize,
    written: usize,
    wanted: BTreeMap<&'static str, usize>,
    unwanted: usize,
}

impl Twin {
    fn text(&mut self, source: &str, bytes: &[u8]) {
        let with_slow = self.texts.is_multiple_of(SLOW);
        let then = asked("then", || then::of_text(bytes, with_slow));
        let now = asked("now", || now::of_text(bytes, with_slow));
        self.texts += 1;
        self.payloads += usize::from(then.0.iter().any(|(name, ..)| *name == "scheme"));
        let shown = || bytes[..bytes.len().min(400)].escape_ascii().to_string();
        self.compare(source, shown, None, &then, now);
    }

    fn form(&mut self, source: &str, form: &Form) {
        let then = asked("then", || then::of_form(form));
        let now = asked("now", || now::of_form(form));
        self.forms += 1;
        self.written += usize::from(matches!(then.0.first(), Some((_, _, Answer::Built(Ok(_))))));
        self.compare(source, || format!("{form:?}"), Some(form), &then, now);
    }

    /// Counts the wanted differences, and prints the first unwanted one.
    fn compare(
        &mut self,
        source: &str,
        input: impl Fn() -> String,
        form: Option<&Form>,
        then: &Answers,
        mut now: Answers,
    ) {
        if let Some(plant) = &self.plant {
            plants::plant(plant, &mut now);
        }
        let ends = (then.0.len() != now.0.len()).then_some(("number of answers", String::new(), String::new()));
        let question = wanted::Asked { form, then };
        let differs = |(then, now): (&Named, &Named)| {
            if then == now {
                return None;
            }
            let is_wanted = |(_, applies): &&wanted::Wanted| applies(&question, &then.2, &now.2);
            if let Some((name, _)) = WANTED.iter().find(is_wanted).filter(|_| then.0 == now.0) {
                *self.wanted.entry(name).or_default() += 1;
                return None;
            }
            Some((then.0, format!("{then:?}"), format!("{now:?}")))
        };
        if let Some((name, then, now)) = then.0.iter().zip(&now.0).find_map(differs).or(ends) {
            let (then, now) = apart(&then, &now);
            println!("{name} differs\n  input: {}\n  from: {source}\n  then: {then}\n  now:  {now}", input());
            self.unwanted += 1;
            if self.unwanted == ENOUGH {
                println!("after {ENOUGH} differences the rest is not compared");
                self.report();
                std::process::exit(1);
            }
        }
    }

    fn report(&self) -> ExitCode {
        println!("{} texts, {} of them payloads", self.texts, self.payloads);
        println!("{} forms, {} of them written", self.forms, self.written);
        for (name, _) in WANTED {
            println!("wanted, {name}: {}", self.wanted.get(name).unwrap_or(&0));
        }
        println!("unwanted: {}", self.unwanted);
        if self.unwanted == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

type Named = (&'static str, &'static str, Answer);

/// The answers of a version. A panic is one that the other version cannot have.
fn asked(version: &str, ask: impl Fn() -> Answers + std::panic::UnwindSafe) -> Answers {
    catch_unwind(ask).unwrap_or_else(|_| {
        let mut answers = Answers::default();
        answers.text("panic", "", format!("in {version}"));
        answers
    })
}

/// Both answers, long ones only around their first difference.
fn apart<'a>(then: &'a str, now: &'a str) -> (String, String) {
    let same = then.chars().zip(now.chars()).take_while(|(then, now)| then == now).count();
    let cut = |text: &str| text.chars().skip(same.saturating_sub(80)).take(320).collect();
    (cut(then), cut(now))
}
