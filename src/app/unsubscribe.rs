//! Leaving: one purpose or everything, at once, and taking it back for 15 minutes.

use serde_json::{Map, json};

use super::{
    App, Result, Visit,
    links::Holder,
    mail_receipt,
    record::{self, Change, Deed},
};
use crate::{
    domain::{
        Timestamp,
        catalog::Tenant,
        consent::{Act, State},
        id::{EvidenceId, PurposeId},
    },
    store::{self, Batch, consent::Stored, contact::Contact},
};

/// What leaving led to.
pub struct Left {
    /// The person.
    pub contact: Contact,
    /// What was left just now; empty when nothing was there to leave.
    pub purposes: Vec<PurposeId>,
    /// The number of the receipt, if anything changed.
    pub receipt: Option<String>,
    /// The evidence of it, if anything changed: what can be taken back.
    pub evidence: Option<EvidenceId>,
    /// When it took effect: now, or when it was done before.
    pub at: Timestamp,
    /// All consents as they are now.
    pub consents: Vec<Stored>,
}

/// Which purposes are left.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// This one.
    One(PurposeId),
    /// All of the tenant's.
    Everything,
}

/// Leaves, in one transaction with its evidence and events; open requests stop granting. `None` when the
/// person is gone.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn leave(
    app: &App,
    tenant: &Tenant,
    holder: &Holder,
    what: What,
    method: &'static str,
    visit: &Visit,
) -> Result<Option<Left>> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(contact) = store::contact::lock(&mut tx, tenant.id, holder.contact, now).await? else {
        return Ok(None);
    };
    if contact.erased_at.is_some() {
        return Ok(None);
    }
    let now = contact.touched_at;
    let known = store::consent::of_contact(&mut tx, tenant.id, contact.id).await?;
    let purposes: Vec<PurposeId> = match what {
        What::One(purpose) => vec![purpose],
        What::Everything => known.iter().map(|it| it.purpose).collect(),
    };
    let changes = record::changes(&known, purposes.iter().copied(), Act::Withdraw, now);
    if changes.is_empty() {
        let at = known.iter().filter(|it| purposes.contains(&it.purpose)).map(|it| it.consent.since).max();
        tx.commit().await?;
        let at = at.unwrap_or(now);
        return Ok(Some(Left {
            contact,
            purposes: Vec::new(),
            receipt: None,
            evidence: None,
            at,
            consents: known,
        }));
    }
    let mut more = Map::new();
    more.insert("everything".to_owned(), json!(matches!(what, What::Everything)));
    let deed = deed(tenant, &contact, "consent.withdrawn", method, Some(visit), more);
    let mut batch = Batch::default();
    let recorded = record::put(app, &mut batch, &deed, &changes, now);
    mail_receipt::queue(app, &mut tx, &mut batch, &deed, &changes, &recorded, now).await?;
    store::request::revoke_open(&mut batch, tenant.id, contact.id, now);
    tx.batch(batch).await?;
    let consents = merged(&known, &changes, recorded.evidence);
    app.commit(tx).await?;
    Ok(Some(Left {
        contact,
        purposes: changes.iter().map(|it| it.purpose).collect(),
        receipt: Some(recorded.receipt.to_string()),
        evidence: Some(recorded.evidence),
        at: now,
        consents,
    }))
}

pub(super) fn deed<'a>(
    tenant: &'a Tenant,
    contact: &'a Contact,
    kind: &'static str,
    method: &'static str,
    visit: Option<&'a Visit>,
    more: Map<String, serde_json::Value>,
) -> Deed<'a> {
    Deed { tenant, contact, kind, method, locale: contact.locale, visit, form: None, shown: None, more }
}

/// The consents after changes were made to them.
pub(super) fn merged(known: &[Stored], changes: &[Change], evidence: EvidenceId) -> Vec<Stored> {
    let mut merged = known.to_vec();
    for change in changes {
        match merged.iter_mut().find(|it| it.purpose == change.purpose) {
            Some(stored) => {
                stored.consent = change.after;
                stored.evidence = evidence;
            }
            None => merged.push(Stored {
                purpose: change.purpose,
                consent: change.after,
                evidence,
                used_at: None,
            }),
        }
    }
    merged
}

/// Takes one leaving back: everything withdrawn by the act whose evidence is `left`, within 15 minutes of it. `None`
/// when the person is gone; nothing left means that there was nothing to take back any more.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn undo(
    app: &App,
    tenant: &Tenant,
    holder: &Holder,
    left: EvidenceId,
    visit: &Visit,
) -> Result<Option<Left>> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(contact) = store::contact::lock(&mut tx, tenant.id, holder.contact, now).await? else {
        return Ok(None);
    };
    if contact.erased_at.is_some() || contact.restricted_at.is_some() || contact.suppressed_at.is_some() {
        return Ok(None);
    }
    let now = contact.touched_at;
    let known = store::consent::of_contact(&mut tx, tenant.id, contact.id).await?;
    let left_together = known
        .iter()
        .filter(|it| it.evidence == left && it.consent.state == State::Withdrawn)
        .map(|it| it.purpose);
    let changes = record::changes(&known, left_together, Act::Restore, now);
    if changes.is_empty() {
        tx.commit().await?;
        return Ok(Some(Left {
            contact,
            purposes: Vec::new(),
            receipt: None,
            evidence: None,
            at: now,
            consents: known,
        }));
    }
    let mut more = Map::new();
    more.insert("undoes".to_owned(), json!(left.to_string()));
    let deed = deed(tenant, &contact, "consent.confirmed", "undo", Some(visit), more);
    let mut batch = Batch::default();
    let recorded = record::put(app, &mut batch, &deed, &changes, now);
    mail_receipt::queue(app, &mut tx, &mut batch, &deed, &changes, &recorded, now).await?;
    tx.batch(batch).await?;
    let consents = merged(&known, &changes, recorded.evidence);
    app.commit(tx).await?;
    Ok(Some(Left {
        contact,
        purposes: changes.iter().map(|it| it.purpose).collect(),
        receipt: Some(recorded.receipt.to_string()),
        evidence: Some(recorded.evidence),
        at: now,
        consents,
    }))
}

/// Notes why someone left, when they chose to say so after the act: told to the tenant, tied to the event.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn give_reason(app: &App, tenant: &Tenant, holder: &Holder, reason: &str) -> Result<bool> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(contact) = store::contact::lock(&mut tx, tenant.id, holder.contact, now).await? else {
        return Ok(false);
    };
    if contact.erased_at.is_some() {
        return Ok(false);
    }
    let now = contact.touched_at;
    let deed = deed(tenant, &contact, "preference.changed", "reason", None, Map::new());
    let data = json!({ "contact": contact.id.to_string(), "reason": reason });
    let mut batch = Batch::default();
    store::event::put(&mut batch, &[record::event(app, &deed, "preference.changed", &data, now)]);
    tx.batch(batch).await?;
    app.commit(tx).await?;
    Ok(true)
}
