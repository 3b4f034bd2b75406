//! Writing KHQR codes.

use core::fmt;

use super::{
    ACCOUNT_INFORMATION, ACQUIRING_BANK, BAKONG_ACCOUNT, CREATION, EXPIRATION, INDIVIDUAL, Khqr, MERCHANT, TIMESTAMPS,
    UNION_PAY,
};
use crate::clock::Clock;
use crate::digits::Digits;
use crate::encode::{BuildError, Encode, Layout, Output, build, refused, write_checked};
use crate::error::Error;
use crate::mpm;
use crate::rule::Violation;
use crate::tag::{Tag, additional_data, language_template};
use crate::value::{Amount, Currency, InvalidValue, Language, Mcc};

const INVALID_DOLLARS: InvalidValue =
    InvalidValue::new("amount in dollars", "one above zero with at most two decimals, in 13 characters");

const INVALID_RIEL: InvalidValue = InvalidValue::new("amount in riel", "whole riel above zero");

/// When a dynamic code was made, and until when it may be paid: milliseconds since 1970, 13 digits each.
///
/// The central bank's integration guide wants no more than ten minutes between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the objects that KHQR defines")]
pub struct Lifetime {
    /// 99-00.
    pub created_ms: u64,
    /// 99-01.
    pub expires_at_ms: u64,
}

impl Lifetime {
    /// From `now_ms`, in milliseconds since 1970, for this many minutes.
    #[must_use]
    pub const fn minutes(now_ms: u64, minutes: u64) -> Self {
        Self { created_ms: now_ms, expires_at_ms: now_ms.saturating_add(minutes.saturating_mul(60_000)) }
    }
}

/// Builds a KHQR code, byte for byte as the official generator (JavaScript SDK 1.0.20) does, if that writes a sound one.
///
/// Without an amount the code is static; with one it is dynamic and must have a lifetime. What the generator would write
/// broken is an error here: templates of more than 99 characters, amounts that its currency cannot have; and lengths count
/// characters, not UTF-16 units. Holds the values by reference and allocates nothing.
///
/// ```
/// use emvqr::Encode;
/// use emvqr::khqr::{Builder, Lifetime};
/// use emvqr::value::{Amount, Currency};
///
/// let now = 1_750_000_000_000;
/// let mut buffer = [0; 256];
/// let text = Builder::merchant("coffee@devb", "123456", "Dev Bank", "ហាងកាហ្វេ")
///     .city("សៀមរាប")
///     .amount(Amount::from_minor(150, 2)?, Currency::USD, Lifetime::minutes(now, 10))
///     .bill_number("INV-7")
///     .encode_to_slice(&mut buffer)?;
/// assert!(text.contains("54041.50"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Builder<'a> {
    account: Tag,
    bakong_account: &'a str,
    /// 29-01 or 30-01; what is empty is not written in 29.
    account_information: &'a str,
    acquiring_bank: &'a str,
    name: &'a str,
    city: &'a str,
    merchant_category_code: Mcc,
    currency: Currency,
    amount: Option<(Amount, Lifetime)>,
    union_pay_account: &'a str,
    labels: [(Tag, &'a str); 5],
    language: Option<Language>,
    alternate_name: &'a str,
    alternate_city: &'a str,
    /// Whether 01 is written if it says no more than its absence: static.
    says_static: bool,
    clock: Clock,
}

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $tag:ident;)*) => {
        $(
            $(#[$doc])*
            pub fn $name(self, value: &'a str) -> Self {
                self.label(additional_data::$tag, value)
            }
        )*
    };
}

impl<'a> Builder<'a> {
    /// A code for an individual or a solo merchant, template 29: the Bakong account id, `user@bank` of at most 32
    /// characters, and a name of 1 to 25 characters.
    pub const fn individual(bakong_account: &'a str, name: &'a str) -> Self {
        Self::new(INDIVIDUAL, [bakong_account, "", ""], name)
    }

    /// A code for a corporate merchant, template 30: the Bakong account id of its bank, its merchant id, the name of the
    /// acquiring bank, at most 32 characters each, and a name of 1 to 25 characters.
    pub const fn merchant(
        bakong_account: &'a str,
        merchant_id: &'a str,
        acquiring_bank: &'a str,
        name: &'a str,
    ) -> Self {
        Self::new(MERCHANT, [bakong_account, merchant_id, acquiring_bank], name)
    }

    const fn new(
        account: Tag,
        [bakong_account, account_information, acquiring_bank]: [&'a str; 3],
        name: &'a str,
    ) -> Self {
        Self {
            account,
            bakong_account,
            account_information,
            acquiring_bank,
            name,
            city: "Phnom Penh",
            merchant_category_code: Mcc::MISCELLANEOUS_RETAIL,
            currency: Currency::KHR,
            amount: None,
            union_pay_account: "",
            labels: [
                (additional_data::BILL_NUMBER, ""),
                (additional_data::MOBILE_NUMBER, ""),
                (additional_data::STORE_LABEL, ""),
                (additional_data::TERMINAL_LABEL, ""),
                (additional_data::PURPOSE_OF_TRANSACTION, ""),
            ],
            language: None,
            alternate_name: "",
            alternate_city: "",
            says_static: true,
            clock: Clock::UNKNOWN,
        }
    }

    /// 29-01, at most 32 characters: with it the code is a remittance to this customer of the institution. In the code of a
    /// corporate merchant, 30-01, its merchant id.
    pub const fn account_information(mut self, information: &'a str) -> Self {
        self.account_information = information;
        self
    }

    /// 29-02 or 30-02, the name of the acquiring bank, at most 32 characters.
    pub const fn acquiring_bank(mut self, bank: &'a str) -> Self {
        self.acquiring_bank = bank;
        self
    }

    /// 60, 1 to 15 characters; without it `Phnom Penh`.
    pub fn city(mut self, city: &'a str) -> Self {
        self.city = city;
        self
    }

    /// 52; without it 5999.
    pub fn merchant_category_code(mut self, code: Mcc) -> Self {
        self.merchant_category_code = code;
        self
    }

    /// 53, riel or dollar; without it riel. For a code without an amount: see [`amount`](Self::amount).
    pub const fn currency(mut self, currency: Currency) -> Self {
        self.currency = currency;
        self
    }

    /// 54 with 53 and 99: makes the code dynamic. The amount is written as [`amount_text`] says.
    pub const fn amount(mut self, amount: Amount, currency: Currency, lifetime: Lifetime) -> Self {
        self.currency = currency;
        self.amount = Some((amount, lifetime));
        self
    }

    /// 15, the UnionPay account; for codes in riel. More than 31 characters are not taken by every official toolkit.
    pub fn union_pay_account(mut self, account: &'a str) -> Self {
        self.union_pay_account = account;
        self
    }

    labels! {
        /// 62-01, at most 25 characters.
        bill_number = BILL_NUMBER;
        /// 62-02, at most 25 characters.
        mobile_number = MOBILE_NUMBER;
        /// 62-03, at most 25 characters.
        store_label = STORE_LABEL;
        /// 62-07, at most 25 characters.
        terminal_label = TERMINAL_LABEL;
        /// 62-08, at most 25 characters.
        purpose_of_transaction = PURPOSE_OF_TRANSACTION;
    }

    /// Leaves out 01 in a static code.
    pub(crate) const fn silent(mut self) -> Self {
        self.says_static = false;
        self
    }

    /// One of the objects above.
    pub(crate) fn label(mut self, tag: Tag, value: &'a str) -> Self {
        for (own, place) in &mut self.labels {
            if *own == tag {
                *place = value;
            }
        }
        self
    }

    /// 64-00 and 64-01: the name in another language, 1 to 25 characters.
    pub fn alternate_name(mut self, language: Language, name: &'a str) -> Self {
        self.language = Some(language);
        self.alternate_name = name;
        self
    }

    /// 64-02: the city in another language, at most 15 characters. The official generator takes it alone, too.
    pub fn alternate_city(mut self, city: &'a str) -> Self {
        self.alternate_city = city;
        self
    }

    /// The time of writing: a code that has expired by then is refused. Without it nothing has expired.
    pub const fn at(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    build!(BuildError);

    /// The objects by ID.
    #[inline]
    fn lay(&self, amount: Option<Amount>, layout: &mut Layout<'_, '_>) -> Result<(), Error> {
        let is_given = |(_, value): &(Tag, &[u8])| !value.is_empty();
        layout.object(Tag::PAYLOAD_FORMAT_INDICATOR, b"01")?;
        layout.object(
            Tag::POINT_OF_INITIATION_METHOD,
            match self.amount {
                Some(_) => b"12",
                None if self.says_static => b"11",
                None => b"",
            },
        )?;
        layout.object(UNION_PAY, self.union_pay_account.as_bytes())?;
        let account = [
            (BAKONG_ACCOUNT, self.bakong_account.as_bytes()),
            (ACCOUNT_INFORMATION, self.account_information.as_bytes()),
            (ACQUIRING_BANK, self.acquiring_bank.as_bytes()),
        ];
        // A merchant must have all three, an individual the account: an empty one is an error.
        let is_mandatory = |tag| self.account == MERCHANT || tag == BAKONG_ACCOUNT;
        let account = account.into_iter().filter(|object| is_given(object) || is_mandatory(object.0));
        layout.template(self.account, account)?;
        layout.object(Tag::MERCHANT_CATEGORY_CODE, self.merchant_category_code.as_bytes())?;
        layout.object(Tag::TRANSACTION_CURRENCY, self.currency.as_bytes())?;
        if let Some(amount) = &amount {
            layout.object(Tag::TRANSACTION_AMOUNT, amount.as_bytes())?;
        }
        layout.object(Tag::COUNTRY_CODE, b"KH")?;
        layout.object(Tag::MERCHANT_NAME, self.name.as_bytes())?;
        layout.object(Tag::MERCHANT_CITY, self.city.as_bytes())?;
        let labels = self.labels.iter().map(|(tag, value)| (*tag, value.as_bytes()));
        layout.template(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, labels.filter(is_given))?;
        let local = [
            (language_template::LANGUAGE_PREFERENCE, self.language.as_ref().map_or(b"" as &[u8], Language::as_bytes)),
            (language_template::MERCHANT_NAME, self.alternate_name.as_bytes()),
            (language_template::MERCHANT_CITY, self.alternate_city.as_bytes()),
        ];
        layout.template(Tag::LANGUAGE_TEMPLATE, local.into_iter().filter(is_given))?;
        if let Some((_, lifetime)) = self.amount {
            let (created, expires) = (Digits::of(lifetime.created_ms, 1), Digits::of(lifetime.expires_at_ms, 1));
            layout.template(TIMESTAMPS, [(CREATION, created.as_bytes()), (EXPIRATION, expires.as_bytes())])?;
        }
        Ok(())
    }
}

/// An error is a template of more than 99 characters, an amount that the currency cannot have, the first broken rule of
/// severity error, a creation time that is not 13 digits, a UnionPay account in a code that is not in riel, or that the buffer
/// is too small.
impl Encode for Builder<'_> {
    type Error = BuildError;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), BuildError> {
        let given = self.amount.map(|(amount, _)| amount);
        let written = given.map(|amount| amount_text(amount, self.currency));
        // What the currency cannot have is left as it is, and found by the rules.
        let amount = written.and_then(Result::ok).or(given);
        write_checked(
            output,
            &[],
            |layout| self.lay(amount, layout),
            |payload| {
                refused::<Khqr<'_>>(payload, self.clock)?;
                match payload.get(Tag::TRANSACTION_AMOUNT) {
                    // Sound as given, and too long with the two decimals of the dollar.
                    Some(object) if matches!(written, Some(Err(_))) => {
                        Err(Violation::of_value(mpm::rules::AMOUNT_LENGTH, &object))
                    }
                    _ => Ok(()),
                }
            },
        )
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}

/// An amount as the official generator writes it: riel as a whole number without leading zeros; dollars as given if there
/// is no `.`, and with exactly two decimals if there is one.
///
/// ```
/// use emvqr::khqr::amount_text;
/// use emvqr::value::{Amount, Currency};
///
/// assert_eq!(amount_text("0500.00".parse()?, Currency::KHR)?.as_str(), "500");
/// assert_eq!(amount_text("1.5".parse()?, Currency::USD)?.as_str(), "1.50");
/// assert!(amount_text("1.5".parse()?, Currency::KHR).is_err());
/// assert!(amount_text("1.000".parse()?, Currency::USD).is_err());
/// # Ok::<(), emvqr::value::InvalidValue>(())
/// ```
///
/// # Errors
///
/// A fraction of a riel; dollars with more than two decimals, zeros or not; zero; what needs more than 13 characters.
pub fn amount_text(amount: Amount, currency: Currency) -> Result<Amount, InvalidValue> {
    let (decimals, fault) = if currency == Currency::KHR { (0, INVALID_RIEL) } else { (2, INVALID_DOLLARS) };
    if amount.is_zero() {
        return Err(fault);
    }
    let text = amount.as_bytes();
    let has_point = text.contains(&b'.');
    // As it is to be written already, as nearly all are.
    let is_so_written =
        has_point == (decimals > 0) && amount.decimals() == decimals && matches!(text, [b'1'..=b'9', ..]);
    if decimals > 0 && !has_point || is_so_written {
        return Ok(amount);
    }
    let units = amount.minor_units(decimals).filter(|_| decimals == 0 || amount.decimals() <= decimals).ok_or(fault)?;
    Amount::from_minor(units, decimals)
}
