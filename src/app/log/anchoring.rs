//! Checkpoints confirmed by others: what to ask witnesses (C2SP tlog-witness) and time-stamping authorities (RFC 3161),
//! and what to keep of their answers. Nobody waits for them: what they have not confirmed is asked for again.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{nodes, read, writer};
use crate::{
    app::{App, Result},
    config::Witness,
    domain::{
        Timestamp,
        text::EndpointUrl,
        time::{DAY, HOUR, MINUTE, SECOND},
    },
    store::{
        self, Tx,
        anchor::Anchor,
        checkpoint::{Checkpoint, Cosignature, Stamp},
    },
    tlog::{
        self,
        merkle::verify_consistency,
        note::Note,
        timestamp, tree,
        witness::{self, Refusal},
    },
};

/// The first and the longest pause after failures, in milliseconds.
const FIRST_PAUSE: i64 = 10 * SECOND;
const LONGEST_PAUSE: i64 = HOUR;
/// How long one may fail before the operator is told, in milliseconds.
const SILENCE: i64 = DAY;
/// How far the clock of a time-stamping authority may be from ours, in milliseconds.
const CLOCKS_APART: i64 = 10 * MINUTE;

/// Somebody outside whom the configuration names.
#[derive(Clone, Copy, Debug)]
pub enum Outsider<'a> {
    /// A witness.
    Witness(&'a Witness),
    /// A time-stamping authority.
    Authority(&'a EndpointUrl),
}

impl<'a> Outsider<'a> {
    fn all(app: &'a App) -> impl Iterator<Item = Self> {
        let anchors = &app.config.anchors;
        let authority = anchors.timestamp_url.iter().map(Self::Authority);
        anchors.witnesses.iter().map(Self::Witness).chain(authority)
    }

    fn name(self) -> &'a str {
        match self {
            Self::Witness(it) => &it.name,
            Self::Authority(it) => it.as_str(),
        }
    }

    /// What its row is called: what it has confirmed of one history says nothing about another.
    fn row(self, origin: &str) -> String {
        format!("{} {origin}", self.name())
    }
}

/// Somebody who is to be asked now.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    /// Who.
    pub whom: Outsider<'a>,
    /// How it fares with this log.
    pub anchor: Anchor,
}

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

/// Who has not confirmed this checkpoint and may be asked now; one never asked is due at once.
///
/// # Errors
/// The database failed.
pub async fn due<'a>(app: &'a App, checkpoint: &Checkpoint) -> Result<Vec<Due<'a>>> {
    let now = app.now();
    let known = store::anchor::all(&mut app.store.peek().await?).await?;
    let fares = |whom: Outsider<'a>| {
        let name = whom.row(&checkpoint.origin);
        let anchor = known.iter().find(|it| it.name == name).cloned();
        let new = Anchor { name, size: 0, due_at: now, failures: 0, failing_since: None, note: None };
        Due { whom, anchor: anchor.unwrap_or(new) }
    };
    let all = Outsider::all(app).map(fares);
    Ok(all.filter(|it| it.anchor.due_at <= now && it.anchor.size != checkpoint.size).collect())
}

/// Those of the configuration who have confirmed nothing of this log for a day, and what they said last.
pub(super) async fn silent(app: &App, tx: &mut Tx, origin: &str) -> Result<Vec<(String, String)>> {
    let known = store::anchor::all(tx).await?;
    let said = |whom: Outsider<'_>| {
        let row = whom.row(origin);
        let anchor = known.iter().find(|it| it.name == row).filter(|it| is_silent(it, app.now()))?;
        Some((whom.name().to_owned(), anchor.note.clone().unwrap_or_default()))
    };
    Ok(Outsider::all(app).filter_map(said).collect())
}

fn is_silent(anchor: &Anchor, now: Timestamp) -> bool {
    anchor.failing_since.is_some_and(|since| now.since(since) > SILENCE)
}

/// What to post to a witness that has confirmed `old` entries: the checkpoint, and that it continues what was there.
///
/// # Errors
/// The database failed, or the log is damaged: then nobody else is to be blamed for refusing the proof.
pub async fn request(app: &App, old: u64, checkpoint: &Checkpoint) -> Result<String> {
    let hashes = if old == 0 {
        Vec::new()
    } else {
        let mut tx = app.store.peek().await?;
        let (size, root) = (checkpoint.size, stated(checkpoint)?.root);
        let tiles = nodes::load(&mut tx, &tree::tiles_of_consistency(old, size), size).await?;
        let hashes = tree::consistency_proof(old, size, &tiles).map_err(nodes::damaged)?;
        let before = nodes::root(&mut tx, old).await?;
        verify_consistency(old, size, &hashes, &before, &root).map_err(nodes::damaged)?;
        hashes
    };
    Ok(witness::request(old, &hashes, &checkpoint.note))
}

/// What a checkpoint of ours states.
fn stated(checkpoint: &Checkpoint) -> Result<tlog::checkpoint::Checkpoint> {
    let stated = tlog::checkpoint::Checkpoint::parse(&text(checkpoint)?);
    Ok(stated.map_err(|error| store::Error::Stored(error.to_string()))?)
}

/// What signatures cover.
fn text(checkpoint: &Checkpoint) -> Result<String> {
    let note = Note::parse(&checkpoint.note);
    Ok(note.map(|it| it.text).map_err(|error| store::Error::Stored(error.to_string()))?)
}

/// What became of a question to a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// Confirmed and kept.
    Confirmed,
    /// It has confirmed this size: ask again from there.
    AskFrom(u64),
    /// It has confirmed a checkpoint that was published since: nothing is wrong.
    Overtaken,
    /// Not confirmed, in words.
    Failed(String),
}

/// Takes a witness's answer to [`request`] from `old`. One that has confirmed more than we hold, or something else,
/// shows that the database is not what was published: then nothing is signed on.
///
/// # Errors
/// The database failed.
pub async fn take_answer(
    app: &App,
    witness: &Witness,
    checkpoint: &Checkpoint,
    old: u64,
    answer: witness::Answer,
) -> Result<Became> {
    let Checkpoint { origin, size: ours, .. } = checkpoint;
    let asked_whole = old == *ours;
    match answer {
        witness::Answer::Cosignatures(lines) => keep_cosignature(app, witness, checkpoint, lines).await,
        witness::Answer::Conflict(size) if size > *ours => {
            let held = read::published(app, &mut app.store.peek().await?).await?.map_or(0, |it| it.size);
            if held >= size {
                return Ok(Became::Overtaken);
            }
            let seen = format!("has confirmed {size} entries of {origin}, the database holds {held}");
            refuse(app, witness, &seen).await
        }
        witness::Answer::Conflict(size) if size != old => Ok(Became::AskFrom(size)),
        witness::Answer::Conflict(_) | witness::Answer::Refused(Refusal::OtherRoot) if asked_whole => {
            let seen = format!("has confirmed {ours} entries of {origin} that are not those of the database");
            refuse(app, witness, &seen).await
        }
        // It has this very size, or it would have said another; and the proof holds, or it would not have been sent.
        witness::Answer::Refused(Refusal::Proof) if old > 0 => {
            let seen = format!(
                "has confirmed {old} entries of {origin} that are not the first {old} of the database"
            );
            refuse(app, witness, &seen).await
        }
        witness::Answer::Conflict(_) => {
            Ok(Became::Failed("it takes no checkpoint, whatever size it is asked from".to_owned()))
        }
        witness::Answer::Refused(why) => Ok(Became::Failed(why.to_string())),
    }
}

/// Two histories have been told, or would be: nothing is signed on, and the operator decides.
async fn refuse(app: &App, witness: &Witness, seen: &str) -> Result<Became> {
    let why = format!(
        "{} {seen}. The database looks restored from a backup; signing on would tell two histories. Restore a newer \
         backup, or go on from this one with `ayeaye log adopt --reason …`. If the witness is mistaken, take it out of \
         anchors.witnesses first",
        witness.name
    );
    writer::refuse(app, &why).await?;
    Ok(Became::Failed(why))
}

async fn keep_cosignature(
    app: &App,
    witness: &Witness,
    checkpoint: &Checkpoint,
    lines: Vec<String>,
) -> Result<Became> {
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

/// What a time-stamping authority is to stamp: SHA-256 of what signatures cover, so that a stamp holds whatever
/// cosignatures are added.
///
/// # Errors
/// The checkpoint is damaged.
pub fn imprint(checkpoint: &Checkpoint) -> Result<[u8; 32]> {
    Ok(*tlog::sha256(text(checkpoint)?.as_bytes()).bytes())
}

/// Keeps a time stamp whose signature holds: `None`; otherwise what is wrong with it, in words.
///
/// # Errors
/// The database failed.
pub async fn keep_stamp(
    app: &App,
    tsa: &EndpointUrl,
    checkpoint: &Checkpoint,
    token: &[u8],
    said: &timestamp::Stamp,
) -> Result<Option<String>> {
    let (theirs, ours) = (Timestamp::from_millis(said.at_millis), app.now());
    if theirs.since(ours).abs() > CLOCKS_APART {
        let (theirs, ours) = (theirs.rfc3339(), ours.rfc3339());
        return Ok(Some(format!(
            "it stamps with {theirs}, but here it is {ours}: one of the two clocks is wrong"
        )));
    }
    let stamp = Stamp { tsa: tsa.as_str().to_owned(), token: BASE64_STANDARD.encode(token) };
    let mut tx = app.store.begin().await?;
    store::checkpoint::put_stamp(&mut tx, checkpoint, &stamp, ours).await?;
    tx.commit().await?;
    Ok(None)
}

/// Notes that one confirmed `size` entries; it is asked about more after `pause`, in milliseconds.
///
/// # Errors
/// The database failed.
pub async fn went_well(app: &App, due: Due<'_>, size: u64, pause: i64) -> Result<()> {
    let Due { whom, anchor } = due;
    if anchor.failing_since.is_some() {
        tracing::info!(anchor = whom.name(), "checkpoints are confirmed again");
    }
    let due_at = app.now().plus(pause);
    put(app, &Anchor { size, due_at, failures: 0, failing_since: None, note: None, ..anchor }).await
}

/// Notes that one failed; it is asked again after a pause that doubles each time.
///
/// # Errors
/// The database failed.
pub async fn failed(app: &App, due: Due<'_>, why: String) -> Result<()> {
    let Due { whom, anchor } = due;
    let now = app.now();
    let doublings = u32::try_from(anchor.failures.clamp(0, 16)).unwrap_or_default();
    let pause = FIRST_PAUSE.saturating_mul(2_i64.saturating_pow(doublings)).min(LONGEST_PAUSE);
    let since = anchor.failing_since.unwrap_or(now);
    let failures = anchor.failures.saturating_add(1);
    let anchor = Anchor { due_at: now.plus(pause), failures, failing_since: Some(since), ..anchor };
    let (name, since) = (whom.name(), since.rfc3339());
    if is_silent(&anchor, now) {
        tracing::error!(
            anchor = name,
            since,
            why,
            "no checkpoint was confirmed for a day; it is asked for again"
        );
    } else {
        tracing::warn!(anchor = name, why, "a checkpoint was not confirmed; it is asked for again");
    }
    put(app, &Anchor { note: Some(why), ..anchor }).await
}

async fn put(app: &App, anchor: &Anchor) -> Result<()> {
    let mut tx = app.store.begin().await?;
    store::anchor::put(&mut tx, anchor).await?;
    Ok(tx.commit().await?)
}
