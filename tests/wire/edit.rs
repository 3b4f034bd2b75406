//! Editing: the objects that are named change, and every other byte stays where it was.

use crate::common::{Object, payload, run, sealed};
use crate::support::{borrowed, edited, path, root_objects, text};
use core::ops::ControlFlow;
use emvqr::edit::Change;
use emvqr::encode::BuildError;
use emvqr::rule::Visitor;
use emvqr::{Error, ErrorKind, Khqr, Path, Payload, Profile};
use proptest::prelude::*;

/// The payload of the crate page.
const KHQR: &str = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";

fn set<'c>(at: &str, value: &'c str) -> Change<'c> {
    Change::set(path(at), value)
}

fn remove(at: &str) -> Change<'static> {
    Change::remove(path(at))
}

/// That the changes turn the payload of these objects into that of those, both without their CRC.
#[track_caller]
fn assert_edits(before: &[Object<'_>], changes: &[Change<'_>], after: &[Object<'_>]) {
    let before = payload(before);
    let read = Payload::parse(&before).unwrap();
    assert_writes(&read, changes, &payload(after));
    // The changes stand for themselves: their order says nothing.
    let reversed: Vec<Change<'_>> = changes.iter().rev().copied().collect();
    assert_eq!(read.edit(&reversed).build_unchecked().unwrap().as_str(), payload(after));
    // What was read is as it was.
    assert_eq!(read.as_str(), before);
}

/// That every door writes this text.
#[track_caller]
fn assert_writes(payload: &Payload<'_>, changes: &[Change<'_>], text: &str) {
    let edit = payload.edit(changes);
    assert_eq!(edit.build_unchecked().unwrap().as_str(), text);
    assert_eq!(edit.build_checked::<NoRules>(()).unwrap().as_str(), text);
    assert_eq!(payload.to_buf().edit(changes).build_unchecked().unwrap().as_str(), text);

    let mut buffer = vec![0xA5; text.len() + 1];
    assert_eq!(edit.encode_checked_to_slice::<NoRules>((), &mut buffer).unwrap(), text);
    assert_eq!(buffer.last(), Some(&0xA5));
    let mut buffer = vec![0xA5; text.len() - 1];
    let error = encode_error(edit.encode_checked_to_slice::<NoRules>((), &mut buffer).unwrap_err());
    assert_eq!(error.kind(), ErrorKind::BufferTooSmall { needed: text.len() });
    assert!(buffer.iter().all(|byte| *byte == 0));

    Payload::parse(text).unwrap();
}

#[track_caller]
fn refusal(objects: &[Object<'_>], changes: &[Change<'_>]) -> Error {
    let text = payload(objects);
    let payload = Payload::parse(&text).unwrap();
    let error = payload.edit(changes).build_unchecked().unwrap_err();
    assert_eq!(encode_error(payload.edit(changes).build_checked::<NoRules>(()).unwrap_err()), error);
    error
}

/// That the payload of these objects refuses the changes.
#[track_caller]
fn assert_refuses(objects: &[Object<'_>], changes: &[Change<'_>], kind: ErrorKind, at: &str, offset: usize) {
    let error = refusal(objects, changes);
    assert_eq!((error.kind(), error.path(), error.offset()), (kind, path(at), offset), "{error}");
}

#[test]
fn present_object_gets_another_value_in_its_place() {
    assert_edits(&[("00", "01"), ("54", "100")], &[set("54", "2.50")], &[("00", "01"), ("54", "2.50")]);
    let before = [("00", "01"), ("54", "100"), ("01", "11"), ("60", "x")];
    assert_edits(&before, &[set("01", "12")], &[("00", "01"), ("54", "100"), ("01", "12"), ("60", "x")]);
    assert_edits(&before, &[set("60", "yz"), set("54", "7")], &[("00", "01"), ("54", "7"), ("01", "11"), ("60", "yz")]);
    // 00 too, as long as it is there: whether a profile knows the format is not asked.
    assert_edits(&[("00", "01"), ("59", "x")], &[set("00", "2")], &[("00", "2"), ("59", "x")]);
}

#[test]
fn payload_of_the_crate_page_becomes_dynamic() {
    let payload = Payload::parse(KHQR).unwrap();
    let changes = [set("01", "12"), set("54", "10000"), set("62-01", "INV-7")];
    let expected = "00020101021229190015john_smith@devb520459995303116540510000\
                    5802KH5910John Smith6010PHNOM PENH62090105INV-7";
    assert_writes(&payload, &changes, &sealed(expected));
}

#[test]
fn missing_root_object_is_inserted_before_the_first_higher_one() {
    let before = [("00", "01"), ("52", "ab"), ("60", "xyz")];
    assert_edits(&before, &[set("54", "1")], &[("00", "01"), ("52", "ab"), ("54", "1"), ("60", "xyz")]);
    assert_edits(&before, &[set("01", "11")], &[("00", "01"), ("01", "11"), ("52", "ab"), ("60", "xyz")]);
    // The first in wire order, where they are out of order.
    let before = [("00", "01"), ("52", "ab"), ("80", "z"), ("02", "y"), ("60", "xyz")];
    let after = [("00", "01"), ("52", "ab"), ("54", "1"), ("80", "z"), ("02", "y"), ("60", "xyz")];
    assert_edits(&before, &[set("54", "1")], &after);
    assert_edits(
        &[("00", "01"), ("60", "xyz"), ("52", "ab")],
        &[set("61", "c"), set("01", "b"), set("59", "a")],
        &[("00", "01"), ("01", "b"), ("59", "a"), ("60", "xyz"), ("52", "ab"), ("61", "c")],
    );
}

#[test]
fn new_root_object_stands_at_the_latest_before_63() {
    assert_edits(&[("00", "01"), ("52", "ab")], &[set("54", "1")], &[("00", "01"), ("52", "ab"), ("54", "1")]);
    assert_edits(&[("00", "01")], &[set("99", "z")], &[("00", "01"), ("99", "z")]);
    assert_edits(
        &[("00", "01"), ("52", "ab")],
        &[set("64", "x"), set("99", "z"), set("62", "y")],
        &[("00", "01"), ("52", "ab"), ("62", "y"), ("64", "x"), ("99", "z")],
    );
    assert_edits(
        &[("00", "01"), ("80", "z")],
        &[set("64", "x"), set("62", "y")],
        &[("00", "01"), ("62", "y"), ("64", "x"), ("80", "z")],
    );
}

#[test]
fn sub_object_is_set_in_place_or_inserted_among_its_siblings() {
    let before = [("00", "01"), ("62", "0101A0501E0701G"), ("64", "0002km")];
    assert_edits(&before, &[set("62-05", "xyz")], &[("00", "01"), ("62", "0101A0503xyz0701G"), ("64", "0002km")]);
    assert_edits(&before, &[set("62-06", "F")], &[("00", "01"), ("62", "0101A0501E0601F0701G"), ("64", "0002km")]);
    assert_edits(&before, &[set("62-08", "H")], &[("00", "01"), ("62", "0101A0501E0701G0801H"), ("64", "0002km")]);
    assert_edits(&before, &[set("62-00", "?")], &[("00", "01"), ("62", "0001?0101A0501E0701G"), ("64", "0002km")]);
    // Only the CRC of the root is fixed: 63 of a template is an object as any other.
    let before = [("00", "01"), ("62", "6304ABCD8001z")];
    assert_edits(&before, &[set("62-63", "x")], &[("00", "01"), ("62", "6301x8001z")]);
    assert_edits(&before, &[set("62-64", "x")], &[("00", "01"), ("62", "6304ABCD6401x8001z")]);
    assert_edits(&before, &[remove("62-63")], &[("00", "01"), ("62", "8001z")]);
}

#[test]
fn templates_are_created_around_a_new_sub_object() {
    let before = [("00", "01"), ("60", "x"), ("80", "z")];
    assert_edits(&before, &[set("62-01", "INV-7")], &[("00", "01"), ("60", "x"), ("62", "0105INV-7"), ("80", "z")]);
    let after = [("00", "01"), ("60", "x"), ("62", "0101B0702T1"), ("80", "z")];
    assert_edits(&before, &[set("62-07", "T1"), set("62-01", "B")], &after);
    // Two templates at once.
    assert_edits(&[("00", "01")], &[set("62-50-01", "x")], &[("00", "01"), ("62", "50050101x")]);
    assert_edits(
        &[("00", "01")],
        &[set("62-50-01", "x"), set("62-50-00", "com.example"), set("62-01", "y")],
        &[("00", "01"), ("62", "0101y50200011com.example0101x")],
    );
    // As deep as a path can say.
    let deep = [("00", "01"), ("91", "922193179413950996059701z")];
    assert_edits(&[("00", "01")], &[set("91-92-93-94-95-96-97", "z")], &deep);
    assert_edits(&deep, &[remove("91-92-93-94-95-96-97")], &[("00", "01")]);
}

#[test]
fn objects_are_removed_and_missing_ones_are_no_fault() {
    let before = [("00", "01"), ("01", "11"), ("54", "1"), ("62", "0101A0501E")];
    assert_edits(&before, &[remove("01")], &[("00", "01"), ("54", "1"), ("62", "0101A0501E")]);
    assert_edits(&before, &[remove("62")], &[("00", "01"), ("01", "11"), ("54", "1")]);
    assert_edits(&before, &[remove("62-01")], &[("00", "01"), ("01", "11"), ("54", "1"), ("62", "0501E")]);
    assert_edits(&before, &[remove("54"), remove("01"), remove("62-05")], &[("00", "01"), ("62", "0101A")]);
    for missing in ["02", "99", "62-99", "64-01", "64-01-02"] {
        assert_edits(&before, &[remove(missing)], &before);
    }
}

#[test]
fn template_goes_with_its_last_object() {
    let before = [("00", "01"), ("62", "0101A0501E"), ("64", "0002km")];
    assert_edits(&before, &[remove("62-01"), remove("62-05")], &[("00", "01"), ("64", "0002km")]);
    assert_edits(&before, &[remove("64-00")], &[("00", "01"), ("62", "0101A0501E")]);
    // A template in a template, and with it the outer one.
    let before = [("00", "01"), ("62", "0101A50050101x"), ("80", "50050101y")];
    assert_edits(&before, &[remove("62-50-01")], &[("00", "01"), ("62", "0101A"), ("80", "50050101y")]);
    assert_edits(&before, &[remove("80-50-01")], &[("00", "01"), ("62", "0101A50050101x")]);
    assert_edits(&before, &[remove("62-50-01"), remove("62-01")], &[("00", "01"), ("80", "50050101y")]);
    // It stays where another object comes in.
    assert_edits(
        &before,
        &[remove("80-50-01"), set("80-00", "g")],
        &[("00", "01"), ("62", "0101A50050101x"), ("80", "0001g")],
    );
}

#[test]
fn third_level_is_edited_as_the_second() {
    let before = [("00", "01"), ("62", "0101A50200011com.example0101x0701G"), ("01", "11")];
    let edits = [
        (set("62-50-01", "longer"), "0101A50250011com.example0106longer0701G"),
        (set("62-50-02", "y"), "0101A50250011com.example0101x0201y0701G"),
        (set("62-50", "opaque"), "0101A5006opaque0701G"),
        // No sibling has a higher ID.
        (set("62-51-00", "z"), "0101A50200011com.example0101x0701G51050001z"),
        (remove("62-50-00"), "0101A50050101x0701G"),
        (remove("62-50"), "0101A0701G"),
    ];
    for (change, after) in edits {
        assert_edits(&before, &[change], &[("00", "01"), ("62", after), ("01", "11")]);
    }
}

#[test]
fn untouched_objects_keep_their_bytes_and_their_order() {
    // Out of order, with an ID twice in a template, a template that is none, RFU objects and text of several bytes.
    let before = [
        ("00", "01"),
        ("80", "9901Z0101A0101B"),
        ("39", "03f92874015c5c6e"),
        ("79", "future"),
        ("60", "ភ្នំពេញ"),
        ("26", "0102xy0011com.example"),
        ("59", "東京\u{202E}𠮷"),
    ];
    let mut after = before.to_vec();
    after[5].1 = "0102xy0011com.example0203new";
    after.insert(1, ("52", "5812"));
    assert_edits(&before, &[set("26-02", "new"), set("52", "5812")], &after);
    // Of the template with an ID twice, the other objects can be edited.
    let mut after = before.to_vec();
    after[1].1 = "9902YY0101A0101B";
    assert_edits(&before, &[set("80-99", "YY")], &after);
    let mut after = before.to_vec();
    after[1].1 = "0101A0101B";
    assert_edits(&before, &[remove("80-99")], &after);
    // A template that is none can be replaced as a whole.
    let mut after = before.to_vec();
    after[2].1 = "0001x";
    assert_edits(&before, &[set("39", "0001x")], &after);
}

#[test]
fn values_are_counted_in_characters() {
    let before = [("00", "01"), ("59", "Shop"), ("64", "0002km0104Shop")];
    let after = [("00", "01"), ("59", "寿司屋"), ("64", "0002km0107ភ្នំពេញ0202東京")];
    assert_edits(&before, &[set("59", "寿司屋"), set("64-01", "ភ្នំពេញ"), set("64-02", "東京")], &after);
    let whole = "𠮷".repeat(99);
    assert_edits(&before, &[set("59", &whole)], &[("00", "01"), ("59", &whole), ("64", "0002km0104Shop")]);
}

#[test]
fn an_object_becomes_a_template_and_back() {
    assert_edits(&[("00", "01"), ("62", "***")], &[set("62", "0101A")], &[("00", "01"), ("62", "0101A")]);
    assert_edits(&[("00", "01"), ("62", "0101A")], &[set("62", "***")], &[("00", "01"), ("62", "***")]);
}

#[test]
fn no_change_gives_the_same_text_up_to_the_case_of_the_crc() {
    let lower = KHQR.replace("6304E80F", "6304e80f");
    for text in [KHQR, &lower] {
        let payload = Payload::parse(text).unwrap();
        assert_writes(&payload, &[], KHQR);
        assert_writes(&payload, &[remove("99"), set("59", "John Smith")], KHQR);
    }
}

/// Where 63 starts in a payload of these objects.
fn crc_offset(objects: &[Object<'_>]) -> usize {
    run(objects).len()
}

#[test]
fn fixed_objects_are_refused() {
    let before = [("00", "01"), ("59", "東京"), ("62", "0101A")];
    let end = crc_offset(&before);
    for change in [set("63", "ABCD"), remove("63"), set("63-01", "x"), remove("63-01")] {
        assert_refuses(&before, &[change], ErrorKind::Fixed, &change.path().unwrap().to_string(), end);
    }
    for change in [Change::set(Path::ROOT, "000201"), Change::remove(Path::ROOT)] {
        assert_refuses(&before, &[change], ErrorKind::Fixed, "", end);
    }
    assert_refuses(&before, &[remove("00")], ErrorKind::Fixed, "00", 0);
    // As the first of several changes and as the last.
    assert_refuses(&before, &[set("59", "x"), remove("00")], ErrorKind::Fixed, "00", 0);
    assert_refuses(&before, &[remove("00"), set("59", "x")], ErrorKind::Fixed, "00", 0);
}

/// A wire-valid payload may have a 00 that is a run of data objects; it must not go with its last one.
#[test]
fn format_indicator_does_not_go_with_its_last_sub_object() {
    let before = [("00", "0101A0201B"), ("59", "x")];
    assert_edits(&before, &[remove("00-02")], &[("00", "0101A"), ("59", "x")]);
    assert_refuses(&before, &[remove("00-01"), remove("00-02")], ErrorKind::Fixed, "00", 0);
    assert_refuses(&[("00", "0101A"), ("59", "x")], &[remove("00-01")], ErrorKind::Fixed, "00", 0);
    assert_refuses(&[("00", "0101A")], &[remove("00-01")], ErrorKind::Fixed, "00", 0);
}

#[test]
fn two_changes_of_one_object_are_refused() {
    let before = [("00", "01"), ("59", "東京"), ("62", "0101A50050101x")];
    let (end, sixty_two) = (crc_offset(&before), 16);
    let conflict = ErrorKind::ChangeConflict;
    assert_refuses(&before, &[set("59", "a"), set("59", "b")], conflict, "59", 6);
    assert_refuses(&before, &[set("59", "a"), set("59", "a")], conflict, "59", 6);
    assert_refuses(&before, &[set("59", "a"), remove("59")], conflict, "59", 6);
    assert_refuses(&before, &[remove("61"), remove("61")], conflict, "61", end);
    // An object and something inside it, in either order: the object is named.
    assert_refuses(&before, &[set("62", "0101B"), set("62-01", "C")], conflict, "62", sixty_two);
    assert_refuses(&before, &[set("62-01", "C"), set("62", "0101B")], conflict, "62", sixty_two);
    assert_refuses(&before, &[remove("62"), set("62-50-01", "C")], conflict, "62", sixty_two);
    assert_refuses(&before, &[remove("62-50"), remove("62-50-01")], conflict, "62-50", sixty_two + 9);
    assert_refuses(&before, &[set("80", "x"), set("80-01", "y")], conflict, "80", end);
    assert_refuses(&before, &[set("59", "a"), set("60", "b"), set("59", "c")], conflict, "59", 6);
    // Neighbours are none.
    Payload::parse(&payload(&before))
        .unwrap()
        .edit(&[set("62-01", "a"), set("62-02", "b"), remove("62-50-01")])
        .build_unchecked()
        .unwrap();
}

#[test]
fn values_that_no_object_can_hold_are_refused() {
    let before = [("00", "01"), ("59", "東京"), ("62", "0101A")];
    let end = crc_offset(&before);
    let over = "𠮷".repeat(100);
    for (value, kind) in [("", ErrorKind::ValueEmpty), (over.as_str(), ErrorKind::ValueTooLong)] {
        assert_refuses(&before, &[set("59", value)], kind, "59", 6);
        assert_refuses(&before, &[set("62-01", value)], kind, "62-01", 20);
        assert_refuses(&before, &[set("60", value)], kind, "60", end);
        assert_refuses(&before, &[set("62-50-01", value)], kind, "62-50-01", end);
    }
}

#[test]
fn template_takes_99_characters_and_not_100() {
    let before = [("00", "01"), ("62", "0101A"), ("64", "0002km")];
    let end = crc_offset(&before);
    let (fits, over) = ("é".repeat(90), "é".repeat(91));
    // 5 characters are there; 4 of a header come in.
    let after = format!("0101A0290{fits}");
    assert_edits(&before, &[set("62-02", &fits)], &[("00", "01"), ("62", &after), ("64", "0002km")]);
    assert_refuses(&before, &[set("62-02", &over)], ErrorKind::ValueTooLong, "62", 6);
    // What goes makes room, whatever the order.
    let after = format!("0291{over}");
    assert_edits(&before, &[remove("62-01"), set("62-02", &over)], &[("00", "01"), ("62", &after), ("64", "0002km")]);
    // A template that would be made, and one inside another: the innermost is named.
    let (fits, over) = ("x".repeat(95), "x".repeat(96));
    let after = format!("0195{fits}");
    let whole = [("00", "01"), ("62", "0101A"), ("64", "0002km"), ("80", after.as_str())];
    assert_edits(&before, &[set("80-01", &fits)], &whole);
    assert_refuses(&before, &[set("80-01", &over)], ErrorKind::ValueTooLong, "80", end);
    assert_refuses(&before, &[set("62-50-01", &over)], ErrorKind::ValueTooLong, "62-50", end);
    assert_refuses(&before, &[set("62-50-01", &fits)], ErrorKind::ValueTooLong, "62", 6);
}

#[test]
fn changes_inside_what_is_no_template_are_refused() {
    let before = [("00", "01"), ("39", "03f92874"), ("62", "0101A5004wxyz")];
    let (thirty_nine, fifty) = (6, 6 + 12 + 4 + 5);
    for change in [set("39-01", "x"), remove("39-01"), set("39-01-02", "x")] {
        assert_refuses(&before, &[change], ErrorKind::NotTemplate, "39", thirty_nine);
    }
    for change in [set("62-50-01", "x"), remove("62-50-99")] {
        assert_refuses(&before, &[change], ErrorKind::NotTemplate, "62-50", fifty);
    }
    assert_refuses(&before, &[set("00-01", "x")], ErrorKind::NotTemplate, "00", 0);
    assert_refuses(&before, &[remove("00-01")], ErrorKind::NotTemplate, "00", 0);
    // The objects in front of a fault of shape do not make a template either.
    assert_refuses(&[("00", "01"), ("29", "0101A0")], &[set("29-01", "B")], ErrorKind::NotTemplate, "29", 6);
}

#[test]
fn changes_of_an_id_that_occurs_twice_are_refused() {
    let before = [("00", "01"), ("29", "0101A0201b0101C"), ("62", "50150101A0201b0101C")];
    // The second one is named.
    for change in [set("29-01", "x"), remove("29-01"), set("29-01-00", "x")] {
        let error = refusal(&before, &[change]);
        assert_eq!(error.path(), path("29-01"));
    }
    assert_refuses(&before, &[set("29-01", "x")], ErrorKind::Duplicate, "29-01", 10 + 10);
    assert_refuses(&before, &[remove("29-01")], ErrorKind::Duplicate, "29-01", 10 + 10);
    assert_refuses(&before, &[remove("62-50-01")], ErrorKind::Duplicate, "62-50-01", 25 + 8 + 10);
    // The others in the same template are not concerned.
    let after = [("00", "01"), ("29", "0101A0202XY0101C"), before[2]];
    assert_edits(&before, &[set("29-02", "XY")], &after);
    assert_edits(&before, &[set("29", "0101A")], &[("00", "01"), ("29", "0101A"), before[2]]);
}

#[test]
fn texts_of_refusals_name_object_and_place_but_no_text() {
    let before = [("00", "01"), ("59", "secret")];
    let text = |change| refusal(&before, &[change]).to_string();
    assert_eq!(text(remove("00")), "data object is fixed, in data object 00 at byte 0");
    assert_eq!(text(set("59-01", "x")), "value is not a template, in data object 59 at byte 6");
    assert_eq!(text(set("59", "")), "value is empty, in data object 59 at byte 6");
    assert_eq!(text(set("61", &"x".repeat(100))), "value is longer than 99 characters, in data object 61 at byte 16");
    let twice = refusal(&before, &[set("59", "a"), remove("59")]);
    assert_eq!(twice.to_string(), "two changes concern the same data object, in data object 59 at byte 6");

    let change = set("59", "hidden");
    assert_eq!(change.path(), Some(path("59")));
    let text = payload(&before);
    let payload = Payload::parse(&text).unwrap();
    let changes = [change];
    let shown = format!("{change:?} {:?}", payload.edit(&changes));
    assert!(!shown.contains("hidden"), "{shown}");
}

#[test]
fn debug_of_an_edit_tells_no_text_of_the_payload() {
    let payload = Payload::parse(KHQR).unwrap();
    let shown = format!("{:?}", payload.edit(&[]));
    assert!(!shown.contains("john_smith") && !shown.contains("PHNOM"), "{shown}");
}

/// A profile that accepts every payload.
struct NoRules;

impl<'a> Profile<'a> for NoRules {
    type Context = ();

    const NAME: &'static str = "none";

    fn recognises(_: &Payload<'a>) -> bool {
        true
    }

    fn check(_: &Payload<'_>, (): (), _: &mut dyn Visitor) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn of(_: &Payload<'a>) -> Self {
        Self
    }
}

fn encode_error(error: BuildError) -> Error {
    match error {
        BuildError::Encode(error) => error,
        other => panic!("{other}"),
    }
}

#[test]
fn a_checked_edit_breaks_no_rule() {
    let payload = Payload::parse(KHQR).unwrap();
    let clock = emvqr::Clock::UNKNOWN;
    let renamed = payload.edit(&[Change::set("59", "Jane Smith")]).build_checked::<Khqr<'_>>(clock).unwrap();
    assert!(renamed.as_str().contains("5910Jane Smith"));
    // With an amount it needs a lifetime.
    let amount = [Change::set("54", "1.75")];
    let refused = payload.edit(&amount).build_checked::<Khqr<'_>>(clock).unwrap_err();
    assert!(matches!(refused, BuildError::Rule(_)), "{refused}");
    let mut buffer = [0xA5; 200];
    payload.edit(&amount).encode_checked_to_slice::<Khqr<'_>>(clock, &mut buffer).unwrap_err();
    // The written bytes are zero: the text that was, and one object more.
    assert!(
        buffer[..KHQR.len() + 8].iter().all(|byte| *byte == 0)
            && buffer[KHQR.len() + 8..].iter().all(|byte| *byte == 0xA5)
    );
    assert!(payload.edit(&amount).build_unchecked().is_ok());
}

#[test]
fn a_text_that_is_no_path_is_the_first_error() {
    let payload = Payload::parse(KHQR).unwrap();
    for wrong in ["5", "59-", "62-1", "62_01", "name", "01-02-03-04-05-06-07-08"] {
        let changes = [remove("63"), Change::set(wrong, "x")];
        let error = payload.edit(&changes).build_unchecked().unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::PathFormat, Path::ROOT), "{wrong}");
        assert_eq!(changes[1].path(), None);
    }
}

/// A change of a payload: something at the path of one of its objects, or somewhere else.
#[derive(Clone, Debug)]
struct Drawn {
    of_object: Option<prop::sample::Index>,
    elsewhere: Vec<u8>,
    deeper: Option<u8>,
    value: Option<String>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let id = || prop_oneof![3 => 0..=4_u8, 2 => prop::sample::select(vec![26, 50, 62, 64, 80]), 1 => 0..=99_u8];
    (
        prop_oneof![3 => any::<prop::sample::Index>().prop_map(Some), 1 => Just(None)],
        prop::collection::vec(id(), 1..=3),
        prop_oneof![3 => Just(None), 1 => id().prop_map(Some)],
        prop_oneof![2 => text(20).prop_map(Some), 1 => crate::support::template(true).prop_map(Some), 2 => Just(None)],
    )
        .prop_map(|(of_object, elsewhere, deeper, value)| Drawn { of_object, elsewhere, deeper, value })
}

impl Drawn {
    fn resolve(&self, paths: &[Path]) -> (Path, Option<&str>) {
        let base = match self.of_object {
            Some(index) => *index.get(paths),
            None => self.elsewhere.iter().fold(Path::ROOT, |path, id| path.join(crate::support::tag(*id)).unwrap()),
        };
        let path = self.deeper.and_then(|id| base.join(crate::support::tag(id))).unwrap_or(base);
        (path, self.value.as_deref())
    }
}

/// The paths of all objects, templates and what is in them, 63 aside.
fn paths(payload: &Payload<'_>) -> Vec<Path> {
    let mut paths = Vec::new();
    for object in payload.iter().filter(|object| object.tag() != emvqr::Tag::CRC) {
        paths.push(object.path());
        if let Ok(template) = object.template() {
            for inner in &template {
                paths.push(inner.path());
                if let Ok(inner) = inner.template() {
                    paths.extend(inner.iter().map(|object| object.path()));
                }
            }
        }
    }
    paths
}

/// Path and value of the leaves, except those at, inside or around the paths given.
fn leaves_outside<'a>(payload: &Payload<'a>, changed: &[Path]) -> Vec<(Path, &'a str)> {
    let leaves = payload.leaves().filter(|leaf| leaf.path() != path("63"));
    let concerned = |leaf: Path| changed.iter().any(|path| path.contains(leaf) || leaf.contains(*path));
    let outside = leaves.filter(|leaf| !concerned(leaf.path()));
    outside.map(|leaf| (leaf.path(), leaf.value())).collect()
}

proptest! {
    /// Against an editor that works on a tree: the same text, or both refuse.
    #[test]
    fn edits_are_those_of_a_tree(
        objects in root_objects(true),
        drawn in prop::collection::vec(drawn(), 0..4),
    ) {
        let before = payload(&borrowed(&objects));
        let payload = Payload::parse(&before).unwrap();
        let paths = paths(&payload);
        let drawn: Vec<_> = drawn.iter().map(|change| change.resolve(&paths)).collect();
        let changes: Vec<Change<'_>> = drawn
            .iter()
            .map(|(path, value)| value.map_or(Change::remove(*path), |value| Change::set(*path, value)))
            .collect();
        let expected = edited(&run(&borrowed(&objects)), &drawn).map(|objects| sealed(&objects));
        let result = payload.edit(&changes).build_unchecked();
        prop_assert_eq!(result.ok().map(emvqr::PayloadBuf::into_string), expected.clone());
        if let Some(text) = expected {
            let mut buffer = vec![0; text.len()];
            prop_assert_eq!(payload.edit(&changes).encode_checked_to_slice::<NoRules>((), &mut buffer).unwrap(), &text);
        }
    }

    /// What is written can be read, and what no change concerns reads as before, in the same order.
    #[test]
    fn untouched_leaves_read_as_before(objects in root_objects(false), drawn in prop::collection::vec(drawn(), 1..4)) {
        let before = payload(&borrowed(&objects));
        let payload = Payload::parse(&before).unwrap();
        let paths = paths(&payload);
        let changes: Vec<Change<'_>> = drawn
            .iter()
            .map(|change| match change.resolve(&paths) {
                (path, Some(value)) => Change::set(path, value),
                (path, None) => Change::remove(path),
            })
            .collect();
        if let Ok(after) = payload.edit(&changes).build_unchecked() {
            let changed: Vec<Path> = changes.iter().filter_map(Change::path).collect();
            let after = after.as_payload();
            prop_assert_eq!(leaves_outside(&after, &changed), leaves_outside(&payload, &changed));
        }
    }

    #[test]
    fn what_was_set_is_found(objects in root_objects(false), drawn in drawn(), value in text(15)) {
        let before = payload(&borrowed(&objects));
        let payload = Payload::parse(&before).unwrap();
        let (path, _) = drawn.resolve(&paths(&payload));
        let changes = [Change::set(path, &value)];
        if let Ok(after) = payload.edit(&changes).build_unchecked() {
            let after = after.as_payload();
            prop_assert_eq!(after.find(path).map(|object| object.value()), Some(value.as_str()));
            // Doing it again changes nothing.
            prop_assert_eq!(after.edit(&changes).build_unchecked().unwrap().into_string(), after.as_str());
        }
    }

    #[test]
    fn what_was_removed_is_absent(objects in root_objects(false), drawn in drawn()) {
        let before = payload(&borrowed(&objects));
        let payload = Payload::parse(&before).unwrap();
        let (path, _) = drawn.resolve(&paths(&payload));
        let changes = [Change::remove(path)];
        if let Ok(after) = payload.edit(&changes).build_unchecked() {
            let after = after.as_payload();
            prop_assert!(after.find(path).is_none());
            // No template is left without an object, so its end is the end of its last one.
            prop_assert!(after.leaves().all(|leaf| !leaf.value().is_empty()));
            prop_assert_eq!(after.edit(&changes).build_unchecked().unwrap().into_string(), after.as_str());
        }
    }

    #[test]
    fn no_change_gives_the_same_code(objects in root_objects(true), lower in any::<bool>()) {
        let upper = payload(&borrowed(&objects));
        let (covered, digits) = upper.split_at(upper.len() - 4);
        let text = if lower { format!("{covered}{}", digits.to_ascii_lowercase()) } else { upper.clone() };
        let payload = Payload::parse(&text).unwrap();
        prop_assert_eq!(payload.edit(&[]).build_unchecked().unwrap().into_string(), upper);
    }

    #[test]
    fn setting_the_value_that_is_there_gives_the_same_text(objects in root_objects(false), which in any::<prop::sample::Index>()) {
        let text = payload(&borrowed(&objects));
        let payload = Payload::parse(&text).unwrap();
        let path = *which.get(&paths(&payload));
        let value = payload.find(path).unwrap().value();
        prop_assert_eq!(payload.edit(&[Change::set(path, value)]).build_unchecked().unwrap().into_string(), text);
    }

    /// Setting what was missing and removing it again gives the payload back.
    #[test]
    fn removing_what_was_inserted_undoes_it(objects in root_objects(false), drawn in drawn(), value in text(15)) {
        let before = payload(&borrowed(&objects));
        let payload = Payload::parse(&before).unwrap();
        let (path, _) = drawn.resolve(&paths(&payload));
        if payload.find(path).is_none() && let Ok(between) = payload.edit(&[Change::set(path, &value)]).build_unchecked() {
            prop_assert_eq!(between.edit(&[Change::remove(path)]).build_unchecked().unwrap().into_string(), before);
        }
    }
}
