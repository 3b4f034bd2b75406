//! What the codes of some networks consist of, from the list of networks and their fields, and nothing of the library.

/// Whether a code has a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Mandatory,
    /// Exactly one of those so marked.
    OneOf,
    /// Or not.
    Optional,
}

/// The form of a value, with the least and the most characters.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// `n`.
    Digits(usize, usize),
    /// `an`.
    Letters(usize, usize),
    /// `ans`.
    Printable(usize, usize),
    /// `s`.
    Any(usize, usize),
    /// A telephone number; the digits are counted without what is before them.
    Phone {
        /// After the `+`.
        country: &'static str,
        /// Before the digits at home.
        zero: &'static str,
        /// The least and the most digits.
        digits: (usize, usize),
        /// Before the digits in the code.
        start: &'static str,
        /// How many characters the value has; shorter numbers have zeros before them.
        length: usize,
        /// Whether it may be something else, of letters and digits.
        or_other: bool,
    },
    /// 11 characters; of 8 are `XXX` added.
    Bic,
}

/// A field: its key, its place, its form.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub key: &'static str,
    /// The IDs that lead to it.
    pub path: &'static [u8],
    /// The form of its value.
    pub form: Form,
    /// Whether a code has it.
    pub presence: Presence,
}

/// A network and its fields.
#[derive(Debug)]
pub struct Network {
    /// Its id.
    pub id: &'static str,
    /// The root object of its account.
    pub root: u8,
    /// The identifier in it.
    pub guid: &'static str,
    /// 53.
    pub currency: &'static str,
    /// 58.
    pub country: &'static str,
    /// Whether its codes have 52, 59 and 60.
    pub has_fillers: bool,
    /// Its fields.
    pub fields: &'static [Field],
    /// Where the payee's account is: the first that is there.
    pub account: &'static [&'static [u8]],
    /// Where the institution is that holds it.
    pub institution: &'static [&'static [u8]],
}

const fn field(key: &'static str, path: &'static [u8], form: Form, presence: Presence) -> Field {
    Field { key, path, form, presence }
}

const THAI: Form = Form::Phone { country: "66", zero: "0", digits: (8, 9), start: "0066", length: 13, or_other: false };
const HONG_KONG: Form =
    Form::Phone { country: "852", zero: "", digits: (8, 8), start: "+852-", length: 13, or_other: false };
const PHILIPPINES: Form =
    Form::Phone { country: "63", zero: "0", digits: (10, 10), start: "+63-", length: 14, or_other: false };
const SINGAPORE: Form =
    Form::Phone { country: "65", zero: "", digits: (8, 8), start: "+65", length: 11, or_other: true };

use Form::{Any, Bic, Digits, Letters, Printable};
use Presence::{Mandatory, OneOf, Optional};

/// Networks, each as the list describes it.
pub const NETWORKS: &[Network] = &[
    Network {
        id: "th.transfer",
        root: 29,
        guid: "A000000677010111",
        currency: "764",
        country: "TH",
        has_fillers: false,
        fields: &[
            field("mobile_number", &[29, 1], THAI, OneOf),
            field("tax_id", &[29, 2], Digits(13, 13), OneOf),
            field("e_wallet_id", &[29, 3], Digits(15, 15), OneOf),
            field("bank_account", &[29, 4], Printable(4, 43), OneOf),
        ],
        account: &[&[29, 1], &[29, 2], &[29, 3], &[29, 4]],
        institution: &[],
    },
    Network {
        id: "th.bill",
        root: 30,
        guid: "A000000677010112",
        currency: "764",
        country: "TH",
        has_fillers: false,
        fields: &[
            field("biller_id", &[30, 1], Digits(15, 15), Mandatory),
            field("reference_1", &[30, 2], Printable(1, 20), Mandatory),
            field("reference_2", &[30, 3], Printable(1, 20), Optional),
        ],
        account: &[&[30, 1]],
        institution: &[],
    },
    Network {
        id: "vn.napas",
        root: 38,
        guid: "A000000727",
        currency: "704",
        country: "VN",
        has_fillers: false,
        fields: &[
            field("bank_bin", &[38, 1, 0], Digits(6, 6), Mandatory),
            field("account", &[38, 1, 1], Printable(1, 19), Mandatory),
            field("service_code", &[38, 2], Letters(1, 10), Optional),
        ],
        account: &[&[38, 1, 1]],
        institution: &[&[38, 1, 0]],
    },
    Network {
        id: "la.laoqr",
        root: 38,
        guid: "A005266284662577",
        currency: "418",
        country: "LA",
        has_fillers: false,
        fields: &[
            field("member", &[38, 1], Digits(6, 8), Mandatory),
            field("payment_type", &[38, 2], Digits(3, 3), Mandatory),
            field("receiver_id", &[38, 3], Printable(1, 25), Mandatory),
        ],
        account: &[&[38, 3]],
        institution: &[&[38, 1]],
    },
    Network {
        id: "my.duitnow",
        root: 26,
        guid: "A0000006150001",
        currency: "458",
        country: "MY",
        has_fillers: true,
        fields: &[
            field("acquirer_id", &[26, 1], Digits(1, 6), Mandatory),
            field("qr_id", &[26, 2], Letters(1, 28), Mandatory),
            field("merchant_descriptor", &[26, 3], Printable(1, 20), Optional),
            field("recipient_reference", &[62, 90], Printable(1, 20), Optional),
        ],
        account: &[&[26, 2]],
        institution: &[&[26, 1]],
    },
    Network {
        id: "sg.paynow",
        root: 26,
        guid: "SG.PAYNOW",
        currency: "702",
        country: "SG",
        has_fillers: true,
        fields: &[
            field("proxy_type", &[26, 1], Digits(1, 1), Mandatory),
            field("proxy", &[26, 2], SINGAPORE, Mandatory),
            field("is_amount_editable", &[26, 3], Digits(1, 1), Mandatory),
        ],
        account: &[&[26, 2]],
        institution: &[],
    },
    Network {
        id: "ph.p2p",
        root: 27,
        guid: "com.p2pqrpay",
        currency: "608",
        country: "PH",
        has_fillers: true,
        fields: &[
            field("bic", &[27, 1], Bic, Mandatory),
            field("payment_type", &[27, 2], Digits(8, 8), Mandatory),
            field("sub_institution", &[27, 3], Digits(15, 15), Optional),
            field("account", &[27, 4], Printable(1, 19), Mandatory),
            field("mobile_number", &[27, 5], PHILIPPINES, Optional),
        ],
        account: &[&[27, 4]],
        institution: &[&[27, 1]],
    },
    Network {
        id: "ph.p2m",
        root: 28,
        guid: "ph.ppmi.p2m",
        currency: "608",
        country: "PH",
        has_fillers: true,
        fields: &[
            field("bic", &[28, 1], Bic, Mandatory),
            field("merchant_id", &[28, 3], Printable(1, 25), Mandatory),
            field("proxy_notify_flags", &[28, 5], Digits(3, 3), Mandatory),
        ],
        account: &[&[28, 3]],
        institution: &[&[28, 1]],
    },
    Network {
        id: "hk.fps",
        root: 26,
        guid: "hk.com.hkicl",
        currency: "344",
        country: "HK",
        has_fillers: true,
        fields: &[
            field("clearing_code", &[26, 1], Digits(3, 3), Optional),
            field("fps_id", &[26, 2], Digits(7, 10), OneOf),
            field("mobile_number", &[26, 3], HONG_KONG, OneOf),
        ],
        account: &[&[26, 2], &[26, 3]],
        institution: &[&[26, 1]],
    },
    Network {
        id: "br.pix",
        root: 26,
        guid: "br.gov.bcb.pix",
        currency: "986",
        country: "BR",
        has_fillers: true,
        fields: &[
            field("key", &[26, 1], Printable(1, 77), Mandatory),
            field("txid", &[62, 5], Letters(1, 25), Mandatory),
        ],
        account: &[&[26, 1]],
        institution: &[],
    },
    Network {
        id: "in.upi",
        root: 26,
        guid: "A000000524",
        currency: "356",
        country: "IN",
        has_fillers: true,
        fields: &[field("vpa", &[26, 1], Any(1, 50), Mandatory)],
        account: &[&[26, 1]],
        institution: &[],
    },
];

impl Form {
    /// The value that is written for a text. `None` if it has another form.
    #[must_use]
    pub fn written(self, text: &str) -> Option<String> {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_printable = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let fits = |(least, most): (usize, usize)| (least..=most).contains(&text.chars().count());
        match self {
            Digits(least, most) => (fits((least, most)) && is_digits(text)).then(|| text.to_owned()),
            Letters(least, most) => (fits((least, most)) && is_letters(text)).then(|| text.to_owned()),
            Printable(least, most) => (fits((least, most)) && is_printable(text)).then(|| text.to_owned()),
            Any(least, most) => fits((least, most)).then(|| text.to_owned()),
            Bic => match text.len() {
                8 if is_letters(text) => Some(format!("{text}XXX")),
                11 if is_letters(text) => Some(text.to_owned()),
                _ => None,
            },
            Self::Phone { country, zero, digits: (least, most), start, length, or_other } => {
                for number in (least..=most).filter_map(|count| text.get(text.len().checked_sub(count)?..)) {
                    let before = &text[..text.len() - number.len()];
                    let own = start.to_owned() + number;
                    let own = "0".repeat(length - own.len()) + &own;
                    let is_one = [zero.to_owned(), format!("+{country}")].contains(&before.to_owned()) || *text == own;
                    if is_digits(number) && is_one {
                        return Some(own);
                    }
                }
                (or_other && (1..=30).contains(&text.len()) && is_printable(text)).then(|| text.to_owned())
            }
        }
    }
}
