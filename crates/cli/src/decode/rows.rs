//! Payloads of a column of a CSV file.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use clap::Args;
use csv::{ByteRecord, Reader, ReaderBuilder};
use emvqr_answer::moment;

use crate::failure::{Failure, failed};
use crate::output;

#[derive(Args)]
pub(crate) struct Table {
    /// The payloads of one column of a CSV file with a header; the other columns travel into the answer
    #[arg(long, value_name = "PATH", requires = "column", conflicts_with_all = ["arguments", "file", "jobs"])]
    csv: Option<PathBuf>,
    /// The column of the payloads, with --csv
    #[arg(long, value_name = "NAME", requires = "csv")]
    column: Option<String>,
    /// With --csv: a column with each row's own clock, in milliseconds since 1970 or RFC 3339; where it is empty, --now counts
    #[arg(long, value_name = "NAME", requires = "csv")]
    now_column: Option<String>,
}

/// The other columns of a row, by name.
pub(crate) type Row = Vec<(String, String)>;

/// A CSV file whose header has been read.
pub(crate) struct Rows {
    reader: Reader<Box<dyn io::Read>>,
    name: String,
    headers: Vec<String>,
    payload: usize,
    now: Option<usize>,
    /// The other columns that travel.
    others: Vec<usize>,
}

/// A payload of a row, the other columns, and the row's own clock.
pub(crate) struct Cells {
    pub(crate) payload: Vec<u8>,
    pub(crate) row: Row,
    pub(crate) now_ms: Option<u64>,
}

impl Table {
    /// Opens the file, if one is named. `kept`: the only other columns that travel.
    pub(crate) fn open(&self, kept: Option<&[String]>) -> Result<Option<Rows>, Failure> {
        let (Some(path), Some(column)) = (&self.csv, &self.column) else { return Ok(None) };
        let name = path.display().to_string();
        let file = File::open(path).map_err(failed(&name))?;
        let input: Box<dyn io::Read> = Box::new(output::progress(path).wrap_read(file));
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(input);
        let headers = reader.byte_headers().map_err(|error| failed(&name)(error.into()))?;
        // Spreadsheets write a byte order mark, which `csv` takes away.
        let headers: Vec<String> = headers.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let place = |column: &String| {
            let missing = || format!("no column \"{column}\" in the header; there are: {}", headers.join(", "));
            headers.iter().position(|header| header == column).ok_or_else(missing)
        };
        let places = place(column).and_then(|payload| Ok((payload, self.now_column.as_ref().map(place).transpose()?)));
        let (payload, now) = places.map_err(|why| failed(&name)(unusable(why)))?;
        let mut others: Vec<usize> = (0..headers.len()).filter(|column| *column != payload).collect();
        if let Some(kept) = kept {
            let kept: Result<Vec<usize>, String> = kept.iter().map(place).collect();
            let kept = kept.map_err(|why| failed(&name)(unusable(why)))?;
            others.retain(|column| kept.contains(column));
        }
        Ok(Some(Rows { reader, name, headers, payload, now, others }))
    }
}

fn unusable(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

impl Rows {
    /// The names of the columns that travel.
    pub(crate) fn others(&self) -> impl Iterator<Item = &str> {
        self.others.iter().map(|place| self.headers[*place].as_str())
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<Cells>, Failure> {
        let mut record = ByteRecord::new();
        if !self.reader.read_byte_record(&mut record).map_err(|error| failed(&self.name)(error.into()))? {
            return Ok(None);
        }
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let text = |place: usize| String::from_utf8_lossy(cell(place)).into_owned();
        let now_ms = match self.now.map(text) {
            Some(now) if !now.is_empty() => Some(moment(&now).map_err(|why| {
                let line = record.position().map_or(0, csv::Position::line);
                failed(&self.name)(unusable(format!(
                    "line {line}, column \"{}\": {why}",
                    self.headers[self.now.unwrap_or_default()]
                )))
            })?),
            _ => None,
        };
        let row = self.others.iter().map(|place| (self.headers[*place].clone(), text(*place))).collect();
        Ok(Some(Cells { payload: cell(self.payload).to_vec(), row, now_ms }))
    }
}
