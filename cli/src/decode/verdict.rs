//! What the library says of one payload.

use emvqr::Clock;
use emvqr::crossborder::{Block, Intent, Policy, Reason, bill_form};
use emvqr::diagnose::{Hint, diagnose};
use emvqr::elqr::{Bill, Date};
use emvqr::khqr::{self, Khqr, Md5};
use emvqr::network::{self, Kind, Network, NetworkCode, Reading};
use emvqr::rule::Detail;
use emvqr::tlv::{self, DataObject};
use emvqr::{Error, Jpqr, Mpm, Path, Payee, Payload, Profile, Severity, Violation};
use serde::{Serialize, Serializer};

use super::{Judge, ProfileName};
use crate::cross_border::secrets;
use crate::input::MAX_LINE;

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

/// How far a payload holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Unreadable,
    BreaksEmv,
    BreaksScheme,
    Valid,
}

impl Level {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::BreaksEmv => "breaks-emv",
            Self::BreaksScheme => "breaks-scheme",
            Self::Valid => "valid",
        }
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::BreaksEmv => "readable, but breaks EMVCo's rules",
            Self::BreaksScheme => "readable, but breaks the scheme's rules",
            Self::Valid => "valid",
        }
    }
}

/// The reading under a profile, under its own names.
pub(crate) enum Fields<'a> {
    None,
    Emv(Mpm<'a>),
    Khqr(Khqr<'a>),
    Jpqr(Jpqr<'a>),
    Network(Box<NetworkCode<'a>>),
    Bill(Bill<'a>),
}

impl Fields<'_> {
    /// The objects that every payment code has.
    pub(crate) fn base(&self) -> Option<&Mpm<'_>> {
        match self {
            Self::None | Self::Bill(_) => None,
            Self::Emv(code) => Some(code),
            Self::Khqr(code) => Some(code.base()),
            Self::Jpqr(code) => Some(code.base()),
            Self::Network(code) => Some(code.base()),
        }
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.collect_map(std::iter::empty::<((), ())>()),
            Self::Emv(code) => code.serialize(serializer),
            Self::Khqr(code) => code.serialize(serializer),
            Self::Jpqr(code) => code.serialize(serializer),
            Self::Network(code) => code.base().serialize(serializer),
            Self::Bill(bill) => bill.serialize(serializer),
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
    pub(crate) fields: Fields<'a>,
    /// The networks whose accounts it holds, in the order of the text.
    pub(crate) networks: Vec<&'static Network>,
    /// Whether the network is a guess, since the text cannot be read.
    pub(crate) is_guess: bool,
    pub(crate) payee: Option<Payee<'a>>,
    /// Reasons not to pay across a border that are no fault of the code.
    pub(crate) notes: Vec<Block>,
    /// The data objects whose values may never be shown.
    pub(crate) redacted: Vec<Path>,
    /// The network that is paid.
    pub(crate) chosen: Option<&'static Network>,
    /// The object that names the document with the amount, which is not in the code then.
    pub(crate) amount_from: Option<Path>,
    /// When the code may no longer be paid, in milliseconds since 1970.
    pub(crate) expires_at_ms: Option<u64>,
    /// What seems to have happened to it.
    pub(crate) hints: Vec<Hint>,
    /// The clock, in milliseconds since 1970.
    pub(crate) now_ms: u64,
    /// Whether what is personal of the text is masked.
    pub(crate) is_masked: bool,
}

/// Blocks that no rule gives.
fn notes(payload: &Payload<'_>, clock: Clock, judge: Judge) -> Vec<Block> {
    let policy = Policy::default().deny_individual(true).prefer(judge.network.as_slice());
    let blocks = Intent::payable(payload, clock, policy).err().unwrap_or_default();
    let is_note = |block: &Block| block.rule.is_none() && block.reason != Reason::UnknownScheme;
    blocks.iter().filter(is_note).collect()
}

impl<'a> Verdict<'a> {
    pub(crate) fn of(bytes: &'a [u8], judge: Judge) -> Self {
        let mut verdict = Self { now_ms: judge.now_ms, ..Self::without_hints(bytes, judge) };
        let may_be_odd = |violation: &Violation| matches!(violation.detail(), Detail::Shape { .. });
        let is_number = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
        let mobile = || verdict.fields.base()?.additional_data()?.mobile_number();
        // What a network recognises is what it seems to be.
        if verdict.fault.is_some()
            || verdict.networks.is_empty()
            || verdict.violations.iter().any(may_be_odd)
            || mobile().is_some_and(|number| !is_number(number))
        {
            verdict.hints = diagnose(bytes);
        }
        verdict
    }

    fn without_hints(bytes: &'a [u8], judge: Judge) -> Self {
        match Payload::parse_bytes(bytes) {
            Ok(payload) => Self::of_payload(&payload, judge),
            Err(error) => {
                let text = std::str::from_utf8(bytes)
                    .or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]))
                    .unwrap_or_default();
                let asked = matches!(judge.profile, ProfileName::Auto | ProfileName::Jpqr);
                match Bill::read(text) {
                    Some(bill) if asked && text.len() == bytes.len() => Self::of_bill(&bill, judge),
                    _ => Self::broken(text, error.into(), judge),
                }
            }
        }
    }

    /// Of a picture, or of a symbol that cannot be read.
    pub(crate) fn no_code(why: &str, judge: Judge) -> Self {
        let fault = Fault { kind: "no_code", path: String::new(), offset: 0, length: 0, message: why.to_owned() };
        Self::broken("", fault, judge)
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
        let profile = match judge.profile {
            ProfileName::Khqr => Khqr::NAME,
            ProfileName::Jpqr => Jpqr::NAME,
            // No profile recognises what is no payload.
            ProfileName::Auto | ProfileName::Emv => Mpm::NAME,
            ProfileName::Network => NetworkCode::NAME,
        };
        let guess = network::guess(text);
        let (networks, is_guess) = (guess.into_iter().collect(), guess.is_some());
        Self { fault: Some(fault), networks, is_guess, ..Self::new(text, profile, Vec::new(), Fields::None) }
    }

    fn new(text: &'a str, profile: &'static str, violations: Vec<Violation>, fields: Fields<'a>) -> Self {
        Self {
            text,
            fault: None,
            profile,
            violations,
            fields,
            networks: Vec::new(),
            is_guess: false,
            payee: None,
            notes: Vec::new(),
            redacted: Vec::new(),
            chosen: None,
            amount_from: None,
            expires_at_ms: None,
            hints: Vec::new(),
            now_ms: 0,
            is_masked: false,
        }
    }

    /// The same verdict about a text in which what is personal is masked: places stay what they are.
    pub(crate) fn masked<'b>(&self, text: &'b str) -> Verdict<'b> {
        let payload = Payload::parse(text);
        let payload = payload.as_ref();
        let fields = match (&self.fields, payload) {
            (Fields::Emv(_), Ok(payload)) => Fields::Emv(Mpm::read(payload)),
            (Fields::Khqr(_), Ok(payload)) => Fields::Khqr(Khqr::read(payload)),
            (Fields::Jpqr(_), Ok(payload)) => Fields::Jpqr(Jpqr::read(payload)),
            (Fields::Network(_), Ok(payload)) => Fields::Network(Box::new(NetworkCode::read(payload))),
            (Fields::Bill(_), _) => Bill::read(text).map_or(Fields::None, Fields::Bill),
            _ => Fields::None,
        };
        let fault = self.fault.as_ref();
        Verdict {
            fault: fault.map(|fault| Fault { path: fault.path.clone(), message: fault.message.clone(), ..*fault }),
            networks: self.networks.clone(),
            is_guess: self.is_guess,
            payee: payload.ok().and_then(|payload| Self::masked_payee(self.payee?, payload)),
            notes: self.notes.clone(),
            redacted: self.redacted.clone(),
            chosen: self.chosen,
            amount_from: self.amount_from,
            expires_at_ms: self.expires_at_ms,
            hints: self.hints.clone(),
            now_ms: self.now_ms,
            is_masked: true,
            ..Verdict::new(text, self.profile, self.violations.clone(), fields)
        }
    }

    fn of_bill(bill: &Bill<'a>, judge: Judge) -> Self {
        let today = Some(Date::in_japan_at_millis(judge.now_ms));
        let notes = bill_form(bill.as_str()).into_iter().collect();
        Self { notes, ..Self::new(bill.as_str(), Bill::NAME, bill.violations(today), Fields::Bill(*bill)) }
    }

    /// The payee of the masked text: the account of the same network that stands in the same place.
    fn masked_payee<'b>(payee: Payee<'_>, masked: &Payload<'b>) -> Option<Payee<'b>> {
        let is_it = |other: &Payee<'b>| other.path() == payee.path() && other.network() == payee.network();
        network::accounts(masked).find_map(|account| account.payee().filter(is_it))
    }

    fn of_payload(payload: &Payload<'a>, judge: Judge) -> Self {
        let recognised = (Khqr::recognises(payload), Jpqr::recognises(payload));
        let clock = Clock::at_millis(judge.now_ms);
        let as_network = |code| Fields::Network(Box::new(code));
        let verdict = match (judge.profile, recognised) {
            (ProfileName::Khqr, _) | (ProfileName::Auto, (true, false)) => Self::under(payload, clock, Fields::Khqr),
            (ProfileName::Jpqr, _) | (ProfileName::Auto, (false, true)) => Self::under(payload, (), Fields::Jpqr),
            (ProfileName::Network, _) => Self::under(payload, clock, as_network),
            (ProfileName::Auto, (false, false)) if NetworkCode::recognises(payload) => {
                Self::under(payload, clock, as_network)
            }
            // Of a code that both recognise EMVCo's rules say that the payee is ambiguous.
            (ProfileName::Auto | ProfileName::Emv, _) => Self::under(payload, (), Fields::Emv),
        };
        let reading = Reading::of(payload, judge.network.as_slice());
        let account = reading.account(payload);
        let khqr = || Khqr::read(payload).expiration_time_ms().ok().flatten().filter(|_| recognised.0);
        let expires_at_ms = account.and_then(|account| account.expires_at_ms().ok().flatten()).or_else(khqr);
        Self {
            networks: network::networks(payload).collect(),
            payee: reading.payee().copied(),
            amount_from: account.and_then(|account| account.amount_from()).map(|object| object.path()),
            expires_at_ms,
            notes: notes(payload, clock, judge),
            redacted: secrets(payload),
            chosen: reading.network(),
            ..verdict
        }
    }

    fn under<P: Profile<'a>>(payload: &Payload<'a>, context: P::Context, fields: fn(P) -> Fields<'a>) -> Self {
        let violations = payload.violations_at::<P>(context);
        Self::new(payload.as_str(), P::NAME, violations, fields(P::read(payload)))
    }

    pub(crate) fn level(&self) -> Level {
        let mut errors = self.violations.iter().filter(|violation| violation.severity() == Severity::Error);
        match (&self.fault, errors.next()) {
            (Some(_), _) => Level::Unreadable,
            (None, None) => Level::Valid,
            (None, Some(_)) if self.profile == Mpm::NAME => Level::BreaksEmv,
            (None, Some(_)) => Level::BreaksScheme,
        }
    }

    /// The rules that people read behind the verdict: the profile, or the networks that could be paid.
    pub(crate) fn rules(&self) -> String {
        let id = |network: &&'static Network| network.id();
        let paid = self.networks.iter().filter(|network| network.kind() != Kind::Identity);
        let paid: Vec<&str> = paid.map(id).collect();
        let all: Vec<&str> = self.networks.iter().map(id).collect();
        match self.profile {
            NetworkCode::NAME if !paid.is_empty() => paid.join(", "),
            NetworkCode::NAME if !all.is_empty() => all.join(", "),
            profile => profile.to_owned(),
        }
    }

    /// The key under which Bakong's API knows a transaction; not of a masked text, of which it would tell what is masked.
    pub(crate) fn md5(&self) -> Option<Md5> {
        matches!(self.fields, Fields::Khqr(_)).then(|| khqr::md5(self.text)).filter(|_| !self.is_masked)
    }

    pub(crate) fn wire(&self) -> bool {
        self.fault.is_none() && self.profile != Bill::NAME
    }

    pub(crate) fn valid(&self) -> bool {
        self.level() == Level::Valid
    }

    /// The leaves, up to the first fault of shape.
    pub(crate) fn leaves(&self) -> impl Iterator<Item = DataObject<'a>> {
        tlv::leaves(self.text).map_while(Result::ok)
    }
}
