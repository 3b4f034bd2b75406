//! The law of drafts under a profile of another crate.

use std::cell::RefCell;
use std::ops::ControlFlow;

use emvqr::encode::{BuildError, Draft};
use emvqr::profile::{Profile, RootObjects};
use emvqr::rule::{Rule, Severity, Violation, Visitor};
use emvqr::{Encode, ErrorKind, Mpm, Payload, Tag};

use crate::naive::{self, Object, Text, rules};
use crate::text;

/// What is checked before it is written is what is read when it is written: a profile that only knows the public
/// interface sees the same objects at the same places, and gives the same findings, and they are those of the naive
/// rules.
///
/// An input is a text, of which the root objects that can be made out are drafted.
pub fn drafts(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let objects: Vec<(u8, String)> = text::objects(&text).into_iter().filter(|(id, _)| *id != 63).collect();
    let mut draft = Draft::new();
    for (id, value) in &objects {
        draft.set(tag(*id), value);
    }
    // The last value of an ID counts, and the empty one takes it out: as in a list by ID.
    let mut values: Vec<Option<&str>> = vec![None; 100];
    for (id, value) in &objects {
        values[usize::from(*id)] = Some(value.as_str()).filter(|value| !value.is_empty());
    }
    for (id, value) in (0..=99).zip(&values) {
        assert_eq!(draft.get(tag(id)), *value);
    }
    let seen = RefCell::default();
    let sealed = draft.seal::<Downstream<'_>>(&seen);
    let run: String = (0..=99).zip(&values).filter_map(|(id, value)| Some(naive::data_object(id, (*value)?))).collect();
    let too_long = values.iter().flatten().any(|value| value.chars().count() > 99);
    if too_long || values[0].is_none() {
        let Err(BuildError::Encode(error)) = sealed else { panic!("{run} is no payload") };
        assert!(matches!(error.kind(), ErrorKind::ValueTooLong | ErrorKind::NotFirst), "{error}");
        return;
    }
    let written = text::sealed(&run);
    let payload = Payload::parse(&written).expect("a run of data objects with its CRC");
    let plain = naive::strict(written.as_bytes()).expect("as read before");
    let mut expected = listed(&payload.violations::<Mpm<'_>>());
    if payload.tags().contains(tag(53)) {
        expected.extend(payload.get(tag(53)).map(|object| (EURO.id().to_owned(), object.value_offset())));
        expected.sort();
    }
    let naive = rules::findings(&Text::new(&written), &plain);
    match sealed {
        Ok(sealed) => {
            assert_eq!(sealed.encode_to_string().as_deref(), Ok(written.as_str()));
            assert_eq!(sealed.encoded_len(), Ok(written.len()));
            assert_eq!(*seen.borrow(), Seen::of(&payload, &plain), "{written}");
            let found = sealed.violations::<Downstream<'_>>(&seen);
            assert!(found.is_sorted_by_key(Violation::order));
            assert_eq!(listed(&found), expected, "{written}");
            let error = naive.iter().find(|found| found.severity == "error" && !rules::ELSEWHERE.contains(&found.rule));
            assert_eq!(error, None, "{written}");
        }
        Err(BuildError::Rule(found)) => {
            assert!(found.severity() == Severity::Error || found.rule().is_refused_in_writing(), "{found}");
            let is_there = |rule: &str| naive.iter().any(|other| other.rule == rule && other.offset == found.offset());
            let rule = found.rule().id();
            assert!(is_there(rule) || rules::ELSEWHERE.contains(&rule), "{found} of {written}");
        }
        Err(error) => panic!("{error} of {written}"),
    }
}

fn tag(id: u8) -> Tag {
    Tag::new(id).expect("two digits")
}

fn listed(violations: &[Violation]) -> Vec<(String, usize)> {
    let mut found: Vec<_> = violations.iter().map(|found| (found.rule().id().to_owned(), found.offset())).collect();
    found.sort();
    found
}

static EURO: Rule = Rule::new("downstream.53", Severity::Warning, "this law", "there is a currency");

/// What a profile is shown.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    /// ID, places of header, value and end, characters and value, in the order of IDs.
    objects: Vec<(u8, [usize; 3], usize, String)>,
    crc_offset: usize,
    characters: usize,
    is_ambiguous: bool,
    highest: u8,
}

impl Seen {
    /// As a plain reading of the payload has it.
    fn of(payload: &Payload<'_>, objects: &[Object]) -> Self {
        let text = payload.as_str();
        let objects_seen = objects.iter().filter(|object| object.id() != 63).map(|object| {
            let places = [object.offset, object.value_offset, object.end()];
            (object.id(), places, object.length(), object.value.clone())
        });
        Self {
            objects: objects_seen.collect(),
            crc_offset: text.len() - 8,
            characters: text.chars().count(),
            is_ambiguous: naive::is_ambiguous(&Text::new(text), objects),
            // Below 80 it may be any.
            highest: text.bytes().max().filter(|highest| *highest >= 0x80).unwrap_or_default(),
        }
    }
}

struct Downstream<'a>(std::marker::PhantomData<&'a ()>);

impl<'a> Profile<'a> for Downstream<'a> {
    type Context = &'a RefCell<Seen>;

    const NAME: &'static str = "downstream";

    fn recognises(_: &Payload<'a>) -> bool {
        true
    }

    fn check(objects: &dyn RootObjects<'a>, seen: &'a RefCell<Seen>, visitor: &mut dyn Visitor) -> ControlFlow<()> {
        let mut found = Seen {
            crc_offset: objects.crc_offset(),
            characters: objects.characters(),
            is_ambiguous: objects.has_ambiguous_lengths(),
            highest: Some(objects.highest_byte()).filter(|highest| *highest >= 0x80).unwrap_or_default(),
            ..Seen::default()
        };
        for object in objects.tags().iter().filter_map(|tag| objects.get(tag)) {
            let places = [object.offset(), object.value_offset(), object.end()];
            found.objects.push((object.tag().get(), places, object.length(), object.value().to_owned()));
        }
        *seen.borrow_mut() = found;
        if let Some(currency) = objects.get(tag(53)) {
            visitor.report(Violation::of_value(&EURO, &currency))?;
        }
        Mpm::check(objects, (), visitor)
    }

    fn read(_: &Payload<'a>) -> Self {
        Self(std::marker::PhantomData)
    }
}
