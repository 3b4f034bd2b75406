//! Forms that users fill in: flat lists of keys and texts, from options, columns of a table, or an object of JSON.
//!
//! A key that is unknown or given twice is refused, and so is a text that is not of the form of its key.
//!
//! ```
//! use emvqr_answer::forms;
//!
//! let form = [("account", "coffee@devb"), ("currency", "KHR"), ("name", "COFFEE"), ("amount", "8000")];
//! let text = forms::khqr(form, 1_750_000_000_000)?;
//! assert!(text.starts_with("00020101021229150011coffee@devb"));
//! let error = forms::khqr([("acount", "coffee@devb")], 0).unwrap_err();
//! assert_eq!(error.to_string(), "acount is no field; did you mean account?");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod codes;
mod places;
mod supplement;

use std::error::Error;
use std::fmt;

use emvqr::encode::BuildError;
use emvqr::value::InvalidValue;

pub use codes::{BILL, EMV, JPQR, KHQR, NETWORK, bill, emv, jpqr, khqr, network};
pub use places::{PLACES, place};
pub use supplement::{Given, SUPPLEMENT};

/// Why a form is refused.
#[derive(Debug)]
#[non_exhaustive]
pub enum FormError {
    /// The form does not have the key: the key, and the one that was perhaps meant.
    Unknown(String, Option<&'static str>),
    /// The key is given twice.
    Repeated(&'static str),
    /// A key that is needed is absent.
    Missing(&'static str),
    /// The text is not what the key wants: the key, and a sentence.
    Invalid(&'static str, String),
    /// The values make no code that conforms.
    Build(BuildError),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(key, None) => write!(f, "{} is no field", emvqr::display::Escaped(key)),
            Self::Unknown(key, Some(meant)) => {
                write!(f, "{} is no field; did you mean {meant}?", emvqr::display::Escaped(key))
            }
            Self::Repeated(key) => write!(f, "{key} is given twice"),
            Self::Missing(key) => write!(f, "{key} is needed"),
            Self::Invalid(key, why) => write!(f, "{key}: {why}"),
            Self::Build(error) => error.fmt(f),
        }
    }
}

impl Error for FormError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Build(error) = self { error.source() } else { None }
    }
}

impl<T: Into<BuildError>> From<T> for FormError {
    fn from(error: T) -> Self {
        Self::Build(error.into())
    }
}

/// Texts under known keys, each once but for those of lists.
struct Form<'f>(Vec<(&'static str, &'f str)>);

impl<'f> Form<'f> {
    /// `lists`: the keys that may occur more than once.
    fn read(
        entries: impl IntoIterator<Item = (&'f str, &'f str)>,
        known: &[&'static str],
        lists: &[&'static str],
    ) -> Result<Self, FormError> {
        let mut form: Vec<(&'static str, &'f str)> = Vec::new();
        for (key, text) in entries {
            let Some(key) = known.iter().copied().find(|known| *known == key) else {
                return Err(FormError::Unknown(key.to_owned(), nearest(key, known)));
            };
            if !lists.contains(&key) && form.iter().any(|(other, _)| *other == key) {
                return Err(FormError::Repeated(key));
            }
            form.push((key, text));
        }
        Ok(Self(form))
    }

    fn all(&self, key: &'static str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(other, _)| *other == key).map(|(_, text)| *text)
    }

    /// The text under a key, if there is one. An empty one counts as none.
    fn get(&self, key: &'static str) -> Option<&'f str> {
        self.all(key).next().filter(|text| !text.is_empty())
    }

    fn text(&self, key: &'static str) -> &'f str {
        self.get(key).unwrap_or_default()
    }

    fn needed(&self, key: &'static str) -> Result<&'f str, FormError> {
        self.get(key).ok_or(FormError::Missing(key))
    }

    fn parsed<T: std::str::FromStr<Err: Into<Why>>>(&self, key: &'static str) -> Result<Option<T>, FormError> {
        let invalid =
            |text: &str, Why(why)| FormError::Invalid(key, format!("{}: {why}", emvqr::display::Escaped(text)));
        let parse = |text: &str| text.parse().map_err(|error: T::Err| invalid(text, error.into()));
        self.get(key).map(parse).transpose()
    }

    fn needed_parsed<T: std::str::FromStr<Err: Into<Why>>>(&self, key: &'static str) -> Result<T, FormError> {
        self.parsed(key)?.ok_or(FormError::Missing(key))
    }

    fn truth(&self, key: &'static str) -> Result<bool, FormError> {
        match self.text(key) {
            "true" => Ok(true),
            "false" | "" => Ok(false),
            other => Err(FormError::Invalid(key, format!("{other:?} is neither true nor false"))),
        }
    }

    /// A time: milliseconds since 1970, or RFC 3339.
    fn time(&self, key: &'static str) -> Result<Option<u64>, FormError> {
        self.get(key).map(|text| crate::moment(text).map_err(|why| FormError::Invalid(key, why))).transpose()
    }
}

/// A sentence about a text that does not parse.
struct Why(String);

impl From<InvalidValue> for Why {
    fn from(error: InvalidValue) -> Self {
        Self(format!("expected {}", error.form()))
    }
}

impl From<std::num::ParseIntError> for Why {
    fn from(_: std::num::ParseIntError) -> Self {
        Self("expected a whole number".into())
    }
}

/// The known key that differs least, by no more than a third of its characters.
fn nearest(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let near = known.iter().map(|other| (distance(key, other), *other)).min_by_key(|(distance, _)| *distance)?;
    (near.0 * 3 <= near.1.len()).then_some(near.1)
}

/// Number of characters to insert, remove or replace (Levenshtein), of short texts.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=a.len()).collect();
    for (place, c) in b.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], place + 1);
        for (at, d) in a.iter().enumerate() {
            let replaced = diagonal + usize::from(c != *d);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[a.len()]
}
