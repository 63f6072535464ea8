//! `/v1/signups`: what people asked for, on forms or at a system of the tenant's, and asking them to confirm. No call
//! here confirms anything.

mod asked;
mod declared;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
    web::{Data, Path, Payload},
};
use serde::Serialize;

pub use self::declared::{CANCEL, CREATE, GET, LIST, RESEND};
pub(super) use self::{
    asked::{Asked, Checked, check},
    declared::{ASKED, NOTE, PURPOSES_MAX, SIGNUP_ID},
};
use super::{
    Shown,
    auth::{self, Caller},
    json,
    list::Place,
    once::{self, Refusal},
    problem::{Problem, Wrong},
};
use crate::{
    app::{
        App,
        server_signup::{self, Hindered, Standing},
        told::{Surroundings, Told},
    },
    domain::{
        Timestamp,
        catalog::Tenant,
        id::{ContactId, PurposeId, RequestId},
        time::SECOND,
    },
    store::request::Request,
    web::{Web, error::Fault, extract::SIGNUP_LIMIT},
};

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document; 409, 422 and 429 besides the usual.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), SIGNUP_LIMIT).await?;
    let checked = read(&web, &caller, &body).await?;
    let app = &web.app;
    let mut held_back = None;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let checked = checked?;
        let signup = server_signup::ask(app, tx, &checked.tenant, &checked.asked()).await?;
        let signup = signup.map_err(|it| refused(it, &mut held_back))?;
        let made = server_signup::find_in(app, tx, &checked.tenant, signup.id).await?;
        let (made, standing) = made.ok_or_else(no_such_signup)?;
        let mut shown = Signup::of(app, &checked.tenant, &made, standing);
        shown.already_confirmed = Some(slugs(&checked.tenant, &signup.confirmed_before));
        created(&shown, signup.contact)
    });
    with_wait(answer.await, held_back)
}

/// Reads a body, and checks it against what another process may have set up a moment ago, too. What the check refuses
/// is for the act to say: a retry has the answer that was kept, whatever is set up since.
pub(super) async fn read(web: &Web, caller: &Caller, body: &[u8]) -> Result<Result<Checked, Problem>, Error> {
    let asked = |body| json::read::<Asked<'_>>(body);
    let checked = check(&web.app, &caller.tenant, caller.key, asked(body)?);
    if checked.is_ok() {
        return Ok(checked);
    }
    web.app.refresh().await.map_err(Fault::App)?;
    let catalog = web.app.catalog();
    let tenant = catalog.tenant(caller.tenant.id).unwrap_or(&caller.tenant);
    Ok(check(&web.app, tenant, caller.key, asked(body)?))
}

fn created(shown: &Signup<'_>, about: Option<ContactId>) -> Result<once::Reply, Refusal> {
    let mut reply = once::reply(StatusCode::CREATED, shown, about)?;
    reply.headers.push(("location".to_owned(), format!("/v1/signups/{}", shown.id.0)));
    Ok(reply)
}

/// The answer of an act, with when to come back if it was held back.
pub(super) fn with_wait(
    answer: Result<HttpResponse, Refusal>,
    held_back: Option<i64>,
) -> Result<HttpResponse, Error> {
    match (answer, held_back) {
        (Err(Refusal::Problem(problem)), Some(millis)) => {
            let mut answer = HttpResponse::from(problem);
            if let Ok(seconds) = HeaderValue::from_str(&seconds(millis).to_string()) {
                answer.headers_mut().insert(RETRY_AFTER, seconds);
            }
            Ok(answer)
        }
        (answer, _) => Ok(answer?),
    }
}

const fn seconds(millis: i64) -> i64 {
    (millis + SECOND - 1) / SECOND
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &["contact"])?;
    let contact: Option<ContactId> = match query.text("contact").map(str::parse) {
        None => None,
        Some(Ok(contact)) => Some(contact),
        Some(Err(_not_an_id)) => {
            return Err(Problem::wrong(vec![Wrong::parameter("contact", "is no id of ours")]).into());
        }
    };
    let tenant = &caller.tenant;
    let found = server_signup::page(&web.app, tenant, contact, &place.after, place.one_more());
    let found = found.await.map_err(Fault::App)?;
    let data = found.iter().map(|(request, standing)| Signup::of(&web.app, tenant, request, *standing));
    Ok(place.answer(&web, &caller, data.collect(), |it: &Signup<'_>| it.id.0.to_string())?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when there is no such signup.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let found = server_signup::find(&web.app, &tenant, named(&id)?).await.map_err(Fault::App)?;
    let (found, standing) = found.ok_or_else(no_such_signup)?;
    Ok(super::answer(&Signup::of(&web.app, &tenant, &found, standing), 512)?)
}

/// Answers [`RESEND`].
///
/// # Errors
/// A problem document; 404 and 409 besides the usual.
pub async fn resend(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &RESEND).await?;
    let (app, tenant, id) = (&web.app, &caller.tenant, named(&id)?);
    let told = Told::by(caller.key, Surroundings::default());
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        let next = server_signup::resend(app, tx, tenant, id, &told).await?;
        let next = next.map_err(|it| refused(it, &mut None))?;
        let (made, standing) =
            server_signup::find_in(app, tx, tenant, next).await?.ok_or_else(no_such_signup)?;
        created(&Signup::of(app, tenant, &made, standing), made.contact)
    });
    Ok(answer.await?)
}

/// Answers [`CANCEL`].
///
/// # Errors
/// A problem document; 404 and 409 besides the usual.
pub async fn cancel(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CANCEL).await?;
    let (app, tenant, id) = (&web.app, &caller.tenant, named(&id)?);
    let told = Told::by(caller.key, Surroundings::default());
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        let done = server_signup::cancel(app, tx, tenant, id, &told).await?;
        done.map_err(|it| refused(it, &mut None))?;
        let (now, standing) =
            server_signup::find_in(app, tx, tenant, id).await?.ok_or_else(no_such_signup)?;
        once::reply(StatusCode::OK, &Signup::of(app, tenant, &now, standing), now.contact)
    });
    Ok(answer.await?)
}

fn no_such_signup() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such signup.")
}

fn named(id: &str) -> Result<RequestId, Problem> {
    id.parse().map_err(|_not_an_id| no_such_signup())
}

/// What is told of a signup that was not taken; when to come back is left in `held_back`.
pub(super) fn refused(why: Hindered, held_back: &mut Option<i64>) -> Problem {
    let conflict = |detail: &str| Problem::new(StatusCode::CONFLICT, detail);
    match why {
        Hindered::Unknown => no_such_signup(),
        Hindered::TooFast(millis) => {
            *held_back = Some(millis);
            let detail = format!(
                "Too many signups from this network, of this form or of this mail domain. Nothing was changed. Try \
                 again in {} s.",
                seconds(millis)
            );
            Problem::new(StatusCode::TOO_MANY_REQUESTS, &detail)
        }
        Hindered::NeedsGuardian => conflict(
            "A guardian must agree for this person: name a form that asks for one. Nothing was changed.",
        ),
        Hindered::Taken => conflict(
            "Another contact has this external_id, or this contact has another one. Nothing was changed.",
        ),
        Hindered::NoMail => conflict(
            "No mail may go to this address now. What was mailed before goes on working. Nothing was changed.",
        ),
        Hindered::Over(standing) => {
            let word = standing.word();
            conflict(&format!("This signup is `{word}`: it waits for nothing any more. Nothing was changed."))
        }
    }
}

/// A signup as the API shows it.
#[derive(Serialize)]
struct Signup<'a> {
    object: &'static str,
    id: Shown<RequestId>,
    state: &'static str,
    contact: Option<Shown<ContactId>>,
    form: Option<String>,
    purposes: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    already_confirmed: Option<Vec<&'a str>>,
    locale: &'static str,
    created_at: String,
    expires_at: String,
    mailed_at: Option<String>,
    receipt: Option<&'a str>,
}

impl<'a> Signup<'a> {
    fn of(app: &App, tenant: &'a Tenant, request: &'a Request, standing: Standing) -> Self {
        Self {
            object: "signup",
            id: Shown(request.id),
            state: standing.word(),
            contact: request.contact.map(Shown),
            form: request.form.and_then(|it| app.catalog().form(it).map(|it| it.slug.clone())),
            purposes: slugs(tenant, &request.purposes),
            already_confirmed: None,
            locale: request.locale.tag(),
            created_at: request.created_at.rfc3339(),
            expires_at: request.facts.expires_at.rfc3339(),
            mailed_at: request.mailed_at.map(Timestamp::rfc3339),
            receipt: request.receipt.as_deref(),
        }
    }
}

/// The slugs of purposes, in the order asked.
pub(super) fn slugs<'a>(tenant: &'a Tenant, purposes: &[PurposeId]) -> Vec<&'a str> {
    purposes.iter().filter_map(|it| tenant.purpose(*it)).map(|it| it.slug.as_str()).collect()
}

#[cfg(test)]
mod tests;
