//! `apply`: brings what tenants have set up to what a file says. Twice the same file changes nothing.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::json;

use super::App;
use crate::{
    crypto::mac,
    domain::{
        Timestamp,
        catalog::{Catalog, Endpoint, Form, Notice, Purpose, Tenant, Wording},
        country::{Country, Place},
        id::{EndpointId, FormId, PublicationId, PurposeId, TenantId, WordingId},
        setup::{FormSetup, PurposeSetup, Setup, TenantSetup, WebhookSetup},
        text::Slug,
    },
    store::{self, Batch, publication::Publication},
};

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
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Applies a file, or with `dry_run` only says what it would do. Nothing is ever removed: a purpose is retired
/// by saying so, a form is closed by its date.
///
/// # Errors
/// The database failed, or the file contradicts what is there: nothing was changed.
pub async fn apply(app: &App, setup: &Setup, dry_run: bool) -> std::result::Result<Vec<Step>, ApplyError> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    store::catalog::raise(&mut tx).await?;
    let catalog = store::catalog::load(&mut tx).await?;
    let mut plan = Plan { app, catalog: &catalog, now, steps: Vec::new(), batches: Vec::new() };
    for tenant in &setup.tenants {
        plan.tenant(tenant)?;
    }
    let Plan { steps, batches, .. } = plan;
    if dry_run || steps.is_empty() {
        return Ok(steps);
    }
    for batch in batches {
        tx.batch(batch).await?;
    }
    tx.commit().await?;
    app.reload().await?;
    Ok(steps)
}

struct Plan<'a> {
    app: &'a App,
    catalog: &'a Catalog,
    now: Timestamp,
    steps: Vec<Step>,
    batches: Vec<Batch>,
}

impl Plan<'_> {
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
            purposes,
            forms,
            webhooks,
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
            purposes: Vec::new(),
            notice: None,
        };
        let now = self.now;
        match &known {
            None => self.step('+', format!("tenant {slug}"), |batch| {
                store::catalog::put_tenant(batch, &tenant, now);
            }),
            Some(known) if same_tenant(known, &tenant) => {}
            Some(_) => self.step('~', format!("tenant {slug}"), |batch| {
                store::catalog::put_tenant(batch, &tenant, now);
            }),
        }
        let mut ids = BTreeMap::new();
        for (position, purpose) in (0..).zip(purposes) {
            let id = self.purpose(&tenant, known.as_deref(), purpose, position);
            ids.insert(purpose.slug.clone(), id);
        }
        for form in forms {
            let purposes = form.purposes.iter().filter_map(|slug| ids.get(slug).copied()).collect();
            self.form(&tenant, form, purposes)?;
        }
        for webhook in webhooks {
            self.webhook(&tenant, webhook);
        }
        self.notice(&tenant, known.as_deref(), setup);
        Ok(())
    }

    fn purpose(
        &mut self,
        tenant: &Tenant,
        known_tenant: Option<&Tenant>,
        setup: &PurposeSetup,
        position: i64,
    ) -> PurposeId {
        let PurposeSetup { slug, frequency, name, text, retired, retention_days } = setup;
        let known = known_tenant.and_then(|it| it.purpose_named(slug.as_str()));
        let was_retired = known.and_then(|it| it.retired_at);
        let mut purpose = Purpose {
            id: known.map_or_else(|| PurposeId::new(&self.app.random), |it| it.id),
            slug: slug.as_str().to_owned(),
            frequency: *frequency,
            retired_at: retired.then(|| was_retired.unwrap_or(self.now)),
            retention_days: *retention_days,
            wordings: known.map(|it| it.wordings.clone()).unwrap_or_default(),
        };
        let (now, id, label) = (self.now, purpose.id, format!("{}/{slug}", tenant.slug));
        let was_at = known_tenant.and_then(|it| it.purposes.iter().position(|it| it.id == id));
        let same_place = was_at.and_then(|it| i64::try_from(it).ok()) == Some(position);
        match known {
            None => self.step('+', format!("purpose {label}"), |batch| {
                store::catalog::put_purpose(batch, tenant.id, &purpose, position, now);
            }),
            Some(known)
                if known.frequency == purpose.frequency
                    && known.retired_at == purpose.retired_at
                    && known.retention_days == purpose.retention_days
                    && same_place => {}
            Some(_) => self.step('~', format!("purpose {label}"), |batch| {
                store::catalog::put_purpose(batch, tenant.id, &purpose, position, now);
            }),
        }
        for (locale, name) in name.iter() {
            let Some(body) = text.get(locale) else { continue };
            let canonical = Wording::canonical(name.as_str(), body.as_str(), *frequency);
            let sha256 = mac::sha256_hex(canonical.as_bytes());
            let newest = purpose.wordings.get(&locale);
            if newest.is_some_and(|it| it.sha256 == sha256) {
                continue;
            }
            let wording = Wording {
                id: WordingId::new(&self.app.random),
                locale,
                version: newest.map_or(1, |it| it.version + 1),
                name: name.as_str().to_owned(),
                body: body.as_str().to_owned(),
                sha256,
            };
            let sign = if wording.version == 1 { '+' } else { '~' };
            let about = format!("{slug}/{locale}");
            let published = self.publication(tenant.id, "wording", about, wording.version, canonical);
            self.step(sign, format!("wording {label} {locale} v{}", wording.version), |batch| {
                store::catalog::add_wording(batch, tenant.id, &purpose, &wording, now);
                store::publication::put(batch, &published);
            });
            purpose.wordings.insert(locale, wording);
        }
        id
    }

    fn form(
        &mut self,
        tenant: &Tenant,
        setup: &FormSetup,
        purposes: Vec<PurposeId>,
    ) -> std::result::Result<(), ApplyError> {
        let FormSetup { slug, purposes: _, origins, next, title, closes } = setup;
        let known: Option<Arc<Form>> = self.catalog.forms.get(slug.as_str()).cloned();
        if known.as_ref().is_some_and(|it| it.tenant != tenant.id) {
            return Err(ApplyError::FormTaken(slug.as_str().to_owned()));
        }
        let titles = title.iter().flat_map(super::super::domain::setup::Localized::iter);
        let mut form = Form {
            id: known.as_ref().map_or_else(|| FormId::new(&self.app.random), |it| it.id),
            tenant: tenant.id,
            slug: slug.as_str().to_owned(),
            purposes,
            origins: origins.as_ref().map(|it| it.iter().map(|it| it.as_str().to_owned()).collect()),
            next: next.iter().map(|it| it.as_str().to_owned()).collect(),
            titles: titles.map(|(locale, it)| (locale, it.as_str().to_owned())).collect(),
            version: known.as_ref().map_or(1, |it| it.version),
            closes_at: *closes,
        };
        let now = self.now;
        let label = format!("form {}/{slug}", tenant.slug);
        let published = |this: &Self, form: &Form| {
            let body = form_text(form, setup);
            this.publication(tenant.id, "form", form.slug.clone(), form.version, body)
        };
        match &known {
            None => {
                let published = published(self, &form);
                self.step('+', label, |batch| {
                    store::catalog::put_form(batch, &form, now);
                    store::publication::put(batch, &published);
                });
            }
            Some(known)
                if known.purposes == form.purposes
                    && known.origins == form.origins
                    && known.next == form.next
                    && known.titles == form.titles
                    && known.closes_at == form.closes_at => {}
            Some(_) => {
                form.version += 1;
                let published = published(self, &form);
                self.step('~', label, |batch| {
                    store::catalog::put_form(batch, &form, now);
                    store::publication::put(batch, &published);
                });
            }
        }
        Ok(())
    }

    fn webhook(&mut self, tenant: &Tenant, setup: &WebhookSetup) {
        let WebhookSetup { url, events, addresses } = setup;
        let known =
            self.catalog.endpoints.values().find(|it| it.tenant == tenant.id && it.url == url.as_str());
        let endpoint = Endpoint {
            id: known.map_or_else(|| EndpointId::new(&self.app.random), |it| it.id),
            tenant: tenant.id,
            url: url.as_str().to_owned(),
            events: events.clone(),
            addresses: *addresses,
            generation: known.map_or(1, |it| it.generation),
            // Applying the file again is how an operator switches a disabled endpoint back on.
            disabled_at: None,
            failing_since: known.filter(|it| it.disabled_at.is_none()).and_then(|it| it.failing_since),
        };
        let now = self.now;
        let label = format!("webhook {}/{}", tenant.slug, endpoint.url);
        match known {
            Some(known)
                if known.events == endpoint.events
                    && known.addresses == endpoint.addresses
                    && known.disabled_at.is_none() => {}
            Some(_) => self.step('~', label, |batch| store::catalog::put_endpoint(batch, &endpoint, now)),
            None => {
                self.step('+', label, |batch| store::catalog::put_endpoint(batch, &endpoint, now));
                let secret = self.app.keys.webhook_secret(&endpoint);
                if let Some(step) = self.steps.last_mut() {
                    step.secret = Some(secret_text(&secret));
                }
            }
        }
    }

    /// The privacy notice says what the tenant has set up; it gets a new version when that changes.
    fn notice(&mut self, tenant: &Tenant, known: Option<&Tenant>, setup: &TenantSetup) {
        let facts = notice_facts(setup).to_string();
        let sha256 = mac::sha256_hex(facts.as_bytes());
        let newest = known.and_then(|it| it.notice.as_ref());
        if newest.is_some_and(|it| it.sha256 == sha256) {
            return;
        }
        let notice =
            Notice { version: newest.map_or(1, |it| it.version + 1), facts, sha256, created_at: self.now };
        let sign = if notice.version == 1 { '+' } else { '~' };
        let about = "notice".to_owned();
        let published = self.publication(tenant.id, "notice", about, notice.version, notice.facts.clone());
        self.step(sign, format!("notice {} v{}", tenant.slug, notice.version), |batch| {
            store::catalog::add_notice(batch, tenant.id, &notice);
            store::publication::put(batch, &published);
        });
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

fn same_tenant(known: &Tenant, tenant: &Tenant) -> bool {
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
        purposes: _,
        notice: _,
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
        && (*receipts, *country, *storage) == (tenant.receipts, tenant.country, tenant.storage)
}

/// What a form offered, in canonical JSON.
fn form_text(form: &Form, setup: &FormSetup) -> String {
    let Form { id: _, tenant: _, slug, purposes: _, origins, next, titles, version, closes_at } = form;
    let purposes: Vec<&str> = setup.purposes.iter().map(Slug::as_str).collect();
    let titles: BTreeMap<&str, &String> = titles.iter().map(|(locale, it)| (locale.tag(), it)).collect();
    json!({
        "slug": slug, "version": version, "purposes": purposes, "origins": origins, "next": next, "titles": titles,
        "closes_at": closes_at.map(Timestamp::rfc3339),
    })
    .to_string()
}

fn notice_facts(setup: &TenantSetup) -> serde_json::Value {
    let purposes: Vec<_> = setup
        .purposes
        .iter()
        .filter(|it| !it.retired)
        .map(|it| {
            let texts: BTreeMap<&str, _> = it
                .name
                .iter()
                .map(|(locale, name)| {
                    let text = it.text.get(locale).map(super::super::domain::text::Paragraph::as_str);
                    (locale.tag(), json!({ "name": name.as_str(), "text": text }))
                })
                .collect();
            let mut facts =
                json!({ "slug": it.slug.as_str(), "frequency": it.frequency.as_str(), "texts": texts });
            put(&mut facts, "retention_days", it.retention_days);
            facts
        })
        .collect();
    let recipients: Vec<&str> =
        setup.webhooks.iter().filter(|it| it.addresses).map(|it| it.url.as_str()).collect();
    let mut facts = json!({
        "name": setup.name.as_str(),
        "legal": setup.legal.as_str(),
        "contact": setup.contact.expose(),
        "locale": setup.locale.tag(),
        "purposes": purposes,
        "recipients": recipients,
    });
    put(&mut facts, "country", setup.country.map(Country::code));
    put(&mut facts, "storage", setup.storage.map(Place::code));
    facts
}

/// Adds what is told; what is not leaves no trace, so that a notice without it stays the same text.
fn put(facts: &mut serde_json::Value, key: &str, value: Option<impl Into<serde_json::Value>>) {
    if let (Some(value), serde_json::Value::Object(facts)) = (value, facts) {
        facts.insert(key.to_owned(), value.into());
    }
}

/// A signing secret as Standard Webhooks writes it.
fn secret_text(secret: &[u8; 32]) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    format!("whsec_{}", BASE64_STANDARD.encode(secret))
}
