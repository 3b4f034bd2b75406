//! A payload is its text, and reading it back checks it again. Views, findings and values are written only: they are
//! answers, not stores, and each says in its own module how.

use core::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Payload;

impl Serialize for Payload<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Borrows, so it works if the format can lend its text; [`PayloadBuf`](crate::PayloadBuf) always works.
impl<'de: 'a, 'a> Deserialize<'de> for Payload<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowed;

        impl<'de> Visitor<'de> for Borrowed {
            type Value = Payload<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the borrowed text of a payload")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Payload::parse(text).map_err(E::custom)
            }

            /// The message that serde would make holds the text.
            fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
                Err(E::custom("expected the borrowed text of a payload"))
            }
        }

        deserializer.deserialize_str(Borrowed)
    }
}

#[cfg(feature = "alloc")]
impl Serialize for crate::PayloadBuf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "alloc")]
impl<'de> Deserialize<'de> for crate::PayloadBuf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Owned;

        impl Visitor<'_> for Owned {
            type Value = crate::PayloadBuf;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the text of a payload")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_string<E: de::Error>(self, text: alloc::string::String) -> Result<Self::Value, E> {
                crate::PayloadBuf::parse(text).map_err(E::custom)
            }
        }

        deserializer.deserialize_string(Owned)
    }
}
