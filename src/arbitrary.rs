//! Builders and their parts from unstructured bytes, for fuzzing: mostly of the right form, and sometimes not, so that
//! both what is written and what is refused is reached.

use arbitrary::{Arbitrary, Error, Result, Unstructured};

use crate::encode::TemplateBuf;
use crate::mpm::{Builder, Required};
use crate::value::{
    ConsumerDataRequest, CountryCode, Currency, Language, Mcc, MerchantChannel, PointOfInitiation, TipIndicator,
};
use crate::{Path, Tag, iso};

impl<'a> Arbitrary<'a> for Tag {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Self::new(u.int_in_range(0..=99)?).ok_or(Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for Path {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut path = Self::of(u.arbitrary()?);
        while path.depth() < Self::MAX_DEPTH && u.ratio(1, 3)? {
            path = path.join(u.arbitrary()?).ok_or(Error::IncorrectFormat)?;
        }
        Ok(path)
    }
}

/// Codes that read any bytes of their form.
macro_rules! codes {
    ($($name:ident: $($form:expr),+;)*) => {
        $(impl<'a> Arbitrary<'a> for $name {
            fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
                let code = [$(u.int_in_range($form)?),+];
                Self::from_bytes(&code).map_err(|_| Error::IncorrectFormat)
            }
        })*
    };
}

codes! {
    PointOfInitiation: b'1'..=b'1', b'0'..=b'3';
    TipIndicator: b'0'..=b'0', b'0'..=b'4';
    Mcc: b'0'..=b'9', b'0'..=b'9', b'0'..=b'9', b'0'..=b'9';
    MerchantChannel: b'0'..=b'9', b'0'..=b'5', b'0'..=b'5';
}

impl<'a> Arbitrary<'a> for Currency {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let number = if u.ratio(1, 8)? { u.int_in_range(0..=999)? } else { u.choose(iso::CURRENCIES)?.numeric };
        Self::new(number).ok_or(Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for CountryCode {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(iso::COUNTRIES)?.alpha2.parse().map_err(|_| Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for Language {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        u.choose(iso::LANGUAGES)?.alpha2.parse().map_err(|_| Error::IncorrectFormat)
    }
}

impl<'a> Arbitrary<'a> for ConsumerDataRequest {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let [address, mobile_number, email_address] = u.arbitrary()?;
        Ok(Self { address, mobile_number, email_address })
    }
}

impl<'a> Arbitrary<'a> for TemplateBuf {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut template = Self::new();
        if u.ratio(7, 8)? {
            let guid = *u.choose(&["com.example", "A000000677010111", "0123456789abcdef0123456789abcdef"])?;
            template.push(Tag::GLOBALLY_UNIQUE_IDENTIFIER, guid).map_err(|_| Error::IncorrectFormat)?;
        }
        for _ in 0..u.int_in_range(0..=4)? {
            // What does not fit is left out.
            let _ = template.push(u.arbitrary()?, text(u, 30)?);
        }
        Ok(template)
    }
}

impl<'a> Arbitrary<'a> for Required<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        Ok(Self {
            merchant_account_information: (
                Tag::new(u.int_in_range(2..=51)?).ok_or(Error::IncorrectFormat)?,
                *u.choose(&["4111111111111111", "0011com.example", "0011com.example0104shop"])?,
            ),
            merchant_category_code: u.arbitrary()?,
            transaction_currency: u.arbitrary()?,
            country_code: u.arbitrary()?,
            merchant_name: text(u, 26)?,
            merchant_city: text(u, 16)?,
        })
    }
}

impl<'a> Arbitrary<'a> for Builder<'a> {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut builder = Self::new(&u.arbitrary()?);
        if u.arbitrary()? {
            builder = builder.point_of_initiation_method(u.arbitrary()?);
        }
        if u.arbitrary()? {
            builder = builder.object(Tag::TRANSACTION_AMOUNT, *u.choose(&["1", "98.73", "1500", "0", "1,0"])?);
        }
        for _ in 0..u.int_in_range(0..=4)? {
            builder = builder.object(u.arbitrary()?, text(u, 100)?);
        }
        Ok(builder)
    }
}

/// Text of at most `most` characters.
fn text<'a>(u: &mut Unstructured<'a>, most: usize) -> Result<&'a str> {
    let text: &str = u.arbitrary()?;
    Ok(text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text))
}
