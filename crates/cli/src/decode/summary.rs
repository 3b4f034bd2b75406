//! What a payer wants to know first: who is paid, how much, how often and until when.

use std::io::{self, Write};

use emvqr::Mpm;
use emvqr::display::Escaped;
use emvqr::elqr::Bill;
use emvqr::value::{CountryCode, Currency, PointOfInitiation, TipIndicator};
use emvqr_answer::{Verdict, rfc3339};

pub(super) fn write(out: &mut dyn Write, verdict: &Verdict<'_>) -> io::Result<()> {
    if let Some(bill) = verdict.bill() {
        return write_bill(out, bill);
    }
    let Some(code) = verdict.code() else { return Ok(()) };
    write!(out, "  = pays: {}", Escaped(code.merchant_name().unwrap_or("nobody by name")))?;
    if let Some(city) = code.merchant_city() {
        write!(out, ", {}", Escaped(city))?;
    }
    match code.country_code().ok().flatten().and_then(CountryCode::name) {
        Some(country) => writeln!(out, " ({country})")?,
        None => writeln!(out)?,
    }
    let networks = || verdict.networks().iter().map(|network| network.id()).collect::<Vec<_>>().join(", ");
    match verdict.payee() {
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
        None if verdict.networks().is_empty() => writeln!(out, "  = account: of no network that is known here")?,
        None if verdict.networks().len() > 1 && verdict.chosen().is_none() => {
            writeln!(out, "  = accounts: of several networks, {}", networks())?;
        }
        None => writeln!(out, "  = account: uncertain ({})", networks())?,
    }
    write_amount(out, code, verdict)?;
    match code.point_of_initiation_method() {
        Ok(Some(PointOfInitiation::STATIC)) => writeln!(out, "  = use: any number of payments")?,
        Ok(Some(PointOfInitiation::DYNAMIC)) => writeln!(out, "  = use: one payment")?,
        _ => {}
    }
    if let Some(expires) = verdict.expires_at_ms()
        && let Some(date) = rfc3339(expires)
    {
        let passed = if expires < verdict.question().now_ms { ", which has passed" } else { "" };
        writeln!(out, "  = until: {date}{passed}")?;
    }
    Ok(())
}

fn write_amount(out: &mut dyn Write, code: &Mpm<'_>, verdict: &Verdict<'_>) -> io::Result<()> {
    let currency = code.transaction_currency().ok().flatten();
    let letters = currency.and_then(Currency::alphabetic).unwrap_or("of an unknown currency");
    match (code.transaction_amount(), verdict.amount_from()) {
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
