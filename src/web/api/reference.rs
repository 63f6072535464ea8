//! `GET /v1/openapi.json`, and `GET /docs/api`: the reference, a page made of the same declarations.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{
    auth::{self, Scope},
    contents::ALL,
    openapi,
    problem::Problem,
    route::{Endpoint, Method},
    schema::{Record, Shape},
};
use crate::{
    domain::Locale,
    web::{
        Web, extract,
        page::{self, Frame},
    },
};

/// `GET /v1/openapi.json`
pub const OPENAPI: Endpoint =
    Endpoint::new(Method::Get, "/v1/openapi.json", Scope::Checks, "Read this description")
        .for_everybody()
        .about("The OpenAPI 3.1 document of this service. No key is needed.")
        .answers_with("The document.", "application/json");

/// Answers [`OPENAPI`].
///
/// # Errors
/// 422, or it could not be written.
pub async fn document(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Problem> {
    auth::enter_without_key(&request, &OPENAPI)?;
    super::answer(&openapi::document(web.app.config.base_url.as_str()), 64 * 1_024)
}

/// "Reference of the API". The frame is in the visitor's language; the reference, like the API, in English.
#[derive(Template)]
#[template(path = "docs/api.html")]
pub struct ReferencePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

/// What the endpoints are about, in the order of the page: an anchor, a title, and the resources.
const GROUPS: [(&str, &str, &[&str]); 8] = [
    ("gate", "Before sending: who may be mailed", &["checks"]),
    ("copies", "Lists and copies", &["audiences", "events", "changes", "event_types", "schemas"]),
    ("people", "People and their choices", &["contacts", "signups", "suppressions"]),
    ("webhooks", "Webhooks", &["webhook_endpoints", "jobs"]),
    ("forms", "Forms, purposes and their words", &["forms", "purposes", "wordings", "notices"]),
    ("records", "Exports and proof", &["exports", "disclosures", "evidence"]),
    ("keys", "Keys", &["api_keys", "link_keys"]),
    ("description", "This description", &["openapi"]),
];

/// Endpoints about one thing.
pub struct Group {
    /// Its anchor.
    pub id: &'static str,
    /// What they are about.
    pub title: &'static str,
    /// The endpoints, resource by resource.
    pub sections: Vec<Section>,
}

/// One endpoint, ready to be shown.
pub struct Section {
    /// Its anchor.
    pub id: String,
    /// What it does.
    pub summary: &'static str,
    /// What else one must know.
    pub about: &'static str,
    /// `POST`
    pub method: &'static str,
    /// `/v1/checks`
    pub path: &'static str,
    /// What the key must be allowed; empty where no key is needed.
    pub scope: &'static str,
    /// What stands in path, query and headers.
    pub parameters: Vec<Line>,
    /// What is sent.
    pub body: Vec<Line>,
    /// An example of it.
    pub example: String,
    /// The status of success.
    pub status: u16,
    /// What comes back, in a sentence.
    pub answer: &'static str,
    /// Its fields.
    pub fields: Vec<Line>,
    /// What can go wrong, by status.
    pub failures: Vec<(u16, &'static str)>,
}

/// One field or parameter.
pub struct Line {
    /// Its name; of a field within a field, the way to it.
    pub name: String,
    /// What stands there.
    pub kind: String,
    /// What it says.
    pub about: &'static str,
}

impl ReferencePage<'_> {
    /// How tests are kept apart.
    pub const fn test_mode(&self) -> &'static str {
        openapi::TEST_MODE
    }

    /// Every endpoint, by what it is about.
    pub fn groups(&self) -> Vec<Group> {
        let group = |(id, title, resources): (&'static str, &'static str, &[&str])| {
            let of = |resource| ALL.iter().filter(move |it| it.resource() == resource);
            let sections = resources.iter().copied().flat_map(of).map(|it| Section::of(it)).collect();
            Group { id, title, sections }
        };
        GROUPS.into_iter().map(group).collect()
    }
}

impl Section {
    fn of(endpoint: &Endpoint) -> Self {
        let (body, example) = match endpoint.body {
            Some((record, example)) => (lines(record), pretty(&openapi::illustrated(example))),
            None => (Vec::new(), String::new()),
        };
        Self {
            id: endpoint.id(),
            summary: endpoint.summary,
            about: endpoint.about,
            method: endpoint.method.word(),
            path: endpoint.path,
            scope: endpoint.scope.map_or("", Scope::word),
            parameters: parameters(endpoint),
            body,
            example,
            status: endpoint.answer.status,
            answer: endpoint.answer.about,
            fields: endpoint.answer.record.map(lines).unwrap_or_default(),
            failures: openapi::failures(endpoint),
        }
    }
}

fn parameters(endpoint: &Endpoint) -> Vec<Line> {
    let own = endpoint.parameters.iter().map(|it| {
        let place = if it.in_path { "path, " } else { "query, " };
        let may = if it.required { "" } else { ", may be left out" };
        Line { name: it.name.to_owned(), kind: format!("{place}{}{may}", kind(&it.shape)), about: it.about }
    });
    let header = |name: &str, about| Line { name: name.to_owned(), kind: "header".to_owned(), about };
    let mut lines: Vec<Line> = own.collect();
    if endpoint.changes {
        lines.push(header(
            "Idempotency-Key",
            "A text of your own: sent again within 24 hours, the act is done once.",
        ));
    }
    if endpoint.matched {
        lines.push(header("If-Match", "The ETag of what you read; needed."));
    }
    lines
}

fn lines(record: &'static Record) -> Vec<Line> {
    let mut found = Vec::new();
    add(record, "", &mut found);
    found
}

fn add(record: &'static Record, before: &str, found: &mut Vec<Line>) {
    for field in record.fields {
        let name = format!("{before}{}", field.name);
        let may = if field.required { "" } else { ", may be left out" };
        let kind = format!("{}{may}", kind(&field.shape));
        found.push(Line { name: name.clone(), kind, about: field.about });
        if let Some((inner, between)) = within(&field.shape) {
            add(inner, &format!("{name}{between}"), found);
        }
    }
}

/// The record inside a shape, and what stands between the names.
fn within(shape: &Shape) -> Option<(&'static Record, &'static str)> {
    match shape {
        Shape::Object(record) => Some((record, ".")),
        Shape::List(Shape::Object(record), ..) => Some((record, "[].")),
        Shape::Each(Shape::Object(record)) => Some((record, ".*.")),
        Shape::Maybe(inner) => within(inner),
        Shape::Text(_)
        | Shape::Word(_)
        | Shape::Number(..)
        | Shape::Flag
        | Shape::List(..)
        | Shape::Each(_)
        | Shape::Anything
        | Shape::Value
        | Shape::Either(..) => None,
    }
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Text(text) => match (text.format, text.most) {
            (Some(format), _) => format.to_owned(),
            (None, usize::MAX) => "text".to_owned(),
            (None, most) => format!("text of at most {most}"),
        },
        Shape::Word(words) => words.join(" | "),
        Shape::Number(least, i64::MAX) => format!("number, {least} or more"),
        Shape::Number(least, most) => format!("number, {least} to {most}"),
        Shape::Flag => "true | false".to_owned(),
        Shape::List(_, least, usize::MAX) => format!("list, {least} or more"),
        Shape::List(_, least, most) => format!("list, {least} to {most}"),
        Shape::Object(_) | Shape::Each(_) | Shape::Anything => "object".to_owned(),
        Shape::Value => "any value".to_owned(),
        Shape::Either(one, other) => format!("{} or {}", kind(one), kind(other)),
        Shape::Maybe(inner) => format!("{} or null", kind(inner)),
    }
}

fn pretty(json: &str) -> String {
    let read: Option<serde_json::Value> = serde_json::from_str(json).ok();
    read.and_then(|it| serde_json::to_string_pretty(&it).ok()).unwrap_or_default()
}

/// `GET /docs/api`
pub async fn page(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = extract::frame(&web, extract::locale(&request, None, None), request.path(), None);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &ReferencePage { frame: &frame, base_url })
}

#[cfg(test)]
mod tests;
