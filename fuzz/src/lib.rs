//! The laws that the fuzz targets assert, as plain functions of the input's bytes.
//!
//! A law panics where the library breaks it. That it needs no fuzzer makes every input a test: `cargo test` replays the
//! committed seeds through their laws on a stable toolchain.
//!
//! What the library is compared with is written here once more, from the specification and in another style: see
//! [`naive`].

mod ambiguity;
mod builder;
mod checked_run;
mod crc;
mod crossborder;
mod diagnose;
mod differential;
mod edit;
mod encoder;
mod jpqr;
mod khqr;
mod masks;
pub mod naive;
mod network_builder;
mod networks;
mod parse;
mod serde;
mod text;

pub use ambiguity::ambiguity;
pub use builder::builder;
pub use checked_run::checked_run;
pub use crc::crc;
pub use crossborder::crossborder;
pub use diagnose::diagnosis;
pub use differential::differential;
pub use edit::edit;
pub use jpqr::jpqr;
pub use khqr::khqr;
#[cfg(fuzzing)]
#[doc(hidden)]
pub use libfuzzer_sys;
pub use masks::masks;
pub use network_builder::network_builder;
pub use networks::networks;
pub use parse::parse;
pub use serde::serde;

/// What a target asserts of each input.
pub type Law = fn(&[u8]);

/// Every target by name, which is also the name of its folder of seeds.
pub const LAWS: [(&str, Law); 15] = [
    ("crc", crc),
    ("parse", parse),
    ("builder", builder),
    ("edit", edit),
    ("differential", differential),
    ("crossborder", crossborder),
    ("khqr", khqr),
    ("jpqr", jpqr),
    ("diagnosis", diagnosis),
    ("networks", networks),
    ("masks", masks),
    ("network_builder", network_builder),
    ("serde", serde),
    ("checked_run", checked_run),
    ("ambiguity", ambiguity),
];

/// Makes the binary of a target: libFuzzer's under cargo-fuzz, else one that replays the files it is given.
#[macro_export]
macro_rules! target {
    ($law:ident) => {
        #[cfg(fuzzing)]
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::$law(data));

        #[cfg(not(fuzzing))]
        fn main() -> ::std::io::Result<()> {
            for file in ::std::env::args_os().skip(1) {
                $crate::$law(&::std::fs::read(file)?);
            }
            Ok(())
        }
    };
}
