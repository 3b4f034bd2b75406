//! The KHQR profile: detection, findings, getters, builder.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(khqr);
