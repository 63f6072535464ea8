//! A person with a browser on a service, and what is true of every page they meet.

use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use ayeaye::domain::time::{MINUTE, SECOND};
use fantoccini::{Locator, elements::Element, wd::WebDriverCompatibleCommand};
use serde_json::{Value, json};

use crate::support::{
    app::TestApp,
    browser::{Browser, Kind, Setup},
    database::Db,
    wait,
};

/// The sample tenants of the demo: an English book shop and a French bakery.
const SAMPLE: &str = include_str!("../../../static/demo.toml");
/// The narrowest screen we promise not to scroll sideways (WCAG 2.2, 1.4.10).
const NARROWEST: u32 = 320;

/// A person, their browser and the service they use.
pub(super) struct Person {
    pub(super) app: TestApp,
    pub(super) browser: Browser,
    name: String,
    size: (u32, u32),
    seen: usize,
}

impl Person {
    /// Somebody new with a browser set up like this; `name` begins the names of the pictures.
    pub(super) async fn new(name: &str, size: (u32, u32), setup: Setup) -> Self {
        let app = TestApp::with(Db::Sqlite, &[("limits.recipient_per_day", "100")]).await;
        let without_webhooks: String = SAMPLE
            .split("\n[[")
            .filter(|it| !it.starts_with("tenant.webhook"))
            .collect::<Vec<_>>()
            .join("\n[[");
        app.apply(&without_webhooks).await;
        let browser = setup.size(size.0, size.1).open().await;
        Self { app, browser, name: name.to_owned(), size, seen: 0 }
    }

    /// Opens a page of the service, by path or whole address.
    pub(super) async fn open(&self, target: &str) {
        let url =
            if target.starts_with('/') { format!("{}{target}", self.app.base()) } else { target.to_owned() };
        self.browser.goto(&url).await.unwrap();
    }

    /// The page must have this heading, and be as every page is. Keeps a picture of it.
    pub(super) async fn sees(&mut self, heading: &str, picture: &str) {
        self.browser.wait_for_heading(heading).await;
        self.seen += 1;
        let file = format!("{}-{:02}-{picture}", self.name, self.seen);
        self.keep_picture(&file).await;
        self.check_page(&file).await;
    }

    /// Waits until the page says these words.
    pub(super) async fn reads(&self, words: &str) {
        wait::until(&format!("“{words}”"), Duration::from_secs(20), async || {
            // Between two pages there is no body.
            let body = self.browser.find(Locator::Css("body")).await.ok()?.text().await.ok()?;
            body.contains(words).then_some(())
        })
        .await;
    }

    async fn check_page(&self, page: &str) {
        let cookies = self.browser.get_all_cookies().await.unwrap();
        assert!(cookies.is_empty(), "{page} sets cookies: {cookies:?}");
        let strangers = self.loaded_from().await;
        assert!(strangers.iter().all(|it| *it == self.app.base()), "{page} loads from {strangers:?}");
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "{page} is not well: {complaints:#?}");
        self.browser.resize((NARROWEST, 640)).await;
        // A window of Firefox does not become that narrow.
        let room = self.script("return innerWidth").await.as_u64();
        let firefox = self.browser.kind() == Kind::Firefox;
        assert!(firefox || room == Some(u64::from(NARROWEST)), "{page} has {room:?} pixels");
        let width = self.script("return document.documentElement.scrollWidth").await;
        let wide = "return [...document.querySelectorAll('body *')]
            .filter(it => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest('.skip, .trap, .away, .scroll'))
            .map(it => it.outerHTML.slice(0, 120))";
        assert!(width.as_u64() <= room, "{page} is {width} wide: {}", self.script(wide).await);
        self.browser.resize(self.size).await;
    }

    /// What the browser complains about, but for an answer of ours that says what went wrong.
    /// `geckodriver` does not tell them: the same pages are looked at in Chromium.
    async fn complaints(&self) -> Vec<Value> {
        if self.browser.kind() == Kind::Firefox {
            return Vec::new();
        }
        let log = self.browser.issue_cmd(BrowserLog).await.unwrap();
        let here = self.browser.current_url().await.unwrap();
        let is_ours = |it: &Value| {
            let text = it["message"].as_str().unwrap_or_default();
            it["source"] == "network"
                && text.starts_with(here.as_str())
                && text.contains("the server responded with a status of 4")
        };
        log.as_array().unwrap().iter().filter(|it| !is_ours(it)).cloned().collect()
    }

    /// The origins of everything the page is made of.
    async fn loaded_from(&self) -> BTreeSet<String> {
        let entries =
            "return [location.href, ...performance.getEntriesByType('resource').map(it => it.name)]";
        let urls = self.script(entries).await;
        let urls: Vec<String> = serde_json::from_value(urls).unwrap();
        assert!(urls.len() > 1, "a page has a style sheet at least: {urls:?}");
        urls.iter().map(|it| url::Url::parse(it).unwrap().origin().ascii_serialization()).collect()
    }

    pub(super) async fn script(&self, script: &str) -> Value {
        self.browser.execute(script, vec![]).await.unwrap()
    }

    /// Keeps the whole page as `target/pictures/<name>.png`.
    pub(super) async fn keep_picture(&self, name: &str) {
        self.wait_for_frame().await;
        let png = self.browser.picture(self.size.0).await;
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }

    /// A mail is shown in a frame of its own, which arrives after the page.
    async fn wait_for_frame(&self) {
        let Ok(frame) = self.browser.find(Locator::Css("iframe")).await else { return };
        frame.enter_frame().await.unwrap();
        self.browser.wait().for_element(Locator::Css("h1")).await.unwrap();
        self.browser.enter_parent_frame().await.unwrap();
    }

    /// Writes into the field `name`, in place of what is there.
    pub(super) async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("input[name='{name}']:not([type=hidden])")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses the label of a box or of a radio button.
    pub(super) async fn choose(&self, id: &str) {
        self.find(&format!("label[for='{id}']")).await.click().await.unwrap();
    }

    /// Picks the entry of a list that has this value.
    pub(super) async fn pick(&self, value: &str) {
        self.find(&format!("option[value='{value}']")).await.click().await.unwrap();
    }

    /// Presses the button on which `text` is written, five seconds after the page was opened.
    pub(super) async fn press(&self, text: &str) {
        self.app.clock.advance(5 * SECOND);
        self.click(&format!("//button[normalize-space()=\"{text}\"]")).await;
    }

    /// Follows the link on which `text` is written.
    pub(super) async fn follow(&self, text: &str) {
        self.click(&format!("//a[normalize-space()=\"{text}\"]")).await;
    }

    async fn click(&self, path: &str) {
        let found = self.browser.find(Locator::XPath(path)).await;
        found.unwrap_or_else(|error| panic!("{path}: {error}")).click().await.unwrap();
    }

    async fn find(&self, css: &str) -> Element {
        let found = self.browser.find(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    /// Time passes, and mails are sent.
    pub(super) async fn mails_arrive(&self) {
        self.app.clock.advance(11 * MINUTE);
        self.app.run_due().await;
    }

    /// Presses what `text` is written on inside the mail that is shown.
    pub(super) async fn press_in_mail(&self, text: &str) {
        self.find("iframe").await.enter_frame().await.unwrap();
        self.click(&format!("//a[normalize-space()=\"{text}\"]")).await;
        self.browser.enter_parent_frame().await.unwrap();
    }
}

/// What the browser complains about since it was last asked: errors of the page and refused requests.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
