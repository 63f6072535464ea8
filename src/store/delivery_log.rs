//! What became of deliveries, for their owner; and sending them again.

use super::{Result, Row, Tx, Value, args};
use crate::domain::{
    Timestamp,
    id::{DeliveryId, EndpointId, EventId, TenantId},
};

/// One delivery and its last attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The delivery.
    pub id: DeliveryId,
    /// What it carries.
    pub event: EventId,
    /// The type of the event; none once it is gone.
    pub kind: Option<String>,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// When it is due, while it waits.
    pub due_at: Timestamp,
    /// Attempts on record, also those before it was sent again.
    pub attempts: i64,
    /// When it was put here.
    pub created_at: Timestamp,
    /// When it was delivered or failed.
    pub ended_at: Option<Timestamp>,
    /// When the last attempt ended, and the status it was answered with.
    pub last: Option<(Timestamp, Option<i64>)>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Which one, from 1.
    pub number: i64,
    /// When it ended.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub ms: i64,
    /// The HTTP status, if there was an answer.
    pub status: Option<i64>,
    /// The first 4 KiB of the answer, or why there was none.
    pub note: String,
}

fn read(row: &Row) -> Result<Logged> {
    let status = row.maybe_int(9)?;
    Ok(Logged {
        id: row.parse(0)?,
        event: row.parse(1)?,
        kind: row.maybe_text(2)?,
        state: row.text(3)?,
        due_at: row.at(4)?,
        attempts: row.int(5)?,
        created_at: row.at(6)?,
        ended_at: row.maybe_at(7)?,
        last: row.maybe_at(8)?.map(|at| (at, status)),
    })
}

/// Deliveries to an endpoint of events before `before`, those of the newest events first, at most `limit`; in one
/// state alone if one is named.
///
/// # Errors
/// The database failed.
pub async fn list(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    before: &str,
    state: Option<&str>,
    limit: i64,
) -> Result<Vec<Logged>> {
    let rows = tx
        .all(
            "SELECT d.id, d.event_id, e.kind, d.state, d.due_at,
                 (SELECT COUNT(*) FROM attempt WHERE tenant_id = d.tenant_id AND delivery_id = d.id),
                 d.created_at, d.ended_at, n.at, n.status
             FROM delivery d
             LEFT JOIN event e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
             LEFT JOIN attempt n ON n.tenant_id = d.tenant_id AND n.delivery_id = d.id AND n.number = (
                 SELECT MAX(number) FROM attempt WHERE tenant_id = d.tenant_id AND delivery_id = d.id)
             WHERE d.tenant_id = $1 AND d.endpoint_id = $2 AND d.event_id < $3
                 AND (d.state = $4 OR CAST($4 AS TEXT) IS NULL)
             ORDER BY d.event_id DESC LIMIT $5",
            args![tenant, endpoint, before, state, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// One delivery to an endpoint.
///
/// # Errors
/// The database failed.
pub async fn find(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    id: DeliveryId,
) -> Result<Option<Logged>> {
    let row = tx
        .first(
            "SELECT d.id, d.event_id, e.kind, d.state, d.due_at,
                 (SELECT COUNT(*) FROM attempt WHERE tenant_id = d.tenant_id AND delivery_id = d.id),
                 d.created_at, d.ended_at, n.at, n.status
             FROM delivery d
             LEFT JOIN event e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
             LEFT JOIN attempt n ON n.tenant_id = d.tenant_id AND n.delivery_id = d.id AND n.number = (
                 SELECT MAX(number) FROM attempt WHERE tenant_id = d.tenant_id AND delivery_id = d.id)
             WHERE d.tenant_id = $1 AND d.id = $2 AND d.endpoint_id = $3",
            args![tenant, id, endpoint],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The attempts of a delivery, the first one first, counted from 1: what is stored with each is its lease, of which not
/// every one led to an attempt.
///
/// # Errors
/// The database failed.
pub async fn attempts(tx: &mut Tx, tenant: TenantId, id: DeliveryId) -> Result<Vec<Tried>> {
    let rows = tx
        .all(
            "SELECT at, ms, status, note FROM attempt WHERE tenant_id = $1 AND delivery_id = $2
             ORDER BY number",
            args![tenant, id],
        )
        .await?;
    rows.iter()
        .zip(1..)
        .map(|(row, number)| {
            Ok(Tried {
                number,
                at: row.at(0)?,
                ms: row.int(1)?,
                status: row.maybe_int(2)?,
                note: row.text(3)?,
            })
        })
        .collect()
}

/// Makes a delivery due now, with all its attempts before it again. What is under way or due before `soon` stays as
/// it is: it goes out by itself. False then.
///
/// # Errors
/// The database failed.
pub async fn again(
    tx: &mut Tx,
    tenant: TenantId,
    id: DeliveryId,
    now: Timestamp,
    soon: Timestamp,
) -> Result<bool> {
    let changed = tx
        .execute(
            "UPDATE delivery SET state = 'waiting', due_at = $3, attempts = 0, ended_at = NULL
             WHERE tenant_id = $1 AND id = $2 AND (state <> 'waiting' OR due_at > $4)",
            args![tenant, id, now, soon],
        )
        .await?;
    Ok(changed == 1)
}

/// Has events delivered to an endpoint: those that never were, those that failed, those that wait for their next try
/// and, if `delivered`, those that it has had already; with their attempts before them again. What is under way or due
/// within a minute stays as it is: it goes out by itself. How many were put.
///
/// # Errors
/// The database failed.
pub async fn put_again(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    events: &[(DeliveryId, EventId)],
    delivered: bool,
    now: Timestamp,
) -> Result<usize> {
    let mut values: Vec<Value> = Vec::with_capacity(events.len() * 9);
    for (id, event) in events {
        values.append(&mut args![tenant, *id, endpoint, *event, "waiting", now, 0_i64, 0_i64, now]);
    }
    // What is due within a minute is under way or goes out by itself.
    let sql = if delivered {
        "INSERT INTO delivery (tenant_id, id, endpoint_id, event_id, state, due_at, attempts, lease, created_at)
         VALUES {rows} ON CONFLICT (tenant_id, endpoint_id, event_id) DO UPDATE SET state = 'waiting',
             due_at = excluded.due_at, attempts = 0, ended_at = NULL
         WHERE delivery.state <> 'waiting' OR delivery.due_at > excluded.due_at + 60000 RETURNING id"
    } else {
        "INSERT INTO delivery (tenant_id, id, endpoint_id, event_id, state, due_at, attempts, lease, created_at)
         VALUES {rows} ON CONFLICT (tenant_id, endpoint_id, event_id) DO UPDATE SET state = 'waiting',
             due_at = excluded.due_at, attempts = 0, ended_at = NULL
         WHERE delivery.state = 'failed'
             OR (delivery.state = 'waiting' AND delivery.due_at > excluded.due_at + 60000) RETURNING id"
    };
    Ok(tx.rows(sql, 9, values).await?.len())
}
