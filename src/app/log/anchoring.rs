//! Checkpoints confirmed by others: what to ask witnesses (C2SP tlog-witness) and time-stamping authorities (RFC 3161),
//! and what to keep of their answers. Nobody waits for them: what they have not confirmed is asked for again.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{nodes, read, writer};
use crate::{
    app::{App, Result},
    config::Witness,
    domain::{
        Timestamp,
        time::{HOUR, SECOND},
    },
    store::{
        self,
        anchor::Anchor,
        checkpoint::{Checkpoint, Cosignature, Stamp},
    },
    tlog::{self, note::Note, timestamp, tree, witness},
};

/// Least time between two checkpoints sent to one witness, in milliseconds.
const GAP: i64 = 5 * SECOND;
/// The first and the longest pause after failures, in milliseconds.
const FIRST_PAUSE: i64 = 10 * SECOND;
const LONGEST_PAUSE: i64 = HOUR;

/// The newest published checkpoint; `None` before the first, or while nothing may be signed.
///
/// # Errors
/// The database failed.
pub async fn newest(app: &App) -> Result<Option<Checkpoint>> {
    let mut tx = app.store.peek().await?;
    if store::log::head(&mut tx).await?.refused.is_some() {
        return Ok(None);
    }
    read::published(app, &mut tx).await
}

/// How one that is asked fares; one never asked is due now.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, name: &str) -> Result<Anchor> {
    let known = store::anchor::all(&mut app.store.peek().await?).await?;
    let new = || Anchor {
        name: name.to_owned(),
        size: 0,
        due_at: app.now(),
        failures: 0,
        failing_since: None,
        note: None,
    };
    Ok(known.into_iter().find(|it| it.name == name).unwrap_or_else(new))
}

/// What to post to a witness that has confirmed `old` entries: the checkpoint, and that it continues what was there.
///
/// # Errors
/// The database failed, or the log is damaged.
pub async fn request(app: &App, old: u64, checkpoint: &Checkpoint) -> Result<String> {
    let hashes = if old == 0 {
        Vec::new()
    } else {
        let mut tx = app.store.peek().await?;
        let size = checkpoint.size;
        let tiles = nodes::load(&mut tx, &tree::tiles_of_consistency(old, size), size).await?;
        tree::consistency_proof(old, size, &tiles).map_err(nodes::damaged)?
    };
    Ok(witness::request(old, &hashes, &checkpoint.note))
}

/// What became of a question to a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// Confirmed and kept.
    Confirmed,
    /// It has confirmed this size: ask again from there.
    AskFrom(u64),
    /// Not confirmed, in words.
    Failed(String),
}

/// Takes a witness's answer. One that has confirmed more than we hold shows that the database is behind what was
/// published: then nothing is signed on.
///
/// # Errors
/// The database failed.
pub async fn take_answer(
    app: &App,
    witness: &Witness,
    checkpoint: &Checkpoint,
    answer: witness::Answer,
) -> Result<Became> {
    let lines = match answer {
        witness::Answer::Cosignatures(lines) => lines,
        witness::Answer::Conflict(size) if size > checkpoint.size => {
            let held = store::log::head(&mut app.store.peek().await?).await?.size;
            if size <= held {
                // Another instance was quicker, and this one asked about what was the newest long ago.
                return Ok(Became::Failed(format!("it has confirmed {size} entries meanwhile")));
            }
            let why = format!(
                "{} has confirmed {size} entries of {}, the database holds {}. It looks restored from a backup; \
                 signing on would tell two histories. Restore a newer backup, or go on from this one with \
                 `ayeaye log adopt --reason …`",
                witness.name, checkpoint.origin, held
            );
            writer::refuse(app, &why).await?;
            return Ok(Became::Failed(why));
        }
        witness::Answer::Conflict(size) => return Ok(Became::AskFrom(size)),
        witness::Answer::Refused(why) => return Ok(Became::Failed(why.to_string())),
    };
    let Some(line) = lines.into_iter().find(|it| is_by(witness, checkpoint, it)) else {
        return Ok(Became::Failed("it answered without a signature that holds".to_owned()));
    };
    let cosignature = Cosignature { witness: witness.name.clone(), line: format!("{line}\n") };
    let mut tx = app.store.begin().await?;
    store::checkpoint::put_cosignature(&mut tx, checkpoint, &cosignature, app.now()).await?;
    tx.commit().await?;
    Ok(Became::Confirmed)
}

/// Whether a line is this witness's signature of the checkpoint.
fn is_by(witness: &Witness, checkpoint: &Checkpoint, line: &str) -> bool {
    let Ok(key) = witness.key.parse() else { return false };
    let note = Note::parse(&format!("{}{line}\n", checkpoint.note));
    note.is_ok_and(|it| it.verify(&[key]).is_ok())
}

/// What to post to a time-stamping authority, and the nonce its answer must repeat.
pub fn stamp_request(app: &App, checkpoint: &Checkpoint) -> (Vec<u8>, u64) {
    let nonce = app.random.number();
    (timestamp::request(&imprint(checkpoint), nonce), nonce)
}

/// Keeps a time stamp that holds: `None`; otherwise what is wrong with the answer, in words.
///
/// # Errors
/// The database failed.
pub async fn keep_stamp(
    app: &App,
    tsa: &str,
    checkpoint: &Checkpoint,
    nonce: u64,
    answer: &[u8],
    roots: Option<&[Vec<u8>]>,
) -> Result<Option<String>> {
    let imprint = imprint(checkpoint);
    let token = timestamp::token_of_answer(answer, &imprint, nonce);
    let checked = token.and_then(|token| timestamp::verify(&token, &imprint, roots).map(|_| token));
    let token = match checked {
        Ok(token) => token,
        Err(error) => return Ok(Some(error.to_string())),
    };
    let stamp = Stamp { tsa: tsa.to_owned(), token: BASE64_STANDARD.encode(token) };
    let mut tx = app.store.begin().await?;
    store::checkpoint::put_stamp(&mut tx, checkpoint, &stamp, app.now()).await?;
    tx.commit().await?;
    Ok(None)
}

/// SHA-256 of what signatures cover, so that a stamp holds whatever cosignatures are added.
fn imprint(checkpoint: &Checkpoint) -> [u8; 32] {
    let text = Note::parse(&checkpoint.note).map(|it| it.text).unwrap_or_default();
    *tlog::sha256(text.as_bytes()).bytes()
}

/// Notes that one confirmed `size` entries; it is asked again after `pause`, a few seconds at least.
///
/// # Errors
/// The database failed.
pub async fn went_well(app: &App, anchor: Anchor, size: u64, pause: i64) -> Result<()> {
    let due_at = app.now().plus(pause.max(GAP));
    put(app, &Anchor { size, due_at, failures: 0, failing_since: None, note: None, ..anchor }).await
}

/// Notes that one failed; it is asked again after a pause that doubles each time.
///
/// # Errors
/// The database failed.
pub async fn failed(app: &App, anchor: Anchor, why: String) -> Result<()> {
    let now: Timestamp = app.now();
    let doublings = u32::try_from(anchor.failures.clamp(0, 16)).unwrap_or_default();
    let pause = FIRST_PAUSE.saturating_mul(2_i64.saturating_pow(doublings)).min(LONGEST_PAUSE);
    let since = anchor.failing_since.or(Some(now));
    tracing::warn!(anchor = anchor.name, why, "a checkpoint was not confirmed; it is asked for again");
    let failures = anchor.failures.saturating_add(1);
    put(app, &Anchor { due_at: now.plus(pause), failures, failing_since: since, note: Some(why), ..anchor })
        .await
}

async fn put(app: &App, anchor: &Anchor) -> Result<()> {
    let mut tx = app.store.begin().await?;
    store::anchor::put(&mut tx, anchor).await?;
    Ok(tx.commit().await?)
}
