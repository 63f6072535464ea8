//! Ground: transparency logs after public specifications, ignorant of consent.

pub mod timestamp;
