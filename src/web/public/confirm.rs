//! `/c/{token}`: confirm. Opening it changes nothing and uses nothing up.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode},
    web::Data,
};
use askama::Template;

use super::{
    check_email,
    confirmed::{self, Came},
    message::{self, MessagePage, Next, Reason},
    same_browser, shown, waiting,
};
use crate::{
    app::{
        confirm::{self as requests, Decision, How, Opened, Outcome},
        openings::Page,
    },
    domain::{
        EmailAddress, Timestamp,
        catalog::{Catalog, Tenant},
        grade,
        id::{PurposeId, RequestId},
        link::{Kind, Link},
        request::Verdict,
    },
    store::contact::Contact,
    web::{
        Web,
        error::Fault,
        extract::{self, Fields},
        page::{self, Frame},
        part::PurposeView,
    },
};

/// The request, restated, with a yes and a no of the same weight.
#[derive(Template)]
#[template(path = "public/confirm.html")]
pub struct ConfirmPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where both answers post to: `do=confirm` or `do=delete`, and `p`.
    pub action: String,
    /// The masked address the request is about.
    pub address: String,
    /// When it was asked, in words.
    pub asked_on: String,
    /// Until when the link works, in words.
    pub until: String,
    /// Signed: when this page was opened. Posted along as `opened`.
    pub opened: String,
    /// What this request asked for. Several are boxes that may be unticked; one is a plain line.
    pub purposes: Vec<PurposeView>,
    /// Why *yes* could not be taken for one.
    pub wrong: Option<Wrong>,
    /// The script that confirms in the browser that signed up, see [`same_browser`].
    pub script: Option<&'static str>,
}

/// Why *yes* could not be taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Every box was unticked.
    NothingTicked,
    /// Something was ticked that this request did not ask for.
    NotAsked,
}

impl Wrong {
    /// The key of what to do about it.
    const fn key(self) -> &'static str {
        match self {
            Self::NothingTicked => "confirm-nothing-ticked",
            Self::NotAsked => "confirm-not-asked",
        }
    }
}

/// The request a token names.
pub(super) struct Named<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) id: RequestId,
    pub(super) until: Timestamp,
}

impl<'a> Named<'a> {
    pub(super) fn by(request: &HttpRequest, web: &Web, catalog: &'a Catalog) -> Option<Self> {
        let token = request.match_info().query("token");
        match Link::open(&web.app.link_keys(), Kind::Confirm, token) {
            Some(Link::Confirm(tenant, id, until)) => {
                catalog.tenant(tenant).map(|tenant| Self { tenant, id, until })
            }
            Some(_) | None => None,
        }
    }

    /// The answer when the request is gone. Past its time every request is: the link itself says so. Before,
    /// it tells nobody why.
    fn gone(&self, request: &HttpRequest, web: &Web, catalog: &Catalog) -> HttpResponse {
        let now = web.app.now();
        if now < self.until {
            return message::unreadable(request, web);
        }
        let locale = extract::locale(request, None, Some(self.tenant.locale));
        let frame = extract::frame(web, locale, request.path(), Some(self.tenant));
        let form = message::only_form(catalog, self.tenant, now);
        let next = form.map_or(Next::None, |it| Next::Open(frame.path(&it)));
        MessagePage::answer(&frame, Reason::Expired { on: self.until }, next)
    }
}

/// `GET /c/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(named) = Named::by(&request, &web, &catalog) else {
        return Ok(message::unreadable(&request, &web));
    };
    let Some(opened) = requests::open(&web.app, named.tenant, named.id).await? else {
        return Ok(named.gone(&request, &web, &catalog));
    };
    let frame = frame(&request, &web, named.tenant, &opened);
    let standing = opened.contact.standing();
    if opened.waits_since().is_some() {
        return Ok(waiting::answer(&frame, request.path(), named.tenant, &opened));
    }
    if opened.verdict == Verdict::Live && !standing.restricted && !standing.suppressed {
        let head = request.method() == Method::HEAD;
        web.app.note_opening(&opened, Page::Confirm, head, &extract::visit(&request, &web));
        return Ok(ask(&web, &frame, request.path(), named.tenant, &opened, None));
    }
    answer(&web, named.tenant, &frame, request.path(), &opened, Came::Looking).await
}

pub(super) fn frame(request: &HttpRequest, web: &Web, tenant: &Tenant, opened: &Opened) -> Frame {
    let locale = extract::locale(request, Some(opened.request.locale), Some(tenant.locale));
    extract::frame(web, locale, request.path(), Some(tenant))
}

/// The page with the two buttons.
fn ask(
    web: &Web,
    frame: &Frame,
    path: &str,
    tenant: &Tenant,
    opened: &Opened,
    wrong: Option<Wrong>,
) -> HttpResponse {
    let Opened { request, contact, verdict: _ } = opened;
    let asked = shown::purposes(tenant, &request.purposes, frame.t.locale());
    let restated = |it: PurposeView| if wrong == Some(Wrong::NothingTicked) { it } else { it.asked() };
    let page = ConfirmPage {
        frame,
        action: frame.path(path),
        address: masked(contact),
        asked_on: frame.t.date_time(request.created_at),
        until: frame.t.date_time(request.facts.expires_at),
        opened: opened_now(web, request.id),
        purposes: asked.into_iter().map(restated).collect(),
        wrong,
        // After an answer that was not complete, the person is in the middle of changing it.
        script: if wrong.is_some() { None } else { same_browser::script(web) },
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let policy = if page.script.is_some() { same_browser::POLICY } else { page::POLICY };
    page::html_under(policy, frame, status, &page)
}

/// The hidden field that tells when a page was opened.
pub(super) const OPENED: &str = "opened";

/// What that field says on a page of a request that is opened now.
pub(super) fn opened_now(web: &Web, request: RequestId) -> String {
    Link::Opened(request, web.app.now()).sign(&web.app.link_keys())
}

/// The address of a contact as a stranger may see it.
pub(super) fn masked(contact: &Contact) -> String {
    let parsed = contact.email.as_deref().and_then(|it| EmailAddress::parse(it).ok());
    parsed.map_or_else(String::new, |it| it.masked())
}

/// `POST /c/{token}`: yes, no, or *Send me a new link*.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    if fields.first("do") == same_browser::DO && !fields.is_repeated("do") {
        return same_browser::post(&request, &web, &catalog, &fields).await;
    }
    let Some(named) = Named::by(&request, &web, &catalog) else {
        return Ok(message::unreadable(&request, &web));
    };
    let Some(opened) = requests::open(&web.app, named.tenant, named.id).await? else {
        return Ok(named.gone(&request, &web, &catalog));
    };
    let (tenant, path) = (named.tenant, request.path());
    let frame = frame(&request, &web, tenant, &opened);
    let kept = ticked(tenant, &opened, &fields);
    let (decision, button) = match (fields.first("do"), &kept) {
        _ if fields.is_repeated("do") => return Ok(message::bad_request(&frame, path)),
        ("resend", _) => return check_email::resend(&request, &web, tenant, named.id, &frame).await,
        ("delete", _) => (Decision::Delete, "confirm-no"),
        ("confirm", Some(kept)) => (Decision::Confirm(kept), "confirm-yes"),
        ("confirm", None) if opened.verdict == Verdict::Live => {
            return Ok(ask(&web, &frame, path, tenant, &opened, Some(Wrong::NotAsked)));
        }
        ("confirm", None) => return answer(&web, tenant, &frame, path, &opened, Came::ActingAgain).await,
        (_, _) => return Ok(message::bad_request(&frame, path)),
    };
    // All that stood there: what the person unticked was seen, too.
    let views = shown::purposes(tenant, &opened.request.purposes, frame.t.locale());
    let shown = shown::consent_text(&frame.t, &views, button);
    let how = How {
        method: grade::Method::Link,
        shown: &shown,
        visit: &extract::visit(&request, &web),
        opened_at: requests::opened_at(&web.app, named.id, fields.first(OPENED)),
    };
    let came = Came::acting(opened.verdict == Verdict::Live);
    match requests::decide(&web.app, tenant, named.id, decision, &how).await? {
        Outcome::Done(opened) => {
            let mut answer = answer(&web, tenant, &frame, path, &opened, came).await?;
            same_browser::take_back(&request, &web, tenant.id, named.id, &mut answer);
            Ok(answer)
        }
        Outcome::NothingTicked(opened) => {
            Ok(ask(&web, &frame, path, tenant, &opened, Some(Wrong::NothingTicked)))
        }
        Outcome::Gone => Ok(named.gone(&request, &web, &catalog)),
    }
}

/// The purposes ticked, each of them asked for by the request; nothing sent for one purpose means that one.
/// `None` when something else is among them.
fn ticked(tenant: &Tenant, opened: &Opened, fields: &Fields) -> Option<Vec<PurposeId>> {
    let asked = &opened.request.purposes;
    if let ([only], false) = (asked.as_slice(), fields.has("p")) {
        return Some(vec![*only]);
    }
    let named = |slug| tenant.purpose_named(slug).map(|it| it.id).filter(|it| asked.contains(it));
    fields.all("p").map(named).collect()
}

/// What a request that is no longer open, or was closed just now, is answered with.
pub(super) async fn answer(
    web: &Web,
    tenant: &Tenant,
    frame: &Frame,
    path: &str,
    opened: &Opened,
    came: Came,
) -> Result<HttpResponse, Fault> {
    let new_link = || Next::Send { action: frame.path(path), hidden: vec![("do", "resend".to_owned())] };
    Ok(match opened.verdict {
        Verdict::Confirmed(at) => confirmed::confirmed(web, tenant, frame, opened, at, came).await?,
        Verdict::Deleted(_) => confirmed::deleted(web, tenant, frame, opened),
        Verdict::Live if opened.waits_since().is_some() => waiting::answer(frame, path, tenant, opened),
        Verdict::Live => MessagePage::answer(frame, Reason::Frozen, Next::None),
        Verdict::Expired(on) => MessagePage::answer(frame, Reason::Expired { on }, new_link()),
        Verdict::Replaced => MessagePage::answer(frame, Reason::Replaced, new_link()),
        Verdict::Revoked(on) => MessagePage::answer(frame, Reason::Revoked { on }, new_link()),
    })
}
