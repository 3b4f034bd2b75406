//! Values in the form that a network writes.

/// How a value that is given is written.
#[derive(Clone, Copy)]
pub(crate) enum Writing {
    AsGiven,
    /// A value that is three characters shorter than `length` has `end` after it.
    Padded {
        length: usize,
        end: &'static str,
    },
    Phone(Phone),
}

/// A telephone number: `start` and `least` to `most` digits, of `start` the last characters that give `length`.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    /// Country code, which stands after `+` from abroad.
    pub(crate) country: &'static str,
    /// Trunk prefix, which stands before the digits at home.
    pub(crate) zero: &'static str,
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) length: usize,
    pub(crate) start: &'static str,
    /// `true` if the field holds nothing else.
    pub(crate) is_only: bool,
}

impl Phone {
    /// The digits of the number, without what stands before them in one of the three forms.
    pub(super) fn digits<'t>(&self, text: &'t str) -> Option<&'t str> {
        let is_number = |rest: &&str| {
            (self.least..=self.most).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit())
        };
        let abroad = || text.strip_prefix('+')?.strip_prefix(self.country).filter(is_number);
        let own = || {
            let split = |count: usize| text.split_at_checked(text.len().checked_sub(count)?);
            let mut forms = (self.least..=self.most).filter_map(split).filter(|(_, rest)| is_number(rest));
            forms.find(|(start, rest)| *start == self.start(rest)).map(|(_, rest)| rest)
        };
        text.strip_prefix(self.zero).filter(is_number).or_else(abroad).or_else(own)
    }

    /// Text that the network writes before the digits.
    pub(super) fn start(&self, digits: &str) -> &'static str {
        let count = self.length.saturating_sub(digits.len());
        self.start.get(self.start.len().saturating_sub(count)..).unwrap_or_default()
    }
}
