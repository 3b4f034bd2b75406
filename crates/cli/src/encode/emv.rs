//! Codes of the EMVCo base profile.

use clap::Args;
use emvqr::Tag;
use emvqr_answer::forms::{self, FormError};

use super::{Money, assignment, given};

#[derive(Args)]
pub(crate) struct Options {
    /// Merchant account: ID 02 to 25 with its value, or 26 to 51 with the content of the template
    #[arg(long, value_name = "ID=VALUE", required = true)]
    account: Vec<String>,
    /// Merchant category code, four digits
    #[arg(long)]
    mcc: String,
    #[command(flatten)]
    money: Money,
    /// Country, two letters
    #[arg(long)]
    country: String,
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

pub(crate) fn build(options: &Options) -> Result<String, FormError> {
    let truth = |truth: bool| truth.then(|| "true".to_owned());
    let (dynamic, tip) = (truth(options.dynamic), truth(options.tip));
    let mut entries = vec![
        ("merchant_category_code", Some(&options.mcc)),
        ("currency", Some(&options.money.currency)),
        ("amount", options.money.amount.as_ref()),
        ("country", Some(&options.country)),
        ("name", Some(&options.name)),
        ("city", Some(&options.city)),
        ("dynamic", dynamic.as_ref()),
        ("tip", tip.as_ref()),
        ("fee", options.fee.as_ref()),
        ("fee_percentage", options.fee_percentage.as_ref()),
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
    entries.extend(options.account.iter().map(|account| ("account", Some(account))));
    let others: Vec<_> = options.object.iter().map(|(tag, value)| (*tag, value.as_str())).collect();
    forms::emv(given(&entries), &others)
}
