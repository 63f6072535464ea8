//! Answers kept for the `Idempotency-Key` they were given under.

use super::{Result, Tx, args};
use crate::domain::{
    Timestamp,
    id::{ContactId, TenantId},
};

/// Whether an act is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Yes: it is claimed, and kept with the transaction.
    New,
    /// It was done; this is the sealed answer.
    Same(String),
    /// The key was used for another body.
    OtherBody,
    /// It was done, and the person it was about was erased since.
    Erased,
}

/// Claims an act for this transaction, unless it was claimed at `kept_from` or later. Waits for another transaction
/// that claims it at the same moment.
///
/// # Errors
/// The database failed.
pub async fn claim(
    tx: &mut Tx,
    tenant: TenantId,
    id: &str,
    body: &str,
    now: Timestamp,
    kept_from: Timestamp,
) -> Result<Claim> {
    let claimed = tx
        .execute(
            "INSERT INTO idempotency (tenant_id, id, body, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body, answer = NULL, contact_id = NULL,
                 created_at = excluded.created_at
             WHERE idempotency.created_at < $5",
            args![tenant, id, body, now, kept_from],
        )
        .await?;
    if claimed == 1 {
        return Ok(Claim::New);
    }
    let row = tx
        .first("SELECT body, answer FROM idempotency WHERE tenant_id = $1 AND id = $2", args![tenant, id])
        .await?;
    let Some(row) = row else { return Err(super::Error::Stored("a claim is gone".to_owned())) };
    // An empty one is all that is left of it: not even the keyed hash of the body.
    match (row.text(0)? == body, row.maybe_text(1)?) {
        (_, Some(answer)) if answer.is_empty() => Ok(Claim::Erased),
        (false, _) => Ok(Claim::OtherBody),
        (true, Some(answer)) => Ok(Claim::Same(answer)),
        (true, None) => Err(super::Error::Stored("a claim without its answer".to_owned())),
    }
}

/// Keeps the sealed answer of a claimed act. It goes with the person it is about; that the act was done stays known.
///
/// # Errors
/// The database failed.
pub async fn keep(
    tx: &mut Tx,
    tenant: TenantId,
    id: &str,
    answer: &str,
    about: Option<ContactId>,
) -> Result<()> {
    tx.execute(
        "UPDATE idempotency SET answer = $3, contact_id = $4 WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, answer, about],
    )
    .await
    .map(|_| ())
}

/// Removes answers given before `kept_from`, the longest ago first, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, kept_from: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM idempotency WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2)",
        args![kept_from, limit],
    )
    .await
}
