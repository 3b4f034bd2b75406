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

#![expect(
    clippy::inline_always,
    reason = "the walks of a run must be one loop with their callers, where the compiler sees each bound once"
)]

mod unit;

use core::fmt;

pub(crate) use unit::{Bytes, are_ambiguous};
pub use unit::{LengthUnit, length_unit};

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
    /// The value's first byte in the source.
    start: usize,
    value: &'a [u8],
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
        self.value_offset().wrapping_sub(HEADER)
    }

    /// The value's first byte in the caller's text.
    #[must_use]
    #[inline]
    pub const fn value_offset(&self) -> usize {
        self.source.base.wrapping_add(self.start)
    }

    /// The first byte after the value in the caller's text.
    #[must_use]
    #[inline]
    pub const fn end(&self) -> usize {
        self.value_offset().wrapping_add(self.value.len())
    }

    /// The value as it stands in the text.
    #[must_use]
    #[inline]
    pub fn value(&self) -> &'a str {
        // Both ends are ends of characters, which is how the object was found.
        self.source.text.get(self.start..self.source_end()).unwrap_or_default()
    }

    /// The bytes of the value.
    #[must_use]
    #[inline]
    pub const fn value_bytes(&self) -> &'a [u8] {
        self.value
    }

    /// Header and value as they stand in the text; empty for an object of a model, which is not written yet.
    #[must_use]
    pub fn raw(&self) -> &'a str {
        self.source.text.get(self.start.wrapping_sub(HEADER)..self.source_end()).unwrap_or_default()
    }

    /// The byte after the value in the source.
    #[inline]
    const fn source_end(&self) -> usize {
        self.start.wrapping_add(self.value.len())
    }

    /// The value read as a run of data objects, laxly: see [`read`].
    ///
    /// Beyond [`Path::MAX_DEPTH`] the run ends at once with [`ErrorKind::TooDeep`].
    #[must_use]
    pub fn objects(&self) -> DataObjects<'a> {
        DataObjects { run: self.run(), ended: false }
    }

    #[inline]
    fn run(&self) -> Run<'a> {
        Run::new(self.source, self.value, self.source_end(), self.path())
    }

    /// The value read as a template: a run of data objects with look-up by ID.
    ///
    /// # Errors
    ///
    /// The first fault of shape, with its path and its place in the caller's text; or [`ErrorKind::TooDeep`].
    /// An ID that occurs twice is no fault here: see [`Template::repeated`].
    pub fn template(&self) -> Result<Template<'a>, Error> {
        let run = self.run();
        if run.is_too_deep() { Err(run.fault()) } else { Template::of(run) }
    }

    /// The value read, in one pass, as a template whose IDs ascend and leave out none below `demanded`, as nearly all
    /// are written.
    ///
    /// For rules that expect to find nothing: a template never has to lie in memory.
    #[inline(always)]
    pub(crate) fn ascending(&self, demanded: u8) -> Option<Ascending<'a>> {
        let run = self.run();
        if run.is_too_deep() { None } else { Some(Ascending { run, least: 0, demanded }) }
    }

    /// The values of the template's objects 00 to `N` less one, each the first of its ID, and the IDs that it repeats: in
    /// one pass where the IDs ascend. Nothing where the value is no template.
    #[inline]
    pub(crate) fn values<const N: usize>(&self) -> Option<([Option<&'a str>; N], TagSet)> {
        let mut objects = self.ascending(0)?;
        let mut values = [None; N];
        while let Some(object) = objects.next() {
            if let Some(place) = values.get_mut(usize::from(object.tag.get())) {
                *place = Some(object.value());
            }
        }
        if objects.is_at_end() { Some((values, TagSet::EMPTY)) } else { self.values_in_any_order() }
    }

    #[cold]
    #[inline(never)]
    fn values_in_any_order<const N: usize>(&self) -> Option<([Option<&'a str>; N], TagSet)> {
        let template = self.template().ok()?;
        let mut values = [None; N];
        for (tag, place) in TagSet::ALL.zip(&mut values) {
            *place = template.get(tag).map(|object| object.value());
        }
        Some((values, template.repeated()))
    }

    /// An object of a model that is not written yet: `value` will stand at `offset` of the text, behind its header.
    pub(crate) fn of_model(tag: Tag, value: &'a str, length: u8, offset: usize) -> Self {
        // The header would stand in front of the text that there is.
        let source = Source { base: offset.wrapping_add(HEADER), ..Source::new(value) };
        Self { source, start: 0, value: value.as_bytes(), parent: Path::ROOT, tag, length }
    }

    /// Whether every character of the value is one of 0x20 to 0x7E, the specification's ans (MPM 1.1, 1.4.1).
    #[must_use]
    #[inline(always)]
    pub fn is_plain(&self) -> bool {
        self.source.plain.covers(self.start, self.source_end()) || is_plain(self.value)
    }
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
    DataObjects { run: Run::new(Source::new(text), text.as_bytes(), text.len(), Path::ROOT), ended: false }
}

/// The data objects of a run in wire order: see [`read`].
#[derive(Clone)]
pub struct DataObjects<'a> {
    run: Run<'a>,
    ended: bool,
}

impl DataObjects<'_> {
    /// The first byte that has not been read yet, in the caller's text.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.run.source.base.wrapping_add(self.run.place())
    }
}

impl<'a> Iterator for DataObjects<'a> {
    type Item = Result<DataObject<'a>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended || self.run.left.is_empty() {
            return None;
        }
        if !self.run.is_too_deep()
            && let Some(object) = self.run.next()
        {
            return Some(Ok(object));
        }
        self.ended = true;
        Some(Err(self.run.fault()))
    }
}

impl core::iter::FusedIterator for DataObjects<'_> {}

impl fmt::Debug for DataObjects<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataObjects({} at byte {})", self.run.parent, self.offset())
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

/// The leaves of a root object in wire order: itself, if it is not opened.
pub(crate) fn leaves_of(object: DataObject<'_>) -> impl Iterator<Item = DataObject<'_>> {
    let is_opened = is_template(object.path()) && object.objects().all(|inner| inner.is_ok());
    let inside = is_opened.then(|| Leaves { levels: [Some(object.objects()), None, None] });
    let whole = if is_opened { None } else { Some(object) };
    whole.into_iter().chain(inside.into_iter().flatten().flatten())
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
    /// Nothing of it has been read.
    run: Run<'a>,
    /// Whether each ID is greater than the one before, as most writers number, so that none occurs twice.
    ascending: bool,
}

impl<'a> Template<'a> {
    /// Reads the bare value of a template that stands in no payload. Offsets and paths count from it.
    ///
    /// # Errors
    ///
    /// The first fault of shape; [`ErrorKind::ValueEmpty`] for no text at all; [`ErrorKind::ValueTooLong`] for more than 99
    /// characters, which no template can hold.
    pub fn parse(value: &'a str) -> Result<Self, Error> {
        if value.is_empty() {
            return Err(Error::new(ErrorKind::ValueEmpty, Path::ROOT, 0, 0));
        }
        if let Some((excess, _)) = value.char_indices().nth(99) {
            let length = value.len().saturating_sub(excess);
            return Err(Error::new(ErrorKind::ValueTooLong, Path::ROOT, excess, length));
        }
        Self::of(Run::new(Source::new(value), value.as_bytes(), value.len(), Path::ROOT))
    }

    /// Walks a template once. No index is kept: a template has a handful of objects, and the first is asked for most.
    fn of(run: Run<'a>) -> Result<Self, Error> {
        let mut walk = run;
        let (mut ascending, mut least) = (true, 0);
        while let Some(object) = walk.next() {
            ascending &= object.tag.get() >= least;
            least = object.tag.get().wrapping_add(1);
        }
        if walk.left.is_empty() { Ok(Self { run, ascending }) } else { Err(walk.fault()) }
    }

    /// The object with this ID, the first in wire order where it is [repeated](Self::repeated).
    #[must_use]
    #[inline]
    pub fn get(&self, tag: Tag) -> Option<DataObject<'a>> {
        let mut run = self.run;
        loop {
            let object = run.next()?;
            if object.tag == tag {
                return Some(object);
            }
            if self.ascending && object.tag > tag {
                return None;
            }
        }
    }

    /// The object with this ID, unless it is [repeated](Self::repeated): for values that must not be ambiguous.
    #[must_use]
    pub fn sole(&self, tag: Tag) -> Option<DataObject<'a>> {
        if self.repeated().contains(tag) { None } else { self.get(tag) }
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
        DataObjects { run: self.run, ended: false }.map_while(Result::ok)
    }

    /// The first object of each ID, by ID, which is the order of findings.
    #[inline]
    #[must_use]
    pub fn by_tag(&self) -> ByTag<'a> {
        let left = if self.ascending { TagSet::EMPTY } else { self.tags() };
        ByTag { template: *self, left }
    }

    /// The path of the template; [`Path::ROOT`] for one that stands in no payload.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.run.parent
    }

    /// The byte after the template's last object in the caller's text.
    #[must_use]
    pub const fn end(&self) -> usize {
        self.run.source.base.wrapping_add(self.run.end)
    }

    /// The content as it stands in the text.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.run.text()
    }
}

/// The objects of a template by ID: see [`Template::by_tag`].
#[derive(Clone, Debug)]
pub struct ByTag<'a> {
    /// Where it ascends, of what is still to come.
    template: Template<'a>,
    /// Where it does not: the IDs that are still to come.
    left: TagSet,
}

impl<'a> Iterator for ByTag<'a> {
    type Item = DataObject<'a>;

    #[inline]
    fn next(&mut self) -> Option<DataObject<'a>> {
        if self.template.ascending { self.template.run.next() } else { self.template.get(self.left.next()?) }
    }
}

/// The objects of a template whose IDs ascend: see [`DataObject::ascending`].
#[derive(Clone, Copy)]
pub(crate) struct Ascending<'a> {
    run: Run<'a>,
    /// The least ID that may follow; below `demanded`, the only one.
    least: u8,
    demanded: u8,
}

impl<'a> Ascending<'a> {
    /// The next object, or nothing at the end and where the value is not such a template.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<DataObject<'a>> {
        let Self { mut run, least, demanded } = *self;
        let object = run.next()?;
        let id = object.tag.get();
        if id == least || (id > least && least >= demanded) {
            *self = Self { run, least: id.wrapping_add(1), demanded };
            Some(object)
        } else {
            None
        }
    }

    /// Whether the value is such a template to its end.
    #[inline(always)]
    pub(crate) fn is_whole(&self) -> bool {
        let mut rest = *self;
        while rest.next().is_some() {}
        rest.is_at_end()
    }

    /// Whether the value is such a template, and all of it has been read.
    #[inline(always)]
    pub(crate) fn is_at_end(&self) -> bool {
        self.run.left.is_empty() && self.least >= self.demanded
    }
}

impl fmt::Debug for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = self.run.source.base.wrapping_add(self.run.place());
        write!(f, "Template({} at byte {start}, {:?})", self.path(), self.tags())
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
        let source = Source { text, base: 0, plain: self.plain };
        let mut run = Run::new(source, text.as_bytes(), text.len(), Path::ROOT);
        while let Some(object) = run.next() {
            match self.values.get_mut(usize::from(object.tag.get())) {
                #[expect(clippy::cast_possible_truncation, reason = "see the field: a longer run repeats an ID")]
                Some(place @ 0) => *place = object.start as u16,
                _ => return false,
            }
            self.tags.insert(object.tag);
        }
        run.left.is_empty()
    }

    /// Whether the last object of a text of that many `bytes` is 63, with four of them.
    #[inline]
    pub(crate) fn ends_with_crc(&self, bytes: usize) -> bool {
        usize::from(self.values[63]).wrapping_add(4) == bytes
    }

    /// The bytes of a text that are perhaps not plain.
    pub(crate) fn mixed<'a>(&self, text: &'a str) -> &'a [u8] {
        text.as_bytes().get(self.plain.until..self.plain.from).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn get<'a>(&self, text: &'a str, tag: Tag) -> Option<DataObject<'a>> {
        let start = usize::from(*self.values.get(usize::from(tag.get()))?);
        // The length's two digits stand in front of the value; for an ID that does not occur there is nothing in front.
        let (before, left) = text.as_bytes().split_at_checked(start)?;
        let [.., tens, ones] = *before else { return None };
        let [length, _] = pairs([tens, ones, b'0', b'0']);
        let count = usize::from(length);
        let value = if self.plain.covers(start, start.wrapping_add(count)) {
            left.get(..count)?
        } else {
            left.get(..measure(left, count))?
        };
        let source = Source { text, base: 0, plain: self.plain };
        Some(DataObject { source, start, value, parent: Path::ROOT, tag, length })
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

    /// Eight bytes at a time; what is left over of the text counts as not plain.
    #[cold]
    fn look(bytes: &[u8]) -> Self {
        /// The highest bit of each byte that is not plain; perhaps also of a byte behind one.
        fn others(chunk: [u8; 8]) -> u64 {
            const ONES: u64 = 0x0101_0101_0101_0101;
            let word = u64::from_le_bytes(chunk);
            // Above 0x7F; 0x7F and one more; less than 0x20 and 0x20 less. Only such bytes carry into the next one.
            (word | word.wrapping_add(ONES) | word.wrapping_sub(ONES << 5)) & ONES << 7
        }
        let (mut until, mut behind) = (0_usize, 0_usize);
        for chunk in bytes.as_chunks().0 {
            let others = others(*chunk);
            if others != 0 {
                until = until.wrapping_add(others.trailing_zeros() as usize / 8);
                break;
            }
            until = until.wrapping_add(8);
        }
        for chunk in bytes.as_rchunks().1.iter().rev() {
            let others = others(*chunk);
            if others != 0 {
                behind = behind.wrapping_add(others.leading_zeros() as usize / 8);
                break;
            }
            behind = behind.wrapping_add(8);
        }
        Self { until, from: bytes.len().wrapping_sub(behind) }
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
    source: Source<'a>,
    /// The path of the template that it is the value of.
    parent: Path,
    left: &'a [u8],
    /// Where it ends in the source.
    end: usize,
    /// What is left is plain but for its last `mixed` bytes, and ..
    mixed: usize,
    /// .. these are, again, from where `plain` bytes are left.
    plain: usize,
}

impl<'a> Run<'a> {
    #[inline]
    const fn new(source: Source<'a>, left: &'a [u8], end: usize, parent: Path) -> Self {
        let Plain { until, from } = source.plain;
        Self { source, parent, left, end, mixed: end.saturating_sub(until), plain: end.saturating_sub(from) }
    }

    /// Whether its objects would have no path.
    #[inline]
    const fn is_too_deep(&self) -> bool {
        self.parent.depth() >= Path::MAX_DEPTH
    }

    /// Where what is left stands in the source.
    #[inline]
    const fn place(&self) -> usize {
        self.end.wrapping_sub(self.left.len())
    }

    /// What is left.
    fn text(&self) -> &'a str {
        self.source.text.get(self.place()..self.end).unwrap_or_default()
    }

    /// Takes the next object. Leaves all as it is at the end, and where there is no object.
    #[inline(always)]
    fn next(&mut self) -> Option<DataObject<'a>> {
        let (digits, left) = self.left.split_first_chunk::<HEADER>()?;
        let (tag, length @ 1..) = header(*digits)? else { return None };
        let mut run = Self { left, ..*self };
        let object = run.take(tag, length)?;
        *self = run;
        Some(object)
    }

    /// Takes `length` characters as the value of an object, or nothing where fewer are left.
    #[inline(always)]
    fn take(&mut self, tag: Tag, length: u8) -> Option<DataObject<'a>> {
        let start = self.place();
        let count = usize::from(length);
        let (value, left) = match self.left.split_at_checked(count) {
            Some((value, left)) if left.len() >= self.mixed => (value, left),
            _ if self.left.len() <= self.plain => {
                // From here on all is plain.
                self.mixed = 0;
                self.left.split_at_checked(count)?
            }
            _ => self.left.split_at_checked(measure(self.left, count))?,
        };
        self.left = left;
        Some(DataObject { source: self.source, start, value, parent: self.parent, tag, length })
    }

    /// Says what keeps it from going on.
    #[cold]
    #[inline(never)]
    fn fault(self) -> Error {
        let (at, rest) = (self.source.base.wrapping_add(self.place()), self.text());
        if self.is_too_deep() {
            return Error::new(ErrorKind::TooDeep, self.parent, at, rest.len());
        }
        // The header in whole characters, so that a caret under it does not cut one.
        let length = rest.char_indices().nth(HEADER).map_or(rest.len(), |(end, _)| end);
        let fault = |kind, path| Error::new(kind, path, at, length);
        let Some([id @ .., tens, ones]) = rest.as_bytes().first_chunk::<HEADER>() else {
            return fault(ErrorKind::HeaderTruncated, self.parent);
        };
        let tag = core::str::from_utf8(id).ok().and_then(|id| id.parse().ok());
        let Some(path) = tag.and_then(|tag| self.parent.join(tag)) else {
            return fault(ErrorKind::IdNotDigits, self.parent);
        };
        let Some((_, length)) = header([b'0', b'0', *tens, *ones]) else {
            return fault(ErrorKind::LengthNotDigits, path);
        };
        if length == 0 {
            return fault(ErrorKind::LengthZero, path);
        }
        // The header is ASCII, so it is four characters; fewer than `length`, at most 99, are left after it.
        let available = rest.chars().skip(HEADER).take(usize::from(length)).fold(0_u8, |n, _| n.saturating_add(1));
        fault(ErrorKind::ValueOverrun { length, available }, path)
    }
}

/// The ID and length that a header writes, or nothing where it is not four digits.
#[inline(always)]
pub(crate) fn header(digits: [u8; HEADER]) -> Option<(Tag, u8)> {
    if !are_digits(digits) {
        return None;
    }
    let [id, length] = pairs(digits);
    Some((Tag::of_digits(id), length))
}

/// Whether all four bytes are digits.
#[inline(always)]
pub(crate) const fn are_digits(bytes: [u8; 4]) -> bool {
    // The XOR leaves 0 to 9 of a digit, and the sum carries into the high half of any byte above 9.
    let digits = u32::from_le_bytes(bytes) ^ 0x3030_3030;
    (digits | digits.wrapping_add(0x0606_0606)) & 0xF0F0_F0F0 == 0
}

/// The numbers that the first two and the last two of four digits write.
#[inline(always)]
pub(crate) const fn pairs(digits: [u8; 4]) -> [u8; 2] {
    // Ten times each digit and the next one: what the pairs write stands in the second and fourth byte, at most 99.
    let digits = u32::from_le_bytes(digits) ^ 0x3030_3030;
    let [_, first, _, second] = digits.wrapping_mul(0x0A01).to_le_bytes();
    [first, second]
}

/// How many bytes the first `count` characters of any kind take, more than there are where there are fewer characters:
/// counts the bytes that start a character, eight at a time.
///
/// Kept out of the loops that walk plain text.
#[cold]
#[inline(never)]
fn measure(bytes: &[u8], mut count: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut taken = 0_usize;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        // A byte 10xxxxxx goes on with a character; every other byte starts one.
        let starting = (!(word >> 7) | word >> 6) & ONES;
        // How many start up to each byte, itself included: 0 to 8, in that byte.
        let started = starting.wrapping_mul(ONES);
        let total = usize::from(started.to_le_bytes()[7]);
        if total > count {
            // The character after the last one starts at the first byte up to which more than `count` start. That many
            // are at most 7 here, and 0x7F less `count` more lift just those bytes above 0x7F.
            let beyond = started.wrapping_add(ONES.wrapping_mul(0x7F_u64.wrapping_sub(count as u64))) & ONES << 7;
            return taken.wrapping_add(beyond.trailing_zeros() as usize / 8);
        }
        count = count.wrapping_sub(total);
        taken = taken.wrapping_add(8);
    }
    for byte in rest {
        if byte & 0xC0 != 0x80 {
            if count == 0 {
                return taken;
            }
            count = count.wrapping_sub(1);
        }
        taken = taken.wrapping_add(1);
    }
    if count == 0 { taken } else { usize::MAX }
}

/// How many characters `text` has. Values are short and mostly ASCII, which is seen at once.
#[inline]
pub(crate) fn characters(text: &str) -> usize {
    let bytes = text.as_bytes();
    let any = match bytes.last_chunk::<8>() {
        // The last chunk covers what does not fill one.
        Some(last) => {
            let (chunks, _) = bytes.as_chunks::<8>();
            chunks.iter().fold(u64::from_ne_bytes(*last), |any, chunk| any | u64::from_ne_bytes(*chunk))
        }
        None => bytes.iter().fold(0, |any, byte| any | u64::from(*byte)),
    };
    if any & 0x8080_8080_8080_8080 == 0 { text.len() } else { text.chars().count() }
}

/// Whether all of `bytes` is 0x20 to 0x7E.
///
/// By itself, where the loops reliably become vector code.
#[inline(never)]
pub(crate) fn is_plain(bytes: &[u8]) -> bool {
    let Some(last) = bytes.last_chunk::<32>() else {
        return bytes.iter().all(|byte| matches!(byte, 0x20..=0x7E));
    };
    // What the whole chunks leave over stands in the last 32 bytes: looking at some twice is cheaper than at each
    // alone. The largest distance from 0x20 is kept by place, without early exit, so that a chunk is two vectors.
    let mut farthest = last.map(|byte| byte.wrapping_sub(0x20));
    for chunk in bytes.as_chunks::<32>().0 {
        for (farthest, byte) in farthest.iter_mut().zip(chunk) {
            *farthest = byte.wrapping_sub(0x20).max(*farthest);
        }
    }
    farthest.iter().all(|distance| *distance <= 0x7E - 0x20)
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::*;

    /// Characters of one to four bytes, and runs of ASCII longer than a word before, between and behind them.
    const TEXTS: [&str; 6] = [
        "",
        "ASCII alone, longer than a word",
        "é",
        "ភ្នំពេញ and 東京 and 😀😀😀 and",
        "漢字かな交じり文",
        "12345678é\u{7f}2345678",
    ];

    #[test]
    fn measure_counts_characters() {
        for text in TEXTS {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (count, end) in ends.enumerate() {
                assert_eq!(measure(text.as_bytes(), count), end, "{count} of {text}");
            }
            assert!(measure(text.as_bytes(), text.chars().count().wrapping_add(1)) > text.len());
        }
    }

    #[test]
    fn plain_covers_plain_text_alone() {
        for text in TEXTS {
            let plain = Plain::of(text.as_bytes());
            assert_eq!(plain.is_all(), text.bytes().all(|byte| matches!(byte, 0x20..=0x7E)), "{text}");
            for (at, byte) in text.bytes().enumerate() {
                let is_plain = matches!(byte, 0x20..=0x7E);
                assert!(is_plain || !plain.covers(at, at.wrapping_add(1)), "{at} of {text}");
            }
        }
    }

    #[test]
    fn by_tag_gives_the_first_of_each_id() {
        let found = |text| -> Option<alloc::vec::Vec<(u8, usize)>> {
            let template = Template::parse(text).ok()?;
            Some(template.by_tag().map(|object| (object.tag().get(), object.offset())).collect())
        };
        assert_eq!(found("0001a0101b0301c"), Some(alloc::vec![(0, 0), (1, 5), (3, 10)]));
        assert_eq!(found("0301a0001b0301c0101d"), Some(alloc::vec![(0, 5), (1, 15), (3, 0)]));
        assert_eq!(found("0301a0301b"), Some(alloc::vec![(3, 0)]));
    }
}
