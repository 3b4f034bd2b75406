//! A national profile in another crate: everything that the crate's own profiles do, with the public items alone.

use core::ops::ControlFlow;

use crate::common::{BASE, Object, payload, position, replace, with, without};
use emvqr::encode::{BuildError, RootRun};
use emvqr::mpm::rules;
use emvqr::profile::Profile;
use emvqr::rule::{Each, FirstError, Visitor};
use emvqr::value::Currency;
use emvqr::{Mpm, Path, Payload, Rule, Severity, Tag, Violation};

/// The network's identifier, wherever its template stands.
const NETWORK: &str = "com.example.pay";

static COUNTRY: Rule =
    Rule::new("example.58.value", Severity::Error, "our scheme, 4.2", "the country is not that of the scheme");
static EXPIRED: Rule = Rule::new("example.80-01.expired", Severity::Error, "our scheme, 7", "the code has expired");
static UNDATED: Rule = Rule::new("example.80-01.missing", Severity::Warning, "our scheme, 7", "the code has no date");

/// A scheme that lives by days: codes carry the last one on which they are good, in 80-01.
struct Daily<'a> {
    base: Mpm<'a>,
}

/// Findings of the base profile as the scheme sees them: local letters in name and city weigh little, the shape of
/// identifiers and the number of decimals nothing, and what EMVCo reserves must not be there.
struct Judged<'v>(&'v mut dyn Visitor);

impl Visitor for Judged<'_> {
    // Some warnings become errors, so they are wanted whatever the visitor behind wants.
    fn wants_warnings(&self) -> bool {
        true
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        let rule = violation.rule();
        if rule == rules::GUID_SHAPE || rule == rules::AMOUNT_DECIMALS {
            return ControlFlow::Continue(());
        }
        let name_or_city = [Path::of(Tag::MERCHANT_NAME), Path::of(Tag::MERCHANT_CITY)].contains(&violation.path());
        if rule == rules::TEXT_CHARSET && name_or_city {
            return self.0.report(violation.with_severity(Severity::Warning).with_code(11));
        }
        if rule == rules::RFU_OBJECT {
            return self.0.report(violation.with_severity(Severity::Error));
        }
        self.0.report(violation)
    }
}

const DATES: Tag = Tag::new(80).unwrap();
const DATE: Tag = Tag::new(1).unwrap();

impl<'a> Profile<'a> for Daily<'a> {
    /// The day as a number such as 20300131, or none.
    type Context = Option<u32>;

    const NAME: &'static str = "example";

    fn recognises(payload: &Payload<'a>) -> bool {
        Mpm::of(payload).account_by_guid(NETWORK).is_some()
    }

    fn check(objects: &Payload<'_>, today: Self::Context, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        Mpm::check(objects, (), &mut Judged(visitor))?;
        if let Some(country) = objects.get(Tag::COUNTRY_CODE).filter(|country| country.value() != "KH") {
            visitor.report(Violation::of_value(&COUNTRY, &country))?;
        }
        let dates = objects.get(DATES).and_then(|dates| dates.template().ok());
        match dates.as_ref().and_then(|dates| dates.get(DATE)) {
            None if visitor.wants_warnings() => {
                let crc = objects.get(Tag::CRC).map_or(0, |crc| crc.offset());
                let offset = dates.map_or(crc, |dates| dates.end());
                visitor.report(Violation::new(&UNDATED, Path::of(DATES).join(DATE).unwrap(), offset, 0))?;
            }
            Some(last) if today.is_some_and(|today| last.value().parse().is_ok_and(|last: u32| last < today)) => {
                visitor.report(Violation::of_value(&EXPIRED, &last).with_code(7))?;
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn of(payload: &Payload<'a>) -> Self {
        Self { base: Mpm::of(payload) }
    }
}

impl<'a> Daily<'a> {
    /// The number under which the merchant is paid.
    fn merchant(&self) -> Option<&'a str> {
        self.base.account_by_guid(NETWORK)?.get(DATE).map(|object| object.value())
    }
}

/// A payload that conforms to the scheme and to EMVCo's rules.
const GOOD: &[Object<'static>] = &[
    ("00", "01"),
    ("29", "0015com.example.pay0106M00042"),
    ("52", "5812"),
    ("53", "116"),
    ("58", "KH"),
    ("59", "Noodle Bar"),
    ("60", "Phnom Penh"),
    ("80", "0015com.example.pay010820300131"),
];

/// Rule, severity, path and place of each finding.
fn findings(text: &str, today: Option<u32>) -> Vec<(&'static str, Severity, String, usize)> {
    let payload = Payload::parse(text).unwrap();
    let findings = payload.validate::<Daily<'_>>(today).into_violations();
    findings.iter().map(|v| (v.rule().id(), v.severity(), v.path().to_string(), v.offset())).collect()
}

#[test]
fn profile_recognises_its_own_codes_wherever_the_template_stands() {
    let recognised = |objects: &[Object<'_>]| Daily::recognises(&Payload::parse(&payload(objects)).unwrap());
    assert!(recognised(GOOD));
    let account = "0015COM.EXAMPLE.PAY0106M00042";
    assert!(recognised(&with(&without(GOOD, "29"), "51", account)));
    assert!(!recognised(&without(GOOD, "29")));
    assert!(!recognised(&replace(GOOD, "29", "0011com.example0106M00042")));
    // Whom to pay is ambiguous.
    assert!(!recognised(&with(GOOD, "30", account)));
    // Conformant or not.
    assert!(recognised(&without(GOOD, "60")));
    assert_eq!(Daily::NAME, "example");
}

#[test]
fn view_reads_under_the_profile_s_own_names() {
    let text = payload(GOOD);
    let payload = Payload::parse(&text).unwrap();
    let code = payload.view::<Daily<'_>>(None).unwrap();
    assert_eq!(code.merchant(), Some("M00042"));
    assert_eq!(code.base.transaction_currency(), Ok(Some(Currency::KHR)));
    assert_eq!(payload.validate::<Daily<'_>>(None).into_violations(), []);
}

#[test]
fn context_decides_about_expiry() {
    let text = payload(GOOD);
    let read = Payload::parse(&text).unwrap();
    let offset = position(&text, "010820300131") + 4;
    for today in [None, Some(20_300_130), Some(20_300_131)] {
        assert!(read.view::<Daily<'_>>(today).is_ok());
        assert_eq!(findings(&text, today), []);
    }
    let Err(violation) = read.view::<Daily<'_>>(Some(20_300_201)) else { panic!("expired") };
    assert_eq!(violation.rule(), &EXPIRED);
    assert_eq!((violation.offset(), violation.length(), violation.code()), (offset, 8, Some(7)));
    assert_eq!(
        violation.to_string(),
        format!("the code has expired, in data object 80-01 at byte {offset} [example.80-01.expired]")
    );
    // The default context has no clock.
    assert!(read.view::<Daily<'_>>(None).is_ok());
}

#[test]
fn downgraded_finding_is_a_warning_and_does_not_block() {
    let text = payload(&replace(&replace(GOOD, "59", "ហាងគុយទាវ"), "60", "ភ្នំពេញ"));
    let read = Payload::parse(&text).unwrap();
    // Under the base profile it is an error.
    assert_eq!(read.view::<Mpm<'_>>(()).unwrap_err().rule(), rules::TEXT_CHARSET);
    assert_eq!(read.view::<Daily<'_>>(None).unwrap().merchant(), Some("M00042"));
    let (name, city) = (position(&text, "ហាងគុយទាវ"), position(&text, "ភ្នំពេញ"));
    assert_eq!(
        findings(&text, None),
        [
            ("emv.text.charset", Severity::Warning, "59".to_owned(), name),
            ("emv.text.charset", Severity::Warning, "60".to_owned(), city),
        ]
    );
    let codes: Vec<_> = read.validate::<Daily<'_>>(None).into_violations().iter().map(Violation::code).collect();
    assert_eq!(codes, [Some(11), Some(11)]);
    // The rule itself keeps its weight, and elsewhere it is judged as before.
    assert_eq!(rules::TEXT_CHARSET.severity(), Severity::Error);
    let text = payload(&with(GOOD, "61", "១២០០០"));
    assert_eq!(
        findings(&text, None),
        [("emv.text.charset", Severity::Error, "61".to_owned(), position(&text, "១២០០០"))]
    );
}

#[test]
fn dropped_finding_is_not_reported() {
    let objects = with(&replace(GOOD, "80", "0008TallyPay010820300131"), "54", "1.2345");
    let text = payload(&objects);
    let base = Payload::parse(&text).unwrap().validate::<Mpm<'_>>(()).into_violations();
    let rules: Vec<&Rule> = base.iter().map(Violation::rule).collect();
    assert_eq!(rules, [rules::AMOUNT_DECIMALS, rules::GUID_SHAPE]);
    assert_eq!(findings(&text, None), []);
}

#[test]
fn warning_can_become_an_error_for_every_visitor() {
    let text = payload(&with(GOOD, "70", "future"));
    let read = Payload::parse(&text).unwrap();
    assert!(read.view::<Mpm<'_>>(()).is_ok());
    let Err(violation) = read.view::<Daily<'_>>(None) else { panic!("reserved") };
    assert_eq!((violation.rule(), violation.severity()), (rules::RFU_OBJECT, Severity::Error));
    let offset = position(&text, "7006future");
    assert_eq!(findings(&text, None), [("emv.rfu.object", Severity::Error, "70".to_owned(), offset)]);
}

#[test]
fn findings_of_base_and_profile_stand_one_after_the_other() {
    let text = payload(&without(&replace(&replace(GOOD, "58", "TH"), "80", "0015com.example.pay"), "60"));
    let crc = text.len() - 8;
    assert_eq!(
        findings(&text, None),
        [
            ("emv.60.missing", Severity::Error, "60".to_owned(), crc),
            ("example.58.value", Severity::Error, "58".to_owned(), position(&text, "5802TH") + 4),
            // Missing in a template: at its end.
            ("example.80-01.missing", Severity::Warning, "80-01".to_owned(), crc),
        ]
    );
    // The first error ends the fail-fast check.
    let Err(violation) = Payload::parse(&text).unwrap().view::<Daily<'_>>(None) else { panic!("no city") };
    assert_eq!(violation.rule(), rules::CITY_MISSING);
}

/// Takes errors only, and says so; goes on after each.
#[derive(Default)]
struct Errors {
    seen: Vec<Violation>,
}

impl Visitor for Errors {
    fn wants_warnings(&self) -> bool {
        false
    }

    fn visit(&mut self, violation: Violation) -> ControlFlow<()> {
        self.seen.push(violation);
        ControlFlow::Continue(())
    }
}

#[test]
fn visitor_without_warnings_never_sees_one() {
    // Warnings of the base (reserved account, needless zero, RFU objects, lower-case country), one of the profile, and
    // errors among them.
    let objects = with(&with(&with(&replace(GOOD, "58", "kh"), "06", "abc"), "54", "007.123"), "62", "1203new");
    let text = payload(&with(&without(&objects, "80"), "64", "0002zz"));
    let read = Payload::parse(&text).unwrap();

    let all = read.validate::<Mpm<'_>>(()).into_violations();
    let errors: Vec<Violation> = all.iter().copied().filter(|v| v.severity() == Severity::Error).collect();
    assert!(all.len() >= errors.len() + 4 && errors.len() >= 2, "{all:?}");
    let mut visitor = Errors::default();
    assert!(Mpm::check(&read, (), &mut visitor).is_continue());
    assert_eq!(visitor.seen, errors);

    let all = read.validate::<Daily<'_>>(None).into_violations();
    let errors: Vec<Violation> = all.iter().copied().filter(|v| v.severity() == Severity::Error).collect();
    assert!(all.iter().any(|v| v.rule() == &UNDATED));
    let mut visitor = Errors::default();
    assert!(Daily::check(&read, None, &mut visitor).is_continue());
    // A visitor that streams sees the base profile's findings first.
    visitor.seen.sort_by_key(Violation::order);
    assert_eq!(visitor.seen, errors);
    // The fail-fast one keeps the first of them.
    let mut first = FirstError::default();
    assert!(Daily::check(&read, None, &mut first).is_continue());
    assert_eq!(first.get(), errors.first().copied());
}

#[test]
fn check_ends_where_the_visitor_breaks_off() {
    let text = payload(&[("00", "02"), ("01", "13"), ("70", "x")]);
    let read = Payload::parse(&text).unwrap();
    let all = read.validate::<Daily<'_>>(None).into_violations();
    assert!(all.len() > 6, "{all:?}");
    for wanted in 1..=all.len() {
        let mut seen = Vec::new();
        let mut some = Each(|violation: Violation| {
            seen.push(violation);
            if seen.len() < wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        assert!(Daily::check(&read, None, &mut some).is_break());
        assert_eq!(seen, all.get(..wanted).unwrap());
    }
}

/// Objects of a builder of another crate, and a profile of another crate.
#[test]
fn builder_of_another_crate_is_held_to_the_same_rules() {
    let build = |objects: &[Object<'static>], today| {
        let objects: Vec<(Tag, &str)> = objects.iter().map(|(id, value)| (id.parse().unwrap(), *value)).collect();
        RootRun(objects).build_checked::<Daily<'_>>(today)
    };
    assert_eq!(build(GOOD, Some(20_300_131)).unwrap().as_str(), payload(GOOD));

    // What a check of the written text says, at the same place.
    let cases = [
        (replace(GOOD, "58", "TH"), None),
        (without(GOOD, "60"), None),
        (GOOD.to_vec(), Some(20_990_101)),
        (replace(GOOD, "29", "0015com.example.pay0101A0101ញ"), None),
    ];
    for (objects, today) in cases {
        let text = payload(&objects);
        let Err(expected) = Payload::parse(&text).unwrap().view::<Daily<'_>>(today) else { panic!("conforms") };
        assert_eq!(build(&objects, today), Err(BuildError::Rule(expected)));
    }
}

/// What comes on top of the amount, of all that 55 to 57 can say (MPM 1.1, 4.7.6 to 4.7.8).
#[test]
fn tips() {
    use emvqr::value::{Amount, Percentage, Tip};

    let fee = Tip::FixedFee(Amount::new("1.50").unwrap());
    let share = Tip::PercentageFee(Percentage::new("3").unwrap());
    for (objects, expected) in [
        (&[][..], Ok(None)),
        (&[("55", "01")], Ok(Some(Tip::Prompt))),
        (&[("55", "02"), ("56", "1.50")], Ok(Some(fee))),
        (&[("55", "03"), ("57", "3")], Ok(Some(share))),
        (&[("55", "01"), ("56", "1.50")], Err(())),
        (&[("55", "01"), ("57", "3")], Err(())),
        (&[("55", "02")], Err(())),
        (&[("55", "02"), ("57", "3")], Err(())),
        (&[("55", "03"), ("56", "1.50")], Err(())),
        (&[("55", "04")], Err(())),
        (&[("55", "0x")], Err(())),
        (&[("56", "1.50")], Err(())),
        (&[("57", "3")], Err(())),
        (&[("55", "02"), ("56", "x")], Err(())),
    ] {
        let mut all = BASE.to_vec();
        all.extend(objects);
        let text = payload(&all);
        let code = Mpm::of(&Payload::parse(&text).unwrap());
        assert_eq!(code.tip().map_err(|_| ()), expected, "{objects:?}");
    }
}

#[test]
fn prompts_are_those_of_the_eight_labels() {
    let objects = with(BASE, "62", "0103***0203***0302**0803***1003***1103***");
    let text = payload(&objects);
    let code = Mpm::of(&Payload::parse(&text).unwrap());
    let prompts: Vec<_> = code.additional_data().unwrap().prompts().map(|object| object.path().to_string()).collect();
    assert_eq!(prompts, ["62-01", "62-02", "62-08"]);
}

/// What stands between a check and its visitor asks what the visitor asks.
#[test]
fn a_filter_wants_what_its_visitor_wants() {
    use emvqr::rule::{FilterMap, FirstError, Visitor};

    let (mut all, mut first) = (Vec::<Violation>::new(), FirstError::default());
    assert!(FilterMap::new(&mut all, Some).wants_warnings());
    assert!(!FilterMap::new(&mut first, Some).wants_warnings());
}
