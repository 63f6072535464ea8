//! What a privacy notice must say (GDPR article 13), and what of it a tenant has not told.
//!
//! Most of it has one answer here: the basis is consent, the rights are the same for all, nothing is decided by
//! itself. What follows is what only the organisation knows.

use std::fmt;

use super::{
    authority::{Protection, protection},
    catalog::Tenant,
    country::{Country, Place},
};

/// Something a notice must say and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// What the organisation is called.
    Name,
    /// Who is responsible: legal name and postal address (13(1)(a)).
    Legal,
    /// How to reach them (13(1)(a)).
    Contact,
    /// What the address is for (13(1)(c)).
    Purposes,
    /// What this purpose is, in the organisation's own language (13(1)(c)).
    Text(String),
    /// What protects data kept there (13(1)(f)).
    Transfer(Place),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("the name of the organisation; write name = \"Acme\" for the tenant"),
            Self::Legal => f.write_str(
                "who is responsible; write legal = \"Acme SAS, 1 rue de la Paix, 75002 Paris\" for the tenant",
            ),
            Self::Contact => {
                f.write_str("how to reach them; write contact = \"privacy@acme.example\" for the tenant")
            }
            Self::Purposes => {
                f.write_str("what the address is used for; write at least one [[tenant.purpose]]")
            }
            Self::Text(slug) => {
                write!(f, "what the purpose `{slug}` is; write its name and text in the tenant’s own language")
            }
            Self::Transfer(place) => write!(
                f,
                "what protects the data kept in {place}, outside the European Economic Area; write transfer = \
                 \"Standard contractual clauses; ask us for a copy\" for the tenant"
            ),
        }
    }
}

/// All that the notice of a tenant lacks.
pub fn missing(tenant: &Tenant) -> Vec<Missing> {
    let Tenant { name, legal, contact, purposes, country, storage, transfer, locale, .. } = tenant;
    let mut missing = Vec::new();
    let mut must = |text: &str, lack: Missing| {
        if text.trim().is_empty() {
            missing.push(lack);
        }
    };
    must(name, Missing::Name);
    must(legal, Missing::Legal);
    must(contact, Missing::Contact);
    let mut live = purposes.iter().filter(|it| it.retired_at.is_none()).peekable();
    if live.peek().is_none() {
        missing.push(Missing::Purposes);
    }
    let untold = live.filter(|it| !it.wordings.contains_key(locale));
    missing.extend(untold.map(|it| Missing::Text(it.slug.clone())));
    missing.extend(
        storage.filter(|it| needs_safeguard(*country, *it, transfer.as_deref())).map(Missing::Transfer),
    );
    missing
}

/// Data kept in the organisation's own country are not sent abroad.
fn needs_safeguard(country: Option<Country>, storage: Place, transfer: Option<&str>) -> bool {
    let abroad = country.is_none_or(|it| it.code() != storage.code());
    abroad && protection(storage) == Protection::Safeguard && transfer.is_none_or(|it| it.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        crypto::Random,
        domain::{
            Locale, Timestamp,
            catalog::{Purpose, Wording},
            id::{PurposeId, TenantId, WordingId},
            own_texts::OwnTexts,
            setup::{Frequency, Receipts},
        },
    };

    fn purpose(random: &Random, slug: &str, locale: Locale, retired: bool) -> Purpose {
        let wording = Wording {
            id: WordingId::new(random),
            locale,
            version: 1,
            name: slug.to_owned(),
            body: slug.to_owned(),
            sha256: String::new(),
        };
        Purpose {
            id: PurposeId::new(random),
            slug: slug.to_owned(),
            frequency: Frequency::Monthly,
            retired_at: retired.then_some(Timestamp::from_millis(1)),
            retention_days: None,
            wordings: BTreeMap::from([(locale, wording)]),
        }
    }

    fn tenant(random: &Random) -> Tenant {
        Tenant {
            id: TenantId::new(random),
            slug: "acme".to_owned(),
            name: "Acme SAS".to_owned(),
            legal: "Acme SAS, 1 rue de la Paix, 75002 Paris".to_owned(),
            contact: "privacy@acme.example".to_owned(),
            from_name: "Acme".to_owned(),
            from_address: "confirm@acme.example".to_owned(),
            locale: Locale::Fr,
            receipts: Receipts::Page,
            country: None,
            storage: None,
            purposes: vec![purpose(random, "newsletter", Locale::Fr, false)],
            notice: None,
            dpo: None,
            transfer: None,
            test: false,
            hosts: Vec::new(),
            texts: OwnTexts::default(),
            theme: None,
        }
    }

    #[test]
    fn what_has_a_sensible_answer_is_not_missing() {
        let random = Random::seeded(7);
        assert_eq!(missing(&tenant(&random)), []);
        for (country, storage) in [("FR", "EU"), ("FR", "CH"), ("US", "US"), ("GB", "GB")] {
            let country = Country::parse(country).ok();
            let told = Tenant { country, storage: Place::parse(storage).ok(), ..tenant(&random) };
            assert_eq!(missing(&told), [], "{storage}");
        }
    }

    #[test]
    fn everything_that_lacks_is_told_at_once() {
        let random = Random::seeded(7);
        let storage = Place::parse("US").unwrap();
        let bare = Tenant {
            name: String::new(),
            legal: " ".to_owned(),
            contact: String::new(),
            storage: Some(storage),
            purposes: vec![
                purpose(&random, "old", Locale::Fr, true),
                purpose(&random, "letter", Locale::En, false),
            ],
            ..tenant(&random)
        };
        let expected = [
            Missing::Name,
            Missing::Legal,
            Missing::Contact,
            Missing::Text("letter".to_owned()),
            Missing::Transfer(storage),
        ];
        assert_eq!(missing(&bare), expected);
        for it in &expected {
            assert!(it.to_string().contains("write "), "{it}");
        }
        let told = Tenant { transfer: Some("clauses".to_owned()), ..bare };
        assert_eq!(missing(&told).len(), 4);
        assert_eq!(missing(&Tenant { purposes: Vec::new(), ..tenant(&random) }), [Missing::Purposes]);
    }
}
