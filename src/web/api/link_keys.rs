//! `/v1/link_keys`: the keys with which a mailing tool mints footer links by itself. They mint L0 links and nothing else.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use serde::de::MapAccess;

use super::{
    auth::{self, Scope},
    json::{self, Notes, Object, Value},
    key::{self, CREATED, Key, NAME_TAKEN, UNKNOWN, behind, given, name, named, no_such_key, refused},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    once,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::key_ring,
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
const ID_IN_PATH: Parameter = Parameter::path("link_key", "The key, by its id.", KEY_ID);
const OBJECT: Field = Field::must("object", "`link_key`", Shape::Word(&["link_key"]));
const ID: Field = Field::must("id", "The `kid` of its links.", KEY_ID);
const NAME: Field = Field::must(
    "name",
    "What it is for; null when nobody said.",
    Shape::Maybe(&Shape::text("Our newsletter tool")),
);
const REVOKED: Field = Field::must(
    "revoked_at",
    "Since when its links lead nowhere; null while they work.",
    Shape::Maybe(&INSTANT),
);
const PAGE: Record = Record::new(
    "LinkKeyPage",
    "A page of link keys.",
    &[
        IS_LIST,
        Field::must("data", "The keys.", Shape::List(&Shape::Object(&KEY), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
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
    let data: Vec<Key<'_>> = found.iter().map(Key::from).collect();
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
        let (made, text) = made.map_err(refused)?;
        key::made(&CREATE, Key::from(&made), text)
    });
    Ok(answer.await?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such key.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let found = key_ring::link_key(&web.app, caller.tenant.id, named(&id)?).await.map_err(Fault::App)?;
    Ok(super::answer(&Key::from(&found.ok_or_else(no_such_key)?), 512)?)
}

/// Answers [`REVOKE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such key.
pub async fn revoke(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &REVOKE).await?;
    let id = named(&id)?;
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        key::ended(key_ring::end_link_key(&web.app, tx, caller.tenant.id, id).await?)
    });
    Ok(answer.await?)
}
