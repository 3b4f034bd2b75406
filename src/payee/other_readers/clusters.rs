//! Grapheme clusters (Unicode 17, UAX 29): where one ends, and what is joined.

use crate::payee::marks::{
    Conjuncts, Hangul, conjunct_since, extends_conjunct, hangul, is_flag, is_mark, is_pictograph, is_prepended,
    linker_since,
};

/// The bytes of the first cluster. `None` at the end.
pub(super) fn cluster(text: &str, conjuncts: Conjuncts) -> Option<usize> {
    let mut chars = text.char_indices();
    let mut last = Last::of(chars.next()?.1);
    let end = chars.find(|(place, next)| match last.joins(*next, text, *place) {
        None => true,
        Some(from) => conjuncts < from,
    });
    Some(end.map_or(text.len(), |(place, _)| place))
}

/// How many characters of a text do not begin a cluster, for each edition.
pub(super) fn joined(text: &str) -> [usize; 3] {
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
pub(super) fn are_separate(bytes: [u8; 8]) -> bool {
    let word = u64::from_le_bytes(bytes);
    // A carriage return makes a byte zero, and a zero borrows.
    let returns = word ^ ONES.wrapping_mul(0x0D);
    (word | returns.wrapping_sub(ONES)) & ONES << 7 == 0
}

/// The place of the first character that may be one with its neighbour. Names of kanji, kana and Hangul have none, and are passed
/// by their first bytes.
pub(super) fn first_joint(text: &[u8]) -> Option<usize> {
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
