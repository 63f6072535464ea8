//! The organisation responsible, as documents name it: what a tenant has set up, and whom it gives addresses to.

use url::Url;

use crate::domain::catalog::{Catalog, Tenant};

/// The organisation responsible, as it is set up now. Country, place of storage and periods are told in its
/// privacy notice, not set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Controller {
    /// Its id.
    pub id: String,
    /// Its name in addresses and commands.
    pub slug: String,
    /// The name people know.
    pub name: String,
    /// Legal name and postal address.
    pub legal: String,
    /// Where people write about their data.
    pub contact: String,
    /// Who receives addresses besides it.
    pub recipients: Vec<Recipient>,
}

/// Someone who receives addresses: the tools at one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The host, which is all we know of its name.
    pub host: String,
    /// Its web site.
    pub site: String,
}

/// What documents say of a tenant.
pub fn controller(catalog: &Catalog, tenant: &Tenant) -> Controller {
    let Tenant { id, slug, name, legal, contact, .. } = tenant;
    let told = catalog.endpoints_of(*id).filter(|it| it.addresses);
    let mut recipients: Vec<Recipient> = told.filter_map(|it| recipient(&it.url)).collect();
    recipients.sort_by(|a, b| a.host.cmp(&b.host));
    recipients.dedup();
    Controller {
        id: id.to_string(),
        slug: slug.clone(),
        name: name.clone(),
        legal: legal.clone(),
        contact: contact.clone(),
        recipients,
    }
}

/// Path and query are left out: they may hold a key.
fn recipient(url: &str) -> Option<Recipient> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?.to_owned();
    Some(Recipient { site: format!("{}://{host}/", url.scheme()), host })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::{
        crypto::Random,
        domain::{
            Locale, Timestamp,
            catalog::Endpoint,
            id::{EndpointId, TenantId},
        },
    };

    fn tenant(id: TenantId) -> Tenant {
        Tenant {
            id,
            slug: "acme".to_owned(),
            name: "Acme SAS".to_owned(),
            legal: "Acme SAS, 1 rue de la Paix, 75002 Paris".to_owned(),
            contact: "privacy@acme.example".to_owned(),
            from_name: "Acme".to_owned(),
            from_address: "confirm@acme.example".to_owned(),
            locale: Locale::Fr,
            purposes: Vec::new(),
            notice: None,
        }
    }

    #[test]
    fn only_live_endpoints_that_carry_addresses_are_named_each_host_once_and_without_its_path() {
        let random = Random::seeded(7);
        let (acme, other) = (TenantId::new(&random), TenantId::new(&random));
        let endpoint = |tenant, url: &str, addresses, disabled_at| {
            let id = EndpointId::new(&random);
            let (url, events) = (url.to_owned(), Vec::new());
            let endpoint = Endpoint {
                id,
                tenant,
                url,
                events,
                addresses,
                generation: 1,
                disabled_at,
                failing_since: None,
            };
            (id, Arc::new(endpoint))
        };
        let endpoints = BTreeMap::from([
            endpoint(acme, "https://mail.example/hooks?key=geheim", true, None),
            endpoint(acme, "https://crm.example/hooks/1", true, None),
            endpoint(acme, "https://crm.example/hooks/2", true, None),
            endpoint(acme, "https://thin.example/", false, None),
            endpoint(acme, "https://gone.example/", true, Some(Timestamp::from_millis(1))),
            endpoint(other, "https://theirs.example/", true, None),
        ]);
        let catalog = Catalog { endpoints, ..Catalog::default() };
        let found = controller(&catalog, &tenant(acme));
        let named = |host: &str| Recipient { host: host.to_owned(), site: format!("https://{host}/") };
        assert_eq!(found.recipients, [named("crm.example"), named("mail.example")]);
        assert_eq!((found.slug.as_str(), found.name.as_str()), ("acme", "Acme SAS"));
    }
}
