//! What is settled, and what waits, per contact and purpose.

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::{Batch, Result, Row, Tx, args, contact::Contact};
use crate::domain::{
    Timestamp,
    consent::{Consent, State},
    id::{ContactId, EvidenceId, PurposeId, TenantId},
};

/// One consent as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The purpose.
    pub purpose: PurposeId,
    /// What is settled and what waits.
    pub consent: Consent,
    /// The evidence of the last change.
    pub evidence: EvidenceId,
    /// When a mailing tool last relied on it.
    pub used_at: Option<Timestamp>,
}

pub(super) fn read(row: &Row, from: usize) -> Result<Stored> {
    Ok(Stored {
        purpose: row.parse(from)?,
        consent: Consent {
            state: row.read(from + 1, State::from_word)?,
            since: row.at(from + 2)?,
            pending_since: row.maybe_at(from + 3)?,
        },
        evidence: row.parse(from + 4)?,
        used_at: row.maybe_at(from + 5)?,
    })
}

/// All consents of a person.
///
/// # Errors
/// The database failed.
pub async fn of_contact(tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<Vec<Stored>> {
    let rows = tx
        .all(
            "SELECT purpose_id, state, since, pending_since, evidence_id, used_at FROM consent
             WHERE tenant_id = $1 AND contact_id = $2",
            args![tenant, contact],
        )
        .await?;
    rows.iter().map(|row| read(row, 0)).collect()
}

/// All consents of these people, by person.
///
/// # Errors
/// The database failed.
pub async fn of_contacts(
    tx: &mut Tx,
    tenant: TenantId,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, Vec<Stored>>> {
    let ids: Vec<String> = contacts.iter().map(ContactId::to_string).collect();
    let rows = tx
        .all_of(
            "SELECT contact_id, purpose_id, state, since, pending_since, evidence_id, used_at FROM consent
             WHERE tenant_id = $1 AND contact_id IN (SELECT value FROM json_each($2))",
            "SELECT contact_id, purpose_id, state, since, pending_since, evidence_id, used_at FROM consent
             WHERE tenant_id = $1
                 AND contact_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))",
            args![tenant, serde_json::to_string(&ids).unwrap_or_default()],
        )
        .await?;
    let mut found: BTreeMap<ContactId, Vec<Stored>> = BTreeMap::new();
    for row in &rows {
        found.entry(row.parse(0)?).or_default().push(read(row, 1)?);
    }
    Ok(found)
}

/// A person and all their consents in one statement, for pages.
///
/// # Errors
/// The database failed.
pub async fn overview(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
) -> Result<Option<(Contact, Vec<Stored>)>> {
    let rows = tx
        .all(
            "SELECT c.tenant_id, c.id, c.email, c.external_id, c.locale, c.restricted_at, c.suppressed_at,
                    c.paused_until, c.erased_at, c.created_at, c.touched_at,
                    p.purpose_id, p.state, p.since, p.pending_since, p.evidence_id, p.used_at
             FROM contact c
             LEFT JOIN consent p ON p.tenant_id = c.tenant_id AND p.contact_id = c.id
             WHERE c.tenant_id = $1 AND c.id = $2",
            args![tenant, contact],
        )
        .await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let contact = super::contact::read(first)?;
    let mut consents = Vec::with_capacity(rows.len());
    for row in &rows {
        if row.maybe_text(11)?.is_some() {
            consents.push(read(row, 11)?);
        }
    }
    Ok(Some((contact, consents)))
}

/// The people who were ever asked for a purpose and of whom a fact of this period is known, at most `limit`. Those of
/// erased people are gone.
///
/// # Errors
/// The database failed.
pub async fn of_purpose(
    tx: &mut Tx,
    tenant: TenantId,
    purpose: PurposeId,
    period: RangeInclusive<Timestamp>,
    limit: i64,
) -> Result<Vec<ContactId>> {
    let rows = tx
        .all(
            "SELECT c.contact_id FROM consent c
             WHERE c.tenant_id = $1 AND c.purpose_id = $2 AND EXISTS
                 (SELECT 1 FROM evidence e
                  WHERE e.tenant_id = c.tenant_id AND e.contact_id = c.contact_id AND e.at >= $3 AND e.at <= $4)
             ORDER BY c.contact_id LIMIT $5",
            args![tenant, purpose, *period.start(), *period.end(), limit],
        )
        .await?;
    rows.iter().map(|row| row.parse(0)).collect()
}

/// Writes consents, new or changed.
pub fn put(batch: &mut Batch, tenant: TenantId, contact: ContactId, consents: &[Stored]) {
    let mut values = Vec::with_capacity(consents.len() * 8);
    for Stored { purpose, consent: Consent { state, since, pending_since }, evidence, used_at } in consents {
        values.append(&mut args![
            tenant,
            contact,
            *purpose,
            *state,
            *since,
            *pending_since,
            *evidence,
            *used_at
        ]);
    }
    batch.add_rows(
        "INSERT INTO consent (tenant_id, contact_id, purpose_id, state, since, pending_since, evidence_id, used_at)
         VALUES {rows}
         ON CONFLICT (tenant_id, contact_id, purpose_id) DO UPDATE SET
             state = excluded.state, since = excluded.since, pending_since = excluded.pending_since,
             evidence_id = excluded.evidence_id, used_at = excluded.used_at",
        8,
        values,
    );
}

/// The consents of all people after the first and up to the second, in the order of [`super::evidence::by_person`]:
/// from the beginning and to the end where none is given.
///
/// # Errors
/// The database failed.
pub async fn between(
    tx: &mut Tx,
    after: Option<(TenantId, ContactId)>,
    to: Option<(TenantId, ContactId)>,
) -> Result<Vec<(TenantId, ContactId, Stored)>> {
    let [after, to] = [after, to].map(super::contact::bound);
    let rows = tx
        .all(
            "SELECT tenant_id, contact_id, purpose_id, state, since, pending_since, evidence_id, used_at
             FROM consent
             WHERE (tenant_id, contact_id) > ($1, $2) AND ($3 = '' OR (tenant_id, contact_id) <= ($3, $4))",
            args![after.0, after.1, to.0, to.1],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, row.parse(1)?, read(row, 2)?))).collect()
}
