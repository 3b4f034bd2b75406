//! Cambodia's codes.

use std::error::Error;

use clap::Args;
use emvqr::Encode;
use emvqr::khqr::{Builder, Lifetime};
use emvqr::value::{Language, Mcc};

use super::Money;
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
    mcc: Mcc,
    /// With an amount: when the code is made, in milliseconds since 1970 [default: now]
    #[arg(long, value_name = "MS", requires = "amount")]
    created: Option<u64>,
    /// With an amount: when it expires, in milliseconds since 1970 [default: ten minutes after it is made]
    #[arg(long, value_name = "MS", requires = "amount")]
    expires: Option<u64>,
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
    language: Option<Language>,
    /// Merchant name in that language, at most 25 characters
    #[arg(long, requires = "language", default_value = "")]
    local_name: String,
    /// City in that language, at most 15 characters
    #[arg(long, default_value = "")]
    local_city: String,
}

pub(crate) fn build(options: &Options) -> Result<String, Box<dyn Error>> {
    let acquiring_bank = options.acquiring_bank.as_deref().unwrap_or_default();
    let mut builder = match &options.merchant_id {
        Some(merchant_id) => Builder::merchant(&options.account, merchant_id, acquiring_bank, &options.name),
        None => Builder::individual(&options.account, &options.name)
            .account_information(options.account_information.as_deref().unwrap_or_default())
            .acquiring_bank(acquiring_bank),
    };
    builder = builder
        .merchant_city(&options.city)
        .merchant_category_code(options.mcc)
        .transaction_currency(options.money.currency)
        .union_pay_account(&options.union_pay)
        .bill_number(&options.bill_number)
        .mobile_number(&options.mobile_number)
        .store_label(&options.store_label)
        .terminal_label(&options.terminal_label)
        .purpose_of_transaction(&options.purpose)
        .local_city(&options.local_city);
    if let Some(language) = options.language {
        builder = builder.local_name(language, &options.local_name);
    }
    if let Some(amount) = &options.money.amount {
        let created_ms = options.created.unwrap_or_else(system_millis);
        let expires_at_ms = options.expires.unwrap_or(created_ms.saturating_add(600_000));
        builder = builder.amount(amount.parse()?, options.money.currency, Lifetime { created_ms, expires_at_ms });
    }
    Ok(builder.encode_to_string()?)
}
