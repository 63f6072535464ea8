//! After a child's yes: a parent or guardian has to say yes too. Nothing is granted yet.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use crate::{
    app::confirm::Opened,
    domain::catalog::Tenant,
    web::{
        page::{self, Frame},
        part::PurposeView,
        public::shown,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "public/waiting.html")]
pub struct WaitingPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// What was asked for.
    pub purposes: Vec<PurposeView>,
    /// Until when the guardian can answer, in words.
    pub until: String,
    /// Where *No, delete my request* posts to; none where only a code was typed.
    pub delete_action: Option<String>,
}

/// The page of a request whose guardian has not answered, on its own path.
pub(super) fn answer(frame: &Frame, path: &str, tenant: &Tenant, opened: &Opened) -> HttpResponse {
    let page = WaitingPage {
        frame,
        purposes: shown::purposes(tenant, &opened.request.purposes, frame.t.locale()),
        until: frame.t.date_time(opened.request.facts.expires_at),
        delete_action: path.starts_with("/c/").then(|| frame.path(path)),
    };
    page::html(frame, StatusCode::OK, &page)
}
