//! What ends by itself: requests nobody confirmed, breaks, and rows that outlived their use.

use serde_json::{Map, json};

use super::{App, Result, feed, log, once, outbox, record, unsubscribe::deed};
use crate::{
    domain::{
        Timestamp,
        consent::{Act, State},
        id::{ContactId, PurposeId, RequestId, TenantId},
    },
    store::{self, Batch, Tx},
};

/// Rows looked at in one transaction.
const BATCH: i64 = 200;

/// Deletes requests never confirmed in time, cancelled or reported, and with them people of whom nothing else is known;
/// how many.
///
/// # Errors
/// The database failed; what was done before it stays done.
pub async fn requests(app: &App) -> Result<usize> {
    let now = app.now();
    app.openings.forget_expired(now);
    let due = store::request::lapsed(&mut app.store.peek().await?, now, BATCH).await?;
    for (tenant, request, contact) in &due {
        let mut tx = app.store.begin().await?;
        lapse(app, &mut tx, *tenant, *request, *contact, now).await?;
        app.commit(tx).await?;
    }
    Ok(due.len())
}

async fn lapse(
    app: &App,
    tx: &mut Tx,
    tenant_id: TenantId,
    id: RequestId,
    contact: Option<ContactId>,
    now: Timestamp,
) -> Result<()> {
    let catalog = app.catalog();
    let contact = match contact {
        Some(contact) => {
            // Erased since it was listed: nothing more is said of them.
            store::contact::lock(tx, tenant_id, contact, now).await?.filter(|it| it.erased_at.is_none())
        }
        None => None,
    };
    let mut batch = Batch::default();
    let (Some(contact), Some(tenant)) = (contact, catalog.tenant(tenant_id)) else {
        store::request::remove(&mut batch, tenant_id, id);
        return Ok(tx.batch(batch).await?);
    };
    let now = contact.touched_at;
    // Confirmed by another hand since it was listed: nothing lapses.
    let Some(request) = store::request::find(tx, tenant_id, id).await? else { return Ok(()) };
    let verdict = crate::domain::request::judge(&request.facts, now);
    if matches!(verdict, crate::domain::request::Verdict::Confirmed(_)) {
        return Ok(());
    }
    let known = store::consent::of_contact(tx, tenant_id, contact.id).await?;
    let newest = request.facts.generation >= request.facts.newest;
    // What a newer request asks for waits for that one. What this one alone asked for waits for nothing any more, be its
    // link replaced by one that asks for something else, or revoked when the person left something else.
    let asked_anew = |purpose: &PurposeId| {
        let pending = known.iter().find(|it| it.purpose == *purpose).and_then(|it| it.consent.pending_since);
        pending.is_some_and(|it| it > request.created_at)
    };
    let purposes = request.purposes.iter().copied().filter(|it| !asked_anew(it));
    let changes = record::changes(&known, purposes, Act::Lapse, now);
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(id.to_string()));
    let deed = deed(tenant, &contact, "signup.expired", "time", None, more);
    let settled = known.iter().any(|it| match it.consent.state {
        State::Confirmed | State::Withdrawn | State::Expired => true,
        State::Unknown | State::Refused => false,
    });
    // Whoever is frozen is kept. The tenant's own name for somebody is no reason to keep them.
    let is_forgotten = newest && !settled && contact.restricted_at.is_none();
    let is_recorded = matches!(verdict, crate::domain::request::Verdict::Expired(_)) || !changes.is_empty();
    // Whoever keeps a copy has to learn that the person is gone from here.
    if is_recorded || is_forgotten {
        let data = json!({ "contact": contact.id.to_string(), "request": id.to_string() });
        store::event::put(&mut batch, &[record::event(app, &deed, "signup.expired", &data, now)]);
    }
    if is_recorded {
        record::put(app, &mut batch, &deed, &changes, now);
    }
    store::request::remove(&mut batch, tenant_id, id);
    tx.batch(batch).await?;
    if is_forgotten {
        store::erasure::forget(tx, tenant_id, contact.id).await?;
    }
    Ok(())
}

/// Ends breaks whose time is over; how many. The gate counts them as over at once.
///
/// # Errors
/// The database failed; what was done before it stays done.
pub async fn pauses(app: &App) -> Result<usize> {
    let now = app.now();
    let due = store::contact::back_from_pause(&mut app.store.peek().await?, now, BATCH).await?;
    for listed in &due {
        let catalog = app.catalog();
        let Some(tenant) = catalog.tenant(listed.tenant) else { continue };
        let mut tx = app.store.begin().await?;
        let Some(contact) = store::contact::lock(&mut tx, listed.tenant, listed.id, now).await? else {
            continue;
        };
        // Prolonged since it was listed.
        if contact.paused_until.is_none_or(|until| until > now) {
            continue;
        }
        let now = contact.touched_at;
        let deed = deed(tenant, &contact, "pause.ended", "time", None, Map::new());
        let mut batch = Batch::default();
        record::put(app, &mut batch, &deed, &[], now);
        let data = json!({ "contact": contact.id.to_string() });
        store::event::put(&mut batch, &[record::event(app, &deed, "pause.ended", &data, now)]);
        store::contact::set_pause(&mut batch, tenant.id, contact.id, None);
        tx.batch(batch).await?;
        app.commit(tx).await?;
    }
    Ok(due.len())
}

/// Removes what has outlived its use: budgets, codes, blocks, answers kept for a retry, old events, mails and deliveries long
/// ended; how many rows.
///
/// # Errors
/// The database failed; what was done before it stays done.
pub async fn leftovers(app: &App) -> Result<u64> {
    let now = app.now();
    let kept = now.plus(-outbox::KEPT);
    let mut removed = feed::forget_old(app).await?;
    let mut tx = app.store.begin().await?;
    removed += store::budget::prune(&mut tx, now, BATCH).await?;
    removed += store::attack::prune(&mut tx, now, BATCH).await?;
    removed += store::challenge::prune(&mut tx, now, BATCH).await?;
    removed += store::suppression::prune(&mut tx, now, BATCH).await?;
    removed += store::idempotency::prune(&mut tx, now.plus(-once::KEPT), BATCH).await?;
    removed += store::mail::prune(&mut tx, kept, BATCH).await?;
    removed += store::delivery::prune(&mut tx, kept, BATCH).await?;
    removed += store::job::prune(&mut tx, kept, BATCH).await?;
    removed += store::checkpoint::prune(&mut tx, now.plus(-log::CHECKPOINTS_KEPT), BATCH).await?;
    tx.commit().await?;
    Ok(removed)
}
