//! The reader and the rules against naive ones.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(differential);
