//! Japan's codes.

use std::error::Error;

use clap::Args;
use emvqr::Encode;
use emvqr::Tag;
use emvqr::elqr;
use emvqr::encode::TemplateBuf;
use emvqr::jpqr::{Builder, Required, StoreId};
use emvqr::tag::additional_data;
use emvqr::value::Mcc;

use super::assignment;

#[derive(Args)]
pub(crate) struct Options {
    /// Store id: its 29 digits, or the value of the template in a code
    #[arg(long, value_parser = store_id)]
    store_id: StoreId,
    /// Merchant category code, four digits
    #[arg(long)]
    mcc: Mcc,
    /// Merchant name in Latin letters, at most 25 characters
    #[arg(long)]
    name: String,
    /// Merchant city in Latin letters, at most 15 characters
    #[arg(long)]
    city: String,
    /// Postal code, seven digits
    #[arg(long)]
    postal_code: String,
    /// Merchant name in Japanese, at most 25 characters
    #[arg(long)]
    local_name: String,
    /// Amount in yen, for one payment; none: the payer enters it, any number of times
    #[arg(long)]
    amount: Option<u64>,
    #[arg(long)]
    bill_number: Option<String>,
    #[arg(long)]
    reference_label: Option<String>,
    #[arg(long)]
    terminal_label: Option<String>,
    /// Further network: ID 02 to 25 with its value, or 27 to 51 with the content of the template
    #[arg(long, value_name = "ID=VALUE", value_parser = assignment)]
    network: Vec<(Tag, String)>,
}

fn store_id(text: &str) -> Result<StoreId, String> {
    // The content of the template starts with its identifier, of 19 characters.
    if text.len() != StoreId::LENGTH && text.starts_with("0019") {
        StoreId::from_template(text).map_err(|violation| violation.to_string())
    } else {
        text.parse().map_err(|error| format!("{error}"))
    }
}

pub(crate) fn build(options: &Options) -> Result<String, Box<dyn Error>> {
    let required = Required {
        store_id: options.store_id,
        merchant_category_code: options.mcc,
        merchant_name: &options.name,
        merchant_city: &options.city,
        postal_code: &options.postal_code,
        local_name: &options.local_name,
    };
    let mut additional = TemplateBuf::new();
    for (tag, value) in [
        (additional_data::BILL_NUMBER, &options.bill_number),
        (additional_data::REFERENCE_LABEL, &options.reference_label),
        (additional_data::TERMINAL_LABEL, &options.terminal_label),
    ] {
        if let Some(value) = value {
            additional.push(tag, value)?;
        }
    }
    let builder = match options.amount {
        Some(yen) => Builder::dynamic_code(&required, yen),
        None => Builder::static_code(&required),
    };
    let networks: Vec<_> = options.network.iter().map(|(tag, value)| (*tag, value.as_str())).collect();
    Ok(builder.additional_data(&additional).objects(&networks).encode_to_string()?)
}

#[derive(Args)]
pub(crate) struct BillOptions {
    /// Payment data (27-01), 83 digits; their amount should be that of the bill
    #[arg(long)]
    payment_data: String,
    /// Amount in yen
    #[arg(long)]
    amount: u64,
    /// Year, period and dates (62), 26 digits
    #[arg(long)]
    levy_data: String,
}

pub(crate) fn build_bill(options: &BillOptions) -> Result<String, Box<dyn Error>> {
    let payment = elqr::PaymentData::from_digits(&options.payment_data).ok_or("the payment data are not 83 digits")?;
    let levy = elqr::LevyData::from_digits(&options.levy_data).ok_or("the levy data are not 26 digits")?;
    Ok(elqr::Builder::new(payment, options.amount, levy).encode_to_string()?)
}
