//! Codes that are made here for each network, from what is known of its format.

use emvqr::Clock;
use emvqr::crossborder::intent::Kind;
use emvqr::crossborder::{Intent, Policy, Reason};
use emvqr::network::NetworkCode;
use emvqr::network::rules::AMBIGUOUS_PAYEE;
use emvqr::network::{self, Confidence, Misfit, NetworkAccount};
use emvqr::rule::Detail;
use emvqr::{Code, Payload, Severity};

use crate::common::{Object, payload, replace, run, sealed, with};

/// A template of objects.
fn template(objects: &[Object<'_>]) -> String {
    run(objects)
}

/// A code with one account object, of a country and currency.
fn code(id: &str, value: &str, country: &str, currency: &str) -> String {
    payload(&[
        ("00", "01"),
        ("01", "11"),
        (id, value),
        ("52", "5812"),
        ("53", currency),
        ("58", country),
        ("59", "TEST SHOP"),
        ("60", "CITY"),
    ])
}

struct Sample {
    network: &'static str,
    root: &'static str,
    objects: &'static [Object<'static>],
    country: &'static str,
    currency: &'static str,
    /// The path and value of the payee, and whether it is a person.
    payee: Option<(&'static str, &'static str)>,
    person: Option<bool>,
}

const fn sample(
    network: &'static str,
    root: &'static str,
    objects: &'static [Object<'static>],
    place: (&'static str, &'static str),
    payee: Option<(&'static str, &'static str)>,
    person: Option<bool>,
) -> Sample {
    let (country, currency) = place;
    Sample { network, root, objects, country, currency, payee, person }
}

/// One of each row that has an identifier, in the format of the networks' own texts or of what implements them.
const SAMPLES: &[Sample] = &[
    sample(
        "th.transfer",
        "29",
        &[("00", "A000000677010111"), ("01", "0066800000000")],
        ("TH", "764"),
        Some(("29-01", "0066800000000")),
        None,
    ),
    sample(
        "th.transfer",
        "29",
        &[("00", "a000000677010111"), ("02", "0000000000000")],
        ("TH", "764"),
        Some(("29-02", "0000000000000")),
        None,
    ),
    sample(
        "th.transfer",
        "29",
        &[("00", "A000000677010111"), ("03", "140000000000000")],
        ("TH", "764"),
        Some(("29-03", "140000000000000")),
        None,
    ),
    sample(
        "th.transfer",
        "29",
        &[("00", "A000000677010111"), ("04", "0140000000000")],
        ("TH", "764"),
        Some(("29-04", "0140000000000")),
        None,
    ),
    sample(
        "th.transfer-cpm",
        "29",
        &[("00", "A000000677010114"), ("01", "0066800000000"), ("05", "0000000000")],
        ("TH", "764"),
        Some(("29-01", "0066800000000")),
        Some(true),
    ),
    sample(
        "th.bill",
        "30",
        &[("00", "A000000677010112"), ("01", "010555000000000"), ("02", "INV0001")],
        ("TH", "764"),
        Some(("30-01", "010555000000000")),
        Some(false),
    ),
    sample(
        "th.bill-xborder",
        "30",
        &[("00", "A000000677012006"), ("01", "010555000000000"), ("02", "INV0001")],
        ("TH", "764"),
        Some(("30-01", "010555000000000")),
        Some(false),
    ),
    sample(
        "th.innovation",
        "31",
        &[("00", "A000000677010113"), ("01", "004"), ("02", "KB000000000001")],
        ("TH", "764"),
        Some(("31-02", "KB000000000001")),
        Some(false),
    ),
    sample(
        "vn.napas",
        "38",
        &[("00", "A000000727"), ("01", "0006970403011300110123456780"), ("02", "QRIBFTTA")],
        ("VN", "704"),
        Some(("38-01-01", "0011012345678")),
        None,
    ),
    sample(
        "vn.vnpay",
        "26",
        &[("00", "A000000775"), ("01", "0000000000")],
        ("VN", "704"),
        Some(("26-01", "0000000000")),
        Some(false),
    ),
    sample(
        "la.laoqr",
        "38",
        &[("00", "A005266284662577"), ("01", "00000418"), ("02", "001"), ("03", "I90BYP17BC295VZ")],
        ("LA", "418"),
        Some(("38-03", "I90BYP17BC295VZ")),
        Some(true),
    ),
    sample(
        "la.laoqr",
        "38",
        &[("00", "A005266284662577"), ("01", "000000"), ("02", "002"), ("03", "shop 1")],
        ("LA", "418"),
        Some(("38-03", "shop 1")),
        Some(false),
    ),
    sample(
        "my.duitnow",
        "26",
        &[("00", "A0000006150001"), ("01", "890000"), ("02", "MBBQR0000000")],
        ("MY", "458"),
        Some(("26-02", "MBBQR0000000")),
        Some(false),
    ),
    sample(
        "sg.paynow",
        "26",
        &[("00", "SG.PAYNOW"), ("01", "0"), ("02", "+6500000000"), ("03", "1")],
        ("SG", "702"),
        Some(("26-02", "+6500000000")),
        Some(true),
    ),
    sample(
        "sg.paynow",
        "33",
        &[("00", "sg.paynow"), ("01", "2"), ("02", "000000000A"), ("03", "0")],
        ("SG", "702"),
        Some(("33-02", "000000000A")),
        Some(false),
    ),
    sample(
        "sg.nets",
        "27",
        &[("00", "SG.COM.NETS"), ("02", "11100000000"), ("03", "00000001")],
        ("SG", "702"),
        Some(("27-02", "11100000000")),
        Some(false),
    ),
    sample(
        "ph.p2p",
        "27",
        &[
            ("00", "com.p2pqrpay"),
            ("01", "XXXXPHMMXXX"),
            ("02", "99964403"),
            ("04", "000000000000"),
            ("05", "+63-9000000000"),
        ],
        ("PH", "608"),
        Some(("27-04", "000000000000")),
        Some(true),
    ),
    sample(
        "ph.p2m",
        "28",
        &[("00", "ph.ppmi.p2m"), ("01", "XXXXPHM2XXX"), ("03", "MRCHNT-000000"), ("05", "000")],
        ("PH", "608"),
        Some(("28-03", "MRCHNT-000000")),
        Some(false),
    ),
    sample(
        "ph.p2micro",
        "28",
        &[("00", "ph.ppmi.p2micro"), ("01", "XXXXPHM2XXX"), ("03", "MRCHNT-000000"), ("05", "000")],
        ("PH", "608"),
        Some(("28-03", "MRCHNT-000000")),
        None,
    ),
    sample(
        "in.upi",
        "26",
        &[("00", "A000000524"), ("01", "test@bank")],
        ("IN", "356"),
        Some(("26-01", "test@bank")),
        None,
    ),
    sample(
        "hk.fps",
        "26",
        &[("00", "hk.com.hkicl"), ("02", "0000000")],
        ("HK", "344"),
        Some(("26-02", "0000000")),
        None,
    ),
    sample(
        "hk.fps",
        "26",
        &[("00", "HK.COM.HKICL"), ("03", "+852-00000000")],
        ("HK", "344"),
        Some(("26-03", "+852-00000000")),
        Some(true),
    ),
    sample(
        "hk.fps",
        "26",
        &[("00", "hk.com.hkicl"), ("04", "a@example.com")],
        ("HK", "344"),
        Some(("26-04", "a@example.com")),
        Some(true),
    ),
    sample(
        "tw.twqr",
        "35",
        &[("00", "tw.com.twqrp"), ("01", "V1158Ac5CJ9NjpN1W00,000000")],
        ("TW", "901"),
        Some(("35-01", "V1158Ac5CJ9NjpN1W00,000000")),
        Some(false),
    ),
    sample(
        "kr.bccard",
        "26",
        &[("05", "000000001"), ("00", "D4100000014010")],
        ("KR", "410"),
        Some(("26-05", "000000001")),
        Some(false),
    ),
    sample(
        "mm.mmqr",
        "26",
        &[("00", "com.mmqrpay.www"), ("01", "000000000000001"), ("02", "000000")],
        ("MM", "104"),
        Some(("26-01", "000000000000001")),
        Some(false),
    ),
    sample(
        "np.fonepay",
        "26",
        &[("00", "fonepay.com"), ("07", "0000000000000001")],
        ("NP", "524"),
        Some(("26-07", "0000000000000001")),
        Some(false),
    ),
    sample(
        "lk.lankaqr",
        "26",
        &[("00", "0000000000000000000000000000")],
        ("LK", "144"),
        Some(("26-00", "0000000000000000000000000000")),
        Some(false),
    ),
    sample(
        "pk.raast",
        "28",
        &[("00", "321d06bcb1a9b1487aa6c4962d6dbd62"), ("01", "TESTPKKA"), ("02", "PK00TEST00000000000000AA")],
        ("PK", "586"),
        Some(("28-02", "PK00TEST00000000000000AA")),
        None,
    ),
    sample("pk.1link", "27", &[("00", "A000000736"), ("01", "X1")], ("PK", "586"), Some(("27-01", "X1")), Some(false)),
    sample(
        "uemoa",
        "36",
        &[("00", "int.bceao.pi"), ("01", "test-123")],
        ("CI", "952"),
        Some(("36-01", "test-123")),
        None,
    ),
    sample(
        "wechat",
        "28",
        &[("00", "COM.QQ.WEIXIN.PAY"), ("01", "0000000000")],
        ("SG", "702"),
        Some(("28-01", "0000000000")),
        Some(false),
    ),
    sample(
        "mastercard",
        "51",
        &[("00", "A0000000041010"), ("01", "000000"), ("02", "0000000001")],
        ("TH", "764"),
        Some(("51-02", "0000000001")),
        Some(false),
    ),
    sample(
        "tz.tips",
        "26",
        &[("00", "tz.go.bot.tips"), ("01", "00000"), ("02", "00000001")],
        ("TZ", "834"),
        Some(("26-02", "00000001")),
        Some(false),
    ),
    sample(
        "mu.maucas",
        "26",
        &[("00", "mu.taucas"), ("01", "XXXXMUMUXXXX"), ("02", "00000000001")],
        ("MU", "480"),
        Some(("26-02", "00000000001")),
        None,
    ),
    sample(
        "br.pix",
        "26",
        &[("00", "br.gov.bcb.pix"), ("01", "00000000000")],
        ("BR", "986"),
        Some(("26-01", "00000000000")),
        Some(true),
    ),
    sample(
        "br.pix",
        "26",
        &[("00", "BR.GOV.BCB.PIX"), ("01", "00000000000000")],
        ("BR", "986"),
        Some(("26-01", "00000000000000")),
        Some(false),
    ),
    sample(
        "br.pix",
        "26",
        &[("00", "br.gov.bcb.pix"), ("01", "123e4567-e12b-12d1-a456-426655440000")],
        ("BR", "986"),
        Some(("26-01", "123e4567-e12b-12d1-a456-426655440000")),
        None,
    ),
    sample(
        "br.pix",
        "26",
        &[("00", "br.gov.bcb.pix"), ("25", "pix.example/0")],
        ("BR", "986"),
        Some(("26-25", "pix.example/0")),
        None,
    ),
    sample(
        "co.breb",
        "26",
        &[("00", "CO.COM.XYZ.LLA"), ("05", "0000000000")],
        ("CO", "170"),
        Some(("26-05", "0000000000")),
        None,
    ),
];

#[track_caller]
fn only<'p>(payload: &'p Payload<'p>) -> NetworkAccount<'p, 'p> {
    let accounts: Vec<_> = network::accounts(payload).collect();
    assert_eq!(accounts.len(), 1, "{accounts:?}");
    accounts[0]
}

#[test]
fn each_network_is_recognised_and_read() {
    for sample in SAMPLES {
        let mut value = template(sample.objects);
        if sample.network == "vn.napas" {
            value = template(&[
                ("00", "A000000727"),
                ("01", &template(&[("00", "970403"), ("01", "0011012345678")])),
                ("02", "QRIBFTTA"),
            ]);
        }
        let mut text = code(sample.root, &value, sample.country, sample.currency);
        if sample.network.starts_with("br.") {
            text = sealed(&format!("{}62070503***", &text[..text.len() - 8]));
        }
        let payload = Payload::parse(&text).unwrap();
        let account = only(&payload);
        let network = account.network();
        assert_eq!(network.id(), sample.network);
        assert_eq!(account.object().tag().to_string(), sample.root);
        let payee = account.payee().map(|payee| (payee.path().to_string(), payee.account().to_owned()));
        let payee = payee.as_ref().map(|(path, value)| (path.as_str(), value.as_str()));
        assert_eq!(payee, sample.payee, "{}", sample.network);
        assert_eq!(account.is_person(), sample.person, "{text}");
        assert_eq!(
            network.country().map(|country| country.contains(sample.country)),
            (network.country().is_some()).then_some(true)
        );
        assert_eq!(
            network.currency().map(|currency| currency.contains(sample.currency)),
            network.currency().map(|_| true)
        );
        for field in account.fields() {
            assert_eq!(field.fit(), Ok(()), "{field:?}");
        }
        let sure = account.missing().find(|field| field.confidence() < Confidence::D);
        assert!(sure.is_none(), "{sure:?}");
        // Under the networks' own rules there is nothing to find.
        let findings = payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations();
        assert!(findings.is_empty(), "{} {findings:?}", sample.network);
        // An intent without choosing.
        let intent = Intent::of(&payload, Policy::default()).unwrap();
        assert_eq!(intent.scheme.to_string(), sample.network);
        assert_eq!(
            intent.payee.map(|payee| payee.account().to_owned()),
            sample.payee.map(|(_, value)| value.to_owned())
        );
        assert_eq!(intent.kind == Kind::Individual, sample.person == Some(true));
        assert!(Intent::payable(&payload, Clock::UNKNOWN, Policy::default()).is_ok());
        let denied = Intent::payable(&payload, Clock::UNKNOWN, Policy::default().deny_individual(true));
        assert_eq!(denied.is_err(), sample.person == Some(true));
        // Nothing of it is shown for debugging.
        let shown = format!("{account:?} {:?} {intent:?}", account.fields().collect::<Vec<_>>());
        let (_, key) = sample.payee.unwrap();
        assert!(!shown.contains(key) || key.len() < 3, "{shown}");
    }
}

/// The codes of networks.md that are composed there, with their CRCs: recognised, and sound under their networks' rules.
#[test]
fn codes_without_a_merchant_are_sound_under_their_network() {
    for (network, text) in [
        (
            "th.bill",
            "00020101021230580016A00000067701011201150105550000000010207INV00010304BR0153037645406250.505802TH6304FF51",
        ),
        (
            "sg.paynow",
            "00020101021126500009SG.PAYNOW010100211+6500000000030110408209912315204000053037025802SG5902NA6009Singapore630483C2",
        ),
        (
            "ph.p2p",
            "00020101021127770012com.p2pqrpay0111XXXXPHMMXXX02089996440304120000000000000514+63-90000000005204601653036085802PH5910TEST PAYEE6006Manila63042AD2",
        ),
        (
            "in.upi",
            "0002010102120616000000000000000026350010A0000005240109test@bank02041.0027270010A0000005240109ORDER00015204549953033565406100.005802IN5909TEST SHOP6007CHENNAI610660000162120708T00000016304B84C",
        ),
        ("hk.fps", "00020101021126270012hk.com.hkicl020700000005204000053033445802HK5902NA6002HK630408D2"),
        (
            "mm.mmqr",
            "00020101021126480015com.mmqrpay.www011500000000000000102060000005204581253031045802MM5909TEST SHOP6006Yangon62080504INV164150002MY0105ဆိုင်630451A8",
        ),
        (
            "pk.raast",
            "00020101021128760032321d06bcb1a9b1487aa6c4962d6dbd620108TESTPKKA0224PK00TEST00000000000000005204581253035865802PK5909TEST SHOP6007Karachi63044E50",
        ),
    ] {
        let payload = Payload::parse(text).unwrap();
        assert!(network::accounts(&payload).all(|account| account.network().id() == network), "{network}");
        let errors = payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations();
        assert!(errors.iter().all(|found| found.severity() == Severity::Warning), "{network} {errors:?}");
    }
    // PromptPay leaves out 52, 59 and 60; VAT and message have no identifier.
    let account = template(&[("00", "A000000677010111"), ("01", "0066800000000")]);
    let vat = template(&[("00", "0000"), ("01", "7"), ("02", "7.00")]);
    let objects = [("00", "01"), ("01", "11"), ("29", account.as_str()), ("53", "764"), ("58", "TH")];
    // The letters U+0E01 to U+0E04 in UTF-16.
    let thai = payload(&with(&with(&objects, "80", &vat), "81", "0E010E020E030E04"));
    let payload = Payload::parse(&thai).unwrap();
    let account = only(&payload);
    assert_eq!(account.is_person(), Some(true));
    let message = account.fields().find_map(|field| field.hex_text()).unwrap();
    assert_eq!(message.to_string(), "กขฃค");
    assert_eq!(
        account.fields().map(|field| field.field().key()).collect::<Vec<_>>(),
        ["mobile_number", "vat_branch", "vat_rate", "vat_amount", "message"]
    );
    assert!(
        payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations().is_empty(),
        "{:?}",
        payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations()
    );
    // DuitNow's indicator is 02, its 82 a digest.
    let malay = sealed(&format!(
        "00020201021126410014A00000061500010106501664020912345678952040000530345854045.005802MY5904NAME6002MY8240{}",
        "ab".repeat(20)
    ));
    let payload = Payload::parse(&malay).unwrap();
    assert_eq!(only(&payload).is_person(), Some(true));
    assert!(
        payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations().is_empty(),
        "{:?}",
        payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations()
    );
    // Taiwan's string.
    let taiwan =
        code("35", &template(&[("00", "tw.com.twqrp"), ("01", "V1158Ac5CJ9NjpN1W00,006006;02,006")]), "TW", "901");
    let payload = Payload::parse(&taiwan).unwrap();
    let parts = only(&payload).fields().find_map(|field| field.fisc_parts()).unwrap();
    assert_eq!(parts.map(|(_, part)| part), ["V1", "158", "Ac5CJ9NjpN1W", "00,006006;02,006"]);
    // Another text of that place has no parts.
    let other = code("35", &template(&[("00", "tw.com.twqrp"), ("01", "no string of FISC at all")]), "TW", "901");
    let payload = Payload::parse(&other).unwrap();
    assert!(only(&payload).fields().all(|field| field.fisc_parts().is_none()));
}

#[test]
fn what_a_network_does_not_write_is_a_warning() {
    let thai = |number: &str| code("29", &template(&[("00", "A000000677010111"), ("01", number)]), "TH", "764");
    let rules = |text: &str| {
        let findings = Payload::parse(text).unwrap().validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations();
        findings.iter().map(|found| (found.rule().id(), found.severity(), found.path().to_string())).collect::<Vec<_>>()
    };
    let warning = |path: &str| vec![("network.th.transfer.mobile_number", Severity::Warning, path.to_owned())];
    assert_eq!(rules(&thai("0066800000000")), []);
    assert_eq!(rules(&thai("+66800000000x")), warning("29-01"));
    assert_eq!(rules(&thai("006680000000")), warning("29-01"));
    // None of the four.
    let none = code("29", &template(&[("00", "A000000677010111")]), "TH", "764");
    assert_eq!(rules(&none), [("network.no-payee", Severity::Warning, "29".to_owned())]);
    // Of another country, in another currency.
    let account = template(&[("00", "A000000677010111"), ("01", "0066800000000")]);
    let abroad = code("29", &account, "LA", "418");
    assert_eq!(
        rules(&abroad),
        [
            ("network.currency", Severity::Warning, "53".to_owned()),
            ("network.country", Severity::Warning, "58".to_owned())
        ]
    );
    // What is not of the form of a code is a finding of EMVCo's alone, and some networks are of several countries.
    assert_eq!(rules(&code("29", &account, "th", "764")).len(), 1);
    for country in ["BF", "TG"] {
        let text = code("36", &template(&[("00", "int.bceao.pi"), ("01", "x")]), country, "952");
        assert_eq!(rules(&text), []);
    }
    // Of confidence D nothing is said.
    let vague = code("26", &template(&[("00", "com.mmqrpay.www"), ("01", "x")]), "MM", "104");
    assert_eq!(rules(&vague), []);
    let text = thai("006680000000");
    let payload = Payload::parse(&text).unwrap();
    let fit = only(&payload).fields().next().unwrap().fit();
    assert_eq!(fit, Err(Misfit::Length { length: 12, least: 13, most: 13 }));
    assert_eq!(fit.unwrap_err().to_string(), "12 characters instead of 13");
}

#[test]
fn look_alikes_are_not_taken_for_a_network() {
    for guid in [
        "HK.COM.HKICL.FPS",
        "PH.INSTAPAY.ME",
        "PH.PPMI.P2MEMV",
        "COM.BDO.QRPH",
        "MY.PAYNET.DUITNOW",
        "VN.NAPAS",
        "ID.QRIS",
        "kh.gov.nbc",
        "lk.gov.cbsl",
        "COM.QRCODE.TELLUSBANGKOK",
        "com.zeropay",
        "A00000067701011",
        "A0000006770101110",
        "A00000072",
        "SG.PAYNOW ",
        "SG.PAYNOW\u{e9}",
        "br.gov.bcb.pi",
        "br.gov.bcb.pixx",
    ] {
        for root in ["26", "29", "30", "38", "51"] {
            let text = code(root, &template(&[("00", guid), ("01", "0000000000000")]), "SG", "702");
            let payload = Payload::parse(&text).unwrap();
            assert_eq!(network::accounts(&payload).count(), 0, "{guid} in {root}");
            assert!(Intent::of(&payload, Policy::default()).is_none());
        }
    }
    // 29 and 30 are Thai and Cambodian, 38 Vietnamese and Lao: the identifier decides.
    for (root, guid, network) in [
        ("38", "A000000677010111", "th.transfer"),
        ("29", "A000000727", "vn.napas"),
        ("38", "A005266284662577", "la.laoqr"),
        ("30", "br.gov.bcb.pix", "br.pix"),
    ] {
        let text = code(root, &template(&[("00", guid), ("01", "1")]), "TH", "764");
        assert_eq!(only(&Payload::parse(&text).unwrap()).network().id(), network);
    }
    // QRIS acquirers are known beside 51, or in a code of Indonesia; LankaPay's block in one of Sri Lanka.
    let acquirer =
        template(&[("00", "ID.CO.EXAMPLE.WWW"), ("01", "936009150000010212"), ("02", "00000010"), ("03", "UMI")]);
    assert_eq!(network::accounts(&Payload::parse(&code("26", &acquirer, "SG", "702")).unwrap()).count(), 0);
    assert_eq!(only(&Payload::parse(&code("26", &acquirer, "ID", "360")).unwrap()).network().id(), "id.qris-acquirer");
    let block = template(&[("00", "0000000000000000000000000000")]);
    assert_eq!(network::accounts(&Payload::parse(&code("26", &block, "IN", "356")).unwrap()).count(), 0);
    // A Bakong id is one in a code of Cambodia alone.
    let bakong = template(&[("00", "shop@devb")]);
    assert_eq!(network::accounts(&Payload::parse(&code("29", &bakong, "TH", "764")).unwrap()).count(), 0);
    assert_eq!(only(&Payload::parse(&code("29", &bakong, "KH", "116")).unwrap()).network().id(), "khqr");
}

#[test]
fn several_networks_are_all_given_and_one_is_chosen() {
    let paynow = template(&[("00", "SG.PAYNOW"), ("01", "2"), ("02", "000000000A"), ("03", "0")]);
    let nets = template(&[("00", "SG.COM.NETS"), ("02", "11100000000")]);
    let alipay = template(&[("00", "com.alipay"), ("01", "https://example.com/28x")]);
    let sgqr = template(&[("00", "SG.SGQR"), ("01", "000000000000")]);
    let text = payload(&[
        ("00", "01"),
        ("01", "11"),
        ("26", &paynow),
        ("27", &nets),
        ("51", &sgqr),
        ("52", "0000"),
        ("53", "702"),
        ("58", "SG"),
        ("59", "SHOP"),
        ("60", "Singapore"),
        ("80", &alipay),
    ]);
    let payload = Payload::parse(&text).unwrap();
    let ids: Vec<_> = network::accounts(&payload).map(|account| account.network().id()).collect();
    assert_eq!(ids, ["sg.paynow", "sg.nets", "sg.sgqr", "alipay"]);
    // The only one of the country is paid; cards, wallets and who the merchant is stand beside it.
    let intent = Intent::payable(&payload, Clock::UNKNOWN, Policy::default()).unwrap();
    assert_eq!(intent.scheme.to_string(), "sg.paynow");
    assert_eq!(Code::of(&payload).payee(), intent.payee.as_ref());
    let chosen = |order: &[&str]| {
        let order: Vec<_> = order.iter().map(|id| network::by_id(id).unwrap()).collect();
        let intent = Intent::payable(&payload, Clock::UNKNOWN, Policy::default().prefer(&order));
        intent.ok().map(|intent| intent.scheme.to_string())
    };
    assert_eq!(chosen(&["alipay", "sg.nets"]).as_deref(), Some("alipay"));
    assert_eq!(chosen(&["id.qris", "sg.nets"]).as_deref(), Some("sg.nets"));
    assert_eq!(chosen(&["id.qris"]).as_deref(), Some("sg.paynow"));
    // Of two national ones somebody has to choose.
    let promptpay = template(&[("00", "A000000677010111"), ("01", "0066800000000")]);
    let bill = template(&[("00", "A000000677010112"), ("01", "000000000000077"), ("02", "1234")]);
    let both = code_of(&[("29", &promptpay), ("30", &bill)]);
    let both = Payload::parse(&both).unwrap();
    assert!(both.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations().is_empty());
    assert!(Intent::of(&both, Policy::default()).is_none() && Code::of(&both).payee().is_none());
    let blocks = Intent::payable(&both, Clock::UNKNOWN, Policy::default()).unwrap_err();
    assert_eq!(blocks.iter().map(|block| block.reason).collect::<Vec<_>>(), [Reason::SeveralNetworks]);
    for (id, account) in [("th.transfer", "0066800000000"), ("th.bill", "000000000000077")] {
        let preferred = [network::by_id(id).unwrap()];
        let intent = Intent::payable(&both, Clock::UNKNOWN, Policy::default().prefer(&preferred)).unwrap();
        assert_eq!(intent.payee.unwrap().account(), account);
    }

    // QRIS: the repository says who the merchant is, the acquirer is paid.
    let acquirer =
        template(&[("00", "COM.EXAMPLE.WWW"), ("01", "936009150000010212"), ("02", "00000010"), ("03", "UMI")]);
    let repository = template(&[("00", "ID.CO.QRIS.WWW"), ("02", "ID1020000010212"), ("03", "UMI")]);
    let objects = [
        ("00", "01"),
        ("01", "11"),
        ("26", acquirer.as_str()),
        ("51", &repository),
        ("52", "5812"),
        ("53", "360"),
        ("58", "ID"),
        ("59", "SHOP"),
        ("60", "CITY"),
        ("61", "00000"),
    ];
    let qris = crate::common::payload(&objects);
    let intent_of = |text: &str| {
        Intent::of(&Payload::parse(text).unwrap(), Policy::default()).map(|intent| intent.scheme.to_string())
    };
    assert_eq!(intent_of(&qris).as_deref(), Some("id.qris-acquirer"));
    // Wallets and cards beside the account of the country are other ways to pay the same merchant.
    for (id, other) in [("40", "0011com.example"), ("02", "4000000000000002"), ("41", "0010com.alipay0101x")] {
        let text = crate::common::payload(&with(&objects, id, other));
        assert_eq!(intent_of(&text).as_deref(), Some("id.qris-acquirer"), "{id}");
    }
    // Without one the only account is paid, if there is no other that is not known.
    let wallet = [&objects[..2], &[("41", "0010com.alipay0101x")], &objects[3..]].concat();
    assert_eq!(intent_of(&crate::common::payload(&wallet)).as_deref(), Some("alipay"));
    assert_eq!(intent_of(&crate::common::payload(&with(&wallet, "40", "0011com.example"))), None);
}

#[test]
fn two_accounts_of_one_network_are_ambiguous() {
    let one = template(&[("00", "A000000677010111"), ("01", "0066800000000")]);
    let other = template(&[("00", "A000000677010111"), ("01", "0066800000001")]);
    let text = |second: &str| {
        payload(&[("00", "01"), ("01", "11"), ("29", &one), ("30", second), ("53", "764"), ("58", "TH")])
    };
    let twice = text(&other);
    let payload = Payload::parse(&twice).unwrap();
    let findings = payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations();
    assert_eq!(
        findings.iter().map(|found| (found.rule(), found.path().to_string())).collect::<Vec<_>>(),
        [(AMBIGUOUS_PAYEE, "30-01".to_owned())]
    );
    let intent = Intent::of(&payload, Policy::default()).unwrap();
    assert!(intent.payee.is_none());
    let reasons: Vec<_> = intent.blocks(Clock::UNKNOWN, Policy::default()).iter().map(|block| block.reason).collect();
    assert_eq!(reasons, [Reason::AmbiguousPayee]);
    // Nor is it certain if the key is twice in one template, or the template cannot be read to its end.
    for broken in ["0016A0000006770101110113006680000000001130066800000001", "0016A0000006770101110113006680000000002x"]
    {
        let text = crate::common::payload(&[("00", "01"), ("01", "11"), ("29", broken), ("53", "764"), ("58", "TH")]);
        let payload = Payload::parse(&text).unwrap();
        let account = only(&payload);
        assert_eq!((account.network().id(), account.payee().is_none()), ("th.transfer", true));
        let intent = Intent::of(&payload, Policy::default()).unwrap();
        assert!(intent.payee.is_none() && !intent.blocks(Clock::UNKNOWN, Policy::default()).is_empty());
    }
    // The same account twice is one.
    let same = text(&one);
    assert!(Payload::parse(&same).unwrap().validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations().is_empty());
}

#[test]
fn an_expiry_of_paynow_blocks() {
    let with = |expiry: &str| {
        code(
            "26",
            &template(&[("00", "SG.PAYNOW"), ("01", "2"), ("02", "000000000A"), ("03", "0"), ("04", expiry)]),
            "SG",
            "702",
        )
    };
    let expires = |text: &str| only(&Payload::parse(text).unwrap()).expires_at_ms();
    // 2025-06-15 12:00:00 in Singapore is 04:00:00 UTC, 1,749,960,000 seconds after 1970 began.
    assert_eq!(expires(&with("20250615120000")), Ok(Some(1_749_960_000_000)));
    // The end of the day: 23:59:59.999 there.
    assert_eq!(expires(&with("20250615")), Ok(Some(1_750_003_199_999)));
    assert_eq!(expires(&with("00000000")), Ok(None));
    assert_eq!(expires(&with("19700101")), Ok(Some(57_599_999)));
    assert_eq!(expires(&with("20000229000000")), Ok(Some(951_753_600_000)));
    for wrong in ["20250631", "20250229", "2025061512", "20251301", "20250615240000", "x0250615"] {
        assert!(expires(&with(wrong)).is_err(), "{wrong}");
    }
    let blocks = |text: &str, now: u64| {
        let payload = Payload::parse(text).unwrap();
        let blocks = Intent::of(&payload, Policy::default()).unwrap().blocks(Clock::at_millis(now), Policy::default());
        blocks.iter().map(|block| (block.path.to_string(), block.reason)).collect::<Vec<_>>()
    };
    assert_eq!(blocks(&with("20250615120000"), 1_749_960_000_000), []);
    // A static code without an amount is only warned of; one for one payment, or with an amount, is not paid.
    let late = with("20250615120000");
    assert_eq!(blocks(&late, 1_749_960_000_001), []);
    let found = |text: &str, now: u64| {
        let found = Payload::parse(text).unwrap().validate::<NetworkCode<'_>>(Clock::at_millis(now)).into_violations();
        found.iter().map(|found| (found.rule().id(), found.severity(), found.path().to_string())).collect::<Vec<_>>()
    };
    assert_eq!(found(&late, 1_749_960_000_000), []);
    let no_time = [("network.sg.paynow.expiry", Severity::Warning, "26-04".to_owned())];
    for wrong in ["20250631", "2025061512", "20250615240000", "x0250615"] {
        assert_eq!(found(&with(wrong), 0), no_time, "{wrong}");
    }
    let told = |severity| ("network.expired", severity, "26-04".to_owned());
    assert_eq!(found(&late, 1_749_960_000_001), [told(Severity::Warning)]);
    let once = sealed(&late[..late.len() - 8].replace("010211", "010212"));
    let priced = sealed(&format!("{}54041.50", &late[..late.len() - 8]));
    for text in [once, priced] {
        assert_eq!(found(&text, 1_749_960_000_001), [told(Severity::Error)]);
        assert_eq!(blocks(&text, 1_749_960_000_000), []);
        assert_eq!(blocks(&text, 1_749_960_000_001), [("26-04".to_owned(), Reason::Expired)]);
    }
    // A day that is none is a format that is not the network's.
    assert_eq!(blocks(&with("20250631"), 0), []);
}

/// A network that is not in the table, from outside.
#[test]
fn a_caller_has_a_table_of_its_own() {
    use emvqr::network::{At, Class, Field, Format, Network, Presence, Recognition};

    static OWN: &[Network] = &[Network::new("zz.tram", "Tram", Recognition::Guid(&["com.example.tram"]))
        .of("ZZ", "978")
        .keyed(&[At::Template(&[1])])
        .fields(&[Field::new(
            At::Template(&[1]),
            "stop",
            "network.zz.tram.stop",
            "Stop",
            Format::N,
            (4, 4),
            Class::Clear,
        )
        .present(Presence::Mandatory)])];
    let text = code("26", &template(&[("00", "COM.EXAMPLE.TRAM"), ("01", "12345")]), "FR", "978");
    let payload = Payload::parse(&text).unwrap();
    assert_eq!(network::accounts(&payload).count(), 0);
    let account = network::accounts_in(&payload, OWN).next().unwrap();
    assert_eq!((account.network().id(), account.payee().unwrap().account()), ("zz.tram", "12345"));
    assert_eq!(account.fields().next().unwrap().fit(), Err(Misfit::Length { length: 5, least: 4, most: 4 }));
    let replaced = code("26", &template(&[("00", "com.example.tram")]), "FR", "978");
    let payload = Payload::parse(&replaced).unwrap();
    let account = network::accounts_in(&payload, OWN).next().unwrap();
    assert_eq!(account.missing().map(Field::key).collect::<Vec<_>>(), ["stop"]);
    let _ = replace;
}

#[test]
fn a_corridor_is_known_by_its_accounts() {
    use emvqr::Profile as _;

    let known = code("29", &template(&[("00", "A000000677010111"), ("01", "0066800000000")]), "TH", "764");
    let unknown = code("29", &template(&[("00", "com.example"), ("01", "1")]), "TH", "764");
    assert!(NetworkCode::recognises(&Payload::parse(&known).unwrap()));
    assert!(!NetworkCode::recognises(&Payload::parse(&unknown).unwrap()));
}

/// A value that is too long is found with its length and the limit, one that is too short, or of another form, is not.
#[test]
fn a_long_value_is_found_with_its_limit() {
    for (number, is_long) in [("00668000000000", true), ("006680000000", false), ("006680000000x", false)] {
        let text = code("29", &template(&[("00", "A000000677010111"), ("01", number)]), "TH", "764");
        let found = Payload::parse(&text).unwrap().validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations();
        assert_eq!(found.len(), 1, "{found:?}");
        let limit = Detail::Length { length: 14, limit: 13 };
        assert_eq!(found[0].detail(), if is_long { limit } else { Detail::None }, "{number}: {found:?}");
    }
}

/// The intent of a chosen account is that of its scheme.
#[test]
fn an_account_of_either_scheme_has_that_schemes_intent() {
    let khqr = code("29", "0009coin@devb", "KH", "116");
    let store = "0019jp.or.paymentsjapan011300000000000010204000103060000010406000001";
    let jpqr = code("26", store, "JP", "392");
    for (text, scheme, key, decimals) in
        [(&khqr, "khqr", "coin@devb", Some(0)), (&jpqr, "jpqr", "00000000000010001000001000001", Some(0))]
    {
        let payload = Payload::parse(text).unwrap();
        let intent = Intent::of(&payload, Policy::default()).unwrap();
        assert_eq!((intent.scheme.to_string().as_str(), intent.decimals), (scheme, decimals));
        assert_eq!(intent.payee.unwrap().account().to_owned(), key);
    }
}

/// Nobody is named if the text can be read in two ways, or if it is of two schemes.
#[test]
fn an_uncertain_text_names_no_payee_of_another_network() {
    let promptpay = template(&[("00", "A000000677010111"), ("01", "0066800000000")]);
    let certain = code("29", &promptpay, "TH", "764");
    let payload = Payload::parse(&certain).unwrap();
    let named =
        |payload: &Payload<'_>| Intent::of(payload, Policy::default()).is_some_and(|intent| intent.payee.is_some());
    assert!(named(&payload));
    // For a reader that counts bytes, 59 ends before the amount that its last characters write.
    let two = payload_of(&[("29", &promptpay), ("59", "éééab540"), ("60", "15")]);
    let payload = Payload::parse(&two).unwrap();
    let is_ambiguous = |payload: &Payload<'_>| {
        payload
            .validate::<emvqr::Mpm<'_>>(())
            .into_violations()
            .iter()
            .any(|found| found.rule() == emvqr::mpm::rules::LENGTH_AMBIGUOUS)
    };
    assert!(!named(&payload));
    // Two stores of JPQR beside it, or the same one twice.
    let store = |last: &str| format!("0019jp.or.paymentsjapan01130000000000001020400010306000001040600000{last}");
    for (second, is_certain) in [("1", true), ("2", false)] {
        let (first, second) = (store("1"), store(second));
        let two = payload_of(&[("29", &promptpay), ("30", &first), ("31", &second), ("59", "A"), ("60", "XX")]);
        let payload = Payload::parse(&two).unwrap();
        assert!(!is_ambiguous(&payload));
        // JPQR's account is another national one.
        let preferred = [network::by_id("th.transfer").unwrap()];
        let intent = Intent::of(&payload, Policy::default().prefer(&preferred));
        assert_eq!(intent.is_some_and(|intent| intent.payee.is_some()), is_certain);
        assert!(!named(&payload));
    }
}

fn payload_of(objects: &[Object<'_>]) -> String {
    payload(&[&[("00", "01"), ("01", "11")], objects].concat())
}

/// A sound Thai code with these accounts.
fn code_of(accounts: &[Object<'_>]) -> String {
    let rest = [("52", "5812"), ("53", "764"), ("58", "TH"), ("59", "SHOP"), ("60", "BANGKOK")];
    payload_of(&[accounts, &rest].concat())
}

/// Two readers would pay two payees, or nobody can tell whose bank it is: no payee is named.
#[test]
fn an_account_names_one_payee_or_none() {
    let found = |text: &str, rule: &str, is_valid: bool| {
        let payload = Payload::parse(text).unwrap();
        let found = payload.validate::<NetworkCode<'_>>(Clock::UNKNOWN).into_violations();
        assert!(found.iter().any(|found| found.rule().id() == rule), "{text}: {found:?}");
        assert_eq!(found.iter().all(|found| found.severity() == Severity::Warning), is_valid, "{text}: {found:?}");
        assert!(Code::of(&payload).payee().is_none(), "{text}");
        assert!(Intent::payable(&payload, Clock::UNKNOWN, Policy::default()).is_err(), "{text}");
    };
    // VietQR's bank, and its account, twice inside of 38-01; a second account in 39 that has its key twice.
    let vietnamese = |accounts: &[Object<'_>]| {
        let rest = [("53", "704"), ("58", "VN"), ("59", "SHOP"), ("60", "CITY")];
        payload_of(&[accounts, &rest].concat())
    };
    let napas = |beneficiary: &str| template(&[("00", "A000000727"), ("01", beneficiary), ("02", "QRIBFTTA")]);
    let two_banks = napas("000697040300069704360103111");
    found(&vietnamese(&[("38", &two_banks)]), "network.ambiguous-payee", false);
    let two_accounts = napas("000697040301031110103222");
    found(&vietnamese(&[("38", &two_accounts)]), "network.ambiguous-payee", false);
    let one = napas("00069704030103111");
    found(&vietnamese(&[("38", &one), ("39", &two_accounts)]), "network.ambiguous-payee", false);
    // Without the bank, the account is nobody's.
    found(&vietnamese(&[("38", &napas("0103222"))]), "network.vn.napas.bank_bin", true);
    // The type of a key is a part of the payee.
    let paynow = |kind: &str| template(&[("00", "SG.PAYNOW"), ("01", kind), ("02", "88888888"), ("03", "0")]);
    let singapore = [("53", "702"), ("58", "SG"), ("59", "SHOP"), ("60", "CITY")];
    let (mobile, company) = (paynow("0"), paynow("2"));
    let both = payload_of(&[&[("26", mobile.as_str()), ("27", &company)], &singapore[..]].concat());
    found(&both, "network.ambiguous-payee", false);
    let thai = |id: &str| template(&[("00", "A000000677010111"), (id, "0066812345678")]);
    let (phone, tax) = (thai("01"), thai("02"));
    found(&code_of(&[("29", &phone), ("31", &tax)]), "network.ambiguous-payee", false);
    // A type twice is EMVCo's finding.
    let twice = template(&[("00", "SG.PAYNOW"), ("01", "0"), ("01", "2"), ("02", "88888888"), ("03", "0")]);
    found(&payload_of(&[&[("26", twice.as_str())], &singapore[..]].concat()), "emv.26-51.duplicate", false);
    // Two that say who the merchant is pay nobody.
    let (sgqr, qris) = (
        template(&[("00", "SG.SGQR"), ("01", "123456789012")]),
        template(&[("00", "ID.CO.QRIS.WWW"), ("02", "ID1234567890123")]),
    );
    let two = payload_of(&[&[("50", sgqr.as_str()), ("51", &qris)], &singapore[..]].concat());
    assert!(Code::of(&Payload::parse(&two).unwrap()).payee().is_none());
    let reasons = |text: &str| {
        let blocks = Intent::payable(&Payload::parse(text).unwrap(), Clock::UNKNOWN, Policy::default()).unwrap_err();
        blocks.iter().map(|block| block.reason).collect::<Vec<_>>()
    };
    assert_eq!(reasons(&two), [Reason::NoPayee]);
    // A wallet beside a card that is not known: somebody has to choose.
    let alipay = template(&[("00", "com.alipay"), ("01", "https://example.com/28x")]);
    let card = payload_of(&[&[("02", "4000000000000002"), ("26", &alipay)], &singapore[..]].concat());
    assert_eq!(reasons(&card), [Reason::SeveralNetworks]);
}

/// An expired Khmer code has expired, whichever of its networks is chosen.
#[test]
fn a_chosen_network_excuses_no_other_scheme() {
    let napas = template(&[("00", "A000000727"), ("01", "00069704030109123456789")]);
    let objects = [
        ("00", "01"),
        ("01", "12"),
        ("29", "0009coin@devb"),
        ("38", napas.as_str()),
        ("52", "5999"),
        ("53", "116"),
        ("54", "1000"),
        ("58", "KH"),
        ("59", "SHOP"),
        ("60", "CITY"),
        ("99", "0013170000000000001131700000600000"),
    ];
    let text = payload(&objects);
    let payload = Payload::parse(&text).unwrap();
    let preferred = [network::by_id("vn.napas").unwrap()];
    let blocks = Intent::payable(&payload, Clock::at_millis(1_760_000_000_000), Policy::default().prefer(&preferred));
    assert!(blocks.unwrap_err().iter().any(|block| block.reason == Reason::Expired));
}
