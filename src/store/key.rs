//! Keys: the masters of signed links, API keys, and the keys tenants mint footer links with.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{
    Timestamp,
    id::{ApiKeyId, LinkKeyId, TenantId},
};

/// The master keys of signed links, newest first: number and sealed bytes.
///
/// # Errors
/// The database failed.
pub async fn masters(tx: &mut Tx) -> Result<Vec<(i64, String)>> {
    let rows = tx.all("SELECT number, sealed FROM link_master ORDER BY number DESC", args![]).await?;
    rows.iter().map(|row| Ok((row.int(0)?, row.text(1)?))).collect()
}

/// Adds a master key; false when the number is taken, as by another instance at the same moment.
///
/// # Errors
/// The database failed.
pub async fn add_master(tx: &mut Tx, number: i64, sealed: &str, now: Timestamp) -> Result<bool> {
    let added = tx
        .execute(
            "INSERT INTO link_master (number, sealed, created_at) VALUES ($1, $2, $3) ON CONFLICT (number) DO NOTHING",
            args![number, sealed, now],
        )
        .await?;
    Ok(added == 1)
}

/// An API key as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// The tenant it acts for.
    pub tenant: TenantId,
    /// The key.
    pub id: ApiKeyId,
    /// What it is for, in the tenant's words.
    pub name: Option<String>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stopped working.
    pub revoked_at: Option<Timestamp>,
}

fn read_api_key(row: &Row) -> Result<ApiKey> {
    Ok(ApiKey {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        scopes: row.text(2)?.split_whitespace().map(str::to_owned).collect(),
        created_at: row.at(3)?,
        revoked_at: row.maybe_at(4)?,
        name: row.maybe_text(5)?,
    })
}

/// Writes an API key by the hash of its text.
pub fn put_api_key(batch: &mut Batch, key: &ApiKey, hash: &str) {
    let ApiKey { tenant, id, name, scopes, created_at, revoked_at } = key;
    batch.add(
        "INSERT INTO api_key (tenant_id, id, hash, scopes, created_at, revoked_at, name)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![*tenant, *id, hash, scopes.join(" "), *created_at, *revoked_at, name.as_deref()],
    );
}

/// The live API key of this hash.
///
/// # Errors
/// The database failed.
pub async fn api_key(tx: &mut Tx, hash: &str) -> Result<Option<ApiKey>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, scopes, created_at, revoked_at, name FROM api_key
             WHERE hash = $1 AND revoked_at IS NULL",
            args![hash],
        )
        .await?;
    row.as_ref().map(read_api_key).transpose()
}

/// All API keys, oldest first.
///
/// # Errors
/// The database failed.
pub async fn api_keys(tx: &mut Tx) -> Result<Vec<ApiKey>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, scopes, created_at, revoked_at, name FROM api_key ORDER BY created_at, id",
            args![],
        )
        .await?;
    rows.iter().map(read_api_key).collect()
}

/// The API keys of a tenant, oldest first, after the one made then with this id, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn api_keys_of(
    tx: &mut Tx,
    tenant: TenantId,
    after: Option<(Timestamp, ApiKeyId)>,
    limit: i64,
) -> Result<Vec<ApiKey>> {
    let (at, id) = after.map_or((i64::MIN, String::new()), |(at, id)| (at.millis(), id.to_string()));
    let rows = tx
        .all(
            "SELECT tenant_id, id, scopes, created_at, revoked_at, name FROM api_key
             WHERE tenant_id = $1 AND (created_at, id) > ($2, $3) ORDER BY created_at, id LIMIT $4",
            args![tenant, at, id, limit],
        )
        .await?;
    rows.iter().map(read_api_key).collect()
}

/// An API key of a tenant, live or not.
///
/// # Errors
/// The database failed.
pub async fn api_key_of(tx: &mut Tx, tenant: TenantId, id: ApiKeyId) -> Result<Option<ApiKey>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, scopes, created_at, revoked_at, name FROM api_key
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read_api_key).transpose()
}

/// How many live API keys a tenant has.
///
/// # Errors
/// The database failed.
pub async fn live_api_keys(tx: &mut Tx, tenant: TenantId) -> Result<i64> {
    let row = tx
        .first("SELECT COUNT(*) FROM api_key WHERE tenant_id = $1 AND revoked_at IS NULL", args![tenant])
        .await?;
    row.map_or(Ok(0), |it| it.int(0))
}

/// Ends a key of a tenant, if it is live, and reads it; `None` when the tenant has none of this id.
///
/// # Errors
/// The database failed.
pub async fn end_api_key(
    tx: &mut Tx,
    tenant: TenantId,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<Option<ApiKey>> {
    let row = tx
        .first(
            "UPDATE api_key SET revoked_at = COALESCE(revoked_at, $3) WHERE tenant_id = $1 AND id = $2
             RETURNING tenant_id, id, scopes, created_at, revoked_at, name",
            args![tenant, id, now],
        )
        .await?;
    row.as_ref().map(read_api_key).transpose()
}

/// Ends an API key; false when there is no live one of this id.
///
/// # Errors
/// The database failed.
pub async fn revoke_api_key(tx: &mut Tx, id: ApiKeyId, now: Timestamp) -> Result<bool> {
    let ended = tx
        .execute("UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", args![id, now])
        .await?;
    Ok(ended == 1)
}

/// A link key as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkKey {
    /// The tenant whose links it mints.
    pub tenant: TenantId,
    /// The key: the `kid` of its links.
    pub id: LinkKeyId,
    /// What it is for, in the tenant's words.
    pub name: Option<String>,
    /// The key's bytes, sealed.
    pub sealed: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its links stopped working.
    pub revoked_at: Option<Timestamp>,
    /// Contacts up to this id have their reference under this key.
    pub indexed_to: String,
}

fn read_link_key(row: &Row) -> Result<LinkKey> {
    Ok(LinkKey {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        sealed: row.text(2)?,
        created_at: row.at(3)?,
        revoked_at: row.maybe_at(4)?,
        indexed_to: row.text(5)?,
        name: row.maybe_text(6)?,
    })
}

/// Writes a link key.
pub fn put_link_key(batch: &mut Batch, key: &LinkKey) {
    let LinkKey { tenant, id, name, sealed, created_at, revoked_at, indexed_to } = key;
    batch.add(
        "INSERT INTO link_key (tenant_id, id, sealed, created_at, revoked_at, indexed_to, name)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![*tenant, *id, sealed, *created_at, *revoked_at, indexed_to, name.as_deref()],
    );
}

/// All link keys, oldest first.
///
/// # Errors
/// The database failed.
pub async fn link_keys(tx: &mut Tx) -> Result<Vec<LinkKey>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, sealed, created_at, revoked_at, indexed_to, name FROM link_key ORDER BY created_at, id",
            args![],
        )
        .await?;
    rows.iter().map(read_link_key).collect()
}

/// The live link key of this id.
///
/// # Errors
/// The database failed.
pub async fn link_key(tx: &mut Tx, id: LinkKeyId) -> Result<Option<LinkKey>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, sealed, created_at, revoked_at, indexed_to, name FROM link_key
             WHERE id = $1 AND revoked_at IS NULL",
            args![id],
        )
        .await?;
    row.as_ref().map(read_link_key).transpose()
}

/// The link keys of a tenant, oldest first, after the one made then with this id, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn link_keys_of(
    tx: &mut Tx,
    tenant: TenantId,
    after: Option<(Timestamp, LinkKeyId)>,
    limit: i64,
) -> Result<Vec<LinkKey>> {
    let (at, id) = after.map_or((i64::MIN, String::new()), |(at, id)| (at.millis(), id.to_string()));
    let rows = tx
        .all(
            "SELECT tenant_id, id, sealed, created_at, revoked_at, indexed_to, name FROM link_key
             WHERE tenant_id = $1 AND (created_at, id) > ($2, $3) ORDER BY created_at, id LIMIT $4",
            args![tenant, at, id, limit],
        )
        .await?;
    rows.iter().map(read_link_key).collect()
}

/// A link key of a tenant, live or not.
///
/// # Errors
/// The database failed.
pub async fn link_key_of(tx: &mut Tx, tenant: TenantId, id: LinkKeyId) -> Result<Option<LinkKey>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, sealed, created_at, revoked_at, indexed_to, name FROM link_key
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read_link_key).transpose()
}

/// How many live link keys a tenant has.
///
/// # Errors
/// The database failed.
pub async fn live_link_keys(tx: &mut Tx, tenant: TenantId) -> Result<i64> {
    let row = tx
        .first("SELECT COUNT(*) FROM link_key WHERE tenant_id = $1 AND revoked_at IS NULL", args![tenant])
        .await?;
    row.map_or(Ok(0), |it| it.int(0))
}

/// Ends a key of a tenant, if it is live, and reads it; `None` when the tenant has none of this id.
///
/// # Errors
/// The database failed.
pub async fn end_link_key(
    tx: &mut Tx,
    tenant: TenantId,
    id: LinkKeyId,
    now: Timestamp,
) -> Result<Option<LinkKey>> {
    let row = tx
        .first(
            "UPDATE link_key SET revoked_at = COALESCE(revoked_at, $3) WHERE tenant_id = $1 AND id = $2
             RETURNING tenant_id, id, sealed, created_at, revoked_at, indexed_to, name",
            args![tenant, id, now],
        )
        .await?;
    row.as_ref().map(read_link_key).transpose()
}

/// Ends a link key: its links answer like any unreadable link; false when there is no live one of this id.
///
/// # Errors
/// The database failed.
pub async fn revoke_link_key(tx: &mut Tx, id: LinkKeyId, now: Timestamp) -> Result<bool> {
    let ended = tx
        .execute("UPDATE link_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", args![id, now])
        .await?;
    Ok(ended == 1)
}
