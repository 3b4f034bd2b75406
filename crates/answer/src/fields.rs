//! The objects under their names.

use emvqr::Payload;
use emvqr::khqr::Khqr;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::verdict::{Content, Verdict};

/// EMVCo's own names, one shape for all schemes; the bill has its own.
pub(crate) struct Fields<'v, 'a>(pub(crate) &'v Verdict<'a>);

impl Serialize for Fields<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.content() {
            Content::Nothing => serializer.serialize_map(Some(0))?.end(),
            Content::Code(code) => code.serialize(serializer),
            Content::Bill(bill) => bill.serialize(serializer),
        }
    }
}

/// The 25 keys of the official KHQR toolkits, in their order and under their names, `null` where an object is absent.
#[derive(Debug)]
pub struct SdkFields<'p, 'a>(pub &'p Payload<'a>);

impl Serialize for SdkFields<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Khqr::of(self.0).serialize(serializer)
    }
}
