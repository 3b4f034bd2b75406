//! The laws of what leaves: no marker of a person is found in a mask or in a copy, whatever happens to the text.

use emvqr::diagnose::{Remedy, diagnose};
use emvqr::mask::{anonymise_text, masked, masked_as, without_secrets};
use emvqr::{Clock, Code, Payload};

use crate::naive::classes::clear_values;
use crate::naive::data_object;
use crate::text::{objects, sealed};

/// A telephone number, the local part of an e-mail address, a name in Lao, a card number, a national id.
const MARKERS: [&str; 5] =
    ["0893726451", "khamla.vongsa@mail.example", "ສົມພອນ ວົງສາ", "4539682995824395", "3729814650273"];

/// Codes of the networks, without 63; a space ends a code.
const CODES: [&str; 16] = [
    "00020129190015john_smith@devb5204599953031165802KH5904JOHN6002PP62090205123459934001317600000000000113176000060000 0",
    "00020130380009shop@aclb0106M-00010211ACLEDA Bank5204599953031165802KH5904SHOP6002PP",
    "00020126680019jp.or.paymentsjapan0113000000000077102040007030600007704060007775204581253033925802JP5904SHOP6004KOBE",
    "00020129370016A0000006770101110113006681234567853037645802TH81040048",
    "00020130580016A00000067701011201150105550000000010207INV00010304BR0153037645802TH",
    "00020138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN",
    "00020138580016A00526628466257701080000041802030010315I90BYP17BC295VZ53034185802LA",
    "00020226410014A000000615000101065016640209123456789520499995303458540510.005802MY5903QRC6005BANGI62099005REF01",
    "00020126470009SG.PAYNOW010120208123456780301004082026030452040000530370254040.995802SG5901X6009Singapore",
    "00020127600012com.p2pqrpay0111XXXXPHMMXXX020899964403041200000000000052046016530360 85802PH5901X6001Y",
    "00020126300010A0000005240112someone@bank28300010A00000052401122345678901235204541153033565802IN5904SHOP6004CITY",
    "00020126270012hk.com.hkicl020700000005204000053033445802HK5902NA6002HK",
    "00020126330014br.gov.bcb.pix0111123456789015204000053039865802BR5904SHOP6004CITY62140510secrettxid",
    "00020128760032321d06bcb1a9b1487aa6c4962d6dbd620108TESTPKKA0224PK00TEST00000000000000005204581253035865802PK5901X6001Y",
    "00020136280012int.bceao.pi0108test-1235204000053039525802CI5901X6001Y62080204BILL",
    "00020126140005com.x0101y5204581253037645802TH5904SHOP6004CITY",
];

/// Places where a marker is put: root, and sub-object or none.
const PLACES: [(u8, Option<u8>); 40] = [
    (2, None),
    (4, None),
    (15, None),
    (26, Some(0)),
    (26, Some(1)),
    (26, Some(2)),
    (26, Some(3)),
    (26, Some(25)),
    (27, Some(4)),
    (27, Some(5)),
    (28, Some(1)),
    (28, Some(2)),
    (29, Some(0)),
    (29, Some(1)),
    (29, Some(2)),
    (30, Some(0)),
    (30, Some(1)),
    (30, Some(2)),
    (36, Some(1)),
    (38, Some(1)),
    (38, Some(3)),
    (39, Some(0)),
    (40, Some(2)),
    (50, None),
    (54, None),
    (59, None),
    (60, None),
    (61, None),
    (62, Some(1)),
    (62, Some(2)),
    (62, Some(4)),
    (62, Some(5)),
    (62, Some(10)),
    (62, Some(90)),
    (64, Some(1)),
    (65, None),
    (70, None),
    (81, None),
    (88, Some(1)),
    (99, Some(1)),
];

/// Data: which code, which place, which marker, which damage, where, and the bytes of a key.
pub fn masks(data: &[u8]) {
    let byte = |at: usize| data.get(at).copied().unwrap_or_default();
    let code = CODES[usize::from(byte(0)) % CODES.len()].replace(' ', "");
    let place = PLACES[usize::from(byte(1)) % PLACES.len()];
    let marker = MARKERS[usize::from(byte(2)) % MARKERS.len()];
    let sealed = sealed(&planted(&code, place, marker));
    let text = damaged(&sealed, byte(3), usize::from(byte(4)) | usize::from(byte(5)) << 8, byte(6));
    let mut key = [byte(7); 16];
    key.iter_mut().zip(data.iter().skip(7)).for_each(|(key, byte)| *key = *byte);
    nothing_leaves(&text, marker, &key);
    if text == sealed {
        keeps_findings(&text, &key);
    }
}

/// The code with the marker in a place, its lengths made to fit.
fn planted(code: &str, (root, sub): (u8, Option<u8>), marker: &str) -> String {
    let mut all = objects(code);
    let value = match sub {
        None => marker.to_owned(),
        Some(sub) => {
            let before = all.iter().find(|(id, _)| *id == root).map(|(_, value)| objects(value)).unwrap_or_default();
            let mut inner: Vec<_> = before.into_iter().filter(|(id, _)| *id != sub).collect();
            inner.push((sub, marker.to_owned()));
            inner.sort_by_key(|(id, _)| *id);
            inner.iter().map(|(id, value)| data_object(*id, value)).collect()
        }
    };
    all.retain(|(id, _)| *id != root);
    all.push((root, value.chars().take(99).collect()));
    all.sort_by_key(|(id, _)| *id);
    all.iter().map(|(id, value)| data_object(*id, value)).collect()
}

/// What happens to a text on its way.
fn damaged(text: &str, kind: u8, at: usize, with: u8) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at % chars.len();
    let put = |what: &str| {
        let (before, after) = chars.split_at(at);
        format!("{}{what}{}", String::from_iter(before), String::from_iter(after))
    };
    let covered = &text[..text.len() - 4];
    match kind % 18 {
        1 => format!("{covered}0000"),
        2 => text[..text.len() - 1 - usize::from(with % 3)].to_owned(),
        3 => covered[..covered.len() - 4].to_owned(),
        4 => format!("{}5901X6304{}", &covered[..covered.len() - 4], &text[text.len() - 4..]),
        5 => format!("\u{feff}{text}"),
        6 => format!("https://pay.example/?q={text}"),
        7 => text.replace('@', "%40").replace(' ', "%20"),
        8 => text.replace('@', "&#64;"),
        9 => put("\n"),
        10 => put(" "),
        11 => format!("{text}{text}"),
        12 => put(&char::from(b'0' + with % 10).to_string()),
        13 => chars
            .iter()
            .enumerate()
            .map(|(place, c)| if place == at { char::from(b'0' + with % 75) } else { *c })
            .collect(),
        14 => String::from_iter(&chars[..at]),
        15 => format!("{text} "),
        16 => text.chars().map(|c| if c == '.' { '\u{2024}' } else { c }).collect(),
        17 => text.to_uppercase(),
        _ => text.to_owned(),
    }
}

/// Characters of a marker in a row that give it away: a card's last four and a number's last three may be shown.
const WINDOW: usize = 6;

fn nothing_leaves(text: &str, marker: &str, key: &[u8; 16]) {
    // Of an address only what comes before the @ is a person's.
    let personal: Vec<char> = marker.split('@').next().unwrap_or_default().chars().collect();
    let hints = diagnose(text);
    let repaired = hints.iter().find_map(|hint| match hint.remedy()? {
        Remedy::Text(text) => Some(text.clone()),
        Remedy::Range(range) => Some(text[range.clone()].to_owned()),
        _ => None,
    });
    let mut clear = clear_values(text);
    clear.extend(repaired.iter().flat_map(|text| clear_values(text)));
    let mut shown = vec![masked(text).to_string()];
    shown.extend(Payload::parse(text).map(|payload| payload.masked().to_string()));
    if let Some(payload) = repaired.as_ref().and_then(|text| Payload::parse(text).ok()) {
        shown.push(masked_as(text, &payload));
    }
    for shown in &shown {
        assert_eq!((shown.len(), shown.chars().count()), (text.len(), text.chars().count()), "{text:?} {shown:?}");
    }
    // The right CRC gives masked digits back; these stand in sentences.
    let sum = repaired.as_ref().map(|text| text[text.len() - 4..].to_owned());
    for sum in sum.iter().filter(|sum| !["0000", "FFFF", "1D0F"].contains(&sum.as_str())) {
        let is_told = hints.iter().any(|hint| hint.masked_message().contains(sum.as_str()));
        assert!(!is_told, "{sum} of {text:?}");
    }
    shown.extend(hints.iter().map(|hint| hint.masked_message().to_owned()));
    for window in personal.windows(WINDOW).map(String::from_iter) {
        let is_clear = || clear.iter().any(|value| value.contains(&window));
        for shown in &shown {
            assert!(!shown.contains(&window) || is_clear(), "{window:?} of {text:?} in {shown:?}");
        }
    }
    let made = anonymise_text(text, key);
    assert_eq!(made.chars().count(), text.chars().count(), "{text:?} {made:?}");
    for window in personal.windows(10).map(String::from_iter) {
        let is_clear = || clear.iter().any(|value| value.contains(&window));
        assert!(!made.contains(&window) || is_clear(), "{window:?} of {text:?} in {made:?}");
    }
    // The number of an Indian that two codes hold is never shown, mask or not.
    if text.contains("234567890123") && text.contains("A000000524") && text.contains("0112234567890123") {
        let shown = without_secrets(text).map(|text| text.to_string()).unwrap_or_default();
        assert!(!shown.is_empty() && !shown.contains("234567890123"), "{text:?} {shown:?}");
    }
}

/// A copy of a code has its lengths and findings.
fn keeps_findings(text: &str, key: &[u8; 16]) {
    let Ok(payload) = Payload::parse(text) else { return };
    let made = anonymise_text(text, key);
    let other = Payload::parse(&made).expect("a payload");
    assert_eq!(
        (text.len(), text.encode_utf16().count()),
        (made.len(), made.encode_utf16().count()),
        "{text:?} {made:?}"
    );
    let findings = |payload: &Payload<'_>| {
        let findings = Code::validate(payload, Clock::UNKNOWN).into_violations();
        let all = findings.iter().filter(|found| found.rule().id() != "emv.length.ambiguous");
        all.map(|found| (found.rule().id(), found.path(), found.offset(), found.length())).collect::<Vec<_>>()
    };
    assert_eq!(findings(&payload), findings(&other), "{text:?} {made:?}");
    let kinds = |text: &str| diagnose(text).iter().map(|hint| (hint.kind(), hint.offset())).collect::<Vec<_>>();
    assert_eq!(kinds(text), kinds(&made), "{text:?} {made:?}");
}
