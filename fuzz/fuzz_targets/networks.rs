//! Networks and masks.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(networks);
