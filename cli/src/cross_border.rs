//! `emvqr cross-border`: paying across the border between Cambodia and Japan, end to end: what the payer is shown, what
//! goes to the switch, and what is lost if the code is rewritten.

mod supplement;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use emvqr::Clock;
use emvqr::crossborder::map::Markdown;
use emvqr::crossborder::supplement::Missing;
use emvqr::crossborder::write::RewriteError;
use emvqr::crossborder::{Block, Intent, Policy, Reason, Rewrite, Supplement, bill_form};
use emvqr::diagnose::diagnose;
use emvqr::display::Escaped;
use emvqr::elqr::Bill;
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::mask::{Class, class_of};
use emvqr::network::{self, Network};
use emvqr::tlv::DataObject;
use emvqr::{Mpm, Path, Payload, Profile, Scheme, Tag};
use serde_json::{Value, json};

use crate::clock;
use crate::failure::{Failure, failed};
use crate::input::{MAX_LINE, Payloads, SomeBad};
use crate::output;
use crate::tables::network_of;
use supplement::Given;

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    #[command(flatten)]
    payloads: Payloads,
    /// Print the tag map as Markdown and stop
    #[arg(long)]
    table: bool,
    /// Also rewrite into this format
    #[arg(long, value_enum)]
    to: Option<Target>,
    /// JSON object with what a switch supplies
    #[arg(long, value_name = "FILE")]
    supplement: Option<PathBuf>,
    /// The network whose account is paid, of several: an id of `emvqr networks`
    #[arg(long, value_name = "ID", value_parser = network_of)]
    network: Option<&'static Network>,
    /// Block accounts of individuals: those under KHQR's tag 29, and those of which another network says so
    #[arg(long)]
    deny_individual: bool,
    #[command(flatten)]
    clock: clock::Clock,
    /// Print one JSON object per payload, one line each
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  emvqr cross-border 'PAYLOAD'                                   what a foreign wallet reads
  emvqr cross-border --to khqr --supplement switch.json 'PAYLOAD'
  emvqr cross-border --table                                     the tag map, as Markdown

Exit status: 0 every payload has an intent, is not blocked and was rewritten if that was asked for, 1 some payload is
not, 2 the command line or a file is unusable.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    Khqr,
    Jpqr,
}

/// What is asked of every payload.
struct Job {
    to: Option<Target>,
    given: Given,
    deny_individual: bool,
    network: Option<&'static Network>,
    clock: Clock,
}

/// What is known of one payload.
struct Answer {
    source: Option<&'static str>,
    intent: Option<Value>,
    /// Whether the code has an amount, readable or not.
    has_amount: bool,
    blocked: Vec<Value>,
    rewrite: Option<Written>,
    /// The data objects whose values may never be shown.
    redacted: Vec<Path>,
    /// Why there is no intent.
    error: Option<String>,
}

struct Written {
    payload: Option<String>,
    missing: Vec<String>,
    report: Value,
    origins: Value,
    error: Option<String>,
}

impl Answer {
    fn good(&self, asked: bool) -> bool {
        let rewritten = self.rewrite.as_ref().is_some_and(|rewrite| rewrite.payload.is_some());
        self.intent.is_some() && self.blocked.is_empty() && (rewritten || !asked)
    }

    fn nothing(source: Option<&'static str>, error: Option<String>, block: Option<Block>) -> Self {
        let blocked = block.iter().map(|block| json!(block)).collect();
        Self { source, intent: None, has_amount: false, blocked, rewrite: None, redacted: Vec::new(), error }
    }
}

impl Job {
    fn answer(&self, bytes: &[u8]) -> Answer {
        if bytes.len() > MAX_LINE {
            return Answer::nothing(None, Some(format!("line is longer than {MAX_LINE} bytes")), None);
        }
        let payload = match Payload::parse_bytes(bytes) {
            Ok(payload) => payload,
            Err(error) => {
                return match std::str::from_utf8(bytes).ok().and_then(bill_form) {
                    Some(block) => Answer::nothing(Some(Bill::NAME), None, Some(block)),
                    None => Answer::nothing(None, Some(error.to_string()), None),
                };
            }
        };
        let policy = self.policy();
        let Some(intent) = Intent::of(&payload, policy) else { return self.without_intent(&payload, policy) };
        let source = match intent.scheme {
            Scheme::Khqr => Khqr::NAME,
            Scheme::Jpqr => Jpqr::NAME,
            Scheme::Network(network) => network.id(),
            _ => Mpm::NAME,
        };
        let mut shown = json!(intent);
        if self.given.consent_mobile()
            && let Some(mobile) = intent.references().mobile_number()
        {
            shown["references"]["mobile_number"] = json!(mobile.value);
        }
        let supplement = self.given.supplement();
        let rewritten = |to| match Rewrite::of(&intent, &supplement) {
            // Without the amount it would be missing, if it were asked for.
            Some(report) if supplement.amount.is_some() && !asks_for_amount(&intent, &supplement) => {
                let error = "an amount is supplied, and the code asks for none".to_owned();
                let report = json!(report);
                Written { payload: None, missing: Vec::new(), report, origins: json!([]), error: Some(error) }
            }
            Some(report) => rewrite(report.at(self.clock).under(policy), source, to),
            None => Written {
                payload: None,
                missing: Vec::new(),
                report: json!([]),
                origins: json!([]),
                error: Some("only KHQR and JPQR codes are rewritten".into()),
            },
        };
        Answer {
            source: Some(source),
            has_amount: payload.get(Tag::TRANSACTION_AMOUNT).is_some(),
            blocked: intent.blocks(self.clock, policy).iter().map(|block| json!(block)).collect(),
            rewrite: self.to.map(rewritten),
            intent: Some(shown),
            redacted: secrets(&payload),
            error: None,
        }
    }

    fn policy(&self) -> Policy<'_> {
        Policy::default().deny_individual(self.deny_individual).prefer(self.network.as_slice())
    }

    /// Why a code has no intent.
    fn without_intent(&self, payload: &Payload<'_>, policy: Policy<'_>) -> Answer {
        let ids: Vec<&str> = network::networks(payload).map(Network::id).collect();
        let blocks = Intent::payable(payload, self.clock, policy).err();
        let block = blocks.and_then(|blocks| blocks.iter().next());
        let error = match ids.as_slice() {
            [] => {
                let hint = diagnose(payload.as_str()).into_iter().next();
                let hint = hint.map(|hint| format!(": {hint}")).unwrap_or_default();
                format!("no scheme recognises the payload{hint}")
            }
            _ if block.is_some_and(|block| block.reason == Reason::AmbiguousPayee) => {
                "two schemes recognise the payload".into()
            }
            _ => format!("several networks: {}", ids.join(", ")),
        };
        Answer::nothing(None, Some(error), block)
    }
}

/// The data objects whose values may never be shown.
pub(crate) fn secrets(payload: &Payload<'_>) -> Vec<Path> {
    let is_secret = |leaf: &DataObject<'_>| class_of(payload, leaf) == Class::Secret;
    payload.leaves().filter(is_secret).map(|leaf| leaf.path()).collect()
}

fn asks_for_amount(intent: &Intent<'_>, supplement: &Supplement<'_>) -> bool {
    let without = Supplement { amount: None, ..*supplement };
    Rewrite::of(intent, &without).is_some_and(|report| report.missing().iter().any(|name| name == "amount"))
}

fn rewrite(report: Rewrite<'_, '_>, source: &str, to: Target) -> Written {
    let nothing = |error: Option<String>, missing: &Missing, report: Value| Written {
        payload: None,
        missing: missing.iter().map(str::to_owned).collect(),
        report,
        origins: json!([]),
        error,
    };
    let same = (source == Khqr::NAME) == (to == Target::Khqr);
    if same {
        return nothing(Some("the code is of this format already".into()), &Missing::default(), json!([]));
    }
    let account = json!(report);
    let missing = report.missing();
    let mut buffer = [0; 1024];
    match report.write(&mut buffer) {
        Ok(rewritten) => Written {
            payload: Some(rewritten.text.to_owned()),
            missing: Vec::new(),
            report: account,
            origins: json!(rewritten)["origins"].take(),
            error: None,
        },
        // What blocks and what is missing is told by itself.
        Err(RewriteError::Blocked(_) | RewriteError::Missing(_)) => nothing(None, &missing, account),
        Err(error) => nothing(Some(error.to_string()), &missing, account),
    }
}

fn write_json(out: &mut dyn Write, line: u64, answer: &Answer, asked: bool) -> io::Result<()> {
    let mut object = json!({
        "version": output::VERSION,
        "line": line,
        "source": answer.source,
        "intent": answer.intent,
        "blocked": answer.blocked,
    });
    if asked {
        object["rewrite"] = Value::Null;
    }
    if let Some(rewrite) = &answer.rewrite {
        object["rewrite"] = json!({
            "payload": rewrite.payload,
            "missing": rewrite.missing,
            "report": rewrite.report,
            "origins": rewrite.origins,
        });
        if let Some(error) = &rewrite.error {
            object["rewrite"]["error"] = json!(error);
        }
    }
    if !answer.redacted.is_empty() {
        object["redacted"] = json!(answer.redacted);
    }
    if let Some(error) = &answer.error {
        object["error"] = json!(error);
    }
    output::write_json(out, &object)
}

fn write_human(out: &mut dyn Write, line: u64, answer: &Answer) -> io::Result<()> {
    writeln!(out, "payload {line}: {}", answer.source.unwrap_or("no scheme"))?;
    if let Some(error) = &answer.error {
        writeln!(out, "  {error}")?;
    }
    if let Some(intent) = &answer.intent {
        writeln!(out, "  shown to the payer:")?;
        let text = |value: &Value| value.as_str().map(|text| Escaped(text).to_string());
        let name = text(&intent["name"]).unwrap_or_default();
        let local = text(&intent["alternate_name"]["name"]).map(|name| format!(" ({name})")).unwrap_or_default();
        let city = text(&intent["city"]).unwrap_or_default();
        let country = text(&intent["country"]).unwrap_or_default();
        writeln!(out, "    {name}{local}, {city}, {country}")?;
        let currency = intent["currency_code"].as_str();
        let is_given = answer.has_amount;
        match (text(&intent["amount"]), currency) {
            (Some(amount), Some(currency)) => writeln!(out, "    {amount} {currency}")?,
            (Some(amount), None) => writeln!(out, "    {amount} of an unknown currency")?,
            (None, _) if !intent["amount_from"].is_null() => {
                writeln!(
                    out,
                    "    the amount is in the document behind {}",
                    text(&intent["amount_from"]).unwrap_or_default()
                )?;
            }
            (None, _) if is_given => writeln!(out, "    an amount that cannot be read")?,
            (None, Some(currency)) if !intent["decimals"].is_null() => {
                writeln!(out, "    asks for an amount in {currency} with {} decimals", intent["decimals"])?;
            }
            (None, _) => writeln!(out, "    asks for nothing: the currency is unknown")?,
        }
        writeln!(out, "  to the switch:")?;
        writeln!(out, "    {}", Escaped(&intent.to_string()))?;
    }
    for block in &answer.blocked {
        let path = block["path"].as_str().unwrap_or_default();
        let text = |key: &str| block[key].as_str().unwrap_or_default();
        write!(out, "  BLOCKED: {}, {}", text("reason"), text("message"))?;
        if !path.is_empty() {
            write!(out, ", in data object {path}")?;
        }
        match block["rule"].as_str() {
            Some(rule) => writeln!(out, " [{rule}]")?,
            None => writeln!(out)?,
        }
    }
    if let Some(rewrite) = &answer.rewrite {
        match (&rewrite.payload, &rewrite.error) {
            (Some(payload), _) => writeln!(out, "  rewritten: {}", Escaped(payload))?,
            (None, Some(error)) => writeln!(out, "  not rewritten: {error}")?,
            (None, None) if answer.blocked.is_empty() => writeln!(out, "  not rewritten")?,
            (None, None) => writeln!(out, "  not rewritten: blocked")?,
        }
        if !rewrite.missing.is_empty() {
            writeln!(out, "  missing: {}", rewrite.missing.join(", "))?;
        }
        for leaf in rewrite.report.as_array().into_iter().flatten() {
            let text = |key: &str| leaf[key].as_str().unwrap_or("-");
            writeln!(out, "    {:<8} {:<7} to {:<6} {}", text("path"), text("action"), text("to"), text("why"))?;
        }
        for origin in rewrite.origins.as_array().into_iter().flatten() {
            let text = |key: &str| origin[key].as_str().unwrap_or_default();
            writeln!(out, "    result {:<6} {}", text("path"), text("from"))?;
        }
    }
    writeln!(out)
}

pub(crate) fn run(options: &Options) -> Result<bool, Failure> {
    if options.table {
        output::print(Markdown.to_string().as_bytes())?;
        return Ok(true);
    }
    let given = match &options.supplement {
        Some(path) => Given::read(path).map_err(failed(&path.display().to_string()))?,
        None => Given::default(),
    };
    let (deny_individual, network) = (options.deny_individual, options.network);
    let job = Job { to: options.to, given, deny_individual, network, clock: Clock::at_millis(options.clock.millis()) };
    let asked = job.to.is_some();
    let answer = |out: &mut dyn Write, line: u64, payload: &[u8], SomeBad(some_bad): &mut SomeBad| {
        let answer = job.answer(payload);
        *some_bad |= !answer.good(asked);
        if options.json { write_json(out, line, &answer, asked) } else { write_human(out, line, &answer) }
    };
    let SomeBad(some_bad) = options.payloads.answer_each(answer, |_, _| Ok(()))?;
    Ok(!some_bad)
}
