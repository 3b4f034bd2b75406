//! One text, one payee: every way in which two readers could pay differently is an error, whatever the profile.

use crate::common::{Object, payload, run, sealed};
use emvqr::Clock;
use emvqr::crossborder::{Intent, Policy};
use emvqr::encode::{RootRun, TemplateBuf};
use emvqr::khqr::{self, Khqr};
use emvqr::mpm::rules;
use emvqr::rule::Detail;
use emvqr::tlv::LengthUnit;
use emvqr::{BuildError, Jpqr, Mpm, Payload, Severity, Violation};

const STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
const OTHER_STORE: &str = "0019jp.or.paymentsjapan011300000000000020204000103060000010406000001";

#[track_caller]
fn parsed(text: &str) -> Payload<'_> {
    Payload::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The ids of the errors under each profile: EMVCo, KHQR, JPQR.
#[track_caller]
fn errors(text: &str) -> [Vec<&'static str>; 3] {
    let payload = parsed(text);
    let ids = |found: Vec<Violation>| {
        let errors = found.into_iter().filter(|found| found.severity() == Severity::Error);
        errors.map(|found| found.rule().id()).collect()
    };
    [
        ids(payload.validate::<Mpm<'_>>(()).into_violations()),
        ids(payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations()),
        ids(payload.validate::<Jpqr<'_>>(()).into_violations()),
    ]
}

/// A code of these accounts, country and currency.
fn code(accounts: &[Object<'_>], country: &str, currency: &str) -> String {
    let mut objects = vec![("00", "01")];
    objects.extend(accounts);
    objects.extend([("52", "5812"), ("53", currency), ("58", country), ("59", "SHOP"), ("60", "CITY")]);
    objects.retain(|object| !object.1.is_empty());
    payload(&objects)
}

/// Twelve emoji, which JavaScript counts as 24, hide a second account from it or from us.
const EMOJI: &str = "00020101021129160012shop@devbank5204599953031165802KH5924😀😀😀😀😀😀😀😀😀😀😀😀29080004a@bc6010PHNOM PENH63042355";

#[test]
fn a_text_of_two_cuts_is_an_error_under_every_profile() {
    // The value in characters, and the object that readers of another unit see behind it.
    let in_bytes = |id, letters: &str, hidden: &str| {
        let value = format!("{letters}AB{hidden}");
        let excess = letters.len() - letters.chars().count();
        assert_eq!(excess, hidden.chars().count(), "{letters} hides so many");
        sealed(&format!("{}{}", run(&[("00", "01"), ("53", "116"), ("58", "KH")]), run(&[(id, &value)])))
    };
    for (text, expected) in [
        (EMOJI.to_owned(), true),
        // An account without an identifier is nobody's.
        (in_bytes("59", "日本日本", "29040000"), false),
        (in_bytes("59", "ហាង", "540212"), true),
        (in_bytes("60", "éééééééé", "54041234"), true),
        // Nor is an empty amount one.
        (in_bytes("81", "日本", "5400"), false),
        ("00020101021129130009shop@devb5204599953031165802KH5924ああああああああ620029080004a@bc6010PHNOM PENH63041DF7".to_owned(), true),
        // A reader that stops at its first fault keeps what it has.
        (in_bytes("59", "ហាង", "540112"), true),
        (in_bytes("59", "日本日本", "630400x0"), false),
    ] {
        for found in errors(&text) {
            assert_eq!(found.contains(&"emv.length.ambiguous"), expected, "{text}: {found:?}");
        }
    }
}

#[test]
fn nobody_is_paid_by_a_text_of_two_cuts() {
    let payload = parsed(EMOJI);
    let code = Khqr::of(&payload);
    assert_eq!((code.bakong_account(), code.meaning(), code.merchant_id()), (None, None, None));
    let intent = Intent::of(&payload, Policy::default()).unwrap();
    assert!(intent.payee.is_none());
    let blocks = intent.blocks(Clock::UNKNOWN, Policy::default());
    let reasons: Vec<_> = blocks.iter().map(|block| (block.reason.name(), block.rule.map(emvqr::Rule::id))).collect();
    assert!(reasons.contains(&("ambiguous-payee", Some("emv.length.ambiguous"))), "{reasons:?}");
}

#[test]
fn honest_letters_are_no_second_cut() {
    for name in ["ហាងកាហ្វេ", "テスト商店", "Caffè", "𠮷野家", "Công ty Đại Việt"] {
        let text = payload(&[("00", "01"), ("59", name), ("60", "X"), ("64", "0002JA0108山田そば𠮷店です")]);
        assert!(!errors(&text)[0].contains(&"emv.length.ambiguous"), "{text}");
    }
    // A control character makes a text that is not plain, and still ASCII.
    assert!(!errors(&payload(&[("00", "01"), ("59", "A\u{1B}B")]))[0].contains(&"emv.length.ambiguous"));
}

/// What is built is judged as what is read.
#[test]
fn a_run_of_two_cuts_is_not_built() {
    let build = |name: &str| {
        let mut language = TemplateBuf::new();
        language.push("00".parse().unwrap(), "ja").unwrap().push("01".parse().unwrap(), name).unwrap();
        let objects = [
            ("00", "01"),
            ("29", "0011com.example"),
            ("52", "5812"),
            ("53", "392"),
            ("58", "JP"),
            ("59", "SHOP"),
            ("60", "CITY"),
            ("64", language.as_str()),
        ];
        RootRun(objects.map(|(id, value)| (id.parse().unwrap(), value))).build_checked::<Mpm<'_>>(())
    };
    match build("ééééé54011") {
        Err(BuildError::Rule(found)) => assert_eq!(found.rule(), rules::LENGTH_AMBIGUOUS),
        other => panic!("{other:?}"),
    }
    assert!(build("ééééé5401x").is_ok());
    assert!(build("ééééé").is_ok());
}

#[test]
fn jpqr_s_identifier_is_one_in_any_case_wherever_it_stands() {
    for guid in ["jp.or.paymentsjapan", "JP.OR.PAYMENTSJAPAN", "jp.or.payMenTsjApaN"] {
        let store = STORE.replace("jp.or.paymentsjapan", guid);
        let behind = format!("{}0019{guid}", &STORE[23..]);
        let broken = format!("0019{guid}0113");
        for template in [&store, &behind, &broken] {
            for id in ["26", "27", "51"] {
                let text = code(&[(id, template)], "JP", "392");
                assert!(Jpqr::recognises(&parsed(&text)), "{text}");
                assert!(!Khqr::recognises(&parsed(&text)));
            }
            // Beside a KHQR account, whoever reads it pays somebody else.
            let text = code(&[("20", "x"), ("27", template), ("29", "0009john@devb")], "KH", "840");
            for found in errors(&text) {
                assert!(found.contains(&"emv.ambiguous-scheme"), "{text}: {found:?}");
            }
            assert_eq!(Khqr::of(&parsed(&text)).bakong_account(), None);
            assert_eq!(Jpqr::of(&parsed(&text)).store_id(), None);
            assert!(Intent::of(&parsed(&text), Policy::default()).is_none());
        }
    }
    // The issue's own payload.
    let text = "00020127680019jp.or.payMenTsjApaN01130000000000002020400010306000001040600000129130009john@devb5204599953038405802KH5904SHOP6004CITY630476A0";
    assert!(errors(text).iter().all(|found| found.contains(&"emv.ambiguous-scheme")));
    for guid in ["jp.or.paymentsjapa", "jp.or.paymentsjapan2", "jp-or-paymentsjapan"] {
        let template = format!("00{:02}{guid}0101A", guid.len());
        assert!(!Jpqr::recognises(&parsed(&code(&[("26", &template)], "JP", "392"))), "{guid}");
    }
}

#[test]
fn two_stores_are_ambiguous_in_every_country() {
    let capitals = OTHER_STORE.replace("jp.or.paymentsjapan", "JP.OR.PAYMENTSJAPAN");
    for country in ["JP", "jp", "SG", "KH", "US", ""] {
        for other in [OTHER_STORE, capitals.as_str(), "0019jp.or.paymentsjapan0113"] {
            let text = code(&[("26", STORE), ("40", other)], country, "702");
            let [emv, _, jpqr] = errors(&text);
            assert!(emv.contains(&"emv.ambiguous-payee"), "{text}: {emv:?}");
            assert!(jpqr.contains(&"jpqr.26-51.ambiguous") && !jpqr.contains(&"emv.ambiguous-payee"), "{jpqr:?}");
            assert_eq!(Jpqr::of(&parsed(&text)).store_id(), None);
        }
        let text = code(&[("26", STORE), ("40", STORE)], country, "702");
        assert!(!errors(&text)[0].contains(&"emv.ambiguous-payee"), "the same store twice: {text}");
    }
}

#[test]
fn two_accounts_are_ambiguous_in_every_country() {
    for (country, currency) in [("KH", "116"), ("SV", "840"), ("TH", "764"), ("JP", "392"), ("", "840")] {
        let text = code(&[("29", "0004a@bc"), ("30", "0004d@ef")], country, currency);
        let [emv, khqr, _] = errors(&text);
        assert!(emv.contains(&"emv.ambiguous-payee"), "{text}: {emv:?}");
        assert!(khqr.contains(&"khqr.account.ambiguous") && !khqr.contains(&"emv.ambiguous-payee"), "{khqr:?}");
    }
    // Thai codes have both templates, and no account of KHQR in them.
    let thai = code(&[("29", "0016A000000677010111"), ("30", "0016A000000677010112")], "TH", "764");
    assert!(!errors(&thai)[0].contains(&"emv.ambiguous-payee"));
}

#[test]
fn dollars_alone_make_no_code_cambodian() {
    let recognised = |country, currency| {
        let text = code(&[("29", "0021tienda@wallet.example")], country, currency);
        Khqr::recognises(&parsed(&text))
    };
    assert!(!recognised("SV", "840"), "the issue's own");
    for country in ["KH", "kh", "Kh"] {
        assert!(recognised(country, "840") && recognised(country, "116") && recognised(country, "764"));
        assert!(recognised(country, ""));
    }
    assert!(recognised("TH", "116") && recognised("", "116") && recognised("", "840"));
    assert!(!recognised("TH", "764") && !recognised("", "764") && !recognised("US", "840") && !recognised("", ""));
    let thai = code(&[("29", "0016A000000677010111")], "KH", "116");
    assert!(!Khqr::recognises(&parsed(&thai)), "no account id");
}

/// An account id with blanks is another one for toolkits that trim.
#[test]
fn blanks_in_an_account_id_warn() {
    for id in ["john@devb ", " john@devb", "john @devb", "john@ devb"] {
        let account = run(&[("00", id)]);
        let text = code(&[("29", &account)], "KH", "116");
        let found = parsed(&text).validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations();
        let found: Vec<_> =
            found.iter().map(|found| (found.rule(), found.severity(), found.path().to_string())).collect();
        assert_eq!(found, [(khqr::rules::ACCOUNT_ID_BLANK, Severity::Warning, "29-00".to_owned())], "{id}");
    }
}

/// A public reader of JPQR takes the first template with the identifier from 02 on, where others see a card network.
#[test]
fn a_store_in_a_card_network_s_place_is_a_second_store() {
    for (id, accounts, expected) in [
        ("02", [("02", OTHER_STORE), ("26", STORE)], true),
        ("25", [("25", OTHER_STORE), ("51", STORE)], true),
        // What it says twice pays one store.
        ("02", [("02", STORE), ("26", STORE)], false),
        ("04", [("04", "4111111111111"), ("26", STORE)], false),
        ("02", [("02", "0019jp.or.paymentsjapax"), ("26", STORE)], false),
    ] {
        let text = code(&accounts, "JP", "392");
        let [emv, _, jpqr] = errors(&text);
        assert_eq!(emv.contains(&"emv.ambiguous-payee"), expected, "{id}: {emv:?}");
        assert_eq!(jpqr.contains(&"emv.ambiguous-payee"), expected, "{id}: {jpqr:?}");
        let payload = parsed(&text);
        assert_eq!(Jpqr::of(&payload).store_id().is_none(), expected, "{id}");
        let intent = Intent::of(&payload, Policy::default()).unwrap();
        assert_eq!(intent.payee.is_none(), expected, "{id}");
        let blocks = intent.blocks(Clock::UNKNOWN, Policy::default());
        let is_blocked = blocks.iter().any(|block| block.reason.name() == "ambiguous-payee");
        assert_eq!(is_blocked, expected, "{id}: {blocks:?}");
    }
    // Of two identifiers in a bare value a reader takes either.
    let twice = format!("0003a.b{OTHER_STORE}");
    assert!(errors(&code(&[("02", &twice), ("26", STORE)], "JP", "392"))[2].contains(&"emv.ambiguous-payee"));
    // Beside a KHQR account it is a second scheme.
    let text = code(&[("02", STORE), ("29", "0009john@devb")], "KH", "116");
    assert!(errors(&text)[1].contains(&"emv.ambiguous-scheme"), "{text}");
    assert_eq!(Khqr::of(&parsed(&text)).bakong_account(), None);
}

/// KHQR's readers count UTF-16 units, so that such a character moves what comes behind it.
#[test]
fn a_character_beyond_the_basic_plane_leaves_no_payee_under_khqr() {
    let text = payload(&[("00", "01"), ("29", "0009john@devb"), ("53", "116"), ("58", "KH"), ("59", "S😀")]);
    let payload = parsed(&text);
    assert_eq!((Khqr::of(&payload).bakong_account(), Khqr::of(&payload).meaning()), (None, None));
    assert!(Intent::of(&payload, Policy::default()).unwrap().payee.is_none());
}

/// Behind the account stands who is paid: the customer of a bank, or the merchant.
#[test]
fn who_is_behind_an_account_is_written_in_characters_that_are_seen() {
    let found = |value: &str| {
        let sub = format!("0009john@devb{}", run(&[("01", value)]));
        let text = payload(&[("00", "01"), ("29", &sub), ("53", "116"), ("58", "KH"), ("59", "N"), ("60", "C")]);
        let found = parsed(&text).validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations();
        let of_it = found.iter().filter(|found| found.path() == "29-01");
        of_it.map(|found| (found.rule().id(), found.severity())).collect::<Vec<_>>()
    };
    let (error, warning) = (Severity::Error, Severity::Warning);
    for (value, expected) in [
        ("012345678", vec![]),
        ("ធនាគារ", vec![]),
        ("012345678\0", vec![("emv.text.charset", error)]),
        ("\u{1B}[2J", vec![("emv.text.charset", error)]),
        ("0123\u{85}", vec![("emv.text.charset", error)]),
        ("ab\u{202E}cd", vec![("emv.text.control", warning)]),
        ("ab\u{2028}cd", vec![("emv.text.control", warning)]),
        ("   ", vec![("emv.text.blank", warning)]),
        ("\u{17B5}", vec![("emv.text.blank", warning)]),
    ] {
        assert_eq!(found(value), expected, "{value:?}");
        let built = [
            khqr::Builder::individual("john@devb", "N").account_information(value).build(),
            khqr::Builder::individual("john@devb", "N").acquiring_bank(value).build(),
            khqr::Builder::merchant("john@devb", value, "Bank", "N").build(),
            khqr::Builder::merchant("john@devb", "1", value, "N").build(),
        ];
        for built in built {
            match (built, expected.first()) {
                (Ok(_), None) => {}
                (Err(BuildError::Rule(found)), Some((rule, _))) => assert_eq!(found.rule().id(), *rule, "{value:?}"),
                (built, _) => panic!("{value:?}: {built:?}"),
            }
        }
    }
}

/// A network's own value may be in any script, and must not rewrite a terminal.
#[test]
fn what_a_network_defines_is_free_of_control_characters() {
    for (id, before) in [("27", "0011com.example"), ("80", "0011com.example"), ("62", "50290011com.example")] {
        for (value, expected) in [("shop-7", 0), ("商店", 0), ("a\u{1B}[2Jbcde", 1), ("a\u{202E}bcdefgh", 1)] {
            let value = match id {
                "62" => run(&[("50", &format!("0011com.example{}", run(&[("01", value)])))]),
                _ => format!("{before}{}", run(&[("01", value)])),
            };
            let text = payload(&[("00", "01"), ("26", STORE), (id, &value), ("59", "N"), ("60", "C")]);
            let found = parsed(&text).validate::<Mpm<'_>>(()).into_violations();
            let control: Vec<_> = found.iter().filter(|found| found.rule() == rules::TEXT_CONTROL).collect();
            assert_eq!(control.len(), expected, "{text:?}: {found:?}");
            assert!(control.iter().all(|found| found.severity() == Severity::Warning));
        }
    }
}

/// Characters that show nothing: Khmer's inherent vowels, selectors, fillers, and what turns text round.
#[test]
fn a_name_that_nobody_sees_is_no_name() {
    for c in
        "\u{AD}\u{34F}\u{115F}\u{17B4}\u{17B5}\u{180B}\u{200B}\u{202E}\u{2060}\u{2065}\u{2069}\u{FE0F}\u{FEFF}\u{E0100}"
            .chars()
    {
        let text = payload(&[("00", "01"), ("64", &format!("0002km{}", run(&[("01", &format!(" {c}"))])))]);
        let found = parsed(&text).validate::<Mpm<'_>>(()).into_violations();
        assert!(found.iter().any(|found| found.rule() == rules::TEXT_BLANK), "{c:?}: {found:?}");
        let built =
            khqr::Builder::individual("a@b", "Name").alternate_name("km".parse().unwrap(), &c.to_string()).build();
        assert!(matches!(built, Err(BuildError::Rule(_))), "{c:?}: {built:?}");
    }
    let seen = payload(&[("00", "01"), ("64", "0002km0102ក\u{17B5}")]);
    assert!(
        !parsed(&seen).validate::<Mpm<'_>>(()).into_violations().iter().any(|found| found.rule() == rules::TEXT_BLANK)
    );
}

/// A reader may cut a store's key at a control character, or drop it.
#[test]
fn a_store_s_levels_are_printable() {
    for (level, expected) in [("0001", None), ("00/1", None), ("00\t1", Some("26-02")), ("000\u{7F}", Some("26-02"))] {
        let store = STORE.replacen("02040001", &format!("0204{level}"), 1);
        let text = code(&[("26", &store)], "JP", "392");
        let found = parsed(&text).validate::<Jpqr<'_>>(()).into_violations();
        let charset = found.iter().find(|found| found.rule().id() == "jpqr.level.charset");
        assert_eq!(charset.map(|found| found.path().to_string()).as_deref(), expected, "{level:?}");
        assert!(!found.iter().any(|found| found.rule() == rules::TEXT_CONTROL), "{found:?}");
        assert_eq!(Jpqr::of(&parsed(&text)).store_id().is_some(), expected.is_none(), "{level:?}");
        let key = emvqr::jpqr::StoreId::new(["0000000000001", level, "000001", "000001"]);
        assert_eq!(key.is_ok(), expected.is_none(), "{level:?}");
    }
}

/// Texts from reports: a reader that counts UTF-16 units (`decodeNonKhqr`, `promptparse`), bytes or grapheme clusters pays
/// somebody else, or another amount. The unit, and the object that it finds.
#[test]
fn what_another_reader_finds_is_an_error_that_names_it() {
    for (text, unit, path, begins) in [
        (
            "00020101021126680019jp.or.paymentsjapan011300000000000770204000703060000770406000777520458125303392540415005802JP5909UDON HANA6004KOBE6107650000164180002JA0108🍜🍜🍜🍜821727220005com.x050954049500x63046298",
            LengthUnit::Utf16,
            "54",
            "9500",
        ),
        (
            "0002010102115204581253033925802JP5909UDON HANA6004KOBE6107650000164180002JA0108🍜🍜🍜🍜821727860005com.x057326680019jp.or.paymentsjapan011300000000000720204000203060000720406000772x26680019jp.or.paymentsjapan0113000000000007702040007030600007704060007776304C6DE",
            LengthUnit::Utf16,
            "26",
            "0000000000072",
        ),
        (
            "00020101021129370016A000000677010111011300668111111115204581253037645802TH5904SHOP6007BANGKOK64180002TH0108🍜🍜🍜🍜821727550005com.x054229370016A00000067701011101130066999999999x63040738",
            LengthUnit::Utf16,
            "29",
            "0066999999999",
        ),
        (
            "00020101021129130009shop@devb5204541153031165802KH6009Siem Reap5906កក821745310005com.x051829130009evil@bankx6304E2F4",
            LengthUnit::Bytes,
            "29",
            "evil@bank",
        ),
        (
            "00020101021126680019jp.or.paymentsjapan0113000000000007702040007030600007704060007775204581253033925802JP5909UDON HANA6004KOBE6107650000164290002JA0119ｶﾞﾞﾞﾞﾞﾞﾞﾞﾞｶﾞﾞﾞﾞﾞﾞﾞﾞ27850005com.x057226680019jp.or.paymentsjapan01130000000000072020400020306000072040600077263047C85",
            LengthUnit::Clusters,
            "26",
            "0000000000072",
        ),
    ] {
        let text = sealed(&text[..text.len() - 8]);
        let payload = parsed(&text);
        for found in [
            payload.validate::<Mpm<'_>>(()).into_violations(),
            payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations(),
        ] {
            let found = found.iter().find(|found| found.rule() == rules::LENGTH_AMBIGUOUS).expect(&text);
            assert_eq!((found.severity(), found.detail()), (Severity::Error, Detail::Unit(unit)));
            assert_eq!(found.path().to_string(), path);
            assert!(text[found.offset()..].starts_with(begins), "{found} in {text}");
            assert!(found.to_string().contains(&unit.to_string()), "{found}");
        }
    }
}

/// Money that only clusters see is a warning under KHQR, of which no reader is known that counts them; an error elsewhere.
#[test]
fn khqr_is_only_warned_of_money_in_clusters() {
    // A letter and four signs are five characters, and one cluster.
    let text = payload(&[
        ("00", "01"),
        ("29", "0009shop@devb"),
        ("52", "5999"),
        ("53", "116"),
        ("58", "KH"),
        ("59", "ក\u{17b6}\u{17b7}\u{17b8}\u{17b9}"),
        ("60", "540215AB"),
    ]);
    // 59 takes `6008` and is followed by 54; without the header of 60 nothing else is cut otherwise.
    let text = parsed(&text);
    let severity = |found: Vec<Violation>| {
        let found = found.into_iter().find(|found| found.rule() == rules::LENGTH_AMBIGUOUS);
        found.map(|found| (found.severity(), found.path().to_string(), found.detail()))
    };
    let expected = |severity| Some((severity, "54".to_owned(), Detail::Unit(LengthUnit::Clusters)));
    assert_eq!(severity(text.validate::<Mpm<'_>>(()).into_violations()), expected(Severity::Error));
    assert_eq!(severity(text.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations()), expected(Severity::Warning));
}
