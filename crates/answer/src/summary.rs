//! The summary for a payer: who is paid, how much, how often and until when.

use emvqr::Payee;
use emvqr::elqr::{Bill, Date};
use emvqr::network::Network;
use emvqr::value::{Currency, PointOfInitiation};
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::time::rfc3339;
use crate::verdict::{Content, Verdict};

/// The same in single texts, `None` where a code does not say. The columns of a spreadsheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary<'v> {
    /// Id of the scheme: of the network that is paid, else of the first, or `jpqr-bill`.
    pub scheme: Option<&'static str>,
    /// Id of the payee's network.
    pub network: Option<&'static str>,
    /// The payee's account.
    pub account: Option<&'v str>,
    /// The institution that holds it.
    pub institution: Option<&'v str>,
    /// Who is credited behind it.
    pub sub_account: Option<&'v str>,
    /// 59.
    pub name: Option<&'v str>,
    /// 60.
    pub city: Option<&'v str>,
    /// Two letters.
    pub country: Option<String>,
    /// Three letters, or the three digits of a currency that is not known.
    pub currency: Option<String>,
    /// The amount in the currency, as in the code.
    pub amount: Option<String>,
    /// `static` or `dynamic`.
    pub method: Option<&'static str>,
    /// Until when it may be paid, as RFC 3339 in UTC.
    pub expires: Option<String>,
}

impl<'v> Summary<'v> {
    /// The names, in the order of the [values](Self::values).
    pub const NAMES: [&'static str; 12] = [
        "scheme",
        "network",
        "account",
        "institution",
        "sub_account",
        "name",
        "city",
        "country",
        "currency",
        "amount",
        "method",
        "expires",
    ];

    /// The summary of a verdict.
    #[must_use]
    pub fn of(verdict: &'v Verdict<'_>) -> Self {
        let payee = verdict.payee();
        let scheme = verdict.chosen().or_else(|| verdict.networks().first().copied()).map(Network::id);
        let mut summary = Self {
            scheme,
            network: payee.map(Payee::network),
            account: payee.map(Payee::account),
            institution: payee.and_then(Payee::institution),
            sub_account: payee.and_then(Payee::sub_account),
            expires: verdict.expires_at_ms().and_then(rfc3339),
            ..Self::default()
        };
        match verdict.content() {
            Content::Nothing => {}
            Content::Bill(bill) => {
                summary.scheme = Some(Bill::NAME);
                summary.country = Some("JP".to_owned());
                summary.currency = Some("JPY".to_owned());
                summary.amount = bill.amount_in_yen().ok().flatten().map(|yen| yen.to_string());
                summary.method = Some("dynamic");
                // The end of the day in Japan, nine hours ahead of UTC.
                let end = |date: Date| format!("{:04}-{:02}-{:02}T14:59:59Z", date.year(), date.month(), date.day());
                summary.expires = bill.last_payment_date().ok().flatten().map(end);
            }
            Content::Code(code) => {
                let amount = code.transaction_amount().ok().flatten().filter(|_| verdict.amount_from().is_none());
                let letters =
                    |currency: Currency| currency.alphabetic().map_or_else(|| currency.to_string(), str::to_owned);
                summary.name = code.merchant_name();
                summary.city = code.merchant_city();
                summary.country = code.country_code().ok().flatten().map(|country| country.to_string());
                summary.currency = code.transaction_currency().ok().flatten().map(letters);
                summary.amount = amount.map(|amount| amount.to_string());
                summary.method = match code.point_of_initiation_method() {
                    Ok(Some(PointOfInitiation::STATIC)) => Some("static"),
                    Ok(Some(PointOfInitiation::DYNAMIC)) => Some("dynamic"),
                    _ => None,
                };
            }
        }
        summary
    }

    /// The values, in the order of the [names](Self::NAMES).
    #[must_use]
    pub fn values(&self) -> [Option<&str>; 12] {
        [
            self.scheme,
            self.network,
            self.account,
            self.institution,
            self.sub_account,
            self.name,
            self.city,
            self.country.as_deref(),
            self.currency.as_deref(),
            self.amount.as_deref(),
            self.method,
            self.expires.as_deref(),
        ]
    }
}

impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut summary = serializer.serialize_struct("Summary", Self::NAMES.len())?;
        for (name, value) in Self::NAMES.into_iter().zip(self.values()) {
            summary.serialize_field(name, &value)?;
        }
        summary.end()
    }
}
