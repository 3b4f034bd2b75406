//! Paying across the border: each row of the table that the map is made from, each point that does not convert, blocks,
//! supplements and the intent's fields.
//!
//! What is expected is written here once more from the documents, or follows from how the codes are composed.

#![allow(
    clippy::format_collect,
    clippy::manual_range_patterns,
    clippy::match_same_arms,
    clippy::redundant_closure_for_method_calls,
    reason = "rows read like the document's table"
)]

use std::collections::BTreeMap;

use crate::common::{Object, payload, replace, run, with, without};
use emvqr::Clock;
use emvqr::crossborder::intent::Kind;
use emvqr::crossborder::map::{Action, Basis, Markdown, Row, Sub, To, row};
use emvqr::crossborder::references::Field;
use emvqr::crossborder::report::{Origin, Outcome};
use emvqr::crossborder::write::RewriteError;
use emvqr::crossborder::{Intent, Policy, Reason, Rewrite, Supplement, TAG_MAP};
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::value::{Amount, Currency, Mcc};
use emvqr::{Code, Mpm, Path, Payload, Scheme, Severity};
use serde_json::json;

const NOW: u64 = 1_750_000_000_000;
const STORE: &str = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
const STORE_KEY: &str = "00000000000010001000001000001";

const MERCHANT: &str = "0009shop@aclb0106M-00010211ACLEDA Bank";
const REFERENCES: &str = "0105INV-10211855123456780308Branch 20703T-90805Lunch";
const LIFETIME: &str = "0013174999000000001131750000900000";
const ALL_REFERENCES: &str = "0102B10203M-10302S10402L10502R10602C10702T10802P10903AME";

/// A dynamic code in riel with everything that KHQR reads.
const KHQR: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "12"),
    ("15", "1974011600520446ACLB10002312081"),
    ("30", MERCHANT),
    ("52", "5812"),
    ("53", "116"),
    ("54", "40000"),
    ("58", "KH"),
    ("59", "Noodle Bar"),
    ("60", "Phnom Penh"),
    ("62", REFERENCES),
    ("64", "0002km0109ហាងគុយទាវ0207ភ្នំពេញ"),
    ("99", LIFETIME),
];

/// A static code with everything that the public JPQR codes have, and references.
const JPQR: &[Object<'static>] = &[
    ("00", "01"),
    ("01", "11"),
    ("26", STORE),
    ("52", "5812"),
    ("53", "392"),
    ("58", "JP"),
    ("59", "TEST SHOP"),
    ("60", "TOKYO"),
    ("61", "1066143"),
    ("62", ALL_REFERENCES),
    ("64", "0002JA0105テスト商店"),
];

/// Everything that a switch can be asked for, of a quote in riel.
fn riel() -> Supplement<'static> {
    Supplement {
        store_id: Some("99999999999990001000002000003".parse().unwrap()),
        postal_code: Some("1500001"),
        alternate_name: Some("ヌードルバー"),
        name: Some("SUPPLIED NAME"),
        city: Some("SUPPLIED CITY"),
        amount: Some(amount("1500")),
        bakong_account: Some("settle@sath"),
        acquiring_bank: Some("Sathapana"),
        currency: Some(Currency::KHR),
        created_ms: Some(NOW),
        expires_at_ms: Some(NOW + 300_000),
        ..Supplement::default()
    }
}

/// The same, of a quote in yen.
fn yen() -> Supplement<'static> {
    Supplement { currency: Some(Currency::JPY), ..riel() }
}

/// The quote for a code: what is paid in yen is settled in riel, anything else in yen.
fn quote(objects: &[Object<'_>]) -> Supplement<'static> {
    if objects.contains(&("53", "392")) { riel() } else { yen() }
}

fn amount(text: &str) -> Amount {
    Amount::new(text).unwrap()
}

#[track_caller]
fn parse(text: &str) -> Payload<'_> {
    Payload::parse(text).unwrap()
}

/// Path, outcome, place in the result.
type LeafLine = (String, Outcome, Option<String>);

/// What became of the payload: the result with its leaves by path and origin, or why it was not written; and the report.
struct Case {
    result: Result<String, String>,
    leaves: Vec<LeafLine>,
    origins: Vec<(String, Origin, String)>,
}

/// Rewrites a code as one of the other scheme, and asserts what holds of every rewriting.
#[track_caller]
fn rewrite(objects: &[Object<'_>], given: &Supplement<'_>) -> Case {
    let text = payload(objects);
    let source = parse(&text);
    let to_japan = Khqr::recognises(&source);
    let report = if to_japan {
        Rewrite::to_jpqr(&Khqr::of(&source), given).at(Clock::at_millis(NOW)).under(Policy::default())
    } else {
        Rewrite::to_khqr(&Jpqr::of(&source), given).at(Clock::at_millis(NOW)).under(Policy::default())
    };
    let leaves: Vec<LeafLine> = report
        .leaves()
        .map(|leaf| (leaf.object.path().to_string(), leaf.outcome, leaf.to.map(|to| to.to_string())))
        .collect();
    let paths: Vec<String> = source.leaves().map(|leaf| leaf.path().to_string()).collect();
    assert_eq!(leaves.iter().map(|leaf| leaf.0.clone()).collect::<Vec<_>>(), paths);
    let mut buffer = [0; 1024];
    match report.write(&mut buffer) {
        Ok(rewritten) => {
            let result = parse(rewritten.text);
            if to_japan {
                result.view::<Jpqr<'_>>(()).unwrap();
            } else {
                result.view::<Khqr<'_>>(Clock::at_millis(NOW)).unwrap();
            }
            let origins: Vec<_> = rewritten
                .origins()
                .map(|(leaf, from)| (leaf.path().to_string(), from, leaf.value().to_owned()))
                .collect();
            let paths: Vec<String> = result.leaves().map(|leaf| leaf.path().to_string()).collect();
            assert_eq!(origins.iter().map(|origin| origin.0.clone()).collect::<Vec<_>>(), paths);
            Case { result: Ok(rewritten.text.to_owned()), leaves, origins }
        }
        Err(error) => Case { result: Err(error.to_string()), leaves, origins: Vec::new() },
    }
}

impl Case {
    #[track_caller]
    fn leaf(&self, path: &str) -> (Outcome, Option<&str>) {
        let mut found = self.leaves.iter().filter(|leaf| leaf.0 == path);
        let leaf = found.next().unwrap_or_else(|| panic!("no leaf {path}"));
        assert!(found.next().is_none(), "{path} twice");
        (leaf.1, leaf.2.as_deref())
    }

    /// Value and origin of a leaf of the result.
    #[track_caller]
    fn result(&self, path: &str) -> Option<(&str, Origin)> {
        assert!(self.result.is_ok(), "{:?}", self.result);
        self.origins.iter().find(|origin| origin.0 == path).map(|origin| (origin.2.as_str(), origin.1))
    }

    #[track_caller]
    fn copied(&self, path: &str, value: &str) {
        assert_eq!(self.leaf(path), (Outcome::Copied, Some(path)));
        assert_eq!(self.result(path), Some((value, Origin::Copied)));
    }

    #[track_caller]
    fn lost(&self, path: &str) {
        assert_eq!(self.leaf(path), (Outcome::Lost, None), "{path}");
        assert!(self.result.is_ok(), "{:?}", self.result);
    }
}

fn japan() -> Case {
    rewrite(KHQR, &yen())
}

fn cambodia() -> Case {
    rewrite(JPQR, &riel())
}

/// An intent, made of a text that lives on.
#[track_caller]
fn intent(objects: &[Object<'_>]) -> Intent<'static> {
    Intent::of(&parse(payload(objects).leak()), Policy::default()).unwrap()
}

#[track_caller]
fn blocks(objects: &[Object<'_>], policy: Policy) -> Vec<(String, String)> {
    let blocks = intent(objects).blocks(Clock::at_millis(NOW), policy);
    blocks.iter().map(|block| (block.path.to_string(), block.reason.to_string())).collect()
}

#[track_caller]
fn assert_blocked(objects: &[Object<'_>], expected: &[(&str, &str)]) {
    let found = blocks(objects, Policy::default());
    let found: Vec<_> = found.iter().map(|(path, reason)| (path.as_str(), reason.as_str())).collect();
    assert_eq!(found, expected);
}

fn at<T>(field: Option<Field<T>>) -> (T, String) {
    let field = field.unwrap();
    (field.value, field.path.to_string())
}

// The rows of 5.4.

#[test]
fn format_is_copied() {
    for case in [japan(), cambodia()] {
        assert_eq!(case.leaf("00"), (Outcome::Copied, Some("00")));
        assert_eq!(case.result("00").unwrap().0, "01");
    }
}

#[test]
fn static_or_dynamic_is_copied_and_a_dynamic_khqr_needs_a_quote_lifetime() {
    japan().copied("01", "12");
    cambodia().copied("01", "11");
    let dynamic = replace(JPQR, "01", "12");
    let given = Supplement { created_ms: None, expires_at_ms: None, ..riel() };
    assert_eq!(rewrite(&dynamic, &given).result.unwrap_err(), "supplements are missing: created_ms expires_at_ms");
    let case = rewrite(&dynamic, &riel());
    case.copied("01", "12");
    assert_eq!(case.result("99-01"), Some(("1750000300000", Origin::Supplied)));
}

#[test]
fn card_networks_are_lost() {
    for id in ["02", "14", "16", "25"] {
        rewrite(&with(KHQR, id, "4000123456789012"), &yen()).lost(id);
        rewrite(&with(JPQR, id, "4000123456789012"), &riel()).lost(id);
    }
}

#[test]
fn union_pay_is_lost() {
    japan().lost("15");
    rewrite(&with(JPQR, "15", "1974011600520446ACLB10002312081"), &riel()).lost("15");
}

/// KHQR's toolkits count such a character as two; neither the name nor its language is needed there.
#[test]
fn a_local_name_beyond_the_first_plane_is_lost_to_khqr() {
    let case = rewrite(&replace(JPQR, "64", "0002JA0105\u{20BB7}野家うな"), &riel());
    case.lost("64-00");
    case.lost("64-01");
    assert!(case.result.is_ok(), "{:?}", case.result);
    assert_eq!(case.result("64-01"), None);
    let case = rewrite(&replace(JPQR, "64", "0002JA0104吉野家う"), &riel());
    case.copied("64-01", "吉野家う");
}

fn payee(objects: &[Object<'_>]) -> emvqr::Payee<'static> {
    intent(objects).payee.unwrap()
}

/// As KHQR reads it, whether or not KHQR recognises it.
fn intent_of_khqr<'a>(code: &Khqr<'a>) -> Intent<'a> {
    Rewrite::to_jpqr(code, &Supplement::default()).intent().clone()
}

fn intent_of_jpqr<'a>(code: &Jpqr<'a>) -> Intent<'a> {
    Rewrite::to_khqr(code, &Supplement::default()).intent().clone()
}

#[test]
fn the_guid_is_the_route_wherever_the_template_stands() {
    for id in ["26", "29", "30", "51"] {
        let objects = with(&without(JPQR, "26"), id, STORE);
        let payee = payee(&objects);
        assert_eq!((payee.account(), payee.path().to_string().as_str()), (STORE_KEY, id));
        let case = rewrite(&objects, &riel());
        assert_eq!(case.leaf(&format!("{id}-00")), (Outcome::Lost, None));
        for level in ["01", "02", "03", "04"] {
            assert_eq!(case.leaf(&format!("{id}-{level}")), (Outcome::Changed, Some("30-01")));
        }
        assert_eq!(case.result("30-01"), Some((STORE_KEY, Origin::Changed)));
    }
    // Another network's template, also where 26 is one in a Cambodian code.
    let other = "0011com.example0106shop-7";
    for path in ["27-00", "27-01"] {
        rewrite(&with(JPQR, "27", other), &riel()).lost(path);
        rewrite(&with(KHQR, "27", other), &yen()).lost(path);
    }
    rewrite(&with(KHQR, "26", other), &yen()).lost("26-01");
}

#[test]
fn the_store_levels_travel_as_one_opaque_key() {
    let case = cambodia();
    for level in ["26-01", "26-02", "26-03", "26-04"] {
        assert_eq!(case.leaf(level), (Outcome::Changed, Some("30-01")));
    }
    assert_eq!(case.result("30-01"), Some((STORE_KEY, Origin::Changed)));
    // To Japan they can only be supplied.
    assert_eq!(japan().result("26-01"), Some(("9999999999999", Origin::Supplied)));
    assert_eq!(japan().result("26-04"), Some(("000003", Origin::Supplied)));
    assert_eq!(japan().result("26-00"), Some(("jp.or.paymentsjapan", Origin::Fixed)));
}

/// Also where the same store is named twice, which only warns.
#[test]
fn a_store_that_is_named_twice_is_no_supplement() {
    let case = rewrite(&with(JPQR, "27", STORE), &riel());
    assert_eq!(case.leaf("26-01"), (Outcome::Changed, Some("30-01")));
    assert_eq!(case.result("30-01"), Some((STORE_KEY, Origin::Changed)));
    assert_eq!(payee(&with(JPQR, "27", STORE)).path().to_string(), "26");
}

#[test]
fn a_supplied_merchant_id_wins() {
    let case = rewrite(JPQR, &Supplement { merchant_id: Some("SW-77"), ..riel() });
    for level in ["26-01", "26-02", "26-03", "26-04"] {
        case.lost(level);
    }
    assert_eq!(case.result("30-01"), Some(("SW-77", Origin::Supplied)));
}

#[test]
fn the_bakong_account_is_the_payee_key_and_is_supplied_to_khqr() {
    for (objects, root) in [(KHQR.to_vec(), "30"), (individual(), "29")] {
        let payee = payee(&objects);
        assert_eq!((payee.network(), payee.account()), ("khqr", "shop@aclb"));
        let path = payee.path().to_string();
        assert_eq!(path, format!("{root}-00"));
        rewrite(&objects, &yen()).lost(&path);
    }
    assert_eq!(cambodia().result("30-00"), Some(("settle@sath", Origin::Supplied)));
}

/// The code with its account under 29.
fn individual() -> Vec<Object<'static>> {
    with(&without(KHQR, "30"), "29", "0009shop@aclb0109012345678")
}

#[test]
fn account_information_is_lost() {
    rewrite(&individual(), &yen()).lost("29-01");
    assert_eq!(payee(&individual()).sub_account(), Some("012345678"));
}

#[test]
fn the_merchant_id_is_a_reference_and_never_split_into_levels() {
    // It looks like a store id, and is none all the same.
    let looks = run(&[("00", "shop@aclb"), ("01", STORE_KEY), ("02", "ACLEDA Bank")]);
    let objects = replace(KHQR, "30", &looks);
    assert_eq!(payee(&objects).sub_account(), Some(STORE_KEY));
    let case = rewrite(&objects, &yen());
    case.lost("30-01");
    assert_eq!(case.result("26-01"), Some(("9999999999999", Origin::Supplied)));
    let without_store = Supplement { store_id: None, ..yen() };
    assert_eq!(rewrite(&objects, &without_store).result.unwrap_err(), "supplements are missing: store_id");
}

#[test]
fn the_acquiring_bank_is_supplied_to_khqr() {
    japan().lost("30-02");
    assert_eq!(cambodia().result("30-02"), Some(("Sathapana", Origin::Supplied)));
}

#[test]
fn an_individual_is_blocked_only_where_the_policy_says_so() {
    let deny = Policy::default().deny_individual(true);
    assert_eq!(intent(&individual()).kind, Kind::Individual);
    assert_eq!(blocks(&individual(), Policy::default()), []);
    assert_eq!(blocks(&individual(), deny), [("29".to_owned(), "individual".to_owned())]);
    assert_eq!(blocks(KHQR, deny), []);
    assert_eq!(blocks(JPQR, deny), []);
    let text = payload(&individual());
    let source = Khqr::of(&parse(&text));
    let report = Rewrite::to_jpqr(&source, &yen()).at(Clock::at_millis(NOW)).under(deny);
    let blocked: Vec<String> = report
        .leaves()
        .filter(|leaf| leaf.outcome == Outcome::Blocked)
        .map(|leaf| leaf.object.path().to_string())
        .collect();
    assert_eq!(blocked, ["29-00", "29-01"]);
    assert!(matches!(report.write(&mut [0; 1024]), Err(RewriteError::Blocked(_))));
}

#[test]
fn the_category_is_copied_and_5999_says_nothing_in_khqr_only() {
    japan().copied("52", "5812");
    cambodia().copied("52", "5812");
    assert_eq!(intent(&replace(KHQR, "52", "5999")).category(), None);
    assert_eq!(intent(&replace(JPQR, "52", "5999")).category(), Some(Mcc::MISCELLANEOUS_RETAIL));
    assert_eq!(intent(&replace(KHQR, "52", "5999")).merchant_category_code().unwrap().as_str(), "5999");
    rewrite(&replace(KHQR, "52", "5999"), &yen()).copied("52", "5999");
    // A switch may know better.
    for objects in [KHQR, JPQR] {
        let given = Supplement { merchant_category_code: Some("5814".parse().unwrap()), ..quote(objects) };
        let case = rewrite(objects, &given);
        case.lost("52");
        assert_eq!(case.result("52"), Some(("5814", Origin::Supplied)));
    }
}

#[test]
fn the_currency_is_the_merchants_and_others_are_blocked() {
    for (objects, number) in [(KHQR.to_vec(), "116"), (replace(&replace(KHQR, "53", "840"), "54", "9.50"), "840")] {
        assert_eq!(intent(&objects).currency().unwrap().as_str(), number);
        let case = rewrite(&objects, &yen());
        case.lost("53");
        assert_eq!(case.result("53"), Some(("392", Origin::Fixed)));
    }
    assert_eq!(intent(JPQR).currency().unwrap().as_str(), "392");
    assert_eq!(cambodia().result("53"), Some(("116", Origin::Supplied)));
    assert_blocked(&replace(KHQR, "53", "392"), &[("53", "currency")]);
    assert_blocked(&replace(JPQR, "53", "840"), &[("53", "currency")]);
    assert_blocked(&replace(JPQR, "53", "116"), &[("53", "currency")]);
}

/// The settlement currency is the switch's word: riel or dollar, and nothing else.
#[test]
fn a_khqr_code_is_written_in_the_supplied_currency() {
    let dollars = Supplement { currency: Some(Currency::USD), ..riel() };
    assert_eq!(rewrite(JPQR, &dollars).result("53"), Some(("840", Origin::Supplied)));
    assert!(rewrite(JPQR, &yen()).result.is_err());
}

/// 12.00 dollars are not 12 yen: the currency of a quote is that of the result, or is not given.
#[test]
fn a_quote_in_another_currency_is_refused() {
    let twelve = Supplement { amount: Some(amount("12.00")), ..yen() };
    assert_eq!(rewrite(KHQR, &twelve).result("54"), Some(("12", Origin::Supplied)));
    let refused = |objects: &[Object<'_>], given: &Supplement<'_>| {
        let text = payload(objects);
        let (source, clock, policy) = (parse(&text), Clock::at_millis(NOW), Policy::default());
        let mut buffer = [0; 1024];
        let error = if Khqr::recognises(&source) {
            Rewrite::to_jpqr(&Khqr::of(&source), given).at(clock).under(policy).write(&mut buffer).unwrap_err()
        } else {
            Rewrite::to_khqr(&Jpqr::of(&source), given).at(clock).under(policy).write(&mut buffer).unwrap_err()
        };
        let RewriteError::Currency(currency) = error else { panic!("{error}") };
        assert!(error.to_string().contains(currency.as_str()), "{error}");
        assert_eq!(Some(currency), given.currency);
    };
    // Also where no amount is written: whoever gives a currency means it.
    let asking = replace(&without(&without(KHQR, "54"), "99"), "01", "11");
    for number in ["840", "116", "764", "000"] {
        let given = Supplement { currency: number.parse().ok(), ..twelve };
        refused(KHQR, &given);
        refused(&asking, &given);
    }
    for number in ["392", "764", "000"] {
        let given = Supplement { currency: number.parse().ok(), ..riel() };
        refused(JPQR, &given);
        refused(&with(JPQR, "54", "1500"), &given);
    }
    // JPQR knows one currency, so that it need not be said.
    let case = rewrite(KHQR, &Supplement { currency: None, ..yen() });
    assert_eq!(case.result("53"), Some(("392", Origin::Fixed)));
    assert_eq!(case.result("54"), Some(("1500", Origin::Supplied)));
}

/// A quote is for one payment: a code that expires must not become one that is paid again and again.
#[test]
fn where_an_amount_is_written_the_code_is_for_one_payment() {
    for objects in [KHQR.to_vec(), with(JPQR, "54", "1500")] {
        let scheme = intent(&objects).scheme;
        rewrite(&replace(&objects, "01", "12"), &quote(&objects)).copied("01", "12");
        let fixed = rewrite(&replace(&objects, "01", "11"), &quote(&objects));
        assert_eq!(fixed.leaf("01"), (Outcome::Changed, Some("01")), "{scheme}");
        assert_eq!(fixed.result("01"), Some(("12", Origin::Changed)), "{scheme}");
        let absent = rewrite(&without(&objects, "01"), &quote(&objects));
        assert!(absent.leaves.iter().all(|leaf| leaf.0 != "01"));
        assert_eq!(absent.result("01"), Some(("12", Origin::Fixed)), "{scheme}");
        // What is written says so without a warning.
        for case in [fixed, absent] {
            let text = case.result.unwrap();
            let found = parse(&text).validate::<Jpqr<'_>>(()).into_violations();
            assert!(scheme == Scheme::Jpqr || found.is_empty(), "{found:?}");
        }
    }
    // Without an amount it stays what it was.
    let asking = replace(&without(&without(KHQR, "54"), "99"), "01", "11");
    for objects in [asking, JPQR.to_vec()] {
        rewrite(&objects, &quote(&objects)).copied("01", "11");
        assert_eq!(rewrite(&without(&objects, "01"), &quote(&objects)).result("01"), None);
    }
}

/// As KHQR's own generator writes them, or not at all.
#[test]
fn amounts_in_riel_and_dollars_are_written_as_the_generator_does() {
    let fixed = with(JPQR, "54", "1500");
    let written = |currency, text| {
        let given = Supplement { currency: Some(currency), amount: Some(amount(text)), ..riel() };
        rewrite(&fixed, &given)
    };
    assert_eq!(written(Currency::KHR, "007").result("54"), Some(("7", Origin::Supplied)));
    assert_eq!(written(Currency::USD, "12.50").result("54"), Some(("12.50", Origin::Supplied)));
    assert!(written(Currency::USD, "1.000").result.is_err());
    assert!(written(Currency::KHR, "0.5").result.is_err());
    assert!(written(Currency::USD, "0").result.is_err());
}

#[test]
fn an_amount_is_never_converted_but_supplied() {
    let case = japan();
    case.lost("54");
    assert_eq!(case.result("54"), Some(("1500", Origin::Supplied)));
    assert_eq!(intent(KHQR).amount().unwrap().unwrap().as_str(), "40000");
    let fixed = with(JPQR, "54", "1500");
    let given = Supplement { amount: Some(amount("40500")), ..riel() };
    let case = rewrite(&fixed, &given);
    case.lost("54");
    assert_eq!(case.result("54"), Some(("40500", Origin::Supplied)));
    for objects in [KHQR, &fixed] {
        let given = Supplement { amount: None, ..quote(objects) };
        assert_eq!(rewrite(objects, &given).result.unwrap_err(), "supplements are missing: amount");
    }
    // A quote that the other scheme cannot write.
    assert!(rewrite(&fixed, &Supplement { amount: Some(amount("1.5")), ..riel() }).result.is_err());
}

/// 5.4: whole yen.
#[test]
fn a_quote_in_yen_is_whole() {
    let given = Supplement { amount: Some(amount("10.50")), ..yen() };
    assert!(rewrite(KHQR, &given).result.is_err());
}

#[test]
fn without_an_amount_the_payer_is_asked() {
    let asking = replace(&without(&without(KHQR, "54"), "99"), "01", "11");
    let read = intent(&asking);
    assert_eq!(read.amount(), Ok(None));
    assert_eq!(read.decimals, Some(0));
    assert_eq!(intent(&replace(&asking, "53", "840")).decimals, Some(2));
    assert_eq!(intent(JPQR).decimals, Some(0));
    // An amount that is supplied for nothing is not written.
    assert_eq!(rewrite(&asking, &yen()).result("54"), None);
    assert_eq!(cambodia().result("54"), None);
    assert_eq!(cambodia().result("99-01"), None);
}

#[test]
fn tips_and_fees_are_blocked() {
    let cases: [(&str, &str, &[&str]); 3] =
        [("01", "", &["55"]), ("02", "56", &["55", "56"]), ("03", "57", &["55", "57"])];
    for objects in [KHQR, JPQR] {
        for (tip, fee, expected) in cases {
            let mut tipped = with(objects, "55", tip);
            if !fee.is_empty() {
                tipped.push((fee, "5"));
            }
            let expected: Vec<_> = expected.iter().map(|path| (*path, "tip-or-fee")).collect();
            assert_blocked(&tipped, &expected);
            let case = rewrite(&tipped, &quote(objects));
            for (path, _) in expected {
                assert_eq!(case.leaf(path), (Outcome::Blocked, None));
            }
            assert!(case.result.unwrap_err().contains("tip-or-fee"));
        }
    }
}

#[test]
fn the_country_is_the_corridor_and_must_agree() {
    assert_eq!(intent(KHQR).country().unwrap().as_str(), "KH");
    assert_eq!(intent(JPQR).country().unwrap().as_str(), "JP");
    assert_eq!(japan().result("58"), Some(("JP", Origin::Fixed)));
    assert_eq!(cambodia().result("58"), Some(("KH", Origin::Fixed)));
    japan().lost("58");
    assert_blocked(&replace(KHQR, "58", "JP"), &[("58", "invalid")]);
    assert_blocked(&replace(JPQR, "58", "KH"), &[("58", "invalid")]);
}

#[test]
fn names_are_copied_in_latin_letters_and_else_supplied() {
    japan().copied("59", "Noodle Bar");
    japan().copied("60", "Phnom Penh");
    cambodia().copied("59", "TEST SHOP");
    cambodia().copied("60", "TOKYO");
    let khmer = replace(&replace(KHQR, "59", "ហាងគុយទាវ"), "60", "ភ្នំពេញ");
    assert_eq!(intent(&khmer).name().unwrap(), "ហាងគុយទាវ");
    let case = rewrite(&khmer, &yen());
    assert_eq!(case.leaf("59"), (Outcome::Changed, Some("59")));
    assert_eq!(case.leaf("60"), (Outcome::Changed, Some("60")));
    assert_eq!(case.result("59").unwrap().0, "SUPPLIED NAME");
    assert_eq!(case.result("60").unwrap().0, "SUPPLIED CITY");
    let given = Supplement { name: None, city: None, ..yen() };
    let error = rewrite(&khmer, &given).result.unwrap_err();
    assert_eq!(error, "supplements are missing: name city");
    assert!(rewrite(KHQR, &given).result.is_ok());
    // Latin letters are what they are called.
    assert!(rewrite(&khmer, &Supplement { name: Some("ហាង"), ..yen() }).result.is_err());
}

#[test]
fn the_postal_code_is_supplied_and_never_invented() {
    assert_eq!(japan().result("61"), Some(("1500001", Origin::Supplied)));
    let given = Supplement { postal_code: None, ..yen() };
    assert_eq!(rewrite(KHQR, &given).result.unwrap_err(), "supplements are missing: postal_code");
    // A Cambodian one does not count.
    let own = with(KHQR, "61", "120101");
    assert_eq!(rewrite(&own, &given).result.unwrap_err(), "supplements are missing: postal_code");
    rewrite(&own, &yen()).lost("61");
    // Kept for risk checks.
    cambodia().lost("61");
    assert_eq!(intent(JPQR).postal_code().unwrap(), "1066143");
}

#[test]
fn references_that_both_sides_read_are_copied() {
    for (path, value) in [("62-01", "INV-1"), ("62-03", "Branch 2"), ("62-07", "T-9"), ("62-08", "Lunch")] {
        japan().copied(path, value);
    }
    for (path, value) in [("62-01", "B1"), ("62-03", "S1"), ("62-07", "T1"), ("62-08", "P1")] {
        cambodia().copied(path, value);
    }
}

#[test]
fn the_mobile_number_travels_with_consent_only() {
    for (objects, number) in [(KHQR, "85512345678"), (JPQR, "M-1")] {
        let consent = Supplement { consent_mobile: true, ..quote(objects) };
        rewrite(objects, &quote(objects)).lost("62-02");
        rewrite(objects, &consent).copied("62-02", number);
        let read = intent(objects);
        assert_eq!(at(read.references().mobile_number()), (number, "62-02".to_owned()));
        assert!(read.references().iter().all(|(name, _)| name != "mobile_number"));
        // But for the text itself, which is kept as read.
        let mut shown = json!(read);
        assert_eq!(shown.as_object_mut().unwrap().remove("payload"), Some(json!(payload(objects))));
        assert!(!shown.to_string().contains(number));
    }
}

#[test]
fn references_that_khqr_does_not_read_are_lost() {
    for path in ["62-04", "62-05", "62-06", "62-09"] {
        cambodia().lost(path);
        assert_eq!(cambodia().result(path), None);
        // The Cambodian toolkits ignore them, too.
        rewrite(&replace(KHQR, "62", ALL_REFERENCES), &yen()).lost(path);
    }
    // The reference label moves into the message.
    let reference = intent(JPQR).references().iter().find(|(name, _)| *name == "reference_label").unwrap().1;
    assert_eq!((reference.value, reference.path.to_string().as_str()), ("R1", "62-05"));
}

#[test]
fn a_reference_that_occurs_twice_is_none() {
    for inside in ["0102B10103B-20703***0703***", "0703***0102B10703***0103B-2", "0102B10203M-1x"] {
        let read = intent(&replace(JPQR, "62", inside));
        assert_eq!(read.references().iter().count(), 0, "{inside}");
        assert_eq!(read.references().prompts().count(), 0, "{inside}");
        assert!(read.references().mobile_number().is_none(), "{inside}");
    }
    let read = intent(&replace(JPQR, "62", "0102B10102B10203M-1"));
    assert_eq!(at(read.references().mobile_number()), ("M-1", "62-02".to_owned()));
    let read = intent(&replace(JPQR, "64", "0002JA0105テスト商店0105別の商店名"));
    assert!(read.alternate_name().is_none() && read.language().is_some());
}

#[test]
fn prompts_are_prompts_and_no_values() {
    let asking = run(&[("01", "***"), ("02", "***"), ("05", "***"), ("07", "T1")]);
    for objects in [KHQR, JPQR] {
        let read = intent(&replace(objects, "62", &asking));
        let prompts: Vec<String> = read.references().prompts().map(|path| path.to_string()).collect();
        assert_eq!(prompts, ["62-01", "62-02", "62-05"]);
        assert!(read.references().mobile_number().is_none());
        assert_eq!(read.references().iter().map(|(name, _)| name).collect::<Vec<_>>(), ["terminal_label"]);
        rewrite(&replace(objects, "62", &asking), &quote(objects)).copied("62-01", "***");
    }
}

#[test]
fn what_belongs_to_others_is_lost() {
    let inside = "0011com.example0101x";
    let reserved = format!("0102B15020{inside}");
    for objects in [KHQR, JPQR] {
        let case = rewrite(&replace(objects, "62", &reserved), &quote(objects));
        case.lost("62-50-00");
        case.lost("62-50-01");
        case.copied("62-01", "B1");
        rewrite(&with(objects, "65", "future"), &quote(objects)).lost("65");
        rewrite(&with(objects, "79", "future"), &quote(objects)).lost("79");
        rewrite(&with(objects, "80", inside), &quote(objects)).lost("80-01");
        rewrite(&with(objects, "98", inside), &quote(objects)).lost("98-00");
    }
}

#[test]
fn the_crc_is_made_anew() {
    for case in [japan(), cambodia()] {
        assert_eq!(case.leaf("63"), (Outcome::Changed, Some("63")));
        assert_eq!(case.result("63").unwrap().1, Origin::Fixed);
    }
}

#[test]
fn the_local_name_is_kept_as_read_and_a_japanese_one_is_supplied() {
    let read = intent(KHQR);
    assert_eq!(read.language().unwrap().as_str(), "km");
    assert_eq!(read.alternate_name().unwrap(), "ហាងគុយទាវ");
    let case = japan();
    case.lost("64-00");
    case.lost("64-01");
    assert_eq!(case.result("64-00"), Some(("JA", Origin::Fixed)));
    assert_eq!(case.result("64-01"), Some(("ヌードルバー", Origin::Supplied)));
    let given = Supplement { alternate_name: None, ..yen() };
    assert_eq!(rewrite(KHQR, &given).result.unwrap_err(), "supplements are missing: alternate_name");
    // A Japanese name is one.
    let japanese = replace(KHQR, "64", "0002JA0103麺処鶏");
    let case = rewrite(&japanese, &given);
    case.copied("64-00", "JA");
    case.copied("64-01", "麺処鶏");
    let lower = rewrite(&replace(KHQR, "64", "0002ja0103麺処鶏"), &given);
    assert_eq!(lower.leaf("64-00"), (Outcome::Changed, Some("64-00")));
    assert_eq!(lower.result("64-00"), Some(("JA", Origin::Changed)));
    lower.copied("64-01", "麺処鶏");
    // JA is legal in KHQR.
    cambodia().copied("64-00", "JA");
    cambodia().copied("64-01", "テスト商店");
}

#[test]
fn the_local_city_is_lost() {
    japan().lost("64-02");
    assert_eq!(japan().result("64-02"), None);
}

#[test]
fn the_lifetime_is_enforced_and_lost() {
    assert_eq!(intent(KHQR).expires_at_ms.unwrap().unwrap(), 1_750_000_900_000);
    japan().lost("99-00");
    japan().lost("99-01");
    let late = intent(KHQR).blocks(Clock::at_millis(1_750_000_900_001), Policy::default());
    let found: Vec<_> = late.iter().map(|block| (block.path.to_string(), block.reason.name())).collect();
    assert_eq!(found, [("99-01".to_owned(), "expired")]);
    assert!(intent(KHQR).blocks(Clock::at_millis(1_750_000_900_000), Policy::default()).is_empty());
    assert!(intent(KHQR).blocks(Clock::UNKNOWN, Policy::default()).is_empty());
    // An amount written to KHQR gets the quote's.
    let case = rewrite(&with(JPQR, "54", "1500"), &riel());
    assert_eq!(case.result("99-00"), Some(("1750000000000", Origin::Supplied)));
    assert_eq!(case.result("99-01"), Some(("1750000300000", Origin::Supplied)));
}

/// 99.00 and 99.01 are 13 digits each.
#[test]
fn a_supplied_lifetime_is_13_digits() {
    let fixed = with(JPQR, "54", "1500");
    assert!(rewrite(&fixed, &Supplement { expires_at_ms: Some(5), ..riel() }).result.is_err());
    assert!(rewrite(&fixed, &Supplement { created_ms: Some(5), ..riel() }).result.is_err());
    let backwards = Supplement { created_ms: Some(NOW + 1), expires_at_ms: Some(NOW), ..riel() };
    assert!(rewrite(&fixed, &backwards).result.is_err());
}

/// A code that must not be paid at the time of its making is not written.
#[test]
fn a_quote_that_has_expired_is_not_written() {
    let fixed = payload(&with(JPQR, "54", "1500"));
    let source = Jpqr::of(&parse(&fixed));
    let given = Supplement { created_ms: Some(NOW - 2), expires_at_ms: Some(NOW - 1), ..riel() };
    assert!(
        Rewrite::to_khqr(&source, &given)
            .at(Clock::at_millis(NOW))
            .under(Policy::default())
            .write(&mut [0; 1024])
            .is_err()
    );
}

#[test]
fn the_raw_text_is_kept_for_the_hash() {
    for objects in [KHQR, JPQR] {
        assert_eq!(intent(objects).payload.as_str(), payload(objects));
    }
    let text = payload(KHQR);
    assert_eq!(Khqr::of(&intent(KHQR).payload).md5(), Khqr::of(&parse(&text)).md5());
}

// The points of 5.5.

/// 1: neither payee can be computed from the other.
#[test]
fn point_1_the_payee_is_supplied_both_ways() {
    let nothing = Supplement::default();
    assert!(rewrite(KHQR, &nothing).result.unwrap_err().contains(" store_id"));
    assert!(rewrite(JPQR, &nothing).result.unwrap_err().contains(" bakong_account acquiring_bank"));
}

/// 2: a Japanese code has no lifetime.
#[test]
fn point_2_expiry_is_khqrs() {
    assert_eq!(intent(JPQR).expires_at_ms, Ok(None));
    assert!(intent(JPQR).blocks(Clock::at_millis(u64::MAX), Policy::default()).is_empty());
    // Without an amount and not dynamic, a passed time does not bind.
    let lasting = replace(&without(KHQR, "54"), "01", "11");
    assert!(intent(&lasting).blocks(Clock::at_millis(u64::MAX), Policy::default()).is_empty());
}

/// 3: postal code and Japanese name.
#[test]
fn point_3_japans_own_is_missing_all_at_once() {
    let khmer = replace(&replace(KHQR, "59", "ហាង"), "60", "ភ្នំពេញ");
    assert_eq!(
        rewrite(&khmer, &Supplement::default()).result.unwrap_err(),
        "supplements are missing: store_id postal_code alternate_name name city amount"
    );
    assert_eq!(
        rewrite(&replace(JPQR, "01", "12"), &Supplement::default()).result.unwrap_err(),
        "supplements are missing: bakong_account acquiring_bank currency amount created_ms expires_at_ms"
    );
    assert_eq!(
        rewrite(JPQR, &Supplement::default()).result.unwrap_err(),
        "supplements are missing: bakong_account acquiring_bank currency"
    );
}

/// 4: 5999 is a default in one, a statement in the other.
#[test]
fn point_4_5999() {
    let default = replace(KHQR, "52", "5999");
    let stated = replace(JPQR, "52", "5999");
    assert_eq!(
        (intent(&default).category(), intent(&stated).category().map(|code| code.to_string())),
        (None, Some("5999".to_owned()))
    );
    assert_eq!(intent(&replace(JPQR, "52", "0000")).category(), None);
}

/// 5: decimals, the scheme's and ISO's.
#[test]
fn point_5_decimals() {
    let of = |objects: &[Object<'_>]| (intent(objects).decimals, intent(objects).iso_exponent());
    assert_eq!(of(KHQR), (Some(0), Some(2)));
    assert_eq!(of(&replace(KHQR, "53", "840")), (Some(2), Some(2)));
    assert_eq!(of(JPQR), (Some(0), Some(0)));
}

/// 6: neither code says which wallets the merchant takes, so no block is drawn from it and the map has no such row.
#[test]
fn point_6_acceptance_is_not_in_the_code() {
    assert_eq!(blocks(KHQR, Policy::default()), []);
    assert_eq!(blocks(JPQR, Policy::default()), []);
    assert!(!Markdown.to_string().to_lowercase().contains("accept"));
}

/// 7: characters, not UTF-16 units: 25 of two units each are 25. KHQR's toolkits count 50, so nothing of the kind is
/// written for them.
#[test]
fn point_7_lengths_are_characters() {
    let rare = "𠮷".repeat(25);
    let local = format!("0002JA0125{rare}");
    let japanese = replace(JPQR, "64", &local);
    assert_eq!(blocks(&japanese, Policy::default()), []);
    let refused = |objects: &[Object<'_>], given: &Supplement<'_>, path: &str| {
        let error = rewrite(objects, given).result.unwrap_err();
        assert!(error.ends_with(&format!("in data object {path} [khqr.text.beyond-bmp]")), "{error}");
        assert!(!error.contains(" byte "), "{error}");
    };
    // A name that is not needed there is lost; what is supplied is refused.
    rewrite(&japanese, &riel()).lost("64-01");
    rewrite(&replace(JPQR, "64", "0002JA0104店𠮷野家"), &riel()).lost("64-01");
    refused(JPQR, &Supplement { merchant_id: Some("M-𠮷"), ..riel() }, "30-01");
    refused(JPQR, &Supplement { acquiring_bank: Some("Bank 😀"), ..riel() }, "30-02");
    // U+FFFF and below are one unit, and what is lost is written nowhere.
    rewrite(&replace(JPQR, "64", "0002JA0104店\u{FFFD}野家"), &riel()).copied("64-01", "店\u{FFFD}野家");
    rewrite(&with(JPQR, "65", "𠮷"), &riel()).lost("65");
    let given = Supplement { alternate_name: Some(&rare), ..yen() };
    assert_eq!(rewrite(KHQR, &given).result("64-01"), Some((rare.as_str(), Origin::Supplied)));
    let longer = "𠮷".repeat(26);
    assert!(rewrite(KHQR, &Supplement { alternate_name: Some(&longer), ..yen() }).result.is_err());
}

/// 8: only KHQR has persons.
#[test]
fn point_8_persons() {
    assert_eq!(intent(&individual()).kind, Kind::Individual);
    assert_eq!(intent(KHQR).kind, Kind::Merchant);
    assert_eq!(intent(JPQR).kind, Kind::Merchant);
    // What is written from Japan is a merchant's.
    let text = cambodia().result.unwrap();
    assert_eq!(Intent::of(&parse(&text), Policy::default()).unwrap().kind, Kind::Merchant);
}

/// 9: the account where EMVCo wants an identifier does not block.
#[test]
fn point_9_guid_shape_does_not_block() {
    assert!(Mpm::recognises(&parse(&payload(KHQR))));
    assert_eq!(blocks(KHQR, Policy::default()), []);
    assert_eq!(blocks(&individual(), Policy::default()), []);
}

// Intents.

#[test]
fn an_intent_of_khqr_has_its_fields() {
    let read = intent(KHQR);
    assert_eq!(read.scheme, Scheme::Khqr);
    assert_eq!(read.method().unwrap(), "12");
    assert_eq!(read.country().unwrap(), "KH");
    assert_eq!(read.name().unwrap(), "Noodle Bar");
    assert_eq!(read.city().unwrap(), "Phnom Penh");
    assert_eq!(read.language().unwrap(), "km");
    assert_eq!(read.merchant_category_code().unwrap(), "5812");
    assert_eq!(read.amount().unwrap().unwrap().as_str(), "40000");
    assert!(read.postal_code().is_none());
    let references: Vec<_> =
        read.references().iter().map(|(name, field)| (name, field.value, field.path.to_string())).collect();
    assert_eq!(
        references,
        [
            ("bill_number", "INV-1", "62-01".to_owned()),
            ("store_label", "Branch 2", "62-03".to_owned()),
            ("terminal_label", "T-9", "62-07".to_owned()),
            ("purpose_of_transaction", "Lunch", "62-08".to_owned()),
        ]
    );
}

#[test]
fn intents_and_reports_serialize() {
    let text = payload(JPQR);
    let mut buffer = [0; 512];
    let rewritten = Rewrite::to_khqr(&Jpqr::of(&parse(&text)), &riel())
        .at(Clock::at_millis(NOW))
        .under(Policy::default())
        .write(&mut buffer)
        .unwrap();
    let written = json!(rewritten);
    assert_eq!(written["payload"], rewritten.text);
    assert_eq!(written["report"], json!(rewritten.report));
    let origins: Vec<_> = written["origins"].as_array().unwrap().iter().map(|line| line["path"].clone()).collect();
    let leaves: Vec<_> = parse(rewritten.text).leaves().map(|leaf| json!(leaf.path())).collect();
    assert_eq!(origins, leaves);
    assert_eq!(written["origins"][0], json!({"path": "00", "from": "fixed"}));
    assert_eq!(
        json!(intent(&replace(JPQR, "62", "0102B10703***"))),
        json!({
            "scheme": "jpqr", "country": "JP", "kind": "merchant",
            "payee": {"network": "jpqr", "institution": null, "account": STORE_KEY, "sub_account": null, "path": "26"},
            "name": "TEST SHOP", "city": "TOKYO", "alternate_name": {"language": "JA", "name": "テスト商店"},
            "postal_code": "1066143", "merchant_category_code": "5812", "category": "5812", "currency": "392",
            "currency_code": "JPY", "method": "static", "amount": null, "amount_from": null, "decimals": 0, "iso_exponent": 0,
            "references": {"bill_number": "B1"}, "prompts": ["62-07"], "expires_at_ms": null,
            "payload": payload(&replace(JPQR, "62", "0102B10703***")), "md5": null,
        })
    );
    let text = payload(KHQR);
    let report = Rewrite::to_jpqr(&Khqr::of(&parse(&text)), &yen()).at(Clock::at_millis(NOW)).under(Policy::default());
    let lines = json!(report);
    assert_eq!(lines.as_array().unwrap().len(), parse(&text).leaves().count());
    assert_eq!(lines[0], json!({"path": "00", "action": "copied", "to": "00", "why": row(0, None).unwrap().reason}));
    let read = json!(intent(KHQR));
    assert_eq!(read["expires_at_ms"], 1_750_000_900_000_u64);
    assert_eq!(read["amount"], "40000");
    assert_eq!(
        read["payee"],
        json!({"network": "khqr", "institution": null, "account": "shop@aclb", "sub_account": "M-0001", "path": "30-00"})
    );
}

/// The keys of `cross_border.md`, whatever else is there.
#[test]
fn the_json_of_an_intent_has_the_keys_of_the_contract() {
    let keys = [
        "scheme",
        "country",
        "kind",
        "payee",
        "name",
        "city",
        "alternate_name",
        "postal_code",
        "merchant_category_code",
        "currency",
        "currency_code",
        "method",
        "amount",
        "amount_from",
        "decimals",
        "iso_exponent",
        "references",
        "prompts",
        "expires_at_ms",
        "payload",
        "md5",
    ];
    for objects in [KHQR.to_vec(), individual(), JPQR.to_vec(), replace(JPQR, "53", "abc"), without(KHQR, "59")] {
        let read = json!(intent(&objects));
        for key in keys {
            assert!(read.get(key).is_some(), "{key}");
        }
        for key in ["network", "institution", "account", "sub_account"] {
            assert!(read["payee"].get(key).is_some(), "{key}");
        }
        assert_eq!(read["payload"], payload(&objects));
    }
    // The example of the specification; its MD5 by md5sum.
    let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    let read = json!(Intent::of(&parse(text), Policy::default()).unwrap());
    assert_eq!(read["md5"], "897544ccf3ae6f4b6acf8b3712c2168e");
    assert_eq!((&read["method"], &read["currency_code"]), (&json!("static"), &json!("KHR")));
    let read = json!(intent(KHQR));
    assert_eq!((&read["method"], &read["md5"].as_str().unwrap().len()), (&json!("dynamic"), &32));
    assert_eq!(json!(intent(&without(KHQR, "01")))["method"], json!(null));
    // What is not assigned, or not a number, has no letters.
    for currency in ["000", "abc"] {
        assert_eq!(json!(intent(&replace(JPQR, "53", currency)))["currency_code"], json!(null));
    }
}

/// A block says which rule is broken, if one is, and what is wrong.
#[test]
fn the_json_of_a_block_has_the_keys_of_the_contract() {
    let blocks = |objects: &[Object<'_>]| {
        let blocks = intent(objects).blocks(Clock::at_millis(NOW), Policy::default().deny_individual(true));
        json!(blocks).as_array().unwrap().clone()
    };
    for (objects, path, reason, rule) in [
        (with(JPQR, "55", "01"), "55", "tip-or-fee", json!(null)),
        (individual(), "29", "individual", json!(null)),
        (replace(JPQR, "53", "840"), "53", "currency", json!("jpqr.53.value")),
        (replace(JPQR, "52", "58A2"), "52", "invalid", json!("emv.52.format")),
        (with(JPQR, "54", "0.5"), "54", "invalid", json!("jpqr.54.decimals")),
    ] {
        let found = blocks(&objects);
        assert_eq!(found.len(), 1, "{found:?}");
        let block = &found[0];
        assert_eq!((&block["path"], &block["reason"], &block["rule"]), (&json!(path), &json!(reason), &rule));
        assert!(block["message"].as_str().is_some_and(|message| !message.is_empty()), "{block}");
    }
}

#[test]
fn debug_shows_no_text() {
    for objects in [KHQR, JPQR] {
        let text = payload(objects);
        let source = parse(&text);
        let read = Intent::of(&source, Policy::default()).unwrap();
        let report = if read.scheme == Scheme::Khqr {
            Rewrite::to_jpqr(&Khqr::of(&source), &yen()).at(Clock::UNKNOWN).under(Policy::default())
        } else {
            Rewrite::to_khqr(&Jpqr::of(&source), &riel()).at(Clock::UNKNOWN).under(Policy::default())
        };
        let shown = format!("{read:?} {report:?} {:?}", report.leaves().collect::<Vec<_>>());
        for secret in
            ["shop@aclb", "Noodle", "TEST SHOP", STORE_KEY, "000000000000", "INV-1", "ហាង", "テスト", "settle@"]
        {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}

#[test]
fn others_have_no_intent() {
    let thai = payload(&[
        ("00", "01"),
        ("29", "0016A00000067701011101130066812345678"),
        ("52", "5812"),
        ("53", "764"),
        ("58", "TH"),
        ("59", "SHOP"),
        ("60", "BANGKOK"),
    ]);
    assert_eq!(Intent::of(&parse(&thai), Policy::default()).unwrap().scheme.to_string(), "th.transfer");
    // No network that is known.
    assert!(Intent::of(&parse(&payload(crate::common::BASE)), Policy::default()).is_none());
    // Both schemes.
    let both = payload(&with(KHQR, "26", STORE));
    assert!(Intent::of(&parse(&both), Policy::default()).is_none());
    let read = Intent::of(&parse(&thai), Policy::default()).unwrap();
    let payee = read.payee.unwrap();
    assert_eq!(
        (payee.network(), payee.account(), payee.path().to_string().as_str()),
        ("th.transfer", "0066812345678", "29-01")
    );
    assert_eq!((read.decimals, read.iso_exponent()), (Some(2), Some(2)));
    assert_eq!(read.country().unwrap().as_str(), "TH");
    assert!(read.blocks(Clock::UNKNOWN, Policy::default()).is_empty());
}

/// In 26 to 51 the identifier is known in any case, wherever it stands, also if the template is broken behind it.
#[test]
fn the_guid_of_jpqr_is_known_in_any_case() {
    let capitals = STORE.replace("jp.or.paymentsjapan", "JP.OR.PAYMENTSJAPAN");
    let mixed = STORE.replace("jp.or.paymentsjapan", "jp.or.payMenTsjApaN");
    let last = format!("{}{}", &capitals[23..], &capitals[..23]);
    for template in [STORE, &capitals, &mixed, &last] {
        for id in ["26", "51"] {
            let objects = with(&without(JPQR, "26"), id, template);
            let read = intent(&objects);
            assert_eq!(read.scheme, Scheme::Jpqr);
            assert_eq!(read.payee.unwrap().account(), STORE_KEY);
            assert_eq!(blocks(&objects, Policy::default()), []);
            assert_eq!(rewrite(&objects, &riel()).result("30-01"), Some((STORE_KEY, Origin::Changed)));
        }
    }
    for template in [&capitals[..60], "0019JP.OR.PAYMENTSJAPAN01x", "0103abc0019jp.or.paymentsJAPAN5"] {
        let objects = replace(JPQR, "26", template);
        assert!(intent(&objects).payee.is_none());
        assert_blocked(&objects, &[("26", "invalid")]);
    }
    // Another identifier is another one.
    for guid in ["0018jp.or.paymentsjapa", "0020jp.or.paymentsjapan1", "0019jp.or.paymentsjapa\u{144}"] {
        let other = format!("{guid}{}", &STORE[23..]);
        assert!(Intent::of(&parse(&payload(&replace(JPQR, "26", &other))), Policy::default()).is_none(), "{guid}");
    }
}

/// Dollars alone make no code Cambodian, nor do the templates 29 and 30.
#[test]
fn detection_is_that_of_the_design() {
    let read = |objects: &[Object<'_>]| {
        Intent::of(&parse(payload(objects).leak()), Policy::default()).map(|intent| intent.scheme)
    };
    let dollars = replace(&replace(KHQR, "53", "840"), "54", "9.50");
    assert_eq!(read(&dollars), Some(Scheme::Khqr));
    assert_eq!(read(&without(&dollars, "58")), Some(Scheme::Khqr));
    assert_eq!(read(&without(KHQR, "58")), Some(Scheme::Khqr));
    assert_eq!(read(&without(&dollars, "53")), Some(Scheme::Khqr));
    assert_eq!(read(&replace(&dollars, "58", "kh")), Some(Scheme::Khqr));
    assert_eq!(read(&replace(KHQR, "58", "SV")), Some(Scheme::Khqr));
    assert_eq!(read(&replace(&dollars, "58", "SV")), None);
    assert_eq!(read(&without(&replace(KHQR, "53", "764"), "58")), None);
    assert_eq!(read(&replace(KHQR, "30", "0009shop.aclb")), None);
    assert_eq!(read(&replace(KHQR, "30", "shop@aclb")), None);
    // Of El Salvador, in dollars.
    let text =
        "00020101021129250021tienda@wallet.example5204541153038405802SV5914TIENDA EJEMPLO6012SAN SALVADOR63048009";
    assert!(Intent::of(&parse(text), Policy::default()).is_none());
    // A broken rule is not another scheme.
    assert_blocked(&replace(KHQR, "58", "SV"), &[("58", "invalid")]);
}

// What is there and cannot be read is not absent.

#[track_caller]
fn rules_of(objects: &[Object<'_>]) -> Vec<&'static str> {
    let blocks = intent(objects).blocks(Clock::at_millis(NOW), Policy::default());
    blocks.iter().filter_map(|block| block.rule).map(|rule| rule.id()).collect()
}

/// Who is told "absent" asks the payer for any sum.
#[test]
fn an_amount_that_cannot_be_read_is_not_absent() {
    for text in ["1500.5", "0.5", ".5", "00000000.0001", "1500.50", "1.00000000001", "0.1", "01500.01"] {
        let objects = with(JPQR, "54", text);
        assert_eq!(rules_of(&objects), ["jpqr.54.decimals"], "{text}");
        let code = payload(&objects);
        let code = Jpqr::of(&parse(&code));
        assert!(code.amount_minor().is_err(), "{text}");
        assert_eq!(code.amount().unwrap().unwrap().as_str(), text);
        assert_eq!(intent(&objects).amount().unwrap().unwrap().as_str(), text);
        assert!(rewrite(&objects, &riel()).result.is_err());
    }
    for (text, yen) in [("1500", 1500), ("1500.", 1500), ("1500.0", 1500), ("1.0000000000", 1), ("007", 7)] {
        let objects = with(JPQR, "54", text);
        assert_eq!(rules_of(&objects), [""; 0], "{text}");
        assert_eq!(Jpqr::of(&parse(&payload(&objects))).amount_minor(), Ok(Some(yen)), "{text}");
    }
    for text in ["abc", "1,500", "1.2.3", "-5", " 5", "５", "12345678901234", "."] {
        for objects in [with(JPQR, "54", text), replace(KHQR, "54", text)] {
            assert!(intent(&objects).amount().is_err(), "{text}");
            let found = blocks(&objects, Policy::default());
            assert!(found.contains(&("54".to_owned(), "invalid".to_owned())), "{text}: {found:?}");
        }
        let objects = payload(&with(JPQR, "54", text));
        assert!(Jpqr::of(&parse(&objects)).amount_minor().is_err(), "{text}");
        assert!(Jpqr::of(&parse(&objects)).amount().is_err(), "{text}");
    }
    // An amount of another currency is none in yen.
    let foreign = payload(&with(&replace(JPQR, "53", "840"), "54", "1500"));
    assert!(Jpqr::of(&parse(&foreign)).amount_minor().is_err());
    assert_eq!(Jpqr::of(&parse(&payload(JPQR))).amount_minor(), Ok(None));
}

#[test]
fn an_expiry_that_cannot_be_read_is_not_absent() {
    for times in [
        "0013174999000000001101750000900",
        "00131749990000000011300000000000000",
        "0013174999000000001131750000900ABC",
        "00131749990000000011317500009000000113175000090000",
        "001317499900000000113175000090000001131750000900000",
        "soon",
    ] {
        let objects = replace(KHQR, "99", times);
        let read = intent(&objects);
        assert!(read.expires_at_ms.is_err(), "{times}");
        assert!(!read.blocks(Clock::UNKNOWN, Policy::default()).is_empty(), "{times}");
    }
    let asking = replace(&without(KHQR, "54"), "01", "11");
    assert_eq!(intent(&without(&asking, "99")).expires_at_ms, Ok(None));
    assert_eq!(intent(&replace(&asking, "99", "00131749990000000")).expires_at_ms, Ok(None));
}

// Blocks.

/// Of more findings than are kept, those stay that say more; and every leaf concerned is blocked.
#[test]
fn an_expiry_is_not_drowned_either() {
    let broken: Vec<String> = (80..98).map(|id| id.to_string()).collect();
    let mut objects = KHQR.to_vec();
    objects.retain(|object| object.0 != "99");
    objects.extend(broken.iter().map(|id| (id.as_str(), "0003abé")));
    objects.push(("99", "0013174000000000001131749999999999"));
    let case = rewrite(&objects, &yen());
    for id in &broken {
        assert_eq!(case.leaf(&format!("{id}-00")), (Outcome::Blocked, None));
    }
    assert_eq!(case.leaf("99-01"), (Outcome::Blocked, None));
    let found = blocks(&objects, Policy::default());
    assert_eq!(found.len(), 16);
    assert!(found.contains(&("99-01".to_owned(), "expired".to_owned())), "{found:?}");
}

#[test]
fn a_broken_rule_blocks() {
    assert_blocked(&without(KHQR, "59"), &[("59", "invalid")]);
    assert_blocked(&without(JPQR, "61"), &[("61", "invalid")]);
    assert_blocked(&replace(JPQR, "52", "58A2"), &[("52", "invalid")]);
    let case = rewrite(&replace(JPQR, "52", "58A2"), &riel());
    assert_eq!(case.leaf("52"), (Outcome::Blocked, None));
    assert_eq!(case.result.unwrap_err(), "the code must not be paid across the border: invalid (52)");
}

#[test]
fn an_ambiguous_payee_blocks() {
    let ambiguous = |objects: &[Object<'_>]| {
        assert!(intent(objects).payee.is_none());
        let found = blocks(objects, Policy::default());
        assert!(found.iter().any(|(_, reason)| reason == "ambiguous-payee"), "{found:?}");
        assert!(rewrite(objects, &quote(objects)).result.is_err());
    };
    ambiguous(&with(KHQR, "29", "0009shop@aclb"));
    ambiguous(&replace(KHQR, "30", "0009shop@aclb0009evil@aclb0106M-00010203ABC"));
    let other = STORE.replace("0406000001", "0406000002");
    ambiguous(&with(JPQR, "27", &other));
    ambiguous(&replace(JPQR, "26", &format!("{STORE}0406000002")));
}

/// Each app would pay its own payee: none of them may.
#[test]
fn a_code_of_both_schemes_is_nobodys() {
    for objects in [with(KHQR, "26", STORE), with(JPQR, "30", "0009shop@devb0103M-10203ABC")] {
        let objects = replace(&objects, "53", "116");
        let text = payload(&objects);
        let payload = Payload::parse(&text).unwrap();
        assert!(Intent::of(&payload, Policy::default()).is_none());
        for found in [
            payload.validate::<Mpm<'_>>(()).into_violations().last().copied(),
            payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations().last().copied(),
            payload.validate::<Jpqr<'_>>(()).into_violations().last().copied(),
        ] {
            let found = found.unwrap();
            assert_eq!((found.rule().id(), found.severity()), ("emv.ambiguous-scheme", Severity::Error));
            assert_eq!((found.path(), found.offset(), found.length()), (Path::ROOT, 0, 0));
        }
        assert!(payload.view::<Mpm<'_>>(()).is_err());
        let (khqr, jpqr) = (Khqr::of(&payload), Jpqr::of(&payload));
        assert!(khqr.bakong_account().is_none() && khqr.meaning().is_none() && jpqr.store_id().is_none());
        for intent in [intent_of_khqr(&khqr), intent_of_jpqr(&jpqr)] {
            assert!(intent.payee.is_none());
            let blocks = intent.blocks(Clock::UNKNOWN, Policy::default());
            assert!(blocks.iter().any(|block| block.reason == Reason::AmbiguousPayee), "{blocks:?}");
        }
    }
    // Who is paid under one scheme is as ambiguous for whoever knows no scheme; the scheme itself says where.
    let other = STORE.replace("0406000001", "0406000002");
    for (objects, own, foreign) in [
        (with(KHQR, "29", "0009shop@aclb"), "khqr.account.ambiguous", "jpqr.26-51.ambiguous"),
        (with(JPQR, "27", &other), "jpqr.26-51.ambiguous", "khqr.account.ambiguous"),
    ] {
        let text = payload(&objects);
        let payload = Payload::parse(&text).unwrap();
        let ids = |found: Vec<emvqr::Violation>| found.iter().map(|found| found.rule().id()).collect::<Vec<_>>();
        let base = ids(payload.validate::<Mpm<'_>>(()).into_violations());
        assert_eq!(base.last(), Some(&"emv.ambiguous-payee"));
        let khqr = ids(payload.validate::<Khqr<'_>>(Clock::UNKNOWN).into_violations());
        let jpqr = ids(payload.validate::<Jpqr<'_>>(()).into_violations());
        let (at_home, abroad) = if own.starts_with("khqr") { (khqr, jpqr) } else { (jpqr, khqr) };
        assert!(at_home.contains(&own) && !at_home.contains(&"emv.ambiguous-payee"), "{at_home:?}");
        assert!(abroad.contains(&"emv.ambiguous-payee") && !abroad.contains(&foreign), "{abroad:?}");
    }
    // Other networks beside one scheme are nobody's business, nor are two templates of a scheme that is not asked for.
    for objects in [with(KHQR, "26", "0011com.example0101x"), with(JPQR, "29", "0011com.example0101x")] {
        let text = payload(&objects);
        assert!(
            Payload::parse(&text)
                .unwrap()
                .validate::<Mpm<'_>>(())
                .into_violations()
                .iter()
                .all(|v| v.severity() != Severity::Error)
        );
    }
}

/// The payee must not depend on the case of a letter: each app would pay its own.
#[test]
fn a_code_of_both_schemes_is_blocked_by_its_rule() {
    let text = "00020127680019jp.or.payMenTsjApaN01130000000000002020400010306000001040600000129130009john@devb\
                5204599953038405802KH5904SHOP6004CITY630476A0";
    let capitals = STORE.to_ascii_uppercase();
    let composed = [payload(&with(KHQR, "26", &capitals)), payload(&with(KHQR, "51", STORE))];
    for text in composed.iter().map(String::as_str).chain([text]) {
        let payload = parse(text);
        assert!(Intent::of(&payload, Policy::default()).is_none());
        let blocks = Intent::payable(&payload, Clock::UNKNOWN, Policy::default()).unwrap_err();
        let block = blocks.iter().next().unwrap();
        assert_eq!((block.path, block.reason), (Path::ROOT, Reason::AmbiguousPayee));
        assert_eq!(block.rule.map(|rule| rule.id()), Some("emv.ambiguous-scheme"));
        assert!(!block.message().is_empty());
        assert!(Khqr::of(&payload).bakong_account().is_none() && Jpqr::of(&payload).store_id().is_none());
        for intent in [intent_of_khqr(&Khqr::of(&payload)), intent_of_jpqr(&Jpqr::of(&payload))] {
            assert!(intent.payee.is_none());
            assert!(intent.blocks(Clock::UNKNOWN, Policy::default()).iter().any(|other| other == block));
        }
    }
    for objects in
        [KHQR.to_vec(), JPQR.to_vec(), with(JPQR, "29", "0011com.example0101x"), crate::common::BASE.to_vec()]
    {
        let text = payload(&objects);
        let blocks = Intent::payable(&parse(&text), Clock::UNKNOWN, Policy::default());
        assert!(blocks.err().is_none_or(|blocks| blocks.iter().all(|block| block.reason != Reason::AmbiguousPayee)));
    }
}

/// Whoever counts lengths in another unit would pay somebody else, or another sum.
#[test]
fn a_text_of_two_readings_has_no_payee() {
    // The official toolkit counts UTF-16 units, and pays a@bc.
    let units = "00020101021129160012shop@devbank5204599953031165802KH5924😀😀😀😀😀😀😀😀😀😀😀😀29080004a@bc\
                 6010PHNOM PENH63042355";
    // 18 characters; 18 bytes are the six letters alone, and what follows is an object.
    let account = replace(&replace(KHQR, "59", "កកកកកក29080004a@bc"), "64", "0002km0104Shop");
    // 15 characters; 15 bytes are the five letters alone, and an amount follows.
    let sum = with(&replace(JPQR, "64", "0002JA0109TEST SHOP"), "65", "あああああ5406123456");
    let (account, sum) = (payload(&account), payload(&sum));
    for (text, id) in [(units, "29"), (account.as_str(), "29"), (sum.as_str(), "54")] {
        let read = Intent::of(&parse(text), Policy::default()).unwrap();
        assert!(read.payee.is_none());
        let blocks = read.blocks(Clock::at_millis(NOW), Policy::default());
        let is_ambiguous = |rule: &emvqr::Rule| rule.id() == "emv.length.ambiguous";
        let block = blocks.iter().find(|block| block.rule.is_some_and(is_ambiguous)).unwrap();
        assert_eq!((block.reason, block.path.to_string().as_str()), (Reason::AmbiguousPayee, id));
    }
    let (khqr, jpqr) = (parse(units), parse(&sum));
    let (khqr, jpqr) = (Khqr::of(&khqr), Jpqr::of(&jpqr));
    assert!(khqr.bakong_account().is_none() && jpqr.store_id().is_none());
    let (clock, policy) = (Clock::at_millis(NOW), Policy::default());
    assert!(matches!(
        Rewrite::to_jpqr(&khqr, &yen()).at(clock).under(policy).write(&mut [0; 1024]),
        Err(RewriteError::Blocked(_))
    ));
    assert!(matches!(
        Rewrite::to_khqr(&jpqr, &riel()).at(clock).under(policy).write(&mut [0; 1024]),
        Err(RewriteError::Blocked(_))
    ));
    // Nor is one written, whatever is supplied.
    let given = Supplement { alternate_name: Some("あああああ5406123456"), ..yen() };
    let error = rewrite(KHQR, &given).result.unwrap_err();
    assert!(error.ends_with("[emv.length.ambiguous]"), "{error}");
}

/// Two stores, or two accounts, are two payees in every country.
#[test]
fn two_payees_are_ambiguous_in_every_country() {
    let other = STORE.replace("0406000001", "0406000002");
    for country in ["JP", "SG", "jp", "KH"] {
        for store in [&other, &other.to_ascii_uppercase()] {
            let objects = replace(&with(JPQR, "27", store), "58", country);
            let read = intent(&objects);
            assert_eq!((read.scheme, read.payee), (Scheme::Jpqr, None));
            let found = blocks(&objects, Policy::default());
            assert!(found.iter().any(|(_, reason)| reason == "ambiguous-payee"), "{found:?}");
        }
    }
    let accounts = [("26", "0011com.example0101x"), ("29", "0009user@bank"), ("30", "0009evil@bank0101M0201B")];
    for (country, currency) in [("KH", "116"), ("TH", "764"), ("SV", "840")] {
        let objects = replace(&replace(&without(crate::common::BASE, "29"), "58", country), "53", currency);
        let text = payload(&[objects, accounts.to_vec()].concat());
        let rules = |found: Vec<emvqr::Violation>| found.last().map(|found| found.rule().id());
        assert_eq!(
            rules(parse(&text).validate::<Mpm<'_>>(()).into_violations()),
            Some("emv.ambiguous-payee"),
            "{country}"
        );
        assert!(Code::of(&parse(&text)).payee().is_none());
    }
}

#[test]
fn reasons_have_their_names() {
    use emvqr::crossborder::Reason::{
        self, AmbiguousPayee, BillForm, Currency, Expired, Individual, Invalid, TipOrFee,
    };
    let names = [Expired, Invalid, TipOrFee, Currency, AmbiguousPayee, Individual, BillForm].map(Reason::name);
    let expected = ["expired", "invalid", "tip-or-fee", "currency", "ambiguous-payee", "individual", "bill-form"];
    assert_eq!(names, expected);
}

/// However much else is wrong.
#[test]
fn a_tip_is_never_drowned_in_other_findings() {
    let many = ["01", "02", "03", "04", "05", "06", "07", "08"].map(|id| run(&[(id, "é")])).concat();
    let mut objects = without(&without(&replace(JPQR, "62", &many), "59"), "60");
    objects = replace(&replace(&replace(&replace(&objects, "52", "x"), "53", "x"), "58", "x"), "01", "99");
    objects = replace(&without(&objects, "61"), "64", "0002EN0101x0201y");
    objects.push(("55", "01"));
    let case = rewrite(&objects, &riel());
    assert_eq!(case.leaf("55"), (Outcome::Blocked, None));
    let found = blocks(&objects, Policy::default());
    assert!(found.contains(&("55".to_owned(), "tip-or-fee".to_owned())), "{found:?}");
}

// Writing.

/// Both phases, both forms, with names in both scripts.
#[test]
fn both_phases_in_static_and_dynamic_form() {
    let khmer = replace(&replace(KHQR, "59", "ហាងគុយទាវ"), "60", "ភ្នំពេញ");
    let lasting = replace(&without(&without(&khmer, "54"), "99"), "01", "11");
    let dynamic = with(&replace(JPQR, "01", "12"), "54", "1500");
    for (objects, form) in [(khmer, "12"), (lasting, "11"), (JPQR.to_vec(), "11"), (dynamic, "12")] {
        assert_eq!(blocks(&objects, Policy::default()), []);
        let case = rewrite(&objects, &quote(&objects));
        case.copied("01", form);
        assert_eq!(case.result("54").is_some(), form == "12");
    }
}

/// Text that KHQR only warns about does not stand in the way: it cannot be carried.
#[test]
fn khmer_references_do_not_make_a_broken_code() {
    let khmer = run(&[("01", "INV-1"), ("03", "សាខា២"), ("08", "អាហារ")]);
    let case = rewrite(&replace(KHQR, "62", &khmer), &yen());
    case.copied("62-01", "INV-1");
    case.lost("62-03");
    case.lost("62-08");
}

#[test]
fn what_is_supplied_is_there() {
    for empty in [
        Supplement { bakong_account: Some(""), ..riel() },
        Supplement { acquiring_bank: Some(""), ..riel() },
        Supplement { merchant_id: Some(""), ..riel() },
    ] {
        assert!(rewrite(JPQR, &empty).result.is_err());
    }
    for empty in [Supplement { postal_code: Some(""), ..yen() }, Supplement { alternate_name: Some(""), ..yen() }] {
        assert!(rewrite(KHQR, &empty).result.is_err());
    }
}

/// What a reader is only warned of is no reason to write it.
#[test]
fn what_warns_a_reader_may_be_refused_in_writing() {
    let refused = |objects: &[Object<'_>], given: &Supplement<'_>, path: &str, rule: &str| {
        assert_eq!(blocks(objects, Policy::default()), []);
        let error = rewrite(objects, given).result.unwrap_err();
        assert!(error.ends_with(&format!("in data object {path} [{rule}]")), "{error}");
    };
    refused(&replace(KHQR, "59", "   "), &yen(), "59", "emv.text.blank");
    refused(&replace(JPQR, "59", " "), &riel(), "59", "emv.text.blank");
    refused(&replace(JPQR, "64", "0002JA0102\u{200B}\u{3000}"), &riel(), "64-01", "emv.text.blank");
    refused(KHQR, &Supplement { alternate_name: Some("\u{3164}"), ..yen() }, "64-01", "emv.text.blank");
    refused(&replace(JPQR, "64", "0002JA0103あ\u{202E}い"), &riel(), "64-01", "emv.text.invisible");
    refused(KHQR, &Supplement { alternate_name: Some("あ\u{2028}"), ..yen() }, "64-01", "emv.text.control");
    for account in ["john@devb ", " john@devb", "john @devb", "john@ devb"] {
        refused(JPQR, &Supplement { bakong_account: Some(account), ..riel() }, "30-00", "khqr.account.blank");
    }
}

#[test]
fn a_small_buffer_is_an_error() {
    let (khqr, jpqr) = (payload(KHQR), payload(JPQR));
    let (khqr, jpqr) = (Khqr::of(&parse(&khqr)), Jpqr::of(&parse(&jpqr)));
    let (given, clock, policy) = (yen(), Clock::at_millis(NOW), Policy::default());
    let length = Rewrite::to_jpqr(&khqr, &given).at(clock).under(policy).write(&mut [0; 1024]).unwrap().text.len();
    assert!(Rewrite::to_jpqr(&khqr, &given).at(clock).under(policy).write(&mut vec![0; length]).is_ok());
    assert!(matches!(
        Rewrite::to_jpqr(&khqr, &given).at(clock).under(policy).write(&mut vec![0; length - 1]),
        Err(RewriteError::Build(_))
    ));
    assert!(matches!(
        Rewrite::to_khqr(&jpqr, &riel()).at(clock).under(policy).write(&mut []),
        Err(RewriteError::Build(_))
    ));
}

// The map.

/// What the documents say of a path in a KHQR code and in a JPQR code: nothing where they are silent, and everything is
/// then lost.
#[expect(clippy::match_same_arms, reason = "in the order of the documents' rows")]
fn stated(root: u8, sub: Option<u8>) -> Option<(Action, Action, Basis)> {
    use Action::{Block, Change, Copy, Lost, Supply};
    use Basis::{Inference, Sourced, TableDerived};
    Some(match (root, sub) {
        (0, _) => (Copy, Copy, Sourced),
        (1 | 52 | 54 | 58 | 59 | 60, _) => (Copy, Copy, TableDerived),
        (2..=14 | 16..=25, _) => (Lost, Lost, Inference),
        (15, _) => (Lost, Lost, TableDerived),
        (26, Some(0)) => (Lost, Copy, Sourced),
        (26, Some(1..=4)) => (Supply, Change, TableDerived),
        (29 | 30, Some(0)) | (30, Some(1)) => (Change, Supply, TableDerived),
        (29, Some(1)) => (Lost, Lost, TableDerived),
        (29 | 30, Some(2)) => (Copy, Supply, TableDerived),
        (53, _) => (Copy, Copy, Sourced),
        (55..=57, _) => (Block, Block, Inference),
        (61, _) => (Supply, Lost, TableDerived),
        (62, Some(1 | 3 | 7 | 8)) => (Copy, Copy, TableDerived),
        (62, Some(2)) => (Copy, Copy, Inference),
        (62, Some(4 | 6 | 9)) => (Lost, Lost, TableDerived),
        (62, Some(5)) => (Lost, Copy, TableDerived),
        (62, Some(50..=99)) | (65..=98, _) => (Lost, Lost, TableDerived),
        (63, _) => (Change, Change, Sourced),
        (64, Some(0 | 1)) => (Copy, Copy, TableDerived),
        (64, Some(2)) => (Lost, Lost, Sourced),
        (99, Some(0)) => (Lost, Supply, TableDerived),
        (99, Some(1)) => (Copy, Supply, TableDerived),
        _ => return None,
    })
}

#[test]
fn every_path_is_in_the_row_that_the_documents_state() {
    // One line for each row that is wrong.
    let mut wrong = BTreeMap::new();
    for root in 0..100 {
        for sub in core::iter::once(None).chain((0..100).map(Some)) {
            let row = row(root, sub).unwrap_or_else(|| panic!("{root} {sub:?} in no row"));
            let found = (row.to_jpqr.action, row.to_khqr.action, row.basis);
            let stated = stated(root, sub);
            // Where the documents are silent, how sure that is remains open.
            if found != stated.unwrap_or((Action::Lost, Action::Lost, row.basis)) {
                wrong.insert(row.reason, (root, sub, found, stated));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(row(100, None).is_none());
    assert!(row(0, Some(100)).is_none_or(|row| matches!(row.sub, Sub::All)));
}

/// Counted here, not by the map's own word.
#[test]
fn every_path_is_in_one_row() {
    let holds = |row: &Row, root: u8, sub: Option<u8>| {
        (row.root.0..=row.root.1).contains(&root)
            && match row.sub {
                Sub::All => true,
                Sub::Whole => sub.is_none(),
                Sub::Range(first, last) => sub.is_some_and(|sub| (first..=last).contains(&sub)),
                _ => false,
            }
    };
    for root in 0..100 {
        for sub in core::iter::once(None).chain((0..100).map(Some)) {
            let rows: Vec<_> = TAG_MAP.iter().filter(|row| holds(row, root, sub)).collect();
            assert_eq!(rows.len(), 1, "{root} {sub:?}");
            assert_eq!(rows[0].reason, row(root, sub).unwrap().reason);
        }
    }
}

/// Only the store id goes to another path, and it goes where the contract says.
#[test]
fn only_the_store_id_changes_its_place() {
    for row in TAG_MAP {
        assert!(!matches!(row.to_jpqr.to, To::Path(_)));
        let elsewhere = matches!(row.to_khqr.to, To::Path(_));
        assert_eq!(elsewhere, (row.root, row.sub) == ((26, 26), Sub::Range(1, 4)));
        if elsewhere {
            assert_eq!(row.to_khqr.to, To::Path("30-01".parse().unwrap()));
        }
        assert!(!row.reason.is_empty() && !row.reason.contains('|'));
    }
}

#[test]
fn the_markdown_table_has_every_row() {
    let table = Markdown.to_string();
    assert_eq!(table, include_str!("../../src/crossborder/map.md"), "the documentation shows the map that is executed");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), TAG_MAP.len() + 2);
    assert!(lines[1].chars().all(|c| matches!(c, '|' | '-')));
    let columns = lines[0].matches('|').count();
    for (line, row) in lines.iter().skip(2).zip(TAG_MAP) {
        assert_eq!(line.matches('|').count(), columns, "{line}");
        for part in [row.khqr, row.jpqr, row.reason, &row.basis.to_string(), &row.to_jpqr.to_string()] {
            assert!(line.contains(part), "{line}");
        }
        assert!(line.starts_with(&format!("| {:02}", row.root.0)), "{line}");
    }
    for cell in
        ["| 26.01-04 |", "| 02-14 |", "| 62.02 |", "| 64 as a whole |", "copy", "change to 30-01", "supply", "block"]
    {
        assert!(table.contains(cell), "{cell}");
    }
}
