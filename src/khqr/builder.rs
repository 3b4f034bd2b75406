//! Writing KHQR codes.

use core::fmt;

use super::{
    ACCOUNT_INFORMATION, ACQUIRING_BANK, BAKONG_ACCOUNT, CREATION, Clock, EXPIRATION, INDIVIDUAL, Khqr, MERCHANT,
    TIMESTAMPS, UNION_PAY,
};
use crate::encode::{BuildError, Checked, Model, TemplateBuf};
use crate::error::{Error, ErrorKind};
use crate::profile::Objects;
use crate::tag::{Tag, additional_data, language_template};
use crate::value::{Amount, CountryCode, Currency, InvalidValue, Language, Mcc, PointOfInitiation};

/// The account of an individual, a solo merchant or a remittance: template 29.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the objects that KHQR defines")]
pub struct Individual<'a> {
    /// 29-00, `user@bank`, at most 32 characters.
    pub bakong_account: &'a str,
    /// 29-01, at most 32 characters: with it the code is a remittance to a customer of the institution.
    pub account_information: Option<&'a str>,
    /// 29-02, at most 32 characters.
    pub acquiring_bank: Option<&'a str>,
}

/// The account of a corporate merchant: template 30.
#[derive(Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the objects that KHQR defines")]
pub struct Merchant<'a> {
    /// 30-00, `user@bank`, at most 32 characters.
    pub bakong_account: &'a str,
    /// 30-01, at most 32 characters.
    pub merchant_id: &'a str,
    /// 30-02, at most 32 characters.
    pub acquiring_bank: &'a str,
}

impl fmt::Debug for Individual<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Individual(..)")
    }
}

impl fmt::Debug for Merchant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Merchant(..)")
    }
}

/// When a dynamic code was made, and until when it may be paid: milliseconds since 1970, 13 digits each.
///
/// The central bank's integration guide wants no more than ten minutes between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the objects that KHQR defines")]
pub struct Lifetime {
    /// 99-00.
    pub created_ms: u64,
    /// 99-01.
    pub expires_ms: u64,
}

/// Builds a KHQR code, byte for byte as the official generator (JavaScript SDK 1.0.20) does, where that writes a sound one.
///
/// Without an amount the code is static; with one it is dynamic and must have a lifetime. What the generator would write
/// broken is an error here: templates of more than 99 characters, amounts that are none; and lengths count characters
/// where it counts UTF-16 units. Holds the values by reference and allocates nothing.
///
/// ```
/// use emvqr::khqr::{Builder, Lifetime, Merchant};
/// use emvqr::value::{Amount, Currency};
///
/// let account = Merchant { bakong_account: "coffee@devb", merchant_id: "123456", acquiring_bank: "Dev Bank" };
/// let lifetime = Lifetime { created_ms: 1_750_000_000_000, expires_ms: 1_750_000_600_000 };
/// let mut buffer = [0; 256];
/// let text = Builder::merchant(&account, "ហាងកាហ្វេ")
///     .merchant_city("សៀមរាប")
///     .transaction_currency(Currency::USD)
///     .transaction_amount(Amount::new("1.5")?, lifetime)
///     .bill_number("INV-7")
///     .encode_to_slice(&mut buffer)?;
/// assert!(text.contains("54041.50"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Builder<'a> {
    account: Account<'a>,
    merchant_name: &'a str,
    merchant_city: &'a str,
    merchant_category_code: Mcc,
    transaction_currency: Currency,
    transaction_amount: Option<(Amount<'a>, Lifetime)>,
    union_pay_account: &'a str,
    labels: [(Tag, &'a str); 5],
    language: Option<Language>,
    local_name: &'a str,
    local_city: &'a str,
}

#[derive(Clone, Copy)]
enum Account<'a> {
    Individual(Individual<'a>),
    Merchant(Merchant<'a>),
}

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $tag:ident;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, value: &'a str) -> Self {
                for (tag, place) in &mut self.labels {
                    if *tag == additional_data::$tag {
                        *place = value;
                    }
                }
                self
            }
        )*
    };
}

impl<'a> Builder<'a> {
    /// A code for an individual, a solo merchant or a remittance. The name has 1 to 25 characters.
    #[must_use]
    pub fn individual(account: &Individual<'a>, merchant_name: &'a str) -> Self {
        Self::new(Account::Individual(*account), merchant_name)
    }

    /// A code for a corporate merchant. The name has 1 to 25 characters.
    #[must_use]
    pub fn merchant(account: &Merchant<'a>, merchant_name: &'a str) -> Self {
        Self::new(Account::Merchant(*account), merchant_name)
    }

    fn new(account: Account<'a>, merchant_name: &'a str) -> Self {
        Self {
            account,
            merchant_name,
            merchant_city: "Phnom Penh",
            merchant_category_code: Mcc::MISCELLANEOUS_RETAIL,
            transaction_currency: Currency::KHR,
            transaction_amount: None,
            union_pay_account: "",
            labels: [
                (additional_data::BILL_NUMBER, ""),
                (additional_data::MOBILE_NUMBER, ""),
                (additional_data::STORE_LABEL, ""),
                (additional_data::TERMINAL_LABEL, ""),
                (additional_data::PURPOSE_OF_TRANSACTION, ""),
            ],
            language: None,
            local_name: "",
            local_city: "",
        }
    }

    /// 60, 1 to 15 characters; without it `Phnom Penh`.
    #[must_use]
    pub fn merchant_city(mut self, city: &'a str) -> Self {
        self.merchant_city = city;
        self
    }

    /// 52; without it 5999.
    #[must_use]
    pub fn merchant_category_code(mut self, code: Mcc) -> Self {
        self.merchant_category_code = code;
        self
    }

    /// 53, riel or dollar; without it riel.
    #[must_use]
    pub fn transaction_currency(mut self, currency: Currency) -> Self {
        self.transaction_currency = currency;
        self
    }

    /// 54 with 99: makes the code dynamic. The amount is written as [`amount_text`] says.
    #[must_use]
    pub fn transaction_amount(mut self, amount: Amount<'a>, lifetime: Lifetime) -> Self {
        self.transaction_amount = Some((amount, lifetime));
        self
    }

    /// 15, the UnionPay account; for codes in riel. More than 31 characters are not taken by every official toolkit.
    #[must_use]
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

    /// 64-00 and 64-01: the name in another language, 1 to 25 characters.
    #[must_use]
    pub fn merchant_name_alternate_language(mut self, language: Language, merchant_name: &'a str) -> Self {
        self.language = Some(language);
        self.local_name = merchant_name;
        self
    }

    /// 64-02: the city in another language, at most 15 characters. The official generator takes it alone, too.
    #[must_use]
    pub fn merchant_city_alternate_language(mut self, merchant_city: &'a str) -> Self {
        self.local_city = merchant_city;
        self
    }

    /// How many bytes the code takes.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    pub fn encoded_len(&self) -> Result<usize, BuildError> {
        self.with_checked(|checked| Ok(checked.encoded_len()))
    }

    /// Writes the code into a buffer, and gives back the text.
    ///
    /// # Errors
    ///
    /// A template of more than 99 characters, an amount that the currency cannot have, the first broken rule of severity
    /// error (at no time, so that nothing has expired yet), a creation time that is not 13 digits, a UnionPay account in a
    /// code that is not in riel, a buffer that is too small. Nothing is written then.
    pub fn encode_to_slice<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str, BuildError> {
        self.with_checked(|checked| checked.encode_to_slice(buffer))
    }

    /// Writes the code into a [`fmt::Write`].
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), before anything is written; or
    /// [`ErrorKind::Sink`](crate::ErrorKind::Sink) where the writer fails.
    pub fn write_to(&self, writer: &mut impl fmt::Write) -> Result<(), BuildError> {
        self.with_checked(|checked| checked.write_to(writer))
    }

    /// The code as a `String`.
    ///
    /// # Errors
    ///
    /// As [`encode_to_slice`](Self::encode_to_slice), the buffer aside.
    #[cfg(feature = "alloc")]
    pub fn to_string(&self) -> Result<alloc::string::String, BuildError> {
        self.with_checked(|checked: &Checked<'_>| checked.to_string())
    }

    fn with_checked<R>(&self, write: impl FnOnce(&Checked<'_>) -> Result<R, Error>) -> Result<R, BuildError> {
        let (tag, objects) = match self.account {
            Account::Individual(Individual { bakong_account, account_information, acquiring_bank }) => {
                (INDIVIDUAL, [Some(bakong_account), account_information, acquiring_bank])
            }
            Account::Merchant(Merchant { bakong_account, merchant_id, acquiring_bank }) => {
                (MERCHANT, [Some(bakong_account), Some(merchant_id), Some(acquiring_bank)])
            }
        };
        let tags = [BAKONG_ACCOUNT, ACCOUNT_INFORMATION, ACQUIRING_BANK];
        let given = tags.into_iter().zip(objects).filter_map(|(tag, value)| Some((tag, value?)));
        let account = template(tag, given)?;
        let labels = template(
            Tag::ADDITIONAL_DATA_FIELD_TEMPLATE,
            self.labels.into_iter().filter(|(_, value)| !value.is_empty()),
        )?;
        let local = [
            (language_template::LANGUAGE_PREFERENCE, self.language.as_ref().map_or("", |language| language.as_str())),
            (language_template::MERCHANT_NAME, self.local_name),
            (language_template::MERCHANT_CITY, self.local_city),
        ];
        let language = template(Tag::LANGUAGE_TEMPLATE, local.into_iter().filter(|(_, value)| !value.is_empty()))?;
        let mut method = PointOfInitiation::STATIC;
        let mut amount_buffer = [0; 13];
        let mut amount = "";
        let mut amount_fits = true;
        let mut timestamps = TemplateBuf::new();
        if let Some((value, lifetime)) = self.transaction_amount {
            method = PointOfInitiation::DYNAMIC;
            let written = amount_text(value, self.transaction_currency, &mut amount_buffer);
            amount_fits = written.is_ok();
            // What the currency cannot have is left as it is, and found by the rules.
            amount = written.unwrap_or(value.as_str());
            let (created, expires) = (Decimal::of(lifetime.created_ms), Decimal::of(lifetime.expires_ms));
            timestamps = template(TIMESTAMPS, [(CREATION, created.as_str()), (EXPIRATION, expires.as_str())])?;
        }
        let country = CountryCode::KH;
        let mut model = Model::new();
        model
            .set(Tag::PAYLOAD_FORMAT_INDICATOR, "01")
            .set(Tag::POINT_OF_INITIATION_METHOD, method.as_str())
            .set(UNION_PAY, self.union_pay_account)
            .set(tag, account.as_str())
            .set(Tag::MERCHANT_CATEGORY_CODE, self.merchant_category_code.as_str())
            .set(Tag::TRANSACTION_CURRENCY, self.transaction_currency.as_str())
            .set(Tag::TRANSACTION_AMOUNT, amount)
            .set(Tag::COUNTRY_CODE, country.as_str())
            .set(Tag::MERCHANT_NAME, self.merchant_name)
            .set(Tag::MERCHANT_CITY, self.merchant_city)
            .set(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, labels.as_str())
            .set(Tag::LANGUAGE_TEMPLATE, language.as_str())
            .set(TIMESTAMPS, timestamps.as_str());
        let checked = model.checked::<Khqr<'_>>(Clock::UNKNOWN)?;
        if !amount_fits && let Some(object) = checked.get(Tag::TRANSACTION_AMOUNT) {
            // Sound as given, and too long with the two decimals of the dollar.
            return Err(Error::new(ErrorKind::ValueTooLong, object.path(), object.offset(), amount.len()).into());
        }
        Ok(write(&checked)?)
    }
}

impl fmt::Debug for Builder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder(..)")
    }
}

/// A template of these objects; an error's path leads from the root.
fn template<'v, I: IntoIterator<Item = (Tag, &'v str)>>(tag: Tag, objects: I) -> Result<TemplateBuf, Error> {
    let mut template = TemplateBuf::new();
    for (sub, value) in objects {
        template.push(sub, value).map_err(|error| error.inside(tag))?;
    }
    Ok(template)
}

/// An amount as the official generator writes it: riel as a whole number without leading zeros; dollars as given if there
/// is no `.`, and with exactly two decimals if there is one.
///
/// ```
/// use emvqr::khqr::amount_text;
/// use emvqr::value::{Amount, Currency};
///
/// let mut buffer = [0; 13];
/// assert_eq!(amount_text(Amount::new("0500.00")?, Currency::KHR, &mut buffer)?, "500");
/// assert_eq!(amount_text(Amount::new("1.5")?, Currency::USD, &mut buffer)?, "1.50");
/// assert!(amount_text(Amount::new("1.5")?, Currency::KHR, &mut buffer).is_err());
/// assert!(amount_text(Amount::new("1.000")?, Currency::USD, &mut buffer).is_err());
/// # Ok::<(), emvqr::value::InvalidValue>(())
/// ```
///
/// # Errors
///
/// A fraction of a riel; dollars with more than two decimals, zeros or not; zero; what needs more than 13 characters.
pub fn amount_text<'b>(
    amount: Amount<'b>,
    currency: Currency,
    buffer: &'b mut [u8; 13],
) -> Result<&'b str, InvalidValue> {
    let (decimals, fault) =
        if currency == Currency::KHR { (0, InvalidValue::RIEL) } else { (2, InvalidValue::DOLLARS) };
    if amount.is_zero() {
        return Err(fault);
    }
    if decimals > 0 && !amount.as_str().contains('.') {
        return Ok(amount.as_str());
    }
    let units = amount.minor_units(decimals).filter(|_| decimals == 0 || amount.decimals() <= decimals).ok_or(fault)?;
    Amount::from_minor(units, decimals, buffer).map(Amount::as_str)
}

/// The decimal digits of a number.
struct Decimal {
    digits: [u8; 20],
    start: usize,
}

impl Decimal {
    fn of(mut number: u64) -> Self {
        let mut decimal = Self { digits: [b'0'; 20], start: 20 };
        for place in decimal.digits.iter_mut().rev() {
            *place = b'0'.wrapping_add(u8::try_from(number % 10).unwrap_or_default());
            decimal.start = decimal.start.saturating_sub(1);
            number /= 10;
            if number == 0 {
                break;
            }
        }
        decimal
    }

    fn as_str(&self) -> &str {
        self.digits.get(self.start..).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default()
    }
}
