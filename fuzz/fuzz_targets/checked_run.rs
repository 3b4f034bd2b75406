//! Objects that are written if they satisfy a profile of another crate.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(checked_run);
