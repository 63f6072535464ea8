//! `/v1/exports`: data taken out in bulk. Asking is a record of what was handed out to which key and when; reading
//! streams it, however much there is.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    web::{Bytes, Data, Path, Payload},
};
use futures_util::stream;
use serde::{Serialize, de::MapAccess};

use super::{
    Shown,
    api_keys::KEY_ID,
    auth::{self, Caller, Scope},
    json::{self, Object, Value},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    once::{self, Refusal},
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::{
        App,
        exports::{self, BrokenOff, Kind, Reading},
    },
    domain::id::{ApiKeyId, ExportId},
    store::export::Export,
    web::{Web, error::Fault, extract::FORM_LIMIT},
};

/// `POST /v1/exports`
pub const CREATE: Endpoint =
    Endpoint::new(Method::Post, "/v1/exports", Scope::ExportsRead, "Ask for an export")
        .about(
            "All contacts, consents, pieces of evidence, events, suppressions or signup requests. It is recorded that \
             this key took them out. The export can be read for 24 hours.",
        )
        .takes(&NEW, r#"{"of":"consents"}"#)
        .creates("The export, and where it is read.", &EXPORT)
        .changes();

/// `GET /v1/exports`
pub const LIST: Endpoint = Endpoint::new(Method::Get, "/v1/exports", Scope::ExportsRead, "List the exports")
    .about("What was taken out, by which key and when: the newest first. These records stay.")
    .with(&[LIMIT, CURSOR])
    .answers("A page of exports.", &PAGE);

/// `GET /v1/exports/{export}.ndjson`
pub const READ: Endpoint =
    Endpoint::new(Method::Get, "/v1/exports/{export}.ndjson", Scope::ExportsRead, "Read an export")
        .about(
            "One JSON object per line, as they are while it is read: who is erased meanwhile is not in it. The last \
             line is `export_end`, with the count of the lines before it and the SHA-256 of their bytes. Without it \
             the export is not whole: read it again.",
        )
        .with(&[ID_IN_PATH])
        .answers_with("The lines.", "application/x-ndjson")
        .fails(&[UNKNOWN, (410, "It was to be read within 24 hours. Ask for another one.")]);

/// `GET /v1/exports/{export}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/exports/{export}", Scope::ExportsRead, "Read the record of an export")
        .with(&[ID_IN_PATH])
        .answers("What was taken out, by which key and when.", &EXPORT)
        .fails(&[UNKNOWN]);

const UNKNOWN: (u16, &str) = (404, "There is no such export.");
const ID: Shape = Shape::pattern("^exp_[0-9a-hjkmnp-tv-z]{26}$", "exp_01kas0z1v8q4g6r1m0c7y2d3e5");
const ID_IN_PATH: Parameter = Parameter::path("export", "The export, by our id.", ID);
const KINDS: [&str; Kind::ALL.len()] =
    ["contacts", "consents", "evidence", "events", "suppressions", "requests"];
const OF: Field = Field::must("of", "What is taken out.", Shape::Word(&KINDS));
const PAGE: Record = Record::new(
    "ExportPage",
    "A page of exports.",
    &[
        IS_LIST,
        Field::must("data", "The exports.", Shape::List(&Shape::Object(&EXPORT), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const EXPORT: Record = Record::new(
    "Export",
    "Data taken out.",
    &[
        Field::must("object", "`export`", Shape::Word(&["export"])),
        Field::must("id", "Our id.", ID),
        OF,
        Field::must("api_key", "The key that took them out.", KEY_ID),
        Field::must("created_at", "When.", INSTANT),
        Field::must("readable_until", "Until when it can be read.", INSTANT),
        Field::must(
            "url",
            "Where it is read.",
            Shape::format(
                "uri",
                "https://consent.example.org/v1/exports/exp_01kas0z1v8q4g6r1m0c7y2d3e5.ndjson",
            ),
        ),
    ],
);
const NEW: Record = Record::new("ExportNew", "An export to be made.", &[OF]);

#[derive(Serialize)]
struct Taken<'a> {
    object: &'static str,
    id: Shown<ExportId>,
    of: &'a str,
    api_key: Shown<ApiKeyId>,
    created_at: String,
    readable_until: String,
    url: String,
}

impl<'a> Taken<'a> {
    fn of(app: &App, export: &'a Export) -> Self {
        let Export { tenant: _, id, kind, by, created_at } = export;
        Self {
            object: "export",
            id: Shown(*id),
            of: kind,
            api_key: Shown(*by),
            created_at: created_at.rfc3339(),
            readable_until: exports::readable_until(export).rfc3339(),
            url: app.url(&format!("/v1/exports/{id}.ndjson")),
        }
    }
}

/// The body.
#[derive(Default)]
struct New {
    of: Option<Kind>,
}

impl<'de> Object<'de> for New {
    const RECORD: &'static Record = &NEW;

    fn take<A: MapAccess<'de>>(&mut self, _index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.of = value.word()?.and_then(|it| Kind::parse(&it));
        Ok(())
    }
}

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let New { of } = json::read(&body)?;
    let Some(kind) = of else { return Err(super::not_written().into()) };
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let made = exports::create(&web.app, tx, caller.tenant.id, caller.key, kind).await?;
        let mut reply = once::reply(StatusCode::CREATED, &Taken::of(&web.app, &made), None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/exports/{}", made.id)));
        Ok::<_, Refusal>(reply)
    });
    Ok(answer.await?)
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = exports::list(&web.app, caller.tenant.id, &place.after, place.one_more()).await;
    let found = found.map_err(Fault::App)?;
    let data: Vec<Taken<'_>> = found.iter().map(|it| Taken::of(&web.app, it)).collect();
    Ok(place.answer(&web, &caller, data, |it| it.id.0.to_string())?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such export.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let export = find(&web.app, &caller, &id).await?;
    Ok(super::answer(&Taken::of(&web.app, &export), 512)?)
}

/// Answers [`READ`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such export, 410 when it can no longer be read.
pub async fn read(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &READ).await?;
    let export = find(&web.app, &caller, &id).await?;
    let gone = || Problem::new(StatusCode::GONE, "It was to be read within 24 hours. Ask for another one.");
    if exports::readable_until(&export) < web.app.now() {
        return Err(gone().into());
    }
    let tenant = super::purposes::newest(&web, &caller).await?;
    let reading = Reading::of(&web.app, &tenant, &export).ok_or_else(gone)?;
    let lines = stream::try_unfold(reading, async |mut reading| -> Result<_, BrokenOff> {
        let lines =
            reading.next().await.inspect_err(|error| tracing::error!(%error, "an export broke off"))?;
        Ok(lines.map(|it| (Bytes::from(it), reading)))
    });
    let name = format!("attachment; filename=\"{}-{}.ndjson\"", export.kind, export.id);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/x-ndjson"))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(lines))
}

async fn find(app: &App, caller: &Caller, id: &str) -> Result<Export, Error> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "There is no such export.");
    let id: ExportId = id.parse().map_err(|_not_an_id| unknown())?;
    let found = exports::find(app, caller.tenant.id, id).await.map_err(Fault::App)?;
    Ok(found.ok_or_else(unknown)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_word() {
        assert_eq!(KINDS, Kind::ALL.map(Kind::word));
        assert!(KINDS.iter().all(|it| Kind::parse(it).map(Kind::word) == Some(*it)));
    }
}
