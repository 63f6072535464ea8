//! What people entered in the declared fields of forms, sealed: with the request until it is confirmed, then with
//! the person.

use super::{Batch, Result, Tx, args};
use crate::domain::id::{ContactId, RequestId, TenantId};

/// Drops what was entered with the requests of a person that came before this one: they grant nothing any more.
pub fn drop_before(batch: &mut Batch, tenant: TenantId, contact: ContactId, id: RequestId) {
    batch.add(
        "UPDATE request SET fields = NULL
         WHERE tenant_id = $1 AND contact_id = $2 AND id <> $3 AND fields IS NOT NULL",
        args![tenant, contact, id],
    );
}

/// What was entered with a request that still waits.
///
/// # Errors
/// The database failed.
pub async fn of_request(tx: &mut Tx, tenant: TenantId, id: RequestId) -> Result<Option<String>> {
    let row =
        tx.first("SELECT fields FROM request WHERE tenant_id = $1 AND id = $2", args![tenant, id]).await?;
    row.map_or(Ok(None), |it| it.maybe_text(0))
}

/// Keeps what a person has confirmed, in place of what was kept before.
pub fn put_contact(batch: &mut Batch, tenant: TenantId, id: ContactId, sealed: &str) {
    batch.add("UPDATE contact SET fields = $3 WHERE tenant_id = $1 AND id = $2", args![tenant, id, sealed]);
}

/// What a person has confirmed.
///
/// # Errors
/// The database failed.
pub async fn of_contact(tx: &mut Tx, tenant: TenantId, id: ContactId) -> Result<Option<String>> {
    let row =
        tx.first("SELECT fields FROM contact WHERE tenant_id = $1 AND id = $2", args![tenant, id]).await?;
    row.map_or(Ok(None), |it| it.maybe_text(0))
}
