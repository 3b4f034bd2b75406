//! The verdict about one text.

use emvqr::crossborder::{Block, Intent, Policy, Reason, bill_form};
use emvqr::diagnose::{Hint, Remedy, diagnose};
use emvqr::elqr::{Bill, Date};
use emvqr::khqr::{self, Khqr, Md5};
use emvqr::mask;
use emvqr::network::{self, Kind, Network, NetworkCode, Reading};
use emvqr::rule::Detail;
use emvqr::tlv::{self, DataObject};
use emvqr::{Advice, Clock, Code, Error, Jpqr, Mpm, Path, Payee, Payload, Profile, Severity, Violation};

use crate::MAX_LEN;
use crate::question::{ProfileChoice, Question};

/// Why a text is no payload.
#[derive(Clone, Debug)]
pub struct Fault {
    kind: &'static str,
    path: Path,
    offset: usize,
    length: usize,
    message: String,
    advice: Advice,
}

impl Fault {
    fn new(kind: &'static str, offset: usize, message: impl Into<String>) -> Self {
        Self { kind, path: Path::ROOT, offset, length: 0, message: message.into(), advice: Advice::ScanAgain }
    }

    /// The same without the CRCs, which would tell of what is masked.
    pub(crate) fn masked(&self) -> Self {
        let Self { path, offset, .. } = self;
        let is_about_crcs = self.kind == CRC_MISMATCH;
        let message = is_about_crcs.then(|| format!("crc mismatch, in data object {path} at byte {offset}"));
        Self { message: message.unwrap_or_else(|| self.message.clone()), ..*self }
    }

    /// Name of its kind: `crc_mismatch`, or another of [`ErrorKind`](emvqr::ErrorKind); `too_long` of a text of more than
    /// [`MAX_LEN`] bytes; what the caller of [`Verdict::unread`] gave.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// The data object. Empty for the text as a whole.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The place in bytes of the text.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// Number of bytes that it is about.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// A sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl Fault {
    pub(crate) fn of(error: Error, text: &str) -> Self {
        Self {
            kind: error.kind().name(),
            path: error.path(),
            offset: error.offset(),
            length: error.length(),
            message: error.to_string(),
            advice: error.advice(text).unwrap_or(Advice::ScanAgain),
        }
    }
}

/// Name of the fault whose sentence has CRCs.
const CRC_MISMATCH: &str = "crc_mismatch";

/// How far a text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a further level is a further version")]
pub enum Level {
    /// It is no payload.
    Unreadable,
    /// It breaks EMVCo's rules, to which it was to be held.
    BreaksEmv,
    /// It breaks the rules of its scheme.
    BreaksScheme,
    /// It breaks none.
    Valid,
}

impl Level {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::BreaksEmv => "breaks-emv",
            Self::BreaksScheme => "breaks-scheme",
            Self::Valid => "valid",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::BreaksEmv => "readable, but breaks EMVCo's rules",
            Self::BreaksScheme => "readable, but breaks the scheme's rules",
            Self::Valid => "valid",
        }
    }
}

/// Content of the text.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one for each text")]
pub(crate) enum Content<'a> {
    Nothing,
    Code(Mpm<'a>),
    Bill(Bill<'a>),
}

/// The verdict about a text.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    text: &'a str,
    fault: Option<Fault>,
    profile: &'static str,
    violations: Vec<Violation>,
    content: Content<'a>,
    networks: Vec<&'static Network>,
    is_guess: bool,
    payee: Option<Payee<'a>>,
    notes: Vec<Block>,
    redacted: Vec<Path>,
    chosen: Option<&'static Network>,
    amount_from: Option<Path>,
    expires_at_ms: Option<u64>,
    hints: Vec<(Option<Level>, Hint)>,
    question: Question,
    is_masked: bool,
}

impl<'a> Verdict<'a> {
    /// Judges a text, without notes and hints.
    #[must_use]
    pub fn of(bytes: &'a [u8], question: Question) -> Self {
        if bytes.len() > MAX_LEN {
            let message = format!("line is longer than {MAX_LEN} bytes");
            return Self::broken("", Fault::new("too_long", MAX_LEN, message), question);
        }
        let error = match Payload::parse_bytes(bytes) {
            Ok(payload) => return Self::of_payload(&payload, question),
            Err(error) => error,
        };
        let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let asked = matches!(question.profile, ProfileChoice::Auto | ProfileChoice::Jpqr);
        match Bill::read(valid).filter(|_| asked && valid.len() == bytes.len()) {
            Some(bill) => Self::of_bill(bill, question),
            None => Self::broken(valid, Fault::of(error, valid), question),
        }
    }

    /// Judges a text, and says what else there is to say: [notes](Self::notes), and [hints](Self::hints) if something is odd.
    #[must_use]
    pub fn in_full(bytes: &'a [u8], question: Question) -> Self {
        let mut verdict = Self::of(bytes, question);
        verdict.notes = verdict.find_notes();
        if verdict.is_odd() && bytes.len() <= MAX_LEN {
            let level = |hint: &Hint| match hint.remedy()? {
                Remedy::Text(text) => Some(Verdict::of(text.as_bytes(), question).level()),
                Remedy::Range(range) => Some(Verdict::of(bytes.get(range.clone())?, question).level()),
                _ => None,
            };
            verdict.hints = diagnose(bytes).into_iter().map(|hint| (level(&hint), hint)).collect();
        }
        verdict
    }

    /// The verdict about what could not be read at all: a picture without a code, a line that is no request.
    #[must_use]
    pub fn unread(kind: &'static str, why: &str, question: Question) -> Self {
        Self::broken("", Fault::new(kind, 0, why), question)
    }

    fn broken(text: &'a str, fault: Fault, question: Question) -> Self {
        let profile = match question.profile {
            ProfileChoice::Khqr => Khqr::NAME,
            ProfileChoice::Jpqr => Jpqr::NAME,
            ProfileChoice::Network => NetworkCode::NAME,
            // No profile recognises what is no payload.
            ProfileChoice::Auto | ProfileChoice::Emv => Mpm::NAME,
        };
        let guess = network::guess(text);
        let (networks, is_guess) = (guess.into_iter().collect(), guess.is_some());
        Self {
            redacted: secrets(text),
            fault: Some(fault),
            networks,
            is_guess,
            ..Self::new(text, profile, Vec::new(), Content::Nothing, question)
        }
    }

    const fn new(
        text: &'a str,
        profile: &'static str,
        violations: Vec<Violation>,
        content: Content<'a>,
        question: Question,
    ) -> Self {
        Self {
            text,
            fault: None,
            profile,
            violations,
            content,
            networks: Vec::new(),
            is_guess: false,
            payee: None,
            notes: Vec::new(),
            redacted: Vec::new(),
            chosen: None,
            amount_from: None,
            expires_at_ms: None,
            hints: Vec::new(),
            question,
            is_masked: false,
        }
    }

    fn of_bill(bill: Bill<'a>, question: Question) -> Self {
        let today = Some(Date::in_japan_at_millis(question.now_ms));
        Self::new(bill.as_str(), Bill::NAME, bill.violations(today), Content::Bill(bill), question)
    }

    fn of_payload(payload: &Payload<'a>, question: Question) -> Self {
        let clock = Clock::at_millis(question.now_ms);
        let (profile, violations) = match question.profile {
            ProfileChoice::Auto => {
                let validation = Code::validate(payload, clock);
                (validation.code().profile(), validation.into_violations())
            }
            ProfileChoice::Emv => (Mpm::NAME, payload.validate::<Mpm<'_>>(()).into_violations()),
            ProfileChoice::Network => (NetworkCode::NAME, payload.validate::<NetworkCode<'_>>(clock).into_violations()),
            ProfileChoice::Khqr => (Khqr::NAME, payload.validate::<Khqr<'_>>(clock).into_violations()),
            ProfileChoice::Jpqr => (Jpqr::NAME, payload.validate::<Jpqr<'_>>(()).into_violations()),
        };
        let reading = Reading::of(payload, question.network.as_slice());
        let account = reading.account(payload);
        let khqr = || Khqr::of(payload).expires_at_ms().ok().flatten().filter(|_| Khqr::recognises(payload));
        Self {
            networks: network::networks(payload).collect(),
            payee: reading.payee().copied(),
            amount_from: account.and_then(|account| account.amount_from()).map(|object| object.path()),
            expires_at_ms: account.and_then(|account| account.expires_at_ms().ok().flatten()).or_else(khqr),
            // Only accounts of India can hold Aadhaar numbers.
            redacted: if is_indian(payload) { secrets(payload.as_str()) } else { Vec::new() },
            chosen: reading.network(),
            ..Self::new(payload.as_str(), profile, violations, Content::Code(Mpm::of(payload)), question)
        }
    }

    /// Reasons not to pay that no rule gives.
    fn find_notes(&self) -> Vec<Block> {
        let code = match &self.content {
            Content::Nothing => return Vec::new(),
            Content::Bill(bill) => return bill_form(bill.as_str()).into_iter().collect(),
            Content::Code(code) => code,
        };
        let policy = Policy::default().deny_individual(true).prefer(self.question.network.as_slice());
        let clock = Clock::at_millis(self.question.now_ms);
        let blocks = Intent::payable(code.payload(), clock, policy).err().unwrap_or_default();
        let is_note = |block: &Block| block.rule.is_none() && block.reason != Reason::UnknownScheme;
        blocks.iter().filter(is_note).collect()
    }

    /// `true` if something may have happened to the text: what a network recognises is what it seems to be.
    fn is_odd(&self) -> bool {
        let may_be_odd = |violation: &Violation| matches!(violation.detail(), Detail::Shape { .. });
        let is_number = |value: &str| value.bytes().all(|byte| byte.is_ascii_digit());
        let mobile = || self.code()?.additional_data()?.mobile_number();
        self.fault.is_some()
            || self.networks.is_empty()
            || self.violations.iter().any(may_be_odd)
            || mobile().is_some_and(|number| !is_number(number))
    }

    /// Gives `show` the verdict as it may be shown: with what is personal masked if `mask` is set, and always without what is
    /// never shown. A text that is no payload is masked by the one that a [hint](Self::hints) says it was. Places stay what they
    /// are; CRCs and characters of values go from the sentences, and repaired texts and the MD5 from the answer.
    pub fn show<T>(&self, mask: bool, show: impl FnOnce(&Verdict<'_>) -> T) -> T {
        let payload = if let Content::Code(code) = &self.content { Some(code.payload()) } else { None };
        let masked = match payload {
            Some(payload) if mask => Some(payload.masked().to_string()),
            Some(payload) if !self.redacted.is_empty() => payload.without_secrets().map(|text| text.to_string()),
            Some(_) => None,
            None if mask => Some(self.masked_as_repaired()),
            None => mask::without_secrets(self.text).map(|text| text.to_string()),
        };
        match masked {
            Some(masked) => show(&self.masked(&masked)),
            None => show(self),
        }
    }

    /// The text of no payload, masked.
    fn masked_as_repaired(&self) -> String {
        let repaired = self.hints.iter().find_map(|(_, hint)| match hint.remedy()? {
            Remedy::Text(text) => Payload::parse(text).ok(),
            Remedy::Range(range) => Payload::parse(self.text.get(range.clone())?).ok(),
            _ => None,
        });
        match repaired {
            Some(repaired) if self.bill().is_none() => mask::masked_as(self.text, &repaired),
            _ => mask::masked(self.text).to_string(),
        }
    }

    fn masked<'b>(&self, text: &'b str) -> Verdict<'b> {
        let payload = Payload::parse(text).ok();
        let content = match (&self.content, &payload) {
            (Content::Code(_), Some(payload)) => Content::Code(Mpm::of(payload)),
            (Content::Bill(_), _) => Bill::read(text).map_or(Content::Nothing, Content::Bill),
            _ => Content::Nothing,
        };
        // The account of the same network in the same place.
        let payee = |payee: Payee<'_>| {
            let is_it = |other: &Payee<'b>| other.path() == payee.path() && other.network() == payee.network();
            network::accounts(payload.as_ref()?).find_map(|account| account.payee().filter(is_it))
        };
        Verdict {
            fault: self.fault.as_ref().map(Fault::masked),
            networks: self.networks.clone(),
            is_guess: self.is_guess,
            payee: self.payee.and_then(payee),
            notes: self.notes.clone(),
            redacted: self.redacted.clone(),
            chosen: self.chosen,
            amount_from: self.amount_from,
            expires_at_ms: self.expires_at_ms,
            hints: self.hints.clone(),
            is_masked: true,
            ..Verdict::new(text, self.profile, self.violations.clone(), content, self.question)
        }
    }

    /// The text, up to the first byte that is not UTF-8.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Why it is no payload. `None` for a payload, and for the bill form.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The rules that were applied: `emv`, `network`, `khqr`, `jpqr` or `jpqr-bill`.
    #[must_use]
    pub const fn profile(&self) -> &'static str {
        self.profile
    }

    /// Advice to the person who pays, about a text that is not valid. `None` for one that is.
    #[must_use]
    pub fn advice(&self) -> Option<Advice> {
        let fault = self.fault.as_ref().map(|fault| fault.advice);
        fault.or_else(|| self.violations.iter().find_map(Violation::advice))
    }

    /// The findings, in [order](Violation::order). None of a text that is no payload.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The sentence of a finding, without the character that it names if what is personal is masked.
    #[must_use]
    pub fn message(&self, finding: &Violation) -> String {
        match finding.detail() {
            Detail::Character(_) if self.is_masked => finding.rule().summary().to_owned(),
            _ => finding.message().to_string(),
        }
    }

    /// The sentence of a hint, without a CRC if what is personal is masked.
    #[must_use]
    pub fn hint_message<'h>(&self, hint: &'h Hint) -> &'h str {
        if self.is_masked { hint.masked_message() } else { hint.message() }
    }

    /// The objects that every payment code has. `None` for a text that is no payload.
    #[must_use]
    pub const fn code(&self) -> Option<&Mpm<'a>> {
        match &self.content {
            Content::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The bill of Japanese local tax, which is no payload.
    #[must_use]
    pub const fn bill(&self) -> Option<&Bill<'a>> {
        match &self.content {
            Content::Bill(bill) => Some(bill),
            _ => None,
        }
    }

    /// The networks whose accounts it holds, in the order of the text. Of a text that is no payload a
    /// [guess](Self::is_guess), at most one.
    #[must_use]
    pub fn networks(&self) -> &[&'static Network] {
        &self.networks
    }

    /// `true` if the network is a guess, since the text cannot be read.
    #[must_use]
    pub const fn is_guess(&self) -> bool {
        self.is_guess
    }

    /// Who is paid. `None` if that is ambiguous, and if the code does not say.
    #[must_use]
    pub const fn payee(&self) -> Option<&Payee<'a>> {
        self.payee.as_ref()
    }

    /// The network that is paid. `None` if none is known, and if one of several has to be chosen.
    #[must_use]
    pub const fn chosen(&self) -> Option<&'static Network> {
        self.chosen
    }

    /// The object that names the document with the amount, which is not in the code then.
    #[must_use]
    pub const fn amount_from(&self) -> Option<Path> {
        self.amount_from
    }

    /// When the code may no longer be paid, in milliseconds since 1970.
    #[must_use]
    pub const fn expires_at_ms(&self) -> Option<u64> {
        self.expires_at_ms
    }

    /// Reasons not to pay that are no fault of the code. Empty unless judged [in full](Self::in_full).
    #[must_use]
    pub fn notes(&self) -> &[Block] {
        &self.notes
    }

    /// Hints about what happened to the text, with the level of the repaired one. Empty unless judged
    /// [in full](Self::in_full).
    #[must_use]
    pub fn hints(&self) -> impl ExactSizeIterator<Item = (&Hint, Option<Level>)> {
        self.hints.iter().map(|(level, hint)| (hint, *level))
    }

    /// The data objects whose values are never shown.
    #[must_use]
    pub fn redacted(&self) -> &[Path] {
        &self.redacted
    }

    /// `true` if personal values are masked.
    #[must_use]
    pub const fn is_masked(&self) -> bool {
        self.is_masked
    }

    /// The question.
    #[must_use]
    pub const fn question(&self) -> &Question {
        &self.question
    }

    /// How far it holds.
    #[must_use]
    pub fn level(&self) -> Level {
        let mut errors = self.violations.iter().filter(|violation| violation.severity() == Severity::Error);
        match (&self.fault, errors.next()) {
            (Some(_), _) => Level::Unreadable,
            (None, None) => Level::Valid,
            (None, Some(_)) if self.profile == Mpm::NAME => Level::BreaksEmv,
            (None, Some(_)) => Level::BreaksScheme,
        }
    }

    /// `true` if no rule of severity error is broken.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.level() == Level::Valid
    }

    /// `true` for a payload.
    #[must_use]
    pub const fn is_wire(&self) -> bool {
        matches!(self.content, Content::Code(_))
    }

    /// The rules that people read behind the verdict: the profile, or the networks that could be paid.
    #[must_use]
    pub fn rules(&self) -> String {
        let id = |network: &&'static Network| network.id();
        let paid: Vec<&str> = self.networks.iter().filter(|network| network.kind() != Kind::Identity).map(id).collect();
        let all: Vec<&str> = self.networks.iter().map(id).collect();
        match self.profile {
            NetworkCode::NAME if !paid.is_empty() => paid.join(", "),
            NetworkCode::NAME if !all.is_empty() => all.join(", "),
            profile => profile.to_owned(),
        }
    }

    /// The key under which Bakong's API knows a transaction, of a code of Cambodia. `None` of a masked text, of which it would
    /// tell what is masked.
    #[must_use]
    pub fn md5(&self) -> Option<Md5> {
        (self.profile == Khqr::NAME && self.is_wire() && !self.is_masked).then(|| khqr::md5(self.text))
    }

    /// The leaves, up to the first fault of shape.
    pub fn leaves(&self) -> impl Iterator<Item = DataObject<'a>> + use<'a> {
        tlv::leaves(self.text).map_while(Result::ok)
    }

    pub(crate) const fn content(&self) -> &Content<'a> {
        &self.content
    }
}

/// `true` if a code has an account of the network in whose codes a value can be one that is never shown.
fn is_indian(payload: &Payload<'_>) -> bool {
    network::networks(payload).any(|network| network.id() == "in.upi")
}

/// The data objects of a text whose values are never shown.
pub(crate) fn secrets(text: &str) -> Vec<Path> {
    let mut paths = Vec::new();
    if let Some(hidden) = mask::without_secrets(text) {
        hidden.secrets(&mut |path| paths.push(path));
    }
    paths
}
