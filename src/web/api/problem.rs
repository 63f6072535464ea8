//! Errors of the API: `application/problem+json` (RFC 9457).
//!
//! Each kind of problem has a status of its own, so `type` is `about:blank` and the title is the status in words
//! (RFC 9457 section 4.2.1), but for a quota that is used up, whose kind is registered. No detail holds an address, a key or a token.

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{HeaderValue, RETRY_AFTER},
    },
};
use serde::Serialize;

/// One problem document.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The kind in a few words, always the same for a kind.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What to do about this one.
    pub detail: String,
    /// Which line of the body, from 1, when it has a recipient a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Which quotas were exceeded, when that is the problem (draft-ietf-httpapi-ratelimit-headers).
    #[serde(rename = "violated-policies", skip_serializing_if = "<[_]>::is_empty")]
    pub violated_policies: &'static [&'static str],
    /// What is wrong in the body, by JSON Pointer (RFC 6901), or in the query, by parameter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Wrong>,
}

/// One thing wrong in a request: in the body or in the query, never both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// Where in the body, as a JSON Pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Which parameter of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What, and what to write instead.
    pub detail: String,
}

impl Wrong {
    /// Something wrong at a place of the body.
    pub(super) fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), parameter: None, detail: detail.into() }
    }

    /// Something wrong with a parameter of the query.
    pub(super) fn parameter(name: &str, detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: Some(name.to_owned()), detail: detail.into() }
    }

    /// Something wrong with the whole.
    pub(super) fn whole(detail: impl Into<String>) -> Self {
        Self { pointer: None, parameter: None, detail: detail.into() }
    }
}

impl Problem {
    /// A problem of a status, without more to say than the status does.
    pub fn of_status(status: StatusCode) -> Self {
        let detail = match status.as_u16() {
            404 => "There is nothing at this path.",
            405 => "This path does not take this method.",
            408 => "The body took too long to arrive. Send it again.",
            413 => "The body is too large. Send a list in parts, and texts shorter.",
            421 => {
                "No service answers under this name. Use the base URL of the service, or one of your hosts; a proxy must pass the Host header on as it came."
            }
            415 => "The body is not JSON. Send it with Content-Type: application/json.",
            429 => "Too many connections from this address. Close some and try again.",
            503 => "The service cannot answer now. Nothing was changed. Try again in a minute.",
            _ => "The request could not be understood.",
        };
        Self::new(status, detail)
    }

    /// A problem of a status with words of its own.
    pub fn new(status: StatusCode, detail: &str) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Problem"),
            status: status.as_u16(),
            detail: detail.to_owned(),
            line: None,
            violated_policies: &[],
            errors: Vec::new(),
        }
    }

    /// A request that was understood and cannot be done as it stands.
    pub fn wrong(errors: Vec<Wrong>) -> Self {
        let detail = "Something in the request is not as it must be; `errors` says what and where.";
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
    }
}

/// 503, when as much is done at once as can be.
pub(super) fn busy(detail: &str) -> HttpResponse {
    let mut answer = HttpResponse::from(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail));
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("60"));
    answer
}

impl std::error::Error for Problem {}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.title)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        self.clone().into()
    }
}

impl From<Problem> for HttpResponse {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&problem).unwrap_or_default();
        HttpResponse::build(status)
            .insert_header(("Content-Type", "application/problem+json"))
            .insert_header(("Cache-Control", "no-store"))
            .body(body)
    }
}
