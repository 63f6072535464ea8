//! The people a tenant knows, one after the other, and what happened about one of them.

use std::collections::HashMap;

use super::{App, Result, entered};
use crate::{
    domain::{catalog::Tenant, field::Answers, id::ContactId},
    store::{self, consent::Stored, contact::Contact, evidence::Evidence},
};

/// One person as a list shows them.
pub struct Known {
    /// The person.
    pub contact: Contact,
    /// Their consents.
    pub consents: Vec<Stored>,
    /// What they entered in declared fields.
    pub entered: Answers,
}

/// People whose id comes after `after`, in the order they were met, at most `limit`, from one state of the database.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, tenant: &Tenant, after: &str, limit: i64) -> Result<Vec<Known>> {
    let mut tx = app.store.read().await?;
    let found = store::contact::page(&mut tx, tenant.id, after, limit).await?;
    let (Some((first, _)), Some((last, _))) = (found.first(), found.last()) else { return Ok(Vec::new()) };
    let mut consents: HashMap<ContactId, Vec<Stored>> = HashMap::new();
    // Those of the first person are not after the first person.
    consents.insert(first.id, store::consent::of_contact(&mut tx, tenant.id, first.id).await?);
    let ends = [first.id, last.id].map(|it| Some((tenant.id, it)));
    let [from, to] = ends;
    for (_, contact, stored) in store::consent::between(&mut tx, from, to).await? {
        consents.entry(contact).or_default().push(stored);
    }
    tx.commit().await?;
    let known = found.into_iter().map(|(contact, sealed)| Known {
        consents: consents.remove(&contact.id).unwrap_or_default(),
        entered: entered::open(app, contact.id, sealed.as_deref()),
        contact,
    });
    Ok(known.collect())
}

/// What happened about a person before the fact of this id, or lately when it is empty; newest first, at most `limit`.
/// `None` when they are unknown or erased.
///
/// # Errors
/// The database failed.
pub async fn timeline(
    app: &App,
    tenant: &Tenant,
    id: ContactId,
    before: &str,
    limit: i64,
) -> Result<Option<Vec<Evidence>>> {
    let mut tx = app.store.read().await?;
    let contact = store::contact::find(&mut tx, tenant.id, id).await?;
    if contact.is_none_or(|it| it.erased_at.is_some()) {
        return Ok(None);
    }
    let found = store::evidence::before(&mut tx, tenant.id, id, before, limit).await?;
    tx.commit().await?;
    Ok(Some(found))
}
