//! The forms given to the builders. Compiled twice, as a part of `now` and of `then`.

use super::super::lib::encode::{BuildError, RootRun};
use super::super::lib::khqr::Lifetime;
use super::super::lib::value::{Amount, Currency, Language, Mcc, Percentage, PointOfInitiation, Tip};
use super::super::lib::{Tag, jpqr, khqr, mpm};
use super::super::{Clock, add_to_jpqr, add_to_mpm, written};
use crate::plain::{Jpqr, Khqr, Mpm, Objects};

pub(super) fn tag(id: u8) -> Tag {
    Tag::new(id).expect("below 100")
}

fn tagged(objects: &Objects) -> Vec<(Tag, &str)> {
    objects.iter().map(|(id, value)| (tag(*id), value.as_str())).collect()
}

pub(super) fn write_run(objects: &Objects, room: Option<usize>) -> Result<String, BuildError> {
    written(&RootRun(tagged(objects)), room)
}

pub(super) fn write_khqr(form: &Khqr, room: Option<usize>) -> Result<String, BuildError> {
    let mut builder = if form.is_merchant {
        khqr::Builder::merchant(&form.account, &form.information, &form.bank, &form.name)
    } else {
        khqr::Builder::individual(&form.account, &form.name)
            .account_information(&form.information)
            .acquiring_bank(&form.bank)
    };
    let currency = Currency::new(form.currency).expect("three digits");
    builder = builder
        .transaction_currency(currency)
        .merchant_category_code(Mcc::new(form.category).expect("four digits"))
        .union_pay_account(&form.union_pay)
        .bill_number(&form.labels[0])
        .mobile_number(&form.labels[1])
        .store_label(&form.labels[2])
        .terminal_label(&form.labels[3])
        .purpose_of_transaction(&form.labels[4])
        .local_city(&form.local_city)
        .at(form.clock.map_or(Clock::UNKNOWN, Clock::at_millis));
    if let Some(city) = &form.city {
        builder = builder.merchant_city(city);
    }
    if let Some(name) = &form.local_name {
        builder = builder.local_name(Language::KM, name);
    }
    if let Some((amount, created_ms, expires_at_ms)) = &form.amount
        && let Ok(amount) = Amount::new(amount)
    {
        builder = builder.amount(amount, currency, Lifetime { created_ms: *created_ms, expires_at_ms: *expires_at_ms });
    }
    written(&builder, room)
}

pub(super) fn write_jpqr(form: &Jpqr, room: Option<usize>) -> Result<String, BuildError> {
    let required = jpqr::Required {
        store_id: form.store.parse().expect("29 characters of ASCII"),
        merchant_category_code: Mcc::new(form.category).expect("four digits"),
        merchant_name: &form.name,
        merchant_city: &form.city,
        postal_code: &form.postal_code,
        local_name: &form.local_name,
    };
    let mut builder = match form.amount {
        None => jpqr::Builder::static_code(&required),
        Some(yen) => jpqr::Builder::dynamic_code(&required, yen),
    };
    if let Some(id) = form.store_template {
        builder = builder.store_template(tag(id));
    }
    written(&add_to_jpqr(builder, &tagged(&form.further)), room)
}

pub(super) fn write_mpm(form: &Mpm, room: Option<usize>) -> Result<String, BuildError> {
    let mut builder = mpm::Builder::new(&mpm::Required {
        merchant_account_information: (tag(form.account.0), &form.account.1),
        merchant_category_code: Mcc::new(form.category).expect("four digits"),
        transaction_currency: Currency::new(form.currency).expect("three digits"),
        country_code: form.country.parse().expect("two letters"),
        merchant_name: &form.name,
        merchant_city: &form.city,
    });
    if let Some(is_dynamic) = form.is_dynamic {
        let method = if is_dynamic { PointOfInitiation::DYNAMIC } else { PointOfInitiation::STATIC };
        builder = builder.point_of_initiation_method(method);
    }
    if let Some(amount) = form.amount.as_ref().and_then(|amount| Amount::new(amount).ok()) {
        builder = builder.transaction_amount(amount);
    }
    builder = match (form.tip, Amount::new(&form.fee), Percentage::new(&form.fee)) {
        (1, ..) => builder.tip(Tip::Prompt),
        (2, Ok(fee), _) => builder.tip(Tip::FixedFee(fee)),
        (3, _, Ok(fee)) => builder.tip(Tip::PercentageFee(fee)),
        _ => builder,
    };
    written(&add_to_mpm(builder, &tagged(&form.further)), room)
}
