//! The rules of the bill form. Where each comes from, says the [form](super).

crate::rule::rules! {
    ALL:

    LENGTH = 401 Error "jpqr-bill.length", "terminal program after MPM guideline 3.0 (S), public codes", "the bill code is not 255 characters long";
    FORMAT = 402 Error "jpqr-bill.format", "terminal program after MPM guideline 3.0 (S), public codes", "the text is not a run of well-formed data objects";
    OBJECT_MISSING = 403 Error "jpqr-bill.object.missing", "terminal program after MPM guideline 3.0 (S), public codes", "a data object of the bill form is missing";
    OBJECT_UNEXPECTED = 404 Error "jpqr-bill.object.unexpected", "terminal program after MPM guideline 3.0 (S), public codes", "the data object is not one of the bill form, or is not in its place";
    VALUE_LENGTH = 405 Error "jpqr-bill.value.length", "terminal program after MPM guideline 3.0 (S), public codes", "the value does not have the length that the bill form gives it";
    VALUE_DIGITS = 406 Error "jpqr-bill.value.digits", "terminal program after MPM guideline 3.0 (S), public codes", "the value has a character other than digits";
    FORMAT_INDICATOR_VALUE = 407 Error "jpqr-bill.00.value", "terminal program after MPM guideline 3.0 (S), public codes", "the payload format indicator is not 01";
    INITIATION_VALUE = 408 Error "jpqr-bill.01.value", "terminal program after MPM guideline 3.0 (S), public codes", "the point of initiation method is not 12";
    INSTITUTION_VALUE = 409 Error "jpqr-bill.27-00.value", "terminal program after MPM guideline 3.0 (S): the number of the local tax bodies", "the institution number is not 13800";
    AMOUNT_ZERO = 410 Error "jpqr-bill.54.zero", "payment safety: a bill over nothing is not paid", "the amount is zero";
    AMOUNT_DIFFERS = 411 Error "jpqr-bill.54.differs", "payment safety: what is ambiguous is not paid", "the amount is not the one in the payment data";
    DATE = 412 Error "jpqr-bill.62.date", "terminal program after MPM guideline 3.0 (S)", "a date is not a day of the calendar";
    EXPIRED = 413 Error and expires "jpqr-bill.62.expired", "terminal program after MPM guideline 3.0 (S)", "the last day on which the bill can be paid has passed";
    CRC_FORMAT = 414 Error "jpqr-bill.63.format", "terminal program after MPM guideline 3.0 (S), public codes", "the crc is not five decimal digits up to 65535";
    CRC_MISMATCH = 415 Error "jpqr-bill.63.mismatch", "terminal program after MPM guideline 3.0 (S), public codes", "the crc does not match the text before it";
}
