//! "Do not mail", by keyed hash of the address.

use std::collections::BTreeSet;

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{Timestamp, id::TenantId};

/// Why nobody can sign an address up now, if so. The mark of an erased person alone does not: whoever signs up again
/// is asked to confirm like everybody.
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
             WHERE tenant_id = $1 AND address_hash = $2 AND ((until IS NULL AND reason <> 'erased') OR until > $3)",
            args![tenant, address_hash, now],
        )
        .await?;
    row.map(|it| it.text(0)).transpose()
}

/// A mark on an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The keyed hash of the address.
    pub address_hash: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when; `None` for ever.
    pub until: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Suppression> {
    Ok(Suppression {
        address_hash: row.text(0)?,
        reason: row.text(1)?,
        created_at: row.at(2)?,
        until: row.maybe_at(3)?,
    })
}

/// The marks in force whose hash comes after `after`, of this reason if one is given, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    after: &str,
    reason: Option<&str>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Suppression>> {
    let rows = tx
        .all(
            "SELECT address_hash, reason, created_at, until FROM suppression
             WHERE tenant_id = $1 AND address_hash > $2 AND ($3 = '' OR reason = $3)
                 AND (until IS NULL OR until > $4 OR reason = 'erased')
             ORDER BY address_hash LIMIT $5",
            args![tenant, after, reason.unwrap_or_default(), now, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Suppresses an address until `until`, or for ever. A longer suppression is never shortened, and the mark of an
/// erased person outlives a shorter one.
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
         ON CONFLICT (tenant_id, address_hash) DO UPDATE SET until = excluded.until,
             reason = CASE WHEN suppression.reason = 'erased' AND excluded.until IS NOT NULL THEN 'erased'
                           ELSE excluded.reason END
         WHERE (suppression.until IS NOT NULL OR suppression.reason = 'erased')
             AND (excluded.until IS NULL OR suppression.until IS NULL OR excluded.until > suppression.until)",
        args![tenant, address_hash, reason, now, until],
    );
}

/// The mark on an address, in force at `now`.
///
/// # Errors
/// The database failed.
pub async fn find(
    tx: &mut Tx,
    tenant: TenantId,
    address_hash: &str,
    now: Timestamp,
) -> Result<Option<Suppression>> {
    let row = tx
        .first(
            "SELECT address_hash, reason, created_at, until FROM suppression
             WHERE tenant_id = $1 AND address_hash = $2 AND (until IS NULL OR until > $3 OR reason = 'erased')",
            args![tenant, address_hash, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Keeps everybody from being met at these addresses until the end of the transaction, and waits for those who are
/// being met there: what is read of people after this holds until the marks are seen. Before the lock of any person.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &mut Tx, tenant: TenantId, address_hashes: &[String]) -> Result<()> {
    // In one order: two that suppress the same addresses wait for each other, and not both.
    let stripes: BTreeSet<i64> = address_hashes.iter().map(|it| stripe(it)).collect();
    let json = serde_json::to_string(&stripes).unwrap_or_default();
    tx.on_postgres(
        "SELECT pg_advisory_xact_lock(hashtext($1), CAST(stripe AS int))
         FROM jsonb_array_elements_text(CAST($2 AS jsonb)) AS stripe",
        args![tenant, json],
    )
    .await
}

/// Waits for those who suppress this address, and keeps others from it until the end of the transaction. A mark that
/// is not committed cannot be seen: who meets a person has to wait for it.
pub(super) async fn wait(tx: &mut Tx, tenant: TenantId, address_hash: &str) -> Result<()> {
    tx.on_postgres(
        "SELECT pg_advisory_xact_lock_shared(hashtext($1), CAST(CAST($2 AS bigint) AS int))",
        args![tenant, stripe(address_hash)],
    )
    .await
}

/// Which of 64 locks of a tenant is that of an address: one each would fill the lock table of PostgreSQL.
fn stripe(address_hash: &str) -> i64 {
    i64::from(address_hash.bytes().fold(0_u8, |sum, it| sum.wrapping_mul(31).wrapping_add(it)) % 64)
}

/// Suppresses addresses for ever, each since its time; the marks of those that were not suppressed for ever already. A
/// block that the person caused stays theirs, and no longer ends.
///
/// # Errors
/// The database failed.
pub async fn add(
    tx: &mut Tx,
    tenant: TenantId,
    address_hashes: &[(String, Timestamp)],
    reason: &str,
) -> Result<Vec<Suppression>> {
    let values = address_hashes.iter().flat_map(|(hash, now)| args![tenant, hash, reason, *now]).collect();
    let rows = tx
        .rows(
            "INSERT INTO suppression (tenant_id, address_hash, reason, created_at) VALUES {rows}
             ON CONFLICT (tenant_id, address_hash) DO UPDATE
                 SET reason = CASE WHEN suppression.until > excluded.created_at THEN 'reported'
                                   ELSE excluded.reason END,
                     created_at = excluded.created_at, until = NULL
             WHERE suppression.until IS NOT NULL OR suppression.reason = 'erased'
             RETURNING address_hash, reason, created_at, until",
            4,
            values,
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Lifts the mark on an address.
///
/// # Errors
/// The database failed.
pub async fn remove(tx: &mut Tx, tenant: TenantId, address_hash: &str) -> Result<()> {
    tx.execute(
        "DELETE FROM suppression WHERE tenant_id = $1 AND address_hash = $2",
        args![tenant, address_hash],
    )
    .await
    .map(|_| ())
}

/// Marks the address of a person who was erased, for ever. What else speaks against it stays: a block until its end,
/// a suppression for ever.
pub fn put_erased(batch: &mut Batch, tenant: TenantId, address_hash: &str, now: Timestamp) {
    batch.add(
        "INSERT INTO suppression (tenant_id, address_hash, reason, created_at) VALUES ($1, $2, 'erased', $3)
         ON CONFLICT (tenant_id, address_hash) DO UPDATE SET reason = 'erased' WHERE suppression.until IS NOT NULL",
        args![tenant, address_hash, now],
    );
}

/// Removes suppressions that ended, the longest ago first, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM suppression WHERE (tenant_id, address_hash) IN (
             SELECT tenant_id, address_hash FROM suppression WHERE until <= $1 AND reason <> 'erased'
             ORDER BY until LIMIT $2)",
        args![now, limit],
    )
    .await
}
