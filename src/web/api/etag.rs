//! Which state of a thing an answer shows (`ETag`), and changes that are made to that state alone (`If-Match`,
//! RFC 9110 section 13): whoever changes what they have not seen is told so.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH},
    },
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{
    once::{self, Refusal},
    problem::Problem,
};
use crate::app::once::Reply;

/// Bytes of the hash that stand in a tag.
const BYTES: usize = 16;

/// The strong tag of a representation: a hash of its bytes.
pub(super) fn of(body: &[u8]) -> String {
    let hash = hex::encode(Sha256::digest(body));
    format!("\"{}\"", hash.get(..2 * BYTES).unwrap_or(&hash))
}

/// The tag of what also tells of things that change by themselves: of what is set, and after a dot of all of it. Only
/// the former is held against a change.
///
/// # Errors
/// It could not be written.
pub(super) fn of_settings(settings: &impl Serialize, body: &[u8]) -> Result<String, Refusal> {
    let (settings, all) = (when_read(settings)?, of(body));
    Ok(format!("{}.{}", settings.trim_end_matches('"'), all.trim_start_matches('"')))
}

/// The tag that whoever reads this is given.
///
/// # Errors
/// It could not be written.
pub(super) fn when_read(body: &impl Serialize) -> Result<String, Refusal> {
    Ok(of(once::reply(StatusCode::OK, body, None)?.body.as_bytes()))
}

/// Whether the caller has this state already (`If-None-Match`).
pub(super) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    listed(request, &IF_NONE_MATCH).is_some_and(|it| names(&it, tag, true))
}

/// Holds the caller to have seen this state (`If-Match`).
///
/// # Errors
/// 428 when they do not say which state they saw, 412 when it was another.
pub(super) fn hold(request: &HttpRequest, tag: &str) -> Result<(), Problem> {
    let Some(given) = listed(request, &IF_MATCH) else {
        let detail = "Send If-Match with the ETag of what you read, so that nobody's change is lost.";
        return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, detail));
    };
    if names(&given, tag, false) {
        return Ok(());
    }
    let detail = "It has changed since you read it. Read it again and decide anew. Nothing was changed.";
    Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail))
}

/// What is read, with its tag; nothing but the tag when the caller has this state already.
///
/// # Errors
/// It could not be written.
pub(super) fn answer(request: &HttpRequest, body: &impl Serialize) -> Result<HttpResponse, Refusal> {
    let shown = once::reply(StatusCode::OK, body, None)?;
    let tag = of(shown.body.as_bytes());
    Ok(answer_tagged(request, shown, tag))
}

/// The same with the tag it is given.
pub(super) fn answer_tagged(request: &HttpRequest, mut shown: Reply, tag: String) -> HttpResponse {
    if !is_known(request, &tag) {
        shown.headers.push(("etag".to_owned(), tag));
        return once::answer(shown, false);
    }
    HttpResponse::NotModified().insert_header((CACHE_CONTROL, "no-store")).insert_header((ETAG, tag)).finish()
}

/// All lines of a header as one list.
fn listed(request: &HttpRequest, name: &HeaderName) -> Option<String> {
    let lines: Vec<&str> =
        request.headers().get_all(name).map(|it| it.to_str().unwrap_or_default()).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

/// Whether a list of tags names this one. Our tags hold no comma. A weak tag is as good for reading and never for
/// changing (RFC 9110 section 8.8.3.2); a proxy that compresses makes strong ones weak. A change is made to what is
/// set: what stands after a dot is of no account to it.
fn names(list: &str, tag: &str, weak: bool) -> bool {
    list.split(',').map(str::trim).any(|it| {
        it == "*"
            || if weak {
                it.strip_prefix("W/").unwrap_or(it) == tag
            } else {
                settings(it).is_some_and(|it| Some(it) == settings(tag))
            }
    })
}

/// What a tag says of what is set.
fn settings(tag: &str) -> Option<&str> {
    tag.strip_prefix('"')?.strip_suffix('"')?.split('.').next()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const TAG: &str = "\"0a1b\"";

    fn held(value: &str) -> Result<(), u16> {
        let request = TestRequest::patch().insert_header((IF_MATCH, value)).to_http_request();
        hold(&request, TAG).map_err(|it| it.status)
    }

    #[test]
    fn a_change_needs_the_state_it_is_made_to() {
        for right in [TAG, "*", "\"x\", \"0a1b\"", "\"x\",\"0a1b\" "] {
            assert_eq!(held(right), Ok(()), "{right}");
        }
        for wrong in ["", "\"x\"", "0a1b", "W/\"0a1b\"", "\"0a1b", "\"0A1B\""] {
            assert_eq!(held(wrong), Err(412), "{wrong}");
        }
        let silent = TestRequest::patch().to_http_request();
        assert_eq!(hold(&silent, TAG).map_err(|it| it.status), Err(428));
    }

    #[test]
    fn what_changes_by_itself_keeps_nobody_from_a_change() {
        let tag = |set: &str, body: &[u8]| of_settings(&set, body).unwrap_or_default();
        let (then, now) = (tag("a", b"failing"), tag("a", b"working"));
        let request = TestRequest::patch().insert_header((IF_MATCH, then.as_str())).to_http_request();
        assert!(hold(&request, &now).is_ok());
        assert_eq!(hold(&request, &tag("b", b"failing")).map_err(|it| it.status), Err(412));
        let request = TestRequest::get().insert_header((IF_NONE_MATCH, then.as_str())).to_http_request();
        assert!(is_known(&request, &then) && !is_known(&request, &now), "who reads is told");
        assert_eq!(then.matches('"').count(), 2, "{then}");
    }

    #[test]
    fn what_is_known_need_not_be_sent() {
        let known = |value: &str| {
            let request = TestRequest::get().insert_header((IF_NONE_MATCH, value)).to_http_request();
            is_known(&request, TAG)
        };
        assert!(known(TAG) && known("W/\"0a1b\"") && known("*") && known("\"x\", \"0a1b\""));
        assert!(!known("\"x\"") && !known(""));
        assert_ne!(of(b"a"), of(b"b"));
        assert_eq!(of(b"a").len(), 2 + 2 * BYTES);
    }
}
