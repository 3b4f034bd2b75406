//! The table of networks.
//!
//! Source: texts of operators and regulators, implementations that name them, and collected codes; how sure each row is,
//! its confidence says (November 2026). To renew it, look for a newer text of the operator; a row or a field needs at least two
//! sources that agree, or stays at D, which gives no finding.

use core::fmt;

use super::class::Class;
use super::format::Format;
use super::kind::Kind;
use super::row::At::{Root, Template, TemplateIn};
use super::row::Recognition::{Guid, Shape};
use super::row::{Confidence, Excuse, Field, Network, Person, Presence};
use super::time::singapore_time;
use super::writing::{Phone, Writing};
use super::{person, shape};
use crate::mpm::rules::{
    ACCOUNT_MISSING, ACCOUNT_RESERVED, AMOUNT_ZERO, CITY_MISSING, CONSUMER_DATA_VALUE, CRC_CASE, CURRENCY_FORMAT,
    FORMAT_INDICATOR_VALUE, GUID_MISSING, GUID_SHAPE, INITIATION_VALUE, MCC_MISSING, MERCHANT_CHANNEL_VALUE,
    NAME_MISSING, RFU_OBJECT, TEMPLATE_FORMAT, TEXT_CHARSET,
};
use crate::tag::{TagSet, ids};

/// A row: id, name, recognition; what else is known; its fields, with place, key, name, format, least and most characters,
/// presence, class and confidence.
macro_rules! network {
    (
        $id:literal, $name:literal, $recognition:expr;
        $(. $known:ident ($($argument:expr),*))*;
        $($at:expr => $key:ident $title:literal, $format:ident $least:literal $most:literal, $presence:ident $class:ident $sure:ident $(, $writing:expr)?;)*
    ) => {
        Network::new($id, $name, $recognition)
            $(.$known($($argument),*))*
            .fields(&[$(
                Field::new(
                    $at,
                    stringify!($key),
                    concat!("network.", $id, ".", stringify!($key)),
                    $title,
                    Format::$format,
                    ($least, $most),
                    Class::$class,
                )
                .present(Presence::$presence)
                .sure(Confidence::$sure)
                $(.writing($writing))?
            ),*])
    };
}

const THAI: &[Excuse] = &[
    (MCC_MISSING, None),
    (NAME_MISSING, None),
    (CITY_MISSING, None),
    (GUID_MISSING, Some(80)),
    (GUID_SHAPE, Some(80)),
    (TEMPLATE_FORMAT, Some(81)),
    (GUID_MISSING, Some(81)),
];
const VIETNAMESE: &[Excuse] = &[(MCC_MISSING, None), (NAME_MISSING, None), (CITY_MISSING, None), (CRC_CASE, None)];
const LAO: &[Excuse] =
    &[(MCC_MISSING, None), (NAME_MISSING, None), (CITY_MISSING, None), (CONSUMER_DATA_VALUE, Some(62))];
const MALAYSIAN: &[Excuse] = &[
    (FORMAT_INDICATOR_VALUE, None),
    (TEMPLATE_FORMAT, Some(82)),
    (TEMPLATE_FORMAT, Some(62)),
    (GUID_MISSING, Some(62)),
];
const INDIAN: &[Excuse] = &[(ACCOUNT_RESERVED, None), (INITIATION_VALUE, None)];
/// A recurring payment can stand in 80 to 99 alone.
const BRAZILIAN: &[Excuse] = &[(TEXT_CHARSET, None), (CRC_CASE, None), (AMOUNT_ZERO, None), (ACCOUNT_MISSING, None)];

/// `0066` and the number without its 0, with zeros before it.
const THAI_PHONE: Phone =
    Phone { country: "66", zero: "0", least: 8, most: 9, length: 13, start: "00066", is_only: true };
const HONG_KONG_PHONE: Phone =
    Phone { country: "852", zero: "", least: 8, most: 8, length: 13, start: "+852-", is_only: true };
const PHILIPPINE_PHONE: Phone =
    Phone { country: "63", zero: "0", least: 10, most: 10, length: 14, start: "+63-", is_only: true };
/// Or the number of a company.
const SINGAPORE_PHONE: Phone =
    Phone { country: "65", zero: "", least: 8, most: 8, length: 11, start: "+65", is_only: false };
/// A head office has eight characters.
const BIC: Writing = Writing::Padded { length: 11, end: "XXX" };

/// The networks that are known here, Cambodia's and Japan's among them. A caller can have a table of its own: see
/// [`accounts_in`](super::accounts_in).
pub static TABLE: &[Network] = ROWS;

pub(super) const COUNT: usize = 48;

pub(crate) const ROWS: &[Network; COUNT] = &[
    network! {
        "khqr", "KHQR, Bakong (Cambodia)", Shape("user@bank in 29-00 or 30-00 of a Cambodian code", shape::is_bakong);
        .of("KH", "116 840") .usually_in("29, 30") .only_in(ids(29, 30)) .person(Person::By("29: unknown, 30: no", person::is_bakong_person)) .keyed(&[Template(&[0])]) .sure(Confidence::A) .excused(&[(GUID_SHAPE, Some(99))]);
        Template(&[0]) => bakong_account_id "Bakong account id", Ans 3 32, Mandatory Alias A;
        TemplateIn(29, &[1]) => account_information "Account information", Ans 1 32, Optional Account A;
        TemplateIn(30, &[1]) => merchant_id "Merchant id", Ans 1 32, Optional Clear A;
        Template(&[2]) => acquiring_bank "Acquiring bank", Ans 1 32, Optional Clear A;
    },
    network! {
        "jpqr", "JPQR (Japan)", Guid(&["jp.or.paymentsjapan"]);
        .of("JP", "392") .usually_in("26") .person(Person::No) .keyed(&[Template(&[])]) .sure(Confidence::B);
        Template(&[1]) => level_1 "Management level 1", An 13 13, Mandatory Clear B;
        Template(&[2]) => level_2 "Management level 2", An 4 4, Mandatory Clear B;
        Template(&[3]) => level_3 "Management level 3", An 6 6, Mandatory Clear B;
        Template(&[4]) => level_4 "Management level 4", An 6 6, Mandatory Clear B;
    },
    network! {
        "th.transfer", "Thai QR, PromptPay credit transfer", Guid(&["A000000677010111"]);
        .of("TH", "764") .usually_in("29") .person(Person::By("usually", person::is_usually)) .keyed(&[Template(&[1]), Template(&[2]), Template(&[3]), Template(&[4])]) .sure(Confidence::B) .excused(THAI);
        Template(&[1]) => mobile_number "Mobile number", N 13 13, OneOf Phone B, Writing::Phone(THAI_PHONE);
        Template(&[2]) => tax_id "National or tax id", N 13 13, OneOf NationalId B;
        Template(&[3]) => e_wallet_id "E-wallet id", N 15 15, OneOf Wallet B;
        Template(&[4]) => bank_account "Bank account", Ans 4 43, OneOf Account B;
        Root(&[62, 8]) => cross_border "Currency, local amount and country", Ans 18 18, Optional Clear D;
        Root(&[80, 0]) => vat_branch "VAT: branch of the seller", N 4 4, Optional Clear C;
        Root(&[80, 1]) => vat_rate "VAT: rate", Ans 1 5, Optional Clear C;
        Root(&[80, 2]) => vat_amount "VAT: amount", Ans 1 13, Optional Clear C;
        Root(&[81]) => message "Message", HexText 4 99, Optional Text C;
    },
    network! {
        "th.transfer-cpm", "Thai QR, credit transfer with a one-time code", Guid(&["A000000677010114"]);
        .of("TH", "764") .usually_in("29") .person(Person::Yes) .keyed(&[Template(&[1]), Template(&[2]), Template(&[3]), Template(&[4])]) .one_time() .sure(Confidence::B) .excused(THAI);
        Template(&[1]) => mobile_number "Mobile number", N 13 13, Optional Phone B, Writing::Phone(THAI_PHONE);
        Template(&[2]) => tax_id "National or tax id", N 13 13, Optional NationalId B;
        Template(&[3]) => e_wallet_id "E-wallet id", N 15 15, Optional Wallet B;
        Template(&[4]) => bank_account "Bank account", Ans 4 43, Optional Account B;
        Template(&[5]) => one_time_code "One-time code", An 10 10, Mandatory Account B;
    },
    network! {
        "th.bill", "Thai QR, bill payment to a merchant of Thailand", Guid(&["A000000677010112"]);
        .of("TH", "764") .usually_in("30") .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::B) .excused(THAI);
        Template(&[1]) => biller_id "Biller id", N 15 15, Mandatory NationalId B;
        Template(&[2]) => reference_1 "Reference 1", Ans 1 20, Mandatory Text B;
        Template(&[3]) => reference_2 "Reference 2", Ans 1 20, Optional Text B;
        Root(&[62, 8]) => cross_border "Currency, local amount and country", Ans 18 18, Optional Clear D;
        Root(&[80, 0]) => vat_branch "VAT: branch of the seller", N 4 4, Optional Clear C;
        Root(&[80, 1]) => vat_rate "VAT: rate", Ans 1 5, Optional Clear C;
        Root(&[80, 2]) => vat_amount "VAT: amount", Ans 1 13, Optional Clear C;
    },
    network! {
        "th.bill-xborder", "Thai QR, bill payment across the border", Guid(&["A000000677012006"]);
        .of("TH", "764") .usually_in("30") .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::B) .excused(THAI);
        Template(&[1]) => biller_id "Biller id", N 15 15, Mandatory NationalId B;
        Template(&[2]) => reference_1 "Reference 1", Ans 1 20, Mandatory Text B;
        Template(&[3]) => reference_2 "Reference 2", Ans 1 20, Optional Text B;
    },
    network! {
        "th.innovation-api", "Thai QR, payment innovation, BOT value", Guid(&["A000000677012004"]);
        .of("TH", "764") .usually_in("31") .person(Person::No) .keyed(&[Template(&[2]), Template(&[1])]) .sure(Confidence::B) .excused(THAI);
        Template(&[1]) => api_id "API or acquirer id", N 3 3, Mandatory Clear B;
        Template(&[2]) => merchant_reference "Merchant reference", Ans 1 99, Optional Text C;
        Template(&[4]) => order_reference "Order reference", Ans 1 99, Optional Text C;
    },
    network! {
        "th.innovation", "Thai QR, payment innovation, as KBank writes it", Guid(&["A000000677010113"]);
        .of("TH", "764") .usually_in("31") .person(Person::No) .keyed(&[Template(&[2]), Template(&[1])]) .sure(Confidence::C) .excused(THAI);
        Template(&[1]) => api_id "API or acquirer id", N 3 3, Mandatory Clear C;
        Template(&[2]) => merchant_reference "Merchant reference", Ans 1 99, Optional Text C;
        Template(&[4]) => order_reference "Order reference", Ans 1 99, Optional Text C;
    },
    network! {
        "vn.napas", "VietQR, NAPAS 247", Guid(&["A000000727"]);
        .of("VN", "704") .usually_in("38") .person(Person::By("usually; no for QRPUSH", person::is_napas_person)) .keyed(&[Template(&[1, 1])]) .at_institution(Template(&[1, 0])) .sure(Confidence::A) .excused(VIETNAMESE);
        Template(&[1]) => beneficiary "Beneficiary", Template 8 99, Mandatory Account A;
        Template(&[1, 0]) => bank_bin "Bank identification number", N 6 6, Mandatory Clear A;
        Template(&[1, 1]) => account "Account, card or merchant id", Ans 1 19, Mandatory Account A;
        Template(&[2]) => service_code "Service code", An 1 10, Conditional Clear A;
    },
    network! {
        "vn.vnpay", "VNPAY-QR", Guid(&["A000000775"]);
        .of("VN", "704") .usually_in("26") .person(Person::No) .keyed(&[Template(&[1])]) .kind_of(Kind::Wallet) .sure(Confidence::C) .excused(VIETNAMESE);
        Template(&[1]) => merchant_code "Merchant code", An 1 99, Mandatory Clear C;
    },
    network! {
        "la.laoqr", "LaoQR (LAPNet)", Guid(&["A005266284662577"]);
        .of("LA", "418") .usually_in("38") .person(Person::By("by payment type", person::is_lao_person)) .public_for_merchants() .keyed(&[Template(&[3])]) .at_institution(Template(&[1])) .sure(Confidence::B) .excused(LAO);
        Template(&[1]) => member "Identification number of the member", N 6 8, Mandatory Clear B;
        Template(&[2]) => payment_type "Payment type", N 3 3, Mandatory Clear B;
        Template(&[3]) => receiver_id "Receiver id", Ans 1 25, Mandatory Account B;
    },
    network! {
        "id.qris", "QRIS, national repository", Guid(shape::QRIS_REPOSITORIES);
        .also_shaped(ids(51, 51), "a national merchant id in 51 of a code of Indonesia", shape::is_qris_identity) .of("ID", "360") .usually_in("51") .person(Person::No) .keyed(&[Template(&[2])]) .kind_of(Kind::Identity) .sure(Confidence::B);
        Template(&[2]) => national_merchant_id "National merchant id", An 15 15, Mandatory Clear B;
        Template(&[3]) => merchant_criteria "Merchant criteria", A 3 3, Optional Clear B;
    },
    network! {
        "id.qris-acquirer", "QRIS, acquirer", Shape("ID.*.WWW or COM.*.WWW beside 51, or in a code of Indonesia", shape::is_qris_acquirer);
        .of("ID", "360") .usually_in("26-45") .only_in(ids(26, 50)) .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::B);
        Template(&[1]) => merchant_pan "Merchant account number", N 15 19, Mandatory Account B;
        Template(&[2]) => merchant_id "Merchant id", Ans 1 15, Mandatory Clear B;
        Template(&[3]) => merchant_criteria "Merchant criteria", A 3 3, Mandatory Clear B;
    },
    network! {
        "my.duitnow", "DuitNow QR", Guid(&["A0000006150001"]);
        .indicated_by("02") .of("MY", "458") .usually_in("26") .person(Person::By("category 0000", person::is_duitnow_person)) .public_for_merchants() .keyed(&[Template(&[2])]) .at_institution(Template(&[1])) .sure(Confidence::B) .excused(MALAYSIAN);
        Template(&[1]) => acquirer_id "Acquirer id", N 1 6, Mandatory Clear B;
        Template(&[2]) => qr_id "QR id", An 1 28, Mandatory Account B;
        Template(&[3]) => merchant_descriptor "Merchant descriptor", Ans 1 20, Optional Clear B;
        Template(&[4]) => mobile_number "Mobile number", Ans 1 15, Optional Phone B;
        Root(&[62, 90]) => recipient_reference "Recipient reference", Ans 1 20, Conditional Text B;
        Root(&[62, 91]) => second_reference "Second reference", Ans 1 30, Optional Text B;
        Root(&[62, 92]) => coordinates "Coordinates", Ans 1 35, Optional Text B;
        Root(&[82]) => integrity_check "Data integrity check", Hex 1 99, Optional Clear B;
    },
    network! {
        "sg.paynow", "PayNow", Guid(&["SG.PAYNOW"]);
        .of("SG", "702") .usually_in("26-50") .person(Person::By("proxy type 0", person::is_paynow_person)) .public_for_merchants() .keyed(&[Template(&[2])]) .typed_by(Template(&[1])) .expiring(Template(&[4]), singapore_time) .sure(Confidence::B);
        Template(&[1]) => proxy_type "Proxy type", N 1 1, Mandatory Clear B;
        Template(&[2]) => proxy "Proxy", Ans 1 30, Mandatory Phone B, Writing::Phone(SINGAPORE_PHONE);
        Template(&[3]) => is_amount_editable "Amount editable", N 1 1, Mandatory Clear B;
        Template(&[4]) => expiry "Expiry", N 8 14, Optional Clear C;
        Template(&[5]) => reference "Reference", Ans 1 99, Optional Text D;
    },
    network! {
        "sg.sgqr", "SGQR identity", Guid(&["SG.SGQR"]);
        .of("SG", "702") .usually_in("51") .person(Person::No) .keyed(&[Template(&[1])]) .kind_of(Kind::Identity) .sure(Confidence::A);
        Template(&[1]) => sgqr_id "SGQR id", Ans 12 12, Optional Clear A;
        Template(&[2]) => version "Version", Ans 7 7, Optional Clear A;
        Template(&[3]) => postal_code "Postal code", Ans 6 6, Optional Clear A;
        Template(&[4]) => level "Level", Ans 1 99, Optional Clear A;
        Template(&[5]) => unit "Unit", Ans 1 99, Optional Clear A;
        Template(&[6]) => miscellaneous "Miscellaneous", Ans 1 10, Optional Clear A;
        Template(&[7]) => version_date "Date of the version", N 8 8, Optional Clear A;
    },
    network! {
        "sg.nets", "NETS", Guid(&["SG.COM.NETS"]);
        .of("SG", "702") .usually_in("26-50") .person(Person::No) .keyed(&[Template(&[2])]) .kind_of(Kind::Card) .sure(Confidence::A);
        Template(&[1]) => metadata "Metadata", Ans 1 99, Optional Clear A;
        Template(&[2]) => merchant_id "Merchant id", Ans 1 15, Optional Clear A;
        Template(&[3]) => terminal_id "Terminal id", Ans 1 8, Optional Clear A;
        Template(&[9]) => amount_modifier "Amount modifier", Ans 1 99, Optional Clear A;
        Template(&[99]) => signature "Signature", Ans 1 99, Optional Clear A;
    },
    network! {
        "ph.p2p", "QR Ph P2P (InstaPay)", Guid(&["com.p2pqrpay"]);
        .of("PH", "608") .usually_in("27") .person(Person::Yes) .keyed(&[Template(&[4])]) .at_institution(Template(&[1])) .sure(Confidence::C) .excused(&[(RFU_OBJECT, Some(62))]);
        Template(&[1]) => bic "BIC of the receiver", An 11 11, Mandatory Clear D, BIC;
        Template(&[2]) => payment_type "Payment type", N 8 8, Mandatory Clear C;
        Template(&[3]) => sub_institution "Sub-institution", N 15 15, Optional Clear C;
        Template(&[4]) => account "Account or handle of the payee", Ans 1 19, Mandatory Account C;
        Template(&[5]) => mobile_number "Mobile number", Ans 1 99, Optional Phone C, Writing::Phone(PHILIPPINE_PHONE);
    },
    network! {
        "ph.p2m", "QR Ph P2M", Guid(&["ph.ppmi.p2m"]);
        .of("PH", "608") .usually_in("28") .person(Person::No) .keyed(&[Template(&[3]), Template(&[4])]) .at_institution(Template(&[1])) .sure(Confidence::C) .excused(&[(RFU_OBJECT, Some(62))]);
        Template(&[1]) => bic "BIC", An 11 11, Mandatory Clear C, BIC;
        Template(&[3]) => merchant_id "Merchant id", Ans 1 25, Mandatory Clear C;
        Template(&[4]) => credit_account "Credit account", An 1 99, Optional Account C;
        Template(&[5]) => proxy_notify_flags "Proxy-notify flags", N 3 3, Mandatory Clear D;
        Root(&[62, 0]) => guid "Globally unique identifier of 62", Ans 1 32, Optional Clear C;
        Root(&[88, 0]) => acquirer_guid "Globally unique identifier of 88", Ans 1 32, Optional Clear C;
        Root(&[88, 1]) => acquirer_data "Acquirer data", Ans 1 99, Optional Text C;
    },
    network! {
        "ph.p2micro", "QR Ph, micro merchants", Guid(&["ph.ppmi.p2micro"]);
        .of("PH", "608") .usually_in("28") .person(Person::Unknown) .keyed(&[Template(&[3]), Template(&[4])]) .at_institution(Template(&[1])) .sure(Confidence::C) .excused(&[(RFU_OBJECT, Some(62))]);
        Template(&[1]) => bic "BIC", An 11 11, Mandatory Clear C, BIC;
        Template(&[3]) => merchant_id "Merchant id", Ans 1 25, Mandatory Clear C;
        Template(&[4]) => credit_account "Credit account", An 1 99, Optional Account C;
        Template(&[5]) => proxy_notify_flags "Proxy-notify flags", N 3 3, Mandatory Clear D;
    },
    network! {
        "in.upi", "UPI inside Bharat QR", Guid(&["A000000524"]);
        .of("IN", "356") .usually_in("26, 27, 28") .person(Person::Unknown) .keyed(&[TemplateIn(26, &[1])]) .sure(Confidence::C) .excused(INDIAN);
        TemplateIn(26, &[1]) => vpa "Virtual payment address", S 1 50, Mandatory Alias C;
        TemplateIn(26, &[2]) => minimum_amount "Minimum amount", Ans 1 13, Optional Clear C;
        TemplateIn(27, &[1]) => transaction_reference "Transaction reference", An 4 35, Mandatory Text C;
        TemplateIn(27, &[2]) => url "URL", Ans 1 26, Optional Text C;
        TemplateIn(28, &[1]) => aadhaar "Aadhaar number", N 12 12, Mandatory Secret C;
        Root(&[6]) => merchant_pan "Merchant account number (NPCI)", N 16 16, Optional Account C;
        Root(&[8]) => ifsc_account "IFSC code and account", An 12 37, Optional Account C;
    },
    network! {
        "hk.fps", "HKQR, FPS (Hong Kong)", Guid(&["hk.com.hkicl"]);
        .of("HK", "344 156") .usually_in("26") .person(Person::By("mobile or e-mail", person::is_fps_person)) .keyed(&[Template(&[2]), Template(&[3]), Template(&[4])]) .at_institution(Template(&[1])) .sure(Confidence::B);
        Template(&[1]) => clearing_code "Clearing code", N 3 3, Optional Clear B;
        Template(&[2]) => fps_id "FPS id", N 7 10, OneOf Clear D;
        Template(&[3]) => mobile_number "Mobile number", Ans 13 13, OneOf Phone B, Writing::Phone(HONG_KONG_PHONE);
        Template(&[4]) => email_address "E-mail address", Ans 3 99, OneOf Email B;
        Template(&[5]) => timeout "Timeout", N 12 14, Optional Clear D;
    },
    network! {
        "tw.twqr", "TWQR (FISC, Taiwan)", Guid(&["tw.com.twqrp"]);
        .of("TW", "901") .usually_in("35") .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::C);
        Template(&[1]) => fisc_string "FISC string", Fisc 17 99, Mandatory Clear C;
    },
    network! {
        "kr.bccard", "BC Card (Korea)", Guid(&["D4100000014010"]);
        .of("KR", "410") .usually_in("26") .person(Person::No) .keyed(&[Template(&[5])]) .kind_of(Kind::Card) .sure(Confidence::C);
        Template(&[5]) => merchant_number "Merchant number", N 9 9, Mandatory Clear C;
    },
    network! {
        "mm.mmqr", "MMQR (Myanmar)", Guid(&["com.mmqrpay.www", "MM.COM.MMQR"]);
        .of("MM", "104") .usually_in("26") .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::B) .excused(&[(CURRENCY_FORMAT, None)]);
        Template(&[1]) => merchant_id "Merchant id", N 15 15, Mandatory Clear D;
        Template(&[2]) => terminal_id "Terminal id", N 1 25, Mandatory Clear D;
    },
    network! {
        "br.pix", "Pix (Brazil)", Guid(&["br.gov.bcb.pix"]);
        .also_shaped(ids(80, 99), "the identifier in 80 to 99 of a code that has it in none of 26 to 51", shape::is_pix_recurrence) .without_method() .of("BR", "986") .usually_in("26") .person(Person::By("by key", person::is_pix_person)) .public_for_merchants() .keyed(&[Template(&[1]), Template(&[25])]) .documented(Template(&[25])) .unprompted() .sure(Confidence::A) .excused(BRAZILIAN);
        Template(&[1]) => key "Key", Ans 1 77, OneOf NationalId A;
        Template(&[2]) => text "Text", Ans 1 72, Optional Text A;
        Template(&[3]) => cash_out_service "Bank of the cash-out service", N 8 8, Optional Clear B;
        Template(&[25]) => url "URL without scheme", Ans 1 77, OneOf Text A;
        Root(&[62, 5]) => txid "Transaction id", AnOrNone 1 25, Mandatory Text A;
        Root(&[62, 50]) => br_code_version "Version of BR Code", Template 1 99, Optional Clear A;
    },
    network! {
        "br.pix-spi", "Pix before its launch (Brazil)", Guid(&["br.gov.bcb.spi"]);
        .without_method() .of("BR", "986") .usually_in("26") .person(Person::By("by key", person::is_pix_person)) .public_for_merchants() .keyed(&[Template(&[1]), Template(&[25])]) .documented(Template(&[25])) .unprompted() .sure(Confidence::C) .excused(BRAZILIAN);
        Template(&[1]) => key "Key", Ans 1 77, Optional NationalId C;
        Template(&[25]) => url "URL without scheme", Ans 1 77, Optional Text C;
    },
    network! {
        "np.fonepay", "Fonepay (Nepal)", Guid(&["fonepay.com"]);
        .of("NP", "524") .usually_in("26") .person(Person::No) .keyed(&[Template(&[1]), Template(&[7])]) .sure(Confidence::C);
        Template(&[1]) => merchant_number "Merchant number", N 13 16, OneOf Clear C;
        Template(&[7]) => merchant_number_7 "Merchant number", N 13 16, OneOf Clear C;
    },
    network! {
        "np.nrb", "NepalQR", Guid(&["np.gov.nrb"]);
        .of("NP", "524") .usually_in("26") .person(Person::Unknown) .sure(Confidence::D);
    },
    network! {
        "np.nchl", "NepalPay", Shape("a 29 that starts with NCHL, beside a 27 whose identifier is a UUID", shape::is_nchl);
        .of("NP", "524") .usually_in("29") .only_in(ids(29, 29)) .person(Person::Unknown) .keyed(&[Template(&[])]) .sure(Confidence::D);
    },
    network! {
        "lk.lankaqr", "LankaQR", Shape("28 digits in 00 of a code of Sri Lanka", shape::is_lankaqr);
        .of("LK", "144") .usually_in("26, 27") .only_in(ids(26, 51)) .person(Person::No) .keyed(&[Template(&[0])]) .sure(Confidence::B);
        Template(&[0]) => account_block "Account block", N 28 28, Mandatory Clear B;
    },
    network! {
        "pk.raast", "Raast, 1LINK (Pakistan)", Guid(&["321d06bcb1a9b1487aa6c4962d6dbd62", "1d06bcb1a9b1487aa6c4962d6dbd622e"]);
        .also_shaped(ids(28, 28), "a UUID, a BIC and an IBAN of Pakistan in 28 of a code of Pakistan", shape::is_raast) .of("PK", "586") .usually_in("28") .person(Person::Unknown) .keyed(&[Template(&[2])]) .at_institution(Template(&[1])) .sure(Confidence::C);
        Template(&[1]) => bic "BIC", An 8 8, Mandatory Clear C;
        Template(&[2]) => iban "IBAN", An 24 24, Mandatory Account C;
    },
    network! {
        "pk.1link", "1LINK 1QR (Pakistan)", Guid(&["A000000736", "A00000736"]);
        .of("PK", "586") .usually_in("26, 27") .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::C);
    },
    network! {
        "uemoa", "UEMOA instant payments (PI-SPI)", Guid(&["int.bceao.pi"]);
        .of("BF BJ CI GW ML NE SN TG", "952") .usually_in("36") .person(Person::Unknown) .keyed(&[Template(&[1]), Template(&[2])]) .sure(Confidence::C) .excused(&[(MERCHANT_CHANNEL_VALUE, Some(62))]);
        Template(&[1]) => alias "Alias", Ans 1 99, OneOf Alias C;
        Template(&[2]) => url "URL", Ans 1 99, OneOf Text C;
        Root(&[62, 1]) => transaction_id "Transaction id", Ans 1 25, Optional Text C;
        Root(&[62, 2]) => bill_reference "Bill reference", Ans 1 25, Optional Text C;
        Root(&[62, 3]) => subscription_id "Subscription id", Ans 1 25, Optional Text C;
    },
    network! {
        "alipay", "Alipay, Alipay+", Guid(&["com.alipay"]);
        .usually_in("26-51, 80") .only_in(TagSet::ACCOUNT_TEMPLATES.union(ids(80, 99))) .person(Person::No) .keyed(&[Template(&[1])]) .kind_of(Kind::Wallet) .sure(Confidence::C);
        Template(&[1]) => url "URL", Ans 1 99, Mandatory Clear C;
    },
    network! {
        "wechat", "Weixin Pay", Guid(&["COM.QQ.WEIXIN.PAY"]);
        .of("SG", "702") .usually_in("26-51") .person(Person::No) .keyed(&[Template(&[1])]) .kind_of(Kind::Wallet) .sure(Confidence::A);
        Template(&[1]) => merchant_id "Merchant id", Ans 1 99, Optional Clear A;
    },
    network! {
        "unionpay", "UnionPay", Shape("31 characters in 15 or 16", shape::is_unionpay);
        .usually_in("15, 16") .only_in(ids(15, 16)) .person(Person::No) .keyed(&[Template(&[])]) .kind_of(Kind::Card) .sure(Confidence::C);
        Template(&[]) => merchant_account "Merchant account", Ans 31 31, Mandatory Clear C;
    },
    network! {
        "mastercard", "Mastercard in a template", Guid(&["A0000000041010"]);
        .usually_in("26-51") .person(Person::No) .keyed(&[Template(&[2]), Template(&[1])]) .kind_of(Kind::Card) .sure(Confidence::B);
        Template(&[1]) => merchant_or_bank_id "Merchant or bank id", An 1 99, Mandatory Account B;
        Template(&[2]) => account_reference "Account reference", An 1 99, Optional Account B;
    },
    network! {
        "tz.tips", "TANQR (Tanzania)", Guid(&["tz.go.bot.tips"]);
        .of("TZ", "834") .usually_in("26") .person(Person::No) .keyed(&[Template(&[2])]) .at_institution(Template(&[1])) .sure(Confidence::C);
        Template(&[1]) => provider_code "Provider code", N 5 5, Optional Clear C;
        Template(&[2]) => merchant_number "Merchant number", N 8 8, Optional Clear C;
    },
    network! {
        "ke.qr", "KE-QR (Kenya)", Guid(&["ke.go.qr"]);
        .of("KE", "404") .usually_in("28, 29") .person(Person::Unknown) .keyed(&[TemplateIn(28, &[1]), TemplateIn(29, &[68])]) .sure(Confidence::C);
        TemplateIn(28, &[1]) => mobile_money_account "Telephone number, pay bill or till of mobile money", N 5 12, Optional Phone D;
        TemplateIn(29, &[68]) => bank_account "Bank or till", Ans 1 99, Optional Account D;
    },
    network! {
        "gh.ghqr", "GhQR (Ghana)", Guid(&["GH.NET.GHIPSS.GHQR"]);
        .of("GH", "936") .usually_in("32") .person(Person::Unknown) .keyed(&[Template(&[1])]) .sure(Confidence::D);
    },
    network! {
        "ng.nqr", "NQR (Nigeria)", Guid(&["NG.COM.NIBSSPLC.QR", "NG.COM.NIBSS-PLC.QR"]);
        .of("NG", "566") .usually_in("26") .person(Person::No) .keyed(&[Template(&[1])]) .sure(Confidence::C);
    },
    network! {
        "mn.qpay", "QPay (Mongolia)", Guid(&["A0000008430001"]);
        .of("MN", "496") .usually_in("27") .person(Person::No) .keyed(&[Template(&[2])]) .at_institution(Template(&[1])) .sure(Confidence::C) .excused(&[(RFU_OBJECT, None), (TEMPLATE_FORMAT, Some(80))]);
        Template(&[1]) => bic "BIC", An 8 11, Optional Clear C;
        Template(&[2]) => merchant_id "Merchant id", Ans 1 99, Optional Account C;
    },
    network! {
        "mu.maucas", "MauCAS (Mauritius)", Guid(&["mu.taucas"]);
        .of("MU", "480") .usually_in("26") .person(Person::Unknown) .keyed(&[Template(&[2])]) .at_institution(Template(&[1])) .sure(Confidence::C);
        Template(&[1]) => bic "BIC", An 8 12, Optional Clear C;
        Template(&[2]) => account_2 "Account, second part", Ans 1 99, Optional Account C;
        Template(&[3]) => account_3 "Account, third part", Ans 1 99, Optional Account C;
    },
    network! {
        "pe.yape", "Yape (Peru)", Shape("32 hexadecimal digits or 44 characters of base64 in 39 of a code of Peru", shape::is_yape);
        .of("PE", "604") .usually_in("39") .only_in(ids(39, 39)) .person(Person::Unknown) .keyed(&[Template(&[])]) .sure(Confidence::C) .excused(&[(TEMPLATE_FORMAT, Some(39))]);
        Template(&[]) => account "Account", Ans 32 44, Mandatory Account C;
    },
    network! {
        "py.sip", "SIPAP (Paraguay)", Guid(&["py.gov.bcp.sip"]);
        .of("PY", "600") .usually_in("32") .person(Person::Unknown) .keyed(&[Template(&[2])]) .at_institution(Template(&[1])) .sure(Confidence::D);
        Template(&[1]) => bank "Bank", N 4 4, Optional Clear D;
        Template(&[2]) => account "Account", N 1 99, Optional Account D;
    },
    network! {
        "latam.mercadopago", "Mercado Pago", Guid(&["com.mercadolibre"]);
        .usually_in("43") .person(Person::No) .keyed(&[Template(&[1]), Template(&[2])]) .kind_of(Kind::Wallet) .sure(Confidence::C);
        Template(&[1]) => url "URL or id", Ans 1 99, Optional Text C;
        Template(&[2]) => id "Id", Ans 1 99, Optional Text C;
    },
    network! {
        "co.breb", "EASPBV, Bre-B (Colombia)", Shape("CO.COM.*.LLA", shape::is_breb);
        .of("CO", "170") .usually_in("26") .only_in(ids(26, 26)) .person(Person::Unknown) .keyed(&[Template(&[1]), Template(&[2]), Template(&[3]), Template(&[4]), Template(&[5])]) .sure(Confidence::C);
        Template(&[1]) => identification "Key: identification", Ans 1 99, OneOf NationalId C;
        Template(&[2]) => mobile_number "Key: mobile number", Ans 1 99, OneOf Phone C;
        Template(&[3]) => email_address "Key: e-mail address", Ans 1 99, OneOf Email D;
        Template(&[4]) => alias "Key: alias", Ans 1 99, OneOf Alias D;
        Template(&[5]) => merchant_code "Key: merchant code", Ans 1 99, OneOf Clear D;
    },
];

/// The most fields of a network.
pub(super) const LARGEST: usize = {
    let (mut rows, mut most): (&[Network], usize) = (ROWS, 0);
    while let [row, rest @ ..] = rows {
        let count = row.field_table().len();
        most = if count > most { count } else { most };
        rows = rest;
    }
    most
};

/// Places of the index: four to a row.
const PLACES: usize = 256;

/// Where the search for an identifier starts: by its length and three of its letters.
const fn hash(guid: &[u8]) -> usize {
    const fn letter(byte: Option<&u8>) -> usize {
        match byte {
            Some(byte) => byte.to_ascii_lowercase() as usize,
            None => 0,
        }
    }
    let last = match guid {
        [.., last] => Some(last),
        [] => None,
    };
    let before = match guid {
        [.., before, _, _] => Some(before),
        _ => None,
    };
    let length = guid.len();
    length.wrapping_mul(37).wrapping_add(letter(last).wrapping_mul(11)).wrapping_add(letter(before).wrapping_mul(3))
        % PLACES
}

/// Whether texts are equal, ASCII case aside.
const fn is_same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, xs @ ..], [y, ys @ ..]) = (a, b) {
        if !x.eq_ignore_ascii_case(y) {
            return false;
        }
        (a, b) = (xs, ys);
    }
    a.is_empty() && b.is_empty()
}

/// The identifiers in the order of their [`hash`], with gaps: each with the number of its row.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
static INDEX: [Option<(&[u8], usize)>; PLACES] = {
    let mut index: [Option<(&[u8], usize)>; PLACES] = [None; PLACES];
    let mut row = 0;
    while row < COUNT {
        if let Guid(mut guids) = ROWS[row].recognition {
            while let [guid, rest @ ..] = guids {
                let mut place = hash(guid.as_bytes());
                while let Some((known, _)) = index[place] {
                    assert!(!is_same(known, guid.as_bytes()), "two networks have one identifier");
                    place = (place.wrapping_add(1)) % PLACES;
                }
                index[place] = Some((guid.as_bytes(), row));
                guids = rest;
            }
        }
        row = row.wrapping_add(1);
    }
    index
};

/// Places and lengths can be, and ids are unique.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
const _: () = {
    let mut row = 0;
    while row < COUNT {
        assert!(ROWS[row].is_valid(), "a field of a network has no place or length that can be");
        let mut other = 0;
        while other < row {
            assert!(!is_same(ROWS[row].id.as_bytes(), ROWS[other].id.as_bytes()), "two networks have one id");
            other = other.wrapping_add(1);
        }
        row = row.wrapping_add(1);
    }
};

/// Number of networks that are recognised by a shape.
const SHAPES: usize = {
    let (mut rows, mut count): (&[Network], usize) = (ROWS, 0);
    while let [row, rest @ ..] = rows {
        count = count.wrapping_add(row.shape().is_some() as usize);
        rows = rest;
    }
    count
};

/// The numbers of their rows.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
static SHAPED_ROWS: [usize; SHAPES] = {
    let (mut shaped, mut place, mut row) = ([0; SHAPES], 0, 0);
    while row < COUNT {
        if ROWS[row].shape().is_some() {
            shaped[place] = row;
            place = place.wrapping_add(1);
        }
        row = row.wrapping_add(1);
    }
    shaped
};

/// The root objects in which their accounts can be.
#[expect(clippy::indexing_slicing, reason = "a fault would not compile")]
pub(super) const SHAPED: TagSet = {
    let (mut tags, mut place) = (TagSet::EMPTY, 0);
    while place < COUNT {
        if let Some(shape) = ROWS[place].shape() {
            tags = tags.union(shape.roots);
        }
        place = place.wrapping_add(1);
    }
    tags
};

/// The place of a network in the table; of a network of another table one beyond it.
pub(super) fn place_of(network: &Network) -> usize {
    let place = |network| core::ptr::from_ref::<Network>(network).addr();
    place(network).wrapping_sub(TABLE.as_ptr().addr()).checked_div(size_of::<Network>()).unwrap_or_default()
}

/// The networks that are recognised by a shape.
pub(super) fn shaped() -> impl Iterator<Item = &'static Network> {
    SHAPED_ROWS.iter().filter_map(|row| TABLE.get(*row))
}

/// The network with an identifier, in any ASCII case.
pub(super) fn of_guid(guid: &[u8]) -> Option<&'static Network> {
    let start = hash(guid);
    let places = INDEX.iter().skip(start).chain(&INDEX).map_while(|place| *place);
    let mut rows = places.filter(|(known, _)| *known == guid || known.eq_ignore_ascii_case(guid));
    TABLE.get(rows.next()?.1)
}

/// The bit of a network in a set of those of the table.
pub(crate) fn bit(network: &Network) -> u64 {
    u32::try_from(place_of(network)).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or_default()
}

/// Whether a text is the identifier of a network of the table, in any ASCII case.
pub(crate) fn is_identifier(text: &str) -> bool {
    of_guid(text.as_bytes()).is_some()
}

/// The table as Markdown: the networks, then their fields.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "nothing can be set")]
pub struct Markdown;

impl fmt::Display for Markdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| id | network | kind | country | currency | roots | recognised by | institution | account | person | confidence |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|---|---|---|---|")?;
        for row in TABLE {
            let (country, currency) = (row.country.unwrap_or("any"), row.currency.unwrap_or("any"));
            write!(f, "| `{}` | {} | {} | {country} | {currency} | {} | ", row.id, row.name, row.kind, row.usual)?;
            match row.recognition {
                Guid(guids) => {
                    for (place, guid) in guids.iter().enumerate() {
                        write!(f, "{}`{guid}`", if place == 0 { "" } else { ", " })?;
                    }
                }
                Shape(..) => {}
            }
            let separator = if matches!(row.recognition, Shape(..)) { "" } else { ", or " };
            row.shape().map_or(Ok(()), |shape| write!(f, "{separator}{}", shape.words))?;
            f.write_str(" | ")?;
            row.institution.map_or(Ok(()), |at| write!(f, "{at}"))?;
            f.write_str(" | ")?;
            for (place, at) in row.keys.iter().enumerate() {
                write!(f, "{}{at}", if place == 0 { "" } else { ", " })?;
            }
            writeln!(f, " | {} | {:?} |", row.person, row.confidence)?;
        }
        writeln!(
            f,
            "
| network | path | field | format | characters | presence | class | confidence |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|---|")?;
        for (row, field) in TABLE.iter().flat_map(|row| row.fields.iter().map(move |field| (row, field))) {
            let Field { at, name, format, least, most, presence, class, confidence, .. } = field;
            write!(f, "| `{}` | {at} | {name} | {format} | {least}", row.id)?;
            if least != most {
                write!(f, "-{most}")?;
            }
            writeln!(f, " | {presence} | {} | {confidence:?} |", class.letter())?;
        }
        Ok(())
    }
}

/// The network with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Network> {
    TABLE.iter().find(|row| row.id == id)
}
