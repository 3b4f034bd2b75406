//! The format once more, written plainly from the specification: characters in a `Vec`, a new `String` for each value,
//! no thought of speed. Nothing here uses the library.

pub mod bill;
pub mod classes;
pub mod edit;
pub mod jpqr;
pub mod khqr;
pub mod networks;
pub mod other_readers;
pub mod payees;
pub mod report;
pub mod rules;
pub mod written_networks;

use std::fmt::Write as _;

/// CRC-16/IBM-3740 bit by bit: polynomial 1021, initial value FFFF, nothing reflected, no final XOR (MPM 1.1, 4.7.3).
#[must_use]
pub fn crc(bytes: &[u8]) -> u16 {
    let mut register = 0xFFFF_u16;
    for byte in bytes {
        register ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            let carry = register & 0x8000 != 0;
            register <<= 1;
            if carry {
                register ^= 0x1021;
            }
        }
    }
    register
}

/// A text as its characters.
#[derive(Clone, Debug)]
pub struct Text {
    chars: Vec<char>,
    /// For each character its first byte, and behind the last one the end of the text.
    bytes: Vec<usize>,
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.chars.iter().try_for_each(|c| write!(f, "{c}"))
    }
}

impl Text {
    /// Whether a character of it is two UTF-16 units.
    #[must_use]
    pub fn has_pairs(&self) -> bool {
        self.chars.iter().any(|c| *c > '\u{FFFF}')
    }

    /// Takes a text apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        bytes.push(text.len());
        Self { chars: text.chars().collect(), bytes }
    }

    /// How many characters there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Whether it is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }
}

/// A data object. Places are bytes of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// The IDs of the templates around, and its own.
    pub path: Vec<u8>,
    /// The header's first byte.
    pub offset: usize,
    /// The value's first byte.
    pub value_offset: usize,
    /// The value.
    pub value: String,
    /// The first character of the value, counted from the start of the text.
    first: usize,
}

impl Object {
    /// Its own ID.
    #[must_use]
    pub fn id(&self) -> u8 {
        *self.path.last().expect("an object has an ID")
    }

    /// How many characters the value has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.value.chars().count()
    }

    /// The byte after the value.
    #[must_use]
    pub fn end(&self) -> usize {
        self.value_offset + self.value.len()
    }

    /// The value read as a run of data objects, and what ends it early.
    #[must_use]
    pub fn run(&self, text: &Text) -> (Vec<Object>, Option<Fault>) {
        run(text, self.first, self.first + self.length(), &self.path)
    }
}

/// Why a text is no payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The stable name of its kind.
    pub kind: &'static str,
    /// The object concerned.
    pub path: String,
    /// The first byte concerned.
    pub offset: usize,
    /// What the kind says in numbers: length and characters left, or computed and found CRC.
    pub numbers: Option<(u16, u16)>,
}

/// A path as it is written.
#[must_use]
pub fn written(path: &[u8]) -> String {
    let mut text = String::new();
    for (position, id) in path.iter().enumerate() {
        let hyphen = if position == 0 { "" } else { "-" };
        write!(text, "{hyphen}{id:02}").expect("a String takes everything");
    }
    text
}

/// A data object as it is written.
#[must_use]
pub fn data_object(id: u8, value: &str) -> String {
    format!("{id:02}{:02}{value}", value.chars().count())
}

/// The characters from `first` to `end` as data objects: those up to the first fault, and the fault.
fn run(text: &Text, first: usize, end: usize, parent: &[u8]) -> (Vec<Object>, Option<Fault>) {
    let mut objects = Vec::new();
    let mut at = first;
    while at < end {
        match object(text, at, end, parent) {
            Ok(object) => {
                at = object.first + object.length();
                objects.push(object);
            }
            Err(fault) => return (objects, Some(fault)),
        }
    }
    (objects, None)
}

/// The data object whose header starts with the character `at`.
fn object(text: &Text, at: usize, end: usize, parent: &[u8]) -> Result<Object, Fault> {
    let offset = text.bytes[at];
    let fault = |kind, path: &[u8]| Err(Fault { kind, path: written(path), offset, numbers: None });
    // Cut short is what has fewer than four bytes, whatever they are.
    if text.bytes[end] - offset < 4 {
        return fault("header_truncated", parent);
    }
    let Some(id) = two_digits(text, at, end) else {
        return fault("id_not_digits", parent);
    };
    let path = [parent, &[id]].concat();
    let Some(length) = two_digits(text, at + 2, end) else {
        return fault("length_not_digits", &path);
    };
    if length == 0 {
        return fault("length_zero", &path);
    }
    let first = at + 4;
    let available = end - first;
    if available < usize::from(length) {
        let numbers = Some((u16::from(length), u16::try_from(available).expect("below the length")));
        return Err(Fault { kind: "value_overrun", path: written(&path), offset, numbers });
    }
    let value = text.chars[first..first + usize::from(length)].iter().collect();
    Ok(Object { path, offset, value_offset: text.bytes[first], value, first })
}

fn two_digits(text: &Text, at: usize, end: usize) -> Option<u8> {
    let digit = |at: usize| {
        let c = text.chars[..end].get(at)?;
        if c.is_ascii_digit() { u8::try_from(c.to_digit(10)?).ok() } else { None }
    };
    Some(10 * digit(at)? + digit(at + 1)?)
}

/// The text as data objects: those up to the first fault of shape, and the fault.
#[must_use]
pub fn lax(text: &Text) -> (Vec<Object>, Option<Fault>) {
    run(text, 0, text.len(), &[])
}

/// The value of a template as data objects where a length of 00 stands for an empty value, and a length beyond the end
/// for what is left. The first header that is not four digits ends it.
#[must_use]
pub fn pieces(text: &Text, template: &Object) -> Vec<Object> {
    let end = template.first + template.length();
    let mut pieces = Vec::new();
    let mut at = template.first;
    while at + 4 <= end {
        let (Some(id), Some(length)) = (two_digits(text, at, end), two_digits(text, at + 2, end)) else {
            break;
        };
        let first = at + 4;
        let next = end.min(first + usize::from(length));
        pieces.push(Object {
            path: [template.path.as_slice(), &[id]].concat(),
            offset: text.bytes[at],
            value_offset: text.bytes[first],
            value: text.chars[first..next].iter().collect(),
            first,
        });
        at = next;
    }
    pieces
}

/// The objects that hold values: 26-51, 62, 64, 80-99 and 62-50 to 62-99 are opened where their value is a run of data
/// objects.
#[must_use]
pub fn leaves(text: &Text, root: &[Object]) -> Vec<Object> {
    let mut leaves = Vec::new();
    for object in root {
        let is_template = match object.path[..] {
            [id] => matches!(id, 26..=51 | 62 | 64 | 80..=99),
            [62, id] => matches!(id, 50..=99),
            _ => false,
        };
        match object.run(text) {
            (inside, None) if is_template => leaves.extend(self::leaves(text, &inside)),
            _ => leaves.push(object.clone()),
        }
    }
    leaves
}

/// The payload in `bytes`, its objects and 63.
///
/// # Errors
///
/// The first fault in the order UTF-8, shape, 00 first, 63 last, an ID twice, form of the CRC, value of the CRC.
pub fn strict(bytes: &[u8]) -> Result<Vec<Object>, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| Fault {
        kind: "utf8",
        path: String::new(),
        offset: error.valid_up_to(),
        numbers: None,
    })?;
    let objects = match lax(&Text::new(text)) {
        (objects, None) => objects,
        (_, Some(fault)) => return Err(fault),
    };
    frame(text, &objects)?;
    check_crc(text, &objects)?;
    Ok(objects)
}

/// 00 first, 63 last, no ID twice.
fn frame(text: &str, objects: &[Object]) -> Result<(), Fault> {
    let fault = |kind, id: u8, offset| Err(Fault { kind, path: written(&[id]), offset, numbers: None });
    if objects.first().is_none_or(|first| first.id() != 0) {
        return fault("not_first", 0, 0);
    }
    if objects.last().is_none_or(|last| last.id() != 63) {
        let crc = objects.iter().rfind(|object| object.id() == 63);
        return fault("not_last", 63, crc.map_or(text.len(), |crc| crc.offset));
    }
    for (position, object) in objects.iter().enumerate() {
        if objects[..position].iter().any(|before| before.id() == object.id()) {
            return fault("duplicate", object.id(), object.offset);
        }
    }
    Ok(())
}

fn check_crc(text: &str, objects: &[Object]) -> Result<(), Fault> {
    let crc_object = objects.last().expect("63 is there");
    let offset = crc_object.value_offset;
    let fault = |kind, numbers| Err(Fault { kind, path: "63".to_owned(), offset, numbers });
    let value = &crc_object.value;
    if value.chars().count() != 4 || !value.chars().all(|c| c.is_ascii_hexdigit()) {
        return fault("crc_format", None);
    }
    let found = u16::from_str_radix(value, 16).expect("four hexadecimal digits");
    let computed = crc(&text.as_bytes()[..offset]);
    if found == computed { Ok(()) } else { fault("crc_mismatch", Some((computed, found))) }
}

/// How many units a character has.
type Unit = fn(char) -> usize;

/// The unit in which the lengths of a text may be counted: the name of the first one under which it is a run of data
/// objects from 00 to 63.
#[must_use]
pub fn length_unit(text: &str) -> Option<&'static str> {
    let units: [(&str, Unit); 3] = [("Characters", |_| 1), ("Bytes", char::len_utf8), ("Utf16", char::len_utf16)];
    let text = Text::new(text);
    units.into_iter().find(|(_, unit)| reading(&text, 1, *unit).is_some()).map(|(name, _)| name)
}

/// IDs and values as a reader finds them.
pub type Reading = Vec<(u8, String)>;

/// The text as a run whose lengths count `unit`, none below `least`, from 00 to 63; `None` if it is not one.
///
/// Who cuts within a character finds no digit behind the cut, so it needs no thought that values are whole characters.
fn reading(text: &Text, least: usize, unit: Unit) -> Option<Reading> {
    let mut objects = Reading::new();
    let mut at = 0;
    while at < text.len() {
        let id = two_digits(text, at, text.len())?;
        let mut left = usize::from(two_digits(text, at + 2, text.len())?);
        if left < least {
            return None;
        }
        at += 4;
        let mut value = String::new();
        while left > 0 {
            let c = *text.chars.get(at)?;
            left = left.checked_sub(unit(c))?;
            value.push(c);
            at += 1;
        }
        objects.push((id, value));
    }
    let is_payload = objects.first()?.0 == 0 && objects.last()?.0 == 63;
    is_payload.then_some(objects)
}
