//! The rules of the KHQR profile, and how they differ from the official toolkit.
//!
//! A KHQR code is held to EMVCo's rules ([`mpm::rules`](crate::mpm::rules)) and to these. Numbers are those of the official
//! JavaScript toolkit, version 1.0.20 ([`Violation::code`](crate::Violation::code)); the native toolkits and the central
//! bank's document swap 35 and 36. The toolkit has one number for what are several faults here, and none for what it does
//! not look at.
//!
//! # EMVCo's rules under KHQR
//!
//! KHQR writes an account id and a time where EMVCo has identifiers: 29-00, 30-00 and 99-00 get no finding about GUIDs, but
//! those of the account and of the creation time. Warnings under KHQR are characters other than controls in 59, 60 and
//! 62-01 to 62-08, and a 64 that holds only 64-02. Of the decimals of an amount it says itself what there is to say.
//! Everything else is as heavy as in [`Mpm`](crate::Mpm).
//!
//! # Where we differ from the toolkit, and why
//!
//! | the toolkit | here | why |
//! |---|---|---|
//! | takes an amount such as `abc`, `NaN` or `1,000` | `emv.54.format`, error | what would be paid is undefined |
//! | takes riel with decimals, dollars with three | [`AMOUNT_DECIMALS`], error; zeros behind the mark: [`AMOUNT_ZEROS`], warning | a factor of 100 is at stake; `50000.0` is common and harmless |
//! | takes an amount of zero when it verifies, and makes a static code of it when it generates | `emv.54.zero`, error | EMVCo forbids it, and apps differ in what they do |
//! | takes leading zeros in an amount | `emv.54.unusual`, warning; written without them in riel, as given in dollars | as its own generator writes |
//! | takes blanks in an account id, which its iOS edition trims | [`ACCOUNT_ID_BLANK`], warning when reading, an error when writing | two readers see two accounts |
//! | takes other characters than ASCII in an account id, and in 15 | [`ACCOUNT_ID_CHARSET`], `emv.text.charset`, errors | EMVCo's format; look-alikes name another account |
//! | takes control characters in 59, 60 and 62-01 to 62-08 | `emv.text.charset`, error | they rewrite a terminal or a log |
//! | takes direction overrides and line separators there | `emv.text.invisible`, `emv.text.control`, warning when reading, an error when writing | they turn a name round |
//! | takes a name of blanks | `emv.text.blank`, warning when reading, an error when writing | nobody can see who is paid |
//! | takes 00 anywhere | `not_first` (not wire-valid) | EMVCo's frame |
//! | takes an empty object in the root | `length_zero` (not wire-valid) | EMVCo's frame; readers differ in what they do |
//! | takes any two letters as a language | `emv.64-00.unassigned`, error | EMVCo names ISO 639 |
//! | takes the account ids `@` and `a@b@c` | [`ACCOUNT_FORMAT`], error | they name no bank; the iOS toolkit refuses them |
//! | takes 29 and 30 in one code | [`ACCOUNT_AMBIGUOUS`], error | the payee is ambiguous |
//! | takes an object twice, the last one wins, or stops reading silently | `duplicate` (not wire-valid), `emv.26-51.duplicate`, `emv.template.duplicate`, errors | two readers would see two codes |
//! | takes another country | [`COUNTRY_VALUE`], error | not a Cambodian code |
//! | takes a category code of one to three digits | `emv.52.format`, error | four digits everywhere else, the iOS toolkit included |
//! | takes 00 = `02`, a language of one letter | `emv.00.value`, `emv.64-00.format`, errors | EMVCo's format |
//! | looks at the expiry only if 01 = 12 comes before 99 | [`EXPIRED`], error also if 54 is present, in any order | an expired amount must not be paid; order means nothing in EMVCo |
//! | takes 30 without merchant id or acquiring bank | [`MERCHANT_ID_MISSING`], [`ACQUIRING_BANK_MISSING`], warnings | its own generator and the iOS toolkit demand them |
//! | compares a creation time of any form with the expiry, as JavaScript reads numbers | [`CREATION_FORMAT`], warning when reading, an error when writing; it is compared with nothing | what it means is unknown |
//! | reads an expiry written in hexadecimal or with an exponent | [`EXPIRY_FORMAT`], error | 13 digits are 13 digits |
//! | never returns, or cuts values, if a template is not a run of data objects | `emv.template.format`, error | see [`SUB_EMPTY`] for what is still diagnosed |
//! | counts lengths in UTF-16 units | characters; a character beyond U+FFFF is an error, [`TEXT_BEYOND_BMP`] | EMVCo's unit; beyond U+FFFF no text is read alike by both |
//! | takes lower-case CRC digits | `emv.63.case`, warning | harmless |
//! | takes `KM` for `km` | nothing | real codes write it |
//! | does not look at 55-57, 61, 62-09 to 62-11 and other networks' templates | EMVCo's rules, as in any code | another app reads them; whether it can is for EMVCo to say |
//! | takes 99 characters of UnionPay account when it verifies | [`UNION_PAY_LENGTH`], warning | the iOS toolkit takes 31 |
//! | takes a code that JPQR recognises, too | `emv.ambiguous-scheme`, error | each country's app would pay another payee |
//!
//! # The toolkit's numbers
//!
//! Where a fault is EMVCo's finding, it carries the number nevertheless: see [`NUMBERS`](super::NUMBERS).

crate::rule::rules! {
    ALL:

    ACCOUNT_MISSING = 201 Error "khqr.29-30.missing", "KHQR Content Guideline 1.4", "neither an individual account (29) nor a merchant account (30) is present";
    AMOUNT_MISSING = 202 Error "khqr.54.missing", "JavaScript SDK 1.0.20, code 47", "a dynamic code has no amount";
    EXPIRY_MISSING = 203 Error "khqr.99.expiry-missing", "JavaScript SDK 1.0.20, code 45", "a dynamic code, or one with an amount, has no expiration time";
    UNION_PAY_LENGTH = 204 Warning "khqr.15.length", "iOS SDK 1.0.0.17, code 43", "the UnionPay account is longer than 31 characters, which some official toolkits refuse";
    UNION_PAY_CURRENCY = 205 Warning and refused_in_writing "khqr.15.currency", "JavaScript SDK 1.0.20, code 44", "a code that is not in riel has a UnionPay account";
    ACCOUNT_ID_MISSING = 206 Error "khqr.account.missing", "KHQR SDK document 2.3, code 1", "the Bakong account id is missing";
    ACCOUNT_ID_LENGTH = 207 Error "khqr.account.length", "KHQR SDK document 2.3, code 6", "the Bakong account id is longer than 32 characters";
    ACCOUNT_ID_CHARSET = 208 Error "khqr.account.charset", "MPM 1.1, 4.5.2", "the Bakong account id has a character outside the common character set";
    ACCOUNT_ID_BLANK = 209 Warning and refused_in_writing "khqr.account.blank", "the iOS and JavaScript SDKs trim differently", "the Bakong account id has a blank, which some official toolkits drop";
    ACCOUNT_FORMAT = 210 Error "khqr.account.format", "KHQR SDK document 2.3, code 3", "the Bakong account id is not of the form user@bank";
    ACCOUNT_AMBIGUOUS = 211 Error and protects_payee "khqr.account.ambiguous", "an ambiguous payee is not paid", "both an individual account (29) and a merchant account (30) are present";
    ACCOUNT_INFORMATION_LENGTH = 212 Error "khqr.account.information-length", "JavaScript SDK 1.0.20, code 35", "the account information or merchant id is longer than 32 characters";
    ACQUIRING_BANK_LENGTH = 213 Error "khqr.account.bank-length", "KHQR SDK document 2.3, code 33", "the acquiring bank is longer than 32 characters";
    MERCHANT_ID_MISSING = 214 Warning "khqr.30-01.missing", "KHQR SDK document 2.3, code 30", "a merchant account has no merchant id";
    ACQUIRING_BANK_MISSING = 215 Warning "khqr.30-02.missing", "KHQR SDK document 2.3, code 31", "a merchant account has no acquiring bank";
    CURRENCY_VALUE = 216 Error "khqr.53.value", "KHQR SDK document 2.3, code 28", "the currency is neither the riel nor the dollar";
    AMOUNT_DECIMALS = 217 Error "khqr.54.decimals", "KHQR SDK document 2.3, code 4", "the amount has a fraction of a riel, or of a cent";
    AMOUNT_ZEROS = 218 Warning and refused_in_writing "khqr.54.zeros", "JavaScript SDK 1.0.3 and C# SDK", "the amount has needless decimals, as old toolkits wrote them";
    COUNTRY_VALUE = 219 Error "khqr.58.value", "KHQR Content Guideline 1.4", "the country is not Cambodia";
    TEXT_BEYOND_BMP = 220 Error and protects_payee "khqr.text.beyond-bmp", "an ambiguous payee is not paid: the official SDKs count UTF-16 units", "the value has a character beyond U+FFFF, which the official toolkits count as two";
    SUB_EMPTY = 221 Error "khqr.sub.empty", "KHQR SDK document 2.3", "an object of the broken template has no value";
    SUB_LENGTH = 222 Error "khqr.sub.length", "KHQR SDK document 2.3", "an object of the broken template is longer than it may be";
    SUB_MISSING = 223 Error "khqr.sub.missing", "KHQR SDK document 2.3", "the broken template lacks an object";
    CREATION_MISSING = 224 Warning "khqr.99.creation-missing", "JavaScript SDK 1.0.20 writes it", "the creation time is missing";
    CREATION_FORMAT = 225 Warning and refused_in_writing "khqr.99.creation-format", "JavaScript SDK 1.0.20", "the creation time is not 13 digits, as some banks write it";
    EXPIRY_FORMAT = 226 Error "khqr.99.expiry-format", "JavaScript SDK 1.0.20, codes 45 and 49", "the expiration time is not 13 digits above zero";
    EXPIRY_BEFORE_CREATION = 227 Error "khqr.99.expiry-before-creation", "JavaScript SDK 1.0.20, code 50", "the expiration time is before the creation time";
    EXPIRED = 228 Error and expires "khqr.99.expired", "JavaScript SDK 1.0.20, code 46", "the code has expired";
}
