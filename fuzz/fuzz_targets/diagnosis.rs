//! Diagnosis: what a hint claims holds.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(diagnosis);
