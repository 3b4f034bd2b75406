//! The laws of codes that are built from the fields of a network.

use arbitrary::{Arbitrary, Unstructured};
use emvqr::encode::BuildError;
use emvqr::network::{Builder, FieldError};
use emvqr::value::{Amount, Mcc};
use emvqr::{Clock, Code, ErrorKind};

use crate::naive::{self, Text, written_networks as written};
use crate::parse::assert_mute;
use written::{Form, Network, Presence};

/// What is wished: for each field of a network whether it is given, how, and of which characters.
#[derive(Arbitrary, Debug)]
struct Wish<'d> {
    network: u8,
    fields: [(u8, u8, &'d str); 6],
    amount: Option<u32>,
    name: bool,
}

/// A code is built if, and only if, the list of the networks' fields takes the values; then it is valid, without a finding of its
/// network, every value is in its place, and the payee has the parts that were given.
pub fn network_builder(data: &[u8]) {
    let Ok(wish) = Wish::arbitrary(&mut Unstructured::new(data)) else { return };
    let network = &written::NETWORKS[usize::from(wish.network) % written::NETWORKS.len()];
    // Which fields, with which texts.
    let mut given: Vec<(&written::Field, String)> = Vec::new();
    for (field, (presence, form, text)) in network.fields.iter().zip(wish.fields) {
        let is_given = match field.presence {
            Presence::Mandatory => presence % 16 > 0,
            Presence::OneOf => presence.is_multiple_of(4),
            Presence::Optional => presence.is_multiple_of(2),
        };
        // An empty text counts as none.
        let text = field.form.text(form, text);
        if is_given && !text.is_empty() {
            given.push((field, text));
        }
    }
    let mut builder = Builder::of(network.id).expect("a network of the table");
    for (field, text) in &given {
        let is_sound = field.form.written(text).is_some();
        builder = match builder.field(field.key, text) {
            Ok(builder) => builder,
            Err(error) => {
                assert!(!is_sound, "{}.{}: {error} of {text:?}", network.id, field.key);
                assert_mute(&error);
                assert!(matches!(error, FieldError::Value(..)));
                return;
            }
        };
        assert!(is_sound, "{}.{} takes {text:?}", network.id, field.key);
    }
    if let Some(amount) = wish.amount {
        builder = builder.amount(Amount::from_minor(u64::from(amount) + 1, 0).expect("13 characters are enough"));
    }
    let has_name = wish.name || network.has_fillers;
    if has_name {
        builder = builder.name("NAME").city("CITY").merchant_category_code(Mcc::RESTAURANTS);
    }
    let count = |wanted| given.iter().filter(|(field, _)| field.presence == wanted).count();
    let all = |wanted| network.fields.iter().filter(|field| field.presence == wanted).count();
    let is_complete =
        count(Presence::Mandatory) == all(Presence::Mandatory) && count(Presence::OneOf) == all(Presence::OneOf).min(1);
    let built = match builder.build() {
        Ok(built) => built,
        Err(error) => {
            // Identifier and values fit by themselves, and are too long together.
            let values = given.iter().filter_map(|(field, text)| field.form.written(text));
            let length: usize = values.map(|value| 4 + value.chars().count()).sum();
            let is_long = matches!(error, BuildError::Encode(error) if error.kind() == ErrorKind::ValueTooLong);
            let is_full = is_long && 4 + network.guid.len() + length > 99;
            // Or EMVCo's rules of text are broken: controls, blanks, other units.
            let rules = ["emv.text.control", "emv.text.blank", "emv.length.ambiguous"];
            let is_odd = given
                .iter()
                .any(|(_, text)| text.trim().is_empty() || text.bytes().any(|byte| !(b' '..=b'~').contains(&byte)));
            let is_of_text = is_odd && matches!(error, BuildError::Rule(found) if rules.contains(&found.rule().id()));
            assert!(!is_complete || is_full || is_of_text, "{} refuses {given:?}: {error}", network.id);
            return;
        }
    };
    assert!(is_complete, "{} takes {given:?}", network.id);
    check(network, &given, built.as_str());
}

fn check(network: &Network, given: &[(&written::Field, String)], text: &str) {
    let payload = emvqr::Payload::parse(text).expect("what is built is a payload");
    let validation = Code::validate(&payload, Clock::UNKNOWN);
    let is_of_networks = |found: &emvqr::Violation| found.rule().id().starts_with("network.");
    assert!(validation.is_valid() && !validation.violations().iter().any(is_of_networks), "{text}");
    // Read by a plain reader: every value in its place.
    let whole = Text::new(text);
    let root = naive::strict(text.as_bytes()).expect("read by the library");
    let value = |path: &[u8]| {
        let mut objects = root.clone();
        let mut found = None;
        for id in path {
            let object = objects.iter().find(|object| object.id() == *id)?.clone();
            objects = object.run(&whole).0;
            found = Some(object.value);
        }
        found
    };
    assert_eq!(value(&[53]).as_deref(), Some(network.currency));
    assert_eq!(value(&[58]).as_deref(), Some(network.country));
    assert_eq!(value(&[network.root, 0]).as_deref(), Some(network.guid));
    for (field, text) in given {
        assert_eq!(value(field.path), field.form.written(text), "{}.{}", network.id, field.key);
    }
    let of = |path: &[u8]| given.iter().find(|(field, _)| field.path == path);
    let part =
        |paths: &[&[u8]]| paths.iter().find_map(|path| of(path)).and_then(|(field, text)| field.form.written(text));
    let payee = validation.code().payee().expect("somebody is paid");
    assert_eq!(payee.network(), network.id);
    assert_eq!(Some(payee.account().to_owned()), part(network.account));
    assert_eq!(payee.institution().map(ToOwned::to_owned), part(network.institution));
}

impl Form {
    /// A text that may have the form.
    fn text(self, how: u8, text: &str) -> String {
        // Half of the texts are drawn as they are.
        if how.is_multiple_of(8) {
            return text.chars().take(40).collect();
        }
        let digits = |count: usize| -> String {
            let drawn = text.bytes().chain(std::iter::repeat(how));
            drawn.take(count).map(|byte| char::from(b'0' + byte % 10)).collect()
        };
        let letters = |count: usize| -> String {
            let drawn = text.bytes().chain(std::iter::repeat(how));
            drawn.take(count).map(|byte| char::from(b'A' + byte % 26)).collect()
        };
        let within = |(least, most): (usize, usize)| least + usize::from(how) % (most - least + 1);
        match self {
            Self::Digits(least, most) => digits(within((least, most))),
            Self::Letters(least, most) | Self::Printable(least, most) | Self::Any(least, most) => {
                letters(within((least, most)))
            }
            Self::Phone { country, zero, digits: (least, most), start, length, .. } => {
                let number = digits(within((least, most)));
                match how % 4 {
                    0 => format!("{zero}{number}"),
                    1 => format!("+{country}{number}"),
                    2 => format!("{start}{number}"),
                    // As long, and no telephone number of the country.
                    _ => digits(length),
                }
            }
            Self::Bic => letters(if how.is_multiple_of(2) { 8 } else { 11 }),
        }
    }
}
