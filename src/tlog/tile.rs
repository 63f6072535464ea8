//! Tiles after C2SP tlog-tiles: a log served as files of 256 hashes, and of 256 entries.
//!
//! Here are names, widths and bytes; what the hashes mean is told in [`tree`](super::tree). Every name has one
//! spelling, so that a cache never holds one tile twice.

use std::fmt;
use std::str::FromStr;

use super::hash::Hash;
use super::strict;

/// A tile spans this many levels of the tree.
pub const HEIGHT: u8 = 8;
/// A full tile has this many hashes, or entries.
pub const WIDTH: u16 = 256;
/// The highest level a path may name.
const HIGHEST_LEVEL: u64 = 63;
/// The longest entry: its length is written in 16 bits.
pub const LONGEST_ENTRY: usize = u16::MAX as usize;

/// Which tile. Its hashes are nodes of level `8 * level` of the tree, from `256 * number` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// 0 holds hashes of leaves; each level above holds one hash for each full tile below.
    pub level: u8,
    /// Counted from the left, from 0.
    pub number: u64,
}

/// How many hashes the tile has in a tree of this size: 0 when it is not there, 256 when it is full.
pub fn width_at(id: TileId, tree_size: u64) -> u16 {
    let nodes = tree_size.checked_shr(u32::from(id.level) * u32::from(HEIGHT)).unwrap_or(0);
    let before = id.number.saturating_mul(u64::from(WIDTH));
    let width = nodes.saturating_sub(before).min(u64::from(WIDTH));
    u16::try_from(width).unwrap_or(WIDTH)
}

/// What a path below the prefix of a log names. A width of 256 is a full tile and is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TilePath {
    /// `tile/<level>/<number>[.p/<width>]`
    Tile {
        /// Which tile.
        id: TileId,
        /// 1 to 256 hashes.
        width: u16,
    },
    /// `tile/entries/<number>[.p/<width>]`
    Entries {
        /// Which bundle; it has the entries of the tile of this number on level 0.
        number: u64,
        /// 1 to 256 entries.
        width: u16,
    },
}

/// A path that names no tile, or not in its only spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a tile")]
pub struct NotATile;

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, width) = match *self {
            Self::Tile { id, width } => {
                write!(f, "tile/{}/", id.level)?;
                (id.number, width)
            }
            Self::Entries { number, width } => {
                f.write_str("tile/entries/")?;
                (number, width)
            }
        };
        write_number(f, number / 1000)?;
        write!(f, "{:03}", number % 1000)?;
        if width == WIDTH { Ok(()) } else { write!(f, ".p/{width}") }
    }
}

/// The elements before the last: three digits each, after an `x`.
fn write_number(f: &mut fmt::Formatter<'_>, thousands: u64) -> fmt::Result {
    if thousands == 0 {
        return Ok(());
    }
    write_number(f, thousands / 1000)?;
    write!(f, "x{:03}/", thousands % 1000)
}

impl FromStr for TilePath {
    type Err = NotATile;

    fn from_str(text: &str) -> Result<Self, NotATile> {
        let path = read_path(text).ok_or(NotATile)?;
        // Leading elements of zeroes are the one thing the reading lets through.
        if path.to_string() == text { Ok(path) } else { Err(NotATile) }
    }
}

fn read_path(text: &str) -> Option<TilePath> {
    let (level, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => (number, read_width(width)?),
        None => (rest, WIDTH),
    };
    let number = read_number(number)?;
    if level == "entries" {
        return Some(TilePath::Entries { number, width });
    }
    let level = strict::decimal(level).filter(|it| *it <= HIGHEST_LEVEL)?;
    Some(TilePath::Tile { id: TileId { level: u8::try_from(level).ok()?, number }, width })
}

fn read_width(text: &str) -> Option<u16> {
    let width = strict::decimal(text).and_then(|it| u16::try_from(it).ok())?;
    (1..WIDTH).contains(&width).then_some(width)
}

fn read_number(text: &str) -> Option<u64> {
    let (before, last) = match text.rsplit_once('/') {
        Some((before, last)) => (Some(before), last),
        None => (None, text),
    };
    let thousands = before
        .into_iter()
        .flat_map(|it| it.split('/'))
        .try_fold(0, |number, element| append_digits(number, element.strip_prefix('x')?))?;
    append_digits(thousands, last)
}

fn append_digits(number: u64, digits: &str) -> Option<u64> {
    if digits.len() != 3 || !digits.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    number.checked_mul(1000)?.checked_add(digits.parse().ok()?)
}

/// Why bytes are not a tile, or entries not a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The bytes end inside an entry, or inside its length.
    #[error("the entry that begins at byte {offset} is cut short")]
    CutShort {
        /// Where the length of this entry begins.
        offset: usize,
    },
    /// More than 256 entries or hashes.
    #[error("there is more than a tile can hold at byte {offset}")]
    TooMany {
        /// Where the first thing too much begins.
        offset: usize,
    },
    /// An entry longer than 65,535 bytes.
    #[error("entry {number} is longer than 65,535 bytes")]
    TooLong {
        /// Which entry, from 0.
        number: usize,
    },
}

/// The bytes of a bundle: each entry after its length in two bytes, the higher first.
///
/// # Errors
///
/// An entry longer than 65,535 bytes, or more than 256 of them.
pub fn bundle(entries: &[impl AsRef<[u8]>]) -> Result<Vec<u8>, BundleError> {
    let mut bytes = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        if number >= usize::from(WIDTH) {
            return Err(BundleError::TooMany { offset: bytes.len() });
        }
        let entry = entry.as_ref();
        let Ok(length) = u16::try_from(entry.len()) else {
            return Err(BundleError::TooLong { number });
        };
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle, 256 at most. Whether it has as many as it should is for the caller to compare.
///
/// # Errors
///
/// Bytes that end inside an entry, or go on after the 256th.
pub fn parse_bundle(bytes: &[u8]) -> Result<Vec<Vec<u8>>, BundleError> {
    let (mut entries, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let offset = bytes.len() - rest.len();
        if entries.len() == usize::from(WIDTH) {
            return Err(BundleError::TooMany { offset });
        }
        let (length, after) = rest.split_first_chunk().ok_or(BundleError::CutShort { offset })?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(BundleError::CutShort { offset })?;
        entries.push(entry.to_vec());
        rest = after;
    }
    Ok(entries)
}

/// The bytes of a tile: its hashes one after the other.
pub fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(Hash::bytes).copied().collect()
}

/// The hashes of a tile, 256 at most. Whether it has as many as it should is for the caller to compare.
///
/// # Errors
///
/// Bytes that end inside a hash, or go on after the 256th.
pub fn parse(bytes: &[u8]) -> Result<Vec<Hash>, BundleError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() > usize::from(WIDTH) {
        return Err(BundleError::TooMany { offset: usize::from(WIDTH) * 32 });
    }
    if !rest.is_empty() {
        return Err(BundleError::CutShort { offset: bytes.len() - rest.len() });
    }
    Ok(hashes.iter().copied().map(Hash::new).collect())
}

#[cfg(test)]
mod tests;
