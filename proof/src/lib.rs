//! An entry for each thing that the library does without allocation, on bytes that nobody knows. The panic handler calls a
//! symbol that does not exist: an entry that links alone cannot panic. `proof/prove` tries each.

#![no_std]

use core::error::Error as _;
use core::fmt::Write as _;
use core::hash::{Hash as _, Hasher};
use core::hint::black_box;
use core::ops::ControlFlow;

use emvqr::crossborder::supplement::Supplement;
use emvqr::crossborder::{Intent, Policy, Rewrite};
use emvqr::edit::Change;
use emvqr::elqr::{Bill, Date, LevyData, PaymentData};
use emvqr::encode::{RootRun, TemplateBuf};
use emvqr::jpqr::{Required, StoreId};
use emvqr::Clock;
use emvqr::khqr;
use emvqr::network::NetworkCode;
use emvqr::rule::{Each, FilterMap, Visitor};
use emvqr::value::{Amount, CountryCode, Currency, Language, Mcc, Percentage, PointOfInitiation, TipIndicator};
use emvqr::{
    Code, Encode, Jpqr, Khqr, Mpm, Path, Payload, Profile, Tag, TagSet, Violation, crc, display, elqr, jpqr, mask, mpm,
    network, tlv,
};

unsafe extern "C" {
    fn emvqr_can_panic() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe { emvqr_can_panic() }
}

/// A writer that takes everything.
struct Ring([u8; 64], usize);

impl Ring {
    const fn new() -> Self {
        Self([0; 64], 0)
    }
}

impl core::fmt::Write for Ring {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        for byte in text.bytes() {
            if let Some(place) = self.0.get_mut(self.1 & 63) {
                *place = byte;
            }
            self.1 = self.1.wrapping_add(1);
        }
        Ok(())
    }
}

/// Takes every finding, and is always ready for more.
struct Everything;

impl Visitor for Everything {
    fn wants_warnings(&self) -> bool {
        true
    }

    fn visit(&mut self, found: Violation) -> ControlFlow<()> {
        black_box(found);
        ControlFlow::Continue(())
    }
}

struct Sum(u64);

impl Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(5) ^ u64::from(*byte);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A text that nobody knows.
#[inline(never)]
fn text() -> &'static str {
    black_box("")
}

/// Keeps a value for good, in the one place for such.
fn keep<T>(value: T) -> &'static mut T {
    static mut PLACE: [u64; 2_048] = [0; 2_048];
    const { assert!(size_of::<T>() <= 16_384 && align_of::<T>() <= 8) }
    let place = (&raw mut PLACE).cast::<T>();
    unsafe {
        place.write(value);
        &mut *black_box(place)
    }
}

fn show(value: impl core::fmt::Display) {
    let mut ring = Ring::new();
    let _ = write!(ring, "{value}");
    black_box(ring.0);
}

fn debug(value: impl core::fmt::Debug) {
    let mut ring = Ring::new();
    let _ = write!(ring, "{value:?}");
    black_box(ring.0);
}

macro_rules! entries {
    ($($name:ident: |$text:ident| $body:expr;)*) => {
        $(
            #[unsafe(export_name = concat!("entry_", stringify!($name)))]
            pub extern "C" fn $name(bytes: *const u8, length: usize) {
                let bytes: &'static [u8] = unsafe { core::slice::from_raw_parts(bytes, length) };
                let $text = core::str::from_utf8(bytes).unwrap_or_default();
                black_box($body);
            }
        )*
    };
}

fn findings<'a, P: Profile<'a>>(text: &'a str, context: P::Context, mut each: impl FnMut(Violation)) {
    if let Ok(payload) = Payload::parse(text) {
        let mut each = Each(|found: Violation| {
            each(found);
            ControlFlow::Continue(())
        });
        let _ = P::check(&payload, context, &mut each);
    }
}

/// Calls of the public functions, each with what [`Make`] makes of a text that nobody knows.
macro_rules! calls {
    ($($name:ident: $body:block)*) => {
        $(
            #[unsafe(export_name = concat!("entry_", stringify!($name)))]
            pub extern "C" fn $name() {
                let call = || -> Option<()> {
                    $body
                    Some(())
                };
                black_box(call());
            }
        )*
    };
}

macro_rules! make {
    () => {
        Make::make(text())?
    };
    ($made:ty) => {
        <$made as Make>::make(text())?
    };
}

#[allow(non_snake_case, unused_must_use, clippy::all, reason = "written by entries.py")]
mod entries {
    use super::make::*;
    use super::*;

    include!("entries.rs");
}

mod make;

/// Can panic, and must be found out: the control of the proof.
#[unsafe(export_name = "entry_control")]
pub extern "C" fn control() {
    black_box(text().as_bytes()[9]);
}

fn clock(text: &str) -> Clock {
    Clock::at_millis(text.len() as u64)
}

entries! {
    parse: |text| Payload::parse(text).is_ok();
    parse_bytes: |text| Payload::parse_bytes(text.as_bytes()).is_ok();
    show_error: |text| Payload::parse(text).map_err(show).is_ok();
    debug_error: |text| Payload::parse(text).map_err(debug).is_ok();
    leaves: |text| tlv::leaves(text).flatten().map(|leaf| leaf.value().len()).fold(0, usize::wrapping_add);
    lax: |text| tlv::read(text).filter_map(Result::err).for_each(show);
    length_unit: |text| tlv::length_unit(text).is_some();
    find: |text| Payload::parse(text).is_ok_and(|payload| payload.find(text).is_some());
    path: |text| text.parse::<Path>().map(show).is_ok();
    tag: |text| text.parse::<Tag>().map(show).is_ok();
    view_mpm: |text| Payload::parse(text).is_ok_and(|payload| payload.view::<Mpm<'_>>(()).is_ok());
    view_khqr: |text| Khqr::parse(text, clock(text)).is_ok();
    view_jpqr: |text| Jpqr::parse(text, ()).is_ok();
    view_code: |text| Code::parse(text, clock(text)).is_ok();
    view_network: |text| NetworkCode::parse(text, clock(text)).is_ok();
    list_mpm: |text| findings::<Mpm<'_>>(text, (), show);
    list_khqr: |text| findings::<Khqr<'_>>(text, clock(text), show);
    list_jpqr: |text| findings::<Jpqr<'_>>(text, (), show);
    list_network: |text| findings::<NetworkCode<'_>>(text, clock(text), show);
    debug_finding: |text| findings::<Khqr<'_>>(text, clock(text), debug);
    message: |text| findings::<Mpm<'_>>(text, (), |found| show(found.message()));
    fields_mpm: |text| Payload::parse(text).is_ok_and(|payload| {
        let code = Mpm::of(&payload);
        let _ = black_box((code.transaction_amount(), code.transaction_currency(), code.merchant_name(), code.country_code()));
        let _ = black_box((code.additional_data().is_some(), code.language_information().is_some(), code.point_of_initiation_method()));
        code.merchant_account_information().any(|account| account.guid().is_some())
    });
    fields_khqr: |text| Payload::parse(text).is_ok_and(|payload| {
        let code = Khqr::of(&payload);
        let _ = black_box((code.bakong_account(), code.account_kind(), code.expiry(text.len() as u64), code.amount_minor()));
        code.fields().any(|(_, value)| value.is_empty())
    });
    fields_jpqr: |text| Payload::parse(text).is_ok_and(|payload| {
        let code = Jpqr::of(&payload);
        let _ = black_box((code.alternate_name(), code.amount_minor()));
        code.store_id().map(show).is_some()
    });
    amount: |text| Amount::new(text).map(|amount| (amount.minor_units(2), amount.is_zero(), amount == amount)).is_ok();
    amount_from_minor: |text| Amount::from_minor(text.len() as u64, text.len() as u8).map(show).is_ok();
    percentage: |text| Percentage::new(text).map(show).is_ok();
    values: |text| (text.parse::<Currency>().map(show).is_ok(), text.parse::<Mcc>().map(show).is_ok());
    store_id: |text| StoreId::from_template(text).is_ok();
    store_id_text: |text| text.parse::<StoreId>().map(show).is_ok();
    store_id_numbers: |text| StoreId::from_numbers(text.len() as u64, 1, 1, 1).map(|store| show(store)).is_ok();
    bill: |text| Bill::parse(text, Some(Date::in_japan_at_millis(text.len() as u64))).is_ok();
    bill_fields: |text| Bill::read(text).map(|bill| {
        let _ = black_box((bill.amount_in_yen().is_ok(), bill.due_date().is_ok(), bill.payment_data().is_some()));
        bill.last_payment_date().ok().flatten().map(show)
    }).is_some();
    bill_build: |text| {
        let mut buffer = [0_u8; 512];
        PaymentData::from_digits(text).zip(LevyData::from_digits(text)).map(|(payment, levy)| {
            elqr::Builder::new(payment, text.len() as u64, levy).encode_to_slice(&mut buffer).is_ok()
        })
    };
    intent: |text| Payload::parse(text).ok().and_then(|payload| Intent::of(&payload, Policy::default()).map(|intent| {
        let _ = black_box((intent.amount(), intent.name(), intent.references().mobile_number().is_some(), intent.category()));
        intent.payee.map(show)
    })).is_some();
    payable: |text| Payload::parse(text).is_ok_and(|payload| {
        Intent::payable(&payload, clock(text), Policy::default()).map_err(show).is_ok()
    });
    rewrite_to_jpqr: |text| {
        let mut buffer = [0_u8; 512];
        let nothing = Supplement::default();
        Khqr::parse(text, clock(text)).is_ok_and(|code| Rewrite::to_jpqr(&code, &nothing).write(&mut buffer).is_ok())
    };
    rewrite_to_khqr: |text| {
        let mut buffer = [0_u8; 512];
        let nothing = Supplement::default();
        Jpqr::parse(text, ()).is_ok_and(|code| Rewrite::to_khqr(&code, &nothing).write(&mut buffer).is_ok())
    };
    accounts: |text| Payload::parse(text).is_ok_and(|payload| network::accounts(&payload).any(|account| {
        let _ = black_box((account.payee().is_some(), account.is_person(), account.expires_at_ms()));
        account.fields().any(|field| field.fit().is_err()) || account.missing().next().is_some()
    }));
    field_texts: |text| Payload::parse(text).is_ok_and(|payload| network::accounts(&payload).any(|account| {
        account.fields().any(|field| field.hex_text().map(show).is_some() || field.fisc_parts().is_some())
    }));
    guess: |text| network::guess(text).is_some();
    table: |_text| show(network::Markdown);
    mask_payload: |text| Payload::parse(text).map(|payload| show(payload.masked())).is_ok();
    mask_text: |text| show(mask::masked(text));
    escape: |text| show(display::Escaped(text));
    edit: |text| {
        let mut buffer = [0_u8; 512];
        Payload::parse(text).is_ok_and(|payload| {
            let path = text.parse().unwrap_or(Path::ROOT);
            let changes = [Change::set(path, text), Change::remove(Path::of(Tag::MERCHANT_NAME))];
            payload.edit(&changes).encode_checked_to_slice::<Mpm<'_>>((), &mut buffer).is_ok()
        })
    };
    encode_run: |text| {
        let mut buffer = [0_u8; 256];
        let objects = [(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (Tag::MERCHANT_NAME, text)];
        RootRun(objects).encode_to_slice(&mut buffer).map_err(show).is_ok()
    };
    encode_template: |text| TemplateBuf::new().push(Tag::MERCHANT_NAME, text).is_ok();
    build_khqr: |text| {
        let mut buffer = [0_u8; 512];
        let builder = khqr::Builder::individual(text, text).bill_number(text);
        builder.encode_to_slice(&mut buffer).map_err(show).is_ok()
    };
    build_network: |text| {
        let mut buffer = [0_u8; 512];
        let code = network::Builder::of(text).and_then(|code| code.field(text, text));
        code.is_ok_and(|code| code.name(text).encode_to_slice(&mut buffer).is_ok())
    };
    build_jpqr: |text| {
        let mut buffer = [0_u8; 512];
        text.parse().ok().zip(text.parse().ok()).map(|(store_id, merchant_category_code)| {
            let required = Required {
                store_id,
                merchant_category_code,
                name: text,
                city: text,
                postal_code: text,
                alternate_name: text,
            };
            jpqr::Builder::new(&required).amount(text.len() as u64).encode_to_slice(&mut buffer).is_ok()
        })
    };
    crc: |text| crc::checksum(text.as_bytes());
    crc_running: |text| {
        let mut running = crc::Running::new();
        running.update(text.as_bytes());
        running.finish()
    };
    encode_checked_run: |text| {
        let mut buffer = [0_u8; 512];
        let tag = text.parse().unwrap_or(Tag::MERCHANT_NAME);
        let objects = [(Tag::PAYLOAD_FORMAT_INDICATOR, "01"), (tag, text), (Tag::MERCHANT_CITY, text)];
        let written = RootRun(objects).encode_checked_to_slice::<Khqr<'_>>(clock(text), &mut buffer).map_err(show).is_ok();
        let _ = RootRun(objects).encode_checked_to_slice::<Jpqr<'_>>((), &mut buffer).map_err(show).is_ok();
        written
    };
    build_mpm: |text| {
        let mut buffer = [0_u8; 512];
        let further = [(text.parse().unwrap_or(Tag::POSTAL_CODE), text)];
        let builder = mpm::Builder::new(&make::required(text)).objects(&further);
        builder.encode_to_slice(&mut buffer).map_err(show).is_ok()
    };
    filter: |text| {
        let mut everything = Everything;
        let mut filter = FilterMap::new(&mut everything, |found: Violation| Some(found).filter(|found| found.offset() > 9));
        let wanted = filter.wants_warnings();
        debug(&filter);
        Payload::parse(text).map(|payload| Mpm::check(&payload, (), &mut filter).is_break() || wanted).is_ok()
    };
    tag_set: |text| Payload::parse(text).is_ok_and(|payload| {
        payload.iter().map(|object| object.tag()).collect::<TagSet>().into_iter().all(|tag| tag.get() > 9)
    });
}
