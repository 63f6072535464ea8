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

/// The endpoints for which something waits, each with when the first of it is due, or its lease ends.
///
/// # Errors
/// The database failed.
pub async fn first_due(tx: &mut Tx) -> Result<Vec<(EndpointId, Timestamp)>> {
    let rows = tx
        // One look into the index per endpoint, on both databases: the backlog may be a million rows.
        .all(
            "SELECT id, (SELECT due_at FROM delivery
                 WHERE endpoint_id = endpoint.id AND state = 'waiting' ORDER BY due_at LIMIT 1)
             FROM endpoint",
            args![],
        )
        .await?;
    let mut found = Vec::new();
    for row in &rows {
        if let Some(first) = row.maybe_at(1)? {
            found.push((row.parse(0)?, first));
        }
    }
    found.sort_unstable_by_key(|(id, first)| (*first, *id));
    Ok(found)
}

/// Leases due deliveries of one endpoint to `holder` until `until`: the longest due, at most `limit`, given in the
/// order of their ids.
///
/// # Errors
/// The database failed.
pub async fn lease(
    tx: &mut Tx,
    endpoint: EndpointId,
    holder: Option<&str>,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let rows = tx
        .all_of(
            "UPDATE delivery SET due_at = $3, attempts = attempts + 1, lease = lease + 1, held_by = $5
             WHERE state = 'waiting' AND due_at <= $2 AND (tenant_id, id) IN (
                 SELECT tenant_id, id FROM delivery WHERE state = 'waiting' AND endpoint_id = $1 AND due_at <= $2
                 ORDER BY due_at LIMIT $4)
             RETURNING tenant_id, id, endpoint_id, event_id, attempts, lease, created_at",
            // MATERIALIZED: run once. As a subquery it may be run again for each row, and lease more than asked.
            "WITH due AS MATERIALIZED (
                 SELECT tenant_id, id FROM delivery WHERE state = 'waiting' AND endpoint_id = $1 AND due_at <= $2
                 ORDER BY due_at LIMIT $4 FOR UPDATE SKIP LOCKED)
             UPDATE delivery SET due_at = $3, attempts = delivery.attempts + 1, lease = delivery.lease + 1, held_by = $5
             FROM due WHERE delivery.tenant_id = due.tenant_id AND delivery.id = due.id
             RETURNING delivery.tenant_id, delivery.id, endpoint_id, event_id, attempts, lease, created_at",
            args![endpoint, now, until, limit, holder.map(str::to_owned)],
        )
        .await?;
    let mut leased = rows.iter().map(read).collect::<Result<Vec<Delivery>>>()?;
    leased.sort_by_key(|it| it.id);
    Ok(leased)
}

/// Makes due what an instance held in its earlier life: leased to it, until `until` at the latest. How many.
///
/// # Errors
/// The database failed: the leases end by themselves.
pub async fn take_over(tx: &mut Tx, holder: &str, now: Timestamp, until: Timestamp) -> Result<u64> {
    tx.execute(
        "UPDATE delivery SET due_at = $2, held_by = NULL
         WHERE state = 'waiting' AND endpoint_id IN (SELECT id FROM endpoint) AND due_at > $2 AND due_at <= $3
             AND held_by = $1",
        args![holder, now, until],
    )
    .await
}

/// Prolongs leases until `until`; those that still are the caller's. What is missing was taken over or has ended.
///
/// # Errors
/// The database failed.
pub async fn keep(tx: &mut Tx, held: &[Delivery], until: Timestamp) -> Result<Vec<DeliveryId>> {
    let values = held.iter().flat_map(|it| args![it.tenant, it.id, it.lease, until]).collect();
    let rows = tx
        .rows(
            "UPDATE delivery SET due_at = v.column4 FROM (VALUES {rows}) AS v
             WHERE tenant_id = v.column1 AND id = v.column2 AND lease = v.column3 AND state = 'waiting'
             RETURNING id",
            4,
            values,
        )
        .await?;
    rows.iter().map(|row| row.parse(0)).collect()
}

/// Gives leased deliveries back as if they had not been taken: due since `now`.
///
/// # Errors
/// The database failed: the leases end by themselves.
pub async fn give_back(tx: &mut Tx, held: &[Delivery], now: Timestamp) -> Result<()> {
    let values = held.iter().flat_map(|it| args![it.tenant, it.id, it.lease, now]).collect();
    tx.rows(
        "UPDATE delivery SET due_at = v.column4, attempts = attempts - 1, held_by = NULL FROM (VALUES {rows}) AS v
         WHERE tenant_id = v.column1 AND id = v.column2 AND lease = v.column3 AND state = 'waiting'",
        4,
        values,
    )
    .await
    .map(|_| ())
}

/// What an attempt met.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// The HTTP status, if there was an answer.
    pub status: Option<i64>,
    /// How long it took, in milliseconds.
    pub ms: i64,
    /// The first 4 KiB of the answer, or why there was none.
    pub note: String,
}

/// A leased delivery, its attempt, and what becomes of it: `delivered`, `failed`, or `waiting` until `due_at`.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// As it was leased.
    pub delivery: Delivery,
    /// What the attempt met.
    pub attempt: Attempt,
    /// The state it is in now.
    pub state: &'static str,
    /// When it is due again, if it waits.
    pub due_at: Timestamp,
}

/// Records attempts and what becomes of their deliveries; how many of them were still the caller's. Of one whose
/// lease was taken by another since, only the attempt is recorded.
///
/// # Errors
/// The database failed.
pub async fn settle(tx: &mut Tx, outcomes: &[Outcome], now: Timestamp) -> Result<usize> {
    let attempts = outcomes.iter().flat_map(|it| {
        let Outcome { delivery, attempt: Attempt { status, ms, note }, state: _, due_at: _ } = it;
        // Leases are counted for ever, attempts anew when it is sent again.
        args![delivery.tenant, delivery.id, delivery.lease, now, *ms, *status, note]
    });
    tx.rows(
        "INSERT INTO attempt (tenant_id, delivery_id, number, at, ms, status, note)
         VALUES {rows} ON CONFLICT (tenant_id, delivery_id, number) DO NOTHING",
        7,
        attempts.collect(),
    )
    .await?;
    let states = outcomes.iter().flat_map(|it| {
        let Outcome { delivery, attempt: _, state, due_at } = it;
        let ended_at = (*state != "waiting").then_some(now);
        args![delivery.tenant, delivery.id, delivery.lease, *due_at, ended_at, *state]
    });
    let settled = tx
        .rows(
            "UPDATE delivery SET due_at = v.column4, ended_at = v.column5, state = v.column6, held_by = NULL
             FROM (VALUES {rows}) AS v
             WHERE tenant_id = v.column1 AND id = v.column2 AND lease = v.column3 AND delivery.state = 'waiting'
             RETURNING id",
            6,
            states.collect(),
        )
        .await?;
    Ok(settled.len())
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
    let gone = tx
        .all(
            "DELETE FROM delivery WHERE (tenant_id, id) IN (
                 SELECT tenant_id, id FROM delivery WHERE ended_at < $1 ORDER BY ended_at, tenant_id, id LIMIT $2)
             RETURNING tenant_id, id",
            args![before, limit],
        )
        .await?;
    // Of exactly those: another instance may be at it, and what it removes is not what is removed here.
    let mut keys = Vec::with_capacity(2 * gone.len());
    for row in &gone {
        keys.extend(args![row.text(0)?, row.text(1)?]);
    }
    tx.rows("DELETE FROM attempt WHERE (tenant_id, delivery_id) IN (VALUES {rows})", 2, keys).await?;
    Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
}
