//! Asking a witness for its cosignature, after C2SP tlog-witness: what is sent, and what an answer means.
//!
//! The network is elsewhere: here are texts only. An answer's signatures are not verified; that is
//! [`Note::verify`](super::note::Note::verify) over the checkpoint with the lines added.

use std::fmt::Write as _;

use super::hash::Hash;
use super::note::{MOST_SIGNATURES, Signature};
use super::strict;

/// The longest answer that is read, in bytes.
pub const LONGEST_ANSWER: usize = 1 << 16;
/// The media type of the answer that tells another size.
const SIZE_TYPE: &str = "text/x.tlog.size";

/// What a witness says to a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It cosigned. Signature lines without line feeds, in the order of the answer; not verified.
    Cosignatures(Vec<String>),
    /// It last cosigned this size: ask again with a proof from there.
    Conflict(u64),
    /// It did not cosign.
    Refused(Refusal),
}

/// Why there is no cosignature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 400: the older size is beyond the checkpoint, or the request cannot be read.
    #[error("the witness cannot read the request")]
    BadRequest,
    /// 403: no signature by a key the witness trusts for this log.
    #[error("the witness does not trust the signatures of the checkpoint")]
    Signature,
    /// 404: the witness does not know the log.
    #[error("the witness does not know this log")]
    UnknownLog,
    /// 409 without a size: the witness has cosigned another root of this very size. The log has forked.
    #[error("the witness has seen another root of this size")]
    OtherRoot,
    /// 422: the proof does not lead from the older size to the checkpoint.
    #[error("the witness finds the consistency proof wrong")]
    Proof,
    /// A status the specification does not know, from overload to redirection.
    #[error("the witness answers with status {0}")]
    Status(u16),
    /// The answer is not what its status promises.
    #[error("the answer of the witness cannot be read")]
    Unreadable,
}

/// The body of `POST <prefix>/add-checkpoint`: the size the witness is thought to have, the proof from there
/// (63 hashes at most; none from 0), and the signed checkpoint.
pub fn request(old: u64, proof: &[Hash], checkpoint: &str) -> String {
    let mut body = format!("old {old}\n");
    for hash in proof {
        // Writing to a string does not fail.
        let _ = writeln!(body, "{}", hash.to_base64());
    }
    body.push('\n');
    body.push_str(checkpoint);
    body
}

/// Reads an answer. `content_type` is the field's value, empty when there is none.
pub fn parse_answer(status: u16, content_type: &str, body: &[u8]) -> Answer {
    let text = std::str::from_utf8(body).ok().filter(|it| it.len() <= LONGEST_ANSWER);
    let refusal = match status {
        200 => return text.and_then(cosignatures).map_or(UNREADABLE, Answer::Cosignatures),
        409 if is_size(content_type) => return text.and_then(size).map_or(UNREADABLE, Answer::Conflict),
        400 => Refusal::BadRequest,
        403 => Refusal::Signature,
        404 => Refusal::UnknownLog,
        409 => Refusal::OtherRoot,
        422 => Refusal::Proof,
        other => Refusal::Status(other),
    };
    Answer::Refused(refusal)
}

const UNREADABLE: Answer = Answer::Refused(Refusal::Unreadable);

fn is_size(content_type: &str) -> bool {
    let (media_type, _) = content_type.split_once(';').unwrap_or((content_type, ""));
    media_type.trim().eq_ignore_ascii_case(SIZE_TYPE)
}

fn size(body: &str) -> Option<u64> {
    strict::decimal(body.strip_suffix('\n')?)
}

fn cosignatures(body: &str) -> Option<Vec<String>> {
    let lines: Vec<_> = body.strip_suffix('\n')?.split('\n').collect();
    let all = lines.iter().all(|line| line.parse::<Signature>().is_ok());
    (all && lines.len() <= MOST_SIGNATURES).then(|| lines.into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests;
