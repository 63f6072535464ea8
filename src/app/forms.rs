//! Forms by draft and publication. A draft is changed as often as one likes; publishing makes the next version, which
//! never changes again.
//!
//! What publishes holds the catalog, as `apply` does: two that publish at once do so one after the other, and the
//! second finds what the first did. What changes something does so in the caller's transaction.

mod diff;

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;

use super::{
    App, Result,
    apply::{self, ApplyError, Plan, form_text, formed},
};
use crate::{
    domain::{
        catalog::{Catalog, Form, Tenant},
        field,
        form::{self, Offered},
        id::TenantId,
        notice::Missing,
        setup::{FormSetup, MinorsSetup},
        text::Slug,
        tree::{Mistake, Step, Tree},
    },
    store::{self, Batch, Tx, form_draft::FormDraft, publication::Publication},
};

pub use diff::{Difference, differences};

/// The most versions listed.
const VERSIONS_MOST: i64 = 1_000;
/// The most drafts of one tenant.
const DRAFTS_MOST: usize = 1_000;

/// A form as it stands: published, drafted, or both.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Whose it is.
    pub tenant: Arc<Tenant>,
    /// Its name.
    pub slug: String,
    /// What is published.
    pub published: Option<Arc<Form>>,
    /// What will be.
    pub draft: Option<FormDraft>,
}

/// Why something was not done with a form.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The tenant has no such form, or no such version of it.
    #[error("there is no such form")]
    NoSuchForm,
    /// The tenant has it already.
    #[error("there is a form of this name already; change it instead")]
    Exists,
    /// Another tenant has it.
    #[error("this name is taken: form names are unique in the installation. Choose another slug")]
    Taken,
    /// There are as many drafts as there may be.
    #[error("there are {DRAFTS_MOST} drafts already; publish some")]
    TooMany,
    /// Another version was published since the draft began.
    #[error(
        "version {current} was published after this draft began with version {based_on}. Compare them with \
         :diff?from={based_on}&to={current}, then change the draft with \"based_on\": {current}"
    )]
    Stale {
        /// What the draft began with.
        based_on: i64,
        /// What is published now.
        current: i64,
    },
    /// The document is not a form of this tenant.
    #[error("the form is not as it must be")]
    Wrong(Vec<Mistake>),
    /// Its privacy notice does not say all that it must.
    #[error("the privacy notice does not say all that it must (GDPR article 13)")]
    Lacks(Vec<Missing>),
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
}

impl From<store::Error> for FormError {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

/// What publishing led to.
#[derive(Clone, Debug)]
pub struct Published {
    /// The form as it is published now.
    pub standing: Standing,
    /// Whether a version was made; none is when nothing differs.
    pub is_new: bool,
}

/// Every form of a tenant, by name.
///
/// # Errors
/// The database failed.
pub async fn list(app: &App, tenant: TenantId) -> Result<Vec<Standing>> {
    app.refresh().await?;
    let drafts = store::form_draft::of_tenant(&mut app.store.peek().await?, tenant).await?;
    let catalog = app.catalog();
    let Some(owner) = catalog.tenant(tenant) else { return Ok(Vec::new()) };
    let own = catalog.forms.values().filter(|it| it.tenant == tenant);
    let mut slugs: BTreeSet<&str> = own.map(|it| it.slug.as_str()).collect();
    slugs.extend(drafts.iter().map(|it| it.slug.as_str()));
    let standing = |slug: &str| Standing {
        tenant: Arc::clone(owner),
        slug: slug.to_owned(),
        published: published(&catalog, tenant, slug),
        draft: drafts.iter().find(|it| it.slug == slug).cloned(),
    };
    Ok(slugs.into_iter().map(standing).collect())
}

/// A form of a tenant.
///
/// # Errors
/// There is none, or the database failed.
pub async fn find(app: &App, tenant: TenantId, slug: &str) -> std::result::Result<Standing, FormError> {
    app.refresh().await?;
    let draft = store::form_draft::find(&mut app.store.peek().await?, tenant, slug).await?;
    let catalog = app.catalog();
    let published = published(&catalog, tenant, slug);
    if draft.is_none() && published.is_none() {
        return Err(FormError::NoSuchForm);
    }
    let tenant = catalog.tenant(tenant).map(Arc::clone).ok_or(FormError::NoSuchForm)?;
    Ok(Standing { tenant, slug: slug.to_owned(), published, draft })
}

fn published(catalog: &Catalog, tenant: TenantId, slug: &str) -> Option<Arc<Form>> {
    catalog.forms.get(slug).filter(|it| it.tenant == tenant).map(Arc::clone)
}

async fn held(tx: &mut Tx, tenant: TenantId) -> std::result::Result<(Catalog, Arc<Tenant>), FormError> {
    apply::held(tx, tenant).await?.ok_or(FormError::NoSuchForm)
}

/// A form of a tenant, as it is and stays until the end of the transaction.
///
/// # Errors
/// There is none, or the database failed.
pub async fn lock(tx: &mut Tx, tenant: TenantId, slug: &str) -> std::result::Result<Standing, FormError> {
    let (catalog, tenant) = held(tx, tenant).await?;
    let draft = store::form_draft::find(tx, tenant.id, slug).await?;
    let published = published(&catalog, tenant.id, slug);
    if draft.is_none() && published.is_none() {
        return Err(FormError::NoSuchForm);
    }
    Ok(Standing { tenant, slug: slug.to_owned(), published, draft })
}

/// Begins a form.
///
/// # Errors
/// The document is wrong, the name is taken, or the database failed: nothing was changed.
pub async fn create(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    document: &Tree,
) -> std::result::Result<Standing, FormError> {
    let (catalog, tenant) = held(tx, tenant).await?;
    let setup = read(&tenant, document)?;
    let slug = setup.slug.as_str();
    match catalog.forms.get(slug) {
        Some(form) if form.tenant == tenant.id => return Err(FormError::Exists),
        Some(_) => return Err(FormError::Taken),
        None => {}
    }
    let drafts = store::form_draft::of_tenant(tx, tenant.id).await?;
    if drafts.iter().any(|it| it.slug == slug) {
        return Err(FormError::Exists);
    }
    if drafts.len() >= DRAFTS_MOST {
        return Err(FormError::TooMany);
    }
    let draft = put_draft(app, tx, tenant.id, &setup, 0).await?;
    Ok(Standing { tenant, slug: draft.slug.clone(), published: None, draft: Some(draft) })
}

/// Changes the draft of a form; begins one with what is published when there is none. The member `based_on` is no part
/// of the form: it says that the draft takes that published version into account.
///
/// # Errors
/// There is no such form, the document is wrong, or the database failed: nothing was changed.
pub async fn change(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    slug: &str,
    changes: &Tree,
) -> std::result::Result<Standing, FormError> {
    let (catalog, tenant) = held(tx, tenant).await?;
    let known = published(&catalog, tenant.id, slug);
    let current = known.as_ref().map_or(0, |it| it.version);
    let (before, based_on) = match store::form_draft::find(tx, tenant.id, slug).await? {
        Some(draft) => (store::json::read(&draft.body).unwrap_or(Tree::Nothing), draft.based_on),
        None => match &known {
            Some(form) => (document(&tenant, form), current),
            None => return Err(FormError::NoSuchForm),
        },
    };
    let (changes, based_on) = rebased(changes, based_on, current)?;
    let setup = read(&tenant, &form::changed(&before, &changes).map_err(FormError::Wrong)?)?;
    let draft = put_draft(app, tx, tenant.id, &setup, based_on).await?;
    Ok(Standing { tenant, slug: slug.to_owned(), published: known, draft: Some(draft) })
}

fn rebased(changes: &Tree, based_on: i64, current: i64) -> std::result::Result<(Tree, i64), FormError> {
    let Tree::Table(members) = changes else { return Ok((changes.clone(), based_on)) };
    let rest = members.iter().filter(|(name, _)| name != "based_on").cloned().collect();
    match changes.get("based_on") {
        None => Ok((Tree::Table(rest), based_on)),
        Some(Tree::Number(version)) if *version == current => Ok((Tree::Table(rest), current)),
        Some(_) => Err(FormError::Wrong(vec![Mistake {
            path: vec![Step::Key("based_on".to_owned())],
            message: format!("must be the version that is published now, {current}"),
        }])),
    }
}

async fn put_draft(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    setup: &FormSetup,
    based_on: i64,
) -> Result<FormDraft> {
    let draft = FormDraft {
        tenant,
        slug: setup.slug.as_str().to_owned(),
        body: store::json::write(&form::write(setup)),
        based_on,
        changed_at: app.now(),
    };
    let mut batch = Batch::default();
    store::form_draft::put(&mut batch, &draft);
    tx.batch(batch).await?;
    Ok(draft)
}

fn read(tenant: &Tenant, document: &Tree) -> std::result::Result<FormSetup, FormError> {
    let offered = tenant.purposes.iter().filter_map(|it| {
        Some(Offered { slug: Slug::parse(&it.slug).ok()?, retired: it.retired_at.is_some() })
    });
    form::read(document, tenant.locale, &offered.collect::<Vec<_>>()).map_err(FormError::Wrong)
}

fn read_draft(tenant: &Tenant, draft: &FormDraft) -> std::result::Result<FormSetup, FormError> {
    read(tenant, &store::json::read(&draft.body).unwrap_or(Tree::Nothing))
}

/// A published form as the document a draft begins with.
pub fn document(tenant: &Tenant, form: &Form) -> Tree {
    let Form {
        id: _,
        tenant: _,
        slug,
        purposes,
        origins,
        next,
        titles,
        version: _,
        closes_at,
        fields,
        sha256: _,
        minors,
    } = form;
    let purposes = purposes.iter().filter_map(|it| tenant.purpose(*it));
    let mut members = vec![
        ("slug", Tree::text(slug)),
        ("purposes", Tree::List(purposes.map(|it| Tree::text(&it.slug)).collect())),
    ];
    let list = |items: &[String]| Tree::List(items.iter().map(Tree::text).collect());
    members.extend(origins.as_ref().map(|it| ("origins", list(it))));
    members.push(("next", list(next)));
    if !titles.is_empty() {
        let titles = titles.iter().map(|(locale, it)| (locale.tag(), Tree::text(it)));
        members.push(("title", Tree::table(titles)));
    }
    members.extend(closes_at.map(|it| ("closes", Tree::text(it.rfc3339()))));
    members.push(("fields", field::write_list(fields)));
    members.extend(minors.map(|it| ("minors", form::minors_of(MinorsSetup::from(it)))));
    Tree::table(members)
}

/// Publishes the draft of a form. With no draft, or one that changes nothing, what is published stays. After the
/// commit the catalog is to be loaded anew.
///
/// # Errors
/// There is no such form, it may not be published as it is, or the database failed: nothing was changed.
pub async fn publish(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    slug: &str,
) -> std::result::Result<Published, FormError> {
    let (catalog, tenant) = held(tx, tenant).await?;
    let known = published(&catalog, tenant.id, slug);
    let Some(draft) = store::form_draft::find(tx, tenant.id, slug).await? else {
        let published = Some(known.ok_or(FormError::NoSuchForm)?);
        return Ok(Published {
            standing: Standing { tenant, slug: slug.to_owned(), published, draft: None },
            is_new: false,
        });
    };
    let setup = read_draft(&tenant, &draft)?;
    let mut plan = Plan::new(app, &catalog, app.now());
    plan.form(&tenant, &setup).map_err(refused)?;
    let is_new = !plan.steps.is_empty();
    let current = known.as_ref().map_or(0, |it| it.version);
    if is_new && draft.based_on != current {
        return Err(FormError::Stale { based_on: draft.based_on, current });
    }
    plan.write(tx).await?;
    let mut batch = Batch::default();
    store::form_draft::remove(&mut batch, tenant.id, slug);
    tx.batch(batch).await?;
    let published = match known {
        Some(form) if !is_new => Some(form),
        Some(_) | None => published_in(tx, tenant.id, slug).await?,
    };
    Ok(Published { standing: Standing { tenant, slug: slug.to_owned(), published, draft: None }, is_new })
}

async fn published_in(tx: &mut Tx, tenant: TenantId, slug: &str) -> Result<Option<Arc<Form>>> {
    Ok(published(&store::catalog::load(tx).await?, tenant, slug))
}

fn refused(error: ApplyError) -> FormError {
    match error {
        // A form alone names no host and no endpoint, and is no tenant.
        ApplyError::FormTaken(_)
        | ApplyError::HostTaken(..)
        | ApplyError::Url(..)
        | ApplyError::Mode { .. } => FormError::Taken,
        ApplyError::Notice { form: _, lacks } => FormError::Lacks(lacks),
        ApplyError::App(error) => FormError::App(error),
        ApplyError::Store(error) => error.into(),
    }
}

/// The published versions of a form, the newest first.
///
/// # Errors
/// There is no such form, or the database failed.
pub async fn versions(
    app: &App,
    tenant: TenantId,
    slug: &str,
) -> std::result::Result<Vec<Publication>, FormError> {
    let mut tx = app.store.read().await?;
    let found = store::publication::versions(&mut tx, tenant, "form", slug, VERSIONS_MOST).await?;
    let is_known = !found.is_empty() || store::form_draft::find(&mut tx, tenant, slug).await?.is_some();
    tx.commit().await?;
    if is_known { Ok(found) } else { Err(FormError::NoSuchForm) }
}

/// One published version of a form.
///
/// # Errors
/// There is none, or the database failed.
pub async fn version(
    app: &App,
    tenant: TenantId,
    slug: &str,
    version: i64,
) -> std::result::Result<Publication, FormError> {
    let mut tx = app.store.peek().await?;
    let found = store::publication::find(&mut tx, tenant, "form", slug, version).await?;
    found.ok_or(FormError::NoSuchForm)
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A published version.
    Version(i64),
    /// The draft, as it would be published now.
    Draft,
}

/// What a form says, published or as it would be published.
///
/// # Errors
/// There is none, the draft is wrong by now, or the database failed.
pub async fn body(
    app: &App,
    tenant: TenantId,
    slug: &str,
    side: Side,
) -> std::result::Result<Value, FormError> {
    match side {
        Side::Version(number) => {
            let found = version(app, tenant, slug, number).await?;
            Ok(serde_json::from_str(&found.body).unwrap_or(Value::Null))
        }
        Side::Draft => {
            app.refresh().await?;
            let draft = store::form_draft::find(&mut app.store.peek().await?, tenant, slug).await?;
            let draft = draft.ok_or(FormError::NoSuchForm)?;
            let catalog = app.catalog();
            let tenant = catalog.tenant(tenant).ok_or(FormError::NoSuchForm)?;
            let setup = read_draft(tenant, &draft)?;
            Ok(form_text(tenant, &formed(app, tenant, None, &setup)))
        }
    }
}
