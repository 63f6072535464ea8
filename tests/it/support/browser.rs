//! A real browser: headless Chromium through `chromedriver`, one driver per process, one session per test.

use std::{
    io::{Read, Write},
    net::TcpStream,
    ops::Deref,
    process::Command,
    sync::OnceLock,
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use serde_json::{Map, Value, json};

use super::{
    process::{Leashed, Scratch},
    wait,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// The pages are our own and the tests may run as root, where Chromium's sandbox refuses to start; containers
/// have a small `/dev/shm`. The rest keeps Chromium from talking to anybody else.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
];

/// How the person's browser is set up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    javascript: bool,
    dark: bool,
    language: &'static str,
    size: (u32, u32),
}

impl Setup {
    /// English, light, with JavaScript, 1280 by 900 pixels.
    pub(crate) fn new() -> Self {
        Self { javascript: true, dark: false, language: "en", size: (1280, 900) }
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

    /// Opens a browser with a profile of its own.
    pub(crate) async fn open(self) -> Browser {
        let address = format!("http://127.0.0.1:{}", driver().port);
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(self.capabilities())
            .connect(&address)
            .await
            .unwrap_or_else(|error| panic!("Chromium does not start: {error}\n{}", driver().server.log()));
        // The session is ended by our own `Drop`, which works after a panic too.
        client.persist().await.expect("fantoccini leaves the session to us");
        let id = client.session_id().await.expect("a session").expect("a session has an id");
        let browser = Browser { client, _session: Session { id } };
        browser.prepare(self).await;
        browser
    }

    fn capabilities(self) -> Map<String, Value> {
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|it| (*it).to_owned()).collect();
        arguments.push(format!("--lang={}", self.language));
        // A content setting: 1 allows, 2 blocks.
        let scripts = if self.javascript { 1 } else { 2 };
        let preferences = json!({
            "profile.managed_default_content_settings.javascript": scripts,
            "intl.accept_languages": self.language,
        });
        let options = json!({ "args": arguments, "prefs": preferences });
        [("browserName".to_owned(), json!("chrome")), ("goog:chromeOptions".to_owned(), options)]
            .into_iter()
            .collect()
    }
}

/// An open browser; used like [`Client`], closed when dropped.
pub(crate) struct Browser {
    client: Client,
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
        let (width, height) = setup.size;
        let page = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", page).await;
        let scheme = if setup.dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("Emulation.setEmulatedMedia", media).await;
    }

    /// Gives Chromium a command of its `DevTools` protocol, for what WebDriver has no word for.
    pub(crate) async fn command(&self, name: &'static str, parameters: Value) -> Value {
        let answer = self.client.issue_cmd(DevTools { name, parameters }).await;
        answer.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Waits until the page's `h1` reads `heading`.
    pub(crate) async fn wait_for_heading(&self, heading: &str) {
        let what = format!("a page headed “{heading}”");
        wait::until(&what, PATIENCE, async || {
            let h1 = self.client.find(fantoccini::Locator::Css("h1")).await.ok()?;
            (h1.text().await.ok()? == heading).then_some(())
        })
        .await;
    }
}

/// Ends the browser without a runtime, so that a test that panics leaves none behind.
struct Session {
    id: String,
}

impl Drop for Session {
    fn drop(&mut self) {
        // A driver that is gone has taken its browsers along.
        let _ = self.end();
    }
}

impl Session {
    fn end(&self) -> std::io::Result<()> {
        let mut driver = TcpStream::connect(("127.0.0.1", driver().port))?;
        driver.set_read_timeout(Some(PATIENCE))?;
        let request =
            format!("DELETE /session/{} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n", self.id);
        driver.write_all(request.as_bytes())?;
        // The answer comes when the browser has ended.
        driver.read(&mut [0; 64]).map(|_| ())
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

struct Driver {
    server: Leashed,
    port: u16,
}

fn driver() -> &'static Driver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    DRIVER.get_or_init(|| {
        let scratch = Scratch::new("browser");
        let mut command = Command::new("chromedriver");
        // Profiles are made below TMPDIR and so removed with the scratch folder.
        command.arg("--port=0").env("TMPDIR", scratch.path()).env("HOME", scratch.path());
        let server = Leashed::start(&command, "TERM", scratch, None);
        let port = wait::until_blocking("chromedriver to listen", PATIENCE, || {
            let log = server.log();
            assert!(!log.contains("not found"), "chromedriver is missing: run tests/run\n{log}");
            let (_, rest) = log.split_once("started successfully on port ")?;
            rest.split_once('.')?.0.parse().ok()
        });
        Driver { server, port }
    })
}
