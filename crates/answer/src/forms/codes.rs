//! Forms of new codes.

use emvqr::encode::TemplateBuf;
use emvqr::jpqr::StoreId;
use emvqr::khqr::Lifetime;
use emvqr::tag::{additional_data, language_template};
use emvqr::value::{Amount, Currency, Percentage, PointOfInitiation, Tip};
use emvqr::{Encode as _, Tag, elqr};

use super::{Form, FormError, nearest};

/// The keys of [`khqr`].
pub const KHQR: [&str; 20] = [
    "account",
    "merchant_id",
    "account_information",
    "acquiring_bank",
    "currency",
    "amount",
    "name",
    "city",
    "merchant_category_code",
    "created_ms",
    "expires_at_ms",
    "union_pay",
    "bill_number",
    "mobile_number",
    "store_label",
    "terminal_label",
    "purpose_of_transaction",
    "language",
    "alternate_name",
    "alternate_city",
];

/// A code of Cambodia. Needed: `account` (`user@bank`), `currency`, `name`; with `merchant_id`, which makes it a merchant's code,
/// `acquiring_bank`. `created_ms` is `now_ms` if it is absent, `expires_at_ms` ten minutes later; both are milliseconds since
/// 1970 or RFC 3339, and only of a code with an amount.
///
/// # Errors
///
/// See [`FormError`].
pub fn khqr<'f>(entries: impl IntoIterator<Item = (&'f str, &'f str)>, now_ms: u64) -> Result<String, FormError> {
    use emvqr::khqr::Builder;

    let form = Form::read(entries, &KHQR, &[])?;
    let (account, name) = (form.needed("account")?, form.needed("name")?);
    let mut builder = match form.get("merchant_id") {
        Some(_) if form.get("account_information").is_some() => {
            let why = "a merchant's code has merchant_id in its place".to_owned();
            return Err(FormError::Invalid("account_information", why));
        }
        Some(merchant_id) => Builder::merchant(account, merchant_id, form.needed("acquiring_bank")?, name),
        None => Builder::individual(account, name)
            .account_information(form.text("account_information"))
            .acquiring_bank(form.text("acquiring_bank")),
    };
    let currency = currency(&form)?;
    builder = builder
        .city(form.get("city").unwrap_or("Phnom Penh"))
        .currency(currency)
        .union_pay_account(form.text("union_pay"))
        .bill_number(form.text("bill_number"))
        .mobile_number(form.text("mobile_number"))
        .store_label(form.text("store_label"))
        .terminal_label(form.text("terminal_label"))
        .purpose_of_transaction(form.text("purpose_of_transaction"))
        .alternate_city(form.text("alternate_city"));
    if let Some(category) = form.parsed("merchant_category_code")? {
        builder = builder.merchant_category_code(category);
    }
    match (form.parsed("language")?, form.get("alternate_name")) {
        (Some(language), Some(name)) => builder = builder.alternate_name(language, name),
        (None, Some(_)) => return Err(FormError::Missing("language")),
        (Some(_), None) => return Err(FormError::Missing("alternate_name")),
        (None, None) => {}
    }
    let (created_ms, expires_at_ms) = (form.time("created_ms")?, form.time("expires_at_ms")?);
    match form.get("amount") {
        Some(_) => {
            let created_ms = created_ms.unwrap_or(now_ms);
            let expires_at_ms = expires_at_ms.unwrap_or(created_ms.saturating_add(600_000));
            let amount: Amount = form.needed_parsed("amount")?;
            builder = builder.amount(amount, currency, Lifetime { created_ms, expires_at_ms });
        }
        None if created_ms.is_some() || expires_at_ms.is_some() => return Err(FormError::Missing("amount")),
        None => {}
    }
    Ok(builder.encode_to_string()?)
}

/// 53 in three letters of either case, or three digits.
fn currency(form: &Form<'_>) -> Result<Currency, FormError> {
    let text = form.needed("currency")?;
    match Currency::from_alphabetic(&text.to_ascii_uppercase()) {
        Some(currency) => Ok(currency),
        None => form.needed_parsed("currency"),
    }
}

/// The keys of [`jpqr`].
pub const JPQR: [&str; 11] = [
    "store_id",
    "merchant_category_code",
    "name",
    "city",
    "postal_code",
    "alternate_name",
    "amount",
    "bill_number",
    "reference_label",
    "terminal_label",
    "network",
];

/// A code of Japan. Needed: `store_id` (29 digits, or the value of the template), `merchant_category_code`, `name` and `city` in
/// Latin letters, `postal_code` (seven digits), `alternate_name` (in Japanese). `network`, any number of times: `ID=VALUE`, an ID of
/// 02 to 25 with its value, or of 27 to 51 with the content of its template.
///
/// # Errors
///
/// See [`FormError`].
pub fn jpqr<'f>(entries: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<String, FormError> {
    use emvqr::jpqr::{Builder, Required};

    let form = Form::read(entries, &JPQR, &["network"])?;
    // The content of the template starts with its identifier, of 19 characters.
    let text = form.needed("store_id")?;
    let store_id = if text.len() != StoreId::LENGTH && text.starts_with("0019") {
        StoreId::from_template(text).map_err(|found| FormError::Invalid("store_id", found.to_string()))?
    } else {
        form.needed_parsed("store_id")?
    };
    let required = Required {
        store_id,
        merchant_category_code: form.needed_parsed("merchant_category_code")?,
        name: form.needed("name")?,
        city: form.needed("city")?,
        postal_code: form.needed("postal_code")?,
        alternate_name: form.needed("alternate_name")?,
    };
    let additional = template(
        &form,
        &[
            (additional_data::BILL_NUMBER, "bill_number"),
            (additional_data::REFERENCE_LABEL, "reference_label"),
            (additional_data::TERMINAL_LABEL, "terminal_label"),
        ],
    )?;
    let builder = match form.parsed("amount")? {
        Some(yen) => Builder::new(&required).amount(yen),
        None => Builder::new(&required),
    };
    let networks = objects(&form, "network")?;
    Ok(builder.additional_data(&additional).objects(&networks).encode_to_string()?)
}

/// The keys of [`emv`].
pub const EMV: [&str; 23] = [
    "account",
    "merchant_category_code",
    "currency",
    "amount",
    "country",
    "name",
    "city",
    "dynamic",
    "tip",
    "fee",
    "fee_percentage",
    "postal_code",
    "bill_number",
    "mobile_number",
    "store_label",
    "loyalty_number",
    "reference_label",
    "customer_label",
    "terminal_label",
    "purpose_of_transaction",
    "language",
    "alternate_name",
    "alternate_city",
];

/// A code of the EMVCo base profile. Needed: `account`, any number of times (`ID=VALUE`, an ID of 02 to 25 with its value, or of 26 to
/// 51 with the content of its template), `merchant_category_code`, `currency`, `country`, `name`, `city`. `dynamic` and `tip` are
/// `true` or `false`. Other root objects: `objects`, as IDs and values.
///
/// # Errors
///
/// See [`FormError`].
pub fn emv<'f>(
    entries: impl IntoIterator<Item = (&'f str, &'f str)>,
    others: &[(Tag, &str)],
) -> Result<String, FormError> {
    use emvqr::mpm::{Builder, Required};

    let form = Form::read(entries, &EMV, &["account"])?;
    let additional = template(
        &form,
        &[
            (additional_data::BILL_NUMBER, "bill_number"),
            (additional_data::MOBILE_NUMBER, "mobile_number"),
            (additional_data::STORE_LABEL, "store_label"),
            (additional_data::LOYALTY_NUMBER, "loyalty_number"),
            (additional_data::REFERENCE_LABEL, "reference_label"),
            (additional_data::CUSTOMER_LABEL, "customer_label"),
            (additional_data::TERMINAL_LABEL, "terminal_label"),
            (additional_data::PURPOSE_OF_TRANSACTION, "purpose_of_transaction"),
        ],
    )?;
    let language = template(
        &form,
        &[
            (language_template::LANGUAGE_PREFERENCE, "language"),
            (language_template::MERCHANT_NAME, "alternate_name"),
            (language_template::MERCHANT_CITY, "alternate_city"),
        ],
    )?;
    let accounts = objects(&form, "account")?;
    let (first, accounts) = accounts.split_first().ok_or(FormError::Missing("account"))?;
    let method = if form.truth("dynamic")? { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC };
    let mut builder = Builder::new(&Required {
        merchant_account_information: *first,
        merchant_category_code: form.needed_parsed("merchant_category_code")?,
        transaction_currency: currency(&form)?,
        country_code: form.needed_parsed("country")?,
        merchant_name: form.needed("name")?,
        merchant_city: form.needed("city")?,
    })
    .point_of_initiation_method(method)
    .additional_data(&additional)
    .language_information(&language);
    if let Some(amount) = form.parsed("amount")? {
        builder = builder.transaction_amount(amount);
    }
    if form.truth("tip")? {
        builder = builder.tip(Tip::Prompt);
    }
    if let Some(fee) = form.parsed("fee")? {
        builder = builder.tip(Tip::FixedFee(fee));
    }
    if let Some(fee) = form.parsed::<Percentage>("fee_percentage")? {
        builder = builder.tip(Tip::PercentageFee(fee));
    }
    if let Some(postal_code) = form.get("postal_code") {
        builder = builder.postal_code(postal_code);
    }
    let further: Vec<_> = accounts.iter().chain(others).copied().collect();
    Ok(builder.objects(&further).encode_to_string()?)
}

/// The keys of [`network`].
pub const NETWORK: [&str; 21] = [
    "field",
    "identifier",
    "method",
    "merchant_category_code",
    "currency",
    "amount",
    "country",
    "name",
    "city",
    "postal_code",
    "bill_number",
    "mobile_number",
    "store_label",
    "loyalty_number",
    "reference_label",
    "customer_label",
    "terminal_label",
    "purpose_of_transaction",
    "language",
    "alternate_name",
    "alternate_city",
];

/// A code of a network of the table, by its id. `field`, any number of times: `NAME=VALUE`, a field of the network by its key.
/// `method` is `static` or `dynamic`. What is needed depends on the network. Other root objects: `objects`, as IDs and values.
///
/// # Errors
///
/// See [`FormError`].
pub fn network<'f>(
    id: &str,
    entries: impl IntoIterator<Item = (&'f str, &'f str)>,
    others: &[(Tag, &str)],
) -> Result<String, FormError> {
    use emvqr::network::{Builder, FieldError};

    let form = Form::read(entries, &NETWORK, &["field"])?;
    let refused = |key| move |error: FieldError| FormError::Invalid(key, error.to_string());
    let mut builder = Builder::of(id).map_err(|error| {
        let ids: Vec<_> = emvqr::network::TABLE.iter().map(emvqr::network::Network::id).collect();
        let meant = nearest(id, &ids).filter(|_| error == FieldError::UnknownNetwork);
        let meant = meant.map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
        FormError::Invalid("network", format!("{error}{meant}"))
    })?;
    for field in form.all("field") {
        let (name, value) =
            field.split_once('=').ok_or_else(|| FormError::Invalid("field", "expected NAME=VALUE".into()))?;
        builder = builder.field(name, value).map_err(refused("field"))?;
    }
    builder = match form.text("method") {
        "" => builder,
        "static" => builder.method(PointOfInitiation::STATIC),
        "dynamic" => builder.method(PointOfInitiation::DYNAMIC),
        _ => return Err(FormError::Invalid("method", "expected static or dynamic".into())),
    };
    if form.get("currency").is_some() {
        builder = builder.currency(currency(&form)?);
    }
    if let Some(category) = form.parsed("merchant_category_code")? {
        builder = builder.merchant_category_code(category);
    }
    if let Some(amount) = form.parsed("amount")? {
        builder = builder.amount(amount);
    }
    if let Some(country) = form.parsed("country")? {
        builder = builder.country(country);
    }
    match (form.parsed("language")?, form.get("alternate_name")) {
        (Some(language), Some(name)) => builder = builder.alternate_name(language, name),
        (None, Some(_)) => return Err(FormError::Missing("language")),
        (Some(_), None) => return Err(FormError::Missing("alternate_name")),
        (None, None) => {}
    }
    builder = builder
        .identifier(form.text("identifier"))
        .name(form.text("name"))
        .city(form.text("city"))
        .postal_code(form.text("postal_code"))
        .alternate_city(form.text("alternate_city"))
        .bill_number(form.text("bill_number"))
        .mobile_number(form.text("mobile_number"))
        .store_label(form.text("store_label"))
        .loyalty_number(form.text("loyalty_number"))
        .reference_label(form.text("reference_label"))
        .customer_label(form.text("customer_label"))
        .terminal_label(form.text("terminal_label"))
        .purpose_of_transaction(form.text("purpose_of_transaction"));
    Ok(builder.objects(others).encode_to_string()?)
}

/// The keys of [`bill`].
pub const BILL: [&str; 3] = ["payment_data", "amount", "levy_data"];

/// The code of a Japanese local-tax bill (eL-QR). Needed: `payment_data` (27-01, 83 digits), `amount` in yen, `levy_data` (62, 26
/// digits).
///
/// # Errors
///
/// See [`FormError`].
pub fn bill<'f>(entries: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<String, FormError> {
    let form = Form::read(entries, &BILL, &[])?;
    let digits = |key, count| FormError::Invalid(key, format!("expected {count} digits"));
    let payment = elqr::PaymentData::from_digits(form.needed("payment_data")?);
    let levy = elqr::LevyData::from_digits(form.needed("levy_data")?);
    let (payment, levy) = (payment.ok_or(digits("payment_data", 83))?, levy.ok_or(digits("levy_data", 26))?);
    Ok(elqr::Builder::new(payment, form.needed_parsed("amount")?, levy).encode_to_string()?)
}

fn template(form: &Form<'_>, keys: &[(Tag, &'static str)]) -> Result<TemplateBuf, FormError> {
    let mut template = TemplateBuf::new();
    for (tag, key) in keys {
        if let Some(value) = form.get(key) {
            template.push(*tag, value).map_err(|error| FormError::Invalid(key, error.to_string()))?;
        }
    }
    Ok(template)
}

/// `ID=VALUE` under a key.
fn objects<'f>(form: &Form<'f>, key: &'static str) -> Result<Vec<(Tag, &'f str)>, FormError> {
    let object = |text: &'f str| {
        let (id, value) = text.split_once('=').ok_or_else(|| FormError::Invalid(key, "expected ID=VALUE".into()))?;
        let tag = id.parse().map_err(|error| FormError::Invalid(key, format!("{error}")))?;
        Ok((tag, value))
    };
    form.all(key).map(object).collect()
}
