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
    middleware::from_fn,
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

/// Every route: these, and those of the API by what they are about.
pub fn routes(config: &mut ServiceConfig) {
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
        .service(route("/docs/events", vec![read().to(api::event_types::page)]))
        .service(route("/docs/evidence", vec![read().to(docs::evidence)]))
        .service(route("/docs/forms", vec![read().to(docs::forms::get)]))
        .service(route("/docs/links", vec![read().to(docs::links)]))
        .service(route("/docs/pages", vec![read().to(docs::pages::get)]))
        .service(route("/docs/setup", vec![read().to(docs::setup)]))
        .service(route("/docs/tools", vec![read().to(docs::tools::index)]))
        .service(route("/docs/tools/{tool}", vec![read().to(docs::tools::get)]))
        .service(route("/docs/webhooks", vec![read().to(docs::webhooks)]))
        .service(route("/log/checkpoint", vec![read().to(log::checkpoint)]))
        .service(route("/log/tile/{path:.*}", vec![read().to(log::tile)]))
        .service(route("/healthz", vec![read().to(health::live)]))
        .service(route("/readyz", vec![read().to(health::ready)]))
        .service(route("/metrics", vec![read().to(metrics::get)]))
        .service(route("/domains", vec![read().to(hosts::ask)]))
        .service(route("/v1/openapi.json", vec![read().to(api::reference::document)]))
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
        .service(route("/dev/inbox/{id}/files/{number}", vec![read().to(dev::mail::file_of)]))
        .configure(people)
        .configure(setting_up)
        .configure(telling);
}

/// The API: people, what they asked for and what is kept of it. A path with a verb comes before the one it begins like.
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
        .service(route("/v1/evidence:export", vec![actix::post().to(api::evidence::export)]))
        .service(route(
            "/v1/suppressions",
            vec![read().to(api::suppressions::list), actix::post().to(api::suppressions::add)],
        ))
        .service(route(
            "/v1/signups",
            vec![read().to(api::signups::list), actix::post().to(api::signups::create)],
        ))
        .service(route("/v1/signups/{signup}:resend", vec![actix::post().to(api::signups::resend)]))
        .service(route("/v1/signups/{signup}:cancel", vec![actix::post().to(api::signups::cancel)]))
        .service(route("/v1/signups/{signup}", vec![read().to(api::signups::get)]))
        .service(route("/v1/suppressions:remove", vec![actix::post().to(api::suppressions::remove)]));
}

/// The API: what a tenant sets up.
fn setting_up(config: &mut ServiceConfig) {
    config
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
        .service(route(
            "/v1/purposes",
            vec![read().to(api::purposes::list), actix::post().to(api::purposes::create)],
        ))
        .service(route("/v1/purposes/{purpose}/wordings", vec![read().to(api::wordings::list)]))
        .service(route("/v1/purposes/{purpose}:publish", vec![actix::post().to(api::purposes::publish)]))
        .service(route("/v1/purposes/{purpose}:retire", vec![actix::post().to(api::purposes::retire)]))
        .service(route("/v1/purposes/{purpose}:restore", vec![actix::post().to(api::purposes::restore)]))
        .service(route(
            "/v1/purposes/{purpose}",
            vec![read().to(api::purposes::get), actix::patch().to(api::purposes::change)],
        ))
        .service(route("/v1/wordings/{wording}", vec![read().to(api::wordings::get)]))
        .service(route("/v1/notices", vec![read().to(api::notices::list)]))
        .service(route("/v1/notices/{version}", vec![read().to(api::notices::get)]))
        .service(route("/v1/notices:publish", vec![actix::post().to(api::notices::publish)]))
        .service(route(
            "/v1/link_keys",
            vec![read().to(api::link_keys::list), actix::post().to(api::link_keys::create)],
        ))
        .service(route("/v1/link_keys/{link_key}:revoke", vec![actix::post().to(api::link_keys::revoke)]))
        .service(route("/v1/link_keys/{link_key}", vec![read().to(api::link_keys::get)]))
        .service(route(
            "/v1/api_keys",
            vec![read().to(api::api_keys::list), actix::post().to(api::api_keys::create)],
        ))
        .service(route("/v1/api_keys/{api_key}:revoke", vec![actix::post().to(api::api_keys::revoke)]))
        .service(route("/v1/api_keys/{api_key}", vec![read().to(api::api_keys::get)]))
        .service(route(
            "/v1/exports",
            vec![read().to(api::exports::list), actix::post().to(api::exports::create)],
        ))
        .service(route("/v1/exports/{export}.ndjson", vec![read().to(api::exports::read)]))
        .service(route("/v1/exports/{export}", vec![read().to(api::exports::get)]));
}

/// The API: what mailing tools ask and are told.
fn telling(config: &mut ServiceConfig) {
    config
        .service(route("/v1/checks", vec![actix::post().to(api::checks::post)]))
        .service(route("/v1/checks.ndjson", vec![actix::post().to(api::checks::lines::post)]))
        .service(route("/v1/checks/keys", vec![read().to(api::checks::keys)]))
        .service(route("/v1/events", vec![read().to(api::events::get)]))
        .service(route("/v1/events/stream", vec![read().to(api::event_stream::get)]))
        .service(route("/v1/changes", vec![read().to(api::changes::get)]))
        .service(route("/v1/audiences/{purpose}.ndjson", vec![read().to(api::audiences::ndjson)]))
        .service(route("/v1/audiences/{purpose}.csv", vec![read().to(api::audiences::csv)]))
        .service(route("/v1/disclosures", vec![read().to(api::disclosures::list)]))
        .service(route("/v1/disclosures/{disclosure}", vec![read().to(api::disclosures::get)]))
        .service(route(
            "/v1/webhook_endpoints",
            vec![read().to(api::webhook_endpoints::list), actix::post().to(api::webhook_endpoints::create)],
        ))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}:disable",
            vec![actix::post().to(api::webhook_endpoints::disable)],
        ))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}:enable",
            vec![actix::post().to(api::webhook_endpoints::enable)],
        ))
        .service(route("/v1/webhook_endpoints/{endpoint}/deliveries", vec![read().to(api::deliveries::list)]))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}/deliveries/{delivery}:replay",
            vec![actix::post().to(api::deliveries::replay_one)],
        ))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}/deliveries/{delivery}",
            vec![read().to(api::deliveries::get)],
        ))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}:replay",
            vec![actix::post().to(api::deliveries::replay)],
        ))
        .service(route("/v1/event_types", vec![read().to(api::event_types::list)]))
        .service(route("/v1/schemas/events/{type}.json", vec![read().to(api::event_types::schema)]))
        .service(route("/v1/jobs", vec![read().to(api::jobs::list)]))
        .service(route("/v1/jobs/{job}", vec![read().to(api::jobs::get)]))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}:rotate",
            vec![actix::post().to(api::webhook_endpoints::rotate)],
        ))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}:test",
            vec![actix::post().to(api::webhook_endpoints::test)],
        ))
        .service(route(
            "/v1/webhook_endpoints/{endpoint}",
            vec![read().to(api::webhook_endpoints::get), actix::patch().to(api::webhook_endpoints::change)],
        ));
}

fn route(path: &str, routes: Vec<Route>) -> Resource {
    let keep = api::takes_none(path);
    let routes = routes.into_iter().map(|it| if keep { it.wrap(from_fn(api::keep_unread)) } else { it });
    routes.fold(actix::resource(path), Resource::route)
}

/// A route for GET and HEAD: a page that answers one answers the other.
fn read() -> Route {
    Route::new().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// Whether a request is for the API, whose errors are problem documents.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/v1/")
}
