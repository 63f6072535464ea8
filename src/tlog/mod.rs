//! Ground: transparency logs after public specifications, ignorant of what is logged.
//!
//! | module | what it is | specification |
//! |---|---|---|
//! | [`hash`], [`merkle`] | hashes of leaves and nodes, the check of proofs | RFC 6962, RFC 9162 section 2.1 |
//! | [`tile`], [`tree`] | a log kept as files of 256 hashes: names, growth, roots, proofs | C2SP tlog-tiles |
//! | [`note`] | signed texts, keys, cosignatures | C2SP signed-note, tlog-cosignature |
//! | [`checkpoint`], [`proof`] | what a log says of itself; a proof that travels | C2SP tlog-checkpoint, tlog-proof |
//! | [`witness`] | asking others to look over the log's shoulder | C2SP tlog-witness |
//! | [`jcs`] | JSON with one spelling | RFC 8785, RFC 7493 |
//!
//! Bytes in, bytes out: no network, no clock, no storage. Nothing here says what an entry means or whom a key
//! belongs to.
//!
//! # What holds for all of it
//!
//! - One value has one text. Base64 is padded and without spare bits, numbers have no leading zeroes, paths have
//!   one form: what is parsed and written again is the same bytes. So a changed byte is either refused, or
//!   changes the value.
//! - No input stops a parser: sizes are bounded (64 signatures, 64 hashes, notes of 1 MiB, JSON 128 deep), numbers
//!   near 2^64 do not overflow. Refusals of texts carry the byte where they begin.
//! - Reading is not believing. A [`note::Note`] is a text with signatures until [`note::Note::verify`] says whose.
//! - Two cosigner names with one public key are two keys here: `cosignature/v1` does not cover the name. Whoever
//!   counts witnesses gives each its own key.
//!
//! # Crates used, and own code where there is none
//!
//! - **Signatures: `ed25519-dalek`.** Verification is its strict one: no small-order keys, no second encoding of a
//!   signature. Hashes: `sha2`. Encodings: `base64`, `hex`.
//! - **Canonical JSON: `serde_json_canonicalizer`** writes it (member order by UTF-16, numbers as ECMAScript).
//!   Reading is own code around `serde_json`: its maps keep the last of two equal names, its numbers are rounded
//!   in silence, and its errors tell line and column rather than the byte.
//! - **Merkle tree: own code**, 100 lines for the checks and 300 for trees in tiles. `ct-merkle` keeps a whole tree
//!   in memory, has no tiles, names itself not audited and saw three releases in four years. It is the second
//!   opinion in the tests: same roots, same proofs.
//! - **Tiles and notes: own code.** `tlog_tiles` and `signed_note` have not been released since April 2025 and stand
//!   on `sha2` 0.10 and `ed25519-dalek` 2: a second generation of both in the binary, to save some 500 lines.
//!
//! The tests hold the reference tree of RFC 6962, every proof of every tree up to 1,100 leaves against the
//! definitions of the RFC read literally, a log that never changes, and published vectors.

pub mod checkpoint;
pub mod hash;
pub mod jcs;
pub mod merkle;
pub mod note;
pub mod proof;
mod strict;
pub mod tile;
pub mod timestamp;
pub mod tree;
pub mod witness;

pub use hash::{Hash, sha256};

#[cfg(test)]
mod tests;
