//! The values by position in 27-01 and 62.

use core::fmt;

use crate::digits::is_digits;

/// Values of fixed width one behind the other in one data object.
macro_rules! positions {
    (
        $(#[$doc:meta])* $name:ident, $count:literal, $length:literal:
        $($(#[$field_doc:meta])* $field:ident = $zeros:literal;)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[expect(clippy::exhaustive_structs, reason = "a layout of fixed positions; another one would be another form")]
        pub struct $name<'a> {
            $($(#[$field_doc])* #[doc = ""] #[doc = concat!("As many digits as `", $zeros, "`.")] pub $field: &'a str,)*
        }

        impl<'a> $name<'a> {
            /// Zeros everywhere.
            pub const ZERO: Self = Self { $($field: $zeros),* };

            /// Characters of all values together.
            pub const LENGTH: usize = $length;

            /// Names and values in the order of positions.
            #[must_use]
            pub const fn entries(&self) -> [(&'static str, &'a str); $count] {
                [$((stringify!($field), self.$field)),*]
            }

            /// Cuts a value of exactly [`LENGTH`](Self::LENGTH) digits; `None` if it is not that.
            #[must_use]
            pub fn from_digits(value: &'a str) -> Option<Self> {
                if value.len() != Self::LENGTH || !is_digits(value) {
                    return None;
                }
                let mut rest = value;
                let mut cut = |length: usize| {
                    let (first, behind) = rest.split_at_checked(length)?;
                    rest = behind;
                    Some(first)
                };
                Some(Self { $($field: cut($zeros.len())?),* })
            }
        }

        const _: () = assert!(0 $(+ $zeros.len())* == $length);

        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $name<'_> {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.entries())
            }
        }

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

positions! {
    /// 27-01: what Pay-easy, the network of banks, needs to take the payment (MPN data).
    PaymentData, 15, 83:
    /// Check digits. How they are made is not public.
    check_digits = "00";
    /// Account number.
    account_number = "00000000000";
    /// Amount in yen.
    amount = "00000000000";
    /// Who bears the fee.
    fee_bearer = "0";
    /// Institution number.
    institution = "00000";
    /// Stamp duty.
    stamp_duty = "0";
    /// Tax item (税目).
    tax_item = "000";
    /// Reserved.
    reserved = "00000";
    /// The second check digits. How they are made is not public.
    second_check_digits = "00";
    /// Case key: which claim is paid.
    case_key = "00000000000000000000";
    /// Confirmation number.
    confirmation_number = "000000";
    /// Fixed: 0 in public codes.
    fixed = "0";
    /// Joint tax office.
    joint_tax_office = "00000";
    /// Tax office.
    tax_office = "000";
    /// Reserved.
    further_reserved = "0000000";
}

positions! {
    /// 62 (付加情報1): for which year and period the tax is, and until when it can be paid.
    LevyData, 5, 26:
    /// Year of levy.
    levy_year = "0000";
    /// Tax year.
    tax_year = "0000";
    /// Code of the period.
    period = "00";
    /// Due date, `YYYYMMDD`.
    due_date = "00000000";
    /// Last day on which the code can be paid, `YYYYMMDD`.
    last_payment_date = "00000000";
}
