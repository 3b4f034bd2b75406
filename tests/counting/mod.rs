//! An allocator that counts, for the tests that use it.

#![allow(
    unsafe_code,
    reason = "a global allocator that counts cannot be written without; the library itself forbids it"
)]
#![allow(dead_code, reason = "each test file uses a part of it")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::hint::black_box;
use std::alloc::System;

thread_local! {
    /// Allocations of this thread. Other threads, of the harness or of other tests, do not disturb.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

struct Counting;

impl Counting {
    fn count() {
        // Gone only while the thread ends.
        let _ = COUNT.try_with(|count| count.set(count.get() + 1));
    }
}

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Self::count();
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often this thread allocates while `work` runs.
pub(crate) fn allocations<T>(work: impl FnOnce() -> T) -> u64 {
    let before = COUNT.get();
    black_box(work());
    COUNT.get() - before
}

#[track_caller]
pub(crate) fn assert_allocates_nothing<T>(work: impl Fn() -> T) {
    assert_eq!(allocations(work), 0);
}
