//! `/dev`: where to start in the demo.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::receiver::{Arrival, Verify};
use crate::web::{
    Web,
    page::{self, Frame},
    public::message,
};

/// What the demo shows besides the service itself.
pub struct Demo {
    /// What to try, in order.
    pub stops: Vec<Stop>,
    /// The slug of the form on the shop's page.
    pub form: String,
    /// Checks a webhook as its receiver would.
    pub(super) verify: Box<Verify>,
    received: Mutex<VecDeque<Arrival>>,
}

impl Demo {
    /// A demo whose receiver checks webhooks with `verify`.
    pub fn new(stops: Vec<Stop>, form: String, verify: Box<Verify>) -> Self {
        Self { stops, form, verify, received: Mutex::default() }
    }

    /// The webhooks received, oldest first.
    pub(super) fn received(&self) -> MutexGuard<'_, VecDeque<Arrival>> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first page of the demo.
#[derive(Template)]
#[template(path = "dev/demo.html")]
pub struct DemoPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Whether there is a demo around it.
    pub demo: bool,
    /// What to try, in order.
    pub stops: &'a [Stop],
}

/// One thing to try.
#[derive(Clone, Debug)]
pub struct Stop {
    /// What it is.
    pub title: String,
    /// What to do there.
    pub text: String,
    /// Where it is.
    pub href: String,
}

/// `GET /dev`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Some(demo) = &web.demo else { return message::not_found(&request, &web) };
    let frame = super::frame("/dev");
    page::html(&frame, StatusCode::OK, &DemoPage { frame: &frame, demo: true, stops: &demo.stops })
}
