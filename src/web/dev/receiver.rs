//! `/dev/receiver`: a mailing tool that was told, and checked who told it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::HeaderName},
    web::{Data, Payload},
};
use askama::Template;
use serde_json::Value;

use crate::{
    domain::Timestamp,
    web::{
        Web,
        error::Fault,
        extract,
        page::{self, Frame},
        public::message,
    },
};

/// The largest webhook: ours have less than 20 kB.
const LIMIT: usize = 64 * 1024;
/// How many webhooks are kept.
const KEPT: usize = 100;

/// Whether a webhook was signed with the secret of the demo's endpoint.
pub type Verify = dyn Fn(&Signed<'_>) -> bool + Send + Sync;

/// What a signature is of, and the signature, as they arrived (Standard Webhooks 1.0.0).
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// `webhook-id`
    pub id: &'a str,
    /// `webhook-timestamp`
    pub timestamp: &'a str,
    /// `webhook-signature`
    pub signature: &'a str,
    /// The body.
    pub body: &'a [u8],
}

/// A webhook as it was received.
pub(super) struct Arrival {
    id: String,
    at: Timestamp,
    verified: bool,
    body: String,
}

/// The webhooks received, newest first.
#[derive(Template)]
#[template(path = "dev/receiver.html")]
pub struct ReceiverPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Whether there is a demo around it.
    pub demo: bool,
    /// The address webhooks are sent to.
    pub endpoint: String,
    /// Newest first.
    pub received: Vec<Received>,
}

/// One webhook.
pub struct Received {
    /// Its `webhook-id`.
    pub id: String,
    /// The type of its event.
    pub kind: String,
    /// Date and time, in words.
    pub when: String,
    /// Whether its signature was checked and right.
    pub verified: bool,
    /// The body; JSON set out in lines.
    pub body: String,
}

/// `GET /dev/receiver`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Some(demo) = &web.demo else { return message::not_found(&request, &web) };
    let frame = super::frame("/dev/receiver");
    let received = demo.received().iter().rev().map(Received::of).collect();
    let endpoint = web.app.url("/dev/receiver");
    page::html(&frame, StatusCode::OK, &ReceiverPage { frame: &frame, demo: true, endpoint, received })
}

/// `POST /dev/receiver`: takes a webhook, and refuses it when its signature is wrong, as every receiver should.
///
/// # Errors
/// The body is too large or did not arrive.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> Result<HttpResponse, Fault> {
    let Some(demo) = &web.demo else { return Ok(message::not_found(&request, &web)) };
    let body = extract::body(&request, &mut payload.into_inner(), LIMIT).await?;
    let header = |name| extract::header(&request, &HeaderName::from_static(name)).unwrap_or_default();
    let (id, timestamp) = (header("webhook-id"), header("webhook-timestamp"));
    let signature = header("webhook-signature");
    let verified =
        (demo.verify)(&Signed { id: &id, timestamp: &timestamp, signature: &signature, body: &body });
    let arrival =
        Arrival { id, at: web.app.now(), verified, body: String::from_utf8_lossy(&body).into_owned() };
    let mut received = demo.received();
    if received.len() == KEPT {
        received.pop_front();
    }
    received.push_back(arrival);
    drop(received);
    let status = if verified { StatusCode::NO_CONTENT } else { StatusCode::UNAUTHORIZED };
    Ok(HttpResponse::build(status).finish())
}

impl Received {
    fn of(arrival: &Arrival) -> Self {
        let Arrival { id, at, verified, body } = arrival;
        let json: Option<Value> = serde_json::from_str(body).ok();
        let kind = json.as_ref().and_then(|it| it.get("type")).and_then(Value::as_str);
        let readable = json.as_ref().and_then(|it| serde_json::to_string_pretty(it).ok());
        Self {
            id: id.clone(),
            kind: kind.unwrap_or("(not an event)").to_owned(),
            when: super::when(*at),
            verified: *verified,
            body: readable.unwrap_or_else(|| body.clone()),
        }
    }
}
