//! Errors of the API: `application/problem+json` (RFC 9457).

use actix_web::{HttpResponse, http::StatusCode};
use serde::Serialize;

/// One problem document.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few words, always the same for a kind.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do about this one.
    pub detail: String,
    /// What is wrong in the body, by JSON Pointer (RFC 6901).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Wrong>,
}

/// One thing wrong in a body.
#[derive(Clone, Debug, Serialize)]
pub struct Wrong {
    /// Where.
    pub pointer: String,
    /// What, and what to write instead.
    pub detail: String,
}

impl Problem {
    /// A problem of a status, without more to say than the status does.
    pub fn of_status(status: StatusCode) -> Self {
        let detail = match status.as_u16() {
            404 => "There is nothing at this path.",
            405 => "This path does not take this method.",
            408 => "The body took too long to arrive. Send it again.",
            413 => "The body is too large. Send it in parts.",
            429 => "Too many connections from this address. Close some and try again.",
            503 => "The service cannot answer now. Nothing was changed. Try again in a minute.",
            _ => "The request could not be understood.",
        };
        Self::new(status, detail)
    }

    /// A problem of a status with words of its own.
    pub fn new(status: StatusCode, detail: &str) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: status.as_u16(),
            detail: detail.to_owned(),
            errors: Vec::new(),
        }
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
