//! The values of data objects: codes, amounts, indicators and identifiers.
//!
//! Each type says what its text may be and reads exactly that; whether a value may be where it is, is a rule of a
//! [profile](crate::profile). Numbered registers are open: any code of the right form can be held, and the known ones
//! have names.

use core::fmt;
use core::str::FromStr;

use crate::digits::{are_digits, four_digits, last_digits};
pub use crate::invalid::InvalidValue;
use crate::iso;

mod decimal;
mod guid;

pub use decimal::{Amount, Percentage};
pub(crate) use decimal::{are_excess_decimals_zero, is_decimal, is_zero};
pub use guid::{Guid, GuidShape};

/// A code of a fixed number of ASCII characters, held by value.
macro_rules! code {
    (
        $(#[$doc:meta])*
        $name:ident, $length:literal, $what:literal, $expected:literal, |$form:pat_param| $is:expr,
        { $($(#[$code_doc:meta])* $code:ident = $text:literal;)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            $($(#[$code_doc])* pub const $code: Self = Self(*$text);)*

            const EXPECTED: InvalidValue = InvalidValue::new($what, $expected);

            /// The code as a payload holds it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                // Only ASCII gets in.
                core::str::from_utf8(self.as_bytes()).unwrap_or_default()
            }

            /// The code in bytes.
            pub(crate) const fn as_bytes(&self) -> &[u8] {
                &self.0
            }

            /// Reads the bytes of a value.
            ///
            /// # Errors
            ///
            /// Bytes of another length or form.
            #[inline]
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidValue> {
                let is = |$form: [u8; $length]| $is;
                match bytes.try_into() {
                    Ok(code) if is(code) => Ok(Self(code)),
                    _ => Err(Self::EXPECTED),
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, InvalidValue> {
                text.parse()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self == *other
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }

        $crate::serialize::as_displayed!($name);
    };
}

/// Reads exactly what a payload holds.
macro_rules! from_str_as_held {
    ($($name:ident),*) => {
        $(
            impl FromStr for $name {
                type Err = InvalidValue;

                fn from_str(text: &str) -> Result<Self, InvalidValue> {
                    Self::from_bytes(text.as_bytes())
                }
            }
        )*
    };
}

from_str_as_held!(PointOfInitiation, Mcc, CountryCode, Language, TipIndicator, MerchantChannel);

code! {
    /// Point of Initiation Method, 01: two digits (MPM 1.1, 4.7.2).
    PointOfInitiation, 2, "point of initiation method", "two digits", |[a, b]| are_digits([b'0', b'0', a, b]),
    {
        /// 11: the same code is shown for more than one transaction.
        STATIC = b"11";
        /// 12: a new code is shown for each transaction.
        DYNAMIC = b"12";
    }
}

code! {
    /// Merchant Category Code, 52: four digits of ISO 18245 (MPM 1.1, 4.7.12).
    Mcc, 4, "merchant category code", "four digits", |digits| are_digits(digits),
    {
        /// 0000, which several networks write if the category is unknown.
        NONE = b"0000";
        /// 5411: grocery stores and supermarkets.
        GROCERY_STORES = b"5411";
        /// 5812: eating places and restaurants.
        RESTAURANTS = b"5812";
        /// 5814: fast food.
        FAST_FOOD = b"5814";
        /// 5999: miscellaneous and speciality retail.
        MISCELLANEOUS_RETAIL = b"5999";
    }
}

impl Mcc {
    /// The code of a number, or `None` above 9999.
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        if number <= 9999 { Some(Self(last_digits(number as u64))) } else { None }
    }

    /// The number, 0 to 9999.
    #[must_use]
    pub fn get(self) -> u16 {
        four_digits(self.0)
    }

    /// What the category is called, for the common ones.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        iso::category(self.get()).map(|record| record.name)
    }
}

code! {
    /// Transaction Currency, 53: three digits of ISO 4217 (MPM 1.1, 4.7.5).
    Currency, 3, "currency", "three digits, or three letters of ISO 4217", |[a, b, c]| are_digits([b'0', a, b, c]),
    {
        /// 116: Cambodian riel.
        KHR = b"116";
        /// 156: Chinese renminbi.
        CNY = b"156";
        /// 356: Indian rupee.
        INR = b"356";
        /// 360: Indonesian rupiah.
        IDR = b"360";
        /// 392: Japanese yen.
        JPY = b"392";
        /// 410: South Korean won.
        KRW = b"410";
        /// 418: Lao kip.
        LAK = b"418";
        /// 458: Malaysian ringgit.
        MYR = b"458";
        /// 702: Singapore dollar.
        SGD = b"702";
        /// 704: Vietnamese dong.
        VND = b"704";
        /// 764: Thai baht.
        THB = b"764";
        /// 840: United States dollar.
        USD = b"840";
        /// 978: euro.
        EUR = b"978";
        /// 986: Brazilian real.
        BRL = b"986";
    }
}

impl FromStr for Currency {
    type Err = InvalidValue;

    /// Reads the three digits that a payload holds (`116`), or the three upper-case letters that ISO 4217 assigns (`KHR`).
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::from_bytes(text.as_bytes()).or_else(|error| Self::from_alphabetic(text).ok_or(error))
    }
}

impl Currency {
    /// The currency of a number, or `None` above 999.
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        if number <= 999 { Some(Self(last_digits(number as u64))) } else { None }
    }

    /// The currency of three upper-case letters (`KHR`), or `None` if ISO 4217 has no such currency.
    #[must_use]
    pub fn from_alphabetic(code: &str) -> Option<Self> {
        Self::new(iso::currency_by_alphabetic(code)?.numeric)
    }

    /// The number, 0 to 999.
    #[must_use]
    #[inline]
    pub fn get(self) -> u16 {
        let [a, b, c] = self.0;
        four_digits([b'0', a, b, c])
    }

    /// The three letters, or `None` if ISO 4217 assigns none.
    #[must_use]
    pub fn alphabetic(self) -> Option<&'static str> {
        iso::currency(self.get()).map(|record| record.alphabetic)
    }

    /// The English name, or `None` if ISO 4217 assigns none.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        iso::currency(self.get()).map(|record| record.name)
    }

    /// The number that the bytes of a value write, if they have the form of a code.
    #[inline]
    pub(crate) fn number_of(value: &[u8]) -> Option<u16> {
        match *value {
            [a, b, c] if are_digits([b'0', a, b, c]) => Some(four_digits([b'0', a, b, c])),
            _ => None,
        }
    }

    /// ISO 4217's number of decimals: 2 for the dollar and, whatever KHQR codes write, for the riel; 0 for the yen.
    /// `None` if ISO 4217 assigns no currency, or one without decimals of its own such as gold.
    #[must_use]
    pub fn exponent(self) -> Option<u8> {
        iso::currency(self.get())?.exponent
    }
}

code! {
    /// Country Code, 58: two letters of ISO 3166-1 (MPM 1.1, 4.7.13). The case is kept as read.
    CountryCode, 2, "country code", "two letters", |[a, b]| a.is_ascii_alphabetic() && b.is_ascii_alphabetic(),
    {
        /// Brazil.
        BR = b"BR";
        /// China.
        CN = b"CN";
        /// Hong Kong.
        HK = b"HK";
        /// Indonesia.
        ID = b"ID";
        /// India.
        IN = b"IN";
        /// Japan.
        JP = b"JP";
        /// Cambodia.
        KH = b"KH";
        /// South Korea.
        KR = b"KR";
        /// Laos.
        LA = b"LA";
        /// Malaysia.
        MY = b"MY";
        /// Philippines.
        PH = b"PH";
        /// Singapore.
        SG = b"SG";
        /// Thailand.
        TH = b"TH";
        /// Taiwan.
        TW = b"TW";
        /// Vietnam.
        VN = b"VN";
    }
}

impl CountryCode {
    /// The English short name, or `None` if ISO 3166-1 assigns none. Ignores case.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        iso::country(self.as_str()).map(|record| record.name)
    }
}

code! {
    /// Language Preference, 64-00: two letters of ISO 639-1 (MPM 1.1, 4.9.1). The case is kept as read.
    Language, 2, "language preference", "two letters", |[a, b]| a.is_ascii_alphabetic() && b.is_ascii_alphabetic(),
    {
        /// Japanese, in the upper case that JPQR writes.
        JA = b"JA";
        /// Khmer, in the lower case that KHQR writes.
        KM = b"km";
    }
}

impl Language {
    /// The English name, or `None` if ISO 639-1 assigns none. Ignores case.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        iso::language(self.as_str()).map(|record| record.name)
    }

    /// Whether both are the same language: equal letters, case aside.
    #[must_use]
    pub fn is_same(self, other: Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

code! {
    /// Tip or Convenience Indicator, 55: two digits (MPM 1.1, 4.7.6).
    TipIndicator, 2, "tip or convenience indicator", "two digits", |[a, b]| are_digits([b'0', b'0', a, b]),
    {
        /// 01: ask the payer for a tip.
        PROMPT = b"01";
        /// 02: add the fixed fee of 56.
        FIXED_FEE = b"02";
        /// 03: add the percentage of 57.
        PERCENTAGE_FEE = b"03";
    }
}

/// What comes on top of the transaction amount: 55 with 56 or 57.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Tip {
    /// The payer is asked for a tip.
    Prompt,
    /// A fixed convenience fee, in the transaction currency.
    FixedFee(Amount),
    /// A convenience fee in percent of the transaction amount.
    PercentageFee(Percentage),
}

code! {
    /// Merchant Channel, 62-11: three characters for media, location and presence (MPM 1.1, 4.8.1.6, Tables 4.5 to 4.7).
    MerchantChannel, 3, "merchant channel", "three printable characters", |code| matches!(code, [0x20..=0x7E, 0x20..=0x7E, 0x20..=0x7E]),
    {
        /// 400: a shop with an attended screen.
        SHOP_SCREEN = b"400";
        /// 000: a shop with a printed sticker.
        SHOP_STICKER = b"000";
    }
}

impl MerchantChannel {
    /// What the code is shown on, `None` for a character that the specification reserves.
    #[must_use]
    pub const fn media(self) -> Option<&'static str> {
        let [media, _, _] = self.0;
        Some(match media {
            b'0' => "print: merchant sticker",
            b'1' => "print: bill or invoice",
            b'2' => "print: magazine or poster",
            b'3' => "print: other",
            b'4' => "screen: merchant point of sale or interaction",
            b'5' => "screen: website",
            b'6' => "screen: app",
            b'7' => "screen: other",
            _ => return None,
        })
    }

    /// Where the transaction takes place, `None` for a character that the specification reserves.
    #[must_use]
    pub const fn location(self) -> Option<&'static str> {
        let [_, location, _] = self.0;
        Some(match location {
            b'0' => "at the merchant's premises or registered address",
            b'1' => "not at the merchant's premises or registered address",
            b'2' => "remote commerce",
            b'3' => "other",
            _ => return None,
        })
    }

    /// Whether somebody attends, `None` for a character that the specification reserves.
    #[must_use]
    pub const fn presence(self) -> Option<&'static str> {
        let [_, _, presence] = self.0;
        Some(match presence {
            b'0' => "attended",
            b'1' => "unattended",
            b'2' => "semi-attended",
            b'3' => "other",
            _ => return None,
        })
    }

    /// Whether all three characters are in the specification's tables.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        self.media().is_some() && self.location().is_some() && self.presence().is_some()
    }
}

/// Additional Consumer Data Request, 62-09: which of address (A), mobile number (M) and e-mail address (E) the app should
/// send along (MPM 1.1, 4.8.1.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "the three letters of the specification")]
pub struct ConsumerDataRequest {
    /// `A`.
    pub address: bool,
    /// `M`.
    pub mobile_number: bool,
    /// `E`.
    pub email_address: bool,
}

impl FromStr for ConsumerDataRequest {
    type Err = InvalidValue;

    /// Reads one to three of the letters A, M and E, in any order, each at most once.
    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        const EXPECTED: InvalidValue =
            InvalidValue::new("consumer data request", "one to three of the letters A, M and E, each once");
        let mut request = Self::default();
        for letter in text.bytes() {
            let flag = match letter {
                b'A' => &mut request.address,
                b'M' => &mut request.mobile_number,
                b'E' => &mut request.email_address,
                _ => return Err(EXPECTED),
            };
            if core::mem::replace(flag, true) {
                return Err(EXPECTED);
            }
        }
        if text.is_empty() { Err(EXPECTED) } else { Ok(request) }
    }
}

impl TryFrom<&str> for ConsumerDataRequest {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        text.parse()
    }
}

impl fmt::Display for ConsumerDataRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

crate::serialize::as_displayed!(ConsumerDataRequest);

impl ConsumerDataRequest {
    /// The letters in the order A, M, E; empty if nothing is asked for.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match (self.address, self.mobile_number, self.email_address) {
            (false, false, false) => "",
            (true, false, false) => "A",
            (false, true, false) => "M",
            (false, false, true) => "E",
            (true, true, false) => "AM",
            (true, false, true) => "AE",
            (false, true, true) => "ME",
            (true, true, true) => "AME",
        }
    }
}

/// Three asterisks: the app is to ask the payer for the value, or to leave it (MPM 1.1, 4.8.1.2).
pub const PROMPT: &str = "***";
