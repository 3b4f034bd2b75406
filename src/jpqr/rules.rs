//! The rules of the JPQR profile, the source of each, and how sure that is.
//!
//! The guideline of Japan's Payments Association is not public. What is known comes from programs written from it, from
//! public codes, and from EMVCo. So each rule says how sure its source is, and what is not sure only warns:
//!
//! | mark | meaning | weight |
//! |---|---|---|
//! | 2S | two independent public sources agree | error |
//! | S | one public source: GO is mercari/go-emv-code (from guideline 1.0), EMV is MPM 1.1 | error |
//! | I | inference: all public codes do so, no source demands it | warning |
//! | U | unconfirmed: sources contradict each other or are silent | warning |
//! | P | payment safety, our own: it must be certain who is paid | error |
//!
//! The rules below name their source and mark; [`ALL`] lists them. All rules of [`mpm::rules`](crate::mpm::rules) apply with
//! their own weight. What they and the reading check of the demands on JPQR codes:
//!
//! | no | demand | sure | here |
//! |---|---|---|---|
//! | G1-G3 | starts with 000201, ends with 6304 and four digits | 2S | [`NotFirst`], [`NotLast`], [`emv.00.value`](crate::mpm::rules::FORMAT_INDICATOR_VALUE) |
//! | G4 | the CRC is that of the UTF-8 bytes | 2S | [`CrcFormat`], [`CrcMismatch`]; lower case warns: [`emv.63.case`](crate::mpm::rules::CRC_CASE) |
//! | G5 | lengths are two digits and fit | 2S | [`LengthNotDigits`], [`ValueOverrun`]; over 512 characters warns: [`emv.size`](crate::mpm::rules::SIZE) |
//! | G6 | 01 is 11 or 12 | 2S | [`emv.01.value`](crate::mpm::rules::INITIATION_VALUE) |
//! | G7 | 55 is 01, 02 or 03, with 56 or 57 to match | S | [`emv.55.value`](crate::mpm::rules::TIP_VALUE) and the rules of 56 and 57 |
//! | | there is one payee: templates with different store ids, a level twice | P | [`emv.26-51.duplicate`](crate::mpm::rules::ACCOUNT_AMBIGUOUS) |
//! | G8 | 64 is TLV and has 00 and 01 | S | [`emv.template.format`](crate::mpm::rules::TEMPLATE_FORMAT), [`emv.64-00.missing`](crate::mpm::rules::LANGUAGE_MISSING), [`emv.64-01.missing`](crate::mpm::rules::LANGUAGE_NAME_MISSING) |
//! | G9, G10 | 59 has 1-25 and 60 1-15 characters | 2S | [`emv.59.missing`](crate::mpm::rules::NAME_MISSING), [`emv.60.missing`](crate::mpm::rules::CITY_MISSING), [`emv.text.length`](crate::mpm::rules::TEXT_LENGTH) |
//! | | 59 and 60 are printable ASCII: Latin letters | S (EMV) | [`emv.text.charset`](crate::mpm::rules::TEXT_CHARSET) |
//! | G11 | 64-00 has 2, 64-01 1-25, 64-02 at most 15 characters | S | [`emv.64-00.format`](crate::mpm::rules::LANGUAGE_FORMAT), [`emv.text.length`](crate::mpm::rules::TEXT_LENGTH) |
//! | | 64-01 is precomposed, without control characters | S (EMV) | [`emv.text.decomposed`](crate::mpm::rules::TEXT_DECOMPOSED), [`emv.text.control`](crate::mpm::rules::TEXT_CONTROL), which warn |
//! | | half-width kana in 64-01 | U | nothing to find: allowed, a voicing mark is a character of its own |
//! | G12 | 80-99 are templates with a GUID of 1-32 characters | S | [`emv.guid.missing`](crate::mpm::rules::GUID_MISSING), [`emv.guid.length`](crate::mpm::rules::GUID_LENGTH) |
//! | | a store is registered, which wallets it takes | | not decidable from the text: the scheme's servers know |
//!
//! Level 1 has as many digits as a Japanese corporate number, but is not one: no check digit is applied.
//!
//! [`NotFirst`]: crate::ErrorKind::NotFirst
//! [`NotLast`]: crate::ErrorKind::NotLast
//! [`CrcFormat`]: crate::ErrorKind::CrcFormat
//! [`CrcMismatch`]: crate::ErrorKind::CrcMismatch
//! [`LengthNotDigits`]: crate::ErrorKind::LengthNotDigits
//! [`ValueOverrun`]: crate::ErrorKind::ValueOverrun

crate::rule::rules! {
    ALL:

    INITIATION_MISSING = 301 Warning "jpqr.01.missing", "unconfirmed (U): one public reader demands it", "the point of initiation method is missing";
    TEMPLATE_MISSING = 302 Error "jpqr.26-51.missing", "go-emv-code J1, public codes (2S)", "no template of 26 to 51 has the identifier jp.or.paymentsjapan";
    TEMPLATE_POSITION = 303 Warning "jpqr.26-51.position", "inference (I) from all public codes", "the template with the store id is not 26, the only one in which some readers look for it";
    PAYEE_AMBIGUOUS = 304 Error and protects_payee "jpqr.26-51.ambiguous", "payment safety (P)", "two templates have the identifier of JPQR and different store ids";
    TEMPLATE_REPEATED = 305 Warning "jpqr.26-51.repeated", "inference (I) from all public codes", "a further template has the identifier of JPQR and the same store id";
    TEMPLATE_OBJECT = 306 Warning "jpqr.template.object", "inference (I) from all public codes", "the template with the store id has a data object beyond the four management levels";
    GUID_CASE = 307 Warning "jpqr.guid.case", "go-emv-code J1 (S), unconfirmed (U)", "the identifier of JPQR is not in lower case, and some readers do not recognise it then";
    LEVEL_MISSING = 308 Error "jpqr.level.missing", "go-emv-code J2, MPMDecoder (2S)", "a management level of the store id is missing";
    LEVEL_LENGTH = 309 Error "jpqr.level.length", "go-emv-code J2, public codes (2S)", "a management level is not 13, 4, 6 or 6 characters long";
    LEVEL_CHARSET = 310 Error "jpqr.level.charset", "go-emv-code J2 and a second reader (2S): lengths count bytes", "a management level has a control character, or one of more than one byte";
    LEVEL_DIGITS = 311 Warning "jpqr.level.digits", "inference (I) from all public codes", "a management level has a character other than digits";

    CURRENCY_VALUE = 312 Error "jpqr.53.value", "go-emv-code J4 (S)", "the transaction currency is not 392, the yen";
    AMOUNT_DECIMALS = 313 Error "jpqr.54.decimals", "MPM 1.1, 4.7.4.1; payment safety (P)", "the amount has a fraction of a yen";
    AMOUNT_ZEROS = 314 Warning "jpqr.54.zeros", "MPM 1.1, 4.7.4.1 recommends it; in JPQR unconfirmed (U)", "the amount has decimals, though all are zero: the yen has none";
    AMOUNT_IN_STATIC = 315 Warning "jpqr.54.static", "unconfirmed (U)", "a static code has an amount, which no public one has";
    AMOUNT_MISSING = 316 Warning "jpqr.54.missing", "unconfirmed (U)", "a dynamic code has no amount";
    COUNTRY_VALUE = 317 Error "jpqr.58.value", "go-emv-code J3 (S)", "the country code is not JP";
    POSTAL_CODE_MISSING = 318 Error "jpqr.61.missing", "go-emv-code J5 (S)", "the postal code is missing";
    POSTAL_CODE_DIGITS = 319 Warning "jpqr.61.digits", "inference (I) from all public codes", "the postal code is not seven digits";
    LANGUAGE_TEMPLATE_MISSING = 320 Error "jpqr.64.missing", "go-emv-code J6 (S)", "the merchant information in Japanese is missing";
    LANGUAGE_VALUE = 321 Error "jpqr.64-00.value", "go-emv-code J7 (S)", "the language preference is not JA, Japanese";
    LANGUAGE_CASE = 322 Warning "jpqr.64-00.case", "go-emv-code J7 (S), unconfirmed (U)", "the language preference is not in upper case, and some readers do not recognise it then";
    LOCAL_CITY_UNEXPECTED = 323 Error "jpqr.64-02.unexpected", "go-emv-code J8 (S)", "the merchant city in the alternate language is present, which JPQR leaves out";
}
