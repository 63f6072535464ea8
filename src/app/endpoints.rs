//! Endpoints: where a tenant's events are delivered. `apply` and the API set them up by the same rules.
//!
//! Who is given addresses is a recipient of personal data (GDPR article 13): the privacy notice names them, and gets a
//! new version when they change.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::json;

use super::{App, Error, Result, notices};
use crate::{
    crypto::{Key, ed25519},
    domain::{
        Timestamp,
        catalog::Endpoint,
        endpoint_url::{EndpointUrl, UrlRefusal},
        guard::AllowNets,
        id::{EndpointId, EventId, TenantId},
        setup::EventPattern,
        time::HOUR,
    },
    store::{self, Batch, Tx, event::Event},
};

/// Endpoints of one tenant, at most.
pub const MOST: usize = 100;
/// How long the secret before the present one signs beside it when nobody says otherwise, in milliseconds
/// (Standard Webhooks: "a set time").
pub const OVERLAP: i64 = 24 * HOUR;
/// The event that only the endpoint it names is told.
pub const PING: &str = "ping";

/// What somebody wants of an endpoint.
#[derive(Clone, Debug)]
pub struct Wish<'a> {
    /// Where, as [`checked_url`] gave it.
    pub url: String,
    /// Which events.
    pub events: &'a [EventPattern],
    /// Whether payloads carry the address.
    pub addresses: bool,
}

/// What an owner is shown once.
#[derive(Clone, Debug)]
pub struct Shown {
    /// `whsec_…`, for `v1`.
    pub secret: String,
    /// `whpk_…`, for `v1a`. Not secret: it can be shown again.
    pub public_key: String,
}

/// Why an endpoint was not set up or changed.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// The tenant has none of this id.
    #[error("there is no such endpoint")]
    NoSuchEndpoint,
    /// The tenant has another at this address.
    #[error("another endpoint has this address: give it all the events you want there")]
    Taken,
    /// The tenant has [`MOST`].
    #[error("there are {MOST} endpoints already: change one of them")]
    TooMany,
    /// The secret before the present one still signs, until then.
    #[error("the secret before this one still signs")]
    Rotating(Timestamp),
    /// The database failed.
    #[error(transparent)]
    App(#[from] Error),
}

impl From<store::Error> for EndpointError {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

/// An address in its normal form, if events may go there.
///
/// # Errors
/// The rule it breaks, in words for its owner.
pub fn checked_url(app: &App, url: &str) -> std::result::Result<String, UrlRefusal> {
    let nets = AllowNets::from(app.config.webhook_allow_net.nets.clone());
    EndpointUrl::parse(url, &nets).map(|it| it.as_str().to_owned())
}

/// A new endpoint.
pub(super) fn made(app: &App, tenant: TenantId, wish: Wish<'_>, now: Timestamp) -> Endpoint {
    let Wish { url, events, addresses } = wish;
    Endpoint {
        id: EndpointId::new(&app.random),
        tenant,
        url,
        events: events.to_vec(),
        addresses,
        generation: 1,
        previous_until: None,
        disabled_at: None,
        disabled_reason: None,
        failing_since: None,
        failed_at: None,
        alerted_at: None,
        created_at: now,
    }
}

/// An endpoint as it is wished for.
pub(super) fn changed(endpoint: &Endpoint, wish: Wish<'_>) -> Endpoint {
    let Wish { url, events, addresses } = wish;
    Endpoint { url, events: events.to_vec(), addresses, ..endpoint.clone() }
}

/// An endpoint that gets events. One that was off begins with a clean record.
pub(super) fn enabled(endpoint: &Endpoint) -> Endpoint {
    if endpoint.disabled_at.is_none() {
        return endpoint.clone();
    }
    Endpoint {
        disabled_at: None,
        disabled_reason: None,
        failing_since: None,
        failed_at: None,
        alerted_at: None,
        ..endpoint.clone()
    }
}

/// The newest secret of an endpoint and its public key, as Standard Webhooks writes them.
pub fn shown(app: &App, endpoint: &Endpoint) -> Shown {
    let secret = app.keys.webhook_secret(endpoint);
    Shown {
        secret: format!("whsec_{}", BASE64_STANDARD.encode(secret)),
        public_key: public_key(&app.keys.webhook_signing_key(endpoint)),
    }
}

fn public_key(signing: &Key) -> String {
    format!("whpk_{}", BASE64_STANDARD.encode(ed25519::public(signing)))
}

/// Whether an event is for an endpoint: one it asked for, or a ping meant for it.
pub fn wants(endpoint: &Endpoint, event: &Event) -> bool {
    if event.kind == PING {
        return event.data.contains(&format!("\"{}\"", endpoint.id));
    }
    endpoint.events.iter().any(|it| it.matches(&event.kind))
}

/// A tenant's endpoints, in the order of their ids.
///
/// # Errors
/// The database failed.
pub async fn list(app: &App, tenant: TenantId) -> Result<Vec<Endpoint>> {
    let mut found = store::endpoint::all(&mut app.store.peek().await?).await?;
    found.retain(|it| it.tenant == tenant);
    found.sort_by_key(|it| it.id);
    Ok(found)
}

/// One endpoint.
///
/// # Errors
/// The tenant has none of this id, or the database failed.
pub async fn find(
    app: &App,
    tenant: TenantId,
    id: EndpointId,
) -> std::result::Result<Endpoint, EndpointError> {
    let found = store::endpoint::all(&mut app.store.peek().await?).await?;
    found.into_iter().find(|it| it.tenant == tenant && it.id == id).ok_or(EndpointError::NoSuchEndpoint)
}

/// One endpoint as it is, and stays until the end of the transaction unless this changes it. What is set up is read
/// anew by all instances then.
///
/// # Errors
/// The tenant has none of this id, or the database failed.
pub async fn lock(
    tx: &mut Tx,
    tenant: TenantId,
    id: EndpointId,
) -> std::result::Result<Endpoint, EndpointError> {
    store::catalog::raise(tx).await?;
    let found = store::endpoint::all(tx).await?;
    found.into_iter().find(|it| it.tenant == tenant && it.id == id).ok_or(EndpointError::NoSuchEndpoint)
}

/// Sets an endpoint up.
///
/// # Errors
/// [`EndpointError::Taken`], [`EndpointError::TooMany`], or the database failed.
pub async fn create(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    wish: Wish<'_>,
) -> std::result::Result<Endpoint, EndpointError> {
    store::catalog::raise(tx).await?;
    let catalog = store::catalog::load(tx).await?;
    let mut others = catalog.endpoints.values().filter(|it| it.tenant == tenant);
    if others.clone().count() >= MOST {
        return Err(EndpointError::TooMany);
    }
    if others.any(|it| it.url == wish.url) {
        return Err(EndpointError::Taken);
    }
    let endpoint = made(app, tenant, wish, app.now());
    write(app, tx, &endpoint).await?;
    Ok(endpoint)
}

/// Changes an endpoint that is [`lock`]ed.
///
/// # Errors
/// [`EndpointError::Taken`], or the database failed.
pub async fn change(
    app: &App,
    tx: &mut Tx,
    endpoint: &Endpoint,
    wish: Wish<'_>,
) -> std::result::Result<Endpoint, EndpointError> {
    let catalog = store::catalog::load(tx).await?;
    let mut others = catalog.endpoints.values().filter(|it| it.tenant == endpoint.tenant);
    if others.any(|it| it.id != endpoint.id && it.url == wish.url) {
        return Err(EndpointError::Taken);
    }
    let changed = changed(endpoint, wish);
    write(app, tx, &changed).await?;
    Ok(changed)
}

/// Switches a [`lock`]ed endpoint on: it gets what happens from now on.
///
/// # Errors
/// The database failed.
pub async fn enable(app: &App, tx: &mut Tx, endpoint: &Endpoint) -> Result<Endpoint> {
    let enabled = enabled(endpoint);
    write(app, tx, &enabled).await?;
    Ok(enabled)
}

/// Switches a [`lock`]ed endpoint off; what waits for it fails. It is not told of this, as of an end of ours: whoever
/// does it knows.
///
/// # Errors
/// The database failed.
pub async fn disable(app: &App, tx: &mut Tx, endpoint: &Endpoint) -> Result<Endpoint> {
    if endpoint.disabled_at.is_some() {
        return Ok(endpoint.clone());
    }
    let now = app.now();
    let reason = Some("switched off by hand".to_owned());
    let disabled = Endpoint { disabled_at: Some(now), disabled_reason: reason, ..endpoint.clone() };
    // The endpoint's row first, as everywhere: statements of one batch are done in any order.
    put(tx, &disabled).await?;
    let mut batch = Batch::default();
    store::delivery::fail_waiting(&mut batch, endpoint.id, now);
    write(app, tx, &disabled).await?;
    tx.batch(batch).await?;
    Ok(disabled)
}

/// Gives a [`lock`]ed endpoint new secrets. The ones before sign beside them for `overlap` milliseconds. As those were
/// promised to, they are not replaced before, but by an overlap of 0, which ends all older ones at once.
///
/// # Errors
/// [`EndpointError::Rotating`], or the database failed.
pub async fn rotate(
    app: &App,
    tx: &mut Tx,
    endpoint: &Endpoint,
    overlap: i64,
) -> std::result::Result<Endpoint, EndpointError> {
    let now = app.now();
    if let Some(until) = endpoint.previous_until.filter(|it| overlap > 0 && *it > now) {
        return Err(EndpointError::Rotating(until));
    }
    let previous_until = (overlap > 0).then(|| now.plus(overlap));
    let rotated = Endpoint { generation: endpoint.generation + 1, previous_until, ..endpoint.clone() };
    put(tx, &rotated).await?;
    Ok(rotated)
}

/// Sends an endpoint a ping, also one that is switched off: the event.
///
/// # Errors
/// The database failed.
pub async fn ping(app: &App, tx: &mut Tx, endpoint: &Endpoint) -> Result<EventId> {
    let now = app.now();
    let event = Event {
        tenant: endpoint.tenant,
        id: EventId::new(now, &app.random),
        kind: PING.to_owned(),
        at: now,
        contact: None,
        data: json!({ "endpoint": endpoint.id.to_string() }).to_string(),
        sequence: None,
    };
    let mut batch = Batch::default();
    store::event::put(&mut batch, std::slice::from_ref(&event));
    tx.batch(batch).await?;
    Ok(event.id)
}

async fn put(tx: &mut Tx, endpoint: &Endpoint) -> Result<()> {
    let mut batch = Batch::default();
    store::endpoint::put(&mut batch, endpoint);
    Ok(tx.batch(batch).await?)
}

/// Writes an endpoint, and a new notice when it changes who is given addresses.
async fn write(app: &App, tx: &mut Tx, endpoint: &Endpoint) -> Result<()> {
    put(tx, endpoint).await?;
    notices::renew(app, tx, endpoint.tenant).await
}
