//! Jobs that must run once across instances.

use super::{Result, Tx, args};
use crate::domain::Timestamp;

/// Takes a job's lease if nobody holds it; the fencing token to show when writing.
///
/// # Errors
/// The database failed.
pub async fn take(tx: &mut Tx, job: &str, now: Timestamp, until: Timestamp) -> Result<Option<i64>> {
    let row = tx
        .first(
            "INSERT INTO lease (job, token, until) VALUES ($1, 1, $3)
             ON CONFLICT (job) DO UPDATE SET token = lease.token + 1, until = excluded.until
             WHERE lease.until <= $2
             RETURNING token",
            args![job, now, until],
        )
        .await?;
    row.map(|it| it.int(0)).transpose()
}

/// Prolongs a lease and locks its row until the end of the transaction; false when another has it now, and
/// then nothing may be written.
///
/// # Errors
/// The database failed.
pub async fn hold(tx: &mut Tx, job: &str, token: i64, until: Timestamp) -> Result<bool> {
    let held = tx
        .execute("UPDATE lease SET until = $3 WHERE job = $1 AND token = $2", args![job, token, until])
        .await?;
    Ok(held == 1)
}

/// Gives a lease back, so that another need not wait for its end.
///
/// # Errors
/// The database failed.
pub async fn release(tx: &mut Tx, job: &str, token: i64, now: Timestamp) -> Result<()> {
    tx.execute("UPDATE lease SET until = $3 WHERE job = $1 AND token = $2", args![job, token, now])
        .await
        .map(|_| ())
}

/// Notes who took a lease.
///
/// # Errors
/// The database failed.
pub async fn sign(tx: &mut Tx, job: &str, token: i64, holder: &str) -> Result<()> {
    tx.execute("UPDATE lease SET holder = $3 WHERE job = $1 AND token = $2", args![job, token, holder])
        .await
        .map(|_| ())
}

/// Ends the leases that an instance held in its earlier life; how many.
///
/// # Errors
/// The database failed: they end by themselves.
pub async fn take_over(tx: &mut Tx, holder: &str, now: Timestamp) -> Result<u64> {
    tx.execute("UPDATE lease SET until = $2 WHERE holder = $1 AND until > $2", args![holder, now]).await
}
