//! "Do not mail", by keyed hash of the address.

use super::{Batch, Result, Tx, args};
use crate::domain::{Timestamp, id::TenantId};

/// The reason why an address must not be mailed now, if any.
///
/// # Errors
/// The database failed.
pub async fn reason(
    tx: &mut Tx,
    tenant: TenantId,
    address_hash: &str,
    now: Timestamp,
) -> Result<Option<String>> {
    let row = tx
        .first(
            "SELECT reason FROM suppression
             WHERE tenant_id = $1 AND address_hash = $2 AND (until IS NULL OR until > $3)",
            args![tenant, address_hash, now],
        )
        .await?;
    row.map(|it| it.text(0)).transpose()
}

/// Suppresses an address until `until`, or for ever. A longer suppression is never shortened.
pub fn put(
    batch: &mut Batch,
    tenant: TenantId,
    address_hash: &str,
    reason: &str,
    now: Timestamp,
    until: Option<Timestamp>,
) {
    batch.add(
        "INSERT INTO suppression (tenant_id, address_hash, reason, created_at, until)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, address_hash) DO UPDATE SET reason = excluded.reason, until = excluded.until
         WHERE suppression.until IS NOT NULL AND (excluded.until IS NULL OR excluded.until > suppression.until)",
        args![tenant, address_hash, reason, now, until],
    );
}

/// Removes suppressions that ended, the longest ago first, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM suppression WHERE (tenant_id, address_hash) IN (
             SELECT tenant_id, address_hash FROM suppression WHERE until <= $1 ORDER BY until LIMIT $2)",
        args![now, limit],
    )
    .await
}
