//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a request sent twice does one thing and has one
//! answer, whatever was lost on the way.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER},
    },
};
use serde::Serialize;

use super::{auth::Caller, etag, problem::Problem};
use crate::{
    app::{
        self,
        once::{Ask, Once, once},
    },
    domain::id::ContactId,
    store::{self, Tx},
    web::{Web, error::Fault},
};

pub(super) use crate::app::once::Reply;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is that of an earlier request.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// The longest key, in characters.
const KEY_MAX: usize = 255;

/// Why a change was not made. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// The caller can do something about it.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<app::Error> for Refusal {
    fn from(error: app::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        Self::Fault(error.into())
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => problem.status_code(),
            Self::Fault(fault) => fault.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Problem(problem) => problem.error_response(),
            Self::Fault(fault) => fault.error_response(),
        }
    }
}

/// An answer to be kept: its body, and whom it is about, if anybody.
pub(super) fn reply(
    status: StatusCode,
    body: &impl Serialize,
    about: Option<ContactId>,
) -> Result<Reply, Refusal> {
    let body = serde_json::to_string(body).map_err(|_not_ours| super::not_written())?;
    Ok(Reply { status: status.as_u16(), headers: Vec::new(), body, about })
}

/// The same with the `ETag` of its body.
pub(super) fn tagged(mut reply: Reply) -> Reply {
    reply.headers.push(("etag".to_owned(), etag::of(reply.body.as_bytes())));
    reply
}

/// Does `act` in one transaction, and once for an `Idempotency-Key`; what it answers is sent. `act` does nothing but
/// through its transaction.
///
/// # Errors
/// What `act` refused; 400, 409 and 422 about the key; the database failed.
pub(super) async fn act_once(
    web: &Web,
    request: &HttpRequest,
    caller: &Caller,
    body: &[u8],
    act: impl AsyncFnOnce(&mut Tx) -> Result<Reply, Refusal>,
) -> Result<HttpResponse, Refusal> {
    let (method, path) = (request.method().as_str(), request.path());
    let ask =
        key(request)?.map(|it| Ask::new(&web.app, caller.tenant.id, caller.key, method, path, &it, body));
    match once(&web.app, ask.as_ref(), act).await? {
        Once::Done(reply) => Ok(answer(reply, false)),
        Once::Again(reply) => Ok(answer(reply, true)),
        Once::OtherBody => {
            let detail = "This Idempotency-Key was used for another body within 24 hours. Send a new key. \
                          Nothing was changed.";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail).into())
        }
        Once::Erased => {
            let detail = "This Idempotency-Key was used within 24 hours, and the person it was about was erased since. \
                          Nothing was changed. Send a new key only if the person asked anew.";
            Err(Problem::new(StatusCode::CONFLICT, detail).into())
        }
        Once::Running => Ok(running()),
    }
}

/// An equal request is under way.
fn running() -> HttpResponse {
    let detail =
        "The first request with this Idempotency-Key is still under way. Send the same again in a moment.";
    let mut answer = HttpResponse::from(Problem::new(StatusCode::CONFLICT, detail));
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    answer
}

/// A kept answer, as it is sent.
pub(super) fn answer(reply: Reply, replayed: bool) -> HttpResponse {
    let Reply { status, headers, body, about: _ } = reply;
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
    answer.insert_header((CONTENT_TYPE, "application/json")).insert_header((CACHE_CONTROL, "no-store"));
    for header in headers {
        answer.insert_header(header);
    }
    if replayed {
        answer.insert_header((REPLAYED, "true"));
    }
    answer.body(body)
}

/// The key of a request: a string of structured fields (RFC 9651), in quotes; without them, as most clients send it.
fn key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let mut given = request.headers().get_all(IDEMPOTENCY_KEY);
    let Some(first) = given.next() else { return Ok(None) };
    let text = first.to_str().ok().filter(|_| given.next().is_none());
    let key = text.and_then(|it| unquoted(it.trim()));
    key.map(Some).ok_or_else(|| {
        let detail = "Idempotency-Key must be one text of 1 to 255 letters, digits and signs, in double quotes, such as \
                      \"8e03978e-40d5-43e8-bc93-6894a57f9324\".";
        Problem::new(StatusCode::BAD_REQUEST, detail)
    })
}

fn unquoted(text: &str) -> Option<String> {
    let key = match text.strip_prefix('"') {
        Some(rest) => {
            let (mut key, mut escaped, mut ended) = (String::new(), false, false);
            for sign in rest.chars() {
                match sign {
                    _ if ended => return None,
                    '"' | '\\' if escaped => {
                        key.push(sign);
                        escaped = false;
                    }
                    _ if escaped => return None,
                    '\\' => escaped = true,
                    '"' => ended = true,
                    _ => key.push(sign),
                }
            }
            ended.then_some(key)?
        }
        None => text.to_owned(),
    };
    let printable = key.bytes().all(|it| (0x20..0x7f).contains(&it));
    (printable && (1..=KEY_MAX).contains(&key.len())).then_some(key)
}

#[cfg(test)]
mod tests;
