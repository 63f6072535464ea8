//! Signed heads of the log, what witnesses signed of them, and their time stamps.

use super::{
    Result, Row, Tx, args,
    log::{int, number},
};
use crate::domain::Timestamp;

/// One signed head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log that signed.
    pub origin: String,
    /// Entries it covers.
    pub size: u64,
    /// The signed note, with the log's own lines.
    pub note: String,
    /// When it was signed.
    pub at: Timestamp,
    /// Whether it may be handed out.
    pub published: bool,
}

/// A line under a checkpoint by a witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// Who signed.
    pub witness: String,
    /// The signature line of the note, with its end of line.
    pub line: String,
}

/// A time stamp of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Who stamped.
    pub tsa: String,
    /// The RFC 3161 token, base64 of its DER.
    pub token: String,
}

fn read(row: &Row) -> Result<Checkpoint> {
    Ok(Checkpoint {
        origin: row.text(0)?,
        size: number(row.int(1)?),
        note: row.text(2)?,
        at: row.at(3)?,
        published: row.flag(4)?,
    })
}

/// Keeps a checkpoint. False when this size has one already, and then the new one must not get out.
///
/// # Errors
/// The database failed.
pub async fn put(tx: &mut Tx, checkpoint: &Checkpoint) -> Result<bool> {
    let Checkpoint { origin, size, note, at, published } = checkpoint;
    let added = tx
        .execute(
            "INSERT INTO checkpoint (origin, size, note, at, published) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (origin, size) DO NOTHING",
            args![origin, int(*size), note, *at, *published],
        )
        .await?;
    Ok(added == 1)
}

/// Lets a checkpoint be handed out.
///
/// # Errors
/// The database failed.
pub async fn publish(tx: &mut Tx, origin: &str, size: u64) -> Result<()> {
    tx.execute(
        "UPDATE checkpoint SET published = TRUE WHERE origin = $1 AND size = $2",
        args![origin, int(size)],
    )
    .await
    .map(|_| ())
}

/// The largest checkpoint of a log, published or not.
///
/// # Errors
/// The database failed.
pub async fn newest(tx: &mut Tx, origin: &str) -> Result<Option<Checkpoint>> {
    let row = tx
        .first(
            "SELECT origin, size, note, at, published FROM checkpoint
             WHERE origin = $1 ORDER BY size DESC LIMIT 1",
            args![origin],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The largest checkpoint of a log that may be handed out.
///
/// # Errors
/// The database failed.
pub async fn published(tx: &mut Tx, origin: &str) -> Result<Option<Checkpoint>> {
    let row = tx
        .first(
            "SELECT origin, size, note, at, published FROM checkpoint
             WHERE origin = $1 AND published = TRUE ORDER BY size DESC LIMIT 1",
            args![origin],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The smallest published checkpoint of a log over more than `position` entries that at least `enough` of these
/// witnesses have signed and, if `stamped`, that has a time stamp.
///
/// # Errors
/// The database failed.
pub async fn anchored(
    tx: &mut Tx,
    origin: &str,
    position: u64,
    (witnesses, enough): (&[&str], i64),
    stamped: bool,
) -> Result<Option<Checkpoint>> {
    // No name holds a line feed: between two of them stands one name and nothing else.
    let names = format!("\n{}\n", witnesses.join("\n\n"));
    let row = tx
        .first(
            "SELECT c.origin, c.size, c.note, c.at, c.published FROM checkpoint c
             WHERE c.origin = $1 AND c.size > $2 AND c.published = TRUE
               AND (SELECT COUNT(*) FROM cosignature s WHERE s.origin = c.origin AND s.size = c.size
                    AND REPLACE($5, $6 || s.witness || $6, '') <> $5) >= $3
               AND ($4 = FALSE OR EXISTS
                   (SELECT 1 FROM log_stamp t WHERE t.origin = c.origin AND t.size = c.size))
             ORDER BY c.size LIMIT 1",
            args![origin, int(position), enough, stamped, names, "\n"],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Checkpoints of every log over at least `from` entries, the smallest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn from(tx: &mut Tx, from: u64, limit: i64) -> Result<Vec<Checkpoint>> {
    let rows = tx
        .all(
            "SELECT origin, size, note, at, published FROM checkpoint
             WHERE size >= $1 ORDER BY size, at, origin LIMIT $2",
            args![int(from), limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Removes checkpoints signed before `before` that nobody outside confirmed, but for the newest of each log; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM checkpoint WHERE (origin, size) IN
             (SELECT c.origin, c.size FROM checkpoint c
              WHERE c.at < $1 AND c.size < (SELECT MAX(m.size) FROM checkpoint m WHERE m.origin = c.origin)
                AND NOT EXISTS (SELECT 1 FROM cosignature s WHERE s.origin = c.origin AND s.size = c.size)
                AND NOT EXISTS (SELECT 1 FROM log_stamp t WHERE t.origin = c.origin AND t.size = c.size)
              LIMIT $2)",
        args![before, limit],
    )
    .await
}

/// Keeps what a witness signed.
///
/// # Errors
/// The database failed.
pub async fn put_cosignature(
    tx: &mut Tx,
    checkpoint: &Checkpoint,
    cosignature: &Cosignature,
    now: Timestamp,
) -> Result<()> {
    let Cosignature { witness, line } = cosignature;
    tx.execute(
        "INSERT INTO cosignature (origin, size, witness, line, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (origin, size, witness) DO NOTHING",
        args![&checkpoint.origin, int(checkpoint.size), witness, line, now],
    )
    .await
    .map(|_| ())
}

/// What witnesses signed of a checkpoint.
///
/// # Errors
/// The database failed.
pub async fn cosignatures(tx: &mut Tx, checkpoint: &Checkpoint) -> Result<Vec<Cosignature>> {
    let rows = tx
        .all(
            "SELECT witness, line FROM cosignature WHERE origin = $1 AND size = $2 ORDER BY witness",
            args![&checkpoint.origin, int(checkpoint.size)],
        )
        .await?;
    rows.iter().map(|row| Ok(Cosignature { witness: row.text(0)?, line: row.text(1)? })).collect()
}

/// Keeps a time stamp.
///
/// # Errors
/// The database failed.
pub async fn put_stamp(tx: &mut Tx, checkpoint: &Checkpoint, stamp: &Stamp, now: Timestamp) -> Result<()> {
    let Stamp { tsa, token } = stamp;
    tx.execute(
        "INSERT INTO log_stamp (origin, size, tsa, token, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (origin, size, tsa) DO NOTHING",
        args![&checkpoint.origin, int(checkpoint.size), tsa, token, now],
    )
    .await
    .map(|_| ())
}

/// The time stamps of a checkpoint.
///
/// # Errors
/// The database failed.
pub async fn stamps(tx: &mut Tx, checkpoint: &Checkpoint) -> Result<Vec<Stamp>> {
    let rows = tx
        .all(
            "SELECT tsa, token FROM log_stamp WHERE origin = $1 AND size = $2 ORDER BY tsa",
            args![&checkpoint.origin, int(checkpoint.size)],
        )
        .await?;
    rows.iter().map(|row| Ok(Stamp { tsa: row.text(0)?, token: row.text(1)? })).collect()
}

/// The names under which this log ever signed.
///
/// # Errors
/// The database failed.
pub async fn origins(tx: &mut Tx) -> Result<Vec<String>> {
    let mut origins: Vec<String> = Vec::new();
    loop {
        // One seek a name: there are few names and may be many checkpoints.
        let after = origins.last().map_or("", String::as_str);
        let row = tx.first("SELECT MIN(origin) FROM checkpoint WHERE origin > $1", args![after]).await?;
        match row.map(|it| it.maybe_text(0)).transpose()?.flatten() {
            Some(origin) => origins.push(origin),
            None => return Ok(origins),
        }
    }
}
