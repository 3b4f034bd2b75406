//! The rules of the EMVCo base profile, and which requirement of the specification became what.
//!
//! Sections are those of MPM 1.1 (November 2020). A requirement is an error if the specification says shall or must,
//! and a warning if it recommends or leaves a point open; RFU objects are warnings, because a reader must ignore them.
//!
//! | no | requirement | here |
//! |---|---|---|
//! | R1 | ID, length, value (4.3.1.1) | root: [`HeaderTruncated`], [`IdNotDigits`], [`LengthNotDigits`]; template: [`TEMPLATE_FORMAT`] |
//! | R2 | length 01-99 in characters (4.4.1) | root: [`LengthZero`], [`ValueOverrun`]; template: [`TEMPLATE_FORMAT`]; what a reader that counts in another unit would pay instead: [`LENGTH_AMBIGUOUS`] |
//! | R3 | a template has at most 99 characters (4.4.1.2) | reading: not decidable from the text, two digits cannot say more; writing: [`ValueTooLong`] |
//! | R4 | one object per ID (4.3.1.2) | root: [`Duplicate`]; account template: [`ACCOUNT_AMBIGUOUS`]; other template: [`TEMPLATE_DUPLICATE`] |
//! | R5 | 00 first (4.6.1.1) | [`NotFirst`] |
//! | R6 | 63 last (4.6.1.2) | [`NotLast`] |
//! | R7 | any other order is accepted (4.6.1) | nothing to find: the reader accepts it |
//! | R8 | mandatory objects (4.2.1.1, 4.7.9.1) | 00 and 63: [`NotFirst`], [`NotLast`]; [`ACCOUNT_MISSING`], [`MCC_MISSING`], [`CURRENCY_MISSING`], [`COUNTRY_MISSING`], [`NAME_MISSING`], [`CITY_MISSING`] |
//! | R9 | 00 is 01 (4.7.1.1) | [`FORMAT_INDICATOR_VALUE`] |
//! | R10 | 01 is 11 or 12 (4.7.2.1) | [`INITIATION_VALUE`] |
//! | R11 | 11 for a reused code, 12 for one transaction (4.7.2) | not decidable from the text |
//! | R12 | 52 is a code of ISO 18245 (4.7.12.1) | [`MCC_FORMAT`]; whether the register holds it is not decidable here, it is not public |
//! | R13 | 53 is a code of ISO 4217 (4.7.5.1) | [`CURRENCY_FORMAT`], [`CURRENCY_UNASSIGNED`] |
//! | R14 | 54 is an amount above zero, 1-13 characters (4.7.4.1) | [`AMOUNT_LENGTH`], [`AMOUNT_FORMAT`], [`AMOUNT_ZERO`], [`AMOUNT_UNUSUAL`] |
//! | R15 | 54 absent exactly if the payer enters it (4.7.4.2) | not decidable from the text |
//! | R16 | decimals follow the currency (4.7.4.1, 4.7.7.3) | [`AMOUNT_DECIMALS`], [`FEE_DECIMALS`] |
//! | R17 | 54 excludes tip and fee (Table 3.4) | not decidable from the text |
//! | R18 | 55 is 01, 02 or 03 (4.7.6.1) | [`TIP_VALUE`] |
//! | R19 | 56 exactly with 55=02, an amount above zero (4.7.7) | [`FEE_MISSING`], [`FEE_UNEXPECTED`], [`FEE_LENGTH`], [`FEE_FORMAT`], [`FEE_ZERO`], [`FEE_UNUSUAL`] |
//! | R20 | 57 exactly with 55=03, 00.01-99.99 (4.7.8) | [`PERCENTAGE_MISSING`], [`PERCENTAGE_UNEXPECTED`], [`PERCENTAGE_LENGTH`], [`PERCENTAGE_FORMAT`], [`PERCENTAGE_RANGE`] |
//! | R21 | 58 is a code of ISO 3166-1 (4.7.13.1) | [`COUNTRY_FORMAT`], [`COUNTRY_UNASSIGNED`], [`COUNTRY_CASE`] |
//! | R22 | 59 1-25, 60 1-15, 61 1-10, ans (Table 3.6) | [`TEXT_LENGTH`], [`TEXT_CHARSET`], [`TEXT_BLANK`] |
//! | R23 | 02-25 are used by their owners (4.7.10.1) | [`ACCOUNT_RESERVED`]; who uses one is not decidable from the text |
//! | R24 | 26-51 are templates with a GUID (4.7.11) | [`TEMPLATE_FORMAT`], [`GUID_MISSING`], [`GUID_LENGTH`], [`GUID_CHARSET`], [`GUID_SHAPE`] |
//! | R25 | 62 holds an object (4.8.1.1) | [`LengthZero`], [`TEMPLATE_FORMAT`] |
//! | R26 | 62-01 to 08 at most 25 characters (4.8.1.2) | [`TEXT_LENGTH`], [`TEXT_CHARSET`] |
//! | R27 | 62-09 from A, M, E, each once (4.8.1.3) | [`CONSUMER_DATA_VALUE`] |
//! | R28 | 62-10 at most 20, 62-11 three listed characters (4.8.1.6) | [`TEXT_LENGTH`], [`TEXT_CHARSET`], [`MERCHANT_CHANNEL_VALUE`] |
//! | R29 | 62-50 to 99 are templates with a GUID (4.8.1.5) | as R24 |
//! | R30 | 64 holds language and name (4.9) | [`LANGUAGE_MISSING`], [`LANGUAGE_FORMAT`], [`LANGUAGE_UNASSIGNED`], [`LANGUAGE_NAME_MISSING`], [`TEXT_LENGTH`], [`TEMPLATE_FORMAT`] |
//! | R31 | 80-99 are templates with a GUID (4.11) | as R24; that one provider uses each is not decidable from the text |
//! | R32 | RFU IDs and values are not written (4.5.4.1) | [`RFU_OBJECT`]; values: R9, R10, R18, R28 |
//! | R33 | a reader ignores RFU objects (1.4.4) | nothing to find: they are kept and readable |
//! | R34 | N digits, ans, S precomposed (4.5) | the format rules above, [`TEXT_CHARSET`], [`GUID_CHARSET`], [`TEXT_DECOMPOSED`], [`TEXT_CONTROL`], [`TEXT_INVISIBLE`] |
//! | R35 | at most 512 characters (4.1) | [`SIZE`] |
//! | R36 | CRC, four upper-case hexadecimal digits (4.7.3) | [`CrcFormat`], [`CrcMismatch`], [`CRC_CASE`] (a warning: 1.0 does not say upper case, and no text tells 1.0 from 1.1) |
//! | R37 | byte mode, ECI 26 (4.12) | not decidable from the text: a matter of the symbol |
//! | R38 | EMVCo's objects if their meaning fits (3.3) | not decidable from the text |
//! | R39-R44 | what an app does with the values (Guidance) | not decidable from the text |
//! | R45 | a network is known by its GUID (Guidance 4.3) | nothing to find: see [`Mpm::account_by_guid`](crate::Mpm::account_by_guid) |
//! | R46 | CRC before or after parsing (3.2) | nothing to find: a mismatch is an error |
//! | R47 | unknown sub-objects belong to the network (4.7.11) | nothing to find: they are kept and readable |
//! | R48 | conditional objects that do not fit together | as R19 and R20 |
//!
//! [`HeaderTruncated`]: crate::ErrorKind::HeaderTruncated
//! [`IdNotDigits`]: crate::ErrorKind::IdNotDigits
//! [`LengthNotDigits`]: crate::ErrorKind::LengthNotDigits
//! [`LengthZero`]: crate::ErrorKind::LengthZero
//! [`ValueOverrun`]: crate::ErrorKind::ValueOverrun
//! [`ValueTooLong`]: crate::ErrorKind::ValueTooLong
//! [`Duplicate`]: crate::ErrorKind::Duplicate
//! [`NotFirst`]: crate::ErrorKind::NotFirst
//! [`NotLast`]: crate::ErrorKind::NotLast
//! [`CrcFormat`]: crate::ErrorKind::CrcFormat
//! [`CrcMismatch`]: crate::ErrorKind::CrcMismatch

crate::rule::rules! {
    ALL:

    ACCOUNT_MISSING = 101 Error "emv.02-51.missing", "MPM 1.1, 4.7.9.1", "no merchant account information is present";
    MCC_MISSING = 102 Error "emv.52.missing", "MPM 1.1, 4.2.1.1", "the merchant category code is missing";
    CURRENCY_MISSING = 103 Error "emv.53.missing", "MPM 1.1, 4.2.1.1", "the transaction currency is missing";
    FEE_MISSING = 104 Error "emv.56.missing", "MPM 1.1, 4.7.7.1", "the fixed convenience fee that 55 announces is missing";
    PERCENTAGE_MISSING = 105 Error "emv.57.missing", "MPM 1.1, 4.7.8.1", "the convenience fee percentage that 55 announces is missing";
    COUNTRY_MISSING = 106 Error "emv.58.missing", "MPM 1.1, 4.2.1.1", "the country code is missing";
    NAME_MISSING = 107 Error "emv.59.missing", "MPM 1.1, 4.2.1.1", "the merchant name is missing";
    CITY_MISSING = 108 Error "emv.60.missing", "MPM 1.1, 4.2.1.1", "the merchant city is missing";

    FORMAT_INDICATOR_VALUE = 109 Error "emv.00.value", "MPM 1.1, 4.7.1.1", "the payload format indicator is not 01";
    INITIATION_VALUE = 110 Error "emv.01.value", "MPM 1.1, 4.7.2.1", "the point of initiation method is neither 11 nor 12";

    ACCOUNT_RESERVED = 111 Warning "emv.02-25.reserved", "MPM 1.1, Table 4.1", "the ID is reserved by EMVCo";
    ACCOUNT_AMBIGUOUS = 112 Error and protects_payee "emv.26-51.duplicate", "MPM 1.1, 4.3.1.2", "an ID occurs twice in an account template, so who is paid is ambiguous";
    TEMPLATE_FORMAT = 113 Error "emv.template.format", "MPM 1.1, 4.3.1.1, 4.4.1", "the value of the template is not a run of data objects";
    TEMPLATE_DUPLICATE = 114 Error "emv.template.duplicate", "MPM 1.1, 4.3.1.2", "an ID occurs twice in the template";
    GUID_MISSING = 115 Error "emv.guid.missing", "MPM 1.1, 4.7.11.1", "the template has no globally unique identifier";
    GUID_LENGTH = 116 Error "emv.guid.length", "MPM 1.1, Table 3.9", "the globally unique identifier is longer than 32 characters";
    GUID_CHARSET = 117 Error "emv.guid.charset", "MPM 1.1, 4.5.2", "the globally unique identifier has a character outside the common character set";
    GUID_SHAPE = 118 Warning "emv.guid.shape", "MPM 1.1, 4.7.11.2", "the globally unique identifier is not an application identifier, a UUID or a reverse domain name";

    MCC_FORMAT = 119 Error "emv.52.format", "MPM 1.1, 4.7.12.1", "the merchant category code is not four digits";
    CURRENCY_FORMAT = 120 Error "emv.53.format", "MPM 1.1, 4.7.5.1", "the transaction currency is not three digits";
    CURRENCY_UNASSIGNED = 121 Error "emv.53.unassigned", "MPM 1.1, 4.7.5.1", "ISO 4217 assigns no currency to the code";
    AMOUNT_LENGTH = 122 Error "emv.54.length", "MPM 1.1, Table 3.6", "the transaction amount is longer than 13 characters";
    AMOUNT_FORMAT = 123 Error "emv.54.format", "MPM 1.1, 4.7.4.1", "the transaction amount is not digits with at most one decimal mark";
    AMOUNT_ZERO = 124 Error "emv.54.zero", "MPM 1.1, 4.7.4.1", "the transaction amount is zero";
    AMOUNT_DECIMALS = 125 Warning "emv.54.decimals", "MPM 1.1, 4.7.4.1", "the transaction amount has more decimals than its currency";
    AMOUNT_UNUSUAL = 126 Warning "emv.54.unusual", "MPM 1.1, 4.7.4.1", "the transaction amount starts with its decimal mark or with a needless zero, which the specification leaves open";
    TIP_VALUE = 127 Error "emv.55.value", "MPM 1.1, 4.7.6.1", "the tip or convenience indicator is not 01, 02 or 03";
    FEE_UNEXPECTED = 128 Error "emv.56.unexpected", "MPM 1.1, 4.7.7.2", "a fixed convenience fee is present without 55 being 02";
    FEE_LENGTH = 129 Error "emv.56.length", "MPM 1.1, Table 3.6", "the fixed convenience fee is longer than 13 characters";
    FEE_FORMAT = 130 Error "emv.56.format", "MPM 1.1, 4.7.7.3", "the fixed convenience fee is not digits with at most one decimal mark";
    FEE_ZERO = 131 Error "emv.56.zero", "MPM 1.1, 4.7.7.1", "the fixed convenience fee is zero";
    FEE_UNUSUAL = 132 Warning "emv.56.unusual", "MPM 1.1, 4.7.7.3", "the fixed convenience fee starts with its decimal mark or with a needless zero, which the specification leaves open";
    FEE_DECIMALS = 133 Warning "emv.56.decimals", "MPM 1.1, 4.7.7.3", "the fixed convenience fee has more decimals than its currency";
    PERCENTAGE_UNEXPECTED = 134 Error "emv.57.unexpected", "MPM 1.1, 4.7.8.2", "a convenience fee percentage is present without 55 being 03";
    PERCENTAGE_LENGTH = 135 Error "emv.57.length", "MPM 1.1, Table 3.6", "the convenience fee percentage is longer than 5 characters";
    PERCENTAGE_FORMAT = 136 Error "emv.57.format", "MPM 1.1, 4.7.8.3", "the convenience fee percentage is not digits with at most one decimal mark";
    PERCENTAGE_RANGE = 137 Error "emv.57.range", "MPM 1.1, 4.7.8.3", "the convenience fee percentage is not between 00.01 and 99.99";
    COUNTRY_FORMAT = 138 Error "emv.58.format", "MPM 1.1, 4.7.13.1", "the country code is not two letters";
    COUNTRY_UNASSIGNED = 139 Error "emv.58.unassigned", "MPM 1.1, 4.7.13.1", "ISO 3166-1 assigns no country to the code";
    COUNTRY_CASE = 140 Warning "emv.58.case", "MPM 1.1, 4.7.13.1", "the country code is not in upper case, on which the specification is silent";
    TEXT_LENGTH = 141 Error "emv.text.length", "MPM 1.1, Tables 3.6 to 3.8", "the value is longer than its data object may be";
    TEXT_CHARSET = 142 Error "emv.text.charset", "MPM 1.1, 4.5.2", "the value has a character outside the common character set";
    TEXT_DECOMPOSED = 143 Warning "emv.text.decomposed", "MPM 1.1, 4.5.3.1", "the value has a combining mark, for which there is usually a precomposed character";
    TEXT_BLANK = 144 Warning and refused_in_writing "emv.text.blank", "MPM 1.1, Tables 3.6 and 3.8: a merchant has a name", "the name has no character that can be seen";
    TEXT_CONTROL = 145 Warning and refused_in_writing "emv.text.control", "MPM 1.1, 4.5.3", "the value has a control, direction or line-separator character";

    CONSUMER_DATA_VALUE = 146 Error "emv.62-09.value", "MPM 1.1, 4.8.1.3", "the additional consumer data request is not drawn from A, M and E without repetition";
    MERCHANT_CHANNEL_VALUE = 147 Error "emv.62-11.value", "MPM 1.1, 4.8.1.6", "the merchant channel is not three characters of the specification's tables";
    LANGUAGE_MISSING = 148 Error "emv.64-00.missing", "MPM 1.1, 4.9", "the language preference is missing";
    LANGUAGE_NAME_MISSING = 149 Error "emv.64-01.missing", "MPM 1.1, 4.9", "the merchant name in the alternate language is missing";
    LANGUAGE_FORMAT = 150 Error "emv.64-00.format", "MPM 1.1, 4.9.1", "the language preference is not two letters";
    LANGUAGE_UNASSIGNED = 151 Error "emv.64-00.unassigned", "MPM 1.1, 4.9.1", "ISO 639-1 assigns no language to the code";

    AMBIGUOUS_PAYEE = 152 Error and protects_payee "emv.ambiguous-payee", "an ambiguous payee is not paid", "the payload names two stores of JPQR or two accounts of KHQR, so who is paid is ambiguous";
    AMBIGUOUS_SCHEME = 153 Error and protects_payee "emv.ambiguous-scheme", "an ambiguous payee is not paid", "more than one national scheme recognises the payload, so who is paid is ambiguous";
    LENGTH_AMBIGUOUS = 154 Error and protects_payee "emv.length.ambiguous", "an ambiguous payee is not paid; MPM 1.1, 4.4.1.1", "readers that count lengths in another unit find another account, amount, currency or fee";
    RFU_OBJECT = 155 Warning "emv.rfu.object", "MPM 1.1, 4.5.4.1", "the data object is reserved for future use";
    CRC_CASE = 156 Warning "emv.63.case", "MPM 1.1, 4.7.3.2", "the crc is not in upper case";
    TEXT_INVISIBLE = 158 Warning and refused_in_writing "emv.text.invisible", "MPM 1.1, 4.5.3", "the value has a character that shows nothing and can turn text round";
    SIZE = 157 Warning "emv.size", "MPM 1.1, 4.1", "the payload has more than the recommended 512 characters";
}
