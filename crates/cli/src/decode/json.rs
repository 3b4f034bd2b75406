//! Answers for programs: one JSON object per payload, one line each.

use std::io::{self, Write};

use emvqr_answer::{Extra, Full, Verdict};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::rows::Row;
use super::{Place, Source};
use crate::output;

pub(crate) fn write(out: &mut dyn Write, place: Place<'_>, verdict: &Verdict<'_>, sdk_fields: bool) -> io::Result<()> {
    output::write_json(out, &Full::of(verdict).sdk_fields(sdk_fields).with(place))
}

impl Extra for Place<'_> {
    fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self.id {
            None => map.serialize_entry("line", &self.line)?,
            Some(id) => map.serialize_entry("id", id)?,
        }
        if let Some(source) = self.source {
            map.serialize_entry("source", source)?;
        }
        match self.row {
            Some(row) => map.serialize_entry("row", &Cells(row)),
            None => Ok(()),
        }
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
