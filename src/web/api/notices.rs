//! `/v1/notices`: the privacy information shown where addresses are collected (GDPR articles 13 and 14). It is written
//! from what is set up; what the organisation says of itself is changed here.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::Serialize;
use serde_json::Value;

use super::{
    auth::{self, Scope},
    document::{self, DOCUMENT_MAX},
    json,
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    once::{self, Refusal},
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, SHA256, Shape},
};
use crate::{
    app::{
        App,
        notices::{self, NoticeError},
    },
    domain::catalog::{Notice, Tenant},
    web::{Web, error::Fault},
};

/// `GET /v1/notices`
pub const LIST: Endpoint =
    Endpoint::new(Method::Get, "/v1/notices", Scope::PurposesRead, "List the privacy notices")
        .about("Every version, the newest first: that one is in force.")
        .with(&[LIMIT, CURSOR])
        .answers("A page of notices.", &PAGE);

/// `GET /v1/notices/{version}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/notices/{version}", Scope::PurposesRead, "Read a privacy notice")
        .with(&[Parameter::path("version", "Its number.", NUMBER)])
        .answers("All that this version says, and where it stands in the log.", &WHOLE)
        .fails(&[(404, "There is no such version.")]);

/// `POST /v1/notices:publish`
pub const PUBLISH: Endpoint =
    Endpoint::new(Method::Post, "/v1/notices:publish", Scope::PurposesWrite, "Publish a privacy notice")
        .about(
            "With what you say of yourselves: what is left out stays, null takes away. Purposes and recipients are \
             written into it as they are set up. With nothing new, no version is made. It must say all that GDPR \
             article 13 asks for as long as a form collects addresses.",
        )
        .takes(&CHANGES, r#"{"dpo":"dpo@acme.example"}"#)
        .answers("The notice in force.", &PUBLISHED)
        .changes();

const NUMBER: Shape = Shape::Number(1, i64::MAX);
const LEGAL: Shape = Shape::text_within(200, "Acme SAS, 1 rue de la Paix, 75002 Paris");
const COUNTRY: Shape = Shape::Maybe(&Shape::text_within(2, "FR"));
const LINE: Shape = Shape::Maybe(&Shape::text_within(200, "dpo@acme.example"));
const PAGE: Record = Record::new(
    "NoticePage",
    "A page of privacy notices.",
    &[
        IS_LIST,
        Field::must("data", "The notices.", Shape::List(&Shape::Object(&NOTICE), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const OBJECT: Field = Field::must("object", "`notice`", Shape::Word(&["notice"]));
const VERSION: Field = Field::must("version", "1 for the first.", NUMBER);
const HASH: Field = Field::must("sha256", "SHA-256 of its text, as it stands in the evidence.", SHA256);
const SINCE: Field = Field::must("published_at", "Since when.", INSTANT);
const PLACE: Field = Field::must(
    "url",
    "Where people read it.",
    Shape::format("uri", "https://consent.example.org/n/acme?v=3"),
);
const NOTICE: Record = Record::new(
    "Notice",
    "One version of the privacy notice. It never changes.",
    &[OBJECT, VERSION, HASH, SINCE, PLACE],
);
const WHOLE: Record = Record::new(
    "NoticeWhole",
    "One version of the privacy notice with all it says.",
    &[
        OBJECT,
        VERSION,
        HASH,
        SINCE,
        PLACE,
        Field::must("facts", "What it says, from which the page is made.", Shape::Anything),
        Field::must("text", "The same, exactly as it is hashed.", Shape::text("{\"name\":\"Acme\"}")),
        Field::must(
            "log_position",
            "Its place in the public log; null for a few seconds.",
            Shape::Maybe(&Shape::Number(0, i64::MAX)),
        ),
    ],
);
const PUBLISHED: Record = Record::new(
    "NoticePublished",
    "The notice in force.",
    &[
        OBJECT,
        VERSION,
        HASH,
        SINCE,
        PLACE,
        Field::must("is_new_version", "Whether it says something new.", Shape::Flag),
    ],
);
const CHANGES: Record = Record::new(
    "NoticeChange",
    "What you say of yourselves; what is left out stays.",
    &[
        Field::may("legal", "Who answers for the data: legal name and postal address.", LEGAL),
        Field::may("contact", "Where people write.", Shape::text_within(320, "privacy@acme.example")),
        Field::may("country", "The country whose law and authority apply (ISO 3166-1).", COUNTRY),
        Field::may("storage", "Where the data are kept: `EU`, or a country.", COUNTRY),
        Field::may("dpo", "How to reach the data protection officer.", LINE),
        Field::may("transfer", "What protects data kept outside the European Economic Area.", LINE),
    ],
);

#[derive(Serialize)]
struct Shown<'a> {
    object: &'static str,
    version: i64,
    sha256: &'a str,
    published_at: String,
    url: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    notice: Shown<'a>,
    facts: Value,
    text: &'a str,
    log_position: Option<u64>,
}

#[derive(Serialize)]
struct Published<'a> {
    #[serde(flatten)]
    notice: Shown<'a>,
    is_new_version: bool,
}

impl<'a> Shown<'a> {
    fn of(app: &App, tenant: &Tenant, notice: &'a Notice) -> Self {
        let Notice { version, facts: _, sha256, created_at } = notice;
        let url = app.url_for(tenant.id, &format!("/n/{}?v={version}", tenant.slug));
        Self { object: "notice", version: *version, sha256, published_at: created_at.rfc3339(), url }
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let before = place.after.parse().unwrap_or(i64::MAX);
    let found = notices::list(&web.app, caller.tenant.id, before, place.one_more()).await;
    let found = found.map_err(Fault::App)?;
    let data: Vec<Shown<'_>> = found.iter().map(|it| Shown::of(&web.app, &caller.tenant, it)).collect();
    Ok(place.answer(&web, &caller, data, |it| it.version.to_string())?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such version.
pub async fn get(request: HttpRequest, version: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "There is no such version.");
    let number = document::number(&version).ok_or_else(unknown)?;
    let found = notices::find(&web.app, caller.tenant.id, number).await.map_err(Fault::App)?;
    let (notice, publication) = found.ok_or_else(unknown)?;
    let whole = Whole {
        notice: Shown::of(&web.app, &caller.tenant, &notice),
        facts: serde_json::from_str(&notice.facts).unwrap_or(Value::Null),
        text: &notice.facts,
        log_position: publication.and_then(|it| it.position),
    };
    Ok(super::answer(&whole, 2_048)?)
}

/// Answers [`PUBLISH`].
///
/// # Errors
/// A problem document: 422 with all that is wrong, or that the notice would lack.
pub async fn publish(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &PUBLISH).await?;
    let body = json::body(&request, &mut payload.into_inner(), DOCUMENT_MAX).await?;
    let change = document::read(&body)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let done = notices::publish(&web.app, tx, caller.tenant.id, &change).await.map_err(refused)?;
        let notice = Shown::of(&web.app, &caller.tenant, &done.notice);
        once::reply(StatusCode::OK, &Published { notice, is_new_version: done.is_new }, None)
    });
    super::settled(&web, answer.await).await
}

fn refused(error: NoticeError) -> Refusal {
    let problem = match error {
        NoticeError::App(error) => return error.into(),
        NoticeError::NoSuchTenant => Problem::new(StatusCode::NOT_FOUND, "There is no such tenant."),
        NoticeError::Wrong(mistakes) => document::wrong(mistakes),
        NoticeError::Lacks(ref lacks) => document::lacking(&error, lacks),
    };
    problem.into()
}

#[cfg(test)]
mod tests;
