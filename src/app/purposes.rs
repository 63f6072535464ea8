//! Purposes one by one: made, changed, worded anew, retired. What is written is what `apply` would write for a file that
//! says the same: wordings are published, forms that show them get their next version, and so does the notice.
//!
//! Everything is done in the caller's transaction, which holds what is set up. After the commit the catalog is to be
//! loaded anew.

use std::sync::Arc;

use super::{
    App,
    apply::{self, Placed, Plan, placed},
};
use crate::{
    domain::{
        Locale,
        catalog::{Catalog, Purpose, Tenant, Wording},
        id::{TenantId, WordingId},
        purpose::{self, Change},
        tree::{Mistake, Tree},
    },
    store::{self, Tx, publication::Publication, wording::Published},
};

/// The most purposes a tenant may have.
pub const MOST: usize = 200;

/// Why something was not done with a purpose.
#[derive(Debug, thiserror::Error)]
pub enum PurposeError {
    /// The tenant has none of this name.
    #[error("there is no such purpose")]
    NoSuchPurpose,
    /// The tenant has one of this name.
    #[error("there is a purpose of this name already; change it instead")]
    Exists,
    /// The tenant has as many as it may.
    #[error("there are {MOST} purposes already")]
    TooMany,
    /// What was sent is not as it must be.
    #[error("the document is not as it must be")]
    Wrong(Vec<Mistake>),
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
}

impl From<store::Error> for PurposeError {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

type Result<T> = std::result::Result<T, PurposeError>;

/// What is set up, as it is now and stays until the end of the transaction, and one purpose of it.
pub struct Held {
    catalog: Catalog,
    tenant: Arc<Tenant>,
    slug: String,
}

/// What came of a change.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The purpose as it is now.
    pub purpose: Purpose,
    /// The wordings that were published.
    pub published: Vec<Wording>,
    /// The forms that got a new version by it, and which.
    pub forms: Vec<(String, i64)>,
    /// The version of the privacy notice that says so.
    pub notice: i64,
}

impl Held {
    /// The purpose as it stands.
    ///
    /// # Errors
    /// There is none.
    pub fn purpose(&self) -> Result<&Purpose> {
        self.placed().map(|it| it.1)
    }

    fn placed(&self) -> Result<Placed<'_>> {
        placed(&self.tenant, &self.slug).ok_or(PurposeError::NoSuchPurpose)
    }
}

/// Holds what is set up for a change of one purpose.
///
/// # Errors
/// The tenant has no such purpose, or the database failed.
pub async fn hold(tx: &mut Tx, tenant: TenantId, slug: &str) -> Result<Held> {
    let (catalog, tenant) = apply::held(tx, tenant).await?.ok_or(PurposeError::NoSuchPurpose)?;
    let held = Held { catalog, tenant, slug: slug.to_owned() };
    held.purpose()?;
    Ok(held)
}

/// Makes a purpose and publishes its wordings. It comes last in the order of the tenant's purposes.
///
/// # Errors
/// The document is wrong, the name is taken, there are too many, or the database failed: nothing was changed.
pub async fn create(app: &App, tx: &mut Tx, tenant: TenantId, document: &Tree) -> Result<Settled> {
    let (catalog, tenant) = apply::held(tx, tenant).await?.ok_or(PurposeError::NoSuchPurpose)?;
    let setup = purpose::read(document, tenant.locale).map_err(PurposeError::Wrong)?;
    let slug = setup.slug.as_str().to_owned();
    if tenant.purpose_named(&slug).is_some() {
        return Err(PurposeError::Exists);
    }
    if tenant.purposes.len() >= MOST {
        return Err(PurposeError::TooMany);
    }
    let mut plan = Plan::new(app, &catalog, app.now());
    let position = i64::try_from(tenant.purposes.len()).unwrap_or(i64::MAX);
    let made = plan.purpose(&tenant, None, &setup, position);
    let mut purposes = tenant.purposes.clone();
    purposes.push(made);
    finish(tx, plan, &catalog, &tenant, purposes, &slug).await
}

/// Changes a purpose. Another frequency is another wording: one is published in each language.
///
/// # Errors
/// There is no such purpose, or the database failed: nothing was changed.
pub async fn change(app: &App, tx: &mut Tx, held: &Held, change: Change) -> Result<Settled> {
    let Change { frequency, retention_days } = change;
    let mut purpose = held.purpose()?.clone();
    purpose.frequency = frequency.unwrap_or(purpose.frequency);
    purpose.retention_days = retention_days.unwrap_or(purpose.retention_days);
    let texts = worded(&purpose);
    settle(app, tx, held, purpose, texts).await
}

/// No longer offers a purpose, or offers it again. Consents given before keep their state.
///
/// # Errors
/// There is no such purpose, or the database failed: nothing was changed.
pub async fn retire(app: &App, tx: &mut Tx, held: &Held, retired: bool) -> Result<Settled> {
    let mut purpose = held.purpose()?.clone();
    purpose.retired_at = retired.then(|| purpose.retired_at.unwrap_or(app.now()));
    settle(app, tx, held, purpose, Vec::new()).await
}

/// Publishes new names and texts. What says the same as before is no new version.
///
/// # Errors
/// There is no such purpose, the document is wrong, or the database failed: nothing was changed.
pub async fn publish(app: &App, tx: &mut Tx, held: &Held, document: &Tree) -> Result<Settled> {
    let purpose = held.purpose()?.clone();
    let texts = purpose::read_texts(document, &purpose).map_err(PurposeError::Wrong)?;
    settle(app, tx, held, purpose, texts).await
}

fn worded(purpose: &Purpose) -> Vec<(Locale, String, String)> {
    let wordings = purpose.wordings.iter();
    wordings.map(|(locale, it)| (*locale, it.name.clone(), it.body.clone())).collect()
}

async fn settle(
    app: &App,
    tx: &mut Tx,
    held: &Held,
    purpose: Purpose,
    texts: Vec<(Locale, String, String)>,
) -> Result<Settled> {
    let Held { catalog, tenant, slug } = held;
    let known = held.placed()?;
    let mut plan = Plan::new(app, catalog, app.now());
    let settled = plan.settle(tenant, Some(known), (known.0, purpose), texts);
    let replaced = tenant.purposes.iter().map(|it| if it.id == settled.id { &settled } else { it });
    let purposes = replaced.cloned().collect();
    finish(tx, plan, catalog, tenant, purposes, slug).await
}

/// Writes a plan with what follows from it, and says what that was.
async fn finish(
    tx: &mut Tx,
    mut plan: Plan<'_>,
    before: &Catalog,
    tenant: &Tenant,
    purposes: Vec<Purpose>,
    slug: &str,
) -> Result<Settled> {
    let tenant = Tenant { purposes, ..tenant.clone() };
    plan.renew_forms(&tenant, &[]);
    plan.notice(&tenant, &[]);
    plan.write(tx).await?;
    let after = store::catalog::load(tx).await?;
    let settled = after.tenant(tenant.id).ok_or(PurposeError::NoSuchPurpose)?;
    let purpose = settled.purpose_named(slug).ok_or(PurposeError::NoSuchPurpose)?;
    let known = before.tenant(tenant.id).and_then(|it| it.purpose_named(slug));
    let is_new = |it: &&Wording| {
        known.and_then(|known| known.wordings.get(&it.locale)).is_none_or(|known| known.id != it.id)
    };
    let renewed = after.forms.values().filter(|it| it.tenant == tenant.id);
    let renewed = renewed.filter(|it| before.forms.get(&it.slug).is_none_or(|was| was.version != it.version));
    Ok(Settled {
        purpose: purpose.clone(),
        published: purpose.wordings.values().filter(is_new).cloned().collect(),
        forms: renewed.map(|it| (it.slug.clone(), it.version)).collect(),
        notice: settled.notice.as_ref().map_or(0, |it| it.version),
    })
}

/// The wordings of a purpose, the newest version first, from behind a place on, at most `limit`.
///
/// # Errors
/// The tenant has no such purpose, or the database failed.
pub async fn wordings(
    app: &App,
    tenant: TenantId,
    slug: &str,
    after: Option<(i64, Locale)>,
    limit: i64,
) -> Result<Vec<Published>> {
    app.refresh().await?;
    let catalog = app.catalog();
    let purpose = catalog.tenant(tenant).and_then(|it| it.purpose_named(slug));
    let purpose = purpose.ok_or(PurposeError::NoSuchPurpose)?;
    let mut tx = app.store.peek().await?;
    Ok(store::wording::of_purpose(&mut tx, tenant, purpose.id, after, limit).await?)
}

/// A wording of a tenant, with the slug of its purpose and its publication.
#[derive(Clone, Debug)]
pub struct WholeWording {
    /// The wording.
    pub published: Published,
    /// The slug of its purpose.
    pub purpose: String,
    /// How it was published.
    pub publication: Option<Publication>,
}

/// One wording.
///
/// # Errors
/// The tenant has none of this id, or the database failed.
pub async fn wording(app: &App, tenant: TenantId, id: WordingId) -> Result<Option<WholeWording>> {
    app.refresh().await?;
    let mut tx = app.store.read().await?;
    let Some(published) = store::wording::find(&mut tx, tenant, id).await? else { return Ok(None) };
    let catalog = app.catalog();
    let purpose = catalog.tenant(tenant).and_then(|it| it.purpose(published.purpose));
    let Some(purpose) = purpose.map(|it| it.slug.clone()) else { return Ok(None) };
    let about = format!("{purpose}/{}", published.wording.locale);
    let version = published.wording.version;
    let publication = store::publication::find(&mut tx, tenant, "wording", &about, version).await?;
    tx.commit().await?;
    Ok(Some(WholeWording { published, purpose, publication }))
}
