//! The CRC against the `crc` crate and a loop over bits.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(crc);
