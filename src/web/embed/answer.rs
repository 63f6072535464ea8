//! The answers to an embedded form: pieces of HTML for the element, whole pages for a frame.

use std::ops::Deref;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_LANGUAGE,
            CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, ORIGIN,
            STRICT_TRANSPORT_SECURITY, VARY,
        },
    },
};
use askama::Template;

use super::{Asked, Theme, View};
use crate::{
    domain::catalog::Form,
    web::{
        assets,
        page::Frame,
        public::message::{MessagePage, Next, Reason},
    },
};

/// The style of an embedded form.
const STYLE: &str = include_str!("../../../static/embed.css");
/// All that a form without colours needs: what nobody is to see stays out of sight.
const BARE: &str = ".trap { position: absolute; left: -99rem; } [hidden] { display: none; }";

/// What the element is told besides the HTML.
#[derive(Clone, Debug)]
pub struct Told {
    /// The state, as the header `aye-state`.
    pub state: &'static str,
    /// The status.
    pub status: StatusCode,
    /// The purposes it is about.
    pub purposes: Vec<String>,
    /// Where to go on.
    pub next: Option<String>,
}

impl Told {
    /// A state and its status.
    pub fn new(state: &'static str, status: StatusCode) -> Self {
        Self { state, status, purposes: Vec::new(), next: None }
    }
}

#[derive(Template)]
#[template(path = "embed/fragment.html")]
struct Fragment<'a> {
    frame: &'a Frame,
    style: String,
    theme: &'static str,
    form: Option<&'a Form>,
    inner: String,
}

#[derive(Template)]
#[template(path = "embed/frame.html")]
struct Framed<'a> {
    frame: &'a Frame,
    title: String,
    theme: &'static str,
    form: Option<&'a Form>,
    inner: String,
}

/// A message without a page around it.
#[derive(Template)]
#[template(path = "embed/message.html")]
struct Message<'a>(MessagePage<'a>);

impl<'a> Deref for Message<'a> {
    type Target = MessagePage<'a>;

    fn deref(&self) -> &MessagePage<'a> {
        &self.0
    }
}

/// Answers with `inner` in the shape asked for; `title` names it where it is a page.
pub fn embedded(
    request: &HttpRequest,
    asked: &Asked,
    frame: &Frame,
    form: Option<&Form>,
    title: String,
    told: &Told,
    inner: &impl Template,
) -> HttpResponse {
    let theme = asked.theme.word();
    let rendered = inner.render().and_then(|inner| match asked.view {
        View::Fragment => {
            let style = match asked.theme {
                Theme::Bare => BARE.to_owned(),
                Theme::Auto | Theme::Light | Theme::Dark => format!("{STYLE}{}", frame.look.embedded),
            };
            Fragment { frame, style, theme, form, inner }.render()
        }
        View::Frame | View::Page => Framed { frame, title, theme, form, inner }.render(),
    });
    let body = match rendered {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "a form could not be rendered");
            return HttpResponse::InternalServerError().finish();
        }
    };
    let mut answer = HttpResponse::build(told.status).body(body);
    let headers = answer.headers_mut();
    common(headers, frame);
    match asked.view {
        View::Fragment => {
            set(headers, CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox");
            tell(headers, told);
            allow(headers, request, form);
        }
        View::Frame | View::Page => set(headers, CONTENT_SECURITY_POLICY, &frame_policy(form)),
    }
    answer
}

/// The message of `reason` in the shape asked for.
pub fn message(
    request: &HttpRequest,
    asked: &Asked,
    frame: &Frame,
    form: Option<&Form>,
    reason: Reason,
    next: Next,
) -> HttpResponse {
    let state = match reason {
        Reason::TooFast { .. } => "slow-down",
        Reason::Origin => "origin",
        Reason::FormClosed => "closed",
        Reason::Expired { .. }
        | Reason::Replaced
        | Reason::Revoked { .. }
        | Reason::Confirmed { .. }
        | Reason::Frozen
        | Reason::Unreadable
        | Reason::NotFound
        | Reason::BadRequest
        | Reason::TooLarge
        | Reason::NotSaved
        | Reason::NotProven => "error",
    };
    let told = Told::new(state, reason.status());
    let page = Message(MessagePage { frame, reason, next });
    let title = page.title().into_owned();
    embedded(request, asked, frame, form, title, &told, &page)
}

fn common(headers: &mut HeaderMap, frame: &Frame) {
    set(headers, CONTENT_TYPE, "text/html; charset=utf-8");
    set(headers, CONTENT_LANGUAGE, frame.tag());
    set(headers, CACHE_CONTROL, "no-store");
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-robots-tag", "noindex, nofollow"),
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        set(headers, HeaderName::from_static(name), value);
    }
    if frame.https {
        set(headers, STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
}

fn tell(headers: &mut HeaderMap, told: &Told) {
    set(headers, HeaderName::from_static("aye-state"), told.state);
    if !told.purposes.is_empty() {
        set(headers, HeaderName::from_static("aye-purposes"), &told.purposes.join(","));
    }
    if let Some(next) = &told.next {
        set(headers, HeaderName::from_static("aye-next"), next);
    }
}

/// Lets a script of a site that may use the form read the answer (Fetch standard, CORS protocol). A site that may
/// not is told no more than that.
fn allow(headers: &mut HeaderMap, request: &HttpRequest, form: Option<&Form>) {
    set(headers, VARY, "Origin, Accept-Language, Sec-Fetch-Mode");
    set(headers, ACCESS_CONTROL_EXPOSE_HEADERS, "aye-state, aye-next, aye-purposes");
    let is_for_all = form.is_none_or(|it| it.origins.is_none());
    match request.headers().get(ORIGIN) {
        _ if is_for_all => set(headers, ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        Some(origin) => {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        None => {}
    }
}

/// Lets the answer be kept for a minute: it is the same for everybody. `tag` changes with all that it shows.
pub fn keep(answer: &mut HttpResponse, tag: &str) {
    let headers = answer.headers_mut();
    set(headers, CACHE_CONTROL, "public, max-age=60, stale-while-revalidate=600");
    set(headers, ETAG, tag);
}

/// What a framed form may do, and who may frame it.
fn frame_policy(form: Option<&Form>) -> String {
    let ancestors = ancestors(form);
    format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors {ancestors}"
    )
}

/// Who may frame a form (CSP level 3, `frame-ancestors`).
pub fn ancestors(form: Option<&Form>) -> String {
    match form.and_then(|it| it.origins.as_ref()) {
        None => "*".to_owned(),
        Some(origins) => format!("'self' {}", origins.join(" ")),
    }
}

/// What we write ourselves is always a header; what is not is left out.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[expect(clippy::unused_self, reason = "templates call methods")]
impl Framed<'_> {
    fn style_href(&self) -> &'static str {
        assets::embed_style_href()
    }

    fn script_href(&self) -> &'static str {
        assets::embed_frame_href()
    }
}
