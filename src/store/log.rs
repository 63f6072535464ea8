//! The log of this installation: its entries, the tiles above them, and how long it is.
//!
//! Rows here are written by one instance at a time, under a lease, and never changed or removed.

use super::{Batch, Result, Tx, args};
use crate::{
    domain::Timestamp,
    tlog::{Hash, tile::TileId},
};

/// How the log stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Entries in it.
    pub size: u64,
    /// Which history it is: 1, and one more with each adoption after a restore.
    pub generation: u64,
    /// The name it was signed under last.
    pub origin: Option<String>,
    /// Why nothing may be signed now.
    pub refused: Option<String>,
}

/// How the log stands now.
///
/// # Errors
/// The database failed, or its row is gone.
pub async fn head(tx: &mut Tx) -> Result<Head> {
    let row = tx.first("SELECT size, generation, origin, refused FROM log WHERE one = $1", args![1]).await?;
    let row = row.ok_or_else(|| super::Error::Stored("the row of the log is gone".to_owned()))?;
    Ok(Head {
        size: number(row.int(0)?),
        generation: number(row.int(1)?),
        origin: row.maybe_text(2)?,
        refused: row.maybe_text(3)?,
    })
}

/// Makes the log `size` entries long if it was `before`; false when it was not, and then nothing may be written.
///
/// # Errors
/// The database failed.
pub async fn grow(tx: &mut Tx, before: u64, size: u64) -> Result<bool> {
    let grown = tx
        .execute("UPDATE log SET size = $2 WHERE one = 1 AND size = $1", args![int(before), int(size)])
        .await?;
    Ok(grown == 1)
}

/// Notes the name it is signed under from now on.
///
/// # Errors
/// The database failed.
pub async fn sign_as(tx: &mut Tx, origin: &str) -> Result<()> {
    tx.execute("UPDATE log SET origin = $1 WHERE one = 1", args![origin]).await.map(|_| ())
}

/// Notes why nothing may be signed, or that it may again.
///
/// # Errors
/// The database failed.
pub async fn refuse(tx: &mut Tx, why: Option<&str>) -> Result<()> {
    tx.execute("UPDATE log SET refused = $1 WHERE one = 1", args![why]).await.map(|_| ())
}

/// Begins another history: `generation`, with nothing refused.
///
/// # Errors
/// The database failed.
pub async fn begin_generation(tx: &mut Tx, generation: u64) -> Result<()> {
    tx.execute("UPDATE log SET generation = $1, refused = NULL WHERE one = 1", args![int(generation)])
        .await
        .map(|_| ())
}

/// Adds entries from position `from` on.
pub fn put_entries(batch: &mut Batch, from: u64, entries: &[String]) {
    let mut values = Vec::with_capacity(entries.len() * 2);
    for (position, entry) in (from..).zip(entries) {
        values.append(&mut args![int(position), entry]);
    }
    batch.add_rows("INSERT INTO log_entry (position, entry) VALUES {rows}", 2, values);
}

/// The entries from position `from` on, at most `limit`, in their order.
///
/// # Errors
/// The database failed, or one of them is missing.
pub async fn entries(tx: &mut Tx, from: u64, limit: u64) -> Result<Vec<String>> {
    let rows = tx
        .all(
            "SELECT position, entry FROM log_entry WHERE position >= $1 ORDER BY position LIMIT $2",
            args![int(from), int(limit)],
        )
        .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for (row, wanted) in rows.iter().zip(from..) {
        if number(row.int(0)?) != wanted {
            return Err(super::Error::Stored(format!("log entry {wanted} is missing")));
        }
        entries.push(row.text(1)?);
    }
    Ok(entries)
}

/// Writes a tile above the leaves as it is now.
pub fn put_tile(batch: &mut Batch, tile: TileId, hashes: &[Hash]) {
    let hashes: String = hashes.iter().map(|it| it.to_hex()).collect();
    batch.add(
        "INSERT INTO log_tile (level, number, hashes) VALUES ($1, $2, $3)
         ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
        args![i64::from(tile.level), int(tile.number), hashes],
    );
}

/// The hashes of a tile above the leaves; none when it has not been begun.
///
/// # Errors
/// The database failed, or the row holds no hashes.
pub async fn tile(tx: &mut Tx, tile: TileId) -> Result<Vec<Hash>> {
    let row = tx
        .first(
            "SELECT hashes FROM log_tile WHERE level = $1 AND number = $2",
            args![i64::from(tile.level), int(tile.number)],
        )
        .await?;
    let Some(row) = row else { return Ok(Vec::new()) };
    let hashes = row.text(0)?;
    let (chunks, rest) = hashes.as_bytes().as_chunks::<64>();
    let read = chunks.iter().map(|it| std::str::from_utf8(it).ok().and_then(Hash::from_hex)).collect();
    match (read, rest.is_empty()) {
        (Some(hashes), true) => Ok(hashes),
        (_, _) => {
            let TileId { level, number } = tile;
            Err(super::Error::Stored(format!("tile {level}/{number} of the log holds no hashes")))
        }
    }
}

/// The tiles above the leaves that are kept.
///
/// # Errors
/// The database failed.
pub async fn tiles(tx: &mut Tx) -> Result<Vec<TileId>> {
    let rows = tx.all("SELECT level, number FROM log_tile ORDER BY level, number", args![]).await?;
    let read = |row: &super::Row| {
        let level = u8::try_from(row.int(0)?).unwrap_or(u8::MAX);
        Ok(TileId { level, number: number(row.int(1)?) })
    };
    rows.iter().map(read).collect()
}

/// What an examination of evidence and log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examination {
    /// When it ended.
    pub at: Timestamp,
    /// Facts it looked at.
    pub facts: u64,
    /// Things that are not as they must be.
    pub bad: u64,
    /// The first of them, in words.
    pub first_bad: Option<String>,
}

/// Keeps what the last examination found.
///
/// # Errors
/// The database failed.
pub async fn put_examination(tx: &mut Tx, examination: &Examination) -> Result<()> {
    let Examination { at, facts, bad, first_bad } = examination;
    tx.execute(
        "INSERT INTO examination (one, at, facts, bad, first_bad) VALUES (1, $1, $2, $3, $4)
         ON CONFLICT (one) DO UPDATE SET at = excluded.at, facts = excluded.facts, bad = excluded.bad,
             first_bad = excluded.first_bad",
        args![*at, int(*facts), int(*bad), first_bad.clone()],
    )
    .await
    .map(|_| ())
}

/// What the last examination found; none before the first.
///
/// # Errors
/// The database failed.
pub async fn examination(tx: &mut Tx) -> Result<Option<Examination>> {
    let row = tx.first("SELECT at, facts, bad, first_bad FROM examination WHERE one = $1", args![1]).await?;
    let read = |row: super::Row| {
        Ok(Examination {
            at: row.at(0)?,
            facts: number(row.int(1)?),
            bad: number(row.int(2)?),
            first_bad: row.maybe_text(3)?,
        })
    };
    row.map(read).transpose()
}

/// Sizes and positions are kept as `BIGINT`: a log of more entries does not fit on earth.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn number(int: i64) -> u64 {
    u64::try_from(int).unwrap_or(0)
}
