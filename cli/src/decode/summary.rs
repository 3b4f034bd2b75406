//! What a payer wants to know first: who is paid, how much, how often and until when.

use std::io::{self, Write};

use emvqr::display::Escaped;
use emvqr::elqr::Bill;
use emvqr::network::Network;
use emvqr::value::{CountryCode, Currency, PointOfInitiation, TipIndicator};
use emvqr::{Mpm, Payee};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::verdict::{Fields, Verdict};
use crate::clock::date;

/// The same in single cells.
#[derive(Default)]
pub(super) struct Summary {
    pub(super) scheme: Option<&'static str>,
    pub(super) network: Option<&'static str>,
    pub(super) account: Option<String>,
    pub(super) institution: Option<String>,
    pub(super) sub_account: Option<String>,
    pub(super) name: Option<String>,
    pub(super) city: Option<String>,
    pub(super) country: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) amount: Option<String>,
    pub(super) method: Option<&'static str>,
    /// RFC 3339.
    pub(super) expires: Option<String>,
}

impl Summary {
    pub(super) fn of(verdict: &Verdict<'_>) -> Self {
        let payee = verdict.payee.as_ref();
        let owned = |text: &str| text.to_owned();
        let scheme = verdict.chosen.or_else(|| verdict.networks.first().copied()).map(Network::id);
        let mut summary = Self {
            scheme: if let Fields::Bill(_) = verdict.fields { Some(Bill::NAME) } else { scheme },
            network: payee.map(Payee::network),
            account: payee.map(|payee| payee.account().to_owned()),
            institution: payee.and_then(Payee::institution).map(owned),
            sub_account: payee.and_then(Payee::sub_account).map(owned),
            expires: verdict.expires_at_ms.and_then(|time| date(&time.to_string())),
            ..Self::default()
        };
        if let Some(code) = verdict.fields.base() {
            let amount = code.transaction_amount().ok().flatten().filter(|_| verdict.amount_from.is_none());
            let letters =
                |currency: Currency| currency.alphabetic().map_or_else(|| currency.to_string(), str::to_owned);
            summary.name = code.merchant_name().map(owned);
            summary.city = code.merchant_city().map(owned);
            summary.country = code.country_code().map(|country| country.to_string());
            summary.currency = code.transaction_currency().map(letters);
            summary.amount = amount.map(|amount| amount.to_string());
            summary.method = match code.point_of_initiation_method() {
                Some(PointOfInitiation::STATIC) => Some("static"),
                Some(PointOfInitiation::DYNAMIC) => Some("dynamic"),
                _ => None,
            };
        }
        summary
    }
}

impl Serialize for Summary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut summary = serializer.serialize_map(Some(12))?;
        summary.serialize_entry("scheme", &self.scheme)?;
        summary.serialize_entry("network", &self.network)?;
        summary.serialize_entry("account", &self.account)?;
        summary.serialize_entry("institution", &self.institution)?;
        summary.serialize_entry("sub_account", &self.sub_account)?;
        summary.serialize_entry("name", &self.name)?;
        summary.serialize_entry("city", &self.city)?;
        summary.serialize_entry("country", &self.country)?;
        summary.serialize_entry("currency", &self.currency)?;
        summary.serialize_entry("amount", &self.amount)?;
        summary.serialize_entry("method", &self.method)?;
        summary.serialize_entry("expires", &self.expires)?;
        summary.end()
    }
}

pub(super) fn write(out: &mut dyn Write, verdict: &Verdict<'_>) -> io::Result<()> {
    if let Fields::Bill(bill) = &verdict.fields {
        return write_bill(out, bill);
    }
    let Some(code) = verdict.fields.base() else { return Ok(()) };
    write!(out, "  = pays: {}", Escaped(code.merchant_name().unwrap_or("nobody by name")))?;
    if let Some(city) = code.merchant_city() {
        write!(out, ", {}", Escaped(city))?;
    }
    match code.country_code().and_then(CountryCode::name) {
        Some(country) => writeln!(out, " ({country})")?,
        None => writeln!(out)?,
    }
    let networks = || verdict.networks.iter().map(|network| network.id()).collect::<Vec<_>>().join(", ");
    match &verdict.payee {
        Some(payee) => {
            write!(out, "  = account: {}", Escaped(payee.account()))?;
            if let Some(institution) = payee.institution() {
                write!(out, " at {}", Escaped(institution))?;
            }
            if let Some(sub_account) = payee.sub_account() {
                write!(out, ", for {}", Escaped(sub_account))?;
            }
            writeln!(out, " ({}, in {})", payee.network(), payee.path())?;
        }
        None if verdict.networks.is_empty() => writeln!(out, "  = account: of no network that is known here")?,
        None if verdict.networks.len() > 1 && verdict.chosen.is_none() => {
            writeln!(out, "  = accounts: of several networks, {}", networks())?;
        }
        None => writeln!(out, "  = account: uncertain ({})", networks())?,
    }
    write_amount(out, code, verdict)?;
    match code.point_of_initiation_method() {
        Some(PointOfInitiation::STATIC) => writeln!(out, "  = use: any number of payments")?,
        Some(PointOfInitiation::DYNAMIC) => writeln!(out, "  = use: one payment")?,
        _ => {}
    }
    if let Some(expires) = verdict.expires_at_ms
        && let Some(date) = date(&expires.to_string())
    {
        let passed = if expires < verdict.now_ms { ", which has passed" } else { "" };
        writeln!(out, "  = until: {date}{passed}")?;
    }
    Ok(())
}

fn write_amount(out: &mut dyn Write, code: &Mpm<'_>, verdict: &Verdict<'_>) -> io::Result<()> {
    let currency = code.transaction_currency();
    let letters = currency.and_then(Currency::alphabetic).unwrap_or("of an unknown currency");
    match (code.transaction_amount(), verdict.amount_from) {
        (_, Some(path)) => write!(out, "  = amount: in the document behind {path} ({letters})")?,
        (Ok(Some(amount)), None) => write!(out, "  = amount: {amount} {letters}")?,
        (Ok(None), None) => write!(out, "  = amount: the payer enters it ({letters})")?,
        (Err(_), None) => write!(out, "  = amount: cannot be read")?,
    }
    match code.tip_or_convenience_indicator() {
        Ok(None) => writeln!(out),
        Ok(Some(TipIndicator::PROMPT)) => writeln!(out, ", and a tip"),
        _ => writeln!(out, ", and a fee"),
    }
}

fn write_bill(out: &mut dyn Write, bill: &Bill<'_>) -> io::Result<()> {
    writeln!(out, "  = pays: a bill of Japanese local tax")?;
    match bill.amount_in_yen() {
        Ok(Some(yen)) => writeln!(out, "  = amount: {yen} JPY")?,
        Ok(None) => {}
        Err(_) => writeln!(out, "  = amount: cannot be read")?,
    }
    match bill.last_payment_date() {
        Ok(Some(date)) => writeln!(out, "  = until: {date}"),
        _ => Ok(()),
    }
}
