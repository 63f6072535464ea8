//! `:restrict`, `:unrestrict` and `:suppress`: what holds for a person whatever the purpose.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};

use super::{
    Person,
    declared::{ID, PERSON, UNKNOWN},
    named, no_such_contact,
};
use crate::{
    app::{
        edit, entered,
        gate::Recipient,
        once::Reply,
        restrict, suppress,
        told::{Surroundings, Told},
    },
    domain::id::ContactId,
    store::Tx,
    web::{
        Web,
        api::{
            auth::{self, Caller, Scope},
            json,
            once::{self, Refusal},
            route::{Endpoint, Method},
            suppressions::{REASON_ALONE, ReasonAlone},
        },
        extract::FORM_LIMIT,
    },
};

/// `POST /v1/contacts/{contact}:restrict`
pub const RESTRICT: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/contacts/{contact}:restrict",
    Scope::ContactsWrite,
    "Freeze a contact",
)
.about(
    "At the person's request (GDPR article 18): they are kept, never mailed, and nothing but leaving changes anything \
     about them. Done twice, it is done once. The body is empty.",
)
.with(&[ID])
.answers("The contact as they are now.", &PERSON)
.changes()
.fails(&[UNKNOWN]);

/// `POST /v1/contacts/{contact}:unrestrict`
pub const UNRESTRICT: Endpoint =
    Endpoint::new(Method::Post, "/v1/contacts/{contact}:unrestrict", Scope::ContactsWrite, "Thaw a contact")
        .about("Ends the freeze; tell the person before (GDPR article 18, paragraph 3). The body is empty.")
        .with(&[ID])
        .answers("The contact as they are now.", &PERSON)
        .changes()
        .fails(&[UNKNOWN]);

/// `POST /v1/contacts/{contact}:suppress`
pub const SUPPRESS: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/contacts/{contact}:suppress",
    Scope::SuppressionsWrite,
    "Suppress the address of a contact",
)
.about(
    "No mail goes there any more, whatever was consented to. With `complained` or `objected` the person leaves \
     everything, too. `POST /v1/suppressions:remove` lifts it.",
)
.with(&[ID])
.takes(&REASON_ALONE, r#"{"reason":"bounced"}"#)
.answers("The contact as they are now.", &PERSON)
.changes()
.fails(&[UNKNOWN]);

/// Answers [`RESTRICT`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn restrict(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    freeze(&request, &id, &web, &RESTRICT, true).await
}

/// Answers [`UNRESTRICT`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn unrestrict(
    request: HttpRequest,
    id: Path<String>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    freeze(&request, &id, &web, &UNRESTRICT, false).await
}

async fn freeze(
    request: &HttpRequest,
    id: &str,
    web: &Web,
    endpoint: &'static Endpoint,
    is_frozen: bool,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(web, request, endpoint).await?;
    let id = named(id)?;
    let told = Told::by(caller.key, Surroundings::default());
    let answer = once::act_once(web, request, &caller, &[], async |tx| {
        let found = edit::lock(&web.app, tx, &caller.tenant, id).await?;
        let (contact, _) = found.ok_or_else(no_such_contact)?;
        restrict::set(&web.app, tx, &caller.tenant, contact, is_frozen, &told).await?;
        person(web, tx, &caller, id).await
    });
    Ok(answer.await?)
}

/// Answers [`SUPPRESS`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn suppress(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &SUPPRESS).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let ReasonAlone { reason, note } = json::read(&body)?;
    let id = named(&id)?;
    let told = Told::by(caller.key, Surroundings { note, ..Surroundings::default() });
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let whom = [Recipient::Contact(id)];
        let added = suppress::add(&web.app, tx, &caller.tenant, &whom, reason, &told).await?;
        added.map_err(|_nobody| no_such_contact())?;
        person(&web, tx, &caller, id).await
    });
    Ok(answer.await?)
}

/// The person as they are now.
async fn person(web: &Web, tx: &mut Tx, caller: &Caller, id: ContactId) -> Result<Reply, Refusal> {
    let (app, tenant) = (&web.app, &caller.tenant);
    let (contact, consents) = edit::lock(app, tx, tenant, id).await?.ok_or_else(no_such_contact)?;
    let told = entered::known(app, tx, tenant.id, id).await?;
    once::reply(StatusCode::OK, &Person::of(app, tenant, &contact, &consents, &told), Some(id))
}
