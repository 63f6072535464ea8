//! Contacts: create one as a request, list them, read one, change what is not consent, find one by address (`:lookup`),
//! freeze, suppress, export or erase one. Who is sought by an address is named in the body, so that no address stands in
//! a URL or a log.

mod create;
mod declared;
mod export;
mod links;
mod list;
mod patch;
mod standing;

use std::collections::BTreeMap;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::Serialize;

pub use create::{CREATE, create};
pub use declared::{ERASE, GET, LOOKUP, PATCH};
pub(super) use declared::{ID, STATE};
pub use export::{EXPORT, export};
pub use links::{LINKS, links};
pub use list::{LIST, list};
pub use patch::patch;
pub use standing::{RESTRICT, SUPPRESS, UNRESTRICT, restrict, suppress, unrestrict};

use super::{
    Shown,
    auth::{self, Caller},
    etag, json, once,
    problem::Problem,
    recipient::Lookup,
};
use crate::{
    app::{
        App, edit, entered,
        erase::{self, By},
        gate, links as minted,
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

pub(super) fn no_such_contact() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such contact.")
}

/// The contact a path names.
///
/// # Errors
/// 404 when the text is no id of ours: there is nobody of that name either.
pub(super) fn named(id: &str) -> Result<ContactId, Problem> {
    id.parse().map_err(|_not_an_id| no_such_contact())
}

/// `POST /v1/contacts:lookup`
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn lookup(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &LOOKUP).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Lookup(person) = json::read(&body)?;
    let found = gate::lookup(&web.app, &tenant, &person.who()).await.map_err(Fault::App)?;
    let (contact, consents) = found.ok_or_else(no_such_contact)?;
    let told = entered::of_contact(&web.app, tenant.id, contact.id).await.map_err(Fault::App)?;
    Ok(super::answer(&Person::of(&web.app, &tenant, &contact, &consents, &told), 1_024)?)
}

/// `GET /v1/contacts/{contact}`
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let found = edit::find(&web.app, &tenant, named(&id)?).await.map_err(Fault::App)?;
    let (contact, consents) = found.ok_or_else(no_such_contact)?;
    let told = entered::of_contact(&web.app, tenant.id, contact.id).await.map_err(Fault::App)?;
    let person = Person::of(&web.app, &tenant, &contact, &consents, &told);
    Ok(etag::answer(&request, &person)?)
}

/// `POST /v1/contacts:erase`. Erasing twice answers the same, if the person is named by their id: nothing else of
/// theirs is left to be found by. A retry cuts the log of the database again: the first may have come to no end.
///
/// # Errors
/// A problem document; 404 when the tenant never knew such a person, or does not know the address any more.
pub async fn erase(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &ERASE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Lookup(person) = json::read(&body)?;
    let (app, tenant) = (&web.app, &caller.tenant);
    let mut done = None;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let named = erase::find(app, tenant, &person.who()).await?.ok_or_else(no_such_contact)?;
        let erased = erase::erase_within(app, tx, tenant, named, By::Api).await?;
        let erased = erased.ok_or_else(no_such_contact)?;
        done = Some(erased);
        let said =
            Erasure { object: "erasure", contact: Shown(erased.contact), erased_at: erased.at.rfc3339() };
        once::reply(StatusCode::OK, &said, None)
    });
    let answer = answer.await?;
    match done {
        Some(erased) => erase::forget(app, &erased).await,
        None => erase::scrub(app).await,
    }
    Ok(answer)
}

#[derive(Serialize)]
struct Erasure {
    object: &'static str,
    contact: Shown<ContactId>,
    erased_at: String,
}

/// A person as the API shows them.
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
            links: Links { preferences: minted::preferences_url(app, tenant.id, contact.id) },
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
