//! A site of a tenant's with our element on it, and somebody who looks at it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{
    app::{SETUP, TestApp},
    browser::{Browser, Setup},
    database::Db,
    receiver::Answer,
    served::Served,
    wait,
};

pub(super) const EMAIL: &str = "ada@example.org";
const PATIENCE: Duration = Duration::from_secs(30);

/// Keeps what the page is told and what goes wrong on it, in `seen`.
const RECORD: &str = "window.seen = [];
const note = (what, detail) => seen.push([what, detail]);
for (const name of ['ready', 'submit', 'invalid', 'pending', 'confirmed', 'error'])
  addEventListener('aye:' + name, event => note(name, event.detail));
addEventListener('unhandledrejection', event => note('rejection', String(event.reason)));
addEventListener('error', event => note('mistake', event.message));
addEventListener('securitypolicyviolation', event => note('violation', event.violatedDirective));
addEventListener('submit', event => { event.preventDefault(); note('outer', {}); });
addEventListener('message', event => note('message', { origin: event.origin, data: event.data }));";

/// The site, the service and the browser.
pub(super) struct Site {
    pub(super) app: TestApp,
    pub(super) browser: Browser,
    pub(super) host: String,
    _served: Served,
}

/// The element as it is pasted, with attributes of its own.
pub(super) fn element(base: &str, attributes: &str) -> String {
    format!(
        "<aye-form src=\"{base}/f/newsletter\" {attributes}><a href=\"{base}/f/newsletter?lang=en\">Sign up for our newsletter</a></aye-form>"
    )
}

impl Site {
    /// A site that any form may be embedded in.
    pub(super) async fn new(body: impl Fn(&str) -> String) -> Self {
        Self::with(Setup::new(), "", "", body).await
    }

    /// A site with a policy of its own and more in its head; `{base}` in both stands for the service.
    pub(super) async fn with(setup: Setup, policy: &str, head: &str, body: impl Fn(&str) -> String) -> Self {
        let app = TestApp::with(Db::Sqlite, &[]).await;
        let base = app.base();
        let html = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Shop</title>{}
             <script src=\"/record.js\"></script><h1>Shop</h1>{}
             <script type=\"module\" src=\"{base}/e/1.js\"></script>",
            head.replace("{base}", &base),
            body(&base)
        );
        let policy = policy.replace("{base}", &base);
        let served = Served::start(move |request| match request.target.as_str() {
            "/record.js" => Answer::status(200).header("content-type", "text/javascript").body(RECORD),
            "/favicon.ico" => Answer::status(404),
            _ if policy.is_empty() => {
                Answer::status(200).header("content-type", "text/html").body(html.as_str())
            }
            _ => Answer::status(200)
                .header("content-type", "text/html")
                .header("content-security-policy", &policy)
                .body(html.as_str()),
        })
        .await;
        let host = served.url().replace("127.0.0.1", "localhost");
        let setup_text =
            SETUP.replace("origins = [\"https://shop.example\"]\n", &format!("next = [\"{host}/thanks\"]\n"));
        app.apply(&setup_text).await;
        let browser = setup.open().await;
        browser.goto(&format!("{host}/contact?mail=ada@example.org#top")).await.unwrap();
        Self { app, browser, host, _served: served }
    }

    pub(super) async fn script(&self, script: &str) -> Value {
        self.browser.execute(script, vec![]).await.unwrap()
    }

    /// What the script gives with `root` as the shadow root of the `number`th element.
    pub(super) async fn inside(&self, number: usize, script: &str) -> Value {
        let root =
            format!("const host = document.querySelectorAll('aye-form')[{number}], root = host.shadowRoot;");
        self.script(&format!("{root} return {script}")).await
    }

    /// Waits until the first element is in this state.
    pub(super) async fn becomes(&self, state: &str) {
        self.nth_becomes(0, state).await;
    }

    pub(super) async fn nth_becomes(&self, number: usize, state: &str) {
        let what = format!("the state {state}; seen: {}", self.seen().await);
        wait::until(&what, PATIENCE, async || {
            let now = self
                .script(&format!("return document.querySelectorAll('aye-form')[{number}]?.dataset.state"))
                .await;
            (now == state).then_some(())
        })
        .await;
    }

    /// Everything the page was told, and what went wrong.
    pub(super) async fn seen(&self) -> Value {
        self.script("return seen").await
    }

    /// The names of it in order.
    pub(super) async fn told(&self) -> Vec<String> {
        let names = self.script("return seen.map(it => it[0])").await;
        serde_json::from_value(names).unwrap()
    }

    /// Waits until the script gives true.
    pub(super) async fn holds(&self, script: &str) {
        wait::until(script, PATIENCE, async || {
            let now = self.browser.execute(&format!("return !!({script})"), vec![]).await.ok()?;
            (now == true).then_some(())
        })
        .await;
    }

    /// Writes the address and ticks a box of the first element, a few seconds after it came.
    pub(super) async fn fill(&self, purpose: &str) {
        let filled = format!(
            "(root.querySelector('#email').value = '{EMAIL}', root.querySelector('#p-{purpose}').checked = true)"
        );
        self.inside(0, &filled).await;
        self.app.clock.advance(5_000);
    }

    /// Presses the button of the first form in the first element.
    pub(super) async fn press(&self) {
        self.inside(0, "root.querySelector('form button').click()").await;
    }

    /// Strikes a key as a hand does.
    pub(super) async fn strike(&self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            " " => (32, " "),
            other => panic!("no such key here: {other}"),
        };
        for kind in ["keyDown", "keyUp"] {
            let kind = if kind == "keyDown" && text.is_empty() { "rawKeyDown" } else { kind };
            let mut event = json!({ "type": kind, "key": key, "code": if key == " " { "Space" } else { key },
                "windowsVirtualKeyCode": code });
            if kind == "keyDown" {
                event["text"] = json!(text);
            }
            self.browser.command("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Types a text into what has the focus.
    pub(super) async fn type_in(&self, text: &str) {
        self.browser.command("Input.insertText", json!({ "text": text })).await;
    }

    /// Moves on with the tabulator until `there` holds of the element in focus, called `it`.
    pub(super) async fn tab_to(&self, there: &str) {
        let deep = "let it = document.activeElement; while (it.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;";
        for _ in 0..30 {
            self.strike("Tab").await;
            if self.script(&format!("{deep} return !!({there})")).await == true {
                return;
            }
        }
        panic!("no way with the keyboard to where {there}");
    }

    /// The newest record of evidence about the person.
    pub(super) async fn record(&self) -> Value {
        let (contact, _) = self.app.person("acme", EMAIL).await.expect("they have signed up");
        let evidence = self.app.evidence(&contact).await;
        let record = evidence.iter().rev().find(|it| it.kind == "signup.requested").expect("a signup");
        serde_json::from_str(record.record.as_deref().unwrap()).unwrap()
    }
}
