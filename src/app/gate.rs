//! The send gate: may these people be mailed for this purpose now? Fails closed.

use std::collections::HashMap;

use serde_json::json;

use super::{App, Result};
use crate::{
    domain::{
        EmailAddress, Timestamp,
        catalog::{Purpose, Tenant},
        consent::{Denial, may_send},
        id::{CheckId, ContactId},
        time::DAY,
    },
    store::{self, gate::Entry},
};

/// The most people asked about at once.
pub const MOST: usize = 10_000;
/// How often it is noted that a consent was relied on, in milliseconds: once in 30 days is enough to know
/// that it is in use.
const USE_NOTED: i64 = 30 * DAY;

/// Whom a question is about.
#[derive(Clone, Debug)]
pub enum Recipient {
    /// An address.
    Email(EmailAddress),
    /// A contact.
    Contact(ContactId),
    /// The tenant's own name for the person.
    ExternalId(String),
    /// What was given names nobody: denied as unknown.
    Nobody,
}

/// The answer for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes, to this contact.
    Allow(ContactId),
    /// No, and why.
    Deny(Denial),
}

/// All answers, in the order asked.
pub struct Check {
    /// The check.
    pub id: CheckId,
    /// When it was made.
    pub at: Timestamp,
    /// The answers.
    pub decisions: Vec<Decision>,
}

/// Answers for each recipient, from one state of the database.
///
/// # Errors
/// The database failed: the caller must not send.
pub async fn check(app: &App, tenant: &Tenant, purpose: &Purpose, recipients: &[Recipient]) -> Result<Check> {
    let now = app.now();
    let mut emails = Vec::new();
    let mut contacts = Vec::new();
    let mut external_ids = Vec::new();
    for recipient in recipients {
        match recipient {
            Recipient::Email(email) => emails.push(email.lookup_key()),
            Recipient::Contact(id) => contacts.push(id.to_string()),
            Recipient::ExternalId(id) => external_ids.push(id.clone()),
            Recipient::Nobody => {}
        }
    }
    let mut tx = app.store.read().await?;
    let mut by_email = HashMap::new();
    if !emails.is_empty() {
        by_email =
            keyed(store::gate::by_address(&mut tx, tenant.id, purpose.id, &json!(emails).to_string()).await?);
    }
    let mut by_contact = HashMap::new();
    if !contacts.is_empty() {
        by_contact =
            keyed(store::gate::by_id(&mut tx, tenant.id, purpose.id, &json!(contacts).to_string()).await?);
    }
    let mut by_external_id = HashMap::new();
    if !external_ids.is_empty() {
        let asked = json!(external_ids).to_string();
        by_external_id = keyed(store::gate::by_external_id(&mut tx, tenant.id, purpose.id, &asked).await?);
    }
    // Only strangers can be suppressed without a row of their own: erased, or bounced and forgotten.
    let strangers: Vec<String> = emails
        .iter()
        .filter(|it| !by_email.contains_key(*it))
        .map(|it| app.keys.address_hash(tenant.id, it))
        .collect();
    let marks: HashMap<String, String> = if strangers.is_empty() {
        HashMap::new()
    } else {
        let asked = json!(strangers).to_string();
        store::gate::suppressed(&mut tx, tenant.id, &asked, now).await?.into_iter().collect()
    };
    tx.commit().await?;
    let mut emails = emails.iter();
    let mut used = Vec::new();
    let decisions = recipients
        .iter()
        .map(|recipient| {
            let (entry, mark) = match recipient {
                Recipient::Email(_) => {
                    let key = emails.next();
                    let entry = key.and_then(|it| by_email.get(it));
                    let stranger = key.filter(|_| entry.is_none() && !marks.is_empty());
                    (entry, stranger.and_then(|it| marks.get(&app.keys.address_hash(tenant.id, it))))
                }
                Recipient::Contact(id) => (by_contact.get(&id.to_string()), None),
                Recipient::ExternalId(id) => (by_external_id.get(id), None),
                Recipient::Nobody => (None, None),
            };
            decide(entry, mark.map(String::as_str), purpose, now, &mut used)
        })
        .collect();
    note_use(app, tenant, purpose, &used, now).await?;
    Ok(Check { id: CheckId::new(now, &app.random), at: now, decisions })
}

fn keyed(entries: Vec<Entry>) -> HashMap<String, Entry> {
    entries.into_iter().map(|it| (it.asked.clone(), it)).collect()
}

fn decide(
    entry: Option<&Entry>,
    mark: Option<&str>,
    purpose: &Purpose,
    now: Timestamp,
    used: &mut Vec<String>,
) -> Decision {
    let Some(entry) = entry else {
        return Decision::Deny(match mark {
            Some("erased") => Denial::Erased,
            Some(_) => Denial::Suppressed,
            None => Denial::Unknown,
        });
    };
    if purpose.retired_at.is_some() {
        return Decision::Deny(Denial::Expired);
    }
    match may_send(&entry.consent, entry.used_at, &entry.standing, now) {
        Ok(()) => {
            if now.since(entry.used_at.unwrap_or(entry.consent.since)) > USE_NOTED {
                used.push(entry.contact.to_string());
            }
            Decision::Allow(entry.contact)
        }
        Err(denial) => Decision::Deny(denial),
    }
}

async fn note_use(
    app: &App,
    tenant: &Tenant,
    purpose: &Purpose,
    used: &[String],
    now: Timestamp,
) -> Result<()> {
    if used.is_empty() {
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    store::gate::mark_used(&mut tx, tenant.id, purpose.id, &json!(used).to_string(), now).await?;
    Ok(tx.commit().await?)
}

/// A person the API was asked for by address, with all their consents.
///
/// # Errors
/// The database failed.
pub async fn lookup(
    app: &App,
    tenant: &Tenant,
    recipient: &Recipient,
) -> Result<Option<(store::contact::Contact, Vec<store::consent::Stored>)>> {
    let mut tx = app.store.read().await?;
    let found = match recipient {
        Recipient::Email(email) => {
            store::contact::by_address(&mut tx, tenant.id, &email.lookup_key()).await?
        }
        Recipient::Contact(id) => store::contact::find(&mut tx, tenant.id, *id).await?,
        Recipient::ExternalId(id) => store::contact::by_external_id(&mut tx, tenant.id, id).await?,
        Recipient::Nobody => None,
    };
    let Some(contact) = found.filter(|it| it.erased_at.is_none()) else { return Ok(None) };
    let consents = store::consent::of_contact(&mut tx, tenant.id, contact.id).await?;
    tx.commit().await?;
    Ok(Some((contact, consents)))
}
