//! `/p` and `/ask/{tenant}`: send me my link. The same answer for a known and an unknown address.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::message;
use crate::{
    app::{ask_link::ask, sign_up::Answer},
    domain::{EmailAddress, Locale, catalog::Tenant},
    web::{
        Web,
        error::Fault,
        extract::{self, Fields},
        hosts,
        page::{self, Frame},
        part::{EmailProblem, FormError},
    },
};

/// The longest address that is given back to be corrected.
const ECHO: usize = 320;

/// Where to ask.
#[derive(Template)]
#[template(path = "public/ask_link.html")]
pub struct AskLinkPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where `email` posts to.
    pub action: String,
    /// The address as typed.
    pub email: String,
    /// What is wrong with it.
    pub problem: Option<EmailProblem>,
}

impl AskLinkPage<'_> {
    fn errors(&self) -> Vec<FormError> {
        let say = |it: EmailProblem| it.message(&self.frame.t).into_owned();
        self.problem
            .map(|it| FormError { anchor: "email".to_owned(), message: say(it) })
            .into_iter()
            .collect()
    }
}

/// Whom to ask, where several organisations send emails.
#[derive(Template)]
#[template(path = "public/ask_whom.html")]
pub struct AskWhomPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Name and path of each.
    pub tenants: Vec<(String, String)>,
}

/// Asked.
#[derive(Template)]
#[template(path = "public/ask_link_sent.html")]
pub struct AskLinkSentPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}

/// `GET /p`: the page of the one tenant there is, or whose name this is; or a list of them.
pub async fn any(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let catalog = web.app.catalog();
    let own = hosts::tenant(&request);
    let here = catalog.tenants.values().filter(|it| own.is_none_or(|own| own == it.id));
    let mut tenants: Vec<&Tenant> = here.map(AsRef::as_ref).collect();
    if let [tenant] = tenants.as_slice() {
        return blank(&request, &web, tenant, "/p");
    }
    tenants.sort_by(|left, right| left.name.cmp(&right.name));
    let frame = extract::frame(&web, extract::locale(&request, None, None), "/p", None);
    let links = tenants.into_iter().map(|it| (it.name.clone(), frame.path(&path(it))));
    page::html(&frame, StatusCode::OK, &AskWhomPage { frame: &frame, tenants: links.collect() })
}

/// `GET /ask/{tenant}`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let catalog = web.app.catalog();
    match catalog.tenant_named(request.match_info().query("tenant")) {
        Some(tenant) => blank(&request, &web, tenant, &path(tenant)),
        None => message::not_found(&request, &web),
    }
}

fn path(tenant: &Tenant) -> String {
    format!("/ask/{}", tenant.slug)
}

fn blank(request: &HttpRequest, web: &Web, tenant: &Tenant, here: &str) -> HttpResponse {
    let frame = extract::frame(web, extract::locale(request, None, Some(tenant.locale)), here, Some(tenant));
    let action = frame.path(&path(tenant));
    let page = AskLinkPage { frame: &frame, action, email: String::new(), problem: None };
    page::html(&frame, StatusCode::OK, &page)
}

/// `POST /ask/{tenant}`
///
/// # Errors
/// The database failed: nothing will be sent.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(tenant) = catalog.tenant_named(request.match_info().query("tenant")) else {
        return Ok(message::not_found(&request, &web));
    };
    let chosen = Locale::from_tag(fields.first("locale"));
    let locale = chosen.unwrap_or_else(|| extract::locale(&request, None, Some(tenant.locale)));
    let frame = extract::frame(&web, locale, &path(tenant), Some(tenant));
    let typed = fields.first("email");
    let email = if fields.is_repeated("email") {
        Err(EmailProblem::Several)
    } else {
        EmailAddress::parse_public(typed).map_err(EmailProblem::from)
    };
    let email = match email {
        Ok(email) => email,
        Err(problem) => {
            let page = AskLinkPage {
                frame: &frame,
                action: frame.path(&path(tenant)),
                email: typed.chars().filter(|it| !it.is_control()).take(ECHO).collect(),
                problem: Some(problem),
            };
            return Ok(page::html(&frame, StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    let visit = extract::visit(&request, &web);
    Ok(match ask(&web.app, tenant, &email, &visit).await? {
        Answer::TooFast(wait) => message::too_fast(&frame, wait),
        Answer::CheckEmail(_) => page::html(&frame, StatusCode::OK, &AskLinkSentPage { frame: &frame }),
    })
}
