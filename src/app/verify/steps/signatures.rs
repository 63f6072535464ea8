//! Who signed the checkpoint: the log, and witnesses.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Found, foundation::Unsigned};
use crate::{
    app::verify::{Finding, Said, Trust, Verdict},
    tlog::note::{KeyKind, Note, NoteFault, VerifierKey},
};

/// A checkpoint whose log has signed it.
pub(super) struct Seen {
    /// Its text, and every signature that came with it.
    pub(super) note: Note,
}

/// What the file says about keys: member `name` of its `keys`.
fn of_the_file<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.get("keys").and_then(|it| it.get(name))
}

fn parse(keys: Option<&Value>, kind: KeyKind, wrong: Said) -> Result<Vec<VerifierKey>, Finding> {
    let keys = match keys {
        None => return Ok(Vec::new()),
        Some(Value::Array(keys)) => keys,
        Some(_) => return Err(Finding::new(wrong).number("n", 1_u64)),
    };
    let mut parsed = Vec::with_capacity(keys.len());
    for (n, key) in (1_u64..).zip(keys) {
        let key = key.as_str().and_then(|it| it.parse::<VerifierKey>().ok()).filter(|it| it.kind() == kind);
        parsed.push(key.ok_or_else(|| Finding::new(wrong).number("n", n))?);
    }
    Ok(parsed)
}

/// The log signed, with a key that the checker knows or, where that is allowed, that came with the file.
pub(super) fn checkpoint(object: &Value, trust: &Trust, unsigned: Unsigned) -> Found<Seen> {
    let Unsigned { origin, note, begins } = unsigned;
    let note = Note::parse(&note)
        .map_err(|error| Finding::new(Said::BadNote).number("at", begins + error.offset))?;
    let of_this_log = |keys: &[VerifierKey]| -> Vec<VerifierKey> {
        keys.iter().filter(|it| it.name() == origin).cloned().collect()
    };
    let mut keys = of_this_log(&trust.logs);
    let given = !keys.is_empty();
    if !given && trust.keys_of_the_file {
        keys = of_this_log(&parse(of_the_file(object, "log"), KeyKind::Ed25519, Said::BadKey)?);
    }
    if keys.is_empty() {
        return Err(Finding::new(Said::OtherLog).text("origin", &origin));
    }
    let at = signed_at(&note, &keys)?;
    let said = match (given, at) {
        (true, Some(_)) => Said::Signed,
        (true, None) => Said::SignedUntimed,
        (false, Some(_)) => Said::SignedByFile,
        (false, None) => Said::SignedByFileUntimed,
    };
    let said = Finding::new(said).text("origin", &origin);
    let said = at.into_iter().fold(said, |said, at| said.time("at", at));
    Ok((Seen { note }, said))
}

/// When the log says that it signed. Every signature under a known key must hold, the time line too.
fn signed_at(note: &Note, keys: &[VerifierKey]) -> Result<Option<u64>, Finding> {
    let clocks =
        keys.iter().filter_map(|it| VerifierKey::new(it.name(), KeyKind::Cosignature, it.public()).ok());
    let known: Vec<VerifierKey> = keys.iter().cloned().chain(clocks).collect();
    let verified = note.verify(&known).map_err(|error| {
        Finding::new(match error.fault {
            NoteFault::NoKnownKey => Said::NotSigned,
            _ => Said::WrongSignature,
        })
    })?;
    if !verified.iter().any(|it| it.key.kind() == KeyKind::Ed25519) {
        return Err(Finding::new(Said::NotSigned));
    }
    Ok(verified.iter().find_map(|it| it.at))
}

/// Enough witnesses signed. Those the checker knows count; without any, those the file names.
pub(super) fn witnesses(object: &Value, trust: &Trust, seen: &Seen) -> Result<(Verdict, Finding), Finding> {
    let (known, needed) = if trust.witnesses.is_empty() {
        let named = parse(of_the_file(object, "witnesses"), KeyKind::Cosignature, Said::BadWitness)?;
        (named, threshold(of_the_file(object, "threshold"))?)
    } else {
        (trust.witnesses.clone(), 0)
    };
    // A key counts once, whatever names it goes by: a cosignature does not cover the name.
    let count = |keys: &[&VerifierKey]| keys.iter().map(|it| *it.public()).collect::<BTreeSet<_>>().len();
    let all = if trust.witnesses.is_empty() { needed } else { count(&known.iter().collect::<Vec<_>>()) };
    let needed = trust.threshold.unwrap_or(all);
    if known.is_empty() && needed == 0 {
        return Ok((Verdict::Absent, Finding::new(Said::NoWitness)));
    }
    let mut signed = Vec::with_capacity(known.len());
    for key in &known {
        match seen.note.verify(std::slice::from_ref(key)) {
            Ok(_) => signed.push(key),
            Err(error) if error.fault == NoteFault::NoKnownKey => {}
            Err(_) => return Err(Finding::new(Said::WrongWitness).text("name", key.name())),
        }
    }
    let signed = count(&signed);
    let enough = signed >= needed;
    let said = if enough { Said::Witnessed } else { Said::TooFewWitnesses };
    let said = Finding::new(said).number("n", signed).number("needed", needed);
    if enough { Ok((Verdict::Ok, said)) } else { Err(said) }
}

/// A whole number, however it is written: `2.0` is 2 to most readers of JSON.
fn threshold(value: Option<&Value>) -> Result<usize, Finding> {
    let Some(value) = value else { return Ok(0) };
    let number = value.as_f64().filter(|it| it.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(it));
    let number = number.ok_or_else(|| Finding::new(Said::BadThreshold))?;
    number.to_string().parse().map_err(|_digits| Finding::new(Said::BadThreshold))
}
