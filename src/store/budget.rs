//! How often something may happen: one table, one statement for all budgets of a request.

use super::{Result, Tx, args};
use crate::domain::Timestamp;

/// At most `most` times in `span`, at least `gap` apart, both in milliseconds. `id` is a keyed hash.
///
/// Without a gap (networks, forms) the span starts with a use and all of it is new when it is over. With a gap
/// (a person's inbox) the span slides: there are never more than `most` uses within any `span`.
#[derive(Clone, Debug)]
pub struct Budget {
    /// What is counted.
    pub id: String,
    /// How often at the most within `span`.
    pub most: i64,
    /// Milliseconds from the first use to a new start.
    pub span: i64,
    /// Milliseconds from one use to the next, at least.
    pub gap: i64,
}

/// Uses each budget once if it has room; whether it had, in the order given. A refusal uses nothing up.
///
/// # Errors
/// The database failed.
pub async fn take(tx: &mut Tx, budgets: &[Budget], now: Timestamp) -> Result<Vec<bool>> {
    // Always in the same order, so that two requests never wait for each other.
    let mut sorted: Vec<&Budget> = budgets.iter().collect();
    sorted.sort_by(|left, right| left.id.cmp(&right.id));
    sorted.dedup_by(|left, right| left.id == right.id);
    let mut values = Vec::with_capacity(sorted.len() * 8);
    for Budget { id, most, span, gap } in sorted {
        values.append(&mut args![id, now, i64::from(*most > 0), now, *most > 0, *most, *gap, *span]);
    }
    // Requests read the clock before they wait their turn, so `now` may lie before the last use. When the oldest
    // use leaves a sliding span, the next oldest is not known, but not later than the last.
    let rows = tx
        .rows(
            "INSERT INTO budget (id, since, used, last_at, granted, most, gap, span) VALUES {rows}
             ON CONFLICT (id) DO UPDATE SET
                 granted = excluded.most > 0
                     AND (excluded.gap = 0 OR excluded.last_at - budget.last_at >= excluded.gap)
                     AND (excluded.since - budget.since >= excluded.span OR budget.used < excluded.most),
                 used = CASE
                     WHEN excluded.most = 0
                         OR (excluded.gap > 0 AND excluded.last_at - budget.last_at < excluded.gap)
                         THEN budget.used
                     WHEN excluded.since - budget.since < excluded.span AND budget.used < excluded.most
                         THEN budget.used + 1
                     WHEN excluded.since - budget.since < excluded.span THEN budget.used
                     WHEN excluded.gap = 0 OR excluded.last_at - budget.last_at >= excluded.span THEN 1
                     ELSE budget.used END,
                 since = CASE
                     WHEN excluded.most = 0
                         OR (excluded.gap > 0 AND excluded.last_at - budget.last_at < excluded.gap)
                         OR excluded.since - budget.since < excluded.span
                         THEN budget.since
                     WHEN excluded.gap = 0 OR excluded.last_at - budget.last_at >= excluded.span
                         THEN excluded.since
                     ELSE budget.last_at END,
                 last_at = CASE
                     WHEN excluded.most > 0 AND excluded.last_at - budget.last_at >= excluded.gap
                         AND (excluded.since - budget.since >= excluded.span OR budget.used < excluded.most)
                         THEN excluded.last_at
                     ELSE budget.last_at END,
                 most = excluded.most, gap = excluded.gap, span = excluded.span
             RETURNING id, granted",
            8,
            values,
        )
        .await?;
    let mut granted = Vec::with_capacity(rows.len());
    for row in rows {
        granted.push((row.text(0)?, row.flag(1)?));
    }
    Ok(budgets.iter().map(|it| granted.iter().any(|(id, granted)| *granted && *id == it.id)).collect())
}

/// Gives one use of each budget back: it was taken for something that did not happen.
///
/// # Errors
/// The database failed.
pub async fn give_back(tx: &mut Tx, ids: &[&str]) -> Result<()> {
    for id in ids {
        tx.execute("UPDATE budget SET used = used - 1 WHERE id = $1 AND used > 0", args![*id]).await?;
    }
    Ok(())
}

/// Removes budgets of which nothing counts any more, the longest ago first, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<u64> {
    // The last use is always less than a span after `since`, and counts for a span.
    tx.execute(
        "DELETE FROM budget WHERE id IN (
             SELECT id FROM budget WHERE since + 2 * span <= $1 ORDER BY since + 2 * span LIMIT $2)",
        args![now, limit],
    )
    .await
}
