//! Changing some objects of a payload while every other byte stays as it is.

use core::fmt;

use crate::characters::characters;
use crate::encode::{Encode, Full, Output, Sink, Source, TemplateBuf, build, stream, value_length, write};
use crate::error::{Error, ErrorKind};
use crate::path::Path;
use crate::payload::Payload;
use crate::tag::{Tag, TagSet};
use crate::tlv::{self, DataObject, DataObjects};

/// One change: a value for the object at a path, or its removal.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Change<'c> {
    path: Path,
    value: Option<&'c str>,
}

impl<'c> Change<'c> {
    /// Gives the object at `path` this value.
    ///
    /// Where it is missing it is inserted before the first of its siblings with a higher ID (in the root at the latest
    /// before 63), and so are the templates around it that are missing.
    #[must_use]
    pub const fn set(path: Path, value: &'c str) -> Self {
        Self { path, value: Some(value) }
    }

    /// Removes the object at `path`, if it is there. A template that keeps no object goes with its last one.
    #[must_use]
    pub const fn remove(path: Path) -> Self {
        Self { path, value: None }
    }

    /// The object concerned.
    #[must_use]
    pub const fn path(&self) -> Path {
        self.path
    }
}

impl fmt::Debug for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", if self.value.is_some() { "set" } else { "remove" }, self.path)
    }
}

/// A payload with changes, ready to be written: see [`Payload::edit`].
#[derive(Clone, Copy)]
#[must_use = "it is not written yet"]
pub struct Edit<'p> {
    text: &'p str,
    changes: &'p [Change<'p>],
}

impl Payload<'_> {
    /// Prepares changes: what they do not concern keeps its bytes and its order, also inside templates, and the CRC is
    /// made anew.
    ///
    /// The result is wire-valid (level 1). Whether it still conforms to a profile is for a check of the result.
    ///
    /// ```
    /// use emvqr::{Encode, Payload, edit::Change};
    ///
    /// # let text = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    /// let payload = Payload::parse(text)?;
    /// let changes = [Change::set("01".parse()?, "12"), Change::set("62-01".parse()?, "INV-7")];
    /// let changed = payload.edit(&changes)?.encode_to_string()?;
    /// assert!(changed.starts_with("00020101021229190015john_smith@devb52045999"));
    /// assert!(changed.contains("6010PHNOM PENH62090105INV-76304"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Before anything is written: a change of 63 or of the payload as a whole, a removal of 00 ([`ErrorKind::Fixed`]);
    /// two changes of one object, or of an object and of something inside it; a value without characters or with more
    /// than 99; a template that would have more than 99 characters; a change inside a value that is not a run of data
    /// objects, or of an ID that occurs twice in its template.
    pub fn edit<'p>(&'p self, changes: &'p [Change<'p>]) -> Result<Edit<'p>, Error> {
        let edit = Edit { text: self.as_str(), changes };
        for (position, change) in changes.iter().enumerate() {
            let Change { path, value } = *change;
            let fault = |kind| Err(edit.fault(kind, self.find(path), path));
            let removes_first = value.is_none() && path == Path::of(Tag::PAYLOAD_FORMAT_INDICATOR);
            if path == Path::ROOT || path.root() == Some(Tag::CRC) || removes_first {
                return fault(ErrorKind::Fixed);
            }
            let mut others = changes.iter().take(position).map(Change::path);
            if others.any(|other| other.contains(path) || path.contains(other)) {
                return fault(ErrorKind::ChangeConflict);
            }
            if let Some(Err(error)) = value.map(|value| value_length(value.as_bytes(), path, 0)) {
                return fault(error.kind());
            }
        }
        // A first pass finds what else is wrong.
        edit.encoded_len()?;
        Ok(edit)
    }
}

impl Edit<'_> {
    build!(Error);
    stream!();

    /// Writes the run at `path`, or a new one if there is not one yet.
    fn emit_run<S: Sink>(&self, run: Option<&DataObjects<'_>>, path: Path, sink: &mut S) -> Result<(), Error> {
        let objects = || run.into_iter().cloned().flatten().map_while(Result::ok);
        let concerned = self.concerned(path);
        let mut missing = objects().fold(concerned, |missing, object| missing.difference(object.tag().into()));
        let mut seen = TagSet::EMPTY;
        for object in objects() {
            let tag = object.tag();
            let is_crc = object.path() == Path::of(Tag::CRC);
            while let Some(new) = missing.first().filter(|new| is_crc || *new < tag) {
                missing = missing.difference(new.into());
                self.emit_object(None, path, new, sink)?;
            }
            if seen.insert(tag) && concerned.contains(tag) {
                return Err(self.fault(ErrorKind::Duplicate, Some(object), object.path()));
            }
            if is_crc {
                break;
            } else if concerned.contains(tag) {
                self.emit_object(Some(object), path, tag, sink)?;
            } else {
                sink.text(object.raw())?;
            }
        }
        missing.iter().try_for_each(|new| self.emit_object(None, path, new, sink))
    }

    /// Writes an object that a change concerns, `old` if it was there.
    fn emit_object<S: Sink>(
        &self,
        old: Option<DataObject<'_>>,
        parent: Path,
        tag: Tag,
        sink: &mut S,
    ) -> Result<(), Error> {
        // The path of a change leads through here.
        let path = parent.join(tag).unwrap_or(parent);
        let fault = |kind| self.fault(kind, old, path);
        if let Some(change) = self.changes.iter().find(|change| change.path == path) {
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
        self.emit_run(run.as_ref(), path, &mut content)?;
        let (length, characters) = (content.output.at, content.characters);
        match u8::try_from(characters) {
            Ok(0) if path == Path::of(Tag::PAYLOAD_FORMAT_INDICATOR) => Err(fault(ErrorKind::Fixed)),
            Ok(0) => Ok(()),
            Ok(characters @ 1..=99) => Ok(sink.object(tag, characters, bytes.get(..length).unwrap_or_default())?),
            _ => Err(fault(ErrorKind::ValueTooLong)),
        }
    }

    /// The IDs directly inside `path` that a change concerns: the object itself or something inside it.
    fn concerned(&self, path: Path) -> TagSet {
        let inside = self.changes.iter().filter(|change| path.contains(change.path));
        inside.filter_map(|change| change.path.tags().nth(path.depth())).collect()
    }

    /// An error about the object at `path`: in its place, or at the CRC if it is missing.
    #[cold]
    fn fault(&self, kind: ErrorKind, object: Option<DataObject<'_>>, path: Path) -> Error {
        let (offset, length) =
            object.map_or((self.text.len().saturating_sub(8), 0), |object| (object.offset(), object.raw().len()));
        Error::new(kind, path, offset, length)
    }
}

impl fmt::Debug for Edit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edit({} bytes, {:?})", self.text.len(), self.changes)
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
        self.output.text(text)
    }

    fn object(&mut self, tag: Tag, length: u8, value: &[u8]) -> Result<(), Full> {
        self.characters = self.characters.saturating_add(4).saturating_add(usize::from(length));
        Sink::object(&mut self.output, tag, length, value)
    }
}

impl Source for Edit<'_> {
    fn emit<S: Sink>(&self, sink: &mut S) -> Result<(), Error> {
        self.emit_run(Some(&tlv::read(self.text)), Path::ROOT, sink)
    }
}

/// Only the buffer or the writer can fail: what else could be wrong was found by [`Payload::edit`].
impl Encode for Edit<'_> {
    type Error = Error;

    fn encode(&self, output: &mut Output<'_>) -> Result<(), Error> {
        write(self, output)
    }
}
