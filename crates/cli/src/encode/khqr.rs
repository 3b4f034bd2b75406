//! Cambodia's codes.

use clap::Args;
use emvqr_answer::forms::{self, FormError};

use super::{Money, given};
use crate::clock::system_millis;

#[derive(Args)]
pub(crate) struct Options {
    /// Bakong account, user@bank
    #[arg(long)]
    account: String,
    /// Merchant id: makes it a merchant's code (30), which also needs the acquiring bank
    #[arg(long, requires = "acquiring_bank", conflicts_with = "account_information")]
    merchant_id: Option<String>,
    /// Account number or phone number of the institution's customer
    #[arg(long)]
    account_information: Option<String>,
    /// Name of the acquiring bank
    #[arg(long)]
    acquiring_bank: Option<String>,
    #[command(flatten)]
    money: Money,
    /// Merchant name, at most 25 characters
    #[arg(long)]
    name: String,
    /// Merchant city, at most 15 characters
    #[arg(long, default_value = "Phnom Penh")]
    city: String,
    /// Merchant category code, four digits
    #[arg(long, default_value = "5999")]
    mcc: String,
    /// With an amount: when the code is made, in milliseconds since 1970 or RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", requires = "amount")]
    created: Option<String>,
    /// With an amount: when it expires, in milliseconds since 1970 or RFC 3339 [default: ten minutes after it is made]
    #[arg(long, value_name = "TIME", requires = "amount")]
    expires: Option<String>,
    /// UnionPay account
    #[arg(long, default_value = "")]
    union_pay: String,
    #[arg(long, default_value = "")]
    bill_number: String,
    #[arg(long, default_value = "")]
    mobile_number: String,
    #[arg(long, default_value = "")]
    store_label: String,
    #[arg(long, default_value = "")]
    terminal_label: String,
    #[arg(long, default_value = "")]
    purpose: String,
    /// Language of the local names, two letters
    #[arg(long, requires = "local_name")]
    language: Option<String>,
    /// Merchant name in that language, at most 25 characters
    #[arg(long, requires = "language", default_value = "")]
    local_name: String,
    /// City in that language, at most 15 characters
    #[arg(long, default_value = "")]
    local_city: String,
}

pub(crate) fn build(options: &Options) -> Result<String, FormError> {
    let Options { account, merchant_id, account_information, acquiring_bank, money, name, city, mcc, .. } = options;
    let entries = [
        ("account", Some(account)),
        ("merchant_id", merchant_id.as_ref()),
        ("account_information", account_information.as_ref()),
        ("acquiring_bank", acquiring_bank.as_ref()),
        ("currency", Some(&money.currency)),
        ("amount", money.amount.as_ref()),
        ("name", Some(name)),
        ("city", Some(city)),
        ("merchant_category_code", Some(mcc)),
        ("created_ms", options.created.as_ref()),
        ("expires_at_ms", options.expires.as_ref()),
        ("union_pay", Some(&options.union_pay)),
        ("bill_number", Some(&options.bill_number)),
        ("mobile_number", Some(&options.mobile_number)),
        ("store_label", Some(&options.store_label)),
        ("terminal_label", Some(&options.terminal_label)),
        ("purpose_of_transaction", Some(&options.purpose)),
        ("language", options.language.as_ref()),
        ("alternate_name", Some(&options.local_name)),
        ("alternate_city", Some(&options.local_city)),
    ];
    forms::khqr(given(&entries), system_millis())
}
