//! What the entries call with: a value of each type, made of a text that nobody knows.

pub use core::str::FromStr;

pub use emvqr::crc::Running;
pub use emvqr::crossborder::blocks::{Block, Blocks, Policy, Reason};
pub use emvqr::crossborder::intent::Kind as intent_Kind;
pub use emvqr::crossborder::map::{Action, Basis, Markdown, Move, Row, Sub, To};
pub use emvqr::crossborder::references::References;
pub use emvqr::crossborder::report::{Leaf, Origin, Outcome};
pub use emvqr::crossborder::supplement::{Missing, Supplement};
pub use emvqr::crossborder::write::{RewriteError, Rewritten};
pub use emvqr::crossborder::{Intent, Rewrite};
pub use emvqr::dictionary::{Entry, Format as dictionary_Format};
pub use emvqr::display::Escaped;
pub use emvqr::edit::{Change, Edit};
pub use emvqr::elqr::{Bill, Builder as elqr_Builder, Date, LevyData, PaymentData};
pub use emvqr::encode::TemplateBuf;
pub use emvqr::iso::{CategoryRecord, CountryRecord, CurrencyRecord, LanguageRecord};
pub use emvqr::jpqr::{Builder as jpqr_Builder, Required as jpqr_Required, StoreId};
pub use emvqr::Clock;
pub use emvqr::khqr::{AccountKind, BakongAccount, Builder as khqr_Builder, Expiry, Lifetime, Md5, Meaning, Number};
pub use emvqr::mask::{Class, Masked, MaskedText};
pub use emvqr::mpm::{Account, AdditionalData, Builder as mpm_Builder, LanguageInformation, Required as mpm_Required};
pub use emvqr::network::{
    Accounts, At, Builder as network_Builder, Confidence, Field as network_Field, FieldError, FieldValue, Format as network_Format, HexText, Kind as network_Kind,
    Misfit, Network, NetworkAccount, NetworkCode, Networks, Person, Presence, Reading, Recognition,
};
pub use emvqr::profile::ReadError;
pub use emvqr::rule::{Detail, FirstError, Order, Rule, Severity, Violation, Visitor};
pub use emvqr::Path;
pub use emvqr::tag::{Tag, TagSet, Tags};
pub use emvqr::tlv::{ByTag, DataObject, DataObjects, Iter, Leaves, LengthUnit, Template};
pub use emvqr::value::{
    Amount, ConsumerDataRequest, CountryCode, Currency, Guid, GuidShape, InvalidValue, Language, Mcc, MerchantChannel,
    Percentage, PointOfInitiation, Tip, TipIndicator,
};
pub use emvqr::{
    Advice, BuildError, Code, Encode, Error, ErrorKind, Jpqr, Khqr, Mpm, Payee, Payload, Profile, Scheme, crossborder, iso,
    khqr, mask, network, tlv,
};

use super::keep;

/// Of what is generic, one that stands for all.
pub type RootRunOf = emvqr::encode::RootRun<[(Tag, &'static str); 2]>;
/// The same of a field.
pub type FieldOf = crossborder::references::Field<&'static str>;

/// Something that can be made of a text.
pub trait Make: Sized {
    fn make(text: &'static str) -> Option<Self>;
}

/// How a type is made.
macro_rules! makes {
    ($($kind:ty: |$text:ident| $body:expr;)*) => {
        $(
            impl Make for $kind {
                #[inline(never)]
                fn make($text: &'static str) -> Option<Self> {
                    $body
                }
            }
        )*
    };
}

macro_rules! parsed {
    ($($kind:ty),* $(,)?) => { makes! { $($kind: |text| text.parse().ok();)* } };
}

/// Any of some values.
macro_rules! any {
    ($($kind:ty: $($value:expr),* ;)*) => {
        makes! { $($kind: |text| [$($value),*].get(text.len()).copied();)* }
    };
}

parsed! {
    Tag, Path, Amount, Percentage, Currency, Mcc, CountryCode, Language, PointOfInitiation, TipIndicator, ConsumerDataRequest,
    MerchantChannel, StoreId, Date,
}

pub fn required(text: &str) -> mpm_Required<'_> {
    mpm_Required {
        merchant_account_information: (Tag::MERCHANT_NAME, text),
        merchant_category_code: Mcc::RESTAURANTS,
        transaction_currency: Currency::JPY,
        country_code: CountryCode::JP,
        merchant_name: text,
        merchant_city: text,
    }
}

makes! {
    &'static str: |text| Some(text);
    &'static &'static str: |text| Some(keep(text));
    &'static [u8]: |text| Some(text.as_bytes());
    (): |_text| Some(());
    bool: |text| Some(text.is_empty());
    char: |text| text.chars().next();
    u8: |text| u8::try_from(text.len()).ok();
    u16: |text| u16::try_from(text.len()).ok();
    u32: |text| u32::try_from(text.len()).ok();
    u64: |text| u64::try_from(text.len()).ok();
    usize: |text| Some(text.len());
    Option<u8>: |text| Some(u8::try_from(text.len()).ok());
    Option<Date>: |text| Some(text.parse().ok());
    (u8, u8): |text| Some((u8::try_from(text.len()).ok()?, 9));
    [u8; 4]: |text| text.as_bytes().first_chunk().copied();
    [&'static str; 4]: |text| Some([text; 4]);
    &'static [&'static str]: |text| Some(keep([text]).as_slice());
    &'static [Network]: |_text| Some(network::TABLE);
    &'static [network_Field]: |text| Some(keep([network_Field::make(text)?]).as_slice());
    &'static [At]: |text| Some(keep([At::Template(&[])]).as_slice()).filter(|_| !text.is_empty());
    &'static [Entry]: |_text| Some(emvqr::dictionary::OBJECTS);
    &'static Rule: |text| Some(Violation::make(text)?.rule());
    &'static TemplateBuf: |text| Some(keep(TemplateBuf::make(text)?));

    TagSet: |text| Some(Payload::make(text)?.tags());
    Tags: |text| Some(Payload::make(text)?.tags().iter());
    Guid<'static>: |text| Some(Guid::new(text));
    InvalidValue: |text| Amount::new(text).err();
    Tip: |text| Mpm::make(text)?.tip().ok()?;
    Payload<'static>: |text| Payload::parse(text).ok();
    Error: |text| Payload::parse(text).err();
    ErrorKind: |text| Some(Error::make(text)?.kind());
    ReadError: |text| Khqr::parse(text, Clock::UNKNOWN).err();
    BuildError: |text| khqr_Builder::make(text)?.encode_to_slice(&mut []).err();
    Mpm<'static>: |text| Some(Mpm::of(&Payload::make(text)?));
    Khqr<'static>: |text| Some(Khqr::of(&Payload::make(text)?));
    Jpqr<'static>: |text| Some(Jpqr::of(&Payload::make(text)?));
    NetworkCode<'static>: |text| Some(NetworkCode::of(&Payload::make(text)?));
    Code<'static>: |text| Some(Code::of(&Payload::make(text)?));
    Scheme<'static>: |text| Some(Code::make(text)?.scheme());
    Violation: |text| Khqr::parse(text, Clock::UNKNOWN).err().and_then(|error| match error {
        ReadError::Rule(found) => Some(found),
        _ => None,
    });
    Detail: |text| Some(Violation::make(text)?.detail());
    Rule: |text| Some(Rule::new(text, Severity::Error, text, text));
    FirstError: |text| {
        let mut first = FirstError::default();
        let _ = first.report(Violation::make(text)?);
        Some(first)
    };
    Running: |text| {
        let mut running = Running::new();
        running.update(text.as_bytes());
        Some(running)
    };
    DataObject<'static>: |text| Payload::make(text)?.iter().last();
    DataObjects<'static>: |text| Some(tlv::read(text));
    Iter<'static>: |text| Some(keep(Payload::make(text)?).iter());
    Leaves<'static>: |text| Some(tlv::leaves(text));
    Template<'static>: |text| Template::parse(text).ok();
    &'static Template<'static>: |text| Some(keep(Template::make(text)?));
    ByTag<'static>: |text| Some(keep(Template::make(text)?).by_tag());

    Account<'static>: |text| Mpm::make(text)?.merchant_account_information().last();
    AdditionalData<'static>: |text| Mpm::make(text)?.additional_data();
    LanguageInformation<'static>: |text| Mpm::make(text)?.language_information();
    mpm_Required<'static>: |text| Some(required(text));
    mpm_Builder<'static>: |text| Some(mpm_Builder::new(&required(text)));
    BakongAccount<'static>: |text| BakongAccount::parse(text);
    Clock: |text| Some(Clock::at_millis(u64::make(text)?));
    Lifetime: |text| Some(Lifetime::minutes(u64::make(text)?, 9));
    Meaning: |text| Khqr::make(text)?.meaning();
    AccountKind: |text| Khqr::make(text)?.account_kind();
    Expiry: |text| Some(Khqr::make(text)?.expiry(9));
    LengthUnit: |text| tlv::length_unit(text);
    Order: |text| Some(Violation::make(text)?.order());
    GuidShape: |text| Some(Guid::new(text).shape());
    LanguageRecord: |text| iso::language(text).copied();
    CurrencyRecord: |text| iso::currency_by_alphabetic(text).copied();
    CountryRecord: |text| iso::country(text).copied();
    CategoryRecord: |text| iso::category(u16::make(text)?).copied();
    Md5: |text| Some(khqr::md5(text));
    Number: |text| khqr::NUMBERS.get(text.len()).copied();
    khqr_Builder<'static>: |text| Some(khqr_Builder::merchant(text, text, text, text));
    jpqr_Required<'static>: |text| Some(jpqr_Required {
        store_id: StoreId::make(text)?,
        merchant_category_code: Mcc::make(text)?,
        name: text,
        city: text,
        postal_code: text,
        alternate_name: text,
    });
    jpqr_Builder<'static>: |text| Some(jpqr_Builder::new(&jpqr_Required::make(text)?));
    Bill<'static>: |text| Bill::read(text);
    PaymentData<'static>: |text| PaymentData::from_digits(text);
    LevyData<'static>: |text| LevyData::from_digits(text);
    elqr_Builder<'static>: |text| Some(elqr_Builder::new(PaymentData::make(text)?, u64::make(text)?, LevyData::make(text)?));

    TemplateBuf: |text| {
        let mut template = TemplateBuf::new();
        template.push(Tag::make(text)?, text).ok()?;
        Some(template)
    };
    RootRunOf: |text| Some(emvqr::encode::RootRun([(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (Tag::make(text)?, text)]));
    Change<'static>: |text| Some(Change::set(Path::make(text)?, text));
    Edit<'static>: |text| Some(keep(Payload::make(text)?).edit(keep([Change::make(text)?]).as_slice()));
    Entry: |text| emvqr::dictionary::OBJECTS.get(text.len()).copied();
    dictionary_Format: |text| Some(Entry::make(text)?.format);
    Escaped<'static>: |text| Some(Escaped(text));

    Intent<'static>: |text| Intent::of(&Payload::make(text)?, Policy::default());
    intent_Kind: |text| Some(Intent::make(text)?.kind);
    FieldOf: |text| Intent::make(text)?.references().mobile_number();
    References<'static>: |text| Some(Intent::make(text)?.references());
    Policy<'static>: |text| Some(Policy::default().deny_individual(text.is_empty()));
    Blocks: |text| Some(Intent::make(text)?.blocks(Clock::UNKNOWN, Policy::default()));
    Block: |text| Blocks::make(text)?.iter().last();
    Reason: |text| Some(Block::make(text)?.reason);
    Supplement<'static>: |text| Some(Supplement { merchant_id: Some(text), ..Supplement::default() });
    Rewrite<'static, 'static>: |text| Some(Rewrite::to_jpqr(&Khqr::make(text)?, &Supplement::make(text)?));
    Missing: |text| Some(Rewrite::make(text)?.missing());
    Rewritten<'static, 'static, 'static>: |text| Rewrite::make(text)?.write(keep([0; 700])).ok();
    RewriteError: |text| Rewrite::make(text)?.write(keep([0; 700])).err();
    Outcome: |text| Some(keep(Rewrite::make(text)?).leaves().last()?.outcome);
    Origin: |text| Some(keep(Rewritten::make(text)?).origins().last()?.1);
    Action: |text| Some(crossborder::TAG_MAP.get(text.len())?.to_jpqr.action);
    Basis: |text| Some(crossborder::TAG_MAP.get(text.len())?.basis);
    Move: |text| Some(crossborder::TAG_MAP.get(text.len())?.to_jpqr);
    Row: |text| crossborder::TAG_MAP.get(text.len()).copied();
    Sub: |text| Some(crossborder::TAG_MAP.get(text.len())?.sub);
    To: |text| Some(crossborder::TAG_MAP.get(text.len())?.to_jpqr.to);
    Payee<'static>: |text| Intent::make(text)?.payee;
    Reading<'static>: |text| Some(Reading::of(&Payload::make(text)?, &[]));
    Networks<'static, 'static>: |text| Some(network::networks(keep(Payload::make(text)?)));
    network_Kind: |text| Some(network::TABLE.get(text.len())?.kind());
    Leaf<'static>: |text| keep(Rewrite::make(text)?).leaves().last();
    Markdown: |_text| Some(Markdown);

    Masked<'static>: |text| Some(Masked(text, Class::make(text)?));
    MaskedText<'static, 'static>: |text| Some(mask::masked(text));
    Network: |text| Some(Network::new(text, text, Recognition::Guid(&[])));
    network_Field: |text| Some(network_Field::new(At::make(text)?, text, text, text, network_Format::N, (1, 2), Class::Clear));
    NetworkAccount<'static, 'static>: |text| network::accounts(keep(Payload::make(text)?)).last();
    Accounts<'static, 'static>: |text| Some(network::accounts(keep(Payload::make(text)?)));
    FieldValue<'static>: |text| keep(NetworkAccount::make(text)?).fields().last();
    HexText<'static>: |text| FieldValue::make(text)?.hex_text();
    Misfit: |text| FieldValue::make(text)?.fit().err();
    network_Builder<'static>: |text| network_Builder::of(text).ok()?.field(text, text).ok();
    FieldError: |text| network_Builder::of(text).err();
    network::Markdown: |_text| Some(network::Markdown);
}

any! {
    Severity: Severity::Error, Severity::Warning;
    Advice: Advice::Expired, Advice::UncertainPayee, Advice::AskForNewCode;
    Class: Class::Clear, Class::Account, Class::Secret, Class::Text, Class::Email, Class::Alias, Class::Phone;
    network_Format: network_Format::N, network_Format::Ans;
    At: At::Template(&[]), At::Template(&[1]);
    Confidence: Confidence::A, Confidence::B;
    Presence: Presence::Mandatory, Presence::Optional;
    Person: Person::No;
    Recognition: Recognition::Guid(&[]);
}
