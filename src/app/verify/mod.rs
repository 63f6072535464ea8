//! Checks a proof, a receipt or a dossier, as a stranger would: bytes in, a verdict a step out.
//!
//! Deliberately without a database, a clock or anything of this installation: whom to trust is an argument. What each
//! step means is public, in the documentation of the evidence formats; the page `/v` and an independent checker in
//! `tests/verifier` do the same from the same text and must come to the same verdicts.

mod claims;
mod file;
mod finding;
mod json;
mod steps;
#[cfg(test)]
mod tests;

pub use claims::{ClaimedPurpose, Claims};
pub use finding::{Finding, Said, Worth};

use crate::tlog::note::VerifierKey;

/// Whose signatures count.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Keys of logs. A checkpoint of a log that is named here must be signed by a key that is named here.
    pub logs: Vec<VerifierKey>,
    /// Whether a checkpoint of any other log may be checked by the key that came with the file.
    pub keys_of_the_file: bool,
    /// Keys of witnesses; when there are any, those named in the file do not count.
    pub witnesses: Vec<VerifierKey>,
    /// How many witnesses must have signed: otherwise all of `witnesses`, or what the file says when there are none.
    pub threshold: Option<usize>,
    /// Certificates (DER) that a time stamping authority must descend from; none: the authority is not compared.
    pub roots: Vec<Vec<u8>>,
}

/// How much is read before the checker gives up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file, and of one proof in it.
    pub file: usize,
    /// Entries of a dossier.
    pub entries: usize,
    /// Bytes of a dossier once unpacked.
    pub unpacked: u64,
}

impl Limits {
    /// Those of the format.
    pub const FORMAT: Self = Self { file: 16 << 20, entries: 100_000, unpacked: 256 << 20 };
    /// Those of a file that a stranger sends to a server.
    pub const SENT: Self = Self { file: 1 << 20, entries: 1_000, unpacked: 8 << 20 };
}

/// What can be checked of a proof, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The record is a JSON object and has a canonical form.
    Record,
    /// The entry of the log commits to the record.
    Commitment,
    /// The hash of the entry.
    Leaf,
    /// The proof leads from the leaf to the root of the checkpoint.
    Inclusion,
    /// A log key signed the checkpoint.
    Checkpoint,
    /// Enough witnesses signed it too.
    Witnesses,
    /// Time stamping authorities saw it.
    Timestamp,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] = [
        Self::Record,
        Self::Commitment,
        Self::Leaf,
        Self::Inclusion,
        Self::Checkpoint,
        Self::Witnesses,
        Self::Timestamp,
    ];

    /// The name in the documentation, in JSON and in keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Commitment => "commitment",
            Self::Leaf => "leaf",
            Self::Inclusion => "inclusion",
            Self::Checkpoint => "checkpoint",
            Self::Witnesses => "witnesses",
            Self::Timestamp => "timestamp",
        }
    }
}

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Ok,
    /// It does not.
    Failed,
    /// There is nothing to check.
    Absent,
    /// A step it stands on failed.
    Unchecked,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 4] = [Self::Ok, Self::Failed, Self::Absent, Self::Unchecked];

    /// The name in the documentation, in JSON and in keys of texts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Absent => "absent",
            Self::Unchecked => "unchecked",
        }
    }
}

/// One step of one proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepReport {
    /// Which.
    pub step: Step,
    /// What became of it.
    pub verdict: Verdict,
    /// Why, or what was seen.
    pub detail: Finding,
}

/// One proof of a file.
#[derive(Clone, Debug)]
pub struct ProofReport {
    /// Where it stands in the file: `proof`, `proofs[0]`, `proofs/0001.json`.
    pub name: String,
    /// Every step, in order.
    pub steps: Vec<StepReport>,
    /// What the record says; `None` when there is no record to read. Proven only if the proof holds.
    pub claims: Option<Claims>,
}

impl ProofReport {
    /// Whether the record is proven: everything up to the checkpoint holds, and nothing failed.
    pub fn holds(&self) -> bool {
        let needed = |it: &StepReport| it.step <= Step::Checkpoint;
        let fine = |it: &StepReport| match it.verdict {
            Verdict::Ok => true,
            Verdict::Failed => false,
            Verdict::Absent | Verdict::Unchecked => !needed(it),
        };
        self.steps.iter().all(fine)
    }
}

/// What a file proves.
#[derive(Clone, Debug)]
pub struct Report {
    /// Why the file could not be read at all; then there are no proofs.
    pub unread: Option<Finding>,
    /// Every proof in it, in order.
    pub proofs: Vec<ProofReport>,
    /// Whether there is a proof, and every one holds.
    pub valid: bool,
}

/// Checks everything in `file`.
pub fn verify(file: &[u8], trust: &Trust) -> Report {
    verify_within(file, trust, &Limits::FORMAT)
}

/// Checks everything in `file`, unless it is larger than these limits.
pub fn verify_within(file: &[u8], trust: &Trust, limits: &Limits) -> Report {
    let objects = match file::objects(file, limits) {
        Ok(objects) => objects,
        Err(unread) => return Report { unread: Some(unread), proofs: Vec::new(), valid: false },
    };
    let mut proofs = Vec::with_capacity(objects.len());
    for (name, object) in objects {
        proofs.push(match object {
            Ok(object) => {
                let record = object.get("record").filter(|it| it.is_object());
                ProofReport { name, steps: steps::check(&object, trust), claims: record.map(Claims::of) }
            }
            Err(why) => ProofReport { name, steps: steps::none(why), claims: None },
        });
    }
    let valid = !proofs.is_empty() && proofs.iter().all(ProofReport::holds);
    Report { unread: None, proofs, valid }
}
