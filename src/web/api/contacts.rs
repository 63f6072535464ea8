//! `POST /v1/contacts:lookup`: a person and their consents; `POST /v1/contacts:erase`: nothing of them any more. The
//! person is named in the body, so that no address stands in a URL or a log.

use std::collections::BTreeMap;

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
    app::{
        App, entered,
        erase::{self, By},
        gate, links,
    },
    domain::{
        Timestamp,
        catalog::Tenant,
        consent::State,
        field::Answers,
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
    let told = entered::of_contact(&web.app, tenant.id, contact.id).await.map_err(Fault::App)?;
    Ok(super::answer(&Person::of(&web.app, &tenant, &contact, &consents, &told), 1_024)?)
}

/// `POST /v1/contacts:erase`. Erasing twice answers the same, if the person is named by their id: nothing else of
/// theirs is left to be found by.
///
/// # Errors
/// A problem document; 404 when the tenant never knew such a person, or does not know the address any more.
pub async fn erase(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::ContactsErase).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Lookup(person) = json::read(&body)?;
    let named = erase::find(&web.app, &tenant, &person.who()).await.map_err(Fault::App)?;
    let erased = match named {
        Some(contact) => erase::erase(&web.app, &tenant, contact, By::Api).await.map_err(Fault::App)?,
        None => None,
    };
    let Some(erased) = erased else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "There is no such contact.").into());
    };
    let answer =
        Erasure { object: "erasure", contact: Shown(erased.contact), erased_at: erased.at.rfc3339() };
    Ok(super::answer(&answer, 128)?)
}

#[derive(Serialize)]
struct Erasure {
    object: &'static str,
    contact: Shown<ContactId>,
    erased_at: String,
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
    fields: &'a BTreeMap<String, String>,
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
    fn of(
        app: &App,
        tenant: &'a Tenant,
        contact: &'a Contact,
        consents: &[Stored],
        told: &'a Answers,
    ) -> Self {
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
            fields: &told.0,
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
