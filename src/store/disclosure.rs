//! Who was given addresses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    id::{ApiKeyId, ContactId, DisclosureId, PurposeId, TenantId},
};

/// Addresses given to somebody, or being given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// The tenant.
    pub tenant: TenantId,
    /// The disclosure.
    pub id: DisclosureId,
    /// The purpose people had agreed to.
    pub purpose: PurposeId,
    /// Whom the tenant gives them to; empty when it did not say.
    pub recipient: String,
    /// The key that asked for them.
    pub key: ApiKeyId,
    /// What was told of each person, as names separated by spaces.
    pub columns: String,
    /// The place in the feed that it shows.
    pub as_of: i64,
    /// The tag (`ETag`) of what was shown.
    pub tag: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When it ended; none while it is under way, or when the service was killed in the middle.
    pub ended_at: Option<Timestamp>,
    /// `open`, `complete` or `broken`.
    pub outcome: String,
    /// How many people; of a broken one, how many may have been received.
    pub people: i64,
    /// How many could not be told in this format.
    pub left_out: i64,
    /// The SHA-256 of all that was sent before the trailer, in hex; none until it is complete.
    pub sha256: Option<String>,
    /// When the first of these consents will be too old; none when there is none.
    pub good_until: Option<Timestamp>,
}

/// That addresses were given to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The disclosure.
    pub id: DisclosureId,
    /// The purpose people had agreed to.
    pub purpose: PurposeId,
    /// Whom they were given to; empty when it was not said.
    pub recipient: String,
    /// When.
    pub at: Timestamp,
}

/// That endpoints at a host took somebody's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldHost {
    /// The host.
    pub host: String,
    /// With how many events.
    pub events: i64,
    /// The first time.
    pub first_at: Timestamp,
    /// The last time.
    pub last_at: Timestamp,
}

fn read(row: &Row) -> Result<Disclosure> {
    Ok(Disclosure {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        purpose: row.parse(2)?,
        recipient: row.text(3)?,
        key: row.parse(4)?,
        columns: row.text(5)?,
        as_of: row.int(6)?,
        tag: row.text(7)?,
        began_at: row.at(8)?,
        ended_at: row.maybe_at(9)?,
        outcome: row.text(10)?,
        people: row.int(11)?,
        left_out: row.int(12)?,
        sha256: row.maybe_text(13)?,
        good_until: row.maybe_at(14)?,
    })
}

/// Notes whoever gets a disclosure as one of those who have addresses. Until the first person is about to be sent,
/// nobody has.
///
/// # Errors
/// The database failed.
pub async fn put_recipient(tx: &mut Tx, disclosure: &Disclosure) -> Result<()> {
    let it = disclosure;
    if it.recipient.is_empty() {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO recipient (tenant_id, purpose_id, name, last_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, purpose_id, name) DO UPDATE SET last_at =
             CASE WHEN recipient.last_at > excluded.last_at THEN recipient.last_at ELSE excluded.last_at END",
        args![it.tenant, it.purpose, &it.recipient, it.began_at],
    )
    .await
    .map(|_| ())
}

/// Notes a disclosure before anything is sent.
///
/// # Errors
/// The database failed.
pub async fn put(tx: &mut Tx, disclosure: &Disclosure) -> Result<()> {
    let it = disclosure;
    tx.execute(
        "INSERT INTO disclosure (tenant_id, id, purpose_id, recipient, api_key_id, columns, as_of, tag, began_at,
             ended_at, outcome, people, left_out, sha256, good_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        args![
            it.tenant,
            it.id,
            it.purpose,
            &it.recipient,
            it.key,
            &it.columns,
            it.as_of,
            &it.tag,
            it.began_at,
            it.ended_at,
            &it.outcome,
            it.people,
            it.left_out,
            it.sha256.as_deref(),
            it.good_until,
        ],
    )
    .await
    .map(|_| ())
}

/// Notes how a disclosure ended.
///
/// # Errors
/// The database failed.
pub async fn end(tx: &mut Tx, disclosure: &Disclosure) -> Result<()> {
    let it = disclosure;
    tx.execute(
        "UPDATE disclosure SET ended_at = $3, outcome = $4, people = $5, left_out = $6, sha256 = $7, good_until = $8
         WHERE tenant_id = $1 AND id = $2",
        args![
            it.tenant,
            it.id,
            it.ended_at,
            &it.outcome,
            it.people,
            it.left_out,
            it.sha256.as_deref(),
            it.good_until,
        ],
    )
    .await
    .map(|_| ())
}

/// Reads one disclosure.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: DisclosureId) -> Result<Option<Disclosure>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, purpose_id, recipient, api_key_id, columns, as_of, tag, began_at, ended_at, outcome,
                 people, left_out, sha256, good_until
             FROM disclosure WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The newest complete disclosure with this tag.
///
/// # Errors
/// The database failed.
pub async fn tagged(tx: &mut Tx, tenant: TenantId, tag: &str) -> Result<Option<Disclosure>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, purpose_id, recipient, api_key_id, columns, as_of, tag, began_at, ended_at, outcome,
                 people, left_out, sha256, good_until
             FROM disclosure WHERE tenant_id = $1 AND tag = $2 AND outcome = 'complete' ORDER BY id DESC LIMIT 1",
            args![tenant, tag],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The disclosures before `before`, the newest first, at most `limit`; the newest of all when it is empty.
///
/// # Errors
/// The database failed.
pub async fn page(tx: &mut Tx, tenant: TenantId, before: &str, limit: i64) -> Result<Vec<Disclosure>> {
    let before = if before.is_empty() { "dis_~" } else { before };
    let rows = tx
        .all(
            "SELECT tenant_id, id, purpose_id, recipient, api_key_id, columns, as_of, tag, began_at, ended_at, outcome,
                 people, left_out, sha256, good_until
             FROM disclosure WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            args![tenant, before, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The disclosures of a purpose in which people were, or may have been, from `since` on, the oldest first: one that
/// was cut off before anybody was sent is left out.
///
/// # Errors
/// The database failed.
pub async fn of_purpose(
    tx: &mut Tx,
    tenant: TenantId,
    purpose: PurposeId,
    since: Timestamp,
) -> Result<Vec<Given>> {
    let rows = tx
        .all(
            "SELECT id, purpose_id, recipient, began_at FROM disclosure
             WHERE tenant_id = $1 AND purpose_id = $2 AND began_at >= $3 AND (outcome = 'open' OR people > 0)
             ORDER BY began_at",
            args![tenant, purpose, since],
        )
        .await?;
    let given = |row: &Row| {
        Ok(Given { id: row.parse(0)?, purpose: row.parse(1)?, recipient: row.text(2)?, at: row.at(3)? })
    };
    rows.iter().map(given).collect()
}

/// Everybody who was ever given addresses, by tenant.
pub(super) async fn names(tx: &mut Tx) -> Result<BTreeMap<TenantId, BTreeSet<String>>> {
    let rows = tx.all("SELECT tenant_id, name FROM recipient", args![]).await?;
    let mut names: BTreeMap<TenantId, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        names.entry(row.parse(0)?).or_default().insert(row.text(1)?);
    }
    Ok(names)
}

/// To whom the addresses of a tenant were given, of which purpose, and when last.
///
/// # Errors
/// The database failed.
pub async fn recipients(tx: &mut Tx, tenant: TenantId) -> Result<Vec<(PurposeId, String, Timestamp)>> {
    let rows = tx
        .all(
            "SELECT purpose_id, name, last_at FROM recipient WHERE tenant_id = $1 ORDER BY purpose_id, name",
            args![tenant],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, row.text(1)?, row.at(2)?))).collect()
}

/// Notes which hosts took the addresses of these people now, and with how many events.
///
/// # Errors
/// The database failed.
pub async fn tell_hosts(
    tx: &mut Tx,
    told: &BTreeMap<(TenantId, ContactId, &str), i64>,
    now: Timestamp,
) -> Result<()> {
    // In one order, as everywhere: in another, two instances wait for each other.
    let values = told
        .iter()
        .flat_map(|((tenant, contact, host), events)| args![*tenant, *contact, *host, *events, now, now]);
    tx.rows(
        "INSERT INTO told_host (tenant_id, contact_id, host, events, first_at, last_at) VALUES {rows}
         ON CONFLICT (tenant_id, contact_id, host) DO UPDATE SET events = told_host.events + excluded.events,
             last_at = CASE WHEN told_host.last_at > excluded.last_at THEN told_host.last_at ELSE excluded.last_at END",
        6,
        values.collect(),
    )
    .await
    .map(|_| ())
}

/// Which hosts ever took the address of a person.
///
/// # Errors
/// The database failed.
pub async fn told_hosts(tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<Vec<ToldHost>> {
    let rows = tx
        .all(
            "SELECT host, events, first_at, last_at FROM told_host WHERE tenant_id = $1 AND contact_id = $2
             ORDER BY host",
            args![tenant, contact],
        )
        .await?;
    let told = |row: &Row| {
        Ok(ToldHost { host: row.text(0)?, events: row.int(1)?, first_at: row.at(2)?, last_at: row.at(3)? })
    };
    rows.iter().map(told).collect()
}
