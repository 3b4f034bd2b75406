//! Readers that count lengths in another unit, and what they would pay that this crate does not.
//!
//! The official toolkits count UTF-16 units, several ports bytes, readers in Swift and Elixir grapheme clusters; and a real
//! reader keeps what it has read up to its first fault. So a text is read again in each unit in which it is cut differently,
//! and is ambiguous if that reading has an account, an amount, a currency or a fee that ours does not have.

use super::marks::{
    Conjuncts, Hangul, conjunct_since, extends_conjunct, hangul, is_flag, is_mark, is_pictograph, is_prepended,
    linker_since,
};
use crate::digits::{are_digits, is_digits, pairs};
use crate::payload::Payload;
use crate::tag::{Tag, TagSet, ids};
use crate::tlv::{DataObject, LengthUnit, header};
use crate::value::{is_decimal, is_zero};

/// An object that decides who is paid, or how much, and that only another reader finds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct OtherObject {
    /// The unit in which that reader counts.
    pub(crate) unit: LengthUnit,
    /// The ID that the object has in the root of its reading.
    pub(crate) tag: Tag,
    /// Where its value starts, in bytes of our text.
    pub(crate) offset: usize,
    /// The bytes that its value begins to take.
    pub(crate) length: usize,
}

impl OtherObject {
    /// The same place in whole characters: bytes may begin and end inside one.
    fn in_characters(self, text: &str) -> Self {
        let end = self.offset.saturating_add(self.length);
        let is_inside = |place: &usize| !text.is_char_boundary(*place);
        let start =
            self.offset.saturating_sub((0..4).find(|back| !is_inside(&self.offset.saturating_sub(*back))).unwrap_or(0));
        let end = end.saturating_add((0..4).find(|on| !is_inside(&end.saturating_add(*on))).unwrap_or(0));
        Self { offset: start, length: end.saturating_sub(start), ..self }
    }

    /// Whether it is an amount, a currency or a fee that clusters alone see. No reader of KHQR is known that counts them.
    pub(crate) fn is_money_in_clusters(&self) -> bool {
        self.unit == LengthUnit::Clusters && (53..=57).contains(&self.tag.get())
    }
}

/// The first object that only another reader finds; one that is more than [money in
/// clusters](OtherObject::is_money_in_clusters), if there is one.
#[inline]
pub(crate) fn find(payload: &Payload<'_>) -> Option<OtherObject> {
    // In ASCII all units are the same.
    if payload.is_plain() { None } else { look(payload).map(|found| found.in_characters(payload.as_str())) }
}

#[cold]
#[inline(never)]
fn look(payload: &Payload<'_>) -> Option<OtherObject> {
    let text = payload.as_str();
    let (place, mixed) = payload.mixed();
    let first = place.saturating_add(mixed.iter().position(|byte| *byte >= 0x80)?);
    let start = header_before(text.as_bytes(), first);
    let odd = odd_templates(payload, start);
    let bytes = |at, end| InBytes { text: text.as_bytes(), at, end };
    if let Some(found) = compare(payload, Some(start), odd, bytes) {
        return Some(found);
    }
    if mixed.iter().fold(0, |highest, byte| highest.max(*byte)) >= 0xF0 {
        let units = |at: usize, end: usize| {
            let left = text.get(at..end).unwrap_or_default().encode_utf16().count();
            InUnits { text, at, is_half: false, left }
        };
        if let Some(found) = compare(payload, Some(start), odd, units) {
            return Some(found);
        }
    }
    if cfg!(emvqr_no_clusters) {
        return None;
    }
    let joint = first.saturating_add(first_joint(mixed.get(first.saturating_sub(place)..)?)?);
    in_clusters(payload, (start, joint), mixed, odd)
}

/// The three readings in clusters. What comes before the object with the first joint is read alike.
#[inline(never)]
fn in_clusters(
    payload: &Payload<'_>,
    (start, joint): (usize, usize),
    mixed: &[u8],
    odd: TagSet,
) -> Option<OtherObject> {
    let text = payload.as_str();
    let object_at = |start: usize| {
        let (tag, _) = header(*text.as_bytes().get(start..)?.first_chunk()?)?;
        payload.get(tag)
    };
    let object = object_at(start).filter(|object| joint < object.end());
    let object = object.or_else(|| object_at(payload.header_before(joint)))?;
    let is_decisive = DECISIVE.contains(object.tag());
    let is_new = differing(mixed);
    let editions = [Conjuncts::None, Conjuncts::Some, Conjuncts::All].into_iter().zip(joined(object.value()));
    let mut money = None;
    for ((conjuncts, joined), _) in editions.zip(is_new).filter(|(_, is_new)| *is_new) {
        let clusters = |at, end| InClusters { text, at, end, conjuncts };
        // The value takes as many clusters more as characters of it were joined: its inside need not be read again.
        let place = match object.value().chars().next() {
            // The header's last digit is none by itself.
            Some(first) if is_mark(first) => None,
            _ if is_decisive => Some(object.offset()),
            // The next header's first digit belongs to the value.
            _ if object.value().chars().next_back().is_some_and(is_prepended) => {
                clusters(object.end().saturating_add(1), text.len()).after(joined)
            }
            _ => clusters(object.end(), text.len()).after(joined),
        };
        match compare(payload, place, odd, clusters) {
            Some(found) if found.is_money_in_clusters() => money = money.or(Some(found)),
            Some(found) => return Some(found),
            None => {}
        }
    }
    money
}

/// Whether a text may be cut otherwise by each edition than by the one before: a linker of that edition is in it.
fn differing(text: &[u8]) -> [bool; 3] {
    let (mut some, mut all) = (false, false);
    for bytes in text.windows(3) {
        // U+0900 to U+0D4D; the later ones by their blocks.
        some |= matches!(bytes, [0xE0, 0xA4..=0xB5, 0x8D]);
        all |= matches!(bytes, [0xE1 | 0xEA | 0xF0.., ..]);
    }
    [true, some, some || all]
}

/// The root objects that say who is paid, or how much.
const DECISIVE: TagSet = TagSet::ACCOUNT_TEMPLATES.union(ids(53, 57)).with(Tag::of_digits(99));

/// Where the header of the root object at `place` starts; all before is ASCII.
fn header_before(text: &[u8], place: usize) -> usize {
    let mut at = 0_usize;
    while let Some(digits) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let [_, length] = pairs(*digits);
        let end = at.saturating_add(4).saturating_add(length.into());
        if end > place {
            break;
        }
        at = end;
    }
    at
}

/// Our account templates that are not ASCII.
fn odd_templates(payload: &Payload<'_>, start: usize) -> TagSet {
    let is_odd = |tag: &Tag| {
        payload.starts_after(*tag, start) && payload.get(*tag).is_some_and(|object| !object.value_bytes().is_ascii())
    };
    payload.tags().intersection(TagSet::ACCOUNT_TEMPLATES).iter().filter(is_odd).collect()
}

/// Compares the root from `start` on, and the inside of each of our account templates that is cut differently.
fn compare<R: Run>(
    payload: &Payload<'_>,
    start: Option<usize>,
    odd: TagSet,
    run: impl Fn(usize, usize) -> R,
) -> Option<OtherObject> {
    let root = start.and_then(|start| decisive(payload, start, run(start, payload.as_str().len())));
    let money = match root {
        Some(found) if !found.is_money_in_clusters() => return Some(found),
        money => money,
    };
    for object in odd.iter().filter_map(|tag| payload.get(tag)) {
        if let Some((offset, length)) = account(Some(object), run(object.value_offset(), object.end())) {
            return Some(OtherObject { unit: R::UNIT, tag: object.tag(), offset, length });
        }
    }
    money
}

/// The first object of a reading of the root that decides who is paid or how much, and that we do not have; money in clusters
/// after all others.
fn decisive<R: Run>(payload: &Payload<'_>, start: usize, mut run: R) -> Option<OtherObject> {
    let (mut money, mut fee, mut has_tip) = (None, None, false);
    while let Some((tag, value)) = run.object() {
        let Some(tag) = tag else { continue };
        let ours = payload.get(tag);
        let whole = value.span();
        let found = |(offset, length)| Some(OtherObject { unit: R::UNIT, tag, offset, length });
        let hit = match tag.get() {
            26..=51 => account(ours, value.clone()).and_then(found),
            53..=57 | 99 => {
                has_tip |= tag == Tag::TIP_OR_CONVENIENCE_INDICATOR;
                let is_known = ours.is_some_and(|ours| value.is_same(ours.value()));
                if is_known || !decides(ours, tag, &value) { None } else { found(whole) }
            }
            _ => None,
        };
        match hit {
            Some(hit) if matches!(tag.get(), 56 | 57) => fee = fee.or(Some(hit)),
            Some(hit) if hit.is_money_in_clusters() => money = money.or(Some(hit)),
            Some(hit) => return Some(hit),
            None => {}
        }
    }
    // What stands before is read alike.
    let tip = Tag::TIP_OR_CONVENIENCE_INDICATOR;
    money.or(fee.filter(|_| has_tip || payload.tags().contains(tip) && !payload.starts_after(tip, start)))
}

/// Whether a value of 53 to 57 or 99 has the form by which a reader takes it.
fn decides<R: Run>(ours: Option<DataObject<'_>>, tag: Tag, value: &R) -> bool {
    let whole = || value.bytes().unwrap_or_default();
    match tag {
        Tag::TRANSACTION_CURRENCY => whole().len() == 3 && is_digits(whole()),
        Tag::TIP_OR_CONVENIENCE_INDICATOR => matches!(whole(), b"01" | b"02" | b"03"),
        Tag::TRANSACTION_AMOUNT | Tag::CONVENIENCE_FEE_FIXED | Tag::CONVENIENCE_FEE_PERCENTAGE => {
            is_amount(value.amount())
        }
        // 99, with the expiration time of KHQR.
        _ => {
            let mut inside = value.clone();
            core::iter::from_fn(|| inside.object()).any(|(tag, value)| {
                let time = value.bytes().unwrap_or_default();
                tag == Some(Tag::of_digits(1)) && time.len() == 13 && is_digits(time) && !has_same(ours, &value)
            })
        }
    }
}

/// Whether our 99 has this expiration time.
fn has_same<R: Run>(ours: Option<DataObject<'_>>, time: &R) -> bool {
    let mut objects = ours.into_iter().flat_map(|ours| ours.objects().map_while(Result::ok));
    objects.any(|object| object.tag() == Tag::of_digits(1) && time.is_same(object.value()))
}

/// Whether it is an amount that somebody could be made to pay: above zero, below 1,000,000,000.
fn is_amount(text: &[u8]) -> bool {
    let whole = text.iter().take_while(|byte| byte.is_ascii_digit());
    let significant = whole.skip_while(|byte| **byte == b'0').count();
    is_decimal(text) && !is_zero(text) && significant <= 9
}

/// A sub-object of an account that `ours` does not have, if the inside of the account has an identifier.
fn account<R: Run>(ours: Option<DataObject<'_>>, mut inside: R) -> Option<(usize, usize)> {
    let (mut has_identifier, mut new) = (false, None);
    while let Some((tag, value)) = inside.object() {
        let Some(tag) = tag else { continue };
        has_identifier |= tag == Tag::GLOBALLY_UNIQUE_IDENTIFIER && value.bytes().is_some_and(is_identifier);
        // What is empty pays nobody.
        if new.is_none() && value.span().1 > 0 && !has(ours, tag, &value) {
            new = Some(value.span());
        }
    }
    new.filter(|_| has_identifier)
}

/// Whether an account has a sub-object, or one that the other unit only ends earlier or later.
fn has<R: Run>(ours: Option<DataObject<'_>>, tag: Tag, value: &R) -> bool {
    let objects = ours.into_iter().flat_map(|ours| ours.objects().map_while(Result::ok));
    objects.filter(|object| object.tag() == tag).any(|object| {
        value.is_same(object.value()) || !object.value_bytes().is_ascii() && value.is_begun_by(object.value())
    })
}

/// Whether it is of the form of an identifier: `user@bank`, a domain, 8 to 32 hexadecimal digits with a letter, 28 digits,
/// `NCHL` and more.
fn is_identifier(value: &[u8]) -> bool {
    let has_letter = || value.iter().any(u8::is_ascii_alphabetic);
    let has_inner_at = || matches!(value, [_, inner @ .., _] if inner.contains(&b'@'));
    let is_label =
        |label: &[u8]| !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    has_inner_at() && value.iter().all(u8::is_ascii_graphic)
        || value.contains(&b'.') && has_letter() && value.split(|byte| *byte == b'.').all(is_label)
        || (8..=32).contains(&value.len()) && value.iter().all(u8::is_ascii_hexdigit) && has_letter()
        || value.len() == 28 && is_digits(value)
        || value.starts_with(b"NCHL")
}

/// A run of data objects, as another reader cuts it.
trait Run: Clone {
    const UNIT: LengthUnit;

    /// The next object: its ID, if it is one, and its value as a run. `None` at the reader's first fault.
    fn object(&mut self) -> Option<(Option<Tag>, Self)>;

    /// Place and number of the bytes of all that is left.
    fn span(&self) -> (usize, usize);

    /// All that is left, if it does not begin or end inside a character.
    fn bytes(&self) -> Option<&[u8]>;

    /// What a reader takes as an amount of all that is left.
    fn amount(&self) -> &[u8] {
        self.bytes().unwrap_or_default()
    }

    /// Whether what is left is this text.
    fn is_same(&self, text: &str) -> bool {
        self.bytes() == Some(text.as_bytes())
    }

    /// Whether one of what is left and this text begins the other.
    fn is_begun_by(&self, text: &str) -> bool {
        let bytes = self.bytes().unwrap_or_default();
        bytes.iter().zip(text.as_bytes()).all(|(a, b)| a == b)
    }
}

/// Lengths count bytes.
#[derive(Clone)]
struct InBytes<'t> {
    text: &'t [u8],
    at: usize,
    end: usize,
}

impl Run for InBytes<'_> {
    const UNIT: LengthUnit = LengthUnit::Bytes;

    #[inline]
    fn object(&mut self) -> Option<(Option<Tag>, Self)> {
        let (tag, length) = header(*self.text.get(self.at..self.end)?.first_chunk()?)?;
        let at = self.at.saturating_add(4);
        let end = at.saturating_add(length.into());
        if end > self.end {
            return None;
        }
        self.at = end;
        Some((Some(tag), Self { text: self.text, at, end }))
    }

    fn span(&self) -> (usize, usize) {
        (self.at, self.end.saturating_sub(self.at))
    }

    fn bytes(&self) -> Option<&[u8]> {
        self.text.get(self.at..self.end)
    }
}

/// Lengths count grapheme clusters.
#[derive(Clone)]
struct InClusters<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    conjuncts: Conjuncts,
}

impl InClusters<'_> {
    /// The place after so many clusters, if there are so many.
    fn after(&self, count: usize) -> Option<usize> {
        let text = self.text.as_bytes().get(..self.end)?;
        let (mut at, mut left) = (self.at, count);
        while left > 0 {
            let rest = text.get(at..)?;
            if left >= 7 && rest.first_chunk().is_some_and(|chunk| are_separate(*chunk)) {
                // The last of the eight may be one with what follows.
                (at, left) = (at.saturating_add(7), left.saturating_sub(7));
                continue;
            }
            at = match rest {
                [b' '..=b'~', 0..0x80, ..] | [b' '..=b'~'] => at.saturating_add(1),
                _ => at.saturating_add(cluster(self.text.get(at..self.end)?, self.conjuncts)?),
            };
            left = left.saturating_sub(1);
        }
        Some(at)
    }
}

impl Run for InClusters<'_> {
    const UNIT: LengthUnit = LengthUnit::Clusters;

    fn object(&mut self) -> Option<(Option<Tag>, Self)> {
        let rest = self.text.get(self.at..self.end)?;
        let (tag, length) = header(*rest.as_bytes().first_chunk()?)?;
        // The last digit is one by itself.
        if rest.as_bytes().get(4).is_some_and(|byte| *byte >= 0x80) && rest.chars().nth(4).is_some_and(is_mark) {
            return None;
        }
        let at = self.at.saturating_add(4);
        self.at = Self { at, ..*self }.after(length.into())?;
        Some((Some(tag), Self { at, end: self.at, ..*self }))
    }

    fn span(&self) -> (usize, usize) {
        (self.at, self.end.saturating_sub(self.at))
    }

    fn bytes(&self) -> Option<&[u8]> {
        self.text.as_bytes().get(self.at..self.end)
    }
}

/// The bytes of the first cluster. `None` at the end.
fn cluster(text: &str, conjuncts: Conjuncts) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut last = Last::of(chars.next()?.1);
    let end = chars.find(|(place, next)| match last.joins(*next, text, *place) {
        None => true,
        Some(from) => conjuncts < from,
    });
    Some(end.map_or(text.len(), |(place, _)| place))
}

/// How many characters of a text do not begin a cluster, for each edition.
fn joined(text: &str) -> [usize; 3] {
    let mut counts = [0_usize; 3];
    // Of the last consonant and what follows: the consonant, its marks, and the editions that know a linker among them.
    let (mut base, mut marks, mut linked) = ('0', 0, None);
    for (place, next) in text.char_indices() {
        let is_mark = match next {
            '\r' => return joined_oddly(text),
            next if is_prepended(next) => return joined_oddly(text),
            // In these only marks and conjuncts join.
            '\0'..='\u{10ff}' | '\u{1200}'..='\u{180d}' | '\u{180f}'..='\u{1fff}' | '\u{3041}'..='\u{a95f}' => {
                is_mark(next)
            }
            _ => return joined_oddly(text),
        };
        if is_mark {
            let [all, ..] = &mut counts;
            *all = all.saturating_add(1);
            linked = first_edition(linked, linker_since(next));
        } else {
            if let Some(linked) = linked
                && let Some(from) = conjunct(base, text.get(marks..place).unwrap_or_default(), next, linked)
                && let Some(count) = counts.get_mut(from as usize)
            {
                *count = count.saturating_add(1);
            }
            (base, marks, linked) = (next, place.saturating_add(next.len_utf8()), None);
        }
    }
    let [all, some, later] = counts;
    [all, all.saturating_add(some), all.saturating_add(some).saturating_add(later)]
}

/// The same with everything that may join characters.
#[inline(never)]
fn joined_oddly(text: &str) -> [usize; 3] {
    let mut counts = [0_usize; 3];
    // What is before is a digit, which joins nothing.
    let mut last = Last::of('0');
    for (place, next) in text.char_indices() {
        if let Some(from) = last.joins(next, text, place) {
            for (count, edition) in counts.iter_mut().zip([Conjuncts::None, Conjuncts::Some, Conjuncts::All]) {
                *count = count.saturating_add(usize::from(edition >= from));
            }
        }
    }
    counts
}

/// The earlier of two editions.
fn first_edition(a: Option<Conjuncts>, b: Option<Conjuncts>) -> Option<Conjuncts> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The first edition in which two consonants with these marks between, of which a linker is known since `linked`, are one
/// cluster.
#[inline(never)]
fn conjunct(base: char, marks: &str, next: char, linked: Conjuncts) -> Option<Conjuncts> {
    let edition = linked.max(conjunct_since(base)?).max(conjunct_since(next)?);
    marks.chars().all(extends_conjunct).then_some(edition)
}

/// The character to which the next one may be joined.
struct Last {
    /// The last one that is no mark.
    base: char,
    part: Hangul,
    /// Half of a flag.
    may_pair: bool,
    is_control: bool,
    /// Where the marks since begin, if there are some, and which editions know a linker among them.
    marks: Option<usize>,
    linked: Option<Conjuncts>,
    /// Whether the last of the marks is U+200D.
    is_joiner: bool,
}

impl Last {
    fn of(base: char) -> Self {
        let (part, may_pair) = (hangul(base), is_flag(base));
        let is_control = is_control(base);
        Self { base, part, may_pair, is_control, marks: None, linked: None, is_joiner: false }
    }

    /// Whether the next character, at `place` of the text, is joined, and from which edition on.
    #[inline]
    fn joins(&mut self, next: char, text: &str, place: usize) -> Option<Conjuncts> {
        if next.is_ascii() {
            let is_line_break = self.base == '\r' && next == '\n' && self.marks.is_none();
            let is_joined = is_line_break || self.is_prefix() && !next.is_ascii_control();
            *self = Self {
                base: next,
                part: Hangul::None,
                may_pair: false,
                is_control: next.is_ascii_control(),
                ..Self::of('0')
            };
            return is_joined.then_some(Conjuncts::None);
        }
        if is_mark(next) && !self.is_control {
            self.linked = first_edition(self.linked, linker_since(next));
            self.marks = self.marks.or(Some(place));
            self.is_joiner = next == '\u{200d}';
            (self.part, self.may_pair) = (Hangul::None, false);
            return Some(Conjuncts::None);
        }
        let joined = self.joins_base(next, text, place);
        let is_pair = self.may_pair && joined.is_some();
        *self = Self::of(next);
        self.may_pair &= !is_pair;
        joined
    }

    fn is_prefix(&self) -> bool {
        self.marks.is_none() && is_prepended(self.base)
    }

    fn joins_base(&self, next: char, text: &str, place: usize) -> Option<Conjuncts> {
        let is_syllable = matches!(
            (self.part, hangul(next)),
            (Hangul::L, Hangul::L | Hangul::V | Hangul::Lv | Hangul::Lvt)
                | (Hangul::V | Hangul::Lv, Hangul::V | Hangul::T)
                | (Hangul::T | Hangul::Lvt, Hangul::T)
        );
        let is_pictograph = self.is_joiner && is_pictograph(self.base) && is_pictograph(next);
        let is_prefixed = self.is_prefix() && !is_control(next);
        if is_syllable || is_pictograph || is_prefixed || self.may_pair && is_flag(next) {
            return Some(Conjuncts::None);
        }
        conjunct(self.base, text.get(self.marks?..place).unwrap_or_default(), next, self.linked?)
    }
}

/// Whether a character is a cluster by itself, whatever follows.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e001f}'
        )
}

const ONES: u64 = 0x0101_0101_0101_0101;

/// Whether these are ASCII without a carriage return.
fn are_separate(bytes: [u8; 8]) -> bool {
    let word = u64::from_le_bytes(bytes);
    // A carriage return makes a byte zero, and a zero borrows.
    let returns = word ^ ONES.wrapping_mul(0x0D);
    (word | returns.wrapping_sub(ONES)) & ONES << 7 == 0
}

/// The place of the first character that may be one with its neighbour. Names of kanji, kana and Hangul have none, and are passed
/// by their first bytes.
fn first_joint(text: &[u8]) -> Option<usize> {
    let mut at = 0_usize;
    loop {
        let rest = text.get(at..)?;
        if rest.first_chunk().is_some_and(|chunk| are_separate(*chunk)) {
            at = at.saturating_add(8);
            continue;
        }
        at = at.saturating_add(match *rest {
            // U+302A to U+302F, U+3099 and U+309A.
            [b'\r', ..] | [0xE3, 0x80, 0xAA..=0xAF, ..] | [0xE3, 0x82, 0x99 | 0x9A, ..] => return Some(at),
            [0..0x80, ..] => 1,
            [0xE3..=0xE9 | 0xEB..=0xEC, ..] => 3,
            [lead, ..] => {
                let length = match lead {
                    0..0xE0 => 2,
                    0xE0..0xF0 => 3,
                    0xF0.. => 4,
                };
                let c = rest.get(..length).and_then(|c| core::str::from_utf8(c).ok()).and_then(|c| c.chars().next())?;
                if is_mark(c) || is_flag(c) || is_prepended(c) || matches!(hangul(c), Hangul::L | Hangul::V | Hangul::T)
                {
                    return Some(at);
                }
                length
            }
            [] => return None,
        });
    }
}

/// Lengths count UTF-16 units, read as JavaScript does: any two units are an ID, `parseInt` makes the length, the last value
/// may be cut.
#[derive(Clone)]
struct InUnits<'t> {
    text: &'t str,
    /// The character of the next unit.
    at: usize,
    /// Whether the next unit is the second half of that character.
    is_half: bool,
    /// Units that are left.
    left: usize,
}

impl InUnits<'_> {
    fn unit(&mut self) -> Option<u16> {
        self.left = self.left.checked_sub(1)?;
        let c = self.text.get(self.at..)?.chars().next()?;
        let mut units = [0; 2];
        let unit = match c.encode_utf16(&mut units) {
            [unit] | [_, unit] if self.is_half || c <= '\u{ffff}' => *unit,
            [unit, _] => {
                self.is_half = true;
                return Some(*unit);
            }
            _ => return None,
        };
        self.is_half = false;
        self.at = self.at.saturating_add(c.len_utf8());
        Some(unit)
    }

    fn units(&self) -> impl Iterator<Item = u16> {
        let mut run = self.clone();
        core::iter::from_fn(move || run.unit())
    }

    /// Where all that is left ends, and whether that is inside a character.
    fn end(&self) -> (usize, bool) {
        let mut run = self.clone();
        while run.unit().is_some() {}
        (run.at, run.is_half)
    }
}

impl Run for InUnits<'_> {
    const UNIT: LengthUnit = LengthUnit::Utf16;

    fn object(&mut self) -> Option<(Option<Tag>, Self)> {
        let id = [self.unit(), self.unit()];
        let length = parse_int([self.unit(), self.unit()])?;
        let value = Self { left: self.left.min(length.into()), ..*self };
        for _ in 0..value.left {
            self.unit();
        }
        let tag = match id.map(|unit| unit.and_then(|unit| u8::try_from(unit).ok())) {
            [Some(tens), Some(ones)] if are_digits([tens, ones, b'0', b'0']) => header([tens, ones, b'0', b'0']),
            _ => None,
        };
        Some((tag.map(|(tag, _)| tag), value))
    }

    fn span(&self) -> (usize, usize) {
        (self.at, self.end().0.saturating_sub(self.at))
    }

    fn bytes(&self) -> Option<&[u8]> {
        let (end, is_cut) = self.end();
        if self.is_half || is_cut { None } else { self.text.as_bytes().get(self.at..end) }
    }

    /// As `parseFloat` takes it: what a value begins with, behind space and a sign.
    fn amount(&self) -> &[u8] {
        let text = self.text.get(self.at..self.end().0).filter(|_| !self.is_half).unwrap_or_default();
        let text = text.trim_start_matches(is_space);
        let text = text.strip_prefix('+').unwrap_or(text).as_bytes();
        let whole = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let part = match text.get(whole..) {
            Some([b'.', rest @ ..]) => rest.iter().take_while(|byte| byte.is_ascii_digit()).count().saturating_add(1),
            _ => 0,
        };
        text.get(..whole.saturating_add(part)).unwrap_or_default()
    }

    fn is_same(&self, text: &str) -> bool {
        self.units().eq(text.encode_utf16())
    }

    fn is_begun_by(&self, text: &str) -> bool {
        self.units().zip(text.encode_utf16()).all(|(a, b)| a == b)
    }
}

/// The number that `parseInt` makes of up to two units. `None` for what is not a number, and for one below zero.
fn parse_int([first, second]: [Option<u16>; 2]) -> Option<u8> {
    let as_char = |unit: u16| char::from_u32(unit.into()).unwrap_or('\u{fffd}');
    let digit = |unit: Option<u16>| {
        let digit = u8::try_from(unit?).ok().filter(u8::is_ascii_digit)?;
        Some(digit.wrapping_sub(b'0'))
    };
    match (first.map(as_char), second.map(as_char)) {
        // The start of a hexadecimal number.
        (Some('0'), Some('x' | 'X')) => None,
        (Some('-'), _) => digit(second).filter(|digit| *digit == 0),
        (Some(sign), _) if sign == '+' || is_space(sign) => digit(second),
        _ => {
            let tens = digit(first)?;
            Some(digit(second).map_or(tens, |ones| tens.wrapping_mul(10).wrapping_add(ones)))
        }
    }
}

/// Space as JavaScript has it.
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}' || c == '\u{feff}'
}
