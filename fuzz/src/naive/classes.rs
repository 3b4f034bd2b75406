//! Which values of a text may be shown to anybody, from the list of the networks' fields and nothing of the library.

use super::networks::accounts;
use super::payees::value;
use super::{Object, Text, lax};

/// Fields of class M, and those without a class: network, path in the account or from the root (`/`), format, fewest and most
/// characters.
const CLEAR: &[(&str, &str, &str, usize, usize)] = &[
    ("khqr", "02", "ans", 1, 32),
    ("khqr", "30/01", "ans", 1, 32),
    ("khqr", "/99-00", "n", 13, 13),
    ("khqr", "/99-01", "n", 13, 13),
    ("jpqr", "01", "an", 13, 13),
    ("jpqr", "02", "an", 4, 4),
    ("jpqr", "03", "an", 6, 6),
    ("jpqr", "04", "an", 6, 6),
    ("th.transfer", "/62-08", "ans", 18, 18),
    ("th.bill", "/62-08", "ans", 18, 18),
    ("th.transfer", "/80-00", "n", 4, 4),
    ("th.transfer", "/80-01", "ans", 1, 5),
    ("th.transfer", "/80-02", "ans", 1, 13),
    ("th.bill", "/80-00", "n", 4, 4),
    ("th.bill", "/80-01", "ans", 1, 5),
    ("th.bill", "/80-02", "ans", 1, 13),
    ("th.innovation-api", "01", "n", 3, 3),
    ("th.innovation", "01", "n", 3, 3),
    ("vn.napas", "01-00", "n", 6, 6),
    ("vn.napas", "02", "an", 1, 10),
    ("vn.vnpay", "01", "an", 1, 99),
    ("la.laoqr", "01", "n", 6, 8),
    ("la.laoqr", "02", "n", 3, 3),
    ("id.qris-acquirer", "02", "ans", 1, 15),
    ("id.qris-acquirer", "03", "a", 3, 3),
    ("id.qris", "02", "an", 15, 15),
    ("id.qris", "03", "a", 3, 3),
    ("my.duitnow", "01", "n", 1, 6),
    ("my.duitnow", "03", "ans", 1, 20),
    ("my.duitnow", "/82", "hex", 1, 99),
    ("sg.paynow", "01", "n", 1, 1),
    ("sg.paynow", "03", "n", 1, 1),
    ("sg.paynow", "04", "n", 8, 14),
    ("sg.sgqr", "01", "ans", 12, 12),
    ("sg.sgqr", "02", "ans", 7, 7),
    ("sg.sgqr", "03", "ans", 6, 6),
    ("sg.sgqr", "04", "ans", 1, 99),
    ("sg.sgqr", "05", "ans", 1, 99),
    ("sg.sgqr", "06", "ans", 1, 10),
    ("sg.sgqr", "07", "n", 8, 8),
    ("sg.nets", "01", "ans", 1, 99),
    ("sg.nets", "02", "ans", 1, 15),
    ("sg.nets", "03", "ans", 1, 8),
    ("sg.nets", "09", "ans", 1, 99),
    ("sg.nets", "99", "ans", 1, 99),
    ("ph.p2p", "01", "an", 11, 12),
    ("ph.p2p", "02", "n", 8, 8),
    ("ph.p2p", "03", "n", 15, 15),
    ("ph.p2m", "01", "an", 11, 11),
    ("ph.p2m", "03", "ans", 1, 25),
    ("ph.p2m", "05", "n", 3, 3),
    ("ph.p2m", "/62-00", "ans", 1, 32),
    ("ph.p2m", "/88-00", "ans", 1, 32),
    ("ph.p2micro", "01", "an", 11, 11),
    ("ph.p2micro", "03", "ans", 1, 25),
    ("ph.p2micro", "05", "n", 3, 3),
    ("in.upi", "26/02", "ans", 1, 13),
    ("hk.fps", "01", "n", 3, 3),
    ("hk.fps", "02", "n", 7, 10),
    ("hk.fps", "05", "n", 12, 14),
    ("tw.twqr", "01", "fisc", 17, 99),
    ("kr.bccard", "05", "n", 9, 9),
    ("mm.mmqr", "01", "n", 15, 15),
    ("mm.mmqr", "02", "n", 1, 25),
    ("br.pix", "03", "n", 8, 8),
    ("np.fonepay", "01", "n", 13, 16),
    ("np.fonepay", "07", "n", 13, 16),
    ("lk.lankaqr", "00", "n", 28, 28),
    ("pk.raast", "01", "an", 8, 8),
    ("alipay", "01", "ans", 1, 99),
    ("wechat", "01", "ans", 1, 99),
    ("unionpay", "", "ans", 31, 31),
    ("tz.tips", "01", "n", 5, 5),
    ("tz.tips", "02", "n", 8, 8),
    ("mn.qpay", "01", "an", 8, 11),
    ("mu.maucas", "01", "an", 8, 12),
    ("py.sip", "01", "n", 4, 4),
    ("co.breb", "05", "ans", 1, 99),
];

/// The values of a text, as far as it can be read, that may be shown whole.
#[must_use]
pub fn clear_values(text: &str) -> Vec<String> {
    let text = Text::new(text);
    let (root, _) = lax(&text);
    let networks = accounts(&text, &root);
    let mut clear = Vec::new();
    for object in &root {
        let own = networks.iter().find(|(_, id)| *id == object.id()).map(|(network, _)| *network);
        let mut each = |path: &[u8], value: &str| {
            if is_clear(&networks, own, &root, path, value) {
                clear.push(value.to_owned());
            }
        };
        each(&[object.id()], &object.value);
        for inner in object.run(&text).0 {
            each(&[object.id(), inner.id()], &inner.value);
            for third in inner.run(&text).0 {
                each(&[object.id(), inner.id(), third.id()], &third.value);
            }
        }
    }
    clear
}

fn is_clear(networks: &[(&'static str, u8)], own: Option<&str>, root: &[Object], path: &[u8], text: &str) -> bool {
    let written = |path: &[u8]| path.iter().map(|id| format!("{id:02}")).collect::<Vec<_>>().join("-");
    let inner = written(&path[1..]);
    let in_field = CLEAR.iter().any(|(network, at, format, least, most)| {
        let is_there = match at.split_once('/') {
            Some(("", at)) => *at == written(path) && networks.iter().any(|(id, _)| id == network),
            Some((of, at)) => own == Some(network) && of == written(&path[..1]) && at == inner,
            None => own == Some(network) && *at == inner,
        };
        let digits = *format == "n" || *format == "an" && least == most;
        is_there
            && (*least..=*most).contains(&text.chars().count())
            && fits(format, text)
            && (digits || !has_card(text))
    });
    let has_digits = |many: usize| text.split(|c: char| !c.is_numeric()).any(|run| run.len() >= many);
    let is_merchants = || {
        let is_persons = matches!(value(root, 52), Some("0000" | "6016"));
        let is_one = |network: &str| match network {
            "khqr" => networks.iter().any(|(id, root)| *id == "khqr" && *root == 30),
            // What the code says of its kind is read by the library alone.
            network => !matches!(
                network,
                "th.transfer"
                    | "th.transfer-cpm"
                    | "ph.p2p"
                    | "hk.fps"
                    | "in.upi"
                    | "uemoa"
                    | "ke.qr"
                    | "pk.raast"
                    | "gh.ghqr"
                    | "pe.yape"
            ),
        };
        !is_persons && !networks.is_empty() && networks.iter().all(|(id, _)| is_one(id))
    };
    let is_key_of_merchant = || match (own, inner.as_str()) {
        (Some("my.duitnow"), "02") => value(root, 52) != Some("0000"),
        (Some("sg.paynow"), "02") => !text.starts_with('+'),
        (Some("la.laoqr"), "03") => true,
        (Some("br.pix" | "br.pix-spi"), "01") => {
            text.len() == 14 && fits("n", text) || text.len() == 36 && text.contains('-')
        }
        _ => false,
    };
    in_field
        || match path {
            [54 | 56 | 57] => text.len() <= 13 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'),
            [59 | 60] | [64, 1 | 2] => is_merchants() && !has_digits(7) && !text.contains('@') && !has_card(text),
            [26..=51 | 80..=99, 0] | [62, 50..=99, 0] => {
                !has_card(text)
                    && !text.contains('@')
                    && text.is_ascii()
                    && !has_digits(33)
                    && text.contains(|c: char| c.is_ascii_alphabetic())
            }
            _ => is_key_of_merchant() && !text.contains('@') && !has_card(text),
        }
}

fn fits(format: &str, text: &str) -> bool {
    text.chars().all(|c| match format {
        "n" => c.is_ascii_digit(),
        "a" => c.is_ascii_alphabetic(),
        "an" => c.is_ascii_alphanumeric(),
        "hex" => c.is_ascii_hexdigit(),
        _ => (' '..='~').contains(&c),
    })
}

/// Whether a run of 13 to 19 digits ends with its check digit (ISO/IEC 7812-1).
fn has_card(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| (13..=19).contains(&run.len())).any(|run| {
        let weighed =
            run.bytes().rev().zip([1, 2].into_iter().cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight);
        weighed.map(|product| product / 10 + product % 10).sum::<u32>() % 10 == 0
    })
}
