//! Codes of the EMVCo base profile.

use std::error::Error;

use clap::Args;
use emvqr::Encode;
use emvqr::Tag;
use emvqr::encode::TemplateBuf;
use emvqr::mpm::{Builder, Required};
use emvqr::tag::{additional_data, language_template};
use emvqr::value::{Amount, CountryCode, Mcc, Percentage, PointOfInitiation, Tip};

use super::{Money, assignment};

#[derive(Args)]
pub(crate) struct Options {
    /// Merchant account: ID 02 to 25 with its value, or 26 to 51 with the content of the template
    #[arg(long, value_name = "ID=VALUE", required = true, value_parser = assignment)]
    account: Vec<(Tag, String)>,
    /// Merchant category code, four digits
    #[arg(long)]
    mcc: Mcc,
    #[command(flatten)]
    money: Money,
    /// Country, two letters
    #[arg(long)]
    country: CountryCode,
    /// Merchant name, at most 25 characters
    #[arg(long)]
    name: String,
    /// Merchant city, at most 15 characters
    #[arg(long)]
    city: String,
    /// For one payment only [default: for any number of payments]
    #[arg(long)]
    dynamic: bool,
    /// Ask the payer for a tip
    #[arg(long, conflicts_with_all = ["fee", "fee_percentage"])]
    tip: bool,
    /// Fixed convenience fee
    #[arg(long, conflicts_with = "fee_percentage")]
    fee: Option<String>,
    /// Convenience fee in percent
    #[arg(long)]
    fee_percentage: Option<String>,
    /// Postal code, at most 10 characters
    #[arg(long)]
    postal_code: Option<String>,
    /// Bill number, or *** to ask the payer for it; so the next seven
    #[arg(long)]
    bill_number: Option<String>,
    #[arg(long)]
    mobile_number: Option<String>,
    #[arg(long)]
    store_label: Option<String>,
    #[arg(long)]
    loyalty_number: Option<String>,
    #[arg(long)]
    reference_label: Option<String>,
    #[arg(long)]
    customer_label: Option<String>,
    #[arg(long)]
    terminal_label: Option<String>,
    #[arg(long)]
    purpose: Option<String>,
    /// Language of the local names, two letters
    #[arg(long, requires = "local_name")]
    language: Option<String>,
    /// Merchant name in that language, at most 25 characters
    #[arg(long, requires = "language")]
    local_name: Option<String>,
    /// City in that language, at most 15 characters
    #[arg(long, requires = "language")]
    local_city: Option<String>,
    /// Any other root object, as it is
    #[arg(long, value_name = "ID=VALUE", value_parser = assignment)]
    object: Vec<(Tag, String)>,
}

pub(crate) fn build(options: &Options) -> Result<String, Box<dyn Error>> {
    let additional = template(&[
        (additional_data::BILL_NUMBER, &options.bill_number),
        (additional_data::MOBILE_NUMBER, &options.mobile_number),
        (additional_data::STORE_LABEL, &options.store_label),
        (additional_data::LOYALTY_NUMBER, &options.loyalty_number),
        (additional_data::REFERENCE_LABEL, &options.reference_label),
        (additional_data::CUSTOMER_LABEL, &options.customer_label),
        (additional_data::TERMINAL_LABEL, &options.terminal_label),
        (additional_data::PURPOSE_OF_TRANSACTION, &options.purpose),
    ])?;
    let language = template(&[
        (language_template::LANGUAGE_PREFERENCE, &options.language),
        (language_template::MERCHANT_NAME, &options.local_name),
        (language_template::MERCHANT_CITY, &options.local_city),
    ])?;
    let mut accounts = options.account.iter().map(|(tag, value)| (*tag, value.as_str()));
    let method = if options.dynamic { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC };
    let mut builder = Builder::new(&Required {
        merchant_account_information: accounts.next().ok_or("an account is needed")?,
        merchant_category_code: options.mcc,
        transaction_currency: options.money.currency,
        country_code: options.country,
        merchant_name: &options.name,
        merchant_city: &options.city,
    })
    .point_of_initiation_method(method)
    .additional_data(&additional)
    .language_information(&language);
    if let Some(amount) = &options.money.amount {
        builder = builder.transaction_amount(Amount::new(amount)?);
    }
    if options.tip {
        builder = builder.tip(Tip::Prompt);
    }
    if let Some(fee) = &options.fee {
        builder = builder.tip(Tip::FixedFee(Amount::new(fee)?));
    }
    if let Some(fee) = &options.fee_percentage {
        builder = builder.tip(Tip::PercentageFee(Percentage::new(fee)?));
    }
    if let Some(postal_code) = &options.postal_code {
        builder = builder.postal_code(postal_code);
    }
    let others = options.object.iter().map(|(tag, value)| (*tag, value.as_str()));
    let further: Vec<_> = accounts.chain(others).collect();
    Ok(builder.objects(&further).encode_to_string()?)
}

fn template(values: &[(Tag, &Option<String>)]) -> Result<TemplateBuf, emvqr::Error> {
    let mut template = TemplateBuf::new();
    for (tag, value) in values {
        if let Some(value) = value {
            template.push(*tag, value)?;
        }
    }
    Ok(template)
}
