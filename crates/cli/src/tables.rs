//! `emvqr rules`, `emvqr networks` and `emvqr map`: what the program goes by.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use emvqr::crossborder::TAG_MAP;
use emvqr::crossborder::map::Markdown;
use emvqr::crossborder::map::{Move, Row, Sub, To};
use emvqr::network::{self, Confidence, Network, Recognition};
use emvqr::{Rule, elqr, jpqr, khqr, mpm};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output;

#[derive(Args)]
#[command(after_long_help = "Examples:\n  emvqr rules --profile khqr\n  emvqr rules --json | jq '.[].rule'")]
pub(crate) struct Rules {
    /// Only the rules of this profile; without it those of all
    #[arg(long, value_enum)]
    profile: Option<Profile>,
    /// JSON instead of Markdown
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Profile {
    Emv,
    Khqr,
    Jpqr,
    Network,
    /// The code of a Japanese local-tax bill
    JpqrBill,
}

const ALL: [(Profile, &str, &[&Rule]); 5] = [
    (Profile::Emv, "emv", mpm::rules::ALL),
    (Profile::Khqr, "khqr", khqr::rules::ALL),
    (Profile::Jpqr, "jpqr", jpqr::rules::ALL),
    (Profile::Network, "network", network::rules::ALL),
    (Profile::JpqrBill, "jpqr-bill", elqr::rules::ALL),
];

pub(crate) fn rules(options: &Rules) -> Result<bool, Failure> {
    let wanted = ALL.iter().filter(|(profile, ..)| options.profile.is_none_or(|asked| asked == *profile));
    let rows = wanted.flat_map(|(profile, name, rules)| {
        let fields = network::field_rules().filter(|_| *profile == Profile::Network);
        rules.iter().copied().chain(fields).map(move |rule| (name, rule))
    });
    if options.json {
        let rows: Vec<Value> = rows
            .map(|(profile, rule)| {
                json!({
                    "profile": profile, "rule": rule.id(), "severity": rule.severity().to_string(),
                    "refused_in_writing": rule.is_refused_in_writing(), "message": rule.summary(),
                    "source": rule.source(), "advice": rule.advice().name(),
                })
            })
            .collect();
        output::print(format!("{}\n", json!(rows)).as_bytes())?;
        return Ok(true);
    }
    let mut table = String::from("| profile | rule | severity | what is wrong | source |\n|---|---|---|---|---|\n");
    for (profile, rule) in rows {
        let (severity, summary, source) = (rule.severity(), rule.summary(), rule.source());
        let _ = writeln!(table, "| {profile} | `{}` | {severity} | {summary} | {source} |", rule.id());
    }
    output::print(table.as_bytes())?;
    Ok(true)
}

#[derive(Args)]
#[command(after_long_help = "Examples:\n  emvqr map > map.md\n  emvqr map --json")]
pub(crate) struct Map {
    /// JSON instead of Markdown
    #[arg(long)]
    json: bool,
}

pub(crate) fn map(options: &Map) -> Result<bool, Failure> {
    let content = if options.json {
        format!("{}\n", json!(TAG_MAP.iter().map(row).collect::<Vec<_>>()))
    } else {
        Markdown.to_string()
    };
    output::print(content.as_bytes())?;
    Ok(true)
}

fn row(row: &Row) -> Value {
    let direction = |direction: &Move| {
        let to = match direction.to {
            To::Same => json!("same"),
            To::Path(path) => json!(path),
            To::Intent => json!("intent"),
            _ => Value::Null,
        };
        json!({ "action": direction.action.to_string(), "to": to })
    };
    let (first, last) = row.root;
    let sub = match row.sub {
        Sub::Range(first, last) => json!([first, last]),
        Sub::Whole => json!("whole"),
        _ => Value::Null,
    };
    json!({
        "roots": [first, last], "sub": sub, "khqr": row.khqr, "jpqr": row.jpqr, "to_jpqr": direction(&row.to_jpqr),
        "to_khqr": direction(&row.to_khqr), "why": row.reason, "basis": row.basis.to_string(),
    })
}

#[derive(Args)]
#[command(
    after_long_help = "Examples:\n  emvqr networks\n  emvqr networks --json | jq '.[] | select(.country == \"TH\")'"
)]
pub(crate) struct Networks {
    /// Markdown, as without any option
    #[arg(long)]
    table: bool,
    /// JSON instead of Markdown
    #[arg(long, conflicts_with = "table")]
    json: bool,
}

/// The network with an id.
pub(crate) fn network_of(id: &str) -> Result<&'static Network, String> {
    network::by_id(id).ok_or_else(|| format!("no network has the id {id:?}: `emvqr networks` lists them"))
}

pub(crate) fn networks(options: &Networks) -> Result<bool, Failure> {
    if options.table || !options.json {
        output::print(network::Markdown.to_string().as_bytes())?;
        return Ok(true);
    }
    let confidence = |confidence: Confidence| format!("{confidence:?}");
    let rows: Vec<Value> = network::TABLE
        .iter()
        .map(|row| {
            let (guids, shape) = match row.recognition() {
                Recognition::Guid(guids) => (guids, None),
                Recognition::Shape(words, _) => (&[][..], Some(words)),
                _ => (&[][..], None),
            };
            let fields: Vec<Value> = row
                .field_table()
                .iter()
                .map(|field| {
                    let (least, most) = field.length();
                    json!({
                        "path": field.at().to_string(), "key": field.key(), "name": field.name(),
                        "format": field.format().to_string(), "least": least, "most": most,
                        "presence": field.presence().to_string(), "class": field.class().letter(),
                        "confidence": confidence(field.confidence()),
                    })
                })
                .collect();
            json!({
                "id": row.id(), "name": row.name(), "country": row.country(), "currency": row.currency(),
                "roots": row.usual_roots(), "guids": guids, "shape": shape,
                "kind": row.kind().to_string(), "person": row.person_rule().to_string(), "confidence": confidence(row.confidence()), "fields": fields,
            })
        })
        .collect();
    output::print(format!("{}\n", json!(rows)).as_bytes())?;
    Ok(true)
}
