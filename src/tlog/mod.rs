//! Ground: transparency logs after public specifications, ignorant of what is logged.

pub mod checkpoint;
pub mod hash;
pub mod merkle;
pub mod note;
pub mod proof;
mod strict;
pub mod tile;
pub mod timestamp;
pub mod tree;

pub use hash::{Hash, sha256};
