//! Endpoints: where events are delivered, and how each fares.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    catalog::Endpoint,
    id::{EndpointId, TenantId},
    setup::EventPattern,
};

/// Every endpoint of every tenant.
///
/// # Errors
/// The database failed.
pub async fn all(tx: &mut Tx) -> Result<Vec<Endpoint>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, url, events, addresses, generation, previous_until, disabled_at,
                 disabled_reason, failing_since, failed_at, alerted_at, created_at
             FROM endpoint",
            args![],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Some endpoints, in the order of their ids.
///
/// # Errors
/// The database failed.
pub async fn some(
    tx: &mut Tx,
    wanted: impl Iterator<Item = (TenantId, EndpointId)>,
) -> Result<Vec<Endpoint>> {
    let rows = tx
        .rows(
            "SELECT tenant_id, id, url, events, addresses, generation, previous_until, disabled_at,
                 disabled_reason, failing_since, failed_at, alerted_at, created_at
             FROM (VALUES {rows}) AS v JOIN endpoint ON tenant_id = v.column1 AND id = v.column2 ORDER BY id",
            2,
            wanted.flat_map(|(tenant, id)| args![tenant, id]).collect(),
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Live endpoints that only fail since `since` or longer, the last time after `lately`, of which nobody was told.
///
/// # Errors
/// The database failed.
pub async fn untold(tx: &mut Tx, since: Timestamp, lately: Timestamp) -> Result<Vec<Endpoint>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, url, events, addresses, generation, previous_until, disabled_at,
                 disabled_reason, failing_since, failed_at, alerted_at, created_at
             FROM endpoint
             WHERE failing_since <= $1 AND failed_at > $2 AND alerted_at IS NULL AND disabled_at IS NULL",
            args![since, lately],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Endpoint> {
    Ok(Endpoint {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        url: row.text(2)?,
        events: row.read(3, |text| text.split_whitespace().map(EventPattern::parse).collect())?,
        addresses: row.flag(4)?,
        generation: row.int(5)?,
        previous_until: row.maybe_at(6)?,
        disabled_at: row.maybe_at(7)?,
        disabled_reason: row.maybe_text(8)?,
        failing_since: row.maybe_at(9)?,
        failed_at: row.maybe_at(10)?,
        alerted_at: row.maybe_at(11)?,
        created_at: row.at(12)?,
    })
}

/// Writes an endpoint, new or changed. How one fares that is there already is left to those below, as it may have changed
/// since it was read, but forgotten when it is switched on.
pub fn put(batch: &mut Batch, endpoint: &Endpoint) {
    let Endpoint {
        id,
        tenant,
        url,
        events,
        addresses,
        generation,
        previous_until,
        disabled_at,
        disabled_reason,
        failing_since,
        failed_at,
        alerted_at,
        created_at,
    } = endpoint;
    let events: Vec<&str> = events.iter().map(EventPattern::as_str).collect();
    batch.add(
        "INSERT INTO endpoint (tenant_id, id, url, events, addresses, generation, previous_until, disabled_at,
             disabled_reason, failing_since, failed_at, alerted_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (tenant_id, id) DO UPDATE SET url = excluded.url, events = excluded.events,
             addresses = excluded.addresses, generation = excluded.generation,
             previous_until = excluded.previous_until, disabled_at = excluded.disabled_at,
             disabled_reason = excluded.disabled_reason,
             failing_since = CASE WHEN endpoint.disabled_at IS NULL OR excluded.disabled_at IS NOT NULL
                 THEN endpoint.failing_since END,
             failed_at = CASE WHEN endpoint.disabled_at IS NULL OR excluded.disabled_at IS NOT NULL
                 THEN endpoint.failed_at END,
             alerted_at = CASE WHEN endpoint.disabled_at IS NULL OR excluded.disabled_at IS NOT NULL
                 THEN endpoint.alerted_at END",
        args![
            *tenant,
            *id,
            url,
            events.join(" "),
            *addresses,
            *generation,
            *previous_until,
            *disabled_at,
            disabled_reason.as_deref(),
            *failing_since,
            *failed_at,
            *alerted_at,
            *created_at
        ],
    );
}

/// Notes that an attempt failed. The endpoint fails since then, unless it did before and one failed after `lately`. False
/// when it gets nothing any more.
///
/// # Errors
/// The database failed.
pub async fn failed(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    now: Timestamp,
    lately: Timestamp,
) -> Result<bool> {
    let noted = tx
        .execute(
            "UPDATE endpoint SET failed_at = $3,
                 failing_since = CASE WHEN failed_at > $4 THEN failing_since ELSE $3 END,
                 alerted_at = CASE WHEN failed_at > $4 THEN alerted_at END
             WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL",
            args![tenant, endpoint, now, lately],
        )
        .await?;
    Ok(noted == 1)
}

/// Notes that an endpoint works again; false when that was known, or it gets nothing any more.
///
/// # Errors
/// The database failed.
pub async fn end_failing(tx: &mut Tx, tenant: TenantId, endpoint: EndpointId) -> Result<bool> {
    let noted = tx
        .execute(
            "UPDATE endpoint SET failing_since = NULL, failed_at = NULL, alerted_at = NULL
             WHERE tenant_id = $1 AND id = $2 AND failing_since IS NOT NULL AND disabled_at IS NULL",
            args![tenant, endpoint],
        )
        .await?;
    Ok(noted == 1)
}

/// Takes the right to tell an endpoint's owner that it only fails since then: given once.
///
/// # Errors
/// The database failed.
pub async fn alert(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    since: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let noted = tx
        .execute(
            "UPDATE endpoint SET alerted_at = $3
             WHERE tenant_id = $1 AND id = $2 AND failing_since = $4 AND alerted_at IS NULL AND disabled_at IS NULL",
            args![tenant, endpoint, now, since],
        )
        .await?;
    Ok(noted == 1)
}

/// Switches an endpoint off; false when it was off already.
///
/// # Errors
/// The database failed.
pub async fn disable(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    why: &str,
    now: Timestamp,
) -> Result<bool> {
    let noted = tx
        .execute(
            "UPDATE endpoint SET disabled_at = $3, disabled_reason = $4
             WHERE tenant_id = $1 AND id = $2 AND disabled_at IS NULL",
            args![tenant, endpoint, now, why],
        )
        .await?;
    Ok(noted == 1)
}
