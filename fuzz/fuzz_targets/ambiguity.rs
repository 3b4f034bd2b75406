//! The judgement of readers in other units against the naive judge.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(ambiguity);
