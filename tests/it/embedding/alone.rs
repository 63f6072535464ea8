//! Without script, without the service, and when it goes away half-way: the link is there, and so is what was typed.

use fantoccini::Locator;
use serde_json::json;

use super::site::{EMAIL, Site, element};
use crate::support::browser::Setup;

/// Whether the link inside the element can be seen.
const LINK: &str = "const link = document.querySelector('aye-form a').getBoundingClientRect(); return link.width > 0 && link.height > 0";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_the_link_leads_to_the_form() {
    let site = Site::with(Setup::new().without_javascript(), "", "", |base| element(base, "")).await;
    let link = site.browser.find(Locator::LinkText("Sign up for our newsletter")).await.unwrap();
    link.click().await.unwrap();
    site.browser.wait_for_heading("Sign up for emails from Acme").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_service_the_link_stays() {
    let nowhere = |base: &str| {
        element(base, "").replace(&format!("src=\"{base}"), "src=\"http://127.0.0.1:1")
            + "<aye-form><a href=\"/\">x</a></aye-form>"
            + &element(base, "").replace("/f/newsletter\"", "/f/nowhere\"")
    };
    let site = Site::new(nowhere).await;
    for number in 0..3 {
        site.nth_becomes(number, "error").await;
    }
    assert_eq!(site.script(LINK).await, true);
    assert_eq!(site.told().await, ["error"; 3]);
    assert_eq!(site.inside(0, "host.hasAttribute('aria-busy')").await, false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_the_service_goes_away_half_way_what_was_typed_is_kept() {
    let site = Site::new(|base| element(base, "")).await;
    site.becomes("ready").await;
    site.fill("events").await;
    let network = |offline| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    site.browser.command("Network.enable", json!({})).await;
    site.browser.command("Network.emulateNetworkConditions", network(true)).await;
    site.press().await;
    site.becomes("error").await;
    let words = site.inside(0, "root.activeElement?.innerText").await;
    let words = words.as_str().expect("the focus is on what went wrong");
    assert!(words.contains("What you entered is still here") && words.contains("our own page"), "{words}");
    let link = site.inside(0, "root.activeElement.querySelector('a').href").await;
    assert_eq!(link, format!("{}/f/newsletter?lang=en", site.app.base()));
    let kept =
        site.inside(0, "[root.querySelector('#email').value, root.querySelector('#p-events').checked]").await;
    assert_eq!(kept, json!([EMAIL, true]));
    site.browser.command("Network.emulateNetworkConditions", network(false)).await;
    site.press().await;
    site.becomes("pending").await;
    assert_eq!(site.told().await, ["ready", "submit", "error", "submit", "pending"]);
}
