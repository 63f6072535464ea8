//! `/g/{token}`: a guardian answers for a child. Opening it changes nothing and uses nothing up.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{
    confirm::{OPENED, masked, opened_now},
    message::{self, MessagePage, Next, Reason},
    shown,
};
use crate::{
    app::{
        confirm::{self as requests, How, Opened, Outcome},
        guardian::{self, Answer},
    },
    domain::{
        Timestamp,
        catalog::{Catalog, Tenant},
        grade::Method,
        id::RequestId,
        link::{Kind, Link},
        request::Verdict,
    },
    i18n::Lang,
    web::{
        Web,
        error::Fault,
        extract::{self, Fields},
        page::{self, Frame},
        part::PurposeView,
    },
};

/// The query of the link *It was not me*.
const NOT_ME: &str = "not_me";

/// The question, or what came of it.
#[derive(Template)]
#[template(path = "public/guardian.html")]
pub struct GuardianPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The question, or what came of it.
    pub step: Step,
}

/// The question, or what came of it.
pub enum Step {
    /// A yes and a no of the same weight.
    Ask(Question),
    /// *It was not me*, before its button.
    Block {
        /// Where it posts to.
        action: String,
    },
    /// The guardian has said yes, the child has not yet.
    Waiting {
        /// The child's address, masked.
        address: String,
    },
    /// Both have said yes.
    Agreed,
    /// The guardian has just said no.
    Refused,
    /// The guardian has just said that it was not them.
    Blocked,
    /// The request was deleted, by whomever.
    Over,
}

/// What a guardian is asked.
pub struct Question {
    /// Where the answers post to: `do=confirm` or `do=delete`.
    pub action: String,
    /// Where *It was not me* is.
    pub not_me_href: String,
    /// Who asked, when, and below which age, as a sentence.
    pub asked: String,
    /// Until when the link works, in words.
    pub until: String,
    /// Signed: when this page was opened. Posted along as `opened`.
    pub opened: String,
    /// What the child asked for.
    pub purposes: Vec<PurposeView>,
}

impl Step {
    const fn title(&self) -> &'static str {
        match self {
            Self::Ask(_) => "guardian-title",
            Self::Block { .. } => "not-me-title",
            Self::Waiting { .. } | Self::Agreed => "guardian-agreed-title",
            Self::Refused => "guardian-refused-title",
            Self::Blocked => "not-me-done-title",
            Self::Over => "guardian-over-title",
        }
    }
}

/// The request a token names.
struct Named<'a> {
    tenant: &'a Tenant,
    id: RequestId,
    until: Timestamp,
    path: &'a str,
}

impl<'a> Named<'a> {
    fn by(request: &'a HttpRequest, web: &Web, catalog: &'a Catalog) -> Option<Self> {
        let token = request.match_info().query("token");
        let link = Link::open(&web.app.link_keys(), Kind::Guardian, token);
        let Some(Link::Guardian(tenant, id, until)) = link else { return None };
        catalog.tenant(tenant).map(|tenant| Self { tenant, id, until, path: request.path() })
    }

    /// The answer when the request is gone: past its time it says so, before it tells nobody why.
    fn gone(&self, request: &HttpRequest, web: &Web) -> HttpResponse {
        if web.app.now() < self.until {
            return message::unreadable(request, web);
        }
        let frame = self.frame(request, web, None);
        MessagePage::answer(&frame, Reason::Expired { on: self.until }, Next::None)
    }

    fn frame(&self, request: &HttpRequest, web: &Web, opened: Option<&Opened>) -> Frame {
        let stored = opened.map(|it| it.request.locale);
        let locale = extract::locale(request, stored, Some(self.tenant.locale));
        let here =
            if asks_to_block(request) { format!("{}?{NOT_ME}", self.path) } else { self.path.to_owned() };
        extract::frame(web, locale, &here, Some(self.tenant))
    }

    fn question(&self, web: &Web, frame: &Frame, opened: &Opened) -> Question {
        let Opened { request, contact, verdict: _ } = opened;
        Question {
            action: frame.path(self.path),
            not_me_href: frame.path(&format!("{}?{NOT_ME}", self.path)),
            asked: asked(&frame.t, opened, &masked(contact)),
            until: frame.t.date_time(request.facts.expires_at),
            opened: opened_now(web, self.id),
            purposes: shown::purposes(self.tenant, &request.purposes, frame.t.locale()),
        }
    }

    /// What a request is answered with that was not answered just now.
    fn answer(&self, web: &Web, frame: &Frame, opened: &Opened) -> HttpResponse {
        let Some(minor) = &opened.request.minor else { return page_of(frame, Step::Over) };
        let standing = opened.contact.standing();
        match opened.verdict {
            Verdict::Live if standing.restricted || standing.suppressed => {
                MessagePage::answer(frame, Reason::Frozen, Next::None)
            }
            Verdict::Live if minor.guardian_at.is_some() => {
                page_of(frame, Step::Waiting { address: masked(&opened.contact) })
            }
            Verdict::Live => page_of(frame, Step::Ask(self.question(web, frame, opened))),
            Verdict::Confirmed(_) => page_of(frame, Step::Agreed),
            Verdict::Deleted(_) | Verdict::Revoked(_) => page_of(frame, Step::Over),
            Verdict::Expired(on) => MessagePage::answer(frame, Reason::Expired { on }, Next::None),
            Verdict::Replaced => MessagePage::answer(frame, Reason::Replaced, Next::None),
        }
    }
}

fn asked(t: &Lang, opened: &Opened, address: &str) -> String {
    let age = opened.request.minor.as_ref().map_or(0, |it| i64::from(it.than));
    let date = t.date_time(opened.request.created_at);
    t.with("guardian-asked", &[("age", age.into()), ("address", address.into()), ("date", date.into())])
}

fn asks_to_block(request: &HttpRequest) -> bool {
    extract::query(request, NOT_ME).is_some()
}

fn page_of(frame: &Frame, step: Step) -> HttpResponse {
    page::html(frame, StatusCode::OK, &GuardianPage { frame, step })
}

/// `GET /g/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(named) = Named::by(&request, &web, &catalog) else {
        return Ok(message::unreadable(&request, &web));
    };
    let Some(opened) = requests::open(&web.app, named.tenant, named.id).await? else {
        return Ok(named.gone(&request, &web));
    };
    let frame = named.frame(&request, &web, Some(&opened));
    // As long as the address is kept, it can be blocked.
    if asks_to_block(&request) && guardian::address(&web.app, &opened.request).is_some() {
        return Ok(page_of(&frame, Step::Block { action: frame.path(named.path) }));
    }
    Ok(named.answer(&web, &frame, &opened))
}

/// `POST /g/{token}`: yes, no, or *It was not me*.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(named) = Named::by(&request, &web, &catalog) else {
        return Ok(message::unreadable(&request, &web));
    };
    let Some(opened) = requests::open(&web.app, named.tenant, named.id).await? else {
        return Ok(named.gone(&request, &web));
    };
    let frame = named.frame(&request, &web, Some(&opened));
    let answer = match fields.first("do") {
        "confirm" if !fields.is_repeated("do") => Answer::Agree,
        "delete" if !fields.is_repeated("do") => Answer::Refuse,
        "block" if !fields.is_repeated("do") => Answer::Block,
        _ => return Ok(message::bad_request(&frame, named.path)),
    };
    let was_kept = guardian::address(&web.app, &opened.request).is_some();
    let shown = shown_text(&named, &frame, &opened, answer);
    let how = How {
        method: Method::Link,
        shown: &shown,
        visit: &extract::visit(&request, &web),
        opened_at: requests::opened_at(&web.app, named.id, fields.first(OPENED)),
    };
    Ok(match guardian::decide(&web.app, named.tenant, named.id, answer, &how).await? {
        Outcome::Done(done) => match (answer, done.verdict) {
            (Answer::Refuse, Verdict::Deleted(_)) if was_kept => page_of(&frame, Step::Refused),
            (Answer::Block, Verdict::Deleted(_)) if was_kept => page_of(&frame, Step::Blocked),
            _ => named.answer(&web, &frame, &done),
        },
        Outcome::NothingTicked(_) | Outcome::Gone => named.gone(&request, &web),
    })
}

/// The text of the page whose button was pressed.
fn shown_text(named: &Named<'_>, frame: &Frame, opened: &Opened, answer: Answer) -> String {
    let views = shown::purposes(named.tenant, &opened.request.purposes, frame.t.locale());
    let asked = asked(&frame.t, opened, &masked(&opened.contact));
    let button = match answer {
        Answer::Agree => "guardian-yes",
        Answer::Refuse => "guardian-no",
        Answer::Block => return [frame.text("guardian-block-what"), frame.text("not-me-send")].join("\n"),
    };
    format!("{asked}\n\n{}", shown::consent_text(&frame.t, &views, button))
}
