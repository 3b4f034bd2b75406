//! Writing: what is built reads back.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(builder);
