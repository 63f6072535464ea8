//! Proofs that travel, after C2SP tlog-proof: where a leaf stands, the way to the root, and a checkpoint.
//!
//! Reading one checks its form alone. The rest is the verifier's: the checkpoint is a
//! [`Note`](super::note::Note), its text a [`Checkpoint`](super::checkpoint::Checkpoint), and
//! [`verify_inclusion`](super::merkle::verify_inclusion) leads from the leaf to its root.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::hash::Hash;
use super::merkle::LONGEST_PROOF;
use super::strict;

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// The longest proof that is read, in bytes.
pub const LONGEST_TEXT: usize = 2 << 20;

/// A proof of inclusion with its checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Opaque bytes nobody signed: not to be trusted.
    pub extra: Option<Vec<u8>>,
    /// Where the leaf stands, from 0.
    pub index: u64,
    /// The leaf's sibling first.
    pub hashes: Vec<Hash>,
    /// The signed note of the checkpoint, verbatim.
    pub checkpoint: String,
}

/// Why a text is not a proof, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (byte {offset})")]
pub struct ProofTextError {
    /// The byte where the faulty line begins.
    pub offset: usize,
    /// What is wrong.
    pub fault: ProofFault,
}

/// What is wrong with the text of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// Longer than [`LONGEST_TEXT`].
    #[error("the proof is too long")]
    TooLong,
    /// The first line is another.
    #[error("the proof does not begin with c2sp.org/tlog-proof@v1")]
    Header,
    /// The extra data are not base64 in its only spelling.
    #[error("the extra data are not base64")]
    Extra,
    /// No index, or not a decimal number in its only spelling.
    #[error("the line is not an index")]
    Index,
    /// A line that is not the base64 of 32 bytes.
    #[error("the line is not a hash")]
    Hash,
    /// More than 64 hashes.
    #[error("the proof has more than 64 hashes")]
    TooManyHashes,
    /// The text ends before the blank line and the checkpoint.
    #[error("the checkpoint is missing")]
    NoCheckpoint,
}

impl TlogProof {
    /// Reads the text of a proof.
    ///
    /// # Errors
    ///
    /// Where it is not a proof; see [`ProofFault`].
    pub fn parse(text: &str) -> Result<Self, ProofTextError> {
        if text.len() > LONGEST_TEXT {
            return Err(ProofTextError { offset: LONGEST_TEXT, fault: ProofFault::TooLong });
        }
        let mut lines = Lines { rest: text, offset: 0 };
        let header = lines.next(ProofFault::Header)?;
        header.must(header.text == HEADER, ProofFault::Header)?;
        let mut line = lines.next(ProofFault::Index)?;
        let mut extra = None;
        if let Some(base64) = line.text.strip_prefix("extra ") {
            extra = Some(strict::base64(base64).ok_or(line.wrong(ProofFault::Extra))?);
            line = lines.next(ProofFault::Index)?;
        }
        let index = line.text.strip_prefix("index ").and_then(strict::decimal);
        let index = index.ok_or(line.wrong(ProofFault::Index))?;
        let hashes = lines.hashes()?;
        if lines.rest.is_empty() {
            return Err(ProofTextError { offset: text.len(), fault: ProofFault::NoCheckpoint });
        }
        Ok(Self { extra, index, hashes, checkpoint: lines.rest.to_owned() })
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|it| writeln!(f, "{}", it.to_base64()))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

/// A line and where it begins.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    offset: usize,
}

impl Line<'_> {
    const fn wrong(&self, fault: ProofFault) -> ProofTextError {
        ProofTextError { offset: self.offset, fault }
    }

    const fn must(&self, holds: bool, fault: ProofFault) -> Result<(), ProofTextError> {
        if holds { Ok(()) } else { Err(self.wrong(fault)) }
    }
}

struct Lines<'a> {
    rest: &'a str,
    offset: usize,
}

impl<'a> Lines<'a> {
    /// The next line, which ends with a line feed; `missing` tells what is not there.
    fn next(&mut self, missing: ProofFault) -> Result<Line<'a>, ProofTextError> {
        let offset = self.offset;
        let (text, rest) = self.rest.split_once('\n').ok_or(ProofTextError { offset, fault: missing })?;
        self.rest = rest;
        self.offset += text.len() + 1;
        Ok(Line { text, offset })
    }

    /// The hashes up to the blank line, and that line.
    fn hashes(&mut self) -> Result<Vec<Hash>, ProofTextError> {
        let mut hashes = Vec::new();
        loop {
            let line = self.next(ProofFault::NoCheckpoint)?;
            if line.text.is_empty() {
                return Ok(hashes);
            }
            line.must(hashes.len() < LONGEST_PROOF, ProofFault::TooManyHashes)?;
            hashes.push(Hash::from_base64(line.text).ok_or(line.wrong(ProofFault::Hash))?);
        }
    }
}

#[cfg(test)]
mod tests;
