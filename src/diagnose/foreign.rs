//! Texts that are not merchant-presented codes: what they are.

use alloc::format;

use super::{Hint, HintKind};
use crate::path::Path;

/// How links begin, in lower case, and what they are.
const LINKS: &[(&str, &str)] = &[
    ("upi:", "a UPI link"),
    ("twqrp:", "a TWQR link (Taiwan)"),
    ("https://paytax.nat.gov.tw/", "a link to a Taiwanese tax bill"),
    ("https://qr.alipay.com/", "an Alipay link"),
    ("alipays:", "an Alipay link"),
    ("wxp:", "a Weixin Pay link"),
    ("weixin:", "a Weixin link"),
    ("https:", "a link (URL)"),
    ("http:", "a link (URL)"),
    ("bitcoin:", "a Bitcoin link (URI)"),
    ("lightning:", "a Lightning link (URI)"),
    ("ethereum:", "an Ethereum link (URI)"),
    ("wifi:", "the access data of a wireless network"),
    ("mailto:", "an e-mail link (URI)"),
    ("tel:", "a telephone link (URI)"),
    ("begin:vcard", "a business card (vCard)"),
    ("mecard:", "a business card (MECARD)"),
];

/// How other texts begin, and what they are.
const TEXTS: &[(&str, HintKind, &str)] = &[
    (
        "hQVDUFY",
        HintKind::ConsumerPresented,
        "a consumer-presented code (base64 of 85 05 CPV01), which another specification defines",
    ),
    ("hQVKUFFS", HintKind::ConsumerPresented, "a consumer-presented code of JPQR (base64)"),
    ("3-", HintKind::ConsumerPresented, "a consumer-presented code of ZeroPay (Korea)"),
    ("BCD\n", HintKind::BankText, "a bank transfer (EPC QR code)"),
    ("BCD\r", HintKind::BankText, "a bank transfer (EPC QR code)"),
    ("SPD*", HintKind::BankText, "a bank transfer (Czech SPD)"),
    ("SPC\n", HintKind::BankText, "a bank transfer (Swiss QR bill)"),
    ("SPC\r", HintKind::BankText, "a bank transfer (Swiss QR bill)"),
    ("ST00012", HintKind::BankText, "a bank transfer (Russian ST00012)"),
    ("ST00011", HintKind::BankText, "a bank transfer (Russian ST00011)"),
    ("{", HintKind::Json, "JSON, as some wallets use it"),
    ("[", HintKind::Json, "JSON, as some wallets use it"),
];

fn is(kind: HintKind, text: &[u8], what: &str) -> Hint {
    Hint::new(kind, Path::ROOT, 0..text.len(), format!("not an EMVCo merchant code: {what}"))
}

/// What is not UTF-8: the bytes of a consumer-presented code.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<Hint> {
    let is_consumer = bytes.starts_with(b"\x85\x05CPV") || bytes.starts_with(b"\x85\x05JPQR");
    is_consumer.then(|| {
        is(HintKind::ConsumerPresented, bytes, "a consumer-presented code (85 05), which another specification defines")
    })
}

pub(super) fn hint(whole: &str) -> Option<Hint> {
    let text = whole.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let found = |kind, what| Some(is(kind, whole.as_bytes(), what));
    if text.is_empty() {
        return None;
    }
    if is_slip(text) {
        return found(
            HintKind::Slip,
            "the code of a Thai transfer slip, whose CRC is data object 91; it proves a payment and cannot be paid",
        );
    }
    let starts_with = |start: &&str| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    if let Some((_, what)) = LINKS.iter().find(|(start, _)| starts_with(start)) {
        return found(HintKind::Link, what);
    }
    if let Some((_, kind, what)) = TEXTS.iter().find(|(start, ..)| text.starts_with(start)) {
        return found(*kind, what);
    }
    if is_thai_bill(text) {
        return found(HintKind::BankText, "the barcode text of a Thai bill");
    }
    if text.trim_end().bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text.trim_end()).and_then(|(kind, what)| found(kind, what));
    }
    if is_uri(text) {
        return found(HintKind::Link, "a link (URI)");
    }
    // A payload has its format indicator somewhere, whatever surrounds it.
    let is_near = text.starts_with("00") || text.contains("0002") || looks_like_objects(text);
    if is_near { None } else { found(HintKind::OtherText, "it does not begin with data object 00") }
}

/// Whether the text begins as a run of data objects does, in any script of digits.
fn looks_like_objects(text: &str) -> bool {
    text.chars().take(6).filter(|c| c.is_numeric()).count() >= 4
}

fn digits(text: &str) -> Option<(HintKind, &'static str)> {
    let two = text.get(..2).and_then(|start| start.parse::<u8>().ok());
    match (text.len(), two) {
        _ if text.starts_with("0002") => None,
        (18, Some(10..=15)) => {
            Some((HintKind::ConsumerPresented, "the digits of a consumer-presented code of Weixin Pay"))
        }
        (16..=24, Some(25..=30)) => {
            Some((HintKind::ConsumerPresented, "the digits of a consumer-presented code of Alipay"))
        }
        (_, _) if text.len() >= 16 && (text.starts_with("800088") || text.starts_with("281006")) => {
            Some((HintKind::ConsumerPresented, "the digits of a Korean consumer-presented code"))
        }
        _ => Some((HintKind::Digits, "only digits, as in a barcode")),
    }
}

/// `00`, a length, and inside it `00 06 000001`; at the end `51 02 TH` and the CRC in 91.
fn is_slip(text: &str) -> bool {
    let inner = text.get(4..).is_some_and(|inner| inner.starts_with("0006000001"));
    text.starts_with("00") && inner && text.contains("5102TH9104")
}

/// `|`, a tax id of 13 digits with or without a suffix of two, and a carriage return.
fn is_thai_bill(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('|') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (13..=15).contains(&digits) && rest.get(digits..).is_some_and(|rest| rest.starts_with(['\r', '\n', ' ']))
}

/// A scheme of letters, digits, `+`, `-` and `.`, a colon, and no blank behind it.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    (2..=20).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !rest.is_empty()
        && !rest.starts_with(char::is_whitespace)
}
