//! The QR codes of a picture.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use png::{ColorType, Decoder, Limits, Transformations};
use rqrr::PreparedImage;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The most pixels of a picture that is read: those of a large camera.
const MAX_PIXELS: usize = 64 << 20;
/// The most bytes of a file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// A QR code that was found.
pub(crate) struct Found {
    /// The corners of the symbol in pixels, from its top left on.
    pub(crate) corners: [(i32, i32); 4],
    /// The bytes in its symbol, or why they cannot be read.
    pub(crate) content: Result<Vec<u8>, String>,
}

/// The codes of a picture, in the order in which they are found.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Found>> {
    let mut bytes = Vec::new();
    BufReader::new(File::open(path)?).take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(unusable("the file is larger than 64 MiB"));
    }
    read_bytes(&bytes)
}

/// The codes of the picture in a file's bytes.
pub(crate) fn read_bytes(bytes: &[u8]) -> io::Result<Vec<Found>> {
    let grey = match bytes {
        [0x89, b'P', b'N', b'G', ..] => read_png(bytes)?,
        [0xFF, 0xD8, ..] => read_jpeg(bytes)?,
        _ => return Err(unusable("the file is neither a PNG nor a JPEG picture")),
    };
    Ok(find(&grey))
}

fn unusable(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A picture in shades of grey.
struct Grey {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

fn check_size(width: usize, height: usize) -> io::Result<()> {
    match width.checked_mul(height) {
        Some(pixels) if pixels <= MAX_PIXELS => Ok(()),
        _ => Err(unusable(format!("the picture has {width} x {height} pixels, more than {MAX_PIXELS} in all"))),
    }
}

fn read_png(bytes: &[u8]) -> io::Result<Grey> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: 4 * MAX_PIXELS });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let info = decoder.read_header_info().map_err(unusable)?;
    check_size(info.width as usize, info.height as usize)?;
    let mut reader = decoder.read_info().map_err(unusable)?;
    let size = reader.output_buffer_size().ok_or_else(|| unusable("the picture is too large"))?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).map_err(unusable)?;
    let samples = match frame.color_type {
        ColorType::Grayscale | ColorType::Indexed => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
    };
    let pixels = buffer[..frame.buffer_size()].chunks_exact(samples).map(grey).collect();
    Ok(Grey { width: frame.width as usize, height: frame.height as usize, pixels })
}

/// The shade of a pixel, on white if it is not opaque.
fn grey(pixel: &[u8]) -> u8 {
    let (shade, alpha) = match *pixel {
        [grey] => (grey, 255),
        [grey, alpha] => (grey, alpha),
        [red, green, blue] => (luma(red, green, blue), 255),
        [red, green, blue, alpha] => (luma(red, green, blue), alpha),
        _ => (255, 255),
    };
    let (shade, alpha) = (u32::from(shade), u32::from(alpha));
    u8::try_from((shade * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
}

fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(sum / 1000).unwrap_or(255)
}

fn read_jpeg(bytes: &[u8]) -> io::Result<Grey> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let why = |error| unusable(format!("{error}"));
    decoder.decode_headers().map_err(why)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| unusable("the picture has no size"))?;
    check_size(width, height)?;
    let pixels = decoder.decode().map_err(why)?;
    if pixels.len() < width * height {
        return Err(unusable("the picture is cut short"));
    }
    Ok(Grey { width, height, pixels })
}

fn find(picture: &Grey) -> Vec<Found> {
    let Grey { width, height, pixels } = picture;
    let mut image = PreparedImage::prepare_from_greyscale(*width, *height, |x, y| pixels[y * width + x]);
    let decode = |grid: rqrr::Grid<_>| {
        let mut content = Vec::new();
        let content = grid.decode_to(&mut content).map(|_| content).map_err(|error| error.to_string());
        Found { corners: grid.bounds.map(|corner| (corner.x, corner.y)), content }
    };
    image.detect_grids().into_iter().map(decode).collect()
}
