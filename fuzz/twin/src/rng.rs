//! Pseudo-random numbers: the same seed gives the same cases on every machine.

/// Xorshift, 64 bits.
pub(crate) struct Rng(u64);

impl Rng {
    /// The numbers of a case.
    pub(crate) fn new(seed: u64, case: u64) -> Self {
        // Mixed, since neighbouring seeds start alike.
        Self((seed << 32 ^ case).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 20) % end.max(1) as u64).expect("below a usize")
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn choose<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }
}
