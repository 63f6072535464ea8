//! `/v1/link_keys`: the keys with which a mailing tool mints footer links by itself. They mint L0 links and nothing else.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::{Serialize, de::MapAccess};

use super::{
    Shown,
    api_keys::{NAME_TAKEN, behind, given, name, no_such_key, place, refused},
    auth::{self, Scope},
    json::{self, Notes, Object, Value},
    list::{CURSOR, LIMIT, NEXT_CURSOR, Place},
    once::{self, Refusal},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::key_ring,
    domain::{Timestamp, id::LinkKeyId},
    store::key::LinkKey,
    web::{Web, error::Fault, extract::FORM_LIMIT},
};

/// `GET /v1/link_keys`
pub const LIST: Endpoint =
    Endpoint::new(Method::Get, "/v1/link_keys", Scope::KeysWrite, "List the link keys")
        .about("Oldest first, revoked ones included. The key itself is told once, when it is made.")
        .with(&[LIMIT, CURSOR])
        .answers("A page of keys.", &PAGE);

/// `POST /v1/link_keys`
pub const CREATE: Endpoint =
    Endpoint::new(Method::Post, "/v1/link_keys", Scope::KeysWrite, "Make a link key")
        .about(
            "With it your tool makes footer links without asking us; see `/docs/links`. The key stands in this answer \
             alone. Twenty may be live at once.",
        )
        .takes(&NEW, r#"{"name":"Our newsletter tool"}"#)
        .creates("The key with its bytes.", &MADE)
        .changes()
        .fails(&[(409, "There are too many live keys, or an equal request is still under way.")]);

/// `GET /v1/link_keys/{link_key}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/link_keys/{link_key}", Scope::KeysWrite, "Read a link key")
        .about("Everything about it but the key itself.")
        .with(&[ID_IN_PATH])
        .answers("The key.", &KEY)
        .fails(&[UNKNOWN]);

/// `POST /v1/link_keys/{link_key}:revoke`
pub const REVOKE: Endpoint =
    Endpoint::new(Method::Post, "/v1/link_keys/{link_key}:revoke", Scope::KeysWrite, "Revoke a link key")
        .about(
            "Links made with it lead nowhere from now on, for good, those in mails already sent too. Twice is once. The \
             body is empty.",
        )
        .with(&[ID_IN_PATH])
        .answers("The key as it is now.", &KEY)
        .changes()
        .fails(&[UNKNOWN]);

const KEY_ID: Shape = Shape::pattern("^lk[0-9a-hjkmnp-tv-z]{13}$", "lk0f3k9m2q7r5tz");
const UNKNOWN: (u16, &str) = (404, "There is no such key.");
const ID_IN_PATH: Parameter = Parameter::path("link_key", "The key, by its id.", KEY_ID);
const OBJECT: Field = Field::must("object", "`link_key`", Shape::Word(&["link_key"]));
const ID: Field = Field::must("id", "The `kid` of its links.", KEY_ID);
const NAME: Field = Field::must(
    "name",
    "What it is for; null when nobody said.",
    Shape::Maybe(&Shape::text("Our newsletter tool")),
);
const CREATED: Field = Field::must("created_at", "When it was made.", INSTANT);
const REVOKED: Field = Field::must(
    "revoked_at",
    "Since when its links lead nowhere; null while they work.",
    Shape::Maybe(&INSTANT),
);
const PAGE: Record = Record::new(
    "LinkKeyPage",
    "A page of link keys.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The keys.", Shape::List(&Shape::Object(&KEY), 0, 500)),
        Field::must("has_more", "Whether there are more.", Shape::Flag),
        Field::must("next_cursor", "What to send as `cursor` next.", Shape::Maybe(&NEXT_CURSOR)),
    ],
);
const KEY: Record =
    Record::new("LinkKey", "A key that mints footer links.", &[OBJECT, ID, NAME, CREATED, REVOKED]);
const MADE: Record = Record::new(
    "LinkKeyMade",
    "A key with its bytes.",
    &[
        OBJECT,
        ID,
        NAME,
        CREATED,
        REVOKED,
        Field::must(
            "key",
            "The key itself, 32 bytes in hexadecimal, told this once.",
            Shape::text("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
        ),
    ],
);
const NEW: Record = Record::new("LinkKeyNew", "A key to be made.", &[NAME_TAKEN]);

#[derive(Serialize)]
struct Key<'a> {
    object: &'static str,
    id: Shown<LinkKeyId>,
    name: Option<&'a str>,
    created_at: String,
    revoked_at: Option<String>,
    #[serde(rename = "key", skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip)]
    place: String,
}

impl<'a> Key<'a> {
    fn of(key: &'a LinkKey, text: Option<String>) -> Self {
        let LinkKey { tenant: _, id, name, sealed: _, created_at, revoked_at, indexed_to: _ } = key;
        Self {
            object: "link_key",
            id: Shown(*id),
            name: name.as_deref(),
            created_at: created_at.rfc3339(),
            revoked_at: revoked_at.map(Timestamp::rfc3339),
            text,
            place: place(*created_at, id),
        }
    }
}

/// The body.
#[derive(Default)]
struct New {
    name: Option<String>,
}

impl<'de> Object<'de> for New {
    const RECORD: &'static Record = &NEW;

    fn take<A: MapAccess<'de>>(&mut self, _index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.name = given(value.text_or_null()?);
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        self.name = name(self.name.take(), notes);
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let from = Place::of(&web, &request, &caller, &query, &[])?;
    let found = key_ring::link_keys(&web.app, caller.tenant.id, behind(&from.after), from.one_more()).await;
    let found = found.map_err(Fault::App)?;
    let data: Vec<Key<'_>> = found.iter().map(|it| Key::of(it, None)).collect();
    Ok(from.answer(&web, &caller, data, |it| it.place.clone())?)
}

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document: 409 when there are too many, 422.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let New { name } = json::read(&body)?;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let made = key_ring::make_link_key(&web.app, tx, caller.tenant.id, name).await;
        let (key, text) = made.map_err(refused)?;
        let mut reply = once::reply(StatusCode::CREATED, &Key::of(&key, Some(text)), None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/link_keys/{}", key.id)));
        Ok::<_, Refusal>(reply)
    });
    Ok(answer.await?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such key.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let id: LinkKeyId = id.parse().map_err(|_not_an_id| no_such_key())?;
    let found = key_ring::link_key(&web.app, caller.tenant.id, id).await.map_err(Fault::App)?;
    Ok(super::answer(&Key::of(&found.ok_or_else(no_such_key)?, None), 512)?)
}

/// Answers [`REVOKE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such key.
pub async fn revoke(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &REVOKE).await?;
    let id: LinkKeyId = id.parse().map_err(|_not_an_id| no_such_key())?;
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        let ended = key_ring::end_link_key(&web.app, tx, caller.tenant.id, id).await?;
        let ended = ended.ok_or_else(no_such_key)?;
        once::reply(StatusCode::OK, &Key::of(&ended, None), None)
    });
    Ok(answer.await?)
}
