//! The keys a tenant gives out: API keys and link keys, made, listed and ended. The text of a key is told once, when it
//! is made.

use super::{App, Result, keys};
use crate::{
    domain::{
        Timestamp,
        id::{ApiKeyId, LinkKeyId, TenantId},
    },
    store::{
        self, Tx,
        key::{ApiKey, LinkKey},
    },
};

/// The most live API keys of one tenant.
pub const API_KEYS_MOST: i64 = 1_000;
/// The most live link keys of one tenant: each costs a row per contact.
pub const LINK_KEYS_MOST: i64 = 20;

/// Why a key was not made.
#[derive(Debug, thiserror::Error)]
pub enum KeyRefused {
    /// Whoever asks may not do this themselves, by its place in the list.
    #[error("a key cannot grant what it may not do itself")]
    NotTheirs(Vec<usize>),
    /// The tenant has as many live keys as it may.
    #[error("there are {0} live keys already; revoke one first")]
    TooMany(i64),
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
}

impl From<store::Error> for KeyRefused {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

/// Makes an API key for somebody who `may` do these things, and tells its text.
///
/// # Errors
/// It would be allowed more than they are, there are too many, or the database failed: nothing was made.
pub async fn make_api_key(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    may: &[String],
    name: Option<String>,
    scopes: Vec<String>,
) -> std::result::Result<(ApiKey, String), KeyRefused> {
    let beyond = scopes.iter().enumerate().filter(|(_, it)| !may.contains(it)).map(|(at, _)| at);
    let beyond: Vec<usize> = beyond.collect();
    if !beyond.is_empty() {
        return Err(KeyRefused::NotTheirs(beyond));
    }
    // Held, so that two at once do not make one too many.
    store::catalog::hold(tx).await?;
    if store::key::live_api_keys(tx, tenant).await? >= API_KEYS_MOST {
        return Err(KeyRefused::TooMany(API_KEYS_MOST));
    }
    Ok(keys::make_api_key(app, tx, tenant, name, scopes).await?)
}

/// Makes a link key, and tells its text.
///
/// # Errors
/// There are too many, or the database failed: nothing was made.
pub async fn make_link_key(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    name: Option<String>,
) -> std::result::Result<(LinkKey, String), KeyRefused> {
    store::catalog::hold(tx).await?;
    if store::key::live_link_keys(tx, tenant).await? >= LINK_KEYS_MOST {
        return Err(KeyRefused::TooMany(LINK_KEYS_MOST));
    }
    Ok(keys::make_link_key(app, tx, tenant, name).await?)
}

/// The API keys of a tenant, oldest first, after the one made then with this id.
///
/// # Errors
/// The database failed.
pub async fn api_keys(
    app: &App,
    tenant: TenantId,
    after: Option<(Timestamp, ApiKeyId)>,
    limit: i64,
) -> Result<Vec<ApiKey>> {
    Ok(store::key::api_keys_of(&mut app.store.peek().await?, tenant, after, limit).await?)
}

/// The link keys of a tenant, oldest first, after the one made then with this id.
///
/// # Errors
/// The database failed.
pub async fn link_keys(
    app: &App,
    tenant: TenantId,
    after: Option<(Timestamp, LinkKeyId)>,
    limit: i64,
) -> Result<Vec<LinkKey>> {
    Ok(store::key::link_keys_of(&mut app.store.peek().await?, tenant, after, limit).await?)
}

/// An API key of a tenant, live or not.
///
/// # Errors
/// The database failed.
pub async fn api_key(app: &App, tenant: TenantId, id: ApiKeyId) -> Result<Option<ApiKey>> {
    Ok(store::key::api_key_of(&mut app.store.peek().await?, tenant, id).await?)
}

/// A link key of a tenant, live or not.
///
/// # Errors
/// The database failed.
pub async fn link_key(app: &App, tenant: TenantId, id: LinkKeyId) -> Result<Option<LinkKey>> {
    Ok(store::key::link_key_of(&mut app.store.peek().await?, tenant, id).await?)
}

/// Ends an API key for good; the first time counts. `None` when the tenant has none of this id.
///
/// # Errors
/// The database failed.
pub async fn end_api_key(app: &App, tx: &mut Tx, tenant: TenantId, id: ApiKeyId) -> Result<Option<ApiKey>> {
    Ok(store::key::end_api_key(tx, tenant, id, app.now()).await?)
}

/// Ends a link key for good: its links answer like any unreadable link. `None` when the tenant has none of this id.
///
/// # Errors
/// The database failed.
pub async fn end_link_key(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    id: LinkKeyId,
) -> Result<Option<LinkKey>> {
    Ok(store::key::end_link_key(tx, tenant, id, app.now()).await?)
}
