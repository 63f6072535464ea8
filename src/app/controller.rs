//! The organisation responsible, as documents name it: what a tenant has set up, and whom it gives addresses to.

use url::Url;

use crate::domain::{
    catalog::{Catalog, Purpose, Tenant},
    country::{Country, Place},
    id::PurposeId,
};

/// After how long without use a consent no longer counts, where a purpose does not say otherwise: see
/// [`USE_BY`](crate::domain::consent::USE_BY).
const VALIDITY: &str = "P24M";

/// The organisation responsible, as it is set up now.
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
    /// Its country (ISO 3166-1 alpha-2); `None`: it has not said.
    pub country: Option<&'static str>,
    /// Where the data are kept: a country, or `EU`; `None`: it has not said.
    pub storage: Option<&'static str>,
    /// How long the data are kept (ISO 8601 duration); `None`: until the person withdraws, or has them erased.
    pub retention: Option<String>,
    /// How long without use a consent counts (ISO 8601 duration).
    pub validity: Option<String>,
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
    let Tenant {
        id,
        slug,
        name,
        legal,
        contact,
        from_name: _,
        from_address: _,
        locale: _,
        receipts: _,
        country,
        storage,
        test: _,
        purposes,
        notice: _,
        dpo: _,
        transfer: _,
        hosts: _,
        texts: _,
        theme: _,
    } = tenant;
    let mut recipients: Vec<Recipient> = catalog.addressed(*id).filter_map(|it| recipient(&it.url)).collect();
    recipients.sort_by(|a, b| a.host.cmp(&b.host));
    recipients.dedup();
    Controller {
        id: id.to_string(),
        slug: slug.clone(),
        name: name.clone(),
        legal: legal.clone(),
        contact: contact.clone(),
        country: country.map(Country::code),
        storage: storage.map(Place::code),
        // Nothing is removed by itself while a consent stands.
        retention: None,
        validity: Some(validity(purposes.iter().filter(|it| it.retired_at.is_none()))),
        recipients,
    }
}

impl Controller {
    /// The same organisation, for a document about these purposes alone.
    #[must_use]
    pub fn about(self, tenant: &Tenant, purposes: &[PurposeId]) -> Self {
        let concerned = tenant.purposes.iter().filter(|it| purposes.contains(&it.id));
        Self { validity: Some(validity(concerned)), ..self }
    }
}

/// How long consents for all of these purposes count: as long as the shortest.
fn validity<'a>(purposes: impl Iterator<Item = &'a Purpose>) -> String {
    match purposes.min_by_key(|it| it.use_by()).and_then(|it| it.retention_days) {
        Some(days) => format!("P{days}D"),
        None => VALIDITY.to_owned(),
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
            own_texts::OwnTexts,
            setup::{Frequency, Receipts},
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
            receipts: Receipts::Page,
            country: Country::parse("FR").ok(),
            storage: Place::parse("EU").ok(),
            test: false,
            purposes: Vec::new(),
            notice: None,
            dpo: None,
            transfer: None,
            hosts: Vec::new(),
            texts: OwnTexts::default(),
            theme: None,
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
                previous_until: None,
                disabled_at,
                disabled_reason: None,
                failing_since: None,
                failed_at: None,
                alerted_at: None,
                created_at: Timestamp::from_millis(0),
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
    fn purpose(random: &Random, retention_days: Option<u32>, retired_at: Option<Timestamp>) -> Purpose {
        Purpose {
            id: PurposeId::new(random),
            slug: "letter".to_owned(),
            frequency: Frequency::Monthly,
            retired_at,
            retention_days,
            wordings: BTreeMap::new(),
        }
    }

    #[test]
    fn country_storage_and_the_shortest_validity_of_what_is_concerned_are_told() {
        let random = Random::seeded(7);
        let mut acme = tenant(TenantId::new(&random));
        let retired = Some(Timestamp::from_millis(1));
        acme.purposes = vec![
            purpose(&random, None, None),
            purpose(&random, Some(365), None),
            purpose(&random, Some(30), retired),
        ];
        let found = controller(&Catalog::default(), &acme);
        assert_eq!(
            (found.country, found.storage, found.retention.as_deref()),
            (Some("FR"), Some("EU"), None)
        );
        assert_eq!(found.validity.as_deref(), Some("P365D"));
        let of = |place: usize| found.clone().about(&acme, &[acme.purposes[place].id]).validity.unwrap();
        assert_eq!((of(0), of(1), of(2)), ("P24M".to_owned(), "P365D".to_owned(), "P30D".to_owned()));
        assert_eq!(found.about(&acme, &[]).validity.as_deref(), Some("P24M"));
    }
}
