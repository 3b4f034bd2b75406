//! All that is asked of a version. Compiled twice, as a part of `now` and of `then`.

#[path = "writing.rs"]
mod writing;

use serde::Serialize;

use super::lib::crossborder::write::RewriteError;
use super::lib::crossborder::{Blocks, Intent, Policy, Rewrite, Supplement};
use super::lib::diagnose::diagnose;
use super::lib::elqr::{Bill, Date};
use super::lib::encode::{BuildError, Encode as _, TemplateBuf};

use super::lib::mask::{anonymise, anonymise_text, masked};
use super::lib::network::NetworkCode;
use super::lib::value::{Amount, Currency};
use super::lib::{Code, Error, Jpqr, Khqr, Mpm, Payload, Profile, Violation, network};
use super::{Clock, findings, refusal};
use crate::plain::{Answers, Fault, Form, Objects, Values};
use writing::{tag, write_jpqr, write_khqr, write_mpm, write_run};

const NOW: u64 = 1_750_000_000_000;

/// Without a time, before every code, at one of them, and after all.
const CLOCKS: [(&str, Clock); 4] = [
    ("khqr", Clock::UNKNOWN),
    ("khqr, past", Clock::at_millis(1)),
    ("khqr, now", Clock::at_millis(NOW)),
    ("khqr, future", Clock::at_millis(9_999_999_999_999)),
];

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("all of it has a form in JSON")
}

fn error(error: &Error) -> Fault {
    Fault {
        what: format!("{:?}", error.kind()),
        number: None,
        severity: String::new(),
        path: error.path().to_string(),
        offset: error.offset(),
        length: error.length(),
        code: None,
        detail: error.to_string(),
    }
}

fn finding(found: &Violation) -> Fault {
    Fault {
        what: found.rule().id().to_owned(),
        number: Some(found.rule().number()),
        severity: found.severity().to_string(),
        path: found.path().to_string(),
        offset: found.offset(),
        length: found.length(),
        code: found.code(),
        detail: found.detail().to_string(),
    }
}

fn build_error(found: &BuildError) -> Fault {
    match found {
        // Its sentence says nothing more.
        BuildError::Encode(found) => Fault { detail: String::new(), ..error(found) },
        BuildError::Rule(found) => finding(found),
        other => panic!("an error of another kind: {other}"),
    }
}

/// All answers about a text; those that are slow only if they are wanted.
pub(crate) fn of_text(bytes: &[u8], with_slow: bool) -> Answers {
    let mut answers = Answers::default();
    if with_slow {
        answers.text("diagnose", "", json(&diagnose(bytes)));
    }
    let text = std::str::from_utf8(bytes).ok();
    if let Some(text) = text {
        answers.text("mask", "text", masked(text));
        answers.text("mask", "anonymised text", anonymise_text(text));
        answers.faults("error", "text", Payload::parse(text).err().map(|found| error(&found)));
        bill(&mut answers, text);
    }
    let payload = Payload::parse_bytes(bytes);
    answers.faults("error", "bytes", payload.as_ref().err().map(error));
    if let Ok(payload) = payload {
        read(&mut answers, &payload);
    }
    answers
}

fn bill(answers: &mut Answers, text: &str) {
    for (about, day) in [("no day", None), ("2024", Some("20240710")), ("2099", Some("20991231"))] {
        let today = day.and_then(Date::from_digits);
        answers.faults("bill", about, Bill::parse(text, today).err().as_ref().map(finding));
        let all = Bill::read(text).map(|bill| bill.violations(today)).unwrap_or_default();
        answers.faults("bill", about, all.iter().map(finding));
    }
    if let Some(bill) = Bill::read(text) {
        answers.text("bill", "json", json(&bill));
        answers.text("bill", "rebuilt", bill.to_builder().and_then(|bill| bill.encode_to_string().ok()).is_some());
    }
}

fn read(answers: &mut Answers, payload: &Payload<'_>) {
    let leaves = payload.leaves().map(|leaf| (leaf.path().to_string(), leaf.offset(), leaf.value_offset(), leaf.end()));
    let leaves: Vec<_> = leaves.collect();
    answers.text("objects", "", format!("{leaves:?} {:04X}", payload.crc()));
    under::<Mpm<'_>>(answers, payload, "mpm", ());
    under::<Jpqr<'_>>(answers, payload, "jpqr", ());
    under::<NetworkCode<'_>>(answers, payload, "network", Clock::at_millis(NOW));
    for (about, clock) in CLOCKS {
        under::<Khqr<'_>>(answers, payload, about, clock);
    }
    let code = Code::of(payload);
    let recognised = (Khqr::recognises(payload), Jpqr::recognises(payload));
    answers.text("scheme", "", format!("{} {} {recognised:?} {}", code.scheme(), code.profile(), json(&code.payee())));
    answers.text("json", "payload", json(payload));
    answers.text("json", "mpm", json(&Mpm::read(payload)));
    answers.text("json", "khqr", json(&Khqr::read(payload)));
    answers.text("json", "jpqr", json(&Jpqr::read(payload)));
    answers.text("mask", "payload", payload.masked());
    answers.text("mask", "secrets", format!("{:?}", payload.without_secrets().map(|text| text.to_string())));
    let anonymised = anonymise(payload).map(|code| code.as_str().to_owned()).map_err(|found| error(&found));
    answers.built("mask", "anonymised", anonymised);
    intents(answers, payload);
    accounts(answers, payload);
    rewrites(answers, payload);
}

fn under<'a, P: Profile<'a>>(answers: &mut Answers, payload: &Payload<'a>, about: &'static str, context: P::Context) {
    let found = findings::<P>(payload, context);
    answers.faults("findings", about, found.iter().map(finding));
    answers.text("json", about, json(&found));
    answers.faults("view", about, refusal::<P>(payload, context).as_ref().map(finding));
}

fn intents(answers: &mut Answers, payload: &Payload<'_>) {
    answers.text("intent", "of", json(&Intent::of(payload, Policy::default())));
    let preferred: Vec<_> =
        ["th.transfer", "my.duitnow", "khqr", "jpqr"].into_iter().filter_map(network::by_id).collect();
    let strict = Policy::default().deny_individual(true).prefer(&preferred);
    for (about, clock, policy) in [
        ("payable", Clock::UNKNOWN, Policy::default()),
        ("payable, now", Clock::at_millis(NOW), Policy::default()),
        ("payable, strict", Clock::at_millis(NOW), strict),
    ] {
        let payable = Intent::payable(payload, clock, policy);
        answers.text("intent", about, payable.map_or_else(|blocks: Blocks| json(&blocks), |intent| json(&intent)));
    }
}

fn accounts(answers: &mut Answers, payload: &Payload<'_>) {
    for account in network::accounts(payload) {
        let payee = json(&account.payee());
        let facts = (account.is_person(), account.is_one_time(), account.expires_at_ms());
        answers.text(
            "accounts",
            "",
            format!("{} {} {payee} {facts:?}", account.network().id(), account.object().path()),
        );
        for field in account.fields() {
            let facts = (field.class(), field.fit(), field.is_sure());
            let (key, path) = (field.field().key(), field.object().path());
            answers.text("accounts", "field", format!("{key} {path} {:?} {facts:?}", field.value()));
        }
        let missing: Vec<_> = account.missing().map(network::Field::key).collect();
        answers.text("accounts", "missing", format!("{missing:?}"));
        let preferred = [account.network()];
        let intent = Intent::of(payload, Policy::default().prefer(&preferred));
        answers.text("intent", "of an account", json(&intent));
    }
    let networks: Vec<_> = network::networks(payload).map(network::Network::id).collect();
    answers.text("accounts", "networks", format!("{networks:?}"));
}

fn rewrites(answers: &mut Answers, payload: &Payload<'_>) {
    let given = |currency, amount| Supplement {
        store_id: "99999999999990001000002000003".parse().ok(),
        postal_code: Some("1500001"),
        alternate_name: Some("ヌードルバー"),
        name: Some("NOODLE BAR"),
        city: Some("PHNOM PENH"),
        bakong_account: Some("settle@sath"),
        acquiring_bank: Some("Sathapana"),
        currency: Some(currency),
        amount: Amount::new(amount).ok(),
        created_ms: Some(NOW),
        expires_at_ms: Some(NOW + 60_000),
        ..Supplement::default()
    };
    let (khqr, jpqr) = (Khqr::read(payload), Jpqr::read(payload));
    let (yen, riel, dollars) =
        (given(Currency::JPY, "1500"), given(Currency::KHR, "41000"), given(Currency::USD, "10.5"));
    let long = "x".repeat(100);
    let (no_name, no_bank) = (
        Supplement { alternate_name: Some(&long), ..yen },
        Supplement { acquiring_bank: Some(&long), bakong_account: Some("settle"), ..riel },
    );
    for (about, rewrite) in [
        ("jpqr", Rewrite::to_jpqr(&khqr, &yen)),
        ("jpqr, bare", Rewrite::to_jpqr(&khqr, &Supplement::default())),
        ("jpqr, refused", Rewrite::to_jpqr(&khqr, &no_name)),
        ("khqr, refused", Rewrite::to_khqr(&jpqr, &no_bank)),
        ("khqr, riel", Rewrite::to_khqr(&jpqr, &riel)),
        ("khqr, dollars", Rewrite::to_khqr(&jpqr, &dollars)),
    ] {
        let rewrite = rewrite.at(Clock::at_millis(NOW));
        answers.text("rewrite", about, json(&rewrite));
        match rewrite.write(&mut [0; 4096]) {
            Ok(rewritten) => answers.built("rewrite", about, Ok(json(&rewritten))),
            Err(RewriteError::Build(found)) => answers.built("rewrite", about, Err(build_error(&found))),
            Err(RewriteError::Blocked(blocks)) => answers.text("rewrite", about, json(&blocks)),
            Err(found) => answers.text("rewrite", about, found),
        }
    }
}

/// The texts that a builder writes, or why it writes none.
pub(crate) fn of_form(form: &Form) -> Answers {
    let mut answers = Answers::default();
    for (about, room) in [("string", None), ("slice", Some(8192)), ("small slice", Some(form.room))] {
        let built = match &form.values {
            Values::Khqr(form) => write_khqr(form, room),
            Values::Jpqr(form) => write_jpqr(form, room),
            Values::Mpm(form) => write_mpm(form, room),
            Values::Run(objects) => write_run(objects, room),
            Values::Template(objects) => return template(objects),
        };
        answers.built("built", about, built.map_err(|found| build_error(&found)));
    }
    answers
}

fn template(objects: &Objects) -> Answers {
    let (mut answers, mut template) = (Answers::default(), TemplateBuf::new());
    for (id, value) in objects {
        let pushed = template.push(tag(*id), value).err().map(|found| error(&found));
        answers.faults("template", "refused", pushed);
        answers.text("template", "text", template.as_str());
    }
    answers
}
