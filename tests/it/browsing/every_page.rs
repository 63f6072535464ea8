//! Every page in every state and every language, in a browser: nothing scrolls sideways or is cut off at 320 pixels,
//! which is 1280 at 400 % (WCAG 2.2, 1.4.10). In English and French neither with text at 200 % (1.4.4), which leaves
//! words more room than that, and axe-core finds nothing, in light and in dark: what it looks at does not depend on the
//! words, and it takes longest.
//!
//! The pages are those of the gallery, which renders each state that there is, and the documentation. A new page or
//! language comes under these rules by being there.

#[path = "../../../src/web/gallery/source.rs"]
mod source;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use ayeaye::domain::Locale;
use serde_json::Value;

use crate::support::{
    app::{TestApp, http},
    browser::{Browser, Setup, tools},
    database::Db,
    receiver::Answer,
    served::Served,
};

const DOCUMENTS: [&str; 12] = [
    "/docs",
    "/docs/domains",
    "/docs/evidence",
    "/docs/forms",
    "/docs/links",
    "/docs/pages",
    "/docs/setup",
    "/docs/tools",
    "/docs/tools/code",
    "/docs/tools/n8n",
    "/docs/tools/sendgrid",
    "/docs/webhooks",
];

/// Pages by their name.
type Pages = BTreeMap<String, String>;

/// The gallery, which the tests of the library render; they run before these.
fn gallery() -> Pages {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rendered = fs::read_to_string(root.join("target/gallery/source")).unwrap_or_default();
    let stale = "target/gallery is not of these sources: run cargo test --lib the_gallery_can_be_looked_at";
    assert_eq!(rendered, source::hash(root), "{stale}");
    let html = |path: PathBuf| {
        let name = path.file_stem()?.to_str()?.to_owned();
        path.extension().is_some_and(|it| it == "html").then(|| (name, fs::read_to_string(&path).unwrap()))
    };
    let files = fs::read_dir(root.join("target/gallery")).expect("it was rendered");
    files.filter_map(|it| html(it.unwrap().path())).collect()
}

/// The documentation as the service shows it; it is written in English and French.
async fn documents() -> Pages {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    let mut pages = Pages::new();
    for locale in [Locale::En, Locale::Fr] {
        for path in DOCUMENTS {
            let answer = http().get(format!("{}{path}?lang={locale}", app.base())).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            pages.insert(format!("{}-{locale}", path.replace('/', "_")), answer.text().await.unwrap());
        }
    }
    pages
}

/// Whether axe-core is asked about a page.
fn is_looked_at_closely(name: &str) -> bool {
    // Those that show that the checks find something have numbers.
    ["-en", "-fr"].iter().any(|it| name.ends_with(it)) || name.parse::<u32>().is_ok()
}

/// Serves pages, with axe-core in those that it is asked about.
async fn serve(pages: Arc<Pages>) -> Served {
    let file = |path: PathBuf| {
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}: run tests/run prepare", path.display()))
    };
    let axe = file(tools().join("axe/axe.min.js"));
    let sheet = file(Path::new(env!("CARGO_MANIFEST_DIR")).join("static/app.css"));
    Served::start(move |request| {
        let name = request.target.trim_start_matches('/');
        let found = |media_type: &str, body: Vec<u8>| {
            Answer::status(200)
                .header("content-type", media_type)
                .header("cache-control", "max-age=60")
                .body(body)
        };
        match (pages.get(name), name) {
            (Some(page), _) => {
                // Half a megabyte of script: only where it is asked anything.
                let axe = if is_looked_at_closely(name) {
                    "<script src='/axe.min.js'></script></head>"
                } else {
                    "</head>"
                };
                found("text/html; charset=utf-8", page.replacen("</head>", axe, 1).into_bytes())
            }
            (None, "axe.min.js") => found("text/javascript", axe.clone()),
            (None, _) if name.ends_with("app.css") => found("text/css", sheet.clone()),
            (None, _) => Answer::status(404),
        }
    })
    .await
}

/// All rules, the one for the size of targets included, which is off by default.
const AXE: &str = "return axe.run(document, {
        resultTypes: ['violations'], iframes: false, rules: { 'target-size': { enabled: true } },
    }).then(it => it.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary}`)))";
/// What the colours of a page alone decide.
const AXE_COLOURS: &str = "return axe.run(document, {
        resultTypes: ['violations'], iframes: false, runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
    }).then(it => it.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary}`)))";
/// A button that is still changing its colour has neither the one nor the other.
const AT_REST: &str = "document.getAnimations().forEach(it => it.finish())";
/// What is wider than the screen or than its own box.
const SPILLS: &str = "const room = document.documentElement.clientWidth;
    const said = [];
    if (document.documentElement.scrollWidth > room) said.push(`scrolls sideways: ${document.documentElement.scrollWidth} in ${room}`);
    for (const it of document.querySelectorAll('body *')) {
        if (it.closest('.skip, .trap, .away, .scroll, pre > *')) continue;
        const { left, right, width } = it.getBoundingClientRect();
        if (width > 0 && (right > room + 1 || (left < -1 && right > 0))) said.push(`sticks out: ${it.outerHTML.slice(0, 120)}`);
    }
    for (const it of document.querySelectorAll('button, .button, .go, summary, nav a, footer a, label, legend, th, td')) {
        if (it.closest('.skip, .trap, .away, .scroll') || it.clientWidth === 0) continue;
        if (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1) {
            said.push(`cut off: ${it.outerHTML.slice(0, 120)}: ${it.scrollWidth}x${it.scrollHeight} in ${it.clientWidth}x${it.clientHeight}`);
        }
    }
    return said";
const TEXT_AT_200: &str = "document.documentElement.style.fontSize = '200%'";
const TEXT_AT_100: &str = "document.documentElement.style.fontSize = ''";
const WIDE: (u32, u32) = (1280, 900);
const NARROW: (u32, u32) = (320, 640);

/// Looks at one page on the narrowest screen, which has the least room for words; closely, with axe-core and with large
/// text too. What is wrong with it.
async fn look(browser: &Browser, url: &str, closely: bool) -> Vec<String> {
    browser.goto(url).await.unwrap();
    let mut wrong = Vec::new();
    let mut note = |how: &str, found: Value| {
        let found: Vec<String> = serde_json::from_value(found).unwrap();
        wrong.extend(found.into_iter().map(|it| format!("{how}: {it}")));
    };
    let run = async |script: &str| {
        browser.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{url}: {error}"))
    };
    if closely {
        note("light", run(AXE).await);
        browser.prefer_dark(true).await;
        run(AT_REST).await;
        note("dark", run(AXE_COLOURS).await);
        browser.prefer_dark(false).await;
        run(TEXT_AT_200).await;
        note("text at 200 %", run(SPILLS).await);
        run(TEXT_AT_100).await;
    }
    browser.resize(NARROW).await;
    note("400 %", run(SPILLS).await);
    browser.resize(WIDE).await;
    wrong
}

/// Looks at every `step`th page from `first` on.
async fn look_at_some(pages: &Pages, base: &str, first: usize, step: usize) -> Vec<String> {
    let browser = Setup::new().size(WIDE.0, WIDE.1).open().await;
    let mut wrong = Vec::new();
    for name in pages.keys().skip(first).step_by(step) {
        let found = look(&browser, &format!("{base}/{name}"), is_looked_at_closely(name)).await;
        wrong.extend(found.into_iter().map(|it| format!("{name}: {it}")));
    }
    wrong
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_can_be_used_by_everybody() {
    let mut pages = gallery();
    pages.extend(documents().await);
    for locale in Locale::ALL {
        assert!(
            pages.keys().filter(|it| it.ends_with(&format!("-{locale}"))).count() > 60,
            "{locale} is missing"
        );
    }
    let pages = Arc::new(pages);
    let served = serve(Arc::clone(&pages)).await;
    let base = served.url();
    let (some, others) = tokio::join!(look_at_some(&pages, &base, 0, 2), look_at_some(&pages, &base, 1, 2));
    let wrong = [some, others].concat();
    assert!(wrong.is_empty(), "{} of {} pages:\n{}", wrong.len(), pages.len(), wrong.join("\n"));
}

/// The checks themselves: each finds what it is there for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_found() {
    let page = |body: &str| {
        format!(
            "<!doctype html><html lang='en'><head><title>A page</title></head><body><main><h1>A page</h1>{body}</main></body></html>"
        )
    };
    let cases = [
        ("button-name", page("<button></button>")),
        ("light: color-contrast", page("<p style='color: #999; background: #fff'>Faint</p>")),
        (
            "dark: color-contrast",
            page(
                "<style>@media (prefers-color-scheme: dark) { p { color: #999; background: #fff } }</style><p>Faint</p>",
            ),
        ),
        ("400 %: scrolls sideways", page("<p style='width: 400px'>Wide</p>")),
        (
            "400 %: cut off",
            page("<button style='width: 5rem; overflow: hidden; white-space: nowrap'>A long label</button>"),
        ),
        ("text at 200 %: sticks out", page("<p style='width: 60rem'>Wide</p>")),
    ];
    let pages: Pages =
        (0..).map(|it: u32| it.to_string()).zip(cases.iter().map(|(_, page)| page.clone())).collect();
    let served = serve(Arc::new(pages)).await;
    let browser = Setup::new().size(WIDE.0, WIDE.1).open().await;
    for (at, (expected, _)) in cases.iter().enumerate() {
        let found = look(&browser, &format!("{}/{at}", served.url()), true).await;
        assert!(found.iter().any(|it| it.contains(expected)), "{expected}: {found:?}");
    }
}
