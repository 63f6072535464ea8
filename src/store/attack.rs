//! How much each form is used, in steps of five minutes, and which forms are under attack.

use super::{Batch, Result, Tx, args};
use crate::domain::{
    Timestamp,
    attack::{Figures, Mode, RATIO, RECENT, USUAL},
    id::{FormId, TenantId},
    time::MINUTE,
};

/// The width of one step, in milliseconds.
const STEP: i64 = 5 * MINUTE;

/// What happened at a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Submissions.
    pub tried: i64,
    /// Those let in.
    pub taken: i64,
    /// Confirmations.
    pub confirmed: i64,
}

impl Counts {
    /// Adds others.
    pub const fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.taken += other.taken;
        self.confirmed += other.confirmed;
    }
}

/// Adds what happened at a form to the present step.
pub fn add(batch: &mut Batch, tenant: TenantId, form: FormId, counts: Counts, now: Timestamp) {
    let step = now.plus(-now.millis().rem_euclid(STEP));
    let Counts { tried, taken, confirmed } = counts;
    batch.add(
        "INSERT INTO tally (tenant_id, form_id, at, tried, taken, confirmed) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (tenant_id, form_id, at) DO UPDATE SET tried = tally.tried + excluded.tried,
             taken = tally.taken + excluded.taken, confirmed = tally.confirmed + excluded.confirmed",
        args![tenant, form, step, tried, taken, confirmed],
    );
}

/// A form that was used lately or is under attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Whose it is.
    pub tenant: TenantId,
    /// The form.
    pub form: FormId,
    /// What happened at it.
    pub figures: Figures,
    /// Whether it is under attack.
    pub mode: Mode,
}

/// Every form used in the last minutes or under attack, with what is known of it.
///
/// # Errors
/// The database failed.
pub async fn watched(tx: &mut Tx, now: Timestamp) -> Result<Vec<Watched>> {
    let (recent, hour) = (now.plus(-RECENT), now.plus(-RATIO));
    let rows = tx
        .all(
            "SELECT w.tenant_id, w.form_id,
                    CAST(COALESCE(SUM(CASE WHEN t.at > $1 THEN t.tried ELSE 0 END), 0) AS BIGINT),
                    CAST(COALESCE(SUM(CASE WHEN t.at <= $1 THEN t.tried ELSE 0 END), 0) AS BIGINT),
                    CAST(COALESCE(SUM(CASE WHEN t.at > $2 THEN t.taken ELSE 0 END), 0) AS BIGINT),
                    CAST(COALESCE(SUM(CASE WHEN t.at > $2 THEN t.confirmed ELSE 0 END), 0) AS BIGINT),
                    MAX(a.since), MAX(a.seen_at)
             FROM (SELECT tenant_id, form_id FROM tally WHERE at > $1
                   UNION SELECT tenant_id, form_id FROM attack WHERE since IS NOT NULL) w
             LEFT JOIN tally t ON t.tenant_id = w.tenant_id AND t.form_id = w.form_id AND t.at > $3
             LEFT JOIN attack a ON a.tenant_id = w.tenant_id AND a.form_id = w.form_id
             GROUP BY w.tenant_id, w.form_id",
            args![recent, hour, recent.plus(-USUAL)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let mode = match (row.maybe_at(6)?, row.maybe_at(7)?) {
                (Some(since), Some(seen_at)) => Mode::Attack { since, seen_at },
                (_, _) => Mode::Calm,
            };
            let figures = Figures {
                tried: row.int(2)?,
                tried_before: row.int(3)?,
                taken: row.int(4)?,
                confirmed: row.int(5)?,
            };
            Ok(Watched { tenant: row.parse(0)?, form: row.parse(1)?, figures, mode })
        })
        .collect()
}

/// Writes the mode of a form if it still is `before`: of several instances one has it changed.
///
/// # Errors
/// The database failed.
pub async fn set_mode(
    tx: &mut Tx,
    tenant: TenantId,
    form: FormId,
    before: Mode,
    after: Mode,
) -> Result<bool> {
    let times = |mode: Mode| match mode {
        Mode::Calm => (None, None),
        Mode::Attack { since, seen_at } => (Some(since), Some(seen_at)),
    };
    let ((was_since, _), (since, seen_at)) = (times(before), times(after));
    let written = tx
        .execute(
            "INSERT INTO attack (tenant_id, form_id, since, seen_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (tenant_id, form_id) DO UPDATE SET since = excluded.since, seen_at = excluded.seen_at
             WHERE attack.since IS NOT DISTINCT FROM $5",
            args![tenant, form, since, seen_at, was_since],
        )
        .await?;
    Ok(written == 1)
}

/// Takes the right to tell the operator of an attack: given once in `gap` milliseconds.
///
/// # Errors
/// The database failed.
pub async fn may_alert(
    tx: &mut Tx,
    tenant: TenantId,
    form: FormId,
    now: Timestamp,
    gap: i64,
) -> Result<bool> {
    let written = tx
        .execute(
            "UPDATE attack SET alerted_at = $3 WHERE tenant_id = $1 AND form_id = $2
             AND (alerted_at IS NULL OR alerted_at <= $4)",
            args![tenant, form, now, now.plus(-gap)],
        )
        .await?;
    Ok(written == 1)
}

/// Whether the operator was told of an attack since it began.
///
/// # Errors
/// The database failed.
pub async fn alerted_since(tx: &mut Tx, tenant: TenantId, form: FormId, since: Timestamp) -> Result<bool> {
    let row = tx
        .first(
            "SELECT alerted_at FROM attack WHERE tenant_id = $1 AND form_id = $2 AND alerted_at >= $3",
            args![tenant, form, since],
        )
        .await?;
    Ok(row.is_some())
}

/// The forms under attack.
///
/// # Errors
/// The database failed.
pub async fn attacked(tx: &mut Tx) -> Result<Vec<FormId>> {
    let rows = tx.all("SELECT form_id FROM attack WHERE since IS NOT NULL", args![]).await?;
    rows.iter().map(|row| row.parse(0)).collect()
}

/// Removes what is too old to be usual, at most `limit` rows; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM tally WHERE (tenant_id, form_id, at) IN (
             SELECT tenant_id, form_id, at FROM tally WHERE at < $1 ORDER BY at LIMIT $2)",
        args![now.plus(-2 * USUAL), limit],
    )
    .await
}
