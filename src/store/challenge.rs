//! Codes mailed to raise a preference page to level L1.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    id::{ChallengeId, ContactId, TenantId},
};

/// One code that was mailed. The code is derived from the id; it is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// The tenant.
    pub tenant: TenantId,
    /// The challenge.
    pub id: ChallengeId,
    /// Whose inbox it proves.
    pub contact: ContactId,
    /// When it was mailed.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// Wrong codes typed so far.
    pub tries: i64,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Challenge> {
    Ok(Challenge {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        contact: row.parse(2)?,
        created_at: row.at(3)?,
        expires_at: row.at(4)?,
        tries: row.int(5)?,
        used_at: row.maybe_at(6)?,
    })
}

/// Writes a challenge.
pub fn put(batch: &mut Batch, challenge: &Challenge) {
    let Challenge { tenant, id, contact, created_at, expires_at, tries, used_at } = *challenge;
    batch.add(
        "INSERT INTO challenge (tenant_id, id, contact_id, created_at, expires_at, tries, used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![tenant, id, contact, created_at, expires_at, tries, used_at],
    );
}

/// Counts one more try of a person's newest challenge and reads it; its row stays locked.
///
/// # Errors
/// The database failed.
pub async fn attempt(tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<Option<Challenge>> {
    let row = tx
        .first(
            "UPDATE challenge SET tries = tries + 1 WHERE tenant_id = $1 AND id =
                 (SELECT MAX(id) FROM challenge WHERE tenant_id = $1 AND contact_id = $2)
             RETURNING tenant_id, id, contact_id, created_at, expires_at, tries, used_at",
            args![tenant, contact],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Reads a challenge.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: ChallengeId) -> Result<Option<Challenge>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, contact_id, created_at, expires_at, tries, used_at FROM challenge
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The codes mailed to a person that are still kept, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn of_contact(tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<Vec<Challenge>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, created_at, expires_at, tries, used_at FROM challenge
             WHERE tenant_id = $1 AND contact_id = $2 ORDER BY id",
            args![tenant, contact],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Marks a challenge as used.
pub fn use_up(batch: &mut Batch, tenant: TenantId, id: ChallengeId, now: Timestamp) {
    batch.add("UPDATE challenge SET used_at = $3 WHERE tenant_id = $1 AND id = $2", args![tenant, id, now]);
}

/// Removes challenges that expired by `now`, the longest ago first, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM challenge WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM challenge WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
        args![now, limit],
    )
    .await
}
