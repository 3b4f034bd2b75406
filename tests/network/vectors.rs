//! Collected codes of 40 networks: recognised as they are labelled.

use std::collections::BTreeMap;

use emvqr::network::NetworkCode;
use emvqr::{Payload, Severity, network};

use crate::lines::collected;

/// What a label of the collection says a code holds, by its start; the longest counts. Empty: no network of the table.
const LABELS: &[(&str, &[&str])] = &[
    ("KH KHQR", &["khqr"]),
    ("VN VietQR", &["vn.napas"]),
    ("VN VNPAY-QR", &["vn.vnpay"]),
    ("TH PromptPay", &["th.transfer", "th.bill"]),
    ("TH KShop", &["th.bill"]),
    ("BR Pix", &["br.pix", "br.pix-spi"]),
    ("PH QR Ph P2M", &["ph.p2m"]),
    ("PH QR Ph P2P", &["ph.p2p"]),
    ("HK", &["hk.fps"]),
    ("SGQR", &["sg.sgqr"]),
    ("SG PayNow", &["sg.paynow"]),
    ("ID QRIS", &["id.qris-acquirer"]),
    ("IN BharatQR", &["in.upi"]),
    ("LA LaoQR", &["la.laoqr"]),
    ("TZ TANQR", &["tz.tips"]),
    ("MY DuitNow", &["my.duitnow"]),
    ("NG NIBSS", &["ng.nqr", "unionpay"]),
    ("JP JPQR", &["jpqr"]),
    ("LK LankaQR", &["lk.lankaqr"]),
    ("NP NepalPay", &["np.nchl"]),
    ("KE KE-QR", &["ke.qr"]),
    ("KR BC Card", &["kr.bccard"]),
    ("TW TWQR", &["tw.twqr"]),
    ("PK (A000000736", &["pk.1link"]),
    ("PK Raast", &["pk.raast"]),
    ("MM MMQR", &["mm.mmqr"]),
    ("MU MauCAS", &["mu.maucas"]),
    ("CO EASPBV", &["co.breb"]),
    ("CO Mercado Pago", &["latam.mercadopago"]),
    ("AR Mercado Pago", &["latam.mercadopago"]),
    ("MX Mercado Pago", &["latam.mercadopago"]),
    ("BD UnionPay", &["unionpay"]),
    ("PY SIPAP", &["py.sip"]),
];

/// Codes that are labelled as a network's and do not hold its account, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("TH PromptPay AID with KH data (stub)", "the identifier is PromptPay's, and so is the account"),
    ("KE KE-QR malformed", "cannot be read"),
];

#[test]
#[ignore = "needs EMVQR_VECTORS"]
fn collected_codes_are_recognised_as_labelled() {
    let mut counts = BTreeMap::<&str, usize>::new();
    let (mut errors, mut accountless) = (Vec::new(), 0);
    for line in collected("emvco.ndjson") {
        let label = line["scheme"].as_str().unwrap();
        let Some(payload) = line["payload"].as_str().and_then(|text| Payload::parse(text).ok()) else { continue };
        let found: Vec<_> = network::accounts(&payload).map(|account| account.network().id()).collect();
        for id in &found {
            *counts.entry(id).or_default() += 1;
        }
        let expected = LABELS.iter().filter(|(start, _)| label.starts_with(start)).max_by_key(|(start, _)| start.len());
        // Codes of a toolkit's tests that have neither account nor country.
        let has_no_account =
            label == "KH KHQR" && (payload.find("29").or(payload.find("30")).is_none() || payload.find("58").is_none());
        accountless += usize::from(has_no_account);
        if let Some((_, expected)) = expected
            && !has_no_account
            && !EXCEPTIONS.iter().any(|(exception, _)| *exception == label)
            && !found.iter().any(|id| expected.contains(id))
        {
            errors.push(format!("{label}: {found:?} instead of {expected:?}"));
        }
        // What EMVCo refuses and the network excuses is fewer; what is not excused is a fault of the code.
        let refused = |payload: &Payload<'_>| {
            payload
                .validate::<emvqr::Mpm<'_>>(())
                .into_violations()
                .iter()
                .filter(|found| found.severity() == Severity::Error)
                .count()
        };
        let left = payload
            .validate::<NetworkCode<'_>>(emvqr::Clock::UNKNOWN)
            .into_violations()
            .iter()
            .filter(|found| found.severity() == Severity::Error)
            .count();
        assert!(left <= refused(&payload), "{label}");
    }
    println!("{counts:?}");
    assert!(accountless <= 3, "{accountless}");
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(counts.len() >= 30 && counts.values().sum::<usize>() >= 195, "{} {counts:?}", counts.len());
}
