//! The whole way in real browsers: sign up, read the mail at another site, open its link; in the browser that signed
//! up, and in one that did not.

use std::time::Duration;

use ayeaye::domain::time::SECOND;
use fantoccini::{Locator, elements::Element};
use serde_json::Value;

use crate::support::{
    app::{SETUP, TestApp},
    browser::{Browser, Kind, Setup},
    database::Db,
    receiver::Answer,
    served::Served,
    tls::{Front, Port},
    wait,
};

const ADA: &str = "ada@example.org";
const EVE: &str = "eve@example.org";

/// A service behind HTTPS.
struct House {
    app: TestApp,
    front: Front,
}

impl House {
    async fn new() -> Self {
        let port = Port::free().await;
        let app = TestApp::with(Db::Sqlite, &[("base_url", &port.url()), ("dev_inbox", "on")]).await;
        app.apply(SETUP).await;
        let front = port.before(app.running().addr);
        Self { app, front }
    }

    /// Fills the form in and sends it; the link of the mail.
    async fn sign_up(&self, browser: &Browser, email: &str) -> String {
        browser.goto(&format!("{}/f/newsletter", self.front.url())).await.unwrap();
        find(browser, "input[name=email]").await.send_keys(email).await.unwrap();
        for purpose in ["newsletter", "events"] {
            find(browser, &format!("label[for=p-{purpose}]")).await.click().await.unwrap();
        }
        self.app.clock.advance(5 * SECOND);
        find(browser, "main button").await.click().await.unwrap();
        browser.wait_for_heading("Check your email").await;
        self.app.run_due().await;
        self.app.clock.advance(20 * SECOND);
        self.app.newest_link(email, "confirm")
    }

    async fn state(&self, email: &str) -> &'static str {
        self.app.state("acme", email, "events").await
    }
}

async fn find(browser: &Browser, css: &str) -> Element {
    let found = browser.find(Locator::Css(css)).await;
    found.unwrap_or_else(|error| panic!("{css}: {error}"))
}

async fn script(browser: &Browser, script: &str) -> Value {
    browser.execute(script, vec![]).await.unwrap()
}

/// A mail program on the web, at another site, whose mail holds this link; what it opens passes by a checker of links.
async fn webmail(link: &str) -> Served {
    let link = link.to_owned();
    Served::start(move |request| match request.target.as_str() {
        "/checked" => Answer::status(302).header("location", &link),
        _ => Answer::status(200)
            .header("content-type", "text/html; charset=utf-8")
            .body("<!doctype html><title>Mail</title><a href='/checked' target='_blank' rel='noreferrer'>Confirm</a>"),
    })
    .await
}

/// Opens the link from the mail, in a tab of its own.
async fn open_from_mail(browser: &Browser, link: &str) -> Served {
    let mail = webmail(link).await;
    browser.goto(&mail.url().replace("127.0.0.1", "localhost")).await.unwrap();
    let before = browser.windows().await.unwrap();
    find(browser, "a").await.click().await.unwrap();
    let tab = wait::until("a new tab", Duration::from_secs(20), async || {
        browser.windows().await.ok()?.into_iter().find(|it| !before.contains(it))
    })
    .await;
    browser.switch_to_window(tab).await.unwrap();
    mail
}

/// Waits until the script of the page has asked and has been answered.
async fn has_asked(browser: &Browser) {
    let asked = "return performance.getEntriesByType('resource')
        .filter(it => it.initiatorType === 'fetch' && it.responseEnd > 0).length";
    wait::until("the script to ask", Duration::from_secs(20), async || {
        (browser.execute(asked, vec![]).await.ok()? == 1).then_some(())
    })
    .await;
}

async fn opening_the_link_is_enough_where_one_signed_up(kind: Kind) {
    let house = House::new().await;
    let browser = Setup::of(kind).open().await;
    let link = house.sign_up(&browser, ADA).await;
    let text = find(&browser, "main").await.text().await.unwrap();
    assert!(text.contains("If you open the link of the email in this browser"), "{kind:?}: {text}");
    let cookies = browser.get_all_cookies().await.unwrap();
    assert_eq!(cookies.len(), 1);
    assert_eq!(cookies[0].name(), "__Host-ayeaye");
    assert_eq!(script(&browser, "return document.cookie").await, "");

    let _mail = open_from_mail(&browser, &link).await;
    browser.wait_for_heading("You are signed up").await;
    assert_eq!(house.state(ADA).await, "confirmed", "{kind:?}");
    let here =
        script(&browser, "return [location.href, document.activeElement.localName, document.title]").await;
    assert_eq!(here, serde_json::json!([link, "h1", "You are signed up - Acme"]));
    assert!(browser.get_all_cookies().await.unwrap().is_empty(), "it is gone with the answer");
    find(&browser, "main a[href^='/p/']").await.click().await.unwrap();
    browser.wait_for_heading("Your email choices").await;
    assert!(
        find(&browser, "main").await.text().await.unwrap().contains(ADA),
        "her preferences are open as a whole"
    );
    browser.goto(&link).await.unwrap();
    browser.wait_for_heading("You are signed up").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opening_the_link_is_enough_in_the_chromium_that_signed_up() {
    opening_the_link_is_enough_where_one_signed_up(Kind::Chromium).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn opening_the_link_is_enough_in_the_firefox_that_signed_up() {
    opening_the_link_is_enough_where_one_signed_up(Kind::Firefox).await;
}

/// A scanner with scripts switched on, and just as well the person's telephone: another browser opens every link.
async fn another_browser_changes_nothing(kind: Kind) {
    let house = House::new().await;
    let link = house.sign_up(&Setup::of(kind).open().await, ADA).await;
    let links: Vec<String> = house.app.newest_mail(ADA).links.iter().map(|(_, url)| url.clone()).collect();
    assert!(links.contains(&link));
    let scanner = Setup::of(kind).open().await;
    // It has a cookie, that of a request of its own.
    house.sign_up(&scanner, EVE).await;
    let before = house.app.dump().await;
    for other in links.iter().filter(|it| **it != link) {
        scanner.goto(other).await.unwrap();
    }
    scanner.goto(&link).await.unwrap();
    let page = script(&scanner, "return document.querySelector('main').outerHTML").await;
    has_asked(&scanner).await;
    assert_eq!(script(&scanner, "return document.querySelector('main').outerHTML").await, page, "no flicker");
    assert_eq!(house.app.dump().await, before, "{kind:?}");
    assert_eq!(house.state(ADA).await, "pending");
    find(&scanner, "button[value=confirm]").await.click().await.unwrap();
    scanner.wait_for_heading("You are signed up").await;
    assert_eq!(house.state(ADA).await, "confirmed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_chromium_keeps_its_button() {
    another_browser_changes_nothing(Kind::Chromium).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_firefox_keeps_its_button() {
    another_browser_changes_nothing(Kind::Firefox).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_nobody_sees_waits() {
    let house = House::new().await;
    let browser = Setup::new().open().await;
    let link = house.sign_up(&browser, ADA).await;
    // A page is told to be in the background, before any of its scripts runs.
    let hidden = "Object.defineProperty(Document.prototype, 'visibilityState', { configurable: true, get: () => 'hidden' })";
    let source = serde_json::json!({ "source": hidden });
    browser.command("Page.addScriptToEvaluateOnNewDocument", source).await;
    browser.goto(&link).await.unwrap();
    browser.wait_for_heading("Confirm what you want to receive").await;
    let loaded = "return performance.getEntriesByType('resource').some(it => it.name.endsWith('/confirm.js') && it.responseEnd > 0)
        && document.readyState === 'complete'";
    wait::until("the script", Duration::from_secs(20), async || {
        (script(&browser, loaded).await == true).then_some(())
    })
    .await;
    // What the page had asked before this would have been answered before this.
    let asked =
        "return fetch('/healthz').then(it => it.text()).then(() => performance.getEntriesByType('resource')
        .filter(it => it.initiatorType === 'fetch' && !it.name.endsWith('/healthz')).length)";
    assert_eq!(script(&browser, asked).await, 0);
    assert_eq!(house.state(ADA).await, "pending");
    let seen = "Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'visible' });
        document.dispatchEvent(new Event('visibilitychange'))";
    script(&browser, seen).await;
    browser.wait_for_heading("You are signed up").await;
    assert_eq!(house.state(ADA).await, "confirmed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_javascript_the_button_stays() {
    let house = House::new().await;
    let browser = Setup::new().without_javascript().open().await;
    let link = house.sign_up(&browser, ADA).await;
    let text = find(&browser, "main").await.text().await.unwrap();
    assert!(!text.contains("in this browser"), "nothing is promised that does not happen: {text}");
    browser.goto(&link).await.unwrap();
    browser.wait_for_heading("Confirm what you want to receive").await;
    find(&browser, "button[value=confirm]").await.click().await.unwrap();
    browser.wait_for_heading("You are signed up").await;
    assert_eq!(house.state(ADA).await, "confirmed");
}
