//! Pages for whoever connects a mailing tool (links for its footers, and webhooks) and for whoever checks evidence.
//!
//! The samples shown are files of `static/samples`, run by the tests; the table of retries is computed from
//! the schedule itself.

pub mod forms;
pub mod pages;
pub mod tools;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{
    Web,
    error::Fault,
    extract,
    page::{self, Frame},
};
use crate::{
    app::log::read,
    domain::{
        Locale,
        backoff::WEBHOOK_DELAYS,
        time::{HOUR, MINUTE, SECOND},
    },
    i18n,
};

/// A piece of code in one programming language.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The language's name.
    pub language: &'static str,
    /// The whole file.
    pub code: &'static str,
}

/// What there is to read.
#[derive(Template)]
#[template(path = "docs/index.html")]
pub struct IndexPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}

/// "Links in your mailing tool's footers".
#[derive(Template)]
#[template(path = "docs/links.html")]
pub struct LinksPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

impl LinksPage<'_> {
    /// Minting links, in each language.
    pub fn samples(&self) -> [Sample; 4] {
        [
            Sample { language: "Python", code: include_str!("../../static/samples/mint_links.py") },
            Sample { language: "PHP", code: include_str!("../../static/samples/mint_links.php") },
            Sample {
                language: "JavaScript (Node.js)",
                code: include_str!("../../static/samples/mint_links.js"),
            },
            Sample { language: "Go", code: include_str!("../../static/samples/mint_links.go") },
        ]
    }
}

/// "Evidence that a stranger can check".
#[derive(Template)]
#[template(path = "docs/evidence.html")]
pub struct EvidencePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
    /// The keys of the log, the present one first.
    pub keys: Vec<String>,
}

/// "Set up forms".
#[derive(Template)]
#[template(path = "docs/setup.html")]
pub struct SetupPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

impl SetupPage<'_> {
    /// A file that can be applied as it is.
    pub const fn sample(&self) -> &'static str {
        include_str!("../../static/samples/setup.toml")
    }
}

/// "Receive webhooks".
#[derive(Template)]
#[template(path = "docs/webhooks.html")]
pub struct WebhooksPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

/// "Your own name, colours and words".
#[derive(Template)]
#[template(path = "docs/domains.html")]
pub struct DomainsPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

impl DomainsPage<'_> {
    /// The key of each text that can be worded, and the usual one.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, String)> {
        i18n::own_keys().map(|key| (key, self.frame.text(key).into_owned()))
    }
}

/// A line of the table of retries.
#[derive(Debug)]
pub struct PlannedAttempt {
    /// The wait before it.
    pub delay: String,
    /// The time since the first attempt.
    pub total: String,
}

impl WebhooksPage<'_> {
    /// Checking a signature, in each language.
    pub fn samples(&self) -> [Sample; 3] {
        [
            Sample { language: "Python", code: include_str!("../../static/samples/verify_webhook.py") },
            Sample {
                language: "JavaScript (Node.js)",
                code: include_str!("../../static/samples/verify_webhook.mjs"),
            },
            Sample { language: "PHP", code: include_str!("../../static/samples/verify_webhook.php") },
        ]
    }

    /// Every attempt of one delivery, without jitter.
    pub fn attempts(&self) -> Vec<PlannedAttempt> {
        let mut total = 0;
        let plan = WEBHOOK_DELAYS.into_iter().map(|delay| {
            total += delay;
            PlannedAttempt { delay: span(delay), total: span(total) }
        });
        plan.collect()
    }

    /// From the first attempt to the last, without jitter.
    pub fn total(&self) -> String {
        span(WEBHOOK_DELAYS.iter().sum())
    }
}

/// The languages these pages are written in; whoever reads another gets English, and is told so by `lang`.
const WRITTEN: [Locale; 2] = [Locale::En, Locale::Fr];

/// A span of time as both languages write it: `75 h 35 min 5 s`, with spaces that do not break.
fn span(millis: i64) -> String {
    let parts = [(millis / HOUR, "h"), (millis % HOUR / MINUTE, "min"), (millis % MINUTE / SECOND, "s")];
    let written: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count}\u{a0}{unit}"))
        .collect();
    if written.is_empty() { "0\u{a0}s".to_owned() } else { written.join("\u{a0}") }
}

/// `GET /docs`
pub async fn index(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = frame(&request, &web);
    page::html(&frame, StatusCode::OK, &IndexPage { frame: &frame })
}

/// `GET /docs/links`
pub async fn links(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &LinksPage { frame: &frame, base_url })
}

/// `GET /docs/domains`
pub async fn domains(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &DomainsPage { frame: &frame, base_url })
}

/// `GET /docs/evidence`
///
/// # Errors
/// The database failed.
pub async fn evidence(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let (frame, keys) = (frame(&request, &web), read::keys(&web.app).await?);
    let base_url = web.app.config.base_url.as_str();
    Ok(page::html(&frame, StatusCode::OK, &EvidencePage { frame: &frame, base_url, keys }))
}

/// `GET /docs/setup`
pub async fn setup(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &SetupPage { frame: &frame, base_url })
}

/// `GET /docs/webhooks`
pub async fn webhooks(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &WebhooksPage { frame: &frame, base_url })
}

fn frame(request: &HttpRequest, web: &Web) -> Frame {
    let asked = extract::locale(request, None, None);
    let locale = if WRITTEN.contains(&asked) { asked } else { Locale::En };
    extract::frame(web, locale, request.path(), None).offering(&WRITTEN)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use scraper::{ElementRef, Html, Selector};

    use super::*;

    const BASE: &str = "https://consent.example.org";

    fn frame(locale: Locale) -> Frame {
        Frame::new(locale, true, "/docs", None).offering(&WRITTEN)
    }

    fn links(locale: Locale) -> String {
        LinksPage { frame: &frame(locale), base_url: BASE }.render().unwrap()
    }

    fn webhooks(locale: Locale) -> String {
        WebhooksPage { frame: &frame(locale), base_url: BASE }.render().unwrap()
    }

    fn domains(locale: Locale) -> String {
        DomainsPage { frame: &frame(locale), base_url: BASE }.render().unwrap()
    }

    fn setup(locale: Locale) -> String {
        SetupPage { frame: &frame(locale), base_url: BASE }.render().unwrap()
    }

    fn evidence(locale: Locale) -> String {
        let keys = vec!["consent.example.org/log+0a1b2c3d+AQ==".to_owned()];
        EvidencePage { frame: &frame(locale), base_url: BASE, keys }.render().unwrap()
    }

    fn forms(locale: Locale) -> String {
        forms::FormsPage { frame: &frame(locale), base_url: BASE }.render().unwrap()
    }

    fn index(locale: Locale) -> String {
        IndexPage { frame: &frame(locale) }.render().unwrap()
    }

    fn pictures(locale: Locale) -> String {
        pages::PagesPage { frame: &frame(locale) }.render().unwrap()
    }

    fn tools(locale: Locale) -> String {
        tools::IndexPage { frame: &frame(locale), base_url: BASE }.render().unwrap()
    }

    /// A page in either language.
    type Page = Box<dyn Fn(Locale) -> String>;

    /// The pages without pictures that say the same in both languages.
    fn plain_pages() -> Vec<Page> {
        let known: [fn(Locale) -> String; 7] = [index, links, webhooks, domains, setup, forms, tools];
        let known = known.into_iter().map(|it| -> Page { Box::new(it) });
        let tools = tools::Tool::ALL.into_iter().map(|tool| -> Page {
            Box::new(move |locale| {
                tools::ToolPage { frame: &frame(locale), base_url: BASE, tool }.render().unwrap()
            })
        });
        known.chain(tools).collect()
    }

    /// The same, and the one with pictures.
    fn equal_pages() -> Vec<Page> {
        let mut all = plain_pages();
        all.push(Box::new(pictures));
        all
    }

    fn pages() -> Vec<(Locale, String)> {
        let mut all = plain_pages();
        all.push(Box::new(evidence));
        let all = &all;
        WRITTEN.into_iter().flat_map(|it| all.iter().map(move |page| (it, page(it)))).collect()
    }

    fn texts(html: &Html, selector: &str) -> Vec<String> {
        html.select(&Selector::parse(selector).unwrap()).map(|it| it.text().collect()).collect()
    }

    /// What is read as prose: everything but code.
    fn prose(html: &Html) -> String {
        fn walk(element: ElementRef<'_>, out: &mut String) {
            for child in element.children() {
                if let Some(text) = child.value().as_text() {
                    out.push_str(text);
                } else if let Some(inner) = ElementRef::wrap(child) {
                    if inner.value().name() == "code" { out.push('X') } else { walk(inner, out) }
                }
            }
        }
        let main = Selector::parse("main").unwrap();
        let mut out = String::new();
        walk(html.select(&main).next().unwrap(), &mut out);
        out
    }

    #[test]
    fn pages_are_whole_and_in_their_language() {
        for (locale, page) in pages() {
            let html = Html::parse_document(&page);
            for tag in [
                "main", "h1", "h2", "h3", "p", "ul", "li", "dl", "dt", "dd", "table", "tr", "td", "th",
                "pre", "code",
            ] {
                let opened =
                    page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
                assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{locale}: <{tag}>");
            }
            assert_eq!(texts(&html, "h1").len(), 1);
            assert_eq!(texts(&html, &format!("html[lang={locale}]")).len(), 1);
            let title = texts(&html, "title").concat();
            assert_eq!(title, format!("{} - Ayeaye", texts(&html, "h1").concat()));
            assert!(!page.contains("{{ self") && !page.contains("{%"), "an unfilled template");
        }
    }

    #[test]
    fn both_languages_say_the_same_things_in_the_same_order() {
        for page in equal_pages() {
            let [en, fr] = WRITTEN.map(|it| Html::parse_document(&page(it)));
            for selector in ["h2", "h3", "p", "li", "dt", "tr", "pre", "table"] {
                assert_eq!(texts(&en, selector).len(), texts(&fr, selector).len(), "{selector}");
            }
            assert_eq!(texts(&en, "pre"), texts(&fr, "pre"));
            let ids = |html: &Html| -> Vec<String> {
                let all = Selector::parse("[id]").unwrap();
                html.select(&all).filter_map(|it| it.attr("id").map(str::to_owned)).collect()
            };
            assert_eq!(ids(&en), ids(&fr));
        }
    }

    #[test]
    fn every_page_leads_back_to_the_list_of_all() {
        for (locale, page) in pages() {
            let html = Html::parse_document(&page);
            let is_list = texts(&html, "h1") == ["Documentation"];
            let back = format!("main a[href='/docs?lang={locale}']");
            assert_eq!(
                texts(&html, &back).len(),
                usize::from(!is_list),
                "{locale}: {:?}",
                texts(&html, "h1")
            );
        }
    }

    #[test]
    fn code_keeps_its_lines_and_can_be_scrolled_with_the_keyboard() {
        for (locale, page) in pages() {
            let html = Html::parse_document(&page);
            assert_eq!(texts(&html, "pre").len(), texts(&html, "pre[tabindex='0']").len(), "{locale}");
        }
    }

    #[test]
    fn every_sample_is_shown_whole() {
        for locale in WRITTEN {
            let shown = texts(&Html::parse_document(&links(locale)), "pre");
            for sample in (LinksPage { frame: &frame(locale), base_url: BASE }).samples() {
                assert!(
                    shown.iter().any(|it| it.trim_end() == sample.code.trim_end()),
                    "{}",
                    sample.language
                );
            }
            let shown = texts(&Html::parse_document(&webhooks(locale)), "pre");
            for sample in (WebhooksPage { frame: &frame(locale), base_url: BASE }).samples() {
                assert!(
                    shown.iter().any(|it| it.trim_end() == sample.code.trim_end()),
                    "{}",
                    sample.language
                );
            }
        }
    }

    #[test]
    fn the_table_of_retries_is_the_schedule() {
        let page = Html::parse_document(&webhooks(Locale::En));
        let cells = texts(&page, "h2#retries ~ table tbody tr");
        assert_eq!(cells.len(), WEBHOOK_DELAYS.len());
        assert_eq!(cells[0], "1at once0\u{a0}s");
        assert_eq!(cells[1], "25\u{a0}s5\u{a0}s");
        assert_eq!(cells[9], "1024\u{a0}h75\u{a0}h\u{a0}35\u{a0}min\u{a0}5\u{a0}s");
    }

    #[test]
    fn merge_tags_and_headers_reach_the_reader_unchanged() {
        for locale in WRITTEN {
            let code = texts(&Html::parse_document(&links(locale)), "code").join("\n");
            assert!(code.contains("{{ .Subscriber.Attribs.aye_unsub }}"));
            assert!(code.contains("\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"));
            assert!(code.contains(&format!("List-Unsubscribe: <{BASE}/u/")));
        }
    }

    #[test]
    fn french_is_set_as_french() {
        for page in equal_pages().into_iter().map(|it| it(Locale::Fr)) {
            let prose = prose(&Html::parse_document(&page));
            assert!(!prose.contains('\''), "a straight apostrophe");
            for (before, mark) in prose.chars().zip(prose.chars().skip(1)) {
                let spaced = !":;?!»".contains(mark) || matches!(before, '\u{a0}' | '\u{202f}');
                assert!(spaced, "no hard space between {before:?} and {mark:?}");
            }
            assert_eq!(prose.matches('«').count(), prose.matches("«\u{a0}").count());
        }
    }

    #[test]
    fn pages_are_light_and_ask_nobody_else() {
        for (locale, page) in pages() {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            gzip.write_all(page.as_bytes()).unwrap();
            let size = gzip.finish().unwrap().len();
            assert!(size <= 14_000, "{locale}: {size} bytes");
            let html = Html::parse_document(&page);
            for outside in ["script", "img", "iframe", "[style]", "link:not([href^='/'])"] {
                assert_eq!(texts(&html, outside).len(), 0, "{outside}");
            }
        }
    }
}
