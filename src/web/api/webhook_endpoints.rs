//! `/v1/webhook_endpoints`: where events are delivered. A secret is shown when it is new, and never again.

mod body;
mod declared;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::Serialize;

use self::body::{Change, New, Rotation};
pub use self::declared::{CHANGE, CREATE, DISABLE, ENABLE, GET, LIST, ROTATE, TEST};
pub(super) use self::declared::{ENDPOINT_ID, EVENT_ID, ID};
use super::{
    Shown,
    auth::{self, Caller},
    etag, json,
    list::Place,
    once::{self, Refusal},
    problem::{Problem, Wrong},
    route, settled,
};
use crate::{
    app::{
        App,
        endpoints::{self, EndpointError, Wish},
        once::Reply,
    },
    domain::{
        Timestamp, catalog,
        id::{EndpointId, EventId},
        setup::EventPattern,
        time::HOUR,
    },
    store::Tx,
    web::{Web, error::Fault, extract::FORM_LIMIT},
};

/// An endpoint as the API shows it.
#[derive(Serialize)]
struct Endpoint<'a> {
    object: &'static str,
    id: Shown<EndpointId>,
    url: &'a str,
    events: Vec<&'a str>,
    addresses: bool,
    state: &'static str,
    disabled_at: Option<String>,
    disabled_reason: Option<&'a str>,
    failing_since: Option<String>,
    previous_secret_until: Option<String>,
    public_key: String,
    created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl<'a> Endpoint<'a> {
    fn of(app: &App, endpoint: &'a catalog::Endpoint) -> Self {
        let catalog::Endpoint {
            id,
            tenant: _,
            url,
            events,
            addresses,
            generation: _,
            previous_until,
            disabled_at,
            disabled_reason,
            failing_since,
            failed_at: _,
            alerted_at: _,
            created_at,
        } = endpoint;
        let now = app.now();
        Self {
            object: "webhook_endpoint",
            id: Shown(*id),
            url,
            events: events.iter().map(EventPattern::as_str).collect(),
            addresses: *addresses,
            state: if disabled_at.is_none() { "enabled" } else { "disabled" },
            disabled_at: disabled_at.map(Timestamp::rfc3339),
            disabled_reason: disabled_reason.as_deref(),
            failing_since: failing_since.map(Timestamp::rfc3339),
            previous_secret_until: previous_until.filter(|it| now < *it).map(Timestamp::rfc3339),
            public_key: endpoints::shown(app, endpoint).public_key,
            created_at: created_at.rfc3339(),
            secret: None,
        }
    }

    /// What this answers, and its tag: how the endpoint fares and when its secret before ends are no change of it.
    fn tagged(app: &App, endpoint: &'a catalog::Endpoint) -> Result<(Reply, String), Refusal> {
        let shown = Self::of(app, endpoint);
        let reply = once::reply(StatusCode::OK, &shown, None)?;
        let Self { url, events, addresses, disabled_at, disabled_reason, .. } = &shown;
        let settings = (url, events, addresses, endpoint.generation, disabled_at, disabled_reason);
        let tag = etag::of_settings(&settings, reply.body.as_bytes())?;
        Ok((reply, tag))
    }

    /// The same with its newest secret.
    fn with_secret(app: &App, endpoint: &'a catalog::Endpoint) -> Self {
        Self { secret: Some(endpoints::shown(app, endpoint).secret), ..Self::of(app, endpoint) }
    }
}

#[derive(Serialize)]
struct Tested {
    object: &'static str,
    endpoint: Shown<EndpointId>,
    event: Shown<EventId>,
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = endpoints::list(&web.app, caller.tenant.id).await.map_err(Fault::App)?;
    let next = found.iter().filter(|it| it.id.to_string() > place.after).take(place.limit + 1);
    let data: Vec<Endpoint<'_>> = next.map(|it| Endpoint::of(&web.app, it)).collect();
    Ok(place.answer(&web, &caller, data, |it| it.id.0.to_string())?)
}

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document: 409 when the address is taken or there are too many, 422 when events may not go there.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let New { url, events, addresses } = json::read(&body)?;
    let (app, tenant) = (&web.app, caller.tenant.id);
    let url = checked(app, &url);
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let wish = Wish { url: url?, events: &events, addresses };
        let made = endpoints::create(app, tx, tenant, wish).await.map_err(refused)?;
        let mut reply = once::reply(StatusCode::CREATED, &Endpoint::with_secret(app, &made), None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/webhook_endpoints/{}", made.id)));
        Ok::<_, Refusal>(reply)
    });
    settled(&web, answer.await).await
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let found = endpoints::find(&web.app, tenant.id, named(&id)?).await.map_err(refused)?;
    let (shown, tag) = Endpoint::tagged(&web.app, &found)?;
    Ok(etag::answer_tagged(&request, shown, tag))
}

/// Answers [`CHANGE`].
///
/// # Errors
/// A problem document; 404, 409, 412, 422 and 428 besides the usual.
pub async fn change(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CHANGE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Change { url, events, addresses } = json::read(&body)?;
    let (app, tenant, id) = (&web.app, caller.tenant.id, named(&id)?);
    let url = url.map(|it| checked(app, &it)).transpose();
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let url = url?;
        let known = endpoints::lock(tx, tenant, id).await.map_err(refused)?;
        etag::hold(&request, &Endpoint::tagged(app, &known)?.1)?;
        let wish = Wish {
            url: url.unwrap_or_else(|| known.url.clone()),
            events: events.as_ref().unwrap_or(&known.events),
            addresses: addresses.unwrap_or(known.addresses),
        };
        let changed = endpoints::change(app, tx, &known, wish).await.map_err(refused)?;
        let (mut reply, tag) = Endpoint::tagged(app, &changed)?;
        reply.headers.push(("etag".to_owned(), tag));
        Ok::<_, Refusal>(reply)
    });
    settled(&web, answer.await).await
}

/// Answers [`DISABLE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint.
pub async fn disable(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let app = web.app.clone();
    act(&request, &web, &DISABLE, &id, async |tx, known| {
        let disabled = endpoints::disable(&app, tx, known).await?;
        once::reply(StatusCode::OK, &Endpoint::of(&app, &disabled), None)
    })
    .await
}

/// Answers [`ENABLE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint.
pub async fn enable(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let app = web.app.clone();
    act(&request, &web, &ENABLE, &id, async |tx, known| {
        let enabled = endpoints::enable(&app, tx, known).await?;
        once::reply(StatusCode::OK, &Endpoint::of(&app, &enabled), None)
    })
    .await
}

/// Answers [`TEST`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint.
pub async fn test(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let app = web.app.clone();
    act(&request, &web, &TEST, &id, async |tx, known| {
        let event = Shown(endpoints::ping(&app, tx, known).await?);
        let tested = Tested { object: "webhook_test", endpoint: Shown(known.id), event };
        once::reply(StatusCode::OK, &tested, None)
    })
    .await
}

/// Answers [`ROTATE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint.
pub async fn rotate(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &ROTATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Rotation { overlap_hours } = json::read(&body)?;
    let overlap = overlap_hours.map_or(endpoints::OVERLAP, |it| it.saturating_mul(HOUR));
    let (app, id) = (&web.app, named(&id)?);
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let known = endpoints::lock(tx, caller.tenant.id, id).await.map_err(refused)?;
        let rotated = endpoints::rotate(app, tx, &known, overlap).await.map_err(refused)?;
        once::reply(StatusCode::OK, &Endpoint::with_secret(app, &rotated), None)
    });
    settled(&web, answer.await).await
}

/// Does something to an endpoint that needs no body.
async fn act(
    request: &HttpRequest,
    web: &Web,
    declared: &route::Endpoint,
    id: &str,
    act: impl AsyncFnOnce(&mut Tx, &catalog::Endpoint) -> Result<Reply, Refusal>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(web, request, declared).await?;
    let id = named(id)?;
    let answer = once::act_once(web, request, &caller, &[], async |tx| {
        let known = endpoints::lock(tx, caller.tenant.id, id).await.map_err(refused)?;
        act(tx, &known).await
    });
    settled(web, answer.await).await
}

/// The endpoint a path names.
///
/// # Errors
/// 404 when the text is no id of ours: there is none of that name either.
pub(super) fn named(id: &str) -> Result<EndpointId, Problem> {
    id.parse().map_err(|_not_an_id| no_such_endpoint())
}

fn no_such_endpoint() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such webhook endpoint.")
}

/// An address that events may go to.
fn checked(app: &App, url: &str) -> Result<String, Problem> {
    endpoints::checked_url(app, url).map_err(|why| Problem::wrong(vec![Wrong::at("/url", why.to_string())]))
}

pub(super) fn refused(error: EndpointError) -> Refusal {
    let detail = match error {
        EndpointError::Rotating(until) => {
            let detail = format!(
                "The secret before this one still signs until {}. Wait until then, or end all older ones at once with \
                 `overlap_hours`: 0. Nothing was changed.",
                until.rfc3339()
            );
            return Problem::new(StatusCode::CONFLICT, &detail).into();
        }
        EndpointError::App(error) => return error.into(),
        EndpointError::NoSuchEndpoint => return no_such_endpoint().into(),
        EndpointError::Taken => {
            "Another endpoint has this address. Give it all the events you want there. Nothing was changed."
        }
        EndpointError::TooMany => "There are 100 webhook endpoints already. Change one of them.",
    };
    Problem::new(StatusCode::CONFLICT, detail).into()
}

#[cfg(test)]
mod tests;
