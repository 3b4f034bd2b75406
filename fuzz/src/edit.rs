//! The law of editing.

use emvqr::edit::Change;
use emvqr::tlv::DataObject;
use emvqr::{Mpm, Path, Payload, Severity, Tag};

use crate::naive::edit as naive;
use crate::parse::assert_mute;
use crate::text::{sealed, sealed_variants};

/// What the naive edit finds only where nothing else is wrong: a template that became too long, a 00 that lost its
/// content.
const LATE: [&str; 2] = ["value_too_long", "fixed"];

/// Most changes that one input makes.
const CHANGES: usize = 8;

/// What an edit gives is what a naive edit of a tree gives, and it is refused only for one of the naive one's reasons.
///
/// The first line of the input is a payload, which the harness completes; each further line is a change, `62-01=text`
/// or `62-01` for a removal. A line that starts with no path has its first character choose one that leads into the
/// payload, and each further character an ID below it.
pub fn edit(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (text, lines) = input.split_once('\n').unwrap_or((&input, ""));
    for text in sealed_variants(text) {
        let Ok(payload) = Payload::parse(&text) else { continue };
        let paths = paths(&payload);
        let wishes: Vec<_> = lines.split('\n').take(CHANGES).filter_map(|line| wish(line, &paths)).collect();
        check(&payload, &wishes);
        // Without a change only the case of the CRC changes.
        let (covered, digits) = text.split_at(text.len() - 4);
        let lower = format!("{covered}{}", digits.to_ascii_lowercase());
        check(&Payload::parse(&lower).expect("either case"), &[]);
    }
}

/// A path, and the new value or nothing for a removal.
type Wish<'l> = (Path, Option<&'l str>);

/// Every path that leads to an object of the payload, closed templates and all.
fn paths(payload: &Payload<'_>) -> Vec<Path> {
    fn inside(object: DataObject<'_>, paths: &mut Vec<Path>) {
        paths.push(object.path());
        if object.template().is_ok() {
            object.objects().flatten().for_each(|object| inside(object, paths));
        }
    }
    let mut paths = Vec::new();
    payload.iter().for_each(|object| inside(object, &mut paths));
    paths
}

/// Reads a line.
fn wish<'l>(line: &'l str, paths: &[Path]) -> Option<Wish<'l>> {
    let (place, value) = line.split_once('=').map_or((line, None), |(place, value)| (place, Some(value)));
    Some((place.parse().ok().or_else(|| chosen(place, paths))?, value))
}

/// The path that the characters of a text choose.
fn chosen(place: &str, paths: &[Path]) -> Option<Path> {
    let mut numbers = place.chars().map(u32::from);
    let path = paths.get(usize::try_from(numbers.next()?).ok()? % paths.len())?;
    numbers.try_fold(*path, |path, number| path.join(Tag::new(u8::try_from(number % 100).ok()?)?))
}

fn check(payload: &Payload<'_>, wishes: &[Wish<'_>]) {
    let change = |(path, value): &Wish<'_>| naive::Change {
        path: path.tags().map(Tag::get).collect(),
        value: value.map(ToOwned::to_owned),
    };
    let expected = naive::edit(payload.as_str(), &wishes.iter().map(change).collect::<Vec<_>>());
    let changes: Vec<_> = wishes.iter().map(prepared).collect();
    let edit = payload.edit(&changes);
    assert_mute(&edit);
    match (edit.build_unchecked(), expected) {
        (Ok(text), Ok(expected)) => check_result(text.as_str(), &sealed(&expected), wishes),
        (Err(error), Err(reasons)) => {
            let kind = error.kind().name();
            assert!(reasons.contains(&kind) || LATE.contains(&kind), "{error} where the naive edit says {reasons:?}");
            assert!(payload.as_str().is_char_boundary(error.offset()));
            assert!(payload.as_str().is_char_boundary(error.offset() + error.length()));
            assert_mute(&error);
        }
        (found, expected) => panic!("{changes:?} give {found:?}, the naive edit {expected:?}"),
    }
}

fn prepared<'l>((path, value): &Wish<'l>) -> Change<'l> {
    value.map_or_else(|| Change::remove(*path), |value| Change::set(*path, value))
}

fn check_result(text: &str, expected: &str, wishes: &[Wish<'_>]) {
    assert_eq!(text, expected);
    let changed = Payload::parse(text).expect("an edited payload is wire-valid");
    for (path, value) in wishes {
        let found = changed.find(*path).map(|object| object.value());
        assert_eq!(found, *value, "at {path}");
    }
    let mut buffer = vec![0xA5; 4 * 99 * 100];
    let written = changed.edit(&[]).encode_checked_to_slice::<Mpm<'_>>((), &mut buffer).map(str::len);
    let is_sound = changed
        .validate::<Mpm<'_>>(())
        .into_violations()
        .iter()
        .all(|found| found.severity() != Severity::Error && !found.rule().is_refused_in_writing());
    assert_eq!(written.is_ok(), is_sound, "{written:?}");
    // What is refused is not left to be drawn.
    assert!(written.is_ok() || buffer.iter().all(|byte| matches!(byte, 0 | 0xA5)));
}
