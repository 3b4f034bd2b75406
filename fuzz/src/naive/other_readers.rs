//! Readers that count lengths in another unit than characters, and the payee, amount and currency that they find.
//!
//! Written from the words of the rule `emv.length.ambiguous`, with a list of units for each value. [`decides`] is the rule;
//! [`seen_by`] and [`law`] are its reason: a reader that pays somebody else must not go unnoticed. The second reads by
//! itself and does not ask the first.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Object, Text};

/// Unit of length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// UTF-16 units, read as JavaScript reads.
    Utf16,
    /// Grapheme clusters before Unicode 15.1, where a consonant never joins the one before it.
    PlainClusters,
    /// Grapheme clusters with the Indic conjuncts of Unicode 15.1.
    FirstConjuncts,
    /// Grapheme clusters of today, with conjuncts of further scripts.
    Clusters,
}

impl Unit {
    /// All units but characters.
    pub const ALL: [Unit; 5] = [Unit::Bytes, Unit::Utf16, Unit::PlainClusters, Unit::FirstConjuncts, Unit::Clusters];

    /// Grapheme clusters of any edition.
    #[must_use]
    pub fn is_clusters(self) -> bool {
        matches!(self, Unit::PlainClusters | Unit::FirstConjuncts | Unit::Clusters)
    }

    /// Number of units.
    #[must_use]
    pub fn count(self, text: &str) -> usize {
        cut(self, text, 0).len()
    }

    /// Whether lengths in this unit differ from those in characters.
    #[must_use]
    pub fn differs(self, text: &str) -> bool {
        self.count(text) != text.chars().count()
    }
}

/// An object that another reader finds, ours does not have, and that decides who is paid, or how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The reader's unit.
    pub unit: Unit,
    /// ID in the root.
    pub id: u8,
    /// First byte of the object's header in the text; for an account that stands in our own template, of that template.
    pub offset: usize,
    /// No reading in bytes or UTF-16 units has this object as a hit, too.
    pub only_clusters: bool,
    /// The object stands inside one of our own templates, which is read alone.
    pub is_inside: bool,
}

impl Hit {
    /// Under KHQR a hit warns where only clusters see it and it is an amount, a currency or a fee.
    #[must_use]
    pub fn is_warning_under_khqr(&self) -> bool {
        self.only_clusters && (53..=57).contains(&self.id)
    }
}

/// One unit of a text: its number, or for a cluster the numbers of its characters.
#[derive(Clone, Debug)]
struct Piece {
    numbers: Vec<u32>,
    /// First byte of its character in the text.
    offset: usize,
}

/// An object as another reader finds it.
#[derive(Clone, Debug)]
struct Found {
    id: String,
    value: Vec<Piece>,
    offset: usize,
}

/// The text in units; `start` is the place of its first byte.
fn cut(unit: Unit, text: &str, start: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    match unit {
        Unit::Bytes => {
            for (position, byte) in text.bytes().enumerate() {
                pieces.push(Piece { numbers: vec![u32::from(byte)], offset: start + position });
            }
        }
        Unit::Utf16 => {
            for (position, c) in text.char_indices() {
                for half in c.encode_utf16(&mut [0; 2]) {
                    pieces.push(Piece { numbers: vec![u32::from(*half)], offset: start + position });
                }
            }
        }
        Unit::PlainClusters | Unit::FirstConjuncts | Unit::Clusters => {
            let mut offset = start;
            for cluster in clusters(unit, text) {
                pieces.push(Piece { numbers: cluster.chars().map(u32::from).collect(), offset });
                offset += cluster.len();
            }
        }
    }
    pieces
}

/// The grapheme clusters of a text.
///
/// The crate knows those of today. An older edition lacks linkers and consonants: the text is cut where the same text with
/// other characters in their place is cut, an accent for a linker, a Latin letter for a consonant.
fn clusters(edition: Unit, text: &str) -> Vec<String> {
    let stand_ins: String = text.chars().map(|c| stand_in(edition, c)).collect();
    let mut rest = text.chars();
    stand_ins.graphemes(true).map(|cluster| rest.by_ref().take(cluster.chars().count()).collect()).collect()
}

fn stand_in(edition: Unit, c: char) -> char {
    match edition {
        Unit::PlainClusters if is_linker(c) => '\u{301}',
        Unit::FirstConjuncts if is_linker(c) && !FIRST_LINKERS.contains(c) => '\u{301}',
        Unit::FirstConjuncts if is_consonant(c) && !is_first_consonant(c) => 'x',
        _ => c,
    }
}

/// A character that joins two consonants today.
fn is_linker(c: char) -> bool {
    !c.is_ascii() && format!("\u{915}{c}\u{915}").graphemes(true).count() == 1
}

/// A letter that a linker joins to another today.
fn is_consonant(c: char) -> bool {
    let is_mark = format!("x{c}").graphemes(true).count() == 1;
    !c.is_ascii() && !is_mark && format!("\u{915}\u{94D}{c}").graphemes(true).count() == 1
}

/// The linkers of Unicode 15.1: Devanagari, Bengali, Gujarati, Oriya, Telugu, Malayalam.
const FIRST_LINKERS: &str = "\u{94D}\u{9CD}\u{ACD}\u{B4D}\u{C4D}\u{D4D}";

/// The consonants of Unicode 15.1.
fn is_first_consonant(c: char) -> bool {
    matches!(c,
        '\u{915}'..='\u{939}' | '\u{958}'..='\u{95F}' | '\u{978}'..='\u{97F}'
        | '\u{995}'..='\u{9A8}' | '\u{9AA}'..='\u{9B0}' | '\u{9B2}' | '\u{9B6}'..='\u{9B9}' | '\u{9DC}'..='\u{9DD}'
        | '\u{9DF}' | '\u{9F0}'..='\u{9F1}'
        | '\u{A95}'..='\u{AA8}' | '\u{AAA}'..='\u{AB0}' | '\u{AB2}'..='\u{AB3}' | '\u{AB5}'..='\u{AB9}' | '\u{AF9}'
        | '\u{B15}'..='\u{B28}' | '\u{B2A}'..='\u{B30}' | '\u{B32}'..='\u{B33}' | '\u{B35}'..='\u{B39}'
        | '\u{B5C}'..='\u{B5D}' | '\u{B5F}' | '\u{B71}'
        | '\u{C15}'..='\u{C28}' | '\u{C2A}'..='\u{C39}' | '\u{C58}'..='\u{C5A}'
        | '\u{D15}'..='\u{D3A}')
}

/// Units as text; a number that is no character of its own becomes U+FFFD.
fn shown(unit: Unit, value: &[Piece]) -> String {
    let number = |number: u32| match unit {
        Unit::Bytes if number > 0x7F => '\u{FFFD}',
        _ => char::from_u32(number).unwrap_or('\u{FFFD}'),
    };
    value.iter().flat_map(|piece| &piece.numbers).map(|n| number(*n)).collect()
}

fn numbers(value: &[Piece]) -> Vec<Vec<u32>> {
    value.iter().map(|piece| piece.numbers.clone()).collect()
}

/// All objects up to the reader's first fault.
fn read(unit: Unit, run: &[Piece]) -> Vec<Found> {
    if unit == Unit::Utf16 { read_as_javascript(run) } else { read_plainly(unit, run) }
}

/// Ends at a header that is not four digits, and at a value that is longer than the rest. Length 00 is an empty value.
fn read_plainly(unit: Unit, run: &[Piece]) -> Vec<Found> {
    let mut objects = Vec::new();
    let mut rest = run;
    while rest.len() >= 4 {
        let header = shown(unit, &rest[..4]);
        if !is_digits(&header, 4) {
            break;
        }
        let length: usize = header[2..].parse().expect("two digits");
        if 4 + length > rest.len() {
            break;
        }
        let (object, after) = rest.split_at(4 + length);
        objects.push(Found { id: header[..2].to_owned(), value: object[4..].to_vec(), offset: object[0].offset });
        rest = after;
    }
    objects
}

/// `slice(0, 2)` is the ID, `parseInt(slice(2, 4))` the length, and `slice` cuts the last value silently.
fn read_as_javascript(run: &[Piece]) -> Vec<Found> {
    let slice = |from: usize, to: usize| &run[from.min(run.len())..to.min(run.len())];
    let mut objects = Vec::new();
    let mut at = 0;
    while let Some(length) = parse_int(&shown(Unit::Utf16, slice(at + 2, at + 4))) {
        let id = shown(Unit::Utf16, slice(at, at + 2));
        let end = at + 4 + length;
        objects.push(Found { id, value: slice(at + 4, end).to_vec(), offset: run[at].offset });
        at = end;
    }
    objects
}

/// Space as JavaScript has it.
fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{FEFF}'
}

/// `parseInt`, where it is a number that is not below 0.
fn parse_int(text: &str) -> Option<usize> {
    let text = text.trim_start_matches(is_space);
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let number: usize = digits.parse().ok()?;
    (!is_negative || number == 0).then_some(number)
}

fn is_digits(text: &str, count: usize) -> bool {
    text.chars().count() == count && text.chars().all(|c| c.is_ascii_digit())
}

/// `user@bank`, a domain with a dot, an application identifier or UUID, the 28 digits of Sri Lanka, Nepal's `NCHL..`.
fn is_identifier(text: &str) -> bool {
    let is_graphic = text.chars().all(|c| c.is_ascii_graphic());
    let is_account = is_graphic && text.chars().count() > 2 && text[1..text.len() - 1].contains('@');
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let has_letter = text.chars().any(|c| c.is_ascii_alphabetic());
    let is_domain = labels.len() >= 2 && labels.iter().all(is_label) && has_letter;
    let is_hexadecimal = (8..=32).contains(&text.len()) && text.chars().all(|c| c.is_ascii_hexdigit()) && has_letter;
    is_account || is_domain || is_hexadecimal || is_digits(text, 28) || text.starts_with("NCHL")
}

/// Digits with at most one decimal mark; for JavaScript the longest start of the value that is this.
fn amount(unit: Unit, value: &str) -> Option<String> {
    let mut amount = String::new();
    // `parseFloat` passes over space and a sign.
    let value = if unit == Unit::Utf16 { value.trim_start_matches(is_space).trim_start_matches('+') } else { value };
    for c in value.chars() {
        let fits = c.is_ascii_digit() || (c == '.' && !amount.contains('.'));
        if !fits {
            break;
        }
        amount.push(c);
    }
    let is_whole = amount.len() == value.len();
    let has_digit = amount.chars().any(|c| c.is_ascii_digit());
    (has_digit && (is_whole || unit == Unit::Utf16)).then_some(amount)
}

/// An amount that is not zero and below 10^9.
fn is_payable(amount: &str) -> bool {
    let whole = amount.split('.').next().expect("a first part");
    let is_zero = amount.chars().all(|c| c == '0' || c == '.');
    !is_zero && whole.trim_start_matches('0').len() <= 9
}

/// Objects of the other readings that ours does not have, and that decide who is paid, or how much.
#[must_use]
pub fn decides(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    if text.is_ascii() {
        return hits;
    }
    let taken = Text::new(text);
    let (root, _) = super::lax(&taken);
    for unit in units(text) {
        let judge = Judge { unit, text: &taken, root: &root };
        hits.extend(judge.run(text));
        hits.extend(judge.insides());
    }
    let others: Vec<Hit> = hits.iter().filter(|hit| !hit.unit.is_clusters()).cloned().collect();
    for hit in &mut hits {
        let is_same = |other: &Hit| (other.id, other.offset, other.is_inside) == (hit.id, hit.offset, hit.is_inside);
        hit.only_clusters = !others.iter().any(is_same);
    }
    hits
}

/// The units in which a text is cut otherwise than in characters.
fn units(text: &str) -> Vec<Unit> {
    Unit::ALL.into_iter().filter(|unit| unit.differs(text)).collect()
}

/// The first object of the root that holds a character outside ASCII.
fn turn(root: &[Object]) -> Option<usize> {
    root.iter().position(|object| !object.value.is_ascii())
}

struct Judge<'t> {
    unit: Unit,
    text: &'t Text,
    root: &'t [Object],
}

impl Judge<'_> {
    /// The root, from the first object that is not ASCII; the objects before it are read alike.
    fn run(&self, text: &str) -> Vec<Hit> {
        let Some(turn) = turn(self.root) else { return Vec::new() };
        let start = self.root[turn].offset;
        let mut theirs = Vec::new();
        for object in &self.root[..turn] {
            let value = cut(self.unit, &object.value, object.value_offset);
            theirs.push(Found { id: format!("{:02}", object.id()), value, offset: object.offset });
        }
        theirs.extend(read(self.unit, &cut(self.unit, &text[start..], start)));
        let is_hit = |found: &&Found| !self.is_ours(found, self.root) && self.is_decisive(found, &theirs);
        theirs.iter().filter(is_hit).map(|found| self.hit(&found.id, found.offset, false)).collect()
    }

    /// Our own templates that are not ASCII, each read alone.
    fn insides(&self) -> Vec<Hit> {
        let is_read = |object: &&Object| (26..=51).contains(&object.id()) && !object.value.is_ascii();
        let is_hit = |object: &&Object| {
            let value = cut(self.unit, &object.value, object.value_offset);
            self.is_account(&format!("{:02}", object.id()), &read(self.unit, &value))
        };
        let hits = self.root.iter().filter(is_read).filter(is_hit);
        hits.map(|object| self.hit(&format!("{:02}", object.id()), object.offset, true)).collect()
    }

    fn hit(&self, id: &str, offset: usize, is_inside: bool) -> Hit {
        let id = id.parse().expect("a decisive ID is two digits");
        Hit { unit: self.unit, id, offset, only_clusters: false, is_inside }
    }

    /// One of our objects has the same ID and value.
    fn is_ours(&self, found: &Found, ours: &[Object]) -> bool {
        let same_value = |object: &Object| {
            let value = numbers(&cut(self.unit, &object.value, 0)).concat();
            value == numbers(&found.value).concat()
        };
        ours.iter().any(|object| format!("{:02}", object.id()) == found.id && same_value(object))
    }

    fn is_decisive(&self, found: &Found, theirs: &[Found]) -> bool {
        let value = shown(self.unit, &found.value);
        let amount = amount(self.unit, &value);
        match found.id.as_str() {
            "53" => is_digits(&value, 3),
            "54" => amount.is_some_and(|amount| is_payable(&amount)),
            "55" => ["01", "02", "03"].contains(&value.as_str()),
            "56" | "57" => {
                amount.is_some_and(|amount| is_payable(&amount)) && theirs.iter().any(|other| other.id == "55")
            }
            "99" => {
                let ours: Vec<Object> = self.inside_of("99");
                let is_time = |sub: &Found| {
                    sub.id == "01" && is_digits(&shown(self.unit, &sub.value), 13) && !self.is_ours(sub, &ours)
                };
                read(self.unit, &found.value).iter().any(is_time)
            }
            id if is_digits(id, 2) && ("26"..="51").contains(&id) => {
                self.is_account(id, &read(self.unit, &found.value))
            }
            _ => false,
        }
    }

    /// The inside has an identifier, and a sub-object that ours does not have under this ID of the root.
    fn is_account(&self, id: &str, inside: &[Found]) -> bool {
        let is_named = |sub: &Found| sub.id == "00" && is_identifier(&shown(self.unit, &sub.value));
        let ours = self.inside_of(id);
        let is_new = |sub: &Found| {
            is_digits(&sub.id, 2) && !sub.value.is_empty() && !self.is_ours(sub, &ours) && !self.is_only_cut(sub, &ours)
        };
        inside.iter().any(is_named) && inside.iter().any(is_new)
    }

    /// Our sub-objects under an ID of the root.
    fn inside_of(&self, id: &str) -> Vec<Object> {
        let templates = self.root.iter().filter(|object| format!("{:02}", object.id()) == id);
        templates.flat_map(|object| object.run(self.text).0).collect()
    }

    /// One of our objects is not ASCII, and in this unit one of the two begins the other.
    fn is_only_cut(&self, sub: &Found, ours: &[Object]) -> bool {
        let theirs = numbers(&sub.value);
        ours.iter().any(|object| {
            let ours = numbers(&cut(self.unit, &object.value, 0));
            let is_start = ours.starts_with(&theirs) || theirs.starts_with(&ours);
            format!("{:02}", object.id()) == sub.id && !object.value.is_ascii() && is_start
        })
    }
}

/// A reader: one unit for the root, `None` for characters, one for the inside of templates, and the object that wins
/// where an ID stands twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Unit of the root's lengths.
    pub root: Option<Unit>,
    /// Unit of the lengths inside templates.
    pub inside: Unit,
    /// The first object of an ID wins, else the last.
    pub first_wins: bool,
}

/// Units of a value.
type Value = Vec<Vec<u32>>;

/// A value by ID.
type Fields = BTreeMap<String, Value>;

/// Payee, amount and currency that a reader finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The reader.
    pub reader: Reader,
    /// Sub-objects of each template of 26-51 whose 00 has the form of an identifier.
    pub accounts: BTreeMap<String, Fields>,
    /// 54, if it is a number that can be paid.
    pub amount: Option<String>,
    /// 53 of three digits.
    pub currency: Option<String>,
}

/// The text seen by readers of every unit in which it is cut otherwise than in characters.
#[must_use]
pub fn seen_by(text: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    for unit in units(text) {
        for root in [Some(unit), None] {
            for first_wins in [true, false] {
                seen.push(see(text, Reader { root, inside: unit, first_wins }));
            }
        }
    }
    seen
}

fn see(text: &str, reader: Reader) -> Seen {
    let (ours, _) = super::lax(&Text::new(text));
    let turn = turn(&ours).unwrap_or(ours.len());
    let unit = reader.inside;
    let mut root = Fields::new();
    // Characters read as we do; the others from the first object that is not ASCII.
    let alike = if reader.root.is_some() { &ours[..turn] } else { &ours };
    for object in alike {
        keep(reader, &mut root, format!("{:02}", object.id()), numbers(&cut(unit, &object.value, 0)));
    }
    if let (Some(unit), Some(object)) = (reader.root, ours.get(turn)) {
        for object in read(unit, &cut(unit, &text[object.offset..], 0)) {
            keep(reader, &mut root, object.id, numbers(&object.value));
        }
    }
    let words = |id: &str| root.get(id).map(|value| shown(unit, &pieces(value)));
    let mut accounts = BTreeMap::new();
    for id in (26..=51).map(|id: u8| id.to_string()) {
        let mut fields = Fields::new();
        let inside = root.get(&id).map(|value| read(unit, &pieces(value))).unwrap_or_default();
        for sub in inside.into_iter().filter(|sub| is_digits(&sub.id, 2) && !sub.value.is_empty()) {
            keep(reader, &mut fields, sub.id, numbers(&sub.value));
        }
        if fields.get("00").is_some_and(|value| is_identifier(&shown(unit, &pieces(value)))) {
            accounts.insert(id, fields);
        }
    }
    Seen {
        reader,
        accounts,
        amount: words("54").filter(|value| amount(unit, value).is_some_and(|amount| is_payable(&amount))),
        currency: words("53").filter(|value| is_digits(value, 3)),
    }
}

fn pieces(value: &Value) -> Vec<Piece> {
    value.iter().map(|numbers| Piece { numbers: numbers.clone(), offset: 0 }).collect()
}

fn keep(reader: Reader, fields: &mut Fields, id: String, value: Value) {
    if !reader.first_wins || !fields.contains_key(&id) {
        fields.insert(id, value);
    }
}

/// The readers that find an account, an amount or a currency that our reading does not have.
#[must_use]
pub fn deceived(text: &str) -> Vec<Seen> {
    let taken = Text::new(text);
    let (root, _) = super::lax(&taken);
    let is_known = |unit: Unit, id: &str, value: &Option<String>| {
        let is_same = |object: &Object| {
            let ours = shown(unit, &cut(unit, &object.value, 0));
            format!("{:02}", object.id()) == id && Some(ours) == *value
        };
        value.is_none() || root.iter().any(is_same)
    };
    let is_deceived = |seen: &Seen| {
        !is_known(seen.reader.inside, "54", &seen.amount)
            || !is_known(seen.reader.inside, "53", &seen.currency)
            || seen.accounts.iter().any(|(id, fields)| is_other_account(&taken, &root, seen.reader, id, fields))
    };
    seen_by(text).into_iter().filter(is_deceived).collect()
}

/// A sub-object is neither one of ours under this ID of the root nor one that only ends earlier or later.
fn is_other_account(text: &Text, root: &[Object], reader: Reader, id: &str, fields: &Fields) -> bool {
    let templates: Vec<&Object> = root.iter().filter(|object| format!("{:02}", object.id()) == id).collect();
    // A template of ASCII alone is read alike, up to the reader's own idea of a fault, which is not what is judged here.
    let as_theirs = |object: &&Object| {
        let mut ours = Fields::new();
        let inside = read(reader.inside, &cut(reader.inside, &object.value, 0));
        for sub in inside.into_iter().filter(|sub| !sub.value.is_empty()) {
            keep(reader, &mut ours, sub.id, numbers(&sub.value));
        }
        object.value.is_ascii() && ours == *fields
    };
    if templates.iter().any(as_theirs) {
        return false;
    }
    let ours: Vec<Object> = templates.iter().flat_map(|template| template.run(text).0).collect();
    fields.iter().any(|(id, value)| {
        !ours.iter().filter(|object| format!("{:02}", object.id()) == *id).any(|object| {
            let ours = numbers(&cut(reader.inside, &object.value, 0));
            let is_cut = !object.value.is_ascii() && (ours.starts_with(value) || value.starts_with(&ours));
            is_cut || ours.concat() == value.concat()
        })
    })
}

/// No reader finds an account, an amount or a currency that our reading does not have, unless there is a finding. An
/// object that is only lost to a reader needs none.
pub fn law(text: &str, has_finding: bool) {
    let deceived = deceived(text);
    assert!(has_finding || deceived.is_empty(), "{text:?} without a finding, but {:?}", deceived[0]);
}

#[cfg(test)]
mod tests;
