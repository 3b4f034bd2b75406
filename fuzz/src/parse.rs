//! The laws of reading: strict and lax, look-up, views and findings.

use std::fmt::{self, Write as _};

use emvqr::display::Escaped;
use emvqr::mpm::Account;
use emvqr::rule::Violation;
use emvqr::tlv::{self, DataObject, LengthUnit, Template};
use emvqr::value::InvalidValue;
use emvqr::{Advice, Error, ErrorKind, Mpm, Path, Payload, Severity, Tag, TagSet};

use crate::{naive, text};

/// Paths of an input that are looked up.
const PATHS: usize = 8;

/// Strict and lax reading agree, everything found lies inside the text, and what conforms can be read through getters.
pub fn parse(data: &[u8]) {
    any_bytes(data);
    let paths: Vec<_> = data.rchunks(3).take(PATHS).map(path).collect();
    for text in text::variants(data) {
        lax(&text);
        strict(&text, &paths);
        leaves(&text);
        escaped(&text);
    }
}

/// A path of the IDs that bytes choose.
fn path(bytes: &[u8]) -> Path {
    let join = |path: Path, byte: &u8| path.join(Tag::new(byte % 100)?);
    bytes.iter().try_fold(Path::ROOT, join).expect("three IDs are a path")
}

fn any_bytes(data: &[u8]) {
    let read = Payload::parse_bytes(data);
    if let Ok(text) = std::str::from_utf8(data) {
        return assert_eq!(read, Payload::parse(text));
    }
    let error = read.expect_err("not UTF-8");
    assert_eq!(error.kind(), ErrorKind::Utf8);
    assert!(error.length() >= 1 && error.offset() + error.length() <= data.len());
    assert!(std::str::from_utf8(&data[..error.offset()]).is_ok(), "the first byte that is not UTF-8");
}

/// What a run of data objects gives, its end included.
fn collect(mut run: tlv::DataObjects<'_>) -> (Vec<DataObject<'_>>, Option<Error>) {
    let mut objects = Vec::new();
    let fault = loop {
        match run.next() {
            Some(Ok(object)) => objects.push(object),
            Some(Err(fault)) => break Some(fault),
            None => break None,
        }
    };
    assert!(run.next().is_none(), "after its end a run gives nothing");
    (objects, fault)
}

/// `RootObjects` without gaps up to the end or to the fault.
fn lax(text: &str) {
    let run = tlv::read(text);
    assert_mute(&run);
    let (objects, fault) = collect(run);
    let mut at = 0;
    for object in &objects {
        assert_eq!(object.offset(), at);
        assert_eq!(object.path(), Path::of(object.tag()));
        inside(text, object);
        at = object.end();
    }
    match fault {
        None => assert_eq!(at, text.len()),
        Some(fault) => {
            assert_eq!(fault.offset(), at);
            shape_fault(text, &fault);
        }
    }
}

fn shape_fault(text: &str, fault: &Error) {
    assert!(fault.kind().is_shape(), "{fault}");
    assert!((1..=16).contains(&fault.length()), "a header has one to four characters");
    error_inside(text, fault);
}

fn error_inside(text: &str, error: &Error) {
    assert_mute(error);
    range_inside(text, error.offset(), error.length());
}

fn range_inside(text: &str, offset: usize, length: usize) {
    assert!(text.get(offset..offset + length).is_some(), "{offset} and {length} more cut {text:?}");
}

/// The part is cut out of the text, not a copy.
fn sub_slice(text: &str, part: &str) {
    let (whole, part) = (text.as_bytes().as_ptr_range(), part.as_bytes().as_ptr_range());
    assert!(whole.start <= part.start && part.end <= whole.end);
}

/// An object and what is inside it, to any depth that a path can name.
fn inside(text: &str, object: &DataObject<'_>) {
    let value = object.value();
    sub_slice(text, value);
    sub_slice(text, object.raw());
    assert_eq!(text.get(object.offset()..object.end()), Some(object.raw()));
    assert_eq!(text.get(object.value_offset()..object.end()), Some(value));
    assert_eq!(value.as_bytes(), object.value_bytes());
    assert!((1..=99).contains(&object.length()));
    assert_eq!(naive::data_object(object.tag().get(), value), object.raw());
    assert_eq!(value.chars().count(), object.length());
    assert_eq!(object.path().tag(), Some(object.tag()));
    if !value.is_ascii() {
        assert_mute(object);
        assert_mute(&object.objects());
    }

    let (objects, fault) = collect(object.objects());
    if object.path().depth() == Path::MAX_DEPTH {
        assert_eq!(fault.map(|fault| fault.kind()), Some(ErrorKind::TooDeep));
    } else if let Some(fault) = fault {
        shape_fault(text, &fault);
    }
    for inner in &objects {
        assert_eq!(inner.path().parent(), Some(object.path()));
        inside(text, inner);
    }
    match (object.template(), fault) {
        (Ok(template), None) => template_of(&template, object, &objects),
        (Err(error), Some(fault)) => {
            assert_eq!(error, fault);
            error_inside(text, &error);
        }
        (template, fault) => panic!("{template:?}, but the run ends with {fault:?}"),
    }
}

/// Look-up and iteration of a template.
fn template_of(template: &Template<'_>, object: &DataObject<'_>, objects: &[DataObject<'_>]) {
    if !object.value().is_ascii() {
        assert_mute(template);
    }
    assert_eq!((template.path(), template.end()), (object.path(), object.end()));
    assert_eq!((template.as_str(), template.as_str().as_ptr()), (object.value(), object.value().as_ptr()));
    assert!(template.iter().map(place).eq(objects.iter().copied().map(place)));

    let mut first_by_tag = [None; 100];
    let mut repeated = TagSet::EMPTY;
    for object in objects {
        let first = &mut first_by_tag[usize::from(object.tag().get())];
        match first {
            None => *first = Some(place(*object)),
            Some(_) => repeated = repeated.with(object.tag()),
        }
    }
    for (tag, first) in TagSet::ALL.iter().zip(first_by_tag) {
        assert_eq!(template.get(tag).map(place), first);
        assert_eq!(template.tags().contains(tag), first.is_some());
    }
    assert_eq!(template.repeated(), repeated);
    assert!(template.by_tag().map(place).eq(first_by_tag.into_iter().flatten()), "the first of each ID, by ID");

    // The same value without the payload around: places count from it.
    let alone = Template::parse(object.value()).expect("the value is a template");
    let shifted = alone.iter().map(|inner| inner.offset() + object.value_offset());
    assert!(shifted.eq(objects.iter().map(DataObject::offset)));
}

/// What makes a data object the one that it is.
fn place(object: DataObject<'_>) -> (Path, usize, usize, *const u8) {
    (object.path(), object.offset(), object.end(), object.value().as_ptr())
}

fn strict(text: &str, paths: &[Path]) {
    let (objects, fault) = collect(tlv::read(text));
    match Payload::parse(text) {
        Ok(payload) => {
            assert_eq!(fault, None);
            wire_valid(text, &objects);
            same_objects(&payload, &objects);
            owned(&payload);
            for path in paths {
                assert_eq!(payload.find(*path).map(place), found_plainly(&payload, *path).map(place), "at {path}");
            }
            view(&payload);
        }
        Err(error) => {
            error_inside(text, &error);
            if error.kind().is_shape() {
                assert_eq!(fault, Some(error));
            } else {
                assert_eq!(fault, None, "shape goes before {error}");
            }
        }
    }
}

/// What level 1 means.
fn wire_valid(text: &str, objects: &[DataObject<'_>]) {
    assert!(text.len() <= Payload::MAX_LEN);
    assert_eq!(objects.first().map(DataObject::tag), Some(Tag::PAYLOAD_FORMAT_INDICATOR));
    let crc = objects.last().expect("there is a first one");
    assert_eq!(crc.tag(), Tag::CRC);
    assert_eq!(objects.iter().map(DataObject::tag).collect::<TagSet>().len(), objects.len(), "no ID twice");
    let computed = naive::crc(&text.as_bytes()[..crc.value_offset()]);
    assert_eq!(crc.value().to_ascii_uppercase(), format!("{computed:04X}"));
    assert_eq!(tlv::length_unit(text), Some(LengthUnit::Characters));
}

fn same_objects(payload: &Payload<'_>, objects: &[DataObject<'_>]) {
    assert!(payload.iter().map(place).eq(objects.iter().copied().map(place)));
    assert_eq!(payload.tags(), objects.iter().map(DataObject::tag).collect());
    let mut by_tag = [None; 100];
    for object in objects {
        by_tag[usize::from(object.tag().get())] = Some(place(*object));
    }
    for (tag, expected) in TagSet::ALL.iter().zip(by_tag) {
        assert_eq!(payload.get(tag).map(place), expected);
        assert_eq!(payload.find(Path::of(tag)).map(place), expected);
    }
    for object in objects {
        assert_eq!(payload.get(object.tag()).map(|found| found.length()), Some(object.length()));
    }
}

fn owned(payload: &Payload<'_>) {
    let text = payload.as_str();
    assert_mute(payload);
    assert_eq!(payload.to_string(), text);
    assert_eq!(payload.is_plain(), text.chars().all(|c| (' '..='~').contains(&c)));
    assert_eq!(format!("{:04X}", payload.crc()), text[text.len() - 4..].to_ascii_uppercase());
    let kept = payload.to_buf();
    assert_mute(&kept);
    assert_eq!(kept.as_payload(), *payload);
    assert!(kept.as_payload().is_same_code(payload));
}

/// The object at a path, one template after the other; nothing where an ID of the path occurs twice.
fn found_plainly<'a>(payload: &Payload<'a>, path: Path) -> Option<DataObject<'a>> {
    let mut run: Vec<_> = payload.iter().map(Ok).collect();
    let mut found = None;
    for tag in path.tags() {
        let objects = run.into_iter().collect::<Result<Vec<_>, Error>>().ok()?;
        let mut same = objects.into_iter().filter(|object| object.tag() == tag);
        let object = same.next()?;
        if same.next().is_some() {
            return None;
        }
        run = object.objects().collect();
        found = Some(object);
    }
    found
}

/// The leaves cover the text, templates of the specification are open where they can be, and each leaf is found again.
fn leaves(text: &str) {
    let mut expected = Vec::new();
    for object in tlv::read(text).map_while(Result::ok) {
        open(object, true, &mut expected);
    }
    let places = || expected.iter().map(|leaf| place(leaf.object));
    assert!(tlv::leaves(text).map_while(Result::ok).map(place).eq(places()));
    assert_eq!(tlv::leaves(text).find_map(Result::err), tlv::read(text).find_map(Result::err));

    let Ok(payload) = Payload::parse(text) else { return };
    assert!(payload.leaves().map(place).eq(places()));
    // Between two leaves stand headers of templates only.
    let mut at = 0;
    for Leaf { object, is_unique } in &expected {
        assert!(matches!(object.offset() - at, 0 | 4 | 8), "a gap before {object:?}");
        at = object.end();
        assert_eq!(payload.find(object.path()).map(place), is_unique.then_some(place(*object)));
    }
    assert_eq!(at, text.len());
}

struct Leaf<'a> {
    object: DataObject<'a>,
    /// Whether no ID of its path occurs twice in its template.
    is_unique: bool,
}

/// Puts the leaves of an object behind the others. Templates as in MPM 1.1, Table 3.6 and 4.8.
fn open<'a>(object: DataObject<'a>, is_unique: bool, leaves: &mut Vec<Leaf<'a>>) {
    let path: Vec<u8> = object.path().tags().map(Tag::get).collect();
    let is_template = match path[..] {
        [root] => (26..=51).contains(&root) || root == 62 || root == 64 || root >= 80,
        [62, sub] => sub >= 50,
        _ => false,
    };
    assert_eq!(tlv::is_template(object.path()), is_template);
    match object.objects().collect::<Result<Vec<_>, _>>() {
        Ok(objects) if is_template => {
            for inner in &objects {
                let is_only = objects.iter().filter(|other| other.tag() == inner.tag()).count() == 1;
                open(*inner, is_unique && is_only, leaves);
            }
        }
        _ => leaves.push(Leaf { object, is_unique }),
    }
}

/// The findings of the base profile, and its getters.
fn view(payload: &Payload<'_>) {
    let violations = payload.validate::<Mpm>(()).into_violations();
    for violation in &violations {
        range_inside(payload.as_str(), violation.offset(), violation.length());
        assert_mute(violation);
        assert!(violation.to_string().is_ascii());
    }
    assert!(violations.is_sorted_by_key(rank), "out of order: {violations:?}");
    let first = violations.iter().find(|violation| violation.severity() == Severity::Error);
    match payload.view::<Mpm>(()) {
        Ok(code) => {
            assert_eq!(first, None);
            conformant(&code);
        }
        Err(violation) => assert_eq!(Some(&violation), first),
    }
    getters(&<Mpm as emvqr::Profile>::of(payload));
}

/// Where a finding stands in the list: presence by ID, then objects by ID, then the payload as a whole.
fn rank(violation: &Violation) -> (u8, u8) {
    let root = violation.path().root().map(Tag::get);
    match (root, violation.path().depth()) {
        (None, _) if violation.rule().id() == "emv.02-51.missing" => (0, 2),
        (None, _) => (2, 0),
        (Some(root), 1) if violation.rule().id().ends_with(".missing") => (0, root),
        (Some(root), _) => (1, root),
    }
}

/// What getters must give where no rule of severity error is broken.
fn conformant(code: &Mpm<'_>) {
    let has = |tag| code.payload().get(tag).is_some();
    assert_eq!(code.payload_format_indicator(), Some("01"));
    assert!(code.merchant_account_information().count() > 0);
    assert!(code.merchant_category_code().is_ok_and(|code| code.is_some()));
    assert!(code.transaction_currency().unwrap().is_some_and(|code| code.alphabetic().is_some()));
    assert!(code.country_code().unwrap().is_some_and(|code| code.name().is_some()));
    assert!(code.merchant_name().is_some_and(|name| name.len() <= 25));
    assert!(code.merchant_city().is_some_and(|city| city.len() <= 15));
    assert_eq!(code.point_of_initiation_method().unwrap().is_some(), has(Tag::POINT_OF_INITIATION_METHOD));
    let amount = code.transaction_amount().expect("an amount");
    assert_eq!(amount.is_some_and(|amount| !amount.is_zero()), has(Tag::TRANSACTION_AMOUNT));
    assert_eq!(code.tip().expect("a tip").is_some(), has(Tag::TIP_OR_CONVENIENCE_INDICATOR));
    assert_eq!(code.additional_data().is_some(), has(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE));
    assert_eq!(code.language_information().is_some(), has(Tag::LANGUAGE_TEMPLATE));
    if let Some(language) = code.language_information() {
        assert!(language.language_preference().unwrap().is_some_and(|language| language.name().is_some()));
        assert!(language.merchant_name().is_some());
    }
    let inside_62 = code.additional_data();
    let templates = inside_62.iter().flat_map(emvqr::mpm::AdditionalData::payment_system_templates);
    for account in code.merchant_account_information().chain(code.unreserved_templates()).chain(templates) {
        assert!(account.owner().is_some() || account.guid().is_some_and(|guid| guid.as_str().len() <= 32));
    }
}

/// No getter panics, and what one gives is the value that stands there.
fn getters(code: &Mpm<'_>) {
    let value = |path: &str| code.payload().find(path).map(|object| object.value());
    assert_mute(code);
    assert_eq!(code.merchant_name(), value("59"));
    assert_eq!(code.merchant_city(), value("60"));
    assert_eq!(code.postal_code(), value("61"));
    assert_eq!(code.crc(), code.payload().crc());
    // Of what a getter calls absent there is nothing. Where it is ambiguous who is paid, it is ambiguous how much.
    let is_ambiguous = code
        .payload()
        .validate::<Mpm<'_>>(())
        .into_violations()
        .iter()
        .any(|found| found.rule().advice() == Advice::UncertainPayee);
    let there = |found: Result<Option<String>, InvalidValue>, path| match found {
        Ok(text) => assert_eq!(text.as_deref(), value(path), "at {path}"),
        Err(_) => assert!(value(path).is_some() || path == "54" && is_ambiguous, "at {path}"),
    };
    there(code.point_of_initiation_method().map(|code| code.map(|code| code.to_string())), "01");
    there(code.merchant_category_code().map(|code| code.map(|code| code.to_string())), "52");
    there(code.transaction_currency().map(|code| code.map(|code| code.to_string())), "53");
    there(code.transaction_amount().map(|value| value.map(|value| value.to_string())), "54");
    there(code.tip_or_convenience_indicator().map(|value| value.map(|value| value.to_string())), "55");
    there(code.convenience_fee_fixed().map(|value| value.map(|value| value.to_string())), "56");
    there(code.convenience_fee_percentage().map(|value| value.map(|value| value.to_string())), "57");
    there(code.country_code().map(|code| code.map(|code| code.to_string())), "58");
    amounts(code);
    for account in code.merchant_account_information().chain(code.unreserved_templates()) {
        account_of(code, &account);
    }
    if let Some(data) = code.additional_data() {
        assert_mute(&data);
        // A repeated ID is found by the getter and not by its path: the first one counts here.
        let first = |id| data.template().get(Tag::new(id)?).map(|object| object.value());
        let texts = [
            data.bill_number(),
            data.mobile_number(),
            data.store_label(),
            data.loyalty_number(),
            data.reference_label(),
            data.customer_label(),
            data.terminal_label(),
            data.purpose_of_transaction(),
        ];
        assert!(texts.into_iter().eq((1..=8).map(first)));
        assert_eq!(data.merchant_tax_id(), first(10));
        assert_eq!(
            data.merchant_channel().map(|channel| channel.to_string()).filter(|c| Some(c.as_str()) != first(11)),
            None
        );
        assert!(data.additional_consumer_data_request().is_none_or(|data| !data.as_str().is_empty()));
        assert!(data.prompts().all(|object| object.value() == "***"));
        data.payment_system_templates().for_each(|account| account_of(code, &account));
    }
    if let Some(language) = code.language_information() {
        assert_mute(&language);
        assert!(language.language_preference().ok().flatten().is_none_or(|code| code.as_str().len() == 2));
        assert!(language.merchant_city().is_none_or(|city| !city.is_empty()));
    }
}

fn amounts(code: &Mpm<'_>) {
    for amount in [code.transaction_amount(), code.convenience_fee_fixed()].into_iter().flatten().flatten() {
        let units = amount.minor_units(amount.decimals()).expect("13 digits fit");
        assert_eq!(units == 0, amount.is_zero());
        let digits = amount.as_str().replace('.', "");
        assert_eq!(digits.parse(), Ok(units));
    }
    if let Ok(Some(percentage)) = code.convenience_fee_percentage() {
        assert!(percentage.ten_thousandths() <= 999_990_000);
    }
}

fn account_of(code: &Mpm<'_>, account: &Account<'_>) {
    assert_mute(account);
    assert_eq!(account.owner().is_some(), matches!(account.object().path().root().map(Tag::get), Some(2..=25)));
    let Some(guid) = account.guid() else { return };
    assert_mute(&guid);
    assert_eq!(account.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).map(|object| object.value()), Some(guid.as_str()));
    if let Some(found) = code.account_by_guid(&guid.as_str().to_ascii_uppercase()) {
        assert!(found.guid().is_some_and(|other| other.is_same(guid.as_str())));
    }
}

/// Text made safe to show has a code in place of each character that is not, and loses no other.
fn escaped(text: &str) {
    let is_invisible =
        |c| matches!(c, '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    let shown: String = text
        .chars()
        .map(|c| match c {
            // A no-break space, too, which looks like one.
            _ if is_unsafe(c) || is_invisible(c) || c == '\u{A0}' => format!("\\u{{{:X}}}", u32::from(c)),
            _ => c.to_string(),
        })
        .collect();
    assert_eq!(Escaped(text).to_string(), shown);
    assert_mute(&Escaped(text));
}

/// Controls, what turns the direction of text, and what breaks lines (Unicode's `Cc`, `Bidi_Control`, `Zl` and `Zp`).
pub(crate) fn is_unsafe(c: char) -> bool {
    let turns = matches!(c, '\u{61C}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{2028}'..='\u{2029}')
}

/// Asserts that `Debug` shows no text of the payload: whatever is not ASCII can only come from there. So there is nothing
/// to see where all text is ASCII.
pub(crate) fn assert_mute(value: &impl fmt::Debug) {
    struct Ascii;

    impl fmt::Write for Ascii {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            if text.is_ascii() { Ok(()) } else { Err(fmt::Error) }
        }
    }

    assert!(write!(Ascii, "{value:?}").is_ok(), "Debug shows text of the payload");
}
