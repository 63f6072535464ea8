//! `/v1/forms`: forms as data. A draft is changed with PATCH and published with `:publish`; a published version never
//! changes again.

mod answer;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, LOCATION},
    },
    web::{Data, Payload},
};
use serde_json::{Value, json};

use self::answer::{standing, version_text};
use super::{
    auth::{self, Scope},
    json, plain_name,
    problem::{Problem, Wrong},
};
use crate::{
    app::forms::{self, FormError, Side},
    domain::tree::Tree,
    store,
    web::{Web, error::Fault},
};

/// The largest form as a document, in bytes: its texts stand in every language.
const DOCUMENT_MAX: usize = 256 * 1024;

/// `GET /v1/forms`
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsRead).await?;
    let found = forms::list(&web.app, tenant.id).await.map_err(Fault::App)?;
    let data: Vec<Value> = found.iter().map(|it| standing(&web.app, &tenant, it)).collect();
    Ok(super::answer(&json!({ "object": "list", "data": data }), 4_096)?)
}

/// `POST /v1/forms`: begins a form as a draft.
///
/// # Errors
/// A problem document: 409 when the name is taken, 422 with all that is wrong.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsWrite).await?;
    let document = document(&request, payload).await?;
    let made = forms::create(&web.app, tenant.id, &document).await.map_err(refused)?;
    let mut answer = super::answer(&standing(&web.app, &tenant, &made), 2_048)?;
    *answer.status_mut() = StatusCode::CREATED;
    if let Ok(place) = HeaderValue::from_str(&format!("/v1/forms/{}", made.slug)) {
        answer.headers_mut().insert(LOCATION, place);
    }
    Ok(answer)
}

/// `GET /v1/forms/{slug}`
///
/// # Errors
/// A problem document; 404 when the tenant has no such form.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsRead).await?;
    let slug = request.match_info().query("slug");
    let found = forms::find(&web.app, tenant.id, slug).await.map_err(refused)?;
    Ok(super::answer(&standing(&web.app, &tenant, &found), 2_048)?)
}

/// `GET /v1/forms/{slug}:diff?from=&to=`: what differs between two versions, or between one and the draft.
///
/// # Errors
/// A problem document; 404 when the tenant has no such form, version or draft.
pub async fn diff(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsRead).await?;
    let slug = request.match_info().query("slug");
    let (from, to) = sides(&request)?;
    let before = forms::body(&web.app, tenant.id, slug, from).await.map_err(refused)?;
    let after = forms::body(&web.app, tenant.id, slug, to).await.map_err(refused)?;
    let changes: Vec<Value> = forms::differences(&before, &after)
        .into_iter()
        .map(|it| json!({ "place": it.place, "from": it.from, "to": it.to }))
        .collect();
    let answer = json!({
        "object": "form_diff", "slug": slug, "from": side_word(from), "to": side_word(to), "changes": changes,
    });
    Ok(super::answer(&answer, 2_048)?)
}

/// `PATCH /v1/forms/{slug}`: changes the draft, or begins one with what is published.
///
/// # Errors
/// A problem document: 404 when the tenant has no such form, 422 with all that is wrong.
pub async fn change(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsWrite).await?;
    let changes = document(&request, payload).await?;
    let slug = request.match_info().query("slug");
    let changed = forms::change(&web.app, tenant.id, slug, &changes).await.map_err(refused)?;
    Ok(super::answer(&standing(&web.app, &tenant, &changed), 2_048)?)
}

/// `POST /v1/forms/{slug}:publish`: the draft becomes the next version. With nothing to publish, the answer says which
/// version stands.
///
/// # Errors
/// A problem document: 404 when the tenant has no such form, 409 when another version was published since the draft
/// began, 422 with all that keeps it from being published.
pub async fn publish(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsWrite).await?;
    let slug = request.match_info().query("slug");
    let published = forms::publish(&web.app, tenant.id, slug).await.map_err(refused)?;
    let catalog = web.app.catalog();
    let tenant = catalog.tenant(tenant.id).unwrap_or(&tenant);
    let mut answer = standing(&web.app, tenant, &published.standing);
    if let Value::Object(answer) = &mut answer {
        answer.insert("is_new_version".to_owned(), json!(published.is_new));
    }
    Ok(super::answer(&answer, 2_048)?)
}

/// `GET /v1/forms/{slug}/versions`
///
/// # Errors
/// A problem document; 404 when the tenant has no such form.
pub async fn versions(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsRead).await?;
    let slug = request.match_info().query("slug");
    let found = forms::versions(&web.app, tenant.id, slug).await.map_err(refused)?;
    let data: Vec<Value> = found.iter().map(|it| version_text(it, false)).collect();
    Ok(super::answer(&json!({ "object": "list", "data": data }), 2_048)?)
}

/// `GET /v1/forms/{slug}/versions/{number}`
///
/// # Errors
/// A problem document; 404 when the tenant has no such version.
pub async fn version(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsRead).await?;
    let slug = request.match_info().query("slug");
    let number =
        number(request.match_info().query("number")).ok_or(FormError::NoSuchForm).map_err(refused)?;
    let found = forms::version(&web.app, tenant.id, slug, number).await.map_err(refused)?;
    Ok(super::answer(&version_text(&found, true), 4_096)?)
}

/// A body said to be JSON, as it was written.
async fn document(request: &HttpRequest, payload: Payload) -> Result<Tree, Error> {
    let body = json::body(request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let read = std::str::from_utf8(&body).ok().and_then(store::json::read);
    let detail = "The body is not JSON as in RFC 8259.";
    Ok(read.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, detail))?)
}

/// A version as it is written: digits without zeros before them.
fn number(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|it| it.is_ascii_digit()) && !text.starts_with('0');
    if is_plain { text.parse().ok() } else { None }
}

/// The two sides of a comparison: a version each, or `draft`.
fn sides(request: &HttpRequest) -> Result<(Side, Side), Problem> {
    let (mut from, mut to, mut wrong) = (None, None, Vec::new());
    let mut note = |name: &str, detail: &str| {
        let parameter = Some(name.to_owned());
        wrong.push(Wrong { pointer: None, parameter, detail: detail.to_owned() });
    };
    for (name, value) in url::form_urlencoded::parse(request.query_string().as_bytes()) {
        let place = match name.as_ref() {
            "from" => &mut from,
            "to" => &mut to,
            other => {
                note(plain_name(other).unwrap_or("?"), "there is no such parameter; there are from and to");
                continue;
            }
        };
        if place.is_some() {
            note(&name, "is given twice");
        }
        *place = Some(if value == "draft" { Some(Side::Draft) } else { number(&value).map(Side::Version) });
    }
    let mut side = |name: &str, given: Option<Option<Side>>| {
        let given = given.flatten();
        if given.is_none() {
            note(name, "write a version like 1, or draft");
        }
        given
    };
    match (side("from", from), side("to", to)) {
        (Some(from), Some(to)) if wrong.is_empty() => Ok((from, to)),
        (Some(_) | None, Some(_) | None) => Err(Problem::wrong(wrong)),
    }
}

fn side_word(side: Side) -> Value {
    match side {
        Side::Version(number) => json!(number),
        Side::Draft => json!("draft"),
    }
}

fn refused(error: FormError) -> Error {
    let wrong = |pointer: Option<String>, detail: String| Wrong { pointer, parameter: None, detail };
    let problem = match error {
        FormError::App(error) => return Fault::App(error).into(),
        FormError::NoSuchForm => Problem::new(StatusCode::NOT_FOUND, "There is no such form."),
        FormError::Exists | FormError::Taken | FormError::TooMany | FormError::Stale { .. } => {
            Problem::new(StatusCode::CONFLICT, &sentence(&error.to_string()))
        }
        FormError::Wrong(mistakes) => {
            Problem::wrong(mistakes.into_iter().map(|it| wrong(Some(it.pointer()), it.message)).collect())
        }
        FormError::Lacks(ref lacks) => Problem {
            detail: sentence(&error.to_string()),
            ..Problem::wrong(lacks.iter().map(|it| wrong(None, it.to_string())).collect())
        },
    };
    problem.into()
}

/// A text as a sentence: with a capital and an end.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|it| it.to_ascii_uppercase());
    let end = if text.ends_with('.') { "" } else { "." };
    first.into_iter().chain(rest).chain(end.chars()).collect()
}

#[cfg(test)]
mod tests;
