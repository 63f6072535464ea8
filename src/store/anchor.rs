//! How witnesses and time-stamping authorities fare.

use super::{
    Result, Row, Tx, args,
    log::{int, number},
};
use crate::domain::Timestamp;

/// Somebody outside who confirms checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The witness's name, or the authority's address.
    pub name: String,
    /// The size of the last checkpoint it confirmed.
    pub size: u64,
    /// When to ask next.
    pub due_at: Timestamp,
    /// Failures in a row.
    pub failures: i64,
    /// Since when it only fails.
    pub failing_since: Option<Timestamp>,
    /// What it said last when it failed.
    pub note: Option<String>,
}

fn read(row: &Row) -> Result<Anchor> {
    Ok(Anchor {
        name: row.text(0)?,
        size: number(row.int(1)?),
        due_at: row.at(2)?,
        failures: row.int(3)?,
        failing_since: row.maybe_at(4)?,
        note: row.maybe_text(5)?,
    })
}

/// All that were ever asked.
///
/// # Errors
/// The database failed.
pub async fn all(tx: &mut Tx) -> Result<Vec<Anchor>> {
    let sql = "SELECT name, size, due_at, failures, failing_since, note FROM anchor ORDER BY name";
    tx.all(sql, args![]).await?.iter().map(read).collect()
}

/// Notes how one fares.
///
/// # Errors
/// The database failed.
pub async fn put(tx: &mut Tx, anchor: &Anchor) -> Result<()> {
    let Anchor { name, size, due_at, failures, failing_since, note } = anchor;
    tx.execute(
        "INSERT INTO anchor (name, size, due_at, failures, failing_since, note)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (name) DO UPDATE SET size = excluded.size, due_at = excluded.due_at,
             failures = excluded.failures, failing_since = excluded.failing_since, note = excluded.note",
        args![name, int(*size), *due_at, *failures, *failing_since, note.clone()],
    )
    .await
    .map(|_| ())
}
