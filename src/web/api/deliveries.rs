//! `/v1/webhook_endpoints/{endpoint}/deliveries`: what became of each message, and sending it again; `:replay` for
//! everything of a span of time.

mod declared;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::{Serialize, de::MapAccess};

pub use self::declared::{GET, LIST, REPLAY, REPLAY_ONE};
use super::{
    Shown, auth,
    jobs::Job,
    json::{self, Notes, Object, Value},
    list::Place,
    once::{self, Refusal},
    problem::{Problem, Wrong},
    schema::Record,
    webhook_endpoints::{named, refused},
};
use crate::{
    app::{
        endpoints,
        replay::{self, Detail},
    },
    domain::{
        Timestamp,
        id::{DeliveryId, EndpointId, EventId},
    },
    store::delivery_log::{Logged, Tried},
    web::{Web, error::Fault, extract::FORM_LIMIT},
};

/// A delivery as the API shows it.
#[derive(Serialize)]
struct Delivery<'a> {
    object: &'static str,
    id: Shown<DeliveryId>,
    endpoint: Shown<EndpointId>,
    event: Shown<EventId>,
    #[serde(rename = "type")]
    kind: Option<&'a str>,
    state: &'a str,
    attempts: i64,
    last_attempt_at: Option<String>,
    last_status: Option<i64>,
    next_attempt_at: Option<String>,
    created_at: String,
    ended_at: Option<String>,
}

/// The same with everything.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    delivery: Delivery<'a>,
    log: Vec<Attempt<'a>>,
    message: Option<&'a serde_json::Value>,
}

#[derive(Serialize)]
struct Attempt<'a> {
    number: i64,
    at: String,
    ms: i64,
    status: Option<i64>,
    answer: Option<&'a str>,
    error: Option<&'a str>,
}

impl<'a> Delivery<'a> {
    fn of(endpoint: EndpointId, logged: &'a Logged) -> Self {
        let Logged { id, event, kind, state, due_at, attempts, created_at, ended_at, last } = logged;
        let waits = ended_at.is_none();
        Self {
            object: "webhook_delivery",
            id: Shown(*id),
            endpoint: Shown(endpoint),
            event: Shown(*event),
            kind: kind.as_deref(),
            state,
            attempts: *attempts,
            last_attempt_at: last.map(|it| it.0.rfc3339()),
            last_status: last.and_then(|it| it.1),
            next_attempt_at: waits.then(|| due_at.rfc3339()),
            created_at: created_at.rfc3339(),
            ended_at: ended_at.map(Timestamp::rfc3339),
        }
    }
}

impl<'a> Whole<'a> {
    fn of(endpoint: EndpointId, detail: &'a Detail) -> Self {
        let Detail { logged, tried, message } = detail;
        Self {
            delivery: Delivery::of(endpoint, logged),
            log: tried.iter().map(Attempt::of).collect(),
            message: message.as_ref(),
        }
    }
}

impl<'a> Attempt<'a> {
    fn of(tried: &'a Tried) -> Self {
        let Tried { number, at, ms, status, note } = tried;
        let (answer, error) = if status.is_some() { (Some(note), None) } else { (None, Some(note)) };
        Self {
            number: *number,
            at: at.rfc3339(),
            ms: *ms,
            status: *status,
            answer: answer.map(String::as_str),
            error: error.map(String::as_str),
        }
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint.
pub async fn list(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &["state"])?;
    let endpoint = endpoints::find(&web.app, caller.tenant.id, named(&id)?).await.map_err(refused)?;
    let found = replay::list(&web.app, &endpoint, &place.after, query.text("state"), place.one_more()).await;
    let found = found.map_err(Fault::App)?;
    let data = found.iter().map(|it| Delivery::of(endpoint.id, it)).collect();
    Ok(place.answer(&web, &caller, data, |it: &Delivery<'_>| it.event.0.to_string())?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint or delivery.
pub async fn get(
    request: HttpRequest,
    path: Path<(String, String)>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let (endpoint, id) = path.into_inner();
    let endpoint = endpoints::find(&web.app, caller.tenant.id, named(&endpoint)?).await.map_err(refused)?;
    let found = replay::find(&web.app, &endpoint, delivery(&id)?).await.map_err(Fault::App)?;
    let found = found.ok_or_else(no_such_delivery)?;
    Ok(super::answer(&Whole::of(endpoint.id, &found), 4_096)?)
}

/// Answers [`REPLAY_ONE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint or delivery.
pub async fn replay_one(
    request: HttpRequest,
    path: Path<(String, String)>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &REPLAY_ONE).await?;
    let (endpoint, id) = path.into_inner();
    let (endpoint, id) = (named(&endpoint)?, delivery(&id)?);
    let app = &web.app;
    let endpoint = endpoints::find(app, caller.tenant.id, endpoint).await.map_err(refused)?;
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        let sent = replay::one(app, tx, &endpoint, id).await?.ok_or_else(no_such_delivery)?;
        once::reply(StatusCode::OK, &Whole::of(endpoint.id, &sent), None)
    });
    let answer = answer.await?;
    app.wake.deliveries.notify_one();
    Ok(answer)
}

/// Answers [`REPLAY`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such endpoint, 422 when the span of time is none.
pub async fn replay(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &REPLAY).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Span { since, until, delivered } = json::read(&body)?;
    let app = &web.app;
    over(since, until, app.now())?;
    let endpoint = endpoints::find(app, caller.tenant.id, named(&id)?).await.map_err(refused)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let until = until.unwrap_or_else(|| app.now());
        let begun = replay::range(app, tx, &endpoint, since.unwrap_or(until), until, delivered).await?;
        let shown = Job::of(&begun).ok_or_else(super::not_written)?;
        let mut reply = once::reply(StatusCode::CREATED, &shown, None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/jobs/{}", begun.id)));
        Ok::<_, Refusal>(reply)
    });
    let answer = answer.await?;
    app.wake.jobs.notify_one();
    Ok(answer)
}

/// The body of [`REPLAY`].
#[derive(Default)]
struct Span {
    since: Option<Timestamp>,
    until: Option<Timestamp>,
    delivered: bool,
}

impl<'de> Object<'de> for Span {
    const RECORD: &'static Record = &declared::SPAN;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.since = value.instant()?,
            1 => self.until = value.instant()?,
            _ => self.delivered = value.word()?.is_some_and(|it| it == "all"),
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        if matches!((self.since, self.until), (Some(since), Some(until)) if until <= since) {
            notes.wrong_at("until", "must be later than since");
        }
    }
}

/// Holds a span of time to be over.
fn over(since: Option<Timestamp>, until: Option<Timestamp>, now: Timestamp) -> Result<(), Problem> {
    let (name, detail) = if since.is_some_and(|it| it >= now) {
        ("since", "must be earlier than now")
    } else if until.is_some_and(|it| it > now) {
        ("until", "must not be later than now; leave it out to mean now")
    } else {
        return Ok(());
    };
    Err(Problem::wrong(vec![Wrong {
        pointer: Some(format!("/{name}")),
        parameter: None,
        detail: format!("{detail}, which is {} here", now.rfc3339()),
    }]))
}

/// The delivery a path names.
fn delivery(id: &str) -> Result<DeliveryId, Problem> {
    id.parse().map_err(|_not_an_id| no_such_delivery())
}

fn no_such_delivery() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such delivery to this endpoint, or not any more.")
}
