//! From the record to the root: record, commitment, leaf, inclusion.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use super::Found;
use crate::{
    app::verify::{Finding, Said},
    tlog::{Hash, checkpoint::Checkpoint, jcs, merkle, proof::TlogProof},
};

/// The only format there is.
const FORMAT: &str = "ayeaye-proof/1";

/// A checkpoint that a leaf was led to; whether anybody signed it is another question.
pub(super) struct Unsigned {
    /// The name of the log.
    pub(super) origin: String,
    /// The text with its signature lines.
    pub(super) note: String,
    /// Where the note begins in the text of the proof.
    pub(super) begins: usize,
}

/// The canonical form of the record.
pub(super) fn record(object: &Value) -> Found<String> {
    if object.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Finding::new(Said::OtherFormat));
    }
    let record = object.get("record").filter(|it| it.is_object());
    let record = record.ok_or_else(|| Finding::new(Said::NoRecord))?;
    let canonical = jcs::canonical(record).map_err(|_none| Finding::new(Said::NotCanonical))?;
    let said = Finding::new(Said::Canonical).number("n", canonical.len());
    Ok((canonical, said))
}

/// The entry, which commits to the record: its exact bytes follow from record and salt.
pub(super) fn commitment(object: &Value, record: &str) -> Found<String> {
    let salt = object.get("salt").and_then(Value::as_str).and_then(Hash::from_hex);
    let salt = salt.ok_or_else(|| Finding::new(Said::BadSalt))?;
    let entry = object.get("entry").and_then(Value::as_str).unwrap_or_default();
    let claimed =
        entry.strip_prefix(r#"{"c":""#).and_then(|it| it.strip_suffix(r#"","t":"evidence","v":1}"#));
    let claimed = claimed.and_then(Hash::from_hex).ok_or_else(|| Finding::new(Said::BadEntry))?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(salt.bytes()).map_err(|_length| Finding::new(Said::BadSalt))?;
    mac.update(record.as_bytes());
    mac.verify_slice(claimed.bytes()).map_err(|_other| Finding::new(Said::OtherRecord))?;
    Ok((entry.to_owned(), Finding::new(Said::Committed)))
}

/// The hash of the entry in the tree.
pub(super) fn leaf(entry: &str) -> (Hash, Finding) {
    let leaf = merkle::leaf_hash(entry.as_bytes());
    (leaf, Finding::new(Said::Leaf).text("hash", &leaf.to_hex()))
}

/// The checkpoint to whose root the proof leads.
pub(super) fn inclusion(proof: &Value, leaf: &Hash) -> Found<Unsigned> {
    let bad_proof = |at: usize| Finding::new(Said::BadProof).number("at", at);
    let text = proof.as_str().ok_or_else(|| bad_proof(0))?;
    let TlogProof { extra: _, index, hashes, checkpoint: note } =
        TlogProof::parse(text).map_err(|error| bad_proof(error.offset))?;
    let begins = text.len() - note.len();
    let bad_checkpoint = |at: usize| Finding::new(Said::BadCheckpoint).number("at", begins + at);
    let blank = note.rfind("\n\n").ok_or_else(|| bad_checkpoint(note.len()))?;
    let signed = note.get(..=blank).unwrap_or_default();
    let checkpoint = Checkpoint::parse(signed).map_err(|error| bad_checkpoint(error.offset))?;
    merkle::verify_inclusion(leaf, index, checkpoint.size, &hashes, &checkpoint.root)
        .map_err(|_elsewhere| Finding::new(Said::OtherRoot))?;
    let said = Finding::new(Said::Included).number("index", index).number("size", checkpoint.size);
    Ok((Unsigned { origin: checkpoint.origin, note, begins }, said))
}
