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
                 disabled_reason, failing_since, alerted_at, created_at
             FROM endpoint",
            args![],
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
        alerted_at: row.maybe_at(10)?,
        created_at: row.at(11)?,
    })
}

/// Writes an endpoint, new or changed.
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
        alerted_at,
        created_at,
    } = endpoint;
    let events: Vec<&str> = events.iter().map(EventPattern::as_str).collect();
    batch.add(
        "INSERT INTO endpoint (tenant_id, id, url, events, addresses, generation, previous_until, disabled_at,
             disabled_reason, failing_since, alerted_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (tenant_id, id) DO UPDATE SET url = excluded.url, events = excluded.events,
             addresses = excluded.addresses, generation = excluded.generation,
             previous_until = excluded.previous_until, disabled_at = excluded.disabled_at,
             disabled_reason = excluded.disabled_reason, failing_since = excluded.failing_since,
             alerted_at = excluded.alerted_at",
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
            *alerted_at,
            *created_at
        ],
    );
}

/// Notes that an endpoint fails from now on; false when that was known, or it gets nothing any more.
///
/// # Errors
/// The database failed.
pub async fn begin_failing(
    tx: &mut Tx,
    tenant: TenantId,
    endpoint: EndpointId,
    now: Timestamp,
) -> Result<bool> {
    let noted = tx
        .execute(
            "UPDATE endpoint SET failing_since = $3
             WHERE tenant_id = $1 AND id = $2 AND failing_since IS NULL AND disabled_at IS NULL",
            args![tenant, endpoint, now],
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
            "UPDATE endpoint SET failing_since = NULL, alerted_at = NULL
             WHERE tenant_id = $1 AND id = $2 AND failing_since IS NOT NULL AND disabled_at IS NULL",
            args![tenant, endpoint],
        )
        .await?;
    Ok(noted == 1)
}

/// Takes the right to tell an endpoint's owner that it only fails: given once until it works again.
///
/// # Errors
/// The database failed.
pub async fn alert(tx: &mut Tx, tenant: TenantId, endpoint: EndpointId, now: Timestamp) -> Result<bool> {
    let noted = tx
        .execute(
            "UPDATE endpoint SET alerted_at = $3
             WHERE tenant_id = $1 AND id = $2 AND alerted_at IS NULL AND disabled_at IS NULL",
            args![tenant, endpoint, now],
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
