//! A person is erased (GDPR article 17): nothing of them stays but a mark that they were, and a keyed hash of the
//! address that keeps others from bringing them back.
//!
//! What goes: address, external id, language, consents, what they asked for, mails, codes, references in links, the contents and
//! the salts of their evidence, what they said when they left, what endpoints answered to events about them, and what
//! is remembered of pages they opened. What stays: the row of the contact with its id and `erased_at`, the empty
//! places of the evidence, so that the log of commitments stays verifiable and says nothing about anyone, and events
//! of ids and states. Whoever was told of the person is told of this by the event `contact.erased`; an envelope that
//! still waits carries no address, as it is looked up when it is sent.
//!
//! The mark on the address is no wall for the person: signing up again asks for a new confirmation, as ever.

use serde_json::{Map, json};

use super::{
    App, Result,
    gate::{self, Recipient},
    record,
    unsubscribe::deed,
};
use crate::{
    domain::{Timestamp, catalog::Tenant, id::ContactId},
    store::{self, Batch, Tx, contact::Contact},
};

/// Who had a person erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A system, with its key.
    Api,
    /// Somebody at the command line.
    Command,
}

impl By {
    /// The word in the evidence.
    const fn word(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Command => "command",
        }
    }
}

/// A person who is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The mark that is left.
    pub contact: ContactId,
    /// Since when: the first time counts.
    pub at: Timestamp,
    /// Whether it was so already.
    pub already: bool,
}

/// The contact somebody means; by id even when it is erased.
///
/// # Errors
/// The database failed.
pub async fn find(app: &App, tenant: &Tenant, who: &Recipient<'_>) -> Result<Option<ContactId>> {
    match who {
        Recipient::Contact(id) => Ok(Some(*id)),
        Recipient::Email(_) | Recipient::EmailSha256(_) | Recipient::ExternalId(_) | Recipient::Nobody => {
            Ok(gate::lookup(app, tenant, who).await?.map(|(contact, _)| contact.id))
        }
    }
}

/// Erases a person, once; `None` when the tenant never knew them or they were forgotten.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn erase(app: &App, tenant: &Tenant, id: ContactId, by: By) -> Result<Option<Erased>> {
    let mut tx = app.store.begin().await?;
    let Some(erased) = erase_within(app, &mut tx, tenant, id, by).await? else { return Ok(None) };
    if erased.already {
        drop(tx);
    } else {
        app.commit(tx).await?;
    }
    forget(app, &erased).await;
    Ok(Some(erased))
}

/// As [`erase`], within a transaction; after its commit, [`forget`] does the rest.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn erase_within(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: ContactId,
    by: By,
) -> Result<Option<Erased>> {
    let Some(contact) = store::contact::lock(tx, tenant.id, id, app.now()).await? else { return Ok(None) };
    Ok(Some(match contact.erased_at {
        Some(at) => Erased { contact: id, at, already: true },
        None => {
            let at = erase_in(app, tx, tenant, contact, by).await?;
            Erased { contact: id, at, already: false }
        }
    }))
}

/// Forgets outside of the database who was erased in it.
pub async fn forget(app: &App, erased: &Erased) {
    let Erased { contact: id, at: _, already } = *erased;
    if !already {
        tracing::info!(contact = %id, "a contact was erased");
    }
    app.openings.forget_contact(id);
    scrub(app).await;
}

/// Cuts the log of the database, which still holds what was erased. Asked for again, it is tried again.
pub async fn scrub(app: &App) {
    match app.store.scrub().await {
        Ok(true) => {}
        Ok(false) => tracing::warn!("the log of the database still holds what was erased; it is busy"),
        Err(error) => tracing::warn!(%error, "the log of the database still holds what was erased"),
    }
}

async fn erase_in(app: &App, tx: &mut Tx, tenant: &Tenant, contact: Contact, by: By) -> Result<Timestamp> {
    let now = contact.touched_at;
    let mut batch = Batch::default();
    store::erasure::erase(&mut batch, tenant.id, contact.id, tenant.locale, now);
    if let Some(email) = record::address(&contact) {
        let hash = app.keys.address_hash(tenant.id, &email.lookup_key());
        store::suppression::put_erased(&mut batch, tenant.id, &hash, now);
    }
    let nobody = Contact { email: None, external_id: None, locale: tenant.locale, ..contact };
    let deed = deed(tenant, &nobody, "contact.erased", by.word(), None, Map::new());
    let recorded = record::put(app, &mut batch, &deed, &[], now);
    let data = json!({ "contact": nobody.id.to_string(), "evidence": recorded.evidence.to_string() });
    store::event::put(&mut batch, &[record::event(app, &deed, "contact.erased", &data, now)]);
    tx.batch(batch).await?;
    Ok(now)
}
