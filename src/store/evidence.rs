//! Immutable facts about consents.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    id::{ContactId, EvidenceId, TenantId},
};

/// One fact, as written and as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The tenant.
    pub tenant: TenantId,
    /// The fact.
    pub id: EvidenceId,
    /// Whom it is about.
    pub contact: ContactId,
    /// What happened: the name of an event.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// The number of the receipt the person was given.
    pub receipt: Option<String>,
    /// Everything needed to prove it, as JSON; none once the person is erased.
    pub record: Option<String>,
    /// 32 random bytes in hex, for the commitment to the record; none once the person is erased.
    pub salt: Option<String>,
}

fn read(row: &Row) -> Result<Evidence> {
    Ok(Evidence {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        contact: row.parse(2)?,
        kind: row.text(3)?,
        at: row.at(4)?,
        receipt: row.maybe_text(5)?,
        record: row.maybe_text(6)?,
        salt: row.maybe_text(7)?,
    })
}

/// Writes a fact. There is no way to change one.
pub fn put(batch: &mut Batch, evidence: &Evidence) {
    let Evidence { tenant, id, contact, kind, at, receipt, record, salt } = evidence;
    batch.add(
        "INSERT INTO evidence (tenant_id, id, contact_id, kind, at, receipt, record, salt)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![*tenant, *id, *contact, kind, *at, receipt.clone(), record.clone(), salt.clone()],
    );
}

/// The facts about a person, newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_contact(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    limit: i64,
) -> Result<Vec<Evidence>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt FROM evidence
             WHERE tenant_id = $1 AND contact_id = $2 ORDER BY id DESC LIMIT $3",
            args![tenant, contact, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Reads one fact.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: EvidenceId) -> Result<Option<Evidence>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt FROM evidence
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}
