//! Codes of networks: what is built from fields is valid and reads back.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(network_builder);
