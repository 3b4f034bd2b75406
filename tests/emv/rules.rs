//! The rules of the base profile: each broken alone, with its place, and its closest legal neighbours.

use core::ops::ControlFlow;
use std::collections::BTreeSet;

use crate::common::{BASE, Object, has, multi_byte_base, payload, replace, run, with, without};
use emvqr::mpm::rules;
use emvqr::rule::{Each, FirstError};
use emvqr::{Mpm, Path, Payload, Profile, Rule, Severity, Violation};

/// What "shall" says.
const E: Severity = Severity::Error;
/// What is recommended, left open, inferred or reserved.
const W: Severity = Severity::Warning;

/// A text made from the base.
#[derive(Clone, Copy)]
enum Text {
    /// These objects with these values in their place or at the end; an empty value takes the object out.
    Of(&'static [Object<'static>]),
    /// What the function makes.
    By(fn(&[Object<'_>]) -> String),
}
use Text::{By, Of};

impl Text {
    fn compose(self, base: &[Object<'_>]) -> String {
        let changes = match self {
            Of(changes) => changes,
            By(make) => return make(base),
        };
        let mut objects = base.to_vec();
        for (id, value) in changes {
            objects = match (*value, has(&objects, id)) {
                ("", _) => without(&objects, id),
                (value, true) => replace(&objects, id, value),
                (value, false) => with(&objects, id, value),
            };
        }
        payload(&objects)
    }
}

/// Rule, severity, path, mark, text. The mark is a piece of the text that occurs once, `#` for any byte, with the bytes
/// concerned in brackets.
type Row = (&'static Rule, Severity, &'static str, &'static str, Text);

/// Texts that break one rule.
#[rustfmt::skip]
static BROKEN: &[Row] = &[
    // Presence, R8, R19, R20: at the start of 63.
    (rules::ACCOUNT_MISSING, E, "", "[]6304####", Of(&[("29", "")])),
    (rules::ACCOUNT_MISSING, E, "", "[]6304####", Of(&[("29", ""), ("80", "0011com.example")])),
    (rules::MCC_MISSING, E, "52", "[]6304####", Of(&[("52", "")])),
    (rules::CURRENCY_MISSING, E, "53", "[]6304####", Of(&[("53", "")])),
    (rules::CURRENCY_MISSING, E, "53", "[]6304####", Of(&[("53", ""), ("54", "1.2345")])),
    (rules::FEE_MISSING, E, "56", "[]6304####", Of(&[("55", "02")])),
    (rules::PERCENTAGE_MISSING, E, "57", "[]6304####", Of(&[("55", "03")])),
    (rules::COUNTRY_MISSING, E, "58", "[]6304####", Of(&[("58", "")])),
    (rules::NAME_MISSING, E, "59", "[]6304####", Of(&[("59", "")])),
    (rules::NAME_MISSING, E, "59", "[]6304####", Of(&[("59", ""), ("64", "0002km0105Local")])),
    (rules::CITY_MISSING, E, "60", "[]6304####", Of(&[("60", "")])),

    // R9, R10.
    (rules::FORMAT_INDICATOR_VALUE, E, "00", "0002[02]", Of(&[("00", "02")])),
    (rules::FORMAT_INDICATOR_VALUE, E, "00", "0001[1]", Of(&[("00", "1")])),
    (rules::FORMAT_INDICATOR_VALUE, E, "00", "0003[001]", Of(&[("00", "001")])),
    (rules::INITIATION_VALUE, E, "01", "0102[13]", Of(&[("01", "13")])),
    (rules::INITIATION_VALUE, E, "01", "0102[10]", Of(&[("01", "10")])),
    (rules::INITIATION_VALUE, E, "01", "0101[1]", Of(&[("01", "1")])),
    (rules::INITIATION_VALUE, E, "01", "0103[011]", Of(&[("01", "011")])),
    // The digits of another script, three bytes each.
    (rules::INITIATION_VALUE, E, "01", "0102[１１]", Of(&[("01", "１１")])),

    // R23: IDs that EMVCo keeps for itself.
    (rules::ACCOUNT_RESERVED, W, "06", "[0603abc]", Of(&[("06", "abc")])),
    (rules::ACCOUNT_RESERVED, W, "08", "[0803abc]", Of(&[("08", "abc")])),
    (rules::ACCOUNT_RESERVED, W, "17", "[1703abc]", Of(&[("17", "abc")])),
    (rules::ACCOUNT_RESERVED, W, "25", "[2503abc]", Of(&[("25", "abc")])),

    // R4 in account templates, where it makes the payee ambiguous.
    (rules::ACCOUNT_AMBIGUOUS, E, "29-01", "[0101B]", Of(&[("29", "0011com.example0101A0101B")])),
    (rules::ACCOUNT_AMBIGUOUS, E, "29-01", "0101A0201C[0101A]", Of(&[("29", "0011com.example0101A0201C0101A")])),
    (rules::ACCOUNT_AMBIGUOUS, E, "29-01", "0101A[0101B]0101C", Of(&[("29", "0011com.example0101A0101B0101C")])),
    (rules::ACCOUNT_AMBIGUOUS, E, "29-00", "0011com.example[0011com.example]", Of(&[("29", "0011com.example0011com.example")])),
    (rules::ACCOUNT_AMBIGUOUS, E, "26-99", "[9901B]", Of(&[("26", "9901A0011com.example9901B")])),
    (rules::ACCOUNT_AMBIGUOUS, E, "51-07", "[0701é]", Of(&[("51", "0011com.example0701ü0701é")])),

    // R1, R2 inside templates.
    (rules::TEMPLATE_FORMAT, E, "29", "2915[john]_smith@bank", Of(&[("29", "john_smith@bank")])),
    (rules::TEMPLATE_FORMAT, E, "29", "2905[0é0A]B", Of(&[("29", "0é0AB")])),
    (rules::TEMPLATE_FORMAT, E, "29", "2902[ខ្]", Of(&[("29", "ខ្")])),
    (rules::TEMPLATE_FORMAT, E, "29", "com.example[010]5204", Of(&[("29", "0011com.example010")])),
    (rules::TEMPLATE_FORMAT, E, "29", "com.example[0105]ACCT", Of(&[("29", "0011com.example0105ACCT")])),
    (rules::TEMPLATE_FORMAT, E, "29", "com.example[0100]", Of(&[("29", "0011com.example0100")])),
    (rules::TEMPLATE_FORMAT, E, "29", "com.example[01+4]ACCT", Of(&[("29", "0011com.example01+4ACCT")])),
    (rules::TEMPLATE_FORMAT, E, "29", "0101é[x101]A", Of(&[("29", "0011com.example0101éx101A")])),
    (rules::TEMPLATE_FORMAT, E, "26", "2603[abc]", Of(&[("26", "abc")])),
    (rules::TEMPLATE_FORMAT, E, "51", "5103[abc]", Of(&[("51", "abc")])),
    (rules::TEMPLATE_FORMAT, E, "62", "6203[***]", Of(&[("62", "***")])),
    (rules::TEMPLATE_FORMAT, E, "64", "6406[0003]km", Of(&[("64", "0003km")])),
    (rules::TEMPLATE_FORMAT, E, "80", "8003[abc]", Of(&[("80", "abc")])),
    (rules::TEMPLATE_FORMAT, E, "99", "9903[abc]", Of(&[("99", "abc")])),
    (rules::TEMPLATE_FORMAT, E, "62-50", "0101A5004[wxyz]", Of(&[("62", "0101A5004wxyz")])),
    (rules::TEMPLATE_FORMAT, E, "62-99", "0101é9908[wxyz]1234", Of(&[("62", "50200011com.example0101é9908wxyz1234")])),

    // R4 in other templates.
    (rules::TEMPLATE_DUPLICATE, E, "62-01", "[0101B]", Of(&[("62", "0101A0101B")])),
    (rules::TEMPLATE_DUPLICATE, E, "62-50", "[50150011com.exampla]", Of(&[("62", "50150011com.exampli50150011com.exampla")])),
    (rules::TEMPLATE_DUPLICATE, E, "64-01", "[0101B]", Of(&[("64", "0002km0101ក0101B")])),
    (rules::TEMPLATE_DUPLICATE, E, "80-01", "[0101B]", Of(&[("80", "0011com.example0101A0101B")])),
    (rules::TEMPLATE_DUPLICATE, E, "62-50-01", "[0101B]", Of(&[("62", "50250011com.example0101A0101B")])),

    // R24, R29, R31: at the end of the template.
    (rules::GUID_MISSING, E, "29-00", "290801041234[]", Of(&[("29", "01041234")])),
    (rules::GUID_MISSING, E, "26-00", "26050101A[]", Of(&[("26", "0101A")])),
    (rules::GUID_MISSING, E, "51-00", "51050101é[]", Of(&[("51", "0101é")])),
    (rules::GUID_MISSING, E, "80-00", "80050101A[]", Of(&[("80", "0101A")])),
    (rules::GUID_MISSING, E, "99-00", "99050101A[]", Of(&[("99", "0101A")])),
    (rules::GUID_MISSING, E, "62-50-00", "50050101A[]0201B", Of(&[("62", "50050101A0201B")])),
    (rules::GUID_LENGTH, E, "29-00", "0033com.ABCDEFGHIJKLMNOPQRSTUVWXYZab[c]", Of(&[("29", "0033com.ABCDEFGHIJKLMNOPQRSTUVWXYZabc")])),
    (rules::GUID_LENGTH, E, "99-00", "0035com.ABCDEFGHIJKLMNOPQRSTUVWXYZab[cde]", Of(&[("99", "0035com.ABCDEFGHIJKLMNOPQRSTUVWXYZabcde")])),
    (rules::GUID_CHARSET, E, "29-00", "0011com.exampl[\u{e9}]", Of(&[("29", "0011com.exampl\u{e9}")])),
    (rules::GUID_CHARSET, E, "80-00", "0012com.example[\t]", Of(&[("80", "0012com.example\t")])),
    (rules::GUID_SHAPE, W, "29-00", "0009[user@bank]", Of(&[("29", "0009user@bank")])),
    (rules::GUID_SHAPE, W, "51-00", "0011[fonepay.com]", Of(&[("51", "0011fonepay.com")])),
    (rules::GUID_SHAPE, W, "80-00", "0008[TallyPay]", Of(&[("80", "0008TallyPay")])),
    (rules::GUID_SHAPE, W, "62-50-00", "0011[20123456789]", Of(&[("62", "5015001120123456789")])),

    // R12, R13.
    (rules::MCC_FORMAT, E, "52", "5204[581A]", Of(&[("52", "581A")])),
    (rules::MCC_FORMAT, E, "52", "5203[581]", Of(&[("52", "581")])),
    (rules::MCC_FORMAT, E, "52", "5205[05812]", Of(&[("52", "05812")])),
    (rules::MCC_FORMAT, E, "52", "5204[+581]", Of(&[("52", "+581")])),
    (rules::MCC_FORMAT, E, "52", "5204[５８１２]", Of(&[("52", "５８１２")])),
    (rules::CURRENCY_FORMAT, E, "53", "5303[MMK]", Of(&[("53", "MMK")])),
    (rules::CURRENCY_FORMAT, E, "53", "5302[84]", Of(&[("53", "84")])),
    (rules::CURRENCY_FORMAT, E, "53", "5304[0840]", Of(&[("53", "0840")])),
    (rules::CURRENCY_FORMAT, E, "53", "5303[ 84]", Of(&[("53", " 84")])),
    (rules::CURRENCY_UNASSIGNED, E, "53", "5303[000]", Of(&[("53", "000")])),
    (rules::CURRENCY_UNASSIGNED, E, "53", "5303[001]", Of(&[("53", "001")])),

    // R14, R16.
    (rules::AMOUNT_LENGTH, E, "54", "54141000000000000[1]", Of(&[("54", "10000000000001")])),
    (rules::AMOUNT_LENGTH, E, "54", "54161000000000.00[000]", Of(&[("54", "1000000000.00000"), ("53", "959")])),
    (rules::AMOUNT_FORMAT, E, "54", "5405[98,73]", Of(&[("54", "98,73")])),
    (rules::AMOUNT_FORMAT, E, "54", "5405[3 705]", Of(&[("54", "3 705")])),
    (rules::AMOUNT_FORMAT, E, "54", "5402[+5]", Of(&[("54", "+5")])),
    (rules::AMOUNT_FORMAT, E, "54", "5402[-5]", Of(&[("54", "-5")])),
    (rules::AMOUNT_FORMAT, E, "54", "5402[ 5]", Of(&[("54", " 5")])),
    (rules::AMOUNT_FORMAT, E, "54", "5403[1e5]", Of(&[("54", "1e5")])),
    (rules::AMOUNT_FORMAT, E, "54", "5405[1.2.3]", Of(&[("54", "1.2.3")])),
    (rules::AMOUNT_FORMAT, E, "54", "5404[USD5]", Of(&[("54", "USD5")])),
    (rules::AMOUNT_FORMAT, E, "54", "5402[٣٤]", Of(&[("54", "٣٤")])),
    (rules::AMOUNT_ZERO, E, "54", "5401[0]", Of(&[("54", "0")])),
    (rules::AMOUNT_ZERO, E, "54", "5402[0.]", Of(&[("54", "0.")])),
    (rules::AMOUNT_ZERO, E, "54", "5404[0.00]", Of(&[("54", "0.00")])),
    (rules::AMOUNT_DECIMALS, W, "54", "5405[1.005]", Of(&[("54", "1.005")])),
    (rules::AMOUNT_DECIMALS, W, "54", "5405[1.500]", Of(&[("54", "1.500")])),
    (rules::AMOUNT_DECIMALS, W, "54", "5403[1.5]", Of(&[("54", "1.5"), ("53", "392")])),
    (rules::AMOUNT_UNUSUAL, W, "54", "5403[.50]", Of(&[("54", ".50")])),
    (rules::AMOUNT_UNUSUAL, W, "54", "5407[0023.72]", Of(&[("54", "0023.72")])),
    (rules::AMOUNT_UNUSUAL, W, "54", "5405[01.23]", Of(&[("54", "01.23")])),

    // R18.
    (rules::TIP_VALUE, E, "55", "5502[04]", Of(&[("55", "04")])),
    (rules::TIP_VALUE, E, "55", "5502[00]", Of(&[("55", "00")])),
    (rules::TIP_VALUE, E, "55", "5501[1]", Of(&[("55", "1")])),
    (rules::TIP_VALUE, E, "55", "5503[001]", Of(&[("55", "001")])),

    // R19.
    (rules::FEE_UNEXPECTED, E, "56", "[56015]", Of(&[("56", "5")])),
    (rules::FEE_UNEXPECTED, E, "56", "[56015]", Of(&[("55", "01"), ("56", "5")])),
    (rules::FEE_UNEXPECTED, E, "56", "[56015]", Of(&[("55", "03"), ("56", "5"), ("57", "5")])),
    (rules::FEE_LENGTH, E, "56", "56141000000000000[1]", Of(&[("55", "02"), ("56", "10000000000001")])),
    (rules::FEE_FORMAT, E, "56", "5604[1,50]", Of(&[("55", "02"), ("56", "1,50")])),
    (rules::FEE_FORMAT, E, "56", "5601[.]", Of(&[("55", "02"), ("56", ".")])),
    (rules::FEE_ZERO, E, "56", "5604[0.00]", Of(&[("55", "02"), ("56", "0.00")])),
    (rules::FEE_UNUSUAL, W, "56", "5605[00.50]", Of(&[("55", "02"), ("56", "00.50")])),
    (rules::FEE_DECIMALS, W, "56", "5605[1.005]", Of(&[("55", "02"), ("56", "1.005")])),

    // R20.
    (rules::PERCENTAGE_UNEXPECTED, E, "57", "[57015]", Of(&[("57", "5")])),
    (rules::PERCENTAGE_UNEXPECTED, E, "57", "[57015]", Of(&[("55", "02"), ("56", "5"), ("57", "5")])),
    (rules::PERCENTAGE_LENGTH, E, "57", "570610.00[1]", Of(&[("55", "03"), ("57", "10.001")])),
    (rules::PERCENTAGE_FORMAT, E, "57", "5702[5%]", Of(&[("55", "03"), ("57", "5%")])),
    (rules::PERCENTAGE_FORMAT, E, "57", "5703[5,0]", Of(&[("55", "03"), ("57", "5,0")])),
    (rules::PERCENTAGE_FORMAT, E, "57", "5702[-5]", Of(&[("55", "03"), ("57", "-5")])),
    (rules::PERCENTAGE_FORMAT, E, "57", "5701[.]", Of(&[("55", "03"), ("57", ".")])),
    (rules::PERCENTAGE_RANGE, E, "57", "5701[0]", Of(&[("55", "03"), ("57", "0")])),
    (rules::PERCENTAGE_RANGE, E, "57", "5705[00.00]", Of(&[("55", "03"), ("57", "00.00")])),
    (rules::PERCENTAGE_RANGE, E, "57", "5705[0.009]", Of(&[("55", "03"), ("57", "0.009")])),
    (rules::PERCENTAGE_RANGE, E, "57", "5703[100]", Of(&[("55", "03"), ("57", "100")])),
    (rules::PERCENTAGE_RANGE, E, "57", "5705[100.0]", Of(&[("55", "03"), ("57", "100.0")])),

    // R21.
    (rules::COUNTRY_FORMAT, E, "58", "5802[K1]", Of(&[("58", "K1")])),
    (rules::COUNTRY_FORMAT, E, "58", "5803[KHM]", Of(&[("58", "KHM")])),
    (rules::COUNTRY_FORMAT, E, "58", "5801[K]", Of(&[("58", "K")])),
    (rules::COUNTRY_FORMAT, E, "58", "5801[é]", Of(&[("58", "é")])),
    (rules::COUNTRY_UNASSIGNED, E, "58", "5802[ZZ]", Of(&[("58", "ZZ")])),
    (rules::COUNTRY_CASE, W, "58", "5802[kh]", Of(&[("58", "kh")])),
    (rules::COUNTRY_CASE, W, "58", "5802[Kh]", Of(&[("58", "Kh")])),

    // R22, R26, R28, R30: lengths, from the first character too many.
    (rules::TEXT_LENGTH, E, "59", "5926ABCDEFGHIJKLMNOPQRSTUVWXY[Z]", Of(&[("59", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")])),
    (rules::TEXT_LENGTH, E, "60", "6016ABCDEFGHIJKLMNO[P]", Of(&[("60", "ABCDEFGHIJKLMNOP")])),
    (rules::TEXT_LENGTH, E, "61", "6113ABCDEFGHIJ[KLM]", Of(&[("61", "ABCDEFGHIJKLM")])),
    (rules::TEXT_LENGTH, E, "62-01", "0126ABCDEFGHIJKLMNOPQRSTUVWXY[Z]", Of(&[("62", "0126ABCDEFGHIJKLMNOPQRSTUVWXYZ")])),
    (rules::TEXT_LENGTH, E, "62-08", "0826ABCDEFGHIJKLMNOPQRSTUVWXY[Z]", Of(&[("62", "0826ABCDEFGHIJKLMNOPQRSTUVWXYZ")])),
    (rules::TEXT_LENGTH, E, "62-10", "1021ABCDEFGHIJKLMNOPQRST[U]", Of(&[("62", "1021ABCDEFGHIJKLMNOPQRSTU")])),
    (rules::TEXT_LENGTH, E, "64-01", "0127កកកកកកកកកកកកកកកកកកកកកកកកក[ខខ]", Of(&[("64", "0002km0127កកកកកកកកកកកកកកកកកកកកកកកកកខខ")])),
    (rules::TEXT_LENGTH, E, "64-02", "0216𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷[野]", Of(&[("64", "0002ja0101A0216𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷野")])),

    // R34.
    (rules::TEXT_CHARSET, E, "59", "5905Caff[è]", Of(&[("59", "Caffè")])),
    (rules::TEXT_CHARSET, E, "59", "5903A[\u{1F}]B", Of(&[("59", "A\u{1F}B")])),
    (rules::TEXT_CHARSET, E, "59", "5903A[\u{7F}]B", Of(&[("59", "A\u{7F}B")])),
    (rules::TEXT_CHARSET, E, "60", "6008BRAS[Í]LIA", Of(&[("60", "BRASÍLIA")])),
    (rules::TEXT_CHARSET, E, "61", "6102[〒]1", Of(&[("61", "〒1")])),
    (rules::TEXT_CHARSET, E, "02", "0204[№]120", Of(&[("02", "№120")])),
    (rules::TEXT_CHARSET, E, "16", "1602[é]1", Of(&[("16", "é1")])),
    (rules::TEXT_CHARSET, E, "62-01", "0102[é]1", Of(&[("62", "0102é1")])),
    (rules::TEXT_CHARSET, E, "62-08", "0802[é]1", Of(&[("62", "0802é1")])),
    (rules::TEXT_CHARSET, E, "62-10", "1002[é]1", Of(&[("62", "1002é1")])),
    // A control character is named before others, which some profiles let pass.
    (rules::TEXT_CHARSET, E, "59", "5904éé[\u{85}]é", Of(&[("59", "éé\u{85}é")])),
    (rules::TEXT_BLANK, W, "59", "5903[   ]", Of(&[("59", "   ")])),
    (rules::TEXT_BLANK, W, "64-01", "0103[ \u{200B}\u{3000}]", Of(&[("64", "0002km0103 \u{200B}\u{3000}")])),
    (rules::TEXT_BLANK, W, "64-01", "0101[\u{3164}]", Of(&[("64", "0002ko0101\u{3164}")])),
    (rules::TEXT_DECOMPOSED, W, "64-01", "0105Cafe[\u{301}]", Of(&[("64", "0002fr0105Cafe\u{301}")])),
    (rules::TEXT_DECOMPOSED, W, "64-01", "0102か[\u{3099}]", Of(&[("64", "0002ja0102か\u{3099}")])),
    (rules::TEXT_DECOMPOSED, W, "64-02", "0202は[\u{309A}]", Of(&[("64", "0002ja0101A0202は\u{309A}")])),
    (rules::TEXT_INVISIBLE, W, "64-01", "0103A[\u{202E}]B", Of(&[("64", "0002fr0103A\u{202E}B")])),
    (rules::TEXT_INVISIBLE, W, "64-01", "0103A[\u{2060}]B", Of(&[("64", "0002fr0103A\u{2060}B")])),
    (rules::TEXT_INVISIBLE, W, "64-02", "0203A[\u{E0041}]B", Of(&[("64", "0002fr0101A0203A\u{E0041}B")])),
    (rules::TEXT_CONTROL, W, "64-01", "0103A[\n]B", Of(&[("64", "0002fr0103A\nB")])),
    (rules::TEXT_CONTROL, W, "64-02", "0203A[\u{2028}]B", Of(&[("64", "0002fr0101A0203A\u{2028}B")])),

    // R27, R28.
    (rules::CONSUMER_DATA_VALUE, E, "62-09", "0902[AA]", Of(&[("62", "0902AA")])),
    (rules::CONSUMER_DATA_VALUE, E, "62-09", "0901[B]", Of(&[("62", "0901B")])),
    (rules::CONSUMER_DATA_VALUE, E, "62-09", "0901[a]", Of(&[("62", "0901a")])),
    (rules::CONSUMER_DATA_VALUE, E, "62-09", "0904[AMEA]", Of(&[("62", "0904AMEA")])),
    (rules::CONSUMER_DATA_VALUE, E, "62-09", "0903[***]", Of(&[("62", "0903***")])),
    (rules::CONSUMER_DATA_VALUE, E, "62-09", "0902[Aé]", Of(&[("62", "0902Aé")])),
    (rules::MERCHANT_CHANNEL_VALUE, E, "62-11", "1103[800]", Of(&[("62", "1103800")])),
    (rules::MERCHANT_CHANNEL_VALUE, E, "62-11", "1103[040]", Of(&[("62", "1103040")])),
    (rules::MERCHANT_CHANNEL_VALUE, E, "62-11", "1103[004]", Of(&[("62", "1103004")])),
    (rules::MERCHANT_CHANNEL_VALUE, E, "62-11", "1102[40]", Of(&[("62", "110240")])),
    (rules::MERCHANT_CHANNEL_VALUE, E, "62-11", "1104[4000]", Of(&[("62", "11044000")])),
    (rules::MERCHANT_CHANNEL_VALUE, E, "62-11", "1103[é00]", Of(&[("62", "1103é00")])),

    // R30.
    (rules::LANGUAGE_MISSING, E, "64-00", "64070103ហាង[]", Of(&[("64", "0103ហាង")])),
    (rules::LANGUAGE_NAME_MISSING, E, "64-01", "64060002km[]", Of(&[("64", "0002km")])),
    (rules::LANGUAGE_NAME_MISSING, E, "64-01", "64110002km0201ក[]", Of(&[("64", "0002km0201ក")])),
    (rules::LANGUAGE_FORMAT, E, "64-00", "0002[k1]", Of(&[("64", "0002k10101A")])),
    (rules::LANGUAGE_FORMAT, E, "64-00", "0003[khm]", Of(&[("64", "0003khm0101A")])),
    (rules::LANGUAGE_FORMAT, E, "64-00", "0001[k]", Of(&[("64", "0001k0101A")])),
    (rules::LANGUAGE_FORMAT, E, "64-00", "0001[é]", Of(&[("64", "0001é0101A")])),
    (rules::LANGUAGE_UNASSIGNED, E, "64-00", "0002[xx]", Of(&[("64", "0002xx0101A")])),
    (rules::LANGUAGE_UNASSIGNED, E, "64-00", "0002[XX]", Of(&[("64", "0101A0002XX")])),

    // R32, R33.
    (rules::RFU_OBJECT, W, "65", "[6503abc]", Of(&[("65", "abc")])),
    (rules::RFU_OBJECT, W, "79", "[7902ក្]", Of(&[("79", "ក្")])),
    (rules::RFU_OBJECT, W, "62-00", "[0003abc]", Of(&[("62", "0003abc0101A")])),
    (rules::RFU_OBJECT, W, "62-12", "[1203abc]", Of(&[("62", "1203abc")])),
    (rules::RFU_OBJECT, W, "62-49", "[4902ក្]", Of(&[("62", "4902ក្")])),
    (rules::RFU_OBJECT, W, "64-03", "[0303abc]", Of(&[("64", "0002km0101ក0303abc")])),
    (rules::RFU_OBJECT, W, "64-99", "[9901é]", Of(&[("64", "0002km0101ក9901é")])),

    // R36: version 1.0 does not say it.
    (rules::CRC_CASE, W, "63", "6304[####]", By(lower_case_crc)),

    // R35.
    (rules::SIZE, W, "", "[]000201", By(|base| of_size(base, 513))),
    (rules::SIZE, W, "", "[]000201", By(|base| of_size(base, 600))),
];

/// Texts next to a breach that break no rule at all.
#[rustfmt::skip]
static LEGAL: &[(&Rule, Text)] = &[
    (rules::ACCOUNT_MISSING, Of(&[("29", ""), ("02", "4000123412341234")])),
    (rules::ACCOUNT_MISSING, Of(&[("29", ""), ("16", "x")])),
    (rules::ACCOUNT_MISSING, Of(&[("29", ""), ("26", "0011com.example")])),
    (rules::ACCOUNT_MISSING, Of(&[("29", ""), ("51", "0011com.example")])),
    (rules::MCC_MISSING, Of(&[("52", "0000")])),
    (rules::CURRENCY_MISSING, Of(&[("53", "116")])),
    (rules::FEE_MISSING, Of(&[("55", "02"), ("56", "5")])),
    (rules::FEE_MISSING, Of(&[("56", "5"), ("55", "02")])),
    (rules::FEE_MISSING, Of(&[("55", "01")])),
    (rules::PERCENTAGE_MISSING, Of(&[("55", "03"), ("57", "5")])),
    (rules::COUNTRY_MISSING, Of(&[])),
    (rules::NAME_MISSING, Of(&[("59", "x")])),
    (rules::CITY_MISSING, Of(&[("60", "x")])),
    (rules::FORMAT_INDICATOR_VALUE, Of(&[("00", "01")])),
    (rules::INITIATION_VALUE, Of(&[("01", "12")])),
    (rules::INITIATION_VALUE, Of(&[("01", "")])),
    (rules::ACCOUNT_RESERVED, Of(&[("05", "abc")])),
    (rules::ACCOUNT_RESERVED, Of(&[("09", "abc")])),
    (rules::ACCOUNT_RESERVED, Of(&[("16", "abc")])),
    (rules::ACCOUNT_RESERVED, Of(&[("26", "0011com.example")])),
    (rules::ACCOUNT_AMBIGUOUS, Of(&[("29", "0011com.example0101A0201A")])),
    // The same network twice is for the payer's app to choose from (R43), and a nested template starts anew.
    (rules::ACCOUNT_AMBIGUOUS, Of(&[("30", "0011com.example0101A")])),
    (rules::ACCOUNT_AMBIGUOUS, Of(&[("29", "0011com.example01100101X0201Y")])),
    (rules::TEMPLATE_FORMAT, Of(&[("29", "0011com.example0104ACCT")])),
    (rules::TEMPLATE_FORMAT, Of(&[("62", "0103***")])),
    (rules::TEMPLATE_DUPLICATE, Of(&[("62", "0101A0201A")])),
    (rules::TEMPLATE_DUPLICATE, Of(&[("62", "50200011com.example0101A51200011com.example0101A")])),
    // R7: any order.
    (rules::GUID_MISSING, Of(&[("29", "0108ACCT00010011com.example")])),
    (rules::GUID_MISSING, Of(&[("80", "9901é0011com.example")])),
    (rules::GUID_LENGTH, Of(&[("29", "0032com.ABCDEFGHIJKLMNOPQRSTUVWXYZab")])),
    (rules::GUID_CHARSET, Of(&[("29", "0011com.example0101é")])),
    (rules::GUID_SHAPE, Of(&[("29", "0010A000000004")])),
    (rules::GUID_SHAPE, Of(&[("29", "0010D840000000")])),
    (rules::GUID_SHAPE, Of(&[("29", "0014br.gov.bcb.pix")])),
    (rules::GUID_SHAPE, Of(&[("29", "00320123456789abcdef0123456789ABCDEF")])),
    (rules::MCC_FORMAT, Of(&[("52", "9999")])),
    (rules::CURRENCY_FORMAT, Of(&[("53", "008")])),
    (rules::CURRENCY_UNASSIGNED, Of(&[("53", "392")])),
    (rules::AMOUNT_LENGTH, Of(&[("54", "1000000000000")])),
    (rules::AMOUNT_LENGTH, Of(&[("54", "1000000000.00")])),
    (rules::AMOUNT_FORMAT, Of(&[("54", "98.73")])),
    (rules::AMOUNT_FORMAT, Of(&[("54", "98")])),
    (rules::AMOUNT_FORMAT, Of(&[("54", "98.")])),
    (rules::AMOUNT_ZERO, Of(&[("54", "0.01")])),
    (rules::AMOUNT_DECIMALS, Of(&[("54", "1.50")])),
    (rules::AMOUNT_DECIMALS, Of(&[("54", "1.5")])),
    // The dinar has three decimals, the yen none, the riel two for ISO 4217, and gold none that ISO 4217 would know.
    (rules::AMOUNT_DECIMALS, Of(&[("54", "1.005"), ("53", "414")])),
    (rules::AMOUNT_DECIMALS, Of(&[("54", "98."), ("53", "392")])),
    (rules::AMOUNT_DECIMALS, Of(&[("54", "98.75"), ("53", "116")])),
    (rules::AMOUNT_DECIMALS, Of(&[("54", "1.00005"), ("53", "959")])),
    (rules::AMOUNT_UNUSUAL, Of(&[("54", "0.50")])),
    (rules::AMOUNT_UNUSUAL, Of(&[("54", "10.00")])),
    (rules::TIP_VALUE, Of(&[("55", "01")])),
    (rules::FEE_UNEXPECTED, Of(&[("55", "02"), ("56", "5")])),
    (rules::FEE_LENGTH, Of(&[("55", "02"), ("56", "1000000000000")])),
    (rules::FEE_FORMAT, Of(&[("55", "02"), ("56", "1.")])),
    (rules::FEE_ZERO, Of(&[("55", "02"), ("56", "0.01")])),
    (rules::FEE_UNUSUAL, Of(&[("55", "02"), ("56", "0.50")])),
    (rules::FEE_DECIMALS, Of(&[("55", "02"), ("56", "1.50")])),
    (rules::PERCENTAGE_UNEXPECTED, Of(&[("57", "5"), ("55", "03")])),
    (rules::PERCENTAGE_LENGTH, Of(&[("55", "03"), ("57", "10.00")])),
    (rules::PERCENTAGE_FORMAT, Of(&[("55", "03"), ("57", "5.")])),
    (rules::PERCENTAGE_RANGE, Of(&[("55", "03"), ("57", "00.01")])),
    (rules::PERCENTAGE_RANGE, Of(&[("55", "03"), ("57", "0.01")])),
    (rules::PERCENTAGE_RANGE, Of(&[("55", "03"), ("57", "99.99")])),
    (rules::COUNTRY_FORMAT, Of(&[("58", "JP")])),
    (rules::COUNTRY_UNASSIGNED, Of(&[("58", "ZW")])),
    (rules::COUNTRY_CASE, Of(&[("58", "US")])),
    (rules::TEXT_LENGTH, Of(&[("59", "ABCDEFGHIJKLMNOPQRSTUVWXY")])),
    (rules::TEXT_LENGTH, Of(&[("60", "ABCDEFGHIJKLMNO")])),
    (rules::TEXT_LENGTH, Of(&[("61", "ABCDEFGHIJ")])),
    (rules::TEXT_LENGTH, Of(&[("62", "0125ABCDEFGHIJKLMNOPQRSTUVWXY0825ABCDEFGHIJKLMNOPQRSTUVWXY1020ABCDEFGHIJKLMNOPQRST")])),
    (rules::TEXT_LENGTH, Of(&[("64", "0002km0125កកកកកកកកកកកកកកកកកកកកកកកកក")])),
    (rules::TEXT_LENGTH, Of(&[("64", "0002ja0101A0215𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷")])),
    (rules::TEXT_CHARSET, Of(&[("59", " !\"#$%&'()*+,-./:;<=>?@")])),
    (rules::TEXT_CHARSET, Of(&[("59", "[\\]^_`{|}~ ")])),
    (rules::TEXT_BLANK, Of(&[("59", " . ")])),
    (rules::TEXT_BLANK, Of(&[("64", "0002km0102\u{200B}ហ")])),
    // A city of blanks is a city that is not told.
    (rules::TEXT_BLANK, Of(&[("60", " ")])),
    (rules::TEXT_DECOMPOSED, Of(&[("64", "0002fr0104Café")])),
    // Khmer and half-width kana have no precomposed form.
    (rules::TEXT_DECOMPOSED, Of(&[("64", "0002km0105ខ្មែរ")])),
    (rules::TEXT_DECOMPOSED, Of(&[("64", "0002ja0102ｶﾞ")])),
    // The zero-width space that Khmer is written with.
    (rules::TEXT_CONTROL, Of(&[("64", "0002km0107ហាង\u{200B}កាហ")])),
    (rules::TEXT_INVISIBLE, Of(&[("64", "0002hi0106क\u{94D}\u{200D}ष\u{200C}क")])),
    (rules::CONSUMER_DATA_VALUE, Of(&[("62", "0903AME")])),
    (rules::CONSUMER_DATA_VALUE, Of(&[("62", "0903EMA")])),
    (rules::CONSUMER_DATA_VALUE, Of(&[("62", "0901E")])),
    (rules::MERCHANT_CHANNEL_VALUE, Of(&[("62", "1103000")])),
    (rules::MERCHANT_CHANNEL_VALUE, Of(&[("62", "1103733")])),
    (rules::LANGUAGE_MISSING, Of(&[("64", "0101A0002km")])),
    (rules::LANGUAGE_NAME_MISSING, Of(&[("64", "0002km0101ក")])),
    (rules::LANGUAGE_FORMAT, Of(&[("64", "0002ZH0101A")])),
    (rules::LANGUAGE_UNASSIGNED, Of(&[("64", "0002Ja0101A")])),
    (rules::RFU_OBJECT, Of(&[("64", "0002km0101ក0201ក")])),
    (rules::RFU_OBJECT, Of(&[("62", "1103000")])),
    (rules::RFU_OBJECT, Of(&[("62", "50150011com.example")])),
    (rules::RFU_OBJECT, Of(&[("80", "0011com.example")])),
    (rules::CRC_CASE, By(upper_case_crc)),
    (rules::SIZE, By(|base| of_size(base, 512))),
];

/// A rule that cannot be broken alone, and what comes with it: a GUID with a character outside the common character set
/// is neither an AID nor a UUID nor a domain name, all of which are plain ASCII.
static UNAVOIDABLE: &[(&Rule, &Rule)] = &[(rules::GUID_CHARSET, rules::GUID_SHAPE)];

/// Rules that are not the specification's: tested in `ambiguity.rs`.
static OF_AMBIGUITY: &[&str] = &["emv.ambiguous-payee", "emv.ambiguous-scheme", "emv.length.ambiguous"];

/// The rules of the specification.
fn own_rules() -> impl Iterator<Item = &'static Rule> {
    rules::ALL.iter().copied().filter(|rule| !OF_AMBIGUITY.contains(&rule.id()))
}

/// A payload whose CRC has a letter.
fn upper_case_crc(base: &[Object<'_>]) -> String {
    let mut numbers = 0..100;
    let name = |number| payload(&replace(base, "59", &format!("Shop {number}")));
    let has_letter = |text: &String| text[text.len() - 4..].contains(|digit: char| digit.is_ascii_alphabetic());
    numbers.find_map(|number| Some(name(number)).filter(has_letter)).unwrap()
}

/// The same with its CRC in lower case.
fn lower_case_crc(base: &[Object<'_>]) -> String {
    let mut text = upper_case_crc(base);
    let crc = text.split_off(text.len() - 4);
    text + &crc.to_ascii_lowercase()
}

/// A payload of so many characters, made longer with unreserved templates.
fn of_size(base: &[Object<'_>], size: usize) -> String {
    let missing = size - payload(base).chars().count();
    let templates = missing.div_ceil(103);
    let mut text = run(base);
    for position in 0..templates {
        let length = missing / templates + usize::from(position < missing % templates);
        // Header, GUID and another header take 23 characters.
        let filler = "x".repeat(length - 23);
        text += &run(&[(&format!("{}", 90 + position), &format!("0011com.example01{:02}{filler}", length - 23))]);
    }
    let text = crate::common::sealed(&text);
    assert_eq!(text.chars().count(), size);
    text
}

#[track_caller]
fn findings(text: &str) -> Vec<Violation> {
    Payload::parse(text).unwrap_or_else(|error| panic!("{error}: {text}")).validate::<Mpm>(()).into_violations()
}

/// The findings as text: `emv.54.zero 54`.
#[track_caller]
fn listed(text: &str) -> Vec<String> {
    findings(text).iter().map(|found| format!("{} {}", found.rule().id(), found.path())).collect()
}

/// What fail-fast answers.
#[track_caller]
fn first_error(text: &str) -> Option<Violation> {
    Payload::parse(text).unwrap().view::<Mpm>(()).err()
}

/// Everything is checked twice: in plain ASCII, and behind text of several bytes a character.
fn bases() -> [Vec<Object<'static>>; 2] {
    [BASE.to_vec(), multi_byte_base()]
}

#[test]
fn bases_break_no_rule() {
    for base in bases() {
        let text = payload(&base);
        assert_eq!(listed(&text), [""; 0], "{text}");
        assert!(Payload::parse(&text).unwrap().view::<Mpm>(()).is_ok());
    }
}

#[test]
fn each_breach_is_found_alone_and_in_its_place() {
    for base in bases() {
        for (rule, severity, path, mark, change) in BROKEN {
            let text = change.compose(&base);
            let mut expected = vec![*rule];
            expected.extend(UNAVOIDABLE.iter().filter(|(broken, _)| broken == rule).map(|(_, with)| *with));
            let found = findings(&text);
            let rules: Vec<&Rule> = found.iter().map(Violation::rule).collect();
            assert_eq!(rules, expected, "{text}");
            let (offset, length) = crate::common::locate(&text, mark);
            let place = (found[0].path().to_string(), found[0].offset(), found[0].length());
            assert_eq!(place, ((*path).to_owned(), offset, length), "{}: {text}", rule.id());
            assert_eq!(found[0].severity(), *severity, "{}", rule.id());
            assert_eq!(rule.severity(), *severity, "{}", rule.id());
            assert_eq!(found[0].code(), None, "EMVCo numbers no faults");
        }
    }
}

#[test]
fn places_lie_in_the_text_and_between_characters() {
    for base in bases() {
        for (_, _, _, _, change) in BROKEN {
            let text = change.compose(&base);
            for found in findings(&text) {
                assert!(text.get(found.offset()..found.offset() + found.length()).is_some(), "{found}: {text}");
            }
        }
    }
}

#[test]
fn legal_neighbours_break_no_rule() {
    for base in bases() {
        for (rule, change) in LEGAL {
            let text = change.compose(&base);
            assert_eq!(listed(&text), [""; 0], "next to {}: {text}", rule.id());
        }
    }
}

#[test]
fn only_errors_refuse_a_view() {
    for base in bases() {
        for (rule, severity, _, _, change) in BROKEN {
            let text = change.compose(&base);
            let first = findings(&text).into_iter().find(|found| found.severity() == Severity::Error);
            assert_eq!(first_error(&text), first, "{text}");
            assert_eq!(first.is_some(), *severity == Severity::Error, "{}: {text}", rule.id());
        }
    }
}

#[test]
fn every_rule_has_a_breach_and_a_legal_neighbour() {
    let all: BTreeSet<&str> = own_rules().map(Rule::id).collect();
    assert_eq!(all.len(), own_rules().count(), "two rules have the same id");
    assert_eq!(BROKEN.iter().map(|row| row.0.id()).collect::<BTreeSet<_>>(), all);
    assert_eq!(LEGAL.iter().map(|row| row.0.id()).collect::<BTreeSet<_>>(), all);
}

#[test]
fn rules_name_their_profile_their_section_and_one_sentence() {
    for rule in rules::ALL {
        assert!(rule.id().starts_with("emv."), "{}", rule.id());
        assert!(rule.id().bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-')), "{}", rule.id());
        assert!(!rule.summary().is_empty() && !rule.summary().ends_with('.'), "{}", rule.id());
    }
    assert!(own_rules().all(|rule| rule.source().starts_with("MPM 1.1, ")));
}

/// What a value that is no run of data objects breaks at each ID of the root, by the specification's root table.
#[test]
fn each_root_id_is_judged_by_its_range() {
    for id in 2..100_u8 {
        if matches!(id, 52..=64) {
            continue;
        }
        let name = format!("{id:02}");
        let rest = if id == 29 { without(BASE, "29") } else { BASE.to_vec() };
        let text = payload(&with(&rest, &name, "abc"));
        let expected: &[&str] = match id {
            2..=5 | 9..=16 => &[],
            6..=8 | 17..=25 => &["emv.02-25.reserved"],
            26..=51 | 80..=99 => &["emv.template.format"],
            _ => &["emv.rfu.object"],
        };
        let expected: Vec<String> = expected.iter().map(|rule| format!("{rule} {name}")).collect();
        assert_eq!(listed(&text), expected, "{text}");
    }
}

#[test]
fn each_account_template_needs_a_guid_and_each_id_once() {
    for id in (26..=51_u8).chain(80..=99) {
        let name = format!("{id:02}");
        let rest = if id == 29 { without(BASE, "29") } else { BASE.to_vec() };
        let duplicate = if id < 80 { "emv.26-51.duplicate" } else { "emv.template.duplicate" };
        let text = payload(&with(&rest, &name, "0101A0101B"));
        let expected = [format!("{duplicate} {name}-01"), format!("emv.guid.missing {name}-00")];
        assert_eq!(listed(&text), expected, "{text}");
        let text = payload(&with(&rest, &name, "0011com.example0103***9903abc"));
        assert_eq!(listed(&text), [""; 0], "sub-objects belong to the network (R47): {text}");
    }
}

/// The limits of 62-01 to 62-11 and the ranges behind them (spec, template 62).
#[test]
fn each_id_of_the_additional_data_is_judged_by_its_table() {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let found = |content: &str| listed(&payload(&with(BASE, "62", content)));
    for id in 0..100_u8 {
        let limit = match id {
            1..=8 => 25,
            10 => 20,
            0 | 12..=49 => {
                assert_eq!(found(&format!("{id:02}03***")), [format!("emv.rfu.object 62-{id:02}")]);
                continue;
            }
            50..=99 => {
                assert_eq!(found(&format!("{id:02}150011com.example")), [""; 0]);
                assert_eq!(found(&format!("{id:02}03***")), [format!("emv.template.format 62-{id:02}")]);
                assert_eq!(found(&format!("{id:02}050101A")), [format!("emv.guid.missing 62-{id:02}-00")]);
                continue;
            }
            _ => continue,
        };
        assert_eq!(found(&format!("{id:02}{limit}{}", &LETTERS[..limit])), [""; 0]);
        let longer = limit + 1;
        assert_eq!(found(&format!("{id:02}{longer}{}", &LETTERS[..longer])), [format!("emv.text.length 62-{id:02}")]);
        assert_eq!(found(&format!("{id:02}03***")), [""; 0], "the payer is asked (R26)");
        assert_eq!(found(&format!("{id:02}02é1")), [format!("emv.text.charset 62-{id:02}")]);
    }
}

#[test]
fn each_further_id_of_the_language_template_is_reserved() {
    for id in 3..100_u8 {
        let text = payload(&with(BASE, "64", &format!("0002km0101A{id:02}01x")));
        assert_eq!(listed(&text), [format!("emv.rfu.object 64-{id:02}")]);
    }
}

#[test]
fn length_and_characters_of_a_text_are_judged_apart() {
    let text = payload(&replace(BASE, "59", "ABCDEFGHIJKLMNOPQRSTUVWXé🦀"));
    assert_eq!(listed(&text), ["emv.text.length 59", "emv.text.charset 59"]);
    let found = findings(&text);
    let value = crate::common::position(&text, "ABCDEF");
    // 24 letters and é are 25 characters in 26 bytes; the crab is the 26th, of four bytes.
    assert_eq!((found[0].offset(), found[0].length()), (value + 26, 4));
    assert_eq!((found[1].offset(), found[1].length()), (value + 24, 2));
    assert!(found[0].message().to_string().ends_with(": 26 characters, at most 25"));
    assert!(found[1].message().to_string().ends_with(": U+00E9"));
}

/// Faults of every kind in an order of its own, with text before them.
fn many_faults() -> String {
    let objects = [
        ("00", "02"),
        ("99", "0101x0101y"),
        ("79", "é"),
        ("64", "0203ហាង0301x0203ហាង"),
        ("62", "5005050119903abc0901X1202xx"),
        ("61", "12345678901"),
        ("58", "k1"),
        ("57", "101"),
        ("55", "02"),
        ("54", "000"),
        ("53", "392"),
        ("51", "john"),
        ("26", "0009user@bank0101A0101A"),
        ("25", "é"),
        ("06", "x"),
        ("01", "13"),
    ];
    let text = payload(&objects);
    let (covered, crc) = text.split_at(text.len() - 4);
    format!("{covered}{}", crc.to_ascii_lowercase())
}

#[test]
fn findings_come_presence_first_then_by_tag_with_the_inside_of_templates() {
    let expected = [
        "emv.52.missing 52",
        "emv.56.missing 56",
        "emv.59.missing 59",
        "emv.60.missing 60",
        "emv.00.value 00",
        "emv.01.value 01",
        "emv.02-25.reserved 06",
        "emv.text.charset 25",
        "emv.02-25.reserved 25",
        "emv.26-51.duplicate 26-01",
        "emv.guid.shape 26-00",
        "emv.template.format 51",
        "emv.54.zero 54",
        "emv.54.unusual 54",
        "emv.57.unexpected 57",
        "emv.57.range 57",
        "emv.58.format 58",
        "emv.text.length 61",
        "emv.62-09.value 62-09",
        "emv.rfu.object 62-12",
        "emv.guid.missing 62-50-00",
        "emv.template.format 62-99",
        "emv.63.case 63",
        "emv.template.duplicate 64-02",
        "emv.64-00.missing 64-00",
        "emv.64-01.missing 64-01",
        "emv.rfu.object 64-03",
        "emv.rfu.object 79",
        "emv.template.duplicate 99-01",
        "emv.guid.missing 99-00",
    ];
    let text = many_faults();
    assert!(text[text.len() - 4..].contains(|digit: char| digit.is_ascii_lowercase()), "a CRC with a letter is needed");
    assert_eq!(listed(&text), expected);
}

#[test]
fn missing_objects_come_in_the_order_of_their_ids() {
    let expected = [
        "emv.02-51.missing ",
        "emv.52.missing 52",
        "emv.53.missing 53",
        "emv.57.missing 57",
        "emv.58.missing 58",
        "emv.59.missing 59",
        "emv.60.missing 60",
    ];
    assert_eq!(listed(&payload(&[("00", "01"), ("55", "03")])), expected);
    let expected: Vec<&str> = expected.into_iter().filter(|found| !found.contains("57")).collect();
    assert_eq!(listed(&payload(&[("00", "01")])), expected);
}

#[test]
fn wire_order_changes_no_finding() {
    let mut objects = vec![("52", "58"), ("54", "0"), ("29", "0101A"), ("62", "0901X"), ("59", "é"), ("79", "x")];
    let mut texts = Vec::new();
    for _ in 0..objects.len() {
        objects.rotate_left(1);
        let mut all = vec![("00", "01")];
        all.extend(&objects);
        texts.push(listed(&payload(&all)));
    }
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]), "{texts:?}");
}

#[test]
fn fail_fast_answers_the_first_error_of_the_list() {
    // With presence; then from the values on; then with nothing but warnings before the first error.
    let complete = with(&with(&with(BASE, "06", "x"), "62", "0901X"), "99", "0101A");
    let late = with(&with(&with(BASE, "06", "x"), "26", "0009user@bank"), "99", "0101A");
    for (text, expected) in [
        (many_faults(), "emv.52.missing"),
        (payload(&replace(&complete, "00", "02")), "emv.00.value"),
        (payload(&complete), "emv.62-09.value"),
        (payload(&late), "emv.guid.missing"),
    ] {
        let error = first_error(&text).unwrap();
        let first = findings(&text).into_iter().find(|found| found.severity() == Severity::Error);
        assert_eq!(Some(error), first, "{text}");
        assert_eq!(error.rule().id(), expected, "{text}");
        let payload = Payload::parse(&text).unwrap();
        let mut visitor = FirstError::default();
        assert_eq!(Mpm::check(&payload, (), &mut visitor), ControlFlow::Continue(()));
        assert_eq!(visitor.get(), Some(error));
        assert_eq!(payload.view::<Mpm>(()).err(), Some(error));
    }
}

#[test]
fn a_visitor_that_breaks_off_has_seen_the_start_of_the_list() {
    let text = many_faults();
    let payload = Payload::parse(&text).unwrap();
    let all = payload.validate::<Mpm>(()).into_violations();
    for wanted in 1..=all.len() {
        let mut seen = Vec::new();
        let flow = Mpm::check(
            &payload,
            (),
            &mut Each(|violation| {
                seen.push(violation);
                if seen.len() == wanted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            }),
        );
        assert_eq!(flow, ControlFlow::Break(()));
        assert_eq!(seen, all[..wanted]);
    }
}

#[test]
fn a_check_that_nobody_breaks_off_runs_to_its_end() {
    let payload = payload(BASE);
    let payload = Payload::parse(&payload).unwrap();
    let mut visitor = FirstError::default();
    assert_eq!(Mpm::check(&payload, (), &mut visitor), ControlFlow::Continue(()));
    assert_eq!(visitor.get(), None);
}

#[test]
fn findings_are_told_in_one_sentence_with_path_place_and_id() {
    let text = payload(&without(BASE, "52"));
    let at = text.len() - 8;
    let expected = format!("the merchant category code is missing, in data object 52 at byte {at} [emv.52.missing]");
    assert_eq!(first_error(&text).unwrap().to_string(), expected);

    let text = payload(&without(BASE, "29"));
    let at = text.len() - 8;
    let expected = format!("no merchant account information is present at byte {at} [emv.02-51.missing]");
    assert_eq!(first_error(&text).unwrap().to_string(), expected);

    let text = payload(&with(&multi_byte_base(), "62", "50050101é"));
    let at = crate::common::position(&text, "0101é") + 6;
    let expected = format!(
        "the template has no globally unique identifier, in data object 62-50-00 at byte {at} [emv.guid.missing]"
    );
    assert_eq!(first_error(&text).unwrap().to_string(), expected);
}

#[test]
fn an_ambiguous_payee_is_never_handed_out() {
    let text = payload(&replace(BASE, "29", "0011com.example0101A0101B0201C"));
    let payload = Payload::parse(&text).unwrap();
    assert_eq!(payload.find("29-01").map(|object| object.value()), None);
    assert_eq!(payload.find("29-02").map(|object| object.value()), Some("C"));
    let code = Mpm::of(&payload);
    let account = code.account_by_guid("COM.EXAMPLE").unwrap();
    assert_eq!(account.object().path(), "29".parse::<Path>().unwrap());
    let value = |id: &str| account.get(id.parse().unwrap()).map(|object| object.value());
    assert_eq!((value("00"), value("01"), value("02")), (Some("com.example"), None, Some("C")));

    // Two templates of one network: neither can be meant.
    let text = crate::common::payload(&with(BASE, "30", "0011COM.EXAMPLE0101A"));
    let payload = Payload::parse(&text).unwrap();
    assert!(payload.view::<Mpm>(()).unwrap().account_by_guid("com.example").is_none());
}
