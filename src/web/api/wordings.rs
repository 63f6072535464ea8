//! `GET /v1/purposes/{purpose}/wordings`, `GET /v1/wordings/{wording}`: every text people were ever asked with, as it
//! was published.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Shown,
    auth::{self, Scope},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    problem::Problem,
    purposes::{FREQUENCY, PURPOSE_IN_PATH, WORDING_ID, refused},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, LOCALE, PURPOSE, Record, SHA256, Shape},
};
use crate::{
    app::purposes::{self, WholeWording},
    domain::{Locale, catalog, id::WordingId},
    store::wording::Published,
    web::Web,
};

/// `GET /v1/purposes/{purpose}/wordings`
pub const LIST: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/purposes/{purpose}/wordings",
    Scope::PurposesRead,
    "List the wordings of a purpose",
)
.about("In every language, the newest version first.")
.with(&[PURPOSE_IN_PATH, LIMIT, CURSOR])
.answers("A page of wordings.", &PAGE)
.fails(&[(404, "There is no such purpose.")]);

/// `GET /v1/wordings/{wording}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/wordings/{wording}", Scope::PurposesRead, "Read a wording")
        .about("As evidence names it, by our id.")
        .with(&[Parameter::path("wording", "The wording, by our id.", WORDING_ID)])
        .answers("The wording, and where it stands in the log.", &WHOLE)
        .fails(&[(404, "There is no such wording.")]);

const PAGE: Record = Record::new(
    "WordingPage",
    "A page of wordings.",
    &[
        IS_LIST,
        Field::must("data", "The wordings.", Shape::List(&Shape::Object(&WORDING), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const OBJECT: Field = Field::must("object", "`wording`", Shape::Word(&["wording"]));
const ID: Field = Field::must("id", "Our id.", WORDING_ID);
const OF: Field = Field::must("purpose", "The slug of its purpose.", PURPOSE);
const IN: Field = Field::must("locale", "Its language.", LOCALE);
const VERSION: Field = Field::must("version", "1 for the first of its language.", Shape::Number(1, i64::MAX));
const NAME: Field = Field::must("name", "What the purpose was called.", Shape::text("Newsletter"));
const TEXT: Field =
    Field::must("text", "What a person agreed to.", Shape::text("Our monthly news by email."));
const OFTEN: Field = Field::must("frequency", "How often mails came.", FREQUENCY);
const HASH: Field = Field::must(
    "sha256",
    "SHA-256 of name, text and frequency, each on a line of its own, as it stands in the evidence.",
    SHA256,
);
const SINCE: Field = Field::must("published_at", "Since when.", INSTANT);
const WORDING: Record = Record::new(
    "Wording",
    "One version of what people agree to, in one language. It never changes.",
    &[OBJECT, ID, OF, IN, VERSION, NAME, TEXT, OFTEN, HASH, SINCE],
);
const WHOLE: Record = Record::new(
    "WordingPublished",
    "One version of what people agree to, and where it stands in the log.",
    &[
        OBJECT,
        ID,
        OF,
        IN,
        VERSION,
        NAME,
        TEXT,
        OFTEN,
        HASH,
        SINCE,
        Field::must(
            "log_position",
            "Its place in the public log; null for a few seconds.",
            Shape::Maybe(&Shape::Number(0, i64::MAX)),
        ),
    ],
);

#[derive(Serialize)]
struct Wording<'a> {
    object: &'static str,
    id: Shown<WordingId>,
    purpose: &'a str,
    locale: &'static str,
    version: i64,
    name: &'a str,
    text: &'a str,
    frequency: &'static str,
    sha256: &'a str,
    published_at: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    wording: Wording<'a>,
    log_position: Option<u64>,
}

impl<'a> Wording<'a> {
    fn of(published: &'a Published, purpose: &'a str) -> Self {
        let Published { wording, purpose: _, frequency, created_at } = published;
        let catalog::Wording { id, locale, version, name, body, sha256 } = wording;
        Self {
            object: "wording",
            id: Shown(*id),
            purpose,
            locale: locale.tag(),
            version: *version,
            name,
            text: body,
            frequency: frequency.as_str(),
            sha256,
            published_at: created_at.rfc3339(),
        }
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose.
pub async fn list(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let after = place.after.split_once(' ');
    let after = after.and_then(|(version, tag)| Some((version.parse().ok()?, Locale::from_tag(tag)?)));
    let found = purposes::wordings(&web.app, caller.tenant.id, &slug, after, place.one_more()).await;
    let found = found.map_err(refused)?;
    let data: Vec<Wording<'_>> = found.iter().map(|it| Wording::of(it, &slug)).collect();
    Ok(place.answer(&web, &caller, data, |it| format!("{} {}", it.version, it.locale))?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such wording.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "There is no such wording.");
    let id: WordingId = id.parse().map_err(|_not_an_id| unknown())?;
    let found = purposes::wording(&web.app, caller.tenant.id, id).await;
    let found = found.map_err(refused)?.ok_or_else(unknown)?;
    let WholeWording { published, purpose, publication } = &found;
    let log_position = publication.as_ref().and_then(|it| it.position);
    Ok(super::answer(&Whole { wording: Wording::of(published, purpose), log_position }, 1_024)?)
}
