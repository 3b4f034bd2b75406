//! Merchant text made safe to show.

use core::fmt;

/// `Debug` as a text with arguments. A derived one escapes texts by code that could panic as far as the linker sees.
macro_rules! debug {
    ($name:ty: |$this:ident| $($format:tt)+) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let $this = self;
                write!(f, $($format)+)
            }
        }
    };
}
pub(crate) use debug;

/// Shows text of a payload with its control, bidirectional and line-separator characters escaped, and the no-break space.
///
/// Whoever prints a QR code chooses its text. Escape sequences can rewrite a terminal or a log, and direction marks can
/// turn a name round, so such characters come out as `\u{202E}`. Everything else stays, also the zero-width spaces that
/// Khmer text needs. What comes out is for eyes; it is not an encoding that can be taken back.
///
/// ```
/// use emvqr::display::Escaped;
///
/// assert_eq!(Escaped("Caf\u{e9} \u{1b}[31m\u{202e}").to_string(), r"Café \u{1B}[31m\u{202E}");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "made by naming its one field")]
pub struct Escaped<'a>(
    /// The text as read.
    pub &'a str,
);

/// Whether `c` is a control, bidirectional, line-separator or invisible character, which [`Escaped`] replaces, as it does
/// the no-break space.
#[must_use]
pub const fn is_unsafe_to_show(c: char) -> bool {
    matches!(
        c,
        // Controls: C0, DEL and C1, line feeds among them.
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
            // Direction marks, embeddings, overrides and isolates.
            | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Deprecated format controls, the byte-order mark, interlinear marks, and tags that show as nothing.
            | '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    )
}

/// Whether `c` shows nothing by itself and turns text round or hides in it. Zero-width spaces and joiners, which Khmer, Indic and
/// Arabic texts need, are not among them.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Whether `c` shows nothing: a blank, a zero-width character, or a letter without a shape.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{AD}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
        || is_unsafe_to_show(c)
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(mut rest) = *self;
        let is_shown = |c: char| !is_unsafe_to_show(c) && c != '\u{A0}';
        while let Some((at, c)) = rest.char_indices().find(|(_, c)| !is_shown(*c)) {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            write!(f, "{before}\\u{{{:X}}}", u32::from(c))?;
            rest = from.get(c.len_utf8()..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}

impl fmt::Debug for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Escaped({} bytes)", self.0.len())
    }
}

/// Places of a text in units of UTF-16, as JavaScript, Java and Swift's `NSString` count them, for places in bytes.
///
/// ```
/// use emvqr::display::Utf16Offsets;
///
/// let offsets = Utf16Offsets::of("ក𠮷x");
/// assert_eq!([0, 3, 7, 8].map(|offset| offsets.get(offset)), [0, 1, 3, 4]);
/// ```
#[cfg(feature = "alloc")]
#[derive(Clone)]
pub struct Utf16Offsets {
    /// For each byte the units before its character. Empty for a text of ASCII.
    units: alloc::vec::Vec<usize>,
    count: usize,
}

#[cfg(feature = "alloc")]
impl Utf16Offsets {
    /// Reads a text once.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { units: alloc::vec::Vec::new(), count: text.len() };
        }
        let (mut units, mut count) = (alloc::vec::Vec::with_capacity(text.len()), 0_usize);
        for c in text.chars() {
            units.extend(core::iter::repeat_n(count, c.len_utf8()));
            count = count.saturating_add(c.len_utf16());
        }
        Self { units, count }
    }

    /// Number of units before the character at `offset`, in bytes. From the end of the text on, that of the whole text.
    #[must_use]
    pub fn get(&self, offset: usize) -> usize {
        if self.units.is_empty() {
            return offset.min(self.count);
        }
        self.units.get(offset).copied().unwrap_or(self.count)
    }
}

#[cfg(feature = "alloc")]
debug!(Utf16Offsets: |offsets| "Utf16Offsets({})", offsets.count);

/// Texts of our own with a comma between them.
pub(crate) struct Listed(pub(crate) &'static [&'static str]);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for text in self.0 {
            f.write_str(separator)?;
            f.write_str(text)?;
            separator = ", ";
        }
        Ok(())
    }
}
