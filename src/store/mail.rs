//! Outgoing mails: ids and kind, leased by the mail job.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Locale, Timestamp,
    id::{ContactId, MailId, TenantId},
};

/// One mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The tenant.
    pub tenant: TenantId,
    /// The mail; its Message-ID is made of it.
    pub id: MailId,
    /// Which mail.
    pub kind: String,
    /// To whom.
    pub contact: ContactId,
    /// The id of what it is about.
    pub about: String,
    /// In which language.
    pub locale: Locale,
    /// When it was put here.
    pub created_at: Timestamp,
    /// After which no more attempt is made.
    pub give_up_at: Timestamp,
    /// Attempts begun.
    pub attempts: i64,
    /// Raised by each lease: completes only its own.
    pub lease: i64,
}

fn read(row: &Row) -> Result<Mail> {
    Ok(Mail {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        kind: row.text(2)?,
        contact: row.parse(3)?,
        about: row.text(4)?,
        locale: row.read(5, Locale::from_tag)?,
        created_at: row.at(6)?,
        give_up_at: row.at(7)?,
        attempts: row.int(8)?,
        lease: row.int(9)?,
    })
}

/// Writes a mail, due at once.
pub fn put(batch: &mut Batch, mail: &Mail) {
    let Mail { tenant, id, kind, contact, about, locale, created_at, give_up_at, attempts: _, lease: _ } =
        mail;
    batch.add(
        "INSERT INTO mail (tenant_id, id, kind, contact_id, about, locale, state, due_at, give_up_at, attempts,
             lease, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, 0, 0, $7)",
        args![*tenant, *id, kind, *contact, about, *locale, *created_at, *give_up_at],
    );
}

/// Leases due mails until `until`: the longest due, at most `limit`, given in the order of their ids.
///
/// # Errors
/// The database failed.
pub async fn lease(tx: &mut Tx, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Mail>> {
    let rows = tx
        .all_of(
            "UPDATE mail SET due_at = $2, attempts = attempts + 1, lease = lease + 1
             WHERE state = 'waiting' AND due_at <= $1 AND (tenant_id, id) IN (
                 SELECT tenant_id, id FROM mail WHERE state = 'waiting' AND due_at <= $1
                 ORDER BY due_at LIMIT $3)
             RETURNING tenant_id, id, kind, contact_id, about, locale, created_at, give_up_at, attempts, lease",
            // MATERIALIZED: run once. As a subquery it may be run again for each row, and lease more than asked.
            "WITH due AS MATERIALIZED (
                 SELECT tenant_id, id FROM mail WHERE state = 'waiting' AND due_at <= $1
                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
             UPDATE mail SET due_at = $2, attempts = mail.attempts + 1, lease = mail.lease + 1
             FROM due WHERE mail.tenant_id = due.tenant_id AND mail.id = due.id
             RETURNING mail.tenant_id, mail.id, kind, contact_id, about, locale, created_at, give_up_at, attempts,
                 lease",
            args![now, until, limit],
        )
        .await?;
    let mut leased = rows.iter().map(read).collect::<Result<Vec<Mail>>>()?;
    leased.sort_by_key(|it| it.id);
    Ok(leased)
}

/// Ends a leased mail as `sent`, `refused` or `given_up` with the relay's answer; false when the lease was
/// taken by another since.
///
/// # Errors
/// The database failed.
pub async fn end(tx: &mut Tx, mail: &Mail, state: &str, answer: &str, now: Timestamp) -> Result<bool> {
    let ended = tx
        .execute(
            "UPDATE mail SET state = $4, answer = $5, ended_at = $6
             WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND state = 'waiting'",
            args![mail.tenant, mail.id, mail.lease, state, answer, now],
        )
        .await?;
    Ok(ended == 1)
}

/// Puts a leased mail back, due at `due_at`, with what the relay answered.
///
/// # Errors
/// The database failed.
pub async fn retry(tx: &mut Tx, mail: &Mail, due_at: Timestamp, answer: &str) -> Result<bool> {
    let put_back = tx
        .execute(
            "UPDATE mail SET due_at = $4, answer = $5
             WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND state = 'waiting'",
            args![mail.tenant, mail.id, mail.lease, due_at, answer],
        )
        .await?;
    Ok(put_back == 1)
}

/// Puts a leased mail back, due at `due_at`, as if it had not been looked at: what it says is not there yet.
///
/// # Errors
/// The database failed.
pub async fn put_off(tx: &mut Tx, mail: &Mail, due_at: Timestamp) -> Result<bool> {
    let put_off = tx
        .execute(
            "UPDATE mail SET due_at = $4, attempts = attempts - 1
             WHERE tenant_id = $1 AND id = $2 AND lease = $3 AND state = 'waiting'",
            args![mail.tenant, mail.id, mail.lease, due_at],
        )
        .await?;
    Ok(put_off == 1)
}

/// How many mails of this kind were put here for the person since `since`.
///
/// # Errors
/// The database failed.
pub async fn count_since(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    kind: &str,
    since: Timestamp,
) -> Result<i64> {
    let row = tx
        .first(
            "SELECT COUNT(*) FROM mail WHERE tenant_id = $1 AND contact_id = $2 AND kind = $3 AND created_at > $4",
            args![tenant, contact, kind, since],
        )
        .await?;
    row.map_or(Ok(0), |it| it.int(0))
}

/// Whether a mail of this kind was put here for the person since `since`.
///
/// # Errors
/// The database failed.
pub async fn any_since(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    kind: &str,
    since: Timestamp,
) -> Result<bool> {
    let row = tx
        .first(
            "SELECT id FROM mail WHERE tenant_id = $1 AND contact_id = $2 AND kind = $3 AND created_at > $4 LIMIT 1",
            args![tenant, contact, kind, since],
        )
        .await?;
    Ok(row.is_some())
}

/// How many mails wait, and how many failed for good since `since`.
///
/// # Errors
/// The database failed.
pub async fn counts(tx: &mut Tx, since: Timestamp) -> Result<(i64, i64)> {
    let row = tx
        .first(
            // SQLite counts along the index of what is due only if asked about that column.
            "SELECT (SELECT COUNT(*) FROM mail WHERE state = 'waiting' AND due_at > 0),
                    (SELECT COUNT(*) FROM mail WHERE state IN ('refused', 'given_up') AND ended_at > $1)",
            args![since],
        )
        .await?;
    row.map_or(Ok((0, 0)), |it| Ok((it.int(0)?, it.int(1)?)))
}

/// A mail to a person, as it fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The mail.
    pub id: MailId,
    /// Which mail.
    pub kind: String,
    /// `waiting`, `sent`, `refused`, `given_up` or `void`.
    pub state: String,
    /// When it was put here.
    pub created_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// What the relay said last.
    pub answer: Option<String>,
}

/// The mails to a person that are still kept, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn of_contact(tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<Vec<Fate>> {
    let rows = tx
        .all(
            "SELECT id, kind, state, created_at, ended_at, answer FROM mail
             WHERE tenant_id = $1 AND contact_id = $2 ORDER BY created_at, id",
            args![tenant, contact],
        )
        .await?;
    let fate = |row: &Row| -> Result<Fate> {
        Ok(Fate {
            id: row.parse(0)?,
            kind: row.text(1)?,
            state: row.text(2)?,
            created_at: row.at(3)?,
            ended_at: row.maybe_at(4)?,
            answer: row.maybe_text(5)?,
        })
    };
    rows.iter().map(fate).collect()
}

/// Removes mails that ended before `before`, the longest ago first, at most `limit`; how many.
///
/// # Errors
/// The database failed.
pub async fn prune(tx: &mut Tx, before: Timestamp, limit: i64) -> Result<u64> {
    tx.execute(
        "DELETE FROM mail WHERE (tenant_id, id) IN (
             SELECT tenant_id, id FROM mail WHERE ended_at < $1 ORDER BY ended_at LIMIT $2)",
        args![before, limit],
    )
    .await
}

/// When the first mail that waits is due, or its lease ends.
///
/// # Errors
/// The database failed.
pub async fn first_due(tx: &mut Tx) -> Result<Option<Timestamp>> {
    let row =
        tx.first("SELECT due_at FROM mail WHERE state = 'waiting' ORDER BY due_at LIMIT 1", args![]).await?;
    row.map(|it| it.at(0)).transpose()
}

/// Prolongs leases until `until`, those that still are the caller's.
///
/// # Errors
/// The database failed.
pub async fn keep(tx: &mut Tx, held: &[Mail], until: Timestamp) -> Result<()> {
    let values = held.iter().flat_map(|it| args![it.tenant, it.id, it.lease, until]).collect();
    tx.rows(
        "UPDATE mail SET due_at = v.column4 FROM (VALUES {rows}) AS v
         WHERE tenant_id = v.column1 AND id = v.column2 AND lease = v.column3 AND state = 'waiting'",
        4,
        values,
    )
    .await
    .map(|_| ())
}
