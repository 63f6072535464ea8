//! `GET /v1/contacts/{contact}:timeline`: what was recorded about one person, the newest first.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde::Serialize;
use serde_json::Value;

use super::{
    Shown,
    auth::{self, Scope},
    contacts::{ID, STATE, named, no_such_contact},
    list::{CURSOR, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    route::{Endpoint, Method},
    schema::{EVIDENCE, Field, INSTANT, PURPOSE, Record, Shape},
};
use crate::{
    app::people,
    domain::id::EvidenceId,
    store::evidence::Evidence,
    web::{Web, error::Fault},
};

/// `GET /v1/contacts/{contact}:timeline`
pub const GET: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/contacts/{contact}:timeline",
    Scope::ContactsRead,
    "Read what happened about a contact",
)
.about("Every fact that was recorded, the newest first: what, when, how, and what it made of each consent.")
.with(&[ID, LIMIT, CURSOR])
.answers("A page of facts.", &PAGE)
.fails(&[(404, "The tenant knows no such contact, or does not know them any more.")]);

const PAGE: Record = Record::new(
    "TimelinePage",
    "A page of facts.",
    &[
        IS_LIST,
        Field::must("data", "The facts, the newest first.", Shape::List(&Shape::Object(&FACT), 0, 500)),
        Field::must("has_more", "Whether there are older ones.", Shape::Flag),
        NEXT_CURSOR,
    ],
);
const FACT: Record = Record::new(
    "TimelineFact",
    "Something that was recorded.",
    &[
        Field::must("object", "`fact`", Shape::Word(&["fact"])),
        Field::must("evidence", "The evidence of it.", EVIDENCE),
        Field::must("type", "What happened.", Shape::text("consent.confirmed")),
        Field::must("at", "When.", INSTANT),
        Field::must("method", "By which means.", Shape::Maybe(&Shape::text("link"))),
        Field::must(
            "signup",
            "The signup it is about.",
            Shape::Maybe(&Shape::text("req_01kas0z1v8q4g6r1m0c7y2d3e5")),
        ),
        Field::must("receipt", "The number of the receipt.", Shape::Maybe(&Shape::text("R-7K3F-9QXD"))),
        Field::must(
            "purposes",
            "What it made of each consent.",
            Shape::List(&Shape::Object(&CHANGE), 0, usize::MAX),
        ),
        Field::must("logged", "Whether it has its place in the log.", Shape::Flag),
    ],
);
const CHANGE: Record = Record::new(
    "TimelineChange",
    "What became of one consent.",
    &[
        Field::must("purpose", "The slug of the purpose.", PURPOSE),
        Field::must("state", "What held then.", STATE),
        Field::must("previous_state", "What held before.", STATE),
    ],
);

#[derive(Serialize)]
struct Fact {
    object: &'static str,
    evidence: Shown<EvidenceId>,
    #[serde(rename = "type")]
    kind: String,
    at: String,
    method: Option<String>,
    signup: Option<String>,
    receipt: Option<String>,
    purposes: Vec<Change>,
    logged: bool,
}

#[derive(Serialize)]
struct Change {
    purpose: String,
    state: String,
    previous_state: String,
}

impl Fact {
    fn of(fact: Evidence) -> Self {
        let record: Value =
            fact.record.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
        let purposes = record.get("purposes").and_then(Value::as_array);
        Self {
            object: "fact",
            evidence: Shown(fact.id),
            kind: fact.kind,
            at: fact.at.rfc3339(),
            method: text(&record, "method"),
            signup: text(&record, "request"),
            receipt: fact.receipt,
            purposes: purposes.into_iter().flatten().filter_map(Change::of).collect(),
            logged: fact.position.is_some(),
        }
    }
}

impl Change {
    fn of(purpose: &Value) -> Option<Self> {
        let (purpose, state, previous_state) =
            (text(purpose, "slug")?, text(purpose, "state")?, text(purpose, "previous_state")?);
        Some(Self { purpose, state, previous_state })
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &GET).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = people::timeline(&web.app, &caller.tenant, named(&id)?, &place.after, place.one_more()).await;
    let found = found.map_err(Fault::App)?.ok_or_else(no_such_contact)?;
    let facts = found.into_iter().map(Fact::of).collect();
    Ok(place.answer(&web, &caller, facts, |it: &Fact| it.evidence.0.to_string())?)
}
