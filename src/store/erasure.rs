//! What goes when a person is forgotten or erased: everything that hangs on them, in every table.

use super::{Batch, Result, Tx, args};
use crate::domain::{
    Locale, Timestamp,
    id::{ContactId, TenantId},
};

/// Forgets a person of whom nothing but lapsed requests is known: the row goes, and all that hangs on it.
/// The evidence keeps its place with its contents emptied.
///
/// # Errors
/// The database failed.
pub async fn forget(tx: &mut Tx, tenant: TenantId, id: ContactId) -> Result<()> {
    tx.execute("DELETE FROM consent WHERE tenant_id = $1 AND contact_id = $2", args![tenant, id]).await?;
    let mut batch = Batch::default();
    remove_traces(&mut batch, tenant, id);
    batch.add("DELETE FROM request WHERE tenant_id = $1 AND contact_id = $2", args![tenant, id]);
    batch.add("DELETE FROM contact WHERE tenant_id = $1 AND id = $2", args![tenant, id]);
    tx.batch(batch).await
}

/// Erases a person whose row is locked: all that hangs on it goes, and the row stays as the mark of it, without
/// anything of theirs. The evidence keeps its place with its contents emptied.
pub fn erase(batch: &mut Batch, tenant: TenantId, id: ContactId, locale: Locale, now: Timestamp) {
    batch.add("DELETE FROM consent WHERE tenant_id = $1 AND contact_id = $2", args![tenant, id]);
    remove_traces(batch, tenant, id);
    // Whoever signed the person up may still look at the page that followed. It goes on as that of a submission which
    // leads nowhere, until it lapses: were the row gone, the page would tell of the erasure.
    batch.add(
        "UPDATE request SET contact_id = NULL, purposes = '', outcome = 'open', ended_at = NULL, receipt = NULL,
             fields = NULL, mailed_at = NULL,
             younger_than = NULL, guardian = NULL, child_at = NULL, guardian_at = NULL, agreed = NULL
         WHERE tenant_id = $1 AND contact_id = $2 AND expires_at > $3",
        args![tenant, id, now],
    );
    batch.add(
        "DELETE FROM request WHERE tenant_id = $1 AND contact_id = $2 AND expires_at <= $3",
        args![tenant, id, now],
    );
    batch.add(
        "UPDATE contact SET email = NULL, lookup_key = NULL, email_sha256 = NULL, external_id = NULL, locale = $3,
             restricted_at = NULL, suppressed_at = NULL, paused_until = NULL, fields = NULL, erased_at = $4
         WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, locale, now],
    );
}

/// Removes what other tables hold of a person, but for their consents.
fn remove_traces(batch: &mut Batch, tenant: TenantId, id: ContactId) {
    let key = || args![tenant, id];
    batch.add(
        "UPDATE evidence SET record = NULL, salt = NULL WHERE tenant_id = $1 AND contact_id = $2",
        key(),
    );
    // The reason somebody gave for leaving, the language they chose, the hash of the address. Other events hold ids and
    // states.
    batch.add(
        "UPDATE event SET data = $3 WHERE tenant_id = $1 AND contact_id = $2
         AND kind NOT LIKE 'consent.%' AND kind NOT LIKE 'contact.%' AND kind NOT LIKE 'signup.%'",
        args![tenant, id, format!("{{\"contact\":\"{id}\"}}")],
    );
    // What endpoints answered may repeat the address they were sent.
    batch.add(
        "UPDATE attempt SET note = '' WHERE tenant_id = $1 AND note <> '' AND delivery_id IN (
             SELECT d.id FROM event e CROSS JOIN endpoint w CROSS JOIN delivery d
             WHERE e.tenant_id = $1 AND e.contact_id = $2 AND w.tenant_id = $1
                 AND d.tenant_id = $1 AND d.endpoint_id = w.id AND d.event_id = e.id)",
        key(),
    );
    batch.add("DELETE FROM mail WHERE tenant_id = $1 AND contact_id = $2", key());
    batch.add("DELETE FROM challenge WHERE tenant_id = $1 AND contact_id = $2", key());
    batch.add("DELETE FROM link_ref WHERE tenant_id = $1 AND contact_id = $2", key());
    batch.add("DELETE FROM told_host WHERE tenant_id = $1 AND contact_id = $2", key());
    // Answers of the API about them, kept for a retry. The claims stay, empty: a retry would make the person anew.
    batch.add(
        "UPDATE idempotency SET body = '', answer = '', contact_id = NULL WHERE tenant_id = $1 AND contact_id = $2",
        key(),
    );
}
