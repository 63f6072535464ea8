//! *It was not me*: someone else typed this address. The request ends and the address is left alone.

use serde_json::{Map, json};

use super::{App, Result, Visit, record, tally::Decision, unsubscribe::deed};
use crate::{
    domain::{
        catalog::Tenant,
        consent::Act,
        id::RequestId,
        request::{Verdict, judge},
        time::DAY,
    },
    store::{self, Batch, contact::Contact},
};

/// How long nobody can sign the address up, in milliseconds: 90 days.
pub const BLOCK: i64 = 90 * DAY;

/// What became of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The address is blocked for new requests.
    Blocked,
    /// The request was confirmed, so it was its owner: leaving is on the preference page.
    WasConfirmed,
    /// The request is gone: nothing is kept of it.
    Gone,
}

/// Whether the address of a person is blocked for new requests. Reading it changes nothing.
///
/// # Errors
/// The database failed.
pub async fn is_blocked(app: &App, tenant: &Tenant, contact: &Contact) -> Result<bool> {
    let Some(email) = record::address(contact) else { return Ok(false) };
    let hash = app.keys.address_hash(tenant.id, &email.lookup_key());
    let mut tx = app.store.peek().await?;
    Ok(store::suppression::reason(&mut tx, tenant.id, &hash, app.now()).await?.is_some())
}

/// Ends the request and blocks its address for new ones; the second press finds it done.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn report(app: &App, tenant: &Tenant, id: RequestId, visit: &Visit) -> Result<Reported> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(contact) = store::contact::lock_by_request(&mut tx, tenant.id, id, now).await? else {
        return Ok(Reported::Gone);
    };
    let now = contact.touched_at;
    let Some(request) = store::request::find(&mut tx, tenant.id, id).await? else {
        return Ok(Reported::Gone);
    };
    let Some(email) = record::address(&contact) else { return Ok(Reported::Gone) };
    match judge(&request.facts, now) {
        Verdict::Confirmed(_) => return Ok(Reported::WasConfirmed),
        Verdict::Deleted(_)
        | Verdict::Revoked(_)
        | Verdict::Live
        | Verdict::Expired(_)
        | Verdict::Replaced => {}
    }
    let hash = app.keys.address_hash(tenant.id, &email.lookup_key());
    if store::suppression::reason(&mut tx, tenant.id, &hash, now).await?.is_some() {
        return Ok(Reported::Blocked);
    }
    let mut batch = Batch::default();
    store::suppression::put(&mut batch, tenant.id, &hash, "reported", now, Some(now.plus(BLOCK)));
    let known = store::consent::of_contact(&mut tx, tenant.id, contact.id).await?;
    let changes = record::changes(&known, request.purposes.iter().copied(), Act::Refuse, now);
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(id.to_string()));
    let deed = deed(tenant, &contact, "signup.reported", "not_me", Some(visit), more);
    record::put(app, &mut batch, &deed, &changes, now);
    store::request::revoke_open(&mut batch, tenant.id, contact.id, now);
    let data = json!({ "contact": contact.id.to_string(), "request": id.to_string() });
    store::event::put(&mut batch, &[record::event(app, &deed, "signup.reported", &data, now)]);
    tx.batch(batch).await?;
    app.commit(tx).await?;
    app.openings.forget(id);
    app.tally.count(Decision::Reported);
    Ok(Reported::Blocked)
}
