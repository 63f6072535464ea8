//! The same on somebody else's page, where the code can be typed as well.

use std::ops::Deref;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;

use super::{CheckEmailPage, Sent, Typed, path, typed};
use crate::{
    app::sign_up::{self, Answer},
    domain::{
        catalog::{Form, Tenant},
        email::provider,
        id::RequestId,
        request::Verdict,
    },
    web::{
        Web,
        embed::{
            Asked, View,
            answer::{self, Told},
            placed,
        },
        error::Fault,
        extract::{self, Fields},
        page::{self, Frame},
        part::{CodeProblem, PurposeView},
        public::{
            confirmed,
            message::{Next, Reason},
        },
    },
};

/// The page without what is around it.
#[derive(Template)]
#[template(path = "embed/check_email.html")]
struct Inner<'a>(CheckEmailPage<'a>);

impl<'a> Deref for Inner<'a> {
    type Target = CheckEmailPage<'a>;

    fn deref(&self) -> &CheckEmailPage<'a> {
        &self.0
    }
}

/// What was confirmed. No link to the person's choices: the page around it could read that.
#[derive(Template)]
#[template(path = "embed/confirmed.html")]
struct Confirmed<'a> {
    frame: &'a Frame,
    purposes: Vec<PurposeView>,
    receipt: String,
    receipt_href: String,
}

/// The answer to a form sent by the element, in place of the form.
#[expect(
    clippy::too_many_arguments,
    reason = "what a form knows that a stored request would have to be read for"
)]
pub(in crate::web::public) fn just_sent(
    request: &HttpRequest,
    web: &Web,
    asked: &Asked,
    tenant: &Tenant,
    form: &Form,
    frame: &Frame,
    id: RequestId,
    path: &str,
    told: &Told,
) -> HttpResponse {
    let until = web.app.now().plus(web.app.config.retention.unconfirmed.millis());
    let action = asked.address(path);
    let page = super::fill(web, tenant, frame, id, until, action, None);
    let meant = path.rsplit_once("&meant=").and_then(|(_, domain)| provider(domain));
    let form_href = Some(frame.path(&format!("/f/{}", form.slug)));
    let page = CheckEmailPage { form_href, meant, ..page };
    let title = frame.text("check-title").into_owned();
    answer::embedded(request, asked, frame, Some(form), title, told, &Inner(page))
}

/// The page in a frame.
pub(super) fn get(
    request: &HttpRequest,
    web: &Web,
    sent: &Sent<'_>,
    asked: &Asked,
    resent: bool,
) -> HttpResponse {
    match sent.is_over(request, web, asked) {
        Some(answer) => answer,
        None => sent.embedded(request, web, asked, None, resent),
    }
}

/// A code, or *Send it again*.
pub(super) async fn post(
    request: &HttpRequest,
    web: &Web,
    sent: &Sent<'_>,
    asked: &Asked,
    fields: &Fields,
) -> Result<HttpResponse, Fault> {
    if let Some(answer) = sent.is_over(request, web, asked) {
        return Ok(answer);
    }
    match fields.first("do") {
        "resend" if !fields.is_repeated("do") => resend(request, web, sent, asked).await,
        "" if !fields.is_repeated("code") => match typed(request, web, sent, fields).await? {
            Typed::Again(problem) => Ok(sent.embedded(request, web, asked, Some(problem), false)),
            Typed::TooFast(wait) => Ok(sent.refused(request, asked, Reason::of_wait(wait))),
            Typed::Right(opened, _) => {
                if !matches!(opened.verdict, Verdict::Confirmed(_)) {
                    return Ok(sent.refused(request, asked, Reason::Replaced));
                }
                let (purposes, receipt) = confirmed::kept(web, sent.tenant, &sent.frame, &opened).await?;
                Ok(sent.confirmed(request, asked, purposes, receipt, fields))
            }
        },
        _ => Ok(sent.refused(request, asked, Reason::BadRequest)),
    }
}

async fn resend(
    request: &HttpRequest,
    web: &Web,
    sent: &Sent<'_>,
    asked: &Asked,
) -> Result<HttpResponse, Fault> {
    let visit = extract::visit(request, web);
    Ok(match sign_up::resend(&web.app, sent.tenant, sent.id, &visit).await? {
        Answer::TooFast(wait) => sent.refused(request, asked, Reason::of_wait(wait)),
        Answer::CheckEmail(id) => {
            let path = asked.address(&path(web, sent.tenant, id, sent.frame.t.locale()));
            if asked.view == View::Frame {
                return Ok(page::see_other(&format!("{path}&resent")));
            }
            let until = web.app.now().plus(web.app.config.retention.unconfirmed.millis());
            let page = super::fill(web, sent.tenant, &sent.frame, id, until, path, None);
            let page = CheckEmailPage { resent: true, ..page };
            sent.answer(request, asked, &Told::new("pending", StatusCode::OK), "check-title", &Inner(page))
        }
    })
}

impl Sent<'_> {
    fn is_over(&self, request: &HttpRequest, web: &Web, asked: &Asked) -> Option<HttpResponse> {
        (web.app.now() >= self.until)
            .then(|| self.refused(request, asked, Reason::Expired { on: self.until }))
    }

    fn embedded(
        &self,
        request: &HttpRequest,
        web: &Web,
        asked: &Asked,
        problem: Option<CodeProblem>,
        resent: bool,
    ) -> HttpResponse {
        let action = asked.address(&self.frame.path(self.path));
        let page = self.filled(web, action, problem, resent);
        let told = match problem {
            None => Told::new("pending", StatusCode::OK),
            Some(_) => Told::new("invalid", StatusCode::UNPROCESSABLE_ENTITY),
        };
        self.answer(request, asked, &told, "check-title", &Inner(page))
    }

    fn confirmed(
        &self,
        request: &HttpRequest,
        asked: &Asked,
        purposes: Vec<PurposeView>,
        receipt: Option<String>,
        fields: &Fields,
    ) -> HttpResponse {
        let next = self.form.as_deref().and_then(|it| placed::next(it, fields));
        let told = Told {
            purposes: purposes.iter().map(|it| it.slug.clone()).collect(),
            next: next.map(str::to_owned),
            ..Told::new("confirmed", StatusCode::OK)
        };
        let receipt = receipt.unwrap_or_default();
        let receipt_href = self.frame.path(&format!("/v/{receipt}"));
        let page = Confirmed { frame: &self.frame, purposes, receipt, receipt_href };
        self.answer(request, asked, &told, "confirmed-title", &page)
    }

    fn refused(&self, request: &HttpRequest, asked: &Asked, reason: Reason) -> HttpResponse {
        let own = self.form_href.clone().map_or(Next::None, Next::Open);
        answer::message(request, asked, &self.frame, self.form.as_deref(), reason, own)
    }

    fn answer(
        &self,
        request: &HttpRequest,
        asked: &Asked,
        told: &Told,
        title: &str,
        inner: &impl Template,
    ) -> HttpResponse {
        let title = self.frame.text(title).into_owned();
        answer::embedded(request, asked, &self.frame, self.form.as_deref(), title, told, inner)
    }
}
