//! The law of the cross-border part.

use emvqr::Clock;
use emvqr::crossborder::report::{Origin, Outcome};
use emvqr::crossborder::write::RewriteError;
use emvqr::crossborder::{Intent, Policy, Rewrite, Supplement};
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::value::{Amount, Currency};
use emvqr::{BuildError, Payload, Tag};

use crate::naive::other_readers::decides;
use crate::naive::{self, Text};
use crate::parse::assert_mute;
use crate::text::sealed_variants;

const NOW: u64 = 1_750_000_000_000;

/// Every leaf of the source is accounted for once, in wire order, and so is every leaf of the result, which conforms to
/// the other profile. A code that conforms and has no tip is rewritten where everything is supplied, unless it has text that
/// is not written anew; one that does not conform is not rewritten.
///
/// The first line of the input is a payload, which the harness completes; each further line is a text that is supplied,
/// in the order of [`texts`]. One that is absent or empty is supplied right.
pub fn crossborder(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (text, lines) = input.split_once('\n').unwrap_or((&input, ""));
    for text in sealed_variants(text) {
        let Ok(payload) = Payload::parse(&text) else { continue };
        check_intent(&payload);
        check(&payload, &complete(), true);
        check(&payload, &texts(lines), false);
        check(&payload, &Supplement::default(), false);
        quoted_otherwise(&payload);
    }
}

/// Everything that can be needed.
fn complete() -> Supplement<'static> {
    Supplement {
        store_id: "99999999999990001000002000003".parse().ok(),
        postal_code: Some("1500001"),
        alternate_name: Some("ヌードルバー"),
        name: Some("NOODLE BAR"),
        city: Some("PHNOM PENH"),
        bakong_account: Some("settle@sath"),
        acquiring_bank: Some("Sathapana"),
        currency: Some(Currency::KHR),
        amount: Amount::new("1500").ok(),
        created_ms: Some(NOW),
        expires_at_ms: Some(NOW + 60_000),
        ..Supplement::default()
    }
}

/// What the lines say, and the rest right.
fn texts(lines: &str) -> Supplement<'_> {
    let mut lines = lines.split('\n');
    let mut text = |right| lines.next().filter(|line| !line.is_empty()).or(right);
    let mut given = complete();
    given.alternate_name = text(given.alternate_name);
    given.name = text(given.name);
    given.city = text(given.city);
    given.postal_code = text(given.postal_code);
    given.bakong_account = text(given.bakong_account);
    given.merchant_id = text(None);
    given.acquiring_bank = text(given.acquiring_bank);
    given.amount = text(None).and_then(|amount| Amount::new(amount).ok()).or(given.amount);
    given.expires_at_ms = text(None).and_then(|time| time.parse().ok()).or(given.expires_at_ms);
    given.consent_mobile = text(None).is_some();
    given
}

/// What an intent has was cut out of the payload where its path says.
fn check_intent(payload: &Payload<'_>) {
    let Some(intent) = Intent::of(payload, Policy::default()) else { return };
    let of_two = [("khqr", Khqr::recognises(payload)), ("jpqr", Jpqr::recognises(payload))];
    let scheme = intent.scheme.to_string();
    if let Some((name, _)) = of_two.into_iter().find(|(_, recognises)| *recognises) {
        assert_eq!((scheme.as_str(), of_two[0].1 && of_two[1].1), (name, false));
    } else {
        // Another network's, which the code has an account of.
        let root = naive::strict(payload.as_str().as_bytes()).expect("read by the library");
        let accounts = naive::networks::accounts(&Text::new(payload.as_str()), &root);
        assert!(accounts.iter().any(|(network, _)| *network == scheme), "{scheme} of {payload}");
    }
    let is_absent = !payload.tags().contains(Tag::TRANSACTION_AMOUNT) && decides(payload.as_str()).is_empty();
    // Where it is ambiguous who is paid, it is ambiguous how much.
    assert!(!is_absent || intent.amount() == Ok(None) || intent.payee.is_none());
    assert!(is_absent || intent.amount_from.is_some() || intent.amount() != Ok(None));
    if intent.expires_at_ms == Ok(None) {
        let times = payload.get(Tag::new(99).expect("two digits")).and_then(|times| times.template().ok());
        let expires = times.is_some_and(|times| times.tags().contains(Tag::new(1).expect("two digits")));
        assert!(!Khqr::recognises(payload) || !expires, "an expiry that is there is not absent");
    }
    assert_mute(&intent);
    let texts = [
        ("59", intent.name()),
        ("60", intent.city()),
        ("64-01", intent.alternate_name()),
        ("61", intent.postal_code()),
    ];
    for (path, text) in texts {
        let found = payload.find(path).map(|object| object.value());
        assert!(text.is_none() || found == text, "{path}");
    }
    let references = intent.references().iter().map(|(_, field)| field);
    for field in references.chain(intent.references().mobile_number()) {
        assert_eq!(payload.find(field.path).map(|object| object.value()), Some(field.value));
    }
    for prompt in intent.references().prompts() {
        assert_eq!(payload.find(prompt).map(|object| object.value()), Some("***"));
    }
}

fn check(payload: &Payload<'_>, given: &Supplement<'_>, complete: bool) {
    let (clock, policy) = (Clock::at_millis(NOW), Policy::default());
    let tipped = [55, 56, 57].iter().any(|id| emvqr::Tag::new(*id).is_some_and(|tag| payload.tags().contains(tag)));
    // One quote is of one scheme: the yen for Japan, the riel for Cambodia.
    let in_yen = Supplement { currency: given.currency.map(|_| Currency::JPY), ..*given };
    let khqr = Rewrite::to_jpqr(&Khqr::of(payload), &in_yen).at(clock).under(policy);
    let is_sound = payload.view::<Khqr<'_>>(clock).is_ok() && Khqr::of(payload).payee().is_some();
    assert_eq!(khqr.blocks().is_empty(), is_sound && !tipped);
    check_report(&in_yen, khqr, complete, |result| result.view::<Jpqr<'_>>(()).is_ok());
    let jpqr = Rewrite::to_khqr(&Jpqr::of(payload), given).at(clock).under(policy);
    assert_eq!(
        jpqr.blocks().is_empty(),
        payload.view::<Jpqr<'_>>(()).is_ok() && Jpqr::of(payload).payee().is_some() && !tipped
    );
    check_report(given, jpqr, complete, |result| result.view::<Khqr<'_>>(Clock::UNKNOWN).is_ok());
}

/// A quote in the money of the other side is never written as one's own.
fn quoted_otherwise(payload: &Payload<'_>) {
    let (clock, policy) = (Clock::at_millis(NOW), Policy::default());
    for currency in [Currency::USD, Currency::KHR, Currency::THB, Currency::JPY] {
        let given = Supplement { currency: Some(currency), ..complete() };
        let mut buffer = [0; 4096];
        let to_jpqr = Rewrite::to_jpqr(&Khqr::of(payload), &given).at(clock).under(policy).write(&mut buffer).is_ok();
        assert!(!to_jpqr || currency == Currency::JPY, "{currency} became yen");
        let to_khqr = Rewrite::to_khqr(&Jpqr::of(payload), &given).at(clock).under(policy).write(&mut buffer).is_ok();
        assert!(
            !to_khqr || currency == Currency::KHR || currency == Currency::USD,
            "{currency} became riel or dollars"
        );
    }
}

/// The money and the time of the result: the supplement's, and no amount that can be paid again and again.
fn money(source: &Payload<'_>, result: &Payload<'_>, given: &Supplement<'_>) {
    let value = |payload: &Payload<'_>, id| {
        payload.get(Tag::new(id).expect("two digits")).map(|object| object.value().to_owned())
    };
    assert_eq!(value(result, 53), given.currency.map(|currency| currency.to_string()).or(Some("392".to_owned())));
    let asked = value(source, 54).is_some() || value(result, 54).is_some();
    if let Some(written) = value(result, 54) {
        let written = Amount::new(&written).expect("an amount");
        let quoted = given.amount.expect("a quote");
        assert_eq!(written.minor_units(6), quoted.minor_units(6), "the amount is the quote");
        assert_eq!(value(result, 1).as_deref(), Some("12"), "an amount is for one payment");
    }
    assert_eq!(asked, value(result, 54).is_some(), "an amount of the source needs a quote");
    // A code that its time binds never becomes one that is paid again and again.
    let is_bound = value(source, 54).is_some() || value(source, 1).as_deref() == Some("12");
    assert!(!is_bound || value(result, 1).as_deref() == Some("12"), "an endless code of one for one payment");
    // Of KHQR's times, those of the quote.
    let time = |id: &str| result.find(id).map(|object| object.value().to_owned());
    if value(result, 53).as_deref() != Some("392") {
        let times = [given.created_ms, given.expires_at_ms].map(|time| time.map(|time| format!("{time:013}")));
        let expected = if value(result, 54).is_some() { times } else { [None, None] };
        assert_eq!([time("99-00"), time("99-01")], expected, "the times are the quote's");
    }
    assert_eq!(value(result, 55).or(value(result, 56)).or(value(result, 57)), None, "nothing on top of the amount");
}

fn check_report(
    given: &Supplement<'_>,
    report: Rewrite<'_, '_>,
    complete: bool,
    conforms: impl Fn(&Payload<'_>) -> bool,
) {
    assert_mute(&report);
    let source = report.intent().payload.clone();
    let leaves: Vec<_> = report.leaves().collect();
    assert!(source.leaves().map(|leaf| leaf.offset()).eq(leaves.iter().map(|leaf| leaf.object.offset())));
    for leaf in &leaves {
        assert_eq!(leaf.to.is_some(), matches!(leaf.outcome, Outcome::Copied | Outcome::Changed));
    }
    let (blocked, missing) = (!report.blocks().is_empty(), report.missing());
    let mut buffer = [0; 4096];
    let rewritten = match report.write(&mut buffer) {
        Ok(rewritten) => rewritten,
        Err(RewriteError::Blocked(_)) => return assert!(blocked),
        Err(RewriteError::Missing(names)) => return assert!(!blocked && !complete && names == missing),
        // What a reader is only warned of is not written anew, and KHQR holds nothing beyond U+FFFF.
        Err(RewriteError::Build(BuildError::Rule(found))) if complete => {
            const UNWRITTEN: [&str; 5] = [
                "emv.text.control",
                "emv.text.invisible",
                "emv.text.blank",
                "khqr.text.beyond-bmp",
                "emv.length.ambiguous",
            ];
            return assert!(UNWRITTEN.contains(&found.rule().id()), "{found}");
        }
        Err(error) => return assert!(!complete, "{error}"),
    };
    assert!(!blocked && missing.is_empty());
    assert_mute(&rewritten);
    assert_mute(&rewritten.report);
    let result = Payload::parse(rewritten.text).expect("what is written is wire-valid");
    assert!(conforms(&result));
    money(&source, &result, given);
    let origins: Vec<_> = rewritten.origins().collect();
    assert!(result.leaves().map(|leaf| leaf.path()).eq(origins.iter().map(|(leaf, _)| leaf.path())));
    for (object, origin) in origins {
        let mut sources = leaves.iter().filter(|leaf| leaf.to == Some(object.path()));
        match origin {
            Origin::Copied => assert!(sources.any(|leaf| leaf.object.value() == object.value())),
            Origin::Changed => assert!(sources.any(|leaf| leaf.outcome == Outcome::Changed)),
            Origin::Supplied => assert!(sources.next().is_none()),
            _ => {}
        }
    }
    for leaf in leaves {
        let there = leaf.to.map(|to| result.find(to).expect("where the report says"));
        if leaf.outcome == Outcome::Copied {
            assert_eq!(there.map(|object| object.value()), Some(leaf.object.value()));
        }
    }
}
