//! Another country's network and profile, with nothing but the public API: Pathao Pay's codes in Bangladesh, which the
//! crate's own table does not have.
//!
//! The network is a row of a static table, of the same types as [`emvqr::network::TABLE`]; the profile keeps EMVCo's rules and
//! adds the row's formats and a currency.
//!
//! `cargo run --example custom_profile -- '00020101021126380013com.pathaopay...6304....'`

use core::ops::ControlFlow;
use std::process::ExitCode;

use emvqr::network::{self, At, Class, Field, Format, Network, NetworkAccount, Person, Presence, Recognition};
use emvqr::profile::Profile;
use emvqr::rule::{Rule, Severity, Violation, Visitor};
use emvqr::value::Currency;
use emvqr::{Mpm, Path, Payload, Tag};

/// Observed in a public code: 01 is a number of the bank, 08 the merchant's account.
static NETWORKS: &[Network] = &[Network::new("bd.pathao", "Pathao Pay", Recognition::Guid(&["com.pathaopay"]))
    .of("BD", "050")
    .usually_in("26")
    .person(Person::No)
    .keyed(&[At::Template(&[8])])
    .fields(&[
        Field::new(At::Template(&[1]), "bank", "network.bd.pathao.bank", "Bank", Format::N, (2, 2), Class::Clear)
            .present(Presence::Mandatory),
        Field::new(
            At::Template(&[8]),
            "account",
            "network.bd.pathao.account",
            "Merchant account",
            Format::N,
            (8, 20),
            Class::Account,
        )
        .present(Presence::Mandatory),
    ])];

static CURRENCY: Rule =
    Rule::new("pathao.53.value", Severity::Error, "observed in all codes", "the currency is not the taka");
static FIELD: Rule =
    Rule::new("pathao.26.field", Severity::Error, "observed in all codes", "a field is missing or of another format");

/// A code that pays by Pathao.
struct Pathao<'a> {
    base: Mpm<'a>,
}

fn account<'p, 'a>(payload: &'p Payload<'a>) -> Option<NetworkAccount<'p, 'a>> {
    network::accounts_in(payload, NETWORKS).next()
}

impl<'a> Profile<'a> for Pathao<'a> {
    type Context = ();

    const NAME: &'static str = "pathao";

    fn recognises(payload: &Payload<'a>) -> bool {
        account(payload).is_some()
    }

    fn check(payload: &Payload<'_>, (): (), visitor: &mut dyn Visitor) -> ControlFlow<()> {
        Mpm::check(payload, (), visitor)?;
        if let Some(currency) = payload.get(Tag::TRANSACTION_CURRENCY)
            && currency.value().parse().ok() != Currency::from_alphabetic("BDT")
        {
            visitor.report(Violation::of_value(&CURRENCY, &currency))?;
        }
        let Some(account) = account(payload) else { return ControlFlow::Continue(()) };
        for field in account.fields().filter(|field| field.fit().is_err()) {
            visitor.report(Violation::of_value(&FIELD, &field.object()))?;
        }
        if account.missing().next().is_some() {
            let object = account.object();
            visitor.report(Violation::new(&FIELD, Path::of(object.tag()), object.end(), 0))?;
        }
        ControlFlow::Continue(())
    }

    fn of(payload: &Payload<'a>) -> Self {
        Self { base: Mpm::of(payload) }
    }
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
    let Some(account) = account(&payload) else {
        eprintln!("no account of Pathao Pay");
        return ExitCode::from(1);
    };
    for field in account.fields() {
        let shown = emvqr::mask::Masked(field.value(), field.class());
        println!("{} {}: {shown}", field.object().path(), field.field().name());
    }
    match payload.view::<Pathao<'_>>(()) {
        Ok(code) => {
            println!("pay {}", code.base.merchant_name().unwrap_or_default());
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
    use emvqr::encode::RootRun;

    /// Composed on the pattern of a public code, with zeros.
    const OBJECTS: &[(&str, &str)] = &[
        ("00", "01"),
        ("01", "11"),
        ("26", "0013com.pathaopay010203080800000000"),
        ("52", "4739"),
        ("53", "050"),
        ("58", "BD"),
        ("59", "WEBMOSH"),
        ("60", "DHAKA"),
    ];

    fn code(id: &str, value: &str) -> String {
        let objects =
            OBJECTS.iter().map(|(known, old)| (known.parse().unwrap(), if *known == id { value } else { *old }));
        RootRun(objects.collect::<Vec<(Tag, &str)>>()).encode_to_string().unwrap()
    }

    #[test]
    fn reads_a_network_that_the_crate_does_not_know() {
        let text = code("26", "0013COM.PATHAOPAY01020308100000000004");
        let payload = Payload::parse(&text).unwrap();
        assert_eq!(network::accounts(&payload).count(), 0);
        let account = account(&payload).unwrap();
        assert_eq!(
            (account.network().id(), account.payee().unwrap().path().to_string()),
            ("bd.pathao", "26-08".into())
        );
        assert_eq!(account.is_person(), Some(false));
        assert!(payload.view::<Pathao<'_>>(()).is_ok());
    }

    #[test]
    fn refuses_another_currency_and_a_field_of_another_format() {
        for (id, value, rule, path) in [
            ("53", "356", &CURRENCY, "53"),
            ("26", "0013com.pathaopay010203080800000x00", &FIELD, "26-08"),
            ("26", "0013com.pathaopay010203", &FIELD, "26"),
        ] {
            let text = code(id, value);
            let Ok(payload) = Payload::parse(&text) else { panic!("{text}") };
            let violations = payload.validate::<Pathao<'_>>(()).into_violations();
            let found = violations.iter().find(|found| found.rule() == rule);
            let path = path.parse::<Path>().unwrap();
            assert!(found.is_some_and(|found| found.path() == path), "{id} {value}: {violations:?}");
        }
    }
}
