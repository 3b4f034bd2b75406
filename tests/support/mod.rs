//! Generators for the laws, and a reader, a writer and an editor that share nothing with the crate.

#![allow(dead_code, reason = "each test file uses a part of it")]

use core::fmt::Write;

use emvqr::{Path, Tag};
use proptest::collection::vec;
use proptest::prelude::*;

/// ID and value of a data object.
pub(crate) type Owned = (String, String);

pub(crate) fn tag(id: u8) -> Tag {
    Tag::new(id).unwrap()
}

#[track_caller]
pub(crate) fn path(text: &str) -> Path {
    text.parse().unwrap()
}

/// As the composer takes them.
pub(crate) fn borrowed(objects: &[Owned]) -> Vec<(&str, &str)> {
    objects.iter().map(|(id, value)| (id.as_str(), value.as_str())).collect()
}

/// As the crate's encoder takes them.
pub(crate) fn tagged<'a>(objects: &[(&str, &'a str)]) -> Vec<(Tag, &'a str)> {
    objects.iter().map(|(id, value)| (id.parse().unwrap(), *value)).collect()
}

/// A character: mostly printable ASCII, then Khmer, Japanese and Latin ones of two to four bytes, then controls,
/// direction marks and anything else.
pub(crate) fn character() -> impl Strategy<Value = char> {
    use proptest::char::range;
    prop_oneof![
        12 => range(' ', '~'),
        4 => range('0', '9'),
        2 => range('ក', '៩'),
        2 => range('ぁ', 'ヺ'),
        1 => range('一', '龥'),
        1 => prop::sample::select(vec!['é', '𠮷', '😀', '\u{200B}', '\u{202E}', '\u{2028}', '\u{85}', '\u{1B}', '\n']),
        1 => any::<char>(),
    ]
}

/// A value of 1 to `most` characters.
pub(crate) fn text(most: usize) -> impl Strategy<Value = String> {
    vec(character(), 1..=most).prop_map(String::from_iter)
}

/// A value of 1 to `most` characters of the common character set.
pub(crate) fn ans(most: usize) -> impl Strategy<Value = String> {
    vec(proptest::char::range(' ', '~'), 1..=most).prop_map(String::from_iter)
}

/// An ID inside a template: the low ones more often, so that they meet.
fn sub_id() -> impl Strategy<Value = u8> {
    prop_oneof![0..=4_u8, 50..=52_u8, 0..=99_u8]
}

/// An ID of the root other than 00 and 63: those of templates more often.
pub(crate) fn root_id() -> impl Strategy<Value = u8> {
    prop_oneof![2 => Just(62), 1 => Just(64), 2 => 26..=29_u8, 1 => 80..=82_u8, 2 => 1..=62_u8, 2 => 64..=99_u8]
}

/// The objects of a run in any order, its text at most 99 characters long. IDs may occur twice if `repeats`.
fn run_of(value: impl Strategy<Value = String>, most: usize, repeats: bool) -> impl Strategy<Value = String> {
    vec((sub_id(), value), 1..=most).prop_map(move |mut objects| {
        if !repeats {
            only_first_of_each(&mut objects);
        }
        render(&objects)
    })
}

/// The content of a template, of depth one or two, in any order.
pub(crate) fn template(repeats: bool) -> impl Strategy<Value = String> {
    // At most three times 4 + 2 * (4 + 10) characters.
    let inner = run_of(text(10), 2, repeats);
    run_of(prop_oneof![3 => text(10), 1 => inner], 3, repeats)
}

/// The root objects of a wire-valid payload without 63: 00 first, the others in any order, templates also out of order
/// and not run of data objects at all.
pub(crate) fn root_objects(repeats: bool) -> impl Strategy<Value = Vec<Owned>> {
    let value = prop_oneof![3 => template(repeats), 2 => text(12), 1 => text(99)];
    let first = prop_oneof![4 => Just("01".to_owned()), 1 => text(5), 1 => template(repeats)];
    (first, vec((root_id(), value), 0..=7)).prop_map(|(first, mut objects)| {
        objects.insert(0, (0, first));
        only_first_of_each(&mut objects);
        objects.into_iter().map(|(id, value)| (format!("{id:02}"), value)).collect()
    })
}

fn only_first_of_each(objects: &mut Vec<(u8, String)>) {
    let mut seen = Vec::new();
    objects.retain(|(id, _)| {
        let new = !seen.contains(id);
        seen.push(*id);
        new
    });
}

/// A run of data objects.
#[track_caller]
pub(crate) fn render(objects: &[(u8, String)]) -> String {
    let mut text = String::new();
    for (id, value) in objects {
        let count = value.chars().count();
        assert!((1..=99).contains(&count), "{id:02} cannot hold {count} characters");
        write!(text, "{id:02}{count:02}{value}").unwrap();
    }
    text
}

/// The objects of a run, read from a vector of characters.
pub(crate) fn read_run(text: &str) -> Option<Vec<(u8, String)>> {
    let text: Vec<char> = text.chars().collect();
    let mut rest = text.as_slice();
    let mut objects = Vec::new();
    while let Some((header, behind)) = rest.split_first_chunk::<4>() {
        let [a, b, c, d] = header.map(|digit| digit.to_digit(10));
        let id = u8::try_from(a? * 10 + b?).ok()?;
        let length = usize::try_from(c? * 10 + d?).ok()?;
        let (value, behind) = behind.split_at_checked(length).filter(|_| length > 0)?;
        objects.push((id, value.iter().collect()));
        rest = behind;
    }
    rest.is_empty().then_some(objects)
}

/// A data object's content in an editor that works on a tree.
enum Node {
    Text(String),
    Run(Vec<(u8, Node)>),
}

impl Node {
    /// The objects inside, if the content is a run that has none of them twice under `id`.
    fn open(&mut self, id: u8) -> Option<&mut Vec<(u8, Node)>> {
        if let Self::Text(text) = self {
            *self = Self::Run(read_run(text)?.into_iter().map(|(id, value)| (id, Self::Text(value))).collect());
        }
        let Self::Run(run) = self else { return None };
        (run.iter().filter(|(other, _)| *other == id).count() <= 1).then_some(run)
    }

    fn set(&mut self, path: &[u8], value: &str) -> Option<()> {
        let Some((id, path)) = path.split_first() else {
            *self = Self::Text(value.to_owned());
            return Some(());
        };
        let run = self.open(*id)?;
        let place = run.iter().position(|(other, _)| other == id).unwrap_or_else(|| {
            let place = run.iter().position(|(other, _)| other > id).unwrap_or(run.len());
            run.insert(place, (*id, Self::Run(Vec::new())));
            place
        });
        run.get_mut(place)?.1.set(path, value)
    }

    fn remove(&mut self, path: &[u8]) -> Option<()> {
        let (id, path) = path.split_first()?;
        let run = self.open(*id)?;
        let Some(place) = run.iter().position(|(other, _)| other == id) else { return Some(()) };
        if !path.is_empty() {
            let inside = &mut run.get_mut(place)?.1;
            inside.remove(path)?;
            if !matches!(inside, Self::Run(run) if run.is_empty()) {
                return Some(());
            }
        }
        run.remove(place);
        Some(())
    }

    fn render(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Run(run) => {
                let mut text = String::new();
                for (id, inside) in run {
                    let inside = inside.render()?;
                    let count = inside.chars().count();
                    if !(1..=99).contains(&count) {
                        return None;
                    }
                    write!(text, "{id:02}{count:02}{inside}").ok()?;
                }
                Some(text)
            }
        }
    }
}

/// Root objects without the CRC after changes: what [`emvqr::edit`] documents, step by step on a tree. Nothing where a
/// change cannot be made.
pub(crate) fn edited(objects: &str, changes: &[(Path, Option<&str>)]) -> Option<String> {
    let ids = |path: Path| path.tags().map(Tag::get).collect::<Vec<u8>>();
    let starts_with = |a: &[u8], b: &[u8]| a.starts_with(b) || b.starts_with(a);
    for (position, (path, _)) in changes.iter().enumerate() {
        let path = ids(*path);
        let conflict = changes.iter().take(position).any(|(other, _)| starts_with(&ids(*other), &path));
        if conflict || path.first().is_none_or(|root| *root == 63) {
            return None;
        }
    }
    let mut root = Node::Text(objects.to_owned());
    // A new object stands before the first higher one of those that were there, also of those that go.
    for (path, value) in changes {
        if let Some(value) = value {
            root.set(&ids(*path), value)?;
        }
    }
    for (path, value) in changes {
        if value.is_none() {
            root.remove(&ids(*path))?;
        }
    }
    root.render().filter(|text| text.starts_with("00"))
}
