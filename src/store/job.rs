//! Work that takes longer than a request, done in batches; how far each is.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    id::{JobId, TenantId},
};

/// One piece of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The tenant.
    pub tenant: TenantId,
    /// The job.
    pub id: JobId,
    /// What is done.
    pub kind: String,
    /// What it is done to, as JSON.
    pub about: String,
    /// Where it goes on; empty at the beginning.
    pub place: String,
    /// What was looked at so far.
    pub seen: i64,
    /// What was done so far.
    pub done: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was through.
    pub ended_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Job> {
    Ok(Job {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        kind: row.text(2)?,
        about: row.text(3)?,
        place: row.text(4)?,
        seen: row.int(5)?,
        done: row.int(6)?,
        created_at: row.at(7)?,
        ended_at: row.maybe_at(8)?,
    })
}

/// Writes a job.
pub fn put(batch: &mut Batch, job: &Job) {
    let Job { tenant, id, kind, about, place, seen, done, created_at, ended_at } = job;
    batch.add(
        "INSERT INTO job (tenant_id, id, kind, about, place, seen, done, created_at, ended_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![*tenant, *id, kind, about, place, *seen, *done, *created_at, *ended_at],
    );
}

/// The oldest job that is not through.
///
/// # Errors
/// The database failed.
pub async fn next(tx: &mut Tx) -> Result<Option<Job>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, kind, about, place, seen, done, created_at, ended_at FROM job
             WHERE ended_at IS NULL ORDER BY id LIMIT 1",
            args![],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Notes how far a job is.
///
/// # Errors
/// The database failed.
pub async fn advance(tx: &mut Tx, job: &Job) -> Result<()> {
    let Job { tenant, id, kind: _, about: _, place, seen, done, created_at: _, ended_at } = job;
    tx.execute(
        "UPDATE job SET place = $3, seen = $4, done = $5, ended_at = $6 WHERE tenant_id = $1 AND id = $2",
        args![*tenant, *id, place, *seen, *done, *ended_at],
    )
    .await
    .map(|_| ())
}

/// One job.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: JobId) -> Result<Option<Job>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, kind, about, place, seen, done, created_at, ended_at FROM job
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// A tenant's jobs with ids before `before`, the newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &mut Tx, tenant: TenantId, before: &str, limit: i64) -> Result<Vec<Job>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, about, place, seen, done, created_at, ended_at FROM job
             WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            args![tenant, before, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Removes jobs that ended before `before`, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM job WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM job WHERE ended_at < $1 ORDER BY ended_at LIMIT $2)",
        args![before, limit],
    )
    .await
}
