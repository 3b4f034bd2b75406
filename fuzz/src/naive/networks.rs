//! Whose accounts a payload holds, from the list of networks and their identifiers, and nothing of the library.

use super::payees::{self, value};
use super::{Object, Text};

/// Identifiers and the networks that they name.
const GUIDS: &[(&str, &str)] = &[
    ("jp.or.paymentsjapan", "jpqr"),
    ("A000000677010111", "th.transfer"),
    ("A000000677010114", "th.transfer-cpm"),
    ("A000000677010112", "th.bill"),
    ("A000000677012006", "th.bill-xborder"),
    ("A000000677012004", "th.innovation-api"),
    ("A000000677010113", "th.innovation"),
    ("A000000727", "vn.napas"),
    ("A000000775", "vn.vnpay"),
    ("A005266284662577", "la.laoqr"),
    ("ID.CO.QRIS.WWW", "id.qris"),
    ("ID.OR.GPNQR.WWW", "id.qris"),
    ("A0000006150001", "my.duitnow"),
    ("SG.PAYNOW", "sg.paynow"),
    ("SG.SGQR", "sg.sgqr"),
    ("SG.COM.NETS", "sg.nets"),
    ("com.p2pqrpay", "ph.p2p"),
    ("ph.ppmi.p2m", "ph.p2m"),
    ("ph.ppmi.p2micro", "ph.p2micro"),
    ("A000000524", "in.upi"),
    ("hk.com.hkicl", "hk.fps"),
    ("tw.com.twqrp", "tw.twqr"),
    ("D4100000014010", "kr.bccard"),
    ("com.mmqrpay.www", "mm.mmqr"),
    ("MM.COM.MMQR", "mm.mmqr"),
    ("br.gov.bcb.pix", "br.pix"),
    ("br.gov.bcb.spi", "br.pix-spi"),
    ("fonepay.com", "np.fonepay"),
    ("np.gov.nrb", "np.nrb"),
    ("321d06bcb1a9b1487aa6c4962d6dbd62", "pk.raast"),
    ("1d06bcb1a9b1487aa6c4962d6dbd622e", "pk.raast"),
    ("A000000736", "pk.1link"),
    ("A00000736", "pk.1link"),
    ("int.bceao.pi", "uemoa"),
    ("com.alipay", "alipay"),
    ("COM.QQ.WEIXIN.PAY", "wechat"),
    ("A0000000041010", "mastercard"),
    ("tz.go.bot.tips", "tz.tips"),
    ("ke.go.qr", "ke.qr"),
    ("GH.NET.GHIPSS.GHQR", "gh.ghqr"),
    ("NG.COM.NIBSSPLC.QR", "ng.nqr"),
    ("NG.COM.NIBSS-PLC.QR", "ng.nqr"),
    ("A0000008430001", "mn.qpay"),
    ("mu.taucas", "mu.maucas"),
    ("py.gov.bcp.sip", "py.sip"),
    ("com.mercadolibre", "latam.mercadopago"),
];

/// The first 00 of a template, before its first fault.
fn guid(text: &Text, template: &Object) -> Option<String> {
    let (objects, _) = template.run(text);
    value(&objects, 0).map(str::to_owned)
}

/// The network of each root object that holds an account, in the order of the text.
#[must_use]
pub fn accounts(text: &Text, root: &[Object]) -> Vec<(&'static str, u8)> {
    root.iter().filter_map(|object| Some((network(text, root, object)?, object.id()))).collect()
}

fn network(text: &Text, root: &[Object], object: &Object) -> Option<&'static str> {
    let id = object.id();
    let country = value(root, 58).unwrap_or_default().to_uppercase();
    if matches!(id, 15 | 16) {
        return (object.length() == 31 && !object.value.starts_with("**")).then_some("unionpay");
    }
    if id == 39 && country == "PE" && value(root, 53) == Some("604") && is_yape_key(&object.value) {
        return Some("pe.yape");
    }
    let guid = guid(text, object)?;
    let known = GUIDS.iter().find(|(known, _)| guid.eq_ignore_ascii_case(known)).map(|(_, network)| *network);
    match (id, known) {
        (26..=51, Some(network)) => return Some(network),
        (80..=99, Some("alipay")) => return Some("alipay"),
        (80..=99, Some("br.pix")) => {
            let is_pix = |object: &&Object| {
                (26..=51).contains(&object.id())
                    && self::guid(text, object).is_some_and(|guid| guid.eq_ignore_ascii_case("br.gov.bcb.pix"))
            };
            return (!root.iter().any(|object| is_pix(&object))).then_some("br.pix");
        }
        (26..=51, None) => {}
        _ => return None,
    }
    let upper = guid.to_ascii_uppercase();
    let between = |start: &str, end: &str| {
        upper.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(|name| !name.is_empty())
    };
    let is_khqr = matches!(id, 29 | 30)
        && guid.contains('@')
        && payees::sound(text, object).is_some()
        && payees::is_khqr(text, root);
    if is_khqr {
        return Some("khqr");
    }
    let is_qris = |object: &Object| {
        let guid = self::guid(text, object).unwrap_or_default().to_ascii_uppercase();
        guid == "ID.CO.QRIS.WWW" || guid == "ID.OR.GPNQR.WWW"
    };
    let beside = payees::find(root, 51).is_some_and(is_qris);
    if (26..=50).contains(&id) && (between("ID.", ".WWW") || between("COM.", ".WWW")) && (beside || country == "ID") {
        return Some("id.qris-acquirer");
    }
    let (inner, _) = object.run(text);
    let inside = |id| value(&inner, id).unwrap_or_default();
    let is_merchant_id =
        |id: &str| id.len() == 15 && id.starts_with("ID") && id[2..].bytes().all(|b| b.is_ascii_digit());
    if id == 51 && country == "ID" && is_merchant_id(inside(2)) {
        return Some("id.qris");
    }
    let is_alphanumeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (bic, iban) = (inside(1), inside(2));
    let is_bank = bic.len() == 8 && iban.len() == 24 && is_alphanumeric(bic) && is_alphanumeric(iban);
    if id == 28 && country == "PK" && guid.len() == 32 && is_hex(&guid) && is_bank && iban.starts_with("PK") {
        return Some("pk.raast");
    }
    let uuid = payees::find(root, 27).and_then(|object| self::guid(text, object));
    let is_uuid = uuid.is_some_and(|uuid| uuid.len() == 32 && is_hex(&uuid));
    if id == 29 && guid.starts_with("NCHL") && is_uuid {
        return Some("np.nchl");
    }
    if guid.len() == 28 && guid.bytes().all(|byte| byte.is_ascii_digit()) && country == "LK" {
        return Some("lk.lankaqr");
    }
    (id == 26 && between("CO.COM.", ".LLA")).then_some("co.breb")
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// 32 hexadecimal digits, or 44 characters of base64.
fn is_yape_key(value: &str) -> bool {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    (value.len() == 32 && is_hex(value)) || (value.len() == 44 && value.bytes().all(is_base64))
}
