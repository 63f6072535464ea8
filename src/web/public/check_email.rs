//! After a sign-up: check your email. The same page for every address, known or not, and no address on it.

mod embedded;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{
    confirm::{self, OPENED, opened_now},
    confirmed::Came,
    message::{self, MessagePage, Next, Reason},
    same_browser,
};
use crate::{
    app::{
        confirm::{ByCode, How, Opened, Outcome, by_code, opened_at},
        sign_up::{self, Answer},
    },
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::{Catalog, Form, Tenant},
        email::provider,
        grade::Method,
        id::RequestId,
        link::{Kind, Link},
        request::Outcome as Ended,
    },
    i18n::Lang,
    store,
    web::{
        Web,
        embed::{Asked, View},
        error::Fault,
        extract::{self, Fields},
        page::{self, Frame},
        part::{CodeForm, CodeProblem},
    },
};

pub(super) use embedded::just_sent;

/// Check your email.
#[derive(Template)]
#[template(path = "public/check_email.html")]
pub struct CheckEmailPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where the 6-digit code is typed.
    pub code: CodeForm,
    /// Where *Send it again* posts to, with `do=resend`.
    pub resend_action: String,
    /// The form, to use another address; none when it was asked for on a preference page.
    pub form_href: Option<String>,
    /// The sender's address, to search for.
    pub sender: String,
    /// Until when the link and the code work, in words.
    pub until: String,
    /// Whether the person has just asked for it again.
    pub resent: bool,
    /// The domain of a mailbox provider that was probably meant.
    pub meant: Option<&'static str>,
    /// Whether the link alone will do in this browser.
    pub same_browser: bool,
}

impl CheckEmailPage<'_> {
    /// `until` in words: date and time, as the delay may be an hour.
    pub fn until(t: &Lang, at: Timestamp) -> String {
        t.date_time(at)
    }
}

/// The page of a submission made now.
pub(super) fn path(web: &Web, tenant: &Tenant, id: RequestId, locale: Locale) -> String {
    let until = web.app.now().plus(web.app.config.retention.unconfirmed.millis());
    let token = Link::Sent(tenant.id, id, until).sign(&web.app.link_keys());
    format!("/s/{token}?lang={locale}")
}

/// The page of a submission of this address made now. Of the address it only carries the domain of a mailbox provider
/// that was probably meant, known or not, whoever it belongs to.
pub(super) fn path_for(
    web: &Web,
    tenant: &Tenant,
    id: RequestId,
    locale: Locale,
    email: &EmailAddress,
) -> String {
    let path = path(web, tenant, id, locale);
    email.suggestion().map_or(path.clone(), |it| format!("{path}&meant={}", it.domain()))
}

/// The submission a token names. One that led nowhere looks the same.
struct Sent<'a> {
    tenant: &'a Tenant,
    id: RequestId,
    until: Timestamp,
    /// Whether it had not ended when it was read.
    is_open: bool,
    form: Option<Arc<Form>>,
    form_href: Option<String>,
    frame: Frame,
    path: &'a str,
    meant: Option<&'static str>,
    same_browser: bool,
}

impl<'a> Sent<'a> {
    async fn open(request: &'a HttpRequest, web: &Web, catalog: &'a Catalog) -> Result<Option<Self>, Fault> {
        let token = request.match_info().query("token");
        let Some(Link::Sent(tenant, id, until)) = Link::open(&web.app.link_keys(), Kind::Sent, token) else {
            return Ok(None);
        };
        let Some(tenant) = catalog.tenant(tenant) else { return Ok(None) };
        let stored = store::request::find(&mut web.app.store.peek().await?, tenant.id, id).await?;
        let form = stored.as_ref().and_then(|it| catalog.form(it.form?));
        let form = form.cloned();
        let form_href = match &form {
            Some(form) => Some(format!("/f/{}", form.slug)),
            None => message::only_form(catalog, tenant, web.app.now()),
        };
        let is_open = stored.as_ref().is_some_and(|it| it.facts.outcome == Ended::Open);
        let locale = extract::locale(request, stored.map(|it| it.locale), Some(tenant.locale));
        let path = request.path();
        let frame = extract::frame(web, locale, path, Some(tenant));
        let form_href = form_href.map(|it| frame.path(&it));
        let meant = extract::query(request, "meant").and_then(|it| provider(&it));
        let same_browser = same_browser::holds(request, web, tenant.id, id);
        Ok(Some(Self { tenant, id, until, is_open, form, form_href, frame, path, meant, same_browser }))
    }

    /// The answer once the link and the code have stopped working; the request is gone by then.
    fn expired(&self, now: Timestamp) -> Option<HttpResponse> {
        let next = self.form_href.clone().map_or(Next::None, Next::Open);
        (now >= self.until)
            .then(|| MessagePage::answer(&self.frame, Reason::Expired { on: self.until }, next))
    }

    fn page(&self, web: &Web, problem: Option<CodeProblem>, resent: bool) -> HttpResponse {
        let Self { frame, path, .. } = self;
        let page = self.filled(web, frame.path(path), problem, resent);
        let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        page::html(frame, status, &page)
    }

    fn filled(
        &self,
        web: &Web,
        action: String,
        problem: Option<CodeProblem>,
        resent: bool,
    ) -> CheckEmailPage<'_> {
        let page = fill(web, self.tenant, &self.frame, self.id, self.until, action, problem);
        CheckEmailPage {
            form_href: self.form_href.clone(),
            resent,
            meant: self.meant,
            same_browser: self.same_browser,
            ..page
        }
    }
}

/// The page of a submission, as it is when it was just made.
fn fill<'f>(
    web: &Web,
    tenant: &Tenant,
    frame: &'f Frame,
    id: RequestId,
    until: Timestamp,
    action: String,
    problem: Option<CodeProblem>,
) -> CheckEmailPage<'f> {
    CheckEmailPage {
        frame,
        code: CodeForm {
            action: action.clone(),
            hidden: vec![(OPENED, opened_now(web, id))],
            problem: problem.map(|it| it.message(&frame.t)),
        },
        resend_action: action,
        form_href: None,
        sender: tenant.from_address.clone(),
        until: CheckEmailPage::until(&frame.t, until),
        resent: false,
        meant: None,
        same_browser: false,
    }
}

/// `GET /s/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(sent) = Sent::open(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let resent = extract::query(&request, "resent").is_some();
    let asked = Asked::of(&request, None);
    if asked.view != View::Page {
        return Ok(embedded::get(&request, &web, &sent, &asked, resent));
    }
    Ok(sent.expired(web.app.now()).unwrap_or_else(|| sent.page(&web, None, resent)))
}

/// `POST /s/{token}`: a code, or *Send it again*.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(sent) = Sent::open(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let asked = Asked::of(&request, Some(&fields));
    if asked.view != View::Page {
        return embedded::post(&request, &web, &sent, &asked, &fields).await;
    }
    if let Some(answer) = sent.expired(web.app.now()) {
        return Ok(answer);
    }
    match fields.first("do") {
        _ if fields.is_repeated("do") => Ok(message::bad_request(&sent.frame, sent.path)),
        "resend" => resend(&request, &web, sent.tenant, sent.id, &sent.frame).await,
        "" if !fields.is_repeated("code") => type_code(&request, &web, &sent, &fields).await,
        _ => Ok(message::bad_request(&sent.frame, sent.path)),
    }
}

/// Asks for the confirmation mail of a request once more, here or from a confirmation link that stopped working.
pub(super) async fn resend(
    request: &HttpRequest,
    web: &Web,
    tenant: &Tenant,
    id: RequestId,
    frame: &Frame,
) -> Result<HttpResponse, Fault> {
    let visit = extract::visit(request, web);
    Ok(match sign_up::resend(&web.app, tenant, id, &visit).await? {
        Answer::TooFast(wait) => message::too_fast(frame, wait),
        Answer::CheckEmail(next) => {
            let path = path(web, tenant, next, frame.t.locale());
            let mut answer = page::see_other(&format!("{path}&resent"));
            same_browser::give(&mut answer, same_browser::moved(request, web, tenant, id, next));
            answer
        }
    })
}

/// What a typed code led to.
enum Typed {
    /// Another is to be typed, for this reason.
    Again(CodeProblem),
    /// It was the right one.
    Right(Box<Opened>, Came),
    /// None may be typed for so many milliseconds.
    TooFast(i64),
}

async fn type_code(
    request: &HttpRequest,
    web: &Web,
    sent: &Sent<'_>,
    fields: &Fields,
) -> Result<HttpResponse, Fault> {
    match typed(request, web, sent, fields).await? {
        Typed::Right(opened, came) => {
            let (tenant, id) = (sent.tenant, sent.id);
            let mut answer = confirm::answer(web, tenant, &sent.frame, sent.path, &opened, came).await?;
            same_browser::take_back(request, web, tenant.id, id, &mut answer);
            Ok(answer)
        }
        Typed::TooFast(wait) => Ok(message::too_fast(&sent.frame, wait)),
        Typed::Again(problem) => Ok(sent.page(web, Some(problem), false)),
    }
}

async fn typed(request: &HttpRequest, web: &Web, sent: &Sent<'_>, fields: &Fields) -> Result<Typed, Fault> {
    let code = fields.first("code");
    if code.chars().filter(char::is_ascii_digit).count() != 6 {
        return Ok(Typed::Again(CodeProblem::Malformed));
    }
    let t = &sent.frame.t;
    let shown = [t.get("check-sent"), t.get("check-do"), t.get("code-send")].join("\n");
    let how = How {
        method: Method::Code,
        shown: &shown,
        visit: &extract::visit(request, web),
        opened_at: opened_at(&web.app, sent.id, fields.first(OPENED)),
    };
    Ok(match by_code(&web.app, sent.tenant, sent.id, code, &how).await? {
        ByCode::Right(Outcome::Done(opened)) => Typed::Right(opened, Came::acting(sent.is_open)),
        ByCode::Right(Outcome::NothingTicked(_) | Outcome::Gone) | ByCode::Spent => {
            Typed::Again(CodeProblem::Exhausted)
        }
        ByCode::Wrong(left) => Typed::Again(CodeProblem::Wrong { left }),
        ByCode::TooFast(wait) => Typed::TooFast(wait),
    })
}
