//! The laws of Japan's codes: the profile beside EMVCo's, the store id, the bill form.

use emvqr::Encode;
use emvqr::elqr::{Bill, Builder, LENGTH};
use emvqr::jpqr::{GUID, Jpqr, StoreId};
use emvqr::{Mpm, Payload, Severity, Tag, Violation};

use crate::naive::data_object as object;
use crate::text;

const STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";

/// The profile adds to EMVCo's findings and takes none away; whoever is paid is certain; what is read can be written
/// again.
///
/// An input is text; each stands also for a payload with JPQR's objects around it, for a template, and for a bill code.
pub fn jpqr(data: &[u8]) {
    for text in text::variants(data) {
        profile(&text);
        store_id(&text);
        bill(&text);
        within_a_code(&text);
        within_a_bill(&text);
    }
}

fn profile(text: &str) {
    let Ok(payload) = Payload::parse(text) else { return };
    let found = payload.validate::<Jpqr<'_>>(()).into_violations();
    let base: Vec<_> = found.iter().filter(|found| found.rule().id().starts_with("emv.")).copied().collect();
    // What the base profile says of an ambiguous payee the scheme says better.
    let is_better = found.iter().any(|found| found.rule().id() == "jpqr.26-51.ambiguous");
    let is_fraction = found.iter().any(|found| ["jpqr.54.decimals", "jpqr.54.zeros"].contains(&found.rule().id()));
    let mut expected = payload.validate::<Mpm<'_>>(()).into_violations();
    expected.retain(|found| !(is_better && found.rule().id() == "emv.ambiguous-payee"));
    expected.retain(|found| !(is_fraction && found.rule().id() == "emv.54.decimals"));
    // Of a management level it says itself that it is not printable.
    let is_level = |of: &Violation| {
        found.iter().any(|found| found.rule().id() == "jpqr.level.charset" && found.path() == of.path())
    };
    expected.retain(|found| !(found.rule().id() == "emv.text.control" && is_level(found)));
    assert_eq!(base, expected, "EMVCo's findings");
    assert!(found.is_sorted_by_key(Violation::order), "order of findings: {found:?}");
    let first = found.iter().find(|found| found.severity() == Severity::Error).copied();
    assert_eq!(payload.view::<Jpqr<'_>>(()).err(), first, "the first error");
    for found in &found {
        inside(text, found);
    }

    let code = Jpqr::of(&payload);
    let Some(store_id) = code.store_id() else {
        assert!(first.is_some(), "a code that conforms names its store");
        return;
    };
    assert_eq!(StoreId::from_template(store_id.to_template().as_str()), Ok(store_id));
    assert_eq!(store_id.as_str().parse(), Ok(store_id));
    assert_eq!(store_id.levels().concat(), store_id.as_str());
    // A getter that says that there is no amount says so of a code without one.
    let has_amount = payload.tags().contains(Tag::TRANSACTION_AMOUNT);
    assert_eq!(code.amount_minor() == Ok(None), !has_amount);
    assert_eq!(code.amount() == Ok(None), !has_amount);
    if first.is_none() {
        assert!(code.amount_minor().is_ok_and(|yen| yen.is_none_or(|yen| yen > 0)));
    }
    // All that could be paid under JPQR is this store.
    let templates = payload.iter().filter(|object| (26..=51).contains(&object.tag().get()));
    for template in templates.filter_map(|object| object.template().ok()) {
        // Of an identifier that occurs twice, which is an error, the first is looked at.
        let guid = template.iter().find(|object| object.tag().get() == 0);
        if guid.is_some_and(|guid| guid.value().eq_ignore_ascii_case(GUID)) {
            assert_eq!(StoreId::from_template(template.as_str()), Ok(store_id));
        }
    }
}

fn store_id(value: &str) {
    match StoreId::from_template(value) {
        Ok(store_id) => {
            let levels = store_id.levels();
            assert_eq!(levels.map(str::len), [13, 4, 6, 6]);
            assert!(levels.iter().all(|level| value.contains(level)));
        }
        Err(found) => inside(value, &found),
    }
    if let Ok(store_id) = value.parse::<StoreId>() {
        assert_eq!(store_id.as_str(), value);
    }
}

fn bill(text: &str) {
    let parsed = Bill::parse(text, None);
    let Some(bill) = Bill::read(text) else {
        assert!(parsed.is_err(), "what conforms is recognised");
        return;
    };
    let found = bill.violations(None);
    for found in &found {
        inside(text, found);
    }
    let first = found.iter().find(|found| found.severity() == Severity::Error).copied();
    assert_eq!(parsed.err(), first, "the first error");
    let builder = bill.to_builder();
    if first.is_none() {
        assert_eq!(text.len(), LENGTH);
        assert!(text.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(builder.expect("all values are there").encode_to_string().as_deref(), Ok(text));
    }
}

/// The text as the template of 26 and as that of 64, in a code that is right otherwise.
fn within_a_code(text: &str) {
    let value: String = text.chars().take(99).collect();
    if value.is_empty() {
        return;
    }
    for (store, local) in [(value.as_str(), "0002JA0102そば"), (STORE, value.as_str())] {
        let objects = [
            (0, "01"),
            (1, "11"),
            (26, store),
            (52, "5812"),
            (53, "392"),
            (58, "JP"),
            (59, "SOBA"),
            (60, "TOKYO"),
            (61, "1000001"),
            (64, local),
        ];
        let covered: String = objects.iter().map(|(id, value)| object(*id, value)).collect();
        profile(&text::sealed(&covered));
    }
}

/// The digits of the text as the values of a bill.
fn within_a_bill(text: &str) {
    use emvqr::elqr::{LevyData, PaymentData};

    let digits: String = text.chars().filter(char::is_ascii_digit).chain("0".repeat(205).chars()).collect();
    let (payment, rest) = digits.split_at(PaymentData::LENGTH);
    let (levy, rest) = rest.split_at(LevyData::LENGTH);
    let (further, rest) = rest.split_at(85);
    let payment = PaymentData::from_digits(payment).expect("83 digits");
    let levy = LevyData::from_digits(levy).expect("26 digits");
    let amount = rest[..11].parse().expect("11 digits");
    // As the digits say, and with what must be right put right.
    let repeated = format!("{amount:011}");
    let dated = LevyData { due_date: "20240229", last_payment_date: "20241231", ..levy };
    for (payment, levy) in [(payment, levy), (PaymentData { amount: &repeated, ..payment }, dated)] {
        let builder = Builder::new(payment, amount, levy).further_data(further);
        let Ok(written) = builder.encode_to_string() else {
            let is_right = payment.amount == repeated && levy == dated && amount > 0;
            assert!(!is_right, "a sound bill is written");
            continue;
        };
        bill(&written);
        let read = Bill::parse(&written, None).expect("what is written conforms");
        assert_eq!((read.payment_data(), read.levy_data()), (Some(payment), Some(levy)));
        assert_eq!((read.amount_in_yen(), read.further_data()), (Ok(Some(amount)), Some(further)));
    }
}

/// A finding lies inside the text, on ends of characters.
fn inside(text: &str, found: &Violation) {
    assert!(text.get(found.offset()..found.offset() + found.length()).is_some(), "{found} in {} bytes", text.len());
}
