//! What the library says of one payload.

use emvqr::jpqr::bill::Bill;
use emvqr::khqr::{Clock, Khqr};
use emvqr::tlv::{self, DataObject};
use emvqr::{Error, Jpqr, Mpm, Payload, Profile, Severity, Violation};
use serde::Serialize;

use crate::input::MAX_LINE;
use crate::{Judge, ProfileName};

/// Why a text is no payload.
pub(crate) struct Fault {
    pub(crate) kind: &'static str,
    pub(crate) path: String,
    pub(crate) offset: usize,
    pub(crate) length: usize,
    pub(crate) message: String,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self {
            kind: error.kind().name(),
            path: error.path().to_string(),
            offset: error.offset(),
            length: error.length(),
            message: error.to_string(),
        }
    }
}

/// What is known of a payload.
pub(crate) struct Verdict<'a> {
    /// The text, as far as it is UTF-8.
    pub(crate) text: &'a str,
    pub(crate) fault: Option<Fault>,
    pub(crate) profile: &'static str,
    pub(crate) violations: Vec<Violation>,
    /// The profile's reading, under its own names.
    pub(crate) fields: serde_json::Value,
    /// The key under which Bakong's API knows a transaction.
    pub(crate) md5: Option<String>,
}

impl<'a> Verdict<'a> {
    pub(crate) fn of(bytes: &'a [u8], judge: Judge) -> Self {
        match Payload::parse_bytes(bytes) {
            Ok(payload) => Self::of_payload(&payload, judge),
            Err(error) => {
                let text = std::str::from_utf8(bytes)
                    .or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]))
                    .unwrap_or_default();
                let asked = matches!(judge.profile, ProfileName::Auto | ProfileName::Jpqr);
                match Bill::read(text) {
                    Some(bill) if asked && text.len() == bytes.len() => Self::of_bill(&bill),
                    _ => Self::broken(text, error.into(), judge),
                }
            }
        }
    }

    pub(crate) fn too_long(judge: Judge) -> Self {
        let fault = Fault {
            kind: "too_long",
            path: String::new(),
            offset: MAX_LINE,
            length: 0,
            message: format!("line is longer than {MAX_LINE} bytes"),
        };
        Self::broken("", fault, judge)
    }

    fn broken(text: &'a str, fault: Fault, judge: Judge) -> Self {
        let fields = serde_json::Value::Object(serde_json::Map::new());
        let profile = match judge.profile {
            ProfileName::Khqr => Khqr::NAME,
            ProfileName::Jpqr => Jpqr::NAME,
            // No profile recognises what is no payload.
            ProfileName::Auto | ProfileName::Emv => Mpm::NAME,
        };
        Self { text, fault: Some(fault), profile, violations: Vec::new(), fields, md5: None }
    }

    fn of_bill(bill: &Bill<'a>) -> Self {
        let fields = serde_json::to_value(bill).unwrap_or_default();
        Self { text: bill.as_str(), fault: None, profile: Bill::NAME, violations: bill.violations(), fields, md5: None }
    }

    fn of_payload(payload: &Payload<'a>, judge: Judge) -> Self {
        match (judge.profile, Khqr::recognises(payload), Jpqr::recognises(payload)) {
            (ProfileName::Khqr, ..) | (ProfileName::Auto, true, false) => Self::of_khqr(payload, judge),
            (ProfileName::Jpqr, ..) | (ProfileName::Auto, false, true) => Self::under::<Jpqr<'_>>(payload, ()),
            // Of a code that both recognise EMVCo's rules say that the payee is ambiguous.
            (ProfileName::Auto | ProfileName::Emv, ..) => Self::under::<Mpm<'_>>(payload, ()),
        }
    }

    fn of_khqr(payload: &Payload<'a>, judge: Judge) -> Self {
        let md5 = u128::from_be_bytes(Khqr::read(payload).md5());
        Self { md5: Some(format!("{md5:032x}")), ..Self::under::<Khqr<'_>>(payload, Clock::at_millis(judge.now_ms)) }
    }

    fn under<P: Profile<'a> + Serialize>(payload: &Payload<'a>, context: P::Context) -> Self {
        Self {
            text: payload.as_str(),
            fault: None,
            profile: P::NAME,
            violations: payload.violations_at::<P>(context),
            fields: serde_json::to_value(P::read(payload)).unwrap_or_default(),
            md5: None,
        }
    }

    pub(crate) fn wire(&self) -> bool {
        self.fault.is_none() && self.profile != Bill::NAME
    }

    pub(crate) fn valid(&self) -> bool {
        self.fault.is_none() && self.violations.iter().all(|violation| violation.severity() != Severity::Error)
    }

    /// The leaves, up to the first fault of shape.
    pub(crate) fn leaves(&self) -> impl Iterator<Item = DataObject<'a>> {
        tlv::leaves(self.text).map_while(Result::ok)
    }
}
