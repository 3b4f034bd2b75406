//! Another country's profile, with nothing but the public API: Thai PromptPay.
//!
//! PromptPay codes leave out 52, 59 and 60, which EMVCo demands, so the profile keeps EMVCo's rules except those.
//!
//! `cargo run --example custom_profile -- '00020101021129370016A000000677010111011300668122233335802TH53037646304....'`

use core::ops::ControlFlow;
use std::process::ExitCode;

use emvqr::mpm::rules;
use emvqr::profile::{Profile, RootObjects};
use emvqr::rule::{FilterMap, Rule, Severity, Violation, Visitor};
use emvqr::value::Currency;
use emvqr::{Mpm, Payload, Tag};

/// What sub-objects 01 to 04 of template 29 can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payee<'a> {
    Mobile(&'a str),
    NationalId(&'a str),
    EWallet(&'a str),
    BankAccount(&'a str),
}

/// A PromptPay credit transfer: template 29 with the AID A000000677010111.
struct PromptPay<'a> {
    base: Mpm<'a>,
}

const AID: &str = "A000000677010111";

static CURRENCY: Rule =
    Rule::new("promptpay.53.value", Severity::Error, "observed in all codes", "the currency is not the baht");
static PAYEE_MISSING: Rule =
    Rule::new("promptpay.29.payee-missing", Severity::Error, "observed in all codes", "no payee is present");

impl<'a> PromptPay<'a> {
    fn payee(&self) -> Option<Payee<'a>> {
        let account = self.base.account_by_guid(AID)?;
        let payee =
            |id, payee: fn(&'a str) -> Payee<'a>| account.get(Tag::new(id)?).map(|object| payee(object.value()));
        payee(1, Payee::Mobile)
            .or_else(|| payee(2, Payee::NationalId))
            .or_else(|| payee(3, Payee::EWallet))
            .or_else(|| payee(4, Payee::BankAccount))
    }
}

impl<'a> Profile<'a> for PromptPay<'a> {
    type Context = ();

    const NAME: &'static str = "promptpay";

    fn recognises(payload: &Payload<'a>) -> bool {
        Mpm::read(payload).account_by_guid(AID).is_some()
    }

    fn check(objects: &dyn RootObjects<'a>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        Mpm::check(objects, (), &mut FilterMap::new(visitor, |found| Some(lenient(found))))?;
        if let Some(currency) = objects.get(Tag::TRANSACTION_CURRENCY)
            && currency.value().parse() != Ok(Currency::THB)
        {
            visitor.report(Violation::of_value(&CURRENCY, &currency))?;
        }
        let templates = objects.tags().into_iter().filter(|tag| (26..=51).contains(&tag.get()));
        for template in templates.filter_map(|tag| objects.get(tag)?.template().ok()) {
            let guid = template.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER);
            let is_ours = guid.is_some_and(|guid| guid.value().eq_ignore_ascii_case(AID));
            if is_ours && (1..=4).filter_map(Tag::new).all(|tag| !template.tags().contains(tag)) {
                visitor.report(Violation::new(&PAYEE_MISSING, template.path(), template.end(), 0))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn read(payload: &Payload<'a>) -> Self {
        Self { base: Mpm::read(payload) }
    }
}

/// EMVCo's findings, except that what PromptPay does not keep becomes a warning.
fn lenient(violation: Violation) -> Violation {
    let left_out = [rules::MCC_MISSING, rules::NAME_MISSING, rules::CITY_MISSING].contains(&violation.rule());
    if left_out { violation.with_severity(Severity::Warning) } else { violation }
}

fn main() -> ExitCode {
    let Some(text) = std::env::args().nth(1) else {
        eprintln!("usage: custom_profile PAYLOAD");
        return ExitCode::from(2);
    };
    let payload = match Payload::parse(&text) {
        Ok(payload) => payload,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(1);
        }
    };
    if !PromptPay::recognises(&payload) {
        eprintln!("no PromptPay template");
        return ExitCode::from(1);
    }
    for violation in payload.violations_at::<PromptPay<'_>>(()) {
        println!("{}: {violation}", violation.severity());
    }
    match payload.view::<PromptPay<'_>>() {
        Ok(code) => {
            match code.base.transaction_amount() {
                Ok(Some(amount)) => println!("pay {:?}, {amount} baht", code.payee()),
                Ok(None) => println!("pay {:?}, ask for an amount in baht", code.payee()),
                Err(error) => eprintln!("{error}"),
            }
            ExitCode::SUCCESS
        }
        Err(violation) => {
            eprintln!("refused: {violation}");
            ExitCode::from(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emvqr::Encode;

    /// Composed: EMVCo's template 29 with a mobile number, baht, no 52, 59 and 60; the CRC is added.
    const CODE: &str = "00020101021129370016A000000677010111011300660000000005802TH5303764";

    fn code(text: &str) -> String {
        let objects: Vec<_> =
            emvqr::tlv::read(text).map(|object| object.map(|object| (object.tag(), object.value())).unwrap()).collect();
        emvqr::encode::RootRun(objects).encode_to_string().unwrap()
    }

    #[test]
    fn reads_a_code_that_emvco_refuses() {
        let text = code(CODE);
        let payload = Payload::parse(&text).unwrap();
        assert!(payload.view::<Mpm<'_>>().is_err());
        assert_eq!(payload.view::<PromptPay<'_>>().unwrap().payee(), Some(Payee::Mobile("0066000000000")));
    }

    #[test]
    fn finds_its_template_by_its_identifier() {
        // Another network's 29, and PromptPay's in 30 without a payee.
        let objects = CODE.replace(
            "29370016A000000677010111011300660000000005802TH",
            "29150011com.example30200016A0000006770101115802TH",
        );
        let text = code(&objects);
        let violation = Payload::parse(&text).unwrap().view::<PromptPay<'_>>().err().unwrap();
        assert_eq!((violation.rule(), violation.path().to_string().as_str()), (&PAYEE_MISSING, "30"));
        assert_eq!(violation.offset(), text.find("5802TH").unwrap());
    }

    #[test]
    fn refuses_another_currency() {
        let text = code(&CODE.replace("5303764", "5303840"));
        let violation = Payload::parse(&text).unwrap().view::<PromptPay<'_>>().err().unwrap();
        assert_eq!(violation.rule(), &CURRENCY);
    }
}
