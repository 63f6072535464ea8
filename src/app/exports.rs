//! Data handed out in bulk. Asking for it is recorded: what, to which key, when. What is handed out is read while it is
//! sent, page by page, so that its size costs no memory; who is erased meanwhile is not in it.
//!
//! The last line counts the lines before it and hashes their bytes: without it an export is not whole.

use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{App, Result, entered, envelope::envelope, log::Entry};
use crate::{
    domain::{
        Timestamp,
        catalog::Tenant,
        id::{ApiKeyId, ContactId, ExportId, TenantId},
        time::DAY,
    },
    store::{
        self, Batch, Tx,
        consent::Stored,
        evidence::Evidence,
        export::{Export, Person, Signup},
        suppression::Suppression,
    },
};

/// How long an export can be read after it was asked for, in milliseconds: so that its record says when it was handed
/// out, too.
pub const READABLE: i64 = DAY;
/// Rows read at once.
const PAGE: i64 = 500;

/// What is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People, but for the erased.
    Contacts,
    /// What each agreed to, or not.
    Consents,
    /// The facts behind it.
    Evidence,
    /// The feed.
    Events,
    /// Marks on addresses.
    Suppressions,
    /// Signups.
    Requests,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Contacts, Self::Consents, Self::Evidence, Self::Events, Self::Suppressions, Self::Requests];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Consents => "consents",
            Self::Evidence => "evidence",
            Self::Events => "events",
            Self::Suppressions => "suppressions",
            Self::Requests => "requests",
        }
    }

    /// The kind of exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// Records that data are handed out.
///
/// # Errors
/// The database failed: nothing was recorded.
pub async fn create(app: &App, tx: &mut Tx, tenant: TenantId, by: ApiKeyId, kind: Kind) -> Result<Export> {
    let now = app.now();
    let id = ExportId::new(now, &app.random);
    let export = Export { tenant, id, kind: kind.word().to_owned(), by, created_at: now };
    let mut batch = Batch::default();
    store::export::put(&mut batch, &export);
    tx.batch(batch).await?;
    Ok(export)
}

/// An export of a tenant.
///
/// # Errors
/// The database failed.
pub async fn find(app: &App, tenant: TenantId, id: ExportId) -> Result<Option<Export>> {
    Ok(store::export::find(&mut app.store.peek().await?, tenant, id).await?)
}

/// The exports of a tenant, the newest first, before that of this id, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list(app: &App, tenant: TenantId, before: &str, limit: i64) -> Result<Vec<Export>> {
    Ok(store::export::page(&mut app.store.peek().await?, tenant, before, limit).await?)
}

/// Until when an export can be read.
pub const fn readable_until(export: &Export) -> Timestamp {
    export.created_at.plus(READABLE)
}

/// Why an export broke off: its reader gets no last line.
#[derive(Debug, thiserror::Error)]
pub enum BrokenOff {
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
    /// The service stops.
    #[error("the service stops")]
    Stopping,
}

/// An export being read.
pub struct Reading {
    app: App,
    tenant: Arc<Tenant>,
    export: ExportId,
    kind: Kind,
    /// The last row read, by the columns that rows are ordered by.
    after: (String, String),
    count: u64,
    hash: Sha256,
    is_whole: bool,
}

impl Reading {
    /// Begins to read; `None` when the export is of a kind there is none of any more.
    pub fn of(app: &App, tenant: &Arc<Tenant>, export: &Export) -> Option<Self> {
        Some(Self {
            app: app.clone(),
            tenant: Arc::clone(tenant),
            export: export.id,
            kind: Kind::parse(&export.kind)?,
            after: (String::new(), String::new()),
            count: 0,
            hash: Sha256::new(),
            is_whole: false,
        })
    }

    /// The next lines; `None` after the last.
    ///
    /// # Errors
    /// The database failed, or the service stops.
    pub async fn next(&mut self) -> std::result::Result<Option<Vec<u8>>, BrokenOff> {
        if self.is_whole {
            return Ok(None);
        }
        if *self.app.wake.stopping.borrow() {
            return Err(BrokenOff::Stopping);
        }
        let rows = self.page().await?;
        let mut lines = Vec::with_capacity(rows.len() * 256);
        for row in &rows {
            lines.extend_from_slice(row.to_string().as_bytes());
            lines.push(b'\n');
        }
        self.hash.update(&lines);
        self.count += u64::try_from(rows.len()).unwrap_or_default();
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) < PAGE {
            self.is_whole = true;
            let trailer = json!({
                "object": "export_end", "export": self.export.to_string(), "count": self.count,
                "sha256": hex::encode(self.hash.clone().finalize()),
            });
            lines.extend_from_slice(trailer.to_string().as_bytes());
            lines.push(b'\n');
        }
        Ok(Some(lines))
    }

    /// The next rows, and moves on behind them.
    async fn page(&mut self) -> Result<Vec<Value>> {
        let mut tx = self.app.store.peek().await?;
        match self.kind {
            Kind::Contacts => self.contacts(&mut tx).await,
            Kind::Consents => self.consents(&mut tx).await,
            Kind::Evidence => self.evidence(&mut tx).await,
            Kind::Events => self.events(&mut tx).await,
            Kind::Suppressions => self.suppressions(&mut tx).await,
            Kind::Requests => self.requests(&mut tx).await,
        }
    }

    async fn contacts(&mut self, tx: &mut Tx) -> Result<Vec<Value>> {
        let rows = store::export::contacts(tx, self.tenant.id, &self.after.0, PAGE).await?;
        self.behind(rows.last().map(|it| it.contact.id.to_string()));
        Ok(rows.into_iter().map(|it| person(&self.app, it)).collect())
    }

    async fn consents(&mut self, tx: &mut Tx) -> Result<Vec<Value>> {
        let after = (self.after.0.as_str(), self.after.1.as_str());
        let rows = store::export::consents(tx, self.tenant.id, after, PAGE).await?;
        if let Some((contact, stored)) = rows.last() {
            self.after = (contact.to_string(), stored.purpose.to_string());
        }
        let consent = |(contact, stored): &(ContactId, Stored)| {
            let Stored { purpose, consent, evidence, used_at } = stored;
            json!({
                "object": "consent", "contact": contact.to_string(),
                "purpose": self.tenant.purpose(*purpose).map(|it| it.slug.as_str()),
                "state": consent.state.word(), "since": consent.since.rfc3339(),
                "pending_since": consent.pending_since.map(Timestamp::rfc3339),
                "evidence": evidence.to_string(), "used_at": used_at.map(Timestamp::rfc3339),
            })
        };
        Ok(rows.iter().map(consent).collect())
    }

    async fn evidence(&mut self, tx: &mut Tx) -> Result<Vec<Value>> {
        let rows = store::export::evidence(tx, self.tenant.id, &self.after.0, PAGE).await?;
        self.behind(rows.last().map(|it| it.id.to_string()));
        Ok(rows.iter().map(fact).collect())
    }

    async fn events(&mut self, tx: &mut Tx) -> Result<Vec<Value>> {
        let after = self.after.0.parse().unwrap_or(0);
        let rows = store::event::after(tx, self.tenant.id, after, PAGE).await?;
        self.behind(rows.last().and_then(|it| it.sequence).map(|it| it.to_string()));
        let catalog = self.app.catalog();
        Ok(rows.iter().map(|it| envelope(&self.app, &catalog, it, None)).collect())
    }

    async fn suppressions(&mut self, tx: &mut Tx) -> Result<Vec<Value>> {
        let now = self.app.now();
        let rows = store::suppression::page(tx, self.tenant.id, &self.after.0, None, now, PAGE).await?;
        self.behind(rows.last().map(|it| it.address_hash.clone()));
        let mark = |it: Suppression| {
            let Suppression { address_hash, reason, created_at, until } = it;
            json!({
                "object": "suppression", "address_hash": address_hash, "reason": reason,
                "created_at": created_at.rfc3339(), "until": until.map(Timestamp::rfc3339),
            })
        };
        Ok(rows.into_iter().map(mark).collect())
    }

    async fn requests(&mut self, tx: &mut Tx) -> Result<Vec<Value>> {
        let rows = store::export::signups(tx, self.tenant.id, &self.after.0, PAGE).await?;
        self.behind(rows.last().map(|it| it.id.to_string()));
        let catalog = self.app.catalog();
        let signup = |it: &Signup| {
            let Signup { id, contact, form, locale, purposes, created_at, expires_at, outcome, ended_at } =
                it;
            let purposes = purposes.iter().filter_map(|it| self.tenant.purpose(*it));
            json!({
                "object": "signup", "id": id.to_string(), "contact": contact.to_string(),
                "form": form.and_then(|it| catalog.form(it)).map(|it| it.slug.as_str()), "locale": locale.tag(),
                "purposes": purposes.map(|it| it.slug.as_str()).collect::<Vec<_>>(), "outcome": outcome,
                "created_at": created_at.rfc3339(), "expires_at": expires_at.rfc3339(),
                "ended_at": ended_at.map(Timestamp::rfc3339),
            })
        };
        Ok(rows.iter().map(signup).collect())
    }

    fn behind(&mut self, last: Option<String>) {
        if let Some(last) = last {
            self.after.0 = last;
        }
    }
}

fn person(app: &App, person: Person) -> Value {
    let Person { contact, fields } = person;
    let standing = contact.standing();
    let told = entered::open(app, contact.id, fields.as_deref());
    json!({
        "object": "contact", "id": contact.id.to_string(), "email": contact.email,
        "external_id": contact.external_id, "locale": contact.locale.tag(), "restricted": standing.restricted,
        "suppressed": standing.suppressed,
        "paused_until": standing.paused_until.filter(|it| *it > app.now()).map(Timestamp::rfc3339),
        "created_at": contact.created_at.rfc3339(), "fields": told.0,
    })
}

/// A fact with what stands in the log for it. Its salt stays here: with it, erasing the person would leave a proof
/// outside.
fn fact(fact: &Evidence) -> Value {
    let Evidence { tenant: _, id, contact, kind, at, receipt, record, salt: _, position } = fact;
    let record: Option<Value> = record.as_deref().and_then(|it| serde_json::from_str(it).ok());
    json!({
        "object": "evidence", "id": id.to_string(), "contact": contact.to_string(), "type": kind,
        "timestamp": at.rfc3339(), "receipt": receipt, "record": record, "log_position": position,
        "log_entry": Entry::of_fact(fact).map(|it| it.0),
    })
}

#[cfg(test)]
mod tests;
