//! Japan's codes: the profile, the store id, the bill form.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(jpqr);
