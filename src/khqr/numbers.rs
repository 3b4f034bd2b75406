//! The numbers of the official toolkit.

use super::rules::{
    ACCOUNT_FORMAT, ACCOUNT_ID_LENGTH, ACCOUNT_ID_MISSING, ACCOUNT_INFORMATION_LENGTH, ACCOUNT_MISSING,
    ACQUIRING_BANK_LENGTH, ACQUIRING_BANK_MISSING, AMOUNT_DECIMALS, AMOUNT_MISSING, CURRENCY_VALUE, EXPIRED,
    EXPIRY_BEFORE_CREATION, EXPIRY_FORMAT, EXPIRY_MISSING, MERCHANT_ID_MISSING, SUB_EMPTY, SUB_LENGTH, SUB_MISSING,
    UNION_PAY_CURRENCY, UNION_PAY_LENGTH,
};
use crate::characters::has;
use crate::mpm::rules::{
    AMOUNT_FORMAT, AMOUNT_LENGTH, CITY_MISSING, COUNTRY_FORMAT, COUNTRY_MISSING, CURRENCY_FORMAT, CURRENCY_MISSING,
    CURRENCY_UNASSIGNED, FORMAT_INDICATOR_VALUE, INITIATION_VALUE, LANGUAGE_FORMAT, LANGUAGE_MISSING,
    LANGUAGE_NAME_MISSING, MCC_FORMAT, MCC_MISSING, NAME_MISSING, TEXT_LENGTH,
};
use crate::path::Path;
use crate::payload::Payload;
use crate::rule::{Rule, Violation};
use crate::tag::Tag;
use crate::value::{is_decimal, is_zero};

/// What has one number in the official toolkit: a row of [`NUMBERS`].
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Number {
    /// The number.
    pub number: u16,
    /// What is wrong.
    pub fault: &'static str,
    /// The rules that find it.
    pub rules: &'static [&'static Rule],
    /// The IDs of the root object and of the object inside it, if any.
    path: (Option<u8>, Option<u8>),
    /// Whether it is wrong in the way that the number is for, by the text that the finding points at.
    is_meant: fn(&str) -> bool,
}

crate::display::debug!(Number: |number| "Number({})", number.number);

impl Number {
    /// Whether the number is for faults of the object at `path`.
    #[must_use]
    pub fn concerns(&self, path: Path) -> bool {
        let (root, sub) = self.path;
        let mut tags = path.tags().map(Tag::get);
        let found = (tags.next(), tags.next());
        let is_account = found.0 == Some(30) && root == Some(29);
        (found.0 == root || is_account) && found.1 == sub
    }
}

/// Gives a finding the number of the toolkit, if it has one.
#[cold]
pub(super) fn stamp(payload: &Payload<'_>, violation: Violation) -> Violation {
    let root = violation.path().root().and_then(|tag| payload.get(tag));
    let text = root.and_then(|root| {
        let start = violation.offset().checked_sub(root.value_offset())?;
        root.value().get(start..start.checked_add(violation.length())?)
    });
    let is_it = |row: &&Number| {
        row.concerns(violation.path())
            && row.rules.contains(&violation.rule())
            && (row.is_meant)(text.unwrap_or_default())
    };
    NUMBERS.iter().find(is_it).map_or(violation, |row| violation.with_code(row.number))
}

/// A table of [`Number`]s, and its documentation.
macro_rules! numbers {
    ($($number:literal $fault:literal: $at:tt $is_meant:ident: $($rule:ident)*;)*) => {
        /// The numbers of the official JavaScript toolkit, version 1.0.20, for what each rule finds. Its 8 is for what is not
        /// wire-valid, which is an [`Error`](crate::Error) and not a finding.
        ///
        /// | number | fault | object | found by |
        /// |---|---|---|---|
        $(#[doc = concat!("| ", $number, " | ", $fault, " | ", stringify!($at), " | ", $("`", stringify!($rule), "` ",)* "|")])*
        pub const NUMBERS: &[Number] = &[
            $(Number {
                number: $number,
                fault: $fault,
                rules: &[$($rule),*],
                path: numbers!(@path $at),
                is_meant: $is_meant,
            }),*
        ];
    };
    (@path (code)) => { (None, None) };
    (@path ($root:literal)) => { (Some($root), None) };
    (@path ($root:literal - $sub:literal)) => { (Some($root), Some($sub)) };
}

// 29 means 30, too: the toolkit has one number for both. The first row that fits is the number.
numbers! {
    1 "no Bakong account id": (29-0) any: ACCOUNT_ID_MISSING SUB_EMPTY SUB_MISSING;
    2 "no merchant name": (59) any: NAME_MISSING;
    3 "account id without @": (29-0) has_no_at: ACCOUNT_FORMAT;
    4 "amount": (54) any: AMOUNT_LENGTH AMOUNT_FORMAT AMOUNT_DECIMALS;
    5 "no account": (code) any: ACCOUNT_MISSING;
    6 "account id too long": (29-0) any: ACCOUNT_ID_LENGTH SUB_LENGTH;
    7 "merchant name too long": (59) any: TEXT_LENGTH;
    9 "no currency": (53) any: CURRENCY_MISSING;
    10 "bill number too long, or empty": (62-1) any: TEXT_LENGTH SUB_LENGTH SUB_EMPTY;
    11 "store label too long, or empty": (62-3) any: TEXT_LENGTH SUB_LENGTH SUB_EMPTY;
    12 "terminal label too long, or empty": (62-7) any: TEXT_LENGTH SUB_LENGTH SUB_EMPTY;
    16 "format indicator too long": (0) is_beyond_two: FORMAT_INDICATOR_VALUE;
    17 "point of initiation too long": (1) is_beyond_two: INITIATION_VALUE;
    18 "category code too long": (52) is_beyond_four: MCC_FORMAT;
    19 "currency too long": (53) is_beyond_three: CURRENCY_FORMAT;
    20 "country too long": (58) is_beyond_three: COUNTRY_FORMAT;
    21 "city too long": (60) any: TEXT_LENGTH;
    25 "no category code": (52) any: MCC_MISSING;
    26 "no country": (58) any: COUNTRY_MISSING;
    27 "no city": (60) any: CITY_MISSING;
    28 "currency neither riel nor dollar": (53) any: CURRENCY_FORMAT CURRENCY_UNASSIGNED CURRENCY_VALUE;
    30 "no merchant id": (30-1) any: MERCHANT_ID_MISSING;
    31 "no acquiring bank": (29-2) any: ACQUIRING_BANK_MISSING SUB_EMPTY;
    33 "acquiring bank too long": (29-2) any: ACQUIRING_BANK_LENGTH SUB_LENGTH;
    34 "mobile number too long, or empty": (62-2) any: TEXT_LENGTH SUB_LENGTH SUB_EMPTY;
    35 "account information or merchant id too long": (29-1) any: ACCOUNT_INFORMATION_LENGTH SUB_LENGTH;
    37 "no language": (64-0) any: LANGUAGE_MISSING SUB_MISSING;
    // It takes a language of one letter.
    38 "language too long": (64-0) is_beyond_two_bytes: LANGUAGE_FORMAT;
    38 "language too long, or empty": (64-0) any: SUB_LENGTH SUB_EMPTY;
    39 "no name in the language": (64-1) any: LANGUAGE_NAME_MISSING SUB_MISSING SUB_EMPTY;
    40 "name in the language too long": (64-1) any: TEXT_LENGTH SUB_LENGTH;
    41 "city in the language too long, or empty": (64-2) any: TEXT_LENGTH SUB_LENGTH SUB_EMPTY;
    42 "purpose too long, or empty": (62-8) any: TEXT_LENGTH SUB_LENGTH SUB_EMPTY;
    43 "UnionPay account too long": (15) any: UNION_PAY_LENGTH;
    44 "UnionPay account with dollars": (15) any: UNION_PAY_CURRENCY;
    // It reads a number; what is not a number, or is zero, counts as missing.
    49 "expiration time is not 13 digits": (99-1) is_number: EXPIRY_FORMAT;
    45 "no expiration time": (99-1) any: EXPIRY_MISSING EXPIRY_FORMAT;
    45 "no expiration time": (99) any: EXPIRY_MISSING;
    46 "expired": (99-1) any: EXPIRED;
    47 "dynamic without an amount": (54) any: AMOUNT_MISSING;
    48 "point of initiation neither 11 nor 12": (1) any: INITIATION_VALUE;
    50 "expiration before creation": (99-1) any: EXPIRY_BEFORE_CREATION;
    51 "category code is not digits": (52) is_not_digits: MCC_FORMAT;
}

fn any(_: &str) -> bool {
    true
}

fn has_no_at(text: &str) -> bool {
    !has(text, b'@')
}

fn is_beyond_two(text: &str) -> bool {
    text.chars().count() > 2
}

fn is_beyond_three(text: &str) -> bool {
    text.chars().count() > 3
}

fn is_beyond_four(text: &str) -> bool {
    text.chars().count() > 4
}

fn is_not_digits(text: &str) -> bool {
    !text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_beyond_two_bytes(text: &str) -> bool {
    text.len() > 2
}

fn is_number(text: &str) -> bool {
    let number = text.trim().trim_start_matches(['+', '-']).as_bytes();
    is_decimal(number) && !is_zero(number)
}
