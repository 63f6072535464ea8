//! `apply`: brings what tenants have set up to what a file says. Twice the same file changes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::json;

use super::{
    App,
    endpoints::{self, Wish},
};
use crate::{
    crypto::mac,
    domain::{
        Timestamp,
        age::{self, Minors},
        catalog::{Catalog, Form, Notice, Purpose, Tenant, Wording},
        country::{Country, Place},
        endpoint_url::UrlRefusal,
        field,
        id::{FormId, PublicationId, PurposeId, TenantId, WordingId},
        notice::{self, Missing},
        setup::{FormSetup, Localized, PurposeSetup, Setup, TenantSetup, WebhookSetup},
        text::Line,
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
    store::catalog::raise(&mut tx).await?;
    let catalog = store::catalog::load(&mut tx).await?;
    check_hosts(app, &catalog, setup)?;
    let mut plan = Plan::new(app, &catalog, now);
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

/// What is to be written, step by step.
pub(super) struct Plan<'a> {
    app: &'a App,
    catalog: &'a Catalog,
    now: Timestamp,
    pub(super) steps: Vec<Step>,
    pub(super) batches: Vec<Batch>,
}

impl<'a> Plan<'a> {
    pub(super) const fn new(app: &'a App, catalog: &'a Catalog, now: Timestamp) -> Self {
        Self { app, catalog, now, steps: Vec::new(), batches: Vec::new() }
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
            notice: None,
            dpo: dpo.as_ref().map(|it| it.as_str().to_owned()),
            transfer: transfer.as_ref().map(|it| it.as_str().to_owned()),
            hosts: hosts.clone(),
            texts: texts.clone(),
            theme: theme.clone(),
        };
        let now = self.now;
        match &known {
            Some(known) if same_tenant(known, &tenant) => {}
            None | Some(_) => {
                let sign = if known.is_none() { '+' } else { '~' };
                self.step(sign, format!("tenant {slug}"), |batch| {
                    store::catalog::put_tenant(batch, &tenant, now);
                });
                if let Some(picture) = logo {
                    let mut batch = Batch::default();
                    store::catalog::put_logo(&mut batch, tenant.id, picture, now);
                    self.batches.push(batch);
                }
            }
        }
        let mut reworded = BTreeSet::new();
        let mut offered = Vec::new();
        for (position, purpose) in (0..).zip(purposes) {
            offered.push(self.purpose(&tenant, known.as_deref(), purpose, position, &mut reworded));
        }
        let tenant = Tenant { purposes: offered, ..tenant };
        for form in forms {
            self.form(&tenant, form, &reworded)?;
        }
        for webhook in webhooks {
            self.webhook(&tenant, webhook)?;
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
        reworded: &mut BTreeSet<PurposeId>,
    ) -> Purpose {
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
            reworded.insert(id);
        }
        purpose
    }

    pub(super) fn form(
        &mut self,
        tenant: &Tenant,
        setup: &FormSetup,
        reworded: &BTreeSet<PurposeId>,
    ) -> std::result::Result<(), ApplyError> {
        let slug = setup.slug.as_str();
        let known: Option<Arc<Form>> = self.catalog.forms.get(slug).cloned();
        if known.as_ref().is_some_and(|it| it.tenant != tenant.id) {
            return Err(ApplyError::FormTaken(slug.to_owned()));
        }
        let lacks = notice::missing(tenant);
        if !lacks.is_empty() {
            return Err(ApplyError::Notice { form: slug.to_owned(), lacks });
        }
        let mut form = formed(self.app, tenant, known.as_deref(), setup);
        let is_reworded = form.purposes.iter().any(|it| reworded.contains(it));
        let sign = match &known {
            None => '+',
            Some(known) if same_form(known, &form) && !is_reworded => return Ok(()),
            Some(known) => {
                form.version = known.version + 1;
                '~'
            }
        };
        let body = form_text(tenant, &form).to_string();
        form.sha256 = mac::sha256_hex(body.as_bytes());
        let published = self.publication(tenant.id, "form", form.slug.clone(), form.version, body);
        let now = self.now;
        self.step(sign, format!("form {}/{slug}", tenant.slug), |batch| {
            store::catalog::put_form(batch, &form, now);
            store::publication::put(batch, &published);
        });
        Ok(())
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

    /// The privacy notice says what the tenant has set up; it gets a new version when that changes.
    fn notice(&mut self, tenant: &Tenant, known: Option<&Tenant>, setup: &TenantSetup) {
        let kept = self.catalog.endpoints.values().filter(|it| it.tenant == tenant.id && it.addresses);
        let kept = kept.map(|it| it.url.as_str());
        let facts = notice_facts(setup, kept).to_string();
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

/// A form as it is set up, with the id and the version of the one there is.
pub(super) fn formed(app: &App, tenant: &Tenant, known: Option<&Form>, setup: &FormSetup) -> Form {
    let FormSetup { slug, purposes, origins, next, title, closes, fields, minors } = setup;
    let titles = title.iter().flat_map(Localized::iter);
    let purposes = purposes.iter().filter_map(|it| tenant.purpose_named(it.as_str()));
    Form {
        id: known.map_or_else(|| FormId::new(&app.random), |it| it.id),
        tenant: tenant.id,
        slug: slug.as_str().to_owned(),
        purposes: purposes.map(|it| it.id).collect(),
        origins: origins.as_ref().map(|it| it.iter().map(|it| it.as_str().to_owned()).collect()),
        next: next.iter().map(|it| it.as_str().to_owned()).collect(),
        titles: titles.map(|(locale, it)| (locale, it.as_str().to_owned())).collect(),
        version: known.map_or(1, |it| it.version),
        closes_at: *closes,
        fields: fields.clone(),
        sha256: String::new(),
        minors: minors.map(|it| Minors {
            rule: it.rule,
            age: it.age.unwrap_or_else(|| age::of_consent(it.country.or(tenant.country))),
        }),
    }
}

fn same_form(known: &Form, form: &Form) -> bool {
    let Form {
        id: _,
        tenant: _,
        slug: _,
        purposes,
        origins,
        next,
        titles,
        version: _,
        closes_at,
        fields,
        sha256: _,
        minors,
    } = known;
    (purposes, origins, titles, closes_at) == (&form.purposes, &form.origins, &form.titles, &form.closes_at)
        && (fields, minors, next) == (&form.fields, &form.minors, &form.next)
}

/// What a form shows and offers, in canonical JSON: its words, what it asks and why, and the wording of each purpose.
pub(super) fn form_text(tenant: &Tenant, form: &Form) -> serde_json::Value {
    let Form {
        id: _,
        tenant: _,
        slug,
        purposes,
        origins,
        next,
        titles,
        version,
        closes_at,
        fields,
        sha256: _,
        minors,
    } = form;
    let purposes: Vec<_> = purposes.iter().filter_map(|it| tenant.purpose(*it)).map(offered_text).collect();
    let titles: BTreeMap<&str, &String> = titles.iter().map(|(locale, it)| (locale.tag(), it)).collect();
    let mut text = json!({
        "slug": slug, "version": version, "purposes": purposes, "origins": origins, "next": next, "title": titles,
        "closes": closes_at.map(Timestamp::rfc3339),
        "fields": store::json::value(&field::write_list(fields)),
    });
    put(&mut text, "minors", minors.map(|it| json!({ "rule": it.rule.as_str(), "age": it.age })));
    text
}

fn offered_text(purpose: &Purpose) -> serde_json::Value {
    let wordings: BTreeMap<&str, _> = purpose
        .wordings
        .values()
        .map(|it| {
            let Wording { id, locale, version, name, body, sha256 } = it;
            let wording = json!({
                "id": id.to_string(), "version": version, "sha256": sha256, "name": name, "text": body,
            });
            (locale.tag(), wording)
        })
        .collect();
    json!({ "slug": purpose.slug, "frequency": purpose.frequency.as_str(), "wordings": wordings })
}

fn notice_facts<'a>(setup: &'a TenantSetup, kept: impl Iterator<Item = &'a str>) -> serde_json::Value {
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
    // What a file does not name stays, so whoever receives addresses by the API is told of too.
    let kept = kept.filter(|url| !setup.webhooks.iter().any(|it| it.url.as_str() == *url));
    let named = setup.webhooks.iter().filter(|it| it.addresses).map(|it| it.url.as_str());
    let recipients: BTreeSet<&str> = named.chain(kept).collect();
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
    put(&mut facts, "dpo", setup.dpo.as_ref().map(Line::as_str));
    put(&mut facts, "transfer", setup.transfer.as_ref().map(Line::as_str));
    facts
}

/// Adds what is told; what is not leaves no trace, so that a notice without it stays the same text.
fn put(facts: &mut serde_json::Value, key: &str, value: Option<impl Into<serde_json::Value>>) {
    if let (Some(value), serde_json::Value::Object(facts)) = (value, facts) {
        facts.insert(key.to_owned(), value.into());
    }
}
