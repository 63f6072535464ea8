//! `/dev/inbox/{id}`: one captured mail, as several mail programs would show it.
//!
//! The HTML body has its own path and its own policy: it may run nothing, load nothing and be framed by this
//! page alone.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    web::Data,
};
use askama::Template;

use crate::{
    mail::{CapturedMail, File},
    web::{
        Web, extract,
        page::{self, Frame},
        public::message,
    },
};

/// The page's own policy: as everywhere, plus a frame of our own.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; \
                          form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of the body in the frame: mails carry inline styles, and links that leave the frame when pressed.
pub const BODY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                               form-action 'none'; frame-ancestors 'self'; \
                               sandbox allow-top-navigation-by-user-activation";

/// One captured mail.
#[derive(Template)]
#[template(path = "dev/mail.html")]
pub struct MailPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Whether there is a demo around it.
    pub demo: bool,
    /// The path of this page, without query.
    pub href: String,
    /// The recipient.
    pub to: String,
    /// The sender.
    pub from: String,
    /// The subject.
    pub subject: String,
    /// Date and time, in words.
    pub when: String,
    /// What is shown.
    pub tab: Tab,
    /// How the HTML is shown.
    pub look: Look,
    /// Links found in the text.
    pub links: Vec<String>,
    /// 6-digit codes found in the text.
    pub codes: Vec<String>,
    /// Files that go with it.
    pub files: Vec<FileLine>,
    /// The text of the tab: plain text, headers or the raw message; unused for HTML.
    pub text: String,
}

/// One file that goes with a mail.
pub struct FileLine {
    /// Where to download it.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What it is and how large.
    pub what: String,
}

/// Where the file of this number, from 0, of a mail is.
pub(super) fn file_href(mail: u64, number: u64) -> String {
    format!("/dev/inbox/{mail}/files/{number}")
}

fn file_line(mail: u64, number: u64, file: &File) -> FileLine {
    let File { name, media_type, data } = file;
    let what = format!("{media_type}, {} bytes", data.len());
    FileLine { href: file_href(mail, number), name: name.clone(), what }
}

/// What is shown of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The HTML part.
    Html,
    /// The plain text part.
    Text,
    /// The headers.
    Headers,
    /// The message as it would go over the wire.
    Raw,
}

/// How the HTML part is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// As wide as a phone: 360 px.
    pub phone: bool,
    /// As a reader with a dark scheme sees it.
    pub dark: bool,
    /// With every style removed, as some programs do.
    pub bare: bool,
}

impl Tab {
    /// Every tab, in order.
    pub const ALL: [Self; 4] = [Self::Html, Self::Text, Self::Headers, Self::Raw];

    /// The value of `tab` in the query.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Headers => "headers",
            Self::Raw => "raw",
        }
    }

    /// The tab of this value; HTML for any other.
    pub fn from_slug(slug: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.slug() == slug).unwrap_or(Self::Html)
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Text => "Text",
            Self::Headers => "Headers",
            Self::Raw => "Raw",
        }
    }
}

impl Look {
    /// The switches of a query string: `phone&dark&bare`, in any order.
    pub fn from_query(query: &str) -> Self {
        let has = |name: &str| query.split('&').any(|it| it.split('=').next() == Some(name));
        Self { phone: has("phone"), dark: has("dark"), bare: has("bare") }
    }

    fn query(self) -> String {
        let names = [(self.phone, "phone"), (self.dark, "dark"), (self.bare, "bare")];
        names.into_iter().filter(|(on, _)| *on).map(|(_, it)| it).collect::<Vec<_>>().join("&")
    }

    /// Each switch: its name, whether it is on, and the look with it turned over.
    fn switches(self) -> [(&'static str, bool, Self); 3] {
        [
            ("Phone width", self.phone, Self { phone: !self.phone, ..self }),
            ("Dark scheme", self.dark, Self { dark: !self.dark, ..self }),
            ("Styles removed", self.bare, Self { bare: !self.bare, ..self }),
        ]
    }
}

/// `GET /dev/inbox/{id}`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Some(mail) = find(&request, &web) else { return message::not_found(&request, &web) };
    let href = format!("/dev/inbox/{}", mail.id);
    let frame = super::frame(&href);
    let tab = Tab::from_slug(&extract::query(&request, "tab").unwrap_or_default());
    let headers = mail.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let page = MailPage {
        frame: &frame,
        demo: web.demo.is_some(),
        href,
        to: mail.to.clone(),
        from: mail.from.clone(),
        subject: mail.subject.clone(),
        when: super::when(mail.at),
        tab,
        look: Look::from_query(request.query_string()),
        links: mail.links.iter().map(|(_, url)| url.clone()).collect(),
        codes: mail.codes.clone(),
        files: (0..).zip(&mail.files).map(|(number, it)| file_line(mail.id, number, it)).collect(),
        text: match tab {
            Tab::Html => String::new(),
            Tab::Text => mail.text.clone(),
            Tab::Headers => headers.collect::<Vec<_>>().join("\n"),
            Tab::Raw => String::from_utf8_lossy(&mail.raw).into_owned(),
        },
    };
    page::html_under(POLICY, &frame, StatusCode::OK, &page)
}

/// `GET /dev/inbox/{id}/body`
pub async fn body_of(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    match find(&request, &web) {
        Some(mail) => body(&mail.html, Look::from_query(request.query_string())),
        None => message::not_found(&request, &web),
    }
}

/// `GET /dev/inbox/{id}/files/{number}`: a file that goes with a mail, to be saved, never shown.
pub async fn file_of(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let number = request.match_info().query("number").parse::<usize>().ok();
    let mail = find(&request, &web);
    let Some(file) = mail.as_ref().zip(number).and_then(|(mail, number)| mail.files.get(number)) else {
        return message::not_found(&request, &web);
    };
    let name: String =
        file.name.chars().filter(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.')).collect();
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.media_type))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .body(file.data.clone())
}

fn find(request: &HttpRequest, web: &Web) -> Option<Arc<CapturedMail>> {
    web.inbox.as_ref()?.get(request.match_info().query("id").parse().ok()?)
}

/// The answer at the frame's path: the HTML part of the mail under `look`.
pub fn body(html: &str, look: Look) -> HttpResponse {
    let html = if look.bare { without_styles(html) } else { html.to_owned() };
    let ground = if look.dark { "<style>:root{color-scheme:dark}</style>" } else { "" };
    let html = if look.dark { with_dark_rules(&html) } else { html };
    let html = with_head(&html, &format!("<base target=\"_top\">{ground}"));
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_SECURITY_POLICY, BODY_POLICY))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .body(html)
}

/// The rules for a dark scheme in force whatever the scheme of the browser.
fn with_dark_rules(html: &str) -> String {
    html.replace("(prefers-color-scheme: dark)", "all").replace("(prefers-color-scheme:dark)", "all")
}

/// `html` with `more` at the end of its head.
fn with_head(html: &str, more: &str) -> String {
    match html.split_once("</head>") {
        Some((head, rest)) => format!("{head}{more}</head>{rest}"),
        None => format!("{more}{html}"),
    }
}

/// `html` without `<style>` elements and `style` attributes.
fn without_styles(html: &str) -> String {
    let without_sheets = cut_all(html, "<style", "</style>");
    cut_all(&without_sheets, " style=\"", "\"")
}

/// `text` without any stretch from `open` to the next `close`.
fn cut_all(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        kept.push_str(before);
        rest = after.split_once(close).map_or("", |(_, it)| it);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_removed_and_nothing_else() {
        let html = "<head><style media=\"all\">p{}</style></head><p style=\"color:red\" class=\"a\">Hi</p>";
        assert_eq!(without_styles(html), "<head></head><p class=\"a\">Hi</p>");
    }

    #[test]
    fn the_dark_rules_of_a_mail_apply_whatever_the_browser_prefers() {
        let html = "<style>@media (prefers-color-scheme: dark){p{}}</style>";
        assert_eq!(with_dark_rules(html), "<style>@media all{p{}}</style>");
    }

    #[test]
    fn what_is_added_to_a_mail_goes_into_its_head() {
        assert_eq!(with_head("<head>a</head><p>b", "<base>"), "<head>a<base></head><p>b");
        assert_eq!(with_head("<p>b", "<base>"), "<base><p>b");
    }

    #[test]
    fn a_switch_turns_one_thing_over_and_keeps_the_others() {
        let look = Look::from_query("tab=html&dark");
        assert_eq!(look, Look { dark: true, ..Look::default() });
        let [(_, phone, turned), ..] = look.switches();
        assert!(!phone);
        assert_eq!(turned.query(), "phone&dark");
    }

    #[test]
    fn the_body_may_run_nothing() {
        let answer = body("<p>Hi</p>", Look::default());
        let policy = answer.headers().get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(policy.contains("sandbox") && !policy.contains("allow-scripts"), "{policy}");
        assert!(!policy.contains("script-src") && policy.starts_with("default-src 'none'"), "{policy}");
    }
}
