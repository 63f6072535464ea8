//! Where in the feed something was last told of what a contact wants, and what is true of them now.

use std::collections::BTreeMap;

use super::{Result, Row, Tx, args, consent::Stored, contact::Contact};
use crate::domain::id::{ContactId, TenantId};

/// A contact as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The person.
    pub id: ContactId,
    /// The place of the last event about them that changed what is true of them.
    pub sequence: i64,
    /// The person's row; none when nothing is kept of them any more.
    pub contact: Option<Contact>,
    /// Their consents.
    pub consents: Vec<Stored>,
}

/// Notes that something was told of these contacts at these places, each contact once.
///
/// # Errors
/// The database failed.
pub async fn note(tx: &mut Tx, places: &BTreeMap<(TenantId, ContactId), i64>) -> Result<()> {
    let mut values = Vec::with_capacity(places.len() * 3);
    for ((tenant, contact), sequence) in places {
        values.append(&mut args![*tenant, *contact, *sequence]);
    }
    tx.rows(
        "INSERT INTO latest (tenant_id, contact_id, sequence) VALUES {rows}
         ON CONFLICT (tenant_id, contact_id) DO UPDATE SET sequence = excluded.sequence",
        3,
        values,
    )
    .await
    .map(|_| ())
}

/// The contacts of whom something was told after this place, in the order of the last time it was, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn after(tx: &mut Tx, tenant: TenantId, after: i64, limit: i64) -> Result<Vec<Changed>> {
    let rows = tx
        .all(
            "SELECT l.contact_id, l.sequence,
                    c.tenant_id, c.id, c.email, c.external_id, c.locale, c.restricted_at, c.suppressed_at,
                    c.paused_until, c.erased_at, c.created_at, c.touched_at,
                    p.purpose_id, p.state, p.since, p.pending_since, p.evidence_id, p.used_at
             FROM (SELECT contact_id, sequence FROM latest
                   WHERE tenant_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3) l
             LEFT JOIN contact c ON c.tenant_id = $1 AND c.id = l.contact_id
             LEFT JOIN consent p ON p.tenant_id = $1 AND p.contact_id = l.contact_id
             ORDER BY l.sequence, p.purpose_id",
            args![tenant, after, limit],
        )
        .await?;
    let mut found: Vec<Changed> = Vec::new();
    for row in &rows {
        let id: ContactId = row.parse(0)?;
        if found.last().is_none_or(|it| it.id != id) {
            found.push(Changed { id, sequence: row.int(1)?, contact: contact(row)?, consents: Vec::new() });
        }
        if let (Some(last), true) = (found.last_mut(), row.maybe_text(13)?.is_some()) {
            last.consents.push(super::consent::read(row, 13)?);
        }
    }
    Ok(found)
}

fn contact(row: &Row) -> Result<Option<Contact>> {
    if row.maybe_text(2)?.is_none() {
        return Ok(None);
    }
    super::contact::read_at(row, 2).map(Some)
}
