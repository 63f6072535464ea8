//! The send gate's question: thousands of people and one purpose in one statement.
//!
//! The answer comes as one JSON text rather than as rows: through sqlx a row of eleven columns costs more than
//! finding it does (on SQLite every column is an allocation and every row a message between threads).

use std::borrow::Cow;

use serde::Deserialize;

use super::{Error, Result, Tx, Value, args};
use crate::domain::{
    Timestamp,
    consent::{Consent, Standing, State},
    email,
    id::{ContactId, EvidenceId, PurposeId, TenantId},
};

/// What the gate must know of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was asked with: the address as compared, its hash, the contact id, or the external id.
    pub asked: String,
    /// The person.
    pub contact: ContactId,
    /// Their consent for the purpose.
    pub consent: Consent,
    /// The evidence of its last change; none when nothing was ever settled or asked.
    pub evidence: Option<EvidenceId>,
    /// When it was last relied on.
    pub used_at: Option<Timestamp>,
    /// What holds whatever the purpose.
    pub standing: Standing,
}

/// One person in the JSON text, in the order of the statements below.
#[derive(Deserialize)]
struct Found<'a>(
    #[serde(borrow)] Cow<'a, str>,
    &'a str,
    Option<&'a str>,
    Option<i64>,
    Option<i64>,
    Option<&'a str>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

impl Found<'_> {
    fn entry(self) -> Option<Entry> {
        let Self(
            asked,
            contact,
            state,
            since,
            pending,
            evidence,
            used,
            restricted,
            paused,
            erased,
            suppressed,
        ) = self;
        let consent = match state {
            None => Consent::NONE,
            Some(state) => Consent {
                state: State::from_word(state)?,
                since: Timestamp::from_millis(since?),
                pending_since: pending.map(Timestamp::from_millis),
            },
        };
        Some(Entry {
            asked: asked.into_owned(),
            contact: contact.parse().ok()?,
            consent,
            evidence: evidence.map(str::parse).transpose().ok()?,
            used_at: used.map(Timestamp::from_millis),
            standing: Standing {
                restricted: restricted.is_some(),
                paused_until: paused.map(Timestamp::from_millis),
                erased: erased.is_some(),
                suppressed: suppressed.is_some(),
            },
        })
    }
}

/// One JSON text of all rows costs less than a row each. SQLite first finds the places of all rows in the index, then
/// reads the rows in the order they lie in the file (`LIMIT -1` keeps that order): each page is read once. PostgreSQL
/// looks each person up in the indexes (`LIMIT 1` leaves it no choice): from tables it has not counted yet it may
/// otherwise choose to compare everybody with everybody.
async fn entries(
    tx: &mut Tx,
    sqlite: &'static str,
    postgres: &'static str,
    values: Vec<Value>,
) -> Result<Vec<Entry>> {
    let rows = tx.all_of(sqlite, postgres, values).await?;
    let Some(text) = rows.first().map(|it| it.maybe_text(0)).transpose()?.flatten() else {
        return Ok(Vec::new());
    };
    // The error of the parser is left out: it may quote an address, and this text goes to the log.
    let stored = || Error::Stored("a person or consent is not as the gate reads it".to_owned());
    let found: Vec<Found<'_>> = serde_json::from_str(&text).map_err(|_quotes| stored())?;
    found.into_iter().map(|it| it.entry().ok_or_else(stored)).collect()
}

/// The people of these addresses, given as compared, as a JSON array of texts; in no order. Given sorted, they are
/// found sooner.
///
/// # Errors
/// The database failed.
pub async fn by_address(tx: &mut Tx, tenant: TenantId, purpose: PurposeId, json: &str) -> Result<Vec<Entry>> {
    entries(
        tx,
        "SELECT json_group_array(json_array(c.lookup_key, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at))
         FROM (SELECT k.rowid AS place FROM json_each($3) AS asked
               CROSS JOIN contact k ON k.tenant_id = $1 AND k.lookup_key = asked.value
               ORDER BY 1 LIMIT -1) AS found
         CROSS JOIN contact c ON c.rowid = found.place
         LEFT JOIN consent p ON p.tenant_id = $1 AND p.contact_id = c.id AND p.purpose_id = $2",
        "SELECT CAST(json_agg(json_build_array(c.lookup_key, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at)) AS text)
         FROM jsonb_array_elements_text(CAST($3 AS jsonb)) AS asked
         CROSS JOIN LATERAL (SELECT * FROM contact WHERE tenant_id = $1 AND lookup_key = asked LIMIT 1) AS c
         LEFT JOIN LATERAL (
             SELECT * FROM consent WHERE tenant_id = $1 AND contact_id = c.id AND purpose_id = $2 LIMIT 1) AS p ON TRUE",
        args![tenant, purpose, json],
    )
    .await
}

/// The people of these contact ids, as a JSON array of texts.
///
/// # Errors
/// The database failed.
pub async fn by_id(tx: &mut Tx, tenant: TenantId, purpose: PurposeId, json: &str) -> Result<Vec<Entry>> {
    entries(
        tx,
        "SELECT json_group_array(json_array(c.id, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at))
         FROM (SELECT k.rowid AS place FROM json_each($3) AS asked
               CROSS JOIN contact k ON k.tenant_id = $1 AND k.id = asked.value
               ORDER BY 1 LIMIT -1) AS found
         CROSS JOIN contact c ON c.rowid = found.place
         LEFT JOIN consent p ON p.tenant_id = $1 AND p.contact_id = c.id AND p.purpose_id = $2",
        "SELECT CAST(json_agg(json_build_array(c.id, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at)) AS text)
         FROM jsonb_array_elements_text(CAST($3 AS jsonb)) AS asked
         CROSS JOIN LATERAL (SELECT * FROM contact WHERE tenant_id = $1 AND id = asked LIMIT 1) AS c
         LEFT JOIN LATERAL (
             SELECT * FROM consent WHERE tenant_id = $1 AND contact_id = c.id AND purpose_id = $2 LIMIT 1) AS p ON TRUE",
        args![tenant, purpose, json],
    )
    .await
}

/// The people of these external ids, as a JSON array of texts.
///
/// # Errors
/// The database failed.
pub async fn by_external_id(
    tx: &mut Tx,
    tenant: TenantId,
    purpose: PurposeId,
    json: &str,
) -> Result<Vec<Entry>> {
    entries(
        tx,
        "SELECT json_group_array(json_array(c.external_id, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at))
         FROM (SELECT k.rowid AS place FROM json_each($3) AS asked
               CROSS JOIN contact k ON k.tenant_id = $1 AND k.external_id = asked.value
               ORDER BY 1 LIMIT -1) AS found
         CROSS JOIN contact c ON c.rowid = found.place
         LEFT JOIN consent p ON p.tenant_id = $1 AND p.contact_id = c.id AND p.purpose_id = $2",
        "SELECT CAST(json_agg(json_build_array(c.external_id, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at)) AS text)
         FROM jsonb_array_elements_text(CAST($3 AS jsonb)) AS asked
         CROSS JOIN LATERAL (SELECT * FROM contact WHERE tenant_id = $1 AND external_id = asked LIMIT 1) AS c
         LEFT JOIN LATERAL (
             SELECT * FROM consent WHERE tenant_id = $1 AND contact_id = c.id AND purpose_id = $2 LIMIT 1) AS p ON TRUE",
        args![tenant, purpose, json],
    )
    .await
}

/// The people of these SHA-256 hashes of addresses as compared, as a JSON array of lower-case hex texts.
///
/// # Errors
/// The database failed.
pub async fn by_sha256(tx: &mut Tx, tenant: TenantId, purpose: PurposeId, json: &str) -> Result<Vec<Entry>> {
    entries(
        tx,
        "SELECT json_group_array(json_array(c.email_sha256, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at))
         FROM (SELECT k.rowid AS place FROM json_each($3) AS asked
               CROSS JOIN contact k ON k.tenant_id = $1 AND k.email_sha256 = asked.value
               ORDER BY 1 LIMIT -1) AS found
         CROSS JOIN contact c ON c.rowid = found.place
         LEFT JOIN consent p ON p.tenant_id = $1 AND p.contact_id = c.id AND p.purpose_id = $2",
        "SELECT CAST(json_agg(json_build_array(c.email_sha256, c.id, p.state, p.since, p.pending_since, p.evidence_id,
                p.used_at, c.restricted_at, c.paused_until, c.erased_at, c.suppressed_at)) AS text)
         FROM jsonb_array_elements_text(CAST($3 AS jsonb)) AS asked
         CROSS JOIN LATERAL (SELECT * FROM contact WHERE tenant_id = $1 AND email_sha256 = asked LIMIT 1) AS c
         LEFT JOIN LATERAL (
             SELECT * FROM consent WHERE tenant_id = $1 AND contact_id = c.id AND purpose_id = $2 LIMIT 1) AS p ON TRUE",
        args![tenant, purpose, json],
    )
    .await
}

/// Whether any address is suppressed for this tenant, now or once.
///
/// # Errors
/// The database failed.
pub async fn suppresses(tx: &mut Tx, tenant: TenantId) -> Result<bool> {
    let row = tx.first("SELECT reason FROM suppression WHERE tenant_id = $1 LIMIT 1", args![tenant]).await?;
    Ok(row.is_some())
}

/// Which of these address hashes are suppressed now: hash and reason, from a JSON array of texts.
///
/// # Errors
/// The database failed.
pub async fn suppressed(
    tx: &mut Tx,
    tenant: TenantId,
    json: &str,
    now: Timestamp,
) -> Result<Vec<(String, String)>> {
    let rows = tx
        .all_of(
            "SELECT s.address_hash, s.reason
             FROM json_each($2) AS asked
             CROSS JOIN suppression s ON s.tenant_id = $1 AND s.address_hash = asked.value
             WHERE s.until IS NULL OR s.until > $3 OR s.reason = 'erased'",
            "SELECT s.address_hash, s.reason FROM suppression s
             WHERE s.tenant_id = $1
               AND s.address_hash = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))
               AND (s.until IS NULL OR s.until > $3 OR s.reason = 'erased')",
            args![tenant, json, now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Notes that the consents of these contacts, a JSON array of ids, were relied on now.
///
/// # Errors
/// The database failed.
pub async fn mark_used(
    tx: &mut Tx,
    tenant: TenantId,
    purpose: PurposeId,
    json: &str,
    now: Timestamp,
) -> Result<()> {
    tx.all_of(
        "UPDATE consent SET used_at = $4 WHERE tenant_id = $1 AND purpose_id = $2
         AND contact_id IN (SELECT value FROM json_each($3)) RETURNING contact_id",
        // Locked in one order: two checks of the same people would wait for each other.
        "WITH relied AS MATERIALIZED (
             SELECT contact_id FROM consent WHERE tenant_id = $1 AND purpose_id = $2
                 AND contact_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($3 AS jsonb))))
             ORDER BY contact_id FOR UPDATE)
         UPDATE consent SET used_at = $4 FROM relied
         WHERE consent.tenant_id = $1 AND consent.contact_id = relied.contact_id AND consent.purpose_id = $2
         RETURNING consent.contact_id",
        args![tenant, purpose, json, now],
    )
    .await
    .map(|_| ())
}

/// People whose address is not hashed yet: id and address as compared, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn unhashed(tx: &mut Tx, limit: i64) -> Result<Vec<(TenantId, ContactId, String)>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, lookup_key FROM contact
             WHERE lookup_key IS NOT NULL AND email_sha256 IS NULL ORDER BY id LIMIT $1",
            args![limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, row.parse(1)?, row.text(2)?))).collect()
}

/// Notes the hash of a person's address, unless it is another one by now.
///
/// # Errors
/// The database failed.
pub async fn put_sha256(tx: &mut Tx, tenant: TenantId, contact: ContactId, lookup_key: &str) -> Result<()> {
    tx.execute(
        "UPDATE contact SET email_sha256 = $4 WHERE tenant_id = $1 AND id = $2 AND lookup_key = $3",
        args![tenant, contact, lookup_key, email::sha256(lookup_key)],
    )
    .await
    .map(|_| ())
}
