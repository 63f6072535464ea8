//! Pictures that tenants give, made anew: what is kept shows the same and holds nothing else.
//!
//! A picture of dots is decoded within limits, made small and written as PNG, without its metadata and without whatever
//! stood behind its end. A drawing is read into paths and written from them: no script, no text, no picture inside, no
//! reference to anything outside. Both are work for the command that sets things up, never for a request.

mod dots;
mod drawing;
#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

use crate::domain::theme::{Logo, Picture, PictureKind};

/// The largest file that is looked at, in bytes.
pub const FILE_MAX: usize = 1 << 20;
/// The largest that is kept, in bytes: it goes with pages.
const KEPT_MAX: usize = 100 << 10;
/// The room a logo has on a page, in pixels.
const ROOM: (u32, u32) = (240, 48);
/// Deep drawings are walked by recursion.
const STACK: usize = 64 << 20;

/// Why a picture cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The file is too large.
    #[error("is larger than 1 MiB; give a smaller file")]
    TooLarge,
    /// No format we take.
    #[error("is no picture we take; give a PNG, JPEG, WebP or SVG file")]
    Format,
    /// More dots than a logo needs.
    #[error("has more than 4096 dots a side, or needs too much memory; make it smaller")]
    TooManyDots,
    /// It does not decode.
    #[error("cannot be read: the file is damaged or cut off")]
    Damaged,
    /// Entities in a drawing.
    #[error("has a document type with entities; save it as plain SVG")]
    Entities,
    /// Letters in a drawing.
    #[error("has text, which would look different everywhere; turn it into paths first")]
    Text,
    /// A picture inside a drawing.
    #[error("has another picture inside; give a drawing of paths alone, or a PNG file")]
    PictureInside,
    /// Nothing to show.
    #[error("shows nothing")]
    Blank,
    /// Too much of it is left.
    #[error("is too complex: more than 100 KiB are left of it; simplify it, or give a PNG file")]
    TooComplex,
}

/// Makes a picture anew.
///
/// # Errors
/// Says what is wrong with it, and what to give.
pub fn renew(file: &[u8]) -> Result<Picture, PictureError> {
    if file.len() > FILE_MAX {
        return Err(PictureError::TooLarge);
    }
    let file = file.to_vec();
    // A decoder that gives up on a picture gives up a thread of its own.
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || renewed(&file));
    let worker = worker.map_err(|_no_thread| PictureError::Damaged)?;
    worker.join().unwrap_or(Err(PictureError::Damaged))
}

fn renewed(file: &[u8]) -> Result<Picture, PictureError> {
    let (kind, data, size) = match std::str::from_utf8(file) {
        Ok(text) if text.contains("<svg") => {
            let (text, size) = drawing::renew(text)?;
            (PictureKind::Svg, text.into_bytes(), size)
        }
        Ok(_) | Err(_) => {
            let (data, size) = dots::renew(file)?;
            (PictureKind::Png, data, size)
        }
    };
    if data.len() > KEPT_MAX {
        return Err(PictureError::TooComplex);
    }
    let (width, height) = fitted(size)?;
    Ok(Picture { logo: Logo { sha256: hex::encode(Sha256::digest(&data)), kind, width, height }, data })
}

/// The size in which a picture is shown.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and the room there is"
)]
fn fitted((width, height): (f64, f64)) -> Result<(u32, u32), PictureError> {
    if !(width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
        return Err(PictureError::Blank);
    }
    let (most_wide, most_high) = (f64::from(ROOM.0), f64::from(ROOM.1));
    let scale = (most_wide / width).min(most_high / height);
    let side = |length: f64, most: f64| (length * scale).round().clamp(1.0, most) as u32;
    Ok((side(width, most_wide), side(height, most_high)))
}
