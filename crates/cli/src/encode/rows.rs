//! Codes from the rows of a CSV file, whose columns are named as the options.

use std::ffi::OsString;
use std::fs::File;
use std::path::Path;

use clap::error::ContextKind;
use clap::{Command, CommandFactory as _, FromArgMatches as _};
use csv::{ReaderBuilder, StringRecord};
use emvqr::encode::BuildError;
use emvqr::network::{self, Field};
use emvqr_answer::forms::FormError;

use super::{Options, drawn, say_warnings};
use crate::Program;
use crate::failure::{Failure, failed};
use crate::output;

/// The option that becomes a data object.
const COLUMNS: &[(&str, &str)] = &[
    ("15", "union-pay"),
    ("26", "store-id"),
    ("29-00", "account"),
    ("29-01", "account-information"),
    ("29-02", "acquiring-bank"),
    ("30-00", "account"),
    ("30-01", "merchant-id"),
    ("30-02", "acquiring-bank"),
    ("52", "mcc"),
    ("53", "currency"),
    ("54", "amount"),
    ("56", "fee"),
    ("57", "fee-percentage"),
    ("58", "country"),
    ("59", "name"),
    ("60", "city"),
    ("61", "postal-code"),
    ("62-01", "bill-number"),
    ("62-02", "mobile-number"),
    ("62-03", "store-label"),
    ("62-04", "loyalty-number"),
    ("62-05", "reference-label"),
    ("62-06", "customer-label"),
    ("62-07", "terminal-label"),
    ("62-08", "purpose"),
    ("64-00", "language"),
    ("64-01", "local-name"),
    ("64-02", "local-city"),
    ("99-00", "created"),
    ("99-01", "expires"),
];

/// The command of rows, in which nothing is required of the command line: the rows have it.
pub(crate) fn command() -> Command {
    Program::command().mut_subcommand("encode", |encode| {
        let schemes: Vec<String> = encode.get_subcommands().map(|scheme| scheme.get_name().to_owned()).collect();
        schemes.iter().fold(encode, |encode, scheme| {
            encode.mut_subcommand(scheme, |scheme| scheme.mut_args(|arg| arg.required(false)))
        })
    })
}

/// Makes a code of each row. `given` is the command line without the file, of scheme and options that count for all rows.
pub(crate) fn encode(given: &[OsString], path: &Path) -> Result<bool, Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(failed(&name))?;
    let mut reader = ReaderBuilder::new().from_reader(output::progress(path).wrap_read(file));
    let headers = reader.headers().map_err(|error| failed(&name)(error.into()))?.clone();
    let scheme = given.get(2).map(|scheme| scheme.to_string_lossy().into_owned()).unwrap_or_default();
    let mut parser = parser(&scheme);
    let fields = fields(&scheme, given);
    let is_known = |header: &&str| is_option(&parser, &scheme, header) || fields.contains(header);
    if let Some(unknown) = headers.iter().find(|header| !is_known(header)) {
        let why = format!("the column \"{unknown}\" is not an option of emvqr encode {scheme}");
        return Err(failed(&name)(std::io::Error::new(std::io::ErrorKind::InvalidData, why)));
    }
    let mut all_made = true;
    for (row, record) in (1..).zip(reader.into_records()) {
        let record = record.map_err(|error| failed(&name)(error.into()))?;
        let made = options(&mut parser, given, &headers, &record, &fields).and_then(|options| {
            let text = options.scheme.build().map_err(|error| why(&error))?;
            Ok((text, options))
        });
        let drawn = match made {
            Ok((text, options)) => {
                say_warnings(&text, &format!("{name}: row {row}: "));
                drawn(&text, options.scheme.output(), Some(row))?
            }
            Err(why) => Err(why),
        };
        if let Err(why) = drawn {
            eprintln!("emvqr: {name}: row {row}: {why}");
            all_made = false;
        }
    }
    Ok(all_made)
}

/// The program's own command, in which what a row says counts more than what is given for all.
fn parser(scheme: &str) -> Command {
    Program::command()
        .mut_subcommand("encode", |encode| encode.mut_subcommand(scheme, |scheme| scheme.args_override_self(true)))
}

/// The names of the fields of the network that the command line names: each can be a column.
fn fields(scheme: &str, given: &[OsString]) -> Vec<&'static str> {
    let network = given.iter().find_map(|argument| network::by_id(argument.to_str()?));
    let network = network.filter(|_| scheme == "network");
    network.map(|network| network.field_table().iter().map(Field::key).collect()).unwrap_or_default()
}

fn is_option(program: &Command, scheme: &str, header: &str) -> bool {
    let scheme = program.find_subcommand("encode").and_then(|encode| encode.find_subcommand(scheme));
    scheme.is_some_and(|scheme| {
        scheme
            .get_arguments()
            .any(|arg| arg.get_long() == Some(header) && !["csv", "out", "terminal"].contains(&header))
    })
}

/// The options of a row, or its column and what is wrong with it.
fn options(
    parser: &mut Command,
    given: &[OsString],
    headers: &StringRecord,
    record: &StringRecord,
    fields: &[&str],
) -> Result<Box<Options>, String> {
    let cells = headers.iter().zip(record).filter(|(_, cell)| !cell.is_empty());
    let cells = cells.map(|(header, cell)| {
        let option = if fields.contains(&header) { format!("field={header}") } else { header.to_owned() };
        OsString::from(format!("--{option}={cell}"))
    });
    let matches = parser.try_get_matches_from_mut(given.iter().cloned().chain(cells)).map_err(|error| {
        let text = error.to_string();
        let sentence = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        match error.get(ContextKind::InvalidArg) {
            Some(clap::error::ContextValue::String(arg)) => {
                let column = arg.trim_start_matches('-').split([' ', '=']).next().unwrap_or_default().to_owned();
                format!("column {column}: {sentence}")
            }
            Some(clap::error::ContextValue::Strings(args)) => format!("{sentence} {}", args.join(", ")),
            _ => sentence,
        }
    })?;
    match Program::from_arg_matches(&matches).map(|program| program.command) {
        Ok(crate::Command::Encode(options)) => Ok(options),
        _ => Err(String::from("the command line is not one of encode")),
    }
}

/// The column that a fault is about, and the fault, with limit and length if it has them.
fn why(error: &FormError) -> String {
    let column = match error {
        FormError::Build(BuildError::Rule(violation)) => column(violation.path()),
        FormError::Build(BuildError::Encode(error)) => column(error.path()),
        // It begins with the name of the field.
        FormError::Invalid("field", why) => return format!("column {why}"),
        FormError::Invalid(key, why) => return format!("column {}: {why}", option(key)),
        FormError::Missing(key) => Some(option(key)),
        _ => None,
    };
    column.map_or_else(|| error.to_string(), |column| format!("column {column}: {error}"))
}

fn column(path: emvqr::Path) -> Option<String> {
    let path = path.to_string();
    COLUMNS.iter().find(|(known, _)| *known == path).map(|(_, column)| (*column).to_owned())
}

/// The option with the text of a key.
fn option(key: &str) -> String {
    match key {
        "merchant_category_code" => "mcc".into(),
        "alternate_name" => "local-name".into(),
        "alternate_city" => "local-city".into(),
        "created_ms" => "created".into(),
        "expires_at_ms" => "expires".into(),
        "purpose_of_transaction" => "purpose".into(),
        key => key.replace('_', "-"),
    }
}
