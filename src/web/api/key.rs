//! What `/v1/api_keys` and `/v1/link_keys` share: a key has a name, is told once, and is ended for good.

use std::{fmt::Display, str::FromStr};

use actix_web::http::StatusCode;
use serde::Serialize;

use super::{
    document::sentence,
    json::{Given, Notes},
    once::{self, Refusal, Reply},
    problem::{Problem, Wrong},
    route::Endpoint,
    schema::{Field, INSTANT, Shape},
};
use crate::{
    app::key_ring::KeyRefused,
    domain::{Timestamp, text::Line},
    store::key::{ApiKey, LinkKey},
};

/// What a key is for, as it is sent.
pub(super) const NAME_TAKEN: Field = Field::may(
    "name",
    "What it is for, in your words.",
    Shape::Maybe(&Shape::text_within(Line::MAX, "Our shop")),
);
/// When a key was made.
pub(super) const CREATED: Field = Field::must("created_at", "When it was made.", INSTANT);
/// Said of a key that is not there.
pub(super) const UNKNOWN: (u16, &str) = (404, "There is no such key.");

/// A key as the API shows it.
#[derive(Serialize)]
pub(super) struct Key<'a> {
    object: &'static str,
    id: String,
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scopes: Option<&'a [String]>,
    created_at: String,
    revoked_at: Option<String>,
    #[serde(rename = "key", skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Its place in lists: see [`behind`].
    #[serde(skip)]
    pub(super) place: String,
}

impl<'a> From<&'a ApiKey> for Key<'a> {
    fn from(key: &'a ApiKey) -> Self {
        let ApiKey { tenant: _, id, name, scopes, created_at, revoked_at } = key;
        Self {
            object: "api_key",
            id: id.to_string(),
            name: name.as_deref(),
            scopes: Some(scopes),
            created_at: created_at.rfc3339(),
            revoked_at: revoked_at.map(Timestamp::rfc3339),
            text: None,
            place: place(*created_at, id),
        }
    }
}

impl<'a> From<&'a LinkKey> for Key<'a> {
    fn from(key: &'a LinkKey) -> Self {
        let LinkKey { tenant: _, id, name, sealed: _, created_at, revoked_at, indexed_to: _ } = key;
        Self {
            object: "link_key",
            id: id.to_string(),
            name: name.as_deref(),
            scopes: None,
            created_at: created_at.rfc3339(),
            revoked_at: revoked_at.map(Timestamp::rfc3339),
            text: None,
            place: place(*created_at, id),
        }
    }
}

fn place(created_at: Timestamp, id: impl Display) -> String {
    format!("{} {id}", created_at.millis())
}

/// The reverse of [`Key::place`]: when a key was made, and its id.
pub(super) fn behind<T: FromStr>(place: &str) -> Option<(Timestamp, T)> {
    let (at, id) = place.split_once(' ')?;
    Some((Timestamp::from_millis(at.parse().ok()?), id.parse().ok()?))
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

/// The key a path names.
///
/// # Errors
/// 404 when the text is no id of ours: there is no key of that name either.
pub(super) fn named<T: FromStr>(id: &str) -> Result<T, Problem> {
    id.parse().map_err(|_not_an_id| no_such_key())
}

/// A key that the tenant does not have.
pub(super) fn no_such_key() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such key.")
}

/// A key made by `endpoint`, with its text.
pub(super) fn made(endpoint: &Endpoint, key: Key<'_>, text: String) -> Result<Reply, Refusal> {
    let key = Key { text: Some(text), ..key };
    let mut reply = once::reply(StatusCode::CREATED, &key, None)?;
    reply.headers.push(("location".to_owned(), format!("{}/{}", endpoint.path, key.id)));
    Ok(reply)
}

/// A key as it is once it is ended.
pub(super) fn ended<K>(key: Option<K>) -> Result<Reply, Refusal>
where
    for<'a> Key<'a>: From<&'a K>,
{
    once::reply(StatusCode::OK, &Key::from(&key.ok_or_else(no_such_key)?), None)
}

/// A use case's refusal in the words of the API.
pub(super) fn refused(error: KeyRefused) -> Refusal {
    let problem = match error {
        KeyRefused::App(error) => return error.into(),
        KeyRefused::TooMany(_) => Problem::new(StatusCode::CONFLICT, &sentence(&error.to_string())),
        KeyRefused::NotTheirs(places) => {
            let detail = "A key cannot grant what it may not do itself. Nothing was made.";
            let wrong =
                |at: usize| Wrong::at(format!("/scopes/{at}"), "the key you send does not have this scope");
            let errors = places.into_iter().map(wrong).collect();
            Problem { errors, ..Problem::new(StatusCode::FORBIDDEN, detail) }
        }
    };
    problem.into()
}
