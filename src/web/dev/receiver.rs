//! `/dev/receiver`: a mailing tool that was told, and checked who told it.

use askama::Template;

use crate::web::page::Frame;

/// The webhooks received, newest first.
#[derive(Template)]
#[template(path = "dev/receiver.html")]
pub struct ReceiverPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
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
    /// The body, as received.
    pub body: String,
}
