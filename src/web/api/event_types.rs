//! `GET /v1/event_types`, `GET /v1/schemas/events/{type}.json` and `/docs/events`: what happens here, and what is said
//! of it, all made of one declaration.

pub mod declared;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    web::{Data, Path},
};
use askama::Template;
use serde::Serialize;
use serde_json::{Value, json};

use self::declared::{ALL, EventType};
use super::{
    auth::{self, Scope},
    openapi,
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, Record, Shape},
};
use crate::{
    domain::Locale,
    web::{
        Web, extract,
        page::{self, Frame},
    },
};

/// `GET /v1/event_types`
pub const LIST: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/event_types",
    Scope::EventsRead,
    "List the types of events",
)
.about("What webhook endpoints can ask for and the feed tells, each with an example and its JSON Schema.")
.answers("Every type of event.", &TYPES);

/// `GET /v1/schemas/events/{type}.json`
pub const SCHEMA: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/schemas/events/{type}.json",
    Scope::EventsRead,
    "Read the JSON Schema of an event",
)
.for_everybody()
.about("JSON Schema 2020-12 of the whole message, as webhooks and the feed have it. No key is needed.")
.with(&[Parameter::path("type", "The type of the event.", Shape::text("consent.confirmed"))])
.answers_with("The schema.", "application/schema+json")
.fails(&[(404, "There is no such type of event.")]);

const TYPES: Record = Record::new(
    "EventTypes",
    "Every type of event.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The types.", Shape::List(&Shape::Object(&TYPE), 1, 100)),
    ],
);
const TYPE: Record = Record::new(
    "EventType",
    "A type of event.",
    &[
        Field::must("object", "`event_type`", Shape::Word(&["event_type"])),
        Field::must("type", "Its name.", Shape::text("consent.confirmed")),
        Field::must(
            "about",
            "What happened.",
            Shape::text("Somebody said yes, twice: they may be written to."),
        ),
        Field::must(
            "schema",
            "Its JSON Schema.",
            Shape::format("uri", "https://consent.example.org/v1/schemas/events/consent.confirmed.json"),
        ),
        Field::must("example", "An event of this type.", Shape::Anything),
    ],
);

#[derive(Serialize)]
struct List {
    object: &'static str,
    data: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    object: &'static str,
    #[serde(rename = "type")]
    name: &'static str,
    about: &'static str,
    schema: String,
    example: Value,
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    auth::enter(&web, &request, &LIST).await?;
    let base_url = web.app.config.base_url.as_str();
    let data = ALL.iter().map(|it| Listed {
        object: "event_type",
        name: it.name,
        about: it.about,
        schema: address(base_url, it),
        example: example(it),
    });
    Ok(super::answer(&List { object: "list", data: data.collect() }, 16 * 1_024)?)
}

/// Answers [`SCHEMA`].
///
/// # Errors
/// A problem document; 404 when there is no such type.
pub async fn schema(
    request: HttpRequest,
    name: Path<String>,
    web: Data<Web>,
) -> Result<HttpResponse, Problem> {
    auth::enter_without_key(&request, &SCHEMA)?;
    let found = ALL.iter().find(|it| it.name == name.as_str());
    let found =
        found.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "There is no such type of event."))?;
    let schema = document(web.app.config.base_url.as_str(), found);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/schema+json"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(schema.to_string()))
}

fn address(base_url: &str, event: &EventType) -> String {
    format!("{base_url}/v1/schemas/events/{}.json", event.name)
}

/// The JSON Schema of a whole message. There may be more fields one day.
fn document(base_url: &str, event: &EventType) -> Value {
    let EventType { name, about, data, example: _ } = event;
    let (data, definitions) = openapi::standalone(data);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(base_url, event),
        "title": name,
        "description": about,
        "type": "object",
        "required": ["id", "type", "timestamp", "sequence", "tenant", "test", "data"],
        "properties": {
            "id": { "type": "string", "pattern": "^evt_[0-9a-hjkmnp-tv-z]{26}$", "description": "The same as `webhook-id`." },
            "type": { "const": name },
            "timestamp": { "type": "string", "format": "date-time", "description": "When it happened." },
            "sequence": {
                "type": "integer", "minimum": 1,
                "description": "Its place among all events of the tenant; of two events about one contact, the higher is the later.",
            },
            "tenant": { "type": "string", "description": "The slug of the tenant." },
            "test": { "type": "boolean", "description": "Whether it happened in an organisation for tests." },
            "data": data,
        },
        "$defs": definitions,
        "examples": [example(event)],
    })
}

/// A whole message.
fn example(event: &EventType) -> Value {
    let data: Value = serde_json::from_str(event.example).unwrap_or_default();
    json!({
        "id": "evt_01kas0z1v8q4g6r1m0c7y2d3e5",
        "type": event.name,
        "timestamp": "2026-11-21T09:14:32.118Z",
        "sequence": 48_211,
        "tenant": "acme",
        "test": false,
        "data": data,
    })
}

/// "Events". The frame is in the visitor's language; the reference, like the API, in English.
#[derive(Template)]
#[template(path = "docs/events.html")]
pub struct EventsPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}

/// One type, ready to be shown.
pub struct Section {
    /// Its name and anchor.
    pub name: &'static str,
    /// What happened.
    pub about: &'static str,
    /// The fields of its data: name and what it says.
    pub fields: Vec<(&'static str, &'static str)>,
    /// Its data, as JSON.
    pub example: String,
}

impl EventsPage<'_> {
    /// Every type.
    pub fn sections(&self) -> Vec<Section> {
        let shown = ALL.iter().map(|it| Section {
            name: it.name,
            about: it.about,
            fields: it.data.fields.iter().map(|it| (it.name, it.about)).collect(),
            example: serde_json::to_string_pretty(example(it).get("data").unwrap_or(&Value::Null))
                .unwrap_or_default(),
        });
        shown.collect()
    }
}

/// `GET /docs/events`
pub async fn page(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = extract::frame(&web, extract::locale(&request, None, None), request.path(), None);
    page::html(&frame, StatusCode::OK, &EventsPage { frame: &frame })
}

#[cfg(test)]
mod tests;
