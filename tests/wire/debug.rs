//! What developers see of a value: its type, and no text of a payload.

use emvqr::Clock;
use emvqr::crossborder::{Intent, Policy, Rewrite, Supplement};
use emvqr::display::Escaped;
use emvqr::edit::Change;
use emvqr::elqr::{self, LevyData, PaymentData};
use emvqr::encode::{RootRun, TemplateBuf};
use emvqr::jpqr::{self, StoreId};
use emvqr::khqr::{self, BakongAccount};
use emvqr::mask::{Class, Masked};
use emvqr::value::{Guid, Mcc};
use emvqr::{Code, Jpqr, Khqr, Mpm, Payload, PayloadBuf, Tag, crc, mpm, network, rule};

const KHQR: &str = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";

#[test]
fn debug_names_the_type_and_hides_the_text() {
    let payload = Payload::parse(KHQR).unwrap();
    let khqr = Khqr::of(&payload);
    let intent = Intent::of(&payload, Policy::default()).unwrap();
    let account = network::accounts(&payload).next().unwrap();
    let free = rule::Each(|_: emvqr::Violation| core::ops::ControlFlow::<()>::Continue(()));
    let mut template = TemplateBuf::new();
    template.push(Tag::MERCHANT_NAME, "John Smith").unwrap();
    let store: StoreId = "99999999999990001000002000003".parse().unwrap();
    let required = jpqr::Required {
        store_id: store,
        merchant_category_code: Mcc::RESTAURANTS,
        name: "John Smith",
        city: "PHNOM PENH",
        postal_code: "1066143",
        alternate_name: "John Smith",
    };
    let of_mpm = mpm::Required {
        merchant_account_information: (Tag::MERCHANT_NAME, "john_smith@devb"),
        merchant_category_code: Mcc::RESTAURANTS,
        transaction_currency: emvqr::value::Currency::KHR,
        country_code: emvqr::value::CountryCode::JP,
        merchant_name: "John Smith",
        merchant_city: "PHNOM PENH",
    };
    let change = [Change::set("59", "John Smith")];
    let supplement = Supplement { alternate_name: Some("John Smith"), ..Supplement::default() };
    let rewrite = Rewrite::to_jpqr(&khqr, &supplement);
    let field = account.fields().next().unwrap();
    let changed = payload.edit(&change);
    let bill = elqr::Builder::new(PaymentData::ZERO, 1, LevyData::ZERO);
    let shown = [
        ("Payload(", format!("{payload:?}")),
        ("Payload(", format!("{:?}", PayloadBuf::from(payload.clone()))),
        ("BakongAccount(", format!("{:?}", BakongAccount::parse("john_smith@devb").unwrap())),
        ("Builder", format!("{:?}", khqr::Builder::individual("john_smith@devb", "John Smith"))),
        ("Builder", format!("{:?}", jpqr::Builder::new(&required))),
        ("Builder", format!("{:?}", mpm::Builder::new(&of_mpm))),
        ("Builder", format!("{bill:?}")),
        ("Required", format!("{required:?}")),
        ("Required", format!("{of_mpm:?}")),
        ("TemplateBuf", format!("{template:?}")),
        ("RootRun(", format!("{:?}", RootRun([(Tag::MERCHANT_NAME, "John Smith")]))),
        ("set(59)", format!("{:?}", change[0])),
        ("Edit(", format!("{changed:?}")),
        ("Escaped(", format!("{:?}", Escaped("John Smith"))),
        ("Masked(Text)", format!("{:?}", Masked("John Smith", Class::Text))),
        ("MaskedText(", format!("{:?}", payload.masked())),
        ("NetworkAccount(", format!("{account:?}")),
        ("FieldValue(", format!("{field:?}")),
        ("References(", format!("{:?}", intent.references())),
        ("Payee(khqr, 29-00)", format!("{:?}", intent.payee.unwrap())),
        ("Reading(", format!("{:?}", network::Reading::of(&payload, &[]))),
        ("Supplement(..)", format!("{supplement:?}")),
        ("Rewrite", format!("{rewrite:?}")),
        ("Blocks(", format!("{:?}", intent.blocks(Clock::UNKNOWN, Policy::default()))),
        ("Khqr", format!("{:?}", Code::of(&payload).scheme())),
        ("Running(", format!("{:?}", crc::Running::new())),
        ("Each", format!("{free:?}")),
        ("StoreId(", format!("{store:?}")),
        ("Guid(", format!("{:?}", Guid::new("com.example"))),
        ("Network(khqr)", format!("{:?}", account.network())),
        ("PaymentData(..)", format!("{:?}", PaymentData::ZERO)),
        ("Kh", format!("{khqr:?}")),
        ("Mpm", format!("{:?}", Mpm::of(&payload))),
        ("Jpqr", format!("{:?}", Jpqr::of(&payload))),
    ];
    for (start, shown) in &shown {
        assert!(shown.starts_with(start), "{shown} instead of {start}");
        for text in ["John", "john_smith", "Smith", "PHNOM", "1066143"] {
            assert!(!shown.contains(text), "{shown}");
        }
    }
    assert_eq!(format!("{:?}", network::TABLE[0].recognition()).split('(').next(), Some("Shape"));
}

/// A key in a map: equal payloads have one hash, others another.
#[test]
fn hashes_are_of_the_text() {
    use std::hash::{BuildHasher, Hash, RandomState};

    let other = KHQR.replace("Smith", "Smyth");
    let other =
        format!("{}{:04X}", &other[..other.len() - 4], crate::common::crc(&other.as_bytes()[..other.len() - 4]));
    let state = RandomState::new();
    let hash = |value: &dyn Fn(&mut std::hash::DefaultHasher)| {
        let mut hasher = state.build_hasher();
        value(&mut hasher);
        std::hash::Hasher::finish(&hasher)
    };
    let [one, two] = [KHQR, &other].map(|text| Payload::parse(text).unwrap());
    assert_eq!(hash(&|h| one.hash(h)), hash(&|h| one.clone().hash(h)));
    assert_ne!(hash(&|h| one.hash(h)), hash(&|h| two.hash(h)));
    assert_eq!(hash(&|h| one.to_buf().hash(h)), hash(&|h| one.hash(h)), "borrowed and owned are one key");
    assert_ne!(hash(&|h| one.to_buf().hash(h)), hash(&|h| two.to_buf().hash(h)));
    let [khqr, jpqr] = ["khqr", "jpqr"].map(|id| network::by_id(id).unwrap());
    assert_ne!(hash(&|h| khqr.hash(h)), hash(&|h| jpqr.hash(h)));
}

#[test]
fn values_compare_with_texts() {
    let store: StoreId = "99999999999990001000002000003".parse().unwrap();
    assert!(store == *"99999999999990001000002000003" && store == "99999999999990001000002000003");
    assert!(store != *"99999999999990001000002000004" && store != "99999999999990001000002000004");
    let guid = Guid::new("com.example");
    assert!(guid == *"com.example" && guid == "com.example");
    assert!(guid != *"com.exampl" && guid != "com.exampl");
    let account = BakongAccount::parse("a@b").unwrap();
    assert!(account == *"a@b" && account == "a@b");
    assert!(account != *"a@c" && account != "a@c");
}
