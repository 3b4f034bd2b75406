//! JPQR's own names of data objects.

crate::dictionary::objects! {
    /// The data objects of JPQR's store template, which is 26 in all public codes and may be any of 26 to 51.
    OBJECTS:
    [26-26] "Store Information" store_information Template 99 "JPQR";
    [26-26][01-01] "Management Level 1" level_1 Ans 13 "JPQR";
    [26-26][02-02] "Management Level 2" level_2 Ans 4 "JPQR";
    [26-26][03-03] "Management Level 3" level_3 Ans 6 "JPQR";
    [26-26][04-04] "Management Level 4" level_4 Ans 6 "JPQR";
}
