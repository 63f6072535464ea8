//! `apply`: brings what tenants have set up to what a file says. Twice the same file changes nothing.
//!
//! What is written is a [`Plan`], and there is one for every way in: the API makes its purposes, wordings, forms and
//! notices by the same functions.

mod form;
mod notice;
mod purpose;

use std::{collections::BTreeSet, sync::Arc};

use super::{
    App,
    endpoints::{self, Wish},
};
use crate::{
    crypto::mac,
    domain::{
        Timestamp,
        catalog::{Catalog, Purpose, Tenant},
        endpoint_url::UrlRefusal,
        id::{PublicationId, PurposeId, TenantId},
        notice::Missing,
        setup::{PurposeSetup, Setup, TenantSetup, WebhookSetup},
    },
    store::{self, Batch, Tx, publication::Publication},
};

pub(super) use form::{form_text, formed};
pub(super) use purpose::{Placed, placed};

/// One thing that `apply` did, or would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `+` added, `~` changed.
    pub sign: char,
    /// What: `tenant acme`, `purpose acme/newsletter`, `wording acme/newsletter fr v2` …
    pub what: String,
    /// The signing secret of a new endpoint, shown this once.
    pub secret: Option<String>,
}

/// Why a file cannot be applied to what is set up already.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// A form's slug is taken by another tenant.
    #[error(
        "form \"{0}\" belongs to another tenant: form names are unique in the installation. Choose another slug"
    )]
    FormTaken(String),
    /// The privacy notice of a form does not say all that it must (GDPR article 13).
    #[error("form \"{form}\" cannot be published: its privacy notice does not say\n{}", list(lacks))]
    Notice {
        /// The form.
        form: String,
        /// Everything that lacks.
        lacks: Vec<Missing>,
    },
    /// A host name is taken by another tenant, or is the base URL's.
    #[error("host \"{0}\" {1}: each name leads to one tenant. Choose another name")]
    HostTaken(String, &'static str),
    /// An endpoint may not be at this address.
    #[error("webhook \"{0}\": {1}")]
    Url(String, UrlRefusal),
    /// A tenant is for tests or live for good, once somebody relies on it.
    #[error(
        "tenant \"{slug}\" {}, and stays so, as it {why}: what was proven and told in it says so for good. Leave test as \
         it was, and make a tenant of its own, with another slug, {}",
        if *test { "is for tests" } else { "is live" },
        if *test { "to go live" } else { "for tests" },
    )]
    Mode {
        /// The tenant.
        slug: String,
        /// What it is.
        test: bool,
        /// What keeps it so.
        why: &'static str,
    },
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

fn list(lacks: &[Missing]) -> String {
    lacks.iter().map(|it| format!("- {it}")).collect::<Vec<_>>().join("\n")
}

/// Applies a file, or with `dry_run` only says what it would do. Nothing is ever removed: a purpose is retired
/// by saying so, a form is closed by its date.
///
/// # Errors
/// The database failed, or the file contradicts what is there: nothing was changed.
pub async fn apply(app: &App, setup: &Setup, dry_run: bool) -> std::result::Result<Vec<Step>, ApplyError> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    store::catalog::hold(&mut tx).await?;
    let catalog = store::catalog::load(&mut tx).await?;
    check_hosts(app, &catalog, setup)?;
    check_modes(&mut tx, &catalog, setup).await?;
    let mut plan = Plan::new(app, &catalog, now);
    for tenant in &setup.tenants {
        plan.tenant(tenant)?;
    }
    if dry_run || plan.steps.is_empty() {
        return Ok(plan.steps);
    }
    let steps = plan.write(&mut tx).await?;
    tx.commit().await?;
    app.reload().await?;
    Ok(steps)
}

/// A host name leads to one tenant. Names move between tenants of one file.
fn check_hosts(app: &App, catalog: &Catalog, setup: &Setup) -> std::result::Result<(), ApplyError> {
    let base = app.config.base_url.host();
    for host in setup.tenants.iter().flat_map(|it| &it.hosts) {
        if host.as_str() == base {
            return Err(ApplyError::HostTaken(host.to_string(), "is the one of the base URL"));
        }
        let owner = catalog.hosts.get(host.as_str()).and_then(|it| catalog.tenant(*it));
        if owner.is_some_and(|owner| !setup.tenants.iter().any(|it| it.slug.as_str() == owner.slug)) {
            return Err(ApplyError::HostTaken(host.to_string(), "belongs to another tenant"));
        }
    }
    Ok(())
}

/// Proofs, events and keys say whether they are of a tenant for tests. One that has some does not change sides.
async fn check_modes(tx: &mut Tx, catalog: &Catalog, setup: &Setup) -> std::result::Result<(), ApplyError> {
    for wanted in &setup.tenants {
        let known = catalog.tenant_named(wanted.slug.as_str()).filter(|it| it.test != wanted.test);
        let Some(known) = known else { continue };
        let why = if store::contact::are_there(tx, known.id).await? {
            "has contacts"
        } else if store::key::live_api_keys(tx, known.id).await? > 0 {
            "has API keys, which could be revoked"
        } else {
            continue;
        };
        return Err(ApplyError::Mode { slug: known.slug.clone(), test: known.test, why });
    }
    Ok(())
}

/// What is set up, as it is now and stays until the end of the transaction; `None` when there is no such tenant.
pub(super) async fn held(tx: &mut Tx, tenant: TenantId) -> store::Result<Option<(Catalog, Arc<Tenant>)>> {
    store::catalog::hold(tx).await?;
    let catalog = store::catalog::load(tx).await?;
    let tenant = catalog.tenant(tenant).map(Arc::clone);
    Ok(tenant.map(|it| (catalog, it)))
}

/// What is to be written, step by step.
pub(super) struct Plan<'a> {
    app: &'a App,
    catalog: &'a Catalog,
    now: Timestamp,
    pub(super) steps: Vec<Step>,
    batches: Vec<Batch>,
    /// The purposes that got a new wording.
    reworded: BTreeSet<PurposeId>,
}

impl<'a> Plan<'a> {
    pub(super) const fn new(app: &'a App, catalog: &'a Catalog, now: Timestamp) -> Self {
        Self { app, catalog, now, steps: Vec::new(), batches: Vec::new(), reworded: BTreeSet::new() }
    }

    /// Writes it all, and raises the version of what is set up if anything is written.
    pub(super) async fn write(self, tx: &mut Tx) -> store::Result<Vec<Step>> {
        for batch in self.batches {
            tx.batch(batch).await?;
        }
        if !self.steps.is_empty() {
            store::catalog::raise(tx).await?;
        }
        Ok(self.steps)
    }

    /// Writes a tenant with what it says of itself.
    pub(super) fn put_tenant(&mut self, sign: char, tenant: &Tenant) {
        let now = self.now;
        self.step(sign, format!("tenant {}", tenant.slug), |batch| {
            store::catalog::put_tenant(batch, tenant, now);
        });
    }

    fn step(&mut self, sign: char, what: String, write: impl FnOnce(&mut Batch)) {
        let mut batch = Batch::default();
        write(&mut batch);
        self.batches.push(batch);
        self.steps.push(Step { sign, what, secret: None });
    }

    fn tenant(&mut self, setup: &TenantSetup) -> std::result::Result<(), ApplyError> {
        let TenantSetup {
            slug,
            name,
            legal,
            contact,
            from,
            locale,
            receipts,
            country,
            storage,
            test,
            purposes,
            forms,
            webhooks,
            dpo,
            transfer,
            hosts,
            texts,
            theme,
            logo,
        } = setup;
        let known = self.catalog.tenant_named(slug.as_str()).cloned();
        let tenant = Tenant {
            id: known.as_ref().map_or_else(|| TenantId::new(&self.app.random), |it| it.id),
            slug: slug.as_str().to_owned(),
            name: name.as_str().to_owned(),
            legal: legal.as_str().to_owned(),
            contact: contact.expose().to_owned(),
            from_name: from.name.as_str().to_owned(),
            from_address: from.address.expose().to_owned(),
            locale: *locale,
            receipts: *receipts,
            country: *country,
            storage: *storage,
            test: *test,
            purposes: Vec::new(),
            notice: known.as_ref().and_then(|it| it.notice.clone()),
            dpo: dpo.as_ref().map(|it| it.as_str().to_owned()),
            transfer: transfer.as_ref().map(|it| it.as_str().to_owned()),
            hosts: hosts.clone(),
            texts: texts.clone(),
            theme: theme.clone(),
        };
        match &known {
            Some(known) if same_tenant(known, &tenant) => {}
            None | Some(_) => {
                self.put_tenant(if known.is_none() { '+' } else { '~' }, &tenant);
                if let Some(picture) = logo {
                    let mut batch = Batch::default();
                    store::catalog::put_logo(&mut batch, tenant.id, picture, self.now);
                    self.batches.push(batch);
                }
            }
        }
        let purposes = self.purposes(&tenant, known.as_deref(), purposes);
        let tenant = Tenant { purposes, ..tenant };
        for form in forms {
            self.form(&tenant, form)?;
        }
        self.renew_forms(&tenant, forms);
        for webhook in webhooks {
            self.webhook(&tenant, webhook)?;
        }
        self.notice(&tenant, webhooks);
        Ok(())
    }

    /// The purposes of a file, then those it does not name: nothing is removed.
    fn purposes(&mut self, tenant: &Tenant, known: Option<&Tenant>, setups: &[PurposeSetup]) -> Vec<Purpose> {
        let mut settled = Vec::new();
        for (position, setup) in (0..).zip(setups) {
            let before = known.and_then(|it| placed(it, setup.slug.as_str()));
            settled.push(self.purpose(tenant, before, setup, position));
        }
        let others = (0..).zip(known.into_iter().flat_map(|it| &it.purposes));
        let others = others.filter(|(_, it)| !setups.iter().any(|setup| setup.slug.as_str() == it.slug));
        for (position, before) in (i64::try_from(setups.len()).unwrap_or(i64::MAX)..).zip(others) {
            self.place(tenant, Some(before), (position, before.1));
            settled.push(before.1.clone());
        }
        settled
    }

    fn webhook(&mut self, tenant: &Tenant, setup: &WebhookSetup) -> std::result::Result<(), ApplyError> {
        let WebhookSetup { url, events, addresses } = setup;
        let wish = Wish {
            url: endpoints::checked_url(self.app, url.as_str())
                .map_err(|why| ApplyError::Url(url.as_str().to_owned(), why))?,
            events,
            addresses: *addresses,
        };
        let mut all = self.catalog.endpoints.values();
        let known = all.find(|it| it.tenant == tenant.id && it.url == wish.url);
        let endpoint = match known {
            None => endpoints::made(self.app, tenant.id, wish, self.now),
            // Applying the file again is how an operator switches a disabled endpoint back on.
            Some(known) => endpoints::enabled(&endpoints::changed(known, wish)),
        };
        let label = format!("webhook {}/{}", tenant.slug, endpoint.url);
        match known {
            Some(known) if **known == endpoint => {}
            Some(_) => self.step('~', label, |batch| store::endpoint::put(batch, &endpoint)),
            None => {
                self.step('+', label, |batch| store::endpoint::put(batch, &endpoint));
                if let Some(step) = self.steps.last_mut() {
                    step.secret = Some(endpoints::shown(self.app, &endpoint).secret);
                }
            }
        }
        Ok(())
    }

    /// A text as it goes into the log.
    fn publication(
        &self,
        tenant: TenantId,
        kind: &str,
        about: String,
        version: i64,
        body: String,
    ) -> Publication {
        Publication {
            tenant,
            id: PublicationId::new(self.now, &self.app.random),
            kind: kind.to_owned(),
            about,
            version,
            sha256: mac::sha256_hex(body.as_bytes()),
            body,
            created_at: self.now,
            position: None,
        }
    }
}

/// Whether two say the same of a tenant, whatever its purposes and its notice.
pub(super) fn same_tenant(known: &Tenant, tenant: &Tenant) -> bool {
    let Tenant {
        id,
        slug,
        name,
        legal,
        contact,
        from_name,
        from_address,
        locale,
        receipts,
        country,
        storage,
        test,
        purposes: _,
        notice: _,
        dpo,
        transfer,
        hosts,
        texts,
        theme,
    } = known;
    (*id, slug, name, legal, contact, from_name, from_address, *locale)
        == (
            tenant.id,
            &tenant.slug,
            &tenant.name,
            &tenant.legal,
            &tenant.contact,
            &tenant.from_name,
            &tenant.from_address,
            tenant.locale,
        )
        && (dpo, transfer) == (&tenant.dpo, &tenant.transfer)
        && (*receipts, *country, *storage, *test)
            == (tenant.receipts, tenant.country, tenant.storage, tenant.test)
        && (hosts, texts, theme) == (&tenant.hosts, &tenant.texts, &tenant.theme)
}

/// Adds what is told; what is not leaves no trace, so that a text without it stays the same.
fn put(facts: &mut serde_json::Value, key: &str, value: Option<impl Into<serde_json::Value>>) {
    if let (Some(value), serde_json::Value::Object(facts)) = (value, facts) {
        facts.insert(key.to_owned(), value.into());
    }
}
