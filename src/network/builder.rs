//! Writing codes of the networks of the table.

use core::fmt;

use super::account::{FieldValue, Misfit, accounts, misfit};
use super::code::{NetworkCode, rule_of};
use super::format::Format;
use super::row::{At, Field, Network, Recognition};
use super::rules;
use super::table::{LARGEST, by_id};
use super::writing::Writing;
use crate::clock::Clock;
use crate::encode::{BuildError, Encode, Layout, Output, TemplateBuf, build, write_checked};
use crate::error::Error;
use crate::path::Path;
use crate::payee::{JPQR, KHQR};
use crate::payload::Payload;
use crate::profile::Profile as _;
use crate::rule::{FilterMap, FirstRefused, Severity, Violation};
use crate::tag::{Tag, TagSet, additional_data, language_template};
use crate::value::{Amount, CountryCode, Currency, Language, Mcc, PointOfInitiation};

/// Builds a code of a network of [`TABLE`](super::TABLE): its identifier, its fields in their places, and EMVCo's other
/// objects; those that the network leaves out are optional.
///
/// A telephone number can be given in the network's own form, with its country (`+66812345678`), or as it is dialled at
/// home (`0812345678`); a BIC of 8 characters is padded where the network writes 11. An amount makes the code dynamic (01 is
/// 12), unless [`method`](Self::method) says otherwise, or the network is Pix.
///
/// The built code has no finding of its network, not even a warning: an absent mandatory field, two alternatives, and a value
/// of another format are refused. Holds texts by reference and allocates nothing.
///
/// ```
/// use emvqr::network::Builder;
///
/// let code = Builder::of("th.transfer")?.field("mobile_number", "0812345678")?.amount("10.00".parse()?).build()?;
/// assert!(code.as_str().contains("29370016A00000067701011101130066812345678"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    network: &'static Network,
    fields: [Option<(&'static Field, Value<'a>)>; LARGEST],
    identifier: &'a str,
    method: Option<PointOfInitiation>,
    category: Option<Mcc>,
    currency: Option<Currency>,
    amount: Option<Amount>,
    country: Option<CountryCode>,
    name: &'a str,
    city: &'a str,
    postal_code: &'a str,
    labels: [(Tag, &'a str); 8],
    language: Option<Language>,
    alternate_name: &'a str,
    alternate_city: &'a str,
    further: &'a [(Tag, &'a str)],
    clock: Clock,
}

/// A value as it is written.
#[derive(Clone, Copy)]
enum Value<'a> {
    Given(&'a str),
    Changed(Changed),
}

/// A value of few characters that is not written as it is given.
#[derive(Clone, Copy)]
struct Changed {
    bytes: [u8; 16],
    length: usize,
}

impl Changed {
    /// These parts together. `None` if they are too long.
    fn of(parts: [&str; 2]) -> Option<Self> {
        let mut changed = Self { bytes: [0; 16], length: 0 };
        for part in parts {
            let end = changed.length.checked_add(part.len())?;
            changed.bytes.get_mut(changed.length..end)?.copy_from_slice(part.as_bytes());
            changed.length = end;
        }
        Some(changed)
    }
}

impl Value<'_> {
    fn as_str(&self) -> &str {
        match self {
            Self::Given(text) => text,
            Self::Changed(Changed { bytes, length }) => {
                bytes.get(..*length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
            }
        }
    }
}

/// A value in the form that the network writes.
fn written(writing: Writing, text: &str) -> Result<Value<'_>, Misfit> {
    let changed = match writing {
        Writing::Padded { length, end } if text.len().checked_add(end.len()) == Some(length) => {
            Changed::of([text, end])
        }
        Writing::AsGiven | Writing::Padded { .. } => None,
        Writing::Phone(phone) => match phone.digits(text) {
            Some(digits) => Changed::of([phone.start(digits), digits]),
            None if phone.is_only => return Err(Misfit::Phone),
            None => None,
        },
    };
    Ok(changed.map_or(Value::Given(text), Value::Changed))
}

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $tag:ident;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(mut self, value: &'a str) -> Self {
                for (tag, place) in &mut self.labels {
                    if *tag == additional_data::$tag {
                        *place = value;
                    }
                }
                self
            }
        )*
    };
}

impl<'a> Builder<'a> {
    /// A code of the network with this id, such as `th.transfer`.
    ///
    /// # Errors
    ///
    /// No network has this id; or it is `khqr` or `jpqr`, which have builders of their own.
    pub fn of(id: &str) -> Result<Self, FieldError> {
        match by_id(id) {
            None => Err(FieldError::UnknownNetwork),
            Some(network) if [KHQR, JPQR].contains(&network.id()) => Err(FieldError::OtherBuilder(network)),
            Some(network) => Ok(Self::new(network)),
        }
    }

    const fn new(network: &'static Network) -> Self {
        Self {
            network,
            fields: [const { None }; LARGEST],
            identifier: "",
            method: None,
            category: None,
            currency: None,
            amount: None,
            country: None,
            name: "",
            city: "",
            postal_code: "",
            labels: [
                (additional_data::BILL_NUMBER, ""),
                (additional_data::MOBILE_NUMBER, ""),
                (additional_data::STORE_LABEL, ""),
                (additional_data::LOYALTY_NUMBER, ""),
                (additional_data::REFERENCE_LABEL, ""),
                (additional_data::CUSTOMER_LABEL, ""),
                (additional_data::TERMINAL_LABEL, ""),
                (additional_data::PURPOSE_OF_TRANSACTION, ""),
            ],
            language: None,
            alternate_name: "",
            alternate_city: "",
            further: &[],
            clock: Clock::UNKNOWN,
        }
    }

    /// A field of the network, by its [key](Field::key). An empty value counts as absent.
    ///
    /// # Errors
    ///
    /// The network has no such field, the field has a value already, or the value is not of its format.
    pub fn field(mut self, key: &str, value: &'a str) -> Result<Self, FieldError> {
        let network = self.network;
        let mut known = network.field_table().iter().filter(|field| is_given(network, field));
        let field = known.find(|field| field.key() == key).ok_or(FieldError::UnknownField(network))?;
        if value.is_empty() {
            return Ok(self);
        }
        let value = written(field.writing, value).map_err(|misfit| FieldError::Value(field, misfit))?;
        if let Some(misfit) = misfit(field, value.as_str()) {
            return Err(FieldError::Value(field, misfit));
        }
        let place = self.fields.iter_mut().find(|place| place.is_none_or(|(known, _)| known.key() == key));
        match place {
            Some(place @ None) => *place = Some((field, value)),
            _ => return Err(FieldError::Repeated(field)),
        }
        Ok(self)
    }

    /// The identifier in 00 of the account, of a network whose members have identifiers of their own (`ID.CO.BANK.WWW`), or
    /// that has several. Without it the first of the table.
    pub const fn identifier(mut self, identifier: &'a str) -> Self {
        self.identifier = identifier;
        self
    }

    /// 01. Without it 12 for a code with an amount, and 11 for one without; none for Pix, whose codes say 12 or nothing.
    pub const fn method(mut self, method: PointOfInitiation) -> Self {
        self.method = Some(method);
        self
    }

    /// 52.
    pub const fn merchant_category_code(mut self, category: Mcc) -> Self {
        self.category = Some(category);
        self
    }

    /// 53. Without it the first currency of the network.
    pub const fn currency(mut self, currency: Currency) -> Self {
        self.currency = Some(currency);
        self
    }

    /// 54, which is written as it is given.
    pub const fn amount(mut self, amount: Amount) -> Self {
        self.amount = Some(amount);
        self
    }

    /// 58. Without it the country of the network, if it is of one.
    pub const fn country(mut self, country: CountryCode) -> Self {
        self.country = Some(country);
        self
    }

    /// 59, 1 to 25 characters.
    pub const fn name(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// 60, 1 to 15 characters.
    pub const fn city(mut self, city: &'a str) -> Self {
        self.city = city;
        self
    }

    /// 61, 1 to 10 characters.
    pub const fn postal_code(mut self, postal_code: &'a str) -> Self {
        self.postal_code = postal_code;
        self
    }

    labels! {
        /// 62-01, 1 to 25 characters.
        bill_number = BILL_NUMBER;
        /// 62-02, 1 to 25 characters.
        mobile_number = MOBILE_NUMBER;
        /// 62-03, 1 to 25 characters.
        store_label = STORE_LABEL;
        /// 62-04, 1 to 25 characters.
        loyalty_number = LOYALTY_NUMBER;
        /// 62-05, 1 to 25 characters.
        reference_label = REFERENCE_LABEL;
        /// 62-06, 1 to 25 characters.
        customer_label = CUSTOMER_LABEL;
        /// 62-07, 1 to 25 characters.
        terminal_label = TERMINAL_LABEL;
        /// 62-08, 1 to 25 characters.
        purpose_of_transaction = PURPOSE_OF_TRANSACTION;
    }

    /// 64-00 and 64-01: the name in another language, 1 to 25 characters.
    pub const fn alternate_name(mut self, language: Language, name: &'a str) -> Self {
        self.language = Some(language);
        self.alternate_name = name;
        self
    }

    /// 64-02: the city in that language, 1 to 15 characters.
    pub const fn alternate_city(mut self, city: &'a str) -> Self {
        self.alternate_city = city;
        self
    }

    /// Further root objects, such as the account of a second network: IDs and values. An object with an empty value is not
    /// written.
    ///
    /// An ID that occurs twice, or that the builder writes itself, is an error ([`Duplicate`](crate::ErrorKind::Duplicate)).
    pub const fn objects(mut self, objects: &'a [(Tag, &'a str)]) -> Self {
        self.further = objects;
        self
    }

    /// The time of writing: a code that has expired by then is refused. Without it nothing has expired.
    pub const fn at(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    build!(BuildError);

    fn values(&self) -> impl Iterator<Item = (&'static Field, &str)> {
        self.fields.iter().flatten().map(|(field, value)| (*field, value.as_str()))
    }

    /// The objects of a network's template at `root`, after its identifier.
    fn account(&self, root: Tag) -> Result<TemplateBuf, Error> {
        let mut account = TemplateBuf::new();
        let identifier = match self.network.recognition() {
            _ if !self.identifier.is_empty() => self.identifier,
            Recognition::Guid([first, ..]) => first,
            _ => "",
        };
        if !identifier.is_empty() {
            account.push_inside(root, Tag::GLOBALLY_UNIQUE_IDENTIFIER, identifier)?;
        }
        let inside = |at: At| match at {
            At::Template(ids) => Some(ids),
            At::TemplateIn(own, ids) if own == root.get() => Some(ids),
            _ => None,
        };
        self.push(root, &mut account, &inside)?;
        Ok(account)
    }

    /// Adds the fields whose places `inside` leads to, by ID, and one level of templates in it.
    fn push(
        &self,
        root: Tag,
        template: &mut TemplateBuf,
        inside: &dyn Fn(At) -> Option<&'static [u8]>,
    ) -> Result<(), Error> {
        for tag in (0..=99).filter_map(Tag::new) {
            let mut inner = TemplateBuf::new();
            for (field, value) in self.values() {
                match inside(field.at()) {
                    Some([id]) if *id == tag.get() => template.push_inside(root, tag, value)?,
                    Some([id, sub]) if *id == tag.get() => {
                        inner.push_inside(tag, Tag::of_digits(*sub), value).map_err(|error| error.inside(root))?;
                    }
                    _ => {}
                }
            }
            if !inner.is_empty() {
                template.push_inside(root, tag, inner.as_str())?;
            }
        }
        Ok(())
    }

    /// The root objects with accounts, and those of the network's other fields.
    fn roots(&self) -> (TagSet, TagSet) {
        let (mut accounts, mut others) = (TagSet::EMPTY, TagSet::EMPTY);
        for (field, _) in self.values() {
            match field.at() {
                At::Template(_) => accounts = accounts.union(self.network.home()),
                At::TemplateIn(root, _) => accounts = accounts.with(Tag::of_digits(root)),
                At::Root([root, ..]) => others = others.with(Tag::of_digits(*root)),
                At::Root([]) => {}
            }
        }
        // A network without fields is named at least.
        if accounts.is_empty() {
            accounts = self.network.home();
        }
        (accounts, others)
    }

    /// The objects by ID.
    fn lay(&self, layout: &mut Layout<'_, '_>) -> Result<(), Error> {
        let network = self.network;
        layout.object(Tag::PAYLOAD_FORMAT_INDICATOR, network.format_indicator.as_bytes())?;
        let usual = if self.amount.is_some() { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC };
        if let Some(method) = self.method.or(network.has_method.then_some(usual)) {
            layout.object(Tag::POINT_OF_INITIATION_METHOD, method.as_bytes())?;
        }
        let (accounts, others) = self.roots();
        // The two are written by the builder itself, with the objects that all networks have.
        let own = TagSet::EMPTY.with(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE).with(Tag::LANGUAGE_TEMPLATE);
        let of_network = accounts.union(others).difference(own);
        let (before, after) = (TagSet::range(Tag::of_digits(2), Tag::of_digits(51)), of_network);
        for tag in of_network.intersection(before) {
            self.lay_own(tag, accounts, layout)?;
        }
        // Of several currencies the first is the usual one; of several countries none is.
        let currency = network.currency().and_then(|list| list.get(..3)).unwrap_or_default();
        let country = network.country().filter(|list| list.len() == 2).unwrap_or_default();
        if let Some(category) = &self.category {
            layout.object(Tag::MERCHANT_CATEGORY_CODE, category.as_bytes())?;
        }
        let given = self.currency.as_ref().map(Currency::as_bytes);
        layout.object(Tag::TRANSACTION_CURRENCY, given.unwrap_or(currency.as_bytes()))?;
        if let Some(amount) = &self.amount {
            layout.object(Tag::TRANSACTION_AMOUNT, amount.as_bytes())?;
        }
        let given = self.country.as_ref().map(CountryCode::as_bytes);
        layout.object(Tag::COUNTRY_CODE, given.unwrap_or(country.as_bytes()))?;
        layout.object(Tag::MERCHANT_NAME, self.name.as_bytes())?;
        layout.object(Tag::MERCHANT_CITY, self.city.as_bytes())?;
        layout.object(Tag::POSTAL_CODE, self.postal_code.as_bytes())?;
        layout.object(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, self.additional_data()?.as_str().as_bytes())?;
        let local = [
            (language_template::LANGUAGE_PREFERENCE, self.language.as_ref().map_or(b"" as &[u8], Language::as_bytes)),
            (language_template::MERCHANT_NAME, self.alternate_name.as_bytes()),
            (language_template::MERCHANT_CITY, self.alternate_city.as_bytes()),
        ];
        layout.template(Tag::LANGUAGE_TEMPLATE, local.into_iter().filter(|(_, value)| !value.is_empty()))?;
        for tag in after.difference(before) {
            self.lay_own(tag, accounts, layout)?;
        }
        Ok(())
    }

    /// A root object of the network.
    fn lay_own(&self, tag: Tag, accounts: TagSet, layout: &mut Layout<'_, '_>) -> Result<(), Error> {
        let is_whole = |at: At| match at {
            At::Template([]) => accounts.contains(tag),
            At::Root([root]) => *root == tag.get(),
            _ => false,
        };
        if let Some((_, value)) = self.values().find(|(field, _)| is_whole(field.at())) {
            return layout.object(tag, value.as_bytes());
        }
        let template = if accounts.contains(tag) { self.account(tag)? } else { self.of_root(tag, TemplateBuf::new())? };
        layout.object(tag, template.as_str().as_bytes())
    }

    /// The fields of the network in a template that is not its account, and what is in it already.
    fn of_root(&self, root: Tag, mut template: TemplateBuf) -> Result<TemplateBuf, Error> {
        let inside = |at: At| match at {
            At::Root([own, ids @ ..]) if *own == root.get() => Some(ids),
            _ => None,
        };
        self.push(root, &mut template, &inside)?;
        Ok(template)
    }

    /// 62: EMVCo's objects of it, then the network's.
    fn additional_data(&self) -> Result<TemplateBuf, Error> {
        let root = Tag::ADDITIONAL_DATA_FIELD_TEMPLATE;
        let mut template = TemplateBuf::new();
        for (tag, value) in self.labels.iter().filter(|(_, value)| !value.is_empty()) {
            template.push_inside(root, *tag, value)?;
        }
        self.of_root(root, template)
    }
}

/// `true` if a field can be given: all but templates whose content is in other fields.
fn is_given(network: &'static Network, field: &Field) -> bool {
    let is_inside = |other: &Field| match (field.at(), other.at()) {
        (At::Template([own]), At::Template([id, _, ..])) => own == id,
        _ => false,
    };
    field.format() != Format::Template || !network.field_table().iter().any(is_inside)
}

/// The first finding that keeps a code from being written: an error, or what its network does not write.
fn refused(network: &'static Network, payload: &Payload<'_>, clock: Clock) -> Result<(), Violation> {
    let mut first = FirstRefused::default();
    let is_of_networks = |violation: &Violation| {
        let rule = violation.rule();
        rules::ALL.contains(&rule) || rule_of(rule.id()).is_some()
    };
    let weigh = |violation: Violation| {
        let severity = if is_of_networks(&violation) { Severity::Error } else { violation.severity() };
        Some(violation.with_severity(severity))
    };
    let _ = NetworkCode::check(payload, clock, &mut FilterMap::new(&mut first, weigh));
    if let Some(violation) = first.get() {
        return Err(violation);
    }
    // Fields that all codes of the network have, though too little is known of them for a finding.
    for account in accounts(payload).filter(|account| account.network() == network) {
        let place = account.object();
        if let Some(rule) = account.missing().find_map(|field| rule_of(field.rule())) {
            return Err(Violation::new(rule, Path::of(place.tag()), place.end(), 0).with_severity(Severity::Error));
        }
        let is_misfit = |field: &FieldValue<'_>| field.fit().is_err();
        if let Some(field) = account.fields().find(is_misfit)
            && let Some(rule) = rule_of(field.field().rule())
        {
            return Err(Violation::of_value(rule, &field.object()).with_severity(Severity::Error));
        }
    }
    Ok(())
}

/// An error is a template of more than 99 characters, an ID that occurs twice, the first broken rule of severity error, the
/// first rule of the network that is broken, or that the buffer is too small.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), BuildError> {
        write_checked(
            output,
            self.further,
            |layout| self.lay(layout),
            |payload| refused(self.network, payload, self.clock),
        )
    }
}

/// Values can be account ids, so they are not shown.
impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Builder({})", self.network)
    }
}

/// The reason for which a [`Builder`] does not take a network or a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldError {
    /// No network has the id.
    UnknownNetwork,
    /// The network has a builder of its own: `khqr::Builder`, `jpqr::Builder`.
    OtherBuilder(&'static Network),
    /// The network has no field with the key.
    UnknownField(&'static Network),
    /// The field has a value already.
    Repeated(&'static Field),
    /// The value is not of the field's format.
    Value(&'static Field, Misfit),
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownNetwork => f.write_str("no network has this id"),
            Self::OtherBuilder(network) => write!(f, "codes of {network} are built by {network}::Builder"),
            Self::UnknownField(network) => {
                write!(f, "{network} has no such field; its fields are ")?;
                let fields = network.field_table().iter().filter(|field| is_given(network, field));
                fields
                    .enumerate()
                    .try_for_each(|(place, field)| write!(f, "{}{}", if place == 0 { "" } else { ", " }, field.key()))
            }
            Self::Repeated(field) => write!(f, "{} is given twice", field.key()),
            Self::Value(field, misfit) => write!(f, "{}: {misfit}", field.key()),
        }
    }
}

impl core::error::Error for FieldError {}
