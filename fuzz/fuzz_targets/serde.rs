//! What is serialized, and what is read back.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(serde);
