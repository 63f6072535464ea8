//! `/v1/api_keys`: the keys that act for the tenant. A key never makes one that may do more than itself.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::{Serialize, de::MapAccess};

use super::{
    Shown,
    auth::{self, Scope},
    document::sentence,
    json::{self, Element, Given, Next, Notes, Object, Value},
    list::{CURSOR, LIMIT, NEXT_CURSOR, Place},
    once::{self, Refusal},
    problem::{Problem, Wrong},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::{
        key_ring::{self, KeyRefused},
        keys,
    },
    domain::{Timestamp, id::ApiKeyId, text::Line},
    store::key::ApiKey,
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
/// What a key is for, as it is sent.
pub(super) const NAME_TAKEN: Field = Field::may(
    "name",
    "What it is for, in your words.",
    Shape::Maybe(&Shape::text_within(Line::MAX, "Our shop")),
);
const SCOPE: Shape = Shape::Word(&keys::SCOPES);
const SCOPES: Field = Field::must("scopes", "What it may do.", Shape::List(&SCOPE, 1, SCOPES_MOST));
const UNKNOWN: (u16, &str) = (404, "There is no such key.");
const ID_IN_PATH: Parameter = Parameter::path("api_key", "The key, by its id.", KEY_ID);
const OBJECT: Field = Field::must("object", "`api_key`", Shape::Word(&["api_key"]));
const ID: Field = Field::must("id", "Our id: a name, not a secret.", KEY_ID);
const NAME: Field =
    Field::must("name", "What it is for; null when nobody said.", Shape::Maybe(&Shape::text("Our shop")));
const CREATED: Field = Field::must("created_at", "When it was made.", INSTANT);
const REVOKED: Field =
    Field::must("revoked_at", "Since when it is refused; null while it works.", Shape::Maybe(&INSTANT));
const PAGE: Record = Record::new(
    "ApiKeyPage",
    "A page of API keys.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The keys.", Shape::List(&Shape::Object(&KEY), 0, 500)),
        Field::must("has_more", "Whether there are more.", Shape::Flag),
        Field::must("next_cursor", "What to send as `cursor` next.", Shape::Maybe(&NEXT_CURSOR)),
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
            Shape::pattern(
                "^aye_[0-9A-Za-z_-]{43,48}$",
                "aye_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
            ),
        ),
    ],
);
const NEW: Record = Record::new("ApiKeyNew", "A key to be made.", &[SCOPES, NAME_TAKEN]);

#[derive(Serialize)]
struct Key<'a> {
    object: &'static str,
    id: Shown<ApiKeyId>,
    name: Option<&'a str>,
    scopes: &'a [String],
    created_at: String,
    revoked_at: Option<String>,
    #[serde(rename = "key", skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip)]
    place: String,
}

impl<'a> Key<'a> {
    fn of(key: &'a ApiKey, text: Option<String>) -> Self {
        let ApiKey { tenant: _, id, name, scopes, created_at, revoked_at } = key;
        Self {
            object: "api_key",
            id: Shown(*id),
            name: name.as_deref(),
            scopes,
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
    scopes: Vec<ScopeWord>,
    name: Option<String>,
}

/// A scope there is.
struct ScopeWord(String);

impl<'de> Element<'de> for ScopeWord {
    fn next<A: serde::de::SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(match json::next_text(list, notes)? {
            Next::Found(word) if keys::SCOPES.contains(&word.as_ref()) => {
                Next::Found(Self(word.into_owned()))
            }
            Next::Found(_) => {
                notes.wrong(&format!("must be one of {}", keys::SCOPES.join(", ")));
                Next::Other
            }
            Next::Other => Next::Other,
            Next::End => Next::End,
        })
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

/// A text, or nothing.
pub(super) fn given(given: Given<'_>) -> Option<String> {
    match given {
        Given::Text(text) => Some(text.into_owned()),
        Given::Null | Given::Other => None,
    }
}

/// What a key is for, as one line.
pub(super) fn name(given: Option<String>, notes: &mut Notes) -> Option<String> {
    match Line::parse(&given?) {
        Ok(line) => Some(line.as_str().to_owned()),
        Err(reason) => {
            notes.wrong_at("name", &reason.to_string());
            None
        }
    }
}

/// The place of a key in lists: when it was made, and its id.
pub(super) fn place(created_at: Timestamp, id: impl std::fmt::Display) -> String {
    format!("{} {id}", created_at.millis())
}

/// The reverse of [`place`].
pub(super) fn behind<T: std::str::FromStr>(place: &str) -> Option<(Timestamp, T)> {
    let (at, id) = place.split_once(' ')?;
    Some((Timestamp::from_millis(at.parse().ok()?), id.parse().ok()?))
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
    let data: Vec<Key<'_>> = found.iter().map(|it| Key::of(it, None)).collect();
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
    let scopes: Vec<String> = scopes.into_iter().map(|it| it.0).collect();
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let (tenant, may) = (caller.tenant.id, &caller.scopes);
        let made = key_ring::make_api_key(&web.app, tx, tenant, may, name, scopes).await;
        let (key, text) = made.map_err(refused)?;
        let mut reply = once::reply(StatusCode::CREATED, &Key::of(&key, Some(text)), None)?;
        reply.headers.push(("location".to_owned(), format!("/v1/api_keys/{}", key.id)));
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
    let id: ApiKeyId = id.parse().map_err(|_not_an_id| no_such_key())?;
    let found = key_ring::api_key(&web.app, caller.tenant.id, id).await.map_err(Fault::App)?;
    Ok(super::answer(&Key::of(&found.ok_or_else(no_such_key)?, None), 512)?)
}

/// Answers [`REVOKE`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such key.
pub async fn revoke(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &REVOKE).await?;
    let id: ApiKeyId = id.parse().map_err(|_not_an_id| no_such_key())?;
    let answer = once::act_once(&web, &request, &caller, &[], async |tx| {
        let ended = key_ring::end_api_key(&web.app, tx, caller.tenant.id, id).await?;
        let ended = ended.ok_or_else(no_such_key)?;
        once::reply(StatusCode::OK, &Key::of(&ended, None), None)
    });
    Ok(answer.await?)
}

/// A key that the tenant does not have.
pub(super) fn no_such_key() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such key.")
}

/// A use case's refusal in the words of the API.
pub(super) fn refused(error: KeyRefused) -> Refusal {
    let problem = match error {
        KeyRefused::App(error) => return error.into(),
        KeyRefused::TooMany(_) => Problem::new(StatusCode::CONFLICT, &sentence(&error.to_string())),
        KeyRefused::NotTheirs(places) => {
            let detail = "A key cannot grant what it may not do itself. Nothing was made.";
            let wrong = |at: usize| Wrong {
                pointer: Some(format!("/scopes/{at}")),
                parameter: None,
                detail: "the key you send does not have this scope".to_owned(),
            };
            let errors = places.into_iter().map(wrong).collect();
            Problem { errors, ..Problem::new(StatusCode::FORBIDDEN, detail) }
        }
    };
    problem.into()
}

#[cfg(test)]
mod tests;
