//! Errors of reading and writing.

use core::fmt;

use crate::advice::Advice;
use crate::path::Path;
use crate::tag::Tag;

/// What is wrong, and where: the kind, the path of the data object and the place in the caller's text.
///
/// An error never holds text of the payload: merchant and account ids would end up in logs.
///
/// ```
/// use emvqr::{ErrorKind, Payload};
///
/// let error = Payload::parse("000201630458CE").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::CrcMismatch { computed: 0xAAE6, found: 0x58CE });
/// assert_eq!(error.to_string(), "crc mismatch: computed AAE6, found 58CE, in data object 63 at byte 10");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Error {
    kind: ErrorKind,
    path: Path,
    offset: usize,
    length: usize,
}

/// The kinds of errors: the enum, and number and name of each.
macro_rules! kinds {
    (
        $(#[$doc:meta])*
        $name:ident:
        $($(#[$kind_doc:meta])* $kind:ident $({ $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })? = $number:literal $text:literal;)*
    ) => {
        $(#[$doc])*
        pub enum $name {
            $($(#[$kind_doc])* $kind $({ $($(#[$field_doc])* $field: $type),* })?),*
        }

        impl $name {
            /// Every kind, in the order of the numbers; those with numbers of their own with zeros.
            pub const ALL: &[Self] = &[$(Self::$kind $({ $($field: 0),* })?),*];

            const fn called(self) -> (u16, &'static str) {
                match self {
                    $(Self::$kind { .. } => ($number, $text)),*
                }
            }
        }
    };
}

kinds! {
    /// The kinds of [`Error`].
    ///
    /// The list grows only with a minor release; [`name`](ErrorKind::name) is stable.
    /// The first eleven are what [`Payload::parse`](crate::Payload::parse) can answer, in its order of precedence:
    /// UTF-8, then shape in wire order, then 00 first, 63 last, duplicates, form of the CRC, value of the CRC.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
    #[non_exhaustive]
    ErrorKind:
    /// The bytes are not UTF-8 (MPM 1.1, 1.4.3). Offset: the first byte that is not.
    #[error("not UTF-8")]
    Utf8 = 1 "utf8";
    /// Fewer than four bytes are left for a data object (4.4.1). Offset: the first of them.
    #[error("header of a data object is cut short")]
    HeaderTruncated = 2 "header_truncated";
    /// The ID is not two ASCII digits (4.3.1). Offset: first byte of the header.
    #[error("ID is not two digits")]
    IdNotDigits = 3 "id_not_digits";
    /// The length is not two ASCII digits (4.4.1). Offset: first byte of the header.
    #[error("length is not two digits")]
    LengthNotDigits = 4 "length_not_digits";
    /// The length is 00; a value has at least one character (4.4.1.2). Offset: first byte of the header.
    #[error("length is zero")]
    LengthZero = 5 "length_zero";
    /// The length claims more characters than are left (4.4.1.1). Offset: first byte of the header.
    #[error("value overruns: length {length:02}, {available} characters left")]
    ValueOverrun {
        /// Characters that the header announces, 1 to 99.
        length: u8,
        /// Characters that are left in the text or template, 0 to 98.
        available: u8,
    } = 6 "value_overrun";
    /// The first data object is not 00 (4.6.1.1). Offset: the first byte.
    #[error("payload format indicator is not the first data object")]
    NotFirst = 7 "not_first";
    /// The last data object is not 63 (4.6.1.2). Offset: the object 63, or the end of the text if there is no 63.
    #[error("crc is not the last data object")]
    NotLast = 8 "not_last";
    /// An ID occurs twice in the root (4.3.1.2). Offset: header of the second occurrence.
    #[error("ID occurs twice")]
    Duplicate = 9 "duplicate";
    /// The value of 63 is not four hexadecimal digits (4.7.3). Offset: first byte of the value.
    #[error("crc is not four hexadecimal digits")]
    CrcFormat = 10 "crc_format";
    /// The CRC does not match the text before it (4.7.3). Offset: first byte of the value.
    #[error("crc mismatch: computed {computed:04X}, found {found:04X}")]
    CrcMismatch {
        /// The CRC of the bytes up to and including `6304`.
        computed: u16,
        /// The CRC that the payload carries.
        found: u16,
    } = 11 "crc_mismatch";
    /// A template nests deeper than [`Path::MAX_DEPTH`].
    #[error("template nests too deep")]
    TooDeep = 12 "too_deep";
    /// Writing: a value, or the content of a template, has more than 99 characters (4.4.1.2).
    #[error("value is longer than 99 characters")]
    ValueTooLong = 13 "value_too_long";
    /// Writing: a value has no character at all.
    #[error("value is empty")]
    ValueEmpty = 14 "value_empty";
    /// Writing: the CRC, or the payload format indicator, was named as an object to write.
    #[error("data object is fixed")]
    Fixed = 15 "fixed";
    /// Editing: two changes concern one object, or an object and something inside it.
    #[error("two changes concern the same data object")]
    ChangeConflict = 16 "change_conflict";
    /// Editing: a change leads into an object whose value is not a run of data objects.
    #[error("value is not a template")]
    NotTemplate = 17 "not_template";
    /// Writing: the buffer has fewer bytes than the payload.
    #[error("buffer too small: {needed} bytes needed")]
    BufferTooSmall {
        /// Bytes that the payload takes.
        needed: usize,
    } = 18 "buffer_too_small";
    /// Writing: the sink behind `fmt::Write` failed.
    #[error("sink failed")]
    Sink = 19 "sink";
    /// Editing: the text is not a path: at most seven IDs of two digits with `-` between them.
    #[error("text is not a path")]
    PathFormat = 20 "path_format";
}

impl ErrorKind {
    /// A stable name in lower case: `crc_mismatch`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.called().1
    }

    /// The stable number, for languages to which a text is a burden: see the [list](crate::guide::numbers).
    #[must_use]
    pub const fn number(self) -> u16 {
        self.called().0
    }

    /// Whether [`Payload::parse`](crate::Payload::parse) can answer it.
    const fn is_of_reading(self) -> bool {
        self.number() <= 11
    }

    /// Whether the text is not a run of data objects at all, as against a run that breaks a rule of the payload.
    #[must_use]
    pub const fn is_shape(self) -> bool {
        matches!(
            self,
            Self::HeaderTruncated
                | Self::IdNotDigits
                | Self::LengthNotDigits
                | Self::LengthZero
                | Self::ValueOverrun { .. }
        )
    }
}

impl Error {
    #[cold]
    #[inline(never)]
    pub(crate) const fn new(kind: ErrorKind, path: Path, offset: usize, length: usize) -> Self {
        Self { kind, path, offset, length }
    }

    /// What the person who pays can do about the error of reading `text`; `None` for errors of writing and editing.
    ///
    /// A text that holds the start of a payload (`000201`), with something around it or cut short, was not scanned well.
    ///
    /// ```
    /// use emvqr::{Advice, Payload};
    ///
    /// let advice = |text: &str| Payload::parse(text).unwrap_err().advice(text);
    /// assert_eq!(advice("0002010102115204"), Some(Advice::ScanAgain));
    /// assert_eq!(advice("https://example.com"), Some(Advice::NotAPaymentCode));
    /// ```
    #[must_use]
    pub fn advice(&self, text: &str) -> Option<Advice> {
        match self.kind {
            ErrorKind::Utf8
            | ErrorKind::HeaderTruncated
            | ErrorKind::IdNotDigits
            | ErrorKind::LengthNotDigits
            | ErrorKind::NotFirst
                if !text.as_bytes().windows(6).any(|part| part == b"000201") =>
            {
                Some(Advice::NotAPaymentCode)
            }
            // A second payload after the first begins with 00 again.
            ErrorKind::Duplicate if self.path == Path::of(Tag::PAYLOAD_FORMAT_INDICATOR) => Some(Advice::ScanAgain),
            ErrorKind::LengthZero | ErrorKind::Duplicate => Some(Advice::AskForNewCode),
            kind => kind.is_of_reading().then_some(Advice::ScanAgain),
        }
    }

    /// The same error of a template that will be inside `tag`.
    pub(crate) fn inside(mut self, tag: Tag) -> Self {
        let path = self.path.tags().try_fold(Path::of(tag), Path::join);
        self.path = path.unwrap_or(self.path);
        self
    }

    /// The kind and the object, for a text that is not written yet and has no places.
    pub(crate) fn write_unplaced(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind == ErrorKind::NotLast && self.length == 0 {
            f.write_str("crc is missing")?;
        } else {
            write!(f, "{}", self.kind)?;
        }
        if self.path == Path::ROOT { Ok(()) } else { write!(f, ", in data object {}", self.path) }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The data object concerned; [`Path::ROOT`] if none can be named.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The place in the caller's text, in bytes from its start, also inside nested templates.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// How many bytes from [`offset`](Self::offset) are concerned; 0 if something is missing.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_unplaced(f)?;
        write!(f, " at byte {}", self.offset)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl core::error::Error for Error {}

#[cfg(feature = "serde")]
impl ::serde::Serialize for Error {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use ::serde::ser::SerializeStruct as _;

        let mut error = serializer.serialize_struct("Error", 5)?;
        error.serialize_field("kind", self.kind().name())?;
        error.serialize_field("path", &self.path())?;
        error.serialize_field("offset", &self.offset())?;
        error.serialize_field("length", &self.length())?;
        error.serialize_field("message", &format_args!("{self}"))?;
        error.end()
    }
}
