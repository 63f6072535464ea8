//! A real browser, headless, one session per test: Chromium, or Firefox for those who ask for it.

mod chromium;
mod driver;
mod firefox;

use std::{ops::Deref, time::Duration};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use serde_json::{Value, json};

use self::driver::Session;
pub(crate) use self::driver::tools;
use super::wait;

const PATIENCE: Duration = Duration::from_secs(30);

/// Which browser it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Debian's Chromium, through `chromedriver`.
    Chromium,
    /// Debian's Firefox ESR, through `geckodriver`.
    Firefox,
}

/// How the person's browser is set up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    kind: Kind,
    javascript: bool,
    dark: bool,
    language: &'static str,
    size: (u32, u32),
}

impl Setup {
    /// Chromium: English, light, with JavaScript, 1280 by 900 pixels.
    pub(crate) fn new() -> Self {
        Self { kind: Kind::Chromium, javascript: true, dark: false, language: "en", size: (1280, 900) }
    }

    /// The same in this browser.
    pub(crate) fn of(kind: Kind) -> Self {
        Self { kind, ..Self::new() }
    }

    /// Firefox in place of Chromium.
    pub(crate) fn firefox(self) -> Self {
        Self { kind: Kind::Firefox, ..self }
    }

    /// JavaScript switched off, as by the browser's own setting.
    pub(crate) fn without_javascript(self) -> Self {
        Self { javascript: false, ..self }
    }

    /// The person prefers dark pages.
    pub(crate) fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The person's language, sent as `Accept-Language`.
    pub(crate) fn language(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// The size of the page in pixels, whatever the window's frame: 320 is the narrowest we promise.
    pub(crate) fn size(self, width: u32, height: u32) -> Self {
        Self { size: (width, height), ..self }
    }

    /// Opens a browser with a profile of its own. Certificates that sign themselves are believed.
    pub(crate) async fn open(self) -> Browser {
        let (start, capabilities) = match self.kind {
            Kind::Chromium => (driver::shared(), chromium::capabilities(self)),
            Kind::Firefox => (driver::own(), firefox::capabilities(self)),
        };
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", start.port()))
            .await
            .unwrap_or_else(|error| panic!("{:?} does not start: {error}\n{}", self.kind, start.log()));
        // The session is ended by our own `Drop`, which works after a panic too.
        client.persist().await.expect("fantoccini leaves the session to us");
        let id = client.session_id().await.expect("a session").expect("a session has an id");
        let browser = Browser { client, kind: self.kind, _session: Session::new(id, start) };
        browser.prepare(self).await;
        browser
    }
}

/// An open browser; used like [`Client`], closed when dropped.
pub(crate) struct Browser {
    client: Client,
    kind: Kind,
    _session: Session,
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Browser {
    async fn prepare(&self, setup: Setup) {
        self.resize(setup.size).await;
        if self.kind == Kind::Chromium {
            self.prefer_dark(setup.dark).await;
        }
    }

    /// Lets the person of a Chromium prefer dark pages from now on, or light ones.
    pub(crate) async fn prefer_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("Emulation.setEmulatedMedia", media).await;
    }

    /// Gives the page this size. A window of Firefox is at least 450 pixels wide.
    pub(crate) async fn resize(&self, (width, height): (u32, u32)) {
        match self.kind {
            Kind::Chromium => {
                let page =
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.command("Emulation.setDeviceMetricsOverride", page).await;
            }
            Kind::Firefox => {
                let window = self.client.get_window_rect().await.expect("a window");
                let page =
                    self.client.execute("return [innerWidth, innerHeight]", vec![]).await.expect("a page");
                let inside =
                    |at: usize| page[at].as_u64().and_then(|it| u32::try_from(it).ok()).expect("a size");
                let frame =
                    |all: u64, inside: u32| u32::try_from(all).expect("a size").saturating_sub(inside);
                let (right, bottom) = (frame(window.2, inside(0)), frame(window.3, inside(1)));
                self.client.set_window_size(width + right, height + bottom).await.expect("a window");
            }
        }
    }

    /// The whole page as a PNG, `width` pixels wide; in Firefox, what is on the screen.
    pub(crate) async fn picture(&self, width: u32) -> Vec<u8> {
        match self.kind {
            Kind::Chromium => {
                let height = "return document.documentElement.scrollHeight";
                let height = self.client.execute(height, vec![]).await.expect("a page");
                let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
                let picture = json!({
                    "format": "png", "optimizeForSpeed": true, "captureBeyondViewport": true, "clip": clip,
                });
                let taken = self.command("Page.captureScreenshot", picture).await;
                BASE64_STANDARD.decode(taken["data"].as_str().expect("a picture")).expect("base64")
            }
            Kind::Firefox => self.client.screenshot().await.expect("a picture"),
        }
    }

    /// Which browser it is.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Gives Chromium a command of its `DevTools` protocol, for what WebDriver has no word for.
    pub(crate) async fn command(&self, name: &'static str, parameters: Value) -> Value {
        let answer = self.client.issue_cmd(DevTools { name, parameters }).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Waits until the page's `h1` reads `heading`; browsers tell hard spaces as plain ones.
    pub(crate) async fn wait_for_heading(&self, heading: &str) {
        let what = format!("a page headed “{heading}”");
        wait::until(&what, PATIENCE, async || {
            let h1 = self.client.find(fantoccini::Locator::Css("h1")).await.ok()?;
            (h1.text().await.ok()? == heading.replace('\u{a0}', " ")).then_some(())
        })
        .await;
    }
}

#[derive(Debug)]
struct DevTools {
    name: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.name, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }
}
