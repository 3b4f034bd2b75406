//! Intents and rewriting, and the account that is given of it.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(crossborder);
