//! Privacy notices: what they said, and the next one when what they tell has changed.

use super::{
    App,
    apply::{self, Plan},
};
use crate::{
    domain::{
        catalog::{Notice, Tenant},
        id::TenantId,
        notice::{self, Missing},
        told,
        tree::{Mistake, Tree},
    },
    store::{self, Tx, publication::Publication},
};

/// Why a notice was not published.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// There is no such tenant.
    #[error("there is no such tenant")]
    NoSuchTenant,
    /// What was sent is not as it must be.
    #[error("the document is not as it must be")]
    Wrong(Vec<Mistake>),
    /// It would not say all that it must while a form collects addresses.
    #[error("the privacy notice does not say all that it must (GDPR article 13)")]
    Lacks(Vec<Missing>),
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
}

impl From<store::Error> for NoticeError {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

/// What publishing led to.
#[derive(Clone, Debug)]
pub struct Published {
    /// The notice in force.
    pub notice: Notice,
    /// Whether a version was made; none is when it would say the same.
    pub is_new: bool,
}

/// The notices of a tenant, the newest first, of versions before `before`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list(app: &App, tenant: TenantId, before: i64, limit: i64) -> super::Result<Vec<Notice>> {
    Ok(store::catalog::notices_of(&mut app.store.peek().await?, tenant, before, limit).await?)
}

/// One version of a tenant's notice, and how it was published.
///
/// # Errors
/// The database failed.
pub async fn find(
    app: &App,
    tenant: TenantId,
    version: i64,
) -> super::Result<Option<(Notice, Option<Publication>)>> {
    let mut tx = app.store.read().await?;
    let Some(notice) = store::catalog::notice(&mut tx, tenant, version).await? else { return Ok(None) };
    let publication = store::publication::find(&mut tx, tenant, "notice", "notice", version).await?;
    tx.commit().await?;
    Ok(Some((notice, publication)))
}

/// Changes what a tenant says of itself, and publishes the notice that says so.
///
/// # Errors
/// The document is wrong, the notice would lack something, or the database failed: nothing was changed.
pub async fn publish(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    document: &Tree,
) -> Result<Published, NoticeError> {
    let change = told::read(document).map_err(NoticeError::Wrong)?;
    let (catalog, known) = apply::held(tx, tenant).await?.ok_or(NoticeError::NoSuchTenant)?;
    let changed = change.of(&known);
    let lacks = notice::missing(&changed);
    if !lacks.is_empty() && catalog.forms.values().any(|it| it.tenant == tenant) {
        return Err(NoticeError::Lacks(lacks));
    }
    let mut plan = Plan::new(app, &catalog, app.now());
    if !apply::same_tenant(&known, &changed) {
        plan.put_tenant('~', &changed);
    }
    plan.notice(&changed, &[]);
    plan.write(tx).await?;
    in_force(tx, &known).await
}

/// Publishes the notice of a tenant if what is set up says something else than it: who changes what a notice tells
/// calls this before the commit.
///
/// # Errors
/// The database failed: nothing was changed.
pub(super) async fn renew(app: &App, tx: &mut Tx, tenant: TenantId) -> super::Result<()> {
    let Some((catalog, known)) = apply::held(tx, tenant).await? else { return Ok(()) };
    let mut plan = Plan::new(app, &catalog, app.now());
    plan.notice(&known, &[]);
    plan.write(tx).await?;
    Ok(())
}

async fn in_force(tx: &mut Tx, before: &Tenant) -> Result<Published, NoticeError> {
    let newest = store::catalog::notices_of(tx, before.id, i64::MAX, 1).await?;
    let notice = newest.into_iter().next().ok_or(NoticeError::NoSuchTenant)?;
    let is_new = before.notice.as_ref().is_none_or(|it| it.version != notice.version);
    Ok(Published { notice, is_new })
}
