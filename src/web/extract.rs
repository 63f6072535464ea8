//! From a request to what use cases take: who came, in which language, with which fields.

use std::{future::Future, net::IpAddr, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, HeaderName, ORIGIN, USER_AGENT},
    web::{Bytes, Data},
};
use futures_util::StreamExt as _;

use super::{Web, error::Fault};
use crate::{
    app::Visit,
    config::Config,
    domain::{Locale, catalog::Tenant, grade::Fetch},
    i18n,
    web::{
        page::{Frame, TenantView},
        theme::Look,
    },
};

/// The largest form, in bytes.
pub const FORM_LIMIT: usize = 16 * 1024;
/// The largest signup told by a server, in bytes: the words it showed may be 10,000 characters, each written as `\\uXXXX`.
pub const SIGNUP_LIMIT: usize = 128 * 1024;
/// The most fields of one form: more than any page of ours has.
const FIELDS_MAX: usize = 1_000;
/// The largest body of the API, in bytes: 10,000 recipients with references.
pub const API_LIMIT: usize = 4 * 1024 * 1024;
/// The longest value of a header that is kept.
const HEADER_LIMIT: usize = 400;
/// The longest value of a header that holds one word, in characters.
const WORD_LIMIT: usize = 40;

/// The person's address: that of the connection, or what a trusted proxy says in `X-Forwarded-For`, read from
/// the right up to the first address that is no proxy of ours. Anybody can send the header; nobody else is
/// believed.
pub fn ip(request: &HttpRequest, config: &Config) -> IpAddr {
    let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |it| it.ip());
    let trusted = |ip: IpAddr| config.trusted_proxies.iter().any(|it| it.contains(ip));
    if !trusted(peer) {
        return peer;
    }
    let forwarded = HeaderName::from_static("x-forwarded-for");
    let mut last = peer;
    let lines: Vec<&str> = request.headers().get_all(forwarded).filter_map(|it| it.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|it| it.split(',').rev()) {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else { return last };
        last = hop.to_canonical();
        if !trusted(last) {
            return last;
        }
    }
    last
}

/// Who came, for budgets and evidence.
pub fn visit(request: &HttpRequest, web: &Web) -> Visit {
    let told = |name| Some(cut(&header(request, &HeaderName::from_static(name))?));
    Visit {
        ip: ip(request, &web.app.config),
        user_agent: header(request, &USER_AGENT).unwrap_or_default(),
        origin: header(request, &ORIGIN),
        fetch: Fetch {
            site: told("sec-fetch-site"),
            mode: told("sec-fetch-mode"),
            dest: told("sec-fetch-dest"),
            user: told("sec-fetch-user"),
            purpose: told("sec-purpose").or_else(|| told("purpose")),
        },
    }
}

/// A word of a browser, at most as long as any they have.
fn cut(word: &str) -> String {
    word.chars().take(WORD_LIMIT).collect()
}

/// A header as text without control characters, cut to a length that fits an evidence record.
pub fn header(request: &HttpRequest, name: &HeaderName) -> Option<String> {
    let text = request.headers().get(name)?.to_str().ok()?;
    Some(text.chars().filter(|it| !it.is_control()).take(HEADER_LIMIT).collect())
}

/// What the body is said to be: its media type in lower case, without parameters; empty when that is not said.
pub fn media_type(request: &HttpRequest) -> String {
    let said = header(request, &CONTENT_TYPE).unwrap_or_default();
    said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether the client asked for JSON rather than a page.
pub fn wants_json(request: &HttpRequest) -> bool {
    let accept = header(request, &ACCEPT).unwrap_or_default();
    accept.split(',').next().is_some_and(|it| it.trim().starts_with("application/json"))
}

/// The language of a page: what the link says, what the person chose before, what the browser asks for, the
/// tenant's own.
pub fn locale(request: &HttpRequest, stored: Option<Locale>, own: Option<Locale>) -> Locale {
    query(request, "lang")
        .as_deref()
        .and_then(Locale::from_tag)
        .or(stored)
        .or_else(|| Locale::from_accept_language(&header(request, &ACCEPT_LANGUAGE)?))
        .or(own)
        .unwrap_or(Locale::En)
}

/// The first value of a query parameter.
pub fn query(request: &HttpRequest, name: &str) -> Option<String> {
    url::form_urlencoded::parse(request.query_string().as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The frame of a page that a GET shows at `here`.
pub fn frame(web: &Web, locale: Locale, here: &str, tenant: Option<&Tenant>) -> Frame {
    let https = web.app.config.base_url.as_str().starts_with("https:");
    let frame = Frame::new(locale, https, here, tenant.map(|it| tenant_view(it, locale)));
    match tenant {
        Some(tenant) => Frame { t: i18n::of(tenant, locale), look: Look::of(tenant), ..frame },
        None => frame,
    }
}

fn tenant_view(tenant: &Tenant, locale: Locale) -> TenantView {
    TenantView {
        name: tenant.name.clone(),
        legal: tenant.legal.clone(),
        contact_email: tenant.contact.clone(),
        notice_url: tenant.notice.as_ref().map(|_| format!("/n/{}?lang={locale}", tenant.slug)),
    }
}

/// The fields of a submitted form, as urlencoded. At most [`FORM_LIMIT`], within the body deadline.
#[derive(Clone, Debug)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of an urlencoded body.
    pub fn parse(body: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// The first value of a field; empty when there is none.
    pub fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every field, in the order sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the field is there at all, be it empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Whether a field that means one thing was sent more than once.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.all(name).count() > 1
    }
}

impl FromRequest for Fields {
    type Error = Fault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Fault>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = header(request, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
        let body = body(request, payload, FORM_LIMIT);
        Box::pin(async move {
            let body = body.await?;
            if !body.is_empty() && !media_type.starts_with("application/x-www-form-urlencoded") {
                return Err(Fault::NotAForm);
            }
            if body.split(|it| *it == b'&').nth(FIELDS_MAX).is_some() {
                return Err(Fault::TooLarge);
            }
            Ok(Self::parse(&body))
        })
    }
}

/// A whole body of at most `limit` bytes, arrived within the configured deadline.
///
/// # Errors
/// It is larger, slower, or breaks off.
pub fn body(
    request: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> impl Future<Output = Result<Bytes, Fault>> + use<> {
    let deadline = request
        .app_data::<Data<Web>>()
        .map_or(Duration::from_secs(10), |it| it.app.config.limits.body_deadline.duration());
    let mut payload = payload.take();
    async move {
        let read = async {
            let mut body = Vec::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_broken| Fault::Interrupted)?;
                if body.len() + chunk.len() > limit {
                    return Err(Fault::TooLarge);
                }
                body.extend_from_slice(&chunk);
            }
            Ok(Bytes::from(body))
        };
        tokio::time::timeout(deadline, read).await.unwrap_or(Err(Fault::TooSlow))
    }
}
