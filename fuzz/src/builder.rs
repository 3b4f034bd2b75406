//! The laws of writing.

use arbitrary::{Arbitrary, Result as Drawn, Unstructured};
use emvqr::Encode;
use emvqr::encode::RootRun;
use emvqr::encode::TemplateBuf;
use emvqr::mpm::{Builder, Required};
use emvqr::value::{Amount, CountryCode, Currency, Mcc, Percentage, PointOfInitiation, Tip};
use emvqr::{BuildError, Error, ErrorKind, Mpm, Payload, Severity, Tag, Violation};

use crate::encoder::{encode_every_way, stream_every_way};
use crate::naive::data_object as object;

/// What an input stands for.
#[derive(Arbitrary, Debug)]
enum Input {
    /// Root objects in any order.
    Objects { starts_with_00: bool, objects: Vec<(Id, Text)> },
    /// Objects of one template.
    Template(Vec<(Id, Text)>),
    /// Typed values.
    Typed(Box<Values>),
}

/// What is built reads back, what cannot be built is refused for the right reason, before a byte is written.
pub fn builder(data: &[u8]) {
    match Input::arbitrary_take_rest(Unstructured::new(data)) {
        Ok(Input::Objects { starts_with_00, objects }) => {
            let first = starts_with_00.then_some((Tag::PAYLOAD_FORMAT_INDICATOR, "01"));
            let objects: Vec<_> = first.into_iter().chain(objects.iter().map(borrowed)).collect();
            root_objects(&objects);
        }
        Ok(Input::Template(objects)) => template(&objects),
        Ok(Input::Typed(values)) => values.check(),
        Err(_) => {}
    }
}

fn borrowed((id, text): &(Id, Text)) -> (Tag, &str) {
    (id.0, &text.0)
}

/// Any objects in order: they are wire-valid exactly where nothing speaks against it, and read back the same.
fn root_objects(objects: &[(Tag, &str)]) {
    let run = RootRun(objects.iter().copied());
    let written = encode_every_way(&run);
    stream_every_way(&written, run.encoded_len(), |writer| run.write_to(writer));
    match (written, objection(objects)) {
        (Ok(text), None) => {
            let payload = Payload::parse(&text).expect("what is written is wire-valid");
            let read: Vec<_> = payload.iter().map(|object| (object.tag(), object.value())).collect();
            let (crc, read) = read.split_last().expect("the CRC is there");
            assert_eq!((crc.0, read), (Tag::CRC, objects));
        }
        (Err(BuildError::Encode(error)), Some(expected)) => assert_eq!(summary(&error), expected),
        (found, expected) => panic!("{found:?} where the naive writer says {expected:?}"),
    }
}

/// Kind, path and place of an error.
type Summary = (&'static str, String, usize);

fn summary(error: &Error) -> Summary {
    (error.kind().name(), error.path().to_string(), error.offset())
}

/// What keeps root objects from being a payload, in their order.
fn objection(objects: &[(Tag, &str)]) -> Option<Summary> {
    if objects.is_empty() {
        return Some(("not_first", "00".to_owned(), 0));
    }
    let mut written = String::new();
    for (position, (tag, value)) in objects.iter().enumerate() {
        let kind = match (tag.get(), value.chars().count()) {
            (1.., _) if position == 0 => Some("not_first"),
            (63, _) => Some("fixed"),
            (id, _) if objects[..position].iter().any(|(before, _)| before.get() == id) => Some("duplicate"),
            (_, 0) => Some("value_empty"),
            (_, 100..) => Some("value_too_long"),
            _ => None,
        };
        if let Some(kind) = kind {
            return Some((kind, tag.to_string(), written.len()));
        }
        written += &object(tag.get(), value);
    }
    None
}

/// A template takes what fits, and stays as it was where something does not.
fn template(objects: &[(Id, Text)]) {
    let mut template = TemplateBuf::new();
    let mut pushed: Vec<(Tag, &str)> = Vec::new();
    let mut text = String::new();
    for (tag, value) in objects.iter().map(borrowed) {
        let addition = object(tag.get(), value);
        let expected = match value.chars().count() {
            0 => Err("value_empty"),
            100.. => Err("value_too_long"),
            _ if pushed.iter().any(|(before, _)| *before == tag) => Err("duplicate"),
            _ if text.chars().count() + addition.chars().count() > 99 => Err("value_too_long"),
            _ => Ok(()),
        };
        let found = template.push(tag, value).map(|_| ()).map_err(|error| error.kind().name());
        assert_eq!(found, expected, "{tag} behind {text:?}");
        if expected.is_ok() {
            pushed.push((tag, value));
            text += &addition;
        }
        assert_eq!((template.as_str(), template.is_empty()), (text.as_str(), text.is_empty()));
    }
    let Ok(read) = template.template() else {
        return assert!(template.is_empty(), "what was pushed is a template");
    };
    assert!(read.iter().map(|object| (object.tag(), object.value())).eq(pushed));
    assert!(read.repeated().is_empty());
}

/// Typed values for a builder.
#[derive(Arbitrary, Debug)]
struct Values {
    account: Account,
    category: u16,
    currency: Digits,
    country: Country,
    name: Name,
    city: Name,
    initiation: Option<bool>,
    amount: Option<Decimal>,
    tip: Option<Fee>,
    postal_code: Option<Name>,
    additional_data: Option<Vec<(Low, Name)>>,
    language_information: Option<Vec<(Low, Name)>>,
    further: Vec<(Id, Text)>,
}

#[derive(Arbitrary, Debug)]
enum Fee {
    Prompt,
    Fixed(Decimal),
    Percentage(Decimal),
}

impl Values {
    /// Builds, and compares with what the values should give.
    fn check(&self) {
        let (additional, language) = (self.additional_data.as_deref(), self.language_information.as_deref());
        let (additional, language) = (additional.map(filled), language.map(filled));
        let further: Vec<_> = self.further.iter().map(borrowed).collect();
        let (builder, model) = self.builder(additional.as_ref(), language.as_ref(), &further);
        // By ID; those of the caller after the builder's own.
        let mut objects: Vec<_> =
            model.iter().filter(|(_, value)| !value.is_empty()).map(|(id, value)| (tag(*id), value.as_str())).collect();
        objects.sort_by_key(|(tag, _)| *tag);
        let written = encode_every_way(&builder);
        assert_eq!(encode_every_way(&builder.clone()), written, "the same values give the same");
        match written {
            Ok(text) => Self::reads_back(&text, &objects),
            Err(BuildError::Rule(violation)) => {
                let text = RootRun(objects.iter().copied()).encode_to_string().expect("only a rule speaks against it");
                let payload = Payload::parse(&text).expect("what is written is wire-valid");
                let violations = payload.validate::<Mpm>(()).into_violations();
                // What hides or turns a name round is only a warning to a reader, and never written.
                let is_refused = |found: &&Violation| {
                    found.severity() == Severity::Error
                        || ["emv.text.control", "emv.text.invisible", "emv.text.blank"].contains(&found.rule().id())
                };
                let first = violations.iter().find(is_refused).map(|found| found.with_severity(Severity::Error));
                assert_eq!(first, Some(violation));
            }
            Err(BuildError::Encode(error)) => assert_eq!(Some(summary(&error)), objection(&objects)),
            Err(error) => panic!("an error of a new kind: {error}"),
        }
    }

    fn reads_back(text: &str, objects: &[(Tag, &str)]) {
        let payload = Payload::parse(text).expect("what is built is wire-valid");
        let read: Vec<_> = payload.iter().map(|object| (object.tag(), object.value())).collect();
        assert_eq!(read[..read.len() - 1], *objects);
        assert!(payload.view::<Mpm>(()).is_ok(), "what is built conforms");
        assert_eq!(RootRun(objects.iter().copied()).encode_to_string().as_deref(), Ok(text));
    }

    /// The builder, and what it should write, by ID.
    fn builder<'a>(
        &'a self,
        additional: Option<&'a TemplateBuf>,
        language: Option<&'a TemplateBuf>,
        further: &'a [(Tag, &'a str)],
    ) -> (Builder<'a>, Vec<(usize, String)>) {
        let mut model = Vec::new();
        let mut set = |id: usize, value: &str| model.push((id, value.to_owned()));
        let category = Mcc::new(self.category % 10_000).expect("four digits");
        let currency: Currency = self.currency.0.parse().expect("three digits");
        let country: CountryCode = self.country.0.parse().expect("two letters");
        set(0, "01");
        set(usize::from(self.account.id.get()), &self.account.value);
        set(52, &format!("{:04}", self.category % 10_000));
        set(53, &self.currency.0);
        set(58, &self.country.0);
        set(59, &self.name.0);
        set(60, &self.city.0);
        let mut builder = Builder::new(&Required {
            merchant_account_information: (self.account.id, &self.account.value),
            merchant_category_code: category,
            transaction_currency: currency,
            country_code: country,
            merchant_name: &self.name.0,
            merchant_city: &self.city.0,
        });
        if let Some(is_dynamic) = self.initiation {
            set(1, if is_dynamic { "12" } else { "11" });
            let method = if is_dynamic { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC };
            builder = builder.point_of_initiation_method(method);
        }
        if let Some(amount) = self.amount.as_ref().and_then(|amount| Amount::new(&amount.0).ok()) {
            set(54, amount.as_str());
            builder = builder.transaction_amount(amount);
        }
        if let Some((tip, [indicator, fixed, percentage])) = self.tip.as_ref().and_then(Fee::tip) {
            set(55, indicator);
            set(56, fixed);
            set(57, percentage);
            builder = builder.tip(tip);
        }
        if let Some(postal_code) = &self.postal_code {
            set(61, &postal_code.0);
            builder = builder.postal_code(&postal_code.0);
        }
        if let Some(template) = additional {
            set(62, template.as_str());
            builder = builder.additional_data(template);
        }
        if let Some(template) = language {
            set(64, template.as_str());
            builder = builder.language_information(template);
        }
        for (tag, value) in further {
            set(usize::from(tag.get()), value);
        }
        (builder.objects(further), model)
    }
}

impl Fee {
    /// The tip, and the values of 55, 56 and 57.
    fn tip(&self) -> Option<(Tip, [&str; 3])> {
        Some(match self {
            Self::Prompt => (Tip::Prompt, ["01", "", ""]),
            Self::Fixed(fee) => (Tip::FixedFee(Amount::new(&fee.0).ok()?), ["02", &fee.0, ""]),
            Self::Percentage(fee) => (Tip::PercentageFee(Percentage::new(&fee.0).ok()?), ["03", "", &fee.0]),
        })
    }
}

/// A template of those objects that it takes.
fn filled(objects: &[(Low, Name)]) -> TemplateBuf {
    let mut template = TemplateBuf::new();
    for (id, value) in objects {
        let refused = template.push(id.0, &value.0).err().map(|error| error.kind());
        assert!(matches!(refused, None | Some(ErrorKind::ValueEmpty | ErrorKind::ValueTooLong | ErrorKind::Duplicate)));
    }
    template
}

fn tag(id: usize) -> Tag {
    u8::try_from(id).ok().and_then(Tag::new).expect("0 to 99")
}

/// An ID, mostly one that a rule speaks of.
#[derive(Clone, Copy, Debug)]
struct Id(Tag);

impl<'a> Arbitrary<'a> for Id {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        let ranges = [0..=99, 0..=1, 2..=25, 26..=51, 52..=61, 52..=64, 62..=64, 65..=79, 80..=99];
        let range = u.choose(&ranges)?.clone();
        Ok(Self(tag(u.int_in_range(range)?)))
    }
}

/// An ID as in 62 and 64, mostly.
#[derive(Debug)]
struct Low(Tag);

impl<'a> Arbitrary<'a> for Low {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        let range = u.choose(&[0..=2, 0..=11, 50..=51, 0..=99])?.clone();
        Ok(Self(tag(u.int_in_range(range)?)))
    }
}

/// A value, mostly one that occurs.
#[derive(Debug)]
struct Text(String);

/// Values that rules single out.
const PLAUSIBLE: [&str; 16] = [
    "01",
    "02",
    "03",
    "11",
    "12",
    "KH",
    "km",
    "116",
    "5812",
    "98.50",
    "0",
    "***",
    "AME",
    "400",
    "Phnom Penh",
    "com.example",
];

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        Ok(Self(match u.int_in_range(0..=9)? {
            0 | 1 => (*u.choose(&PLAUSIBLE)?).to_owned(),
            2 => drawn(u, "0123456789.", 16)?,
            3 => drawn(u, "ABC xyz-_@.09~\u{7F}\n", 30)?,
            4 => drawn(u, "ភ្នំពេញហាងកា", 30)?,
            5 => drawn(u, "吉田屋カフェｶﾞー", 30)?,
            6 => drawn(u, "𠮷😀e\u{301}\u{200B}\u{202E}é", 30)?,
            7 => u.arbitrary()?,
            // Around the most that two digits say.
            8 => u.choose(&["x", "é", "ភ", "𠮷"])?.repeat(u.int_in_range(90..=102)?),
            _ => run(u)?,
        }))
    }
}

/// Up to `most` characters of an alphabet.
fn drawn(u: &mut Unstructured<'_>, alphabet: &str, most: usize) -> Drawn<String> {
    let alphabet: Vec<char> = alphabet.chars().collect();
    let length = u.int_in_range(0..=most)?;
    (0..length).map(|_| u.choose(&alphabet).copied()).collect()
}

/// A short run of data objects, GUID first.
fn run(u: &mut Unstructured<'_>) -> Drawn<String> {
    let guid = *u.choose(&["com.example", "A000000677010111", "jp.or.paymentsjapan", "shop@bank", "é"])?;
    let mut run = object(0, guid);
    for _ in 0..u.int_in_range(0..=3)? {
        let value = drawn(u, "0aé𠮷", 12)?;
        if !value.is_empty() {
            run += &object(Low::arbitrary(u)?.0.get(), &value);
        }
    }
    Ok(run)
}

/// A text that is mostly a fit name.
#[derive(Debug)]
struct Name(String);

impl<'a> Arbitrary<'a> for Name {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        Ok(Self(match u.int_in_range(0..=7)? {
            0..=4 => {
                (*u.choose(&["A", "Cafe 7", "Phnom Penh", "KM", "***", "AM", "400", "123456789012345"])?).to_owned()
            }
            5 => drawn(u, "ABC xyz", 27)?,
            _ => Text::arbitrary(u)?.0,
        }))
    }
}

/// Merchant account information, mostly with a GUID.
#[derive(Debug)]
struct Account {
    id: Tag,
    value: String,
}

impl<'a> Arbitrary<'a> for Account {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        let id = tag(u.int_in_range(2..=51)?);
        let value = if u.ratio(1, 8)? { Text::arbitrary(u)?.0 } else { run(u)? };
        Ok(Self { id, value })
    }
}

/// Three digits, mostly of a currency.
#[derive(Debug)]
struct Digits(String);

impl<'a> Arbitrary<'a> for Digits {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        let listed = u.choose(&[116, 392, 840, 764, 978])?;
        Ok(Self(format!("{:03}", if u.ratio(1, 8)? { u.int_in_range(0..=999)? } else { *listed })))
    }
}

/// Two letters, mostly of a country.
#[derive(Debug)]
struct Country(String);

impl<'a> Arbitrary<'a> for Country {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        Ok(Self((*u.choose(&["KH", "JP", "TH", "kh", "US", "ZZ"])?).to_owned()))
    }
}

/// Mostly an amount.
#[derive(Debug)]
struct Decimal(String);

impl<'a> Arbitrary<'a> for Decimal {
    fn arbitrary(u: &mut Unstructured<'a>) -> Drawn<Self> {
        let listed = *u.choose(&["1", "98.50", "0", "0.01", "99.99", "5.", ".5"])?;
        Ok(Self(if u.arbitrary()? { listed.to_owned() } else { drawn(u, "0123456789.", 14)? }))
    }
}
