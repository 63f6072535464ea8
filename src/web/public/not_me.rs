//! *It was not me*: from a confirmation mail nobody asked for to no more of them.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode},
    web::Data,
};
use askama::Template;

use super::{
    confirm::masked,
    message::{self, MessagePage, Next, Reason},
};
use crate::{
    app::{
        confirm::{Opened, open},
        not_me::{Reported, is_blocked, report},
        openings::Page,
    },
    domain::{
        catalog::{Catalog, Tenant},
        id::RequestId,
        link::{Kind, Link},
        request::Verdict,
    },
    web::{
        Web,
        error::Fault,
        extract::{self, Fields},
        page::{self, Frame},
    },
};

/// The button, then what it did.
#[derive(Template)]
#[template(path = "public/not_me.html")]
pub struct NotMePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The masked address.
    pub address: String,
    /// Before or after.
    pub step: NotMe,
}

/// Before or after the button.
pub enum NotMe {
    /// Before: posts to this path.
    Ask {
        /// The path.
        action: String,
    },
    /// After, and each time the link is opened again.
    Done,
}

/// The request a token names, with who is said to have made it.
struct Named<'a> {
    tenant: &'a Tenant,
    id: RequestId,
    opened: Opened,
    frame: Frame,
}

impl<'a> Named<'a> {
    async fn by(request: &HttpRequest, web: &Web, catalog: &'a Catalog) -> Result<Option<Self>, Fault> {
        let token = request.match_info().query("token");
        let Some(Link::NotMe(tenant, id)) = Link::open(&web.app.link_keys(), Kind::NotMe, token) else {
            return Ok(None);
        };
        let Some(tenant) = catalog.tenant(tenant) else { return Ok(None) };
        let Some(opened) = open(&web.app, tenant, id).await? else { return Ok(None) };
        let locale = extract::locale(request, Some(opened.request.locale), Some(tenant.locale));
        let frame = extract::frame(web, locale, request.path(), Some(tenant));
        Ok(Some(Self { tenant, id, opened, frame }))
    }

    fn page(&self, step: NotMe) -> HttpResponse {
        let page = NotMePage { frame: &self.frame, address: masked(&self.opened.contact), step };
        page::html(&self.frame, StatusCode::OK, &page)
    }

    /// Whoever confirmed had the mailbox: what is left to them is leaving.
    fn confirmed(&self, web: &Web) -> Option<HttpResponse> {
        let Verdict::Confirmed(on) = self.opened.verdict else { return None };
        let link = Link::Preferences(self.tenant.id, self.opened.contact.id).sign(&web.app.link_keys());
        let next = Next::Choices(self.frame.path(&format!("/p/{link}")));
        Some(MessagePage::answer(&self.frame, Reason::Confirmed { on }, next))
    }
}

/// `GET /x/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(named) = Named::by(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    if let Some(answer) = named.confirmed(&web) {
        return Ok(answer);
    }
    if named.opened.verdict == Verdict::Live {
        let head = request.method() == Method::HEAD;
        web.app.note_opening(&named.opened, Page::NotMe, head, &extract::visit(&request, &web));
    }
    if is_blocked(&web.app, named.tenant, &named.opened.contact).await? {
        return Ok(named.page(NotMe::Done));
    }
    Ok(named.page(NotMe::Ask { action: named.frame.path(request.path()) }))
}

/// `POST /x/{token}`
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(named) = Named::by(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    if let Some(answer) = named.confirmed(&web) {
        return Ok(answer);
    }
    if fields.first("do") != "block" || fields.is_repeated("do") {
        return Ok(message::bad_request(&named.frame, request.path()));
    }
    let visit = extract::visit(&request, &web);
    Ok(match report(&web.app, named.tenant, named.id, &visit).await? {
        Reported::Blocked => named.page(NotMe::Done),
        // Confirmed or gone since the page was read: the link says so when it is opened again.
        Reported::WasConfirmed => page::see_other(&named.frame.path(request.path())),
        Reported::Gone => message::unreadable(&request, &web),
    })
}
