//! One rule on top of JPQR, with nothing but the public API: an acquirer that takes codes of its own stores alone.
//!
//! `cargo run --example own_rule -- 'PAYLOAD'`

use core::ops::ControlFlow;

use emvqr::profile::Profile;
use emvqr::rule::{Rule, Severity, Violation, Visitor};
use emvqr::{Jpqr, Payload, Tag};

/// The management level 1 of the acquirer's stores.
const OURS: &str = "0000000000001";

static STORE: Rule =
    Rule::new("acquirer.26-01.value", Severity::Error, "our contract, 4", "the store is not one of ours");

/// A JPQR code of one of our stores.
struct OurCode<'a>(Jpqr<'a>);

impl<'a> Profile<'a> for OurCode<'a> {
    type Context = ();

    const NAME: &'static str = "acquirer";

    fn recognises(payload: &Payload<'a>) -> bool {
        Jpqr::recognises(payload)
    }

    fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        Jpqr::check(payload, (), visitor)?;
        let templates = payload.tags().into_iter().filter_map(|tag| payload.get(tag)?.template().ok());
        for template in templates.filter(|template| template.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).is_some()) {
            let level = Tag::new(1).and_then(|tag| template.get(tag)).filter(|level| level.length() == OURS.len());
            if let Some(level) = level.filter(|level| level.value() != OURS) {
                visitor.report(Violation::of_value(&STORE, &level))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn of(payload: &Payload<'a>) -> Self {
        Self(Jpqr::of(payload))
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = std::env::args().nth(1).unwrap_or_default();
    let validation = Payload::parse(&text)?.validate::<OurCode<'_>>(());
    for finding in validation.violations() {
        println!("{}: {finding}", finding.severity());
    }
    println!("{:?} {}", validation.code().0.name(), if validation.is_valid() { "is ours" } else { "is refused" });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "00020101021126680019jp.or.paymentsjapan0113000000000000102040001030600000104060000015204581253033925802\
                        JP5909TEST SHOP6005TOKYO6107106003264150002JA0105テスト商店630487E2";

    #[test]
    fn our_stores_pass_and_others_do_not() {
        assert!(Payload::parse(CODE).unwrap().view::<OurCode<'_>>(()).is_ok());
        let change = [emvqr::edit::Change::set("26-01", "0000000000002")];
        let other = Payload::parse(CODE).unwrap().edit(&change).build_unchecked().unwrap();
        let found = other.as_payload().validate::<OurCode<'_>>(()).into_violations();
        assert_eq!(found.iter().map(|found| found.rule().id()).collect::<Vec<_>>(), ["acquirer.26-01.value"]);
        assert_eq!((found[0].path().to_string().as_str(), found[0].length()), ("26-01", 13));
    }
}
