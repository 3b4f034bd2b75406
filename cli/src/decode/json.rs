//! Answers for programs: one JSON object per payload, one line each, written as it is worked out.

use std::io::{self, Write};

use emvqr::Violation;
use emvqr::crossborder::Block;
use emvqr::diagnose::Hint;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::rows::Row;
use super::summary::Summary;
use super::verdict::{Fault, Verdict};
use super::{Place, Source};
use crate::output;

pub(crate) fn write(out: &mut dyn Write, place: Place<'_>, verdict: &Verdict<'_>) -> io::Result<()> {
    output::write_json(out, &Answer { place, verdict })
}

struct Answer<'v, 'a> {
    place: Place<'v>,
    verdict: &'v Verdict<'a>,
}

impl Serialize for Answer<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { place, verdict } = self;
        let mut answer = serializer.serialize_map(None)?;
        answer.serialize_entry("version", &output::VERSION)?;
        answer.serialize_entry("line", &place.line)?;
        if let Some(source) = place.source {
            answer.serialize_entry("source", source)?;
        }
        answer.serialize_entry("valid", &verdict.valid())?;
        answer.serialize_entry("wire", &verdict.wire())?;
        answer.serialize_entry("level", verdict.level().name())?;
        answer.serialize_entry("profile", verdict.profile)?;
        let networks: Vec<&str> = verdict.networks.iter().map(|network| network.id()).collect();
        answer.serialize_entry("networks", &networks)?;
        if verdict.is_guess {
            answer.serialize_entry("guess", &true)?;
        }
        answer.serialize_entry("payee", &verdict.payee)?;
        answer.serialize_entry("summary", &Summary::of(verdict))?;
        if let Some(path) = verdict.amount_from {
            answer.serialize_entry("amount_from", &path)?;
        }
        if !verdict.redacted.is_empty() {
            answer.serialize_entry("redacted", &verdict.redacted)?;
        }
        answer.serialize_entry("error", &verdict.fault)?;
        answer.serialize_entry("violations", &Findings(&verdict.violations))?;
        answer.serialize_entry("notes", &Notes(&verdict.notes))?;
        if verdict.is_masked {
            answer.serialize_entry("hints", &Hints(&verdict.hints))?;
        } else {
            answer.serialize_entry("hints", &verdict.hints)?;
        }
        answer.serialize_entry("objects", &Objects(verdict))?;
        answer.serialize_entry("fields", &verdict.fields)?;
        answer.serialize_entry("payload", verdict.text)?;
        if let Some(md5) = verdict.md5() {
            answer.serialize_entry("md5", &format_args!("{md5}"))?;
        }
        if let Some(row) = place.row {
            answer.serialize_entry("row", &Cells(row))?;
        }
        answer.end()
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut source = serializer.serialize_map(Some(3))?;
        source.serialize_entry("file", &self.file)?;
        source.serialize_entry("code", &self.code)?;
        source.serialize_entry("corners", &self.corners)?;
        source.end()
    }
}

/// The other columns of a row, by their names.
struct Cells<'v>(&'v Row);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, cell)| (name, cell)))
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fault = serializer.serialize_map(Some(5))?;
        fault.serialize_entry("kind", self.kind)?;
        fault.serialize_entry("path", &self.path)?;
        fault.serialize_entry("offset", &self.offset)?;
        fault.serialize_entry("length", &self.length)?;
        fault.serialize_entry("message", &self.message)?;
        fault.end()
    }
}

struct Notes<'v>(&'v [Block]);

impl Serialize for Notes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Note))
    }
}

struct Note<'v>(&'v Block);

impl Serialize for Note<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(block) = self;
        let mut note = serializer.serialize_map(Some(3))?;
        note.serialize_entry("reason", &block.reason)?;
        note.serialize_entry("path", &block.path)?;
        note.serialize_entry("message", block.message())?;
        note.end()
    }
}

struct Findings<'v>(&'v [Violation]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Finding))
    }
}

/// Hints without the texts that they found.
struct Hints<'v>(&'v [Hint]);

impl Serialize for Hints<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Told))
    }
}

struct Told<'v>(&'v Hint);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(hint) = self;
        let mut told = serializer.serialize_map(Some(5))?;
        told.serialize_entry("kind", hint.kind().name())?;
        told.serialize_entry("path", &hint.path())?;
        told.serialize_entry("offset", &hint.offset())?;
        told.serialize_entry("length", &hint.length())?;
        told.serialize_entry("message", hint.message())?;
        told.end()
    }
}

struct Finding<'v>(&'v Violation);

impl Serialize for Finding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(violation) = self;
        let mut finding = serializer.serialize_map(None)?;
        finding.serialize_entry("rule", violation.rule().id())?;
        finding.serialize_entry("severity", &violation.severity())?;
        finding.serialize_entry("path", &violation.path())?;
        finding.serialize_entry("offset", &violation.offset())?;
        finding.serialize_entry("length", &violation.length())?;
        finding.serialize_entry("message", &format_args!("{}", violation.message()))?;
        if let Some(code) = violation.code() {
            finding.serialize_entry("sdk_code", &code)?;
        }
        finding.end()
    }
}

/// Every leaf: its path and its value.
struct Objects<'v, 'a>(&'v Verdict<'a>);

impl Serialize for Objects<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.leaves().map(|leaf| (leaf.path(), leaf.value())))
    }
}
