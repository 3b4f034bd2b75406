//! Reading, checking, viewing, editing and encoding into a caller's buffer allocate nothing.

mod common;
mod counting;

use core::fmt::{self, Write};
use core::hint::black_box;
use core::ops::ControlFlow;

use common::{BASE, multi_byte_base, payload, replace, run, with};
use counting::{allocations, assert_allocates_nothing};
use emvqr::Clock;
use emvqr::Code;
use emvqr::Encode;
use emvqr::crc::{self, Running};
use emvqr::crossborder::{Intent, Policy};
use emvqr::display::Escaped;
use emvqr::edit::Change;
use emvqr::elqr::{self, Bill, Date, LevyData, PaymentData};
use emvqr::encode::RootRun;
use emvqr::encode::TemplateBuf;
use emvqr::jpqr::{self, Jpqr, StoreId};
use emvqr::khqr::{self, Khqr};
use emvqr::mpm::{Builder, Required};
use emvqr::network::NetworkCode;
use emvqr::rule::{Each, FirstError};
use emvqr::tlv::{self, Template};
use emvqr::value::{Amount, CountryCode, Currency, Mcc, Percentage, PointOfInitiation, Tip};
use emvqr::{ErrorKind, Mpm, Path, Payload, Profile, Tag, TagSet, mask, network};

/// A writer into a buffer.
struct Fixed<'b> {
    buffer: &'b mut [u8],
    length: usize,
}

impl<'b> Fixed<'b> {
    fn new(buffer: &'b mut [u8]) -> Self {
        Self { buffer, length: 0 }
    }

    fn as_str(&self) -> &str {
        core::str::from_utf8(&self.buffer[..self.length]).unwrap()
    }
}

impl Write for Fixed<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.buffer.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// A payload with every object, in ASCII.
fn full() -> String {
    payload(&[
        ("00", "01"),
        ("01", "12"),
        ("02", "4000123456789012"),
        ("26", "0011com.example0106shop-7"),
        ("29", "0009user@bank"),
        ("52", "5812"),
        ("53", "116"),
        ("54", "10000"),
        ("55", "02"),
        ("56", "1.50"),
        ("58", "KH"),
        ("59", "Noodle Bar"),
        ("60", "Phnom Penh"),
        ("61", "12000"),
        ("62", "0101A0201B0301C0401D0501E0601F0701G0803***0902EA1001T110340050200011com.example0101x"),
        ("64", "0002en0104Shop0204City"),
        ("70", "future"),
        ("80", "0011com.example0101y"),
    ])
}

/// Payloads that conform: plain, with every object, with text of several bytes a character.
fn conformant() -> [String; 3] {
    let local = with(&multi_byte_base(), "64", "0002km0107ភ្នំពេញ0202東京");
    [payload(BASE), full(), payload(&local)]
}

/// Payloads with findings in every part.
fn broken() -> Vec<String> {
    let mut texts: Vec<String> = ["00", "29", "52", "53", "58", "59", "60"]
        .into_iter()
        .map(|id| payload(&replace(BASE, id, "\u{202E}𠮷, far too long for what it should be")))
        .collect();
    for (id, value) in [
        ("26", "0101A0101B"),
        ("39", "03f92874"),
        ("54", "0.000"),
        ("55", "02"),
        ("56", "x"),
        ("57", "100.0"),
        ("62", "0126ABCDEFGHIJKLMNOPQRSTUVWXYZ0904AMEX110399950050101x0101A"),
        ("64", "0102e\u{301}"),
        ("70", "future"),
        ("80", "0099"),
    ] {
        texts.push(payload(&with(BASE, id, value)));
    }
    texts
}

/// Texts that are no payload, one for each fault.
fn unreadable() -> Vec<String> {
    let good = payload(BASE);
    vec![
        String::new(),
        "0".to_owned(),
        "x002".to_owned(),
        "00x2".to_owned(),
        "0000".to_owned(),
        "0002x".to_owned(),
        "000201\u{1F600}".to_owned(),
        good.replacen("000201", "010211", 1),
        format!("{good}000201"),
        run(&[("00", "01"), ("00", "01"), ("63", "0000")]),
        run(&[("00", "01"), ("63", "00x0")]),
        run(&[("00", "01"), ("63", "0000")]),
    ]
}

#[test]
fn the_counter_counts() {
    assert!(allocations(|| vec![1_u8]) > 0);
    assert!(allocations(|| vec![0_u8; 1_000]) > 0);
    assert!(allocations(|| String::from("x") + "a longer text than fits") > 1);
    assert!(allocations(|| Box::new(black_box(1_u64))) > 0);
    assert_eq!(allocations(|| 1 + 1), 0);
    // Not those of another thread.
    let elsewhere = std::thread::spawn(|| allocations(|| vec![1_u8]));
    assert!(elsewhere.join().unwrap() > 0);
}

#[test]
fn reading_allocates_nothing() {
    let mut texts = broken();
    texts.extend(conformant());
    for text in &texts {
        assert_allocates_nothing(|| Payload::parse(text).unwrap().crc());
        assert_allocates_nothing(|| Payload::parse_bytes(text.as_bytes()).unwrap().is_plain());
        assert_allocates_nothing(|| Payload::try_from(text.as_str()).unwrap().clone().tags());
    }
    for text in unreadable() {
        assert_allocates_nothing(|| Payload::parse(&text).unwrap_err());
        assert_allocates_nothing(|| Payload::parse_bytes(text.as_bytes()).unwrap_err());
    }
    assert_allocates_nothing(|| Payload::parse_bytes(b"000201\xFF").unwrap_err());
}

#[test]
fn lax_reading_allocates_nothing() {
    let mut texts = unreadable();
    texts.extend(broken());
    texts.extend(conformant());
    for text in &texts {
        assert_allocates_nothing(|| {
            tlv::read(text).map(|object| object.map_or(0, |object| object.value().len())).sum::<usize>()
        });
        assert_allocates_nothing(|| tlv::leaves(text).flatten().count());
        assert_allocates_nothing(|| tlv::length_unit(text));
    }
}

#[test]
fn looking_up_allocates_nothing() {
    for text in conformant() {
        let payload = Payload::parse(&text).unwrap();
        assert_allocates_nothing(|| {
            TagSet::ALL.iter().filter_map(|tag| payload.get(tag)).map(|object| object.raw().len()).sum::<usize>()
        });
        assert_allocates_nothing(|| payload.iter().count() + payload.leaves().count());
        assert_allocates_nothing(|| {
            payload.leaves().all(|leaf| payload.find(leaf.path()).is_some_and(|found| found.value() == leaf.value()))
        });
        assert_allocates_nothing(|| payload.find("62-50-01"));
        assert_allocates_nothing(|| payload.is_same_code(&payload.clone()));
        assert_allocates_nothing(|| {
            let templates = payload.iter().filter_map(|object| object.template().ok());
            templates
                .map(|template| template.iter().count() + template.by_tag().count() + template.as_str().len())
                .sum::<usize>()
        });
        assert_allocates_nothing(|| {
            payload.leaves().filter_map(|leaf| leaf.path().name()).map(str::len).sum::<usize>()
        });
    }
    assert_allocates_nothing(|| {
        Template::parse("0011com.example0101x").unwrap().get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).is_some()
    });
    assert_allocates_nothing(|| Template::parse("0011com.example0101").unwrap_err());
}

#[test]
fn checking_allocates_nothing() {
    let conformant = conformant();
    for text in &conformant {
        let payload = Payload::parse(text).unwrap();
        assert_allocates_nothing(|| {
            let mut first = FirstError::default();
            assert!(Mpm::check(&payload, (), &mut first).is_continue());
            assert!(first.get().is_none());
        });
    }
    let mut findings = 0;
    for text in broken().iter().chain(&conformant) {
        let payload = Payload::parse(text).unwrap();
        assert_allocates_nothing(|| {
            let mut first = FirstError::default();
            let _ = Mpm::check(&payload, (), &mut first);
            first
        });
        assert_allocates_nothing(|| {
            let mut count = 0;
            let mut each = Each(|violation: emvqr::Violation| {
                count += violation.rule().id().len() + violation.offset();
                ControlFlow::Continue(())
            });
            let _ = Mpm::check(&payload, (), &mut each);
            count
        });
        assert_allocates_nothing(|| payload.view::<Mpm<'_>>(()).is_ok());
        assert_allocates_nothing(|| payload.view::<Mpm<'_>>(()).is_ok());
        findings += payload.validate::<Mpm<'_>>(()).into_violations().len();
    }
    // There is something to find, in each of the broken ones at least once.
    assert!(findings >= broken().len(), "{findings}");
}

/// Calls every getter of the view, and everything they lead to.
fn look_at_everything(code: &Mpm<'_>) -> usize {
    let text = |value: Option<&str>| value.map_or(0, str::len);
    let mut seen = usize::from(code.crc()) + code.payload().as_str().len();
    seen += text(code.payload_format_indicator());
    seen += code.point_of_initiation_method().ok().flatten().map_or(0, |method| method.as_str().len());
    for account in code.merchant_account_information().chain(code.unreserved_templates()) {
        seen += text(account.owner()) + account.object().value().len();
        seen += account
            .guid()
            .map_or(0, |guid| guid.as_str().len() + usize::from(guid.is_same("x")) + guid.shape() as usize);
        seen += account.template().map_or(0, |template| template.iter().count());
        seen += account.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).map_or(0, |object| object.length());
    }
    seen += code.account_by_guid("COM.EXAMPLE").map_or(0, |account| account.object().offset());
    seen += code.merchant_category_code().ok().flatten().map_or(0, |mcc| usize::from(mcc.get()) + text(mcc.name()));
    seen += code.transaction_currency().ok().flatten().map_or(0, |currency| {
        text(currency.alphabetic()) + text(currency.name()) + currency.exponent().map_or(0, usize::from)
    });
    for amount in [code.transaction_amount(), code.convenience_fee_fixed()].into_iter().flatten().flatten() {
        seen += amount.as_str().len() + usize::from(amount.decimals()) + usize::from(amount.is_zero());
        seen += usize::from(amount.minor_units(2).is_some());
    }
    seen += code.tip_or_convenience_indicator().ok().flatten().map_or(0, |tip| tip.as_str().len());
    seen += usize::from(code.convenience_fee_percentage().ok().flatten().is_some_and(Percentage::is_in_range));
    seen += usize::from(code.tip().is_ok());
    seen += code.country_code().ok().flatten().map_or(0, |country| country.as_str().len() + text(country.name()));
    seen += text(code.merchant_name()) + text(code.merchant_city()) + text(code.postal_code());
    if let Some(data) = code.additional_data() {
        seen += data.template().iter().count() + data.prompts().count();
        for value in [
            data.bill_number(),
            data.mobile_number(),
            data.store_label(),
            data.loyalty_number(),
            data.reference_label(),
            data.customer_label(),
            data.terminal_label(),
            data.purpose_of_transaction(),
            data.merchant_tax_id(),
        ] {
            seen += text(value);
        }
        seen += data.additional_consumer_data_request().map_or(0, |request| request.as_str().len());
        seen += data.merchant_channel().map_or(0, |channel| {
            text(channel.media())
                + text(channel.location())
                + text(channel.presence())
                + usize::from(channel.is_listed())
        });
        seen += data.payment_system_templates().filter_map(|template| template.guid()).count();
    }
    if let Some(local) = code.language_information() {
        seen += local.template().iter().count();
        seen += local.language_preference().ok().flatten().map_or(0, |language| text(language.name()));
        seen += text(local.merchant_name()) + text(local.merchant_city());
    }
    seen
}

#[test]
fn every_getter_allocates_nothing() {
    let mut texts = broken();
    texts.extend(conformant());
    for text in &texts {
        let payload = Payload::parse(text).unwrap();
        let code = Mpm::of(&payload);
        assert_allocates_nothing(|| Mpm::of(&payload).payload().crc());
        assert_allocates_nothing(|| look_at_everything(&code));
    }
}

#[test]
fn encoding_into_a_buffer_allocates_nothing() {
    let objects = [(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (Tag::MERCHANT_NAME, "東京"), (Tag::MERCHANT_CITY, "ភ្នំពេញ")];
    assert_allocates_nothing(|| RootRun(objects).encoded_len().unwrap());
    assert_allocates_nothing(|| {
        let mut buffer = [0; 128];
        RootRun(objects).encode_to_slice(&mut buffer).unwrap().len()
    });
    assert_allocates_nothing(|| {
        let mut buffer = [0; 128];
        let mut writer = Fixed::new(&mut buffer);
        RootRun(objects).write_to(&mut writer).unwrap();
        writer.length
    });
    assert_allocates_nothing(|| RootRun(objects).encode_to_slice(&mut [0; 8]).unwrap_err());
    assert_allocates_nothing(|| RootRun(objects).write_to(&mut Fixed::new(&mut [0; 8])).unwrap_err());
    assert_allocates_nothing(|| RootRun([]).encoded_len().unwrap_err());
}

#[test]
fn building_allocates_nothing() {
    assert_allocates_nothing(|| {
        let sub = |id| Tag::new(id).unwrap();
        let mut account = TemplateBuf::new();
        account.push(sub(0), "com.example").unwrap().push(sub(1), "shop-7").unwrap();
        account.push(sub(1), "again").unwrap_err();
        let mut additional = TemplateBuf::new();
        additional.push(sub(1), "INV-7").unwrap().push(sub(50), account.as_str()).unwrap();
        let mut language = TemplateBuf::default();
        language.push(sub(0), "km").unwrap().push(sub(1), "ភ្នំពេញ").unwrap();
        assert!(account.template().unwrap().get(sub(1)).is_some());

        let further = [(sub(85), account.as_str())];
        let builder = Builder::new(&Required {
            merchant_account_information: (sub(26), account.as_str()),
            merchant_category_code: Mcc::RESTAURANTS,
            transaction_currency: Currency::THB,
            country_code: CountryCode::TH,
            merchant_name: "NOODLE BAR",
            merchant_city: "BANGKOK",
        })
        .point_of_initiation_method(PointOfInitiation::DYNAMIC)
        .transaction_amount(Amount::from_minor(98_50, 2).unwrap())
        .tip(Tip::PercentageFee(Percentage::new("3.5").unwrap()))
        .postal_code("10110")
        .additional_data(&additional)
        .language_information(&language);
        let mut buffer = [0; 512];
        builder.clone().objects(&further).encode_to_slice(&mut buffer).unwrap();
        builder.encode_to_slice(&mut [0; 8]).unwrap_err();
        builder.clone().objects(&[(sub(63), "0000")]).encode_to_slice(&mut buffer).unwrap_err();
        builder.transaction_amount(Amount::new("0").unwrap()).encode_to_slice(&mut buffer).unwrap_err();
        let objects = [(sub(0), "01"), (sub(26), account.as_str())];
        RootRun(objects).encode_checked_to_slice::<Mpm<'_>>((), &mut buffer).unwrap_err();
    });
}

#[test]
fn editing_allocates_nothing() {
    let text = full();
    let payload = Payload::parse(&text).unwrap();
    let at = |text: &str| text.parse::<Path>().unwrap();
    assert_allocates_nothing(|| {
        let changes = [
            Change::set(at("01"), "11"),
            Change::remove(at("54")),
            Change::set(at("62-50-02"), "new"),
            Change::remove(at("62-08")),
            Change::remove(at("64")),
            Change::set(at("85-00"), "com.example"),
            Change::set(at("60"), "TOKYO"),
        ];
        let edit = payload.edit(&changes);
        edit.encode_checked_to_slice::<Mpm<'_>>((), &mut [0; 1_024]).unwrap();
        edit.encode_checked_to_slice::<Mpm<'_>>((), &mut [0; 8]).unwrap_err();
    });
    for change in
        [Change::remove(at("00")), Change::set(at("59-01"), "x"), Change::set(at("59"), ""), Change::remove(at("63"))]
    {
        assert_allocates_nothing(|| {
            payload.edit(&[change]).encode_checked_to_slice::<Mpm<'_>>((), &mut [0; 1_024]).unwrap_err();
        });
    }
}

#[test]
fn checksums_allocate_nothing() {
    let text = full();
    assert_allocates_nothing(|| crc::checksum(text.as_bytes()));
    assert_allocates_nothing(|| {
        let mut running = Running::new();
        text.as_bytes().chunks(7).for_each(|part| running.update(part));
        running.finish()
    });
    assert_allocates_nothing(|| crc::parse_digits(crc::digits(0xE80F)));
}

/// Shows something in a buffer.
fn show(value: impl fmt::Display) -> usize {
    let mut buffer = [0; 1_024];
    let mut writer = Fixed::new(&mut buffer);
    write!(writer, "{value}").unwrap();
    writer.as_str().len()
}

#[test]
fn showing_allocates_nothing() {
    for text in unreadable() {
        let error = Payload::parse(&text).unwrap_err();
        assert_allocates_nothing(|| show(error) + show(format_args!("{error:?}")));
    }
    let overrun = Payload::parse("000201599x").unwrap_err();
    assert!(overrun.kind().is_shape() && overrun.kind() != ErrorKind::LengthZero);
    for text in broken() {
        let payload = Payload::parse(&text).unwrap();
        let violation = payload.validate::<Mpm<'_>>(()).into_violations()[0];
        assert_allocates_nothing(|| show(violation) + show(format_args!("{violation:?}")));
        assert_allocates_nothing(|| show(&payload) + show(format_args!("{payload:?}")));
        assert_allocates_nothing(|| show(Escaped(payload.as_str())));
        assert_allocates_nothing(|| {
            payload.leaves().map(|leaf| show(leaf.path()) + show(Escaped(leaf.value()))).sum::<usize>()
        });
    }
}

#[test]
fn jpqr_codes_and_bills() {
    let required = jpqr::Required {
        store_id: "00000000000010001000001000001".parse().unwrap(),
        merchant_category_code: Mcc::RESTAURANTS,
        name: "YAMADA SOBA",
        city: "CHIYODA-KU",
        postal_code: "1000001",
        alternate_name: "山田そば𠮷店",
    };
    assert_allocates_nothing(|| {
        let mut buffer = [0; 256];
        let text = jpqr::Builder::new(&required).amount(1500).encode_to_slice(&mut buffer).unwrap();
        let payload = Payload::parse(text).unwrap();
        assert!(Jpqr::recognises(&payload));
        let code = payload.view::<Jpqr>(()).unwrap();
        assert_eq!(code.amount_minor(), Ok(Some(1500)));
        assert_eq!(code.store_id(), Some(required.store_id));
        assert_eq!(StoreId::from_template(required.store_id.to_template().as_str()), Ok(required.store_id));
        let mut findings = 0;
        let mut count = Each(|_| {
            findings += 1;
            ControlFlow::Continue(())
        });
        assert!(Jpqr::check(&payload, (), &mut count).is_continue());
        assert_eq!(findings, 0);
    });
    assert_allocates_nothing(|| {
        let mut buffer = [0; 255];
        let payment = PaymentData { amount: "00000001500", ..PaymentData::ZERO };
        let levy = LevyData { due_date: "20260601", last_payment_date: "20260731", ..LevyData::ZERO };
        let text = elqr::Builder::new(payment, 1500, levy).encode_to_slice(&mut buffer).unwrap();
        assert_eq!(Bill::parse(text, None).unwrap().amount_in_yen(), Ok(Some(1500)));
        let late = Date::in_japan_at_millis(1_800_000_000_000);
        assert_eq!(Bill::parse(text, Some(late)).unwrap_err().rule(), elqr::rules::EXPIRED);
        let twice = elqr::Builder::new(PaymentData::ZERO, 1500, levy).encode_to_slice(&mut [0; 255]).unwrap_err();
        show(twice);
    });
}

/// Where it is not certain who is paid all readings are tried.
#[test]
fn ambiguous_texts() {
    let store = "0019JP.or.paymentsjapan011300000000000010204000103060000010406000001";
    let accounts = with(&with(&replace(BASE, "29", "0009user@bank"), "30", "0009evil@bank"), "26", store);
    let stores = with(&with(BASE, "26", store), "51", &store[..40]);
    let bytes = replace(BASE, "59", "កកកកក5406123456");
    let units = replace(BASE, "59", "😀😀😀😀😀😀😀😀😀😀5406123456");
    for (text, rule) in [
        (payload(&accounts), "emv.ambiguous-scheme"),
        (payload(&stores), "emv.ambiguous-payee"),
        (payload(&bytes), "emv.length.ambiguous"),
        (payload(&units), "emv.length.ambiguous"),
    ] {
        assert_allocates_nothing(|| {
            let payload = Payload::parse(&text).unwrap();
            let mut is_found = false;
            let mut each = Each(|found: emvqr::Violation| {
                is_found |= found.rule().id() == rule;
                show(found);
                ControlFlow::Continue(())
            });
            let _ = Mpm::check(&payload, (), &mut each);
            assert!(is_found);
            black_box((Khqr::of(&payload).bakong_account(), Jpqr::of(&payload).store_id()))
        });
    }
}

#[test]
fn khqr_codes() {
    let times = "0013175000000000001131750000600000";
    let dynamic = with(&with(&replace(BASE, "01", "12"), "54", "1.50"), "99", times);
    let dynamic = replace(&dynamic, "29", "0009user@bank0109012345678");
    let local = with(&replace(&dynamic, "59", "ហាងកាហ្វេ"), "64", "0002km0103ហាង");
    let mut texts = vec![payload(&dynamic), payload(&local), payload(&with(&dynamic, "30", "0009khqr@bank"))];
    for (id, value) in [("29", "00000199a"), ("99", "0113x"), ("54", "1.555"), ("58", "VN"), ("53", "392")] {
        texts.push(payload(&replace(&dynamic, id, value)));
    }
    texts.push(payload(&with(&dynamic, "62", "010002261234567890123456789012345678x")));
    for text in &texts {
        assert_allocates_nothing(|| {
            let payload = Payload::parse(text).unwrap();
            for clock in [Clock::UNKNOWN, Clock::at_millis(u64::MAX)] {
                let mut findings = 0_usize;
                let mut each = Each(|found| {
                    findings += show(found);
                    ControlFlow::Continue(())
                });
                let _ = Khqr::check(&payload, clock, &mut each);
                let _ = black_box((findings, payload.view::<Khqr<'_>>(clock).is_ok(), Khqr::recognises(&payload)));
            }
            let code = Khqr::of(&payload);
            black_box((code.bakong_account(), code.meaning(), code.expiry(0), code.md5()));
            code.fields().map(|(_, value)| value.len()).sum::<usize>()
        });
    }
    assert!(Payload::parse(&texts[0]).unwrap().view::<Khqr<'_>>(Clock::UNKNOWN).is_ok());

    let lifetime = khqr::Lifetime { created_ms: 1_750_000_000_000, expires_at_ms: 1_750_000_600_000 };
    let mut buffer = [0; 512];
    let allocated = allocations(|| {
        let builder = khqr::Builder::merchant("khqr@bank", "123456", "Dev Bank", "ហាងកាហ្វេ")
            .amount(Amount::new("500.00").unwrap(), Currency::KHR, lifetime)
            .bill_number("INV-7");
        builder.encode_to_slice(&mut buffer).unwrap().len()
    });
    assert_eq!(allocated, 0);
}

#[test]
fn networks_and_masks() {
    let paynow = run(&[("00", "SG.PAYNOW"), ("01", "0"), ("02", "+6500000000"), ("03", "1"), ("04", "20250615")]);
    let nets = run(&[("01", "x"), ("00", "sg.com.nets"), ("02", "11100000000")]);
    let mut objects = with(&replace(BASE, "29", "0009user@bank0109012345678"), "62", "02090123456780405ABCDE");
    objects.extend([("26", paynow.as_str()), ("27", &nets), ("81", "0E010E02")]);
    for text in [payload(&objects), payload(&replace(&objects, "58", "SG")), payload(&multi_byte_base())] {
        assert_allocates_nothing(|| {
            let payload = Payload::parse(&text).unwrap();
            let mut seen = 0;
            for account in network::accounts(&payload) {
                let fields = account.fields().map(|field| usize::from(field.fit().is_err()) + field.value().len());
                seen += fields.sum::<usize>() + account.missing().count() + usize::from(account.is_one_time());
                let _ = black_box((account.payee(), account.is_person(), account.expires_at_ms()));
                let preferred = [account.network()];
                let policy = Policy::default().prefer(&preferred);
                let intent = Intent::of(&payload, policy);
                let _ = black_box(intent.map(|intent| intent.blocks(Clock::at_millis(0), policy)));
            }
            let _ = black_box((Code::of(&payload).payee(), network::guess(&text), network::networks(&payload).count()));
            let mut each = Each(|found: emvqr::Violation| {
                show(found);
                ControlFlow::Continue(())
            });
            let _ = NetworkCode::check(&payload, Clock::at_millis(0), &mut each);
            write!(Fixed::new(&mut [0; 512]), "{}{}", payload.masked(), mask::masked(&text[1..])).unwrap();
            seen
        });
    }
}
