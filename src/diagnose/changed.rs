//! What may have happened to a text on its way: each way back is tried, and the CRC says whether it is right.

use alloc::borrow::Cow;
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, ISO_2022_JP, MACINTOSH, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_874,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1258,
};
use unicode_normalization::UnicodeNormalization as _;

use super::{Hint, HintKind, Reader, Remedy, is_invisible, surrounded};
use crate::path::Path;
use crate::tag::{Tag, TagSet};

/// A way back: what happened, in words, and the text before. `None` if it did not happen.
struct Way {
    kind: HintKind,
    words: &'static str,
    back: fn(&str) -> Option<String>,
}

const fn way(kind: HintKind, words: &'static str, back: fn(&str) -> Option<String>) -> Way {
    Way { kind, words, back }
}

const WAYS: &[Way] = &[
    way(HintKind::PercentEncoded, "the text was percent-encoded, as in a URL", |text| {
        percent(text, text.contains('%'))
    }),
    way(HintKind::FormEncoded, "the text was encoded as a web form (URL encoding), with + for a blank", |text| {
        percent(&text.replace('+', " "), text.contains('+'))
    }),
    way(HintKind::HtmlEscaped, "characters were escaped as HTML, such as &amp; for an ampersand", html),
    way(HintKind::BackslashEscaped, "characters were escaped with a backslash, such as \\u17A0", backslash),
    way(HintKind::LineBreaks, "line breaks (CR, LF) were put in", |text| without(text, |c| matches!(c, '\r' | '\n'))),
    way(HintKind::LineBreaks, "line breaks (CR, LF) and blanks beside them were put in", |text| {
        joined(&text.lines().map(str::trim).collect::<Vec<_>>(), "", text)
    }),
    way(HintKind::LineBreaks, "line breaks (CR, LF) took the place of blanks", |text| {
        joined(&text.lines().collect::<Vec<_>>(), " ", text)
    }),
    way(HintKind::LineBreaks, "tabs took the place of blanks", |text| each(text, |c| if c == '\t' { ' ' } else { c })),
    way(HintKind::NoBreakBlanks, "no-break or typographic blanks (such as U+00A0) took the place of blanks", |text| {
        each(text, |c| if c.is_whitespace() && !c.is_ascii() { ' ' } else { c })
    }),
    way(HintKind::Blanks, "invisible characters, such as zero-width spaces, were put in", |text| {
        without(text, is_invisible)
    }),
    way(HintKind::Blanks, "blanks were put in at regular distances", regular_blanks),
    way(HintKind::Blanks, "blanks were put in", |text| without(text, char::is_whitespace)),
    way(HintKind::Blanks, "blanks were doubled", |text| {
        joined(&text.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>(), " ", text)
    }),
    way(HintKind::Typographic, "quotes, hyphens or dots became typographic ones", typographic),
    way(HintKind::LowerCased, "all letters became lower case", |text| Some(text.to_uppercase())),
    way(HintKind::UpperCased, "all letters became upper case, also those of accounts", small_accounts),
    way(HintKind::Decomposed, "letters were decomposed into letter and mark (NFD instead of NFC)", |text| {
        Some(text.nfc().collect())
    }),
    way(HintKind::Composed, "letters and marks were composed (NFC instead of NFD)", |text| Some(text.nfd().collect())),
    way(HintKind::FullWidth, "characters became full-width ones", full_width),
    way(HintKind::FullWidth, "digits became those of another script", western_digits),
    way(HintKind::Misread, "UTF-8 was read as ISO 8859-1 and written again", |text| {
        reread(text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect())
    }),
    way(HintKind::Misread, "UTF-8 was read as CP1252 and written again", |text| encoded(text, WINDOWS_1252)),
    way(HintKind::Misread, "UTF-8 was read as Shift_JIS and written again", |text| encoded(text, SHIFT_JIS)),
    way(
        HintKind::Misread,
        "UTF-8 was read partly as Shift_JIS (Kanji segments of the QR code) and partly as ISO 8859-1",
        kanji_segments,
    ),
    way(HintKind::Misread, "UTF-8 was read as GBK and written again", |text| encoded(text, GBK)),
    way(HintKind::Misread, "UTF-8 was read as Big5 and written again", |text| encoded(text, BIG5)),
    way(HintKind::Misread, "UTF-8 was read as EUC-KR and written again", |text| encoded(text, EUC_KR)),
    way(HintKind::Misread, "UTF-8 was read as EUC-JP and written again", |text| encoded(text, EUC_JP)),
    way(HintKind::Misread, "UTF-8 was read as Windows-874 (Thai) and written again", |text| encoded(text, WINDOWS_874)),
    way(HintKind::Misread, "UTF-8 was read as Windows-1258 (Vietnamese) and written again", |text| {
        encoded(text, WINDOWS_1258)
    }),
    way(HintKind::Misread, "UTF-8 was read as Windows-1251 (Cyrillic) and written again", |text| {
        encoded(text, WINDOWS_1251)
    }),
    way(HintKind::Misread, "UTF-8 was read as CP437 (DOS) and written again", |text| code_page(text, CP437)),
    way(HintKind::Misread, "UTF-8 was read as CP850 (DOS) and written again", |text| code_page(text, CP850)),
    way(HintKind::Misread, "UTF-8 was read as Mac OS Roman and written again", |text| encoded(text, MACINTOSH)),
];

/// What happened to a text, if undoing one or two things makes it a payload.
pub(super) fn hint(text: &str, reader: &mut Reader) -> Option<Hint> {
    let mut seen = BTreeSet::from([text.to_string(), String::new()]);
    let mut found = Vec::new();
    for way in WAYS {
        let Some(before) = (way.back)(text).filter(|before| seen.insert(before.clone())) else { continue };
        if let Some(payload) = payload_in(&before, reader) {
            return Some(describe(text, way, None, payload));
        }
        found.push((way, before));
    }
    for (way, between) in &found {
        for second in WAYS {
            let Some(before) = (second.back)(between).filter(|before| seen.insert(before.clone())) else { continue };
            if let Some(payload) = payload_in(&before, reader) {
                return Some(describe(text, way, Some(second), payload));
            }
        }
    }
    None
}

/// The text, or the part of it that is a payload.
fn payload_in(text: &str, reader: &mut Reader) -> Option<String> {
    if reader.reads(text) {
        return Some(text.to_string());
    }
    // What surrounds it would be in front, or behind a whole payload, and a read would not be spared by looking.
    let range =
        if text.starts_with("0002") && !ends_behind_crc(text) { None } else { surrounded::inside(text, reader) };
    text.get(range?).map(str::to_string)
}

/// Whether something follows the last CRC.
fn ends_behind_crc(text: &str) -> bool {
    text.rfind("6304").is_some_and(|at| text.len().saturating_sub(at) > 8)
}

fn describe(text: &str, way: &Way, second: Option<&Way>, payload: String) -> Hint {
    // The first place where the texts differ.
    let same = text.bytes().zip(payload.bytes()).take_while(|(a, b)| a == b).count();
    let mut start = same.min(text.len());
    while !text.is_char_boundary(start) {
        start = start.saturating_sub(1);
    }
    let end =
        text.get(start..).and_then(|rest| rest.chars().next()).map_or(start, |c| start.saturating_add(c.len_utf8()));
    let also = second.filter(|second| second.words != way.words);
    let also = also.map(|second| format!(", and {}", second.words)).unwrap_or_default();
    let twice = if second.is_some_and(|second| second.words == way.words) { ", twice" } else { "" };
    let message = format!("{}{twice}{also}; without that the CRC is right", way.words);
    Hint::new(way.kind, Path::ROOT, start..end, message).with(Remedy::Text(payload))
}

/// A text without capital letters whose country is in lower case, or one without small letters whose account has them: which
/// letters were of the other case is not known.
pub(super) fn other_case(text: &str) -> Option<Hint> {
    let objects = || crate::tlv::read(text).map_while(Result::ok);
    let has = |is: fn(&u8) -> bool| text.bytes().any(|byte| is(&byte));
    let (has_small, has_capital) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase));
    if has_small && !has_capital {
        let country = objects().find(|object| object.tag() == Tag::COUNTRY_CODE)?;
        let place = country.value_offset()..country.end();
        return country.value().bytes().all(|byte| byte.is_ascii_lowercase()).then(|| {
            Hint::new(HintKind::LowerCased, country.path(), place, "the text has no capital letter, not even in the country code: it was lower-cased; read the picture again")
        });
    }
    if has_small || !has_capital {
        return None;
    }
    let accounts = objects().filter(|object| TagSet::ACCOUNT_TEMPLATES.contains(object.tag()));
    let mut inside = accounts.flat_map(|account| account.objects().map_while(Result::ok));
    let first = inside.find(|object| {
        let value = object.value();
        object.tag().get() == 0 && (value.contains('@') || ["JP.OR.PAYMENTSJAPAN", "BR.GOV.BCB.PIX"].contains(&value))
    })?;
    let message = "the text has no small letter, not even in the account: it was written in upper case, perhaps by a QR code in alphanumeric mode; read the picture again";
    Some(Hint::new(HintKind::UpperCased, first.path(), first.value_offset()..first.end(), message))
}

/// Signs of a wrong encoding that cannot be undone: something was lost.
pub(super) fn lost(text: &str) -> Option<Hint> {
    if let Some(at) = text.find('\u{fffd}') {
        let message = "U+FFFD replaces a character that could not be decoded: the text was read in a wrong encoding; read it as UTF-8";
        return Some(Hint::new(HintKind::Replaced, Path::ROOT, at..at.saturating_add(3), message));
    }
    let names = crate::tlv::leaves(text).map_while(Result::ok);
    let is_name = |object: &crate::tlv::DataObject<'_>| {
        let ids = object.path().ids();
        matches!(ids.get(..object.path().depth()), Some([59 | 60] | [64, 1 | 2]))
    };
    let mark = names.filter(is_name).find_map(|name| name.value_offset().checked_add(name.value().find('?')?));
    if let Some(at) = mark.or_else(|| text.find("???")) {
        let message = "a question mark may have taken the place of a character that could not be written: if the name has none, read the picture again as UTF-8";
        return Some(Hint::new(HintKind::Replaced, Path::ROOT, at..at.saturating_add(1), message));
    }
    // UTF-8 of Latin letters with marks, of Khmer and of kana, as ISO 8859-1 or CP1252, and as Shift_JIS, show it.
    let pairs = || text.char_indices().zip(text.chars().skip(1));
    let is_latin = |first: char, second: char| {
        matches!(first, '\u{c2}'..='\u{f4}')
            && matches!(second, '\u{80}'..='\u{bf}' | '\u{152}'..='\u{192}' | '\u{2013}'..='\u{2122}')
    };
    let is_kana = |first: char, _| matches!(first, '\u{7e67}' | '\u{7e3a}' | '\u{7e5d}');
    let signs: [(_, &dyn Fn(char, char) -> bool); 2] = [("ISO 8859-1 or CP1252", &is_latin), ("Shift_JIS", &is_kana)];
    signs.into_iter().find_map(|(name, is_sign)| {
        let mut found =
            pairs().filter(|((_, first), second)| is_sign(*first, *second)).map(|((at, first), _)| (at, first));
        let (at, first) = found.next()?;
        found.next()?;
        let message = format!(
            "some text looks like UTF-8 that was read as {name}, and something of it is lost; read it as UTF-8"
        );
        Some(Hint::new(HintKind::Misread, Path::ROOT, at..at.saturating_add(first.len_utf8()), message))
    })
}

/// Encodings that bytes may be in, with their names.
const ENCODINGS: &[(&Encoding, &str)] = &[
    (WINDOWS_1252, "ISO 8859-1 (CP1252)"),
    (SHIFT_JIS, "Shift_JIS"),
    (GBK, "GBK"),
    (BIG5, "Big5"),
    (EUC_KR, "EUC-KR"),
    (EUC_JP, "EUC-JP"),
    (WINDOWS_874, "Windows-874 (Thai)"),
    (WINDOWS_1258, "Windows-1258 (Vietnamese)"),
    (ISO_2022_JP, "ISO-2022-JP"),
    (UTF_16LE, "UTF-16"),
    (UTF_16BE, "UTF-16"),
];

/// The encoding in which bytes that are not UTF-8 make sense: the CRC is that of the bytes, or of the text in UTF-8.
pub(super) fn encoding(bytes: &[u8], reader: &mut Reader) -> Option<Hint> {
    let at = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let end = at.saturating_add(1).min(bytes.len());
    let first = bytes.get(at).copied().unwrap_or_default();
    let start = format!("the byte {first:02X} at {at} is not UTF-8");
    let hint = |message| Hint::new(HintKind::Encoding, Path::ROOT, at..end, message);
    for (encoding, name) in ENCODINGS {
        let Some(text) = decoded(bytes, encoding) else { continue };
        if let Some(payload) = payload_in(&text, reader) {
            return Some(
                hint(format!(
                    "{start}; the text is {name}, and in UTF-8 its CRC is right: read the picture again as UTF-8"
                ))
                .with(Remedy::Text(payload)),
            );
        }
    }
    // The CRC is over the bytes as they are; in which encoding the lengths fit, too, is the likeliest.
    if !super::crc::fits(bytes) {
        return None;
    }
    let fits = |(encoding, _): &&(&'static Encoding, &str)| {
        decoded(bytes, encoding).is_some_and(|text| crate::tlv::read(&text).all(|object| object.is_ok()))
    };
    let name = ENCODINGS.iter().find(fits).map(|(_, name)| format!("; read as {name} the lengths are right, too"));
    let name = name.unwrap_or_default();
    Some(hint(format!("{start}, but the CRC is that of the bytes{name}; EMVCo wants UTF-8")))
}

/// A text in an encoding, if it has no fault in it.
fn decoded(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

/// The text whose UTF-8 was read in this encoding.
fn encoded(text: &str, encoding: &'static Encoding) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (bytes, _, has_unmappable) = encoding.encode(text);
    if has_unmappable { None } else { reread(Some(bytes.into_owned())) }
}

/// The characters of the upper half of two code pages of DOS, which `encoding_rs` does not have.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The text whose UTF-8 was read by such a page.
fn code_page(text: &str, page: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let byte = |c: char| {
        if c.is_ascii() {
            return u8::try_from(c).ok();
        }
        let place = page.chars().position(|known| known == c)?;
        u8::try_from(place.checked_add(0x80)?).ok()
    };
    reread(text.chars().map(byte).collect())
}

fn reread(bytes: Option<Vec<u8>>) -> Option<String> {
    bytes.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// The text whose UTF-8 was written in a QR code in pieces: each two bytes that look like `Shift_JIS` as a Kanji segment, the
/// rest as bytes, which were read as ISO 8859-1 or as UTF-8.
fn kanji_segments(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for c in text.chars() {
        let piece = c.encode_utf8(&mut buffer);
        match (SHIFT_JIS.encode(piece), u8::try_from(u32::from(c))) {
            (_, Ok(byte)) => bytes.push(byte),
            ((kanji, _, false), _) => bytes.extend_from_slice(&kanji),
            _ => bytes.extend_from_slice(piece.as_bytes()),
        }
    }
    reread(Some(bytes))
}

fn percent(text: &str, is_used: bool) -> Option<String> {
    if !is_used {
        return None;
    }
    percent_encoding::percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

/// Numeric entities, and the named ones that every writer of HTML knows.
fn html(text: &str) -> Option<String> {
    const NAMED: &[(&str, char)] =
        &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut any = false;
    while let Some((before, from)) = rest.split_once('&') {
        out.push_str(before);
        let entity = from.split_once(';').filter(|(name, _)| name.len() <= 8);
        let c = entity.and_then(|(name, _)| match name.strip_prefix('#') {
            Some(number) => {
                let hexadecimal = number.strip_prefix(['x', 'X']);
                char::from_u32(
                    hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?,
                )
            }
            None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
        });
        if let (Some((_, after)), Some(c)) = (entity, c) {
            out.push(c);
            rest = after;
            any = true;
        } else {
            out.push('&');
            rest = from;
        }
    }
    out.push_str(rest);
    any.then_some(out)
}

/// Escapes of JSON, and `\x` with two digits for a byte.
fn backslash(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    let flush = |units: &mut Vec<u16>, bytes: &mut Vec<u8>| {
        let decoded: String = char::decode_utf16(units.drain(..)).map(|c| c.unwrap_or('\u{fffd}')).collect();
        bytes.extend_from_slice(decoded.as_bytes());
    };
    while let Some((before, from)) = rest.split_once('\\') {
        if !before.is_empty() {
            flush(&mut units, &mut bytes);
            bytes.extend_from_slice(before.as_bytes());
        }
        let hexadecimal = |digits: usize| {
            let digits = from.get(1..digits.saturating_add(1))?;
            let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            all.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
        };
        let simple = match from.bytes().next() {
            Some(b'n') => Some(b'\n'),
            Some(b'r') => Some(b'\r'),
            Some(b't') => Some(b'\t'),
            Some(c @ (b'"' | b'\'' | b'\\' | b'/')) => Some(c),
            _ => None,
        };
        let (taken, byte) = match (from.bytes().next(), hexadecimal(4), hexadecimal(2)) {
            (Some(b'u' | b'U'), Some(unit), _) => {
                units.push(unit);
                (5, None)
            }
            (Some(b'x'), _, Some(byte)) => (3, u8::try_from(byte).ok()),
            _ => (usize::from(simple.is_some()), Some(simple.unwrap_or(b'\\'))),
        };
        if let Some(byte) = byte {
            flush(&mut units, &mut bytes);
            bytes.push(byte);
        }
        rest = from.get(taken..).unwrap_or_default();
    }
    flush(&mut units, &mut bytes);
    bytes.extend_from_slice(rest.as_bytes());
    reread(Some(bytes))
}

#[expect(clippy::unnecessary_wraps, reason = "all ways back have one type")]
fn each(text: &str, back: impl Fn(char) -> char) -> Option<String> {
    Some(text.chars().map(back).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "all ways back have one type")]
fn without(text: &str, is_extra: impl Fn(char) -> bool) -> Option<String> {
    Some(text.chars().filter(|c| !is_extra(*c)).collect())
}

fn joined(parts: &[&str], between: &str, text: &str) -> Option<String> {
    let joined = parts.join(between);
    (joined.len() <= text.len()).then_some(joined)
}

/// A text in groups of so many characters, with a blank behind each.
fn regular_blanks(text: &str) -> Option<String> {
    let width = text.chars().position(|c| c == ' ')?;
    let group = width.checked_add(1)?;
    let is_between = |place: usize| place.checked_rem(group) == Some(width);
    let is_regular = text.chars().enumerate().all(|(place, c)| !is_between(place) || c == ' ');
    is_regular.then(|| text.chars().enumerate().filter(|(place, _)| !is_between(*place)).map(|(_, c)| c).collect())
}

#[expect(clippy::unnecessary_wraps, reason = "all ways back have one type")]
fn typographic(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}'..='\u{201b}' | '\u{2032}' => out.push('\''),
            '\u{201c}'..='\u{201f}' | '\u{2033}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            c => out.push(c),
        }
    }
    Some(out)
}

/// The accounts in lower case, but for what is left of a text in capitals.
fn small_accounts(text: &str) -> Option<String> {
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for object in crate::tlv::read(text) {
        let object = object.ok()?;
        if TagSet::ACCOUNT_TEMPLATES.contains(object.tag()) {
            out.push_str(&object.raw().to_lowercase());
        } else {
            out.push_str(object.raw());
        }
    }
    Some(out)
}

fn full_width(text: &str) -> Option<String> {
    each(text, |c| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    })
}

/// Arabic, Persian, Thai, Lao, Burmese and Khmer digits as ASCII ones.
fn western_digits(text: &str) -> Option<String> {
    const ZEROS: [u32; 6] = [0x0660, 0x06F0, 0x0E50, 0x0ED0, 0x1040, 0x17E0];
    each(text, |c| ZEROS.iter().find_map(|zero| char::from_digit(u32::from(c).checked_sub(*zero)?, 10)).unwrap_or(c))
}
