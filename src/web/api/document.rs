//! Bodies that are documents: read by the same code as a file of `ayeaye apply`, whose mistakes have a place.

use std::fmt::Display;

use actix_web::http::StatusCode;

use super::problem::{Problem, Wrong};
use crate::{
    domain::{
        notice::Missing,
        tree::{Mistake, Tree},
    },
    store,
};

/// The largest document, in bytes: its texts stand in every language.
pub(super) const DOCUMENT_MAX: usize = 256 * 1024;

/// A body, as it was written.
///
/// # Errors
/// 400 when it is no JSON, 422 when it is no object.
pub(super) fn read(body: &[u8]) -> Result<Tree, Problem> {
    let read = std::str::from_utf8(body).ok().and_then(store::json::read);
    let detail = "The body is not JSON as in RFC 8259.";
    match read.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, detail))? {
        document @ Tree::Table(_) => Ok(document),
        _ => Err(Problem::wrong(vec![Wrong::at("", "must be an object")])),
    }
}

/// All that is wrong in a document.
pub(super) fn wrong(mistakes: Vec<Mistake>) -> Problem {
    let wrong = |it: Mistake| Wrong::at(it.pointer(), it.message);
    Problem::wrong(mistakes.into_iter().map(wrong).collect())
}

/// That a privacy notice does not say all that it must: each thing that it lacks.
pub(super) fn lacking(error: &impl Display, lacks: &[Missing]) -> Problem {
    let errors = lacks.iter().map(|it| Wrong::whole(it.to_string())).collect();
    Problem { detail: sentence(&error.to_string()), ..Problem::wrong(errors) }
}

/// A text as a sentence: with a capital and an end.
pub(super) fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|it| it.to_ascii_uppercase());
    let end = if text.ends_with('.') { "" } else { "." };
    first.into_iter().chain(rest).chain(end.chars()).collect()
}

/// A version as it is written: digits without zeros before them.
pub(super) fn number(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|it| it.is_ascii_digit()) && !text.starts_with('0');
    if is_plain { text.parse().ok() } else { None }
}
