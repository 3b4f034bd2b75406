//! What leaves of a code.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(masks);
