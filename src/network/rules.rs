//! The rules of the networks' profile, but for those about single fields, `network.<network>.<field>`, whose numbers are 504.

use crate::rule::{Rule, Severity};

const fn rule(id: &'static str, severity: Severity, summary: &'static str, number: u16) -> Rule {
    Rule::new(id, severity, "the network's own rules", summary).numbered(number)
}

/// `network.ambiguous-payee` (Error): the code has two accounts of one network, so who is paid is ambiguous.
pub static AMBIGUOUS_PAYEE: &Rule = &rule(
    "network.ambiguous-payee",
    Severity::Error,
    "the code has two accounts of one network, so who is paid is ambiguous",
    501,
)
.protects_payee();

/// `network.one-of` (Error): the account has two keys of which its network allows one, so who is paid is ambiguous.
pub static ONE_OF: &Rule = &rule(
    "network.one-of",
    Severity::Error,
    "the account has two keys of which its network allows one, so who is paid is ambiguous",
    502,
)
.protects_payee();

/// `network.expired` (Error, Warning for a code that can be paid more than once): the time that the network writes has
/// passed.
pub static EXPIRED: &Rule = &rule("network.expired", Severity::Error, "the code has expired", 503).expires();

/// `network.country` (Warning): the code is of another country than the network of its account.
pub static COUNTRY: &Rule =
    &rule("network.country", Severity::Warning, "the country is not one of the account's network", 505);

/// `network.currency` (Warning): the code is in another currency than the network of its account.
pub static CURRENCY: &Rule =
    &rule("network.currency", Severity::Warning, "the currency is not one of the account's network", 506);

/// `network.no-payee` (Warning): the account does not say who is paid.
pub static NO_PAYEE: &Rule = &rule("network.no-payee", Severity::Warning, "the account does not say who is paid", 507);

/// All of them.
pub static ALL: &[&Rule] = &[AMBIGUOUS_PAYEE, ONE_OF, EXPIRED, COUNTRY, CURRENCY, NO_PAYEE];
