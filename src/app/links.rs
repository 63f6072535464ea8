//! From a token in an address to the person it names, whoever made it: we, or the tenant with a link key.

use super::{App, Result, unsubscribe::What};
use crate::{
    domain::{
        Timestamp,
        id::{ContactId, EvidenceId, PurposeId, RequestId, TenantId},
        link::{Kind, Link, MintedLink},
        time::MINUTE,
    },
    store,
};

/// How long a mailed link or code proves that an inbox is open, in milliseconds: 30 minutes.
pub const FRESH: i64 = 30 * MINUTE;

/// What a link proves about whoever holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Holds a mail that may be old or forwarded.
    L0,
    /// Read the inbox within the last [`FRESH`].
    L1,
}

/// The person a link to preferences names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The tenant.
    pub tenant: TenantId,
    /// The person.
    pub contact: ContactId,
    /// What the link proves.
    pub level: Level,
}

/// Who is meant by the token of a preference page: ours at level L0 or L1, or one minted by the tenant.
///
/// # Errors
/// The database failed.
pub async fn preferences(app: &App, token: &str) -> Result<Option<Holder>> {
    let keys = app.link_keys();
    if let Some(Link::Preferences(tenant, contact)) = Link::open(&keys, Kind::Preferences, token) {
        return Ok(Some(Holder { tenant, contact, level: Level::L0 }));
    }
    if let Some(Link::Manage(tenant, contact, until)) = Link::open(&keys, Kind::Manage, token) {
        // An old one still names the person; it proves no more than a footer link.
        let level = if app.now() < until { Level::L1 } else { Level::L0 };
        return Ok(Some(Holder { tenant, contact, level }));
    }
    let minted = minted(app, token, "").await?;
    Ok(minted.map(|(tenant, contact)| Holder { tenant, contact, level: Level::L0 }))
}

/// Who may leave what by the token of an unsubscribe link. `purpose` is the slug in the query, which only
/// links minted by the tenant carry; one minted without it leaves everything.
///
/// # Errors
/// The database failed.
pub async fn unsubscribe(app: &App, token: &str, purpose: Option<&str>) -> Result<Option<(Holder, What)>> {
    if let Some(Link::Unsubscribe(tenant, contact, purpose)) =
        Link::open(&app.link_keys(), Kind::Unsubscribe, token)
    {
        return Ok(Some((Holder { tenant, contact, level: Level::L0 }, What::One(purpose))));
    }
    let slug = purpose.unwrap_or_default();
    let Some((tenant, contact)) = minted(app, token, slug).await? else { return Ok(None) };
    let holder = Holder { tenant, contact, level: Level::L0 };
    if slug.is_empty() {
        return Ok(Some((holder, What::Everything)));
    }
    let purpose = app.catalog().tenant(tenant).and_then(|it| it.purpose_named(slug)).map(|it| it.id);
    Ok(purpose.map(|purpose| (holder, What::One(purpose))))
}

/// The person of a link minted with a live link key, if the key made it for `purpose`.
async fn minted(app: &App, token: &str, purpose: &str) -> Result<Option<(TenantId, ContactId)>> {
    let Some(link) = MintedLink::split(token) else { return Ok(None) };
    let Ok(kid) = link.kid.parse() else { return Ok(None) };
    let mut tx = app.store.peek().await?;
    let Some(stored) = store::key::link_key(&mut tx, kid).await? else { return Ok(None) };
    let Some(key) = app.keys.open_link_key(&stored) else { return Ok(None) };
    if !link.is_by(&key, purpose) {
        return Ok(None);
    }
    let contact = match link.reference.strip_prefix('x') {
        Some(external_id) => {
            store::contact::by_external_id(&mut tx, stored.tenant, external_id).await?.map(|it| it.id)
        }
        None => store::link_ref::find(&mut tx, stored.tenant, kid, link.reference).await?,
    };
    Ok(contact.map(|it| (stored.tenant, it)))
}

/// Whose page the token in an address leads to; `None` when nobody says so: it is no token, or not one of ours.
///
/// # Errors
/// The database failed.
pub async fn tenant_of(app: &App, token: &str) -> Result<Option<TenantId>> {
    if token.starts_with("ay1.") {
        return Ok(Link::tenant_of(&app.link_keys(), token));
    }
    let Some(link) = MintedLink::split(token) else { return Ok(None) };
    let Ok(kid) = link.kid.parse() else { return Ok(None) };
    let stored = store::key::link_key(&mut app.store.peek().await?, kid).await?;
    Ok(stored.map(|it| it.tenant))
}

/// The footer link to a person's preferences.
pub fn preferences_url(app: &App, tenant: TenantId, contact: ContactId) -> String {
    app.url_for(tenant, &format!("/p/{}", Link::Preferences(tenant, contact).sign(&app.link_keys())))
}

/// The link that opens preferences at level L1 for [`FRESH`] from `now`.
pub fn manage_url(app: &App, tenant: TenantId, contact: ContactId, now: Timestamp) -> String {
    let link = Link::Manage(tenant, contact, now.plus(FRESH));
    app.url_for(tenant, &format!("/p/{}", link.sign(&app.link_keys())))
}

/// The link that leaves one purpose.
pub fn unsubscribe_url(app: &App, tenant: TenantId, contact: ContactId, purpose: PurposeId) -> String {
    app.url_for(tenant, &format!("/u/{}", Link::Unsubscribe(tenant, contact, purpose).sign(&app.link_keys())))
}

/// The link that confirms a request until `until`.
pub fn confirm_url(app: &App, tenant: TenantId, request: RequestId, until: Timestamp) -> String {
    app.url_for(tenant, &format!("/c/{}", Link::Confirm(tenant, request, until).sign(&app.link_keys())))
}

/// The link with which someone says that they did not ask.
pub fn not_me_url(app: &App, tenant: TenantId, request: RequestId) -> String {
    app.url_for(tenant, &format!("/x/{}", Link::NotMe(tenant, request).sign(&app.link_keys())))
}

/// The link with which a guardian answers a request until `until`.
pub fn guardian_url(app: &App, tenant: TenantId, request: RequestId, until: Timestamp) -> String {
    app.url_for(tenant, &format!("/g/{}", Link::Guardian(tenant, request, until).sign(&app.link_keys())))
}

/// The path of the receipt of a change, for [`FRESH`] from `now`: it shows the whole address, as level L1 does.
pub fn receipt_path(app: &App, tenant: TenantId, evidence: EvidenceId, now: Timestamp) -> String {
    format!("/receipt/{}", Link::Receipt(tenant, evidence, now.plus(FRESH)).sign(&app.link_keys()))
}
