//! The form on somebody else's page, and the answers to it there.

use std::ops::Deref;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{IF_NONE_MATCH, ORIGIN, RETRY_AFTER},
    },
};
use askama::Template;
use sha2::{Digest, Sha256};

use super::{Entered, HONEYPOT, Offer, SignUpPage, Told as Outcome, prove::ProvePage, told::AskedFor};
use crate::{
    domain::id::PurposeId,
    web::{
        Web,
        embed::{
            View,
            answer::{self, Told},
            placed,
        },
        extract::Fields,
        page::{self, Frame},
        public::{
            check_email,
            message::{Next, Reason},
            shown,
            too_young::TooYoungPage,
        },
    },
};

/// The form without a page around it.
#[derive(Template)]
#[template(path = "embed/sign_up.html")]
struct Inner<'a>(SignUpPage<'a>);

impl<'a> Deref for Inner<'a> {
    type Target = SignUpPage<'a>;

    fn deref(&self) -> &SignUpPage<'a> {
        &self.0
    }
}

/// Why nothing was taken, without a page around it.
#[derive(Template)]
#[template(path = "embed/too_young.html")]
struct TooYoung<'a>(TooYoungPage<'a>);

impl<'a> Deref for TooYoung<'a> {
    type Target = TooYoungPage<'a>;

    fn deref(&self) -> &TooYoungPage<'a> {
        &self.0
    }
}

/// The form, empty.
pub(super) fn opened(request: &HttpRequest, web: &Web, offer: &Offer<'_>, frame: &Frame) -> HttpResponse {
    if offer.is_closed(web.app.now()) {
        return offer.refused(request, frame, Reason::FormClosed);
    }
    if offer.asked.view == View::Fragment && !may_embed(request, web, offer) {
        return offer.refused(request, frame, Reason::Origin);
    }
    let tag = offer.tag(web, frame);
    let known = request.headers().get(IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    let told = Told { purposes: offer.slugs(), ..Told::new("ready", StatusCode::OK) };
    let page = offer.page(web, frame, &Entered::default());
    let mut answer = offer.embedded(request, frame, &told, page.heading.clone(), &Inner(page));
    if offer.asked.view == View::Fragment {
        answer::keep(&mut answer, &tag);
        if known.is_some_and(|it| it.contains(tag.as_str())) {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            return answer.drop_body().map_into_boxed_body();
        }
    }
    answer
}

fn may_embed(request: &HttpRequest, web: &Web, offer: &Offer<'_>) -> bool {
    let Some(origin) = request.headers().get(ORIGIN) else { return true };
    let own = |it: &str| web.app.is_own_origin(offer.tenant.id, it);
    origin.to_str().is_ok_and(|it| own(it) || offer.form.is_for(it))
}

impl Offer<'_> {
    fn slugs(&self) -> Vec<String> {
        self.purposes.iter().map(|it| it.slug.clone()).collect()
    }

    /// Names what the form shows. Its token ages, so the name changes four times within the life of one.
    fn tag(&self, web: &Web, frame: &Frame) -> String {
        let words = shown::words(self.tenant, &self.purposes, frame.t.locale());
        let quarter = (web.app.config.limits.form_token_max.millis() / 4).max(1);
        let age = web.app.now().millis() / quarter;
        let parts = [
            frame.tag(),
            &shown::version(self.form, words),
            &web.app.catalog().version.to_string(),
            &self.path(),
            &format!("{:?}", self.hidden),
            &age.to_string(),
            env!("CARGO_PKG_VERSION"),
        ];
        let mut hash = hex::encode(Sha256::digest(parts.join("\n")));
        hash.truncate(16);
        format!("W/\"{hash}\"")
    }

    fn embedded(
        &self,
        request: &HttpRequest,
        frame: &Frame,
        told: &Told,
        title: String,
        inner: &impl Template,
    ) -> HttpResponse {
        answer::embedded(request, &self.asked, frame, Some(self.form), title, told, inner)
    }

    fn refused(&self, request: &HttpRequest, frame: &Frame, reason: Reason) -> HttpResponse {
        let own = format!("/f/{}", self.form.slug);
        let next = if reason == Reason::Origin { Next::Open(frame.path(&own)) } else { Next::None };
        answer::message(request, &self.asked, frame, Some(self.form), reason, next)
    }
}

impl Outcome {
    /// The same answer inside somebody else's page.
    pub(super) fn embedded(
        self,
        request: &HttpRequest,
        offer: &Offer<'_>,
        web: &Web,
        frame: &Frame,
        fields: &Fields,
    ) -> HttpResponse {
        match self {
            Self::CheckEmail(AskedFor { id, purposes, path, cookie: _ }) => {
                if offer.asked.view == View::Frame {
                    return page::see_other(&offer.asked.address(&path));
                }
                let slug = |it: PurposeId| offer.tenant.purpose(it).map(|it| it.slug.clone());
                let told = Told {
                    purposes: purposes.into_iter().filter_map(slug).collect(),
                    next: placed::next(offer.form, fields).map(str::to_owned),
                    ..Told::new("pending", StatusCode::OK)
                };
                check_email::just_sent(
                    request,
                    web,
                    &offer.asked,
                    offer.tenant,
                    offer.form,
                    frame,
                    id,
                    &path,
                    &told,
                )
            }
            Self::TooFast(wait) => {
                let mut answer = offer.refused(request, frame, Reason::of_wait(wait));
                let seconds = u64::try_from(wait / 1_000).unwrap_or_default();
                answer.headers_mut().insert(RETRY_AFTER, seconds.max(1).into());
                answer
            }
            Self::TooYoung(age) => {
                let told = Told::new("error", StatusCode::FORBIDDEN);
                let title = frame.text("young-title").into_owned();
                offer.embedded(request, frame, &told, title, &TooYoung(TooYoungPage { frame, age }))
            }
            Self::Prove(challenge, entered, kept) => match offer.asked.view {
                View::Fragment => {
                    let mut page = SignUpPage { pow: Some(challenge), ..offer.page(web, frame, &entered) };
                    // Its time goes on from when it was shown first: whoever counts fast does not come too soon.
                    if let Some((_, token)) = kept.into_iter().find(|(name, _)| name == "token") {
                        page.token = token;
                    }
                    let told = Told::new("prove", StatusCode::OK);
                    offer.embedded(request, frame, &told, page.heading.clone(), &Inner(page))
                }
                View::Frame | View::Page => {
                    let action = frame.path(&offer.path());
                    let page = ProvePage { frame, action, challenge, kept };
                    page.answer_in(&answer::ancestors(Some(offer.form)))
                }
            },
            Self::Closed => offer.refused(request, frame, Reason::FormClosed),
            Self::OtherSite => offer.refused(request, frame, Reason::Origin),
            Self::Once(entered, problems, again) => {
                let page = SignUpPage { problems, again, ..offer.page(web, frame, &entered) };
                let told = Told::new("invalid", StatusCode::UNPROCESSABLE_ENTITY);
                let title = format!("{} {}", frame.text("title-error"), page.heading);
                offer.embedded(request, frame, &told, title, &Inner(page))
            }
        }
    }
}
