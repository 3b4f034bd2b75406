//! Editing against a naive edit of a tree.

#![cfg_attr(fuzzing, no_main)]

emvqr_fuzz::target!(edit);
