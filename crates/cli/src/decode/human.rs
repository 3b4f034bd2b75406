//! Answers for people: a tree of the data objects, and the findings as a compiler shows them.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use emvqr::diagnose::HintKind;
use emvqr::display::Escaped;
use emvqr::elqr::{self, Bill};
use emvqr::jpqr::{self, Jpqr};
use emvqr::khqr::{self, Khqr};
use emvqr::tlv::{self, DataObject, DataObjects};
use emvqr::value::{
    ConsumerDataRequest, CountryCode, Currency, Guid, GuidShape, Language, Mcc, MerchantChannel, PROMPT,
    PointOfInitiation, TipIndicator,
};
use emvqr::{Path, Payload, Profile, Severity, Tag, dictionary, network};

use emvqr_answer::{Fault, Level as Holds, Verdict, rfc3339};

use super::{Place, summary};
use crate::output::Look;

pub(crate) fn write(out: &mut dyn Write, place: Place<'_>, verdict: &Verdict<'_>, look: Look) -> io::Result<()> {
    match place.id {
        None => write!(out, "payload {}", place.line)?,
        Some(id) => write!(out, "payload {}", Escaped(&id.to_string()))?,
    }
    if let Some(source) = place.source {
        write!(out, ", {}", Escaped(&source.file))?;
        if source.code > 1 {
            write!(out, ", code {}", source.code)?;
        }
    }
    writeln!(out, ": {} ({})", verdict.level().words(), verdict.rules())?;
    if verdict.is_guess() {
        let guess: Vec<&str> = verdict.networks().iter().map(|network| network.id()).collect();
        writeln!(out, "  = network: perhaps {}, which is a guess", guess.join(", "))?;
    }
    let foreign = verdict.hints().map(|(hint, _)| hint).find(|hint| hint.kind().is_foreign());
    if let Some(hint) = foreign.filter(|_| verdict.fault().is_some()) {
        // Nothing inside it means what it would in a payment code.
        return writeln!(out, "error: {}\n", verdict.hint_message(hint));
    }
    summary::write(out, verdict)?;
    let payload = Payload::parse(verdict.text()).ok();
    let reading = Reading {
        networks: payload.as_ref().map(names_of_networks).unwrap_or_default(),
        currency: currency(verdict.text()),
        khqr: verdict.profile() == Khqr::NAME,
        store: store(verdict),
        bill: verdict.profile() == Bill::NAME,
    };
    reading.write_run(out, tlv::read(verdict.text()))?;
    if let Some(md5) = verdict.md5() {
        writeln!(out, "  MD5: {md5}")?;
    }
    if let Some(fault) = verdict.fault() {
        // Behind a wrong length nothing is the object that it seems to be.
        let is_length = |kind| matches!(kind, HintKind::Length | HintKind::LengthDigits | HintKind::LengthUnit);
        let is_shifted = verdict.hints().any(|(hint, _)| is_length(hint.kind()) && hint.offset() < fault.offset());
        write_fault(out, verdict.text(), fault, is_shifted, look)?;
    }
    for violation in verdict.violations() {
        let finding = Finding {
            severity: violation.severity(),
            id: violation.rule().id(),
            title: verdict.message(violation),
            label: label(violation.path(), reading.name(violation.path())),
            offset: violation.offset(),
            length: violation.length(),
            notes: vec![violation.rule().source().to_owned()],
        };
        finding.write(out, verdict.text(), look)?;
    }
    for note in verdict.notes() {
        match note.path.depth() {
            0 => writeln!(out, "note: {}", note.message())?,
            _ => writeln!(out, "note: {}, in data object {}", note.message(), note.path)?,
        }
    }
    for (hint, level) in verdict.hints() {
        match level.filter(|level| *level != Holds::Valid) {
            None => writeln!(out, "hint: {}", verdict.hint_message(hint))?,
            Some(level) => writeln!(out, "hint: {}; the text would be {}", verdict.hint_message(hint), level.words())?,
        }
    }
    writeln!(out)
}

fn currency(text: &str) -> Option<Currency> {
    let object = tlv::read(text).flatten().find(|object| object.tag() == Tag::TRANSACTION_CURRENCY)?;
    object.value().parse().ok()
}

/// What values mean depends on the rest of the payload, too.
struct Reading {
    /// Names that networks give to objects, without those of Cambodia and Japan.
    networks: Vec<(Path, &'static str)>,
    currency: Option<Currency>,
    khqr: bool,
    /// The template with the store id of a JPQR code.
    store: Option<Tag>,
    bill: bool,
}

fn names_of_networks(payload: &Payload<'_>) -> Vec<(Path, &'static str)> {
    let accounts = network::accounts(payload).filter(|account| !["khqr", "jpqr"].contains(&account.network().id()));
    let mut names = Vec::new();
    for account in accounts {
        names.push((account.object().path(), account.network().name()));
        names.extend(account.fields().map(|field| (field.object().path(), field.field().name())));
    }
    names
}

fn store(verdict: &Verdict<'_>) -> Option<Tag> {
    let is_guid =
        |leaf: &DataObject<'_>| leaf.path().depth() == 2 && leaf.tag().get() == 0 && leaf.value() == jpqr::GUID;
    let guid = verdict.leaves().find(is_guid).filter(|_| verdict.profile() == Jpqr::NAME)?;
    guid.path().root()
}

impl Reading {
    fn write_run(&self, out: &mut dyn Write, run: DataObjects<'_>) -> io::Result<()> {
        for object in run.map_while(Result::ok) {
            let path = object.path();
            write!(out, "{:indent$}{}", "", object.tag(), indent = 4 * path.depth() - 2)?;
            if let Some(name) = self.name(path) {
                write!(out, " {name}")?;
            }
            if tlv::is_template(path) && object.objects().all(|inner| inner.is_ok()) {
                writeln!(out)?;
                self.write_run(out, object.objects())?;
                continue;
            }
            write!(out, ": {}", Escaped(object.value()))?;
            match self.meaning(&object) {
                Some(meaning) => writeln!(out, "  ({meaning})")?,
                None => writeln!(out)?,
            }
        }
        Ok(())
    }

    /// The name of a data object: the scheme's where it gives an object a meaning of its own.
    fn name(&self, path: Path) -> Option<&'static str> {
        if self.bill {
            return elqr::name(path);
        }
        let own = |objects, path| dictionary::find(objects, path).map(|entry| entry.name);
        let in_store = path.root().is_some_and(|root| self.store == Some(root));
        let scheme = if self.khqr {
            own(khqr::OBJECTS, path)
        } else if in_store {
            let usual = Tag::new(26).map(Path::of);
            let usual = usual.and_then(|root| path.tags().skip(1).try_fold(root, Path::join));
            usual.and_then(|path| own(jpqr::OBJECTS, path))
        } else {
            None
        };
        let network = || self.networks.iter().find(|(known, _)| *known == path).map(|(_, name)| *name);
        scheme.or_else(network).or_else(|| path.name())
    }

    /// What a value stands for, where there is more to say than the value itself.
    fn meaning(&self, object: &DataObject<'_>) -> Option<String> {
        if self.bill {
            return bill_meaning(object);
        }
        let value = object.value();
        let currency = self.currency;
        let tags: Vec<u8> = object.path().tags().map(Tag::get).collect();
        match *tags.as_slice() {
            [1] => match value.parse().ok()? {
                PointOfInitiation::STATIC => Some("static: for any number of payments".into()),
                PointOfInitiation::DYNAMIC => Some("dynamic: for one payment".into()),
                _ => None,
            },
            [52] => value.parse::<Mcc>().ok()?.name().map(str::to_owned),
            [53] => {
                let currency = value.parse::<Currency>().ok()?;
                Some(format!("{}, {}", currency.alphabetic()?, currency.name()?))
            }
            [54] => currency?.alphabetic().map(|code| format!("{} {code}", Escaped(value))),
            [55] => match value.parse().ok()? {
                TipIndicator::PROMPT => Some("ask the payer for a tip".into()),
                TipIndicator::FIXED_FEE => Some("add the fixed fee".into()),
                TipIndicator::PERCENTAGE_FEE => Some("add the percentage fee".into()),
                _ => None,
            },
            [56] => currency?.alphabetic().map(|code| format!("{} {code}", Escaped(value))),
            [57] => Some(format!("{} %", Escaped(value))),
            [58] => value.parse::<CountryCode>().ok()?.name().map(str::to_owned),
            [62, 1..=8] if value == PROMPT => Some("ask the payer".into()),
            [62, 9] => {
                let request = value.parse::<ConsumerDataRequest>().ok()?;
                let parts = [
                    (request.address, "address"),
                    (request.mobile_number, "mobile number"),
                    (request.email_address, "e-mail address"),
                ];
                let wanted: Vec<&str> = parts.iter().filter(|(wanted, _)| *wanted).map(|(_, name)| *name).collect();
                Some(wanted.join(", "))
            }
            [62, 11] => {
                let channel = value.parse::<MerchantChannel>().ok()?;
                Some(format!("{}; {}; {}", channel.media()?, channel.location()?, channel.presence()?))
            }
            [64, 0] => value.parse::<Language>().ok()?.name().map(str::to_owned),
            [99, 0 | 1] if self.khqr => rfc3339(value.parse().ok()?),
            [26..=51 | 80..=99, 0] | [62, 50..=99, 0] => match Guid::new(value).shape() {
                GuidShape::Aid => Some("application identifier".into()),
                GuidShape::Uuid => Some("UUID".into()),
                GuidShape::ReverseDomain => Some("reverse domain name".into()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What a value of the bill form stands for.
fn bill_meaning(object: &DataObject<'_>) -> Option<String> {
    let value = object.value();
    match object.path().to_string().as_str() {
        "01" => Some("dynamic: for one payment".into()),
        "27-00" => (value == elqr::LOCAL_TAX).then(|| "local tax".into()),
        "54" => value.parse::<u64>().ok().map(|yen| format!("{yen} JPY")),
        "62" => {
            let date = |from: usize| elqr::Date::from_digits(value.get(from..from + 8)?);
            Some(format!("due {}, to be paid until {}", date(10)?, date(18)?))
        }
        _ => None,
    }
}

fn label(path: Path, name: Option<&str>) -> String {
    match (path == Path::ROOT, name) {
        (true, _) => String::new(),
        (_, Some(name)) => format!("{path} {name}"),
        (_, None) => path.to_string(),
    }
}

fn write_fault(out: &mut dyn Write, text: &str, fault: &Fault, is_shifted: bool, look: Look) -> io::Result<()> {
    let words = fault.message().split_once(", in data object").map(|(words, _)| words).filter(|_| is_shifted);
    let title = words.map_or_else(|| fault.message().to_owned(), |words| format!("{words} at byte {}", fault.offset()));
    let path = Some(fault.path()).filter(|_| !is_shifted);
    let finding = Finding {
        severity: Severity::Error,
        id: fault.kind(),
        title,
        label: path.map(|path| label(path, path.name())).unwrap_or_default(),
        offset: fault.offset(),
        length: fault.length(),
        notes: Vec::new(),
    };
    finding.write(out, text, look)
}

/// Something to say about a place in the payload.
struct Finding {
    severity: Severity,
    id: &'static str,
    title: String,
    label: String,
    offset: usize,
    length: usize,
    notes: Vec<String>,
}

impl Finding {
    fn write(&self, out: &mut dyn Write, text: &str, look: Look) -> io::Result<()> {
        let (shown, span) = excerpt(text, self.offset, self.length, look.context);
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let snippet = Snippet::source(shown).annotation(AnnotationKind::Primary.span(span).label(&self.label));
        let group =
            self.notes.iter().fold(level.primary_title(&self.title).id(self.id).element(snippet), |group, note| {
                group.element(Level::NOTE.message(note))
            });
        let renderer = if look.styled { Renderer::styled() } else { Renderer::plain() };
        writeln!(out, "{}", renderer.term_width(4 * look.context).render(&[group]))
    }
}

/// The payload around a place, made safe to show, and the place in it.
fn excerpt(text: &str, offset: usize, length: usize, context: usize) -> (String, Range<usize>) {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (floor(offset), floor(offset.saturating_add(length)));
    let from = text[..start].char_indices().rev().nth(context).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(context).map_or(text.len(), |(at, _)| end + at);
    // Of a place that is itself long, its start.
    let to = text[start..to].char_indices().nth(3 * context).map_or(to, |(at, _)| start + at);
    let mut shown = String::from(if from > 0 { "…" } else { "" });
    shown += &Escaped(&text[from..start]).to_string();
    let span_start = shown.len();
    shown += &Escaped(&text[start..end.min(to)]).to_string();
    let span_end = shown.len();
    shown += &Escaped(&text[end.min(to)..to]).to_string();
    if to < text.len() {
        shown.push('…');
    }
    (shown, span_start..span_end)
}
