//! The send gate: may these people be mailed for this purpose now? Fails closed.
//!
//! Whoever is not known to have confirmed is denied, and so is whoever cannot be told from them. A failure is no
//! answer: nothing that was not read counts as a yes.

pub mod proof;

use std::{borrow::Cow, collections::HashMap};

use super::{App, Result};
use crate::{
    domain::{
        EmailAddress, Timestamp,
        catalog::{Purpose, Tenant},
        consent::Denial,
        email,
        id::{CheckId, ContactId, EvidenceId},
        time::{DAY, HOUR},
    },
    store::{self, gate::Entry},
};

/// The most people asked about at once.
pub const MOST: usize = 10_000;
/// How long an answer may be relied on, in milliseconds: whoever leaves later is mailed by nobody who asked before
/// this long ago.
pub const VALID: i64 = HOUR;
/// How often it is noted that a consent was relied on, in milliseconds: once in 30 days is enough to know
/// that it is in use.
pub(super) const USE_NOTED: i64 = 30 * DAY;

/// Whom a question is about.
#[derive(Clone, Debug)]
pub enum Recipient<'a> {
    /// An address.
    Email(EmailAddress),
    /// The SHA-256 of an address as compared, in lower-case hex; see [`Recipient::email_sha256`].
    EmailSha256(String),
    /// A contact.
    Contact(ContactId),
    /// The tenant's own name for the person; see [`Recipient::external_id`].
    ExternalId(Cow<'a, str>),
    /// What was given names nobody: denied as unknown.
    Nobody,
}

impl<'a> Recipient<'a> {
    /// The person of an address; nobody when it is none.
    pub fn email(text: &str) -> Self {
        EmailAddress::parse(text).map_or(Self::Nobody, Self::Email)
    }

    /// The person whose address has this hash; nobody when it is none.
    pub fn email_sha256(text: &str) -> Self {
        email::read_sha256(text).map_or(Self::Nobody, Self::EmailSha256)
    }

    /// The person of a contact id; nobody when it is none.
    pub fn contact(text: &str) -> Self {
        text.parse().map_or(Self::Nobody, Self::Contact)
    }

    /// The person a tenant calls `text`; nobody when it holds a NUL, which PostgreSQL refuses to compare with.
    pub fn external_id(text: Cow<'a, str>) -> Self {
        if text.contains('\0') { Self::Nobody } else { Self::ExternalId(text) }
    }
}

/// The answer for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Yes, to this contact, by this evidence.
    Allow(ContactId, EvidenceId),
    /// No, and why; of a break, until when.
    Deny(Denial, Option<Timestamp>),
}

/// All answers, in the order asked.
#[derive(Debug)]
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
pub async fn check(
    app: &App,
    tenant: &Tenant,
    purpose: &Purpose,
    recipients: &[Recipient<'_>],
) -> Result<Check> {
    let now = app.now();
    let decisions = decisions(app, tenant, purpose, recipients, now).await?;
    Ok(Check { id: CheckId::new(now, &app.random), at: now, decisions })
}

/// Answers for each recipient, from one state of the database: a part of a longer check.
///
/// # Errors
/// The database failed: the caller must not send.
pub async fn decisions(
    app: &App,
    tenant: &Tenant,
    purpose: &Purpose,
    recipients: &[Recipient<'_>],
    now: Timestamp,
) -> Result<Vec<Decision>> {
    let asked = Asked::of(recipients);
    let known = read(app, tenant, purpose, &asked, now).await?;
    let mut emails = asked.emails.iter();
    let mut used = Vec::new();
    let decisions = recipients
        .iter()
        .map(|recipient| {
            let (entry, mark) = match recipient {
                Recipient::Email(_) => {
                    let key = emails.next();
                    (key.and_then(|it| known.by_email.get(it)), key.and_then(|it| known.marks.get(it)))
                }
                Recipient::EmailSha256(hash) => (known.by_sha256.get(hash), None),
                Recipient::Contact(id) => (known.by_contact.get(id), None),
                Recipient::ExternalId(id) => (known.by_external_id.get(id.as_ref()), None),
                Recipient::Nobody => (None, None),
            };
            decide(entry, mark.map(String::as_str), purpose, now, &mut used)
        })
        .collect();
    note_use(app, tenant, purpose, &used, now).await?;
    Ok(decisions)
}

/// What was asked with, by kind, each in the order asked.
#[derive(Default)]
struct Asked<'a> {
    /// Addresses as compared.
    emails: Vec<String>,
    hashes: Vec<&'a str>,
    contacts: Vec<ContactId>,
    external_ids: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    fn of(recipients: &'a [Recipient<'a>]) -> Self {
        let mut asked = Self::default();
        for recipient in recipients {
            match recipient {
                Recipient::Email(email) => asked.emails.push(email.lookup_key()),
                Recipient::EmailSha256(hash) => asked.hashes.push(hash),
                Recipient::Contact(id) => asked.contacts.push(*id),
                Recipient::ExternalId(id) => asked.external_ids.push(id),
                Recipient::Nobody => {}
            }
        }
        asked
    }
}

/// What the database says of those asked about.
struct Known {
    by_email: HashMap<String, Entry>,
    by_sha256: HashMap<String, Entry>,
    by_contact: HashMap<ContactId, Entry>,
    by_external_id: HashMap<String, Entry>,
    /// Why addresses without a person are suppressed, by the address as compared.
    marks: HashMap<String, String>,
}

async fn read(
    app: &App,
    tenant: &Tenant,
    purpose: &Purpose,
    asked: &Asked<'_>,
    now: Timestamp,
) -> Result<Known> {
    let Asked { emails, hashes, contacts, external_ids } = asked;
    let (of, by) = (tenant.id, purpose.id);
    let mut tx = app.store.read().await?;
    let mut by_email = HashMap::new();
    if !emails.is_empty() {
        // In the order of the index: neighbours are on one page.
        let mut sorted: Vec<&String> = emails.iter().collect();
        sorted.sort_unstable();
        let found = store::gate::by_address(&mut tx, of, by, &json_array(&sorted)).await?;
        by_email = found.into_iter().map(named).collect();
    }
    let mut by_sha256 = HashMap::new();
    if !hashes.is_empty() {
        let found = store::gate::by_sha256(&mut tx, of, by, &json_array(hashes)).await?;
        by_sha256 = found.into_iter().map(named).collect();
    }
    let mut by_contact = HashMap::new();
    if !contacts.is_empty() {
        let ids: Vec<String> = contacts.iter().map(ContactId::to_string).collect();
        let found = store::gate::by_id(&mut tx, of, by, &json_array(&ids)).await?;
        by_contact = found.into_iter().map(|it| (it.contact, it)).collect();
    }
    let mut by_external_id = HashMap::new();
    if !external_ids.is_empty() {
        let found = store::gate::by_external_id(&mut tx, of, by, &json_array(external_ids)).await?;
        by_external_id = found.into_iter().map(named).collect();
    }
    // Only strangers can be suppressed without a row of their own: erased, or bounced and forgotten.
    let strangers: Vec<&String> = emails.iter().filter(|it| !by_email.contains_key(*it)).collect();
    let mut marks = HashMap::new();
    if !strangers.is_empty() && store::gate::suppresses(&mut tx, of).await? {
        let hashes: Vec<String> = strangers.iter().map(|it| app.keys.address_hash(of, it)).collect();
        let found = store::gate::suppressed(&mut tx, of, &json_array(&hashes), now).await?;
        let mut reasons: HashMap<String, String> = found.into_iter().collect();
        let pairs = strangers.into_iter().zip(&hashes);
        marks = pairs.filter_map(|(key, hash)| Some((key.clone(), reasons.remove(hash)?))).collect();
    }
    tx.commit().await?;
    Ok(Known { by_email, by_sha256, by_contact, by_external_id, marks })
}

fn named(mut entry: Entry) -> (String, Entry) {
    (std::mem::take(&mut entry.asked), entry)
}

/// A JSON array of texts; a text can always be written as JSON.
fn json_array(texts: &[impl serde::Serialize]) -> String {
    serde_json::to_string(texts).unwrap_or_else(|_never| "[]".to_owned())
}

fn decide(
    entry: Option<&Entry>,
    mark: Option<&str>,
    purpose: &Purpose,
    now: Timestamp,
    used: &mut Vec<String>,
) -> Decision {
    let Some(entry) = entry else {
        let denial = match mark {
            Some("erased") => Denial::Erased,
            Some(_) => Denial::Suppressed,
            None => Denial::Unknown,
        };
        return Decision::Deny(denial, None);
    };
    match (purpose.may_send(&entry.consent, entry.used_at, &entry.standing, now), entry.evidence) {
        (Ok(()), Some(evidence)) => {
            if now.since(entry.used_at.unwrap_or(entry.consent.since)) > USE_NOTED {
                used.push(entry.contact.to_string());
            }
            Decision::Allow(entry.contact, evidence)
        }
        // A consent without evidence is none.
        (Ok(()), None) => Decision::Deny(Denial::Unknown, None),
        (Err(Denial::Paused), _) => Decision::Deny(Denial::Paused, entry.standing.paused_until),
        (Err(denial), _) => Decision::Deny(denial, None),
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
    store::gate::mark_used(&mut tx, tenant.id, purpose.id, &json_array(used), now).await?;
    Ok(tx.commit().await?)
}

/// A person the API was asked for by address, with all their consents.
///
/// # Errors
/// The database failed.
pub async fn lookup(
    app: &App,
    tenant: &Tenant,
    recipient: &Recipient<'_>,
) -> Result<Option<(store::contact::Contact, Vec<store::consent::Stored>)>> {
    let mut tx = app.store.read().await?;
    let found = match recipient {
        Recipient::Email(email) => {
            store::contact::by_address(&mut tx, tenant.id, &email.lookup_key()).await?
        }
        Recipient::EmailSha256(hash) => store::contact::by_sha256(&mut tx, tenant.id, hash).await?,
        Recipient::Contact(id) => store::contact::find(&mut tx, tenant.id, *id).await?,
        Recipient::ExternalId(id) => store::contact::by_external_id(&mut tx, tenant.id, id).await?,
        Recipient::Nobody => None,
    };
    let Some(contact) = found.filter(|it| it.erased_at.is_none()) else { return Ok(None) };
    let consents = store::consent::of_contact(&mut tx, tenant.id, contact.id).await?;
    tx.commit().await?;
    Ok(Some((contact, consents)))
}

/// Addresses that must not be mailed, as keyed hashes after `after` in their order, at most `limit`; of this reason
/// if one is given. A reason that holds a NUL, which PostgreSQL refuses to compare with, is nobody's.
///
/// # Errors
/// The database failed.
pub async fn suppressions(
    app: &App,
    tenant: &Tenant,
    after: &str,
    reason: Option<&str>,
    limit: i64,
) -> Result<Vec<store::suppression::Suppression>> {
    if reason.is_some_and(|it| it.contains('\0')) {
        return Ok(Vec::new());
    }
    let mut tx = app.store.peek().await?;
    Ok(store::suppression::page(&mut tx, tenant.id, after, reason, app.now(), limit).await?)
}
