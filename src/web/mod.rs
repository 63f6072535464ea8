//! HTTP: every route on one screen.
//!
//! A GET or HEAD never changes anything (RFC 9110 section 9.2.1): mail scanners open every link. One page
//! or endpoint is one file, with its form, its `get` and its `post`, and a template of the same name. Nothing
//! here decides about consent.

pub mod api;
pub mod assets;
pub mod dev;
pub mod docs;
pub mod embed;
pub mod error;
pub mod extract;
pub mod health;
pub mod hosts;
pub mod limit;
pub mod log;
pub mod metrics;
pub mod page;
pub mod paper;
pub mod part;
pub mod public;
pub mod theme;
pub mod upload;

#[cfg(test)]
mod gallery;

use std::sync::Arc;

use actix_web::{
    Resource, Route, guard,
    web::{self as actix, ServiceConfig},
};

use crate::app::App;

/// What every handler works with.
#[derive(Clone)]
pub struct Web {
    /// The use cases.
    pub app: App,
    /// The inbox of captured mails, when it may be read here.
    pub inbox: Option<Arc<dev::Capture>>,
    /// What the demo shows besides, when this is the demo.
    pub demo: Option<Arc<dev::Demo>>,
}

/// Every route.
pub fn routes(config: &mut ServiceConfig) {
    people(config);
    config
        .service(route("/", vec![read().to(public::root::get)]))
        .service(route("/static/{hash}/{name}", vec![read().to(assets::get)]))
        .service(route("/e/1.js", vec![read().to(embed::script::newest)]))
        .service(route("/e/{version}-{hash}.js", vec![read().to(embed::script::pinned)]))
        .service(route(
            "/f/{form}",
            vec![read().to(public::sign_up::get), actix::post().to(public::sign_up::post)],
        ))
        .service(route("/e/pow.js", vec![read().to(assets::pow)]))
        .service(route("/f/{form}/snippet", vec![read().to(embed::snippet::get)]))
        .service(route(
            "/s/{token}",
            vec![read().to(public::check_email::get), actix::post().to(public::check_email::post)],
        ))
        .service(route(
            "/c/{token}",
            vec![read().to(public::confirm::get), actix::post().to(public::confirm::post)],
        ))
        .service(route("/p", vec![read().to(public::ask_link::any)]))
        .service(route(
            "/p/{token}",
            vec![read().to(public::preferences::get), actix::post().to(public::preferences::post)],
        ))
        .service(route(
            "/ask/{tenant}",
            vec![read().to(public::ask_link::get), actix::post().to(public::ask_link::post)],
        ))
        .service(route(
            "/u/{token}",
            vec![read().to(public::unsubscribe::get), actix::post().to(public::unsubscribe::post)],
        ))
        .service(route("/receipt/{token}", vec![read().to(public::receipt::get)]))
        .service(route("/receipt/{token}/receipt.pdf", vec![read().to(public::receipt::pdf)]))
        .service(route("/receipt/{token}/receipt.jsonld", vec![read().to(public::receipt::data)]))
        .service(route("/v/{receipt}", vec![read().to(public::receipt_check::get)]))
        .service(route(
            "/x/{token}",
            vec![read().to(public::not_me::get), actix::post().to(public::not_me::post)],
        ))
        .service(route(
            "/g/{token}",
            vec![read().to(public::guardian::get), actix::post().to(public::guardian::post)],
        ))
        .service(route("/v", vec![read().to(public::verify::get), actix::post().to(public::verify::post)]))
        .service(route("/n/{tenant}", vec![read().to(public::notice::get)]))
        .service(route("/t/{tenant}/{file}", vec![read().to(theme::get)]))
        .service(route("/how", vec![read().to(public::how::get)]))
        .service(route("/docs", vec![read().to(docs::index)]))
        .service(route("/docs/api", vec![read().to(api::reference::page)]))
        .service(route("/docs/domains", vec![read().to(docs::domains)]))
        .service(route("/docs/evidence", vec![read().to(docs::evidence)]))
        .service(route("/docs/forms", vec![read().to(docs::forms::get)]))
        .service(route("/docs/links", vec![read().to(docs::links)]))
        .service(route("/docs/pages", vec![read().to(docs::pages::get)]))
        .service(route("/docs/setup", vec![read().to(docs::setup)]))
        .service(route("/docs/webhooks", vec![read().to(docs::webhooks)]))
        .service(route("/log/checkpoint", vec![read().to(log::checkpoint)]))
        .service(route("/log/tile/{path:.*}", vec![read().to(log::tile)]))
        .service(route("/healthz", vec![read().to(health::live)]))
        .service(route("/readyz", vec![read().to(health::ready)]))
        .service(route("/metrics", vec![read().to(metrics::get)]))
        .service(route("/domains", vec![read().to(hosts::ask)]))
        .service(route("/v1/checks", vec![actix::post().to(api::checks::post)]))
        .service(route("/v1/events", vec![read().to(api::events::get)]))
        .service(route("/v1/evidence:export", vec![actix::post().to(api::evidence::export)]))
        .service(route("/v1/openapi.json", vec![read().to(api::reference::document)]))
        .service(route("/v1/purposes", vec![read().to(api::purposes::list)]))
        .service(route("/v1/purposes/{purpose}", vec![read().to(api::purposes::get)]))
        .service(route("/v1/forms", vec![read().to(api::forms::list), actix::post().to(api::forms::create)]))
        .service(route("/v1/forms/{form}/versions", vec![read().to(api::forms::versions)]))
        .service(route("/v1/forms/{form}/versions/{version}", vec![read().to(api::forms::version)]))
        .service(route("/v1/forms/{form}:diff", vec![read().to(api::forms::diff)]))
        .service(route("/v1/forms/{form}:publish", vec![actix::post().to(api::forms::publish)]))
        .service(route(
            "/v1/forms/{form}",
            vec![read().to(api::forms::get), actix::patch().to(api::forms::change)],
        ))
        .service(route("/v1/forms/{form}/pages", vec![read().to(api::form_pages::get)]))
        .service(route("/dev", vec![read().to(dev::demo::get)]))
        .service(route("/dev/shop", vec![read().to(dev::shop::get)]))
        .service(route(
            "/dev/receiver",
            vec![read().to(dev::receiver::get), actix::post().to(dev::receiver::post)],
        ))
        .service(route("/dev/inbox", vec![read().to(dev::inbox::get)]))
        .service(route("/dev/inbox/api/messages", vec![read().to(dev::inbox::messages)]))
        .service(route("/dev/inbox/{id}", vec![read().to(dev::mail::get)]))
        .service(route("/dev/inbox/{id}/body", vec![read().to(dev::mail::body_of)]))
        .service(route("/dev/inbox/{id}/files/{number}", vec![read().to(dev::mail::file_of)]));
}

/// What the API says and does about people. A path with a verb comes before the one it begins like.
fn people(config: &mut ServiceConfig) {
    config
        .service(route(
            "/v1/contacts",
            vec![read().to(api::contacts::list), actix::post().to(api::contacts::create)],
        ))
        .service(route("/v1/contacts/{contact}/links", vec![actix::post().to(api::contacts::links)]))
        .service(route(
            "/v1/contacts/{contact}/preferences",
            vec![read().to(api::preferences::get), actix::patch().to(api::preferences::patch)],
        ))
        .service(route("/v1/contacts/{contact}:export", vec![read().to(api::contacts::export)]))
        .service(route("/v1/contacts/{contact}:restrict", vec![actix::post().to(api::contacts::restrict)]))
        .service(route(
            "/v1/contacts/{contact}:unrestrict",
            vec![actix::post().to(api::contacts::unrestrict)],
        ))
        .service(route("/v1/contacts/{contact}:suppress", vec![actix::post().to(api::contacts::suppress)]))
        .service(route("/v1/contacts/{contact}:timeline", vec![read().to(api::timeline::get)]))
        .service(route(
            "/v1/contacts/{contact}",
            vec![read().to(api::contacts::get), actix::patch().to(api::contacts::patch)],
        ))
        .service(route("/v1/contacts:erase", vec![actix::post().to(api::contacts::erase)]))
        .service(route("/v1/contacts:lookup", vec![actix::post().to(api::contacts::lookup)]))
        .service(route(
            "/v1/signups",
            vec![read().to(api::signups::list), actix::post().to(api::signups::create)],
        ))
        .service(route("/v1/signups/{signup}:resend", vec![actix::post().to(api::signups::resend)]))
        .service(route("/v1/signups/{signup}:cancel", vec![actix::post().to(api::signups::cancel)]))
        .service(route("/v1/signups/{signup}", vec![read().to(api::signups::get)]))
        .service(route(
            "/v1/suppressions",
            vec![read().to(api::suppressions::list), actix::post().to(api::suppressions::add)],
        ))
        .service(route("/v1/suppressions:remove", vec![actix::post().to(api::suppressions::remove)]));
}

fn route(path: &str, routes: Vec<Route>) -> Resource {
    routes.into_iter().fold(actix::resource(path), Resource::route)
}

/// A route for GET and HEAD: a page that answers one answers the other.
fn read() -> Route {
    Route::new().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// Whether a request is for the API, whose errors are problem documents.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/v1/")
}
