//! Drafts under a profile of another crate.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(drafts);
