//! `/v1/purposes`: what people may consent to, and in which words. A purpose is made, changed, worded anew and retired;
//! its words never change once they are published.

mod declared;

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::Serialize;

pub use self::declared::{CHANGE, CREATE, GET, LIST, PUBLISH, RESTORE, RETIRE};
pub(super) use self::declared::{FREQUENCY, PURPOSE_IN_PATH, WORDING, WORDING_ID};
use super::{
    Shown,
    auth::{self, Caller},
    document::{self, DOCUMENT_MAX, sentence},
    etag, json,
    list::Place,
    once::{self, Refusal},
    problem::Problem,
    route::Endpoint,
    settled,
};
use crate::{
    app::{
        once::Reply,
        purposes::{self, PurposeError, Settled},
    },
    domain::{
        Timestamp,
        catalog::{self, Tenant},
        id::{PurposeId, WordingId},
        purpose,
    },
    store::Tx,
    web::{Web, error::Fault},
};

#[derive(Serialize)]
struct Purpose<'a> {
    object: &'static str,
    id: Shown<PurposeId>,
    slug: &'a str,
    frequency: &'static str,
    retention_days: Option<u32>,
    retired_at: Option<String>,
    wordings: BTreeMap<&'static str, Wording<'a>>,
}

#[derive(Serialize)]
struct Wording<'a> {
    id: Shown<WordingId>,
    version: i64,
    name: &'a str,
    text: &'a str,
    sha256: &'a str,
}

impl<'a> Purpose<'a> {
    fn of(purpose: &'a catalog::Purpose) -> Self {
        let wordings = purpose.wordings.iter().map(|(locale, it)| (locale.tag(), Wording::of(it)));
        Self {
            object: "purpose",
            id: Shown(purpose.id),
            slug: &purpose.slug,
            frequency: purpose.frequency.as_str(),
            retention_days: purpose.retention_days,
            retired_at: purpose.retired_at.map(Timestamp::rfc3339),
            wordings: wordings.collect(),
        }
    }
}

impl<'a> Wording<'a> {
    fn of(wording: &'a catalog::Wording) -> Self {
        let catalog::Wording { id, locale: _, version, name, body, sha256 } = wording;
        Self { id: Shown(*id), version: *version, name, text: body, sha256 }
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let tenant = newest(&web, &caller).await?;
    let found = after(&tenant, &place);
    Ok(place.answer(&web, &caller, found, |it| it.slug.to_owned())?)
}

fn after<'a>(tenant: &'a Tenant, place: &Place) -> Vec<Purpose<'a>> {
    let mut found: Vec<&catalog::Purpose> =
        tenant.purposes.iter().filter(|it| it.slug > place.after).collect();
    found.sort_by(|left, right| left.slug.cmp(&right.slug));
    found.into_iter().take(place.limit + 1).map(Purpose::of).collect()
}

/// The caller's tenant as it is now, whoever changed it.
pub(super) async fn newest(web: &Web, caller: &Caller) -> Result<Arc<Tenant>, Fault> {
    web.app.refresh().await?;
    Ok(web.app.catalog().tenant(caller.tenant.id).map_or_else(|| Arc::clone(&caller.tenant), Arc::clone))
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose.
pub async fn get(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let tenant = newest(&web, &caller).await?;
    let Some(purpose) = tenant.purpose_named(&slug) else {
        return Err(refused(PurposeError::NoSuchPurpose).into());
    };
    Ok(etag::answer(&request, &Purpose::of(purpose))?)
}

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document: 409 when the name is taken or there are too many, 422 with all that is wrong.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let document = document::read(&body)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let made = purposes::create(&web.app, tx, caller.tenant.id, &document).await.map_err(refused)?;
        let mut reply = once::reply(StatusCode::CREATED, &Purpose::of(&made.purpose), None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/purposes/{}", made.purpose.slug)));
        Ok::<_, Refusal>(reply)
    });
    settled(&web, answer.await).await
}

/// Answers [`CHANGE`].
///
/// # Errors
/// A problem document; 404, 412 and 428 besides the usual.
pub async fn change(
    request: HttpRequest,
    slug: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CHANGE).await?;
    let body = json::body(&request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let change = purpose::read_change(&document::read(&body)?).map_err(document::wrong)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let held = purposes::hold(tx, caller.tenant.id, &slug).await.map_err(refused)?;
        let before = Purpose::of(held.purpose().map_err(refused)?);
        etag::hold(&request, &etag::when_read(&before)?)?;
        let changed = purposes::change(&web.app, tx, &held, change).await.map_err(refused)?;
        Ok::<_, Refusal>(once::tagged(once::reply(StatusCode::OK, &Purpose::of(&changed.purpose), None)?))
    });
    settled(&web, answer.await).await
}

/// Answers [`PUBLISH`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose, 422 with all that is wrong.
pub async fn publish(
    request: HttpRequest,
    slug: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &PUBLISH).await?;
    let body = json::body(&request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let texts = document::read(&body)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let held = purposes::hold(tx, caller.tenant.id, &slug).await.map_err(refused)?;
        let done = purposes::publish(&web.app, tx, &held, &texts).await.map_err(refused)?;
        once::reply(StatusCode::OK, &Publication::of(&done), None)
    });
    settled(&web, answer.await).await
}

/// Answers [`RETIRE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose.
pub async fn retire(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    offer(&request, &slug, &web, &RETIRE, true).await
}

/// Answers [`RESTORE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose.
pub async fn restore(
    request: HttpRequest,
    slug: Path<String>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    offer(&request, &slug, &web, &RESTORE, false).await
}

async fn offer(
    request: &HttpRequest,
    slug: &str,
    web: &Web,
    endpoint: &Endpoint,
    retired: bool,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(web, request, endpoint).await?;
    let answer = once::act_once(web, request, &caller, &[], async |tx: &mut Tx| -> Result<Reply, Refusal> {
        let held = purposes::hold(tx, caller.tenant.id, slug).await.map_err(refused)?;
        let done = purposes::retire(&web.app, tx, &held, retired).await.map_err(refused)?;
        once::reply(StatusCode::OK, &Purpose::of(&done.purpose), None)
    });
    settled(web, answer.await).await
}

/// What publishing led to.
#[derive(Serialize)]
struct Publication<'a> {
    object: &'static str,
    purpose: Purpose<'a>,
    published: BTreeMap<&'static str, Wording<'a>>,
    forms: Vec<Renewed<'a>>,
    notice: i64,
}

#[derive(Serialize)]
struct Renewed<'a> {
    slug: &'a str,
    version: i64,
}

impl<'a> Publication<'a> {
    fn of(settled: &'a Settled) -> Self {
        let Settled { purpose, published, forms, notice } = settled;
        Self {
            object: "purpose_publication",
            purpose: Purpose::of(purpose),
            published: published.iter().map(|it| (it.locale.tag(), Wording::of(it))).collect(),
            forms: forms.iter().map(|(slug, version)| Renewed { slug, version: *version }).collect(),
            notice: *notice,
        }
    }
}

/// A use case's refusal in the words of the API.
pub(super) fn refused(error: PurposeError) -> Refusal {
    let problem = match error {
        PurposeError::App(error) => return error.into(),
        PurposeError::NoSuchPurpose => Problem::new(StatusCode::NOT_FOUND, "There is no such purpose."),
        PurposeError::Exists | PurposeError::TooMany => {
            Problem::new(StatusCode::CONFLICT, &sentence(&error.to_string()))
        }
        PurposeError::Wrong(mistakes) => document::wrong(mistakes),
    };
    problem.into()
}

#[cfg(test)]
mod tests;
