//! API v1: bearer keys with scopes, problem documents, unknown fields refused, no address in any URL.

pub mod api_keys;
pub mod audiences;
pub mod auth;
mod bodies;
pub mod changes;
pub mod checks;
pub mod contacts;
pub mod contents;
pub mod deliveries;
pub mod disclosures;
mod document;
mod etag;
pub mod event_stream;
pub mod event_types;
pub mod events;
pub mod evidence;
pub mod exports;
pub mod form_pages;
pub mod forms;
pub mod jobs;
mod json;
mod key;
pub mod link_keys;
mod list;
pub mod notices;
mod once;
pub mod openapi;
pub mod preferences;
pub mod problem;
pub mod purposes;
mod query;
pub mod quota;
mod recipient;
pub mod reference;
pub mod route;
pub mod schema;
pub mod signups;
mod stream;
pub mod suppressions;
#[cfg(test)]
mod testing;
pub mod timeline;
pub mod webhook_endpoints;
pub mod wordings;

use std::fmt::Display;

use actix_web::{
    Error, HttpResponse,
    http::{StatusCode, header},
};
use serde::{Serialize, Serializer};

pub(super) use bodies::{keep_unread, takes_none};
use once::Refusal;
use problem::Problem;

use super::Web;

/// The longest name of an unknown field that is repeated to the sender, in bytes; a key is longer.
const NAME_MAX: usize = 40;

/// 200 with a JSON body that nobody keeps.
fn answer(body: &impl Serialize, capacity: usize) -> Result<HttpResponse, Problem> {
    let mut text = Vec::with_capacity(capacity);
    serde_json::to_writer(&mut text, body).map_err(|_not_ours| not_written())?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(text))
}

/// The answer to a change of what is set up, once this instance knows of it. The change is made by then: if it cannot be
/// read now, house-keeping reads it a moment later, and the answer may hold a secret that is shown once.
async fn settled(web: &Web, answer: Result<HttpResponse, Refusal>) -> Result<HttpResponse, Error> {
    let answer = answer?;
    if let Err(error) = web.app.refresh().await {
        tracing::warn!(%error, "what was set up is not read yet");
    }
    Ok(answer)
}

fn not_written() -> Problem {
    let detail = "The answer could not be written. Nothing was changed.";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
}

/// A value written as its text.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The name of a field or parameter that we do not know, if it looks like the name of one and may be repeated to
/// the sender: it might as well be an address or a key.
fn plain_name(name: &str) -> Option<&str> {
    let plain = !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
    (plain && name.len() <= NAME_MAX).then_some(name)
}
