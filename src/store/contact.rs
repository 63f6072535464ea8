//! People, as known by one tenant.

use std::collections::{BTreeMap, BTreeSet};

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Locale, Timestamp,
    consent::Standing,
    email,
    id::{ContactId, RequestId, TenantId},
};

/// A person's row.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// The tenant that knows the person.
    pub tenant: TenantId,
    /// The person.
    pub id: ContactId,
    /// The address as sent; none once erased.
    pub email: Option<String>,
    /// The tenant's own name for the person.
    pub external_id: Option<String>,
    /// The language the person reads.
    pub locale: Locale,
    /// Frozen since.
    pub restricted_at: Option<Timestamp>,
    /// Must not be mailed since: bounced or complained.
    pub suppressed_at: Option<Timestamp>,
    /// Taking a break until.
    pub paused_until: Option<Timestamp>,
    /// Erased since.
    pub erased_at: Option<Timestamp>,
    /// First seen.
    pub created_at: Timestamp,
    /// The instant of the last act that locked the row. Each lock moves it on, by a millisecond at least, so that
    /// a person's acts have an order of their own even when the clock stands or goes back.
    pub touched_at: Timestamp,
}

impl Contact {
    /// What holds for the person whatever the purpose.
    pub fn standing(&self) -> Standing {
        Standing {
            erased: self.erased_at.is_some(),
            suppressed: self.suppressed_at.is_some(),
            restricted: self.restricted_at.is_some(),
            paused_until: self.paused_until,
        }
    }
}

impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Contact({})", self.id)
    }
}

pub(super) fn read(row: &Row) -> Result<Contact> {
    read_at(row, 0)
}

/// The person whose columns begin at `from`.
pub(super) fn read_at(row: &Row, from: usize) -> Result<Contact> {
    Ok(Contact {
        tenant: row.parse(from)?,
        id: row.parse(from + 1)?,
        email: row.maybe_text(from + 2)?,
        external_id: row.maybe_text(from + 3)?,
        locale: row.read(from + 4, Locale::from_tag)?,
        restricted_at: row.maybe_at(from + 5)?,
        suppressed_at: row.maybe_at(from + 6)?,
        paused_until: row.maybe_at(from + 7)?,
        erased_at: row.maybe_at(from + 8)?,
        created_at: row.at(from + 9)?,
        touched_at: row.at(from + 10)?,
    })
}

/// A person to be met for the first time, perhaps.
pub struct Newcomer<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The id to take if the person is new.
    pub id: ContactId,
    /// The address as sent.
    pub email: &'a str,
    /// The address as compared.
    pub lookup_key: &'a str,
    /// The keyed hash under which the address may be suppressed.
    pub address_hash: &'a str,
    /// The language of the form.
    pub locale: Locale,
}

/// Finds or adds the person of an address and locks the row; `None` when the address is suppressed, which
/// adds nothing. Whether the person is new shows in the id.
///
/// # Errors
/// The database failed.
pub async fn meet(tx: &mut Tx, newcomer: &Newcomer<'_>, now: Timestamp) -> Result<Option<Contact>> {
    let Newcomer { tenant, id, email, lookup_key, address_hash, locale } = *newcomer;
    super::suppression::wait(tx, tenant, address_hash).await?;
    let row = tx
        .first(
            "INSERT INTO contact (tenant_id, id, email, lookup_key, locale, created_at, touched_at, email_sha256)
             SELECT $1, $2, $3, $4, $5, $6, $6, $8
             WHERE NOT EXISTS (SELECT 1 FROM suppression
                 WHERE tenant_id = $1 AND address_hash = $7
                     AND ((until IS NULL AND reason <> 'erased') OR until > $6))
             ON CONFLICT (tenant_id, lookup_key) DO UPDATE SET touched_at =
                 CASE WHEN contact.touched_at >= excluded.touched_at THEN contact.touched_at + 1
                      ELSE excluded.touched_at END
             RETURNING tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at",
            args![tenant, id, email, lookup_key, locale, now, address_hash, email::sha256(lookup_key)],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Whether a tenant knows anybody, be they erased.
///
/// # Errors
/// The database failed.
pub async fn are_there(tx: &mut Tx, tenant: TenantId) -> Result<bool> {
    Ok(tx.first("SELECT 1 FROM contact WHERE tenant_id = $1 LIMIT 1", args![tenant]).await?.is_some())
}

/// Reads a person and locks the row until the end of the transaction.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &mut Tx, tenant: TenantId, id: ContactId, now: Timestamp) -> Result<Option<Contact>> {
    let row = tx
        .first(
            "UPDATE contact SET touched_at = CASE WHEN touched_at >= $3 THEN touched_at + 1 ELSE $3 END WHERE tenant_id = $1 AND id = $2
             RETURNING tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at",
            args![tenant, id, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Reads these people and locks their rows until the end of the transaction, in the order of their ids as everywhere;
/// those who are there, in that order.
///
/// # Errors
/// The database failed.
pub async fn lock_all(
    tx: &mut Tx,
    tenant: TenantId,
    ids: &BTreeSet<ContactId>,
    now: Timestamp,
) -> Result<Vec<Contact>> {
    let ids: Vec<String> = ids.iter().map(ContactId::to_string).collect();
    let json = serde_json::to_string(&ids).unwrap_or_default();
    tx.on_postgres(
        "SELECT id FROM contact
         WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))
         ORDER BY id FOR NO KEY UPDATE",
        args![tenant, json.clone()],
    )
    .await?;
    let rows = tx
        .all_of(
            "UPDATE contact SET touched_at = CASE WHEN touched_at >= $3 THEN touched_at + 1 ELSE $3 END
             WHERE tenant_id = $1 AND id IN (SELECT value FROM json_each($2))
             RETURNING tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at",
            "UPDATE contact SET touched_at = CASE WHEN touched_at >= $3 THEN touched_at + 1 ELSE $3 END
             WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))
             RETURNING tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at",
            args![tenant, json, now],
        )
        .await?;
    let mut people: Vec<Contact> = rows.iter().map(read).collect::<Result<_>>()?;
    people.sort_unstable_by_key(|it| it.id);
    Ok(people)
}

/// Reads the person behind a request and locks the row until the end of the transaction.
///
/// # Errors
/// The database failed.
pub async fn lock_by_request(
    tx: &mut Tx,
    tenant: TenantId,
    request: RequestId,
    now: Timestamp,
) -> Result<Option<Contact>> {
    let row = tx
        .first(
            "UPDATE contact SET touched_at = CASE WHEN touched_at >= $3 THEN touched_at + 1 ELSE $3 END WHERE tenant_id = $1
                 AND id = (SELECT contact_id FROM request WHERE tenant_id = $1 AND id = $2)
             RETURNING tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at",
            args![tenant, request, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Reads a person.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: ContactId) -> Result<Option<Contact>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at
             FROM contact WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Reads the person of an address, given as compared.
///
/// # Errors
/// The database failed.
pub async fn by_address(tx: &mut Tx, tenant: TenantId, lookup_key: &str) -> Result<Option<Contact>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at
             FROM contact WHERE tenant_id = $1 AND lookup_key = $2",
            args![tenant, lookup_key],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The people of these addresses, given as compared, by the address.
///
/// # Errors
/// The database failed.
pub async fn by_addresses(
    tx: &mut Tx,
    tenant: TenantId,
    lookup_keys: &BTreeSet<String>,
) -> Result<BTreeMap<String, ContactId>> {
    let rows = tx
        .rows(
            "SELECT c.lookup_key, c.id FROM (VALUES {rows}) AS v
             CROSS JOIN contact c WHERE c.tenant_id = v.column1 AND c.lookup_key = v.column2",
            2,
            lookup_keys.iter().flat_map(|it| args![tenant, it]).collect(),
        )
        .await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.parse(1)?))).collect()
}

/// Those of these people who are neither erased nor forgotten. They stay so until the end of the transaction.
///
/// # Errors
/// The database failed.
pub async fn hold(tx: &mut Tx, tenant: TenantId, ids: &BTreeSet<ContactId>) -> Result<Vec<ContactId>> {
    let ids: Vec<String> = ids.iter().map(ContactId::to_string).collect();
    let rows = tx
        .all_of(
            "SELECT id, erased_at FROM contact
             WHERE tenant_id = $1 AND id IN (SELECT value FROM json_each($2))",
            // Locked in one order, as everywhere. What was erased meanwhile is seen as it is after the wait.
            "SELECT id, erased_at FROM contact
             WHERE tenant_id = $1 AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))
             ORDER BY id FOR SHARE",
            args![tenant, serde_json::to_string(&ids).unwrap_or_default()],
        )
        .await?;
    let found: Vec<(ContactId, Option<Timestamp>)> =
        rows.iter().map(|row| Ok((row.parse(0)?, row.maybe_at(1)?))).collect::<Result<_>>()?;
    Ok(found.into_iter().filter(|it| it.1.is_none()).map(|it| it.0).collect())
}

/// Reads the person a tenant calls `external_id`.
///
/// # Errors
/// The database failed.
pub async fn by_external_id(tx: &mut Tx, tenant: TenantId, external_id: &str) -> Result<Option<Contact>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at
             FROM contact WHERE tenant_id = $1 AND external_id = $2",
            args![tenant, external_id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// People who are not erased and whose id comes after `after`, at most `limit`, each with what they entered in
/// declared fields, sealed.
///
/// # Errors
/// The database failed.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    after: &str,
    limit: i64,
) -> Result<Vec<(Contact, Option<String>)>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at, fields
             FROM contact WHERE tenant_id = $1 AND id > $2 AND erased_at IS NULL ORDER BY id LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((read(row)?, row.maybe_text(11)?))).collect()
}

/// Reads the person whose address, as compared, has this SHA-256 in lower-case hex.
///
/// # Errors
/// The database failed.
pub async fn by_sha256(tx: &mut Tx, tenant: TenantId, email_sha256: &str) -> Result<Option<Contact>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at
             FROM contact WHERE tenant_id = $1 AND email_sha256 = $2",
            args![tenant, email_sha256],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Persons whose break has ended, at most `limit`, the longest ago first.
///
/// # Errors
/// The database failed.
pub async fn back_from_pause(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<Contact>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, email, external_id, locale, restricted_at, suppressed_at, paused_until,
                 erased_at, created_at, touched_at
             FROM contact WHERE paused_until IS NOT NULL AND paused_until <= $1 ORDER BY paused_until LIMIT $2",
            args![now, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Sets until when a person takes a break; `None` ends it.
pub fn set_pause(batch: &mut Batch, tenant: TenantId, id: ContactId, until: Option<Timestamp>) {
    batch.add(
        "UPDATE contact SET paused_until = $3 WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, until],
    );
}

/// Sets the language a person reads.
pub fn set_locale(batch: &mut Batch, tenant: TenantId, id: ContactId, locale: Locale) {
    batch.add("UPDATE contact SET locale = $3 WHERE tenant_id = $1 AND id = $2", args![tenant, id, locale]);
}

/// Sets the language a person reads and the tenant's own name for them.
pub fn set_described(
    batch: &mut Batch,
    tenant: TenantId,
    id: ContactId,
    locale: Locale,
    external_id: Option<&str>,
) {
    batch.add(
        "UPDATE contact SET locale = $3, external_id = $4 WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, locale, external_id],
    );
}

/// Gives a person, whose row is locked, the tenant's own name for them; false when it is another's. Two people may be
/// given one name at once: on PostgreSQL the one who comes second waits for the other and then breaks the uniqueness,
/// and the transaction with it. So nothing may be kept of a transaction in which this was false.
///
/// # Errors
/// The database failed.
pub async fn name(tx: &mut Tx, tenant: TenantId, id: ContactId, external_id: &str) -> Result<bool> {
    let named = tx
        .execute(
            "UPDATE contact SET external_id = $3 WHERE tenant_id = $1 AND id = $2
                 AND NOT EXISTS (SELECT 1 FROM contact WHERE tenant_id = $1 AND external_id = $3 AND id <> $2)",
            args![tenant, id, external_id],
        )
        .await;
    match named {
        Ok(named) => Ok(named == 1),
        Err(error) if error.is_taken() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Freezes or unfreezes a person.
pub fn set_restricted(batch: &mut Batch, tenant: TenantId, id: ContactId, since: Option<Timestamp>) {
    batch.add(
        "UPDATE contact SET restricted_at = $3 WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, since],
    );
}

/// Marks a person as not to be mailed, or lifts the mark.
pub fn set_suppressed(batch: &mut Batch, tenant: TenantId, id: ContactId, since: Option<Timestamp>) {
    batch.add(
        "UPDATE contact SET suppressed_at = $3 WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, since],
    );
}

/// One person, for an examination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whether they are erased.
    pub erased: bool,
    /// The address as sent.
    pub email: Option<String>,
    /// The address as compared.
    pub lookup_key: Option<String>,
    /// The hash of that.
    pub email_sha256: Option<String>,
}

/// People after the first and up to the second, as [`super::consent::between`], in the order of their ids, at most
/// `limit`.
///
/// # Errors
/// The database failed.
pub async fn between(
    tx: &mut Tx,
    after: Option<(TenantId, ContactId)>,
    to: Option<(TenantId, ContactId)>,
    limit: i64,
) -> Result<Vec<(TenantId, ContactId, Known)>> {
    let [after, to] = [after, to].map(bound);
    let rows = tx
        .all(
            "SELECT tenant_id, id, erased_at, email, lookup_key, email_sha256 FROM contact
             WHERE (tenant_id, id) > ($1, $2) AND ($3 = '' OR (tenant_id, id) <= ($3, $4))
             ORDER BY tenant_id, id LIMIT $5",
            args![after.0, after.1, to.0, to.1, limit],
        )
        .await?;
    let known = |row: &Row| -> Result<Known> {
        Ok(Known {
            erased: row.maybe_int(2)?.is_some(),
            email: row.maybe_text(3)?,
            lookup_key: row.maybe_text(4)?,
            email_sha256: row.maybe_text(5)?,
        })
    };
    rows.iter().map(|row| Ok((row.parse(0)?, row.parse(1)?, known(row)?))).collect()
}

/// The end of a range of people as text; empty for no end.
pub(super) fn bound(end: Option<(TenantId, ContactId)>) -> (String, String) {
    end.map_or_else(Default::default, |(tenant, contact)| (tenant.to_string(), contact.to_string()))
}
