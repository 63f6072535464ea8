//! Forms: a version for each thing they came to say.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::json;

use super::{ApplyError, Plan, put};
use crate::{
    app::App,
    crypto::mac,
    domain::{
        Timestamp,
        age::{self, Minors},
        catalog::{Form, Purpose, Tenant, Wording},
        field,
        id::FormId,
        notice,
        setup::{FormSetup, Localized},
    },
    store,
};

impl Plan<'_> {
    /// Publishes a form when it differs from what is published, or shows a wording published just now.
    pub(in crate::app) fn form(
        &mut self,
        tenant: &Tenant,
        setup: &FormSetup,
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
        let is_reworded = form.purposes.iter().any(|it| self.reworded.contains(it));
        let sign = match &known {
            None => '+',
            Some(known) if **known == form && !is_reworded => return Ok(()),
            Some(known) => {
                form.version = known.version + 1;
                '~'
            }
        };
        self.publish_form(tenant, form, sign);
        Ok(())
    }

    /// Makes the next version of each other form that shows a wording published just now: what a version says never
    /// changes.
    pub(in crate::app) fn renew_forms(&mut self, tenant: &Tenant, settled: &[FormSetup]) {
        let catalog = self.catalog;
        let own = catalog.forms.values().filter(|it| it.tenant == tenant.id);
        for known in own.filter(|it| !settled.iter().any(|other| other.slug.as_str() == it.slug)) {
            if known.purposes.iter().any(|it| self.reworded.contains(it)) {
                let mut form = Form::clone(known);
                form.version += 1;
                self.publish_form(tenant, form, '~');
            }
        }
    }

    fn publish_form(&mut self, tenant: &Tenant, mut form: Form, sign: char) {
        let body = form_text(tenant, &form).to_string();
        form.sha256 = mac::sha256_hex(body.as_bytes());
        let published = self.publication(tenant.id, "form", form.slug.clone(), form.version, body);
        let now = self.now;
        self.step(sign, format!("form {}/{}", tenant.slug, form.slug), |batch| {
            store::catalog::put_form(batch, &form, now);
            store::publication::put(batch, &published);
        });
    }
}

/// A form as it is set up, with the id, the version and the hash of the one there is.
pub(in crate::app) fn formed(app: &App, tenant: &Tenant, known: Option<&Form>, setup: &FormSetup) -> Form {
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
        sha256: known.map_or_else(String::new, |it| it.sha256.clone()),
        minors: minors.map(|it| Minors {
            rule: it.rule,
            age: it.age.unwrap_or_else(|| age::of_consent(it.country.or(tenant.country))),
        }),
    }
}

/// What a form shows and offers, in canonical JSON: its words, what it asks and why, and the wording of each purpose.
pub(in crate::app) fn form_text(tenant: &Tenant, form: &Form) -> serde_json::Value {
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
