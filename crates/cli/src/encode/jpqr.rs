//! Japan's codes.

use clap::Args;
use emvqr_answer::forms::{self, FormError};

use super::given;

#[derive(Args)]
pub(crate) struct Options {
    /// Store id: its 29 digits, or the value of the template in a code
    #[arg(long)]
    store_id: String,
    /// Merchant category code, four digits
    #[arg(long)]
    mcc: String,
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
    amount: Option<String>,
    #[arg(long)]
    bill_number: Option<String>,
    #[arg(long)]
    reference_label: Option<String>,
    #[arg(long)]
    terminal_label: Option<String>,
    /// Further network: ID 02 to 25 with its value, or 27 to 51 with the content of the template
    #[arg(long, value_name = "ID=VALUE")]
    network: Vec<String>,
}

pub(crate) fn build(options: &Options) -> Result<String, FormError> {
    let Options { store_id, mcc, name, city, postal_code, local_name, amount, network, .. } = options;
    let mut entries = vec![
        ("store_id", Some(store_id)),
        ("merchant_category_code", Some(mcc)),
        ("name", Some(name)),
        ("city", Some(city)),
        ("postal_code", Some(postal_code)),
        ("alternate_name", Some(local_name)),
        ("amount", amount.as_ref()),
        ("bill_number", options.bill_number.as_ref()),
        ("reference_label", options.reference_label.as_ref()),
        ("terminal_label", options.terminal_label.as_ref()),
    ];
    entries.extend(network.iter().map(|network| ("network", Some(network))));
    forms::jpqr(given(&entries))
}

#[derive(Args)]
pub(crate) struct BillOptions {
    /// Payment data (27-01), 83 digits; their amount should be that of the bill
    #[arg(long)]
    payment_data: String,
    /// Amount in yen
    #[arg(long)]
    amount: String,
    /// Year, period and dates (62), 26 digits
    #[arg(long)]
    levy_data: String,
}

pub(crate) fn build_bill(options: &BillOptions) -> Result<String, FormError> {
    let BillOptions { payment_data, amount, levy_data } = options;
    let entries = [("payment_data", payment_data), ("amount", amount), ("levy_data", levy_data)];
    forms::bill(given(&entries.map(|(key, text)| (key, Some(text)))))
}
