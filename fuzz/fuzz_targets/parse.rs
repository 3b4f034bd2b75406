//! Strict and lax reading, look-up and views.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(parse);
