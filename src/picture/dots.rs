//! Pictures of dots: PNG, JPEG and WebP.

use std::io::Cursor;

use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits,
    imageops::FilterType,
};

use super::{PictureError, ROOM};

/// The most dots a side.
const SIDE: u32 = 4_096;
/// The most memory a decoder may take, in bytes.
const MEMORY: u64 = 128 << 20;

/// The picture as PNG, twice as large as it is shown at most, and its size.
pub(super) fn renew(file: &[u8]) -> Result<(Vec<u8>, (f64, f64)), PictureError> {
    let mut reader =
        ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_io| PictureError::Format)?;
    match reader.format() {
        Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) => {}
        Some(_) | None => return Err(PictureError::Format),
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let orientation = decoder.orientation().map_err(|error| refusal(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    picture.apply_orientation(orientation);
    let (width, height) = picture.dimensions();
    let (most_wide, most_high) = (ROOM.0 * 2, ROOM.1 * 2);
    if width > most_wide || height > most_high {
        picture = picture.resize(most_wide, most_high, FilterType::Lanczos3);
    }
    let picture = DynamicImage::ImageRgba8(picture.to_rgba8());
    let mut data = Cursor::new(Vec::new());
    picture.write_to(&mut data, ImageFormat::Png).map_err(|_unwritten| PictureError::Damaged)?;
    Ok((data.into_inner(), (f64::from(width), f64::from(height))))
}

fn refusal(error: &ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooManyDots,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => PictureError::Damaged,
    }
}
