//! Data objects and runs of them: the only place that knows how a length is counted.
//!
//! A data object is an ID of two digits, a length of two digits and a value of that many **characters**, which are
//! Unicode scalar values, not bytes (MPM 1.1, 4.4.1.1). A payload is a run of data objects, and so is the value of a
//! template.
//!
//! | door | for |
//! |---|---|
//! | [`Payload`](crate::Payload) | a whole payload, strictly |
//! | [`read`] | the lax door: every data object up to the first fault of shape, then that fault |
//! | [`leaves`] | the same with EMVCo's templates opened |
//! | [`Template`] | the value of a template, with look-up by ID |
//! | [`length_unit`] | the diagnosis of texts whose writer counted bytes or UTF-16 units |

use core::fmt;
use core::ops::ControlFlow;

use crate::error::{Error, ErrorKind};
use crate::tag::{Path, Tag, TagSet};

/// Bytes of a header: two digits of ID and two of length.
const HEADER: usize = 4;

/// The text that data objects are read from.
#[derive(Clone, Copy)]
struct Source<'a> {
    text: &'a str,
    /// Where `text` starts in the caller's text.
    base: usize,
    plain: Plain,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, base: 0, plain: Plain::of(text.as_bytes()) }
    }
}

/// A data object of some text, with its place in it.
///
/// Holds no copy of the text; the value is cut when it is asked for. `Debug` prints the place, never the value.
#[derive(Clone, Copy)]
pub struct DataObject<'a> {
    source: Source<'a>,
    /// The header's first byte.
    start: usize,
    /// The byte after the value.
    end: usize,
    parent: Path,
    tag: Tag,
    length: u8,
}

impl<'a> DataObject<'a> {
    /// The ID.
    #[must_use]
    #[inline]
    pub const fn tag(&self) -> Tag {
        self.tag
    }

    /// The IDs of the templates around, then the object's own.
    #[must_use]
    #[inline]
    pub fn path(&self) -> Path {
        // A run is only opened where its objects still have a path.
        self.parent.join(self.tag).unwrap_or(self.parent)
    }

    /// The length of the value in characters, 1 to 99.
    #[must_use]
    #[inline]
    pub const fn length(&self) -> usize {
        self.length as usize
    }

    /// The header's first byte in the caller's text.
    #[must_use]
    #[inline]
    pub const fn offset(&self) -> usize {
        self.source.base.wrapping_add(self.start)
    }

    /// The value's first byte in the caller's text.
    #[must_use]
    #[inline]
    pub const fn value_offset(&self) -> usize {
        self.source.base.wrapping_add(self.value_start())
    }

    /// The first byte after the value in the caller's text.
    #[must_use]
    #[inline]
    pub const fn end(&self) -> usize {
        self.source.base.wrapping_add(self.end)
    }

    #[inline]
    const fn value_start(&self) -> usize {
        self.start.wrapping_add(HEADER)
    }

    /// The value as it stands in the text.
    #[must_use]
    #[inline]
    pub fn value(&self) -> &'a str {
        // Both ends are ends of characters, which is how the object was found.
        self.source.text.get(self.value_start()..self.end).unwrap_or_default()
    }

    /// The bytes of the value.
    #[must_use]
    #[inline]
    pub fn value_bytes(&self) -> &'a [u8] {
        self.source.text.as_bytes().get(self.value_start()..self.end).unwrap_or_default()
    }

    /// Header and value as they stand in the text; empty for an object of a model, which is not written yet.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        self.source.text.get(self.start..self.end).unwrap_or_default()
    }

    /// The value read as a run of data objects, laxly: see [`read`].
    ///
    /// Beyond [`Path::MAX_DEPTH`] the run ends at once with [`ErrorKind::TooDeep`].
    #[must_use]
    pub fn objects(&self) -> DataObjects<'a> {
        DataObjects { source: self.source, at: self.value_start(), end: self.end, parent: self.path(), ended: false }
    }

    /// The value read as a template: a run of data objects with look-up by ID.
    ///
    /// # Errors
    ///
    /// The first fault of shape, with its path and its place in the caller's text; or [`ErrorKind::TooDeep`].
    /// An ID that occurs twice is no fault here: see [`Template::repeated`].
    #[inline]
    pub fn template(&self) -> Result<Template<'a>, Error> {
        let parent = self.path();
        if parent.depth() >= Path::MAX_DEPTH {
            return Err(too_deep(self.source, self.value_start(), self.end, parent));
        }
        Template::read(self.source, self.value_start(), self.end, parent)
    }

    /// Walks the value once as a template whose IDs ascend, which is how nearly all are written, and hands out its objects.
    ///
    /// Breaks off when `each` does, and where the value is not such a template, which may be well-formed all the same.
    /// For rules that expect to find nothing: in one pass, and without ever holding a template in memory.
    #[inline(always)]
    pub(crate) fn ascend(&self, mut each: impl FnMut(DataObject<'a>) -> ControlFlow<()>) -> ControlFlow<()> {
        let Self { source, end, .. } = *self;
        let parent = self.path();
        if parent.depth() >= Path::MAX_DEPTH {
            return ControlFlow::Break(());
        }
        let mut run = Run::new(source, self.value_start(), end);
        let mut least = 0;
        loop {
            let start = end.wrapping_sub(run.left.len());
            let Some((tag, length)) = run.step() else { break };
            if tag.get() < least {
                return ControlFlow::Break(());
            }
            least = tag.get().wrapping_add(1);
            let end = end.wrapping_sub(run.left.len());
            each(DataObject { source, start, end, parent, tag, length })?;
        }
        if run.left.is_empty() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// An object of a model that is not written yet: `value` will stand at `offset` of the text, behind its header.
    pub(crate) fn of_model(tag: Tag, value: &'a str, length: u8, offset: usize) -> Self {
        let source = Source { base: offset.saturating_add(HEADER), ..Source::new(value) };
        // The header would stand in front of the text that there is.
        Self { source, start: 0_usize.wrapping_sub(HEADER), end: value.len(), parent: Path::ROOT, tag, length }
    }

    /// The place of the `characters`-th character of the value, in bytes of the caller's text.
    pub(crate) fn character_offset(&self, characters: usize) -> usize {
        let skipped = self.value().chars().take(characters).map(char::len_utf8).fold(0, usize::saturating_add);
        self.value_offset().saturating_add(skipped)
    }

    /// Whether the value is plain text, 0x20 to 0x7E.
    #[inline]
    pub(crate) fn is_plain(&self) -> bool {
        self.source.plain.covers(self.value_start(), self.end) || is_plain(self.value_bytes())
    }
}

/// The number that two digits write.
#[inline]
const fn two_digits(tens: u8, ones: u8) -> u8 {
    tens.wrapping_sub(b'0').wrapping_mul(10).wrapping_add(ones.wrapping_sub(b'0'))
}

impl fmt::Debug for DataObject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataObject({} at byte {}, {} characters)", self.path(), self.offset(), self.length)
    }
}

/// Reads `text` as a run of data objects, laxly.
///
/// Yields every data object up to the first fault of shape (an ID or length that is not two digits, a length of zero, a
/// value or header cut short), then that fault, then nothing. Faults other than shape do not stop it: a wrong CRC, an
/// ID that occurs twice, a first object other than 00.
///
/// ```
/// let mut run = emvqr::tlv::read("000201590xABC");
/// assert_eq!(run.next().unwrap().unwrap().value(), "01");
/// let fault = run.next().unwrap().unwrap_err();
/// assert_eq!(fault.to_string(), "length is not two digits, in data object 59 at byte 6");
/// assert!(run.next().is_none());
/// ```
#[must_use]
pub fn read(text: &str) -> DataObjects<'_> {
    DataObjects { source: Source::new(text), at: 0, end: text.len(), parent: Path::ROOT, ended: false }
}

/// The data objects of a run in wire order: see [`read`].
#[derive(Clone)]
pub struct DataObjects<'a> {
    source: Source<'a>,
    at: usize,
    end: usize,
    parent: Path,
    ended: bool,
}

impl DataObjects<'_> {
    /// The first byte that has not been read yet, in the caller's text.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.source.base.saturating_add(self.at)
    }
}

impl<'a> Iterator for DataObjects<'a> {
    type Item = Result<DataObject<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Self { source, at: start, end, parent, .. } = *self;
        if self.ended || start >= end {
            return None;
        }
        let mut run = Run::new(source, start, end);
        if let Some((tag, length)) = run.step().filter(|_| parent.depth() < Path::MAX_DEPTH) {
            let end = end.wrapping_sub(run.left.len());
            self.at = end;
            Some(Ok(DataObject { source, start, end, parent, tag, length }))
        } else {
            self.ended = true;
            Some(Err(if parent.depth() < Path::MAX_DEPTH {
                shape_fault(source, start, end, parent)
            } else {
                too_deep(source, start, end, parent)
            }))
        }
    }
}

impl core::iter::FusedIterator for DataObjects<'_> {}

impl fmt::Debug for DataObjects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataObjects({} at byte {})", self.parent, self.offset())
    }
}

/// The leaves of `text` in wire order, laxly: a template that EMVCo defines is opened when its value is a well-formed
/// run of data objects, and everything else is one leaf.
///
/// Templates are 26-51, 62, 64 and 80-99, and inside 62 also 62-50 to 62-99 (MPM 1.1, Table 3.6). Like [`read`] it ends
/// with the first fault of shape of the root.
///
/// ```
/// let leaves: Vec<_> = emvqr::tlv::leaves("62090105ABC12").flatten().map(|leaf| leaf.path().to_string()).collect();
/// assert_eq!(leaves, ["62-01"]);
/// ```
#[must_use]
pub fn leaves(text: &str) -> Leaves<'_> {
    Leaves { levels: [Some(read(text)), None, None] }
}

/// The leaves of a text in wire order: see [`leaves`].
#[derive(Clone, Debug)]
pub struct Leaves<'a> {
    /// The runs being read: the root, a template in it, a template in that.
    levels: [Option<DataObjects<'a>>; 3],
}

impl<'a> Iterator for Leaves<'a> {
    type Item = Result<DataObject<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let depth = self.levels.iter().rposition(Option::is_some)?;
            let level = self.levels.get_mut(depth)?;
            let Some(item) = level.as_mut()?.next() else {
                *level = None;
                continue;
            };
            match (item, self.levels.get_mut(depth.saturating_add(1))) {
                (Ok(object), Some(inner)) if is_template(object.path()) && object.objects().all(|o| o.is_ok()) => {
                    *inner = Some(object.objects());
                }
                (item, _) => return Some(item),
            }
        }
    }
}

impl core::iter::FusedIterator for Leaves<'_> {}

/// Whether EMVCo defines the object at `path` as a template: 26-51, 62, 62-50 to 62-99, 64, 80-99.
#[must_use]
pub fn is_template(path: Path) -> bool {
    let mut tags = path.tags().map(Tag::get);
    matches!(
        (tags.next(), tags.next(), tags.next()),
        (Some(26..=51 | 62 | 64 | 80..=99), None, _) | (Some(62), Some(50..=99), None)
    )
}

/// The content of a template: a well-formed run of data objects, with look-up by ID.
///
/// ```
/// use emvqr::{Tag, tlv::Template};
///
/// let template = Template::parse("0016A00000067701011101130066812223333")?;
/// assert_eq!(template.get(Tag::GLOBALLY_UNIQUE_IDENTIFIER).unwrap().value(), "A000000677010111");
/// # Ok::<(), emvqr::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Template<'a> {
    source: Source<'a>,
    start: usize,
    end: usize,
    path: Path,
    /// Whether each ID is greater than the one before, as most writers number, so that none occurs twice.
    ascending: bool,
}

impl<'a> Template<'a> {
    /// Reads the bare value of a template that stands in no payload. Offsets and paths count from it.
    ///
    /// # Errors
    ///
    /// The first fault of shape; [`ErrorKind::ValueTooLong`] for a text of more than 99 characters, which no template
    /// can hold.
    pub fn parse(value: &'a str) -> Result<Self, Error> {
        if let Some((excess, _)) = value.char_indices().nth(99) {
            let length = value.len().saturating_sub(excess);
            return Err(Error::new(ErrorKind::ValueTooLong, Path::ROOT, excess, length));
        }
        Self::read(Source::new(value), 0, value.len(), Path::ROOT)
    }

    /// Walks a template once. No index is kept: a template has a handful of objects, and the first is asked for most.
    #[inline]
    fn read(source: Source<'a>, start: usize, end: usize, path: Path) -> Result<Self, Error> {
        let mut run = Run::new(source, start, end);
        let mut ascending = true;
        let mut least = 0;
        while let Some((tag, _)) = run.step() {
            ascending &= tag.get() >= least;
            least = tag.get().wrapping_add(1);
        }
        if run.left.is_empty() {
            Ok(Self { source, start, end, path, ascending })
        } else {
            Err(shape_fault(source, end.wrapping_sub(run.left.len()), end, path))
        }
    }

    /// The object with this ID, the first in wire order where it is [repeated](Self::repeated).
    #[must_use]
    #[inline]
    pub fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        let mut start = self.start;
        loop {
            let object = self.at(start)?;
            if object.tag == tag {
                return Some(object);
            }
            if self.ascending && object.tag > tag {
                return None;
            }
            start = object.end;
        }
    }

    /// The object whose header stands at `start`; nothing at the end.
    #[inline]
    fn at(&self, start: usize) -> Option<DataObject<'a>> {
        let mut run = Run::new(self.source, start, self.end);
        let (tag, length) = run.step()?;
        let end = self.end.wrapping_sub(run.left.len());
        Some(DataObject { source: self.source, start, end, parent: self.path, tag, length })
    }

    /// The IDs that occur.
    #[must_use]
    pub fn tags(&self) -> TagSet {
        self.iter().map(|object| object.tag).collect()
    }

    /// The IDs that occur more than once, against MPM 1.1, 4.3.1.2. Who is paid is then ambiguous.
    #[must_use]
    #[inline]
    pub fn repeated(&self) -> TagSet {
        if self.ascending { TagSet::EMPTY } else { self.look_for_repeated() }
    }

    #[cold]
    fn look_for_repeated(&self) -> TagSet {
        let mut seen = TagSet::EMPTY;
        self.iter().map(|object| object.tag).filter(|tag| seen.insert(*tag)).collect()
    }

    /// The objects in wire order.
    pub fn iter(&self) -> impl Iterator<Item = DataObject<'a>> + Clone + use<'a> {
        let Self { source, start: at, end, path: parent, .. } = *self;
        DataObjects { source, at, end, parent, ended: false }.map_while(Result::ok)
    }

    /// The first object of each ID, by ID, which is the order of findings.
    #[inline]
    #[must_use]
    pub fn by_tag(&self) -> ByTag<'a> {
        let left = if self.ascending { TagSet::EMPTY } else { self.tags() };
        ByTag { template: *self, left, next: self.start }
    }

    /// The path of the template; [`Path::ROOT`] for one that stands in no payload.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }

    /// The byte after the template's last object in the caller's text.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.source.base.saturating_add(self.end)
    }

    /// The content as it stands in the text.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.source.text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The objects of a template by ID: see [`Template::by_tag`].
#[derive(Clone, Debug)]
pub struct ByTag<'a> {
    template: Template<'a>,
    /// Where the template ascends: the place of the next object.
    next: usize,
    /// Where it does not: the IDs that are still to come.
    left: TagSet,
}

impl<'a> Iterator for ByTag<'a> {
    type Item = DataObject<'a>;

    #[inline]
    fn next(&mut self) -> Option<DataObject<'a>> {
        if self.template.ascending {
            let object = self.template.at(self.next)?;
            self.next = object.end;
            Some(object)
        } else {
            self.template.get(self.left.next()?)
        }
    }
}

impl fmt::Debug for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.source.base.saturating_add(self.start);
        write!(f, "Template({} at byte {start}, {:?})", self.path, self.tags())
    }
}

/// Where each ID of the root stands. The values are cut out of the text when they are asked for, which is much cheaper
/// than filling a struct of them: most are never looked at.
#[derive(Clone)]
pub(crate) struct Index {
    /// By ID: where the value stands; 0, where none can stand, for an ID that does not occur. 16 bits suffice: a run
    /// without a repeated ID has at most 40,000 bytes.
    values: [u16; 100],
    pub(crate) tags: TagSet,
    pub(crate) plain: Plain,
}

impl Index {
    #[inline]
    pub(crate) fn new() -> Self {
        Self { values: [0; 100], tags: TagSet::EMPTY, plain: Plain::ALL }
    }

    /// Walks the root, and says whether it is a run of data objects without a repeated ID.
    ///
    /// In place: an index is too large to be moved about.
    #[inline]
    pub(crate) fn fill(&mut self, text: &str) -> bool {
        self.plain = Plain::of(text.as_bytes());
        let mut run = Run::new(Source { text, base: 0, plain: self.plain }, 0, text.len());
        loop {
            let start = text.len().wrapping_sub(run.left.len());
            let Some((tag, _)) = run.step() else { break };
            match self.values.get_mut(usize::from(tag.get())) {
                #[expect(clippy::cast_possible_truncation, reason = "see the field: a longer run repeats an ID")]
                Some(place @ 0) => *place = start.wrapping_add(HEADER) as u16,
                _ => return false,
            }
            self.tags.insert(tag);
        }
        run.left.is_empty()
    }

    /// Whether the last object of a text of that many `bytes` is 63, with four of them.
    #[inline]
    pub(crate) fn ends_with_crc(&self, bytes: usize) -> bool {
        usize::from(self.values[63]).wrapping_add(4) == bytes
    }

    #[inline]
    pub(crate) fn get<'a>(&self, text: &'a str, tag: Tag) -> Option<DataObject<'a>> {
        let start = usize::from(*self.values.get(usize::from(tag.get()))?);
        let source = Source { text, base: 0, plain: self.plain };
        // An ID that does not occur has no header in front of its value.
        let [tens, ones] = *text.as_bytes().get(..start)?.last_chunk()?;
        let length = two_digits(tens, ones);
        let mut run = Run::new(source, start, text.len());
        run.skip(length)?;
        let (start, end) = (start.wrapping_sub(HEADER), text.len().wrapping_sub(run.left.len()));
        Some(DataObject { source, start, end, parent: Path::ROOT, tag, length })
    }
}

/// Where a text is plain, 0x20 to 0x7E, so that characters are bytes and any value has the common character set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Plain {
    /// All bytes before this place are. More than any length where the whole text is.
    until: usize,
    /// All bytes from this place on are.
    from: usize,
}

impl Plain {
    const ALL: Self = Self { until: usize::MAX, from: 0 };

    #[inline]
    fn of(bytes: &[u8]) -> Self {
        if is_plain(bytes) { Self::ALL } else { Self::look(bytes) }
    }

    /// To eight bytes, which is near enough.
    #[cold]
    fn look(bytes: &[u8]) -> Self {
        let is_plain = |chunk: &&[u8; 8]| {
            const ONES: u64 = 0x0101_0101_0101_0101;
            let word = u64::from_ne_bytes(**chunk);
            // The highest bit of a byte above 0x7F, of 0x7F and one more, and of less than 0x20 and 0x20 less. Only such
            // bytes carry into the next one.
            (word | word.wrapping_add(ONES) | word.wrapping_sub(ONES << 5)) & ONES << 7 == 0
        };
        let before = bytes.as_chunks().0.iter().take_while(is_plain).count().wrapping_mul(8);
        let behind = bytes.as_rchunks().1.iter().rev().take_while(is_plain).count().wrapping_mul(8);
        Self { until: before, from: bytes.len().wrapping_sub(behind) }
    }

    /// Whether the whole text is.
    #[inline]
    pub(crate) fn is_all(self) -> bool {
        self.until == usize::MAX
    }

    /// Whether the text from `start` to `end` is known to be.
    #[inline]
    fn covers(self, start: usize, end: usize) -> bool {
        end <= self.until || start >= self.from
    }
}

/// A run that is being walked. What is left of it shrinks from the front, so that the comparisons which check a length
/// also check the cut, and nothing needs to be compared twice.
#[derive(Clone, Copy)]
struct Run<'a> {
    left: &'a [u8],
    /// The run is plain but for its last `mixed` bytes, and ..
    mixed: usize,
    /// .. these are, again, from where `plain` bytes are left.
    plain: usize,
}

impl<'a> Run<'a> {
    #[inline]
    fn new(source: Source<'a>, start: usize, end: usize) -> Self {
        let Plain { until, from } = source.plain;
        let left = source.text.as_bytes().get(start..end).unwrap_or_default();
        Self { left, mixed: end.saturating_sub(until), plain: end.saturating_sub(from) }
    }

    /// Takes the next object: its ID and its length. Leaves all as it is at the end, and where there is no object.
    #[inline(always)]
    fn step(&mut self) -> Option<(Tag, u8)> {
        let (digits, value) = self.left.split_first_chunk::<HEADER>()?;
        let (tag, length @ 1..) = header(*digits)? else { return None };
        let mut run = Self { left: value, ..*self };
        run.skip(length)?;
        *self = run;
        Some((tag, length))
    }

    /// Takes `count` characters, or nothing where fewer are left.
    #[inline(always)]
    fn skip(&mut self, count: u8) -> Option<()> {
        let count = usize::from(count);
        self.left = match self.left.split_at_checked(count) {
            Some((_, left)) if left.len() >= self.mixed => left,
            _ => {
                if self.left.len() <= self.plain {
                    // From here on all is plain.
                    self.mixed = 0;
                    self.left.get(count..)?
                } else {
                    skip_text(self.left, count)?
                }
            }
        };
        Some(())
    }
}

/// The ID and length that a header writes, or nothing where it is not four digits.
#[inline]
fn header(digits: [u8; HEADER]) -> Option<(Tag, u8)> {
    // Four digits at once: the XOR leaves 0 to 9 in each byte of four digits, and the sum carries into the high half of
    // any byte above 9.
    let digits = u32::from_le_bytes(digits) ^ 0x3030_3030;
    if (digits | digits.wrapping_add(0x0606_0606)) & 0xF0F0_F0F0 != 0 {
        return None;
    }
    // Ten times each digit and the next one: the pairs stand in the second and fourth byte, at most 99.
    let [_, id, _, length] = digits.wrapping_mul(0x0A01).to_le_bytes();
    Some((Tag::of_digits(id), length))
}

/// What is left of `bytes` behind `count` characters of any kind, or nothing where fewer are left: counts the bytes that
/// start a character, eight at a time.
///
/// Kept out of the loops that walk ASCII.
#[cold]
#[inline(never)]
fn skip_text(mut bytes: &[u8], mut count: usize) -> Option<&[u8]> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    while let Some((chunk, rest)) = bytes.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        // A byte 10xxxxxx goes on with a character; every other byte starts one.
        let starting = (!(word >> 7) | word >> 6) & ONES;
        // How many start up to each byte, itself included: 0 to 8, in that byte.
        let started = starting.wrapping_mul(ONES);
        let total = usize::from(started.to_le_bytes()[7]);
        if total > count {
            // The character after the last one starts at the first byte up to which more than `count` start. That many
            // are at most 7 here, and 0x7F less `count` more lift just those bytes above 0x7F.
            let beyond = started.wrapping_add(ONES.wrapping_mul(0x7F_u64.wrapping_sub(count as u64))) & (ONES << 7);
            return bytes.get(beyond.trailing_zeros() as usize / 8..);
        }
        count = count.wrapping_sub(total);
        bytes = rest;
    }
    let starts = |byte: &u8| byte & 0xC0 != 0x80;
    loop {
        match bytes.split_first() {
            Some((byte, _)) if starts(byte) && count == 0 => return Some(bytes),
            Some((byte, rest)) => {
                count = count.wrapping_sub(usize::from(starts(byte)));
                bytes = rest;
            }
            None => return (count == 0).then_some(bytes),
        }
    }
}

/// How many characters `text` has: its bytes that do not go on with one.
pub(crate) fn characters(text: &str) -> usize {
    if is_plain(text.as_bytes()) { text.len() } else { text.chars().count() }
}

/// Whether all of `bytes` is 0x20 to 0x7E.
#[inline]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<32>() else {
        return bytes.iter().all(|byte| matches!(byte, 0x20..=0x7E));
    };
    let distance = |byte: &u8| byte.wrapping_sub(0x20);
    let mut farthest = last.map(|byte| byte.wrapping_sub(0x20));
    for chunk in bytes.as_chunks::<32>().0 {
        for (farthest, byte) in farthest.iter_mut().zip(chunk) {
            *farthest = distance(byte).max(*farthest);
        }
    }
    farthest.iter().all(|distance| *distance <= 0x7E - 0x20)
}

/// Says what keeps a run that ends at `end` from going on at `at`.
#[cold]
#[inline(never)]
fn shape_fault(source: Source<'_>, at: usize, end: usize, parent: Path) -> Error {
    let rest = source.text.get(at..end).unwrap_or_default();
    // The header in whole characters, so that a caret under it does not cut one.
    let length = rest.char_indices().nth(HEADER).map_or(rest.len(), |(end, _)| end);
    let fault = |kind, path| Error::new(kind, path, source.base.saturating_add(at), length);
    let Some([id @ .., tens, ones]) = rest.as_bytes().first_chunk::<HEADER>() else {
        return fault(ErrorKind::HeaderTruncated, parent);
    };
    let Some(path) = core::str::from_utf8(id).ok().and_then(|id| id.parse().ok()).and_then(|tag| parent.join(tag))
    else {
        return fault(ErrorKind::IdNotDigits, parent);
    };
    if !(tens.is_ascii_digit() && ones.is_ascii_digit()) {
        return fault(ErrorKind::LengthNotDigits, path);
    }
    let length = two_digits(*tens, *ones);
    if length == 0 {
        return fault(ErrorKind::LengthZero, path);
    }
    // The header is ASCII, so it is four characters; fewer than `length`, at most 99, are left after it.
    let available = rest.chars().skip(HEADER).take(usize::from(length)).fold(0_u8, |n, _| n.saturating_add(1));
    fault(ErrorKind::ValueOverrun { length, available }, path)
}

#[cold]
fn too_deep(source: Source<'_>, start: usize, end: usize, path: Path) -> Error {
    Error::new(ErrorKind::TooDeep, path, source.base.saturating_add(start), end.saturating_sub(start))
}

/// What a writer may have counted as the length of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LengthUnit {
    /// Unicode scalar values, as the specification says.
    Characters,
    /// Bytes of UTF-8, as several ports do.
    Bytes,
    /// UTF-16 units, as JavaScript and Java code does: other than characters only beyond U+FFFF.
    Utf16,
}

impl LengthUnit {
    fn of(self, c: char) -> usize {
        match self {
            Self::Characters => 1,
            Self::Bytes => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// Whether `text` is a run of data objects that covers it exactly, from 00 to 63, if lengths count this unit.
    fn fits(self, text: &str) -> bool {
        let mut rest = text;
        let mut last = None;
        while let Some((tag, length @ 1..)) = rest.as_bytes().first_chunk().and_then(|digits| header(*digits)) {
            let mut left = usize::from(length);
            let mut end = HEADER;
            for c in rest.chars().skip(HEADER) {
                if left == 0 {
                    break;
                }
                let Some(after) = left.checked_sub(self.of(c)) else { return false };
                left = after;
                end = end.saturating_add(c.len_utf8());
            }
            let (0, Some(next)) = (left, rest.get(end..)) else { return false };
            last = Some(tag);
            rest = next;
        }
        rest.is_empty() && text.starts_with("00") && last == Some(Tag::CRC)
    }
}

/// The unit that the lengths of `text` were counted in: the first of characters, bytes and UTF-16 units under which it
/// is a run of data objects from 00 to 63, or nothing.
///
/// A diagnosis for texts that [`Payload::parse`](crate::Payload::parse) refuses; reading is always by characters.
///
/// ```
/// use emvqr::tlv::{LengthUnit, length_unit};
///
/// // The name has 8 characters, 10 bytes.
/// assert_eq!(length_unit("0002015910Caffè Tè63040000"), Some(LengthUnit::Bytes));
/// assert_eq!(length_unit("0002015908Caffè Tè63040000"), Some(LengthUnit::Characters));
/// ```
#[must_use]
pub fn length_unit(text: &str) -> Option<LengthUnit> {
    [LengthUnit::Characters, LengthUnit::Bytes, LengthUnit::Utf16].into_iter().find(|unit| unit.fits(text))
}
