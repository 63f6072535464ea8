//! The second yes without a button: the link of the mail is opened in the browser that signed up.
//!
//! Pages of ours do nothing when they are opened, with this one exception, and a GET still changes nothing. The hosted
//! form leaves a cookie that names its request. The page behind the link then asks by POST; only with the cookie of
//! exactly this request is it answered as the button is, and otherwise it stays as it is.
//!
//! Why that is safe: whoever confirms holds both, the link, which only the inbox has, and the cookie, which only the
//! browser has where the boxes were ticked. A scanner that opens the link and runs its script has no cookie; somebody
//! who signed up a stranger has no link. The cookie cannot be set by another site (`__Host-`), read by a script
//! (`HttpOnly`) or sent along from another site (`SameSite=Strict`): when a mail program opens the link, the GET comes
//! without it, and the page's own POST comes with it. Chromium and Firefox do so, as a test shows for each.
//!
//! Over plain HTTP there is no such cookie, and the page keeps its button.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, COOKIE, HeaderValue, SET_COOKIE},
    },
};

use super::{
    confirm::{self, Named},
    confirmed::Came,
    shown,
};
use crate::{
    app::confirm::{self as requests, Decision, How, Outcome},
    domain::{
        catalog::{Catalog, Tenant},
        grade::{Fetch, Method},
        id::{RequestId, TenantId},
        link::{Kind, Link},
        request::Verdict,
        time::SECOND,
    },
    web::{
        Web, assets,
        error::Fault,
        extract::{self, Fields},
    },
};

/// What the script of the page posts as `do`.
pub(super) const DO: &str = "same-browser";

/// The name of the one cookie.
const NAME: &str = "__Host-ayeaye";

/// The policy of the page with the script: that file of ours alone, which may ask us alone.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
                                 img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The script of the page, where a browser may have the cookie at all.
pub(super) fn script(web: &Web) -> Option<&'static str> {
    is_https(web).then(assets::confirm_href)
}

fn is_https(web: &Web) -> bool {
    web.app.config.base_url.as_str().starts_with("https:")
}

/// The cookie for a request made just now, when a person sent our own page: nobody else's form, no script, no frame.
pub(super) fn cookie(
    request: &HttpRequest,
    web: &Web,
    tenant: &Tenant,
    id: RequestId,
) -> Option<HeaderValue> {
    let Fetch { site, mode, dest, user: _, purpose: _ } = extract::visit(request, web).fetch;
    let is = |told: &Option<String>, wanted: &str| told.as_deref() == Some(wanted);
    let own_page = is(&site, "same-origin") && is(&mode, "navigate") && is(&dest, "document");
    (is_https(web) && own_page).then(|| given(web, tenant.id, id)).flatten()
}

/// The cookie for the request that takes the place of `before`, in the browser of that one and in no other.
pub(super) fn moved(
    request: &HttpRequest,
    web: &Web,
    tenant: &Tenant,
    before: RequestId,
    id: RequestId,
) -> Option<HeaderValue> {
    if !holds(request, web, tenant.id, before) {
        return None;
    }
    cookie(request, web, tenant, id)
}

/// Puts the cookie into an answer.
pub(super) fn give(answer: &mut HttpResponse, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
}

fn given(web: &Web, tenant: TenantId, id: RequestId) -> Option<HeaderValue> {
    let lasts = web.app.config.retention.unconfirmed.millis();
    let token = Link::Browser(tenant, id, web.app.now().plus(lasts)).sign(&web.app.link_keys());
    header(&token, lasts / SECOND)
}

fn header(value: &str, max_age: i64) -> Option<HeaderValue> {
    let text = format!("{NAME}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={max_age}");
    HeaderValue::try_from(text).ok()
}

/// Whether this browser holds the cookie of this request, and its time is not over.
pub(super) fn holds(request: &HttpRequest, web: &Web, tenant: TenantId, id: RequestId) -> bool {
    let keys = web.app.link_keys();
    let ours = |token: &str| match Link::open(&keys, Kind::Browser, token) {
        Some(Link::Browser(of, named, until)) => of == tenant && named == id && web.app.now() < until,
        Some(_) | None => false,
    };
    values(request).any(ours)
}

/// The values of our cookie: one at most, from a browser.
fn values(request: &HttpRequest) -> impl Iterator<Item = &str> {
    let lines = request.headers().get_all(COOKIE).filter_map(|it| it.to_str().ok());
    let pairs = lines.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.filter(|(name, _)| *name == NAME).map(|(_, value)| value)
}

/// Takes the cookie of a request that has been answered away again.
pub(super) fn take_back(
    request: &HttpRequest,
    web: &Web,
    tenant: TenantId,
    id: RequestId,
    answer: &mut HttpResponse,
) {
    if holds(request, web, tenant, id) {
        give(answer, header("", 0));
    }
}

/// `POST /c/{token}` with `do=same-browser`: yes to everything asked for, from the script of the page, once it is seen.
/// Anything else is answered without a word and without a look into the database.
///
/// # Errors
/// The database failed: nothing was changed.
pub(super) async fn post(
    request: &HttpRequest,
    web: &Web,
    catalog: &Catalog,
    fields: &Fields,
) -> Result<HttpResponse, Fault> {
    let visit = extract::visit(request, web);
    let Some(named) = Named::by(request, web, catalog) else { return Ok(nothing()) };
    let Named { tenant, id, until: _ } = named;
    if !from_our_page(&visit.fetch) || !holds(request, web, tenant.id, id) {
        return Ok(nothing());
    }
    let Some(opened) = requests::open(&web.app, tenant, id).await? else { return Ok(nothing()) };
    let frame = confirm::frame(request, web, tenant, &opened);
    let asked = opened.request.purposes.clone();
    let views = shown::purposes(tenant, &asked, frame.t.locale());
    let how = How {
        method: Method::SameBrowser,
        shown: &shown::consent_text(&frame.t, &views, "check-same-browser"),
        visit: &visit,
        opened_at: requests::opened_at(&web.app, id, fields.first(confirm::OPENED)),
    };
    let came = Came::acting(opened.verdict == Verdict::Live);
    match requests::decide(&web.app, tenant, id, Decision::Confirm(&asked), &how).await? {
        Outcome::Done(opened) if matches!(opened.verdict, Verdict::Confirmed(_)) => {
            let mut answer = confirm::answer(web, tenant, &frame, request.path(), &opened, came).await?;
            take_back(request, web, tenant.id, id, &mut answer);
            Ok(answer)
        }
        Outcome::Done(_) | Outcome::NothingTicked(_) | Outcome::Gone => Ok(nothing()),
    }
}

/// Whether a script of our own page asks, and nobody only looks ahead.
fn from_our_page(fetch: &Fetch) -> bool {
    fetch.site.as_deref() == Some("same-origin")
        && fetch.dest.as_deref() == Some("empty")
        && fetch.purpose.is_none()
}

fn nothing() -> HttpResponse {
    HttpResponse::build(StatusCode::NO_CONTENT).insert_header((CACHE_CONTROL, "no-store")).finish()
}
