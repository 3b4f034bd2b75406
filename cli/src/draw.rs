//! `emvqr draw` and `emvqr scan`: codes into pictures, and out of them.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use emvqr::Payload;
use emvqr::display::Escaped;
use qrcodegen::QrCodeEcc;

use crate::failure::{Failure, failed};
use crate::output;
use crate::picture::{self, Drawing, Found, Symbol};

#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Options {
    /// Payloads; none: one payload per line from standard input
    #[arg(value_name = "PAYLOAD")]
    payloads: Vec<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    style: Style,
    /// Draw a text that is not a payload, too
    #[arg(long)]
    anyway: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Place {
    /// The picture, .png or .svg; of several payloads name-1.png, name-2.png and so on
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Draw on the terminal
    #[arg(long)]
    terminal: bool,
}

#[derive(Args)]
struct Style {
    /// Error correction: 7, 15, 25 or 30 % of the symbol may be damaged
    #[arg(long, value_enum, default_value_t = Level::M)]
    ecc: Level,
    /// Say in the symbol that the text is UTF-8 (ECI 26), which some old readers do not understand
    #[arg(long)]
    eci: bool,
    /// Modules of white around; readers want four
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(..=64))]
    quiet: u32,
    /// Pixels of a module
    #[arg(long, default_value = "8")]
    module: NonZeroU32,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    L,
    M,
    Q,
    H,
}

const EXAMPLES: &str = "\
Examples:
  emvqr draw 'PAYLOAD' --out code.png
  emvqr draw 'PAYLOAD' --terminal
  emvqr encode khqr --account coffee@devb --currency KHR --name 'ហាងកាហ្វេ' | emvqr draw --out code.svg

Text is always written in byte mode, and each PNG picture is read back before it counts as done.

Exit status: 0 drawn, 1 some text is not a payload or does not fit, 2 the command line or a file is unusable.";

pub(crate) fn draw(options: &Options) -> Result<bool, Failure> {
    let mut texts = options.payloads.clone();
    if texts.is_empty() {
        let lines = std::io::read_to_string(std::io::stdin()).map_err(failed("standard input"))?;
        texts = lines.lines().map(str::to_owned).collect();
    }
    let mut all_drawn = !texts.is_empty();
    for (number, text) in (1..).zip(&texts) {
        let place =
            options.place.out.as_deref().map(|out| if texts.len() > 1 { numbered(out, number) } else { out.into() });
        if let Err(error) = draw_one(options, text, place.as_deref())? {
            eprintln!("emvqr: {error}");
            all_drawn = false;
        }
    }
    Ok(all_drawn)
}

/// `code.png` as `code-2.png`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{}-{number}.{}", part(path.file_stem()), part(path.extension())))
}

/// Why a text is not drawn, inside; what cannot be written, outside.
fn draw_one(options: &Options, text: &str, place: Option<&Path>) -> Result<Result<(), String>, Failure> {
    let Style { ecc, eci, quiet, module } = options.style;
    if let (Err(error), false) = (Payload::parse(text), options.anyway) {
        return Ok(Err(format!("the text is not a payload: {error} (--anyway draws it)")));
    }
    let level = match ecc {
        Level::L => QrCodeEcc::Low,
        Level::M => QrCodeEcc::Medium,
        Level::Q => QrCodeEcc::Quartile,
        Level::H => QrCodeEcc::High,
    };
    let symbol = match Symbol::new(text, level, eci) {
        Ok(symbol) => symbol,
        Err(error) => return Ok(Err(error)),
    };
    let drawing = Drawing { quiet, module: module.get() };
    if (symbol.size() + 2 * quiet).saturating_mul(module.get()) > 8_000 {
        return Ok(Err("the picture would have more than 8,000 pixels on a side".into()));
    }
    let Some(path) = place else {
        output::print(symbol.to_terminal(drawing).as_bytes())?;
        return Ok(Ok(()));
    };
    let name = path.display().to_string();
    match path.extension().and_then(std::ffi::OsStr::to_str) {
        Some("png") => {
            let mut file = BufWriter::new(File::create(path).map_err(failed(&name))?);
            symbol.write_png(drawing, &mut file).and_then(|()| file.flush()).map_err(failed(&name))?;
            let back = picture::read(path).map_err(failed(&name))?;
            let is_it = |found: &Found| found.content.as_deref() == Ok(text.as_bytes());
            if !back.iter().any(is_it) {
                return Ok(Err(format!("{name}: the picture does not read back")));
            }
        }
        Some("svg") => std::fs::write(path, symbol.to_svg(drawing)).map_err(failed(&name))?,
        _ => {
            let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, "the extension is neither .png nor .svg");
            return Err(failed(&name)(error));
        }
    }
    Ok(Ok(()))
}

#[derive(Args)]
#[command(after_long_help = "\
Examples:
  emvqr scan photo.jpg
  emvqr scan *.png | emvqr decode

Exit status: 0 every picture has a code and all were read, 1 some has none, or one that cannot be read, 2 a file is unusable.")]
pub(crate) struct Scan {
    /// PNG or JPEG pictures
    #[arg(value_name = "PICTURE", required = true)]
    pictures: Vec<PathBuf>,
}

pub(crate) fn scan(options: &Scan) -> Result<bool, Failure> {
    let mut all_read = true;
    for path in &options.pictures {
        let name = path.display().to_string();
        let found = picture::read(path).map_err(failed(&name))?;
        if found.is_empty() {
            eprintln!("emvqr: {name}: no QR code found");
            all_read = false;
        }
        for code in found {
            match code.content {
                Ok(content) => output::print(&on_a_line(content))?,
                Err(error) => {
                    eprintln!("emvqr: {name}: a QR code that cannot be read: {error}");
                    all_read = false;
                }
            }
        }
    }
    Ok(all_read)
}

/// The content as a line; escaped if it has line ends of its own.
fn on_a_line(content: Vec<u8>) -> Vec<u8> {
    let mut line = if content.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
        Escaped(&String::from_utf8_lossy(&content)).to_string().into_bytes()
    } else {
        content
    };
    line.push(b'\n');
    line
}
