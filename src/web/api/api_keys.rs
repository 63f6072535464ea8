//! `/v1/api_keys`: the keys that act for the tenant. A key never makes one that may do more than itself.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use serde::de::MapAccess;

use super::{
    auth::{self, Scope},
    json::{self, Element, Next, Notes, Object, Value},
    key::{self, CREATED, Key, NAME_TAKEN, UNKNOWN, behind, given, name, named, no_such_key, refused},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    once,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::{key_ring, keys},
    web::{Web, error::Fault, extract::FORM_LIMIT},
};

/// `GET /v1/api_keys`
pub const LIST: Endpoint = Endpoint::new(Method::Get, "/v1/api_keys", Scope::KeysWrite, "List the API keys")
    .about("Oldest first, revoked ones included. The text of a key is told once, when it is made.")
    .with(&[LIMIT, CURSOR])
    .answers("A page of keys.", &PAGE);

/// `POST /v1/api_keys`
pub const CREATE: Endpoint =
    Endpoint::new(Method::Post, "/v1/api_keys", Scope::KeysWrite, "Make an API key")
        .about(
            "Its text stands in this answer alone. It may do nothing that the key which makes it may not. Send an \
             Idempotency-Key: who loses the answer gets it again for 24 hours.",
        )
        .takes(&NEW, r#"{"name":"Our shop","scopes":["keys:write"]}"#)
        .creates("The key with its text.", &MADE)
        .changes()
        .fails(&[
            (403, "The key lacks the scope, or would grant one that it lacks itself."),
            (409, "There are too many live keys, or an equal request is still under way."),
        ]);

/// `GET /v1/api_keys/{api_key}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/api_keys/{api_key}", Scope::KeysWrite, "Read an API key")
        .about("Everything about it but the key itself.")
        .with(&[ID_IN_PATH])
        .answers("The key.", &KEY)
        .fails(&[UNKNOWN]);

/// `POST /v1/api_keys/{api_key}:revoke`
pub const REVOKE: Endpoint =
    Endpoint::new(Method::Post, "/v1/api_keys/{api_key}:revoke", Scope::KeysWrite, "Revoke an API key")
        .about(
            "It is refused from now on, for good. Twice is once. A key may revoke itself. The body is empty.",
        )
        .with(&[ID_IN_PATH])
        .answers("The key as it is now.", &KEY)
        .changes()
        .fails(&[UNKNOWN]);

/// The longest list of scopes.
const SCOPES_MOST: usize = 100;
/// An API key as we name it.
pub(super) const KEY_ID: Shape = Shape::pattern("^key_[0-9a-hjkmnp-tv-z]{13}$", "key_0f3k9m2q7r5tz");
const SCOPE: Shape = Shape::Word(&keys::SCOPES);
const SCOPES: Field = Field::must("scopes", "What it may do.", Shape::List(&SCOPE, 1, SCOPES_MOST));
const ID_IN_PATH: Parameter = Parameter::path("api_key", "The key, by its id.", KEY_ID);
const OBJECT: Field = Field::must("object", "`api_key`", Shape::Word(&["api_key"]));
const ID: Field = Field::must("id", "Our id: a name, not a secret.", KEY_ID);
const NAME: Field =
    Field::must("name", "What it is for; null when nobody said.", Shape::Maybe(&Shape::text("Our shop")));
const REVOKED: Field =
    Field::must("revoked_at", "Since when it is refused; null while it works.", Shape::Maybe(&INSTANT));
const PAGE: Record = Record::new(
    "ApiKeyPage",
    "A page of API keys.",
    &[
        IS_LIST,
        Field::must("data", "The keys.", Shape::List(&Shape::Object(&KEY), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const KEY: Record =
    Record::new("ApiKey", "A key that acts for you.", &[OBJECT, ID, NAME, SCOPES, CREATED, REVOKED]);
const MADE: Record = Record::new(
    "ApiKeyMade",
    "A key with its text.",
    &[
        OBJECT,
        ID,
        NAME,
        SCOPES,
        CREATED,
        REVOKED,
        Field::must(
            "key",
            "The key itself, told this once: `Authorization: Bearer` and this. It begins with `aye_test_` in an organisation for tests.",
            Shape::pattern("^aye_[0-9A-Za-z_-]{43,48}$", "aye_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"),
        ),
    ],
);
const NEW: Record = Record::new("ApiKeyNew", "A key to be made.", &[SCOPES, NAME_TAKEN]);

/// The body.
#[derive(Default)]
struct New {
    scopes: Vec<ScopeWord>,
    name: Option<String>,
}

/// A scope there is.
struct ScopeWord(&'static str);

impl<'de> Element<'de> for ScopeWord {
    fn next<A: serde::de::SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(json::next_word(list, notes, &keys::SCOPES)?.map(Self))
    }
}

impl<'de> Object<'de> for New {
    const RECORD: &'static Record = &NEW;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.scopes = value.list()?,
            _ => self.name = given(value.text_or_null()?),
        }
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
    let found = key_ring::api_keys(&web.app, caller.tenant.id, behind(&from.after), from.one_more()).await;
    let found = found.map_err(Fault::App)?;
    let data: Vec<Key<'_>> = found.iter().map(Key::from).collect();
    Ok(from.answer(&web, &caller, data, |it| it.place.clone())?)
}

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document: 403 when it would grant more than the caller may, 409 when there are too many, 422.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let New { scopes, name } = json::read(&body)?;
    let scopes: Vec<String> = scopes.into_iter().map(|it| it.0.to_owned()).collect();
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let (tenant, may) = (caller.tenant.id, &caller.scopes);
        let made = key_ring::make_api_key(&web.app, tx, tenant, may, name, scopes).await;
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
    let found = key_ring::api_key(&web.app, caller.tenant.id, named(&id)?).await.map_err(Fault::App)?;
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
        key::ended(key_ring::end_api_key(&web.app, tx, caller.tenant.id, id).await?)
    });
    Ok(answer.await?)
}

#[cfg(test)]
mod tests;
