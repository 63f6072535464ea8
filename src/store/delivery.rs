//! Events on their way to endpoints, leased by the delivery job.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    id::{DeliveryId, EndpointId, EventId, TenantId},
};

/// One event on its way to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The tenant.
    pub tenant: TenantId,
    /// The delivery.
    pub id: DeliveryId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// What it carries.
    pub event: EventId,
    /// Attempts begun.
    pub attempts: i64,
    /// Raised by each lease: completes only its own.
    pub lease: i64,
    /// When it was put here.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Delivery> {
    Ok(Delivery {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        endpoint: row.parse(2)?,
        event: row.parse(3)?,
        attempts: row.int(4)?,
        lease: row.int(5)?,
        created_at: row.at(6)?,
    })
}

/// Writes deliveries, due at once. One that is there already stays as it is.
///
/// # Errors
/// The database failed.
pub async fn put(tx: &mut Tx, deliveries: &[Delivery]) -> Result<()> {
    let mut values = Vec::with_capacity(deliveries.len() * 9);
    for Delivery { tenant, id, endpoint, event, attempts, lease, created_at } in deliveries {
        values.append(&mut args![
            *tenant,
            *id,
            *endpoint,
            *event,
            "waiting",
            *created_at,
            *attempts,
            *lease,
            *created_at
        ]);
    }
    tx.rows(
        "INSERT INTO delivery (tenant_id, id, endpoint_id, event_id, state, due_at, attempts, lease, created_at)
         VALUES {rows} ON CONFLICT (tenant_id, endpoint_id, event_id) DO NOTHING",
        9,
        values,
    )
    .await
    .map(|_| ())
}

/// Endpoints for which something is due.
///
/// # Errors
/// The database failed.
pub async fn due_endpoints(tx: &mut Tx, now: Timestamp) -> Result<Vec<EndpointId>> {
    let rows = tx
        // One look per endpoint; the backlog may be a million rows.
        .all(
            "SELECT id FROM endpoint WHERE EXISTS (SELECT 1 FROM delivery
                 WHERE endpoint_id = endpoint.id AND state = 'waiting' AND due_at <= $1) ORDER BY id",
            args![now],
        )
        .await?;
    rows.iter().map(|row| row.parse(0)).collect()
}

/// Leases due deliveries of one endpoint until `until`: the longest due, at most `limit`, given in the order
/// of their ids.
///
/// # Errors
/// The database failed.
pub async fn lease(
    tx: &mut Tx,
    endpoint: EndpointId,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let rows = tx
        .all_of(
            "UPDATE delivery SET due_at = $3, attempts = attempts + 1, lease = lease + 1
             WHERE state = 'waiting' AND due_at <= $2 AND (tenant_id, id) IN (
                 SELECT tenant_id, id FROM delivery WHERE state = 'waiting' AND endpoint_id = $1 AND due_at <= $2
                 ORDER BY due_at LIMIT $4)
             RETURNING tenant_id, id, endpoint_id, event_id, attempts, lease, created_at",
            // MATERIALIZED: run once. As a subquery it may be run again for each row, and lease more than asked.
            "WITH due AS MATERIALIZED (
                 SELECT tenant_id, id FROM delivery WHERE state = 'waiting' AND endpoint_id = $1 AND due_at <= $2
                 ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED)
             UPDATE delivery SET due_at = $3, attempts = delivery.attempts + 1, lease = delivery.lease + 1
             FROM due WHERE delivery.tenant_id = due.tenant_id AND delivery.id = due.id
             RETURNING delivery.tenant_id, delivery.id, endpoint_id, event_id, attempts, lease, created_at",
            args![endpoint, now, until, limit],
        )
        .await?;
    let mut leased = rows.iter().map(read).collect::<Result<Vec<Delivery>>>()?;
    leased.sort_by_key(|it| it.id);
    Ok(leased)
}

/// What an attempt met.
pub struct Attempt<'a> {
    /// The HTTP status, if there was an answer.
    pub status: Option<i64>,
    /// How long it took, in milliseconds.
    pub ms: i64,
    /// The first 4 KiB of the answer, or why there was none.
    pub note: &'a str,
}

/// Records an attempt and what becomes of the delivery: `delivered`, `failed`, or `waiting` until `due_at`.
/// False when the lease was taken by another since; then only the attempt is recorded.
///
/// # Errors
/// The database failed.
pub async fn settle(
    tx: &mut Tx,
    delivery: &Delivery,
    attempt: &Attempt<'_>,
    state: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let Attempt { status, ms, note } = *attempt;
    tx.execute(
        "INSERT INTO attempt (tenant_id, delivery_id, number, at, ms, status, note)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant_id, delivery_id, number) DO NOTHING",
        // Leases are counted for ever, attempts anew when it is sent again.
        args![delivery.tenant, delivery.id, delivery.lease, now, ms, status, note],
    )
    .await?;
    let ended_at = (state != "waiting").then_some(now);
    let settled = tx
        .execute(
            "UPDATE delivery SET state = $4, due_at = $5, ended_at = $6
             WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND state = 'waiting'",
            args![delivery.tenant, delivery.id, delivery.lease, state, due_at, ended_at],
        )
        .await?;
    Ok(settled == 1)
}

/// How many deliveries wait, and how many failed for good since `since`.
///
/// # Errors
/// The database failed.
pub async fn counts(tx: &mut Tx, since: Timestamp) -> Result<(i64, i64)> {
    let row = tx
        .first(
            // SQLite counts along the index of what is due only if asked about its first column.
            "SELECT (SELECT COUNT(*) FROM delivery WHERE state = 'waiting' AND endpoint_id > ''),
                    (SELECT COUNT(*) FROM delivery WHERE state = 'failed' AND ended_at > $1)",
            args![since],
        )
        .await?;
    row.map_or(Ok((0, 0)), |it| Ok((it.int(0)?, it.int(1)?)))
}

/// Fails everything that waits for an endpoint that was disabled.
pub fn fail_waiting(batch: &mut Batch, endpoint: EndpointId, now: Timestamp) {
    batch.add(
        "UPDATE delivery SET state = 'failed', ended_at = $2 WHERE endpoint_id = $1 AND state = 'waiting'",
        args![endpoint, now],
    );
}

/// Removes deliveries that ended before `before` with their attempts, the longest ago first, at most `limit`;
/// how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM attempt WHERE (tenant_id, delivery_id) IN (
             SELECT tenant_id, id FROM delivery WHERE ended_at < $1 ORDER BY ended_at, tenant_id, id LIMIT $2)",
        args![before, limit],
    )
    .await?;
    tx.execute(
        "DELETE FROM delivery WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM delivery WHERE ended_at < $1 ORDER BY ended_at, tenant_id, id LIMIT $2)",
        args![before, limit],
    )
    .await
}
