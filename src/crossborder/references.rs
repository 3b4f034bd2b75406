//! Values with their place, and the references of template 62.

use core::fmt;

use crate::dictionary;
use crate::path::Path;
use crate::tag::{Tag, additional_data};
use crate::tlv::{DataObject, Template};
use crate::value::PROMPT;

/// A value, and the data object that it came from.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a value and its path")]
pub struct Field<T> {
    /// The value.
    pub value: T,
    /// The data object.
    pub path: Path,
}

impl<T> Field<T> {
    /// A value read from the object at `path`.
    #[must_use]
    pub const fn new(value: T, path: Path) -> Self {
        Self { value, path }
    }
}

/// Shows where the value came from, never the value.
impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.path)
    }
}

/// The keys of 62-01 to 62-08, by ID.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
const KEYS: [&str; 9] = {
    let mut keys = [""; 9];
    let mut id = additional_data::BILL_NUMBER.get();
    while id <= additional_data::PURPOSE_OF_TRANSACTION.get() {
        let path = dictionary::path(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, Tag::new(id));
        if let Some(entry) = dictionary::find(dictionary::OBJECTS, path) {
            keys[id as usize] = entry.key;
        }
        id += 1;
    }
    keys
};

/// The merchant's references, 62-01 to 62-08. One that occurs twice is not there.
#[derive(Clone, Copy)]
pub struct References<'a> {
    template: Option<Template<'a>>,
    /// Whether `***` asks the payer for a value.
    has_prompts: bool,
    /// Whether the payer consents to pass on 62-02.
    shows_mobile_number: bool,
}

impl<'a> References<'a> {
    /// The references of template 62, if there is one.
    pub(super) const fn new(template: Option<Template<'a>>, has_prompts: bool, shows_mobile_number: bool) -> Self {
        Self { template, has_prompts, shows_mobile_number }
    }

    fn labels(&self) -> impl Iterator<Item = (&'static str, DataObject<'a>)> + Clone + use<'a> {
        let repeated = self.template.map(|template| template.repeated()).unwrap_or_default();
        let objects = self.template.into_iter().flat_map(|template| template.by_tag());
        objects.filter(move |object| !repeated.contains(object.tag())).filter_map(|object| {
            let key = KEYS.get(usize::from(object.tag().get())).filter(|key| !key.is_empty())?;
            Some((*key, object))
        })
    }

    /// The values by the specification's names, prompts aside. The mobile number is personal data, and is among them only with
    /// [consent](super::Intent::consent_mobile).
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Field<&'a str>)> + use<'a> {
        let shows_mobile_number = self.shows_mobile_number;
        self.labels()
            .filter(move |(_, object)| shows_mobile_number || object.tag() != additional_data::MOBILE_NUMBER)
            .filter(|(_, object)| object.value() != PROMPT)
            .map(|(name, object)| (name, Field::new(object.value(), object.path())))
    }

    /// 62-02, Mobile Number: only to be passed on with consent.
    #[must_use]
    pub fn mobile_number(&self) -> Option<Field<&'a str>> {
        let object = self.template?.sole(additional_data::MOBILE_NUMBER)?;
        (object.value() != PROMPT).then(|| Field::new(object.value(), object.path()))
    }

    /// The objects that ask the payer for their value; none of a network in whose codes `***` says that there is no value, as
    /// Pix's do.
    pub fn prompts(&self) -> impl Iterator<Item = Path> + Clone + use<'a> {
        let is_prompt = |object: &DataObject<'_>, has_prompts| has_prompts && object.value() == PROMPT;
        let has_prompts = self.has_prompts;
        self.labels().filter(move |(_, object)| is_prompt(object, has_prompts)).map(|(_, object)| object.path())
    }
}

impl fmt::Debug for References<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("References(")?;
        for (place, (name, _)) in self.labels().enumerate() {
            write!(f, "{}{name}", if place == 0 { "" } else { ", " })?;
        }
        f.write_str(")")
    }
}

/// By name, prompts and the mobile number aside.
#[cfg(feature = "serde")]
impl ::serde::Serialize for References<'_> {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, field)| (name, field.value)))
    }
}
