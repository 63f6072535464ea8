//! What a tenant's system may change of a person: the language they read, and its own name for them.
//!
//! Nothing here grants or takes a consent.

use serde_json::{Map, json};

use super::{App, Result, gate, record, unsubscribe::deed};
use crate::{
    domain::{Locale, catalog::Tenant, id::ContactId},
    store::{self, Batch, Tx, consent::Stored, contact::Contact},
};

/// What is to be changed; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The language.
    pub locale: Option<Locale>,
    /// The tenant's own name for the person; `Some(None)` takes it away.
    pub external_id: Option<Option<String>>,
}

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindered {
    /// The person is restricted: nothing about them may be changed.
    Restricted,
    /// Another person has this external id.
    Taken,
}

/// A person and their consents.
///
/// # Errors
/// The database failed.
pub async fn find(app: &App, tenant: &Tenant, id: ContactId) -> Result<Option<(Contact, Vec<Stored>)>> {
    gate::lookup(app, tenant, &gate::Recipient::Contact(id)).await
}

/// The person and their consents, the row locked until the end of the transaction; `None` when they are unknown or erased.
///
/// # Errors
/// The database failed.
pub async fn lock(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: ContactId,
) -> Result<Option<(Contact, Vec<Stored>)>> {
    let contact = store::contact::lock(tx, tenant.id, id, app.now()).await?;
    let Some(contact) = contact.filter(|it| it.erased_at.is_none()) else { return Ok(None) };
    let consents = store::consent::of_contact(tx, tenant.id, id).await?;
    Ok(Some((contact, consents)))
}

/// Changes a person whose row is locked; the person as they are then. A changed language is recorded and told as any
/// changed preference; the external id is a name of the tenant's own and proves nothing.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn edit(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    contact: &Contact,
    edit: &Edit,
) -> Result<std::result::Result<Contact, Hindered>> {
    if contact.restricted_at.is_some() {
        return Ok(Err(Hindered::Restricted));
    }
    let Edit { locale, external_id } = edit;
    let mut changed = contact.clone();
    let mut batch = Batch::default();
    if let Some(external_id) = external_id
        && *external_id != contact.external_id
    {
        if let Some(text) = external_id
            && !store::contact::name(tx, tenant.id, contact.id, text).await?
        {
            return Ok(Err(Hindered::Taken));
        }
        changed.external_id.clone_from(external_id);
    }
    if let Some(locale) = *locale
        && locale != contact.locale
    {
        changed.locale = locale;
        let now = contact.touched_at;
        let deed = deed(tenant, &changed, "preference.changed", "api", None, Map::new());
        record::put(app, &mut batch, &deed, &[], now);
    }
    if (changed.locale, &changed.external_id) != (contact.locale, &contact.external_id) {
        // Whoever keeps a copy is to look again, whichever of the two it was.
        let deed = deed(tenant, &changed, "preference.changed", "api", None, Map::new());
        let data = json!({ "contact": contact.id.to_string(), "locale": changed.locale.tag() });
        let event = record::event(app, &deed, "preference.changed", &data, contact.touched_at);
        store::event::put(&mut batch, &[event]);
        let external_id = changed.external_id.as_deref();
        store::contact::set_described(&mut batch, tenant.id, contact.id, changed.locale, external_id);
        tx.batch(batch).await?;
    }
    Ok(Ok(changed))
}
