//! `emvqr draw` and `emvqr scan`: codes into pictures, and out of them.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use emvqr::Payload;
use emvqr::diagnose::{HintKind, Remedy, diagnose};
use emvqr::display::Escaped;
use qrcodegen::QrCodeEcc;

use crate::failure::{Failure, failed};
use crate::output;
use crate::picture::{self, Drawing, Symbol};

#[derive(Args)]
#[command(after_long_help = EXAMPLES, group = clap::ArgGroup::new("drawn").args(["out", "terminal"]).required(true))]
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

/// Where a code is drawn.
#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct Place {
    /// The picture, .png or .svg; of several payloads name-1.png, name-2.png and so on
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Draw on the terminal
    #[arg(long)]
    terminal: bool,
}

impl Place {
    /// Whether a code is drawn at all.
    pub(crate) fn is_some(&self) -> bool {
        self.terminal || self.out.is_some()
    }
}

/// How a code is drawn.
#[derive(Args)]
pub(crate) struct Style {
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

Text is always written in byte mode, and each symbol is read back before it counts as done.

Exit status: 0 drawn, 1 some text is not a payload or does not fit, 2 the command line or a file is unusable.";

pub(crate) fn draw(options: &Options) -> Result<bool, Failure> {
    let mut texts = options.payloads.clone();
    if texts.is_empty() {
        let lines = std::io::read_to_string(std::io::stdin()).map_err(failed("standard input"))?;
        texts = lines.lines().map(str::to_owned).collect();
    }
    let mut all_drawn = !texts.is_empty();
    for (number, text) in (1..).zip(&texts) {
        let number = (texts.len() > 1).then_some(number);
        crate::edit::say_secrets(text);
        let drawn = match Payload::parse(text) {
            Err(error) if !options.anyway => Err(format!("the text is not a payload: {error} (--anyway draws it)")),
            _ => draw_one(text, &options.place, &options.style, number)?,
        };
        if let Err(error) = drawn {
            eprintln!("emvqr: {error}");
            all_drawn = false;
        }
    }
    Ok(all_drawn)
}

/// `code.png` as `code-2.png`.
fn numbered(path: &Path, number: u64) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{}-{number}.{}", part(path.file_stem()), part(path.extension())))
}

/// Why a text is not drawn, inside; what cannot be written, outside. `number`: which of several texts it is.
pub(crate) fn draw_one(
    text: &str,
    place: &Place,
    style: &Style,
    number: Option<u64>,
) -> Result<Result<(), String>, Failure> {
    let Style { ecc, eci, quiet, module } = *style;
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
    // A PNG picture must read back as it is; of others the symbol must.
    let is_png = place.out.as_ref().is_some_and(|path| path.extension().is_some_and(|extension| extension == "png"));
    let usual = Drawing { quiet: 4, module: 4 };
    let mut png = Vec::new();
    symbol.write_png(if is_png { drawing } else { usual }, &mut png).map_err(failed("the picture"))?;
    let back = picture::read_bytes(&png).map_err(failed("the picture"))?;
    if !back.iter().any(|found| found.content.as_deref() == Ok(text.as_bytes())) {
        return Ok(Err("the picture does not read back".into()));
    }
    let Some(path) = &place.out else {
        output::print(symbol.to_terminal(drawing).as_bytes())?;
        return Ok(Ok(()));
    };
    let path = &number.map_or_else(|| path.clone(), |number| numbered(path, number));
    let name = path.display().to_string();
    let content = match path.extension().and_then(std::ffi::OsStr::to_str) {
        Some("png") => png,
        Some("svg") => symbol.to_svg(drawing).into_bytes(),
        _ => {
            let error = std::io::Error::new(std::io::ErrorKind::InvalidInput, "the extension is neither .png nor .svg");
            return Err(failed(&name)(error));
        }
    };
    std::fs::write(path, content).map_err(failed(&name))?;
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
                Ok(content) => {
                    let content = in_utf8(content, &name);
                    output::print(&on_a_line(output::shown_bytes(content)))?;
                }
                Err(error) => {
                    eprintln!("emvqr: {name}: a QR code that cannot be read: {error}");
                    all_read = false;
                }
            }
        }
    }
    Ok(all_read)
}

/// The content, in UTF-8 if it was in another encoding and the CRC says in which: Kanji segments hold `Shift_JIS`.
pub(crate) fn in_utf8(content: Vec<u8>, name: &str) -> Vec<u8> {
    if std::str::from_utf8(&content).is_ok() {
        return content;
    }
    for hint in diagnose(&content) {
        if let (HintKind::Encoding, Some(Remedy::Text(text))) = (hint.kind(), hint.remedy()) {
            eprintln!("emvqr: {name}: {hint}");
            return text.clone().into_bytes();
        }
    }
    content
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
