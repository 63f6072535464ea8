//! Which host a request is for: the base URL's, a tenant's, or none of ours.
//!
//! The name is the one the request itself carries (RFC 9110 section 7.2). `Forwarded` and `X-Forwarded-Host` are never
//! believed: anybody can send them, and a proxy can keep the host as it came. On a tenant's name nothing of another
//! tenant is to be found; on the base URL everything is.

use actix_web::{
    Error, HttpMessage as _, HttpRequest, HttpResponse, ResponseError as _,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HOST},
    },
    middleware::Next,
    web::Data,
};

use super::{Web, error::Fault, extract, is_api, metrics, public::message};
use crate::{
    app::{App, links},
    domain::{catalog::Catalog, host, id::TenantId},
    i18n::lang,
};

/// Where probes and proxies ask, under whatever name they know this machine.
const ANYWHERE: [&str; 4] = ["/healthz", "/readyz", "/metrics", "/domains"];

/// The tenant whose name a request came under.
#[derive(Clone, Copy)]
struct Own(TenantId);

/// Whose the name of a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Nobody's but ours.
    Ours,
    /// A tenant's.
    Tenant(TenantId),
    /// Not one of ours.
    Strange,
    /// None, or two.
    Unclear,
}

/// The tenant whose host a request came to; `None` at the base URL.
pub fn tenant(request: &HttpRequest) -> Option<TenantId> {
    request.extensions().get::<Own>().map(|it| it.0)
}

/// Lets requests through to the names they are for.
///
/// # Errors
/// As the service inside.
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(web) = request.app_data::<Data<Web>>().cloned() else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    if ANYWHERE.contains(&request.path()) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let own = match whose(request.request(), &web.app) {
        Whose::Ours => return next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        Whose::Tenant(own) => own,
        Whose::Strange => {
            let answer = misdirected(request.request());
            return Ok(request.into_response(answer));
        }
        Whose::Unclear => return Ok(request.into_response(HttpResponse::BadRequest().finish())),
    };
    request.extensions_mut().insert(Own(own));
    match foreign(request.request(), &web, own).await {
        Ok(None) => {}
        Ok(Some(answer)) => return Ok(request.into_response(answer)),
        Err(fault) => return Ok(request.into_response(fault.error_response())),
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

fn whose(request: &HttpRequest, app: &App) -> Whose {
    // An address in the request line stands above the header (RFC 9112 section 3.2.2).
    let authority = match request.uri().authority() {
        Some(authority) => Some(authority.as_str()),
        None => {
            let mut named = request.headers().get_all(HOST);
            match (named.next(), named.next()) {
                (Some(one), None) => one.to_str().ok(),
                (_, Some(_)) | (None, None) => None,
            }
        }
    };
    let Some(name) = authority.and_then(host::requested) else { return Whose::Unclear };
    of_name(&name, app, &app.catalog())
}

fn of_name(name: &str, app: &App, catalog: &Catalog) -> Whose {
    let base = &app.config.base_url;
    if let Some(tenant) = catalog.hosts.get(name) {
        return Whose::Tenant(*tenant);
    }
    let is_loopback = name == "localhost"
        || name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback());
    if name == base.host() || (is_loopback && base.is_loopback()) { Whose::Ours } else { Whose::Strange }
}

/// The neutral answer to what is another tenant's; `None` for what may be seen here.
async fn foreign(
    request: &HttpRequest,
    web: &Data<Web>,
    own: TenantId,
) -> Result<Option<HttpResponse>, Fault> {
    let mut parts = request.path().split('/').skip(1);
    let (page, named) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let catalog = web.app.catalog();
    // Nothing that names a tenant needs an escape: a name written with one would be read in two ways.
    let is_named = |owner: Option<TenantId>| owner.is_none_or(|it| it == own) && !named.contains('%');
    let is_own = match page {
        "f" => is_named(catalog.forms.get(named).map(|it| it.tenant)),
        "n" | "ask" | "t" => is_named(catalog.tenant_named(named).map(|it| it.id)),
        _ => {
            let owner = links::tenant_of(&web.app, named).await?;
            if owner.is_some_and(|it| it != own) || named.contains('%') {
                return Ok(Some(message::unreadable(request, web)));
            }
            true
        }
    };
    Ok((!is_own).then(|| message::not_found(request, web)))
}

/// 421 (RFC 9110 section 15.5.20): whoever set this name up reads what to do.
fn misdirected(request: &HttpRequest) -> HttpResponse {
    if is_api(request.path()) {
        return super::api::problem::Problem::of_status(StatusCode::MISDIRECTED_REQUEST).into();
    }
    let t = lang(extract::locale(request, None, None));
    HttpResponse::build(StatusCode::MISDIRECTED_REQUEST)
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((CONTENT_LANGUAGE, t.locale().tag()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .body(format!("{}\n", t.get("misdirected")))
}

/// `GET /domains?domain=…`: whether a name is one of ours, for a proxy that is about to ask for its certificate. Like
/// `/metrics` it is for those near: to others it is not there.
pub async fn ask(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let domain = extract::query(&request, "domain").unwrap_or_default();
    let is_near = metrics::is_near(extract::ip(&request, &web.app.config));
    let is_ours = host::requested(&domain).is_some_and(|name| {
        let catalog = web.app.catalog();
        name == domain.to_ascii_lowercase()
            && (catalog.hosts.contains_key(&name) || name == web.app.config.base_url.host())
    });
    if !(is_near && is_ours) {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body("ours\n")
}
