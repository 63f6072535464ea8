//! The send gate's question: thousands of people and one purpose in one statement.

use super::{Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    consent::{Consent, Standing, State},
    id::{ContactId, PurposeId, TenantId},
};

/// What the gate must know of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was asked with: the address as compared, the contact id, or the external id.
    pub asked: String,
    /// The person.
    pub contact: ContactId,
    /// Their consent for the purpose.
    pub consent: Consent,
    /// When it was last relied on.
    pub used_at: Option<Timestamp>,
    /// What holds whatever the purpose.
    pub standing: Standing,
}

fn read(row: &Row) -> Result<Entry> {
    let state = row.maybe_text(2)?;
    let consent = match state {
        None => Consent::NONE,
        Some(_) => Consent {
            state: row.read(2, State::from_word)?,
            since: row.at(3)?,
            pending_since: row.maybe_at(4)?,
        },
    };
    Ok(Entry {
        asked: row.text(0)?,
        contact: row.parse(1)?,
        consent,
        used_at: row.maybe_at(5)?,
        standing: Standing {
            restricted: row.maybe_int(6)?.is_some(),
            paused_until: row.maybe_at(7)?,
            erased: row.maybe_int(8)?.is_some(),
            suppressed: row.maybe_int(9)?.is_some(),
        },
    })
}

/// The people of these addresses, given as compared, as a JSON array of texts.
///
/// # Errors
/// The database failed.
pub async fn by_address(tx: &mut Tx, tenant: TenantId, purpose: PurposeId, json: &str) -> Result<Vec<Entry>> {
    let rows = tx
        .all_of(
            "SELECT c.lookup_key, c.id, p.state, p.since, p.pending_since, p.used_at, c.restricted_at,
                    c.paused_until, c.erased_at, c.suppressed_at
             FROM json_each($3) AS asked
             CROSS JOIN contact c ON c.tenant_id = $1 AND c.lookup_key = asked.value
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id AND p.purpose_id = $2",
            "SELECT c.lookup_key, c.id, p.state, p.since, p.pending_since, p.used_at, c.restricted_at,
                    c.paused_until, c.erased_at, c.suppressed_at
             FROM contact c
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id AND p.purpose_id = $2
             WHERE c.tenant_id = $1
               AND c.lookup_key = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($3 AS jsonb))))",
            args![tenant, purpose, json],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The people of these contact ids, as a JSON array of texts.
///
/// # Errors
/// The database failed.
pub async fn by_id(tx: &mut Tx, tenant: TenantId, purpose: PurposeId, json: &str) -> Result<Vec<Entry>> {
    let rows = tx
        .all_of(
            "SELECT c.id, c.id, p.state, p.since, p.pending_since, p.used_at, c.restricted_at,
                    c.paused_until, c.erased_at, c.suppressed_at
             FROM json_each($3) AS asked
             CROSS JOIN contact c ON c.tenant_id = $1 AND c.id = asked.value
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id AND p.purpose_id = $2",
            "SELECT c.id, c.id, p.state, p.since, p.pending_since, p.used_at, c.restricted_at,
                    c.paused_until, c.erased_at, c.suppressed_at
             FROM contact c
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id AND p.purpose_id = $2
             WHERE c.tenant_id = $1
               AND c.id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($3 AS jsonb))))",
            args![tenant, purpose, json],
        )
        .await?;
    rows.iter().map(read).collect()
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
    let rows = tx
        .all_of(
            "SELECT c.external_id, c.id, p.state, p.since, p.pending_since, p.used_at, c.restricted_at,
                    c.paused_until, c.erased_at, c.suppressed_at
             FROM json_each($3) AS asked
             CROSS JOIN contact c ON c.tenant_id = $1 AND c.external_id = asked.value
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id AND p.purpose_id = $2",
            "SELECT c.external_id, c.id, p.state, p.since, p.pending_since, p.used_at, c.restricted_at,
                    c.paused_until, c.erased_at, c.suppressed_at
             FROM contact c
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id AND p.purpose_id = $2
             WHERE c.tenant_id = $1
               AND c.external_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($3 AS jsonb))))",
            args![tenant, purpose, json],
        )
        .await?;
    rows.iter().map(read).collect()
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
             WHERE s.until IS NULL OR s.until > $3",
            "SELECT s.address_hash, s.reason FROM suppression s
             WHERE s.tenant_id = $1
               AND s.address_hash = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))
               AND (s.until IS NULL OR s.until > $3)",
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
