//! Strict JSON: unknown and repeated fields and wrong types are refused, each with its place.
//!
//! One pass over the bytes, into the value itself: texts without escapes are borrowed, and a mistake is noted
//! rather than raised, so that all are told at once. A body that is no JSON at all is another problem (400).

mod list;
mod notes;
mod object;
mod others;
mod text;
mod texts;
mod value;

use std::marker::PhantomData;

use actix_web::{
    Error, HttpRequest,
    dev::Payload,
    http::{StatusCode, header::CONTENT_ENCODING},
    web::Bytes,
};
use serde::de::DeserializeSeed as _;

use self::object::ObjectSeed;
pub(super) use self::{
    list::{Element, Next},
    notes::Notes,
    object::Object,
    text::{Given, next_text, next_word},
    texts::Text,
    value::Value,
};
use super::{bodies, problem::Problem};
use crate::web::{error::Fault, extract};

/// A body said to be JSON, of at most `limit` bytes. Where it may be left out, nothing is as good as `{}`.
///
/// # Errors
/// 415 when it is said to be something else, 413, 408, or 400 when it broke off.
pub(super) async fn body(request: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<Bytes, Error> {
    let is_json = extract::media_type(request) == "application/json";
    let may_be_left_out = bodies::may_be_left_out(request);
    if !is_json && !may_be_left_out {
        return Err(not_said_to_be_json().into());
    }
    is_plain(request)?;
    match extract::body(request, payload, if is_json { limit } else { 0 }).await {
        Ok(body) if body.is_empty() && may_be_left_out => Ok(Bytes::from_static(b"{}")),
        Err(Fault::TooLarge) if !is_json => Err(not_said_to_be_json().into()),
        read => Ok(read?),
    }
}

fn not_said_to_be_json() -> Problem {
    Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// Holds the caller to send the body as it is: what is small on the way may be endless once unpacked.
///
/// # Errors
/// 415 when it is compressed.
pub(super) fn is_plain(request: &HttpRequest) -> Result<(), Problem> {
    let codings = extract::header(request, &CONTENT_ENCODING).unwrap_or_default();
    if codings.is_empty() || codings.eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    let detail = "The body is compressed. Send it as it is, without Content-Encoding.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}

/// Reads a whole body.
///
/// # Errors
/// 400 when it is no JSON, 422 with all that is wrong in it.
pub(super) fn read<'de, T: Object<'de>>(body: &'de [u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(body).map_err(|_invalid| not_json("it is not UTF-8"))?;
    let mut notes = Notes::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let object = ObjectSeed::<T> { notes: &mut notes, kind: PhantomData }.deserialize(&mut json);
    let object = object.and_then(|object| json.end().map(|()| object));
    // The parser's own words are left out: they may quote the body.
    let object = object.map_err(|error| {
        let start = if text.starts_with('\u{feff}') { ", which begins with a byte order mark" } else { "" };
        not_json(&format!("the mistake is in line {}, column {}{start}", error.line(), error.column()))
    })?;
    if notes.found.is_empty() { Ok(object) } else { Err(Problem::wrong(notes.found)) }
}

fn not_json(why: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, &format!("The body is not JSON as in RFC 8259: {why}."))
}

#[cfg(test)]
mod tests;
