//! HTTP: every route on one screen.
//!
//! A GET or HEAD never changes anything (RFC 9110 section 9.2.1): mail scanners open every link. One page
//! or endpoint is one file, with its form, its `get` and its `post`, and a template of the same name. Nothing
//! here decides about consent.

pub mod api;
pub mod assets;
pub mod dev;
pub mod docs;
pub mod error;
pub mod extract;
pub mod health;
pub mod limit;
pub mod page;
pub mod part;
pub mod public;

#[cfg(test)]
mod gallery;

use std::sync::Arc;

use actix_web::{
    Route, guard,
    web::{self as actix, ServiceConfig},
};

use crate::{app::App, mail::Capture};

/// What every handler works with.
#[derive(Clone)]
pub struct Web {
    /// The use cases.
    pub app: App,
    /// The inbox of captured mails, when it may be read here.
    pub inbox: Option<Arc<Capture>>,
}

/// Every route.
pub fn routes(config: &mut ServiceConfig) {
    let route = |path: &str, routes: Vec<Route>| {
        routes.into_iter().fold(actix::resource(path), actix_web::Resource::route)
    };
    config
        .service(route("/static/{hash}/{name}", vec![read().to(assets::get)]))
        .service(route("/healthz", vec![read().to(health::live)]))
        .service(route("/readyz", vec![read().to(health::ready)]))
        .service(route("/v1/checks", vec![actix::post().to(api::checks::post)]))
        .service(route("/v1/contacts:lookup", vec![actix::post().to(api::contacts::lookup)]))
        .service(route("/v1/events", vec![read().to(api::events::get)]));
}

/// A route for GET and HEAD: a page that answers one answers the other.
fn read() -> Route {
    Route::new().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// Whether a request is for the API, whose errors are problem documents.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/v1/")
}
