//! Answers about paying across the border.

use emvqr::crossborder::report::Origin;
use emvqr::crossborder::write::RewriteError;
use emvqr::crossborder::{Block, Intent, Policy, Reason, Rewrite, Supplement, bill_form};
use emvqr::diagnose::diagnose;
use emvqr::elqr::Bill;
use emvqr::jpqr::Jpqr;
use emvqr::khqr::Khqr;
use emvqr::network::{self, Network};
use emvqr::tlv::DataObject;
use emvqr::{Clock, Mpm, Path, Payload, Profile, Scheme};
use serde::ser::{Serialize, SerializeMap, SerializeStruct as _, Serializer};

use crate::answer::Extra;
use crate::verdict::{Fault, secrets};
use crate::{MAX_LEN, VERSION};

/// The scheme to rewrite a code into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a further scheme is a further version")]
pub enum Target {
    /// Cambodia's.
    Khqr,
    /// Japan's.
    Jpqr,
}

/// A question about a text.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers fill it in")]
pub struct BorderQuestion<'q> {
    /// The scheme to rewrite it into. `None`: the intent only.
    pub to: Option<Target>,
    /// Supplements of a switch.
    pub supplement: Supplement<'q>,
    /// `true` blocks accounts of persons.
    pub deny_individual: bool,
    /// The network that is paid, of a code with several.
    pub network: Option<&'static Network>,
    /// The clock.
    pub clock: Clock,
}

/// The answer about a text.
#[derive(Clone, Debug)]
pub struct Border<'a> {
    source: Option<&'static str>,
    intent: Option<Intent<'a>>,
    /// The intent's payload.
    has_amount: bool,
    blocked: Vec<Block>,
    rewrite: Option<Written<'a>>,
    is_asked: bool,
    redacted: Vec<Path>,
    error: Option<String>,
}

/// The result of the rewriting.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    payload: Option<String>,
    missing: Vec<&'static str>,
    report: Vec<emvqr::crossborder::report::Leaf<'a>>,
    origins: Vec<(Path, Origin)>,
    error: Option<String>,
}

impl Written<'_> {
    fn refused(error: impl Into<String>) -> Self {
        Self { payload: None, missing: Vec::new(), report: Vec::new(), origins: Vec::new(), error: Some(error.into()) }
    }

    /// The rewritten code.
    #[must_use]
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }

    /// The supplements that are needed and absent.
    #[must_use]
    pub fn missing(&self) -> &[&'static str] {
        &self.missing
    }

    /// Every leaf of the source, in wire order.
    #[must_use]
    pub fn report(&self) -> &[emvqr::crossborder::report::Leaf<'_>] {
        &self.report
    }

    /// Every leaf of the result, in wire order, and where it comes from.
    #[must_use]
    pub fn origins(&self) -> &[(Path, Origin)] {
        &self.origins
    }

    /// Why it was not rewritten, other than what blocks it and what is missing.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }
}

impl<'a> Border<'a> {
    /// Reads the intent of a text, and rewrites it if that is asked.
    #[must_use]
    pub fn of(bytes: &'a [u8], question: &BorderQuestion<'_>) -> Self {
        let is_asked = question.to.is_some();
        let redacted = secrets(bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid()));
        let nothing = |source, error, block: Option<Block>| Self {
            source,
            intent: None,
            has_amount: false,
            blocked: block.into_iter().collect(),
            rewrite: None,
            is_asked,
            redacted: redacted.clone(),
            error,
        };
        if bytes.len() > MAX_LEN {
            return nothing(None, Some(format!("line is longer than {MAX_LEN} bytes")), None);
        }
        let payload = match Payload::parse_bytes(bytes) {
            Ok(payload) => payload,
            Err(error) => {
                return match core::str::from_utf8(bytes).ok().and_then(bill_form) {
                    Some(block) => nothing(Some(Bill::NAME), None, Some(block)),
                    // Without the CRCs of a text with a value that is never shown.
                    None if redacted.is_empty() => nothing(None, Some(error.to_string()), None),
                    None => nothing(None, Some(Fault::of(error, "").masked().message().to_owned()), None),
                };
            }
        };
        let preferred = question.network.as_slice();
        let policy = Policy::default().deny_individual(question.deny_individual).prefer(preferred);
        let Some(intent) = Intent::of(&payload, policy) else {
            let (error, block) = without_intent(&payload, question.clock, policy);
            return nothing(None, Some(error), block);
        };
        let source = match intent.scheme {
            Scheme::Khqr => Khqr::NAME,
            Scheme::Jpqr => Jpqr::NAME,
            Scheme::Network(network) => network.id(),
            _ => Mpm::NAME,
        };
        Self {
            source: Some(source),
            has_amount: payload.get(emvqr::Tag::TRANSACTION_AMOUNT).is_some(),
            blocked: intent.blocks(question.clock, policy).iter().collect(),
            rewrite: question.to.map(|to| {
                let written = written(&intent, question, policy, to);
                let error = "the code holds a value that is never shown";
                if redacted.is_empty() {
                    written
                } else {
                    Written { report: written.report, ..Written::refused(error) }
                }
            }),
            is_asked,
            intent: Some(intent.consent_mobile(question.supplement.consent_mobile)),
            redacted,
            error: None,
        }
    }

    /// `true` if it has an intent, nothing blocks it, and it was rewritten if that was asked.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let is_rewritten = self.rewrite.as_ref().is_some_and(|rewrite| rewrite.payload.is_some());
        self.intent.is_some() && self.blocked.is_empty() && (is_rewritten || !self.is_asked)
    }

    /// Id of the scheme. `None` if none is recognised.
    #[must_use]
    pub const fn source(&self) -> Option<&'static str> {
        self.source
    }

    /// The intent. `None` if the text is no payload, or no scheme recognises it.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent<'a>> {
        self.intent.as_ref()
    }

    /// `true` if the code has an amount, readable or not.
    #[must_use]
    pub const fn has_amount(&self) -> bool {
        self.has_amount
    }

    /// The blocks. Empty if the code can be paid, and of a text that is no payload.
    #[must_use]
    pub fn blocked(&self) -> &[Block] {
        &self.blocked
    }

    /// The rewritten code, if that was asked.
    #[must_use]
    pub const fn rewrite(&self) -> Option<&Written<'a>> {
        self.rewrite.as_ref()
    }

    /// The data objects whose values are never shown.
    #[must_use]
    pub fn redacted(&self) -> &[Path] {
        &self.redacted
    }

    /// Why there is no intent.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// The answer in JSON, with keys of the caller.
    pub fn with<'v, E: Extra>(&'v self, extra: E) -> impl Serialize + use<'v, 'a, E> {
        Answer { border: self, extra }
    }
}

/// Why a payload has no intent, and what blocks it then.
fn without_intent(payload: &Payload<'_>, clock: Clock, policy: Policy<'_>) -> (String, Option<Block>) {
    let ids: Vec<&str> = network::networks(payload).map(Network::id).collect();
    let block = Intent::payable(payload, clock, policy).err().and_then(|blocks| blocks.iter().next());
    let error = match ids.as_slice() {
        [] => {
            let hint = diagnose(payload.as_str()).into_iter().next();
            let hint = hint.map(|hint| format!(": {hint}")).unwrap_or_default();
            format!("no scheme recognises the payload{hint}")
        }
        _ if block.is_some_and(|block| block.reason == Reason::AmbiguousPayee) => {
            "two schemes recognise the payload".into()
        }
        _ => format!("several networks: {}", ids.join(", ")),
    };
    (error, block)
}

fn written<'a>(intent: &Intent<'a>, question: &BorderQuestion<'_>, policy: Policy<'_>, to: Target) -> Written<'a> {
    let supplement = &question.supplement;
    let Some(rewrite) = Rewrite::of(intent, supplement) else {
        return Written::refused("only KHQR and JPQR codes are rewritten");
    };
    let report = rewrite.leaves().collect();
    // Without the amount it would be missing, if it were asked for.
    let asks_for_amount = || {
        let without = Supplement { amount: None, ..*supplement };
        Rewrite::of(intent, &without).is_some_and(|rewrite| rewrite.missing().iter().any(|name| name == "amount"))
    };
    if supplement.amount.is_some() && !asks_for_amount() {
        let refused = Written::refused("an amount is supplied, and the code asks for none");
        return Written { report, ..refused };
    }
    if (intent.scheme == Scheme::Khqr) == (to == Target::Khqr) {
        return Written::refused("the code is of this format already");
    }
    let rewrite = rewrite.at(question.clock).under(policy);
    let missing = rewrite.missing().iter().collect();
    let report = rewrite.leaves().collect();
    match rewrite.write(&mut [0; 1024]) {
        Ok(rewritten) => {
            let path = |(object, origin): (DataObject<'_>, Origin)| (object.path(), origin);
            let origins = rewritten.origins().map(path).collect();
            Written { payload: Some(rewritten.text.to_owned()), missing: Vec::new(), report, origins, error: None }
        }
        // What blocks and what is missing is told by itself.
        Err(RewriteError::Blocked(_) | RewriteError::Missing(_)) => {
            Written { payload: None, missing, report, origins: Vec::new(), error: None }
        }
        Err(error) => Written { payload: None, missing, report, origins: Vec::new(), error: Some(error.to_string()) },
    }
}

struct Answer<'v, 'a, E> {
    border: &'v Border<'a>,
    extra: E,
}

impl<E: Extra> Serialize for Answer<'_, '_, E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { border, extra } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &VERSION)?;
        extra.entries(&mut map)?;
        map.serialize_entry("source", &border.source)?;
        map.serialize_entry("intent", &border.intent)?;
        map.serialize_entry("blocked", &border.blocked)?;
        if border.is_asked {
            map.serialize_entry("rewrite", &border.rewrite)?;
        }
        if !border.redacted.is_empty() {
            map.serialize_entry("redacted", &border.redacted)?;
        }
        if let Some(error) = &border.error {
            map.serialize_entry("error", error)?;
        }
        map.end()
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Origins<'v>(&'v [(Path, Origin)]);
        struct Place<'v>(&'v (Path, Origin));

        impl Serialize for Origins<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.0.iter().map(Place))
            }
        }

        impl Serialize for Place<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let Self((path, origin)) = self;
                let mut place = serializer.serialize_struct("Place", 2)?;
                place.serialize_field("path", path)?;
                place.serialize_field("from", origin)?;
                place.end()
            }
        }

        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("payload", &self.payload)?;
        map.serialize_entry("missing", &self.missing)?;
        map.serialize_entry("report", &self.report)?;
        map.serialize_entry("origins", &Origins(&self.origins))?;
        if let Some(error) = &self.error {
            map.serialize_entry("error", error)?;
        }
        map.end()
    }
}
