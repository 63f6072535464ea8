//! `/v1/forms`: forms as data. A draft is changed with PATCH and published with `:publish`; a published version never
//! changes again.

mod answer;
mod declared;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde_json::{Value, json};

use self::answer::{standing, version_text};
pub use self::declared::{CHANGE, CREATE, DIFF, GET, LIST, PUBLISH, SLUG_IN_PATH, VERSION, VERSIONS};
use super::{
    auth::{self, Caller},
    document::{self, DOCUMENT_MAX, number, sentence},
    etag, json,
    list::Place,
    once::{self, Refusal},
    problem::{Problem, Wrong},
    query::Query,
};
use crate::{
    app::forms::{self, FormError, Side},
    web::{Web, error::Fault},
};

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = forms::list(&web.app, caller.tenant.id).await.map_err(Fault::App)?;
    let next = found.iter().filter(|it| it.slug > place.after).take(place.limit + 1);
    let data: Vec<Value> = next.map(|it| standing(&web.app, it)).collect();
    Ok(place.answer(&web, &caller, data, |it| key_of(it, "slug"))?)
}

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document: 409 when the name is taken, 422 with all that is wrong.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let form = document::read(&body)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let made = forms::create(&web.app, tx, caller.tenant.id, &form).await.map_err(refused)?;
        let mut reply = once::reply(StatusCode::CREATED, &standing(&web.app, &made), None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/forms/{}", made.slug)));
        Ok::<_, Refusal>(reply)
    });
    Ok(answer.await?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such form.
pub async fn get(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let found = forms::find(&web.app, caller.tenant.id, &slug).await.map_err(refused)?;
    Ok(etag::answer(&request, &standing(&web.app, &found))?)
}

/// Answers [`DIFF`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such form, version or draft.
pub async fn diff(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, query) = auth::enter(&web, &request, &DIFF).await?;
    let (from, to) = sides(&query)?;
    let before = forms::body(&web.app, tenant.id, &slug, from).await.map_err(refused)?;
    let after = forms::body(&web.app, tenant.id, &slug, to).await.map_err(refused)?;
    let changes: Vec<Value> = forms::differences(&before, &after)
        .into_iter()
        .map(|it| json!({ "place": it.place, "from": it.from, "to": it.to }))
        .collect();
    let answer = json!({
        "object": "form_diff", "slug": *slug, "from": side_word(from), "to": side_word(to), "changes": changes,
    });
    Ok(super::answer(&answer, 2_048)?)
}

/// Answers [`CHANGE`].
///
/// # Errors
/// A problem document: 404 when the tenant has no such form, 412 and 428 when the caller has not seen it as it is, 422
/// with all that is wrong.
pub async fn change(
    request: HttpRequest,
    slug: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CHANGE).await?;
    let body = json::body(&request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let changes = document::read(&body)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let tenant = caller.tenant.id;
        let before = forms::lock(tx, tenant, &slug).await.map_err(refused)?;
        let before = once::reply(StatusCode::OK, &standing(&web.app, &before), None)?;
        etag::hold(&request, &etag::of(before.body.as_bytes()))?;
        let changed = forms::change(&web.app, tx, tenant, &slug, &changes).await.map_err(refused)?;
        Ok::<_, Refusal>(once::tagged(once::reply(StatusCode::OK, &standing(&web.app, &changed), None)?))
    });
    Ok(answer.await?)
}

/// Answers [`PUBLISH`].
///
/// # Errors
/// A problem document: 404 when the tenant has no such form, 409 when another version was published since the draft
/// began, 422 with all that keeps it from being published.
pub async fn publish(
    request: HttpRequest,
    slug: Path<String>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &PUBLISH).await?;
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        let published = forms::publish(&web.app, tx, caller.tenant.id, &slug).await.map_err(refused)?;
        let mut answer = standing(&web.app, &published.standing);
        if let Value::Object(answer) = &mut answer {
            answer.insert("is_new_version".to_owned(), json!(published.is_new));
        }
        once::reply(StatusCode::OK, &answer, None)
    });
    super::settled(&web, answer.await).await
}

/// Answers [`VERSIONS`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such form.
pub async fn versions(
    request: HttpRequest,
    slug: Path<String>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &VERSIONS).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = forms::versions(&web.app, caller.tenant.id, &slug).await.map_err(refused)?;
    let after = place.after.parse().unwrap_or(i64::MAX);
    let next = found.iter().filter(|it| it.version < after).take(place.limit + 1);
    let data: Vec<Value> = next.map(|it| version_text(it, false)).collect();
    Ok(place.answer(&web, &caller, data, |it| key_of(it, "version"))?)
}

/// Answers [`VERSION`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such version.
pub async fn version(
    request: HttpRequest,
    path: Path<(String, String)>,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &VERSION).await?;
    let (slug, version) = path.into_inner();
    let number = number(&version).ok_or(FormError::NoSuchForm).map_err(refused)?;
    let found = forms::version(&web.app, caller.tenant.id, &slug, number).await.map_err(refused)?;
    Ok(super::answer(&version_text(&found, true), 4_096)?)
}

/// What an item of a list is ordered by.
fn key_of(item: &Value, member: &str) -> String {
    match item.get(member) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The two sides of a comparison: a version each, or `draft`.
fn sides(query: &Query<'_>) -> Result<(Side, Side), Problem> {
    let mut wrong = Vec::new();
    let mut side = |name: &str| {
        let given = query.text(name).unwrap_or_default();
        let read = if given == "draft" { Some(Side::Draft) } else { number(given).map(Side::Version) };
        if read.is_none() {
            wrong.push(Wrong::parameter(name, "write a version like 1, or draft"));
        }
        read
    };
    match (side("from"), side("to")) {
        (Some(from), Some(to)) => Ok((from, to)),
        (Some(_) | None, Some(_) | None) => Err(Problem::wrong(wrong)),
    }
}

fn side_word(side: Side) -> Value {
    match side {
        Side::Version(number) => json!(number),
        Side::Draft => json!("draft"),
    }
}

fn refused(error: FormError) -> Refusal {
    let problem = match error {
        FormError::App(error) => return error.into(),
        FormError::NoSuchForm => Problem::new(StatusCode::NOT_FOUND, "There is no such form."),
        FormError::Exists | FormError::Taken | FormError::TooMany | FormError::Stale { .. } => {
            Problem::new(StatusCode::CONFLICT, &sentence(&error.to_string()))
        }
        FormError::Wrong(mistakes) => document::wrong(mistakes),
        FormError::Lacks(ref lacks) => document::lacking(&error, lacks),
    };
    problem.into()
}

#[cfg(test)]
mod tests;
