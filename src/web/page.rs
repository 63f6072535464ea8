//! The frame of every page, and the answer that carries it.
//!
//! A page is an askama struct with a `frame`, display-ready strings and plain enums; its template extends
//! `base.html`. Nothing here or in the templates decides anything about consent.

use std::{borrow::Cow, fmt};

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{
            CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, STRICT_TRANSPORT_SECURITY,
        },
    },
};
use askama::Template;

use crate::{
    domain::Locale,
    i18n::{Lang, lang},
    web::{assets, theme::Look},
};

/// What every page shows around its own content.
pub struct Frame {
    /// The texts of the page's language.
    pub t: Lang,
    /// The organisation whose page this is; `None` where the link does not say, as on a link we cannot read.
    pub tenant: Option<TenantView>,
    /// The same page in each language.
    pub languages: Vec<LanguageLink>,
    /// Whether the base URL is https: only then may the browser be told to insist on it.
    pub https: bool,
    /// What it takes of its tenant's look.
    pub look: Look,
}

/// The organisation responsible for what the page is about (GDPR article 13(1)(a)).
#[derive(Clone)]
pub struct TenantView {
    /// The name people know.
    pub name: String,
    /// Legal name and postal address.
    pub legal: String,
    /// Where a person can write.
    pub contact_email: String,
    /// The privacy notice; `None` when the page is the notice or none is published.
    pub notice_url: Option<String>,
}

/// A plain link to the same page in another language.
pub struct LanguageLink {
    /// The language.
    pub locale: Locale,
    /// The same path with `lang=…`.
    pub href: String,
    /// Whether the page is in this language now.
    pub current: bool,
}

impl Frame {
    /// The frame of a page in `locale`. `here` is the path, with its query if any, that a GET shows this page at:
    /// language links lead there, so after a POST it is the page the form was on.
    pub fn new(locale: Locale, https: bool, here: &str, tenant: Option<TenantView>) -> Self {
        let languages = Locale::ALL
            .into_iter()
            .map(|it| LanguageLink { locale: it, href: in_language(here, it), current: it == locale })
            .collect();
        Self { t: lang(locale).clone(), tenant, languages, https, look: Look::default() }
    }

    /// The same frame for a page that exists in these languages only.
    #[must_use]
    pub fn offering(mut self, written: &[Locale]) -> Self {
        self.languages.retain(|it| written.contains(&it.locale));
        self
    }

    /// The name of the page's language in itself.
    pub fn endonym(&self) -> &'static str {
        self.t.locale().endonym()
    }

    /// The text of `key`.
    pub fn text<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.t.get(key)
    }

    /// The text of `key` with one variable filled in.
    pub fn fill(&self, key: &str, name: &str, value: impl fmt::Display) -> String {
        self.t.with(key, &[(name, value.to_string().into())])
    }

    /// The text of `key` for the number `$n`, in the right plural.
    pub fn count(&self, key: &str, n: impl Into<i64>) -> String {
        self.t.with(key, &[("n", n.into().into())])
    }

    /// The `lang` attribute of the page.
    pub fn tag(&self) -> &'static str {
        self.t.locale().tag()
    }

    /// Who speaks: the organisation, or this service where none is known.
    pub fn brand(&self) -> &str {
        self.tenant.as_ref().map_or("Ayeaye", |it| &it.name)
    }

    /// "How this page works", in the same language.
    pub fn how_href(&self) -> String {
        in_language("/how", self.t.locale())
    }

    /// "Send me my link", in the same language.
    pub fn ask_href(&self) -> String {
        in_language("/p", self.t.locale())
    }

    /// A path of ours, in the same language.
    pub fn path(&self, path: &str) -> String {
        in_language(path, self.t.locale())
    }

    /// The style sheet.
    pub fn css_href(&self) -> &'static str {
        assets::css_href()
    }

    /// The icon.
    pub fn icon_href(&self) -> &'static str {
        assets::icon_href()
    }
}

/// `here` with its `lang` parameter set; the other parameters stay, as minted links carry their purpose there.
fn in_language(here: &str, locale: Locale) -> String {
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let mut kept: Vec<&str> =
        query.split('&').filter(|it| !it.is_empty() && !it.starts_with("lang=")).collect();
    let chosen = format!("lang={locale}");
    kept.push(&chosen);
    format!("{path}?{}", kept.join("&"))
}

/// Nothing but our own style sheet and our own forms; nobody may frame the page.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                          base-uri 'none'; frame-ancestors 'none'";

/// What every page says about itself besides its policy, whatever it shows.
const HEADERS: [(&str, &str); 7] = [
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex, nofollow"),
    ("Permissions-Policy", "geolocation=(), camera=(), microphone=()"),
];

/// The answer that shows `page`.
pub fn html(frame: &Frame, status: StatusCode, page: &impl Template) -> HttpResponse {
    html_under(POLICY, frame, status, page)
}

/// The answer that shows `page` under another content policy: for the few pages that hold a frame of their own.
pub fn html_under(policy: &str, frame: &Frame, status: StatusCode, page: &impl Template) -> HttpResponse {
    let body = match page.render() {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            return HttpResponse::InternalServerError().finish();
        }
    };
    let mut answer = HttpResponse::build(status);
    for header in HEADERS {
        answer.insert_header(header);
    }
    answer
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_LANGUAGE, frame.tag()))
        .insert_header((CONTENT_SECURITY_POLICY, policy))
        .insert_header(("X-Frame-Options", "DENY"));
    if frame.https {
        answer.insert_header((STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"));
    }
    answer.body(body)
}

/// After a POST, on to the page at `path`: reloading that one sends nothing again.
pub fn see_other(path: &str) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    for header in HEADERS {
        answer.insert_header(header);
    }
    answer.insert_header((LOCATION, path)).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Template)]
    #[template(source = "hello", ext = "txt")]
    struct Hello;

    #[test]
    fn a_language_link_keeps_the_other_parameters() {
        assert_eq!(in_language("/p/t", Locale::Fr), "/p/t?lang=fr");
        assert_eq!(in_language("/u/t?p=news&lang=fr", Locale::En), "/u/t?p=news&lang=en");
        assert_eq!(in_language("/f/news?lang=en&ref=shop", Locale::Fr), "/f/news?ref=shop&lang=fr");
    }

    #[test]
    fn every_answer_carries_the_headers_of_a_page_with_a_token() {
        let frame = Frame::new(Locale::Fr, true, "/p/t", None);
        let answer = html(&frame, StatusCode::OK, &Hello);
        let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap());
        let expected = [
            (
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            ),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Robots-Tag", "noindex, nofollow"),
            ("Permissions-Policy", "geolocation=(), camera=(), microphone=()"),
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Language", "fr"),
        ];
        for (name, value) in expected {
            assert_eq!(header(name), Some(value), "{name}");
        }
        assert_eq!(header("Set-Cookie"), None);
    }

    #[test]
    fn plain_http_is_never_told_to_become_https() {
        let frame = Frame::new(Locale::En, false, "/p", None);
        let answer = html(&frame, StatusCode::OK, &Hello);
        assert_eq!(answer.headers().get(STRICT_TRANSPORT_SECURITY), None);
    }
}
