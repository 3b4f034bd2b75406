//! Text as a QR symbol, and the symbol as a picture.

use std::fmt::Write as _;
use std::io::{self, Write};

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

/// A QR symbol of a text in byte mode.
pub(crate) struct Symbol(QrCode);

/// How a symbol is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Drawing {
    /// Modules of white around it.
    pub(crate) quiet: u32,
    /// Pixels of a module.
    pub(crate) module: u32,
}

impl Symbol {
    /// Encodes a text in bytes alone: other modes make some readers guess at the characters.
    pub(crate) fn new(text: &str, level: QrCodeEcc, eci: bool) -> Result<Self, String> {
        let bytes = QrSegment::make_bytes(text.as_bytes());
        // 26 is UTF-8.
        let segments = if eci { vec![QrSegment::make_eci(26), bytes] } else { vec![bytes] };
        let none: Option<Mask> = None;
        let code = QrCode::encode_segments_advanced(&segments, level, Version::MIN, Version::MAX, none, false);
        code.map(Self).map_err(|error| format!("the text does not fit a QR code: {error}"))
    }

    /// Modules of a side, without the white around.
    pub(crate) fn size(&self) -> u32 {
        u32::try_from(self.0.size()).unwrap_or_default()
    }

    /// Whether the module is dark, counted from the corner of the white around.
    fn is_dark(&self, x: u32, y: u32, quiet: u32) -> bool {
        let place = |at: u32| i32::try_from(at).unwrap_or(i32::MAX) - i32::try_from(quiet).unwrap_or(i32::MAX);
        self.0.get_module(place(x), place(y))
    }

    /// A black and white PNG picture.
    pub(crate) fn write_png(&self, drawing: Drawing, out: impl Write) -> io::Result<()> {
        let Drawing { quiet, module } = drawing;
        let side = (self.size() + 2 * quiet) * module;
        let mut encoder = png::Encoder::new(out, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut pixels = Vec::new();
        for y in 0..side {
            for first in (0..side).step_by(8) {
                let bits = (0..8).map(|bit| first + bit);
                // White is 1; what is beyond the edge does not matter.
                pixels.push(bits.fold(0_u8, |byte, x| {
                    byte << 1 | u8::from(x >= side || !self.is_dark(x / module, y / module, quiet))
                }));
            }
        }
        encoder.write_header()?.write_image_data(&pixels)?;
        Ok(())
    }

    /// An SVG picture, a unit for each module.
    pub(crate) fn to_svg(&self, drawing: Drawing) -> String {
        let Drawing { quiet, module } = drawing;
        let side = self.size() + 2 * quiet;
        let pixels = side * module;
        let mut dark = String::new();
        for (y, x) in (0..side).flat_map(|y| (0..side).map(move |x| (y, x))) {
            if self.is_dark(x, y, quiet) {
                let _ = write!(dark, "M{x} {y}h1v1h-1z");
            }
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{dark}\"/></svg>\n"
        )
    }

    /// For a terminal: two modules one above the other in each character, dark ones dark whatever the colours.
    pub(crate) fn to_terminal(&self, drawing: Drawing) -> String {
        let side = self.size() + 2 * drawing.quiet;
        let mut text = String::new();
        for y in (0..side).step_by(2) {
            text += "\u{1b}[30;47m";
            for x in 0..side {
                let dark = |y| y < side && self.is_dark(x, y, drawing.quiet);
                text.push(match (dark(y), dark(y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text += "\u{1b}[0m\n";
        }
        text
    }
}
