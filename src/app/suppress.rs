//! "Do not mail this address", said by the tenant: mail to it comes back, or the person complained or objected. The two
//! last are a no to everything they agreed to.
//!
//! Of a person we know there is evidence and an event; of an address without a person, the keyed hash and an event.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, json};

use super::{App, Result, gate::Recipient, record, told::Told, unsubscribe::deed};
use crate::{
    domain::{
        EmailAddress, Timestamp,
        catalog::Tenant,
        consent::{Act, Reason},
        id::{ContactId, EventId},
    },
    store::{self, Batch, Tx, consent::Stored, contact::Contact, event::Event, suppression::Suppression},
};

/// The most addresses in one call.
pub const MOST: usize = 1_000;
/// People written about in one go: while it lasts, signups of the tenant wait.
const TOGETHER: usize = 25;

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindered {
    /// These of the people asked about, by their place, are nobody's.
    Unknown(Vec<usize>),
    /// The person caused it themselves: it is not the tenant's to lift.
    Theirs(Reason),
}

/// Suppresses all of them or, when one is nobody, none. What is suppressed already stays as it is.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn add(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    whom: &[Recipient<'_>],
    reason: Reason,
    told: &Told,
) -> Result<std::result::Result<Vec<Suppression>, Hindered>> {
    let (known, strangers) = match resolve(app, tx, tenant, whom).await? {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(Hindered::Unknown(unknown))),
    };
    // Hashes in one order, after all rows of people: two calls at once never wait for each other.
    let mut hashes: BTreeMap<String, Timestamp> =
        strangers.iter().map(|it| (it.clone(), app.now())).collect();
    let ids: Vec<ContactId> = known.iter().map(|it| it.id).collect();
    let consents = store::consent::of_contacts(tx, tenant.id, &ids).await?;
    for few in known.chunks(TOGETHER) {
        let mut batch = Batch::default();
        for contact in few {
            let theirs = consents.get(&contact.id).map_or(&[][..], Vec::as_slice);
            hashes.extend(suppress(app, &mut batch, tenant, contact, theirs, reason, told));
        }
        tx.batch(batch).await?;
    }
    let hashes: Vec<(String, Timestamp)> = hashes.into_iter().collect();
    let mut marks = store::suppression::add(tx, tenant.id, &hashes, reason.word()).await?;
    let added: BTreeSet<String> = marks.iter().map(|it| it.address_hash.clone()).collect();
    for (hash, now) in hashes.iter().filter(|it| !added.contains(&it.0)) {
        marks.extend(store::suppression::find(tx, tenant.id, hash, *now).await?);
    }
    marks.sort_by(|a, b| a.address_hash.cmp(&b.address_hash));
    let mut batch = Batch::default();
    let events: Vec<Event> = strangers
        .intersection(&added)
        .map(|it| of_stranger(app, tenant, "suppression.added", it, reason))
        .collect();
    store::event::put(&mut batch, &events);
    tx.batch(batch).await?;
    Ok(Ok(marks))
}

/// People, their rows locked in the order of their ids, and the hashes of addresses without one, where nobody can be
/// met any more before the end of the transaction: who is not found now would else be confirmed beside the mark.
async fn resolve(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    whom: &[Recipient<'_>],
) -> Result<std::result::Result<(Vec<Contact>, BTreeSet<String>), Vec<usize>>> {
    let (mut ids, mut strangers, mut unknown) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    let by_address = by_addresses(app, tx, tenant, whom).await?;
    for (place, who) in whom.iter().enumerate() {
        let found: Option<ContactId> = match who {
            Recipient::Email(email) => {
                let key = email.lookup_key();
                let found = by_address.get(&key);
                if found.is_none() {
                    strangers.insert(app.keys.address_hash(tenant.id, &key));
                    continue;
                }
                found.copied()
            }
            Recipient::Contact(id) => Some(*id),
            Recipient::ExternalId(id) => {
                store::contact::by_external_id(tx, tenant.id, id).await?.map(|it| it.id)
            }
            Recipient::EmailSha256(hash) => {
                store::contact::by_sha256(tx, tenant.id, hash).await?.map(|it| it.id)
            }
            Recipient::Nobody => None,
        };
        match found {
            Some(id) => ids.entry(id).or_insert_with(Vec::new).push(place),
            None => unknown.push(place),
        }
    }
    let mut contacts =
        store::contact::lock_all(tx, tenant.id, &ids.keys().copied().collect(), app.now()).await?;
    contacts.retain(|it| it.erased_at.is_none());
    for contact in &contacts {
        ids.remove(&contact.id);
    }
    unknown.extend(ids.into_values().flatten());
    unknown.sort_unstable();
    Ok(if unknown.is_empty() { Ok((contacts, strangers)) } else { Err(unknown) })
}

/// The people of the addresses among `whom`, after the locks of these addresses.
async fn by_addresses(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    whom: &[Recipient<'_>],
) -> Result<BTreeMap<String, ContactId>> {
    let keys: BTreeSet<String> = whom
        .iter()
        .filter_map(|it| match it {
            Recipient::Email(email) => Some(email.lookup_key()),
            Recipient::Contact(_)
            | Recipient::ExternalId(_)
            | Recipient::EmailSha256(_)
            | Recipient::Nobody => None,
        })
        .collect();
    let hashes: Vec<String> = keys.iter().map(|it| app.keys.address_hash(tenant.id, it)).collect();
    store::suppression::lock(tx, tenant.id, &hashes).await?;
    Ok(store::contact::by_addresses(tx, tenant.id, &keys).await?)
}

/// Suppresses a person whose row is locked; the hash of their address, to be marked, and when.
fn suppress(
    app: &App,
    batch: &mut Batch,
    tenant: &Tenant,
    contact: &Contact,
    known: &[Stored],
    reason: Reason,
    told: &Told,
) -> Option<(String, Timestamp)> {
    let now = contact.touched_at;
    let email = record::address(contact)?;
    let left = known.iter().map(|it| it.purpose).filter(|_| reason.withdraws());
    let changes = record::changes(known, left, Act::Withdraw, now);
    let hash = app.keys.address_hash(tenant.id, &email.lookup_key());
    if contact.suppressed_at.is_some() && changes.is_empty() {
        return Some((hash, now));
    }
    let mut more = Map::new();
    more.insert("reason".to_owned(), json!(reason.word()));
    told.record(app, &mut more);
    let deed = deed(tenant, contact, "suppression.added", "api", None, more);
    let recorded = record::put(app, batch, &deed, &changes, now);
    let data = json!({
        "contact": contact.id.to_string(), "address_hash": hash, "reason": reason.word(),
        "evidence": recorded.evidence.to_string(),
    });
    store::event::put(batch, &[record::event(app, &deed, "suppression.added", &data, now)]);
    if reason.withdraws() {
        store::request::revoke_open(batch, tenant.id, contact.id, now);
    }
    if contact.suppressed_at.is_none() {
        store::contact::set_suppressed(batch, tenant.id, contact.id, Some(now));
    }
    Some((hash, now))
}

/// Lifts the suppression of an address; false when there was none. Consents that were withdrawn by it stay so.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn lift(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    who: &Recipient<'_>,
    told: &Told,
) -> Result<std::result::Result<bool, Hindered>> {
    let whom = std::slice::from_ref(who);
    let (known, strangers) = match resolve(app, tx, tenant, whom).await? {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(Hindered::Unknown(unknown))),
    };
    let contact = known.into_iter().next();
    let email: Option<EmailAddress> = contact.as_ref().and_then(record::address);
    let hash = email.map(|it| app.keys.address_hash(tenant.id, &it.lookup_key()));
    let Some(hash) = hash.or_else(|| strangers.into_iter().next()) else { return Ok(Ok(false)) };
    let now = contact.as_ref().map_or_else(|| app.now(), |it| it.touched_at);
    let mark = store::suppression::find(tx, tenant.id, &hash, now).await?;
    let reason = mark.as_ref().and_then(|it| Reason::from_word(&it.reason));
    if let Some(reason) = reason.filter(|it| !it.may_be_lifted()) {
        return Ok(Err(Hindered::Theirs(reason)));
    }
    let mut batch = Batch::default();
    let reason = reason.unwrap_or(Reason::Bounced);
    match contact.filter(|it| it.suppressed_at.is_some()) {
        Some(contact) => {
            let mut more = Map::new();
            more.insert("reason".to_owned(), json!(reason.word()));
            told.record(app, &mut more);
            let deed = deed(tenant, &contact, "suppression.removed", "api", None, more);
            let recorded = record::put(app, &mut batch, &deed, &[], now);
            let data = json!({
                "contact": contact.id.to_string(), "address_hash": hash, "reason": reason.word(),
                "evidence": recorded.evidence.to_string(),
            });
            store::event::put(&mut batch, &[record::event(app, &deed, "suppression.removed", &data, now)]);
            store::contact::set_suppressed(&mut batch, tenant.id, contact.id, None);
        }
        None if mark.is_none() => return Ok(Ok(false)),
        None => {
            store::event::put(&mut batch, &[of_stranger(app, tenant, "suppression.removed", &hash, reason)]);
        }
    }
    tx.batch(batch).await?;
    store::suppression::remove(tx, tenant.id, &hash).await?;
    Ok(Ok(true))
}

/// The event about an address without a person.
fn of_stranger(app: &App, tenant: &Tenant, kind: &str, hash: &str, reason: Reason) -> Event {
    let now = app.now();
    Event {
        tenant: tenant.id,
        id: EventId::new(now, &app.random),
        kind: kind.to_owned(),
        at: now,
        contact: None,
        data: json!({ "contact": null, "address_hash": hash, "reason": reason.word() }).to_string(),
        sequence: None,
    }
}
