//! What kind of file it is, and the proof objects in it.

use std::{
    collections::BTreeSet,
    io::{Cursor, Read as _},
};

use serde_json::Value;
use zip::ZipArchive;

use super::{Finding, Limits, Said};
use crate::tlog::jcs;

/// How deep objects and arrays may stand in each other.
const DEPTH: usize = 64;
/// What a ZIP file begins with.
const ZIP: &[u8] = b"PK";

/// A proof object and where it stands, or why it cannot be read.
pub(super) type Object = (String, Result<Value, Finding>);

/// The proof objects of a file, in order.
pub(super) fn objects(file: &[u8], limits: &Limits) -> Result<Vec<Object>, Finding> {
    if file.len() > limits.file {
        return Err(Finding::new(Said::TooLarge).number("mib", limits.file >> 20));
    }
    let found = if file.starts_with(ZIP) { dossier(file, limits)? } else { document(file)? };
    if found.is_empty() {
        return Err(Finding::new(Said::NoProof));
    }
    Ok(found)
}

/// A proof object alone, or a receipt that has some.
fn document(file: &[u8]) -> Result<Vec<Object>, Finding> {
    let Value::Object(mut members) = json(file)? else { return Err(Finding::new(Said::Foreign)) };
    if members.contains_key("format") {
        return Ok(vec![("proof".to_owned(), Ok(Value::Object(members)))]);
    }
    let Some(Value::Array(proofs)) = members.remove("proofs") else {
        return Err(Finding::new(Said::Foreign));
    };
    Ok((0..).zip(proofs).map(|(at, it): (usize, Value)| (format!("proofs[{at}]"), Ok(it))).collect())
}

fn json(bytes: &[u8]) -> Result<Value, Finding> {
    let not_json = |at: usize| Finding::new(Said::NotJson).number("at", at);
    let text = std::str::from_utf8(bytes).map_err(|error| not_json(error.valid_up_to()))?;
    jcs::parse_strict(text, DEPTH).map_err(|error| not_json(error.offset))
}

/// The proofs of a dossier, sorted by name. Whatever else it holds is for reading and proves nothing.
fn dossier(file: &[u8], limits: &Limits) -> Result<Vec<Object>, Finding> {
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_broken| not_zip(file))?;
    let names = proof_names(&mut archive, file, limits)?;
    let mut left = limits.unpacked;
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let entry = archive.by_name(&name).map_err(|_broken| not_zip(file))?;
        let at = entry.header_start();
        let most = left.min(limits.file as u64);
        let mut bytes = Vec::new();
        let broken = |_: std::io::Error| Finding::new(Said::NotZip).number("at", at);
        entry.take(most + 1).read_to_end(&mut bytes).map_err(broken)?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| Finding::new(Said::Bomb))?;
        if bytes.len() > limits.file {
            return Err(Finding::new(Said::Bomb));
        }
        found.push((name, json(&bytes)));
    }
    Ok(found)
}

/// The entries to read. A name that stands twice would let two readers see two dossiers.
fn proof_names(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    file: &[u8],
    limits: &Limits,
) -> Result<BTreeSet<String>, Finding> {
    if archive.len() > limits.entries {
        return Err(Finding::new(Said::Bomb));
    }
    if archive.has_duplicate_names() {
        return Err(not_zip(file));
    }
    let (mut names, mut unpacked) = (BTreeSet::new(), 0_u64);
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|_broken| not_zip(file))?;
        unpacked = unpacked.saturating_add(entry.size());
        let name = entry.name().map_err(|_broken| not_zip(file))?;
        let is_proof = name.strip_prefix("proofs/").and_then(|it| it.strip_suffix(".json"));
        if is_proof.is_some_and(|it| !it.is_empty() && !it.contains('/')) {
            names.insert(name.into_owned());
        }
    }
    if unpacked > limits.unpacked {
        return Err(Finding::new(Said::Bomb));
    }
    Ok(names)
}

/// The directory of a ZIP file is read from its end: that is where it stops making sense.
fn not_zip(file: &[u8]) -> Finding {
    Finding::new(Said::NotZip).number("at", file.len())
}
