//! `GET /v1/disclosures`, `GET /v1/disclosures/{disclosure}`: who was given addresses.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Shown,
    api_keys::KEY_ID,
    auth::{self, Caller, Scope},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, PURPOSE, Record, SHA256, Shape},
};
use crate::{
    app::audience,
    domain::{
        Timestamp,
        catalog::Tenant,
        id::{ApiKeyId, DisclosureId, PurposeId},
    },
    store::disclosure,
    web::{Web, error::Fault},
};

/// `GET /v1/disclosures`
pub const LIST: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/disclosures",
    Scope::AudiencesRead,
    "List who was given addresses",
)
.about(
    "Each time an audience was handed out, the newest first: when, to whom, what of each person, how many.",
)
.with(&[LIMIT, CURSOR])
.answers("A page of disclosures.", &PAGE);

/// `GET /v1/disclosures/{disclosure}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/disclosures/{disclosure}", Scope::AudiencesRead, "Read a disclosure")
        .with(&[Parameter::path("disclosure", "Our id.", DISCLOSURE)])
        .answers("The disclosure.", &RECORD)
        .fails(&[(404, "There is no such disclosure.")]);

pub(super) const DISCLOSURE: Shape =
    Shape::pattern("^dis_[0-9a-hjkmnp-tv-z]{26}$", "dis_01kas0z1v8q4g6r1m0c7y2d3e5");
const PAGE: Record = Record::new(
    "DisclosurePage",
    "A page of disclosures.",
    &[
        IS_LIST,
        Field::must("data", "The disclosures.", Shape::List(&Shape::Object(&RECORD), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const RECORD: Record = Record::new(
    "Disclosure",
    "Addresses given to somebody.",
    &[
        Field::must("object", "`disclosure`", Shape::Word(&["disclosure"])),
        Field::must("id", "Our id.", DISCLOSURE),
        Field::must("purpose", "The purpose people had agreed to.", PURPOSE),
        Field::must(
            "recipient",
            "Who got them; null when it was not said, which earlier versions allowed.",
            Shape::Maybe(&Shape::text("Mailchimp")),
        ),
        Field::must("api_key", "The key that asked for them.", KEY_ID),
        Field::must("fields", "What was told of each person.", Shape::List(&Shape::text("email"), 0, 100)),
        Field::must(
            "state",
            "`open` while it is sent, or when we were killed in the middle; `broken` when the reader stopped.",
            Shape::Word(&["open", "complete", "broken"]),
        ),
        Field::must(
            "count",
            "How many people; of a broken one, how many may have been received.",
            Shape::Number(0, i64::MAX),
        ),
        Field::must("left_out", "How many could not be told in this form.", Shape::Number(0, i64::MAX)),
        Field::must("as_of_sequence", "The place in the feed that it shows.", Shape::Number(0, i64::MAX)),
        Field::must(
            "sha256",
            "SHA-256 of all bytes before the trailer, once complete.",
            Shape::Maybe(&SHA256),
        ),
        Field::must("began_at", "When it began.", INSTANT),
        Field::must("ended_at", "When it ended.", Shape::Maybe(&INSTANT)),
    ],
);

#[derive(Serialize)]
struct Disclosure {
    object: &'static str,
    id: Shown<DisclosureId>,
    purpose: String,
    recipient: Option<String>,
    api_key: Shown<ApiKeyId>,
    fields: Vec<String>,
    state: String,
    count: i64,
    left_out: i64,
    as_of_sequence: i64,
    sha256: Option<String>,
    began_at: String,
    ended_at: Option<String>,
}

impl Disclosure {
    fn of(tenant: &Tenant, stored: disclosure::Disclosure) -> Self {
        Self {
            object: "disclosure",
            id: Shown(stored.id),
            purpose: slug(tenant, stored.purpose),
            recipient: Some(stored.recipient).filter(|it| !it.is_empty()),
            api_key: Shown(stored.key),
            fields: stored.columns.split_whitespace().map(str::to_owned).collect(),
            state: stored.outcome,
            count: stored.people,
            left_out: stored.left_out,
            as_of_sequence: stored.as_of,
            sha256: stored.sha256,
            began_at: stored.began_at.rfc3339(),
            ended_at: stored.ended_at.map(Timestamp::rfc3339),
        }
    }
}

/// What a purpose is called in the API.
pub(super) fn slug(tenant: &Tenant, purpose: PurposeId) -> String {
    tenant.purpose(purpose).map_or_else(|| purpose.to_string(), |it| it.slug.clone())
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = audience::disclosures(&web.app, caller.tenant.id, &place.after, place.one_more());
    let found = found.await.map_err(Fault::App)?;
    let found = found.into_iter().map(|it| Disclosure::of(&caller.tenant, it)).collect();
    Ok(place.answer(&web, &caller, found, |it: &Disclosure| it.id.0.to_string())?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such disclosure.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let found = match id.parse() {
        Ok(id) => audience::disclosure(&web.app, tenant.id, id).await.map_err(Fault::App)?,
        Err(_no_id) => None,
    };
    let Some(found) = found else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "There is no such disclosure.").into());
    };
    Ok(super::answer(&Disclosure::of(&tenant, found), 512)?)
}
