//! What a payment terminal calls, as five functions for C: `pos.h` declares them.
//!
//! No allocation and no clock of its own. A text is borrowed for the time of a call. On bare metal the panic handler calls
//! a function that does not exist, so that a program that could panic does not link.

#![cfg_attr(target_os = "none", no_std)]

use core::slice;

#[cfg(feature = "jpqr")]
use emvqr::Jpqr;
#[cfg(feature = "bill")]
use emvqr::elqr::{Bill, Date};
#[cfg(feature = "khqr")]
use emvqr::{Clock, khqr::Khqr};
#[cfg(feature = "write")]
use emvqr::{BuildError, Encode, value};
#[cfg(feature = "mpm")]
use emvqr::{Mpm, Profile, rule::FirstError};
use emvqr::{Path, Payload};

#[cfg(target_os = "none")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn emvqr_can_panic() -> !;
    }
    // SAFETY: it is declared so that the linker looks for it, and finds nothing.
    unsafe { emvqr_can_panic() }
}

/// Bytes of the caller's, not ended by a zero.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    bytes: *const u8,
    length: usize,
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self { bytes: text.as_ptr(), length: text.len() }
    }
}

impl Text {
    fn bytes<'a>(self) -> &'a [u8] {
        if self.bytes.is_null() {
            return &[];
        }
        // SAFETY: the caller lends so many bytes for the call.
        unsafe { slice::from_raw_parts(self.bytes, self.length) }
    }

    /// The text; empty if it is not UTF-8.
    fn as_str<'a>(self) -> &'a str {
        core::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// What is wrong, and where.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// The number of the rule or of the kind of error; zero if nothing is wrong.
    pub number: u16,
    /// The ID of the root object, and of the object inside it; 255 for none.
    pub root: u8,
    /// See `root`.
    pub sub: u8,
    /// The first byte concerned, and how many.
    pub offset: usize,
    /// See `offset`.
    pub length: usize,
}

impl Finding {
    fn new(number: u16, path: Path, offset: usize, length: usize) -> Self {
        let mut ids = path.tags().map(emvqr::Tag::get);
        Self { number, root: ids.next().unwrap_or(255), sub: ids.next().unwrap_or(255), offset, length }
    }

    fn of_error(error: &emvqr::Error) -> Self {
        Self::new(error.kind().number(), error.path(), error.offset(), error.length())
    }

    #[cfg(any(feature = "mpm", feature = "bill"))]
    fn of_rule(found: &emvqr::Violation) -> Self {
        Self::new(found.rule().number(), found.path(), found.offset(), found.length())
    }
}

/// EMVCo's rules alone.
pub const EMVCO: u8 = 0;
/// Those of Cambodia.
pub const KHQR: u8 = 1;
/// Those of Japan.
pub const JPQR: u8 = 2;

/// Reads a payload and judges it under its scheme. Returns the scheme, or -1 and what is wrong.
///
/// `now_ms` is the time in milliseconds since 1970; zero if it is not known.
///
/// # Safety
///
/// `finding` may be written to, and `text` may be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn emvqr_judge(text: Text, now_ms: u64, finding: *mut Finding) -> i32 {
    let (scheme, found) = judge(text.bytes(), now_ms);
    if let Some(place) = unsafe { finding.as_mut() } {
        *place = found.unwrap_or_default();
    }
    if found.is_some() { -1 } else { scheme.into() }
}

#[cfg_attr(not(feature = "khqr"), allow(unused_variables))]
fn judge(bytes: &[u8], now_ms: u64) -> (u8, Option<Finding>) {
    let payload = match Payload::parse_bytes(bytes) {
        Ok(payload) => payload,
        Err(error) => return (EMVCO, Some(Finding::of_error(&error))),
    };
    #[cfg(feature = "khqr")]
    if Khqr::recognises(&payload) {
        let clock = if now_ms == 0 { Clock::UNKNOWN } else { Clock::at_millis(now_ms) };
        return (KHQR, first_error::<Khqr<'_>>(&payload, clock));
    }
    #[cfg(feature = "jpqr")]
    if Jpqr::recognises(&payload) {
        return (JPQR, first_error::<Jpqr<'_>>(&payload, ()));
    }
    #[cfg(feature = "mpm")]
    return (EMVCO, first_error::<Mpm<'_>>(&payload, ()));
    #[cfg(not(feature = "mpm"))]
    (EMVCO, payload.get(emvqr::Tag::CRC).is_none().then(Finding::default))
}

#[cfg(feature = "mpm")]
fn first_error<'a, P: Profile<'a>>(payload: &Payload<'a>, context: P::Context) -> Option<Finding> {
    let mut first = FirstError::default();
    let _ = P::check(payload, context, &mut first);
    first.get().map(|found| Finding::of_rule(&found))
}

/// Finds the value of a data object: `path` is `59`, `29-00`. Returns its length in bytes and sets where it starts, or -1.
///
/// # Safety
///
/// `offset` may be written to, and the texts may be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn emvqr_value(text: Text, path: Text, offset: *mut usize) -> i32 {
    let payload = Payload::parse_bytes(text.bytes()).ok();
    let object = payload.as_ref().and_then(|payload| payload.find(path.as_str()));
    match (object, unsafe { offset.as_mut() }) {
        (Some(object), Some(offset)) => {
            *offset = object.value_offset();
            object.value().len().try_into().unwrap_or(-1)
        }
        _ => -1,
    }
}

/// A buffer of the caller's.
#[cfg(feature = "write")]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Buffer {
    /// Its first byte.
    pub bytes: *mut u8,
    /// How many bytes it has.
    pub size: usize,
}

#[cfg(feature = "write")]
fn write(buffer: Buffer, code: &impl Encode<Error = BuildError>) -> i32 {
    // SAFETY: the caller lends so many bytes for the call.
    let bytes =
        if buffer.bytes.is_null() { &mut [] } else { unsafe { slice::from_raw_parts_mut(buffer.bytes, buffer.size) } };
    let refused = match code.encode_to_slice(bytes) {
        Ok(text) => return text.len().try_into().unwrap_or(i32::MAX),
        Err(BuildError::Rule(found)) => found.rule().number(),
        Err(BuildError::Encode(error)) => error.kind().number(),
        Err(_) => u16::MAX,
    };
    -i32::from(refused)
}

/// Writes a dynamic KHQR code. Returns its length in bytes, or the number of what is wrong, below zero.
///
/// `currency` is numeric, 116 or 840; `minor` is whole riel or cents; the code is valid from `now_ms` for so many minutes.
///
/// # Safety
///
/// The buffer may be written to, and the texts may be read.
#[cfg(all(feature = "write", feature = "khqr"))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn emvqr_write_khqr(
    account: Text,
    name: Text,
    currency: u16,
    minor: u64,
    now_ms: u64,
    minutes: u64,
    buffer: Buffer,
) -> i32 {
    let currency = value::Currency::new(currency).unwrap_or(value::Currency::KHR);
    let places = if currency == value::Currency::USD { 2 } else { 0 };
    let Ok(amount) = value::Amount::from_minor(minor, places) else { return i32::from(i16::MIN) };
    let lifetime = emvqr::khqr::Lifetime::minutes(now_ms, minutes);
    write(buffer, &emvqr::khqr::Builder::individual(account.as_str(), name.as_str()).amount(amount, currency, lifetime))
}

/// What a store's code says.
#[cfg(all(feature = "write", feature = "jpqr"))]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Store {
    /// 29 digits.
    pub store_id: Text,
    /// Of four digits.
    pub category: u16,
    /// In Latin letters.
    pub name: Text,
    /// In Latin letters.
    pub city: Text,
    /// Seven digits.
    pub postal_code: Text,
    /// In Japanese.
    pub local_name: Text,
}

/// Writes a JPQR code: a dynamic one if `yen` is not zero. Returns as [`emvqr_write_khqr`] does.
///
/// # Safety
///
/// As [`emvqr_write_khqr`].
#[cfg(all(feature = "write", feature = "jpqr"))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn emvqr_write_jpqr(store: &Store, yen: u64, buffer: Buffer) -> i32 {
    let (Ok(store_id), Some(category)) = (store.store_id.as_str().parse(), value::Mcc::new(store.category)) else {
        return i32::from(i16::MIN);
    };
    let required = emvqr::jpqr::Required {
        store_id,
        merchant_category_code: category,
        name: store.name.as_str(),
        city: store.city.as_str(),
        postal_code: store.postal_code.as_str(),
        alternate_name: store.local_name.as_str(),
    };
    if yen == 0 {
        write(buffer, &emvqr::jpqr::Builder::new(&required))
    } else {
        write(buffer, &emvqr::jpqr::Builder::new(&required).amount(yen))
    }
}

/// Reads the code of a bill and judges it. Returns the amount in yen, or -1 and what is wrong.
///
/// `now_ms` decides the day in Japan; zero if it is not known.
///
/// # Safety
///
/// `finding` may be written to, and `text` may be read.
#[cfg(feature = "bill")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn emvqr_bill(text: Text, now_ms: u64, finding: *mut Finding) -> i64 {
    let today = (now_ms != 0).then(|| Date::in_japan_at_millis(now_ms));
    let (yen, found) = match Bill::parse(text.as_str(), today) {
        Ok(bill) => (bill.amount_in_yen().ok().flatten(), Finding::default()),
        Err(found) => (None, Finding::of_rule(&found)),
    };
    if let Some(place) = unsafe { finding.as_mut() } {
        *place = found;
    }
    yen.and_then(|yen| yen.try_into().ok()).unwrap_or(-1)
}
