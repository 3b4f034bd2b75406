//! The tag map: what becomes of each object of one scheme's code in the other's.

use core::fmt;

use crate::path::Path;
use crate::tag::Tag;

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Action {
    /// It means the same on the other side.
    Copy,
    /// It has a counterpart of another form.
    Change,
    /// It has no counterpart.
    Lost,
    /// The other side needs something here that only a switch or a registry can give; what is here is lost.
    Supply,
    /// A code with it must not be paid across the border.
    Block,
}

/// Where an object goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum To {
    /// To the same path of the other code.
    Same,
    /// To this path of the other code.
    Path(Path),
    /// Into the payment intent, which the wallet shows and the switch moves; the other code has no place for it.
    Intent,
    /// Nowhere.
    Nowhere,
}

/// What an object becomes in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Move {
    /// What is done with it.
    pub action: Action,
    /// Where it goes.
    pub to: To,
}

/// How sure a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Basis {
    /// Both sides' tables, and what is done, rest on public sources.
    Sourced,
    /// Both sides' tables are public; what is done follows from comparing them.
    TableDerived,
    /// Inference: no public source says it.
    Inference,
}

/// Which sub-objects of a root object a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sub {
    /// The object as a whole and everything inside it.
    All,
    /// The object as a whole, if it is not a template.
    Whole,
    /// Sub-objects with IDs from the first to the second, and what is inside them.
    Range(u8, u8),
}

/// A row of the map: a range of objects, and what becomes of them.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Row {
    /// The first and the last root ID.
    pub root: (u8, u8),
    /// The sub-objects.
    pub sub: Sub,
    /// What they are in a KHQR code.
    pub khqr: &'static str,
    /// What they are in a JPQR code.
    pub jpqr: &'static str,
    /// What becomes of them when a JPQR wallet reads a KHQR code.
    pub to_jpqr: Move,
    /// What becomes of them when a Bakong wallet reads a JPQR code.
    pub to_khqr: Move,
    /// Why.
    pub reason: &'static str,
    /// How sure that is.
    pub basis: Basis,
}

crate::display::debug!(Row: |row| "Row({:02}-{:02} {:?})", row.root.0, row.root.1, row.sub);

impl Row {
    const fn holds(&self, root: u8, sub: Option<u8>) -> bool {
        let (first, last) = self.root;
        first <= root
            && root <= last
            && match (self.sub, sub) {
                (Sub::All, _) | (Sub::Whole, None) => true,
                (Sub::Range(first, last), Some(sub)) => first <= sub && sub <= last,
                _ => false,
            }
    }
}

const fn copy(to: To) -> Move {
    Move { action: Action::Copy, to }
}

const fn change(to: To) -> Move {
    Move { action: Action::Change, to }
}

/// 30-01.
const MERCHANT_ID: Path = match Path::of(Tag::of_digits(30)).join(Tag::of_digits(1)) {
    Some(path) => path,
    None => Path::ROOT,
};
const LOST: Move = Move { action: Action::Lost, to: To::Nowhere };
const SUPPLY: Move = Move { action: Action::Supply, to: To::Nowhere };
const BLOCK: Move = Move { action: Action::Block, to: To::Nowhere };

/// Rows as: roots, sub-objects, KHQR, JPQR, to JPQR, to KHQR, basis, reason.
macro_rules! rows {
    ($($first:literal..=$last:literal $sub:expr, $khqr:literal, $jpqr:literal, $to_jpqr:expr, $to_khqr:expr, $basis:ident, $reason:literal;)*) => {
        &[$(Row {
            root: ($first, $last),
            sub: $sub,
            khqr: $khqr,
            jpqr: $jpqr,
            to_jpqr: $to_jpqr,
            to_khqr: $to_khqr,
            reason: $reason,
            basis: Basis::$basis,
        }),*]
    };
}

/// What becomes of every object there can be, in both directions.
///
/// No official mapping is public: this is a reading of public documents. In a JPQR code the template of JPQR is in row
/// 26, whatever its ID, and all other templates of 26-51 in row 27: networks are known by their GUID.
///
/// What is not an object has no row: neither code says which foreign wallets a merchant takes, so a switch must say; a
/// merchant who is paid in two currencies shows one; the MD5 of a KHQR code, its key in Bakong's API, can be formed as long
/// as the text is kept.
///
/// A prompt in 62 (`***`, which asks the payer) is copied as it is, like any label: the wallet that reads the code asks by
/// its [intent](super::Intent::references), whereas KHQR's toolkits would show the stars.
#[rustfmt::skip]
pub const TAG_MAP: &[Row] = {
    use Sub::{All, Range, Whole};
    use To::{Intent, Path, Same};
    rows! {
        0..=0 All, "format 01", "format 01", copy(Same), copy(Same), Sourced, "the same format on both sides";
        1..=1 All, "11 static, 12 dynamic", "11 static, 12 dynamic", copy(Same), copy(Same), TableDerived, "the same meaning; a dynamic KHQR code also expires";
        2..=14 All, "card networks", "card networks", LOST, LOST, Inference, "the link does not route by card networks";
        15..=15 All, "UnionPay account", "UnionPay account", LOST, LOST, TableDerived, "a route of UnionPay, not of the link";
        16..=25 All, "card networks", "card networks", LOST, LOST, Inference, "the link does not route by card networks";
        26..=26 Whole, "another network", "not a template", LOST, LOST, Inference, "another network's";
        26..=26 Range(0, 0), "another network", "GUID jp.or.paymentsjapan", LOST, copy(Intent), Sourced, "the key by which the code is routed; KHQR names its scheme by the account";
        26..=26 Range(1, 4), "another network", "store id, levels 1 to 4", SUPPLY, change(Path(MERCHANT_ID)), TableDerived, "one opaque key of 29 digits; the levels mean nothing on the other side";
        26..=26 Range(5, 99), "another network", "not defined", LOST, LOST, Inference, "no meaning is public";
        27..=28 All, "another network", "another network", LOST, LOST, Inference, "another network's";
        29..=29 Whole, "not a template", "another network", LOST, LOST, Inference, "no account can be read";
        29..=29 Range(0, 0), "Bakong account", "another network", change(Intent), SUPPLY, TableDerived, "an opaque payee key; the part after @ names the member to credit; JPQR names a store instead";
        29..=29 Range(1, 1), "account information", "another network", LOST, LOST, TableDerived, "meant for the institution behind the account";
        29..=29 Range(2, 2), "acquiring bank", "another network", copy(Intent), SUPPLY, TableDerived, "names the acquirer; routing goes by the account";
        29..=29 Range(3, 99), "not defined", "another network", LOST, LOST, Inference, "no meaning is public";
        30..=30 Whole, "not a template", "another network", LOST, LOST, Inference, "no account can be read";
        30..=30 Range(0, 0), "Bakong account", "another network", change(Intent), SUPPLY, TableDerived, "an opaque payee key; the part after @ names the member to credit; JPQR names a store instead";
        30..=30 Range(1, 1), "merchant id", "another network", change(Intent), SUPPLY, TableDerived, "an opaque merchant reference, never split into levels of a store id";
        30..=30 Range(2, 2), "acquiring bank", "another network", copy(Intent), SUPPLY, TableDerived, "names the acquirer; routing goes by the account";
        30..=30 Range(3, 99), "not defined", "another network", LOST, LOST, Inference, "no meaning is public";
        31..=51 All, "another network", "another network", LOST, LOST, Inference, "another network's";
        52..=52 All, "category, 5999 by default", "category", copy(Same), copy(Same), TableDerived, "the same code; KHQR's default 5999 says nothing";
        53..=53 All, "riel or dollar", "yen", copy(Intent), copy(Intent), Sourced, "the merchant's currency; a code of the other scheme names its own";
        54..=54 All, "amount", "amount in whole yen", copy(Intent), copy(Intent), TableDerived, "the merchant's amount; the payer's is a quote, and nothing is converted here";
        55..=57 All, "not read by the toolkits", "not known", BLOCK, BLOCK, Inference, "a tip or fee would be paid wrongly";
        58..=58 All, "KH", "JP", copy(Intent), copy(Intent), TableDerived, "tells the corridor; a code of the other scheme names its own";
        59..=59 All, "name, any script", "name in Latin letters", copy(Same), copy(Same), TableDerived, "shown to the payer; JPQR needs Latin letters";
        60..=60 All, "city, Phnom Penh by default", "city in Latin letters", copy(Same), copy(Same), TableDerived, "shown to the payer; KHQR's default is no evidence of a place";
        61..=61 All, "not defined", "postal code of 7 digits", SUPPLY, LOST, TableDerived, "mandatory in JPQR and never invented; KHQR has no place for it";
        62..=62 Whole, "not a template", "not a template", LOST, LOST, Inference, "nothing can be read";
        62..=62 Range(0, 0), "not defined", "RFU", LOST, LOST, Inference, "EMVCo allocates it to nobody";
        62..=62 Range(1, 1), "bill number", "bill number", copy(Same), copy(Same), TableDerived, "the same meaning";
        62..=62 Range(2, 2), "mobile number", "mobile number", copy(Same), copy(Same), Inference, "personal data: only with consent";
        62..=62 Range(3, 3), "store label", "store label", copy(Same), copy(Same), TableDerived, "the same meaning; not level 3 of a store id";
        62..=62 Range(4, 4), "not read by the toolkits", "loyalty number", LOST, LOST, TableDerived, "KHQR's toolkits do not read it";
        62..=62 Range(5, 5), "not read by the toolkits", "reference label", LOST, copy(Intent), TableDerived, "travels in the message: KHQR's toolkits do not read it";
        62..=62 Range(6, 6), "not read by the toolkits", "customer label", LOST, LOST, TableDerived, "KHQR's toolkits do not read it";
        62..=62 Range(7, 8), "terminal label, purpose", "terminal label, purpose", copy(Same), copy(Same), TableDerived, "the same meaning";
        62..=62 Range(9, 9), "not read by the toolkits", "consumer data request", LOST, LOST, TableDerived, "KHQR's toolkits do not read it";
        62..=62 Range(10, 49), "not read by the toolkits", "tax id, channel, RFU", LOST, LOST, Inference, "KHQR's toolkits do not read it";
        62..=62 Range(50, 99), "banks' own data", "networks' own data", LOST, LOST, TableDerived, "belongs to one network";
        63..=63 All, "CRC", "CRC", change(Same), change(Same), Sourced, "verified on the original, made anew for the result";
        64..=64 Whole, "not a template", "not a template", LOST, LOST, Inference, "nothing can be read";
        64..=64 Range(0, 1), "language and name", "JA and the Japanese name", copy(Same), copy(Same), TableDerived, "JPQR needs a Japanese name, which cannot be derived from another language";
        64..=64 Range(2, 2), "local city", "must be absent", LOST, LOST, Sourced, "JPQR has no local city";
        64..=64 Range(3, 99), "RFU", "RFU", LOST, LOST, Inference, "EMVCo reserves it";
        65..=79 All, "RFU", "RFU", LOST, LOST, TableDerived, "EMVCo reserves it";
        80..=98 All, "not used", "other providers", LOST, LOST, TableDerived, "belongs to one provider";
        99..=99 Whole, "not a template", "another provider", LOST, LOST, Inference, "nothing can be read";
        99..=99 Range(0, 0), "creation time", "another provider", LOST, SUPPLY, TableDerived, "JPQR has no lifetime; a KHQR amount needs one";
        99..=99 Range(1, 1), "expiration time", "another provider", copy(Intent), SUPPLY, TableDerived, "binds an amount, before which it is enforced; JPQR has no lifetime, and a KHQR amount needs one";
        99..=99 Range(2, 99), "banks' own data", "another provider", LOST, LOST, Inference, "no meaning is public";
    }
};

/// Every object, and every sub-object of every object, is in exactly one row: otherwise the crate does not compile.
const _: () = {
    const fn rows_of(root: u8, sub: Option<u8>) -> u8 {
        let mut rows = TAG_MAP;
        let mut count = 0;
        while let [row, rest @ ..] = rows {
            if row.holds(root, sub) {
                count += 1;
            }
            rows = rest;
        }
        count
    }
    let mut root = 0;
    while root < 100 {
        assert!(rows_of(root, None) == 1, "a root object is in no row, or in two");
        let mut sub = 0;
        while sub < 100 {
            assert!(rows_of(root, Some(sub)) == 1, "a sub-object is in no row, or in two");
            sub += 1;
        }
        root += 1;
    }
};

/// The row of an object: its root ID, and the ID directly inside it if it is in a template.
#[must_use]
pub fn row(root: u8, sub: Option<u8>) -> Option<&'static Row> {
    let first = FIRST.get(usize::from(root)).map_or(0, |first| usize::from(*first));
    TAG_MAP.get(first..)?.iter().find(|row| row.holds(root, sub))
}

/// By root ID, where the first of its rows is.
#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "a fault would not compile")]
const FIRST: [u8; 100] = {
    let mut first = [0; 100];
    let mut root = 0;
    while root < 100 {
        while TAG_MAP[first[root] as usize].root.1 < root as u8 {
            first[root] += 1;
        }
        root += 1;
    }
    first
};

/// The map as a Markdown table.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "nothing but its Display")]
pub struct Markdown;

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| objects | KHQR | JPQR | JPQR wallet reads KHQR | Bakong wallet reads JPQR | why | basis |")?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        for row in TAG_MAP {
            let (first, last) = row.root;
            write!(f, "| {first:02}")?;
            if first != last {
                write!(f, "-{last:02}")?;
            }
            match row.sub {
                Sub::All => {}
                Sub::Whole => write!(f, " as a whole")?,
                Sub::Range(first, last) if first == last => write!(f, ".{first:02}")?,
                Sub::Range(first, last) => write!(f, ".{first:02}-{last:02}")?,
            }
            let Row { khqr, jpqr, to_jpqr, to_khqr, reason, .. } = row;
            writeln!(f, " | {khqr} | {jpqr} | {to_jpqr} | {to_khqr} | {reason} | {} |", row.basis)?;
        }
        Ok(())
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.action)?;
        match self.to {
            To::Same | To::Nowhere => Ok(()),
            To::Path(path) => write!(f, " to {path}"),
            To::Intent => f.write_str(" to the intent"),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Copy => "copy",
            Self::Change => "change",
            Self::Lost => "lost",
            Self::Supply => "supply",
            Self::Block => "block",
        })
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sourced => "sourced",
            Self::TableDerived => "table-derived",
            Self::Inference => "inference",
        })
    }
}
