//! What a switch supplies, from a JSON file.

use std::fmt;
use std::io::{self, Error, ErrorKind};
use std::path::Path;

use emvqr_answer::forms::Given;
use serde::de::{self, Deserialize, Deserializer};
use serde_json::Value;

/// The entries of a JSON object, in which a key may occur twice.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}

/// Reads a supplement. Numbers and truths count as their texts, `null` as absent.
pub(crate) fn read(path: &Path) -> io::Result<Given> {
    let invalid = |message: String| Error::new(ErrorKind::InvalidData, message);
    let file = std::fs::read_to_string(path)?;
    let Entries(object) = serde_json::from_str(&file).map_err(|error| invalid(error.to_string()))?;
    let mut entries = Vec::new();
    for (key, value) in object {
        let text = match value {
            // Of a key that is given twice, one may be null.
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
            Value::Array(_) | Value::Object(_) => return Err(invalid(format!("{key} is neither text nor a number"))),
        };
        entries.push((key, text));
    }
    let entries = entries.iter().map(|(key, text)| (key.as_str(), text.as_str()));
    Given::read(entries).map_err(|error| invalid(error.to_string()))
}
