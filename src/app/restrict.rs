//! A person is frozen at their request (GDPR article 18): kept, never mailed, never changed; and thawed again.

use serde_json::{Map, json};

use super::{App, Result, record, told::Told, unsubscribe::deed};
use crate::{
    domain::catalog::Tenant,
    store::{self, Batch, Tx, contact::Contact},
};

/// Freezes a person whose row is locked, or thaws them; the person as they are then. What is so already stays as it is.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn set(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    contact: Contact,
    is_frozen: bool,
    told: &Told,
) -> Result<Contact> {
    if contact.restricted_at.is_some() == is_frozen {
        return Ok(contact);
    }
    let now = contact.touched_at;
    let kind = if is_frozen { "contact.restricted" } else { "contact.unrestricted" };
    let mut more = Map::new();
    told.record(app, &mut more);
    let deed = deed(tenant, &contact, kind, "api", None, more);
    let mut batch = Batch::default();
    let recorded = record::put(app, &mut batch, &deed, &[], now);
    let data = json!({ "contact": contact.id.to_string(), "evidence": recorded.evidence.to_string() });
    store::event::put(&mut batch, &[record::event(app, &deed, kind, &data, now)]);
    let since = is_frozen.then_some(now);
    store::contact::set_restricted(&mut batch, tenant.id, contact.id, since);
    tx.batch(batch).await?;
    Ok(Contact { restricted_at: since, ..contact })
}
