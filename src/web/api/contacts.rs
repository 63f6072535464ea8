//! `POST /v1/contacts:lookup`: a person and their consents. By POST, so that no address stands in a URL or a log.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use serde::Serialize;

use super::{
    Shown,
    auth::{self, Scope},
    json,
    problem::Problem,
    recipient::Lookup,
};
use crate::{
    app::{App, gate, links},
    domain::{
        Timestamp,
        catalog::Tenant,
        consent::State,
        id::{ContactId, EvidenceId},
    },
    store::{consent::Stored, contact::Contact},
    web::{Web, error::Fault, extract::FORM_LIMIT},
};

/// `POST /v1/contacts:lookup`
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn lookup(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::ContactsRead).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Lookup(person) = json::read(&body)?;
    let Some((contact, consents)) =
        gate::lookup(&web.app, &tenant, &person.who()).await.map_err(Fault::App)?
    else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "There is no such contact.").into());
    };
    Ok(super::answer(&Person::of(&web.app, &tenant, &contact, &consents), 1_024)?)
}

#[derive(Serialize)]
struct Person<'a> {
    object: &'static str,
    id: Shown<ContactId>,
    email: Option<&'a str>,
    external_id: Option<&'a str>,
    locale: &'static str,
    restricted: bool,
    paused_until: Option<String>,
    suppressed: bool,
    created_at: String,
    consents: Vec<Consent<'a>>,
    links: Links,
}

#[derive(Serialize)]
struct Links {
    preferences: String,
}

#[derive(Serialize)]
struct Consent<'a> {
    purpose: &'a str,
    state: &'static str,
    since: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pending_since: Option<String>,
    evidence: Shown<EvidenceId>,
}

impl<'a> Person<'a> {
    fn of(app: &App, tenant: &'a Tenant, contact: &'a Contact, consents: &[Stored]) -> Self {
        let standing = contact.standing();
        // In the order the tenant set its purposes up.
        let consents = tenant.purposes.iter().filter_map(|purpose| {
            let stored = consents.iter().find(|it| it.purpose == purpose.id)?;
            Consent::of(&purpose.slug, stored)
        });
        Self {
            object: "contact",
            id: Shown(contact.id),
            email: contact.email.as_deref(),
            external_id: contact.external_id.as_deref(),
            locale: contact.locale.tag(),
            restricted: standing.restricted,
            paused_until: standing.paused_until.filter(|it| *it > app.now()).map(Timestamp::rfc3339),
            suppressed: standing.suppressed,
            created_at: contact.created_at.rfc3339(),
            consents: consents.collect(),
            links: Links { preferences: links::preferences_url(app, tenant.id, contact.id) },
        }
    }
}

impl<'a> Consent<'a> {
    /// `None` for a request that lapsed where nothing was settled before: as if it had never been.
    fn of(purpose: &'a str, stored: &Stored) -> Option<Self> {
        let consent = &stored.consent;
        let since = match (consent.state, consent.pending_since) {
            (State::Unknown, None) => return None,
            (State::Confirmed, _) | (_, None) => consent.since,
            (State::Unknown | State::Withdrawn | State::Refused | State::Expired, Some(asked)) => asked,
        };
        Some(Self {
            purpose,
            state: consent.word(),
            since: since.rfc3339(),
            pending_since: consent.pending_since.map(Timestamp::rfc3339),
            evidence: Shown(stored.evidence),
        })
    }
}

#[cfg(test)]
mod tests;
