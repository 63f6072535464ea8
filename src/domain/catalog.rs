//! What tenants have set up, as pages and use cases need it: read once, shared, replaced when it changes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Locale, Timestamp,
    age::Minors,
    consent::{Consent, Denial, Standing, USE_BY, may_send},
    country::{Country, Place},
    field::Field,
    host::HostName,
    id::{EndpointId, FormId, PurposeId, TenantId, WordingId},
    own_texts::OwnTexts,
    setup::{EventPattern, Frequency, Receipts},
    theme::Theme,
    time::DAY,
};

/// Everything set up in this installation, at one version.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Raised by one with every change.
    pub version: i64,
    /// The tenants, by id.
    pub tenants: BTreeMap<TenantId, Arc<Tenant>>,
    /// The forms, by slug.
    pub forms: BTreeMap<String, Arc<Form>>,
    /// The endpoints, by id.
    pub endpoints: BTreeMap<EndpointId, Arc<Endpoint>>,
    /// Whose host names these are: no two tenants have one.
    pub hosts: BTreeMap<String, TenantId>,
    /// Who was given the people of an audience, by name.
    pub given: BTreeMap<TenantId, BTreeSet<String>>,
}

/// One organisation.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The tenant.
    pub id: TenantId,
    /// Its name in addresses and commands.
    pub slug: String,
    /// Its name on pages and in mails.
    pub name: String,
    /// Who answers for the data: legal name and postal address.
    pub legal: String,
    /// Where people write about their data.
    pub contact: String,
    /// The name mails come from.
    pub from_name: String,
    /// The address mails come from.
    pub from_address: String,
    /// The language of texts that have no other.
    pub locale: Locale,
    /// How people get their receipts.
    pub receipts: Receipts,
    /// The country whose law and authority apply; `None`: it has not said.
    pub country: Option<Country>,
    /// Where the data are kept; `None`: it has not said.
    pub storage: Option<Place>,
    /// Whether it is there to try things out: addresses with certain tags act a part.
    pub test: bool,
    /// Its purposes, in the order set up, retired ones included.
    pub purposes: Vec<Purpose>,
    /// Its current privacy notice.
    pub notice: Option<Notice>,
    /// Its data protection officer; `None`: it has not said.
    pub dpo: Option<String>,
    /// What protects data kept outside the European Economic Area; `None`: it has not said.
    pub transfer: Option<String>,
    /// The names its pages answer under; links lead to the first.
    pub hosts: Vec<HostName>,
    /// Texts in its own words.
    pub texts: OwnTexts,
    /// Its colours, shapes and logo; `None` for ours.
    pub theme: Option<Theme>,
}

/// One use of the address.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// The purpose.
    pub id: PurposeId,
    /// Its name in addresses, forms and the API.
    pub slug: String,
    /// How often mails come.
    pub frequency: Frequency,
    /// No longer offered since.
    pub retired_at: Option<Timestamp>,
    /// Days without use after which a consent no longer counts; `None` for the default.
    pub retention_days: Option<u32>,
    /// The newest text in each language.
    pub wordings: BTreeMap<Locale, Wording>,
}

/// One immutable text.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The wording.
    pub id: WordingId,
    /// Its language.
    pub locale: Locale,
    /// 1 for the first of its purpose and language.
    pub version: i64,
    /// What the purpose is called.
    pub name: String,
    /// What a person agrees to.
    pub body: String,
    /// SHA-256 of `name \n body \n frequency`, in hex.
    pub sha256: String,
}

/// One version of the privacy information.
#[derive(Clone, Debug)]
pub struct Notice {
    /// 1 for the tenant's first.
    pub version: i64,
    /// What it says, as JSON.
    pub facts: String,
    /// SHA-256 of the facts, in hex.
    pub sha256: String,
    /// Published at.
    pub created_at: Timestamp,
}

/// One signup form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The form.
    pub id: FormId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Its name in its address.
    pub slug: String,
    /// What it offers, in this order.
    pub purposes: Vec<PurposeId>,
    /// The sites that may embed it and post to it: `None` is any site, an empty list its own page alone.
    pub origins: Option<Vec<String>>,
    /// Where a site may send people on after they have sent the form, each address exactly.
    pub next: Vec<String>,
    /// Headings of its own, by language.
    pub titles: BTreeMap<Locale, String>,
    /// Raised with every change.
    pub version: i64,
    /// When it stops, or stopped, taking requests.
    pub closes_at: Option<Timestamp>,
    /// What it asks for besides the address.
    pub fields: Vec<Field>,
    /// SHA-256 of its published text, in hex: what stands in the log for this version.
    pub sha256: String,
    /// What it asks about age; `None`: nothing.
    pub minors: Option<Minors>,
}

/// One endpoint of a mailing tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The endpoint.
    pub id: EndpointId,
    /// Whose it is.
    pub tenant: TenantId,
    /// Where events are delivered.
    pub url: String,
    /// Which events.
    pub events: Vec<EventPattern>,
    /// Whether payloads carry the address.
    pub addresses: bool,
    /// Raised with each new secret.
    pub generation: i64,
    /// Until when the secret before the present one still signs too.
    pub previous_until: Option<Timestamp>,
    /// Gets nothing since.
    pub disabled_at: Option<Timestamp>,
    /// Why it gets nothing.
    pub disabled_reason: Option<String>,
    /// Every attempt failed since. How an endpoint fares is as it was read: it changes without the version being raised.
    pub failing_since: Option<Timestamp>,
    /// When the last of them did.
    pub failed_at: Option<Timestamp>,
    /// Its owner was told that it only fails.
    pub alerted_at: Option<Timestamp>,
    /// When it was set up.
    pub created_at: Timestamp,
}

impl Endpoint {
    /// The generations of secrets that sign at `now`, newest first: two while one replaces the other.
    pub fn generations(&self, now: Timestamp) -> impl Iterator<Item = i64> + use<> {
        let previous = self.previous_until.is_some_and(|until| now < until);
        let oldest = if previous { self.generation - 1 } else { self.generation };
        (oldest.max(1)..=self.generation).rev()
    }
}

impl Catalog {
    /// The tenant of this id.
    pub fn tenant(&self, id: TenantId) -> Option<&Arc<Tenant>> {
        self.tenants.get(&id)
    }

    /// The tenant of this slug.
    pub fn tenant_named(&self, slug: &str) -> Option<&Arc<Tenant>> {
        self.tenants.values().find(|it| it.slug == slug)
    }

    /// The form of this id.
    pub fn form(&self, id: FormId) -> Option<&Arc<Form>> {
        self.forms.values().find(|it| it.id == id)
    }

    /// The endpoints of a tenant that are given addresses: the live ones that ask for them.
    pub fn addressed(&self, tenant: TenantId) -> impl Iterator<Item = &Arc<Endpoint>> {
        self.endpoints_of(tenant).filter(|it| it.addresses)
    }

    /// The live endpoints of a tenant.
    pub fn endpoints_of(&self, tenant: TenantId) -> impl Iterator<Item = &Arc<Endpoint>> {
        self.endpoints.values().filter(move |it| it.tenant == tenant && it.disabled_at.is_none())
    }
}

impl Tenant {
    /// The purpose of this id, retired or not.
    pub fn purpose(&self, id: PurposeId) -> Option<&Purpose> {
        self.purposes.iter().find(|it| it.id == id)
    }

    /// The purpose of this slug, retired or not.
    pub fn purpose_named(&self, slug: &str) -> Option<&Purpose> {
        self.purposes.iter().find(|it| it.slug == slug)
    }

    /// The text of a purpose in `locale`, or else in the tenant's own language.
    pub fn wording<'a>(&self, purpose: &'a Purpose, locale: Locale) -> Option<&'a Wording> {
        purpose.wordings.get(&locale).or_else(|| purpose.wordings.get(&self.locale))
    }
}

impl Form {
    /// Whether it takes no requests any more.
    pub fn is_closed(&self, now: Timestamp) -> bool {
        self.closes_at.is_some_and(|at| at <= now)
    }

    /// Whether a page of this origin, as browsers write it in `Origin`, may embed the form and post to it.
    pub fn is_for(&self, origin: &str) -> bool {
        self.origins.as_ref().is_none_or(|it| it.iter().any(|it| it == origin))
    }
}

impl Purpose {
    /// After how long without use a consent no longer counts, in milliseconds.
    pub fn use_by(&self) -> i64 {
        self.retention_days.map_or(USE_BY, |days| i64::from(days) * DAY)
    }

    /// Whether one may mail this person for it now, see [`may_send`]; nobody for what is no longer offered.
    ///
    /// # Errors
    /// The first reason that forbids it.
    pub fn may_send(
        &self,
        consent: &Consent,
        used_at: Option<Timestamp>,
        standing: &Standing,
        now: Timestamp,
    ) -> Result<(), Denial> {
        may_send(consent, used_at, standing, self.use_by(), now)?;
        if self.retired_at.is_some() { Err(Denial::Expired) } else { Ok(()) }
    }
}

impl Wording {
    /// The text the hash is of.
    pub fn canonical(name: &str, body: &str, frequency: Frequency) -> String {
        format!("{name}\n{body}\n{}", frequency.as_str())
    }
}
