//! Codes of the networks of the table.

use clap::Args;
use emvqr::Tag;
use emvqr_answer::forms::{self, FormError};

use super::{assignment, given};

#[derive(Args)]
pub(crate) struct Options {
    /// Id of the network: th.transfer, vn.napas and others of emvqr networks
    #[arg(value_name = "ID")]
    id: String,
    /// A field of the network, by its name: `mobile_number=0812345678`. `emvqr networks` prints the names
    #[arg(long, value_name = "NAME=VALUE")]
    field: Vec<String>,
    /// Identifier of the account, of a network whose members have their own
    #[arg(long)]
    identifier: Option<String>,
    /// static or dynamic [default: dynamic with an amount]
    #[arg(long)]
    method: Option<String>,
    /// Merchant category code, four digits
    #[arg(long)]
    mcc: Option<String>,
    /// Currency, three letters or three digits [default: the network's]
    #[arg(long)]
    currency: Option<String>,
    /// Amount in the currency; none: the payer enters it
    #[arg(long)]
    amount: Option<String>,
    /// Country, two letters [default: the network's]
    #[arg(long)]
    country: Option<String>,
    /// Merchant name, at most 25 characters
    #[arg(long)]
    name: Option<String>,
    /// Merchant city, at most 15 characters
    #[arg(long)]
    city: Option<String>,
    /// Postal code, at most 10 characters
    #[arg(long)]
    postal_code: Option<String>,
    /// Bill number, at most 25 characters; so the next seven
    #[arg(long)]
    bill_number: Option<String>,
    /// The payer's mobile number (62-02), not a field of the network
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

pub(crate) fn build(options: &Options) -> Result<String, FormError> {
    let mut entries = vec![
        ("identifier", options.identifier.as_ref()),
        ("method", options.method.as_ref()),
        ("merchant_category_code", options.mcc.as_ref()),
        ("currency", options.currency.as_ref()),
        ("amount", options.amount.as_ref()),
        ("country", options.country.as_ref()),
        ("name", options.name.as_ref()),
        ("city", options.city.as_ref()),
        ("postal_code", options.postal_code.as_ref()),
        ("bill_number", options.bill_number.as_ref()),
        ("mobile_number", options.mobile_number.as_ref()),
        ("store_label", options.store_label.as_ref()),
        ("loyalty_number", options.loyalty_number.as_ref()),
        ("reference_label", options.reference_label.as_ref()),
        ("customer_label", options.customer_label.as_ref()),
        ("terminal_label", options.terminal_label.as_ref()),
        ("purpose_of_transaction", options.purpose.as_ref()),
        ("language", options.language.as_ref()),
        ("alternate_name", options.local_name.as_ref()),
        ("alternate_city", options.local_city.as_ref()),
    ];
    entries.extend(options.field.iter().map(|field| ("field", Some(field))));
    let others: Vec<_> = options.object.iter().map(|(tag, value)| (*tag, value.as_str())).collect();
    forms::network(&options.id, given(&entries), &others)
}
