//! Data handed out: the record of each export, and what is in it, page by page. A page is read by the key that rows are
//! ordered by, so that a reader of any number of them holds one page.

use super::{Batch, Result, Row, Tx, args, consent, contact};
use crate::domain::{
    Locale, Timestamp,
    id::{ApiKeyId, ContactId, ExportId, FormId, PurposeId, RequestId, TenantId},
};

/// What was handed out, to whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Whose data.
    pub tenant: TenantId,
    /// The export.
    pub id: ExportId,
    /// What: `contacts`, `consents` …
    pub kind: String,
    /// The key that asked for it.
    pub by: ApiKeyId,
    /// When.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Export> {
    Ok(Export {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        kind: row.text(2)?,
        by: row.parse(3)?,
        created_at: row.at(4)?,
    })
}

/// Records an export.
pub fn put(batch: &mut Batch, export: &Export) {
    let Export { tenant, id, kind, by, created_at } = export;
    batch.add(
        "INSERT INTO export (tenant_id, id, kind, api_key_id, created_at) VALUES ($1, $2, $3, $4, $5)",
        args![*tenant, *id, kind, *by, *created_at],
    );
}

/// One export.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: ExportId) -> Result<Option<Export>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, kind, api_key_id, created_at FROM export WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The exports of a tenant, the newest first, before the one of this id, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn page(tx: &mut Tx, tenant: TenantId, before: &str, limit: i64) -> Result<Vec<Export>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, api_key_id, created_at FROM export
             WHERE tenant_id = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3",
            args![tenant, before, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// A person with what they entered in declared fields, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person.
    pub contact: contact::Contact,
    /// What they entered.
    pub fields: Option<String>,
}

/// People after `after`, but for the erased, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn contacts(tx: &mut Tx, tenant: TenantId, after: &str, limit: i64) -> Result<Vec<Person>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until, erased_at,
                 created_at, touched_at, fields FROM contact
             WHERE tenant_id = $1 AND id > $2 AND erased_at IS NULL ORDER BY id LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(|row| Ok(Person { contact: contact::read(row)?, fields: row.maybe_text(11)? })).collect()
}

/// Consents after that of this person and purpose, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn consents(
    tx: &mut Tx,
    tenant: TenantId,
    (contact, purpose): (&str, &str),
    limit: i64,
) -> Result<Vec<(ContactId, consent::Stored)>> {
    let rows = tx
        .all(
            "SELECT contact_id, purpose_id, state, since, pending_since, evidence_id, used_at FROM consent
             WHERE tenant_id = $1 AND (contact_id, purpose_id) > ($2, $3)
             ORDER BY contact_id, purpose_id LIMIT $4",
            args![tenant, contact, purpose, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, consent::read(row, 1)?))).collect()
}

/// Facts after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn evidence(
    tx: &mut Tx,
    tenant: TenantId,
    after: &str,
    limit: i64,
) -> Result<Vec<super::evidence::Evidence>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(super::evidence::read).collect()
}

/// A signup that somebody made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signup {
    /// The signup.
    pub id: RequestId,
    /// Who made it.
    pub contact: ContactId,
    /// Where; none on a preference page.
    pub form: Option<FormId>,
    /// The language it was made in.
    pub locale: Locale,
    /// What was asked for.
    pub purposes: Vec<PurposeId>,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// `open`, `confirmed`, `deleted` or `revoked`.
    pub outcome: String,
    /// When it was no longer open.
    pub ended_at: Option<Timestamp>,
}

/// Signups of people after `after`, at most `limit`; those that lead nowhere are nobody's.
///
/// # Errors
/// The database failed.
pub async fn signups(tx: &mut Tx, tenant: TenantId, after: &str, limit: i64) -> Result<Vec<Signup>> {
    let rows = tx
        .all(
            "SELECT id, contact_id, form_id, locale, purposes, created_at, expires_at, outcome, ended_at
             FROM request WHERE tenant_id = $1 AND id > $2 AND contact_id IS NOT NULL ORDER BY id LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    let read = |row: &Row| -> Result<Signup> {
        Ok(Signup {
            id: row.parse(0)?,
            contact: row.parse(1)?,
            form: row.maybe_parse(2)?,
            locale: row.read(3, Locale::from_tag)?,
            purposes: row.read(4, |text| text.split_whitespace().map(|it| it.parse().ok()).collect())?,
            created_at: row.at(5)?,
            expires_at: row.at(6)?,
            outcome: row.text(7)?,
            ended_at: row.maybe_at(8)?,
        })
    };
    rows.iter().map(read).collect()
}
