//! What is known of a network: a row of a table, and of each of its fields.

use core::fmt;

use super::class::Class;
use super::format::Format;
use super::kind::Kind;
use super::shape::Shape;
use super::writing::Writing;
use crate::display::Listed;
use crate::path::Path;
use crate::payload::Payload;
use crate::rule::Rule;
use crate::tag::{Tag, TagSet};
use crate::tlv::DataObject;

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the four marks of the tables")]
pub enum Confidence {
    /// Read in the operator's or regulator's own text.
    A,
    /// Restated by two or more independent implementers who name that text.
    B,
    /// Samples and code alone, which agree.
    C,
    /// One source, or sources that contradict each other.
    D,
}

/// Whether a template has a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Presence {
    /// Always.
    Mandatory,
    /// Where its condition holds, which the table does not know.
    Conditional,
    /// Exactly one of the fields so marked.
    OneOf,
    /// If the writer likes.
    Optional,
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Mandatory => "mandatory",
            Self::Conditional => "conditional",
            Self::OneOf => "one of these",
            Self::Optional => "optional",
        })
    }
}

/// Where a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum At {
    /// In the network's template, or the whole object if there are no IDs.
    Template(&'static [u8]),
    /// In the network's template if it is this root object.
    TemplateIn(u8, &'static [u8]),
    /// In the payload, from the root on.
    Root(&'static [u8]),
}

impl At {
    /// The object that is meant, of an account. An ID that occurs twice is an error of its own: the first is meant.
    pub(super) fn find<'a>(self, payload: &Payload<'a>, object: &DataObject<'a>) -> Option<DataObject<'a>> {
        let down = |start: DataObject<'a>, ids: &[u8]| {
            ids.iter().try_fold(start, |object, id| {
                object.objects().map_while(Result::ok).find(|inner| inner.tag().get() == *id)
            })
        };
        match self {
            Self::Template(ids) => down(*object, ids),
            Self::TemplateIn(root, ids) => down(*object, ids).filter(|_| object.tag().get() == root),
            Self::Root([root, ids @ ..]) => down(payload.get(Tag::new(*root)?)?, ids),
            Self::Root([]) => None,
        }
    }

    /// Whether the path is one: IDs of two digits, no deeper than a path can be.
    const fn is_valid(self) -> bool {
        let (mut ids, is_inside) = match self {
            Self::Template(ids) | Self::TemplateIn(_, ids) => (ids, true),
            Self::Root(ids) => (ids, false),
        };
        if (ids.is_empty() && !is_inside) || ids.len() >= Path::MAX_DEPTH {
            return false;
        }
        while let [id, rest @ ..] = ids {
            if *id > 99 {
                return false;
            }
            ids = rest;
        }
        true
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = |f: &mut fmt::Formatter<'_>, ids: &[u8]| {
            ids.iter().enumerate().try_for_each(|(place, id)| {
                let separator = if place == 0 { "" } else { "-" };
                write!(f, "{separator}{id:02}")
            })
        };
        match self {
            Self::Template([]) => f.write_str("whole"),
            Self::Template(path) => ids(f, path),
            Self::TemplateIn(root, path) => {
                write!(f, "{root:02}-")?;
                ids(f, path)
            }
            Self::Root(path) => {
                f.write_str("root ")?;
                ids(f, path)
            }
        }
    }
}

/// A field that a network defines.
#[derive(Clone, Copy)]
pub struct Field {
    pub(crate) at: At,
    pub(crate) key: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) name: &'static str,
    pub(crate) format: Format,
    pub(crate) least: u8,
    pub(crate) most: u8,
    pub(crate) presence: Presence,
    pub(crate) class: Class,
    pub(crate) confidence: Confidence,
    pub(crate) writing: Writing,
}

/// The field of one network.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule
    }
}

impl Eq for Field {}

crate::display::debug!(Field: |field| "Field({})", field.rule);

impl Field {
    /// A field. `rule` is the id of a finding about it, `network.<id>.<key>`; `length` the least and the most characters.
    #[must_use]
    pub const fn new(
        at: At,
        key: &'static str,
        rule: &'static str,
        name: &'static str,
        format: Format,
        length: (u8, u8),
        class: Class,
    ) -> Self {
        let (least, most) = length;
        let (presence, confidence, writing) = (Presence::Optional, Confidence::C, Writing::AsGiven);
        Self { at, key, rule, name, format, least, most, presence, class, confidence, writing }
    }

    /// The same field, which the template has or may have.
    #[must_use]
    pub const fn present(self, presence: Presence) -> Self {
        Self { presence, ..self }
    }

    /// The same field, of this confidence; C by default.
    #[must_use]
    pub const fn sure(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// The same field, whose values are written so.
    pub(super) const fn writing(self, writing: Writing) -> Self {
        Self { writing, ..self }
    }

    /// Where it is.
    #[must_use]
    pub const fn at(&self) -> At {
        self.at
    }

    /// Its name as a key: `mobile_number`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The id of a finding about it: `network.th.transfer.mobile_number`.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        self.rule
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What the value consists of.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The least and the most characters of a value, 1 to 99.
    #[must_use]
    pub const fn length(&self) -> (u8, u8) {
        (self.least, self.most)
    }

    /// Whether the template has it.
    #[must_use]
    pub const fn presence(&self) -> Presence {
        self.presence
    }

    /// How personal a value is.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.class
    }

    /// How sure the facts are.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }
}

/// How an account is known to be of a network.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Recognition {
    /// Its globally unique identifier is one of these, in any ASCII case.
    Guid(&'static [&'static str]),
    /// It has a shape: in words, and as a question.
    Shape(&'static str, fn(&Payload<'_>, &DataObject<'_>) -> bool),
}

impl fmt::Debug for Recognition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Guid(guids) => write!(f, "Guid({})", Listed(guids)),
            Self::Shape(words, _) => write!(f, "Shape({words})"),
        }
    }
}

/// Whether an account is a person's.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Person {
    /// A person's or a sole trader's.
    Yes,
    /// A merchant's.
    No,
    /// The code does not tell.
    Unknown,
    /// The code may tell: in words, and as a question. `None` if it does not tell.
    By(&'static str, fn(&Payload<'_>, &DataObject<'_>) -> Option<bool>),
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person({self})")
    }
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::By(words, _) => words,
        })
    }
}

/// When a code of a network may no longer be paid: where it says so, and its milliseconds since 1970.
#[derive(Clone, Copy)]
pub(crate) struct Expiry {
    pub(crate) at: At,
    /// `None` if the text is no time; zero if it means that the code does not expire.
    pub(crate) read: fn(&str) -> Option<u64>,
}

/// A rule of EMVCo that the codes of a network are known to break, and the root object if not in all.
pub(crate) type Excuse = (&'static Rule, Option<u8>);

/// A network: whose accounts a code holds.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "facts of a table, each by itself")]
pub struct Network {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) country: Option<&'static str>,
    pub(crate) currency: Option<&'static str>,
    pub(crate) usual: &'static str,
    pub(crate) allowed: TagSet,
    pub(crate) recognition: Recognition,
    pub(crate) other_shape: Option<Shape>,
    pub(crate) format_indicator: &'static str,
    /// Whether 01 is written if nothing is said about it.
    pub(crate) has_method: bool,
    pub(crate) person: Person,
    pub(crate) keys: &'static [At],
    pub(crate) is_one_time: bool,
    pub(crate) kind: Kind,
    pub(crate) institution: Option<At>,
    pub(crate) key_type: Option<At>,
    pub(crate) document: Option<At>,
    pub(crate) has_prompts: bool,
    pub(crate) has_public_keys: bool,
    pub(crate) expiry: Option<Expiry>,
    pub(crate) excuses: &'static [Excuse],
    pub(crate) confidence: Confidence,
    pub(crate) fields: &'static [Field],
}

impl Network {
    /// A network with an id such as `th.transfer`, recognised in 26 to 51, of which nothing else is known.
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str, recognition: Recognition) -> Self {
        Self {
            id,
            name,
            country: None,
            currency: None,
            usual: "26-51",
            allowed: TagSet::ACCOUNT_TEMPLATES,
            recognition,
            other_shape: None,
            format_indicator: "01",
            has_method: true,
            person: Person::Unknown,
            keys: &[],
            is_one_time: false,
            kind: Kind::National,
            institution: None,
            key_type: None,
            document: None,
            has_prompts: true,
            has_public_keys: false,
            expiry: None,
            excuses: &[],
            confidence: Confidence::C,
            fields: &[],
        }
    }

    /// The same network, of this country (two letters, or several with blanks between) and currency (three digits).
    #[must_use]
    pub const fn of(self, country: &'static str, currency: &'static str) -> Self {
        Self { country: Some(country), currency: Some(currency), ..self }
    }

    /// The same network, whose accounts are usually in these root objects, in words.
    #[must_use]
    pub const fn usually_in(self, roots: &'static str) -> Self {
        Self { usual: roots, ..self }
    }

    /// The same network, whose accounts can be in these root objects alone.
    #[must_use]
    pub const fn only_in(self, roots: TagSet) -> Self {
        Self { allowed: roots, ..self }
    }

    /// The same network, whose accounts in these root objects can also be recognised by a shape.
    pub(super) const fn also_shaped(
        self,
        roots: TagSet,
        words: &'static str,
        is_one: fn(&Payload<'_>, &DataObject<'_>) -> bool,
    ) -> Self {
        Self { other_shape: Some(Shape { roots, words, is_one }), ..self }
    }

    /// The same network, whose codes have this in 00.
    pub(super) const fn indicated_by(self, format_indicator: &'static str) -> Self {
        Self { format_indicator, ..self }
    }

    /// The same network, whose codes have no 01 unless they are for one payment.
    pub(super) const fn without_method(self) -> Self {
        Self { has_method: false, ..self }
    }

    /// The root object in which its accounts usually are: the first of [`usual_roots`](Self::usual_roots).
    pub(super) fn home(&self) -> TagSet {
        let first = self.usual.get(..2).and_then(|digits| digits.parse().ok()).and_then(Tag::new);
        first.map_or(TagSet::EMPTY, TagSet::from)
    }

    /// The shape by which its accounts are recognised.
    pub(super) const fn shape(&self) -> Option<Shape> {
        match self.recognition {
            Recognition::Guid(_) => self.other_shape,
            Recognition::Shape(words, is_one) => Some(Shape { roots: self.allowed, words, is_one }),
        }
    }

    /// The same network with this rule about persons.
    #[must_use]
    pub const fn person(self, person: Person) -> Self {
        Self { person, ..self }
    }

    /// The same network, whose payee is named by the first of these that a code has.
    #[must_use]
    pub const fn keyed(self, keys: &'static [At]) -> Self {
        Self { keys, ..self }
    }

    /// The same network, each of whose codes is for one payment.
    #[must_use]
    pub const fn one_time(self) -> Self {
        Self { is_one_time: true, ..self }
    }

    /// The same network, of this kind; national by default.
    pub(super) const fn kind_of(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// The same network, whose accounts are at the institution that this names.
    pub(super) const fn at_institution(self, at: At) -> Self {
        Self { institution: Some(at), ..self }
    }

    /// The same network, in whose codes this names the type of the key.
    pub(super) const fn typed_by(self, at: At) -> Self {
        Self { key_type: Some(at), ..self }
    }

    /// The same network, in whose codes this names a document with the amount.
    pub(super) const fn documented(self, at: At) -> Self {
        Self { document: Some(at), ..self }
    }

    /// The same network, in whose codes `***` says that there is no value.
    pub(super) const fn unprompted(self) -> Self {
        Self { has_prompts: false, ..self }
    }

    /// The same network, in which the key of a payee is public if the code says that the payee is a merchant.
    pub(super) const fn public_for_merchants(self) -> Self {
        Self { has_public_keys: true, ..self }
    }

    pub(super) const fn expiring(self, at: At, read: fn(&str) -> Option<u64>) -> Self {
        Self { expiry: Some(Expiry { at, read }), ..self }
    }

    /// The same network, whose codes break these rules of EMVCo.
    pub(super) const fn excused(self, excuses: &'static [Excuse]) -> Self {
        Self { excuses, ..self }
    }

    /// The same network, of this confidence; C by default.
    #[must_use]
    pub const fn sure(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// The same network with these fields.
    #[must_use]
    pub const fn fields(self, fields: &'static [Field]) -> Self {
        Self { fields, ..self }
    }

    /// The id: `th.transfer`. It is stable.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The country, two letters, or several with blanks between. `None` if it is not of one.
    #[must_use]
    pub const fn country(&self) -> Option<&'static str> {
        self.country
    }

    /// The currency, three digits of ISO 4217, or several with blanks between. `None` if it is not of one.
    #[must_use]
    pub const fn currency(&self) -> Option<&'static str> {
        self.currency
    }

    /// The root objects in which its accounts are by rule or habit, in words. The identifier decides, not they.
    #[must_use]
    pub const fn usual_roots(&self) -> &'static str {
        self.usual
    }

    /// How its accounts are recognised.
    #[must_use]
    pub const fn recognition(&self) -> Recognition {
        self.recognition
    }

    /// Whether its accounts are persons'.
    #[must_use]
    pub const fn person_rule(&self) -> Person {
        self.person
    }

    /// What kind of network it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// How sure the facts are.
    #[must_use]
    pub const fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Whether its accounts are recognised by what their identifier looks like.
    pub(crate) const fn has_shaped_identifier(&self) -> bool {
        matches!(self.recognition, Recognition::Shape(..))
    }

    /// What its accounts consist of.
    #[must_use]
    pub const fn field_table(&self) -> &'static [Field] {
        self.fields
    }

    /// Whether the fields have places and lengths that can be.
    pub(super) const fn is_valid(&self) -> bool {
        let (mut fields, mut keys) = (self.fields, self.keys);
        while let [field, rest @ ..] = fields {
            if !field.at.is_valid() || field.least == 0 || field.least > field.most || field.most > 99 {
                return false;
            }
            fields = rest;
        }
        while let [key, rest @ ..] = keys {
            if !key.is_valid() {
                return false;
            }
            keys = rest;
        }
        true
    }
}

impl PartialEq for Network {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Network {}

impl core::hash::Hash for Network {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id)
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Network({})", self.id)
    }
}
