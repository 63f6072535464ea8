//! The privacy notice: it says what the tenant has set up, and gets a new version when that changes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Plan, put};
use crate::{
    crypto::mac,
    domain::{
        catalog::{Notice, Purpose, Tenant},
        country::{Country, Place},
        setup::WebhookSetup,
    },
    store,
};

impl Plan<'_> {
    /// The addresses of those who are told addresses: live endpoints there are, and those about to be set up.
    pub(in crate::app) fn recipients<'s>(
        &'s self,
        tenant: &Tenant,
        settled: &'s [WebhookSetup],
    ) -> BTreeSet<&'s str> {
        let known = self.catalog.addressed(tenant.id).map(|it| it.url.as_str());
        let others = known.filter(|url| !settled.iter().any(|it| it.url.as_str() == *url));
        others.chain(settled.iter().filter(|it| it.addresses).map(|it| it.url.as_str())).collect()
    }

    /// Publishes the notice of a tenant as it is to be, when it says something else than the one there is.
    pub(in crate::app) fn notice(&mut self, tenant: &Tenant, settled: &[WebhookSetup]) {
        let given = self.catalog.given.get(&tenant.id);
        let facts = facts(tenant, &self.recipients(tenant, settled), given).to_string();
        let sha256 = mac::sha256_hex(facts.as_bytes());
        let newest = tenant.notice.as_ref();
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
}

/// What a notice tells: `recipients` are addresses of endpoints, `given` the names of those who got an audience.
fn facts(tenant: &Tenant, recipients: &BTreeSet<&str>, given: Option<&BTreeSet<String>>) -> Value {
    let purposes: Vec<_> =
        tenant.purposes.iter().filter(|it| it.retired_at.is_none()).map(purpose_facts).collect();
    let mut facts = json!({
        "name": tenant.name,
        "legal": tenant.legal,
        "contact": tenant.contact,
        "locale": tenant.locale.tag(),
        "purposes": purposes,
        "recipients": recipients,
    });
    put(&mut facts, "given", given.map(|it| it.iter().cloned().collect::<Vec<_>>()));
    put(&mut facts, "country", tenant.country.map(Country::code));
    put(&mut facts, "storage", tenant.storage.map(Place::code));
    put(&mut facts, "dpo", tenant.dpo.as_deref());
    put(&mut facts, "transfer", tenant.transfer.as_deref());
    facts
}

fn purpose_facts(purpose: &Purpose) -> Value {
    let texts: BTreeMap<&str, _> = purpose
        .wordings
        .iter()
        .map(|(locale, it)| (locale.tag(), json!({ "name": it.name, "text": it.body })))
        .collect();
    let mut facts = json!({ "slug": purpose.slug, "frequency": purpose.frequency.as_str(), "texts": texts });
    put(&mut facts, "retention_days", purpose.retention_days);
    facts
}
