//! What the outside may be told, and its total order per tenant.

use super::{Batch, Result, Row, Tx, Value, args};
use crate::domain::{
    Timestamp,
    id::{ContactId, EventId, TenantId},
};

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The tenant.
    pub tenant: TenantId,
    /// The event.
    pub id: EventId,
    /// `object.verb_past`.
    pub kind: String,
    /// When it happened.
    pub at: Timestamp,
    /// Whom it is about.
    pub contact: Option<ContactId>,
    /// The `data` of the envelope, as JSON.
    pub data: String,
    /// Its place in the tenant's feed, once given.
    pub sequence: Option<i64>,
}

fn read(row: &Row) -> Result<Event> {
    Ok(Event {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        kind: row.text(2)?,
        at: row.at(3)?,
        contact: row.maybe_parse(4)?,
        data: row.text(5)?,
        sequence: row.maybe_int(6)?,
    })
}

/// Writes events; their place in the feed is given later.
pub fn put(batch: &mut Batch, events: &[Event]) {
    let mut values = Vec::with_capacity(events.len() * 6);
    for Event { tenant, id, kind, at, contact, data, sequence: _ } in events {
        values.append(&mut args![*tenant, *id, kind, *at, *contact, data]);
    }
    batch.add_rows("INSERT INTO event (tenant_id, id, kind, at, contact_id, data) VALUES {rows}", 6, values);
}

/// Events without a place, oldest id first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn unplaced(tx: &mut Tx, limit: i64) -> Result<Vec<Event>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, at, contact_id, data, sequence FROM event
             WHERE sequence IS NULL ORDER BY id LIMIT $1",
            args![limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// How many events wait for their place, and since when the first of them does.
///
/// # Errors
/// The database failed.
pub async fn waiting(tx: &mut Tx) -> Result<(i64, Option<Timestamp>)> {
    let row = tx.first("SELECT COUNT(*) FROM event WHERE sequence IS NULL", args![]).await?;
    let count = row.map_or(Ok(0), |it| it.int(0))?;
    Ok((count, unplaced(tx, 1).await?.first().map(|it| it.at)))
}

/// Reserves `count` places in a tenant's feed; the last one before them.
///
/// # Errors
/// The database failed.
pub async fn reserve(tx: &mut Tx, tenant: TenantId, count: i64) -> Result<i64> {
    let row = tx
        .first(
            "INSERT INTO feed (tenant_id, last, forgotten) VALUES ($1, $2, 0)
             ON CONFLICT (tenant_id) DO UPDATE SET last = feed.last + excluded.last RETURNING last",
            args![tenant, count],
        )
        .await?;
    Ok(row.map_or(Ok(count), |it| it.int(0))? - count)
}

/// Gives events their places.
///
/// # Errors
/// The database failed.
pub async fn place(tx: &mut Tx, places: &[(TenantId, EventId, i64)]) -> Result<()> {
    let mut values: Vec<Value> = Vec::with_capacity(places.len() * 3);
    for (tenant, event, sequence) in places {
        values.append(&mut args![*tenant, *event, *sequence]);
    }
    // Both databases name the columns of a bare VALUES column1, column2 …
    tx.rows(
        "UPDATE event SET sequence = v.column3 FROM (VALUES {rows}) AS v
         WHERE event.tenant_id = v.column1 AND event.id = v.column2",
        3,
        values,
    )
    .await
    .map(|_| ())
}

/// A page of a tenant's feed: places after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn after(tx: &mut Tx, tenant: TenantId, after: i64, limit: i64) -> Result<Vec<Event>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, at, contact_id, data, sequence FROM event
             WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Events about a person whose id comes after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_contact(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    after: &str,
    limit: i64,
) -> Result<Vec<Event>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, at, contact_id, data, sequence FROM event
             WHERE tenant_id = $1 AND contact_id = $2 AND id > $3 ORDER BY id LIMIT $4",
            args![tenant, contact, after, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// How far a tenant's feed reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The last place that was given; 0 before the first.
    pub last: i64,
    /// The last place whose event is no longer kept: everything after it is.
    pub forgotten: i64,
}

/// How far a tenant's feed reaches.
///
/// # Errors
/// The database failed.
pub async fn reach(tx: &mut Tx, tenant: TenantId) -> Result<Reach> {
    let row = tx.first("SELECT last, forgotten FROM feed WHERE tenant_id = $1", args![tenant]).await?;
    let read = |it: Row| Ok(Reach { last: it.int(0)?, forgotten: it.int(1)? });
    row.map_or(Ok(Reach::default()), read)
}

/// When the events after this place happened, in the order of their places, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn times(tx: &mut Tx, tenant: TenantId, after: i64, limit: i64) -> Result<Vec<(i64, Timestamp)>> {
    let rows = tx
        .all(
            "SELECT sequence, at FROM event WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.at(1)?))).collect()
}

/// Forgets the events of a tenant up to this place; how many.
///
/// # Errors
/// The database failed.
pub async fn forget(tx: &mut Tx, tenant: TenantId, to: i64) -> Result<u64> {
    tx.execute(
        "UPDATE feed SET forgotten = $2 WHERE tenant_id = $1 AND forgotten < $2 AND last >= $2",
        args![tenant, to],
    )
    .await?;
    tx.execute("DELETE FROM event WHERE tenant_id = $1 AND sequence <= $2", args![tenant, to]).await
}

/// Placed events with ids after `after` and before `until`, in the order of their ids, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn between(
    tx: &mut Tx,
    tenant: TenantId,
    after: &str,
    until: &str,
    limit: i64,
) -> Result<Vec<Event>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, at, contact_id, data, sequence FROM event
             WHERE tenant_id = $1 AND id > $2 AND id < $3 AND sequence IS NOT NULL ORDER BY id LIMIT $4",
            args![tenant, after, until, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Reads one event.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: EventId) -> Result<Option<Event>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, kind, at, contact_id, data, sequence FROM event
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Reads several events, in any order.
///
/// # Errors
/// The database failed.
pub async fn find_all(tx: &mut Tx, events: &[(TenantId, EventId)]) -> Result<Vec<Event>> {
    let values = events.iter().flat_map(|(tenant, event)| args![*tenant, *event]).collect();
    let rows = tx
        .rows(
            "SELECT tenant_id, id, kind, at, contact_id, data, sequence FROM (VALUES {rows}) AS v
             JOIN event ON tenant_id = v.column1 AND id = v.column2",
            2,
            values,
        )
        .await?;
    rows.iter().map(read).collect()
}
