//! Changing some objects of a payload while every other byte stays as it is.

use core::fmt;

use crate::characters::characters;
#[cfg(feature = "alloc")]
use crate::encode::write_to_string;
use crate::encode::{
    BuildError, Full, Output, Sink, Source, TemplateBuf, refused, value_length, write, write_to_slice,
};
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::payload::Payload;
#[cfg(feature = "alloc")]
use crate::payload::PayloadBuf;
use crate::profile::Profile;
use crate::tag::{Tag, TagSet};
use crate::tlv::{self, DataObject, DataObjects};

/// One change: a value for the object at a path, or its removal.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Change<'c> {
    /// `None` if the text is no path.
    path: Option<Path>,
    value: Option<&'c str>,
}

impl<'c> Change<'c> {
    /// Gives the object at `path` (a [`Path`], or its text) this value.
    ///
    /// Where it is missing it is inserted before the first of its siblings with a higher ID (in the root at the latest
    /// before 63), and so are the templates around it that are missing. A text that is not a path is an error when the
    /// changes are written ([`ErrorKind::PathFormat`]).
    #[must_use]
    pub fn set(path: impl TryInto<Path>, value: &'c str) -> Self {
        Self { path: path.try_into().ok(), value: Some(value) }
    }

    /// Removes the object at `path`, if it is there. A template that keeps no object goes with its last one.
    #[must_use]
    pub fn remove(path: impl TryInto<Path>) -> Self {
        Self { path: path.try_into().ok(), value: None }
    }

    /// The object concerned. `None` if the text is not a path.
    #[must_use]
    pub const fn path(&self) -> Option<Path> {
        self.path
    }
}

impl fmt::Debug for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.value.is_some() { "set" } else { "remove" };
        match self.path {
            Some(path) => write!(f, "{name}({path})"),
            None => write!(f, "{name}(no path)"),
        }
    }
}

/// A payload with changes, ready to be written: see [`Payload::edit`].
#[derive(Clone)]
#[must_use = "it is not written yet"]
pub struct Edit<'p> {
    payload: Payload<'p>,
    changes: &'p [Change<'p>],
}

impl Payload<'_> {
    /// Prepares changes: what they do not concern keeps its bytes and its order, also inside templates, and the CRC is
    /// computed again.
    ///
    /// ```
    /// use emvqr::{Clock, Khqr, Payload, edit::Change};
    ///
    /// # let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    /// let payload = Payload::parse(text)?;
    /// let changes = [Change::set("59", "Jane Smith"), Change::set("62-01", "INV-7")];
    /// let changed = payload.edit(&changes).build_checked::<Khqr>(Clock::UNKNOWN)?;
    /// assert!(changed.as_str().contains("5910Jane Smith6010PHNOM PENH62090105INV-76304"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn edit<'p>(&'p self, changes: &'p [Change<'p>]) -> Edit<'p> {
        Edit { payload: self.clone(), changes }
    }
}

#[cfg(feature = "alloc")]
impl PayloadBuf {
    /// Prepares changes: see [`Payload::edit`].
    pub fn edit<'p>(&'p self, changes: &'p [Change<'p>]) -> Edit<'p> {
        Edit { payload: self.as_payload(), changes }
    }
}

impl<'p> Edit<'p> {
    /// The changed payload, if it satisfies a profile.
    ///
    /// # Errors
    ///
    /// As [`encode_checked_to_slice`](Self::encode_checked_to_slice), whose buffer is large enough.
    #[cfg(feature = "alloc")]
    pub fn build_checked<'a, P: Profile<'a>>(&self, context: P::Context) -> Result<PayloadBuf, BuildError> {
        let text = write_to_string(|output| self.write_checked::<P>(context, output))?;
        Ok(PayloadBuf::parse(text)?)
    }

    /// The changed payload, which is wire-valid (level 1); no rule is checked.
    ///
    /// # Errors
    ///
    /// As [`encode_checked_to_slice`](Self::encode_checked_to_slice), without the broken rules.
    #[cfg(feature = "alloc")]
    pub fn build_unchecked(&self) -> Result<PayloadBuf, Error> {
        PayloadBuf::parse(write_to_string(|output| write(self, output))?)
    }

    /// Writes the changed payload into a buffer, and returns it, if it satisfies a profile.
    ///
    /// # Errors
    ///
    /// In this order: a text that is not a path ([`ErrorKind::PathFormat`]); a change of 63 or of the payload as a whole, or a
    /// removal of 00 ([`ErrorKind::Fixed`]); a value without characters or with more than 99; two changes of one object, or of
    /// an object and of something inside it; a template that would have more than 99 characters; a change inside a value
    /// that is not a run of data objects, or of an ID that occurs twice in its template; a buffer that is too small; the
    /// first broken rule. Every byte that was written is then zero.
    pub fn encode_checked_to_slice<'b, 'a, P: Profile<'a>>(
        &self,
        context: P::Context,
        buffer: &'b mut [u8],
    ) -> Result<&'b str, BuildError> {
        write_to_slice(buffer, |output| self.write_checked::<P>(context, output))
    }

    fn write_checked<'a, P: Profile<'a>>(
        &self,
        context: P::Context,
        output: &mut Output<'_>,
    ) -> Result<(), BuildError> {
        write(self, output)?;
        Ok(refused::<P>(&Payload::parse(Output::text(output))?, context)?)
    }

    /// Faults of single changes.
    fn check(&self) -> Result<(), Error> {
        let is_path = |change: &Change<'_>| change.path.is_some();
        if !self.changes.iter().all(is_path) {
            return Err(self.fault(ErrorKind::PathFormat, None, Path::ROOT));
        }
        let check = |Change { path, value }: &Change<'_>| {
            let path = path.unwrap_or_default();
            let removes_first = value.is_none() && path == Path::of(Tag::PAYLOAD_FORMAT_INDICATOR);
            if path == Path::ROOT || path.root() == Some(Tag::CRC) || removes_first {
                return Err((ErrorKind::Fixed, path));
            }
            let length = value.map_or(Ok(1), |value| value_length(value.as_bytes(), path, 0));
            length.map(|_| ()).map_err(|error| (error.kind(), path))
        };
        let fault = |(kind, path)| self.fault(kind, self.payload.find(path), path);
        self.changes.iter().try_for_each(|change| check(change).map_err(fault))
    }

    /// Writes the run at `path`, or a new one if there is not one yet. `changes` holds all that lead through `path`.
    fn emit_run<S: Sink>(
        &self,
        run: Option<&DataObjects<'_>>,
        path: Path,
        changes: &'p [Change<'p>],
        sink: &mut S,
    ) -> Result<(), Error> {
        let objects = || run.into_iter().cloned().flatten().map_while(Result::ok);
        let inside = Inside::of(path, changes);
        if let Some(tag) = inside.conflict {
            let path = path.join(tag).unwrap_or(path);
            return Err(self.fault(ErrorKind::ChangeConflict, self.payload.find(path), path));
        }
        let mut missing = objects().fold(inside.tags, |missing, object| missing.difference(object.tag().into()));
        let mut seen = TagSet::EMPTY;
        for object in objects() {
            let tag = object.tag();
            let is_crc = object.path() == Path::of(Tag::CRC);
            while let Some(new) = missing.first().filter(|new| is_crc || *new < tag) {
                missing = missing.difference(new.into());
                self.emit_object(None, path, new, inside.of_tag(new, changes), sink)?;
            }
            if seen.insert(tag) && inside.tags.contains(tag) {
                return Err(self.fault(ErrorKind::Duplicate, Some(object), object.path()));
            }
            if is_crc {
                break;
            } else if inside.tags.contains(tag) {
                self.emit_object(Some(object), path, tag, inside.of_tag(tag, changes), sink)?;
            } else {
                sink.text(object.raw())?;
            }
        }
        missing.iter().try_for_each(|new| self.emit_object(None, path, new, inside.of_tag(new, changes), sink))
    }

    /// Writes an object that a change concerns, `old` if it was there. `changes` holds all that lead through it.
    fn emit_object<S: Sink>(
        &self,
        old: Option<DataObject<'_>>,
        parent: Path,
        tag: Tag,
        changes: &'p [Change<'p>],
        sink: &mut S,
    ) -> Result<(), Error> {
        // The path of a change leads through here.
        let path = parent.join(tag).unwrap_or(parent);
        let fault = |kind| self.fault(kind, old, path);
        if let Some(change) = changes.iter().find(|change| change.path == Some(path)) {
            return match change.value {
                Some(value) => {
                    let length = value_length(value.as_bytes(), path, 0)?;
                    Ok(sink.object(tag, length, value.as_bytes())?)
                }
                None => Ok(()),
            };
        }
        let run = old.map(|old| old.objects());
        if run.clone().is_some_and(|mut run| run.any(|object| object.is_err())) {
            return Err(fault(ErrorKind::NotTemplate));
        }
        let mut bytes = [0; TemplateBuf::CAPACITY];
        let mut content = Content { output: Output::new(&mut bytes), characters: 0 };
        self.emit_run(run.as_ref(), path, changes, &mut content)?;
        let (length, characters) = (content.output.at, content.characters);
        match u8::try_from(characters) {
            Ok(0) if path == Path::of(Tag::PAYLOAD_FORMAT_INDICATOR) => Err(fault(ErrorKind::Fixed)),
            Ok(0) => Ok(()),
            Ok(characters @ 1..=99) => Ok(sink.object(tag, characters, bytes.get(..length).unwrap_or_default())?),
            _ => Err(fault(ErrorKind::ValueTooLong)),
        }
    }

    /// An error about the object at `path`: in its place, or at the CRC if it is missing.
    #[cold]
    fn fault(&self, kind: ErrorKind, object: Option<DataObject<'_>>, path: Path) -> Error {
        let (offset, length) = object
            .map_or((self.payload.as_str().len().saturating_sub(8), 0), |object| (object.offset(), object.raw().len()));
        Error::new(kind, path, offset, length)
    }
}

impl fmt::Debug for Edit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edit({} bytes, {:?})", self.payload.as_str().len(), self.changes)
    }
}

/// The changes that lead through one template, by the IDs directly in it: each change is looked at once for each level.
struct Inside {
    tags: TagSet,
    /// An ID whose object is changed twice, or together with something in it.
    conflict: Option<Tag>,
    /// For each ID the first of its changes, and the one after the last.
    ranges: [(usize, usize); 100],
}

impl Inside {
    fn of(path: Path, changes: &[Change<'_>]) -> Self {
        let mut inside = Self { tags: TagSet::EMPTY, conflict: None, ranges: [(0, 0); 100] };
        let mut whole = TagSet::EMPTY;
        for (place, change) in changes.iter().enumerate() {
            let Some(target) = change.path.filter(|target| path.contains(*target)) else { continue };
            let Some(tag) = target.tags().nth(path.depth()) else { continue };
            let is_whole = target.depth() == path.depth().saturating_add(1);
            let is_known = inside.tags.insert(tag);
            if is_known && (is_whole || whole.contains(tag)) {
                inside.conflict = inside.conflict.or(Some(tag));
            }
            if is_whole {
                whole = whole.with(tag);
            }
            if let Some((first, end)) = inside.ranges.get_mut(usize::from(tag.get())) {
                *first = if is_known { *first } else { place };
                *end = place.saturating_add(1);
            }
        }
        inside
    }

    /// The changes that lead through the object with this ID, and what stands between them.
    fn of_tag<'p>(&self, tag: Tag, changes: &'p [Change<'p>]) -> &'p [Change<'p>] {
        let range = self.ranges.get(usize::from(tag.get())).map(|(first, end)| *first..*end);
        range.and_then(|range| changes.get(range)).unwrap_or_default()
    }
}

/// The content of a template that is changed. What has more than 99 characters need not fit: it is an error.
struct Content<'b> {
    output: Output<'b>,
    characters: usize,
}

impl Sink for Content<'_> {
    fn place(&self) -> usize {
        self.output.at
    }

    fn text(&mut self, text: &str) -> Result<(), Full> {
        self.characters = self.characters.saturating_add(characters(text.as_bytes()));
        Sink::text(&mut self.output, text)
    }

    fn object(&mut self, tag: Tag, length: u8, value: &[u8]) -> Result<(), Full> {
        self.characters = self.characters.saturating_add(4).saturating_add(usize::from(length));
        Sink::object(&mut self.output, tag, length, value)
    }
}

impl Source for Edit<'_> {
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        self.check()?;
        self.emit_run(Some(&tlv::read(self.payload.as_str())), Path::ROOT, self.changes, sink)
    }
}
