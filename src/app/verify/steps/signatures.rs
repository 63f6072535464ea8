//! Who signed the checkpoint: the log, and witnesses.

use serde_json::Value;

use super::{Found, foundation::Seen};
use crate::{
    app::verify::{Finding, Said, Trust, Verdict},
    tlog::note::{Note, VerifierKey},
};

/// What the file says about keys: member `name` of its `keys`.
fn of_the_file<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get("keys").and_then(|it| it.get(name))
}

fn parse(keys: Option<&Value>, wrong: Said) -> Result<Vec<VerifierKey>, Finding> {
    let keys = match keys {
        None => return Ok(Vec::new()),
        Some(Value::Array(keys)) => keys,
        Some(_) => return Err(Finding::new(wrong).number("n", 1_u64)),
    };
    let mut parsed = Vec::with_capacity(keys.len());
    for (n, key) in (1_u64..).zip(keys) {
        let key = key.as_str().and_then(|it| it.parse().ok());
        parsed.push(key.ok_or_else(|| Finding::new(wrong).number("n", n))?);
    }
    Ok(parsed)
}

/// The log signed, with a key that the checker knows or, where that is allowed, that came with the file.
pub(super) fn checkpoint(object: &Value, trust: &Trust, seen: Seen) -> Found<Seen> {
    let note: Note = seen.note.parse().map_err(|error: crate::tlog::note::NoteError| {
        Finding::new(Said::BadNote).number("at", seen.begins + error.offset)
    })?;
    let of_this_log = |keys: &[VerifierKey]| -> Vec<VerifierKey> {
        keys.iter().filter(|it| it.name() == seen.origin).cloned().collect()
    };
    let mut keys = of_this_log(&trust.logs);
    let given = !keys.is_empty();
    if !given && trust.keys_of_the_file {
        keys = of_this_log(&parse(of_the_file(object, "log"), Said::BadKey)?);
    }
    if keys.is_empty() {
        return Err(Finding::new(Said::OtherLog).text("origin", &seen.origin));
    }
    let at = signed_at(&note, &keys)?;
    let said = match (given, at) {
        (true, Some(_)) => Said::Signed,
        (true, None) => Said::SignedUntimed,
        (false, Some(_)) => Said::SignedByFile,
        (false, None) => Said::SignedByFileUntimed,
    };
    let said = Finding::new(said).text("origin", &seen.origin);
    let said = at.into_iter().fold(said, |said, at| said.time("at", at));
    Ok((seen, said))
}
