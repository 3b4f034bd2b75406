//! What callers may rely on of the types themselves: the traits they have and how large they are.

use core::fmt::{Debug, Display};
use core::hash::Hash;
use core::iter::FusedIterator;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::str::FromStr;

use emvqr::Clock;
use emvqr::crc::Running;
use emvqr::display::Escaped;
use emvqr::edit::{Change, Edit};
use emvqr::encode::{BuildError, TemplateBuf};
use emvqr::mpm::{Account, AdditionalData, Builder, LanguageInformation, Required};
use emvqr::rule::{Detail, Each, FirstError, Order, Visitor};
use emvqr::tlv::{ByTag, DataObject, DataObjects, Leaves, LengthUnit, Template};
use emvqr::value::{
    Amount, ConsumerDataRequest, CountryCode, Currency, Guid, GuidShape, InvalidValue, Language, Mcc, MerchantChannel,
    Percentage, PointOfInitiation, Tip, TipIndicator,
};
use emvqr::{Error, ErrorKind, Mpm, Path, Payload, PayloadBuf, Rule, Severity, Tag, TagSet, Violation};

/// May go to another thread, and through a caught panic; can be shown to a developer.
const fn plain<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe + Debug>() {}
const fn cloned<T: Clone>() {}
const fn copied<T: Copy>() {}
const fn compared<T: Eq + Hash>() {}
const fn ordered<T: Ord>() {}
const fn shown<T: Display>() {}
const fn read<T: FromStr>() {}
const fn default<T: Default>() {}
const fn failure<T: core::error::Error + Send + Sync + 'static>() {}
const fn ended<T: FusedIterator>() {}
const fn as_text<T: AsRef<str>>() {}
const fn visits<T: Visitor>() {}

macro_rules! all {
    ($($promise:ident: $($type:ty),* $(,)?;)*) => {
        $($($promise::<$type>();)*)*
    };
}

/// Fails to compile where a promise is broken.
const _: () = {
    all! {
        plain: Payload<'_>, PayloadBuf, Mpm<'_>, Account<'_>, AdditionalData<'_>, LanguageInformation<'_>, Builder<'_>,
            Required<'_>, BuildError, Error, ErrorKind, Violation, Detail, Order, Rule, Severity, FirstError,
            Each<fn()>, Path, Tag,
            TagSet, DataObject<'_>, DataObjects<'_>, Leaves<'_>, LengthUnit, Template<'_>, ByTag<'_>, TemplateBuf,
            Change<'_>, Edit<'_>, Escaped<'_>, Running, Amount, Percentage, Tip, Guid<'_>, GuidShape,
            InvalidValue, Currency, CountryCode, Language, Mcc, MerchantChannel, ConsumerDataRequest,
            PointOfInitiation, TipIndicator;
        cloned: Payload<'_>, PayloadBuf, Mpm<'_>, AdditionalData<'_>, LanguageInformation<'_>, Builder<'_>,
            TemplateBuf, DataObjects<'_>, Leaves<'_>, ByTag<'_>, Running;
        copied: Error, ErrorKind, Violation, Detail, Order, Clock, BuildError, InvalidValue, Rule, Severity, FirstError, Path, Tag, TagSet,
            DataObject<'_>, Template<'_>, Account<'_>, Required<'_>, Change<'_>, Escaped<'_>, LengthUnit,
            Amount, Percentage, Tip, Guid<'_>, GuidShape, Currency, CountryCode, Language, Mcc,
            MerchantChannel, ConsumerDataRequest, PointOfInitiation, TipIndicator;
        compared: Payload<'_>, PayloadBuf, Error, ErrorKind, Detail, Order, Severity, Path, Tag, TagSet, Change<'_>, LengthUnit,
            InvalidValue, Amount, Percentage, Tip, Guid<'_>, GuidShape, Currency, CountryCode, Language,
            Mcc, MerchantChannel, ConsumerDataRequest, PointOfInitiation, TipIndicator;
        ordered: Order, Severity, Path, Tag, Currency, CountryCode, Language, Mcc;
        shown: Payload<'_>, PayloadBuf, Error, ErrorKind, Violation, Detail, BuildError, InvalidValue, Severity, Path, Tag,
            Escaped<'_>, Amount, Percentage, Guid<'_>, Currency, CountryCode, Language, Mcc, MerchantChannel,
            PointOfInitiation, TipIndicator;
        read: PayloadBuf, Path, Tag, Currency, CountryCode, Language, Mcc, MerchantChannel, ConsumerDataRequest,
            PointOfInitiation, TipIndicator;
        default: Path, TagSet, TemplateBuf, FirstError, Running, ConsumerDataRequest;
        failure: Error, ErrorKind, Violation, BuildError, InvalidValue;
        ended: DataObjects<'static>, Leaves<'static>;
        as_text: Payload<'_>, PayloadBuf, TemplateBuf;
        visits: FirstError, Vec<Violation>, Each<fn(Violation) -> core::ops::ControlFlow<()>>;
    }
};

/// Fails to compile where a clock can be had without saying the time: `view::<Khqr>()` would then never judge expiry, and
/// not say so.
const _: fn() = {
    trait IsNotDefault<A> {
        fn holds() {}
    }
    impl<T> IsNotDefault<()> for T {}
    impl<T: Default> IsNotDefault<u8> for T {}
    <Clock as IsNotDefault<_>>::holds
};

/// A payload outlives the function that was lent its text, and so do the values that are read from it.
#[test]
fn values_live_as_long_as_the_text_and_not_as_the_payload() {
    fn name(text: &str) -> Option<&str> {
        Payload::parse(text).ok()?.view::<Mpm<'_>>(()).ok()?.merchant_name()
    }
    fn iterated(text: &str) -> Option<&str> {
        let objects = Payload::parse(text).ok()?.iter();
        objects.map(|object| object.value()).nth(2)
    }
    let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    assert_eq!(name(text), Some("John Smith"));
    assert_eq!(iterated(text), Some("0015john_smith@devb"));
}

#[test]
fn errors_have_a_cause_chain_of_one() {
    fn causes(error: &dyn core::error::Error) -> usize {
        core::iter::successors(error.source(), |error| error.source()).count()
    }
    let error = Payload::parse("").unwrap_err();
    assert_eq!(causes(&error), 0);
    // Transparent: it shows its cause's text without a place in a text that does not exist, and is not one more link in
    // front of it.
    let build = BuildError::from(error);
    assert_eq!(build.to_string(), "payload format indicator is not the first data object, in data object 00");
    assert_eq!(error.to_string(), format!("{build} at byte 0"));
    assert_eq!(causes(&build), 0);
}

#[test]
fn sizes_stay_within_what_the_documentation_says() {
    assert!(size_of::<Payload<'_>>() <= 256, "{}", size_of::<Payload<'_>>());
    assert!(size_of::<Mpm<'_>>() <= 256, "{}", size_of::<Mpm<'_>>());
    assert!(size_of::<Error>() <= 48, "{}", size_of::<Error>());
    assert!(size_of::<Violation>() <= 64, "{}", size_of::<Violation>());
    assert!(size_of::<BuildError>() <= 64, "{}", size_of::<BuildError>());
    assert!(size_of::<Result<(), Error>>() <= 48, "{}", size_of::<Result<(), Error>>());
    assert!(size_of::<Path>() <= 8, "{}", size_of::<Path>());
    assert_eq!(size_of::<Tag>(), 1);
    assert!(size_of::<TagSet>() <= 16, "{}", size_of::<TagSet>());
    assert!(size_of::<DataObject<'_>>() <= 80, "{}", size_of::<DataObject<'_>>());
    // Some 400 and some 2,400 bytes.
    assert!(size_of::<TemplateBuf>() <= 448, "{}", size_of::<TemplateBuf>());
    assert!(size_of::<Builder<'_>>() <= 2_432, "{}", size_of::<Builder<'_>>());
}
