//! KHQR's own names of data objects.

crate::dictionary::objects! {
    /// The data objects to which KHQR gives a meaning of its own (KHQR Content Guideline, SDK document 2.3). The keys are those
    /// of [`Khqr::fields`](super::Khqr::fields), as the official toolkits decode them.
    OBJECTS:
    [15-15] "UnionPay Merchant Account" union_pay_merchant Ans 99 "UnionPay";
    [29-29] "Individual Account" individual_account Template 99 "KHQR";
    [29-30][00-00] "Bakong Account ID" bakong_account_id Ans 32 "KHQR";
    [29-29][01-01] "Account Information" account_information Ans 32 "KHQR";
    [29-30][02-02] "Acquiring Bank" acquiring_bank Ans 32 "KHQR";
    [30-30] "Merchant Account" merchant_account Template 99 "KHQR";
    [30-30][01-01] "Merchant ID" merchant_id Ans 32 "KHQR";
    [99-99] "Timestamps" timestamps Template 99 "KHQR";
    [99-99][00-00] "Creation Time" creation_timestamp N 13 "KHQR";
    [99-99][01-01] "Expiration Time" expiration_timestamp N 13 "KHQR";
}
