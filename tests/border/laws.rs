//! Laws of the cross-border part over composed codes: every leaf of the source and of the result is accounted for once,
//! what is written conforms, there and back keeps what was copied, and nothing allocates or panics.

use std::collections::BTreeMap;

use crate::common::{payload, run};
use crate::counting::{allocations, assert_allocates_nothing};
use emvqr::Clock;
use emvqr::crossborder::map::Markdown;
use emvqr::crossborder::report::{Origin, Outcome};
use emvqr::crossborder::write::RewriteError;
use emvqr::crossborder::{Intent, Policy, Rewrite, Supplement};
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::value::{Amount, Currency, Mcc};
use emvqr::{Payload, Tag};
use proptest::prelude::*;

const NOW: u64 = 1_750_000_000_000;

/// An object that is owned.
type Owned = (&'static str, String);

fn compose(objects: &[Owned]) -> String {
    payload(&objects.iter().map(|(id, value)| (*id, value.as_str())).collect::<Vec<_>>())
}

fn template(objects: &[Owned]) -> String {
    run(&objects.iter().map(|(id, value)| (*id, value.as_str())).collect::<Vec<_>>())
}

fn matching(pattern: &str, most: usize) -> impl Strategy<Value = String> + use<> {
    proptest::string::string_regex(&format!("{pattern}{{1,{most}}}")).unwrap()
}

/// Text that can be seen: a name of blanks is read with a warning, and not written.
fn latin(most: usize) -> impl Strategy<Value = String> {
    matching("[ -~]", most).prop_filter("blank", |text| !text.trim().is_empty())
}

/// Text that KHQR's toolkits count as we do.
fn any_script(most: usize) -> impl Strategy<Value = String> {
    prop_oneof![latin(most), matching("[ក-ឳ]", most), matching("[一-龠ァ-ヴ]", most)]
}

/// Text with characters beyond U+FFFF among others, or blank, or with characters that turn it round.
fn wild(most: usize) -> impl Strategy<Value = String> {
    prop_oneof![any_script(most), matching("[ 一-龠𠮷😀]", most), matching("[ a\u{200B}\u{202E}\u{3164}]", most)]
}

/// References of which each may be there; no more than a template holds.
fn references(value: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = Vec<Owned>> {
    let ids = ["01", "02", "03", "04", "05", "06", "07", "08"];
    let one = prop_oneof![4 => value, 1 => Just("***".to_owned())].boxed();
    let slots: Vec<_> = ids.iter().map(|id| proptest::option::of((Just(*id), one.clone()))).collect();
    (slots, any::<bool>()).prop_map(|(slots, reserved)| {
        let mut objects: Vec<Owned> = slots.into_iter().flatten().collect();
        if reserved {
            objects.push(("50", "0011com.example".to_owned()));
        }
        objects
    })
}

/// What neither scheme carries over.
fn strangers() -> impl Strategy<Value = Vec<Owned>> {
    let all =
        [("04", "4000123456789012"), ("40", "0011com.example0101x"), ("65", "future"), ("85", "0011com.example0101x")];
    proptest::sample::subsequence(all.to_vec(), 0..=4)
        .prop_map(|objects| objects.into_iter().map(|(id, value)| (id, value.to_owned())).collect())
}

fn push_references(objects: &mut Vec<Owned>, references: &[Owned]) {
    if !references.is_empty() {
        objects.push(("62", template(references)));
    }
}

prop_compose! {
    /// A KHQR code that its profile accepts.
    fn khqr()(
        individual in any::<bool>(),
        dollars in any::<bool>(),
        minor in proptest::option::of(1_u32..9_999_999),
        fixed_form in any::<bool>(),
        name in any_script(25),
        city in any_script(15),
        references in references(any_script(7)),
        local in proptest::option::of((prop_oneof![Just("km"), Just("JA"), Just("ja"), Just("en")], any_script(25), proptest::option::of(any_script(15)))),
        strangers in strangers(),
        postal in any::<bool>(),
    ) -> Vec<Owned> {
        let dynamic = minor.is_some() && fixed_form;
        let mut objects = vec![("00", "01".to_owned()), ("01", if dynamic { "12" } else { "11" }.to_owned())];
        let account = [("00", "shop@aclb".to_owned()), ("01", "M-0001".to_owned()), ("02", "ACLEDA Bank".to_owned())];
        objects.push((if individual { "29" } else { "30" }, template(&account)));
        objects.push(("52", "5999".to_owned()));
        objects.push(("53", if dollars { "840" } else { "116" }.to_owned()));
        if let Some(minor) = minor {
            let amount = if dollars { format!("{}.{:02}", minor / 100, minor % 100) } else { minor.to_string() };
            objects.push(("54", amount));
            objects.push(("99", template(&[("00", (NOW - 5).to_string()), ("01", (NOW + 5).to_string())])));
        }
        objects.push(("58", "KH".to_owned()));
        objects.push(("59", name));
        objects.push(("60", city));
        if postal {
            objects.push(("61", "120101".to_owned()));
        }
        push_references(&mut objects, &references);
        if let Some((language, name, city)) = local {
            let mut inside = vec![("00", language.to_owned()), ("01", name)];
            inside.extend(city.map(|city| ("02", city)));
            objects.push(("64", template(&inside)));
        }
        objects.extend(strangers);
        objects
    }
}

prop_compose! {
    /// A JPQR code that its profile accepts.
    fn jpqr()(
        id in prop_oneof![Just("26"), Just("27"), Just("51")],
        store in "[0-9]{29}",
        yen in proptest::option::of(1_u32..9_999_999),
        form in prop_oneof![Just(None), Just(Some("11")), Just(Some("12"))],
        name in latin(25),
        city in latin(15),
        references in references(latin(7)),
        local in any_script(25),
        strangers in strangers(),
    ) -> Vec<Owned> {
        let mut objects = vec![("00", "01".to_owned())];
        objects.extend(form.map(|form| ("01", form.to_owned())));
        let levels = [
            ("00", "jp.or.paymentsjapan".to_owned()),
            ("01", store[..13].to_owned()),
            ("02", store[13..17].to_owned()),
            ("03", store[17..23].to_owned()),
            ("04", store[23..].to_owned()),
        ];
        objects.push((id, template(&levels)));
        objects.push(("52", "5812".to_owned()));
        objects.push(("53", "392".to_owned()));
        objects.extend(yen.map(|yen| ("54", yen.to_string())));
        objects.extend([("58", "JP".to_owned()), ("59", name), ("60", city), ("61", "1066143".to_owned())]);
        push_references(&mut objects, &references);
        objects.push(("64", template(&[("00", "JA".to_owned()), ("01", local)])));
        objects.extend(strangers);
        objects
    }
}

/// Everything that a switch can be asked for, but for the currency.
fn supplement() -> Supplement<'static> {
    Supplement {
        store_id: Some("99999999999990001000002000003".parse().unwrap()),
        postal_code: Some("1500001"),
        alternate_name: Some("ヌードルバー"),
        name: Some("SUPPLIED NAME"),
        city: Some("SUPPLIED CITY"),
        amount: Some(Amount::new("1500").unwrap()),
        bakong_account: Some("settle@sath"),
        acquiring_bank: Some("Sathapana"),
        created_ms: Some(NOW),
        expires_at_ms: Some(NOW + 300_000),
        ..Supplement::default()
    }
}

/// The same, of a quote in the currency of the other scheme.
fn quote(source: &Payload<'_>) -> Supplement<'static> {
    let currency = if Khqr::recognises(source) { Currency::JPY } else { Currency::KHR };
    Supplement { currency: Some(currency), ..supplement() }
}

prop_compose! {
    /// A supplement from which anything may be missing, in any currency.
    fn partial()(
        given in proptest::collection::vec(any::<bool>(), 14),
        currency in prop_oneof![Just(Currency::KHR), Just(Currency::USD), Just(Currency::JPY), Just(Currency::THB)],
    ) -> Supplement<'static> {
        let all = supplement();
        Supplement {
            store_id: all.store_id.filter(|_| given[0]),
            postal_code: all.postal_code.filter(|_| given[1]),
            alternate_name: all.alternate_name.filter(|_| given[2]),
            name: all.name.filter(|_| given[3]),
            city: all.city.filter(|_| given[4]),
            merchant_category_code: given[5].then_some(Mcc::NONE),
            bakong_account: all.bakong_account.filter(|_| given[6]),
            merchant_id: given[7].then_some("SW-77"),
            acquiring_bank: all.acquiring_bank.filter(|_| given[8]),
            currency: given[9].then_some(currency),
            amount: all.amount.filter(|_| given[10]),
            created_ms: all.created_ms.filter(|_| given[11]),
            expires_at_ms: all.expires_at_ms.filter(|_| given[12]),
            consent_mobile: given[13],
        }
    }
}

fn report<'a, 's>(source: &Payload<'a>, given: &Supplement<'s>) -> Rewrite<'a, 's> {
    if Khqr::recognises(source) {
        Rewrite::to_jpqr(&Khqr::of(source), given).at(Clock::at_millis(NOW)).under(Policy::default())
    } else {
        Rewrite::to_khqr(&Jpqr::of(source), given).at(Clock::at_millis(NOW)).under(Policy::default())
    }
}

/// Whether the other scheme writes the currency.
fn writes(to_japan: bool, currency: Currency) -> bool {
    if to_japan { currency == Currency::JPY } else { [Currency::KHR, Currency::USD].contains(&currency) }
}

/// What was copied, by path.
type Copied = BTreeMap<String, String>;

/// The laws of one rewriting; the result, and what was copied into it.
fn assert_laws(source: &Payload<'_>, given: &Supplement<'_>) -> Option<(String, Copied)> {
    let to_japan = Khqr::recognises(source);
    let account = report(source, given);
    let leaves: Vec<_> = account.leaves().collect();
    let accounted: Vec<_> = leaves.iter().map(|leaf| (leaf.object.path(), leaf.object.value())).collect();
    let there: Vec<_> = source.leaves().map(|leaf| (leaf.path(), leaf.value())).collect();
    assert_eq!(accounted, there);
    for leaf in &leaves {
        let stays = matches!(leaf.outcome, Outcome::Copied | Outcome::Changed);
        assert_eq!(leaf.to.is_some(), stays);
        assert!(!leaf.why.is_empty());
        if leaf.outcome == Outcome::Copied {
            assert_eq!(leaf.to, Some(leaf.object.path()));
        }
    }
    let (blocked, missing) = (!account.blocks().is_empty(), account.missing());
    let mut buffer = [0; 2048];
    let rewritten = match account.write(&mut buffer) {
        Ok(rewritten) => rewritten,
        Err(RewriteError::Blocked(_)) => {
            assert!(blocked);
            return None;
        }
        Err(RewriteError::Missing(names)) => {
            assert!(!blocked && names == missing && !names.is_empty());
            return None;
        }
        Err(RewriteError::Currency(currency)) => {
            assert!(!blocked && missing.is_empty());
            assert_eq!(given.currency, Some(currency));
            assert!(!writes(to_japan, currency));
            return None;
        }
        Err(error) => panic!("{error}"),
    };
    assert!(!blocked && missing.is_empty());
    assert!(given.currency.is_none_or(|currency| writes(to_japan, currency)));
    let result = Payload::parse(rewritten.text).unwrap();
    if to_japan {
        result.view::<Jpqr<'_>>(()).unwrap();
    } else {
        result.view::<Khqr<'_>>(Clock::at_millis(NOW)).unwrap();
    }
    // An amount is for one payment.
    if result.get(Tag::TRANSACTION_AMOUNT).is_some() {
        assert_eq!(result.get(Tag::POINT_OF_INITIATION_METHOD).unwrap().value(), "12");
    }
    let origins: Vec<_> = rewritten.origins().collect();
    let accounted: Vec<_> = origins.iter().map(|(leaf, _)| (leaf.path(), leaf.value())).collect();
    let there: Vec<_> = result.leaves().map(|leaf| (leaf.path(), leaf.value())).collect();
    assert_eq!(accounted, there);
    // Both accounts agree.
    for (object, origin) in &origins {
        let sources: Vec<_> = leaves.iter().filter(|leaf| leaf.to == Some(object.path())).collect();
        match origin {
            Origin::Copied => {
                assert_eq!(sources.len(), 1);
                assert_eq!((sources[0].outcome, sources[0].object.value()), (Outcome::Copied, object.value()));
            }
            Origin::Changed => {
                assert!(!sources.is_empty() && sources.iter().all(|leaf| leaf.outcome == Outcome::Changed));
            }
            Origin::Supplied => assert!(sources.is_empty()),
            Origin::Fixed => {}
            other => panic!("{other}"),
        }
    }
    for leaf in leaves.iter().filter(|leaf| leaf.to.is_some()) {
        let object = result.find(leaf.to.unwrap()).unwrap();
        assert!(leaf.outcome == Outcome::Changed || object.value() == leaf.object.value());
    }
    let copied = leaves.iter().filter(|leaf| leaf.outcome == Outcome::Copied);
    let copied = copied.map(|leaf| (leaf.object.path().to_string(), leaf.object.value().to_owned())).collect();
    Some((rewritten.text.to_owned(), copied))
}

/// With everything supplied there is a result, and the way back keeps every leaf that was copied on the way there.
fn assert_there_and_back(text: &str) {
    // The local name is not replaced where it can stay, and the mobile number may travel.
    let source = Payload::parse(text).unwrap();
    let given = Supplement { consent_mobile: true, alternate_name: None, ..quote(&source) };
    let needs_name = report(&source, &given).missing().iter().any(|name| name == "alternate_name");
    let given = if needs_name { Supplement { alternate_name: supplement().alternate_name, ..given } } else { given };
    let (there, copied) = assert_laws(&source, &given).expect("everything is supplied");
    let there = Payload::parse(&there).unwrap();
    let given = Supplement { consent_mobile: true, alternate_name: None, ..quote(&there) };
    let (back, _) = assert_laws(&there, &given).expect("everything is supplied");
    let back = Payload::parse(&back).unwrap();
    for (path, value) in copied {
        let kept = back.find(path.as_str()).unwrap_or_else(|| panic!("{path} is lost on the way back"));
        // JPQR writes JA where KHQR may write ja.
        let same = if path == "64-00" { kept.value().eq_ignore_ascii_case(&value) } else { kept.value() == value };
        assert!(same, "{path}");
    }
}

proptest! {
    #[test]
    fn khqr_there_and_back(
        objects in khqr().prop_filter("62 and 64 hold 99", fits).prop_filter("two readings", |objects| !reads_in_another_unit(objects)),
    ) {
        assert_there_and_back(&compose(&objects));
    }

    #[test]
    fn jpqr_there_and_back(
        objects in jpqr().prop_filter("62 and 64 hold 99", fits).prop_filter("two readings", |objects| !reads_in_another_unit(objects)),
    ) {
        assert_there_and_back(&compose(&objects));
    }

    #[test]
    fn every_leaf_is_accounted_for(
        objects in prop_oneof![khqr(), jpqr()].prop_filter("62 and 64 hold 99", fits),
        given in partial(),
        tip in any::<bool>(),
    ) {
        let mut objects = objects;
        if tip {
            objects.push(("55", "01".to_owned()));
        }
        let text = compose(&objects);
        let source = Payload::parse(&text).unwrap();
        let result = assert_laws(&source, &given);
        prop_assert!(!(tip && result.is_some()));
        prop_assert!(!(reads_in_another_unit(&objects) && result.is_some()));
    }

    /// What the official toolkit would count otherwise is never written for it, wherever it comes from.
    #[test]
    fn nothing_beyond_u_ffff_is_written_for_khqr(
        objects in jpqr().prop_filter("62 and 64 hold 99", fits),
        local in wild(25),
        id in wild(32),
        bank in wild(32),
    ) {
        let mut objects = objects;
        objects.retain(|object| object.0 != "64");
        objects.push(("64", template(&[("00", "JA".to_owned()), ("01", local)])));
        let text = compose(&objects);
        let source = Payload::parse(&text).unwrap();
        let given = Supplement { merchant_id: Some(&id), acquiring_bank: Some(&bank), ..quote(&source) };
        let mut buffer = [0; 2048];
        if let Ok(rewritten) = report(&source, &given).write(&mut buffer) {
            let is_read_alike = rewritten.text.chars().all(|c| c.len_utf16() == 1);
            prop_assert!(is_read_alike);
        }
    }

    /// Whatever is wrong with a code, and whatever is supplied.
    #[test]
    fn nothing_panics(
        objects in prop_oneof![khqr(), jpqr()].prop_filter("62 and 64 hold 99", fits),
        at in any::<proptest::sample::Index>(),
        value in wild(40),
        text in wild(30),
        gone in any::<bool>(),
    ) {
        let mut objects = objects;
        let at = at.index(objects.len() - 1) + 1;
        if gone {
            objects.remove(at);
        } else {
            objects[at].1 = value;
        }
        let composed = compose(&objects);
        let source = Payload::parse(&composed).unwrap();
        let given = Supplement {
            postal_code: Some(&text),
            alternate_name: Some(&text),
            name: Some(&text),
            bakong_account: Some(&text),
            merchant_id: Some(&text),
            acquiring_bank: Some(&text),
            created_ms: Some(u64::MAX),
            ..supplement()
        };
        let khqr = Rewrite::to_jpqr(&Khqr::of(&source), &given).at(Clock::at_millis(NOW)).under(Policy::default().deny_individual(true));
        let jpqr = Rewrite::to_khqr(&Jpqr::of(&source), &given).at(Clock::at_millis(NOW)).under(Policy::default().deny_individual(true));
        for report in [khqr, jpqr] {
            prop_assert_eq!(report.leaves().count(), source.leaves().count());
            if let Ok(rewritten) = report.write(&mut [0; 4096]) {
                prop_assert_eq!(rewritten.origins().count(), Payload::parse(rewritten.text).unwrap().leaves().count());
            }
        }
    }
}

/// Whether readers in another unit pay somebody else, so that no intent names a payee.
fn reads_in_another_unit(objects: &[Owned]) -> bool {
    let text = compose(objects);
    let payload = Payload::parse(&text).unwrap();
    payload
        .validate::<emvqr::Mpm<'_>>(())
        .into_violations()
        .iter()
        .any(|found| found.rule() == emvqr::mpm::rules::LENGTH_AMBIGUOUS)
}

fn fits(objects: &Vec<Owned>) -> bool {
    objects.iter().all(|(_, value)| value.chars().count() <= 99)
}

/// A code of each scheme, static and dynamic, with names in both scripts.
fn samples() -> [String; 4] {
    let store = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
    let khqr = [
        ("00", "01"),
        ("01", "12"),
        ("30", "0009shop@aclb0106M-00010211ACLEDA Bank"),
        ("52", "5999"),
        ("53", "116"),
        ("54", "40000"),
        ("58", "KH"),
        ("59", "ហាងគុយទាវ"),
        ("60", "Phnom Penh"),
        ("62", "0105INV-10211855123456780703***"),
        ("99", ""),
    ];
    let times = template(&[("00", NOW.to_string()), ("01", (NOW + 1).to_string())]);
    let dynamic = crate::common::replace(&khqr, "99", &times);
    let lasting =
        crate::common::without(&crate::common::without(&crate::common::replace(&dynamic, "01", "11"), "54"), "99");
    let jpqr = [
        ("00", "01"),
        ("01", "11"),
        ("26", store),
        ("52", "5812"),
        ("53", "392"),
        ("58", "JP"),
        ("59", "TEST SHOP"),
        ("60", "TOKYO"),
        ("61", "1066143"),
        ("62", "0102B10203M-1"),
        ("64", "0002JA0105テスト商店"),
    ];
    let amount = crate::common::with(&crate::common::replace(&jpqr, "01", "12"), "54", "1500");
    [payload(&dynamic), payload(&lasting), payload(&jpqr), payload(&amount)]
}

#[test]
fn intents_allocate_nothing() {
    for text in &samples() {
        let payload = Payload::parse(text).unwrap();
        assert_allocates_nothing(|| Intent::of(&payload, Policy::default()).is_some());
        let intent = Intent::of(&payload, Policy::default()).unwrap();
        assert_allocates_nothing(|| (intent.references().iter().count(), intent.references().prompts().count()));
        assert_allocates_nothing(|| (intent.category(), intent.references().mobile_number().is_some()));
        assert_allocates_nothing(|| intent.blocks(Clock::at_millis(NOW), Policy::default().deny_individual(true)));
        // Also where there is much to block.
        assert_allocates_nothing(|| intent.blocks(Clock::at_millis(u64::MAX), Policy::default()).iter().count());
    }
}

#[test]
fn rewriting_into_a_slice_allocates_nothing() {
    for text in &samples() {
        let source = Payload::parse(text).unwrap();
        let given = quote(&source);
        assert_allocates_nothing(|| report(&source, &given).leaves().count());
        assert_allocates_nothing(|| report(&source, &Supplement::default()).missing());
        let mut buffer = [0; 1024];
        let count = allocations(|| {
            let rewritten = report(&source, &given).write(&mut buffer).unwrap();
            assert!(rewritten.origins().count() > 10);
        });
        assert_eq!(count, 0);
        assert_allocates_nothing(|| report(&source, &Supplement::default()).write(&mut [0; 1024]).is_err());
    }
}

#[test]
fn the_map_allocates_nothing() {
    struct Null;

    impl core::fmt::Write for Null {
        fn write_str(&mut self, _: &str) -> core::fmt::Result {
            Ok(())
        }
    }

    assert_allocates_nothing(|| core::fmt::write(&mut Null, format_args!("{Markdown}")));
    assert_allocates_nothing(|| emvqr::crossborder::map::row(62, Some(1)).is_some());
}
