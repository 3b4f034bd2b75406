//! The data objects and what is known of each: name, key, format, length, owner.
//!
//! [`OBJECTS`] holds EMVCo's. The schemes name some of them in their own way:
//! [`khqr::OBJECTS`](crate::khqr::OBJECTS), [`jpqr::OBJECTS`](crate::jpqr::OBJECTS), [`elqr::OBJECTS`](crate::elqr::OBJECTS).
//! [`Profile::object_name`](crate::Profile::object_name) asks both.

use core::fmt;

use crate::path::Path;
use crate::tag::{Tag, TagSet};

/// What a value consists of (MPM 1.1, 4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Digits.
    N,
    /// Characters of the common character set, 0x20 to 0x7E.
    Ans,
    /// Characters of any script.
    S,
    /// Data objects.
    Template,
    /// What the owner of the template around defines.
    Own,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::N => "N",
            Self::Ans => "ans",
            Self::S => "S",
            Self::Template => "template",
            Self::Own => "own",
        })
    }
}

/// A row of a table of data objects: one object, or a range of IDs with the same meaning.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Entry {
    /// The first and the last ID at each level, from the root inwards.
    pub(crate) ids: &'static [(u8, u8)],
    /// The name in the words of the specification.
    pub name: &'static str,
    /// The name as a key: in lower case, with underscores.
    pub key: &'static str,
    /// What the value consists of.
    pub format: Format,
    /// The most characters that a value may have, 1 to 99.
    pub most: u8,
    /// Who defines the value.
    pub owner: &'static str,
}

crate::display::debug!(Entry: |entry| "Entry({})", entry.key);

impl Entry {
    /// Whether the row is about the object at `path`.
    #[must_use]
    pub const fn holds(&self, path: Path) -> bool {
        if self.ids.len() != path.depth() {
            return false;
        }
        let (mut ranges, ids) = (self.ids, path.ids());
        let mut ids = ids.as_slice();
        while let ([(first, last), other_ranges @ ..], [id, other_ids @ ..]) = (ranges, ids) {
            if *id < *first || *last < *id {
                return false;
            }
            (ranges, ids) = (other_ranges, other_ids);
        }
        true
    }
}

/// The row of a table that is about the object at `path`.
#[must_use]
pub const fn find(mut objects: &'static [Entry], path: Path) -> Option<&'static Entry> {
    while let [entry, rest @ ..] = objects {
        if entry.holds(path) {
            return Some(entry);
        }
        objects = rest;
    }
    None
}

/// A table of data objects, and its documentation: IDs, name, key, format, most characters, owner.
macro_rules! objects {
    (
        $(#[$doc:meta])*
        $list:ident: $($([$first:literal-$last:literal])+ $name:literal $key:ident $format:ident $most:literal $owner:literal;)*
    ) => {
        $(#[$doc])*
        ///
        /// | IDs | name | key | format, characters | owner |
        /// |---|---|---|---|---|
        $(#[doc = concat!(
            "| ", $("`", stringify!($first), "-", stringify!($last), "` ",)+ "| ", $name, " | `", stringify!($key), "` | ",
            stringify!($format), " ", $most, " | ", $owner, " |",
        )])*
        #[allow(clippy::zero_prefixed_literal, reason = "IDs have two digits")]
        pub const $list: &[$crate::dictionary::Entry] = &[$($crate::dictionary::Entry {
            ids: &[$(($first, $last)),+],
            name: $name,
            key: stringify!($key),
            format: $crate::dictionary::Format::$format,
            most: $most,
            owner: $owner,
        }),*];
    };
}
pub(crate) use objects;

objects! {
    /// EMVCo's data objects (MPM 1.1, Tables 3.4 to 3.9 and 4.1).
    OBJECTS:
    [00-00] "Payload Format Indicator" payload_format_indicator N 2 "EMVCo";
    [01-01] "Point of Initiation Method" point_of_initiation_method N 2 "EMVCo";
    [02-03] "Merchant Account Information (Visa)" merchant_account_information Ans 99 "Visa";
    [04-05] "Merchant Account Information (Mastercard)" merchant_account_information Ans 99 "Mastercard";
    [06-08] "Merchant Account Information (reserved by EMVCo)" merchant_account_information Ans 99 "EMVCo";
    [09-10] "Merchant Account Information (Discover)" merchant_account_information Ans 99 "Discover";
    [11-12] "Merchant Account Information (American Express)" merchant_account_information Ans 99 "American Express";
    [13-14] "Merchant Account Information (JCB)" merchant_account_information Ans 99 "JCB";
    [15-16] "Merchant Account Information (UnionPay)" merchant_account_information Ans 99 "UnionPay";
    [17-25] "Merchant Account Information (reserved by EMVCo)" merchant_account_information Ans 99 "EMVCo";
    [26-51] "Merchant Account Information Template" merchant_account_information Template 99 "by GUID";
    [26-51][00-00] "Globally Unique Identifier" guid Ans 32 "by GUID";
    [52-52] "Merchant Category Code" merchant_category_code N 4 "EMVCo";
    [53-53] "Transaction Currency" transaction_currency N 3 "EMVCo";
    [54-54] "Transaction Amount" transaction_amount Ans 13 "EMVCo";
    [55-55] "Tip or Convenience Indicator" tip_or_convenience_indicator N 2 "EMVCo";
    [56-56] "Value of Convenience Fee Fixed" convenience_fee_fixed Ans 13 "EMVCo";
    [57-57] "Value of Convenience Fee Percentage" convenience_fee_percentage Ans 5 "EMVCo";
    [58-58] "Country Code" country_code Ans 2 "EMVCo";
    [59-59] "Merchant Name" merchant_name Ans 25 "EMVCo";
    [60-60] "Merchant City" merchant_city Ans 15 "EMVCo";
    [61-61] "Postal Code" postal_code Ans 10 "EMVCo";
    [62-62] "Additional Data Field Template" additional_data Template 99 "EMVCo";
    [62-62][00-00] "RFU for EMVCo" rfu S 99 "EMVCo";
    [62-62][01-01] "Bill Number" bill_number Ans 25 "EMVCo";
    [62-62][02-02] "Mobile Number" mobile_number Ans 25 "EMVCo";
    [62-62][03-03] "Store Label" store_label Ans 25 "EMVCo";
    [62-62][04-04] "Loyalty Number" loyalty_number Ans 25 "EMVCo";
    [62-62][05-05] "Reference Label" reference_label Ans 25 "EMVCo";
    [62-62][06-06] "Customer Label" customer_label Ans 25 "EMVCo";
    [62-62][07-07] "Terminal Label" terminal_label Ans 25 "EMVCo";
    [62-62][08-08] "Purpose of Transaction" purpose_of_transaction Ans 25 "EMVCo";
    [62-62][09-09] "Additional Consumer Data Request" additional_consumer_data_request Ans 3 "EMVCo";
    [62-62][10-10] "Merchant Tax ID" merchant_tax_id Ans 20 "EMVCo";
    [62-62][11-11] "Merchant Channel" merchant_channel Ans 3 "EMVCo";
    [62-62][12-49] "RFU for EMVCo" rfu S 99 "EMVCo";
    [62-62][50-99] "Payment System Specific Template" payment_system_templates Template 99 "by GUID";
    [62-62][50-99][00-00] "Globally Unique Identifier" guid Ans 32 "by GUID";
    [63-63] "CRC" crc Ans 4 "EMVCo";
    [64-64] "Merchant Information - Language Template" language_information Template 99 "EMVCo";
    [64-64][00-00] "Language Preference" language_preference Ans 2 "EMVCo";
    [64-64][01-01] "Merchant Name - Alternate Language" merchant_name S 25 "EMVCo";
    [64-64][02-02] "Merchant City - Alternate Language" merchant_city S 15 "EMVCo";
    [64-64][03-99] "RFU for EMVCo" rfu S 99 "EMVCo";
    [65-79] "RFU for EMVCo" rfu S 99 "EMVCo";
    [80-99] "Unreserved Template" unreserved_templates Template 99 "by GUID";
    [80-99][00-00] "Globally Unique Identifier" guid Ans 32 "by GUID";
}

/// The path of two IDs, the second of which may be absent.
pub(crate) const fn path(root: Tag, sub: Option<Tag>) -> Path {
    let root = Path::of(root);
    match sub {
        Some(sub) => match root.join(sub) {
            Some(path) => path,
            None => root,
        },
        None => root,
    }
}

/// The most characters of EMVCo's object at `path`; 99 if it defines none.
pub(crate) const fn most(path: Path) -> u8 {
    match find(OBJECTS, path) {
        Some(entry) => entry.most,
        None => 99,
    }
}

/// The IDs of templates in the root, or in the root object `root`.
const fn templates(root: Option<Tag>) -> TagSet {
    let mut set = TagSet::EMPTY;
    let mut id = 0;
    while id < 100 {
        let tag = Tag::of_digits(id);
        let place = match root {
            Some(root) => path(root, Some(tag)),
            None => path(tag, None),
        };
        if let Some(Entry { format: Format::Template, .. }) = find(OBJECTS, place) {
            set = set.with(tag);
        }
        id = id.saturating_add(1);
    }
    set
}

/// Ranges of IDs, each from the rows of [`OBJECTS`].
impl TagSet {
    /// The root objects that EMVCo defines as templates: 26-51, 62, 64, 80-99.
    pub(crate) const ROOT_TEMPLATES: Self = templates(None);
    /// The same inside 62, Payment System Specific Templates: 50-99.
    pub(crate) const ADDITIONAL_TEMPLATES: Self = templates(Some(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE));
    /// Merchant Account Information: 02-51.
    pub(crate) const ACCOUNTS: Self = roots("merchant_account_information");
    /// Accounts of any network, as templates with a GUID: 26-51.
    pub(crate) const ACCOUNT_TEMPLATES: Self = Self::ACCOUNTS.intersection(Self::ROOT_TEMPLATES);
    /// Accounts of card networks, as bare values: 02-25.
    pub(crate) const PRIMITIVE_ACCOUNTS: Self = Self::ACCOUNTS.difference(Self::ROOT_TEMPLATES);
    /// Reserved for future use: 65-79.
    pub(crate) const RFU: Self = roots("rfu");
    /// Unreserved Templates: 80-99.
    pub(crate) const UNRESERVED_TEMPLATES: Self = roots("unreserved_templates");
}

/// The root objects of the rows with this key.
const fn roots(key: &str) -> TagSet {
    let (mut set, mut objects) = (TagSet::EMPTY, OBJECTS);
    while let [entry, rest @ ..] = objects {
        if let [(first, last)] = *entry.ids
            && is_same(entry.key.as_bytes(), key.as_bytes())
        {
            set = set.union(TagSet::range(Tag::of_digits(first), Tag::of_digits(last)));
        }
        objects = rest;
    }
    set
}

const fn is_same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
}

/// Every root object, and every object inside 62 and 64, is in exactly one row: otherwise the crate does not compile.
const _: () = {
    const fn rows_of(path: Path) -> u8 {
        let (mut objects, mut rows) = (OBJECTS, 0_u8);
        while let [entry, rest @ ..] = objects {
            if entry.holds(path) {
                rows = rows.saturating_add(1);
            }
            objects = rest;
        }
        rows
    }
    let mut id = 0;
    while id < 100 {
        let tag = Tag::of_digits(id);
        assert!(rows_of(path(tag, None)) == 1, "a root object is in no row, or in two");
        assert!(
            rows_of(path(Tag::ADDITIONAL_DATA_FIELD_TEMPLATE, Some(tag))) == 1,
            "an object in 62 is not in one row"
        );
        assert!(rows_of(path(Tag::LANGUAGE_TEMPLATE, Some(tag))) == 1, "an object in 64 is not in one row");
        id = id.saturating_add(1);
    }
};

impl Path {
    /// EMVCo's name of the data object (MPM 1.1, Tables 3.4 to 3.9 and 4.1).
    ///
    /// `None` if EMVCo leaves the meaning to the owner of the template around. For the name in a scheme see
    /// [`Profile::object_name`](crate::Profile::object_name).
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        find(OBJECTS, self).map(|entry| entry.name)
    }
}
